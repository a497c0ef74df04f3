//! Sources: those of files and those that are entries of a collection, in one list.

use std::collections::HashMap;
use std::sync::Arc;

use super::Parsed;
use crate::config::Citations;
use crate::content::{self, FieldText};
use crate::diag::{Diagnostic, Diagnostics, Severity, did_you_mean, text};
use crate::fields::FieldValue;
use crate::literature::citation::Cited;
use crate::literature::format::{labels, sort_key};
use crate::literature::names::{Names, listed};
use crate::literature::{Kind, Texts, Work, set_text};
use crate::site::{self, PageId, Source, SourceFiles, SourceId};
use crate::slug::{UniqueIds, slug};
use crate::source::{FileId, Sources, Span, Spanned};

/// All sources of a site, in the order of a list of sources.
#[derive(Debug)]
pub struct Catalogue {
    pub sources: Vec<Source>,
    by_key: HashMap<String, SourceId>,
    /// The texts of files with errors; a source that is in them is not reported again.
    broken: Vec<Arc<str>>,
    /// The keys of publications that could not be read, which is reported already.
    unreadable: Vec<String>,
    /// The keys of publications that are left out.
    drafts: Vec<String>,
}

impl Catalogue {
    /// Collects all sources.
    ///
    /// Findings: `duplicate-source`.
    pub fn new(parsed: &Parsed, files: &Sources, diags: &mut Diagnostics) -> Catalogue {
        let of_files = parsed.works.iter().map(|it| (it.clone(), None));
        let mut all: Vec<(Work, Option<PageId>)> = Vec::new();
        let mut first: HashMap<String, Span> = HashMap::new();
        for (work, page) in publications(parsed).into_iter().chain(of_files) {
            match first.get(&work.key.value) {
                Some(&earlier) => diags.push(twice(&work.key, earlier)),
                None => {
                    first.insert(work.key.value.clone(), work.key.span);
                    all.push((work, page));
                }
            }
        }
        let sources = sorted(all, parsed);
        let by_key = sources.iter().enumerate().map(|(at, it)| (it.work.key.value.clone(), SourceId(at)));
        Catalogue {
            by_key: by_key.collect(),
            broken: broken(parsed, files, diags),
            unreadable: keys_of(parsed.unreadable.iter(), parsed),
            drafts: keys_of(parsed.drafts.iter(), parsed),
            sources,
        }
    }

    /// Finds a source that a text cites.
    ///
    /// Findings: `unknown-citation`.
    pub fn find(&self, cited: &Cited, diags: &mut Diagnostics) -> Option<SourceId> {
        let key = &cited.key.value;
        let found = self.by_key.get(key).copied();
        if found.is_none() && !self.is_reported(key) {
            diags.push(self.unknown(&cited.key));
        }
        found
    }

    /// Whether what is wrong with a source is told where it is written.
    fn is_reported(&self, key: &str) -> bool {
        self.broken.iter().any(|it| it.contains(key)) || self.unreadable.iter().any(|it| it == key)
    }

    /// `unknown-citation`: a source that a text cites is known.
    fn unknown(&self, Spanned { value: key, span }: &Spanned<String>) -> Diagnostic {
        if self.drafts.contains(key) {
            let message = text(
                format!("Die Quelle „{key}“ ist ein Entwurf und wird nicht veröffentlicht."),
                format!("the source `{key}` is a draft and is not published"),
            );
            return Diagnostic::error("unknown-citation", *span, message);
        }
        let message =
            text(format!("Eine Quelle „{key}“ gibt es nicht."), format!("there is no source `{key}`"));
        let mut names: Vec<&str> = self.by_key.keys().map(String::as_str).collect();
        names.sort_unstable();
        let help = did_you_mean(key, names).unwrap_or_else(|| {
            text(
                format!("Ergänzen Sie sie in literatur.yaml oder literatur.bib: {key}"),
                format!("add it to literatur.yaml or literatur.bib: {key}"),
            )
        });
        Diagnostic::error("unknown-citation", *span, message).help(help)
    }

    /// Resolves what a text cites; what is unknown is reported and left out.
    pub fn resolve(&self, cited: &[Cited], diags: &mut Diagnostics) -> Vec<site::Cited> {
        let resolved = cited.iter().filter_map(|it| {
            Some(site::Cited {
                source: self.find(it, diags)?,
                prefix: it.prefix.clone(),
                locator: it.locator.clone(),
                id: it.id.clone(),
            })
        });
        resolved.collect()
    }
}

/// Returns the texts of the files with sources that have errors.
fn broken(parsed: &Parsed, files: &Sources, diags: &Diagnostics) -> Vec<Arc<str>> {
    let has_error =
        |it: &FileId| diags.iter().any(|found| found.severity == Severity::Error && found.span.file == *it);
    let broken = parsed.literature.iter().filter(|it| has_error(it));
    broken.map(|&it| Arc::clone(&files.get(it).text)).collect()
}

/// `duplicate-source`: two sources have two keys.
fn twice(key: &Spanned<String>, first: Span) -> Diagnostic {
    let message = text(
        format!("Eine Quelle „{}“ gibt es schon.", key.value),
        format!("there is a source `{}` already", key.value),
    );
    let help = text(
        "Geben Sie einer von beiden einen anderen Schlüssel, oder streichen Sie eine.",
        "give one of the two another key, or remove one",
    );
    Diagnostic::error("duplicate-source", key.span, message)
        .also(first, text("zuerst hier", "first here"))
        .help(help)
}

