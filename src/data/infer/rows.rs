//! Rows that sum up, the column that names the rows, and the key.

use std::collections::{BTreeSet, HashSet};

use super::column::{Guess, Kind};
use super::sheet::Sheet;
use super::{Open, asked, named};
use crate::diag::{Lang, Text, text};

/// Which rows sum up the others.
#[derive(Debug, Default)]
pub struct Roles {
    /// The column whose words tell.
    pub column: Option<usize>,
    /// The words, each once, and what they stand for.
    pub words: Vec<Word>,
    /// Indexes of rows.
    pub summary: BTreeSet<usize>,
    /// A column with such words whose rows are too many to sum up the others.
    doubtful: Option<(String, String)>,
}

/// A word that says that its row sums up.
#[derive(Debug)]
pub struct Word {
    pub written: String,
    /// As the descriptor names it; none for a row to compare with.
    pub statistic: Option<&'static str>,
    count: usize,
}

/// Finds the rows that sum up.
pub fn find(sheet: &Sheet) -> Roles {
    let of_column = |column: usize| {
        let rows = 0..sheet.rows.len();
        rows.filter(|&row| word(sheet.cell(row, column)).is_some()).collect::<BTreeSet<usize>>()
    };
    let found = (0..sheet.header.len()).map(|column| (column, of_column(column)));
    let found = found.filter(|(_, rows)| !rows.is_empty());
    let (fitting, others): (Vec<_>, Vec<_>) =
        found.partition(|(column, rows)| names_rows(sheet, *column, rows));
    let Some((column, summary)) = fitting.into_iter().rev().max_by_key(|(_, rows)| rows.len()) else {
        let first = others.first().and_then(|(column, rows)| Some((*column, *rows.first()?)));
        let doubtful =
            first.map(|(column, row)| (sheet.name(column).to_owned(), sheet.cell(row, column).to_owned()));
        return Roles { doubtful, ..Roles::default() };
    };
    let mut words: Vec<Word> = Vec::new();
    for &row in &summary {
        let written = sheet.cell(row, column);
        match words.iter_mut().find(|it| it.written == written) {
            Some(known) => known.count += 1,
            None => words.push(Word {
                written: written.to_owned(),
                statistic: word(written).unwrap_or_default(),
                count: 1,
            }),
        }
    }
    Roles { column: Some(column), words, summary, doubtful: None }
}

/// Whether a column names rows: at most half of them sum up, and the others have names of their own.
fn names_rows(sheet: &Sheet, column: usize, summary: &BTreeSet<usize>) -> bool {
    let others: Vec<&str> =
        (0..sheet.rows.len()).filter(|it| !summary.contains(it)).map(|row| sheet.cell(row, column)).collect();
    let distinct: BTreeSet<&str> = others.iter().copied().collect();
    summary.len() <= others.len() && distinct.len() * 2 >= others.len()
}

/// Recognises words for rows that sum up, and which statistic they stand for.
fn word(written: &str) -> Option<Option<&'static str>> {
    const STATISTICS: [(&str, &str); 11] = [
        ("median", "median"),
        ("mittelwert", "mean"),
        ("arithmetisches mittel", "mean"),
        ("durchschnitt", "mean"),
        ("mean", "mean"),
        ("minimum", "minimum"),
        ("minimalwert", "minimum"),
        ("kleinster wert", "minimum"),
        ("maximum", "maximum"),
        ("maximalwert", "maximum"),
        ("größter wert", "maximum"),
    ];
    const WHOLES: [&str; 13] = [
        "insgesamt",
        "gesamt",
        "gesamtsumme",
        "summe",
        "zusammen",
        "deutschland",
        "bundesgebiet",
        "bund",
        "bundesdurchschnitt",
        "landesdurchschnitt",
        "alle",
        "total",
        "germany",
    ];
    // Most cells are numbers, and a name with a number is that of a row.
    if written.is_empty() || written.len() > 80 || written.bytes().any(|it| it.is_ascii_digit()) {
        return None;
    }
    let lower = written.to_lowercase();
    let lower = lower.trim_end_matches(':');
    if let Some((_, statistic)) = STATISTICS.iter().find(|(it, _)| *it == lower) {
        return Some(Some(statistic));
    }
    // With a comma it is the name of something and not of a row's place in the table.
    let sums = (lower.ends_with(" insgesamt") && !lower.contains(','))
        || lower.ends_with(" zusammen")
        || lower.starts_with("summe ");
    (sums || WHOLES.contains(&lower)).then_some(None)
}

impl Roles {
    /// Says which rows sum up.
    pub fn told(&self, sheet: &Sheet) -> Option<Text> {
        let name = sheet.name(self.column?);
        let list = |open: &str, close: &str, or: &str| {
            let words = self.words.iter().map(|it| match it.count {
                1 => format!("{open}{}{close}", it.written),
                count => format!("{open}{}{close} ({count}×)", it.written),
            });
            let words: Vec<String> = words.collect();
            match words.as_slice() {
                [rest @ .., last] if !rest.is_empty() => format!("{} {or} {last}", rest.join(", ")),
                _ => words.concat(),
            }
        };
        Some(text(
            format!("Summenzeilen: In der Spalte „{name}“ steht {}", list("„", "“", "oder")),
            format!("rows that sum up: the column `{name}` has {}", list("`", "`", "or")),
        ))
    }

