//! `datapackage.json`: Data Package v2 with Table Schema.
//!
//! Properties of the standard that are not known here are allowed, as the
//! standard says; those that would change how a file is read are refused until
//! they are supported. Our own stand in an object `kompendium`, and every key in
//! it has to be known.

use super::number::{self, Decimal, NumberFormat};
use super::{
    Answer, Category, Column, Comparable, Constraints, Content, Direction, MissingKind, MissingSign, Pages,
    Part, Role, Scale, Similarity, Source, Statistic,
};
use crate::diag::{Diagnostic, Diagnostics, did_you_mean, text};
use crate::slug::slug;
use crate::source::{FileId, Span, Spanned};
use crate::yaml::{self, Entry, Kind, Node, typed, unknown_key};

/// A table as it is described.
pub struct Resource {
    pub name: Spanned<String>,
    /// Below the folder of the descriptor.
    pub path: Spanned<String>,
    pub title: String,
    pub caption: String,
    pub note: Option<String>,
    /// ASCII.
    pub delimiter: u8,
    pub columns: Vec<Column>,
    /// The column that names the row.
    pub row_header: usize,
    pub summary: Option<SummaryRows>,
    /// The column that says which part of the whole a row belongs to.
    pub region: Option<usize>,
    /// How many rows there are in truth, where the file does not hold them all.
    pub total: Option<usize>,
    pub pages: Pages,
    pub comparisons: Vec<ComparisonWish>,
    pub similarity: Option<Similarity>,
}

/// Rows to lay side by side, by their ids.
pub struct ComparisonWish {
    pub id: Spanned<String>,
    pub title: String,
    pub rows: Vec<Spanned<String>>,
}

/// Which rows sum up.
pub struct SummaryRows {
    /// The column that tells.
    pub column: usize,
    pub rows: Vec<SummaryRow>,
}

/// A row that sums up.
pub struct SummaryRow {
    /// What stands in the column that tells.
    pub value: Spanned<String>,
    pub role: Role,
}

/// Reads the resources of a package.
pub fn read(file: FileId, json: &str, diags: &mut Diagnostics) -> Vec<Resource> {
    let Some(entries) = yaml::parse_map(file, json, 0, diags) else {
        return Vec::new();
    };
    let package = Node { span: Span::start_of(file), kind: Kind::Map(entries) };
    let Some(list) = required(&package, "resources", diags) else {
        return Vec::new();
    };
    let resources: Vec<_> =
        typed::list(list, diags).iter().filter_map(|node| resource(node, diags)).collect();
    each_once(resources.iter().map(|it| &it.name), "duplicate-id", diags);
    resources
}

fn resource(node: &Node, diags: &mut Diagnostics) -> Option<Resource> {
    let name = required_string(node, "name", diags);
    let path = required_string(node, "path", diags);
    let schema = required(node, "schema", diags);
    let delimiter = node.get("dialect").map_or(Some(b','), |it| delimiter(it, diags));
    let columns = columns(schema?, diags);
    let own = own_properties(node, &TABLE_KEYS, diags);
    let row_header = match string(own, "rowHeader", diags) {
        Some(name) => find_column(&name, &columns, diags)?,
        None => 0,
    };
    let summary = own.get("summaryRows").and_then(|it| summary_rows(it, &columns, diags));
    let region = string(own, "region", diags).and_then(|it| find_column(&it, &columns, diags));
    let total = own.get("total").and_then(|it| typed::integer(it, diags));
    let pages = own.get("pages").map(|it| pages(it, diags)).unwrap_or_default();
    let comparisons = own.get("comparisons").map_or_else(Vec::new, |it| comparisons(it, diags));
    let similarity = own.get("similar").map(|it| similarity(it, &columns, diags));
    let title = string(node, "title", diags);
    let name = name?;
    let title = title.map_or_else(|| name.value.clone(), |it| it.value);
    (!columns.is_empty()).then_some(Resource {
        caption: value(own, "caption", diags).unwrap_or_else(|| title.clone()),
        note: value(own, "rowNote", diags),
        title,
        path: path?,
        delimiter: delimiter?,
        columns,
        row_header,
        summary,
        region,
        total: total.and_then(|it| usize::try_from(it).ok()),
        pages,
        comparisons,
        similarity,
        name,
    })
}

