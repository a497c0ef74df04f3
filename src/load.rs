//! The only reader of a site: its configuration, content, data and themes.
//!
//! Nothing is understood here. Text is checked to be text; what is too large, a
//! symbolic link or no regular file is a finding and is not opened. A site is read from
//! its folder, or from a [`revision`] of its repository.

use std::fs;
use std::io;
use std::path::{MAIN_SEPARATOR, Path, PathBuf};
use std::sync::Arc;

use rayon::prelude::*;
use walkdir::WalkDir;

use crate::data::Delivered;
use crate::data::decode::{self, Encoding};
use crate::date::Date;
use crate::diag::{Diagnostic, Diagnostics, Text, text};
use crate::limits;
use crate::literature;
use crate::path::SitePath;
use crate::schema::cms;
use crate::source::{FileId, Sources, Span};
use crate::theme::{BUILT_IN, STANDARD, ThemeContent, ThemeFile};

mod embedded;
mod files;
pub mod revision;

pub use self::files::Files;
use self::files::{Read, Stamp};
use self::revision::Revision;

/// Everything a build reads, and what it was asked for.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Inputs {
    pub sources: Sources,
    pub config: FileId,
    /// The Markdown files below `content`, sorted by path.
    pub pages: Vec<PageFile>,
    /// The other files below `content`, sorted by path, and the script of a CMS.
    pub assets: Vec<AssetFile>,
    pub themes: Vec<ThemeFile>,
    /// `data/datapackage.json`, where there is one.
    pub descriptor: Option<FileId>,
    /// The CSV files below `data`.
    pub tables: Vec<Delivered>,
    /// The files of [`crate::literature::FILES`] that are there.
    pub literature: Vec<FileId>,
    pub request: Request,
}

/// What the command line asks of a build.
#[derive(Clone, Debug, Default, PartialEq, Eq, Hash)]
pub struct Request {
    /// Pages with `draft: true` are part of the site.
    pub drafts: bool,
    /// Replaces `base_url` of the configuration.
    pub base_url: Option<String>,
    /// The day of the build; without it nothing depends on the day.
    pub date: Option<Date>,
    /// Pages that no text leads to are told.
    pub orphans: bool,
    /// Compressed copies stand beside the files.
    pub compress: bool,
    /// The site is packed into one archive, too.
    pub archive: bool,
}

/// A Markdown file.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub struct PageFile {
    pub file: FileId,
    /// Path below `content`.
    pub path: SitePath,
    /// False where its text is that of another encoding, or too long; that is reported already.
    pub is_text: bool,
}

/// A file that is copied.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct AssetFile {
    /// Its name for messages; it has no text.
    pub file: FileId,
    /// Path below `content`.
    pub path: SitePath,
    pub bytes: Arc<[u8]>,
}

/// Why a site could not be read at all.
#[derive(Debug)]
pub struct LoadError {
    pub message: Text,
    /// The site is not where it was looked for, as opposed to a failing machine.
    pub is_usage: bool,
}

/// Endings of files that may stand beside pages; what can run scripts is not among them.
const ASSET_ENDINGS: [&str; 22] = [
    "png", "jpg", "jpeg", "gif", "webp", "avif", "pdf", "csv", "txt", "odt", "ods", "odp", "docx", "xlsx",
    "pptx", "zip", "mp3", "mp4", "webm", "vtt", "ics", "json",
];

/// Reads a site. What is wrong with single files is in the findings.
pub fn load(root: &Path, request: Request) -> Result<(Inputs, Diagnostics), LoadError> {
    reload(root, request, &mut Files::default())
}

/// Reads a site as [`load`] does, but of the files that were read before only those that changed.
pub fn reload(root: &Path, request: Request, files: &mut Files) -> Result<(Inputs, Diagnostics), LoadError> {
    if !is_site(root) {
        return Err(no_site(root));
    }
    files.begin();
    load_with(Loader::new(root, Origin::Disk, files), request)
}

/// Whether a folder is the root of a site.
pub fn is_site(folder: &Path) -> bool {
    folder.join("kompendium.yaml").is_file()
}

/// Reads a site as it was in a revision.
pub fn load_revision(revision: &Revision, request: Request) -> Result<(Inputs, Diagnostics), LoadError> {
    if !revision.holds(Path::new("kompendium.yaml")) {
        return Err(revision.no_site());
    }
    load_with(Loader::new(Path::new(""), Origin::Revision(revision), &mut Files::default()), request)
}

