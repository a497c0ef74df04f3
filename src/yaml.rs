//! YAML behind one door: text in, a tree whose every node knows its place out.
//!
//! The package `serde_yaml` stands for `serde-saphyr`; we read the events of its
//! parser, because untyped values lose both their places and how they were
//! written (`no`, `1.10` and `01067` have to stay text until a field says what
//! they are). JSON is YAML, so `datapackage.json` comes through here too.

mod slip;
pub mod typed;

use serde_yaml::granit_parser::{ErrorKind, Event, Parser, ScalarStyle, ScanError};

use crate::diag::{Diagnostic, Diagnostics, Text, did_you_mean, text};
use crate::limits;
use crate::source::{FileId, Span, Spanned};

/// A value as it was written.
#[derive(Clone, Debug)]
pub struct Node {
    pub span: Span,
    pub kind: Kind,
}

/// What a [`Node`] is.
#[derive(Clone, Debug)]
pub enum Kind {
    /// Text between quotation marks, or a text block.
    Quoted(String),
    /// Text without quotation marks; empty for a key without a value.
    Plain(String),
    List(Vec<Node>),
    Map(Vec<Entry>),
}

/// A key and its value.
#[derive(Clone, Debug)]
pub struct Entry {
    pub key: Spanned<String>,
    pub value: Node,
}

impl Node {
    /// Whether nothing was written: an empty value, `~` or `null`.
    pub fn is_empty(&self) -> bool {
        matches!(&self.kind, Kind::Plain(text) if matches!(text.as_str(), "" | "~" | "null"))
    }

    /// Returns the text of a scalar, quoted or not.
    pub fn as_text(&self) -> Option<&str> {
        match &self.kind {
            Kind::Quoted(text) | Kind::Plain(text) => Some(text),
            Kind::List(_) | Kind::Map(_) => None,
        }
    }

    /// Returns the value of a key, where this is a map that has it.
    pub fn get(&self, key: &str) -> Option<&Node> {
        match &self.kind {
            Kind::Map(entries) => entries.iter().find(|it| it.key.value == key).map(|it| &it.value),
            _ => None,
        }
    }

    /// Returns the keys of a map as they stand; none where this is something else.
    pub fn keys(&self) -> Vec<String> {
        match &self.kind {
            Kind::Map(entries) => entries.iter().map(|it| it.key.value.clone()).collect(),
            _ => Vec::new(),
        }
    }
}

/// Reads one document that is a map.
///
/// `text` is a part of the file that starts at byte `offset`. Gives no entries
/// for an empty document. Refuses (`yaml-syntax`, `duplicate-key`, `yaml-anchor`,
/// `limit`) what is not YAML 1.2, a second document, two equal keys in a map,
/// anchors and aliases, and too many or too deep values.
pub fn parse_map(file: FileId, text: &str, offset: usize, diags: &mut Diagnostics) -> Option<Vec<Entry>> {
    let reader = Reader { file, text, offset };
    match reader.document() {
        Ok(None) => Some(Vec::new()),
        Ok(Some(Node { kind: Kind::Map(entries), .. })) => {
            find_duplicate_keys(&entries, diags);
            Some(entries)
        }
        Ok(Some(node)) if node.is_empty() => Some(Vec::new()),
        Ok(Some(node)) => {
            diags.push(reader.not_a_map(&node));
            None
        }
        Err(diagnostic) => {
            diags.push(*diagnostic);
            None
        }
    }
}

/// `duplicate-key`: a key stands once in its map.
fn find_duplicate_keys(entries: &[Entry], diags: &mut Diagnostics) {
    for (at, entry) in entries.iter().enumerate() {
        if let Some(first) = entries[..at].iter().find(|it| it.key.value == entry.key.value) {
            let key = &entry.key.value;
            let message =
                text(format!("„{key}“ steht hier ein zweites Mal."), format!("`{key}` is given twice"));
            diags.push(
                Diagnostic::error("duplicate-key", entry.key.span, message)
                    .also(first.key.span, text("zuerst hier", "first here")),
            );
        }
        find_nested_duplicates(&entry.value, diags);
    }
}

fn find_nested_duplicates(node: &Node, diags: &mut Diagnostics) {
    match &node.kind {
        Kind::Map(entries) => find_duplicate_keys(entries, diags),
        Kind::List(items) => items.iter().for_each(|item| find_nested_duplicates(item, diags)),
        Kind::Quoted(_) | Kind::Plain(_) => {}
    }
}

/// Says that a key is not known here, with the nearest one that is.
pub fn unknown_key(entry: &Entry, known: &[&str]) -> Diagnostic {
    let key = &entry.key.value;
    let message =
        text(format!("Die Angabe „{key}“ gibt es hier nicht."), format!("there is no key `{key}` here"));
    let help = did_you_mean(key, known.iter().copied()).unwrap_or_else(|| {
        text(format!("Erlaubt: {}", known.join(", ")), format!("allowed: {}", known.join(", ")))
    });
    Diagnostic::error("unknown-key", entry.key.span, message).help(help)
}

