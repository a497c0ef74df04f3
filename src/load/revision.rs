//! A site as it was in a revision of its git repository, read into memory.
//!
//! `git` itself reads the repository: it knows every kind of packing, worktrees and
//! alternates, and whoever has a repository has it. It is started as a program, without a
//! shell. A name of a revision never becomes an argument: it is written to the input of
//! `git cat-file`, where nothing is an option. What comes back are objects as they are
//! stored: no file is checked out, and no hook, filter, `textconv` or attribute is applied.

use std::collections::BTreeMap;
use std::io::{self, BufRead, BufReader, Read, Write};
use std::path::{Path, PathBuf};
use std::process::{Child, Command, Stdio};

use super::{LoadError, is_leftover};
use crate::diag::text;
use crate::limits;
use crate::literature;

/// The files of a site in a revision, by their paths below its root.
#[derive(Debug)]
pub struct Revision {
    name: String,
    files: BTreeMap<PathBuf, Held>,
}

/// A file of a revision.
#[derive(Debug)]
enum Held {
    Bytes(Vec<u8>),
    /// How many bytes it has; no reader of a site takes so many.
    TooLarge(u64),
    Link,
}

/// What a site may be made of; everything else in the repository is passed over.
const FOLDERS: [&str; 3] = ["content", "data", "themes"];

/// The longest name of a revision.
const NAME_BYTES: usize = 1_000;

/// Reads a revision of the repository that holds the folder `root`: what lies in that folder.
///
/// Gives nothing where there is no such revision.
pub fn read(root: &Path, name: &str) -> Result<Option<Revision>, LoadError> {
    let Some(commit) = commit(root, name)? else { return Ok(None) };
    let entries = entries(root, &commit)?;
    let ids: Vec<&str> = entries.iter().filter(|it| it.is_read()).map(|it| it.id.as_str()).collect();
    let mut contents = objects(root, &ids)?.into_iter();
    let mut files = BTreeMap::new();
    for entry in entries {
        let held = match entry.size {
            None => Held::Link,
            Some(size) if size > LARGEST => Held::TooLarge(size),
            Some(_) => Held::Bytes(contents.next().unwrap_or_default()),
        };
        files.insert(entry.path, held);
    }
    Ok(Some(Revision { name: name.to_owned(), files }))
}

const LARGEST: u64 =
    if limits::CSV_BYTES > limits::ASSET_BYTES { limits::CSV_BYTES } else { limits::ASSET_BYTES };

impl Revision {
    /// Whether there is a file with a path.
    pub(super) fn holds(&self, path: &Path) -> bool {
        matches!(self.files.get(path), Some(Held::Bytes(_) | Held::TooLarge(_)))
    }

    /// Lists the files below a folder in the order of a walk, and whether each is a symbolic
    /// link; hidden ones and leftovers of editors are passed over.
    pub(super) fn below(&self, top: &Path) -> impl Iterator<Item = (&Path, bool)> {
        self.files.iter().filter_map(move |(path, held)| {
            let below = path.strip_prefix(top).ok()?;
            let is_hidden = below.iter().any(|it| is_leftover(&it.to_string_lossy()));
            (!is_hidden).then_some((path.as_path(), matches!(held, Held::Link)))
        })
    }

    /// Returns the bytes of a file; nothing where it is not there, or too large.
    pub(super) fn bytes(&self, path: &Path) -> &[u8] {
        match self.files.get(path) {
            Some(Held::Bytes(bytes)) => bytes,
            _ => &[],
        }
    }

    /// Returns how many bytes a file has.
    pub(super) fn size(&self, path: &Path) -> u64 {
        match self.files.get(path) {
            Some(Held::TooLarge(size)) => *size,
            _ => self.bytes(path).len() as u64,
        }
    }

    /// Says that the site is not in the revision.
    pub(super) fn no_site(&self) -> LoadError {
        let name = &self.name;
        LoadError {
            message: text(
                format!("Im Stand „{name}“ liegt in diesem Ordner keine kompendium.yaml."),
                format!("there is no kompendium.yaml in this folder in the revision `{name}`"),
            ),
            is_usage: true,
        }
    }
}

/// Returns the id of the commit that a name stands for.
fn commit(root: &Path, name: &str) -> Result<Option<String>, LoadError> {
    if name.is_empty() || name.len() > NAME_BYTES || name.chars().any(char::is_control) {
        return Ok(None);
    }
    let mut git = start(root, &["cat-file", "--batch-check=%(objectname) %(objecttype)"])?;
    let asked = format!("{name}^{{commit}}\n");
    let answer = talk(&mut git, asked.as_bytes(), |answers| {
        let mut line = String::new();
        answers.read_line(&mut line).map(|_| line)
    });
    let line = finish(git, answer)?;
    let id = line.strip_suffix("commit\n").map(str::trim_end).filter(|it| is_id(it));
    Ok(id.map(str::to_owned))
}

fn is_id(text: &str) -> bool {
    (40..=64).contains(&text.len()) && text.bytes().all(|it| it.is_ascii_hexdigit())
}

/// A file in the tree of a commit.
struct Entry {
    id: String,
    /// None for a symbolic link.
    size: Option<u64>,
    path: PathBuf,
}

impl Entry {
    fn is_read(&self) -> bool {
        self.size.is_some_and(|it| it <= LARGEST)
    }
}

