//! The memory of the last good build: where nothing changed, nothing is rendered.
//!
//! A [`Key`] stands for everything that the result of a build depends on. After a site was
//! put in place, [`remember`] leaves the key beside the output, with what was found and one
//! hash over what was written. If the next build has the same key, and if the files on the
//! disk still have that hash, [`recall`] says what building and publishing would say.
//!
//! Deleting the memory changes nothing but time, and so does whatever is wrong with it.
//!
//! The hashes have 64 bits and no secret. That two different sites have the same one by
//! accident happens once in 10^19 builds; a disk lies more often. They do not stop anybody
//! who forges a memory. But it lies beside the output, and who can write there can write
//! the output itself: we trust it as far as that folder, and it says nothing about others.

mod record;

use std::fs::File;
use std::hash::{DefaultHasher, Hash, Hasher};
use std::io::{self, Read};
use std::path::Path;

use rayon::prelude::*;

use crate::Outcome;
use crate::diag::{Diagnostics, Lang};
use crate::load::Inputs;
use crate::source::{FileId, Sources};
use crate::theme::{ThemeContent, ThemeFile};
use crate::write::{Method, Output, Report, memory};

/// Stands for all that the result of a build depends on: what was read, what was asked
/// for, and the program itself.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Key(Hashed);

/// What a good build found and wrote.
#[derive(Debug, PartialEq, Eq)]
pub struct Memory {
    lang: Lang,
    pages: usize,
    tables: usize,
    /// How many files the site has.
    files: usize,
    /// How many bytes they have together.
    bytes: u64,
    /// Over their paths and bytes.
    output: Hashed,
    diagnostics: Diagnostics,
}

impl Memory {
    /// Returns what publishing says where all is there already.
    pub fn report(&self) -> Report {
        let foreign = Vec::new();
        Report { written: 0, unchanged: self.files, removed: 0, foreign, method: Method::Nothing }
    }

    /// Returns what building gives, but for the files, which are on the disk.
    pub fn into_outcome(self, sources: Sources) -> Outcome {
        let Memory { lang, pages, tables, diagnostics, .. } = self;
        Outcome { outputs: Vec::new(), archive: None, diagnostics, sources, lang, pages, tables, figures: 0 }
    }
}

/// What the program was made of (`build.rs`).
const PROGRAM: &str = env!("KOMPENDIUM_SOURCES");

/// Returns the key of what was read and `found` while reading.
pub fn key(inputs: &Inputs, found: &Diagnostics) -> Key {
    // One by one, so that the compiler asks about a new field.
    let Inputs { sources, config, pages, assets, themes, descriptor, tables, literature, request } = inputs;
    let mut contents: Vec<&[u8]> = sources.iter().map(|it| it.text.as_bytes()).collect();
    contents.extend(assets.iter().map(|it| &*it.bytes));
    contents.extend(tables.iter().map(|it| &*it.bytes));
    contents.extend(themes.iter().filter_map(theme_bytes));
    let contents: Vec<Hashed> = contents.into_par_iter().map(hash).collect();

    let paths: Vec<&str> = sources.iter().map(|it| &*it.path).collect();
    let assets: Vec<_> = assets.iter().map(|it| (it.file, &it.path)).collect();
    let tables: Vec<_> = tables.iter().map(|it| (it.file, &it.path, it.encoding, it.proof)).collect();
    let themes: Vec<_> = themes.iter().map(|it| (&it.theme, &it.path, theme_text(it))).collect();
    let names = (paths, config, pages, assets, themes, descriptor, tables, literature);
    Key(hash(&(PROGRAM, contents, names, request, found)))
}

fn theme_bytes(file: &ThemeFile) -> Option<&[u8]> {
    match &file.content {
        ThemeContent::Text(_) => None,
        ThemeContent::Bytes(bytes) => Some(bytes),
    }
}

fn theme_text(file: &ThemeFile) -> Option<FileId> {
    match file.content {
        ThemeContent::Text(file) => Some(file),
        ThemeContent::Bytes(_) => None,
    }
}

/// Returns what the last build found and wrote, if building again would give the same and
/// all of it is still on the disk.
pub fn recall(key: Key, folder: &Path, site_root: &Path, sources: &Sources) -> Option<Memory> {
    let memory = record::parse(&memory::read(folder, site_root)?, key, sources)?;
    (on_disk(folder, site_root, memory.bytes)? == memory.output).then_some(memory)
}

/// Returns the hash of an output that holds nothing foreign.
fn on_disk(folder: &Path, site_root: &Path, bytes: u64) -> Option<Hashed> {
    let files = memory::files(folder, site_root)?;
    let hashes = files.par_iter().map_init(Vec::new, |buffer, path| {
        read(&path.below(folder), bytes, buffer).ok()?;
        Some((path.as_str(), hash(&**buffer)))
    });
    Some(hash(&hashes.collect::<Option<Vec<_>>>()?))
}

/// Reads a file, but not much more than `bytes`: a longer one is none of ours.
fn read(path: &Path, bytes: u64, buffer: &mut Vec<u8>) -> io::Result<usize> {
    buffer.clear();
    File::open(path)?.take(bytes.saturating_add(1)).read_to_end(buffer)
}

/// Remembers a build that was put in place, where that is possible.
pub fn remember(key: Key, folder: &Path, site_root: &Path, outcome: &Outcome) {
    let Outcome { outputs, diagnostics, lang, pages, tables, .. } = outcome;
    let memory = Memory {
        lang: *lang,
        pages: *pages,
        tables: *tables,
        files: outputs.len(),
        bytes: outputs.iter().map(|it| it.bytes.len() as u64).sum(),
        output: in_memory(outputs),
        diagnostics: diagnostics.clone(),
    };
    memory::write(folder, site_root, &record::print(&memory, key));
}

/// Returns the hash that [`on_disk`] gives once these files are there.
fn in_memory(outputs: &[Output]) -> Hashed {
    let mut outputs: Vec<&Output> = outputs.iter().collect();
    outputs.sort_unstable_by_key(|it| &it.path);
    hash(&outputs.par_iter().map(|it| (it.path.as_str(), hash(&*it.bytes))).collect::<Vec<_>>())
}

/// A hash that is the same in every run of one program; the key says which program it was.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
struct Hashed(u64);

fn hash(value: &(impl Hash + ?Sized)) -> Hashed {
    let mut hasher = DefaultHasher::new();
    value.hash(&mut hasher);
    Hashed(hasher.finish())
}