fn load_with(mut loader: Loader<'_>, request: Request) -> Result<(Inputs, Diagnostics), LoadError> {
    let config_path = loader.root.join("kompendium.yaml");
    let config = loader.text_files(vec![config_path])?.into_iter().next().expect("one path gives one file");
    let content = loader.walk("content")?;
    let (markdown, others): (Vec<_>, Vec<_>) = content.into_iter().partition(|it| has_ending(it, "md"));
    let pages = loader.pages(markdown)?;
    let mut assets = loader.assets(others)?;
    assets.extend(loader.cms_script()?);
    let (descriptor, tables) = loader.data()?;
    let literature = literature::FILES.iter().map(|it| loader.root.join(it));
    let literature = literature.filter(|it| loader.is_file(it)).collect();
    let literature = loader.text_files(literature)?;
    let themes = loader.themes()?;
    let Loader { sources, diags, .. } = loader;
    Ok((Inputs { sources, config, pages, assets, themes, descriptor, tables, literature, request }, diags))
}

/// Reads one table that stands alone. What is wrong with the file is in the findings.
pub fn table(path: &Path) -> Result<(Sources, Delivered, Diagnostics), LoadError> {
    if !path.is_file() {
        return Err(no_file(path));
    }
    let folder = path.parent().unwrap_or(Path::new(""));
    let mut files = Files::default();
    let mut loader = Loader::new(folder, Origin::Disk, &mut files);
    let delivered = loader.tables(&[path.to_owned()])?.pop().expect("one path gives one table");
    Ok((loader.sources, delivered, loader.diags))
}

/// Reads one text file that is no part of a site.
pub fn text_file(path: &Path) -> Result<String, LoadError> {
    if !path.is_file() {
        return Err(no_file(path));
    }
    let bytes = fs::read(path).map_err(|err| read_error(path, &err))?;
    Ok(String::from_utf8_lossy(&bytes).into_owned())
}

fn no_file(path: &Path) -> LoadError {
    let file = path.display();
    let message = text(format!("Eine Datei „{file}“ gibt es nicht."), format!("there is no file `{file}`"));
    LoadError { message, is_usage: true }
}

fn no_site(root: &Path) -> LoadError {
    let folder = root.display();
    LoadError {
        message: text(
            format!(
                "Im Ordner „{folder}“ liegt keine kompendium.yaml. Mit -r nennen Sie den Ordner der Website."
            ),
            format!("there is no kompendium.yaml in `{folder}`; name the folder of the site with -r"),
        ),
        is_usage: true,
    }
}

/// Returns the path of a file below the root with `/`.
fn name(root: &Path, path: &Path) -> String {
    let below = path.strip_prefix(root).unwrap_or(path);
    below.to_string_lossy().replace(MAIN_SEPARATOR, "/")
}

/// Returns the path of a file below `content`, by its name.
fn content_path(name: &str) -> Result<SitePath, Text> {
    SitePath::new(name.strip_prefix("content/").unwrap_or(name))
}

fn has_ending(path: &Path, ending: &str) -> bool {
    path.extension().is_some_and(|it| it.eq_ignore_ascii_case(ending))
}

struct Loader<'a> {
    root: &'a Path,
    origin: Origin<'a>,
    files: &'a mut Files,
    sources: Sources,
    diags: Diagnostics,
}

impl<'a> Loader<'a> {
    fn new(root: &'a Path, origin: Origin<'a>, files: &'a mut Files) -> Loader<'a> {
        Loader { root, origin, files, sources: Sources::default(), diags: Diagnostics::default() }
    }
}

impl Loader<'_> {
    fn is_file(&self, path: &Path) -> bool {
        match self.origin {
            Origin::Disk => path.is_file(),
            Origin::Revision(revision) => revision.holds(path),
        }
    }

