//! What is another since a site was read last.

use std::collections::HashMap;

use crate::load::Inputs;
use crate::theme::ThemeContent;

/// What is another.
pub struct Difference {
    /// The files that were changed, are new or are gone, sorted.
    pub files: Vec<String>,
    /// Whether nothing but the content of one file is another. Everything else may be the middle
    /// of something larger: many programs empty a file before they write it, or move it away, and
    /// a change of branch writes hundreds.
    pub is_small: bool,
}

/// Compares what was read with what was read before.
pub fn difference(before: &Inputs, now: &Inputs) -> Difference {
    let (old, new) = (&before.sources, &now.sources);
    let mut has_same_names = old.iter().count() == new.iter().count()
        && before.assets.len() == now.assets.len()
        && before.themes.len() == now.themes.len();
    let (mut files, mut is_emptied) = (Vec::new(), false);
    for (one, other) in old.iter().zip(new.iter()) {
        has_same_names &= one.path == other.path;
        if one.text != other.text {
            is_emptied |= other.text.is_empty();
            files.push(other.path.to_string());
        }
    }
    if !has_same_names {
        return Difference { files: changed_names(before, now), is_small: false };
    }
    let (one, other) = (bytes(before), bytes(now));
    files.extend(one.zip(other).filter(|(one, other)| !same(one.1, other.1)).map(|(_, it)| it.0));
    files.sort_unstable();
    // A table is a text, too.
    files.dedup();
    let is_small = files.len() <= 1 && !is_emptied;
    Difference { files, is_small }
}

fn changed_names(before: &Inputs, now: &Inputs) -> Vec<String> {
    let (before, now) = (contents(before), contents(now));
    let is_same = |path: &String, bytes: &[u8]| before.get(path).is_some_and(|it| same(it, bytes));
    let mut changed: Vec<String> =
        now.iter().filter(|(path, bytes)| !is_same(path, bytes)).map(|it| it.0.clone()).collect();
    changed.extend(before.keys().filter(|it| !now.contains_key(*it)).cloned());
    changed.sort_unstable();
    changed
}

/// What each file holds, by its path below the root.
fn contents(inputs: &Inputs) -> HashMap<String, &[u8]> {
    let texts = inputs.sources.iter().map(|it| (it.path.to_string(), it.text.as_bytes()));
    texts.chain(bytes(inputs)).collect()
}

/// What files hold that are more than text, with their paths below the root.
fn bytes(inputs: &Inputs) -> impl Iterator<Item = (String, &[u8])> {
    let path = |file| inputs.sources.get(file).path.to_string();
    let assets = inputs.assets.iter().map(move |it| (path(it.file), &*it.bytes));
    let tables = inputs.tables.iter().map(move |it| (path(it.file), &*it.bytes));
    let themes = inputs.themes.iter().filter_map(|it| match &it.content {
        ThemeContent::Text(_) => None,
        ThemeContent::Bytes(bytes) => Some((format!("themes/{}/{}", it.theme, it.path), &**bytes)),
    });
    assets.chain(tables).chain(themes)
}

/// Whether two contents are the same; most are even the same place in memory.
fn same(one: &[u8], other: &[u8]) -> bool {
    std::ptr::eq(one, other) || one == other
}
