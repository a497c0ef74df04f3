//! The forms of a term: how it may be spelt, and which endings German gives it.
//!
//! Nothing is looked up: the rules know the endings of nouns and adjectives by their
//! last letters. They are made to find what is meant and to link nothing else, so
//! plurals with an umlaut („Beistände“) have to be declared as variants.

/// A term as it may stand in a text.
#[derive(Debug, PartialEq, Eq)]
pub struct Form {
    /// The index of the entry.
    pub entry: usize,
    words: Vec<Word>,
    /// Whether the first letter may be a capital or not, as at the start of a sentence.
    has_free_case: bool,
}

#[derive(Debug, PartialEq, Eq)]
struct Word {
    stem: String,
    endings: &'static [&'static str],
    /// Whether „*innen“ and its like may follow.
    has_gender: bool,
}

const NONE: &[&str] = &[""];
const ADJECTIVE: &[&str] = &["e", "er", "es", "en", "em"];

/// Between a word and „innen“ as folded text has it, where a hyphen is a blank.
const GENDER_SIGNS: [&str; 6] = ["*", ":", "_", "/ ", "/", "·"];
const GENDER_ENDINGS: [&str; 4] = ["innen", "in", "r", "n"];

/// Words that are never bent. What stands before one of them is a noun.
const PARTICLES: [&str; 27] = [
    "der", "die", "das", "des", "dem", "den", "zur", "zum", "zu", "für", "bei", "in", "im", "mit", "von",
    "vom", "und", "am", "an", "auf", "aus", "nach", "ohne", "über", "unter", "of", "for",
];

impl Form {
    /// Makes the form of a title or a variant, in folded and escaped text.
    pub fn of_term(entry: usize, folded: &str) -> Form {
        let written: Vec<&str> = folded.split(' ').filter(|it| !it.is_empty()).collect();
        let words: Vec<Word> = (0..written.len()).map(|at| word(&written, at)).collect();
        let is_lower = folded.starts_with(char::is_lowercase);
        Form { entry, has_free_case: words.len() > 1 || is_lower, words }
    }

    /// Makes the form of an abbreviation: it is written exactly so.
    pub fn of_abbreviation(entry: usize, folded: &str) -> Form {
        let words = folded.split(' ').filter(|it| !it.is_empty());
        let words = words.map(|it| Word { stem: it.to_owned(), endings: NONE, has_gender: false });
        Form { entry, words: words.collect(), has_free_case: false }
    }

    /// Returns what all spellings of the form begin with; two where the first letter may be a capital.
    pub fn beginnings(&self) -> Vec<String> {
        let mut beginning = String::new();
        for (at, word) in self.words.iter().enumerate() {
            if at > 0 {
                beginning.push(' ');
            }
            beginning.push_str(&word.stem);
            if word.endings.len() > 1 || word.has_gender {
                break;
            }
        }
        // One letter says too little.
        if beginning.chars().nth(1).is_none() {
            return Vec::new();
        }
        let other = other_case(&beginning).filter(|_| self.has_free_case);
        std::iter::once(beginning).chain(other).collect()
    }

    /// Returns where the form ends that begins at a byte of folded text, with one of
    /// [`Form::beginnings`]; none where something else stands there.
    pub fn end(&self, folded: &str, start: usize) -> Option<usize> {
        let mut at = start;
        for (number, word) in self.words.iter().enumerate() {
            if number > 0 {
                folded[at..].strip_prefix(' ')?.starts_with(word.stem.as_str()).then_some(())?;
                at += 1;
            }
            let is_last = number + 1 == self.words.len();
            at = word.end(folded, at + word.stem.len(), is_last)?;
        }
        Some(at)
    }

    /// Returns the form without its endings: two entries must not have the same.
    pub fn key(&self) -> String {
        self.words.iter().map(|it| it.stem.as_str()).collect::<Vec<_>>().join(" ")
    }
}

impl Word {
    /// Returns where the word ends whose stem ends at a byte.
    fn end(&self, folded: &str, stem_end: usize, is_last: bool) -> Option<usize> {
        let is_end = |at: &usize| {
            let rest = &folded[*at..];
            if is_last { is_word_end(rest) } else { rest.starts_with(' ') }
        };
        let rest = &folded[stem_end..];
        let bent = self.endings.iter().filter(|it| rest.starts_with(**it)).map(|it| stem_end + it.len());
        bent.clone().find(is_end).or_else(|| {
            let with_gender = bent.filter_map(|at| Some(at + gender(&folded[at..])?));
            with_gender.into_iter().filter(|_| self.has_gender).find(is_end)
        })
    }
}

