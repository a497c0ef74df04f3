//! Pieces of HTML with holes.

use super::Hole;

/// A piece of the output: the page, or a footnote that is put to its end later.
#[derive(Debug, Default)]
pub struct Part {
    pub html: String,
    pub holes: Vec<Hole>,
}

impl Part {
    /// Inserts HTML before a byte that was written earlier.
    pub fn insert(&mut self, at: usize, html: &str) {
        self.html.insert_str(at, html);
        for hole in self.holes.iter_mut().rev().take_while(|it| it.at >= at) {
            hole.at += html.len();
        }
    }

    /// The same, behind what fills a hole at this byte.
    pub fn insert_behind(&mut self, at: usize, html: &str) {
        self.html.insert_str(at, html);
        for hole in self.holes.iter_mut().rev().take_while(|it| it.at > at) {
            hole.at += html.len();
        }
    }

    /// Appends another piece.
    pub fn append(&mut self, other: Part) {
        let start = self.html.len();
        self.html.push_str(&other.html);
        self.holes.extend(other.holes.into_iter().map(|it| Hole { at: it.at + start, ..it }));
    }
}
