//! One build of an output at a time.

use std::fs::{File, TryLockError};
use std::io::{self, Read, Seek, Write};
use std::path::{Path, PathBuf};
use std::thread;
use std::time::{Duration, Instant};

use super::error::{WriteError, system, writing};
use super::place::{Place, exists};
use super::{Options, guard, in_place, system};

/// The lock file inside an output, where no file can be made beside it.
pub(super) const INSIDE: &str = ".kompendium-lock";

/// How often a waiting build looks again.
const PAUSE: Duration = Duration::from_millis(50);

/// The right to write an output; the system takes it back when the process ends, however
/// it ends.
///
/// The file stays, since removing a file that others wait for would let two in.
pub(super) struct Lock {
    _file: File,
    /// Whether the folder above the output cannot be written.
    pub is_inside: bool,
}

impl Lock {
    /// Waits until no other build writes the output, but not for ever.
    pub fn acquire(place: &Place, options: &Options, patience: Duration) -> Result<Lock, WriteError> {
        let beside = place.beside("lock");
        let (file, path) = match system::open_lock_file(&beside) {
            Ok(file) => (file, beside),
            Err(error) if must_lie_inside(place, &error) => open_inside(place, options)?,
            Err(error) => return Err(writing(&beside)(error)),
        };
        wait_for(&file, &path, patience)?;
        write_process_id(&file).map_err(writing(&path))?;
        Ok(Lock { _file: file, is_inside: path.starts_with(&place.folder) })
    }
}

/// Whether the folder above the output cannot be written, as in containers that have the
/// output as a mount.
fn must_lie_inside(place: &Place, error: &io::Error) -> bool {
    let is_forbidden =
        matches!(error.kind(), io::ErrorKind::PermissionDenied | io::ErrorKind::ReadOnlyFilesystem);
    is_forbidden && exists(&place.folder) && !exists(&place.beside("lock"))
}

fn open_inside(place: &Place, options: &Options) -> Result<(File, PathBuf), WriteError> {
    if !in_place::is_unfinished(&place.folder) {
        // Nothing is put into a folder that will be refused.
        guard::own_files(&place.folder, options)?;
    }
    let path = place.folder.join(INSIDE);
    let file = system::open_lock_file(&path).map_err(writing(&path))?;
    Ok((file, path))
}

fn wait_for(file: &File, path: &Path, patience: Duration) -> Result<(), WriteError> {
    let deadline = Instant::now() + patience;
    loop {
        match file.try_lock() {
            Ok(()) => return Ok(()),
            Err(TryLockError::Error(error)) => return Err(writing(path)(error)),
            Err(TryLockError::WouldBlock) if Instant::now() >= deadline => {
                return Err(taken(file, path, patience));
            }
            Err(TryLockError::WouldBlock) => thread::sleep(PAUSE),
        }
    }
}

fn taken(file: &File, path: &Path, patience: Duration) -> WriteError {
    let path = path.display();
    let seconds = patience.as_secs();
    let process = read_process_id(file);
    let (who_de, who_en) = match process {
        Some(id) => (format!("der Prozess {id}"), format!("process {id}")),
        None => ("ein anderer Prozess".to_owned(), "another process".to_owned()),
    };
    system(
        format!(
            "Seit {seconds} Sekunden schreibt {who_de} in denselben Ausgabeordner (Sperre „{path}“). \
             Warten Sie, bis er fertig ist, oder beenden Sie ihn."
        ),
        format!(
            "{who_en} has been writing to the same output folder for {seconds} seconds (lock `{path}`); \
             wait until it is done, or end it"
        ),
    )
}

fn read_process_id(mut file: &File) -> Option<u32> {
    let mut text = String::new();
    file.rewind().ok()?;
    file.take(20).read_to_string(&mut text).ok()?;
    text.trim().parse().ok()
}

fn write_process_id(mut file: &File) -> io::Result<()> {
    file.set_len(0)?;
    file.rewind()?;
    writeln!(file, "{}", std::process::id())
}
