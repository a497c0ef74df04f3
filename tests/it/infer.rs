//! First descriptors: each file in `tests/infer/` is a CSV file, what `data init` makes of
//! it, what it says, and what `check` says to the descriptor as it is.
//!
//! A file begins with a line that says what is peculiar. Sections follow:
//!
//! * `-- PATH --`, `-- escaped PATH --`: the CSV file, below `data`; in the second `\xNN`
//!   stands for a byte.
//! * `-- datapackage.json --`, `-- report --`, `-- check --`: what is expected.

use std::fs;
use std::path::Path;

use crate::diagnostics::{sections, unescape};
use crate::fixture::{self, Folder};

#[test]
fn descriptors_are_exact() {
    fixture::run_cases(&fixture::cases("infer", ".txt"), check);
}

fn check(case: &Path) -> Result<(), String> {
    let written = fs::read_to_string(case).unwrap();
    let sections = sections(&written);
    let given = sections.first().ok_or("no file")?;
    let name = given.name.trim_start_matches("escaped ");
    let folder = Folder::new();
    let bytes = if name == given.name { given.text.as_bytes().to_vec() } else { unescape(given.text) };
    folder.write(&format!("data/{name}"), bytes);
    folder.write("kompendium.yaml", "title: T\n");
    folder.write("content/_index.md", "---\ntitle: Start\n---\n");
    let init = fixture::run(folder.path(), &["data", "init", &format!("data/{name}")]);
    let package = fs::read_to_string(folder.path().join("data/datapackage.json")).unwrap_or_default();
    let checked = fixture::run(folder.path(), &["check"]);
    let actual = format!(
        "-- datapackage.json --\n{package}-- report --\n{}{}exit code {}\n-- check --\n{}exit code {}\n",
        init.stdout, init.stderr, init.code, checked.stderr, checked.code
    );
    let start = written.find("-- datapackage.json --").unwrap_or(written.len());
    if written[start..] == actual {
        return Ok(());
    }
    if fixture::update() {
        fs::write(case, format!("{}{actual}", &written[..start])).unwrap();
        return Ok(());
    }
    Err(format!("expected:\n{}\nactual:\n{actual}", &written[start..]))
}
