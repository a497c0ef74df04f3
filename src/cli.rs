//! The command line: arguments, what is printed where, and exit codes.
//!
//! Messages go to stderr, formats for machines to stdout. Exit codes: 0 fine,
//! 1 the site has errors, 2 wrong use or configuration, 3 the system, 70 a
//! mistake of ours.

use std::ffi::OsString;
use std::io::{IsTerminal, Write};
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::path::{Path, PathBuf};
use std::process::ExitCode;

use clap::builder::PossibleValuesParser;
use clap::error::{ContextKind, ErrorKind};
use clap::{Arg, ArgAction, ArgMatches, Command};

use crate::config::normal_base_url;
use crate::date::Date;
use crate::diag::print::{self, Style};
use crate::diag::{Lang, Severity, Text, machine, text};
use crate::load::{self, Request};
use crate::write::{self, Report, WriteErrorKind};
use crate::{Outcome, build};

/// Runs the program with its arguments, the name of the program first.
pub fn main(args: impl IntoIterator<Item = OsString>) -> ExitCode {
    let args: Vec<OsString> = args.into_iter().collect();
    let lang = lang_wished(&args);
    match catch_unwind(AssertUnwindSafe(|| run(args, lang))) {
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

/// Looks for `--lang` before the arguments are understood, so that help and
/// complaints about them speak that language.
fn lang_wished(args: &[OsString]) -> Option<Lang> {
    let texts: Vec<_> = args.iter().map(|it| it.to_string_lossy()).collect();
    let inline = texts.iter().find_map(|it| it.strip_prefix("--lang=").map(str::to_owned));
    let next =
        texts.iter().position(|it| it == "--lang").and_then(|at| texts.get(at + 1).map(|it| it.to_string()));
    match inline.or(next).as_deref() {
        Some("en") => Some(Lang::En),
        Some("de") => Some(Lang::De),
        _ => None,
    }
}

fn run(args: Vec<OsString>, lang: Option<Lang>) -> Exit {
    let matches = match command(lang.unwrap_or_default()).try_get_matches_from(args) {
        Ok(matches) => matches,
        Err(err) => return complain(&err, lang.unwrap_or_default()),
    };
    match matches.subcommand() {
        Some(("build", matches)) => build_command(matches, lang),
        Some(("check", matches)) => check_command(matches, lang),
        _ => unreachable!("clap asks for one of the commands"),
    }
}

fn command(lang: Lang) -> Command {
    let say = |de: &'static str, en: &'static str| if lang == Lang::De { de } else { en };
    let template = say("{about}\n\nAufruf: {usage}\n\n{all-args}", "{about}\n\nUsage: {usage}\n\n{all-args}");
    let with_template =
        |it: Command| it.help_template(template).disable_help_subcommand(true).disable_help_flag(true);
    let heading = say("Optionen", "Options");
    let common = move |it: Command| it.args(common_args(lang)).arg(help_arg(lang)).next_help_heading(heading);
    let build = Command::new("build")
        .about(say("Prüft alles und schreibt dann die Website", "checks everything, then writes the site"))
        .override_usage("kompendium build [OPTION …]")
        .args(build_args(lang));
    let check = Command::new("check")
        .about(say("Prüft alles und schreibt nichts", "checks everything and writes nothing"))
        .override_usage("kompendium check [OPTION …]");
    let top = Command::new("kompendium")
        .version(env!("CARGO_PKG_VERSION"))
        .about(say(
            "Macht aus Markdown und CSV eine geprüfte Wissensbasis.",
            "Turns Markdown and CSV into a proven knowledge base.",
        ))
        .override_usage(say("kompendium BEFEHL [OPTION …]", "kompendium COMMAND [OPTION …]"))
        .subcommand_help_heading(say("Befehle", "Commands"))
        .next_help_heading(heading)
        .subcommand_required(true)
        .arg(help_arg(lang))
        .disable_version_flag(true)
        .arg(
            Arg::new("version")
                .short('V')
                .long("version")
                .action(ArgAction::Version)
                .help(say("Zeigt die Version", "shows the version")),
        );
    with_template(top).subcommand(with_template(common(build))).subcommand(with_template(common(check)))
}

fn help_arg(lang: Lang) -> Arg {
    let help = if lang == Lang::De { "Zeigt diese Hilfe" } else { "shows this help" };
    Arg::new("help").short('h').long("help").action(ArgAction::Help).help(help)
}

fn common_args(lang: Lang) -> Vec<Arg> {
    let say = |de: &'static str, en: &'static str| if lang == Lang::De { de } else { en };
    let one_of = |values: &'static [&'static str]| PossibleValuesParser::new(values);
    vec![
        Arg::new("root")
            .short('r')
            .long("root")
            .value_name(say("ORDNER", "FOLDER"))
            .default_value(".")
            .hide_default_value(true)
            .help(say(
                "Ordner der Website (mit kompendium.yaml); sonst der aktuelle",
                "folder of the site (with kompendium.yaml); the current one by default",
            )),
        Arg::new("lang")
            .long("lang")
            .value_name("de|en")
            .value_parser(one_of(&["de", "en"]))
            .hide_possible_values(true)
            .help(say(
                "Sprache der Meldungen; sonst die der Website",
                "language of the messages; that of the site by default",
            )),
        Arg::new("format")
            .long("format")
            .value_name("text|json|github")
            .value_parser(one_of(&["text", "json", "github"]))
            .hide_possible_values(true)
            .default_value("text")
            .hide_default_value(true)
            .help(say("Form der Meldungen", "form of the messages")),
        Arg::new("color")
            .long("color")
            .value_name("auto|always|never")
            .value_parser(one_of(&["auto", "always", "never"]))
            .hide_possible_values(true)
            .default_value("auto")
            .hide_default_value(true)
            .help(say("Farbe in Meldungen", "color in messages")),
        Arg::new("quiet")
            .short('q')
            .long("quiet")
            .action(ArgAction::SetTrue)
            .help(say("Zeigt nur Fehler", "shows errors only")),
        Arg::new("verbose")
            .short('v')
            .long("verbose")
            .action(ArgAction::SetTrue)
            .help(say("Zeigt auch, was unverändert blieb", "also shows what did not change")),
        Arg::new("drafts")
            .long("drafts")
            .action(ArgAction::SetTrue)
            .help(say("Nimmt Entwürfe mit auf", "includes drafts")),
        Arg::new("strict")
            .long("strict")
            .action(ArgAction::SetTrue)
            .help(say("Behandelt Warnungen als Fehler", "treats warnings as errors")),
        Arg::new("base-url")
            .short('u')
            .long("base-url")
            .value_name("URL")
            .help(say("Adresse der veröffentlichten Website", "address of the published site")),
        Arg::new("date").long("date").value_name(say("JJJJ-MM-TT", "YYYY-MM-DD")).help(say(
            "Tag des Bauens; sonst SOURCE_DATE_EPOCH oder keiner",
            "day of the build; SOURCE_DATE_EPOCH or none by default",
        )),
    ]
}

fn build_args(lang: Lang) -> Vec<Arg> {
    let say = |de: &'static str, en: &'static str| if lang == Lang::De { de } else { en };
    vec![
        Arg::new("output-dir").short('o').long("output-dir").value_name(say("ORDNER", "FOLDER")).help(say(
            "Ausgabeordner; sonst public im Ordner der Website",
            "output folder; `public` in the folder of the site by default",
        )),
        Arg::new("force").long("force").action(ArgAction::SetTrue).help(say(
            "Nimmt einen Ausgabeordner, den kompendium nicht angelegt hat",
            "takes an output folder that kompendium did not make",
        )),
        Arg::new("prune").long("prune").action(ArgAction::SetTrue).help(say(
            "Löscht fremde Dateien im Ausgabeordner",
            "deletes foreign files in the output folder",
        )),
    ]
}

/// Prints what is wrong with the arguments, or the help that was asked for.
fn complain(err: &clap::Error, lang: Lang) -> Exit {
    if matches!(err.kind(), ErrorKind::DisplayHelp | ErrorKind::DisplayVersion) {
        print!("{err}");
        return Exit::Fine;
    }
    let named = |kind| err.get(kind).map(ToString::to_string).unwrap_or_default();
    let (argument, value) = (named(ContextKind::InvalidArg), named(ContextKind::InvalidValue));
    let message = match err.kind() {
        ErrorKind::UnknownArgument => text(
            format!("Die Option „{argument}“ gibt es nicht."),
            format!("there is no option `{argument}`"),
        ),
        ErrorKind::InvalidSubcommand => {
            let name = named(ContextKind::InvalidSubcommand);
            text(format!("Den Befehl „{name}“ gibt es nicht."), format!("there is no command `{name}`"))
        }
        ErrorKind::InvalidValue if value.is_empty() => text(
            format!("Der Option „{argument}“ fehlt ihr Wert."),
            format!("the option `{argument}` needs a value"),
        ),
        ErrorKind::InvalidValue => text(
            format!("„{value}“ ist kein Wert für {argument}."),
            format!("`{value}` is no value for {argument}"),
        ),
        ErrorKind::ArgumentConflict => text(
            format!("Die Option „{argument}“ steht zweimal."),
            format!("the option `{argument}` is given twice"),
        ),
        _ => text("Es fehlt ein Befehl: build oder check.", "a command is missing: build or check"),
    };
    usage_error(&message, lang)
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

/// A run of `build` or `check` up to the point where they differ.
struct Run {
    root: PathBuf,
    outcome: Outcome,
    style: Style,
    strict: bool,
}

impl Run {
    /// Whether the findings forbid the site to be written.
    fn failed(&self) -> bool {
        let diags = &self.outcome.diagnostics;
        diags.has_errors() || self.strict && diags.count(Severity::Warning) > 0
    }
}

fn build_command(matches: &ArgMatches, lang: Option<Lang>) -> Exit {
    let run = match prepare(matches, lang) {
        Ok(run) => run,
        Err(exit) => return exit,
    };
    let folder =
        matches.get_one::<String>("output-dir").map_or_else(|| run.root.join("public"), PathBuf::from);
    let summary = print::summary(&run.outcome.diagnostics, run.style.lang);
    if run.failed() {
        if let Err(err) = write::recover(&folder, &run.root) {
            fail(&err.message, run.style.lang);
        }
        let folder = folder.display();
        let kept = text(format!("{folder} ist unverändert."), format!("{folder} is unchanged."));
        eprintln!("{summary} {}", kept.in_lang(run.style.lang));
        return Exit::Findings;
    }
    let options = write::Options { force: matches.get_flag("force"), prune: matches.get_flag("prune") };
    match write::publish(&folder, &run.root, &run.outcome.outputs, &options) {
        Ok(report) => {
            if !run.style.quiet {
                report_foreign(&report, &options, run.style.lang);
                eprintln!("{summary} {}", written(&run.outcome, &report, &folder, run.style.lang));
            }
            Exit::Fine
        }
        Err(err) => {
            fail(&err.message, run.style.lang);
            if err.kind == WriteErrorKind::Refused { Exit::Usage } else { Exit::System }
        }
    }
}

fn check_command(matches: &ArgMatches, lang: Option<Lang>) -> Exit {
    let run = match prepare(matches, lang) {
        Ok(run) => run,
        Err(exit) => return exit,
    };
    if run.failed() || !run.style.quiet {
        eprintln!("{}", print::summary(&run.outcome.diagnostics, run.style.lang));
    }
    if run.failed() { Exit::Findings } else { Exit::Fine }
}

/// Reads and builds the site and prints the findings.
fn prepare(matches: &ArgMatches, lang: Option<Lang>) -> Result<Run, Exit> {
    let root = PathBuf::from(matches.get_one::<String>("root").expect("it has a default"));
    let request = request(matches).map_err(|message| usage_error(&message, lang.unwrap_or_default()))?;
    let (inputs, found) = load::load(&root, request).map_err(|err| {
        fail(&err.message, lang.unwrap_or_default());
        if err.is_usage { Exit::Usage } else { Exit::System }
    })?;
    let outcome = build(inputs, found);
    let lang = lang.unwrap_or(outcome.lang);
    let style = Style { lang, color: use_color(matches), quiet: matches.get_flag("quiet") };
    print_findings(&outcome, matches.get_one::<String>("format").map_or("text", String::as_str), style);
    Ok(Run { root, outcome, style, strict: matches.get_flag("strict") })
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
        base_url: base_url.transpose()?,
        date: date.transpose()?.or_else(epoch),
    })
}

