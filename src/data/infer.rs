//! A first descriptor for a file that has none: what can be told from the file is
//! written down and said, what cannot is left open and listed.
//!
//! 1. `sheet` finds the delimiter and the rows, `header` the names of the columns.
//! 2. `numbers` looks at how the numbers of each column are written.
//! 3. `column` guesses what a column holds; `names` reads units and dates from its name.
//! 4. `rows` finds the rows that sum up, the names of rows and the key.
//! 5. `package` writes it down.
//!
//! Nothing is decided in silence: a column whose numbers can be read in two ways gets
//! no type, and `todo` in the descriptor asks for it until somebody has answered.

mod column;
mod header;
mod names;
mod numbers;
mod package;
mod rows;
mod sheet;

use serde_json::Value;

use self::column::Guess;
use self::rows::Roles;
use self::sheet::Sheet;
use super::Delivered;
use super::decode::Encoding;
use crate::diag::{Diagnostic, Lang, Text, text};

/// A descriptor, and what to tell about it.
#[derive(Debug)]
pub struct Inferred {
    /// The whole `datapackage.json`.
    pub package: Value,
    /// How many columns, rows and rows that sum up there are.
    pub size: Text,
    /// What was concluded from the file.
    pub guessed: Vec<Text>,
    /// What the file does not say, or what is wrong with it.
    pub open: Vec<Text>,
}

/// Something that is left to decide or to mend.
#[derive(Debug)]
struct Open {
    text: Text,
    /// `check` finds it by itself, so that the descriptor does not have to ask.
    is_checked: bool,
}

/// What only the descriptor can remind of.
fn asked(text: Text) -> Open {
    Open { text, is_checked: false }
}

/// What `check` reports.
fn checked(text: Text) -> Open {
    Open { text, is_checked: true }
}

impl Inferred {
    /// Returns the part for a descriptor that has other tables already.
    pub fn resource(&self) -> &Value {
        &self.package["resources"][0]
    }
}

/// Describes a file. Texts in the descriptor itself are in `lang`.
///
/// Refuses a file without rows and one that is no CSV.
pub fn infer(delivered: &Delivered, csv: &str, lang: Lang) -> Result<Inferred, Vec<Diagnostic>> {
    let sheet = sheet::open(delivered.file, csv)?;
    let roles = rows::find(&sheet);
    let guesses = column::guess_all(&sheet, &roles);
    let keys = rows::keys(&sheet, &roles, &guesses);
    let findings = Findings { delivered, sheet: &sheet, roles: &roles, guesses: &guesses, keys: &keys };
    let (guessed, open) = (findings.guessed(), findings.open());
    Ok(Inferred { size: findings.size(), package: package::package(&findings, lang), guessed, open })
}

/// Everything that was found.
struct Findings<'a> {
    delivered: &'a Delivered,
    sheet: &'a Sheet<'a>,
    roles: &'a Roles,
    guesses: &'a [Guess],
    keys: &'a rows::Keys,
}

impl Findings<'_> {
    fn size(&self) -> Text {
        let (columns, summary) = (self.guesses.len(), self.roles.summary.len());
        let rows = self.sheet.rows.len() - summary;
        text(
            format!(
                "{}: {}, {}, {}.",
                self.delivered.path,
                counted(columns, "Spalte", "Spalten"),
                counted(rows, "Zeile", "Zeilen"),
                counted(summary, "Summenzeile", "Summenzeilen"),
            ),
            format!(
                "{}: {}, {}, {}.",
                self.delivered.path,
                counted(columns, "column", "columns"),
                counted(rows, "row", "rows"),
                counted(summary, "summary row", "summary rows"),
            ),
        )
    }

    fn guessed(&self) -> Vec<Text> {
        let mut told = vec![self.form()];
        told.extend(self.sheet.told());
        told.extend(self.roles.told(self.sheet));
        told.extend(self.keys.told(self.sheet));
        told.extend(column::told(self.sheet, self.guesses));
        told
    }

    fn form(&self) -> Text {
        let has_mark =
            self.delivered.encoding == Encoding::Utf8 && self.delivered.bytes.starts_with(b"\xEF\xBB\xBF");
        let (name, delimiter) = (self.delivered.encoding.name(), printed_delimiter(self.sheet.delimiter));
        let (mark_de, mark_en) = if has_mark { (" mit BOM", " with a byte order mark") } else { ("", "") };
        text(
            format!("Codierung {name}{mark_de}, Trennzeichen {}", delimiter.in_lang(Lang::De)),
            format!("encoding {name}{mark_en}, delimiter {}", delimiter.in_lang(Lang::En)),
        )
    }

    /// Lists what is open: for the whole table, then for each column.
    fn open(&self) -> Vec<Text> {
        let columns = self.guesses.iter().enumerate();
        let of_columns = columns.flat_map(|(at, guess)| {
            let name = self.sheet.name(at);
            guess.open.iter().map(move |it| {
                text(
                    format!("Spalte „{name}“: {}", it.text.in_lang(Lang::De)),
                    format!("column `{name}`: {}", it.text.in_lang(Lang::En)),
                )
            })
        });
        self.open_of_table().into_iter().map(|it| it.text).chain(of_columns).collect()
    }

    fn open_of_table(&self) -> Vec<Open> {
        let mut open = self.sheet.open();
        open.extend(self.roles.open());
        open.extend(self.keys.open());
        open.extend(column::without_unit(self.sheet, self.guesses).map(asked));
        open
    }
}

fn counted(count: usize, one: &str, many: &str) -> String {
    format!("{count} {}", if count == 1 { one } else { many })
}

fn printed_delimiter(sign: u8) -> Text {
    match sign {
        b'\t' => text("Tabulator", "tab"),
        sign => text(format!("„{}“", char::from(sign)), format!("`{}`", char::from(sign))),
    }
}

/// Names columns, at most five of them.
fn named(sheet: &Sheet, columns: &[usize]) -> Text {
    let list = |open: char, close: char| {
        let names = columns.iter().take(5).map(|&at| format!("{open}{}{close}", sheet.name(at)));
        names.collect::<Vec<_>>().join(", ")
    };
    let more = columns.len().saturating_sub(5);
    let (de, en) = match more {
        0 => (String::new(), String::new()),
        _ => (format!(" und {more} weitere"), format!(" and {more} more")),
    };
    text(format!("{}{de}", list('„', '“')), format!("{}{en}", list('`', '`')))
}

/// `3`, `3 und 5`, or `3–8` for lines that follow each other.
fn lines(numbers: &[usize]) -> Text {
    let is_run = numbers.len() > 2 && numbers.windows(2).all(|it| it[1] == it[0] + 1);
    let list = |and: &str| match numbers {
        [first, .., last] if is_run => format!("{first}–{last}"),
        [rest @ .., last] if !rest.is_empty() => {
            let rest: Vec<String> = rest.iter().take(10).map(usize::to_string).collect();
            format!("{} {and} {last}", rest.join(", "))
        }
        _ => numbers.first().map_or(String::new(), usize::to_string),
    };
    let (one, many) = (("Zeile", "line"), ("Zeilen", "lines"));
    let (de, en) = if numbers.len() == 1 { one } else { many };
    text(format!("{de} {}", list("und")), format!("{en} {}", list("and")))
}
