//! Building again: whoever remembers the last build says and writes what somebody says and
//! writes who does not.

use std::fs;
use std::os::unix::fs::symlink;
use std::path::PathBuf;

use crate::fixture::{self, Folder, Ran};

/// Two folders with the same site, both built. One forgets before each build.
struct Twins {
    warm: Folder,
    cold: Folder,
}

/// Whether the build that may remember has rendered nothing.
#[derive(Debug, PartialEq, Eq)]
enum Memory {
    Used,
    Unused,
}
use Memory::{Unused, Used};

impl Twins {
    fn new() -> Twins {
        let twins = Twins { warm: Folder::new(), cold: Folder::new() };
        twins.edit(site);
        twins.check(&["build"], Unused);
        twins
    }

    fn edit(&self, edit: impl Fn(&Folder)) {
        edit(&self.warm);
        edit(&self.cold);
    }

    /// Builds both, and compares what they say and what they have then.
    #[track_caller]
    fn check(&self, args: &[&str], expected: Memory) -> Ran {
        let _ = fs::remove_file(memory(&self.cold));
        let (warm, warm_memory) = run(&self.warm, args);
        let (cold, cold_memory) = run(&self.cold, args);
        assert_eq!((warm.code, &warm.stdout, &warm.stderr), (cold.code, &cold.stdout, &cold.stderr));
        assert_eq!((warm_memory, cold_memory), (expected, Unused));
        let output = |folder: &Folder| fixture::files(&folder.path().join("public"));
        assert!(output(&self.warm) == output(&self.cold), "the outputs differ");
        warm
    }

    /// Checks that the site is built after each of some edits.
    #[track_caller]
    fn check_edits(&self, edits: &[&dyn Fn(&Folder)]) {
        for edit in edits {
            self.edit(edit);
            self.check(&["build"], Unused);
        }
        self.check(&["build"], Used);
    }
}

/// Returns where a build remembers.
fn memory(folder: &Folder) -> PathBuf {
    folder.path().join(".public.cache")
}

/// Runs the program, and tells from the times of the steps whether it used its memory.
fn run(folder: &Folder, args: &[&str]) -> (Ran, Memory) {
    let ran = fixture::run(folder.path(), &[args, &["-v"]].concat());
    let (times, said): (Vec<&str>, Vec<&str>) =
        ran.stderr.split_inclusive('\n').partition(|it| it.ends_with(" ms\n"));
    let is_used = |it: &&str| it.contains("nichts ist neu") || it.contains("nothing is new");
    let memory = if times.iter().any(is_used) { Used } else { Unused };
    (Ran { stderr: said.concat(), ..ran }, memory)
}

/// A site with a table, a draft, a picture, warnings and a notice, in the bare theme.
pub fn site(folder: &Folder) {
    let repository = fixture::repository();
    fixture::copy(&repository.join("tests/golden/table/project"), folder.path());
    let theme = folder.path().join("themes/standard");
    fixture::copy(&repository.join("tests/golden-theme"), &theme);
    fixture::copy(&repository.join("themes/standard/i18n"), &theme.join("i18n"));
    folder.write("themes/standard/static/a.css", "a { color: red }\n");
    append(folder, "kompendium.yaml", "settings: { leer: { label: Anschrift & Ort, value: } }\n");
    folder.write("content/a.md", "---\ntitle: Größe\n---\n#### Tief\n\n{setting}`leer`\n");
    folder.write("content/b.md", "---\ntitle: Größe\nupdated: 2025-03-01\n---\n![Bild](bild.png)\n");
    folder.write("content/bild.png", "kein Bild");
    folder.write("content/entwurf.md", "---\ntitle: Entwurf\ndraft: true\n---\n");
}

fn append(folder: &Folder, path: &str, more: &str) {
    let before = fs::read_to_string(folder.path().join(path)).unwrap();
    folder.write(path, before + more);
}

fn replace(folder: &Folder, path: &str, old: &str, new: &str) {
    let before = fs::read_to_string(folder.path().join(path)).unwrap();
    assert!(before.contains(old), "{before}");
    folder.write(path, before.replace(old, new));
}

fn remove(folder: &Folder, path: &str) {
    fs::remove_file(folder.path().join(path)).unwrap();
}

#[test]
fn nothing_changed_is_said_in_every_form() {
    let twins = Twins::new();
    let said = twins.check(&["build"], Used).stderr;
    let summary = "2 Warnungen und 1 Hinweis in 3 Dateien. 6 Seiten, 1 Tabelle → ./public: 0 Dateien \
                   geschrieben, 17 unverändert, 0 entfernt.\n";
    assert!(said.contains("  = zuerst hier: content/a.md:2:8\n") && said.ends_with(summary), "{said}");
    for args in [
        &["build", "--lang", "en"][..],
        &["build", "--color", "always"],
        &["build", "--format", "json"],
        &["build", "--format", "github", "--lang", "en"],
        &["build", "-q"],
    ] {
        twins.check(args, Used);
    }
}

