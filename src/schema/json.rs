//! JSON Schemas for editors' tools: the front matter of each collection, `kompendium.yaml`,
//! `theme.yaml` and the object `kompendium` of a data package.
//!
//! They are draft-07, which every tool can read. The files in `src/schema/json` hold what is
//! the same for every site, with descriptions in two languages; tests hold them to the
//! keys and words that the program reads.

use serde_json::{Map, Value, json};

use super::head::{self, HeadKey};
use super::words::{self, Holds};
use super::{Declared, one_line};
use crate::config::Collection;
use crate::diag::{Lang, text};
use crate::fields::{Field, FieldKind, FieldValue};

const KOMPENDIUM: &str = include_str!("json/kompendium.json");
const THEME: &str = include_str!("json/theme.json");
const DATAPACKAGE: &str = include_str!("json/datapackage.json");

const DRAFT: &str = "http://json-schema.org/draft-07/schema#";

/// A schema and the name of its file.
pub struct Schema {
    pub name: String,
    pub json: Value,
    /// The pages below the site whose front matter it is for, as patterns; none for other files.
    pub pages: Vec<String>,
}

/// Makes all schemas of a site.
pub fn schemas(declared: &Declared<'_>) -> Vec<Schema> {
    let fixed = [("kompendium", KOMPENDIUM), ("theme", THEME), ("datapackage", DATAPACKAGE)];
    let fixed = fixed.map(|(name, json)| Schema {
        name: file_name(name),
        json: in_lang(parsed(json), declared.lang),
        pages: Vec::new(),
    });
    let of_collection = |it: &Collection| Schema {
        name: file_name(&format!("page-{}", it.name.value.replace('/', "-"))),
        json: front_matter(Some(it), declared),
        pages: vec![format!("content/{}/**/!(_index).md", it.name.value)],
    };
    let collections = declared.config.collections.iter().map(of_collection);
    let page = Schema {
        name: file_name("page"),
        json: front_matter(None, declared),
        pages: vec!["content/**/_index.md".to_owned()],
    };
    fixed.into_iter().chain([page]).chain(collections).collect()
}

fn file_name(name: &str) -> String {
    format!("{name}.schema.json")
}

fn parsed(json: &str) -> Value {
    serde_json::from_str(json).expect("a test reads the schemas")
}

/// Picks one language of each description.
fn in_lang(value: Value, lang: Lang) -> Value {
    let key = if lang == Lang::De { "de" } else { "en" };
    match value {
        Value::Object(map) => {
            let localized = map.into_iter().map(|(name, value)| match (name.as_str(), &value) {
                ("description", Value::Object(texts)) if texts.contains_key(key) => {
                    let text = texts[key].clone();
                    (name, text)
                }
                _ => (name, in_lang(value, lang)),
            });
            Value::Object(localized.collect())
        }
        Value::Array(items) => items.into_iter().map(|it| in_lang(it, lang)).collect(),
        other => other,
    }
}

/// Makes the settings with which VS Code uses the schemas of a folder.
pub fn settings(folder: &str) -> Value {
    let at = |name: &str| format!("{folder}/{}", file_name(name));
    json!({
        "yaml.schemas": {
            at("kompendium"): "kompendium.yaml",
            at("theme"): "themes/*/theme.yaml",
        },
        "json.schemas": [{"fileMatch": ["/data/datapackage.json"], "url": at("datapackage")}],
    })
}

/// Makes the schema of the front matter of a collection's entries, or of all other pages.
fn front_matter(collection: Option<&Collection>, declared: &Declared<'_>) -> Value {
    let fields = collection.map_or(&[][..], |it| &it.fields);
    let mut properties = Map::new();
    for field in fields {
        properties.insert(field.name.value.clone(), field_schema(field, declared));
    }
    for key in head::keys() {
        properties.insert(key.name.to_owned(), head_schema(&key, declared));
    }
    let required: Vec<&str> =
        fields.iter().filter(|it| super::entry::is_open(it)).map(|it| it.name.value.as_str()).collect();
    let filled: Map<String, Value> =
        required.iter().map(|it| ((*it).to_owned(), json!({"not": {"type": "null"}}))).collect();
    let title = match collection {
        Some(collection) => one_line(&collection.singular),
        None => declared.say(&text("Seite", "Page")).to_owned(),
    };
    let mut schema = json!({
        "$schema": DRAFT, "title": title, "type": "object", "additionalProperties": false,
        "required": ["title"], "properties": properties,
    });
    if !required.is_empty() {
        // What is required may still be missing in a draft.
        schema["if"] = json!({"properties": {"draft": {"const": true}}, "required": ["draft"]});
        schema["then"] = json!({});
        schema["else"] = json!({"required": required, "properties": filled});
    }
    schema
}

