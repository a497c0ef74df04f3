//! The frame of a file: delimiter, comments, header, rows.

use std::borrow::Cow;
use std::collections::BTreeMap;

use super::{Open, asked, checked, lines};
use crate::data::csv::{self, Record, Signs, Start};
use crate::data::place::letters;
use crate::diag::{Diagnostic, Lang, Text, text};
use crate::source::{FileId, Span};

/// A file whose header is found.
pub struct Sheet<'a> {
    /// ASCII.
    pub delimiter: u8,
    pub header: Vec<String>,
    /// The row of the header as a spreadsheet counts; none where the columns have no names.
    pub header_row: Option<usize>,
    /// Without lines that are no data.
    pub rows: Vec<Vec<Cow<'a, str>>>,
    /// Lines that begin with `#`.
    pub comments: Vec<usize>,
    /// Rows below the header that are no data, as a spreadsheet counts.
    pub passed_rows: Vec<usize>,
    /// The line of the header, and the lines above it that are passed over.
    header_line: usize,
    above: Vec<usize>,
    numbered: Vec<usize>,
    repeated: Vec<usize>,
    notes: Vec<usize>,
    /// Lines with fewer or more cells than the header.
    ragged: Vec<usize>,
}

/// Opens a file.
///
/// `empty-file`: there is at least one line with cells.
pub fn open(file: FileId, csv: &str) -> Result<Sheet<'_>, Vec<Diagnostic>> {
    let Head { start, hinted, comments } = head(csv);
    let delimiter = hinted.unwrap_or_else(|| delimiter(&csv[start.byte..]));
    let signs = Signs { delimiter, quote: b'"', double_quote: true, escape: None };
    let (records, broken): (Vec<_>, Vec<_>) = csv::records(file, csv, start, signs).partition(Result::is_ok);
    let broken: Vec<Diagnostic> = broken.into_iter().filter_map(Result::err).map(|it| *it).collect();
    if !broken.is_empty() {
        return Err(broken);
    }
    let records: Vec<Record> = records.into_iter().filter_map(Result::ok).collect();
    if records.is_empty() {
        let message = text("Die Datei ist leer.", "the file is empty");
        return Err(vec![Diagnostic::error("empty-file", Span::start_of(file), message)]);
    }
    Ok(sort(records, delimiter, comments))
}

/// What stands before the records.
struct Head {
    start: Start,
    /// The delimiter that a first line such as `sep=;` names.
    hinted: Option<u8>,
    comments: Vec<usize>,
}

fn head(csv: &str) -> Head {
    let mut head = Head { start: Start { byte: 0, line: 1, hidden: 0 }, hinted: None, comments: Vec::new() };
    loop {
        let rest = &csv[head.start.byte..];
        let end = rest.find(['\n', '\r']).unwrap_or(rest.len());
        let (line, start) = (&rest[..end], &mut head.start);
        let is_hint = start.line == 1 && line.len() == 5 && line.to_ascii_lowercase().starts_with("sep=");
        if is_hint {
            head.hinted = line.bytes().next_back().filter(u8::is_ascii);
            start.hidden = 1;
        } else if line.starts_with('#') {
            head.comments.push(start.line);
        } else {
            return head;
        }
        let line_end = if rest[end..].starts_with("\r\n") { 2 } else { usize::from(end < rest.len()) };
        start.byte += end + line_end;
        start.line += 1;
    }
}

const DELIMITERS: [u8; 4] = [b';', b'\t', b'|', b','];

/// Returns the sign that stands equally often in the most lines.
fn delimiter(csv: &str) -> u8 {
    let lines: Vec<&str> = csv.split(['\n', '\r']).filter(|it| !it.trim().is_empty()).take(60).collect();
    let agreeing = |sign: u8| {
        let mut counts: BTreeMap<usize, usize> = BTreeMap::new();
        for line in &lines {
            *counts.entry(count_outside_quotes(line, sign)).or_default() += 1;
        }
        counts.into_iter().filter(|(signs, _)| *signs > 0).map(|(_, lines)| lines).max().unwrap_or(0)
    };
    // The first of equals: a decimal comma is as regular as a semicolon.
    let best = DELIMITERS.into_iter().rev().max_by_key(|&sign| agreeing(sign)).unwrap_or(b',');
    if agreeing(best) == 0 { b',' } else { best }
}

