//! What has to be done so that the output folder holds the site.

use std::collections::{HashMap, HashSet};
use std::fs::{self, File};
use std::io::{ErrorKind, Read};
use std::path::Path;

use rayon::iter::Either;
use rayon::prelude::*;

use super::error::{WriteError, refused};
use super::guard::{KEPT_IN_SILENCE, ancestors};
use super::marker;
use super::place::Place;
use super::survey::{Entry, Kind, Survey};
use super::{Method, Options, Output, Report};

/// The difference between the site and the disk.
pub(super) struct Plan<'a> {
    /// Outputs that are new or have other bytes.
    pub write: Vec<&'a Output>,
    /// Outputs that are on the disk already.
    pub unchanged: Vec<&'a Output>,
    /// Our files that are not part of the site any more.
    pub stale: Vec<&'a Entry>,
    /// What others put there.
    foreign: Vec<&'a Entry>,
    /// What others put there and nobody needs to hear of; stays in any case.
    silent: Vec<&'a Entry>,
    /// The text of the new marker.
    pub marker: String,
    marker_is_on_disk: bool,
    prune: bool,
}

impl<'a> Plan<'a> {
    /// Compares the outputs with the disk; refuses to overwrite foreign files.
    pub fn new(
        place: &Place,
        outputs: &'a [Output],
        survey: &'a Survey,
        own: &HashSet<String>,
        options: &Options,
    ) -> Result<Plan<'a>, WriteError> {
        let mut outputs: Vec<&Output> = outputs.iter().collect();
        outputs.sort_unstable_by_key(|it| it.path.as_str());
        let (unchanged, write) = compare(&place.folder, &outputs, survey);
        let taken = Taken::new(&write, &unchanged);
        refuse_obstacles(place, survey, own, &taken, options)?;

        let mut plan = Plan {
            write,
            unchanged,
            stale: Vec::new(),
            foreign: Vec::new(),
            silent: Vec::new(),
            marker: marker::print(&outputs.iter().map(|it| it.path.as_str()).collect::<Vec<_>>()),
            marker_is_on_disk: false,
            prune: options.prune,
        };
        plan.marker_is_on_disk =
            has_bytes(&place.folder.join(marker::FILE), plan.marker.as_bytes(), &mut buffer());
        for entry in &survey.entries {
            plan.sort_in(entry, own, &taken);
        }
        Ok(plan)
    }

    fn sort_in(&mut self, entry: &'a Entry, own: &HashSet<String>, taken: &Taken) {
        if taken.is_output(entry) {
        } else if entry.is_own(own) {
            self.stale.push(entry);
        } else if taken.is_in_the_way(entry) || taken.is_folder(entry) {
            // With `force`, or an empty folder: makes way without a word.
        } else if entry.stays_in_silence() {
            self.silent.push(entry);
        } else {
            self.foreign.push(entry);
        }
    }

    /// Whether the disk is as it should be.
    pub fn changes_nothing(&self) -> bool {
        self.write.is_empty() && self.stale.is_empty() && self.marker_is_on_disk && self.pruned().is_empty()
    }

    /// Whether something in the folder could not come along into a new one.
    pub fn folder_must_stay(&self) -> bool {
        self.kept().any(|it| matches!(it.kind, Kind::Special | Kind::Git | Kind::Mount))
    }

    /// Returns what others put there and stays.
    pub fn kept(&self) -> impl Iterator<Item = &'a Entry> {
        let foreign: &[&Entry] = if self.prune { &[] } else { &self.foreign };
        foreign.iter().chain(&self.silent).copied()
    }

    /// Returns what others put there and goes.
    pub fn pruned(&self) -> &[&'a Entry] {
        if self.prune { &self.foreign } else { &[] }
    }

    /// Says what was done.
    pub fn report(&self, method: Method) -> Report {
        let mut foreign: Vec<String> = self.foreign.iter().map(|it| it.shown()).collect();
        foreign.sort();
        let (written, unchanged) = (self.write.len(), self.unchanged.len());
        Report { written, unchanged, removed: self.stale.len(), foreign, method }
    }
}

impl Entry {
    pub fn is_own(&self, own: &HashSet<String>) -> bool {
        // A name that is no Unicode is never ours, even if it looks like one of ours.
        self.kind == Kind::File && self.path.to_str().is_some() && own.contains(&self.name)
    }

    pub fn stays_in_silence(&self) -> bool {
        matches!(self.kind, Kind::Git | Kind::Mount) || KEPT_IN_SILENCE.contains(&self.name.as_str())
    }

    fn shown(&self) -> String {
        match self.kind {
            Kind::EmptyFolder => format!("{}/", self.name),
            _ => self.name.clone(),
        }
    }
}

/// The places that the site takes.
struct Taken<'a> {
    /// Paths of outputs, and whether they are on the disk already.
    files: HashMap<&'a str, bool>,
    folders: HashSet<&'a str>,
}

