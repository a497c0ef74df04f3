//! Columns that are computed from others, added to a table that was read.

use std::collections::BTreeMap;

use super::descriptor::derived::Derived;
use super::formula::{Failure, Ratio};
use super::{Cell, Column, Mark, MissingKind, MissingSign, Parts, Role, Row, Table, Value};
use crate::diag::{Lang, Text, text};

/// Computes the derived columns, one after the other.
///
/// A column whose operands are not in the file is left out. Why a value cannot be computed is said
/// in the language of the site.
pub fn add_columns(table: &mut Table, derived: Vec<Derived>, lang: Lang) {
    let mut exact = Exact::new();
    for column in derived {
        let operands = column.formula.columns.iter().map(|it| table.column(&it.id));
        if let Some(operands) = operands.collect::<Option<Vec<usize>>>() {
            add_column(table, column, &operands, lang, &mut exact);
        }
    }
}

/// The results before they are rounded, by the id of their column: one for each row, those
/// that sum up behind the others.
type Exact = BTreeMap<String, Vec<Option<Ratio>>>;

fn add_column(table: &mut Table, mut derived: Derived, operands: &[usize], lang: Lang, exact: &mut Exact) {
    let at = place(table, &derived, operands);
    let mut reasons = Reasons { lang, signs: Vec::new() };
    let operands: Vec<Operand> = operands.iter().map(|&at| Operand::new(at, table, exact)).collect();
    let rows = table.rows.iter().chain(&table.summary).enumerate();
    let computed = rows.map(|(number, row)| cell(row, number, &derived, &operands, &mut reasons));
    let (cells, ratios): (Vec<Cell>, Vec<Option<Ratio>>) = computed.unzip();
    exact.insert(derived.column.id.clone(), ratios);
    for (row, cell) in table.rows.iter_mut().chain(&mut table.summary).zip(cells) {
        row.cells.insert(at, cell);
    }
    derived.column.missing = reasons.signs;
    if derived.column.group.is_none() {
        derived.column.group = table.columns[at - 1].group.clone();
    }
    table.columns.insert(at, derived.column);
    move_behind(table, at);
}

/// Returns the place behind the column that was asked for, and behind what was derived there before.
fn place(table: &Table, derived: &Derived, operands: &[usize]) -> usize {
    let wished = derived.after.as_deref().and_then(|it| table.column(it));
    let before = wished.or_else(|| operands.iter().copied().max()).unwrap_or_default();
    let more = table.columns[before + 1..].iter().take_while(|it| it.is_derived());
    before + 1 + more.count()
}

/// Moves what names a column by its place.
fn move_behind(table: &mut Table, inserted: usize) {
    let move_one = |at: &mut usize| *at += usize::from(*at >= inserted);
    move_one(&mut table.row_header);
    table.region.iter_mut().for_each(move_one);
    for Parts { whole, parts } in &mut table.parts {
        move_one(whole);
        parts.iter_mut().for_each(move_one);
    }
    if let Some(similarity) = &mut table.similarity {
        similarity.within.iter_mut().for_each(move_one);
        similarity.by.iter_mut().for_each(move_one);
    }
}

/// A column to compute with.
struct Operand<'a> {
    at: usize,
    column: &'a Column,
    /// Its results before they were rounded, where it is derived.
    exact: Option<&'a [Option<Ratio>]>,
}

impl<'a> Operand<'a> {
    fn new(at: usize, table: &'a Table, exact: &'a Exact) -> Operand<'a> {
        let column = &table.columns[at];
        Operand { at, column, exact: exact.get(&column.id).map(Vec::as_slice) }
    }
}

/// Computes a cell, and what it was before it was rounded.
fn cell(
    row: &Row,
    number: usize,
    derived: &Derived,
    operands: &[Operand],
    reasons: &mut Reasons,
) -> (Cell, Option<Ratio>) {
    let computed = compute(row, number, derived, operands)
        .and_then(|(ratio, mark)| Ok((ratio, Value::Number(ratio.rounded(derived.decimals)?, mark))));
    let (ratio, value) = match computed {
        Ok((ratio, value)) => (Some(ratio), value),
        Err(reason) => (None, Value::Missing(reasons.index_of(reason))),
    };
    (Cell { value, ..row.cells[operands[0].at] }, ratio)
}

/// Why a value cannot be computed.
struct Reason {
    text: Text,
    kind: MissingKind,
}

impl Reason {
    fn absent(text: Text) -> Reason {
        Reason { text, kind: MissingKind::Absent }
    }
}

