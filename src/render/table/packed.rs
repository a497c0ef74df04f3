//! The rows of a large table as packed columns: a page with all of them would be too much
//! for any browser, so it holds the first ones, and its script reads the others from here.
//!
//! A classic script, because a page from a stick can load nothing else. It hands its data
//! to its own element. A column of numbers is a list of whole numbers (`base64`), each its
//! distance from the least one, in one, two, four or eight bytes, the lowest first; all
//! bits are set where there is no number.

use base64::prelude::{BASE64_STANDARD, Engine};

use super::live::{self, Kind};
use super::order;
use crate::data::{Mark, Table, Value};
use crate::diag::Lang;
use crate::render::json::{Map, Value as Json, json, script};
use crate::render::shown::shown;

/// As many rows stand in the page of a packed table.
pub const FIRST_ROWS: usize = 200;

/// Returns the script with the rows of a table; `urls` are the addresses of their pages as
/// the page of the table needs them, or empty.
pub fn columns_script(table: &Table, urls: &[String], lang: Lang) -> String {
    let mut columns: Vec<Json> = order(table).into_iter().map(|at| column(table, at, lang)).collect();
    if !urls.is_empty() {
        columns[0]["urls"] = urls.join("\n").into();
    }
    format!("document.currentScript.columns={};\n", script(&columns.into()))
}

fn column(table: &Table, at: usize, lang: Lang) -> Json {
    let described = &table.columns[at];
    let mut packed = Map::new();
    let values = || table.rows.iter().map(|row| &row.cells[at].value);
    match live::kind(table, at, lang) {
        Kind::Number { decimals } => {
            let units = values().map(|it| match it {
                Value::Number(number, _) => Some(number.units_at(decimals)),
                _ => None,
            });
            packed.insert("units".to_owned(), packed_numbers(&units.collect::<Vec<_>>()));
        }
        Kind::Choice(choices) => {
            let code = |row: &crate::data::Row| {
                let text = shown(&row.cells[at].value, described, &table.texts, row.role, lang).text;
                let is_value = !matches!(row.cells[at].value, Value::Missing(_));
                choices.iter().position(|it| is_value && it.text == text).map(|it| it as i128)
            };
            packed
                .insert("codes".to_owned(), packed_numbers(&table.rows.iter().map(code).collect::<Vec<_>>()));
        }
        Kind::Text => {
            let ranks: Vec<Option<i128>> =
                live::ranks(table, at).into_iter().map(|it| it.map(|rank| rank as i128)).collect();
            packed.insert("ranks".to_owned(), packed_numbers(&ranks));
            let texts: Vec<String> = table.rows.iter().map(|row| text(table, row, at, lang)).collect();
            packed.insert("texts".to_owned(), texts.join("\n").into());
        }
    }
    let signs = signs(table, at, lang);
    if !signs.is_empty() {
        let used = values().map(|it| match it {
            Value::Missing(sign) => Some(i128::from(*sign)),
            _ => None,
        });
        packed.insert("missing".to_owned(), packed_numbers(&used.collect::<Vec<_>>()));
        packed.insert("signs".to_owned(), signs.into());
    }
    let odd = odd(table, at, lang);
    if !odd.is_empty() {
        packed.insert("odd".to_owned(), odd.into());
    }
    packed.into()
}

fn text(table: &Table, row: &crate::data::Row, at: usize, lang: Lang) -> String {
    let text = match row.cells[at].value {
        _ if at == table.row_header => row.title.clone(),
        Value::Missing(_) => String::new(),
        _ => shown(&row.cells[at].value, &table.columns[at], &table.texts, row.role, lang).text,
    };
    text.replace(['\n', '\r'], " ")
}

/// The signs for missing values: what is seen, what it means, of which kind it is.
fn signs(table: &Table, at: usize, lang: Lang) -> Vec<Json> {
    let column = &table.columns[at];
    let is_used = table.rows.iter().any(|row| matches!(row.cells[at].value, Value::Missing(_)));
    if !is_used {
        return Vec::new();
    }
    let sign = |index: usize| {
        let value = Value::Missing(u16::try_from(index).expect("a column has few signs"));
        let shown = shown(&value, column, &table.texts, crate::data::Role::Item, lang);
        json!([shown.text, shown.meaning, shown.kind])
    };
    (0..column.missing.len()).map(sign).collect()
}

/// The numbers that are not shown by their digits and the decimals of the column: what is
/// seen and what it means, by row.
fn odd(table: &Table, at: usize, lang: Lang) -> Map<String, Json> {
    let Some(decimals) = live::decimals(table, at) else { return Map::new() };
    let rows = table.rows.iter().enumerate();
    let odd = rows.filter(|(_, row)| match row.cells[at].value {
        Value::Number(number, mark) => mark != Mark::None || number.scale() != decimals,
        _ => false,
    });
    odd.map(|(index, row)| {
        let shown = shown(&row.cells[at].value, &table.columns[at], &table.texts, row.role, lang);
        (index.to_string(), json!([shown.text, shown.meaning]))
    })
    .collect()
}

fn packed_numbers(numbers: &[Option<i128>]) -> Json {
    let least = numbers.iter().flatten().min().copied().unwrap_or_default();
    let most = numbers.iter().flatten().max().copied().unwrap_or_default();
    // The highest number of a width stands for none.
    let width = [1, 2, 4].into_iter().find(|width| most - least < (1 << (8 * width)) - 1).unwrap_or(8);
    let mut bytes = Vec::with_capacity(numbers.len() * width);
    for number in numbers {
        let distance = number.map_or(u64::MAX, |it| (it - least) as u64);
        bytes.extend_from_slice(&distance.to_le_bytes()[..width]);
    }
    json!([least as i64, width, BASE64_STANDARD.encode(bytes)])
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbers_take_as_few_bytes_as_they_need() {
        let check = |numbers: &[Option<i128>], expected: Json| assert_eq!(packed_numbers(numbers), expected);
        check(&[Some(-3), None, Some(-1)], json!([-3, 1, "AP8C"]));
        check(&[Some(0), Some(254)], json!([0, 1, "AP4="]));
        check(&[Some(0), Some(255)], json!([0, 2, "AAD/AA=="]));
        check(&[None], json!([0, 1, "/w=="]));
        check(&[Some(0), Some(1 << 40)], json!([0, 8, "AAAAAAAAAAAAAAAAAAEAAA=="]));
    }
}
