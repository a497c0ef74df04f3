//! `kompendium.yaml`: what the site is called, how it is laid out and which
//! fields its collections have.

mod citations;
mod cms;

pub use self::citations::Citations;
pub use self::cms::Cms;
use crate::diag::{Diagnostic, Diagnostics, Lang, did_you_mean, text};
use crate::fields::{self, Field, Home, is_web_address};
use crate::path::SitePath;
use crate::source::{FileId, Span, Spanned};
use crate::yaml::{self, Entry, Node, typed, unknown_key};

/// The configuration of a site.
#[derive(Clone, Debug)]
pub struct Config {
    pub title: String,
    /// For narrow places; the title where none is written.
    pub short_title: String,
    pub description: String,
    pub lang: Lang,
    /// Ends in `/`.
    pub base_url: Option<String>,
    pub theme: Spanned<String>,
    pub html: RawHtml,
    /// A line above every page.
    pub banner: Option<String>,
    /// A line at the end of every page, such as who funds the site.
    pub footer: Option<String>,
    pub navigation: Navigation,
    pub settings: Vec<Setting>,
    pub forms: Vec<Form>,
    pub collections: Vec<Collection>,
    pub citations: Citations,
    /// None: terms are not linked.
    pub glossary: Option<Glossary>,
    pub laws: Vec<Law>,
    pub search: Search,
    /// Whether a page lists when the others are to be reviewed; the place of the setting.
    pub review: Option<Span>,
    /// Browsers keep the site, so that it is read without a network after the first visit.
    pub offline: bool,
    /// Forms for editors; none where nothing is said.
    pub cms: Option<Cms>,
    /// The page that ends with the handbook of the fields, by its path below `content`.
    pub guide: Option<Spanned<String>>,
}

/// Which collection explains the terms of the site, and in which of its fields.
#[derive(Clone, Debug)]
pub struct Glossary {
    pub collection: usize,
    /// The place of its name.
    pub span: Span,
    /// The short definition; the description of the entry where there is no such field.
    pub definition: Option<usize>,
    pub abbreviation: Option<usize>,
    pub variants: Option<usize>,
    pub first: FirstMention,
    /// Whether a printed page ends with a list of its terms.
    pub print: bool,
}

/// Where a term is linked.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum FirstMention {
    /// Once per chapter on long pages, once on others.
    #[default]
    ByLength,
    Page,
    Section,
}

/// A law to whose paragraphs references in texts are linked.
#[derive(Clone, Debug)]
pub struct Law {
    /// As it is written behind the number, such as `SGB VIII`.
    pub name: String,
    /// Holds `{paragraph}`.
    pub address: String,
}

/// The search of a site.
#[derive(Clone, Debug)]
pub struct Search {
    pub is_on: bool,
    /// Words that compounds may be made of, beside those that the program knows.
    pub words: Vec<String>,
    /// Names of the fields of entries that say what else they are called.
    pub names: Vec<String>,
}

impl Search {
    fn on() -> Search {
        Search { is_on: true, words: Vec::new(), names: Vec::new() }
    }
}

/// What happens to HTML in Markdown.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum RawHtml {
    /// It is shown as text, with a warning.
    #[default]
    Text,
    /// Harmless elements are let through.
    Safe,
}

/// The links that stand on every page.
#[derive(Clone, Debug, Default)]
pub struct Navigation {
    pub main: Vec<NavigationLink>,
    pub service: Vec<NavigationLink>,
    pub footer: Vec<NavigationLink>,
}

/// A link to a page, named by its path below `content`.
#[derive(Clone, Debug)]
pub struct NavigationLink {
    pub page: Spanned<String>,
    /// The short title of the page where none is written.
    pub label: Option<String>,
}

/// A fact about the operator that pages show.
#[derive(Clone, Debug)]
pub struct Setting {
    pub key: Spanned<String>,
    pub label: String,
    /// None: still to be filled in.
    pub value: Option<SettingValue>,
}

/// The value of a setting, by its type.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum SettingValue {
    Text(String),
    Url(String),
    Email(String),
    Date(crate::date::Date),
}

