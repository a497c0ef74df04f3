//! Exact decimal numbers: strict reading, German and English printing.
//!
//! No binary float anywhere: `1.005` has three decimals and rounds to `1.01`.

use std::cmp::Ordering;
use std::fmt;

use super::Mark;
use crate::diag::{Lang, Text, text};

/// A decimal number as it was written: `units` divided by ten to the power of `scale`.
///
/// Numbers of equal value are equal, however many zeros they end in.
///
/// Packed, because a large table holds millions of them.
#[derive(Clone, Copy, Debug)]
#[repr(C, packed)]
pub struct Decimal {
    units: i64,
    scale: u8,
}

/// All digits of a number; more do not fit into 64 bits. No figure of an office comes near.
const MAX_DIGITS: usize = 18;

impl Decimal {
    /// Makes a number with a number of decimals: `(1250, 2)` is 12.50.
    ///
    /// Panics above 18 decimals.
    pub fn new(units: i64, scale: u8) -> Decimal {
        assert!(usize::from(scale) <= MAX_DIGITS, "a decimal has at most 18 decimals");
        Decimal { units, scale }
    }

    /// Returns `numerator / denominator` rounded half away from zero; none where the
    /// denominator is 0 or the result has too many digits.
    pub fn from_ratio(numerator: i128, denominator: i128, decimals: u8) -> Option<Decimal> {
        let scaled = numerator.checked_mul(10i128.checked_pow(u32::from(decimals))?)?;
        let (dividend, divisor) = (scaled.unsigned_abs(), denominator.unsigned_abs());
        let (whole, rest) = (dividend.checked_div(divisor)?, dividend.checked_rem(divisor)?);
        let whole = i64::try_from(whole + u128::from(rest >= divisor - rest)).ok()?;
        let units = if (scaled < 0) == (denominator < 0) { whole } else { -whole };
        (usize::from(decimals) <= MAX_DIGITS && whole < 10i64.pow(18))
            .then_some(Decimal { units, scale: decimals })
    }

    /// Returns the digits as a whole number: 1250 for 12.50.
    pub fn units(self) -> i64 {
        self.units
    }

    /// Returns how many decimals were written.
    pub fn scale(self) -> u8 {
        self.scale
    }

    /// Rounds half away from zero; a number with fewer decimals stays as it is.
    pub fn rounded(self, decimals: u8) -> Decimal {
        if decimals >= self.scale {
            return self;
        }
        let divisor = 10u64.pow(u32::from(self.scale - decimals));
        let (whole, rest) = (self.units.unsigned_abs() / divisor, self.units.unsigned_abs() % divisor);
        let whole = whole + u64::from(rest >= divisor - rest);
        let units = i64::try_from(whole).expect("dividing makes it smaller") * self.units.signum();
        Decimal { units, scale: decimals }
    }

    /// Returns the text for readers: `−1.234,50` in German, `−1,234.50` in English.
    pub fn print(self, decimals: u8, lang: Lang) -> String {
        let (group, point) = match lang {
            Lang::De => ('.', ','),
            Lang::En => (',', '.'),
        };
        let rounded = self.rounded(decimals);
        let (whole, fraction) = rounded.digits();
        let mut printed = String::from(if rounded.units < 0 { "\u{2212}" } else { "" });
        for (at, digit) in whole.chars().enumerate() {
            if at > 0 && (whole.len() - at).is_multiple_of(3) {
                printed.push(group);
            }
            printed.push(digit);
        }
        if decimals > 0 {
            printed.push(point);
            printed.push_str(&fraction);
            printed.extend(std::iter::repeat_n('0', usize::from(decimals) - fraction.len()));
        }
        printed
    }

    /// Returns the digits before and after the decimal sign, without the minus.
    fn digits(self) -> (String, String) {
        let scale = usize::from(self.scale);
        let mut whole = format!("{:0>width$}", self.units.unsigned_abs(), width = scale + 1);
        let fraction = whole.split_off(whole.len() - scale);
        (whole, fraction)
    }