fn count_outside_quotes(line: &str, sign: u8) -> usize {
    let mut is_quoted = false;
    let mut count = 0;
    for byte in line.bytes() {
        is_quoted ^= byte == b'"';
        count += usize::from(byte == sign && !is_quoted);
    }
    count
}

/// Sorts the records into header, rows and what is neither.
fn sort(records: Vec<Record<'_>>, delimiter: u8, comments: Vec<usize>) -> Sheet<'_> {
    let header_at = header(&records);
    let mut sheet = Sheet {
        delimiter,
        header: Vec::new(),
        header_row: None,
        rows: Vec::new(),
        comments,
        passed_rows: Vec::new(),
        header_line: 0,
        above: Vec::new(),
        numbered: Vec::new(),
        repeated: Vec::new(),
        notes: Vec::new(),
        ragged: Vec::new(),
    };
    let names =
        |record: &Record| record.cells[..width(record)].iter().map(|it| it.text.trim().to_owned()).collect();
    sheet.header = match header_at {
        Some(at) => names(&records[at]),
        None => (1..=records.iter().map(width).max().unwrap_or(1)).map(|it| format!("spalte_{it}")).collect(),
    };
    let last_row = records.iter().rposition(|it| filled(it) > 1).unwrap_or(records.len());
    for (at, record) in records.into_iter().enumerate() {
        if record.cells[0].text.starts_with('#') && filled(&record) == 1 {
            sheet.comments.push(record.line);
        } else if counts_columns(&record) {
            sheet.numbered.push(record.line);
            if sheet.header_row.is_some() {
                sheet.passed_rows.push(record.row);
            }
        } else if header_at.is_some_and(|header| at < header) {
            sheet.above.push(record.line);
        } else if header_at == Some(at) {
            (sheet.header_row, sheet.header_line) = (Some(record.row), record.line);
        } else if repeats(&record, &sheet.header) {
            sheet.repeated.push(record.line);
        } else if at > last_row && sheet.header.len() > 2 {
            sheet.notes.push(record.line);
            sheet.passed_rows.push(record.row);
        } else {
            if record.cells.len() < sheet.header.len() || width(&record) > sheet.header.len() {
                sheet.ragged.push(record.line);
            }
            sheet.rows.push(record.cells.into_iter().map(|it| it.text).collect());
        }
    }
    sheet
}

/// Returns the first record that could name the columns: nearly as many texts as rows have cells.
fn header(records: &[Record]) -> Option<usize> {
    let usual = usual_width(records);
    let is_header = |record: &Record| {
        let texts = record.cells.iter().filter(|it| is_name(it.text.trim())).count();
        texts * 4 >= usual * 3 && texts * 4 >= filled(record) * 3
    };
    records.iter().take(50).position(|it| is_header(it) && !counts_columns(it))
}

/// How many cells most of the first rows have.
fn usual_width(records: &[Record]) -> usize {
    let mut counts: BTreeMap<usize, usize> = BTreeMap::new();
    for record in records.iter().take(200) {
        *counts.entry(width(record)).or_default() += 1;
    }
    counts.into_iter().max_by_key(|&(width, count)| (count, width)).map_or(1, |(width, _)| width)
}

/// A name is a text, or a year over a column.
fn is_name(text: &str) -> bool {
    let is_year = text.len() == 4 && (text.starts_with("19") || text.starts_with("20"));
    text.chars().any(char::is_alphabetic) || (is_year && text.bytes().all(|it| it.is_ascii_digit()))
}

/// Whether a record only numbers the columns; a word may stand before.
fn counts_columns(record: &Record) -> bool {
    let filled = record.cells.iter().map(|it| it.text.trim()).filter(|it| !it.is_empty());
    let numbers: Vec<&str> = filled.skip_while(|it| it.parse::<usize>().is_err()).collect();
    numbers.len() >= 3 && numbers.iter().enumerate().all(|(at, it)| it.parse() == Ok(at + 1))
}

fn repeats(record: &Record, header: &[String]) -> bool {
    width(record) == header.len()
        && record.cells.iter().zip(header).all(|(cell, name)| cell.text.trim() == name)
}

fn filled(record: &Record) -> usize {
    record.cells.iter().filter(|it| !it.text.trim().is_empty()).count()
}

/// The number of cells up to the last that is filled.
fn width(record: &Record) -> usize {
    record.cells.iter().rposition(|it| !it.text.trim().is_empty()).map_or(0, |at| at + 1)
}

impl Sheet<'_> {
    /// Returns the name of a column.
    pub fn name(&self, column: usize) -> &str {
        &self.header[column]
    }

    /// Returns a cell without the spaces around it; empty where the row is too short.
    pub fn cell(&self, row: usize, column: usize) -> &str {
        self.rows[row].get(column).map_or("", |it| it.trim())
    }

    /// Says what stands around the rows.
    pub fn told(&self) -> Vec<Text> {
        let say = |numbers: &[usize], de: &str, en: &str| {
            let found = lines(numbers);
            (!numbers.is_empty()).then(|| {
                text(format!("{} {de}", found.in_lang(Lang::De)), format!("{} {en}", found.in_lang(Lang::En)))
            })
        };
        let verb = |numbers: &[usize], one: &'static str, many: &'static str| {
            if numbers.len() == 1 { one } else { many }
        };
        let header = match self.header_row {
            Some(_) if self.header_line > 1 => vec![self.header_line],
            _ => Vec::new(),
        };
        [
            say(
                &self.comments,
                verb(&self.comments, "ist ein Kommentar (#)", "sind Kommentare (#)"),
                verb(&self.comments, "is a comment (#)", "are comments (#)"),
            ),
            say(
                &self.above,
                verb(
                    &self.above,
                    "steht über der Kopfzeile und wird nicht gelesen",
                    "stehen über der Kopfzeile und werden nicht gelesen",
                ),
                verb(
                    &self.above,
                    "is above the header and is not read",
                    "are above the header and are not read",
                ),
            ),
            say(&self.numbered, "nummeriert nur die Spalten", "only numbers the columns"),
            say(&header, "ist die Kopfzeile", "is the header"),
            say(
                &self.repeated,
                verb(&self.repeated, "wiederholt die Kopfzeile", "wiederholen die Kopfzeile"),
                verb(&self.repeated, "repeats the header", "repeat the header"),
            ),
            say(
                &self.notes,
                verb(
                    &self.notes,
                    "ist eine Anmerkung unter den Daten und wird nicht gelesen",
                    "sind Anmerkungen unter den Daten und werden nicht gelesen",
                ),
                verb(
                    &self.notes,
                    "is a note below the data and is not read",
                    "are notes below the data and are not read",
                ),
            ),
        ]
        .into_iter()
        .flatten()
        .collect()
    }

    /// Says what has to be put right in the file itself.
    pub fn open(&self) -> Vec<Open> {
        let mut open = Vec::new();
        if self.header_row.is_none() {
            open.push(asked(text(
                "Eine Kopfzeile war nicht zu finden. Geben Sie den Spalten in „fields“ ihre Namen.",
                "no header was found; give the columns in `fields` their names",
            )));
        }
        for (at, name) in self.header.iter().enumerate() {
            let letters = letters(at);
            if name.is_empty() {
                open.push(checked(text(
                    format!("Spalte {letters} hat keinen Namen; geben Sie ihr in der Datei einen."),
                    format!("column {letters} has no name; give it one in the file"),
                )));
            } else if self.header[..at].contains(name) {
                open.push(checked(text(
                    format!("„{name}“ steht zweimal in der Kopfzeile (noch einmal in Spalte {letters}); benennen Sie eine Spalte in der Datei um."),
                    format!("`{name}` stands twice in the header (again in column {letters}); rename one column in the file"),
                )));
            }
        }
        if !self.ragged.is_empty() {
            let found = lines(&self.ragged);
            open.push(checked(text(
                format!("{}: Die Zahl der Zellen ist nicht die der Kopfzeile.", found.in_lang(Lang::De)),
                format!("{}: not as many cells as the header has", found.in_lang(Lang::En)),
            )));
        }
        open
    }
}
