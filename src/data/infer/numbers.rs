//! How the numbers of a column are written.

use crate::data::number::{self, NumberFormat, UnitSign};

/// What a text can be, as a number.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Shape {
    /// Digits, in groups or not.
    Whole,
    /// Only with a decimal comma, or grouped with points beyond doubt.
    German,
    /// Only with a decimal point, or grouped with commas beyond doubt.
    Machine,
    /// `1.234`: the point can group or begin the decimals.
    PointOnly,
    /// `1,234`
    CommaOnly,
    None,
}

/// The texts of a column, sorted by what they can be.
#[derive(Debug, Default)]
pub struct Shapes {
    pub numbers: usize,
    german: Option<String>,
    machine: Option<String>,
    point_only: Option<String>,
    comma_only: Option<String>,
    has_points: bool,
    has_commas: bool,
    group: Option<char>,
    /// Some stand with `%` or `€`.
    pub unit: UnitSign,
    /// What is no number.
    pub others: Vec<String>,
}

/// How a column writes its numbers.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Notation {
    /// Digits and nothing else.
    Whole,
    Decimal {
        format: NumberFormat,
        /// It was taken from other columns that a point groups, or begins the decimals.
        like_others: bool,
    },
    /// Both notations occur; one sample of each.
    Mixed(String, String),
    /// It cannot be told what the sign in a sample does.
    Unclear(String),
}

/// The decimal signs that occur beyond doubt somewhere in a file.
#[derive(Clone, Copy, Debug, Default)]
pub struct Signs {
    comma: bool,
    point: bool,
}

impl Shapes {
    /// Sorts the texts of a column.
    pub fn of<'a>(texts: impl Iterator<Item = &'a str>) -> Shapes {
        Shapes::default().and(texts)
    }

    /// Adds more texts of the same column.
    pub fn and<'a>(mut self, texts: impl Iterator<Item = &'a str>) -> Shapes {
        texts.for_each(|it| self.add(it));
        self
    }

    fn add(&mut self, written: &str) {
        let unit = unit_of(written);
        let keep = |kept: &mut Option<String>| {
            kept.get_or_insert_with(|| written.to_owned());
        };
        match shape(written, unit) {
            Shape::Whole => {}
            Shape::German => keep(&mut self.german),
            Shape::Machine => keep(&mut self.machine),
            Shape::PointOnly => keep(&mut self.point_only),
            Shape::CommaOnly => keep(&mut self.comma_only),
            Shape::None => return self.others.push(written.to_owned()),
        }
        self.numbers += 1;
        self.has_points |= written.contains('.');
        self.has_commas |= written.contains(',');
        self.group = self.group.or_else(|| group_sign(written));
        if unit != UnitSign::None {
            self.unit = unit;
        }
    }

    /// Adds what is beyond doubt here to what is known of the file.
    pub fn add_to(&self, signs: &mut Signs) {
        signs.comma |= self.german.is_some() && self.machine.is_none();
        signs.point |= self.machine.is_some() && self.german.is_none();
    }

    /// Says how the numbers are written, given what the other columns of the file do.
    pub fn notation(&self, file: Signs) -> Notation {
        let german = |like_others| self.decimal(',', self.has_points.then_some('.'), like_others);
        let machine = |like_others| self.decimal('.', self.has_commas.then_some(','), like_others);
        match (&self.german, &self.machine) {
            (Some(a), Some(b)) => return Notation::Mixed(a.clone(), b.clone()),
            (Some(_), None) => return german(false),
            (None, Some(_)) => return machine(false),
            (None, None) => {}
        }
        match (&self.point_only, &self.comma_only) {
            (Some(a), Some(b)) => Notation::Mixed(a.clone(), b.clone()),
            (None, None) if self.group.is_some() => self.decimal(',', None, false),
            (None, None) => Notation::Whole,
            (Some(_), None) | (None, Some(_)) if file.comma && !file.point => german(true),
            (Some(_), None) | (None, Some(_)) if file.point && !file.comma => machine(true),
            (Some(sample), None) | (None, Some(sample)) => Notation::Unclear(sample.clone()),
        }
    }

    fn decimal(&self, decimal: char, group: Option<char>, like_others: bool) -> Notation {
        let format = NumberFormat { decimal, group: group.or(self.group), unit: self.unit };
        Notation::Decimal { format, like_others }
    }
}

