//! The floor: the least that makes the pages of the same site. A bare parallel loop
//! reads the same files, parses front matter and Markdown, renders the same
//! templates and writes. It checks nothing, keeps no places, sets no typography,
//! resolves no link and puts nothing in place whole.

use std::collections::BTreeMap;
use std::fs;
use std::path::{Path, PathBuf};

use pulldown_cmark::{CowStr, Event, Options, Parser, Tag, TagEnd, html};
use rayon::prelude::*;
use serde_yaml::granit_parser;
use tera::{Context, Map, Tera, Value};
use walkdir::WalkDir;

use crate::corpus;

/// The argument that makes this program the floor.
pub const FLOOR: &str = "--floor";

struct Page {
    /// Below `content`.
    path: String,
    url: String,
    head: BTreeMap<String, Scalar>,
    html: String,
    toc: Value,
}

enum Scalar {
    One(String),
    Many(Vec<String>),
}

impl Page {
    fn text(&self, key: &str) -> &str {
        match self.head.get(key) {
            Some(Scalar::One(text)) => text,
            _ => "",
        }
    }

    fn tags(&self) -> &[String] {
        match self.head.get("tags") {
            Some(Scalar::Many(tags)) => tags,
            _ => &[],
        }
    }

    fn is_index(&self) -> bool {
        self.path.ends_with("_index.md")
    }

    fn folder(&self) -> &str {
        self.path.rsplit_once('/').map_or("", |it| it.0)
    }
}

/// Builds the site at `root` with a theme into a folder.
pub fn build(root: &Path, theme: &Path, out: &Path) {
    let content = root.join("content");
    let files: Vec<PathBuf> = WalkDir::new(&content)
        .sort_by_file_name()
        .into_iter()
        .flatten()
        .filter(|it| it.file_type().is_file())
        .map(|it| it.into_path())
        .collect();
    let pages: Vec<Page> = files.par_iter().map(|it| read(it, &content)).collect();
    let entries: Vec<Value> = pages.par_iter().map(entry).collect();
    let tera = engine(theme, &pages);
    let tags = tags(&pages);

    let folders: std::collections::BTreeSet<&str> = pages.iter().map(Page::folder).collect();
    folders.iter().chain(&["tags", "assets"]).for_each(|it| {
        fs::create_dir_all(out.join(it)).expect("the folder can be made");
    });
    pages.par_iter().enumerate().for_each(|(at, page)| {
        let mut more = Vec::new();
        if page.is_index() {
            let folder = page.folder();
            let inside = pages.iter().zip(&entries).filter(|(it, _)| !it.is_index() && it.folder() == folder);
            more.push(("list", listing(inside.map(|it| it.1.clone()).collect())));
        }
        write(&tera, template(page), &page.url, view(at, &pages), more, out);
    });
    tags.par_iter().for_each(|(tag, pages_of)| {
        let list = listing(pages_of.iter().map(|&it| entries[it].clone()).collect());
        let url = tag_url(tag);
        write(&tera, "term.html", &url, generated(tag, &url), vec![("list", list)], out);
    });
    let terms = tags.iter().map(|(tag, of)| {
        map([("title", text(tag)), ("url", text(&tag_url(tag))), ("count", Value::from(of.len()))])
    });
    let terms = Value::from(terms.collect::<Vec<_>>());
    let url = "tags/index.html";
    write(&tera, "taxonomy.html", url, generated("Schlagwörter", url), vec![("terms", terms)], out);
    for asset in
        WalkDir::new(theme.join("static")).into_iter().flatten().filter(|it| it.file_type().is_file())
    {
        fs::copy(asset.path(), out.join("assets").join(asset.file_name())).expect("the file can be copied");
    }
}