/// A form that pages can show.
#[derive(Clone, Debug)]
pub struct Form {
    pub name: Spanned<String>,
    /// The service that takes the answers; without it the form is a prepared e-mail.
    pub action: Option<String>,
    /// The index of the setting that holds the address for e-mails.
    pub email: Option<usize>,
    pub subject: String,
    pub submit: Option<String>,
    pub fields: Vec<Field>,
}

/// A folder below `content` whose pages share fields.
#[derive(Clone, Debug)]
pub struct Collection {
    /// The name of the folder.
    pub name: Spanned<String>,
    pub label: String,
    pub singular: String,
    pub sort: Sort,
    pub display: Display,
    pub tools: Vec<ListTool>,
    /// The template of its entries.
    pub template: Option<Spanned<String>>,
    pub fields: Vec<Field>,
    /// The names of all its fields, also of those whose declaration cannot be understood.
    pub field_names: Vec<String>,
}

/// The order of a list.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Sort {
    pub by: SortBy,
    pub descending: bool,
}

/// What a list is ordered by; equal values are ordered by title.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum SortBy {
    Title,
    /// `order:` in the front matter.
    Order,
    Date,
    /// The index of a field.
    Field(usize),
}

/// What readers can do with a list where scripts run.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum ListTool {
    /// Look for words in its entries.
    Search,
    /// Pick choices of its facets.
    Filter,
}

/// How a list looks.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Display {
    #[default]
    List,
    Cards,
    Letters,
}

impl Display {
    /// Returns the name that templates see.
    pub fn name(self) -> &'static str {
        match self {
            Display::List => "list",
            Display::Cards => "cards",
            Display::Letters => "letters",
        }
    }
}

const KEYS: [&str; 21] = [
    "title",
    "short_title",
    "description",
    "language",
    "base_url",
    "theme",
    "html",
    "banner",
    "footer",
    "navigation",
    "settings",
    "forms",
    "collections",
    "citations",
    "glossary",
    "laws",
    "search",
    "review",
    "offline",
    "cms",
    "guide",
];

/// Reads `kompendium.yaml`.
///
/// A wrong part is a finding and takes its default, so that the rest is checked
/// in the same run; gives nothing where the file is empty or no YAML at all.
pub fn parse(file: FileId, text: &str, diags: &mut Diagnostics) -> Option<Config> {
    let entries = yaml::parse_map(file, text, 0, diags)?;
    check_keys(&entries, &KEYS, diags);
    let get = |key: &str| {
        entries.iter().find(|it| it.key.value == key).map(|it| &it.value).filter(|it| !it.is_empty())
    };
    let title = title(get("title"), file, diags);
    if entries.is_empty() {
        return None;
    }
    let settings = get("settings").map_or_else(Vec::new, |node| settings(node, diags));
    let collections = get("collections").map_or_else(Vec::new, |node| collections(node, diags));
    let search = get("search").map_or(Search::on(), |node| search(node, &collections, diags));
    let citations = get("citations")
        .map_or_else(Citations::default, |node| citations::citations(node, &collections, diags));
    Some(Config {
        short_title: get("short_title")
            .and_then(|it| typed::string(it, diags))
            .map_or_else(|| title.clone(), |it| it.value),
        title,
        description: get("description")
            .and_then(|it| typed::string(it, diags))
            .map_or_else(String::new, |it| it.value),
        lang: get("language").and_then(|node| lang(node, diags)).unwrap_or_default(),
        base_url: get("base_url").and_then(|node| base_url(node, diags)),
        theme: theme(get("theme"), file, diags),
        html: get("html").and_then(|node| raw_html(node, diags)).unwrap_or_default(),
        banner: get("banner").and_then(|node| typed::string(node, diags)).map(|it| it.value),
        footer: get("footer").and_then(|node| typed::string(node, diags)).map(|it| it.value),
        navigation: get("navigation").map_or_else(Navigation::default, |node| navigation(node, diags)),
        forms: get("forms").map_or_else(Vec::new, |node| forms(node, &settings, diags)),
        glossary: get("glossary").and_then(|node| glossary(node, &collections, diags)),
        laws: get("laws").map_or_else(Vec::new, |node| laws(node, diags)),
        settings,
        collections,
        citations,
        cms: get("cms").and_then(|node| cms::cms(node, diags)),
        guide: get("guide").and_then(|node| typed::string(node, diags)),
        offline: get("offline").and_then(|node| typed::boolean(node, diags)).unwrap_or_default(),
        review: get("review").filter(|node| typed::boolean(node, diags) == Some(true)).map(|it| it.span),
        search,
    })
}

