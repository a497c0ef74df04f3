//! Small tables.

use super::{address, push_attribute, push_name};
use crate::data::Row;
use crate::html::escape_into;
use crate::path::relative;
use crate::render::shown::{legend, remark, shown};
use crate::render::view::push_link;
use crate::site::{Excerpt, RowId, Site, Table};

/// Writes a small table, the signs in it, and the way to the whole table.
pub fn push_excerpt(site: &Site, excerpt: &Excerpt, url: &str, out: &mut String) {
    let table = &site.tables[excerpt.table];
    let caption = excerpt.caption.as_deref().unwrap_or(&table.data.title);
    let grid = Grid {
        number: excerpt.number,
        caption: Some(caption),
        columns: without_name(table, &excerpt.columns),
        rows: &excerpt.rows,
        summary: &excerpt.summary,
    };
    out.push_str("<div class=\"excerpt\">\n");
    push_grid(site, table, &grid, url, out);
    push_way(site, table, url, out);
    out.push_str("</div>");
}

/// The name of a row is its head and no column.
pub fn without_name(table: &Table, columns: &[usize]) -> Vec<usize> {
    columns.iter().copied().filter(|&it| it != table.data.row_header).collect()
}

/// What a small table shows.
pub struct Grid<'a> {
    /// The how many-th table of its text it is.
    pub number: usize,
    pub caption: Option<&'a str>,
    pub columns: Vec<usize>,
    pub rows: &'a [usize],
    pub summary: &'a [usize],
}

/// Writes a table and the signs in it.
pub fn push_grid(site: &Site, table: &Table, grid: &Grid<'_>, url: &str, out: &mut String) {
    out.push_str("<div class=\"table-scroll\" role=\"region\" tabindex=\"0\"");
    let label = format!("{} {}", site.theme.words.get("table_scroll"), grid.number);
    push_attribute("aria-label", &label, out);
    out.push_str("><table>\n");
    if let Some(caption) = grid.caption {
        out.push_str("<caption>");
        escape_into(out, caption);
        out.push_str("</caption>\n");
    }
    push_head(table, grid, url, out);
    let items: Vec<RowId> = grid.rows.iter().map(|&it| RowId::Item(it)).collect();
    let summary: Vec<RowId> = grid.summary.iter().map(|&it| RowId::Summary(it)).collect();
    push_rows(site, table, &items, &grid.columns, url, "<tbody>", out);
    if !summary.is_empty() {
        push_rows(site, table, &summary, &grid.columns, url, "<tbody class=\"compare\">", out);
    }
    out.push_str("</table></div>\n");
    let rows: Vec<&Row> = items.iter().chain(&summary).map(|&it| table.row(it)).collect();
    push_legend(&legend(&table.data, &rows, &grid.columns, site.config.lang), out);
}

/// The way to the page of a column stands in its head.
fn push_head(table: &Table, grid: &Grid<'_>, url: &str, out: &mut String) {
    out.push_str("<thead><tr><th scope=\"col\">");
    escape_into(out, &table.data.columns[table.data.row_header].short);
    out.push_str("</th>");
    for &at in &grid.columns {
        let column = &table.data.columns[at];
        out.push_str(if column.is_numeric() {
            "<th scope=\"col\" class=\"num\">"
        } else {
            "<th scope=\"col\">"
        });
        push_name(&column.label, table.indicators[at].as_deref(), url, out);
        if let Some(unit) = &column.unit {
            out.push_str(" <span class=\"unit\">");
            escape_into(out, unit);
            out.push_str("</span>");
        }
        out.push_str("</th>");
    }
    out.push_str("</tr></thead>\n");
}

fn push_rows(
    site: &Site,
    table: &Table,
    rows: &[RowId],
    columns: &[usize],
    url: &str,
    tag: &str,
    out: &mut String,
) {
    out.push_str(tag);
    out.push('\n');
    for &id in rows {
        let profile = match id {
            RowId::Item(_) if !table.profiles.is_empty() => address(site, table, id, None),
            _ => None,
        };
        out.push_str("<tr><th scope=\"row\">");
        push_name(&table.row(id).title, profile.as_deref(), url, out);
        out.push_str("</th>");
        for &at in columns {
            push_cell(site, table, table.row(id), at, out);
        }
        out.push_str("</tr>\n");
    }
    out.push_str("</tbody>\n");
}

/// Writes a value; what a sign stands for is read in its place.
fn push_cell(site: &Site, table: &Table, row: &Row, at: usize, out: &mut String) {
    let (value, column, lang) = (&row.cells[at].value, &table.data.columns[at], site.config.lang);
    let shown = shown(value, column, &table.data.texts, row.role, lang);
    let kind = if matches!(shown.kind, "missing" | "unclear") { shown.kind } else { "" };
    let number = if column.is_numeric() { "num" } else { "" };
    out.push_str("<td");
    let class = [number, kind].into_iter().filter(|it| !it.is_empty()).collect::<Vec<_>>().join(" ");
    if !class.is_empty() {
        push_attribute("class", &class, out);
    }
    out.push('>');
    push_explained(&shown.text, shown.meaning.as_deref(), out);
    if let Some(remark) = remark(value, column, row.role, lang) {
        out.push_str("<sup class=\"caveat\" aria-hidden=\"true\">†</sup> <span class=\"hidden\">(");
        escape_into(out, &remark);
        out.push_str(")</span>");
    }
    out.push_str("</td>");
}

/// Writes a text; where it is a sign, its meaning is what is read.
fn push_explained(text: &str, meaning: Option<&str>, out: &mut String) {
    let Some(meaning) = meaning else { return escape_into(out, text) };
    out.push_str("<span aria-hidden=\"true\">");
    escape_into(out, text);
    out.push_str("</span><span class=\"hidden\">");
    escape_into(out, meaning);
    out.push_str("</span>");
}

/// Writes what signs stand for; nothing where there is none.
fn push_legend(signs: &[(String, String)], out: &mut String) {
    if signs.is_empty() {
        return;
    }
    out.push_str("<dl class=\"legend\">");
    for (sign, meaning) in signs {
        out.push_str("<div><dt>");
        escape_into(out, sign);
        out.push_str("</dt><dd>");
        escape_into(out, meaning);
        out.push_str("</dd></div>");
    }
    out.push_str("</dl>\n");
}

/// Writes a link to the whole table, unless this is its page.
fn push_way(site: &Site, table: &Table, url: &str, out: &mut String) {
    let Some(page) = table.page.map(|it| site.page(it)).filter(|it| it.url != url) else { return };
    out.push_str("<p class=\"excerpt-way\">");
    let text = format!("{}: {}", site.theme.words.get("whole_table"), table.data.title);
    push_link(out, &relative(url, &page.url), &text, "");
    out.push_str("</p>\n");
}
