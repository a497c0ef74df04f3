//! What can be found: the pages of the site as documents of [`crate::search`].
//!
//! The text of a page is what readers see in it, figures and settings included; links of
//! the navigation, tables and charts are left out.

use rayon::prelude::*;

use super::plain::{one_line, plain_text};
use super::shown::{shown, with_unit};
use super::view::{body_text, field_text};
use crate::config::Config;
use crate::data::{Row, Scale, Value};
use crate::fields::FieldKind;
use crate::link::{has_search, search_folder};
use crate::search::{self, Corpus, Document, File, Section};
use crate::site::{self, Page, Site, Table};

/// The files of an index, in their folder.
pub struct SearchIndex {
    /// Below the top of the site, with a slash at its end; named by what is in it.
    pub folder: String,
    pub files: Vec<File>,
}

/// Makes the index of a site; none where nobody would ask it.
pub fn index(site: &Site) -> Option<SearchIndex> {
    has_search(&site.config, &site.theme).then(|| {
        let files = search::files(&corpus(site));
        let folder = format!("{}{}/", search_folder(&site.theme.words), search::hash(&files));
        SearchIndex { folder, files }
    })
}

/// Whether a field says what else an entry is called: the glossary and `search.names` in the
/// configuration know it.
pub fn holds_names(config: &Config, collection: usize, field: usize) -> bool {
    let terms = config.glossary.as_ref().filter(|it| it.collection == collection);
    let declared = &config.collections[collection].fields[field];
    terms.is_some_and(|it| [it.abbreviation, it.variants].contains(&Some(field)))
        || config.search.names.contains(&declared.name.value)
}

/// How much types count beside others, in per cent: who looks for a word wants it explained first.
mod rank {
    pub const GLOSSARY: u32 = 115;
    pub const PAGE: u32 = 100;
    pub const INDICATOR: u32 = 85;
    pub const PROFILE: u32 = 65;
}

fn corpus(site: &Site) -> Corpus {
    let kinds = Kinds::of(site);
    let pages = site.pages.par_iter().filter(|it| it.is_complete && it.template != "sitemap.html");
    let mut documents: Vec<Document> = pages.map(|it| page(site, it, &kinds)).collect();
    for (at, table) in site.tables.iter().enumerate() {
        documents.extend((0..table.profiles.len()).map(|row| profile(site, at, row, &kinds)));
        documents.extend((0..table.indicators.len()).filter_map(|it| indicator(site, at, it, &kinds)));
        documents.extend((0..table.comparisons.len()).map(|set| comparison(site, at, set, &kinds)));
    }
    Corpus { kinds: kinds.names, documents, words: site.config.search.words.clone() }
}

/// The types of documents: collections, all other pages, the rows of each table, columns.
struct Kinds {
    names: Vec<String>,
    pages: usize,
    /// For each table.
    rows: Vec<usize>,
    columns: usize,
}

impl Kinds {
    fn of(site: &Site) -> Kinds {
        let mut names: Vec<String> = site.config.collections.iter().map(|it| it.label.clone()).collect();
        let mut name = |it: &str| {
            names.iter().position(|known| known == it).unwrap_or_else(|| {
                names.push(it.to_owned());
                names.len() - 1
            })
        };
        let pages = name(site.theme.words.get("search_pages"));
        let rows = site.tables.iter().map(|table| match table.profiles.is_empty() {
            true => pages,
            false => name(table.page.map_or(&table.data.title, |it| &site.page(it).nav_title)),
        });
        let rows = rows.collect();
        let has_columns = site.tables.iter().any(|it| it.indicators.iter().any(Option::is_some));
        let columns = if has_columns { name(site.theme.words.get("indicators")) } else { pages };
        Kinds { names, pages, rows, columns }
    }
}

fn page(site: &Site, page: &Page, kinds: &Kinds) -> Document {
    let other_title = Some(&page.nav_title).filter(|it| **it != page.title);
    let mut told = Told { names: other_title.cloned().into_iter().collect(), ..Told::default() };
    told.statements.push(page.description.clone());
    page.fields.iter().for_each(|it| told.push(site, page, it));
    let mut sections = sections(site, page);
    if let Some(first) = sections.first_mut() {
        told.statements.push(std::mem::take(&mut first.text));
        told.statements.push(told.facts.join(" · "));
        // Many a text begins with its description.
        if told.statements[1..].iter().any(|it| it.contains(&page.description)) {
            told.statements.remove(0);
        }
        first.text = told.statements.join("\n");
    }
    let glossary = site.config.glossary.as_ref().map(|it| it.collection);
    Document {
        title: page.title.clone(),
        names: told.names,
        url: page.url.clone(),
        kind: page.collection.unwrap_or(kinds.pages),
        place: place(site, page.parent, None),
        rank: if page.collection.is_some() && page.collection == glossary {
            rank::GLOSSARY
        } else {
            rank::PAGE
        },
        sections,
    }
}

/// What the fields of an entry tell.
#[derive(Default)]
struct Told {
    names: Vec<String>,
    /// Whole sentences.
    statements: Vec<String>,
    /// Everything else that readers look for.
    facts: Vec<String>,
}

