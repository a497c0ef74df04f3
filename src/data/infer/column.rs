//! What a column holds, from its cells and its name.

use std::collections::BTreeSet;

use rayon::prelude::*;

use super::names;
use super::numbers::{Notation, Shapes, Signs};
use super::rows::{Roles, is_unique};
use super::sheet::Sheet;
use super::{Open, asked, checked, named};
use crate::data::class::{self, Class, Seam};
use crate::data::number::{self, Decimal, NumberFormat, UnitSign};
use crate::data::signs::{OFFICIAL_SIGNS, is_spreadsheet_error};
use crate::date::Date;
use crate::diag::{Lang, Text, text};

/// What was found out about a column.
#[derive(Debug)]
pub struct Guess {
    pub kind: Kind,
    pub unit: Option<String>,
    /// Signs in place of values, and why there is none.
    pub missing: Vec<(String, Text)>,
    /// Signs that stand for exactly zero.
    pub zero: Vec<String>,
    /// There is a value in each row.
    pub is_complete: bool,
    /// What the column does not say about itself.
    pub open: Vec<Open>,
}

/// What the cells of a column hold.
#[derive(Debug)]
pub enum Kind {
    /// Digits whose zeros at the beginning count.
    Key {
        pattern: Option<String>,
    },
    Date {
        is_german: bool,
    },
    Year,
    /// Ranges of numbers, from the lowest up.
    Classes(Vec<String>),
    Number {
        /// None for whole numbers without signs between their digits.
        format: Option<NumberFormat>,
        like_others: bool,
        /// The most that occur.
        decimals: u8,
        /// They number the rows.
        is_key: bool,
    },
    /// A few whole numbers that stand for something.
    Codes(Vec<String>),
    Categories(Vec<String>),
    Text,
    /// It cannot be told; `open` says why.
    Undecided,
}

impl Guess {
    fn ask(&mut self, text: Text) {
        self.open.push(asked(text));
    }

    fn note(&mut self, text: Text) {
        self.open.push(checked(text));
    }

    /// Whether the values tell rows apart.
    pub fn is_key(&self) -> bool {
        matches!(self.kind, Kind::Key { .. } | Kind::Number { is_key: true, .. })
    }
}

/// The texts of a column.
struct Cells<'a> {
    name: &'a str,
    /// Filled cells of rows that sum up nothing.
    items: Vec<&'a str>,
    /// Filled cells of the others.
    summary: Vec<&'a str>,
    empty: usize,
    is_unique: bool,
}

impl<'a> Cells<'a> {
    fn of(sheet: &'a Sheet, roles: &Roles, column: usize) -> Cells<'a> {
        let rows: Vec<usize> = (0..sheet.rows.len()).filter(|it| !roles.summary.contains(it)).collect();
        let filled = |it: &&str| !it.is_empty();
        let items: Vec<&str> = rows.iter().map(|&row| sheet.cell(row, column)).filter(filled).collect();
        Cells {
            name: sheet.name(column),
            empty: rows.len() - items.len(),
            summary: roles.summary.iter().map(|&row| sheet.cell(row, column)).filter(filled).collect(),
            is_unique: is_unique(sheet, column, &rows),
            items,
        }
    }

    fn all(&self) -> impl Iterator<Item = &'a str> + '_ {
        self.items.iter().chain(&self.summary).copied()
    }

    /// The values that occur, in the order of their first occurrence.
    fn distinct(&self) -> Vec<&'a str> {
        let mut seen = BTreeSet::new();
        self.items.iter().copied().filter(|it| seen.insert(*it)).collect()
    }
}

/// Looks at every column; how one writes its numbers helps to understand another.
pub fn guess_all(sheet: &Sheet, roles: &Roles) -> Vec<Guess> {
    let columns: Vec<(Cells, Option<Shapes>)> = (0..sheet.header.len())
        .into_par_iter()
        .map(|column| {
            let cells = Cells::of(sheet, roles, column);
            let shapes = shapes(&cells);
            (cells, shapes)
        })
        .collect();
    let mut signs = Signs::default();
    columns.iter().filter_map(|(_, shapes)| shapes.as_ref()).for_each(|it| it.add_to(&mut signs));
    columns.par_iter().map(|(cells, shapes)| guess(cells, shapes.as_ref(), signs)).collect()
}

