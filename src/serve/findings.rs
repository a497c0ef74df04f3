//! What was found, as readers' pages show it: each finding with its line and a link into the
//! editor.

use std::path::Path;

use serde_json::{Value, json};

use crate::diag::print::{self, Style};
use crate::diag::{Diagnostic, Diagnostics, Lang, Severity, Text, text};
use crate::html::encode_component;
use crate::limits;
use crate::source::{Position, Sources, Span};

/// How a place in a file is opened in an editor.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Editor {
    /// An address with `{path}`, `{line}` and `{column}`.
    pattern: String,
}

/// Editors that open files by an address, and the addresses.
const EDITORS: [(&str, &str); 5] = [
    ("vscode", "vscode://file{path}:{line}:{column}"),
    ("vscodium", "vscodium://file{path}:{line}:{column}"),
    ("cursor", "cursor://file{path}:{line}:{column}"),
    ("zed", "zed://file{path}:{line}:{column}"),
    ("idea", "idea://open?file={path}&line={line}&column={column}"),
];

impl Editor {
    /// Finds an editor by its name, `none`, or an address with `{path}` and another scheme
    /// than those that browsers open themselves.
    pub fn named(name: &str) -> Result<Option<Editor>, Text> {
        if name == "none" {
            return Ok(None);
        }
        let known = EDITORS.iter().find(|it| it.0 == name).map(|it| it.1);
        let pattern = known.or_else(|| Some(name).filter(|it| is_pattern(it)));
        pattern.map(|it| Some(Editor { pattern: it.to_owned() })).ok_or_else(|| unknown_editor(name))
    }

    /// Returns the address that opens a place.
    fn address(&self, root: &Path, path: &str, place: Position) -> String {
        let root = root.canonicalize().unwrap_or_else(|_| root.to_owned());
        let full = root.join(path).to_string_lossy().replace('\\', "/");
        let encoded: Vec<String> = full.trim_start_matches('/').split('/').map(encode_component).collect();
        let filled = self.pattern.replace("{path}", &format!("/{}", encoded.join("/")));
        filled.replace("{line}", &place.line.to_string()).replace("{column}", &place.column.to_string())
    }
}

/// Whether a text is an address that a program of its own opens.
fn is_pattern(text: &str) -> bool {
    let Some((scheme, _)) = text.split_once(':') else { return false };
    let is_scheme = scheme.starts_with(|it: char| it.is_ascii_alphabetic())
        && scheme.chars().all(|it| it.is_ascii_alphanumeric() || "+-.".contains(it));
    let scheme = scheme.to_ascii_lowercase();
    let opened_here =
        ["javascript", "data", "http", "https", "file", "blob", "about", "view-source", "vbscript"];
    is_scheme && !opened_here.contains(&scheme.as_str()) && text.contains("{path}")
}

fn unknown_editor(name: &str) -> Text {
    let names: Vec<&str> = EDITORS.iter().map(|it| it.0).collect();
    let names = names.join(", ");
    text(
        format!(
            "Einen Editor „{name}“ kennt die Vorschau nicht. Erlaubt: {names}, none oder eine Adresse wie \
             meineditor://{{path}}:{{line}}"
        ),
        format!(
            "the preview does not know an editor `{name}`; allowed: {names}, none or an address such as \
             myeditor://{{path}}:{{line}}"
        ),
    )
}

/// The findings of a build, and what they are shown with.
pub struct Findings<'a> {
    pub diagnostics: &'a Diagnostics,
    pub sources: &'a Sources,
    pub lang: Lang,
    pub editor: Option<&'a Editor>,
}

/// What is told to readers.
#[derive(Default)]
pub struct Told {
    pub list: Vec<Finding>,
    /// How many there are beyond those.
    pub rest: usize,
    /// The last line of the terminal.
    pub summary: String,
}

/// One finding, ready to be shown.
pub struct Finding {
    pub severity: Severity,
    pub code: String,
    /// `file:line:column`; empty where there is none.
    pub place: String,
    /// Opens that place.
    pub href: Option<String>,
    pub message: String,
    pub context: Option<String>,
    pub line: Option<Line>,
    /// Other places and the suggestion.
    pub notes: Vec<String>,
}

/// A line of a file, cut at what is meant.
pub struct Line {
    pub number: usize,
    pub before: String,
    pub marked: String,
    pub after: String,
}

