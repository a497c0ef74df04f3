//! What fields hold, in words for those who fill them in.

use super::Declared;
use crate::config::Config;
use crate::diag::{Lang, Text, text};
use crate::fields::{Choice, Field, FieldKind};

/// What a key that every page knows holds.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Holds {
    Text,
    Texts,
    Boolean,
    Integer,
    Date,
    BooleanOrTexts,
}

impl Holds {
    /// Says what is to be written.
    pub fn words(self) -> Text {
        match self {
            Holds::Text => text("Text", "text"),
            Holds::Texts => text("Liste von Texten", "list of texts"),
            Holds::Boolean => yes_or_no(),
            Holds::Integer => text("ganze Zahl", "whole number"),
            Holds::Date => day(),
            Holds::BooleanOrTexts => text("true oder eine Liste von Texten", "true or a list of texts"),
        }
    }
}

/// Says what is to be written in a field.
pub fn kind(kind: &FieldKind, config: &Config) -> Text {
    match kind {
        FieldKind::Text => text("Text", "text"),
        FieldKind::Markdown => text("Text in Markdown", "text in Markdown"),
        FieldKind::Integer => text("ganze Zahl", "whole number"),
        FieldKind::Number => text("Zahl mit Dezimalpunkt, etwa 12.5", "number such as 12.5"),
        FieldKind::Boolean => yes_or_no(),
        FieldKind::Date => day(),
        FieldKind::Year => text("Jahreszahl, etwa 2025", "year such as 2025"),
        FieldKind::Url => text("Adresse, die mit https:// beginnt", "address that begins with https://"),
        FieldKind::Email => text("E-Mail-Adresse", "e-mail address"),
        FieldKind::Choice(_) => text("einer der erlaubten Werte", "one of the allowed values"),
        FieldKind::Reference(to) => reference(&to.value, config),
        FieldKind::Citation => text(
            "Schlüssel einer Quelle, etwa muender-2020, S. 12; mehrere mit Semikolon",
            "key of a source such as muender-2020, p. 12; several with semicolons",
        ),
        FieldKind::List(items) => list(&self::kind(items, config)),
        FieldKind::Image => {
            text("Dateiname eines Bildes neben dieser Datei", "name of an image beside this file")
        }
        FieldKind::File => text("Name einer Datei neben dieser", "name of a file beside this one"),
        FieldKind::Phone => text("Telefonnummer", "telephone number"),
        FieldKind::Time => text("Uhrzeit", "time of day"),
    }
}

fn yes_or_no() -> Text {
    text("ja oder nein, geschrieben true oder false", "yes or no, written true or false")
}

fn day() -> Text {
    text("Datum der Form JJJJ-MM-TT", "date of the form YYYY-MM-DD")
}

fn reference(to: &str, config: &Config) -> Text {
    match config.collections.iter().find(|it| it.name.value == to) {
        Some(collection) => {
            let label = &collection.label;
            text(
                format!("Dateiname ohne .md eines Eintrags in „{label}“ (content/{to})"),
                format!("file name without .md of an entry of “{label}” (content/{to})"),
            )
        }
        None => {
            text(format!("Name einer Zeile der Tabelle „{to}“"), format!("name of a row of the table “{to}”"))
        }
    }
}

fn list(items: &Text) -> Text {
    let (de, en) = (items.in_lang(Lang::De), items.in_lang(Lang::En));
    text(
        format!("Liste in eckigen Klammern; jeder Wert: {de}"),
        format!("list in square brackets; each value: {en}"),
    )
}

/// Says what a value has to be beside its kind; empty for most fields.
pub fn rules(field: &Field, declared: &Declared<'_>) -> Vec<Text> {
    let mut rules = Vec::new();
    if let Some(pattern) = &field.pattern {
        let form = &pattern.written;
        rules.push(text(format!("hat die Form {form}"), format!("has the form {form}")));
    }
    if field.unique {
        rules.push(text("steht nur in einem Eintrag", "stands in one entry only"));
    }
    if let Some(value) = declared.default(field) {
        rules.push(text(format!("ohne Angabe gilt {value}"), format!("{value} where nothing is written")));
    }
    rules
}

/// Returns a text with a capital letter and a full stop, where it ends with no other sign.
pub fn sentence(text: &str) -> String {
    let mut sentence = capital(text);
    if sentence.ends_with(|it: char| it.is_alphanumeric() || "}])“”".contains(it)) {
        sentence.push('.');
    }
    sentence
}

/// Returns a text with a capital letter.
pub fn capital(text: &str) -> String {
    let mut signs = text.chars();
    signs.next().map_or_else(String::new, |first| first.to_uppercase().chain(signs).collect())
}

/// Returns the values that can be chosen, and their labels, also those of the items of a list.
pub fn choices(kind: &FieldKind) -> &[Choice] {
    match kind {
        FieldKind::Choice(choices) => choices,
        FieldKind::List(items) => choices(items),
        _ => &[],
    }
}
