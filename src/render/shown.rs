//! How a value of a table is shown: the same wherever a reader meets it.

use crate::data::number::Decimal;
use crate::data::{
    Category, Column, Comparable, Content, Mark, MissingKind, MissingSign, Part, Role, Row, Scale, Table,
    Texts, Value,
};
use crate::diag::{Lang, text};

/// What readers see of a value.
pub struct Shown {
    pub text: String,
    /// `number`, `text`, `missing` or `unclear`.
    pub kind: &'static str,
    /// What the text stands for, where it is a sign or has one beside it.
    pub meaning: Option<String>,
    /// The sign beside a number, and what it says.
    pub mark: Option<(String, &'static str)>,
}

/// Returns what readers see of a value; numbers keep the decimals of the file.
pub fn shown(value: &Value, column: &Column, texts: &Texts, role: Role, lang: Lang) -> Shown {
    let plain = |text: String, kind| Shown { text, kind, meaning: None, mark: None };
    match value {
        Value::Number(number, mark) if column.is_numeric() => {
            marked(number.print(number.scale(), lang), *mark, lang)
        }
        Value::Number(number, _) => plain(number.to_string(), "text"),
        Value::Text(text) => plain(texts.get(*text).to_owned(), "text"),
        // A median of codes is a number and no type of region.
        Value::Category(at) if matches!(role, Role::Statistic(_)) => {
            plain(category(*at, column).value.clone(), "text")
        }
        Value::Category(at) => shown_category(category(*at, column)),
        // What names a municipality does not apply to a median.
        Value::Missing(_) if role != Role::Item && names_rows(column) => plain(String::new(), "text"),
        Value::Missing(at) => shown_sign(&column.missing[usize::from(*at)], lang),
    }
}

/// Shows a number with the sign that says how sure it is: `12,3 p`, `(12,3)`.
fn marked(number: String, mark: Mark, lang: Lang) -> Shown {
    let Some((sign, meaning)) = mark_signs(mark) else {
        return Shown { text: number, kind: "number", meaning: None, mark: None };
    };
    let meaning = meaning.in_lang(lang);
    Shown {
        meaning: Some(format!("{number}, {meaning}")),
        text: match mark {
            Mark::Limited => format!("({number})"),
            _ => format!("{number}\u{a0}{sign}"),
        },
        kind: "number",
        mark: Some((sign, meaning)),
    }
}

/// Returns the sign of official statistics for a mark, and what it says.
pub fn mark_signs(mark: Mark) -> Option<(String, StaticText)> {
    let (sign, de, en) = match mark {
        Mark::None => return None,
        Mark::Preliminary => ("p", "vorläufig", "preliminary"),
        Mark::Revised => ("r", "berichtigt", "revised"),
        Mark::Estimated => ("s", "geschätzt", "estimated"),
        Mark::Final => ("e", "endgültig", "final"),
        Mark::Limited => ("( )", "eingeschränkt aussagefähig", "of limited reliability"),
        Mark::Footnote(0) => ("*", "mit Fußnote in der Vorlage", "with a footnote in the original"),
        Mark::Footnote(number) => {
            let words =
                StaticText { de: "mit Fußnote in der Vorlage", en: "with a footnote in the original" };
            return Some((format!("{number})"), words));
        }
    };
    Some((sign.to_owned(), StaticText { de, en }))
}

/// Words of the program in both languages.
pub struct StaticText {
    de: &'static str,
    en: &'static str,
}

impl StaticText {
    /// Returns the words in a language.
    pub fn in_lang(&self, lang: Lang) -> &'static str {
        match lang {
            Lang::De => self.de,
            Lang::En => self.en,
        }
    }
}

fn names_rows(column: &Column) -> bool {
    column.scale == Scale::Key || (column.scale == Scale::Category && column.statistics.is_empty())
}

/// Returns the category that a cell names.
pub fn category(at: u16, column: &Column) -> &Category {
    let Content::Categories { list, .. } = &column.content else {
        unreachable!("read::value() takes categories from this list");
    };
    &list[usize::from(at)]
}

/// A code is shown with its meaning; an abbreviation is explained in the legend.
fn shown_category(category: &Category) -> Shown {
    let explained = category.label != category.value;
    let text = if category.is_code() { category_text(category) } else { category.value.clone() };
    Shown {
        text,
        kind: "text",
        meaning: (explained && !category.is_code()).then(|| category.label.clone()),
        mark: None,
    }
}

/// Returns a category as it explains itself: a code with its meaning, else the meaning alone.
pub fn category_text(category: &Category) -> String {
    if category.is_code() && category.label != category.value {
        format!("{} – {}", category.value, category.label)
    } else {
        category.label.clone()
    }
}

fn shown_sign(sign: &MissingSign, lang: Lang) -> Shown {
    let text = match (&sign.shown, sign.value.as_str()) {
        (Some(shown), _) => shown.clone(),
        (None, "") => text("k. A.", "n/a").in_lang(lang).to_owned(),
        (None, value) => value.to_owned(),
    };
    let kind = match sign.kind {
        MissingKind::Absent => "missing",
        MissingKind::Unclear => "unclear",
    };
    Shown { text, kind, meaning: Some(sign.reason.clone()), mark: None }
}

