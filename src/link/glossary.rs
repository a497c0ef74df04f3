//! Terms in running text: the entries of the glossary, and where texts mention them.
//!
//! 1. [`forms`] says how a term may be spelt and bent;
//! 2. one automaton looks for the beginnings of all forms at once, so that the time
//!    grows with the text and not with the glossary;
//! 3. of what is found the longest counts, and of that the first on a page or in a
//!    chapter becomes a link ([`Glossary::link`]);
//! 4. [`report`] collects what editors want to know.
//!
//! References to laws are found in the same walk ([`super::laws`]).

pub mod fold;
mod forms;
pub mod report;

use std::collections::{BTreeSet, HashMap};
use std::ops::Range;

use aho_corasick::{AhoCorasick, AhoCorasickKind, MatchKind};

use self::fold::{Folded, fold, fold_into};
use self::forms::Form;
use self::report::{Uses, Word};
use super::Parsed;
use super::laws::Laws;
use crate::config::{self, FirstMention};
use crate::content::markdown::Prose;
use crate::content::typography::set_line;
use crate::content::{self, FieldText, Unlinked};
use crate::diag::{Diagnostic, Diagnostics, did_you_mean, text};
use crate::fields::FieldValue;
use crate::html::escape;
use crate::site::{self, Fill, Hole, PageId};
use crate::source::{Span, Spanned};

/// So many holes terms make in most texts: two for each link.
const USUAL_HOLES: usize = 16;
/// Of terms with fewer bytes in all, some 5,000, an automaton is made that is faster and takes
/// some 250 bytes for each of theirs.
const FAST_AUTOMATON: usize = 64 * 1024;
/// A page with more bytes of running text is a long one: about 1,100 German words.
const LONG_PAGE: usize = 8_000;

/// The terms of a site, and its laws.
#[derive(Debug)]
pub struct Glossary<'a> {
    parsed: &'a Parsed,
    config: Option<&'a config::Glossary>,
    /// In the order of their paths.
    pub entries: Vec<PageId>,
    forms: Vec<Form>,
    /// Finds the beginnings of forms; none where there is no form.
    automaton: Option<AhoCorasick>,
    /// The form of each beginning.
    owners: Vec<usize>,
    laws: Laws,
}

/// Something in a text that may become a link.
struct Found {
    /// Bytes of the text.
    range: Range<usize>,
    /// The index of the entry.
    entry: Option<usize>,
    /// The address of a law.
    law: Option<String>,
}

