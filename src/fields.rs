//! The declared fields of a collection or form: read once from `kompendium.yaml`,
//! used for checking, for showing and for the facets of a list.

use crate::data::number::{self, Decimal};
use crate::date::Date;
use crate::diag::{Diagnostic, Diagnostics, Text, did_you_mean, text};
use crate::literature::citation::{self, Cited};
use crate::pattern::Pattern;
use crate::source::{Span, Spanned};
use crate::yaml::{Entry, Kind, Node, typed, unknown_key};

/// One declared field.
#[derive(Clone, Debug)]
pub struct Field {
    pub name: Spanned<String>,
    /// What readers and editors call it.
    pub label: String,
    /// A sentence for editors.
    pub help: Option<String>,
    pub kind: FieldKind,
    pub required: bool,
    /// No two entries of the collection have the same value.
    pub unique: bool,
    /// A regular expression that the whole text has to match, and as it was written.
    pub pattern: Option<Pattern>,
    /// The value where none is written.
    pub default: Option<Spanned<FieldValue>>,
    /// The list of the collection can be narrowed down by it.
    pub facet: bool,
    /// The value of the attribute `autocomplete`, in forms.
    pub autocomplete: Option<String>,
}

/// What a field holds.
#[derive(Clone, Debug)]
pub enum FieldKind {
    Text,
    Markdown,
    Integer,
    Number,
    Boolean,
    Date,
    Year,
    Url,
    Email,
    Choice(Vec<Choice>),
    /// The name of the collection or table it points to.
    Reference(Spanned<String>),
    /// Sources, as in the role `{cite}`.
    Citation,
    List(Box<FieldKind>),
    Image,
    File,
    /// A telephone number; only in forms.
    Phone,
    /// A time of day; only in forms.
    Time,
}

impl FieldKind {
    /// Returns the name that declarations and templates use.
    pub fn name(&self) -> &'static str {
        match self {
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
            FieldKind::Citation => "citation",
            FieldKind::List(_) => "list",
            FieldKind::Image => "image",
            FieldKind::File => "file",
            FieldKind::Phone => "phone",
            FieldKind::Time => "time",
        }
    }
}

/// A value that can be chosen.
#[derive(Clone, Debug)]
pub struct Choice {
    pub value: String,
    pub label: String,
}

/// A value of a field, as it was written; references are still text.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum FieldValue {
    Text(String),
    /// Markdown text; it is rendered where its page is.
    Markdown(String),
    Integer(i64),
    Number(Decimal),
    Boolean(bool),
    Date(Date),
    Year(u16),
    Url(String),
    Email(String),
    /// The index of the choice.
    Choice(usize),
    Reference(String),
    Citation(Vec<Cited>),
    /// A path to a file below `content`, as seen from the page.
    File(String),
    List(Vec<Spanned<FieldValue>>),
}

/// Where fields are declared; forms know some kinds more.
#[derive(Clone, Copy, PartialEq, Eq)]
pub enum Home {
    Collection,
    Form,
}

const TYPES: [&str; 15] = [
    "text",
    "markdown",
    "integer",
    "number",
    "boolean",
    "date",
    "year",
    "url",
    "email",
    "choice",
    "reference",
    "citation",
    "list",
    "image",
    "file",
];
const FORM_TYPES: [&str; 9] =
    ["text", "markdown", "integer", "date", "time", "url", "email", "phone", "choice"];
const KEYS: [&str; 12] = [
    "type",
    "label",
    "help",
    "required",
    "unique",
    "pattern",
    "choices",
    "to",
    "items",
    "default",
    "facet",
    "autocomplete",
];

/// Reads the declarations below `fields:`.
pub fn declarations(node: &Node, home: Home, diags: &mut Diagnostics) -> Vec<Field> {
    typed::map(node, diags).iter().filter_map(|entry| declaration(entry, home, diags)).collect()
}