const TABLE_KEYS: [&str; 9] =
    ["rowHeader", "rowNote", "summaryRows", "caption", "region", "total", "pages", "comparisons", "similar"];

fn pages(node: &Node, diags: &mut Diagnostics) -> Pages {
    check_keys(node, &["profiles", "indicators", "comparisons"], diags);
    let mut folder = |key| string(node, key, diags);
    Pages {
        profiles: folder("profiles"),
        indicators: folder("indicators"),
        comparisons: folder("comparisons"),
    }
}

fn comparisons(node: &Node, diags: &mut Diagnostics) -> Vec<ComparisonWish> {
    let wishes: Vec<_> = typed::list(node, diags).iter().filter_map(|it| comparison(it, diags)).collect();
    each_once(wishes.iter().map(|it| &it.id), "duplicate-id", diags);
    wishes
}

/// `wrong-type`: a comparison has two to six rows.
fn comparison(node: &Node, diags: &mut Diagnostics) -> Option<ComparisonWish> {
    check_keys(node, &["id", "title", "rows"], diags);
    let id = required_string(node, "id", diags);
    let title = required_string(node, "title", diags);
    let list = required(node, "rows", diags)?;
    let rows = typed::strings(list, diags);
    if !(2..=6).contains(&rows.len()) {
        diags.push(typed::wrong_type(
            list,
            text("eine Liste von zwei bis sechs Zeilen", "a list of two to six rows"),
        ));
        return None;
    }
    Some(ComparisonWish { id: id?, title: title?.value, rows })
}

fn similarity(node: &Node, columns: &[Column], diags: &mut Diagnostics) -> Similarity {
    check_keys(node, &["within", "by"], diags);
    let within = string(node, "within", diags).and_then(|it| find_column_by_id(&it, columns, diags));
    let by = node.get("by").map_or_else(Vec::new, |it| typed::strings(it, diags));
    Similarity { within, by: by.iter().filter_map(|it| find_column_by_id(it, columns, diags)).collect() }
}

/// `unknown-column`: a column that is named by its id is described.
fn find_column_by_id(id: &Spanned<String>, columns: &[Column], diags: &mut Diagnostics) -> Option<usize> {
    let found = columns.iter().position(|column| column.id == id.value);
    if found.is_none() {
        let message = text(
            format!("Eine Spalte mit der id „{}“ ist hier nicht beschrieben.", id.value),
            format!("no column with the id `{}` is described here", id.value),
        );
        let help = did_you_mean(&id.value, columns.iter().map(|it| it.id.as_str()));
        diags.push(Diagnostic::error("unknown-column", id.span, message).maybe_help(help));
    }
    found
}

/// Reads the sign between cells.
///
/// `unsupported-dialect`: a property that changes how the file is read is one we follow.
fn delimiter(dialect: &Node, diags: &mut Diagnostics) -> Option<u8> {
    const FOLLOWED: [(&str, &str); 4] =
        [("quoteChar", "\""), ("doubleQuote", "true"), ("header", "true"), ("skipInitialSpace", "false")];
    for entry in typed::map(dialect, diags) {
        let key = entry.key.value.as_str();
        let followed = matches!(key, "$schema" | "delimiter" | "lineTerminator")
            || FOLLOWED.iter().any(|&(name, value)| key == name && entry.value.as_text() == Some(value));
        if !followed {
            diags.push(unsupported_dialect(entry));
        }
    }
    let Some(delimiter) = string(dialect, "delimiter", diags) else {
        return Some(b',');
    };
    match delimiter.value.as_bytes() {
        &[byte] if byte.is_ascii_punctuation() && byte != b'"' => Some(byte),
        b"\t" => Some(b'\t'),
        _ => {
            let message = text(
                "Das Trennzeichen ist ein einzelnes Zeichen, etwa „;“.",
                "the delimiter is a single character such as `;`",
            );
            diags.push(Diagnostic::error("wrong-type", delimiter.span, message));
            None
        }
    }
}

