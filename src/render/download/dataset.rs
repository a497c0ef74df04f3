//! What search engines and catalogues read in a page: schema.org `Dataset` as JSON-LD.

use super::csvw::licences;
use super::package::resource_of;
use super::{Download, Downloads};
use crate::data::Column;
use crate::path::root_of;
use crate::render::json::{Map, Value, json};
use crate::render::view::lang_code;
use crate::site::{Site, Table};

/// Which part of a table a page is about.
#[derive(Clone, Copy, Debug)]
pub enum Part {
    Whole,
    // For the pages of columns, as soon as they are made.
    Column(usize),
}

/// Returns the description of a table, or of one of its columns, for the page at `url`.
pub fn dataset(downloads: &Downloads<'_>, table: usize, part: Part, url: &str) -> Value {
    let site = downloads.site;
    let table_at = &site.tables[table];
    let resource = resource_of(&downloads.described, table_at);
    let columns = columns(table_at, part);
    let files = match part {
        Part::Whole => downloads.of_table(table),
        Part::Column(column) => downloads.of_column(table, column),
    };
    let mut about = Map::new();
    let mut set = |key: &str, value: Value| {
        let is_empty = value.is_null() || value.as_array().is_some_and(Vec::is_empty);
        if !is_empty {
            about.insert(key.to_owned(), value);
        }
    };
    set("@context", "https://schema.org".into());
    set("@type", "Dataset".into());
    set("name", name(table_at, part).into());
    set("description", description(table_at, resource, part).into());
    set("url", site.config.base_url.as_ref().map(|base| format!("{base}{url}")).into());
    set("inLanguage", lang_code(site.config.lang).into());
    set("isAccessibleForFree", true.into());
    set("version", downloads.described["version"].clone());
    set("keywords", downloads.described["keywords"].clone());
    set("license", licences(&downloads.described, resource).iter().map(licence).collect());
    set("creator", contributors(&downloads.described, |role| role != Some("publisher")));
    set("publisher", contributors(&downloads.described, |role| role == Some("publisher")));
    set("isBasedOn", sources(&downloads.described, resource, &columns));
    set("temporalCoverage", period(&columns).into());
    set("spatialCoverage", downloads.described["kompendium"]["spatial"].clone());
    set("variableMeasured", columns.iter().map(|it| variable(it)).collect());
    set("distribution", files.iter().map(|it| distribution(it, site, url)).collect());
    Value::Object(about)
}

fn columns(table: &Table, part: Part) -> Vec<&Column> {
    let all = table.data.columns.iter();
    match part {
        Part::Whole => all.filter(|it| !it.statistics.is_empty()).collect(),
        Part::Column(at) => all.skip(at).take(1).collect(),
    }
}

fn name(table: &Table, part: Part) -> String {
    match part {
        Part::Whole => table.data.title.clone(),
        Part::Column(at) => format!("{} – {}", table.data.columns[at].label, table.data.title),
    }
}

fn description(table: &Table, resource: &Value, part: Part) -> String {
    let own = match part {
        Part::Whole => resource["description"].as_str(),
        Part::Column(at) => table.data.columns[at].definition.as_deref(),
    };
    own.unwrap_or(&table.data.caption).to_owned()
}

fn licence(licence: &Value) -> Value {
    match licence["path"].as_str().filter(|it| it.contains("://")) {
        Some(path) => path.into(),
        None => {
            json!({"@type": "CreativeWork", "name": licence["title"].as_str().or(licence["name"].as_str())})
        }
    }
}

/// Lists those who have one of the roles; who has none counts as a creator.
fn contributors(described: &Value, has_role: impl Fn(Option<&str>) -> bool) -> Value {
    let all = described["contributors"].as_array().into_iter().flatten();
    let wanted = all.filter(|it| match it["roles"].as_array() {
        Some(roles) if !roles.is_empty() => roles.iter().any(|role| has_role(role.as_str())),
        _ => has_role(None),
    });
    let agent = |it: &Value| {
        let kind = if it["organization"].is_string() { "Person" } else { "Organization" };
        let mut agent = json!({"@type": kind, "name": it["title"]});
        if it["path"].is_string() {
            agent["url"] = it["path"].clone();
        }
        agent
    };
    wanted.map(agent).collect()
}

/// Lists where the values come from, each once.
fn sources(described: &Value, resource: &Value, columns: &[&Column]) -> Value {
    let source = |title: &str, path: Option<&str>| {
        let mut work = json!({"@type": "CreativeWork", "name": title});
        if let Some(path) = path {
            work["url"] = path.into();
        }
        work
    };
    let named = resource["sources"].as_array().or(described["sources"].as_array()).into_iter().flatten();
    let named = named.filter_map(|it| Some(source(it["title"].as_str()?, it["path"].as_str())));
    let of_columns = columns.iter().filter_map(|it| it.source.as_ref());
    let of_columns = of_columns.map(|it| source(&it.title, it.path.as_deref()));
    let mut works: Vec<Value> = Vec::new();
    for work in named.chain(of_columns) {
        if !works.contains(&work) {
            works.push(work);
        }
    }
    Value::Array(works)
}

/// Returns the years from the first to the last that the dates of columns name.
fn period(columns: &[&Column]) -> Option<String> {
    let dates = columns.iter().filter_map(|it| it.date.as_deref());
    let years = dates.flat_map(|date| date.split(|it: char| !it.is_ascii_digit()));
    let years = years.filter(|it| it.len() == 4 && (it.starts_with("19") || it.starts_with("20")));
    let (first, last) = (years.clone().min()?, years.max()?);
    Some(if first == last { first.to_owned() } else { format!("{first}/{last}") })
}

fn variable(column: &Column) -> Value {
    let mut about = json!({"@type": "PropertyValue", "name": column.label, "propertyID": column.id});
    for (key, text) in [("description", &column.definition), ("unitText", &column.unit)] {
        if let Some(text) = text {
            about[key] = text.as_str().into();
        }
    }
    about
}

/// Addresses are absolute where the site has one; otherwise they lead from the page to the file.
fn distribution(file: &Download, site: &Site, page: &str) -> Value {
    let top = site.config.base_url.clone().unwrap_or_else(|| root_of(page));
    json!({
        "@type": "DataDownload",
        "name": site.theme.words.get(file.kind.word()),
        "encodingFormat": file.kind.media_type(),
        "contentUrl": format!("{top}{}", file.url),
        "contentSize": format!("{} B", file.bytes),
    })
}