impl Told {
    fn push(&mut self, site: &Site, page: &Page, field: &site::Field) {
        let Some(collection) = page.collection else { return };
        let declared = &site.config.collections[collection].fields[field.field];
        let mut kind = &declared.kind;
        while let FieldKind::List(items) = kind {
            kind = items;
        }
        let Some(text) = field_text(site, page, field) else { return };
        let is_name = holds_names(&site.config, collection, field.field);
        match (kind, &field.value) {
            (FieldKind::Text, site::Value::List(items)) if is_name => {
                self.names.extend(items.iter().filter_map(|it| match it {
                    site::Value::Text(text) => Some(text.clone()),
                    _ => None,
                }));
            }
            (FieldKind::Text, _) if is_name => self.names.push(text),
            (FieldKind::Markdown, _) if !self.statements.contains(&text) => self.statements.push(text),
            (FieldKind::Text | FieldKind::Choice(_) | FieldKind::Reference(_), _) => self.facts.push(text),
            _ => {}
        }
    }
}

/// Cuts the text of a page at its headings.
fn sections(site: &Site, page: &Page) -> Vec<Section> {
    let html = body_text(site, &page.body, &page.url);
    let mut sections = vec![Section::default()];
    let mut rest = html.as_str();
    for heading in &page.body.headings {
        let tag = format!("<h{} id=\"{}\"", heading.level, heading.id);
        let end = format!("</h{}>", heading.level);
        let Some(start) = rest.find(&tag) else { continue };
        let Some(length) = rest[start..].find(&end) else { continue };
        let title = plain_text(&rest[start..start + length]).trim().to_owned();
        push_text(&mut sections, &rest[..start]);
        sections.push(Section { id: heading.id.clone(), title, text: String::new() });
        rest = &rest[start + length..];
    }
    push_text(&mut sections, rest);
    sections
}

fn push_text(sections: &mut [Section], html: &str) {
    if let Some(last) = sections.last_mut() {
        last.text = one_line(html);
    }
}

/// Returns the titles of the pages above, without the start page.
fn place(site: &Site, parent: Option<site::PageId>, more: Option<&str>) -> String {
    let above = std::iter::successors(parent, |it| site.page(*it).parent);
    let mut titles: Vec<&str> =
        above.filter(|it| *it != site.home).map(|it| site.page(it).nav_title.as_str()).collect();
    titles.reverse();
    titles.extend(more);
    titles.join(" › ")
}

/// The page of a row: found by its name and by what kind of row it is.
fn profile(site: &Site, table: usize, row: usize, kinds: &Kinds) -> Document {
    let table_at = table;
    let table = &site.tables[table];
    let data = &table.data;
    let told = &data.rows[row];
    let words = (0..data.columns.len())
        .filter(|&at| at != data.row_header && data.columns[at].scale == Scale::Category);
    let facts: Vec<String> = words.filter_map(|at| fact(site, table, told, at)).collect();
    let region = data.region.and_then(|at| fact(site, table, told, at));
    Document {
        title: told.title.clone(),
        names: Vec::new(),
        url: table.profiles[row].clone(),
        kind: kinds.rows[table_at],
        place: place(site, table.page, region.as_deref()),
        rank: rank::PROFILE,
        sections: vec![Section { text: facts.join("\n"), ..Section::default() }],
    }
}

fn fact(site: &Site, table: &Table, row: &Row, at: usize) -> Option<String> {
    let (column, value) = (&table.data.columns[at], &row.cells[at].value);
    if matches!(value, Value::Missing(_)) {
        return None;
    }
    let shown = shown(value, column, &table.data.texts, row.role, site.config.lang);
    Some(shown.meaning.clone().unwrap_or_else(|| with_unit(&shown, column)))
}

/// The page of a column: found by what it counts.
fn indicator(site: &Site, at: usize, column: usize, kinds: &Kinds) -> Option<Document> {
    let table = &site.tables[at];
    let url = table.indicators[column].clone()?;
    let described = &table.data.columns[column];
    let texts = [&described.definition, &described.unit, &described.group, &described.note];
    let text: Vec<&str> = texts.into_iter().flatten().map(String::as_str).collect();
    Some(Document {
        title: described.label.clone(),
        names: Some(&described.short).filter(|it| **it != described.label).cloned().into_iter().collect(),
        url,
        kind: kinds.columns,
        place: place(site, table.page, Some(site.theme.words.get("indicators"))),
        rank: rank::INDICATOR,
        sections: vec![Section { text: text.join("\n"), ..Section::default() }],
    })
}

/// Rows side by side: found by its title and the names of the rows.
fn comparison(site: &Site, at: usize, set: usize, kinds: &Kinds) -> Document {
    let table = &site.tables[at];
    Document {
        title: table.data.comparisons[set].title.clone(),
        names: Vec::new(),
        url: table.comparisons[set].clone(),
        kind: kinds.pages,
        place: place(site, table.page, None),
        rank: rank::INDICATOR,
        sections: vec![Section::default()],
    }
}
