//! What is wrong with cells: the same slip in many rows is one finding.

use std::collections::HashMap;

use crate::data::place::with_more_lines;
use crate::diag::{Diagnostic, Diagnostics, Lang, Severity, Text, text};
use crate::source::Span;

/// What is wrong with a cell.
#[derive(Debug)]
pub struct Problem {
    pub severity: Severity,
    pub code: &'static str,
    pub message: Text,
    pub help: Option<Text>,
}

impl Problem {
    /// Makes an error without help.
    pub fn error(code: &'static str, message: Text) -> Problem {
        Problem { severity: Severity::Error, code, message, help: None }
    }
}

/// The problems of a file, in the order of their first cells.
#[derive(Debug, Default)]
pub struct Problems {
    groups: Vec<Group>,
    /// By column, code and message.
    known: HashMap<(usize, &'static str, String), usize>,
    /// Cells that were not kept, because there are too many different problems.
    dropped: usize,
    last: Option<Span>,
}

/// The same problem in one column.
#[derive(Debug)]
struct Group {
    problem: Problem,
    span: Span,
    place: Text,
    /// The lines of the cells after the first.
    more: Vec<usize>,
}

/// More different problems than this say only that the file is not what the descriptor describes.
const MOST_GROUPS: usize = 1_000;

impl Problems {
    /// Adds the problem of a cell, whose place and line are given.
    pub fn add(&mut self, column: usize, problem: Problem, span: Span, line: usize, place: Text) {
        let key = (column, problem.code, problem.message.in_lang(Lang::De).to_owned());
        if let Some(&group) = self.known.get(&key) {
            self.groups[group].more.push(line);
        } else if self.groups.len() < MOST_GROUPS {
            self.known.insert(key, self.groups.len());
            self.groups.push(Group { problem, span, place, more: Vec::new() });
        } else {
            self.dropped += 1;
            self.last.get_or_insert(span);
        }
    }

    /// Makes findings of the problems.
    pub fn report(self, diags: &mut Diagnostics) {
        for Group { problem, span, place, more } in self.groups {
            let context = with_more_lines(place, &more);
            let Problem { severity, code, message, help } = problem;
            diags.push(Diagnostic::new(severity, code, span, message).maybe_help(help).context(context));
        }
        if let Some(span) = self.last {
            diags.push(too_many(span, self.dropped));
        }
    }
}

/// `limit`: what is wrong with a file can be listed.
fn too_many(span: Span, dropped: usize) -> Diagnostic {
    let message = text(
        format!("Ab hier sind noch {dropped} weitere Zellen falsch. Passt die Beschreibung zu dieser Datei?"),
        format!("{dropped} more cells are wrong from here on; does the descriptor fit the file?"),
    );
    Diagnostic::error("limit", span, message)
}
