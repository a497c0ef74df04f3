//! The notation of BibTeX: entries, abbreviations, values in braces or quotation marks.

use std::collections::HashMap;
use std::ops::Range;

use crate::diag::{Diagnostic, Diagnostics, Text, text};
use crate::source::{FileId, Span, Spanned};

/// What a file holds.
#[derive(Default)]
pub struct File<'a> {
    pub entries: Vec<Entry<'a>>,
    /// By name in small letters.
    pub strings: HashMap<String, Vec<Piece<'a>>>,
}

/// `@name{key, field = value, …}`
pub struct Entry<'a> {
    pub name: Spanned<&'a str>,
    pub key: Spanned<&'a str>,
    pub fields: Vec<Field<'a>>,
}

/// `name = value`
pub struct Field<'a> {
    /// In small letters.
    pub name: Spanned<String>,
    /// At least one; joined by `#` where there are more.
    pub value: Vec<Piece<'a>>,
    pub span: Span,
}

/// A part of a value.
#[derive(Clone)]
pub enum Piece<'a> {
    /// In braces or quotation marks, without them, or a number.
    Text { text: &'a str, start: usize },
    /// An abbreviation.
    Name(Spanned<&'a str>),
}

impl<'a> Piece<'a> {
    /// Returns the text, where it is one.
    pub fn text(&self) -> Option<&'a str> {
        match self {
            Piece::Text { text, .. } => Some(text),
            Piece::Name(_) => None,
        }
    }
}

const MONTHS: [&str; 12] =
    ["jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec"];
const MONTH_NUMBERS: [&str; 12] = ["1", "2", "3", "4", "5", "6", "7", "8", "9", "10", "11", "12"];

/// Reads a file; what stands outside of entries is a comment.
///
/// `bib-syntax`: an entry has the form `@type{key, field = {value}}`, and there is one in a text.
pub fn read<'a>(file: FileId, written: &'a str, diags: &mut Diagnostics) -> File<'a> {
    let mut found = File::default();
    for (month, number) in MONTHS.iter().zip(MONTH_NUMBERS) {
        found.strings.insert((*month).to_owned(), vec![Piece::Text { text: number, start: 0 }]);
    }
    if !written.contains('@') && !written.trim().is_empty() {
        diags.push(without_entries(file, written));
    }
    let mut reader = Reader { file, written, at: 0, diags };
    while let Some(at) = reader.rest().find('@') {
        reader.at += at + 1;
        if let Err(fault) = reader.entry(&mut found) {
            reader.report(fault);
            reader.skip_to_next();
        }
    }
    found
}

fn without_entries(file: FileId, written: &str) -> Diagnostic {
    let start = written.len() - written.trim_start().len();
    let line = written[start..].lines().next().unwrap_or_default();
    let message = text(
        "In dieser Datei steht kein Eintrag; alles andere ist für BibTeX ein Kommentar.",
        "there is no entry in this file; all else is a comment to BibTeX",
    );
    let help = text(
        "Ein Eintrag hat die Form @book{muender-2020, title = {…}, year = {2020}}",
        "an entry has the form @book{muender-2020, title = {…}, year = {2020}}",
    );
    Diagnostic::warning("bib-syntax", Span::new(file, start..start + line.trim_end().len()), message)
        .help(help)
}

/// What is wrong, and where.
struct Fault {
    range: Range<usize>,
    message: Text,
    help: Option<Text>,
}

type Fallible<T> = Result<T, Fault>;

struct Reader<'a, 'd> {
    file: FileId,
    written: &'a str,
    at: usize,
    diags: &'d mut Diagnostics,
}

