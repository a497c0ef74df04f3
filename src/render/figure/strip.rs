//! Strips: all numbers of a column on one line, so that one is seen among the others.
//!
//! The line ends at three deviations from the median: one number far away does not press
//! the others together. What lies outside is an arrow at the end, and is said in words.

use super::{chart::percent, push_attribute};
use crate::data::Column;
use crate::data::number::Decimal;
use crate::data::statistics::{Statistics, of_numbers};
use crate::diag::{Lang, text};
use crate::html::escape_into;
use crate::render::shown::with_sign;
use crate::site::{Chart, Site, Table};

/// Draws a strip of the rows of a chart as a picture with a name.
pub fn push_strip(site: &Site, table: &Table, chart: &Chart, at: usize, out: &mut String) {
    let column = &table.data.columns[at];
    let numbers = super::chart::numbers(table, chart, at);
    let Some(found) = of_numbers(numbers.clone()) else { return };
    let marked: Vec<Decimal> = chart.marks.iter().filter_map(|&it| table.data.rows[it].number(at)).collect();
    out.push_str("<div class=\"strip\" role=\"img\"");
    push_attribute("aria-label", &format!("{}: {}", site.theme.words.get("chart_strip"), column.label), out);
    out.push_str(">\n");
    push_drawing(column, &found, &numbers, &marked, site.config.lang, out);
    out.push_str("</div>\n");
}

/// Draws numbers on a line and names its ends; `found` says where its middle is and how
/// far it reaches.
pub fn push_drawing(
    column: &Column,
    found: &Statistics,
    numbers: &[Decimal],
    marked: &[Decimal],
    lang: Lang,
    out: &mut String,
) {
    let scale = Scale::of(found);
    out.push_str("<svg width=\"100%\" height=\"40\" aria-hidden=\"true\" focusable=\"false\">");
    out.push_str("<line class=\"strip-axis\" x2=\"100%\" y1=\"50%\" y2=\"50%\"/>");
    let median = percent(scale.place(found.median));
    out.push_str(&format!("<line class=\"strip-median\" x1=\"{median}\" x2=\"{median}\" y2=\"100%\"/>"));
    for &number in numbers {
        push_dot(&scale, number, "", out);
    }
    for &number in marked {
        push_dot(&scale, number, " class=\"marked\"", out);
    }
    out.push_str("</svg>\n<div class=\"strip-ends\"><span>");
    escape_into(out, &printed(scale.end(scale.low), column, lang));
    out.push_str("</span> <span>");
    escape_into(out, &printed(scale.end(scale.high), column, lang));
    out.push_str("</span></div>\n");
}

/// Whether a number lies outside the line, so that an arrow stands for it.
pub fn is_outside(found: &Statistics, number: Decimal) -> bool {
    let scale = Scale::of(found);
    let units = scale.units(number);
    units < scale.low || units > scale.high
}

/// Draws a number; an arrow at the end of the line where it lies outside.
fn push_dot(scale: &Scale, number: Decimal, class: &str, out: &mut String) {
    let units = scale.units(number);
    let arrow = if units < scale.low {
        "M6 -7L-3 0L6 7Z"
    } else if units > scale.high {
        "M-6 -7L3 0L-6 7Z"
    } else {
        let x = percent(scale.place(number));
        return out.push_str(&format!("<circle{class} cx=\"{x}\" cy=\"50%\" r=\"6\"/>"));
    };
    let x = percent(scale.place(number));
    out.push_str(&format!(
        "<svg x=\"{x}\" y=\"50%\" overflow=\"visible\"><path{class} d=\"{arrow}\"/></svg>"
    ));
}

/// Says which rows stand out, which lie outside, and what the line across is.
pub fn explanation(table: &Table, chart: &Chart, at: usize, lang: Lang) -> String {
    let column = &table.data.columns[at];
    let Some(found) = of_numbers(super::chart::numbers(table, chart, at)) else { return String::new() };
    let mut facts = Vec::new();
    let is_outside = |row: usize| table.data.rows[row].number(at).is_some_and(|it| is_outside(&found, it));
    let mark = |&row: &usize| {
        let arrow = text(" (Pfeil: außerhalb der Skala)", " (arrow: outside the scale)");
        named(table, row, at, lang) + if is_outside(row) { arrow.in_lang(lang) } else { "" }
    };
    let marks = chart.marks.iter().map(mark).collect::<Vec<_>>().join("; ");
    if !marks.is_empty() {
        facts.push(text(format!("Hervorgehoben: {marks}."), format!("Marked: {marks}.")));
    }
    let others = chart.rows.iter().filter(|it| is_outside(**it) && !chart.marks.contains(it));
    let outside: Vec<String> = others.map(|&it| named(table, it, at, lang)).collect();
    if !outside.is_empty() {
        let outside = outside.join("; ");
        facts.push(text(
            format!("Außerhalb der Skala, als Pfeil: {outside}."),
            format!("Outside the scale, as an arrow: {outside}."),
        ));
    }
    let median = printed(found.median, column, lang);
    facts.push(text(
        format!("Der Strich quer zur Linie ist der Median {median}."),
        format!("The line across is the median {median}."),
    ));
    facts.iter().map(|it| it.in_lang(lang)).collect::<Vec<_>>().join(" ")
}

