//! Strict CSV: records, and the exact place of every cell.
//!
//! The package `csv` splits the text. It accepts everything, drops quotation
//! marks and miscounts lines, so what it gives is laid beside the text again:
//! each field has to stand there exactly as RFC 4180 writes it. That gives the
//! byte range of each cell and finds what the package passes over.

use std::borrow::Cow;

use crate::diag::{Diagnostic, Text, text};
use crate::limits;
use crate::source::{FileId, Span, count_line_ends};

/// One record that has at least one filled cell.
#[derive(Debug)]
pub struct Record<'a> {
    /// The line of the file it begins in, from 1.
    pub line: usize,
    /// The row a spreadsheet shows it in, from 1; a line break in a cell begins no row.
    pub row: usize,
    pub cells: Vec<RawCell<'a>>,
}

/// A cell as text.
#[derive(Debug)]
pub struct RawCell<'a> {
    /// With its quotation marks.
    pub span: Span,
    /// Without them.
    pub text: Cow<'a, str>,
}

/// Splits a file into records; those without a filled cell are left out.
///
/// Ends of lines are `\n`, `\r\n` and `\r`. A record that breaks the rules of
/// RFC 4180 (`csv-syntax`) is a finding, and the next one follows.
pub fn records(file: FileId, text: &str, start: Start, signs: Signs) -> Records<'_> {
    let reader = csv::ReaderBuilder::new()
        .has_headers(false)
        .flexible(true)
        .delimiter(signs.delimiter)
        .quote(signs.quote)
        .double_quote(signs.double_quote)
        .escape(signs.escape)
        .from_reader(&text.as_bytes()[start.byte..]);
    Records {
        file,
        text,
        signs,
        reader,
        split: csv::ByteRecord::new(),
        start: start.byte,
        counted: start.byte,
        line: start.line,
        breaks: start.hidden,
    }
}

/// Where the records of a file begin.
#[derive(Clone, Copy, Debug)]
pub struct Start {
    pub byte: usize,
    /// The line that begins there, from 1.
    pub line: usize,
    /// How many of the lines before are not shown by spreadsheets.
    pub hidden: usize,
}

/// The signs that separate and enclose cells, all ASCII.
#[derive(Clone, Copy, Debug)]
pub struct Signs {
    pub delimiter: u8,
    pub quote: u8,
    /// Two quotation marks in a quoted cell stand for one.
    pub double_quote: bool,
    /// The sign before a quotation mark that belongs to a quoted cell.
    pub escape: Option<u8>,
}

fn is_filled(record: &Record) -> bool {
    record.cells.iter().any(|cell| !cell.text.trim().is_empty())
}

/// The records of a file, one after the other.
pub struct Records<'a> {
    file: FileId,
    text: &'a str,
    signs: Signs,
    reader: csv::Reader<&'a [u8]>,
    split: csv::ByteRecord,
    /// Where the reader began.
    start: usize,
    /// Up to here line ends are counted.
    counted: usize,
    /// The line that begins there.
    line: usize,
    /// Lines so far that begin no row of a spreadsheet.
    breaks: usize,
}

impl<'a> Iterator for Records<'a> {
    type Item = Result<Record<'a>, Box<Diagnostic>>;

    fn next(&mut self) -> Option<Self::Item> {
        loop {
            let record = self.record()?;
            if record.as_ref().map_or(true, is_filled) {
                return Some(record);
            }
        }
    }
}

