//! Findings of what nobody has answered.
//!
//! What can be mended is a warning at its cell. What is only to be known is a notice, and
//! many of a kind are one.

use super::{Check, Checked, Peculiarity, Reply, RowAt, answer, gaps};
use crate::data::Table;
use crate::data::place::with_more_lines;
use crate::diag::{Diagnostic, Diagnostics, Lang, Severity, Text, text};

/// Makes findings of the peculiarities of a table and checks the answers to them.
///
/// Where the form of the file or its description is wrong already, what follows from that
/// is not reported.
pub fn report(table: &Table, checked: &Checked, csv: &str, has_errors: bool, diags: &mut Diagnostics) {
    answer::check(table, checked, !has_errors, diags);
    let follows = |check: Check| has_errors && matches!(check, Check::StatisticDiffers | Check::ManyMissing);
    let open = || checked.peculiarities.iter().filter(|it| !follows(it.check));
    for it in open() {
        match (&it.reply, it.severity) {
            (Reply::None, Severity::Warning | Severity::Error) => diags.push(warning(it, table, csv)),
            (Reply::Open(why), _) => diags.push(still_open(it, why, table, csv)),
            _ => {}
        }
    }
    let noted = |check: Check| {
        let is_noted = move |it: &&Peculiarity| {
            it.check == check && it.severity == Severity::Notice && it.reply == Reply::None
        };
        open().filter(is_noted).collect::<Vec<_>>()
    };
    for row in 0..table.summary.len() {
        let mut of_row = noted(Check::StatisticDiffers);
        of_row.retain(|it| it.rows.contains(&RowAt::Summary(row)));
        statistics_differ(&of_row, row, table, checked).into_iter().for_each(|it| diags.push(it));
    }
    let averaged = averaged_categories(&noted(Check::AveragedCategory), table);
    let missing = many_missing(&noted(Check::ManyMissing), table, checked);
    averaged.into_iter().chain(missing).for_each(|it| diags.push(it));
}

fn warning(it: &Peculiarity, table: &Table, csv: &str) -> Diagnostic {
    let lines: Vec<usize> = it.rows.iter().skip(1).map(|&row| table.row_at(row).line as usize).collect();
    let context = with_more_lines(it.context(table, csv), &lines);
    let found = Diagnostic::new(it.severity, it.check.code(), it.span, it.message.clone());
    let found = found.context(context).help(how_to_answer(it.check));
    match &it.also {
        Some((span, text)) => found.also(*span, text.clone()),
        None => found,
    }
}

fn how_to_answer(check: Check) -> Text {
    let code = check.code();
    let (de, en) = match check {
        Check::ReferenceOutOfRange => (
            "Ist es kein Vergleichswert, „comparable“ mit dem Grund angeben; sonst",
            "give `comparable` the reason if it is not to be compared; otherwise",
        ),
        Check::TypeLimit => (
            "Ist es keine Zahl, gehört sie in „missingValues“ der Spalte; sonst",
            "if it is no number, list it in `missingValues` of the column; otherwise",
        ),
        Check::ManyMissing => (
            "Fehlen die Werte zu Recht, in der Beschreibung der Spalte",
            "if they are missing for a reason, describe the column with",
        ),
        _ => ("Berichtigen, oder in der Beschreibung der Spalte", "mend it, or describe the column with"),
    };
    text(
        format!("{de} \"checked\": {{\"{code}\": \"geprüft, weil …\"}}"),
        format!("{en} \"checked\": {{\"{code}\": \"checked, because …\"}}"),
    )
}

/// What somebody has looked at and could not settle stays in the list.
fn still_open(it: &Peculiarity, why: &str, table: &Table, csv: &str) -> Diagnostic {
    let (context, message) = (it.context(table, csv), &it.message);
    let message = text(
        format!("{}: {} Offen: {why}", context.in_lang(Lang::De), message.in_lang(Lang::De)),
        format!("{}: {}; open: {why}", context.in_lang(Lang::En), message.in_lang(Lang::En)),
    );
    Diagnostic::notice(it.check.code(), it.span, message)
}

fn statistics_differ(
    noted: &[&Peculiarity],
    row: usize,
    table: &Table,
    checked: &Checked,
) -> Option<Diagnostic> {
    let first = noted.first()?;
    let all = checked.compared.iter().filter(|it| it.row == row).count();
    let (title, count, rows) = (&table.summary[row].title, noted.len(), table.rows.len());
    let total = table.total.unwrap_or(rows);
    let message = text(
        format!(
            "{title}: {count} von {all} Werten weichen von den nachgerechneten ab; die Datei enthält \
             {rows} von {total} Zeilen."
        ),
        format!(
            "{title}: {count} of {all} values differ from those computed again; the file holds \
             {rows} of {total} rows"
        ),
    );
    Some(Diagnostic::notice(Check::StatisticDiffers.code(), first.span, message))
}

fn averaged_categories(noted: &[&Peculiarity], table: &Table) -> Option<Diagnostic> {
    let first = noted.first()?;
    let labels: Vec<&str> = noted.iter().map(|it| table.columns[it.column].label.as_str()).collect();
    let labels = labels.join(", ");
    let message = text(
        format!("Codes werden gezählt und nicht gemittelt; hier sind Mittel geliefert: {labels}"),
        format!("codes are counted and never averaged; averages are delivered here: {labels}"),
    );
    Some(Diagnostic::notice(Check::AveragedCategory.code(), first.span, message))
}

fn many_missing(noted: &[&Peculiarity], table: &Table, checked: &Checked) -> Option<Diagnostic> {
    let first = noted.first()?;
    let all = table.rows.len();
    let columns = |lang: Lang, of: &str| {
        let column = |it: &&Peculiarity| {
            let missing: usize = checked.missing[it.column].iter().map(|it| it.1).sum();
            let share = gaps::share(missing, all, lang);
            format!("{} ({missing} {of} {all}, {share})", table.columns[it.column].short)
        };
        noted.iter().map(column).collect::<Vec<_>>().join("; ")
    };
    let message = text(
        format!("In mehr als 30\u{a0}% der Zeilen fehlt der Wert: {}", columns(Lang::De, "von")),
        format!("more than 30\u{a0}% of the rows lack a value: {}", columns(Lang::En, "of")),
    );
    Some(Diagnostic::notice(Check::ManyMissing.code(), first.span, message))
}
