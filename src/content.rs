//! Pages as their authors wrote them: front matter, fields and Markdown.
//!
//! Each file is read on its own; what it says about other files is still text
//! and is resolved by [`crate::link`].

pub mod address;
pub mod markdown;
pub mod typography;

use self::address::Address;
use self::markdown::{Body, Context};
use crate::collate::collation_key;
use crate::config::{Collection, Config};
use crate::date::Date;
use crate::diag::{Diagnostic, Diagnostics, Lang, Severity, Text, nearest, text};
use crate::fields::{self, Field, FieldValue};
use crate::limits;
use crate::load::PageFile;
use crate::path::SitePath;
use crate::schema::{Declared, guide};
use crate::slug::UniqueIds;
use crate::source::{FileId, Sources, Span, Spanned};
use crate::theme::Theme;
use crate::yaml::{self, Entry, Node, typed, unknown_key};

/// A page as it was written.
#[derive(Clone, Debug)]
pub struct Page {
    pub file: FileId,
    /// Path below `content`.
    pub path: SitePath,
    pub address: Address,
    pub head: Head,
    /// The place of its title in a dictionary ([`collation_key`]).
    pub title_key: String,
    /// The index of the collection it is an entry of.
    pub collection: Option<usize>,
    /// The filled fields of the collection, in the order of their declaration.
    pub fields: Vec<FieldText>,
    pub body: Body,
}

/// The value of one field; Markdown is rendered already.
#[derive(Clone, Debug)]
pub struct FieldText {
    /// The index of the field in the collection.
    pub field: usize,
    pub value: Spanned<FieldValue>,
    /// For fields of Markdown.
    pub body: Option<Body>,
}

impl Page {
    /// Returns the ids of the headings in its fields and in its text.
    pub fn anchors(&self) -> impl Iterator<Item = &str> {
        let bodies = self.fields.iter().filter_map(|it| it.body.as_ref()).chain([&self.body]);
        bodies.flat_map(|it| &it.headings).map(|it| it.id.as_str())
    }

    /// Whether other pages see no difference: only the text between the headings is another.
    pub fn looks_like(&self, other: &Page) -> bool {
        let is_same =
            |(one, other): (&FieldText, &FieldText)| (one.field, &one.value) == (other.field, &other.value);
        (self.file, &self.path, &self.head, self.collection)
            == (other.file, &other.path, &other.head, other.collection)
            && self.fields.len() == other.fields.len()
            && self.fields.iter().zip(&other.fields).all(is_same)
            && self.anchors().eq(other.anchors())
    }
}

/// What every page can say in its front matter.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Head {
    pub title: Spanned<String>,
    pub nav_title: Option<String>,
    pub description: String,
    /// The last part of the address, without `.html`.
    pub slug: Option<Spanned<String>>,
    pub aliases: Vec<Spanned<String>>,
    pub draft: bool,
    pub order: Option<i64>,
    pub tags: Vec<Spanned<String>>,
    pub categories: Vec<Spanned<String>>,
    pub date: Option<Date>,
    pub updated: Option<Date>,
    /// Who looks after the page.
    pub owner: Option<String>,
    /// The last day on which nobody has to look at the page again.
    pub review_by: Option<Spanned<Date>>,
    pub template: Option<Spanned<String>>,
    /// Whether there is a table of contents; by length where it is not said.
    pub toc: Option<bool>,
    pub table: Option<Spanned<String>>,
    pub form: Option<Spanned<String>>,
    pub easy_language: bool,
    pub no_glossary: Unlinked,
}

/// Which terms are not linked on a page by themselves.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Unlinked {
    All,
    /// Those that are named; often none.
    These(Vec<Spanned<String>>),
}

/// The keys of [`Head`]; no field of a collection may be called like one.
pub const HEAD_KEYS: [&str; 19] = [
    "title",
    "nav_title",
    "description",
    "slug",
    "aliases",
    "draft",
    "order",
    "tags",
    "categories",
    "date",
    "updated",
    "owner",
    "review_by",
    "template",
    "toc",
    "table",
    "form",
    "easy_language",
    "no_glossary",
];