impl<'a> Glossary<'a> {
    /// Collects the terms of a site.
    ///
    /// Findings: `duplicate-term`, `duplicate-variant`.
    pub fn new(parsed: &'a Parsed, diags: &mut Diagnostics) -> Glossary<'a> {
        let config = parsed.config.glossary.as_ref();
        let is_entry = |page: &content::Page| config.is_some_and(|it| page.collection == Some(it.collection));
        let pages = parsed.pages.iter().enumerate();
        let entries: Vec<PageId> = pages.filter(|(_, it)| is_entry(it)).map(|(at, _)| PageId(at)).collect();
        let (mut forms, mut names) = (Vec::new(), Vec::new());
        for (at, id) in entries.iter().enumerate() {
            for (form, name, kind) in forms_of(parsed, config, at, *id) {
                forms.push(form);
                names.push((name, kind));
            }
        }
        let beginnings: Vec<(usize, String)> = forms
            .iter()
            .enumerate()
            .flat_map(|(at, form)| form.beginnings().into_iter().map(move |it| (at, it)))
            .collect();
        let patterns = beginnings.iter().map(|it| &it.1);
        let is_small = patterns.clone().map(|it| it.len()).sum::<usize>() < FAST_AUTOMATON;
        let automaton = AhoCorasick::builder()
            .match_kind(MatchKind::Standard)
            .kind(is_small.then_some(AhoCorasickKind::DFA))
            .build(patterns);
        let glossary = Glossary {
            parsed,
            config,
            entries,
            forms,
            automaton: automaton.ok().filter(|_| !beginnings.is_empty()),
            owners: beginnings.into_iter().map(|it| it.0).collect(),
            laws: Laws::new(&parsed.config.laws),
        };
        glossary.report_claimed_twice(&names, diags);
        glossary
    }

    /// `duplicate-term`, `duplicate-variant`: a term has one entry, and a variant, bent or not,
    /// belongs to one.
    fn report_claimed_twice(&self, names: &[(Spanned<String>, Kind)], diags: &mut Diagnostics) {
        let (mut first_with, mut told) = (HashMap::new(), BTreeSet::new());
        for (at, form) in self.forms.iter().enumerate() {
            let first = *first_with.entry(form.key()).or_insert(at);
            let same = Some(first).filter(|&it| self.forms[it].entry != form.entry);
            let Some(other) = same.or_else(|| self.bent_form(form, &names[at].0.value)) else { continue };
            // „Rechtskreis“ and „Rechtskreise“ are forms of each other; the later one is told.
            let (first, later) = (at.min(other), at.max(other));
            if told.insert(later) {
                let (name, kind) = &names[later];
                diags.push(claimed_twice(name, *kind, names[first].0.span));
            }
        }
    }

    /// Finds the first form of another entry that takes in a name as a whole.
    fn bent_form(&self, own: &Form, name: &str) -> Option<usize> {
        let folded = folded_term(self.parsed, name);
        let hits = self.automaton.as_ref()?.find_overlapping_iter(&folded).filter(|it| it.start() == 0);
        let takes_in = |&at: &usize| {
            let form = &self.forms[at];
            form.entry != own.entry && form.end(&folded, 0) == Some(folded.len())
        };
        hits.map(|it| self.owners[it.pattern().as_usize()]).filter(takes_in).min()
    }

    /// Finds the entry that a name means: the name of its file, its title, a variant or its
    /// abbreviation, bent or not.
    ///
    /// `unknown-term`: a term that is named is in the glossary.
    pub fn named(&self, name: &str, span: Span, diags: &mut Diagnostics) -> Option<PageId> {
        let by_file = self.entries.iter().copied().find(|it| self.file_name(*it) == name);
        let found = by_file.or_else(|| self.by_form(name));
        if found.is_none() {
            diags.extend(self.unknown_term(name, span));
        }
        found
    }

    fn file_name(&self, id: PageId) -> &str {
        let name = self.parsed.pages[id.0].path.name();
        name.strip_suffix(".md").unwrap_or(name)
    }

    fn by_form(&self, name: &str) -> Option<PageId> {
        let folded = folded_term(self.parsed, name);
        let is_whole = |form: &&Form| {
            let begins = form.beginnings().iter().any(|it| folded.starts_with(it.as_str()));
            begins && form.end(&folded, 0) == Some(folded.len())
        };
        self.forms.iter().find(is_whole).map(|it| self.entries[it.entry])
    }

    fn unknown_term(&self, name: &str, span: Span) -> Option<Diagnostic> {
        let parsed = self.parsed;
        let Some(config) = self.config else {
            let message = text("Diese Website hat kein Glossar.", "this site has no glossary");
            let help = text(
                "Nennen Sie in kompendium.yaml die Sammlung: glossary: glossar",
                "name the collection in kompendium.yaml: glossary: glossar",
            );
            return Some(Diagnostic::error("unknown-term", span, message).help(help));
        };
        let folder = &parsed.config.collections[config.collection].name.value;
        // An entry that cannot be read may be the one that is meant.
        if parsed.unreadable.iter().any(|it| it.strip_prefix(folder).is_some_and(|it| it.starts_with('/'))) {
            return None;
        }
        let path = format!("{folder}/{name}.md");
        if parsed.drafts.contains(&path) {
            let message = text(
                format!("Der Begriff „{name}“ ist ein Entwurf und wird nicht veröffentlicht."),
                format!("the term `{name}` is a draft and is not published"),
            );
            return Some(Diagnostic::error("unknown-term", span, message));
        }
        let message = text(
            format!("Einen Begriff „{name}“ gibt es im Glossar nicht."),
            format!("there is no term `{name}` in the glossary"),
        );
        let titles = self.entries.iter().map(|it| parsed.pages[it.0].head.title.value.as_str());
        let names = titles.chain(self.entries.iter().map(|it| self.file_name(*it)));
        let help = did_you_mean(name, names);
        Some(Diagnostic::error("unknown-term", span, message).maybe_help(help))
    }

    /// Links terms and laws in the texts of a page.
    ///
    /// Never on the page of the term itself and on that of the whole glossary, where all
    /// definitions stand; never in Leichte Sprache, which explains its words itself; nor
    /// where `{term}` or `no_glossary` says otherwise.
    pub fn link(
        &self,
        id: PageId,
        written: &content::Page,
        page: &mut site::Linked,
        diags: &mut Diagnostics,
    ) -> Uses {
        let unlinked = self.unlinked(written, diags);
        if self.config.is_none() && self.laws.is_empty() {
            return Uses::default();
        }
        let mut linker = Linker::new(self, id, page, unlinked);
        let bodies = bodies_of(written, page);
        let length: usize = bodies.iter().flat_map(|it| it.0).map(|it| it.range.len()).sum();
        linker.by_chapter = match self.config.map_or(FirstMention::Page, |it| it.first) {
            FirstMention::ByLength => length > LONG_PAGE,
            FirstMention::Page => false,
            FirstMention::Section => true,
        };
        linker.by_hand = bodies.iter().flat_map(|it| &it.1.holes).filter_map(term_of).collect();
        for (at, (prose, body)) in bodies.into_iter().enumerate() {
            linker.body(at, prose, body);
        }
        page.terms = linker.terms;
        linker.uses
    }

    /// Returns the terms that are not linked by themselves on a page; none: all of them.
    fn unlinked(&self, page: &content::Page, diags: &mut Diagnostics) -> Option<BTreeSet<PageId>> {
        let is_index = self.config.is_some_and(|it| {
            let folder = &self.parsed.config.collections[it.collection].name.value;
            page.path.as_str().strip_suffix("/_index.md") == Some(folder)
        });
        match &page.head.no_glossary {
            Unlinked::These(names) => {
                let ids = names.iter().filter_map(|it| self.named(&it.value, it.span, diags)).collect();
                (!is_index && !page.head.easy_language).then_some(ids)
            }
            Unlinked::All => None,
        }
    }

    /// Finds terms and laws in a stretch of text: from left to right, the longest first.
    fn find(&self, html: &str, Desk { folded, found, .. }: &mut Desk) {
        found.clear();
        fold_into(html, folded);
        found.extend(self.laws.find(&folded.text).into_iter().map(|it| Found {
            range: folded.original(it.range.start)..folded.original(it.range.end),
            entry: None,
            law: Some(it.address),
        }));
        self.find_terms(html, folded, found);
        // Of an entry and a law for the same words the entry comes first.
        found.sort_by_key(|it| {
            (it.range.start, std::cmp::Reverse(it.range.end), it.entry.is_none(), it.entry)
        });
        found.dedup_by(|it, last| {
            if last.range == it.range {
                last.law = it.law.take().or(last.law.take());
            }
            it.range.start < last.range.end
        });
    }

    fn find_terms(&self, html: &str, folded: &Folded, found: &mut Vec<Found>) {
        let Some(automaton) = &self.automaton else { return };
        for hit in automaton.find_overlapping_iter(&folded.text) {
            let form = &self.forms[self.owners[hit.pattern().as_usize()]];
            if !starts_word(&folded.text[..hit.start()]) {
                continue;
            }
            let Some(end) = form.end(&folded.text, hit.start()) else { continue };
            let range = folded.original(hit.start())..folded.original(end);
            if !is_part_of_compound(html, &range) {
                found.push(Found { range, entry: Some(form.entry), law: None });
            }
        }
    }
}

/// Whether a word may begin behind a text.
fn starts_word(before: &str) -> bool {
    !before.ends_with(|it: char| it.is_alphanumeric() || "*_@.".contains(it))
}

/// Whether a hyphen joins other words to a term, as in „SGB-II-Aufgaben“ or „Care-Leaver- und …“.
fn is_part_of_compound(html: &str, range: &Range<usize>) -> bool {
    let is_hyphen = |it: char| matches!(it, '-' | '\u{2010}' | '\u{2011}');
    html[..range.start].ends_with(is_hyphen) || html[range.end..].starts_with(is_hyphen)
}

/// Where a form was written.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Kind {
    Title,
    Variant,
}

