//! Tables as they were delivered: the descriptor says what each column is, the CSV
//! file is read by it, strictly and exactly.
//!
//! 0. [`decode`] makes text of the bytes, while files are loaded.
//! 1. `descriptor` reads `datapackage.json` (Data Package v2 with Table Schema).
//! 2. `csv` splits the file and gives each cell its place.
//! 3. `read` finds the columns by the header and reads each cell as its column
//!    asks for; numbers come from [`number`].
//! 4. `derive` adds the columns that are computed from others, by a [`formula`].
//! 5. [`statistics`] computes what columns of numbers and categories say as a whole,
//!    [`similar`] which rows are alike.
//! 6. [`checks`] looks at what the data say: what is peculiar, and what was answered to it.
//!
//! [`infer`] writes a first descriptor for a file that has none.

pub mod checks;
pub mod class;
pub mod csv;
pub mod decode;
mod derive;
pub(crate) mod descriptor;
pub mod formula;
pub mod infer;
mod keys;
pub mod number;
mod part;
pub mod place;
mod read;
mod signs;
pub mod similar;
pub mod statistics;

use std::collections::HashMap;
use std::sync::Arc;

use crate::diag::{Diagnostic, Diagnostics, Lang, Severity, Text, text};
use crate::pattern::Pattern;
use crate::source::{FileId, Sources, Span, Spanned};
use class::Class;
use number::{Decimal, NumberFormat};

/// A CSV file as it was delivered.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Delivered {
    /// Its text.
    pub file: FileId,
    /// Path below the folder of the descriptor.
    pub path: String,
    pub bytes: Arc<[u8]>,
    /// What the bytes turned out to be, and where the first character stands that proves it.
    pub encoding: decode::Encoding,
    pub proof: Option<usize>,
}

/// The tables that a descriptor names.
#[derive(Debug, Default)]
pub struct Tables {
    /// The descriptor, where there is one.
    pub descriptor: Option<FileId>,
    pub read: Vec<Table>,
    /// The names of those that could not be read; that is reported already.
    unreadable: Vec<String>,
    /// The names of those in which something is wrong; that is reported already.
    incomplete: Vec<String>,
    descriptor_is_broken: bool,
}

impl Tables {
    /// Whether a table may be missing because of something that is reported already.
    pub fn may_be_unreadable(&self, name: &str) -> bool {
        self.descriptor_is_broken || self.unreadable.iter().any(|it| it == name)
    }

    /// Whether a row, column or value of a table may be missing because of something that
    /// is reported already.
    pub fn may_be_incomplete(&self, name: &str) -> bool {
        self.incomplete.iter().any(|it| it == name)
    }
}

/// A table, with the rows that sum up kept apart.
#[derive(Debug)]
pub struct Table {
    pub name: String,
    pub title: String,
    pub caption: String,
    /// What a reader has to know about the rows, such as how many of all are here.
    pub note: Option<String>,
    pub rows_name: Option<RowsName>,
    pub file: FileId,
    /// The file as it was delivered.
    pub bytes: Arc<[u8]>,
    /// How it is written.
    pub form: FileForm,
    /// In the order of the file; a derived one stands behind the column it belongs to.
    pub columns: Vec<Column>,
    /// The column that names the row.
    pub row_header: usize,
    /// The column that says which part of the whole a row belongs to, such as its Land.
    pub region: Option<usize>,
    pub rows: Vec<Row>,
    pub summary: Vec<Row>,
    /// How many rows there are in truth, where the file does not hold them all.
    pub total: Option<usize>,
    /// Columns that add up to another.
    pub parts: Vec<Parts>,
    pub pages: Pages,
    pub comparisons: Vec<Comparison>,
    pub similarity: Option<Similarity>,
    /// The first is what readers see at the beginning.
    pub views: Vec<View>,
    /// The texts that cells name.
    pub texts: Texts,
}

/// What the rows of a table are called.
#[derive(Clone, Debug)]
pub struct RowsName {
    pub one: String,
    pub many: String,
}

/// How the file of a table is written.
#[derive(Clone, Copy, Debug)]
pub struct FileForm {
    pub encoding: decode::Encoding,
    /// ASCII.
    pub delimiter: u8,
}

