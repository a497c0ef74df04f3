//! A CSV file, read as its descriptor asks for.
//!
//! 1. `frame` finds the header and sets comments, titles and notes apart.
//! 2. [`layout`] lays the columns of the file beside those that are described.
//! 3. `cell` reads each cell as its column asks for; `problems` keeps what is wrong,
//!    one finding for the same slip in many rows.

mod cell;
mod frame;
mod problems;

use self::cell::CellReader;
use self::frame::{Frame, Header, same_text};
use self::problems::{Problem, Problems};
use super::csv::{RawCell, Record};
use super::descriptor::{ComparisonWish, Resource, SummaryRow, SummaryRows, ViewWish};
use super::place::{self, letters};
use super::{
    Cell, Column, Comparison, Delivered, FileForm, MissingSign, Parts, Role, Row, Similarity, Table, Texts,
    View, decode, derive, keys,
};
use crate::diag::{Diagnostic, Diagnostics, Severity, Text, did_you_mean, nearest, text};
use crate::limits;
use crate::slug::{UniqueIds, slug};
use crate::source::{FileId, Span, Spanned, count_line_ends};

/// Reads a table. Gives none where the header does not say which column is which.
pub fn table(
    mut resource: Resource,
    delivered: &Delivered,
    csv: &str,
    diags: &mut Diagnostics,
) -> Option<Table> {
    let file = delivered.file;
    let errors_before = diags.count(Severity::Error);
    decode::check(delivered.encoding, delivered.proof, resource.encoding.as_ref(), file, csv)
        .into_iter()
        .for_each(|it| diags.push(it));
    decode::damaged(file, csv).into_iter().for_each(|it| diags.push(it));
    let wished_comparisons = std::mem::take(&mut resource.comparisons);
    let mut frame = Frame::open(file, csv, &resource, diags)?;
    let form = FileForm { encoding: delivered.encoding, delimiter: frame.delimiter };
    let layout = layout(&frame.header, &resource, diags)?;
    let mut reader = RowReader::new(&resource, layout, csv);
    let mut rows = Vec::new();
    while let Some(record) = frame.next(diags) {
        if rows.len() >= limits::CSV_ROWS {
            diags.push(too_many_rows(file));
            break;
        }
        rows.extend(reader.row(&record));
    }
    frame.finish(diags);
    let RowReader { layout, texts, more_missing, found_summary, problems, .. } = reader;
    let (derived, views) = (std::mem::take(&mut resource.derived), std::mem::take(&mut resource.views));
    let Layout { row_header, columns, .. } = layout;
    problems.report(diags);
    let (rows, summary): (Vec<Row>, Vec<Row>) = rows.into_iter().partition(|row| row.role == Role::Item);
    find_summary_rows(resource.summary.as_ref(), &found_summary, diags);
    let order: Vec<(usize, usize)> =
        columns.iter().enumerate().filter_map(|(at, column)| Some((at, (*column)?))).collect();
    let place = |column: usize| order.iter().position(|it| it.1 == column);
    let mut table = Table {
        region: resource.region.and_then(place),
        similarity: resource.similarity.as_ref().map(|it| Similarity {
            within: it.within.and_then(place),
            by: it.by.iter().copied().filter_map(place).collect(),
        }),
        name: resource.name.value,
        title: resource.title,
        caption: resource.caption,
        note: resource.note,
        rows_name: resource.rows_name,
        file,
        bytes: delivered.bytes.clone(),
        form,
        comparisons: Vec::new(),
        views: Vec::new(),
        total: resource.total.as_ref().map(|it| it.value),
        parts: resource.parts.iter().filter_map(|it| parts(it, place)).collect(),
        pages: resource.pages,
        columns: in_order(resource.columns, &order, more_missing),
        row_header,
        rows,
        summary,
        texts,
    };
    total_is_enough(resource.total.as_ref(), table.rows.len(), diags);
    check_keys(&table, &resource.unique_keys, &order, csv, diags);
    // What is wrong with a row is reported already; what names it is not wrong too.
    let all_read = diags.count(Severity::Error) == errors_before;
    table.comparisons = comparisons(wished_comparisons, &table.rows, all_read, diags);
    derive::add_columns(&mut table, derived, resource.lang);
    table.views = views.into_iter().map(|it| view(it, &table)).collect();
    Some(table)
}

