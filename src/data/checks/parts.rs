//! Parts against their whole.

use super::{Check, Peculiarity, RowAt, Subject};
use crate::data::number::Decimal;
use crate::data::{Parts, Role, Row};
use crate::diag::{Lang, Severity, Text, text};

/// `part-exceeds-whole`: the parts of a sum are together not more than the whole, and none is alone.
///
/// Parts that are missing count nothing. A median of parts may exceed a median of wholes,
/// so that rows of statistics are left out.
pub fn parts_exceed_wholes(subject: &Subject<'_>) -> Vec<Peculiarity> {
    let table = subject.table;
    let mut found = Vec::new();
    for declared in &table.parts {
        for (at, row) in table.rows_with_place().filter(|(_, row)| !matches!(row.role, Role::Statistic(_))) {
            found.extend(exceeds(subject, declared, at, row));
        }
    }
    found
}

fn exceeds(subject: &Subject<'_>, declared: &Parts, at: RowAt, row: &Row) -> Option<Peculiarity> {
    let table = subject.table;
    let whole = row.number(declared.whole)?;
    let parts: Vec<(usize, Decimal)> =
        declared.parts.iter().filter_map(|&part| Some((part, row.number(part)?))).collect();
    let is_more =
        |message| subject.at_cell(Check::PartExceedsWhole, Severity::Warning, declared.whole, at, message);
    if let Some(&(part, number)) = parts.iter().find(|(_, number)| *number > whole) {
        let label = &table.columns[part].label;
        let also = (table.span(&row.cells[part]), text("der Teil", "the part"));
        return Some(Peculiarity { also: Some(also), ..is_more(one_is_more(label, number, whole)) });
    }
    let numbers: Vec<Decimal> = parts.iter().map(|it| it.1).collect();
    let sum = sum(&numbers)?;
    let (&(first, _), _) = parts.split_first().filter(|_| sum > whole)?;
    let also = (table.span(&row.cells[first]), text("der erste Teil", "the first part"));
    Some(Peculiarity { also: Some(also), ..is_more(sum_is_more(&numbers, sum, whole)) })
}

/// Adds exactly; none where the sum has too many digits.
fn sum(numbers: &[Decimal]) -> Option<Decimal> {
    let scale = numbers.iter().map(|it| it.scale()).max()?;
    let units = numbers.iter().map(|it| it.units_at(scale)).sum::<i128>();
    Decimal::from_ratio(units, 10i128.pow(u32::from(scale)), scale)
}

fn one_is_more(label: &str, part: Decimal, whole: Decimal) -> Text {
    let [part, whole] = [part, whole].map(both);
    text(
        format!("Der Teil „{label}“ ({}) ist größer als das Ganze ({}).", part.0, whole.0),
        format!("the part `{label}` ({}) is greater than the whole ({})", part.1, whole.1),
    )
}

fn sum_is_more(parts: &[Decimal], sum: Decimal, whole: Decimal) -> Text {
    let (de, en): (Vec<String>, Vec<String>) = parts.iter().map(|&it| both(it)).unzip();
    let [sum, whole] = [sum, whole].map(both);
    text(
        format!(
            "Die Teile sind zusammen größer als das Ganze: {} = {}, das Ganze ist {}.",
            de.join(" + "),
            sum.0,
            whole.0
        ),
        format!(
            "the parts are together greater than the whole: {} = {}, the whole is {}",
            en.join(" + "),
            sum.1,
            whole.1
        ),
    )
}

/// Prints a number in German and English.
fn both(number: Decimal) -> (String, String) {
    (number.print(number.scale(), Lang::De), number.print(number.scale(), Lang::En))
}
