//! The knowledge base of this repository.

use std::fs;
use std::os::unix::fs::MetadataExt;

use crate::fixture::{self, Folder};

#[test]
fn the_knowledge_base_builds_without_errors_or_warnings() {
    let folder = Folder::new();
    let ran = build(&folder, &[]);
    assert_eq!(ran.code, 0, "{}", ran.stderr);
    assert!(!ran.stderr.contains("Fehler[") && !ran.stderr.contains("Warnung["), "{}", ran.stderr);
}

#[test]
fn the_same_input_gives_the_same_bytes() {
    let (one, other) = (Folder::new(), Folder::new());
    build(&one, &["-u", "https://www.example.org/kb"]);
    build(&other, &["-u", "https://www.example.org/kb/"]);
    assert!(fixture::files(&one.path().join("out")) == fixture::files(&other.path().join("out")));
}

#[test]
fn a_build_that_changes_nothing_writes_nothing() {
    let folder = Folder::new();
    build(&folder, &[]);
    let index = folder.path().join("out/index.html");
    let before = (fs::metadata(&index).unwrap().ino(), fs::metadata(&index).unwrap().mtime_nsec());
    let ran = build(&folder, &[]);
    assert!(ran.stderr.contains(": 0 Dateien geschrieben"), "{}", ran.stderr);
    assert_eq!((fs::metadata(&index).unwrap().ino(), fs::metadata(&index).unwrap().mtime_nsec()), before);
}

#[test]
fn the_binary_alone_has_the_same_theme() {
    let folder = Folder::new();
    let site = folder.path().join("site");
    for part in ["content", "data"] {
        fixture::copy(&fixture::repository().join(part), &site.join(part));
    }
    for file in ["kompendium.yaml", "literatur.yaml"] {
        fs::copy(fixture::repository().join(file), site.join(file)).unwrap();
    }
    let ran = fixture::run(folder.path(), &["build", "-r", "site", "-o", "alone"]);
    assert_eq!(ran.code, 0, "{}", ran.stderr);
    build(&folder, &[]);
    assert!(fixture::files(&folder.path().join("alone")) == fixture::files(&folder.path().join("out")));
}

fn build(folder: &Folder, more: &[&str]) -> fixture::Ran {
    let root = fixture::repository().to_str().unwrap();
    let mut args = vec!["build", "-r", root, "-o", "out"];
    args.extend(more);
    fixture::run(folder.path(), &args)
}
