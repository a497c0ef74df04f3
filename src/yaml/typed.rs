//! Typed values from a [`Node`]; a value of another type is a finding.

use super::{Entry, Kind, Node};
use crate::date::Date;
use crate::diag::{Diagnostic, Diagnostics, Text, text};
use crate::source::Spanned;

/// `wrong-type`: a value is of the type that its key asks for.
pub fn wrong_type(node: &Node, expected: Text) -> Diagnostic {
    use crate::diag::Lang::{De, En};
    let message = text(
        format!("Erwartet wird {}.", expected.in_lang(De)),
        format!("expected {}", expected.in_lang(En)),
    );
    Diagnostic::error("wrong-type", node.span, message)
}

/// Reads a text; numbers and `no` stay what was written.
pub fn string(node: &Node, diags: &mut Diagnostics) -> Option<Spanned<String>> {
    match node.as_text() {
        Some(value) if !node.is_empty() => Some(Spanned::new(value.trim().to_owned(), node.span)),
        _ => {
            diags.push(wrong_type(node, text("ein Text", "a text")));
            None
        }
    }
}

/// Reads `true` or `false`.
pub fn boolean(node: &Node, diags: &mut Diagnostics) -> Option<bool> {
    match &node.kind {
        Kind::Plain(value) if value == "true" => Some(true),
        Kind::Plain(value) if value == "false" => Some(false),
        _ => {
            diags.push(wrong_type(node, text("true oder false", "true or false")));
            None
        }
    }
}

/// Reads a whole number.
pub fn integer(node: &Node, diags: &mut Diagnostics) -> Option<i64> {
    let value = match &node.kind {
        Kind::Plain(value) => value.parse().ok(),
        _ => None,
    };
    if value.is_none() {
        diags.push(wrong_type(node, text("eine ganze Zahl", "a whole number")));
    }
    value
}

/// Reads a date written as `2025-12-24`.
pub fn date(node: &Node, diags: &mut Diagnostics) -> Option<Date> {
    let written = node.as_text().unwrap_or_default();
    let date = Date::parse(written);
    if date.is_none() {
        diags.push(no_date(node, written));
    }
    date
}

fn no_date(node: &Node, written: &str) -> Diagnostic {
    if Date::has_iso_form(written) {
        let message = text("Diesen Tag gibt es in keinem Kalender.", "no calendar has this day");
        return Diagnostic::error("wrong-type", node.span, message);
    }
    let message =
        text("Das ist kein Datum der Form JJJJ-MM-TT.", "this is not a date of the form YYYY-MM-DD");
    let help = Date::parse_german(written)
        .map(|it| text(format!("Meinten Sie: {}", it.iso()), format!("did you mean: {}", it.iso())));
    Diagnostic::error("wrong-type", node.span, message).maybe_help(help)
}

/// Reads a list of texts that are not blank; a single text is a list of one.
pub fn strings(node: &Node, diags: &mut Diagnostics) -> Vec<Spanned<String>> {
    match &node.kind {
        Kind::List(items) => items.iter().filter_map(|item| filled(item, diags)).collect(),
        Kind::Quoted(_) | Kind::Plain(_) if !node.is_empty() => filled(node, diags).into_iter().collect(),
        _ => {
            diags.push(wrong_type(node, text("eine Liste", "a list")));
            Vec::new()
        }
    }
}

fn filled(node: &Node, diags: &mut Diagnostics) -> Option<Spanned<String>> {
    if node.as_text().is_some_and(|it| it.trim().is_empty()) {
        diags.push(wrong_type(node, text("ein Text", "a text")));
        return None;
    }
    string(node, diags)
}

/// Reads a map.
pub fn map<'a>(node: &'a Node, diags: &mut Diagnostics) -> &'a [Entry] {
    match &node.kind {
        Kind::Map(entries) => entries,
        _ => {
            diags.push(wrong_type(node, text("eine Gruppe von Angaben", "a group of keys")));
            &[]
        }
    }
}

/// Reads a list.
pub fn list<'a>(node: &'a Node, diags: &mut Diagnostics) -> &'a [Node] {
    match &node.kind {
        Kind::List(items) => items,
        _ => {
            diags.push(wrong_type(node, text("eine Liste", "a list")));
            &[]
        }
    }
}