/// Reads one page. Gives nothing where its front matter cannot be read at all.
pub fn parse(
    page: &PageFile,
    sources: &Sources,
    config: &Config,
    theme: &Theme,
    diags: &mut Diagnostics,
) -> Option<Page> {
    if !page.is_text {
        return None;
    }
    let written = sources.text(page.file);
    let parts = split(page.file, written, diags)?;
    let entries = yaml::parse_map(page.file, parts.front_matter, parts.front_matter_start, diags)?;
    let collection = collection_of(&page.path, &config.collections);
    let declared = collection.map_or(&[][..], |it| &config.collections[it].fields);
    let names = collection.map_or(&[][..], |it| &config.collections[it].field_names);
    let meant = check_keys(&entries, names, diags);
    let mut ids = UniqueIds::reserving(&theme.ids);
    let context = Context { lang: config.lang, raw_html: config.html, words: &theme.words };
    let head = head(page.file, &entries, &meant, config.lang, diags);
    let is_draft = head.draft;
    let mut reader = FieldReader { page, is_draft, sources, context, ids: &mut ids, diags };
    let fields = reader.fields(declared, &entries, &meant);
    let own = &written[parts.body_start..];
    let body = match config.guide.as_ref().filter(|it| it.value == page.path.as_str()) {
        Some(guide) => {
            let declared = Declared { config, written: sources.text(guide.span.file), lang: config.lang };
            with_guide(page.file, own, parts.body_start, &declared, context, &mut ids, diags)
        }
        None => markdown::render(page.file, own, parts.body_start, context, &mut ids, diags),
    };
    Some(Page {
        file: page.file,
        path: page.path.clone(),
        address: Address::new(&page.path, &head),
        title_key: collation_key(&head.title.value),
        head,
        collection,
        fields,
        body,
    })
}

/// Renders the text of a page and the handbook of the fields below it.
///
/// What stands in the handbook has no place in the file: it takes that of the page.
fn with_guide(
    file: FileId,
    own: &str,
    start: usize,
    declared: &Declared<'_>,
    context: Context<'_>,
    ids: &mut UniqueIds,
    diags: &mut Diagnostics,
) -> Body {
    let whole = format!("{own}\n\n{}", guide::chapters(declared));
    let end = start + own.len();
    let is_beyond = |span: Span| span.file == file && span.range().end > end;
    let mut found = Diagnostics::default();
    let mut body = markdown::render(file, &whole, start, context, ids, &mut found);
    let place = Span::start_of(file);
    let beyond = |hole: &mut markdown::Hole| {
        if is_beyond(hole.span) {
            hole.move_to(place);
        }
    };
    body.holes.iter_mut().for_each(beyond);
    body.headings.iter_mut().flat_map(|it| &mut it.holes).for_each(beyond);
    found.move_each(|span| if is_beyond(span) { place } else { span });
    diags.append(found);
    body
}

struct Parts<'a> {
    front_matter: &'a str,
    front_matter_start: usize,
    body_start: usize,
}

/// `missing-front-matter`, `limit`: a page begins with its front matter between two lines `---`.
fn split<'a>(file: FileId, written: &'a str, diags: &mut Diagnostics) -> Option<Parts<'a>> {
    let start = written.find('\n').map_or(written.len(), |at| at + 1);
    if written[..start].trim_end() != "---" {
        let message = text(
            "Die Seite beginnt nicht mit ihren Angaben zwischen zwei Zeilen „---“.",
            "the page does not begin with its front matter between two lines `---`",
        );
        let help = text("Ergänzen Sie am Anfang: --- title: … ---", "add at the beginning: --- title: … ---");
        diags.push(Diagnostic::error("missing-front-matter", Span::start_of(file), message).help(help));
        return None;
    }
    let mut line_start = start;
    for line in written[start..].split_inclusive('\n') {
        if line.trim_end() == "---" {
            let front_matter = &written[start..line_start];
            if front_matter.len() > limits::FRONT_MATTER_BYTES {
                diags.push(front_matter_too_large(file, front_matter.len()));
                return None;
            }
            return Some(Parts {
                front_matter,
                front_matter_start: start,
                body_start: line_start + line.len(),
            });
        }
        line_start += line.len();
    }
    let message = text(
        "Die Zeile „---“ am Ende der Angaben fehlt.",
        "the line `---` at the end of the front matter is missing",
    );
    diags.push(Diagnostic::error("missing-front-matter", Span::new(file, 0..3), message));
    None
}