#[test]
fn a_memory_is_read_and_not_written() {
    let twins = Twins::new();
    let written = || fs::metadata(memory(&twins.warm)).unwrap().modified().unwrap();
    let before = written();
    twins.check(&["build"], Used);
    assert_eq!(written(), before);
}

#[test]
fn a_memory_lies_beside_its_output_and_nothing_else_does() {
    let twins = Twins::new();
    assert_eq!(run(&twins.warm, &["build", "-o", "andere"]).1, Unused);
    assert_eq!(run(&twins.warm, &["build", "-o", "andere"]).1, Used);
    assert_eq!(run(&twins.warm, &["build", "-o", "public/"]).1, Used);
    let names = fs::read_dir(twins.warm.path()).unwrap().map(|it| it.unwrap().file_name());
    let mut names: Vec<String> = names.map(|it| it.into_string().unwrap()).collect();
    names.retain(|it| it.starts_with('.'));
    names.sort();
    assert_eq!(names, [".andere.cache", ".andere.lock", ".public.cache", ".public.lock"]);
    let inside = fixture::files(&twins.warm.path().join("public")).into_keys();
    assert_eq!(inside.filter(|it| it.starts_with('.')).collect::<Vec<_>>(), [".kompendium-output"]);
}

#[test]
fn whatever_is_edited_is_noticed() {
    Twins::new().check_edits(&[
        &|it| append(it, "content/a.md", "\nEin Satz mehr.\n"),
        &|it| append(it, "content/bild.png", "!"),
        &|it| replace(it, "kompendium.yaml", "title: T", "title: Titel"),
        &|it| replace(it, "data/orte.csv", "9.700", "9.800"),
        &|it| replace(it, "data/datapackage.json", "gerundet", "geschätzt"),
        &|it| append(it, "themes/standard/templates/base.html", "<!-- neu -->\n"),
        &|it| append(it, "themes/standard/static/a.css", "a { margin: 0 }\n"),
    ]);
}

#[test]
fn a_new_file_and_a_missing_one_are_noticed() {
    Twins::new().check_edits(&[
        &|it| it.write("content/neu.md", "---\ntitle: Neu\n---\n"),
        &|it| remove(it, "content/neu.md"),
        &|it| it.write("content/leer.txt", ""),
        &|it| remove(it, "content/leer.txt"),
        &|it| it.write("themes/standard/static/b.css", ""),
        &|it| it.write("data/neu.csv", ""),
        &|it| fs::rename(it.path().join("content/b.md"), it.path().join("content/c.md")).unwrap(),
    ]);
}

#[test]
fn an_output_that_somebody_touched_is_mended() {
    Twins::new().check_edits(&[
        &|it| append(it, "public/index.html", "<!-- von Hand -->"),
        &|it| replace(it, "public/index.html", "Start", "START"),
        &|it| remove(it, "public/index.html"),
        &|it| fs::remove_dir_all(it.path().join("public")).unwrap(),
    ]);
}

#[test]
fn an_output_with_a_damaged_marker_or_none_is_refused() {
    let twins = Twins::new();
    twins.edit(|it| append(it, "public/.kompendium-output", "\n"));
    assert_eq!(twins.check(&["build"], Unused).code, 2);
    twins.edit(|it| remove(it, "public/.kompendium-output"));
    assert_eq!(twins.check(&["build"], Unused).code, 2);
}

#[test]
fn foreign_files_are_seen_every_time() {
    let twins = Twins::new();
    for path in ["public/fremd.txt", "public/orte/tief/fremd.txt"] {
        twins.edit(|it| it.write(path, "fremd"));
        let first = twins.check(&["build"], Unused);
        assert!(first.stderr.contains("Fremde Dateien"), "{}", first.stderr);
        assert_eq!(twins.check(&["build"], Unused).stderr, first.stderr);
        twins.check(&["build", "--prune"], Unused);
        twins.check(&["build"], Used);
    }
    twins.edit(|it| fs::create_dir(it.path().join("public/leer")).unwrap());
    twins.check(&["build"], Unused);
    twins.edit(|it| fs::remove_dir(it.path().join("public/leer")).unwrap());
    twins.check(&["build"], Used);
    twins.edit(|it| symlink("index.html", it.path().join("public/link.html")).unwrap());
    twins.check(&["build"], Unused);
    twins.check(&["build", "--force"], Unused);
    twins.check(&["build", "--prune"], Unused);
    // What keeps a folder in git is no foreign file.
    twins.edit(|it| it.write("public/.gitkeep", ""));
    twins.check(&["build"], Used);
}