/// Says what keeps a delivered sum, mean or national value from being compared.
pub fn remark(value: &Value, column: &Column, role: Role, lang: Lang) -> Option<String> {
    if matches!(value, Value::Missing(_)) || names_rows(column) {
        return None;
    }
    match (role, &column.comparable) {
        (Role::Reference, Comparable::Because(reason)) => Some(reason.clone()),
        (Role::Reference, Comparable::No) => {
            Some(text("kein Vergleichswert", "not comparable").in_lang(lang).to_owned())
        }
        (Role::Statistic(statistic), _) if !column.statistics.contains(&statistic) => Some(
            text("aus der Vorlage, hier ohne Aussage", "as delivered, without meaning here")
                .in_lang(lang)
                .to_owned(),
        ),
        _ => None,
    }
}

/// Lists the signs that occur in some rows and columns with what they mean, each once;
/// `†` stands for a remark.
pub fn legend(table: &Table, rows: &[&Row], columns: &[usize], lang: Lang) -> Vec<(String, String)> {
    let mut signs = Vec::new();
    let mut has_remarks = false;
    for row in rows {
        for &at in columns {
            let (value, column) = (&row.cells[at].value, &table.columns[at]);
            let shown = shown(value, column, &table.texts, row.role, lang);
            let sign = match (shown.mark, shown.meaning) {
                (Some((sign, meaning)), _) => Some((sign, meaning.to_owned())),
                (None, meaning) => meaning.map(|meaning| (shown.text, meaning)),
            };
            signs.extend(sign.filter(|it| !signs.contains(it)));
            has_remarks |= remark(value, column, row.role, lang).is_some();
        }
    }
    // What one sign can mean stands together.
    let first: Vec<String> = signs.iter().map(|(sign, _)| sign.clone()).collect();
    signs.sort_by_key(|(sign, _)| first.iter().position(|it| it == sign));
    if has_remarks {
        let meaning = text(
            "mit Vorbehalt; der Grund steht in der Erläuterung der Spalte",
            "with a caveat; the explanation of the column gives the reason",
        );
        signs.push(("†".to_owned(), meaning.in_lang(lang).to_owned()));
    }
    signs
}

/// Puts the unit behind a number where it is a sign that belongs to it, such as `%` in
/// „% der Haushalte“ or `€`; other units stand in the head of the column.
pub fn with_sign(number: &str, column: &Column) -> String {
    match column.unit.as_deref().and_then(sign) {
        Some(sign) => format!("{number}\u{a0}{sign}"),
        None => number.to_owned(),
    }
}

/// Returns a number of a column with its decimals, and the sign of its unit.
pub fn printed(number: Decimal, column: &Column, lang: Lang) -> String {
    with_sign(&number.print(number.scale(), lang), column)
}

/// Returns the sign that a unit begins with.
fn sign(unit: &str) -> Option<&str> {
    let first = unit.split(' ').next()?;
    matches!(first, "%" | "€" | "‰" | "°C").then_some(first)
}

/// Returns a number with its whole unit; a text as it is.
pub fn with_unit(shown: &Shown, column: &Column) -> String {
    match (&column.unit, shown.kind) {
        (Some(unit), "number") => format!("{}\u{a0}{unit}", shown.text),
        _ => shown.text.clone(),
    }
}

/// Lists what was concluded about a column and not delivered with the data.
pub fn inferred(column: &Column, lang: Lang) -> Vec<String> {
    column.inferred.iter().map(|&it| part(it, lang)).collect()
}

fn part(part: Part, lang: Lang) -> String {
    let word = match part {
        Part::Date => text("Stand", "date"),
        Part::Definition => text("Definition", "definition"),
        Part::Unit => text("Einheit", "unit"),
        Part::Source => text("Quelle", "source"),
        Part::Comparable => text("Vergleichbarkeit", "comparability"),
    };
    word.in_lang(lang).to_owned()
}

#[cfg(test)]
mod tests {
    use super::{Mark, marked, sign};
    use crate::diag::Lang;

    #[test]
    fn numbers_show_how_sure_they_are() {
        let check = |mark, text: &str, meaning: Option<&str>| {
            let shown = marked("12,3".to_owned(), mark, Lang::De);
            assert_eq!((shown.text.as_str(), shown.meaning.as_deref()), (text, meaning));
        };
        check(Mark::None, "12,3", None);
        check(Mark::Preliminary, "12,3\u{a0}p", Some("12,3, vorläufig"));
        check(Mark::Limited, "(12,3)", Some("12,3, eingeschränkt aussagefähig"));
        check(Mark::Footnote(2), "12,3\u{a0}2)", Some("12,3, mit Fußnote in der Vorlage"));
    }

    #[test]
    fn only_signs_stand_beside_a_number() {
        assert_eq!(sign("% der Haushalte"), Some("%"));
        assert_eq!(sign("€"), Some("€"));
        assert_eq!(sign("Euro je Einwohner*in"), None);
        assert_eq!(sign(""), None);
    }
}