fn declaration(entry: &Entry, home: Home, diags: &mut Diagnostics) -> Option<Field> {
    let keys = typed::map(&entry.value, diags);
    for key in keys.iter().filter(|it| !KEYS.contains(&it.key.value.as_str())) {
        diags.push(unknown_key(key, &KEYS));
    }
    let get = |key: &str| entry.value.get(key);
    let mut string = |key: &str| get(key).and_then(|node| typed::string(node, diags)).map(|it| it.value);
    let label = string("label").unwrap_or_else(|| entry.key.value.clone());
    let help = string("help");
    let autocomplete = string("autocomplete");
    let kind = kind(entry.key.span, &entry.value, home, diags)?;
    let mut flag = |key: &str| get(key).and_then(|node| typed::boolean(node, diags)).unwrap_or(false);
    let (required, unique, facet) = (flag("required"), flag("unique"), flag("facet"));
    let pattern = get("pattern").and_then(|node| Pattern::read(node, diags));
    let mut field = Field {
        name: entry.key.clone(),
        label,
        help,
        kind,
        required,
        unique,
        pattern,
        default: None,
        facet,
        autocomplete,
    };
    field.default = get("default").and_then(|node| value(&field, node, diags));
    if field.facet && !matches!(field.kind, FieldKind::Choice(_)) {
        let message = text(
            "Nur ein Feld vom Typ choice kann „facet“ sein.",
            "only a field of type choice can be a facet",
        );
        diags.push(Diagnostic::error("wrong-type", entry.key.span, message));
    }
    Some(field)
}

fn kind(place: Span, node: &Node, home: Home, diags: &mut Diagnostics) -> Option<FieldKind> {
    let Some(written) = node.get("type") else {
        let message = text("Dem Feld fehlt die Angabe „type“.", "the field has no `type`");
        diags.push(Diagnostic::error("missing-key", place, message).help(allowed(&types(home).join(", "))));
        return None;
    };
    let name = typed::string(written, diags)?;
    if !types(home).contains(&name.value.as_str()) {
        let message = text(
            format!("Den Feldtyp „{}“ gibt es hier nicht.", name.value),
            format!("there is no field type `{}` here", name.value),
        );
        let help = did_you_mean(&name.value, types(home).iter().copied())
            .unwrap_or_else(|| allowed(&types(home).join(", ")));
        diags.push(Diagnostic::error("unknown-type", name.span, message).help(help));
        return None;
    }
    Some(match name.value.as_str() {
        "text" => FieldKind::Text,
        "markdown" => FieldKind::Markdown,
        "integer" => FieldKind::Integer,
        "number" => FieldKind::Number,
        "boolean" => FieldKind::Boolean,
        "date" => FieldKind::Date,
        "year" => FieldKind::Year,
        "url" => FieldKind::Url,
        "email" => FieldKind::Email,
        "image" => FieldKind::Image,
        "file" => FieldKind::File,
        "phone" => FieldKind::Phone,
        "time" => FieldKind::Time,
        "choice" => FieldKind::Choice(choices(needed(node, "choices", name.span, diags)?, diags)),
        "reference" => FieldKind::Reference(typed::string(needed(node, "to", name.span, diags)?, diags)?),
        "citation" => FieldKind::Citation,
        "list" => {
            let items = needed(node, "items", name.span, diags)?;
            check_item_keys(items, diags);
            FieldKind::List(Box::new(self::kind(name.span, items, home, diags)?))
        }
        _ => unreachable!("the name is one of types()"),
    })
}

/// `unknown-key`: the items of a list have a type and what belongs to it.
fn check_item_keys(node: &Node, diags: &mut Diagnostics) {
    const ITEM_KEYS: [&str; 4] = ["type", "choices", "to", "items"];
    for key in typed::map(node, diags).iter().filter(|it| !ITEM_KEYS.contains(&it.key.value.as_str())) {
        diags.push(unknown_key(key, &ITEM_KEYS));
    }
}

fn types(home: Home) -> &'static [&'static str] {
    match home {
        Home::Collection => &TYPES,
        Home::Form => &FORM_TYPES,
    }
}

fn needed<'a>(node: &'a Node, key: &str, place: Span, diags: &mut Diagnostics) -> Option<&'a Node> {
    let found = node.get(key);
    if found.is_none() {
        let message = text(
            format!("Zu diesem Typ gehört die Angabe „{key}“."),
            format!("this type needs the key `{key}`"),
        );
        diags.push(Diagnostic::error("missing-key", place, message));
    }
    found
}