fn front_matter_too_large(file: FileId, bytes: usize) -> Diagnostic {
    let limit = limits::FRONT_MATTER_BYTES;
    let message = text(
        format!("Die Angaben der Seite sind mit {bytes} Bytes größer als erlaubt ({limit})."),
        format!("the front matter has {bytes} bytes, more than {limit}"),
    );
    Diagnostic::error("limit", Span::start_of(file), message)
}

/// Returns the collection whose folder holds the page; `_index.md` describes it and is no entry.
fn collection_of(path: &SitePath, collections: &[Collection]) -> Option<usize> {
    if path.name() == "_index.md" {
        return None;
    }
    collections.iter().position(|it| {
        path.as_str().strip_prefix(it.name.value.as_str()).is_some_and(|rest| rest.starts_with('/'))
    })
}

/// `unknown-key`: a page says only what there is to say.
///
/// Returns the keys that the unknown ones seem to mean. They are misspelt, not missing.
fn check_keys<'a>(entries: &[Entry], own: &'a [String], diags: &mut Diagnostics) -> Vec<&'a str> {
    let known: Vec<&str> = own.iter().map(String::as_str).chain(HEAD_KEYS).collect();
    let unknown = entries.iter().filter(|it| !known.contains(&it.key.value.as_str()));
    let mut meant = Vec::new();
    for entry in unknown {
        diags.push(unknown_key(entry, &known));
        meant.extend(nearest(&entry.key.value, known.iter().copied()));
    }
    meant
}

fn head(file: FileId, entries: &[Entry], meant: &[&str], lang: Lang, diags: &mut Diagnostics) -> Head {
    let title = match get(entries, "title") {
        None if meant.contains(&"title") => Spanned::new(String::new(), Span::new(file, 0..3)),
        _ => title(file, entries, lang, diags),
    };
    let mut string = |key: &str| get(entries, key).and_then(|node| typed::string(node, diags));
    let (slug, template, table, form) = (string("slug"), string("template"), string("table"), string("form"));
    let mut set = |key: &str| string(key).map(|it| typography::set_line(lang, &it.value));
    let owner = set("owner");
    let (nav_title, description) = (set("nav_title"), set("description").unwrap_or_default());
    let mut flag = |key: &str| get(entries, key).and_then(|node| typed::boolean(node, diags));
    let (draft, easy_language, toc) = (flag("draft"), flag("easy_language"), flag("toc"));
    let mut strings = |key: &str| get(entries, key).map_or_else(Vec::new, |node| typed::strings(node, diags));
    let (aliases, tags, categories) = (strings("aliases"), strings("tags"), strings("categories"));
    let mut date = |key: &str| get(entries, key).and_then(|node| typed::date(node, diags));
    let review_by = date("review_by").zip(get(entries, "review_by"));
    Head {
        title,
        nav_title,
        description,
        slug,
        aliases,
        draft: draft.unwrap_or(false),
        tags,
        categories,
        date: date("date"),
        updated: date("updated"),
        owner,
        review_by: review_by.map(|(day, node)| Spanned::new(day, node.span)),
        order: get(entries, "order").and_then(|node| typed::integer(node, diags)),
        template,
        toc,
        table,
        form,
        easy_language: easy_language.unwrap_or(false),
        no_glossary: get(entries, "no_glossary")
            .map_or(Unlinked::These(Vec::new()), |node| unlinked(node, diags)),
    }
}

/// Reads `true`, `false` or a list of terms.
fn unlinked(node: &Node, diags: &mut Diagnostics) -> Unlinked {
    match node.as_text() {
        Some("true") => Unlinked::All,
        Some("false") => Unlinked::These(Vec::new()),
        _ => Unlinked::These(typed::strings(node, diags)),
    }
}

/// Returns the value of a key; an empty one counts as not written.
fn get<'a>(entries: &'a [Entry], key: &str) -> Option<&'a Node> {
    entries.iter().find(|it| it.key.value == key).map(|it| &it.value).filter(|it| !it.is_empty())
}

