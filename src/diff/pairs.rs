//! Which page each page was before: by its address, by its file, by a redirect, by its text.

use std::collections::{BTreeMap, BTreeSet, HashMap};

use super::reading;
use crate::site::{Page, PageId, Site};

/// Pages of two states of a site that are the same page.
pub struct Pairs {
    /// In the order of the new pages, then those that are gone in their order.
    pub list: Vec<Pair>,
    new_urls: BTreeMap<String, String>,
}

/// A page before and after.
#[derive(Clone, Copy)]
pub enum Pair {
    Added(PageId),
    Removed(PageId),
    Both(PageId, PageId),
}

impl Pairs {
    /// Returns where an address of the old state is now: that of a page that moved, else its own.
    pub fn now<'a>(&'a self, target: &'a str) -> String {
        let (url, fragment) = target.split_at(target.find('#').unwrap_or(target.len()));
        self.new_urls.get(url).map_or_else(|| target.to_owned(), |it| format!("{it}{fragment}"))
    }
}

/// Finds the pages that are the same.
pub fn pairs(old: &Site, new: &Site) -> Pairs {
    let mut matching =
        Matching { before: vec![None; new.pages.len()], is_taken: vec![false; old.pages.len()] };
    matching.by(old, new, |page| page.url.clone());
    matching.by(old, new, |page| page.path.as_str().to_owned());
    matching.by_redirect(old, new);
    matching.by_text(old, new);
    let new_urls = matching.moved(old, new);
    Pairs { list: matching.list(), new_urls }
}

struct Matching {
    /// For each new page.
    before: Vec<Option<PageId>>,
    /// For each old page.
    is_taken: Vec<bool>,
}

impl Matching {
    fn open_old(&self) -> Vec<PageId> {
        (0..self.is_taken.len()).filter(|&it| !self.is_taken[it]).map(PageId).collect()
    }

    fn open_new(&self) -> Vec<PageId> {
        (0..self.before.len()).filter(|&it| self.before[it].is_none()).map(PageId).collect()
    }

    fn join(&mut self, old: PageId, new: PageId) {
        self.before[new.0] = Some(old);
        self.is_taken[old.0] = true;
    }

    /// Joins pages that have something in common that no other page has.
    fn by(&mut self, old: &Site, new: &Site, name: impl Fn(&Page) -> String) {
        let names: HashMap<String, PageId> =
            self.open_old().into_iter().map(|it| (name(old.page(it)), it)).collect();
        for id in self.open_new() {
            if let Some(&before) = names.get(&name(new.page(id))).filter(|it| !self.is_taken[it.0]) {
                self.join(before, id);
            }
        }
    }

    /// A redirect says where the page of an address is now.
    fn by_redirect(&mut self, old: &Site, new: &Site) {
        let targets: HashMap<&str, PageId> =
            new.redirects.iter().map(|it| (it.url.as_str(), it.target)).collect();
        for id in self.open_old() {
            if let Some(&now) =
                targets.get(old.page(id).url.as_str()).filter(|it| self.before[it.0].is_none())
            {
                self.join(id, now);
            }
        }
    }

    /// Joins pages with much the same text: those first that share the most.
    fn by_text(&mut self, old: &Site, new: &Site) {
        let read = |site: &Site, ids: Vec<PageId>| -> Vec<(PageId, BTreeSet<u64>)> {
            ids.into_iter().map(|it| (it, shingles(site, site.page(it)))).collect()
        };
        let (before, after) = (read(old, self.open_old()), read(new, self.open_new()));
        for (_, from, to) in alike(&before, &after) {
            if !self.is_taken[from.0] && self.before[to.0].is_none() {
                self.join(from, to);
            }
        }
    }

    fn moved(&self, old: &Site, new: &Site) -> BTreeMap<String, String> {
        let both =
            self.before.iter().enumerate().filter_map(|(at, before)| Some((before.as_ref()?, PageId(at))));
        both.map(|(from, to)| (old.page(*from).url.clone(), new.page(to).url.clone()))
            .filter(|(from, to)| from != to)
            .collect()
    }

    fn list(&self) -> Vec<Pair> {
        let pages = self.before.iter().enumerate().map(|(at, before)| match before {
            Some(before) => Pair::Both(*before, PageId(at)),
            None => Pair::Added(PageId(at)),
        });
        pages.chain(self.open_old().into_iter().map(Pair::Removed)).collect()
    }
}

/// How many words in a row are compared.
const SHINGLE: usize = 3;
/// Rows of words that stand on more pages than this say nothing about one of them.
const COMMON: usize = 50;
/// Of 100: how much two texts have to share.
const ALIKE: usize = 50;

/// Returns what a page is recognised by: the words of its title and text, three at a time.
fn shingles(site: &Site, page: &Page) -> BTreeSet<u64> {
    let blocks = reading::read(site, page).blocks;
    let text: Vec<&str> = [page.title.as_str(), page.description.as_str()]
        .into_iter()
        .chain(blocks.iter().map(|it| it.text.as_str()))
        .flat_map(str::split_whitespace)
        .collect();
    let rows = text.windows(SHINGLE.min(text.len()).max(1));
    rows.map(|it| hash(&it.join(" "))).collect()
}

/// FNV-1a: small, and the same on every machine.
fn hash(text: &str) -> u64 {
    text.bytes()
        .fold(0xcbf2_9ce4_8422_2325, |hash, byte| (hash ^ u64::from(byte)).wrapping_mul(0x100_0000_01b3))
}

/// Lists pages that are alike, those first that share the most.
fn alike(
    before: &[(PageId, BTreeSet<u64>)],
    after: &[(PageId, BTreeSet<u64>)],
) -> Vec<(usize, PageId, PageId)> {
    let mut pages_of: HashMap<u64, Vec<usize>> = HashMap::new();
    for (at, (_, rows)) in after.iter().enumerate() {
        rows.iter().for_each(|it| pages_of.entry(*it).or_default().push(at));
    }
    let mut found = Vec::new();
    for (from, rows) in before {
        let mut shared: BTreeMap<usize, usize> = BTreeMap::new();
        for pages in rows.iter().filter_map(|it| pages_of.get(it)).filter(|it| it.len() <= COMMON) {
            pages.iter().for_each(|it| *shared.entry(*it).or_default() += 1);
        }
        for (at, count) in shared {
            let (to, others) = &after[at];
            let all = rows.len() + others.len() - count;
            let part = count * 100 / all.max(1);
            found.extend((part >= ALIKE).then_some((part, *from, *to)));
        }
    }
    found.sort_by_key(|&(part, from, to)| (usize::MAX - part, from, to));
    found
}
