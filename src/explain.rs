//! What each code means: for editors who know Markdown and spreadsheets, in German and English.
//!
//! The texts are plain Markdown: `explain/de.md` and `explain/en.md` have a section for each
//! code, in which the first paragraph says what is wrong and the others why it matters and what
//! helps. `explain/examples.md` has one example for each code, the same for both languages, and
//! says who can mend it. Tests hold the three files and the sources together, and run the
//! examples.

use crate::diag::sarif::Rule;
use crate::diag::{Lang, Text, nearest, text};

const GERMAN: &str = include_str!("explain/de.md");
const ENGLISH: &str = include_str!("explain/en.md");
const EXAMPLES: &str = include_str!("explain/examples.md");

/// Who can mend something.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Who {
    /// Who writes pages.
    Editors,
    /// Who delivers and describes tables.
    Data,
    /// Who looks after the configuration, the theme and the files.
    Technical,
}

impl Who {
    /// All of them, in the order of the list.
    pub const ALL: [Who; 3] = [Who::Editors, Who::Data, Who::Technical];

    /// Returns what they are called.
    pub fn name(self) -> Text {
        match self {
            Who::Editors => text("Redaktion", "Editors"),
            Who::Data => text("Daten", "Data"),
            Who::Technical => text("Technik", "Technical staff"),
        }
    }

    /// Returns what they look after.
    pub fn task(self) -> Text {
        match self {
            Who::Editors => text("Texte und Angaben der Seiten", "texts and front matter of pages"),
            Who::Data => text("Tabellen und ihre Beschreibung", "tables and their descriptor"),
            Who::Technical => text("Einstellungen, Theme und Dateien", "configuration, theme and files"),
        }
    }
}

/// The explanation of a code.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Explanation {
    pub code: &'static str,
    pub who: Who,
    /// What is wrong, in a sentence or two.
    pub what: String,
    /// Why it matters, and what helps.
    pub why: Vec<String>,
    /// The file that the example is a part of.
    pub file: &'static str,
    pub wrong: String,
    pub right: String,
}

/// Returns all explanations, in the order of their codes.
pub fn all(lang: Lang) -> Vec<Explanation> {
    let texts = sections(if lang == Lang::De { GERMAN } else { ENGLISH });
    let examples = sections(EXAMPLES);
    texts
        .into_iter()
        .filter_map(|(code, body)| {
            let (_, example) = examples.iter().find(|(name, _)| *name == code)?;
            Some(explanation(code, body, example))
        })
        .collect()
}

/// Returns the explanation of a code.
pub fn find(code: &str, lang: Lang) -> Option<Explanation> {
    all(lang).into_iter().find(|it| it.code == code)
}

/// Returns the code that is most likely meant.
pub fn suggestion(written: &str) -> Option<&'static str> {
    nearest(written, sections(EXAMPLES).into_iter().map(|(code, _)| code))
}

/// Returns the parts of a file that begin with `## NAME`, with what stands below.
fn sections(file: &'static str) -> Vec<(&'static str, &'static str)> {
    file.split("\n## ")
        .skip(1)
        .map(|it| {
            let (name, body) = it.split_once('\n').unwrap_or((it, ""));
            (name.trim(), body)
        })
        .collect()
}

fn explanation(code: &'static str, body: &str, example: &'static str) -> Explanation {
    let mut paragraphs = body.split("\n\n").map(unwrapped).filter(|it| !it.is_empty());
    let key = |name: &str| {
        let line = example.lines().find_map(|it| it.strip_prefix(name));
        line.map_or("", str::trim)
    };
    Explanation {
        code,
        who: match key("who:") {
            "editors" => Who::Editors,
            "data" => Who::Data,
            _ => Who::Technical,
        },
        what: paragraphs.next().unwrap_or_default(),
        why: paragraphs.collect(),
        file: key("file:"),
        wrong: indented(example, "wrong:"),
        right: indented(example, "right:"),
    }
}

