//! What templates see: `themes/README.md` describes every name.
//!
//! Values that are the same on every page are made once ([`globals`]); lists hold
//! small entries and never the text of a page, so that a long list costs little.

use std::borrow::Cow;

use tera::{Map, Value};

use super::value::{html, list, map, optional, text};
use crate::collate::dictionary_letter;
use crate::config::{Display, Setting, SettingValue, setting_text};
use crate::content::typography::set_line;
use crate::date::Date;
use crate::diag::Lang;
use crate::fields::FieldKind;
use crate::html::{escape, escape_address_into, escape_into};
use crate::path::{relative, root_of};
use crate::site::{self, Body, Facet, Fill, NavigationLink, Page, PageId, Site, Taxonomy, TaxonomyKind};
use crate::theme::Words;

/// Makes what every template sees on every page: `site` and `t`.
pub fn globals(site: &Site) -> [(&'static str, Value); 2] {
    let config = &site.config;
    let navigation = &site.navigation;
    let nav = map([
        ("main", navigation_links(site, &navigation.main)),
        ("service", navigation_links(site, &navigation.service)),
        ("footer", navigation_links(site, &navigation.footer)),
    ]);
    let set = |it: &str| Value::from(set_line(config.lang, it));
    let value = map([
        ("title", set(&config.title)),
        ("short_title", set(&config.short_title)),
        ("description", set(&config.description)),
        ("lang", text(lang_code(config.lang))),
        ("banner", config.banner.as_deref().map_or_else(Value::none, set)),
        ("footer", config.footer.as_deref().map_or_else(Value::none, set)),
        ("base_url", optional(config.base_url.as_deref())),
        ("nav", nav),
        ("home", link(&site.page(site.home).url, &site.page(site.home).nav_title)),
    ]);
    [("site", value), ("t", words(&site.theme.words))]
}

fn lang_code(lang: Lang) -> &'static str {
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

fn link(url: &str, title: &str) -> Value {
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
    let canonical = site.config.base_url.as_ref().map(|base| format!("{base}{}", place.url));
    let entries = [
        ("title", text(&place.title)),
        ("nav_title", text(&place.nav_title)),
        ("full_title", Value::from(full_title(site, place, &above))),
        ("description", text(place.description)),
        ("url", text(place.url)),
        ("canonical", optional(canonical.as_deref())),
        ("kind", text(place.template.trim_end_matches(".html"))),
        ("policy", text(&policy("'none'"))),
        ("trail", list(trail.map(text))),
        ("breadcrumbs", list(breadcrumbs)),
        ("body", text("")),
        ("toc", list([])),
        ("date", Value::none()),
        ("updated", Value::none()),
        ("tags", list([])),
        ("categories", list([])),
        ("fields", list([])),
        ("collection", Value::none()),
        ("previous", Value::none()),
        ("next", Value::none()),
        ("backlinks", list([])),
        ("easy_language", Value::from(false)),
    ];
    entries.into_iter().map(|(key, value)| (key.into(), value)).collect()
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
fn policy(form_action: &str) -> String {
    format!(
        "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:; font-src 'self'; \
         connect-src 'self'; base-uri 'none'; form-action {form_action}; object-src 'none'"
    )
}

/// Makes `page` for a written page.
pub fn page(site: &Site, page: &Page) -> Map {
    let mut view = generated(site, &Place::of(page));
    let mut set = |key: &'static str, value: Value| view.insert(key.into(), value);
    set("body", html(&fill(site, &page.body, &page.url)));
    set("toc", toc(page));
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
    set("backlinks", list(page.backlinks.iter().map(|it| backlinks(site, it))));
    set("easy_language", Value::from(page.easy_language));
    if let Some(form) = page.form {
        set("policy", text(&policy(&form_target(site, form))));
    }
    view
}

fn link_to(site: &Site, id: PageId) -> Value {
    let page = site.page(id);
    link(&page.url, &page.title)
}

fn date(site: &Site, date: Date) -> Value {
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

fn toc(page: &Page) -> Value {
    let chapters = page.body.headings.iter().filter(|it| it.level == 2).count();
    let wanted = page.toc.unwrap_or(chapters >= LONG_PAGE_CHAPTERS && !page.easy_language);
    let headings = page.body.headings.iter().filter(|it| wanted && it.level <= 3);
    list(headings.map(|it| {
        map([("id", text(&it.id)), ("title", text(&it.title)), ("level", Value::from(u32::from(it.level)))])
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
        ("label", text(&declared.label)),
        ("singular", text(&declared.singular)),
        ("url", text(url)),
    ])
}

fn backlinks(site: &Site, backlinks: &site::Backlinks) -> Value {
    map([
        ("label", text(&site.config.collections[backlinks.collection].label)),
        ("pages", list(backlinks.pages.iter().map(|&it| link_to(site, it)))),
    ])
}

/// Fills the holes of a text as it is seen from the page at `url`.
pub fn fill(site: &Site, body: &Body, url: &str) -> String {
    let mut out = String::with_capacity(body.html.len() + body.holes.len() * 40);
    let mut written = 0;
    for hole in &body.holes {
        out.push_str(&body.html[written..hole.at]);
        written = hole.at;
        fill_hole(site, &hole.fill, url, &mut out);
    }
    out.push_str(&body.html[written..]);
    out
}

fn fill_hole(site: &Site, fill: &Fill, url: &str, out: &mut String) {
    match fill {
        Fill::Page(id, fragment) => {
            out.push_str(&relative(url, &site.page(*id).url));
            push_fragment(fragment.as_deref().unwrap_or_default(), out);
        }
        Fill::Fragment(fragment) => push_fragment(fragment, out),
        Fill::Asset(at) => escape_address_into(out, &relative(url, site.assets[*at].path.as_str())),
        Fill::Setting(at) => push_setting(site, &site.config.settings[*at], out),
    }
}

fn push_fragment(fragment: &str, out: &mut String) {
    if !fragment.is_empty() {
        out.push('#');
        escape_address_into(out, fragment);
    }
}

/// Writes a fact about the operator; one that is missing is there to be seen.
fn push_setting(site: &Site, setting: &Setting, out: &mut String) {
    match &setting.value {
        None => {
            let todo = site.theme.words.get("todo");
            out.push_str("<span class=\"todo\">");
            escape_into(out, &format!("{todo}: {}", setting.label));
            out.push_str("</span>");
        }
        Some(SettingValue::Url(url)) => push_link(out, url, url, " class=\"external\""),
        Some(SettingValue::Email(address)) => push_link(out, &format!("mailto:{address}"), address, ""),
        Some(value) => escape_into(out, &setting_text(value, site.config.lang)),
    }
}

fn push_link(out: &mut String, address: &str, title: &str, attributes: &str) {
    out.push_str("<a href=\"");
    escape_address_into(out, address);
    out.push('"');
    out.push_str(attributes);
    out.push('>');
    escape_into(out, title);
    out.push_str("</a>");
}

/// Makes a Field as it is seen from the page at `url`, and its name; none for an empty one.
fn field(site: &Site, page: &Page, field: &site::Field, url: &str) -> Option<(String, Value)> {
    let declared = &site.config.collections[page.collection?].fields[field.field];
    let shown = shown(site, &field.value, &declared.kind, url);
    if shown.html.is_empty() {
        return None;
    }
    let value = map([
        ("name", text(&declared.name.value)),
        ("label", text(&declared.label)),
        ("type", text(type_name(&declared.kind))),
        ("text", Value::from(shown.text)),
        ("html", html(&shown.html)),
    ]);
    Some((declared.name.value.clone(), value))
}

fn type_name(kind: &FieldKind) -> &'static str {
    match kind {
        FieldKind::Text => "text",
        FieldKind::Markdown => "markdown",
        FieldKind::Integer => "integer",
        FieldKind::Number => "number",
        FieldKind::Boolean => "boolean",
        FieldKind::Date => "date",
        FieldKind::Year => "year",
        FieldKind::Url => "url",
        FieldKind::Email => "email",
        FieldKind::Choice(_) => "choice",
        FieldKind::Reference(_) => "reference",
        FieldKind::List(_) => "list",
        FieldKind::Image => "image",
        FieldKind::File => "file",
        FieldKind::Phone => "phone",
        FieldKind::Time => "time",
    }
}

/// A value as it is shown: plain, and as HTML.
struct Shown {
    text: String,
    html: String,
}

impl Shown {
    fn plain(text: String) -> Shown {
        Shown { html: escape(&text), text }
    }

    fn link(address: &str, title: String, attributes: &str) -> Shown {
        let mut html = String::new();
        push_link(&mut html, address, &title, attributes);
        Shown { text: title, html }
    }
}

fn shown(site: &Site, value: &site::Value, kind: &FieldKind, url: &str) -> Shown {
    match value {
        site::Value::Text(text) => Shown::plain(text.clone()),
        site::Value::Markdown(body) => Shown { text: plain_text(&body.html), html: fill(site, body, url) },
        site::Value::Integer(number) => Shown::plain(grouped(&number.to_string(), site.config.lang)),
        site::Value::Number(digits) => Shown::plain(grouped(digits, site.config.lang)),
        site::Value::Boolean(yes) => {
            Shown::plain(site.theme.words.get(if *yes { "yes" } else { "no" }).to_owned())
        }
        site::Value::Date(day) => {
            let text = date_text(site, *day);
            Shown { html: format!("<time datetime=\"{}\">{}</time>", day.iso(), escape(&text)), text }
        }
        site::Value::Year(year) => Shown::plain(year.to_string()),
        site::Value::Url(address) => Shown::link(address, address_text(address), " class=\"external\""),
        site::Value::Email(address) => Shown::link(&format!("mailto:{address}"), address.clone(), ""),
        site::Value::Choice(at) => match kind {
            FieldKind::Choice(choices) => Shown::plain(set_line(site.config.lang, &choices[*at].label)),
            _ => unreachable!("a choice is a value of a choice"),
        },
        site::Value::Page(id) => {
            let page = site.page(*id);
            Shown::link(&relative(url, &page.url), page.title.clone(), "")
        }
        site::Value::Row(table, row) => Shown::plain(site.tables[*table].rows[*row].title.clone()),
        site::Value::Asset(at) => asset(site, *at, kind, url),
        site::Value::List(items) => {
            let FieldKind::List(kind) = kind else { return Shown::plain(String::new()) };
            joined(items.iter().map(|it| shown(site, it, kind, url)).collect())
        }
    }
}

fn asset(site: &Site, at: usize, kind: &FieldKind, url: &str) -> Shown {
    let asset = &site.assets[at];
    let address = relative(url, asset.path.as_str());
    if matches!(kind, FieldKind::Image) {
        let mut html = String::from("<img src=\"");
        escape_address_into(&mut html, &address);
        html.push_str("\" alt=\"\" loading=\"lazy\">");
        return Shown { text: address, html };
    }
    Shown::link(&address, asset.path.name().to_owned(), "")
}

fn joined(items: Vec<Shown>) -> Shown {
    let text = items.iter().map(|it| it.text.as_str()).collect::<Vec<_>>().join(", ");
    let html = match items.len() {
        0 | 1 => items.into_iter().map(|it| it.html).collect(),
        _ => {
            format!("<ul>{}</ul>", items.iter().map(|it| format!("<li>{}</li>", it.html)).collect::<String>())
        }
    };
    Shown { text, html }
}

/// Returns an address without what every address has.
fn address_text(address: &str) -> String {
    let rest =
        address.strip_prefix("https://").or_else(|| address.strip_prefix("http://")).unwrap_or(address);
    rest.trim_end_matches('/').to_owned()
}

/// Returns the text of HTML that we wrote ourselves.
fn plain_text(html: &str) -> String {
    let mut text = String::with_capacity(html.len());
    let mut in_tag = false;
    for sign in html.chars() {
        match sign {
            '<' => in_tag = true,
            '>' => in_tag = false,
            _ if !in_tag => text.push(sign),
            _ => {}
        }
    }
    let text = text.replace("&lt;", "<").replace("&gt;", ">").replace("&quot;", "\"").replace("&amp;", "&");
    text.split_whitespace().collect::<Vec<_>>().join(" ")
}

/// Returns digits with the signs of the language: `-1234.5` is `−1.234,5` in German.
fn grouped(digits: &str, lang: Lang) -> String {
    let (group, point) = match lang {
        Lang::De => ('.', ','),
        Lang::En => (',', '.'),
    };
    let (sign, digits) = match digits.strip_prefix('-') {
        Some(rest) => ("\u{2212}", rest),
        None => ("", digits),
    };
    let (whole, fraction) = digits.split_once('.').unwrap_or((digits, ""));
    let mut out = sign.to_owned();
    for (at, digit) in whole.chars().enumerate() {
        if at > 0 && (whole.len() - at).is_multiple_of(3) {
            out.push(group);
        }
        out.push(digit);
    }
    if !fraction.is_empty() {
        out.push(point);
        out.push_str(fraction);
    }
    out
}

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
    let groups = if letters { letter_groups(site, pages) } else { vec![(None, pages.to_vec())] };
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

fn letter_id(letter: Option<char>) -> String {
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
        (
            "collection",
            page.collection.map_or_else(Value::none, |it| text(&site.config.collections[it].singular)),
        ),
    ])
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
    map([("label", text(label)), ("values", list(std::iter::once(all).chain(values)))])
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
    let mut dated: Vec<PageId> = site.page_ids().filter(|it| site.page(*it).date.is_some()).collect();
    dated.sort_by_key(|it| std::cmp::Reverse(site.page(*it).date));
    dated.truncate(NEWS);
    let url = &site.page(site.home).url;
    (!dated.is_empty()).then(|| listing(site, &dated, Display::List, EntryFields::None, url))
}

/// Makes `sitemap`.
pub fn sitemap(site: &Site) -> Value {
    list([node(site, site.home)])
}

fn node(site: &Site, id: PageId) -> Value {
    let page = site.page(id);
    map([
        ("title", text(&page.nav_title)),
        ("url", text(&page.url)),
        ("children", list(page.children.iter().map(|&it| node(site, it)))),
    ])
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
    let base = site.config.base_url.as_deref().unwrap_or_default();
    let host_start = base.find("//").map_or(0, |at| at + 2);
    base[host_start..].find('/').map_or_else(String::new, |at| base[host_start + at..].to_owned())
}

/// The page that servers show for a missing address.
pub const NOT_FOUND: &str = "404.html";