    /// Lists the regular files below a folder, sorted; hidden ones and leftovers of editors are passed over.
    fn walk(&mut self, folder: &str) -> Result<Vec<PathBuf>, LoadError> {
        let top = self.root.join(folder);
        if let Origin::Revision(revision) = self.origin {
            return Ok(self.walk_revision(revision, &top));
        }
        if !top.exists() {
            return Ok(Vec::new());
        }
        let mut files = Vec::new();
        let walk = WalkDir::new(&top).sort_by_file_name().into_iter();
        for entry in
            walk.filter_entry(|it| it.depth() == 0 || !is_leftover(&it.file_name().to_string_lossy()))
        {
            let entry = entry.map_err(|err| {
                let path = err.path().unwrap_or(&top).to_owned();
                read_error(&path, &err.into_io_error().unwrap_or_else(|| io::Error::other("loop")))
            })?;
            let kind = entry.file_type();
            if kind.is_file() {
                files.push(entry.into_path());
            } else if !kind.is_dir() {
                self.refuse_special(entry.path(), kind.is_symlink());
            }
        }
        Ok(files)
    }

    /// Lists the files of a revision as those of a folder.
    fn walk_revision(&mut self, revision: &Revision, top: &Path) -> Vec<PathBuf> {
        let mut files = Vec::new();
        for (path, is_link) in revision.below(top) {
            if is_link {
                self.refuse_special(path, true);
            } else {
                files.push(path.to_owned());
            }
        }
        files
    }

    /// `symlink`, `special-file`: only regular files are read.
    fn refuse_special(&mut self, path: &Path, is_symlink: bool) {
        let span = Span::start_of(self.sources.add(self.name(path), ""));
        let diagnostic = if is_symlink {
            let message = text("Symbolische Links werden nicht gelesen.", "symbolic links are not read");
            let help = text("Kopieren Sie die Datei an diese Stelle.", "copy the file to this place");
            Diagnostic::error("symlink", span, message).help(help)
        } else {
            let message = text("Das ist keine gewöhnliche Datei.", "this is not a regular file");
            Diagnostic::error("special-file", span, message)
        };
        self.diags.push(diagnostic);
    }

    fn name(&self, path: &Path) -> String {
        name(self.root, path)
    }

    fn text_files(&mut self, paths: Vec<PathBuf>) -> Result<Vec<FileId>, LoadError> {
        let (root, known, origin) = (self.root, &self.files.texts, self.origin);
        let read = |path: PathBuf| {
            let stamp = origin.stamp(&path)?;
            known.get(&name(root, &path), stamp, || read_text(&path, origin, stamp.size))
        };
        let texts = paths.into_par_iter().map(read).collect::<Result<Vec<_>, LoadError>>()?;
        Ok(texts.into_iter().map(|it| self.add_text(it)).collect())
    }

    fn add_text(&mut self, read: Read<ReadText>) -> FileId {
        let (name, read) = self.files.texts.keep(read);
        let file = self.sources.add(name, read.text);
        if let Some((at, problem)) = read.problem {
            self.diags.push(problem.diagnostic(file, at));
        }
        file
    }

    fn pages(&mut self, paths: Vec<PathBuf>) -> Result<Vec<PageFile>, LoadError> {
        let files = self.text_files(paths)?;
        if files.len() > limits::PAGES {
            let (count, limit) = (files.len(), limits::PAGES);
            let message = text(
                format!("{count} Seiten sind mehr als {limit}."),
                format!("{count} pages are more than {limit}"),
            );
            self.diags.push(Diagnostic::error("limit", Span::start_of(files[limit]), message));
        }
        let paths: Vec<_> = files.par_iter().map(|it| content_path(&self.sources.get(*it).path)).collect();
        let pages = files.into_iter().zip(paths).filter_map(|(file, path)| {
            Some(PageFile { file, is_text: self.is_text(file), path: self.checked(path, file)? })
        });
        Ok(pages.collect())
    }

    /// Whether a page can be judged: it was read whole, or begins as pages do.
    fn is_text(&self, file: FileId) -> bool {
        self.sources.text(file).starts_with("---") || !self.diags.iter().any(|it| it.span.file == file)
    }

    /// `bad-path`: the path of a file works on every system.
    fn checked(&mut self, path: Result<SitePath, Text>, file: FileId) -> Option<SitePath> {
        match path {
            Ok(path) => Some(path),
            Err(reason) => {
                self.diags.push(Diagnostic::error("bad-path", Span::start_of(file), reason));
                None
            }
        }
    }

