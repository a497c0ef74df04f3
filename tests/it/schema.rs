//! `kompendium schema`: the declared fields for other tools. What the schemas say is checked
//! in `tests/schema/run.mjs`.

use std::fs;

use crate::fixture::{self, Folder, check};

/// A site with a field of every kind.
fn site() -> Folder {
    let folder = Folder::new();
    folder.write("kompendium.yaml", include_str!("../schema/every-kind.yaml"));
    folder.write("content/_index.md", "---\ntitle: Start\n---\nText.\n");
    folder.write("content/orte/_index.md", "---\ntitle: Orte\n---\n");
    folder.write("content/personen/_index.md", "---\ntitle: Personen\n---\n");
    folder
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

#[test]
fn every_kind_of_field_is_in_the_forms_of_the_cms() {
    let ran = fixture::run(site().path(), &["schema", "cms"]);
    assert_eq!((ran.code, ran.stderr.as_str()), (0, ""));
    check_file("cms.yml", &ran.stdout);
}

#[test]
fn the_handbook_is_in_both_languages() {
    for (lang, name) in [("de", "guide.md"), ("en", "guide-en.md")] {
        let ran = fixture::run(site().path(), &["schema", "guide", "--lang", lang]);
        assert_eq!((ran.code, ran.stderr.as_str()), (0, ""));
        check_file(name, &ran.stdout);
    }
}

/// The examples of the handbook pass the check, but for what they refer to.
#[test]
fn the_examples_of_the_handbook_are_entries() {
    let folder = site();
    let handbook = fixture::run(folder.path(), &["schema", "guide"]).stdout;
    let examples: Vec<&str> = handbook
        .split("```yaml\n")
        .skip(1)
        .map(|it| it.split("```").next().unwrap().trim_end().trim_end_matches("---").trim_end())
        .collect();
    assert_eq!(examples.len(), 2);
    folder.write("content/orte/kuerzel.md", format!("{}\n---\n", examples[0]));
    folder.write("content/personen/kuerzel.md", format!("{}\n---\n", examples[1]));
    folder.write("content/orte/bild.jpg", "");
    folder.write("content/orte/bericht.pdf", "");
    folder.write("literatur.yaml", "muender-2020: { title: Ein Buch, author: \"Münder, Johannes\" }\n");
    check(&fixture::run(folder.path(), &["check", "--strict"]), 0, "", "Keine Fehler.\n");
}

/// A site with the forms of a CMS, in the bare theme.
fn site_with_forms() -> Folder {
    let folder = Folder::new();
    let cms = "cms:
  backend: gitlab
  repo: amt/wissen
  branch: redaktion
  folder: /website/
  api_root: https://git.example.org/api/v4
";
    folder.write("kompendium.yaml", format!("title: T\nsearch: false\n{cms}"));
    folder.write("content/_index.md", "---\ntitle: Start\n---\nText.\n");
    let theme = folder.path().join("themes/standard");
    fixture::copy(&fixture::repository().join("tests/golden-theme"), &theme);
    fixture::copy(&fixture::repository().join("themes/standard/i18n"), &theme.join("i18n"));
    folder
}

#[test]
fn the_forms_stand_in_admin_where_they_are_switched_on() {
    let folder = site_with_forms();
    let missing = "\
Warnung[missing-cms-script]  kompendium.yaml:4:12
  │
4 │   backend: gitlab
  │            ^^^^^^ Die Redaktion unter „admin“ ist eingeschaltet, aber admin/sveltia-cms.js fehlt.
  │
  = npm install @sveltia/cms, dann node_modules/@sveltia/cms/dist/sveltia-cms.js nach admin/sveltia-cms.js kopieren

1 Warnung in 1 Datei.
";
    check(&fixture::run(folder.path(), &["check"]), 0, "", missing);
    folder.write("admin/sveltia-cms.js", "// the CMS");
    check(&fixture::run(folder.path(), &["build", "-q", "--strict"]), 0, "", "");
    let written = fixture::files(&folder.path().join("public/admin"));
    assert_eq!(written.keys().collect::<Vec<_>>(), ["config.yml", "index.html", "sveltia-cms.js"]);
    check_file("admin.html", &String::from_utf8(written["index.html"].clone()).unwrap());
    check_file("admin.yml", &String::from_utf8(written["config.yml"].clone()).unwrap());
    assert_eq!(written["config.yml"], fixture::run(folder.path(), &["schema", "cms"]).stdout.as_bytes());
    // A new script is noticed; without the CMS there is none of it.
    folder.write("admin/sveltia-cms.js", "// a newer CMS");
    fixture::run(folder.path(), &["build", "-q"]);
    assert_eq!(fixture::files(&folder.path().join("public/admin"))["sveltia-cms.js"], b"// a newer CMS");
    folder.write("kompendium.yaml", "title: T\nsearch: false\n");
    check(&fixture::run(folder.path(), &["build", "-q", "--strict"]), 0, "", "");
    assert!(!folder.path().join("public/admin").exists());
}

#[test]
fn a_page_ends_with_the_handbook_where_it_is_named() {
    let folder = site_with_forms();
    let config = include_str!("../schema/every-kind.yaml").to_owned() + "search: false\nguide: felder.md\n";
    folder.write("kompendium.yaml", config);
    folder.write("content/orte/_index.md", "---\ntitle: Orte\n---\n");
    folder.write("content/personen/_index.md", "---\ntitle: Personen\n---\n");
    folder.write("content/felder.md", "---\ntitle: Felder\n---\n\nWas wohin gehört.\n");
    check(&fixture::run(folder.path(), &["build", "-q", "--strict"]), 0, "", "");
    let page = fixture::files(&folder.path().join("public"))["felder.html"].clone();
    check_file("guide.html", &String::from_utf8(page).unwrap());
    fs::remove_file(folder.path().join("content/felder.md")).unwrap();
    let missing = "\
Fehler[broken-link]  kompendium.yaml:29:8
   │
29 │ guide: felder.md
   │        ^^^^^^^^^ Eine Datei content/felder.md gibt es nicht.

1 Fehler in 1 Datei.
";
    check(&fixture::run(folder.path(), &["check"]), 1, "", missing);
}

#[cfg(unix)]
#[test]
fn a_link_in_the_place_of_a_schema_stays() {
    let folder = site();
    folder.write("mine", "mine");
    fs::create_dir(folder.path().join("schema")).unwrap();
    let link = folder.path().join("schema/kompendium.schema.json");
    std::os::unix::fs::symlink(folder.path().join("mine"), link).unwrap();
    let refused =
        "error: `schema/kompendium.schema.json` is there already and something else; give another name\n";
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
