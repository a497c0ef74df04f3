//! Lists of pages: groups, letters, facets.

use tera::{Map, Value};

use super::field::field;
use super::{collection, date, lang_code, set_text};
use crate::collate::dictionary_letter;
use crate::config::{Display, ListTool};
use crate::content::typography::set_line;
use crate::fields::FieldKind;
use crate::render::json::{self, Value as Json, json};
use crate::render::table::script_words;
use crate::render::value::{html, list, map, optional, text};
use crate::site::{Facet, Page, PageId, Site};

/// Which fields the entries of a list have.
#[derive(Clone, Copy, PartialEq, Eq)]
pub enum EntryFields {
    /// All: the list of one collection.
    All,
    /// None: a list of pages of many kinds.
    None,
}

/// Makes `list` from some pages, as it is seen from the page at `url`.
pub fn listing(site: &Site, pages: &[PageId], display: Display, fields: EntryFields, url: &str) -> Value {
    let letters = display == Display::Letters;
    let groups = groups(site, pages, display);
    let other = site.theme.words.get("other_letters");
    let views = groups.iter().map(|(letter, pages)| {
        let title = letter.map(|it| it.map_or_else(|| other.to_owned(), String::from));
        let id = letter.map(letter_id);
        map([
            ("title", optional(title.as_deref())),
            ("id", optional(id.as_deref())),
            ("entries", list(pages.iter().map(|&it| entry(site, it, fields, url)))),
        ])
    });
    map([
        ("display", text(display.name())),
        ("groups", list(views)),
        ("letters", if letters { alphabet(&groups) } else { list([]) }),
        ("count", Value::from(pages.len())),
        ("facets", list([])),
    ])
}

/// A group of a list: its letter (none for the signs that are none), or no letter at all.
type Group = (Option<Option<char>>, Vec<PageId>);

/// Divides the pages of a list as it shows them: by letters, or not at all.
fn groups(site: &Site, pages: &[PageId], display: Display) -> Vec<Group> {
    match display {
        Display::Letters => letter_groups(site, pages),
        Display::List | Display::Cards => vec![(None, pages.to_vec())],
    }
}

fn letter_groups(site: &Site, pages: &[PageId]) -> Vec<Group> {
    let mut groups: Vec<Group> = Vec::new();
    for &id in pages {
        let letter = Some(dictionary_letter(&site.page(id).title));
        match groups.iter_mut().find(|it| it.0 == letter) {
            Some(group) => group.1.push(id),
            None => groups.push((letter, vec![id])),
        }
    }
    groups
}

/// Returns the id of the part of a list with one letter.
pub fn letter_id(letter: Option<char>) -> String {
    format!("letter-{}", letter.map_or('0', |it| it.to_ascii_lowercase()))
}

fn alphabet(groups: &[Group]) -> Value {
    list(('A'..='Z').map(|letter| {
        let has_entries = groups.iter().any(|it| it.0 == Some(Some(letter)));
        let id = has_entries.then(|| letter_id(Some(letter)));
        map([("title", Value::from(letter)), ("id", optional(id.as_deref()))])
    }))
}

fn entry(site: &Site, id: PageId, which: EntryFields, url: &str) -> Value {
    let page = site.page(id);
    let fields = match which {
        EntryFields::All => page.fields.iter().filter_map(|it| field(site, page, it, url)).collect(),
        EntryFields::None => Vec::new(),
    };
    map([
        ("title", text(&page.title)),
        ("url", text(&page.url)),
        ("description", text(&page.description)),
        ("date", page.date.map_or_else(Value::none, |it| date(site, it))),
        ("updated", page.updated.map_or_else(Value::none, |it| date(site, it))),
        (
            "fields",
            Value::from(fields.into_iter().map(|(name, value)| (name.into(), value)).collect::<Map>()),
        ),
        ("collection", page.collection.map_or_else(Value::none, |it| collection(site, page, it))),
    ])
}

/// A list with fewer entries is read at a glance and has no script.
const FEW_ENTRIES: usize = 6;

