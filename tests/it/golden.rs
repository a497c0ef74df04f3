//! Whole sites: `tests/golden/NAME/project` is built, and the output is exactly
//! `tests/golden/NAME/expected`.
//!
//! A project without `themes` takes the bare theme in `tests/golden-theme`, which
//! shows everything that templates see and nothing else. Arguments for `build`
//! may stand in a file `args` beside the project.

use std::collections::BTreeMap;
use std::fs;
use std::path::Path;

use crate::fixture::{self, Folder};

#[test]
fn sites_are_exact() {
    fixture::run_cases(&fixture::cases("golden", ""), check);
}

fn check(case: &Path) -> Result<(), String> {
    let folder = Folder::new();
    let project = folder.path().join("project");
    fixture::copy(&case.join("project"), &project);
    if !project.join("themes").exists() {
        let theme = project.join("themes/standard");
        fixture::copy(&fixture::repository().join("tests/golden-theme"), &theme);
        fixture::copy(&fixture::repository().join("themes/standard/i18n"), &theme.join("i18n"));
    }
    let args = fs::read_to_string(case.join("args")).unwrap_or_default();
    let mut words = vec!["build", "-r", "project", "-o", "out"];
    words.extend(args.split_whitespace());
    let ran = fixture::run(folder.path(), &words);
    if ran.code != 0 {
        return Err(format!("exit code {}\n{}", ran.code, ran.stderr));
    }
    let mut actual = fixture::files(&folder.path().join("out"));
    actual.remove(".kompendium-output");
    actual.insert("stderr.txt".to_owned(), ran.stderr.into_bytes());
    compare(&case.join("expected"), &actual)
}

fn compare(expected_folder: &Path, actual: &BTreeMap<String, Vec<u8>>) -> Result<(), String> {
    let expected = fixture::files(expected_folder);
    if expected == *actual {
        return Ok(());
    }
    if fixture::update() {
        let _ = fs::remove_dir_all(expected_folder);
        for (path, bytes) in actual {
            let file = expected_folder.join(path);
            fs::create_dir_all(file.parent().unwrap()).unwrap();
            fs::write(file, bytes).unwrap();
        }
        return Ok(());
    }
    let mut why = String::new();
    for path in expected.keys().filter(|it| !actual.contains_key(*it)) {
        why.push_str(&format!("missing: {path}\n"));
    }
    for (path, bytes) in actual {
        if expected.get(path) != Some(bytes) {
            let show = |it: Option<&Vec<u8>>| {
                it.map_or("(nothing)".into(), |it| String::from_utf8_lossy(it).into_owned())
            };
            why.push_str(&format!(
                "{path}\nexpected:\n{}\nactual:\n{}\n",
                show(expected.get(path)),
                show(Some(bytes))
            ));
        }
    }
    Err(why)
}
