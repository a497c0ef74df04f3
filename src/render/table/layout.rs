//! The style sheet of a table: how wide its columns are, which of them stand to the
//! right, and what they are called on paper.
//!
//! Rows are grids, because a browser lays out only those of them that are seen. A policy
//! without inline styles leaves a file of its own for widths. The script of the table
//! writes the same rules when a reader changes the columns.

use std::fmt::Write;

use super::{group, order};
use crate::data::{Column, Table};
use crate::diag::Lang;
use crate::render::download::heading;
use crate::render::shown::shown;

/// In characters of the width of a zero.
const NARROWEST: usize = 8;
const WIDEST: usize = 26;
/// What the room at both sides of a cell is worth.
const PADDING: usize = 4;
/// Longer words are hyphenated.
const LONGEST_WORD: usize = 16;
/// More columns than these are printed as blocks, one for each row.
const WIDE: usize = 9;

/// Returns the width of each column of a table, in characters.
pub fn widths(table: &Table, lang: Lang) -> Vec<usize> {
    let rows = || table.rows.iter().chain(&table.summary);
    let width = |(at, column): (usize, &Column)| {
        let cells = rows().map(|row| {
            let text = shown(&row.cells[at].value, column, &table.texts, row.role, lang).text;
            if at == table.row_header { row.title.chars().count() } else { text.chars().count() }
        });
        head_width(column).max(cells.max().unwrap_or_default()).clamp(NARROWEST, WIDEST) + PADDING
    };
    table.columns.iter().enumerate().map(width).collect()
}

/// The head of a column wraps into about six lines.
fn head_width(column: &Column) -> usize {
    let words = column.label.split([' ', '-']).map(|it| it.chars().count().min(LONGEST_WORD));
    let unit = column.unit.as_deref().unwrap_or_default();
    let lines = (column.label.chars().count() + unit.chars().count()).div_ceil(6);
    words.max().unwrap_or_default().max(lines.min(14))
}

/// Returns the style sheet of a table; `id` is that of its section, `first` lists the
/// columns that are shown at the beginning where the script runs.
pub fn style(table: &Table, id: &str, first: &[usize], widths: &[usize], lang: Lang) -> String {
    let order = order(table);
    let scope = format!("[data-table={id}]");
    let mut css = String::from("/* The columns of a table, made by the build. */\n");
    css.push_str("@media screen {\n");
    push_columns(&mut css, &scope, table, &order, &order, widths);
    let early = format!(".scripted {scope}:not([data-ready])");
    push_columns(&mut css, &early, table, &order, first, widths);
    css.push_str("}\n");
    let places = |is_meant: &dyn Fn(usize) -> bool| {
        let meant = order.iter().enumerate().filter(|(_, column)| is_meant(**column));
        meant.map(|(at, _)| format!(":nth-child({})", at + 1)).collect::<Vec<_>>().join(",")
    };
    let numbers = places(&|at| table.columns[at].is_numeric());
    if !numbers.is_empty() {
        let _ = writeln!(css, "{scope}:not([data-ready]) tr:not(.over)>:is({numbers}){{text-align:right}}");
    }
    if order.len() > WIDE {
        push_labels(&mut css, &format!("{scope}:not([data-ready])"), table, &order, lang);
    }
    css
}

/// Writes the widths of the shown columns and hides the others.
fn push_columns(
    css: &mut String,
    scope: &str,
    table: &Table,
    order: &[usize],
    shown: &[usize],
    widths: &[usize],
) {
    let seen = |at: &&usize| shown.contains(at) || **at == table.row_header;
    let tracks: Vec<String> =
        order.iter().filter(seen).skip(1).map(|&at| format!("{}ch", widths[at])).collect();
    let _ = writeln!(css, "{scope} tr{{grid-template-columns:var(--name) {}}}", tracks.join(" "));
    let hidden: Vec<String> = order
        .iter()
        .enumerate()
        .filter(|(_, at)| !seen(at))
        .map(|(place, _)| format!(":nth-child({})", place + 1))
        .collect();
    if !hidden.is_empty() {
        let _ = writeln!(css, "{scope} tr:not(.over)>:is({}){{display:none}}", hidden.join(","));
    }
    // The head of the name stands in no group.
    let groups = order[1..].chunk_by(|&a, &b| group(&table.columns[a]) == group(&table.columns[b]));
    for (at, columns) in groups.enumerate() {
        let rule = match columns.iter().filter(seen).count() {
            0 => "display:none".to_owned(),
            span => format!("grid-column:span {span}"),
        };
        let _ = writeln!(css, "{scope} thead .over>:nth-child({}){{{rule}}}", at + 2);
    }
}

/// On paper each row is a block, and each of its values says what it is: `print.css` writes
/// the labels.
fn push_labels(css: &mut String, scope: &str, table: &Table, order: &[usize], lang: Lang) {
    css.push_str("@media print {\n");
    for (place, pair) in order.windows(2).enumerate() {
        let [before, column] = [pair[0], pair[1]].map(|at| &table.columns[at]);
        let cell = format!("{scope} tr:not(.over)>:nth-child({})", place + 2);
        let begins = place == 0 || group(before) != group(column);
        let group = if begins { format!(";--group:{}", quoted(group(column))) } else { String::new() };
        let _ = writeln!(css, "{cell}{{--label:{}{group}}}", quoted(&heading(column, lang)));
    }
    css.push_str("}\n");
}

/// Writes a text as a string of CSS.
fn quoted(text: &str) -> String {
    let mut out = String::from("\"");
    for sign in text.chars() {
        match sign {
            '"' | '\\' | '<' | '\n' | '\r' | '\u{c}' => {
                let _ = write!(out, "\\{:x} ", u32::from(sign));
            }
            _ => out.push(sign),
        }
    }
    out.push('"');
    out
}

#[cfg(test)]
mod tests {
    use super::quoted;

    #[test]
    fn nothing_ends_a_string() {
        assert_eq!(quoted("a \"b\" \\ </style>\n"), "\"a \\22 b\\22  \\5c  \\3c /style>\\a \"");
    }
}