fn is_sign(written: &str) -> bool {
    // Most cells are numbers; no sign begins with a digit.
    if written.starts_with(|it: char| it.is_ascii_digit()) {
        return false;
    }
    official(written).is_some() || is_spreadsheet_error(written)
}

/// Among words a cross is a mark and no want of a value.
fn is_sign_among_words(written: &str) -> bool {
    is_sign(written) && !matches!(written, "x" | "X" | "*" | ":" | "/")
}

/// Signs that offices write for want of a value, beside those of official statistics.
const MORE_SIGNS: [&str; 8] = ["k.A", "k. A", "keine Angabe", "n. v.", "n.v.", "NULL", "null", "None"];

fn official(written: &str) -> Option<Text> {
    let found = OFFICIAL_SIGNS.iter().find(|(sign, ..)| *sign == written);
    let more = || MORE_SIGNS.contains(&written).then(|| text("keine Angabe", "not stated"));
    found.map(|(_, de, en)| text(*de, *en)).or_else(more)
}

/// Looks at the numbers of a column; gives none where not nearly all cells are numbers.
fn shapes(cells: &Cells) -> Option<Shapes> {
    let of_items = Shapes::of(cells.items.iter().copied().filter(|it| !is_sign(it)));
    // A `?` is no text, it stands for a number.
    let texts = of_items.others.iter().filter(|it| it.chars().any(char::is_alphanumeric)).count();
    let is_number_column = of_items.numbers > 0 && texts * 10 <= of_items.numbers;
    is_number_column.then(|| of_items.and(cells.summary.iter().copied().filter(|it| !is_sign(it))))
}

fn guess(cells: &Cells, shapes: Option<&Shapes>, signs: Signs) -> Guess {
    let (title, unit) = names::split_unit(cells.name);
    let mut guess = Guess {
        kind: Kind::Text,
        unit: unit.map(str::to_owned).or_else(|| sign_of(shapes?.unit).map(str::to_owned)),
        missing: Vec::new(),
        zero: Vec::new(),
        is_complete: cells.empty == 0 && !cells.items.iter().any(|it| is_sign(it)),
        open: Vec::new(),
    };
    if cells.items.iter().all(|it| is_sign_among_words(it)) {
        add_signs(&mut guess, cells, false);
        guess.kind = Kind::Undecided;
        guess.ask(text("Keine Zelle hat einen Wert.", "no cell has a value"));
        return guess;
    }
    if let Some(kind) = key(cells, &mut guess) {
        guess.kind = kind;
    } else if let Some(kind) = moment(cells, title) {
        add_signs(&mut guess, cells, true);
        guess.kind = kind;
    } else if let Some(shapes) = shapes {
        add_signs(&mut guess, cells, true);
        guess.kind = numbers(cells, shapes, signs, &mut guess);
    } else {
        guess.kind = words(cells, &mut guess);
        if !matches!(guess.kind, Kind::Text) {
            add_signs(&mut guess, cells, false);
        }
    }
    guess
}

fn sign_of(unit: UnitSign) -> Option<&'static str> {
    match unit {
        UnitSign::Percent => Some("%"),
        UnitSign::Euro => Some("Euro"),
        _ => None,
    }
}

/// Notes the signs that stand in place of values; what `-` means is never guessed.
fn add_signs(guess: &mut Guess, cells: &Cells, are_numbers: bool) {
    let mut seen = BTreeSet::new();
    let is_sign = |it: &str| if are_numbers { is_sign(it) } else { is_sign_among_words(it) };
    for written in cells.all().filter(|it| is_sign(it) && seen.insert(*it)) {
        let count = cells.all().filter(|it| *it == written).count();
        let (times_de, times_en) = match count {
            1 => ("einmal".to_owned(), "once".to_owned()),
            _ => (format!("{count}-mal"), format!("{count} times")),
        };
        match official(written) {
            Some(meaning) if !meaning.in_lang(Lang::De).ends_with("null") => {
                guess.missing.push((written.to_owned(), meaning));
            }
            Some(_) if !are_numbers => guess.note(text(
                format!("„{written}“ ({times_de}) kann ein Wert sein oder einen fehlenden bedeuten. Wert: in „categories“ aufnehmen; fehlt: in „missingValues“."),
                format!("`{written}` ({times_en}) can be a value or stand for a missing one; a value: add it to `categories`; missing: to `missingValues`"),
            )),
            Some(_) => guess.note(text(
                format!("„{written}“ ({times_de}) kann genau null heißen oder einen fehlenden Wert. Null: „zero“: [\"{written}\"]; fehlt: in „missingValues“ aufnehmen."),
                format!("`{written}` ({times_en}) can mean exactly zero or a missing value; zero: `zero`: [\"{written}\"]; missing: add it to `missingValues`"),
            )),
            None => guess.note(text(
                format!("„{written}“ ({times_de}) ist ein Fehler der Tabellenkalkulation; der Wert steht nur in der Ursprungsdatei."),
                format!("`{written}` ({times_en}) is an error of a spreadsheet; the value is in the original file only"),
            )),
        }
    }
}

