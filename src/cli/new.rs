//! `kompendium new`: a file for a new entry of a collection.

use std::path::{Path, PathBuf};

use clap::{Arg, ArgMatches, Command};

use super::{Exit, args, declared, fail};
use crate::config::{Collection, Config};
use crate::diag::{Lang, Text, did_you_mean, text};
use crate::fields;
use crate::path::SitePath;
use crate::schema::entry;
use crate::write;

/// Describes the command.
pub fn command(lang: Lang) -> Command {
    let say = args::say(lang);
    let usage = say("kompendium new SAMMLUNG TITEL [OPTION …]", "kompendium new COLLECTION TITLE [OPTION …]");
    let heading = say("Angaben", "Arguments");
    let argument = |id: &'static str| Arg::new(id).required(true).help_heading(heading);
    Command::new("new")
        .about(say("Legt einen Eintrag mit allen Feldern an", "makes an entry with all its fields"))
        .override_usage(usage)
        .arg(
            argument("collection")
                .value_name(say("SAMMLUNG", "COLLECTION"))
                .help(say("Der Ordner der Sammlung in content", "the folder of the collection in content")),
        )
        .arg(
            argument("title").value_name(say("TITEL", "TITLE")).help(say(
                "Der Titel; aus ihm entsteht der Dateiname",
                "the title; the file name is made of it",
            )),
        )
}

/// Writes the file and prints its path.
pub fn run(matches: &ArgMatches, lang: Option<Lang>) -> Exit {
    let site = match declared::read(matches, lang) {
        Ok(site) => site,
        Err(exit) => return exit,
    };
    let given = |id: &str| matches.get_one::<String>(id).expect("clap asks for it").as_str();
    let (wished, title) = (given("collection"), given("title"));
    let made = collection(&site.config, wished)
        .and_then(|it| Ok((it, entry::path(it, title)?)))
        .map_err(|message| refuse(&message, site.lang));
    let (collection, path) = match made {
        Ok(made) => made,
        Err(exit) => return exit,
    };
    let text = entry::text_of(collection, title, &site.declared());
    let exit = write(&site.root, &path, &text, site.lang);
    if exit == Exit::Fine && !matches.get_flag("quiet") {
        entry::open_fields(collection, site.lang).iter().for_each(|it| eprintln!("{it}"));
    }
    exit
}

fn refuse(message: &Text, lang: Lang) -> Exit {
    fail(message, lang);
    Exit::Usage
}

/// Finds a collection by its name, or says which there are.
fn collection<'a>(config: &'a Config, wished: &str) -> Result<&'a Collection, Text> {
    if let Some(found) = config.collections.iter().find(|it| it.name.value == wished) {
        return Ok(found);
    }
    let names: Vec<&str> = config.collections.iter().map(|it| it.name.value.as_str()).collect();
    let labelled = config.collections.iter().find(|it| it.label.eq_ignore_ascii_case(wished));
    let meant = labelled.map(|it| it.name.value.as_str());
    let meant = did_you_mean(meant.unwrap_or(wished), names.iter().copied());
    let known = fields::allowed(&names.join(", "));
    let (de, en) = match (meant, names.is_empty()) {
        (_, true) => ("In kompendium.yaml steht keine.".to_owned(), "kompendium.yaml has none".to_owned()),
        (None, _) => (format!("{}.", known.in_lang(Lang::De)), known.in_lang(Lang::En).to_owned()),
        (Some(meant), _) => (
            format!("{}. {}.", meant.in_lang(Lang::De), known.in_lang(Lang::De)),
            format!("{}; {}", meant.in_lang(Lang::En), known.in_lang(Lang::En)),
        ),
    };
    Err(text(
        format!("Eine Sammlung „{wished}“ gibt es nicht. {de}"),
        format!("there is no collection `{wished}`; {en}"),
    ))
}

fn write(root: &Path, path: &SitePath, content: &str, lang: Lang) -> Exit {
    let shown = shown(root, path);
    match write::new_site_file(root, path, content.as_bytes()) {
        Ok(true) => {
            println!("{}", shown.display());
            Exit::Fine
        }
        Ok(false) => {
            let shown = shown.display();
            refuse(
                &text(
                    format!("{shown} gibt es schon und bleibt, wie es ist."),
                    format!("{shown} exists and stays as it is"),
                ),
                lang,
            )
        }
        Err(err) => {
            fail(&err.message, lang);
            Exit::from(&err)
        }
    }
}

/// Returns a path as it can be opened from here.
fn shown(root: &Path, path: &SitePath) -> PathBuf {
    if root == Path::new(".") { PathBuf::from(path.as_str()) } else { path.below(root) }
}
