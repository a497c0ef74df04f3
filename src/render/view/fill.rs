//! The holes of a text: addresses as they are seen from a page, settings, terms and laws.

use super::sources::{cited_plain, push_cited};
use super::term;
use crate::config::{Setting, SettingValue, setting_text};
use crate::html::{escape_address_into, escape_into};
use crate::path::relative;
use crate::render::figure;
use crate::site::{Body, Cited, Excerpt, Fill, Heading, Site};

/// What stands beside the figures and terms of a text.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Notes {
    /// A note for each, and links to terms and laws: on the page that the text belongs to.
    Shown,
    /// None, since the ids of notes would not be unique, and no such links: in lists of pages.
    Left,
    /// None, and no tables and charts either: where all that counts is plain text.
    Text,
}

/// Fills the holes of a text as it is seen from the page at `url`.
pub fn fill(site: &Site, body: &Body, url: &str, notes: Notes) -> String {
    let mut out = String::with_capacity(body.html.len() + body.holes.len() * 40);
    let mut written = 0;
    for hole in &body.holes {
        out.push_str(&body.html[written..hole.at]);
        written = hole.at;
        fill_hole(site, &hole.fill, url, notes, &mut out);
    }
    out.push_str(&body.html[written..]);
    out
}

/// A piece of the text of a page.
pub enum Piece<'a> {
    Html(String),
    /// A table with tools: a template writes it.
    Table(&'a Excerpt),
}

/// Fills the holes of the text of a page, as pieces around its tables with tools.
pub fn pieces<'a>(site: &Site, body: &'a Body, url: &str) -> Vec<Piece<'a>> {
    let (mut pieces, mut html, mut written) = (Vec::new(), String::new(), 0);
    for hole in &body.holes {
        html.push_str(&body.html[written..hole.at]);
        written = hole.at;
        match &hole.fill {
            Fill::Table(excerpt) if !excerpt.tools.is_empty() => {
                pieces.push(Piece::Html(std::mem::take(&mut html)));
                pieces.push(Piece::Table(excerpt));
            }
            fill => fill_hole(site, fill, url, Notes::Shown, &mut html),
        }
    }
    html.push_str(&body.html[written..]);
    pieces.push(Piece::Html(html));
    pieces.retain(|it| !matches!(it, Piece::Html(html) if html.trim().is_empty()));
    pieces
}

fn fill_hole(site: &Site, fill: &Fill, url: &str, notes: Notes, out: &mut String) {
    match fill {
        Fill::Page(id, fragment) => {
            out.push_str(&relative(url, &site.page(*id).url));
            push_fragment(fragment.as_deref().unwrap_or_default(), out);
        }
        Fill::Fragment(fragment) if fragment.is_empty() => out.push('#'),
        Fill::Fragment(fragment) => push_fragment(fragment, out),
        Fill::Asset(at) => escape_address_into(out, &relative(url, site.assets[*at].path.as_str())),
        Fill::Setting(at) => push_setting(site, &site.config.settings[*at], out),
        Fill::Figure(it) => figure::push(site, it, url, notes, out),
        Fill::Citation(cited) => push_citation(site, cited, notes, out),
        Fill::Table(_) | Fill::Chart(_) if notes == Notes::Text => {}
        Fill::Table(it) => figure::push_excerpt(site, it, url, out),
        Fill::Chart(it) => figure::push_chart(site, it, url, out),
        Fill::Term { .. } | Fill::TermEnd | Fill::Law(_) | Fill::LawEnd if notes != Notes::Shown => {}
        Fill::Term { page, number } => term::push_start(site, *page, *number, url, out),
        Fill::Law(address) => {
            out.push_str("<a class=\"external law\" href=\"");
            escape_address_into(out, address);
            out.push_str("\">");
        }
        Fill::TermEnd | Fill::LawEnd => out.push_str("</a>"),
    }
}

/// Writes sources in brackets; where their list is not on the page, as text.
fn push_citation(site: &Site, cited: &[Cited], notes: Notes, out: &mut String) {
    if notes != Notes::Shown {
        return escape_into(out, &format!("({})", cited_plain(site, cited)));
    }
    out.push_str("<span class=\"cite\">(");
    push_cited(site, cited, out);
    out.push_str(")</span>");
}

/// Returns the title of a heading.
pub fn title(site: &Site, heading: &Heading) -> String {
    let mut out = String::with_capacity(heading.title.len());
    let mut written = 0;
    for hole in &heading.holes {
        out.push_str(&heading.title[written..hole.at]);
        written = hole.at;
        match &hole.fill {
            Fill::Setting(at) => out.push_str(&setting(site, &site.config.settings[*at])),
            Fill::Figure(it) => out.push_str(&figure::plain(site, it)),
            Fill::Citation(cited) => out.push_str(&format!("({})", cited_plain(site, cited))),
            _ => {}
        }
    }
    out.push_str(&heading.title[written..]);
    out
}

/// Returns a fact about the operator as plain text.
pub fn setting(site: &Site, setting: &Setting) -> String {
    match &setting.value {
        None => missing_setting(site, setting),
        Some(value) => setting_text(value, site.config.lang),
    }
}

fn missing_setting(site: &Site, setting: &Setting) -> String {
    format!("{}: {}", site.theme.words.get("todo"), setting.label)
}

fn push_fragment(fragment: &str, out: &mut String) {
    if !fragment.is_empty() {
        out.push('#');
        escape_address_into(out, fragment);
    }
}

/// Writes a fact about the operator; one that is missing is there to be seen.
fn push_setting(site: &Site, setting: &Setting, out: &mut String) {
    match &setting.value {
        None => {
            out.push_str("<span class=\"todo\">");
            escape_into(out, &missing_setting(site, setting));
            out.push_str("</span>");
        }
        Some(SettingValue::Url(url)) => push_link(out, url, url, " class=\"external\""),
        Some(SettingValue::Email(address)) => push_link(out, &format!("mailto:{address}"), address, ""),
        Some(value) => escape_into(out, &setting_text(value, site.config.lang)),
    }
}

/// Writes a link; `attributes` begin with a blank.
pub fn push_link(out: &mut String, address: &str, title: &str, attributes: &str) {
    out.push_str("<a href=\"");
    escape_address_into(out, address);
    out.push('"');
    out.push_str(attributes);
    out.push('>');
    escape_into(out, title);
    out.push_str("</a>");
}
