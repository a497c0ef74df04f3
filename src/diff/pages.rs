//! What changed on pages.

use std::collections::{BTreeMap, BTreeSet};

use rayon::prelude::*;

use super::pairs::{Pair, Pairs};
use super::reading::{self, Block, Link, Picture, Reading};
use super::{
    Fact, FigureChange, LinkChange, Lost, MovedTo, PageChange, Passage, PictureChange, Piece, Status, words,
};
use crate::date::Date;
use crate::diag::{Lang, Text, text};
use crate::render::readers;
use crate::site::{self, Fill, Page, Site, Taxonomy, TermId};

/// A page in one state of the site.
#[derive(Clone, Copy)]
struct Seen<'a> {
    site: &'a Site,
    page: &'a Page,
}

/// Lists the pages that are other than before.
pub fn pages(old: &Site, new: &Site, pairs: &Pairs) -> Vec<PageChange> {
    let change = |pair: &Pair| {
        let before = |id: &site::PageId| Seen { site: old, page: old.page(*id) };
        let after = |id: &site::PageId| Seen { site: new, page: new.page(*id) };
        match pair {
            Pair::Added(id) => Some(alone(after(id), Status::Added)),
            Pair::Removed(id) => {
                let mut gone = alone(before(id), Status::Removed);
                gone.leads_on = leads_on(new, &gone.url);
                Some(gone)
            }
            Pair::Both(from, to) => both(before(from), after(to), pairs),
        }
    };
    pairs.list.par_iter().filter_map(change).collect()
}

/// Whether an address of the old state leads somewhere in the new one.
fn leads_on(new: &Site, url: &str) -> bool {
    new.redirects.iter().any(|it| it.url == url) || new.pages.iter().any(|it| it.url == url)
}

/// Lists the addresses of pages and redirects that lead nowhere any more.
pub fn lost(old: &Site, new: &Site, pairs: &Pairs) -> Vec<Lost> {
    let now: BTreeSet<&str> = new
        .pages
        .iter()
        .map(|it| it.url.as_str())
        .chain(new.redirects.iter().map(|it| it.url.as_str()))
        .collect();
    let mut lost = Vec::new();
    for pair in &pairs.list {
        let (from, to) = match pair {
            Pair::Added(_) => continue,
            Pair::Removed(from) => (*from, None),
            Pair::Both(from, to) => (*from, Some(new.page(*to))),
        };
        let redirects = old.redirects.iter().filter(|it| it.target == from).map(|it| it.url.as_str());
        for url in
            std::iter::once(old.page(from).url.as_str()).chain(redirects).filter(|it| !now.contains(it))
        {
            let moved_to =
                to.map(|it| MovedTo { url: it.url.clone(), file: format!("content/{}", it.path.as_str()) });
            lost.push(Lost { url: url.to_owned(), title: old.page(from).title.clone(), moved_to });
        }
    }
    lost
}

/// Tells of a page that is in one state only.
fn alone(seen: Seen<'_>, status: Status) -> PageChange {
    let reading = reading::read(seen.site, seen.page);
    let mut told = PageChange {
        status,
        words: reading.blocks.iter().map(|it| words::count(&it.text)).sum(),
        passages: whole(&reading.blocks, status),
        ..empty(seen)
    };
    let (before, after) = if status == Status::Added { (None, Some(seen)) } else { (Some(seen), None) };
    told.facts = facts(before, after);
    told
}

fn empty(seen: Seen<'_>) -> PageChange {
    let Seen { site, page } = seen;
    PageChange {
        status: Status::Changed,
        title: page.title.clone(),
        url: page.url.clone(),
        old_url: None,
        leads_on: true,
        kind: page.collection.map(|it| site.config.collections[it].singular.clone()),
        words: 0,
        facts: Vec::new(),
        passages: Vec::new(),
        figures: Vec::new(),
        links: Vec::new(),
        pictures: Vec::new(),
        is_restyled: false,
    }
}

