//! What editors want to know of their glossary: terms that no text mentions, words that
//! look like terms and have no entry, and pages with too many links.

use std::collections::{BTreeMap, BTreeSet, HashMap};
use std::ops::Range;

use super::Glossary;
use crate::config::Config;
use crate::link::addresses::part;
use crate::site::{self, Candidate, Crowded, PageId, TermUse};
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

/// What one page mentions.
#[derive(Debug, Default)]
pub struct Mentions {
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

impl Mentions {
    /// Notes a term in the text.
    pub fn mention(&mut self, page: PageId) {
        *self.terms.entry(page).or_default() += 1;
    }

    /// Notes a link that an author made.
    pub fn link(&mut self, page: PageId) {
        self.linked.insert(page);
    }

    /// Reads a stretch of text; what is known in it is no candidate.
    pub fn read(&mut self, text: &str, known: impl Iterator<Item = Range<usize>> + Clone) {
        let words = capitalised(text);
        self.words += text.bytes().filter(|it| matches!(it, b' ' | b'\n')).count() + 1;
        let is_known =
            |range: &Range<usize>| known.clone().any(|it| it.start < range.end && range.start < it.end);
        for range in candidates(text, &words).into_iter().filter(|it| !is_known(it)) {
            let name = text[range].replace(['\u{a0}', '\n'], " ");
            self.candidates.insert(name);
        }
    }
}

/// Puts together what all pages mention; one for each page, in their order.
pub fn collect(
    glossary: &Glossary<'_>,
    pages: &[site::Page],
    mentions: Vec<Mentions>,
) -> Option<site::Glossary> {
    let config = glossary.config?;
    let mut uses: BTreeMap<PageId, TermUse> =
        glossary.entries.iter().map(|it| (*it, TermUse { term: *it, pages: 0, mentions: 0 })).collect();
    let mut candidates: HashMap<String, Vec<PageId>> = HashMap::new();
    let mut crowded = Vec::new();
    for (at, it) in mentions.into_iter().enumerate() {
        let by_hand = it.linked.iter().filter(|page| !it.terms.contains_key(page)).map(|page| (page, &0));
        for (page, count) in it.terms.iter().chain(by_hand) {
            let term = uses.get_mut(page).expect("only entries are mentioned");
            term.pages += usize::from(page.0 != at);
            term.mentions += count;
        }
        if it.links >= CROWDED_LINKS && it.links * WORDS_FOR_A_LINK > it.words {
            crowded.push(Crowded { page: PageId(at), links: it.links, words: it.words });
        }
        for name in it.candidates {
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
fn listed(found: HashMap<String, Vec<PageId>>, config: &Config, pages: &[site::Page]) -> Vec<Candidate> {
    let titles: BTreeSet<&str> =
        pages.iter().flat_map(|it| [it.title.as_str(), it.nav_title.as_str()]).collect();
    let enough = |name: &str| if name.contains(' ') { PAGES_WITH_NAME } else { PAGES_WITH_ABBREVIATION };
    let mut listed: Vec<Candidate> = found
        .into_iter()
        .filter(|(name, pages)| pages.len() >= enough(name) && !titles.contains(name.as_str()))
        .filter(|(name, _)| !config.title.contains(name) && !config.short_title.contains(name))
        .map(|(name, pages)| Candidate { name, pages })
        .collect();
    listed.sort_by(|a, b| b.pages.len().cmp(&a.pages.len()).then_with(|| a.name.cmp(&b.name)));
    listed.truncate(LISTED);
    listed
}

/// Returns the words of a text that begin with a capital: letters and digits without a gap.
/// Most words do not, and are passed over byte by byte.
fn capitalised(text: &str) -> Vec<Range<usize>> {
    let bytes = text.as_bytes();
    let mut words = Vec::new();
    let mut at = 0;
    while at < bytes.len() {
        let may_be_capital = bytes[at].is_ascii_uppercase() || bytes[at] >= 0xc0;
        if may_be_capital && begins_capitalised(text, at) {
            let rest = &text[at..];
            let end = at + rest.find(|it: char| !it.is_alphanumeric()).unwrap_or(rest.len());
            words.push(at..end);
            at = end;
        } else {
            at += 1;
        }
    }
    words
}

/// Whether a word begins at a byte that begins a sign, and that with a capital.
fn begins_capitalised(text: &str, at: usize) -> bool {
    text[at..].starts_with(char::is_uppercase) && !text[..at].ends_with(char::is_alphanumeric)
}

/// Returns what looks like a term: abbreviations (`BMFSFJ`, `BAföG`, `SGB IX`) and names of
/// several words that begin with a capital (`Haus Sonnenschein`). Parts of compounds with a
/// hyphen are none, nor is a capital that only begins a sentence.
fn candidates(text: &str, words: &[Range<usize>]) -> Vec<Range<usize>> {
    let mut found = Vec::new();
    let mut at = 0;
    while at < words.len() {
        let short = run(text, &words[at..], is_abbreviation);
        let roman = if short > 0 { roman_behind(text, &words[at..], short) } else { 0 };
        let name = run(text, &words[at..], is_name);
        let length = (short + roman).max(name).max(1);
        let range = words[at].start..words[at + length - 1].end;
        let is_candidate = short > 0 || name >= 2 && !begins_sentence(text, range.start);
        if is_candidate && is_alone(text, &range) {
            found.push(range);
        }
        at += length;
    }
    found
}

/// Counts the words of one kind at the start of a list that follow each other.
fn run(text: &str, words: &[Range<usize>], is_kind: impl Fn(&str) -> bool) -> usize {
    let is_kind = |it: &Range<usize>| is_kind(&text[it.clone()]);
    let pairs = words.iter().zip(words.iter().skip(1));
    let more = pairs.take_while(|(word, next)| follows(text, word, next) && is_kind(next)).count();
    words.first().filter(|it| is_kind(it)).map_or(0, |_| 1 + more)
}

/// Says whether a Roman number belongs to the abbreviation before it: 1 or 0.
fn roman_behind(text: &str, words: &[Range<usize>], length: usize) -> usize {
    let next = words.get(length).filter(|it| follows(text, &words[length - 1], it));
    usize::from(next.is_some_and(|it| is_roman(&text[it.clone()])))
}

fn is_name(word: &str) -> bool {
    word.starts_with(char::is_uppercase) && !is_abbreviation(word) && !is_roman(word)
}

/// Whether a word with a capital stands one blank behind another word.
fn follows(text: &str, word: &Range<usize>, next: &Range<usize>) -> bool {
    matches!(&text[word.end..next.start], " " | "\u{a0}" | "\n")
        && text[next.clone()].starts_with(char::is_uppercase)
}

fn is_alone(text: &str, range: &Range<usize>) -> bool {
    let joins = |it: char| "-\u{2010}\u{2011}*_:@&/".contains(it);
    let behind = &text[range.end..];
    let is_end = behind.starts_with(": ") || behind.starts_with('&') || !behind.starts_with(joins);
    is_end && !text[..range.start].ends_with(joins)
}

/// At least two capitals in two to seven letters, and no Roman number.
fn is_abbreviation(word: &str) -> bool {
    let letters = word.chars().count();
    let capitals = word.chars().filter(|it| it.is_uppercase()).count();
    (2..=7).contains(&letters) && capitals >= 2 && word.chars().all(char::is_alphabetic) && !is_roman(word)
}

fn is_roman(word: &str) -> bool {
    word.chars().all(|it| "IVXLCDM".contains(it))
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
        let found = candidates(text, &capitalised(text));
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