/// Recognises keys such as the AGS, also where a spreadsheet has dropped their zeros.
fn key(cells: &Cells, guess: &mut Guess) -> Option<Kind> {
    let is_digits = |it: &&str| it.bytes().all(|it| it.is_ascii_digit());
    let has_zero = cells.items.iter().any(|it| it.len() > 1 && it.starts_with('0'));
    let is_named = names::is_key(cells.name);
    if !cells.items.iter().all(is_digits) || !(has_zero || is_named) {
        return None;
    }
    let lengths: BTreeSet<usize> = cells.items.iter().map(|it| it.len()).collect();
    let lengths: Vec<usize> = lengths.into_iter().collect();
    let pattern = |length| Some(format!("[0-9]{{{length}}}"));
    // Districts, municipalities, municipalities with their association, postal codes.
    let has_official_length = |it: usize| matches!(it, 5 | 8 | 12);
    match lengths.as_slice() {
        [short, long] if is_named && short + 1 == *long && has_official_length(*long) && !has_zero => {
            let cut: Vec<&&str> = cells.items.iter().filter(|it| it.len() == *short).collect();
            let (count, sample) = (cut.len(), cut.first().copied()?);
            guess.note(text(
                format!("Eine Tabellenkalkulation hat die führende Null gelöscht ({count}-mal): „{sample}“ heißt „0{sample}“. Stellen Sie sie in der Datei wieder her."),
                format!("a spreadsheet has dropped the leading zero ({count} times): `{sample}` means `0{sample}`; restore it in the file"),
            ));
            Some(Kind::Key { pattern: pattern(*long) })
        }
        [length] => Some(Kind::Key { pattern: pattern(*length) }),
        _ => Some(Kind::Key { pattern: None }),
    }
}

/// Recognises days and years.
fn moment(cells: &Cells, title: &str) -> Option<Kind> {
    let all = |is: &dyn Fn(&str) -> bool| cells.items.iter().filter(|it| !is_sign(it)).all(|it| is(it));
    if all(&|it| Date::parse(it).is_some()) {
        return Some(Kind::Date { is_german: false });
    }
    if all(&|it| Date::parse_german(it).is_some()) {
        return Some(Kind::Date { is_german: true });
    }
    let is_year = |it: &str| it.len() == 4 && it.parse().is_ok_and(|it: u16| (1800..=2100).contains(&it));
    (names::is_year(title) && all(&is_year)).then_some(Kind::Year)
}

fn numbers(cells: &Cells, shapes: &Shapes, signs: Signs, guess: &mut Guess) -> Kind {
    let (format, like_others) = match shapes.notation(signs) {
        Notation::Whole => (None, false),
        Notation::Decimal { format, like_others } => (Some(format), like_others),
        Notation::Mixed(a, b) => {
            guess.ask(text(
                format!("Punkt und Komma stehen bald für dieses, bald für jenes, etwa „{a}“ und „{b}“. Bringen Sie die Datei in eine Schreibweise."),
                format!("point and comma mean now this, now that, such as `{a}` and `{b}`; write the file in one way"),
            ));
            return Kind::Undecided;
        }
        Notation::Unclear(sample) => {
            guess.ask(unclear(&sample));
            return Kind::Undecided;
        }
    };
    let readable = format.unwrap_or(NumberFormat { unit: shapes.unit, ..number::MACHINE });
    let read = |written: &str| number::parse_marked(written, readable).ok().map(|it| it.0);
    note_odd_cells(shapes, guess);
    note_sentinels(cells, &read, guess);
    let values: Vec<Decimal> = cells.items.iter().filter_map(|it| read(it)).collect();
    let is_key = names::is_number(cells.name) && cells.is_unique;
    if format.is_none()
        && !is_key
        && let Some(kind) = codes(cells, &values, guess)
    {
        return kind;
    }
    let decimals = cells.all().filter_map(read).map(Decimal::scale).max().unwrap_or_default();
    Kind::Number { format, like_others, decimals, is_key }
}

