//! Figures, small tables and charts in texts: names become indexes, and what an
//! author wrote as a figure is compared with the data.

use std::cmp::Reverse;

use crate::collate::collation_key;
use crate::content::markdown::{
    ChartDirective, ChartKind, Filter, Selection, Sort, TableDirective, ValueRole,
};
use crate::data::number::{self, Decimal, NumberFormat};
use crate::data::place::cell_context;
use crate::data::{Column, Content, Row, Table, Tables, Value};
use crate::diag::{Diagnostic, Diagnostics, Lang, Text, did_you_mean, text};
use crate::fields::allowed;
use crate::site::{Chart, Excerpt, Figure, RowId, Written, has_tools};
use crate::source::{Sources, Span, Spanned};

/// What figures in texts are taken from.
pub struct Figures<'a> {
    pub tables: &'a Tables,
    pub sources: &'a Sources,
    pub lang: Lang,
}

impl Figures<'_> {
    /// Finds a figure and compares it with what its author wrote.
    ///
    /// Findings: `unknown-table`, `unknown-row`, `unknown-column`, `value-differs`. In a table
    /// that has faults of its own, which are reported already, nothing is found wrong.
    pub fn value(&self, role: &ValueRole, diags: &mut Diagnostics) -> Option<Figure> {
        let (at, table) = self.table(&role.table, diags)?;
        self.in_sound(table, diags, |diags| self.value_of(at, table, role, diags))
    }

    fn value_of(
        &self,
        at: usize,
        table: &Table,
        role: &ValueRole,
        diags: &mut Diagnostics,
    ) -> Option<Figure> {
        let row = row(table, &role.row, diags);
        let column = column(table, &role.column, diags);
        let (row, column) = (row?, column?);
        let written = role.written.as_ref().map(|it| self.written(it, table, row, column));
        let written = match written.transpose() {
            Ok(written) => written,
            Err(diagnostic) => {
                diags.push(*diagnostic);
                return None;
            }
        };
        Some(Figure { table: at, row, column, written, id: role.id.clone() })
    }

    /// Finds the rows and columns of a small table.
    ///
    /// Findings: those of [`Figures::value`], `unknown-category`, `no-rows`.
    pub fn excerpt(
        &self,
        directive: &TableDirective,
        span: Span,
        diags: &mut Diagnostics,
    ) -> Option<Excerpt> {
        let (at, table) = self.table(&directive.selection.table, diags)?;
        self.in_sound(table, diags, |diags| self.excerpt_of(at, table, directive, span, diags))
    }

    fn excerpt_of(
        &self,
        at: usize,
        table: &Table,
        directive: &TableDirective,
        span: Span,
        diags: &mut Diagnostics,
    ) -> Option<Excerpt> {
        let columns = columns(table, &directive.columns, diags);
        let summary: Vec<usize> =
            directive.summary.iter().filter_map(|it| summary_row(table, it, diags)).collect();
        let mut rows = self.rows(table, &directive.selection, span, diags)?;
        rows.truncate(directive.limit.unwrap_or(usize::MAX));
        let caption = directive.selection.caption.clone();
        let number = directive.number;
        let mut tools = directive.tools.clone();
        if !has_tools(rows.len(), columns.len()) {
            tools.clear();
        }
        Some(Excerpt { table: at, number, caption, columns, rows, summary, tools })
    }

    /// Finds the rows and columns of a chart.
    ///
    /// Findings: those of [`Figures::excerpt`], `chart-column`, `row-not-shown`.
    pub fn chart(&self, directive: &ChartDirective, span: Span, diags: &mut Diagnostics) -> Option<Chart> {
        let (at, table) = self.table(&directive.selection.table, diags)?;
        self.in_sound(table, diags, |diags| self.chart_of(at, table, directive, span, diags))
    }

    fn chart_of(
        &self,
        at: usize,
        table: &Table,
        directive: &ChartDirective,
        span: Span,
        diags: &mut Diagnostics,
    ) -> Option<Chart> {
        let columns = columns(table, &directive.columns, diags);
        let mut fits = columns.len() == directive.columns.len();
        for (&column, name) in columns.iter().zip(&directive.columns) {
            fits &= can_be_drawn(&table.columns[column], &directive.kind, name, diags);
        }
        let rows = self.rows(table, &directive.selection, span, diags)?;
        let shows_rows = columns.iter().all(|&it| table.columns[it].is_numeric());
        let mut marks = Vec::new();
        for name in &directive.marks {
            let Some(row) = item(table, name, diags) else { continue };
            if shows_rows && rows.contains(&row) {
                marks.push(row);
            } else if fits {
                diags.push(not_shown(name, shows_rows));
            }
        }
        let caption = directive.selection.caption.clone();
        let kind = directive.kind.value;
        let number = directive.number;
        fits.then_some(Chart { table: at, number, caption, kind, columns, rows, marks })
    }

    /// Leaves out what is found where the table is incomplete: it follows from that.
    fn in_sound<T>(
        &self,
        table: &Table,
        diags: &mut Diagnostics,
        find: impl FnOnce(&mut Diagnostics) -> T,
    ) -> T {
        let mut found = Diagnostics::default();
        let result = find(&mut found);
        if !self.tables.may_be_incomplete(&table.name) {
            diags.append(found);
        }
        result
    }

    /// `unknown-table`: a table that is named exists.
    fn table(&self, name: &Spanned<String>, diags: &mut Diagnostics) -> Option<(usize, &Table)> {
        let found = self.tables.read.iter().position(|it| it.name == name.value);
        if found.is_none() && !self.tables.may_be_unreadable(&name.value) {
            let message = text(
                format!("Eine Tabelle „{}“ gibt es nicht.", name.value),
                format!("there is no table `{}`", name.value),
            );
            let names: Vec<&str> = self.tables.read.iter().map(|it| it.name.as_str()).collect();
            diags.push(
                Diagnostic::error("unknown-table", name.span, message)
                    .maybe_help(suggestion(&name.value, &names)),
            );
        }
        found.map(|at| (at, &self.tables.read[at]))
    }

    /// `no-rows`: what is shown has at least one row.
    fn rows(
        &self,
        table: &Table,
        selection: &Selection,
        span: Span,
        diags: &mut Diagnostics,
    ) -> Option<Vec<usize>> {
        let named: Vec<Option<usize>> = selection.rows.iter().map(|it| item(table, it, diags)).collect();
        let filters: Vec<Option<Wanted>> =
            selection.filters.iter().map(|it| self.wanted(table, it, diags)).collect();
        let sort = selection.sort.as_ref().map(|it| column(table, &it.column, diags));
        let named: Vec<usize> = named.into_iter().collect::<Option<_>>()?;
        let filters: Vec<Wanted> = filters.into_iter().collect::<Option<_>>()?;
        let mut rows = if named.is_empty() { (0..table.rows.len()).collect() } else { named };
        rows.retain(|&row| filters.iter().all(|it| self.fits(table, &table.rows[row], it)));
        if rows.is_empty() {
            let message = text("Zu dieser Auswahl passt keine Zeile.", "no row fits this selection");
            diags.push(Diagnostic::error("no-rows", span, message));
            return None;
        }
        match (sort, &selection.sort) {
            (Some(column), Some(Sort { descending, .. })) => Some(sorted(table, rows, column?, *descending)),
            _ => Some(rows),
        }
    }

    /// `unknown-category`: a value that rows are chosen by occurs in its column.
    fn wanted(&self, table: &Table, filter: &Filter, diags: &mut Diagnostics) -> Option<Wanted> {
        let at = column(table, &filter.column, diags)?;
        let column = &table.columns[at];
        let is_known = |value: &str| {
            has_category(column, value) || table.rows.iter().any(|row| self.is_value(value, table, row, at))
        };
        let mut all_known = true;
        for value in filter.values.iter().filter(|it| !is_known(&it.value)) {
            all_known = false;
            let message = text(
                format!("„{}“ gibt es in der Spalte „{}“ nicht.", value.value, column.label),
                format!("the column `{}` has no `{}`", column.label, value.value),
            );
            let known = known_values(table, at, self.lang);
            let names: Vec<&str> = known.iter().map(String::as_str).collect();
            diags.push(
                Diagnostic::error("unknown-category", value.span, message)
                    .maybe_help(suggestion(&value.value, &names)),
            );
        }
        let values = filter.values.iter().map(|it| it.value.clone()).collect();
        all_known.then_some(Wanted { column: at, values })
    }

    fn fits(&self, table: &Table, row: &Row, wanted: &Wanted) -> bool {
        wanted.values.iter().any(|value| self.is_value(value, table, row, wanted.column))
    }

    fn is_value(&self, written: &str, table: &Table, row: &Row, at: usize) -> bool {
        self.compare(written, table, row, at).is_ok()
    }

    /// `value-differs`: a figure that stands in a text is the one of the data.
    ///
    /// Rounding to fewer decimals is no difference, where it is done right.
    fn written(
        &self,
        written: &Spanned<String>,
        table: &Table,
        row: RowId,
        at: usize,
    ) -> Result<Written, Box<Diagnostic>> {
        let row = match row {
            RowId::Item(row) => &table.rows[row],
            RowId::Summary(row) => &table.summary[row],
        };
        self.compare(&written.value, table, row, at).map_err(|data| {
            let here = &written.value;
            let message = text(
                format!("Hier steht „{here}“, in den Daten steht {}.", data.in_lang(Lang::De)),
                format!("`{here}` is written here, the data say {}", data.in_lang(Lang::En)),
            );
            let span = table.span(&row.cells[at]);
            let place = cell_context(table, row, at, self.sources.text(table.file));
            Box::new(Diagnostic::error("value-differs", written.span, message).also(span, place))
        })
    }

    /// Compares a figure with a cell; where they differ, says what stands in the cell.
    fn compare(&self, written: &str, table: &Table, row: &Row, at: usize) -> Result<Written, Text> {
        let column = &table.columns[at];
        let quoted = |data: &str| text(format!("„{data}“"), format!("`{data}`"));
        match row.cells[at].value {
            Value::Number(number, _) if column.is_numeric() => {
                let found = read_number(written, column, self.lang);
                let found = found.filter(|(it, _)| is_rounded(*it, number));
                found
                    .map(|(number, unit)| Written::Number(number, unit))
                    .ok_or_else(|| quoted(&number.print(number.scale(), self.lang)))
            }
            Value::Number(number, _) => {
                same_text(written, &[&number.to_string()]).ok_or(quoted(&number.to_string()))
            }
            Value::Text(id) => {
                let data = table.texts.get(id);
                same_text(written, &[data]).ok_or_else(|| quoted(data))
            }
            Value::Category(category) => {
                let Content::Categories { list, .. } = &column.content else {
                    unreachable!("read::value() takes categories from this list");
                };
                let category = &list[usize::from(category)];
                same_text(written, &[&category.value, &category.label]).ok_or_else(|| quoted(&category.value))
            }
            Value::Missing(sign) => {
                let sign = &column.missing[usize::from(sign)];
                let forms = [Some(sign.value.as_str()), sign.shown.as_deref(), Some(sign.reason.as_str())];
                let forms: Vec<&str> = forms.into_iter().flatten().filter(|it| !it.is_empty()).collect();
                same_text(written, &forms).ok_or_else(|| {
                    let reason = &sign.reason;
                    text(format!("kein Wert ({reason})"), format!("no value ({reason})"))
                })
            }
        }
    }
}