fn read(file: &Path, content: &Path) -> Page {
    let written = fs::read_to_string(file).expect("the corpus can be read");
    let path = file.strip_prefix(content).expect("below content").to_str().expect("ASCII").to_owned();
    let (head, body) = written[4..].split_once("---\n").expect("front matter");
    let head = front_matter(head);
    let options = Options::ENABLE_TABLES
        | Options::ENABLE_FOOTNOTES
        | Options::ENABLE_STRIKETHROUGH
        | Options::ENABLE_TASKLISTS
        | Options::ENABLE_HEADING_ATTRIBUTES
        | Options::ENABLE_DEFINITION_LIST
        | Options::ENABLE_GFM;
    let mut toc = Vec::new();
    let mut heading: Option<(String, u32)> = None;
    let events = Parser::new_ext(body, options).map(|event| match event {
        Event::Start(Tag::Heading { level, id, classes, attrs }) => {
            heading = Some((String::new(), level as u32));
            let id = id.unwrap_or_else(|| format!("abschnitt-{}", toc.len()).into());
            toc.push((id.to_string(), String::new(), level as u32));
            Event::Start(Tag::Heading { level, id: Some(id), classes, attrs })
        }
        Event::End(TagEnd::Heading(level)) => {
            if let (Some((title, _)), Some(last)) = (heading.take(), toc.last_mut()) {
                last.1 = title;
            }
            Event::End(TagEnd::Heading(level))
        }
        Event::Text(text) => {
            if let Some((title, _)) = &mut heading {
                title.push_str(&text);
            }
            Event::Text(text)
        }
        Event::Start(Tag::Link { link_type, dest_url, title, id }) => {
            let dest_url = if dest_url.contains("://") { dest_url } else { html_address(&dest_url) };
            Event::Start(Tag::Link { link_type, dest_url, title, id })
        }
        other => other,
    });
    let mut html = String::with_capacity(body.len() * 3 / 2);
    html::push_html(&mut html, events);
    let toc = toc.iter().map(|(id, title, level)| {
        map([("id", text(id)), ("title", text(title)), ("level", Value::from(*level))])
    });
    let toc = Value::from(toc.collect::<Vec<_>>());
    Page { url: html_address(&path).to_string(), path, head, html, toc }
}

fn html_address(path: &str) -> CowStr<'static> {
    path.replacen("_index.md", "index.html", 1).replacen(".md", ".html", 1).into()
}

fn front_matter(yaml: &str) -> BTreeMap<String, Scalar> {
    let mut head = BTreeMap::new();
    let mut key: Option<String> = None;
    let mut list: Option<Vec<String>> = None;
    for event in granit_parser::Parser::new_from_str(yaml) {
        match event.expect("YAML").0 {
            granit_parser::Event::Scalar(value, ..) => match (&mut list, key.take()) {
                (Some(list), name) => {
                    list.push(value.into_owned());
                    key = name;
                }
                (None, Some(name)) => drop(head.insert(name, Scalar::One(value.into_owned()))),
                (None, None) => key = Some(value.into_owned()),
            },
            granit_parser::Event::SequenceStart(..) => list = Some(Vec::new()),
            granit_parser::Event::SequenceEnd => {
                if let (Some(name), Some(items)) = (key.take(), list.take()) {
                    head.insert(name, Scalar::Many(items));
                }
            }
            _ => {}
        }
    }
    head
}

fn tags(pages: &[Page]) -> BTreeMap<&str, Vec<usize>> {
    let mut tags: BTreeMap<&str, Vec<usize>> = BTreeMap::new();
    for (at, page) in pages.iter().enumerate() {
        page.tags().iter().for_each(|tag| tags.entry(tag).or_default().push(at));
    }
    tags
}

fn tag_url(tag: &str) -> String {
    format!("tags/{}.html", tag.to_lowercase().replace(' ', "-"))
}

fn engine(theme: &Path, pages: &[Page]) -> Tera {
    let templates = fs::read_dir(theme.join("templates")).expect("the theme can be read").flatten();
    let templates: Vec<(String, String)> = templates
        .map(|it| {
            let source = fs::read_to_string(it.path()).expect("the theme can be read");
            (it.file_name().to_string_lossy().into_owned(), source)
        })
        .collect();
    let mut tera = Tera::new();
    tera.add_raw_templates(templates.iter().map(|(name, source)| (name.as_str(), source.as_str())))
        .expect("the templates are right");
    let words = fs::read_to_string(theme.join("i18n/de.yaml")).expect("the theme can be read");
    let words = front_matter(&words).into_iter().map(|(key, word)| match word {
        Scalar::One(word) => (key.into(), Value::from(word)),
        Scalar::Many(_) => (key.into(), Value::none()),
    });
    tera.global_context().insert_value("t", Value::from(words.collect::<Map>()));
    tera.global_context().insert_value("site", site(pages));
    tera
}

fn site(pages: &[Page]) -> Value {
    let mut paths = corpus::navigation_pages();
    let nav = corpus::NAVIGATION.map(|(name, count)| {
        let links = paths.by_ref().take(count).map(|path| {
            let page = pages.iter().find(|it| it.path == path).expect("the corpus has it");
            let description = text(page.text("description"));
            map([("title", text(page.text("title"))), ("url", text(&page.url)), ("description", description)])
        });
        (name, Value::from(links.collect::<Vec<_>>()))
    });
    map([
        ("title", text(corpus::TITLE)),
        ("short_title", text("Wissensbasis")),
        ("description", text("Eine Website, an der gemessen wird.")),
        ("lang", text("de")),
        ("banner", text("Website im Aufbau.")),
        ("footer", text("Gefördert aus Mitteln, die es nicht gibt.")),
        ("base_url", text(corpus::BASE_URL)),
        ("nav", map(nav)),
        ("home", link("index.html", "Startseite")),
    ])
}

