//! The explanations: every code has one, every one has a code, and the examples are true.

use std::collections::BTreeSet;
use std::fs;
use std::path::Path;

use kompendium::data::checks::Check;
use kompendium::diag::Lang;
use kompendium::explain::{self, Explanation};
use rayon::prelude::*;
use serde_json::{Map, Value};

use crate::fixture::{self, Folder};

fn explained(lang: Lang) -> BTreeSet<String> {
    explain::all(lang).into_iter().map(|it| it.code.to_owned()).collect()
}

/// Returns the sources without their tests.
fn sources() -> Vec<String> {
    let files = fixture::files(&fixture::repository().join("src"));
    let rust = files.into_iter().filter(|(path, _)| path.ends_with(".rs") && !path.ends_with("tests.rs"));
    rust.map(|(_, bytes)| {
        let text = String::from_utf8(bytes).unwrap();
        text.split("#[cfg(test)]\nmod tests {").next().unwrap().to_owned()
    })
    .collect()
}

/// Returns the first text that follows in quotation marks, within a few lines.
fn next_literal(text: &str) -> Option<&str> {
    let near = &text[..text.char_indices().nth(200).map_or(text.len(), |(at, _)| at)];
    let (literal, _) = near.split_once('"')?.1.split_once('"')?;
    Some(literal)
}

fn is_code(text: &str) -> bool {
    text.len() > 2
        && text.split('-').all(|part| !part.is_empty() && part.bytes().all(|it| it.is_ascii_lowercase()))
}

/// Where a code stands in the sources: as an argument, in a value, or in the first line of the
/// comment of its rule.
fn codes_of_the_sources() -> BTreeSet<String> {
    let makers = [
        "Diagnostic::error(",
        "Diagnostic::warning(",
        "Diagnostic::notice(",
        "Diagnostic::new(",
        "Problem::error(",
        "{ code: \"",
    ];
    let mut codes: BTreeSet<String> = Check::ALL.iter().map(|it| it.code().to_owned()).collect();
    for source in sources() {
        for maker in makers {
            // A maker without a literal takes the code from its caller, which names it in one.
            let start = |at| at + maker.trim_end_matches('"').len();
            let after = source.match_indices(maker).map(|(at, _)| &source[start(at)..]);
            let literals = after.filter(|it| !it.trim_start().starts_with("code")).filter_map(next_literal);
            codes.extend(literals.filter(|it| is_code(it)).map(str::to_owned));
        }
        for line in source.lines().filter_map(|it| it.trim().strip_prefix("/// `")) {
            let named = line.split_once("`: ").map_or("", |(named, _)| named);
            codes.extend(named.split("`, `").filter(|it| is_code(it)).map(str::to_owned));
        }
    }
    codes
}

/// Codes that the messages of the tests show.
fn codes_of_the_messages() -> BTreeSet<String> {
    let mut codes = BTreeSet::new();
    for case in fixture::cases("diagnostics", ".txt") {
        let text = fs::read_to_string(case).unwrap();
        for line in text.lines() {
            let severities = ["Fehler[", "Warnung[", "Hinweis[", "error[", "warning[", "notice["];
            let rest = severities.iter().find_map(|it| line.strip_prefix(it));
            codes.extend(rest.and_then(|it| it.split_once(']')).map(|(code, _)| code.to_owned()));
        }
    }
    codes
}

#[test]
fn every_code_is_explained() {
    let mut codes = codes_of_the_sources();
    codes.extend(codes_of_the_messages());
    let missing = |lang| -> Vec<String> { codes.difference(&explained(lang)).cloned().collect() };
    assert_eq!(missing(Lang::De), Vec::<String>::new(), "without a section in src/explain/de.md");
    assert_eq!(missing(Lang::En), Vec::<String>::new(), "without a section in src/explain/en.md");
}

#[test]
fn every_explanation_has_a_code() {
    let sources = sources().concat();
    for lang in [Lang::De, Lang::En] {
        let unknown: Vec<String> =
            explained(lang).into_iter().filter(|it| !sources.contains(&format!("\"{it}\""))).collect();
        assert_eq!(unknown, Vec::<String>::new(), "no rule has these codes");
    }
}

#[test]
fn every_explanation_is_complete_and_in_order() {
    let german = explain::all(Lang::De);
    let codes = |all: &[Explanation]| all.iter().map(|it| it.code).collect::<Vec<_>>();
    assert_eq!(codes(&german), codes(&explain::all(Lang::En)));
    assert!(codes(&german).is_sorted(), "the sections stand from A to Z");
    for it in german.iter().chain(&explain::all(Lang::En)) {
        let parts = [it.what.as_str(), it.file, &it.wrong, &it.right];
        assert!(parts.iter().all(|it| !it.is_empty()) && !it.why.is_empty(), "{} lacks a part", it.code);
        assert_ne!(it.wrong, it.right, "{}", it.code);
    }
    for (de, en) in german.iter().zip(explain::all(Lang::En)) {
        assert_ne!(de.what, en.what, "{} has no translation", de.code);
    }
}

