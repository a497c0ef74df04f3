//! `kompendium completions SHELL`: what a shell needs to complete commands and options.
//!
//! It is hidden from the help: packagers call it once, writers never.

use clap::builder::EnumValueParser;
use clap::{Arg, ArgMatches, Command};
use clap_complete::{Shell, generate};

use super::{Exit, args, put};
use crate::diag::Lang;

/// Describes the command.
pub fn command(lang: Lang) -> Command {
    let say = args::say(lang);
    Command::new("completions")
        .hide(true)
        .about(say("Gibt aus, womit eine Shell Befehle ergänzt", "prints what completes commands in a shell"))
        .override_usage("kompendium completions SHELL")
        .arg(
            Arg::new("shell")
                .value_name("bash|zsh|fish|powershell|elvish")
                .value_parser(EnumValueParser::<Shell>::new())
                .hide_possible_values(true)
                .required(true)
                .help(say("Die Shell", "the shell")),
        )
}

/// Prints the script for a shell.
pub fn run(matches: &ArgMatches, lang: Lang) -> Exit {
    let shell = *matches.get_one::<Shell>("shell").expect("clap asks for it");
    let mut script = Vec::new();
    generate(shell, &mut args::command(lang), "kompendium", &mut script);
    put(script)
}
