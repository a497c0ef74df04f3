//! `datapackage.json`: Data Package v2 with Table Schema.
//!
//! Properties of the standard that are not known here are allowed, as the
//! standard says; those that would change how a file is read are refused until
//! they are supported. Our own stand in an object `kompendium`, and every key in
//! it has to be known.

mod column;
pub mod derived;
pub mod dialect;

use self::derived::Derived;
use self::dialect::Dialect;
use super::keys::ForeignKey;
use super::{Column, Pages, Parts, Role, RowsName, Similarity, Statistic};
use crate::diag::{Diagnostic, Diagnostics, Lang, did_you_mean, text};
use crate::source::{FileId, Span, Spanned};
use crate::yaml::{self, Kind, Node, typed, unknown_key};

/// A table as it is described.
pub struct Resource {
    pub name: Spanned<String>,
    /// Below the folder of the descriptor.
    pub path: Spanned<String>,
    pub title: String,
    pub caption: String,
    pub note: Option<String>,
    pub rows_name: Option<RowsName>,
    pub encoding: Option<Spanned<String>>,
    pub dialect: Dialect,
    /// Of the site.
    pub lang: Lang,
    pub columns: Vec<Column>,
    /// In the order in which they are computed.
    pub derived: Vec<Derived>,
    pub fields_match: FieldsMatch,
    /// The column that names the row.
    pub row_header: usize,
    pub summary: Option<SummaryRows>,
    /// The column that says which part of the whole a row belongs to.
    pub region: Option<usize>,
    /// How many rows there are in truth, where the file does not hold them all.
    pub total: Option<Spanned<usize>>,
    pub parts: Vec<Parts>,
    pub pages: Pages,
    pub comparisons: Vec<ComparisonWish>,
    pub similarity: Option<Similarity>,
    pub views: Vec<ViewWish>,
    /// Columns whose values stand together in one row only; the first list is the primary key.
    pub unique_keys: Vec<Vec<usize>>,
    pub foreign_keys: Vec<ForeignKey>,
}

/// Whether the file may have columns that are not described, or lack some that are.
#[derive(Clone, Copy, Debug, Default)]
pub struct FieldsMatch {
    pub may_have_more: bool,
    pub may_have_fewer: bool,
}

/// Rows to lay side by side, by their ids.
pub struct ComparisonWish {
    pub id: Spanned<String>,
    pub title: String,
    pub rows: Vec<Spanned<String>>,
}

