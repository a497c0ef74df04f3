//! `kompendium diff`: what changed for readers between two states of a site.

use std::io::IsTerminal;
use std::path::{Path, PathBuf};

use clap::{Arg, ArgAction, ArgMatches, Command};

use super::{Exit, args, fail, put, request, usage_error, use_color};
use crate::diag::print::{self, Style};
use crate::diag::{Diagnostics, Lang, Severity, Text, text};
use crate::diff::{self, Changes, json, markdown, page};
use crate::load::{self, LoadError, Request, revision};
use crate::memo::Memo;
use crate::site::Site;
use crate::source::Sources;
use crate::write;
use crate::{Resolved, resolve};

/// Describes the command.
pub fn command(lang: Lang) -> Command {
    let say = args::say(lang);
    let headed = |it: Arg| it.help_heading(say("Angaben", "Arguments"));
    Command::new("diff")
        .about(say(
            "Zeigt, was sich zwischen zwei Ständen für Leser*innen ändert",
            "tells what changes for readers between two states",
        ))
        .override_usage(say("kompendium diff ALT [NEU] [OPTION …]", "kompendium diff OLD [NEW] [OPTION …]"))
        .arg(headed(Arg::new("old").value_name(say("ALT", "OLD")).required(true).help(say(
            "Ein Stand: ein Ordner mit kompendium.yaml oder eine Git-Revision wie main oder HEAD~1",
            "a state: a folder with kompendium.yaml, or a git revision such as main or HEAD~1",
        ))))
        .arg(headed(Arg::new("new").value_name(say("NEU", "NEW")).help(say(
            "Der andere; sonst der Ordner der Website, wie er ist",
            "the other one; the folder of the site as it is by default",
        ))))
        .arg(
            Arg::new("format")
                .long("format")
                .value_name("text|markdown|json")
                .value_parser(["text", "markdown", "json"])
                .hide_possible_values(true)
                .default_value("text")
                .hide_default_value(true)
                .help(say("Form der Ausgabe", "form of what is printed")),
        )
        .arg(Arg::new("html").short('o').long("html").value_name(say("DATEI.html", "FILE.html")).help(say(
            "Schreibt beide Stände nebeneinander als eine Seite",
            "writes both states side by side as one page",
        )))
        .arg(
            Arg::new("exit-code")
                .long("exit-code")
                .action(ArgAction::SetTrue)
                .help(say("Endet mit 1, wenn sich etwas ändert", "ends with 1 where something changes")),
        )
}

/// Compares two states.
pub fn run(matches: &ArgMatches, lang: Option<Lang>) -> Exit {
    let early = lang.unwrap_or_default();
    let request = match request(matches) {
        Ok(request) => request,
        Err(message) => return usage_error(&message, early),
    };
    let root = PathBuf::from(matches.get_one::<String>("root").expect("it has a default"));
    let old = matches.get_one::<String>("old").expect("clap asks for it");
    let new = matches.get_one::<String>("new");
    let read = State::read(&root, Some(old), &request).and_then(|old| {
        let new = State::read(&root, new, &request)?;
        Ok((old, new))
    });
    let (old, new) = match read {
        Ok(states) => states,
        Err(err) => {
            fail(&err.message, early);
            return Exit::from(&err);
        }
    };
    compare(&old, &new, matches, lang)
}

/// A state of the site.
struct State {
    /// As it was asked for.
    name: String,
    site: Option<Site>,
    diagnostics: Diagnostics,
    sources: Sources,
}

impl State {
    /// Reads a state: a folder with a site in it, else a revision; without a name the root.
    fn read(root: &Path, name: Option<&String>, request: &Request) -> Result<State, LoadError> {
        let folder = name.map_or(root, Path::new);
        let (name, loaded) = match name {
            Some(name) if !load::is_site(folder) && !is_path(name) => {
                let revision = revision::read(root, name)?.ok_or_else(|| unknown(name))?;
                (name.clone(), load::load_revision(&revision, request.clone())?)
            }
            _ => (folder.display().to_string(), load::load(folder, request.clone())?),
        };
        let (inputs, found) = loaded;
        let Resolved { site, diagnostics, .. } = resolve(&inputs, found, &mut Memo::default(), &());
        Ok(State { name, site, diagnostics, sources: inputs.sources })
    }

