//! Charts: bars that are drawn when the site is built, with every value beside them as text.
//!
//! A bar is as wide as its place allows, in parts of a hundred. So it fits a phone and a
//! sheet of paper, and the letters beside it stay as large as those of the text.

use super::excerpt::{Grid, push_grid, without_name};
use super::sentence::{of_classes, of_numbers};
use super::strip::{explanation, push_strip};
use super::{in_text, push_attribute};
use crate::content::markdown::ChartKind;
use crate::data::number::Decimal;
use crate::data::{Column, Content, Value};
use crate::html::escape_into;
use crate::render::shown::{category_text, inferred};
use crate::site::{Chart, Site, Table};

/// Writes a chart with its caption, what it says in one sentence, and its values as a table.
pub fn push_chart(site: &Site, chart: &Chart, url: &str, out: &mut String) {
    let table = &site.tables[chart.table];
    out.push_str("<figure class=\"chart\">\n<figcaption>");
    let labels: Vec<&str> = chart.columns.iter().map(|&it| table.data.columns[it].label.as_str()).collect();
    escape_into(out, &chart.caption.clone().unwrap_or_else(|| labels.join(", ")));
    out.push_str("</figcaption>\n");
    for &column in &chart.columns {
        push_panel(site, table, chart, column, out);
    }
    out.push_str("<details class=\"chart-values\"><summary>");
    escape_into(out, site.theme.words.get("chart_values"));
    out.push_str("</summary>");
    let columns = without_name(table, &chart.columns);
    let grid = Grid { number: chart.number, caption: None, columns, rows: &chart.rows, summary: &[] };
    push_grid(site, table, &grid, url, out);
    out.push_str("</details>\n</figure>");
}

/// Writes the picture of one column.
fn push_panel(site: &Site, table: &Table, chart: &Chart, at: usize, out: &mut String) {
    let column = &table.data.columns[at];
    let counts = matches!(column.content, Content::Categories { .. });
    out.push_str("<div class=\"chart-panel\">\n<p class=\"chart-title\">");
    escape_into(out, &column.label);
    let count = site.theme.words.get("chart_count");
    if let Some(unit) = if counts { Some(count) } else { column.unit.as_deref() } {
        out.push_str(" <span class=\"unit\">");
        escape_into(out, unit);
        out.push_str("</span>");
    }
    out.push_str("</p>\n");
    let lang = site.config.lang;
    if counts {
        let classes = classes(table, &chart.rows, at);
        push_bars(site, column, &class_bars(&classes, site), out);
        push_line("chart-sentence", &of_classes(column, &classes, lang), out);
    } else {
        match chart.kind {
            ChartKind::Bar => push_bars(site, column, &row_bars(site, table, chart, at), out),
            ChartKind::Strip => push_strip(site, table, chart, at, out),
        }
        push_line("chart-sentence", &of_numbers(table, column, chart, at, lang), out);
    }
    if chart.kind == ChartKind::Strip {
        push_line("chart-sentence", &explanation(table, chart, at, lang), out);
    }
    push_line("chart-source", &source(site, column), out);
    out.push_str("</div>\n");
}

/// Draws how many rows of a table have each class of a column, and says which is the most frequent.
pub fn push_classes(site: &Site, table: &Table, at: usize, out: &mut String) {
    let column = &table.data.columns[at];
    let rows: Vec<usize> = (0..table.data.rows.len()).collect();
    let classes = classes(table, &rows, at);
    push_bars(site, column, &class_bars(&classes, site), out);
    push_line("chart-sentence", &of_classes(column, &classes, site.config.lang), out);
}

/// One bar and the texts beside it.
struct Bar {
    label: String,
    text: String,
    number: Option<Decimal>,
    stands_out: bool,
}

fn row_bars(site: &Site, table: &Table, chart: &Chart, at: usize) -> Vec<Bar> {
    let bar = |&row_at: &usize| {
        let row = &table.data.rows[row_at];
        let number = row.number(at);
        Bar {
            label: row.title.clone(),
            text: in_text(table, row, at, site.config.lang),
            number,
            stands_out: chart.marks.contains(&row_at),
        }
    };
    chart.rows.iter().map(bar).collect()
}

/// A class and how many rows have it.
pub struct Class {
    pub label: String,
    pub count: usize,
    /// Whether it stands for the rows without a value.
    pub is_missing: bool,
}

/// Counts the classes of the rows that are shown. In a list with an order, those that
/// no row has are shown, too, so that gaps are seen.
fn classes(table: &Table, rows: &[usize], at: usize) -> Vec<Class> {
    let column = &table.data.columns[at];
    let Content::Categories { list, ordered } = &column.content else { return Vec::new() };
    let mut counts = vec![0; list.len()];
    let mut missing: Vec<Class> = Vec::new();
    for &row in rows {
        match table.data.rows[row].cells[at].value {
            Value::Category(category) => counts[usize::from(category)] += 1,
            Value::Missing(sign) => {
                let reason = &column.missing[usize::from(sign)].reason;
                match missing.iter_mut().find(|it| it.label == *reason) {
                    Some(class) => class.count += 1,
                    None => missing.push(Class { label: reason.clone(), count: 1, is_missing: true }),
                }
            }
            _ => {}
        }
    }
    let known = list.iter().zip(counts).filter(|&(_, count)| count > 0 || *ordered);
    let known = known.map(|(it, count)| Class { label: category_text(it), count, is_missing: false });
    known.chain(missing).collect()
}

