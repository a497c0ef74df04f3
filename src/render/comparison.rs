//! The view of a comparison: some rows of a table side by side, the columns below each other
//! (`themes/README.md`, section `comparison`).

use tera::Value as View;

use super::indicator::in_relation;
use super::shown::{category_text, printed, shown, with_sign};
use super::value::{list, map, optional, text as plain};
use crate::data::{Comparison, Row, Scale, Statistic, Value, statistics};
use crate::diag::Lang;
use crate::site::{Site, Table};
use crate::slug::{UniqueIds, slug};

/// Returns the view of a set of rows.
pub fn view(site: &Site, table: &Table, comparison: &Comparison) -> View {
    let lang = site.config.lang;
    let header = |&row: &usize| {
        map([
            ("title", plain(&table.data.rows[row].title)),
            ("url", optional(table.profiles.get(row).map(String::as_str))),
        ])
    };
    map([
        ("title", plain(&comparison.title)),
        ("rows", list(comparison.rows.iter().map(header))),
        ("groups", groups(table, comparison, lang)),
        ("note", optional(table.data.note.as_deref())),
        (
            "table",
            table.page.map_or_else(View::none, |it| super::view::link(&site.page(it).url, &table.data.title)),
        ),
    ])
}

fn groups(table: &Table, comparison: &Comparison, lang: Lang) -> View {
    let data = &table.data;
    let mut ids = UniqueIds::default();
    let shown = (0..data.columns.len()).filter(|&at| data.columns[at].scale != Scale::Key);
    let mut groups: Vec<(&str, Vec<View>)> = Vec::new();
    for at in shown {
        let title = data.columns[at].group.as_deref().unwrap_or_default();
        let line = line(table, comparison, at, lang);
        match groups.iter_mut().find(|it| it.0 == title) {
            Some(group) => group.1.push(line),
            None => groups.push((title, vec![line])),
        }
    }
    list(groups.into_iter().map(|(title, lines)| {
        map([("title", plain(title)), ("id", plain(&ids.claim(&slug(title)))), ("lines", list(lines))])
    }))
}

/// One column of the table, as a line with a cell for each row.
fn line(table: &Table, comparison: &Comparison, at: usize, lang: Lang) -> View {
    let column = &table.data.columns[at];
    let median = column
        .statistics
        .contains(&Statistic::Median)
        .then(|| statistics::benchmark(&table.data, at, table.statistics[at].as_ref()))
        .flatten();
    map([
        ("label", plain(&column.label)),
        ("url", optional(table.indicators[at].as_deref())),
        ("unit", optional(column.unit.as_deref())),
        ("date", optional(column.date.as_deref())),
        ("is_numeric", View::from(column.is_numeric())),
        ("cells", list(comparison.rows.iter().map(|&row| cell(table, &table.data.rows[row], at, lang)))),
        ("median", median.map_or_else(View::none, |it| plain(&printed(it.median, column, lang)))),
        // Beside medians that were delivered for all rows, one of fewer rows says so.
        (
            "median_count",
            match (median, table.data.total) {
                (Some(it), Some(_)) if !it.is_delivered => View::from(it.count),
                _ => View::none(),
            },
        ),
    ])
}

fn cell(table: &Table, row: &Row, at: usize, lang: Lang) -> View {
    let column = &table.data.columns[at];
    let shown = shown(&row.cells[at].value, column, &table.data.texts, row.role, lang);
    let text = match (&row.cells[at].value, shown.kind) {
        (Value::Category(it), _) => column.category(*it).map_or(shown.text, category_text),
        (_, "number") => with_sign(&shown.text, column),
        _ => shown.text,
    };
    let reason = shown.meaning.filter(|_| matches!(row.cells[at].value, Value::Missing(_)));
    let relation =
        row.number(at).filter(|_| column.is_numeric()).and_then(|it| in_relation(table, at, it, lang));
    map([
        ("text", plain(&text)),
        ("reason", optional(reason.as_deref())),
        ("relation", optional(relation.as_deref())),
    ])
}