    /// `file-type`: files beside pages are of a kind that runs no script.
    fn assets(&mut self, paths: Vec<PathBuf>) -> Result<Vec<AssetFile>, LoadError> {
        let mut assets = Vec::new();
        for path in paths {
            let name = self.name(&path);
            let site_path = content_path(&name);
            let file = self.sources.add(name, "");
            let Some(site_path) = self.checked(site_path, file) else { continue };
            let ending = path.extension().unwrap_or_default().to_string_lossy().to_lowercase();
            if !ASSET_ENDINGS.contains(&ending.as_str()) && !DOT_NAMES.contains(&site_path.name()) {
                let message = text(
                    format!("Dateien der Art „.{ending}“ werden nicht veröffentlicht."),
                    format!("files of the kind `.{ending}` are not published"),
                );
                let help = crate::fields::allowed(&ASSET_ENDINGS.join(", "));
                self.diags.push(Diagnostic::error("file-type", Span::start_of(file), message).help(help));
                continue;
            }
            match self.bytes(&path, limits::ASSET_BYTES)? {
                Ok(bytes) => assets.push(AssetFile { file, path: site_path, bytes }),
                Err(size) => {
                    let problem = Problem::TooLarge { size, limit: limits::ASSET_BYTES };
                    self.diags.push(problem.diagnostic(file, 0));
                }
            }
        }
        Ok(assets)
    }

    /// Reads a file that is no text, or gives its size where that is over the limit.
    fn bytes(&mut self, path: &Path, limit: u64) -> Result<Result<Arc<[u8]>, u64>, LoadError> {
        let (name, origin, stamp) = (self.name(path), self.origin, self.origin.stamp(path)?);
        let read = || Ok(read_up_to(path, origin, stamp.size, limit)?.map(Arc::from));
        let read = self.files.bytes.get(&name, stamp, read)?;
        Ok(self.files.bytes.keep(read).1)
    }

    /// Reads the script of a CMS, which its owner has put beside the content.
    fn cms_script(&mut self) -> Result<Option<AssetFile>, LoadError> {
        let path = self.root.join(cms::SCRIPT);
        if !self.is_file(&path) {
            return Ok(None);
        }
        let Ok(bytes) = self.bytes(&path, limits::ASSET_BYTES)? else { return Ok(None) };
        let file = self.sources.add(cms::SCRIPT, "");
        let path = SitePath::new(cms::SCRIPT).expect("it is a path");
        Ok(Some(AssetFile { file, path, bytes }))
    }

    fn data(&mut self) -> Result<(Option<FileId>, Vec<Delivered>), LoadError> {
        let paths = self.walk("data")?;
        let descriptor_path = self.root.join("data/datapackage.json");
        let tables: Vec<PathBuf> = paths.iter().filter(|it| has_ending(it, "csv")).cloned().collect();
        let descriptor = paths.contains(&descriptor_path).then_some(descriptor_path);
        let descriptor = self.text_files(descriptor.into_iter().collect())?.pop();
        Ok((descriptor, self.tables(&tables)?))
    }

    fn tables(&mut self, paths: &[PathBuf]) -> Result<Vec<Delivered>, LoadError> {
        let (root, known, origin) = (self.root, &self.files.tables, self.origin);
        let read = |path: &PathBuf| {
            let stamp = origin.stamp(path)?;
            known.get(&name(root, path), stamp, || read_table(path, origin, stamp.size))
        };
        let read = paths.par_iter().map(read).collect::<Result<Vec<_>, LoadError>>()?;
        Ok(read.into_iter().map(|it| self.add_table(it)).collect())
    }

    /// Keeps a table as text and as it was delivered; both share their memory where they are the same.
    fn add_table(&mut self, read: Read<Result<TableText, u64>>) -> Delivered {
        let (name, read) = self.files.tables.keep(read);
        let path = name.strip_prefix("data/").unwrap_or(&name).to_owned();
        match read {
            Ok(TableText { text, bytes, encoding, proof }) => {
                Delivered { file: self.sources.add(name, text), path, bytes, encoding, proof }
            }
            Err(size) => {
                let file = self.sources.add(name, "");
                let problem = Problem::TooLarge { size, limit: limits::CSV_BYTES };
                self.diags.push(problem.diagnostic(file, 0));
                Delivered { file, path, bytes: Arc::default(), encoding: Encoding::Utf8, proof: None }
            }
        }
    }

