//! The views of indicators: what `indicator.html` and `indicators.html` see
//! (`themes/README.md`).
//!
//! Rows are ordered by their value and have no ranks: for most indicators neither end is
//! the better one.

use tera::Value as View;

use super::figure::push_drawing;
use super::profile::dictionary_order;
use super::shown::{category_text, inferred, printed, remark, shown, with_sign};
use super::value::{html, list, map, optional, text as plain};
use crate::data::number::Decimal;
use crate::data::statistics::{self, Distance, Statistics, distance};
use crate::data::{Column, Content, Role, Row, Statistic, Value};
use crate::diag::{Lang, Text, text};
use crate::site::{Site, Table};
use crate::slug::{UniqueIds, slug};

/// A strip of more numbers than this is one bar.
const MOST_DOTS: usize = 400;

/// Returns the view of one column.
pub fn view(site: &Site, table: &Table, at: usize) -> View {
    let lang = site.config.lang;
    let column = &table.data.columns[at];
    let found = table.statistics[at].as_ref();
    map([
        ("id", plain(&column.id)),
        ("title", plain(&column.label)),
        ("group", optional(column.group.as_deref())),
        ("definition", optional(column.definition.as_deref())),
        ("unit", optional(column.unit.as_deref())),
        ("date", optional(column.date.as_deref())),
        ("source", optional(column.source.as_ref().map(|it| it.title.as_str()))),
        ("source_url", optional(column.source.as_ref().and_then(|it| it.path.as_deref()))),
        ("note", optional(column.note.as_deref())),
        ("answers", list(column.answers.iter().map(|it| plain(&it.because)))),
        ("inferred", list(inferred(column, lang).iter().map(|it| plain(it)))),
        ("table_note", optional(table.data.note.as_deref())),
        ("figures", figures(table, at, found, lang)),
        ("counts", counts(table, at, lang)),
        ("strip", found.map_or_else(View::none, |it| html(&strip(table, at, it, lang)))),
        ("rows", list(ordered(table, at).iter().map(|&row| row_view(site, table, row, at)))),
        ("missing", missing(table, at, lang)),
        ("references", references(table, at, lang)),
        ("is_numeric", View::from(column.is_numeric())),
    ])
}

/// Lists what is computed from the rows, and beside it what was delivered.
fn figures(table: &Table, at: usize, found: Option<&Statistics>, lang: Lang) -> View {
    let Some(found) = found else { return list([]) };
    let column = &table.data.columns[at];
    let figures: [(Text, Decimal, Option<Statistic>); 5] = [
        (text("Median", "Median"), found.median, Some(Statistic::Median)),
        (text("unteres Viertel bis", "lower quarter up to"), found.lower_quartile, None),
        (text("oberes Viertel ab", "upper quarter from"), found.upper_quartile, None),
        (text("Minimum", "Minimum"), found.minimum, Some(Statistic::Minimum)),
        (text("Maximum", "Maximum"), found.maximum, Some(Statistic::Maximum)),
    ];
    list(figures.iter().map(|(label, number, statistic)| {
        let delivered = statistic.and_then(|it| statistics::delivered(&table.data, at, it));
        map([
            ("label", plain(label.in_lang(lang))),
            ("text", plain(&printed(*number, column, lang))),
            ("delivered", delivered.map_or_else(View::none, |it| plain(&printed(it, column, lang)))),
        ])
    }))
}

/// Lists how many rows have each category.
fn counts(table: &Table, at: usize, lang: Lang) -> View {
    let Content::Categories { list: categories, .. } = &table.data.columns[at].content else {
        return list([]);
    };
    let counts = statistics::frequencies(&table.data, at);
    let _ = lang;
    list(categories.iter().zip(counts).map(|(category, count)| {
        map([("label", plain(&category_text(category))), ("count", View::from(count))])
    }))
}

fn strip(table: &Table, at: usize, found: &Statistics, lang: Lang) -> String {
    let numbers: Vec<Decimal> = table.data.rows.iter().filter_map(|row| row.number(at)).collect();
    let mut out = String::new();
    if numbers.len() <= MOST_DOTS {
        push_drawing(&table.data.columns[at], found, &numbers, &[], lang, &mut out);
    }
    out
}

/// Returns the rows with a value: numbers from high to low, categories in their order,
/// equal ones by name.
fn ordered(table: &Table, at: usize) -> Vec<usize> {
    let mut rows = dictionary_order(table);
    rows.retain(|&row| !matches!(table.data.rows[row].cells[at].value, Value::Missing(_)));
    rows.sort_by(|&a, &b| {
        let value = |row: usize| table.data.rows[row].cells[at].value;
        match (value(a), value(b)) {
            (Value::Number(a, _), Value::Number(b, _)) => b.cmp(&a),
            (Value::Category(a), Value::Category(b)) => a.cmp(&b),
            _ => std::cmp::Ordering::Equal,
        }
    });
    rows
}

