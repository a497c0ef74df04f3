//! `citations:` in `kompendium.yaml`: which collection holds publications that texts cite, and
//! which of its fields say what.

use super::{Collection, check_keys};
use crate::diag::{Diagnostic, Diagnostics, did_you_mean, text};
use crate::fields;
use crate::literature::{Kind, TEXT_KEYS, yaml};
use crate::source::Spanned;
use crate::yaml::{Entry, Node, typed};

/// How the entries of a collection are sources.
#[derive(Clone, Debug, Default)]
pub struct Citations {
    /// The index of the collection.
    pub collection: Option<usize>,
    /// What the fields of its entries say, by the keys of `literatur.yaml`, and their indexes.
    pub fields: Vec<(&'static str, usize)>,
    /// The kinds of sources by the values of the field `kind`.
    pub kinds: Vec<(String, Kind)>,
}

/// What entries can say of a source: names, its kind, the day it was looked at, and texts.
const OTHER_KEYS: [&str; 4] = ["author", "editor", "kind", "accessed"];

/// Reads `citations:`.
///
/// Findings: `unknown-key`, `unknown-collection`, `unknown-field`, `unknown-choice`.
pub fn citations(node: &Node, collections: &[Collection], diags: &mut Diagnostics) -> Citations {
    check_keys(typed::map(node, diags), &["collection", "fields", "kinds"], diags);
    let get = |key: &str| node.get(key).filter(|it| !it.is_empty());
    let name = get("collection").and_then(|it| typed::string(it, diags));
    let Some(at) = name.and_then(|it| collection(&it, collections, diags)) else {
        return Citations::default();
    };
    let declared = &collections[at];
    let written = get("fields").map_or(&[][..], |it| typed::map(it, diags));
    let mut fields: Vec<(&'static str, usize)> =
        written.iter().filter_map(|it| mapped(it, declared, diags)).collect();
    for key in keys() {
        let is_said = fields.iter().any(|it| it.0 == key);
        let own = declared.fields.iter().position(|it| it.name.value == key);
        fields.extend(own.filter(|_| !is_said).map(|own| (key, own)));
    }
    let kinds = get("kinds").map_or(&[][..], |it| typed::map(it, diags));
    let kinds = kinds.iter().filter_map(|it| Some((it.key.value.clone(), yaml::kind(&it.value, diags)?)));
    Citations { collection: Some(at), fields, kinds: kinds.collect() }
}

fn keys() -> impl Iterator<Item = &'static str> {
    OTHER_KEYS.into_iter().chain(TEXT_KEYS)
}

fn collection(name: &Spanned<String>, collections: &[Collection], diags: &mut Diagnostics) -> Option<usize> {
    let found = collections.iter().position(|it| it.name.value == name.value);
    if found.is_none() {
        let message = text(
            format!("Eine Sammlung „{}“ gibt es nicht.", name.value),
            format!("there is no collection `{}`", name.value),
        );
        let names: Vec<&str> = collections.iter().map(|it| it.name.value.as_str()).collect();
        let help = did_you_mean(&name.value, names.iter().copied())
            .or_else(|| (!names.is_empty()).then(|| fields::allowed(&names.join(", "))));
        diags.push(Diagnostic::error("unknown-collection", name.span, message).maybe_help(help));
    }
    found
}

/// Reads `url: link`: what is said, and the field that says it.
fn mapped(entry: &Entry, declared: &Collection, diags: &mut Diagnostics) -> Option<(&'static str, usize)> {
    let Some(key) = keys().find(|it| *it == entry.key.value) else {
        let known: Vec<&str> = keys().collect();
        diags.push(crate::yaml::unknown_key(entry, &known));
        return None;
    };
    let name = typed::string(&entry.value, diags)?;
    let found = declared.fields.iter().position(|it| it.name.value == name.value);
    if found.is_none() && !declared.field_names.contains(&name.value) {
        let message = text(
            format!("Ein Feld „{}“ hat die Sammlung „{}“ nicht.", name.value, declared.name.value),
            format!("the collection `{}` has no field `{}`", declared.name.value, name.value),
        );
        let help = did_you_mean(&name.value, declared.field_names.iter().map(String::as_str));
        diags.push(Diagnostic::error("unknown-field", name.span, message).maybe_help(help));
    }
    found.map(|it| (key, it))
}
