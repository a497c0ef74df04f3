//! Words as the search sees them: [`tokens`] of a text, [`fold`]ed and [`stem`]med.
//!
//! `themes/standard/source/search/analysis.js` does the same in the reader's browser;
//! `tests/search/vectors.txt` holds the two together. So nothing here may be clever in a
//! way that JavaScript is not.

use unicode_normalization::char::is_combining_mark;
use unicode_normalization::{IsNormalized, UnicodeNormalization, is_nfc_quick};

use crate::roman;

/// A word of a text.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Token {
    /// In lower case, umlauts as they are; `sgb2` for „SGB II“.
    pub word: String,
    /// A hyphen ties it to the word before it.
    pub is_linked: bool,
    /// Short, or with a digit, or with two capitals: its neighbours tell what it means.
    pub is_brief: bool,
    /// Stands behind „§“.
    pub is_paragraph: bool,
}

/// No word is longer; what is, is cut off.
const LONGEST: usize = 64;

/// Words that say nothing about a text, in order; they count only in titles.
const STOP_WORDS: [&str; 141] = [
    "aber", "alle", "allem", "allen", "aller", "alles", "als", "also", "am", "an", "and", "andere",
    "anderen", "auch", "auf", "aus", "bei", "beim", "bin", "bis", "da", "dabei", "dafur", "damit", "dann",
    "das", "dass", "dazu", "dem", "den", "denen", "der", "deren", "des", "dessen", "die", "dies", "diese",
    "diesem", "diesen", "dieser", "dieses", "doch", "dort", "durch", "ein", "eine", "einem", "einen",
    "einer", "eines", "er", "es", "etwa", "fur", "gegen", "haben", "hat", "hatte", "hier", "hin", "ich",
    "ihm", "ihn", "ihnen", "ihr", "ihre", "ihrem", "ihren", "ihrer", "im", "in", "ins", "ist", "ja", "jede",
    "jedem", "jeden", "jeder", "jedes", "kann", "kein", "keine", "keinen", "konnen", "man", "mehr", "mit",
    "muss", "mussen", "nach", "nicht", "noch", "nun", "nur", "ob", "oder", "of", "ohne", "sehr", "sein",
    "seine", "seinem", "seinen", "seiner", "seit", "sich", "sie", "sind", "so", "soll", "sollen", "sowie",
    "the", "um", "und", "uns", "unser", "unsere", "unter", "vom", "von", "vor", "wann", "war", "waren",
    "was", "wenn", "wer", "werden", "wie", "wir", "wird", "wo", "wurde", "wurden", "zu", "zum", "zur",
    "zwar", "zwischen",
];

/// Splits a text into its words.
pub fn tokens(text: &str) -> Vec<Token> {
    let signs: Vec<char> = text.chars().collect();
    let runs = runs(&signs);
    let mut tokens = Vec::with_capacity(runs.len());
    let mut at = 0;
    while at < runs.len() {
        at = token(&signs, &runs, at, &mut tokens);
    }
    tokens
}

/// Letters and digits side by side.
struct Run {
    start: usize,
    end: usize,
    text: String,
    lower: String,
}

fn runs(signs: &[char]) -> Vec<Run> {
    let mut runs = Vec::new();
    let mut start = 0;
    while start < signs.len() {
        if !is_inside(signs[start]) {
            start += 1;
            continue;
        }
        let end = (start..signs.len()).find(|&at| !is_inside(signs[at])).unwrap_or(signs.len());
        let visible = signs[start..end].iter().filter(|it| !is_ignored(**it)).take(LONGEST);
        let mut text: String = visible.collect();
        if is_nfc_quick(text.chars()) != IsNormalized::Yes {
            text = text.nfc().collect();
        }
        if !text.is_empty() {
            runs.push(Run { start, end, lower: text.to_lowercase(), text });
        }
        start = end;
    }
    runs
}

fn is_inside(sign: char) -> bool {
    sign.is_alphanumeric() || is_combining_mark(sign) || is_ignored(sign)
}

