//! Tables: where their pages and files go.

use std::collections::BTreeMap;

use crate::data::checks::Checked;
use crate::data::statistics::Statistics;
use crate::data::{self, Column, Scale};
use crate::site::{self, FilePair, Files, PageId};
use crate::slug::part;
use crate::source::Span;
use crate::theme::Words;

/// A page holds all rows of a table up to here; more of them stand in a file of its script.
const MOST_ROWS: usize = 3_000;

/// The addresses of everything that is made of a table.
#[derive(Debug)]
pub struct Addresses {
    pub profiles: Vec<String>,
    pub indicators: Vec<Option<String>>,
    pub indicator_index: Option<String>,
    pub comparisons: Vec<String>,
    pub style: String,
    pub script: Option<String>,
    pub files: Files,
}

impl Addresses {
    /// Makes the addresses of one table.
    pub fn new(table: &data::Table, words: &Words) -> Addresses {
        let pages = &table.pages;
        let indicators = pages.indicators.as_ref().map(|it| folder(&it.value));
        let in_folder = |wished: &Option<crate::source::Spanned<String>>, name: &str| {
            wished.as_ref().map(|it| format!("{}{}.html", folder(&it.value), part(name)))
        };
        let indicator = |column: &Column| {
            let folder = indicators.as_ref().filter(|_| has_page(column))?;
            Some(format!("{folder}{}.html", part(&column.id)))
        };
        let downloads = format!("{}{}", data_folder(words), part(&table.name));
        Addresses {
            files: files(table, &downloads, words),
            style: format!("{downloads}.css"),
            script: (table.rows.len() > MOST_ROWS).then(|| format!("{downloads}.js")),
            profiles: table.rows.iter().filter_map(|row| in_folder(&pages.profiles, &row.id)).collect(),
            indicators: table.columns.iter().map(indicator).collect(),
            indicator_index: indicators.as_ref().map(|it| format!("{it}index.html")),
            comparisons: table
                .comparisons
                .iter()
                .filter_map(|it| in_folder(&pages.comparisons, &it.id.value))
                .collect(),
        }
    }

    /// Lists the addresses of pages and the files, each with the place to blame for it.
    pub fn claims(&self, table: &data::Table) -> Vec<(String, Span)> {
        let place = |wished: &Option<crate::source::Spanned<String>>| {
            wished.as_ref().map_or(Span::start_of(table.file), |it| it.span)
        };
        let pages = &table.pages;
        let profiles = self.profiles.iter().map(|url| (url, place(&pages.profiles)));
        let indicators = self.indicators.iter().flatten().chain(&self.indicator_index);
        let indicators = indicators.map(|url| (url, place(&pages.indicators)));
        let comparisons = self.comparisons.iter().map(|url| (url, place(&pages.comparisons)));
        let files = &self.files;
        let of_table = [&self.style, &files.original, &files.excel, &files.machine, &files.metadata];
        let of_table = of_table.into_iter().chain(&files.summary).chain(&self.script);
        let of_table = of_table.map(|url| (url, Span::start_of(table.file)));
        let of_rows = files.rows.iter().flat_map(both).map(|url| (url, place(&pages.profiles)));
        let of_columns = files.columns.iter().flatten().flat_map(both);
        let of_columns = of_columns.map(|url| (url, place(&pages.indicators)));
        let pages = profiles.chain(indicators).chain(comparisons);
        let all = pages.chain(of_table).chain(of_rows).chain(of_columns);
        all.map(|(url, span)| (url.clone(), span)).collect()
    }
}

fn both(pair: &FilePair) -> [&String; 2] {
    [&pair.excel, &pair.machine]
}

/// Names the files of a table; `base` is their address without ending.
///
/// Rows and columns have files where they have pages.
fn files(table: &data::Table, base: &str, words: &Words) -> Files {
    let word = |key| part(words.get(key));
    let file = |name: String| format!("{base}{name}.csv");
    let pair = |name: String| FilePair {
        excel: file(format!("/{name}")),
        machine: file(format!("/{name}-{}", word("file_machine"))),
    };
    let column = |column: &Column| {
        let has_file = table.pages.indicators.is_some() && has_page(column);
        has_file.then(|| pair(format!("{}-{}", word("file_indicator"), part(&column.id))))
    };
    let rows = table.rows.iter().filter(|_| table.pages.profiles.is_some());
    Files {
        original: file(format!("-{}", word("file_original"))),
        excel: file(format!("-{}", word("file_excel"))),
        machine: file(String::new()),
        summary: (!table.summary.is_empty()).then(|| file(format!("-{}", word("file_summary")))),
        metadata: format!("{base}.csv-metadata.json"),
        rows: rows.map(|row| pair(part(&row.id))).collect(),
        columns: table.columns.iter().map(column).collect(),
    }
}

/// Whether a column says something about rows that is worth a page.
fn has_page(column: &Column) -> bool {
    !matches!(column.scale, Scale::Key) && !column.statistics.is_empty()
}

fn folder(name: &str) -> String {
    name.split('/').filter(|it| !it.is_empty()).map(|it| part(it) + "/").collect()
}

/// Returns the folder of the files of all tables, with a slash at its end.
pub fn data_folder(words: &Words) -> String {
    folder(words.get("data"))
}

/// Returns the address of the description of all files for machines.
pub fn package_url(words: &Words) -> String {
    format!("{}datapackage.json", data_folder(words))
}

/// Returns the address of the page that says what was found in the tables.
pub fn report_url(words: &Words) -> String {
    format!("{}{}.html", data_folder(words), part(words.get("data_report")))
}

/// Puts tables, what was found out about them and their addresses together.
pub fn resolve(
    tables: Vec<data::Table>,
    checked: Vec<Checked>,
    addresses: Vec<Addresses>,
    pages: &[site::Page],
) -> Vec<site::Table> {
    let with_place = tables.into_iter().zip(checked).zip(addresses).enumerate();
    let resolved = with_place.map(|(at, ((table, checked), addresses))| {
        let page = pages.iter().position(|page| page.table == Some(at)).map(PageId);
        let Addresses { profiles, indicators, indicator_index, comparisons, style, script, files } =
            addresses;
        site::Table {
            statistics: shown_statistics(&table, &checked),
            checked,
            data: table,
            page,
            profiles,
            indicators,
            indicator_index,
            comparisons,
            style,
            script,
            files,
            row_backlinks: BTreeMap::new(),
            column_backlinks: BTreeMap::new(),
        }
    });
    resolved.collect()
}

/// The statistics of the columns that are shown with them.
fn shown_statistics(table: &data::Table, checked: &Checked) -> Vec<Option<Statistics>> {
    let columns = table.columns.iter().zip(&checked.statistics);
    columns.map(|(column, it)| it.filter(|_| column.has_statistics())).collect()
}
