//! Themes: templates, static files and words; the theme of the site over the one
//! it extends, down to `themes/standard`, which is embedded in the program.

mod assets;

use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

pub use self::assets::Asset;

use crate::diag::{Diagnostic, Diagnostics, Lang, did_you_mean, text};
use crate::source::{FileId, Sources, Spanned};
use crate::yaml::{self, typed, unknown_key};

/// A file of a theme.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ThemeFile {
    /// The name of the theme.
    pub theme: String,
    /// Path below the folder of the theme.
    pub path: String,
    pub content: ThemeContent,
}

/// What a theme's file holds.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum ThemeContent {
    /// Templates, words and `theme.yaml`.
    Text(FileId),
    /// Everything in `static/`.
    Bytes(Arc<[u8]>),
}

/// The theme of a site, with everything that it takes over from others.
#[derive(Clone, Debug, Default)]
pub struct Theme {
    /// False where it, or one that it extends, was not found: nothing can be said
    /// about what it lacks.
    pub is_whole: bool,
    /// By the name that templates use, `page.html`.
    pub templates: BTreeMap<String, FileId>,
    /// Those of the themes it extends, by the names `standard/page.html`.
    pub ancestors: BTreeMap<String, FileId>,
    /// By their path below `static/`.
    pub assets: BTreeMap<String, Asset>,
    pub words: Words,
    /// The ids that templates write; no heading takes one of them.
    pub ids: Arc<BTreeSet<String>>,
}

/// The words of the templates in one language.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Words(BTreeMap<String, String>);

impl Words {
    /// Returns a word; its key, where a theme that lacks it was reported already.
    pub fn get<'a>(&'a self, key: &'a str) -> &'a str {
        self.0.get(key).map_or(key, String::as_str)
    }

    /// Returns all words in the order of their keys.
    pub fn iter(&self) -> impl Iterator<Item = (&str, &str)> {
        self.0.iter().map(|(key, word)| (key.as_str(), word.as_str()))
    }
}

impl<const N: usize> From<[(&str, &str); N]> for Words {
    fn from(words: [(&str, &str); N]) -> Words {
        Words(words.iter().map(|&(key, word)| (key.to_owned(), word.to_owned())).collect())
    }
}

/// The name of the embedded theme.
pub const STANDARD: &str = "standard";

/// The words that every theme has: those of the standard theme, until it has its own.
pub const BUILT_IN: &str = "kompendium";

/// Puts the theme of the site together from all that were loaded.
///
/// Findings: `unknown-theme`, `theme-loop`, `unknown-key`.
pub fn resolve(
    name: &Spanned<String>,
    lang: Lang,
    files: &[ThemeFile],
    sources: &Sources,
    diags: &mut Diagnostics,
) -> Theme {
    let Chain { names: chain, is_whole } = chain(name, files, sources, diags);
    let mut theme = Theme { is_whole, ..Theme::default() };
    let mut assets = BTreeMap::new();
    for file in files.iter().filter(|it| it.theme == BUILT_IN) {
        add(&mut theme, file, true, lang, sources, diags);
    }
    // From the oldest ancestor to the theme of the site, which has the last word.
    for (depth, ancestor) in chain.iter().rev().enumerate() {
        let is_last = depth + 1 == chain.len();
        for file in files.iter().filter(|it| it.theme == *ancestor) {
            add(&mut theme, file, is_last, lang, sources, diags);
            if let (ThemeContent::Bytes(bytes), Some(path)) =
                (&file.content, file.path.strip_prefix("static/"))
            {
                assets.insert(path.to_owned(), bytes.clone());
            }
        }
    }
    theme.assets = assets::with_addresses(assets);
    let ids = theme.templates.values().flat_map(|&file| literal_ids(sources.text(file)));
    theme.ids = Arc::new(ids.collect());
    theme
}

/// Returns the ids that a template writes as they are.
fn literal_ids(template: &str) -> impl Iterator<Item = String> {
    let values = template.split(" id=\"").skip(1).filter_map(|rest| rest.split('"').next());
    values.filter(|it| !it.contains('{')).map(str::to_owned)
}

/// A theme and those it extends.
struct Chain {
    /// Nearest first.
    names: Vec<String>,
    /// Whether all of them were found.
    is_whole: bool,
}

/// `unknown-theme`, `theme-loop`: a theme extends one that is there, and never itself.
fn chain(name: &Spanned<String>, files: &[ThemeFile], sources: &Sources, diags: &mut Diagnostics) -> Chain {
    let mut chain = Chain { names: Vec::new(), is_whole: true };
    let mut next = Some(name.clone());
    while let Some(current) = next {
        if chain.names.contains(&current.value) {
            let message = text("Dieses Theme erweitert sich im Kreis.", "this theme extends itself");
            diags.push(Diagnostic::error("theme-loop", current.span, message));
            chain.is_whole = false;
            break;
        }
        if !files.iter().any(|it| it.theme == current.value) {
            diags.push(unknown_theme(&current, files));
            chain.is_whole = false;
            break;
        }
        next = extends(&current.value, files, sources, diags);
        chain.names.push(current.value);
    }
    chain
}

fn unknown_theme(name: &Spanned<String>, files: &[ThemeFile]) -> Diagnostic {
    let message = text(
        format!("Ein Theme „{}“ gibt es nicht.", name.value),
        format!("there is no theme `{}`", name.value),
    );
    let mut names: Vec<&str> =
        files.iter().map(|it| it.theme.as_str()).filter(|it| *it != BUILT_IN).collect();
    names.sort_unstable();
    names.dedup();
    let help = did_you_mean(&name.value, names.iter().copied())
        .unwrap_or_else(|| crate::fields::allowed(&names.join(", ")));
    Diagnostic::error("unknown-theme", name.span, message).help(help)
}

fn extends(
    theme: &str,
    files: &[ThemeFile],
    sources: &Sources,
    diags: &mut Diagnostics,
) -> Option<Spanned<String>> {
    let found = files.iter().find(|it| it.theme == theme && it.path == "theme.yaml")?;
    let ThemeContent::Text(file) = found.content else { return None };
    let entries = yaml::parse_map(file, sources.text(file), 0, diags)?;
    for entry in entries.iter().filter(|it| !["name", "extends"].contains(&it.key.value.as_str())) {
        diags.push(unknown_key(entry, &["name", "extends"]));
    }
    let entry = entries.iter().find(|it| it.key.value == "extends")?;
    typed::string(&entry.value, diags)
}

fn add(
    theme: &mut Theme,
    file: &ThemeFile,
    is_last: bool,
    lang: Lang,
    sources: &Sources,
    diags: &mut Diagnostics,
) {
    let ThemeContent::Text(id) = file.content else { return };
    if let Some(name) = file.path.strip_prefix("templates/") {
        theme.templates.insert(name.to_owned(), id);
        if !is_last {
            theme.ancestors.insert(format!("{}/{name}", file.theme), id);
        }
    } else if file.path == words_path(lang) {
        add_words(&mut theme.words, id, sources, diags);
    }
}

fn words_path(lang: Lang) -> &'static str {
    match lang {
        Lang::De => "i18n/de.yaml",
        Lang::En => "i18n/en.yaml",
    }
}

fn add_words(words: &mut Words, file: FileId, sources: &Sources, diags: &mut Diagnostics) {
    for entry in yaml::parse_map(file, sources.text(file), 0, diags).unwrap_or_default() {
        if let Some(word) = typed::string(&entry.value, diags) {
            words.0.insert(entry.key.value, word.value);
        }
    }
}
