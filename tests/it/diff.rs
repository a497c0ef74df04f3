//! `kompendium diff`. What it tells is data: `tests/diff/NAME` holds a site in two states,
//! `old` and `new`, and what is printed: `expected.txt`, `expected.md` and `expected.json`.
//!
//! What both states share lies in `both`. Arguments may stand in a file `args`.

use std::fs;
use std::path::Path;
use std::process::Command;

use pulldown_cmark::{Event, Options, Parser, Tag};

use crate::fixture::{self, Folder};

#[test]
fn changes_are_exact() {
    fixture::run_cases(&fixture::cases("diff", ""), check);
}

fn check(case: &Path) -> Result<(), String> {
    let folder = Folder::new();
    for state in ["old", "new"] {
        fixture::copy(&case.join("both"), &folder.path().join(state));
        fixture::copy(&case.join(state), &folder.path().join(state));
    }
    let args = fs::read_to_string(case.join("args")).unwrap_or_default();
    for (format, ending) in [("text", "txt"), ("markdown", "md"), ("json", "json")] {
        let mut words = vec!["diff", "old", "new", "--format", format];
        words.extend(args.split_whitespace());
        let ran = fixture::run(folder.path(), &words);
        if ran.code != 0 || !ran.stderr.is_empty() {
            return Err(format!("exit code {}\n{}", ran.code, ran.stderr));
        }
        let file = case.join(format!("expected.{ending}"));
        let expected = fs::read_to_string(&file).unwrap_or_default();
        if expected == ran.stdout {
            continue;
        }
        if !fixture::update() {
            return Err(format!("{format}\nexpected:\n{expected}\nactual:\n{}", ran.stdout));
        }
        fs::write(file, ran.stdout).unwrap();
    }
    Ok(())
}

/// What a comment may hold beside text.
const TAGS: [&str; 12] = [
    "<del>",
    "</del>",
    "<ins>",
    "</ins>",
    "<br>",
    "<details>",
    "<summary>",
    "</summary>",
    "</details>",
    "<strong>",
    "</strong>",
    "",
];

#[test]
fn comments_hold_nothing_but_text() {
    fixture::run_cases(&fixture::cases("diff", ""), |case| {
        let markdown = fs::read_to_string(case.join("expected.md")).map_err(|err| err.to_string())?;
        let options = Options::ENABLE_TABLES | Options::ENABLE_STRIKETHROUGH;
        let mut text = String::new();
        for event in Parser::new_ext(&markdown, options) {
            match event {
                Event::Html(html) | Event::InlineHtml(html) => {
                    for part in html.split_inclusive('>') {
                        let (before, tag) = part.split_at(part.find('<').unwrap_or(part.len()));
                        if !TAGS.contains(&tag) {
                            return Err(format!("a tag: {tag}"));
                        }
                        text.push_str(&decoded(before));
                    }
                }
                Event::Start(Tag::Link { .. } | Tag::Image { .. }) => return Err("a link".to_owned()),
                Event::Text(more) | Event::Code(more) => text.push_str(&more),
                _ => {}
            }
        }
        let words = text.to_lowercase();
        let is_live = |sign: &str| {
            words
                .match_indices(sign)
                .any(|(at, _)| words[at + sign.len()..].starts_with(char::is_alphanumeric))
        };
        match ["@", "://", "www.", "#", "gh-"].into_iter().find(|it| is_live(it)) {
            Some(sign) => Err(format!("{sign} would do something")),
            None => Ok(()),
        }
    });
}

/// Returns text whose signs are written as numbers.
fn decoded(html: &str) -> String {
    let mut parts = html.split("&#");
    let first = parts.next().unwrap_or_default().to_owned();
    parts.fold(first, |text, part| {
        let (number, rest) = part.split_once(';').unwrap();
        let sign = char::from_u32(number.parse().unwrap()).unwrap();
        format!("{text}{sign}{rest}")
    })
}