impl Findings<'_> {
    /// Makes the findings ready, in the order of the terminal: what is worse comes first.
    pub fn told(&self, root: &Path) -> Told {
        let mut sorted = self.diagnostics.sorted(|span| &self.sources.get(span.file).path);
        sorted.sort_by_key(|it| it.severity);
        let rest = sorted.len().saturating_sub(limits::PRINTED_FINDINGS);
        let shown = sorted.into_iter().take(limits::PRINTED_FINDINGS);
        let style = Style { lang: self.lang, color: false, least: Severity::Notice };
        Told {
            list: shown.map(|it| self.finding(it, root)).collect(),
            rest,
            summary: print::summary(self.diagnostics, style),
        }
    }

    fn finding(&self, it: &Diagnostic, root: &Path) -> Finding {
        let Diagnostic { span, severity, .. } = *it;
        let say = |text: &Text| text.in_lang(self.lang).to_owned();
        let place = self.sources.position(span.file, span.start);
        let path = &self.sources.get(span.file).path;
        let also = it.also.as_ref().map(|(span, text)| {
            format!("{}: {}", text.in_lang(self.lang), print::place(*span, self.sources))
        });
        Finding {
            severity,
            code: it.code.to_string(),
            place: print::place(span, self.sources),
            href: self.editor.map(|editor| editor.address(root, path, place)),
            message: say(&it.message),
            context: it.context.as_ref().map(say),
            line: self.line(span, place.line),
            notes: also.into_iter().chain(it.help.as_ref().map(say)).collect(),
        }
    }

    /// Returns the line of a place; none where it is empty.
    fn line(&self, span: Span, number: usize) -> Option<Line> {
        let (start, line) = self.sources.line_at(span.file, span.start);
        let from = (span.start as usize).saturating_sub(start).min(line.len());
        let to = (span.end as usize).saturating_sub(start).clamp(from, line.len());
        let (before, marked, after) = (&line[..from], &line[from..to], &line[to..]);
        let line = Line {
            number,
            before: last_signs(before),
            marked: first_signs(marked),
            after: first_signs(after),
        };
        Some(line).filter(|it| !(it.before.is_empty() && it.marked.is_empty() && it.after.trim().is_empty()))
    }
}

/// So much of a line is shown on each side of what is meant, and of that.
const SIGNS: usize = 80;

fn first_signs(text: &str) -> String {
    let mut cut: String = text.chars().take(SIGNS).collect();
    if cut.len() < text.len() {
        cut.push('…');
    }
    cut
}

fn last_signs(text: &str) -> String {
    let count = text.chars().count();
    let cut: String = text.chars().skip(count.saturating_sub(SIGNS)).collect();
    if cut.len() < text.len() { format!("…{cut}") } else { cut }
}

/// Tells a text that belongs to no place.
pub fn of_text(message: &str) -> Told {
    let finding = Finding {
        severity: Severity::Error,
        code: String::new(),
        place: String::new(),
        href: None,
        message: message.to_owned(),
        context: None,
        line: None,
        notes: Vec::new(),
    };
    Told { list: vec![finding], rest: 0, summary: message.to_owned() }
}

impl Told {
    /// Returns what the script in the pages gets.
    pub fn json(&self, lang: Lang) -> String {
        let count = |severity| self.list.iter().filter(|it| it.severity == severity).count();
        let words = WORDS
            .iter()
            .map(|(key, de, en)| ((*key).to_owned(), Value::from(if lang == Lang::De { *de } else { *en })));
        json!({
            "lang": if lang == Lang::De { "de" } else { "en" },
            "words": words.collect::<serde_json::Map<_, _>>(),
            "summary": self.summary,
            "errors": count(Severity::Error),
            "others": self.list.len() - count(Severity::Error),
            "rest": self.rest,
            "findings": self.list.iter().map(|it| it.json(lang)).collect::<Vec<_>>(),
        })
        .to_string()
    }
}

impl Finding {
    fn json(&self, lang: Lang) -> Value {
        json!({
            "severity": class(self.severity),
            "name": print::severity_name(self.severity, lang),
            "code": self.code,
            "place": self.place,
            "href": self.href,
            "message": self.message,
            "context": self.context,
            "line": self.line.as_ref().map(|it| json!([it.number, it.before, it.marked, it.after])),
            "notes": self.notes,
        })
    }
}

/// Returns the name of a severity for scripts and styles.
pub fn class(severity: Severity) -> &'static str {
    match severity {
        Severity::Error => "error",
        Severity::Warning => "warning",
        Severity::Notice => "notice",
    }
}

/// What the script says itself.
const WORDS: [(&str, &str, &str); 5] = [
    ("title", "Meldungen zur Website", "Messages about the site"),
    ("close", "Schließen", "Close"),
    (
        "old",
        "Gezeigt wird die letzte fehlerfreie Fassung.",
        "What is shown is the last version without errors.",
    ),
    ("more", "… und weitere: ", "… and more: "),
    ("open", "Im Editor öffnen", "Open in the editor"),
];

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn check(editor: &str, expected: Option<&str>) {
        let place = Position { line: 3, column: 7 };
        let editor = Editor::named(editor).ok().flatten();
        let address = editor.map(|it| it.address(Path::new("/gibt es nicht"), "content/ä b.md", place));
        assert_eq!(address.as_deref(), expected);
    }

    #[test]
    fn editors_have_names() {
        check("vscode", Some("vscode://file/gibt%20es%20nicht/content/%C3%A4%20b.md:3:7"));
        check("idea", Some("idea://open?file=/gibt%20es%20nicht/content/%C3%A4%20b.md&line=3&column=7"));
        check("none", None);
        check("emacs", None);
    }

    #[test]
    fn an_address_is_an_editor_but_no_script() {
        check("subl://open?url={path}", Some("subl://open?url=/gibt%20es%20nicht/content/%C3%A4%20b.md"));
        check("subl://open", None);
        check("javascript:alert('{path}')", None);
        check("JavaScript:alert('{path}')", None);
        check("https://example.org/{path}", None);
        check(" vscode://{path}", None);
    }
}
