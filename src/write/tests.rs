//! Real folders, real files. Every test has a folder of its own, which goes at the end.

use std::collections::BTreeSet;
use std::fs;
use std::os::unix::fs::{MetadataExt, PermissionsExt, symlink};
use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, AtomicU32, Ordering};
use std::time::{Duration, SystemTime};
use std::{env, process, thread};

use super::*;
use crate::diag::Lang;

const PLAIN: Options = Options { force: false, prune: false };
const FORCE: Options = Options { force: true, prune: false };
const PRUNE: Options = Options { force: false, prune: true };

/// A folder with a site `site` and its output `site/public`.
struct Scene {
    root: PathBuf,
}

impl Scene {
    fn new() -> Scene {
        static NEXT: AtomicU32 = AtomicU32::new(0);
        let number = NEXT.fetch_add(1, Ordering::Relaxed);
        let root = env::temp_dir().join(format!("kompendium-write-{}-{number}", process::id()));
        fs::create_dir_all(root.join("site/content")).expect("the temporary folder can be written");
        Scene { root }
    }

    /// A scene whose output holds these files.
    fn with(files: &[(&str, &str)]) -> Scene {
        let scene = Scene::new();
        scene.publish(files);
        scene
    }

    fn site(&self) -> PathBuf {
        self.root.join("site")
    }

    fn out(&self) -> PathBuf {
        self.site().join("public")
    }

    fn publish(&self, files: &[(&str, &str)]) -> Report {
        self.try_publish(files, PLAIN, Swap::Exchange).expect("it can be written")
    }

    fn try_publish(
        &self,
        files: &[(&str, &str)],
        options: Options,
        swap: Swap,
    ) -> Result<Report, WriteError> {
        let patience = Duration::from_millis(300);
        publish_as(&self.out(), &self.site(), &outputs(files), &options, Settings { patience, swap })
    }

    fn put(&self, path: &str, text: &str) {
        let path = self.site().join(path);
        fs::create_dir_all(path.parent().expect("it has one")).expect("it can be made");
        fs::write(path, text).expect("it can be written");
    }

    fn read(&self, path: &str) -> Option<String> {
        fs::read_to_string(self.out().join(path)).ok()
    }

    fn inode(&self, path: &str) -> (u64, SystemTime) {
        let metadata = fs::metadata(self.out().join(path)).expect("it exists");
        (metadata.ino(), metadata.modified().expect("there is a time"))
    }

    /// Everything in the output but the marker.
    fn listing(&self) -> Vec<String> {
        let walk = walkdir::WalkDir::new(self.out()).min_depth(1).sort_by_file_name();
        let names = walk.into_iter().map(|it| it.expect("it can be read"));
        let names = names.map(|it| it.path().strip_prefix(self.out()).expect("below").display().to_string());
        names.filter(|it| it != marker::FILE).collect()
    }

    /// What lies beside the output and was not put there by the test.
    fn beside(&self) -> BTreeSet<String> {
        let names = fs::read_dir(self.site()).expect("it exists");
        let names = names.map(|it| it.expect("it can be read").file_name().display().to_string());
        names.filter(|it| it.starts_with(".public.")).collect()
    }

    #[track_caller]
    fn check_tidy(&self) {
        assert_eq!(self.beside(), BTreeSet::from([".public.lock".to_owned()]));
        assert!(!self.out().join(in_place::STAGING).exists());
    }
}

impl Drop for Scene {
    fn drop(&mut self) {
        let _ = fs::remove_dir_all(&self.root);
    }
}

fn outputs(files: &[(&str, &str)]) -> Vec<Output> {
    let output = |&(path, text): &(&str, &str)| Output {
        path: SitePath::new(path).expect("a path"),
        bytes: Arc::from(text.as_bytes()),
    };
    files.iter().map(output).collect()
}

#[track_caller]
fn check_refused(result: Result<Report, WriteError>, german: &str) {
    let error = result.expect_err("it must be refused");
    assert_eq!(error.kind, WriteErrorKind::Refused, "{error:?}");
    let message = error.message.in_lang(Lang::De);
    assert!(message.contains(german), "{message}");
}

