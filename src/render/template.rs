//! The door to Tera: a theme becomes an engine, a page becomes HTML, and every
//! complaint of Tera becomes a finding at its place in the template.

use std::cell::RefCell;
use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

use tera::{Context, ErrorKind, Tera};

use crate::diag::{Diagnostic, Diagnostics, Lang, Text, did_you_mean, text};
use crate::limits;
use crate::site::Site;
use crate::source::{FileId, Sources, Span};
use crate::theme::Theme;

/// The templates of a theme, ready to render.
pub struct Engine {
    tera: Tera,
    files: BTreeMap<String, FileId>,
}

/// Templates as they were read, with their texts: they are read anew only where one has changed.
#[derive(Debug)]
pub struct Templates {
    texts: Vec<(String, Arc<str>)>,
    tera: Tera,
}

/// Loads the templates of a theme; `known` are those of the build before, and then those of this one.
///
/// Findings: `template-syntax`, `template-name`, `template-asset`, each at its place in the
/// template; gives nothing where there is one, or where the theme itself is not whole.
pub fn engine(
    site: &Site,
    sources: &Sources,
    known: &mut Option<Templates>,
    diags: &mut Diagnostics,
) -> Option<Engine> {
    let theme = &site.theme;
    if !theme.is_whole {
        return None;
    }
    let files = used_templates(theme, sources);
    let before = diags.iter().count();
    all_are_there(site, diags);
    files.values().for_each(|&file| check_assets(file, theme, sources, diags));
    let text = |(name, &file): (&String, &FileId)| (name.clone(), Arc::clone(&sources.get(file).text));
    let texts: Vec<(String, Arc<str>)> = files.iter().map(text).collect();
    if known.as_ref().is_none_or(|it| it.texts != texts) {
        *known = read(&files, sources, diags).map(|tera| Templates { texts, tera });
    }
    let tera = known.as_ref()?.tera.clone();
    (diags.iter().count() == before).then_some(Engine { tera, files })
}

/// Reads templates, which know each other.
fn read(files: &BTreeMap<String, FileId>, sources: &Sources, diags: &mut Diagnostics) -> Option<Tera> {
    let mut tera = Tera::new();
    // Every template is escaped, whatever its name ends in.
    tera.autoescape_on([""]);
    let all = files.iter().map(|(name, &file)| (name.as_str(), sources.text(file)));
    let err = match tera.add_raw_templates(all) {
        Ok(()) => return Some(tera),
        Err(err) => err,
    };
    let before = diags.iter().count();
    files.iter().for_each(|(name, &file)| check_syntax(name, file, sources, diags));
    if diags.iter().count() == before {
        report_load_error(&err, files, sources, diags);
    }
    None
}

/// `template-name`: a theme has the templates that the site uses.
fn all_are_there(site: &Site, diags: &mut Diagnostics) {
    let has_terms = !site.tags.terms.is_empty() || !site.categories.terms.is_empty();
    let generated = [
        ("404.html", true),
        ("redirect.html", !site.redirects.is_empty()),
        ("data_report.html", site.data_report.is_some()),
        ("glossary_report.html", site.glossary.is_some()),
        ("review.html", site.review.is_some()),
        ("collection.html", !site.facets.is_empty()),
        ("taxonomy.html", has_terms),
        ("term.html", has_terms),
    ];
    let generated = generated.into_iter().filter(|it| it.1).map(|it| it.0);
    let used: BTreeSet<&str> = site.pages.iter().map(|it| it.template.as_str()).chain(generated).collect();
    let theme = &site.config.theme;
    for name in used.into_iter().filter(|it| !site.theme.templates.contains_key(*it)) {
        let message = text(
            format!("Dem Theme „{}“ fehlt die Vorlage „{name}“.", theme.value),
            format!("the theme `{}` lacks the template `{name}`", theme.value),
        );
        diags.push(Diagnostic::error("template-name", theme.span, message));
    }
}

/// Leaves out the replaced templates of an ancestor (`standard/page.html`) that
/// nothing extends: they would define its components a second time.
fn used_templates(theme: &Theme, sources: &Sources) -> BTreeMap<String, FileId> {
    let is_named = |name: &str| {
        let quoted = [format!("\"{name}\""), format!("'{name}'")];
        theme.templates.values().any(|&file| quoted.iter().any(|it| sources.text(file).contains(it)))
    };
    let ancestors = theme.ancestors.iter().filter(|(name, _)| is_named(name));
    theme.templates.iter().chain(ancestors).map(|(name, &file)| (name.clone(), file)).collect()
}

