//! Commands and options, with help and complaints in two languages.

use clap::builder::PossibleValuesParser;
use clap::error::{ContextKind, ContextValue, ErrorKind};
use clap::{Arg, ArgAction, Command};

use super::{completions, man};
use crate::diag::{Lang, Text, nearest, text};

/// Commands for packagers, which no help names.
const HIDDEN: [&str; 2] = ["completions", "man"];
/// Options that every command has stand behind its own.
const COMMON: usize = 100;

/// Describes the commands and options, with help in one language.
pub fn command(lang: Lang) -> Command {
    let say = say(lang);
    let build = Command::new("build")
        .about(say("Prüft alles und schreibt dann die Website", "checks everything, then writes the site"))
        .override_usage("kompendium build [OPTION …]")
        .args(build_args(lang));
    let check = Command::new("check")
        .about(say("Prüft alles und schreibt nichts", "checks everything and writes nothing"))
        .override_usage("kompendium check [OPTION …]")
        .args(super::check::args(lang));
    let common = common_args(lang).into_iter().enumerate();
    let top = Command::new("kompendium")
        .version(env!("CARGO_PKG_VERSION"))
        .about(say(
            "Macht aus Markdown und CSV eine geprüfte Wissensbasis.",
            "Turns Markdown and CSV into a proven knowledge base.",
        ))
        .override_usage(say("kompendium BEFEHL [OPTION …]", "kompendium COMMAND [OPTION …]"))
        .subcommand_required(true)
        .subcommands([
            build,
            check,
            super::serve::command(lang),
            super::data::command(lang),
            super::diff::command(lang),
            super::explain::command(lang),
            super::list::command(lang),
            super::new::command(lang),
            super::init::command(lang),
            super::schema::command(lang),
        ]);
    dressed(top, lang)
        .disable_version_flag(true)
        .arg(
            Arg::new("version")
                .short('V')
                .long("version")
                .action(ArgAction::Version)
                .help(say("Zeigt die Version", "shows the version")),
        )
        .args(common.map(|(at, it)| it.global(true).display_order(COMMON + at)))
        .subcommands([completions::command(lang), man::command(lang)])
}

/// Returns what picks one of two texts by the language.
pub fn say(lang: Lang) -> impl Fn(&'static str, &'static str) -> &'static str {
    move |de, en| if lang == Lang::De { de } else { en }
}

/// Gives a command, and those below it, the help that all have.
fn dressed(command: Command, lang: Lang) -> Command {
    let say = say(lang);
    let heading = command.get_subcommand_help_heading().is_none();
    let command = if heading { command.subcommand_help_heading(say("Befehle", "Commands")) } else { command };
    command
        .help_template(say(
            "{about}\n\nAufruf: {usage}\n\n{all-args}",
            "{about}\n\nUsage: {usage}\n\n{all-args}",
        ))
        .disable_help_subcommand(true)
        .disable_help_flag(true)
        .mut_args(|it| with_heading(it, say("Optionen", "Options")))
        .next_help_heading(say("Optionen", "Options"))
        .arg(help_arg(lang))
        .mut_subcommands(|it| dressed(it, lang))
}

/// Puts an option that stands under no heading under one.
fn with_heading(arg: Arg, heading: &'static str) -> Arg {
    if arg.get_help_heading().is_none() { arg.help_heading(heading) } else { arg }
}

/// The option that shows the help.
fn help_arg(lang: Lang) -> Arg {
    let help = if lang == Lang::De { "Zeigt diese Hilfe" } else { "shows this help" };
    Arg::new("help").short('h').long("help").action(ArgAction::Help).help(help)
}

fn common_args(lang: Lang) -> Vec<Arg> {
    let say = say(lang);
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
            .value_name("FORM")
            .value_parser(one_of(&["text", "json", "github", "gitlab", "sarif", "markdown"]))
            .hide_possible_values(true)
            .default_value("text")
            .hide_default_value(true)
            .help(say(
                "Form der Meldungen: text, json, github, gitlab, sarif oder markdown",
                "form of the messages: text, json, github, gitlab, sarif or markdown",
            )),
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
            .help(say("Zeigt auch, wie lange die Schritte dauern", "also shows how long the steps take")),
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
            "Tag des Bauens; ohne ihn gilt SOURCE_DATE_EPOCH",
            "day of the build; SOURCE_DATE_EPOCH by default",
        )),
    ]
}

