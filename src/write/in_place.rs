//! Moves file by file, where the output folder itself has to stay.
//!
//! First everything new is written into `.kompendium-new` inside the output, which is
//! the same file system for sure. Then a journal of what is to be done appears there in
//! one step. From then on the job is finished, if not by this process then by the next
//! start: each step can be done twice.
//!
//! ```text
//! kompendium journal 1
//! put 0 style.css
//! put 1 index.html
//! put 2 .kompendium-output
//! remove old.html
//! ```

use std::collections::BTreeSet;
use std::fs;
use std::io;
use std::path::{Path, PathBuf};

use rayon::prelude::*;

use super::error::{WriteError, removing, writing};
use super::guard::ancestors;
use super::place::is_real_folder;
use super::plan::Plan;
use super::survey::{Entry, Kind};
use super::{marker, system, tree};
use crate::path::SitePath;

/// The folder for new files inside the output.
pub(super) const STAGING: &str = ".kompendium-new";

const JOURNAL: &str = "journal";
const HEADER: &str = "kompendium journal 1\n";

/// One step of the journal.
#[derive(Debug, PartialEq, Eq)]
enum Step {
    /// Move a file with this number to its place.
    Put(usize, SitePath),
    /// Remove a file of ours.
    Remove(SitePath),
}

/// Whether a build was killed while it moved files.
pub(super) fn is_unfinished(folder: &Path) -> bool {
    is_real_folder(&folder.join(STAGING))
}

/// Makes a folder hold the site, file by file.
pub(super) fn publish(folder: &Path, plan: &Plan) -> Result<(), WriteError> {
    let staging = folder.join(STAGING);
    if let Err(error) = stage(folder, plan, &staging) {
        tree::discard(&staging);
        return Err(error.old_site_stays());
    }
    finish(folder).map_err(WriteError::half_moved)?;
    // Not in the journal: foreign names need not fit in a line, and a prune that was
    // killed goes on with the next one.
    plan.pruned().iter().try_for_each(|entry| prune(folder, entry))
}

fn stage(folder: &Path, plan: &Plan, staging: &Path) -> Result<(), WriteError> {
    system::create_private_folder(staging).map_err(writing(staging))?;
    let contents = contents(plan);
    contents.par_iter().enumerate().try_for_each(|(number, (path, bytes))| {
        tree::write_file(&staged(staging, number), bytes).map_err(writing(&path.below(folder)))
    })?;
    let files: Vec<PathBuf> = (0..contents.len()).map(|number| staged(staging, number)).collect();
    tree::sync(staging, &files, &[staging.to_owned()]).map_err(writing(folder))?;

    let puts = contents.into_iter().enumerate().map(|(number, (path, _))| Step::Put(number, path));
    let removes = plan.stale.iter().filter_map(|it| SitePath::new(&it.name).ok()).map(Step::Remove);
    let steps: Vec<Step> = puts.chain(removes).collect();
    write_journal(staging, &steps).map_err(writing(staging))
}

/// Returns what is to be put, in order: first what pages need, then pages, then the marker.
fn contents<'a>(plan: &'a Plan) -> Vec<(SitePath, &'a [u8])> {
    let mut files: Vec<_> = plan.write.iter().map(|it| (it.path.clone(), &it.bytes[..])).collect();
    files.sort_by_key(|(path, _)| path.as_str().ends_with(".html"));
    let marker = SitePath::new(marker::FILE).expect("the marker's name is a path");
    files.push((marker, plan.marker.as_bytes()));
    files
}

fn staged(staging: &Path, number: usize) -> PathBuf {
    staging.join(number.to_string())
}

fn write_journal(staging: &Path, steps: &[Step]) -> io::Result<()> {
    let unfinished = staging.join("journal.new");
    tree::write_file(&unfinished, print(steps).as_bytes())?;
    system::sync_file(&unfinished)?;
    fs::rename(&unfinished, staging.join(JOURNAL))?;
    system::sync_folder(staging)?;
    // The name of the staging folder itself.
    staging.parent().map_or(Ok(()), system::sync_folder)
}

fn print(steps: &[Step]) -> String {
    let lines = steps.iter().map(|step| match step {
        Step::Put(number, path) => format!("put {number} {path}\n"),
        Step::Remove(path) => format!("remove {path}\n"),
    });
    HEADER.to_owned() + &lines.collect::<String>()
}

fn parse(text: &str) -> Option<Vec<Step>> {
    text.strip_prefix(HEADER)?.lines().map(parse_step).collect()
}

fn parse_step(line: &str) -> Option<Step> {
    if let Some(path) = line.strip_prefix("remove ") {
        return Some(Step::Remove(SitePath::new(path).ok()?));
    }
    let (number, path) = line.strip_prefix("put ")?.split_once(' ')?;
    Some(Step::Put(number.parse().ok()?, SitePath::new(path).ok()?))
}

