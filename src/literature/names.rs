//! Names of people and institutions.

/// Who made a work.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Names {
    pub list: Vec<Name>,
    /// There are more than those that are named.
    pub and_others: bool,
}

/// A name.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Name {
    Person { family: String, given: String },
    Institution(String),
}

impl Name {
    /// Returns the part that a text calls somebody by.
    pub fn family(&self) -> &str {
        match self {
            Name::Person { family, .. } => family,
            Name::Institution(name) => name,
        }
    }

    /// Returns the name as lists are ordered by it: „Müller, Jörg“.
    pub fn inverted(&self) -> String {
        match self {
            Name::Person { family, given } if !given.is_empty() => format!("{family}, {given}"),
            it => it.family().to_owned(),
        }
    }

    /// Returns the name as it is spoken: „Jörg Müller“.
    pub fn spoken(&self) -> String {
        match self {
            Name::Person { family, given } if !given.is_empty() => format!("{given} {family}"),
            it => it.family().to_owned(),
        }
    }
}

/// What stands for further names.
const OTHERS: [&str; 5] = ["others", "u. a.", "u.a.", "et al.", "et al"];

/// Reads names that were written one by one: „Müller, Jörg“ is a person; a name without a
/// comma is an institution, and so is one in braces or with a word that no person has.
pub fn listed<'a>(written: impl IntoIterator<Item = &'a str>) -> Names {
    let mut names = Names::default();
    for name in written.into_iter().flat_map(|it| it.split(';')).map(str::trim).filter(|it| !it.is_empty()) {
        if OTHERS.contains(&name) {
            names.and_others = true;
        } else {
            names.list.push(inverted(name));
        }
    }
    names
}

fn inverted(name: &str) -> Name {
    if let Some(whole) = name.strip_prefix('{').and_then(|it| it.strip_suffix('}')) {
        return Name::Institution(whole.trim().to_owned());
    }
    match name.split_once(',').filter(|_| !is_of_institution(name)) {
        Some((family, given)) if !family.trim().is_empty() => {
            Name::Person { family: family.trim().to_owned(), given: given.trim().to_owned() }
        }
        _ => Name::Institution(name.to_owned()),
    }
}

/// Whether a name has a word that no person has: „Ministerium für Familie, Frauen und Jugend“.
fn is_of_institution(name: &str) -> bool {
    name.split_whitespace().any(|it| matches!(it, "für" | "und" | "for" | "of" | "&"))
}

/// A name of a BibTeX file, still in LaTeX, and whether braces hold it together.
#[derive(Debug, PartialEq, Eq)]
pub struct Written<'a> {
    pub text: &'a str,
    pub is_whole: bool,
}

/// Splits the names of a BibTeX field at the `and` outside of braces.
pub fn split_bibtex(value: &str) -> Vec<Written<'_>> {
    let mut names = Vec::new();
    let (mut depth, mut start) = (0_usize, 0);
    for (at, sign) in value.char_indices() {
        match sign {
            '{' => depth += 1,
            '}' => depth = depth.saturating_sub(1),
            _ if depth == 0 && at >= start && is_and(value, at) => {
                names.push(&value[start..at]);
                start = at + "and".len();
            }
            _ => {}
        }
    }
    names.push(&value[start..]);
    let names = names.into_iter().map(str::trim).filter(|it| !it.is_empty());
    names.map(|text| Written { text, is_whole: is_whole(text) }).collect()
}

fn is_and(value: &str, at: usize) -> bool {
    let word = value.get(at..at + 3).is_some_and(|it| it.eq_ignore_ascii_case("and"));
    let before = value[..at].chars().next_back().is_none_or(char::is_whitespace);
    word && before && value[at + 3..].chars().next().is_none_or(char::is_whitespace)
}

/// Whether the first brace is closed by the last sign.
fn is_whole(text: &str) -> bool {
    let mut depth = 0_usize;
    for (at, sign) in text.char_indices() {
        match sign {
            '{' => depth += 1,
            '}' => depth = depth.saturating_sub(1),
            _ => {}
        }
        if depth == 0 {
            return sign == '}' && at + 1 == text.len();
        }
    }
    false
}

/// Reads a name of a BibTeX file whose LaTeX is plain text already: „First von Last“,
/// „von Last, First“ or „von Last, Jr, First“.
pub fn of_bibtex(text: &str, is_whole: bool) -> Name {
    if is_whole || is_of_institution(text) {
        return Name::Institution(text.to_owned());
    }
    let parts: Vec<&str> = text.split(',').map(str::trim).collect();
    match parts[..] {
        [family, given] => person(family, given),
        [family, junior, given, ..] => person(&format!("{family} {junior}"), given),
        _ => spoken(text),
    }
}

fn person(family: &str, given: &str) -> Name {
    Name::Person { family: family.to_owned(), given: given.to_owned() }
}

/// The family name begins with the first word in small letters, or is the last word.
fn spoken(text: &str) -> Name {
    let words: Vec<&str> = text.split_whitespace().collect();
    if words.len() < 2 {
        return Name::Institution(text.to_owned());
    }
    let is_small = |it: &&str| it.chars().next().is_some_and(char::is_lowercase);
    let family = words.iter().position(is_small).filter(|&it| it > 0).unwrap_or(words.len() - 1);
    person(&words[family..].join(" "), &words[..family].join(" "))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn check(value: &str, expected: &[&str]) {
        let names = split_bibtex(value);
        let names: Vec<_> = names.iter().map(|it| of_bibtex(it.text, it.is_whole)).collect();
        let shown: Vec<_> = names
            .iter()
            .map(|it| match it {
                Name::Person { family, given } => format!("{family}|{given}"),
                Name::Institution(name) => name.clone(),
            })
            .collect();
        assert_eq!(shown, expected);
    }

    #[test]
    fn names_of_bibtex() {
        check("Müller, Jörg and Änne Weiß", &["Müller|Jörg", "Weiß|Änne"]);
        check(
            "Ludwig van Beethoven and von der Leyen, Ursula",
            &["van Beethoven|Ludwig", "von der Leyen|Ursula"],
        );
        check("King, Jr, Martin Luther", &["King Jr|Martin Luther"]);
        check("{Bund and Länder} and Anders, Ada", &["{Bund and Länder}", "Anders|Ada"]);
        check("Sandmann, Andy", &["Sandmann|Andy"]);
        check("Platon", &["Platon"]);
        check(
            "Ministerium für Arbeit, Soziales und Familie",
            &["Ministerium für Arbeit, Soziales und Familie"],
        );
        check("", &[]);
    }

    #[test]
    fn listed_names_are_people_and_institutions() {
        let names = listed([
            "Müller, Jörg; Landkreis Börde",
            "Bundesministerium für Familie, Senioren, Frauen und Jugend",
            "{Bildung, Arbeit, Leben}",
            "u. a.",
        ]);
        let expected = [
            Name::Person { family: "Müller".into(), given: "Jörg".into() },
            Name::Institution("Landkreis Börde".into()),
            Name::Institution("Bundesministerium für Familie, Senioren, Frauen und Jugend".into()),
            Name::Institution("Bildung, Arbeit, Leben".into()),
        ];
        assert_eq!(names.list, expected);
        assert!(names.and_others);
    }
}