/// Puts a whole text as passages, one for each heading.
fn whole(blocks: &[Block], status: Status) -> Vec<Passage> {
    let piece = if status == Status::Added { Piece::Added } else { Piece::Removed };
    let parts = blocks.chunk_by(|_, next| !next.is_heading);
    let passage = |part: &[Block]| {
        let text =
            part.split_first().filter(|it| it.0.is_heading && !it.1.is_empty()).map_or(part, |it| it.1);
        Passage { heading: part[0].heading.clone(), pieces: vec![piece(lines(text))] }
    };
    parts.map(passage).collect()
}

fn lines(blocks: &[Block]) -> String {
    blocks.iter().map(|it| it.text.as_str()).collect::<Vec<_>>().join("\n")
}

/// Compares a page with what it was; none where readers see the same.
fn both(old: Seen<'_>, new: Seen<'_>, pairs: &Pairs) -> Option<PageChange> {
    let (before, after) = (reading::read(old.site, old.page), reading::read(new.site, new.page));
    let mut change = empty(new);
    if old.page.url != new.page.url {
        change.status = Status::Moved;
        change.old_url = Some(old.page.url.clone());
        change.leads_on = leads_on(new.site, &old.page.url);
    }
    change.facts = facts(Some(old), Some(new));
    change.passages = passages(&before.blocks, &after.blocks);
    change.figures = figures(old, new);
    change.links = links(&before.links, &after.links, pairs);
    change.links.retain(|it| !is_term(it, old, new));
    change.pictures = pictures(&before, &after, old.site, new.site);
    let is_same_text = change.passages.is_empty() && change.links.is_empty() && change.pictures.is_empty();
    change.is_restyled = is_same_text && is_restyled(&before, &after, pairs) || has_other_look(old, new);
    change.words = after.blocks.iter().map(|it| words::count(&it.text)).sum();
    (change.count() > 0).then_some(change)
}

/// Whether the same text has another form. Where a link leads to a page that moved, it is the same link.
fn is_restyled(before: &Reading, after: &Reading, pairs: &Pairs) -> bool {
    let mut html = before.html.clone();
    for link in &before.links {
        let now = pairs.now(&link.target);
        if now != link.target {
            html = html.replace(&format!("href=\"{}\"", link.target), &format!("href=\"{now}\""));
        }
    }
    let normal = |html: &str| html.split_whitespace().collect::<Vec<_>>().join(" ");
    normal(&html) != normal(&after.html)
}

/// Whether a page is laid out in another way.
fn has_other_look(old: Seen<'_>, new: Seen<'_>) -> bool {
    let look = |it: &Page| (it.template.clone(), it.toc, it.easy_language);
    look(old.page) != look(new.page)
}

/// Compares texts paragraph by paragraph, and those that changed word by word.
fn passages(old: &[Block], new: &[Block]) -> Vec<Passage> {
    let texts = |blocks: &[Block]| blocks.iter().map(|it| normal(&it.text)).collect::<Vec<_>>();
    let (old_texts, new_texts) = (texts(old), texts(new));
    let mut passages: Vec<Passage> = Vec::new();
    let mut left = words::PAGE_SIGNS;
    for (before, after) in words::hunks(&strs(&old_texts), &strs(&new_texts)) {
        for (before, after) in by_heading(&old[before], &new[after]) {
            let heading = after.first().or(before.first()).map_or("", |it| it.heading.as_str());
            let (was, now) = (lines(before), lines(after));
            let signs = was.len() + now.len();
            let pieces = if signs > left { words::whole(&was, &now) } else { words::compare(&was, &now) };
            left = left.saturating_sub(signs);
            match passages.last_mut().filter(|it| it.heading == heading) {
                Some(last) => words::append(&mut last.pieces, pieces),
                None => passages.push(Passage { heading: heading.to_owned(), pieces }),
            }
        }
    }
    passages
}

fn strs(texts: &[String]) -> Vec<&str> {
    texts.iter().map(String::as_str).collect()
}

/// Cuts a change into parts that each lie below one heading on both sides: the first with the
/// first, the second with the second.
fn by_heading<'a>(old: &'a [Block], new: &'a [Block]) -> Vec<(&'a [Block], &'a [Block])> {
    let (mut before, mut after) = (parts(old), parts(new));
    let count = before.len().max(after.len());
    before.resize(count, &[]);
    after.resize(count, &[]);
    let parts = before.into_iter().zip(after);
    parts.filter(|(before, after)| !before.is_empty() || !after.is_empty()).collect()
}

