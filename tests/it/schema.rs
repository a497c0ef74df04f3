//! `kompendium schema`: the declared fields for other tools. What the schemas say is checked
//! in `tests/schema/run.mjs`.

use std::fs;

use crate::fixture::{self, Folder, Ran};

/// A site with a field of every kind.
fn site() -> Folder {
    let folder = Folder::new();
    folder.write("kompendium.yaml", include_str!("../schema/every-kind.yaml"));
    folder.write("content/_index.md", "---\ntitle: Start\n---\nText.\n");
    folder.write("content/orte/_index.md", "---\ntitle: Orte\n---\n");
    folder.write("content/personen/_index.md", "---\ntitle: Personen\n---\n");
    folder
}

#[track_caller]
fn check(ran: &Ran, code: i32, stdout: &str, stderr: &str) {
    assert_eq!((ran.code, ran.stdout.as_str(), ran.stderr.as_str()), (code, stdout, stderr));
}

/// Compares with a file in `tests/schema`, which `UPDATE_EXPECT=1` writes.
#[track_caller]
fn check_file(name: &str, actual: &str) {
    let path = fixture::repository().join("tests/schema").join(name);
    if fixture::update() {
        fs::write(&path, actual).unwrap();
    }
    assert_eq!(actual, fs::read_to_string(&path).unwrap_or_default(), "{name}");
}

#[test]
fn schemas_are_written_and_the_settings_printed() {
    let folder = site();
    let settings = "\
{
  \"yaml.schemas\": {
    \"./tools/schema/kompendium.schema.json\": \"kompendium.yaml\",
    \"./tools/schema/theme.schema.json\": \"themes/*/theme.yaml\"
  },
  \"json.schemas\": [
    {
      \"fileMatch\": [
        \"/data/datapackage.json\"
      ],
      \"url\": \"./tools/schema/datapackage.schema.json\"
    }
  ]
}
";
    let told = "\
./tools/schema/kompendium.schema.json
./tools/schema/theme.schema.json
./tools/schema/datapackage.schema.json
./tools/schema/page.schema.json
./tools/schema/page-orte.schema.json
./tools/schema/page-personen.schema.json
Für .vscode/settings.json:
";
    // A second time they take the place of the first.
    for _ in 0..2 {
        check(&fixture::run(folder.path(), &["schema", "json", "-o", "./tools/schema"]), 0, settings, told);
    }
    let written = fixture::files(&folder.path().join("tools/schema"));
    assert_eq!(written.len(), 6);
    let schema = String::from_utf8(written["page-orte.schema.json"].clone()).unwrap();
    check_file("page-orte.schema.json", &schema);
}

#[test]
fn all_schemas_can_be_printed() {
    let ran = fixture::run(site().path(), &["schema", "json", "--lang", "en"]);
    assert_eq!((ran.code, ran.stderr.as_str()), (0, ""));
    let printed: serde_json::Value = serde_json::from_str(&ran.stdout).unwrap();
    let names: Vec<&String> = printed.as_object().unwrap().keys().collect();
    assert_eq!(names[3..], ["page.schema.json", "page-orte.schema.json", "page-personen.schema.json"]);
    assert_eq!(printed["theme.schema.json"]["description"], "A theme: the look of a site.");
}

#[cfg(unix)]
#[test]
fn a_link_in_the_place_of_a_schema_stays() {
    let folder = site();
    folder.write("mine", "mine");
    fs::create_dir(folder.path().join("schema")).unwrap();
    let link = folder.path().join("schema/kompendium.schema.json");
    std::os::unix::fs::symlink(folder.path().join("mine"), link).unwrap();
    let refused = "error: `schema/kompendium.schema.json` is no regular file and stays as it is\n";
    check(&fixture::run(folder.path(), &["schema", "json", "-o", "schema", "--lang", "en"]), 2, "", refused);
    assert_eq!(fs::read_to_string(folder.path().join("mine")).unwrap(), "mine");
}

#[test]
fn a_broken_configuration_is_told() {
    let folder = site();
    folder.write("kompendium.yaml", "title: T\ncolections: {}\n");
    let told = "\
Fehler[unknown-key]  kompendium.yaml:2:1
  │
2 │ colections: {}
  │ ^^^^^^^^^^ Die Angabe „colections“ gibt es hier nicht.
  │
  = Meinten Sie: collections

1 Fehler in 1 Datei.
";
    check(&fixture::run(folder.path(), &["schema", "json"]), 1, "", told);
}
