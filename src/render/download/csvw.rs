//! The metadata of CSVW (W3C, Metadata Vocabulary for Tabular Data) for the file for machines.

use super::fields::{self, Field, Holds};
use super::package::{file_name, key, resource_of};
use crate::data::{Column, Content};
use crate::diag::{Lang, text};
use crate::path::root_of;
use crate::render::json::{Map, Value, json};
use crate::render::view::lang_code;
use crate::site::{Site, Table};

/// Returns the metadata of one table.
pub fn metadata(described: &Value, site: &Site, table: &Table) -> Value {
    let resource = resource_of(described, table);
    let description = resource["description"].as_str().unwrap_or(&table.data.caption);
    let mut about = Map::new();
    let mut set = |key: &str, value: Value| about.insert(key.to_owned(), value);
    set("@context", json!(["http://www.w3.org/ns/csvw", {"@language": lang_code(site.config.lang)}]));
    set("url", file_name(&table.files.machine).into());
    set("dc:title", table.data.title.as_str().into());
    set("dc:description", description.into());
    if let Some(licence) = licence(described, resource) {
        set("dc:license", licence);
    }
    if let Some(publisher) = publisher(described) {
        set("dc:publisher", publisher.into());
    }
    set(
        "dialect",
        json!({"encoding": "utf-8", "delimiter": ",", "lineTerminators": ["\n"], "header": true, "headerRowCount": 1}),
    );
    set("tableSchema", schema(resource, site, table));
    Value::Object(about)
}

/// Returns the first licence: as an address, or by its name.
fn licence(described: &Value, resource: &Value) -> Option<Value> {
    let licence = licences(described, resource).first()?;
    let name = licence["title"].as_str().or(licence["name"].as_str());
    let address = licence["path"].as_str().filter(|it| it.contains("://"));
    address.map(|it| json!({"@id": it})).or_else(|| name.map(Value::from))
}

/// Returns the licences of a table: its own, or those of the package.
pub fn licences<'a>(described: &'a Value, resource: &'a Value) -> &'a [Value] {
    let own = resource["licenses"].as_array().or(described["licenses"].as_array());
    own.map_or(&[], Vec::as_slice)
}

/// Returns who publishes the data, as far as the descriptor says.
pub fn publisher(described: &Value) -> Option<&str> {
    let contributors = described["contributors"].as_array()?;
    let is_publisher = |it: &&Value| {
        let mut roles = it["roles"].as_array().into_iter().flatten();
        roles.any(|role| role == "publisher")
    };
    contributors.iter().find(is_publisher)?["title"].as_str()
}

fn schema(resource: &Value, site: &Site, table: &Table) -> Value {
    let columns = fields::of_data(table);
    let mut schema = Map::new();
    let described = columns.iter().map(|it| column(it, site, table));
    schema.insert("columns".to_owned(), described.collect());
    let names = |key: Value| -> Value {
        let names = key.as_array().into_iter().flatten().filter_map(Value::as_str);
        names.map(|it| Value::from(variable(it))).collect()
    };
    let primary = resource["schema"].get("primaryKey").and_then(|it| key(it, table)).map(names);
    schema.extend(primary.map(|it| ("primaryKey".to_owned(), it)));
    let row_id = columns.iter().find(|it| it.holds == Holds::RowId);
    if let (Some(row_id), Some(profile)) = (row_id, table.profiles.first()) {
        let folder = profile.rsplit_once('/').map_or("", |(folder, _)| folder);
        let slash = if folder.is_empty() { "" } else { "/" };
        let top = match &site.config.base_url {
            Some(base) => base.clone(),
            None => root_of(&table.files.machine),
        };
        let about = format!("{top}{folder}{slash}{{{}}}.html", variable(&row_id.name));
        schema.insert("aboutUrl".to_owned(), about.into());
    }
    Value::Object(schema)
}

fn column(field: &Field, site: &Site, table: &Table) -> Value {
    let lang = site.config.lang;
    let mut about = Map::new();
    about.insert("name".to_owned(), variable(&field.name).into());
    let more = match field.holds {
        Holds::Values(at) => {
            let column = &table.data.columns[at];
            about.insert("titles".to_owned(), titles(&field.name, &column.label));
            values(column, lang)
        }
        Holds::Marks(at) => {
            let word = text("Zeichen bei der Zahl", "mark beside the number");
            let title = format!("{} – {}", table.data.columns[at].label, word.in_lang(lang));
            about.insert("titles".to_owned(), titles(&field.name, &title));
            Map::from_iter([("datatype".to_owned(), "string".into()), ("null".to_owned(), json!([""]))])
        }
        Holds::RowId | Holds::Role => {
            let title = text("Kennung der Zeile", "id of the row");
            about.insert("titles".to_owned(), titles(&field.name, title.in_lang(lang)));
            Map::from_iter([("datatype".to_owned(), "string".into()), ("required".to_owned(), true.into())])
        }
    };
    about.extend(more);
    Value::Object(about)
}

/// The header of the file comes first; it has to be among the titles.
fn titles(name: &str, label: &str) -> Value {
    if name == label { json!([name]) } else { json!([name, label]) }
}

fn values(column: &Column, lang: Lang) -> Map<String, Value> {
    let mut about = Map::new();
    about.insert("datatype".to_owned(), datatype(&column.content).into());
    let signs = fields::missing_signs(column);
    about.insert("null".to_owned(), signs.into_iter().map(|(sign, _)| Value::from(sign)).collect());
    if column.constraints.required {
        about.insert("required".to_owned(), true.into());
    }
    let texts =
        [("dc:description", fields::description(column, lang)), ("schema:unitText", column.unit.clone())];
    about.extend(texts.into_iter().filter_map(|(key, text)| Some((key.to_owned(), text?.into()))));
    about
}

fn datatype(content: &Content) -> &'static str {
    match content {
        Content::Integer(_) => "integer",
        Content::Number(_) => "decimal",
        Content::Text(_) | Content::Categories { .. } => "string",
    }
}

/// Writes a name as CSVW wants it: what no variable of a URI template may hold is percent-encoded.
fn variable(name: &str) -> String {
    let mut out = String::with_capacity(name.len());
    for (at, byte) in name.bytes().enumerate() {
        match byte {
            b'A'..=b'Z' | b'a'..=b'z' | b'0'..=b'9' => out.push(char::from(byte)),
            b'_' if at > 0 => out.push('_'),
            _ => out.push_str(&format!("%{byte:02X}")),
        }
    }
    out
}