fn template(page: &Page) -> &'static str {
    match (page.is_index(), page.folder()) {
        (true, "") => "home.html",
        (true, _) => "section.html",
        (false, _) if page.head.contains_key("place") => "entry.html",
        (false, _) => "page.html",
    }
}

/// Makes what every page has.
fn generated(title: &str, url: &str) -> Map {
    let entries = [
        ("title", text(title)),
        ("nav_title", text(title)),
        ("full_title", Value::from(format!("{title} – Wissensbasis"))),
        ("description", text("")),
        ("url", text(url)),
        ("canonical", Value::from(format!("{}{url}", corpus::BASE_URL))),
        ("kind", text("page")),
        ("policy", text("default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:")),
        ("trail", list([text(url), text("index.html")])),
        ("breadcrumbs", list([link("index.html", "Startseite")])),
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

fn view(at: usize, pages: &[Page]) -> Map {
    let page = &pages[at];
    let neighbour = |at: usize| {
        let found = pages.get(at).filter(|it| !it.is_index() && it.folder() == page.folder());
        found.map_or_else(Value::none, |it| link(&it.url, it.text("title")))
    };
    let mut view = generated(page.text("title"), &page.url);
    let mut set = |key: &'static str, value: Value| view.insert(key.into(), value);
    set("description", text(page.text("description")));
    set("body", Value::safe_string(&page.html));
    set("toc", page.toc.clone());
    set("date", date(page));
    set("tags", list(page.tags().iter().map(|it| link(&tag_url(it), it))));
    if !page.folder().is_empty() {
        let above = format!("{}/index.html", page.folder());
        set("breadcrumbs", list([link("index.html", "Startseite"), link(&above, page.folder())]));
        set("trail", list([text(&page.url), text(&above), text("index.html")]));
    }
    if page.head.contains_key("place") {
        let fields = [("place", "Ort"), ("offer", "Angebot")].map(|(name, label)| {
            let value = page.text(name);
            map([
                ("name", text(name)),
                ("label", text(label)),
                ("type", text("text")),
                ("text", text(value)),
                ("html", Value::safe_string(value)),
            ])
        });
        set("fields", list(fields));
    }
    set("previous", neighbour(at.wrapping_sub(1)));
    set("next", neighbour(at + 1));
    view
}

fn entry(page: &Page) -> Value {
    map([
        ("title", text(page.text("title"))),
        ("url", text(&page.url)),
        ("description", text(page.text("description"))),
        ("fields", Value::from(Map::default())),
        ("date", date(page)),
        ("updated", Value::none()),
        ("collection", Value::none()),
    ])
}

fn date(page: &Page) -> Value {
    match page.text("date") {
        "" => Value::none(),
        iso => map([("iso", text(iso)), ("text", text(iso))]),
    }
}

fn listing(entries: Vec<Value>) -> Value {
    let count = entries.len();
    let group = map([("title", Value::none()), ("id", Value::none()), ("entries", Value::from(entries))]);
    map([
        ("display", text("list")),
        ("groups", list([group])),
        ("letters", list([])),
        ("count", Value::from(count)),
        ("facets", list([])),
    ])
}

fn write(tera: &Tera, template: &str, url: &str, page: Map, more: Vec<(&'static str, Value)>, out: &Path) {
    let mut context = Context::new();
    context.insert_value("root", Value::from("../".repeat(url.matches('/').count())));
    context.insert_value("page", Value::from(page));
    more.into_iter().for_each(|(name, value)| context.insert_value(name, value));
    let mut html = Vec::with_capacity(16 << 10);
    tera.render_to(template, &context, &mut html).expect("the template renders");
    fs::write(out.join(url), html).expect("the file can be written");
}

fn map<const N: usize>(entries: [(&'static str, Value); N]) -> Value {
    Value::from(entries.into_iter().map(|(key, value)| (key.into(), value)).collect::<Map>())
}

fn text(value: &str) -> Value {
    Value::from(value)
}

fn list(values: impl IntoIterator<Item = Value>) -> Value {
    Value::from(values.into_iter().collect::<Vec<_>>())
}

fn link(url: &str, title: &str) -> Value {
    map([("title", text(title)), ("url", text(url))])
}