/// Reads `choices:` as a map from values to labels or as a list of values.
fn choices(node: &Node, diags: &mut Diagnostics) -> Vec<Choice> {
    if let Kind::List(items) = &node.kind {
        let values = items.iter().filter_map(|item| typed::string(item, diags));
        return values.map(|it| Choice { label: it.value.clone(), value: it.value }).collect();
    }
    let entries = typed::map(node, diags).iter();
    entries
        .filter_map(|entry| {
            let label = typed::string(&entry.value, diags)?.value;
            Some(Choice { value: entry.key.value.clone(), label })
        })
        .collect()
}

/// Reads the value of a field as its declaration asks.
///
/// Refuses (`wrong-type`, `unknown-choice`, `pattern`) every other value with
/// the label of the field.
pub fn value(field: &Field, node: &Node, diags: &mut Diagnostics) -> Option<Spanned<FieldValue>> {
    let value = value_of_kind(&field.kind, &field.label, node, diags)?;
    if let (Some(pattern), FieldValue::Text(written)) = (&field.pattern, &value.value)
        && !pattern.matches(written)
    {
        let message = text(
            format!("„{}“ hat nicht die Form {}.", field.label, pattern.written),
            format!("`{}` does not have the form {}", field.label, pattern.written),
        );
        diags.push(Diagnostic::error("pattern", value.span, message).maybe_help(field_help(field)));
        return None;
    }
    Some(value)
}

/// Returns the help of a field as the help of a message.
pub fn field_help(field: &Field) -> Option<Text> {
    field.help.as_ref().map(|help| text(help.clone(), help.clone()))
}

fn value_of_kind(
    kind: &FieldKind,
    label: &str,
    node: &Node,
    diags: &mut Diagnostics,
) -> Option<Spanned<FieldValue>> {
    if let FieldKind::List(items) = kind {
        let values =
            items_of(node, label, diags)?.iter().filter_map(|it| value_of_kind(items, label, it, diags));
        return Some(Spanned::new(FieldValue::List(values.collect()), node.span));
    }
    let Some(written) = node.as_text().filter(|_| !node.is_empty()).map(str::trim) else {
        diags.push(not_of_kind(label, node, &expected(kind)));
        return None;
    };
    let read = match kind {
        FieldKind::Text | FieldKind::Phone | FieldKind::Time => Some(FieldValue::Text(written.to_owned())),
        FieldKind::Markdown => Some(FieldValue::Markdown(node.as_text().unwrap_or_default().to_owned())),
        FieldKind::Integer => written.parse().ok().map(FieldValue::Integer),
        FieldKind::Number => decimal(written).map(FieldValue::Number),
        FieldKind::Boolean => match written {
            "true" => Some(FieldValue::Boolean(true)),
            "false" => Some(FieldValue::Boolean(false)),
            _ => None,
        },
        FieldKind::Date => {
            return typed::date(node, diags).map(|it| Spanned::new(FieldValue::Date(it), node.span));
        }
        FieldKind::Year => written.parse().ok().filter(|it| (1000..=2999).contains(it)).map(FieldValue::Year),
        FieldKind::Url => is_web_address(written).then(|| FieldValue::Url(written.to_owned())),
        FieldKind::Email => is_email(written).then(|| FieldValue::Email(written.to_owned())),
        FieldKind::Choice(choices) => return choice(choices, label, written, node.span, diags),
        FieldKind::Reference(_) => Some(FieldValue::Reference(written.to_owned())),
        FieldKind::Citation => citation::parse(written, |_| node.span).map(FieldValue::Citation),
        FieldKind::Image | FieldKind::File => Some(FieldValue::File(written.to_owned())),
        FieldKind::List(_) => unreachable!("lists are read above"),
    };
    if read.is_none() {
        diags.push(not_of_kind(label, node, &expected(kind)).maybe_help(decimal_comma(kind, written)));
    }
    read.map(|value| Spanned::new(value, node.span))
}

fn items_of<'a>(node: &'a Node, label: &str, diags: &mut Diagnostics) -> Option<&'a [Node]> {
    match &node.kind {
        Kind::List(items) => Some(items),
        _ => {
            let help = node
                .as_text()
                .map(|it| text(format!("Meinten Sie: [{it}]"), format!("did you mean: [{it}]")));
            diags.push(not_of_kind(label, node, &text("eine Liste", "a list")).maybe_help(help));
            None
        }
    }
}

