//! Reading without a network after the first visit: a manifest, by which browsers offer to
//! install the site, and a service worker that keeps its files.
//!
//! The worker stores the files of the site and nothing else, each proven by its hash. Pages
//! still come from the network where there is one: what a reader sees is never old because
//! of the worker. Opened from a disk there is none.

use std::collections::BTreeMap;

use rayon::prelude::*;

use super::output;
use crate::hash::sha256;
use crate::link::search_folder;
use crate::render::lang_code;
use crate::site::Site;
use crate::write::Output;

/// Larger files, such as films, are not kept.
const MOST_BYTES: usize = 5 << 20;
/// The first bytes of a hash are enough to tell two generations apart.
const HASH_BYTES: usize = 8;
const WORKER: &str = include_str!("offline/worker.js");

/// The address of the manifest.
const MANIFEST: &str = "site.webmanifest";
/// The address of the worker; it decides what the worker answers for.
const SCRIPT: &str = "sw.js";

/// Makes the manifest and the worker for the files of a site.
pub fn files(site: &Site, outputs: &[Output]) -> [Output; 2] {
    let manifest = output(MANIFEST, manifest(site).into_bytes());
    let kept = outputs.iter().chain([&manifest]).filter(|it| it.bytes.len() <= MOST_BYTES);
    let worker = output(SCRIPT, worker(site, kept.collect()).into_bytes());
    [manifest, worker]
}

fn manifest(site: &Site) -> String {
    let config = &site.config;
    let icon = site.theme.assets.get("favicon.svg");
    let icons = icon.map(|it| serde_json::json!({"src": it.url, "sizes": "any", "type": "image/svg+xml"}));
    let manifest = serde_json::json!({
        "name": config.title,
        "short_name": config.short_title,
        "lang": lang_code(config.lang),
        "start_url": site.page(site.home).url,
        "scope": "./",
        // With the buttons to go back and to load again: it stays a website.
        "display": "minimal-ui",
        "icons": icons.into_iter().collect::<Vec<_>>(),
    });
    format!("{manifest:#}\n")
}

/// Writes the list of files into the worker.
fn worker(site: &Site, kept: Vec<&Output>) -> String {
    let hashes: BTreeMap<&str, String> =
        kept.par_iter().map(|it| (it.path.as_str(), sha256(&it.bytes, HASH_BYTES))).collect();
    let files = serde_json::to_string_pretty(&hashes).expect("texts are JSON");
    let folders = ["assets/".to_owned(), search_folder(&site.theme.words)];
    let folders = serde_json::to_string(&folders).expect("texts are JSON");
    WORKER
        .replace("/* folders */ []", &folders)
        .replace("/* missing */ \"\"", &format!("\"{}\"", crate::render::NOT_FOUND))
        .replace("/* files */ {}", &files)
}
