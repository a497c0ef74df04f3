//! Where the output goes, and where it must never go.

use std::ffi::OsString;
use std::fs;
use std::io;
use std::path::{Component, Path, PathBuf};

use super::error::{WriteError, reading, refused, writing};
use super::system;

/// Folders of a site that its author fills.
const SOURCE_FOLDERS: [&str; 4] = ["content", "data", "themes", ".git"];

/// The output folder, whether it exists or not.
pub(super) struct Place {
    /// As the user named it.
    pub folder: PathBuf,
    parent: PathBuf,
    name: OsString,
}

impl Place {
    /// Checks that a folder may be the output of a site, by its path alone.
    pub fn new(folder: &Path, site_root: &Path) -> Result<Place, WriteError> {
        let folder = without_trailing_parts(folder)?;
        refuse_links_and_files(&folder)?;
        refuse_precious_folders(&folder, site_root)?;
        let name = folder.file_name().expect("only a root has no name, and it was refused").to_owned();
        let parent = match folder.parent() {
            Some(parent) if parent != Path::new("") => parent.to_owned(),
            _ => PathBuf::from("."),
        };
        Ok(Place { folder, parent, name })
    }

    /// Makes the folders above the output.
    pub fn create_parent(&self) -> Result<(), WriteError> {
        fs::create_dir_all(&self.parent).map_err(writing(&self.parent))
    }

    /// Returns the folder that holds the output.
    pub fn parent(&self) -> &Path {
        &self.parent
    }

    /// Returns the path `.<name>.<ending>` beside the output.
    pub fn beside(&self, ending: &str) -> PathBuf {
        let mut name = OsString::from(".");
        name.push(&self.name);
        name.push(".");
        name.push(ending);
        self.parent.join(name)
    }

    /// Whether the output lies on another file system than the folder above it.
    pub fn is_other_file_system(&self) -> bool {
        match (fs::metadata(&self.folder), fs::metadata(&self.parent)) {
            (Ok(folder), Ok(parent)) => system::device(&folder) != system::device(&parent),
            _ => false,
        }
    }
}

/// Whether there is something at a path, be it a broken link.
pub(super) fn exists(path: &Path) -> bool {
    fs::symlink_metadata(path).is_ok()
}

/// Whether there is a folder at a path, and not a link to one.
pub(super) fn is_real_folder(path: &Path) -> bool {
    fs::symlink_metadata(path).is_ok_and(|it| it.is_dir())
}

/// Removes `/` and `/.` at the end, behind which systems follow links.
fn without_trailing_parts(folder: &Path) -> Result<PathBuf, WriteError> {
    let plain: PathBuf = folder.components().collect();
    match plain.components().next_back() {
        Some(Component::Normal(_)) => Ok(plain),
        None => fs::canonicalize(".").map_err(reading(Path::new("."))),
        Some(_) => fs::canonicalize(&plain).map_err(reading(&plain)),
    }
}

fn refuse_links_and_files(folder: &Path) -> Result<(), WriteError> {
    let shown = folder.display();
    match fs::symlink_metadata(folder) {
        Ok(metadata) if metadata.is_symlink() => Err(refused(
            format!(
                "Der Ausgabeordner „{shown}“ ist eine Verknüpfung. Nennen Sie mit -o den Ordner selbst, auf den sie zeigt."
            ),
            format!("the output folder `{shown}` is a symbolic link; name the folder it leads to with -o"),
        )),
        Ok(metadata) if !metadata.is_dir() => Err(refused(
            format!("„{shown}“ ist kein Ordner. Nennen Sie mit -o einen anderen Ausgabeordner."),
            format!("`{shown}` is no folder; name another output folder with -o"),
        )),
        Ok(_) => Ok(()),
        Err(error) if error.kind() == io::ErrorKind::NotFound => Ok(()),
        Err(error) => Err(reading(folder)(error)),
    }
}

fn refuse_precious_folders(folder: &Path, site_root: &Path) -> Result<(), WriteError> {
    let output = resolve(folder);
    let root = resolve(site_root);
    let reason = if output.parent().is_none() {
        Some(("ist das Wurzelverzeichnis".to_owned(), "is the top of the file system".to_owned()))
    } else if root.starts_with(&output) {
        Some((
            "ist der Ordner der Website oder enthält ihn".to_owned(),
            "is or holds the folder of the site".to_owned(),
        ))
    } else if std::env::home_dir().is_some_and(|home| resolve(&home).starts_with(&output)) {
        Some((
            "ist das Benutzerverzeichnis oder enthält es".to_owned(),
            "is or holds the home folder".to_owned(),
        ))
    } else {
        SOURCE_FOLDERS.iter().find(|it| output.starts_with(resolve(&root.join(it)))).map(|it| {
            (format!("liegt im Ordner „{it}“ der Website"), format!("lies in the folder `{it}` of the site"))
        })
    };
    let Some((reason_de, reason_en)) = reason else { return Ok(()) };
    let shown = folder.display();
    Err(refused(
        format!("Der Ausgabeordner „{shown}“ {reason_de}. Nennen Sie mit -o einen anderen Ordner."),
        format!("the output folder `{shown}` {reason_en}; name another folder with -o"),
    ))
}

/// Returns a path without links and `..`, also where its last parts do not exist yet.
fn resolve(path: &Path) -> PathBuf {
    let path = std::path::absolute(path).unwrap_or_else(|_| path.to_owned());
    let existing = path.ancestors().find_map(|it| Some((it, fs::canonicalize(it).ok()?)));
    let Some((existing, mut resolved)) = existing else { return path };
    let rest = path.strip_prefix(existing).expect("an ancestor is a prefix");
    for part in rest.components() {
        match part {
            Component::ParentDir => {
                resolved.pop();
            }
            part => resolved.push(part),
        }
    }
    resolved
}
