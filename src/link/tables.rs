//! Tables: where their pages and files go.

use super::addresses::part;
use crate::data::checks::Checked;
use crate::data::statistics::Statistics;
use crate::data::{self, Column, Scale};
use crate::site::{self, PageId};
use crate::source::Span;
use crate::theme::Words;

/// The addresses of everything that is made of a table.
#[derive(Debug)]
pub struct Addresses {
    pub profiles: Vec<String>,
    pub indicators: Vec<Option<String>>,
    pub indicator_index: Option<String>,
    pub comparisons: Vec<String>,
    pub downloads: String,
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
        Addresses {
            profiles: table.rows.iter().filter_map(|row| in_folder(&pages.profiles, &row.id)).collect(),
            indicators: table.columns.iter().map(indicator).collect(),
            indicator_index: indicators.as_ref().map(|it| format!("{it}index.html")),
            comparisons: table
                .comparisons
                .iter()
                .filter_map(|it| in_folder(&pages.comparisons, &it.id.value))
                .collect(),
            downloads: format!("{}{}", data_folder(words), part(&table.name)),
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
        profiles.chain(indicators).chain(comparisons).map(|(url, span)| (url.clone(), span)).collect()
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
        let Addresses { profiles, indicators, indicator_index, comparisons, downloads } = addresses;
        site::Table {
            statistics: shown_statistics(&table, &checked),
            checked,
            data: table,
            page,
            profiles,
            indicators,
            indicator_index,
            comparisons,
            downloads,
        }
    });
    resolved.collect()
}

/// The statistics of the columns that are shown with them.
fn shown_statistics(table: &data::Table, checked: &Checked) -> Vec<Option<Statistics>> {
    let columns = table.columns.iter().zip(&checked.statistics);
    columns.map(|(column, it)| it.filter(|_| column.has_statistics())).collect()
}
