//! `kompendium init`: a small complete knowledge base to start from.

use std::path::{Path, PathBuf};

use clap::{Arg, ArgMatches, Command};

use super::{Exit, args, fail};
use crate::diag::{Lang, text};
use crate::init;
use crate::path::SitePath;
use crate::write::{self, WriteError};

/// Describes the command.
pub fn command(lang: Lang) -> Command {
    let say = args::say(lang);
    Command::new("init")
        .about(say("Legt eine kleine vollständige Wissensbasis an", "makes a small complete knowledge base"))
        .override_usage(say("kompendium init [ORDNER] [OPTION …]", "kompendium init [FOLDER] [OPTION …]"))
        .arg(
            Arg::new("folder")
                .value_name(say("ORDNER", "FOLDER"))
                .help_heading(say("Angaben", "Arguments"))
                .help(say(
                    "Ein neuer oder leerer Ordner; sonst der aktuelle. --lang bestimmt die Sprache",
                    "a new or empty folder; the current one by default; --lang chooses the language",
                )),
        )
}

/// Writes the files and says what to do next.
pub fn run(matches: &ArgMatches, lang: Option<Lang>) -> Exit {
    let lang = lang.unwrap_or_default();
    let named = matches.get_one::<String>("folder").or(matches.get_one::<String>("root"));
    let folder = PathBuf::from(named.expect("the root has a default"));
    let written = match write_all(&folder, lang) {
        Ok(written) => written,
        Err(err) => {
            fail(&err.message, lang);
            return Exit::from(&err);
        }
    };
    if !matches.get_flag("quiet") {
        eprintln!("{}", done(&folder, written, lang));
    }
    Exit::Fine
}

fn write_all(folder: &Path, lang: Lang) -> Result<usize, WriteError> {
    write::new_site(folder)?;
    let mut written = 0;
    for (path, bytes) in init::files(lang) {
        let path = SitePath::new(path).expect("a test checks the paths of all files");
        written += usize::from(write::new_site_file(folder, &path, bytes)?);
    }
    Ok(written)
}

fn done(folder: &Path, written: usize, lang: Lang) -> String {
    let shown = folder.display();
    let (step_de, step_en) = match folder == Path::new(".") {
        true => (String::new(), String::new()),
        false => (format!("cd {shown}\n  "), format!("cd {shown}\n  ")),
    };
    let message = text(
        format!(
            "Die Wissensbasis liegt in „{shown}“: {written} Dateien. Weiter geht es so:\n  {step_de}kompendium build"
        ),
        format!(
            "the knowledge base lies in `{shown}`: {written} files; go on with\n  {step_en}kompendium build"
        ),
    );
    message.in_lang(lang).to_owned()
}
