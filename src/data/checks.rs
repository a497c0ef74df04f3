//! What the data say: rules on a table that was read without a fault.
//!
//! 1. Each rule looks at the whole table and gives what is peculiar ([`Peculiarity`]):
//!    `range`, `limit`, `parts`, `summary`, `gaps`.
//! 2. `answer` lays beside it what the descriptor says of it.
//! 3. [`report`] makes findings of what nobody has answered.
//!
//! Nothing is lost on the way: the report page of the site shows what was answered, too.

mod answer;
mod gaps;
mod limit;
mod message;
mod parts;
mod range;
mod summary;

use std::collections::hash_map::Entry;
use std::collections::{HashMap, HashSet};

use rayon::prelude::*;

pub use self::gaps::share;
pub use self::message::report;
pub use self::summary::Compared;
use super::number::Decimal;
use super::place::cell_context;
use super::statistics::{self, Statistics};
use super::{Column, Row, Scale, Table};
use crate::diag::{Severity, Text, text};
use crate::source::Span;

/// What was found out about a table.
#[derive(Debug, Default)]
pub struct Checked {
    /// By check, then in the order of the columns.
    pub peculiarities: Vec<Peculiarity>,
    /// One for each column; none where there is nothing to compute.
    pub statistics: Vec<Option<Statistics>>,
    /// Statistics that were delivered beside those that are computed, by column.
    pub compared: Vec<Compared>,
    /// For each column how many rows lack a value, by the sign that stands there.
    pub missing: Vec<Vec<(u16, usize)>>,
}

/// Something in the data that somebody should look at.
#[derive(Debug)]
pub struct Peculiarity {
    pub check: Check,
    /// How bad it is while nobody has answered.
    pub severity: Severity,
    pub column: usize,
    /// The rows where it is to be seen; none where it is about the column as a whole.
    pub rows: Vec<RowAt>,
    /// What stands in the first of them, as written; empty without a row.
    pub written: String,
    pub span: Span,
    pub message: Text,
    /// A second place that belongs to it.
    pub also: Option<(Span, Text)>,
    pub reply: Reply,
}

/// A row, as an index into [`Table::rows`] or [`Table::summary`].
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum RowAt {
    Item(usize),
    Summary(usize),
}

/// What the descriptor says of a peculiarity.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub enum Reply {
    /// Nothing.
    None,
    /// Somebody has looked and says why all is well.
    Checked(String),
    /// The reference row cannot be compared; why, where that is said.
    NotComparable(Option<String>),
    /// The value is declared to be none; what it stands for.
    Missing(String),
    /// Somebody has looked and could not settle it.
    Open(String),
}

/// A rule on what the data say.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Check {
    ReferenceOutOfRange,
    ForeignValue,
    TypeLimit,
    PartExceedsWhole,
    StatisticDiffers,
    AveragedCategory,
    ManyMissing,
}

impl Check {
    /// All of them, in the order of the report.
    pub const ALL: [Check; 7] = [
        Check::ReferenceOutOfRange,
        Check::ForeignValue,
        Check::TypeLimit,
        Check::PartExceedsWhole,
        Check::StatisticDiffers,
        Check::AveragedCategory,
        Check::ManyMissing,
    ];

