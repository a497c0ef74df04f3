//! The columns of the files for machines, by one list for the file and all that describes it.

use std::collections::BTreeSet;

use crate::data::{Column, Content, Mark, Origin, Role, Row, Statistic, Value};
use crate::diag::{Lang, text};
use crate::render::shown::mark_signs;
use crate::site::Table;
use crate::slug::UniqueIds;

/// A column of a file for machines.
pub struct Field {
    /// As in the header.
    pub name: String,
    pub holds: Holds,
}

/// What a column of a file for machines holds.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Holds {
    /// What a row that sums up stands for.
    Role,
    /// The values of a column of the table.
    Values(usize),
    /// The signs beside its numbers.
    Marks(usize),
    /// The id of the row, by which its page and its files are named.
    RowId,
}

/// Lists the columns of the file with the data.
pub fn of_data(table: &Table) -> Vec<Field> {
    let mut fields = of_columns(table, &table.data.rows);
    if !table.profiles.is_empty() {
        fields.push(Holds::RowId);
    }
    named(table, fields)
}

/// Lists the columns of the file with the rows that sum up.
pub fn of_summary(table: &Table) -> Vec<Field> {
    let mut fields = vec![Holds::Role];
    fields.extend(of_columns(table, &table.data.summary));
    named(table, fields)
}

/// Lists the columns in the order of the file, then those that are derived.
fn of_columns(table: &Table, rows: &[Row]) -> Vec<Holds> {
    let with_marks = |at: usize| {
        let marks = (!marks(rows, at).is_empty()).then_some(Holds::Marks(at));
        std::iter::once(Holds::Values(at)).chain(marks)
    };
    let is_derived = |at: &usize| table.data.columns[*at].is_derived();
    let (derived, written): (Vec<usize>, Vec<usize>) = (0..table.data.columns.len()).partition(is_derived);
    written.into_iter().chain(derived).flat_map(with_marks).collect()
}

/// Names the columns by their ids; what is added gets out of the way of those.
fn named(table: &Table, fields: Vec<Holds>) -> Vec<Field> {
    let mut taken = UniqueIds::default();
    let ids: Vec<String> = table.data.columns.iter().map(|it| taken.claim(&it.id)).collect();
    let name = |holds: &Holds| match *holds {
        Holds::Role => taken.claim("role"),
        Holds::Values(at) => ids[at].clone(),
        Holds::Marks(at) => taken.claim(&format!("{}_mark", ids[at])),
        Holds::RowId => taken.claim("row_id"),
    };
    let names: Vec<String> = fields.iter().map(name).collect();
    names.into_iter().zip(fields).map(|(name, holds)| Field { name, holds }).collect()
}

/// Lists the signs that stand beside the numbers of a column.
pub fn marks(rows: &[Row], column: usize) -> BTreeSet<Mark> {
    rows.iter().map(|row| mark(&row.cells[column].value)).filter(|it| *it != Mark::None).collect()
}

/// Returns the sign beside a number.
pub fn mark(value: &Value) -> Mark {
    match value {
        Value::Number(_, mark) => *mark,
        _ => Mark::None,
    }
}

/// Returns how the sign beside a number is written; nothing where there is none.
pub fn sign(mark: Mark) -> String {
    mark_signs(mark).map_or_else(String::new, |(sign, _)| sign)
}

/// Returns what a column means, and how it is computed where it was not delivered.
pub fn description(column: &Column, lang: Lang) -> Option<String> {
    let formula = match &column.origin {
        Origin::Delivered => return column.definition.clone(),
        Origin::Derived { formula } => formula.in_lang(lang),
    };
    let computed = text(format!("Berechnet: {formula}"), format!("Computed: {formula}"));
    let parts = [column.definition.as_deref(), Some(computed.in_lang(lang))];
    Some(parts.into_iter().flatten().collect::<Vec<_>>().join(". "))
}

/// Lists the signs for missing values, each once with all that it can mean.
pub fn missing_signs(column: &Column) -> Vec<(&str, Vec<&str>)> {
    let mut signs: Vec<(&str, Vec<&str>)> = Vec::new();
    for sign in &column.missing {
        match signs.iter_mut().find(|(value, _)| *value == sign.value) {
            Some((_, reasons)) => reasons.push(&sign.reason),
            None => signs.push((&sign.value, vec![&sign.reason])),
        }
    }
    signs
}

/// Names what a row stands for, as the descriptor does.
pub fn role(role: Role) -> &'static str {
    match role {
        Role::Item => "item",
        Role::Reference => "reference",
        Role::Statistic(Statistic::Median) => "median",
        Role::Statistic(Statistic::Mean) => "mean",
        Role::Statistic(Statistic::Minimum) => "minimum",
        Role::Statistic(Statistic::Maximum) => "maximum",
        Role::Statistic(Statistic::Frequency) => "frequency",
    }
}

/// Returns a value as the file of the table has it; numbers are written by whoever writes the file.
pub fn written<'a>(value: &'a Value, column: &'a Column, table: &'a Table) -> &'a str {
    match value {
        Value::Number(..) => "",
        Value::Text(text) => table.data.texts.get(*text),
        Value::Category(at) => match &column.content {
            Content::Categories { list, .. } => &list[usize::from(*at)].value,
            _ => unreachable!("read::value() takes categories from this list"),
        },
        Value::Missing(at) => &column.missing[usize::from(*at)].value,
    }
}
