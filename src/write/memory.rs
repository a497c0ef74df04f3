//! What the memory of the last build (`cache`) needs to know of the output, and the file
//! beside the output in which it is kept.
//!
//! Nothing here is an error: without a memory the whole site is built.

use std::fs::{self, File};
use std::io::Read;
use std::path::Path;

use super::place::Place;
use super::plan::{buffer, has_bytes};
use super::survey::Survey;
use super::{Options, guard, marker, recover, tree};
use crate::limits;
use crate::path::SitePath;

/// The file is `.<name>.cache`.
const ENDING: &str = "cache";

/// Returns the paths of the output's files, sorted, if it is in order and holds nothing but
/// what a build put there.
///
/// Takes no lock, as nothing is changed. Who looks while another build swaps the folder
/// finds a mixture at worst, whose bytes are not those that are remembered.
pub fn files(folder: &Path, site_root: &Path) -> Option<Vec<SitePath>> {
    let place = Place::new(folder, site_root).ok()?;
    if recover::is_needed(&place) {
        return None;
    }
    let own = guard::own_files(&place.folder, &Options::default()).ok()?;
    let survey = Survey::new(&place.folder).ok()?;
    let loud = survey.entries.iter().filter(|it| !it.stays_in_silence());
    let files = loud.map(|it| if it.is_own(&own) { SitePath::new(&it.name).ok() } else { None });
    let mut files = files.collect::<Option<Vec<_>>>()?;
    files.sort_unstable();
    let marker = marker::print(&files.iter().map(SitePath::as_str).collect::<Vec<_>>());
    has_bytes(&place.folder.join(marker::FILE), marker.as_bytes(), &mut buffer()).then_some(files)
}

/// Reads the file beside the output.
pub fn read(folder: &Path, site_root: &Path) -> Option<Vec<u8>> {
    let path = Place::new(folder, site_root).ok()?.beside(ENDING);
    // Not a pipe, and not what a link leads to.
    fs::symlink_metadata(&path).ok().filter(|it| it.is_file())?;
    let mut bytes = Vec::new();
    File::open(path).ok()?.take(limits::MEMORY_BYTES).read_to_end(&mut bytes).ok()?;
    Some(bytes)
}

/// Writes the file beside the output, whole or not at all.
pub fn write(folder: &Path, site_root: &Path, bytes: &[u8]) {
    let Ok(place) = Place::new(folder, site_root) else { return };
    if bytes.len() as u64 > limits::MEMORY_BYTES {
        return;
    }
    // The name of a leftover: if this process is killed here, the next build cleans up. Nobody
    // waits for the disk: what a power cut leaves is not believed.
    let new = place.beside(&format!("tmp-{}", std::process::id()));
    let written = tree::write_file(&new, bytes).and_then(|()| fs::rename(&new, place.beside(ENDING)));
    if written.is_err() {
        tree::discard(&new);
    }
}
