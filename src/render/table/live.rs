//! What the script of a table has to know and the text of its cells does not say: exact
//! bounds, the order of words and classes, steps of histograms, views.
//!
//! The values of numbers are the digits of their cells, and nothing is written twice: a
//! column says how many decimals they have, a cell that shows something else carries
//! its own `data-v`, and a sum over the column proves that the script reads what the
//! build has read.

use std::collections::BTreeMap;

use super::order;
use crate::collate::collation_key;
use crate::data::number::Decimal;
use crate::data::{Cell, Content, Direction, Form, Role, Scale, Statistic, Table, Value};
use crate::diag::Lang;
use crate::render::json::{Value as Json, json};
use crate::render::shown::{category_text, shown};
use crate::site::has_tools;
use crate::slug::slug;
use crate::theme::Words;

/// A column of texts with more of them is not offered as a list of choices.
const MOST_CHOICES: usize = 60;
/// About as many bars has a histogram.
const BARS: i128 = 20;
/// As many columns are shown at the beginning where the descriptor names no view.
const FIRST_COLUMNS: usize = 12;
/// Numbers of a script are exact up to here.
const MOST_UNITS: i128 = 1 << 53;
/// The sum that proves a column is taken modulo this prime, so that no number gets too large.
const PROOF: i128 = 1_000_003;
/// What the words of the theme for the script begin with.
const WORDS: &str = "live_";

/// Whether a table is large enough to need a script.
pub fn is_live(table: &Table) -> bool {
    has_tools(table.rows.len(), table.columns.len())
}

/// Whether there are sets of columns to choose from.
pub fn has_views(table: &Table) -> bool {
    !table.views.is_empty() || table.columns.len() > FIRST_COLUMNS
}

/// Returns the columns that are shown at the beginning.
pub fn first_columns(table: &Table) -> Vec<usize> {
    match table.views.first() {
        Some(view) => view.columns.clone(),
        None => order(table).into_iter().take(FIRST_COLUMNS).collect(),
    }
}

/// Where a table and its rows stand.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Place {
    /// On a page of its own.
    #[default]
    Page,
    /// On a page of its own, and most of the rows in a script.
    Packed,
    /// In the text of a page, maybe beside others.
    Text,
}

/// Returns the data block of a table; its columns are in the order of the page. The order
/// of texts stands with the rows where those are packed.
pub fn block(table: &Table, id: &str, place: Place, widths: &[usize], words: &Words, lang: Lang) -> Json {
    let order = order(table);
    let is_packed = place == Place::Packed;
    let index = |at: &usize| order.iter().position(|it| it == at);
    let view = |title: &str, id: &str, columns: &[usize]| json!({"id": id, "title": title, "columns": columns.iter().filter_map(index).collect::<Vec<_>>()});
    let mut views: Vec<Json> = table.views.iter().map(|it| view(&it.title, &it.id, &it.columns)).collect();
    if table.views.is_empty() && has_views(table) {
        views.push(view(words.get("live_view_first"), "anfang", &first_columns(table)));
    }
    views.push(view(words.get("live_view_all"), "alle", &order));
    let median = |row: &&crate::data::Row| row.role == Role::Statistic(Statistic::Median);
    json!({
        "id": id,
        // Its keys in the address, and the ids of its explanations.
        "prefix": if place == Place::Text { format!("{id}.") } else { String::new() },
        "lang": match lang { Lang::De => "de", Lang::En => "en" },
        // The summary row with the delivered median, where the file does not hold all rows.
        "median": table.total.and_then(|_| table.summary.iter().position(|row| median(&row))),
        "views": views,
        "columns": order.iter().map(|&at| column(table, at, widths[at], is_packed, lang)).collect::<Vec<_>>(),
        "rows": table.rows_name.as_ref().map(|it| it.many.as_str()),
        "packed": is_packed,
        "ids": uncommon_ids(table),
        "words": block_words(words, is_packed),
    })
}

/// Returns the words of the theme for scripts.
pub fn script_words(words: &Words) -> BTreeMap<&str, &str> {
    words.iter().filter_map(|(key, word)| Some((key.strip_prefix(WORDS)?, word))).collect()
}

/// Packed rows have all one height, so that they cannot be cards.
fn block_words(words: &Words, is_packed: bool) -> BTreeMap<&str, &str> {
    let mut words = script_words(words);
    if is_packed {
        words.remove("value_cards");
    }
    words
}

