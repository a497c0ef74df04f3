//! Files that were read before: who reads a site again and again opens only what changed.

use std::collections::HashMap;
use std::fs::Metadata;
use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering};
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
    /// By the path below the root.
    by_name: HashMap<Arc<str>, Known<T>>,
    /// How often was read.
    round: u64,
}

#[derive(Debug)]
struct Known<T> {
    stamp: Stamp,
    value: T,
    /// When it was read last.
    round: AtomicU64,
}

/// What a file holds.
pub struct Read<T> {
    name: Arc<str>,
    value: T,
    /// None where it is known already.
    stamp: Option<Stamp>,
}

impl<T> Default for Kept<T> {
    fn default() -> Self {
        Kept { by_name: HashMap::new(), round: 0 }
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
        self.by_name.retain(|_, it| *it.round.get_mut() == last);
        self.round += 1;
    }

    /// Returns what a file holds: as it was read before where it did not change, else what
    /// `read` makes of it.
    pub fn get(
        &self,
        name: &str,
        stamp: Stamp,
        read: impl FnOnce() -> Result<T, LoadError>,
    ) -> Result<Read<T>, LoadError> {
        match self.by_name.get_key_value(name) {
            Some((name, known)) if stamp.modified.is_some() && known.stamp == stamp => {
                known.round.store(self.round, Ordering::Relaxed);
                Ok(Read { name: Arc::clone(name), value: known.value.clone(), stamp: None })
            }
            before => {
                let value = read()?;
                // One name and one value for the same, so that comparing is quick.
                let same = before.map(|it| &it.1.value).filter(|it| **it == value).cloned();
                let name = before.map_or_else(|| name.into(), |it| Arc::clone(it.0));
                Ok(Read { name, value: same.unwrap_or(value), stamp: Some(stamp) })
            }
        }
    }

    /// Keeps what was read.
    pub fn keep(&mut self, Read { name, value, stamp }: Read<T>) -> (Arc<str>, T) {
        if let Some(stamp) = stamp {
            let known = Known { stamp, value: value.clone(), round: self.round.into() };
            self.by_name.insert(Arc::clone(&name), known);
        }
        (name, value)
    }
}