fn unsupported_dialect(entry: &Entry) -> Diagnostic {
    let key = &entry.key.value;
    let message = text(
        format!("Dateien mit dieser Angabe zu „{key}“ werden noch nicht gelesen."),
        format!("files with this `{key}` are not read yet"),
    );
    Diagnostic::error("unsupported-dialect", entry.value.span, message)
}

fn columns(schema: &Node, diags: &mut Diagnostics) -> Vec<Column> {
    let missing = match schema.get("missingValues") {
        Some(list) => MissingValues::Given(list),
        None => MissingValues::Default,
    };
    let Some(fields) = required(schema, "fields", diags) else {
        return Vec::new();
    };
    let columns: Vec<_> =
        typed::list(fields, diags).iter().filter_map(|node| column(node, missing, diags)).collect();
    each_once(columns.iter().map(|it| &it.name), "duplicate-column", diags);
    let ids: Vec<_> = columns.iter().map(|it| Spanned::new(it.id.clone(), it.name.span)).collect();
    each_once(ids.iter(), "duplicate-id", diags);
    columns
}

/// The list that holds for all columns without an own one.
#[derive(Clone, Copy)]
enum MissingValues<'a> {
    Given(&'a Node),
    /// The standard's: an empty cell.
    Default,
}

const OWN_KEYS: [&str; 14] = [
    "id",
    "short",
    "group",
    "unit",
    "decimals",
    "direction",
    "scale",
    "date",
    "source",
    "note",
    "inferred",
    "statistics",
    "comparable",
    "checked",
];

fn column(node: &Node, missing: MissingValues, diags: &mut Diagnostics) -> Option<Column> {
    let content = content(node, diags);
    let own = own_properties(node, &OWN_KEYS, diags);
    let name = required_string(node, "name", diags)?;
    let label = value(node, "title", diags).unwrap_or_else(|| name.value.clone());
    let content = content?;
    Some(Column {
        id: value(own, "id", diags).unwrap_or_else(|| slug(&name.value)),
        short: value(own, "short", diags).unwrap_or_else(|| label.clone()),
        label,
        definition: value(node, "description", diags),
        group: value(own, "group", diags),
        unit: value(own, "unit", diags),
        decimals: decimals(own, diags),
        direction: choice(own, "direction", &DIRECTIONS, diags).unwrap_or_default(),
        scale: choice(own, "scale", &SCALES, diags).unwrap_or_else(|| default_scale(&content)),
        date: value(own, "date", diags),
        source: source(own, diags),
        note: value(own, "note", diags),
        inferred: choices(own, "inferred", &PARTS, diags),
        statistics: choices(own, "statistics", &STATISTICS, diags),
        comparable: comparable(own, diags),
        answers: own.get("checked").map_or_else(Vec::new, |it| answers(it, diags)),
        missing: missing_signs(node.get("missingValues").map_or(missing, MissingValues::Given), diags),
        constraints: constraints(node, diags),
        content,
        name,
    })
}

fn default_scale(content: &Content) -> Scale {
    match content {
        Content::Text => Scale::Key,
        Content::Integer(_) | Content::Number(_) => Scale::Absolute,
        Content::Categories { list, .. } if list.iter().all(|it| it.is_code()) => Scale::Code,
        Content::Categories { .. } => Scale::Category,
    }
}