    /// Returns the number in units of `10^-scale`; `scale` is at least that of the
    /// number and at most 18, so that it always fits.
    pub fn units_at(self, scale: u8) -> i128 {
        i128::from(self.units) * 10i128.pow(u32::from(scale - self.scale))
    }
}

/// Prints the number for machines: `-1234.50`.
impl fmt::Display for Decimal {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let (whole, fraction) = self.digits();
        let minus = if self.units < 0 { "-" } else { "" };
        let point = if fraction.is_empty() { "" } else { "." };
        write!(f, "{minus}{whole}{point}{fraction}")
    }
}

impl Ord for Decimal {
    fn cmp(&self, other: &Decimal) -> Ordering {
        let scale = self.scale.max(other.scale);
        self.units_at(scale).cmp(&other.units_at(scale))
    }
}

impl PartialOrd for Decimal {
    fn partial_cmp(&self, other: &Decimal) -> Option<Ordering> {
        Some(self.cmp(other))
    }
}

impl PartialEq for Decimal {
    fn eq(&self, other: &Decimal) -> bool {
        self.cmp(other) == Ordering::Equal
    }
}

impl Eq for Decimal {}

/// How the numbers of a column are written.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct NumberFormat {
    /// The sign before the decimals.
    pub decimal: char,
    /// The sign between groups of three digits; spaces and apostrophes then do as well.
    pub group: Option<char>,
    /// What may stand behind the number.
    pub unit: UnitSign,
}

/// What may stand behind a number because its column says so.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum UnitSign {
    #[default]
    None,
    Percent,
    Euro,
    /// Whatever is no digit, before and behind it (`bareNumber: false`).
    Anything,
}

/// How programs write numbers: `1234.5`.
pub const MACHINE: NumberFormat = NumberFormat { decimal: '.', group: None, unit: UnitSign::None };

impl NumberFormat {
    /// How Germans write numbers: `1.234,5`.
    pub const fn german() -> NumberFormat {
        NumberFormat { decimal: ',', group: Some('.'), unit: UnitSign::None }
    }
}

/// Why a text is not a number.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum NumberError {
    NotANumber,
    /// Decimal point for decimal comma or the other way round; the number as it was meant.
    OtherDecimalSign(String),
    /// The sign can group thousands or begin the decimals.
    Ambiguous(char),
    /// A group has not exactly three digits.
    Groups,
    MixedGroups,
    TwoDecimalSigns,
    /// No digit before or after the decimal sign.
    MissingDigit,
    TooLong,
    /// `1,5E+05`: a spreadsheet has shortened the number.
    Shortened,
    /// `01. Feb` or `Jan 34`: a spreadsheet has made a day of it.
    Day,
}

/// Reads a number and the sign beside it that says how sure it is.
///
/// Brackets, the letters `p r s e` and footnotes are marks, as offices of statistics
/// write them: `(12,3)`, `1 234p`, `r 12,3`, `12,3¹)`, `12,3 1)`, `12,3*`. The unit may
/// stand behind where the format says so.
pub fn parse_marked(written: &str, format: NumberFormat) -> Result<(Decimal, Mark), NumberError> {
    let error = match parse(written, format) {
        Ok(number) => return Ok((number, Mark::None)),
        Err(error) => error,
    };
    let whole = written.trim();
    let (rest, mark) = split_mark(without_unit(whole, format.unit));
    let rest = without_unit(rest, format.unit);
    if rest.len() < whole.len() {
        match parse(rest, format) {
            Ok(number) => return Ok((number, mark)),
            Err(NumberError::NotANumber) => {}
            Err(error) => return Err(error),
        }
    }
    Err(match error {
        NumberError::NotANumber => damage(whole).unwrap_or(error),
        other => other,
    })
}

/// Recognises what spreadsheets make of numbers and keys such as `1-2` or `123456789012`.
pub fn damage(written: &str) -> Option<NumberError> {
    if is_shortened(written) {
        return Some(NumberError::Shortened);
    }
    is_day(written).then_some(NumberError::Day)
}

