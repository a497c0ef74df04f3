//! Running text as a typesetter would set it: quotation marks, dashes, no-break
//! spaces; and the star of gender forms, which is text.

use crate::date::GERMAN_MONTHS;
use crate::diag::Lang;

/// Stands for a `*` between two letters while Markdown is read; no text may hold
/// it, because control characters are refused when files are read.
pub const STAR: char = '\u{1}';

const NO_BREAK: char = '\u{a0}';

/// Hides each `*` between two letters from the Markdown parser.
///
/// The result has the same length, so that all places stay true. Other stars,
/// and runs of them, are emphasis as ever.
pub fn hide_stars(text: &str) -> std::borrow::Cow<'_, str> {
    let mut hidden: Option<Vec<u8>> = None;
    for (at, _) in text.match_indices('*') {
        let before = text[..at].chars().next_back();
        let after = text[at + 1..].chars().next();
        let is_between = before.is_some_and(char::is_alphabetic) && after.is_some_and(char::is_alphabetic);
        if is_between && !is_in_address(&text[..at]) {
            hidden.get_or_insert_with(|| text.as_bytes().to_vec())[at] = STAR as u8;
        }
    }
    match hidden {
        Some(bytes) => String::from_utf8(bytes).expect("one ASCII byte replaced another").into(),
        None => text.into(),
    }
}

/// Whether what follows is part of an address: `](…`, `<https:…` or `[label]: …`.
/// The parser looks for no emphasis there, and takes no control characters.
fn is_in_address(before: &str) -> bool {
    let start = before.rfind(char::is_whitespace).map_or(0, |at| at + 1);
    let (line, word) = (before[..start].trim_end_matches([' ', '\t']), &before[start..]);
    let inside =
        |open: &str, close: char| word.rfind(open).is_some_and(|at| !word[at + open.len()..].contains(close));
    inside("](", ')') || inside("<", '>') && word.contains(':') || line.ends_with("]:")
}

/// Puts the hidden stars back.
pub fn show_stars(text: &str) -> std::borrow::Cow<'_, str> {
    if text.contains(STAR) { text.replace(STAR, "*").into() } else { text.into() }
}

/// Sets the texts of one paragraph after the other; what is open in one does not
/// reach into the next.
#[derive(Debug)]
pub struct Typesetter {
    lang: Lang,
    /// The closing marks of the quotations that are open.
    open: Vec<char>,
    /// The last sign that was set.
    previous: char,
}

impl Typesetter {
    /// Starts with an empty paragraph.
    pub fn new(lang: Lang) -> Typesetter {
        Typesetter { lang, open: Vec::new(), previous: ' ' }
    }

    /// Begins a new paragraph, heading or cell.
    pub fn start_block(&mut self) {
        self.open.clear();
        self.previous = ' ';
    }

    /// Notes something that is not text, such as code, between two texts.
    pub fn pass(&mut self, sign: char) {
        self.previous = sign;
    }

    /// Appends a text, set but not escaped. `literal_start` says that its first
    /// sign was escaped by the author and stays as it is.
    pub fn set(&mut self, out: &mut String, text: &str, literal_start: bool) {
        let mut rest = text;
        if literal_start && let Some(first) = rest.chars().next() {
            self.push(out, first);
            rest = &rest[first.len_utf8()..];
        }
        while let Some(at) = next_special(rest) {
            self.push_plain(out, &rest[..at]);
            rest = self.set_special(out, &rest[at..]);
        }
        self.push_plain(out, rest);
    }

    fn push_plain(&mut self, out: &mut String, text: &str) {
        if let Some(last) = text.chars().next_back() {
            out.push_str(text);
            self.previous = last;
        }
    }

    fn push(&mut self, out: &mut String, sign: char) {
        out.push(sign);
        self.previous = sign;
    }

