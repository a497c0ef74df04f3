//! References to laws in running text: `§ 16h SGB II`, `§§ 29 bis 35 SGB VIII`, `Art. 3 GG`,
//! `SGB II, § 16h`.
//!
//! The text is folded: every separator is a blank. A reference counts where the law
//! behind it, or right before it, is one that the configuration knows. A book with a Roman
//! number is the one with its digits, too: `§ 16h SGB 2`.

use std::ops::Range;

use super::glossary::fold::fold;
use crate::config::Law;
use crate::roman;

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

/// Words between the number and the law, apart from numbers and letters.
const PARTS: [&str; 30] = [
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
    "des",
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
        let named: Vec<(String, String)> =
            laws.iter().map(|it| (fold(&it.name).text, it.address.clone())).collect();
        let in_digits =
            named.iter().filter_map(|(name, address)| Some((with_digits(name)?, address.clone())));
        let in_digits: Vec<_> = in_digits.filter(|it| named.iter().all(|(name, _)| *name != it.0)).collect();
        let mut laws = [named, in_digits].concat();
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
            let Some((paragraph, end)) = paragraph(folded, start) else {
                at = start + 2;
                continue;
            };
            let law = self.law_of(folded, at, start..end);
            at = law.as_ref().map_or(end, |(range, _)| range.end);
            found.extend(law.map(|(range, address)| Reference {
                range,
                address: address.replace("{paragraph}", &paragraph),
            }));
        }
        found
    }

    /// Finds the law of a paragraph, behind it or right before it, but not before `from`: where
    /// all of the reference stands, and the address.
    fn law_of(&self, folded: &str, from: usize, paragraph: Range<usize>) -> Option<(Range<usize>, &str)> {
        let parts = skip_parts(folded, paragraph.end);
        let behind = folded[parts..].trim_start_matches(',').strip_prefix(' ').unwrap_or_default();
        let law_behind = self.law_at(behind).map(|(name, address)| {
            let end = folded.len() - behind.len() + name.len();
            (paragraph.start..end, address.as_str())
        });
        let Some((start, address)) = self.law_before(folded, from, paragraph.start) else {
            return law_behind;
        };
        // The law at the end of a list belongs to its last paragraph, and one that is not known
        // to the paragraph before it.
        let is_list = folded[paragraph.end..parts].contains('§');
        let law_before = (is_list || !is_like_law(behind)).then_some((start..paragraph.end, address));
        law_behind.filter(|_| !is_list).or(law_before)
    }

    /// Finds the law that ends right before a place: where its name starts, and its address.
    fn law_before(&self, folded: &str, from: usize, to: usize) -> Option<(usize, &str)> {
        let text = folded[from..to].strip_suffix(' ')?;
        let text = text.strip_suffix(',').unwrap_or(text);
        self.laws.iter().find_map(|(name, address)| {
            let before = text.strip_suffix(name.as_str())?;
            (!before.ends_with(char::is_alphanumeric)).then_some((from + before.len(), address.as_str()))
        })
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

/// Reads the paragraph at the start of a reference: `16h`, also for `§ 16 h`, and where it ends.
fn paragraph(folded: &str, start: usize) -> Option<(String, usize)> {
    let behind = folded[start..].trim_start_matches("Artikel").trim_start_matches("Art.");
    let behind = behind.trim_start_matches('§').trim_start_matches(' ');
    let number = number(behind)?;
    let end = folded.len() - behind.len() + number.len();
    let letter = folded[end..].strip_prefix(' ').and_then(letter);
    let letter = letter.filter(|_| number.ends_with(|it: char| it.is_ascii_digit())).unwrap_or_default();
    let end = if letter.is_empty() { end } else { end + 1 + letter.len() };
    let last = folded[end..].strip_prefix('–').and_then(self::number);
    Some((format!("{number}{letter}"), last.map_or(end, |it| end + '–'.len_utf8() + it.len())))
}

/// Returns the number at the start of a text: digits, and a letter at most.
fn number(text: &str) -> Option<&str> {
    let digits = text.len() - text.trim_start_matches(|it: char| it.is_ascii_digit()).len();
    let letters = usize::from(text[digits..].starts_with(|it: char| it.is_ascii_lowercase()));
    let end = digits + letters;
    let is_whole = !text[end..].starts_with(char::is_alphanumeric);
    (digits > 0 && is_whole).then(|| &text[..end])
}

/// Returns the small letter that is the first word of a text: `h` or `a)`, without the bracket.
fn letter(text: &str) -> Option<&str> {
    let word = text.split([' ', ',']).next().unwrap_or_default();
    let letter = word.strip_suffix(')').unwrap_or(word);
    (letter.len() == 1 && letter.starts_with(|it: char| it.is_ascii_lowercase())).then_some(letter)
}

/// Returns where what may stand between a paragraph and its law ends.
fn skip_parts(folded: &str, mut at: usize) -> usize {
    for _ in 0..MOST_PARTS {
        let word = folded[at..].trim_start_matches(',').strip_prefix(' ').unwrap_or_default();
        let Some(length) = part(word) else { break };
        at = folded.len() - word.len() + length;
    }
    at
}

/// Whether a text begins as names of laws do: `AufenthG`.
fn is_like_law(text: &str) -> bool {
    let word = text.split(' ').next().unwrap_or_default();
    word.chars().filter(|it| it.is_uppercase()).count() > 1
}

/// Returns how long the word is with which a text begins, where it may stand in a reference:
/// `Abs.`, `4`, `Abs.4`, `29–35`, `a)`.
fn part(text: &str) -> Option<usize> {
    let word = text.split([' ', ',']).next().unwrap_or_default();
    let is_number = |it: &str| number(it).is_some_and(|number| number.len() == it.len());
    let is_counted = || {
        word.split_once('.').is_some_and(|(part, it)| {
            is_number(it) && PARTS.iter().any(|known| known.strip_suffix('.') == Some(part))
        })
    };
    let is_range = || word.split_once('–').is_some_and(|(from, to)| is_number(from) && is_number(to));
    let is_part =
        PARTS.contains(&word) || is_number(word) || letter(word).is_some() || is_counted() || is_range();
    is_part.then_some(word.len())
}

/// Writes the Roman number at the end of a name in digits: `SGB II` is `SGB 2`.
fn with_digits(name: &str) -> Option<String> {
    let (book, number) = name.rsplit_once(' ')?;
    Some(format!("{book} {}", roman::number(&number.to_lowercase())?))
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
        check("§ 7 des SGB VIII", &[("§ 7 des SGB VIII", "SGB VIII/7")]);
    }

    #[test]
    fn offices_write_them_in_many_ways() {
        check("§ 16 h SGB 2", &[("§ 16 h SGB 2", "SGB II/16h")]);
        check("§13 Abs.4 S.1 Nr.2 SGB VIII", &[("§13 Abs.4 S.1 Nr.2 SGB VIII", "SGB VIII/13")]);
        check("§ 7 Abs. 1 lit. a) SGB II", &[("§ 7 Abs. 1 lit. a) SGB II", "SGB II/7")]);
        check("§ 7 Abs. 1 Buchst. a, b SGB II", &[("§ 7 Abs. 1 Buchst. a, b SGB II", "SGB II/7")]);
        check("§§ 41–41a SGB VIII", &[("§§ 41–41a SGB VIII", "SGB VIII/41")]);
    }

    #[test]
    fn the_law_may_come_first() {
        check("SGB II, § 16h: Hilfe", &[("SGB II, § 16h", "SGB II/16h")]);
        check(
            "im SGB VIII § 41 und § 13 SGB I",
            &[("SGB VIII § 41", "SGB VIII/41"), ("§ 13 SGB I", "SGB I/13")],
        );
        check("SGB I, § 16h SGB II", &[("§ 16h SGB II", "SGB II/16h")]);
        check("§ 13 SGB VIII, § 14", &[("§ 13 SGB VIII", "SGB VIII/13")]);
    }

    #[test]
    fn what_names_no_known_law_is_no_reference() {
        check("§ 13 im SGB VIII, § 30 SGB III, SGB II, § SGB II", &[]);
        check("§ 7 gilt. Das SGB II", &[]);
        check("Smart. 3 GG", &[]);
        check("§ 7 SGB III, §", &[]);
    }
}
