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
    pub fn into_ranks(self) -> Vec<usize> {
        self.ranks
    }
}

/// Orders all pages: those of a collection as it says, others by `order` and title.
pub fn order(parsed: &Parsed) -> Order {
    let keys: Vec<String> = parsed.pages.par_iter().map(|it| collation_key(&it.head.title.value)).collect();
    let mut ids: Vec<usize> = (0..parsed.pages.len()).collect();
    ids.sort_by(|&one, &other| {
        let (a, b) = (&parsed.pages[one], &parsed.pages[other]);
        let same_collection = a.collection.cmp(&b.collection);
        same_collection.then_with(|| {
            let sort = a.collection.map_or(&SECTION_SORT, |it| &parsed.config.collections[it].sort);
            compare(sort, (a, &keys[one]), (b, &keys[other]))
                .then_with(|| keys[one].cmp(&keys[other]))
                .then_with(|| a.path.cmp(&b.path))
        })
    });
    let mut ranks = vec![0; ids.len()];
    for (rank, id) in ids.into_iter().enumerate() {
        ranks[id] = rank;
    }
    Order { ranks }
}

/// Compares pages, each with the key of its title. Pages without the value that is
/// sorted by come last, in both directions.
fn compare(
    sort: &Sort,
    (a, a_title): (&content::Page, &str),
    (b, b_title): (&content::Page, &str),
) -> Ordering {
    match sort.by {
        SortBy::Title => missing_last(Some(a_title), Some(b_title), sort.descending),
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

/// Gives each page its parent, children and neighbours.
pub fn connect(pages: &mut [Page], order: &Order, home: PageId) {
    let indexes: HashMap<String, PageId> = pages
        .iter()
        .enumerate()
        .filter(|(_, page)| page.path.name() == "_index.md")
        .map(|(at, page)| (page.path.folder().to_owned(), PageId(at)))
        .collect();
    let mut children: BTreeMap<PageId, Vec<PageId>> = BTreeMap::new();
    for (at, page) in pages.iter_mut().enumerate().filter(|(at, _)| PageId(*at) != home) {
        let parent = parent(page, &indexes).unwrap_or(home);
        page.parent = Some(parent);
        children.entry(parent).or_default().push(PageId(at));
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

/// Finds the nearest index page above a page.
fn parent(page: &Page, indexes: &HashMap<String, PageId>) -> Option<PageId> {
    let mut folder = page.path.folder();
    if page.path.name() == "_index.md" {
        folder = folder.rsplit_once('/').map_or("", |(above, _)| above);
    }
    loop {
        if let Some(&index) = indexes.get(folder) {
            return Some(index);
        }
        folder = folder.rsplit_once('/')?.0;
    }
}

fn connect_neighbours(pages: &mut [Page], ids: &[PageId]) {
    for pair in ids.windows(2) {
        pages[pair[0].0].next = Some(pair[1]);
        pages[pair[1].0].previous = Some(pair[0]);
    }
}