    /// Sets what begins with a special sign and returns what comes after it.
    fn set_special<'a>(&mut self, out: &mut String, text: &'a str) -> &'a str {
        let first = text.chars().next().expect("the caller found a sign");
        let rest = &text[first.len_utf8()..];
        match first {
            STAR => self.push(out, '*'),
            '§' if rest.starts_with(|it: char| it.is_ascii_digit()) => {
                self.push(out, '§');
                self.push(out, NO_BREAK);
            }
            '"' => self.set_quote(out, '"', rest),
            '\'' => self.set_quote(out, '\'', rest),
            '.' if rest.starts_with("..") && !rest[2..].starts_with('.') && self.previous != '.' => {
                self.push(out, '…');
                return &rest[2..];
            }
            '-' if rest.starts_with("--") && !rest[2..].starts_with('-') && self.previous != '-' => {
                self.push(out, '—');
                return &rest[2..];
            }
            '-' if rest.starts_with('-') && !rest[1..].starts_with('-') && self.previous != '-' => {
                self.push(out, '–');
                return &rest[1..];
            }
            ' ' if self.holds_together(out, rest) => self.push(out, NO_BREAK),
            '„' | '‚' => {
                self.open.push(if first == '„' { '“' } else { '‘' });
                self.push(out, first);
            }
            '“' | '‘' if self.open.last() == Some(&first) => {
                self.open.pop();
                self.push(out, first);
            }
            _ => self.push(out, first),
        }
        rest
    }

    fn set_quote(&mut self, out: &mut String, quote: char, rest: &str) {
        let next = rest.chars().next();
        let (opening, closing) = self.marks(quote);
        let inside_word = self.previous.is_alphanumeric() && next.is_some_and(char::is_alphanumeric);
        if quote == '\'' && inside_word {
            return self.push(out, '’');
        }
        if quote == '\'' && opens_after(self.previous) && next.is_some_and(|it| it.is_ascii_digit()) {
            return self.push(out, '’');
        }
        // At the end of a text something follows that is none, such as emphasis.
        if opens_after(self.previous) && next.is_none_or(|it| !it.is_whitespace()) {
            self.open.push(closing);
            return self.push(out, opening);
        }
        if let Some(at) = self.open.iter().rposition(|&it| it == closing) {
            self.open.truncate(at);
            return self.push(out, closing);
        }
        match quote {
            '\'' if self.previous.is_alphabetic() => self.push(out, '’'),
            _ => self.push(out, quote),
        }
    }

    fn marks(&self, quote: char) -> (char, char) {
        match (self.lang, quote) {
            (Lang::De, '"') => ('„', '“'),
            (Lang::De, _) => ('‚', '‘'),
            (Lang::En, '"') => ('“', '”'),
            (Lang::En, _) => ('‘', '’'),
        }
    }

    /// Whether the blank between what was written and `rest` must not break the line.
    fn holds_together(&self, out: &str, rest: &str) -> bool {
        let next = rest.chars().next().unwrap_or(' ');
        if self.lang == Lang::De && begins_with_dash(rest) {
            return !self.previous.is_whitespace();
        }
        if self.previous == '§' {
            return next.is_ascii_digit();
        }
        if self.previous.is_ascii_digit() {
            return matches!(next, '€' | '%' | '°')
                || ["Mio.", "Mrd.", "km²", "m²"].iter().any(|it| rest.starts_with(it));
        }
        if self.lang == Lang::En {
            return false;
        }
        if self.previous == '.' {
            return is_short_letter(out) && begins_with_letter_and_dot(rest)
                || next.is_ascii_digit() && counts(out)
                || is_day(out) && GERMAN_MONTHS.iter().any(|it| rest.starts_with(it));
        }
        out.ends_with("SGB") && matches!(next, 'I' | 'V' | 'X')
            || next.is_ascii_digit() && LAW_PARTS.iter().any(|it| out.ends_with(it))
    }
}

/// Parts of a law whose number does not stand alone on a line.
const LAW_PARTS: [&str; 4] = ["Satz", "Absatz", "Nummer", "Artikel"];

/// Finds the first sign that may have to be set in another way. Most blanks are between
/// two words; only those behind a digit, a dot, „§“ (which ends in 0xA7), „SGB“ and a part
/// of a law count, and those before a dash.
fn next_special(text: &str) -> Option<usize> {
    let bytes = text.as_bytes();
    let ends_part = |at: usize| LAW_PARTS.iter().any(|it| bytes[..at].ends_with(it.as_bytes()));
    let binds = |at: usize| match bytes[at - 1] {
        b'.' | b'B' | 0xA7 => true,
        b'z' | b'r' | b'l' => bytes.get(at + 1).is_some_and(u8::is_ascii_digit) && ends_part(at),
        before => before.is_ascii_digit(),
    };
    (0..bytes.len()).find(|&at| match bytes[at] {
        b' ' => at == 0 || binds(at) || begins_with_dash(&text[at + 1..]),
        // „§“ without a blank before its number.
        0xC2 => bytes.get(at + 1) == Some(&0xA7) && bytes.get(at + 2).is_some_and(u8::is_ascii_digit),
        // 0xE2 begins „ “ ‚ ‘.
        b'"' | b'\'' | b'.' | b'-' | 0x01 | 0xE2 => true,
        _ => false,
    })
}

