//! `kompendium explain`: what a message means.

use clap::{Arg, ArgMatches, Command};

use super::{Exit, args, fail, put};
use crate::diag::{Lang, Text, text};
use crate::explain;

/// Describes the command.
pub fn command(lang: Lang) -> Command {
    let say = args::say(lang);
    Command::new("explain")
        .about(say("Erklärt eine Meldung, mit Beispielen", "explains a message, with examples"))
        .override_usage("kompendium explain [NAME]")
        .arg(Arg::new("name").value_name("NAME").help_heading(say("Angaben", "Arguments")).help(say(
            "Der Name in eckigen Klammern, etwa broken-link; ohne ihn die Liste aller",
            "the name in square brackets, such as broken-link; all of them by default",
        )))
}

/// Prints one explanation, or the list of all.
pub fn run(matches: &ArgMatches, lang: Option<Lang>) -> Exit {
    let lang = lang.unwrap_or_default();
    let Some(name) = matches.get_one::<String>("name") else { return put(explain::list(lang)) };
    let name = name.trim_matches(['[', ']']);
    match explain::find(name, lang) {
        Some(found) => put(explain::print(&found, lang)),
        None => {
            fail(&unknown(name), lang);
            Exit::Usage
        }
    }
}

fn unknown(name: &str) -> Text {
    let (de, en) = match explain::suggestion(name) {
        Some(meant) => (format!("Meinten Sie: {meant}"), format!("did you mean: {meant}")),
        None => {
            ("Alle nennt: kompendium explain".to_owned(), "all are told by: kompendium explain".to_owned())
        }
    };
    text(format!("Eine Meldung „{name}“ gibt es nicht. {de}"), format!("there is no message `{name}`; {en}"))
}
