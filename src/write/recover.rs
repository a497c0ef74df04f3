//! Cleans up after a build that was killed. Who holds the lock knows that nobody else
//! builds, so whatever lies about is left over.

use std::ffi::OsStr;
use std::fs;
use std::path::{Path, PathBuf};

use super::error::{WriteError, writing};
use super::marker::{self, Marker};
use super::place::{Place, exists, is_real_folder};
use super::{in_place, tree};

/// Whether a killed build left something behind.
pub(super) fn is_needed(place: &Place) -> bool {
    is_real_folder(&place.beside("old"))
        || in_place::is_unfinished(&place.folder)
        || !leftovers(place).is_empty()
}

/// Makes the output whole, and removes what is left over.
pub(super) fn tidy(place: &Place) -> Result<(), WriteError> {
    settle_old(place)?;
    for leftover in leftovers(place) {
        tree::discard(&leftover);
    }
    in_place::finish(&place.folder)
}

/// Puts `.<name>.old` back if it is all there is, and removes it if it is ours.
fn settle_old(place: &Place) -> Result<(), WriteError> {
    let old = place.beside("old");
    if !is_real_folder(&old) {
        return Ok(());
    }
    if !exists(&place.folder) {
        return fs::rename(&old, &place.folder).map_err(writing(&place.folder));
    }
    if matches!(marker::read(&old), Ok(Marker::Own(_))) {
        tree::discard(&old);
    }
    Ok(())
}

/// Returns the folders `.<name>.tmp-<pid>` beside the output.
fn leftovers(place: &Place) -> Vec<PathBuf> {
    let Ok(entries) = fs::read_dir(place.parent()) else { return Vec::new() };
    let start = place.beside("tmp-");
    let paths = entries.flatten().map(|it| place.parent().join(it.file_name()));
    paths.filter(|it| is_leftover(it, start.file_name())).collect()
}

fn is_leftover(path: &Path, start: Option<&OsStr>) -> bool {
    let bytes = |name: Option<&OsStr>| name.map(|it| it.as_encoded_bytes().to_vec()).unwrap_or_default();
    let name = bytes(path.file_name());
    name.strip_prefix(bytes(start).as_slice())
        .is_some_and(|id| !id.is_empty() && id.iter().all(u8::is_ascii_digit))
}