impl<'a> Records<'a> {
    fn record(&mut self) -> Option<Result<Record<'a>, Box<Diagnostic>>> {
        let more = self.reader.read_byte_record(&mut self.split).expect("reading from memory does not fail");
        if !more {
            return None;
        }
        let start = record_start(self.text, self.start, self.split.position());
        self.line += count_line_ends(&self.text[self.counted..start]);
        self.counted = start;
        let row = self.line - self.breaks;
        Some(self.cells(start).map(|cells| {
            self.breaks += cells.iter().map(|cell| breaks_inside(cell, self.text)).sum::<usize>();
            Record { line: self.line, row, cells }
        }))
    }

    /// Finds the fields that were split in the text again.
    fn cells(&self, start: usize) -> Result<Vec<RawCell<'a>>, Box<Diagnostic>> {
        if self.split.len() > limits::CSV_COLUMNS {
            return Err(self.too_many_columns(start));
        }
        let mut cells: Vec<RawCell> = Vec::with_capacity(self.split.len());
        for field in &self.split {
            let at = cells.last().map_or(start, |it| it.span.end as usize + 1);
            let cell = match self.text.as_bytes().get(at) {
                Some(&byte) if byte == self.signs.quote => self.quoted(at, field)?,
                _ => self.unquoted(at, field)?,
            };
            if field.len() > limits::CSV_CELL_BYTES {
                return Err(self.too_long(at));
            }
            cells.push(cell);
        }
        Ok(cells)
    }

    fn unquoted(&self, at: usize, field: &[u8]) -> Result<RawCell<'a>, Box<Diagnostic>> {
        let range = at..at + field.len();
        let text = self.text.get(range.clone()).expect("the package gives unquoted fields as they stand");
        match text.find(char::from(self.signs.quote)) {
            Some(quote) => Err(self.quote_inside(at + quote)),
            None => Ok(RawCell { span: Span::new(self.file, range), text: Cow::Borrowed(text) }),
        }
    }

    fn quoted(&self, at: usize, field: &[u8]) -> Result<RawCell<'a>, Box<Diagnostic>> {
        let Some(close) = closing_quote(self.text, at, self.signs) else {
            return Err(self.unclosed(at));
        };
        let end = close + 1;
        match self.text.as_bytes().get(end) {
            Some(&next) if next != self.signs.delimiter && next != b'\n' && next != b'\r' => {
                return Err(self.after_quote(at, end));
            }
            _ => {}
        }
        let inner = &self.text[at + 1..close];
        let text = if inner.len() == field.len() {
            Cow::Borrowed(inner)
        } else {
            Cow::Owned(String::from_utf8_lossy(field).into_owned())
        };
        Ok(RawCell { span: Span::new(self.file, at..end), text })
    }

    /// `csv-syntax`: a cell that begins with a quotation mark ends with one.
    fn unclosed(&self, at: usize) -> Box<Diagnostic> {
        let message = text(
            "Dieses Anführungszeichen wird bis zum Ende der Datei nicht geschlossen.",
            "this quotation mark is not closed before the end of the file",
        );
        self.syntax(at..at + 1, message)
            .help(text(
                "Am Ende der Zelle fehlt das zweite gerade Anführungszeichen.",
                "the second straight quotation mark is missing at the end of the cell",
            ))
            .into()
    }

    /// `csv-syntax`: after the closing quotation mark the next cell begins.
    fn after_quote(&self, at: usize, end: usize) -> Box<Diagnostic> {
        let next = self.text[end..].chars().next().map_or(0, char::len_utf8);
        if count_line_ends(&self.text[at..end]) == 0 {
            let message = text(
                "Nach dem schließenden Anführungszeichen geht die Zelle weiter.",
                "the cell goes on after its closing quotation mark",
            );
            return self.syntax(end..end + next, message).help(double_it()).into();
        }
        // The slip is where the cell began: its end was taken from a cell further down.
        let message = text(
            "Dieses Anführungszeichen wird nicht geschlossen; das nächste gehört schon zu einer anderen Zelle.",
            "this quotation mark is not closed; the next one belongs to another cell",
        );
        let next_quote = Span::new(self.file, end - 1..end);
        self.syntax(at..at + 1, message).also(next_quote, text("das nächste", "the next one")).into()
    }

    /// `csv-syntax`: a quotation mark inside a cell is doubled, and the cell quoted.
    fn quote_inside(&self, at: usize) -> Box<Diagnostic> {
        let message = text(
            "Ein gerades Anführungszeichen steht mitten in der Zelle.",
            "there is a straight quotation mark inside the cell",
        );
        self.syntax(at..at + 1, message).help(double_it()).into()
    }

    fn too_many_columns(&self, start: usize) -> Box<Diagnostic> {
        let limit = limits::CSV_COLUMNS;
        let message = text(
            format!("Die Zeile hat mehr als {limit} Zellen."),
            format!("more than {limit} cells in a row"),
        );
        Diagnostic::error("limit", Span::new(self.file, start..start), message).into()
    }

    fn too_long(&self, at: usize) -> Box<Diagnostic> {
        let limit = limits::CSV_CELL_BYTES;
        let message = text(
            format!("Die Zelle ist länger als {limit} Bytes."),
            format!("the cell has more than {limit} bytes"),
        );
        Diagnostic::error("limit", Span::new(self.file, at..at), message).into()
    }

    fn syntax(&self, range: std::ops::Range<usize>, message: Text) -> Diagnostic {
        Diagnostic::error("csv-syntax", Span::new(self.file, range), message)
    }
}

fn double_it() -> Text {
    text(
        "Im Text „…“ schreiben, oder die ganze Zelle in gerade Anführungszeichen setzen und die inneren verdoppeln.",
        "use typographic marks, or quote the whole cell and double the marks inside",
    )
}

/// Returns where a record begins.
///
/// The reader's own position lies before the `\n` of a preceding `\r\n` and
/// before blank lines, and its line number with it.
fn record_start(text: &str, begin: usize, position: Option<&csv::Position>) -> usize {
    let reported = begin + position.map_or(0, |it| it.byte() as usize);
    let rest = &text[reported..];
    // The package also skips a byte order mark at the very beginning.
    let rest = if reported == begin { rest.strip_prefix('\u{feff}').unwrap_or(rest) } else { rest };
    text.len() - rest.trim_start_matches(['\r', '\n']).len()
}