    /// Prints the errors of the state below its name.
    fn print_errors(&self, matches: &ArgMatches, lang: Lang) {
        if !self.diagnostics.has_errors() {
            return;
        }
        let name = &self.name;
        let heading = text(format!("Im Stand „{name}“:"), format!("in the state `{name}`:"));
        eprintln!("{}\n", heading.in_lang(lang));
        let style = Style { lang, color: use_color(matches), least: Severity::Error };
        eprint!("{}", print::print(&self.diagnostics, &self.sources, style));
    }
}

/// Whether a name is one of a folder and of no revision, such as `./alt`.
fn is_path(name: &str) -> bool {
    name.starts_with('.') && !name.starts_with("..")
        || name.starts_with("../")
        || Path::new(name).is_absolute()
}

fn unknown(name: &str) -> LoadError {
    let message = text(
        format!("„{name}“ ist weder ein Ordner mit kompendium.yaml noch eine Git-Revision."),
        format!("`{name}` is neither a folder with kompendium.yaml nor a git revision"),
    );
    LoadError { message, is_usage: true }
}

/// A new state with errors is not compared: what readers will see is not known. An old one is
/// compared as far as it can be read, since a review mends it.
fn compare(old: &State, new: &State, matches: &ArgMatches, lang: Option<Lang>) -> Exit {
    let lang = lang.or_else(|| Some(new.site.as_ref()?.config.lang)).unwrap_or_default();
    old.print_errors(matches, lang);
    new.print_errors(matches, lang);
    let (Some(before), Some(after)) = (&old.site, &new.site) else { return Exit::Findings };
    if new.diagnostics.has_errors() {
        let message = text(
            "Verglichen wird erst, wenn der neue Stand keine Fehler hat.",
            "states are compared when the new one has no errors",
        );
        eprintln!("{}", message.in_lang(lang));
        return Exit::Findings;
    }
    let before = diff::State { site: before, sources: &old.sources };
    let after = diff::State { site: after, sources: &new.sources };
    let changes = diff::diff(before, after);
    let names = page::Names { old: &old.name, new: &new.name };
    if let Some(file) = matches.get_one::<String>("html") {
        if let Err((message, exit)) = write_page(file, &page::print(&changes, names, lang)) {
            fail(&message, lang);
            return exit;
        }
        let written = text(format!("{file} ist geschrieben."), format!("{file} is written"));
        eprintln!("{}", written.in_lang(lang));
    } else {
        put(printed(&changes, matches, lang));
    }
    match matches.get_flag("exit-code") && !changes.is_empty() {
        true => Exit::Findings,
        false => Exit::Fine,
    }
}

fn printed(changes: &Changes, matches: &ArgMatches, lang: Lang) -> String {
    match matches.get_one::<String>("format").map(String::as_str) {
        Some("json") => json::print(changes, lang),
        Some("markdown") => markdown::print(changes, lang),
        _ => {
            let color = match matches.get_one::<String>("color").map(String::as_str) {
                Some("always") => true,
                Some("never") => false,
                _ => std::io::stdout().is_terminal() && use_color(matches),
            };
            diff::text::print(changes, diff::text::Style { lang, color })
        }
    }
}

/// Writes the page; a file of another kind is not overwritten by mistake.
fn write_page(file: &str, html: &str) -> Result<(), (Text, Exit)> {
    if !file.ends_with(".html") && !file.ends_with(".htm") {
        let message = text(
            format!("„{file}“ ist kein Name einer Seite: er endet nicht auf .html."),
            format!("`{file}` is no name of a page: it does not end in .html"),
        );
        return Err((message, Exit::Usage));
    }
    write::replace_file(Path::new(file), html.as_bytes(), b"<!doctype html>")
        .map_err(|err| (err.message.clone(), Exit::from(&err)))
}
