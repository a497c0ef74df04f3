//! Roles: `` {setting}`name` ``, `` {term}`name` ``, `` {value}`table/row/column` `` and
//! `` {cite}`key, S. 12` ``.

use std::ops::Range;

use super::{HoleKind, Writer};
use crate::content::typography::show_stars;
use crate::diag::{Diagnostic, did_you_mean, text};
use crate::literature::citation::{self, Cited};
use crate::source::{Span, Spanned};

/// A figure from a table, such as `` {value}`kommunen/stadt-flensburg/einwohner = 92.550` ``.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ValueRole {
    pub table: Spanned<String>,
    pub row: Spanned<String>,
    pub column: Spanned<String>,
    /// The figure as the author wrote it; the data have to say the same.
    pub written: Option<Spanned<String>>,
    /// The id of its note on the page; none where only text may stand, as in links and headings.
    pub id: Option<String>,
}

impl ValueRole {
    /// Gives all its parts one place, where their own cannot be told.
    pub(super) fn move_to(&mut self, span: Span) {
        for part in [&mut self.table, &mut self.row, &mut self.column].into_iter().chain(&mut self.written) {
            part.span = span;
        }
    }
}

const ROLES: [&str; 4] = ["setting", "term", "value", "cite"];

impl Writer<'_> {
    /// `unknown-role`: a role such as `` {setting}`…` `` is one that exists.
    pub(super) fn role(&mut self, name: &str, value: &str, range: Range<usize>) {
        let written = format!("{{{name}}}");
        let whole = range.start - written.len()..range.end;
        self.take_back(&written);
        if self.picture.is_some() {
            return self.refuse_role(whole);
        }
        match name {
            "setting" => {
                let kind = HoleKind::Setting(show_stars(value).into_owned());
                self.role_hole(kind, whole);
                self.typesetter.pass('x');
            }
            "term" => self.term_role(range, whole),
            "value" => {
                if let Some(role) = self.value_role(range, whole.clone()) {
                    self.role_hole(HoleKind::Value(Box::new(role)), whole);
                }
                // A blank between a figure and its unit does not break.
                self.typesetter.pass('0');
            }
            "cite" => {
                if let Some(cited) = self.cite_role(range, &whole) {
                    self.role_hole(HoleKind::Cite(cited), whole);
                }
                self.typesetter.pass('x');
            }
            _ => {
                let message = text(
                    format!("Eine Rolle {{{name}}} gibt es nicht."),
                    format!("there is no role `{{{name}}}`"),
                );
                let help = did_you_mean(&name.to_ascii_lowercase(), ROLES);
                self.diags
                    .push(Diagnostic::error("unknown-role", self.span(whole), message).maybe_help(help));
            }
        }
    }

    /// Removes the name of the role, which was taken for text.
    fn take_back(&mut self, written: &str) {
        if self.out.html.ends_with(written) {
            self.out.truncate(self.out.html.len() - written.len());
        }
        let texts =
            [self.heading.as_mut().map(|it| &mut it.title), self.picture.as_mut().map(|it| &mut it.alt)];
        for text in texts.into_iter().flatten().filter(|it| it.ends_with(written)) {
            text.truncate(text.len() - written.len());
        }
    }

    /// Notes a hole in the text, and in the title of the heading it stands in.
    fn role_hole(&mut self, kind: HoleKind, range: Range<usize>) {
        let span = self.span(range);
        if let Some(heading) = &mut self.heading {
            heading.holes.push(super::Hole { at: heading.title.len(), kind: kind.clone(), span });
        }
        self.hole(kind, span);
    }

    /// `role-place`: the description of a picture is plain text.
    fn refuse_role(&mut self, range: Range<usize>) {
        let message = text(
            "In der Beschreibung eines Bildes kann keine Rolle stehen.",
            "the description of a picture cannot hold a role",
        );
        self.diags.push(Diagnostic::error("role-place", self.span(range), message));
    }

    /// Writes a link to a term: `` {term}`Care Leaver` ``, or, in other words,
    /// `` {term}`junge Menschen nach der Heimerziehung <care-leaver>` ``.
    ///
    /// `role-place`: no link stands in a heading or in another link.
    fn term_role(&mut self, code: Range<usize>, whole: Range<usize>) {
        if self.heading.is_some() || self.link.is_some() {
            let message = text(
                "In Überschriften und Links kann kein Begriff verlinkt werden.",
                "no term can be linked in a heading or in a link",
            );
            self.diags.push(Diagnostic::error("role-place", self.span(whole), message));
            return;
        }
        let code = without_ticks(self.text, code);
        let (label, name) = label_and_name(self.text, code);
        let name = self.part(name, &whole);
        let label = self.text[label].split_whitespace().collect::<Vec<_>>().join(" ");
        self.hole(HoleKind::Term(name.value), name.span);
        let mut set = String::with_capacity(label.len());
        self.typesetter.set(&mut set, &label, false);
        self.push_text(&set);
        self.hole(HoleKind::TermEnd, name.span);
    }

    /// `role-syntax`: a figure is named by table, row and column.
    fn value_role(&mut self, code: Range<usize>, whole: Range<usize>) -> Option<ValueRole> {
        let code = without_ticks(self.text, code);
        let equals = self.text[code.clone()].find('=').map(|at| code.start + at);
        let path = parts(self.text, code.start..equals.unwrap_or(code.end));
        let written = equals.map(|at| trimmed(self.text, at + 1..code.end));
        let (Some([table, row, column]), false) = (path, written.as_ref().is_some_and(Range::is_empty))
        else {
            self.report_syntax(whole);
            return None;
        };
        let [table, row, column] = [table, row, column].map(|it| self.part(it, &whole));
        let written = written.map(|it| self.part(it, &whole));
        let is_text = self.heading.is_some() || self.link.is_some();
        let id = (!is_text).then(|| self.ids.claim(&format!("value-{}-{}", row.value, column.value)));
        Some(ValueRole { table, row, column, written, id })
    }

    /// `role-syntax`: a citation names the key of a source.
    fn cite_role(&mut self, code: Range<usize>, whole: &Range<usize>) -> Option<Vec<Cited>> {
        let code = without_ticks(self.text, code);
        let place = |range: Range<usize>| self.span(code.start + range.start..code.start + range.end);
        let Some(mut cited) = citation::parse(&self.text[code.clone()], place) else {
            let message =
                text("Hier fehlt der Schlüssel einer Quelle.", "the key of a source is missing here");
            let help = text(
                "Zum Beispiel: {cite}`muender-2020` oder {cite}`muender-2020, S. 12; rosner-2020`",
                "for example: {cite}`muender-2020` or {cite}`muender-2020, p. 12; rosner-2020`",
            );
            self.diags.push(Diagnostic::error("role-syntax", self.span(whole.clone()), message).help(help));
            return None;
        };
        if self.heading.is_none() && self.link.is_none() {
            cited.iter_mut().for_each(|it| it.claim_id(self.ids));
        }
        Some(cited)
    }

    /// Returns a part of a role; one that goes over the end of a line has no place of its own.
    fn part(&self, range: Range<usize>, whole: &Range<usize>) -> Spanned<String> {
        let written = &self.text[range.clone()];
        let span = self.span(if written.contains('\n') { whole.clone() } else { range });
        Spanned::new(written.split_whitespace().collect::<Vec<_>>().join(" "), span)
    }

    fn report_syntax(&mut self, range: Range<usize>) {
        let message = text(
            "Eine Zahl aus einer Tabelle steht so da: Tabelle/Zeile/Spalte.",
            "a figure of a table is named as table/row/column",
        );
        let help = text(
            "Zum Beispiel: {value}`kommunen/stadt-flensburg/einwohner` oder, mit Prüfung, {value}`kommunen/stadt-flensburg/einwohner = 92.550`",
            "for example: {value}`kommunen/stadt-flensburg/einwohner` or, checked, {value}`kommunen/stadt-flensburg/einwohner = 92.550`",
        );
        self.diags.push(Diagnostic::error("role-syntax", self.span(range), message).help(help));
    }
}

