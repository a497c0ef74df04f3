//! Files that were read before: who reads a site again and again opens only what changed.

use std::collections::HashMap;
use std::fs::Metadata;
use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::time::{Duration, SystemTime};

use super::{LoadError, ReadText, TableText};

/// What the files of a site held when they were last read. Forgetting it changes nothing but time.
#[derive(Debug, Default)]
pub struct Files {
    pub(super) texts: Kept<ReadText>,
    /// The size instead, where it is over the limit.
    pub(super) tables: Kept<Result<TableText, u64>>,
    pub(super) bytes: Kept<Result<Arc<[u8]>, u64>>,
}

impl Files {
    /// Begins a new reading: what is not read again is forgotten at its end.
    pub(super) fn begin(&mut self) {
        self.texts.begin();
        self.tables.begin();
        self.bytes.begin();
    }
}

/// Files of one kind.
#[derive(Debug)]
pub struct Kept<T> {
    by_path: HashMap<PathBuf, Known<T>>,
    /// How often was read.
    round: u64,
}

#[derive(Debug)]
struct Known<T> {
    stamp: Stamp,
    value: T,
    /// When it was read last.
    round: u64,
}

impl<T> Default for Kept<T> {
    fn default() -> Self {
        Kept { by_path: HashMap::new(), round: 0 }
    }
}

/// Tells whether a file is still the one that was read.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Stamp {
    pub size: u64,
    /// None where the file may have changed once more within the same tick of its clock.
    pub modified: Option<SystemTime>,
}

/// The coarsest clock of a file system (FAT) ticks this often.
const TICK: Duration = Duration::from_secs(2);

impl Stamp {
    pub fn of(metadata: &Metadata) -> Stamp {
        let is_settled = |it: &SystemTime| SystemTime::now().duration_since(*it).is_ok_and(|it| it > TICK);
        Stamp { size: metadata.len(), modified: metadata.modified().ok().filter(is_settled) }
    }
}

impl<T: Clone + PartialEq> Kept<T> {
    fn begin(&mut self) {
        let last = self.round;
        self.by_path.retain(|_, it| it.round == last);
        self.round += 1;
    }

    /// Returns what a file holds: as it was read before where it did not change, else what
    /// `read` makes of it.
    pub fn get(
        &self,
        path: &Path,
        stamp: Stamp,
        read: impl FnOnce() -> Result<T, LoadError>,
    ) -> Result<(Stamp, T), LoadError> {
        match self.by_path.get(path) {
            Some(known) if stamp.modified.is_some() && known.stamp == stamp => {
                Ok((stamp, known.value.clone()))
            }
            before => {
                let value = read()?;
                // One value for the same content, so that comparing is quick.
                let same = before.map(|it| &it.value).filter(|it| **it == value).cloned();
                Ok((stamp, same.unwrap_or(value)))
            }
        }
    }

    /// Keeps what was read.
    pub fn keep(&mut self, path: &Path, (stamp, value): (Stamp, T)) -> T {
        let known = Known { stamp, value: value.clone(), round: self.round };
        match self.by_path.get_mut(path) {
            Some(place) => *place = known,
            None => drop(self.by_path.insert(path.to_owned(), known)),
        }
        value
    }
}
