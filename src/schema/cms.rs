//! The forms of a CMS: a configuration that Sveltia CMS and Decap CMS read, and the page that
//! starts them.
//!
//! The script of the CMS is not part of the program. Its owner puts it at [`SCRIPT`].

use serde_json::{Map, Value, json};

use super::head::{self, HeadKey};
use super::json::default_of;
use super::words::{self, Holds};
use super::{Declared, one_line};
use crate::config::{Cms, Collection};
use crate::diag::{Lang, text};
use crate::fields::{Choice, Field, FieldKind};
use crate::html::escape_into;

/// Where the page of the CMS stands in the output.
pub const PAGE: &str = "admin/index.html";

/// Where its configuration stands in the output.
pub const CONFIG: &str = "admin/config.yml";

/// Where the script of the CMS stands in the folder of the site, and in the output.
pub const SCRIPT: &str = "admin/sveltia-cms.js";

/// Returns the configuration as YAML.
pub fn yaml(declared: &Declared<'_>) -> String {
    let made = text(
        "Diese Datei entsteht aus kompendium.yaml. Änderungen gehören dorthin.",
        "This file is made of kompendium.yaml. Changes belong there.",
    );
    let open = text(
        "Wo das Repository liegt, sagt in kompendium.yaml: cms: { backend: github, repo: NAME/NAME }",
        "Where the repository is, kompendium.yaml says: cms: { backend: github, repo: OWNER/NAME }",
    );
    let mut comments = format!("# {}\n", declared.say(&made));
    if declared.config.cms.is_none() {
        comments.push_str(&format!("# {}\n", declared.say(&open)));
    }
    format!("{comments}\n{}", super::print::yaml(&configuration(declared)))
}

fn configuration(declared: &Declared<'_>) -> Value {
    let config = declared.config;
    let media = declared.say(&text("medien", "media")).to_owned();
    let mut all = json!({
        "backend": config.cms.as_ref().map_or_else(no_backend, backend),
        "locale": if config.lang == Lang::De { "de" } else { "en" },
        "media_folder": in_folder(declared, &format!("content/{media}")),
        "public_folder": format!("/{media}"),
        // As src/slug.rs does: letters of other scripts become a–z, the rest hyphens.
        "slug": {"encoding": "ascii", "clean_accents": true, "sanitize_replacement": "-"},
        "output": {"omit_empty_optional_fields": true},
        "collections": config.collections.iter().map(|it| collection(it, declared)).collect::<Value>(),
    });
    if let Some(base_url) = &config.base_url {
        all["site_url"] = base_url.clone().into();
    }
    all
}

fn no_backend() -> Value {
    json!({"name": "github", "repo": "NAME/NAME", "branch": "main"})
}

fn backend(cms: &Cms) -> Value {
    let mut backend = json!({"name": cms.backend, "repo": cms.repo, "branch": cms.branch});
    for (key, value) in [("base_url", &cms.base_url), ("api_root", &cms.api_root)] {
        if let Some(value) = value {
            backend[key] = value.clone().into();
        }
    }
    backend
}

/// Returns a path as it is seen from the top of the repository.
fn in_folder(declared: &Declared<'_>, path: &str) -> String {
    match declared.config.cms.as_ref().map(|it| it.folder.as_str()) {
        None | Some("") => path.to_owned(),
        Some(folder) => format!("{folder}/{path}"),
    }
}

fn collection(collection: &Collection, declared: &Declared<'_>) -> Value {
    let fields: Vec<&Field> = {
        let (open, others): (Vec<&Field>, Vec<&Field>) =
            collection.fields.iter().partition(|it| super::entry::is_open(it));
        open.into_iter().chain(others).collect()
    };
    let keys: Vec<HeadKey> = head::keys().into_iter().filter(|it| !NOT_IN_FORMS.contains(&it.name)).collect();
    let (first, rest) = keys.split_at(1);
    let title = first.iter().map(|it| head_field(it, declared));
    let own = fields.into_iter().map(|it| field(it, declared));
    let all = title.chain(own).chain(rest.iter().map(|it| head_field(it, declared))).chain([body(declared)]);
    let index = keys.iter().map(|it| head_field(it, declared)).chain([body(declared)]);
    json!({
        "name": name(&collection.name.value),
        "label": one_line(&collection.label),
        "label_singular": one_line(&collection.singular),
        "folder": in_folder(declared, &format!("content/{}", collection.name.value)),
        "create": true,
        "extension": "md",
        "format": "yaml-frontmatter",
        "slug": "{{slug}}",
        "identifier_field": "title",
        "summary": "{{title}}",
        // Images and files lie beside the entry.
        "media_folder": "",
        "public_folder": "",
        "index_file": {
            "name": "_index",
            "label": declared.say(&text("Seite der Sammlung", "Page of the collection")),
            "fields": index.collect::<Value>(),
        },
        "fields": all.collect::<Value>(),
    })
}