#[test]
fn a_first_build_writes_everything_for_everybody() {
    let scene = Scene::new();
    let report = scene.publish(&[("index.html", "a"), ("p/q/b.html", "b")]);
    assert_eq!((report.written, report.unchanged, report.method), (2, 0, Method::Swapped));
    assert_eq!(scene.listing(), ["index.html", "p", "p/q", "p/q/b.html"]);
    let mode =
        |path: &str| fs::metadata(scene.out().join(path)).expect("it exists").permissions().mode() & 0o7777;
    assert_eq!((mode("p/q/b.html"), mode(marker::FILE)), (0o644, 0o644));
    assert_eq!((mode(""), mode("p"), mode("p/q")), (0o755, 0o755, 0o755));
    assert_eq!(
        scene.read(marker::FILE).as_deref(),
        Some("kompendium output 1\nfiles: 2\n\nindex.html\np/q/b.html\n")
    );
    scene.check_tidy();
}

#[test]
fn folders_above_the_output_are_made() {
    let scene = Scene::new();
    let folder = scene.root.join("x/y/out/");
    publish(&folder, &scene.site(), &outputs(&[("a", "1")]), &PLAIN).expect("it can be written");
    assert!(folder.join("a").exists());
}

#[test]
fn nothing_changed_writes_nothing() {
    let files = [("index.html", "a"), ("p/b.html", "b")];
    let scene = Scene::with(&files);
    let before = ["", marker::FILE, "index.html", "p", "p/b.html"].map(|it| scene.inode(it));
    let site = fs::metadata(scene.site()).expect("it exists").modified().expect("a time");
    let report = scene.publish(&files);
    assert_eq!((report.written, report.unchanged, report.method), (0, 2, Method::Nothing));
    assert_eq!(["", marker::FILE, "index.html", "p", "p/b.html"].map(|it| scene.inode(it)), before);
    assert_eq!(fs::metadata(scene.site()).expect("it exists").modified().expect("a time"), site);
}

#[test]
fn one_changed_page_is_the_only_new_file() {
    for swap in [Swap::Exchange, Swap::TwoRenames, Swap::FileByFile] {
        let scene = Scene::with(&[("a.html", "1"), ("b.html", "1"), ("p/c.html", "1")]);
        let before = ["a.html", "b.html", "p/c.html"].map(|it| scene.inode(it));
        let files = [("a.html", "1"), ("b.html", "2"), ("p/c.html", "1")];
        let report = scene.try_publish(&files, PLAIN, swap).expect("it can be written");
        assert_eq!((report.written, report.unchanged), (1, 2));
        let after = ["a.html", "b.html", "p/c.html"].map(|it| scene.inode(it));
        assert_eq!((after[0], after[2]), (before[0], before[2]));
        assert_ne!(after[1].0, before[1].0);
        assert_eq!(scene.read("b.html").as_deref(), Some("2"));
        let links = fs::metadata(scene.out().join("a.html")).expect("it exists").nlink();
        assert_eq!(links, 1, "the old tree is gone");
        scene.check_tidy();
    }
}

#[test]
fn a_changed_file_is_not_written_through_a_hard_link() {
    let scene = Scene::with(&[("a.html", "old"), ("b.html", "1")]);
    let backup = scene.root.join("backup");
    fs::hard_link(scene.out().join("a.html"), &backup).expect("it can be linked");
    scene.publish(&[("a.html", "new"), ("b.html", "1")]);
    assert_eq!(fs::read_to_string(backup).expect("it exists"), "old");
}

#[test]
fn stale_pages_go_with_their_folders() {
    for swap in [Swap::Exchange, Swap::TwoRenames, Swap::FileByFile] {
        let scene = Scene::with(&[("a.html", "1"), ("p/q/b.html", "1"), ("p/c.html", "1")]);
        let report = scene.try_publish(&[("a.html", "1"), ("p/c.html", "1")], PLAIN, swap).expect("it works");
        assert_eq!((report.written, report.removed), (0, 1));
        assert_eq!(scene.listing(), ["a.html", "p", "p/c.html"]);
    }
}