    /// Reads all themes of the site, and the embedded one where the site has none of that name.
    fn themes(&mut self) -> Result<Vec<ThemeFile>, LoadError> {
        let (bytes, texts): (Vec<_>, Vec<_>) = self
            .walk("themes")?
            .into_iter()
            .partition(|it| self.name(it).split('/').nth(2) == Some("static"));
        let mut themes = Vec::new();
        for file in self.text_files(texts)? {
            let name = &self.sources.get(file).path;
            // Themes lie in folders; what lies beside them (a README) is none.
            if let Some((theme, path)) = name.strip_prefix("themes/").and_then(|it| it.split_once('/')) {
                themes.push(ThemeFile {
                    theme: theme.into(),
                    path: path.into(),
                    content: ThemeContent::Text(file),
                });
            }
        }
        for path in bytes {
            let Ok(content) = self.bytes(&path, u64::MAX)? else { continue };
            let name = self.name(&path);
            if let Some((theme, path)) = name.strip_prefix("themes/").and_then(|it| it.split_once('/')) {
                themes.push(ThemeFile {
                    theme: theme.into(),
                    path: path.into(),
                    content: ThemeContent::Bytes(content),
                });
            }
        }
        if !themes.iter().any(|it| it.theme == STANDARD) {
            self.add_embedded(STANDARD, |_| true, &mut themes);
        }
        self.add_embedded(BUILT_IN, |path| path.starts_with("i18n/"), &mut themes);
        Ok(themes)
    }

    /// Adds files of the theme inside the program as those of a theme with a name.
    fn add_embedded(&mut self, name: &str, wanted: impl Fn(&str) -> bool, themes: &mut Vec<ThemeFile>) {
        for &(path, bytes) in embedded::FILES.iter().filter(|it| wanted(it.0)) {
            let content = match std::str::from_utf8(bytes) {
                Ok(text) if !path.starts_with("static/") => {
                    ThemeContent::Text(self.sources.add(format!("themes/{name}/{path}"), text))
                }
                _ => ThemeContent::Bytes(bytes.into()),
            };
            themes.push(ThemeFile { theme: name.into(), path: path.into(), content });
        }
    }
}

/// Names with a dot that are meant to be published.
const DOT_NAMES: [&str; 2] = [".well-known", ".nojekyll"];

/// Whether a file is one that programs leave behind, or hidden: it is no part of a site.
pub fn is_leftover(name: &str) -> bool {
    if DOT_NAMES.contains(&name) {
        return false;
    }
    name.starts_with(['.', '~', '#'])
        || name.ends_with(['~', '#'])
        || [".swp", ".swx", ".tmp", ".bak", ".orig", "___jb_tmp___", "___jb_old___"]
            .iter()
            .any(|it| name.ends_with(it))
        // Vim tries with a file of this name whether it may write here.
        || ["Thumbs.db", "desktop.ini", "4913"].contains(&name)
}

/// A text that was read, and the first thing that is wrong with it.
#[derive(Clone, Debug, PartialEq, Eq)]
struct ReadText {
    text: Arc<str>,
    problem: Option<(usize, Problem)>,
}

#[derive(Clone, Debug, PartialEq, Eq)]
enum Problem {
    NotUtf8,
    ControlCharacter(char),
    TooLarge { size: u64, limit: u64 },
}

impl Problem {
    /// `encoding`, `control-character`, `limit`: a text file is UTF-8 without
    /// control characters, and not too large.
    fn diagnostic(self, file: FileId, at: usize) -> Diagnostic {
        let span = Span::new(file, at..at);
        match self {
            Problem::NotUtf8 => {
                let message =
                    text("Ab hier ist die Datei kein Text in UTF-8.", "from here on this is not UTF-8 text");
                let help = text(
                    "Speichern Sie die Datei im Editor mit der Codierung UTF-8.",
                    "save the file in your editor with the encoding UTF-8",
                );
                Diagnostic::error("encoding", span, message).help(help)
            }
            Problem::ControlCharacter(sign) => {
                let code = u32::from(sign);
                let message = text(
                    format!("Hier steht ein unsichtbares Steuerzeichen (U+{code:04X})."),
                    format!("there is an invisible control character here (U+{code:04X})"),
                );
                let help = text("Löschen Sie es.", "delete it");
                Diagnostic::error("control-character", span, message).help(help)
            }
            Problem::TooLarge { size, limit } => {
                let message = text(
                    format!("Die Datei ist mit {size} Bytes größer als erlaubt ({limit})."),
                    format!("the file has {size} bytes, more than {limit}"),
                );
                Diagnostic::error("limit", span, message)
            }
        }
    }
}

