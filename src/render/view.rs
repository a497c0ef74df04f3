//! What templates see: `themes/README.md` describes every name.
//!
//! Values that are the same on every page are made once ([`globals`]); lists hold
//! small entries and never the text of a page, so that a long list costs little.

mod field;
mod fill;
mod list;
mod sources;
mod term;

use std::borrow::Cow;

use tera::{Map, Value};

use self::field::field;
pub use self::field::field_text;
pub use self::fill::{Notes, push_link, setting};
use self::fill::{Piece, fill};
pub use self::list::{EntryFields, letter_id, listing, news, with_facets, with_tools};
pub use self::sources::cited_plain;
use super::profile::dictionary_order;
use super::table;
use super::value::{html, list, map, optional, text};
use crate::content::typography::set_line;
use crate::date::Date;
use crate::diag::Lang;
use crate::link::{excerpt_style_url, register_url, related_to, search_url};
use crate::path::{base_path, root_of};
use crate::site::{self, NavigationLink, Page, PageId, Site, Taxonomy, TaxonomyKind, has_tools};
use crate::theme::Words;

/// Makes what every template sees on every page: `site`, `t` and `assets`; `search` is the
/// folder of the index.
pub fn globals(site: &Site, search: Option<&str>) -> [(&'static str, Value); 3] {
    let config = &site.config;
    let navigation = &site.navigation;
    let nav = map([
        ("main", navigation_links(site, &navigation.main)),
        ("service", navigation_links(site, &navigation.service)),
        ("footer", navigation_links(site, &navigation.footer)),
    ]);
    let set = |it: &str| set_text(site, it);
    let value = map([
        ("title", set(&config.title)),
        ("short_title", set(&config.short_title)),
        ("description", set(&config.description)),
        ("lang", text(lang_code(config.lang))),
        ("banner", config.banner.as_deref().map_or_else(Value::none, set)),
        ("footer", config.footer.as_deref().map_or_else(Value::none, set)),
        ("date", site.date.map_or_else(Value::none, |it| date(site, it))),
        ("base_url", optional(config.base_url.as_deref())),
        ("nav", nav),
        ("print_terms", Value::from(site.glossary.as_ref().is_some_and(|it| it.print))),
        ("search", search.map_or_else(Value::none, |it| search_places(site, it))),
        ("offline", Value::from(config.offline)),
        ("home", link(&site.page(site.home).url, &site.page(site.home).nav_title)),
    ]);
    let assets = site.theme.assets.iter().map(|(name, it)| (name.clone().into(), text(&it.url)));
    [("site", value), ("t", words(&site.theme.words)), ("assets", Value::from(assets.collect::<Map>()))]
}

/// Makes `site.search`: where the search and what belongs to it are.
fn search_places(site: &Site, index: &str) -> Value {
    let words = &site.theme.words;
    map([
        ("index", text(index)),
        ("page", text(&search_url(words))),
        ("register", link(&register_url(words), words.get("register"))),
    ])
}

/// Makes a text of the configuration as a typesetter would set it.
fn set_text(site: &Site, text: &str) -> Value {
    Value::from(set_line(site.config.lang, text))
}

/// Returns the code of a language.
pub fn lang_code(lang: Lang) -> &'static str {
    match lang {
        Lang::De => "de",
        Lang::En => "en",
    }
}

fn words(words: &Words) -> Value {
    Value::from(words.iter().map(|(key, word)| (key.to_owned().into(), text(word))).collect::<Map>())
}

fn navigation_links(site: &Site, links: &[NavigationLink]) -> Value {
    list(links.iter().map(|it| {
        let page = site.page(it.page);
        let title = set_line(site.config.lang, &it.label);
        map([
            ("title", Value::from(title)),
            ("url", text(&page.url)),
            ("description", text(&page.description)),
        ])
    }))
}

/// Makes a Link.
pub fn link(url: &str, title: &str) -> Value {
    map([("title", text(title)), ("url", text(url))])
}

/// What distinguishes one page of the output from another, written or generated.
pub struct Place<'a> {
    pub title: Cow<'a, str>,
    pub nav_title: Cow<'a, str>,
    pub description: &'a str,
    pub url: &'a str,
    /// File name of the template.
    pub template: &'a str,
    /// The index page above it; none for the start page.
    pub parent: Option<PageId>,
}

