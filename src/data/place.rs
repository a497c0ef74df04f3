//! Where a cell is, as people look for it: line of the file, column, cell of the spreadsheet.

use super::{Row, Table};
use crate::diag::{Lang, Text, text};
use crate::source::count_line_ends;

/// Says where a cell of a table is: `Zeile 14, Spalte „Jugendquotient“ (Zelle K14)`.
///
/// `csv` is the text of the table's file.
pub fn cell_context(table: &Table, row: &Row, column: usize, csv: &str) -> Text {
    let described = &table.columns[column];
    let Some(position) = described.position else {
        return text(
            format!("Spalte „{}“, {}", described.label, row.title),
            format!("column `{}`, {}", described.label, row.title),
        );
    };
    let start = row.start as usize..row.cells[column].start as usize;
    let line = row.line as usize + csv.get(start).map_or(0, count_line_ends);
    context(line, row.sheet_row as usize, position, &described.label)
}

/// Says where a cell is, from its line, its row in a spreadsheet and its place in the row.
pub fn context(line: usize, sheet_row: usize, position: usize, label: &str) -> Text {
    let cell = cell_name(sheet_row, position);
    text(
        format!("Zeile {line}, Spalte „{label}“ (Zelle {cell})"),
        format!("line {line}, column `{label}` (cell {cell})"),
    )
}

/// Returns what a spreadsheet calls a cell: `K14`.
pub fn cell_name(sheet_row: usize, position: usize) -> String {
    format!("{}{sheet_row}", letters(position))
}

/// So many lines are named.
const NAMED_LINES: usize = 8;

/// Adds the lines where the same is to be seen; a few are named.
pub fn with_more_lines(place: Text, more: &[usize]) -> Text {
    if more.is_empty() {
        return place;
    }
    let named: Vec<String> = more.iter().take(NAMED_LINES).map(usize::to_string).collect();
    let rest = more.len() - named.len();
    let named = named.join(", ");
    let (de, en) = (place.in_lang(Lang::De), place.in_lang(Lang::En));
    match (more.len(), rest) {
        (1, _) => text(format!("{de}, ebenso in Zeile {named}"), format!("{en}, also in line {named}")),
        (_, 0) => text(format!("{de}, ebenso in den Zeilen {named}"), format!("{en}, also in lines {named}")),
        _ => text(
            format!("{de}, ebenso in den Zeilen {named} und {rest} weiteren"),
            format!("{en}, also in lines {named} and {rest} more"),
        ),
    }
}

/// Returns the letters a spreadsheet gives a column, counted from 0: `A`, `Z`, `AA`.
pub fn letters(position: usize) -> String {
    let mut letters = Vec::new();
    let mut rest = position + 1;
    while rest > 0 {
        letters.push(char::from(b'A' + ((rest - 1) % 26) as u8));
        rest = (rest - 1) / 26;
    }
    letters.iter().rev().collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn columns_have_the_letters_of_spreadsheets() {
        let found = [0, 25, 26, 701, 702].map(letters);
        assert_eq!(found, ["A", "Z", "AA", "ZZ", "AAA"]);
    }
}