/// A soft hyphen or a joiner is no border between words.
fn is_ignored(sign: char) -> bool {
    matches!(sign, '\u{ad}' | '\u{200b}'..='\u{200d}' | '\u{2060}')
}

/// Makes a token of the run at `at`, and of those that belong to it; gives the next run.
fn token(signs: &[char], runs: &[Run], at: usize, tokens: &mut Vec<Token>) -> usize {
    let run = &runs[at];
    let next = runs.get(at + 1);
    let is_paragraph = is_behind_paragraph(signs, runs, at);
    if is_paragraph_word(&run.lower) && next.is_some_and(|it| starts_with_digit(&it.lower)) {
        return at + 1;
    }
    let mut token = Token {
        is_linked: at > 0 && is_hyphen_between(signs, &runs[at - 1], run) && !tokens.is_empty(),
        is_brief: is_brief(&run.text),
        is_paragraph,
        word: run.lower.clone(),
    };
    let mut used = 1;
    if let Some(next) = next {
        if is_gender_form(signs, run, next) {
            token.word.push_str("innen");
            token.is_brief = false;
            used = 2;
        } else if let Some(number) = book_number(signs, run, next) {
            token.word = format!("sgb{number}");
            used = 2;
        } else if is_paragraph && is_letter_behind(signs, run, next) {
            token.word.push_str(&next.lower);
            used = 2;
        }
    }
    if let Some(number) = run.lower.strip_prefix("sgb").and_then(number_of_book) {
        token.word = format!("sgb{number}");
    }
    tokens.push(token);
    if used == 1 && signs.get(run.end) == Some(&'+') && run.lower.starts_with(char::is_alphabetic) {
        let word = "plus".to_owned();
        tokens.push(Token { word, is_linked: false, is_brief: true, is_paragraph: false });
    }
    at + used
}

fn is_paragraph_word(word: &str) -> bool {
    matches!(word, "paragraf" | "paragrafen" | "paragraph" | "paragraphen")
}

fn starts_with_digit(word: &str) -> bool {
    word.starts_with(|it: char| it.is_ascii_digit())
}

/// Whether a number stands behind „§“, „§§“ or the word for it.
fn is_behind_paragraph(signs: &[char], runs: &[Run], at: usize) -> bool {
    let run = &runs[at];
    if !starts_with_digit(&run.lower) {
        return false;
    }
    let before = signs[..run.start].iter().rev().find(|it| !it.is_whitespace());
    before == Some(&'§')
        || (at > 0 && is_paragraph_word(&runs[at - 1].lower) && is_space_between(signs, &runs[at - 1], run))
}

fn is_space_between(signs: &[char], one: &Run, other: &Run) -> bool {
    signs[one.end..other.start].iter().all(|it| it.is_whitespace())
}

fn is_hyphen_between(signs: &[char], one: &Run, other: &Run) -> bool {
    matches!(signs[one.end..other.start], ['-' | '\u{2010}' | '\u{2011}'])
}

/// „16 h“ is written for „16h“.
fn is_letter_behind(signs: &[char], run: &Run, next: &Run) -> bool {
    run.lower.bytes().all(|it| it.is_ascii_digit())
        && next.lower.len() == 1
        && next.lower.starts_with(|it: char| it.is_ascii_lowercase())
        && is_space_between(signs, run, next)
}

/// Whether the next run is the end of a form such as „Lots*innen“, „Lots/-innen“, „Autor:in“.
fn is_gender_form(signs: &[char], run: &Run, next: &Run) -> bool {
    let sign = matches!(
        signs[run.end..next.start],
        ['*' | ':' | '_' | '·' | '/' | '('] | ['/', '-' | '\u{2010}' | '\u{2011}']
    );
    sign && matches!(next.text.as_str(), "innen" | "in") && run.text.chars().all(char::is_alphabetic)
}