fn class_bars(classes: &[Class], site: &Site) -> Vec<Bar> {
    let bar = |class: &Class| {
        let number = Decimal::new(class.count as i64, 0);
        Bar {
            label: class.label.clone(),
            text: number.print(0, site.config.lang),
            number: Some(number),
            stands_out: false,
        }
    };
    classes.iter().map(bar).collect()
}

/// The picture is one thing for those who do not see it; what it says stands below.
fn push_bars(site: &Site, column: &Column, bars: &[Bar], out: &mut String) {
    out.push_str("<div class=\"bars\" role=\"img\"");
    push_attribute("aria-label", &format!("{}: {}", site.theme.words.get("chart_bar"), column.label), out);
    out.push_str(">\n");
    let axis = Axis::of(bars.iter().filter_map(|it| it.number));
    for bar in bars {
        out.push_str(if bar.stands_out { "<div class=\"bar marked\">" } else { "<div class=\"bar\">" });
        out.push_str("<span class=\"bar-label\">");
        escape_into(out, &bar.label);
        out.push_str("</span> <span class=\"bar-text\">");
        escape_into(out, &bar.text);
        out.push_str("</span>");
        push_drawing(&axis, bar.number, out);
        out.push_str("</div>\n");
    }
    out.push_str("</div>\n");
}

/// Draws a bar from the line of zero to its number; without a number the line alone.
fn push_drawing(axis: &Axis, number: Option<Decimal>, out: &mut String) {
    let zero = axis.place(Decimal::new(0, 0));
    out.push_str("<svg width=\"100%\" height=\"12\" aria-hidden=\"true\" focusable=\"false\">");
    if let Some(end) = number.map(|it| axis.place(it)) {
        let (left, right) = (zero.min(end), zero.max(end));
        out.push_str(&format!(
            "<rect x=\"{}\" width=\"{}\" height=\"100%\"/>",
            percent(left),
            percent(right - left)
        ));
    }
    let zero = percent(zero);
    out.push_str(&format!("<line x1=\"{zero}\" x2=\"{zero}\" y2=\"100%\"/></svg>"));
}

/// The numbers between which bars are drawn; zero is among them.
struct Axis {
    low: i128,
    high: i128,
    scale: u8,
}

impl Axis {
    fn of(numbers: impl Iterator<Item = Decimal>) -> Axis {
        let numbers: Vec<Decimal> = numbers.collect();
        let scale = numbers.iter().map(|it| it.scale()).max().unwrap_or(0);
        let units = || numbers.iter().map(|it| it.units_at(scale)).chain([0]);
        Axis { low: units().min().unwrap_or(0), high: units().max().unwrap_or(0), scale }
    }

    /// Returns where a number lies, in hundredths of a percent of the width.
    fn place(&self, number: Decimal) -> i128 {
        let (above, width) = (number.units_at(self.scale) - self.low, self.high - self.low);
        // Very long numbers lose digits that nobody could see.
        let shorten = if width > i128::MAX / 10_000 { 10_000 } else { 1 };
        (above / shorten * 10_000).checked_div(width / shorten).unwrap_or(0)
    }
}

/// Writes hundredths of a percent.
pub fn percent(hundredths: i128) -> String {
    format!("{}.{:02}%", hundredths / 100, hundredths % 100)
}

fn push_line(class: &str, line: &str, out: &mut String) {
    if line.is_empty() {
        return;
    }
    out.push_str(&format!("<p class=\"{class}\">"));
    escape_into(out, line);
    out.push_str("</p>\n");
}

/// Says from when and from whom the values of a column are.
fn source(site: &Site, column: &Column) -> String {
    let word = |key| site.theme.words.get(key);
    let inferred = inferred(column, site.config.lang).join(", ");
    let facts = [
        ("reference_date", column.date.clone()),
        ("source", column.source.as_ref().map(|it| it.title.clone())),
        ("inferred", (!inferred.is_empty()).then_some(inferred)),
    ];
    let facts = facts.into_iter().filter_map(|(key, fact)| Some(format!("{}: {}", word(key), fact?)));
    facts.collect::<Vec<_>>().join("; ")
}

/// Returns the numbers that a chart shows of a column.
pub fn numbers(table: &Table, chart: &Chart, at: usize) -> Vec<Decimal> {
    chart.rows.iter().filter_map(|&row| table.data.rows[row].number(at)).collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::data::number::{MACHINE, parse};

    #[track_caller]
    fn check(written: &[&str], expected: &[&str]) {
        let numbers: Vec<Decimal> = written.iter().map(|it| parse(it, MACHINE).unwrap()).collect();
        let axis = Axis::of(numbers.iter().copied());
        let places: Vec<String> = numbers.iter().map(|it| percent(axis.place(*it))).collect();
        assert_eq!(places, expected);
    }

    #[test]
    fn bars_begin_at_zero() {
        check(&["50", "100.0", "33.33"], &["50.00%", "100.00%", "33.33%"]);
    }

    #[test]
    fn negative_numbers_lie_left_of_zero() {
        check(&["-25", "75", "0"], &["0.00%", "100.00%", "25.00%"]);
        check(&["-3", "-6"], &["50.00%", "0.00%"]);
    }

    #[test]
    fn no_number_is_too_long_to_draw() {
        check(&["0"], &["0.00%"]);
        check(&["999999999999999999", "0.00000000000000001"], &["100.00%", "0.00%"]);
        check(&["-999999999999999999", "999999999999999999"], &["0.00%", "100.00%"]);
    }
}
