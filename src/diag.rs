//! Findings: what is wrong with a site, where, and what to do about it.
//!
//! A rule pushes a [`Diagnostic`] and goes on; all are printed at the end, in
//! German or English ([`mod@print`]), for a machine ([`machine`], [`gitlab`], [`sarif`]) or as
//! a comment ([`markdown`]).

pub mod fingerprint;
pub mod gitlab;
pub mod machine;
pub mod markdown;
pub mod print;
pub mod sarif;

use std::borrow::Cow;

use crate::source::Span;

/// The language of messages.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Lang {
    #[default]
    De,
    En,
}

/// The same sentence in both languages.
#[derive(Clone, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Text {
    de: String,
    en: String,
}

impl Text {
    /// Returns the sentence in one language.
    pub fn in_lang(&self, lang: Lang) -> &str {
        match lang {
            Lang::De => &self.de,
            Lang::En => &self.en,
        }
    }
}

/// Puts the German and the English form of one sentence together.
pub fn text(de: impl Into<String>, en: impl Into<String>) -> Text {
    Text { de: de.into(), en: en.into() }
}

/// How bad a finding is; ordered from worst to mildest.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Severity {
    /// The site is not written.
    Error,
    /// The site is written; `--strict` makes it an error.
    Warning,
    /// Something is left for the operator to do, such as an empty setting.
    Notice,
}

/// One finding.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub struct Diagnostic {
    pub severity: Severity,
    /// Stable kebab-case name, the same in every language.
    pub code: Cow<'static, str>,
    pub span: Span,
    /// What is wrong, in the author's words.
    pub message: Text,
    /// The place in other words, such as row, column and Excel cell.
    pub context: Option<Text>,
    /// At most one suggestion, or what is allowed.
    pub help: Option<Text>,
    /// A second place that belongs to it, such as the other page with the same address.
    pub also: Option<(Span, Text)>,
}

impl Diagnostic {
    /// Makes a finding that keeps the site from being written.
    pub fn error(code: &'static str, span: Span, message: Text) -> Self {
        Self::new(Severity::Error, code, span, message)
    }

    /// Makes a finding that should be mended.
    pub fn warning(code: &'static str, span: Span, message: Text) -> Self {
        Self::new(Severity::Warning, code, span, message)
    }

    /// Makes a finding about something left to do.
    pub fn notice(code: &'static str, span: Span, message: Text) -> Self {
        Self::new(Severity::Notice, code, span, message)
    }

    /// Makes a finding of any severity.
    pub fn new(severity: Severity, code: &'static str, span: Span, message: Text) -> Self {
        Diagnostic { severity, code: code.into(), span, message, context: None, help: None, also: None }
    }

    /// Says the place in other words.
    pub fn context(mut self, context: Text) -> Self {
        self.context = Some(context);
        self
    }

    /// Adds the one suggestion.
    pub fn help(mut self, help: Text) -> Self {
        self.help = Some(help);
        self
    }

    /// Adds the one suggestion, where there is one.
    pub fn maybe_help(mut self, help: Option<Text>) -> Self {
        self.help = help;
        self
    }

    /// Adds a second place.
    pub fn also(mut self, span: Span, message: Text) -> Self {
        self.also = Some((span, message));
        self
    }
}

/// The findings of a run.
#[derive(Clone, Debug, Default, PartialEq, Eq, Hash)]
pub struct Diagnostics {
    list: Vec<Diagnostic>,
}

impl Diagnostics {
    /// Adds a finding.
    pub fn push(&mut self, diagnostic: Diagnostic) {
        self.list.push(diagnostic);
    }

    /// Adds some findings.
    pub fn extend(&mut self, diagnostics: impl IntoIterator<Item = Diagnostic>) {
        self.list.extend(diagnostics);
    }

    /// Adds the findings of another step.
    pub fn append(&mut self, mut other: Diagnostics) {
        self.list.append(&mut other.list);
    }

    /// Gives all findings one place, where their own cannot be told.
    pub fn move_to(&mut self, span: Span) {
        self.list.iter_mut().for_each(|it| it.span = span);
    }

    /// Moves each finding, where a text was read that stands in its file in pieces.
    pub fn move_each(&mut self, place: impl Fn(Span) -> Span) {
        for it in &mut self.list {
            it.span = place(it.span);
            it.also.iter_mut().for_each(|(span, _)| *span = place(*span));
        }
    }

    /// Whether the site must not be written.
    pub fn has_errors(&self) -> bool {
        self.count(Severity::Error) > 0
    }

    /// Counts the findings of one severity.
    pub fn count(&self, severity: Severity) -> usize {
        self.list.iter().filter(|it| it.severity == severity).count()
    }

    /// Returns the findings in the order of file and place, each once.
    ///
    /// `path_of` names a file, since the order of ids is that of reading.
    pub fn sorted<'a>(&'a self, path_of: impl Fn(Span) -> &'a str) -> Vec<&'a Diagnostic> {
        let mut list: Vec<_> = self.list.iter().collect();
        list.sort_by_key(|it| (path_of(it.span), it.span.start, it.span.end, &*it.code));
        list.dedup();
        list
    }

    /// Returns the findings as they came.
    pub fn iter(&self) -> impl Iterator<Item = &Diagnostic> {
        self.list.iter()
    }
}

/// Returns „Meinten Sie …“ for the nearest of some names, if one is near enough.
pub fn did_you_mean<'a>(written: &str, names: impl IntoIterator<Item = &'a str>) -> Option<Text> {
    let nearest = nearest(written, names)?;
    Some(text(format!("Meinten Sie: {nearest}"), format!("did you mean: {nearest}")))
}

/// Returns the nearest of some names, if it is near enough to be meant.
pub fn nearest<'a>(written: &str, names: impl IntoIterator<Item = &'a str>) -> Option<&'a str> {
    let folded = written.to_lowercase();
    // One letter is not like another; five may hide one slip, nine three.
    let allowed = match written.chars().count() {
        0 | 1 => 0,
        length => (length / 3).max(1),
    };
    names
        .into_iter()
        .map(|name| (distance(&folded, &name.to_lowercase()), name))
        .filter(|&(distance, _)| distance <= allowed)
        .min()
        .map(|(_, name)| name)
}

/// Returns the Damerau–Levenshtein distance (optimal string alignment).
fn distance(a: &str, b: &str) -> usize {
    let a: Vec<char> = a.chars().take(200).collect();
    let b: Vec<char> = b.chars().take(200).collect();
    let mut rows = vec![(0..=b.len()).collect::<Vec<_>>()];
    for i in 1..=a.len() {
        let mut row = vec![i];
        for j in 1..=b.len() {
            let substitution = rows[i - 1][j - 1] + usize::from(a[i - 1] != b[j - 1]);
            let mut best = substitution.min(rows[i - 1][j] + 1).min(row[j - 1] + 1);
            let swapped = i > 1 && j > 1 && a[i - 1] == b[j - 2] && a[i - 2] == b[j - 1];
            if swapped {
                best = best.min(rows[i - 2][j - 2] + 1);
            }
            row.push(best);
        }
        rows.push(row);
    }
    rows[a.len()][b.len()]
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_swapped_pair_is_one_slip() {
        assert_eq!(distance("glossra", "glossar"), 1);
    }

    #[test]
    fn far_names_are_not_suggested() {
        assert_eq!(nearest("titel", ["title", "tags"]), Some("title"));
        assert_eq!(nearest("kategorie", ["title", "tags"]), None);
    }
}