/// `unsupported-type`: a column is of a type that can be read.
fn content(field: &Node, diags: &mut Diagnostics) -> Option<Content> {
    let kind = string(field, "type", diags);
    let categories = categories(field, diags);
    match (kind.as_ref().map(|it| it.value.as_str()), categories) {
        (None | Some("string" | "integer"), Some(list)) => {
            let ordered =
                field.get("categoriesOrdered").and_then(|it| typed::boolean(it, diags)).unwrap_or(false);
            Some(Content::Categories { list, ordered })
        }
        (None | Some("string"), _) => Some(Content::Text),
        (Some("integer"), _) => Some(Content::Integer(number_format(field, diags))),
        (Some("number"), _) => Some(Content::Number(number_format(field, diags))),
        (Some(other), _) => {
            let message = text(
                format!("Spalten vom Typ „{other}“ werden nicht gelesen."),
                format!("columns of type `{other}` are not read"),
            );
            let names = ["string", "integer", "number"];
            let help = did_you_mean(other, names).unwrap_or_else(|| {
                text(format!("Erlaubt: {}", names.join(", ")), format!("allowed: {}", names.join(", ")))
            });
            let span = kind.expect("it has a value").span;
            diags.push(Diagnostic::error("unsupported-type", span, message).help(help));
            None
        }
    }
}

fn number_format(field: &Node, diags: &mut Diagnostics) -> NumberFormat {
    NumberFormat {
        decimal: sign(field, "decimalChar", diags).unwrap_or('.'),
        group: sign(field, "groupChar", diags),
    }
}

/// `wrong-type`: a sign in numbers is one character.
fn sign(field: &Node, key: &str, diags: &mut Diagnostics) -> Option<char> {
    let node = field.get(key)?;
    // Not trimmed: a space is a sign here.
    let mut signs = node.as_text().unwrap_or_default().chars();
    match (signs.next(), signs.next()) {
        (Some(sign), None) => Some(sign),
        _ => {
            diags.push(typed::wrong_type(node, text("ein einzelnes Zeichen", "a single character")));
            None
        }
    }
}

/// Reads the values a column can have; `constraints.enum` is such a list too.
fn categories(field: &Node, diags: &mut Diagnostics) -> Option<Vec<Category>> {
    let list = field.get("categories").or_else(|| field.get("constraints")?.get("enum"))?;
    let category = |node: &Node, diags: &mut Diagnostics| match &node.kind {
        Kind::Map(_) => {
            let value = required_string(node, "value", diags)?.value;
            let label = self::value(node, "label", diags).unwrap_or_else(|| value.clone());
            Some(Category { value, label })
        }
        _ => typed::string(node, diags).map(|it| Category { label: it.value.clone(), value: it.value }),
    };
    Some(typed::list(list, diags).iter().filter_map(|node| category(node, diags)).collect())
}

fn missing_signs(list: MissingValues, diags: &mut Diagnostics) -> Vec<MissingSign> {
    match list {
        MissingValues::Default => vec![MissingSign::new(String::new())],
        MissingValues::Given(list) => {
            typed::list(list, diags).iter().filter_map(|it| missing_sign(it, diags)).collect()
        }
    }
}

fn missing_sign(node: &Node, diags: &mut Diagnostics) -> Option<MissingSign> {
    const KINDS: [(&str, MissingKind); 2] =
        [("absent", MissingKind::Absent), ("unclear", MissingKind::Unclear)];
    if !matches!(node.kind, Kind::Map(_)) {
        return typed::string(node, diags).map(|it| MissingSign::new(it.value));
    }
    let own = own_properties(node, &["kind", "shown"], diags);
    let sign = MissingSign::new(required_string(node, "value", diags)?.value);
    Some(MissingSign {
        reason: value(node, "label", diags).unwrap_or(sign.reason),
        shown: value(own, "shown", diags),
        kind: choice(own, "kind", &KINDS, diags).unwrap_or(MissingKind::Absent),
        value: sign.value,
    })
}

impl MissingSign {
    fn new(value: String) -> MissingSign {
        let reason =
            if value.is_empty() { "keine Angabe".to_owned() } else { format!("keine Angabe ({value})") };
        MissingSign { value, reason, shown: None, kind: MissingKind::Absent }
    }
}