/// The values that a column may have.
struct Wanted {
    column: usize,
    values: Vec<String>,
}

/// Whether a category is called so; it may be one that no row has.
fn has_category(column: &Column, name: &str) -> bool {
    let Content::Categories { list, .. } = &column.content else { return false };
    list.iter().any(|it| it.value == name || it.label == name)
}

/// Returns the categories of a column, or the values that occur in it; each once.
fn known_values(table: &Table, at: usize, lang: Lang) -> Vec<String> {
    if let Content::Categories { list, .. } = &table.columns[at].content {
        let labels = list.iter().filter(|it| it.label != it.value).map(|it| it.label.clone());
        return list.iter().map(|it| it.value.clone()).chain(labels).collect();
    }
    let values = table.rows.iter().filter_map(|row| match row.cells[at].value {
        Value::Text(id) => Some(table.texts.get(id).to_owned()),
        Value::Number(number, _) => Some(number.print(number.scale(), lang)),
        _ => None,
    });
    let mut known: Vec<String> = values.collect();
    known.sort_unstable();
    known.dedup();
    known
}

/// How many names are listed where none is near.
const LISTED: usize = 12;

fn suggestion(written: &str, names: &[&str]) -> Option<Text> {
    let few = !names.is_empty() && names.len() <= LISTED;
    did_you_mean(written, names.iter().copied()).or_else(|| few.then(|| allowed(&names.join(", "))))
}

