//! Figures, small tables and charts in texts, as HTML.

mod chart;
mod excerpt;
mod sentence;
mod strip;
mod swarm;

pub use self::chart::{push_chart, push_classes};
pub use self::excerpt::push_excerpt;
pub use self::strip::{is_outside, push_drawing};
use super::shown::{category, inferred, remark, shown, with_sign, with_unit};
use super::view::{Notes, push_link};
use crate::data::{Column, Role, Row, Value};
use crate::diag::Lang;
use crate::html::escape_into;
use crate::path::relative;
use crate::site::{Figure, RowId, Site, Table, Written};

/// Writes a figure: a link to the page that says more, and a note beside it that opens
/// at a press and says the most important. Where only text may stand, the figure alone.
pub fn push(site: &Site, figure: &Figure, url: &str, notes: Notes, out: &mut String) {
    let text = plain(site, figure);
    let Some(id) = &figure.id else { return escape_into(out, &text) };
    let table = &site.tables[figure.table];
    out.push_str("<span class=\"value\">");
    match address(site, table, figure.row, Some(figure.column)) {
        Some(address) => push_link(out, &relative(url, &address), &text, ""),
        None => escape_into(out, &text),
    }
    if notes == Notes::Shown {
        push_note(site, figure, id, out);
    }
    out.push_str("</span>");
}

/// Returns a figure as it stands in running text.
pub fn plain(site: &Site, figure: &Figure) -> String {
    let table = &site.tables[figure.table];
    let (row, column) = (table.row(figure.row), &table.data.columns[figure.column]);
    match &figure.written {
        Some(Written::Text(text)) => text.clone(),
        Some(Written::Number(number, unit)) => {
            let printed = number.print(number.scale(), site.config.lang);
            match unit {
                Some(unit) => format!("{printed}\u{a0}{unit}"),
                None => with_sign(&printed, column),
            }
        }
        None => in_text(table, row, figure.column, site.config.lang),
    }
}

/// Returns a value with what it needs to be understood alone: its sign, its label or its reason.
pub fn in_text(table: &Table, row: &Row, at: usize, lang: Lang) -> String {
    let (value, column) = (&row.cells[at].value, &table.data.columns[at]);
    let shown = shown(value, column, &table.data.texts, row.role, lang);
    match (value, shown.kind) {
        (Value::Category(at), _) if !matches!(row.role, Role::Statistic(_)) => {
            category(*at, column).label.clone()
        }
        (_, "number") => with_sign(&shown.text, column),
        _ => match shown.meaning {
            Some(reason) => format!("{} ({reason})", shown.text),
            None => shown.text,
        },
    }
}

/// Writes the button and the note that it opens.
///
/// Everything in it stands on the page that the figure leads to, too: browsers that
/// know no `popover` show neither.
fn push_note(site: &Site, figure: &Figure, id: &str, out: &mut String) {
    let (table, lang) = (&site.tables[figure.table], site.config.lang);
    let (row, column) = (table.row(figure.row), &table.data.columns[figure.column]);
    let value = &row.cells[figure.column].value;
    let word = |key| site.theme.words.get(key);
    out.push_str("<button type=\"button\" class=\"value-more\" popovertarget=\"");
    escape_into(out, id);
    out.push_str("\" aria-label=\"");
    escape_into(out, &format!("{}: {}, {}", word("value_note"), column.label, row.title));
    out.push_str("\"></button><span class=\"value-note\" role=\"note\" popover id=\"");
    escape_into(out, id);
    out.push_str("\"><strong>");
    escape_into(out, &column.label);
    out.push_str("</strong>");
    let shown = shown(value, column, &table.data.texts, row.role, lang);
    push_fact(&row.title, &explained(with_unit(&shown, column), shown.meaning), out);
    if let Some(remark) = remark(value, column, row.role, lang) {
        push_fact(word("remark"), &remark, out);
    }
    if let Some(date) = &column.date {
        push_fact(word("reference_date"), date, out);
    }
    push_source(word("source"), column, out);
    let inferred = inferred(column, lang);
    if !inferred.is_empty() {
        push_fact(word("inferred"), &inferred.join(", "), out);
    }
    out.push_str("</span>");
}

fn explained(text: String, meaning: Option<String>) -> String {
    meaning.map_or_else(|| text.clone(), |it| format!("{text} ({it})"))
}

fn push_fact(label: &str, fact: &str, out: &mut String) {
    out.push_str(" <span>");
    escape_into(out, &format!("{label}: {fact}"));
    out.push_str("</span>");
}

fn push_source(label: &str, column: &Column, out: &mut String) {
    let Some(source) = &column.source else { return };
    let Some(path) = &source.path else { return push_fact(label, &source.title, out) };
    out.push_str(" <span>");
    escape_into(out, &format!("{label}: "));
    push_link(out, path, &source.title, " class=\"external\"");
    out.push_str("</span>");
}

/// Returns where a row or one of its values is explained: on the page of the row, of the
/// column, or of the table.
fn address(site: &Site, table: &Table, row: RowId, column: Option<usize>) -> Option<String> {
    let profile = match row {
        RowId::Item(at) => table.profiles.get(at),
        RowId::Summary(_) => None,
    };
    // A profile does not say which number a row has; its name is the heading.
    let is_told = |at: &usize| *at == table.data.row_header || !table.data.columns[*at].is_row_number();
    let told = column.filter(is_told);
    let fragment = told.map_or_else(String::new, |it| format!("#{}", table.data.columns[it].id));
    let indicator = column.and_then(|it| table.indicators[it].clone());
    let page = || table.page.map(|it| site.page(it).url.clone());
    profile.map(|it| format!("{it}{fragment}")).or(indicator).or_else(page)
}

/// Writes a name, as a link where it has an address.
fn push_name(name: &str, address: Option<&str>, url: &str, out: &mut String) {
    match address {
        Some(address) => push_link(out, &relative(url, address), name, ""),
        None => escape_into(out, name),
    }
}

fn push_attribute(name: &str, value: &str, out: &mut String) {
    out.push_str(&format!(" {name}=\""));
    escape_into(out, value);
    out.push('"');
}