/// Returns how long „*innen“ and its like are at the start of a text.
fn gender(rest: &str) -> Option<usize> {
    if let Some(plain) = ["innen", "Innen", "in", "In"].into_iter().find(|it| rest.starts_with(it)) {
        return Some(plain.len());
    }
    let sign = GENDER_SIGNS.into_iter().find(|it| rest.starts_with(it))?;
    let ending = GENDER_ENDINGS.into_iter().find(|it| rest[sign.len()..].starts_with(it))?;
    Some(sign.len() + ending.len())
}

/// Whether no word goes on here, not even as „*innen“.
fn is_word_end(rest: &str) -> bool {
    let mut signs = rest.chars();
    match signs.next() {
        None => true,
        Some('*' | ':' | '_' | '·' | '.') => !signs.next().is_some_and(char::is_alphanumeric),
        Some('/') => gender(rest).is_none(),
        Some('@') => false,
        Some(sign) => !sign.is_alphanumeric(),
    }
}

fn word(words: &[&str], at: usize) -> Word {
    let (base, named_gender) = without_gender(words[at]);
    let next = words.get(at + 1);
    let before = at.checked_sub(1).map(|it| words[it]);
    let plain = |endings| Word { stem: base.to_owned(), endings, has_gender: named_gender };
    if PARTICLES.contains(&base) || is_fixed(base) {
        return plain(NONE);
    }
    match next {
        None => noun(base, before, named_gender),
        Some(next) if PARTICLES.contains(next) => noun(base, before, named_gender),
        Some(_) if at == 0 || base.starts_with(char::is_lowercase) => adjective(base, plain(NONE)),
        Some(_) => plain(NONE),
    }
}

/// Names in capitals, numbers and signs are never bent.
fn is_fixed(word: &str) -> bool {
    !word.ends_with(char::is_lowercase) || word.chars().filter(|it| it.is_uppercase()).count() > 1
}

fn adjective(word: &str, otherwise: Word) -> Word {
    let ending = ["er", "es", "en", "em", "e"].into_iter().find(|it| word.ends_with(it));
    let stem = ending.and_then(|it| word.strip_suffix(it)).filter(|it| it.chars().count() >= 3);
    match stem {
        Some(stem) => Word { stem: stem.to_owned(), endings: ADJECTIVE, has_gender: false },
        None => otherwise,
    }
}

fn noun(word: &str, before: Option<&str>, named_gender: bool) -> Word {
    let follows_adjective = before.is_some_and(|it| ADJECTIVE.iter().any(|ending| it.ends_with(ending)));
    Word {
        stem: word.to_owned(),
        endings: noun_endings(word, follows_adjective),
        has_gender: named_gender || word.ends_with("er"),
    }
}

/// The endings of cases and of plurals without an umlaut, by the last letters of the word.
fn noun_endings(word: &str, follows_adjective: bool) -> &'static [&'static str] {
    let ends = |endings: &[&str]| endings.iter().any(|it| word.ends_with(it));
    if follows_adjective && ends(&["ige", "iche"]) {
        return &["", "n", "r"];
    }
    if ends(&["ung", "heit", "keit", "schaft", "ion", "tät", "ur", "ik", "anz", "enz"]) {
        return &["", "en"];
    }
    if ends(&["nis"]) {
        return &["", "se", "ses", "sen"];
    }
    if ends(&["chen", "lein", "en", "um", "ing", "ment"]) {
        return &["", "s"];
    }
    if ends(&["er", "el"]) {
        return &["", "s", "n"];
    }
    if ends(&["e"]) {
        return &["", "n", "s", "ns"];
    }
    if ends(&["in"]) {
        return &["", "nen"];
    }
    if ends(&["s", "ß", "x", "z"]) {
        return &["", "es", "e", "en"];
    }
    // The plural of a short word is often another word: „Rat“, „Raten“.
    if word.chars().count() < 5 {
        return &["", "s", "es"];
    }
    &["", "s", "es", "e", "en", "er", "ern"]
}

/// Takes „*innen“ off: „Leaver*innen“ is „Leaver“.
fn without_gender(word: &str) -> (&str, bool) {
    for sign in ['*', ':', '_', '·', '/'] {
        if let Some((base, "in" | "innen")) = word.rsplit_once(sign) {
            return (base, true);
        }
    }
    let base = ["Innen", "In"].into_iter().find_map(|it| word.strip_suffix(it));
    match base.filter(|it| it.ends_with(char::is_lowercase)) {
        Some(base) => (base, true),
        None => (word, false),
    }
}

