//! Messages: each file in `tests/diagnostics/` is a site with a fault and what
//! the program says about it.
//!
//! A file begins with a line that says what is wrong. Sections follow, each
//! begun by `-- NAME --`:
//!
//! * `-- PATH --`: a file of the site. Without a `kompendium.yaml` the site is a
//!   copy of the one in this repository.
//! * `-- change PATH --`: a text of that file, a line `=>`, the text in its place.
//! * `-- escaped PATH --`: a file in which `\xNN` stands for a byte.
//! * `-- delete PATH --`
//! * `-- args --`: the arguments; `check` where it is missing.
//! * `-- expected.stderr --`: the whole output; the last line is the exit code.

use std::fs;
use std::path::Path;

use crate::fixture::{self, Folder};

#[test]
fn messages_are_exact() {
    fixture::run_cases(&fixture::cases("diagnostics", ".txt"), check);
}

fn check(case: &Path) -> Result<(), String> {
    let written = fs::read_to_string(case).unwrap();
    let sections = sections(&written);
    let folder = Folder::new();
    if !sections.iter().any(|it| it.name == "kompendium.yaml") {
        for part in ["content", "data"] {
            fixture::copy(&fixture::repository().join(part), &folder.path().join(part));
        }
        for file in ["kompendium.yaml", "literatur.yaml"] {
            folder.write(file, fs::read(fixture::repository().join(file)).unwrap());
        }
    }
    for section in &sections {
        prepare(section, &folder)?;
    }
    let args = sections.iter().find(|it| it.name == "args").map_or("check", |it| it.text.trim());
    let ran = fixture::run(folder.path(), &args.split_whitespace().collect::<Vec<_>>());
    let actual = format!("{}{}exit code {}\n", ran.stdout, ran.stderr, ran.code);
    let expected = sections.iter().find(|it| it.name == "expected.stderr").map_or("", |it| it.text);
    if actual == expected {
        return Ok(());
    }
    if fixture::update() {
        let start = written.find("-- expected.stderr --").unwrap_or(written.len());
        fs::write(case, format!("{}-- expected.stderr --\n{actual}", &written[..start])).unwrap();
        return Ok(());
    }
    Err(format!("expected:\n{expected}\nactual:\n{actual}"))
}

/// A part of a test file.
pub struct Section<'a> {
    pub name: &'a str,
    pub text: &'a str,
}

/// Splits a test file at its lines `-- NAME --`.
pub fn sections(written: &str) -> Vec<Section<'_>> {
    let mut starts = Vec::new();
    let mut at = 0;
    for line in written.split_inclusive('\n') {
        if let Some(name) = line.trim_end().strip_prefix("-- ").and_then(|it| it.strip_suffix(" --")) {
            starts.push((name, at, at + line.len()));
        }
        at += line.len();
    }
    let ends = starts.iter().skip(1).map(|it| it.1).chain([written.len()]);
    starts
        .iter()
        .zip(ends)
        .map(|(&(name, _, start), end)| Section { name, text: &written[start..end] })
        .collect()
}

fn prepare(section: &Section<'_>, folder: &Folder) -> Result<(), String> {
    match section.name.split_once(' ') {
        Some(("change", path)) => change(&folder.path().join(path), section.text),
        Some(("escaped", path)) => {
            folder.write(path, unescape(section.text));
            Ok(())
        }
        Some(("delete", path)) => fs::remove_file(folder.path().join(path)).map_err(|err| err.to_string()),
        _ if ["args", "expected.stderr"].contains(&section.name) => Ok(()),
        _ => {
            folder.write(section.name, section.text);
            Ok(())
        }
    }
}

fn change(file: &Path, text: &str) -> Result<(), String> {
    let (old, new) =
        text.trim_end().split_once("\n=>\n").or(text.trim_end().split_once("\n=>")).ok_or("no line `=>`")?;
    let content = fs::read_to_string(file).map_err(|err| err.to_string())?;
    if content.matches(old).count() != 1 {
        return Err(format!("`{old}` does not stand in {} exactly once", file.display()));
    }
    fs::write(file, content.replacen(old, new, 1)).map_err(|err| err.to_string())
}

/// Puts bytes in the place of `\xNN`.
pub fn unescape(text: &str) -> Vec<u8> {
    let mut bytes = Vec::new();
    let mut rest = text;
    while let Some(at) = rest.find("\\x") {
        bytes.extend_from_slice(&rest.as_bytes()[..at]);
        bytes.push(u8::from_str_radix(&rest[at + 2..at + 4], 16).unwrap());
        rest = &rest[at + 4..];
    }
    bytes.extend_from_slice(rest.as_bytes());
    bytes
}
