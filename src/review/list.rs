//! Lists of pages for editors, and the places where something is used.

use std::collections::BTreeSet;

use crate::content::markdown::{Hole, HoleKind};
use crate::content::{FieldText, Page};
use crate::date::Date;
use crate::diag::{Diagnostics, Text, text};
use crate::fields::{FieldKind, FieldValue};
use crate::link::{self, Parsed};
use crate::literature::citation::Cited;
use crate::memo::Memo;
use crate::site::Fill;
use crate::source::{FileId, Sources, Span, Spanned};

/// A page of a list.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Listed {
    pub file: FileId,
    pub title: String,
    pub owner: Option<String>,
    /// The day the list is about.
    pub date: Option<Date>,
}

fn listed(page: &Page, date: Option<Date>) -> Listed {
    let head = &page.head;
    Listed { file: page.file, title: head.title.value.clone(), owner: head.owner.clone(), date }
}

fn last_change(page: &Page) -> Option<Date> {
    page.head.updated.max(page.head.date)
}

/// Returns the drafts, in the order of their paths. They have to be asked for when a site is read.
pub fn drafts(parsed: &Parsed) -> Vec<Listed> {
    parsed.pages.iter().filter(|it| it.head.draft).map(|it| listed(it, last_change(it))).collect()
}

/// Returns the pages that are to be reviewed until a day, the oldest day first.
pub fn due(parsed: &Parsed, until: Date) -> Vec<Listed> {
    let mut due: Vec<Listed> = parsed
        .pages
        .iter()
        .filter_map(|it| Some((it, it.head.review_by.as_ref()?.value)))
        .filter(|(_, day)| *day <= until)
        .map(|(page, day)| listed(page, Some(day)))
        .collect();
    // A stable sort: pages of one day stay in the order of their paths.
    due.sort_by_key(|it| it.date);
    due
}

/// Returns the pages that no text of another page and no navigation leads to.
pub fn orphans(mut parsed: Parsed, sources: &Sources) -> Vec<Listed> {
    let pages: Vec<Listed> = parsed.pages.iter().map(|it| listed(it, last_change(it))).collect();
    parsed.orphans = true;
    let mut diags = Diagnostics::default();
    link::link(parsed, sources, &mut Memo::default(), &mut diags);
    let found: BTreeSet<FileId> =
        diags.iter().filter(|it| it.code == "orphan-page").map(|it| it.span.file).collect();
    pages.into_iter().filter(|it| found.contains(&it.file)).collect()
}

/// What is looked for.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Thing {
    /// A page or a file beside it, by its path below `content`.
    File(String),
    /// A table, by its name.
    Table(String),
    /// A source that texts cite, by its key.
    Source(String),
}

/// Finds a page, file, table, source or term by its path, name, key or title.
pub fn find(parsed: &Parsed, sources: &Sources, written: &str) -> Option<Thing> {
    let path = written.trim_start_matches("./");
    let below = path.strip_prefix("content/").unwrap_or(path);
    let is_file = parsed.pages.iter().any(|it| it.path.as_str() == below)
        || parsed.assets.iter().any(|it| it.path.as_str() == below);
    if is_file {
        return Some(Thing::File(below.to_owned()));
    }
    let table = parsed.tables.read.iter().find(|it| it.name == path || *sources.get(it.file).path == *path);
    if let Some(table) = table {
        return Some(Thing::Table(table.name.clone()));
    }
    if let Some(work) = parsed.works.iter().find(|it| it.key.value == path) {
        return Some(Thing::Source(work.key.value.clone()));
    }
    let titled = parsed.pages.iter().find(|it| names(it, parsed).any(|name| name == written));
    titled.map(|it| Thing::File(it.path.as_str().to_owned()))
}

/// Returns what a page is called: its title and, for a term, its other names.
fn names<'a>(page: &'a Page, parsed: &'a Parsed) -> impl Iterator<Item = &'a str> {
    let glossary = parsed.config.glossary.as_ref().filter(|it| page.collection == Some(it.collection));
    let fields = glossary.map_or([None, None], |it| [it.abbreviation, it.variants]);
    let others = page.fields.iter().filter(move |it| fields.contains(&Some(it.field)));
    [page.head.title.value.as_str()].into_iter().chain(others.flat_map(|it| texts(&it.value.value)))
}

fn texts(value: &FieldValue) -> Vec<&str> {
    match value {
        FieldValue::Text(text) => vec![text],
        FieldValue::List(items) => items.iter().flat_map(|it| texts(&it.value)).collect(),
        _ => Vec::new(),
    }
}

