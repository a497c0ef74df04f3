//! New files of a site, which its authors then keep: never over what is there, never
//! outside of the site.

use std::fs;
use std::io;
use std::path::Path;

use super::error::{WriteError, reading, refused, writing};
use super::{new_file, system};
use crate::path::SitePath;

/// Writes a file of a site that is not there yet, with the folders above it. Returns
/// whether it was written: what is there stays as it is.
///
/// Refuses a path that leads through a symbolic link or through something that is no
/// folder: the file would lie elsewhere.
pub fn new_site_file(root: &Path, path: &SitePath, bytes: &[u8]) -> Result<bool, WriteError> {
    let folders = path.as_str().match_indices('/').map(|(at, _)| root.join(&path.as_str()[..at]));
    for folder in folders {
        match fs::symlink_metadata(&folder) {
            Ok(metadata) if metadata.is_dir() => {}
            Ok(_) => return Err(no_folder(&folder)),
            Err(error) if error.kind() == io::ErrorKind::NotFound => {
                system::create_folder(&folder).map_err(writing(&folder))?;
            }
            Err(error) => return Err(reading(&folder)(error)),
        }
    }
    new_file(&path.below(root), bytes)
}

/// Makes a folder for a new site, with those above it, or takes one that is empty.
///
/// A folder that holds nothing but `.git` counts as empty.
pub fn new_site(root: &Path) -> Result<(), WriteError> {
    fs::create_dir_all(root).map_err(writing(root))?;
    for entry in fs::read_dir(root).map_err(reading(root))? {
        let name = entry.map_err(reading(root))?.file_name();
        if name != ".git" {
            return Err(not_empty(root, &name.to_string_lossy()));
        }
    }
    Ok(())
}

fn no_folder(folder: &Path) -> WriteError {
    let folder = folder.display();
    refused(
        format!("„{folder}“ ist ein symbolischer Link oder kein Ordner. Dorthin wird nichts geschrieben."),
        format!("`{folder}` is a symbolic link or no folder; nothing is written there"),
    )
}

fn not_empty(folder: &Path, name: &str) -> WriteError {
    let folder = folder.display();
    refused(
        format!(
            "Der Ordner „{folder}“ ist nicht leer (dort liegt „{name}“). Nennen Sie einen neuen oder leeren."
        ),
        format!("the folder `{folder}` is not empty (it holds `{name}`); name a new or an empty one"),
    )
}