#[test]
fn files_and_folders_trade_places() {
    for swap in [Swap::Exchange, Swap::FileByFile] {
        let scene = Scene::with(&[("a", "file"), ("b/c.html", "below"), ("b/d/e", "below")]);
        scene.try_publish(&[("a/x.html", "below"), ("b", "file")], PLAIN, swap).expect("it works");
        assert_eq!(scene.listing(), ["a", "a/x.html", "b"]);
        assert_eq!(scene.read("b").as_deref(), Some("file"));
    }
}

#[test]
fn foreign_files_stay_the_files_they_are() {
    for swap in [Swap::Exchange, Swap::TwoRenames, Swap::FileByFile] {
        let scene = Scene::with(&[("a.html", "1"), ("p/b.html", "1")]);
        scene.put("public/CNAME", "example.org");
        scene.put("public/p/notes/x.txt", "mine");
        fs::create_dir(scene.out().join("uploads")).expect("it can be made");
        let before = scene.inode("CNAME");
        let report = scene.try_publish(&[("a.html", "2")], PLAIN, swap).expect("it can be written");
        assert_eq!(report.foreign, ["CNAME", "p/notes/x.txt", "uploads/"]);
        assert_eq!(scene.listing(), ["CNAME", "a.html", "p", "p/notes", "p/notes/x.txt", "uploads"]);
        assert_eq!(scene.inode("CNAME"), before);
    }
}

#[test]
fn prune_removes_foreign_files() {
    for swap in [Swap::Exchange, Swap::FileByFile] {
        let scene = Scene::with(&[("a.html", "1")]);
        scene.put("public/p/x.txt", "mine");
        scene.put("public/.gitkeep", "");
        symlink("a.html", scene.out().join("link")).expect("it can be linked");
        let report = scene.try_publish(&[("a.html", "1")], PRUNE, swap).expect("it can be written");
        assert_eq!(report.foreign, ["link", "p/x.txt"]);
        assert_eq!(scene.listing(), [".gitkeep", "a.html"]);
        let again = scene.try_publish(&[("a.html", "1")], PRUNE, swap).expect("it can be written");
        assert_eq!(again.method, Method::Nothing);
    }
}

#[test]
fn a_folder_of_others_is_refused() {
    let scene = Scene::new();
    scene.put("public/thesis.txt", "years of work");
    check_refused(scene.try_publish(&[("a", "1")], PLAIN, Swap::Exchange), "--force");
    assert_eq!(scene.listing(), ["thesis.txt"]);
    let report = scene.try_publish(&[("a", "1")], FORCE, Swap::Exchange).expect("it is forced");
    assert_eq!(report.foreign, ["thesis.txt"]);
    assert_eq!(scene.listing(), ["a", "thesis.txt"]);
}

#[test]
fn a_folder_that_git_keeps_counts_as_empty() {
    let scene = Scene::new();
    scene.put("public/.gitkeep", "");
    scene.put("public/.gitignore", "*");
    let report = scene.publish(&[("a", "1")]);
    assert_eq!(report.foreign, Vec::<String>::new());
    assert_eq!(scene.listing(), [".gitignore", ".gitkeep", "a"]);
}

#[test]
fn a_git_worktree_stays_the_folder_it_is() {
    let scene = Scene::new();
    scene.put("public/.git", "gitdir: elsewhere");
    let before = fs::metadata(scene.out()).expect("it exists").ino();
    let report = scene.publish(&[("a", "1"), ("p/b", "1")]);
    assert_eq!((report.method, report.foreign.len()), (Method::FileByFile, 0));
    assert_eq!(fs::metadata(scene.out()).expect("it exists").ino(), before);
    assert_eq!(scene.listing(), [".git", "a", "p", "p/b"]);
    assert_eq!(scene.try_publish(&[("a", "1")], PRUNE, Swap::Exchange).expect("it works").removed, 1);
    assert_eq!(scene.listing(), [".git", "a"]);
}

