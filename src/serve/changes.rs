//! What is another since a site was read last.

use std::collections::HashMap;

use crate::load::Inputs;
use crate::theme::ThemeContent;

/// Returns the files that were changed, are new or are gone, sorted.
pub fn changed(before: &Inputs, now: &Inputs) -> Vec<String> {
    let (before, now) = (contents(before), contents(now));
    let is_same = |path: &String, bytes: &[u8]| before.get(path).is_some_and(|it| same(it, bytes));
    let mut changed: Vec<String> =
        now.iter().filter(|(path, bytes)| !is_same(path, bytes)).map(|it| it.0.clone()).collect();
    changed.extend(before.keys().filter(|it| !now.contains_key(*it)).cloned());
    changed.sort_unstable();
    changed
}

/// Whether what was read may be the middle of a change: a file is gone or empty that was not.
/// Many programs empty a file before they write it, or move it away.
pub fn looks_unfinished(before: &Inputs, now: &Inputs) -> bool {
    let now: HashMap<&str, &str> = now.sources.iter().map(|it| (it.path.as_str(), &*it.text)).collect();
    let is_less = |path: &str, text: &str| now.get(path).is_none_or(|it| it.is_empty() && !text.is_empty());
    before.sources.iter().any(|it| is_less(&it.path, &it.text))
}

/// What each file holds, by its path below the root.
fn contents(inputs: &Inputs) -> HashMap<String, &[u8]> {
    let texts = inputs.sources.iter().map(|it| (it.path.clone(), it.text.as_bytes()));
    let mut contents: HashMap<String, &[u8]> = texts.collect();
    contents.extend(inputs.assets.iter().map(|it| (inputs.sources.get(it.file).path.clone(), &*it.bytes)));
    contents.extend(inputs.tables.iter().map(|it| (inputs.sources.get(it.file).path.clone(), &*it.bytes)));
    contents.extend(inputs.themes.iter().filter_map(|it| match &it.content {
        ThemeContent::Text(_) => None,
        ThemeContent::Bytes(bytes) => Some((format!("themes/{}/{}", it.theme, it.path), &**bytes)),
    }));
    contents
}

/// Whether two contents are the same; most are even the same place in memory.
fn same(one: &[u8], other: &[u8]) -> bool {
    std::ptr::eq(one, other) || one == other
}
