//! The header of a file: the rows that name the columns, and the names they make.
//!
//! Offices write names over several rows: a group over its columns, the unit below. The
//! cells of a group are merged, so that its name stands in the first of them only.

use std::collections::{BTreeMap, BTreeSet};
use std::ops::Range;

use super::sheet::{filled, width};
use crate::data::csv::Record;

/// So many records are searched for the header.
const HEAD_RECORDS: usize = 50;

/// Finds the records that name the columns; empty where there are none.
pub fn find(records: &[Record]) -> Range<usize> {
    let head = &records[..records.len().min(HEAD_RECORDS)];
    let usual = usual_width(records);
    let first_row = head.iter().position(|it| is_row(it)).unwrap_or(head.len());
    let full = (0..head.len()).find(|&at| names_columns(records, at, usual));
    let last_before = (0..first_row).rev().find(|&at| !counts_columns(&head[at]) && !is_comment(&head[at]));
    let partly = || last_before.filter(|&at| first_row < head.len() && !is_title(&head[at]));
    let Some(at) = full.or_else(partly) else { return 0..0 };
    let (mut start, mut end) = (at, at + 1);
    while start > 0 && !is_title(&head[start - 1]) && belong_together(&head[start - 1], &head[start]) {
        start -= 1;
    }
    while end < first_row && first_row < head.len() && is_empty_at(&head[end], 0) {
        end += 1;
    }
    start..end
}

/// How many cells most of the first rows have; lines of one cell are titles and notes.
fn usual_width(records: &[Record]) -> usize {
    let mut counts: BTreeMap<usize, usize> = BTreeMap::new();
    for record in records.iter().take(200) {
        *counts.entry(width(record)).or_default() += 1;
    }
    if counts.keys().any(|width| *width > 1) {
        counts.remove(&1);
    }
    counts.into_iter().max_by_key(|&(width, count)| (count, width)).map_or(1, |(width, _)| width)
}

/// Whether a record could name the columns: nearly as many texts as rows have cells.
fn names_columns(records: &[Record], at: usize, usual: usize) -> bool {
    let record = &records[at];
    let below = |column: usize| records.get(at + 1).map_or("", |it| cell(it, column));
    let is_name = |column: usize| {
        let written = cell(record, column);
        is_text(written) || is_year(written) || (is_day(written) && !is_day(below(column)))
    };
    let texts = (0..width(record)).filter(|&it| is_name(it)).count();
    texts * 4 >= usual * 3 && texts * 4 >= filled(record) * 3 && !counts_columns(record)
}

/// Whether two records above the rows make one header: one of them leaves the first column free.
fn belong_together(above: &Record, below: &Record) -> bool {
    (is_empty_at(above, 0) || is_empty_at(below, 0)) && !counts_columns(above) && !is_comment(above)
}

/// Whether a record has a number that is neither a year nor a day.
fn is_row(record: &Record) -> bool {
    let is_number = |written: &str| {
        let digits = written.trim_start_matches(['-', '+', '−', '–', ' ']);
        digits.starts_with(|it: char| it.is_ascii_digit())
            && digits.chars().all(|it| it.is_ascii_digit() || " .,%€\u{a0}\u{202f}".contains(it))
            && !is_year(written)
            && !is_day(written)
    };
    filled(record) > 1 && !counts_columns(record) && (0..width(record)).any(|at| is_number(cell(record, at)))
}

/// Whether a record has a text in its first cell and nothing else.
fn is_title(record: &Record) -> bool {
    width(record) == 1
}

fn is_comment(record: &Record) -> bool {
    record.cells[0].text.starts_with('#') && filled(record) == 1
}

fn cell<'a>(record: &'a Record, column: usize) -> &'a str {
    record.cells.get(column).map_or("", |it| it.text.trim())
}

fn is_empty_at(record: &Record, column: usize) -> bool {
    cell(record, column).is_empty()
}

fn is_text(written: &str) -> bool {
    written.chars().any(char::is_alphabetic)
}

fn is_year(written: &str) -> bool {
    let has_century = written.starts_with("19") || written.starts_with("20");
    written.len() == 4 && has_century && written.bytes().all(|it| it.is_ascii_digit())
}

fn is_day(written: &str) -> bool {
    let parts: Vec<&str> = written.split('.').collect();
    let is_short = |it: &str| (1..=2).contains(&it.len()) && it.bytes().all(|it| it.is_ascii_digit());
    matches!(parts[..], [day, month, year] if is_short(day) && is_short(month) && is_year(year))
}

/// Whether a record only numbers the columns; such a word as `Spalte` may stand before.
pub fn counts_columns(record: &Record) -> bool {
    let mut filled = record.cells.iter().map(|it| it.text.trim()).filter(|it| !it.is_empty()).peekable();
    let is_word =
        |it: &&str| ["spalte", "sp.", "nr", "lfd"].iter().any(|word| it.to_lowercase().starts_with(word));
    filled.next_if(is_word);
    let numbers: Vec<&str> = filled.collect();
    numbers.len() >= 3 && numbers.iter().enumerate().all(|(at, it)| it.parse() == Ok(at + 1))
}

/// Whether a record that counts the columns is a row all the same: the next one counts on
/// from its first cell, or it does not follow the header.
pub fn is_counted_row(next: Option<&Record>, has_rows: bool) -> bool {
    has_rows || next.is_some_and(|it| cell(it, 0) == "2")
}

/// Makes the names of the columns; the name of a group goes to each of its columns.
pub fn names(header: &[Record]) -> Vec<String> {
    let columns = header.iter().map(width).max().unwrap_or(0);
    let mut names = vec![String::new(); columns];
    // Where a group of the rows above begins, no group of a row below goes on.
    let mut begins = vec![false; columns];
    for (at, record) in header.iter().enumerate() {
        let below = &header[at + 1..];
        let mut group = "";
        for column in 0..columns {
            let written = cell(record, column);
            begins[column] |= !written.is_empty();
            let is_merged = !begins[column] && below.iter().any(|it| !is_empty_at(it, column));
            group = if is_merged { group } else { written };
            if !group.is_empty() {
                join(&mut names[column], group);
            }
        }
    }
    names
}

/// Makes the names as the reader of tables joins them: without groups.
pub fn as_read(header: &[Record]) -> Vec<String> {
    let columns = header.iter().map(width).max().unwrap_or(0);
    let mut names = vec![String::new(); columns];
    for record in header {
        for (column, name) in names.iter_mut().enumerate() {
            join(name, cell(record, column));
        }
    }
    names
}

fn join(name: &mut String, more: &str) {
    if !name.is_empty() && !more.is_empty() {
        name.push(' ');
    }
    name.push_str(more);
}

/// Gives each column a name of its own: without one it is counted, a repeated one is numbered.
pub fn each_once(names: Vec<String>) -> Vec<String> {
    let written: BTreeSet<String> = names.iter().cloned().collect();
    let mut taken = BTreeSet::new();
    let mut own = Vec::with_capacity(names.len());
    for (at, name) in names.into_iter().enumerate() {
        let first = if name.is_empty() { format!("spalte_{}", at + 1) } else { name };
        let numbered = (2..).map(|number| format!("{first} ({number})"));
        let is_free = |it: &String| !taken.contains(it) && (*it == first || !written.contains(it));
        let free = std::iter::once(first.clone()).chain(numbered).find(is_free);
        let free = free.expect("numbers do not end");
        taken.insert(free.clone());
        own.push(free);
    }
    own
}
