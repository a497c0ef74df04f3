//! Building with a memory of the build before gives the same files and findings as building
//! without, whatever was edited.

use std::fs::{self, File};
use std::path::{Path, PathBuf};
use std::time::{Duration, SystemTime};

use kompendium::load::{self, Files, Request};
use kompendium::memo::Memo;
use kompendium::{build, render, resolve};

use crate::fixture::Folder;
use crate::rebuild;

/// What a build gave: files in their order, or why there is none, and the findings.
#[derive(Debug, PartialEq, Eq)]
struct Result {
    files: Vec<(String, Vec<u8>)>,
    findings: Vec<String>,
    failure: Option<String>,
}

fn request() -> Request {
    Request { orphans: true, ..Request::default() }
}

fn cold(root: &Path) -> Result {
    match load::load(root, request()) {
        Ok((inputs, found)) => {
            let outcome = build(inputs, found, &());
            result(outcome.outputs, &outcome.diagnostics)
        }
        Err(err) => failure(&err),
    }
}

fn warm(root: &Path, files: &mut Files, memo: &mut Memo) -> Result {
    match load::reload(root, request(), files) {
        Ok((inputs, found)) => {
            let resolved = resolve(&inputs, found, memo, &());
            let mut diags = resolved.diagnostics;
            let outputs = resolved.site.map(|it| render::render(&it, &inputs.sources, &mut diags, &()));
            let outputs = outputs.filter(|_| !diags.has_errors());
            result(outputs.unwrap_or_default(), &diags)
        }
        Err(err) => failure(&err),
    }
}

fn result(outputs: Vec<kompendium::write::Output>, diags: &kompendium::diag::Diagnostics) -> Result {
    let files = outputs.iter().map(|it| (it.path.as_str().to_owned(), it.bytes.to_vec())).collect();
    Result { files, findings: diags.iter().map(|it| format!("{it:?}")).collect(), failure: None }
}

fn failure(err: &load::LoadError) -> Result {
    Result { files: Vec::new(), findings: Vec::new(), failure: Some(format!("{err:?}")) }
}

/// Throws the same dice every time.
struct Dice(u64);

impl Dice {
    fn below(&mut self, limit: usize) -> usize {
        self.0 = self.0.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        usize::try_from(self.0 >> 33).unwrap() % limit
    }

    fn pick<'a, T>(&mut self, list: &'a [T]) -> &'a T {
        &list[self.below(list.len())]
    }
}

/// What is put somewhere into a file: harmless, and harmful in every stage.
const INSERTED: [&str; 16] = [
    "\nEin Satz mehr.\n",
    "\n## Größe\n",
    "\n[Größe](a.md#tief)\n",
    "\n[Weg](weg.md)\n",
    "\n{setting}`leer`\n",
    "\n{setting}`fehlt`\n",
    "\n<b>roh</b>\n",
    "\n---\ntags: [eins, zwei]\n---\n",
    "tags: [eins]\n",
    "draft: true\n",
    "\u{1}",
    "{{ nichts }}",
    "{% for",
    "title: [\n",
    "Gast*innen",
    "",
];

fn files_of(root: &Path) -> Vec<PathBuf> {
    let mut files: Vec<PathBuf> = crate::fixture::files(root).into_keys().map(|it| root.join(it)).collect();
    files.sort();
    files
}

/// Changes something, and says what.
fn edit(root: &Path, original: &Path, dice: &mut Dice) -> String {
    let path = dice.pick(&files_of(root)).clone();
    let name = path.strip_prefix(root).unwrap().to_owned();
    match dice.below(10) {
        0..=3 => {
            let mut bytes = fs::read(&path).unwrap();
            let text = dice.pick(&INSERTED);
            let lines: Vec<usize> =
                (0..=bytes.len()).filter(|&at| at == 0 || bytes[at - 1] == b'\n').collect();
            let at = *dice.pick(&lines);
            bytes.splice(at..at, text.bytes());
            fs::write(&path, bytes).unwrap();
            format!("{text:?} in {}", name.display())
        }
        4 => {
            fs::remove_file(&path).unwrap();
            format!("without {}", name.display())
        }
        5 => {
            let to = path.with_file_name(format!("neu-{}", path.file_name().unwrap().to_string_lossy()));
            fs::rename(&path, &to).unwrap();
            format!("{} renamed", name.display())
        }
        6 => {
            let to = root.join(format!("content/seite-{}.md", dice.below(100)));
            fs::write(&to, "---\ntitle: Neue Seite\ntags: [eins]\n---\n[a](a.md)\n").unwrap();
            format!("new {}", to.display())
        }
        _ => {
            // Back to a site without errors, so that there is something to go wrong again.
            files_of(root).iter().for_each(|it| fs::remove_file(it).unwrap());
            crate::fixture::copy(original, root);
            "as it was".to_owned()
        }
    }
}

/// Gives files that changed a time long ago, and each change another one: so that the memory
/// has to rely on the times.
fn set_times(root: &Path, before: &std::collections::BTreeMap<String, Vec<u8>>, round: u64) {
    for (name, bytes) in crate::fixture::files(root) {
        if before.get(&name) != Some(&bytes) {
            let time = SystemTime::now() - Duration::from_secs(100_000 - 10 * round);
            File::options().append(true).open(root.join(name)).unwrap().set_modified(time).unwrap();
        }
    }
}

#[test]
fn warm_and_cold_are_the_same_after_any_edit() {
    let (folder, original) = (Folder::new(), Folder::new());
    rebuild::site(&folder);
    rebuild::site(&original);
    let (mut files, mut memo, mut dice) = (Files::default(), Memo::default(), Dice(20_261_126));
    let (mut good, mut bad) = (0, 0);
    for round in 0..60 {
        let before = crate::fixture::files(folder.path());
        let what = match round {
            0 => "nothing".to_owned(),
            _ => edit(folder.path(), original.path(), &mut dice),
        };
        if round == 0 {
            set_times(folder.path(), &std::collections::BTreeMap::new(), 0);
        }
        set_times(folder.path(), &before, round);
        let warm = warm(folder.path(), &mut files, &mut memo);
        assert!(warm == cold(folder.path()), "round {round}: {what}");
        *if warm.files.is_empty() { &mut bad } else { &mut good } += 1;
    }
    assert!(good > 10 && bad > 10, "{good} good builds and {bad} bad ones");
}
