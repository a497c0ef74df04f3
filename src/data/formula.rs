//! Formulas of derived columns, such as `wohnungslose * 10000 / einwohner`.
//!
//! `+ - * /`, brackets, numbers with a point and the ids of columns; nothing else.
//! Everything is computed as a ratio of whole numbers and rounded once, at the end,
//! also where a formula uses the result of another.
//! What does not fit is no number: nothing overflows in silence.

use std::ops::Range;

use super::number::{self, Decimal};
use crate::diag::{Lang, Text, text};

/// A formula that was understood.
#[derive(Debug)]
pub struct Formula {
    /// The ids of the columns it names, each once, in the order of their first use.
    pub columns: Vec<Named>,
    root: Expression,
    /// Its parts as they were written, for readers.
    parts: Vec<Part>,
}

/// A column that a formula names.
#[derive(Debug)]
pub struct Named {
    pub id: String,
    /// Where, in bytes of the formula.
    pub range: Range<usize>,
}

/// What is wrong with a formula, and where in it.
#[derive(Debug, PartialEq, Eq)]
pub struct Slip {
    /// In bytes of the formula.
    pub range: Range<usize>,
    pub message: Text,
    pub help: Option<Text>,
}

/// Why a formula has no result.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Failure {
    DivisionByZero,
    /// A number on the way has more digits than can be counted exactly.
    TooLarge,
}

#[derive(Debug)]
enum Expression {
    Number(Decimal),
    /// An index into the columns of the formula.
    Column(usize),
    Negative(Box<Expression>),
    Both(Box<Expression>, Operator, Box<Expression>),
}

#[derive(Clone, Copy, Debug)]
enum Operator {
    Plus,
    Minus,
    Times,
    Over,
}

#[derive(Clone, Debug)]
enum Part {
    Number(Decimal),
    Column(usize),
    Between(Operator),
    /// The minus before a value.
    Negative,
    Open,
    Close,
}

/// Numbers, names and signs of one formula; more would be a program.
const MAX_PARTS: usize = 200;

/// Reads a formula.
pub fn parse(written: &str) -> Result<Formula, Slip> {
    let mut parser = Parser { written, at: 0, columns: Vec::new(), parts: Vec::new(), last: 0..0 };
    let root = parser.sum()?;
    parser.expect_end()?;
    let Parser { columns, parts, .. } = parser;
    if columns.is_empty() {
        let message = text("Die Formel nennt keine Spalte.", "the formula names no column");
        return Err(Slip { range: 0..written.len(), message, help: None });
    }
    Ok(Formula { columns, root, parts })
}

/// Reads from left to right; each function reads what its name says and stops behind it.
struct Parser<'a> {
    written: &'a str,
    at: usize,
    columns: Vec<Named>,
    parts: Vec<Part>,
    /// Where the last part was.
    last: Range<usize>,
}

