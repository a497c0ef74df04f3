//! A real file of an office: the structural data of the constituencies of 2021.
//!
//! It is data of a third party and not part of the repository. Where it is not there,
//! the test says so.

use std::fs;

use serde_json::Value;

use crate::fixture::{self, Folder};

const FILE: &str = "../shared/data/real/btw21_strukturdaten.csv";

#[test]
fn the_file_of_constituencies_is_described() {
    let Ok(csv) = fs::read(fixture::repository().join(FILE)) else {
        println!("skipped: {FILE} is not there");
        return;
    };
    let folder = Folder::new();
    folder.write("data/btw21_strukturdaten.csv", csv);
    let ran = fixture::run(folder.path(), &["data", "init", "data/btw21_strukturdaten.csv"]);
    assert_eq!((ran.code, ran.stdout.as_str()), (0, ""), "{}", ran.stderr);
    let lines = [
        "btw21_strukturdaten.csv: 52 Spalten, 299 Zeilen, 17 Summenzeilen.",
        "- Codierung utf-8 mit BOM, Trennzeichen „;“",
        "- Zeilen 1–7 sind Kommentare (#)",
        "- Zeile 8 nummeriert nur die Spalten",
        "- Zeile 9 ist die Kopfzeile",
        "- Schlüssel: Spalte „Wahlkreis-Nr.“",
        "- darunter mit gegliederten Tausendern (1): „Fläche am 31.12.2019 (km²)“",
    ];
    for line in lines {
        assert!(ran.stderr.lines().any(|it| it == line), "{line} is missing in\n{}", ran.stderr);
    }
    let descriptor = fs::read_to_string(folder.path().join("data/datapackage.json")).unwrap();
    let package: Value = serde_json::from_str(&descriptor).unwrap();
    check_resource(&package["resources"][0]);
    check_site(&folder);
}

fn check_resource(resource: &Value) {
    let dialect = serde_json::json!({"delimiter": ";", "headerRows": [9], "commentChar": "#"});
    assert_eq!(resource["dialect"], dialect);
    let summary = serde_json::json!({
        "field": "Wahlkreis-Name",
        "values": [{"value": "Land insgesamt"}, {"value": "Insgesamt"}],
    });
    assert_eq!(resource["kompendium"]["summaryRows"], summary);
    let fields = resource["schema"]["fields"].as_array().unwrap();
    let count = |key: &str, value: &str| fields.iter().filter(|it| it[key] == value).count();
    assert_eq!(fields.len(), 52);
    assert_eq!((count("decimalChar", ","), count("groupChar", "."), count("type", "integer")), (45, 1, 4));
    let area = fields.iter().find(|it| it["groupChar"] == ".").unwrap();
    assert_eq!(
        (area["title"].as_str(), area["kompendium"]["unit"].as_str()),
        (Some("Fläche am 31.12.2019"), Some("km²"))
    );
}

/// The descriptor is good enough to build a site of the whole file, with a page for each row.
fn check_site(folder: &Folder) {
    let path = folder.path().join("data/datapackage.json");
    let descriptor = fs::read_to_string(&path).unwrap();
    // The edits by hand: pages for the rows, and the region they belong to.
    let edited = descriptor.replacen(
        "\"summaryRows\"",
        "\"region\": \"Land\", \"pages\": {\"profiles\": \"wahlkreise\"}, \"summaryRows\"",
        1,
    );
    assert_ne!(edited, descriptor);
    fs::write(&path, edited).unwrap();
    folder.write("kompendium.yaml", "title: T\n");
    folder.write("content/_index.md", "---\ntitle: Start\ntable: btw21-strukturdaten\n---\n");
    let built = fixture::run(folder.path(), &["build"]);
    assert_eq!(built.code, 0, "{}", built.stderr);
    let file = |name: &str| fs::read_to_string(folder.path().join("public/daten").join(name)).unwrap();
    let rows = file("btw21-strukturdaten.csv");
    assert_eq!(rows.lines().count(), 1 + 299);
    let flensburg = rows.lines().find(|it| it.contains("Flensburg – Schleswig")).unwrap();
    assert!(flensburg.contains(",2124.30,") && flensburg.contains(",-2.7,"), "{flensburg}");
    let summary = file("btw21-strukturdaten-summenzeilen.csv");
    assert_eq!(summary.lines().count(), 1 + 17);
    let germany = summary.lines().find(|it| it.contains("Deutschland")).unwrap();
    assert!(germany.contains(",10799,"), "{germany}");
    let profile = folder.path().join("public/wahlkreise/flensburg-schleswig.html");
    let profile = fs::read_to_string(profile).unwrap();
    assert!(profile.contains("2.124,30") && profile.contains("\u{2212}2,7"));
}
