//! What commands that only want to know the declarations of a site read.

use std::path::PathBuf;

use clap::ArgMatches;

use super::{Exit, fail, use_color};
use crate::config::{self, Config};
use crate::diag::print::{self, Style};
use crate::diag::{Diagnostics, Lang, Severity};
use crate::load::{self, Request};
use crate::schema::Declared;

/// A site whose configuration was read.
pub struct Site {
    pub root: PathBuf,
    pub config: Config,
    /// That of the messages, and of what is made.
    pub lang: Lang,
    written: String,
}

impl Site {
    /// Returns the declarations.
    pub fn declared(&self) -> Declared<'_> {
        Declared { config: &self.config, written: &self.written, lang: self.lang }
    }
}

/// Reads the configuration; what is wrong in it is printed.
pub fn read(matches: &ArgMatches, lang: Option<Lang>) -> Result<Site, Exit> {
    let root = PathBuf::from(matches.get_one::<String>("root").expect("it has a default"));
    let (inputs, found) = load::load(&root, Request::default()).map_err(|err| {
        fail(&err.message, lang.unwrap_or_default());
        Exit::from(&err)
    })?;
    let mut diags = Diagnostics::default();
    diags.extend(found.iter().filter(|it| it.span.file == inputs.config).cloned());
    let written = inputs.sources.text(inputs.config).to_owned();
    let config = config::parse(inputs.config, &written, &mut diags);
    let lang = lang.or(config.as_ref().map(|it| it.lang)).unwrap_or_default();
    match config {
        Some(config) if !diags.has_errors() => Ok(Site { root, config, lang, written }),
        _ => {
            let style = Style { lang, color: use_color(matches), least: Severity::Notice };
            eprint!("{}", print::print(&diags, &inputs.sources, style));
            eprintln!("{}", print::summary(&diags, style));
            Err(Exit::Findings)
        }
    }
}
