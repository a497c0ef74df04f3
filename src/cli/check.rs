//! `kompendium check`: everything that a build checks, and what is known already.

use std::path::{Path, PathBuf};

use clap::{Arg, ArgAction, ArgMatches};

use super::progress::Progress;
use super::{Exit, Read, Run, args, build_timed, fail, read, show, today};
use crate::diag::print;
use crate::diag::{Diagnostics, Lang, Text, text};
use crate::load::{self, Inputs};
use crate::memo::Memo;
use crate::review::baseline::{self, Compared, Known};
use crate::source::Spanned;
use crate::write;
use crate::{Outcome, external, parse};

/// Describes the options.
pub fn args(lang: Lang) -> Vec<Arg> {
    let say = args::say(lang);
    let file = |name: &'static str| Arg::new(name).long(name).value_name(say("DATEI", "FILE"));
    vec![
        Arg::new("orphans").long("orphans").action(ArgAction::SetTrue).help(say(
            "Nennt auch Seiten, auf die kein Text einer anderen Seite führt",
            "also tells pages that no text of another page leads to",
        )),
        Arg::new("external").long("external").action(ArgAction::SetTrue).help(say(
            "Prüft auch Links zu anderen Websites (braucht Netz und curl)",
            "also checks links to other sites (needs the network and curl)",
        )),
        file("baseline").help(say(
            "Zeigt und zählt nicht, was in dieser Datei steht",
            "neither shows nor counts what stands in this file",
        )),
        file("write-baseline").conflicts_with("baseline").help(say(
            "Schreibt alles, was jetzt gemeldet wird, in diese Datei",
            "writes all that is found now to this file",
        )),
    ]
}

/// Checks the site.
pub fn run(matches: &ArgMatches, lang: Option<Lang>) -> Exit {
    let known = match matches.get_one::<String>("baseline").map(|it| read_baseline(Path::new(it))) {
        Some(Err((message, exit))) => {
            fail(&message, lang.unwrap_or_default());
            return exit;
        }
        Some(Ok(known)) => Some(known),
        None => None,
    };
    let Read { mut inputs, found, mut clock, .. } = match read(matches, lang) {
        Ok(read) => read,
        Err(exit) => return exit,
    };
    // Nothing is written that could differ tomorrow.
    inputs.request.date = inputs.request.date.or_else(today);
    let root = matches.get_one::<String>("root").map_or(Path::new("."), Path::new);
    let links = if matches.get_flag("external") { links(&inputs) } else { Vec::new() };
    if !links.is_empty() && !external::is_there() {
        fail(&no_curl(), lang.unwrap_or_default());
        return Exit::System;
    }
    let progress = Progress::new(matches, lang.unwrap_or_default());
    let mut outcome = build_timed(inputs, found, &progress, &mut clock);
    if !links.is_empty() {
        outcome.diagnostics.append(external::check(&links, root, today()));
        clock.lap(text("Links zu anderen Websites", "links to other sites"));
    }
    if let Some(path) = matches.get_one::<String>("write-baseline") {
        return write_baseline(Path::new(path), &outcome, lang.unwrap_or(outcome.lang));
    }
    let compared = known.map(|it| baseline::compare(&outcome.diagnostics, &outcome.sources, &it));
    if let Some(compared) = &compared {
        outcome.diagnostics = compared.new.clone();
    }
    let run = show(matches, lang, outcome, clock);
    if run.failed() || !run.quiet {
        eprintln!("{}", summary(&run, compared.as_ref()));
    }
    if run.failed() { Exit::Findings } else { Exit::Fine }
}

/// Returns the links to other sites; what is wrong with the pages is found later.
fn links(inputs: &Inputs) -> Vec<Spanned<String>> {
    let parsed = parse(inputs, &mut Memo::default(), &mut Diagnostics::default());
    parsed.map_or_else(Vec::new, |it| external::links(&it))
}

fn no_curl() -> Text {
    text(
        "Für --external wird das Programm curl gebraucht; es fehlt auf diesem Rechner.",
        "--external needs the program curl, which this machine does not have",
    )
}

/// Returns the last lines: what was found, and what the baseline had to do with it.
fn summary(run: &Run, compared: Option<&Compared>) -> String {
    let lang = run.style.lang;
    let mut summary = print::summary(&run.outcome.diagnostics, run.style);
    let Some(Compared { known, gone, .. }) = compared else { return summary };
    let of_known = match (*known, lang) {
        (0, _) => String::new(),
        (1, Lang::De) => " 1 bekannte Meldung ist nicht dabei.".to_owned(),
        (many, Lang::De) => format!(" {many} bekannte Meldungen sind nicht dabei."),
        (1, Lang::En) => " 1 known finding is left out.".to_owned(),
        (many, Lang::En) => format!(" {many} known findings are left out."),
    };
    summary.push_str(&of_known);
    if !gone.is_empty() && !run.quiet {
        let heading = text(
            "Nicht mehr gefunden; diese Einträge können aus der Datei bekannter Meldungen weg:",
            "found no more; these entries can leave the file of known findings:",
        );
        let lines: Vec<String> =
            gone.iter().map(|it| format!("- {} [{}] {}", it.file, it.code, it.message)).collect();
        summary = format!("{}\n{}\n\n{summary}", heading.in_lang(lang), lines.join("\n"));
    }
    summary
}

fn read_baseline(path: &Path) -> Result<Vec<Known>, (Text, Exit)> {
    let written = load::text_file(path).map_err(|err| (err.message.clone(), Exit::from(&err)))?;
    baseline::parse(&written).ok_or_else(|| (no_baseline(path), Exit::Usage))
}

fn no_baseline(path: &Path) -> Text {
    let file = path.display();
    text(
        format!("„{file}“ ist keine Datei, die --write-baseline geschrieben hat."),
        format!("`{file}` is not a file that --write-baseline wrote"),
    )
}

/// Makes all findings known ones; a file that is no baseline stays as it is.
fn write_baseline(path: &Path, outcome: &Outcome, lang: Lang) -> Exit {
    let Outcome { diagnostics, sources, .. } = outcome;
    if path.exists()
        && let Err((message, exit)) = read_baseline(path)
    {
        fail(&message, lang);
        return exit;
    }
    let file = baseline::print(diagnostics, sources, outcome.lang);
    if let Err(err) = write::replace_file(path, file.as_bytes(), b"") {
        fail(&err.message, lang);
        return Exit::from(&err);
    }
    eprintln!("{}", written(path.to_owned(), outcome).in_lang(lang));
    Exit::Fine
}

fn written(path: PathBuf, outcome: &Outcome) -> Text {
    let Outcome { diagnostics, sources, .. } = outcome;
    let (file, count) = (path.display(), diagnostics.sorted(|span| &sources.get(span.file).path).len());
    text(
        format!("{file} ist geschrieben: {count} {}.", if count == 1 { "Meldung" } else { "Meldungen" }),
        format!("{file} is written: {count} {}", if count == 1 { "finding" } else { "findings" }),
    )
}
