//! A CSV file, read as its descriptor asks for: header, rows, cells.

use std::collections::BTreeMap;

use super::csv::{self, RawCell, Record};
use super::descriptor::{ComparisonWish, Resource, SummaryRow, SummaryRows};
use super::number::{self, Decimal, NumberError, NumberFormat};
use super::{Cell, Column, Comparison, Content, Delivered, Mark, Role, Row, Similarity, Table, Texts, Value};
use crate::diag::{Diagnostic, Diagnostics, Lang, Severity, Text, did_you_mean, nearest, text};
use crate::limits;
use crate::slug::{UniqueIds, slug};
use crate::source::{FileId, Span, Spanned};

/// Reads a table. Gives none where the header does not say which column is which.
pub fn table(resource: Resource, delivered: &Delivered, csv: &str, diags: &mut Diagnostics) -> Option<Table> {
    let file = delivered.file;
    let errors_before = diags.count(Severity::Error);
    let mut records = csv::records(file, csv, resource.delimiter);
    let header = header(records.next(), file, diags)?;
    let layout = layout(&header, &resource, diags)?;
    let mut reader = Reader {
        resource: &resource,
        layout,
        csv,
        header,
        ids: UniqueIds::default(),
        seen: BTreeMap::new(),
        texts: Texts::default(),
    };
    let mut rows = Vec::new();
    for record in records {
        if rows.len() >= limits::CSV_ROWS {
            diags.push(too_many_rows(file));
            break;
        }
        match record {
            Ok(record) => rows.extend(reader.row(&record, diags)),
            Err(finding) => diags.push(*finding),
        }
    }
    let texts = std::mem::take(&mut reader.texts);
    let Layout { row_header, columns } = reader.layout;
    let (rows, summary): (Vec<Row>, Vec<Row>) = rows.into_iter().partition(|row| row.role == Role::Item);
    // A row that could not be read is reported already; what names it is not wrong too.
    let all_read = diags.count(Severity::Error) == errors_before;
    let comparisons = comparisons(resource.comparisons, &rows, all_read, diags);
    find_summary_rows(resource.summary.as_ref(), &summary, diags);
    let order: Vec<usize> = columns.into_iter().flatten().collect();
    let place = |column: usize| order.iter().position(|it| *it == column);
    let similarity = resource.similarity.map(|it| Similarity {
        within: it.within.and_then(place),
        by: it.by.into_iter().filter_map(place).collect(),
    });
    Some(Table {
        name: resource.name.value,
        title: resource.title,
        caption: resource.caption,
        note: resource.note,
        file,
        bytes: delivered.bytes.clone(),
        region: resource.region.and_then(place),
        similarity,
        comparisons,
        total: resource.total,
        pages: resource.pages,
        columns: in_order(resource.columns, order),
        row_header,
        rows,
        summary,
        texts,
    })
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

fn header<'a>(
    first: Option<Result<Record<'a>, Box<Diagnostic>>>,
    file: FileId,
    diags: &mut Diagnostics,
) -> Option<Record<'a>> {
    match first {
        Some(Ok(record)) => return Some(record),
        Some(Err(finding)) => diags.push(*finding),
        None => diags.push(empty_file(file)),
    }
    None
}

/// `empty-file`: a CSV file has a header.
fn empty_file(file: FileId) -> Diagnostic {
    let message = text(
        "Die Datei ist leer; in der ersten Zeile stehen die Namen der Spalten.",
        "the file is empty; its first line names the columns",
    );
    Diagnostic::error("empty-file", Span::start_of(file), message)
}

fn too_many_rows(file: FileId) -> Diagnostic {
    let limit = limits::CSV_ROWS;
    let message = text(
        format!("Die Datei hat mehr als {limit} Zeilen."),
        format!("the file has more than {limit} rows"),
    );
    Diagnostic::error("limit", Span::start_of(file), message)
}

/// Takes the columns that are in the file, in its order.
fn in_order(described: Vec<Column>, order: Vec<usize>) -> Vec<Column> {
    let mut described: Vec<Option<Column>> = described.into_iter().map(Some).collect();
    order.into_iter().filter_map(|at| described[at].take()).collect()
}

/// Which column of the file is which.
struct Layout {
    /// For each column of the file the one of the descriptor.
    columns: Vec<Option<usize>>,
    /// Where the row's name stands, among the columns that are known.
    row_header: usize,
}

