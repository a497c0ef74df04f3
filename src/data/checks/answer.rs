//! What the descriptor says of a peculiarity, and answers that answer nothing.

use super::{Check, Checked, Peculiarity, Reply};
use crate::data::{Comparable, Table};
use crate::diag::{Diagnostic, Diagnostics, did_you_mean, text};
use crate::source::Spanned;

/// Lays beside a peculiarity what the descriptor says of it.
pub fn reply(peculiarity: &mut Peculiarity, table: &Table) {
    let column = &table.columns[peculiarity.column];
    let answer = column.answers.iter().find(|it| it.check.value == peculiarity.check.code());
    if let Some(answer) = answer {
        peculiarity.reply = match open(&answer.because) {
            Some(rest) => Reply::Open(rest.to_owned()),
            None => Reply::Checked(answer.because.clone()),
        };
    } else if peculiarity.check == Check::ReferenceOutOfRange {
        peculiarity.reply = match &column.comparable {
            Comparable::Yes => Reply::None,
            Comparable::No => Reply::NotComparable(None),
            Comparable::Because(reason) => Reply::NotComparable(Some(reason.clone())),
        };
    }
}

/// An answer that begins with `offen:` says that nobody knows yet.
fn open(because: &str) -> Option<&str> {
    ["offen:", "open:"].iter().find_map(|word| because.strip_prefix(word)).map(str::trim)
}

/// Checks the answers of a table against what was found. `is_read_whole` is false where
/// cells could not be read, so that something may be missing in it.
pub fn check(table: &Table, checked: &Checked, is_read_whole: bool, diags: &mut Diagnostics) {
    for (at, column) in table.columns.iter().enumerate() {
        for answer in &column.answers {
            let Some(check) = Check::ALL.into_iter().find(|it| it.code() == answer.check.value) else {
                diags.push(unknown_check(&answer.check));
                continue;
            };
            let is_used = checked.peculiarities.iter().any(|it| it.column == at && it.check == check);
            if !is_used && is_read_whole {
                diags.push(unused_answer(&answer.check));
            }
        }
    }
}

/// `unknown-check`: what is answered is a check.
fn unknown_check(written: &Spanned<String>) -> Diagnostic {
    let message = text(
        format!("Eine Prüfung „{}“ gibt es nicht.", written.value),
        format!("there is no check `{}`", written.value),
    );
    let codes = Check::ALL.map(Check::code);
    let help =
        did_you_mean(&written.value, codes).unwrap_or_else(|| crate::fields::allowed(&codes.join(", ")));
    Diagnostic::error("unknown-check", written.span, message).help(help)
}

/// `unused-answer`: an answer belongs to something that was found.
fn unused_answer(written: &Spanned<String>) -> Diagnostic {
    let message = text(
        "Diese Prüfung findet in der Spalte nichts; die Antwort gilt niemandem.",
        "this check finds nothing in the column; the answer answers nothing",
    );
    let help = text("Die Antwort streichen.", "remove the answer");
    Diagnostic::warning("unused-answer", written.span, message).help(help)
}
