//! Waiting for changes. Events say when to look, never what has changed: they come in
//! another order on each system, and some never come.

use std::path::{Path, PathBuf};
use std::sync::mpsc::Sender;

use notify::event::{AccessKind, AccessMode, EventKind};
use notify::{Event, RecommendedWatcher, RecursiveMode, Watcher};

use super::Message;
use crate::{literature, load};

/// The folders whose files make a site; beside them stand its configuration and its sources.
const FOLDERS: [&str; 3] = ["content", "data", "themes"];

/// Looks at the folder of a site as long as it lives.
pub struct Watch {
    /// None where the system cannot watch; then the silence is looked into.
    watcher: Option<RecommendedWatcher>,
}

impl Watch {
    /// Begins to send letters when something may have changed.
    pub fn start(root: &Path, mailbox: Sender<Message>) -> Watch {
        // Events tell of absolute paths.
        let top = root.canonicalize().unwrap_or_else(|_| root.to_owned());
        let watched = top.clone();
        let watcher = notify::recommended_watcher(move |event: notify::Result<Event>| {
            // What went wrong may have hidden a change.
            let letter = event.map_or(Some(Message::Changed), |it| letter(&it, &watched));
            if let Some(letter) = letter {
                let _ = mailbox.send(letter);
            }
        });
        let mut watch = Watch { watcher: watcher.ok() };
        if let Some(watcher) = &mut watch.watcher {
            let _ = watcher.watch(&top, RecursiveMode::NonRecursive);
        }
        watch.renew(&top);
        watch
    }

    /// Looks at the folders that are there now.
    pub fn renew(&mut self, root: &Path) {
        let top = root.canonicalize().unwrap_or_else(|_| root.to_owned());
        let Some(watcher) = &mut self.watcher else { return };
        for folder in FOLDERS {
            let path = top.join(folder);
            if path.is_dir() {
                // Fails where the system has no more watches; the silence is looked into, too.
                let _ = watcher.watch(&path, RecursiveMode::Recursive);
            }
        }
    }
}

/// Says what an event means for a site below `top`; none: nothing.
fn letter(event: &Event, top: &Path) -> Option<Message> {
    let is_reading =
        matches!(event.kind, EventKind::Access(it) if it != AccessKind::Close(AccessMode::Write));
    if is_reading {
        return None;
    }
    let below = event.paths.iter().filter_map(|it| it.strip_prefix(top).ok());
    let concerned: Vec<PathBuf> = below.filter(|it| concerns(it)).map(Path::to_owned).collect();
    let is_folder = |it: &PathBuf| FOLDERS.iter().any(|folder| it.as_os_str() == *folder);
    if concerned.iter().any(is_folder) {
        return Some(Message::Moved);
    }
    (!concerned.is_empty() || event.need_rescan()).then_some(Message::Changed)
}

/// Whether a file below the root can be part of a site, as [`load`] reads it.
fn concerns(path: &Path) -> bool {
    let names: Vec<_> = path.iter().map(|it| it.to_string_lossy()).collect();
    let is_leftover = names.iter().any(|it| load::is_leftover(it));
    let is_named = |it: &str| {
        FOLDERS.contains(&it)
            || names.len() == 1 && (it == "kompendium.yaml" || literature::FILES.contains(&it))
    };
    !is_leftover && names.first().is_some_and(|it| is_named(it))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn check(path: &str, expected: bool) {
        assert_eq!(concerns(Path::new(path)), expected);
    }

    #[test]
    fn what_makes_a_site_concerns() {
        check("content/a/b.md", true);
        check("themes/eigen/static/a.css", true);
        check("kompendium.yaml", true);
        check("literatur.yaml", true);
        check("content", true);
    }

    #[test]
    fn what_is_made_of_it_and_leftovers_do_not() {
        check("public/index.html", false);
        check(".git/index", false);
        check("README.md", false);
        check("seiten/kompendium.yaml", false);
        for name in
            ["a.md~", ".a.md.swp", ".#a.md", "#a.md#", "4913", "~$a.xlsx", "a.tmp", "a.md___jb_tmp___"]
        {
            check(&format!("content/{name}"), false);
        }
    }
}
