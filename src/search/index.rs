//! Which words stand in which records, and how much each says about it.

use std::collections::{BTreeSet, HashMap};
use std::sync::Arc;

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
    pub record: usize,
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

/// Makes the index of all documents.
pub fn index(corpus: &Corpus) -> Index {
    let mut sources = Vec::new();
    for (at, document) in corpus.documents.iter().enumerate() {
        sources.extend(records(at, document));
    }
    let words: BTreeSet<&str> =
        sources.iter().flat_map(Source::all_tokens).map(|it| it.word.as_str()).collect();
    let compounds = Compounds::new(words.iter().copied(), &corpus.words);
    let mut analysed = Analysed { compounds, terms: HashMap::new() };
    let words: usize = sources.iter().map(|it| it.length()).sum();
    let average = words / sources.len().max(1) + 1;
    let mut terms: HashMap<Arc<str>, Vec<Posting>> = HashMap::new();
    for (record, source) in sources.iter().enumerate() {
        let rank = corpus.documents[source.record.document].rank;
        for (term, weight) in weights(source, average, rank, &mut analysed) {
            terms.entry(term).or_default().push(Posting { record, weight });
        }
    }
    let mut terms: Vec<(String, Vec<Posting>)> =
        terms.into_iter().map(|(term, postings)| (term.to_string(), postings)).collect();
    terms.sort_by(|one, other| one.0.encode_utf16().cmp(other.0.encode_utf16()));
    Index { records: sources.into_iter().map(|it| it.record).collect(), terms }
}

/// A record with the words of its parts.
struct Source {
    record: Record,
    /// The title of a page and its other names; nothing for a section.
    names: Vec<Vec<Token>>,
    headings: Vec<Vec<Token>>,
    text: Vec<Token>,
}

impl Source {
    fn all_tokens(&self) -> impl Iterator<Item = &Token> {
        self.names.iter().chain(&self.headings).flatten().chain(&self.text)
    }

    fn length(&self) -> usize {
        self.text.len() + self.headings.iter().map(Vec::len).sum::<usize>()
    }
}

/// Makes the records of a document.
fn records(document: usize, written: &Document) -> Vec<Source> {
    let texts: Vec<Vec<Token>> = written.sections.iter().map(|it| tokens(&it.text)).collect();
    let is_long = texts.iter().map(Vec::len).sum::<usize>() > LONG;
    let mut sources = vec![Source {
        record: Record { document, id: String::new(), title: written.title.clone(), text: String::new() },
        names: std::iter::once(&written.title).chain(&written.names).map(|it| tokens(it)).collect(),
        headings: Vec::new(),
        text: Vec::new(),
    }];
    for (section, text) in written.sections.iter().zip(texts) {
        if is_long && !section.id.is_empty() {
            let (id, title) = (section.id.clone(), section.title.clone());
            let record = Record { document, id, title, text: String::new() };
            sources.push(Source { record, names: Vec::new(), headings: Vec::new(), text: Vec::new() });
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

/// The terms of each word, made once.
struct Analysed {
    compounds: Compounds,
    terms: HashMap<String, Arc<Terms>>,
}

/// The terms of a word with what each counts; the word itself is the first.
struct Terms {
    is_stop_word: bool,
    terms: Vec<(Arc<str>, u32)>,
}

impl Analysed {
    fn of(&mut self, word: &str) -> Arc<Terms> {
        if let Some(known) = self.terms.get(word) {
            return Arc::clone(known);
        }
        let made = Arc::new(terms_of(word, &self.compounds));
        self.terms.insert(word.to_owned(), Arc::clone(&made));
        made
    }
}

fn terms_of(word: &str, compounds: &Compounds) -> Terms {
    let folded = fold(word);
    let mut terms: Vec<(Arc<str>, u32)> = Vec::new();
    let mut push = |folded: &str, weight: u32| {
        let term = stem(folded);
        if term.len() >= 3 && !terms.iter().any(|it| &*it.0 == term) {
            terms.push((term.into(), weight));
        }
    };
    if folded.starts_with("sgb") && (4..=5).contains(&folded.len()) {
        terms.push((folded.as_str().into(), WHOLE));
        terms.push(("sgb".into(), 60));
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
    terms.push((stem(&folded).into(), WHOLE));
    Terms { is_stop_word, terms }
}

/// Returns the terms of a record with their weights, in a fixed order.
fn weights(source: &Source, average: usize, rank: u32, analysed: &mut Analysed) -> Vec<(Arc<str>, u8)> {
    let mut all = Collected::default();
    for tokens in &source.names {
        let said = tokens.iter().filter(|it| !analysed.of(&it.word).is_stop_word).count().max(1);
        let count = u32::try_from(said).unwrap_or(u32::MAX - 3);
        for_each_term(tokens, true, analysed, |term, weight| {
            all.name(term, 2200 * weight / WHOLE * 4 / (3 + count));
        });
    }
    for tokens in &source.headings {
        for_each_term(tokens, true, analysed, |term, weight| all.text(term, weight * HEADING / WHOLE));
    }
    for_each_term(&source.text, false, analysed, |term, weight| all.text(term, weight));
    let length = u32::try_from(source.length() * 75 / average).unwrap_or(u32::MAX / 400);
    let half = 120 * (25 + length) / 100;
    all.terms
        .into_iter()
        .map(|(term, (name, text))| {
            let weight = (1000 * text / (text + half).max(1) + name) * rank / 100;
            (term, u8::try_from(weight.isqrt().clamp(1, 63)).unwrap_or(63))
        })
        .collect()
}

/// What was counted of each term: the best of names, the sum of texts.
#[derive(Default)]
struct Collected {
    places: HashMap<Arc<str>, usize>,
    terms: Vec<(Arc<str>, (u32, u32))>,
}

impl Collected {
    fn of(&mut self, term: &Arc<str>) -> &mut (u32, u32) {
        let at = *self.places.entry(Arc::clone(term)).or_insert(self.terms.len());
        if at == self.terms.len() {
            self.terms.push((Arc::clone(term), (0, 0)));
        }
        &mut self.terms[at].1
    }

    fn name(&mut self, term: &Arc<str>, weight: u32) {
        let counted = self.of(term);
        counted.0 = counted.0.max(weight);
    }

    fn text(&mut self, term: &Arc<str>, weight: u32) {
        let counted = self.of(term);
        counted.1 = counted.1.saturating_add(weight).min(100_000);
    }
}

/// Goes through the terms of a text: words, their parts, what hyphens join, pairs.
fn for_each_term(
    tokens: &[Token],
    with_stop_words: bool,
    analysed: &mut Analysed,
    mut take: impl FnMut(&Arc<str>, u32),
) {
    for token in tokens {
        let terms = analysed.of(&token.word);
        if with_stop_words || !terms.is_stop_word {
            terms.terms.iter().for_each(|(term, weight)| take(term, *weight));
        }
    }
    for run in joined(tokens) {
        take(&stem(&fold(&run)).into(), WHOLE);
    }
    for pair in pairs(tokens) {
        take(&pair.into(), WHOLE);
    }
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
