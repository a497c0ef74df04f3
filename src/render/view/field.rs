//! Fields of entries: each value as plain text and as HTML.

use tera::Value;

use super::fill::{Notes, fill, push_link};
use super::sources::{cited_plain, push_cited};
use super::{date_text, set_text};
use crate::content::typography::set_line;
use crate::data::number::Decimal;
use crate::fields::{Field, FieldKind};
use crate::html::{escape, escape_address_into, escape_into};
use crate::path::relative;
use crate::render::plain::plain_text;
use crate::render::value::{html, map, text};
use crate::site::{self, Body, Page, Site};

/// Makes a Field as it is seen from the page at `url`, and its name; none for an empty one.
pub(super) fn field(site: &Site, page: &Page, field: &site::Field, url: &str) -> Option<(String, Value)> {
    let declared = &site.config.collections[page.collection?].fields[field.field];
    let shown = match &field.value {
        site::Value::Markdown(body) if url == page.url => markdown(site, body, url, Notes::Shown),
        site::Value::Citation(cited) if url == page.url => citation(site, cited),
        value => shown(site, value, declared, &declared.kind, url),
    };
    if shown.html.is_empty() {
        return None;
    }
    let value = map([
        ("name", text(&declared.name.value)),
        ("label", set_text(site, &declared.label)),
        ("type", text(declared.kind.name())),
        ("text", Value::from(shown.text)),
        ("html", html(&shown.html)),
    ]);
    Some((declared.name.value.clone(), value))
}

/// Returns the plain text of a field; none for an empty one.
pub fn field_text(site: &Site, page: &Page, field: &site::Field) -> Option<String> {
    let declared = &site.config.collections[page.collection?].fields[field.field];
    let text = shown(site, &field.value, declared, &declared.kind, &page.url).text;
    Some(text).filter(|it| !it.is_empty())
}

/// A value as it is shown: plain, and as HTML.
struct Shown {
    text: String,
    html: String,
}

impl Shown {
    fn plain(text: String) -> Shown {
        Shown { html: escape(&text), text }
    }

    fn link(address: &str, title: String, attributes: &str) -> Shown {
        let mut html = String::new();
        push_link(&mut html, address, &title, attributes);
        Shown { text: title, html }
    }
}

fn shown(site: &Site, value: &site::Value, declared: &Field, kind: &FieldKind, url: &str) -> Shown {
    match value {
        site::Value::Text(text) => Shown::plain(text.clone()),
        site::Value::Markdown(body) => markdown(site, body, url, Notes::Left),
        site::Value::Integer(number) => Shown::plain(Decimal::new(*number, 0).print(0, site.config.lang)),
        site::Value::Number(number) => Shown::plain(number.print(number.scale(), site.config.lang)),
        site::Value::Boolean(yes) => {
            Shown::plain(site.theme.words.get(if *yes { "yes" } else { "no" }).to_owned())
        }
        site::Value::Date(day) => {
            let text = date_text(site, *day);
            Shown { html: format!("<time datetime=\"{}\">{}</time>", day.iso(), escape(&text)), text }
        }
        site::Value::Year(year) => Shown::plain(year.to_string()),
        site::Value::Url(address) => Shown::link(address, address_text(address), " class=\"external\""),
        site::Value::Email(address) => Shown::link(&format!("mailto:{address}"), address.clone(), ""),
        site::Value::Choice(at) => match kind {
            FieldKind::Choice(choices) => Shown::plain(set_line(site.config.lang, &choices[*at].label)),
            _ => unreachable!("a choice is a value of a choice"),
        },
        site::Value::Page(id) => {
            let page = site.page(*id);
            Shown::link(&relative(url, &page.url), page.title.clone(), "")
        }
        site::Value::Row(table, row) => Shown::plain(site.tables[*table].data.rows[*row].title.clone()),
        site::Value::Citation(cited) => Shown::plain(cited_plain(site, cited)),
        site::Value::Asset(at) => asset(site, *at, declared, kind, url),
        site::Value::List(items) => {
            let FieldKind::List(kind) = kind else { return Shown::plain(String::new()) };
            joined(items.iter().map(|it| shown(site, it, declared, kind, url)).collect())
        }
    }
}

/// What is cited leads to the list of sources of its own page only.
fn citation(site: &Site, cited: &[site::Cited]) -> Shown {
    let mut html = String::new();
    push_cited(site, cited, &mut html);
    Shown { text: cited_plain(site, cited), html }
}

/// Notes, tables and charts are no part of the plain text.
fn markdown(site: &Site, body: &Body, url: &str, notes: Notes) -> Shown {
    let text = plain_text(&fill(site, body, url, Notes::Text));
    let text = text.split_whitespace().collect::<Vec<_>>().join(" ");
    Shown { text, html: fill(site, body, url, notes) }
}

fn asset(site: &Site, at: usize, declared: &Field, kind: &FieldKind, url: &str) -> Shown {
    let asset = &site.assets[at];
    let address = relative(url, asset.path.as_str());
    if matches!(kind, FieldKind::Image) {
        let mut html = String::from("<img src=\"");
        escape_address_into(&mut html, &address);
        html.push_str("\" alt=\"");
        escape_into(&mut html, &declared.label);
        html.push_str("\" loading=\"lazy\">");
        return Shown { text: declared.label.clone(), html };
    }
    Shown::link(&address, asset.path.name().to_owned(), "")
}

fn joined(items: Vec<Shown>) -> Shown {
    let text = items.iter().map(|it| it.text.as_str()).collect::<Vec<_>>().join(", ");
    let html = match items.len() {
        0 | 1 => items.into_iter().map(|it| it.html).collect(),
        _ => {
            format!("<ul>{}</ul>", items.iter().map(|it| format!("<li>{}</li>", it.html)).collect::<String>())
        }
    };
    Shown { text, html }
}

/// Returns an address without what every address has.
fn address_text(address: &str) -> String {
    let rest =
        address.strip_prefix("https://").or_else(|| address.strip_prefix("http://")).unwrap_or(address);
    rest.trim_end_matches('/').to_owned()
}
