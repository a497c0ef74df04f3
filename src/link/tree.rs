//! The tree of pages: what lies below what, and in which order.

use std::cmp::Ordering;
use std::collections::{BTreeMap, HashMap};

use rayon::prelude::*;

use super::{Parsed, SECTION_SORT};
use crate::collate::collation_key;
use crate::config::{Sort, SortBy};
use crate::content;
use crate::data::number::Decimal;
use crate::date::Date;
use crate::fields::FieldValue;
use crate::path::SitePath;
use crate::site::{Page, PageId};

/// The rank of each page among those of its folder, by its id.
pub struct Order {
    ranks: Vec<usize>,
}

impl Order {
    /// Sorts pages by folder order.
    pub fn sort(&self, pages: &mut [PageId]) {
        pages.sort_by_key(|it| self.ranks[it.0]);
    }

    /// Returns the ranks of all pages.
    pub fn ranks(&self) -> &[usize] {
        &self.ranks
    }
}

/// Orders all pages: those of a collection as it says, others by `order` and title.
pub fn order(parsed: &Parsed) -> Order {
    let mut ids: Vec<usize> = (0..parsed.pages.len()).collect();
    ids.par_sort_by(|&one, &other| {
        let (a, b) = (&parsed.pages[one], &parsed.pages[other]);
        let same_collection = a.collection.cmp(&b.collection);
        same_collection.then_with(|| {
            let sort = a.collection.map_or(&SECTION_SORT, |it| &parsed.config.collections[it].sort);
            compare(sort, a, b).then_with(|| a.title_key.cmp(&b.title_key)).then_with(|| a.path.cmp(&b.path))
        })
    });
    let mut ranks = vec![0; ids.len()];
    for (rank, id) in ids.into_iter().enumerate() {
        ranks[id] = rank;
    }
    Order { ranks }
}

/// Compares pages. Those without the value that is sorted by come last, in both directions.
fn compare(sort: &Sort, a: &content::Page, b: &content::Page) -> Ordering {
    match sort.by {
        SortBy::Title => missing_last(Some(&a.title_key), Some(&b.title_key), sort.descending),
        SortBy::Order => missing_last(a.head.order, b.head.order, sort.descending),
        SortBy::Date => missing_last(a.head.date, b.head.date, sort.descending),
        SortBy::Field(field) => missing_last(sort_key(a, field), sort_key(b, field), sort.descending),
    }
}

fn missing_last<T: Ord>(a: Option<T>, b: Option<T>, descending: bool) -> Ordering {
    match (a, b) {
        (Some(a), Some(b)) if descending => b.cmp(&a),
        (Some(a), Some(b)) => a.cmp(&b),
        (a, b) => b.is_some().cmp(&a.is_some()),
    }
}

/// What the values of a field are ordered by; one field has one kind.
#[derive(PartialEq, Eq, PartialOrd, Ord)]
enum SortKey {
    Number(Decimal),
    Date(Date),
    /// The place of a choice in its declaration, `false` before `true`.
    Place(usize),
    Text(String),
}

fn sort_key(page: &content::Page, field: usize) -> Option<SortKey> {
    let value = &page.fields.iter().find(|it| it.field == field)?.value.value;
    Some(match value {
        FieldValue::Text(text) | FieldValue::Url(text) | FieldValue::Email(text) => {
            SortKey::Text(collation_key(text))
        }
        FieldValue::Integer(number) => SortKey::Number(Decimal::new(*number, 0)),
        FieldValue::Number(number) => SortKey::Number(*number),
        FieldValue::Year(year) => SortKey::Number(Decimal::new((*year).into(), 0)),
        FieldValue::Date(date) => SortKey::Date(*date),
        FieldValue::Choice(choice) => SortKey::Place(*choice),
        FieldValue::Boolean(yes) => SortKey::Place((*yes).into()),
        _ => return None,
    })
}

/// The index pages of folders.
pub struct Folders<'a> {
    indexes: HashMap<&'a str, PageId>,
    home: PageId,
}

impl<'a> Folders<'a> {
    /// Finds the index pages of a site.
    pub fn new(parsed: &'a Parsed, home: PageId) -> Folders<'a> {
        let pages = parsed.pages.iter().enumerate();
        let indexes = pages.filter(|(_, page)| page.path.name() == "_index.md");
        Folders { indexes: indexes.map(|(at, page)| (page.path.folder(), PageId(at))).collect(), home }
    }

    /// Finds the nearest index page above a page; none above the start page.
    pub fn parent(&self, id: PageId, path: &SitePath) -> Option<PageId> {
        if id == self.home {
            return None;
        }
        let mut folder = Some(path.folder());
        if path.name() == "_index.md" {
            folder = above(path.folder());
        }
        while let Some(it) = folder {
            if let Some(&index) = self.indexes.get(it) {
                return Some(index);
            }
            folder = above(it);
        }
        Some(self.home)
    }
}

/// Returns the folder above a folder; none above the top.
fn above(folder: &str) -> Option<&str> {
    (!folder.is_empty()).then(|| folder.rsplit_once('/').map_or("", |it| it.0))
}

/// Gives each page its children and neighbours.
pub fn connect(pages: &mut [Page], order: &Order, home: PageId) {
    let mut children: BTreeMap<PageId, Vec<PageId>> = BTreeMap::new();
    for page in pages.iter() {
        if let Some(parent) = page.parent {
            children.entry(parent).or_default().push(page.id);
        }
    }
    for (parent, mut ids) in children {
        order.sort(&mut ids);
        // The pages at the top are no chapters of one text.
        if parent != home {
            connect_neighbours(pages, &ids);
        }
        pages[parent.0].children = ids;
    }
}

fn connect_neighbours(pages: &mut [Page], ids: &[PageId]) {
    for pair in ids.windows(2) {
        pages[pair[0].0].next = Some(pair[1]);
        pages[pair[1].0].previous = Some(pair[0]);
    }
}
