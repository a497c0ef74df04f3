//! What a table has to show for an address: a plain reference for its script.
//!
//! `tests/table/cases.txt` lists addresses, each with the rows it leads to, in their order.
//! This file computes them from the CSV file, slowly and simply; the browser tests read the
//! same cases and look at what the page shows. `UPDATE_EXPECT=1` writes the rows.
//!
//! * `-- words` says what the next cases are about.
//! * `#address` begins a case; `{x*3}` stands for `xxx`.
//! * `! unknown` says that the page has to complain about a part of the address.
//! * Every other line is the name of a row.
//!
//! `tests/table/large.txt` says how many rows some of them find in a table of thousands, and
//! the first of them.

use std::cmp::Ordering;
use std::collections::BTreeMap;
use std::fs;

use kompendium::collate::collation_key;
use kompendium::data::number::Decimal;
use kompendium::data::{self, Cell, Content, Delivered, Form, Row, Scale, Table, Value, decode};
use kompendium::diag::{Diagnostics, Lang};
use kompendium::source::Sources;
use rayon::prelude::*;
use unicode_normalization::UnicodeNormalization;
use unicode_normalization::char::is_combining_mark;

use crate::fixture;

/// The columns of the project in which readers choose from a list.
const CHOICES: [&str; 6] = ["ort", "land", "typ", "miete", "jobcenter", "constructor"];
/// Words of an address that are no columns; a column of this name gets a dot before it.
const RESERVED: [&str; 7] =
    ["suche", "sortierung", "spalten", "ansicht", "vergleich", "mit-wert", "darstellung"];
const LOOKS: [&str; 4] = ["balken", "abstand", "dicht", "karten"];
const VIEWS: [&str; 4] = ["ueberblick", "wohnen", "texte", "alle"];
/// Of what is longer, the beginning counts.
const MOST_SIGNS: usize = 200;
const MOST_VALUES: usize = 200;
const MOST_PARTS: usize = 50;
const MOST_COMPARED: usize = 6;
const SUMMARY_ROWS: usize = 3;
/// How often a row stands in the large table.
const COPIES: usize = 70;
/// So many rows of the large table are compared, and the number of all.
const FIRST_ROWS: usize = 8;
/// What stands before the name of a municipality and does not count for its place.
const TITLES: [&str; 12] = [
    "Landkreis",
    "Kreis",
    "Stadtkreis",
    "Stadt",
    "Kreisfreie",
    "Landeshauptstadt",
    "Hansestadt",
    "Universitätsstadt",
    "Städteregion",
    "Regionalverband",
    "Region",
    "Freie und",
];

#[test]
fn addresses_lead_to_the_rows_of_a_plain_reference() {
    let table = read(csv());
    let blocks: Vec<String> = given().iter().map(|line| block(line, &table, usize::MAX)).collect();
    compare_file("cases.txt", &blocks.join("\n"));
}

/// The same in a table that is too large for its page: `tests/table/large.mjs` makes it.
#[test]
fn addresses_lead_to_the_rows_of_a_large_table() {
    let table = read(large_csv());
    let addresses: Vec<String> = {
        let all = given().into_iter().filter(|it| it.starts_with('#')).enumerate();
        // Days are many in the small table, and few in the large one.
        all.filter(|(at, it)| at % 4 == 0 || it.contains("=stand")).map(|it| it.1).collect()
    };
    let blocks: Vec<String> = addresses.par_iter().map(|line| block(line, &table, FIRST_ROWS)).collect();
    compare_file("large.txt", &blocks.join("\n"));
}

/// Returns the addresses and what stands between them.
fn given() -> Vec<String> {
    let written = fs::read_to_string(fixture::repository().join("tests/table/cases.txt")).unwrap();
    let is_given = |line: &&str| line.starts_with("-- ") || line.starts_with('#');
    written.lines().filter(is_given).map(str::to_owned).collect()
}

fn compare_file(name: &str, expected: &str) {
    let file = fixture::repository().join("tests/table").join(name);
    if fixture::update() {
        fs::write(&file, expected).unwrap();
    }
    let now = fs::read_to_string(&file).unwrap();
    for (at, (now, expected)) in now.lines().zip(expected.lines()).enumerate() {
        assert_eq!(now, expected, "line {} of {}", at + 1, file.display());
    }
    assert_eq!(now.len(), expected.len(), "the length of {}", file.display());
}

/// Returns the file of the project.
fn csv() -> String {
    fs::read_to_string(fixture::repository().join("tests/table/project/data/orte.csv")).unwrap()
}

