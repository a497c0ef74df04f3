//! The descriptor itself, as a Data Package.

use serde_json::{Map, Value, json};

use super::column::{Guess, Kind};
use super::{Findings, Open, names};
use crate::data::number::NumberFormat;
use crate::diag::Lang;
use crate::slug::{UniqueIds, slug};

/// Writes a package with one resource.
pub fn package(findings: &Findings, lang: Lang) -> Value {
    let name = resource_name(&findings.delivered.path);
    json!({
        "$schema": "https://datapackage.org/profiles/2.0/datapackage.json",
        "name": name,
        "resources": [resource(findings, name, lang)],
    })
}

fn resource_name(path: &str) -> String {
    let file = path.rsplit('/').next().unwrap_or(path);
    let stem = file.rsplit_once('.').map_or(file, |it| it.0);
    let name = slug(stem);
    if name.is_empty() { "tabelle".to_owned() } else { name }
}

fn resource(findings: &Findings, name: String, lang: Lang) -> Value {
    json!({
        "name": name,
        "type": "table",
        "path": findings.delivered.path,
        "format": "csv",
        "mediatype": "text/csv",
        "encoding": findings.delivered.encoding.name(),
        "dialect": dialect(findings),
        "kompendium": own(findings, lang),
        "schema": schema(findings, lang),
    })
}

fn dialect(findings: &Findings) -> Value {
    let sheet = findings.sheet;
    let mut dialect = Map::new();
    dialect.insert("delimiter".into(), char::from(sheet.delimiter).to_string().into());
    match sheet.header_rows.as_slice() {
        _ if sheet.is_by_order => dialect.insert("header".into(), false.into()),
        [1] => None,
        rows => dialect.insert("headerRows".into(), json!(rows)),
    };
    if !sheet.comments.is_empty() {
        dialect.insert("commentChar".into(), "#".into());
    }
    if !sheet.passed_rows.is_empty() {
        dialect.insert("commentRows".into(), json!(sheet.passed_rows));
    }
    dialect.into()
}

fn own(findings: &Findings, lang: Lang) -> Value {
    let (sheet, roles) = (findings.sheet, findings.roles);
    let mut own = Map::new();
    own.insert("rowHeader".into(), sheet.name(findings.keys.row_header).into());
    if let Some(column) = roles.column {
        let values = roles.words.iter().map(|it| match it.statistic {
            Some(statistic) => json!({"value": it.written, "statistic": statistic}),
            None => json!({"value": it.written}),
        });
        let values: Vec<Value> = values.collect();
        own.insert("summaryRows".into(), json!({"field": sheet.name(column), "values": values}));
    }
    insert_todo(&mut own, &findings.open_of_table(), lang);
    own.into()
}

fn insert_todo(own: &mut Map<String, Value>, open: &[Open], lang: Lang) {
    let asked = open.iter().filter(|it| !it.is_checked).map(|it| it.text.in_lang(lang));
    let asked: Vec<&str> = asked.collect();
    if !asked.is_empty() {
        own.insert("todo".into(), json!(asked));
    }
}

fn schema(findings: &Findings, lang: Lang) -> Value {
    let mut schema = Map::new();
    schema.insert("$schema".into(), "https://datapackage.org/profiles/2.0/tableschema.json".into());
    if let Some(&key) = findings.keys.candidates.first() {
        schema.insert("primaryKey".into(), json!([findings.sheet.name(key)]));
    }
    schema.insert("missingValues".into(), json!([empty(lang)]));
    let mut ids = UniqueIds::default();
    let columns = findings.guesses.iter().enumerate();
    let fields = columns.map(|(at, guess)| field(at, guess, findings, &mut ids, lang));
    schema.insert("fields".into(), fields.collect::<Vec<Value>>().into());
    schema.into()
}

fn empty(lang: Lang) -> Value {
    json!({"value": "", "label": if lang == Lang::De { "keine Angabe" } else { "not stated" }})
}

