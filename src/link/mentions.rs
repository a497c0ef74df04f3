//! Who mentions what: links in texts, references and citations in fields and texts, figures of
//! tables. From one list of mentions come the backlinks of pages, rows and columns, related
//! pages ([`super::related`]) and orphans.

use std::collections::{BTreeMap, BTreeSet};

use rayon::prelude::*;

use super::tree::Order;
use crate::diag::{Diagnostic, Diagnostics, text};
use crate::site::{Backlinks, Fill, Linked, Navigation, Page, PageId, RowId, Source, Table, Value};
use crate::source::Span;

/// A page mentions something.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Mention {
    pub from: PageId,
    pub to: Mentioned,
}

/// What pages mention.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Mentioned {
    Page(PageId),
    /// The indexes of a table and of its row.
    Row(usize, usize),
    /// The indexes of a table and of its column.
    Column(usize, usize),
}

/// What pages mention, each pair once.
#[derive(Debug, Default)]
pub struct Mentions {
    /// By their authors.
    pub by_hand: Vec<Mention>,
    /// Terms that the program has linked by itself.
    pub found: Vec<Mention>,
}

impl Mentions {
    /// Adds what the next page mentions.
    pub fn extend(&mut self, next: &Mentions) {
        self.by_hand.extend_from_slice(&next.by_hand);
        self.found.extend_from_slice(&next.found);
    }
}

/// Collects what a page mentions; `linked` are the terms that it links by hand.
pub fn of_page(page: &Linked, sources: &[Source], linked: &BTreeSet<PageId>) -> Mentions {
    let mut targets = Vec::new();
    page.fields.iter().for_each(|it| add_value(&it.value, &mut targets));
    page.bodies().flat_map(|it| &it.holes).for_each(|it| add_fill(&it.fill, &mut targets));
    let about = page.cited().filter_map(|it| sources[it.source.0].page);
    targets.extend(about.chain(linked.iter().copied()).map(Mentioned::Page));
    targets.retain(|it| *it != Mentioned::Page(page.id));
    targets.sort_unstable();
    targets.dedup();
    let found = page.terms.iter().filter(|it| !linked.contains(it));
    let from = page.id;
    Mentions {
        by_hand: targets.into_iter().map(|to| Mention { from, to }).collect(),
        found: found.map(|it| Mention { from, to: Mentioned::Page(*it) }).collect(),
    }
}

fn add_value(value: &Value, targets: &mut Vec<Mentioned>) {
    match value {
        Value::Page(id) => targets.push(Mentioned::Page(*id)),
        Value::Row(table, row) => targets.push(Mentioned::Row(*table, *row)),
        Value::List(items) => items.iter().for_each(|it| add_value(it, targets)),
        _ => {}
    }
}

fn add_fill(fill: &Fill, targets: &mut Vec<Mentioned>) {
    let columns = |table: usize, columns: &[usize]| -> Vec<Mentioned> {
        columns.iter().map(|&it| Mentioned::Column(table, it)).collect()
    };
    match fill {
        Fill::Page(id, _) => targets.push(Mentioned::Page(*id)),
        Fill::Figure(it) => {
            targets.push(Mentioned::Column(it.table, it.column));
            if let RowId::Item(row) = it.row {
                targets.push(Mentioned::Row(it.table, row));
            }
        }
        Fill::Table(it) => targets.extend(columns(it.table, &it.columns)),
        Fill::Chart(it) => targets.extend(columns(it.table, &it.columns)),
        Fill::Fragment(_) | Fill::Asset(_) | Fill::Setting(_) | Fill::Citation(_) => {}
        // Terms are known already, by hand or not.
        Fill::Term { .. } | Fill::TermEnd | Fill::Law(_) | Fill::LawEnd => {}
    }
}