/// Returns the forms of an entry, each with its name.
fn forms_of(
    parsed: &Parsed,
    config: Option<&config::Glossary>,
    entry: usize,
    id: PageId,
) -> Vec<(Form, Spanned<String>, Kind)> {
    let (page, Some(config)) = (&parsed.pages[id.0], config) else { return Vec::new() };
    let title = Spanned::new(page.head.title.value.clone(), page.head.title.span);
    let mut forms = vec![(Form::of_term(entry, &folded_term(parsed, &title.value)), title, Kind::Title)];
    for variant in texts_of(page, config.variants) {
        forms.push((Form::of_term(entry, &folded_term(parsed, &variant.value)), variant, Kind::Variant));
    }
    for short in texts_of(page, config.abbreviation) {
        let form = Form::of_abbreviation(entry, &folded_term(parsed, &short.value));
        forms.push((form, short, Kind::Variant));
    }
    forms
}

/// Returns the texts of a field, of a list each of its own.
fn texts_of(page: &content::Page, field: Option<usize>) -> Vec<Spanned<String>> {
    let filled: Option<&FieldText> = page.fields.iter().find(|it| Some(it.field) == field);
    let as_text = |value: &Spanned<FieldValue>| match &value.value {
        FieldValue::Text(text) => Some(Spanned::new(text.clone(), value.span)),
        _ => None,
    };
    match filled.map(|it| &it.value) {
        Some(Spanned { value: FieldValue::List(items), .. }) => items.iter().filter_map(as_text).collect(),
        Some(value) => as_text(value).into_iter().collect(),
        None => Vec::new(),
    }
}

