//! Commands: arguments, exit code, whole output.

use crate::fixture::{self, Folder};

/// A site of one page, in the bare theme, so that its output is two files.
fn site() -> Folder {
    let folder = Folder::new();
    folder.write("kompendium.yaml", "title: T\n");
    folder.write("content/_index.md", "---\ntitle: Start\n---\nText.\n");
    let theme = folder.path().join("themes/standard");
    fixture::copy(&fixture::repository().join("tests/golden-theme"), &theme);
    fixture::copy(&fixture::repository().join("themes/standard/i18n"), &theme.join("i18n"));
    folder
}

/// The site with something to warn of.
fn site_with_a_warning() -> Folder {
    let folder = site();
    folder.write("content/_index.md", "---\ntitle: Start\n---\n#### Tief\n");
    folder
}

/// The site with an error.
fn site_with_an_error() -> Folder {
    let folder = site();
    folder.write("content/_index.md", "---\ntitle: Start\n---\n[Weg](weg.md)\n");
    folder
}

#[track_caller]
fn check(folder: &Folder, args: &[&str], code: i32, stdout: &str, stderr: &str) {
    let ran = fixture::run(folder.path(), args);
    fixture::check(&ran, code, stdout, stderr);
}

/// Checks arguments that are refused before anything is read.
#[track_caller]
fn check_usage(args: &[&str], stderr: &str) {
    check(&Folder::new(), args, 2, "", stderr);
}

#[test]
fn completions_are_for_shells_that_there_are() {
    check_usage(
        &["completions", "tcsh"],
        "Fehler: „tcsh“ ist kein Wert für <bash|zsh|fish|powershell|elvish>.\nHilfe: kompendium --help\n",
    );
}

#[test]
fn version_is_that_of_the_package() {
    let version = concat!("kompendium ", env!("CARGO_PKG_VERSION"), "\n");
    check(&Folder::new(), &["--version"], 0, version, "");
    check(&Folder::new(), &["-V"], 0, version, "");
}

#[test]
fn wrong_arguments_are_named() {
    let cases: [(&[&str], &str); 12] = [
        (
            &[],
            "Fehler: Es fehlt ein Befehl: build, check, serve, data, diff, explain, list, new, init oder schema.",
        ),
        (&["data"], "Fehler: Es fehlt ein Befehl: init."),
        (&["data", "init"], "Fehler: Es fehlt die Angabe <DATEI.csv>."),
        (&["data", "init", "a.csv", "b.csv"], "Fehler: „b.csv“ wird hier nicht erwartet."),
        (&["biuld"], "Fehler: Den Befehl „biuld“ gibt es nicht. Meinten Sie: build"),
        (&["build", "--schnell"], "Fehler: Die Option „--schnell“ gibt es nicht."),
        (&["build", "-x"], "Fehler: Die Option „-x“ gibt es nicht."),
        (&["check", "-o", "out"], "Fehler: Die Option „-o“ gibt es nicht."),
        (&["build", "--format", "xml"], "Fehler: „xml“ ist kein Wert für --format <FORM>."),
        (&["build", "--lang", "fr"], "Fehler: „fr“ ist kein Wert für --lang <de|en>."),
        (&["build", "--root"], "Fehler: Der Option „--root <ORDNER>“ fehlt ihr Wert."),
        (&["build", "-q", "-q"], "Fehler: Die Option „--quiet“ steht zweimal."),
    ];
    for (args, message) in cases {
        check_usage(args, &format!("{message}\nHilfe: kompendium --help\n"));
    }
    let english = "error: there is no option `--fast`\nhelp: kompendium --help\n";
    check_usage(&["build", "--fast", "--lang", "en"], english);
}

#[test]
fn wrong_values_are_named() {
    let address = "Fehler: „example.org“ ist keine Adresse einer Website, die mit https:// beginnt.\n\
                   Hilfe: kompendium --help\n";
    check(&site(), &["build", "-u", "example.org"], 2, "", address);
    let date = "Fehler: „1.1.2025“ ist kein Datum der Form JJJJ-MM-TT.\nHilfe: kompendium --help\n";
    check(&site(), &["check", "--date", "1.1.2025"], 2, "", date);
    let english = "error: `2025-02-30` is not a date of the form YYYY-MM-DD\nhelp: kompendium --help\n";
    check(&site(), &["check", "--date", "2025-02-30", "--lang", "en"], 2, "", english);
}

