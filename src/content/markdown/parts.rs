//! Pieces of HTML with holes.

use std::ops::Range;

use super::Hole;

/// A piece of the output: the page, or a footnote that is put to its end later.
#[derive(Debug, Default)]
pub struct Part {
    pub html: String,
    pub holes: Vec<Hole>,
    pub prose: Vec<Prose>,
}

/// A stretch of running text in which terms may be linked: no tag and no hole is inside.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Prose {
    /// Bytes of the HTML.
    pub range: Range<usize>,
    /// How many headings of the second level stand above it.
    pub chapter: usize,
}

impl Prose {
    fn move_by(&mut self, bytes: usize) {
        self.range.start += bytes;
        self.range.end += bytes;
    }
}

impl Part {
    /// Notes that running text was written from a byte on; what follows without a gap is one stretch.
    pub fn note_prose(&mut self, start: usize, chapter: usize) {
        let end = self.html.len();
        let is_hole = self.holes.last().is_some_and(|it| it.at == start);
        match self.prose.last_mut().filter(|it| it.range.end == start && !is_hole) {
            Some(last) => last.range.end = end,
            None if start < end => self.prose.push(Prose { range: start..end, chapter }),
            None => {}
        }
    }

    /// The same where the stretch before ends at that byte; nothing where none does.
    pub fn extend_prose(&mut self, start: usize) {
        if let Some(last) = self.prose.last().filter(|it| it.range.end == start) {
            self.note_prose(start, last.chapter);
        }
    }

    /// Takes back what was written last.
    pub fn truncate(&mut self, length: usize) {
        self.html.truncate(length);
        if let Some(last) = self.prose.last_mut() {
            last.range.end = last.range.end.min(length);
        }
        self.prose.pop_if(|it| it.range.is_empty());
    }

    /// Inserts HTML before a byte that was written earlier.
    pub fn insert(&mut self, at: usize, html: &str) {
        self.html.insert_str(at, html);
        for hole in self.holes.iter_mut().rev().take_while(|it| it.at >= at) {
            hole.at += html.len();
        }
        self.move_prose(at, html.len());
    }

    fn move_prose(&mut self, at: usize, bytes: usize) {
        let behind = self.prose.iter_mut().rev().take_while(|it| it.range.start >= at);
        behind.for_each(|it| it.move_by(bytes));
    }

    /// The same, behind what fills a hole at this byte.
    pub fn insert_behind(&mut self, at: usize, html: &str) {
        self.html.insert_str(at, html);
        for hole in self.holes.iter_mut().rev().take_while(|it| it.at > at) {
            hole.at += html.len();
        }
        self.move_prose(at, html.len());
    }

    /// Appends another piece.
    pub fn append(&mut self, mut other: Part) {
        let start = self.html.len();
        self.html.push_str(&other.html);
        other.prose.iter_mut().for_each(|it| it.move_by(start));
        self.prose.append(&mut other.prose);
        self.holes.extend(other.holes.into_iter().map(|it| Hole { at: it.at + start, ..it }));
    }
}