/// `template-asset`: a template asks for the address of a file of its theme, since it changes
/// with the file.
fn check_assets(file: FileId, theme: &Theme, sources: &Sources, diags: &mut Diagnostics) {
    const FOLDER: &str = "assets/";
    let template = sources.text(file);
    for (at, _) in template.match_indices(FOLDER) {
        let rest = &template[at + FOLDER.len()..];
        let end = rest.find(['"', '\'', ' ', '>', '#', '?', '{']).unwrap_or(rest.len());
        let Some(name) = theme.assets.get_key_value(&rest[..end]).map(|it| it.0) else { continue };
        let span = Span::new(file, at..at + FOLDER.len() + end);
        let message = text(
            "Der Name dieser Datei trägt auf der Website einen Fingerabdruck ihres Inhalts.",
            "on the site the name of this file holds a hash of its content",
        );
        let wanted = format!("{{{{ assets[\"{name}\"] }}}}");
        let help = text(format!("Schreiben Sie {wanted}"), format!("write {wanted}"));
        diags.push(Diagnostic::error("template-asset", span, message).help(help));
    }
}

/// `template-syntax`: each template can be read on its own; all are tried, so that all are reported.
fn check_syntax(name: &str, file: FileId, sources: &Sources, diags: &mut Diagnostics) {
    let mut alone = Tera::new();
    let Err(err) = alone.add_raw_template(name, sources.text(file)) else { return };
    if let ErrorKind::SyntaxError(report) = err.kind() {
        let span = clamp(file, report.span().range.clone(), sources);
        let written = &sources.text(file)[span.range()];
        let (message, help) = explain_syntax(report.message(), written);
        diags.push(Diagnostic::error("template-syntax", span, message).maybe_help(help));
    }
}

/// Says in both languages what Tera says of a template that it cannot read.
fn explain_syntax(message: &str, written: &str) -> (Text, Option<Text>) {
    if message == "Unknown tag" {
        let message =
            text(format!("Die Anweisung „{written}“ gibt es nicht."), format!("there is no tag `{written}`"));
        return (message, old_syntax(written));
    }
    if message == "Unexpected end of input" {
        let message = text("Die Vorlage endet mitten in einer Anweisung.", "the template ends inside a tag");
        return (message, None);
    }
    if message == "Unexpected character" {
        return (text("Dieses Zeichen wird hier nicht erwartet.", "this sign is not expected here"), None);
    }
    // „Found X but expected Y.“
    if let Some((_, expected)) = message.split_once(" but expected ") {
        let expected = expected.trim_end_matches('.').trim_start_matches("one of: ");
        return (text(format!("Hier wird {expected} erwartet."), format!("expected {expected} here")), None);
    }
    let message = text(
        format!("Diese Vorlage lässt sich nicht lesen: {message}"),
        format!("this template cannot be read: {message}"),
    );
    (message, None)
}

/// A theme written for Tera 1 is recognised by the tags that are gone.
fn old_syntax(tag: &str) -> Option<Text> {
    ["import", "macro", "endmacro"].contains(&tag).then(|| {
        text(
            "In Tera 2 gibt es kein macro und import mehr, sondern component.",
            "Tera 2 has no `macro` and `import` any more, but `component`",
        )
    })
}

/// `template-name`: filters, functions, components, blocks and templates that are used exist.
///
/// Tera gives these as one text of several reports, each with ` --> FILE:LINE:COLUMN`.
fn report_load_error(
    err: &tera::Error,
    files: &BTreeMap<String, FileId>,
    sources: &Sources,
    diags: &mut Diagnostics,
) {
    let report = err.to_string();
    let mut message = "";
    let mut found = false;
    for line in report.lines() {
        if let Some(rest) = line.strip_prefix("error: ") {
            message = rest;
        } else if let Some(place) = line.trim_start().strip_prefix("--> ")
            && let Some(span) = place_of(place, files, sources)
        {
            found = true;
            diags.push(Diagnostic::error("template-name", span, explain(message)));
        }
    }
    if let ErrorKind::MissingParent { current, parent } = err.kind() {
        diags.push(missing_parent(current, parent, files, sources));
    } else if !found {
        let named = files.iter().find(|(name, _)| {
            [format!("'{name}'"), format!("`{name}`")].iter().any(|it| report.contains(it))
        });
        let file = named.or(files.iter().next()).map_or(FileId(0), |(_, &file)| file);
        let message = explain(report.lines().next().unwrap_or_default());
        diags.push(Diagnostic::error("template-name", Span::start_of(file), message));
    }
}