/// Returns the quotation mark that closes the one at `open`.
fn closing_quote(text: &str, open: usize, signs: Signs) -> Option<usize> {
    let bytes = text.as_bytes();
    let mut at = open + 1;
    while at < bytes.len() {
        let byte = bytes[at];
        if Some(byte) == signs.escape && byte != signs.quote {
            at += 2;
        } else if byte != signs.quote {
            at += 1;
        } else if signs.double_quote && bytes.get(at + 1) == Some(&signs.quote) {
            at += 2;
        } else {
            return Some(at);
        }
    }
    None
}

fn breaks_inside(cell: &RawCell, text: &str) -> usize {
    let range = cell.span.range();
    if range.len() == cell.text.len() { 0 } else { count_line_ends(&text[range]) }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::diag::Lang;
    use crate::source::Sources;

    const SEMICOLON: Signs = Signs { delimiter: b';', quote: b'"', double_quote: true, escape: None };

    /// Checks records as `line/row: a|b`, findings as `line:column message`.
    #[track_caller]
    fn check(written: &str, expected: &[&str]) {
        let mut sources = Sources::default();
        let file = sources.add("a.csv", written);
        let found: Vec<String> =
            records(file, sources.text(file), Start { byte: 0, line: 1, hidden: 0 }, SEMICOLON)
                .map(|record| match record {
                    Ok(record) => print(&record, written),
                    Err(finding) => {
                        let place = sources.position(file, finding.span.start);
                        let message = finding.message.in_lang(Lang::En);
                        format!("{}:{} {message}", place.line, place.column)
                    }
                })
                .collect();
        assert_eq!(found, expected);
    }

    fn print(record: &Record, written: &str) -> String {
        let cells: Vec<&str> = record.cells.iter().map(|cell| &*cell.text).collect();
        for cell in &record.cells {
            assert_eq!(
                written[cell.span.range()].trim_matches('"').replace("\"\"", "\""),
                cell.text.trim_matches('"')
            );
        }
        format!("{}/{}: {}", record.line, record.row, cells.join("|"))
    }

    const UNCLOSED: &str = "this quotation mark is not closed before the end of the file";
    const NOT_CLOSED: &str = "this quotation mark is not closed; the next one belongs to another cell";
    const AFTER: &str = "the cell goes on after its closing quotation mark";
    const INSIDE: &str = "there is a straight quotation mark inside the cell";

    #[test]
    fn nothing_gives_nothing() {
        check("", &[]);
        check("\r\n\n\n", &[]);
        check("\u{feff}", &[]);
        check("\u{feff}\u{feff}a", &["1/1: \u{feff}a"]);
    }

    #[test]
    fn all_line_ends_count_once() {
        check("a;b\nc;d\n", &["1/1: a|b", "2/2: c|d"]);
        check("a;b\r\nc;d\r\n", &["1/1: a|b", "2/2: c|d"]);
        check("a;b\rc;d\r", &["1/1: a|b", "2/2: c|d"]);
        check("a\r\n\r\n\nb", &["1/1: a", "4/4: b"]);
    }

    #[test]
    fn rows_of_separators_are_left_out() {
        check("a;b\n;;\n ; \nc;", &["1/1: a|b", "4/4: c|"]);
    }

    #[test]
    fn quoted_cells_lose_their_marks() {
        check("\"a;b\";\"\"\n\"ä \"\"b\"\"\";c", &["1/1: a;b|", "2/2: ä \"b\"|c"]);
    }

    #[test]
    fn a_line_break_in_a_cell_begins_a_line_but_no_row() {
        check("\"a\r\nb\";c\r\nd;e", &["1/1: a\r\nb|c", "3/2: d|e"]);
    }

    #[test]
    fn an_open_quotation_mark_is_found_where_it_opened() {
        check("a;b\nü;\"c\nd;e\n", &["1/1: a|b", &format!("2:3 {UNCLOSED}")]);
        check("a;\"", &[&format!("1:3 {UNCLOSED}")]);
        check("a;\"b\nc;\"d\"\ne;f", &[&format!("1:3 {NOT_CLOSED}"), "3/3: e|f"]);
    }

    #[test]
    fn text_after_a_closing_mark_is_found() {
        check("\"ä\"x;b\nc;d", &[&format!("1:4 {AFTER}"), "2/2: c|d"]);
        check("\"a\" ;b", &[&format!("1:4 {AFTER}")]);
    }

    #[test]
    fn a_mark_inside_a_plain_cell_is_found() {
        check("ä;x\"y\"z\nc;d", &[&format!("1:4 {INSIDE}"), "2/2: c|d"]);
    }
}
