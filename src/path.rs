//! [`SitePath`]: the only way to name a file of the site or of its output.

use std::fmt;
use std::path::{Path, PathBuf};

use unicode_normalization::is_nfc;

use crate::diag::{Text, text};

/// A path below the site or below its output, with `/` between its parts.
///
/// It is relative, in Unicode's form NFC, and means the same on Linux, macOS and
/// Windows: no `..`, no empty part, no backslash or other sign that a system
/// forbids, no name such as `con`, no trailing dot or space, at most 200 bytes a
/// part and 240 in all.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct SitePath(String);

impl SitePath {
    /// Checks a path. The error says why it is refused.
    pub fn new(path: &str) -> Result<SitePath, Text> {
        match reason_against(path) {
            Some(reason) => Err(reason),
            None => Ok(SitePath(path.to_owned())),
        }
    }

    /// Returns the path with `/`.
    pub fn as_str(&self) -> &str {
        &self.0
    }

    /// Returns the place on disk below a folder.
    pub fn below(&self, folder: &Path) -> PathBuf {
        folder.join(&self.0)
    }

    /// Returns the folder part without a trailing `/`; empty at the top.
    pub fn folder(&self) -> &str {
        self.0.rsplit_once('/').map_or("", |(folder, _)| folder)
    }

    /// Returns the last part.
    pub fn name(&self) -> &str {
        self.0.rsplit('/').next().expect("a path has a last part")
    }

    /// Returns the key under which systems that fold case would store it.
    pub fn collision_key(&self) -> String {
        // A path is in the normal form already.
        self.0.to_lowercase()
    }
}

impl fmt::Display for SitePath {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

const MAX_PART_BYTES: usize = 200;
const MAX_PATH_BYTES: usize = 240;

/// Names that Windows gives to devices, with any ending.
const WINDOWS_DEVICES: [&str; 4] = ["con", "prn", "aux", "nul"];

fn reason_against(path: &str) -> Option<Text> {
    if path.is_empty() {
        return Some(text("Der Pfad ist leer.", "the path is empty"));
    }
    if path.len() > MAX_PATH_BYTES {
        return Some(text(
            format!("Der Pfad ist mit {} Bytes länger als {MAX_PATH_BYTES}.", path.len()),
            format!("the path has {} bytes, more than {MAX_PATH_BYTES}", path.len()),
        ));
    }
    if !path.is_ascii() && !is_nfc(path) {
        return Some(text(
            "Der Pfad ist nicht in Unicode-Normalform NFC.",
            "the path is not in Unicode normalization form C",
        ));
    }
    path.split('/').find_map(reason_against_part)
}

fn reason_against_part(part: &str) -> Option<Text> {
    if part.is_empty() {
        return Some(text(
            "Ein Teil des Pfads ist leer (doppelter Schrägstrich oder absoluter Pfad).",
            "a part of the path is empty (double slash or absolute path)",
        ));
    }
    if part == "." || part == ".." {
        return Some(text(
            format!("„{part}“ ist in einem Pfad nicht erlaubt."),
            format!("`{part}` is not allowed in a path"),
        ));
    }
    if part.len() > MAX_PART_BYTES {
        return Some(text(
            format!("Ein Teil des Pfads ist länger als {MAX_PART_BYTES} Bytes."),
            format!("a part of the path is longer than {MAX_PART_BYTES} bytes"),
        ));
    }
    if part.contains(char::REPLACEMENT_CHARACTER) {
        return Some(text("Der Name ist kein Text in UTF-8.", "the name is not text in UTF-8"));
    }
    let forbidden = part.chars().find(|&it| it.is_control() || r#"\:*?"<>|"#.contains(it));
    if let Some(sign) = forbidden {
        let sign = if sign.is_control() { format!("U+{:04X}", u32::from(sign)) } else { sign.to_string() };
        return Some(text(
            format!("Das Zeichen „{sign}“ ist in Dateinamen nicht überall erlaubt."),
            format!("`{sign}` is not allowed in file names everywhere"),
        ));
    }
    if part.ends_with(['.', ' ']) || part.starts_with(' ') {
        return Some(text(
            format!("„{part}“ beginnt oder endet mit einem Leerzeichen oder endet mit einem Punkt."),
            format!("`{part}` starts or ends with a space or ends with a dot"),
        ));
    }
    if is_windows_device(part) {
        return Some(text(
            format!("„{part}“ ist unter Windows der Name eines Geräts."),
            format!("`{part}` is the name of a device on Windows"),
        ));
    }
    None
}

fn is_windows_device(part: &str) -> bool {
    let stem = part.split('.').next().unwrap_or(part).trim_end().to_ascii_lowercase();
    let numbered = |prefix| {
        stem.strip_prefix(prefix)
            .is_some_and(|rest: &str| rest.len() == 1 && rest.as_bytes()[0].is_ascii_digit())
    };
    WINDOWS_DEVICES.contains(&stem.as_str()) || numbered("com") || numbered("lpt")
}

/// Returns the path behind the host of the address of a site: `/wissen/`.
pub fn base_path(base_url: &str) -> Option<&str> {
    let host = base_url.find("//").map_or(0, |at| at + 2);
    base_url[host..].find('/').map(|at| &base_url[host + at..])
}

/// Returns the way from the folder of one output file to the top: `""`, `"../"`, ….
pub fn root_of(url: &str) -> String {
    "../".repeat(url.matches('/').count())
}

/// Returns the relative address of `target` as seen from the page `from`; both
/// are addresses below the top of the site.
pub fn relative(from: &str, target: &str) -> String {
    let folder = from.rsplit_once('/').map_or("", |(folder, _)| folder);
    let mut ours = folder.split('/').filter(|it| !it.is_empty()).peekable();
    let mut rest = target;
    while let (Some(part), Some((head, tail))) = (ours.peek(), rest.split_once('/')) {
        if *part != head {
            break;
        }
        ours.next();
        rest = tail;
    }
    let mut way = "../".repeat(ours.count());
    way.push_str(rest);
    way
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn refuses_what_some_system_cannot_store() {
        for path in [
            "",
            "/a",
            "a//b",
            "a/../b",
            "..",
            "./a",
            "a\\b",
            "c:/x",
            "a/con",
            "NUL.txt",
            "com1.md",
            "lpt9",
            "a.",
            "a ",
            " a",
            "a\u{0}b",
            "a?b",
            "a\u{308}",
            "a\nb",
            "\u{fffd}.md",
        ] {
            assert!(SitePath::new(path).is_err(), "{path:?}");
        }
        assert!(SitePath::new(&"a".repeat(201)).is_err());
        assert!(SitePath::new(&"a/".repeat(130)).is_err());
    }

    #[test]
    fn accepts_german_names() {
        for path in ["a", "glossar/care-leaver.md", "Übersicht 2025.pdf", "console.md", "a.b.c", ".nojekyll"]
        {
            assert!(SitePath::new(path).is_ok(), "{path:?}");
        }
    }

    #[track_caller]
    fn check_relative(from: &str, target: &str, expected: &str) {
        assert_eq!(relative(from, target), expected);
    }

    #[test]
    fn relative_addresses_take_the_short_way() {
        check_relative("index.html", "a/b.html", "a/b.html");
        check_relative("a/b.html", "a/c.html", "c.html");
        check_relative("a/b.html", "index.html", "../index.html");
        check_relative("a/b/c.html", "a/d/e.html", "../d/e.html");
        check_relative("a/b.html", "a/b.html", "b.html");
    }
}
