//! Puts the files of a site in place, whole: a reader finds the old site or the
//! new one, whatever happens on the way.
//!
//! [`publish`] goes through these steps:
//!
//! 1. `place`: refuse folders that must never be an output, such as the home folder.
//! 2. `lock`: wait for another build of the same output.
//! 3. `recover`: clean up after a build that was killed.
//! 4. `guard`: refuse a folder that is not ours; read which of its files are (`marker`).
//! 5. `survey` and `plan`: compare every output with the disk. If all is as it
//!    should be, stop here: nothing at all was written but the process id in the lock file.
//! 6. `tree`: build the new folder beside the old one as `.<name>.tmp-<pid>`. Unchanged
//!    files are hard links and keep their time, changed files are written new.
//! 7. `tree`: once all is on the disk, swap the two folders in one step.
//! 8. `in_place`, instead of 6 and 7 where the folder itself has to stay (a mount
//!    point, a git worktree, symbolic links in it): write the new files into
//!    `.kompendium-new` inside it, write a journal, then move file by file.
//!
//! # What a reader may rely on
//!
//! With a swap, every look-up of a path finds the old file or the new one, never half
//! of one. Two look-ups may lie before and after the swap. Who opens the folder once and
//! looks up files below that handle never sees two generations, but may find that old
//! files are gone: the old tree is removed after the swap. A process that works *in*
//! the folder (`cd public && python3 -m http.server`, a container that has it as a bind
//! mount) therefore goes on seeing the old folder, which is soon empty; give it the
//! folder above. File by file, every look-up is old or new too, but for some
//! milliseconds both are on show; files that pages need come before the pages.
//!
//! What somebody else writes into the folder while a build runs may be lost.
//!
//! # What stays beside the output
//!
//! `.<name>.lock`, with the id of the last process that built. It may be deleted when
//! no build runs. Where nothing can be made beside the output (a container that may write
//! only there), the lock is `.kompendium-lock` inside it.
//!
//! `.<name>.cache`, the memory of the last good build ([`memory`] reads and writes it, the
//! module `cache` says what is in it). It may be deleted at any time. Where nothing can be
//! made beside the output, there is none.

mod error;
mod guard;
mod in_place;
mod lock;
mod marker;
pub mod memory;
mod place;
mod plan;
mod recover;
mod source;
mod survey;
mod system;
#[cfg(test)]
mod tests;
mod tree;

use std::fs;
use std::io::{self, Read, Write};
use std::path::Path;
use std::sync::Arc;
use std::time::Duration;

pub use error::{WriteError, WriteErrorKind};
pub use source::{new_site, new_site_file};

use crate::path::SitePath;
use lock::Lock;
use place::Place;
use plan::Plan;
use survey::Survey;
use tree::Obstacle;

/// One file of the site.
#[derive(Clone, Debug)]
pub struct Output {
    pub path: SitePath,
    pub bytes: Arc<[u8]>,
}

/// What the user allows.
#[derive(Clone, Copy, Debug, Default)]
pub struct Options {
    /// Take over a folder that is not ours, and replace foreign files in the way.
    pub force: bool,
    /// Remove foreign files from an output.
    pub prune: bool,
}

/// What happened to the output folder.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Report {
    /// Files that are new or have other bytes.
    pub written: usize,
    /// Files that were not touched.
    pub unchanged: usize,
    /// Files of earlier builds that are not part of the site any more.
    pub removed: usize,
    /// Foreign paths, sorted; they were kept or, with `prune`, removed.
    pub foreign: Vec<String>,
    pub method: Method,
}

/// How the new site took the place of the old one.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Method {
    /// All was there already.
    Nothing,
    /// The whole folder in one step.
    Swapped,
    /// File by file, since the folder itself had to stay.
    FileByFile,
}

/// Puts the outputs in place whole, and nothing else.
///
/// `folder` is created with the folders above it. On an error the old site is still
/// there as it was; if it is not because a journal was already being worked off, the
/// message says so and the next call finishes the job.
pub fn publish(
    folder: &Path,
    site_root: &Path,
    outputs: &[Output],
    options: &Options,
) -> Result<Report, WriteError> {
    publish_as(folder, site_root, outputs, options, Settings::default())
}

/// Brings an output in order that a killed build left behind, if there is one.
///
/// [`publish`] does this by itself. A build that ends before it, because the site has
/// errors, calls this, so that a site half moved does not have to wait for the mending.
pub fn recover(folder: &Path, site_root: &Path) -> Result<(), WriteError> {
    let place = Place::new(folder, site_root)?;
    if !recover::is_needed(&place) {
        return Ok(());
    }
    let _lock = Lock::acquire(&place, &Options::default(), Settings::default().patience)?;
    recover::tidy(&place)
}