/// Finds the columns of a view; the file may lack some.
fn view(wish: ViewWish, table: &Table) -> View {
    let columns = wish.columns.iter().filter_map(|it| table.column(it)).collect();
    View { id: wish.id.value, title: wish.title, columns }
}

/// Finds the columns of parts in the file; none where the whole or all parts are not there.
fn parts(declared: &Parts, place: impl Fn(usize) -> Option<usize>) -> Option<Parts> {
    let parts: Vec<usize> = declared.parts.iter().filter_map(|&it| place(it)).collect();
    Some(Parts { whole: place(declared.whole)?, parts }).filter(|it| !it.parts.is_empty())
}

/// Checks the columns and keys whose values are unique.
fn check_keys(
    table: &Table,
    unique_keys: &[Vec<usize>],
    order: &[(usize, usize)],
    csv: &str,
    diags: &mut Diagnostics,
) {
    for (at, column) in table.columns.iter().enumerate() {
        if column.constraints.unique {
            keys::check_unique(table, table.rows.iter(), &[at], csv, diags);
        }
    }
    for key in unique_keys {
        let places: Option<Vec<usize>> =
            key.iter().map(|column| order.iter().position(|it| it.1 == *column)).collect();
        let is_checked = |at: &[usize]| matches!(at, [one] if table.columns[*one].constraints.unique);
        if let Some(places) = places.filter(|it| !is_checked(it)) {
            keys::check_unique(table, table.summary.iter().chain(&table.rows), &places, csv, diags);
        }
    }
}

/// Finds the rows of comparisons; a comparison without one of them is left out.
fn comparisons(
    wished: Vec<ComparisonWish>,
    rows: &[Row],
    all_read: bool,
    diags: &mut Diagnostics,
) -> Vec<Comparison> {
    let mut found = Vec::new();
    for ComparisonWish { id, title, rows: ids } in wished {
        let count = ids.len();
        let mut known = Vec::with_capacity(count);
        for id in &ids {
            match rows.iter().position(|row| row.id == id.value) {
                Some(row) => known.push(row),
                None if all_read => diags.push(unknown_row(id, rows)),
                None => {}
            }
        }
        if known.len() == count {
            found.push(Comparison { id, title, rows: known });
        }
    }
    found
}

/// `unknown-row`: a row that is named is in the file and does not sum up.
fn unknown_row(id: &Spanned<String>, rows: &[Row]) -> Diagnostic {
    let message = text(
        format!("Eine Zeile „{}“ gibt es in der Datei nicht.", id.value),
        format!("there is no row `{}` in the file", id.value),
    );
    let help = did_you_mean(&id.value, rows.iter().map(|row| row.id.as_str()));
    Diagnostic::error("unknown-row", id.span, message).maybe_help(help)
}

/// `total-too-small`: a file has no more rows than there are in truth.
fn total_is_enough(total: Option<&Spanned<usize>>, rows: usize, diags: &mut Diagnostics) {
    if let Some(&Spanned { value: total, span }) = total.filter(|it| it.value < rows) {
        let message = text(
            format!("Es soll {total} Zeilen geben, die Datei hat aber {rows}."),
            format!("there are {total} rows in truth, but the file has {rows}"),
        );
        let help = text(
            format!("„total“ auf {rows} setzen oder löschen."),
            format!("set `total` to {rows}, or delete it"),
        );
        diags.push(Diagnostic::error("total-too-small", span, message).help(help));
    }
}

fn too_many_rows(file: FileId) -> Diagnostic {
    let limit = limits::CSV_ROWS;
    let message = text(
        format!("Die Datei hat mehr als {limit} Zeilen."),
        format!("the file has more than {limit} rows"),
    );
    Diagnostic::error("limit", Span::start_of(file), message)
}

/// Takes the columns that are in the file, in its order, each with the signs for
/// missing values that were found beside those that are described.
fn in_order(
    described: Vec<Column>,
    order: &[(usize, usize)],
    mut missing: Vec<Vec<MissingSign>>,
) -> Vec<Column> {
    let mut described: Vec<Option<Column>> = described.into_iter().map(Some).collect();
    let taken = order.iter().filter_map(|&(position, at)| {
        let mut column = described[at].take()?;
        column.position = Some(position);
        column.missing.append(&mut missing[at]);
        Some(column)
    });
    taken.collect()
}