/// A place where something is used.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Use {
    pub span: Span,
    pub kind: Kind,
    /// The title of the page; none in the configuration.
    pub page: Option<String>,
}

/// How something is used.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Kind {
    Link,
    Picture,
    /// A field of the front matter.
    Field,
    Figure,
    Table,
    Chart,
    Citation,
    /// A term that its author marked.
    Term,
    /// A term that the program found.
    Found,
    Navigation,
}

impl Kind {
    /// Returns the stable name, for machines.
    pub fn code(self) -> &'static str {
        match self {
            Kind::Link => "link",
            Kind::Picture => "picture",
            Kind::Field => "field",
            Kind::Figure => "figure",
            Kind::Table => "table",
            Kind::Chart => "chart",
            Kind::Citation => "citation",
            Kind::Term => "term",
            Kind::Found => "found",
            Kind::Navigation => "navigation",
        }
    }

    /// Returns the name for people.
    pub fn name(self) -> Text {
        match self {
            Kind::Link => text("Link", "link"),
            Kind::Picture => text("Bild", "picture"),
            Kind::Field => text("Angabe", "field"),
            Kind::Figure => text("Zahl", "figure"),
            Kind::Table => text("Tabelle", "table"),
            Kind::Chart => text("Diagramm", "chart"),
            Kind::Citation => text("Quelle", "citation"),
            Kind::Term => text("Begriff", "term"),
            Kind::Found => text("Begriff im Text", "term in the text"),
            Kind::Navigation => text("Navigation", "navigation"),
        }
    }
}

/// Returns where something is used, in the order of files and places.
pub fn uses(parsed: Parsed, sources: &Sources, thing: &Thing) -> Vec<Use> {
    let mut uses = in_navigation(&parsed, thing);
    for page in &parsed.pages {
        let title = Some(page.head.title.value.clone());
        let spans = in_page(page, &parsed, thing);
        uses.extend(spans.into_iter().map(|(span, kind)| Use { span, kind, page: title.clone() }));
    }
    uses.extend(found_in_texts(parsed, sources, thing));
    uses.sort_by_key(|it| (&sources.get(it.span.file).path, it.span.start, it.kind));
    uses.dedup();
    uses
}

fn in_navigation(parsed: &Parsed, thing: &Thing) -> Vec<Use> {
    let written = &parsed.config.navigation;
    let links = [&written.main, &written.service, &written.footer].into_iter().flatten();
    let here = links.filter(|it| *thing == Thing::File(it.page.value.clone()));
    here.map(|it| Use { span: it.page.span, kind: Kind::Navigation, page: None }).collect()
}

fn in_page(page: &Page, parsed: &Parsed, thing: &Thing) -> Vec<(Span, Kind)> {
    let mut found = Vec::new();
    let table = page.head.table.iter().filter(|it| *thing == Thing::Table(it.value.clone()));
    found.extend(table.map(|it| (it.span, Kind::Table)));
    for field in &page.fields {
        match &field.body {
            Some(body) => in_holes(page, &body.holes, parsed, thing, &mut found),
            None => in_field(page, field, parsed, thing, &mut found),
        }
    }
    in_holes(page, &page.body.holes, parsed, thing, &mut found);
    found
}

fn in_field(page: &Page, field: &FieldText, parsed: &Parsed, thing: &Thing, found: &mut Vec<(Span, Kind)>) {
    let Some(collection) = page.collection else { return };
    let kind = &parsed.config.collections[collection].fields[field.field].kind;
    in_value(page, kind, &field.value, parsed, thing, found);
}

fn in_value(
    page: &Page,
    kind: &FieldKind,
    value: &Spanned<FieldValue>,
    parsed: &Parsed,
    thing: &Thing,
    found: &mut Vec<(Span, Kind)>,
) {
    let is_here = match (&value.value, kind) {
        (FieldValue::List(items), FieldKind::List(kind)) => {
            return items.iter().for_each(|it| in_value(page, kind, it, parsed, thing, found));
        }
        (FieldValue::Citation(cited), _) => return in_citation(cited, parsed, thing, found),
        (FieldValue::File(path), _) => leads_to(page, path, thing),
        (FieldValue::Reference(name), FieldKind::Reference(to)) => {
            *thing == Thing::File(format!("{}/{name}.md", to.value))
                || *thing == Thing::Table(to.value.clone())
        }
        _ => false,
    };
    found.extend(is_here.then_some((value.span, Kind::Field)));
}