fn unit_of(written: &str) -> UnitSign {
    let has = |signs: &[&str]| signs.iter().any(|it| written.ends_with(it));
    if has(&["%"]) {
        UnitSign::Percent
    } else if has(&["€", "EUR", "Euro"]) {
        UnitSign::Euro
    } else {
        UnitSign::None
    }
}

fn shape(written: &str, unit: UnitSign) -> Shape {
    let format = |decimal, group| NumberFormat { decimal, group: Some(group), unit };
    let (german, machine) = (format(',', '.'), format('.', ','));
    let plain = |format| number::parse(written, format).is_ok();
    let marked = |format| number::parse_marked(written, format).is_ok();
    let reads = match (plain(german), plain(machine)) {
        (false, false) => (marked(german), marked(machine)),
        found => found,
    };
    match reads {
        (true, true) if written.contains('.') => Shape::PointOnly,
        (true, true) if written.contains(',') => Shape::CommaOnly,
        (true, true) => Shape::Whole,
        (true, false) => Shape::German,
        (false, true) => Shape::Machine,
        (false, false) => Shape::None,
    }
}

/// Returns the space or apostrophe that stands before a group of three digits.
fn group_sign(written: &str) -> Option<char> {
    if !written.contains([' ', '\u{a0}', '\u{202f}', '\u{2009}', '\'', '\u{2019}']) {
        return None;
    }
    let signs: Vec<char> = written.chars().collect();
    let is_digit = |it: &char| it.is_ascii_digit();
    let found = signs.windows(5).find(|it| {
        let is_group_sign = matches!(it[1], ' ' | '\u{a0}' | '\u{202f}' | '\u{2009}' | '\'' | '\u{2019}');
        is_group_sign && is_digit(&it[0]) && it[2..].iter().all(is_digit)
    });
    found.map(|it| it[1])
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Prints decimal and group sign, or why there are none.
    fn print(notation: Notation) -> String {
        match notation {
            Notation::Whole => "whole".to_owned(),
            Notation::Decimal { format, like_others } => {
                let group = format.group.map(String::from).unwrap_or_default();
                format!("{}{group}{}", format.decimal, if like_others { " like others" } else { "" })
            }
            Notation::Mixed(a, b) => format!("mixed {a} {b}"),
            Notation::Unclear(sample) => format!("unclear {sample}"),
        }
    }

    #[track_caller]
    fn check(column: &[&str], others: &[&str], expected: &str) {
        let mut signs = Signs::default();
        Shapes::of(others.iter().copied()).add_to(&mut signs);
        let shapes = Shapes::of(column.iter().copied());
        assert_eq!(print(shapes.notation(signs)), expected);
    }

    #[test]
    fn what_is_beyond_doubt_decides() {
        check(&["1", "-20"], &[], "whole");
        check(&["1,5", "20"], &[], ",");
        check(&["1.234,5", "0,1"], &[], ",.");
        check(&["1.234.567"], &[], ",.");
        check(&["1,5", "1.234"], &[], ",.");
        check(&["1,5", "1,234"], &[], ",");
        check(&["1.5", "1.234"], &[], ".");
        check(&["1,234.5"], &[], ".,");
        check(&["0.123"], &[], ".");
        check(&["5,5 %", "1\u{202f}234,0 %"], &[], ",\u{202f}");
        check(&["1 234", "5"], &[], ", ");
        check(&["- 5", "12 p"], &[], "whole");
    }

    #[test]
    fn what_can_be_both_is_told_by_other_columns_or_not_at_all() {
        check(&["1.234", "5"], &[], "unclear 1.234");
        check(&["1.234", "5"], &["1,5"], ",. like others");
        check(&["1.234"], &["1.5"], ". like others");
        check(&["1,234"], &["1,5"], ", like others");
        check(&["1.234", "1,234"], &["1,5"], "mixed 1.234 1,234");
        check(&["1,5", "1.5"], &[], "mixed 1,5 1.5");
    }
}
