//! The view of a profile: what `profile.html` sees of one row (`themes/README.md`,
//! section `profile`).
//!
//! A value stands beside the median it is compared with and one sentence that says how
//! far it is from it. Where something cannot be compared, nothing is said.

use tera::Value as View;

use super::figure::{is_outside, push_drawing};
use super::indicator::all_of;
use super::json;
use super::shown::{Shown, category_text, inferred, printed, remark, shown, with_unit};
use super::value::{html, list, map, optional, text as plain};
use super::view::link;
use crate::collate::collation_key;
use crate::data::number::Decimal;
use crate::data::similar::{Nearness, Similar};
use crate::data::statistics::{self, Benchmark, Distance, Statistics, distance};
use crate::data::{self, Cell, Column, Comparable, Direction, Role, Row, Scale, Statistic, Value};
use crate::diag::{Lang, Text, text};
use crate::site::{Site, Table};
use crate::slug::{UniqueIds, slug};

/// A strip of more numbers than this shows the row alone: the others would be one bar.
const MOST_DOTS: usize = 400;

/// Strips of more rows are walked through on the pages of the columns only: every profile
/// has to hold the values of all rows.
const MOST_WALKED: usize = 100;

/// Fewer values than this say nothing about what is usual.
pub const FEWEST: usize = 3;

/// What the profiles of a table share, made once.
pub struct Background {
    /// The rows in the order of a German dictionary.
    order: Vec<usize>,
    /// For each region the medians of all columns.
    regions: Vec<(Value, Vec<Option<Benchmark>>)>,
    nearness: Option<Nearness>,
}

impl Background {
    /// Prepares the profiles of a table; none where its rows have no pages.
    pub fn new(table: &Table) -> Option<Background> {
        if table.profiles.is_empty() {
            return None;
        }
        let data = &table.data;
        Some(Background {
            order: dictionary_order(table),
            regions: regions(table),
            nearness: data.similarity.as_ref().map(|it| Nearness::new(data, it)),
        })
    }

    /// Returns the rows before and after a row.
    pub fn neighbours(&self, row: usize) -> (Option<usize>, Option<usize>) {
        let at = self.order.iter().position(|it| *it == row).unwrap_or(0);
        (at.checked_sub(1).map(|it| self.order[it]), self.order.get(at + 1).copied())
    }
}

/// Returns the rows of a table in the order of a German dictionary.
pub fn dictionary_order(table: &Table) -> Vec<usize> {
    let mut order: Vec<usize> = (0..table.data.rows.len()).collect();
    order.sort_by_cached_key(|&at| collation_key(&table.data.rows[at].title));
    order
}

fn regions(table: &Table) -> Vec<(Value, Vec<Option<Benchmark>>)> {
    let data = &table.data;
    let Some(at) = data.region else { return Vec::new() };
    let mut regions: Vec<(Value, Vec<Option<Benchmark>>)> = Vec::new();
    for row in &data.rows {
        let region = row.cells[at].value;
        if matches!(region, Value::Missing(_)) || regions.iter().any(|it| it.0 == region) {
            continue;
        }
        let median = |column: usize| {
            let has_median = table.statistics[column].is_some();
            has_median.then(|| statistics::regional_median(data, column, &region)).flatten()
        };
        regions.push((region, (0..data.columns.len()).map(median).collect()));
    }
    regions
}

/// One row and everything it is compared with.
struct Profile<'a> {
    site: &'a Site,
    table: &'a Table,
    background: &'a Background,
    at: usize,
    row: &'a Row,
    lang: Lang,
}

/// A section: its id, the title of its group, and its columns.
type Section<'a> = (String, &'a str, Vec<usize>);

/// Returns the view of the row `at` of a table, and its sections as `toc`.
pub fn view(site: &Site, table: &Table, background: &Background, at: usize) -> (View, View) {
    let row = &table.data.rows[at];
    let profile = Profile { site, table, background, at, row, lang: site.config.lang };
    let sections = profile.sections();
    let toc = sections
        .iter()
        .map(|(id, title, _)| map([("id", plain(id)), ("title", plain(title)), ("level", View::from(2u32))]));
    let similar = profile.similar();
    let view = map([
        ("id", plain(&row.id)),
        ("title", plain(&row.title)),
        ("name_id", plain(&table.data.columns[table.data.row_header].id)),
        ("facts", profile.facts()),
        ("table", table.page.map_or_else(View::none, |it| link(&site.page(it).url, &table.data.title))),
        ("groups", list(sections.iter().map(|it| profile.section(it)))),
        ("similar", similar),
        ("comparisons", profile.comparisons()),
        ("names", html(&profile.names())),
        ("note", optional(table.data.note.as_deref())),
        ("inferred", profile.has_inferred().into()),
        ("method", list(profile.method().iter().map(|it| plain(it.in_lang(profile.lang))))),
    ]);
    (view, list(toc))
}