/// Writes a file that is not there yet, whole or not at all. Returns whether it was
/// written: what is there stays as it is.
pub fn new_file(path: &Path, bytes: &[u8]) -> Result<bool, WriteError> {
    let mut file = match system::create_file(path) {
        Ok(file) => file,
        Err(error) if error.kind() == io::ErrorKind::AlreadyExists => return Ok(false),
        Err(error) => return Err(error::writing(path)(error)),
    };
    let written = file.write_all(bytes).and_then(|()| file.sync_all());
    written.map(|()| true).map_err(|error| {
        // Half a file helps nobody; that it could not be written is what counts.
        let _ = fs::remove_file(path);
        error::writing(path)(error)
    })
}

/// Writes a file that is made anew each time, whole or not at all; the folders above it are made.
///
/// Replaces only a regular file that begins with the sign of its kind; an empty sign takes any.
pub fn replace_file(path: &Path, bytes: &[u8], sign: &[u8]) -> Result<(), WriteError> {
    match fs::symlink_metadata(path) {
        Ok(old) if !old.is_file() || !begins_with(path, sign)? => return Err(another_kind(path)),
        _ => {}
    }
    if let Some(folder) = path.parent().filter(|it| !it.as_os_str().is_empty()) {
        fs::create_dir_all(folder).map_err(error::writing(folder))?;
    }
    let mut new = path.as_os_str().to_owned();
    new.push(format!(".tmp-{}", std::process::id()));
    let new = Path::new(&new);
    let written = tree::write_file(new, bytes).and_then(|()| system::sync_file(new));
    written.and_then(|()| fs::rename(new, path)).map_err(|error| {
        tree::discard(new);
        error::writing(path)(error)
    })
}

fn begins_with(path: &Path, sign: &[u8]) -> Result<bool, WriteError> {
    let mut start = Vec::new();
    let read = fs::File::open(path).and_then(|it| it.take(sign.len() as u64).read_to_end(&mut start));
    read.map_err(error::reading(path))?;
    Ok(start == sign)
}

fn another_kind(path: &Path) -> WriteError {
    let path = path.display();
    error::refused(
        format!("„{path}“ gibt es schon, und es ist etwas anderes. Nennen Sie einen anderen Namen."),
        format!("`{path}` is there already and something else; give another name"),
    )
}

/// What only tests choose.
#[derive(Clone, Copy)]
struct Settings {
    /// How long to wait for another build.
    patience: Duration,
    swap: Swap,
}

/// Ways to swap, from best to worst.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Swap {
    Exchange,
    /// For systems that cannot exchange two folders.
    TwoRenames,
    /// For folders that have to stay.
    FileByFile,
}

impl Default for Settings {
    fn default() -> Self {
        Settings { patience: Duration::from_secs(10), swap: Swap::Exchange }
    }
}

fn publish_as(
    folder: &Path,
    site_root: &Path,
    outputs: &[Output],
    options: &Options,
    settings: Settings,
) -> Result<Report, WriteError> {
    guard::check_outputs(outputs)?;
    let place = Place::new(folder, site_root)?;
    if !recover::is_needed(&place) {
        // A refused folder stays without a lock file beside it.
        guard::own_files(&place.folder, options)?;
    }
    place.create_parent()?;
    let lock = Lock::acquire(&place, options, settings.patience)?;
    recover::tidy(&place)?;
    let own = guard::own_files(&place.folder, options)?;
    let survey = Survey::new(&place.folder)?;
    let plan = Plan::new(&place, outputs, &survey, &own, options)?;
    let method = if plan.changes_nothing() {
        Method::Nothing
    } else if lock.is_inside || settings.swap == Swap::FileByFile {
        file_by_file(&place, &plan)?
    } else {
        swap(&place, &plan, settings.swap)?
    };
    Ok(plan.report(method))
}

fn swap(place: &Place, plan: &Plan, swap: Swap) -> Result<Method, WriteError> {
    if plan.folder_must_stay() || place.is_other_file_system() {
        return file_by_file(place, plan);
    }
    match tree::publish(place, plan, swap) {
        Ok(()) => Ok(Method::Swapped),
        Err(Obstacle::FolderMustStay) => file_by_file(place, plan),
        Err(Obstacle::Error(error)) => Err(error.old_site_stays()),
    }
}

fn file_by_file(place: &Place, plan: &Plan) -> Result<Method, WriteError> {
    in_place::publish(&place.folder, plan)?;
    Ok(Method::FileByFile)
}