#[test]
fn a_damaged_memory_is_forgotten_and_replaced() {
    let twins = Twins::new();
    let path = memory(&twins.warm);
    let whole = fs::read(&path).unwrap();
    let mut flipped = whole.clone();
    *flipped.last_mut().unwrap() ^= 1;
    for damaged in
        [b"", &whole[..19], &whole[..whole.len() - 1], &flipped, &[0xFF; 1000], b"kompendium cache 2\n"]
    {
        fs::write(&path, damaged).unwrap();
        assert_eq!(run(&twins.warm, &["build"]).1, Unused);
        assert!(fs::read(&path).unwrap() == whole);
    }
    twins.check(&["build"], Used);
    fs::remove_file(&path).unwrap();
    twins.check(&["build"], Unused);
    assert!(fs::read(&path).unwrap() == whole);
}

#[test]
fn what_is_no_file_is_no_memory() {
    let twins = Twins::new();
    let path = memory(&twins.warm);
    let precious = twins.warm.path().join("precious");
    fs::rename(&path, &precious).unwrap();
    let before = fs::read(&precious).unwrap();
    symlink("precious", &path).unwrap();
    twins.check(&["build"], Unused);
    assert!(fs::symlink_metadata(&path).unwrap().is_file() && fs::read(&precious).unwrap() == before);

    fs::remove_file(&path).unwrap();
    fs::create_dir(&path).unwrap();
    twins.check(&["build"], Unused);
    twins.check(&["build"], Unused);
}

#[test]
fn what_is_asked_for_is_part_of_the_memory() {
    let twins = Twins::new();
    for args in [
        &["build", "--drafts"][..],
        &["build", "--date", "2025-02-01"],
        &["build", "--date", "2025-04-01"],
        &["build", "-u", "https://www.example.org/kb"],
        &["build", "-u", "https://www.example.org/"],
        &["build"],
    ] {
        twins.check(args, Unused);
        twins.check(args, Used);
    }
}

#[test]
fn strict_fails_with_a_memory_too() {
    let twins = Twins::new();
    let strict = twins.check(&["build", "--strict"], Used);
    assert_eq!(strict.code, 1);
    assert!(strict.stderr.ends_with("2 Warnungen und 1 Hinweis in 3 Dateien. ./public ist unverändert.\n"));
    twins.check(&["build", "--strict", "-q"], Used);
    twins.check(&["build"], Used);
}

#[test]
fn a_build_that_strict_forbids_is_not_remembered() {
    let twins = Twins::new();
    twins.edit(|it| append(it, "content/a.md", "\nEin Satz mehr.\n"));
    twins.check(&["build", "--strict"], Unused);
    twins.check(&["build", "--strict"], Unused);
    twins.check(&["build"], Unused);
}

#[test]
fn errors_leave_the_memory_of_the_good_build() {
    let twins = Twins::new();
    for broken in ["[Weg](weg.md)\n", "\u{1}\n"] {
        twins.edit(|it| append(it, "content/a.md", broken));
        assert_eq!(twins.check(&["build"], Unused).code, 1);
        assert_eq!(twins.check(&["build"], Unused).code, 1);
        twins.edit(|it| replace(it, "content/a.md", broken, ""));
        assert_eq!(twins.check(&["build"], Used).code, 0);
    }
}

/// A byte that is no text is read as U+FFFD, which is text.
#[test]
fn an_unreadable_text_is_not_the_one_it_looks_like() {
    let twins = Twins::new();
    twins.check_edits(&[&|it| append(it, "content/a.md", "\u{FFFD}")]);
    twins.edit(|it| {
        let path = it.path().join("content/a.md");
        let bytes = fs::read(&path).unwrap();
        fs::write(path, [bytes.strip_suffix("\u{FFFD}".as_bytes()).unwrap(), b"\xFF"].concat()).unwrap();
    });
    assert_eq!(twins.check(&["build"], Unused).code, 1);
}

#[test]
fn a_killed_build_is_cleaned_up_first() {
    let twins = Twins::new();
    twins.edit(|it| it.write(".public.tmp-4711/index.html", "halb"));
    twins.edit(|it| it.write(".public.tmp-4712", "half a memory"));
    twins.check(&["build"], Unused);
    twins.edit(|it| {
        let left = |path| it.path().join(path).exists();
        assert!(!left(".public.tmp-4711") && !left(".public.tmp-4712"));
    });
    twins.check(&["build"], Used);
}