type Fallible<T> = Result<T, Box<Diagnostic>>;

struct Reader<'a> {
    file: FileId,
    text: &'a str,
    offset: usize,
}

/// A collection that is still open, and the key that waits for its value.
struct Open {
    start: usize,
    kind: OpenKind,
}

enum OpenKind {
    List(Vec<Node>),
    Map(Vec<Entry>, Option<Spanned<String>>),
}

impl Reader<'_> {
    fn document(&self) -> Fallible<Option<Node>> {
        let mut open: Vec<Open> = Vec::new();
        let mut document = None;
        let mut nodes = 0;
        for event in Parser::new_from_str(self.text) {
            let (event, place) = event.map_err(|err| self.syntax(&err))?;
            let range = place.byte_range().expect("a parser of a string knows its bytes");
            let node = match event {
                Event::Scalar(_, _, anchor, _)
                | Event::SequenceStart(_, anchor, _)
                | Event::MappingStart(_, anchor, _)
                    if anchor != 0 =>
                {
                    return Err(self.anchor(range));
                }
                Event::Alias(_) => return Err(self.anchor(range)),
                Event::DocumentStart(..) if document.is_some() => return Err(self.second_document(range)),
                Event::Scalar(value, style, ..) => self.scalar(value.into_owned(), style, range),
                Event::SequenceStart(..) => {
                    open.push(Open { start: range.start, kind: OpenKind::List(Vec::new()) });
                    continue;
                }
                Event::MappingStart(..) => {
                    open.push(Open { start: range.start, kind: OpenKind::Map(Vec::new(), None) });
                    continue;
                }
                Event::SequenceEnd | Event::MappingEnd => {
                    self.close(open.pop().expect("the parser pairs starts and ends"), range.end)
                }
                _ => continue,
            };
            nodes += 1;
            if nodes > limits::YAML_NODES || open.len() > limits::YAML_DEPTH {
                return Err(self.too_much(node.span));
            }
            match open.last_mut() {
                None => document = Some(node),
                Some(Open { kind: OpenKind::List(items), .. }) => items.push(node),
                Some(Open { kind: OpenKind::Map(entries, key), .. }) => match key.take() {
                    None => *key = Some(self.key(node)?),
                    Some(key) => entries.push(Entry { key, value: node }),
                },
            }
        }
        Ok(document)
    }

    fn span(&self, range: std::ops::Range<usize>) -> Span {
        Span::new(self.file, range.start + self.offset..range.end + self.offset)
    }

    fn scalar(&self, value: String, style: ScalarStyle, range: std::ops::Range<usize>) -> Node {
        // The span of a block ends after its last line end; a mark under it reads better without.
        let written = &self.text[range.clone()];
        let end = range.start + written.trim_end().len().max(usize::from(!written.is_empty()));
        let kind = match style {
            ScalarStyle::Plain => Kind::Plain(value),
            _ => Kind::Quoted(value),
        };
        Node { span: self.span(range.start..end.max(range.start)), kind }
    }

    fn close(&self, open: Open, end: usize) -> Node {
        let written = &self.text[open.start..end.max(open.start)];
        let end = open.start + written.trim_end().len();
        let kind = match open.kind {
            OpenKind::List(items) => Kind::List(items),
            OpenKind::Map(entries, _) => Kind::Map(entries),
        };
        Node { span: self.span(open.start..end), kind }
    }

    fn key(&self, node: Node) -> Fallible<Spanned<String>> {
        let span = node.span;
        match node.kind {
            Kind::Quoted(key) | Kind::Plain(key) => Ok(Spanned::new(key, span)),
            Kind::List(_) | Kind::Map(_) => {
                let message = text("Ein Name ist ein einzelnes Wort.", "a key is a single word");
                Err(Box::new(Diagnostic::error("yaml-syntax", span, message)))
            }
        }
    }

    fn anchor(&self, range: std::ops::Range<usize>) -> Box<Diagnostic> {
        let message = text(
            "„&“ und „*“ am Anfang eines Werts haben in YAML eine eigene Bedeutung, die es hier nicht gibt.",
            "anchors and aliases (`&`, `*`) are not supported",
        );
        Box::new(Diagnostic::error("yaml-anchor", self.span(range), message).help(quote_it()))
    }

    fn not_a_map(&self, node: &Node) -> Diagnostic {
        if let Some(slip) = slip::missing_blank(self.text) {
            let diagnostic = Diagnostic::error("yaml-syntax", self.span(slip.range), slip.message);
            return diagnostic.maybe_help(slip.help);
        }
        let message = text(
            "Hier stehen Angaben der Form „name: Wert“.",
            "keys and values of the form `name: value` are expected here",
        );
        Diagnostic::error("yaml-syntax", node.span, message)
    }

    fn second_document(&self, range: std::ops::Range<usize>) -> Box<Diagnostic> {
        let message = text("„---“ beginnt hier ein zweites Dokument.", "`---` begins a second document here");
        Box::new(Diagnostic::error("yaml-syntax", self.span(range), message))
    }

    fn too_much(&self, span: Span) -> Box<Diagnostic> {
        let (nodes, depth) = (limits::YAML_NODES, limits::YAML_DEPTH);
        let message = text(
            format!("Mehr als {nodes} Werte oder {depth} Ebenen in einer Datei."),
            format!("more than {nodes} values or {depth} levels in one file"),
        );
        Box::new(Diagnostic::error("limit", span, message))
    }

    /// JSON is read as the YAML it is, but its authors call it JSON.
    fn language(&self) -> &'static str {
        if self.text.trim_start().starts_with('{') { "JSON" } else { "YAML" }
    }

    fn syntax(&self, err: &ScanError) -> Box<Diagnostic> {
        let at = err.marker().byte_offset().unwrap_or(0).min(self.text.len());
        if let Some(slip) = slip::find(self.text, at, err.kind()) {
            let diagnostic = Diagnostic::error("yaml-syntax", self.span(slip.range), slip.message);
            return Box::new(diagnostic.maybe_help(slip.help));
        }
        let rest = &self.text[at..];
        let length = rest.chars().next().filter(|&it| it != '\n' && it != '\r').map_or(0, char::len_utf8);
        let (message, help) = explain(err.kind(), self.language());
        Box::new(Diagnostic::error("yaml-syntax", self.span(at..at + length), message).maybe_help(help))
    }
}