    /// Asks what the rows are good for.
    pub fn open(&self) -> Vec<Open> {
        let mut open = Vec::new();
        if let Some((column, word)) = &self.doubtful {
            open.push(asked(text(
                format!("In der Spalte „{column}“ steht „{word}“. Summiert diese Zeile andere, gehört sie in „summaryRows“."),
                format!("the column `{column}` has `{word}`; a row that sums up others belongs into `summaryRows`"),
            )));
        }
        let references = self.words.iter().filter(|it| it.statistic.is_none());
        let references: Vec<&str> = references.map(|it| it.written.as_str()).collect();
        if !references.is_empty() {
            let list = |open, close| {
                references.iter().map(|it| format!("{open}{it}{close}")).collect::<Vec<_>>().join(", ")
            };
            open.push(asked(text(
                format!(
                    "In welchen Spalten lässt sich mit {} vergleichen? Eine Summe ist kein Vergleichswert; dort „comparable“: false eintragen.",
                    list('„', '“')
                ),
                format!(
                    "in which columns can one compare with {}? Not with a sum; write `comparable`: false there",
                    list('`', '`')
                ),
            )));
        }
        open
    }
}

/// What tells rows apart.
#[derive(Debug)]
pub struct Keys {
    pub row_header: usize,
    /// Whether each row has a name of its own.
    is_unique: bool,
    /// Columns that are unique over all rows, those that sum up included; the first is the key.
    pub candidates: Vec<usize>,
}

/// Finds the column that names the rows, and the key.
pub fn keys(sheet: &Sheet, roles: &Roles, guesses: &[Guess]) -> Keys {
    let all: Vec<usize> = (0..sheet.rows.len()).collect();
    let items: Vec<usize> = all.iter().copied().filter(|it| !roles.summary.contains(it)).collect();
    let columns = || 0..guesses.len();
    let is_name = |at: usize| matches!(guesses[at].kind, Kind::Text);
    let is_unique = |at: usize| is_unique(sheet, at, &items);
    let row_header = roles
        .column
        .or_else(|| columns().find(|&at| is_name(at) && is_unique(at)))
        .or_else(|| columns().find(|&at| guesses[at].is_key() && is_unique(at)))
        // A name that is not unique is still a name; a number that happens to be is none.
        .or_else(|| columns().find(|&at| is_name(at)))
        .or_else(|| columns().find(|&at| matches!(guesses[at].kind, Kind::Categories(_))))
        .or_else(|| columns().find(|&at| is_unique(at)))
        .unwrap_or_default();
    let rank = |at: &usize| match &guesses[*at].kind {
        Kind::Key { .. } => 0,
        _ if *at == row_header => 1,
        Kind::Number { .. } => 2,
        _ => 3,
    };
    let can_be_key = |at: &usize| guesses[*at].is_key() || is_name(*at) || *at == row_header;
    let mut candidates: Vec<usize> =
        columns().filter(can_be_key).filter(|&at| self::is_unique(sheet, at, &all)).collect();
    candidates.sort_by_key(rank);
    Keys { row_header, is_unique: is_unique(row_header), candidates }
}

/// Whether a column has a value in each of some rows, and each value once.
pub fn is_unique(sheet: &Sheet, column: usize, rows: &[usize]) -> bool {
    let mut seen = HashSet::new();
    let mut values = rows.iter().map(|&row| sheet.cell(row, column));
    !rows.is_empty() && values.all(|it| !it.is_empty() && seen.insert(it))
}

impl Keys {
    /// Says which columns they are.
    pub fn told(&self, sheet: &Sheet) -> Vec<Text> {
        let name = sheet.name(self.row_header);
        let mut told = vec![text(
            format!("Name der Zeile: Spalte „{name}“"),
            format!("name of the row: column `{name}`"),
        )];
        if let [key, others @ ..] = self.candidates.as_slice() {
            let name = sheet.name(*key);
            let named = named(sheet, others);
            let (de, en) = match others {
                [] => (String::new(), String::new()),
                _ => (
                    format!("; ebenso eindeutig: {}", named.in_lang(Lang::De)),
                    format!("; unique as well: {}", named.in_lang(Lang::En)),
                ),
            };
            told.push(text(format!("Schlüssel: Spalte „{name}“{de}"), format!("key: column `{name}`{en}")));
        }
        told
    }

    /// Says what is missing.
    pub fn open(&self) -> Vec<Open> {
        let mut open = Vec::new();
        if !self.is_unique {
            open.push(asked(text(
                "Keine Spalte gibt jeder Zeile einen eigenen Namen. Welche soll in „rowHeader“ stehen?",
                "no column gives each row a name of its own; which one belongs into `rowHeader`?",
            )));
        }
        if self.candidates.is_empty() {
            open.push(asked(text(
                "Keine Spalte ist als Schlüssel eindeutig. Ist es eine Verbindung von Spalten, gehört sie in „primaryKey“.",
                "no column is unique as a key; if several are together, they belong into `primaryKey`",
            )));
        }
        open
    }
}
