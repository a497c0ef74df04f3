//! The command line: arguments, what is printed where, and exit codes.
//!
//! Messages go to stderr, formats for machines to stdout. Exit codes: 0 fine,
//! 1 the site has errors, 2 wrong use or configuration, 3 the system, 70 a
//! mistake of ours.

mod args;
mod check;
mod completions;
mod data;
mod declared;
mod diff;
mod explain;
mod init;
mod list;
mod man;
mod new;
mod progress;
mod schema;
mod serve;

use std::ffi::OsString;
use std::io::{IsTerminal, Write};
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::path::{Component, Path, PathBuf};
use std::process::ExitCode;
use std::time::{Duration, Instant, SystemTime, UNIX_EPOCH};

use clap::ArgMatches;
use clap::error::ErrorKind;

use self::progress::Progress;
use crate::cache::{self, Key, Memory};
use crate::config::normal_base_url;
use crate::date::Date;
use crate::diag::print::{self, Style};
use crate::diag::{Diagnostics, Lang, Severity, Text, gitlab, machine, markdown, sarif, text};
use crate::load::{self, Inputs, LoadError, Request};
use crate::render::file_size;
use crate::source::Sources;
use crate::write::{self, Report, WriteError, WriteErrorKind};
use crate::{Outcome, build};

/// Runs the program with its arguments, the name of the program first.
pub fn main(arguments: impl IntoIterator<Item = OsString>) -> ExitCode {
    let arguments: Vec<OsString> = arguments.into_iter().collect();
    let lang = lang_wished(&arguments);
    match catch_unwind(AssertUnwindSafe(|| run(arguments, lang))) {
        Ok(exit) => exit.code(),
        Err(_) => {
            let message = text(
                "Interner Fehler in kompendium. Bitte melden Sie ihn mit der Meldung darüber.",
                "internal error in kompendium; please report it with the message above",
            );
            eprintln!("{}", message.in_lang(lang.unwrap_or_default()));
            Exit::Internal.code()
        }
    }
}

/// How a run ended.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Exit {
    Fine,
    Findings,
    Usage,
    System,
    Internal,
}

impl Exit {
    fn code(self) -> ExitCode {
        ExitCode::from(match self {
            Exit::Fine => 0,
            Exit::Findings => 1,
            Exit::Usage => 2,
            Exit::System => 3,
            Exit::Internal => 70,
        })
    }
}

/// Who asked for something wrong may ask again; otherwise it is the machine.
impl From<&WriteError> for Exit {
    fn from(err: &WriteError) -> Exit {
        if err.kind == WriteErrorKind::Refused { Exit::Usage } else { Exit::System }
    }
}

impl From<&LoadError> for Exit {
    fn from(err: &LoadError) -> Exit {
        if err.is_usage { Exit::Usage } else { Exit::System }
    }
}

/// Looks for `--lang` before the arguments are understood, so that help and
/// complaints about them speak that language.
fn lang_wished(arguments: &[OsString]) -> Option<Lang> {
    let texts: Vec<_> = arguments.iter().map(|it| it.to_string_lossy()).collect();
    let inline = texts.iter().find_map(|it| it.strip_prefix("--lang=").map(str::to_owned));
    let next =
        texts.iter().position(|it| it == "--lang").and_then(|at| texts.get(at + 1).map(|it| it.to_string()));
    match inline.or(next).as_deref() {
        Some("en") => Some(Lang::En),
        Some("de") => Some(Lang::De),
        _ => None,
    }
}

fn run(arguments: Vec<OsString>, lang: Option<Lang>) -> Exit {
    let matches = match args::command(lang.unwrap_or_default()).try_get_matches_from(arguments) {
        Ok(matches) => matches,
        Err(err) if matches!(err.kind(), ErrorKind::DisplayHelp | ErrorKind::DisplayVersion) => {
            print!("{err}");
            return Exit::Fine;
        }
        Err(err) => return usage_error(&args::explain(&err), lang.unwrap_or_default()),
    };
    match matches.subcommand() {
        Some(("build", matches)) => build_command(matches, lang),
        Some(("check", matches)) => check::run(matches, lang),
        Some(("data", matches)) => data::run(matches, lang),
        Some(("init", matches)) => init::run(matches, lang),
        Some(("new", matches)) => new::run(matches, lang),
        Some(("schema", matches)) => schema::run(matches, lang),
        Some(("diff", matches)) => diff::run(matches, lang),
        Some(("explain", matches)) => explain::run(matches, lang),
        Some(("list", matches)) => list::run(matches, lang),
        Some(("serve", matches)) => serve::run(matches, lang),
        Some(("completions", matches)) => completions::run(matches, lang.unwrap_or_default()),
        Some(("man", _)) => man::run(lang.unwrap_or_default()),
        _ => unreachable!("clap asks for one of the commands"),
    }
}