/// Runs `git` in a folder; nothing of the machine decides what it does.
pub fn git(folder: &Path, args: &[&str]) {
    let ran = Command::new("git")
        .args(["-c", "init.defaultBranch=main", "-c", "user.name=T", "-c", "user.email=t@example.org"])
        .args(["-c", "commit.gpgsign=false", "-c", "core.autocrlf=false"])
        .args(args)
        .current_dir(folder)
        .env("GIT_CONFIG_GLOBAL", "/dev/null")
        .env("GIT_CONFIG_NOSYSTEM", "1")
        .output()
        .unwrap();
    assert!(ran.status.success(), "{}", String::from_utf8_lossy(&ran.stderr));
}

fn page(text: &str) -> String {
    format!("---\ntitle: Start\n---\n{text}\n")
}

/// A repository with a site in the folder `wissen`: two states, and a third that is not committed.
fn repository() -> Folder {
    let folder = Folder::new();
    folder.write("wissen/kompendium.yaml", "title: T\n");
    folder.write("wissen/content/_index.md", page("Eins."));
    folder.write("anderes/notizen.md", "gehört nicht dazu\n");
    git(folder.path(), &["init", "--quiet"]);
    git(folder.path(), &["add", "."]);
    git(folder.path(), &["commit", "--quiet", "-m", "eins"]);
    git(folder.path(), &["tag", "erster"]);
    folder.write("wissen/content/_index.md", page("Eins und zwei."));
    git(folder.path(), &["commit", "--quiet", "-a", "-m", "zwei"]);
    folder.write("wissen/content/_index.md", page("Eins und zwei und drei."));
    folder
}

#[track_caller]
fn check_run(folder: &Folder, args: &[&str], code: i32, stdout: &str, stderr: &str) {
    let ran = fixture::run(folder.path(), args);
    assert_eq!((ran.code, ran.stdout.as_str(), ran.stderr.as_str()), (code, stdout, stderr));
}

const ONE_TO_TWO: &str = "\
1\u{a0}Seite geändert.

Seiten
  geändert: Start (index.html)
    „Anfang der Seite“: Eins {+und zwei+}.
";

const TWO_TO_THREE: &str = "\
1\u{a0}Seite geändert.

Seiten
  geändert: Start (index.html)
    „Anfang der Seite“: Eins und zwei {+und drei+}.
";

#[test]
fn two_revisions_of_a_repository() {
    let folder = repository();
    check_run(&folder, &["diff", "HEAD~1", "main", "-r", "wissen"], 0, ONE_TO_TWO, "");
    check_run(&folder, &["diff", "erster", "HEAD", "-r", "wissen"], 0, ONE_TO_TWO, "");
}

#[test]
fn a_revision_and_the_folder_as_it_is() {
    let folder = repository();
    check_run(&folder, &["diff", "HEAD", "-r", "wissen"], 0, TWO_TO_THREE, "");
    check_run(&folder, &["diff", "HEAD", "wissen", "-r", "wissen"], 0, TWO_TO_THREE, "");
    let inside = Folder::new();
    drop(inside);
    let ran = fixture::run(&folder.path().join("wissen"), &["diff", "HEAD"]);
    assert_eq!((ran.code, ran.stdout.as_str()), (0, TWO_TO_THREE));
}

#[test]
fn nothing_is_checked_out() {
    let folder = repository();
    let before = fixture::files(folder.path());
    check_run(&folder, &["diff", "HEAD~1", "HEAD", "-r", "wissen"], 0, ONE_TO_TWO, "");
    assert_eq!(before, fixture::files(folder.path()));
}

