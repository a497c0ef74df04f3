//! Where text came from: files, spans, and the line and column of a byte.
//!
//! Everything read from a file keeps a [`Span`]. Lines and columns are computed
//! only when a message is printed.

use std::ops::Range;
use std::sync::Arc;

/// A file of the site, as an index into [`Sources`].
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct FileId(pub u32);

/// A range of bytes in a file.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Span {
    pub file: FileId,
    pub start: u32,
    pub end: u32,
}

impl Span {
    /// Makes a span from a byte range.
    pub fn new(file: FileId, range: Range<usize>) -> Span {
        Span { file, start: offset(range.start), end: offset(range.end) }
    }

    /// Returns the first byte of a file, for findings about a file as a whole.
    pub fn start_of(file: FileId) -> Span {
        Span { file, start: 0, end: 0 }
    }

    /// Returns the byte range in the file's text.
    pub fn range(self) -> Range<usize> {
        self.start as usize..self.end as usize
    }
}

/// Files are refused above 4 GB long before ([`crate::limits`]).
fn offset(byte: usize) -> u32 {
    u32::try_from(byte).expect("load() refuses larger files")
}

/// A value and the place it was written at.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Spanned<T> {
    pub value: T,
    pub span: Span,
}

impl<T> Spanned<T> {
    /// Puts a value and its place together.
    pub fn new(value: T, span: Span) -> Self {
        Spanned { value, span }
    }
}

/// A text file that was read, with its path below the root of the site.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Source {
    /// Path below the root of the site, with `/`.
    pub path: Arc<str>,
    /// The whole text, without a byte order mark.
    pub text: Arc<str>,
}

/// All text files of a build; a [`FileId`] is an index into it.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Sources {
    files: Vec<Source>,
}

impl Sources {
    /// Adds a file and returns its id.
    pub fn add(&mut self, path: impl Into<Arc<str>>, text: impl Into<Arc<str>>) -> FileId {
        let id = FileId(u32::try_from(self.files.len()).expect("fewer than 4 billion files"));
        self.files.push(Source { path: path.into(), text: text.into() });
        id
    }

    /// Returns a file.
    pub fn get(&self, id: FileId) -> &Source {
        &self.files[id.0 as usize]
    }

    /// Returns all files in the order of their ids.
    pub fn iter(&self) -> impl Iterator<Item = &Source> {
        self.files.iter()
    }

    /// Whether a span that was not made here leads to whole characters of a file.
    pub fn holds(&self, span: Span) -> bool {
        let text = self.files.get(span.file.0 as usize).map(|it| &*it.text);
        text.is_some_and(|it| it.get(span.range()).is_some())
    }

    /// Returns the text of a file.
    pub fn text(&self, id: FileId) -> &str {
        &self.get(id).text
    }

    /// Returns line and column of a byte, both from 1; the column counts characters.
    pub fn position(&self, file: FileId, byte: u32) -> Position {
        let text = self.text(file);
        let before = &text[..floor_char_boundary(text, byte as usize)];
        let line = 1 + count_line_ends(before);
        let line_start = before.rfind(['\n', '\r']).map_or(0, |at| at + 1);
        Position { line, column: 1 + before[line_start..].chars().count() }
    }

    /// Returns the line that holds a byte, without its end, and where it begins.
    pub fn line_at(&self, file: FileId, byte: u32) -> (usize, &str) {
        let text = self.text(file);
        let byte = floor_char_boundary(text, byte as usize);
        let start = text[..byte].rfind(['\n', '\r']).map_or(0, |at| at + 1);
        let end = text[byte..].find(['\n', '\r']).map_or(text.len(), |at| byte + at);
        (start, &text[start..end])
    }
}

/// A place as people count: both numbers begin at 1.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Position {
    pub line: usize,
    /// In characters, not bytes.
    pub column: usize,
}

/// Counts `\n`, `\r\n` and lone `\r` as one line end each.
pub fn count_line_ends(text: &str) -> usize {
    let bytes = text.as_bytes();
    let lone_returns = bytes
        .iter()
        .enumerate()
        .filter(|&(at, &byte)| byte == b'\r' && bytes.get(at + 1) != Some(&b'\n'))
        .count();
    lone_returns + bytes.iter().filter(|&&byte| byte == b'\n').count()
}

fn floor_char_boundary(text: &str, byte: usize) -> usize {
    let mut at = byte.min(text.len());
    while !text.is_char_boundary(at) {
        at -= 1;
    }
    at
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn check(text: &str, byte: u32, expected: (usize, usize)) {
        let mut sources = Sources::default();
        let file = sources.add("a", text);
        let position = sources.position(file, byte);
        assert_eq!((position.line, position.column), expected);
    }

    #[test]
    fn columns_count_characters() {
        check("äöü x", 7, (1, 5));
    }

    #[test]
    fn only_spans_of_whole_characters_are_held() {
        let mut sources = Sources::default();
        let file = sources.add("a", "ä");
        let holds = |file, start, end| sources.holds(Span { file, start, end });
        assert!(holds(file, 0, 2) && holds(file, 2, 2));
        assert!(!holds(file, 0, 1) && !holds(file, 2, 0) && !holds(file, 0, 3));
        assert!(!holds(FileId(1), 0, 0));
    }

    #[test]
    fn all_line_ends_count_once() {
        check("a\r\nb\rc\nd", 7, (4, 1));
    }

    #[test]
    fn the_end_of_the_file_has_a_place() {
        check("", 0, (1, 1));
        check("a\n", 2, (2, 1));
    }
}
