//! `datapackage.json` (Data Package v2) for the files for machines.
//!
//! It is the descriptor of the site with everything that it says; only what
//! depends on how a file is written fits the new files. Columns are called by
//! their ids, as in the headers.

use std::collections::BTreeSet;

use super::TableFiles;
use super::fields::{self, Field, Holds};
use crate::data::{self, Column, Content, Mark, Row};
use crate::diag::{Lang, text};
use crate::hash::sha256;
use crate::render::json::{Map, Value, json};
use crate::render::shown::mark_signs;
use crate::site::{Site, Table};

const PACKAGE_PROFILE: &str = "https://datapackage.org/profiles/2.0/datapackage.json";
const SCHEMA_PROFILE: &str = "https://datapackage.org/profiles/2.0/tableschema.json";

/// Returns the description of the files of all tables.
pub fn package(described: &Value, site: &Site, files: &[TableFiles]) -> Value {
    let tables = site.tables.iter().zip(files);
    let resources = tables.flat_map(|(table, files)| resources(described, site, table, files));
    let resources: Vec<Value> = resources.collect();
    let mut package = with_profile(described, PACKAGE_PROFILE);
    package.insert("resources".to_owned(), Value::Array(resources));
    Value::Object(package)
}

/// Copies an object and puts its profile first.
fn with_profile(object: &Value, profile: &str) -> Map<String, Value> {
    let mut copy = Map::from_iter([("$schema".to_owned(), Value::from(profile))]);
    let entries = object.as_object().into_iter().flatten().filter(|(key, _)| *key != "$schema");
    copy.extend(entries.map(|(key, value)| (key.clone(), value.clone())));
    copy
}

fn resources(described: &Value, site: &Site, table: &Table, files: &TableFiles) -> Vec<Value> {
    let resource = resource_of(described, table);
    let names = Names { site, table };
    let machine = &table.files.machine;
    let schema = names.data_schema(&resource["schema"]);
    let mut data = resource_for(resource, machine, &files.machine, schema);
    replace(&mut data, "kompendium", own_properties(&resource["kompendium"], table));
    let mut resources = vec![Value::Object(data)];
    if let (Some(url), Some(bytes)) = (&table.files.summary, &files.summary) {
        let schema = names.summary_schema(&resource["schema"]);
        let mut summary = resource_for(resource, url, bytes, schema);
        summary.insert("name".to_owned(), file_name(url).trim_end_matches(".csv").into());
        summary.insert("title".to_owned(), names.summary_title().into());
        summary.shift_remove("kompendium");
        resources.push(Value::Object(summary));
    }
    resources
}

/// Returns what the descriptor says about a table.
pub fn resource_of<'a>(described: &'a Value, table: &Table) -> &'a Value {
    let resources = described["resources"].as_array().into_iter().flatten();
    resources.into_iter().find(|it| it["name"] == *table.data.name).unwrap_or(&Value::Null)
}

/// Describes a file with the words of the resource that it is made of.
fn resource_for(resource: &Value, url: &str, bytes: &[u8], schema: Value) -> Map<String, Value> {
    let mut copy = resource.as_object().cloned().unwrap_or_default();
    // They describe another file.
    for key in ["data", "profile", "scheme", "compression"] {
        copy.shift_remove(key);
    }
    let hash = sha256(bytes, 32);
    let fitting = [
        ("type", Value::from("table")),
        ("path", file_name(url).into()),
        ("format", "csv".into()),
        ("mediatype", "text/csv".into()),
        ("encoding", "utf-8".into()),
        ("bytes", bytes.len().into()),
        ("hash", format!("sha256:{hash}").into()),
        ("dialect", dialect(&resource["dialect"])),
        ("schema", schema),
    ];
    copy.extend(fitting.map(|(key, value)| (key.to_owned(), value)));
    copy
}

/// A text that stands for no value in every column still does.
fn dialect(original: &Value) -> Value {
    let mut dialect = json!({"delimiter": ",", "lineTerminator": "\n"});
    if original["nullSequence"].is_string() {
        dialect["nullSequence"] = original["nullSequence"].clone();
    }
    dialect
}

/// Calls columns by their ids, and leaves out what was done to the file: rows that sum up
/// stand in their own file, and what is derived stands in the file.
fn own_properties(own: &Value, table: &Table) -> Option<Value> {
    let mut copy = own.as_object()?.clone();
    copy.shift_remove("summaryRows");
    copy.shift_remove("derived");
    for name in ["rowHeader", "region"] {
        let renamed = own.get(name).and_then(|it| Some(key(it, table)?[0].clone()));
        replace(&mut copy, name, renamed);
    }
    Some(Value::Object(copy))
}

