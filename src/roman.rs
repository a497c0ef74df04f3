//! Roman numbers, as the fourteen books of the Sozialgesetzbuch have them.

const NUMBERS: [&str; 14] =
    ["i", "ii", "iii", "iv", "v", "vi", "vii", "viii", "ix", "x", "xi", "xii", "xiii", "xiv"];

/// Reads a Roman number from 1 to 14 in small letters.
pub fn number(text: &str) -> Option<usize> {
    NUMBERS.iter().position(|it| *it == text).map(|at| at + 1)
}
