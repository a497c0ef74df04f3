//! Addresses: one for each page, and nothing twice.

use std::collections::{BTreeMap, HashMap};

use rayon::prelude::*;

use super::{Parsed, glossary, tables};
use crate::config::Config;
use crate::content;
use crate::content::markdown::HoleKind;
use crate::diag::{Diagnostic, Diagnostics, Text, text};
use crate::fields::FieldKind;
use crate::path::SitePath;
use crate::site::{PageId, Redirect, TaxonomyKind};
use crate::slug::slug;
use crate::source::{Span, Spanned};
use crate::theme::{Theme, Words};

/// Where everything goes.
pub struct Addresses {
    /// One for each page, in their order.
    pub urls: Vec<String>,
    pub redirects: Vec<Redirect>,
    /// One for each table, in their order.
    pub tables: Vec<tables::Addresses>,
}

/// Files that a build makes by itself.
const GENERATED: [&str; 7] =
    ["404.html", "sitemap.xml", "robots.txt", "feed.xml", "_headers", "site.webmanifest", "sw.js"];

/// Gives each page its address and checks that nothing else has it.
///
/// Findings: `duplicate-address`, `bad-path`.
pub fn assign(parsed: &Parsed, diags: &mut Diagnostics) -> Addresses {
    let mut claims = Claims { by_key: HashMap::with_capacity(2 * parsed.pages.len()), diags };
    for name in GENERATED {
        claims.reserve(name);
    }
    for asset in parsed.theme.assets.values() {
        claims.reserve_asset(&asset.url, parsed.config.theme.span);
    }
    let urls: Vec<String> = parsed.pages.par_iter().map(|it| url(it)).collect();
    let keys: Vec<Result<String, Text>> = urls.par_iter().map(|it| key(it)).collect();
    for ((page, url), key) in parsed.pages.iter().zip(&urls).zip(keys) {
        let span = page.head.slug.as_ref().map_or(page.head.title.span, |it| it.span);
        claims.claim_key(key, url, span, Remedy::Slug);
        slug_is_for_pages(page, claims.diags);
        slug_is_one_part(page, claims.diags);
    }
    for (page, url) in parsed.pages.iter().zip(&urls) {
        for hole in &page.body.holes {
            if let HoleKind::Table(directive) = &hole.kind
                && !directive.tools.is_empty()
            {
                let url = excerpt_style_url(url, directive.number, &parsed.theme.words);
                claims.claim(&url, hole.span, Remedy::Rename);
            }
        }
    }
    for asset in &parsed.assets {
        claims.claim(asset.path.as_str(), Span::start_of(asset.file), Remedy::Rename);
    }
    for (url, span) in generated_lists(parsed) {
        claims.claim(&url, span, Remedy::Rename);
    }
    for (id, page) in super::sources::pages(parsed) {
        let files = super::sources::files(&urls[id.0]);
        claims.claim(&files.bibtex, page.head.title.span, Remedy::Rename);
        claims.claim(&files.ris, page.head.title.span, Remedy::Rename);
    }
    let words = &parsed.theme.words;
    let tables: Vec<_> = parsed.tables.read.iter().map(|it| tables::Addresses::new(it, words)).collect();
    for (table, addresses) in parsed.tables.read.iter().zip(&tables) {
        for (url, span) in addresses.claims(table) {
            claims.claim(&url, span, Remedy::Rename);
        }
    }
    if let Some(table) = parsed.tables.read.first() {
        for url in [tables::report_url(words), tables::package_url(words)] {
            claims.claim(&url, Span::start_of(table.file), Remedy::Rename);
        }
    }
    if let (Some(url), Some(glossary)) =
        (glossary::report::report_url(&parsed.config, words), &parsed.config.glossary)
    {
        claims.claim(&url, glossary.span, Remedy::Rename);
    }
    if let Some(span) = parsed.config.review {
        claims.claim(&review_url(words), span, Remedy::Rename);
    }
    if has_search(&parsed.config, &parsed.theme) {
        for url in [search_url(words), register_url(words)] {
            claims.claim(&url, Span::start_of(parsed.config_file), Remedy::Rename);
        }
    }
    let redirects = redirects(parsed, &mut claims);
    Addresses { urls, redirects, tables }
}

/// Returns the address of the page that says when pages are to be reviewed.
pub fn review_url(words: &Words) -> String {
    format!("{}.html", part(words.get("review")))
}

