//! The changes for programs. `docs/vergleich.md` describes every name; new ones may be added,
//! none changes its meaning while `version` is the same.

use serde_json::{Value, json};

use super::{
    CellChange, Changes, Fact, FigureChange, FileChange, LinkChange, Lost, PageChange, PartChange, Passage,
    PictureChange, Piece, Status, TableChange, TermChange,
};
use crate::diag::Lang;

const VERSION: u32 = 1;

/// Prints the changes; labels are in the language that is asked for.
pub fn print(changes: &Changes, lang: Lang) -> String {
    let value = json!({
        "version": VERSION,
        "site": changes.title,
        "is_same": changes.is_empty(),
        "lost_addresses": list(&changes.lost, lost),
        "site_changes": list(&changes.site, |it| fact(it, lang)),
        "pages": list(&changes.pages, |it| page(it, lang)),
        "tables": list(&changes.tables, |it| table(it, lang)),
        "terms": list(&changes.terms, |it| term(it, lang)),
        "files": list(&changes.files, file),
    });
    format!("{value:#}\n")
}

fn list<T>(items: &[T], print: impl Fn(&T) -> Value) -> Value {
    items.iter().map(print).collect()
}

fn status(status: Status) -> &'static str {
    match status {
        Status::Added => "added",
        Status::Removed => "removed",
        Status::Moved => "moved",
        Status::Changed => "changed",
    }
}

fn lost(lost: &Lost) -> Value {
    json!({
        "url": lost.url,
        "title": lost.title,
        "moved_to": lost.moved_to.as_ref().map(|it| &it.url),
        "add_alias_in": lost.moved_to.as_ref().map(|it| &it.file),
    })
}

fn fact(fact: &Fact, lang: Lang) -> Value {
    json!({
        "key": fact.key,
        "label": fact.label.in_lang(lang),
        "old": fact.old,
        "new": fact.new,
        "words": pieces(&fact.pieces),
    })
}

/// Each piece is an object with one name: `same`, `removed`, `added`, or `left_out`.
fn pieces(pieces: &[Piece]) -> Value {
    let print = |it: &Piece| match it {
        Piece::Same(text) => json!({ "same": text }),
        Piece::Removed(text) => json!({ "removed": text }),
        Piece::Added(text) => json!({ "added": text }),
        Piece::Gap => json!({ "left_out": true }),
    };
    pieces.iter().map(print).collect()
}

fn page(page: &PageChange, lang: Lang) -> Value {
    json!({
        "status": status(page.status),
        "title": page.title,
        "url": page.url,
        "old_url": page.old_url,
        "old_address_leads_on": page.leads_on,
        "kind": page.kind,
        "words": page.words,
        "facts": list(&page.facts, |it| fact(it, lang)),
        "passages": list(&page.passages, passage),
        "figures": list(&page.figures, figure),
        "links": list(&page.links, link),
        "pictures": list(&page.pictures, picture),
        "is_restyled": page.is_restyled,
    })
}

fn passage(passage: &Passage) -> Value {
    json!({ "heading": passage.heading, "words": pieces(&passage.pieces) })
}

fn figure(it: &FigureChange) -> Value {
    json!({ "row": it.row, "column": it.column, "old": it.old, "new": it.new, "follows_the_data": it.follows })
}

fn link(it: &LinkChange) -> Value {
    json!({ "text": it.text, "old": it.old, "new": it.new })
}

fn picture(it: &PictureChange) -> Value {
    json!({ "status": status(it.status), "path": it.path, "old_alt": it.old_alt, "new_alt": it.new_alt })
}

fn table(table: &TableChange, lang: Lang) -> Value {
    let shown_on = |it: &(String, String)| json!({ "title": it.0, "url": it.1 });
    json!({
        "status": status(table.status),
        "name": table.name,
        "title": table.title,
        "url": table.url,
        "facts": list(&table.facts, |it| fact(it, lang)),
        "columns": list(&table.columns, |it| part(it, lang)),
        "rows": list(&table.rows, |it| part(it, lang)),
        "cells": list(&table.cells, cell),
        "shown_on": list(&table.shown_on, shown_on),
    })
}

fn part(it: &PartChange, lang: Lang) -> Value {
    json!({
        "status": status(it.status),
        "title": it.title,
        "old_title": it.old_title,
        "facts": list(&it.facts, |it| fact(it, lang)),
    })
}

fn cell(it: &CellChange) -> Value {
    json!({
        "row": it.row,
        "column": it.column,
        "unit": it.unit,
        "old": it.old,
        "new": it.new,
        "is_derived": it.is_derived,
    })
}

fn term(it: &TermChange, lang: Lang) -> Value {
    json!({
        "status": status(it.status),
        "title": it.title,
        "url": it.url,
        "definition": it.definition.as_ref().map(|it| fact(it, lang)),
        "old_pages": it.old_pages,
        "new_pages": it.new_pages,
    })
}

fn file(it: &FileChange) -> Value {
    json!({
        "status": status(it.status),
        "path": it.path,
        "old_path": it.old_path,
        "old_bytes": it.old_bytes,
        "new_bytes": it.new_bytes,
    })
}