impl Parser<'_> {
    fn sum(&mut self) -> Result<Expression, Slip> {
        let mut left = self.product()?;
        while let Some(operator) = self.operator(&[('+', Operator::Plus), ('-', Operator::Minus)])? {
            left = Expression::Both(left.into(), operator, self.product()?.into());
        }
        Ok(left)
    }

    fn product(&mut self) -> Result<Expression, Slip> {
        let mut left = self.value()?;
        while let Some(operator) = self.operator(&[('*', Operator::Times), ('/', Operator::Over)])? {
            left = Expression::Both(left.into(), operator, self.value()?.into());
        }
        Ok(left)
    }

    fn value(&mut self) -> Result<Expression, Slip> {
        match self.peek() {
            Some('-' | '\u{2212}') => {
                self.take_sign(Part::Negative)?;
                Ok(Expression::Negative(self.value()?.into()))
            }
            Some('(') => self.brackets(),
            Some(sign) if is_letter(sign) => self.word(),
            Some(_) => Err(self.unexpected()),
            None => Err(Slip { range: self.last.clone(), message: nothing_follows(), help: None }),
        }
    }

    fn brackets(&mut self) -> Result<Expression, Slip> {
        self.take_sign(Part::Open)?;
        let open = self.last.clone();
        let inner = self.sum()?;
        match self.peek() {
            Some(')') => {
                self.take_sign(Part::Close)?;
                Ok(inner)
            }
            None => Err(Slip {
                range: open,
                message: text("Diese Klammer wird nicht geschlossen.", "this bracket is not closed"),
                help: None,
            }),
            Some(_) => Err(self.unexpected()),
        }
    }

    /// A number, or the id of a column, which has a letter somewhere.
    fn word(&mut self) -> Result<Expression, Slip> {
        let rest = &self.written[self.at..];
        let word = &rest[..word_length(rest)];
        if word.chars().any(|it| is_letter(it) && !it.is_ascii_digit()) {
            let at = self.column(word);
            self.add(Part::Column(at), word.len())?;
            return Ok(Expression::Column(at));
        }
        let length = rest.find(|it: char| !it.is_ascii_digit() && it != '.' && it != ',');
        let written = &rest[..length.unwrap_or(rest.len())];
        let number = literal(written).map_err(|(message, help)| self.slip(written.len(), message, help))?;
        self.add(Part::Number(number), written.len())?;
        Ok(Expression::Number(number))
    }

    fn column(&mut self, id: &str) -> usize {
        if let Some(known) = self.columns.iter().position(|it| it.id == id) {
            return known;
        }
        self.columns.push(Named { id: id.to_owned(), range: self.at..self.at + id.len() });
        self.columns.len() - 1
    }

    fn operator(&mut self, wanted: &[(char, Operator)]) -> Result<Option<Operator>, Slip> {
        let next = match self.peek() {
            Some('\u{2212}') => '-',
            Some(sign) => sign,
            None => return Ok(None),
        };
        let Some(&(_, operator)) = wanted.iter().find(|(sign, _)| *sign == next) else { return Ok(None) };
        self.take_sign(Part::Between(operator))?;
        Ok(Some(operator))
    }

    fn expect_end(&mut self) -> Result<(), Slip> {
        if self.peek().is_none() { Ok(()) } else { Err(self.unexpected()) }
    }

    /// Passes over spaces and returns the sign behind them.
    fn peek(&mut self) -> Option<char> {
        let rest = &self.written[self.at..];
        self.at += rest.len() - rest.trim_start().len();
        self.written[self.at..].chars().next()
    }

    fn take_sign(&mut self, part: Part) -> Result<(), Slip> {
        let length = self.written[self.at..].chars().next().map_or(0, char::len_utf8);
        self.add(part, length)
    }

    fn add(&mut self, part: Part, length: usize) -> Result<(), Slip> {
        if self.parts.len() == MAX_PARTS {
            let message = text(
                format!("Die Formel hat mehr als {MAX_PARTS} Teile."),
                format!("the formula has more than {MAX_PARTS} parts"),
            );
            return Err(self.slip(length, message, None));
        }
        self.parts.push(part);
        self.last = self.at..self.at + length;
        self.at += length;
        Ok(())
    }

    /// Says what is wrong with the sign that comes next.
    fn unexpected(&self) -> Slip {
        let rest = &self.written[self.at..];
        let sign = rest.chars().next().unwrap_or_default();
        let follows_value =
            matches!(self.parts.last(), Some(Part::Number(_) | Part::Column(_) | Part::Close));
        if (is_letter(sign) || sign == '(') && follows_value {
            let message = text(
                "Davor fehlt ein Rechenzeichen: +, -, * oder /.",
                "an operator is missing before this: +, -, * or /",
            );
            return self.slip(if sign == '(' { 1 } else { word_length(rest) }, message, None);
        }
        let instead = match sign {
            '×' | '·' | '∙' | '⋅' => Some('*'),
            '÷' | ':' => Some('/'),
            '–' | '—' => Some('-'),
            '[' | '{' => Some('('),
            ']' | '}' => Some(')'),
            _ => None,
        };
        let message = match sign {
            ')' if follows_value => {
                text("Diese Klammer wird nirgends geöffnet.", "this bracket is not opened")
            }
            '+' | '*' | '/' | ')' => {
                text("Davor fehlt eine Zahl oder eine Spalte.", "a number or a column is missing before this")
            }
            _ => text(
                format!("„{sign}“ kann in einer Formel nicht stehen."),
                format!("`{sign}` cannot stand in a formula"),
            ),
        };
        let help = instead.map(|it| text(format!("Meinten Sie: {it}"), format!("did you mean: {it}")));
        self.slip(sign.len_utf8(), message, help)
    }

    fn slip(&self, length: usize, message: Text, help: Option<Text>) -> Slip {
        Slip { range: self.at..self.at + length, message, help }
    }
}