/// Puts sources into their order, with what texts call them.
fn sorted(all: Vec<(Work, Option<PageId>)>, parsed: &Parsed) -> Vec<Source> {
    let lang = parsed.config.lang;
    let labels = labels(&all.iter().map(|it| &it.0).collect::<Vec<_>>(), lang);
    let mut all: Vec<_> = all.into_iter().zip(labels).collect();
    all.sort_by_cached_key(|((work, _), label)| (sort_key(work, label, lang), work.key.value.clone()));
    let mut ids = UniqueIds::default();
    let sources = all.into_iter().map(|((work, page), label)| {
        // No heading has an id with such a sign.
        let anchor = ids.claim(&format!("source_{}", slug(&work.key.value)));
        Source { anchor, page, files: page.map(|it| files(&parsed.pages[it.0].address.url)), work, label }
    });
    sources.collect()
}

/// Returns the addresses of the files with which other programs take a source over.
pub fn files(url: &str) -> SourceFiles {
    let stem = url.strip_suffix(".html").unwrap_or(url);
    SourceFiles { bibtex: format!("{stem}.bib"), ris: format!("{stem}.ris") }
}

/// Returns the pages that are sources themselves.
pub fn pages(parsed: &Parsed) -> impl Iterator<Item = (PageId, &content::Page)> {
    let collection = parsed.config.citations.collection;
    let pages = parsed.pages.iter().enumerate();
    let entries = pages.filter(move |(_, it)| collection.is_some() && it.collection == collection);
    entries.map(|(at, page)| (PageId(at), &**page))
}

fn publications(parsed: &Parsed) -> Vec<(Work, Option<PageId>)> {
    pages(parsed).map(|(id, page)| (publication(page, parsed), Some(id))).collect()
}

/// Reads the source that an entry of the collection is.
fn publication(page: &content::Page, parsed: &Parsed) -> Work {
    let citations = &parsed.config.citations;
    let field = |key: &str| {
        let (_, at) = citations.fields.iter().find(|it| it.0 == key)?;
        page.fields.iter().find(|it| it.field == *at)
    };
    let names = |key: &str| {
        field(key).map_or_else(Names::default, |it| listed(written(it).iter().map(String::as_str)))
    };
    let mut texts = Texts { title: page.head.title.value.clone(), ..Texts::default() };
    for (key, _) in &citations.fields {
        let value = field(key).map(|it| written(it).join(", ")).unwrap_or_default();
        if !value.is_empty() {
            // A year or address that is none stays away from the list of sources.
            let _ = set_text(&mut texts, key, &value, page.head.title.span);
        }
    }
    let accessed = field("accessed").and_then(|it| match it.value.value {
        FieldValue::Date(day) => Some(day),
        _ => None,
    });
    let kind = field("kind").and_then(|it| kind(it, citations, parsed)).unwrap_or(Kind::Report);
    Work {
        key: Spanned::new(key_of(page.path.name()), page.head.title.span),
        kind,
        authors: names("author"),
        editors: names("editor"),
        accessed,
        texts,
    }
}

/// Returns the keys of the publications among the paths of pages.
fn keys_of<'a>(paths: impl Iterator<Item = &'a String>, parsed: &Parsed) -> Vec<String> {
    let Some(collection) = parsed.config.citations.collection else { return Vec::new() };
    let folder = format!("{}/", parsed.config.collections[collection].name.value);
    let names = paths.filter_map(|it| it.strip_prefix(&folder)?.rsplit('/').next());
    names.map(key_of).collect()
}

/// Returns the key of an entry, by the name of its file.
fn key_of(file: &str) -> String {
    let name = file.trim_end_matches(".md");
    if name.contains(|it: char| it.is_whitespace() || ";,`".contains(it)) {
        slug(name)
    } else {
        name.to_owned()
    }
}

/// Returns a value as it was written; nothing for what is no text.
fn written(field: &FieldText) -> Vec<String> {
    texts_of(&field.value.value)
}

fn texts_of(value: &FieldValue) -> Vec<String> {
    match value {
        FieldValue::Text(text) | FieldValue::Url(text) | FieldValue::Email(text) => vec![text.clone()],
        FieldValue::Year(year) => vec![year.to_string()],
        FieldValue::Integer(number) => vec![number.to_string()],
        FieldValue::List(items) => items.iter().flat_map(|it| texts_of(&it.value)).collect(),
        _ => Vec::new(),
    }
}

fn kind(field: &FieldText, citations: &Citations, parsed: &Parsed) -> Option<Kind> {
    let collection = &parsed.config.collections[citations.collection?];
    let value = match (&field.value.value, &collection.fields[field.field].kind) {
        (FieldValue::Choice(at), crate::fields::FieldKind::Choice(choices)) => choices[*at].value.as_str(),
        (FieldValue::Text(text), _) => text,
        _ => return None,
    };
    let own = crate::literature::KINDS.iter().find(|it| it.0 == value).map(|it| it.1);
    citations.kinds.iter().find(|it| it.0 == value).map(|it| it.1).or(own)
}

/// `unused-source`: a source of a file is cited somewhere.
pub fn report_unused(catalogue: &Catalogue, pages: &[site::Page], diags: &mut Diagnostics) {
    if catalogue.sources.iter().all(|it| it.page.is_some()) {
        return;
    }
    let mut is_cited = vec![false; catalogue.sources.len()];
    for cited in pages.iter().flat_map(|it| it.cited()) {
        is_cited[cited.source.0] = true;
    }
    let unused = catalogue.sources.iter().zip(is_cited).filter(|(it, cited)| !cited && it.page.is_none());
    for (source, _) in unused {
        let key = &source.work.key;
        let message = text(
            format!("Die Quelle „{}“ nennt kein Text.", key.value),
            format!("no text cites the source `{}`", key.value),
        );
        diags.push(Diagnostic::notice("unused-source", key.span, message));
    }
}
