//! `kompendium new`: a file for a new entry.

use std::fs;

use crate::fixture::{self, Folder, check};

const CONFIG: &str = "\
title: T
collections:
  orte:
    label: Orte
    singular: Ort
    fields:
      kind:
        label: Art
        type: choice
        choices: { stadt: Stadt, dorf: Dorf }
        default: dorf
        required: true
      code: { label: Kürzel, type: text, required: true, unique: true, pattern: \"[A-Z]{2}\", help: \"Zwei Buchstaben: so, wie auf dem Schild.\" }
      story: { label: Geschichte, type: markdown, required: true }
      near: { label: In der Nähe, type: list, items: { type: reference, to: orte } }
      since: { label: Seit, type: date }
      levels: { label: Stufen, type: list, items: { type: choice, choices: [eins, \"no\"] } }
";

fn site() -> Folder {
    let folder = Folder::new();
    folder.write("kompendium.yaml", CONFIG);
    folder.write("content/_index.md", "---\ntitle: Start\n---\nText.\n");
    folder.write("content/orte/_index.md", "---\ntitle: Orte\n---\n");
    folder
}

fn read(folder: &Folder, path: &str) -> String {
    fs::read_to_string(folder.path().join(path)).unwrap()
}

#[test]
fn a_new_entry_has_every_field_the_required_ones_first() {
    let folder = site();
    let ran = fixture::run(folder.path(), &["new", "orte", "Groß: Städte & Bürger*innen"]);
    let path = "content/orte/gross-staedte-buerger-innen.md";
    check(
        &ran,
        0,
        &format!("{path}\n"),
        "Noch auszufüllen: code, story. Danach die Zeile „draft: true“ löschen.\n",
    );
    assert_eq!(read(&folder, path), include_str!("../schema/new-entry.md"));
}

#[test]
fn a_new_entry_passes_the_check_as_a_draft() {
    let folder = site();
    fixture::run(folder.path(), &["new", "orte", "Halle"]);
    let notices = "\
Hinweis[missing-field]  content/orte/halle.md:11:1  „Kürzel“ fehlt noch in diesem Entwurf.
Hinweis[missing-field]  content/orte/halle.md:17:1  „Geschichte“ fehlt noch in diesem Entwurf.

2 Hinweise in 1 Datei.
";
    check(&fixture::run(folder.path(), &["check", "--strict"]), 0, "", notices);
    let with_drafts = fixture::run(folder.path(), &["check", "--strict", "--drafts"]);
    check(&with_drafts, 0, "", notices);
}

#[test]
fn without_draft_the_required_fields_are_asked_for() {
    let folder = site();
    fixture::run(folder.path(), &["new", "orte", "Halle"]);
    let written = read(&folder, "content/orte/halle.md");
    folder.write("content/orte/halle.md", written.replace("draft: true\n", ""));
    let ran = fixture::run(folder.path(), &["check"]);
    let missing = "\
Fehler[missing-field]  content/orte/halle.md:10:1
   │
10 │ code:
   │ ^^^^ „Kürzel“ fehlt.
   │
   = Schreiben Sie hinter „code:“, was hier stehen soll.

Fehler[missing-field]  content/orte/halle.md:16:1
   │
16 │ story:
   │ ^^^^^ „Geschichte“ fehlt.
   │
   = Schreiben Sie hinter „story:“, was hier stehen soll.

2 Fehler in 1 Datei.
";
    check(&ran, 1, "", missing);
}

#[test]
fn what_is_there_stays() {
    let folder = site();
    folder.write("content/orte/halle.md", "---\ntitle: Halle\n---\nMeins.\n");
    let before = read(&folder, "content/orte/halle.md");
    let german = "Fehler: content/orte/halle.md gibt es schon und bleibt, wie es ist.\n";
    check(&fixture::run(folder.path(), &["new", "orte", "Halle"]), 2, "", german);
    assert_eq!(read(&folder, "content/orte/halle.md"), before);
    let english = fixture::run(folder.path(), &["new", "orte", "Halle", "--lang", "en"]);
    check(&english, 2, "", "error: content/orte/halle.md exists and stays as it is\n");
}

#[test]
fn what_cannot_be_made_is_said() {
    let folder = site();
    let cases = [
        (
            ["new", "ort", "Halle"],
            "Fehler: Eine Sammlung „ort“ gibt es nicht. Meinten Sie: orte. Erlaubt: orte.\n",
        ),
        (
            ["new", "Orte", "Halle"],
            "Fehler: Eine Sammlung „Orte“ gibt es nicht. Meinten Sie: orte. Erlaubt: orte.\n",
        ),
        (["new", "termine", "Halle"], "Fehler: Eine Sammlung „termine“ gibt es nicht. Erlaubt: orte.\n"),
        (
            ["new", "orte", "!?"],
            "Fehler: Aus dem Titel „!?“ entsteht kein Dateiname. Er braucht Buchstaben oder Ziffern.\n",
        ),
        (["new", "orte", "con"], "Fehler: „con.md“ ist unter Windows der Name eines Geräts.\n"),
    ];
    for (args, stderr) in cases {
        check(&fixture::run(folder.path(), &args), 2, "", stderr);
    }
    let mut long = ["new", "orte", ""].map(str::to_owned);
    long[2] = "lang ".repeat(60);
    let ran = fixture::run(folder.path(), &long.each_ref().map(String::as_str));
    check(&ran, 2, "", "Fehler: Der Pfad ist mit 315 Bytes länger als 240.\n");
    folder.write("kompendium.yaml", "title: T\ncolections: {}\n");
    let config = "\
Fehler[unknown-key]  kompendium.yaml:2:1
  │
2 │ colections: {}
  │ ^^^^^^^^^^ Die Angabe „colections“ gibt es hier nicht.
  │
  = Meinten Sie: collections

1 Fehler in 1 Datei.
";
    check(&fixture::run(folder.path(), &["new", "orte", "Halle"]), 1, "", config);
}

#[cfg(unix)]
#[test]
fn nothing_is_written_through_a_symbolic_link() {
    let (folder, elsewhere) = (site(), Folder::new());
    fs::remove_dir_all(folder.path().join("content/orte")).unwrap();
    std::os::unix::fs::symlink(elsewhere.path(), folder.path().join("content/orte")).unwrap();
    let link = "Fehler: „./content/orte“ ist ein symbolischer Link oder kein Ordner. Dorthin wird nichts geschrieben.\n";
    check(&fixture::run(folder.path(), &["new", "orte", "Halle"]), 2, "", link);
    assert!(fixture::files(elsewhere.path()).is_empty());
    fs::remove_file(folder.path().join("content/orte")).unwrap();
    fs::create_dir(folder.path().join("content/orte")).unwrap();
    std::os::unix::fs::symlink("weg.md", folder.path().join("content/orte/halle.md")).unwrap();
    let there = "Fehler: content/orte/halle.md gibt es schon und bleibt, wie es ist.\n";
    check(&fixture::run(folder.path(), &["new", "orte", "Halle"]), 2, "", there);
    assert!(!folder.path().join("content/orte/weg.md").exists());
}

#[test]
fn every_collection_of_this_repository_gets_an_entry_that_passes() {
    let folder = Folder::new();
    for part in ["content", "data"] {
        fixture::copy(&fixture::repository().join(part), &folder.path().join(part));
    }
    for file in ["kompendium.yaml", "literatur.yaml"] {
        folder.write(file, fs::read(fixture::repository().join(file)).unwrap());
    }
    for collection in ["foerderbereiche", "publikationen", "gute-praxis", "glossar"] {
        let ran = fixture::run(folder.path(), &["new", collection, "Ein neuer Eintrag"]);
        assert_eq!((ran.code, ran.stdout), (0, format!("content/{collection}/ein-neuer-eintrag.md\n")));
    }
    assert_eq!(fixture::run(folder.path(), &["check", "-q", "--strict"]).stderr, "");
    assert_eq!(fixture::run(folder.path(), &["check", "-q", "--strict", "--drafts"]).stderr, "");
}
