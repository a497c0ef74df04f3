//! What editors want to know of their glossary: terms that no text mentions, words that
//! look like terms and have no entry, and pages with too many links.

use std::collections::{BTreeMap, BTreeSet, HashMap};
use std::ops::Range;

use super::Glossary;
use crate::config::Config;
use crate::site::{self, Candidate, Crowded, PageId, TermUse};
use crate::slug::part;
use crate::theme::Words;

/// A word of a page that looks like a term is listed when so many pages have it.
const PAGES_WITH_ABBREVIATION: usize = 2;
const PAGES_WITH_NAME: usize = 3;
/// So many are listed.
const LISTED: usize = 100;
/// A page with at least so many terms that were linked by themselves has too many where one
/// comes on fewer words than these.
const CROWDED_LINKS: usize = 8;
const WORDS_FOR_A_LINK: usize = 25;

/// What one page uses of the glossary.
#[derive(Debug, Default)]
pub struct Uses {
    /// How often each term stands in the text.
    terms: BTreeMap<PageId, usize>,
    /// Terms that are linked by hand.
    pub linked: BTreeSet<PageId>,
    /// Words that look like terms.
    candidates: BTreeSet<String>,
    /// How many terms were linked by themselves.
    pub links: usize,
    words: usize,
}

impl Uses {
    /// Notes a term in the text.
    pub fn mention(&mut self, page: PageId) {
        *self.terms.entry(page).or_default() += 1;
    }

    /// Notes a link that an author made.
    pub fn link(&mut self, page: PageId) {
        self.linked.insert(page);
    }

    /// Reads a stretch of text; what is known in it is no candidate.
    pub fn read(
        &mut self,
        text: &str,
        known: impl Iterator<Item = Range<usize>> + Clone,
        words: &mut Vec<Word>,
    ) {
        self.words += 1 + capitalised(text, words);
        let is_known =
            |range: &Range<usize>| known.clone().any(|it| it.start < range.end && range.start < it.end);
        for range in candidates(text, words).into_iter().filter(|it| !is_known(it)) {
            let name = text[range].replace(['\u{a0}', '\n'], " ");
            self.candidates.insert(name);
        }
    }
}

/// Puts together what all pages use; one for each page, in their order.
pub fn collect<'a>(
    glossary: &Glossary<'_>,
    pages: &[site::Page],
    of_pages: impl Iterator<Item = &'a Uses>,
) -> Option<site::Glossary> {
    let config = glossary.config?;
    let mut uses: BTreeMap<PageId, TermUse> =
        glossary.entries.iter().map(|it| (*it, TermUse { term: *it, pages: 0, mentions: 0 })).collect();
    let mut candidates: HashMap<&str, Vec<PageId>> = HashMap::new();
    let mut crowded = Vec::new();
    for (at, it) in of_pages.enumerate() {
        let by_hand = it.linked.iter().filter(|page| !it.terms.contains_key(page)).map(|page| (page, &0));
        for (page, count) in it.terms.iter().chain(by_hand) {
            let term = uses.get_mut(page).expect("only entries are mentioned");
            term.pages += usize::from(page.0 != at);
            term.mentions += count;
        }
        if it.links >= CROWDED_LINKS && it.links * WORDS_FOR_A_LINK > it.words {
            crowded.push(Crowded { page: PageId(at), links: it.links, words: it.words });
        }
        for name in &it.candidates {
            candidates.entry(name).or_default().push(PageId(at));
        }
    }
    Some(site::Glossary {
        collection: config.collection,
        definition: config.definition,
        print: config.print,
        report: report_url(&glossary.parsed.config, &glossary.parsed.theme.words)?,
        uses: uses.into_values().collect(),
        candidates: listed(candidates, &glossary.parsed.config, pages),
        crowded,
    })
}

/// Returns the address of the report: beside the entries.
pub fn report_url(config: &Config, words: &Words) -> Option<String> {
    let collection = &config.collections[config.glossary.as_ref()?.collection].name.value;
    let folder: String = collection.split('/').map(|it| part(it) + "/").collect();
    Some(format!("{folder}{}.html", part(words.get("glossary_report"))))
}

/// Chooses what many pages have; the title of a page is no candidate, nor a part of that of the site.
fn listed(found: HashMap<&str, Vec<PageId>>, config: &Config, pages: &[site::Page]) -> Vec<Candidate> {
    let titles: BTreeSet<&str> =
        pages.iter().flat_map(|it| [it.title.as_str(), it.nav_title.as_str()]).collect();
    let enough = |name: &str| if name.contains(' ') { PAGES_WITH_NAME } else { PAGES_WITH_ABBREVIATION };
    let mut listed: Vec<Candidate> = found
        .into_iter()
        .filter(|(name, pages)| pages.len() >= enough(name) && !titles.contains(name))
        .filter(|(name, _)| !config.title.contains(name) && !config.short_title.contains(name))
        .map(|(name, pages)| Candidate { name: name.to_owned(), pages })
        .collect();
    listed.sort_by(|a, b| b.pages.len().cmp(&a.pages.len()).then_with(|| a.name.cmp(&b.name)));
    listed.truncate(LISTED);
    listed
}

/// A word that begins with a capital.
pub struct Word {
    range: Range<usize>,
    kind: Kind,
}

#[derive(Clone, Copy, PartialEq, Eq)]
enum Kind {
    Abbreviation,
    /// Capitals that may be a Roman number.
    Roman,
    Name,
}

