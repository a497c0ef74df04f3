//! Lists of pages, and where something is used: whole outputs.

use crate::fixture::{self, Folder};

fn site() -> Folder {
    let folder = Folder::new();
    fixture::copy(&fixture::repository().join("tests/explain/site"), folder.path());
    folder.write(
        "content/seite.md",
        "---\ntitle: Über Ämter\nowner: Änne Muster\nreview_by: 2026-03-01\n---\n\n\
         Zur [Praxis](gute-praxis/mentoring.md), ![Karte](karte.png) und\n\
         {value}`orte/kiel/quote` {term}`Inobhutnahme` {cite}`muender-2020`.\n\n\
         ```{chart} orte\ncolumn: quote\n```\n",
    );
    folder.write("content/karte.png", "png");
    folder.write("content/gute-praxis/neu.md", "---\ntitle: Neu\nterm: inobhutnahme\nupdated: 2026-01-02\nreview_by: 2025-01-31\n---\nEine Inobhutnahme.\n");
    folder.write(
        "content/entwurf.md",
        "---\ntitle: Entwurf\nowner: Redaktion\ndraft: true\n---\n[Neu](gute-praxis/neu.md)\n",
    );
    folder
}

#[track_caller]
fn check(args: &[&str], code: i32, stdout: &str, stderr: &str) {
    let ran = fixture::run(site().path(), args);
    fixture::check(&ran, code, stdout, stderr);
}

#[test]
fn drafts_are_listed() {
    let table = "\
Datei               Titel    Zuständig  Stand
content/entwurf.md  Entwurf  Redaktion
";
    check(&["list", "drafts"], 0, table, "");
    let json =
        "{\"path\":\"content/entwurf.md\",\"title\":\"Entwurf\",\"owner\":\"Redaktion\",\"date\":null}\n";
    check(&["list", "drafts", "--format", "json"], 0, json, "");
}

#[test]
fn pages_are_due_on_their_day() {
    let both = "\
File                        Title       Owner        Due
content/gute-praxis/neu.md  Neu                      2025-01-31
content/seite.md            Über Ämter  Änne Muster  2026-03-01
";
    check(&["list", "due", "--date", "2026-03-01", "--lang", "en"], 0, both, "");
    let one = "\
Datei                       Titel  Zuständig  Fällig
content/gute-praxis/neu.md  Neu               2025-01-31
";
    check(&["list", "due", "--date", "2026-02-28"], 0, one, "");
    check(&["list", "due", "--date", "2025-01-30"], 0, "", "Nichts gefunden.\n");
}

#[test]
fn pages_without_a_way_to_them_are_listed() {
    let table = "\
Datei                       Titel       Zuständig    Stand
content/gute-praxis/neu.md  Neu                      2026-01-02
content/seite.md            Über Ämter  Änne Muster
content/zitate.md           Zitate
";
    check(&["list", "orphans"], 0, table, "");
}

#[test]
fn uses_of_everything_are_found() {
    let page = "\
Stelle                        Wie              Seite
content/gute-praxis/neu.md:3  Angabe           Neu
content/gute-praxis/neu.md:7  Begriff im Text  Neu
content/seite.md:8            Begriff          Über Ämter
";
    check(&["list", "uses", "content/glossar/inobhutnahme.md"], 0, page, "");
    check(&["list", "uses", "Inobhutnahme"], 0, page, "");
    let table = "\
Stelle               Wie       Seite
content/seite.md:8   Zahl      Über Ämter
content/seite.md:10  Diagramm  Über Ämter
";
    check(&["list", "uses", "data/orte.csv"], 0, table, "");
    check(&["list", "uses", "orte"], 0, table, "");
    let picture = "Stelle              Wie   Seite\ncontent/seite.md:7  Bild  Über Ämter\n";
    check(&["list", "uses", "./content/karte.png"], 0, picture, "");
    let link = "Place               How   Page\ncontent/seite.md:7  link  Über Ämter\n";
    check(&["list", "uses", "gute-praxis/mentoring.md", "--lang", "en"], 0, link, "");
    let source = "\
{\"path\":\"content/seite.md\",\"line\":8,\"column\":54,\"kind\":\"citation\",\"page\":\"Über Ämter\"}
{\"path\":\"content/zitate.md\",\"line\":4,\"column\":23,\"kind\":\"citation\",\"page\":\"Zitate\"}
";
    check(&["list", "uses", "muender-2020", "--format", "json"], 0, source, "");
    let unknown = "Fehler: Eine Seite, Datei, Tabelle oder Quelle „gibtsnicht“ gibt es nicht.\n";
    check(&["list", "uses", "gibtsnicht"], 2, "", unknown);
}

#[test]
fn a_broken_site_is_listed_as_far_as_it_goes() {
    let folder = site();
    folder.write("content/kaputt.md", "kein Kopf\n");
    let ran = fixture::run(folder.path(), &["list", "drafts"]);
    let warning = "Die Website hat Fehler (kompendium check); die Liste kann unvollständig sein.\n";
    assert_eq!((ran.code, ran.stderr.as_str()), (0, warning));
}