/// Adds the tools of a collection to its `list` of some pages, where it has any: `live`,
/// the data block of the script, as for a table (`render/table/live.rs`).
pub fn with_tools(site: &Site, list_view: Value, collection: usize, pages: &[PageId]) -> Value {
    let declared = &site.config.collections[collection];
    let tools = &declared.tools;
    let mut view = list_view.into_map().expect("listing() makes a map");
    if !tools.is_empty() && pages.len() >= FEW_ENTRIES {
        // The entries stand in the page by letters, not in the order of the list.
        let groups = groups(site, pages, declared.display);
        let pages: Vec<PageId> = groups.into_iter().flat_map(|it| it.1).collect();
        let facets = site.facets.iter().filter(|it| it.collection == collection);
        let facets = facets.filter(|_| tools.contains(&ListTool::Filter));
        let columns = facets.map(|facet| choice_column(site, facet, &pages));
        let block = json!({
            "id": "liste",
            "lang": lang_code(site.config.lang),
            "search": tools.contains(&ListTool::Search),
            "columns": columns.collect::<Vec<_>>(),
            "words": script_words(&site.theme.words),
        });
        view.insert("live".into(), html(&json::script(&block)));
    }
    Value::from(view)
}

fn choice_column(site: &Site, facet: &Facet, pages: &[PageId]) -> Json {
    let declared = &site.config.collections[facet.collection].fields[facet.field];
    let code = |page: &PageId| facet.values.iter().position(|value| value.pages.contains(page));
    let FieldKind::Choice(declared_choices) = &declared.kind else { return Json::Null };
    let choices = declared_choices.iter().map(|it| {
        let label = set_line(site.config.lang, &it.label);
        json!([label, label, it.value])
    });
    json!({
        "id": declared.name.value,
        "label": set_line(site.config.lang, &declared.label),
        "kind": "choice",
        "choices": choices.collect::<Vec<_>>(),
        "codes": pages.iter().map(code).collect::<Vec<_>>(),
    })
}

/// Adds the facets of a collection to its `list`; `current` is the choice that it shows.
pub fn with_facets(
    site: &Site,
    list_view: Value,
    collection: usize,
    index: &Page,
    current: Option<(usize, usize)>,
) -> Value {
    let facets = site.facets.iter().enumerate().filter(|(_, it)| it.collection == collection);
    let views = facets.map(|(at, it)| facet(site, at, it, index, current));
    let views = list(views);
    let mut view = list_view.into_map().expect("listing() makes a map");
    view.insert("facets".into(), views);
    Value::from(view)
}

fn facet(site: &Site, at: usize, facet: &Facet, index: &Page, current: Option<(usize, usize)>) -> Value {
    let all = facet_value(site.theme.words.get("all"), &index.url, index.children.len(), current.is_none());
    let values = facet.values.iter().enumerate().map(|(value_at, value)| {
        let label = set_line(site.config.lang, &value.label);
        facet_value(&label, &value.url, value.pages.len(), current == Some((at, value_at)))
    });
    let label = &site.config.collections[facet.collection].fields[facet.field].label;
    map([("label", set_text(site, label)), ("values", list(std::iter::once(all).chain(values)))])
}

fn facet_value(title: &str, url: &str, count: usize, current: bool) -> Value {
    map([
        ("title", text(title)),
        ("url", optional((count > 0).then_some(url))),
        ("count", Value::from(count)),
        ("current", Value::from(current)),
    ])
}

/// How many pages the start page calls new.
const NEWS: usize = 5;

/// Makes `list` for the start page: the pages with a date, newest first; none where there is none.
pub fn news(site: &Site) -> Option<Value> {
    let mut dated: Vec<PageId> =
        site.page_ids().filter(|&it| it != site.home && site.page(it).date.is_some()).collect();
    dated.sort_by_key(|it| std::cmp::Reverse(site.page(*it).date));
    dated.truncate(NEWS);
    let url = &site.page(site.home).url;
    (!dated.is_empty()).then(|| listing(site, &dated, Display::List, EntryFields::None, url))
}
