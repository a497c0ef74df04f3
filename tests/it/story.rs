//! The first day with the program, as the README tells it: one command after the other, on one site.

use std::fs;

use crate::diff::git;
use crate::fixture::{self, Folder};
use crate::serve::Preview;

/// The commands of the README, without its remarks.
fn told() -> Vec<String> {
    let readme = fs::read_to_string(fixture::repository().join("README.md")).unwrap();
    let (_, rest) = readme.split_once("A first day with it:\n\n```sh\n").unwrap();
    let (block, _) = rest.split_once("```").unwrap();
    block.lines().map(|it| it.split('#').next().unwrap().trim().to_owned()).collect()
}

#[test]
fn the_first_day_goes_as_the_readme_tells_it() {
    let day = [
        "kompendium init wissen && cd wissen",
        "kompendium build",
        "kompendium serve",
        "kompendium new glossar \"Barrierefreiheit\"",
        "kompendium check",
        "git init && git add . && git commit -m \"Start\"",
        "kompendium diff HEAD",
    ];
    assert_eq!(told(), day);

    let folder = Folder::new();
    let run = |folder: &std::path::Path, args: &[&str]| {
        let ran = fixture::run(folder, args);
        assert_eq!(ran.code, 0, "{args:?}\n{}", ran.stderr);
        format!("{}{}", ran.stdout, ran.stderr)
    };
    let said = run(folder.path(), &["init", "wissen"]);
    assert_eq!(
        said,
        "Die Wissensbasis liegt in „wissen“: 23 Dateien. Weiter geht es so:\n  cd wissen\n  kompendium build\n"
    );
    let site = folder.path().join("wissen");
    let said = run(&site, &["build"]);
    assert!(said.starts_with("Keine Fehler. 13 Seiten, 1 Tabelle → ./public: "), "{said}");

    let copy = Folder::new();
    fixture::copy(&site, copy.path());
    let preview = Preview::of(copy, &[]);
    let page = preview.ask("GET /", &[]);
    assert!(
        page.starts_with("HTTP/1.1 200 OK\r\n") && page.contains("<h1>Unsere Wissensbasis</h1>"),
        "{page}"
    );
    drop(preview);

    let said = run(&site, &["new", "glossar", "Barrierefreiheit"]);
    let expected = "\
content/glossar/barrierefreiheit.md
Noch auszufüllen: definition. Danach die Zeile „draft: true“ löschen.
";
    assert_eq!(said, expected);
    let said = run(&site, &["check"]);
    assert!(said.starts_with("Hinweis[missing-field]  content/glossar/barrierefreiheit.md"), "{said}");

    git(&site, &["init", "--quiet"]);
    git(&site, &["add", "."]);
    git(&site, &["commit", "--quiet", "-m", "Start"]);
    assert_eq!(run(&site, &["diff", "HEAD"]), "Für Leser*innen ändert sich nichts.\n");
    let about = site.join("content/seiten/ueber.md");
    let text = fs::read_to_string(&about).unwrap();
    fs::write(&about, text + "\nNeu ist dieser Satz.\n").unwrap();
    let said = run(&site, &["diff", "HEAD"]);
    assert!(said.contains("Neu ist dieser Satz."), "{said}");
}