fn opens_after(previous: char) -> bool {
    previous.is_whitespace() || "([{–—-/„‚“‘»«>".contains(previous)
}

/// Whether a dash between two words follows; it stands at the end of a line, never at the start.
fn begins_with_dash(rest: &str) -> bool {
    rest.starts_with("– ") || rest.starts_with("-- ")
}

/// Whether the text ends in a number and a dot, as in „1.“.
fn is_day(out: &str) -> bool {
    out.strip_suffix('.').is_some_and(|it| it.ends_with(|sign: char| sign.is_ascii_digit()))
}

/// Whether the text ends in one letter and a dot, as in „z.“.
fn is_short_letter(out: &str) -> bool {
    let mut signs = out.chars().rev();
    signs.next() == Some('.')
        && signs.next().is_some_and(char::is_alphabetic)
        && signs.next().is_none_or(|it| !it.is_alphanumeric())
}

/// Whether the text goes on as in „B.“.
fn begins_with_letter_and_dot(rest: &str) -> bool {
    let mut signs = rest.chars();
    signs.next().is_some_and(char::is_alphabetic) && signs.next() == Some('.')
}

/// Whether the text ends in an abbreviation that a number belongs to.
fn counts(out: &str) -> bool {
    ["Abs.", "Nr.", "Art.", "Bd.", "Kap.", "Ziff.", " S."].iter().any(|it| out.ends_with(it))
}

/// Returns a title or another text of one paragraph, set.
pub fn set_line(lang: Lang, text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    Typesetter::new(lang).set(&mut out, text, false);
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn check(text: &str, expected: &str) {
        assert_eq!(set_line(Lang::De, text).replace(NO_BREAK, "~"), expected);
    }

    #[test]
    fn german_quotation_marks() {
        check(r#"Er sagte: "Das ist 'neu' hier.""#, "Er sagte: „Das ist ‚neu‘ hier.“");
        check(r#"("ja")"#, "(„ja“)");
        check(r#"„Hallo" sagte sie"#, "„Hallo“ sagte sie");
        check(r#"„schon“ "und""#, "„schon“ „und“");
        check("»so« “or” so", "»so« “or” so");
    }

    #[test]
    fn apostrophes_and_inches() {
        check("Hans' Rad, geht's, '68", "Hans’ Rad, geht’s, ’68");
        check(r#"5'10" groß"#, r#"5’10" groß"#);
    }

    #[test]
    fn dashes_and_dots() {
        check("2014--2020, ja -- nein, so---so ...", "2014–2020, ja~– nein, so—so …");
        check("a - b", "a - b");
        check("----- ....", "----- ....");
    }

    #[test]
    fn lines_do_not_break_inside_a_figure() {
        check("§ 13 und §§ 29 bis 35", "§~13 und §§~29 bis 35");
        check("§13 SGB VIII, §§ 29, §\u{a0}7, (§16h)", "§~13 SGB~VIII, §§~29, §~7, (§~16h)");
        check("Absatz 2 Satz 1 Nummer 3, Artikel 3", "Absatz~2 Satz~1 Nummer~3, Artikel~3");
        check("z. B. 1.000 € oder 5 %", "z.~B. 1.000~€ oder 5~%");
        check("i. d. R. nach Abs. 4, Nr. 3", "i.~d.~R. nach Abs.~4, Nr.~3");
        check("140 Mio. Euro nach SGB II", "140~Mio. Euro nach SGB~II");
        check("Ende. A. Müller", "Ende. A. Müller");
        check("seit 1. April, am 3. Mai", "seit 1.~April, am 3.~Mai");
        check("Stärken – Wege -- Ziele", "Stärken~– Wege~– Ziele");
    }

    #[test]
    fn stars_between_letters_are_hidden_and_shown() {
        assert_eq!(hide_stars("Leaver*innen *so* **so** 2*3 *"), "Leaver\u{1}innen *so* **so** 2*3 *");
        let addresses = "[x](https://a.de/b*c) <https://a.de/b*c>\n[y]: a*b";
        assert_eq!(hide_stars(addresses), addresses);
        assert_eq!(hide_stars("[a](b.md) c*d"), "[a](b.md) c\u{1}d");
        assert_eq!(show_stars("Leaver\u{1}innen"), "Leaver*innen");
        check("Leaver\u{1}innen", "Leaver*innen");
    }
}
