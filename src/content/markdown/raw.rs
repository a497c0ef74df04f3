//! HTML inside Markdown: shown as text, or cleaned.

use std::borrow::Cow;
use std::collections::{HashMap, HashSet};
use std::ops::Range;

use super::parts::Part;
use super::{Hole, Writer};
use crate::config::RawHtml;
use crate::content::typography::show_stars;
use crate::diag::{Diagnostic, text};

/// Stands for a hole while the HTML is cleaned.
const HOLE: &str = "kompendium-hole:";
/// Stands for `id` on our own elements, so that ids in the author's HTML fall away.
pub const OWN_ID: &str = "data-kompendium-id";

impl Writer<'_> {
    pub(super) fn start_raw_block(&mut self) {
        self.start_line();
        if self.context.raw_html == RawHtml::Text {
            self.start_block();
        }
    }

    pub(super) fn end_raw_block(&mut self) {
        self.start_line();
    }

    pub(super) fn raw_block(&mut self, value: &str, range: Range<usize>) {
        self.raw(value, range, true);
    }

    pub(super) fn raw_inline(&mut self, value: &str, range: Range<usize>) {
        self.raw(value, range, false);
    }

    fn raw(&mut self, value: &str, range: Range<usize>, block: bool) {
        let value = show_stars(value);
        if is_comment(&value) {
            return;
        }
        let allowed = self.context.raw_html == RawHtml::Safe
            && !value.contains(HOLE)
            && !value.contains("data-kompendium");
        if allowed {
            self.has_raw_html = true;
            self.push(&value);
            return;
        }
        self.warn(&value, range);
        if block {
            self.push("<p>");
        }
        self.push_text(value.trim_end());
        self.push(if block { "</p>\n" } else { "" });
    }

    /// `raw-html`: HTML in Markdown is shown as text.
    fn warn(&mut self, value: &str, range: Range<usize>) {
        let line = value.lines().next().unwrap_or_default().len();
        let span = self.span(range.start..range.start + line);
        let message = text(
            "HTML wird hier nicht ausgeführt, sondern als Text gezeigt.",
            "HTML is not interpreted here but shown as text",
        );
        let help = text(
            "Schreiben Sie es in Markdown; gemeinte Zeichen wie < mit einem umgekehrten Schrägstrich: \\<",
            "write it in Markdown; write a literal < with a backslash: \\<",
        );
        self.diags.push(Diagnostic::warning("raw-html", span, message).help(help));
    }
}

/// A comment is for authors: it is neither shown nor worth a warning.
fn is_comment(html: &str) -> bool {
    let html = html.trim();
    html.starts_with("<!--") && html.ends_with("-->")
}

/// The same for the classes that the author gave in Markdown.
pub const OWN_CLASS: &str = "data-kompendium-class";

/// Finishes a page on which HTML may stand: cleans it where there is some.
pub fn finish(part: Part, has_raw_html: bool) -> Part {
    if has_raw_html { sanitize(part) } else { with_own_ids(part) }
}

fn unmasked(html: &str) -> String {
    html.replace(OWN_ID, "id").replace(OWN_CLASS, "class")
}

/// Gives our own elements their ids. No place is inside the name of an attribute.
fn with_own_ids(mut part: Part) -> Part {
    let holes = part.holes.iter_mut().map(|it| &mut it.at);
    let prose = part.prose.iter_mut().flat_map(|it| [&mut it.range.start, &mut it.range.end]);
    let mut places: Vec<&mut usize> = holes.chain(prose).collect();
    places.sort();
    let (mut html, mut written) = (String::with_capacity(part.html.len()), 0);
    for place in places {
        html.push_str(&unmasked(&part.html[written..*place]));
        written = *place;
        *place = html.len();
    }
    html.push_str(&unmasked(&part.html[written..]));
    part.html = html;
    part
}

/// Lets harmless elements through and nothing else; what the renderer wrote itself stays.
/// Where an author's elements begin and end is not known, so that no terms are looked for.
fn sanitize(part: Part) -> Part {
    let clean = cleaner().clean(&with_marks(&part)).to_string();
    let clean = unmasked(&clean);
    let mut out = Part::default();
    let mut rest = clean.as_str();
    while let Some(at) = rest.find(HOLE) {
        out.html.push_str(&rest[..at]);
        rest = &rest[at + HOLE.len()..];
        let digits = rest.len() - rest.trim_start_matches(|it: char| it.is_ascii_digit()).len();
        if let Some(hole) = rest[..digits].parse::<usize>().ok().and_then(|it| part.holes.get(it)) {
            out.holes.push(Hole { at: out.html.len(), ..hole.clone() });
        }
        rest = rest[digits..].strip_prefix(';').unwrap_or(&rest[digits..]);
    }
    out.html.push_str(rest);
    out
}

fn with_marks(part: &Part) -> String {
    let mut html = String::with_capacity(part.html.len() + part.holes.len() * 24);
    let mut written = 0;
    for (number, hole) in part.holes.iter().enumerate() {
        html.push_str(&part.html[written..hole.at]);
        // The sign behind it keeps the number apart from a digit that may follow.
        html.push_str(&format!("{HOLE}{number};"));
        written = hole.at;
    }
    html.push_str(&part.html[written..]);
    html
}

fn cleaner() -> ammonia::Builder<'static> {
    let mut builder = ammonia::Builder::default();
    let classes = HashMap::from([
        ("a", HashSet::from(["external", "footnote-back"])),
        (
            "div",
            HashSet::from([
                "table-scroll",
                "alert",
                "alert-note",
                "alert-tip",
                "alert-important",
                "alert-warning",
                "alert-caution",
            ]),
        ),
        ("p", HashSet::from(["alert-title"])),
        ("section", HashSet::from(["footnotes"])),
        ("sup", HashSet::from(["footnote-ref"])),
        ("td", HashSet::from(["num", "center"])),
        ("th", HashSet::from(["num", "center"])),
        ("ul", HashSet::from(["task-list"])),
    ]);
    builder
        .add_tags(["section", "input"])
        .add_generic_attributes([OWN_ID, OWN_CLASS, "role", "aria-label", "aria-labelledby", "lang", "dir"])
        .add_tag_attributes("div", ["tabindex"])
        .add_tag_attributes("pre", ["tabindex"])
        .add_tag_attributes("input", ["checked"])
        .add_tag_attribute_values("input", "type", ["checkbox"])
        .set_tag_attribute_value("input", "disabled", "")
        .add_tag_attributes("img", ["loading"])
        .add_tag_attributes("th", ["scope"])
        .allowed_classes(classes)
        .link_rel(None)
        .url_schemes(HashSet::from(["http", "https", "mailto", "tel", "kompendium-hole"]))
        .url_relative(ammonia::UrlRelative::Custom(Box::new(own_fragment)))
        // Nothing is loaded from another place: pictures come from Markdown only.
        .attribute_filter(|element, attribute, value| {
            (element != "img" || attribute != "src" || value.starts_with(HOLE)).then(|| value.into())
        });
    builder
}

/// Lets fragments of the page through; other relative addresses could not be checked.
fn own_fragment(address: &str) -> Option<Cow<'_, str>> {
    address.starts_with('#').then(|| address.into())
}