impl<'a> Place<'a> {
    /// Returns the place of a written page.
    pub fn of(page: &'a Page) -> Place<'a> {
        Place {
            title: page.title.as_str().into(),
            nav_title: page.nav_title.as_str().into(),
            description: &page.description,
            url: &page.url,
            template: &page.template,
            parent: page.parent,
        }
    }
}

/// Makes `page` for a page that no author wrote: all names, most of them empty.
pub fn generated(site: &Site, place: &Place<'_>) -> Map {
    let above = above(site, place.parent);
    let trail = std::iter::once(place.url).chain(above.iter().rev().map(|it| it.url.as_str()));
    let breadcrumbs = above.iter().map(|it| link(&it.url, &it.nav_title));
    let entries = [
        ("title", text(&place.title)),
        ("nav_title", text(&place.nav_title)),
        ("full_title", Value::from(full_title(site, place, &above))),
        ("description", text(place.description)),
        ("url", text(place.url)),
        ("canonical", canonical(site, place.url)),
        ("kind", text(place.template.trim_end_matches(".html"))),
        ("policy", text(&policy(site, "'none'"))),
        ("trail", list(trail.map(text))),
        ("breadcrumbs", list(breadcrumbs)),
        ("body", text("")),
        ("pieces", list([])),
        ("table_styles", list([])),
        ("table_script", Value::none()),
        ("toc", list([])),
        ("date", Value::none()),
        ("updated", Value::none()),
        ("tags", list([])),
        ("categories", list([])),
        ("fields", list([])),
        ("collection", Value::none()),
        ("previous", Value::none()),
        ("next", Value::none()),
        ("sources", list([])),
        ("citation", Value::none()),
        ("backlinks", list([])),
        ("related", list([])),
        ("terms", list([])),
        ("easy_language", Value::from(false)),
    ];
    entries.into_iter().map(|(key, value)| (key.into(), value)).collect()
}

/// Makes the absolute address of a page, where the site has one.
pub fn canonical(site: &Site, url: &str) -> Value {
    site.config.base_url.as_ref().map_or_else(Value::none, |base| Value::from(format!("{base}{url}")))
}

/// Returns the pages above, from the start page down.
fn above(site: &Site, parent: Option<PageId>) -> Vec<&Page> {
    let mut above: Vec<&Page> =
        std::iter::successors(parent.map(|it| site.page(it)), |page| page.parent.map(|it| site.page(it)))
            .collect();
    above.reverse();
    above
}

/// Returns „Seite – Bereich – Website“.
fn full_title(site: &Site, place: &Place<'_>, above: &[&Page]) -> String {
    let site_title = set_line(site.config.lang, &site.config.short_title);
    let section = above.get(1).map(|it| it.nav_title.as_str());
    let mut parts = vec![&*place.title];
    parts.extend(section);
    parts.push(&site_title);
    parts.dedup();
    parts.join(" – ")
}

/// Returns the policy of a page; only pages with a form may send one.
///
/// R11 of the security rules: nothing inline, nothing from another place.
fn policy(site: &Site, form_action: &str) -> String {
    let manifest = if site.config.offline { " manifest-src 'self';" } else { "" };
    format!(
        "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:; font-src 'self'; \
         connect-src 'self';{manifest} base-uri 'none'; form-action {form_action}; object-src 'none'"
    )
}

/// Returns the HTML of a text without notes, tables and charts.
pub fn body_text(site: &Site, body: &site::Body, url: &str) -> String {
    fill(site, body, url, Notes::Text)
}

/// Makes `page` for a written page.
pub fn page(site: &Site, page: &Page) -> Map {
    let mut view = generated(site, &Place::of(page));
    let mut set = |key: &'static str, value: Value| view.insert(key.into(), value);
    set("body", html(&fill(site, &page.body, &page.url, Notes::Shown)));
    set("pieces", pieces(site, page));
    set("table_styles", list(table_styles(site, page).iter().map(|it| text(it))));
    set("table_script", optional(table_script(site, page)));
    set("toc", toc(site, page));
    set("date", page.date.map_or_else(Value::none, |it| date(site, it)));
    set("updated", page.updated.map_or_else(Value::none, |it| date(site, it)));
    set("tags", terms_of(&site.tags, &page.tags));
    set("categories", terms_of(&site.categories, &page.categories));
    set(
        "fields",
        list(page.fields.iter().filter_map(|it| field(site, page, it, &page.url)).map(|(_, value)| value)),
    );
    set("collection", page.collection.map_or_else(Value::none, |it| collection(site, page, it)));
    set("previous", page.previous.map_or_else(Value::none, |it| link_to(site, it)));
    set("next", page.next.map_or_else(Value::none, |it| link_to(site, it)));
    set("sources", sources::sources(site, page));
    set("citation", sources::citation(site, page));
    set("backlinks", backlinks(site, &page.backlinks));
    set("related", list(related_to(site, page.id).iter().map(|it| related(site, it))));
    set("terms", term::terms(site, page));
    set("easy_language", Value::from(page.easy_language));
    if let Some(form) = page.form {
        set("policy", text(&policy(site, &form_target(site, form))));
    }
    view
}

/// Makes `page.pieces`: the text in pieces where tables with tools stand in it.
fn pieces(site: &Site, page: &Page) -> Value {
    if page.tables_with_tools().next().is_none() {
        return list([]);
    }
    list(fill::pieces(site, &page.body, &page.url).into_iter().map(|piece| match piece {
        Piece::Html(it) => map([("html", html(&it)), ("table", Value::none())]),
        Piece::Table(it) => {
            map([("html", Value::none()), ("table", table::excerpt_view(site, it, &page.url))])
        }
    }))
}

/// The style sheets of the tables of a page: its own, and those with tools in its text.
fn table_styles(site: &Site, page: &Page) -> Vec<String> {
    let own = page.table.map(|it| site.tables[it].style.clone());
    let words = &site.theme.words;
    let in_text = page.tables_with_tools().map(|it| excerpt_style_url(&page.url, it.number, words));
    own.into_iter().chain(in_text).collect()
}

/// The script that makes tools of the tables of a page, if one of them has any.
fn table_script(site: &Site, page: &Page) -> Option<&'static str> {
    let own = page.table.map(|it| &site.tables[it]);
    if own.is_some_and(|it| it.script.is_some()) {
        return Some("table-large.js");
    }
    let is_live = own.is_some_and(|it| has_tools(it.data.rows.len(), it.data.columns.len()));
    (is_live || page.tables_with_tools().next().is_some()).then_some("table.js")
}