fn in_holes(page: &Page, holes: &[Hole], parsed: &Parsed, thing: &Thing, found: &mut Vec<(Span, Kind)>) {
    let is_table = |name: &Spanned<String>| *thing == Thing::Table(name.value.clone());
    for hole in holes {
        let (is_here, kind) = match &hole.kind {
            HoleKind::Link(address) => (leads_to(page, address, thing), Kind::Link),
            HoleKind::Image(address) => (leads_to(page, address, thing), Kind::Picture),
            HoleKind::Value(role) => (is_table(&role.table), Kind::Figure),
            HoleKind::Table(it) => (is_table(&it.selection.table), Kind::Table),
            HoleKind::Chart(it) => (is_table(&it.selection.table), Kind::Chart),
            HoleKind::Term(name) => (is_called(name, parsed, thing), Kind::Term),
            HoleKind::Cite(cited) => {
                in_citation(cited, parsed, thing, found);
                continue;
            }
            HoleKind::Setting(_) | HoleKind::TermEnd => continue,
        };
        found.extend(is_here.then_some((hole.span, kind)));
    }
}

fn leads_to(page: &Page, address: &str, thing: &Thing) -> bool {
    let Thing::File(path) = thing else { return false };
    link::full_path(page, address).is_some_and(|it| it == *path)
}

fn is_called(name: &str, parsed: &Parsed, thing: &Thing) -> bool {
    let Thing::File(path) = thing else { return false };
    let page = parsed.pages.iter().find(|it| it.path.as_str() == path);
    page.is_some_and(|page| names(page, parsed).any(|it| it == name))
}

/// A publication is cited by the name of its file.
fn in_citation(cited: &[Cited], parsed: &Parsed, thing: &Thing, found: &mut Vec<(Span, Kind)>) {
    let publications = parsed.config.citations.collection.map(|it| &parsed.config.collections[it].name.value);
    let is_here = |key: &str| match thing {
        Thing::Source(name) => name == key,
        Thing::File(path) => publications.is_some_and(|it| *path == format!("{it}/{key}.md")),
        Thing::Table(_) => false,
    };
    found.extend(cited.iter().filter(|it| is_here(&it.key.value)).map(|it| (it.key.span, Kind::Citation)));
}

/// Returns the pages in whose texts a term was found, with the first place where it stands.
fn found_in_texts(parsed: Parsed, sources: &Sources, thing: &Thing) -> Vec<Use> {
    let Thing::File(path) = thing else { return Vec::new() };
    let Some(at) = parsed.pages.iter().position(|it| it.path.as_str() == path) else { return Vec::new() };
    let names: Vec<String> = names(&parsed.pages[at], &parsed).map(str::to_owned).collect();
    let marked: BTreeSet<FileId> = parsed
        .pages
        .iter()
        .filter(|it| {
            it.body.holes.iter().any(|it| matches!(&it.kind, HoleKind::Term(name) if names.contains(name)))
        })
        .map(|it| it.file)
        .collect();
    let Some(site) = link::link(parsed, sources, &mut Memo::default(), &mut Diagnostics::default()) else {
        return Vec::new();
    };
    let is_found = |fill: &Fill| matches!(fill, Fill::Term { page, .. } if page.0 == at);
    let pages = site.pages.iter().filter(|it| !marked.contains(&it.file));
    let pages = pages.filter(|it| it.bodies().flat_map(|it| &it.holes).any(|it| is_found(&it.fill)));
    pages
        .map(|it| {
            let span = first_place(it.file, sources, &names);
            Use { span, kind: Kind::Found, page: Some(it.title.clone()) }
        })
        .collect()
}

/// Returns the first place of one of some names below the front matter. A form such as a
/// genitive begins with the name; one that does not is told at the start of the file.
fn first_place(file: FileId, sources: &Sources, names: &[String]) -> Span {
    let text = sources.text(file);
    let start = text.get(3..).and_then(|it| it.find("\n---")).map_or(0, |at| at + 3);
    let first = |from: usize| {
        names.iter().filter_map(move |it| Some((from + text[from..].find(it.as_str())?, it.len()))).min()
    };
    // Fields have texts, too.
    first(start)
        .or_else(|| first(0))
        .map_or(Span::start_of(file), |(at, length)| Span::new(file, at..at + length))
}
