//! Summary rows against the rows: values out of their range, or of another kind.

use super::{Check, Peculiarity, RowAt, Subject, is_categorical};
use crate::data::number::Decimal;
use crate::data::statistics::Statistics;
use crate::data::{Column, Content, Role, Row, Scale, Statistic, Table, Value};
use crate::diag::{Lang, Severity, Text, text};

/// `reference-out-of-range`: the value of a reference row lies between the least and the
/// greatest of the rows.
///
/// Where the file does not hold all rows, a minimum and a maximum that were delivered for
/// all of them count, too. What is exactly the sum of the rows is their total and lies
/// above all of them as it should.
pub fn reference_out_of_range(subject: &Subject<'_>, statistics: &[Option<Statistics>]) -> Vec<Peculiarity> {
    let table = subject.table;
    let mut found = Vec::new();
    for (at, _) in subject.columns() {
        let Some(of_rows) = &statistics[at] else { continue };
        let (least, most) = range(table, at, of_rows);
        for (row_at, row) in references(table) {
            let Some(number) = row.number(at) else { continue };
            let is_outside = number < least || number > most;
            if is_outside && !is_sum_of_rows(number, table, at) {
                let message = out_of_range(number, least, most);
                found.push(subject.at_cell(
                    Check::ReferenceOutOfRange,
                    Severity::Warning,
                    at,
                    row_at,
                    message,
                ));
            }
        }
    }
    found
}

/// The least and the greatest value of all rows, as far as they are known.
fn range(table: &Table, column: usize, of_rows: &Statistics) -> (Decimal, Decimal) {
    let (mut least, mut most) = (of_rows.minimum, of_rows.maximum);
    if table.is_partial() {
        let is_end =
            |row: &&Row| matches!(row.role, Role::Statistic(Statistic::Minimum | Statistic::Maximum));
        for number in table.summary.iter().filter(is_end).filter_map(|row| row.number(column)) {
            least = least.min(number);
            most = most.max(number);
        }
    }
    (least, most)
}

fn is_sum_of_rows(number: Decimal, table: &Table, column: usize) -> bool {
    let numbers = || table.rows.iter().filter_map(|row| row.number(column));
    let scale = numbers().map(|it| it.scale()).max().unwrap_or(0).max(number.scale());
    numbers().map(|it| it.units_at(scale)).sum::<i128>() == number.units_at(scale)
}

fn references(table: &Table) -> impl Iterator<Item = (RowAt, &Row)> {
    table.rows_with_place().filter(|(_, row)| row.role == Role::Reference)
}

fn out_of_range(number: Decimal, least: Decimal, most: Decimal) -> Text {
    let bound = if number > most { most } else { least };
    let (de, en) = (bound.print(bound.scale(), Lang::De), bound.print(bound.scale(), Lang::En));
    if number > most {
        text(
            format!("Der Wert liegt über dem höchsten der Zeilen ({de})."),
            format!("the value is above the greatest of the rows ({en})"),
        )
    } else {
        text(
            format!("Der Wert liegt unter dem niedrigsten der Zeilen ({de})."),
            format!("the value is below the least of the rows ({en})"),
        )
    }
}

/// `foreign-value`: in a column of codes, classes or words, a summary row holds one of them.
///
/// A mean never is one; that is for another rule to say. What only names rows, such as
/// their Land, may have a name of its own in a summary row.
pub fn foreign_values(subject: &Subject<'_>) -> Vec<Peculiarity> {
    let table = subject.table;
    let mut found = Vec::new();
    for (at, column) in subject.columns().filter(|(_, it)| is_categorical(it) && !only_names(it)) {
        let known = known_numbers(table, at);
        let summary = table.summary.iter().enumerate();
        for (row_at, row) in summary.filter(|(_, row)| holds_one_of_them(row.role, column)) {
            let is_foreign = match row.cells[at].value {
                Value::Text(_) => matches!(column.content, Content::Categories { .. }),
                Value::Number(number, _) => {
                    row.role == Role::Reference && !known.is_empty() && !known.contains(&number)
                }
                Value::Category(_) | Value::Missing(_) => false,
            };
            if is_foreign {
                let message = foreign(column);
                let row_at = RowAt::Summary(row_at);
                found.push(subject.at_cell(Check::ForeignValue, Severity::Warning, at, row_at, message));
            }
        }
    }
    found
}

fn only_names(column: &Column) -> bool {
    column.scale == Scale::Category && column.statistics.is_empty()
}

/// The codes of a column without a list of them: what stands in its rows.
fn known_numbers(table: &Table, column: usize) -> Vec<Decimal> {
    let mut known: Vec<Decimal> = table.rows.iter().filter_map(|row| row.number(column)).collect();
    known.sort_unstable();
    known.dedup();
    known
}

fn holds_one_of_them(role: Role, column: &Column) -> bool {
    match role {
        Role::Reference | Role::Statistic(Statistic::Minimum | Statistic::Maximum) => true,
        Role::Statistic(Statistic::Median) => column.statistics.contains(&Statistic::Median),
        _ => false,
    }
}

fn foreign(column: &Column) -> Text {
    match column.scale {
        Scale::Class => text("Das ist keine der Klassen dieser Spalte.", "this is no class of the column"),
        Scale::Code => text("Das ist keiner der Codes dieser Spalte.", "this is no code of the column"),
        _ => text("Das ist keiner der Werte dieser Spalte.", "this is no value of the column"),
    }
}
