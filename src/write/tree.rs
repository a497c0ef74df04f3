//! Builds the new folder beside the old one, and swaps the two.

use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::io::{self, Write};
use std::path::{Path, PathBuf};
use std::thread;

use rayon::prelude::*;
use walkdir::WalkDir;

use super::error::{WriteError, writing};
use super::guard::ancestors;
use super::place::{Place, exists};
use super::plan::Plan;
use super::survey::{Entry, Kind};
use super::{Output, Swap, marker, system};

/// Up to so many files and folders are brought to the disk one by one. With more, one
/// `syncfs` is quicker: it waits for one journal commit instead of hundreds. It takes
/// along what other programs wrote, which would be a pity for a single page.
const SYNCED_ONE_BY_ONE: usize = 64;

/// Threads that remove files.
const REMOVERS: usize = 8;

/// So many files are not worth another thread that removes them.
const FEW_FILES: usize = 64;

/// Why a new folder could not take the place of the old one.
pub(super) enum Obstacle {
    /// The folder cannot be moved, or something in it cannot be linked.
    FolderMustStay,
    Error(WriteError),
}

impl From<WriteError> for Obstacle {
    fn from(error: WriteError) -> Self {
        Obstacle::Error(error)
    }
}

/// Puts the new folder in the place of the old one.
pub(super) fn publish(place: &Place, plan: &Plan, how: Swap) -> Result<(), Obstacle> {
    let new = place.beside(&format!("tmp-{}", std::process::id()));
    let result = build(place, plan, &new).and_then(|()| swap(place, &new, how));
    // What lies there now is the old folder or, after an error, half a new one.
    discard(&new);
    result
}

/// Removes a folder that nobody looks for; the next start tries again if this fails.
pub(super) fn discard(folder: &Path) {
    let Ok(metadata) = fs::symlink_metadata(folder) else { return };
    if !metadata.is_dir() {
        let _ = fs::remove_file(folder);
        return;
    }
    remove_files(folder);
    let _ = fs::remove_dir_all(folder);
}

/// Removes the files below a folder, several at once.
///
/// Removing a file can mean waiting for the disk: 10,000 took 27 s one by one on ext4
/// with `discard`, and 3 s like this. That is why there are more threads than processors.
fn remove_files(folder: &Path) {
    let entries = WalkDir::new(folder).into_iter().flatten();
    let files: Vec<_> = entries.filter(|it| !it.file_type().is_dir()).collect();
    let share = files.len().div_ceil(REMOVERS).max(FEW_FILES);
    thread::scope(|scope| {
        for files in files.chunks(share) {
            let remove = || files.iter().for_each(|it| drop(fs::remove_file(it.path())));
            // Without another thread, `remove_dir_all` finds them.
            let _ = thread::Builder::new().spawn_scoped(scope, remove);
        }
    });
}

fn build(place: &Place, plan: &Plan, new: &Path) -> Result<(), Obstacle> {
    let folders = create_folders(place, plan, new)?;
    plan.unchanged.par_iter().try_for_each(|output| keep(place, output, new))?;
    let kept: Vec<&Entry> = plan.kept().filter(|it| it.kind == Kind::File).collect();
    kept.par_iter().try_for_each(|entry| keep_foreign(place, entry, new))?;
    plan.write.par_iter().try_for_each(|output| {
        write_file(&output.path.below(new), &output.bytes).map_err(writing(&output.path.below(&place.folder)))
    })?;
    let marker = new.join(marker::FILE);
    write_file(&marker, plan.marker.as_bytes()).map_err(writing(&place.folder.join(marker::FILE)))?;

    let mut files: Vec<PathBuf> = plan.write.iter().map(|it| it.path.below(new)).collect();
    files.push(marker);
    Ok(sync(new, &files, &folders).map_err(writing(&place.folder))?)
}

/// Makes all folders of the new tree, parents first, and returns them.
fn create_folders(place: &Place, plan: &Plan, new: &Path) -> Result<Vec<PathBuf>, WriteError> {
    system::create_folder(new).map_err(writing(new))?;
    let mut created = vec![new.to_owned()];
    for (folder, owner) in folders(plan) {
        let path = new.join(folder);
        system::create_folder(&path).map_err(writing(&place.folder.join(folder)))?;
        if owner == Owner::Foreign {
            copy_mode(&place.folder.join(folder), &path);
        }
        created.push(path);
    }
    Ok(created)
}

#[derive(Clone, Copy, PartialEq, Eq)]
enum Owner {
    Site,
    Foreign,
}

