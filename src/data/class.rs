//! Classes: ranges of numbers in words, such as `8,50 bis unter 10,00`.

use super::number::{self, Decimal, NumberFormat};

/// The numbers that a class holds.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Class {
    /// None where it is open downwards.
    pub lower: Option<End>,
    /// None where it is open upwards.
    pub upper: Option<End>,
}

/// An end of a class.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct End {
    pub number: Decimal,
    /// Whether the number itself belongs to the class.
    pub inside: Inside,
}

/// Whether the number at the end of a class belongs to it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Inside {
    Yes,
    No,
    /// `5,50 bis 7,00` does not say it.
    Unclear,
}

/// What is wrong between a class and the one after it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Seam {
    Fits,
    /// Some numbers belong to neither.
    Gap,
    /// Some numbers belong to both.
    Overlap,
    /// The second one begins below the first.
    WrongOrder,
    /// It is not said to which of the two the number between them belongs.
    Unclear,
}

/// Reads a class in any of its spellings; none where the text is no class.
///
/// `bis unter 5,50`, `unter 5,50`, `< 5,50`, `5,50 bis unter 7,00`, `5,50 – 7,00`,
/// `5,50 bis 7,00`, `ab 11,50`, `11,50 und mehr`, `mehr als 11,50`, `≥ 11,50`.
pub fn parse(written: &str, format: NumberFormat) -> Option<Class> {
    let words = without_units(written);
    let words = words.trim();
    lower_only(words, format).or_else(|| upper_only(words, format)).or_else(|| between(words, format))
}

/// Compares two neighbours in a list of classes.
pub fn seam(first: &Class, second: &Class) -> Seam {
    let (Some(end), Some(start)) = (first.upper, second.lower) else {
        return if first.upper.is_none() || second.lower.is_none() { Seam::Overlap } else { Seam::Fits };
    };
    if starts_below(second, first) {
        return Seam::WrongOrder;
    }
    match end.number.cmp(&start.number) {
        std::cmp::Ordering::Less if are_whole_neighbours(end, start) => Seam::Fits,
        std::cmp::Ordering::Less => Seam::Gap,
        std::cmp::Ordering::Greater => Seam::Overlap,
        std::cmp::Ordering::Equal => match (end.inside, start.inside) {
            (Inside::Unclear, _) | (_, Inside::Unclear) => Seam::Unclear,
            (Inside::Yes, Inside::Yes) => Seam::Overlap,
            (Inside::No, Inside::No) => Seam::Gap,
            _ => Seam::Fits,
        },
    }
}

fn starts_below(class: &Class, other: &Class) -> bool {
    match (class.lower, other.lower) {
        (Some(a), Some(b)) => a.number < b.number,
        (None, Some(_)) => true,
        _ => false,
    }
}

/// `15 bis 24` is followed by `25 bis 34`: between whole numbers there is nothing.
fn are_whole_neighbours(end: End, start: End) -> bool {
    let is_whole = end.number.scale() == 0 && start.number.scale() == 0;
    is_whole && end.inside != Inside::No && start.number.units() - end.number.units() == 1
}

impl Class {
    /// Whether two spellings mean the same numbers; what one leaves open the other may say.
    pub fn is_same(&self, other: &Class) -> bool {
        let same = |a: Option<End>, b: Option<End>| match (a, b) {
            (None, None) => true,
            (Some(a), Some(b)) => {
                let open = a.inside == Inside::Unclear || b.inside == Inside::Unclear;
                a.number == b.number && (open || a.inside == b.inside)
            }
            _ => false,
        };
        same(self.lower, other.lower) && same(self.upper, other.upper)
    }
}

/// Drops what only says of what the numbers are.
fn without_units(written: &str) -> String {
    let is_unit = |word: &&str| {
        !matches!(*word, "€" | "EUR" | "Euro" | "%" | "Prozent" | "von" | "Jahre" | "Jahren" | "Einwohner")
    };
    let spaced = written.replace(['\u{a0}', '\u{202f}', '\u{2009}'], " ");
    spaced.split_whitespace().filter(is_unit).collect::<Vec<_>>().join(" ")
}

fn lower_only(words: &str, format: NumberFormat) -> Option<Class> {
    const BEFORE: [(&str, Inside); 8] = [
        ("ab ", Inside::Yes),
        ("mindestens ", Inside::Yes),
        ("≥", Inside::Yes),
        (">=", Inside::Yes),
        ("mehr als ", Inside::No),
        ("über ", Inside::No),
        (">", Inside::No),
        ("größer als ", Inside::No),
    ];
    const BEHIND: [(&str, Inside); 5] = [
        ("und mehr", Inside::Yes),
        ("oder mehr", Inside::Yes),
        ("und darüber", Inside::Yes),
        ("und älter", Inside::Yes),
        ("+", Inside::Yes),
    ];
    let lower = one_end(words, format, &BEFORE, &BEHIND)?;
    Some(Class { lower: Some(lower), upper: None })
}

