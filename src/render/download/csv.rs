//! Writing CSV: one form for Excel, one for programs.

use crate::data::number::Decimal;
use crate::diag::Lang;

/// For whom a file is written.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Form {
    /// Opens well in Excel in the language of the site: byte order mark, CRLF, every
    /// cell in quotation marks, no cell that is a formula. German: `;` and decimal comma.
    Excel(Lang),
    /// UTF-8, `,`, LF, decimal point, quotation marks where they are needed.
    Machine,
}

/// What a cell holds.
#[derive(Clone, Debug)]
pub enum Cell {
    Number(Decimal),
    Text(String),
}

impl Cell {
    /// Makes a cell of a text that may be missing.
    pub fn text(text: Option<impl Into<String>>) -> Cell {
        Cell::Text(text.map_or_else(String::new, Into::into))
    }
}

/// Returns a whole file; the first line is the header.
pub fn file(lines: impl IntoIterator<Item = Vec<Cell>>, form: Form) -> Vec<u8> {
    let mut out = String::from(match form {
        Form::Excel(_) => "\u{feff}",
        Form::Machine => "",
    });
    for cells in lines {
        push_line(&mut out, &cells, form);
    }
    out.into_bytes()
}

fn push_line(out: &mut String, cells: &[Cell], form: Form) {
    let (delimiter, end) = match form {
        Form::Excel(Lang::De) => (';', "\r\n"),
        Form::Excel(Lang::En) => (',', "\r\n"),
        Form::Machine => (',', "\n"),
    };
    for (at, cell) in cells.iter().enumerate() {
        if at > 0 {
            out.push(delimiter);
        }
        match (form, cell) {
            (Form::Excel(lang), Cell::Number(number)) => push_quoted(out, &excel_number(*number, lang)),
            (Form::Excel(_), Cell::Text(text)) => push_quoted(out, &defused(text)),
            (Form::Machine, Cell::Number(number)) => out.push_str(&number.to_string()),
            // A line without any sign would be no line.
            (Form::Machine, Cell::Text(text))
                if needs_quotes(text) || cells.len() == 1 && text.is_empty() =>
            {
                push_quoted(out, text);
            }
            (Form::Machine, Cell::Text(text)) => out.push_str(text),
        }
    }
    out.push_str(end);
}

fn needs_quotes(text: &str) -> bool {
    text.contains([',', '"', '\n', '\r']) || text.starts_with(' ') || text.ends_with(' ')
}

fn push_quoted(out: &mut String, text: &str) {
    out.push('"');
    out.push_str(&text.replace('"', "\"\""));
    out.push('"');
}

/// Without signs between thousands and with a plain minus, so that Excel takes it for a number.
fn excel_number(number: Decimal, lang: Lang) -> String {
    match lang {
        Lang::De => number.to_string().replace('.', ","),
        Lang::En => number.to_string(),
    }
}

/// Puts a `'` before a text that a spreadsheet would take for a formula.
///
/// R21 of the security rules: `= + - @`, tab, line ends and the full-width forms of the signs.
fn defused(text: &str) -> String {
    const DANGEROUS: [char; 11] =
        ['=', '+', '-', '@', '\t', '\r', '\n', '\u{ff1d}', '\u{ff0b}', '\u{ff0d}', '\u{ff20}'];
    if text.starts_with(DANGEROUS) { format!("'{text}") } else { text.to_owned() }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn check(form: Form, cells: &[&str], expected: &str) {
        let mut line = String::new();
        let cells: Vec<Cell> = cells.iter().map(|it| Cell::Text((*it).to_owned())).collect();
        push_line(&mut line, &cells, form);
        assert_eq!(line, expected);
    }

    const GERMAN: Form = Form::Excel(Lang::De);

    #[test]
    fn formulas_are_defused() {
        check(
            GERMAN,
            &["=1+1", "+49", "-", "@SUM", "\tx", "\rx", "\nx"],
            "\"'=1+1\";\"'+49\";\"'-\";\"'@SUM\";\"'\tx\";\"'\rx\";\"'\nx\"\r\n",
        );
        check(GERMAN, &["＝1", "＋1", "－1", "＠a"], "\"'＝1\";\"'＋1\";\"'－1\";\"'＠a\"\r\n");
        check(GERMAN, &["1-2", "'x", "–", "\u{202e}=1"], "\"1-2\";\"'x\";\"–\";\"\u{202e}=1\"\r\n");
    }

    #[test]
    fn programs_get_what_is_there() {
        check(
            Form::Machine,
            &["=1+1", "a,b", "a\"b", "a\nb", "a;b", ""],
            "=1+1,\"a,b\",\"a\"\"b\",\"a\nb\",a;b,\n",
        );
        check(Form::Machine, &[""], "\"\"\n");
    }

    #[test]
    fn numbers_are_numbers() {
        let number = [Cell::Number(Decimal::new(-123_450, 2))];
        let line = |form| {
            let mut line = String::new();
            push_line(&mut line, &number, form);
            line
        };
        assert_eq!(line(GERMAN), "\"-1234,50\"\r\n");
        assert_eq!(line(Form::Excel(Lang::En)), "\"-1234.50\"\r\n");
        assert_eq!(line(Form::Machine), "-1234.50\n");
    }
}