#[test]
fn without_a_site_there_is_nothing_to_do() {
    let german =
        "Fehler: Im Ordner „.“ liegt keine kompendium.yaml. Mit -r nennen Sie den Ordner der Website.\n";
    check(&Folder::new(), &["build"], 2, "", german);
    let english = "error: there is no kompendium.yaml in `weg`; name the folder of the site with -r\n";
    check(&site(), &["check", "-r", "weg", "--lang", "en"], 2, "", english);
}

#[test]
fn build_says_what_it_did() {
    let folder = site();
    let first =
        "Keine Fehler. 1 Seite, 0 Tabellen → ./public: 2 Dateien geschrieben, 0 unverändert, 0 entfernt.\n";
    check(&folder, &["build"], 0, "", first);
    let again =
        "Keine Fehler. 1 Seite, 0 Tabellen → ./public: 0 Dateien geschrieben, 2 unverändert, 0 entfernt.\n";
    check(&folder, &["build"], 0, "", again);
    check(&folder, &["build", "-q"], 0, "", "");
    let english = "No errors. 1 page, 0 tables → ./public: 0 files written, 2 unchanged, 0 removed.\n";
    check(&folder, &["build", "--lang", "en"], 0, "", english);
}

#[test]
fn build_removes_what_is_no_longer_part_of_the_site() {
    let folder = site();
    folder.write("content/a.md", "---\ntitle: A\naliases: [b.html]\n---\n");
    let first =
        "Keine Fehler. 2 Seiten, 0 Tabellen → ./public: 4 Dateien geschrieben, 0 unverändert, 0 entfernt.\n";
    check(&folder, &["build"], 0, "", first);
    std::fs::remove_file(folder.path().join("content/a.md")).unwrap();
    let then =
        "Keine Fehler. 1 Seite, 0 Tabellen → ./public: 0 Dateien geschrieben, 2 unverändert, 2 entfernt.\n";
    check(&folder, &["build"], 0, "", then);
}

#[test]
fn check_writes_nothing() {
    let folder = site();
    let before = fixture::files(folder.path());
    check(&folder, &["check"], 0, "", "Keine Fehler.\n");
    check(&folder, &["check", "-q"], 0, "", "");
    check(&folder, &["check", "--lang", "en"], 0, "", "No errors.\n");
    assert!(fixture::files(folder.path()) == before);
}

#[test]
fn the_output_goes_where_it_is_asked_to() {
    let folder = Folder::new();
    fixture::copy(site().path(), &folder.path().join("site"));
    let written = |place| {
        format!(
            "Keine Fehler. 1 Seite, 0 Tabellen → {place}: 2 Dateien geschrieben, 0 unverändert, 0 entfernt.\n"
        )
    };
    check(&folder, &["build", "-r", "site"], 0, "", &written("site/public"));
    check(&folder, &["build", "-r", "site", "--output-dir", "out"], 0, "", &written("out"));
    assert_eq!(
        fixture::files(&folder.path().join("site/public")),
        fixture::files(&folder.path().join("out"))
    );
}

#[test]
fn a_site_with_errors_leaves_the_output_as_it_was() {
    let folder = site();
    fixture::run(folder.path(), &["build"]);
    let before = fixture::files(&folder.path().join("public"));
    folder.write("content/_index.md", "---\ntitle: Start\n---\n[Weg](weg.md)\n");
    let message = "\
Fehler[broken-link]  content/_index.md:4:7
  │
4 │ [Weg](weg.md)
  │       ^^^^^^ Eine Datei content/weg.md gibt es nicht.

1 Fehler in 1 Datei. ./public ist unverändert.
";
    check(&folder, &["build"], 1, "", message);
    assert!(fixture::files(&folder.path().join("public")) == before);
    check(&folder, &["check"], 1, "", &message.replace(" ./public ist unverändert.", ""));
}