/// Folders of the site for the pages that are made from a table; none are made
/// where there is no folder.
#[derive(Debug, Default)]
pub struct Pages {
    /// A page for each row.
    pub profiles: Option<Spanned<String>>,
    /// A page for each column of numbers, codes or classes.
    pub indicators: Option<Spanned<String>>,
    /// A page for each of [`Table::comparisons`].
    pub comparisons: Option<Spanned<String>>,
}

/// A set of rows that one page lays side by side.
#[derive(Debug)]
pub struct Comparison {
    pub id: Spanned<String>,
    pub title: String,
    /// Indexes of two to six rows.
    pub rows: Vec<usize>,
}

/// Columns that are shown together.
#[derive(Debug)]
pub struct View {
    pub id: String,
    pub title: String,
    pub columns: Vec<usize>,
}

/// Columns whose values are parts of that of another.
#[derive(Debug)]
pub struct Parts {
    pub whole: usize,
    pub parts: Vec<usize>,
}

/// What makes two rows similar.
#[derive(Debug)]
pub struct Similarity {
    /// The column in which similar rows have the same value.
    pub within: Option<usize>,
    /// The columns of numbers whose distances count.
    pub by: Vec<usize>,
}

/// One row; its cells are in the order of the columns.
#[derive(Debug)]
pub struct Row {
    /// Made from the title, unique in the table.
    pub id: String,
    pub title: String,
    pub role: Role,
    /// The line of the file it begins in, from 1.
    pub line: u32,
    /// The row a spreadsheet shows it in, from 1.
    pub sheet_row: u32,
    /// The byte of the file it begins with.
    pub start: u32,
    pub cells: Vec<Cell>,
}

/// What a row stands for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Role {
    /// One of the things the table is about.
    Item,
    /// Sums up the others, as delivered.
    Statistic(Statistic),
    /// Something to compare with, such as the whole country.
    Reference,
}

/// A value and its place; the text as written is the text of the span.
///
/// Small, because a large table holds millions of them.
#[derive(Clone, Copy, Debug)]
pub struct Cell {
    /// Where it begins and ends in the file of the table, in bytes; with its quotation marks.
    pub start: u32,
    pub end: u32,
    pub value: Value,
}

/// What a cell holds.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Value {
    Number(Decimal, Mark),
    /// One of the texts of the table.
    Text(TextId),
    /// An index into the categories of the column.
    Category(u16),
    /// An index into the signs for missing values of the column.
    Missing(u16),
}

/// What an office says about a number with a sign beside it.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord)]
pub enum Mark {
    #[default]
    None,
    /// `p`: may still change.
    Preliminary,
    /// `r`: corrected.
    Revised,
    /// `s`
    Estimated,
    /// `e`
    Final,
    /// In brackets: of limited reliability.
    Limited,
    /// A footnote with a number; 0 stands for a star.
    Footnote(u8),
}

/// A text of a table, as an index into its [`Texts`].
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct TextId(u32);

/// The texts of a table, each once.
#[derive(Clone, Debug, Default)]
pub struct Texts {
    list: Vec<Arc<str>>,
    ids: HashMap<Arc<str>, TextId>,
}

impl Texts {
    /// Keeps a text and returns its id.
    pub fn add(&mut self, text: &str) -> TextId {
        if let Some(&id) = self.ids.get(text) {
            return id;
        }
        let id = TextId(u32::try_from(self.list.len()).expect("fewer cells than 4 billion"));
        let kept: Arc<str> = text.into();
        self.list.push(kept.clone());
        self.ids.insert(kept, id);
        id
    }

    /// Returns a text.
    pub fn get(&self, id: TextId) -> &str {
        &self.list[id.0 as usize]
    }
}

