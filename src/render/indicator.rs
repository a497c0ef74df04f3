//! The views of columns: what `indicator.html` and `indicators.html` see
//! (`themes/README.md`, sections `indicator` and `indicators`).
//!
//! Rows stand in the order of their values, but without a number for their place: for
//! most columns a high value is neither good nor bad. What has no value is never left out.

use tera::Value as View;

use super::figure::{is_outside, push_classes, push_drawing};
use super::profile::FEWEST;
use super::shown::{Shown, category_text, inferred, legend, printed, remark, shown, with_sign, with_unit};
use super::table::{formula, order};
use super::value::{html, list, map, optional, text as plain};
use super::view::link;
use crate::collate::collation_key;
use crate::data::checks::Check;
use crate::data::number::Decimal;
use crate::data::statistics::{self, Benchmark, Distance, Statistics, benchmark, delivered, distance};
use crate::data::{self, Column, Comparable, Content, Direction, Role, Row, Statistic, Value};
use crate::diag::{Lang, Text, text};
use crate::site::{Site, Table};

/// More numbers than this are no strip of dots any more, but one bar.
const MOST_DOTS: usize = 400;

/// Makes the Links to the pages before and after that of a column, or none.
pub fn neighbours(table: &Table, column: usize) -> (View, View) {
    let all = with_pages(table);
    let here = all.iter().position(|it| *it == column).unwrap_or(0);
    let link = |at: Option<usize>| {
        let at = at.and_then(|it| all.get(it).copied());
        let url = at.and_then(|it| Some((it, table.indicators[it].as_deref()?)));
        url.map_or_else(View::none, |(it, url)| link(url, &table.data.columns[it].label))
    };
    (link(here.checked_sub(1)), link(Some(here + 1)))
}

/// Lists the columns that have pages, in the order of the table's page.
fn with_pages(table: &Table) -> Vec<usize> {
    order(&table.data).into_iter().filter(|&at| table.indicators[at].is_some()).collect()
}

/// Returns the view of all columns that have pages, by group.
pub fn index(site: &Site, table: &Table) -> View {
    let columns = with_pages(table);
    let group = |at: usize| table.data.columns[at].group.as_deref().unwrap_or_default();
    let groups = columns.chunk_by(|&a, &b| group(a) == group(b)).map(|run| {
        let entries = run.iter().map(|&at| Indicator::new(site, table, at).entry());
        map([("title", plain(group(run[0]))), ("entries", list(entries))])
    });
    map([
        ("groups", list(groups)),
        ("table", table_link(site, table)),
        ("note", optional(table.data.note.as_deref())),
        ("count", columns.len().into()),
        ("rows", table.data.rows.len().into()),
    ])
}

/// Makes the Link to the page that shows the whole table, or none.
pub fn table_link(site: &Site, table: &Table) -> View {
    table.page.map_or_else(View::none, |it| link(&site.page(it).url, &table.data.title))
}

/// Returns the view of one column.
pub fn view(site: &Site, table: &Table, at: usize) -> View {
    let it = Indicator::new(site, table, at);
    let column = it.column;
    map([
        ("id", plain(&column.id)),
        ("label", plain(&column.label)),
        ("group", optional(column.group.as_deref())),
        ("numeric", column.is_numeric().into()),
        ("definition", optional(column.definition.as_deref())),
        ("formula", optional(formula(column, it.lang).as_deref())),
        ("unit", optional(column.unit.as_deref())),
        ("date", optional(column.date.as_deref())),
        ("source", optional(column.source.as_ref().map(|it| it.title.as_str()))),
        ("source_url", optional(column.source.as_ref().and_then(|it| it.path.as_deref()))),
        ("direction", optional(it.direction().as_deref())),
        ("note", optional(column.note.as_deref())),
        ("inferred", list(inferred(column, it.lang).iter().map(|it| plain(it)))),
        ("answers", it.answers()),
        ("coverage", plain(&it.coverage())),
        ("summary", it.summary()),
        ("picture", it.picture()),
        ("distance", optional(it.benchmark.map(|benchmark| it.distance_label(&benchmark)).as_deref())),
        ("method", optional(it.method().as_deref())),
        ("groups", it.groups()),
        ("missing", it.missing()),
        ("references", it.references()),
        ("name", plain(&table.data.columns[table.data.row_header].short)),
        ("legend", it.legend()),
        ("table", table_link(site, table)),
        ("table_note", optional(table.data.note.as_deref())),
    ])
}