/// Returns the file with every row as often as `tests/table/large.mjs` writes it.
fn large_csv() -> String {
    let csv = csv();
    let lines: Vec<&str> = csv.lines().collect();
    let (before, rows) = lines.split_at(1 + SUMMARY_ROWS);
    let mut large = before.join("\n") + "\n";
    for copy in 0..COPIES {
        for (place, row) in rows.iter().enumerate() {
            let number = SUMMARY_ROWS + 1 + copy * rows.len() + place;
            let (_, rest) = row.split_once(';').unwrap();
            let end = if rest.starts_with('"') { rest.find("\";").unwrap() } else { rest.find(';').unwrap() };
            large.push_str(&format!("{number};{} {:02}{}\n", &rest[..end], copy + 1, &rest[end..]));
        }
    }
    large.replace("Zeile 1 | Zeile 2", "Zeile 1\nZeile 2")
}

/// Reads a table as the build does.
fn read(csv: String) -> Table {
    let folder = fixture::repository().join("tests/table/project/data");
    let descriptor = fs::read_to_string(folder.join("datapackage.json")).unwrap();
    // The large table has more rows than the small one has in truth.
    let descriptor = descriptor.replace("\"total\": 60,", "");
    let mut sources = Sources::default();
    let descriptor = sources.add("data/datapackage.json", descriptor);
    let file = sources.add("data/orte.csv", csv.as_str());
    let delivered = Delivered {
        file,
        path: "orte.csv".into(),
        bytes: csv.into_bytes().into(),
        encoding: decode::Encoding::Utf8,
        proof: None,
    };
    let mut diags = Diagnostics::default();
    let mut tables = data::parse(descriptor, &[delivered], &sources, Lang::De, &mut diags);
    assert!(!diags.has_errors(), "the project has errors");
    tables.read.remove(0)
}

/// Writes the answer to a line of the cases, with some of the rows where not all are wished.
fn block(line: &str, table: &Table, most: usize) -> String {
    if !line.starts_with('#') {
        return format!("{line}\n");
    }
    let asked = ask(&spelled_out(line)[1..], table);
    let mut block = format!("{line}\n");
    if asked.is_unknown {
        block.push_str("! unknown\n");
    }
    let found = found(&asked, table);
    if most < usize::MAX {
        block.push_str(&format!("{} rows\n", found.len()));
    }
    for row in found.into_iter().take(most) {
        block.push_str(&format!("{}\n", row.title));
    }
    block
}

/// Writes `{x*3}` out.
fn spelled_out(line: &str) -> String {
    let Some((before, rest)) = line.split_once('{') else { return line.to_owned() };
    let (repeated, after) = rest.split_once('}').unwrap();
    let (text, times) = repeated.rsplit_once('*').unwrap();
    format!("{before}{}{}", text.repeat(times.parse().unwrap()), spelled_out(after))
}

/// What an address asks for.
#[derive(Default)]
struct Asked {
    search: String,
    filters: BTreeMap<usize, Filter>,
    /// Columns, and whether the largest value comes first.
    sort: Vec<(usize, bool)>,
    is_unknown: bool,
}

#[derive(Default)]
struct Filter {
    choices: Vec<String>,
    least: Option<Decimal>,
    most: Option<Decimal>,
    is_filled: bool,
}

fn ask(address: &str, table: &Table) -> Asked {
    let mut asked = Asked::default();
    let parts: Vec<(&str, &str)> = address.split('&').filter_map(|it| it.split_once('=')).collect();
    asked.is_unknown = parts.len() > MOST_PARTS;
    for (key, value) in parts.into_iter().take(MOST_PARTS) {
        let is_known = decoded(key).is_some_and(|key| understand(&mut asked, &key, value, table));
        asked.is_unknown |= !is_known;
    }
    asked
}

/// Reads a part of an address; false where something in it is not known.
fn understand(asked: &mut Asked, key: &str, value: &str, table: &Table) -> bool {
    let whole = decoded(value);
    let list: Vec<Option<String>> = value.split(',').take(MOST_VALUES).map(decoded).collect();
    let is_one_of = |known: &[&str]| whole.as_deref().is_some_and(|it| known.contains(&it));
    let is_short = value.split(',').count() <= MOST_VALUES;
    let columns: Vec<usize> = list.iter().flatten().filter_map(|it| column(table, it)).collect();
    match key {
        "suche" => {
            asked.search = whole.clone().unwrap_or_default();
            whole.is_some()
        }
        "sortierung" => {
            for name in list.iter().flatten() {
                let (name, down) = name.strip_prefix('-').map_or((name.as_str(), false), |it| (it, true));
                asked.sort.extend(column(table, name).map(|at| (at, down)));
            }
            is_short && asked.sort.len() == list.len()
        }
        "mit-wert" => {
            for at in &columns {
                asked.filters.entry(*at).or_default().is_filled = true;
            }
            columns.len() == list.len()
        }
        "spalten" => columns.len() == list.len(),
        "vergleich" => {
            let is_row = |it: &Option<String>| {
                it.as_ref().is_some_and(|it| table.rows.iter().any(|row| row.id == *it))
            };
            list.len() <= MOST_COMPARED && list.iter().all(is_row)
        }
        "ansicht" => is_one_of(&VIEWS),
        "darstellung" => {
            let names: Vec<&str> = list.iter().flatten().map(String::as_str).collect();
            let is_either = !LOOKS[..2].iter().all(|it| names.contains(it));
            names.len() == list.len() && names.iter().all(|it| LOOKS.contains(it)) && is_either
        }
        _ => column(table, key).is_some_and(|at| filter(asked, at, &list, whole, table)) && is_short,
    }
}

