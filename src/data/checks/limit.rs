//! Numbers that stand for something else: the end of a field, or a sign for „no value“.

use std::collections::BTreeMap;

use rayon::prelude::*;

use super::{Check, Peculiarity, Reply, RowAt, Subject, significant};
use crate::data::number::{self, Decimal, NumberFormat};
use crate::data::{Column, Content, MissingSign, Scale, Value};
use crate::diag::{Severity, Text, text};

/// `type-limit`: a number is a number, and not the end of its field or a sign for none.
///
/// Those that the descriptor declares as missing are found, too; that answers them.
pub fn type_limits(subject: &Subject<'_>) -> Vec<Peculiarity> {
    let columns: Vec<_> = subject.columns().filter(|(_, it)| it.scale != Scale::Key).collect();
    columns.into_par_iter().flat_map_iter(|(at, column)| limits_of_column(subject, at, column)).collect()
}

fn limits_of_column(subject: &Subject<'_>, at: usize, column: &Column) -> Vec<Peculiarity> {
    let (Content::Integer(format) | Content::Number(format)) = &column.content else { return Vec::new() };
    let signs: Vec<_> = column.missing.iter().map(|it| number_of_sign(it, *format)).collect();
    let mut judged: BTreeMap<(Decimal, u8), Option<StandIn>> = BTreeMap::new();
    let mut found = Vec::new();
    for (row_at, row) in subject.table.rows_with_place() {
        let (number, sign) = match row.cells[at].value {
            Value::Number(number, _) => (Some(number), None),
            Value::Missing(sign) => (signs[usize::from(sign)], Some(usize::from(sign))),
            Value::Text(_) | Value::Category(_) => (None, None),
        };
        let Some(number) = number.filter(|&it| could_stand_in(it)) else { continue };
        let judgement = *judged
            .entry((number, number.scale()))
            .or_insert_with(|| stand_in(number, &others(subject, at, number)));
        if let Some(stand_in) = judgement {
            found.push(peculiarity(subject, at, row_at, column, stand_in, sign));
        }
    }
    found
}

/// The number that a sign for a missing value is written as.
fn number_of_sign(sign: &MissingSign, format: NumberFormat) -> Option<Decimal> {
    number::parse(&sign.value, format).or_else(|_| number::parse(&sign.value, number::MACHINE)).ok()
}

fn peculiarity(
    subject: &Subject<'_>,
    at: usize,
    row: RowAt,
    column: &Column,
    stand_in: StandIn,
    sign: Option<usize>,
) -> Peculiarity {
    let found = subject.at_cell(Check::TypeLimit, Severity::Warning, at, row, stand_in.message());
    let reply = sign.map_or(Reply::None, |sign| Reply::Missing(column.missing[sign].reason.clone()));
    Peculiarity { reply, ..found }
}

/// The other numbers of a column.
fn others(subject: &Subject<'_>, column: usize, number: Decimal) -> Vec<Decimal> {
    let all = subject.table.rows_with_place().filter_map(|(_, row)| row.number(column));
    all.filter(|&it| it != number).collect()
}

/// What a number probably stands for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum StandIn {
    /// Only nines.
    Nines,
    /// Three nines where everything else is below 100.
    FarNines,
    /// The end of a field for whole numbers.
    End,
    /// −1, while nothing else is negative.
    MinusOne,
    /// Minus and only nines or eights, while nothing else is negative.
    MinusNines,
    /// A sign of the Regionalatlas, by its digit.
    Regionalatlas(u8),
}

/// The ends of fields for whole numbers: 16, 24, 32, 53 and 64 bits.
const ENDS: [i64; 10] = [
    32_767,
    65_535,
    8_388_607,
    16_777_215,
    2_147_483_647,
    4_294_967_295,
    9_007_199_254_740_991,
    -32_768,
    -8_388_608,
    -2_147_483_648,
];

/// Whether a number has the form of one that stands for something else, whatever is around it.
fn could_stand_in(number: Decimal) -> bool {
    let (units, scale) = significant(number);
    let digits = units.unsigned_abs();
    let is_nines = is_only(digits, 9) && (units < 0 || whole_digits(digits, scale) >= 3);
    is_nines
        || (units < 0 && scale == 0 && (units == -1 || is_only(digits, 8)))
        || (scale == 0 && (ENDS.contains(&units) || regionalatlas(digits).is_some()))
}

/// Says what a number stands for among the others of its column.
fn stand_in(number: Decimal, others: &[Decimal]) -> Option<StandIn> {
    let (units, scale) = significant(number);
    let digits = units.unsigned_abs();
    let zero = Decimal::new(0, 0);
    let alone_negative = !others.is_empty() && others.iter().all(|&it| it >= zero);
    let all_small = !others.is_empty() && others.iter().all(|&it| it < Decimal::new(100, 0));
    if scale == 0 && ENDS.contains(&units) {
        return Some(StandIn::End);
    }
    if units < 0 {
        // A change of −1,0 is a number; a sign has no decimals.
        let is_one = units == -1 && number.scale() == 0;
        let is_many = is_only(digits, 9) || (scale == 0 && is_only(digits, 8));
        return match (is_one, is_many) {
            (true, _) if alone_negative => Some(StandIn::MinusOne),
            (_, true) if alone_negative => Some(StandIn::MinusNines),
            _ => None,
        };
    }
    if let Some(digit) = regionalatlas(digits).filter(|_| scale == 0) {
        return Some(StandIn::Regionalatlas(digit));
    }
    match whole_digits(digits, scale) {
        _ if !is_only(digits, 9) => None,
        4.. => Some(StandIn::Nines),
        3 if all_small => Some(StandIn::FarNines),
        _ => None,
    }
}