fn usage_error(message: &Text, lang: Lang) -> Exit {
    let more = text("Hilfe: kompendium --help", "help: kompendium --help");
    fail(message, lang);
    eprintln!("{}", more.in_lang(lang));
    Exit::Usage
}

fn fail(message: &Text, lang: Lang) {
    eprintln!("{}: {}", print::severity_name(Severity::Error, lang), message.in_lang(lang));
}

/// A site that was read.
struct Read {
    root: PathBuf,
    inputs: Inputs,
    /// What was wrong with single files.
    found: Diagnostics,
    clock: Clock,
}

/// A run whose findings were printed.
struct Run {
    outcome: Outcome,
    style: Style,
    quiet: bool,
    strict: bool,
    /// Prints how long the steps take, where that was asked for.
    clock: Clock,
}

impl Run {
    /// Whether the findings forbid the site to be written.
    fn failed(&self) -> bool {
        let diags = &self.outcome.diagnostics;
        diags.has_errors() || self.strict && diags.count(Severity::Warning) > 0
    }
}

fn build_command(matches: &ArgMatches, lang: Option<Lang>) -> Exit {
    let Read { root, inputs, found, mut clock } = match read(matches, lang) {
        Ok(read) => read,
        Err(exit) => return exit,
    };
    let progress = Progress::new(matches, lang.unwrap_or_default());
    let target = Target::new(matches, root);
    let key = cache::key(&inputs, &found);
    let memory = target.recall(key, &inputs.sources);
    clock.lap(compared(memory.is_some()));
    let recalled = memory.as_ref().map(Memory::report);
    let outcome = match memory {
        Some(memory) => memory.into_outcome(inputs.sources),
        None => build_timed(inputs, found, &progress, &mut clock),
    };
    let mut run = show(matches, lang, outcome, clock);
    let summary = print::summary(&run.outcome.diagnostics, run.style);
    if run.failed() {
        if let Err(err) = write::recover(&target.folder, &target.root) {
            fail(&err.message, run.style.lang);
        }
        let folder = target.folder.display();
        let kept = text(format!("{folder} ist unverändert."), format!("{folder} is unchanged."));
        eprintln!("{summary} {}", kept.in_lang(run.style.lang));
        return Exit::Findings;
    }
    match recalled.map_or_else(|| target.publish(&mut run, key), Ok) {
        Ok(report) => {
            if !run.quiet {
                report_foreign(&report, &target.options, run.style.lang);
                eprintln!("{summary} {}", written(&run.outcome, &report, &target.folder, run.style.lang));
                eprint!("{}", archived(&target, &run.outcome, run.style.lang));
            }
            if matches.get_flag("timings") {
                eprint!("{}{}", amount(&run.outcome, run.style.lang), progress.slowest(run.style.lang));
            }
            Exit::Fine
        }
        Err(err) => {
            fail(&err.message, run.style.lang);
            Exit::from(&err)
        }
    }
}

/// Where a build goes.
struct Target {
    folder: PathBuf,
    root: PathBuf,
    /// Where the archive goes.
    archive: Option<PathBuf>,
    options: write::Options,
}

/// What every ZIP archive begins with.
const ARCHIVE_SIGN: &[u8] = b"PK";

impl Target {
    fn new(matches: &ArgMatches, root: PathBuf) -> Target {
        let folder =
            matches.get_one::<String>("output-dir").map_or_else(|| root.join("public"), PathBuf::from);
        let options = write::Options { force: matches.get_flag("force"), prune: matches.get_flag("prune") };
        let archive = matches.get_one::<String>("zip").map(PathBuf::from);
        Target { folder, root, archive, options }
    }

    fn recall(&self, key: Key, sources: &Sources) -> Option<Memory> {
        // A memory knows nothing of foreign files and of archives.
        let is_plain = !self.options.force && !self.options.prune && self.archive.is_none();
        if is_plain { cache::recall(key, &self.folder, &self.root, sources) } else { None }
    }

    /// Puts a site in place and remembers it.
    fn publish(&self, run: &mut Run, key: Key) -> Result<Report, WriteError> {
        let report = write::publish(&self.folder, &self.root, &run.outcome.outputs, &self.options)?;
        cache::remember(key, &self.folder, &self.root, &run.outcome);
        if let (Some(path), Some(bytes)) = (&self.archive, &run.outcome.archive) {
            write::replace_file(path, bytes, ARCHIVE_SIGN)?;
        }
        run.clock.lap(text("Schreiben", "writing"));
        run.clock.print(run.style.lang);
        Ok(report)
    }
}

