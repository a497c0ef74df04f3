//! Which rows are similar: the same kind first, then the nearest.
//!
//! A distance is counted in deviations, so that no column outweighs another because of its
//! unit. Amounts that grow with the size of a row count by their rank: between 50 000 and
//! 100 000 inhabitants lies as much as between 500 000 and a million.

use super::number::Decimal;
use super::statistics::of_numbers;
use super::{Scale, Similarity, Table, Value};

/// How many rows are listed at most.
const MOST: usize = 5;

/// Parts of a deviation that distances are counted in.
const PARTS: i128 = 1_000_000;

/// A row that is similar to another.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Similar {
    /// Its index among the rows of the table.
    pub row: usize,
    /// Whether it is of the same kind.
    pub is_same_kind: bool,
}

/// What is needed to compare the rows of a table, made once.
#[derive(Debug)]
pub struct Nearness {
    /// The kind of each row; none where it is not known.
    kinds: Vec<Option<Value>>,
    columns: Vec<Measure>,
}

/// A column whose distances count.
#[derive(Debug)]
struct Measure {
    /// One for each row, where it has a number.
    numbers: Vec<Option<Decimal>>,
    deviation: Decimal,
}

impl Nearness {
    /// Prepares the rows of a table.
    pub fn new(table: &Table, similarity: &Similarity) -> Nearness {
        let kind = |row: &super::Row| {
            let value = row.cells[similarity.within?].value;
            (!matches!(value, Value::Missing(_))).then_some(value)
        };
        Nearness {
            kinds: table.rows.iter().map(kind).collect(),
            columns: similarity.by.iter().filter_map(|&at| measure(table, at)).collect(),
        }
    }

    /// Lists the rows that are most similar to one: those of its kind first, the nearest
    /// first; equally near ones in the order of the file.
    pub fn nearest(&self, row: usize) -> Vec<Similar> {
        let others = (0..self.kinds.len()).filter(|&it| it != row);
        let mut found: Vec<(bool, i128, usize)> = others
            .filter_map(|other| {
                let is_same = self.kinds[row].is_some() && self.kinds[row] == self.kinds[other];
                Some((!is_same, self.distance(row, other)?, other))
            })
            .collect();
        found.sort_unstable();
        found.truncate(MOST);
        found.iter().map(|&(is_other, _, row)| Similar { row, is_same_kind: !is_other }).collect()
    }

    /// Returns the mean distance over the columns in which both rows have a number; none
    /// where these are fewer than half of all.
    fn distance(&self, a: usize, b: usize) -> Option<i128> {
        let pairs = self.columns.iter().filter_map(|it| it.distance(a, b));
        let distances: Vec<i128> = pairs.collect();
        let is_enough = !distances.is_empty() && distances.len() * 2 >= self.columns.len();
        let sum = distances.iter().fold(0i128, |sum, it| sum.saturating_add(*it));
        is_enough.then(|| sum / distances.len() as i128)
    }
}

impl Measure {
    fn distance(&self, a: usize, b: usize) -> Option<i128> {
        let (a, b) = (self.numbers[a]?, self.numbers[b]?);
        let scale = a.scale().max(b.scale()).max(self.deviation.scale());
        let apart = (a.units_at(scale) - b.units_at(scale)).abs();
        apart.saturating_mul(PARTS).checked_div(self.deviation.units_at(scale))
    }
}

/// Prepares a column; none where most rows have the same number, so that it tells none apart.
fn measure(table: &Table, at: usize) -> Option<Measure> {
    let mut numbers: Vec<Option<Decimal>> = table.rows.iter().map(|row| row.number(at)).collect();
    if table.columns[at].scale == Scale::Absolute {
        numbers = ranks(&numbers);
    }
    let deviation = of_numbers(numbers.iter().flatten().copied().collect())?.deviation;
    (deviation.units() != 0).then_some(Measure { numbers, deviation })
}

/// Replaces numbers by how many are lower.
fn ranks(numbers: &[Option<Decimal>]) -> Vec<Option<Decimal>> {
    let mut sorted: Vec<Decimal> = numbers.iter().flatten().copied().collect();
    sorted.sort_unstable();
    let rank = |number: Decimal| sorted.partition_point(|it| *it < number);
    numbers.iter().map(|it| it.map(|number| Decimal::new(rank(number) as i64, 0))).collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::data::number::{MACHINE, parse};
    use crate::data::{TextId, Texts};

    fn kind(name: &str, texts: &mut Texts) -> Option<Value> {
        let id: TextId = texts.add(name);
        (!name.is_empty()).then_some(Value::Text(id))
    }

    fn numbers(written: &[&str]) -> Vec<Option<Decimal>> {
        written.iter().map(|it| parse(it, MACHINE).ok()).collect()
    }

    fn nearness(kinds: &[&str], columns: &[&[&str]]) -> Nearness {
        let mut texts = Texts::default();
        let measure = |written: &&[&str]| {
            let numbers = numbers(written);
            let deviation = of_numbers(numbers.iter().flatten().copied().collect()).unwrap().deviation;
            Measure { numbers, deviation }
        };
        Nearness {
            kinds: kinds.iter().map(|it| kind(it, &mut texts)).collect(),
            columns: columns.iter().map(measure).collect(),
        }
    }

    /// Those of the same kind have a `+`.
    #[track_caller]
    fn check(nearness: &Nearness, row: usize, expected: &str) {
        let found = nearness.nearest(row);
        let found: Vec<String> =
            found.iter().map(|it| format!("{}{}", it.row, if it.is_same_kind { "+" } else { "" })).collect();
        assert_eq!(found.join(" "), expected);
    }

    #[test]
    fn the_same_kind_comes_first_then_the_nearest() {
        let rows = nearness(&["a", "b", "a", "a"], &[&["1", "1.1", "9", "4"]]);
        check(&rows, 0, "3+ 2+ 1");
        check(&rows, 1, "0 3 2");
    }

    #[test]
    fn rows_without_a_kind_are_of_no_kind() {
        check(&nearness(&["", "", "a"], &[&["1", "3", "2"]]), 0, "2 1");
    }

    #[test]
    fn no_unit_outweighs_another() {
        let rows = nearness(&[""; 4], &[&["1000", "1100", "3000", "2000"], &["0.1", "0.9", "0.2", "0.5"]]);
        check(&rows, 0, "3 1 2");
    }

    #[test]
    fn equally_near_ones_keep_their_order() {
        check(&nearness(&["", "", ""], &[&["2", "1", "3"]]), 0, "1 2");
    }

    #[test]
    fn rows_that_share_too_little_are_left_out() {
        check(&nearness(&["", "", ""], &[&["1", "2", "3"], &["1", "", "3"], &["1", "", "5"]]), 0, "2");
    }

    #[test]
    fn at_most_five() {
        check(&nearness(&[""; 8], &[&["1", "2", "3", "4", "5", "6", "7", "8"]]), 7, "6 5 4 3 2");
    }

    #[test]
    fn ranks_do_not_grow_with_the_numbers() {
        let ranks = ranks(&numbers(&["50", "1000000", "", "51", "50"]));
        let printed: Vec<String> =
            ranks.iter().map(|it| it.map_or("-".into(), |it| it.to_string())).collect();
        assert_eq!(printed, ["0", "3", "-", "2", "0"]);
    }
}
