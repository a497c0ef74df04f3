//! The index as files: classic scripts, each of which hands one text to `KX`.
//!
//! | file | kind | what the text holds |
//! |---|---|---|
//! | `meta.js` | `m` | types and places; the first term of each `p`, the first record of each `t`; titles and addresses |
//! | `p/N.js` | `p` | terms in order, each with the records it stands in |
//! | `dict.js` | `d` | all words, for what is found nowhere as it is written |
//! | `t/N.js` | `t` | texts for excerpts |
//!
//! Lines end with a line feed. A term is front-coded: a sign for how many signs it shares
//! with the term before it, then the rest. A number is written in signs of [`SIGNS`], five
//! bits each, the lowest first; all but the last have 32 added.

use std::sync::Arc;

use sha2::{Digest, Sha256};

use super::Corpus;
use super::index::{Index, Posting, Record};
use crate::hash::hex;

/// A file of the index.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct File {
    /// Below the folder of the index.
    pub name: String,
    pub bytes: Arc<[u8]>,
}

/// What numbers are written in.
const SIGNS: &[u8; 64] = b"ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_";
/// How large the files with terms may become.
const TERMS: usize = 12_000;
/// How large the files with texts may become.
const TEXTS: usize = 6_000;

/// Writes the index into files, in a fixed order.
pub fn files(corpus: &Corpus, index: &Index) -> Vec<File> {
    let terms = term_shards(index);
    let texts = text_shards(&index.records);
    let mut files = vec![file("meta.js".to_owned(), 'm', 0, &meta(corpus, index, &terms, &texts))];
    files.push(file("dict.js".to_owned(), 'd', 0, &dictionary(index)));
    for (at, shard) in terms.iter().enumerate() {
        files.push(file(format!("p/{at}.js"), 'p', at, &shard.text));
    }
    for (at, shard) in texts.iter().enumerate() {
        files.push(file(format!("t/{at}.js"), 't', at, &shard.text));
    }
    files
}

/// Returns a name for the content of all files.
pub fn hash(files: &[File]) -> String {
    let mut hasher = Sha256::new();
    for file in files {
        hasher.update(file.name.as_bytes());
        hasher.update([0]);
        hasher.update(&file.bytes);
    }
    hex(&hasher.finalize()[..5])
}

/// A part of a long list, and what it begins with.
struct Shard<T> {
    first: T,
    text: String,
}

fn term_shards(index: &Index) -> Vec<Shard<String>> {
    let mut shards: Vec<Shard<String>> = Vec::new();
    let mut last = String::new();
    for (term, postings) in &index.terms {
        if shards.last().is_none_or(|it| it.text.len() > TERMS) {
            shards.push(Shard { first: term.clone(), text: String::new() });
            last.clear();
        }
        let shard = shards.last_mut().expect("one was just begun");
        push_line(&mut shard.text);
        push_front_coded(&mut shard.text, &last, term);
        shard.text.push(' ');
        push_postings(&mut shard.text, postings);
        last.clone_from(term);
    }
    shards
}

fn text_shards(records: &[Record]) -> Vec<Shard<usize>> {
    let mut shards: Vec<Shard<usize>> = Vec::new();
    let mut is_first = true;
    for (at, record) in records.iter().enumerate() {
        if shards.last().is_none_or(|it| it.text.len() > TEXTS) {
            shards.push(Shard { first: at, text: String::new() });
            is_first = true;
        }
        let shard = shards.last_mut().expect("one was just begun");
        if !is_first {
            shard.text.push('\n');
        }
        is_first = false;
        shard.text.push_str(&record.text);
    }
    shards
}

fn push_line(out: &mut String) {
    if !out.is_empty() {
        out.push('\n');
    }
}

fn push_front_coded(out: &mut String, last: &str, term: &str) {
    let shared = last.chars().zip(term.chars()).take_while(|(one, other)| one == other).count().min(63);
    out.push(sign(shared));
    out.extend(term.chars().skip(shared));
}

fn push_postings(out: &mut String, postings: &[Posting]) {
    let mut last = 0;
    for posting in postings {
        push_number(out, (posting.record - last) as usize);
        out.push(sign(usize::from(posting.weight)));
        last = posting.record;
    }
}