/// Returns the folders below the top, parents first.
fn folders<'a>(plan: &'a Plan) -> BTreeMap<&'a Path, Owner> {
    let outputs = plan.write.iter().chain(&plan.unchanged);
    let of_site: BTreeSet<&str> = outputs.flat_map(|it| ancestors(it.path.as_str())).collect();
    let mut folders = BTreeMap::new();
    for entry in plan.kept() {
        let is_folder = entry.kind == Kind::EmptyFolder;
        let above = entry.path.ancestors().skip(usize::from(!is_folder));
        folders.extend(above.filter(|it| *it != Path::new("")).map(|it| (it, Owner::Foreign)));
    }
    folders.extend(of_site.into_iter().map(|it| (Path::new(it), Owner::Site)));
    folders
}

/// Gives a foreign folder its old rights; not worth failing for.
fn copy_mode(old: &Path, new: &Path) {
    if let Ok(metadata) = fs::metadata(old) {
        let _ = fs::set_permissions(new, metadata.permissions());
    }
}

/// Takes an unchanged file over with its time, as a hard link if possible.
fn keep(place: &Place, output: &Output, new: &Path) -> Result<(), Obstacle> {
    let old = output.path.below(&place.folder);
    let new = output.path.below(new);
    match fs::hard_link(&old, &new) {
        Ok(()) => Ok(()),
        // A mount that cannot be seen from the outside: removing the old tree would empty it.
        Err(error) if error.kind() == io::ErrorKind::CrossesDevices => Err(Obstacle::FolderMustStay),
        Err(_) => Ok(copy(&old, &new, &output.bytes).map_err(writing(&old))?),
    }
}

/// Copies a file with its time, for file systems that know no hard links.
fn copy(old: &Path, new: &Path, bytes: &[u8]) -> io::Result<()> {
    let modified = fs::metadata(old)?.modified()?;
    let mut file = system::create_file(new)?;
    file.write_all(bytes)?;
    file.set_modified(modified)?;
    file.sync_all()
}

/// Takes a foreign file over, which must stay the file that it is.
fn keep_foreign(place: &Place, entry: &Entry, new: &Path) -> Result<(), Obstacle> {
    let linked = fs::hard_link(place.folder.join(&entry.path), new.join(&entry.path));
    linked.map_err(|_| Obstacle::FolderMustStay)
}

/// Writes a file that does not exist yet.
pub(super) fn write_file(path: &Path, bytes: &[u8]) -> io::Result<()> {
    system::create_file(path)?.write_all(bytes)
}

/// Brings files and the names in folders below `top` to the disk.
pub(super) fn sync(top: &Path, files: &[PathBuf], folders: &[PathBuf]) -> io::Result<()> {
    if files.len() + folders.len() > SYNCED_ONE_BY_ONE && system::sync_file_system(top)? {
        return Ok(());
    }
    files.par_iter().try_for_each(|it| system::sync_file(it))?;
    folders.par_iter().try_for_each(|it| system::sync_folder(it))
}

fn swap(place: &Place, new: &Path, how: Swap) -> Result<(), Obstacle> {
    let folder = &place.folder;
    if !exists(folder) {
        fs::rename(new, folder).map_err(writing(folder))?;
    } else if how == Swap::TwoRenames {
        two_renames(place, new)?;
    } else {
        exchange(place, new)?;
    }
    Ok(system::sync_folder(place.parent()).map_err(writing(folder))?)
}

fn exchange(place: &Place, new: &Path) -> Result<(), Obstacle> {
    match system::exchange(new, &place.folder) {
        Err(error) if matches!(error.kind(), io::ErrorKind::Unsupported | io::ErrorKind::InvalidInput) => {
            two_renames(place, new)
        }
        other => other.map_err(|error| cannot_move(&place.folder, error)),
    }
}

/// Swaps where that takes two steps; between them a start puts `.<name>.old` back.
fn two_renames(place: &Place, new: &Path) -> Result<(), Obstacle> {
    let folder = &place.folder;
    let old = place.beside("old");
    mark(folder).map_err(writing(folder))?;
    fs::rename(folder, &old).map_err(|error| cannot_move(folder, error))?;
    if let Err(error) = fs::rename(new, folder) {
        // If this fails too, the next start does it.
        let _ = fs::rename(&old, folder);
        return Err(cannot_move(folder, error));
    }
    let _ = fs::rename(&old, new);
    Ok(())
}

/// Makes sure that the old folder carries a marker: a `.<name>.old` without one is not
/// ours to remove.
fn mark(folder: &Path) -> io::Result<()> {
    let marker = folder.join(marker::FILE);
    if exists(&marker) { Ok(()) } else { write_file(&marker, marker::print(&[]).as_bytes()) }
}

fn cannot_move(folder: &Path, error: io::Error) -> Obstacle {
    match error.kind() {
        io::ErrorKind::ResourceBusy | io::ErrorKind::CrossesDevices => Obstacle::FolderMustStay,
        _ => Obstacle::Error(writing(folder)(error)),
    }
}