fn not_of_kind(label: &str, node: &Node, expected: &Text) -> Diagnostic {
    use crate::diag::Lang::{De, En};
    let message = text(
        format!("„{label}“: erwartet wird {}.", expected.in_lang(De)),
        format!("`{label}`: expected {}", expected.in_lang(En)),
    );
    Diagnostic::error("wrong-type", node.span, message)
}

fn expected(kind: &FieldKind) -> Text {
    match kind {
        FieldKind::Text | FieldKind::Phone => text("ein Text", "a text"),
        FieldKind::Markdown => text("ein Text in Markdown", "a text in Markdown"),
        FieldKind::Integer => text("eine ganze Zahl", "a whole number"),
        FieldKind::Number => text("eine Zahl mit Dezimalpunkt wie 12.5", "a number such as 12.5"),
        FieldKind::Boolean => text("true oder false", "true or false"),
        FieldKind::Date => text("ein Datum der Form JJJJ-MM-TT", "a date of the form YYYY-MM-DD"),
        FieldKind::Year => text("eine Jahreszahl wie 2025", "a year such as 2025"),
        FieldKind::Url => text(
            "eine Adresse, die mit https:// oder http:// beginnt",
            "an address that begins with https:// or http://",
        ),
        FieldKind::Email => text("eine E-Mail-Adresse", "an e-mail address"),
        FieldKind::Choice(_) => text("einer der erlaubten Werte", "one of the allowed values"),
        FieldKind::Reference(_) => {
            text("der Dateiname eines Eintrags ohne .md", "the file name of an entry without .md")
        }
        FieldKind::Citation => {
            text("eine Quelle wie „muender-2020, S. 12“", "a source such as `muender-2020, p. 12`")
        }
        FieldKind::List(_) => text("eine Liste", "a list"),
        FieldKind::Image | FieldKind::File => text("der Pfad einer Datei", "the path of a file"),
        FieldKind::Time => text("eine Uhrzeit", "a time of day"),
    }
}

fn choice(
    choices: &[Choice],
    label: &str,
    written: &str,
    span: Span,
    diags: &mut Diagnostics,
) -> Option<Spanned<FieldValue>> {
    let found = choices.iter().position(|it| it.value == written);
    if found.is_none() {
        let values: Vec<&str> = choices.iter().map(|it| it.value.as_str()).collect();
        let message = text(
            format!("Diesen Wert gibt es bei „{label}“ nicht."),
            format!("`{label}` does not have this value"),
        );
        let help =
            did_you_mean(written, values.iter().copied()).unwrap_or_else(|| allowed(&values.join(", ")));
        diags.push(Diagnostic::error("unknown-choice", span, message).help(help));
    }
    found.map(|it| Spanned::new(FieldValue::Choice(it), span))
}

/// Returns „Erlaubt: …“.
pub fn allowed(values: &str) -> Text {
    text(format!("Erlaubt: {values}"), format!("allowed: {values}"))
}

/// Reads a number as YAML writes it: `-12.50`.
fn decimal(written: &str) -> Option<Decimal> {
    number::parse(written, number::MACHINE).ok()
}

fn decimal_comma(kind: &FieldKind, written: &str) -> Option<Text> {
    let with_point = written.replacen(',', ".", 1);
    (matches!(kind, FieldKind::Number) && decimal(&with_point).is_some())
        .then(|| text(format!("Meinten Sie: {with_point}"), format!("did you mean: {with_point}")))
}

/// Whether a text is an absolute address of the web without blanks or control characters.
pub fn is_web_address(text: &str) -> bool {
    let rest = text.strip_prefix("https://").or_else(|| text.strip_prefix("http://"));
    rest.is_some_and(|it| !it.is_empty() && !it.starts_with('/'))
        && !text.chars().any(|it| it.is_whitespace() || it.is_control() || "<>\"".contains(it))
}

/// Whether a text looks like an e-mail address (one `@`, a dot behind it, no blanks).
pub fn is_email(text: &str) -> bool {
    let Some((name, host)) = text.split_once('@') else { return false };
    !name.is_empty()
        && host.split('.').count() > 1
        && host.split('.').all(|part| !part.is_empty())
        && !text
            .chars()
            .any(|it| it.is_whitespace() || it.is_control() || "<>\"?&,;:@".contains(it) && it != '@')
        && text.matches('@').count() == 1
}