#[test]
fn what_is_stored_counts_and_no_filter() {
    let folder = repository();
    let marker = folder.path().join("ran");
    let command = format!("sh -c 'touch {}; cat'", marker.display());
    for key in ["diff.x.textconv", "filter.x.smudge", "core.fsmonitor", "core.pager", "alias.cat-file"] {
        git(folder.path(), &["config", key, &command]);
    }
    folder.write("wissen/.gitattributes", "* diff=x filter=x export-ignore\n");
    check_run(&folder, &["diff", "HEAD~1", "HEAD", "-r", "wissen"], 0, ONE_TO_TWO, "");
    assert!(!marker.exists());
}

#[test]
fn a_revision_is_never_an_option() {
    let folder = repository();
    for name in
        ["--help", "--output=ran", "-h", "--upload-pack=touch ran", "HEAD\nHEAD", "HEAD:wissen", "", "^HEAD"]
    {
        let ran = fixture::run(folder.path(), &["diff", "-r", "wissen", "--", name]);
        assert_eq!(ran.code, 2, "{name}: {}", ran.stdout);
        let expected =
            format!("Fehler: „{name}“ ist weder ein Ordner mit kompendium.yaml noch eine Git-Revision.\n");
        assert_eq!(ran.stderr, expected);
    }
    assert!(!folder.path().join("ran").exists());
}

#[test]
fn a_site_that_is_not_there_is_said() {
    let folder = repository();
    check_run(
        &folder,
        &["diff", "HEAD", "-r", "anderes"],
        2,
        "",
        "Fehler: Im Stand „HEAD“ liegt in diesem Ordner keine kompendium.yaml.\n",
    );
    let empty = Folder::new();
    let ran = fixture::run(empty.path(), &["diff", "HEAD"]);
    assert_eq!(ran.code, 2);
    assert!(
        ran.stderr.starts_with("Fehler: git konnte den Stand nicht lesen: not a git repository"),
        "{}",
        ran.stderr
    );
}

#[test]
fn links_in_a_repository_are_refused_as_in_a_folder() {
    let folder = repository();
    #[cfg(unix)]
    std::os::unix::fs::symlink("/etc/passwd", folder.path().join("wissen/content/weg.md")).unwrap();
    git(folder.path(), &["add", "."]);
    git(folder.path(), &["commit", "--quiet", "-m", "drei"]);
    let ran = fixture::run(folder.path(), &["diff", "HEAD~1", "HEAD", "-r", "wissen"]);
    let expected = "\
Im Stand „HEAD“:

Fehler[symlink]  content/weg.md:1:1
  │
  = Kopieren Sie die Datei an diese Stelle.
";
    assert_eq!((ran.code, ran.stdout.as_str()), (1, ""));
    assert!(
        ran.stderr.starts_with("Im Stand „HEAD“:\n\nFehler[symlink]  content/weg.md"),
        "{}{expected}",
        ran.stderr
    );
}

/// A site in two folders.
fn two_states(old: &str, new: &str) -> Folder {
    let folder = Folder::new();
    for (state, text) in [("old", old), ("new", new)] {
        folder.write(&format!("{state}/kompendium.yaml"), "title: T\n");
        folder.write(&format!("{state}/content/_index.md"), page(text));
    }
    folder
}

#[test]
fn the_same_is_no_change() {
    let folder = two_states("Ein *Satz*, der\nweitergeht.", "Ein _Satz_,\nder weitergeht.\n\n\n");
    check_run(&folder, &["diff", "old", "new"], 0, "Für Leser*innen ändert sich nichts.\n", "");
    check_run(&folder, &["diff", "old", "new", "--lang", "en"], 0, "Nothing changes for readers.\n", "");
    check_run(
        &folder,
        &["diff", "old", "new", "--exit-code"],
        0,
        "Für Leser*innen ändert sich nichts.\n",
        "",
    );
}

#[test]
fn an_exit_code_tells_of_a_change() {
    let folder = two_states("Eins.", "Eins und zwei.");
    check_run(&folder, &["diff", "old", "new", "--exit-code"], 1, ONE_TO_TWO, "");
}

