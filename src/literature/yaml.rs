//! `literatur.yaml`: a map from keys to sources.

use super::names::{Names, listed};
use super::{KINDS, Kind, TEXT_KEYS, Texts, Work, check_key, missing_title, set_text};
use crate::diag::{Diagnostic, Diagnostics, did_you_mean, text};
use crate::fields;
use crate::source::FileId;
use crate::yaml::{Entry, Node, parse_map, typed, unknown_key};

/// What a source can say beside its texts.
const OTHER_KEYS: [&str; 4] = ["kind", "author", "editor", "accessed"];

/// Reads all works of a file.
///
/// Findings: those of YAML, `unknown-key`, `unknown-choice`, `wrong-type`, `missing-field`, `source-key`.
pub fn parse(file: FileId, written: &str, diags: &mut Diagnostics) -> Vec<Work> {
    let entries = parse_map(file, written, 0, diags).unwrap_or_default();
    // A key that stands twice is reported already.
    let is_first = |at: usize| !entries[..at].iter().any(|it| it.key.value == entries[at].key.value);
    let first = (0..entries.len()).filter(|&at| is_first(at));
    first.filter_map(|at| work(&entries[at], diags)).collect()
}

fn work(entry: &Entry, diags: &mut Diagnostics) -> Option<Work> {
    if let Err(found) = check_key(&entry.key) {
        diags.push(*found);
        return None;
    }
    let known: Vec<&str> = OTHER_KEYS.into_iter().chain(TEXT_KEYS).collect();
    let entries = typed::map(&entry.value, diags);
    let mut has_unknown = false;
    for it in entries.iter().filter(|it| !known.contains(&it.key.value.as_str())) {
        has_unknown = true;
        diags.push(unknown_key(it, &known));
    }
    let get = |key: &str| entry.value.get(key).filter(|it| !it.is_empty());
    let mut texts = Texts::default();
    for key in TEXT_KEYS {
        let Some(value) = get(key).and_then(|it| typed::string(it, diags)) else { continue };
        if let Err(found) = set_text(&mut texts, key, &value.value, value.span) {
            diags.push(*found);
        }
    }
    if texts.title.is_empty() {
        // A misspelt key or a value of another type is reported already.
        if !has_unknown && get("title").is_none() && !entries.is_empty() {
            diags.push(missing_title(&entry.key));
        }
        return None;
    }
    let mut names = |key| get(key).map_or_else(Names::default, |it| names(it, diags));
    Some(Work {
        key: entry.key.clone(),
        authors: names("author"),
        editors: names("editor"),
        kind: get("kind").and_then(|it| kind(it, diags)).unwrap_or(Kind::Report),
        accessed: get("accessed").and_then(|it| typed::date(it, diags)),
        texts,
    })
}

fn names(node: &Node, diags: &mut Diagnostics) -> Names {
    let written = typed::strings(node, diags);
    listed(written.iter().map(|it| it.value.as_str()))
}

/// `unknown-choice`: a source is of one of the kinds.
pub fn kind(node: &Node, diags: &mut Diagnostics) -> Option<Kind> {
    let written = typed::string(node, diags)?;
    let found = KINDS.iter().find(|it| it.0 == written.value).map(|it| it.1);
    if found.is_none() {
        let message = text(
            format!("Die Art „{}“ gibt es nicht.", written.value),
            format!("there is no kind `{}`", written.value),
        );
        let names = KINDS.map(|it| it.0);
        let help = did_you_mean(&written.value, names).unwrap_or_else(|| fields::allowed(&names.join(", ")));
        diags.push(Diagnostic::error("unknown-choice", written.span, message).help(help));
    }
    found
}