/// A column, and what its values are compared with.
struct Indicator<'a> {
    site: &'a Site,
    table: &'a Table,
    at: usize,
    column: &'a Column,
    found: Option<&'a Statistics>,
    benchmark: Option<Benchmark>,
    lang: Lang,
}

impl<'a> Indicator<'a> {
    fn new(site: &'a Site, table: &'a Table, at: usize) -> Indicator<'a> {
        let column = &table.data.columns[at];
        let found = table.statistics[at].as_ref();
        let benchmark = median(table, at);
        Indicator { site, table, at, column, found, benchmark, lang: site.config.lang }
    }

    /// Makes the line of the column in the list of all.
    fn entry(&self) -> View {
        let column = self.column;
        map([
            ("id", plain(&column.id)),
            ("label", plain(&column.label)),
            ("url", optional(self.table.indicators[self.at].as_deref())),
            ("definition", optional(column.definition.as_deref())),
            ("unit", optional(column.unit.as_deref())),
            ("date", optional(column.date.as_deref())),
            ("count", self.count().into()),
        ])
    }

    /// Counts the rows with a value.
    fn count(&self) -> usize {
        self.table.data.rows.len() - statistics::missing(&self.table.data, self.at)
    }

    fn say(&self, text: Text) -> String {
        text.in_lang(self.lang).to_owned()
    }

    fn print(&self, number: Decimal) -> String {
        printed(number, self.column, self.lang)
    }

    fn shown(&self, row: &Row) -> Shown {
        shown(&row.cells[self.at].value, self.column, &self.table.data.texts, row.role, self.lang)
    }

    fn direction(&self) -> Option<String> {
        Some(self.say(match self.column.direction {
            Direction::Neutral => return None,
            Direction::HigherIsBetter => {
                text("Höhere Werte gelten als günstig.", "Higher values count as favourable.")
            }
            Direction::LowerIsBetter => {
                text("Niedrigere Werte gelten als günstig.", "Lower values count as favourable.")
            }
        }))
    }

    /// Lists what somebody found out about peculiar values.
    fn answers(&self) -> View {
        list(self.column.answers.iter().map(|it| {
            let check = Check::ALL.into_iter().find(|check| check.code() == it.check.value);
            let title = check.map_or_else(|| it.check.value.clone(), |check| self.say(check.title()));
            map([("title", plain(&title)), ("text", plain(&it.because))])
        }))
    }

    /// Says how many rows have a value, and how many there are in truth.
    fn coverage(&self) -> String {
        let (count, rows) = (self.count(), self.table.data.rows.len());
        let name = self.table.data.rows_name.as_ref().map(|it| it.of(rows));
        let (de, en) = (name.unwrap_or("Zeilen"), name.unwrap_or("rows"));
        let mut sentence = self.say(if count == rows {
            text(
                format!("Alle {rows} {de} der Tabelle haben einen Wert"),
                format!("All {rows} {en} have a value"),
            )
        } else {
            text(
                format!("{count} der {rows} {de} der Tabelle haben einen Wert"),
                format!("{count} of {rows} {en} have a value"),
            )
        });
        if let Some(total) = self.table.data.total {
            sentence += &self.say(text(
                format!("; die Tabelle enthält {rows} von {total}"),
                format!("; the table holds {rows} of {total}"),
            ));
        }
        sentence + "."
    }

    /// Makes the figures of the whole column; in a file that does not hold all rows those
    /// that were delivered for all stand beside them.
    fn summary(&self) -> View {
        let Some(found) = self.found else { return View::none() };
        let all = self.table.data.total.filter(|_| self.delivered().iter().any(Option::is_some));
        let names = [
            text("Höchster Wert", "Highest value"),
            text("Oberes Viertel ab", "Upper quarter from"),
            text("Median", "Median"),
            text("Unteres Viertel bis", "Lower quarter up to"),
            text("Niedrigster Wert", "Lowest value"),
        ];
        let computed =
            [found.maximum, found.upper_quartile, found.median, found.lower_quartile, found.minimum];
        let figures = names.into_iter().zip(computed).zip(self.delivered());
        let figures = figures.map(|((name, number), delivered)| {
            let delivered = delivered.map(|it| self.print(it));
            map([
                ("label", plain(&self.say(name))),
                ("text", plain(&self.print(number))),
                ("delivered", optional(delivered.as_deref())),
            ])
        });
        map([
            ("count", found.count.into()),
            ("total", all.map_or_else(View::none, View::from)),
            ("figures", list(figures)),
        ])
    }

    /// Returns what was delivered for all rows, in the order of the figures.
    fn delivered(&self) -> [Option<Decimal>; 5] {
        let of = |statistic| {
            let total = self.table.data.total;
            total.and_then(|_| delivered(&self.table.data, self.at, statistic))
        };
        [of(Statistic::Maximum), None, of(Statistic::Median), None, of(Statistic::Minimum)]
    }

    /// Draws all rows: numbers as a strip, classes as bars.
    fn picture(&self) -> View {
        let mut out = String::new();
        if matches!(self.column.content, Content::Categories { .. }) {
            push_classes(self.site, self.table, self.at, &mut out);
        } else if let Some(found) = self.found.filter(|it| it.count > 1 && it.count <= MOST_DOTS) {
            self.push_strip(found, &mut out);
        }
        if out.is_empty() { View::none() } else { html(&out) }
    }

    fn push_strip(&self, found: &Statistics, out: &mut String) {
        let rows = &self.table.data.rows;
        let numbers: Vec<Decimal> = rows.iter().filter_map(|row| row.number(self.at)).collect();
        // The rows as text stand in the table below.
        out.push_str("<div class=\"strip\" aria-hidden=\"true\">\n");
        let benchmark = self.benchmark.filter(|it| it.is_delivered);
        let delivered = benchmark.map(|it| it.median);
        push_drawing(self.column, found, delivered, &numbers, &[], self.lang, out);
        out.push_str("</div>\n");
        let is_far = |row: &&Row| row.number(self.at).is_some_and(|it| is_outside(found, delivered, it));
        let far: Vec<String> = rows
            .iter()
            .filter(is_far)
            .map(|row| format!("{} {}", row.title, with_sign(&self.shown(row).text, self.column)))
            .collect();
        let (far, median, count) = (far.join("; "), self.print(found.median), found.count);
        let mut sentence = self.say(match &self.table.data.rows_name {
            Some(name) => {
                let name = name.of(count);
                text(
                    format!("Die Punkte sind die {count} {name} mit einem Wert; der Strich quer zur Linie ist ihr Median {median}."),
                    format!("The dots are the {count} {name} with a value; the line across is their median {median}."),
                )
            }
            None => text(
                format!("Jeder Punkt ist eine Zeile der Tabelle; der Strich quer zur Linie ist der Median {median} dieser {count} Werte."),
                format!("Each dot is a row of the table; the line across is the median {median} of these {count} values."),
            ),
        });
        if let Some(benchmark) = benchmark {
            let median = self.print(benchmark.median);
            let (de, en) = all_of(&self.table.data, benchmark.count);
            sentence += &self.say(match is_outside(found, delivered, benchmark.median) {
                true => text(
                    format!(" Der mitgelieferte Median {de}, {median}, liegt außerhalb der Skala (gestrichelter Strich mit Pfeil)."),
                    format!(" The delivered median of {en}, {median}, lies outside the scale (dashed line with an arrow)."),
                ),
                false => text(
                    format!(" Der gestrichelte Strich ist der mitgelieferte Median {de}: {median}."),
                    format!(" The dashed line is the delivered median of {en}: {median}."),
                ),
            });
        }
        if !far.is_empty() {
            sentence += &self.say(text(
                format!(" Außerhalb der Skala, als Pfeil: {far}."),
                format!(" Outside the scale, as an arrow: {far}."),
            ));
        }
        out.push_str("<p class=\"chart-sentence\">");
        crate::html::escape_into(out, &sentence);
        out.push_str("</p>\n");
    }

    /// Returns the head of the column of distances, with the median and whose it is.
    fn distance_label(&self, benchmark: &Benchmark) -> String {
        let (median, whose) = (self.print(benchmark.median), self.say(whose(self.table, benchmark)));
        self.say(text(
            format!("Abstand zum Median {median} ({whose})"),
            format!("Distance to the median {median} ({whose})"),
        ))
    }

    /// Says what „similar“ means; none where no row is.
    fn method(&self) -> Option<String> {
        let rows = &self.table.data.rows;
        if !rows.iter().filter_map(|row| row.number(self.at)).any(|it| self.is_similar(it)) {
            return None;
        }
        let count = self.found?.count;
        let is_delivered = self.benchmark.is_some_and(|it| it.is_delivered);
        let (of_de, of_en) = if is_delivered { (" mitgelieferten", " delivered") } else { ("", "") };
        Some(self.say(text(
            format!("„Ähnlich“ heißt: nicht weiter vom{of_de} Median entfernt als das 1,4826-Fache der mittleren Abweichung (Median der Abstände) der {count} Werte in der Tabelle."),
            format!("“Similar” means: no further from the{of_en} median than 1.4826 times the median distance of the {count} values in the table."),
        )))
    }

    /// Whether a number is near the median; few numbers do not say what is near.
    fn is_similar(&self, number: Decimal) -> bool {
        let (Some(benchmark), Some(found)) = (self.benchmark, self.found) else { return false };
        found.count >= FEWEST && distance(number, benchmark.median, found.deviation) == Distance::Similar
    }

    /// Lists the rows with a value: numbers from the highest to the lowest, classes each for
    /// itself in their order.
    fn groups(&self) -> View {
        let mut rows = self.rows_with(|value| !matches!(value, Value::Missing(_)));
        let Content::Categories { list: categories, .. } = &self.column.content else {
            // Stable: equal numbers stay in the order of the dictionary.
            rows.sort_by_key(|&row| std::cmp::Reverse(self.table.data.rows[row].number(self.at)));
            let group = map([("title", View::none()), ("rows", list(rows.iter().map(|&it| self.row(it))))]);
            return list((!rows.is_empty()).then_some(group));
        };
        list(categories.iter().enumerate().filter_map(|(at, category)| {
            let of_group = |row: &&usize| {
                let value = self.table.data.rows[**row].cells[self.at].value;
                matches!(value, Value::Category(it) if usize::from(it) == at)
            };
            let rows: Vec<View> = rows.iter().filter(of_group).map(|&it| self.row(it)).collect();
            let title = plain(&category_text(category));
            (!rows.is_empty()).then(|| map([("title", title), ("rows", list(rows))]))
        }))
    }

    /// Returns rows in the order of the dictionary.
    fn rows_with(&self, is_wanted: impl Fn(&Value) -> bool) -> Vec<usize> {
        let all = &self.table.data.rows;
        let mut rows: Vec<usize> =
            (0..all.len()).filter(|&row| is_wanted(&all[row].cells[self.at].value)).collect();
        rows.sort_by_cached_key(|&row| collation_key(&all[row].title));
        rows
    }

    fn row(&self, at: usize) -> View {
        let row = &self.table.data.rows[at];
        let shown = self.shown(row);
        let apart = row.number(self.at).and_then(|it| self.apart(it));
        map([
            ("title", plain(&row.title)),
            ("url", optional(self.table.profiles.get(at).map(String::as_str))),
            ("text", plain(&with_sign_of(&shown, self.column))),
            ("note", optional(shown.meaning.as_deref())),
            ("distance", optional(apart.as_deref())),
        ])
    }

    /// Says how far a number is from the median.
    fn apart(&self, number: Decimal) -> Option<String> {
        let benchmark = self.benchmark?;
        let (apart, is_higher) = difference(number, benchmark.median)?;
        if apart.units() == 0 {
            return Some(self.say(text("gleich", "equal")));
        }
        let apart = self.print_apart(apart);
        let by = match is_higher {
            true => text(format!("{apart} höher"), format!("{apart} higher")),
            false => text(format!("{apart} niedriger"), format!("{apart} lower")),
        };
        let by = self.say(by);
        Some(match self.is_similar(number) {
            true => self.say(text(format!("ähnlich: {by}"), format!("similar: {by}"))),
            false => by,
        })
    }

    /// Prints a distance: that of two shares is in percentage points.
    fn print_apart(&self, apart: Decimal) -> String {
        let is_share = self.column.unit.as_deref().is_some_and(|it| it.starts_with('%'));
        if !is_share {
            return self.print(apart);
        }
        let number = apart.print(apart.scale(), self.lang);
        self.say(text(format!("{number}\u{a0}Prozentpunkte"), format!("{number} percentage points")))
    }

    /// Lists the rows without a value, by the reason.
    fn missing(&self) -> View {
        let signs = self.column.missing.iter().enumerate();
        list(signs.filter_map(|(sign, declared)| {
            let rows = self.rows_with(|it| matches!(it, Value::Missing(at) if usize::from(*at) == sign));
            let first = &self.table.data.rows[*rows.first()?];
            let shown = self.shown(first);
            let rows = rows.iter().map(|&at| {
                let url = self.table.profiles.get(at).map(String::as_str);
                map([("title", plain(&self.table.data.rows[at].title)), ("url", optional(url))])
            });
            Some(map([
                ("sign", plain(&shown.text)),
                ("kind", plain(shown.kind)),
                ("reason", plain(&declared.reason)),
                ("rows", list(rows)),
            ]))
        }))
    }

    /// Lists the reference rows, with what keeps them from being compared.
    fn references(&self) -> View {
        let rows = self.table.data.summary.iter().filter(|row| row.role == Role::Reference);
        list(rows.map(|row| {
            let shown = self.shown(row);
            let text = match (&row.cells[self.at].value, &shown.meaning) {
                (Value::Missing(_), Some(reason)) => format!("{} ({reason})", shown.text),
                _ => with_unit(&shown, self.column),
            };
            map([
                ("title", plain(&row.title)),
                ("text", plain(&text)),
                ("caveat", optional(self.caveat(row).as_deref())),
            ])
        }))
    }

    fn caveat(&self, row: &Row) -> Option<String> {
        let said = remark(&row.cells[self.at].value, self.column, row.role, self.lang);
        // A missing value has its own reason.
        said.filter(|_| self.column.comparable != Comparable::Yes)
    }

    /// Lists the signs beside numbers; those in place of values explain themselves.
    fn legend(&self) -> View {
        let rows = &self.table.data.rows;
        let rows: Vec<&Row> =
            rows.iter().filter(|it| !matches!(it.cells[self.at].value, Value::Missing(_))).collect();
        let is_code = matches!(self.column.content, Content::Categories { .. });
        let signs = if is_code { Vec::new() } else { legend(&self.table.data, &rows, &[self.at], self.lang) };
        list(signs.iter().map(|(sign, meaning)| map([("sign", plain(sign)), ("meaning", plain(meaning))])))
    }
}

