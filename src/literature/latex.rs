//! LaTeX as it stands in BibTeX files, into plain text.

use std::ops::Range;

use unicode_normalization::UnicodeNormalization;

/// Plain text, and the commands in it that are not known, with their places.
#[derive(Debug, Default, PartialEq, Eq)]
pub struct Plain {
    pub text: String,
    pub unknown: Vec<Range<usize>>,
}

/// Returns LaTeX as plain text in one line.
///
/// Accents become letters, commands for signs become signs, commands for looks and braces go;
/// what an unknown command holds stays.
pub fn plain(written: &str) -> Plain {
    let mut reader = Reader { written, at: 0, out: String::new(), unknown: Vec::new() };
    while reader.at < written.len() {
        reader.step();
    }
    let text: String = reader.out.nfc().collect();
    // Only blanks: a no-break space is no place where words were set apart.
    let words: Vec<&str> = text.split([' ', '\t', '\n', '\r']).filter(|it| !it.is_empty()).collect();
    Plain { text: words.join(" "), unknown: reader.unknown }
}

struct Reader<'a> {
    written: &'a str,
    at: usize,
    out: String,
    unknown: Vec<Range<usize>>,
}

impl Reader<'_> {
    fn rest(&self) -> &str {
        &self.written[self.at..]
    }

    fn step(&mut self) {
        for (from, to) in LIGATURES {
            if self.rest().starts_with(from) {
                self.at += from.len();
                return self.out.push_str(to);
            }
        }
        let Some(sign) = self.rest().chars().next() else { return };
        match sign {
            '\\' => self.command(),
            '{' | '}' | '$' => self.at += 1,
            _ => {
                self.at += sign.len_utf8();
                self.out.push(sign);
            }
        }
    }

    /// Reads `\"u`, `\"{u}`, `\ss`, `\emph{…}` and the like.
    fn command(&mut self) {
        let start = self.at;
        self.at += 1;
        let Some(first) = self.rest().chars().next() else { return };
        if !first.is_ascii_alphabetic() {
            self.at += first.len_utf8();
            return match mark(first) {
                Some(mark) => self.accent(mark),
                None if first.is_whitespace() || "\\,;:".contains(first) => self.out.push(' '),
                None if "-/!".contains(first) => {}
                None => self.out.push(first),
            };
        }
        let length = self.rest().find(|it: char| !it.is_ascii_alphabetic()).unwrap_or(self.rest().len());
        let name = self.rest()[..length].to_owned();
        self.at += length;
        if let Some((_, sign)) = SIGNS.iter().find(|it| it.0 == name) {
            self.end_of_name();
            return self.out.push_str(sign);
        }
        if let Some(mark) = named_mark(&name) {
            return self.accent(mark);
        }
        if !LOOKS.contains(&name.as_str()) {
            self.unknown.push(start..self.at);
        }
        self.skip_blanks();
    }

    /// Blanks end the name of a command and are no text; so is a pair of empty braces.
    fn end_of_name(&mut self) {
        self.skip_blanks();
        if self.rest().starts_with("{}") {
            self.at += 2;
        }
    }

    fn skip_blanks(&mut self) {
        self.at += self.rest().len() - self.rest().trim_start_matches([' ', '\t', '\n', '\r']).len();
    }

    /// Puts a mark on the letter that follows, in braces or not.
    fn accent(&mut self, mark: char) {
        self.skip_blanks();
        let braces = self.rest().len() - self.rest().trim_start_matches('{').len();
        self.at += braces;
        let letter = match self.rest() {
            // The dotless letters carry marks.
            it if it.starts_with("\\i") || it.starts_with("\\j") => {
                let letter = it[1..].chars().next();
                self.at += 1;
                letter
            }
            it => it.chars().next(),
        };
        let Some(letter) = letter.filter(|it| it.is_alphabetic()) else { return };
        self.at += letter.len_utf8();
        self.out.push(letter);
        self.out.push(mark);
    }
}

const LIGATURES: [(&str, &str); 5] = [("---", "—"), ("--", "–"), ("``", "„"), ("''", "“"), ("~", "\u{a0}")];

fn mark(sign: char) -> Option<char> {
    Some(match sign {
        '"' => '\u{308}',
        '\'' => '\u{301}',
        '`' => '\u{300}',
        '^' => '\u{302}',
        '~' => '\u{303}',
        '=' => '\u{304}',
        '.' => '\u{307}',
        _ => return None,
    })
}

fn named_mark(name: &str) -> Option<char> {
    Some(match name {
        "c" => '\u{327}',
        "k" => '\u{328}',
        "v" => '\u{30c}',
        "u" => '\u{306}',
        "H" => '\u{30b}',
        "r" => '\u{30a}',
        "d" => '\u{323}',
        "b" => '\u{331}',
        _ => return None,
    })
}

const SIGNS: [(&str, &str); 29] = [
    ("ss", "ß"),
    ("SS", "ẞ"),
    ("ae", "æ"),
    ("AE", "Æ"),
    ("oe", "œ"),
    ("OE", "Œ"),
    ("aa", "å"),
    ("AA", "Å"),
    ("o", "ø"),
    ("O", "Ø"),
    ("l", "ł"),
    ("L", "Ł"),
    ("i", "ı"),
    ("j", "ȷ"),
    ("S", "§"),
    ("P", "¶"),
    ("dots", "…"),
    ("ldots", "…"),
    ("euro", "€"),
    ("textendash", "–"),
    ("textemdash", "—"),
    ("textquotedblleft", "“"),
    ("textquotedblright", "”"),
    ("glqq", "„"),
    ("grqq", "“"),
    ("textbackslash", "\\"),
    ("textasciitilde", "~"),
    ("textunderscore", "_"),
    ("copyright", "©"),
];

/// Commands that say how something looks, not what it is.
const LOOKS: [&str; 20] = [
    "emph", "textit", "textbf", "textsc", "textrm", "texttt", "textsf", "textsl", "textup", "text", "it",
    "bf", "em", "rm", "sc", "tt", "url", "mbox", "enquote", "relax",
];

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn check(written: &str, expected: &str) {
        assert_eq!(plain(written), Plain { text: expected.to_owned(), unknown: Vec::new() });
    }

    #[test]
    fn accents_in_all_spellings() {
        check(r#"M{\"u}ller, J\"org, \"{A}nne, {\"{o}}, \" u"#, "Müller, Jörg, Änne, ö, ü");
        check(r"Wei{\ss}, Wei\ss{} und Gro\ss e", "Weiß, Weiß und Große");
        check(r"Ren\'e, Fran\c{c}ois, \v{S}imek, {\'\i}, \o", "René, François, Šimek, í, ø");
    }

    #[test]
    fn signs_and_looks() {
        check(r"A \& B, 5\,\%, \S~13, S. 12--14", "A & B, 5 %, §\u{a0}13, S. 12–14");
        check(r"{SGB} \emph{VIII} ``neu''", "SGB VIII „neu“");
        check("zwei\n  Zeilen~hier", "zwei Zeilen\u{a0}hier");
    }

    #[test]
    fn unknown_commands_are_told() {
        let found = plain(r"a \foo{b}");
        assert_eq!((found.text.as_str(), found.unknown.first()), ("a b", Some(&(2..6))));
    }

    #[test]
    fn nothing_breaks_it() {
        for written in ["\\", "\\\"", "{\\\"", "\\i", "\\\"\\", "}}{", "\\\"{}", "ä\\ß"] {
            plain(written);
        }
    }
}