fn unclear(sample: &str) -> Text {
    let sign = if sample.contains('.') { '.' } else { ',' };
    let (number_de, number_en) = (sample.replace(sign, ""), sample.replace(sign, "."));
    text(
        format!(
            "„{sample}“ kann {number_de} oder {} sein. Das Zeichen gliedert Tausender: „type“: \"number\", „groupChar“: \"{sign}\"; es beginnt die Nachkommastellen: „type“: \"number\", „decimalChar“: \"{sign}\".",
            sample.replace(sign, ",")
        ),
        format!(
            "`{sample}` can be {number_de} or {number_en}; if the sign groups thousands: `type`: \"number\", `groupChar`: \"{sign}\"; if it begins the decimals: `type`: \"number\", `decimalChar`: \"{sign}\""
        ),
    )
}

fn note_odd_cells(shapes: &Shapes, guess: &mut Guess) {
    let distinct: BTreeSet<&str> = shapes.others.iter().map(String::as_str).collect();
    if distinct.is_empty() {
        return;
    }
    let list = |open, close| {
        distinct.iter().take(3).map(|it| format!("{open}{it}{close}")).collect::<Vec<_>>().join(", ")
    };
    guess.note(text(
        format!(
            "Keine Zahl: {}. Steht es für einen fehlenden Wert, gehört es in „missingValues“.",
            list('„', '“')
        ),
        format!(
            "no number: {}; what stands for a missing value belongs into `missingValues`",
            list('`', '`')
        ),
    ));
}

/// Numbers that stand for the signs of official statistics in files of the Regionalatlas.
const REGIONALATLAS: [(i64, &str, &str); 4] = [
    (5_555_555_555, "unbekannt oder geheim zu halten", "unknown or to be kept secret"),
    (6_666_666_666, "Aussage nicht sinnvoll", "makes no sense here"),
    (7_777_777_777, "nicht sicher genug", "not reliable enough"),
    (8_888_888_888, "fällt später an", "comes later"),
];

/// Notes numbers that are no data: at the limit of a type, of the Regionalatlas, or far off.
fn note_sentinels(cells: &Cells, read: &dyn Fn(&str) -> Option<Decimal>, guess: &mut Guess) {
    let mut seen = BTreeSet::new();
    let distinct: Vec<(&str, Decimal)> =
        cells.all().filter(|it| seen.insert(*it)).filter_map(|it| Some((it, read(it)?))).collect();
    for &(written, number) in &distinct {
        let units = number.units().unsigned_abs().to_string();
        let official = REGIONALATLAS.iter().find(|it| Decimal::new(it.0, 0) == number);
        if number == Decimal::new(2_222_222_222, 0) {
            guess.zero.push(written.to_owned());
        } else if let Some((_, de, en)) = official {
            guess.missing.push((written.to_owned(), text(*de, *en)));
        } else if units.len() >= 7 && units.bytes().all(|it| it == b'9') {
            let meaning = text("Wert nicht darstellbar (Überlauf)", "value cannot be shown (overflow)");
            guess.missing.push((written.to_owned(), meaning));
        } else if is_far_off(number, &units, &distinct) {
            guess.note(text(
                format!("„{written}“ sieht nach einem Ersatz für einen fehlenden Wert aus. Ist es einer, gehört es in „missingValues“."),
                format!("`{written}` looks like a stand-in for a missing value; if it is one, it belongs into `missingValues`"),
            ));
        }
    }
}

