//! Statistics that were delivered against those that are computed.

use super::{Check, Peculiarity, RowAt, Subject, is_categorical, significant};
use crate::data::number::Decimal;
use crate::data::statistics::Statistics;
use crate::data::{Column, Content, Role, Scale, Statistic, Table, Value};
use crate::diag::{Lang, Severity, Text, text};

/// A statistic as it was delivered, and as the rows give it.
#[derive(Clone, Copy, Debug)]
pub struct Compared {
    pub column: usize,
    /// The index of the summary row.
    pub row: usize,
    pub statistic: Statistic,
    pub delivered: Decimal,
    pub computed: Decimal,
    /// They differ by more than rounding explains.
    pub differs: bool,
}

impl Compared {
    /// Returns how many decimals of the computed value show how far it is from the other.
    pub fn decimals(&self) -> u8 {
        self.computed.scale().min(self.delivered.scale().max(2))
    }
}

/// Lays the delivered statistics of all columns of numbers beside the computed ones.
pub fn compare(table: &Table, statistics: &[Option<Statistics>]) -> Vec<Compared> {
    let mut compared = Vec::new();
    for (column, computed) in statistics.iter().enumerate() {
        let Some(computed) = computed else { continue };
        for (at, row) in table.summary.iter().enumerate() {
            let Role::Statistic(statistic) = row.role else { continue };
            let (Some(delivered), Some(computed)) = (row.number(column), value(computed, statistic)) else {
                continue;
            };
            let differs = differs(delivered, computed);
            compared.push(Compared { column, row: at, statistic, delivered, computed, differs });
        }
    }
    compared
}

fn value(statistics: &Statistics, statistic: Statistic) -> Option<Decimal> {
    match statistic {
        Statistic::Median => Some(statistics.median),
        Statistic::Mean => statistics.mean,
        Statistic::Minimum => Some(statistics.minimum),
        Statistic::Maximum => Some(statistics.maximum),
        Statistic::Frequency => None,
    }
}

/// Whether a delivered value cannot be the rounding of the computed one.
///
/// Rounding moves a value by at most half a unit of its last significant decimal. Zeros at
/// the end are not significant: `119,70` counts as `119,7`.
fn differs(delivered: Decimal, computed: Decimal) -> bool {
    let last = significant(delivered).1;
    let scale = last.max(delivered.scale()).max(computed.scale());
    let distance = (delivered.units_at(scale) - computed.units_at(scale)).abs();
    // Twice the distance against a whole unit: no half is needed.
    distance.saturating_mul(2) > 10i128.pow(u32::from(scale - last))
}

/// `statistic-differs`: a delivered statistic is that of the rows, but for rounding.
///
/// Only a notice where the file does not hold all rows, unless one of those it holds is
/// below the minimum or above the maximum of all.
pub fn statistics_differ(subject: &Subject<'_>, compared: &[Compared]) -> Vec<Peculiarity> {
    let may_differ = |it: &Compared| subject.table.is_partial() && !is_contradicted(it);
    let differing = compared.iter().filter(|it| it.differs);
    differing
        .filter(|it| subject.table.columns[it.column].position.is_some())
        .map(|it| {
            let severity = if may_differ(it) { Severity::Notice } else { Severity::Warning };
            let row = RowAt::Summary(it.row);
            subject.at_cell(Check::StatisticDiffers, severity, it.column, row, gives(it))
        })
        .collect()
}

/// Whether a few rows are enough to see that a minimum or a maximum is none.
fn is_contradicted(compared: &Compared) -> bool {
    match compared.statistic {
        Statistic::Minimum => compared.computed < compared.delivered,
        Statistic::Maximum => compared.computed > compared.delivered,
        _ => false,
    }
}

fn gives(compared: &Compared) -> Text {
    let (computed, decimals) = (compared.computed, compared.decimals());
    let (de, en) = (computed.print(decimals, Lang::De), computed.print(decimals, Lang::En));
    let name = name(compared.statistic);
    text(
        format!("Aus den Zeilen ergibt sich als {} {de}.", name.in_lang(Lang::De)),
        format!("the rows give the {} {en}", name.in_lang(Lang::En)),
    )
}