#[test]
fn links_stay_and_are_not_followed() {
    let scene = Scene::with(&[("a", "1"), ("p/b", "1")]);
    scene.put("elsewhere/b", "1");
    symlink("../elsewhere", scene.out().join("link")).expect("it can be linked");
    let report = scene.publish(&[("a", "2"), ("p/b", "1")]);
    assert_eq!((report.method, report.foreign), (Method::FileByFile, vec!["link".to_owned()]));
    check_refused(scene.try_publish(&[("a", "2"), ("link/b", "1")], PLAIN, Swap::Exchange), "„link/b“");
    scene.try_publish(&[("a", "2"), ("link/b", "2")], FORCE, Swap::Exchange).expect("it is forced");
    assert_eq!(fs::read_to_string(scene.site().join("elsewhere/b")).expect("it exists"), "1");
    assert_eq!(scene.read("link/b").as_deref(), Some("2"));
}

#[test]
fn a_foreign_file_in_the_way_is_refused_unless_forced() {
    for swap in [Swap::Exchange, Swap::FileByFile] {
        for (foreign, output) in [("x", "x"), ("x", "x/y"), ("x/y", "x")] {
            let scene = Scene::with(&[("a", "1")]);
            scene.put(&format!("public/{foreign}"), "mine");
            let files = [("a", "1"), (output, "2")];
            check_refused(scene.try_publish(&files, PLAIN, swap), &format!("„{output}“"));
            assert_eq!(scene.read(foreign).as_deref(), Some("mine"));
            scene.try_publish(&files, FORCE, swap).expect("it is forced");
            assert_eq!(scene.read(output).as_deref(), Some("2"));
        }
    }
}

#[test]
fn a_foreign_file_with_our_bytes_becomes_ours() {
    let scene = Scene::with(&[("a", "1")]);
    scene.put("public/b", "2");
    let report = scene.publish(&[("a", "1"), ("b", "2")]);
    assert_eq!((report.written, report.unchanged, report.method), (0, 2, Method::Swapped));
    assert_eq!(scene.publish(&[("a", "1")]).removed, 1);
}

#[test]
fn precious_folders_are_refused_even_if_forced() {
    let scene = Scene::new();
    let home = env::home_dir().expect("there is one");
    let nested = scene.site().join("content/deep/out");
    let dots = scene.site().join("missing/../data/out");
    let precious = [
        (Path::new("/"), "Wurzelverzeichnis"),
        (&home, "Benutzerverzeichnis"),
        (&scene.site(), "Ordner der Website"),
        (&scene.root, "Ordner der Website"),
        (&scene.site().join("content/.."), "Ordner der Website"),
        (&scene.site().join("content"), "„content“"),
        (&nested, "„content“"),
        (&dots, "„data“"),
    ];
    for (folder, reason) in precious {
        check_refused(publish(folder, &scene.site(), &outputs(&[("a", "1")]), &FORCE), reason);
    }
    assert_eq!(fs::read_dir(scene.site()).expect("it exists").count(), 1);
}

#[test]
fn folders_that_somebody_works_in_are_refused_even_if_forced() {
    for sign in ["content/a.md", "data/a.csv", "themes/x/a", ".git/HEAD", "kompendium.yaml"] {
        let scene = Scene::new();
        scene.put(&format!("public/{sign}"), "work");
        check_refused(scene.try_publish(&[("a", "1")], FORCE, Swap::Exchange), "--force hilft hier nicht");
    }
}

#[test]
fn outputs_may_have_the_names_of_source_folders() {
    let scene = Scene::with(&[("data/a.csv", "1")]);
    assert_eq!(scene.publish(&[("data/a.csv", "2")]).written, 1);
}

#[test]
fn links_and_files_are_no_output_folder() {
    let scene = Scene::new();
    fs::create_dir(scene.site().join("real")).expect("it can be made");
    symlink("real", scene.out()).expect("it can be linked");
    check_refused(scene.try_publish(&[("a", "1")], FORCE, Swap::Exchange), "Verknüpfung");
    let with_slash = PathBuf::from(format!("{}/", scene.out().display()));
    check_refused(publish(&with_slash, &scene.site(), &outputs(&[("a", "1")]), &FORCE), "Verknüpfung");
    fs::remove_file(scene.out()).expect("it can be removed");
    scene.put("public", "text");
    check_refused(scene.try_publish(&[("a", "1")], FORCE, Swap::Exchange), "kein Ordner");
}