/// Which column of the file is which.
struct Layout {
    /// For each column of the file the one of the descriptor.
    columns: Vec<Option<usize>>,
    /// The first row names the columns.
    has_header: bool,
    /// Columns that are not described may follow, and hold what they like.
    ignores_unknown: bool,
    /// Where the row's name stands, among the columns that are known.
    row_header: usize,
}

fn layout(header: &Header, resource: &Resource, diags: &mut Diagnostics) -> Option<Layout> {
    let Header::Named { cells, .. } = header else {
        let columns: Vec<_> = (0..resource.columns.len()).map(Some).collect();
        return Some(Layout {
            columns,
            has_header: false,
            ignores_unknown: false,
            row_header: resource.row_header,
        });
    };
    let width = cells.iter().rposition(|cell| !cell.text.trim().is_empty()).map_or(0, |at| at + 1);
    let names = &cells[..width];
    let columns: Vec<_> = names.iter().map(|cell| find_column(cell, resource)).collect();
    columns_once(names, &columns, diags);
    if !resource.fields_match.may_have_more {
        columns_known(names, &columns, resource, diags);
    }
    if !resource.fields_match.may_have_fewer {
        columns_complete(names, &columns, resource, diags);
    }
    let first = |at: usize| columns[at].filter(|column| !columns[..at].contains(&Some(*column)));
    let columns: Vec<_> = (0..width).map(first).collect();
    let row_header = columns.iter().flatten().position(|&it| it == resource.row_header)?;
    Some(Layout {
        columns,
        has_header: true,
        ignores_unknown: resource.fields_match.may_have_more,
        row_header,
    })
}

fn find_column(cell: &RawCell, resource: &Resource) -> Option<usize> {
    resource.columns.iter().position(|column| same_text(&column.name.value, &cell.text))
}

/// `duplicate-column`: a name stands once in the header.
fn columns_once(names: &[RawCell], columns: &[Option<usize>], diags: &mut Diagnostics) {
    for (at, column) in columns.iter().enumerate() {
        let Some(first) = columns[..at].iter().position(|it| it.is_some() && it == column) else {
            continue;
        };
        let name = names[at].text.trim();
        let message = text(
            format!("Die Spalte „{name}“ gibt es in dieser Datei zweimal."),
            format!("the column `{name}` is in this file twice"),
        );
        diags.push(
            Diagnostic::error("duplicate-column", names[at].span, message)
                .context(header_place(at))
                .also(names[first].span, text("zuerst hier", "first here")),
        );
    }
}

/// `unknown-column`: every column of the file is described.
fn columns_known(names: &[RawCell], columns: &[Option<usize>], resource: &Resource, diags: &mut Diagnostics) {
    for (at, cell) in names.iter().enumerate().filter(|&(at, _)| columns[at].is_none()) {
        let name = cell.text.trim();
        let message = match name {
            "" => text("Diese Spalte hat keinen Namen.", "this column has no name"),
            _ => text(
                format!("Die Spalte „{name}“ ist in der Beschreibung der Tabelle nicht bekannt."),
                format!("the column `{name}` is not described"),
            ),
        };
        let help = did_you_mean(name, absent_names(columns, resource));
        diags.push(
            Diagnostic::error("unknown-column", cell.span, message)
                .context(header_place(at))
                .maybe_help(help),
        );
    }
}

/// `missing-column`: every column that is described is in the file.
///
/// One that an unknown column was most likely meant to be is not reported again.
fn columns_complete(
    names: &[RawCell],
    columns: &[Option<usize>],
    resource: &Resource,
    diags: &mut Diagnostics,
) {
    let unknown = names.iter().enumerate().filter(|&(at, _)| columns[at].is_none());
    let meant: Vec<_> =
        unknown.filter_map(|(_, cell)| nearest(cell.text.trim(), absent_names(columns, resource))).collect();
    let end = names.last().map(|it| it.span);
    for name in absent_names(columns, resource).filter(|name| !meant.contains(name)) {
        let Some(span) = end else { return };
        let message = text(
            format!("In dieser Datei fehlt die Spalte „{name}“."),
            format!("the column `{name}` is missing in this file"),
        );
        diags.push(Diagnostic::error("missing-column", Span { start: span.end, ..span }, message));
    }
}