/// `unchecked-constraint`: what is asked of the values is something we check.
fn constraints(field: &Node, diags: &mut Diagnostics) -> Constraints {
    let Some(node) = field.get("constraints") else {
        return Constraints::default();
    };
    for entry in typed::map(node, diags) {
        if !matches!(entry.key.value.as_str(), "required" | "unique" | "minimum" | "maximum" | "enum") {
            let key = &entry.key.value;
            let message =
                text(format!("„{key}“ wird noch nicht geprüft."), format!("`{key}` is not checked yet"));
            diags.push(Diagnostic::warning("unchecked-constraint", entry.key.span, message));
        }
    }
    let mut flag = |key| node.get(key).and_then(|it| typed::boolean(it, diags)).unwrap_or(false);
    let (required, unique) = (flag("required"), flag("unique"));
    Constraints {
        required,
        unique,
        minimum: bound(node, "minimum", diags),
        maximum: bound(node, "maximum", diags),
    }
}

fn bound(constraints: &Node, key: &str, diags: &mut Diagnostics) -> Option<Decimal> {
    let node = constraints.get(key)?;
    let bound = node.as_text().and_then(|it| number::parse(it, number::MACHINE).ok());
    if bound.is_none() {
        diags.push(typed::wrong_type(node, text("eine Zahl", "a number")));
    }
    bound
}

fn decimals(own: &Node, diags: &mut Diagnostics) -> Option<u8> {
    let node = own.get("decimals")?;
    let decimals = typed::integer(node, diags)?;
    match u8::try_from(decimals) {
        Ok(decimals) if decimals <= 20 => Some(decimals),
        _ => {
            diags.push(typed::wrong_type(node, text("eine Anzahl von 0 bis 20", "a number from 0 to 20")));
            None
        }
    }
}

fn source(own: &Node, diags: &mut Diagnostics) -> Option<Source> {
    let node = own.get("source")?;
    check_keys(node, &["title", "path"], diags);
    let title = required_string(node, "title", diags)?.value;
    Some(Source { title, path: value(node, "path", diags) })
}

/// Reads which peculiarities somebody has looked at: `{code: reason}`.
fn answers(node: &Node, diags: &mut Diagnostics) -> Vec<Answer> {
    let entries = typed::map(node, diags);
    let answer = |entry: &Entry| {
        let because = typed::string(&entry.value, diags)?.value;
        Some(Answer { check: entry.key.clone(), because })
    };
    entries.iter().filter_map(answer).collect()
}

/// Reads `true`, `false`, or why not.
fn comparable(own: &Node, diags: &mut Diagnostics) -> Comparable {
    match own.get("comparable").map(|it| &it.kind) {
        None => Comparable::Yes,
        Some(Kind::Plain(value)) if value == "true" => Comparable::Yes,
        Some(Kind::Plain(value)) if value == "false" => Comparable::No,
        Some(_) => value(own, "comparable", diags).map_or(Comparable::No, Comparable::Because),
    }
}

fn summary_rows(node: &Node, columns: &[Column], diags: &mut Diagnostics) -> Option<SummaryRows> {
    check_keys(node, &["field", "values"], diags);
    let field = required_string(node, "field", diags);
    let rows = required(node, "values", diags).map(|it| typed::list(it, diags)).unwrap_or_default();
    let rows = rows.iter().filter_map(|row| summary_row(row, diags)).collect();
    Some(SummaryRows { column: find_column(&field?, columns, diags)?, rows })
}

fn summary_row(node: &Node, diags: &mut Diagnostics) -> Option<SummaryRow> {
    if !matches!(node.kind, Kind::Map(_)) {
        return typed::string(node, diags).map(|value| SummaryRow { value, role: Role::Reference });
    }
    check_keys(node, &["value", "statistic"], diags);
    let role = choice(node, "statistic", &STATISTICS, diags).map_or(Role::Reference, Role::Statistic);
    Some(SummaryRow { value: required_string(node, "value", diags)?, role })
}