#[test]
fn impossible_outputs_are_refused() {
    let scene = Scene::new();
    check_refused(scene.try_publish(&[("a", "1"), ("a", "2")], PLAIN, Swap::Exchange), "„a“");
    check_refused(scene.try_publish(&[("a/b", "1"), ("a", "2")], PLAIN, Swap::Exchange), "„a/b“");
    for reserved in [".kompendium-output", ".kompendium-new/0", ".git/hooks/post-checkout"] {
        check_refused(scene.try_publish(&[(reserved, "1")], PLAIN, Swap::Exchange), reserved);
    }
}

#[test]
fn a_damaged_marker_is_refused_unless_forced() {
    let scene = Scene::with(&[("a", "1"), ("b", "1")]);
    fs::write(scene.out().join(marker::FILE), "kompendium output 9\n").expect("it can be written");
    check_refused(scene.try_publish(&[("a", "2")], PLAIN, Swap::Exchange), "beschädigt");
    let report = scene.try_publish(&[("a", "2")], FORCE, Swap::Exchange).expect("it is forced");
    assert_eq!(report.foreign, ["b"]);
}

#[test]
fn leftovers_of_a_killed_build_go() {
    let scene = Scene::with(&[("a", "1")]);
    scene.put(".public.tmp-4711/p/a", "half");
    scene.put(".public.tmp-notes/a", "not ours");
    scene.put("public/.kompendium-new/0", "half");
    scene.publish(&[("a", "1")]);
    assert_eq!(scene.listing(), ["a"]);
    let beside = [".public.lock", ".public.tmp-notes"].map(str::to_owned);
    assert_eq!(scene.beside(), BTreeSet::from(beside));
}

#[test]
fn an_old_site_without_a_new_one_is_put_back() {
    let scene = Scene::with(&[("a", "1")]);
    let before = scene.inode("a");
    fs::rename(scene.out(), scene.site().join(".public.old")).expect("it can be moved");
    recover(&scene.out(), &scene.site()).expect("it can be put back");
    assert_eq!(scene.inode("a"), before);
    scene.check_tidy();
}

#[test]
fn an_old_site_beside_a_new_one_goes_if_it_is_ours() {
    let scene = Scene::with(&[("a", "1")]);
    scene.put(".public.old/a", "foreign");
    recover(&scene.out(), &scene.site()).expect("there is nothing to do");
    assert!(scene.site().join(".public.old/a").exists());
    scene.put(".public.old/.kompendium-output", "kompendium output 1\nfiles: 0\n\n");
    recover(&scene.out(), &scene.site()).expect("it can be removed");
    scene.check_tidy();
}

#[test]
fn a_journal_is_finished_whatever_was_done_of_it() {
    let journal =
        "kompendium journal 1\nput 0 x/y\nput 1 b\nput 2 .kompendium-output\nremove a\nremove c/d\n";
    let marker = "kompendium output 1\nfiles: 2\n\nb\nx/y\n";
    let staged = [("x/y", "new"), ("b", "new"), (marker::FILE, marker)];
    for done in 0..=3 {
        let scene = Scene::with(&[("a", "old"), ("b", "old"), ("c/d", "old"), ("x", "old")]);
        scene.put("public/.kompendium-new/journal", journal);
        for (number, (path, text)) in staged.iter().enumerate() {
            if number < done {
                let _ = fs::remove_file(scene.out().join("x"));
                scene.put(&format!("public/{path}"), text);
            } else {
                scene.put(&format!("public/.kompendium-new/{number}"), text);
            }
        }
        recover(&scene.out(), &scene.site()).expect("it can be finished");
        assert_eq!(scene.listing(), ["b", "x", "x/y"]);
        assert_eq!(
            (scene.read("b").as_deref(), scene.read(marker::FILE).as_deref()),
            (Some("new"), Some(marker))
        );
        assert_eq!(scene.publish(&[("b", "new"), ("x/y", "new")]).method, Method::Nothing);
        scene.check_tidy();
    }
}