/// Returns a text whose first letter is a capital where it was none, and the other way.
fn other_case(text: &str) -> Option<String> {
    let first = text.chars().next()?;
    let mut other: String =
        if first.is_lowercase() { first.to_uppercase().collect() } else { first.to_lowercase().collect() };
    // All spellings are of one length, so that places stay true.
    if other.len() != first.len_utf8() || other.starts_with(first) {
        return None;
    }
    other.push_str(&text[first.len_utf8()..]);
    Some(other)
}

#[cfg(test)]
mod tests {
    use super::super::fold::fold;
    use super::*;

    /// Checks how much of a text that begins with the term belongs to it; `""` for nothing.
    #[track_caller]
    fn check(term: &str, text: &str, expected: &str) {
        let form = Form::of_term(0, &fold(&term.replace("/-in", "*in")).text);
        let folded = fold(text).text;
        let begins = form.beginnings().iter().any(|it| folded.starts_with(it.as_str()));
        let end = form.end(&folded, 0).filter(|_| begins).unwrap_or(0);
        assert_eq!(&folded[..end], fold(expected).text, "{term} in {text}");
    }

    #[test]
    fn plurals_and_cases() {
        check("Jugendberufsagentur", "Jugendberufsagenturen vor Ort", "Jugendberufsagenturen");
        check("Rechtskreis", "Rechtskreise", "Rechtskreise");
        check("Rechtskreis", "Rechtskreises.", "Rechtskreises");
        check("Rechtskreis", "Rechtskreisen", "Rechtskreisen");
        check("Jobcenter", "Jobcentern", "Jobcentern");
        check("Jobcenter", "Jobcenters", "Jobcenters");
        check("Vollzeitpflege", "Vollzeitpflege", "Vollzeitpflege");
        check("Pflegefamilie", "Pflegefamilien", "Pflegefamilien");
        check("Clearing", "Clearings", "Clearings");
        check("Erziehungsbeistand", "Erziehungsbeistands", "Erziehungsbeistands");
    }

    #[test]
    fn compounds_and_other_words_are_not_the_term() {
        check("Rechtskreis", "Rechtskreiswechsel", "");
        check("Clearing", "Clearinghaus", "");
        check("Clearing", "clearing", "");
        check("Rat", "Raten", "");
        check("STABIL", "STABILE", "");
    }

    #[test]
    fn gender_forms_in_every_spelling() {
        for ending in
            ["*innen", ":innen", "_innen", "/-innen", "/innen", "Innen", "*in", "", "n", "s", "innen"]
        {
            let text = format!("Care Leaver{ending}");
            for term in ["Care Leaver*innen", "Care Leaver/-innen", "Care LeaverInnen", "Care Leaver_innen"] {
                check(term, &text, &text);
            }
        }
        check("Care Leaver", "Care Leaver:innen", "Care Leaver:innen");
        check("Träger", "Träger: in Halle", "Träger");
        check("Betreuungshelfer", "Betreuungshelferinnen", "Betreuungshelferinnen");
    }

    #[test]
    fn hyphens_and_blanks_are_alike() {
        check("Care Leaver*innen", "Care-Leavern", "Care-Leavern");
        check("Care Leaver", "Care\u{a0}Leaver", "Care Leaver");
        check("Care-Leaver", "Care\nLeaver", "Care Leaver");
        check("Care Leaver", "CareLeaver", "");
    }

    #[test]
    fn adjectives_are_bent_and_need_no_capital() {
        check("Gemeinsame Einrichtung", "gemeinsamen Einrichtungen", "gemeinsamen Einrichtungen");
        check(
            "Zugelassener kommunaler Träger",
            "zugelassenen kommunalen Trägern",
            "zugelassenen kommunalen Trägern",
        );
        check("Unversorgte Bewerber*innen", "unversorgter Bewerber:innen", "unversorgter Bewerber:innen");
        check("Entkoppelte junge Menschen", "Entkoppelten jungen Menschen", "Entkoppelten jungen Menschen");
        check("Hilfe für junge Volljährige", "Hilfen für junge Volljährige", "Hilfen für junge Volljährige");
        check("Hilfe zur Erziehung", "Hilfen zur Erziehung", "Hilfen zur Erziehung");
        check("Hilfe zur Erziehung", "Hilfe zur Erziehungsberatung", "");
    }

    #[test]
    fn abbreviations_are_exact() {
        let form = Form::of_abbreviation(0, "JBA");
        assert_eq!(form.beginnings(), ["JBA"]);
        assert_eq!(form.end("JBA, so", 0), Some(3));
        assert_eq!(form.end("JBAs", 0), None);
        assert_eq!(form.end("JBA.de", 0), None);
    }
}
