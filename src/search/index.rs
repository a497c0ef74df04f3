//! Which words stand in which records, and how much each says about it.

use std::collections::HashMap;

use rayon::prelude::*;

use super::analysis::{Token, fold, is_stop_word, pairs, stem, tokens};
use super::compounds::Compounds;
use super::{Corpus, Document, Section};

/// What is found: a page, or a section of a long one.
pub struct Record {
    /// The index of the document.
    pub document: usize,
    /// Of the heading; empty for a page.
    pub id: String,
    pub title: String,
    /// Plain text for excerpts, in one line.
    pub text: String,
}

/// A record in which a term stands.
#[derive(Clone, Copy, Debug)]
pub struct Posting {
    pub record: u32,
    /// 1 to 63: the root of how much the term says about the record.
    pub weight: u8,
}

/// The index before it is cut into files.
pub struct Index {
    pub records: Vec<Record>,
    /// In the order of JavaScript's strings, so that the reader can halve its way to a term.
    pub terms: Vec<(String, Vec<Posting>)>,
}

/// Pages with more words have a record for each section.
const LONG: usize = 600;
/// What a whole word in a text counts.
const WHOLE: u32 = 100;
/// What a word in a heading counts.
const HEADING: u32 = 250;

/// So many documents are read by one thread at a time.
const PART: usize = 64;

/// Makes the index of all documents.
///
/// They are read side by side, and only how often each word stands where is kept of them.
pub fn index(corpus: &Corpus) -> Index {
    let parts: Vec<Part> =
        corpus.documents.par_chunks(PART).enumerate().map(|(at, it)| Part::read(at * PART, it)).collect();
    let places = numbered(parts.iter().flat_map(|it| &it.words));
    let mut words = vec![""; places.len()];
    places.iter().for_each(|(word, &at)| words[at] = word);
    let compounds = Compounds::new(words.iter().copied(), &corpus.words);
    let analysed: Vec<Terms> = words.par_iter().map(|it| terms_of(it, &compounds)).collect();
    let of_words = analysed.iter().flat_map(|it| &it.terms).map(|it| &it.0);
    let ids = numbered(of_words.chain(parts.iter().flat_map(|it| &it.made)));

    let counted: Vec<usize> = parts.iter().flat_map(|it| &it.sources).map(Source::length).collect();
    let average = counted.iter().sum::<usize>() / counted.len().max(1) + 1;
    let weighed: Vec<Vec<Vec<(usize, u8)>>> = parts
        .par_iter()
        .map(|part| {
            let words = part.words.iter().map(|it| analysed[places[it.as_str()]].with_ids(&ids)).collect();
            let made = part.made.iter().map(|it| ids[it.as_str()]).collect();
            let known = Known { words, made };
            let rank = |it: &Source| corpus.documents[it.record.document].rank;
            part.sources.iter().map(|it| weights(it, average, rank(it), &known)).collect()
        })
        .collect();
    let mut postings: Vec<Vec<Posting>> = vec![Vec::new(); ids.len()];
    for (record, weights) in (0..).zip(weighed.into_iter().flatten()) {
        weights.into_iter().for_each(|(term, weight)| postings[term].push(Posting { record, weight }));
    }
    let terms = ids.into_iter().map(|(term, at)| (term.to_owned(), std::mem::take(&mut postings[at])));
    let mut terms: Vec<(String, Vec<Posting>)> = terms.filter(|it| !it.1.is_empty()).collect();
    terms.par_sort_by(|one, other| one.0.encode_utf16().cmp(other.0.encode_utf16()));
    Index { records: parts.into_iter().flat_map(|it| it.sources).map(|it| it.record).collect(), terms }
}

/// Gives each text a number, in the order in which they come first.
fn numbered<'a>(texts: impl Iterator<Item = &'a String>) -> HashMap<&'a str, usize> {
    let mut numbers = HashMap::new();
    for text in texts {
        let next = numbers.len();
        numbers.entry(text.as_str()).or_insert(next);
    }
    numbers
}

/// Some documents that were read, and the words in them.
#[derive(Default)]
struct Part {
    sources: Vec<Source>,
    words: Vec<String>,
    /// Terms that hyphens and neighbours make of words.
    made: Vec<String>,
}

impl Part {
    /// Reads documents; the number of the first is `start`.
    fn read(start: usize, documents: &[Document]) -> Part {
        let (mut words, mut made) = (Numbers::default(), Numbers::default());
        let mut sources = Vec::new();
        for (at, document) in documents.iter().enumerate() {
            sources.extend(records(start + at, document).into_iter().map(|it| Source {
                record: it.record,
                names: it.names.iter().map(|it| Said::new(it, &mut words, &mut made)).collect(),
                headings: it.headings.iter().map(|it| Said::new(it, &mut words, &mut made)).collect(),
                text: Said::new(&it.text, &mut words, &mut made),
            }));
        }
        Part { sources, words: words.texts, made: made.texts }
    }
}