/// Returns a term as it stands in the HTML of a text, folded.
fn folded_term(parsed: &Parsed, written: &str) -> String {
    let set = set_line(parsed.config.lang, written.trim());
    let one_sign = set.replace("/-in", "*in").replace("/in", "*in");
    fold(&escape(&one_sign)).text
}

fn claimed_twice(name: &Spanned<String>, kind: Kind, first: Span) -> Diagnostic {
    let name_text = &name.value;
    let (code, message) = match kind {
        Kind::Title => (
            "duplicate-term",
            text(
                format!("Für den Begriff „{name_text}“ gibt es schon einen Eintrag."),
                format!("the term `{name_text}` has an entry already"),
            ),
        ),
        Kind::Variant => (
            "duplicate-variant",
            text(
                format!("„{name_text}“ gehört schon zu einem anderen Begriff."),
                format!("`{name_text}` belongs to another term already"),
            ),
        ),
    };
    Diagnostic::error(code, name.span, message).also(first, text("zuerst hier", "first here"))
}

/// Pairs the texts of a page with what they have become, in the order of the page: fields
/// stand above the text.
fn bodies_of<'a>(
    written: &'a content::Page,
    page: &'a mut site::Linked,
) -> Vec<(&'a [Prose], &'a mut site::Body)> {
    let fields = written.fields.iter().zip(&mut page.fields);
    let fields = fields.filter_map(|(written, field)| match (&written.body, &mut field.value) {
        (Some(body), site::Value::Markdown(filled)) => Some((&body.prose[..], filled)),
        _ => None,
    });
    fields.chain([(&written.body.prose[..], &mut page.body)]).collect()
}

fn term_of(hole: &Hole) -> Option<PageId> {
    match hole.fill {
        Fill::Term { page, .. } => Some(page),
        _ => None,
    }
}

/// Links the terms of one page.
struct Linker<'a> {
    glossary: &'a Glossary<'a>,
    id: PageId,
    /// None: no term is linked by itself.
    unlinked: Option<BTreeSet<PageId>>,
    by_chapter: bool,
    /// Terms that the author has linked: there are no more links than those.
    by_hand: BTreeSet<PageId>,
    /// What is linked already, with its place.
    seen: BTreeSet<(PageId, Place)>,
    /// In the order of their numbers.
    terms: Vec<PageId>,
    uses: Uses,
    desk: Desk,
}

