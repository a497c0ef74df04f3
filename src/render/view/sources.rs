//! Sources: how texts cite them, the list at the end of a page, and how a publication is cited.

use std::collections::BTreeMap;

use tera::Value;

use crate::html::{escape_address_into, escape_into};
use crate::literature::export;
use crate::literature::format::{Piece, in_text, label, plain, reference};
use crate::render::value::{html, list, map, optional, text};
use crate::site::{Cited, Page, Site, Source, SourceId};

/// Writes what a text cites, as links to the list of sources: „Münder 2020, S. 12; SGB VIII“.
pub fn push_cited(site: &Site, all: &[Cited], out: &mut String) {
    for (at, cited) in all.iter().enumerate() {
        if at > 0 {
            out.push_str("; ");
        }
        let Some(id) = &cited.id else {
            escape_into(out, &cited_text(site, cited, true));
            continue;
        };
        if !cited.prefix.is_empty() {
            escape_into(out, &format!("{} ", cited.prefix));
        }
        out.push_str("<a href=\"#");
        escape_address_into(out, &site.sources[cited.source.0].anchor);
        out.push_str("\" id=\"");
        escape_into(out, id);
        out.push_str("\">");
        escape_into(out, &cited_text(site, cited, false));
        out.push_str("</a>");
    }
}

/// Returns what a text cites as plain text.
pub fn cited_plain(site: &Site, all: &[Cited]) -> String {
    all.iter().map(|it| cited_text(site, it, true)).collect::<Vec<_>>().join("; ")
}

fn cited_text(site: &Site, cited: &Cited, with_prefix: bool) -> String {
    let source = &site.sources[cited.source.0];
    let prefix = if with_prefix { cited.prefix.as_str() } else { "" };
    in_text(&source.work, &source.label, prefix, &cited.locator, site.config.lang)
}

/// Makes `sources`: what a page cites, in the order of their authors.
pub fn sources(site: &Site, page: &Page) -> Value {
    let mut places: BTreeMap<SourceId, Vec<&str>> = BTreeMap::new();
    for cited in page.cited() {
        places.entry(cited.source).or_default().extend(cited.id.as_deref());
    }
    list(places.into_iter().map(|(id, places)| {
        let source = &site.sources[id.0];
        let about = source.page.map(|it| site.page(it).url.as_str()).filter(|it| *it != page.url);
        map([
            ("id", text(&source.anchor)),
            ("label", Value::from(source.label.text())),
            ("html", html(&reference_html(&reference(&source.work, &source.label, site.config.lang)))),
            ("url", optional(about)),
            ("places", list(places.into_iter().map(text))),
        ])
    }))
}

fn reference_html(pieces: &[Piece]) -> String {
    let mut out = String::new();
    for piece in pieces {
        match piece {
            Piece::Text(text) => escape_into(&mut out, text),
            Piece::Title(title) => {
                out.push_str("<cite>");
                escape_into(&mut out, title);
                out.push_str("</cite>");
            }
            Piece::Address(address) => super::push_link(&mut out, address, address, " class=\"external\""),
        }
    }
    out
}

/// Makes `citation`: how other texts cite the source that a page is about; none on other pages.
pub fn citation(site: &Site, page: &Page) -> Value {
    let is_about = |it: &&Source| it.page.is_some_and(|id| site.page(id).url == page.url);
    let Some(source) = site.sources.iter().find(is_about) else { return Value::none() };
    let files = source.files.iter().flat_map(|it| [("BibTeX", &it.bibtex), ("RIS", &it.ris)]);
    let files = files.map(|(format, url)| map([("format", text(format)), ("url", text(url))]));
    let of = |format: &str| match format {
        "BibTeX" => export::bibtex(&source.work),
        _ => export::ris(&source.work).replace('\r', ""),
    };
    // In another text it stands alone: no letter behind its year.
    let lang = site.config.lang;
    let pieces = reference(&source.work, &label(&source.work, lang), lang);
    map([
        ("key", text(&source.work.key.value)),
        ("html", html(&reference_html(&pieces))),
        ("text", Value::from(plain(&pieces))),
        ("bibtex", Value::from(of("BibTeX").trim_end())),
        ("ris", Value::from(of("RIS").trim_end())),
        ("files", list(files)),
    ])
}