/// Gives numbers to texts.
#[derive(Default)]
struct Numbers {
    known: HashMap<String, usize>,
    texts: Vec<String>,
}

impl Numbers {
    fn of(&mut self, text: &str) -> usize {
        if let Some(&known) = self.known.get(text) {
            return known;
        }
        let next = self.texts.len();
        self.known.insert(text.to_owned(), next);
        self.texts.push(text.to_owned());
        next
    }
}

/// A record, and how often words stand in it.
struct Source {
    record: Record,
    /// The title of a page and its other names; nothing for a section.
    names: Vec<Said>,
    headings: Vec<Said>,
    text: Said,
}

impl Source {
    fn length(&self) -> usize {
        self.text.length + self.headings.iter().map(|it| it.length).sum::<usize>()
    }
}

/// How often words stand in a text, by the numbers that their part has given them.
struct Said {
    /// How many words there are.
    length: usize,
    words: Vec<(usize, u32)>,
    made: Vec<(usize, u32)>,
}

impl Said {
    fn new(tokens: &[Token], words: &mut Numbers, made: &mut Numbers) -> Said {
        let terms = joined(tokens).into_iter().map(|it| stem(&fold(&it)).to_owned()).chain(pairs(tokens));
        Said {
            length: tokens.len(),
            words: counted(tokens.iter().map(|it| words.of(&it.word)).collect()),
            made: counted(terms.map(|it| made.of(&it)).collect()),
        }
    }
}

/// Counts equal numbers.
fn counted(mut numbers: Vec<usize>) -> Vec<(usize, u32)> {
    numbers.sort_unstable();
    let runs = numbers.chunk_by(|one, other| one == other);
    runs.map(|it| (it[0], u32::try_from(it.len()).unwrap_or(u32::MAX))).collect()
}

/// A record with the words of its parts.
struct Read {
    record: Record,
    names: Vec<Vec<Token>>,
    headings: Vec<Vec<Token>>,
    text: Vec<Token>,
}

/// Makes the records of a document.
fn records(document: usize, written: &Document) -> Vec<Read> {
    let texts: Vec<Vec<Token>> = written.sections.iter().map(|it| tokens(&it.text)).collect();
    let is_long = texts.iter().map(Vec::len).sum::<usize>() > LONG;
    let mut sources = vec![Read {
        record: Record { document, id: String::new(), title: written.title.clone(), text: String::new() },
        names: std::iter::once(&written.title).chain(&written.names).map(|it| tokens(it)).collect(),
        headings: Vec::new(),
        text: Vec::new(),
    }];
    for (section, text) in written.sections.iter().zip(texts) {
        if is_long && !section.id.is_empty() {
            let (id, title) = (section.id.clone(), section.title.clone());
            let record = Record { document, id, title, text: String::new() };
            sources.push(Read { record, names: Vec::new(), headings: Vec::new(), text: Vec::new() });
        }
        let is_own = is_long && !section.id.is_empty();
        let last = sources.last_mut().expect("the page itself is the first");
        push_text(&mut last.record.text, section, is_own);
        last.headings.extend(Some(tokens(&section.title)).filter(|it| !it.is_empty()));
        last.text.extend(text);
    }
    sources
}

/// Appends the text of a section; its heading too, unless that is the title of the record.
fn push_text(out: &mut String, section: &Section, is_own: bool) {
    let heading = if is_own { "" } else { section.title.as_str() };
    let end = if heading.is_empty() || heading.ends_with(['.', '?', '!', ':', '…']) { "" } else { "." };
    for part in [format!("{heading}{end}").as_str(), section.text.as_str()] {
        // No-break spaces hold together what they stand between.
        for word in part.split([' ', '\n', '\t', '\r']).filter(|it| !it.is_empty()) {
            if !out.is_empty() {
                out.push(' ');
            }
            out.push_str(word);
        }
    }
}

/// The terms of a word with what each counts; the word itself is the first.
struct Terms {
    is_stop_word: bool,
    terms: Vec<(String, u32)>,
}

impl Terms {
    fn with_ids(&self, ids: &HashMap<&str, usize>) -> TermIds {
        let terms = self.terms.iter().map(|(term, weight)| (ids[term.as_str()], *weight)).collect();
        TermIds { is_stop_word: self.is_stop_word, terms }
    }
}

