//! What the name of a column says about it: unit, date, what kind of value.

/// Splits the unit from a name: `Fläche (km²)` gives `Fläche` and `km²`.
pub fn split_unit(name: &str) -> (&str, Option<&str>) {
    if let Some((title, inner)) = name.strip_suffix(')').and_then(|it| it.rsplit_once('('))
        && is_unit(inner.trim())
        && !title.trim().is_empty()
    {
        return (title.trim(), Some(inner.trim()));
    }
    let words = [
        " in % ",
        " in Prozent ",
        " in Euro ",
        " in EUR ",
        " in € ",
        " in km² ",
        " in ha ",
        " in 1000 ",
        " in 1.000 ",
        " in Tsd. ",
        " in Mio. Euro ",
    ];
    let padded = format!("{name} ");
    match words.iter().find(|it| padded.ends_with(*it)) {
        Some(words) => {
            let title = &name[..name.len() + 1 - words.len()];
            (title, Some(unit_words(&name[title.len()..])))
        }
        None => (name, None),
    }
}

/// `in Prozent` without the first word; `in 1000` is only understood with it.
fn unit_words(words: &str) -> &str {
    let words = words.trim();
    let unit = words.trim_start_matches("in ");
    if unit.starts_with(['1', 'T']) { words } else { unit }
}

fn is_unit(text: &str) -> bool {
    const UNITS: [&str; 24] = [
        "%",
        "prozent",
        "anzahl",
        "eur",
        "euro",
        "€",
        "km²",
        "km2",
        "m²",
        "m2",
        "ha",
        "km",
        "t",
        "kwh",
        "mwh",
        "personen",
        "jahre",
        "stunden",
        "ew",
        "einwohner",
        "tsd. euro",
        "tsd. €",
        "mio. euro",
        "mio. €",
    ];
    let lower = text.to_lowercase();
    let has_word = |words: &[&str]| words.iter().any(|it| format!(" {lower} ").contains(it));
    UNITS.contains(&lower.as_str())
        || lower.starts_with("in ")
        || has_word(&[" je ", " pro "])
        || lower.contains('%')
}

/// How the values of a column relate to a whole, as the descriptor names it.
pub fn scale(name: &str, unit: Option<&str>) -> &'static str {
    let unit = unit.unwrap_or_default().to_lowercase();
    let has = |text: &str, words: &[&str]| words.iter().any(|it| format!(" {text} ").contains(it));
    if unit.contains('%') || unit.contains("prozent") {
        return "share";
    }
    let name = name.to_lowercase();
    let is_rate = has(&unit, &[" je ", " pro "])
        || has(&name, &[" je ", " pro ", "quote", "quotient", "dichte", "anteil", "durchschnitt"]);
    if is_rate { "rate" } else { "absolute" }
}

/// Returns the day, school year or year in a name.
pub fn date(name: &str) -> Option<&str> {
    let is_form = |word: &str, form: &str| {
        word.len() == form.len()
            && word
                .bytes()
                .zip(form.bytes())
                .all(|(a, b)| if b == b'0' { a.is_ascii_digit() } else { a == b })
    };
    let is_year = |word: &str| is_form(word, "0000") && (word.starts_with("19") || word.starts_with("20"));
    let words = || name.split([' ', '(', ')', ',', ';', '\u{a0}', '\n']);
    words()
        .find(|it| is_form(it, "00.00.0000"))
        .or_else(|| words().find(|it| is_form(it, "0000/0000") || is_form(it, "0000/00")))
        .or_else(|| words().find(|it| is_year(it)))
}

/// Whether a name says that the values are keys, whose zeros at the beginning count.
pub fn is_key(name: &str) -> bool {
    const WORDS: [&str; 12] = [
        "ags",
        "ars",
        "rs",
        "gkz",
        "plz",
        "postleitzahl",
        "schlüssel",
        "schluessel",
        "kreisschlüssel",
        "gemeindeschlüssel",
        "regionalschlüssel",
        "kennziffer",
    ];
    has_word(name, &WORDS)
}

/// Whether a name says that the values number the rows.
pub fn is_number(name: &str) -> bool {
    const WORDS: [&str; 7] = ["nr", "nummer", "zeilennummer", "id", "lfd", "rang", "ziffer"];
    has_word(name, &WORDS)
}

/// Whether a name says that the values are codes.
pub fn is_code(name: &str) -> bool {
    const ENDINGS: [&str; 6] = ["typ", "code", "kennung", "kategorie", "typisierung", "art"];
    words(name).iter().any(|word| ENDINGS.iter().any(|it| word.ends_with(it)))
}

/// Whether a name says that the values are years.
pub fn is_year(name: &str) -> bool {
    words(name).iter().any(|it| it.ends_with("jahr") || it == "year")
}

fn has_word(name: &str, wanted: &[&str]) -> bool {
    words(name).iter().any(|it| wanted.contains(&it.as_str()))
}

fn words(name: &str) -> Vec<String> {
    let lower = name.to_lowercase();
    lower.split(|it: char| !it.is_alphanumeric()).map(str::to_owned).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn units_stand_in_brackets_or_at_the_end() {
        let check = |name, title, unit| assert_eq!(split_unit(name), (title, unit));
        check("Fläche am 31.12.2019 (km²)", "Fläche am 31.12.2019", Some("km²"));
        check("Zu- (+) bzw. Abnahme (-)", "Zu- (+) bzw. Abnahme (-)", None);
        check("Bestand (je 1000 EW)", "Bestand", Some("je 1000 EW"));
        check("Hilfen (Hilfen pro 10.000)", "Hilfen", Some("Hilfen pro 10.000"));
        check("Arbeitslose in %", "Arbeitslose", Some("%"));
        check("Betreute (Betreuungsquote)", "Betreute (Betreuungsquote)", None);
        check("(%)", "(%)", None);
        check("", "", None);
    }

    #[test]
    fn dates_stand_in_names() {
        assert_eq!(date("Gemeinden am 31.12.2019 (Anzahl)"), Some("31.12.2019"));
        assert_eq!(date("Abgänger im Schuljahr 2021/2022"), Some("2021/2022"));
        assert_eq!(date("Einkommen 2018 (EUR je EW)"), Some("2018"));
        assert_eq!(date("Hilfen je 10000"), None);
    }

    #[test]
    fn scales_follow_from_units_and_names() {
        assert_eq!(scale("Deutsche", Some("%")), "share");
        assert_eq!(scale("Autos", Some("je 1000 EW")), "rate");
        assert_eq!(scale("Jugendarbeitslosenquote", None), "rate");
        assert_eq!(scale("Einwohner", Some("Anzahl")), "absolute");
    }
}