    /// Returns the stable name.
    pub fn code(self) -> &'static str {
        match self {
            Check::ReferenceOutOfRange => "reference-out-of-range",
            Check::ForeignValue => "foreign-value",
            Check::TypeLimit => "type-limit",
            Check::PartExceedsWhole => "part-exceeds-whole",
            Check::StatisticDiffers => "statistic-differs",
            Check::AveragedCategory => "averaged-category",
            Check::ManyMissing => "many-missing",
        }
    }

    /// Returns what the rule is about, for readers.
    pub fn title(self) -> Text {
        match self {
            Check::ReferenceOutOfRange => {
                text("Vergleichswert außerhalb der Spanne", "Reference value out of range")
            }
            Check::ForeignValue => text("Fremder Wert unter Codes und Klassen", "Foreign value among codes"),
            Check::TypeLimit => text("Zahl, die vermutlich keine ist", "Number that is probably none"),
            Check::PartExceedsWhole => text("Teile größer als das Ganze", "Parts greater than their whole"),
            Check::StatisticDiffers => {
                text("Kennwert weicht von den Zeilen ab", "Statistic differs from the rows")
            }
            Check::AveragedCategory => text("Mittel von Codes oder Klassen", "Average of codes or classes"),
            Check::ManyMissing => text("Viele fehlende Werte", "Many missing values"),
        }
    }

    /// Returns the rule in a sentence, for readers.
    pub fn rule(self) -> Text {
        match self {
            Check::ReferenceOutOfRange => text(
                "Ein Vergleichswert, etwa für Deutschland, liegt zwischen dem niedrigsten und dem höchsten \
                 Wert der Zeilen. Sonst misst er vielleicht etwas anderes.",
                "A reference value, such as that of the country, lies between the least and the greatest \
                 value of the rows. Otherwise it may measure something else.",
            ),
            Check::ForeignValue => text(
                "In einer Spalte mit Codes, Klassen oder festen Wörtern steht auch in den Summenzeilen nur \
                 einer davon.",
                "In a column of codes, classes or fixed words, summary rows hold one of them, too.",
            ),
            Check::TypeLimit => text(
                "Programme schreiben eine Zahl nur aus Neunen, die größte Zahl eines Feldes oder −1, wenn \
                 sie keinen Wert haben oder er nicht hineinpasst.",
                "Programs write a number of nines, the greatest number of a field or −1 where they have no \
                 value or it does not fit.",
            ),
            Check::PartExceedsWhole => text(
                "Die Teile einer Summe sind zusammen höchstens so groß wie das Ganze.",
                "The parts of a sum are together at most as great as the whole.",
            ),
            Check::StatisticDiffers => text(
                "Median, Mittelwert, Minimum und Maximum sind nachgerechnet. Ein Unterschied bis zur halben \
                 letzten Stelle ist Rundung.",
                "Median, mean, minimum and maximum are computed again. A difference of up to half of the last \
                 digit is rounding.",
            ),
            Check::AveragedCategory => text(
                "Codes und Klassen werden gezählt; ein Mittelwert aus ihnen sagt nichts.",
                "Codes and classes are counted; an average of them means nothing.",
            ),
            Check::ManyMissing => text(
                "Fehlt der Wert in mehr als 30 % der Zeilen, steht die Spalte auf unsicherem Grund.",
                "Where more than 30 % of the rows lack a value, the column stands on uncertain ground.",
            ),
        }
    }
}

/// Looks at a table with all rules; `csv` is the text of its file.
pub fn check(table: &Table, csv: &str) -> Checked {
    let subject = &Subject { table, csv };
    let statistics = column_statistics(table);
    let missing = gaps::count(table);
    let compared = summary::compare(table, &statistics);
    let rules = [
        range::reference_out_of_range(subject, &statistics),
        range::foreign_values(subject),
        limit::type_limits(subject),
        parts::parts_exceed_wholes(subject),
        summary::statistics_differ(subject, &compared),
        summary::averaged_categories(subject),
        gaps::many_missing(subject, &missing),
    ];
    let found = without_consequences(rules.into_iter().flatten().collect());
    let mut peculiarities = alike_together(found);
    for it in &mut peculiarities {
        answer::reply(it, table);
    }
    Checked { peculiarities, statistics, compared, missing }
}

/// Computes the statistics of all columns of numbers side by side.
fn column_statistics(table: &Table) -> Vec<Option<Statistics>> {
    let columns = table.columns.par_iter().enumerate();
    columns
        .map(|(at, column)| column.is_numeric().then(|| statistics::of_column(table, at)).flatten())
        .collect()
}

/// What is no number is out of range as well; that need not be said.
fn without_consequences(mut all: Vec<Peculiarity>) -> Vec<Peculiarity> {
    let no_numbers: HashSet<Span> =
        all.iter().filter(|it| it.check == Check::TypeLimit).map(|it| it.span).collect();
    all.retain(|it| it.check != Check::ReferenceOutOfRange || !no_numbers.contains(&it.span));
    all
}