impl Profile<'_> {
    fn column(&self, at: usize) -> &Column {
        &self.table.data.columns[at]
    }

    fn cell(&self, at: usize) -> &Cell {
        &self.row.cells[at]
    }

    fn say(&self, text: Text) -> String {
        text.in_lang(self.lang).to_owned()
    }

    /// Lists the columns that say something about the row: not its name, and not its number.
    fn told(&self) -> impl Iterator<Item = usize> {
        let data = &self.table.data;
        let columns = data.columns.iter().enumerate();
        columns.filter(|&(at, it)| at != data.row_header && !it.is_row_number()).map(|(at, _)| at)
    }

    /// Whether a column belongs to the head of the page: it stands beside the name and is no figure.
    fn is_fact(&self, at: usize) -> bool {
        let (column, name) = (self.column(at), self.column(self.table.data.row_header));
        column.group == name.group && column.statistics.is_empty() && !column.is_numeric()
    }

    /// Lists what kind of row it is.
    ///
    /// A fact has the id of its column only where the column has no entry further down.
    fn facts(&self) -> View {
        // A code without a label says nothing here.
        let is_kind = |at: usize| {
            matches!(self.column(at).scale, Scale::Category | Scale::Code)
                && matches!(self.cell(at).value, Value::Category(_))
        };
        let (keys, mut facts): (Vec<usize>, Vec<usize>) = self
            .told()
            .filter(|&at| self.is_fact(at) || is_kind(at))
            .partition(|&at| self.column(at).scale == Scale::Key);
        facts.extend(keys);
        list(facts.into_iter().map(|at| {
            let column = self.column(at);
            let id = self.is_fact(at).then_some(column.id.as_str());
            map([
                ("id", optional(id)),
                ("label", plain(&column.label)),
                ("text", plain(&self.in_words(at))),
                ("kind", plain(self.shown(at).kind)),
            ])
        }))
    }

    fn shown(&self, at: usize) -> Shown {
        let column = self.column(at);
        shown(&self.cell(at).value, column, &self.table.data.texts, self.row.role, self.lang)
    }

    /// Returns a value as it is read alone: with its unit, its meaning or its reason.
    fn in_words(&self, at: usize) -> String {
        let (column, shown) = (self.column(at), self.shown(at));
        match (&self.cell(at).value, &shown.meaning) {
            (Value::Category(it), _) => column.category(*it).map_or(shown.text, category_text),
            (Value::Missing(_), Some(reason)) => format!("{} ({reason})", shown.text),
            _ => with_unit(&shown, column),
        }
    }

    /// Puts the columns of a group together; the first group is that of the first column.
    fn sections(&self) -> Vec<Section<'_>> {
        let data = &self.table.data;
        let mut ids = UniqueIds::default();
        for column in &data.columns {
            ids.claim(&column.id);
        }
        let mut sections: Vec<Section<'_>> = Vec::new();
        for at in self.told().filter(|&at| !self.is_fact(at)) {
            let group = data.columns[at].group.as_deref();
            let title = group.unwrap_or_else(|| self.site.theme.words.get("profile_figures"));
            match sections.iter_mut().find(|it| it.1 == title) {
                Some(section) => section.2.push(at),
                None => sections.push((ids.claim(&slug(title)), title, vec![at])),
            }
        }
        sections
    }

    fn section(&self, (id, title, columns): &Section<'_>) -> View {
        let entries = list(columns.iter().map(|&at| self.entry(at)));
        map([("id", plain(id)), ("title", plain(title)), ("entries", entries)])
    }

    fn entry(&self, at: usize) -> View {
        let (column, shown) = (self.column(at), self.shown(at));
        let value = &self.cell(at).value;
        let number = self.row.number(at).filter(|_| column.is_numeric());
        let compared = number.and_then(|it| self.compared(at, it));
        let strip = compared.as_ref().map_or_else(View::none, |it| html(&self.strip(at, it)));
        let sentence = match (&compared, value) {
            (Some(it), _) => Some(self.sentence(at, it)),
            (None, Value::Category(_)) => Some(self.share(at)),
            (None, Value::Number(..)) if column.scale == Scale::Code => Some(self.share(at)),
            _ => None,
        };
        let url = self.table.indicators[at].as_deref();
        map([
            ("id", plain(&column.id)),
            ("number", (at + 1).into()),
            ("label", plain(&column.label)),
            ("url", optional(url)),
            ("kind", plain(shown.kind)),
            ("text", plain(&self.value_text(at, &shown))),
            ("unit", optional(column.unit.as_deref().filter(|_| shown.kind == "number"))),
            ("reason", optional(shown.meaning.as_deref().filter(|_| matches!(value, Value::Missing(_))))),
            ("date", optional(column.date.as_deref())),
            ("remark", optional(remark(value, column, self.row.role, self.lang).as_deref())),
            ("medians", self.medians(at)),
            ("reference", self.references(at)),
            ("walk", optional(compared.as_ref().and_then(|_| self.walk(at)).as_deref())),
            ("strip", strip),
            ("sentence", optional(sentence.as_deref())),
            ("definition", optional(column.definition.as_deref())),
            ("note", optional(column.note.as_deref())),
            ("inferred", list(inferred(column, self.lang).iter().map(|it| plain(it)))),
        ])
    }

    /// Whether something about one of the entries was concluded and not delivered.
    fn has_inferred(&self) -> bool {
        self.told().any(|at| !self.is_fact(at) && !self.column(at).inferred.is_empty())
    }

    /// Returns the value without its unit; a category with its meaning.
    fn value_text(&self, at: usize, shown: &Shown) -> String {
        match &self.cell(at).value {
            Value::Category(it) => self.column(at).category(*it).map_or(shown.text.clone(), category_text),
            _ => shown.text.clone(),
        }
    }

    fn benchmark(&self, at: usize) -> Option<Benchmark> {
        let column = self.column(at);
        let has_median = column.is_numeric() && column.statistics.contains(&Statistic::Median);
        has_median
            .then(|| statistics::benchmark(&self.table.data, at, self.table.statistics[at].as_ref()))
            .flatten()
    }

    fn regional(&self, at: usize) -> Option<(String, Benchmark)> {
        let region = self.table.data.region?;
        let value = self.cell(region).value;
        let (_, medians) = self.background.regions.iter().find(|it| it.0 == value)?;
        self.benchmark(at)?;
        Some((self.in_words(region), medians[at]?))
    }

    /// Lists the medians: of all rows, and of the region of the row.
    fn medians(&self, at: usize) -> View {
        let column = self.column(at);
        let benchmark = self.benchmark(at);
        let whole = benchmark.map(|it| (self.median_label(&it), it.median));
        // Where a median was delivered, the line across the strip is another.
        let own = benchmark.filter(|it| it.is_delivered).and_then(|_| self.spread(at));
        let own = own.map(|it| (self.own_median_label(&it), it.median));
        let regional = self.regional(at).map(|(region, it)| {
            let count = it.count;
            let label = text(
                format!("Median {region} ({count} Werte)"),
                format!("Median of {region} ({count} values)"),
            );
            (self.say(label), it.median)
        });
        let view = |kind: &str, (label, median): (String, Decimal)| {
            let text = printed(median, column, self.lang);
            map([("label", plain(&label)), ("text", plain(&text)), ("kind", plain(kind))])
        };
        let whole = whole.map(|it| view("whole", it));
        let (own, regional) = (own.map(|it| view("own", it)), regional.map(|it| view("region", it)));
        list(whole.into_iter().chain(own).chain(regional))
    }

    fn median_label(&self, benchmark: &Benchmark) -> String {
        let count = benchmark.count;
        let (de, en) = all_of(&self.table.data, count);
        self.say(match benchmark.is_delivered {
            true => text(format!("Median {de} (mitgeliefert)"), format!("Median of {en} (as delivered)")),
            false => text(
                format!("Median von {count} Werten (berechnet)"),
                format!("Median of {count} values (computed)"),
            ),
        })
    }

    fn own_median_label(&self, found: &Statistics) -> String {
        let count = found.count;
        self.say(text(
            format!("Median der Tabelle ({count} Werte)"),
            format!("Median of the table ({count} values)"),
        ))
    }

    /// Lists the reference rows, where they can be compared.
    fn references(&self, at: usize) -> View {
        let column = self.column(at);
        let is_comparable = column.comparable == Comparable::Yes && column.is_numeric();
        let rows = self.table.data.summary.iter();
        let rows = rows.filter(|row| is_comparable && row.role == Role::Reference);
        list(rows.filter_map(|row| {
            let text = printed(row.number(at)?, column, self.lang);
            Some(map([("label", plain(&row.title)), ("text", plain(&text))]))
        }))
    }

    /// Puts a number beside the median and the spread of its column, where there are enough values.
    fn compared(&self, at: usize, number: Decimal) -> Option<Compared> {
        Some(Compared { number, benchmark: self.benchmark(at)?, found: self.spread(at)? })
    }

    /// Returns the spread of a column, where it has enough values.
    fn spread(&self, at: usize) -> Option<Statistics> {
        self.table.statistics[at].filter(|it| it.count >= FEWEST)
    }

    fn strip(&self, at: usize, compared: &Compared) -> String {
        let numbers: Vec<Decimal> = self.table.data.rows.iter().filter_map(|row| row.number(at)).collect();
        let numbers = if numbers.len() > MOST_DOTS { Vec::new() } else { numbers };
        let mut out = String::new();
        let (found, delivered) = (&compared.found, compared.delivered());
        push_drawing(self.column(at), found, delivered, &numbers, &[compared.number], self.lang, &mut out);
        out
    }

    /// Lists all rows with their values in a column from the lowest to the highest, for who
    /// walks through its strip: `2 27,00|0 29,10`, by their places in [`Profile::names`].
    fn walk(&self, at: usize) -> Option<String> {
        let rows = &self.table.data.rows;
        if rows.len() > MOST_WALKED {
            return None;
        }
        let numbers = rows.iter().enumerate().filter_map(|(place, row)| Some((row.number(at)?, place)));
        let mut numbers: Vec<(Decimal, usize)> = numbers.collect();
        numbers.sort();
        let told = |(number, place): &(Decimal, usize)| {
            format!("{place} {}", printed(*number, self.column(at), self.lang))
        };
        Some(numbers.iter().map(told).collect::<Vec<_>>().join("|"))
    }

    /// Returns the names of all rows for the script of strips, as a list of JSON.
    fn names(&self) -> String {
        let rows = &self.table.data.rows;
        let names: Vec<&str> = rows.iter().take(MOST_WALKED).map(|it| it.title.as_str()).collect();
        json::script(&names.into())
    }

    /// Says whether a number is higher or lower than the median, and whether that is good.
    fn sentence(&self, at: usize, compared: &Compared) -> String {
        let Compared { number, benchmark, found } = compared;
        let delivered = compared.delivered();
        let distance = distance(*number, benchmark.median, found.deviation);
        let column = self.column(at);
        let median = printed(benchmark.median, column, self.lang);
        let count = benchmark.count;
        let (de, en) = match distance {
            Distance::Higher => ("Höher als", "Higher than"),
            Distance::Similar => ("Ähnlich wie", "Similar to"),
            Distance::Lower => ("Niedriger als", "Lower than"),
        };
        let mut sentence = self.say(match delivered {
            Some(delivered) => {
                let sign = match is_outside(found, Some(delivered), delivered) {
                    true => text("gestrichelt, außerhalb der Skala", "dashed, outside the scale"),
                    false => text("gestrichelt", "dashed"),
                };
                let (of_de, of_en) = all_of(&self.table.data, count);
                let (sign_de, sign_en) = (sign.in_lang(Lang::De), sign.in_lang(Lang::En));
                text(
                    format!("{de} der mitgelieferte Median {of_de} ({sign_de}: {median})"),
                    format!("{en} the delivered median of {of_en} ({sign_en}: {median})"),
                )
            }
            None => text(
                format!("{de} der Median von {count} Werten ({median})"),
                format!("{en} the median of {count} values ({median})"),
            ),
        });
        // Large rows have large amounts; that is neither good nor bad.
        let direction = if column.scale == Scale::Absolute { Direction::Neutral } else { column.direction };
        if let Some(verdict) = verdict(distance, direction) {
            sentence.push_str(verdict.in_lang(self.lang));
        }
        sentence.push('.');
        if is_outside(found, delivered, *number) {
            let outside = text(
                " Der Wert liegt außerhalb der Skala (Pfeil).",
                " The value lies outside the scale (arrow).",
            );
            sentence.push_str(outside.in_lang(self.lang));
        }
        sentence
    }

    /// Says how many rows have the same category or code.
    fn share(&self, at: usize) -> String {
        let value = self.cell(at).value;
        let rows = &self.table.data.rows;
        let same = rows.iter().filter(|row| row.cells[at].value == value).count();
        let missing = statistics::missing(&self.table.data, at);
        let all = rows.len() - missing;
        let noun = named(&self.table.data, all);
        let (where_de, where_en) = match missing {
            0 => ("in der Tabelle", "in the table"),
            _ => ("mit Angabe", "with a value"),
        };
        let mut sentence = self.say(match same {
            1 => text(
                format!("Diese Angabe hat nur 1 der {all}{noun} {where_de}."),
                format!("Only 1 of the {all}{noun} {where_en} has this value."),
            ),
            _ => text(
                format!("Dieselbe Angabe haben {same} der {all}{noun} {where_de}."),
                format!("{same} of the {all}{noun} {where_en} have the same value."),
            ),
        });
        if missing > 0 {
            let rest = text(format!(" Ohne Angabe: {missing}."), format!(" Without a value: {missing}."));
            sentence.push_str(rest.in_lang(self.lang));
        }
        sentence
    }

    /// Lists the rows that are similar, those of the same kind apart from the others.
    fn similar(&self) -> View {
        let (Some(nearness), Some(similarity)) = (&self.background.nearness, &self.table.data.similarity)
        else {
            return View::none();
        };
        let found = nearness.nearest(self.at);
        if found.is_empty() {
            return View::none();
        }
        let label = |at: usize| self.column(at).label.as_str();
        let by: Vec<&str> = similarity.by.iter().map(|&it| label(it)).collect();
        let has_ranks = similarity.by.iter().any(|&it| self.column(it).scale == Scale::Absolute);
        let same: Vec<&Similar> = found.iter().filter(|it| it.is_same_kind).collect();
        let others: Vec<&Similar> = found.iter().filter(|it| !it.is_same_kind).collect();
        let mut groups = Vec::new();
        if let Some(within) = similarity.within {
            let (kind, value) = (label(within), self.in_words(within));
            groups.push((text(format!("{kind} gleich: {value}"), format!("Same {kind}: {value}")), same));
            groups.push((
                text(
                    format!("{kind} verschieden: Mit gleicher Angabe gibt es zu wenige"),
                    format!("Other {kind}: too few have the same"),
                ),
                others,
            ));
        } else {
            groups.push((text("Am nächsten", "Nearest"), others));
        }
        let groups = groups.into_iter().filter(|it| !it.1.is_empty()).map(|(title, rows)| {
            let rows = list(rows.into_iter().map(|it| self.similar_row(it)));
            map([("title", plain(title.in_lang(self.lang))), ("rows", rows)])
        });
        map([
            ("groups", list(groups)),
            ("by", list(by.into_iter().map(plain))),
            ("within", optional(similarity.within.map(label))),
            ("ranks", View::from(has_ranks)),
        ])
    }

    fn similar_row(&self, similar: &Similar) -> View {
        let row = &self.table.data.rows[similar.row];
        let within = self.table.data.similarity.as_ref().and_then(|it| it.within);
        let kind = within.filter(|_| !similar.is_same_kind);
        let kind = kind.map(|at| Profile { row, at: similar.row, ..*self }.in_words(at));
        let url = &self.table.profiles[similar.row];
        map([("title", plain(&row.title)), ("url", plain(url)), ("kind", optional(kind.as_deref()))])
    }

    /// Lists the pages that lay this row beside others.
    fn comparisons(&self) -> View {
        let sets = self.table.data.comparisons.iter().zip(&self.table.comparisons);
        let sets = sets.filter(|(set, _)| set.rows.contains(&self.at));
        list(sets.map(|(set, url)| link(url, &set.title)))
    }

    /// Says what the sentences mean and where the medians come from.
    fn method(&self) -> Vec<Text> {
        let data = &self.table.data;
        let rows = data.rows.len();
        let mut method = vec![text(
            "Der Median ist der Wert in der Mitte: Die eine Hälfte der Werte liegt darunter, die andere darüber.",
            "The median is the value in the middle: one half of the values lies below, the other above.",
        )];
        let has_delivered =
            (0..data.columns.len()).any(|at| self.benchmark(at).is_some_and(|it| it.is_delivered));
        if let (true, Some(total)) = (has_delivered, data.total) {
            let (all_de, all_en) = all_of(data, total);
            let (of_de, of_en) = match data.rows_name {
                Some(_) => (&all_de, &all_en),
                None => (&format!("von {total}"), &total.to_string()),
            };
            method.push(text(
                format!("Die Tabelle enthält {rows} {of_de}. Der Median {all_de} ist mit den Daten geliefert und hier nicht nachgerechnet; wo er fehlt, steht der Median der Werte in der Tabelle."),
                format!("The table holds {rows} of {of_en}. The median of {all_en} was delivered with the data and is not recomputed here; where it is missing, the median is that of the values in the table."),
            ));
        } else {
            method.push(text(
                "Er ist aus den Werten der Tabelle berechnet; fehlende Werte zählen nicht mit.",
                "It is computed from the values in the table; missing values do not count.",
            ));
        }
        let noun = named(data, rows);
        let (of_de, of_en) = if has_delivered { (" mitgelieferten", " delivered") } else { ("", "") };
        method.push(text(
            format!("„Ähnlich“ heißt: nicht weiter vom{of_de} Median entfernt als das 1,4826-Fache der mittleren Abweichung (Median der Abstände) der {rows}{noun} in der Tabelle. Ohne jede Streuung sind nur gleiche Werte ähnlich. Mit weniger als {FEWEST} Werten wird nicht verglichen."),
            format!("“Similar” means: no further from the{of_en} median than 1.4826 times the median distance of the {rows}{noun} in the table. Without any spread only equal values are similar. Fewer than {FEWEST} values are not compared."),
        ));
        method.push(match has_delivered {
            true => text(
                "Jeder Punkt im Streifen ist ein Wert in der Tabelle, der hervorgehobene der dieser Seite. Der durchgezogene Strich quer zur Linie ist der Median der Werte in der Tabelle, der gestrichelte der mitgelieferte, mit dem der Satz vergleicht. Die Skala reicht höchstens drei solche Abweichungen vom Median der Tabelle weit, bis zum mitgelieferten höchstens drei weitere; ein Pfeil steht für einen Wert oder einen Median außerhalb.",
                "Each dot of a strip is a value in the table, the marked one that of this page. The solid line across is the median of the values in the table, the dashed one that which was delivered and which the sentence compares with. The scale reaches three such distances from the median of the table at most, and at most three more to the delivered one; an arrow stands for a value or a median outside.",
            ),
            false => text(
                "Jeder Punkt im Streifen ist ein Wert, der hervorgehobene der dieser Seite, der Strich quer zur Linie der Median. Die Skala reicht höchstens drei solche Abweichungen weit; ein Pfeil steht für einen Wert außerhalb.",
                "Each dot of a strip is a value, the marked one that of this page, the line across the median. The scale reaches three such distances at most; an arrow stands for a value outside.",
            ),
        });
        method
    }
}

/// A number, the median it is compared with, and the spread of the rows at hand.
struct Compared {
    number: Decimal,
    benchmark: Benchmark,
    found: Statistics,
}

impl Compared {
    /// Returns the median it is compared with, where that is not the one of the rows at hand.
    fn delivered(&self) -> Option<Decimal> {
        Some(self.benchmark.median).filter(|_| self.benchmark.is_delivered)
    }
}

/// Returns what so many rows are called, to be put behind their number.
fn named(table: &data::Table, count: usize) -> String {
    table.rows_name.as_ref().map_or_else(String::new, |it| format!(" {}", it.of(count)))
}

/// Says whether a distance counts as good; nothing where the direction is neutral.
fn verdict(distance: Distance, direction: Direction) -> Option<Text> {
    let is_good = match (distance, direction) {
        (Distance::Similar, _) | (_, Direction::Neutral) => return None,
        (Distance::Higher, Direction::HigherIsBetter) | (Distance::Lower, Direction::LowerIsBetter) => true,
        _ => false,
    };
    Some(match is_good {
        true => text("; das gilt als günstig", "; this counts as favourable"),
        false => text("; das gilt als ungünstig", "; this counts as unfavourable"),
    })
}