/// Lists the ids of rows that the script cannot make of their titles by itself.
fn uncommon_ids(table: &Table) -> BTreeMap<usize, &str> {
    let is_common = |sign: char| (sign.is_ascii() && !"*:_/".contains(sign)) || "äöüÄÖÜß".contains(sign);
    let rows = table.rows.iter().enumerate();
    let uncommon = rows.filter(|(_, row)| !row.title.chars().all(is_common) || slug(&row.title) != row.id);
    uncommon.map(|(at, row)| (at, row.id.as_str())).collect()
}

fn column(table: &Table, at: usize, width: usize, is_packed: bool, lang: Lang) -> Json {
    let column = &table.columns[at];
    let mut block = json!({"id": column.id, "width": width});
    let mut set = |key: &str, value: Json| {
        block[key] = value;
    };
    match kind(table, at, lang) {
        Kind::Number { decimals } => {
            set("kind", "number".into());
            set("decimals", decimals.into());
            let units = |row: &crate::data::Row| Some(number(&row.cells[at])?.units_at(decimals));
            let units: Vec<i128> = table.rows.iter().filter_map(units).collect();
            let sum: i128 = units.iter().map(|it| it.rem_euclid(PROOF)).sum();
            set("proof", ((sum % PROOF) as u64).into());
            if column.is_numeric() {
                set("bins", bins(&units));
                set("statistics", column.statistics.contains(&Statistic::Median).into());
            }
            match column.direction {
                Direction::Neutral => {}
                Direction::HigherIsBetter => set("better", 1.into()),
                Direction::LowerIsBetter => set("better", (-1).into()),
            }
        }
        Kind::Choice(choices) => {
            set("kind", "choice".into());
            set("choices", choices.into_iter().map(|it| json!([it.text, it.label, it.written])).collect());
        }
        Kind::Text => {
            set("kind", "text".into());
            if !is_packed {
                set("ranks", ranks(table, at).into());
            }
        }
    }
    block
}

/// What the script can do with a column.
pub enum Kind {
    Number {
        decimals: u8,
    },
    /// What the cells say, in its order.
    Choice(Vec<Choice>),
    Text,
}

/// One of the few things that the cells of a column say.
pub struct Choice {
    /// As in the cell.
    pub text: String,
    /// What it means.
    label: String,
    /// As in the file.
    written: String,
}

/// Says what the script can do with a column.
pub fn kind(table: &Table, at: usize, lang: Lang) -> Kind {
    if let Some(decimals) = decimals(table, at) {
        return Kind::Number { decimals };
    }
    choices(table, at, lang).map_or(Kind::Text, Kind::Choice)
}

/// Returns how many decimals the numbers of a column have at most; none for a column
/// without numbers or with some that a script cannot hold.
pub fn decimals(table: &Table, at: usize) -> Option<u8> {
    let column = &table.columns[at];
    if !matches!(column.content, Content::Integer(_) | Content::Number(_)) || column.scale == Scale::Code {
        return None;
    }
    let numbers = || table.rows.iter().chain(&table.summary).filter_map(|row| number(&row.cells[at]));
    let decimals = numbers().map(Decimal::scale).max().unwrap_or_default();
    numbers().all(|it| it.units_at(decimals).abs() < MOST_UNITS).then_some(decimals)
}

fn number(cell: &Cell) -> Option<Decimal> {
    match cell.value {
        Value::Number(number, _) => Some(number),
        _ => None,
    }
}

/// Divides the range of the values into about twenty steps of a round size: where it
/// starts, the size, how many; all in units of the last decimal.
fn bins(units: &[i128]) -> Json {
    let (Some(least), Some(most)) = (units.iter().min(), units.iter().max()) else { return Json::Null };
    let wished = ((most - least) / BARS).max(1);
    let mut step = 1;
    while step < wished {
        // 1, 2, 5, 10, 20, 50, …
        step = if step.to_string().starts_with('2') { step * 5 / 2 } else { step * 2 };
    }
    let start = least.div_euclid(step) * step;
    let count = (most - start) / step + 1;
    json!([start as i64, step as i64, count as i64])
}

