//! One cell, read as its column asks for.

use super::problems::Problem;
use crate::data::class;
use crate::data::number::{self, Decimal, NumberError, NumberFormat};
use crate::data::signs::{OFFICIAL_SIGNS, is_spreadsheet_error};
use crate::data::{
    Bound, Category, Column, Content, Form, Mark, MissingKind, MissingSign, Role, Texts, Value,
};
use crate::date::Date;
use crate::diag::{Lang, Severity, Text, did_you_mean, text};

/// Reads the cells of one column.
pub struct CellReader<'a> {
    column: &'a Column,
    /// Of the site.
    lang: Lang,
    /// Numbers that stand for a missing value, such as 99.999.999,99, in whatever spelling.
    sentinels: Vec<(u16, Decimal)>,
}

impl<'a> CellReader<'a> {
    /// Makes the reader of a column of a site in a language.
    pub fn new(column: &'a Column, lang: Lang) -> CellReader<'a> {
        let format = match &column.content {
            Content::Integer(format) | Content::Number(format) => Some(*format),
            _ => None,
        };
        let signs = column.missing.iter().enumerate();
        let sentinels = signs.filter_map(|(at, sign)| {
            let number =
                number::parse(&sign.value, format?).or_else(|_| number::parse(&sign.value, number::MACHINE));
            Some((at as u16, number.ok()?))
        });
        CellReader { column, lang, sentinels: sentinels.collect() }
    }

    /// Reads what stands in a cell, and what is wrong with it.
    ///
    /// A sign for a missing value that is not described is added to `more_missing`.
    pub fn read(
        &self,
        written: &str,
        role: Role,
        texts: &mut Texts,
        more_missing: &mut Vec<MissingSign>,
    ) -> (Value, Vec<Problem>) {
        let column = self.column;
        if let Some(sign) = column.missing.iter().position(|it| it.value == written) {
            return (Value::Missing(sign as u16), self.missing_problem(role));
        }
        if is_spreadsheet_error(written) && !matches!(column.content, Content::Text(_)) {
            let sign = column.missing.len() + error_sign(written, self.lang, more_missing);
            return (Value::Missing(sign as u16), vec![spreadsheet_error(written)]);
        }
        match self.value(written, role, texts) {
            Ok(Value::Number(number, _)) if self.sentinel(number).is_some() => {
                (Value::Missing(self.sentinel(number).unwrap_or_default()), self.missing_problem(role))
            }
            Ok(value) if role == Role::Item => (value, check(&value, written, column)),
            Ok(value) => (value, Vec::new()),
            Err(problem) => (Value::Text(texts.add(written)), vec![problem]),
        }
    }

    fn sentinel(&self, number: Decimal) -> Option<u16> {
        self.sentinels.iter().find(|(_, it)| *it == number).map(|(sign, _)| *sign)
    }

    fn missing_problem(&self, role: Role) -> Vec<Problem> {
        let is_wrong = self.column.constraints.required && role == Role::Item;
        is_wrong.then(missing_value).into_iter().collect()
    }

    fn value(&self, written: &str, role: Role, texts: &mut Texts) -> Result<Value, Problem> {
        let column = self.column;
        if column.zero.iter().any(|it| it == written) {
            return Ok(Value::Number(Decimal::new(0, 0), Mark::None));
        }
        let marked = |(number, mark)| Value::Number(number, mark);
        match &column.content {
            Content::Text(form) => {
                has_form(written, *form)?;
                Ok(Value::Text(texts.add(written)))
            }
            Content::Number(format) => number(written, *format).map(marked),
            Content::Integer(format) => integer(written, *format).map(marked),
            Content::Categories { list, .. } => match find_category(written, list) {
                Some(category) => Ok(Value::Category(category as u16)),
                // A count or a mean is no category; what it means is for the column's note to say.
                None if role != Role::Item => Ok(Value::Text(texts.add(written))),
                None => Err(unknown_category(written, column)),
            },
        }
    }
}

/// `missing-value`: a column whose values are required has one in each row.
pub fn missing_value() -> Problem {
    let message = text("In dieser Spalte darf kein Wert fehlen.", "no value may be missing in this column");
    Problem::error("missing-value", message)
}

/// Returns the place of the sign for an error among those that were found.
fn error_sign(written: &str, lang: Lang, more_missing: &mut Vec<MissingSign>) -> usize {
    if let Some(known) = more_missing.iter().position(|it| it.value == written) {
        return known;
    }
    let error = text("Fehler der Tabellenkalkulation", "error of a spreadsheet");
    more_missing.push(MissingSign {
        value: written.to_owned(),
        reason: format!("{} ({written})", error.in_lang(lang)),
        shown: None,
        kind: MissingKind::Absent,
    });
    more_missing.len() - 1
}

/// `spreadsheet-error`: a cell holds a value and no error of a spreadsheet.
fn spreadsheet_error(written: &str) -> Problem {
    let message = text(
        format!("„{written}“ ist ein Fehler der Tabellenkalkulation; der Wert fehlt."),
        format!("`{written}` is an error of a spreadsheet; the value is missing"),
    );
    Problem { severity: Severity::Warning, ..Problem::error("spreadsheet-error", message) }
}

/// `value-form`: a text has the form that its column asks for.
fn has_form(written: &str, form: Form) -> Result<(), Problem> {
    let digits = |it: &str, count: usize| it.len() == count && it.bytes().all(|it| it.is_ascii_digit());
    let (fits, de, en) = match form {
        Form::Any => return Ok(()),
        Form::Date => {
            (Date::parse(written).is_some(), "ein Tag der Form JJJJ-MM-TT", "a day such as 2025-12-31")
        }
        Form::GermanDate => {
            (Date::parse_german(written).is_some(), "ein Tag der Form TT.MM.JJJJ", "a day such as 31.12.2025")
        }
        Form::Year => (digits(written, 4), "ein Jahr mit vier Ziffern", "a year of four digits"),
        Form::YearMonth => (is_year_month(written), "ein Monat der Form JJJJ-MM", "a month such as 2025-12"),
        Form::Time => (is_time(written), "eine Uhrzeit wie 23:59", "a time such as 23:59"),
        Form::DateTime => (
            written
                .split_once('T')
                .is_some_and(|(day, time)| Date::parse(day).is_some() && is_time(time.trim_end_matches('Z'))),
            "ein Zeitpunkt wie 2025-12-31T23:59",
            "a point in time such as 2025-12-31T23:59",
        ),
    };
    if fits {
        return Ok(());
    }
    let message = text(format!("„{written}“: Erwartet wird {de}."), format!("`{written}`: expected {en}"));
    let meant = match form {
        Form::Date => Date::parse_german(written).map(|it| it.iso()),
        Form::GermanDate => Date::parse(written).map(|it| {
            let iso = it.iso();
            format!("{}.{}.{}", &iso[8..10], &iso[5..7], &iso[..4])
        }),
        _ => None,
    };
    let help = meant.map(|it| text(format!("Meinten Sie: {it}"), format!("did you mean: {it}")));
    Err(Problem { help, ..Problem::error("value-form", message) })
}

fn is_year_month(written: &str) -> bool {
    Date::parse(&format!("{written}-01")).is_some()
}

fn is_time(written: &str) -> bool {
    let parts: Vec<&str> = written.split(':').collect();
    let limits = [24, 60, 60];
    (2..=3).contains(&parts.len())
        && parts
            .iter()
            .zip(limits)
            .all(|(part, limit)| part.len() == 2 && part.parse::<u8>().is_ok_and(|it| it < limit))
}

/// `number-format`: a cell of a number column holds a number as the column writes it.
fn number(written: &str, format: NumberFormat) -> Result<(Decimal, Mark), Problem> {
    number::parse_marked(written, format).map_err(|error| number_problem(&error, written, format))
}

/// `number-format`: a cell of a column of whole numbers has no decimals.
fn integer(written: &str, format: NumberFormat) -> Result<(Decimal, Mark), Problem> {
    match number::parse_marked(written, format) {
        Ok((number, mark)) if number.scale() == 0 => Ok((number, mark)),
        Ok(_) | Err(NumberError::OtherDecimalSign(_)) => {
            let message = text("In dieser Spalte stehen ganze Zahlen.", "this column has whole numbers");
            Err(Problem::error("number-format", message))
        }
        Err(error) => Err(number_problem(&error, written, format)),
    }
}

fn number_problem(error: &NumberError, written: &str, format: NumberFormat) -> Problem {
    if written.is_empty() {
        return Problem::error("number-format", text("Hier fehlt eine Zahl.", "a number is missing here"));
    }
    if let Some(problem) = undecided_sign(written) {
        return problem;
    }
    let (message, help) = error.explain(written, format);
    Problem { help, ..Problem::error("number-format", message) }
}

/// `undecided-sign`: what a sign of official statistics means is decided for each column.
fn undecided_sign(written: &str) -> Option<Problem> {
    let &(sign, de, en) = OFFICIAL_SIGNS.iter().find(|(it, ..)| *it == written)?;
    let message = text(
        format!(
            "„{sign}“ heißt in der amtlichen Statistik „{de}“; für diese Spalte ist das nicht entschieden."
        ),
        format!("`{sign}` means `{en}` in official statistics; for this column that is not decided"),
    );
    let (missing_de, missing_en) = (
        format!("\"missingValues\": [{{\"value\": \"{sign}\", \"label\": \"{de}\"}}]"),
        format!("\"missingValues\": [{{\"value\": \"{sign}\", \"label\": \"{en}\"}}]"),
    );
    let help = match de.ends_with("null") {
        true => text(
            format!(
                "In der Beschreibung der Spalte {missing_de} oder \"kompendium\": {{\"zero\": [\"{sign}\"]}} angeben."
            ),
            format!("describe the column with {missing_en} or \"kompendium\": {{\"zero\": [\"{sign}\"]}}"),
        ),
        false => text(
            format!("In der Beschreibung der Spalte {missing_de} angeben."),
            format!("describe the column with {missing_en}"),
        ),
    };
    Some(Problem { help: Some(help), ..Problem::error("undecided-sign", message) })
}

/// Finds a category by its value, by another way to write it, or as the same class of numbers.
fn find_category(written: &str, list: &[Category]) -> Option<usize> {
    let is_written = |it: &Category| it.value == written || it.also.iter().any(|it| it == written);
    list.iter().position(is_written).or_else(|| {
        list.iter().any(|it| it.class.is_some()).then_some(())?;
        let class = class::parse(written, NumberFormat::german())?;
        list.iter().position(|it| it.class.is_some_and(|it| it.is_same(&class)))
    })
}

/// `unknown-category`: a cell of a column with declared values holds one of them.
fn unknown_category(written: &str, column: &Column) -> Problem {
    if let Some(problem) = undecided_sign(written) {
        return problem;
    }
    if let Some(damage) = number::damage(written) {
        return damaged("unknown-category", &damage, written);
    }
    let names: Vec<&str> = match &column.content {
        Content::Categories { list, .. } => list.iter().map(|it| it.value.as_str()).collect(),
        _ => Vec::new(),
    };
    let label = &column.label;
    let message = text(
        format!("„{written}“ gibt es in der Spalte „{label}“ nicht."),
        format!("the column `{label}` has no value `{written}`"),
    );
    let help = did_you_mean(written, names.iter().copied()).unwrap_or_else(|| {
        text(format!("Erlaubt: {}", names.join(", ")), format!("allowed: {}", names.join(", ")))
    });
    Problem { help: Some(help), ..Problem::error("unknown-category", message) }
}

/// Checks a value against what holds for its column.
fn check(value: &Value, written: &str, column: &Column) -> Vec<Problem> {
    let found = match value {
        Value::Number(number, _) => out_of_range(*number, written, column),
        Value::Text(_) => wrong_length(written, column),
        _ => None,
    };
    let has_pattern = !matches!(value, Value::Missing(_));
    found.or_else(|| has_pattern.then(|| wrong_pattern(written, column)).flatten()).into_iter().collect()
}

/// `out-of-range`: a number lies between the bounds of its column.
fn out_of_range(number: Decimal, written: &str, column: &Column) -> Option<Problem> {
    let print = |bound: &Bound, lang: Lang| bound.number.print(bound.number.scale(), lang);
    let constraints = &column.constraints;
    let below = |it: &Bound| number < it.number || (it.is_exclusive && number == it.number);
    let above = |it: &Bound| number > it.number || (it.is_exclusive && number == it.number);
    if let Some(bound) = constraints.minimum.filter(below) {
        let (de, en) = (print(&bound, Lang::De), print(&bound, Lang::En));
        let message = match bound.is_exclusive {
            true => text(
                format!("{written} ist nicht mehr als {de}."),
                format!("{written} is not more than {en}"),
            ),
            false => text(
                format!("{written} ist weniger als {de}, das Mindeste hier."),
                format!("{written} is less than {en}, the least here"),
            ),
        };
        return Some(Problem::error("out-of-range", message));
    }
    let bound = constraints.maximum.filter(above)?;
    let (de, en) = (print(&bound, Lang::De), print(&bound, Lang::En));
    let message = match bound.is_exclusive {
        true => {
            text(format!("{written} ist nicht weniger als {de}."), format!("{written} is not less than {en}"))
        }
        false => text(
            format!("{written} ist mehr als {de}, das Höchste hier."),
            format!("{written} is more than {en}, the most here"),
        ),
    };
    Some(Problem::error("out-of-range", message))
}

/// `value-length`: a text is neither too short nor too long for its column.
fn wrong_length(written: &str, column: &Column) -> Option<Problem> {
    let length = written.chars().count();
    let constraints = &column.constraints;
    let (de, en) = if let Some(least) = constraints.least_length.filter(|it| length < *it) {
        (format!("mindestens {least}"), format!("at least {least}"))
    } else if let Some(most) = constraints.most_length.filter(|it| length > *it) {
        (format!("höchstens {most}"), format!("at most {most}"))
    } else {
        return None;
    };
    let message = text(
        format!("„{written}“ hat {length} Zeichen; erwartet werden {de}."),
        format!("`{written}` has {length} characters; expected {en}"),
    );
    Some(Problem { help: lost_zero(written, column), ..Problem::error("value-length", message) })
}

/// `pattern`: a value has the form that its column asks for.
fn wrong_pattern(written: &str, column: &Column) -> Option<Problem> {
    let pattern = column.constraints.pattern.as_ref().filter(|it| !it.matches(written))?;
    if let Some(help) = lost_zero(written, column) {
        let message = text(
            "Die führende Null fehlt; eine Tabellenkalkulation hat sie gelöscht.",
            "the leading zero is missing; a spreadsheet has dropped it",
        );
        return Some(Problem { help: Some(help), ..Problem::error("pattern", message) });
    }
    if let Some(damage) = number::damage(written) {
        return Some(damaged("pattern", &damage, written));
    }
    let message = text(
        format!("„{written}“ hat nicht die Form {}.", pattern.written),
        format!("`{written}` does not have the form {}", pattern.written),
    );
    Some(Problem::error("pattern", message))
}

/// Says what a spreadsheet has made of a text.
fn damaged(code: &'static str, damage: &NumberError, written: &str) -> Problem {
    let (message, help) = damage.explain(written, NumberFormat::german());
    Problem { help, ..Problem::error(code, message) }
}

/// Suggests a key with its leading zeros, where that makes it fit.
fn lost_zero(written: &str, column: &Column) -> Option<Text> {
    let pattern = column.constraints.pattern.as_ref()?;
    let is_key = !written.is_empty() && written.bytes().all(|it| it.is_ascii_digit());
    let padded = (1..=2).map(|zeros| format!("{}{written}", "0".repeat(zeros)));
    let meant = padded.filter(|_| is_key).find(|it| pattern.matches(it))?;
    Some(text(format!("Meinten Sie: {meant}"), format!("did you mean: {meant}")))
}
