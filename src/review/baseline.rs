//! Findings that are known already, in a file beside the site.
//!
//! The file has one line for each finding, in the order of files and codes, so that its
//! history can be read. What tells them apart is their fingerprint, which does not depend on
//! lines; the message is there for people.

use std::collections::BTreeMap;

use serde_json::{Value, json};

use crate::diag::fingerprint::fingerprints;
use crate::diag::{Diagnostics, Lang};
use crate::source::Sources;

/// A finding that is known.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Known {
    /// Path below the root of the site.
    pub file: String,
    pub code: String,
    pub message: String,
    pub fingerprint: String,
}

/// What is left of some findings.
#[derive(Debug)]
pub struct Compared {
    /// Those that are new.
    pub new: Diagnostics,
    /// How many were known.
    pub known: usize,
    /// What was known and is found no more.
    pub gone: Vec<Known>,
}

/// Takes the known findings away.
pub fn compare(found: &Diagnostics, sources: &Sources, baseline: &[Known]) -> Compared {
    let mut open: BTreeMap<&str, &Known> = baseline.iter().map(|it| (it.fingerprint.as_str(), it)).collect();
    let sorted = found.sorted(|span| &sources.get(span.file).path);
    let names = fingerprints(&sorted, sources);
    let mut new = Diagnostics::default();
    let mut known = 0;
    for (it, name) in sorted.into_iter().zip(&names) {
        match open.remove(name.as_str()) {
            Some(_) => known += 1,
            None => new.push(it.clone()),
        }
    }
    let mut gone: Vec<Known> = open.into_values().cloned().collect();
    gone.sort();
    Compared { new, known, gone }
}

/// Returns the file that makes some findings known ones.
pub fn print(found: &Diagnostics, sources: &Sources, lang: Lang) -> String {
    let sorted = found.sorted(|span| &sources.get(span.file).path);
    let names = fingerprints(&sorted, sources);
    let mut known: Vec<Known> = sorted
        .iter()
        .zip(names)
        .map(|(it, fingerprint)| Known {
            file: sources.get(it.span.file).path.to_string(),
            code: it.code.to_string(),
            message: it.message.in_lang(lang).to_owned(),
            fingerprint,
        })
        .collect();
    known.sort();
    let lines: Vec<String> = known.iter().map(line).collect();
    let list =
        if lines.is_empty() { "[]".to_owned() } else { format!("[\n    {}\n  ]", lines.join(",\n    ")) };
    format!("{{\n  \"kompendium\": \"{KIND}\",\n  \"findings\": {list}\n}}\n")
}

/// What the file says that it is.
const KIND: &str = "baseline 1";

fn line(it: &Known) -> String {
    let Known { file, code, message, fingerprint } = it;
    json!({"file": file, "code": code, "fingerprint": fingerprint, "message": message}).to_string()
}

/// Reads the file. Gives nothing where it is not one of ours.
pub fn parse(text: &str) -> Option<Vec<Known>> {
    let file: Value = serde_json::from_str(text).ok()?;
    if file.get("kompendium")?.as_str()? != KIND {
        return None;
    }
    file.get("findings")?.as_array()?.iter().map(known).collect()
}

fn known(entry: &Value) -> Option<Known> {
    let get = |key: &str| Some(entry.get(key)?.as_str()?.to_owned());
    Some(Known {
        file: get("file")?,
        code: get("code")?,
        message: get("message")?,
        fingerprint: get("fingerprint")?,
    })
}
