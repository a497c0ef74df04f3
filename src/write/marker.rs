//! The file `.kompendium-output`: this folder is ours, and so are these files.
//!
//! ```text
//! kompendium output 1
//! files: 2
//!
//! index.html
//! p/a.html
//! ```
//!
//! Lines are enough since a [`SitePath`] has no line breaks. There is no version of the
//! tool in it, so that a new version alone changes nothing.

use std::collections::HashSet;
use std::fs;
use std::io;
use std::path::Path;

use super::error::{WriteError, reading};
use crate::path::SitePath;

/// The marker's name in the output folder.
pub(super) const FILE: &str = ".kompendium-output";

const HEADER: &str = "kompendium output 1";

/// What the marker of a folder says.
#[derive(Debug, PartialEq, Eq)]
pub(super) enum Marker {
    Missing,
    /// Not in our format, or in that of another version.
    Unreadable,
    /// The files that a build wrote.
    Own(HashSet<String>),
}

/// Reads the marker of a folder.
pub(super) fn read(folder: &Path) -> Result<Marker, WriteError> {
    let path = folder.join(FILE);
    match fs::symlink_metadata(&path) {
        Ok(metadata) if !metadata.is_file() => return Ok(Marker::Unreadable),
        Ok(_) => {}
        Err(error) if error.kind() == io::ErrorKind::NotFound => return Ok(Marker::Missing),
        Err(error) => return Err(reading(&path)(error)),
    }
    let bytes = fs::read(&path).map_err(reading(&path))?;
    let own = String::from_utf8(bytes).ok().and_then(|it| parse(&it));
    Ok(own.map_or(Marker::Unreadable, Marker::Own))
}

/// Writes the text of the marker for sorted paths.
pub(super) fn print(sorted: &[&str]) -> String {
    let mut text = format!("{HEADER}\nfiles: {}\n\n", sorted.len());
    for path in sorted {
        text.push_str(path);
        text.push('\n');
    }
    text
}

/// Reads the text of a marker; every path is checked, as it may be removed one day.
fn parse(text: &str) -> Option<HashSet<String>> {
    let rest = text.strip_prefix(HEADER)?.strip_prefix("\nfiles: ")?;
    let (count, paths) = rest.split_once("\n\n")?;
    let own: HashSet<_> = paths.lines().map(str::to_owned).collect();
    let is_whole = count.parse() == Ok(own.len()) && (paths.is_empty() || paths.ends_with('\n'));
    (is_whole && own.iter().all(|it| SitePath::new(it).is_ok())).then_some(own)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_printed_can_be_read() {
        let paths = ["a b.html", "p/ä.html"];
        let own = paths.iter().map(|&it| it.to_owned()).collect();
        assert_eq!(print(&paths), "kompendium output 1\nfiles: 2\n\na b.html\np/ä.html\n");
        assert_eq!(parse(&print(&paths)), Some(own));
        assert_eq!(parse(&print(&[])), Some(HashSet::new()));
    }

    #[test]
    fn damaged_markers_are_not_believed() {
        for text in [
            "",
            "kompendium output 2\nfiles: 0\n\n",
            "kompendium output 1\nfiles: 2\n\na.html\n",
            "kompendium output 1\nfiles: 1\n\na.htm",
            "kompendium output 1\nfiles: 1\n\n../a\n",
            "kompendium output 1\nfiles: 1\n\n/etc/passwd\n",
        ] {
            assert_eq!(parse(text), None, "{text:?}");
        }
    }
}