/// Where the files of a site are taken from.
#[derive(Clone, Copy)]
enum Origin<'a> {
    Disk,
    Revision(&'a Revision),
}

impl Origin<'_> {
    /// Returns what tells whether a file is still the same.
    fn stamp(self, path: &Path) -> Result<Stamp, LoadError> {
        match self {
            Origin::Disk => Ok(Stamp::of(&fs::metadata(path).map_err(|err| read_error(path, &err))?)),
            Origin::Revision(revision) => Ok(Stamp { size: revision.size(path), modified: None }),
        }
    }
}

/// Reads a file of a size, or gives that size where it is over the limit.
fn read_up_to(
    path: &Path,
    origin: Origin<'_>,
    size: u64,
    limit: u64,
) -> Result<Result<Vec<u8>, u64>, LoadError> {
    if size > limit {
        return Ok(Err(size));
    }
    match origin {
        Origin::Disk => fs::read(path).map(Ok).map_err(|err| read_error(path, &err)),
        Origin::Revision(revision) => Ok(Ok(revision.bytes(path).to_vec())),
    }
}

fn read_text(path: &Path, origin: Origin<'_>, size: u64) -> Result<ReadText, LoadError> {
    let limit = limits::TEXT_BYTES;
    Ok(match read_up_to(path, origin, size, limit)? {
        Ok(bytes) => decode_utf8(bytes),
        Err(size) => ReadText { text: "".into(), problem: Some((0, Problem::TooLarge { size, limit })) },
    })
}

/// A table as text and as bytes.
#[derive(Clone, Debug, PartialEq, Eq)]
struct TableText {
    text: Arc<str>,
    bytes: Arc<[u8]>,
    encoding: Encoding,
    proof: Option<usize>,
}

/// Reads a table, or gives its size where that is over the limit.
fn read_table(path: &Path, origin: Origin<'_>, size: u64) -> Result<Result<TableText, u64>, LoadError> {
    let bytes = match read_up_to(path, origin, size, limits::CSV_BYTES)? {
        Ok(bytes) => bytes,
        Err(size) => return Ok(Err(size)),
    };
    let decode::Decoded { text, encoding, proof } = decode::decode(&bytes);
    let text: Arc<str> = text.into();
    let is_same = encoding == Encoding::Utf8 && text.len() == bytes.len();
    let bytes = if is_same { Arc::from(text.clone()) } else { bytes.into() };
    Ok(Ok(TableText { text, bytes, encoding, proof }))
}

fn read_error(path: &Path, err: &io::Error) -> LoadError {
    let (de, en) = match err.kind() {
        io::ErrorKind::PermissionDenied => {
            ("Das Recht zum Lesen fehlt.".to_owned(), "permission to read is missing".to_owned())
        }
        io::ErrorKind::NotFound => {
            ("Die Datei gibt es nicht mehr.".to_owned(), "the file does not exist any more".to_owned())
        }
        _ => ("Das System konnte sie nicht lesen.".to_owned(), "the system could not read it".to_owned()),
    };
    let path = path.display();
    LoadError { message: text(format!("{path}: {de}"), format!("{path}: {en}")), is_usage: false }
}

fn decode_utf8(bytes: Vec<u8>) -> ReadText {
    let bytes = bytes.strip_prefix(b"\xEF\xBB\xBF").unwrap_or(&bytes);
    match std::str::from_utf8(bytes) {
        Ok(text) => {
            let control =
                text.bytes().position(|byte| byte < 0x20 && !b"\t\n\r".contains(&byte) || byte == 0x7F);
            let problem = control.map(|at| (at, Problem::ControlCharacter(char::from(text.as_bytes()[at]))));
            ReadText { text: text.into(), problem }
        }
        Err(err) => {
            let text = String::from_utf8_lossy(bytes).into_owned();
            ReadText { text: text.into(), problem: Some((err.valid_up_to(), Problem::NotUtf8)) }
        }
    }
}
