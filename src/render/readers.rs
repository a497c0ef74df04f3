//! What readers see of texts, fields and tables, as plain values: for those who compare two
//! states of a site. Everything is said by the functions that pages are made with.

use super::figure;
use super::plain::plain_text;
use super::shown::{inferred, remark};
use super::view::{cited_plain, field_text, setting};
use crate::data::Column;
use crate::diag::{Lang, text};
use crate::html::{escape_address_into, escape_into};
use crate::literature::format::{plain, reference};
use crate::site::{self, Body, Fill, Page, RowId, Site, Source, Table, Value};

/// Returns the HTML of a text as every page would show it: addresses are those below the top of
/// the site, what the program adds by itself (notes, links to terms and laws) is left out, and
/// small tables and charts are named.
pub fn body(site: &Site, body: &Body) -> String {
    let mut out = String::with_capacity(body.html.len() + body.holes.len() * 40);
    let mut written = 0;
    for hole in &body.holes {
        out.push_str(&body.html[written..hole.at]);
        written = hole.at;
        push_hole(site, &hole.fill, &mut out);
    }
    out.push_str(&body.html[written..]);
    out
}

fn push_hole(site: &Site, fill: &Fill, out: &mut String) {
    match fill {
        Fill::Page(id, fragment) => {
            escape_address_into(out, &site.page(*id).url);
            if let Some(fragment) = fragment {
                push_fragment(fragment, out);
            }
        }
        Fill::Fragment(fragment) => push_fragment(fragment, out),
        Fill::Asset(at) => escape_address_into(out, site.assets[*at].path.as_str()),
        Fill::Setting(at) => escape_into(out, &setting(site, &site.config.settings[*at])),
        Fill::Figure(it) => escape_into(out, &figure::plain(site, it)),
        Fill::Citation(cited) => escape_into(out, &format!("({})", cited_plain(site, cited))),
        Fill::Table(it) => {
            let rows = it.rows.iter().map(|&at| RowId::Item(at));
            let rows = rows.chain(it.summary.iter().map(|&at| RowId::Summary(at))).collect();
            let named = Shown { caption: it.caption.as_deref(), columns: &it.columns, rows };
            push_shown(site, &site.tables[it.table], &named, text("Tabelle", "table"), out);
        }
        Fill::Chart(it) => {
            let rows = it.rows.iter().map(|&at| RowId::Item(at)).collect();
            let named = Shown { caption: it.caption.as_deref(), columns: &it.columns, rows };
            push_shown(site, &site.tables[it.table], &named, text("Diagramm", "chart"), out);
        }
        Fill::Term { .. } | Fill::TermEnd | Fill::Law(_) | Fill::LawEnd => {}
    }
}

fn push_fragment(fragment: &str, out: &mut String) {
    out.push('#');
    escape_address_into(out, fragment);
}

/// What a small table or chart shows.
struct Shown<'a> {
    caption: Option<&'a str>,
    columns: &'a [usize],
    rows: Vec<RowId>,
}

/// More rows than these are counted and not named.
const NAMED_ROWS: usize = 12;

/// Writes what is shown as a paragraph of its own: „[Tabelle „Kommunen“: Einwohner; Kiel, Flensburg]“.
fn push_shown(site: &Site, table: &Table, shown: &Shown<'_>, kind: crate::diag::Text, out: &mut String) {
    let lang = site.config.lang;
    let labels: Vec<&str> = shown.columns.iter().map(|&it| table.data.columns[it].label.as_str()).collect();
    let rows: Vec<&str> = shown.rows.iter().map(|&it| table.row(it).title.as_str()).collect();
    let rows = match rows.len() {
        0..=NAMED_ROWS => rows.join(", "),
        count => text(format!("{count} Zeilen"), format!("{count} rows")).in_lang(lang).to_owned(),
    };
    let (kind, caption) = (kind.in_lang(lang), shown.caption.unwrap_or(&table.data.title));
    let named = text(
        format!("[{kind} „{caption}“: {}; {rows}]", labels.join(", ")),
        format!("[{kind} “{caption}”: {}; {rows}]", labels.join(", ")),
    );
    out.push_str("<p>");
    escape_into(out, named.in_lang(lang));
    out.push_str("</p>");
}

/// Returns the text of a field; a picture or file is named by its path. None for an empty one.
pub fn field(site: &Site, page: &Page, field: &site::Field) -> Option<String> {
    let mut files = Vec::new();
    push_files(site, &field.value, &mut files);
    if files.is_empty() { field_text(site, page, field) } else { Some(files.join(", ")) }
}

fn push_files<'a>(site: &'a Site, value: &Value, files: &mut Vec<&'a str>) {
    match value {
        Value::Asset(at) => files.push(site.assets[*at].path.as_str()),
        Value::List(items) => items.iter().for_each(|it| push_files(site, it, files)),
        _ => {}
    }
}

/// Returns a figure as it stands in running text.
pub fn figure(site: &Site, it: &site::Figure) -> String {
    figure::plain(site, it)
}

/// Returns a value of a table with what it needs to be understood alone, such as the reason
/// why there is none.
pub fn cell(table: &Table, row: RowId, column: usize, lang: Lang) -> String {
    let told = figure::in_text(table, table.row(row), column, lang);
    let (row, described) = (table.row(row), &table.data.columns[column]);
    match remark(&row.cells[column].value, described, row.role, lang) {
        Some(remark) => format!("{told} ({remark})"),
        None => told,
    }
}

/// Lists what was concluded about a column and not delivered with the data.
pub fn concluded(column: &Column, lang: Lang) -> Vec<String> {
    inferred(column, lang)
}

/// Returns how a source stands in a list of sources.
pub fn source(site: &Site, source: &Source) -> String {
    plain(&reference(&source.work, &source.label, site.config.lang))
}

/// Returns the text of HTML that the program wrote, in one line.
pub fn text_of(html: &str) -> String {
    plain_text(html).split_whitespace().collect::<Vec<_>>().join(" ")
}
