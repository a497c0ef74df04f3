//! Missing values: how many, by which sign, and whether they are too many.

use rayon::prelude::*;

use super::{Check, Peculiarity, Reply, Subject};
use crate::data::number::Decimal;
use crate::data::{Table, Value};
use crate::diag::{Lang, Severity, Text, text};

/// Counts the rows without a value for each column, by the sign that stands there.
pub fn count(table: &Table) -> Vec<Vec<(u16, usize)>> {
    let of_column = |at: usize| {
        let mut counts = vec![0; table.columns[at].missing.len()];
        for row in &table.rows {
            if let Value::Missing(sign) = row.cells[at].value {
                counts[usize::from(sign)] += 1;
            }
        }
        let signs = counts.into_iter().enumerate().filter(|(_, count)| *count > 0);
        signs.map(|(sign, count)| (sign as u16, count)).collect()
    };
    (0..table.columns.len()).into_par_iter().map(of_column).collect()
}

/// `many-missing`: at least 70 % of the rows have a value.
///
/// Only a notice where the file does not hold all rows.
pub fn many_missing(subject: &Subject<'_>, missing: &[Vec<(u16, usize)>]) -> Vec<Peculiarity> {
    let table = subject.table;
    let severity = if table.is_partial() { Severity::Notice } else { Severity::Warning };
    let all = table.rows.len();
    let total = |at: usize| missing[at].iter().map(|it| it.1).sum::<usize>();
    let columns = subject.columns().map(|(at, column)| (at, column, total(at)));
    columns
        .filter(|(.., missing)| missing * 100 > all * 30)
        .map(|(at, column, missing)| Peculiarity {
            check: Check::ManyMissing,
            severity,
            column: at,
            rows: Vec::new(),
            written: String::new(),
            span: column.name.span,
            message: is_missing(missing, all),
            also: None,
            reply: Reply::None,
        })
        .collect()
}

fn is_missing(missing: usize, all: usize) -> Text {
    let [de, en] = [Lang::De, Lang::En].map(|lang| share(missing, all, lang));
    text(
        format!("Der Wert fehlt in {missing} von {all} Zeilen ({de})."),
        format!("{missing} of {all} rows lack a value ({en})"),
    )
}

/// Returns a share in percent, rounded to one decimal where it is not whole.
pub fn share(part: usize, all: usize, lang: Lang) -> String {
    let rounded = |decimals| Decimal::from_ratio(part as i128 * 100, all as i128, decimals);
    let (Some(whole), Some(exact)) = (rounded(0), rounded(1)) else { return String::new() };
    let percent = if whole == exact { whole } else { exact };
    format!("{}\u{a0}%", percent.print(percent.scale(), lang))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn shares_are_rounded_to_one_decimal() {
        assert_eq!(share(3, 5, Lang::De), "60\u{a0}%");
        assert_eq!(share(1, 3, Lang::De), "33,3\u{a0}%");
        assert_eq!(share(1, 3, Lang::En), "33.3\u{a0}%");
        assert_eq!(share(0, 0, Lang::De), "");
    }
}
