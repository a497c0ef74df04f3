//! A build that is killed at any moment leaves the old site or the new one.

use std::fs;
use std::path::{Path, PathBuf};
use std::process::{self, Child, Command, Stdio};
use std::thread;
use std::time::{Duration, Instant};

/// The two versions of the site; every page carries the name of its own.
const VERSIONS: [&str; 2] = ["FassungAlpha", "FassungBeta"];

const PAGES: usize = 300;
const KILLS: u32 = 25;

#[test]
fn a_killed_build_leaves_the_old_site_or_the_new_one() {
    let scene = Scene::new();
    scene.write_version(VERSIONS[0]);
    let duration = scene.build_to_the_end();
    assert_eq!(scene.published_version(), VERSIONS[0]);

    for kill in 0..KILLS {
        scene.write_version(VERSIONS[(kill as usize + 1) % 2]);
        let mut build = scene.start_build();
        // From the first moment to a little after the end.
        thread::sleep(duration * kill / (KILLS - 3));
        build.kill().expect("it is our child");
        build.wait().expect("it is our child");
        scene.published_version();
    }

    scene.write_version(VERSIONS[1]);
    scene.build_to_the_end();
    assert_eq!(scene.published_version(), VERSIONS[1]);
    assert_eq!(scene.leftovers(), Vec::<PathBuf>::new());
}

/// A site in a temporary folder that is removed at the end.
struct Scene {
    folder: PathBuf,
}

impl Scene {
    fn new() -> Scene {
        let folder = std::env::temp_dir().join(format!("kompendium-kill-{}", process::id()));
        fs::create_dir_all(folder.join("site/content/p")).expect("the temporary folder can be written");
        Scene { folder }
    }

    /// Writes a site all of whose pages carry the name of a version.
    fn write_version(&self, version: &str) {
        let site = self.folder.join("site");
        write(&site.join("kompendium.yaml"), "title: T\n");
        write(&site.join("content/_index.md"), &page("Start", version));
        for number in 0..PAGES {
            let path = site.join(format!("content/p/{number:03}.md"));
            write(&path, &page(&format!("Seite {number}"), version));
        }
    }

    fn start_build(&self) -> Child {
        Command::new(env!("CARGO_BIN_EXE_kompendium"))
            .arg("build")
            .arg("-r")
            .arg(self.folder.join("site"))
            .arg("-o")
            .arg(self.folder.join("out"))
            .stdin(Stdio::null())
            .stdout(Stdio::null())
            .stderr(Stdio::null())
            .spawn()
            .expect("the binary can be started")
    }

    /// Builds without being disturbed and returns how long it took.
    fn build_to_the_end(&self) -> Duration {
        let start = Instant::now();
        let status = self.start_build().wait().expect("it is our child");
        assert!(status.success(), "{status}");
        start.elapsed()
    }

    /// Returns the one version that all pages of the output belong to.
    #[track_caller]
    fn published_version(&self) -> &'static str {
        let pages: Vec<String> = self.html_pages();
        let counts = VERSIONS.map(|version| pages.iter().filter(|it| it.contains(version)).count());
        match counts {
            [count, 0] if count > PAGES => VERSIONS[0],
            [0, count] if count > PAGES => VERSIONS[1],
            _ => panic!("{counts:?} of {} pages belong to the versions {VERSIONS:?}", pages.len()),
        }
    }

    fn html_pages(&self) -> Vec<String> {
        let files = files_below(&self.folder.join("out"));
        let html = files.iter().filter(|it| it.extension().is_some_and(|it| it == "html"));
        html.map(|it| fs::read_to_string(it).expect("it can be read")).collect()
    }

    /// Returns what a killed build left that a whole build does not leave.
    fn leftovers(&self) -> Vec<PathBuf> {
        let names = fs::read_dir(&self.folder).expect("it can be read");
        let beside = names.map(|it| it.expect("it can be read").path());
        let beside = beside
            .filter(|it| !["site", "out", ".out.lock", ".out.cache"].iter().any(|name| it.ends_with(name)));
        let inside = Some(self.folder.join("out/.kompendium-new")).filter(|it| it.exists());
        beside.chain(inside).collect()
    }
}

impl Drop for Scene {
    fn drop(&mut self) {
        let _ = fs::remove_dir_all(&self.folder);
    }
}

fn page(title: &str, version: &str) -> String {
    format!("---\ntitle: {title}\n---\n\nDiese Seite gehört zu {version}.\n")
}

fn write(path: &Path, text: &str) {
    fs::write(path, text).expect("it can be written");
}

fn files_below(folder: &Path) -> Vec<PathBuf> {
    let entries = fs::read_dir(folder).expect("the output is there");
    let paths = entries.map(|it| it.expect("it can be read").path());
    paths.flat_map(|it| if it.is_dir() { files_below(&it) } else { vec![it] }).collect()
}
