//! `kompendium list`: drafts, pages to be reviewed, pages nothing leads to, and where something
//! is used.

use std::fmt::Write as _;

use clap::{Arg, ArgMatches, Command};
use serde_json::json;
use unicode_width::UnicodeWidthStr;

use super::{Exit, Read, args, fail, put, read, today};
use crate::date::Date;
use crate::diag::{Diagnostics, Lang, Text, text};
use crate::link::Parsed;
use crate::memo::Memo;
use crate::parse;
use crate::review::list::{self, Listed, Use};
use crate::source::Sources;

/// Describes the command.
pub fn command(lang: Lang) -> Command {
    let say = args::say(lang);
    Command::new("list")
        .about(say(
            "Listet Seiten auf, und wo etwas verwendet wird",
            "lists pages, and where something is used",
        ))
        .override_usage(say("kompendium list LISTE [OPTION …]", "kompendium list LIST [OPTION …]"))
        .subcommand_help_heading(say("Listen", "Lists"))
        .subcommand_required(true)
        .subcommands(lists(lang))
}

/// Describes the lists.
fn lists(lang: Lang) -> [Command; 4] {
    let say = args::say(lang);
    let usage = |name: &'static str| Command::new(name);
    [
        usage("drafts").about(say("Entwürfe", "drafts")).override_usage("kompendium list drafts [OPTION …]"),
        usage("due").override_usage("kompendium list due [OPTION …]").about(say(
            "Seiten, deren Prüfung (review_by) heute oder bis --date fällig ist",
            "pages that are to be reviewed (review_by) today or until --date",
        )),
        usage("orphans").override_usage("kompendium list orphans [OPTION …]").about(say(
            "Seiten, auf die kein Text und kein Menü führt",
            "pages that no text and no menu leads to",
        )),
        usage("uses")
            .about(say("Wo etwas verwendet wird", "where something is used"))
            .override_usage(say(
                "kompendium list uses WAS [OPTION …]",
                "kompendium list uses WHAT [OPTION …]",
            ))
            .arg(
                Arg::new("what")
                    .value_name(say("WAS", "WHAT"))
                    .required(true)
                    .help_heading(say("Angaben", "Arguments"))
                    .help(say(
                        "Pfad einer Seite, eines Bilds oder einer Tabelle; Begriff; Schlüssel einer Quelle",
                        "path of a page, a picture or a table; a term; the key of a source",
                    )),
            ),
    ]
}

/// Prints a list.
pub fn run(matches: &ArgMatches, lang: Option<Lang>) -> Exit {
    let (name, matches) = matches.subcommand().expect("clap asks for one of the lists");
    let Read { mut inputs, found: mut diags, .. } = match read(matches, lang) {
        Ok(read) => read,
        Err(exit) => return exit,
    };
    // Readers see neither orphans nor overdue pages among drafts; the other lists are about all.
    inputs.request.drafts |= matches!(name, "drafts" | "uses");
    let today = inputs.request.date.or_else(today);
    let parsed = parse(&inputs, &mut Memo::default(), &mut diags);
    let lang = lang.unwrap_or(parsed.as_ref().map_or(Lang::De, |it| it.config.lang));
    warn_of_errors(&diags, lang);
    let Some(parsed) = parsed else { return Exit::Findings };
    let out = Out { is_json: matches.get_one::<String>("format").is_some_and(|it| it == "json"), lang };
    let sources = &inputs.sources;
    match (name, today) {
        ("drafts", _) => out.pages(&list::drafts(&parsed), &stand(), sources),
        ("orphans", _) => out.pages(&list::orphans(parsed, sources), &stand(), sources),
        ("due", Some(today)) => out.pages(&list::due(&parsed, today), &text("Fällig", "Due"), sources),
        ("uses", _) => return uses(matches, parsed, sources, &out),
        _ => {
            fail(
                &text(
                    "Die Uhr des Rechners geht falsch; nennen Sie den Tag mit --date.",
                    "the clock of the machine is wrong; name the day with --date",
                ),
                lang,
            );
            return Exit::System;
        }
    }
    Exit::Fine
}