fn row(table: &Table, name: &Spanned<String>, diags: &mut Diagnostics) -> Option<RowId> {
    let items = (0..table.rows.len()).map(RowId::Item);
    let summary = (0..table.summary.len()).map(RowId::Summary);
    let rows = || table.rows.iter().chain(&table.summary);
    let found = rows().position(|it| it.id == name.value);
    if found.is_none() {
        diags.push(unknown_row(table, name, rows()));
    }
    items.chain(summary).nth(found?)
}

fn item(table: &Table, name: &Spanned<String>, diags: &mut Diagnostics) -> Option<usize> {
    let found = table.rows.iter().position(|it| it.id == name.value);
    if found.is_none() {
        diags.push(unknown_row(table, name, table.rows.iter()));
    }
    found
}

fn summary_row(table: &Table, name: &Spanned<String>, diags: &mut Diagnostics) -> Option<usize> {
    let found = table.summary.iter().position(|it| it.id == name.value);
    if found.is_none() {
        diags.push(unknown_row(table, name, table.summary.iter()));
    }
    found
}

/// `unknown-row`: a row that is named exists.
fn unknown_row<'a>(table: &Table, name: &Spanned<String>, rows: impl Iterator<Item = &'a Row>) -> Diagnostic {
    let written = &name.value;
    let message = if table.row(written).is_none() {
        text(
            format!("Eine Zeile „{written}“ gibt es in der Tabelle „{}“ nicht.", table.name),
            format!("the table `{}` has no row `{written}`", table.name),
        )
    } else {
        text(
            format!(
                "„{written}“ kann hier nicht stehen: „rows“ und „mark“ nennen einzelne Zeilen, „summary“ Summenzeilen."
            ),
            format!(
                "`{written}` cannot stand here: `rows` and `mark` name single rows, `summary` those that sum up"
            ),
        )
    };
    let names: Vec<&str> = rows.map(|it| it.id.as_str()).collect();
    Diagnostic::error("unknown-row", name.span, message).maybe_help(suggestion(written, &names))
}