/// Returns the lines of a paragraph as one.
fn unwrapped(paragraph: &str) -> String {
    paragraph.split_whitespace().collect::<Vec<_>>().join(" ")
}

/// Returns the lines below a key that are indented by four spaces.
fn indented(example: &str, key: &str) -> String {
    let below = example.lines().skip_while(|it| *it != key).skip(1);
    let lines = below.take_while(|it| it.is_empty() || it.starts_with("    "));
    let lines: Vec<&str> = lines.map(|it| it.strip_prefix("    ").unwrap_or("")).collect();
    lines.join("\n").trim_matches('\n').to_owned()
}

/// Returns an explanation as it is read in a terminal.
pub fn print(it: &Explanation, lang: Lang) -> String {
    let say = |de, en| if lang == Lang::De { de } else { en };
    let who = format!("{}: {}", say("Wer es ändern kann", "Who can mend it"), it.who.name().in_lang(lang));
    let why = it.why.iter().map(|it| format!("{}\n\n", wrapped(it))).collect::<String>();
    format!(
        "{}\n\n{}\n\n{why}{who}\n\n{} ({}):\n\n{}\n\n{}:\n\n{}\n",
        it.code,
        wrapped(&it.what),
        say("Falsch", "Wrong"),
        it.file,
        block(&it.wrong),
        say("Richtig", "Right"),
        block(&it.right),
    )
}

fn block(text: &str) -> String {
    let lines = text.lines().map(|it| if it.is_empty() { String::new() } else { format!("    {it}") });
    lines.collect::<Vec<_>>().join("\n")
}

/// Columns of a line in a terminal.
const COLUMNS: usize = 80;

fn wrapped(paragraph: &str) -> String {
    let mut lines = vec![String::new()];
    for word in paragraph.split(' ') {
        let last = lines.len() - 1;
        if !lines[last].is_empty() && lines[last].chars().count() + 1 + word.chars().count() > COLUMNS {
            lines.push(word.to_owned());
        } else {
            let line = &mut lines[last];
            line.push_str(if line.is_empty() { "" } else { " " });
            line.push_str(word);
        }
    }
    lines.join("\n")
}

/// Returns the list of all codes, by who can mend them.
pub fn list(lang: Lang) -> String {
    let all = all(lang);
    let width = all.iter().map(|it| it.code.len()).max().unwrap_or(0);
    let groups = Who::ALL.map(|who| {
        let lines = all.iter().filter(|it| it.who == who);
        let lines = lines.map(|it| format!("  {:width$}  {}\n", it.code, first_sentence(&it.what)));
        let (name, task) = (who.name(), who.task());
        format!("{}: {}\n\n{}", name.in_lang(lang), task.in_lang(lang), lines.collect::<String>())
    });
    groups.join("\n")
}

fn first_sentence(what: &str) -> &str {
    what.find(". ").map_or(what, |at| &what[..=at])
}

/// Returns what other programs show of a code.
pub fn rule(code: &str, lang: Lang) -> Option<Rule> {
    let it = find(code, lang)?;
    Some(Rule { title: it.what.clone(), text: print(&it, lang), markdown: markdown(&it, lang) })
}

fn markdown(it: &Explanation, lang: Lang) -> String {
    let say = |de, en| if lang == Lang::De { de } else { en };
    let fenced = |text: &str| format!("````\n{text}\n````");
    let mut parts = vec![it.what.clone()];
    parts.extend(it.why.iter().cloned());
    let who = it.who.name();
    parts.push(format!("{}: {}", say("Wer es ändern kann", "Who can mend it"), who.in_lang(lang)));
    parts.push(format!("**{}** (`{}`):", say("Falsch", "Wrong"), it.file));
    parts.push(fenced(&it.wrong));
    parts.push(format!("**{}**:", say("Richtig", "Right")));
    parts.push(fenced(&it.right));
    parts.join("\n\n")
}