fn named(table: &Table, row: usize, at: usize, lang: Lang) -> String {
    let row = &table.data.rows[row];
    format!("{} {}", row.title, super::in_text(table, row, at, lang))
}

fn printed(number: Decimal, column: &Column, lang: Lang) -> String {
    with_sign(&number.print(number.scale(), lang), column)
}

/// The ends of the line, in units of its decimals.
struct Scale {
    low: i128,
    high: i128,
    decimals: u8,
    /// The decimals of the data.
    shown: u8,
}

impl Scale {
    fn of(found: &Statistics) -> Scale {
        let all = [found.minimum, found.maximum, found.median, found.deviation];
        let decimals = all.iter().map(|it| it.scale()).max().unwrap_or(0);
        let [minimum, maximum, median, deviation] = all.map(|it| it.units_at(decimals));
        // A median that was delivered for more rows than there are may lie beyond them.
        let (minimum, maximum) = (minimum.min(median), maximum.max(median));
        let shown = found.minimum.scale().max(found.maximum.scale());
        // The factor makes the deviation comparable with a standard deviation, as in `statistics`.
        let reach = deviation.saturating_mul(3 * 14_826) / 10_000;
        let mut scale = Scale { low: minimum, high: maximum, decimals, shown };
        if reach > 0 {
            // Rounded, so that the ends are where the numbers below them say.
            let rounded = |units: i128| scale.end(units).units_at(decimals);
            let (low, high) = (rounded(median - reach), rounded(median + reach));
            (scale.low, scale.high) = (minimum.max(low), maximum.min(high));
        }
        scale
    }

    /// Returns an end of the line as a number that can be read.
    fn end(&self, units: i128) -> Decimal {
        let divisor = 10i128.pow(u32::from(self.decimals));
        Decimal::from_ratio(units, divisor, self.shown).unwrap_or(Decimal::new(0, 0))
    }

    /// Returns a number in units of the line; more decimals than its ends have could not be seen.
    fn units(&self, number: Decimal) -> i128 {
        number.rounded(self.decimals).units_at(self.decimals)
    }

    /// Returns where a number lies, in hundredths of a percent; the nearest end where it is outside.
    fn place(&self, number: Decimal) -> i128 {
        let units = self.units(number).clamp(self.low, self.high);
        let (above, width) = (units - self.low, self.high - self.low);
        let shorten = if width > i128::MAX / 10_000 { 10_000 } else { 1 };
        // All numbers are equal: they stand in the middle.
        (above / shorten * 10_000).checked_div(width / shorten).unwrap_or(5_000)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::data::number::{MACHINE, parse};

    #[track_caller]
    fn check(written: &[&str], ends: [&str; 2], places: &[&str]) {
        let numbers: Vec<Decimal> = written.iter().map(|it| parse(it, MACHINE).unwrap()).collect();
        let scale = Scale::of(&of_numbers(numbers.clone()).unwrap());
        assert_eq!([scale.low, scale.high].map(|it| scale.end(it).to_string()), ends);
        let found: Vec<String> = numbers.iter().map(|it| percent(scale.place(*it))).collect();
        assert_eq!(found, places);
    }

    #[test]
    fn the_line_goes_from_the_lowest_to_the_highest() {
        check(&["1", "2", "3"], ["1", "3"], &["0.00%", "50.00%", "100.00%"]);
    }

    #[test]
    fn a_number_far_away_is_outside() {
        check(&["1", "2", "3", "100"], ["1", "7"], &["0.00%", "16.66%", "33.33%", "100.00%"]);
    }

    #[test]
    fn numbers_may_have_more_decimals_than_the_ends() {
        let places = ["0.00%", "11.11%", "33.33%", "44.44%", "55.55%", "66.66%", "100.00%"];
        check(&["0", "1.004", "3", "4", "5", "6", "9"], ["0", "9"], &places);
    }

    #[test]
    fn equal_numbers_stand_in_the_middle() {
        check(&["2", "2.0"], ["2.0", "2.0"], &["50.00%", "50.00%"]);
    }
}
