//! What is in the output folder.

use std::fs;
use std::io;
use std::path::{Path, PathBuf};

use walkdir::{DirEntry, WalkDir};

use super::error::{WriteError, reading};
use super::place::is_real_folder;
use super::{in_place, lock, marker, system};

/// Everything in the output folder but our own helpers.
pub(super) struct Survey {
    pub entries: Vec<Entry>,
}

/// One thing in the output folder.
pub(super) struct Entry {
    /// Below the output folder.
    pub path: PathBuf,
    /// The path with `/`, for comparing and showing.
    pub name: String,
    pub kind: Kind,
}

/// What an entry is. Folders that hold something are not entries of their own.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Kind {
    File,
    EmptyFolder,
    /// A link, a socket and so on: cannot be hard-linked as it is.
    Special,
    /// `.git`, file or folder: never looked into, never removed.
    Git,
    /// A folder where another file system begins; what is in it comes as other entries.
    Mount,
}

impl Survey {
    /// Looks through a folder; one that does not exist is empty.
    pub fn new(folder: &Path) -> Result<Survey, WriteError> {
        let mut entries = Vec::new();
        if is_real_folder(folder) {
            walk(folder, &mut entries)?;
        }
        Ok(Survey { entries })
    }
}

fn walk(folder: &Path, entries: &mut Vec<Entry>) -> Result<(), WriteError> {
    let device = system::device(&fs::metadata(folder).map_err(reading(folder))?);
    let mut walk = WalkDir::new(folder).min_depth(1).sort_by_file_name().into_iter();
    while let Some(entry) = walk.next() {
        let entry = entry.map_err(|error| walk_error(folder, error))?;
        if is_helper(&entry) {
            if entry.file_type().is_dir() {
                walk.skip_current_dir();
            }
            continue;
        }
        let kind = kind_of(&entry, device)?;
        if kind == Kind::Git && entry.file_type().is_dir() {
            walk.skip_current_dir();
        }
        let entry = to_entry(folder, &entry, kind);
        // Sorted by depth first, a folder is followed by what is in it.
        entries.pop_if(|last| last.kind == Kind::EmptyFolder && entry.path.parent() == Some(&last.path));
        entries.push(entry);
    }
    Ok(())
}

fn is_helper(entry: &DirEntry) -> bool {
    let helpers = [marker::FILE, in_place::STAGING, lock::INSIDE];
    entry.depth() == 1 && helpers.iter().any(|it| entry.file_name() == *it)
}

/// Returns what an entry is; a folder is empty until something in it comes.
fn kind_of(entry: &DirEntry, device: u64) -> Result<Kind, WriteError> {
    if entry.file_name() == ".git" {
        return Ok(Kind::Git);
    }
    if !entry.file_type().is_dir() {
        return Ok(if entry.file_type().is_file() { Kind::File } else { Kind::Special });
    }
    let metadata = entry.metadata().map_err(|error| walk_error(entry.path(), error))?;
    Ok(if system::device(&metadata) == device { Kind::EmptyFolder } else { Kind::Mount })
}

fn to_entry(folder: &Path, entry: &DirEntry, kind: Kind) -> Entry {
    let path = entry.path().strip_prefix(folder).expect("the walk stays below its start").to_owned();
    let parts: Vec<_> = path.components().map(|it| it.as_os_str().to_string_lossy()).collect();
    Entry { name: parts.join("/"), path, kind }
}

fn walk_error(folder: &Path, error: walkdir::Error) -> WriteError {
    let path = error.path().unwrap_or(folder).to_owned();
    reading(&path)(error.into_io_error().unwrap_or_else(|| io::ErrorKind::Other.into()))
}
