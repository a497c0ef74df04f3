//! The Table Dialect: how the rows and cells of a file are separated.

use super::string;
use crate::diag::{Diagnostic, Diagnostics, text};
use crate::source::Spanned;
use crate::yaml::{Entry, Node, typed};

/// How a file is written.
#[derive(Clone, Debug)]
pub struct Dialect {
    /// ASCII; none where it is not said.
    pub delimiter: Option<u8>,
    /// ASCII.
    pub quote: u8,
    /// Two quotation marks in a quoted cell stand for one.
    pub double_quote: bool,
    /// ASCII; the sign before a quotation mark that belongs to a quoted cell.
    pub escape: Option<u8>,
    /// The rows of the file, from 1, that name the columns; none where they have to be
    /// found, empty where there are no names.
    pub header_rows: Option<Vec<usize>>,
    /// What stands between the names from several header rows.
    pub header_join: String,
    /// The rows of the file, from 1, that are comments.
    pub comment_rows: Vec<usize>,
    /// What a comment begins with.
    pub comment: Option<String>,
    /// A text that stands for no value in every column.
    pub null: Option<String>,
}

impl Default for Dialect {
    fn default() -> Dialect {
        Dialect {
            delimiter: None,
            quote: b'"',
            double_quote: true,
            escape: None,
            header_rows: None,
            header_join: " ".to_owned(),
            comment_rows: Vec::new(),
            comment: None,
            null: None,
        }
    }
}

/// Reads a dialect.
///
/// `unsupported-dialect`: a property that changes how the file is read is one we follow.
pub fn read(node: &Node, diags: &mut Diagnostics) -> Dialect {
    let mut dialect = Dialect::default();
    for entry in typed::map(node, diags) {
        let value = &entry.value;
        match entry.key.value.as_str() {
            // Every end of a line is recognised, and cells are trimmed.
            "$schema" | "name" | "title" | "description" | "lineTerminator" | "skipInitialSpace" => {}
            "delimiter" => dialect.delimiter = sign(value, diags),
            "quoteChar" => dialect.quote = sign(value, diags).unwrap_or(dialect.quote),
            "doubleQuote" => dialect.double_quote = typed::boolean(value, diags).unwrap_or(true),
            "escapeChar" => dialect.escape = sign(value, diags),
            "header" if typed::boolean(value, diags) == Some(false) => dialect.header_rows = Some(Vec::new()),
            "header" => {}
            "headerRows" => dialect.header_rows = Some(rows(value, diags)),
            "headerJoin" => dialect.header_join = value.as_text().unwrap_or(" ").to_owned(),
            "commentRows" => dialect.comment_rows = rows(value, diags),
            "commentChar" => dialect.comment = text_value(node, "commentChar", diags),
            "nullSequence" => dialect.null = text_value(node, "nullSequence", diags),
            _ => diags.push(unsupported_dialect(entry)),
        }
    }
    dialect
}

fn text_value(node: &Node, key: &str, diags: &mut Diagnostics) -> Option<String> {
    string(node, key, diags).map(|it| it.value)
}

fn rows(node: &Node, diags: &mut Diagnostics) -> Vec<usize> {
    let numbers = typed::list(node, diags).iter().filter_map(|it| typed::integer(it, diags));
    let numbers: Vec<i64> = numbers.collect();
    numbers.into_iter().filter_map(|it| usize::try_from(it).ok()).collect()
}

/// `wrong-type`: a sign of a dialect is one character that no word or number has.
fn sign(node: &Node, diags: &mut Diagnostics) -> Option<u8> {
    let written = Spanned::new(node.as_text().unwrap_or_default(), node.span);
    match written.value.as_bytes() {
        &[byte] if byte.is_ascii_punctuation() => Some(byte),
        b"\t" => Some(b'\t'),
        b" " => Some(b' '),
        _ => {
            let message =
                text("Das ist ein einzelnes Zeichen, etwa „;“.", "this is a single character such as `;`");
            diags.push(Diagnostic::error("wrong-type", written.span, message));
            None
        }
    }
}

fn unsupported_dialect(entry: &Entry) -> Diagnostic {
    let key = &entry.key.value;
    let message = text(
        format!("Dateien mit der Angabe „{key}“ werden nicht gelesen."),
        format!("files with `{key}` are not read"),
    );
    Diagnostic::error("unsupported-dialect", entry.key.span, message)
}
