//! What a chart says, in one sentence: for those who do not see it, and for those in a hurry.

use super::chart::{Class, numbers};
use crate::data::number::Decimal;
use crate::data::{Column, statistics};
use crate::diag::{Lang, text};
use crate::render::shown::with_sign;
use crate::site::{Chart, Table};

/// Says which rows have the highest and the lowest number, and the median.
pub fn of_numbers(table: &Table, column: &Column, chart: &Chart, at: usize, lang: Lang) -> String {
    let numbers = numbers(table, chart, at);
    let missing = chart.rows.len() - numbers.len();
    let Some(found) = statistics::of_numbers(numbers) else {
        return text("Keine der Zeilen hat einen Wert.", "none of the rows has a value")
            .in_lang(lang)
            .to_owned();
    };
    let print = |number: Decimal| with_sign(&number.print(number.scale(), lang), column);
    let (highest, lowest) = (with(table, chart, at, found.maximum), with(table, chart, at, found.minimum));
    let (highest, lowest) = (named(&highest, lang), named(&lowest, lang));
    let (high, low, median) = (print(found.maximum), print(found.minimum), print(found.median));
    let count = found.count;
    let mut sentence = if found.minimum == found.maximum {
        text(format!("{highest}: {high}"), format!("{highest}: {high}"))
    } else {
        text(
            format!("Am höchsten: {highest} mit {high}; am niedrigsten: {lowest} mit {low}; Median der {count} Werte: {median}"),
            format!("Highest: {highest} with {high}; lowest: {lowest} with {low}; median of {count} values: {median}"),
        )
    }
    .in_lang(lang)
    .to_owned();
    if missing > 0 {
        let rest = text(format!("; ohne Wert: {missing}"), format!("; without a value: {missing}"));
        sentence.push_str(rest.in_lang(lang));
    }
    sentence + "."
}

/// Says which class is the most frequent.
pub fn of_classes(column: &Column, classes: &[Class], lang: Lang) -> String {
    let known = || classes.iter().filter(|it| !it.is_missing);
    let all: usize = known().map(|it| it.count).sum();
    let missing: usize = classes.iter().filter(|it| it.is_missing).map(|it| it.count).sum();
    let most = known().map(|it| it.count).max().filter(|&it| it > 0);
    let Some(most) = most else {
        return text("Keine der Zeilen hat einen Wert.", "none of the rows has a value")
            .in_lang(lang)
            .to_owned();
    };
    let names: Vec<&str> = known().filter(|it| it.count == most).map(|it| it.label.as_str()).collect();
    let each = if names.len() > 1 { text("je ", "each ") } else { text("", "") };
    let (label, names, each) = (&column.label, names.join("; "), each.in_lang(lang));
    let mut sentence = text(
        format!("{label}: am häufigsten {names} ({each}{most} von {all})"),
        format!("{label}: most frequent {names} ({each}{most} of {all})"),
    )
    .in_lang(lang)
    .to_owned();
    if missing > 0 {
        let rest = text(format!("; ohne Wert: {missing}"), format!("; without a value: {missing}"));
        sentence.push_str(rest.in_lang(lang));
    }
    sentence + "."
}

/// Returns the names of the rows that have a number.
fn with<'a>(table: &'a Table, chart: &Chart, at: usize, number: Decimal) -> Vec<&'a str> {
    let rows = chart.rows.iter().map(|&it| &table.data.rows[it]);
    rows.filter(|it| it.number(at) == Some(number)).map(|it| it.title.as_str()).collect()
}

/// Returns the first name, and how many others there are.
fn named(names: &[&str], lang: Lang) -> String {
    let first = names.first().copied().unwrap_or_default();
    match names.len() {
        0 | 1 => first.to_owned(),
        2 => text(format!("{first} und {}", names[1]), format!("{first} and {}", names[1]))
            .in_lang(lang)
            .to_owned(),
        many => {
            let others = many - 1;
            text(format!("{first} und {others} weitere"), format!("{first} and {others} others"))
                .in_lang(lang)
                .to_owned()
        }
    }
}