fn absent_names<'a>(columns: &'a [Option<usize>], resource: &'a Resource) -> impl Iterator<Item = &'a str> {
    let described = resource.columns.iter().enumerate();
    described.filter(|(at, _)| !columns.contains(&Some(*at))).map(|(_, column)| column.name.value.as_str())
}

fn header_place(at: usize) -> Text {
    let letters = letters(at);
    text(format!("Kopfzeile, Spalte {letters}"), format!("header, column {letters}"))
}

/// `missing-summary-row`: a row that is said to sum up is in the file.
fn find_summary_rows(expected: Option<&SummaryRows>, found: &[bool], diags: &mut Diagnostics) {
    let rows = expected.map_or(&[][..], |it| &it.rows);
    for row in rows.iter().zip(found).filter(|(_, found)| !**found).map(|(row, _)| row) {
        let name = &row.value.value;
        let message = text(
            format!("Die Summenzeile „{name}“ steht nicht in der Datei."),
            format!("the summary row `{name}` is not in the file"),
        );
        diags.push(Diagnostic::warning("missing-summary-row", row.value.span, message));
    }
}

/// What is wrong with a row is no column's.
const WHOLE_ROW: usize = usize::MAX;

struct RowReader<'a> {
    resource: &'a Resource,
    layout: Layout,
    /// For each column of the file: how its cells are read.
    cells: Vec<Option<CellReader<'a>>>,
    csv: &'a str,
    ids: UniqueIds,
    texts: Texts,
    /// For each described column: signs for missing values that are not described.
    more_missing: Vec<Vec<MissingSign>>,
    /// For each row that is said to sum up, whether it is there.
    found_summary: Vec<bool>,
    problems: Problems,
}