fn without_unit(written: &str, unit: UnitSign) -> &str {
    let units: &[&str] = match unit {
        UnitSign::None => return written,
        UnitSign::Percent => &["%", "Prozent", "v. H.", "v.H."],
        UnitSign::Euro => &["€", "EUR", "Euro"],
        UnitSign::Anything => {
            let is_digit = |it: char| it.is_ascii_digit();
            let end = written.rfind(is_digit).map_or(written.len(), |it| it + 1);
            let start = written.find(is_digit).unwrap_or(0);
            let minus = written[..start].trim_end().ends_with(MINUS_SIGNS);
            let sign = written[..start].rfind(MINUS_SIGNS).filter(|_| minus);
            return &written[sign.unwrap_or(start)..end];
        }
    };
    units.iter().find_map(|it| written.strip_suffix(it)).unwrap_or(written).trim_end()
}

/// Splits the sign that says how sure a number is from the number.
fn split_mark(written: &str) -> (&str, Mark) {
    const LETTERS: [(char, Mark); 4] =
        [('p', Mark::Preliminary), ('r', Mark::Revised), ('s', Mark::Estimated), ('e', Mark::Final)];
    if let Some(inner) = written.strip_prefix('(').and_then(|it| it.strip_suffix(')')) {
        return (inner.trim(), Mark::Limited);
    }
    for (letter, mark) in LETTERS {
        let behind = written.strip_suffix(letter).map(str::trim_end);
        let before = written.strip_prefix(letter).filter(|it| it.starts_with([' ', '\u{a0}']));
        if let Some(rest) = behind.or(before.map(str::trim_start)) {
            return (rest, mark);
        }
    }
    if let Some(rest) = written.strip_suffix('*') {
        return (rest.trim_end(), Mark::Footnote(0));
    }
    let raised = written.trim_end_matches(')');
    const RAISED: [char; 9] = ['¹', '²', '³', '⁴', '⁵', '⁶', '⁷', '⁸', '⁹'];
    for (at, sign) in RAISED.into_iter().enumerate() {
        if let Some(rest) = raised.strip_suffix(sign) {
            return (rest.trim_end(), Mark::Footnote(at as u8 + 1));
        }
    }
    // A plain digit needs the space: `12,31)` could be 12,3 or 12,31.
    let note = written.strip_suffix(')').and_then(|it| it.rsplit_once([' ', '\u{a0}']));
    match note {
        Some((rest, digit)) if digit.len() == 1 && digit.as_bytes()[0].is_ascii_digit() => {
            (rest.trim_end(), Mark::Footnote(digit.as_bytes()[0] - b'0'))
        }
        _ => (written, Mark::None),
    }
}

fn is_shortened(written: &str) -> bool {
    let (mantissa, exponent) = written.split_once(['E', 'e']).unwrap_or((written, ""));
    let is_number = |it: &str, signs: &str| {
        it.starts_with(|it: char| it.is_ascii_digit() || "+-".contains(it))
            && it.chars().all(|it| it.is_ascii_digit() || signs.contains(it))
    };
    is_number(mantissa, ",.-") && is_number(exponent, "+-")
}

/// Whether a spreadsheet may have made a day of a text such as `1-2`, `1.2` or `34/1`.
fn is_day(written: &str) -> bool {
    const MONTHS: [&str; 14] =
        ["jan", "feb", "mär", "mrz", "mar", "apr", "mai", "jun", "jul", "aug", "sep", "okt", "nov", "dez"];
    let lower = written.to_lowercase();
    let mut words = lower.split([' ', '.', '-']).filter(|it| !it.is_empty());
    let (Some(first), Some(second), None) = (words.next(), words.next(), words.next()) else { return false };
    let is_month = |it: &str| MONTHS.iter().any(|month| it.starts_with(month));
    let is_number = |it: &str| it.len() <= 4 && it.bytes().all(|it| it.is_ascii_digit());
    (is_number(first) && is_month(second)) || (is_month(first) && is_number(second))
}

/// What stands for a minus in the files of offices.
const MINUS_SIGNS: [char; 3] = ['-', '\u{2212}', '\u{2013}'];