fn push_number(out: &mut String, number: usize) {
    let mut rest = number;
    while rest > 31 {
        out.push(sign(rest % 32 + 32));
        rest /= 32;
    }
    out.push(sign(rest));
}

fn sign(number: usize) -> char {
    char::from(SIGNS[number & 63])
}

fn dictionary(index: &Index) -> String {
    let mut out = String::new();
    let mut last = "";
    for (term, _) in &index.terms {
        if term.chars().count() >= 3 && term.chars().all(char::is_alphabetic) {
            push_line(&mut out);
            push_front_coded(&mut out, last, term);
            last = term;
        }
    }
    out
}

/// Types; places; first terms; first records; then a line for each record. That of a page
/// has its title, its address where it does not follow from the title, and its type and
/// place where they are others than before. That of a section begins with a tab.
fn meta(corpus: &Corpus, index: &Index, terms: &[Shard<String>], texts: &[Shard<usize>]) -> String {
    let mut groups: Vec<(usize, &str)> = Vec::new();
    let mut lines = Vec::new();
    let (mut folder, mut group) = (String::new(), usize::MAX);
    for record in &index.records {
        if !record.id.is_empty() {
            lines.push(format!("\t{}\t{}", record.id, plain(&record.title)));
            continue;
        }
        let document = &corpus.documents[record.document];
        let own = (document.kind, document.place.as_str());
        let at = groups.iter().position(|it| *it == own).unwrap_or(groups.len());
        if at == groups.len() {
            groups.push(own);
        }
        let title = plain(&record.title);
        let address = address(&title, &document.url, &mut folder);
        let mut line = title;
        if !address.is_empty() || at != group {
            line.push_str(&format!("\t{address}"));
        }
        if at != group {
            line.push_str(&format!("\t{at}"));
            group = at;
        }
        lines.push(line);
    }
    let kinds: Vec<String> = corpus.kinds.iter().map(|it| plain(it)).collect();
    let groups: Vec<String> = groups.iter().map(|(kind, place)| format!("{kind} {}", plain(place))).collect();
    let firsts: Vec<&str> = terms.iter().map(|it| it.first.as_str()).collect();
    let records: Vec<String> = texts.iter().map(|it| it.first.to_string()).collect();
    let head = [kinds.join("\t"), groups.join("\t"), firsts.join("\t"), records.join(" ")];
    head.into_iter().chain(lines).collect::<Vec<String>>().join("\n")
}

/// Returns what the reader needs to know of an address: nothing where it follows from the
/// title, the name in the same folder, or `/` and the whole.
fn address(title: &str, url: &str, folder: &mut String) -> String {
    let stem = url.strip_suffix(".html").unwrap_or(url);
    let (own, name) = stem.rsplit_once('/').map_or(("", stem), |(folder, name)| (folder, name));
    let name = if name == slug(title) { "" } else { name };
    if own == folder {
        return name.to_owned();
    }
    own.clone_into(folder);
    format!("/{own}/{name}")
}

/// The reader makes the same of a title.
fn slug(title: &str) -> String {
    let mut out = String::new();
    for sign in title.to_lowercase().chars() {
        match sign {
            'ä' => out.push_str("ae"),
            'ö' => out.push_str("oe"),
            'ü' => out.push_str("ue"),
            'ß' => out.push_str("ss"),
            'a'..='z' | '0'..='9' => out.push(sign),
            _ if out.ends_with('-') => {}
            _ => out.push('-'),
        }
    }
    out.trim_matches('-').to_owned()
}

/// One line without the signs that separate.
fn plain(text: &str) -> String {
    text.replace(['\n', '\r', '\t'], " ")
}

fn file(name: String, kind: char, number: usize, text: &str) -> File {
    let mut script = format!("KX(\"{kind}\",{number},`");
    for sign in text.chars() {
        match sign {
            '\\' | '`' | '$' => script.extend(['\\', sign]),
            // A script would read it as a line feed.
            '\r' => script.push(' '),
            _ => script.push(sign),
        }
    }
    script.push_str("`)\n");
    File { name, bytes: script.into_bytes().into() }
}