fn columns(table: &Table, names: &[Spanned<String>], diags: &mut Diagnostics) -> Vec<usize> {
    names.iter().filter_map(|it| column(table, it, diags)).collect()
}

/// `unknown-column`: a column that is named exists.
fn column(table: &Table, name: &Spanned<String>, diags: &mut Diagnostics) -> Option<usize> {
    let found = table.column(&name.value);
    if found.is_none() {
        let message = text(
            format!("Eine Spalte „{}“ gibt es in der Tabelle „{}“ nicht.", name.value, table.name),
            format!("the table `{}` has no column `{}`", table.name, name.value),
        );
        diags.push(
            Diagnostic::error("unknown-column", name.span, message)
                .maybe_help(suggested_column(table, &name.value)),
        );
    }
    found
}

/// Suggests a column by its id, or by one of the names that readers see.
fn suggested_column(table: &Table, written: &str) -> Option<Text> {
    let called = |it: &&Column| [&it.name.value, &it.label, &it.short].into_iter().any(|it| it == written);
    if let Some(column) = table.columns.iter().find(called) {
        return Some(text(format!("Meinten Sie: {}", column.id), format!("did you mean: {}", column.id)));
    }
    let names: Vec<&str> = table.columns.iter().map(|it| it.id.as_str()).collect();
    suggestion(written, &names)
}

/// `chart-column`: a chart shows numbers, or how often each class occurs.
fn can_be_drawn(
    column: &Column,
    kind: &Spanned<ChartKind>,
    name: &Spanned<String>,
    diags: &mut Diagnostics,
) -> bool {
    let has_classes = matches!(column.content, Content::Categories { .. });
    if column.is_numeric() || (has_classes && kind.value == ChartKind::Bar) {
        return true;
    }
    let label = &column.label;
    let message = if has_classes {
        text(
            format!("Ein Streifen zeigt Zahlen, „{label}“ hat Klassen oder Codes."),
            format!("a strip shows numbers, `{label}` has classes or codes"),
        )
    } else {
        text(
            format!("Ein Diagramm zeigt Zahlen oder Klassen, „{label}“ hat weder noch."),
            format!("a chart shows numbers or classes, `{label}` has neither"),
        )
    };
    let help = has_classes.then(|| text("Meinten Sie: kind: bar", "did you mean: kind: bar"));
    diags.push(Diagnostic::error("chart-column", name.span, message).maybe_help(help));
    false
}

/// `row-not-shown`: only a row that the chart shows can stand out.
fn not_shown(name: &Spanned<String>, shows_rows: bool) -> Diagnostic {
    let message = if shows_rows {
        text(
            format!("„{}“ gehört nicht zu den Zeilen dieses Diagramms.", name.value),
            format!("`{}` is not among the rows of this chart", name.value),
        )
    } else {
        text(
            "Dieses Diagramm zählt Klassen; eine einzelne Zeile lässt sich darin nicht hervorheben.",
            "this chart counts classes; no single row can stand out in it",
        )
    };
    Diagnostic::error("row-not-shown", name.span, message)
}

