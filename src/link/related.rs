//! Related pages: those that share tags, categories, sources or what they mention.
//!
//! What two pages share counts the more, the fewer others share it. Points are whole numbers,
//! and equal ones are in the order of the pages, so that the same site gives the same list.

use std::cmp::Reverse;
use std::collections::BTreeMap;

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
    let mut shared_of: Vec<Vec<&Having>> = vec![Vec::new(); pages.len()];
    for it in &having {
        it.pages.iter().for_each(|id| shared_of[id.0].push(it));
    }
    let linked = linked(pages.len(), known.mentions);
    let found: Vec<Vec<Related>> = (0..pages.len())
        .into_par_iter()
        .map(|at| {
            let is_other = |it: PageId| it.0 != at && !linked[at].contains(&it) && !is_index(&pages[it.0]);
            if is_index(&pages[at]) { Vec::new() } else { related(&shared_of[at], pages, known, is_other) }
        })
        .collect();
    pages.iter_mut().zip(found).for_each(|(page, found)| page.related = found);
}

fn is_index(page: &Page) -> bool {
    page.path.name() == "_index.md"
}

/// Returns for each page those that it mentions, which are links already, and those that mention it.
fn linked(count: usize, mentions: &[Mention]) -> Vec<Vec<PageId>> {
    let mut linked = vec![Vec::new(); count];
    for mention in mentions {
        if let Mentioned::Page(to) = mention.to {
            linked[mention.from.0].push(to);
            linked[to.0].push(mention.from);
        }
    }
    linked
}

/// Something with the pages that have it, each once, in their order.
struct Having {
    shared: Shared,
    pages: Vec<PageId>,
    /// How much it says that two pages share it.
    points: usize,
}

/// Returns what pages could share, where that says anything.
fn having(pages: &[Page], known: &Known<'_>) -> Vec<Having> {
    let mut all: Vec<(Shared, PageId)> = Vec::new();
    for (at, page) in pages.iter().enumerate() {
        let id = PageId(at);
        all.extend(page.tags.iter().map(|it| (Shared::Tag(it.0), id)));
        all.extend(page.categories.iter().map(|it| (Shared::Category(it.0), id)));
        // A source with a page is a page that is mentioned.
        let sources = page.cited().filter(|it| known.sources[it.source.0].page.is_none());
        all.extend(sources.map(|it| (Shared::Source(it.source), id)));
    }
    all.extend(known.mentions.iter().filter_map(|it| match it.to {
        Mentioned::Page(id) if !is_index(&pages[id.0]) => Some((Shared::Page(id), it.from)),
        Mentioned::Row(table, row) => Some((Shared::Row(table, row), it.from)),
        Mentioned::Page(_) | Mentioned::Column(..) => None,
    }));
    all.par_sort_unstable();
    all.dedup();
    let groups = all.chunk_by(|one, other| one.0 == other.0);
    let having = groups.map(|group| Having {
        shared: group[0].0,
        pages: group.iter().map(|it| it.1).collect(),
        points: points(group[0].0, group.len()),
    });
    having.filter(|it| it.points > 0).collect()
}

fn related(
    shared_of: &[&Having],
    pages: &[Page],
    known: &Known<'_>,
    is_other: impl Fn(PageId) -> bool,
) -> Vec<Related> {
    let mut found: BTreeMap<PageId, (usize, Vec<(usize, Shared)>)> = BTreeMap::new();
    for Having { shared, pages, points } in shared_of {
        for &id in pages.iter().filter(|it| is_other(**it)) {
            let (sum, reasons) = found.entry(id).or_default();
            *sum += points;
            reasons.push((*points, *shared));
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