/// Room to work in, which all stretches of a page share.
#[derive(Default)]
struct Desk {
    folded: Folded,
    found: Vec<Found>,
    words: Vec<Word>,
}

/// A chapter of one of the texts of a page; always the same where a page is taken as one.
type Place = (usize, usize);

impl<'a> Linker<'a> {
    fn new(
        glossary: &'a Glossary<'a>,
        id: PageId,
        page: &site::Linked,
        unlinked: Option<BTreeSet<PageId>>,
    ) -> Linker<'a> {
        Linker {
            glossary,
            id,
            unlinked: unlinked.filter(|_| page.is_complete),
            by_chapter: false,
            by_hand: BTreeSet::new(),
            seen: BTreeSet::new(),
            terms: Vec::new(),
            uses: Uses::default(),
            desk: Desk::default(),
        }
    }

    /// Puts links into a text; `number` says the how many-th of the page it is.
    fn body(&mut self, number: usize, prose: &[Prose], body: &mut site::Body) {
        let mut written = std::mem::take(&mut body.holes).into_iter().peekable();
        let mut holes = Vec::with_capacity(written.len() + USUAL_HOLES);
        let mut place = (number, 0);
        for stretch in prose {
            while let Some(hole) = written.next_if(|it| it.at <= stretch.range.start) {
                holes.push(self.numbered(hole, place));
            }
            place = if self.by_chapter { (number, stretch.chapter) } else { (0, 0) };
            self.stretch(&body.html, stretch, place, &mut holes);
        }
        holes.extend(written.map(|it| self.numbered(it, place)));
        body.holes = holes;
    }

    /// Takes note of a link by hand, and gives that to a term its number.
    fn numbered(&mut self, hole: Hole, place: Place) -> Hole {
        let place = if self.by_chapter { place } else { (0, 0) };
        match hole.fill {
            Fill::Term { page, .. } => {
                self.uses.link(page);
                Hole { at: hole.at, fill: Fill::Term { page, number: self.number(page) } }
            }
            Fill::Page(page, _) if self.glossary.entries.binary_search(&page).is_ok() => {
                self.uses.link(page);
                self.seen.insert((page, place));
                hole
            }
            _ => hole,
        }
    }

    fn stretch(&mut self, html: &str, stretch: &Prose, place: Place, holes: &mut Vec<Hole>) {
        let start = stretch.range.start;
        let text = &html[stretch.range.clone()];
        let mut desk = std::mem::take(&mut self.desk);
        self.glossary.find(text, &mut desk);
        // Candidates are for the report, which only a glossary has.
        if self.glossary.config.is_some() {
            self.uses.read(text, desk.found.iter().map(|it| it.range.clone()), &mut desk.words);
        }
        for it in &desk.found {
            let Some((open, close)) = self.fill(it, place) else { continue };
            holes.push(Hole { at: start + it.range.start, fill: open });
            holes.push(Hole { at: start + it.range.end, fill: close });
        }
        self.desk = desk;
    }

    /// Says what becomes of something that was found; none: nothing.
    fn fill(&mut self, found: &Found, place: Place) -> Option<(Fill, Fill)> {
        if let Some(page) = found.entry.map(|it| self.glossary.entries[it]).filter(|it| *it != self.id) {
            self.uses.mention(page);
            if self.unlinked.as_ref().is_some_and(|it| !it.contains(&page)) {
                let is_first = !self.by_hand.contains(&page) && self.seen.insert((page, place));
                return is_first.then(|| {
                    self.uses.links += 1;
                    (Fill::Term { page, number: self.number(page) }, Fill::TermEnd)
                });
            }
        }
        Some((Fill::Law(found.law.clone()?), Fill::LawEnd))
    }

    /// Returns the number of a term on the page, counted from 1.
    fn number(&mut self, page: PageId) -> usize {
        let at = self.terms.iter().position(|it| *it == page).unwrap_or_else(|| {
            self.terms.push(page);
            self.terms.len() - 1
        });
        at + 1
    }
}