fn build_args(lang: Lang) -> Vec<Arg> {
    let say = say(lang);
    vec![
        Arg::new("output-dir").short('o').long("output-dir").value_name(say("ORDNER", "FOLDER")).help(say(
            "Ausgabeordner; sonst public im Ordner der Website",
            "output folder; `public` in the folder of the site by default",
        )),
        Arg::new("zip").long("zip").value_name(say("DATEI", "FILE")).help(say(
            "Packt die Website auch in ein ZIP-Archiv, das ausgepackt ohne Netz zu lesen ist",
            "also packs the site into a ZIP archive that is read without a network once unpacked",
        )),
        Arg::new("compress").long("compress").action(ArgAction::SetTrue).help(say(
            "Legt gepackte Fassungen (.gz, .br) neben die Dateien, für Webserver",
            "puts compressed copies (.gz, .br) beside the files, for web servers",
        )),
        Arg::new("timings").long("timings").action(ArgAction::SetTrue).help(say(
            "Zeigt, wie lange die Schritte und die langsamsten Seiten und Vorlagen dauern",
            "shows how long the steps and the slowest pages and templates take",
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

/// Returns what is wrong with the arguments.
pub fn explain(err: &clap::Error) -> Text {
    let named = |kind| err.get(kind).map(ToString::to_string).unwrap_or_default();
    let (argument, value) = (named(ContextKind::InvalidArg), named(ContextKind::InvalidValue));
    match err.kind() {
        ErrorKind::UnknownArgument if !argument.starts_with('-') => text(
            format!("„{argument}“ wird hier nicht erwartet."),
            format!("`{argument}` is not expected here"),
        ),
        ErrorKind::UnknownArgument => {
            unknown("Die Option", "option", &argument, named(ContextKind::SuggestedArg))
        }
        ErrorKind::InvalidSubcommand => {
            let name = named(ContextKind::InvalidSubcommand);
            let suggested = err.get(ContextKind::SuggestedSubcommand).map(all).unwrap_or_default();
            let nearest = nearest(&name, suggested.iter().map(String::as_str)).unwrap_or_default();
            unknown("Den Befehl", "command", &name, nearest.to_owned())
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
        ErrorKind::MissingRequiredArgument => {
            let missing = err.get(ContextKind::InvalidArg).map(all).unwrap_or_default();
            let missing = missing.first().map_or("", String::as_str);
            text(format!("Es fehlt die Angabe {missing}."), format!("{missing} is missing"))
        }
        _ => {
            let mut names = err.get(ContextKind::ValidSubcommand).map(all).unwrap_or_default();
            names.retain(|it| !HIDDEN.contains(&it.as_str()));
            text(
                format!("Es fehlt ein Befehl: {}.", joined(&names, "oder")),
                format!("a command is missing: {}", joined(&names, "or")),
            )
        }
    }
}

fn unknown(de: &str, en: &str, name: &str, suggested: String) -> Text {
    let (de_more, en_more) = match suggested.as_str() {
        "" => (String::new(), String::new()),
        _ => (format!(" Meinten Sie: {suggested}"), format!("; did you mean: {suggested}")),
    };
    text(format!("{de} „{name}“ gibt es nicht.{de_more}"), format!("there is no {en} `{name}`{en_more}"))
}

fn all(value: &ContextValue) -> Vec<String> {
    match value {
        ContextValue::Strings(names) => names.clone(),
        ContextValue::String(name) => vec![name.clone()],
        _ => Vec::new(),
    }
}

fn joined(names: &[String], or: &str) -> String {
    match names {
        [rest @ .., last] if !rest.is_empty() => format!("{} {or} {last}", rest.join(", ")),
        _ => names.concat(),
    }
}
