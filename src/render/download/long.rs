//! One row or one column of a table as files.
//!
//! A row has a line for each of its columns, with everything one has to know to
//! quote the value. A column has a line for each row.

use super::csv::{self, Cell, Form};
use super::fields;
use super::wide::{self, heading};
use crate::data::{Column, MissingSign, Row, Value, statistics};
use crate::diag::{Text, text};
use crate::site::Table;

/// Returns a row as a file.
pub fn row(table: &Table, row: usize, form: Form) -> Vec<u8> {
    let row = &table.data.rows[row];
    let columns = table.data.columns.iter().enumerate();
    let told = columns.filter(|&(at, column)| at != table.data.row_header && !column.is_row_number());
    let lines = told.map(|(at, _)| line_of_row(table, row, at, form));
    csv::file(std::iter::once(header_of_row(form)).chain(lines), form)
}

fn header_of_row(form: Form) -> Vec<Cell> {
    let names = [
        ("group", text("Gruppe", "Group")),
        ("id", text("Kennung", "Id")),
        ("label", text("Kennzahl", "Indicator")),
        ("value", text("Wert", "Value")),
        ("mark", text("Zeichen", "Mark")),
        ("unit", text("Einheit", "Unit")),
        ("date", text("Zeitbezug", "Reference period")),
        ("missing", text("Warum der Wert fehlt", "Why there is no value")),
        ("median", text("Median", "Median")),
        ("median_count", text("Median aus so vielen Zeilen", "Median of so many rows")),
        ("source", text("Quelle", "Source")),
    ];
    names.into_iter().map(|(id, label)| name(id, &label, form)).collect()
}

fn line_of_row(table: &Table, row: &Row, at: usize, form: Form) -> Vec<Cell> {
    let column = &table.data.columns[at];
    let value = &row.cells[at].value;
    let computed = table.statistics[at].as_ref();
    let median = statistics::benchmark(&table.data, at, computed).filter(|_| column.is_numeric());
    vec![
        Cell::text(column.group.as_deref()),
        Cell::text(Some(&column.id)),
        Cell::text(Some(&column.label)),
        cell(table, row, at, form),
        Cell::Text(fields::sign(fields::mark(value))),
        Cell::text(column.unit.as_deref()),
        Cell::text(column.date.as_deref()),
        Cell::text(missing(value, column).map(|it| it.reason.as_str())),
        median.map_or_else(|| Cell::Text(String::new()), |it| Cell::Number(it.median)),
        Cell::text(median.map(|it| it.count.to_string())),
        Cell::text(column.source.as_ref().map(|it| it.title.as_str())),
    ]
}

/// Returns a column as a file. In Excel an empty line sets the rows that sum up apart;
/// the form for machines is without them.
pub fn column(table: &Table, at: usize, form: Form) -> Vec<u8> {
    let line = |row: &Row| line_of_column(table, row, at, form);
    let header = header_of_column(table, at, form);
    let empty = vec![Cell::Text(String::new()); header.len()];
    let summary = match form {
        Form::Excel(_) => &table.data.summary[..],
        Form::Machine => &[],
    };
    let gap = (!summary.is_empty()).then_some(empty);
    let lines = std::iter::once(header).chain(table.data.rows.iter().map(line)).chain(gap);
    csv::file(lines.chain(summary.iter().map(line)), form)
}

fn header_of_column(table: &Table, at: usize, form: Form) -> Vec<Cell> {
    let label = |id: &str, at: usize| match form {
        Form::Excel(lang) => Cell::Text(heading(&table.data.columns[at], lang)),
        Form::Machine => Cell::text(Some(id)),
    };
    let mut cells = match form {
        Form::Machine => vec![Cell::text(Some("id"))],
        Form::Excel(_) => Vec::new(),
    };
    cells.push(label("name", table.data.row_header));
    cells.extend(table.data.region.map(|region| label("region", region)));
    cells.push(label("value", at));
    cells.push(name("mark", &text("Zeichen", "Mark"), form));
    cells.push(name("missing", &text("Warum der Wert fehlt", "Why there is no value"), form));
    cells
}

fn line_of_column(table: &Table, row: &Row, at: usize, form: Form) -> Vec<Cell> {
    let value = &row.cells[at].value;
    let mut cells = match form {
        Form::Machine => vec![Cell::text(Some(&row.id))],
        Form::Excel(_) => Vec::new(),
    };
    cells.push(Cell::text(Some(&row.title)));
    cells.extend(table.data.region.map(|region| cell(table, row, region, form)));
    cells.push(cell(table, row, at, form));
    cells.push(Cell::Text(fields::sign(fields::mark(value))));
    cells.push(Cell::text(missing(value, &table.data.columns[at]).map(|it| it.reason.as_str())));
    cells
}

fn name(id: &str, label: &Text, form: Form) -> Cell {
    Cell::text(Some(match form {
        Form::Excel(lang) => label.in_lang(lang),
        Form::Machine => id,
    }))
}

/// People see the sign of a missing value; for machines the cell is empty, its reason stands beside.
fn cell(table: &Table, row: &Row, at: usize, form: Form) -> Cell {
    let value = &row.cells[at].value;
    match form {
        Form::Excel(lang) => wide::shown(row, at, table, lang),
        Form::Machine if matches!(value, Value::Missing(_)) => Cell::Text(String::new()),
        Form::Machine => wide::value(value, &table.data.columns[at], table),
    }
}

fn missing<'a>(value: &Value, column: &'a Column) -> Option<&'a MissingSign> {
    match value {
        Value::Missing(at) => Some(&column.missing[usize::from(*at)]),
        _ => None,
    }
}