/// What the descriptor says about a column.
#[derive(Clone, Debug)]
pub struct Column {
    /// As in the header of the file; the label of a derived column.
    pub name: Spanned<String>,
    /// Its place in the rows of the file, from 0; none where it is not in the file.
    pub position: Option<usize>,
    pub origin: Origin,
    pub id: String,
    pub label: String,
    /// The label where there is little room.
    pub short: String,
    pub definition: Option<String>,
    pub group: Option<String>,
    pub unit: Option<String>,
    /// How many decimals are shown where numbers are rounded.
    pub decimals: Option<u8>,
    pub direction: Direction,
    pub scale: Scale,
    /// The day or period the values are of.
    pub date: Option<String>,
    pub source: Option<Source>,
    pub note: Option<String>,
    /// What was not delivered with the data but concluded from them.
    pub inferred: Vec<Part>,
    /// What may be computed from the column.
    pub statistics: Vec<Statistic>,
    pub comparable: Comparable,
    /// Peculiarities that somebody has looked at: the code of the check, and why all is well.
    pub answers: Vec<Answer>,
    pub content: Content,
    pub missing: Vec<MissingSign>,
    /// Signs that stand for exactly zero, such as `–`.
    pub zero: Vec<String>,
    pub constraints: Constraints,
}

/// Where the values of a column come from.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Origin {
    /// They are in the file.
    Delivered,
    /// They are computed here. The place of a cell is that of the first value it is made of.
    Derived {
        /// As readers see it, with the labels of the columns.
        formula: Text,
    },
}

/// What the cells of a column hold.
#[derive(Clone, Debug)]
pub enum Content {
    Text(Form),
    Integer(NumberFormat),
    Number(NumberFormat),
    Categories { list: Vec<Category>, ordered: bool },
}

/// The form that texts have to have.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Form {
    Any,
    /// `2025-12-31`
    Date,
    /// `31.12.2025`
    GermanDate,
    /// `2025`
    Year,
    /// `2025-12`
    YearMonth,
    /// `23:59` or `23:59:59`
    Time,
    /// `2025-12-31T23:59:59`
    DateTime,
}

/// A value that a column of codes, classes or names can have.
#[derive(Clone, Debug)]
pub struct Category {
    /// As in the file.
    pub value: String,
    /// What it means; the value itself where it speaks for itself.
    pub label: String,
    /// Other ways to write it.
    pub also: Vec<String>,
    /// The numbers that a class holds.
    pub class: Option<Class>,
}

/// A text in place of a value.
#[derive(Clone, Debug)]
pub struct MissingSign {
    /// As in the file; empty for an empty cell.
    pub value: String,
    pub reason: String,
    /// What readers see instead.
    pub shown: Option<String>,
    pub kind: MissingKind,
}

/// Why there is no value.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum MissingKind {
    Absent,
    /// There is a value, but it cannot be said which.
    Unclear,
}

/// What holds for every value of a column.
#[derive(Clone, Debug, Default)]
pub struct Constraints {
    pub required: bool,
    pub unique: bool,
    pub minimum: Option<Bound>,
    pub maximum: Option<Bound>,
    /// In characters.
    pub least_length: Option<usize>,
    pub most_length: Option<usize>,
    pub pattern: Option<Pattern>,
}

/// An end of a range.
#[derive(Clone, Copy, Debug)]
pub struct Bound {
    pub number: Decimal,
    /// The bound itself is outside.
    pub is_exclusive: bool,
}

/// A peculiarity of the data that somebody has looked at.
#[derive(Clone, Debug)]
pub struct Answer {
    /// The code of the check, such as `reference-out-of-range`.
    pub check: Spanned<String>,
    /// Why the data are right, in words for readers.
    pub because: String,
}

/// Where values come from.
#[derive(Clone, Debug)]
pub struct Source {
    pub title: String,
    pub path: Option<String>,
}

/// Whether more is better.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Direction {
    #[default]
    Neutral,
    HigherIsBetter,
    LowerIsBetter,
}

/// What kind of values a column has, and so what can be done with them.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Scale {
    /// Names a row or numbers it.
    Key,
    /// Amounts that grow with the size of the row.
    Absolute,
    /// So many per something.
    Rate,
    /// Parts of a whole in percent.
    Share,
    /// Ranges of numbers.
    Class,
    /// Numbers that stand for something else.
    Code,
    /// Words from a list.
    Category,
}