/// Finds a column by its word in an address.
fn column(table: &Table, word: &str) -> Option<usize> {
    let is_meant = |id: &str| match word.strip_prefix('.') {
        Some(rest) => rest == id && RESERVED.contains(&id),
        None => word == id && !RESERVED.contains(&id),
    };
    table.columns.iter().position(|it| is_meant(&it.id))
}

fn filter(
    asked: &mut Asked,
    at: usize,
    list: &[Option<String>],
    whole: Option<String>,
    table: &Table,
) -> bool {
    let is_known =
        |it: &&String| table.rows.iter().any(|row| choice(table, row, at).as_deref() == Some(it.as_str()));
    if has_range(table, at) {
        let bounds = whole.as_deref().and_then(bounds);
        if let Some((least, most)) = bounds
            && (least.is_some() || most.is_some())
        {
            let filter = asked.filters.entry(at).or_default();
            (filter.least, filter.most) = (least, most);
        }
        return bounds.is_some();
    }
    if !CHOICES.contains(&table.columns[at].id.as_str()) {
        return false;
    }
    let known: Vec<String> = list.iter().flatten().filter(is_known).cloned().collect();
    let is_complete = known.len() == list.len();
    if !known.is_empty() {
        asked.filters.entry(at).or_default().choices = known;
    }
    is_complete
}

/// Whether readers ask for a range of the column; nobody asks for a range of numbers of rows.
fn has_range(table: &Table, at: usize) -> bool {
    let column = &table.columns[at];
    let is_number = matches!(column.content, Content::Integer(_) | Content::Number(_));
    is_number && !matches!(column.scale, Scale::Key | Scale::Code)
}

/// Returns what a cell says in the words of the file; the id of the row for its name.
fn choice(table: &Table, row: &Row, at: usize) -> Option<String> {
    match (row.cells[at].value, &table.columns[at].content) {
        _ if at == table.row_header => Some(row.id.clone()),
        (Value::Category(it), Content::Categories { list, .. }) => Some(list[usize::from(it)].value.clone()),
        (Value::Text(it), _) => Some(table.texts.get(it).to_owned()),
        _ => None,
    }
}

/// Reads `1..2`, `1..` or `..2`.
fn bounds(text: &str) -> Option<(Option<Decimal>, Option<Decimal>)> {
    let (least, most) = text.split_once("..")?;
    let number = |text: &str| if text.is_empty() { Some(None) } else { decimal(text).map(Some) };
    Some((number(least)?, number(most)?))
}

/// Reads a number with a decimal point; none where it is too long to be exact.
fn decimal(text: &str) -> Option<Decimal> {
    let (is_negative, text) = text.strip_prefix(['-', '−']).map_or((false, text), |it| (true, it));
    let (whole, fraction) = text.split_once('.').unwrap_or((text, ""));
    let is_digits = |text: &str| text.bytes().all(|it| it.is_ascii_digit());
    if whole.is_empty() || !is_digits(whole) || !is_digits(fraction) || whole.len() + fraction.len() > 15 {
        return None;
    }
    let units: i64 = format!("{whole}{fraction}").parse().ok()?;
    Some(Decimal::new(if is_negative { -units } else { units }, u8::try_from(fraction.len()).ok()?))
}

/// Decodes a part of an address; none where it is broken.
fn decoded(text: &str) -> Option<String> {
    let mut bytes = Vec::new();
    let mut rest = text.as_bytes();
    while let [first, after @ ..] = rest {
        rest = after;
        if *first != b'%' {
            bytes.push(*first);
            continue;
        }
        let digits = std::str::from_utf8(rest.get(..2)?).ok()?;
        bytes.push(u8::from_str_radix(digits, 16).ok()?);
        rest = &rest[2..];
    }
    Some(String::from_utf8(bytes).ok()?.chars().take(MOST_SIGNS).collect())
}

/// Returns the rows that pass, in the order that is asked for.
fn found<'a>(asked: &Asked, table: &'a Table) -> Vec<&'a Row> {
    let mut rows: Vec<&Row> = table.rows.iter().filter(|row| passes(asked, row, table)).collect();
    for &(at, down) in asked.sort.iter().rev() {
        let mut keyed: Vec<_> = rows.iter().map(|row| (key(table, row, at), *row)).collect();
        keyed.sort_by(|(a, _), (b, _)| compare(a.as_ref(), b.as_ref(), down));
        rows = keyed.into_iter().map(|(_, row)| row).collect();
    }
    rows
}

