//! Texts compared word by word.
//!
//! The time is bounded by the sizes of the texts and not by a clock, so that the same texts
//! always give the same: the search itself gives up looking for the shortest way at a fixed
//! cost, and texts that are longer still are told as a whole.

use std::ops::Range;

use imara_diff::{Algorithm, Diff, InternedInput};

/// A stretch of a text that was compared with another.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Piece {
    Same(String),
    Removed(String),
    Added(String),
    /// Words that are the same are left out.
    Gap,
}

/// More than this, on both sides together and between what is the same at both ends, is not
/// compared one by one: the time grows with the square where the same few words come again and again.
const MOST: usize = 10_000;
/// So many signs of one page are compared word by word.
pub const PAGE_SIGNS: usize = 500_000;
/// How many words stand around a change.
const AROUND: usize = 6;
/// Texts that share less than one part in so many are told one after the other.
const LEAST_SHARED: usize = 4;

/// A word, or a sign beside one, and whether there is a blank before it.
#[derive(Clone, Copy)]
struct Word<'a> {
    text: &'a str,
    after_blank: bool,
}

/// Compares two texts.
pub fn compare(old: &str, new: &str) -> Vec<Piece> {
    let (before, after) = (words(old), words(new));
    let hunks = merged(hunks(&texts(&before), &texts(&after)), &after);
    let removed: usize = hunks.iter().map(|it| it.0.len()).sum();
    let shared = before.len() - removed;
    if shared * LEAST_SHARED < before.len().max(after.len()) {
        return whole(old, new);
    }
    pieces(&before, &after, &hunks)
}

fn texts<'a>(words: &[Word<'a>]) -> Vec<&'a str> {
    words.iter().map(|it| it.text).collect()
}

/// Tells two texts one after the other.
pub fn whole(old: &str, new: &str) -> Vec<Piece> {
    let piece = |text: &str, of: fn(String) -> Piece| (!text.is_empty()).then(|| of(text.to_owned()));
    [piece(old, Piece::Removed), piece(new, Piece::Added)].into_iter().flatten().collect()
}

/// Cuts a text into words; signs around a word are words of their own, and so is a line end.
fn words(text: &str) -> Vec<Word<'_>> {
    let mut words = Vec::new();
    for (at, line) in text.split('\n').enumerate() {
        if at > 0 {
            words.push(Word { text: "\n", after_blank: false });
        }
        for (at, word) in line.split_whitespace().enumerate() {
            push_word(word, at > 0, &mut words);
        }
    }
    words
}

fn push_word<'a>(word: &'a str, mut after_blank: bool, words: &mut Vec<Word<'a>>) {
    let is_inner = |sign: char| sign.is_alphanumeric();
    let start = word.find(is_inner).unwrap_or(0);
    let end = word
        .rfind(is_inner)
        .map_or(word.len(), |at| at + word[at..].chars().next().map_or(0, char::len_utf8));
    for part in [&word[..start], &word[start..end], &word[end..]] {
        if !part.is_empty() {
            words.push(Word { text: part, after_blank });
            after_blank = false;
        }
    }
}

/// Returns what is different in two lists: ranges of the first, and what stands there in the second.
pub fn hunks<T: std::hash::Hash + Eq + Copy + Default>(
    old: &[T],
    new: &[T],
) -> Vec<(Range<usize>, Range<usize>)> {
    let start = old.iter().zip(new).take_while(|(one, other)| one == other).count();
    let ends = old[start..].iter().rev().zip(new[start..].iter().rev());
    let end = ends.take_while(|(one, other)| one == other).count();
    let (before, after) = (start..old.len() - end, start..new.len() - end);
    if before.is_empty() || after.is_empty() || before.len() + after.len() > MOST {
        let is_same = before.is_empty() && after.is_empty();
        return if is_same { Vec::new() } else { vec![(before, after)] };
    }
    let mut input = InternedInput::default();
    input.update_before(old.iter().copied());
    input.update_after(new.iter().copied());
    let mut diff = Diff::compute(Algorithm::Histogram, &input);
    diff.postprocess_no_heuristic(&input);
    let range = |it: Range<u32>| it.start as usize..it.end as usize;
    diff.hunks().map(|it| (range(it.before), range(it.after))).collect()
}