/// All that is said of a value in a column.
type Words = (Check, usize, String, Text, Reply);

/// Puts what is said of one value of a column in the same words into one peculiarity.
fn alike_together(all: Vec<Peculiarity>) -> Vec<Peculiarity> {
    let mut together: Vec<Peculiarity> = Vec::new();
    let mut known: HashMap<Words, usize> = HashMap::new();
    for it in all {
        match known.entry((it.check, it.column, it.written.clone(), it.message.clone(), it.reply.clone())) {
            Entry::Occupied(first) => together[*first.get()].rows.extend(it.rows),
            Entry::Vacant(free) => {
                free.insert(together.len());
                together.push(it);
            }
        }
    }
    together
}

/// A table and the text it was read from.
struct Subject<'a> {
    table: &'a Table,
    csv: &'a str,
}

impl Subject<'_> {
    /// The columns that were delivered. What is derived from them is not judged again.
    fn columns(&self) -> impl Iterator<Item = (usize, &Column)> {
        self.table.columns.iter().enumerate().filter(|(_, column)| column.position.is_some())
    }

    /// Says that a cell is peculiar.
    fn at_cell(
        &self,
        check: Check,
        severity: Severity,
        column: usize,
        row: RowAt,
        message: Text,
    ) -> Peculiarity {
        let cell = &self.table.row_at(row).cells[column];
        Peculiarity {
            check,
            severity,
            column,
            rows: vec![row],
            written: self.written(row, column),
            span: self.table.span(cell),
            message,
            also: None,
            reply: Reply::None,
        }
    }

    /// Returns what stands in a cell, without quotation marks.
    fn written(&self, row: RowAt, column: usize) -> String {
        let span = self.table.span(&self.table.row_at(row).cells[column]);
        let written = self.csv.get(span.range()).unwrap_or_default().trim();
        let quoted = written.strip_prefix('"').and_then(|it| it.strip_suffix('"'));
        quoted.map_or_else(|| written.to_owned(), |it| it.trim().replace("\"\"", "\""))
    }
}

/// Whether the values of a column stand for something else: codes, classes, words.
fn is_categorical(column: &Column) -> bool {
    matches!(column.scale, Scale::Code | Scale::Class | Scale::Category)
}

/// Drops zeros at the end of the decimals: units and how many decimals they have.
fn significant(number: Decimal) -> (i64, u8) {
    let (mut units, mut scale) = (number.units(), number.scale());
    while scale > 0 && units % 10 == 0 {
        units /= 10;
        scale -= 1;
    }
    (units, scale)
}

impl Table {
    /// Returns a row by its place.
    pub fn row_at(&self, at: RowAt) -> &Row {
        match at {
            RowAt::Item(at) => &self.rows[at],
            RowAt::Summary(at) => &self.summary[at],
        }
    }

    /// Returns all rows with their places, first those that sum up.
    pub fn rows_with_place(&self) -> impl Iterator<Item = (RowAt, &Row)> {
        let summary = self.summary.iter().enumerate().map(|(at, row)| (RowAt::Summary(at), row));
        summary.chain(self.rows.iter().enumerate().map(|(at, row)| (RowAt::Item(at), row)))
    }

    /// Whether the file does not hold all rows.
    pub fn is_partial(&self) -> bool {
        self.total.is_some_and(|total| total != self.rows.len())
    }
}