/// The same with the numbers of the terms.
struct TermIds {
    is_stop_word: bool,
    terms: Vec<(usize, u32)>,
}

/// What the words of a part are among all.
struct Known {
    words: Vec<TermIds>,
    made: Vec<usize>,
}

fn terms_of(word: &str, compounds: &Compounds) -> Terms {
    let folded = fold(word);
    let mut terms: Vec<(String, u32)> = Vec::new();
    let mut push = |folded: &str, weight: u32| {
        let term = stem(folded);
        if term.len() >= 3 && !terms.iter().any(|it| it.0 == term) {
            terms.push((term.to_owned(), weight));
        }
    };
    if folded.starts_with("sgb") && (4..=5).contains(&folded.len()) {
        terms.push((folded, WHOLE));
        terms.push(("sgb".to_owned(), 60));
        return Terms { is_stop_word: false, terms };
    }
    let parts = compounds.split(word);
    if parts.len() > 1 {
        let mut rights = parts.len() - 1;
        push(&folded, WHOLE);
        while rights > 0 {
            let run: String = parts[rights..].concat();
            push(&fold(&run), if rights == parts.len() - 1 { 50 } else { 60 });
            rights -= 1;
        }
        for (at, part) in parts[..parts.len() - 1].iter().enumerate() {
            let folded = fold(part);
            // What joins two parts („Beruf|s|agentur“) is no part of the word.
            push(&folded, if at == 0 { 40 } else { 30 });
        }
        return Terms { is_stop_word: false, terms };
    }
    let is_stop_word = is_stop_word(&folded);
    terms.push((stem(&folded).to_owned(), WHOLE));
    Terms { is_stop_word, terms }
}

/// Returns the terms of a record with their weights.
fn weights(source: &Source, average: usize, rank: u32, known: &Known) -> Vec<(usize, u8)> {
    let mut all: HashMap<usize, (u32, u32)> = HashMap::new();
    for said in &source.names {
        let spoken = said.words.iter().filter(|it| !known.words[it.0].is_stop_word);
        let count = spoken.map(|it| it.1).sum::<u32>().max(1);
        for_each_term(said, true, known, |term, weight, _| {
            let name = &mut all.entry(term).or_default().0;
            *name = (*name).max(2200 * in_name(weight) / WHOLE * 4 / (3 + count));
        });
    }
    let mut add = |term, weight: u32, count| {
        let text = &mut all.entry(term).or_default().1;
        *text = text.saturating_add(weight.saturating_mul(count)).min(100_000);
    };
    for said in &source.headings {
        for_each_term(said, true, known, |term, weight, count| add(term, weight * HEADING / WHOLE, count));
    }
    for_each_term(&source.text, false, known, &mut add);
    let length = u32::try_from(source.length() * 75 / average).unwrap_or(u32::MAX / 400);
    let half = 120 * (25 + length) / 100;
    let weighed = all.into_iter().map(|(term, (name, text))| {
        let weight = (1000 * text / (text + half).max(1) + name) * rank / 100;
        (term, u8::try_from(weight.isqrt().clamp(1, 63)).unwrap_or(63))
    });
    weighed.collect()
}

/// What a word counts in a name: its parts say more there than in a text.
fn in_name(weight: u32) -> u32 {
    WHOLE.min(weight * 3 / 2)
}

/// Goes through the terms of a text, with how often each word has them: words, their
/// parts, what hyphens join, pairs.
fn for_each_term(said: &Said, with_stop_words: bool, known: &Known, mut take: impl FnMut(usize, u32, u32)) {
    for &(word, count) in &said.words {
        let terms = &known.words[word];
        if with_stop_words || !terms.is_stop_word {
            terms.terms.iter().for_each(|(term, weight)| take(*term, *weight, count));
        }
    }
    said.made.iter().for_each(|&(made, count)| take(known.made[made], WHOLE, count));
}

/// Returns what hyphens join, as one word: of `A-B-C` the words `ab`, `abc` and `bc`.
fn joined(tokens: &[Token]) -> Vec<String> {
    let mut words = Vec::new();
    let mut start = 0;
    for end in 1..=tokens.len() {
        if tokens.get(end).is_some_and(|it| it.is_linked) {
            continue;
        }
        let group = &tokens[start..end];
        let word = |it: &[Token]| it.iter().map(|it| it.word.as_str()).collect::<String>();
        words.extend((2..=group.len()).map(|to| word(&group[..to])));
        words.extend((1..group.len().saturating_sub(1)).map(|from| word(&group[from..])));
        start = end;
    }
    words
}
