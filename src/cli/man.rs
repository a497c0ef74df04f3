//! `kompendium man`: the page for `man`, from the same descriptions as the help.
//!
//! One page for all commands, in one language. It is hidden from the help: packagers call
//! it once, writers never.

use clap::{Arg, Command};

use super::{Exit, args, put};
use crate::diag::Lang;

/// Describes the command.
pub fn command(lang: Lang) -> Command {
    let about =
        if lang == Lang::De { "Gibt die Seite für „man“ aus" } else { "prints the page for `man`" };
    Command::new("man").hide(true).about(about).override_usage("kompendium man")
}

/// Prints the page.
pub fn run(lang: Lang) -> Exit {
    put(page(args::command(lang), lang))
}

/// Writes the page in the language of `man`, roff.
fn page(mut command: Command, lang: Lang) -> String {
    command.build();
    let say = args::say(lang);
    let about = command.get_about().map(ToString::to_string).unwrap_or_default();
    let version = command.get_version().unwrap_or_default();
    let mut page = format!(".TH KOMPENDIUM 1 \"\" \"kompendium {version}\"\n");
    heading(&mut page, "NAME");
    page.push_str(&format!("kompendium \\- {}\n", escaped(about.trim_end_matches('.'))));
    heading(&mut page, say("ÜBERSICHT", "SYNOPSIS"));
    page.push_str(&format!("{}\n", escaped(&usage(&mut command))));
    heading(&mut page, say("BEFEHLE", "COMMANDS"));
    for command in command.get_subcommands_mut() {
        describe(&mut page, command);
    }
    heading(&mut page, say("OPTIONEN FÜR ALLE BEFEHLE", "OPTIONS OF ALL COMMANDS"));
    command.get_arguments().for_each(|it| option(&mut page, it));
    heading(&mut page, say("RÜCKGABEWERT", "EXIT STATUS"));
    for (code, meaning) in EXITS {
        item(&mut page, code, say(meaning.0, meaning.1));
    }
    heading(&mut page, say("UMGEBUNG", "ENVIRONMENT"));
    for (name, meaning) in ENVIRONMENT {
        item(&mut page, name, say(meaning.0, meaning.1));
    }
    page
}

const EXITS: [(&str, (&str, &str)); 5] = [
    ("0", ("Alles in Ordnung.", "All is well.")),
    ("1", ("Die Website hat Fehler.", "The site has errors.")),
    ("2", ("Falscher Aufruf oder falsche Einstellungen.", "Wrong use or configuration.")),
    ("3", ("Das System: Rechte, Platz, Netz.", "The system: rights, space, network.")),
    ("70", ("Ein Fehler im Programm.", "A mistake of the program.")),
];

const ENVIRONMENT: [(&str, (&str, &str)); 2] = [
    ("SOURCE_DATE_EPOCH", ("Der Tag des Bauens, wenn --date fehlt.", "The day of the build without --date.")),
    ("NO_COLOR", ("Meldungen ohne Farbe.", "Messages without color.")),
];

/// Writes a command, the commands below it, and the options that only it has.
fn describe(page: &mut String, command: &mut Command) {
    if command.is_hide_set() {
        return;
    }
    let about = command.get_about().map(ToString::to_string).unwrap_or_default();
    if command.has_subcommands() {
        return command.get_subcommands_mut().for_each(|it| describe(page, it));
    }
    page.push_str(&format!(".SS \"{}\"\n{}\n", quoted(&usage(command)), escaped(&about)));
    command.get_arguments().filter(|it| !it.is_global_set()).for_each(|it| option(page, it));
}

fn usage(command: &mut Command) -> String {
    let usage = command.render_usage().to_string();
    usage.trim_start_matches("Usage: ").to_owned()
}

fn option(page: &mut String, arg: &Arg) {
    if arg.is_hide_set() || arg.get_id() == "help" {
        return;
    }
    let names = [arg.get_short().map(|it| format!("-{it}")), arg.get_long().map(|it| format!("--{it}"))];
    let names: Vec<String> = names.into_iter().flatten().collect();
    let value = arg.get_value_names().filter(|_| arg.get_action().takes_values()).map(|it| it.concat());
    let head = [names.join(", "), value.unwrap_or_default()].join(" ");
    item(page, head.trim(), &arg.get_help().map(ToString::to_string).unwrap_or_default());
}

fn heading(page: &mut String, text: &str) {
    page.push_str(&format!(".SH \"{text}\"\n"));
}

fn item(page: &mut String, head: &str, text: &str) {
    page.push_str(&format!(".TP\n\\fB{}\\fR\n{}\n", escaped(head), escaped(text)));
}

/// Escapes text for an argument between quotes.
fn quoted(text: &str) -> String {
    escaped(text).replace('"', "\\(dq")
}

/// Escapes text of a line: no sign in it is an order to `man`.
fn escaped(text: &str) -> String {
    let text = text.replace('\\', "\\e").replace('-', "\\-");
    if text.starts_with(['.', '\'']) { format!("\\&{text}") } else { text }
}

#[cfg(test)]
mod tests {
    use clap::ArgAction;

    use super::*;

    #[test]
    fn signs_of_roff_are_text() {
        assert_eq!(escaped(".SH a-b\\c"), "\\&.SH a\\-b\\ec");
        assert_eq!(quoted("a \"b\""), "a \\(dqb\\(dq");
    }

    #[test]
    fn a_page_has_its_commands_options_and_codes() {
        let build = Command::new("build").about("builds").override_usage("kompendium build");
        let out = Arg::new("out").short('o').long("out").value_name("FOLDER").help("where to");
        let command = Command::new("kompendium")
            .version("1")
            .about("Does it.")
            .override_usage("kompendium COMMAND")
            .disable_help_subcommand(true)
            .disable_version_flag(true)
            .arg(Arg::new("quiet").long("quiet").action(ArgAction::SetTrue).global(true).help("says less"))
            .subcommand(build.arg(out))
            .subcommand(Command::new("secret").hide(true));
        let page = page(command, Lang::En);
        let expected = "\
.TH KOMPENDIUM 1 \"\" \"kompendium 1\"
.SH \"NAME\"
kompendium \\- Does it
.SH \"SYNOPSIS\"
kompendium COMMAND
.SH \"COMMANDS\"
.SS \"kompendium build\"
builds
.TP
\\fB\\-o, \\-\\-out FOLDER\\fR
where to
.SH \"OPTIONS OF ALL COMMANDS\"
.TP
\\fB\\-\\-quiet\\fR
says less
";
        assert_eq!(page.split_inclusive(".SH \"EXIT").next(), Some(&*format!("{expected}.SH \"EXIT")));
    }
}