fn link_to(site: &Site, id: PageId) -> Value {
    let page = site.page(id);
    link(&page.url, &page.title)
}

/// Makes a day.
pub fn date(site: &Site, date: Date) -> Value {
    map([("iso", Value::from(date.iso())), ("text", Value::from(date_text(site, date)))])
}

fn date_text(site: &Site, date: Date) -> String {
    match site.config.lang {
        Lang::De => date.german(),
        Lang::En => date.english(),
    }
}

/// Pages with this many chapters have a table of contents unless they say otherwise.
const LONG_PAGE_CHAPTERS: usize = 3;

fn toc(site: &Site, page: &Page) -> Value {
    let chapters = page.body.headings.iter().filter(|it| it.level == 2).count();
    let wanted = page.toc.unwrap_or(chapters >= LONG_PAGE_CHAPTERS && !page.easy_language);
    let headings = page.body.headings.iter().filter(|it| wanted && it.level <= 3);
    list(headings.map(|it| {
        map([
            ("id", text(&it.id)),
            ("title", Value::from(fill::title(site, it))),
            ("level", Value::from(u32::from(it.level))),
        ])
    }))
}

fn terms_of(taxonomy: &Taxonomy, ids: &[site::TermId]) -> Value {
    list(ids.iter().map(|it| {
        let term = &taxonomy.terms[it.0];
        link(&term.url, &term.title)
    }))
}

fn collection(site: &Site, page: &Page, at: usize) -> Value {
    let declared = &site.config.collections[at];
    let url = page.parent.map_or("", |it| &site.page(it).url);
    map([
        ("name", text(&declared.name.value)),
        ("label", set_text(site, &declared.label)),
        ("singular", set_text(site, &declared.singular)),
        ("url", text(url)),
    ])
}

