//! From the bytes of an office's file to text: which encoding it is in, and the proof.
//!
//! Excel writes „CSV UTF-8“ with a byte order mark, „CSV (Trennzeichen-getrennt)“
//! in Windows-1252 and „Unicode Text“ in UTF-16. Text of DOS and of old Macintoshes,
//! and text that was decoded wrongly before, is recognised and never guessed at.

use std::borrow::Cow;

use encoding_rs::{UTF_8, UTF_16BE, UTF_16LE, WINDOWS_1252};

use crate::diag::{Diagnostic, Text, text};
use crate::source::{FileId, Span};

/// How the characters of a file are written.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Encoding {
    Utf8,
    Utf16,
    Windows1252,
}

impl Encoding {
    /// Returns the name that stands in `encoding` of a Data Package.
    pub fn name(self) -> &'static str {
        match self {
            Encoding::Utf8 => "utf-8",
            Encoding::Utf16 => "utf-16",
            Encoding::Windows1252 => "windows-1252",
        }
    }

    /// Finds an encoding by its name; ISO 8859-1 is read as Windows-1252, as browsers do.
    pub fn by_name(name: &str) -> Option<Encoding> {
        match encoding_rs::Encoding::for_label(name.trim().as_bytes())? {
            it if it == UTF_8 => Some(Encoding::Utf8),
            it if it == WINDOWS_1252 => Some(Encoding::Windows1252),
            it if it == UTF_16LE || it == UTF_16BE => Some(Encoding::Utf16),
            _ => None,
        }
    }
}

/// A file as text.
#[derive(Debug, PartialEq, Eq)]
pub struct Decoded<'a> {
    /// Without a byte order mark.
    pub text: Cow<'a, str>,
    pub encoding: Encoding,
    /// The byte of the text where the first character stands that only this encoding explains.
    pub proof: Option<usize>,
}

/// Decodes a file. What the encoding is follows from the bytes alone.
pub fn decode(bytes: &[u8]) -> Decoded<'_> {
    if let Some(encoding) = utf16(bytes) {
        let (text, _) = encoding.decode_with_bom_removal(bytes);
        let proof = Some(letter_from(&text, 0));
        return Decoded { text, encoding: Encoding::Utf16, proof };
    }
    let bytes = bytes.strip_prefix(b"\xEF\xBB\xBF").unwrap_or(bytes);
    match std::str::from_utf8(bytes) {
        Ok(text) => Decoded {
            text: Cow::Borrowed(text),
            encoding: Encoding::Utf8,
            proof: text.bytes().position(|it| !it.is_ascii()),
        },
        Err(error) => {
            let (before, _) = WINDOWS_1252.decode_without_bom_handling(&bytes[..error.valid_up_to()]);
            let (text, _) = WINDOWS_1252.decode_without_bom_handling(bytes);
            let proof = Some(letter_from(&text, before.len()));
            Decoded { text, encoding: Encoding::Windows1252, proof }
        }
    }
}

/// Returns the first umlaut or the like in the line that begins at a byte, or that byte: a
/// word with an umlaut shows best whether a file is read rightly.
fn letter_from(text: &str, at: usize) -> usize {
    let line = text[at..].lines().next().unwrap_or_default();
    line.char_indices().find(|(_, it)| !it.is_ascii() && it.is_alphabetic()).map_or(at, |it| at + it.0)
}

/// Recognises UTF-16 by its mark, or without one by a NUL beside each of the first letters.
fn utf16(bytes: &[u8]) -> Option<&'static encoding_rs::Encoding> {
    match bytes {
        [0xFF, 0xFE, ..] => return Some(UTF_16LE),
        [0xFE, 0xFF, ..] => return Some(UTF_16BE),
        _ => {}
    }
    let start = bytes.get(..8)?;
    let is_zero = |at: usize| start[at] == 0;
    match [0, 2, 4, 6].map(is_zero) {
        [true, true, true, true] if !(1..8).step_by(2).any(is_zero) => Some(UTF_16BE),
        [false, false, false, false] if (1..8).step_by(2).all(is_zero) => Some(UTF_16LE),
        _ => None,
    }
}