impl Peculiarity {
    /// Says where it is seen first.
    fn context(&self, table: &Table, csv: &str) -> Text {
        let label = &table.columns[self.column].label;
        match self.rows.first() {
            Some(&row) => cell_context(table, table.row_at(row), self.column, csv),
            None => text(format!("Spalte „{label}“"), format!("column `{label}`")),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::data::{delivered, parse};
    use crate::diag::{Diagnostic, Diagnostics, Lang};
    use crate::source::Sources;

    const DESCRIPTOR: &str = r#"
resources:
- name: orte
  path: orte.csv
  dialect: {delimiter: ";"}
  kompendium:
    rowHeader: Ort
    summaryRows:
      field: Ort
      values: [Land, {value: Median, statistic: median}, {value: Mittel, statistic: mean}]
    parts: [{whole: alle, parts: [jung, alt]}]
  schema:
    fields:
    - {name: Ort}
    - {name: alle, type: number, decimalChar: ","}
    - {name: jung, type: number, decimalChar: ","}
    - {name: alt, type: number, decimalChar: ",", missingValues: ["", "-999"]}
    - {name: Typ, type: integer, categories: [1, 2], kompendium: {scale: code, statistics: [frequency]}}
"#;

    /// Checks what is peculiar, a line each: `code cell: message`, and `= reply`.
    #[track_caller]
    fn check_rows(rows: &str, expected: &[&str]) {
        let mut sources = Sources::default();
        let descriptor = sources.add("datapackage.json", DESCRIPTOR);
        let csv = format!("Ort;alle;jung;alt;Typ\n{rows}");
        let file = delivered(&mut sources, "orte.csv", csv.as_bytes());
        let mut diags = Diagnostics::default();
        let tables = parse(descriptor, &[file], &sources, Lang::De, &mut diags);
        let of_form = diags.iter().filter(|it| it.code != "missing-summary-row");
        assert_eq!(of_form.collect::<Vec<_>>(), Vec::<&Diagnostic>::new());
        let table = &tables.read[0];
        let found: Vec<String> = super::check(table, &csv)
            .peculiarities
            .iter()
            .map(|it| {
                let reply =
                    if it.reply == Reply::None { String::new() } else { format!(" = {:?}", it.reply) };
                let (id, message) = (&table.columns[it.column].id, it.message.in_lang(Lang::De));
                format!("{} {id} {}: {message}{reply}", it.check.code(), it.written)
            })
            .collect();
        assert_eq!(found, expected);
    }

    #[test]
    fn a_table_without_rows_has_nothing_peculiar() {
        check_rows("", &[]);
        check_rows("Land;5;;;", &[]);
    }

    #[test]
    fn a_reference_lies_among_the_rows() {
        check_rows("A;10;1;1;1\nB;20,5;2;1;2\nLand;20,50;;;", &[]);
        // A total is no value to compare with.
        check_rows("A;10;1;1;1\nB;20,5;2;1;2\nLand;30,50;3;;", &[]);
        check_rows(
            "A;10;1;1;1\nB;20,5;2;1;2\nLand;20,51;;;",
            &["reference-out-of-range alle 20,51: Der Wert liegt über dem höchsten der Zeilen (20,5)."],
        );
    }

    #[test]
    fn a_declared_stand_in_is_answered() {
        check_rows(
            "A;10;1;-999;1\nB;20;2;1;2\nC;20;2;1;2\nD;20;2;1;2",
            &["type-limit alt -999: Minus und nur Neunen, während sonst kein Wert negativ ist: vermutlich \
               keine Zahl, sondern „keine Angabe“. = Missing(\"keine Angabe (-999)\")"],
        );
    }

    #[test]
    fn parts_are_added_exactly() {
        check_rows("A;0,3;0,1;0,2;1", &[]);
        check_rows(
            "A;0,29;0,1;0,2;1\nB;5;7;;1\nC;9;0;0;1\nD;9;0;0;1",
            &[
                "part-exceeds-whole alle 0,29: Die Teile sind zusammen größer als das Ganze: \
                 0,1 + 0,2 = 0,3, das Ganze ist 0,29.",
                "part-exceeds-whole alle 5: Der Teil „jung“ (7) ist größer als das Ganze (5).",
            ],
        );
    }

    #[test]
    fn statistics_are_computed_again() {
        check_rows(
            "A;1;1;;1\nB;2;1;;1\nMedian;1,50;1;;\nMittel;1,5;1;;",
            &["many-missing alt : Der Wert fehlt in 2 von 2 Zeilen (100\u{a0}%)."],
        );
        check_rows(
            "A;1;1;0;1\nB;2;1;0;1\nMedian;1,40;1;;1\nMittel;2;1;;1,5",
            &[
                "statistic-differs alle 1,40: Aus den Zeilen ergibt sich als Median 1,5.",
                "averaged-category typ 1: Median und Mittelwert sagen bei Codes nichts.",
            ],
        );
    }
}