fn field(at: usize, guess: &Guess, findings: &Findings, ids: &mut UniqueIds, lang: Lang) -> Value {
    let name = findings.sheet.name(at);
    let (title, _) = names::split_unit(name);
    let mut field = Map::new();
    field.insert("name".into(), name.into());
    if title != name {
        field.insert("title".into(), title.into());
    }
    insert_type(&mut field, guess);
    if !guess.missing.is_empty() {
        let signs = guess
            .missing
            .iter()
            .map(|(sign, meaning)| json!({"value": sign, "label": meaning.in_lang(lang)}));
        let signs: Vec<Value> = std::iter::once(empty(lang)).chain(signs).collect();
        field.insert("missingValues".into(), signs.into());
    }
    let constraints = constraints(at, guess, findings);
    if !constraints.is_empty() {
        field.insert("constraints".into(), constraints.into());
    }
    let own = own_of_field(name, title, guess, &ids.claim(&short_id(title)), lang);
    field.insert("kompendium".into(), own.into());
    field.into()
}

/// Whole numbers in groups are `number`: some tools refuse an `integer` with a group sign.
fn insert_type(field: &mut Map<String, Value>, guess: &Guess) {
    let mut set = |key: &str, value: Value| field.insert(key.to_owned(), value);
    match &guess.kind {
        Kind::Key { .. } | Kind::Text => drop(set("type", "string".into())),
        Kind::Date { is_german } => {
            set("type", "date".into());
            if *is_german {
                set("format", "%d.%m.%Y".into());
            }
        }
        Kind::Year => drop(set("type", "year".into())),
        Kind::Number { format: None, .. } => drop(set("type", "integer".into())),
        Kind::Number { format: Some(NumberFormat { decimal, group, .. }), .. } => {
            set("type", "number".into());
            set("decimalChar", decimal.to_string().into());
            if let Some(group) = group {
                set("groupChar", group.to_string().into());
            }
        }
        Kind::Codes(list) => {
            set("type", "integer".into());
            let codes: Vec<Value> =
                list.iter().filter_map(|it| it.parse::<i64>().ok()).map(Value::from).collect();
            set("categories", codes.into());
        }
        Kind::Classes(list) => {
            set("type", "string".into());
            set("categories", json!(list));
            set("categoriesOrdered", true.into());
        }
        Kind::Categories(list) => {
            set("type", "string".into());
            set("categories", json!(list));
        }
        // Left out on purpose; `todo` says why.
        Kind::Undecided => {}
    }
}

fn constraints(at: usize, guess: &Guess, findings: &Findings) -> Map<String, Value> {
    let mut constraints = Map::new();
    let is_candidate = findings.keys.candidates.contains(&at);
    if (is_candidate || at == findings.keys.row_header) && guess.is_complete {
        constraints.insert("required".into(), true.into());
    }
    if is_candidate {
        constraints.insert("unique".into(), true.into());
    }
    if let Kind::Key { pattern: Some(pattern) } = &guess.kind {
        constraints.insert("pattern".into(), pattern.as_str().into());
    }
    constraints
}

fn own_of_field(name: &str, title: &str, guess: &Guess, id: &str, lang: Lang) -> Map<String, Value> {
    let mut own = Map::new();
    own.insert("id".into(), id.replace('-', "_").into());
    if let Some(unit) = &guess.unit {
        own.insert("unit".into(), unit.as_str().into());
    }
    let (scale, statistics): (&str, &[&str]) = match &guess.kind {
        Kind::Number { is_key: true, .. } | Kind::Key { .. } => ("key", &[]),
        Kind::Number { decimals, .. } => {
            own.insert("decimals".into(), (*decimals).into());
            (names::scale(name, guess.unit.as_deref()), &["median", "mean", "minimum", "maximum"])
        }
        Kind::Codes(_) => ("code", &["frequency"]),
        Kind::Classes(_) => ("class", &["frequency"]),
        Kind::Categories(_) => ("category", &["frequency"]),
        Kind::Date { .. } | Kind::Year | Kind::Text | Kind::Undecided => ("", &[]),
    };
    if !scale.is_empty() {
        own.insert("scale".into(), scale.into());
    }
    if let Some(date) = names::date(title).filter(|_| !statistics.is_empty()) {
        own.insert("date".into(), date.into());
    }
    if !statistics.is_empty() {
        own.insert("statistics".into(), json!(statistics));
    }
    if !guess.zero.is_empty() {
        own.insert("zero".into(), json!(guess.zero));
    }
    insert_todo(&mut own, &guess.open, lang);
    own
}

/// Ids longer than this are cut between two words.
const LONGEST_ID: usize = 48;

fn short_id(title: &str) -> String {
    let whole = slug(title);
    match whole.get(..LONGEST_ID).and_then(|it| it.rsplit_once('-')) {
        Some((words, _)) => words.to_owned(),
        None => whole,
    }
}