fn layout(header: &Record, resource: &Resource, diags: &mut Diagnostics) -> Option<Layout> {
    let width = header.cells.iter().rposition(|cell| !cell.text.trim().is_empty()).map_or(0, |at| at + 1);
    let names = &header.cells[..width];
    let columns: Vec<_> = names.iter().map(|cell| find_column(cell, resource)).collect();
    columns_once(names, &columns, diags);
    columns_known(names, &columns, resource, diags);
    columns_complete(names, &columns, resource, diags);
    let first = |at: usize| columns[at].filter(|column| !columns[..at].contains(&Some(*column)));
    let columns: Vec<_> = (0..width).map(first).collect();
    let row_header = columns.iter().flatten().position(|&it| it == resource.row_header)?;
    Some(Layout { columns, row_header })
}

fn find_column(cell: &RawCell, resource: &Resource) -> Option<usize> {
    resource.columns.iter().position(|column| column.name.value == cell.text.trim())
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
fn find_summary_rows(expected: Option<&SummaryRows>, found: &[Row], diags: &mut Diagnostics) {
    for row in expected.map_or(&[][..], |it| &it.rows) {
        if !found.iter().any(|it| it.title == row.value.value) {
            let name = &row.value.value;
            let message = text(
                format!("Die Summenzeile „{name}“ steht nicht in der Datei."),
                format!("the summary row `{name}` is not in the file"),
            );
            diags.push(Diagnostic::warning("missing-summary-row", row.value.span, message));
        }
    }
}

struct Reader<'a> {
    resource: &'a Resource,
    layout: Layout,
    csv: &'a str,
    header: Record<'a>,
    ids: UniqueIds,
    /// The values of columns whose values are unique, and where each stands.
    seen: BTreeMap<(usize, String), Span>,
    texts: Texts,
}

impl Reader<'_> {
    /// Reads a row. Gives none for a repeated header and for a row of another length.
    fn row(&mut self, record: &Record, diags: &mut Diagnostics) -> Option<Row> {
        let same = |(a, b): (&RawCell, &RawCell)| a.text.trim() == b.text.trim();
        if record.cells.len() == self.header.cells.len()
            && record.cells.iter().zip(&self.header.cells).all(same)
        {
            return None;
        }
        if let Some(finding) = self.length_differs(record) {
            diags.push(finding);
            return None;
        }
        let role = self.role(record);
        let mut texts = std::mem::take(&mut self.texts);
        let cells: Vec<Cell> = self
            .columns()
            .map(|(at, column)| self.cell(record, at, column, role, &mut texts, diags))
            .collect();
        self.texts = texts;
        if role == Role::Item {
            self.check_unique(record, diags);
        }
        let title = self.title(record, &cells[self.layout.row_header], diags)?;
        Some(Row { id: self.ids.claim(&slug(&title)), title, role, cells })
    }

    /// The columns that are known, with their place in the file.
    fn columns(&self) -> impl Iterator<Item = (usize, &Column)> {
        let columns = self.layout.columns.iter().enumerate();
        columns.filter_map(|(at, column)| column.map(|column| (at, &self.resource.columns[column])))
    }

    /// `row-length`: a row has as many cells as the header; empty ones may follow.
    fn length_differs(&self, record: &Record) -> Option<Diagnostic> {
        let (found, expected) = (record.cells.len(), self.layout.columns.len());
        let extra = record.cells.iter().skip(expected);
        if found >= expected && extra.clone().all(|cell| cell.text.trim().is_empty()) {
            return None;
        }
        let (start, end) = (record.cells[0].span, record.cells[found - 1].span);
        let message = text(
            format!("Diese Zeile hat {found} Zellen, die Kopfzeile hat {expected}."),
            format!("this row has {found} cells, the header has {expected}"),
        );
        let line = record.line;
        Some(
            Diagnostic::error("row-length", Span { end: end.end, ..start }, message)
                .context(text(format!("Zeile {line}"), format!("line {line}"))),
        )
    }

    fn role(&self, record: &Record) -> Role {
        let Some(SummaryRows { column, rows }) = &self.resource.summary else {
            return Role::Item;
        };
        let Some(at) = self.layout.columns.iter().position(|it| it == &Some(*column)) else {
            return Role::Item;
        };
        let written = record.cells[at].text.trim();
        rows.iter().find(|SummaryRow { value, .. }| value.value == written).map_or(Role::Item, |row| row.role)
    }

    fn cell(
        &self,
        record: &Record,
        at: usize,
        column: &Column,
        role: Role,
        texts: &mut Texts,
        diags: &mut Diagnostics,
    ) -> Cell {
        let raw = &record.cells[at];
        let written = raw.text.trim();
        let value = value(written, column, role, texts).unwrap_or_else(|problem| {
            diags.push(self.finding(problem, record, at, column));
            Value::Text(texts.add(written))
        });
        if role == Role::Item
            && let Err(problem) = check(&value, written, column)
        {
            diags.push(self.finding(problem, record, at, column));
        }
        Cell { start: raw.span.start, end: raw.span.end, value }
    }

    /// `duplicate-value`: in a column whose values are unique, each stands once.
    fn check_unique(&mut self, record: &Record, diags: &mut Diagnostics) {
        for (at, column) in self.layout.columns.iter().enumerate() {
            let Some(column) = *column else { continue };
            let described = &self.resource.columns[column];
            if !described.constraints.unique {
                continue;
            }
            let cell = &record.cells[at];
            if let Some(first) = self.seen.insert((at, cell.text.trim().to_owned()), cell.span) {
                let message =
                    text("Diesen Wert gibt es in der Spalte schon.", "the column has this value already");
                let finding = self.finding(
                    Problem { code: "duplicate-value", message, help: None },
                    record,
                    at,
                    described,
                );
                diags.push(finding.also(first, text("zuerst hier", "first here")));
            }
        }
    }

    /// `missing-value`: a row has a name.
    fn title(&self, record: &Record, cell: &Cell, diags: &mut Diagnostics) -> Option<String> {
        let (at, column) = self.columns().nth(self.layout.row_header).expect("layout() found it");
        if !matches!(cell.value, Value::Missing(_)) {
            return Some(record.cells[at].text.trim().to_owned());
        }
        if !column.constraints.required {
            diags.push(self.finding(missing_value(), record, at, column));
        }
        None
    }

    fn finding(&self, problem: Problem, record: &Record, at: usize, column: &Column) -> Diagnostic {
        let span = record.cells[at].span;
        let before = record.cells[0].span.range().start..span.range().start;
        let line = record.line + csv::count_line_ends(&self.csv[before]);
        let (label, cell) = (&column.label, format!("{}{}", letters(at), record.row));
        Diagnostic::error(problem.code, span, problem.message).maybe_help(problem.help).context(text(
            format!("Zeile {line}, Spalte „{label}“ (Zelle {cell})"),
            format!("line {line}, column `{label}` (cell {cell})"),
        ))
    }
}