/// What can be computed from a column.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Statistic {
    Median,
    Mean,
    Minimum,
    Maximum,
    Frequency,
}

/// A part of the description of a column.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Part {
    Date,
    Definition,
    Unit,
    Source,
    Comparable,
}

/// Whether the reference rows can be compared with the others.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Comparable {
    Yes,
    No,
    /// They cannot, and why.
    Because(String),
}

impl Table {
    /// Returns where a cell is written.
    pub fn span(&self, cell: &Cell) -> Span {
        Span { file: self.file, start: cell.start, end: cell.end }
    }

    /// Returns the row with an id, whether it sums up or not.
    pub fn row(&self, id: &str) -> Option<&Row> {
        self.rows.iter().chain(&self.summary).find(|row| row.id == id)
    }

    /// Returns the place of the column with an id.
    pub fn column(&self, id: &str) -> Option<usize> {
        self.columns.iter().position(|column| column.id == id)
    }
}

impl RowsName {
    /// Returns the word for so many rows.
    pub fn of(&self, count: usize) -> &str {
        if count == 1 { &self.one } else { &self.many }
    }
}

impl Category {
    /// Whether the value is a number that says nothing without its label.
    pub fn is_code(&self) -> bool {
        self.value.bytes().all(|it| it.is_ascii_digit())
    }
}

impl Column {
    /// Returns one of the categories of the column.
    pub fn category(&self, at: u16) -> Option<&Category> {
        match &self.content {
            Content::Categories { list, .. } => list.get(usize::from(at)),
            _ => None,
        }
    }

    /// Whether the values are computed here and were not delivered.
    pub fn is_derived(&self) -> bool {
        matches!(self.origin, Origin::Derived { .. })
    }

    /// Whether the values number the rows, which says nothing about what the rows are.
    pub fn is_row_number(&self) -> bool {
        self.scale == Scale::Key && matches!(self.content, Content::Integer(_) | Content::Number(_))
    }

    /// Whether the values are amounts: numbers that are no codes and no row numbers.
    pub fn is_numeric(&self) -> bool {
        matches!(self.content, Content::Integer(_) | Content::Number(_))
            && !matches!(self.scale, Scale::Code | Scale::Key)
    }
}

/// Reads the descriptor and every table it names; what they say of themselves is in the language
/// of the site, and so is what is said for them.
///
/// A table whose file or header cannot be used is left out; everything wrong is a finding.
pub fn parse(
    descriptor: FileId,
    delivered: &[Delivered],
    sources: &Sources,
    lang: Lang,
    diags: &mut Diagnostics,
) -> Tables {
    let mut tables = Tables { descriptor: Some(descriptor), ..Tables::default() };
    let before = diags.count(Severity::Error);
    let resources = descriptor::read(descriptor, sources.text(descriptor), lang, diags);
    let links: Vec<_> = resources.iter().map(|it| (it.name.value.clone(), it.foreign_keys.clone())).collect();
    let described = diags.count(Severity::Error);
    for resource in resources {
        let name = resource.name.value.clone();
        let before_table = diags.count(Severity::Error);
        let table = match delivered.iter().find(|it| it.path == resource.path.value) {
            Some(file) => read::table(resource, file, sources.text(file.file), diags),
            None => {
                diags.push(missing_file(&resource.path));
                None
            }
        };
        if described > before || diags.count(Severity::Error) > before_table {
            tables.incomplete.push(name.clone());
        }
        match table {
            Some(table) => tables.read.push(table),
            None => tables.unreadable.push(name),
        }
    }
    tables.descriptor_is_broken = tables.read.is_empty() && diags.count(Severity::Error) > before;
    keys::check_foreign_keys(&links, &tables, sources, diags);
    tables
}

/// `missing-file`: the file of a table is there.
fn missing_file(path: &Spanned<String>) -> Diagnostic {
    let message = text(
        format!("Die Datei „{}“ gibt es neben dieser Beschreibung nicht.", path.value),
        format!("there is no file `{}` beside this descriptor", path.value),
    );
    Diagnostic::error("missing-file", path.span, message)
}

