//! A small complete knowledge base to start from, in German and in English.
//!
//! Its files are plain files in `src/init/de` and `src/init/en`, so that they can be read,
//! built and tested as what they are; `src/init/common` holds what builds and publishes it on
//! GitHub and GitLab. They stand in the program by their paths.

use crate::diag::Lang;

/// Embeds files by their paths below `src/init`.
macro_rules! embed {
    ($lang:literal: $($path:literal),* $(,)?) => {
        &[$(($path, include_bytes!(concat!("init/", $lang, "/", $path)).as_slice())),*]
    };
}

/// Returns the files of the knowledge base with their paths.
pub fn files(lang: Lang) -> impl Iterator<Item = (&'static str, &'static [u8])> {
    let own = match lang {
        Lang::De => GERMAN,
        Lang::En => ENGLISH,
    };
    COMMON.iter().chain(own).copied()
}

const COMMON: &[(&str, &[u8])] = embed![
    "common":
    ".github/workflows/kommentar.yml",
    ".github/workflows/website.yml",
    ".gitlab-ci.yml",
];

const GERMAN: &[(&str, &[u8])] = embed![
    "de":
    ".gitignore",
    "README.md",
    "content/_index.md",
    "content/anleitungen/_index.md",
    "content/anleitungen/eintrag-anlegen.md",
    "content/anleitungen/tabelle-pflegen.md",
    "content/anleitungen/veroeffentlichen.md",
    "content/glossar/_index.md",
    "content/glossar/bundesrat.md",
    "content/glossar/csv.md",
    "content/glossar/eintrag.md",
    "content/glossar/markdown.md",
    "content/glossar/sammlung.md",
    "content/laender/_index.md",
    "content/seiten/impressum.md",
    "content/seiten/ueber.md",
    "data/datapackage.json",
    "data/laender.csv",
    "kompendium.yaml",
    "literatur.yaml",
];

const ENGLISH: &[(&str, &[u8])] = embed![
    "en":
    ".gitignore",
    "README.md",
    "content/_index.md",
    "content/glossary/_index.md",
    "content/glossary/bundesrat.md",
    "content/glossary/collection.md",
    "content/glossary/csv.md",
    "content/glossary/entry.md",
    "content/glossary/markdown.md",
    "content/guides/_index.md",
    "content/guides/keep-a-table.md",
    "content/guides/make-an-entry.md",
    "content/guides/publish.md",
    "content/pages/about.md",
    "content/pages/legal-notice.md",
    "content/states/_index.md",
    "data/datapackage.json",
    "data/states.csv",
    "kompendium.yaml",
    "literatur.yaml",
];

#[cfg(test)]
mod tests {
    use super::*;
    use crate::path::SitePath;

    #[track_caller]
    fn check(folder: &str, files: &[(&str, &[u8])]) {
        let root = std::path::Path::new(env!("CARGO_MANIFEST_DIR")).join("src/init").join(folder);
        let mut on_disk: Vec<String> = walkdir::WalkDir::new(&root)
            .into_iter()
            .filter_map(Result::ok)
            .filter(|it| it.file_type().is_file())
            .map(|it| it.path().strip_prefix(&root).unwrap().to_string_lossy().into_owned())
            .collect();
        on_disk.sort();
        let embedded: Vec<&str> = files.iter().map(|(path, _)| *path).collect();
        assert_eq!(embedded, on_disk);
        assert!(embedded.iter().all(|it| SitePath::new(it).is_ok()));
    }

    #[test]
    fn every_file_is_embedded() {
        check("common", COMMON);
        check("de", GERMAN);
        check("en", ENGLISH);
    }
}
