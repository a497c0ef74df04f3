//! Makes the index of a file of documents: `search-index DOCUMENTS FOLDER`.
//!
//! Each document begins with `=== address | type | title`, optionally with ` | other name`s
//! behind it; then comes its text, with headings as in Markdown (`## Heading`). Says how
//! long it took.

// A test that cannot go on has failed; there is nothing to recover.
#![allow(clippy::unwrap_used)]

use std::path::Path;
use std::time::Instant;

use kompendium::search::{self, Corpus, Document, Section};

fn main() {
    let [documents, folder] = std::env::args().skip(1).collect::<Vec<_>>().try_into().unwrap();
    let corpus = read(&std::fs::read_to_string(documents).unwrap());
    let start = Instant::now();
    let files = search::files(&corpus);
    println!("{} documents in {} ms", corpus.documents.len(), start.elapsed().as_millis());
    for file in files {
        let path = Path::new(&folder).join(&file.name);
        std::fs::create_dir_all(path.parent().unwrap()).unwrap();
        std::fs::write(path, file.bytes).unwrap();
    }
}

fn read(text: &str) -> Corpus {
    let mut corpus = Corpus::default();
    for document in format!("\n{text}").split("\n=== ").skip(1) {
        let (head, text) = document.split_once('\n').unwrap();
        let head: Vec<&str> = head.split(" | ").collect();
        let (url, kind, title) = (head[0], head[1], head[2]);
        if !corpus.kinds.iter().any(|it| it == kind) {
            corpus.kinds.push(kind.to_owned());
        }
        corpus.documents.push(Document {
            title: title.to_owned(),
            names: head[3..].iter().map(|&it| it.to_owned()).collect(),
            url: format!("{url}.html"),
            kind: corpus.kinds.iter().position(|it| it == kind).unwrap(),
            place: kind.to_owned(),
            rank: if kind == "Glossar" { 115 } else { 100 },
            sections: sections(text),
        });
    }
    corpus
}

fn sections(text: &str) -> Vec<Section> {
    let parts = text.split("\n## ").enumerate();
    let section = |(at, part): (usize, &str)| {
        let (title, text) = if at == 0 { ("", part) } else { part.split_once('\n').unwrap_or((part, "")) };
        let id = if at == 0 { String::new() } else { format!("abschnitt-{at}") };
        Section { id, title: title.to_owned(), text: text.to_owned() }
    };
    parts.map(section).collect()
}
