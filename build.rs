//! Gives the program a name for its own sources, so that it never trusts what another
//! version of it remembers (`src/cache.rs`).

use std::fs;
use std::hash::{DefaultHasher, Hash, Hasher};
use std::path::{Path, PathBuf};

/// All that the program is made of. The compiler and its options come from Cargo.
const SOURCES: [&str; 5] = ["Cargo.toml", "Cargo.lock", "build.rs", "src", "themes"];
const OPTIONS: [&str; 4] = ["TARGET", "PROFILE", "OPT_LEVEL", "RUSTC"];

fn main() {
    let mut hasher = DefaultHasher::new();
    for source in SOURCES {
        println!("cargo::rerun-if-changed={source}");
        hash(Path::new(source), &mut hasher);
    }
    OPTIONS.map(std::env::var_os).hash(&mut hasher);
    println!("cargo::rustc-env=KOMPENDIUM_SOURCES={:016x}", hasher.finish());
}

fn hash(path: &Path, hasher: &mut DefaultHasher) {
    path.hash(hasher);
    if !path.is_dir() {
        return fs::read(path).expect("a source can be read").hash(hasher);
    }
    let entries = fs::read_dir(path).expect("a folder of sources can be read");
    let mut paths: Vec<PathBuf> = entries.map(|it| it.expect("a source can be listed").path()).collect();
    paths.sort();
    paths.iter().for_each(|it| hash(it, hasher));
}