/// Does what a journal says, if there is one, and removes it.
///
/// Files for which there is no journal yet belong to a build that was killed before it
/// touched the site; they go.
pub(super) fn finish(folder: &Path) -> Result<(), WriteError> {
    let staging = folder.join(STAGING);
    if !is_real_folder(&staging) {
        return Ok(());
    }
    let journal = staging.join(JOURNAL);
    let steps = fs::read_to_string(&journal).ok().and_then(|it| parse(&it)).unwrap_or_default();
    if !steps.is_empty() {
        steps.iter().try_for_each(|step| run(folder, step))?;
        sync_changes(folder, &steps).map_err(writing(folder))?;
        fs::remove_file(&journal).map_err(removing(&journal))?;
    }
    fs::remove_dir_all(&staging).map_err(removing(&staging))
}

fn run(folder: &Path, step: &Step) -> Result<(), WriteError> {
    match step {
        Step::Put(number, path) => put(folder, &staged(&folder.join(STAGING), *number), path),
        Step::Remove(path) => remove(folder, path),
    }
}

/// Moves a staged file to its place; one that is not staged any more is there already.
fn put(folder: &Path, staged: &Path, path: &SitePath) -> Result<(), WriteError> {
    if !fs::symlink_metadata(staged).is_ok_and(|it| it.is_file()) {
        return Ok(());
    }
    let target = path.below(folder);
    make_way(folder, path).map_err(writing(&target))?;
    match fs::rename(staged, &target) {
        Err(error) if error.kind() == io::ErrorKind::CrossesDevices => {
            move_to_mount(staged, &target).map_err(writing(&target))
        }
        other => other.map_err(writing(&target)),
    }
}

/// Makes the folders above a path, and replaces what is not of the kind it has to be.
///
/// The plan made sure that this is ours, or that the user wants it replaced.
fn make_way(folder: &Path, path: &SitePath) -> io::Result<()> {
    for above in ancestors(path.as_str()).map(|it| folder.join(it)) {
        if is_real_folder(&above) {
            continue;
        }
        if let Err(error) = fs::remove_file(&above)
            && error.kind() != io::ErrorKind::NotFound
        {
            return Err(error);
        }
        system::create_folder(&above)?;
    }
    let target = path.below(folder);
    if is_real_folder(&target) { fs::remove_dir_all(&target) } else { Ok(()) }
}

/// Moves a file into a part of the output that is another file system.
fn move_to_mount(staged: &Path, target: &Path) -> io::Result<()> {
    let beside = target.with_file_name(".kompendium-part");
    if beside.exists() {
        fs::remove_file(&beside)?;
    }
    tree::write_file(&beside, &fs::read(staged)?)?;
    system::sync_file(&beside)?;
    fs::rename(&beside, target)?;
    fs::remove_file(staged)
}

/// Removes a file of ours, and the folders that this leaves empty.
fn remove(folder: &Path, path: &SitePath) -> Result<(), WriteError> {
    let leads_through_folders = ancestors(path.as_str()).all(|it| is_real_folder(&folder.join(it)));
    let target = path.below(folder);
    let is_file = leads_through_folders && fs::symlink_metadata(&target).is_ok_and(|it| it.is_file());
    if is_file {
        fs::remove_file(&target).map_err(removing(&target))?;
    }
    remove_empty_above(folder, Path::new(path.as_str()));
    Ok(())
}

fn remove_empty_above(folder: &Path, path: &Path) {
    // The first folder that is not empty ends it, with an error that says just that.
    for above in path.ancestors().skip(1).filter(|it| *it != Path::new("")) {
        if fs::remove_dir(folder.join(above)).is_err() {
            return;
        }
    }
}

/// Brings the moves to the disk before the journal goes.
fn sync_changes(folder: &Path, steps: &[Step]) -> io::Result<()> {
    let paths = steps.iter().map(|step| match step {
        Step::Put(_, path) | Step::Remove(path) => path,
    });
    let folders: BTreeSet<PathBuf> = paths.map(|it| folder.join(it.folder())).collect();
    tree::sync(folder, &[], &folders.into_iter().collect::<Vec<_>>())
}

fn prune(folder: &Path, entry: &Entry) -> Result<(), WriteError> {
    let path = folder.join(&entry.path);
    let removed = match entry.kind {
        Kind::EmptyFolder => fs::remove_dir(&path),
        _ => fs::remove_file(&path),
    };
    removed.map_err(removing(&path))?;
    remove_empty_above(folder, &entry.path);
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_printed_can_be_read() {
        let path = |it| SitePath::new(it).expect("a path");
        let steps = [Step::Put(12, path("p/a b.html")), Step::Remove(path("c"))];
        assert_eq!(parse(&print(&steps)), Some(Vec::from(steps)));
    }

    #[test]
    fn journals_do_not_leave_the_folder() {
        assert_eq!(parse("kompendium journal 1\nput 0 ../a\n"), None);
        assert_eq!(parse("kompendium journal 1\nremove /etc/passwd\n"), None);
    }
}
