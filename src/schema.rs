//! What is declared once in `kompendium.yaml`, put to other uses: a new entry
//! ([`entry`]), schemas for editors' tools ([`json`]), the handbook of the editors
//! ([`guide`]) and the forms of a CMS ([`cms`]).
//!
//! Everything here turns a [`Declared`] into text and touches no disk.
//! [`head`] describes what every page can say, [`words`] says in words what fields hold, and
//! [`mod@print`] writes YAML.

pub mod cms;
pub mod entry;
pub mod guide;
pub mod head;
pub mod json;
pub mod print;
pub mod words;

use crate::config::Config;
use crate::diag::{Lang, Text};
use crate::fields::Field;

/// The declarations of a site, and the language of what is made of them.
#[derive(Clone, Copy)]
pub struct Declared<'a> {
    pub config: &'a Config,
    /// The text of `kompendium.yaml`.
    pub written: &'a str,
    pub lang: Lang,
}

impl Declared<'_> {
    /// Returns a sentence in the language that is asked for.
    pub fn say<'t>(&self, text: &'t Text) -> &'t str {
        text.in_lang(self.lang)
    }

    /// Returns the default of a field as it is written, on one line.
    pub fn default(&self, field: &Field) -> Option<String> {
        let span = field.default.as_ref()?.span;
        self.written.get(span.range()).map(one_line)
    }
}

/// Returns a text without line ends.
pub fn one_line(text: &str) -> String {
    text.split_whitespace().collect::<Vec<_>>().join(" ")
}
