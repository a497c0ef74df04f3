//! Related pages: those that share tags, categories, sources or what they mention.
//!
//! What two pages share counts the more, the fewer others share it. Points are whole numbers,
//! and equal ones are in the order of the pages, so that the same site gives the same list.

use std::cmp::Reverse;
use std::collections::{BTreeMap, BTreeSet};

use rayon::prelude::*;

use super::mentions::{Mention, Mentioned};
use super::tree::Order;
use crate::site::{Page, PageId, Related, Source, SourceId, Table, Taxonomy};

/// At most so many pages are shown.
const MOST: usize = 5;
/// Fewer points are no relation: a tag that four pages have, a source that seven cite.
const LEAST_POINTS: usize = 8;
/// So many reasons are told.
const REASONS: usize = 3;

/// What pages can share.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
enum Shared {
    Source(SourceId),
    Page(PageId),
    Row(usize, usize),
    Tag(usize),
    Category(usize),
}

/// What is looked at.
pub struct Known<'a> {
    pub tables: &'a [Table],
    pub sources: &'a [Source],
    pub tags: &'a Taxonomy,
    pub categories: &'a Taxonomy,
    pub mentions: &'a [Mention],
    pub order: &'a Order,
}

/// Notes on each page that is no index which pages are related to it.
pub fn connect(pages: &mut [Page], known: &Known<'_>) {
    let having = having(pages, known);
    let mut shared_of: Vec<Vec<Shared>> = vec![Vec::new(); pages.len()];
    for (shared, ids) in &having {
        ids.iter().for_each(|id| shared_of[id.0].push(*shared));
    }
    let linked: BTreeSet<(PageId, PageId)> = known.mentions.iter().flat_map(both_ways).collect();
    let found: Vec<Vec<Related>> = (0..pages.len())
        .into_par_iter()
        .map(|at| {
            let is_other =
                |it: PageId| it.0 != at && !linked.contains(&(PageId(at), it)) && !is_index(&pages[it.0]);
            if is_index(&pages[at]) {
                Vec::new()
            } else {
                related(&shared_of[at], &having, pages, known, is_other)
            }
        })
        .collect();
    pages.iter_mut().zip(found).for_each(|(page, found)| page.related = found);
}

fn is_index(page: &Page) -> bool {
    page.path.name() == "_index.md"
}

/// A page that is mentioned is a link already, and so is one that mentions this one.
fn both_ways(mention: &Mention) -> Vec<(PageId, PageId)> {
    match mention.to {
        Mentioned::Page(to) => vec![(mention.from, to), (to, mention.from)],
        _ => Vec::new(),
    }
}

/// Returns which pages have what they could share; each page once, in their order.
fn having(pages: &[Page], known: &Known<'_>) -> BTreeMap<Shared, BTreeSet<PageId>> {
    let mut having: BTreeMap<Shared, BTreeSet<PageId>> = BTreeMap::new();
    let mut add = |shared, id| {
        having.entry(shared).or_default().insert(id);
    };
    for (at, page) in pages.iter().enumerate() {
        page.tags.iter().for_each(|it| add(Shared::Tag(it.0), PageId(at)));
        page.categories.iter().for_each(|it| add(Shared::Category(it.0), PageId(at)));
        // A source with a page is a page that is mentioned.
        let sources = page.cited().filter(|it| known.sources[it.source.0].page.is_none());
        sources.for_each(|it| add(Shared::Source(it.source), PageId(at)));
    }
    for mention in known.mentions {
        match mention.to {
            Mentioned::Page(id) if !is_index(&pages[id.0]) => add(Shared::Page(id), mention.from),
            Mentioned::Row(table, row) => add(Shared::Row(table, row), mention.from),
            Mentioned::Page(_) | Mentioned::Column(..) => {}
        }
    }
    having
}

fn related(
    shared_of: &[Shared],
    having: &BTreeMap<Shared, BTreeSet<PageId>>,
    pages: &[Page],
    known: &Known<'_>,
    is_other: impl Fn(PageId) -> bool,
) -> Vec<Related> {
    let mut found: BTreeMap<PageId, (usize, Vec<(usize, Shared)>)> = BTreeMap::new();
    for shared in shared_of {
        let ids = &having[shared];
        let points = points(*shared, ids.len());
        for &id in ids.iter().filter(|it| points > 0 && is_other(**it)) {
            let (sum, reasons) = found.entry(id).or_default();
            *sum += points;
            reasons.push((points, *shared));
        }
    }
    let mut strong: Vec<_> = found.into_iter().filter(|(_, (sum, _))| *sum >= LEAST_POINTS).collect();
    strong.sort_by_key(|(id, (sum, _))| (Reverse(*sum), known.order.rank(*id)));
    strong.truncate(MOST);
    let told = strong.into_iter().map(|(page, (_, mut reasons))| {
        reasons.sort_by_key(|(points, shared)| (Reverse(*points), *shared));
        let mut shared: Vec<String> = Vec::new();
        for name in reasons.iter().map(|(_, it)| name(*it, pages, known)) {
            if !shared.contains(&name) {
                shared.push(name);
            }
        }
        shared.truncate(REASONS);
        Related { page, shared }
    });
    told.collect()
}

/// Returns how much it says that two pages share something that `count` pages have.
fn points(shared: Shared, count: usize) -> usize {
    let weight = match shared {
        Shared::Source(_) | Shared::Page(_) | Shared::Row(..) => 3,
        Shared::Tag(_) => 2,
        Shared::Category(_) => 1,
    };
    let rarity = match count {
        0..=3 => 4,
        4..=6 => 3,
        7..=12 => 2,
        13..=40 => 1,
        _ => 0,
    };
    weight * rarity
}

fn name(shared: Shared, pages: &[Page], known: &Known<'_>) -> String {
    match shared {
        Shared::Source(id) => known.sources[id.0].label.names.clone(),
        Shared::Page(id) => pages[id.0].nav_title.clone(),
        Shared::Row(table, row) => known.tables[table].data.rows[row].title.clone(),
        Shared::Tag(at) => known.tags.terms[at].title.clone(),
        Shared::Category(at) => known.categories.terms[at].title.clone(),
    }
}