fn nothing_follows() -> Text {
    text("Danach fehlt eine Zahl oder eine Spalte.", "a number or a column is missing after this")
}

fn is_letter(sign: char) -> bool {
    sign.is_alphanumeric() || sign == '_'
}

/// The length of the word at the beginning: letters and digits, with single hyphens between them.
fn word_length(text: &str) -> usize {
    let mut length = 0;
    let mut signs = text.char_indices().peekable();
    while let Some((at, sign)) = signs.next() {
        let is_joint = sign == '-' && at > 0 && signs.peek().is_some_and(|(_, next)| is_letter(*next));
        if !is_letter(sign) && !is_joint {
            break;
        }
        length = at + sign.len_utf8();
    }
    length
}

/// Reads a number; what a German and a program would read differently is refused.
fn literal(written: &str) -> Result<Decimal, (Text, Option<Text>)> {
    let groups: Vec<&str> = written.split('.').collect();
    let is_grouped = groups.len() > 1
        && (1..=3).contains(&groups[0].len())
        && !groups[0].starts_with('0')
        && groups[1..].iter().all(|it| it.len() == 3);
    if is_grouped {
        let (whole, decimal) = (groups.concat(), written.trim_end_matches('0'));
        let message = text(
            "Der Punkt kann Tausender gliedern oder die Nachkommastellen beginnen.",
            "the point can group thousands or begin the decimals",
        );
        let help = match groups.len() {
            2 if decimal.ends_with('.') => {
                text(format!("Meinten Sie: {whole}"), format!("did you mean: {whole}"))
            }
            2 => text(format!("Gemeint ist {whole} oder {written}0"), format!("write {whole} or {written}0")),
            _ => text(format!("Meinten Sie: {whole}"), format!("did you mean: {whole}")),
        };
        return Err((message, Some(help)));
    }
    if let Ok(number) = number::parse(written, number::MACHINE) {
        return Ok(number);
    }
    let meant = number::parse(written, number::NumberFormat::german()).ok().map(|it| it.to_string());
    let message = match meant {
        Some(_) => text(
            "Zahlen stehen in Formeln ohne Tausenderpunkte und mit Dezimalpunkt.",
            "numbers in formulas have no groups and a decimal point",
        ),
        None => text(format!("„{written}“ ist keine Zahl."), format!("`{written}` is not a number")),
    };
    Err((message, meant.map(|it| text(format!("Meinten Sie: {it}"), format!("did you mean: {it}")))))
}

impl Formula {
    /// Computes the formula, given a value for each of its columns.
    pub fn compute(&self, values: &[Ratio]) -> Result<Ratio, Failure> {
        evaluate(&self.root, values)
    }

    /// Returns the formula for readers, with the labels of its columns: `„Fälle“ × 10.000 / „Einwohner“`.
    pub fn print(&self, labels: &[&str]) -> Text {
        text(self.print_in(labels, Lang::De), self.print_in(labels, Lang::En))
    }

    fn print_in(&self, labels: &[&str], lang: Lang) -> String {
        let part = |part: &Part| match (part, lang) {
            (Part::Number(number), _) => number.print(number.scale(), lang),
            (Part::Column(at), Lang::De) => format!("„{}“", labels[*at]),
            (Part::Column(at), Lang::En) => format!("“{}”", labels[*at]),
            (Part::Between(Operator::Plus), _) => " + ".to_owned(),
            (Part::Between(Operator::Minus), _) => " \u{2212} ".to_owned(),
            (Part::Between(Operator::Times), _) => " × ".to_owned(),
            (Part::Between(Operator::Over), _) => " / ".to_owned(),
            (Part::Negative, _) => "\u{2212}".to_owned(),
            (Part::Open, _) => "(".to_owned(),
            (Part::Close, _) => ")".to_owned(),
        };
        self.parts.iter().map(part).collect()
    }
}

/// A ratio of whole numbers, reduced, with a denominator above 0.
#[derive(Clone, Copy, Debug)]
pub struct Ratio {
    numerator: i128,
    denominator: i128,
}