/// Returns the median that the values of a column are compared with; none where it has none.
pub fn median(table: &Table, at: usize) -> Option<Benchmark> {
    let column = &table.data.columns[at];
    let has_median = column.is_numeric() && column.statistics.contains(&Statistic::Median);
    has_median.then(|| benchmark(&table.data, at, table.statistics[at].as_ref())).flatten()
}

/// Says whether a number is higher or lower than the median it is compared with; nothing
/// where few rows have a number.
pub fn relation(table: &Table, at: usize, number: Decimal, lang: Lang) -> Option<String> {
    let benchmark = median(table, at)?;
    let found = table.statistics[at].as_ref().filter(|it| it.count >= FEWEST)?;
    let words = match distance(number, benchmark.median, found.deviation) {
        Distance::Higher => text("höher als der Median", "higher than the median"),
        Distance::Similar => text("ähnlich wie der Median", "similar to the median"),
        Distance::Lower => text("niedriger als der Median", "lower than the median"),
    };
    Some(words.in_lang(lang).to_owned())
}

/// Says that something is of all rows that there are, in German and in English.
///
/// German words have more forms than one and many: they stand only where they are right
/// whatever their gender.
pub fn all_of(table: &data::Table, count: usize) -> (String, String) {
    match table.rows_name.as_ref().map(|it| it.of(count)) {
        Some(name) => (format!("der {count} {name}"), format!("the {count} {name}")),
        None => (format!("aller {count}"), format!("all {count}")),
    }
}