/// Reads a number, strictly: groups have exactly three digits, and nothing follows it.
///
/// Takes `-`, `−` and `–` as minus, also with a space behind, and spaces around.
pub fn parse(written: &str, format: NumberFormat) -> Result<Decimal, NumberError> {
    let (sign, digits) = split_sign(written.trim());
    let number = parse_digits(digits, format)
        .map_err(|error| explain_other_sign(sign, digits, format).unwrap_or(error))?;
    Ok(if sign == "-" { Decimal { units: -number.units, ..number } } else { number })
}

fn split_sign(written: &str) -> (&'static str, &str) {
    match written.strip_prefix(MINUS_SIGNS) {
        Some(rest) => ("-", rest.trim_start()),
        None => ("", written.strip_prefix('+').unwrap_or(written)),
    }
}

fn parse_digits(digits: &str, format: NumberFormat) -> Result<Decimal, NumberError> {
    let is_group =
        |sign: char| format.group == Some(sign) || (format.group.is_some() && is_neutral_group(sign));
    let known = |sign: char| sign.is_ascii_digit() || sign == format.decimal || is_group(sign);
    if digits.is_empty() || !digits.chars().all(known) {
        return Err(NumberError::NotANumber);
    }
    let (whole, fraction) = digits.split_once(format.decimal).map_or((digits, None), |(a, b)| (a, Some(b)));
    check_fraction(fraction, format)?;
    check_groups(whole, is_group)?;
    let digits = whole.bytes().chain(fraction.unwrap_or("").bytes()).filter(u8::is_ascii_digit);
    if digits.clone().count() > MAX_DIGITS {
        return Err(NumberError::TooLong);
    }
    let units = digits.fold(0, |units, digit| units * 10 + i64::from(digit - b'0'));
    Ok(Decimal { units, scale: fraction.map_or(0, |it| it.len() as u8) })
}

/// Signs that separate groups whatever the language; none of them can begin the decimals.
fn is_neutral_group(sign: char) -> bool {
    matches!(sign, ' ' | '\u{a0}' | '\u{202f}' | '\u{2009}' | '\'' | '\u{2019}')
}

fn check_fraction(fraction: Option<&str>, format: NumberFormat) -> Result<(), NumberError> {
    match fraction {
        Some("") => Err(NumberError::MissingDigit),
        Some(fraction) if fraction.contains(format.decimal) => Err(NumberError::TwoDecimalSigns),
        Some(fraction) if !fraction.bytes().all(|it| it.is_ascii_digit()) => Err(NumberError::Groups),
        _ => Ok(()),
    }
}

fn check_groups(whole: &str, is_group: impl Fn(char) -> bool) -> Result<(), NumberError> {
    let Some(sign) = whole.chars().find(|&it| is_group(it)) else {
        return if whole.is_empty() { Err(NumberError::MissingDigit) } else { Ok(()) };
    };
    if whole.chars().any(|it| is_group(it) && it != sign) {
        return Err(NumberError::MixedGroups);
    }
    let mut groups = whole.split(sign);
    let first = groups.next().expect("a text has a first part");
    // A grouped number that begins with 0 is a decimal in the other notation: 0.123.
    let first_fits = (1..=3).contains(&first.len()) && !first.starts_with('0');
    if first_fits && groups.all(|group| group.len() == 3) { Ok(()) } else { Err(NumberError::Groups) }
}

/// Finds out whether point and comma are swapped.
fn explain_other_sign(sign: &str, digits: &str, format: NumberFormat) -> Option<NumberError> {
    let other = if format.decimal == ',' { '.' } else { ',' };
    if !digits.contains(other) {
        return None;
    }
    let grouped = NumberFormat { group: Some(other), ..format };
    if format.group.is_none() && parse_digits(digits, grouped).is_ok() {
        return Some(NumberError::Ambiguous(other));
    }
    parse_digits(digits, NumberFormat { decimal: other, group: Some(format.decimal), ..format }).ok()?;
    let meant = digits.chars().filter_map(|it| match it {
        _ if it == other => Some(format.decimal),
        _ if it == format.decimal => format.group,
        _ => Some(it),
    });
    Some(NumberError::OtherDecimalSign(sign.chars().chain(meant).collect()))
}