/// Compares what a file is with what its descriptor says.
///
/// `encoding`: a declared encoding is the one of the file, and one we can read.
/// `encoding-guessed`: an encoding that is not declared is UTF-8.
pub fn check(
    decoded: Encoding,
    proof: Option<usize>,
    declared: Option<&crate::source::Spanned<String>>,
    file: FileId,
    csv: &str,
) -> Option<Diagnostic> {
    let Some(declared) = declared else {
        return (decoded != Encoding::Utf8).then(|| guessed(decoded, proof, file, csv));
    };
    let Some(wished) = Encoding::by_name(&declared.value) else {
        let message = text(
            format!("Die Codierung „{}“ wird nicht gelesen.", declared.value),
            format!("the encoding `{}` is not read", declared.value),
        );
        let help = text("Erlaubt: utf-8, windows-1252, utf-16", "allowed: utf-8, windows-1252, utf-16");
        return Some(Diagnostic::error("encoding", declared.span, message).help(help));
    };
    // Without a letter beyond ASCII the two are the same.
    let same = wished == decoded || (proof.is_none() && decoded != Encoding::Utf16);
    (!same).then(|| contradiction(decoded, proof, declared, file, csv))
}

fn guessed(encoding: Encoding, proof: Option<usize>, file: FileId, csv: &str) -> Diagnostic {
    let (name, seen) = (encoding.name(), seen(proof, csv));
    let message = text(
        format!("Die Datei ist nicht in UTF-8. Sie wurde als {name} gelesen, hier steht dann: {seen}"),
        format!("the file is not UTF-8; it was read as {name}, which gives here: {seen}"),
    );
    let help = text(
        format!("Stimmt das, tragen Sie in der Beschreibung ein: \"encoding\": \"{name}\""),
        format!("if this is right, write into the descriptor: \"encoding\": \"{name}\""),
    );
    Diagnostic::warning("encoding-guessed", place(file, proof, csv), message).help(help)
}

fn contradiction(
    encoding: Encoding,
    proof: Option<usize>,
    declared: &crate::source::Spanned<String>,
    file: FileId,
    csv: &str,
) -> Diagnostic {
    let (name, wished, seen) = (encoding.name(), &declared.value, seen(proof, csv));
    let message = text(
        format!("Die Beschreibung nennt {wished}, die Datei ist aber in {name}; hier steht: {seen}"),
        format!("the descriptor says {wished}, but the file is in {name}; here it reads: {seen}"),
    );
    let help = text(
        format!("Tragen Sie in der Beschreibung ein: \"encoding\": \"{name}\""),
        format!("write into the descriptor: \"encoding\": \"{name}\""),
    );
    Diagnostic::error("encoding", place(file, proof, csv), message)
        .also(declared.span, text("angegeben hier", "declared here"))
        .help(help)
}

/// The word around the proof.
fn seen(proof: Option<usize>, csv: &str) -> String {
    let Some(at) = proof.filter(|&it| csv.is_char_boundary(it)) else { return String::new() };
    let is_edge = |it: char| !it.is_alphanumeric();
    let start =
        csv[..at].rfind(is_edge).map_or(0, |it| it + csv[it..].chars().next().map_or(1, char::len_utf8));
    let rest = &csv[at..];
    let first = rest.chars().next().map_or(0, char::len_utf8);
    let end = rest[first..].find(is_edge).map_or(csv.len(), |it| at + first + it);
    csv[start..end].chars().take(40).collect()
}

fn place(file: FileId, proof: Option<usize>, csv: &str) -> Span {
    let at = proof.filter(|&it| csv.is_char_boundary(it)).unwrap_or_default();
    let length = csv[at..].chars().next().filter(|it| !it.is_control()).map_or(0, char::len_utf8);
    Span::new(file, at..at + length)
}