fn check_keys(entries: &[Entry], known: &[&str], diags: &mut Diagnostics) {
    for entry in entries.iter().filter(|it| !known.contains(&it.key.value.as_str())) {
        diags.push(unknown_key(entry, known));
    }
}

/// `missing-key`: a site has a title.
fn title(node: Option<&Node>, file: FileId, diags: &mut Diagnostics) -> String {
    match node {
        Some(node) => typed::string(node, diags).map_or_else(String::new, |it| it.value),
        None => {
            let message = text("Der Website fehlt ihr Titel.", "the site has no title");
            let help = text("Ergänzen Sie: title: Name der Website", "add: title: name of the site");
            diags.push(Diagnostic::error("missing-key", Span::start_of(file), message).help(help));
            String::new()
        }
    }
}

fn theme(node: Option<&Node>, file: FileId, diags: &mut Diagnostics) -> Spanned<String> {
    let standard = || Spanned::new("standard".to_owned(), Span::start_of(file));
    let Some(name) = node.and_then(|it| typed::string(it, diags)) else { return standard() };
    match SitePath::new(&name.value) {
        Ok(path) if path.folder().is_empty() => name,
        _ => {
            let message = text(
                "Ein Theme ist der Name eines Ordners in „themes“.",
                "a theme is the name of a folder in `themes`",
            );
            diags.push(Diagnostic::error("bad-path", name.span, message));
            standard()
        }
    }
}

fn lang(node: &Node, diags: &mut Diagnostics) -> Option<Lang> {
    one_of(node, &[("de", Lang::De), ("en", Lang::En)], diags)
}

fn raw_html(node: &Node, diags: &mut Diagnostics) -> Option<RawHtml> {
    one_of(node, &[("text", RawHtml::Text), ("safe", RawHtml::Safe)], diags)
}

fn one_of<T: Copy>(node: &Node, choices: &[(&str, T)], diags: &mut Diagnostics) -> Option<T> {
    let written = typed::string(node, diags)?;
    let found = choices.iter().find(|(name, _)| *name == written.value);
    if found.is_none() {
        let names: Vec<&str> = choices.iter().map(|(name, _)| *name).collect();
        let message = text(
            format!("„{}“ gibt es hier nicht.", written.value),
            format!("there is no `{}` here", written.value),
        );
        let help = did_you_mean(&written.value, names.iter().copied())
            .unwrap_or_else(|| fields::allowed(&names.join(", ")));
        diags.push(Diagnostic::error("unknown-choice", written.span, message).help(help));
    }
    found.map(|(_, value)| *value)
}

fn base_url(node: &Node, diags: &mut Diagnostics) -> Option<String> {
    let written = typed::string(node, diags)?;
    match normal_base_url(&written.value) {
        Some(url) => Some(url),
        None => {
            let message = text(
                "Die Adresse der Website beginnt mit https:// und hat weder ? noch #.",
                "the address of the site begins with https:// and has neither ? nor #",
            );
            diags.push(Diagnostic::error("wrong-type", written.span, message));
            None
        }
    }
}

/// Returns the address of a site with a `/` at its end; refuses what is no
/// address of a folder on the web.
pub fn normal_base_url(written: &str) -> Option<String> {
    let valid = is_web_address(written) && !written.contains(['?', '#', '\\']);
    valid.then(|| format!("{}/", written.trim_end_matches('/')))
}

fn navigation(node: &Node, diags: &mut Diagnostics) -> Navigation {
    check_keys(typed::map(node, diags), &["main", "service", "footer"], diags);
    let mut links = |key| node.get(key).map_or_else(Vec::new, |it| navigation_links(it, diags));
    Navigation { main: links("main"), service: links("service"), footer: links("footer") }
}

fn navigation_links(node: &Node, diags: &mut Diagnostics) -> Vec<NavigationLink> {
    typed::list(node, diags).iter().filter_map(|item| navigation_link(item, diags)).collect()
}