#[test]
fn the_list_names_every_code_once() {
    let ran = fixture::run(Folder::new().path(), &["explain"]);
    let named = ran.stdout.lines().filter_map(|it| it.strip_prefix("  ")?.split(' ').next());
    let mut named: Vec<String> = named.map(str::to_owned).collect();
    named.sort();
    assert_eq!(named, explained(Lang::De).into_iter().collect::<Vec<_>>());
    let headings: Vec<&str> = ran.stdout.lines().filter(|it| it.starts_with(char::is_alphabetic)).collect();
    let expected = [
        "Redaktion: Texte und Angaben der Seiten",
        "Daten: Tabellen und ihre Beschreibung",
        "Technik: Einstellungen, Theme und Dateien",
    ];
    assert_eq!((headings, ran.stderr.as_str(), ran.code), (expected.to_vec(), "", 0));
}

/// The wrong example of a code gives it, and the right one does not.
#[test]
fn the_examples_are_true() {
    let examples = fs::read_to_string(fixture::repository().join("src/explain/examples.md")).unwrap();
    let unchecked: BTreeSet<&str> = examples
        .split("\n## ")
        .filter(|it| it.contains("\nunchecked: "))
        .filter_map(|it| it.lines().next())
        .collect();
    let all = explain::all(Lang::De);
    let checked: Vec<&Explanation> = all.iter().filter(|it| !unchecked.contains(it.code)).collect();
    assert!(checked.len() * 10 > all.len() * 7, "most examples are checked");
    let wrong: Vec<String> = checked.into_par_iter().filter_map(|it| untrue(it).err()).collect();
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

fn untrue(it: &Explanation) -> Result<(), String> {
    let (wrong, right) = (codes_found(it.file, &it.wrong), codes_found(it.file, &it.right));
    if !wrong.contains(it.code) {
        return Err(format!("{}: the wrong example gives {wrong:?}", it.code));
    }
    if right.contains(it.code) {
        return Err(format!("{}: the right example gives it, too", it.code));
    }
    Ok(())
}

fn codes_found(file: &str, example: &str) -> BTreeSet<String> {
    let folder = Folder::new();
    fixture::copy(&fixture::repository().join("tests/explain/site"), folder.path());
    folder.write(file, whole(folder.path(), file, example));
    let ran = fixture::run(folder.path(), &["check", "--format", "json", "--date", "2026-01-01"]);
    let findings = ran.stdout.lines().map(|it| serde_json::from_str::<Value>(it).unwrap());
    findings.map(|it| it["code"].as_str().unwrap().to_owned()).collect()
}

/// Returns the file that an example is a part of.
fn whole(site: &Path, file: &str, example: &str) -> String {
    let there = fs::read_to_string(site.join(file)).unwrap_or_default();
    match file {
        "kompendium.yaml" => with_keys(&there, example),
        "data/datapackage.json" => with_members(&there, example),
        _ if file.ends_with(".md") && !example.starts_with("---") => {
            format!("---\ntitle: Seite\n---\n\n{example}\n")
        }
        _ => format!("{example}\n"),
    }
}

/// Puts keys in the place of those of the same name.
fn with_keys(there: &str, example: &str) -> String {
    let is_key = |line: &str| line.starts_with(|it: char| it.is_alphabetic());
    let name = |line: &str| line.split(':').next().unwrap_or_default().to_owned();
    let new: Vec<String> = example.lines().filter(|it| is_key(it)).map(name).collect();
    let mut keep = true;
    let mut kept = String::new();
    for line in there.lines() {
        keep = if is_key(line) { !new.contains(&name(line)) } else { keep };
        if keep {
            kept.push_str(line);
            kept.push('\n');
        }
    }
    format!("{kept}{example}\n")
}

/// Puts an object in the place of the column of the same name, or members into the table.
fn with_members(there: &str, example: &str) -> String {
    let mut package: Value = serde_json::from_str(there).unwrap();
    let resource = &mut package["resources"][0];
    if example.starts_with('{') {
        let column: Value = serde_json::from_str(example).unwrap();
        for field in resource["schema"]["fields"].as_array_mut().unwrap() {
            if field["name"] == column["name"] {
                *field = column.clone();
            }
        }
    } else {
        let members = serde_json::from_str(&format!("{{{example}}}")).unwrap();
        merge(resource.as_object_mut().unwrap(), members);
    }
    format!("{package:#}\n")
}

fn merge(into: &mut Map<String, Value>, members: Map<String, Value>) {
    for (key, value) in members {
        match (into.get_mut(&key), value) {
            (Some(Value::Object(old)), Value::Object(new)) => merge(old, new),
            (_, value) => {
                into.insert(key, value);
            }
        }
    }
}