/// What is wrong with characters, whatever the encoding.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Damage {
    /// A character that no table has, such as U+0081: text of DOS, read wrongly.
    Control(char),
    /// `Ã¼` for `ü`: UTF-8 that was read as Windows-1252 and saved again.
    TwiceDecoded,
    /// U+FFFD: something was lost before.
    Lost,
    /// `MŸnchen`: text of an old Macintosh.
    Macintosh,
}

/// `control-character`, `mojibake`: the text of a table is what its authors typed.
///
/// Looks for signs of a wrong encoding; each line is reported once, at most ten of them.
pub fn damaged(file: FileId, csv: &str) -> Vec<Diagnostic> {
    let mut found: Vec<(usize, Damage)> = Vec::new();
    let mut line_end = 0;
    for (at, sign) in csv.char_indices().filter(|(_, it)| is_suspicious(*it)) {
        if at < line_end || found.len() == 10 {
            continue;
        }
        if let Some(damage) = damage(csv, at, sign) {
            found.push((at, damage));
            line_end = csv[at..].find(['\n', '\r']).map_or(csv.len(), |it| at + it);
        }
    }
    found.into_iter().map(|(at, damage)| explain(file, csv, at, damage)).collect()
}

fn is_suspicious(sign: char) -> bool {
    matches!(sign, '\u{0}'..='\u{8}' | '\u{b}' | '\u{c}' | '\u{e}'..='\u{1f}' | '\u{7f}'..='\u{9f}')
        || matches!(sign, 'Ã' | 'Â' | '\u{fffd}' | 'Š' | 'š' | 'Ÿ')
}

fn damage(csv: &str, at: usize, sign: char) -> Option<Damage> {
    let before = csv[..at].chars().next_back();
    let after = csv[at + sign.len_utf8()..].chars().next();
    match sign {
        'Ã' => after.is_some_and(|it| ('\u{80}'..='\u{bf}').contains(&it) || "„–œžŸ¤¶¼".contains(it)),
        'Â' => after.is_some_and(|it| "§°²³ \u{a0}«»".contains(it)),
        '\u{fffd}' => return Some(Damage::Lost),
        // Names of other countries begin with these letters; German words do not hold them.
        'Š' | 'š' | 'Ÿ' => {
            let is_lower = |it: Option<char>| it.is_some_and(|it| it.is_ascii_lowercase());
            let inside = before.is_some_and(|it| it.is_ascii_alphabetic()) && is_lower(after);
            return (sign == 'Ÿ' && inside && !csv.contains(['ä', 'ö', 'ü', 'ß']))
                .then_some(Damage::Macintosh);
        }
        control => return Some(Damage::Control(control)),
    }
    .then_some(Damage::TwiceDecoded)
}

