//! Do the schemas know what the program reads, and nothing else?
//!
//! Each object of a schema is built with a key, and each list of words with a word, that
//! cannot be. The program then lists what it allows there, and that is compared.

use std::collections::BTreeSet;

use super::*;
use crate::config;
use crate::data::descriptor;
use crate::diag::{Diagnostics, Lang};
use crate::source::Sources;

/// A name that nothing has.
const NOBODY: &str = "zzzzzzzzzzzzzzzz";

/// A document with something in it that cannot be, and what the schema allows there.
#[derive(Debug)]
struct Probe {
    document: Value,
    allowed: BTreeSet<String>,
}

/// Walks through a schema.
struct Walk<'a> {
    root: &'a Value,
}

impl<'a> Walk<'a> {
    fn resolve(&self, schema: &'a Value) -> &'a Value {
        match schema.get("$ref").and_then(Value::as_str) {
            Some(path) => self.resolve(self.root.pointer(&path[1..]).unwrap()),
            None => schema,
        }
    }

    fn probes(&self, schema: &'a Value, depth: usize) -> Vec<Probe> {
        let schema = self.resolve(schema);
        let mut probes = Vec::new();
        if depth > 12 {
            return probes;
        }
        if let Some(values) = schema.get("enum").and_then(Value::as_array) {
            let allowed = values.iter().filter_map(Value::as_str).map(str::to_owned).collect();
            probes.push(Probe { document: NOBODY.into(), allowed });
        }
        for variant in schema.get("anyOf").and_then(Value::as_array).into_iter().flatten() {
            probes.extend(self.probes(variant, depth + 1));
        }
        if let Some(items) = schema.get("items") {
            probes.extend(
                self.probes(items, depth + 1)
                    .into_iter()
                    .map(|it| Probe { document: json!([it.document]), ..it }),
            );
        }
        let minimal = self.minimal(schema);
        let with = |key: &str, value: Value| {
            let mut document = minimal.clone();
            // Only a list has items.
            if key == "items" {
                document["type"] = "list".into();
            }
            document[key] = value;
            document
        };
        let properties = schema.get("properties").and_then(Value::as_object);
        if let Some(properties) = properties {
            if schema.get("additionalProperties") == Some(&Value::Bool(false)) {
                let allowed = properties.keys().cloned().collect();
                probes.push(Probe { document: with(NOBODY, json!({"a": 1})), allowed });
            }
            for (key, value) in properties {
                let below = self.probes(value, depth + 1).into_iter();
                probes.extend(below.map(|it| Probe { document: with(key, it.document), ..it }));
            }
        }
        if let Some(each) = schema.get("additionalProperties").filter(|it| it.is_object()) {
            let below = self.probes(each, depth + 1).into_iter();
            probes.extend(below.map(|it| Probe { document: json!({"x": it.document}), ..it }));
        }
        probes
    }

    /// Returns a document with what is required and nothing else.
    fn minimal(&self, schema: &'a Value) -> Value {
        let schema = self.resolve(schema);
        if let Some(values) = schema.get("enum").or(schema.get("examples")) {
            return values[0].clone();
        }
        match schema.get("type").map(|it| if it.is_array() { &it[0] } else { it }).and_then(Value::as_str) {
            Some("array") => {
                let count = schema.get("minItems").and_then(Value::as_u64).unwrap_or(0);
                (0..count).map(|_| self.minimal(&schema["items"])).collect()
            }
            Some("object") => {
                let required = schema.get("required").and_then(Value::as_array).into_iter().flatten();
                let named = required.map(|it| it.as_str().unwrap());
                named.map(|it| (it.to_owned(), self.minimal(&schema["properties"][it]))).collect()
            }
            _ => "a".into(),
        }
    }
}

/// Returns what the program allows in place of [`NOBODY`].
fn allowed(
    document: &Value,
    read: impl Fn(crate::source::FileId, &str, &mut Diagnostics),
) -> BTreeSet<String> {
    let mut sources = Sources::default();
    let written = document.to_string();
    let file = sources.add("file", written.as_str());
    let mut diags = Diagnostics::default();
    read(file, &written, &mut diags);
    let found = diags.iter().find(|it| written[it.span.range()].contains(NOBODY));
    let help = found.and_then(|it| it.help.as_ref()).map(|it| it.in_lang(Lang::En).to_owned());
    let list = help.as_ref().and_then(|it| it.strip_prefix("allowed: ")).unwrap_or_default();
    list.split(", ").filter(|it| !it.is_empty()).map(str::to_owned).collect()
}

#[track_caller]
fn check(json: &str, least: usize, read: impl Fn(crate::source::FileId, &str, &mut Diagnostics) + Copy) {
    let schema = parsed(json);
    let probes = Walk { root: &schema }.probes(&schema, 0);
    assert!(probes.len() >= least, "only {} places", probes.len());
    for mut probe in probes {
        name_a_collection(&mut probe.document);
        assert_eq!(allowed(&probe.document, read), probe.allowed, "{}", probe.document);
    }
}

/// Some things are asked only where there is a collection that has them.
fn name_a_collection(document: &mut Value) {
    if let Some(citations) = document.get_mut("citations").and_then(Value::as_object_mut) {
        citations.entry("collection").or_insert("a".into());
    }
    if let Some(map) = document.as_object_mut().filter(|it| it.contains_key("title")) {
        map.entry("collections").or_insert(json!({"a": {}}));
    }
}

#[test]
fn the_configuration_is_read_as_its_schema_says() {
    check(KOMPENDIUM, 20, |file, text, diags| {
        config::parse(file, text, diags);
    });
}

#[test]
fn descriptors_are_read_as_their_schema_says() {
    check(DATAPACKAGE, 20, |file, text, diags| {
        descriptor::read(file, text, Lang::De, diags);
    });
}

#[test]
fn themes_are_read_as_their_schema_says() {
    use crate::source::{Span, Spanned};
    use crate::theme::{self, ThemeContent, ThemeFile};
    check(THEME, 1, |file, text, diags| {
        let mut sources = Sources::default();
        assert_eq!(sources.add("themes/a/theme.yaml", text), file);
        let files =
            [ThemeFile { theme: "a".into(), path: "theme.yaml".into(), content: ThemeContent::Text(file) }];
        let name = Spanned::new("a".to_owned(), Span::start_of(file));
        theme::resolve(&name, Lang::De, &files, &sources, diags);
    });
}

#[test]
fn descriptions_are_in_both_languages() {
    for json in [KOMPENDIUM, THEME, DATAPACKAGE] {
        for lang in [Lang::De, Lang::En] {
            assert!(!in_lang(parsed(json), lang).to_string().contains("\"de\":"));
        }
    }
}