#[test]
fn strict_makes_an_error_of_a_warning() {
    let folder = site_with_a_warning();
    let warning = "\
Warnung[heading-level]  content/_index.md:4:1
  │
4 │ #### Tief
  │ ^^^^^^^^^ Hier wird eine Ebene übersprungen: auf Ebene 1 folgt Ebene 4.
  │
  = Erwartet: ##

1 Warnung in 1 Datei.";
    let written = "1 Seite, 0 Tabellen → ./public: 2 Dateien geschrieben, 0 unverändert, 0 entfernt.";
    check(&folder, &["check", "--strict"], 1, "", &format!("{warning}\n"));
    check(&folder, &["build", "--strict"], 1, "", &format!("{warning} ./public ist unverändert.\n"));
    assert!(!folder.path().join("public").exists());
    check(&folder, &["build"], 0, "", &format!("{warning} {written}\n"));
    check(&folder, &["build", "-q"], 0, "", "");
}

#[test]
fn color_is_there_when_it_is_asked_for() {
    let colored = "\
\u{1b}[1;31merror[broken-link]\u{1b}[0m  content/_index.md:4:7
  │
\u{1b}[1m4\u{1b}[0m │ [Weg](weg.md)
  │       \u{1b}[1;31m^^^^^^\u{1b}[0m there is no file content/weg.md

1 error in 1 file.
";
    check(&site_with_an_error(), &["check", "--color", "always", "--lang", "en"], 1, "", colored);
}

#[test]
fn formats_for_machines_go_to_stdout() {
    let json = "{\"severity\":\"error\",\"code\":\"broken-link\",\"file\":\"content/_index.md\",\"line\":4,\
                \"column\":7,\"end_line\":4,\"end_column\":13,\"message\":\"there is no file content/weg.md\"}\n";
    let last = "1 error in 1 file.\n";
    let folder = site_with_an_error();
    check(&folder, &["check", "--lang", "en", "--format", "json"], 1, json, last);
    let github = "::error file=content/_index.md,line=4,endLine=4,col=7,endColumn=13,title=broken-link\
                  ::there is no file content/weg.md\n";
    check(&folder, &["check", "--lang", "en", "--format", "github"], 1, github, last);
    check(&site(), &["check", "--format", "json"], 0, "", "Keine Fehler.\n");
}

#[test]
fn a_folder_of_somebody_else_is_refused() {
    let folder = site();
    folder.write("fremd/a.txt", "meins\n");
    let refused = "\
Fehler: Der Ausgabeordner „fremd“ ist nicht leer und stammt nicht von Kompendium. Nennen Sie mit -o einen \
anderen Ordner, oder übernehmen Sie diesen mit --force (fremde Dateien bleiben).
";
    check(&folder, &["build", "-o", "fremd"], 2, "", refused);
    check(&folder, &["build", "-o", "fremd", "--prune"], 2, "", refused);
    assert_eq!(fixture::files(&folder.path().join("fremd")).len(), 1);
}

#[test]
fn force_takes_a_folder_and_prune_empties_it() {
    let folder = site();
    folder.write("fremd/a.txt", "meins\n");
    let done = |what, written, unchanged| {
        format!(
            "{what}: a.txt\nKeine Fehler. 1 Seite, 0 Tabellen → fremd: {written} Dateien geschrieben, \
             {unchanged} unverändert, 0 entfernt.\n"
        )
    };
    let kept = "Fremde Dateien im Ausgabeordner bleiben liegen";
    check(&folder, &["build", "-o", "fremd", "--force"], 0, "", &done(kept, 2, 0));
    check(&folder, &["build", "-o", "fremd"], 0, "", &done(kept, 0, 2));
    check(
        &folder,
        &["build", "-o", "fremd", "--prune"],
        0,
        "",
        &done("Gelöscht wurden fremde Dateien", 0, 2),
    );
    assert!(!folder.path().join("fremd/a.txt").exists());
}

#[test]
fn the_site_itself_is_never_the_output() {
    let cases = [
        (
            ".",
            "Der Ausgabeordner „ROOT“ ist der Ordner der Website oder enthält ihn. Nennen Sie mit -o einen anderen Ordner.",
        ),
        (
            "content",
            "Der Ausgabeordner „content“ liegt im Ordner „content“ der Website. Nennen Sie mit -o einen anderen Ordner.",
        ),
        (
            "kompendium.yaml",
            "„kompendium.yaml“ ist kein Ordner. Nennen Sie mit -o einen anderen Ausgabeordner.",
        ),
    ];
    let folder = site();
    let before = fixture::files(folder.path());
    for (output, message) in cases {
        check(&folder, &["build", "-o", output, "--force"], 2, "", &format!("Fehler: {message}\n"));
    }
    assert!(fixture::files(folder.path()) == before);
}

#[test]
fn help_names_the_options_of_data_init() {
    let german = "\
Schreibt zu einer CSV-Datei eine erste Beschreibung (datapackage.json)

Aufruf: kompendium data init DATEI.csv [OPTION …]

Angaben:
  <DATEI.csv>  Die Datei; die Beschreibung kommt neben sie

Optionen:
      --stdout                     Schreibt nichts, sondern gibt den Abschnitt für „resources“ aus
  -h, --help                       Zeigt diese Hilfe
  -r, --root <ORDNER>              Ordner der Website (mit kompendium.yaml); sonst der aktuelle
      --lang <de|en>               Sprache der Meldungen; sonst die der Website
      --format <FORM>              Form der Meldungen: text, json, github, gitlab, sarif oder markdown
      --color <auto|always|never>  Farbe in Meldungen
  -q, --quiet                      Zeigt nur Fehler
  -v, --verbose                    Zeigt auch, wie lange die Schritte dauern
      --drafts                     Nimmt Entwürfe mit auf
      --strict                     Behandelt Warnungen als Fehler
  -u, --base-url <URL>             Adresse der veröffentlichten Website
      --date <JJJJ-MM-TT>          Tag des Bauens; ohne ihn gilt SOURCE_DATE_EPOCH
";
    check(&Folder::new(), &["data", "init", "--help"], 0, german, "");
    let english = "\
helps to describe tables

Usage: kompendium data init FILE.csv [OPTION …]

Commands:
  init  writes a first descriptor (datapackage.json) for a CSV file

Options:
  -h, --help                       shows this help
  -r, --root <FOLDER>              folder of the site (with kompendium.yaml); the current one by default
      --lang <de|en>               language of the messages; that of the site by default
      --format <FORM>              form of the messages: text, json, github, gitlab, sarif or markdown
      --color <auto|always|never>  color in messages
  -q, --quiet                      shows errors only
  -v, --verbose                    also shows how long the steps take
      --drafts                     includes drafts
      --strict                     treats warnings as errors
  -u, --base-url <URL>             address of the published site
      --date <YYYY-MM-DD>          day of the build; SOURCE_DATE_EPOCH by default
";
    check(&Folder::new(), &["data", "--help", "--lang", "en"], 0, english, "");
}

const TABLE: &str = "Ort;Quote (%)\nBonn;1,5\nLand insgesamt;2\n";

const RESOURCE: &str = r##"{
  "name": "orte",
  "type": "table",
  "path": "orte.csv",
  "format": "csv",
  "mediatype": "text/csv",
  "encoding": "utf-8",
  "dialect": {
    "delimiter": ";"
  },
  "kompendium": {
    "rowHeader": "Ort",
    "summaryRows": {
      "field": "Ort",
      "values": [
        {
          "value": "Land insgesamt"
        }
      ]
    },
    "todo": [
      "In welchen Spalten lässt sich mit „Land insgesamt“ vergleichen? Eine Summe ist kein Vergleichswert; dort „comparable“: false eintragen."
    ]
  },
  "schema": {
    "$schema": "https://datapackage.org/profiles/2.0/tableschema.json",
    "primaryKey": [
      "Ort"
    ],
    "missingValues": [
      {
        "value": "",
        "label": "keine Angabe"
      }
    ],
    "fields": [
      {
        "name": "Ort",
        "type": "string",
        "constraints": {
          "required": true,
          "unique": true
        },
        "kompendium": {
          "id": "ort"
        }
      },
      {
        "name": "Quote (%)",
        "title": "Quote",
        "type": "number",
        "decimalChar": ",",
        "kompendium": {
          "id": "quote",
          "unit": "%",
          "decimals": 1,
          "scale": "share",
          "statistics": [
            "median",
            "mean",
            "minimum",
            "maximum"
          ]
        }
      }
    ]
  }
}
"##;

#[test]
fn data_init_describes_a_file() {
    let folder = Folder::new();
    folder.write("orte.csv", TABLE);
    let report = "\
orte.csv: 2 Spalten, 1 Zeile, 1 Summenzeile.

Erkannt:
- Codierung utf-8, Trennzeichen „;“
- Summenzeilen: In der Spalte „Ort“ steht „Land insgesamt“
- Name der Zeile: Spalte „Ort“
- Schlüssel: Spalte „Ort“
- Zahlen mit Komma vor den Nachkommastellen (1): „Quote (%)“
- Texte (1): „Ort“

Zu entscheiden (kompendium check erinnert daran):
- In welchen Spalten lässt sich mit „Land insgesamt“ vergleichen? Eine Summe ist kein Vergleichswert; dort „comparable“: false eintragen.
";
    let written = format!("datapackage.json ist geschrieben.\n{report}");
    check(&folder, &["data", "init", "--stdout", "orte.csv"], 0, RESOURCE, report);
    assert!(!folder.path().join("datapackage.json").exists());
    check(&folder, &["data", "init", "orte.csv"], 0, "", &written);
    let before = fixture::files(folder.path());
    let there = format!(
        "datapackage.json gibt es schon und bleibt, wie es ist. Dieser Abschnitt gehört dort in „resources“:\n{report}"
    );
    check(&folder, &["data", "init", "orte.csv"], 0, RESOURCE, &there);
    assert!(fixture::files(folder.path()) == before);
}

#[test]
fn data_init_speaks_english() {
    let folder = Folder::new();
    folder.write("data/a.csv", "Ort,Wert\nA,1.234\n");
    let report = "\
data/datapackage.json is written
a.csv: 2 columns, 1 row, 0 summary rows.

recognised:
- encoding utf-8, delimiter `,`
- name of the row: column `Ort`
- key: column `Ort`
- texts (1): `Ort`

to be decided (kompendium check reminds of it):
- column `Wert`: `1.234` can be 1234 or 1.234; if the sign groups thousands: `type`: \"number\", `groupChar`: \".\"; if it begins the decimals: `type`: \"number\", `decimalChar`: \".\"
";
    check(&folder, &["data", "init", "data/a.csv", "--lang", "en"], 0, "", report);
    let package = String::from_utf8(fixture::files(folder.path())["data/datapackage.json"].clone()).unwrap();
    assert!(package.contains("`1.234` can be 1234 or 1.234"), "{package}");
}

#[test]
fn data_init_refuses_what_is_no_table() {
    let folder = Folder::new();
    folder.write("a.csv", "Ort;Zahl\n\"Bonn;1\n");
    let missing = "Fehler: Eine Datei „weg.csv“ gibt es nicht.\n";
    check(&folder, &["data", "init", "weg.csv"], 2, "", missing);
    let broken = "\
Fehler[csv-syntax]  a.csv:2:1
  │
2 │ \"Bonn;1
  │ ^ Dieses Anführungszeichen wird bis zum Ende der Datei nicht geschlossen.
  │
  = Am Ende der Zelle fehlt das zweite gerade Anführungszeichen.

1 Fehler in 1 Datei.
";
    check(&folder, &["data", "init", "a.csv"], 1, "", broken);
    assert!(!folder.path().join("datapackage.json").exists());
}

/// The lines that the findings of a file begin at may change; they stay known.
#[test]
fn a_baseline_keeps_known_findings_quiet() {
    let folder = site_with_an_error();
    let written = "known.json ist geschrieben: 1 Meldung.\n";
    check(&folder, &["check", "--write-baseline", "known.json"], 0, "", written);
    let file = std::fs::read_to_string(folder.path().join("known.json")).unwrap();
    let expected = "\
{
  \"kompendium\": \"baseline 1\",
  \"findings\": [
    {\"file\":\"content/_index.md\",\"code\":\"broken-link\",\"fingerprint\":\"FINGERPRINT\",\"message\":\"Eine Datei content/weg.md gibt es nicht.\"}
  ]
}
";
    let start = file.find("fingerprint\":\"").unwrap() + 14;
    let fingerprint = &file[start..start + 32];
    assert_eq!(file.replace(fingerprint, "FINGERPRINT"), expected);
    check(&folder, &["check", "--write-baseline", "known.json"], 0, "", written);
    assert_eq!(std::fs::read_to_string(folder.path().join("known.json")).unwrap(), file);

    folder.write("content/_index.md", "---\ntitle: Start\n---\n\nMehr.\n\nDort: [Weg](weg.md)\n");
    let known = "Keine Fehler. 1 bekannte Meldung ist nicht dabei.\n";
    check(&folder, &["check", "--baseline", "known.json"], 0, "", known);
    check(&folder, &["check", "--baseline", "known.json", "-q"], 0, "", "");

    folder.write("content/_index.md", "---\ntitle: Start\n---\n[Weg](weg.md) und [noch](weg.md)\n");
    let new = "\
Fehler[broken-link]  content/_index.md:4:26
  │
4 │ [Weg](weg.md) und [noch](weg.md)
  │                          ^^^^^^ Eine Datei content/weg.md gibt es nicht.

1 Fehler in 1 Datei. 1 bekannte Meldung ist nicht dabei.
";
    check(&folder, &["check", "--baseline", "known.json"], 1, "", new);

    folder.write("content/_index.md", "---\ntitle: Start\n---\nText.\n");
    let gone = "\
Nicht mehr gefunden; diese Einträge können aus der Datei bekannter Meldungen weg:
- content/_index.md [broken-link] Eine Datei content/weg.md gibt es nicht.

Keine Fehler.
";
    check(&folder, &["check", "--baseline", "known.json"], 0, "", gone);
    let english = "\
found no more; these entries can leave the file of known findings:
- content/_index.md [broken-link] Eine Datei content/weg.md gibt es nicht.

No errors.
";
    check(&folder, &["check", "--baseline", "known.json", "--lang", "en"], 0, "", english);
}

#[test]
fn only_a_baseline_is_taken_for_one() {
    let folder = site_with_an_error();
    folder.write("other.json", "{}\n");
    let missing = "Fehler: Eine Datei „known.json“ gibt es nicht.\n";
    check(&folder, &["check", "--baseline", "known.json"], 2, "", missing);
    let other = "Fehler: „other.json“ ist keine Datei, die --write-baseline geschrieben hat.\n";
    check(&folder, &["check", "--baseline", "other.json"], 2, "", other);
    check(&folder, &["check", "--write-baseline", "other.json"], 2, "", other);
    assert_eq!(std::fs::read_to_string(folder.path().join("other.json")).unwrap(), "{}\n");
}

#[test]
fn a_message_can_be_explained() {
    let ran = fixture::run(Folder::new().path(), &["explain", "[broken-link]"]);
    let german = std::fs::read_to_string(fixture::repository().join("tests/explain/broken-link.de.txt"));
    assert_eq!((ran.code, ran.stdout, ran.stderr.as_str()), (0, german.unwrap(), ""));
    let ran = fixture::run(Folder::new().path(), &["explain", "broken-link", "--lang", "en"]);
    let english = std::fs::read_to_string(fixture::repository().join("tests/explain/broken-link.en.txt"));
    assert_eq!((ran.code, ran.stdout, ran.stderr.as_str()), (0, english.unwrap(), ""));
    check_usage(
        &["explain", "broken-lnk"],
        "Fehler: Eine Meldung „broken-lnk“ gibt es nicht. Meinten Sie: broken-link\n",
    );
    check_usage(
        &["explain", "gibt es nicht", "--lang", "en"],
        "error: there is no message `gibt es nicht`; all are told by: kompendium explain\n",
    );
}
