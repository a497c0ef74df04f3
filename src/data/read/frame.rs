//! What stands around the rows of a file: hints, comments, titles, the header, notes.
//!
//! Offices put titles above the header, a line of column numbers beside it, and
//! sources below the rows. None of them is a row; what is passed over without the
//! descriptor saying so is reported.

use crate::data::csv::{self, RawCell, Record, Records, Signs, Start};
use crate::data::descriptor::Resource;
use crate::data::descriptor::dialect::Dialect;
use crate::diag::{Diagnostic, Diagnostics, text};
use crate::source::{FileId, Span};

/// A file whose header is found; its records are the rows.
pub struct Frame<'a> {
    pub header: Header<'a>,
    /// ASCII.
    pub delimiter: u8,
    dialect: &'a Dialect,
    /// Records that were read while the header was looked for.
    waiting: std::collections::VecDeque<Fallible<'a>>,
    records: Records<'a>,
    /// Records that are notes unless another row follows.
    notes: Vec<Record<'a>>,
    /// Rows to give before reading on.
    passed: std::collections::VecDeque<Record<'a>>,
    skipped: Vec<Line>,
    repeated: Vec<Line>,
    /// A row has followed the header, the first or the one that was repeated last.
    has_rows: bool,
}

type Fallible<'a> = Result<Record<'a>, Box<Diagnostic>>;

/// The names of the columns.
pub enum Header<'a> {
    Named {
        cells: Vec<RawCell<'a>>,
    },
    /// The file has rows only; its columns are those of the descriptor, in their order.
    None,
}

/// A line that is no row.
struct Line {
    line: usize,
    span: Span,
}

/// So many records are searched for the header.
const HEAD_RECORDS: usize = 50;

impl<'a> Frame<'a> {
    /// Finds the header; gives none where a file is empty or its header cannot be read.
    pub fn open(
        file: FileId,
        csv: &'a str,
        resource: &'a Resource,
        diags: &mut Diagnostics,
    ) -> Option<Frame<'a>> {
        let dialect = &resource.dialect;
        let mut skipped = Vec::new();
        let (start, hinted) = head(file, csv, dialect, &mut skipped);
        let signs = Signs {
            delimiter: dialect.delimiter.or(hinted).unwrap_or(b','),
            quote: dialect.quote,
            double_quote: dialect.double_quote,
            escape: dialect.escape,
        };
        let records = csv::records(file, csv, start, signs);
        let mut frame = Frame {
            header: Header::None,
            delimiter: signs.delimiter,
            dialect,
            waiting: Default::default(),
            records,
            notes: Vec::new(),
            passed: Default::default(),
            skipped,
            repeated: Vec::new(),
            has_rows: false,
        };
        match &dialect.header_rows {
            Some(rows) if rows.is_empty() => {}
            Some(rows) => frame.take_header_rows(rows, file, diags)?,
            None => frame.find_header(resource, file, diags)?,
        }
        Some(frame)
    }

    /// Takes the header from the rows that the descriptor names; what is above is passed over.
    fn take_header_rows(&mut self, rows: &[usize], file: FileId, diags: &mut Diagnostics) -> Option<()> {
        let last = *rows.iter().max()?;
        let mut named: Vec<Record> = Vec::new();
        for record in self.records.by_ref() {
            match record {
                Ok(record) if record.row > last => {
                    self.waiting.push_back(Ok(record));
                    break;
                }
                Ok(record) if rows.contains(&record.row) => named.push(record),
                Ok(_) => {}
                Err(finding) => {
                    diags.push(*finding);
                    return None;
                }
            }
        }
        let mut named = named.into_iter();
        let Some(mut header) = named.next() else {
            diags.push(empty_file(file));
            return None;
        };
        for next in named {
            join_names(&mut header.cells, next.cells, &self.dialect.header_join);
        }
        self.header = Header::Named { cells: header.cells };
        Some(())
    }

    /// Finds the first record that names columns of the descriptor.
    fn find_header(&mut self, resource: &Resource, file: FileId, diags: &mut Diagnostics) -> Option<()> {
        let mut head: Vec<Fallible> = self.records.by_ref().take(HEAD_RECORDS).collect();
        let Some(header) = header_place(&head, resource) else {
            match head.into_iter().next() {
                Some(Err(finding)) => diags.push(*finding),
                _ => diags.push(empty_file(file)),
            }
            return None;
        };
        self.waiting = head.split_off(header + 1).into();
        let found = head.pop()?;
        for above in head {
            match above {
                Ok(record) if self.is_comment(&record) => {}
                Ok(record) => self.skipped.push(Line::of(&record)),
                Err(finding) => diags.push(*finding),
            }
        }
        let Ok(found) = found else { unreachable!("header_place() takes records that were read") };
        self.header = Header::Named { cells: found.cells };
        Some(())
    }

    /// Returns the next row.
    pub fn next(&mut self, diags: &mut Diagnostics) -> Option<Record<'a>> {
        loop {
            if let Some(record) = self.passed.pop_front() {
                return Some(record);
            }
            let record = match self.waiting.pop_front().or_else(|| self.records.next())? {
                Ok(record) => record,
                Err(finding) => {
                    diags.push(*finding);
                    continue;
                }
            };
            if self.is_comment(&record) {
                continue;
            } else if self.repeats_header(&record) {
                self.repeated.push(Line::of(&record));
                self.has_rows = false;
            } else if !self.has_rows && self.counts_columns(&record) && !self.next_counts_on() {
                self.skipped.push(Line::of(&record));
            } else if self.may_be_note(&record) {
                self.notes.push(record);
            } else if self.notes.is_empty() {
                self.has_rows = true;
                return Some(record);
            } else {
                // Rows follow: what looked like notes is for the reader of rows to judge.
                self.passed.extend(self.notes.drain(..));
                self.passed.push_back(record);
            }
        }
    }

    /// Reports what was passed over.
    pub fn finish(self, diags: &mut Diagnostics) {
        let mut skipped = self.skipped;
        skipped.extend(self.notes.iter().map(Line::of));
        if let Some(first) = skipped.first() {
            let is_above = self.notes.is_empty();
            diags.push(skipped_lines(first.span, &skipped, is_above));
        }
        if let Some(first) = self.repeated.first() {
            diags.push(repeated_header(first.span, &self.repeated));
        }
    }

    fn is_comment(&self, record: &Record) -> bool {
        let first = &record.cells[0].text;
        self.dialect.comment_rows.contains(&record.row)
            || self.dialect.comment.as_ref().is_some_and(|sign| first.starts_with(sign.as_str()))
    }

    fn repeats_header(&self, record: &Record) -> bool {
        let Header::Named { cells } = &self.header else { return false };
        let same = |(a, b): (&RawCell, &RawCell)| same_text(&a.text, &b.text);
        record.cells.len() == cells.len() && record.cells.iter().zip(cells).all(same)
    }

    /// Whether a record only numbers the columns: 1, 2, 3, ….
    fn counts_columns(&self, record: &Record) -> bool {
        let filled = record.cells.iter().map(|it| it.text.trim()).filter(|it| !it.is_empty());
        let mut count = 0;
        for (at, cell) in filled.enumerate() {
            if cell.parse() != Ok(at + 1) {
                return false;
            }
            count = at + 1;
        }
        count >= 3 && count * 2 > record.cells.len()
    }

    /// Whether the next record begins with 2: then the one before is the first of numbered rows.
    fn next_counts_on(&mut self) -> bool {
        if self.waiting.is_empty() {
            self.waiting.extend(self.records.next());
        }
        let next = self.waiting.front().and_then(|it| it.as_ref().ok());
        next.is_some_and(|it| it.cells[0].text.trim() == "2")
    }

    /// Whether a record has a remark in its first cell and nothing else.
    fn may_be_note(&self, record: &Record) -> bool {
        let Header::Named { cells } = &self.header else { return false };
        let is_empty = |cell: &RawCell| cell.text.trim().is_empty();
        cells.len() > 2 && is_remark(&record.cells[0].text) && record.cells[1..].iter().all(is_empty)
    }
}

