//! The order of German words: DIN 5007-1 (`ä` as `a`, `ß` as `ss`), numbers by value.

use unicode_normalization::UnicodeNormalization;
use unicode_normalization::char::is_combining_mark;

/// Returns a key whose order is that of the text in a German dictionary.
///
/// Signs and case do not count, except to tell two equal texts apart.
pub fn collation_key(text: &str) -> String {
    let mut key = String::with_capacity(text.len() * 2);
    let mut digits = String::new();
    for sign in text.nfd().filter(|it| !is_combining_mark(*it)) {
        if sign.is_ascii_digit() {
            digits.push(sign);
            continue;
        }
        push_number(&mut key, &mut digits);
        match sign {
            'ß' | 'ẞ' => key.push_str("ss"),
            'æ' | 'Æ' => key.push_str("ae"),
            'œ' | 'Œ' => key.push_str("oe"),
            'ø' | 'Ø' => key.push('o'),
            'ł' | 'Ł' => key.push('l'),
            'đ' | 'Đ' | 'ð' | 'Ð' => key.push('d'),
            'þ' | 'Þ' => key.push_str("th"),
            _ if sign.is_alphanumeric() => key.extend(sign.to_lowercase()),
            _ if sign.is_whitespace() || sign == '-' => key.push(' '),
            _ => {}
        }
    }
    push_number(&mut key, &mut digits);
    let mut key = key.trim().to_owned();
    key.push('\u{0}');
    key.push_str(text);
    key
}

/// Puts the length before the digits, so that 9 comes before 10.
fn push_number(key: &mut String, digits: &mut String) {
    let number = digits.trim_start_matches('0');
    if !digits.is_empty() {
        key.push_str(&format!("{:03}{number}", number.len()));
        digits.clear();
    }
}

/// Returns the capital letter under which a dictionary lists the text, A to Z; none for other signs.
pub fn dictionary_letter(text: &str) -> Option<char> {
    let first = collation_key(text).chars().next()?.to_ascii_uppercase();
    first.is_ascii_uppercase().then_some(first)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn german_words_in_the_order_of_a_dictionary() {
        let sorted = [
            "§ 9 SGB II",
            "§ 16h SGB II",
            "Apfel",
            "Äpfel",
            "Ärger",
            "Arzt",
            "Łęknica",
            "Lübben",
            "Öl",
            "Ostsee",
            "Straße",
            "Strasse 2",
            "Zebra",
        ];
        let mut words = sorted;
        words.reverse();
        words.sort_by_key(|it| collation_key(it));
        assert_eq!(words, sorted);
    }

    #[test]
    fn umlauts_stand_under_their_letter() {
        assert_eq!(dictionary_letter("Übergang"), Some('U'));
        assert_eq!(dictionary_letter("§ 16h SGB II"), None);
        assert_eq!(dictionary_letter(""), None);
    }
}
