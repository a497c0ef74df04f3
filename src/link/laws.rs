//! References to laws in running text: `§ 16h SGB II`, `§§ 29 bis 35 SGB VIII`, `Art. 3 GG`.
//!
//! The text is folded: every separator is a blank. A reference counts where the law
//! behind it is one that the configuration knows.

use std::ops::Range;

use super::glossary::fold::fold;
use crate::config::Law;

/// The laws of a site, the longest names first.
#[derive(Debug)]
pub struct Laws {
    /// The folded name and the address.
    laws: Vec<(String, String)>,
}

/// A reference to a law.
#[derive(Debug, PartialEq, Eq)]
pub struct Reference {
    /// Bytes of the folded text.
    pub range: Range<usize>,
    /// Where the first paragraph that it names can be read.
    pub address: String,
}

/// Words between the number and the law, apart from numbers.
const PARTS: [&str; 29] = [
    "Abs.",
    "Absatz",
    "Absätze",
    "Absätzen",
    "Satz",
    "Sätze",
    "Sätzen",
    "S.",
    "Nr.",
    "Nrn.",
    "Nummer",
    "Nummern",
    "Halbsatz",
    "Hs.",
    "Alt.",
    "Var.",
    "Buchst.",
    "Buchstabe",
    "lit.",
    "bis",
    "und",
    "oder",
    "sowie",
    "f.",
    "ff.",
    "–",
    "§",
    "§§",
    "Art.",
];

/// So many words may stand between the number and the law.
const MOST_PARTS: usize = 24;

impl Laws {
    /// Takes the laws of the configuration.
    pub fn new(laws: &[Law]) -> Laws {
        let mut laws: Vec<(String, String)> =
            laws.iter().map(|it| (fold(&it.name).text, it.address.clone())).collect();
        laws.sort_by_key(|it| std::cmp::Reverse(it.0.len()));
        Laws { laws }
    }

    /// Whether there is nothing to be found.
    pub fn is_empty(&self) -> bool {
        self.laws.is_empty()
    }

    /// Finds the references in a folded text, in their order.
    pub fn find(&self, folded: &str) -> Vec<Reference> {
        let mut found = Vec::new();
        if self.laws.is_empty() {
            return found;
        }
        let mut at = 0;
        while let Some(start) = next_start(folded, at) {
            match self.reference(folded, start) {
                Some(reference) => {
                    at = reference.range.end;
                    found.push(reference);
                }
                None => at = start + 2,
            }
        }
        found
    }

    fn reference(&self, folded: &str, start: usize) -> Option<Reference> {
        let behind = folded[start..].trim_start_matches("Artikel").trim_start_matches("Art.");
        let behind = behind.trim_start_matches('§').trim_start_matches(' ');
        let mut at = folded.len() - behind.len();
        let paragraph = number(&folded[at..])?;
        at += paragraph.len();
        for _ in 0..MOST_PARTS {
            at += folded[at..].strip_prefix(',').map_or(0, |_| 1);
            at += folded[at..].strip_prefix(' ').map(|_| 1)?;
            if let Some((name, address)) = self.law_at(&folded[at..]) {
                let address = address.replace("{paragraph}", paragraph);
                return Some(Reference { range: start..at + name.len(), address });
            }
            at += part(&folded[at..])?;
        }
        None
    }

    fn law_at(&self, rest: &str) -> Option<&(String, String)> {
        self.laws.iter().find(|(name, _)| {
            let behind = rest.strip_prefix(name.as_str());
            behind.is_some_and(|it| !it.starts_with(|sign: char| sign.is_alphanumeric()))
        })
    }
}

/// The first byte of `§`.
const SECTION_SIGN: u8 = 0xc2;

/// Returns where the next reference may begin: `§`, or a word `Art.` or `Artikel`.
fn next_start(folded: &str, from: usize) -> Option<usize> {
    let bytes = folded.as_bytes();
    let begins = |at: &usize| match bytes[*at] {
        SECTION_SIGN => folded[*at..].starts_with('§'),
        b'A' => {
            let is_article = bytes[*at..].starts_with(b"Art. ") || bytes[*at..].starts_with(b"Artikel ");
            is_article && !folded[..*at].ends_with(char::is_alphanumeric)
        }
        _ => false,
    };
    (from..bytes.len()).find(begins)
}

/// Returns the number of a paragraph at the start of a text: digits, and a letter at most.
fn number(text: &str) -> Option<&str> {
    let digits = text.len() - text.trim_start_matches(|it: char| it.is_ascii_digit()).len();
    let letters = usize::from(text[digits..].starts_with(|it: char| it.is_ascii_lowercase()));
    let end = digits + letters;
    let is_whole = !text[end..].starts_with(char::is_alphanumeric);
    (digits > 0 && is_whole).then(|| &text[..end])
}

/// Returns how long the word is with which a text begins, where it may stand in a reference.
fn part(text: &str) -> Option<usize> {
    let word = text.split([' ', ',']).next().unwrap_or_default();
    let is_number = number(word).is_some_and(|it| it.len() == word.len())
        || word.split_once('–').is_some_and(|(from, to)| number(from).is_some() && number(to).is_some());
    (is_number || PARTS.contains(&word)).then_some(word.len())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn check(text: &str, expected: &[(&str, &str)]) {
        let law = |name: &str| Law { name: name.to_owned(), address: format!("{name}/{{paragraph}}") };
        let laws = Laws::new(&[law("SGB II"), law("SGB I"), law("SGB VIII"), law("GG")]);
        let folded = fold(text).text;
        let found = laws.find(&folded);
        let found: Vec<(&str, &str)> =
            found.iter().map(|it| (&folded[it.range.clone()], it.address.as_str())).collect();
        assert_eq!(found, expected);
    }

    #[test]
    fn references_end_with_the_law() {
        check("nach § 16h SGB II.", &[("§ 16h SGB II", "SGB II/16h")]);
        check("§16h\u{a0}SGB-II", &[("§16h SGB II", "SGB II/16h")]);
        check(
            "§§ 29 bis 35 SGB VIII und Art. 3 GG",
            &[("§§ 29 bis 35 SGB VIII", "SGB VIII/29"), ("Art. 3 GG", "GG/3")],
        );
        check("§ 13 Abs. 4 Satz 1 Nr. 2 SGB VIII", &[("§ 13 Abs. 4 Satz 1 Nr. 2 SGB VIII", "SGB VIII/13")]);
        check("(§§ 36b, 41 und 41a SGB VIII)", &[("§§ 36b, 41 und 41a SGB VIII", "SGB VIII/36b")]);
        check("§ 13 Abs. 4 und § 81 SGB VIII", &[("§ 13 Abs. 4 und § 81 SGB VIII", "SGB VIII/13")]);
    }

    #[test]
    fn what_names_no_known_law_is_no_reference() {
        check("§ 13 des SGB VIII, § 30 SGB III, SGB II, § SGB II", &[]);
        check("§ 7 gilt. Das SGB II", &[]);
        check("Smart. 3 GG", &[]);
        check("§ 7 SGB III, §", &[]);
    }
}
