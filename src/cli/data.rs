//! `kompendium data`: help with the description of tables.

use std::path::Path;

use clap::{Arg, ArgAction, ArgMatches, Command};
use serde_json::Value;

use super::{Exit, args, fail, put, use_color};
use crate::data::infer::{self, Inferred};
use crate::diag::print::{self, Style};
use crate::diag::{Diagnostics, Lang, Severity, Text, text};
use crate::load;
use crate::source::Sources;
use crate::write;

/// Describes the command and those below it.
pub fn command(lang: Lang) -> Command {
    let say = args::say(lang);
    let usage = say("kompendium data init DATEI.csv [OPTION …]", "kompendium data init FILE.csv [OPTION …]");
    let init = Command::new("init")
        .about(say(
            "Schreibt zu einer CSV-Datei eine erste Beschreibung (datapackage.json)",
            "writes a first descriptor (datapackage.json) for a CSV file",
        ))
        .override_usage(usage)
        .arg(
            Arg::new("file")
                .value_name(say("DATEI.csv", "FILE.csv"))
                .required(true)
                .help_heading(say("Angaben", "Arguments"))
                .help(say(
                    "Die Datei; die Beschreibung kommt neben sie",
                    "the file; its descriptor goes beside it",
                )),
        )
        .arg(Arg::new("stdout").long("stdout").action(ArgAction::SetTrue).help(say(
            "Schreibt nichts, sondern gibt den Abschnitt für „resources“ aus",
            "writes nothing but prints the part for `resources`",
        )));
    Command::new("data")
        .about(say("Hilft, Tabellen zu beschreiben", "helps to describe tables"))
        .override_usage(usage)
        .subcommand_required(true)
        .subcommand(init)
}

/// Runs one of the commands below `data`.
pub fn run(matches: &ArgMatches, lang: Option<Lang>) -> Exit {
    match matches.subcommand() {
        Some(("init", matches)) => init(matches, lang.unwrap_or_default()),
        _ => unreachable!("clap asks for one of the commands"),
    }
}

/// Describes a file, and says what was guessed and what is to be decided.
fn init(matches: &ArgMatches, lang: Lang) -> Exit {
    let path = Path::new(matches.get_one::<String>("file").expect("clap asks for it"));
    let (sources, delivered, mut diags) = match load::table(path) {
        Ok(read) => read,
        Err(err) => {
            fail(&err.message, lang);
            return Exit::from(&err);
        }
    };
    let style = Style { lang, color: use_color(matches), least: Severity::Notice };
    if diags.has_errors() {
        return refuse(&diags, &sources, style);
    }
    let inferred = match infer::infer(&delivered, sources.text(delivered.file), lang) {
        Ok(inferred) => inferred,
        Err(found) => {
            found.into_iter().for_each(|it| diags.push(it));
            return refuse(&diags, &sources, style);
        }
    };
    let exit = match matches.get_flag("stdout") {
        true => put(print_json(inferred.resource())),
        false => write(path, &inferred, lang),
    };
    if exit == Exit::Fine && !matches.get_flag("quiet") {
        eprint!("{}", report(&inferred, lang));
    }
    exit
}

fn refuse(diags: &Diagnostics, sources: &Sources, style: Style) -> Exit {
    eprint!("{}", print::print(diags, sources, style));
    eprintln!("{}", print::summary(diags, style));
    Exit::Findings
}

/// Writes the descriptor beside the file; one that is there already stays as it is.
fn write(path: &Path, inferred: &Inferred, lang: Lang) -> Exit {
    let target = path.with_file_name("datapackage.json");
    let shown = target.display();
    match write::new_file(&target, print_json(&inferred.package).as_bytes()) {
        Ok(true) => {
            let message = text(format!("{shown} ist geschrieben."), format!("{shown} is written"));
            eprintln!("{}", message.in_lang(lang));
            Exit::Fine
        }
        Ok(false) => {
            let message = text(
                format!(
                    "{shown} gibt es schon und bleibt, wie es ist. Dieser Abschnitt gehört dort in „resources“:"
                ),
                format!("{shown} exists and stays as it is; this part belongs into its `resources`:"),
            );
            eprintln!("{}", message.in_lang(lang));
            put(print_json(inferred.resource()))
        }
        Err(err) => {
            fail(&err.message, lang);
            Exit::from(&err)
        }
    }
}

fn print_json(value: &Value) -> String {
    format!("{value:#}\n")
}

fn report(inferred: &Inferred, lang: Lang) -> String {
    let guessed = text("Erkannt:", "recognised:");
    let open = text(
        "Zu entscheiden (kompendium check erinnert daran):",
        "to be decided (kompendium check reminds of it):",
    );
    let nothing = text("Zu entscheiden ist nichts.", "nothing is left to be decided");
    let mut report = format!("{}\n\n", inferred.size.in_lang(lang));
    list(&mut report, &guessed, &inferred.guessed, lang);
    report.push('\n');
    match inferred.open.as_slice() {
        [] => report.push_str(&format!("{}\n", nothing.in_lang(lang))),
        items => list(&mut report, &open, items, lang),
    }
    report
}

fn list(report: &mut String, heading: &Text, items: &[Text], lang: Lang) {
    report.push_str(heading.in_lang(lang));
    report.push('\n');
    for item in items {
        report.push_str(&format!("- {}\n", item.in_lang(lang)));
    }
}
