//! What the program knows of the search, for tests that ask it in JavaScript.
//!
//! `search-index index DOCUMENTS FOLDER` makes the index of a file of documents. Each
//! begins with `=== address | type | title`, optionally with ` | other name`s behind it;
//! then comes its text, with headings as in Markdown (`## Heading`).
//!
//! `search-index words FILE` says of each line what its words are.

// A test that cannot go on has failed; there is nothing to recover.
#![allow(clippy::unwrap_used)]

use std::path::Path;
use std::time::Instant;

use kompendium::search::analysis::{fold, is_stop_word, pairs, root, stem, tokens};
use kompendium::search::{self, Corpus, Document, Section};

fn main() {
    let args: Vec<String> = std::env::args().skip(1).collect();
    match args.iter().map(String::as_str).collect::<Vec<_>>().as_slice() {
        ["index", documents, folder] => index(documents, folder),
        ["words", file] => words(file),
        _ => panic!("search-index index DOCUMENTS FOLDER | search-index words FILE"),
    }
}

fn index(documents: &str, folder: &str) {
    let corpus = read(&std::fs::read_to_string(documents).unwrap());
    let start = Instant::now();
    let files = search::files(&corpus);
    println!("{} documents in {} ms", corpus.documents.len(), start.elapsed().as_millis());
    for file in files {
        let path = Path::new(folder).join(&file.name);
        std::fs::create_dir_all(path.parent().unwrap()).unwrap();
        std::fs::write(path, file.bytes).unwrap();
    }
}

fn words(file: &str) {
    for line in std::fs::read_to_string(file).unwrap().split('\n') {
        let tokens = tokens(line);
        let words = tokens.iter().map(|it| {
            let folded = fold(&it.word);
            let stem = stem(&folded);
            let marks = [
                (it.is_linked, "-"),
                (it.is_brief, "'"),
                (it.is_paragraph, "§"),
                (is_stop_word(&folded), "0"),
            ];
            let marks: String = marks.iter().filter(|it| it.0).map(|it| it.1).collect();
            format!("{marks}{}/{folded}/{stem}/{}", it.word, root(stem))
        });
        println!("{} {}", words.collect::<Vec<_>>().join(" "), pairs(&tokens).join(" "));
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
