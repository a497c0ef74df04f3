//! What a build tells while it works: which step begins, which file is made. No result
//! depends on it.

use std::time::Duration;

/// A step of a build, in the order of the work.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Step {
    Parse,
    Check,
    Link,
    /// Makes the index of the search.
    Index,
    /// Makes as many files.
    Render(usize),
    Package,
}

/// A file that was made.
#[derive(Clone, Copy, Debug)]
pub struct Made<'a> {
    pub url: &'a str,
    /// Where a template wrote it.
    pub template: Option<&'a str>,
    pub time: Duration,
}

/// Is told what happens, from several threads.
pub trait Observer: Sync {
    fn begins(&self, step: Step);
    fn made(&self, file: Made<'_>);
}

/// Nobody is told.
impl Observer for () {
    fn begins(&self, _: Step) {}
    fn made(&self, _: Made<'_>) {}
}
