//! Ids and addresses made from German titles.

use std::collections::{BTreeSet, HashSet};
use std::sync::Arc;

use unicode_normalization::UnicodeNormalization;

/// Returns the text in `a`–`z`, `0`–`9` and single hyphens.
///
/// Umlauts become two letters (`ä` → `ae`), `ß` becomes `ss`, other scripts are
/// transliterated, emoji and signs separate words. The result may be empty.
pub fn slug(text: &str) -> String {
    let mut slug = String::with_capacity(text.len());
    for sign in text.nfc() {
        match sign {
            'ä' | 'Ä' => slug.push_str("ae"),
            'ö' | 'Ö' => slug.push_str("oe"),
            'ü' | 'Ü' => slug.push_str("ue"),
            'ß' | 'ẞ' => slug.push_str("ss"),
            'a'..='z' | '0'..='9' => slug.push(sign),
            'A'..='Z' => slug.push(sign.to_ascii_lowercase()),
            _ if sign.is_alphanumeric() => transliterate(sign, &mut slug),
            // A soft hyphen or a joiner is no border between words.
            '\u{ad}' | '\u{200b}'..='\u{200d}' | '\u{2060}' => {}
            _ => separate(&mut slug),
        }
    }
    slug.truncate(slug.trim_end_matches('-').len());
    slug
}

fn separate(slug: &mut String) {
    if !slug.is_empty() && !slug.ends_with('-') {
        slug.push('-');
    }
}

fn transliterate(sign: char, slug: &mut String) {
    for part in deunicode::deunicode_char(sign).unwrap_or_default().chars() {
        match part.to_ascii_lowercase() {
            letter @ ('a'..='z' | '0'..='9') => slug.push(letter),
            _ => separate(slug),
        }
    }
}

/// Makes a part of an address; one that has no letter at all keeps a place of its own.
pub fn part(name: &str) -> String {
    let slug = slug(name);
    if slug.is_empty() { "seite".to_owned() } else { slug }
}

/// Gives each id once: a second `x` becomes `x-2`.
#[derive(Debug, Default)]
pub struct UniqueIds {
    taken: HashSet<String>,
    /// Ids that are taken on every page.
    reserved: Arc<BTreeSet<String>>,
}

impl UniqueIds {
    /// Starts with ids that are taken already.
    pub fn reserving(reserved: &Arc<BTreeSet<String>>) -> UniqueIds {
        UniqueIds { taken: HashSet::new(), reserved: Arc::clone(reserved) }
    }

    /// Returns the wished id, or the next free one with a number behind it.
    pub fn claim(&mut self, wish: &str) -> String {
        let base = if wish.is_empty() { "abschnitt" } else { wish };
        let mut id = base.to_owned();
        let mut number = 2;
        while self.reserved.contains(&id) || !self.taken.insert(id.clone()) {
            id = format!("{base}-{number}");
            number += 1;
        }
        id
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn check(text: &str, expected: &str) {
        assert_eq!(slug(text), expected);
    }

    #[test]
    fn german_letters_become_two() {
        check("Übergänge für Größe", "uebergaenge-fuer-groesse");
        check("U\u{308}bergang", "uebergang");
    }

    #[test]
    fn gender_forms_are_separated() {
        check("Care Leaver*innen", "care-leaver-innen");
        check("Schüler:innen", "schueler-innen");
    }

    #[test]
    fn signs_separate_once_and_never_at_the_ends() {
        check("§ 16h SGB II – (Förderung)!", "16h-sgb-ii-foerderung");
        check("😀", "");
        check("Çelik Øre Łódź", "celik-ore-lodz");
    }

    #[test]
    fn doubles_are_numbered() {
        let mut ids = UniqueIds::reserving(&Arc::new(BTreeSet::from(["main".to_owned()])));
        assert_eq!(ids.claim("main"), "main-2");
        assert_eq!(ids.claim("a"), "a");
        assert_eq!(ids.claim("a-2"), "a-2");
        assert_eq!(ids.claim("a"), "a-3");
    }
}