/// The signs of the Regionalatlas have ten equal digits.
fn regionalatlas(digits: u64) -> Option<u8> {
    [2, 5, 6, 7, 8].into_iter().find(|&digit| digits == u64::from(digit) * 1_111_111_111u64)
}

/// Most numbers fail at their last digit; a large table has millions of them.
fn is_only(mut digits: u64, digit: u64) -> bool {
    while digits > 0 && digits % 10 == digit {
        digits /= 10;
        if digits == 0 {
            return true;
        }
    }
    false
}

fn whole_digits(digits: u64, scale: u8) -> usize {
    let digits = digits.checked_ilog10().map_or(0, |it| it as usize + 1);
    digits.saturating_sub(usize::from(scale))
}

impl StandIn {
    fn message(self) -> Text {
        match self {
            StandIn::Nines => text(
                "Die Zahl besteht nur aus Neunen: vermutlich die größte, die das Feld fasst, und keine Angabe.",
                "the number is all nines: probably the greatest that its field holds, and no value",
            ),
            StandIn::FarNines => text(
                "Die Zahl besteht nur aus Neunen, während sonst alles unter 100 liegt: vermutlich keine Angabe.",
                "the number is all nines while all else is below 100: probably no value",
            ),
            StandIn::End => text(
                "Das ist die äußerste Zahl, die ein Feld für ganze Zahlen fasst: vermutlich keine Angabe.",
                "this is the last number that a field for whole numbers holds: probably no value",
            ),
            StandIn::MinusOne => text(
                "Der einzige negative Wert der Spalte: vermutlich keine Zahl, sondern „keine Angabe“.",
                "the only negative value of the column: probably no number but `no value`",
            ),
            StandIn::MinusNines => text(
                "Minus und nur Neunen, während sonst kein Wert negativ ist: vermutlich keine Zahl, sondern \
                 „keine Angabe“.",
                "minus and all nines while nothing else is negative: probably no number but `no value`",
            ),
            StandIn::Regionalatlas(digit) => {
                let (de, en) = match digit {
                    2 => ("genau null", "exactly zero"),
                    5 => ("unbekannt oder geheim zu halten", "unknown or to be kept secret"),
                    6 => ("Aussage nicht sinnvoll", "makes no sense here"),
                    7 => ("nicht sicher genug", "not reliable enough"),
                    _ => ("fällt später an", "comes later"),
                };
                text(
                    format!("Zehn gleiche Ziffern sind im Regionalatlas ein Zeichen: {de}."),
                    format!("ten equal digits are a sign of the Regionalatlas: {en}"),
                )
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn check(written: &str, others: &[&str], expected: Option<StandIn>) {
        let number = |it: &str| number::parse(it, number::NumberFormat::german()).unwrap();
        let others: Vec<Decimal> = others.iter().map(|it| number(it)).collect();
        let found =
            Some(number(written)).filter(|&it| could_stand_in(it)).and_then(|it| stand_in(it, &others));
        assert_eq!(found, expected, "{written}");
    }

    #[test]
    fn only_nines_are_the_end_of_a_field() {
        for written in ["9999", "99.999", "99.999.999,99", "99999999,00", "9.999,9"] {
            check(written, &["1"], Some(StandIn::Nines));
        }
        for written in ["99,99", "99", "9", "999", "9.998", "99.990", "0,9999"] {
            check(written, &["100"], None);
        }
    }

    #[test]
    fn three_nines_are_suspicious_far_above_all_else() {
        check("999", &["12", "99,9"], Some(StandIn::FarNines));
        check("999,9", &["1"], Some(StandIn::FarNines));
        check("999", &["12", "100"], None);
        check("999", &[], None);
    }

    #[test]
    fn whole_numbers_end_where_bits_do() {
        for written in ["32767", "65535", "2147483647", "4294967295", "-32768", "4.294.967.295,0"] {
            check(written, &[], Some(StandIn::End));
        }
        check("32768", &[], None);
        check("327,67", &[], None);
    }

    #[test]
    fn negative_signs_stand_alone() {
        check("-1", &["0", "5,5"], Some(StandIn::MinusOne));
        check("-1,0", &["0", "5,5"], None);
        check("-1", &["0", "-2"], None);
        check("-9", &["3"], Some(StandIn::MinusNines));
        check("-9999", &["3"], Some(StandIn::MinusNines));
        check("-88", &["3"], Some(StandIn::MinusNines));
        check("-9999", &["-3"], None);
        check("-1", &[], None);
    }

    #[test]
    fn the_regionalatlas_has_signs_of_ten_digits() {
        check("2222222222", &[], Some(StandIn::Regionalatlas(2)));
        check("8888888888", &[], Some(StandIn::Regionalatlas(8)));
        check("3333333333", &[], None);
    }
}