/// Says what came of the memory of the last build, for the clock.
fn compared(is_same: bool) -> Text {
    if is_same {
        text(
            "Vergleichen mit dem letzten Mal (nichts ist neu)",
            "comparing with the last build (nothing is new)",
        )
    } else {
        text("Vergleichen mit dem letzten Mal", "comparing with the last build")
    }
}

fn build_timed(inputs: Inputs, found: Diagnostics, progress: &Progress, clock: &mut Clock) -> Outcome {
    let outcome = build(inputs, found, progress);
    clock.laps(progress.end());
    outcome
}

/// Says where the archive is, if there is one.
fn archived(target: &Target, outcome: &Outcome, lang: Lang) -> String {
    let (Some(path), Some(bytes)) = (&target.archive, &outcome.archive) else { return String::new() };
    let (path, size) = (path.display(), file_size(bytes.len(), lang));
    let message = text(format!("Archiv: {path}, {size}."), format!("archive: {path}, {size}"));
    format!("{}\n", message.in_lang(lang))
}

/// Says how much the site is; nothing where it was not built anew.
fn amount(outcome: &Outcome, lang: Lang) -> String {
    if outcome.outputs.is_empty() {
        return String::new();
    }
    let size = file_size(outcome.outputs.iter().map(|it| it.bytes.len()).sum(), lang);
    let (files, figures) = (outcome.outputs.len(), outcome.figures);
    let message = text(
        format!("Umfang: {files} Dateien, {size}; {figures} Zahlen, Tabellen und Diagramme in Texten."),
        format!("amount: {files} files, {size}; {figures} figures, tables and charts in texts"),
    );
    format!("{}\n", message.in_lang(lang))
}

/// Reads the site.
fn read(matches: &ArgMatches, lang: Option<Lang>) -> Result<Read, Exit> {
    let root = PathBuf::from(matches.get_one::<String>("root").expect("it has a default"));
    let request = request(matches).map_err(|message| usage_error(&message, lang.unwrap_or_default()))?;
    let mut clock = Clock::start(matches.get_flag("verbose") || is_set(matches, "timings"));
    let (inputs, found) = load::load(&root, request).map_err(|err| {
        fail(&err.message, lang.unwrap_or_default());
        Exit::from(&err)
    })?;
    clock.lap(text("Lesen", "reading"));
    Ok(Read { root, inputs, found, clock })
}

/// Prints the findings.
fn show(matches: &ArgMatches, lang: Option<Lang>, outcome: Outcome, mut clock: Clock) -> Run {
    let lang = lang.unwrap_or(outcome.lang);
    let (quiet, strict) = (matches.get_flag("quiet"), matches.get_flag("strict"));
    let least = match (quiet, strict) {
        (false, _) => Severity::Notice,
        (true, true) => Severity::Warning,
        (true, false) => Severity::Error,
    };
    let style = Style { lang, color: use_color(matches), least };
    clock.print(lang);
    let format = matches.get_one::<String>("format").map_or("text", String::as_str);
    print_findings(&outcome, format, &folder(matches), style);
    Run { outcome, style, quiet, strict, clock }
}

/// Times the steps for `--verbose`.
struct Clock {
    is_shown: bool,
    last: Instant,
    /// What is still to be printed: the language is known only when the site was built.
    laps: Vec<(Text, Duration)>,
}

impl Clock {
    fn start(is_shown: bool) -> Clock {
        Clock { is_shown, last: Instant::now(), laps: Vec::new() }
    }

    /// Adds the steps of a build that was timed by itself.
    fn laps(&mut self, steps: Vec<(Text, Duration)>) {
        self.laps.extend(steps);
        self.last = Instant::now();
    }

    /// Ends a step.
    fn lap(&mut self, step: Text) {
        let now = Instant::now();
        self.laps.push((step, now - std::mem::replace(&mut self.last, now)));
    }

    fn print(&mut self, lang: Lang) {
        for (step, time) in self.laps.drain(..).filter(|_| self.is_shown) {
            eprintln!("{}: {} ms", step.in_lang(lang), time.as_millis());
        }
    }
}