/// `unknown-column`: a column that is named is described.
fn find_column(name: &Spanned<String>, columns: &[Column], diags: &mut Diagnostics) -> Option<usize> {
    let found = columns.iter().position(|column| column.name.value == name.value);
    if found.is_none() {
        let message = text(
            format!("Eine Spalte „{}“ ist hier nicht beschrieben.", name.value),
            format!("no column `{}` is described here", name.value),
        );
        let help = did_you_mean(&name.value, columns.iter().map(|it| it.name.value.as_str()));
        diags.push(Diagnostic::error("unknown-column", name.span, message).maybe_help(help));
    }
    found
}

const DIRECTIONS: [(&str, Direction); 3] = [
    ("neutral", Direction::Neutral),
    ("higher-is-better", Direction::HigherIsBetter),
    ("lower-is-better", Direction::LowerIsBetter),
];

const SCALES: [(&str, Scale); 7] = [
    ("key", Scale::Key),
    ("absolute", Scale::Absolute),
    ("rate", Scale::Rate),
    ("share", Scale::Share),
    ("class", Scale::Class),
    ("code", Scale::Code),
    ("category", Scale::Category),
];

const STATISTICS: [(&str, Statistic); 5] = [
    ("median", Statistic::Median),
    ("mean", Statistic::Mean),
    ("minimum", Statistic::Minimum),
    ("maximum", Statistic::Maximum),
    ("frequency", Statistic::Frequency),
];

const PARTS: [(&str, Part); 5] = [
    ("date", Part::Date),
    ("definition", Part::Definition),
    ("unit", Part::Unit),
    ("source", Part::Source),
    ("comparable", Part::Comparable),
];

/// An object without properties, for tables and columns that have no own ones.
static NOTHING: Node = Node { span: Span { file: FileId(0), start: 0, end: 0 }, kind: Kind::Map(Vec::new()) };

/// Returns the object `kompendium`, whose keys all have to be known.
fn own_properties<'a>(node: &'a Node, known: &[&str], diags: &mut Diagnostics) -> &'a Node {
    let Some(own) = node.get("kompendium") else {
        return &NOTHING;
    };
    check_keys(own, known, diags);
    own
}

fn check_keys(node: &Node, known: &[&str], diags: &mut Diagnostics) {
    for entry in typed::map(node, diags) {
        if !known.contains(&entry.key.value.as_str()) {
            diags.push(unknown_key(entry, known));
        }
    }
}

/// `missing-key`: what cannot be done without is given.
fn required<'a>(node: &'a Node, key: &str, diags: &mut Diagnostics) -> Option<&'a Node> {
    let found = node.get(key);
    if found.is_none() {
        let message =
            text(format!("Hier fehlt die Angabe „{key}“."), format!("the key `{key}` is missing here"));
        diags.push(Diagnostic::error("missing-key", opening(node), message));
    }
    found
}

/// The bracket that opens a group: enough to mark where something is missing.
fn opening(node: &Node) -> Span {
    Span { end: node.span.end.min(node.span.start + 1), ..node.span }
}

fn required_string(node: &Node, key: &str, diags: &mut Diagnostics) -> Option<Spanned<String>> {
    typed::string(required(node, key, diags)?, diags)
}

fn string(node: &Node, key: &str, diags: &mut Diagnostics) -> Option<Spanned<String>> {
    typed::string(node.get(key)?, diags)
}

fn value(node: &Node, key: &str, diags: &mut Diagnostics) -> Option<String> {
    string(node, key, diags).map(|it| it.value)
}

fn choice<T: Copy>(node: &Node, key: &str, choices: &[(&str, T)], diags: &mut Diagnostics) -> Option<T> {
    let written = string(node, key, diags)?;
    one_of(&written, choices, diags)
}