fn row_view(site: &Site, table: &Table, row_at: usize, at: usize) -> View {
    let lang = site.config.lang;
    let (row, column) = (&table.data.rows[row_at], &table.data.columns[at]);
    map([
        ("title", plain(&row.title)),
        ("url", optional(table.profiles.get(row_at).map(String::as_str))),
        ("text", plain(&in_words(table, row, at, lang))),
        ("distance", optional(row.number(at).and_then(|it| in_relation(table, at, it, lang)).as_deref())),
        ("remark", optional(remark(&row.cells[at].value, column, row.role, lang).as_deref())),
    ])
}

/// Returns a value with what it needs to be understood alone.
fn in_words(table: &Table, row: &Row, at: usize, lang: Lang) -> String {
    let column = &table.data.columns[at];
    let shown = shown(&row.cells[at].value, column, &table.data.texts, row.role, lang);
    match (&row.cells[at].value, shown.kind) {
        (Value::Category(it), _) => column.category(*it).map_or(shown.text, category_text),
        (_, "number") => with_sign(&shown.text, column),
        _ => shown.text,
    }
}

/// Says whether a number is higher or lower than the median it is compared with.
pub fn in_relation(table: &Table, at: usize, number: Decimal, lang: Lang) -> Option<String> {
    let found = table.statistics[at].as_ref().filter(|it| it.count >= 3)?;
    let benchmark = statistics::benchmark(&table.data, at, Some(found))?;
    let words = match distance(number, benchmark.median, found.deviation) {
        Distance::Higher => text("höher als der Median", "higher than the median"),
        Distance::Similar => text("ähnlich wie der Median", "similar to the median"),
        Distance::Lower => text("niedriger als der Median", "lower than the median"),
    };
    Some(words.in_lang(lang).to_owned())
}

/// Lists the rows without a value, each with the reason.
fn missing(table: &Table, at: usize, lang: Lang) -> View {
    let column = &table.data.columns[at];
    let rows = dictionary_order(table).into_iter().map(|row| (row, &table.data.rows[row]));
    list(rows.filter(|(_, row)| matches!(row.cells[at].value, Value::Missing(_))).map(|(place, row)| {
        let shown = shown(&row.cells[at].value, column, &table.data.texts, row.role, lang);
        map([
            ("title", plain(&row.title)),
            ("url", optional(table.profiles.get(place).map(String::as_str))),
            ("reason", optional(shown.meaning.as_deref())),
        ])
    }))
}

/// Lists the values of reference rows, each with what keeps it from being compared.
fn references(table: &Table, at: usize, lang: Lang) -> View {
    let column = &table.data.columns[at];
    let rows = table.data.summary.iter().filter(|row| row.role == Role::Reference);
    let with_value = rows.filter(|row| !matches!(row.cells[at].value, Value::Missing(_)));
    list(with_value.map(|row| {
        map([
            ("title", plain(&row.title)),
            ("text", plain(&in_words(table, row, at, lang))),
            ("remark", optional(remark(&row.cells[at].value, column, row.role, lang).as_deref())),
        ])
    }))
}

/// Returns the view of the list of all indicators of a table: groups with their columns.
pub fn index(table: &Table) -> View {
    let mut ids = UniqueIds::default();
    let columns = table.data.columns.iter().enumerate().filter(|(at, _)| table.indicators[*at].is_some());
    let mut groups: Vec<(&str, Vec<View>)> = Vec::new();
    for (at, column) in columns {
        let title = column.group.as_deref().unwrap_or_default();
        let entry = index_entry(table, at, column);
        match groups.iter_mut().find(|it| it.0 == title) {
            Some(group) => group.1.push(entry),
            None => groups.push((title, vec![entry])),
        }
    }
    list(groups.into_iter().map(|(title, entries)| {
        map([("title", plain(title)), ("id", plain(&ids.claim(&slug(title)))), ("entries", list(entries))])
    }))
}

fn index_entry(table: &Table, at: usize, column: &Column) -> View {
    map([
        ("title", plain(&column.label)),
        ("url", optional(table.indicators[at].as_deref())),
        ("definition", optional(column.definition.as_deref())),
        ("unit", optional(column.unit.as_deref())),
        ("date", optional(column.date.as_deref())),
        ("count", View::from(table.data.rows.len() - statistics::missing(&table.data, at))),
    ])
}