/// How sources, dates and explanations below a table begin.
const REMARKS: [&str; 17] = [
    "quelle",
    "datenquelle",
    "stand",
    "datenstand",
    "hinweis",
    "anmerkung",
    "fußnote",
    "legende",
    "zeichenerklärung",
    "erläuterung",
    "berechnung",
    "erstellt",
    "abruf",
    "©",
    "(c)",
    "source",
    "note",
];

/// A text longer than this is no name of a row.
const LONGEST_NAME: usize = 120;

fn is_remark(text: &str) -> bool {
    let text = text.trim().trim_start_matches(['*', '#', ' ']).to_lowercase();
    let is_numbered = text.starts_with(|it: char| "¹²³⁴⁵⁶⁷⁸⁹".contains(it))
        || (text.starts_with(|it: char| it.is_ascii_digit()) && text[1..].starts_with(')'));
    is_numbered || text.chars().count() > LONGEST_NAME || REMARKS.iter().any(|it| text.starts_with(it))
}

impl Line {
    fn of(record: &Record) -> Line {
        let end = record.cells[record.cells.len() - 1].span.end;
        Line { line: record.line, span: Span { end, ..record.cells[0].span } }
    }
}

/// Skips the hint for spreadsheets and comments at the beginning of a file.
///
/// Returns where records begin, and the delimiter that the hint `sep=;` names.
fn head(file: FileId, csv: &str, dialect: &Dialect, skipped: &mut Vec<Line>) -> (Start, Option<u8>) {
    let mut start = Start { byte: 0, line: 1, hidden: 0 };
    let mut hinted = None;
    while let Some((line, end)) = line_at(csv, start.byte) {
        let sign = dialect.comment.as_deref().unwrap_or("#");
        if start.line == 1 && line.len() <= 5 && line.to_ascii_lowercase().starts_with("sep=") {
            hinted = line.as_bytes().get(4).copied().filter(u8::is_ascii);
            start.hidden = 1;
        } else if line.starts_with(sign) {
            if dialect.comment.is_none() && dialect.header_rows.is_none() {
                skipped.push(Line {
                    line: start.line,
                    span: Span::new(file, start.byte..start.byte + line.len()),
                });
            }
        } else {
            break;
        }
        start = Start { byte: end, line: start.line + 1, ..start };
    }
    (start, hinted)
}

