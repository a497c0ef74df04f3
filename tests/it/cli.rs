//! Commands: arguments, exit code, whole output.

use crate::fixture::{self, Folder};

/// A site of one page.
fn site() -> Folder {
    let folder = Folder::new();
    folder.write("kompendium.yaml", "title: T\n");
    folder.write("content/_index.md", "---\ntitle: Start\n---\nText.\n");
    folder
}

#[track_caller]
fn check(folder: &Folder, args: &[&str], code: i32, stdout: &str, stderr: &str) {
    let ran = fixture::run(folder.path(), args);
    assert_eq!((ran.code, ran.stdout.as_str(), ran.stderr.as_str()), (code, stdout, stderr));
}

#[test]
fn build_says_what_it_did() {
    let folder = site();
    let first =
        "Keine Fehler. 1 Seite, 0 Tabellen → ./public: 6 Dateien geschrieben, 0 unverändert, 0 entfernt.\n";
    check(&folder, &["build"], 0, "", first);
    let again =
        "Keine Fehler. 1 Seite, 0 Tabellen → ./public: 0 Dateien geschrieben, 6 unverändert, 0 entfernt.\n";
    check(&folder, &["build"], 0, "", again);
    check(&folder, &["build", "-q"], 0, "", "");
}
