//! Keys: what is unique in a table, and what one table names in another.

use std::collections::{HashMap, HashSet};

use super::place::cell_context;
use super::{Row, Table, Tables, Value};
use crate::diag::{Diagnostic, Diagnostics, did_you_mean, text};
use crate::source::{Sources, Spanned};

/// Columns whose values stand in a table that is named.
#[derive(Clone, Debug)]
pub struct ForeignKey {
    pub fields: Vec<Spanned<String>>,
    /// The name of the other table; empty for the table itself.
    pub resource: String,
    pub reference: Vec<Spanned<String>>,
}

/// `duplicate-value`: the values of a key stand together in one row only.
pub fn check_unique<'a>(
    table: &'a Table,
    rows: impl Iterator<Item = &'a Row>,
    columns: &[usize],
    csv: &str,
    diags: &mut Diagnostics,
) {
    let mut seen: HashMap<Vec<String>, &Row> = HashMap::new();
    for row in rows {
        let Some(key) = key(table, row, columns) else { continue };
        let Some(first) = seen.insert(key, row) else { continue };
        let cell = &row.cells[columns[0]];
        let message = match columns {
            [_] => text("Diesen Wert gibt es in der Spalte schon.", "the column has this value already"),
            _ => {
                let labels: Vec<_> = columns.iter().map(|&it| table.columns[it].label.as_str()).collect();
                let labels = labels.join(" + ");
                text(
                    format!("Diese Werte gibt es zusammen schon in einer anderen Zeile ({labels})."),
                    format!("another row has these values together already ({labels})"),
                )
            }
        };
        let first = table.span(&first.cells[columns[0]]);
        diags.push(
            Diagnostic::error("duplicate-value", table.span(cell), message)
                .context(cell_context(table, row, columns[0], csv))
                .also(first, text("zuerst hier", "first here")),
        );
    }
}

fn all_rows(table: &Table) -> impl Iterator<Item = &Row> {
    table.summary.iter().chain(&table.rows)
}

/// The values of some columns; none where one is missing.
fn key(table: &Table, row: &Row, columns: &[usize]) -> Option<Vec<String>> {
    columns.iter().map(|&column| key_part(table, row, column)).collect()
}

fn key_part(table: &Table, row: &Row, column: usize) -> Option<String> {
    match row.cells[column].value {
        Value::Number(number, _) => Some(number.to_string()),
        Value::Text(text) => Some(table.texts.get(text).to_owned()),
        Value::Category(at) => Some(format!("#{at}")),
        Value::Missing(_) => None,
    }
}

/// Checks what tables name in each other, given the keys of each table by its name.
///
/// `unknown-reference`: what is named stands in the other table.
pub fn check_foreign_keys(
    keys: &[(String, Vec<ForeignKey>)],
    tables: &Tables,
    sources: &Sources,
    diags: &mut Diagnostics,
) {
    for table in &tables.read {
        let own = keys.iter().filter(|(name, _)| *name == table.name).flat_map(|(_, keys)| keys);
        for key in own {
            check_foreign_key(key, table, tables, sources.text(table.file), diags);
        }
    }
}

fn check_foreign_key(key: &ForeignKey, table: &Table, tables: &Tables, csv: &str, diags: &mut Diagnostics) {
    let other = match key.resource.as_str() {
        "" => Some(table),
        name => tables.read.iter().find(|it| it.name == name),
    };
    let Some(other) = other else {
        if !tables.may_be_unreadable(&key.resource) {
            diags.push(unknown_resource(key, tables));
        }
        return;
    };
    let columns = columns_named(&key.fields, table, diags);
    let targets = columns_named(&key.reference, other, diags);
    let (Some(columns), Some(targets)) = (columns, targets) else { return };
    let known: HashSet<Vec<String>> =
        all_rows(other).filter_map(|row| written_key(other, row, &targets)).collect();
    for row in &table.rows {
        let Some(named) = written_key(table, row, &columns).filter(|it| !known.contains(it)) else {
            continue;
        };
        let written = named.join(" · ");
        let message = text(
            format!("„{written}“ gibt es in der Tabelle „{}“ nicht.", other.title),
            format!("there is no `{written}` in the table `{}`", other.title),
        );
        let names: Vec<String> = known.iter().map(|it| it.join(" · ")).collect();
        let mut names: Vec<&str> = names.iter().map(String::as_str).collect();
        names.sort_unstable();
        diags.push(
            Diagnostic::error("unknown-reference", table.span(&row.cells[columns[0]]), message)
                .context(cell_context(table, row, columns[0], csv))
                .maybe_help(did_you_mean(&written, names)),
        );
    }
}

/// Like [`key`], with categories by what stands in the file, which two tables share.
fn written_key(table: &Table, row: &Row, columns: &[usize]) -> Option<Vec<String>> {
    let part = |&column: &usize| match row.cells[column].value {
        Value::Category(at) => table.columns[column].category(at).map(|it| it.value.clone()),
        _ => key_part(table, row, column),
    };
    columns.iter().map(part).collect()
}

fn columns_named(names: &[Spanned<String>], table: &Table, diags: &mut Diagnostics) -> Option<Vec<usize>> {
    let find = |name: &Spanned<String>| table.columns.iter().position(|it| it.name.value == name.value);
    let unknown = names.iter().find(|name| find(name).is_none());
    if let Some(name) = unknown {
        let message = text(
            format!("Die Tabelle „{}“ hat keine Spalte „{}“.", table.title, name.value),
            format!("the table `{}` has no column `{}`", table.title, name.value),
        );
        let help = did_you_mean(&name.value, table.columns.iter().map(|it| it.name.value.as_str()));
        diags.push(Diagnostic::error("unknown-column", name.span, message).maybe_help(help));
        return None;
    }
    names.iter().map(find).collect()
}

/// `unknown-table`: a table that is referred to is described.
fn unknown_resource(key: &ForeignKey, tables: &Tables) -> Diagnostic {
    let name = &key.resource;
    let message =
        text(format!("Eine Tabelle „{name}“ gibt es nicht."), format!("there is no table `{name}`"));
    let help = did_you_mean(name, tables.read.iter().map(|it| it.name.as_str()));
    let span = key.fields.first().map_or(key.reference[0].span, |it| it.span);
    Diagnostic::error("unknown-table", span, message).maybe_help(help)
}