impl From<Failure> for Reason {
    fn from(failure: Failure) -> Reason {
        Reason::absent(match failure {
            Failure::DivisionByZero => {
                text("nicht berechenbar: Teilung durch null", "cannot be computed: division by zero")
            }
            Failure::TooLarge => {
                text("nicht berechenbar: zu viele Ziffern", "cannot be computed: too many digits")
            }
        })
    }
}

fn compute(
    row: &Row,
    number: usize,
    derived: &Derived,
    operands: &[Operand],
) -> Result<(Ratio, Mark), Reason> {
    // The median of ratios is not the ratio of medians.
    if matches!(row.role, Role::Statistic(_)) {
        return Err(Reason::absent(text(
            "aus gelieferten Kennwerten nicht ableitbar",
            "cannot be derived from delivered statistics",
        )));
    }
    let mut values = Vec::with_capacity(operands.len());
    let mut marks = Vec::with_capacity(operands.len());
    for operand in operands {
        match row.cells[operand.at].value {
            Value::Number(rounded, mark) => {
                let exact = operand.exact.and_then(|it| it[number]);
                values.push(exact.unwrap_or_else(|| rounded.into()));
                marks.push(mark);
            }
            other => return Err(missing(other, operand.column)),
        }
    }
    Ok((derived.formula.compute(&values)?, weakest(&marks)))
}

/// Says which value is missing; a reason of a derived column is passed on as it is.
fn missing(value: Value, column: &Column) -> Reason {
    let label = &column.label;
    match value {
        Value::Missing(at) => {
            let MissingSign { reason, kind, .. } = &column.missing[usize::from(at)];
            let text = match column.is_derived() {
                true => text(reason, reason),
                false => text(
                    format!("nicht berechenbar: „{label}“ fehlt ({reason})"),
                    format!("cannot be computed: “{label}” is missing ({reason})"),
                ),
            };
            Reason { text, kind: *kind }
        }
        _ => Reason::absent(text(
            format!("nicht berechenbar: „{label}“ ist keine Zahl"),
            format!("cannot be computed: “{label}” is no number"),
        )),
    }
}

/// Of marks that weaken a number the weakest holds for what is computed from it.
fn weakest(marks: &[Mark]) -> Mark {
    let weak = [Mark::Limited, Mark::Estimated, Mark::Preliminary];
    weak.into_iter().find(|it| marks.contains(it)).unwrap_or_default()
}

/// The signs that stand in place of values that cannot be computed, each once.
struct Reasons {
    lang: Lang,
    signs: Vec<MissingSign>,
}

impl Reasons {
    fn index_of(&mut self, Reason { text: reason, kind }: Reason) -> u16 {
        let reason = reason.in_lang(self.lang);
        let known = self.signs.iter().position(|it| it.reason == reason && it.kind == kind);
        let at = known.unwrap_or_else(|| {
            let value = text("n. b.", "n/c").in_lang(self.lang).to_owned();
            let shown = Some(value.replace(' ', "\u{a0}"));
            self.signs.push(MissingSign { value, reason: reason.to_owned(), shown, kind });
            self.signs.len() - 1
        });
        u16::try_from(at).expect("there is one reason for each sign of the operands")
    }
}

#[cfg(test)]
mod tests {
    use crate::data::{Tables, Value};
    use crate::diag::{Diagnostics, Lang};
    use crate::source::Sources;

