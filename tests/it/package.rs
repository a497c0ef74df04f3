//! What publishing needs beside the files of a site: archives, compressed copies, headers, and
//! what is kept for reading without a network.

use std::collections::BTreeMap;
use std::fs;
use std::io::{Cursor, Read};
use std::path::Path;

use sha2::{Digest, Sha256};

use crate::fixture::{self, Folder};

/// A small site with the theme that comes with the program.
fn site(config: &str) -> Folder {
    let folder = Folder::new();
    folder.write("kompendium.yaml", format!("title: Jugend & Stärken\n{config}"));
    folder.write("content/_index.md", "---\ntitle: Start\n---\n\nEine *Brücke*.\n");
    folder.write("content/weg/ziel.md", "---\ntitle: Ziel\n---\n\nHier ist das Ziel.\n");
    folder
}

fn build(folder: &Folder, args: &[&str]) -> String {
    let ran = fixture::run(folder.path(), &[&["build"], args].concat());
    assert_eq!((ran.code, &*ran.stdout), (0, ""), "{}", ran.stderr);
    ran.stderr
}

fn public(folder: &Folder) -> BTreeMap<String, Vec<u8>> {
    let mut files = fixture::files(&folder.path().join("public"));
    files.remove(".kompendium-output");
    files
}

/// Unpacks an archive; its names in their order, and its files.
fn unpack(bytes: &[u8]) -> (Vec<String>, BTreeMap<String, Vec<u8>>) {
    let mut zip = zip::ZipArchive::new(Cursor::new(bytes)).unwrap();
    let name = |zip: &mut zip::ZipArchive<_>, at| zip.by_index(at).unwrap().name().unwrap().into_owned();
    let names: Vec<String> = (0..zip.len()).map(|at| name(&mut zip, at)).collect();
    let mut files = BTreeMap::new();
    for name in &names {
        let mut bytes = Vec::new();
        zip.by_name(name).unwrap().read_to_end(&mut bytes).unwrap();
        files.insert(name.clone(), bytes);
    }
    (names, files)
}

const START: &str = r#"<!doctype html>
<html lang="de">
<head>
<meta charset="utf-8">
<meta http-equiv="Content-Security-Policy" content="default-src 'none'; style-src 'self'; img-src 'self'; font-src 'self'">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>Jugend &amp; Stärken</title>
<meta name="color-scheme" content="light dark">
<meta http-equiv="refresh" content="0; url=website/index.html">
<link rel="stylesheet" href="website/STYLE">
</head>
<body>
<main class="wrap stack">
<h1>Jugend &amp; Stärken</h1>
<p><a class="button" href="website/index.html">Website öffnen</a></p>
</main>
</body>
</html>
"#;

#[test]
fn an_archive_holds_the_site_and_a_page_that_opens_it() {
    let folder = site("base_url: https://example.org/\noffline: true\n");
    build(&folder, &["--zip", "site.zip", "--compress"]);
    let first = fs::read(folder.path().join("site.zip")).unwrap();
    let (names, mut files) = unpack(&first);
    let public = public(&folder);
    let style = public.keys().find(|it| it.starts_with("assets/style.")).unwrap();
    let start = String::from_utf8(files.remove("start.html").unwrap()).unwrap();
    assert_eq!(start, START.replace("STYLE", style));
    let for_servers = |name: &str| {
        ["_headers", "sw.js", "site.webmanifest"].contains(&name)
            || name.ends_with(".gz")
            || name.ends_with(".br")
    };
    let expected: BTreeMap<String, Vec<u8>> = public
        .into_iter()
        .filter(|(name, _)| !for_servers(name))
        .map(|(name, bytes)| (format!("website/{name}"), bytes))
        .collect();
    assert_eq!(names[0], "start.html");
    assert!(names[1..].is_sorted());
    assert!(files == expected, "{:?}\n{:?}", files.keys(), expected.keys());
    // Nothing is new, and yet the archive is written again with the same bytes.
    fs::remove_file(folder.path().join("site.zip")).unwrap();
    build(&folder, &["--zip", "site.zip", "--compress"]);
    assert!(fs::read(folder.path().join("site.zip")).unwrap() == first);
}

#[test]
fn an_archive_replaces_only_another() {
    let folder = site("");
    folder.write("brief.docx", "not an archive");
    let ran = fixture::run(folder.path(), &["build", "--zip", "brief.docx"]);
    let expected =
        "Fehler: „brief.docx“ gibt es schon, und es ist etwas anderes. Nennen Sie einen anderen Namen.\n";
    assert_eq!((ran.code, &*ran.stderr), (2, expected));
    assert_eq!(fs::read(folder.path().join("brief.docx")).unwrap(), b"not an archive");
    folder.write("alt.zip", "PK and more");
    build(&folder, &["--zip", "alt.zip"]);
    assert!(unpack(&fs::read(folder.path().join("alt.zip")).unwrap()).0.len() > 10);
}