/// The number behind „SGB“, as a digit.
fn book_number(signs: &[char], run: &Run, next: &Run) -> Option<usize> {
    let between = &signs[run.end..next.start];
    let is_near = between.iter().all(|it| it.is_whitespace() || matches!(it, '-' | '\u{2010}' | '\u{2011}'));
    if run.lower == "sgb" && is_near { number_of_book(&next.lower) } else { None }
}

/// Reads the number of one of the fourteen books, Roman or not.
fn number_of_book(text: &str) -> Option<usize> {
    roman::number(text).or_else(|| (1..=14).find(|it| text == it.to_string()))
}

fn is_brief(text: &str) -> bool {
    text.chars().count() <= 4
        || text.contains(|it: char| it.is_ascii_digit())
        || text.chars().filter(|it| it.is_uppercase()).count() > 1
}

/// Returns the pairs of words that are looked for together: brief words side by side, and
/// a paragraph with its law („§ 13 Absatz 3 SGB VIII“).
pub fn pairs(tokens: &[Token]) -> Vec<String> {
    let mut pairs = Vec::new();
    for (at, token) in tokens.iter().enumerate() {
        let Some(next) = tokens.get(at + 1) else { break };
        if token.is_brief && next.is_brief {
            let (first, second) = (fold(&token.word), fold(&next.word));
            if !is_stop_word(&first) && !is_stop_word(&second) {
                pairs.push(format!("{first}_{second}"));
            }
        }
        if token.is_paragraph && !(next.is_brief && is_law(next)) {
            let behind = tokens[at + 1..].iter().take(8);
            let law = behind.skip_while(|it| is_part_of_law(it)).take(1).find(|it| is_law(it));
            pairs.extend(law.map(|it| format!("{}_{}", fold(&token.word), fold(&it.word))));
        }
    }
    pairs
}

/// „Absatz 3 Satz 1 Nr. 2 ff.“
fn is_part_of_law(token: &Token) -> bool {
    matches!(
        token.word.as_str(),
        "abs" | "absatz" | "satz" | "s" | "nr" | "nummer" | "ff" | "f" | "bis" | "und"
    ) || starts_with_digit(&token.word)
}

fn is_law(token: &Token) -> bool {
    token.is_brief && token.word.starts_with(char::is_alphabetic)
}

/// Whether a folded word says nothing.
pub fn is_stop_word(folded: &str) -> bool {
    STOP_WORDS.binary_search(&folded).is_ok()
}

/// Writes all spellings of a word in one way: no marks, `ß` as `ss`, and `ae`, `oe`, `ue` as the umlauts they stand for.
pub fn fold(word: &str) -> String {
    // „AE“ is no „Ä“.
    if matches!(word, "ae" | "oe" | "ue") {
        return word.to_owned();
    }
    let mut out = String::with_capacity(word.len());
    for sign in word.nfd().filter(|it| !is_combining_mark(*it)) {
        match sign {
            'ß' => out.push_str("ss"),
            'æ' => out.push('a'),
            'œ' => out.push('o'),
            'ø' => out.push('o'),
            'ł' => out.push('l'),
            'đ' | 'ð' => out.push('d'),
            'þ' => out.push_str("th"),
            // „Graphik“ is an old way to write „Grafik“.
            'h' if out.ends_with('p') => {
                out.pop();
                out.push('f');
            }
            'e' if out.ends_with(['a', 'o']) => {}
            _ => out.push(sign),
        }
    }
    without_umlaut_u(&out)
}

/// Writes `ue` as `u`. No German word has `aü`, `eü` or `qü`: „Frauen“, „neue“, „Quelle“ keep their `e`.
fn without_umlaut_u(word: &str) -> String {
    let mut out = String::with_capacity(word.len());
    let (mut last, mut is_umlaut) = (' ', false);
    for sign in word.chars() {
        if sign != 'e' || !is_umlaut {
            out.push(sign);
            is_umlaut = sign == 'u' && !matches!(last, 'a' | 'e' | 'q');
        }
        last = sign;
    }
    out
}

