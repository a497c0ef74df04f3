//! Which folders and paths are refused for what is in them.

use std::collections::HashSet;
use std::fs;
use std::io;
use std::path::Path;

use super::error::{WriteError, reading, refused};
use super::marker::{self, Marker};
use super::place::exists;
use super::{Options, Output, in_place, lock};

/// Names that the output keeps for itself or never touches.
const RESERVED: [&str; 4] = [marker::FILE, in_place::STAGING, lock::INSIDE, ".git"];

/// Files that keep an empty folder in git; they stay, and nobody needs to hear of them.
pub(super) const KEPT_IN_SILENCE: [&str; 2] = [".gitkeep", ".gitignore"];

/// What a folder holds that somebody works in.
const SIGNS_OF_WORK: [&str; 5] = ["kompendium.yaml", "content", "data", "themes", ".git"];

/// Refuses outputs that cannot all be written.
///
/// Earlier stages name the sources of a collision; this is the last line of defence.
pub(super) fn check_outputs(outputs: &[Output]) -> Result<(), WriteError> {
    let mut seen = HashSet::new();
    let doubled = outputs.iter().find(|it| !seen.insert(it.path.as_str()));
    let shadowed = outputs.iter().find(|it| ancestors(it.path.as_str()).any(|folder| seen.contains(folder)));
    let reserved = outputs.iter().find(|it| RESERVED.contains(&first_part(it.path.as_str())));
    if let Some(output) = doubled.or(shadowed) {
        return Err(refused(
            format!("Zwei Dateien der Website hätten den Platz „{}“. Benennen Sie eine um.", output.path),
            format!("two files of the site would take the place `{}`; rename one of them", output.path),
        ));
    }
    if let Some(output) = reserved {
        return Err(refused(
            format!("Der Name „{}“ ist in der Ausgabe vergeben. Benennen Sie die Datei um.", output.path),
            format!("the name `{}` is reserved in the output; rename the file", output.path),
        ));
    }
    Ok(())
}

/// Returns the folders that a path lies in, without the top.
pub(super) fn ancestors(path: &str) -> impl Iterator<Item = &str> {
    path.match_indices('/').map(|(at, _)| &path[..at])
}

fn first_part(path: &str) -> &str {
    path.split('/').next().unwrap_or(path)
}

/// Returns which files in the output folder are ours; refuses a folder that is not.
pub(super) fn own_files(folder: &Path, options: &Options) -> Result<HashSet<String>, WriteError> {
    let is_damaged = match marker::read(folder)? {
        Marker::Own(own) if exists(&folder.join("kompendium.yaml")) && !own.contains("kompendium.yaml") => {
            return Err(holds_work(folder, "kompendium.yaml"));
        }
        Marker::Own(own) => return Ok(own),
        Marker::Unreadable => true,
        Marker::Missing => false,
    };
    let names = names_in(folder)?;
    if !is_damaged && counts_as_empty(folder, &names) {
        return Ok(HashSet::new());
    }
    if let Some(sign) = SIGNS_OF_WORK.iter().find(|&&sign| names.iter().any(|it| it == sign)) {
        return Err(holds_work(folder, sign));
    }
    match (options.force, is_damaged) {
        (true, _) => Ok(HashSet::new()),
        (false, true) => Err(damaged(folder)),
        (false, false) => Err(not_ours(folder)),
    }
}

/// Returns the names in a folder that may not exist, without our own helpers.
fn names_in(folder: &Path) -> Result<Vec<String>, WriteError> {
    let entries = match fs::read_dir(folder) {
        Err(error) if error.kind() == io::ErrorKind::NotFound => return Ok(Vec::new()),
        other => other.map_err(reading(folder))?,
    };
    let mut names = Vec::new();
    for entry in entries {
        let name = entry.map_err(reading(folder))?.file_name().to_string_lossy().into_owned();
        if name != in_place::STAGING && name != lock::INSIDE {
            names.push(name);
        }
    }
    Ok(names)
}

/// Whether there is nothing to lose: at most what keeps a folder in git, and the file
/// `.git` of a fresh worktree.
fn counts_as_empty(folder: &Path, names: &[String]) -> bool {
    let is_worktree = || fs::symlink_metadata(folder.join(".git")).is_ok_and(|it| it.is_file());
    names.iter().all(|it| KEPT_IN_SILENCE.contains(&it.as_str()) || (it == ".git" && is_worktree()))
}

fn holds_work(folder: &Path, sign: &str) -> WriteError {
    let folder = folder.display();
    refused(
        format!(
            "Der Ausgabeordner „{folder}“ enthält „{sign}“ und ist vermutlich ein Arbeitsordner. \
             Nennen Sie mit -o einen anderen Ordner; --force hilft hier nicht."
        ),
        format!(
            "the output folder `{folder}` holds `{sign}` and is probably one that somebody works in; \
             name another folder with -o, --force does not help here"
        ),
    )
}

fn not_ours(folder: &Path) -> WriteError {
    let folder = folder.display();
    refused(
        format!(
            "Der Ausgabeordner „{folder}“ ist nicht leer und stammt nicht von Kompendium. Nennen Sie mit -o \
             einen anderen Ordner, oder übernehmen Sie diesen mit --force (fremde Dateien bleiben)."
        ),
        format!(
            "the output folder `{folder}` is not empty and was not made by Kompendium; name another folder \
             with -o, or take this one over with --force (foreign files stay)"
        ),
    )
}

fn damaged(folder: &Path) -> WriteError {
    let marker = folder.join(marker::FILE);
    let marker = marker.display();
    refused(
        format!(
            "„{marker}“ ist beschädigt oder stammt von einer anderen Fassung von Kompendium. Nennen Sie mit -o \
             einen anderen Ordner, oder übernehmen Sie diesen mit --force (fremde Dateien bleiben)."
        ),
        format!(
            "`{marker}` is damaged or from another version of Kompendium; name another folder with -o, or \
             take this one over with --force (foreign files stay)"
        ),
    )
}