/// What is for few pages, and what a form would always write: a switch has no third state.
const NOT_IN_FORMS: [&str; 6] = ["template", "toc", "table", "form", "easy_language", "no_glossary"];

/// Returns the name of a collection; a folder in a folder has a hyphen.
fn name(collection: &str) -> String {
    collection.replace('/', "-")
}

fn body(declared: &Declared<'_>) -> Value {
    markdown(json!({"name": "body", "label": declared.say(&text("Text", "Text")), "required": false}))
}

/// Raw text comes first: what only Kompendium knows, such as {value}, stays as it is.
fn markdown(mut field: Value) -> Value {
    field["widget"] = "markdown".into();
    field["modes"] = json!(["raw", "rich_text"]);
    field
}

fn head_field(key: &HeadKey, declared: &Declared<'_>) -> Value {
    let mut field = json!({
        "name": key.name,
        "label": declared.say(&key.label),
        "hint": declared.say(&key.help),
        "required": key.name == "title",
    });
    let widget = match key.holds {
        Holds::Text => json!({"widget": "string"}),
        Holds::Texts | Holds::BooleanOrTexts => json!({"widget": "list"}),
        Holds::Boolean => json!({"widget": "boolean"}),
        Holds::Integer => number("int"),
        Holds::Date => date(),
    };
    merge(&mut field, widget);
    field
}

fn field(field: &Field, declared: &Declared<'_>) -> Value {
    let mut form = json!({"name": field.name.value, "label": one_line(&field.label)});
    let hint = hint(field, declared);
    if !hint.is_empty() {
        form["hint"] = hint.into();
    }
    form["required"] = super::entry::is_open(field).into();
    merge(&mut form, widget(&field.kind, declared));
    if let Some(default) = default_of(field, declared) {
        form["default"] = default;
    }
    if let Some(pattern) = &field.pattern {
        let says = text(
            format!("Erwartet wird die Form {}.", pattern.written),
            format!("Expected is the form {}.", pattern.written),
        );
        form["pattern"] = json!([format!("^(?:{})$", pattern.written), declared.say(&says)]);
    }
    form
}

/// Says what a form does not show by itself; how YAML is written is not among it.
fn hint(field: &Field, declared: &Declared<'_>) -> String {
    let kind = words::kind(&field.kind, declared.config);
    let kind = Some(declared.say(&kind)).filter(|_| matches!(field.kind, FieldKind::Citation));
    let help = field.help.as_ref().map(|it| one_line(it)).or(kind.map(str::to_owned));
    // The form begins with the default.
    let rules = words::rules(&Field { default: None, ..field.clone() }, declared);
    let all = help.into_iter().chain(rules.iter().map(|it| declared.say(it).to_owned()));
    all.map(|it| words::sentence(&it)).collect::<Vec<_>>().join(" ")
}

fn widget(kind: &FieldKind, declared: &Declared<'_>) -> Value {
    match kind {
        FieldKind::Markdown => markdown(json!({})),
        FieldKind::Integer => number("int"),
        FieldKind::Number => number("float"),
        FieldKind::Boolean => json!({"widget": "boolean"}),
        FieldKind::Date => date(),
        FieldKind::Year => {
            let mut year = number("int");
            merge(&mut year, json!({"min": 1000, "max": 2999}));
            year
        }
        FieldKind::Url => json!({"widget": "string", "type": "url"}),
        FieldKind::Email => json!({"widget": "string", "type": "email"}),
        FieldKind::Choice(choices) => json!({"widget": "select", "options": options(choices)}),
        FieldKind::Reference(to) => reference(&to.value, declared),
        FieldKind::List(items) => list(items, declared),
        FieldKind::Image => json!({"widget": "image"}),
        FieldKind::File => json!({"widget": "file"}),
        FieldKind::Text | FieldKind::Citation | FieldKind::Phone | FieldKind::Time => {
            json!({"widget": "string"})
        }
    }
}

fn number(value_type: &str) -> Value {
    json!({"widget": "number", "value_type": value_type})
}