/// Returns the last part of an address.
pub fn file_name(url: &str) -> &str {
    url.rsplit('/').next().unwrap_or(url)
}

/// What is needed to rename the columns of a schema.
struct Names<'a> {
    site: &'a Site,
    table: &'a Table,
}

impl Names<'_> {
    fn lang(&self) -> Lang {
        self.site.config.lang
    }

    fn summary_title(&self) -> String {
        format!("{}: {}", self.table.data.title, self.site.theme.words.get("summary_rows"))
    }

    fn data_schema(&self, schema: &Value) -> Value {
        let mut copy = with_profile(schema, SCHEMA_PROFILE);
        copy.shift_remove("fieldsMatch");
        let columns = fields::of_data(self.table);
        let rows = &self.table.data.rows;
        copy.insert("fields".to_owned(), self.fields(schema, &columns, rows, Rows::Data));
        let rename = |key: &str, renamed: &dyn Fn(&Value) -> Option<Value>| -> Option<Value> {
            copy.get(key).and_then(renamed)
        };
        let keys = [
            ("primaryKey", rename("primaryKey", &|it| key(it, self.table))),
            ("uniqueKeys", rename("uniqueKeys", &|it| each(it, |it| key(it, self.table)))),
            ("foreignKeys", rename("foreignKeys", &|it| each(it, |it| self.foreign_key(it)))),
        ];
        for (name, renamed) in keys {
            replace(&mut copy, name, renamed);
        }
        Value::Object(copy)
    }

    /// Rows that sum up have no key, and keep no rule for single rows.
    fn summary_schema(&self, schema: &Value) -> Value {
        let mut copy = with_profile(schema, SCHEMA_PROFILE);
        for key in ["fieldsMatch", "primaryKey", "uniqueKeys", "foreignKeys"] {
            copy.shift_remove(key);
        }
        let columns = fields::of_summary(self.table);
        let rows = &self.table.data.summary;
        copy.insert("fields".to_owned(), self.fields(schema, &columns, rows, Rows::Summary));
        Value::Object(copy)
    }

    fn fields(&self, schema: &Value, columns: &[Field], rows: &[Row], kind: Rows) -> Value {
        let field = |field: &Field| {
            let mut described = match field.holds {
                Holds::Role => role_field(self.lang()),
                Holds::RowId => row_id_field(self.lang()),
                Holds::Marks(at) => marks_field(&self.table.data.columns[at], rows, at, self.lang()),
                Holds::Values(at) => values_field(schema, &self.table.data, rows, at, kind, self.lang()),
            };
            let mut named = Map::from_iter([("name".to_owned(), Value::from(field.name.as_str()))]);
            described.shift_remove("name");
            named.extend(described);
            Value::Object(named)
        };
        columns.iter().map(field).collect()
    }

    /// Keeps a foreign key where both of its ends are there.
    fn foreign_key(&self, foreign: &Value) -> Option<Value> {
        let mut copy = foreign.as_object()?.clone();
        let reference = foreign.get("reference")?;
        let named = reference.get("resource").and_then(Value::as_str).unwrap_or_default();
        let other = match named {
            "" => self.table,
            _ => self.site.tables.iter().find(|it| it.data.name == named)?,
        };
        let mut reference = reference.as_object()?.clone();
        reference.insert("fields".to_owned(), key(reference.get("fields")?, other)?);
        copy.insert("fields".to_owned(), key(foreign.get("fields")?, self.table)?);
        copy.insert("reference".to_owned(), Value::Object(reference));
        Some(Value::Object(copy))
    }
}

/// Which rows a file holds.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Rows {
    Data,
    Summary,
}

fn replace(object: &mut Map<String, Value>, key: &str, value: Option<Value>) {
    match value {
        Some(value) => {
            object.insert(key.to_owned(), value);
        }
        None => {
            object.shift_remove(key);
        }
    }
}

/// Renames each of a list; none where nothing is left.
fn each(list: &Value, rename: impl Fn(&Value) -> Option<Value>) -> Option<Value> {
    let renamed: Vec<Value> = list.as_array()?.iter().filter_map(rename).collect();
    (!renamed.is_empty()).then_some(Value::Array(renamed))
}

/// Renames the columns of a key, which is a name or a list of them.
pub fn key(names: &Value, table: &Table) -> Option<Value> {
    let columns = fields::of_data(table);
    let rename = |name: &Value| {
        let name = name.as_str()?;
        let column = |holds| match holds {
            Holds::Values(at) => {
                let column = &table.data.columns[at];
                !column.is_derived() && column.name.value == name
            }
            _ => false,
        };
        columns.iter().find(|it| column(it.holds)).map(|it| Value::from(it.name.as_str()))
    };
    match names {
        Value::Array(names) => names.iter().map(rename).collect::<Option<Vec<_>>>().map(Value::Array),
        name => rename(name).map(|it| Value::Array(vec![it])),
    }
}