/// Endings behind which „-in“ makes a woman of a profession; folded.
const PERSONS: [&str; 14] =
    ["er", "or", "ent", "ant", "ist", "eur", "log", "gog", "at", "leg", "arzt", "walt", "freund", "kund"];

/// Takes the endings of inflection off a folded word; what is left is what the index holds.
pub fn stem(folded: &str) -> &str {
    let word = folded;
    if word.contains(|it: char| it.is_ascii_digit()) {
        return word;
    }
    if let Some(rest) = cut(word, "innen", 4) {
        return rest;
    }
    if let Some(rest) = cut(word, "in", 4).filter(|it| PERSONS.iter().any(|end| it.ends_with(end))) {
        return rest;
    }
    for (ending, kept) in [("nissen", 3), ("nisses", 3), ("nisse", 3)] {
        if word.len() >= ending.len() + 2 && word.ends_with(ending) {
            return &word[..word.len() - ending.len() + kept];
        }
    }
    for (ending, shortest) in [("ens", 4), ("en", 3), ("es", 3), ("e", 3)] {
        if let Some(rest) = cut(word, ending, shortest) {
            return rest;
        }
    }
    if let Some(rest) = cut(word, "s", 3).filter(|it| is_before_s(it)) {
        return rest;
    }
    cut(word, "n", 3).filter(|it| it.ends_with("er") || it.ends_with("el")).unwrap_or(word)
}

/// Whether an `s` behind this may be an ending: „Berufs“, „Kitas“, but not „Haus“, „Kreis“, „arbeitslos“.
fn is_before_s(rest: &str) -> bool {
    let last = rest.chars().next_back().unwrap_or_default();
    match last {
        'b' | 'd' | 'f' | 'g' | 'h' | 'k' | 'l' | 'm' | 'n' | 'r' | 't' => true,
        'a' => rest.len() >= 4,
        'o' => rest.len() >= 4 && !rest.ends_with("lo"),
        'i' => rest.len() >= 4 && !rest.ends_with("ei") && !rest.ends_with("ni"),
        _ => false,
    }
}

/// Goes on where [`stem`] stopped, as far as it goes: what has the same root is related.
pub fn root(stem: &str) -> &str {
    let mut word = stem;
    if word.contains(|it: char| it.is_ascii_digit()) {
        return word;
    }
    let noun = without_latin(word);
    if noun != word {
        return noun;
    }
    loop {
        let shorter = [
            // „Konfiguration“, „Konfigurierung“, „konfigurieren“.
            ("ation", 5),
            ("ung", 5),
            ("ier", 5),
            ("nd", 4),
            ("em", 3),
            ("er", 3),
            ("t", 4),
            ("e", 3),
            ("s", 3),
            ("n", 3),
        ];
        match shorter.iter().find_map(|(ending, shortest)| cut(word, ending, *shortest)) {
            Some(rest) => word = rest,
            None => return word,
        }
    }
}

/// „Zentrum“ and „Zentren“, „Thema“ and „Themen“, „Modus“ and „Modi“, „Konto“ and „Konten“.
fn without_latin(word: &str) -> &str {
    let vowel = || match word.chars().next_back() {
        Some('o') if !word.ends_with("io") => cut(word, "o", 4),
        Some('s') if !word.ends_with("aus") && !word.ends_with("eus") => cut(word, "us", 3),
        _ => cut(word, "a", 4),
    };
    let rest = cut(word, "eum", 3).or_else(|| cut(word, "um", 4)).or_else(vowel).unwrap_or(word);
    cut(rest, "i", 3).filter(|it| !it.ends_with('e')).unwrap_or(rest)
}

/// Takes an ending off where enough letters are left.
fn cut<'a>(word: &'a str, ending: &str, shortest: usize) -> Option<&'a str> {
    word.strip_suffix(ending).filter(|it| it.chars().count() >= shortest)
}