/// Reads `glossar/_index.md` or `{page: glossar/_index.md, label: Begriffe}`.
fn navigation_link(node: &Node, diags: &mut Diagnostics) -> Option<NavigationLink> {
    if node.as_text().is_some() {
        return Some(NavigationLink { page: typed::string(node, diags)?, label: None });
    }
    check_keys(typed::map(node, diags), &["page", "label"], diags);
    let Some(page) = node.get("page") else {
        diags.push(missing_key(node.span, "page"));
        return None;
    };
    let label = node.get("label").and_then(|it| typed::string(it, diags)).map(|it| it.value);
    Some(NavigationLink { page: typed::string(page, diags)?, label })
}

fn missing_key(span: Span, key: &str) -> Diagnostic {
    let message = text(format!("Hier fehlt die Angabe „{key}“."), format!("the key `{key}` is missing here"));
    Diagnostic::error("missing-key", span, message)
}

fn settings(node: &Node, diags: &mut Diagnostics) -> Vec<Setting> {
    typed::map(node, diags).iter().map(|entry| setting(entry, diags)).collect()
}

fn setting(entry: &Entry, diags: &mut Diagnostics) -> Setting {
    check_keys(typed::map(&entry.value, diags), &["label", "type", "value"], diags);
    let label = entry.value.get("label").and_then(|it| typed::string(it, diags));
    let kinds = [("text", "text"), ("url", "url"), ("email", "email"), ("date", "date")];
    let kind = entry.value.get("type").and_then(|it| one_of(it, &kinds, diags)).unwrap_or("text");
    let value = entry.value.get("value").filter(|it| !it.is_empty());
    Setting {
        label: label.map_or_else(|| entry.key.value.clone(), |it| it.value),
        value: value.and_then(|node| setting_value(kind, node, diags)),
        key: entry.key.clone(),
    }
}

fn setting_value(kind: &str, node: &Node, diags: &mut Diagnostics) -> Option<SettingValue> {
    if kind == "date" {
        return typed::date(node, diags).map(SettingValue::Date);
    }
    let written = typed::string(node, diags)?;
    match kind {
        "url" if is_web_address(&written.value) => Some(SettingValue::Url(written.value)),
        "email" if fields::is_email(&written.value) => Some(SettingValue::Email(written.value)),
        "text" => Some(SettingValue::Text(written.value)),
        _ => {
            let expected = match kind {
                "url" => text("eine Adresse mit https://", "an address with https://"),
                _ => text("eine E-Mail-Adresse", "an e-mail address"),
            };
            diags.push(typed::wrong_type(node, expected));
            None
        }
    }
}

fn forms(node: &Node, settings: &[Setting], diags: &mut Diagnostics) -> Vec<Form> {
    typed::map(node, diags).iter().map(|entry| form(entry, settings, diags)).collect()
}

fn form(entry: &Entry, settings: &[Setting], diags: &mut Diagnostics) -> Form {
    check_keys(typed::map(&entry.value, diags), &["action", "email", "subject", "submit", "fields"], diags);
    let get = |key: &str| entry.value.get(key).filter(|it| !it.is_empty());
    let fields = match get("fields") {
        Some(node) => fields::declarations(node, Home::Form, diags),
        None => {
            diags.push(missing_key(entry.key.span, "fields"));
            Vec::new()
        }
    };
    let mut string = |key: &str| get(key).and_then(|node| typed::string(node, diags)).map(|it| it.value);
    let (subject, submit) = (string("subject"), string("submit"));
    Form {
        name: entry.key.clone(),
        action: get("action").and_then(|node| action(node, diags)),
        email: get("email").and_then(|node| setting_index(node, settings, diags)),
        subject: subject.unwrap_or_else(|| entry.key.value.clone()),
        submit,
        fields,
    }
}

fn action(node: &Node, diags: &mut Diagnostics) -> Option<String> {
    let written = typed::string(node, diags)?;
    if is_web_address(&written.value) && !written.value.contains(';') {
        return Some(written.value);
    }
    diags.push(typed::wrong_type(node, text("eine Adresse mit https://", "an address with https://")));
    None
}

