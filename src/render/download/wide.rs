//! Whole tables as files: a line a row.

use super::csv::{self, Cell, Form};
use super::fields::{self, Field, Holds};
use crate::data::{Column, Row, Value};
use crate::diag::{Lang, text};
use crate::render::{shown, table};
use crate::site::Table;

/// Returns the data for machines: as written, in the order of the file.
pub fn machine(table: &Table) -> Vec<u8> {
    machine_file(table, &fields::of_data(table), &table.data.rows)
}

/// Returns the rows that sum up for machines.
pub fn summary(table: &Table) -> Vec<u8> {
    machine_file(table, &fields::of_summary(table), &table.data.summary)
}

fn machine_file(table: &Table, fields: &[Field], rows: &[Row]) -> Vec<u8> {
    let header = fields.iter().map(|it| Cell::Text(it.name.clone())).collect();
    let lines = rows.iter().map(|row| fields.iter().map(|it| machine_cell(it.holds, row, table)).collect());
    csv::file(std::iter::once(header).chain(lines), Form::Machine)
}

fn machine_cell(holds: Holds, row: &Row, table: &Table) -> Cell {
    match holds {
        Holds::Role => Cell::Text(fields::role(row.role).to_owned()),
        Holds::Values(at) => value(&row.cells[at].value, &table.data.columns[at], table),
        Holds::Marks(at) => Cell::Text(fields::sign(fields::mark(&row.cells[at].value))),
        Holds::RowId => Cell::Text(row.id.clone()),
    }
}

/// Returns a value for machines.
pub fn value(value: &Value, column: &Column, table: &Table) -> Cell {
    match value {
        Value::Number(number, _) => Cell::Number(*number),
        _ => Cell::Text(fields::written(value, column, table).to_owned()),
    }
}

/// Returns the table for Excel: what its page shows, in the same order. An empty line
/// sets the rows that sum up apart, so that sorting and filtering leave them alone.
pub fn excel(table: &Table, lang: Lang) -> Vec<u8> {
    let columns = table::order(&table.data);
    let mut rows: Vec<&Row> = table.data.rows.iter().collect();
    let count = rows.len();
    rows.extend(&table.data.summary);
    let has_marks: Vec<bool> =
        columns.iter().map(|&at| rows.iter().any(|row| !mark(row, at).is_empty())).collect();
    let with_marks = |cell: &dyn Fn(usize) -> Cell, sign: &dyn Fn(usize) -> String| -> Vec<Cell> {
        let pairs = columns.iter().zip(&has_marks);
        pairs
            .flat_map(|(&at, marked)| [Some(cell(at)), marked.then(|| Cell::Text(sign(at)))])
            .flatten()
            .collect()
    };
    let header = with_marks(&|at| Cell::Text(heading(&table.data.columns[at], lang)), &|at| {
        mark_heading(&table.data.columns[at], lang)
    });
    let line = |row: &&Row| with_marks(&|at| shown(row, at, table, lang), &|at| mark(row, at));
    let empty = vec![Cell::Text(String::new()); header.len()];
    let gap = (rows.len() > count).then_some(empty);
    let lines = std::iter::once(header).chain(rows[..count].iter().map(line)).chain(gap);
    csv::file(lines.chain(rows[count..].iter().map(line)), Form::Excel(lang))
}

/// Returns a value as the page shows it; an amount stays a number, and nothing else becomes one.
pub fn shown(row: &Row, column: usize, table: &Table, lang: Lang) -> Cell {
    let (value, described) = (&row.cells[column].value, &table.data.columns[column]);
    match value {
        Value::Number(number, _) if described.is_numeric() => Cell::Number(*number),
        _ => {
            let text = shown::shown(value, described, &table.data.texts, row.role, lang).text;
            // 99.999.999,99 in place of a missing value is no amount.
            let is_like_a_number =
                matches!(value, Value::Missing(_)) && text.starts_with(|it: char| it.is_ascii_digit());
            Cell::Text(if is_like_a_number { format!("'{text}") } else { text })
        }
    }
}

/// Returns the label of a column with its unit, and whether its values are computed.
pub fn heading(column: &Column, lang: Lang) -> String {
    let unit = column.unit.as_ref().map_or_else(String::new, |unit| format!(" ({unit})"));
    let computed = text(" berechnet", " computed");
    let computed = if column.is_derived() { computed.in_lang(lang) } else { "" };
    format!("{}{unit}{computed}", column.label)
}

fn mark_heading(column: &Column, lang: Lang) -> String {
    let word = text("Zeichen", "mark");
    format!("{} – {}", column.label, word.in_lang(lang))
}

fn mark(row: &Row, column: usize) -> String {
    fields::sign(fields::mark(&row.cells[column].value))
}