/// Makes a delivered file for tests.
#[cfg(test)]
pub fn delivered(sources: &mut Sources, path: &str, bytes: &[u8]) -> Delivered {
    let decode::Decoded { text, encoding, proof } = decode::decode(bytes);
    let file = sources.add(format!("data/{path}"), text.into_owned());
    Delivered { file, path: path.to_owned(), bytes: bytes.into(), encoding, proof }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn seed() -> (Table, Diagnostics) {
        let mut sources = Sources::default();
        let descriptor = sources.add("data/datapackage.json", include_str!("../data/datapackage.json"));
        let csv = delivered(&mut sources, "kommunen.csv", include_bytes!("../data/kommunen.csv"));
        let mut diags = Diagnostics::default();
        let mut tables = parse(descriptor, &[csv], &sources, Lang::De, &mut diags);
        (tables.read.remove(0), diags)
    }

    fn cell<'a>(table: &'a Table, row: &str, column: &str) -> &'a Cell {
        &table.row(row).expect("the row is there").cells[table.column(column).expect("the column is there")]
    }

    fn number(table: &Table, row: &str, column: &str) -> String {
        match &cell(table, row, column).value {
            Value::Number(number, _) => number.to_string(),
            other => format!("{other:?}"),
        }
    }

    fn missing<'a>(table: &'a Table, row: &str, column: &str) -> Option<&'a MissingSign> {
        match cell(table, row, column).value {
            Value::Missing(at) => Some(&table.columns[table.column(column)?].missing[usize::from(at)]),
            _ => None,
        }
    }

    #[test]
    fn the_table_of_municipalities_is_read_whole() {
        let (table, diags) = seed();
        assert_eq!(diags.iter().collect::<Vec<_>>(), Vec::<&Diagnostic>::new());
        let derived = table.columns.iter().filter(|it| it.is_derived()).count();
        assert_eq!((table.columns.len() - derived, derived), (41, 5));
        assert_eq!((table.rows.len(), table.summary.len()), (5, 5));
        let ids: Vec<_> = table.rows.iter().map(|row| row.id.as_str()).collect();
        assert_eq!(
            ids,
            [
                "stadt-flensburg",
                "kreis-ostholstein",
                "kreis-schleswig-flensburg",
                "stadt-braunschweig",
                "landkreis-goettingen-stadt-goettingen",
            ]
        );
    }

    #[test]
    fn its_numbers_are_exact() {
        let (table, _) = seed();
        assert_eq!(number(&table, "stadt-flensburg", "einwohner"), "92550");
        assert_eq!(number(&table, "stadt-flensburg", "verschuldung_kommunal"), "5019.83");
        assert_eq!(number(&table, "deutschland", "einwohner"), "84358845");
    }

    #[test]
    fn its_rates_are_computed_for_germany_too() {
        let (table, _) = seed();
        // 178145 * 10000 / 84358845 = 21.117…
        assert_eq!(number(&table, "deutschland", "wohnungslos_je_10000"), "21.1");
        assert_eq!(number(&table, "deutschland", "wohnungslos_u18_je_10000"), "5.6");
        let of_median = missing(&table, "median", "wohnungslos_je_10000").expect("it cannot be derived");
        assert_eq!(of_median.reason, "aus gelieferten Kennwerten nicht ableitbar");
        let unclear =
            missing(&table, "kreis-ostholstein", "sgb2_16h_je_einwohner").expect("`?` is no number");
        assert_eq!(unclear.kind, MissingKind::Unclear);
    }

    #[test]
    fn its_missing_values_say_why() {
        let (table, _) = seed();
        let overflow = missing(&table, "deutschland", "sgb2_16h").expect("an overflow is no number");
        assert_eq!(overflow.reason, "Wert nicht darstellbar (Überlauf)");
        let unclear = missing(&table, "kreis-ostholstein", "hze_29").expect("`?` is no number");
        assert_eq!(unclear.kind, MissingKind::Unclear);
        let empty = missing(&table, "stadt-flensburg", "hze_29").expect("an empty cell is no number");
        assert_eq!((empty.kind, empty.reason.as_str()), (MissingKind::Absent, "keine Angabe"));
    }
}
