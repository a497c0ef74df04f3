//! Strips: all numbers of a column on one line, so that one is seen among the others.
//!
//! The line ends at three deviations from the median: one number far away does not press
//! the others together. What lies outside is an arrow at the end, and is said in words.
//! What is marked has a shape of its own, so that it is seen without colours.
//!
//! A median that was delivered for more rows than there are is a dashed line of its own:
//! the spread belongs to the rows at hand, and so does the line across.

use super::swarm::swarm;
use super::{chart::percent, push_attribute};
use crate::data::Column;
use crate::data::number::Decimal;
use crate::data::statistics::{Statistics, of_numbers};
use crate::diag::{Lang, Text, text};
use crate::html::escape_into;
use crate::render::shown::printed;
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
    push_drawing(column, &found, None, &numbers, &marked, site.config.lang, out);
    out.push_str("</div>\n");
}

/// Draws numbers on a line and names its ends; `found` says where its middle is and how
/// far it reaches, `delivered` is a median that was not computed from the numbers.
pub fn push_drawing(
    column: &Column,
    found: &Statistics,
    delivered: Option<Decimal>,
    numbers: &[Decimal],
    marked: &[Decimal],
    lang: Lang,
    out: &mut String,
) {
    let scale = Scale::of(found, delivered);
    let dots = dots(&scale, numbers, marked);
    let height = ems(dots.height);
    out.push_str(&format!(
        "<svg width=\"100%\" height=\"{height}\" aria-hidden=\"true\" focusable=\"false\">"
    ));
    out.push_str("<line class=\"strip-axis\" x2=\"100%\" y1=\"50%\" y2=\"50%\"/>");
    let median = percent(scale.place(found.median));
    out.push_str(&format!("<line class=\"strip-median\" x1=\"{median}\" x2=\"{median}\" y2=\"100%\"/>"));
    if let Some(delivered) = delivered {
        push_delivered(&scale, delivered, out);
    }
    // The dots are counted from the middle. What is marked lies above the others.
    out.push_str("<svg y=\"50%\" overflow=\"visible\">");
    for dot in dots.list.iter().filter(|it| it.mark.is_none()) {
        push_dot(dot, &dots, out);
    }
    for dot in dots.list.iter().filter(|it| it.mark.is_some()) {
        push_dot(dot, &dots, out);
    }
    out.push_str("</svg></svg>\n<div class=\"strip-ends\"><span>");
    escape_into(out, &printed(scale.end(scale.low), column, lang));
    out.push_str("</span> <span>");
    escape_into(out, &printed(scale.end(scale.high), column, lang));
    out.push_str("</span></div>\n");
}

/// Draws the median that was delivered: a dashed line, with an arrow at its end where it lies outside.
fn push_delivered(scale: &Scale, delivered: Decimal, out: &mut String) {
    let x = percent(scale.place(delivered));
    out.push_str(&format!("<line class=\"strip-delivered\" x1=\"{x}\" x2=\"{x}\" y2=\"100%\"/>"));
    let path = match scale.side(delivered) {
        Side::Inside => return,
        Side::Below => "M0 -6L-10 0L0 6Z",
        Side::Above => "M0 -6L10 0L0 6Z",
    };
    out.push_str(&format!(
        "<svg x=\"{x}\" width=\"1em\" height=\"1em\" viewBox=\"0 0 16 16\" overflow=\"visible\">\
         <path class=\"strip-delivered\" d=\"{path}\"/></svg>"
    ));
}

/// Whether a number lies outside the line, so that an arrow stands for it.
pub fn is_outside(found: &Statistics, delivered: Option<Decimal>, number: Decimal) -> bool {
    Scale::of(found, delivered).side(number) != Side::Inside
}

/// The dots of a strip; lengths are in thousandths of the letter size.
struct Dots {
    list: Vec<Dot>,
    radius: i128,
    height: i128,
}

/// A number on the line.
struct Dot {
    /// In hundredths of a percent of the width.
    place: i128,
    offset: i128,
    side: Side,
    /// Which of the marked numbers it is.
    mark: Option<usize>,
}

/// Where a number lies.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Side {
    Below,
    Inside,
    Above,
}

/// Gives each number its place; a marked number that is not among the others gets one, too.
fn dots(scale: &Scale, numbers: &[Decimal], marked: &[Decimal]) -> Dots {
    let mut all: Vec<(Decimal, Option<usize>)> = numbers.iter().map(|&it| (it, None)).collect();
    for (mark, &number) in marked.iter().enumerate() {
        match all.iter_mut().find(|it| it.0 == number && it.1.is_none()) {
            Some(found) => found.1 = Some(mark),
            None => all.push((number, Some(mark))),
        }
    }
    let places: Vec<i128> = all.iter().map(|it| scale.place(it.0)).collect();
    let is_marked: Vec<bool> = all.iter().map(|it| it.1.is_some()).collect();
    let swarm = swarm(&places, &is_marked);
    let placed = all.iter().zip(places).zip(swarm.offsets);
    let dot = |((&(number, mark), place), offset)| Dot { place, offset, side: scale.side(number), mark };
    Dots { list: placed.map(dot).collect(), radius: swarm.radius, height: swarm.height }
}