fn setting_index(node: &Node, settings: &[Setting], diags: &mut Diagnostics) -> Option<usize> {
    let written = typed::string(node, diags)?;
    let found = settings.iter().position(|it| it.key.value == written.value);
    if found.is_none() {
        diags.push(unknown_setting(&written, settings));
    }
    found
}

/// `unknown-setting`: a setting that is named exists.
pub fn unknown_setting(written: &Spanned<String>, settings: &[Setting]) -> Diagnostic {
    let name = &written.value;
    let message = text(
        format!("Eine Angabe „{name}“ gibt es unter settings in kompendium.yaml nicht."),
        format!("there is no `{name}` under `settings` in kompendium.yaml"),
    );
    let help = did_you_mean(name, settings.iter().map(|it| it.key.value.as_str()));
    Diagnostic::error("unknown-setting", written.span, message).maybe_help(help)
}

fn collections(node: &Node, diags: &mut Diagnostics) -> Vec<Collection> {
    typed::map(node, diags).iter().filter_map(|entry| collection(entry, diags)).collect()
}

const LIST_TOOLS: [(&str, ListTool); 2] = [("search", ListTool::Search), ("filter", ListTool::Filter)];

fn collection(entry: &Entry, diags: &mut Diagnostics) -> Option<Collection> {
    check_keys(
        typed::map(&entry.value, diags),
        &["label", "singular", "sort", "display", "tools", "template", "fields"],
        diags,
    );
    if let Err(reason) = SitePath::new(&entry.key.value) {
        diags.push(Diagnostic::error("bad-path", entry.key.span, reason));
        return None;
    }
    let get = |key: &str| entry.value.get(key).filter(|it| !it.is_empty());
    let fields =
        get("fields").map_or_else(Vec::new, |node| fields::declarations(node, Home::Collection, diags));
    let field_names = get("fields").map_or_else(Vec::new, Node::keys);
    let mut string = |key: &str| get(key).and_then(|node| typed::string(node, diags)).map(|it| it.value);
    let label = string("label").unwrap_or_else(|| entry.key.value.clone());
    let displays = [("list", Display::List), ("cards", Display::Cards), ("letters", Display::Letters)];
    Some(Collection {
        singular: string("singular").unwrap_or_else(|| label.clone()),
        label,
        sort: get("sort")
            .and_then(|node| sort(node, &fields, &field_names, diags))
            .unwrap_or(Sort { by: SortBy::Order, descending: false }),
        display: get("display").and_then(|node| one_of(node, &displays, diags)).unwrap_or_default(),
        tools: get("tools").map_or_else(Vec::new, |node| {
            typed::list(node, diags).iter().filter_map(|it| one_of(it, &LIST_TOOLS, diags)).collect()
        }),
        template: get("template").and_then(|node| typed::string(node, diags)),
        name: entry.key.clone(),
        fields,
        field_names,
    })
}

/// Reads `search: false` or `search: {words: [Brücke, Lotse], names: [short_name]}`.
fn search(node: &Node, collections: &[Collection], diags: &mut Diagnostics) -> Search {
    if node.as_text().is_some() {
        return Search { is_on: typed::boolean(node, diags).unwrap_or(true), ..Search::on() };
    }
    check_keys(typed::map(node, diags), &["words", "names"], diags);
    let words = node.get("words").map_or_else(Vec::new, |it| typed::strings(it, diags));
    let names = node.get("names").map_or_else(Vec::new, |it| typed::strings(it, diags));
    let names = names.into_iter().filter_map(|it| search_name(it, collections, diags)).collect();
    let words = words.into_iter().filter_map(|it| search_word(it, diags)).collect();
    Search { is_on: true, words, names }
}

/// `unknown-field`: other names of entries stand in a field that some collection has.
fn search_name(
    written: Spanned<String>,
    collections: &[Collection],
    diags: &mut Diagnostics,
) -> Option<String> {
    let fields = || collections.iter().flat_map(|it| &it.field_names);
    if fields().any(|it| *it == written.value) {
        return Some(written.value);
    }
    let message = text(
        format!("Keine Sammlung hat ein Feld „{}“.", written.value),
        format!("no collection has a field `{}`", written.value),
    );
    let help = did_you_mean(&written.value, fields().map(String::as_str));
    diags.push(Diagnostic::error("unknown-field", written.span, message).maybe_help(help));
    None
}