fn passes(asked: &Asked, row: &Row, table: &Table) -> bool {
    let texts = texts(row, table);
    let words = umlauts_written_out(&asked.search);
    let is_hit = words.split_whitespace().all(|word| {
        texts.iter().any(|it| without_marks(it).contains(word) || umlauts_written_out(it).contains(word))
    });
    is_hit && asked.filters.iter().all(|(&at, filter)| holds(filter, row, at, table))
}

fn holds(filter: &Filter, row: &Row, at: usize, table: &Table) -> bool {
    let cell = &row.cells[at];
    let is_chosen = || choice(table, row, at).is_some_and(|it| filter.choices.contains(&it));
    let is_inside = |number: Decimal| {
        filter.least.is_none_or(|it| number >= it) && filter.most.is_none_or(|it| number <= it)
    };
    if matches!(cell.value, Value::Missing(_)) {
        return false;
    }
    (filter.choices.is_empty() || is_chosen()) && number(cell).is_none_or(is_inside)
}

fn number(cell: &Cell) -> Option<Decimal> {
    match cell.value {
        Value::Number(number, _) => Some(number),
        _ => None,
    }
}

/// Lists the words of a row: its name and every cell that is no number.
fn texts(row: &Row, table: &Table) -> Vec<String> {
    let text = |at: usize| match (row.cells[at].value, &table.columns[at].content) {
        _ if at == table.row_header => row.title.clone(),
        (Value::Category(it), Content::Categories { list, .. }) => {
            let category = &list[usize::from(it)];
            format!("{} {}", category.value, category.label)
        }
        (Value::Text(it), _) => table.texts.get(it).to_owned(),
        _ => String::new(),
    };
    (0..table.columns.len()).map(text).collect()
}

/// `Straße` as `strasse`, `Schüler*innen` as `schülerinnen`.
fn small(text: &str) -> String {
    let lower = text.to_lowercase().replace('ß', "ss");
    let forms = lower.replace("/-in", "in").replace("/in", "in");
    forms.replace(['*', ':', '_', '·', '–'], "")
}

/// `München` as `munchen`.
fn without_marks(text: &str) -> String {
    small(text).nfd().filter(|it| !is_combining_mark(*it)).collect()
}

/// `München` as `muenchen`.
fn umlauts_written_out(text: &str) -> String {
    let composed: String = small(text).nfc().collect();
    without_marks(&composed.replace('ä', "ae").replace('ö', "oe").replace('ü', "ue"))
}

/// Compares two cells; what is missing stands last both ways.
fn compare(a: Option<&Key>, b: Option<&Key>, down: bool) -> Ordering {
    match (a, b) {
        (None, None) => Ordering::Equal,
        (None, Some(_)) => Ordering::Greater,
        (Some(_), None) => Ordering::Less,
        (Some(a), Some(b)) if down => b.cmp(a),
        (Some(a), Some(b)) => a.cmp(b),
    }
}

#[derive(PartialEq, Eq, PartialOrd, Ord)]
enum Key {
    Number(Decimal),
    Words(String),
    Date(Vec<u32>),
}

fn key(table: &Table, row: &Row, at: usize) -> Option<Key> {
    let column = &table.columns[at];
    Some(match (row.cells[at].value, &column.content) {
        (Value::Missing(_), _) => return None,
        _ if at == table.row_header => Key::Words(collation_key(without_title(&row.title))),
        (Value::Number(number, _), _) => Key::Number(number),
        (Value::Text(it), Content::Text(Form::GermanDate)) => {
            let numbers = table.texts.get(it).split('.').map(|it| it.parse().unwrap());
            Key::Date(numbers.rev().collect())
        }
        (Value::Text(it), _) => Key::Words(collation_key(table.texts.get(it))),
        (Value::Category(it), Content::Categories { list, ordered }) => {
            let category = &list[usize::from(it)];
            match (category.class, *ordered) {
                // A class that is open downwards comes before every other.
                (Some(class), _) => Key::Number(class.lower.map_or(Decimal::new(-1, 0), |it| it.number)),
                (None, true) => Key::Number(Decimal::new(i64::from(it), 0)),
                (None, false) => Key::Words(collation_key(&category.value)),
            }
        }
        (Value::Category(_), _) => unreachable!("only columns of categories have them"),
    })
}

/// `Landkreis Görlitz` stands under G.
fn without_title(name: &str) -> &str {
    let shorter = |title: &&str| name.strip_prefix(title)?.strip_prefix(' ');
    TITLES.iter().find_map(shorter).map_or(name, without_title)
}
