//! Where German compounds are joined: „Jugend|berufs|agentur“.
//!
//! A joint lies where a word may be hyphenated, and both sides are words: of the site, of
//! our own list (`words.txt`), or of `search.words` in the configuration. The rules for
//! hyphens keep us from the classic traps („Partner|schaft“, not „Partners|haft“).

use std::collections::HashSet;

use hypher::Lang;

use super::analysis::{fold, is_stop_word, stem};

/// Our own list of German base words, one a line.
const WORDS: &str = include_str!("words.txt");

/// The words that compounds may be made of.
pub struct Compounds {
    /// Folded; words of three letters count only from here.
    listed: HashSet<String>,
    /// Stems of the words above.
    listed_stems: HashSet<String>,
    /// Stems of all words.
    stems: HashSet<String>,
}

/// Endings that are no words, though they look like some.
const ENDINGS: [&str; 36] = [
    "schaft", "schaften", "heit", "heiten", "keit", "keiten", "ung", "ungen", "lich", "liche", "lichen",
    "isch", "ische", "ischen", "los", "lose", "losen", "bar", "bare", "sam", "same", "haft", "hafte", "tum",
    "nis", "ling", "chen", "lein", "tion", "tionen", "lung", "lungen", "rin", "rinnen", "baren", "barer",
];

/// Beginnings that change a word and do not join it with another.
const PARTICLES: [&str; 41] = [
    "ab", "an", "auf", "aus", "bei", "be", "da", "dar", "durch", "ein", "ent", "er", "fort", "ge", "her",
    "hin", "hinter", "in", "los", "miss", "mit", "nach", "ober", "um", "un", "unter", "ur", "uber", "ver",
    "vor", "vorbei", "voran", "voraus", "weg", "wider", "wieder", "zer", "zu", "zuge", "zuruck", "zusammen",
];

/// Shorter words are not split.
const SHORTEST: usize = 7;
/// Shorter words of a site are chance.
const SHORTEST_OF_SITE: usize = 5;

impl Compounds {
    /// Takes the words of a site and those of its configuration.
    pub fn new<'a>(site: impl Iterator<Item = &'a str>, configured: &[String]) -> Compounds {
        let listed = WORDS.lines().map(str::trim).filter(|it| !it.is_empty() && !it.starts_with('#'));
        let listed: HashSet<String> =
            listed.chain(configured.iter().map(String::as_str)).map(|it| fold(&it.to_lowercase())).collect();
        let of_site = site.filter(|it| it.chars().count() >= SHORTEST_OF_SITE).map(fold);
        let of_site = of_site.filter(|it| it.bytes().all(|it| it.is_ascii_lowercase()));
        let all = listed.iter().cloned().chain(of_site).filter(|it| !is_stop_word(it));
        let stems = all.map(|it| stem(&it).to_owned()).collect();
        let listed_stems = listed.iter().map(|it| stem(it).to_owned()).collect();
        Compounds { listed, listed_stems, stems }
    }

    /// Returns the parts of a word in lower case, as finely as it goes; the word itself where it has none.
    pub fn split<'a>(&self, word: &'a str) -> Vec<&'a str> {
        let mut parts = Vec::new();
        if word.chars().count() < SHORTEST || !word.chars().all(char::is_alphabetic) {
            return vec![word];
        }
        // The ending of „Berufsberaterinnen“ is no word, nor part of one.
        let base = word.strip_suffix("innen").filter(|it| it.chars().count() >= SHORTEST);
        self.push_parts(base.unwrap_or(word), true, true, &mut parts);
        if parts.len() < 2 {
            return vec![word];
        }
        // The last part has the ending again, so that it is stemmed as by itself.
        let last: usize = parts[..parts.len() - 1].iter().map(|it| it.len()).sum();
        parts.pop();
        parts.push(&word[last..]);
        parts
    }

    fn push_parts<'a>(&self, word: &'a str, is_first: bool, is_last: bool, parts: &mut Vec<&'a str>) {
        let found = if self.is_simple(word) { Vec::new() } else { self.fewest(word, is_first, is_last) };
        if found.len() < 2 {
            return parts.push(word);
        }
        let last = found.len() - 1;
        for (at, part) in found.into_iter().enumerate() {
            self.push_parts(part, is_first && at == 0, is_last && at == last, parts);
        }
    }

    /// Whether our own list has the word, or has it without the `s` that joins it („handlungs“).
    fn is_simple(&self, word: &str) -> bool {
        let folded = fold(word);
        self.listed_stems.contains(stem(&folded))
    }

    /// Finds the way to cut a word into two or more known parts that has the fewest of them.
    fn fewest<'a>(&self, word: &'a str, is_first: bool, is_last: bool) -> Vec<&'a str> {
        let mut borders = vec![0];
        for syllable in hypher::hyphenate(word, Lang::German) {
            borders.push(borders.last().copied().unwrap_or_default() + syllable.len());
        }
        // The best way up to each border: how many parts, and where the last of them begins.
        let mut ways: Vec<Option<(usize, usize)>> = vec![None; borders.len()];
        ways[0] = Some((0, 0));
        let end = borders.len() - 1;
        for to in 1..=end {
            for from in 0..to {
                let Some((count, _)) = ways[from] else { continue };
                if (from, to) == (0, end) || ways[to].is_some_and(|it| it.0 <= count + 1) {
                    continue;
                }
                let (first, last) = (is_first && from == 0, is_last && to == end);
                if self.is_part(&word[borders[from]..borders[to]], first, last) {
                    ways[to] = Some((count + 1, from));
                }
            }
        }
        let mut parts = Vec::new();
        let mut to = end;
        while let Some((_, from)) = ways[to].filter(|_| to > 0) {
            parts.push(&word[borders[from]..borders[to]]);
            to = from;
        }
        parts.reverse();
        parts
    }

    /// Whether something is a word, with what may join it to the next one.
    fn is_part(&self, part: &str, is_first: bool, is_last: bool) -> bool {
        let length = part.chars().count();
        let folded = fold(part);
        if length < 3 || is_stop_word(&folded) {
            return false;
        }
        // „Rat-schaft“ and „Vor-rang“ have one word in them.
        let ending = folded.strip_suffix('s').unwrap_or(&folded);
        if !is_first && (ENDINGS.contains(&ending) || ENDINGS.contains(&folded.as_str()))
            || PARTICLES.contains(&folded.as_str())
        {
            return false;
        }
        if length == 3 {
            return self.listed.contains(&folded);
        }
        let stem = stem(&folded);
        // Too short a stem is chance, unless the list has the very word.
        if stem.len() < 4 && !self.listed.contains(&folded) && !self.listed.contains(stem) {
            return false;
        }
        self.stems.contains(stem)
            || stem.strip_suffix("er").is_some_and(|it| it.len() >= 3 && self.has_plural(it, is_last))
            || (!is_last && stem.strip_suffix('s').is_some_and(|it| it.len() >= 4 && self.stems.contains(it)))
    }

    /// Whether a word may have a plural in „-er“; at the end, „Helfer“ is no plural of „Hilfe“.
    fn has_plural(&self, stem: &str, is_last: bool) -> bool {
        if is_last { self.listed.contains(stem) } else { self.stems.contains(stem) }
    }
}