/// `search-word`: what compounds are made of is one word of three letters or more.
fn search_word(written: Spanned<String>, diags: &mut Diagnostics) -> Option<String> {
    if written.value.chars().all(char::is_alphabetic) && written.value.chars().count() > 2 {
        return Some(written.value);
    }
    let message = text(
        format!("„{}“ ist kein einzelnes Wort aus mindestens drei Buchstaben.", written.value),
        format!("`{}` is not one word of three letters or more", written.value),
    );
    let help = text(
        "Nennen Sie Grundwörter, aus denen zusammengesetzte Wörter bestehen: words: [Lotse, Brücke]",
        "name words that compounds are made of: words: [Lotse, Brücke]",
    );
    diags.push(Diagnostic::error("search-word", written.span, message).help(help));
    None
}

/// Reads `title`, `order`, `date` or the name of a field, with `-` before it for the other direction.
fn sort(node: &Node, fields: &[Field], field_names: &[String], diags: &mut Diagnostics) -> Option<Sort> {
    let written = typed::string(node, diags)?;
    let (name, descending) = match written.value.strip_prefix('-') {
        Some(name) => (name, true),
        None => (written.value.as_str(), false),
    };
    let by = match name {
        "title" => Some(SortBy::Title),
        "order" => Some(SortBy::Order),
        "date" => Some(SortBy::Date),
        _ => fields.iter().position(|it| it.name.value == name).map(SortBy::Field),
    };
    if by.is_none() && !field_names.iter().any(|it| it == name) {
        let message = text(
            format!("Nach „{name}“ lässt sich hier nicht ordnen."),
            format!("cannot sort by `{name}` here"),
        );
        let names = ["title", "order", "date"].into_iter().chain(field_names.iter().map(String::as_str));
        diags.push(
            Diagnostic::error("unknown-field", written.span, message).maybe_help(did_you_mean(name, names)),
        );
    }
    by.map(|by| Sort { by, descending })
}

/// Reads `glossar`, or `{collection: glossar, print: true, …}`.
///
/// `missing-key`, `unknown-collection`: the glossary is a collection.
fn glossary(node: &Node, collections: &[Collection], diags: &mut Diagnostics) -> Option<Glossary> {
    let name = if node.as_text().is_some() {
        typed::string(node, diags)?
    } else {
        let known = ["collection", "definition", "abbreviation", "variants", "first", "print"];
        check_keys(typed::map(node, diags), &known, diags);
        let Some(name) = node.get("collection").filter(|it| !it.is_empty()) else {
            diags.push(missing_key(node.span, "collection"));
            return None;
        };
        typed::string(name, diags)?
    };
    let Some(collection) = collections.iter().position(|it| it.name.value == name.value) else {
        let names: Vec<&str> = collections.iter().map(|it| it.name.value.as_str()).collect();
        diags.push(unknown_collection(&name, &names));
        return None;
    };
    let fields = &collections[collection];
    let get = |key: &str| node.get(key).filter(|it| !it.is_empty());
    let firsts = [("page", FirstMention::Page), ("section", FirstMention::Section)];
    Some(Glossary {
        collection,
        span: name.span,
        definition: term_field(get("definition"), "definition", fields, diags),
        abbreviation: term_field(get("abbreviation"), "abbreviation", fields, diags),
        variants: term_field(get("variants"), "variants", fields, diags),
        first: get("first").and_then(|node| one_of(node, &firsts, diags)).unwrap_or_default(),
        print: get("print").and_then(|node| typed::boolean(node, diags)).unwrap_or(false),
    })
}