impl NumberError {
    /// Says what is wrong with what was written, and what to write instead where that is certain.
    pub fn explain(&self, written: &str, format: NumberFormat) -> (Text, Option<Text>) {
        let message = match self {
            NumberError::NotANumber => {
                text(format!("„{written}“ ist keine Zahl."), format!("`{written}` is not a number"))
            }
            NumberError::OtherDecimalSign(_) if format.decimal == ',' => text(
                "Punkt statt Komma: Diese Spalte schreibt Dezimalzahlen mit Komma.",
                "point for comma: this column writes decimals with a comma",
            ),
            NumberError::OtherDecimalSign(_) => text(
                "Komma statt Punkt: Diese Spalte schreibt Dezimalzahlen mit Punkt.",
                "comma for point: this column writes decimals with a point",
            ),
            NumberError::Ambiguous(sign) => text(
                format!("„{sign}“ kann hier Tausender gliedern oder die Nachkommastellen beginnen."),
                format!("`{sign}` can group thousands here or begin the decimals"),
            ),
            NumberError::Groups => text(
                "Zwischen zwei Gruppenzeichen stehen genau drei Ziffern, hier nicht.",
                "groups of digits have exactly three digits, these have not",
            ),
            NumberError::MixedGroups => text(
                "Die Zahl ist mit zwei verschiedenen Zeichen in Gruppen geteilt.",
                "the number is grouped with two different signs",
            ),
            NumberError::TwoDecimalSigns => text(
                format!("„{}“ steht zweimal in der Zahl.", format.decimal),
                format!("`{}` stands twice in the number", format.decimal),
            ),
            NumberError::MissingDigit => text(
                format!("Vor und nach „{}“ gehört eine Ziffer.", format.decimal),
                format!("there has to be a digit before and after `{}`", format.decimal),
            ),
            NumberError::Shortened => text(
                "Das hat eine Tabellenkalkulation gekürzt; die genaue Zahl steht nur in der Ursprungsdatei.",
                "a spreadsheet has shortened this; the exact number is in the original file only",
            ),
            NumberError::Day => text(
                "Daraus hat eine Tabellenkalkulation einen Tag gemacht; der Wert steht nur in der Ursprungsdatei.",
                "a spreadsheet has made a day of this; the value is in the original file only",
            ),
            NumberError::TooLong => text(
                format!("Die Zahl hat mehr als {MAX_DIGITS} Ziffern."),
                format!("the number has more than {MAX_DIGITS} digits"),
            ),
        };
        (message, self.help(format))
    }

