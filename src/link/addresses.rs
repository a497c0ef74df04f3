//! Addresses: one for each page, and nothing twice.

use std::collections::HashMap;

use super::terms::Terms;
use super::{Parsed, glossary, tables};
use crate::config::Config;
use crate::content;
use crate::content::address::key;
use crate::content::markdown::HoleKind;
use crate::diag::{Diagnostic, Diagnostics, Text, text};
use crate::fields::FieldKind;
use crate::path::SitePath;
use crate::site::{PageId, Redirect, TaxonomyKind};
use crate::slug::part;
use crate::source::{Span, Spanned};
use crate::theme::{Theme, Words};

/// Where everything goes.
pub struct Addresses {
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
pub fn assign(parsed: &Parsed, terms: &[Terms<'_>], diags: &mut Diagnostics) -> Addresses {
    let mut claims = Claims { by_key: HashMap::with_capacity(2 * parsed.pages.len()), diags };
    for name in GENERATED {
        claims.reserve(name);
    }
    for asset in parsed.theme.assets.values() {
        claims.reserve_asset(&asset.url, parsed.config.theme.span);
    }
    for page in &parsed.pages {
        let span = page.head.slug.as_ref().map_or(page.head.title.span, |it| it.span);
        claims.claim_key(page.address.key.clone(), &page.address.url, span, Remedy::Slug);
        slug_is_for_pages(page, claims.diags);
        slug_is_one_part(page, claims.diags);
    }
    for page in &parsed.pages {
        for hole in &page.body.holes {
            if let HoleKind::Table(directive) = &hole.kind
                && !directive.tools.is_empty()
            {
                let url = excerpt_style_url(&page.address.url, directive.number, &parsed.theme.words);
                claims.claim(&url, hole.span, Remedy::Rename);
            }
        }
    }
    for asset in &parsed.assets {
        claims.claim(asset.path.as_str(), Span::start_of(asset.file), Remedy::Rename);
    }
    for (url, span) in facet_lists(parsed).chain(terms.iter().flat_map(|it| it.claims(parsed))) {
        claims.claim(&url, span, Remedy::Rename);
    }
    for (_, page) in super::sources::pages(parsed) {
        let files = super::sources::files(&page.address.url);
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
    Addresses { redirects, tables }
}

/// Returns the address of the page that says when pages are to be reviewed.
pub fn review_url(words: &Words) -> String {
    format!("{}.html", part(words.get("review")))
}

/// The addresses of the lists of facets.
fn facet_lists(parsed: &Parsed) -> impl Iterator<Item = (String, Span)> {
    let collections = parsed.config.collections.iter();
    let fields =
        collections.flat_map(|it| it.fields.iter().filter(|it| it.facet).map(move |field| (it, field)));
    fields.flat_map(|(collection, field)| {
        let FieldKind::Choice(choices) = &field.kind else { return Vec::new() };
        let urls = choices.iter().map(|it| facet_url(&collection.name.value, &it.value));
        urls.map(|url| (url, field.name.span)).collect()
    })
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