impl<'a> Taken<'a> {
    fn new(write: &[&'a Output], unchanged: &[&'a Output]) -> Self {
        let all = || write.iter().chain(unchanged).map(|it| it.path.as_str());
        let written = write.iter().map(|it| (it.path.as_str(), false));
        let unchanged = unchanged.iter().map(|it| (it.path.as_str(), true));
        Taken { files: written.chain(unchanged).collect(), folders: all().flat_map(ancestors).collect() }
    }

    fn is_output(&self, entry: &Entry) -> bool {
        self.files.contains_key(entry.name.as_str())
    }

    fn is_folder(&self, entry: &Entry) -> bool {
        matches!(entry.kind, Kind::EmptyFolder) && self.folders.contains(entry.name.as_str())
    }

    /// Whether an entry and an output cannot both be there.
    fn is_in_the_way(&self, entry: &Entry) -> bool {
        let is_other_file = self.files.get(entry.name.as_str()) == Some(&false);
        let is_no_folder = !matches!(entry.kind, Kind::EmptyFolder | Kind::Mount);
        is_other_file
            || (is_no_folder && self.folders.contains(entry.name.as_str()))
            || ancestors(&entry.name).any(|it| self.files.contains_key(it))
    }
}

/// Refuses to replace what is not ours.
fn refuse_obstacles(
    place: &Place,
    survey: &Survey,
    own: &HashSet<String>,
    taken: &Taken,
    options: &Options,
) -> Result<(), WriteError> {
    let obstacles = survey.entries.iter().filter(|it| taken.is_in_the_way(it) && !it.is_own(own));
    let refused = obstacles.filter(|it| match it.kind {
        Kind::EmptyFolder => false,
        Kind::Git | Kind::Mount => true,
        Kind::File | Kind::Special => !options.force,
    });
    let refused: Vec<&Entry> = refused.collect();
    match refused.first() {
        None => Ok(()),
        Some(first) => Err(in_the_way(place, first, refused.len() - 1, taken)),
    }
}

fn in_the_way(place: &Place, entry: &Entry, others: usize, taken: &Taken) -> WriteError {
    let foreign = place.folder.join(&entry.path);
    let foreign = foreign.display();
    let output = output_behind(entry, taken);
    let (more_de, more_en) = match others {
        0 => (String::new(), String::new()),
        n => (format!(" (und {n} weitere)"), format!(" (and {n} more)")),
    };
    refused(
        format!(
            "„{foreign}“ stammt nicht von Kompendium und steht der Datei „{output}“ der Website im Weg{more_de}. \
             Verschieben Sie das Fremde, nennen Sie mit -o einen anderen Ordner, oder ersetzen Sie es mit --force."
        ),
        format!(
            "`{foreign}` was not made by Kompendium and is in the way of the site's file `{output}`{more_en}; \
             move the foreign file away, name another folder with -o, or replace it with --force"
        ),
    )
}

/// Returns the output that an entry is in the way of.
fn output_behind<'a>(entry: &'a Entry, taken: &Taken<'a>) -> &'a str {
    let is_behind = |path: &str| {
        path == entry.name
            || ancestors(path).any(|it| it == entry.name)
            || ancestors(&entry.name).any(|it| it == path)
    };
    taken.files.keys().copied().filter(|it| is_behind(it)).min().unwrap_or(&entry.name)
}

/// Parts the outputs into those that are on the disk and those that are not.
fn compare<'a>(folder: &Path, outputs: &[&'a Output], survey: &Survey) -> (Vec<&'a Output>, Vec<&'a Output>) {
    // Only what the survey saw: a path that leads through a link is not in the folder.
    let files = survey.entries.iter().filter(|it| it.kind == Kind::File && it.path.to_str().is_some());
    let files: HashSet<&str> = files.map(|it| it.name.as_str()).collect();
    let compared = outputs.par_iter().copied().map_init(buffer, |buffer, output| {
        let is_there = files.contains(output.path.as_str());
        let is_same = is_there && has_bytes(&output.path.below(folder), &output.bytes, buffer);
        if is_same { Either::Left(output) } else { Either::Right(output) }
    });
    compared.partition_map(|side| side)
}

pub(super) fn buffer() -> Vec<u8> {
    vec![0; 64 << 10]
}

/// Whether a file holds exactly some bytes; one that cannot be read does not.
pub(super) fn has_bytes(path: &Path, expected: &[u8], buffer: &mut [u8]) -> bool {
    let has_length =
        fs::symlink_metadata(path).is_ok_and(|it| it.is_file() && it.len() == expected.len() as u64);
    has_length && File::open(path).is_ok_and(|file| holds(file, expected, buffer))
}

fn holds(mut file: File, mut expected: &[u8], buffer: &mut [u8]) -> bool {
    loop {
        match file.read(buffer) {
            Ok(0) => return expected.is_empty(),
            Ok(count) => match expected.strip_prefix(&buffer[..count]) {
                Some(rest) => expected = rest,
                None => return false,
            },
            Err(error) if error.kind() == ErrorKind::Interrupted => {}
            Err(_) => return false,
        }
    }
}