#[test]
fn a_second_build_waits_for_the_first() {
    let scene = Scene::with(&[("a", "1")]);
    let lock = fs::File::open(scene.site().join(".public.lock")).expect("it stays");
    lock.lock().expect("nobody has it");
    thread::scope(|scope| {
        let second = scope.spawn(|| scene.publish(&[("a", "2")]));
        thread::sleep(Duration::from_millis(100));
        assert_eq!(scene.read("a").as_deref(), Some("1"));
        lock.unlock().expect("it is ours");
        assert_eq!(second.join().expect("no panic").written, 1);
    });
}

#[test]
fn a_second_build_gives_up_and_names_the_first() {
    let scene = Scene::with(&[("a", "1")]);
    let lock = fs::File::open(scene.site().join(".public.lock")).expect("it stays");
    lock.lock().expect("nobody has it");
    let error = scene.try_publish(&[("a", "2")], PLAIN, Swap::Exchange).expect_err("it is locked");
    assert_eq!(error.kind, WriteErrorKind::System);
    let process = format!("Prozess {}", process::id());
    assert!(error.message.in_lang(Lang::De).contains(&process), "{error:?}");
    assert_eq!(scene.read("a").as_deref(), Some("1"));
}

#[test]
fn a_lock_that_is_a_link_is_not_followed() {
    let scene = Scene::new();
    scene.put("precious", "text");
    symlink("precious", scene.site().join(".public.lock")).expect("it can be linked");
    let error = scene.try_publish(&[("a", "1")], PLAIN, Swap::Exchange).expect_err("it is a link");
    assert_eq!(error.kind, WriteErrorKind::System);
    assert_eq!(fs::read_to_string(scene.site().join("precious")).expect("it exists"), "text");
}

/// A write that fails half-way: below a folder whose path is almost as long as systems
/// allow, short names can be written and long ones cannot.
#[test]
fn after_an_error_the_old_site_is_whole() {
    let scene = Scene::new();
    let mut folder = scene.root.clone();
    let left = |folder: &Path| 3_880 - folder.as_os_str().len() - 1;
    while left(&folder) > 200 {
        folder.push("x".repeat(150));
    }
    folder.push("x".repeat(left(&folder)));
    let old = outputs(&[("a", "1"), ("b", "1")]);
    publish(&folder, &scene.site(), &old, &PLAIN).expect("short names fit");
    let (long, half) = (["y"; 199].concat(), ["z"; 40].concat());
    let new = outputs(&[("a", "2"), ("b", "2"), ("c", "2"), (&format!("{half}/{long}"), "2")]);
    let error = publish(&folder, &scene.site(), &new, &PLAIN).expect_err("long names do not fit");
    assert_eq!(error.kind, WriteErrorKind::System);
    assert!(error.message.in_lang(Lang::De).contains("der Pfad ist zu lang"), "{error:?}");
    assert!(error.message.in_lang(Lang::De).contains("unverändert"), "{error:?}");
    assert_eq!(publish(&folder, &scene.site(), &old, &PLAIN).expect("it is whole").method, Method::Nothing);
    let beside = fs::read_dir(folder.parent().expect("it has one")).expect("it exists");
    assert_eq!(beside.count(), 2, "the output and its lock");
}

/// Whoever opens the folder once sees one generation, or sees that a file is gone.
#[test]
fn one_handle_never_sees_two_generations() {
    use rustix::fs::{CWD, Mode, OFlags, openat};
    use std::io::Read;

    let scene = Scene::new();
    let generation = |text: &str| -> Vec<Output> {
        let path = |number| SitePath::new(&format!("p{}/{number:04}.html", number % 20)).expect("a path");
        (0..2_000).map(|number| Output { path: path(number), bytes: Arc::from(text.as_bytes()) }).collect()
    };
    let read = |folder: &std::os::fd::OwnedFd, path: &str| {
        let mut text = String::new();
        let file = openat(folder, path, OFlags::RDONLY, Mode::empty()).ok()?;
        fs::File::from(file).read_to_string(&mut text).expect("it can be read");
        Some(text)
    };
    let options = PLAIN;
    let publish =
        |outputs: &[Output]| publish(&scene.out(), &scene.site(), outputs, &options).expect("it works");
    let (one, two) = (generation("one"), generation("two"));
    publish(&one);
    let is_done = AtomicBool::new(false);
    thread::scope(|scope| {
        let reader = scope.spawn(|| {
            let mut rounds = 0;
            while !is_done.load(Ordering::Relaxed) {
                let Ok(folder) = openat(CWD, scene.out(), OFlags::DIRECTORY, Mode::empty()) else { continue };
                let first = read(&folder, "p0/0000.html");
                let last = read(&folder, "p19/1999.html");
                if let (Some(first), Some(last)) = (first, last) {
                    assert!(first == "one" || first == "two", "never half a file");
                    assert_eq!(first, last);
                    rounds += 1;
                }
            }
            rounds
        });
        for outputs in [&two, &one, &two, &one] {
            publish(outputs);
        }
        is_done.store(true, Ordering::Relaxed);
        assert!(reader.join().expect("no panic") > 0);
    });
}