/// Returns a line without its end, and where the next one begins.
fn line_at(csv: &str, start: usize) -> Option<(&str, usize)> {
    let rest = csv.get(start..).filter(|it| !it.is_empty())?;
    let end = rest.find(['\n', '\r']).unwrap_or(rest.len());
    let line_end = if rest[end..].starts_with("\r\n") { 2 } else { usize::from(end < rest.len()) };
    Some((&rest[..end], start + end + line_end))
}

/// Returns which of the first records is the header: the first that has the name of the
/// row's column, else the first that has half of the names, else the first of all.
fn header_place(head: &[Fallible], resource: &Resource) -> Option<usize> {
    let names = |record: &Fallible, wanted: &dyn Fn(&str) -> usize| match record {
        Ok(record) => record.cells.iter().map(|cell| wanted(&cell.text)).sum::<usize>(),
        Err(_) => 0,
    };
    let row_name = &resource.columns[resource.row_header].name.value;
    let has_row_name = |cell: &str| usize::from(same_text(cell, row_name));
    let is_known =
        |cell: &str| usize::from(resource.columns.iter().any(|it| same_text(cell, &it.name.value)));
    head.iter()
        .position(|it| names(it, &has_row_name) > 0)
        .or_else(|| head.iter().position(|it| names(it, &is_known) * 2 >= resource.columns.len()))
        .or_else(|| head.first().and_then(|it| it.as_ref().ok()).map(|_| 0))
}

/// Whether two names are the same, however they are broken into lines.
pub fn same_text(a: &str, b: &str) -> bool {
    a == b || a.split_whitespace().eq(b.split_whitespace())
}

fn join_names<'a>(first: &mut Vec<RawCell<'a>>, next: Vec<RawCell<'a>>, joint: &str) {
    for (at, cell) in next.into_iter().enumerate() {
        match first.get_mut(at) {
            Some(above) if above.text.trim().is_empty() => *above = cell,
            Some(_) if cell.text.trim().is_empty() => {}
            Some(above) => above.text = format!("{}{joint}{}", above.text.trim(), cell.text.trim()).into(),
            None => first.push(cell),
        }
    }
}

/// `empty-file`: a CSV file has a header.
fn empty_file(file: FileId) -> Diagnostic {
    let message = text(
        "Die Datei ist leer; in der ersten Zeile stehen die Namen der Spalten.",
        "the file is empty; its first line names the columns",
    );
    Diagnostic::error("empty-file", Span::start_of(file), message)
}

/// `skipped-lines`: a line that is no row is one that the descriptor knows of.
fn skipped_lines(span: Span, lines: &[Line], is_above: bool) -> Diagnostic {
    let (list_de, list_en) = (lines_text(lines, "Zeile", "Zeilen"), lines_text(lines, "line", "lines"));
    let message = text(
        format!("Titel, Nummern oder Anmerkungen und keine Daten: {list_de} wurde nicht gelesen."),
        format!("titles, numbers or notes and no data: {list_en} was not read"),
    );
    let message = match lines {
        [_] => message,
        _ => text(
            format!("Titel, Nummern oder Anmerkungen und keine Daten: {list_de} wurden nicht gelesen."),
            format!("titles, numbers or notes and no data: {list_en} were not read"),
        ),
    };
    let finding = Diagnostic::warning("skipped-lines", span, message);
    match is_above {
        false => finding,
        true => finding.help(text(
            "In der Beschreibung der Datei sagen: \"dialect\": {\"headerRows\": […]} oder {\"commentRows\": […]}",
            "say so in the descriptor: \"dialect\": {\"headerRows\": […]} or {\"commentRows\": […]}",
        )),
    }
}

/// `repeated-header`: the header stands once.
fn repeated_header(span: Span, lines: &[Line]) -> Diagnostic {
    let (list_de, list_en) = (lines_text(lines, "Zeile", "Zeilen"), lines_text(lines, "line", "lines"));
    let message = text(
        format!("Die Kopfzeile steht noch einmal in {list_de}; sie wurde übergangen."),
        format!("the header stands again in {list_en}; it was passed over"),
    );
    Diagnostic::notice("repeated-header", span, message)
}

fn lines_text(lines: &[Line], one: &str, many: &str) -> String {
    let numbers: Vec<String> = lines.iter().take(12).map(|it| it.line.to_string()).collect();
    let more = if lines.len() > 12 { ", …" } else { "" };
    format!("{} {}{more}", if lines.len() == 1 { one } else { many }, numbers.join(", "))
}
