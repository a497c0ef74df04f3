//! What the tests share: folders that vanish, the program, and expectations
//! that `UPDATE_EXPECT=1` rewrites.

use std::collections::BTreeMap;
use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;
use std::sync::atomic::{AtomicUsize, Ordering};

use rayon::prelude::*;

/// A temporary folder that is removed at the end of the test.
pub struct Folder(PathBuf);

impl Folder {
    /// Makes an empty folder.
    pub fn new() -> Folder {
        static NUMBER: AtomicUsize = AtomicUsize::new(0);
        let number = NUMBER.fetch_add(1, Ordering::Relaxed);
        let path = std::env::temp_dir().join(format!("kompendium-test-{}-{number}", std::process::id()));
        fs::create_dir_all(&path).unwrap();
        Folder(path)
    }

    /// Returns where it is.
    pub fn path(&self) -> &Path {
        &self.0
    }

    /// Writes a file and the folders above it.
    pub fn write(&self, path: &str, content: impl AsRef<[u8]>) {
        let file = self.0.join(path);
        fs::create_dir_all(file.parent().unwrap()).unwrap();
        fs::write(file, content).unwrap();
    }
}

impl Drop for Folder {
    fn drop(&mut self) {
        let _ = fs::remove_dir_all(&self.0);
    }
}

/// What a run of the program gave.
pub struct Ran {
    pub code: i32,
    pub stdout: String,
    pub stderr: String,
}

/// Compares all that a run gave.
#[track_caller]
pub fn check(ran: &Ran, code: i32, stdout: &str, stderr: &str) {
    assert_eq!((ran.code, ran.stdout.as_str(), ran.stderr.as_str()), (code, stdout, stderr));
}

/// Returns the program, to be started in a folder: what it says depends on no variable of the
/// machine. With `CI` a build of over a second would tell how far it is.
pub fn program(folder: &Path) -> Command {
    let mut program = Command::new(env!("CARGO_BIN_EXE_kompendium"));
    program.current_dir(folder);
    for name in ["CI", "KOMPENDIUM_EDITOR", "SOURCE_DATE_EPOCH"] {
        program.env_remove(name);
    }
    program
}

/// Runs the program in a folder. Paths of the folder itself are printed as `ROOT`.
pub fn run(folder: &Path, args: &[&str]) -> Ran {
    let output = program(folder).args(args).output().unwrap();
    let text = |bytes: Vec<u8>| String::from_utf8(bytes).unwrap().replace(&*folder.to_string_lossy(), "ROOT");
    Ran { code: output.status.code().unwrap_or(-1), stdout: text(output.stdout), stderr: text(output.stderr) }
}

/// Returns the root of the repository.
pub fn repository() -> &'static Path {
    Path::new(env!("CARGO_MANIFEST_DIR"))
}

/// Whether expectations are to be rewritten.
pub fn update() -> bool {
    std::env::var_os("UPDATE_EXPECT").is_some_and(|it| it == "1")
}

/// Copies a folder.
pub fn copy(from: &Path, to: &Path) {
    for (path, bytes) in files(from) {
        let target = to.join(path);
        fs::create_dir_all(target.parent().unwrap()).unwrap();
        fs::write(target, bytes).unwrap();
    }
}

/// Returns the files below a folder by their paths with `/`.
pub fn files(folder: &Path) -> BTreeMap<String, Vec<u8>> {
    let mut found = BTreeMap::new();
    let mut open = vec![folder.to_path_buf()];
    while let Some(current) = open.pop() {
        let Ok(entries) = fs::read_dir(&current) else { continue };
        for entry in entries.map(Result::unwrap) {
            let path = entry.path();
            if entry.file_type().unwrap().is_dir() {
                open.push(path);
            } else {
                let name = path.strip_prefix(folder).unwrap().to_string_lossy().replace('\\', "/");
                found.insert(name, fs::read(&path).unwrap());
            }
        }
    }
    found
}

/// Returns the entries of a folder that end as asked, sorted; `.todo` puts one aside.
pub fn cases(folder: &str, ending: &str) -> Vec<PathBuf> {
    let folder = repository().join("tests").join(folder);
    let mut cases: Vec<PathBuf> = fs::read_dir(folder)
        .unwrap()
        .map(|it| it.unwrap().path())
        .filter(|it| it.to_string_lossy().ends_with(ending) && !it.to_string_lossy().ends_with(".todo"))
        .collect();
    cases.sort();
    cases
}

/// Runs every case, several at a time, and fails with the names of all that failed.
pub fn run_cases(cases: &[PathBuf], test: impl Fn(&Path) -> Result<(), String> + Sync) {
    assert!(!cases.is_empty(), "there are no cases");
    let failed: Vec<String> = cases
        .par_iter()
        .filter_map(|case| test(case).err().map(|why| format!("{}\n{why}", case.display())))
        .collect();
    assert!(failed.is_empty(), "{} of {} failed\n\n{}", failed.len(), cases.len(), failed.join("\n\n"));
}
