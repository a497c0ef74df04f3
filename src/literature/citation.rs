//! How a text names sources: `muender-2020, S. 12; vgl. rosner-2020`.

use std::ops::Range;

use crate::slug::{UniqueIds, slug};
use crate::source::{Span, Spanned};

/// A source as a text names it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Cited {
    /// What stands before it, such as „vgl.“; may be empty.
    pub prefix: String,
    pub key: Spanned<String>,
    /// The place in it, such as „S. 12“; may be empty.
    pub locator: String,
    /// Where a list of sources leads back to; none where only text may stand.
    pub id: Option<String>,
}

impl Cited {
    /// Takes an id on its page, so that the list of sources can lead back to it.
    pub fn claim_id(&mut self, ids: &mut UniqueIds) {
        self.id = Some(ids.claim(&format!("cite-{}", slug(&self.key.value))));
    }
}

/// Reads sources that are set apart by `;`. `place` makes the place of a range of the text.
/// Gives nothing where a source has no key.
pub fn parse(text: &str, place: impl Fn(Range<usize>) -> Span) -> Option<Vec<Cited>> {
    let mut start = 0;
    let mut all = Vec::new();
    for part in text.split(';') {
        let head = part.split(',').next().unwrap_or(part);
        let trimmed = head.trim();
        let key = trimmed.rsplit(char::is_whitespace).next().filter(|it| !it.is_empty())?;
        let key_end = start + head.trim_end().len();
        let span = place(key_end - key.len()..key_end);
        all.push(Cited {
            prefix: words(&trimmed[..trimmed.len() - key.len()]),
            key: Spanned::new(key.to_owned(), span),
            locator: locator(part.get(head.len() + 1..).unwrap_or_default()),
            id: None,
        });
        start += part.len() + 1;
    }
    Some(all)
}

fn words(text: &str) -> String {
    text.split_whitespace().collect::<Vec<_>>().join(" ")
}

/// Returns a place in a work; numbers alone are pages, and a range has a dash.
fn locator(written: &str) -> String {
    let written = words(written);
    let is_pages =
        !written.is_empty() && written.chars().all(|it| it.is_ascii_digit() || "-– f.".contains(it));
    let with_word = if is_pages { format!("S. {written}") } else { written };
    with_dashes(&with_word)
}

/// Returns a text with a dash between two numbers, without blanks around it.
pub fn with_dashes(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    let mut rest = text;
    while let Some(at) = rest.find(['-', '–']) {
        let (before, dash) = (rest[..at].trim_end(), rest[at..].chars().next().map_or(1, char::len_utf8));
        let after = rest[at + dash..].trim_start_matches(['-', '–']);
        let is_digit = |it: Option<char>| it.is_some_and(|it| it.is_ascii_digit());
        if is_digit(before.chars().next_back()) && is_digit(after.trim_start().chars().next()) {
            out.push_str(before);
            out.push('–');
            rest = after.trim_start();
        } else {
            out.push_str(&rest[..at + dash]);
            rest = &rest[at + dash..];
        }
    }
    out + rest
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::source::FileId;

    #[track_caller]
    fn check(text: &str, expected: &[(&str, &str, &str, Range<usize>)]) {
        let cited = parse(text, |range| Span::new(FileId(0), range)).unwrap();
        let found: Vec<_> = cited
            .iter()
            .map(|it| (it.prefix.as_str(), it.key.value.as_str(), it.locator.as_str(), it.key.span.range()))
            .collect();
        assert_eq!(found, expected);
    }

    #[test]
    fn keys_and_places() {
        check("muender-2020", &[("", "muender-2020", "", 0..12)]);
        check(
            " a , S. 12 - 14; vgl. ö, 12-14",
            &[("", "a", "S. 12–14", 1..2), ("vgl.", "ö", "S. 12–14", 22..24)],
        );
        check("sgb-viii, § 16h, Abs. 2", &[("", "sgb-viii", "§ 16h, Abs. 2", 0..8)]);
        check("a, Kap. E-Mail, 12 f.", &[("", "a", "Kap. E-Mail, 12 f.", 0..1)]);
    }

    #[test]
    fn a_source_has_a_key() {
        for text in ["", " ", "a;", ";a", ", S. 12"] {
            assert_eq!(parse(text, |range| Span::new(FileId(0), range)), None);
        }
    }
}
