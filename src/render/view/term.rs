//! Terms of the glossary in running text, and their definitions at the end of the page.
//!
//! The link to a term is described by its definition (`aria-describedby`), so that it is
//! heard where the link is. Each definition stands in the page once, however often its
//! term is linked; a script shows it at the link, and paper may print all of them.

use tera::Value;

use super::fill::{Notes, fill};
use crate::html::{escape, escape_address_into};
use crate::path::relative;
use crate::render::value::{html, list, map, text};
use crate::site::{self, Page, PageId, Site};

/// No heading has such an id by itself: ids are made without double hyphens.
const ID: &str = "begriff--";

/// Writes the start of the link to a term.
pub fn push_start(site: &Site, page: PageId, number: usize, url: &str, out: &mut String) {
    out.push_str("<a class=\"term\" href=\"");
    escape_address_into(out, &relative(url, &site.page(page).url));
    out.push_str(&format!("\" aria-describedby=\"{ID}{number}\" data-number=\"{number}\">"));
}

/// Makes `page.terms`: the definitions of the terms that a page links.
pub fn terms(site: &Site, page: &Page) -> Value {
    list(page.terms.iter().enumerate().map(|(at, id)| {
        let entry = site.page(*id);
        map([
            ("id", Value::from(format!("{ID}{}", at + 1))),
            ("number", Value::from(at + 1)),
            ("title", text(&entry.title)),
            ("url", text(&entry.url)),
            ("definition", definition(site, entry, &page.url)),
        ])
    }))
}

/// Returns the short definition of an entry, as it is seen from the page at `url`.
fn definition(site: &Site, entry: &Page, url: &str) -> Value {
    let field = site.glossary.as_ref().and_then(|it| it.definition);
    let filled = entry.fields.iter().find(|it| Some(it.field) == field).map(|it| &it.value);
    match filled {
        Some(site::Value::Markdown(body)) if body.holes.is_empty() => html(&body.html),
        Some(site::Value::Markdown(body)) => html(&fill(site, body, url, Notes::Left)),
        Some(site::Value::Text(written)) => html(&format!("<p>{}</p>", escape(written))),
        _ => html(&format!("<p>{}</p>", escape(&entry.description))),
    }
}
