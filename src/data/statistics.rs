//! What a column says as a whole: median, spread and counts, all exact.
//!
//! Only the rows that the table is about count, never those that sum up. Missing
//! values are left out, and `count` says from how many rows a figure comes.

use super::number::Decimal;
use super::{Column, Role, Statistic, Table, Value};

/// What is known of a column of numbers.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Statistics {
    /// How many rows have a value.
    pub count: usize,
    pub minimum: Decimal,
    /// A quarter of the values is at most this.
    pub lower_quartile: Decimal,
    pub median: Decimal,
    /// A quarter of the values is at least this.
    pub upper_quartile: Decimal,
    pub maximum: Decimal,
    /// The arithmetic mean, each row counting once; with two decimals more than the data.
    /// None where its sum has more digits than can be counted exactly.
    pub mean: Option<Decimal>,
    /// The median of the distances from the median, not scaled.
    pub deviation: Decimal,
}

/// The median that a value is compared with.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Benchmark {
    pub median: Decimal,
    /// How many rows it stands for.
    pub count: usize,
    /// It was delivered with the data, because the file does not hold all rows.
    pub is_delivered: bool,
}

/// Computes the statistics of a column of numbers; none without a value.
pub fn of_column(table: &Table, column: usize) -> Option<Statistics> {
    of_numbers(table.rows.iter().filter_map(|row| row.number(column)).collect())
}

/// Computes the median of a column over the rows of one region; none below three values.
pub fn regional_median(table: &Table, column: usize, region: &Value) -> Option<Benchmark> {
    let at = table.region?;
    let rows = table.rows.iter().filter(|row| row.cells[at].value == *region);
    let numbers: Vec<Decimal> = rows.filter_map(|row| row.number(column)).collect();
    if numbers.len() < 3 {
        return None;
    }
    let count = numbers.len();
    of_numbers(numbers).map(|it| Benchmark { median: it.median, count, is_delivered: false })
}

/// Returns the median to compare the values of a column with.
///
/// A file that does not hold all rows is compared with the median that was delivered
/// for all of them; otherwise the median is the one that is computed here.
pub fn benchmark(table: &Table, column: usize, computed: Option<&Statistics>) -> Option<Benchmark> {
    if let (Some(total), Some(median)) = (table.total, delivered(table, column, Statistic::Median)) {
        return Some(Benchmark { median, count: total, is_delivered: true });
    }
    let computed = computed?;
    Some(Benchmark { median: computed.median, count: computed.count, is_delivered: false })
}

/// Returns a statistic as it was delivered, where the column allows for it.
pub fn delivered(table: &Table, column: usize, statistic: Statistic) -> Option<Decimal> {
    if !table.columns[column].statistics.contains(&statistic) {
        return None;
    }
    let row = table.summary.iter().find(|row| row.role == Role::Statistic(statistic))?;
    row.number(column)
}

/// Counts the rows without a value.
pub fn missing(table: &Table, column: usize) -> usize {
    table.rows.iter().filter(|row| matches!(row.cells[column].value, Value::Missing(_))).count()
}

/// How far a value is from a median, as a reader would say it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Distance {
    Lower,
    Similar,
    Higher,
}

/// Compares a value with a median: what is nearer than one deviation is similar.
///
/// The deviation is that of the statistics times 1.4826, which makes it comparable with a
/// standard deviation. Without any spread only equal values are similar.
pub fn distance(value: Decimal, median: Decimal, deviation: Decimal) -> Distance {
    let scale = value.scale().max(median.scale()).max(deviation.scale());
    let difference = value.units_at(scale) - median.units_at(scale);
    if difference.abs().saturating_mul(10_000) <= deviation.units_at(scale).saturating_mul(14_826) {
        Distance::Similar
    } else if difference > 0 {
        Distance::Higher
    } else {
        Distance::Lower
    }
}

/// Computes the statistics of some numbers; none where there are none.
pub fn of_numbers(mut numbers: Vec<Decimal>) -> Option<Statistics> {
    numbers.sort_unstable();
    let (&minimum, &maximum) = (numbers.first()?, numbers.last()?);
    let median = middle(&numbers);
    let half = numbers.len() / 2;
    // The middle value of an odd number of values belongs to neither half.
    let (lower, upper) = (&numbers[..half], &numbers[numbers.len() - half..]);
    let mut distances: Vec<Decimal> = numbers.iter().map(|&it| apart(it, median)).collect();
    distances.sort_unstable();
    Some(Statistics {
        count: numbers.len(),
        minimum,
        lower_quartile: if lower.is_empty() { median } else { middle(lower) },
        median,
        upper_quartile: if upper.is_empty() { median } else { middle(upper) },
        maximum,
        mean: mean(&numbers),
        deviation: middle(&distances),
    })
}