fn evaluate(expression: &Expression, values: &[Ratio]) -> Result<Ratio, Failure> {
    match expression {
        Expression::Number(number) => Ok(Ratio::from(*number)),
        Expression::Column(at) => Ok(values[*at]),
        Expression::Negative(inner) => {
            let Ratio { numerator, denominator } = evaluate(inner, values)?;
            Ratio::new(numerator.checked_neg(), Some(denominator))
        }
        Expression::Both(left, operator, right) => {
            calculate(evaluate(left, values)?, *operator, evaluate(right, values)?)
        }
    }
}

fn calculate(a: Ratio, operator: Operator, b: Ratio) -> Result<Ratio, Failure> {
    let cross = |x: i128, y: i128| x.checked_mul(y);
    let (left, right) = (cross(a.numerator, b.denominator), cross(b.numerator, a.denominator));
    let below = cross(a.denominator, b.denominator);
    match operator {
        Operator::Plus => Ratio::new(left.zip(right).and_then(|(x, y)| x.checked_add(y)), below),
        Operator::Minus => Ratio::new(left.zip(right).and_then(|(x, y)| x.checked_sub(y)), below),
        Operator::Times => Ratio::new(cross(a.numerator, b.numerator), below),
        Operator::Over if b.numerator == 0 => Err(Failure::DivisionByZero),
        Operator::Over => Ratio::new(left, right),
    }
}

impl From<Decimal> for Ratio {
    fn from(number: Decimal) -> Ratio {
        let denominator = 10i128.pow(u32::from(number.scale()));
        let numerator = i128::from(number.units());
        Ratio::new(Some(numerator), Some(denominator)).expect("18 digits fit")
    }
}

impl Ratio {
    /// Rounds half away from zero.
    pub fn rounded(self, decimals: u8) -> Result<Decimal, Failure> {
        Decimal::from_ratio(self.numerator, self.denominator, decimals).ok_or(Failure::TooLarge)
    }

    fn new(numerator: Option<i128>, denominator: Option<i128>) -> Result<Ratio, Failure> {
        let (numerator, denominator) = numerator.zip(denominator).ok_or(Failure::TooLarge)?;
        let divisor = i128::try_from(greatest_divisor(numerator.unsigned_abs(), denominator.unsigned_abs()))
            .map_err(|_| Failure::TooLarge)?;
        let sign = denominator.signum();
        let signed = |it: i128| (it / divisor).checked_mul(sign).ok_or(Failure::TooLarge);
        Ok(Ratio { numerator: signed(numerator)?, denominator: signed(denominator)? })
    }
}