/// Says whose median it is.
pub fn whose(table: &Table, benchmark: &Benchmark) -> Text {
    let count = benchmark.count;
    let (de, en) = all_of(&table.data, count);
    match benchmark.is_delivered {
        true => text(format!("{de}, mitgeliefert"), format!("of {en}, as delivered")),
        false => text(format!("von {count} Werten, berechnet"), format!("of {count} values, computed")),
    }
}

/// Puts the sign of its unit behind a number.
fn with_sign_of(shown: &Shown, column: &Column) -> String {
    match shown.kind {
        "number" => with_sign(&shown.text, column),
        _ => shown.text.clone(),
    }
}

/// Returns how far a number is from a median, and whether it is higher.
fn difference(number: Decimal, median: Decimal) -> Option<(Decimal, bool)> {
    let scale = number.scale().max(median.scale());
    let units = number.units_at(scale) - median.units_at(scale);
    let apart = Decimal::from_ratio(units.abs(), 10i128.pow(u32::from(scale)), scale)?;
    Some((apart, units > 0))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::data::number::{MACHINE, parse};

    #[track_caller]
    fn check(number: &str, median: &str, expected: (&str, bool)) {
        let [number, median] = [number, median].map(|it| parse(it, MACHINE).unwrap());
        let (apart, is_higher) = difference(number, median).unwrap();
        assert_eq!((apart.to_string().as_str(), is_higher), expected);
    }

    #[test]
    fn distances_keep_all_decimals() {
        check("29.1", "32.30", ("3.20", false));
        check("-1", "2.5", ("3.5", false));
        check("0.30", "0.1", ("0.20", true));
        check("2", "2.0", ("0.0", false));
    }
}