/// Describes a column with the words of the descriptor, or by what is known of one that is derived.
fn values_field(
    schema: &Value,
    table: &data::Table,
    rows: &[Row],
    at: usize,
    kind: Rows,
    lang: Lang,
) -> Map<String, Value> {
    let column = &table.columns[at];
    let fields = schema["fields"].as_array().into_iter().flatten();
    let is_this = |it: &&Value| !column.is_derived() && it["name"] == *column.name.value;
    let described = fields.into_iter().find(is_this);
    let mut field =
        described.and_then(Value::as_object).cloned().unwrap_or_else(|| derived_field(column, lang));
    for key in ["decimalChar", "groupChar", "bareNumber"] {
        field.shift_remove(key);
    }
    field.entry("title").or_insert_with(|| column.label.as_str().into());
    if kind == Rows::Summary {
        field.shift_remove("constraints");
        // A count or a mean in a column of categories is none of them.
        let foreign = rows.iter().filter_map(|row| match row.cells[at].value {
            data::Value::Text(text) => Some(table.texts.get(text)),
            _ => None,
        });
        if foreign.clone().next().is_some() && matches!(column.content, Content::Categories { .. }) {
            field.shift_remove("categories");
            field.shift_remove("categoriesOrdered");
            let all_whole = foreign.into_iter().all(|it| it.bytes().all(|it| it.is_ascii_digit()));
            if !all_whole {
                field.insert("type".to_owned(), "string".into());
            }
        }
    }
    field
}

fn derived_field(column: &Column, lang: Lang) -> Map<String, Value> {
    let own = json!({"id": column.id, "short": column.short, "group": column.group, "unit": column.unit});
    let own = own.as_object().into_iter().flatten().filter(|(_, value)| !value.is_null());
    let own: Map<String, Value> = own.map(|(key, value)| (key.clone(), value.clone())).collect();
    let mut field = Map::new();
    field.insert("title".to_owned(), column.label.as_str().into());
    field.extend(fields::description(column, lang).map(|it| ("description".to_owned(), it.into())));
    field.insert("type".to_owned(), if column.is_numeric() { "number" } else { "string" }.into());
    let signs = fields::missing_signs(column);
    let signs = signs.into_iter().map(|(sign, reasons)| json!({"value": sign, "label": reasons.join("; ")}));
    field.insert("missingValues".to_owned(), signs.collect());
    field.insert("kompendium".to_owned(), Value::Object(own));
    field
}

fn marks_field(column: &Column, rows: &[Row], at: usize, lang: Lang) -> Map<String, Value> {
    let marks: BTreeSet<Mark> = fields::marks(rows, at);
    let categories = marks.into_iter().filter_map(mark_signs);
    let categories = categories.map(|(sign, meaning)| json!({"value": sign, "label": meaning.in_lang(lang)}));
    let title = text("Zeichen bei der Zahl", "mark beside the number");
    object(json!({
        "title": format!("{} – {}", column.label, title.in_lang(lang)),
        "type": "string",
        "categories": categories.collect::<Vec<_>>(),
        "missingValues": [""],
    }))
}

fn role_field(lang: Lang) -> Map<String, Value> {
    let labels = [
        ("median", text("Median", "median")),
        ("mean", text("Mittelwert", "mean")),
        ("minimum", text("Minimum", "minimum")),
        ("maximum", text("Maximum", "maximum")),
        ("frequency", text("Häufigkeit", "frequency")),
        ("reference", text("Vergleichswert", "reference value")),
    ];
    let names = labels.each_ref().map(|(name, _)| *name);
    let categories = labels.map(|(name, label)| json!({"value": name, "label": label.in_lang(lang)}));
    object(json!({
        "title": text("Was die Zeile zusammenfasst", "What the row sums up").in_lang(lang),
        "type": "string",
        "categories": categories,
        "constraints": {"required": true, "enum": names},
    }))
}

fn row_id_field(lang: Lang) -> Map<String, Value> {
    let title = text("Kennung der Zeile", "id of the row");
    let description = text(
        "Name ihrer Seite und ihrer Dateien auf dieser Website",
        "the name of its page and its files on this site",
    );
    object(json!({
        "title": title.in_lang(lang),
        "description": description.in_lang(lang),
        "type": "string",
        "constraints": {"required": true, "unique": true},
    }))
}

fn object(value: Value) -> Map<String, Value> {
    match value {
        Value::Object(object) => object,
        _ => Map::new(),
    }
}