impl<'a> Reader<'a, '_> {
    fn rest(&self) -> &'a str {
        &self.written[self.at..]
    }

    fn span(&self, range: Range<usize>) -> Span {
        Span::new(self.file, range)
    }

    fn report(&mut self, fault: Fault) {
        let span = self.span(fault.range);
        self.diags.push(Diagnostic::error("bib-syntax", span, fault.message).maybe_help(fault.help));
    }

    /// Goes to the next line that begins an entry.
    fn skip_to_next(&mut self) {
        let rest = self.rest();
        // The fault may be that the next entry begins too early.
        if starts_line(self.written, self.at) && starts_entry(rest) {
            return;
        }
        let next = rest.match_indices('\n').find(|(at, _)| starts_entry(&rest[at + 1..]));
        self.at = next.map_or(self.written.len(), |(at, _)| self.at + at + 1);
    }

    fn skip_blanks(&mut self) {
        self.at = self.written.len() - self.rest().trim_start().len();
    }

    /// Takes a sign, behind blanks.
    fn take(&mut self, sign: char) -> bool {
        self.skip_blanks();
        let is_there = self.rest().starts_with(sign);
        self.at += if is_there { sign.len_utf8() } else { 0 };
        is_there
    }

    /// Takes a name: letters, digits and most signs.
    fn name(&mut self) -> Spanned<&'a str> {
        self.skip_blanks();
        let start = self.at;
        let length = self.rest().find(|it: char| it.is_whitespace() || "{}(),=\"#%\\@".contains(it));
        self.at = length.map_or(self.written.len(), |it| start + it);
        Spanned::new(&self.written[start..self.at], self.span(start..self.at))
    }

    /// Reads what stands behind an `@`.
    fn entry(&mut self, found: &mut File<'a>) -> Fallible<()> {
        let name = self.name();
        match name.value.to_ascii_lowercase().as_str() {
            // An address of an e-mail in a comment begins no entry.
            "" => return Ok(()),
            "comment" => return self.skip_group(),
            _ => {}
        }
        self.skip_blanks();
        let open = self.at;
        let close = match self.rest().chars().next() {
            Some('{') => '}',
            Some('(') => ')',
            _ if !starts_line(self.written, name.span.start as usize - 1) => return Ok(()),
            _ => return Err(self.expected(&format!("@{}{{", name.value), "{")),
        };
        self.at += 1;
        match name.value.to_ascii_lowercase().as_str() {
            "string" => {
                let field = self.field()?;
                found.strings.insert(field.name.value, field.value);
                self.end(open, close)
            }
            "preamble" => {
                self.value()?;
                self.end(open, close)
            }
            _ => {
                let entry = self.fields(name, open, close)?;
                found.entries.push(entry);
                Ok(())
            }
        }
    }

    /// Skips a comment in braces.
    fn skip_group(&mut self) -> Fallible<()> {
        self.skip_blanks();
        if self.rest().starts_with('{') {
            self.braced()?;
        }
        Ok(())
    }

    fn fields(&mut self, name: Spanned<&'a str>, open: usize, close: char) -> Fallible<Entry<'a>> {
        let key = self.name();
        if key.value.is_empty() {
            let message = text(
                format!("Dem Eintrag @{} fehlt sein Schlüssel.", name.value),
                format!("the entry @{} has no key", name.value),
            );
            let help = text(
                format!("Zum Beispiel: @{}{{mueller-2020, …", name.value),
                format!("for example: @{}{{mueller-2020, …", name.value),
            );
            return Err(Fault { range: self.next_sign(), message, help: Some(help) });
        }
        let mut fields: Vec<Field<'a>> = Vec::new();
        loop {
            let comma = self.take(',');
            self.skip_blanks();
            if self.rest().starts_with(close) {
                self.at += 1;
                return Ok(Entry { name, key, fields });
            }
            if self.rest().is_empty() || starts_line(self.written, self.at) && starts_entry(self.rest()) {
                return Err(unclosed(open..open + 1));
            }
            if !comma {
                return Err(self.expected("", if fields.is_empty() { "," } else { ", oder }" }));
            }
            if self.rest().starts_with(',') {
                continue;
            }
            let field = self.field()?;
            match fields.iter().find(|it| it.name.value == field.name.value) {
                Some(first) => self.report_twice(&field, first.name.span),
                None => fields.push(field),
            }
        }
    }

    /// `duplicate-key`: a field stands once in its entry.
    fn report_twice(&mut self, field: &Field<'_>, first: Span) {
        let name = &field.name.value;
        let message =
            text(format!("„{name}“ steht hier ein zweites Mal."), format!("`{name}` is given twice"));
        let also = text("zuerst hier", "first here");
        self.diags.push(Diagnostic::error("duplicate-key", field.name.span, message).also(first, also));
    }

    fn field(&mut self) -> Fallible<Field<'a>> {
        let name = self.name();
        if name.value.is_empty() {
            return Err(self.expected("", "title = {…}"));
        }
        if !self.take('=') {
            return Err(self.expected(name.value, "="));
        }
        self.skip_blanks();
        let start = self.at;
        let value = self.value()?;
        let end = start + self.written[start..self.at].trim_end().len();
        Ok(Field {
            name: Spanned::new(name.value.to_ascii_lowercase(), name.span),
            value,
            span: self.span(start..end),
        })
    }

    fn value(&mut self) -> Fallible<Vec<Piece<'a>>> {
        let mut pieces = vec![self.piece()?];
        while self.take('#') {
            pieces.push(self.piece()?);
        }
        Ok(pieces)
    }

    fn piece(&mut self) -> Fallible<Piece<'a>> {
        self.skip_blanks();
        let start = self.at;
        match self.rest().chars().next() {
            Some('{') => self.braced(),
            Some('"') => self.quoted(),
            Some(first) if first.is_ascii_digit() => {
                let number = self.name();
                Ok(Piece::Text { text: number.value, start })
            }
            _ => {
                let name = self.name();
                if name.value.is_empty() {
                    return Err(self.expected("", "{…}"));
                }
                Ok(Piece::Name(name))
            }
        }
    }

    fn braced(&mut self) -> Fallible<Piece<'a>> {
        let open = self.at;
        let mut depth = 0_usize;
        let mut is_escaped = false;
        for (at, sign) in self.rest().char_indices() {
            match sign {
                _ if is_escaped => is_escaped = false,
                '\\' => is_escaped = true,
                '{' => depth += 1,
                '}' => depth -= 1,
                '@' if self.begins_next(open + at) => break,
                _ => {}
            }
            if depth == 0 {
                self.at = open + at + 1;
                return Ok(Piece::Text { text: &self.written[open + 1..open + at], start: open + 1 });
            }
        }
        Err(unclosed(open..open + 1))
    }

    fn quoted(&mut self) -> Fallible<Piece<'a>> {
        let open = self.at;
        let mut depth = 0_usize;
        let mut is_escaped = false;
        for (at, sign) in self.rest().char_indices().skip(1) {
            match sign {
                _ if is_escaped => is_escaped = false,
                '\\' => is_escaped = true,
                '{' => depth += 1,
                '}' => depth = depth.saturating_sub(1),
                '@' if self.begins_next(open + at) => break,
                '"' if depth == 0 => {
                    self.at = open + at + 1;
                    return Ok(Piece::Text { text: &self.written[open + 1..open + at], start: open + 1 });
                }
                _ => {}
            }
        }
        Err(unclosed(open..open + 1))
    }

    /// Whether an `@` begins the next entry: the value before it was never closed.
    fn begins_next(&self, at: usize) -> bool {
        starts_line(self.written, at) && starts_entry(&self.written[at..])
    }

    fn end(&mut self, open: usize, close: char) -> Fallible<()> {
        if self.take(close) {
            return Ok(());
        }
        if self.rest().is_empty() {
            return Err(unclosed(open..open + 1));
        }
        Err(self.expected("", &close.to_string()))
    }

    /// The sign that stands here instead of what is expected.
    fn next_sign(&mut self) -> Range<usize> {
        self.skip_blanks();
        self.at..self.at + self.rest().chars().next().map_or(0, char::len_utf8)
    }

    fn expected(&mut self, after: &str, what: &str) -> Fault {
        let (de, en) = match after {
            "" => (String::new(), String::new()),
            _ => (format!(" nach „{after}“"), format!(" after `{after}`")),
        };
        let what_en = what.replace("oder", "or");
        let message = text(format!("Hier fehlt{de}: {what}"), format!("missing here{en}: {what_en}"));
        let help = text(
            "Ein Eintrag hat die Form: @book{mueller-2020, title = {Titel}, year = 2020}",
            "an entry has the form: @book{mueller-2020, title = {Title}, year = 2020}",
        );
        Fault { range: self.next_sign(), message, help: Some(help) }
    }
}

fn unclosed(range: Range<usize>) -> Fault {
    let message = text("Was hier beginnt, wird nicht geschlossen.", "what begins here is never closed");
    let help =
        text("Jede { braucht ihre }, jedes \" ein zweites.", "each { needs its }, each \" a second one");
    Fault { range, message, help: Some(help) }
}

/// Whether only blanks stand before a byte in its line.
fn starts_line(written: &str, at: usize) -> bool {
    let line = written[..at].rfind(['\n', '\r']).map_or(0, |it| it + 1);
    written[line..at].trim().is_empty()
}

/// Whether a text begins like an entry: `@word{` or `@word(`.
fn starts_entry(text: &str) -> bool {
    let Some(rest) = text.trim_start_matches([' ', '\t']).strip_prefix('@') else { return false };
    let word = rest.trim_start_matches(|it: char| it.is_ascii_alphabetic());
    word.len() < rest.len() && word.trim_start().starts_with(['{', '('])
}