fn quote_it() -> Text {
    text(
        "Setzen Sie den ganzen Wert in Anführungszeichen: \"…\"",
        "put the whole value in quotation marks: \"…\"",
    )
}

/// Returns what the parser's complaint means to somebody who never read the YAML specification.
fn explain(kind: &ErrorKind, language: &str) -> (Text, Option<Text>) {
    use ErrorKind as E;
    match kind {
        E::MappingValueNotAllowed | E::InvalidColonPlacement => (
            text(
                "Ein Doppelpunkt mit Leerzeichen trennt Name und Wert; hier steht er mitten in einem Wert.",
                "a colon and a space separate key and value; here they are in the middle of a value",
            ),
            Some(quote_it()),
        ),
        E::UnknownAnchor => (
            text(
                "„*“ am Anfang eines Werts hat in YAML eine eigene Bedeutung.",
                "`*` at the start of a value has a meaning of its own in YAML",
            ),
            Some(quote_it()),
        ),
        E::UnexpectedCharacter { character } => (
            text(
                format!("Ein Wert darf nicht mit „{character}“ beginnen."),
                format!("a value must not begin with `{character}`"),
            ),
            Some(quote_it()),
        ),
        E::TabInBlockIndentation | E::TabInIndentation | E::TabNotAllowed | E::TabAtBlockScalarStart => (
            text(
                "Eingerückt wird mit Leerzeichen, hier steht ein Tabulator.",
                "indent with spaces, not with tabs",
            ),
            None,
        ),
        E::UnclosedQuotedScalar | E::InvalidQuotedScalarIndent | E::DocumentIndicatorInQuotedScalar => (
            text("Ein Anführungszeichen wird nicht geschlossen.", "a quotation mark is never closed"),
            Some(text(
                "Steht am Ende des Werts dasselbe gerade Anführungszeichen wie am Anfang?",
                "does the value end with the straight quotation mark that it begins with?",
            )),
        ),
        E::InvalidTrailingSingleQuotedScalar | E::InvalidTrailingDoubleQuotedScalar => (
            text(
                "Nach dem schließenden Anführungszeichen geht es hier weiter.",
                "something follows the closing quotation mark",
            ),
            Some(text(
                "Im Wert „…“ statt gerader Anführungszeichen schreiben.",
                "inside the value write typographic quotation marks",
            )),
        ),
        E::UnclosedFlowCollection { open } => (
            text(
                format!("Die Klammer „{open}“ wird nicht geschlossen."),
                format!("the bracket `{open}` is never closed"),
            ),
            None,
        ),
        E::MismatchedFlowCollectionEnd { open, close } => (
            text(
                format!("Die Klammer „{open}“ wird mit „{close}“ geschlossen."),
                format!("the bracket `{open}` is closed by `{close}`"),
            ),
            None,
        ),
        E::ExpectedBlockMappingKey | E::InvalidIndentation | E::ExpectedBlockSequenceEntry => (
            text(
                "Die Einrückung passt nicht zu den Zeilen davor.",
                "the indentation does not fit the lines before it",
            ),
            None,
        ),
        E::UnknownQuotedScalarEscape => (
            text(
                "Ein umgekehrter Schrägstrich zwischen doppelten Anführungszeichen leitet ein Sonderzeichen ein; dieses gibt es nicht.",
                "there is no such escape between double quotation marks",
            ),
            None,
        ),
        _ => {
            let message =
                text(format!("Das ist kein gültiges {language}."), format!("this is not valid {language}"));
            (message, None)
        }
    }
}