/// Puts changes together where only a sign or a short word stands between them.
fn merged(hunks: Vec<(Range<usize>, Range<usize>)>, after: &[Word<'_>]) -> Vec<(Range<usize>, Range<usize>)> {
    let mut merged: Vec<(Range<usize>, Range<usize>)> = Vec::new();
    for (before, later) in hunks {
        match merged.last_mut() {
            Some(last) if is_slight(&after[last.1.end..later.start]) => {
                last.0.end = before.end;
                last.1.end = later.end;
            }
            _ => merged.push((before, later)),
        }
    }
    merged
}

fn is_slight(between: &[Word<'_>]) -> bool {
    between.len() == 1 && between[0].text != "\n" && between[0].text.chars().count() <= 2
}

fn pieces(before: &[Word<'_>], after: &[Word<'_>], hunks: &[(Range<usize>, Range<usize>)]) -> Vec<Piece> {
    let mut pieces = Vec::new();
    let mut at = 0;
    for (number, (removed, added)) in hunks.iter().enumerate() {
        push_same(&after[at..added.start], number == 0, false, &mut pieces);
        pieces.extend((!removed.is_empty()).then(|| Piece::Removed(joined(&before[removed.clone()]))));
        pieces.extend((!added.is_empty()).then(|| Piece::Added(joined(&after[added.clone()]))));
        at = added.end;
    }
    push_same(&after[at..], false, true, &mut pieces);
    pieces
}

/// Adds words that are the same; of many only those beside a change.
fn push_same(words: &[Word<'_>], is_first: bool, is_last: bool, pieces: &mut Vec<Piece>) {
    let (start, end) = (if is_first { 0 } else { AROUND }, if is_last { 0 } else { AROUND });
    if words.is_empty() {
        return;
    }
    if words.len() <= start + end + 2 {
        return pieces.push(Piece::Same(joined(words)));
    }
    let (head, tail) = (&words[..start], &words[words.len() - end..]);
    pieces.extend((!head.is_empty()).then(|| Piece::Same(joined(head))));
    pieces.push(Piece::Gap);
    pieces.extend((!tail.is_empty()).then(|| Piece::Same(format!(" {}", joined(tail).trim_start()))));
}

/// Puts changes of two places of a text one after the other.
pub fn append(pieces: &mut Vec<Piece>, more: Vec<Piece>) {
    if pieces.last() != Some(&Piece::Gap) && more.first() != Some(&Piece::Gap) {
        pieces.push(Piece::Gap);
    }
    let start = pieces.len();
    pieces.extend(more);
    if let Some(Piece::Same(text) | Piece::Removed(text) | Piece::Added(text)) = pieces.get_mut(start) {
        text.insert(0, ' ');
    }
}

/// Returns words as a text; a blank before the first one is kept.
fn joined(words: &[Word<'_>]) -> String {
    let mut text = String::new();
    for word in words {
        if word.after_blank {
            text.push(' ');
        }
        text.push_str(word.text);
    }
    text
}

/// Counts the words of a text.
pub fn count(text: &str) -> usize {
    text.split_whitespace().filter(|it| it.chars().any(char::is_alphanumeric)).count()
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Prints pieces as `git` prints words.
    fn print(pieces: &[Piece]) -> String {
        let print = |it: &Piece| match it {
            Piece::Same(text) => text.clone(),
            Piece::Removed(text) => format!("[-{text}-]"),
            Piece::Added(text) => format!("{{+{text}+}}"),
            Piece::Gap => " …".to_owned(),
        };
        pieces.iter().map(print).collect()
    }

    #[track_caller]
    fn check(old: &str, new: &str, expected: &str) {
        assert_eq!(print(&compare(old, new)), expected);
    }

    #[test]
    fn words_are_whole() {
        check("In der Stadt Kiel.", "In der Stadt Flensburg.", "In der Stadt[- Kiel-]{+ Flensburg+}.");
        check(
            "für Care Leaver sind",
            "für Care Leaver*innen sind",
            "für Care[- Leaver-]{+ Leaver*innen+} sind",
        );
    }

    #[test]
    fn signs_beside_a_word_are_words() {
        check("Wir helfen gern.", "Wir helfen gern!", "Wir helfen gern[-.-]{+!+}");
    }

    #[test]
    fn long_same_stretches_are_left_out() {
        check(
            "a1 a2 a3 a4 a5 a6 a7 a8 a9 alt b1 b2 b3 b4 b5 b6 b7 b8 b9",
            "a1 a2 a3 a4 a5 a6 a7 a8 a9 neu b1 b2 b3 b4 b5 b6 b7 b8 b9",
            " … a4 a5 a6 a7 a8 a9[- alt-]{+ neu+} b1 b2 b3 b4 b5 b6 …",
        );
    }

    #[test]
    fn blanks_do_not_count() {
        assert!(hunks(&texts(&words("§\u{a0}13  a")), &texts(&words("§ 13 a"))).is_empty());
    }

    #[test]
    fn other_texts_are_told_one_after_the_other() {
        check("Ein Satz.", "Ganz andere Worte hier", "[-Ein Satz.-]{+Ganz andere Worte hier+}");
    }

    #[test]
    fn hostile_texts_are_told_in_time() {
        // Compared word by word, they would take hours.
        let old = "a b ".repeat(5 << 18);
        let new = "b a a ".repeat(5 << 17);
        assert_eq!(compare(&old, &new).len(), 2);
        let (old, new) = ("a b ".repeat(2_400), "b a a ".repeat(1_600));
        assert!(compare(&old, &new).len() > 2);
    }
}
