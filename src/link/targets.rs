//! Targets of links and references.

use std::collections::HashMap;
use std::sync::Arc;

use super::Parsed;
use super::figures::Figures;
use super::glossary::Glossary;
use super::sources::Catalogue;
use crate::content::markdown::HoleKind;
use crate::content::{self, FieldText, markdown};
use crate::diag::{Diagnostic, Diagnostics, Text, did_you_mean, text};
use crate::fields::{self, FieldKind, FieldValue};
use crate::site::{Body, Field, Fill, Heading, Hole, PageId, Value};
use crate::source::{Sources, Span, Spanned};

/// All names that texts can point to.
pub struct Targets<'a> {
    parsed: &'a Parsed,
    /// By path below `content`.
    pages: HashMap<&'a str, PageId>,
    /// By path below `content`.
    assets: HashMap<&'a str, usize>,
    figures: Figures<'a>,
    catalogue: &'a Catalogue,
    glossary: &'a Glossary<'a>,
}

/// Where the author's path leads.
enum Target {
    Page(PageId),
    Asset(usize),
}

impl<'a> Targets<'a> {
    /// Collects the names of a site.
    pub fn new(
        parsed: &'a Parsed,
        sources: &'a Sources,
        catalogue: &'a Catalogue,
        glossary: &'a Glossary<'a>,
    ) -> Targets<'a> {
        let pages =
            parsed.pages.iter().enumerate().map(|(at, page)| (page.path.as_str(), PageId(at))).collect();
        let assets = parsed.assets.iter().enumerate().map(|(at, asset)| (asset.path.as_str(), at)).collect();
        let figures = Figures { tables: &parsed.tables, sources, lang: parsed.config.lang };
        Targets { parsed, pages, assets, figures, catalogue, glossary }
    }

    /// Finds a page by its path below `content`.
    pub fn page_at(&self, path: &Spanned<String>, diags: &mut Diagnostics) -> Option<PageId> {
        let found = self.pages.get(path.value.as_str()).copied();
        if found.is_none() {
            diags.push(self.broken_link(&path.value, path.span));
        }
        found
    }

    /// Fills the holes of a text.
    ///
    /// Findings: `broken-link`, `broken-fragment`, `unknown-setting`, `unknown-citation`,
    /// `unknown-term`, and those of [`super::figures`].
    pub fn body(&self, page: &content::Page, body: &markdown::Body, diags: &mut Diagnostics) -> Body {
        let holes = self.holes(page, &body.holes, diags);
        let headings = body.headings.iter().map(|it| Heading {
            id: it.id.clone(),
            title: it.title.clone(),
            // What is wrong in a heading is found twice and said once.
            holes: self.holes(page, &it.holes, diags),
            level: it.level,
        });
        Body { holes, headings: headings.collect(), html: Arc::clone(&body.html) }
    }

    fn holes(&self, page: &content::Page, holes: &[markdown::Hole], diags: &mut Diagnostics) -> Vec<Hole> {
        let holes = holes.iter().filter_map(|hole| {
            let fill = match &hole.kind {
                HoleKind::Link(address) => self.link(page, address, hole.span, diags),
                HoleKind::Image(address) => self.asset(page, address, hole.span, diags).map(Fill::Asset),
                HoleKind::Setting(key) => self.setting(key, hole.span, diags),
                HoleKind::Value(role) => self.figures.value(role, diags).map(Fill::Figure),
                HoleKind::Cite(cited) => Some(Fill::Citation(self.catalogue.resolve(cited, diags))),
                HoleKind::Table(directive) => {
                    self.figures.excerpt(directive, hole.span, diags).map(Fill::Table)
                }
                HoleKind::Chart(directive) => {
                    self.figures.chart(directive, hole.span, diags).map(Fill::Chart)
                }
                HoleKind::Term(name) => {
                    self.glossary.named(name, hole.span, diags).map(|page| Fill::Term { page, number: 0 })
                }
                HoleKind::TermEnd => Some(Fill::TermEnd),
            };
            Some(Hole { at: hole.at, fill: fill? })
        });
        holes.collect()
    }

    fn setting(&self, key: &str, span: Span, diags: &mut Diagnostics) -> Option<Fill> {
        let settings = &self.parsed.config.settings;
        let found = settings.iter().position(|it| it.key.value == key);
        if found.is_none() {
            diags.push(crate::config::unknown_setting(&Spanned::new(key.to_owned(), span), settings));
        }
        found.map(Fill::Setting)
    }

    fn link(&self, page: &content::Page, address: &str, span: Span, diags: &mut Diagnostics) -> Option<Fill> {
        let (path, fragment) = split_address(address);
        if path.is_empty() {
            self.check_fragment(page, fragment, span, diags)?;
            return Some(Fill::Fragment(fragment.unwrap_or_default().to_owned()));
        }
        match self.find(page, path, span, diags)? {
            Target::Asset(asset) => Some(Fill::Asset(asset)),
            Target::Page(id) => {
                self.check_fragment(&self.parsed.pages[id.0], fragment, span, diags)?;
                Some(Fill::Page(id, fragment.map(str::to_owned)))
            }
        }
    }

    fn find(&self, page: &content::Page, path: &str, span: Span, diags: &mut Diagnostics) -> Option<Target> {
        let Some(full) = join(page.path.folder(), &percent_decode(path)) else {
            let message =
                text("Dieser Pfad führt aus der Website hinaus.", "this path leads out of the site");
            diags.push(Diagnostic::error("broken-link", span, message));
            return None;
        };
        if let Some(&id) = self.pages.get(full.as_str()) {
            return Some(Target::Page(id));
        }
        if let Some(&asset) = self.assets.get(full.as_str()) {
            return Some(Target::Asset(asset));
        }
        if !self.parsed.unreadable.contains(&full) {
            let mut diagnostic = self.broken_link(&full, span);
            if !self.is_draft(&full) {
                diagnostic.help = self.suggestion(page, &full);
            }
            diags.push(diagnostic);
        }
        None
    }

    fn is_draft(&self, path: &str) -> bool {
        self.parsed.drafts.iter().any(|it| it == path)
    }

    /// `broken-link`: a link leads to a page or file that exists.
    fn broken_link(&self, path: &str, span: Span) -> Diagnostic {
        if self.is_draft(path) {
            let message = text(
                format!("content/{path} ist ein Entwurf und wird nicht veröffentlicht."),
                format!("content/{path} is a draft and is not published"),
            );
            return Diagnostic::error("broken-link", span, message);
        }
        let message = text(
            format!("Eine Datei content/{path} gibt es nicht."),
            format!("there is no file content/{path}"),
        );
        let help = did_you_mean(path, self.pages.keys().copied());
        Diagnostic::error("broken-link", span, message).maybe_help(help)
    }

    /// Returns the path that was meant, as it is written on this page.
    ///
    /// That is the Markdown file of an address of the output, the page of a folder,
    /// a file of the same name elsewhere, or one with a similar name.
    fn suggestion(&self, page: &content::Page, full: &str) -> Option<Text> {
        let stem = full.trim_end_matches('/').trim_end_matches(".html");
        let mut known: Vec<&str> = self.pages.keys().chain(self.assets.keys()).copied().collect();
        known.sort_unstable();
        let forms = [format!("{stem}.md"), format!("{stem}/_index.md")];
        let other_form = known.iter().copied().find(|path| forms.iter().any(|it| it == path));
        let found = other_form.or_else(|| same_name(&known, full)).or_else(|| similar_name(&known, full))?;
        let way = crate::path::relative(page.path.as_str(), found);
        Some(text(format!("Meinten Sie: {way}"), format!("did you mean: {way}")))
    }

    /// `broken-fragment`: what stands behind `#` is a heading of the page.
    fn check_fragment(
        &self,
        page: &content::Page,
        fragment: Option<&str>,
        span: Span,
        diags: &mut Diagnostics,
    ) -> Option<()> {
        let Some(fragment) = fragment.filter(|it| !it.is_empty()) else { return Some(()) };
        let decoded = percent_decode(fragment);
        if page.anchors().any(|it| it == decoded) {
            return Some(());
        }
        let ids: Vec<&str> = page.anchors().collect();
        let path = &page.path;
        let message = text(
            format!("Eine Überschrift „{fragment}“ gibt es auf der Seite content/{path} nicht."),
            format!("there is no heading `{fragment}` on the page content/{path}"),
        );
        let help = did_you_mean(fragment, ids.iter().copied())
            .or_else(|| (!ids.is_empty() && ids.len() <= 12).then(|| fields::allowed(&ids.join(", "))));
        diags.push(Diagnostic::error("broken-fragment", span, message).maybe_help(help));
        None
    }

    /// `broken-link`: a picture or file lies in the site.
    fn asset(
        &self,
        page: &content::Page,
        address: &str,
        span: Span,
        diags: &mut Diagnostics,
    ) -> Option<usize> {
        match self.find(page, address, span, diags)? {
            Target::Asset(asset) => Some(asset),
            Target::Page(_) => {
                let message = text("Das ist eine Seite und keine Datei.", "this is a page and no file");
                diags.push(Diagnostic::error("broken-link", span, message));
                None
            }
        }
    }

    /// Resolves a field; what it names is found, or it is left empty and reported.
    ///
    /// Findings: `unknown-reference`, `broken-link`.
    pub fn field(&self, page: &content::Page, written: &FieldText, diags: &mut Diagnostics) -> Field {
        let collection = page.collection.expect("only entries have fields");
        let declared = &self.parsed.config.collections[collection].fields[written.field];
        let value = match &written.body {
            Some(body) => Some(Value::Markdown(self.body(page, body, diags))),
            None => self.value(page, &declared.kind, &declared.label, &written.value, diags),
        };
        Field { field: written.field, value: value.unwrap_or(Value::List(Vec::new())) }
    }

    fn value(
        &self,
        page: &content::Page,
        kind: &FieldKind,
        label: &str,
        written: &Spanned<FieldValue>,
        diags: &mut Diagnostics,
    ) -> Option<Value> {
        Some(match &written.value {
            FieldValue::Text(text) => {
                Value::Text(content::typography::set_line(self.parsed.config.lang, text))
            }
            FieldValue::Markdown(text) => Value::Text(text.clone()),
            FieldValue::Integer(number) => Value::Integer(*number),
            FieldValue::Number(number) => Value::Number(*number),
            FieldValue::Boolean(yes) => Value::Boolean(*yes),
            FieldValue::Date(date) => Value::Date(*date),
            FieldValue::Year(year) => Value::Year(*year),
            FieldValue::Url(url) => Value::Url(url.clone()),
            FieldValue::Email(email) => Value::Email(email.clone()),
            FieldValue::Choice(choice) => Value::Choice(*choice),
            FieldValue::File(path) => Value::Asset(self.asset(page, path, written.span, diags)?),
            FieldValue::Citation(cited) => Value::Citation(self.catalogue.resolve(cited, diags)),
            FieldValue::Reference(name) => self.reference(kind, label, name, written.span, diags)?,
            FieldValue::List(items) => {
                let FieldKind::List(kind) = kind else { unreachable!("a list is a value of a list") };
                Value::List(items.iter().filter_map(|it| self.value(page, kind, label, it, diags)).collect())
            }
        })
    }

    /// Finds the entry or row that is named.
    fn reference(
        &self,
        kind: &FieldKind,
        label: &str,
        name: &str,
        span: Span,
        diags: &mut Diagnostics,
    ) -> Option<Value> {
        let FieldKind::Reference(to) = kind else { unreachable!("a reference is a value of a reference") };
        let to = to.value.as_str();
        if let Some(&id) = self.pages.get(format!("{to}/{name}.md").as_str()).filter(|_| name != "_index") {
            return Some(Value::Page(id));
        }
        if let Some(table) = self.parsed.tables.read.iter().position(|it| it.name == to)
            && let Some(row) = self.parsed.tables.read[table].rows.iter().position(|it| it.id == name)
        {
            return Some(Value::Row(table, row));
        }
        let path = format!("{to}/{name}.md");
        if self.parsed.unreadable.contains(&path) || self.parsed.tables.may_be_unreadable(to) {
            return None;
        }
        if self.is_known(to) {
            diags.push(self.unknown_reference(to, label, name, span));
        }
        None
    }

    fn is_known(&self, to: &str) -> bool {
        let collections = &self.parsed.config.collections;
        collections.iter().any(|it| it.name.value == to)
            || self.parsed.tables.read.iter().any(|it| it.name == to)
    }

    /// `unknown-reference`: an entry that is named exists.
    fn unknown_reference(&self, to: &str, label: &str, name: &str, span: Span) -> Diagnostic {
        if self.is_draft(&format!("{to}/{name}.md")) {
            let message = text(
                format!("„{label}“: „{name}“ ist ein Entwurf und wird nicht veröffentlicht."),
                format!("`{label}`: `{name}` is a draft and is not published"),
            );
            return Diagnostic::error("unknown-reference", span, message);
        }
        let message = text(
            format!("„{label}“: einen Eintrag „{name}“ gibt es nicht."),
            format!("`{label}`: there is no entry `{name}`"),
        );
        let names = self.names_of(to);
        let names: Vec<&str> = names.iter().map(String::as_str).collect();
        let help = did_you_mean(name, names.iter().copied())
            .or_else(|| (!names.is_empty() && names.len() <= 30).then(|| fields::allowed(&names.join(", "))));
        Diagnostic::error("unknown-reference", span, message).maybe_help(help)
    }

    /// The entries of a collection or the rows of a table; empty where there is neither.
    fn names_of(&self, to: &str) -> Vec<String> {
        let folder = format!("{to}/");
        let pages = self.parsed.pages.iter().filter_map(|page| {
            let name = page.path.as_str().strip_prefix(&folder)?.strip_suffix(".md")?;
            (name != "_index").then(|| name.to_owned())
        });
        let tables = self.parsed.tables.read.iter().filter(|it| it.name == to);
        pages.chain(tables.flat_map(|it| it.rows.iter().map(|row| row.id.clone()))).collect()
    }
}

