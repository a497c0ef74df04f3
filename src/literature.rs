//! Sources that texts cite, whatever they were written in.
//!
//! 1. [`yaml`] and [`bibtex`] read the files of a site; both give [`Work`]s;
//! 2. [`citation`] reads how a text names a work;
//! 3. [`mod@format`] writes a work as texts and lists of sources do: one German style;
//! 4. [`export`] writes it for other programs.

pub mod bibtex;
pub mod citation;
pub mod export;
pub mod format;
mod latex;
pub mod names;
pub mod yaml;

use self::names::Names;
use crate::date::Date;
use crate::diag::{Diagnostic, Text, text};
use crate::fields::is_web_address;
use crate::source::{Span, Spanned};

/// The names of the files of a site that hold sources; they lie beside `kompendium.yaml`.
pub const FILES: [&str; 2] = ["literatur.yaml", "literatur.bib"];

/// A source as it was written. A text that was not written is empty.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Work {
    /// What texts name it by.
    pub key: Spanned<String>,
    pub kind: Kind,
    pub authors: Names,
    pub editors: Names,
    pub accessed: Option<Date>,
    pub texts: Texts,
}

/// What is said of a source in plain text.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Texts {
    pub title: String,
    /// Begins with a digit; empty: without a year.
    pub year: String,
    /// What texts call it instead of its authors.
    pub short: String,
    /// The journal, the book or the website that it is a part of.
    pub container: String,
    pub series: String,
    /// A number is printed with „Aufl.“.
    pub edition: String,
    pub volume: String,
    pub number: String,
    pub pages: String,
    pub publisher: String,
    pub place: String,
    /// What kind of thesis or report it is.
    pub genre: String,
    pub url: String,
    /// Without `https://doi.org/`.
    pub doi: String,
    pub isbn: String,
    /// A sentence at the end.
    pub note: String,
}

/// The names that files have for [`Texts`], in the order of its fields.
pub const TEXT_KEYS: [&str; 16] = [
    "title",
    "year",
    "short",
    "in",
    "series",
    "edition",
    "volume",
    "number",
    "pages",
    "publisher",
    "place",
    "type",
    "url",
    "doi",
    "isbn",
    "note",
];

impl Texts {
    /// Returns the text that a key of [`TEXT_KEYS`] names.
    pub fn named(&mut self, key: &str) -> Option<&mut String> {
        Some(match key {
            "title" => &mut self.title,
            "year" => &mut self.year,
            "short" => &mut self.short,
            "in" => &mut self.container,
            "series" => &mut self.series,
            "edition" => &mut self.edition,
            "volume" => &mut self.volume,
            "number" => &mut self.number,
            "pages" => &mut self.pages,
            "publisher" => &mut self.publisher,
            "place" => &mut self.place,
            "type" => &mut self.genre,
            "url" => &mut self.url,
            "doi" => &mut self.doi,
            "isbn" => &mut self.isbn,
            "note" => &mut self.note,
            _ => return None,
        })
    }
}

/// What a source is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Kind {
    Book,
    /// In a journal.
    Article,
    /// In a book.
    Chapter,
    Report,
    Website,
    /// A law or another official document.
    Law,
    Thesis,
}

/// The kinds with the names that files have for them.
pub const KINDS: [(&str, Kind); 7] = [
    ("book", Kind::Book),
    ("article", Kind::Article),
    ("chapter", Kind::Chapter),
    ("report", Kind::Report),
    ("website", Kind::Website),
    ("law", Kind::Law),
    ("thesis", Kind::Thesis),
];

/// Sets one text of a work.
///
/// `wrong-type`: a year begins with a digit, and an address with `https://`.
pub fn set_text(texts: &mut Texts, key: &str, value: &str, span: Span) -> Result<(), Box<Diagnostic>> {
    let Some(place) = texts.named(key) else { return Ok(()) };
    let value = match key {
        "year" if NO_YEAR.contains(&value) => "",
        "doi" => value.rsplit_once("doi.org/").map_or(value, |(_, it)| it),
        _ => value,
    };
    let expected = match key {
        "year" if !value.is_empty() && !value.starts_with(|it: char| it.is_ascii_digit()) => {
            Some(text("ein Jahr wie 2020", "a year such as 2020"))
        }
        "url" if !is_web_address(value) => {
            Some(text("eine Adresse mit https://", "an address with https://"))
        }
        _ => None,
    };
    if let Some(expected) = expected {
        return Err(Box::new(wrong(span, &expected)));
    }
    value.clone_into(place);
    Ok(())
}

/// What people write where a year is missing.
const NO_YEAR: [&str; 5] = ["o. J.", "o.J.", "n.d.", "n. d.", "o. J"];

fn wrong(span: Span, expected: &Text) -> Diagnostic {
    use crate::diag::Lang::{De, En};
    let message = text(
        format!("Erwartet wird {}.", expected.in_lang(De)),
        format!("expected {}", expected.in_lang(En)),
    );
    Diagnostic::error("wrong-type", span, message)
}

/// `missing-field`: a source has a title.
fn missing_title(key: &Spanned<String>) -> Diagnostic {
    let message = text(
        format!("Der Quelle „{}“ fehlt ihr Titel.", key.value),
        format!("the source `{}` has no title", key.value),
    );
    let help = text("Ergänzen Sie: title", "add: title");
    Diagnostic::error("missing-field", key.span, message).help(help)
}

/// `source-key`: texts can name a source by its key.
fn check_key(key: &Spanned<String>) -> Result<(), Box<Diagnostic>> {
    let is_part = |it: char| it.is_alphanumeric() || "-_.:+/".contains(it);
    if !key.value.is_empty() && key.value.chars().all(is_part) {
        return Ok(());
    }
    let message = text(
        format!("„{}“ ist kein Schlüssel für eine Quelle.", key.value),
        format!("`{}` cannot be the key of a source", key.value),
    );
    let help = text(
        "Erlaubt sind Buchstaben, Ziffern und - _ . : + /, zum Beispiel muender-2020",
        "letters, digits and - _ . : + / are allowed, for example muender-2020",
    );
    Err(Box::new(Diagnostic::error("source-key", key.span, message).help(help)))
}
