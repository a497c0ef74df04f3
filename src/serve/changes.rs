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

/// Whether nothing but the content of one file is another. Everything else may be the middle of
/// something larger: many programs empty a file before they write it, or move it away, and a
/// change of branch writes hundreds.
pub fn is_small(before: &Inputs, now: &Inputs) -> bool {
    let (old, new) = (&before.sources, &now.sources);
    let texts = || old.iter().zip(new.iter());
    let has_same_names = old.iter().count() == new.iter().count()
        && before.assets.len() == now.assets.len()
        && before.themes.len() == now.themes.len()
        && texts().all(|(one, other)| one.path == other.path);
    let is_emptied = texts().any(|(one, other)| other.text.is_empty() && !one.text.is_empty());
    let texts = texts().filter(|(one, other)| one.text != other.text).count();
    let assets = before.assets.iter().zip(&now.assets).filter(|(one, other)| one.bytes != other.bytes);
    let themes = before.themes.iter().zip(&now.themes).filter(|(one, other)| one.content != other.content);
    has_same_names && !is_emptied && texts + assets.count() + themes.count() <= 1
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
