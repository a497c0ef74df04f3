//! Slips that a YAML parser notices late: where they really are.

use std::ops::Range;

use serde_yaml::granit_parser::ErrorKind;

use crate::diag::{Text, text};

/// What its author did, and where.
pub struct Slip {
    pub range: Range<usize>,
    pub message: Text,
    pub help: Option<Text>,
}

/// Looks for the slip behind an error that the parser noticed at byte `at`.
pub fn find(written: &str, at: usize, kind: &ErrorKind) -> Option<Slip> {
    use ErrorKind as E;
    match kind {
        E::UnclosedQuotedScalar | E::InvalidQuotedScalarIndent | E::DocumentIndicatorInQuotedScalar => {
            open_at(written, at).quote.map(open_quote)
        }
        E::MappingValueNotAllowed
        | E::InvalidColonPlacement
        | E::SimpleKeyExpected
        | E::ExpectedBlockMappingKey => {
            let bracket = open_at(written, at).brackets.pop().map(|start| open_bracket(written, start));
            bracket
                .or_else(|| missing_blank(&written[..line_end(written, at)]))
                .or_else(|| indented(written, at))
        }
        _ => missing_comma(written, at).or_else(|| tab(written, at)),
    }
}

/// Finds two values in brackets with nothing between them, as in JSON without a comma.
fn missing_comma(written: &str, at: usize) -> Option<Slip> {
    let is_inside = !open_at(written, at).brackets.is_empty();
    let previous = written[..at].trim_end().chars().next_back()?;
    let next = written[at..].chars().next()?;
    let is_missing = is_inside && !"[{,:".contains(previous) && "\"'[{".contains(next);
    is_missing.then(|| Slip {
        range: at..at + 1,
        message: text("Davor fehlt ein Komma.", "a comma is missing before this"),
        help: None,
    })
}

/// Finds a tab that indents the line of the error or the next one.
fn tab(written: &str, at: usize) -> Option<Slip> {
    let line_start = written[..at].rfind('\n').map_or(0, |it| it + 1);
    let next_start = (line_end(written, at) + 1).min(written.len());
    [line_start, next_start].into_iter().find_map(|start| {
        let line = &written[start..line_end(written, start)];
        let indent = &line[..line.len() - line.trim_start().len()];
        let tab = start + indent.find('\t')?;
        Some(Slip {
            range: tab..tab + 1,
            message: text(
                "Eingerückt wird mit Leerzeichen, hier steht ein Tabulator.",
                "indent with spaces, not with tabs",
            ),
            help: None,
        })
    })
}

/// Finds a line such as `title:Text`.
pub fn missing_blank(written: &str) -> Option<Slip> {
    let mut start = 0;
    for line in written.split_inclusive('\n') {
        let line_start = start;
        start += line.len();
        let line = line.trim_end();
        let Some((key, value)) = line.split_once(':') else { continue };
        let is_key =
            !key.is_empty() && key.bytes().all(|it| it.is_ascii_alphanumeric() || b"_-".contains(&it));
        let has_value = value.chars().next().is_some_and(|it| !it.is_whitespace() && it != '/' && it != ':');
        if is_key && has_value {
            let help = text(format!("Meinten Sie: {key}: {value}"), format!("did you mean: {key}: {value}"));
            return Some(Slip {
                range: line_start..line_start + line.len(),
                message: text(
                    "Nach dem Doppelpunkt fehlt ein Leerzeichen.",
                    "a blank is missing after the colon",
                ),
                help: Some(help),
            });
        }
    }
    None
}

fn open_quote(start: usize) -> Slip {
    Slip {
        range: start..start + 1,
        message: text("Ein Anführungszeichen wird nicht geschlossen.", "a quotation mark is never closed"),
        help: Some(text(
            "Steht am Ende des Werts dasselbe gerade Anführungszeichen wie am Anfang?",
            "does the value end with the straight quotation mark that it begins with?",
        )),
    }
}

fn open_bracket(written: &str, start: usize) -> Slip {
    let bracket = &written[start..start + 1];
    Slip {
        range: start..start + 1,
        message: text(
            format!("Die Klammer „{bracket}“ wird nicht geschlossen."),
            format!("the bracket `{bracket}` is never closed"),
        ),
        help: None,
    }
}

/// Finds a line that is indented below one that has its value already.
fn indented(written: &str, at: usize) -> Option<Slip> {
    let start = written[..at].rfind('\n')? + 1;
    let blanks = written[start..].len() - written[start..].trim_start_matches(' ').len();
    let before = written[..start].trim_end().lines().next_back()?;
    let before_blanks = before.len() - before.trim_start_matches(' ').len();
    let has_value = before.split_once(": ").is_some_and(|(_, value)| !value.trim().is_empty());
    (has_value && blanks > before_blanks).then(|| Slip {
        range: start + blanks..start + blanks + 1,
        message: text(
            "Die Einrückung passt nicht zu den Zeilen davor.",
            "the indentation does not fit the lines before it",
        ),
        help: None,
    })
}

fn line_end(written: &str, at: usize) -> usize {
    written[at..].find('\n').map_or(written.len(), |end| at + end)
}

/// What is open where the parser stopped.
#[derive(Default)]
struct OpenAt {
    quote: Option<usize>,
    brackets: Vec<usize>,
}

/// Follows quotation marks and brackets up to byte `at`. Both count only where a
/// value can begin; comments and the insides of quotations do not count.
fn open_at(written: &str, at: usize) -> OpenAt {
    let mut open = OpenAt::default();
    let mut closing = None;
    let mut value_may_begin = true;
    let mut previous = '\n';
    for (start, sign) in written[..at].char_indices() {
        if let Some(quote) = closing {
            if sign == quote && previous != '\\' {
                closing = None;
                open.quote = None;
            }
        } else if value_may_begin && (sign == '"' || sign == '\'') {
            closing = Some(sign);
            open.quote = Some(start);
        } else if (value_may_begin || !open.brackets.is_empty()) && (sign == '[' || sign == '{') {
            open.brackets.push(start);
        } else if sign == ']' || sign == '}' {
            open.brackets.pop();
        }
        value_may_begin = match sign {
            ' ' => value_may_begin || matches!(previous, ':' | '-' | ','),
            '\n' | '[' | '{' | ',' => true,
            _ => false,
        };
        previous = sign;
    }
    open
}