fn head_schema(key: &HeadKey, declared: &Declared<'_>) -> Value {
    let mut schema = match key.holds {
        Holds::Text => written_text(),
        Holds::Texts => {
            json!({"anyOf": [filled_text(), {"type": "array", "items": filled_text()}, nothing()]})
        }
        Holds::Boolean => json!({"type": ["boolean", "null"]}),
        Holds::Integer => json!({"type": ["integer", "null"]}),
        Holds::Date => or_nothing(date()),
        Holds::BooleanOrTexts => json!({
            "anyOf": [{"type": ["boolean", "null"]}, filled_text(), {"type": "array", "items": filled_text()}],
        }),
    };
    if key.name == "title" {
        schema = filled_text();
    }
    schema["title"] = declared.say(&key.label).into();
    schema["description"] = declared.say(&key.help).into();
    schema
}

fn field_schema(field: &Field, declared: &Declared<'_>) -> Value {
    let mut schema = kind_schema(&field.kind);
    if let Some(pattern) = &field.pattern {
        schema["pattern"] = format!("^(?:{})$", pattern.written).into();
    }
    let mut schema = or_nothing(schema);
    schema["title"] = one_line(&field.label).into();
    let kind = declared.say(&words::kind(&field.kind, declared.config)).to_owned();
    let help = field.help.as_ref().map(|it| format!("{} ({kind})", one_line(it)));
    schema["description"] = help.unwrap_or(kind).into();
    if let Some(default) = default_of(field, declared) {
        schema["default"] = default;
    }
    schema
}

fn kind_schema(kind: &FieldKind) -> Value {
    match kind {
        FieldKind::Integer => json!({"type": "integer"}),
        FieldKind::Number => json!({"type": "number"}),
        FieldKind::Boolean => json!({"type": "boolean"}),
        FieldKind::Date => date(),
        FieldKind::Year => json!({"type": "integer", "minimum": 1000, "maximum": 2999}),
        FieldKind::Url => json!({"type": "string", "pattern": "^\\s*https?://[^/\\s<>\"][^\\s<>\"]*\\s*$"}),
        FieldKind::Email => json!({
            "type": "string",
            "pattern": "^\\s*[^\\s<>\"?&,;:@]+@[^\\s<>\"?&,;:@.]+(\\.[^\\s<>\"?&,;:@.]+)+\\s*$",
        }),
        FieldKind::Choice(choices) => {
            let values: Vec<Value> = choices.iter().flat_map(|it| as_read(&it.value)).collect();
            let labels: Vec<String> =
                choices.iter().flat_map(|it| vec![one_line(&it.label); as_read(&it.value).len()]).collect();
            // The second is what VS Code shows beside the values.
            json!({"enum": values, "enumDescriptions": labels})
        }
        FieldKind::List(items) => json!({"type": "array", "items": kind_schema(items)}),
        _ => json!({"type": ["string", "number", "boolean"]}),
    }
}

/// Returns the values that a text without quotation marks can be for a reader of YAML.
fn as_read(value: &str) -> Vec<Value> {
    let typed = serde_json::from_str::<Value>(value).ok();
    let typed = typed.filter(|it| it.is_number() || it.is_boolean());
    [Some(Value::from(value)), typed].into_iter().flatten().collect()
}

fn written_text() -> Value {
    json!({"type": ["string", "number", "boolean", "null"]})
}

fn filled_text() -> Value {
    json!({"type": ["string", "number", "boolean"], "pattern": "\\S"})
}

fn date() -> Value {
    json!({"type": "string", "format": "date", "pattern": "^[0-9]{4}-[0-9]{2}-[0-9]{2}$"})
}

fn nothing() -> Value {
    json!({"type": "null"})
}

/// A key without a value counts as one that is not written.
fn or_nothing(mut schema: Value) -> Value {
    if let Some(values) = schema.get_mut("enum").and_then(Value::as_array_mut) {
        values.push(Value::Null);
        if let Some(labels) = schema["enumDescriptions"].as_array_mut() {
            labels.push("".into());
        }
        return schema;
    }
    schema["type"] = match schema["type"].take() {
        Value::Array(mut types) => {
            types.push("null".into());
            Value::Array(types)
        }
        one => json!([one, "null"]),
    };
    schema
}

/// Returns the default of a field; none for kinds that have no value of their own in JSON.
pub fn default_of(field: &Field, declared: &Declared<'_>) -> Option<Value> {
    match field.kind {
        // Its digits stay as they are written.
        FieldKind::Number => serde_json::from_str(&declared.default(field)?).ok(),
        _ => field.default.as_ref().and_then(|it| default(&it.value, &field.kind)),
    }
}

fn default(value: &FieldValue, kind: &FieldKind) -> Option<Value> {
    Some(match (value, kind) {
        (FieldValue::Choice(at), FieldKind::Choice(choices)) => choices[*at].value.clone().into(),
        (FieldValue::Boolean(value), _) => (*value).into(),
        (FieldValue::Integer(value), _) => (*value).into(),
        (FieldValue::Year(value), _) => (*value).into(),
        (FieldValue::Date(value), _) => value.iso().into(),
        (FieldValue::Text(text) | FieldValue::Markdown(text), _) => text.clone().into(),
        (FieldValue::Url(text) | FieldValue::Email(text) | FieldValue::Reference(text), _) => {
            text.clone().into()
        }
        (FieldValue::List(items), FieldKind::List(kind)) => {
            items.iter().filter_map(|it| default(&it.value, kind)).collect()
        }
        _ => return None,
    })
}

#[cfg(test)]
mod tests;