/// What rows are sorted by.
#[derive(PartialEq, Eq, PartialOrd, Ord)]
enum Key {
    Number(Decimal),
    /// The place in a list of categories that has an order.
    Place(u16),
    Text(String),
}

/// Sorts rows by a column; those without a value come last, whatever the direction.
fn sorted(table: &Table, rows: Vec<usize>, column: usize, descending: bool) -> Vec<usize> {
    let (mut with_value, without): (Vec<usize>, Vec<usize>) =
        rows.into_iter().partition(|&row| key(table, row, column).is_some());
    if descending {
        with_value.sort_by_cached_key(|&row| Reverse(key(table, row, column)));
    } else {
        with_value.sort_by_cached_key(|&row| key(table, row, column));
    }
    with_value.extend(without);
    with_value
}

fn key(table: &Table, row: usize, at: usize) -> Option<Key> {
    let row = &table.rows[row];
    if at == table.row_header {
        return Some(Key::Text(collation_key(&row.title)));
    }
    match row.cells[at].value {
        Value::Number(number, _) => Some(Key::Number(number)),
        Value::Text(id) => Some(Key::Text(collation_key(table.texts.get(id)))),
        Value::Category(category) => match &table.columns[at].content {
            Content::Categories { list, ordered: false } if !list[usize::from(category)].is_code() => {
                Some(Key::Text(collation_key(&list[usize::from(category)].label)))
            }
            _ => Some(Key::Place(category)),
        },
        Value::Missing(_) => None,
    }
}

/// Whether a number is another one, or that one rounded to fewer decimals.
fn is_rounded(written: Decimal, data: Decimal) -> bool {
    written == data.rounded(written.scale())
}

/// Reads a number as the language of the site writes it, and the unit behind it.
fn read_number(written: &str, column: &Column, lang: Lang) -> Option<(Decimal, Option<String>)> {
    let format = match lang {
        Lang::De => NumberFormat::german(),
        Lang::En => NumberFormat { group: Some(','), ..number::MACHINE },
    };
    let end = written.rfind(|it: char| it.is_ascii_digit())? + 1;
    let (digits, unit) = (&written[..end], written[end..].trim());
    if !unit.is_empty() && !is_unit(unit, column.unit.as_deref()?) {
        return None;
    }
    let number = number::parse(digits, format).ok()?;
    Some((number, (!unit.is_empty()).then(|| unit.to_owned())))
}

/// Whether what is written is how the unit of the column begins, as a sign or as a word.
fn is_unit(written: &str, unit: &str) -> bool {
    const SAME: [&[&str]; 2] = [&["%", "Prozent", "percent"], &["€", "Euro", "EUR"]];
    let begins =
        |it: &str| unit.strip_prefix(it).is_some_and(|rest| rest.is_empty() || rest.starts_with(' '));
    begins(written) || SAME.iter().any(|same| same.contains(&written) && same.iter().any(|it| begins(it)))
}

/// Returns a text that is one of some others; how many blanks are between words is no difference.
fn same_text(written: &str, others: &[&str]) -> Option<Written> {
    let is_same = |it: &&str| written.split_whitespace().eq(it.split_whitespace());
    others.iter().any(is_same).then(|| Written::Text(written.to_owned()))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::data::number::{MACHINE, parse};

    #[track_caller]
    fn check(written: &str, data: &str, expected: bool) {
        let number = |it| parse(it, MACHINE).unwrap();
        assert_eq!(is_rounded(number(written), number(data)), expected);
    }

    #[test]
    fn rounding_is_no_difference_where_it_is_right() {
        check("45.4", "45.40", true);
        check("45.40", "45.4", true);
        check("5020", "5019.83", true);
        check("5019", "5019.83", false);
        check("0.5", "0.45", true);
        check("0.4", "0.45", false);
        check("-3", "-2.5", true);
        check("92500", "92550", false);
    }

    #[test]
    fn units_are_signs_or_words() {
        for (written, unit) in
            [("%", "% der Haushalte"), ("Prozent", "%"), ("€", "Euro je m²"), ("Euro je m²", "Euro je m²")]
        {
            assert!(is_unit(written, unit), "{written} is {unit}");
        }
        for (written, unit) in [("%", "Euro"), ("Eur", "Euro"), ("Personen", "% der Personen")] {
            assert!(!is_unit(written, unit), "{written} is not {unit}");
        }
    }
}