fn file_name(path: &str) -> &str {
    path.rsplit('/').next().unwrap_or(path)
}

fn same_name<'a>(known: &[&'a str], path: &str) -> Option<&'a str> {
    let name = file_name(path);
    known.iter().copied().find(|it| file_name(it) == name && name != "_index.md")
}

/// Folders count little: two files of one folder are alike in most of their path.
fn similar_name<'a>(known: &[&'a str], path: &str) -> Option<&'a str> {
    let is_folder = file_name(path) == "_index.md";
    let alike = || known.iter().copied().filter(|it| (file_name(it) == "_index.md") == is_folder);
    let nearest = crate::diag::nearest(stem(path), alike().map(stem))?;
    alike().find(|it| stem(it) == nearest)
}

/// Returns the name of a file without its ending; of the page of a folder, that of the folder.
fn stem(path: &str) -> &str {
    match path.strip_suffix("_index.md") {
        Some(folder) => file_name(folder.trim_end_matches('/')),
        None => file_name(path).split('.').next().unwrap_or(path),
    }
}

/// Returns the path below `content` that an address of a page leads to, if it stays in the site.
pub fn full_path(page: &content::Page, address: &str) -> Option<String> {
    let (path, _) = split_address(address);
    if path.is_empty() { None } else { join(page.path.folder(), &percent_decode(path)) }
}