/// Returns the greatest common divisor; `b` is not 0.
fn greatest_divisor(a: u128, b: u128) -> u128 {
    if a == 0 { b } else { greatest_divisor(b % a, a) }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn number(written: &str) -> Decimal {
        number::parse(written, number::MACHINE).unwrap()
    }

    /// Computes a formula with `a` = 3, `b` = 4, `c-1` = -0.5 and `null` = 0.
    #[track_caller]
    fn check(written: &str, decimals: u8, expected: &str) {
        let formula = parse(written).unwrap();
        let value = |it: &Named| match it.id.as_str() {
            "a" => number("3"),
            "b" => number("4"),
            "c-1" => number("-0.5"),
            "null" => number("0"),
            "groß" => number("999999999999999999"),
            other => panic!("{other} has no value"),
        };
        let values: Vec<Ratio> = formula.columns.iter().map(|it| value(it).into()).collect();
        let found = match formula.compute(&values).and_then(|it| it.rounded(decimals)) {
            Ok(number) => number.to_string(),
            Err(failure) => format!("{failure:?}"),
        };
        assert_eq!(found, expected, "{written}");
    }

    #[test]
    fn formulas_are_computed_exactly() {
        check("a", 0, "3");
        check("a * 10000 / b", 1, "7500.0");
        check("a + b * 2", 0, "11");
        check("(a + b) * 2", 0, "14");
        check("a - b - 1", 0, "-2");
        check("a / b / 2", 3, "0.375");
        check("-a + 0.5", 1, "-2.5");
        check("a*-b", 0, "-12");
        check("a − b", 0, "-1");
        check("1 / a", 5, "0.33333");
        check("a / 3 * 3 - 3 * (a / 3)", 18, "0.000000000000000000");
        check("c-1 / 4", 2, "-0.13");
        check("c-1 - 1", 1, "-1.5");
        check("0.001 * a", 3, "0.003");
    }

    #[test]
    fn half_rounds_away_from_zero() {
        check("a / 8", 2, "0.38");
        check("c-1", 0, "-1");
    }

    #[test]
    fn what_has_no_result_says_why() {
        check("a / null", 1, "DivisionByZero");
        check("a / (b - 4)", 1, "DivisionByZero");
        check("null / a", 1, "0.0");
        check("groß * groß", 1, "TooLarge");
        check("groß * groß * groß * groß", 1, "TooLarge");
        check("groß * groß / groß", 0, "999999999999999999");
        check("groß", 1, "TooLarge");
    }

    /// Checks what is marked, and the message.
    #[track_caller]
    fn check_refused(written: &str, expected: &str) {
        let Err(Slip { range, message, help }) = parse(written) else { panic!("{written} is accepted") };
        let help = help.map_or(String::new(), |it| format!(" [{}]", it.in_lang(Lang::De)));
        let found = format!("„{}“ {}{help}", &written[range], message.in_lang(Lang::De));
        assert_eq!(found, expected);
    }

    #[test]
    fn slips_are_marked_where_they_are() {
        check_refused("", "„“ Danach fehlt eine Zahl oder eine Spalte.");
        check_refused("a *", "„*“ Danach fehlt eine Zahl oder eine Spalte.");
        check_refused("a * / b", "„/“ Davor fehlt eine Zahl oder eine Spalte.");
        check_refused("* a", "„*“ Davor fehlt eine Zahl oder eine Spalte.");
        check_refused("a bc", "„bc“ Davor fehlt ein Rechenzeichen: +, -, * oder /.");
        check_refused("2 (a)", "„(“ Davor fehlt ein Rechenzeichen: +, -, * oder /.");
        check_refused("(a + b", "„(“ Diese Klammer wird nicht geschlossen.");
        check_refused("a + b)", "„)“ Diese Klammer wird nirgends geöffnet.");
        check_refused("()", "„)“ Davor fehlt eine Zahl oder eine Spalte.");
        check_refused("ä × b", "„×“ „×“ kann in einer Formel nicht stehen. [Meinten Sie: *]");
        check_refused("a : b", "„:“ „:“ kann in einer Formel nicht stehen. [Meinten Sie: /]");
        check_refused("a ^ 2", "„^“ „^“ kann in einer Formel nicht stehen.");
        check_refused("1 + 2", "„1 + 2“ Die Formel nennt keine Spalte.");
    }

    #[test]
    fn numbers_have_one_meaning() {
        check_refused(
            "a * 10.000",
            "„10.000“ Der Punkt kann Tausender gliedern oder die Nachkommastellen beginnen. [Meinten Sie: 10000]",
        );
        check_refused(
            "a * 1.234",
            "„1.234“ Der Punkt kann Tausender gliedern oder die Nachkommastellen beginnen. [Gemeint ist 1234 oder 1.2340]",
        );
        check_refused(
            "a * 1,5",
            "„1,5“ Zahlen stehen in Formeln ohne Tausenderpunkte und mit Dezimalpunkt. [Meinten Sie: 1.5]",
        );
        check_refused("a * 1..5", "„1..5“ „1..5“ ist keine Zahl.");
    }

    #[test]
    fn no_formula_is_too_deep() {
        let Err(slip) = parse(&"(".repeat(100_000)) else { panic!("it is accepted") };
        assert_eq!(slip.message.in_lang(Lang::De), "Die Formel hat mehr als 200 Teile.");
        assert!(parse(&format!("a{}", " + a".repeat(100_000))).is_err());
    }

    #[test]
    fn readers_see_labels() {
        let formula = parse("-a*10000/(b - 0.5)").unwrap();
        let printed = formula.print(&["Fälle", "Einwohner*innen"]);
        assert_eq!(printed.in_lang(Lang::De), "−„Fälle“ × 10.000 / („Einwohner*innen“ − 0,5)");
        assert_eq!(printed.in_lang(Lang::En), "−“Fälle” × 10,000 / (“Einwohner*innen” − 0.5)");
    }
}