fn explain(file: FileId, csv: &str, at: usize, damage: Damage) -> Diagnostic {
    let length = csv[at..].chars().next().map_or(0, char::len_utf8);
    let span = Span::new(file, at..at + length);
    let save_again = text(
        "Öffnen Sie die Ursprungsdatei und speichern Sie sie als „CSV UTF-8“.",
        "open the original file and save it as `CSV UTF-8`",
    );
    let (code, message): (_, Text) = match damage {
        Damage::Control(sign) => {
            let code = u32::from(sign);
            let from_dos = ('\u{80}'..='\u{9f}').contains(&sign);
            let (de, en) = match from_dos {
                true => (
                    " Vermutlich stammt die Datei aus einem DOS-Programm (CP850).",
                    "; the file is probably from a DOS program (CP850)",
                ),
                false => ("", ""),
            };
            let message = text(
                format!("Hier steht ein unsichtbares Steuerzeichen (U+{code:04X}).{de}"),
                format!("there is an invisible control character here (U+{code:04X}){en}"),
            );
            ("control-character", message)
        }
        Damage::TwiceDecoded => (
            "mojibake",
            text(
                "Umlaute sind zerstört: Die Datei wurde mit der falschen Codierung geöffnet und wieder gespeichert.",
                "umlauts are broken: the file was opened with the wrong encoding and saved again",
            ),
        ),
        Damage::Lost => (
            "mojibake",
            text("Hier ist ein Zeichen verloren gegangen (U+FFFD).", "a character was lost here (U+FFFD)"),
        ),
        Damage::Macintosh => (
            "mojibake",
            text(
                "Umlaute sind zerstört: Vermutlich stammt die Datei von einem alten Macintosh (MacRoman).",
                "umlauts are broken: the file is probably from an old Macintosh (MacRoman)",
            ),
        ),
    };
    Diagnostic::error(code, span, message).help(save_again)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::diag::Lang;

    #[track_caller]
    fn check_decoded(bytes: &[u8], text: &str, encoding: Encoding, proof: Option<usize>) {
        assert_eq!(decode(bytes), Decoded { text: text.into(), encoding, proof });
    }

    #[test]
    fn marks_are_dropped() {
        check_decoded(b"", "", Encoding::Utf8, None);
        check_decoded(b"\xEF\xBB\xBFa", "a", Encoding::Utf8, None);
        check_decoded("\u{feff}ü".as_bytes(), "ü", Encoding::Utf8, Some(0));
        check_decoded(b"\xFF\xFEa\0\xFC\0", "aü", Encoding::Utf16, Some(1));
        check_decoded(b"\xFE\xFF\0a\0\xFC", "aü", Encoding::Utf16, Some(1));
    }

    #[test]
    fn utf_16_is_known_without_a_mark() {
        check_decoded(b"O\0r\0t\0;\0", "Ort;", Encoding::Utf16, Some(0));
        check_decoded(b"\0O\0r\0t\0;", "Ort;", Encoding::Utf16, Some(0));
    }

    #[test]
    fn what_is_not_utf_8_is_windows_1252() {
        check_decoded(b"M\xFCnchen \x96 Stra\xDFe", "München – Straße", Encoding::Windows1252, Some(1));
        check_decoded(b"\xA9 M\xFCller", "© Müller", Encoding::Windows1252, Some(4));
        check_decoded(b"\xC3\xBC\xFC", "Ã¼ü", Encoding::Windows1252, Some(4));
    }

    #[test]
    fn the_proof_is_the_word_around_it() {
        assert_eq!(seen(Some(7), "Ort;5;München;x"), "München");
        assert_eq!(seen(Some(0), "üb"), "üb");
        assert_eq!(seen(None, "x"), "");
    }

    #[track_caller]
    fn check_damaged(csv: &str, expected: &[&str]) {
        let found: Vec<String> = damaged(FileId(0), csv)
            .iter()
            .map(|it| format!("{} {} {}", it.code, it.span.start, it.message.in_lang(Lang::En)))
            .collect();
        assert_eq!(found, expected);
    }

    #[test]
    fn wrong_encodings_are_recognised() {
        check_damaged(
            "Ort\nMÃ¼nchen;KÃ¶ln\n",
            &["mojibake 5 umlauts are broken: the file was opened with the wrong encoding and saved again"],
        );
        check_damaged(
            "M\u{81}nchen",
            &[
                "control-character 1 there is an invisible control character here (U+0081); the file is probably from a DOS program (CP850)",
            ],
        );
        check_damaged(
            "MŸnchen",
            &["mojibake 1 umlauts are broken: the file is probably from an old Macintosh (MacRoman)"],
        );
        check_damaged("a\u{fffd}", &["mojibake 1 a character was lost here (U+FFFD)"]);
    }

    #[test]
    fn foreign_names_are_no_damage() {
        check_damaged("São Paulo;Š. Novák;Âge;Louÿs;Šibenik;L'Haÿ", &[]);
    }
}