/// `-1` and `-99` among numbers that are not negative, `999` far above all others.
fn is_far_off(number: Decimal, units: &str, all: &[(&str, Decimal)]) -> bool {
    let zero = Decimal::new(0, 0);
    let others = || all.iter().map(|it| it.1).filter(|it| *it != number);
    let are_nines = units.len() >= 2 && units.bytes().all(|it| it == b'9');
    if number < zero {
        return (are_nines || number == Decimal::new(-1, 0)) && others().all(|it| it >= zero);
    }
    if units.len() < 3 || !are_nines {
        return false;
    }
    let highest = others().max().unwrap_or(number);
    let scale = number.scale().max(highest.scale());
    highest.units_at(scale).saturating_mul(5) < number.units_at(scale)
}

/// Recognises a few small whole numbers that come again and again.
fn codes(cells: &Cells, values: &[Decimal], guess: &mut Guess) -> Option<Kind> {
    let distinct: BTreeSet<i64> = values.iter().map(|it| it.units()).collect();
    let are_small = distinct.iter().all(|it| (0..100).contains(it));
    let is_named = names::is_code(cells.name);
    let most = if is_named { values.len().saturating_sub(1) } else { values.len() / 2 };
    if !are_small || distinct.len() > most.min(12) || guess.unit.is_some() {
        return None;
    }
    let list: Vec<String> = distinct.iter().map(i64::to_string).collect();
    if !is_named {
        let values = list.join(", ");
        guess.ask(text(
            format!("Sind {values} Anzahlen oder Codes? Für Codes gehört ihre Bedeutung in „categories“."),
            format!("are {values} counts or codes? The meaning of codes belongs into `categories`"),
        ));
        return None;
    }
    guess.ask(text(
        "Was bedeuten die Codes? Die Bezeichnungen gehören in „categories“.",
        "what do the codes mean? Their labels belong into `categories`",
    ));
    Some(Kind::Codes(list))
}

/// A longer list of values is no list of categories.
const MOST_CATEGORIES: usize = 40;

/// Recognises classes, and a few texts that come again and again.
fn words(cells: &Cells, guess: &mut Guess) -> Kind {
    let values: Vec<&str> = cells.distinct().into_iter().filter(|it| !is_sign_among_words(it)).collect();
    let class = |it: &&str| class::parse(it, NumberFormat::german());
    if values.len() > 1
        && let Some(classes) = values.iter().map(class).collect::<Option<Vec<Class>>>()
    {
        return ordered(values.into_iter().zip(classes).collect(), guess);
    }
    note_damage(&values, guess);
    note_numbers(&values, guess);
    let count = cells.items.len();
    let are_short = values.iter().all(|it| it.chars().count() <= 60);
    if are_short && values.len() <= MOST_CATEGORIES && values.len() * 2 <= count && !cells.is_unique {
        return Kind::Categories(values.into_iter().map(str::to_owned).collect());
    }
    Kind::Text
}

/// Orders classes by their bounds and looks at the seams.
fn ordered(mut classes: Vec<(&str, Class)>, guess: &mut Guess) -> Kind {
    classes.sort_by_key(|(_, it)| (it.lower.map(|it| it.number), it.upper.map(|it| it.number)));
    for pair in classes.windows(2) {
        let (a, b) = (pair[0].0, pair[1].0);
        let (de, en) = match class::seam(&pair[0].1, &pair[1].1) {
            Seam::Fits => continue,
            Seam::Gap => (
                "ist eine Lücke; kommt dort keine Zeile vor, gehört die Klasse dennoch in „categories“",
                "is a gap; a class without rows belongs into `categories` all the same",
            ),
            Seam::Overlap | Seam::WrongOrder => ("überschneiden sich die Klassen", "the classes overlap"),
            Seam::Unclear => {
                ("ist nicht gesagt, wohin die Grenze gehört", "it is not said to which the bound belongs")
            }
        };
        guess.note(text(format!("Zwischen „{a}“ und „{b}“ {de}."), format!("between `{a}` and `{b}` {en}")));
    }
    Kind::Classes(classes.into_iter().map(|it| it.0.to_owned()).collect())
}