/// The first part is what stands before a heading; it may be empty.
fn parts(blocks: &[Block]) -> Vec<&[Block]> {
    let mut parts: Vec<&[Block]> = blocks.chunk_by(|_, next| !next.is_heading).collect();
    if blocks.first().is_none_or(|it| it.is_heading) {
        parts.insert(0, &[]);
    }
    parts
}

/// Blanks that keep words together look like others.
fn normal(text: &str) -> String {
    text.split_whitespace().collect::<Vec<_>>().join(" ")
}

/// Compares what is said about a page beside its text.
fn facts(old: Option<Seen<'_>>, new: Option<Seen<'_>>) -> Vec<Fact> {
    type Say = fn(Seen<'_>) -> Option<String>;
    let parts: [(&str, Text, Say); 8] = [
        ("title", text("Titel", "title"), |it| Some(it.page.title.clone())),
        ("nav_title", text("Kurzer Titel", "short title"), |it| {
            Some(&it.page.nav_title).filter(|short| **short != it.page.title).cloned()
        }),
        ("description", text("Beschreibung", "description"), |it| Some(it.page.description.clone())),
        ("date", text("Datum", "date"), |it| it.page.date.map(|day| day_text(day, it.site.config.lang))),
        ("updated", text("Stand", "updated"), |it| {
            it.page.updated.map(|day| day_text(day, it.site.config.lang))
        }),
        ("tags", text("Schlagwörter", "tags"), |it| Some(terms(&it.site.tags, &it.page.tags))),
        ("categories", text("Kategorien", "categories"), |it| {
            Some(terms(&it.site.categories, &it.page.categories))
        }),
        ("table", text("Tabelle der Seite", "table of the page"), |it| {
            it.page.table.map(|at| it.site.tables[at].data.title.clone())
        }),
    ];
    let is_new = old.is_none() || new.is_none();
    let parts = parts.into_iter().filter(|it| !is_new || it.0 != "title");
    let mut facts: Vec<Fact> = parts
        .filter_map(|(key, label, say)| Fact::of(key, label, old.and_then(say), new.and_then(say)))
        .collect();
    facts.extend(fields(old, new));
    facts
}

fn day_text(day: Date, lang: Lang) -> String {
    if lang == Lang::De { day.german() } else { day.english() }
}

fn terms(taxonomy: &Taxonomy, ids: &[TermId]) -> String {
    let mut titles: Vec<&str> = ids.iter().map(|it| taxonomy.terms[it.0].title.as_str()).collect();
    titles.sort_unstable();
    titles.join(", ")
}

/// Compares the fields of an entry by their names.
fn fields(old: Option<Seen<'_>>, new: Option<Seen<'_>>) -> Vec<Fact> {
    let (before, after) =
        (old.map(told_fields).unwrap_or_default(), new.map(told_fields).unwrap_or_default());
    let gone = before.iter().filter(|it| !after.iter().any(|now| now.name == it.name));
    let facts = after.iter().chain(gone).filter_map(|field| {
        let find = |all: &[ToldField]| all.iter().find(|it| it.name == field.name).map(|it| it.text.clone());
        let label = text(field.label.clone(), field.label.clone());
        Fact::of(format!("field:{}", field.name), label, find(&before), find(&after))
    });
    facts.collect()
}

struct ToldField {
    name: String,
    label: String,
    text: String,
}

fn told_fields(seen: Seen<'_>) -> Vec<ToldField> {
    let Some(collection) = seen.page.collection else { return Vec::new() };
    let declared = &seen.site.config.collections[collection].fields;
    let told = seen.page.fields.iter().filter_map(|it| {
        let field = &declared[it.field];
        let text = readers::field(seen.site, seen.page, it)?;
        Some(ToldField { name: field.name.value.clone(), label: field.label.clone(), text })
    });
    told.collect()
}

/// Compares the figures of both states that are values of the same cell.
fn figures(old: Seen<'_>, new: Seen<'_>) -> Vec<FigureChange> {
    let before: BTreeMap<(String, String, String), String> =
        told_figures(old).into_iter().map(|it| (it.key, it.text)).collect();
    let mut seen = BTreeSet::new();
    let changes = told_figures(new).into_iter().filter_map(|it| {
        let old = before.get(&it.key).filter(|old| **old != it.text)?.clone();
        seen.insert(it.key).then_some(FigureChange {
            row: it.row,
            column: it.column,
            old,
            new: it.text,
            follows: it.follows,
        })
    });
    changes.collect()
}

struct ToldFigure {
    /// Table, row and column.
    key: (String, String, String),
    row: String,
    column: String,
    text: String,
    follows: bool,
}

fn told_figures(seen: Seen<'_>) -> Vec<ToldFigure> {
    let holes = seen.page.bodies().flat_map(|it| &it.holes);
    let figures = holes.filter_map(|it| match &it.fill {
        Fill::Figure(figure) => Some(figure),
        _ => None,
    });
    let told = figures.map(|it| {
        let table = &seen.site.tables[it.table];
        let (row, column) = (table.row(it.row), &table.data.columns[it.column]);
        ToldFigure {
            key: (table.data.name.clone(), row.id.clone(), column.id.clone()),
            row: row.title.clone(),
            column: column.label.clone(),
            text: readers::figure(seen.site, it),
            follows: it.written.is_none(),
        }
    });
    told.collect()
}

/// Compares links: the same text with another target is one change.
fn links(old: &[Link], new: &[Link], pairs: &Pairs) -> Vec<LinkChange> {
    let mut gone: Vec<Link> =
        old.iter().map(|it| Link { text: it.text.clone(), target: pairs.now(&it.target) }).collect();
    let mut more = Vec::new();
    for link in new {
        match gone.iter().position(|it| it == link) {
            Some(at) => drop(gone.remove(at)),
            None => more.push(link),
        }
    }
    let mut changes = Vec::new();
    let mut others = Vec::new();
    for link in more {
        match gone.iter().position(|it| it.text == link.text).map(|at| gone.remove(at).target) {
            None => others.push(link),
            before => changes.push(LinkChange {
                text: link.text.clone(),
                old: before,
                new: Some(link.target.clone()),
            }),
        }
    }
    for link in others {
        // Another text for the same target is told as a change of the text.
        match gone.iter().position(|it| it.target == link.target) {
            Some(at) => drop(gone.remove(at)),
            None => changes.push(LinkChange {
                text: link.text.clone(),
                old: None,
                new: Some(link.target.clone()),
            }),
        }
    }
    changes.extend(gone.into_iter().map(|it| LinkChange { text: it.text, old: Some(it.target), new: None }));
    changes
}

/// Whether a link only became one that the glossary makes, or was one before: readers see a link
/// in both states.
fn is_term(link: &LinkChange, old: Seen<'_>, new: Seen<'_>) -> bool {
    let links =
        |seen: Seen<'_>, target: &String| seen.page.terms.iter().any(|it| seen.site.page(*it).url == *target);
    match (&link.old, &link.new) {
        (Some(target), None) => links(new, target),
        (None, Some(target)) => links(old, target),
        _ => false,
    }
}

/// Compares the pictures of a text, and what is in their files.
fn pictures(old: &Reading, new: &Reading, before: &Site, after: &Site) -> Vec<PictureChange> {
    let find = |all: &[Picture], path: &str| all.iter().find(|it| it.path == path).map(|it| it.alt.clone());
    let bytes = |site: &Site, path: &str| {
        site.assets.iter().find(|it| it.path.as_str() == path).map(|it| it.bytes.clone())
    };
    let gone = old.pictures.iter().filter(|it| find(&new.pictures, &it.path).is_none());
    let all = new.pictures.iter().chain(gone);
    let changes = all.filter_map(|picture| {
        let path = picture.path.as_str();
        let (old_alt, new_alt) = (find(&old.pictures, path), find(&new.pictures, path));
        let status = match (&old_alt, &new_alt) {
            (None, _) => Status::Added,
            (_, None) => Status::Removed,
            (old, new) if old == new && bytes(before, path) == bytes(after, path) => return None,
            _ => Status::Changed,
        };
        Some(PictureChange { status, path: path.to_owned(), old_alt, new_alt })
    });
    let mut changes: Vec<PictureChange> = changes.collect();
    changes.dedup_by(|next, last| next.path == last.path);
    changes
}