fn missing_parent(
    current: &str,
    parent: &str,
    files: &BTreeMap<String, FileId>,
    sources: &Sources,
) -> Diagnostic {
    let file = files.get(current).copied().unwrap_or(FileId(0));
    let quoted = [format!("\"{parent}\""), format!("'{parent}'")];
    let found = quoted
        .iter()
        .find_map(|it| sources.text(file).find(it.as_str()).map(|at| at + 1..at + 1 + parent.len()));
    let span = found.map_or(Span::start_of(file), |range| Span::new(file, range));
    let message =
        text(format!("Eine Vorlage „{parent}“ gibt es nicht."), format!("there is no template `{parent}`"));
    let help = did_you_mean(parent, files.keys().map(String::as_str));
    Diagnostic::error("template-name", span, message).maybe_help(help)
}

fn place_of(place: &str, files: &BTreeMap<String, FileId>, sources: &Sources) -> Option<Span> {
    let mut parts = place.rsplitn(3, ':');
    let column: usize = parts.next()?.trim().parse().ok()?;
    let line: usize = parts.next()?.parse().ok()?;
    let file = *files.get(parts.next()?)?;
    let text = sources.text(file);
    let line_start = text.split_inclusive('\n').take(line - 1).map(str::len).sum::<usize>();
    let start = text[line_start..]
        .char_indices()
        .nth(column.saturating_sub(1))
        .map_or(text.len(), |(at, _)| line_start + at);
    let word = text[start..].find(|it: char| !(it.is_alphanumeric() || "_.-/\"".contains(it))).unwrap_or(0);
    Some(Span::new(file, start..start + word.max(1).min(text.len() - start)))
}

/// Why a page could not be rendered.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Failure {
    /// `template-value`, or `limit`.
    pub code: &'static str,
    pub place: Option<Span>,
    pub message: Text,
    /// Boxed, because it is rare and makes every result larger.
    pub help: Option<Box<Text>>,
}

thread_local! {
    /// Where a thread writes one page after the other: room for each anew would cost more.
    static ROOM: RefCell<Vec<u8>> = const { RefCell::new(Vec::new()) };
}

impl Engine {
    /// Sets what every page sees.
    pub fn set_global(&mut self, name: &'static str, value: tera::Value) {
        self.tera.global_context().insert_value(name, value);
    }

    /// Renders a template. Fails where a value is missing or of the wrong type,
    /// or where the page grows over its limit.
    pub fn render(&self, template: &str, context: &Context, sources: &Sources) -> Result<Arc<[u8]>, Failure> {
        let mut page = Limited { bytes: ROOM.take(), overflowed: false };
        page.bytes.clear();
        let result = self.tera.render_to(template, context, &mut page);
        let made = match result {
            _ if page.overflowed => Err(self.too_large(template)),
            Ok(()) => Ok(Arc::from(&page.bytes[..])),
            Err(err) => Err(self.failure(&err, template, sources)),
        };
        ROOM.set(page.bytes);
        made
    }

    fn failure(&self, err: &tera::Error, template: &str, sources: &Sources) -> Failure {
        let (place, complaint) = match err.kind() {
            ErrorKind::RenderingError(report) | ErrorKind::SyntaxError(report) => {
                let file = self.files.get(report.filename()).copied();
                let place = file.map(|file| clamp(file, report.span().range.clone(), sources));
                (place, report.message().to_owned())
            }
            _ => (self.start_of(template), err.to_string()),
        };
        let (message, help) = (explain(&complaint), suggestion(&complaint).map(Box::new));
        Failure { code: "template-value", place, message, help }
    }

    fn too_large(&self, template: &str) -> Failure {
        let limit = limits::PAGE_BYTES;
        let message = text(
            format!("Die Seite wird größer als {limit} Bytes."),
            format!("the page grows over {limit} bytes"),
        );
        Failure { code: "limit", place: self.start_of(template), message, help: None }
    }

    fn start_of(&self, template: &str) -> Option<Span> {
        self.files.get(template).map(|&it| Span::start_of(it))
    }
}

fn clamp(file: FileId, range: std::ops::Range<usize>, sources: &Sources) -> Span {
    let length = sources.text(file).len();
    Span::new(file, range.start.min(length)..range.end.clamp(range.start.min(length), length))
}

/// A page that stops growing at its limit.
struct Limited {
    bytes: Vec<u8>,
    overflowed: bool,
}