/// Notes that a column of texts looks like one of numbers: some cells are none, or all have
/// the sign before them that tells a spreadsheet to take digits for text.
fn note_numbers(values: &[&str], guess: &mut Guess) {
    let is_digit = |it: char| it.is_ascii_digit();
    let digits = |it: &'_ str| it.strip_prefix('\'').is_some_and(|it| it.starts_with(is_digit));
    if let Some(sample) = values.iter().find(|it| digits(it)) {
        let rest = &sample[1..];
        guess.ask(text(
            format!("Vor den Ziffern steht ein Apostroph, mit dem Tabellenkalkulationen Text kennzeichnen: „{sample}“ heißt „{rest}“. Löschen Sie ihn in der Datei."),
            format!("before the digits stands the apostrophe that tells spreadsheets to take them for text: `{sample}` means `{rest}`; delete it in the file"),
        ));
    }
    if let Some(sample) = values.iter().find(|it| has_short_year(it)) {
        guess.ask(text(
            format!("Das Jahr in „{sample}“ hat nur zwei Ziffern; so ist die Spalte Text. Schreiben Sie es in der Datei aus."),
            format!("the year in `{sample}` has two digits only, so the column is text; write it in full in the file"),
        ));
    }
    if let Some(sign) = common_sign(values) {
        guess.ask(text(
            format!("Neben jeder Zahl steht „{sign}“; so ist die Spalte Text. Nehmen Sie es aus den Zellen und nennen Sie es in „unit“."),
            format!("beside each number stands `{sign}`, so the column is text; take it out of the cells and name it in `unit`"),
        ));
    }
    let shapes = Shapes::of(values.iter().copied().filter(|it| !is_sign(it)));
    let Some(sample) = shapes.others.first().filter(|_| shapes.numbers > shapes.others.len()) else { return };
    guess.ask(text(
        format!("Die meisten Zellen sind Zahlen, „{sample}“ aber nicht; so ist die Spalte Text. Bringen Sie die Datei in eine Schreibweise, oder nennen Sie in „missingValues“, was kein Wert ist."),
        format!("most cells are numbers, but `{sample}` is none, so the column is text; write the file in one way, or name in `missingValues` what is no value"),
    ));
}

fn has_short_year(written: &str) -> bool {
    let parts: Vec<&str> = written.split('.').collect();
    parts.len() == 3 && parts.iter().all(|it| (1..=2).contains(&it.len()) && it.parse::<u8>().is_ok())
}

/// Returns the text that stands in the same place beside every number, such as `v.H.`.
fn common_sign<'a>(values: &[&'a str]) -> Option<&'a str> {
    let is_of_number =
        |it: char| it.is_ascii_digit() || matches!(it, '.' | ',' | ' ' | '\u{a0}' | '\u{202f}');
    let parts = |it: &'a str| {
        let start = it.find(|it: char| it.is_ascii_digit())?;
        let end = it.rfind(|it: char| it.is_ascii_digit())? + 1;
        it[start..end].chars().all(is_of_number).then_some((it[..start].trim(), it[end..].trim()))
    };
    let first = parts(values.first()?)?;
    let is_sign = |it: &str| !it.is_empty() && it.chars().count() <= 20 && !it.starts_with('\'');
    let sign = [first.0, first.1].into_iter().find(|it| is_sign(it))?;
    (values.len() > 1 && values.iter().all(|it| parts(it) == Some(first))).then_some(sign)
}

/// Notes what a spreadsheet has made a day or a shortened number of.
fn note_damage(values: &[&str], guess: &mut Guess) {
    if let Some(sample) = values.iter().find(|it| number::damage(it).is_some()) {
        guess.ask(text(
            format!(
                "„{sample}“ hat eine Tabellenkalkulation verändert; der Wert steht nur in der Ursprungsdatei."
            ),
            format!("a spreadsheet has changed `{sample}`; the value is in the original file only"),
        ));
    }
}

