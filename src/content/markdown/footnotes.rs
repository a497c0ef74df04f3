//! Footnotes: numbered in the order of their mention, collected at the end.

use std::collections::BTreeMap;
use std::ops::Range;

use pulldown_cmark::{Event, Parser, Tag, TagEnd};

use super::Writer;
use super::parts::Part;
use crate::diag::{Diagnostic, text};
use crate::source::Span;

/// The footnotes of a page.
#[derive(Default)]
pub struct Footnotes {
    /// In the order of their first mention.
    mentioned: Vec<Mention>,
    definitions: BTreeMap<String, Definition>,
    /// What is written while a footnote is open: its label, its place, and the output around it.
    open: Vec<(String, Span, Part)>,
}

#[derive(Default)]
struct Mention {
    label: String,
    count: usize,
}

impl Footnotes {
    /// Numbers the footnotes: first those of the text, then those that only
    /// other footnotes mention.
    pub fn in_order_of_mention(text: &str) -> Footnotes {
        let mut footnotes = Footnotes::default();
        if !text.contains("[^") {
            return footnotes;
        }
        let mut inside = 0;
        let mut later = Vec::new();
        for event in Parser::new_ext(text, super::options()) {
            match event {
                Event::Start(Tag::FootnoteDefinition(_)) => inside += 1,
                Event::End(TagEnd::FootnoteDefinition) => inside -= 1,
                Event::FootnoteReference(label) if inside > 0 => later.push(label),
                Event::FootnoteReference(label) => footnotes.note(&label),
                _ => {}
            }
        }
        later.iter().for_each(|label| footnotes.note(label));
        footnotes
    }

    fn note(&mut self, label: &str) {
        if !self.mentioned.iter().any(|it| it.label == label) {
            self.mentioned.push(Mention { label: label.to_owned(), count: 0 });
        }
    }
}

struct Definition {
    part: Part,
    span: Span,
}

impl Writer<'_> {
    pub(super) fn footnote_reference(&mut self, label: &str) {
        let mentioned = &mut self.footnotes.mentioned;
        let at = mentioned.iter().position(|it| it.label == label).expect("in_order_of_mention() found it");
        mentioned[at].count += 1;
        let number = at + 1;
        let id = reference_id(number, mentioned[at].count);
        let own = self.id_attribute();
        self.push(&format!(
            "<sup class=\"footnote-ref\"><a href=\"#fn-{number}\" {own}=\"{id}\">{number}</a></sup>"
        ));
        self.typesetter.pass('x');
    }

    /// `unknown-footnote`: a footnote that is mentioned is written.
    ///
    /// The parser leaves a mention without a footnote as text.
    pub(super) fn find_unknown_footnotes(&mut self, range: Range<usize>) {
        let written = &self.text[range.clone()];
        for (at, _) in written.match_indices('[') {
            let start = range.start + at;
            let Some(label) = footnote_label(&self.text[start..]) else { continue };
            if self.text[..start].ends_with('\\') {
                continue;
            }
            let message = text(
                format!("Eine Anmerkung „{label}“ gibt es auf dieser Seite nicht."),
                format!("there is no footnote `{label}` on this page"),
            );
            let span = self.span(start..start + label.len() + "[^]".len());
            self.diags.push(Diagnostic::warning("unknown-footnote", span, message));
        }
    }

    pub(super) fn start_footnote(&mut self, label: &str, range: Range<usize>) {
        let line = self.text[range.clone()].lines().next().unwrap_or_default().len();
        let span = self.span(range.start..range.start + line);
        let around = std::mem::take(&mut self.out);
        self.footnotes.open.push((label.to_owned(), span, around));
        self.start_block();
    }

    pub(super) fn end_footnote(&mut self) {
        let (label, span, around) = self.footnotes.open.pop().expect("a footnote is open");
        let part = std::mem::replace(&mut self.out, around);
        self.footnotes.definitions.insert(label, Definition { part, span });
    }

    /// Writes all footnotes that are mentioned.
    ///
    /// `unused-footnote`: a footnote is mentioned somewhere.
    pub(super) fn finish_footnotes(&mut self) {
        let Footnotes { mentioned, mut definitions, .. } = std::mem::take(&mut self.footnotes);
        if !mentioned.is_empty() {
            let title = self.word("footnotes");
            let id = self.ids.claim("k-footnotes");
            let own = self.id_attribute();
            self.push_line(&format!("<section class=\"footnotes\" aria-labelledby=\"{id}\">"));
            self.push(&format!("<h2 {own}=\"{id}\">{title}</h2>\n<ol>\n"));
            for (at, mention) in mentioned.iter().enumerate() {
                let definition = definitions.remove(&mention.label);
                self.finish_footnote(at + 1, mention.count, definition.map(|it| it.part).unwrap_or_default());
            }
            self.push("</ol>\n</section>\n");
        }
        for (label, definition) in definitions {
            let message = text(
                format!("Auf die Anmerkung „{label}“ verweist niemand."),
                format!("nothing refers to the footnote `{label}`"),
            );
            self.diags.push(Diagnostic::warning("unused-footnote", definition.span, message));
        }
    }

    fn finish_footnote(&mut self, number: usize, mentions: usize, part: Part) {
        self.push(&format!("<li {}=\"fn-{number}\">", self.id_attribute()));
        let start = self.out.html.len();
        self.out.append(part);
        let end = self.out.html.trim_end().len();
        let inside = self.out.html[start..end].strip_suffix("</p>").map_or(end, |text| start + text.len());
        let label = self.word("footnote_back");
        let links: Vec<String> = (1..=mentions)
            .map(|count| {
                let id = reference_id(number, count);
                let nth = if count == 1 { String::new() } else { format!("-{count}") };
                format!(
                    " <a class=\"footnote-back\" href=\"#{id}\" aria-label=\"{label} {number}{nth}\">↩</a>"
                )
            })
            .collect();
        self.out.insert_behind(inside, &links.concat());
        self.push("</li>\n");
    }
}

fn reference_id(number: usize, count: usize) -> String {
    if count == 1 { format!("fnref-{number}") } else { format!("fnref-{number}-{count}") }
}

/// Returns the label of a text that begins with `[^label]`.
fn footnote_label(text: &str) -> Option<&str> {
    let label = text.strip_prefix("[^")?.split(']').next()?;
    let is_closed = text.as_bytes().get("[^".len() + label.len()) == Some(&b']');
    (is_closed && !label.is_empty() && !label.contains(char::is_whitespace)).then_some(label)
}