/// `missing-field`: a page has a title.
fn title(file: FileId, entries: &[Entry], lang: Lang, diags: &mut Diagnostics) -> Spanned<String> {
    let is_blank = |node: &&Node| node.as_text().is_some_and(|it| it.trim().is_empty());
    if let Some(node) = get(entries, "title").filter(|it| !is_blank(it)) {
        let written = typed::string(node, diags).map_or_else(String::new, |it| it.value);
        return Spanned::new(typography::set_line(lang, &written), node.span);
    }
    let (span, help) = missing(file, entries, "title");
    let message = text("Der Seite fehlt ihr Titel.", "the page has no title");
    diags.push(Diagnostic::error("missing-field", span, message).help(help));
    Spanned::new(String::new(), span)
}

/// Says where something is missing and what helps: the whole key, or what stands behind it.
fn missing(file: FileId, entries: &[Entry], name: &str) -> (Span, Text) {
    match entries.iter().find(|it| it.key.value == name) {
        Some(entry) => {
            let help = text(
                format!("Schreiben Sie hinter „{name}:“, was hier stehen soll."),
                format!("write behind `{name}:` what it is"),
            );
            (entry.key.span, help)
        }
        None => (Span::new(file, 0..3), text(format!("Ergänzen Sie: {name}: …"), format!("add: {name}: …"))),
    }
}

struct FieldReader<'a> {
    page: &'a PageFile,
    is_draft: bool,
    sources: &'a Sources,
    context: Context<'a>,
    ids: &'a mut UniqueIds,
    diags: &'a mut Diagnostics,
}

impl FieldReader<'_> {
    /// `missing-field`: required fields are filled, later in a draft; those in `meant` are misspelt instead.
    fn fields(&mut self, declared: &[Field], entries: &[Entry], meant: &[&str]) -> Vec<FieldText> {
        let mut fields = Vec::new();
        for (at, field) in declared.iter().enumerate() {
            let value = match get(entries, &field.name.value) {
                Some(node) => fields::value(field, node, self.diags),
                None if field.default.is_some() => field.default.clone(),
                None => {
                    if field.required && !meant.contains(&field.name.value.as_str()) {
                        let missing = missing(self.page.file, entries, &field.name.value);
                        self.diags.push(missing_field(&field.label, missing, self.is_draft));
                    }
                    None
                }
            };
            fields.extend(value.map(|value| self.field_text(at, value)));
        }
        fields
    }

    fn field_text(&mut self, field: usize, mut value: Spanned<FieldValue>) -> FieldText {
        self.claim_ids(&mut value.value);
        let body = match &value.value {
            FieldValue::Markdown(markdown) => Some(self.markdown(markdown, value.span)),
            _ => None,
        };
        FieldText { field, value, body }
    }

    /// Gives each source that a field cites its id on the page.
    fn claim_ids(&mut self, value: &mut FieldValue) {
        match value {
            FieldValue::Citation(cited) => cited.iter_mut().for_each(|it| it.claim_id(self.ids)),
            FieldValue::List(items) => items.iter_mut().for_each(|it| self.claim_ids(&mut it.value)),
            _ => {}
        }
    }

    /// Renders the Markdown of a field. Its places are exact where the value is
    /// written as it is; in folded text they are those of the value.
    fn markdown(&mut self, markdown: &str, span: Span) -> Body {
        let source = &self.sources.text(span.file)[span.range()];
        let offset = span.start as usize + source.find(markdown.trim_end()).unwrap_or(0);
        let exact = source.contains(markdown.trim_end());
        let mut found = Diagnostics::default();
        let context = self.context;
        let mut body = markdown::render(self.page.file, markdown, offset, context, self.ids, &mut found);
        if !exact {
            body.holes.iter_mut().for_each(|hole| hole.move_to(span));
            body.headings.iter_mut().flat_map(|it| &mut it.holes).for_each(|hole| hole.move_to(span));
            found.move_to(span);
        }
        self.diags.append(found);
        body
    }
}

fn missing_field(label: &str, (span, help): (Span, Text), is_draft: bool) -> Diagnostic {
    let severity = if is_draft { Severity::Notice } else { Severity::Error };
    let message = match is_draft {
        true => text(
            format!("„{label}“ fehlt noch in diesem Entwurf."),
            format!("`{label}` is still missing in this draft"),
        ),
        false => text(format!("„{label}“ fehlt."), format!("`{label}` is missing")),
    };
    Diagnostic::new(severity, "missing-field", span, message).help(help)
}