impl<'a> RowReader<'a> {
    fn new(resource: &'a Resource, layout: Layout, csv: &'a str) -> RowReader<'a> {
        let cells = layout
            .columns
            .iter()
            .map(|it| it.map(|at| CellReader::new(&resource.columns[at], resource.lang)));
        RowReader {
            cells: cells.collect(),
            resource,
            layout,
            csv,
            ids: UniqueIds::default(),
            texts: Texts::default(),
            more_missing: resource.columns.iter().map(|_| Vec::new()).collect(),
            found_summary: vec![false; resource.summary.as_ref().map_or(0, |it| it.rows.len())],
            problems: Problems::default(),
        }
    }

    /// Reads a row. Gives none for a row of another length and for one without a name.
    fn row(&mut self, record: &Record) -> Option<Row> {
        if self.length_differs(record) {
            return None;
        }
        let role = self.role(record);
        // With room for the columns that are derived: a large table would grow to twice its size.
        let mut cells = Vec::with_capacity(self.layout.columns.len() + self.resource.derived.len());
        for at in 0..self.layout.columns.len() {
            if let Some(column) = self.layout.columns[at] {
                cells.push(self.cell(record, at, column, role));
            }
        }
        let title = self.title(record, &cells[self.layout.row_header])?;
        Some(Row {
            id: self.ids.claim(&slug(&title)),
            title,
            role,
            line: record.line as u32,
            sheet_row: record.row as u32,
            start: record.cells[0].span.start,
            cells,
        })
    }

    /// `row-length`: a row has as many cells as the header; empty ones may follow.
    fn length_differs(&mut self, record: &Record) -> bool {
        let (found, expected) = (record.cells.len(), self.layout.columns.len());
        let extra = record.cells.iter().skip(expected);
        let may_follow = self.layout.ignores_unknown || extra.clone().all(|it| it.text.trim().is_empty());
        if found >= expected && may_follow {
            return false;
        }
        let (start, end) = (record.cells[0].span, record.cells[found - 1].span);
        let message = match self.layout.has_header {
            true => text(
                format!("Diese Zeile hat {found} Zellen, die Kopfzeile hat {expected}."),
                format!("this row has {found} cells, the header has {expected}"),
            ),
            false => text(
                format!("Diese Zeile hat {found} Zellen, beschrieben sind {expected}."),
                format!("this row has {found} cells, {expected} are described"),
            ),
        };
        let (line, span) = (record.line, Span { end: end.end, ..start });
        let place = text(format!("Zeile {line}"), format!("line {line}"));
        self.problems.add(WHOLE_ROW, Problem::error("row-length", message), span, line, place);
        true
    }

    fn role(&mut self, record: &Record) -> Role {
        let Some(SummaryRows { column, rows }) = &self.resource.summary else { return Role::Item };
        let Some(at) = self.layout.columns.iter().position(|it| it == &Some(*column)) else {
            return Role::Item;
        };
        let written = record.cells[at].text.trim();
        let Some(found) = rows.iter().position(|SummaryRow { value, .. }| value.value == written) else {
            return Role::Item;
        };
        self.found_summary[found] = true;
        rows[found].role
    }

    fn cell(&mut self, record: &Record, at: usize, column: usize, role: Role) -> Cell {
        let raw = &record.cells[at];
        let reader = self.cells[at].as_ref().expect("there is one for each known column");
        let (value, problems) =
            reader.read(raw.text.trim(), role, &mut self.texts, &mut self.more_missing[column]);
        for problem in problems {
            self.report(problem, record, at, column);
        }
        Cell { start: raw.span.start, end: raw.span.end, value }
    }

    /// `missing-value`: a row has a name.
    fn title(&mut self, record: &Record, cell: &Cell) -> Option<String> {
        let known = self.layout.columns.iter().enumerate().filter_map(|(at, it)| Some((at, (*it)?)));
        let (at, column) = known.clone().nth(self.layout.row_header).expect("layout() found it");
        if !matches!(cell.value, super::Value::Missing(_)) {
            return Some(record.cells[at].text.trim().to_owned());
        }
        if !self.resource.columns[column].constraints.required {
            self.report(cell::missing_value(), record, at, column);
        }
        None
    }

    fn report(&mut self, problem: Problem, record: &Record, at: usize, column: usize) {
        let span = record.cells[at].span;
        let before = record.cells[0].span.range().start..span.range().start;
        let line = record.line + count_line_ends(&self.csv[before]);
        let label = &self.resource.columns[column].label;
        let place = place::context(line, record.row, at, label);
        self.problems.add(at, problem, span, line, place);
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::data::Value;
    use crate::diag::Lang;
    use crate::source::Sources;

    const DESCRIPTOR: &str = r#"
resources:
- name: orte
  path: orte.csv
  dialect: {delimiter: ";"}
  schema:
    fields:
    - {name: Ort, constraints: {required: true, unique: true}}
    - {name: Quote, title: Jugendquote, type: number, decimalChar: ",", groupChar: ".", constraints: {minimum: 0, maximum: 100}}
    - {name: Fälle, type: integer}
    - {name: Träger, categories: [gE, zkT]}
  kompendium: {rowHeader: Ort, summaryRows: {field: Ort, values: [Land]}}
"#;

    /// Reads a file; gives each row as `id: value|value`, then each finding.
    #[track_caller]
    fn check(csv: &str, expected: &[&str]) {
        let mut sources = Sources::default();
        let descriptor = sources.add("datapackage.json", DESCRIPTOR);
        let file = crate::data::delivered(&mut sources, "orte.csv", csv.as_bytes());
        let mut diags = Diagnostics::default();
        let tables = crate::data::parse(descriptor, &[file], &sources, Lang::De, &mut diags);
        let rows = tables
            .read
            .iter()
            .flat_map(|table| table.rows.iter().chain(&table.summary).map(move |row| print_row(table, row)));
        let findings = diags.iter().filter(|it| it.code != "missing-summary-row");
        let found: Vec<String> = rows.chain(findings.map(|it| print_finding(it, &sources))).collect();
        assert_eq!(found, expected);
    }

    fn print_row(table: &Table, row: &Row) -> String {
        let value = |cell: &Cell| match &cell.value {
            Value::Number(number, _) => number.to_string(),
            Value::Text(text) => table.texts.get(*text).to_owned(),
            Value::Category(at) => format!("#{at}"),
            Value::Missing(_) => "-".to_owned(),
        };
        format!("{}: {}", row.id, row.cells.iter().map(value).collect::<Vec<_>>().join("|"))
    }

    fn print_finding(finding: &Diagnostic, sources: &Sources) -> String {
        let place = sources.position(finding.span.file, finding.span.start);
        let part = |text: &Option<Text>| {
            text.as_ref().map_or(String::new(), |it| format!(" [{}]", it.in_lang(Lang::De)))
        };
        let message = finding.message.in_lang(Lang::De);
        let (context, help) = (part(&finding.context), part(&finding.help));
        format!("{} {}:{} {message}{context}{help}", finding.code, place.line, place.column)
    }

    const HEADER: &str = "Ort;Quote;Fälle;Träger";

    #[track_caller]
    fn check_rows(rows: &str, expected: &[&str]) {
        check(&format!("{HEADER}\n{rows}"), expected);
    }

    #[test]
    fn a_file_without_a_header_is_no_table() {
        check("", &["empty-file 1:1 Die Datei ist leer; in der ersten Zeile stehen die Namen der Spalten."]);
    }

    #[test]
    fn a_header_alone_is_an_empty_table() {
        check(HEADER, &[]);
    }

    #[test]
    fn rows_are_read_whatever_the_line_ends() {
        for end in ["\n", "\r\n", "\r"] {
            let csv = [HEADER, "Köln;1,50;7;gE", "Land;;;"].join(end);
            check(&csv, &["koeln: Köln|1.50|7|#0", "land: Land|-|-|-"]);
        }
    }

    #[test]
    fn repeated_headers_and_trailing_empty_cells_are_dropped() {
        check_rows(
            &format!("Bonn;1;1;gE;;\n{HEADER}\n;;;\n"),
            &[
                "bonn: Bonn|1|1|#0",
                "repeated-header 3:1 Die Kopfzeile steht noch einmal in Zeile 3; sie wurde übergangen.",
            ],
        );
    }

    #[test]
    fn columns_are_found_by_name() {
        check("Träger;Ort;Quote;Fälle;\nzkT;Bonn;1;2;\n", &["bonn: #1|Bonn|1|2"]);
    }

    #[test]
    fn what_is_around_the_rows_is_no_row() {
        check(
            "sep=;\n# © Amt\nTitel der Tabelle;;;\n1;2;3;4\nOrt;Quote;Fälle;Träger\nBonn;1;1;gE\nQuelle: Amt;;;\n",
            &[
                "bonn: Bonn|1|1|#0",
                "skipped-lines 2:1 Titel, Nummern oder Anmerkungen und keine Daten: \
             Zeilen 2, 3, 4, 7 wurden nicht gelesen.",
            ],
        );
        check_rows(
            "1;2;3;4\nBonn;1;1;gE\n",
            &[
                "bonn: Bonn|1|1|#0",
                "skipped-lines 2:1 Titel, Nummern oder Anmerkungen und keine Daten: Zeile 2 wurde nicht gelesen. [In der Beschreibung der Datei sagen: \"dialect\": {\"headerRows\": […]} oder {\"commentRows\": […]}]",
            ],
        );
        check_rows("Quelle;1;1;gE\nBonn;;;\n", &["quelle: Quelle|1|1|#0", "bonn: Bonn|-|-|-"]);
    }

    #[test]
    fn the_same_slip_in_many_rows_is_one_finding() {
        check_rows(
            "A;29.1;1;gE\nB;1;1;gE\nC;3.5;1;gE\nD;4.5;1;gE\n",
            &[
                "a: A|29.1|1|#0",
                "b: B|1|1|#0",
                "c: C|3.5|1|#0",
                "d: D|4.5|1|#0",
                "number-format 2:3 Punkt statt Komma: Diese Spalte schreibt Dezimalzahlen mit Komma. \
             [Zeile 2, Spalte „Jugendquote“ (Zelle B2), ebenso in den Zeilen 4, 5] [Meinten Sie: 29,1]",
            ],
        );
    }

    #[test]
    fn errors_of_spreadsheets_are_missing_values() {
        check_rows(
            "A;#NV;#DIV/0!;gE\n",
            &[
                "a: A|-|-|#0",
                "spreadsheet-error 2:3 „#NV“ ist ein Fehler der Tabellenkalkulation; der Wert fehlt. \
             [Zeile 2, Spalte „Jugendquote“ (Zelle B2)]",
                "spreadsheet-error 2:7 „#DIV/0!“ ist ein Fehler der Tabellenkalkulation; der Wert fehlt. \
             [Zeile 2, Spalte „Fälle“ (Zelle C2)]",
            ],
        );
    }

    #[test]
    fn the_place_of_a_cell_is_told_in_three_ways() {
        check_rows(
            "Köln;1;1;gE\nMünchen;29.1;2;gE",
            &[
                "koeln: Köln|1|1|#0",
                "muenchen: München|29.1|2|#0",
                "number-format 3:9 Punkt statt Komma: Diese Spalte schreibt Dezimalzahlen mit Komma. \
             [Zeile 3, Spalte „Jugendquote“ (Zelle B3)] [Meinten Sie: 29,1]",
            ],
        );
    }

    #[test]
    fn a_line_break_in_a_cell_moves_lines_but_not_rows() {
        check_rows(
            "\"Bad\r\nEms\";y;1;gE\r\n",
            &[
                "bad-ems: Bad\r\nEms|y|1|#0",
                "number-format 3:6 „y“ ist keine Zahl. [Zeile 3, Spalte „Jugendquote“ (Zelle B2)] \
             [Zahlen stehen hier so: 1.234,5]",
            ],
        );
    }

    #[test]
    fn rows_of_another_length_are_found() {
        check_rows(
            "Bonn;1;1\nKöln;1;1;gE;x\n",
            &[
                "row-length 2:1 Diese Zeile hat 3 Zellen, die Kopfzeile hat 4. [Zeile 2]",
                "row-length 3:1 Diese Zeile hat 5 Zellen, die Kopfzeile hat 4. [Zeile 3]",
            ],
        );
    }

    #[test]
    fn each_column_is_there_once() {
        check(
            "Ort;Quotte;Ort;Träger\n",
            &[
                "duplicate-column 1:12 Die Spalte „Ort“ gibt es in dieser Datei zweimal. [Kopfzeile, Spalte C]",
                "unknown-column 1:5 Die Spalte „Quotte“ ist in der Beschreibung der Tabelle nicht bekannt. \
             [Kopfzeile, Spalte B] [Meinten Sie: Quote]",
                "missing-column 1:22 In dieser Datei fehlt die Spalte „Fälle“.",
            ],
        );
    }

    #[test]
    fn values_keep_to_what_holds_for_their_column() {
        check_rows(
            "Bonn;-1;1,5;ge\nBonn;101;;y\n;1;1;gE\n",
            &[
                "bonn: Bonn|-1|1,5|ge",
                "bonn-2: Bonn|101|-|y",
                "out-of-range 2:6 -1 ist weniger als 0, das Mindeste hier. [Zeile 2, Spalte „Jugendquote“ (Zelle B2)]",
                "number-format 2:9 In dieser Spalte stehen ganze Zahlen. [Zeile 2, Spalte „Fälle“ (Zelle C2)]",
                "unknown-category 2:13 „ge“ gibt es in der Spalte „Träger“ nicht. \
             [Zeile 2, Spalte „Träger“ (Zelle D2)] [Meinten Sie: gE]",
                "out-of-range 3:6 101 ist mehr als 100, das Höchste hier. [Zeile 3, Spalte „Jugendquote“ (Zelle B3)]",
                "unknown-category 3:11 „y“ gibt es in der Spalte „Träger“ nicht. \
             [Zeile 3, Spalte „Träger“ (Zelle D3)] [Erlaubt: gE, zkT]",
                "missing-value 4:1 In dieser Spalte darf kein Wert fehlen. [Zeile 4, Spalte „Ort“ (Zelle A4)]",
                "duplicate-value 3:1 Diesen Wert gibt es in der Spalte schon. [Zeile 3, Spalte „Ort“ (Zelle A3)]",
            ],
        );
    }
}