/// Draws a number: a dot, a shape of its own where it is marked, an arrow where it lies outside.
fn push_dot(dot: &Dot, dots: &Dots, out: &mut String) {
    let (x, y) = (percent(dot.place), ems(dot.offset));
    let path = match (dot.side, dot.mark) {
        (Side::Inside, None) => {
            let radius = ems(dots.radius);
            return out.push_str(&format!("<circle cx=\"{x}\" cy=\"{y}\" r=\"{radius}\"/>"));
        }
        (Side::Inside, Some(mark)) => Shape::of(mark).path(),
        (Side::Below, None) => "M6 -7L-3 0L6 7Z",
        (Side::Above, None) => "M-6 -7L3 0L-6 7Z",
        // With a shaft, so that it is told from the others without colours.
        (Side::Below, Some(_)) => "M14 -3H5V-9L-4 0L5 9V3H14Z",
        (Side::Above, Some(_)) => "M-14 -3H-5V-9L4 0L-5 9V3H-14Z",
    };
    let class = if dot.mark.is_some() { " class=\"marked\"" } else { "" };
    // The size of a marked shape does not depend on how many dots there are.
    let size = if dot.mark.is_some() { 1_000 } else { dots.radius * 8 / 3 };
    let size = ems(size);
    out.push_str(&format!(
        "<svg x=\"{x}\" y=\"{y}\" width=\"{size}\" height=\"{size}\" viewBox=\"0 0 16 16\" overflow=\"visible\">\
         <path{class} d=\"{path}\"/></svg>"
    ));
}

/// Writes thousandths of the letter size.
fn ems(thousandths: i128) -> String {
    let sign = if thousandths < 0 { "-" } else { "" };
    let thousandths = thousandths.abs();
    format!("{sign}{}.{:03}em", thousandths / 1_000, thousandths % 1_000)
}

/// What a marked number looks like.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Shape {
    Diamond,
    Square,
    Triangle,
    Cross,
}

impl Shape {
    /// Returns the shape of a mark; after the last the first follows.
    fn of(mark: usize) -> Shape {
        [Shape::Diamond, Shape::Square, Shape::Triangle, Shape::Cross][mark % 4]
    }

    /// Draws it around the origin, in sixteenths of its size.
    fn path(self) -> &'static str {
        match self {
            Shape::Diamond => "M0 -9L9 0L0 9L-9 0Z",
            Shape::Square => "M-7 -7H7V7H-7Z",
            Shape::Triangle => "M0 -9L9 7H-9Z",
            Shape::Cross => "M-3 -8H3V-3H8V3H3V8H-3V3H-8V-3H-3Z",
        }
    }

    fn name(self) -> Text {
        match self {
            Shape::Diamond => text("Raute", "diamond"),
            Shape::Square => text("Quadrat", "square"),
            Shape::Triangle => text("Dreieck", "triangle"),
            Shape::Cross => text("Kreuz", "cross"),
        }
    }
}