fn date() -> Value {
    json!({"widget": "datetime", "type": "date", "format": "YYYY-MM-DD", "date_format": "DD.MM.YYYY", "time_format": false})
}

fn options(choices: &[Choice]) -> Value {
    choices.iter().map(|it| json!({"label": one_line(&it.label), "value": it.value})).collect()
}

/// A reference to a table is a text: the CMS does not know its rows.
fn reference(to: &str, declared: &Declared<'_>) -> Value {
    if !declared.config.collections.iter().any(|it| it.name.value == to) {
        return json!({"widget": "string"});
    }
    json!({
        "widget": "relation",
        "collection": name(to),
        "value_field": "{{slug}}",
        "display_fields": ["title"],
        "search_fields": ["title"],
    })
}

fn list(items: &FieldKind, declared: &Declared<'_>) -> Value {
    match (items, widget(items, declared)) {
        (FieldKind::Choice(_) | FieldKind::Reference(_), mut many) if many["widget"] != "string" => {
            many["multiple"] = true.into();
            many
        }
        (FieldKind::Text | FieldKind::Reference(_) | FieldKind::Citation, _) => json!({"widget": "list"}),
        (_, mut each) => {
            each["name"] = "value".into();
            each["label"] = declared.say(&text("Wert", "Value")).into();
            json!({"widget": "list", "field": each})
        }
    }
}

fn merge(into: &mut Value, more: Value) {
    if let (Value::Object(into), Value::Object(more)) = (into, more) {
        into.extend::<Map<String, Value>>(more);
    }
}

/// Returns the page that starts the CMS. It is the only one with a script that is not ours, and
/// the only one that may ask other origins: the service that holds the repository, and those
/// from which the CMS takes its words and signs. Scripts come from the site alone.
pub fn page(declared: &Declared<'_>, cms: &Cms) -> String {
    let lang = if declared.config.lang == Lang::De { "de" } else { "en" };
    let title = text("Redaktion", "Editors");
    let mut name = String::new();
    escape_into(&mut name, &format!("{} · {}", declared.say(&title), declared.config.short_title));
    let without_script = text(
        "Die Redaktion braucht JavaScript. Ohne JavaScript lassen sich die Dateien in jedem Editor bearbeiten.",
        "The forms need JavaScript. Without it, the files can be edited in any editor.",
    );
    let policy = policy(cms);
    let mut escaped = String::new();
    escape_into(&mut escaped, &policy);
    format!(
        "<!DOCTYPE html>\n<html lang=\"{lang}\">\n<head>\n<meta charset=\"utf-8\">\n\
         <meta http-equiv=\"Content-Security-Policy\" content=\"{escaped}\">\n\
         <meta name=\"viewport\" content=\"width=device-width, initial-scale=1\">\n\
         <meta name=\"robots\" content=\"noindex\">\n<title>{name}</title>\n\
         <link rel=\"cms-config-url\" type=\"text/yaml\" href=\"config.yml\">\n</head>\n<body>\n\
         <noscript><p>{}</p></noscript>\n<script src=\"sveltia-cms.js\"></script>\n</body>\n</html>\n",
        declared.say(&without_script)
    )
}

fn policy(cms: &Cms) -> String {
    let mut hosts: Vec<&str> = match cms.backend {
        "github" => vec!["https://api.github.com", "https://www.githubstatus.com"],
        "gitlab" => vec!["https://gitlab.com", "https://status-api.hostedstatus.com"],
        _ => vec!["https://gitea.com"],
    };
    let own = [&cms.api_root, &cms.base_url];
    let own: Vec<&str> = own.into_iter().flatten().map(|it| origin(it)).collect();
    if cms.api_root.is_some() {
        hosts.clear();
    }
    hosts.extend(own);
    // Sveltia CMS fetches its translations and the signs of its buttons there, and nothing else.
    hosts.push("https://unpkg.com");
    format!(
        "default-src 'none'; script-src 'self'; style-src 'self' 'unsafe-inline'; img-src 'self' blob: data: https:; \
         media-src 'self' blob:; font-src 'self' data: https://cdn.jsdelivr.net; frame-src blob:; worker-src 'self' blob:; \
         connect-src 'self' blob: data: {}; base-uri 'none'; form-action 'none'; object-src 'none'",
        hosts.join(" ")
    )
}

/// Returns the part of an address up to its path.
fn origin(address: &str) -> &str {
    let start = address.find("://").map_or(0, |it| it + 3);
    let end = address[start..].find(['/', '?', '#']).map_or(address.len(), |it| start + it);
    &address[..end]
}
