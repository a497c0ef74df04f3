//! What is known of addresses from earlier runs: a file beside the output, with the day of each.
//!
//! It may be deleted at any time. Good answers count for a week; what is broken or could not be
//! checked is asked for each time, since somebody may just have mended it.

use std::collections::BTreeMap;
use std::path::Path;

use serde_json::{Map, Value, json};

use super::State;
use crate::date::Date;
use crate::load;
use crate::write;

/// Hidden, and beside what a build remembers.
const FILE: &str = ".public.links.json";
/// For so many days a good answer counts.
const DAYS: i64 = 7;

/// What is known of addresses.
#[derive(Debug, Default)]
pub struct Memory {
    known: BTreeMap<String, (Option<Date>, State)>,
}

impl Memory {
    /// Returns what is known of an address and young enough.
    pub fn recall(&self, address: &str, today: Date) -> Option<&State> {
        let (day, state) = self.known.get(address)?;
        let age = today.days() - (*day)?.days();
        (0..DAYS).contains(&age).then_some(state)
    }

    /// Returns what is known of an address.
    pub fn get(&self, address: &str) -> Option<&State> {
        self.known.get(address).map(|(_, state)| state)
    }

    /// Notes what became of an address.
    pub fn note(&mut self, address: String, state: State, today: Option<Date>) {
        self.known.insert(address, (today, state));
    }
}

/// Reads the file; one that cannot be understood is as good as none.
pub fn read(root: &Path) -> Memory {
    let text = load::text_file(&root.join(FILE)).unwrap_or_default();
    let file: Map<String, Value> = serde_json::from_str(&text).unwrap_or_default();
    let known = file.into_iter().filter_map(|(address, it)| {
        let day = Date::parse(it.get("day")?.as_str()?)?;
        let state = match it.get("moved").and_then(Value::as_str) {
            Some(to) => State::Moved(to.to_owned()),
            None => State::Good,
        };
        Some((address, (Some(day), state)))
    });
    Memory { known: known.collect() }
}

/// Writes the file, in the order of addresses, where that is possible.
pub fn write(root: &Path, memory: &Memory) {
    let lines = memory.known.iter().filter_map(|(address, (day, state))| {
        let day = (*day)?.iso();
        let value = match state {
            State::Good => json!({"day": day}),
            State::Moved(to) => json!({"day": day, "moved": to}),
            State::NoHost | State::Broken(_) | State::Unchecked(_) => return None,
        };
        Some((address.clone(), value))
    });
    let file = Value::Object(lines.collect());
    // Without it the next run asks again; that is no reason to fail.
    let _ = write::replace_file(&root.join(FILE), format!("{file:#}\n").as_bytes(), b"{");
}