    fn read(derived: &str, csv: &str) -> (Tables, Vec<String>) {
        let descriptor = format!(
            r#"{{"resources": [{{"name": "orte", "path": "orte.csv", "schema": {{"fields": [
                {{"name": "Fälle", "type": "integer", "missingValues": ["", {{"value": "?", "label": "offen", "kompendium": {{"kind": "unclear"}}}}],
                  "kompendium": {{"id": "faelle", "date": "2021", "inferred": ["date"], "group": "Hilfen"}}}},
                {{"name": "Ort"}},
                {{"name": "Einwohner", "type": "number", "kompendium": {{"id": "einwohner", "date": "2022"}}}},
                {{"name": "Typ", "type": "integer", "categories": [1, 2]}},
                {{"name": "Miete", "categories": ["unter 5", "5 und mehr"], "kompendium": {{"scale": "class"}}}}
            ]}}, "kompendium": {{"rowHeader": "Ort", "region": "Typ",
                "similar": {{"within": "typ", "by": ["einwohner"]}},
                "summaryRows": {{"field": "Ort", "values": [{{"value": "Median", "statistic": "median"}}, "Land"]}},
                "derived": [{derived}]}}}}]}}"#
        );
        let mut sources = Sources::default();
        let file = sources.add("datapackage.json", descriptor.as_str());
        let csv = crate::data::delivered(&mut sources, "orte.csv", csv.as_bytes());
        let mut diags = Diagnostics::default();
        let tables = crate::data::parse(file, &[csv], &sources, Lang::De, &mut diags);
        let found = diags.iter().filter(|it| it.code != "missing-summary-row").map(|it| {
            let marked = &sources.text(it.span.file)[it.span.range()];
            let help = it.help.as_ref().map_or(String::new(), |it| format!(" [{}]", it.in_lang(Lang::De)));
            format!("{} „{marked}“ {}{help}", it.code, it.message.in_lang(Lang::De))
        });
        (tables, found.collect())
    }

    const HEADER: &str = "Fälle,Ort,Einwohner,Typ,Miete";
    const RATE: &str =
        r#"{"id": "rate", "label": "Rate", "formula": "faelle * 1000 / einwohner", "decimals": 2}"#;

    /// Prints a column, a value or a reason for each row.
    #[track_caller]
    fn check(derived: &str, id: &str, rows: &str, expected: &[&str]) {
        let (tables, findings) = read(derived, &format!("{HEADER}\n{rows}"));
        assert_eq!(findings, Vec::<String>::new());
        let table = &tables.read[0];
        let at = table.column(id).unwrap();
        let print = |value| match value {
            Value::Number(number, mark) => format!("{number} {mark:?}"),
            Value::Missing(sign) => {
                let sign = &table.columns[at].missing[usize::from(sign)];
                format!("{} ({:?})", sign.reason, sign.kind)
            }
            other => format!("{other:?}"),
        };
        let rows = table.rows.iter().chain(&table.summary);
        assert_eq!(rows.map(|row| print(row.cells[at].value)).collect::<Vec<_>>(), expected);
    }

    #[test]
    fn rows_and_references_are_computed_and_statistics_are_not() {
        check(
            RATE,
            "rate",
            "2,A,3000,1,unter 5\n5,Median,10,1,\n7,Land,10000,1,\n",
            &["0.67 None", "aus gelieferten Kennwerten nicht ableitbar (Absent)", "0.70 None"],
        );
    }

    #[test]
    fn what_cannot_be_computed_says_why() {
        check(
            RATE,
            "rate",
            ",A,3000,1,\n?,B,3000,1,\n1,C,,1,\n1,D,0,1,\n999999999999999999,E,0.00001,1,\n",
            &[
                "nicht berechenbar: „Fälle“ fehlt (keine Angabe) (Absent)",
                "nicht berechenbar: „Fälle“ fehlt (offen) (Unclear)",
                "nicht berechenbar: „Einwohner“ fehlt (keine Angabe) (Absent)",
                "nicht berechenbar: Teilung durch null (Absent)",
                "nicht berechenbar: zu viele Ziffern (Absent)",
            ],
        );
    }

    #[test]
    fn a_weak_value_makes_a_weak_result() {
        check(
            RATE,
            "rate",
            "2p,A,(1000),1,\n2,B,1000r,1,\n3 s,C,1000 p,1,\n",
            &["2.00 Limited", "2.00 None", "3.00 Estimated"],
        );
    }

    #[test]
    fn a_derived_column_may_use_one_before_it() {
        let double = r#"{"id": "doppelt", "label": "Doppelt", "formula": "2 * rate"}"#;
        check(
            &format!("{RATE}, {double}"),
            "doppelt",
            "2,A,3000,1,\n,B,1,1,\n",
            &["1.3 None", "nicht berechenbar: „Fälle“ fehlt (keine Angabe) (Absent)"],
        );
    }

    #[test]
    fn a_result_is_rounded_once() {
        let rough = r#"{"id": "grob", "label": "Grob", "formula": "faelle / einwohner", "decimals": 0}"#;
        let exact = r#"{"id": "genau", "label": "Genau", "formula": "grob * 10", "decimals": 0}"#;
        check(&format!("{rough}, {exact}"), "genau", "1,A,4,1,\n", &["3 None"]);
    }

    #[test]
    fn columns_stand_where_they_belong() {
        let first = r#"{"id": "a", "label": "A", "formula": "faelle / einwohner", "after": "faelle"}"#;
        let second = r#"{"id": "b", "label": "B", "formula": "faelle", "after": "faelle"}"#;
        let (tables, findings) =
            read(&format!("{first}, {second}, {RATE}"), &format!("{HEADER}\n2,A,3000,1,unter 5\n"));
        assert_eq!(findings, Vec::<String>::new());
        let table = &tables.read[0];
        let ids: Vec<&str> = table.columns.iter().map(|it| it.id.as_str()).collect();
        assert_eq!(ids, ["faelle", "a", "b", "ort", "einwohner", "rate", "typ", "miete"]);
        let id = |at: usize| table.columns[at].id.as_str();
        assert_eq!((id(table.row_header), table.region.map(id)), ("ort", Some("typ")));
        let similarity = table.similarity.as_ref().unwrap();
        assert_eq!((similarity.within.map(id), id(similarity.by[0])), (Some("typ"), "einwohner"));
        let column = &table.columns[1];
        assert_eq!(column.group.as_deref(), Some("Hilfen"));
        assert_eq!(column.date.as_deref(), Some("2021 (Fälle); 2022 (Einwohner)"));
        assert_eq!(column.inferred, [crate::data::Part::Date]);
        assert!(column.is_derived() && column.position.is_none());
        let cell = &table.rows[0].cells;
        assert_eq!(table.span(&cell[1]), table.span(&cell[0]));
    }

    #[track_caller]
    fn check_refused(formula: &str, expected: &[&str]) {
        let derived = format!(
            r#"{{"id": "neu", "label": "Neu", "formula": "{formula}"}}, {{"id": "zwei", "label": "Zwei", "formula": "neu + 1"}}"#
        );
        let (_, findings) = read(&derived, &format!("{HEADER}\n2,A,3000,1,unter 5\n"));
        assert_eq!(findings, expected);
    }

    #[test]
    fn formulas_name_columns_of_numbers_before_them() {
        check_refused(
            "falle / einwohner",
            &[
                "unknown-column „falle“ Eine Spalte mit der id „falle“ ist hier nicht beschrieben. [Meinten Sie: faelle]",
            ],
        );
        check_refused(
            "faelle-einwohner",
            &[
                "unknown-column „faelle-einwohner“ Eine Spalte mit der id „faelle-einwohner“ ist hier nicht beschrieben. \
              [Ein Minus hat Leerzeichen auf beiden Seiten: faelle - einwohner]",
            ],
        );
        check_refused(
            "ort + typ + miete",
            &[
                "formula-column „ort“ Mit der Spalte „Ort“ lässt sich nicht rechnen; in ihr stehen Namen oder Nummern von Zeilen.",
                "formula-column „typ“ Mit der Spalte „Typ“ lässt sich nicht rechnen; in ihr stehen Codes.",
                "formula-column „miete“ Mit der Spalte „Miete“ lässt sich nicht rechnen; in ihr stehen Klassen.",
            ],
        );
        let order =
            "[Eine Formel kann berechnete Spalten nutzen, die vor ihr stehen, und nicht sich selbst.]";
        check_refused(
            "zwei * 2",
            &[&format!("formula-order „zwei“ „zwei“ wird an dieser Stelle noch nicht berechnet. {order}")],
        );
        check_refused(
            "neu * 2",
            &[&format!("formula-order „neu“ „neu“ wird an dieser Stelle noch nicht berechnet. {order}")],
        );
        check_refused("faelle *", &["formula-syntax „*“ Danach fehlt eine Zahl oder eine Spalte."]);
        check_refused(
            "faelle * \\u0031,5",
            &[
                "formula-syntax „\"faelle * \\u0031,5\"“ Zahlen stehen in Formeln ohne Tausenderpunkte und mit Dezimalpunkt. \
              [Meinten Sie: 1.5]",
            ],
        );
    }

    #[test]
    fn ids_and_labels_are_given_once() {
        let (_, findings) = read(
            r#"{"id": "faelle", "label": "Ort", "formula": "einwohner", "afterr": 1, "after": "weg"}"#,
            &format!("{HEADER}\n"),
        );
        assert_eq!(
            findings,
            [
                "unknown-key „\"afterr\"“ Die Angabe „afterr“ gibt es hier nicht. [Meinten Sie: after]",
                "unknown-column „\"weg\"“ Eine Spalte mit der id „weg“ ist hier nicht beschrieben.",
                "duplicate-column „\"Ort\"“ „Ort“ ist schon vergeben.",
                "duplicate-id „\"faelle\"“ „faelle“ ist schon vergeben.",
            ]
        );
    }
}