/// What is wrong with a cell.
struct Problem {
    code: &'static str,
    message: Text,
    help: Option<Text>,
}

/// Reads what stands in a cell.
fn value(written: &str, column: &Column, role: Role, texts: &mut Texts) -> Result<Value, Problem> {
    if let Some(sign) = column.missing.iter().position(|it| it.value == written) {
        return Ok(Value::Missing(sign as u16));
    }
    let plain = |number| Value::Number(number, Mark::None);
    match &column.content {
        Content::Text => Ok(Value::Text(texts.add(written))),
        Content::Number(format) => number(written, *format).map(plain),
        Content::Integer(format) => integer(written, *format).map(plain),
        Content::Categories { list, .. } => match list.iter().position(|it| it.value == written) {
            Some(category) => Ok(Value::Category(category as u16)),
            // A count or a mean is no category; what it means is for the column's note to say.
            None if role != Role::Item => Ok(Value::Text(texts.add(written))),
            None => Err(unknown_category(written, column)),
        },
    }
}

/// `number-format`: a cell of a number column holds a number as the column writes it.
fn number(written: &str, format: NumberFormat) -> Result<Decimal, Problem> {
    number::parse(written, format).map_err(|error| number_format(&error, written, format))
}

fn number_format(error: &NumberError, written: &str, format: NumberFormat) -> Problem {
    let (message, help) = match written {
        "" => (text("Hier fehlt eine Zahl.", "a number is missing here"), None),
        _ => error.explain(written, format),
    };
    Problem { code: "number-format", message, help }
}

/// `number-format`: a cell of a column of whole numbers has no decimals.
fn integer(written: &str, format: NumberFormat) -> Result<Decimal, Problem> {
    match number::parse(written, format) {
        Ok(number) if number.scale() == 0 => Ok(number),
        Ok(_) | Err(NumberError::OtherDecimalSign(_)) => {
            let message = text("In dieser Spalte stehen ganze Zahlen.", "this column has whole numbers");
            Err(Problem { code: "number-format", message, help: None })
        }
        Err(error) => Err(number_format(&error, written, format)),
    }
}

/// `unknown-category`: a cell of a column with declared values holds one of them.
fn unknown_category(written: &str, column: &Column) -> Problem {
    let names = match &column.content {
        Content::Categories { list, .. } => list.iter().map(|it| it.value.as_str()).collect(),
        _ => Vec::new(),
    };
    let label = &column.label;
    let message = text(
        format!("„{written}“ gibt es in der Spalte „{label}“ nicht."),
        format!("the column `{label}` has no value `{written}`"),
    );
    let help = did_you_mean(written, names.iter().copied()).unwrap_or_else(|| {
        text(format!("Erlaubt: {}", names.join(", ")), format!("allowed: {}", names.join(", ")))
    });
    Problem { code: "unknown-category", message, help: Some(help) }
}