fn name(statistic: Statistic) -> Text {
    match statistic {
        Statistic::Median => text("Median", "median"),
        Statistic::Mean => text("Mittelwert", "mean"),
        Statistic::Minimum => text("Minimum", "minimum"),
        Statistic::Maximum => text("Maximum", "maximum"),
        Statistic::Frequency => text("Häufigkeit", "frequency"),
    }
}

/// `averaged-category`: codes, classes and words are counted and never averaged.
///
/// The median of ordered classes is a class and allowed.
pub fn averaged_categories(subject: &Subject<'_>) -> Vec<Peculiarity> {
    let columns = subject.columns().filter(|(_, it)| is_categorical(it));
    columns.filter_map(|(at, column)| averaged(subject, at, column)).collect()
}

fn averaged(subject: &Subject<'_>, at: usize, column: &Column) -> Option<Peculiarity> {
    let is_average = |statistic: Statistic| {
        matches!(statistic, Statistic::Median | Statistic::Mean) && !may_be_computed(statistic, column)
    };
    let averages = subject.table.summary.iter().enumerate().filter_map(|(row_at, row)| match row.role {
        Role::Statistic(it) if is_average(it) => {
            (!matches!(row.cells[at].value, Value::Missing(_))).then_some((RowAt::Summary(row_at), it))
        }
        _ => None,
    });
    let averages: Vec<(RowAt, Statistic)> = averages.collect();
    let &(first, _) = averages.first()?;
    let statistics: Vec<Statistic> = averages.iter().map(|it| it.1).collect();
    let message = says_nothing(&statistics, column);
    Some(subject.at_cell(Check::AveragedCategory, Severity::Notice, at, first, message))
}

fn may_be_computed(statistic: Statistic, column: &Column) -> bool {
    let is_ordered = matches!(column.content, Content::Categories { ordered: true, .. });
    column.statistics.contains(&statistic)
        || (statistic == Statistic::Median && column.scale == Scale::Class && is_ordered)
}

fn says_nothing(statistics: &[Statistic], column: &Column) -> Text {
    let names = |lang: Lang, and: &str| {
        let names: Vec<_> = statistics.iter().map(|it| name(*it).in_lang(lang).to_owned()).collect();
        names.join(and)
    };
    let (of_de, of_en) = match column.scale {
        Scale::Class => ("Klassen", "classes"),
        Scale::Code => ("Codes", "codes"),
        _ => ("Wörtern", "words"),
    };
    let (article, says, means) =
        if statistics.len() == 1 { ("Ein ", "sagt", "means") } else { ("", "sagen", "mean") };
    text(
        format!("{article}{} {says} bei {of_de} nichts.", names(Lang::De, " und ")),
        format!("the {} of {of_en} {means} nothing", names(Lang::En, " and ")),
    )
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::data::number::{NumberFormat, parse};

    #[track_caller]
    fn check(delivered: &str, computed: &str, expected: bool) {
        let number = |it| parse(it, NumberFormat::german()).unwrap();
        assert_eq!(differs(number(delivered), number(computed)), expected, "{delivered} {computed}");
    }

    #[test]
    fn half_a_unit_of_the_last_digit_is_rounding() {
        check("119,7", "119,65", false);
        check("119,7", "119,75", false);
        check("119,7", "119,76", true);
        check("119,7", "119,6499", true);
        check("-2,7", "-2,74", false);
        check("-2,7", "2,7", true);
    }

    #[test]
    fn zeros_at_the_end_are_not_significant() {
        check("119,70", "119,74", false);
        check("119,71", "119,716", true);
        check("232.642,00", "232.642,5", false);
        check("232.642,00", "232.643", true);
        check("0,00", "0,4", false);
    }

    #[test]
    fn zeros_before_the_comma_are_significant() {
        check("40.720", "40.721", true);
    }
}