/// Returns the value in the middle, or the mean of the two there.
fn middle(sorted: &[Decimal]) -> Decimal {
    let half = sorted.len() / 2;
    if sorted.len() % 2 == 1 {
        return sorted[half];
    }
    let (a, b) = (sorted[half - 1], sorted[half]);
    let scale = a.scale().max(b.scale());
    let sum = a.units_at(scale) + b.units_at(scale);
    // Half of an odd number takes one decimal more.
    let decimals = if sum % 2 == 0 { scale } else { (scale + 1).min(18) };
    Decimal::from_ratio(sum, 2 * 10i128.pow(u32::from(scale)), decimals).unwrap_or(a)
}

fn apart(a: Decimal, b: Decimal) -> Decimal {
    let scale = a.scale().max(b.scale());
    let distance = (a.units_at(scale) - b.units_at(scale)).abs();
    Decimal::from_ratio(distance, 10i128.pow(u32::from(scale)), scale).unwrap_or(a)
}

fn mean(numbers: &[Decimal]) -> Option<Decimal> {
    let scale = numbers.iter().map(|it| it.scale()).max()?;
    let sum = numbers.iter().try_fold(0i128, |sum, it| sum.checked_add(it.units_at(scale)))?;
    let divisor = numbers.len() as i128 * 10i128.pow(u32::from(scale));
    let rounded = |decimals| Decimal::from_ratio(sum, divisor, decimals);
    rounded(scale + 2).or_else(|| rounded(scale))
}

impl super::Row {
    /// Returns the number in a column, where there is one.
    pub fn number(&self, column: usize) -> Option<Decimal> {
        match self.cells[column].value {
            Value::Number(number, _) => Some(number),
            _ => None,
        }
    }
}

impl Column {
    /// Whether statistics can be computed from the column: amounts and classes can, codes cannot.
    pub fn has_statistics(&self) -> bool {
        self.is_numeric() && !self.statistics.is_empty()
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::data::number::{MACHINE, parse};

    fn numbers(written: &[&str]) -> Vec<Decimal> {
        written.iter().map(|it| parse(it, MACHINE).unwrap()).collect()
    }

    #[track_caller]
    fn check(written: &[&str], expected: [&str; 7]) {
        let it = of_numbers(numbers(written)).unwrap();
        let mean = it.mean.unwrap();
        let found =
            [it.minimum, it.lower_quartile, it.median, it.upper_quartile, it.maximum, mean, it.deviation];
        assert_eq!(found.map(|it| it.to_string()), expected);
    }

    #[test]
    fn an_odd_number_of_values_has_one_in_the_middle() {
        check(&["3", "1", "2"], ["1", "1", "2", "3", "3", "2.00", "1"]);
    }

    #[test]
    fn an_even_number_of_values_has_two() {
        check(&["1.5", "2", "4", "10"], ["1.5", "1.75", "3", "7", "10", "4.375", "1.25"]);
    }

    #[test]
    fn one_value_is_everything() {
        check(&["7.25"], ["7.25", "7.25", "7.25", "7.25", "7.25", "7.2500", "0.00"]);
    }

    #[test]
    fn no_value_says_nothing() {
        assert_eq!(of_numbers(Vec::new()), None);
    }

    #[test]
    fn means_are_not_binary() {
        check(&["0.1", "0.2"], ["0.1", "0.1", "0.15", "0.2", "0.2", "0.150", "0.05"]);
    }

    #[test]
    fn similar_is_what_is_nearer_than_one_deviation() {
        let number = |it| parse(it, MACHINE).unwrap();
        let check = |value, expected| {
            assert_eq!(distance(number(value), number("10"), number("2")), expected);
        };
        check("12.9652", Distance::Similar);
        check("12.9653", Distance::Higher);
        check("7.0348", Distance::Similar);
        check("7.03", Distance::Lower);
        assert_eq!(distance(number("10.0"), number("10"), number("0")), Distance::Similar);
    }
}