/// Returns the address of a page: the path of its file in `a`–`z`, `0`–`9` and hyphens.
fn url(page: &content::Page) -> String {
    let path = page.path.as_str();
    let stem = path.strip_suffix(".md").unwrap_or(path);
    let (folder, name) = stem.rsplit_once('/').unwrap_or(("", stem));
    let mut url: String = folder.split('/').filter(|it| !it.is_empty()).map(|it| part(it) + "/").collect();
    match &page.head.slug {
        _ if name == "_index" => url.push_str("index"),
        Some(wish) => url.push_str(&part(&wish.value)),
        None => url.push_str(&part(name)),
    }
    url + ".html"
}

/// Makes a part of an address; one that has no letter at all keeps a place of its own.
pub fn part(name: &str) -> String {
    let slug = slug(name);
    if slug.is_empty() { "seite".to_owned() } else { slug }
}

/// The addresses of facets, tags and categories.
fn generated_lists(parsed: &Parsed) -> Vec<(String, Span)> {
    let mut lists = Vec::new();
    for collection in &parsed.config.collections {
        for field in collection.fields.iter().filter(|it| it.facet) {
            if let FieldKind::Choice(choices) = &field.kind {
                let urls = choices.iter().map(|it| facet_url(&collection.name.value, &it.value));
                lists.extend(urls.map(|url| (url, field.name.span)));
            }
        }
    }
    for (kind, written) in [
        (TaxonomyKind::Tags, all(parsed, |page| &page.head.tags)),
        (TaxonomyKind::Categories, all(parsed, |page| &page.head.categories)),
    ] {
        // Thousands of pages have the same few terms; making an address is dear.
        let mut terms: BTreeMap<&str, Span> = BTreeMap::new();
        for it in written {
            let first = terms.entry(&it.value).or_insert(it.span);
            *first = it.span.min(*first);
        }
        let mut urls: Vec<(String, Span)> =
            terms.iter().map(|(term, &span)| (term_url(parsed, kind, term), span)).collect();
        urls.sort();
        urls.dedup_by(|one, other| one.0 == other.0);
        if let Some(&(_, span)) = urls.first() {
            lists.push((taxonomy_url(parsed, kind), span));
        }
        lists.extend(urls);
    }
    lists
}

fn all<'a>(
    parsed: &'a Parsed,
    list: impl Fn(&'a content::Page) -> &'a Vec<Spanned<String>>,
) -> Vec<&'a Spanned<String>> {
    parsed.pages.iter().flat_map(|it| list(it)).collect()
}

/// Returns the address of the list of one choice.
pub fn facet_url(collection: &str, value: &str) -> String {
    let folder: String = collection.split('/').map(|it| part(it) + "/").collect();
    format!("{folder}{}.html", part(&format!("liste-{value}")))
}

/// Returns the address of the style sheet of a table in the text of the page at `url`.
pub fn excerpt_style_url(url: &str, number: usize, words: &Words) -> String {
    format!("{}-{}-{number}.css", url.trim_end_matches(".html"), part(words.get("table")))
}

/// Returns the folder of the search, with a slash at its end.
pub fn search_folder(words: &Words) -> String {
    format!("{}/", part(words.get("search")))
}

/// Says whether a site has a search.
pub fn has_search(config: &Config, theme: &Theme) -> bool {
    config.search.is_on && theme.templates.contains_key("search.html")
}

/// Returns the address of the page of the search.
pub fn search_url(words: &Words) -> String {
    format!("{}.html", part(words.get("search")))
}

/// Returns the address of the list of everything from A to Z.
pub fn register_url(words: &Words) -> String {
    format!("{}.html", part(words.get("register")))
}

/// Returns the address of the list of all tags or categories.
pub fn taxonomy_url(parsed: &Parsed, kind: TaxonomyKind) -> String {
    format!("{}/index.html", part(parsed.theme.words.get(kind.word())))
}

/// Returns the address of one tag or category.
pub fn term_url(parsed: &Parsed, kind: TaxonomyKind, term: &str) -> String {
    format!("{}/{}.html", part(parsed.theme.words.get(kind.word())), part(term))
}

fn redirects(parsed: &Parsed, claims: &mut Claims<'_>) -> Vec<Redirect> {
    let mut redirects = Vec::new();
    for (at, page) in parsed.pages.iter().enumerate() {
        for alias in &page.head.aliases {
            if let Some(url) = alias_url(alias, claims.diags) {
                claims.claim(&url, alias.span, Remedy::DropAlias);
                redirects.push(Redirect { url, target: PageId(at) });
            }
        }
    }
    redirects
}