/// Columns to show together, by their ids.
pub struct ViewWish {
    pub id: Spanned<String>,
    pub title: String,
    pub columns: Vec<String>,
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

/// Reads the resources of a package of a site in a language.
pub fn read(file: FileId, json: &str, lang: Lang, diags: &mut Diagnostics) -> Vec<Resource> {
    let Some(entries) = yaml::parse_map(file, json, 0, diags) else {
        return Vec::new();
    };
    let package = Node { span: Span::start_of(file), kind: Kind::Map(entries) };
    own_properties(&package, &PACKAGE_KEYS, diags);
    let Some(list) = required(&package, "resources", diags) else {
        return Vec::new();
    };
    let resources: Vec<_> =
        typed::list(list, diags).iter().filter_map(|node| resource(node, lang, diags)).collect();
    each_once(resources.iter().map(|it| &it.name), "duplicate-id", diags);
    resources
}

/// What is only passed on to those who take the data along.
const PACKAGE_KEYS: [&str; 2] = ["licenseNote", "spatial"];

fn resource(node: &Node, lang: Lang, diags: &mut Diagnostics) -> Option<Resource> {
    let name = required_string(node, "name", diags);
    let path = required_string(node, "path", diags);
    let schema = required(node, "schema", diags);
    let dialect = node.get("dialect").map(|it| dialect::read(it, diags)).unwrap_or_default();
    let encoding = string(node, "encoding", diags);
    let schema = schema?;
    let columns = column::columns(schema, dialect.null.as_deref(), lang, diags);
    let own = own_properties(node, &TABLE_KEYS, diags);
    let row_header = match string(own, "rowHeader", diags) {
        Some(name) => find_column(&name, &columns, diags)?,
        None => 0,
    };
    let summary = own.get("summaryRows").and_then(|it| summary_rows(it, &columns, diags));
    let region = string(own, "region", diags).and_then(|it| find_column(&it, &columns, diags));
    let total = own.get("total").and_then(|node| {
        let value = usize::try_from(typed::integer(node, diags)?).ok()?;
        Some(Spanned { value, span: node.span })
    });
    let parts = own.get("parts").map_or_else(Vec::new, |it| parts(it, &columns, diags));
    let pages = own.get("pages").map(|it| pages(it, diags)).unwrap_or_default();
    let comparisons = own.get("comparisons").map_or_else(Vec::new, |it| comparisons(it, diags));
    let similarity = own.get("similar").map(|it| similarity(it, &columns, diags));
    let unique_keys = unique_keys(schema, &columns, diags);
    undecided(own, diags);
    let derived = own.get("derived").map_or_else(Vec::new, |it| derived::columns(it, &columns, diags));
    let views = own.get("views").map_or_else(Vec::new, |it| views(it, &columns, &derived, diags));
    let title = string(node, "title", diags);
    let name = name?;
    let title = title.map_or_else(|| name.value.clone(), |it| it.value);
    (!columns.is_empty()).then_some(Resource {
        caption: value(own, "caption", diags).unwrap_or_else(|| title.clone()),
        note: value(own, "rowNote", diags),
        rows_name: own.get("rowsName").and_then(|it| rows_name(it, diags)),
        title,
        path: path?,
        lang,
        encoding,
        dialect,
        fields_match: fields_match(schema, diags),
        unique_keys,
        foreign_keys: foreign_keys(schema, diags),
        columns,
        derived,
        row_header,
        summary,
        region,
        total,
        parts,
        pages,
        comparisons,
        similarity,
        views,
        name,
    })
}

/// Reads the primary key and the unique keys.
fn unique_keys(schema: &Node, columns: &[Column], diags: &mut Diagnostics) -> Vec<Vec<usize>> {
    let primary = schema.get("primaryKey").map(|it| typed::strings(it, diags));
    let others = schema.get("uniqueKeys").map_or(&[][..], |it| typed::list(it, diags));
    let others: Vec<_> = others.iter().map(|it| typed::strings(it, diags)).collect();
    let keys = primary.into_iter().chain(others);
    keys.map(|names| names.iter().filter_map(|it| find_column(it, columns, diags)).collect())
        .filter(|key: &Vec<usize>| !key.is_empty())
        .collect()
}

fn foreign_keys(schema: &Node, diags: &mut Diagnostics) -> Vec<ForeignKey> {
    let keys = schema.get("foreignKeys").map_or(&[][..], |it| typed::list(it, diags));
    keys.iter().filter_map(|it| foreign_key(it, diags)).collect()
}

/// `wrong-type`: a foreign key names as many columns here as there.
fn foreign_key(node: &Node, diags: &mut Diagnostics) -> Option<ForeignKey> {
    let fields = typed::strings(required(node, "fields", diags)?, diags);
    let reference = required(node, "reference", diags)?;
    let named = required(reference, "fields", diags)?;
    let targets = typed::strings(named, diags);
    if fields.is_empty() || fields.len() != targets.len() {
        diags.push(typed::wrong_type(
            named,
            text("für jede Spalte hier eine dort", "one column there for each one here"),
        ));
        return None;
    }
    let resource = reference.get("resource").and_then(Node::as_text).unwrap_or_default().to_owned();
    Some(ForeignKey { fields, resource, reference: targets })
}

/// Reads `fieldsMatch`, a word or, as the published profile has it, a list of one.
fn fields_match(schema: &Node, diags: &mut Diagnostics) -> FieldsMatch {
    const WORDS: [(&str, FieldsMatch); 5] = [
        ("exact", FieldsMatch { may_have_more: false, may_have_fewer: false }),
        ("equal", FieldsMatch { may_have_more: false, may_have_fewer: false }),
        ("subset", FieldsMatch { may_have_more: true, may_have_fewer: false }),
        ("superset", FieldsMatch { may_have_more: false, may_have_fewer: true }),
        ("partial", FieldsMatch { may_have_more: true, may_have_fewer: true }),
    ];
    choices(schema, "fieldsMatch", &WORDS, diags).first().copied().unwrap_or_default()
}

const TABLE_KEYS: [&str; 14] = [
    "rowHeader",
    "rowNote",
    "rowsName",
    "summaryRows",
    "caption",
    "region",
    "total",
    "parts",
    "pages",
    "comparisons",
    "similar",
    "derived",
    "views",
    "todo",
];

fn rows_name(node: &Node, diags: &mut Diagnostics) -> Option<RowsName> {
    check_keys(node, &["one", "many"], diags);
    let one = required_string(node, "one", diags);
    let many = required_string(node, "many", diags);
    Some(RowsName { one: one?.value, many: many?.value })
}

fn parts(node: &Node, columns: &[Column], diags: &mut Diagnostics) -> Vec<Parts> {
    typed::list(node, diags).iter().filter_map(|it| parts_of_one(it, columns, diags)).collect()
}

fn parts_of_one(node: &Node, columns: &[Column], diags: &mut Diagnostics) -> Option<Parts> {
    check_keys(node, &["whole", "parts"], diags);
    let whole = required_string(node, "whole", diags);
    let parts = required(node, "parts", diags).map(|it| typed::strings(it, diags)).unwrap_or_default();
    let whole = find_column_by_id(&whole?, columns, diags)?;
    let parts = parts.iter().filter_map(|it| find_column_by_id(it, columns, diags)).collect();
    Some(Parts { whole, parts })
}

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

fn views(node: &Node, columns: &[Column], derived: &[Derived], diags: &mut Diagnostics) -> Vec<ViewWish> {
    let ids: Vec<&str> =
        columns.iter().chain(derived.iter().map(|it| &it.column)).map(|it| it.id.as_str()).collect();
    let views: Vec<_> = typed::list(node, diags).iter().filter_map(|it| view(it, &ids, diags)).collect();
    each_once(views.iter().map(|it| &it.id), "duplicate-id", diags);
    views
}

fn view(node: &Node, ids: &[&str], diags: &mut Diagnostics) -> Option<ViewWish> {
    check_keys(node, &["id", "title", "columns"], diags);
    let id = required_string(node, "id", diags);
    let title = required_string(node, "title", diags);
    let written = typed::strings(required(node, "columns", diags)?, diags);
    for id in written.iter().filter(|it| !ids.contains(&it.value.as_str())) {
        diags.push(unknown_id(id, ids));
    }
    let columns = written.into_iter().map(|it| it.value).collect();
    Some(ViewWish { id: id?, title: title?.value, columns })
}

fn similarity(node: &Node, columns: &[Column], diags: &mut Diagnostics) -> Similarity {
    check_keys(node, &["within", "by"], diags);
    let within = string(node, "within", diags).and_then(|it| find_column_by_id(&it, columns, diags));
    let by = node.get("by").map_or_else(Vec::new, |it| typed::strings(it, diags));
    Similarity { within, by: by.iter().filter_map(|it| find_column_by_id(it, columns, diags)).collect() }
}

fn find_column_by_id(id: &Spanned<String>, columns: &[Column], diags: &mut Diagnostics) -> Option<usize> {
    let found = columns.iter().position(|column| column.id == id.value);
    if found.is_none() {
        diags.push(unknown_id(id, &columns.iter().map(|it| it.id.as_str()).collect::<Vec<_>>()));
    }
    found
}

/// `unknown-column`: a column that is named by its id is described.
fn unknown_id(id: &Spanned<String>, ids: &[&str]) -> Diagnostic {
    let message = text(
        format!("Eine Spalte mit der id „{}“ ist hier nicht beschrieben.", id.value),
        format!("no column with the id `{}` is described here", id.value),
    );
    let help = did_you_mean(&id.value, ids.iter().copied());
    Diagnostic::error("unknown-column", id.span, message).maybe_help(help)
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

const STATISTICS: [(&str, Statistic); 5] = [
    ("median", Statistic::Median),
    ("mean", Statistic::Mean),
    ("minimum", Statistic::Minimum),
    ("maximum", Statistic::Maximum),
    ("frequency", Statistic::Frequency),
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

/// `undecided`: what a descriptor leaves open in `todo` is decided.
fn undecided(own: &Node, diags: &mut Diagnostics) {
    let open = own.get("todo").map(|it| typed::strings(it, diags)).unwrap_or_default();
    for Spanned { value, span } in open {
        let message = text(format!("Noch zu entscheiden: {value}"), format!("still to be decided: {value}"));
        let help = text("Danach diese Zeile aus „todo“ löschen.", "then delete this line from `todo`");
        diags.push(Diagnostic::warning("undecided", span, message).help(help));
    }
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
        read(file, json, Lang::De, &mut diags);
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
    fn rows_have_a_name_for_one_and_for_many() {
        let named = |name: &str| {
            format!(
                r#"{{"resources": [{{"name": "a", "path": "b", "kompendium": {{"rowsName": {name}}}, "schema": {{"fields": [{{"name": "a"}}]}}}}]}}"#
            )
        };
        check(&named(r#"{"one": "Ort", "many": "Orte"}"#), &[]);
        check(
            &named(r#"{"one": "Ort", "mayn": "Orte"}"#),
            &[
                "unknown-key \"mayn\" there is no key `mayn` here",
                "missing-key { the key `many` is missing here",
            ],
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
            &["unchecked-type \"geopoint\" values of type `geopoint` are read as text and not checked"],
        );
        check(
            r#"{"resources": [{"name": "a", "path": "b", "dialect": {"sheetName": "a"}, "schema": {"fields": []}}]}"#,
            &["unsupported-dialect \"sheetName\" files with `sheetName` are not read"],
        );
    }
}