/// Returns the range of a code span without its signs.
fn without_ticks(text: &str, code: Range<usize>) -> Range<usize> {
    let written = &text[code.clone()];
    let ticks = written.len() - written.trim_start_matches('`').len();
    code.start + ticks..code.end - ticks
}

/// Returns the range without the blanks around it.
fn trimmed(text: &str, range: Range<usize>) -> Range<usize> {
    let start = range.end - text[range.clone()].trim_start().len();
    start..start + text[range].trim().len()
}

/// Takes `label <name>` apart; without a name the label is the name.
fn label_and_name(text: &str, code: Range<usize>) -> (Range<usize>, Range<usize>) {
    let whole = trimmed(text, code);
    let written = &text[whole.clone()];
    match written.strip_suffix('>').and_then(|it| it.rfind('<')) {
        Some(at) if at > 0 => {
            let name = trimmed(text, whole.start + at + 1..whole.end - 1);
            (trimmed(text, whole.start..whole.start + at), name)
        }
        _ => (whole.clone(), whole),
    }
}

/// Splits a range at `/` into the three parts of a name; none is blank.
fn parts(text: &str, path: Range<usize>) -> Option<[Range<usize>; 3]> {
    let mut start = path.start;
    let parts = text[path].split('/').map(|part| {
        let range = trimmed(text, start..start + part.len());
        start += part.len() + 1;
        range
    });
    parts.filter(|it| !it.is_empty()).collect::<Vec<_>>().try_into().ok()
}

/// Returns the name of the role that ends right before a code span: `{name}`.
pub fn role_before(text: &str) -> Option<&str> {
    let start = text.strip_suffix('}')?.rfind('{')?;
    let name = &text[start + 1..text.len() - 1];
    let is_escaped = text[..start].ends_with('\\');
    let valid = !is_escaped
        && !name.is_empty()
        && name.bytes().all(|byte| byte.is_ascii_alphabetic() || byte == b'-');
    valid.then_some(name)
}