/// `bad-path`: an old address is a path of this site that ends in `.html` or `/`.
fn alias_url(alias: &Spanned<String>, diags: &mut Diagnostics) -> Option<String> {
    let path = alias.value.trim_start_matches('/');
    let path =
        if path.is_empty() || path.ends_with('/') { format!("{path}index.html") } else { path.to_owned() };
    match SitePath::new(&path) {
        Ok(path) if path.as_str().ends_with(".html") => Some(path.as_str().to_owned()),
        Ok(path) => {
            let message = text(
                "Eine alte Adresse endet mit .html oder mit einem Schrägstrich.",
                "an old address ends in `.html` or in a slash",
            );
            let help = text(format!("Meinten Sie: {path}.html"), format!("did you mean: {path}.html"));
            diags.push(Diagnostic::error("bad-path", alias.span, message).help(help));
            None
        }
        Err(reason) => {
            diags.push(Diagnostic::error("bad-path", alias.span, reason));
            None
        }
    }
}

/// `index-slug`: the page of a folder always has the address `index.html`.
fn slug_is_for_pages(page: &content::Page, diags: &mut Diagnostics) {
    if let Some(slug) = page.head.slug.as_ref().filter(|_| page.path.name() == "_index.md") {
        let message = text(
            "Die Seite eines Ordners heißt immer index.html.",
            "the page of a folder is always called index.html",
        );
        let help = text("Benennen Sie stattdessen den Ordner um.", "rename the folder instead");
        diags.push(Diagnostic::error("index-slug", slug.span, message).help(help));
    }
}

/// `bad-path`: a slug is the last part of an address, not a way through folders.
fn slug_is_one_part(page: &content::Page, diags: &mut Diagnostics) {
    let Some(slug) = page.head.slug.as_ref().filter(|it| it.value.contains(['/', '\\'])) else { return };
    let message =
        text("Ein slug ist nur der letzte Teil der Adresse.", "a slug is only the last part of the address");
    let last = slug.value.rsplit(['/', '\\']).find(|it| !it.is_empty());
    let help = last.map(|it| text(format!("Meinten Sie: {it}"), format!("did you mean: {it}")));
    diags.push(Diagnostic::error("bad-path", slug.span, message).maybe_help(help));
}

/// What can be done about an address that is taken.
#[derive(Clone, Copy)]
enum Remedy {
    Slug,
    Rename,
    DropAlias,
}

impl Remedy {
    fn help(self) -> Text {
        match self {
            Remedy::Slug => text(
                "Geben Sie einer der beiden eine andere Adresse: slug: …",
                "give one of the two another address: slug: …",
            ),
            Remedy::Rename => text("Benennen Sie eines der beiden um.", "rename one of the two"),
            Remedy::DropAlias => text("Streichen Sie diese alte Adresse.", "remove this old address"),
        }
    }
}

/// Returns the key under which any system would store an address, or why it is no path.
fn key(url: &str) -> Result<String, Text> {
    SitePath::new(url).map(|it| it.collision_key())
}

/// Who has which address, by the key under which any system would store it.
struct Claims<'a> {
    /// None: the program makes the file itself.
    by_key: HashMap<String, Option<Span>>,
    diags: &'a mut Diagnostics,
}

impl Claims<'_> {
    fn reserve(&mut self, url: &str) {
        self.by_key.insert(url.to_lowercase(), None);
    }

    /// `bad-path`: the files of a theme can be written on every system, too.
    fn reserve_asset(&mut self, url: &str, theme: Span) {
        if let Err(reason) = SitePath::new(url) {
            self.diags.push(Diagnostic::error("bad-path", theme, reason));
        }
        self.reserve(url);
    }

    /// `duplicate-address`: no two things have one address, on any system.
    fn claim(&mut self, url: &str, span: Span, remedy: Remedy) {
        self.claim_key(key(url), url, span, remedy);
    }

    fn claim_key(&mut self, key: Result<String, Text>, url: &str, span: Span, remedy: Remedy) {
        let key = match key {
            Ok(key) => key,
            Err(reason) => return self.diags.push(Diagnostic::error("bad-path", span, reason)),
        };
        let diagnostic = match self.by_key.insert(key, Some(span)) {
            None => return,
            Some(first) => taken(url, span, first),
        };
        self.diags.push(diagnostic.help(remedy.help()));
    }
}

fn taken(url: &str, span: Span, first: Option<Span>) -> Diagnostic {
    let Some(first) = first else {
        let message = text(
            format!("Die Datei {url} erzeugt das Programm selbst."),
            format!("the program makes the file {url} itself"),
        );
        return Diagnostic::error("duplicate-address", span, message);
    };
    let message =
        text(format!("Die Adresse {url} ist schon vergeben."), format!("the address {url} is taken already"));
    Diagnostic::error("duplicate-address", span, message).also(first, text("auch hier", "here as well"))
}
