//! The list of everything from A to Z: pages, other names of what they are about, the
//! rows and columns of tables. It is complete without a script, and on paper.

use tera::Value;

use super::search_index::holds_names;
use super::value::{list, map, optional, text};
use super::view::{letter_id, link};
use crate::collate::{collation_key, dictionary_letter};
use crate::site::{self, Page, Site, Table};

/// One line of the list.
struct Entry<'a> {
    title: &'a str,
    url: &'a str,
    /// What it is: „Begriff“, „Kommunen“.
    kind: &'a str,
    /// The title of what has this other name.
    see: Option<&'a str>,
}

/// Makes `register`: the letters, and below each what begins with it.
pub fn view(site: &Site) -> Value {
    let mut entries = entries(site);
    entries.sort_by_cached_key(|it| {
        (dictionary_letter(it.title).is_none(), collation_key(it.title), it.url, it.see.is_some())
    });
    entries.dedup_by(|one, other| one.url == other.url && one.title == other.title);
    let mut groups: Vec<(Option<char>, Vec<Entry<'_>>)> = Vec::new();
    let count = entries.len();
    for entry in entries {
        let letter = dictionary_letter(entry.title);
        match groups.last_mut().filter(|it| it.0 == letter) {
            Some(group) => group.1.push(entry),
            None => groups.push((letter, vec![entry])),
        }
    }
    let other = site.theme.words.get("other_letters");
    let title = |letter: Option<char>| letter.map_or_else(|| other.to_owned(), String::from);
    let has = |letter: Option<char>| groups.iter().any(|it| it.0 == letter);
    let letters = ('A'..='Z').map(Some).chain(has(None).then_some(None)).map(|letter| {
        let id = has(letter).then(|| letter_id(letter));
        map([("title", text(&title(letter))), ("id", optional(id.as_deref()))])
    });
    let views = groups.iter().map(|(letter, entries)| {
        map([
            ("title", text(&title(*letter))),
            ("id", text(&letter_id(*letter))),
            ("entries", list(entries.iter().map(entry_view))),
        ])
    });
    map([("letters", list(letters)), ("groups", list(views)), ("count", Value::from(count))])
}

/// Makes links to the lists of all collections, and to the tables.
pub fn collections(site: &Site) -> Value {
    let tables: Vec<site::PageId> = site.tables.iter().filter_map(|it| it.page).collect();
    let is_entrance = |id: &site::PageId| site.page(*id).index_of.is_some() || tables.contains(id);
    let pages = site.page_ids().filter(is_entrance).map(|it| site.page(it));
    list(pages.map(|it| link(&it.url, &it.nav_title)))
}

fn entry_view(entry: &Entry<'_>) -> Value {
    map([
        ("title", text(entry.title)),
        ("url", text(entry.url)),
        ("kind", text(entry.kind)),
        ("see", optional(entry.see)),
    ])
}

fn entries(site: &Site) -> Vec<Entry<'_>> {
    let mut entries = Vec::new();
    for page in site.pages.iter().filter(|it| it.is_complete) {
        push_page(&mut entries, site, page);
    }
    for table in &site.tables {
        push_table(&mut entries, site, table);
    }
    entries
}

fn push_page<'a>(entries: &mut Vec<Entry<'a>>, site: &'a Site, page: &'a Page) {
    let kind = page.collection.map_or("", |it| &site.config.collections[it].singular);
    entries.push(Entry { title: &page.title, url: &page.url, kind, see: None });
    let Some(collection) = page.collection else { return };
    for field in page.fields.iter().filter(|it| holds_names(&site.config, collection, it.field)) {
        let names = match &field.value {
            site::Value::List(items) => items.as_slice(),
            one => std::slice::from_ref(one),
        };
        for name in names {
            if let site::Value::Text(name) = name {
                entries.push(Entry { title: name, url: &page.url, kind: "", see: Some(&page.title) });
            }
        }
    }
}

fn push_table<'a>(entries: &mut Vec<Entry<'a>>, site: &'a Site, table: &'a Table) {
    let rows = table.page.map_or(table.data.title.as_str(), |it| &site.page(it).nav_title);
    let profiles = table.data.rows.iter().zip(&table.profiles);
    entries.extend(profiles.map(|(row, url)| Entry { title: &row.title, url, kind: rows, see: None }));
    let columns = table.data.columns.iter().zip(&table.indicators);
    let kind = site.theme.words.get("indicators");
    entries.extend(
        columns
            .filter_map(|(it, url)| Some(Entry { title: &it.label, url: url.as_deref()?, kind, see: None })),
    );
    let sets = table.data.comparisons.iter().zip(&table.comparisons);
    let kind = site.theme.words.get("comparisons");
    entries.extend(sets.map(|(set, url)| Entry { title: &set.title, url, kind, see: None }));
}