fn stand() -> Text {
    text("Stand", "Changed")
}

fn warn_of_errors(diags: &Diagnostics, lang: Lang) {
    if diags.has_errors() {
        let message = text(
            "Die Website hat Fehler (kompendium check); die Liste kann unvollständig sein.",
            "the site has errors (kompendium check); the list may be incomplete",
        );
        eprintln!("{}", message.in_lang(lang));
    }
}

fn uses(matches: &ArgMatches, parsed: Parsed, sources: &Sources, out: &Out) -> Exit {
    let written = matches.get_one::<String>("what").expect("clap asks for it");
    let Some(thing) = list::find(&parsed, sources, written) else {
        let message = text(
            format!("Eine Seite, Datei, Tabelle oder Quelle „{written}“ gibt es nicht."),
            format!("there is no page, file, table or source `{written}`"),
        );
        fail(&message, out.lang);
        return Exit::Usage;
    };
    out.uses(&list::uses(parsed, sources, &thing), sources);
    Exit::Fine
}

/// How a list is printed.
struct Out {
    /// One object a line.
    is_json: bool,
    lang: Lang,
}

impl Out {
    fn pages(&self, pages: &[Listed], date: &Text, sources: &Sources) {
        let path = |it: &Listed| sources.get(it.file).path.to_string();
        if self.is_json {
            let lines = pages.iter().map(|it| {
                let date = it.date.map(Date::iso);
                json!({"path": path(it), "title": it.title, "owner": it.owner, "date": date})
            });
            put(lines.map(|it| format!("{it}\n")).collect::<String>());
            return;
        }
        let say = |de, en| args::say(self.lang)(de, en).to_owned();
        let head = [
            say("Datei", "File"),
            say("Titel", "Title"),
            say("Zuständig", "Owner"),
            date.in_lang(self.lang).to_owned(),
        ];
        let rows = pages.iter().map(|it| {
            let date = it.date.map_or_else(String::new, Date::iso);
            [path(it), it.title.clone(), it.owner.clone().unwrap_or_default(), date]
        });
        self.table(head, rows.collect());
    }

    fn uses(&self, uses: &[Use], sources: &Sources) {
        let place = |it: &Use| sources.position(it.span.file, it.span.start);
        let path = |it: &Use| sources.get(it.span.file).path.to_string();
        if self.is_json {
            let lines = uses.iter().map(|it| {
                let place = place(it);
                json!({"path": path(it), "line": place.line, "column": place.column, "kind": it.kind.code(), "page": it.page})
            });
            put(lines.map(|it| format!("{it}\n")).collect::<String>());
            return;
        }
        let say = |de, en| args::say(self.lang)(de, en).to_owned();
        let head = [say("Stelle", "Place"), say("Wie", "How"), say("Seite", "Page")];
        let rows = uses.iter().map(|it| {
            let page = it.page.clone().unwrap_or_default();
            [format!("{}:{}", path(it), place(it).line), it.kind.name().in_lang(self.lang).to_owned(), page]
        });
        self.table(head, rows.collect());
    }

    /// Prints columns below each other; without a row it says so.
    fn table<const COLUMNS: usize>(&self, head: [String; COLUMNS], rows: Vec<[String; COLUMNS]>) {
        if rows.is_empty() {
            eprintln!("{}", text("Nichts gefunden.", "nothing found").in_lang(self.lang));
            return;
        }
        let all: Vec<[String; COLUMNS]> = [head].into_iter().chain(rows).collect();
        let widths: Vec<usize> =
            (0..COLUMNS).map(|column| all.iter().map(|it| it[column].width()).max().unwrap_or(0)).collect();
        let mut out = String::new();
        for row in &all {
            let mut line = String::new();
            for (cell, width) in row.iter().zip(&widths) {
                let _ = write!(line, "{cell}{}  ", " ".repeat(width - cell.width()));
            }
            out.push_str(line.trim_end());
            out.push('\n');
        }
        put(&out);
    }
}
