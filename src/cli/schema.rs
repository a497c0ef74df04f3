//! `kompendium schema`: the declared fields for editors' tools and as a handbook.

use std::path::{Path, PathBuf};

use clap::{Arg, ArgMatches, Command};
use serde_json::{Map, Value};

use super::{Exit, args, declared, fail, put};
use crate::diag::{Lang, text};
use crate::path::SitePath;
use crate::schema::{cms, guide, json};
use crate::write;

/// Describes the commands.
pub fn command(lang: Lang) -> Command {
    let say = args::say(lang);
    let about = say("Gibt die Felder der Sammlungen weiter", "passes the fields of the collections on");
    let json = Command::new("json")
        .about(say("JSON Schemas für Editoren", "JSON Schemas for editors"))
        .override_usage(say("kompendium schema json [OPTION …]", "kompendium schema json [OPTION …]"))
        .arg(Arg::new("output-dir").short('o').long("output-dir").value_name(say("ORDNER", "FOLDER")).help(
            say(
                "Schreibt je Schema eine Datei und gibt die Einstellungen für VS Code aus",
                "writes a file per schema and prints the settings for VS Code",
            ),
        ));
    Command::new("schema")
        .about(about)
        .override_usage(say("kompendium schema WAS [OPTION …]", "kompendium schema WHAT [OPTION …]"))
        .subcommand_required(true)
        .subcommand(json)
        .subcommand(
            Command::new("cms")
                .about(say("Formulare für Sveltia CMS", "forms for Sveltia CMS"))
                .override_usage("kompendium schema cms [OPTION …]"),
        )
        .subcommand(
            Command::new("guide")
                .about(say("Handbuch der Felder", "handbook of the fields"))
                .override_usage("kompendium schema guide [OPTION …]"),
        )
}

/// Runs one of the commands below `schema`.
pub fn run(matches: &ArgMatches, lang: Option<Lang>) -> Exit {
    let (name, matches) = matches.subcommand().expect("clap asks for one of the commands");
    let site = match declared::read(matches, lang) {
        Ok(site) => site,
        Err(exit) => return exit,
    };
    match name {
        "json" => match matches.get_one::<String>("output-dir") {
            Some(folder) => write_schemas(&site, Path::new(folder)),
            None => print_schemas(&site),
        },
        "cms" => put(cms::yaml(&site.declared())),
        "guide" => put(guide::guide(&site.declared())),
        _ => unreachable!("clap knows no other command"),
    }
}

/// Prints all schemas as one object, by the names of their files.
fn print_schemas(site: &declared::Site) -> Exit {
    let schemas = json::schemas(&site.declared()).into_iter().map(|it| (it.name, it.json));
    put(format!("{:#}\n", Value::Object(schemas.collect::<Map<_, _>>())))
}

/// Writes the schemas, in place of those that are there, and prints how VS Code uses them.
fn write_schemas(site: &declared::Site, folder: &Path) -> Exit {
    for schema in json::schemas(&site.declared()) {
        let path = SitePath::new(&schema.name).expect("names of collections are paths");
        let json = format!("{:#}\n", schema.json);
        if let Err(err) = write::replace_file(&path.below(folder), json.as_bytes(), b"{") {
            fail(&err.message, site.lang);
            return Exit::from(&err);
        }
        eprintln!("{}", folder.join(&schema.name).display());
    }
    let settings = text("Für .vscode/settings.json:", "for .vscode/settings.json:");
    eprintln!("{}", settings.in_lang(site.lang));
    put(format!("{:#}\n", json::settings(&from_root(site, folder))))
}

/// Returns a folder as it is seen from the folder of the site, for settings that lie there.
fn from_root(site: &declared::Site, folder: &Path) -> String {
    let below = folder.strip_prefix(&site.root).unwrap_or(folder);
    let below: PathBuf = below.components().filter(|it| it.as_os_str() != ".").collect();
    let below = below.to_string_lossy().replace('\\', "/");
    if below.starts_with('/') { below } else { format!("./{below}") }
}
