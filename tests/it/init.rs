//! `kompendium init`: a knowledge base to start from, and what comes after it.

use std::fs;

use crate::fixture::{self, Folder, check};

#[test]
fn a_new_knowledge_base_builds_without_a_message() {
    let folder = Folder::new();
    check(
        &fixture::run(folder.path(), &["init", "neu/wissen"]),
        0,
        "",
        "Die Wissensbasis liegt in „neu/wissen“: 23 Dateien. Weiter geht es so:\n  cd neu/wissen\n  kompendium build\n",
    );
    let site = folder.path().join("neu/wissen");
    let built = "Keine Fehler. 13 Seiten, 1 Tabelle → ./public: 101 Dateien geschrieben, 0 unverändert, 0 entfernt.\n";
    check(&fixture::run(&site, &["build", "--strict"]), 0, "", built);
    check(&fixture::run(&site, &["check", "--strict", "--orphans"]), 0, "", "Keine Fehler.\n");
}

#[test]
fn there_is_one_in_english() {
    let folder = Folder::new();
    check(
        &fixture::run(folder.path(), &["init", "--lang", "en"]),
        0,
        "",
        "the knowledge base lies in `.`: 23 files; go on with\n  kompendium build\n",
    );
    let built = "No errors. 13 pages, 1 table → ./public: 101 files written, 0 unchanged, 0 removed.\n";
    check(&fixture::run(folder.path(), &["build", "--strict"]), 0, "", built);
    check(&fixture::run(folder.path(), &["check", "--strict", "--orphans"]), 0, "", "No errors.\n");
}

#[test]
fn its_collections_take_new_entries() {
    for (lang, collections) in [("de", ["anleitungen", "glossar"]), ("en", ["guides", "glossary"])] {
        let folder = Folder::new();
        fixture::run(folder.path(), &["init", "-q", "--lang", lang]);
        for collection in collections {
            let ran = fixture::run(folder.path(), &["new", "-q", collection, "Neues"]);
            check(&ran, 0, &format!("content/{collection}/neues.md\n"), "");
        }
        check(&fixture::run(folder.path(), &["check", "-q", "--strict"]), 0, "", "");
        check(&fixture::run(folder.path(), &["build", "-q", "--strict"]), 0, "", "");
    }
}

#[test]
fn a_folder_that_is_not_empty_is_refused() {
    let folder = Folder::new();
    folder.write("notizen.txt", "mein");
    let german = "Fehler: Der Ordner „.“ ist nicht leer (dort liegt „notizen.txt“). Nennen Sie einen neuen oder leeren.\n";
    check(&fixture::run(folder.path(), &["init"]), 2, "", german);
    let english = "error: the folder `.` is not empty (it holds `notizen.txt`); name a new or an empty one\n";
    check(&fixture::run(folder.path(), &["init", ".", "--lang", "en"]), 2, "", english);
    assert_eq!(fixture::files(folder.path()).into_keys().collect::<Vec<_>>(), ["notizen.txt"]);
    let file = fixture::run(folder.path(), &["init", "notizen.txt"]);
    check(&file, 3, "", "Fehler: „notizen.txt“ kann nicht geschrieben werden: existiert bereits.\n");
}

#[test]
fn a_fresh_repository_counts_as_empty() {
    let folder = Folder::new();
    fs::create_dir(folder.path().join(".git")).unwrap();
    assert_eq!(fixture::run(folder.path(), &["init", "-q"]).code, 0);
    assert!(folder.path().join("kompendium.yaml").is_file());
}