fn request(matches: &ArgMatches) -> Result<Request, Text> {
    let base_url = matches.get_one::<String>("base-url").map(|url| {
        normal_base_url(url).ok_or_else(|| {
            text(
                format!("„{url}“ ist keine Adresse einer Website, die mit https:// beginnt."),
                format!("`{url}` is not the address of a site that begins with https://"),
            )
        })
    });
    let date = matches.get_one::<String>("date").map(|date| {
        Date::parse(date).ok_or_else(|| {
            text(
                format!("„{date}“ ist kein Datum der Form JJJJ-MM-TT."),
                format!("`{date}` is not a date of the form YYYY-MM-DD"),
            )
        })
    });
    let epoch = || std::env::var("SOURCE_DATE_EPOCH").ok().and_then(|it| Date::from_unix(it.parse().ok()?));
    Ok(Request {
        drafts: matches.get_flag("drafts"),
        orphans: is_set(matches, "orphans"),
        compress: is_set(matches, "compress"),
        archive: matches.try_contains_id("zip").unwrap_or(false),
        base_url: base_url.transpose()?,
        date: date.transpose()?.or_else(epoch),
    })
}

/// Returns the day of the machine; nothing that a build writes depends on it.
fn today() -> Option<Date> {
    let seconds = SystemTime::now().duration_since(UNIX_EPOCH).ok()?.as_secs();
    Date::from_unix(seconds.try_into().ok()?)
}

/// Whether a switch is on that not every command has.
fn is_set(matches: &ArgMatches, name: &str) -> bool {
    matches.try_get_one(name).ok().flatten().copied().unwrap_or(false)
}

fn use_color(matches: &ArgMatches) -> bool {
    match matches.get_one::<String>("color").map(String::as_str) {
        Some("always") => true,
        Some("never") => false,
        _ => std::io::stderr().is_terminal() && std::env::var_os("NO_COLOR").is_none_or(|it| it.is_empty()),
    }
}

/// Returns what leads from where the program runs to the site, with a `/` at its end; the servers
/// of others know files by their paths from there.
fn folder(matches: &ArgMatches) -> String {
    let root = Path::new(matches.get_one::<String>("root").map_or(".", String::as_str));
    let here = std::env::current_dir().unwrap_or_default();
    let names = root.strip_prefix(here).unwrap_or(root).components();
    let is_below = root.is_relative() || names.clone().all(|it| matches!(it, Component::Normal(_)));
    let names = names.filter(|it| *it != Component::CurDir).filter(|_| is_below);
    names.map(|it| format!("{}/", it.as_os_str().to_string_lossy())).collect()
}

fn print_findings(outcome: &Outcome, format: &str, folder: &str, style: Style) {
    let Outcome { diagnostics, sources, .. } = outcome;
    let machine = match format {
        "json" => machine::json(diagnostics, sources, style.lang),
        "github" => machine::github(diagnostics, sources, folder, style.lang),
        "gitlab" => gitlab::gitlab(diagnostics, sources, folder, style.lang),
        "markdown" => markdown::markdown(diagnostics, sources, style),
        "sarif" => {
            let rule = |code: &str| crate::explain::rule(code, style.lang);
            sarif::sarif(diagnostics, sources, folder, style.lang, rule)
        }
        _ => return eprint!("{}", print::print(diagnostics, sources, style)),
    };
    put(machine);
}

/// Prints what was asked for.
fn put(bytes: impl AsRef<[u8]>) -> Exit {
    // A reader that closed its end has seen enough.
    let _ = std::io::stdout().write_all(bytes.as_ref());
    Exit::Fine
}

/// Names files in the output that the build did not make.
fn report_foreign(report: &Report, options: &write::Options, lang: Lang) {
    if report.foreign.is_empty() {
        return;
    }
    let list = report.foreign.join(", ");
    let message = if options.prune {
        text(format!("Gelöscht wurden fremde Dateien: {list}"), format!("deleted foreign files: {list}"))
    } else {
        text(
            format!("Fremde Dateien im Ausgabeordner bleiben liegen: {list}"),
            format!("foreign files in the output folder are kept: {list}"),
        )
    };
    eprintln!("{}", message.in_lang(lang));
}

fn written(outcome: &Outcome, report: &Report, folder: &Path, lang: Lang) -> String {
    let (pages, tables, files) = (outcome.pages, outcome.tables, report.written);
    let Report { unchanged, removed, .. } = report;
    let folder = folder.display();
    let some =
        |count: usize, one: &str, many: &str| format!("{count} {}", if count == 1 { one } else { many });
    let message = text(
        format!(
            "{}, {} → {folder}: {} geschrieben, {unchanged} unverändert, {removed} entfernt.",
            some(pages, "Seite", "Seiten"),
            some(tables, "Tabelle", "Tabellen"),
            some(files, "Datei", "Dateien"),
        ),
        format!(
            "{}, {} → {folder}: {} written, {unchanged} unchanged, {removed} removed.",
            some(pages, "page", "pages"),
            some(tables, "table", "tables"),
            some(files, "file", "files"),
        ),
    );
    message.in_lang(lang).to_owned()
}