/// Returns the field of a collection that is named, or that has the usual name.
///
/// `unknown-field`, `wrong-type`: a field that is named is there and holds text.
fn term_field(
    node: Option<&Node>,
    usual: &str,
    collection: &Collection,
    diags: &mut Diagnostics,
) -> Option<usize> {
    let find = |name: &str| collection.fields.iter().position(|it| it.name.value == name);
    let holds_text = |&at: &usize| is_text(&collection.fields[at].kind);
    let Some(node) = node else { return find(usual).filter(holds_text) };
    let written = typed::string(node, diags)?;
    let found = find(&written.value);
    match found {
        Some(at) if !holds_text(&at) => {
            diags.push(typed::wrong_type(node, text("ein Feld mit Text", "a field of text")));
            return None;
        }
        None if !collection.field_names.contains(&written.value) => {
            let (name, label) = (&written.value, &collection.label);
            let message = text(
                format!("„{label}“ hat kein Feld „{name}“."),
                format!("`{label}` has no field `{name}`"),
            );
            let help = did_you_mean(name, collection.field_names.iter().map(String::as_str));
            diags.push(Diagnostic::error("unknown-field", written.span, message).maybe_help(help));
        }
        _ => {}
    }
    found
}

fn is_text(kind: &fields::FieldKind) -> bool {
    match kind {
        fields::FieldKind::Text | fields::FieldKind::Markdown => true,
        fields::FieldKind::List(items) => matches!(**items, fields::FieldKind::Text),
        _ => false,
    }
}

fn laws(node: &Node, diags: &mut Diagnostics) -> Vec<Law> {
    typed::map(node, diags).iter().filter_map(|entry| law(entry, diags)).collect()
}

/// `law-address`: the address of a law is one on the web that says where the number goes.
fn law(entry: &Entry, diags: &mut Diagnostics) -> Option<Law> {
    let address = typed::string(&entry.value, diags)?;
    if !is_web_address(&address.value) || !address.value.contains("{paragraph}") {
        let message = text(
            "Erwartet wird eine Adresse mit https:// und {paragraph} an der Stelle der Nummer.",
            "expected an address with https:// and `{paragraph}` in place of the number",
        );
        let help = text(
            "Zum Beispiel: https://www.gesetze-im-internet.de/sgb_8/__{paragraph}.html",
            "for example: https://www.gesetze-im-internet.de/sgb_8/__{paragraph}.html",
        );
        diags.push(Diagnostic::error("law-address", address.span, message).help(help));
        return None;
    }
    Some(Law { name: entry.key.value.clone(), address: address.value })
}

/// Returns the text of a setting as it is shown in running text.
pub fn setting_text(value: &SettingValue, lang: Lang) -> String {
    match value {
        SettingValue::Text(text) | SettingValue::Url(text) | SettingValue::Email(text) => text.clone(),
        SettingValue::Date(date) if lang == Lang::De => date.german(),
        SettingValue::Date(date) => date.english(),
    }
}

/// `unknown-collection`: a reference points to a collection or a table that exists.
pub fn check_reference_targets(config: &Config, tables: &[&str], diags: &mut Diagnostics) {
    for field in config.collections.iter().flat_map(|it| &it.fields) {
        let mut kind = &field.kind;
        while let fields::FieldKind::List(items) = kind {
            kind = items;
        }
        let fields::FieldKind::Reference(to) = kind else { continue };
        let collections = config.collections.iter().map(|it| it.name.value.as_str());
        let names: Vec<&str> = collections.chain(tables.iter().copied()).collect();
        if !names.contains(&to.value.as_str()) {
            diags.push(unknown_collection_or_table(to, &names));
        }
    }
}

fn unknown_collection_or_table(written: &Spanned<String>, names: &[&str]) -> Diagnostic {
    let message = text(
        format!("Eine Sammlung oder Tabelle „{}“ gibt es nicht.", written.value),
        format!("there is no collection or table `{}`", written.value),
    );
    suggesting(Diagnostic::error("unknown-collection", written.span, message), written, names)
}

fn unknown_collection(written: &Spanned<String>, names: &[&str]) -> Diagnostic {
    let message = text(
        format!("Eine Sammlung „{}“ gibt es nicht.", written.value),
        format!("there is no collection `{}`", written.value),
    );
    suggesting(Diagnostic::error("unknown-collection", written.span, message), written, names)
}

fn suggesting(diagnostic: Diagnostic, written: &Spanned<String>, names: &[&str]) -> Diagnostic {
    let help = did_you_mean(&written.value, names.iter().copied())
        .unwrap_or_else(|| fields::allowed(&names.join(", ")));
    diagnostic.help(help)
}