/// Checks a value against what holds for its column.
///
/// `out-of-range`: a number lies between the bounds of its column.
fn check(value: &Value, written: &str, column: &Column) -> Result<(), Problem> {
    let constraints = &column.constraints;
    let number = match value {
        Value::Missing(_) if constraints.required => return Err(missing_value()),
        Value::Number(number, _) => *number,
        _ => return Ok(()),
    };
    let bound = |bound: &Decimal, lang: Lang| bound.print(bound.scale(), lang);
    let message = match constraints {
        it if it.minimum.is_some_and(|least| number < least) => it.minimum.map(|least| {
            let (de, en) = (bound(&least, Lang::De), bound(&least, Lang::En));
            text(
                format!("{written} ist weniger als {de}, das Mindeste hier."),
                format!("{written} is less than {en}, the least here"),
            )
        }),
        it if it.maximum.is_some_and(|most| number > most) => it.maximum.map(|most| {
            let (de, en) = (bound(&most, Lang::De), bound(&most, Lang::En));
            text(
                format!("{written} ist mehr als {de}, das Höchste hier."),
                format!("{written} is more than {en}, the most here"),
            )
        }),
        _ => None,
    };
    message.map_or(Ok(()), |message| Err(Problem { code: "out-of-range", message, help: None }))
}

fn missing_value() -> Problem {
    Problem {
        code: "missing-value",
        message: text("In dieser Spalte darf kein Wert fehlen.", "no value may be missing in this column"),
        help: None,
    }
}

/// Returns the letters a spreadsheet gives a column: `A`, `Z`, `AA`.
fn letters(column: usize) -> String {
    let mut letters = Vec::new();
    let mut rest = column + 1;
    while rest > 0 {
        letters.push(char::from(b'A' + ((rest - 1) % 26) as u8));
        rest = (rest - 1) / 26;
    }
    letters.iter().rev().collect()
}

#[cfg(test)]
mod tests {
    use super::*;
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
        let file = super::super::delivered(&mut sources, "orte.csv", csv.as_bytes());
        let mut diags = Diagnostics::default();
        let tables = super::super::parse(descriptor, &[file], &sources, &mut diags);
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
        check_rows(&format!("Bonn;1;1;gE;;\n{HEADER}\n;;;\n"), &["bonn: Bonn|1|1|#0"]);
    }

    #[test]
    fn columns_are_found_by_name() {
        check("Träger;Ort;Quote;Fälle;\nzkT;Bonn;1;2;\n", &["bonn: #1|Bonn|1|2"]);
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
            "\"Bad\r\nEms\";x;1;gE\r\n",
            &[
                "bad-ems: Bad\r\nEms|x|1|#0",
                "number-format 3:6 „x“ ist keine Zahl. [Zeile 3, Spalte „Jugendquote“ (Zelle B2)] \
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
            "Bonn;-1;1,5;ge\nBonn;101;;x\n;1;1;gE\n",
            &[
                "bonn: Bonn|-1|1,5|ge",
                "bonn-2: Bonn|101|-|x",
                "out-of-range 2:6 -1 ist weniger als 0, das Mindeste hier. [Zeile 2, Spalte „Jugendquote“ (Zelle B2)]",
                "number-format 2:9 In dieser Spalte stehen ganze Zahlen. [Zeile 2, Spalte „Fälle“ (Zelle C2)]",
                "unknown-category 2:13 „ge“ gibt es in der Spalte „Träger“ nicht. \
             [Zeile 2, Spalte „Träger“ (Zelle D2)] [Meinten Sie: gE]",
                "out-of-range 3:6 101 ist mehr als 100, das Höchste hier. [Zeile 3, Spalte „Jugendquote“ (Zelle B3)]",
                "unknown-category 3:11 „x“ gibt es in der Spalte „Träger“ nicht. \
             [Zeile 3, Spalte „Träger“ (Zelle D3)] [Erlaubt: gE, zkT]",
                "duplicate-value 3:1 Diesen Wert gibt es in der Spalte schon. [Zeile 3, Spalte „Ort“ (Zelle A3)]",
                "missing-value 4:1 In dieser Spalte darf kein Wert fehlen. [Zeile 4, Spalte „Ort“ (Zelle A4)]",
            ],
        );
    }

    #[test]
    fn columns_have_the_letters_of_spreadsheets() {
        let found = [0, 25, 26, 701, 702].map(letters);
        assert_eq!(found, ["A", "Z", "AA", "ZZ", "AAA"]);
    }
}
