//! Tags, categories and facets: lists of pages that have something in common.

use std::collections::{BTreeMap, HashMap};

use super::Parsed;
use super::addresses::{facet_url, taxonomy_url, term_url};
use super::tree::Order;
use crate::collate::collation_key;
use crate::config::Config;
use crate::content;
use crate::fields::FieldKind;
use crate::site::{Facet, FacetValue, Page, PageId, Taxonomy, TaxonomyKind, Term, TermId, Value};
use crate::source::Spanned;

/// Collects tags and categories and notes on each page which it has.
pub fn taxonomies(parsed: &Parsed, order: &Order, pages: &mut [Page]) -> [Taxonomy; 2] {
    let tags = taxonomy(parsed, order, TaxonomyKind::Tags, |page| &page.head.tags);
    let categories = taxonomy(parsed, order, TaxonomyKind::Categories, |page| &page.head.categories);
    for (at, term) in tags.terms.iter().enumerate() {
        term.pages.iter().for_each(|id| pages[id.0].tags.push(TermId(at)));
    }
    for (at, term) in categories.terms.iter().enumerate() {
        term.pages.iter().for_each(|id| pages[id.0].categories.push(TermId(at)));
    }
    [tags, categories]
}

fn taxonomy(
    parsed: &Parsed,
    order: &Order,
    kind: TaxonomyKind,
    list: impl Fn(&content::Page) -> &Vec<Spanned<String>>,
) -> Taxonomy {
    // Two spellings with one address are one term; the first spelling names it.
    let mut terms: BTreeMap<String, Term> = BTreeMap::new();
    let mut urls: HashMap<&str, String> = HashMap::new();
    for (at, page) in parsed.pages.iter().enumerate() {
        for written in list(page) {
            let url = urls.entry(&written.value).or_insert_with(|| term_url(parsed, kind, &written.value));
            let term = terms.entry(url.clone()).or_insert_with(|| Term {
                title: content::typography::set_line(parsed.config.lang, &written.value),
                url: url.clone(),
                pages: Vec::new(),
            });
            if term.pages.last() != Some(&PageId(at)) {
                term.pages.push(PageId(at));
            }
        }
    }
    let mut terms: Vec<Term> = terms.into_values().collect();
    terms.sort_by_cached_key(|it| collation_key(&it.title));
    terms.iter_mut().for_each(|it| order.sort(&mut it.pages));
    Taxonomy { kind, url: taxonomy_url(parsed, kind), terms }
}

/// Collects the entries for each choice of each facet.
pub fn facets(pages: &[Page], config: &Config, order: &Order) -> Vec<Facet> {
    let mut facets = Vec::new();
    for (collection, declared) in config.collections.iter().enumerate() {
        for (field, declaration) in declared.fields.iter().enumerate().filter(|(_, it)| it.facet) {
            let FieldKind::Choice(choices) = &declaration.kind else { continue };
            let values = choices.iter().enumerate().map(|(at, choice)| FacetValue {
                label: choice.label.clone(),
                url: facet_url(&declared.name.value, &choice.value),
                pages: entries_with(pages, collection, field, at, order),
            });
            facets.push(Facet { collection, field, values: values.collect() });
        }
    }
    facets
}

fn entries_with(
    pages: &[Page],
    collection: usize,
    field: usize,
    choice: usize,
    order: &Order,
) -> Vec<PageId> {
    let has_it = |page: &Page| {
        page.collection == Some(collection)
            && page
                .fields
                .iter()
                .any(|it| it.field == field && matches!(it.value, Value::Choice(at) if at == choice))
    };
    let mut ids: Vec<PageId> = (0..pages.len()).map(PageId).filter(|it| has_it(&pages[it.0])).collect();
    order.sort(&mut ids);
    ids
}
