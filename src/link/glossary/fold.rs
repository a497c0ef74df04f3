//! Text in which a blank, a no-break space, the end of a line and a hyphen are one sign, and
//! a soft hyphen is none.

/// A text whose separators are blanks, and the way back to the text it was made of.
#[derive(Debug, Default)]
pub struct Folded {
    pub text: String,
    /// Where a blank stands for more than one byte: the byte behind it, and how many bytes
    /// have gone up to there.
    shifts: Vec<(usize, usize)>,
}

impl Folded {
    /// Returns where a byte stood in the text before it was folded.
    pub fn original(&self, at: usize) -> usize {
        let behind = self.shifts.partition_point(|it| it.0 <= at);
        at + behind.checked_sub(1).map_or(0, |it| self.shifts[it].1)
    }
}

/// Folds a text.
pub fn fold(text: &str) -> Folded {
    let mut folded = Folded::default();
    fold_into(text, &mut folded);
    folded
}

/// Folds a text into the place of another.
pub fn fold_into(text: &str, folded: &mut Folded) {
    folded.text.clear();
    folded.shifts.clear();
    let (bytes, mut written, mut gone) = (text.as_bytes(), 0, 0);
    for (at, byte) in bytes.iter().enumerate() {
        // Nearly all bytes begin no separator.
        if !matches!(byte, b'-' | b'\n' | 0xc2 | 0xe2) {
            continue;
        }
        let length = separator(&bytes[at..]);
        if length == 0 {
            continue;
        }
        let sign = if bytes[at..].starts_with(SOFT_HYPHEN) { "" } else { " " };
        folded.text.push_str(&text[written..at]);
        folded.text.push_str(sign);
        written = at + length;
        if length > sign.len() {
            gone += length - sign.len();
            folded.shifts.push((folded.text.len(), gone));
        }
    }
    folded.text.push_str(&text[written..]);
}

/// Where a word may be parted at the end of a line.
const SOFT_HYPHEN: &[u8] = "\u{ad}".as_bytes();

/// Returns how many bytes the separator or soft hyphen has with which a text begins; 0 where it begins with none.
fn separator(bytes: &[u8]) -> usize {
    match bytes {
        [b'-' | b'\n', ..] => 1,
        // No-break space, soft hyphen.
        [0xc2, 0xa0 | 0xad, ..] => 2,
        // Hyphen, no-break hyphen, narrow no-break space.
        [0xe2, 0x80, 0x90 | 0x91 | 0xaf, ..] => 3,
        _ => 0,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_place_is_found_again() {
        let text = "§\u{a0}16h SGB\u{a0}II, Care\u{2011}Leaver-Haus, Job\u{ad}cen\u{ad}ter am Ort";
        let folded = fold(text);
        assert_eq!(folded.text, "§ 16h SGB II, Care Leaver Haus, Jobcenter am Ort");
        for part in ["16h", "SGB", "II", "Care", "Leaver", "Haus", "Job", "cen", "ter", "am", "Ort"] {
            let at = folded.text.find(part).unwrap();
            assert!(text[folded.original(at)..].starts_with(part), "{part}");
        }
        assert_eq!(folded.original(folded.text.len()), text.len());
    }
}
