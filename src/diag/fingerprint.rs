//! Names of findings that stay the same while lines move around them.

use std::collections::HashMap;

use super::{Diagnostic, Lang};
use crate::hash::sha256;
use crate::source::Sources;

/// Returns a name for each finding, in their order.
///
/// It is made of the file, the code, the message and the text that is marked, never of a line
/// or a column. Findings that are equal in all of these are told apart by their number, so that
/// one more of them is a new one.
pub fn fingerprints(found: &[&Diagnostic], sources: &Sources) -> Vec<String> {
    let mut seen: HashMap<String, usize> = HashMap::new();
    let names = found.iter().map(|it| {
        let name = name(it, sources);
        let number = seen.entry(name.clone()).or_default();
        *number += 1;
        hash(&format!("{name}\0{number}"))
    });
    names.collect()
}

fn name(it: &Diagnostic, sources: &Sources) -> String {
    let source = sources.get(it.span.file);
    let marked = source.text.get(it.span.range()).unwrap_or_default();
    let marked = marked.split_whitespace().collect::<Vec<_>>().join(" ");
    // One language for all, so that `--lang` changes nothing.
    [&source.path, &*it.code, it.message.in_lang(Lang::De), &marked].join("\0")
}

/// Returns 32 hexadecimal digits.
fn hash(name: &str) -> String {
    sha256(name.as_bytes(), 16)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::diag::{Diagnostic, text};
    use crate::source::Span;

    fn names(written: &str) -> Vec<String> {
        let mut sources = Sources::default();
        let file = sources.add("a.md", written);
        let found = written.match_indices("weg").map(|(at, it)| {
            Diagnostic::error("broken-link", Span::new(file, at..at + it.len()), text("Weg.", "gone"))
        });
        let found: Vec<Diagnostic> = found.collect();
        fingerprints(&found.iter().collect::<Vec<_>>(), &sources)
    }

    #[test]
    fn lines_may_move() {
        assert_eq!(names("weg"), names("\n\nmehr weg hier"));
    }

    #[test]
    fn one_more_is_a_new_one() {
        let (one, two) = (names("weg"), names("weg\nweg"));
        assert_eq!(one[0], two[0]);
        assert_ne!(two[0], two[1]);
    }
}