impl std::io::Write for &mut Limited {
    fn write(&mut self, bytes: &[u8]) -> std::io::Result<usize> {
        if self.bytes.len() + bytes.len() > limits::PAGE_BYTES {
            self.overflowed = true;
            return Err(std::io::Error::other("limit"));
        }
        self.bytes.extend_from_slice(bytes);
        Ok(bytes.len())
    }

    fn flush(&mut self) -> std::io::Result<()> {
        Ok(())
    }
}

/// Says in both languages what Tera says in English; `{1}` is the first name between backticks.
const MESSAGES: [(&str, &str, &str); 16] = [
    ("Variable `", "Die Variable „{1}“ gibt es hier nicht.", "there is no variable `{1}` here"),
    ("Field `", "Die Angabe „{1}“ gibt es hier nicht.", "there is no field `{1}` here"),
    ("Unknown filter", "Einen Filter „{1}“ gibt es nicht.", "there is no filter `{1}`"),
    ("Unknown test", "Einen Test „{1}“ gibt es nicht.", "there is no test `{1}`"),
    ("Unknown function", "Eine Funktion „{1}“ gibt es nicht.", "there is no function `{1}`"),
    ("Unknown component", "Eine Komponente „{1}“ gibt es nicht.", "there is no component `{1}`"),
    ("Unknown template", "Eine Vorlage „{1}“ gibt es nicht.", "there is no template `{1}`"),
    (
        "Block `",
        "Einen Block „{1}“ gibt es in keiner Vorlage darüber.",
        "no parent template has a block `{1}`",
    ),
    (
        "`+` requires both operands to be numbers",
        "Mit + lassen sich nur Zahlen verbinden; hier stehen {2} und {3}.",
        "`+` joins numbers only; here are {2} and {3}",
    ),
    ("Math operations", "Gerechnet wird mit Zahlen, hier steht {1}.", "sums are for numbers, here is {1}"),
    (
        "Only numbers can be",
        "Gerechnet wird mit Zahlen, hier steht {1}.",
        "sums are for numbers, here is {1}",
    ),
    ("Cannot compare `", "{1} und {2} lassen sich nicht vergleichen.", "{1} and {2} cannot be compared"),
    (
        "Iteration not possible",
        "Eine Schleife geht über Listen, hier steht {1}.",
        "a loop goes over lists, here is {1}",
    ),
    (
        "Key/value iteration",
        "Eine Schleife über Namen und Werte geht über Angaben, hier steht {1}.",
        "a loop over keys and values goes over a map, here is {1}",
    ),
    (
        "`in` cannot be used",
        "Mit in wird in Listen und Texten gesucht, hier steht {2}.",
        "`in` looks into lists and texts, here is {2}",
    ),
    ("Invalid type for the value", "Erwartet wird {1}, hier steht {2}.", "expected {1}, here is {2}"),
];

fn explain(message: &str) -> Text {
    let names: Vec<&str> = message.split('`').skip(1).step_by(2).collect();
    let known = MESSAGES.iter().find(|(start, ..)| message.starts_with(start) && !names.is_empty());
    let Some((_, de, en)) = known else {
        return text(
            format!("Die Vorlage lässt sich nicht ausführen: {message}"),
            format!("the template cannot be rendered: {message}"),
        );
    };
    let filled = |sentence: &str, lang: Lang| {
        names.iter().enumerate().fold(sentence.to_owned(), |filled, (at, name)| {
            filled.replace(&format!("{{{}}}", at + 1), type_in_words(name, lang).unwrap_or(name))
        })
    };
    text(filled(de, Lang::De), filled(en, Lang::En))
}

/// Returns what a theme maker calls a type of Tera.
fn type_in_words(name: &str, lang: Lang) -> Option<&'static str> {
    let (de, en) = match name {
        "string" | "String" | "str" | "&str" => ("Text", "text"),
        "bool" => ("true oder false", "true or false"),
        "array" => ("eine Liste", "a list"),
        "map" => ("eine Gruppe von Angaben", "a map"),
        "none" | "undefined" => ("nichts", "nothing"),
        "f32" | "f64" | "i64" | "i128" | "u64" | "u128" | "usize" | "integer" | "float" | "number" => {
            ("eine Zahl", "a number")
        }
        _ => return None,
    };
    Some(if lang == Lang::De { de } else { en })
}

/// Returns the nearest of the names that Tera lists after „Available fields:“.
fn suggestion(message: &str) -> Option<Text> {
    let (complaint, names) =
        message.split_once(" Available variables: ").or_else(|| message.split_once(" Available fields: "))?;
    did_you_mean(complaint.split('`').nth(1)?, names.split(", "))
}