    fn help(&self, format: NumberFormat) -> Option<Text> {
        match self {
            NumberError::OtherDecimalSign(meant) => {
                Some(text(format!("Meinten Sie: {meant}"), format!("did you mean: {meant}")))
            }
            NumberError::Ambiguous(sign) => Some(text(
                format!(
                    "Gliedert das Zeichen Tausender, in der Beschreibung der Spalte „groupChar“: \"{sign}\" angeben."
                ),
                format!("if it groups thousands, describe the column with `groupChar`: \"{sign}\""),
            )),
            NumberError::Shortened | NumberError::Day => Some(text(
                "Geben Sie der Spalte dort vor dem Speichern das Zahlenformat „Text“ oder „Zahl“.",
                "give the column the format `text` or `number` there before saving",
            )),
            NumberError::NotANumber => {
                let group = format.group.map(String::from).unwrap_or_default();
                let sample = format!("1{group}234{}5", format.decimal);
                Some(text(
                    format!("Zahlen stehen hier so: {sample}"),
                    format!("numbers look like this here: {sample}"),
                ))
            }
            _ => None,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const GERMAN: NumberFormat = NumberFormat::german();
    const UNGROUPED: NumberFormat = NumberFormat { group: None, ..GERMAN };
    const PERCENT: NumberFormat = NumberFormat { unit: UnitSign::Percent, ..GERMAN };
    const EURO: NumberFormat = NumberFormat { unit: UnitSign::Euro, ..GERMAN };
    const BARE: NumberFormat = NumberFormat { unit: UnitSign::Anything, ..GERMAN };

    #[track_caller]
    fn check(written: &str, expected: &str) {
        assert_eq!(parse(written, GERMAN).map(|it| it.to_string()), Ok(expected.to_owned()));
    }

    #[track_caller]
    fn check_refused(written: &str, format: NumberFormat, expected: NumberError) {
        assert_eq!(parse(written, format), Err(expected));
    }

    #[track_caller]
    fn check_printed(units: i64, scale: u8, decimals: u8, expected: &str) {
        assert_eq!(Decimal::new(units, scale).print(decimals, Lang::De), expected);
    }

    fn meant(number: &str) -> NumberError {
        NumberError::OtherDecimalSign(number.to_owned())
    }

    #[test]
    fn german_numbers_are_exact() {
        check("0", "0");
        check("1234,5", "1234.5");
        check("1.234,50", "1234.50");
        check("84.358.845", "84358845");
        check("0,1", "0.1");
        check(" 5 ", "5");
        check("+5", "5");
        check("999999999999999,999", "999999999999999.999");
    }

    #[test]
    fn every_minus_is_a_minus() {
        for written in ["-5", "- 5", "\u{2212}5", "\u{2013}5", "-\u{a0}5"] {
            check(written, "-5");
        }
    }

    #[test]
    fn spaces_and_apostrophes_group_too() {
        for sign in [' ', '\u{a0}', '\u{202f}', '\u{2009}', '\'', '\u{2019}'] {
            check(&format!("1{sign}234{sign}567,8"), "1234567.8");
        }
    }

    #[test]
    fn a_point_is_never_dropped() {
        check_refused("12.5", GERMAN, meant("12,5"));
        check_refused("-12.5", GERMAN, meant("-12,5"));
        check_refused("0.123", GERMAN, meant("0,123"));
        check_refused("1,234.56", GERMAN, meant("1.234,56"));
        check_refused("1234.567", GERMAN, meant("1234,567"));
        check_refused("12,5", MACHINE, meant("12.5"));
    }

    #[test]
    fn a_point_that_can_be_both_is_not_guessed() {
        check_refused("1.234", UNGROUPED, NumberError::Ambiguous('.'));
        check_refused("1.23", UNGROUPED, meant("1,23"));
    }

    #[test]
    fn groups_have_three_digits() {
        check_refused("1.23.4,5", GERMAN, NumberError::Groups);
        check_refused("12.34.567", GERMAN, NumberError::Groups);
        check_refused("1..234", GERMAN, NumberError::Groups);
        check_refused("1 23", GERMAN, NumberError::Groups);
        check_refused("1,234 567", GERMAN, NumberError::Groups);
        check_refused("1.234 567", GERMAN, NumberError::MixedGroups);
    }

    #[test]
    fn other_texts_are_no_numbers() {
        for written in ["", "-", "k. A.", "1,5E+05", "12,3*", "5 %", "--5", "٣"] {
            check_refused(written, GERMAN, NumberError::NotANumber);
        }
        check_refused("1,2,3", GERMAN, NumberError::TwoDecimalSigns);
        check_refused("5,", GERMAN, NumberError::MissingDigit);
        check_refused(",5", GERMAN, NumberError::MissingDigit);
        check_refused(&"9".repeat(19), GERMAN, NumberError::TooLong);
    }

    #[track_caller]
    fn check_marked(written: &str, format: NumberFormat, expected: &str, mark: Mark) {
        let found = parse_marked(written, format).map(|(number, mark)| (number.to_string(), mark));
        assert_eq!(found, Ok((expected.to_owned(), mark)), "{written}");
    }

    #[test]
    fn signs_beside_numbers_are_kept_apart() {
        check_marked("12,3", GERMAN, "12.3", Mark::None);
        check_marked("(12,3)", GERMAN, "12.3", Mark::Limited);
        check_marked("572 837p", GERMAN, "572837", Mark::Preliminary);
        check_marked("r 12,3", GERMAN, "12.3", Mark::Revised);
        check_marked("-12,3 s", GERMAN, "-12.3", Mark::Estimated);
        check_marked("1.234e", GERMAN, "1234", Mark::Final);
        check_marked("12,3*", GERMAN, "12.3", Mark::Footnote(0));
        check_marked("12,3\u{b9})", GERMAN, "12.3", Mark::Footnote(1));
        check_marked("12,3 2)", GERMAN, "12.3", Mark::Footnote(2));
        check_marked("(12,3) %", PERCENT, "12.3", Mark::Limited);
        check_marked("12,3 % 1)", PERCENT, "12.3", Mark::Footnote(1));
    }

    #[test]
    fn a_unit_is_read_where_the_column_has_it() {
        check_marked("5 %", PERCENT, "5", Mark::None);
        check_marked("1.234,50\u{a0}€", EURO, "1234.50", Mark::None);
        check_marked("1.234 EUR", EURO, "1234", Mark::None);
        check_marked("ca. -5,0 km", BARE, "-5.0", Mark::None);
        check_marked("\u{2212}5,0 %", BARE, "-5.0", Mark::None);
        assert_eq!(parse_marked("5 %", GERMAN), Err(NumberError::NotANumber));
        assert_eq!(parse_marked("12.5 %", PERCENT), Err(meant("12,5")));
        assert_eq!(parse_marked("12,31)", GERMAN), Err(NumberError::NotANumber));
    }

    #[test]
    fn damage_of_spreadsheets_is_named() {
        for written in ["1,5E+05", "1.5e5", "-2E-3"] {
            assert_eq!(parse_marked(written, GERMAN), Err(NumberError::Shortened), "{written}");
        }
        for written in ["01. Feb", "1. Mrz", "Jan 34", "3-Apr"] {
            assert_eq!(parse_marked(written, GERMAN), Err(NumberError::Day), "{written}");
        }
    }

    #[test]
    fn half_rounds_away_from_zero() {
        check_printed(1005, 3, 2, "1,01");
        check_printed(2675, 3, 2, "2,68");
        check_printed(-25, 1, 0, "\u{2212}3");
        check_printed(24, 1, 0, "2");
        check_printed(i64::MAX, 18, 0, "9");
        check_printed(i64::MIN, 18, 17, "\u{2212}9,22337203685477581");
    }

    #[test]
    fn zero_has_no_sign() {
        check_printed(-1, 3, 2, "0,00");
    }

    #[test]
    fn thousands_are_grouped() {
        check_printed(999, 0, 0, "999");
        check_printed(1_234_567_891, 3, 2, "1.234.567,89");
        check_printed(-1_234_567_891, 3, 2, "\u{2212}1.234.567,89");
        check_printed(5, 0, 2, "5,00");
        assert_eq!(Decimal::new(12345, 1).print(1, Lang::En), "1,234.5");
    }

    #[test]
    fn order_is_that_of_values() {
        assert_eq!(Decimal::new(15, 1), Decimal::new(1500, 3));
        assert!(Decimal::new(-15, 1) < Decimal::new(-1, 0));
        assert!(Decimal::new(-5, 1) < Decimal::new(4, 1));
        assert!(Decimal::new(10i64.pow(17), 18) < Decimal::new(2, 1));
        assert!(Decimal::new(i64::MAX, 0) > Decimal::new(15, 18));
    }

    #[test]
    fn ratios_round_half_away_from_zero() {
        let ratio = |numerator, denominator, decimals| {
            Decimal::from_ratio(numerator, denominator, decimals).map(|it| it.to_string())
        };
        assert_eq!(ratio(1, 8, 2).as_deref(), Some("0.13"));
        assert_eq!(ratio(-1, 8, 2).as_deref(), Some("-0.13"));
        assert_eq!(ratio(-1, -3, 3).as_deref(), Some("0.333"));
        assert_eq!(ratio(1, 0, 2), None);
        assert_eq!(ratio(i128::from(i64::MAX), 1, 1), None);
    }
}