fn split_address(address: &str) -> (&str, Option<&str>) {
    let (path, fragment) = match address.split_once('#') {
        Some((path, fragment)) => (path, Some(fragment)),
        None => (address, None),
    };
    (path.split('?').next().unwrap_or(path), fragment)
}

/// Joins a folder below `content` and a path as seen from it; a path that begins
/// with `/` is seen from the top. Gives nothing where it leads out of the top.
fn join(folder: &str, path: &str) -> Option<String> {
    let (mut parts, path): (Vec<&str>, &str) = match path.strip_prefix('/') {
        Some(rest) => (Vec::new(), rest),
        None => (folder.split('/').filter(|it| !it.is_empty()).collect(), path),
    };
    for part in path.split('/') {
        match part {
            "." => {}
            ".." => {
                parts.pop()?;
            }
            _ => parts.push(part),
        }
    }
    Some(parts.join("/"))
}

/// Decodes `%20` and the like; what is no code stays.
fn percent_decode(text: &str) -> String {
    let bytes = text.as_bytes();
    let mut decoded = Vec::with_capacity(bytes.len());
    let mut at = 0;
    while at < bytes.len() {
        let code = (bytes[at] == b'%').then(|| text.get(at + 1..at + 3)).flatten();
        match code.and_then(|it| u8::from_str_radix(it, 16).ok()) {
            Some(byte) => {
                decoded.push(byte);
                at += 3;
            }
            None => {
                decoded.push(bytes[at]);
                at += 1;
            }
        }
    }
    String::from_utf8(decoded).unwrap_or_else(|_| text.to_owned())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn paths_never_leave_the_site() {
        assert_eq!(join("a/b", "../c.md").as_deref(), Some("a/c.md"));
        assert_eq!(join("a", "/c.md").as_deref(), Some("c.md"));
        assert_eq!(join("a", "../../c.md"), None);
        assert_eq!(join("", "./c.md").as_deref(), Some("c.md"));
    }

    #[test]
    fn codes_are_decoded_once() {
        assert_eq!(percent_decode("a%20b%C3%A4%2525%zz"), "a bä%25%zz");
    }
}
