//! Tags, categories and facets: lists of pages that have something in common.

use std::collections::{BTreeMap, HashMap};
use std::sync::Arc;

use rayon::prelude::*;

use super::Parsed;
use super::addresses::{facet_url, taxonomy_url, term_url};
use super::tree::Order;
use crate::collate::collation_key;
use crate::config::Config;
use crate::content;
use crate::fields::FieldKind;
use crate::site::{Facet, FacetValue, Field, Page, PageId, Taxonomy, TaxonomyKind, Term, TermId, Value};
use crate::source::{Span, Spanned};

/// So many pages are read at once.
const PART: usize = 512;

/// All tags or all categories of a site, before it is told which pages have them.
pub struct Terms<'a> {
    kind: TaxonomyKind,
    /// In the order of the dictionary.
    terms: Vec<Named>,
    by_spelling: HashMap<&'a str, TermId>,
}

/// A term and where it is written first.
struct Named {
    title: String,
    url: String,
    first: Span,
}

/// Collects the tags and the categories that pages have.
pub fn collect(parsed: &Parsed) -> [Terms<'_>; 2] {
    let tags = || terms(parsed, TaxonomyKind::Tags, |page| &page.head.tags);
    let categories = || terms(parsed, TaxonomyKind::Categories, |page| &page.head.categories);
    let (tags, categories) = rayon::join(tags, categories);
    [tags, categories]
}

fn terms<'a>(
    parsed: &'a Parsed,
    kind: TaxonomyKind,
    list: impl Fn(&content::Page) -> &Vec<Spanned<String>> + Sync,
) -> Terms<'a> {
    // Thousands of pages have the same few terms; making an address is dear.
    let mut spellings: HashMap<&str, Span> = HashMap::new();
    let of_part = |pages: &'a [Arc<content::Page>]| -> HashMap<&'a str, Span> {
        let mut first = HashMap::new();
        for written in pages.iter().flat_map(|it| list(it)) {
            first.entry(written.value.as_str()).or_insert(written.span);
        }
        first
    };
    let parts: Vec<_> = parsed.pages.par_chunks(PART).map(of_part).collect();
    for (spelling, span) in parts.into_iter().flatten() {
        let first = spellings.entry(spelling).or_insert(span);
        *first = span.min(*first);
    }
    // Two spellings with one address are one term; the first spelling names it.
    let mut by_url: BTreeMap<String, Vec<(Span, &str)>> = BTreeMap::new();
    for (spelling, first) in spellings {
        by_url.entry(term_url(parsed, kind, spelling)).or_default().push((first, spelling));
    }
    let mut named: Vec<_> = by_url.into_iter().collect();
    named.iter_mut().for_each(|it| it.1.sort_unstable());
    let title = |spelling: &str| content::typography::set_line(parsed.config.lang, spelling);
    named.sort_by_cached_key(|(_, spellings)| collation_key(&title(spellings[0].1)));
    let spelled =
        named.iter().enumerate().flat_map(|(at, it)| it.1.iter().map(move |(_, it)| (*it, TermId(at))));
    let by_spelling = spelled.collect();
    let terms = named.into_iter().map(|(url, spellings)| {
        let (first, spelling) = spellings[0];
        Named { title: title(spelling), url, first }
    });
    Terms { kind, terms: terms.collect(), by_spelling }
}

impl Terms<'_> {
    /// Returns the addresses of the list of all terms and of each of them, with the place to
    /// blame for it.
    pub fn claims(&self, parsed: &Parsed) -> Vec<(String, Span)> {
        let mut claims: Vec<(String, Span)> =
            self.terms.iter().map(|it| (it.url.clone(), it.first)).collect();
        claims.sort_unstable();
        let list = claims.first().map(|it| (taxonomy_url(parsed, self.kind), it.1));
        list.into_iter().chain(claims).collect()
    }

    /// Finds those that a page has, each once, in their order.
    pub fn of_page(&self, written: &[Spanned<String>]) -> Vec<TermId> {
        let mut ids: Vec<TermId> = written.iter().map(|it| self.by_spelling[it.value.as_str()]).collect();
        ids.sort_unstable();
        ids.dedup();
        ids
    }
}

/// Tells for tags and categories which pages have them.
pub fn taxonomies(parsed: &Parsed, all: &[Terms<'_>; 2], order: &Order, pages: &[Page]) -> [Taxonomy; 2] {
    let [tags, categories] = all;
    [
        taxonomy(parsed, tags, order, pages, |it| &it.tags),
        taxonomy(parsed, categories, order, pages, |it| &it.categories),
    ]
}

fn taxonomy(
    parsed: &Parsed,
    all: &Terms<'_>,
    order: &Order,
    pages: &[Page],
    list: impl Fn(&Page) -> &Vec<TermId>,
) -> Taxonomy {
    let mut having = vec![Vec::new(); all.terms.len()];
    for page in pages {
        list(page).iter().for_each(|term| having[term.0].push(page.id));
    }
    having.par_iter_mut().for_each(|it| order.sort(it));
    let terms = all.terms.iter().zip(having);
    let terms = terms.map(|(it, pages)| Term { title: it.title.clone(), url: it.url.clone(), pages });
    Taxonomy { kind: all.kind, url: taxonomy_url(parsed, all.kind), terms: terms.collect() }
}

/// Collects the entries for each choice of each facet.
pub fn facets(pages: &[Page], config: &Config, order: &Order) -> Vec<Facet> {
    let mut facets = Vec::new();
    let mut entries: Vec<Vec<&Page>> = vec![Vec::new(); config.collections.len()];
    for page in pages {
        if let Some(collection) = page.collection {
            entries[collection].push(page);
        }
    }
    for (collection, declared) in config.collections.iter().enumerate() {
        for (field, declaration) in declared.fields.iter().enumerate().filter(|(_, it)| it.facet) {
            let FieldKind::Choice(choices) = &declaration.kind else { continue };
            let values = choices.iter().enumerate().map(|(at, choice)| FacetValue {
                label: choice.label.clone(),
                url: facet_url(&declared.name.value, &choice.value),
                pages: entries_with(&entries[collection], field, at, order),
            });
            facets.push(Facet { collection, field, values: values.collect() });
        }
    }
    facets
}

fn entries_with(entries: &[&Page], field: usize, choice: usize, order: &Order) -> Vec<PageId> {
    let is_it = |it: &Field| it.field == field && matches!(it.value, Value::Choice(at) if at == choice);
    let having = entries.iter().filter(|it| it.fields.iter().any(is_it));
    let mut ids: Vec<PageId> = having.map(|it| it.id).collect();
    order.sort(&mut ids);
    ids
}
