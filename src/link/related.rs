//! Related pages: those that share tags, categories, sources or what they mention.
//!
//! What two pages share counts the more, the fewer others share it. Points are whole numbers,
//! and equal ones are in the order of the pages, so that the same site gives the same list.

use std::cmp::Reverse;
use std::collections::BTreeMap;

use rayon::prelude::*;

use super::mentions::{Mention, Mentioned};
use super::tree::Order;
use crate::site::{Having, Page, PageId, Related, Relations, Shared, Site, Source, Taxonomy};

/// At most so many pages are shown.
const MOST: usize = 5;
/// Fewer points are no relation: a tag that four pages have, a source that seven cite.
const LEAST_POINTS: usize = 8;
/// So many reasons are told.
const REASONS: usize = 3;

/// Notes what pages have in common. Which are related to one of them is found when that page
/// is rendered ([`related_to`]), since it needs nothing of the others then.
pub fn relations(
    pages: &[Page],
    sources: &[Source],
    [tags, categories]: &[Taxonomy; 2],
    mentions: &[Mention],
    order: &Order,
) -> Relations {
    let of_texts = || having(pages, sources, mentions);
    let (mut having, linked) = rayon::join(of_texts, || linked(pages.len(), mentions));
    having.extend(terms(tags, Shared::Tag).chain(terms(categories, Shared::Category)));
    let mut of_pages = vec![Vec::new(); pages.len()];
    for (at, it) in having.iter().enumerate() {
        it.pages.iter().for_each(|id| of_pages[id.0].push(at));
    }
    Relations { having, of_pages, linked, ranks: order.ranks().to_vec() }
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

/// Returns what texts and fields could share, where that says anything.
fn having(pages: &[Page], sources: &[Source], mentions: &[Mention]) -> Vec<Having> {
    let mut all: Vec<(Shared, PageId)> = Vec::new();
    // A source with a page is a page that is mentioned.
    if sources.iter().any(|it| it.page.is_none()) {
        for page in pages {
            let cited = page.cited().filter(|it| sources[it.source.0].page.is_none());
            all.extend(cited.map(|it| (Shared::Source(it.source), page.id)));
        }
    }
    let is_index: Vec<bool> = pages.iter().map(is_index).collect();
    all.extend(mentions.iter().filter_map(|it| match it.to {
        Mentioned::Page(id) if !is_index[id.0] => Some((Shared::Page(id), it.from)),
        Mentioned::Row(table, row) => Some((Shared::Row(table, row), it.from)),
        Mentioned::Page(_) | Mentioned::Column(..) => None,
    }));
    all.par_sort_unstable();
    all.dedup();
    let groups = all.chunk_by(|one, other| one.0 == other.0);
    let having = groups.filter_map(|group| {
        let (shared, points) = (group[0].0, points(group[0].0, group.len()));
        (points > 0).then(|| Having { shared, pages: group.iter().map(|it| it.1).collect(), points })
    });
    having.collect()
}

/// Returns the tags or categories that pages could share, where that says anything.
fn terms(taxonomy: &Taxonomy, shared: fn(usize) -> Shared) -> impl Iterator<Item = Having> {
    taxonomy.terms.iter().enumerate().filter_map(move |(at, term)| {
        let (shared, points) = (shared(at), points(shared(at), term.pages.len()));
        (points > 0).then(|| Having { shared, pages: term.pages.clone(), points })
    })
}

/// Finds the pages that are related to one; an index has none.
pub fn related_to(site: &Site, id: PageId) -> Vec<Related> {
    let Relations { having, of_pages, linked, ranks } = &site.relations;
    if is_index(site.page(id)) {
        return Vec::new();
    }
    let is_other = |it: PageId| it != id && !linked[id.0].contains(&it) && !is_index(site.page(it));
    let mut found: BTreeMap<PageId, (usize, Vec<(usize, Shared)>)> = BTreeMap::new();
    for Having { shared, pages, points } in of_pages[id.0].iter().map(|&at| &having[at]) {
        for &id in pages.iter().filter(|it| is_other(**it)) {
            let (sum, reasons) = found.entry(id).or_default();
            *sum += points;
            reasons.push((*points, *shared));
        }
    }
    let mut strong: Vec<_> = found.into_iter().filter(|(_, (sum, _))| *sum >= LEAST_POINTS).collect();
    strong.sort_by_key(|(id, (sum, _))| (Reverse(*sum), ranks[id.0]));
    strong.truncate(MOST);
    let told = strong.into_iter().map(|(page, (_, mut reasons))| {
        reasons.sort_by_key(|(points, shared)| (Reverse(*points), *shared));
        let mut shared: Vec<String> = Vec::new();
        for name in reasons.iter().map(|(_, it)| name(*it, site)) {
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

fn name(shared: Shared, site: &Site) -> String {
    match shared {
        Shared::Source(id) => site.sources[id.0].label.names.clone(),
        Shared::Page(id) => site.page(id).nav_title.clone(),
        Shared::Row(table, row) => site.tables[table].data.rows[row].title.clone(),
        Shared::Tag(at) => site.tags.terms[at].title.clone(),
        Shared::Category(at) => site.categories.terms[at].title.clone(),
    }
}