/// `cargo test write:: -- --ignored`, as root: needs to mount.
mod mounted {
    use super::*;

    struct Mount(PathBuf);

    impl Mount {
        fn new(folder: PathBuf, size: &str) -> Mount {
            fs::create_dir_all(&folder).expect("it can be made");
            run(process::Command::new("mount").args(["-t", "tmpfs", "-o", size, "tmpfs"]).arg(&folder));
            Mount(folder)
        }
    }

    impl Drop for Mount {
        fn drop(&mut self) {
            run(process::Command::new("umount").arg(&self.0));
        }
    }

    fn run(command: &mut process::Command) {
        assert!(command.status().expect("it can be started").success(), "{command:?}");
    }

    #[test]
    #[ignore = "needs root"]
    fn a_full_disk_leaves_the_old_site() {
        let scene = Scene::new();
        let mount = Mount::new(scene.site(), "size=64k");
        scene.publish(&[("a", "1"), ("b", "1")]);
        let large = "x".repeat(100_000);
        for swap in [Swap::Exchange, Swap::FileByFile] {
            let error = scene.try_publish(&[("a", "2"), ("b", &large)], PLAIN, swap).expect_err("it is full");
            assert!(error.message.in_lang(Lang::De).contains("der Datenträger ist voll"), "{error:?}");
            assert_eq!(scene.publish(&[("a", "1"), ("b", "1")]).method, Method::Nothing);
            scene.check_tidy();
        }
        drop(mount);
    }

    #[test]
    #[ignore = "needs root"]
    fn a_mount_point_stays() {
        let scene = Scene::new();
        let mount = Mount::new(scene.out(), "size=1m");
        for text in ["1", "2"] {
            assert_eq!(scene.publish(&[("a", text), ("p/b", text)]).method, Method::FileByFile);
            assert_eq!(scene.read("p/b").as_deref(), Some(text));
            scene.check_tidy();
        }
        drop(mount);
    }

    #[test]
    #[ignore = "needs root"]
    fn a_bind_mount_stays() {
        let scene = Scene::new();
        fs::create_dir_all(scene.root.join("real")).expect("it can be made");
        fs::create_dir_all(scene.out()).expect("it can be made");
        run(process::Command::new("mount").arg("--bind").arg(scene.root.join("real")).arg(scene.out()));
        let mount = Mount(scene.out());
        for text in ["1", "2"] {
            assert_eq!(scene.publish(&[("a", text), ("p/b", text)]).method, Method::FileByFile);
            assert_eq!(scene.read("p/b").as_deref(), Some(text));
            scene.check_tidy();
        }
        drop(mount);
    }

    #[test]
    #[ignore = "needs root"]
    fn a_mount_inside_is_written_and_kept() {
        let scene = Scene::with(&[("a", "1"), ("media/b", "1")]);
        fs::remove_file(scene.out().join("media/b")).expect("it can be removed");
        let mount = Mount::new(scene.out().join("media"), "size=1m");
        for text in ["2", "3"] {
            assert_eq!(scene.publish(&[("a", text), ("media/b", text)]).method, Method::FileByFile);
            assert_eq!(scene.read("media/b").as_deref(), Some(text));
        }
        drop(mount);
        assert_eq!(scene.read("media/b"), None);
    }
}