fn choices<T: Copy>(node: &Node, key: &str, choices: &[(&str, T)], diags: &mut Diagnostics) -> Vec<T> {
    let written = node.get(key).map(|it| typed::strings(it, diags)).unwrap_or_default();
    written.iter().filter_map(|it| one_of(it, choices, diags)).collect()
}

/// `unknown-value`: a word is one of those that can stand here.
fn one_of<T: Copy>(written: &Spanned<String>, choices: &[(&str, T)], diags: &mut Diagnostics) -> Option<T> {
    let found = choices.iter().find(|(name, _)| *name == written.value);
    if found.is_none() {
        let names: Vec<&str> = choices.iter().map(|(name, _)| *name).collect();
        let message = text(
            format!("„{}“ kann hier nicht stehen.", written.value),
            format!("`{}` cannot stand here", written.value),
        );
        let help = text(format!("Erlaubt: {}", names.join(", ")), format!("allowed: {}", names.join(", ")));
        diags.push(Diagnostic::error("unknown-value", written.span, message).help(help));
    }
    found.map(|&(_, value)| value)
}

/// `duplicate-column`, `duplicate-id`: a name is given once.
fn each_once<'a>(
    names: impl Iterator<Item = &'a Spanned<String>>,
    code: &'static str,
    diags: &mut Diagnostics,
) {
    let mut first = std::collections::BTreeMap::new();
    for name in names {
        if let Some(earlier) = first.insert(name.value.as_str(), name.span) {
            let message = text(
                format!("„{}“ ist schon vergeben.", name.value),
                format!("`{}` is already taken", name.value),
            );
            diags.push(
                Diagnostic::error(code, name.span, message).also(earlier, text("zuerst hier", "first here")),
            );
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::diag::Lang;
    use crate::source::Sources;

    /// Checks findings as `code `marked text` message`.
    #[track_caller]
    fn check(json: &str, expected: &[&str]) {
        let mut sources = Sources::default();
        let file = sources.add("datapackage.json", json);
        let mut diags = Diagnostics::default();
        read(file, json, &mut diags);
        let print = |it: &Diagnostic| {
            format!("{} {} {}", it.code, &json[it.span.range()], it.message.in_lang(Lang::En))
        };
        assert_eq!(diags.iter().map(print).collect::<Vec<_>>(), expected);
    }

    #[track_caller]
    fn check_field(field: &str, expected: &[&str]) {
        check(
            &format!(
                r#"{{"resources": [{{"name": "a", "path": "a.csv", "schema": {{"fields": [{field}]}}}}]}}"#
            ),
            expected,
        );
    }

    #[test]
    fn what_cannot_be_done_without_is_asked_for() {
        check("{}", &["missing-key  the key `resources` is missing here"]);
        check(
            r#"{"resources": [{"name": "a"}]}"#,
            &[
                "missing-key { the key `path` is missing here",
                "missing-key { the key `schema` is missing here",
            ],
        );
    }

    #[test]
    fn own_properties_are_known_and_others_allowed() {
        check_field(
            r#"{"name": "a", "rdfType": "b", "kompendium": {"unti": "km"}}"#,
            &["unknown-key \"unti\" there is no key `unti` here"],
        );
    }

    #[test]
    fn words_are_from_their_lists() {
        check_field(
            r#"{"name": "a", "kompendium": {"statistics": ["median", "modus"], "scale": 1}}"#,
            &["unknown-value 1 `1` cannot stand here", "unknown-value \"modus\" `modus` cannot stand here"],
        );
    }

    #[test]
    fn what_would_be_read_wrongly_is_refused() {
        check_field(
            r#"{"name": "a", "type": "geopoint"}"#,
            &["unsupported-type \"geopoint\" columns of type `geopoint` are not read"],
        );
        check(
            r#"{"resources": [{"name": "a", "path": "b", "dialect": {"header": false}, "schema": {"fields": []}}]}"#,
            &["unsupported-dialect false files with this `header` are not read yet"],
        );
    }
}