fn upper_only(words: &str, format: NumberFormat) -> Option<Class> {
    const BEFORE: [(&str, Inside); 9] = [
        ("bis unter ", Inside::No),
        ("unter ", Inside::No),
        ("weniger als ", Inside::No),
        ("≤", Inside::Yes),
        ("<=", Inside::Yes),
        ("<", Inside::No),
        ("höchstens ", Inside::Yes),
        ("bis zu ", Inside::Yes),
        ("bis ", Inside::Unclear),
    ];
    const BEHIND: [(&str, Inside); 2] = [("und weniger", Inside::Yes), ("und darunter", Inside::Yes)];
    let upper = one_end(words, format, &BEFORE, &BEHIND)?;
    Some(Class { lower: None, upper: Some(upper) })
}

fn one_end(
    words: &str,
    format: NumberFormat,
    before: &[(&str, Inside)],
    behind: &[(&str, Inside)],
) -> Option<End> {
    let stripped = before.iter().map(|(word, inside)| (words.strip_prefix(word), *inside));
    let stripped = stripped.chain(behind.iter().map(|(word, inside)| (words.strip_suffix(word), *inside)));
    let (rest, inside) = stripped.filter_map(|(rest, inside)| Some((rest?, inside))).next()?;
    Some(End { number: number::parse(rest, format).ok()?, inside })
}

fn between(words: &str, format: NumberFormat) -> Option<Class> {
    const JOINTS: [(&str, Inside); 9] = [
        (" bis unter ", Inside::No),
        (" bis zu ", Inside::Yes),
        (" bis einschließlich ", Inside::Yes),
        (" bis ", Inside::Unclear),
        (" – unter ", Inside::No),
        (" - unter ", Inside::No),
        ("–", Inside::Unclear),
        (" - ", Inside::Unclear),
        ("-", Inside::Unclear),
    ];
    let number = |text: &str| number::parse(text, format).ok();
    JOINTS.iter().find_map(|(joint, inside)| {
        let (lower, upper) = words.split_once(joint)?;
        let lower = End { number: number(lower)?, inside: Inside::Yes };
        Some(Class { lower: Some(lower), upper: Some(End { number: number(upper)?, inside: *inside }) })
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    const GERMAN: NumberFormat = NumberFormat::german();

    fn print(class: &Class) -> String {
        let sign = |end: &End, signs: [&str; 3]| match end.inside {
            Inside::Yes => signs[0].to_owned(),
            Inside::No => signs[1].to_owned(),
            Inside::Unclear => signs[2].to_owned(),
        };
        let lower = class.lower.map_or("(-".into(), |it| sign(&it, ["[", "(", "?"]) + &it.number.to_string());
        let upper = class.upper.map_or("-)".into(), |it| it.number.to_string() + &sign(&it, ["]", ")", "?"]));
        format!("{lower}; {upper}")
    }

    #[track_caller]
    fn check(written: &str, expected: &str) {
        assert_eq!(parse(written, GERMAN).as_ref().map(print).as_deref(), Some(expected), "{written}");
    }

    #[test]
    fn every_spelling_is_read() {
        check("bis unter 5,50", "(-; 5.50)");
        check("unter 5,50 Euro", "(-; 5.50)");
        check("< 5,50", "(-; 5.50)");
        check("≤ 5,50 €", "(-; 5.50]");
        check("bis 5,50", "(-; 5.50?");
        check("8,50 bis unter 10,00", "[8.50; 10.00)");
        check("5,50 – 7,00", "[5.50; 7.00?");
        check("5,50-7,00", "[5.50; 7.00?");
        check("von 5,50 bis 7,00", "[5.50; 7.00?");
        check("15 bis 24 Jahre", "[15; 24?");
        check("1.000 bis unter 2.000 Einwohner", "[1000; 2000)");
        check("ab 11,50", "[11.50; -)");
        check("11,50 und mehr", "[11.50; -)");
        check("mehr als 11,50", "(11.50; -)");
        check("≥ 11,50", "[11.50; -)");
        check("-5 bis unter -2", "[-5; -2)");
    }

    #[test]
    fn other_texts_are_no_classes() {
        for written in ["", "gE", "5,50", "bis", "5,50 bis", "unter Tage", "2020-12-31"] {
            assert_eq!(parse(written, GERMAN), None, "{written}");
        }
    }

    #[track_caller]
    fn check_seam(first: &str, second: &str, expected: Seam) {
        let class = |written| parse(written, GERMAN).unwrap();
        assert_eq!(seam(&class(first), &class(second)), expected);
    }

    #[test]
    fn gaps_and_overlaps_are_found() {
        check_seam("bis unter 5,50", "5,50 bis unter 7,00", Seam::Fits);
        check_seam("bis unter 5,50", "6,00 bis unter 7,00", Seam::Gap);
        check_seam("bis unter 6,50", "5,50 bis unter 7,00", Seam::Overlap);
        check_seam("7 bis unter 8", "5 bis unter 7", Seam::WrongOrder);
        check_seam("5 bis 7", "7 bis 9", Seam::Unclear);
        check_seam("15 bis 24", "25 bis 34", Seam::Fits);
        check_seam("10 und mehr", "11 und mehr", Seam::Overlap);
        check_seam("höchstens 5", "mehr als 5", Seam::Fits);
    }

    #[test]
    fn two_spellings_are_one_class() {
        let class = |written| parse(written, GERMAN).unwrap();
        assert!(class("5,5 - 7").is_same(&class("5,50 bis unter 7,00")));
        assert!(!class("5,5 bis unter 7").is_same(&class("5,50 bis unter 8")));
    }
}