/// Finds for each page, row and column which pages mention it, grouped by collection.
///
/// A page that mentions something by hand is not told again where the program has found it,
/// too, and what it has found stands apart: a term that every second page uses would else drown
/// those that say something about it.
pub fn backlinks(
    pages: &[Page],
    tables: &[Table],
    order: &Order,
    mentions: &Mentions,
) -> BTreeMap<Mentioned, Vec<Backlinks>> {
    // Together they lie closer in memory than in their pages.
    let parents: Vec<Option<PageId>> = pages.iter().map(|it| it.parent).collect();
    // Pages outside of collections come last.
    let collections: Vec<usize> = pages.iter().map(|it| it.collection.unwrap_or(usize::MAX)).collect();
    let key = |it: &Mention, is_found: bool| (it.to, collections[it.from.0], is_found, it.from);
    let by_hand = mentions.by_hand.iter().map(|it| (it, false));
    let all = by_hand.chain(mentions.found.iter().map(|it| (it, true)));
    let new = all.filter(|(it, _)| !is_on_the_way(it, &parents, tables));
    let mut keys: Vec<_> = new.map(|(it, is_found)| key(it, is_found)).collect();
    keys.par_sort_unstable();
    let mut all: BTreeMap<Mentioned, Vec<Backlinks>> = BTreeMap::new();
    for group in keys.chunk_by(|one, other| (one.0, one.1) == (other.0, other.1)) {
        let (by_hand, found) = group.split_at(group.partition_point(|it| !it.2));
        let mut pages: Vec<PageId> = by_hand.iter().map(|it| it.3).collect();
        let found = found.iter().map(|it| it.3);
        let mut found: Vec<PageId> = found.filter(|it| pages.binary_search(it).is_err()).collect();
        order.sort(&mut pages);
        order.sort(&mut found);
        let (to, collection) = (group[0].0, group[0].1);
        let collection = (collection != usize::MAX).then_some(collection);
        all.entry(to).or_default().push(Backlinks { collection, pages, found });
    }
    all
}

/// Notes on each page, row and column which pages mention it.
pub fn connect(pages: &mut [Page], tables: &mut [Table], backlinks: BTreeMap<Mentioned, Vec<Backlinks>>) {
    for (to, backlinks) in backlinks {
        match to {
            Mentioned::Page(id) => pages[id.0].backlinks = backlinks,
            Mentioned::Row(table, row) => {
                tables[table].row_backlinks.insert(row, backlinks);
            }
            Mentioned::Column(table, column) => {
                tables[table].column_backlinks.insert(column, backlinks);
            }
        }
    }
}

/// Whether both ends are right above one another: that way stands on every page.
fn is_on_the_way(mention: &Mention, parents: &[Option<PageId>], tables: &[Table]) -> bool {
    match mention.to {
        Mentioned::Page(to) => parents[to.0] == Some(mention.from) || parents[mention.from.0] == Some(to),
        Mentioned::Row(table, _) | Mentioned::Column(table, _) => tables[table].page == Some(mention.from),
    }
}

/// `orphan-page`: a text of another page or the navigation leads to each page; said only where it was asked for.
/// Terms that are linked by themselves lead, too.
///
/// Readers find such a page in its list and in the search, so nothing is broken.
pub fn report_orphans(pages: &[Page], navigation: &Navigation, mentions: &Mentions, diags: &mut Diagnostics) {
    let links = [&navigation.main, &navigation.service, &navigation.footer];
    let mut reached: BTreeSet<PageId> = links.into_iter().flatten().map(|it| it.page).collect();
    reached.extend(mentions.by_hand.iter().chain(&mentions.found).filter_map(|it| match it.to {
        Mentioned::Page(id) => Some(id),
        _ => None,
    }));
    let orphans = pages
        .iter()
        .enumerate()
        .filter(|(at, it)| it.path.name() != "_index.md" && !reached.contains(&PageId(*at)));
    for (_, page) in orphans {
        let message = text(
            format!("Auf die Seite „{}“ führt kein Text einer anderen Seite.", page.title),
            format!("no text of another page leads to the page `{}`", page.title),
        );
        diags.push(Diagnostic::notice("orphan-page", Span::start_of(page.file), message));
    }
}