/// Says which rows stand out, which lie outside, and what the line across is.
pub fn explanation(table: &Table, chart: &Chart, at: usize, lang: Lang) -> String {
    let column = &table.data.columns[at];
    let Some(found) = of_numbers(super::chart::numbers(table, chart, at)) else { return String::new() };
    let mut facts = Vec::new();
    let is_outside =
        |row: usize| table.data.rows[row].number(at).is_some_and(|it| is_outside(&found, None, it));
    let with_number = chart.marks.iter().filter(|it| table.data.rows[**it].number(at).is_some());
    let mark = |(mark, &row): (usize, &usize)| {
        let shape = Shape::of(mark).name();
        let arrow = text("Pfeil: außerhalb der Skala", "arrow: outside the scale");
        let shape = if is_outside(row) { arrow } else { shape };
        format!("{} ({})", named(table, row, at, lang), shape.in_lang(lang))
    };
    let marks = with_number.enumerate().map(mark).collect::<Vec<_>>().join("; ");
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

/// The ends of the line, in units of its decimals.
struct Scale {
    low: i128,
    high: i128,
    decimals: u8,
    /// The decimals of the data.
    shown: u8,
}

impl Scale {
    fn of(found: &Statistics, delivered: Option<Decimal>) -> Scale {
        let all = [found.minimum, found.maximum, found.median, found.deviation];
        let decimals = all.iter().chain(&delivered).map(|it| it.scale()).max().unwrap_or(0);
        let [minimum, maximum, median, deviation] = all.map(|it| it.units_at(decimals));
        let shown = found.minimum.scale().max(found.maximum.scale());
        // The factor makes the deviation comparable with a standard deviation, as in `statistics`.
        let reach = deviation.saturating_mul(3 * 14_826) / 10_000;
        let mut scale = Scale { low: minimum, high: maximum, decimals, shown };
        // A line shorter than the last decimal that is printed would have one end.
        let has_reach = scale.end(reach).units() > 0;
        if has_reach {
            // Rounded, so that the ends are where the numbers below them say.
            let rounded = |units: i128| scale.end(units).units_at(decimals);
            let (low, high) = (rounded(median - reach), rounded(median + reach));
            (scale.low, scale.high) = (minimum.max(low), maximum.min(high));
        }
        if let Some(delivered) = delivered {
            scale.widen(delivered.units_at(decimals), if has_reach { reach } else { i128::MAX });
        }
        scale
    }

    /// Makes room for a median that was delivered for more rows than there are, and that may
    /// lie beyond them; one further than `reach` from the line stays outside.
    fn widen(&mut self, delivered: i128, reach: i128) {
        let nearest = delivered.clamp(self.low, self.high);
        let apart = delivered.saturating_sub(nearest).saturating_abs();
        if apart == 0 || apart > reach {
            return;
        }
        // The ends are where the numbers below them say, and not before the median.
        let step = 10i128.pow(u32::from(self.decimals.saturating_sub(self.shown)));
        let below = delivered.div_euclid(step).saturating_mul(step);
        let above = if below == delivered { below } else { below.saturating_add(step) };
        (self.low, self.high) = (self.low.min(below), self.high.max(above));
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

    fn side(&self, number: Decimal) -> Side {
        match self.units(number) {
            it if it < self.low => Side::Below,
            it if it > self.high => Side::Above,
            _ => Side::Inside,
        }
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
        let scale = Scale::of(&of_numbers(numbers.clone()).unwrap(), None);
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

    #[test]
    fn a_spread_too_small_to_print_does_not_close_the_line() {
        let places = ["0.00%", "50.00%", "50.20%", "50.00%", "100.00%"];
        check(&["1", "2", "2.004", "2", "3"], ["1", "3"], &places);
    }

    #[track_caller]
    fn check_delivered(written: &[&str], delivered: &str, ends: [&str; 2], place: &str, side: Side) {
        let numbers: Vec<Decimal> = written.iter().map(|it| parse(it, MACHINE).unwrap()).collect();
        let delivered = parse(delivered, MACHINE).unwrap();
        let scale = Scale::of(&of_numbers(numbers).unwrap(), Some(delivered));
        assert_eq!([scale.low, scale.high].map(|it| scale.end(it).to_string()), ends);
        assert_eq!((percent(scale.place(delivered)).as_str(), scale.side(delivered)), (place, side));
    }

    #[test]
    fn the_line_reaches_as_far_as_a_delivered_median() {
        check_delivered(&["1", "2", "3"], "2", ["1", "3"], "50.00%", Side::Inside);
        check_delivered(&["1", "2", "3"], "5", ["1", "5"], "100.00%", Side::Inside);
        check_delivered(&["1", "2", "3"], "-3", ["-3", "3"], "0.00%", Side::Inside);
        check_delivered(&["2", "2", "2"], "50", ["2", "50"], "100.00%", Side::Inside);
    }

    #[test]
    fn a_delivered_median_far_away_is_outside() {
        check_delivered(&["1", "2", "3"], "8", ["1", "3"], "100.00%", Side::Above);
        check_delivered(&["1", "2", "3"], "-4", ["1", "3"], "0.00%", Side::Below);
    }

    #[test]
    fn a_delivered_median_with_more_decimals_is_not_beyond_the_end() {
        check_delivered(&["1", "2", "3"], "4.25", ["1", "5"], "81.25%", Side::Inside);
        check_delivered(&["1", "2", "3"], "0.75", ["0", "3"], "25.00%", Side::Inside);
    }

    fn drawing(written: &[&str], marked: &[&str]) -> String {
        let read =
            |all: &[&str]| -> Vec<Decimal> { all.iter().map(|it| parse(it, MACHINE).unwrap()).collect() };
        let numbers = read(written);
        let scale = Scale::of(&of_numbers(numbers.clone()).unwrap(), None);
        let dots = dots(&scale, &numbers, &read(marked));
        let mut out = String::new();
        dots.list.iter().for_each(|it| push_dot(it, &dots, &mut out));
        out
    }

    #[test]
    fn equal_numbers_do_not_hide_each_other() {
        assert_eq!(
            drawing(&["1", "1", "3"], &[]),
            "<circle cx=\"0.00%\" cy=\"0.000em\" r=\"0.375em\"/>\
             <circle cx=\"0.00%\" cy=\"-0.750em\" r=\"0.375em\"/>\
             <circle cx=\"100.00%\" cy=\"0.000em\" r=\"0.375em\"/>"
        );
    }

    #[test]
    fn each_mark_has_its_own_shape() {
        let found = drawing(&["1", "2", "3"], &["1", "3"]);
        let paths: Vec<&str> = found.split(" d=\"").skip(1).filter_map(|it| it.split('"').next()).collect();
        assert_eq!(paths, [Shape::Diamond.path(), Shape::Square.path()]);
        assert_eq!(found.matches("<circle").count(), 1);
    }

    #[test]
    fn a_mark_is_drawn_where_the_others_are_not() {
        assert_eq!(drawing(&["1", "3"], &["2"]).matches("class=\"marked\"").count(), 1);
    }
}