/// Says what the columns hold, one line for each kind.
pub fn told(sheet: &Sheet, guesses: &[Guess]) -> Vec<Text> {
    let with = |wanted: &dyn Fn(&Guess) -> bool| -> Vec<usize> {
        guesses.iter().enumerate().filter(|(_, it)| wanted(it)).map(|(at, _)| at).collect()
    };
    let decimal = |sign: char| move |it: &Guess| matches!(it.kind, Kind::Number { format: Some(format), .. } if format.decimal == sign);
    let grouped = |it: &Guess| {
        matches!(it.kind, Kind::Number { format: Some(NumberFormat { group: Some(_), .. }), .. })
    };
    let kinds: [(&str, &str, Vec<usize>); 12] = [
        (
            "Schlüssel aus Ziffern, als Text",
            "keys of digits, as text",
            with(&|it| matches!(it.kind, Kind::Key { .. })),
        ),
        (
            "Zahlen mit Komma vor den Nachkommastellen",
            "numbers with a comma before the decimals",
            with(&decimal(',')),
        ),
        (
            "Zahlen mit Punkt vor den Nachkommastellen",
            "numbers with a point before the decimals",
            with(&decimal('.')),
        ),
        ("darunter mit gegliederten Tausendern", "of these, with grouped thousands", with(&grouped)),
        ("ganze Zahlen", "whole numbers", with(&|it| matches!(it.kind, Kind::Number { format: None, .. }))),
        ("Codes", "codes", with(&|it| matches!(it.kind, Kind::Codes(_)))),
        (
            "Klassen, nach ihren Grenzen geordnet",
            "classes, ordered by their bounds",
            with(&|it| matches!(it.kind, Kind::Classes(_))),
        ),
        ("Kategorien", "categories", with(&|it| matches!(it.kind, Kind::Categories(_)))),
        ("Tage", "days", with(&|it| matches!(it.kind, Kind::Date { .. }))),
        ("Jahre", "years", with(&|it| matches!(it.kind, Kind::Year))),
        ("Texte", "texts", with(&|it| matches!(it.kind, Kind::Text))),
        (
            "wie in den anderen Spalten gelesen, weil ein Zeichen sonst beides sein könnte",
            "read as in the other columns, since a sign could be both",
            with(&|it| matches!(it.kind, Kind::Number { like_others: true, .. })),
        ),
    ];
    let kinds = kinds.into_iter().filter(|(.., columns)| !columns.is_empty()).map(|(de, en, columns)| {
        let names = named(sheet, &columns);
        let (names_de, names_en) = (names.in_lang(Lang::De), names.in_lang(Lang::En));
        text(format!("{de} ({}): {names_de}", columns.len()), format!("{en} ({}): {names_en}", columns.len()))
    });
    kinds.chain(told_signs(guesses)).collect()
}

fn told_signs(guesses: &[Guess]) -> Vec<Text> {
    let mut signs: Vec<(&str, &Text, usize)> = Vec::new();
    for (sign, meaning) in guesses.iter().flat_map(|it| &it.missing) {
        match signs.iter_mut().find(|it| it.0 == sign) {
            Some(known) => known.2 += 1,
            None => signs.push((sign, meaning, 1)),
        }
    }
    let columns = |count: usize| if count == 1 { ("Spalte", "column") } else { ("Spalten", "columns") };
    let missing = signs.into_iter().map(|(sign, meaning, count)| {
        let (de, en) = columns(count);
        text(
            format!("„{sign}“ ist kein Wert, sondern heißt „{}“ ({count} {de})", meaning.in_lang(Lang::De)),
            format!("`{sign}` is no value but means `{}` ({count} {en})", meaning.in_lang(Lang::En)),
        )
    });
    let zero: BTreeSet<&str> = guesses.iter().flat_map(|it| &it.zero).map(String::as_str).collect();
    let zero = zero
        .into_iter()
        .map(|it| text(format!("„{it}“ heißt genau null"), format!("`{it}` means exactly zero")));
    missing.chain(zero).collect()
}

/// Asks for the units that no name gives.
pub fn without_unit(sheet: &Sheet, guesses: &[Guess]) -> Option<Text> {
    let lacks = |it: &Guess| it.unit.is_none() && matches!(it.kind, Kind::Number { is_key: false, .. });
    let columns: Vec<usize> = (0..guesses.len()).filter(|&at| lacks(&guesses[at])).collect();
    let names = named(sheet, &columns);
    (!columns.is_empty()).then(|| {
        text(
            format!("In welcher Einheit sind die Zahlen? Sie fehlt bei {}.", names.in_lang(Lang::De)),
            format!("in which unit are the numbers? It is missing for {}", names.in_lang(Lang::En)),
        )
    })
}