/// Finds the words of a text that begin with a capital: letters and digits without a gap.
/// Returns how many blanks there are.
fn capitalised(text: &str, words: &mut Vec<Word>) -> usize {
    words.clear();
    let mut blanks = 0;
    for (at, &byte) in text.as_bytes().iter().enumerate() {
        match byte {
            // Most bytes.
            b'a'..=b'z' => {}
            b' ' | b'\n' => blanks += 1,
            b'A'..=b'Z' | 0xc0.. if begins_capitalised(text, at) => {
                let end = end_of_word(text, at);
                words.push(Word { range: at..end, kind: kind(&text[at..end]) });
            }
            _ => {}
        }
    }
    blanks
}

/// Whether a word begins at a byte that begins a sign, and that with a capital.
fn begins_capitalised(text: &str, at: usize) -> bool {
    let is_inside = match text.as_bytes()[..at].last() {
        Some(byte @ ..128) => byte.is_ascii_alphanumeric(),
        _ => text[..at].ends_with(char::is_alphanumeric),
    };
    !is_inside && text[at..].starts_with(char::is_uppercase)
}

/// Returns where letters and digits end.
fn end_of_word(text: &str, start: usize) -> usize {
    let is_plain = |it: &u8| it.is_ascii_alphanumeric();
    let plain = text.as_bytes()[start..].iter().take_while(|it| is_plain(it)).count();
    let rest = &text[start + plain..];
    match rest.as_bytes().first() {
        Some(128..) => text.len() - rest.trim_start_matches(char::is_alphanumeric).len(),
        _ => start + plain,
    }
}

/// Returns what looks like a term: abbreviations (`BMFSFJ`, `BAföG`, `SGB IX`) and names of
/// several words that begin with a capital (`Haus Sonnenschein`). Parts of compounds with a
/// hyphen are none, nor is a capital that only begins a sentence.
fn candidates(text: &str, words: &[Word]) -> Vec<Range<usize>> {
    let mut found = Vec::new();
    let mut rest = words;
    while let Some(first) = rest.first() {
        let short = run(text, rest, Kind::Abbreviation);
        let roman = usize::from(short > 0 && is_roman_next(text, &rest[short - 1..]));
        let name = run(text, rest, Kind::Name);
        let length = (short + roman).max(name).max(1);
        let range = first.range.start..rest[length - 1].range.end;
        let is_candidate = short > 0 || name >= 2 && !begins_sentence(text, range.start);
        if is_candidate && is_alone(text, &range) {
            found.push(range);
        }
        rest = &rest[length..];
    }
    found
}

/// Counts the words of one kind at the start of a list that follow each other.
fn run(text: &str, words: &[Word], kind: Kind) -> usize {
    let pairs = words.iter().zip(words.iter().skip(1));
    let more = pairs.take_while(|(word, next)| next.kind == kind && follows(text, word, next));
    if words.first().is_some_and(|it| it.kind == kind) { 1 + more.count() } else { 0 }
}

/// Says whether a Roman number belongs to the abbreviation at the start of a list.
fn is_roman_next(text: &str, words: &[Word]) -> bool {
    words.get(1).is_some_and(|next| next.kind == Kind::Roman && follows(text, &words[0], next))
}

/// Whether a word stands one blank behind another word.
fn follows(text: &str, word: &Word, next: &Word) -> bool {
    matches!(&text[word.range.end..next.range.start], " " | "\u{a0}" | "\n")
}

fn is_alone(text: &str, range: &Range<usize>) -> bool {
    let joins = |it: char| "-\u{2010}\u{2011}*_:@&/".contains(it);
    let behind = &text[range.end..];
    let is_end = behind.starts_with(": ") || behind.starts_with('&') || !behind.starts_with(joins);
    is_end && !text[..range.start].ends_with(joins)
}

/// An abbreviation has at least two capitals in two to seven letters.
fn kind(word: &str) -> Kind {
    // Nearly all words.
    if word.len() > 1 && word.as_bytes()[1..].iter().all(u8::is_ascii_lowercase) {
        return Kind::Name;
    }
    if word.chars().all(|it| "IVXLCDM".contains(it)) {
        return Kind::Roman;
    }
    let (mut letters, mut capitals) = (0, 0);
    for sign in word.chars() {
        letters += 1;
        capitals += usize::from(sign.is_uppercase());
        if letters > 7 || !sign.is_alphabetic() {
            return Kind::Name;
        }
    }
    if capitals >= 2 { Kind::Abbreviation } else { Kind::Name }
}

fn begins_sentence(text: &str, at: usize) -> bool {
    let before = text[..at].trim_end();
    before.is_empty() || before.ends_with(['.', '!', '?', ':', '„', '“', '…', '–', '('])
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn check(text: &str, expected: &[&str]) {
        let mut words = Vec::new();
        capitalised(text, &mut words);
        let found = candidates(text, &words);
        assert_eq!(found.into_iter().map(|it| &text[it]).collect::<Vec<_>>(), expected);
    }

    #[test]
    fn abbreviations_look_like_terms() {
        check("Das BMFSFJ und das BAföG, nach SGB\u{a0}IX.", &["BMFSFJ", "BAföG", "SGB\u{a0}IX"]);
        check("Teil IV, ESF-Mittel, A und EU-weit", &[]);
        check("das Programm REGIO AKTIV", &["REGIO AKTIV"]);
    }

    #[test]
    fn names_of_several_words_look_like_terms() {
        check("so das Haus Sonnenschein in Halle", &["Haus Sonnenschein"]);
        check("Junge Menschen wohnen. Viele Menschen auch.", &[]);
    }
}