/// Lists the files of the site in a commit.
fn entries(root: &Path, commit: &str) -> Result<Vec<Entry>, LoadError> {
    let mut args = vec!["ls-tree", "-r", "-z", "-l", commit, "--", "kompendium.yaml"];
    args.extend(FOLDERS);
    args.extend(literature::FILES);
    let mut git = start(root, &args)?;
    let listed = talk(&mut git, b"", |answers| {
        let mut bytes = Vec::new();
        answers.read_to_end(&mut bytes).map(|_| bytes)
    });
    let listed = finish(git, listed)?;
    Ok(listed.split(|it| *it == 0).filter_map(entry).collect())
}

/// Reads `MODE TYPE ID SIZE<tab>PATH`; a part that is a repository of its own holds nothing here.
fn entry(line: &[u8]) -> Option<Entry> {
    let tab = line.iter().position(|it| *it == b'\t')?;
    let head = std::str::from_utf8(&line[..tab]).ok()?;
    let mut parts = head.split_ascii_whitespace();
    let (mode, kind, id, size) = (parts.next()?, parts.next()?, parts.next()?, parts.next()?);
    let is_link = mode == "120000";
    let size = if is_link { None } else { Some(size.parse().ok()?) };
    let path = String::from_utf8_lossy(&line[tab + 1..]).split('/').collect();
    (kind == "blob").then(|| Entry { id: id.to_owned(), size, path })
}

/// Returns the contents of objects, in the order of their ids.
fn objects(root: &Path, ids: &[&str]) -> Result<Vec<Vec<u8>>, LoadError> {
    let mut git = start(root, &["cat-file", "--batch"])?;
    let asked: String = ids.iter().map(|it| format!("{it}\n")).collect();
    let contents = talk(&mut git, asked.as_bytes(), |answers| ids.iter().map(|_| object(answers)).collect());
    finish(git, contents)
}

/// Reads `ID TYPE SIZE`, so many bytes, and the end of the line.
fn object(answers: &mut dyn BufRead) -> io::Result<Vec<u8>> {
    let mut head = String::new();
    answers.read_line(&mut head)?;
    let size = head.trim_end().rsplit(' ').next().and_then(|it| it.parse::<u64>().ok());
    let size = size.ok_or_else(|| io::Error::other("an object is missing"))?;
    let mut bytes = Vec::new();
    answers.take(size + 1).read_to_end(&mut bytes)?;
    match bytes.pop() {
        Some(b'\n') if bytes.len() as u64 == size => Ok(bytes),
        _ => Err(io::ErrorKind::UnexpectedEof.into()),
    }
}

/// Starts `git` where nothing but the repository itself decides what it says.
fn start(root: &Path, args: &[&str]) -> Result<Child, LoadError> {
    Command::new("git")
        .args(["--no-pager", "--no-replace-objects", "--literal-pathspecs"])
        .args(args)
        .current_dir(root)
        // A hook of another repository may have started us.
        .env_remove("GIT_DIR")
        .env_remove("GIT_WORK_TREE")
        .env("GIT_OPTIONAL_LOCKS", "0")
        // Objects that are not here are not fetched: nothing asks the network.
        .env("GIT_NO_LAZY_FETCH", "1")
        .env("GIT_TERMINAL_PROMPT", "0")
        .env("LC_ALL", "C")
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .stderr(Stdio::piped())
        .spawn()
        .map_err(|err| not_started(root, &err))
}

/// Writes all questions while the answers are read: either end may be full.
fn talk<T>(
    git: &mut Child,
    asked: &[u8],
    read: impl FnOnce(&mut dyn BufRead) -> io::Result<T>,
) -> io::Result<T> {
    let (questions, answers) = (git.stdin.take(), git.stdout.take());
    std::thread::scope(|scope| {
        scope.spawn(move || questions.map(|mut it| it.write_all(asked)));
        let mut answers = BufReader::new(answers.ok_or(io::ErrorKind::BrokenPipe)?);
        read(&mut answers)
    })
}

/// Waits for the end of `git`; its own words say best why it could not.
fn finish<T>(git: Child, answer: io::Result<T>) -> Result<T, LoadError> {
    let ended = git.wait_with_output();
    match (answer, ended) {
        (Ok(answer), Ok(ended)) if ended.status.success() => Ok(answer),
        (_, Ok(ended)) => Err(refused(&String::from_utf8_lossy(&ended.stderr))),
        (_, Err(err)) => Err(refused(&err.to_string())),
    }
}

fn refused(said: &str) -> LoadError {
    let said = said.lines().next().unwrap_or_default().trim_start_matches("fatal: ");
    let said: String = said.chars().filter(|it| !it.is_control()).collect();
    LoadError {
        message: text(
            format!("git konnte den Stand nicht lesen: {said}"),
            format!("git could not read the revision: {said}"),
        ),
        is_usage: true,
    }
}

fn not_started(root: &Path, err: &io::Error) -> LoadError {
    let folder = root.display();
    let message = match root.is_dir() {
        false => {
            text(format!("Den Ordner „{folder}“ gibt es nicht."), format!("there is no folder `{folder}`"))
        }
        true if err.kind() == io::ErrorKind::NotFound => text(
            "Für Stände aus der Versionsverwaltung wird das Programm „git“ gebraucht; es ist nicht installiert.",
            "revisions need the program `git`, which is not installed",
        ),
        true => text("Das Programm „git“ ließ sich nicht starten.", "the program `git` could not be started"),
    };
    LoadError { message, is_usage: true }
}