#[test]
fn a_broken_new_state_is_not_compared() {
    let folder = two_states("Eins.", "[Weg](weg.md)");
    let ran = fixture::run(folder.path(), &["diff", "old", "new"]);
    let stderr = "\
Im Stand „new“:

Fehler[broken-link]  content/_index.md:4:7
  │
4 │ [Weg](weg.md)
  │       ^^^^^^ Eine Datei content/weg.md gibt es nicht.

Verglichen wird erst, wenn der neue Stand keine Fehler hat.
";
    assert_eq!((ran.code, ran.stdout.as_str(), ran.stderr.as_str()), (1, "", stderr));
}

#[test]
fn a_broken_old_state_is_compared_as_far_as_it_goes() {
    let folder = two_states("Eins [und](weg.md) zwei.", "Eins und zwei.");
    let ran = fixture::run(folder.path(), &["diff", "old", "new"]);
    assert_eq!(ran.code, 0, "{}", ran.stderr);
    assert!(ran.stderr.starts_with("Im Stand „old“:\n\nFehler[broken-link]"), "{}", ran.stderr);
}

#[test]
fn the_page_stands_alone() {
    let folder =
        two_states("Ein <b>Satz</b> mit {style} und {body}.", "Ein <i>Satz</i> mit {style} und {body}.");
    check_run(&folder, &["diff", "old", "new", "-o", "out.html"], 0, "", "out.html ist geschrieben.\n");
    let html = fs::read_to_string(folder.path().join("out.html")).unwrap();
    assert!(!html.contains("<script") && !html.contains("style=") && !html.contains("<b>"), "{html}");
    assert!(!html.contains("src=") && !html.contains("url("), "{html}");
    check_run(
        &folder,
        &["diff", "old", "new", "-o", "old/kompendium.yaml"],
        2,
        "",
        "Fehler: „old/kompendium.yaml“ ist kein Name einer Seite: er endet nicht auf .html.\n",
    );
    folder.write("brief.html", "kein HTML");
    let refused =
        "Fehler: „brief.html“ gibt es schon, und es ist etwas anderes. Nennen Sie einen anderen Namen.\n";
    check_run(&folder, &["diff", "old", "new", "-o", "brief.html"], 2, "", refused);
    assert_eq!(fs::read_to_string(folder.path().join("brief.html")).unwrap(), "kein HTML");
}

#[test]
fn hostile_texts_are_compared_in_time() {
    // Compared word by word, they would take hours.
    let folder = two_states(&"a b ".repeat(5 << 18), &"b a a ".repeat(5 << 17));
    let lines = |line: &str| line.repeat(20_000);
    folder.write("old/content/absaetze.md", page(&lines("a\n\nb\n\n")));
    folder.write("new/content/absaetze.md", page(&lines("b\n\na\n\na\n\n")));
    folder.write("old/content/lang.md", page(&lines("a b a b a b a b a\n\n")));
    folder.write("new/content/lang.md", page(&lines("b b a a a b a b b\n\n")));
    let ran = fixture::run(folder.path(), &["diff", "old", "new", "-q"]);
    assert_eq!((ran.code, ran.stdout.matches("geändert: ").count()), (0, 3), "{}", ran.stderr);
}

#[test]
fn a_comment_is_never_too_long() {
    let folder = two_states("Eins.", "Eins.");
    for at in 0..1_500 {
        let text = |word: &str| format!("---\ntitle: Seite {at} @alle\n---\nEin Satz mit dem Wort {word}.\n");
        folder.write(&format!("old/content/seite-{at}.md"), text("alt"));
        folder.write(&format!("new/content/seite-{at}.md"), text("neu"));
    }
    let ran = fixture::run(folder.path(), &["diff", "old", "new", "--format", "markdown"]);
    let length = ran.stdout.encode_utf16().count();
    assert!((60_000..=65_536).contains(&length), "{length}");
    assert!(ran.stdout.ends_with("alles zeigt `kompendium diff --html DATEI.html`.\n"), "{}", ran.stdout);
}
