//! The view of some rows laid side by side: what `comparison.html` sees
//! (`themes/README.md`, section `comparison`).
//!
//! Columns of the table become rows, because a few rows with many columns are read down
//! and not across, and so fit on a sheet of paper.

use tera::Value as View;

use super::indicator::{median, relation, table_link, whose};
use super::shown::{category_text, legend, printed, remark, shown, with_sign};
use super::table::order;
use super::value::{list, map, optional, text as plain};
use crate::data::statistics::Benchmark;
use crate::data::{Comparison, Row, Scale, Value};
use crate::diag::{Lang, text};
use crate::site::{Site, Table};
use crate::slug::{UniqueIds, slug};

/// Returns the view of one of the comparisons of a table.
pub fn view(site: &Site, table: &Table, comparison: &Comparison) -> View {
    let data = &table.data;
    let columns: Vec<usize> = order(data).into_iter().filter(|&at| is_shown(table, at)).collect();
    let medians: Vec<Option<Benchmark>> = columns.iter().map(|&at| median(table, at)).collect();
    let usual = usual(&medians);
    let lines = Lines { site, table, comparison, usual };
    let group = |at: usize| data.columns[at].group.as_deref().unwrap_or_default();
    let mut ids = UniqueIds::default();
    let groups = columns.chunk_by(|&a, &b| group(a) == group(b)).map(|run| {
        let title = group(run[0]);
        let rows = list(run.iter().map(|&at| lines.line(at)));
        map([("title", plain(title)), ("id", plain(&ids.claim(&slug(title)))), ("rows", rows)])
    });
    let groups = list(groups.collect::<Vec<_>>());
    let lang = site.config.lang;
    let whose = usual.map(|it| whose(table, &it).in_lang(lang).to_owned());
    map([
        ("title", plain(&comparison.title)),
        ("columns", list(comparison.rows.iter().map(|&it| head(table, it)))),
        ("median", optional(whose.as_deref())),
        ("groups", groups),
        ("legend", signs(table, comparison, &columns, lang)),
        ("table", table_link(site, table)),
        ("index_url", optional(table.indicator_index.as_deref())),
        ("note", optional(data.note.as_deref())),
    ])
}

/// The name of a row is its head, and its number in the file says nothing about it.
fn is_shown(table: &Table, at: usize) -> bool {
    at != table.data.row_header && table.data.columns[at].scale != Scale::Key
}

/// Returns a median that stands for as many rows as most of them do; it names the column.
fn usual(medians: &[Option<Benchmark>]) -> Option<Benchmark> {
    let known = || medians.iter().flatten();
    let times = |it: &Benchmark| known().filter(|other| is_alike(it, other)).count();
    // The first of those that are as frequent.
    known().rev().max_by_key(|it| times(it)).copied()
}

fn is_alike(a: &Benchmark, b: &Benchmark) -> bool {
    (a.count, a.is_delivered) == (b.count, b.is_delivered)
}

fn head(table: &Table, row: usize) -> View {
    let url = table.profiles.get(row).map(String::as_str);
    map([("title", plain(&table.data.rows[row].title)), ("url", optional(url))])
}

/// What all lines share.
struct Lines<'a> {
    site: &'a Site,
    table: &'a Table,
    comparison: &'a Comparison,
    usual: Option<Benchmark>,
}

impl Lines<'_> {
    fn line(&self, at: usize) -> View {
        let column = &self.table.data.columns[at];
        let cells = self.comparison.rows.iter().map(|&row| self.cell(&self.table.data.rows[row], at));
        map([
            ("id", plain(&column.id)),
            ("label", plain(&column.label)),
            ("url", optional(self.table.indicators[at].as_deref())),
            ("unit", optional(column.unit.as_deref())),
            ("date", optional(column.date.as_deref())),
            ("numeric", column.is_numeric().into()),
            ("cells", list(cells)),
            ("median", self.median(at)),
        ])
    }

    fn cell(&self, row: &Row, at: usize) -> View {
        let (column, lang) = (&self.table.data.columns[at], self.site.config.lang);
        let value = &row.cells[at].value;
        let shown = shown(value, column, &self.table.data.texts, row.role, lang);
        let relation = row.number(at).and_then(|it| relation(self.table, at, it, lang));
        // There is room for the meaning of a code, and none has to look it up.
        let (text, note) = match value {
            Value::Category(it) => (column.category(*it).map_or(shown.text, category_text), None),
            _ => (
                if shown.kind == "number" { with_sign(&shown.text, column) } else { shown.text },
                shown.meaning,
            ),
        };
        map([
            ("text", plain(&text)),
            ("kind", plain(shown.kind)),
            ("note", optional(note.as_deref())),
            ("relation", optional(relation.as_deref())),
            ("remark", optional(remark(value, column, row.role, lang).as_deref())),
        ])
    }

    /// Makes the median of a column; with whose it is, where that is not what most are of.
    fn median(&self, at: usize) -> View {
        let (column, lang) = (&self.table.data.columns[at], self.site.config.lang);
        let Some(found) = median(self.table, at) else { return View::none() };
        let other = self.usual.filter(|it| !is_alike(it, &found));
        let whose = other.map(|_| whose(self.table, &found).in_lang(lang).to_owned());
        map([("text", plain(&printed(found.median, column, lang))), ("whose", optional(whose.as_deref()))])
    }
}

/// Lists the signs that occur; categories are written in full.
fn signs(table: &Table, comparison: &Comparison, columns: &[usize], lang: Lang) -> View {
    let rows: Vec<&Row> = comparison.rows.iter().map(|&it| &table.data.rows[it]).collect();
    let is_sign = |at: &usize| {
        let has_category = |row: &&Row| matches!(row.cells[*at].value, Value::Category(_));
        !rows.iter().any(has_category)
    };
    let columns: Vec<usize> = columns.iter().copied().filter(is_sign).collect();
    let mut signs = legend(&table.data, &rows, &columns, lang);
    if median_is_left_out(table) {
        let meaning = text("kein Median: Klassen, Codes und Wörter", "no median: classes, codes and words");
        signs.push(("–".to_owned(), meaning.in_lang(lang).to_owned()));
    }
    list(signs.iter().map(|(sign, meaning)| map([("sign", plain(sign)), ("meaning", plain(meaning))])))
}

fn median_is_left_out(table: &Table) -> bool {
    (0..table.data.columns.len()).any(|at| is_shown(table, at) && median(table, at).is_none())
}