/// Lists what the cells of a column say, where that is a choice of few.
fn choices(table: &Table, at: usize, lang: Lang) -> Option<Vec<Choice>> {
    let column = &table.columns[at];
    if at == table.row_header {
        return None;
    }
    let mut texts: BTreeMap<(usize, String), Choice> = BTreeMap::new();
    let is_ordered = match &column.content {
        Content::Categories { list, ordered } => {
            *ordered || column.scale == Scale::Code || list.iter().any(|it| it.class.is_some())
        }
        _ => false,
    };
    for row in &table.rows {
        let text = shown(&row.cells[at].value, column, &table.texts, row.role, lang).text;
        let category = match row.cells[at].value {
            Value::Missing(_) => continue,
            Value::Category(it) => column.category(it).map(|category| (usize::from(it), category)),
            _ => None,
        };
        let rank = category.filter(|_| is_ordered).map_or(0, |it| it.0);
        let (label, written) = category.map_or_else(
            || (text.clone(), text.clone()),
            |(_, category)| (category_text(category), category.value.clone()),
        );
        let key = match column.content {
            Content::Text(_) => sort_key(table, row, at).unwrap_or_default(),
            _ => collation_key(&text),
        };
        texts.insert((rank, key), Choice { text, label, written });
        if texts.len() > MOST_CHOICES {
            return None;
        }
    }
    let is_choice = matches!(column.content, Content::Categories { .. })
        || column.scale == Scale::Category
        || texts.len() * 2 <= table.rows.len();
    (is_choice && !texts.is_empty()).then(|| texts.into_values().collect())
}

/// Returns the place of each row in the order of a column of texts; equal texts have the
/// same, and rows without a text have none.
pub fn ranks(table: &Table, at: usize) -> Vec<Option<usize>> {
    let keys: Vec<Option<String>> = table.rows.iter().map(|row| sort_key(table, row, at)).collect();
    let mut sorted: Vec<&String> = keys.iter().flatten().collect();
    sorted.sort();
    sorted.dedup();
    let rank = |key: &Option<String>| key.as_ref().and_then(|key| sorted.binary_search(&key).ok());
    keys.iter().map(rank).collect()
}

fn sort_key(table: &Table, row: &crate::data::Row, at: usize) -> Option<String> {
    if at == table.row_header {
        return Some(collation_key(without_title(&row.title)));
    }
    let column = &table.columns[at];
    match (&row.cells[at].value, &column.content) {
        (Value::Missing(_), _) => None,
        (Value::Text(id), Content::Text(Form::GermanDate)) => {
            let mut parts: Vec<&str> = table.texts.get(*id).split('.').collect();
            parts.reverse();
            Some(parts.iter().map(|it| format!("{it:0>4}")).collect())
        }
        (Value::Text(id), Content::Text(Form::Any)) => Some(collation_key(table.texts.get(*id))),
        (Value::Text(id), _) => Some(table.texts.get(*id).to_owned()),
        (Value::Number(number, _), _) => Some(collation_key(&number.to_string())),
        (Value::Category(it), _) => Some(format!("{it:05}")),
    }
}

/// Returns the name of a municipality without the word for what it is: „Landkreis
/// Görlitz“ stands under G.
fn without_title(name: &str) -> &str {
    const TITLES: [&str; 12] = [
        "Landeshauptstadt ",
        "Kreisfreie Stadt ",
        "Hansestadt ",
        "Universitätsstadt ",
        "Städteregion ",
        "Regionalverband ",
        "Landkreis ",
        "Stadtkreis ",
        "Kreis ",
        "Stadt ",
        "Region ",
        "Freie und ",
    ];
    let mut rest = name;
    while let Some(shorter) = TITLES.iter().find_map(|title| rest.strip_prefix(title)) {
        rest = shorter;
    }
    rest
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_stand_under_their_own_letter() {
        let check = |name, expected| assert_eq!(without_title(name), expected);
        check("Landkreis Görlitz", "Görlitz");
        check("Landeshauptstadt Stadt Kiel", "Kiel");
        check("Freie und Hansestadt Hamburg", "Hamburg");
        check("Kreisau", "Kreisau");
        check("Stadt", "Stadt");
    }

    #[test]
    fn histograms_have_round_steps() {
        let check = |units: &[i128], expected: &str| assert_eq!(bins(units).to_string(), expected);
        check(&[0, 100], "[0,5,21]");
        check(&[-27, 1_999], "[-200,200,11]");
        check(&[7, 7], "[7,1,1]");
        check(&[], "null");
        check(&[123_456, 987_654], "[100000,50000,18]");
    }
}