/// Makes `backlinks`.
pub fn backlinks(site: &Site, all: &[site::Backlinks]) -> Value {
    list(all.iter().map(|it| {
        let label = it.collection.map(|at| set_text(site, &site.config.collections[at].label));
        map([
            ("label", label.unwrap_or_else(|| text(site.theme.words.get("other_pages")))),
            ("pages", list(it.pages.iter().map(|&it| link_to(site, it)))),
            ("found", list(it.found.iter().map(|&it| link_to(site, it)))),
            ("is_long", Value::from(it.pages.len() > MOST_BACKLINKS)),
        ])
    }))
}

/// A longer group of backlinks is folded.
const MOST_BACKLINKS: usize = 6;

fn related(site: &Site, related: &site::Related) -> Value {
    let page = site.page(related.page);
    map([
        ("title", text(&page.title)),
        ("url", text(&page.url)),
        ("shared", list(related.shared.iter().map(|it| text(it)))),
    ])
}

/// Makes `sitemap`.
pub fn sitemap(site: &Site) -> Value {
    list([node(site, site.home)])
}

fn node(site: &Site, id: PageId) -> Value {
    let page = site.page(id);
    let children = page.children.iter().map(|&it| node(site, it));
    let tables: Vec<_> = site.tables.iter().filter(|it| it.page.unwrap_or(site.home) == id).collect();
    let more = tables.iter().flat_map(|it| profiles(it).chain(comparisons(it)).chain(indicators(site, it)));
    map([
        ("title", text(&page.nav_title)),
        ("url", text(&page.url)),
        ("children", list(children.chain(more))),
    ])
}

/// The pages of the rows stand below that of their table.
fn profiles(table: &site::Table) -> impl Iterator<Item = Value> {
    let order = dictionary_order(table).into_iter().filter(|&at| at < table.profiles.len());
    order.map(|at| {
        let (title, url) = (&table.data.rows[at].title, &table.profiles[at]);
        leaf(title, url)
    })
}

fn comparisons(table: &site::Table) -> impl Iterator<Item = Value> {
    let sets = table.data.comparisons.iter().zip(&table.comparisons);
    sets.map(|(set, url)| leaf(&set.title, url))
}

/// The list of the columns of a table, and below it the page of each.
fn indicators(site: &Site, table: &site::Table) -> Option<Value> {
    let columns = table.data.columns.iter().zip(&table.indicators);
    let children = columns.filter_map(|(column, url)| Some(leaf(&column.label, url.as_deref()?)));
    let url = table.indicator_index.as_deref()?;
    let title = site.theme.words.get("indicators");
    Some(map([("title", text(title)), ("url", text(url)), ("children", list(children))]))
}

fn leaf(title: &str, url: &str) -> Value {
    map([("title", text(title)), ("url", text(url)), ("children", list([]))])
}

/// Makes `terms`.
pub fn terms(taxonomy: &Taxonomy) -> Value {
    list(taxonomy.terms.iter().map(|it| {
        map([("title", text(&it.title)), ("url", text(&it.url)), ("count", Value::from(it.pages.len()))])
    }))
}

/// Returns the title of the list of all tags or categories, or of one of them.
pub fn taxonomy_title(site: &Site, kind: TaxonomyKind, term: Option<&str>) -> String {
    let words = &site.theme.words;
    match term {
        None => words.get(kind.word()).to_owned(),
        Some(term) => format!("{}: {term}", words.get(kind.singular_word())),
    }
}

/// Returns the source for `form-action` in the policy of a page.
fn form_target(site: &Site, form: usize) -> String {
    match &site.config.forms[form].action {
        None => "mailto:".to_owned(),
        Some(action) => {
            let host_start = action.find("//").map_or(0, |at| at + 2);
            let end = action[host_start..].find(['/', '?', '#']).map_or(action.len(), |at| host_start + at);
            action[..end].to_owned()
        }
    }
}

/// Returns the way to the top of the site. The page for missing addresses is
/// shown at any depth, so that it needs the path of the site.
pub fn root(site: &Site, url: &str) -> String {
    if url != NOT_FOUND {
        return root_of(url);
    }
    let base = site.config.base_url.as_deref().and_then(base_path);
    base.unwrap_or_default().to_owned()
}

/// The page that servers show for a missing address.
pub const NOT_FOUND: &str = "404.html";