#[test]
fn compressed_copies_hold_the_same_bytes() {
    let folder = site("");
    build(&folder, &["--compress"]);
    let files = public(&folder);
    let mut copies = 0;
    for (name, bytes) in &files {
        let Some((original, ending)) = name.rsplit_once('.').filter(|it| ["gz", "br"].contains(&it.1)) else {
            continue;
        };
        let mut back = Vec::new();
        match ending {
            "gz" => {
                flate2::read::GzDecoder::new(&**bytes).read_to_end(&mut back).unwrap();
            }
            _ => brotli::BrotliDecompress(&mut &**bytes, &mut back).unwrap(),
        }
        assert!(back == files[original], "{name}");
        assert!(bytes.len() < back.len(), "{name}");
        copies += 1;
    }
    assert!(copies > 20, "{copies}");
    let again = build(&folder, &["--compress"]);
    assert!(again.contains(" 0 Dateien geschrieben"), "{again}");
    let without = build(&folder, &[]);
    assert!(without.contains(&format!(" {copies} entfernt.")), "{without}");
}

#[test]
fn hosts_are_told_what_no_page_can_say() {
    let folder = site("base_url: https://example.org/wissen/\n");
    build(&folder, &[]);
    let expected = "\
/wissen/*
  X-Content-Type-Options: nosniff
  Referrer-Policy: strict-origin-when-cross-origin
  Content-Security-Policy: frame-ancestors 'none'
  Permissions-Policy: camera=(), geolocation=(), microphone=()
/wissen/assets/*
  Cache-Control: public, max-age=31536000, immutable
/wissen/suche/*
  Cache-Control: public, max-age=31536000, immutable
";
    assert_eq!(String::from_utf8(public(&folder)["_headers"].clone()).unwrap(), expected);
}

#[test]
fn what_is_kept_for_reading_offline_is_proven_by_hashes() {
    let folder = site("base_url: https://example.org/\noffline: true\n");
    build(&folder, &[]);
    let mut files = public(&folder);
    let worker = String::from_utf8(files.remove("sw.js").unwrap()).unwrap();
    files.remove("_headers");
    let list = worker.split_once("const FILES = ").unwrap().1.split_once(";\n").unwrap().0;
    let listed: BTreeMap<String, String> = serde_json::from_str(list).unwrap();
    let hash = |bytes: &[u8]| -> String {
        Sha256::digest(bytes).iter().take(8).map(|it| format!("{it:02x}")).collect()
    };
    let expected: BTreeMap<String, String> =
        files.iter().map(|(name, bytes)| (name.clone(), hash(bytes))).collect();
    assert_eq!(listed, expected);
    assert!(worker.contains("const FOLDERS = [\"assets/\",\"suche/\"];"));
    assert!(worker.contains("const MISSING = \"404.html\";"));
    let icon = files.keys().find(|it| it.starts_with("assets/favicon.")).unwrap();
    let manifest = format!(
        "{{\n  \"name\": \"Jugend & Stärken\",\n  \"short_name\": \"Jugend & Stärken\",\n  \"lang\": \"de\",\n  \
         \"start_url\": \"index.html\",\n  \"scope\": \"./\",\n  \"display\": \"minimal-ui\",\n  \"icons\": [\n    {{\n      \
         \"src\": \"{icon}\",\n      \"sizes\": \"any\",\n      \"type\": \"image/svg+xml\"\n    }}\n  ]\n}}\n"
    );
    assert_eq!(String::from_utf8(files["site.webmanifest"].clone()).unwrap(), manifest);
    let page = String::from_utf8(files["index.html"].clone()).unwrap();
    assert!(page.contains(" manifest-src "));
    // Without the switch there is nothing of it.
    folder.write("kompendium.yaml", "title: T\n");
    build(&folder, &[]);
    assert!(!Path::new(&folder.path().join("public/sw.js")).exists());
}

#[test]
fn where_the_time_went_is_told() {
    let folder = site("search: false\n");
    let told = build(&folder, &["--timings"]);
    // Times differ, and with them the order of pages and templates.
    let lines =
        told.lines().map(|it| regex_lite::Regex::new(r" *\d+ ms").unwrap().replace(it, " N ms").into_owned());
    let lines: Vec<String> = lines.collect();
    let steps = [
        "Lesen",
        "Vergleichen mit dem letzten Mal",
        "Verstehen",
        "Prüfen",
        "Verknüpfen",
        "Erzeugen",
        "Packen",
    ];
    assert_eq!(lines[..7], steps.map(|it| format!("{it}: N ms")));
    assert!(lines[7].starts_with("Schreiben: N ms"), "{told}");
    assert!(
        lines[9].starts_with("Umfang: ")
            && lines[9].ends_with("; 0 Zahlen, Tabellen und Diagramme in Texten."),
        "{told}"
    );
    assert_eq!(lines[10], "Langsamste Seiten:");
    let mut templates: Vec<&str> =
        lines.iter().skip_while(|it| *it != "Vorlagen, zusammen:").skip(1).map(|it| it.trim()).collect();
    templates.sort_unstable();
    assert_eq!(templates, ["N ms  404.html (1 ×)", "N ms  home.html (1 ×)", "N ms  page.html (1 ×)"]);
}