fn use_color(matches: &ArgMatches) -> bool {
    match matches.get_one::<String>("color").map(String::as_str) {
        Some("always") => true,
        Some("never") => false,
        _ => std::io::stderr().is_terminal() && std::env::var_os("NO_COLOR").is_none_or(|it| it.is_empty()),
    }
}

fn print_findings(outcome: &Outcome, format: &str, style: Style) {
    let Outcome { diagnostics, sources, .. } = outcome;
    let machine = match format {
        "json" => machine::json(diagnostics, sources, style.lang),
        "github" => machine::github(diagnostics, sources, style.lang),
        _ => return eprint!("{}", print::print(diagnostics, sources, style)),
    };
    // A reader that closed its end has seen enough.
    let _ = std::io::stdout().write_all(machine.as_bytes());
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
    let (pages, tables) = (outcome.pages, outcome.tables);
    let Report { written, unchanged, removed, .. } = report;
    let folder = folder.display();
    let (de_tables, en_tables) = if tables == 1 { ("Tabelle", "table") } else { ("Tabellen", "tables") };
    let (de_pages, en_pages) = if pages == 1 { ("Seite", "page") } else { ("Seiten", "pages") };
    let message = text(
        format!(
            "{pages} {de_pages}, {tables} {de_tables} → {folder}: {written} Dateien geschrieben, {unchanged} unverändert, {removed} entfernt."
        ),
        format!(
            "{pages} {en_pages}, {tables} {en_tables} → {folder}: {written} files written, {unchanged} unchanged, {removed} removed."
        ),
    );
    message.in_lang(lang).to_owned()
}
