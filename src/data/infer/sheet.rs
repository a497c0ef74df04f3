//! The frame of a file: delimiter, comments, header, rows.

use std::borrow::Cow;
use std::collections::BTreeMap;

use super::{Open, asked, checked, header, lines};
use crate::data::csv::{self, Record, Signs, Start};
use crate::data::place::letters;
use crate::diag::{Diagnostic, Lang, Text, text};
use crate::source::{FileId, Span};

/// A file whose header is found.
pub struct Sheet<'a> {
    /// ASCII.
    pub delimiter: u8,
    /// The names of the columns, each once.
    pub header: Vec<String>,
    /// The rows of the header as a spreadsheet counts; empty where the columns have no names.
    pub header_rows: Vec<usize>,
    /// The columns are told by their order: the header alone does not give each its name.
    pub is_by_order: bool,
    /// Without lines that are no data.
    pub rows: Vec<Vec<Cow<'a, str>>>,
    /// Lines that begin with `#`.
    pub comments: Vec<usize>,
    /// Rows that are no data, as a spreadsheet counts; without the header and what is above
    /// it where the columns are told by their names.
    pub passed_rows: Vec<usize>,
    /// The lines of the header, and the lines above it that are passed over.
    header_lines: Vec<usize>,
    above: Vec<usize>,
    /// The names as they stand in the header.
    written: Vec<String>,
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
    let head = header::find(&records);
    let header_records = &records[head.clone()];
    let columns = records.iter().map(width).max().unwrap_or(1);
    let mut written = header::names(header_records);
    // Cells of the header that are empty at its end belong to columns if rows fill them.
    let room = header_records.iter().map(|it| it.cells.len()).max().unwrap_or(0);
    let used = records.iter().map(width).filter(|it| *it <= room).max().unwrap_or(0);
    written.resize(written.len().max(used), String::new());
    let header = if head.is_empty() { vec![String::new(); columns] } else { written.clone() };
    let header = header::each_once(header);
    let is_by_order = head.is_empty() || header != header::as_read(header_records);
    let mut sheet = Sheet {
        delimiter,
        header,
        header_rows: header_records.iter().map(|it| it.row).collect(),
        is_by_order,
        rows: Vec::new(),
        comments,
        passed_rows: Vec::new(),
        header_lines: header_records.iter().map(|it| it.line).collect(),
        above: Vec::new(),
        written,
        numbered: Vec::new(),
        repeated: Vec::new(),
        notes: Vec::new(),
        ragged: Vec::new(),
    };
    let of_header: Vec<Vec<String>> = header_records.iter().map(texts).collect();
    let last_row = records.iter().rposition(|it| filled(it) > 1).unwrap_or(records.len());
    // Rows follow a header, the first or one that is repeated.
    let mut has_rows = false;
    let mut records = records.into_iter().enumerate().peekable();
    while let Some((at, record)) = records.next() {
        let is_above = at < head.end;
        let is_repeated = !is_above && of_header.iter().any(|it| repeats(&record, it));
        if record.cells[0].text.starts_with('#') && filled(&record) == 1 {
            sheet.comments.push(record.line);
            continue;
        }
        let passed = if head.contains(&at) {
            None
        } else if header::counts_columns(&record)
            && !header::is_counted_row(records.peek().map(|it| &it.1), has_rows)
        {
            Some(&mut sheet.numbered)
        } else if is_above {
            Some(&mut sheet.above)
        } else if is_repeated {
            Some(&mut sheet.repeated)
        } else if at > last_row && sheet.header.len() > 2 {
            Some(&mut sheet.notes)
        } else {
            if record.cells.len() < sheet.header.len() || width(&record) > sheet.header.len() {
                sheet.ragged.push(record.line);
            }
            has_rows = true;
            sheet.rows.push(record.cells.into_iter().map(|it| it.text).collect());
            continue;
        };
        has_rows &= !is_repeated;
        if let Some(lines) = passed {
            lines.push(record.line);
        }
        // Told by their names, the reader finds a header and the repetitions of one row by itself.
        let is_found = is_above || (is_repeated && of_header.len() == 1);
        if sheet.is_by_order || !is_found {
            sheet.passed_rows.push(record.row);
        }
    }
    sheet
}

/// The cells of a record without the spaces around them, up to the last that is filled.
fn texts(record: &Record) -> Vec<String> {
    record.cells[..width(record)].iter().map(|it| it.text.trim().to_owned()).collect()
}

fn repeats(record: &Record, header: &[String]) -> bool {
    width(record) == header.len()
        && record.cells.iter().zip(header).all(|(cell, name)| cell.text.trim() == name)
}

/// The number of cells that are filled.
pub fn filled(record: &Record) -> usize {
    record.cells.iter().filter(|it| !it.text.trim().is_empty()).count()
}

/// The number of cells up to the last that is filled.
pub fn width(record: &Record) -> usize {
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
        let header = match self.header_lines.as_slice() {
            [] | [1] => &[][..],
            lines => lines,
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
            say(
                header,
                verb(header, "ist die Kopfzeile", "sind die Kopfzeilen, zusammen ein Name je Spalte"),
                verb(header, "is the header", "are the header, together one name for each column"),
            ),
            (self.is_by_order && !self.header_rows.is_empty()).then(|| {
                text(
                    "der Kopf der Tabelle gibt nicht jeder Spalte einen eigenen Namen; gelesen wird nach der Reihenfolge der Spalten, ihre Namen stehen in „fields“",
                    "the header does not give each column a name of its own; columns are told by their order, and named in `fields`",
                )
            }),
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
        if self.header_rows.is_empty() {
            open.push(asked(text(
                "Eine Kopfzeile war nicht zu finden. Geben Sie den Spalten in „fields“ ihre Namen.",
                "no header was found; give the columns in `fields` their names",
            )));
        }
        for (at, (name, own)) in
            self.written.iter().zip(&self.header).enumerate().filter(|(_, it)| it.0 != it.1)
        {
            let letters = letters(at);
            open.push(asked(match name.as_str() {
                "" => text(
                    format!("Spalte {letters} hat keinen Namen und heißt hier „{own}“. Geben Sie ihr in „fields“ einen."),
                    format!("column {letters} has no name and is called `{own}` here; give it one in `fields`"),
                ),
                name => text(
                    format!("„{name}“ steht mehrmals in der Kopfzeile; die Spalte {letters} heißt hier „{own}“. Geben Sie ihr in „fields“ einen eigenen Namen."),
                    format!("`{name}` stands several times in the header; column {letters} is called `{own}` here; give it a name of its own in `fields`"),
                ),
            }));
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
