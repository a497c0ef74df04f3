//! Footnotes: numbered in the order of their mention, collected at the end.

use std::collections::BTreeMap;
use std::ops::Range;

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

struct Mention {
    label: String,
    count: usize,
}

struct Definition {
    part: Part,
    span: Span,
}

impl Writer<'_> {
    pub(super) fn footnote_reference(&mut self, label: &str) {
        let mentioned = &mut self.footnotes.mentioned;
        let at = mentioned.iter().position(|it| it.label == label).unwrap_or_else(|| {
            mentioned.push(Mention { label: label.to_owned(), count: 0 });
            mentioned.len() - 1
        });
        mentioned[at].count += 1;
        let number = at + 1;
        let id = reference_id(number, mentioned[at].count);
        let own = self.id_attribute();
        self.push(&format!(
            "<sup class=\"footnote-ref\"><a href=\"#fn-{number}\" {own}=\"{id}\">{number}</a></sup>"
        ));
        self.typesetter.pass('x');
    }

    pub(super) fn start_footnote(&mut self, label: &str, range: Range<usize>) {
        let line = self.text[range.clone()].lines().next().unwrap_or_default().len();
        let span = self.span(range.start..range.start + line);
        let around = std::mem::take(&mut self.out);
        self.footnotes.open.push((label.to_owned(), span, around));
        self.typesetter.start_block();
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
        self.out.insert(inside, &links.concat());
        self.push("</li>\n");
    }
}

fn reference_id(number: usize, count: usize) -> String {
    if count == 1 { format!("fnref-{number}") } else { format!("fnref-{number}-{count}") }
}
