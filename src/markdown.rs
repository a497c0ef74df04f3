//! Text of others in Markdown of ours, for comments on pull requests and merge requests.
//!
//! It becomes entities where a sign could mean something, in HTML as in Markdown; what GitHub makes
//! a link or a mention of by itself is interrupted by an invisible sign.

/// Stands between signs that would become a link or a mention; nobody sees it.
const JOINER: &str = "&#8288;";

/// Returns text that is nothing but text, in HTML and in Markdown.
pub fn escape(text: &str) -> String {
    let mut out = String::with_capacity(text.len() * 2);
    let mut signs = text.chars().peekable();
    let mut before = ' ';
    while let Some(sign) = signs.next() {
        let next = signs.peek().copied().unwrap_or(' ');
        match sign {
            '\n' => out.push_str("<br>"),
            it if it.is_control() || is_direction(it) => out.push('\u{fffd}'),
            // `1. ` at the beginning would be a list.
            '.' if before.is_ascii_digit() && next == ' ' => out.push_str("&#46;"),
            it if it.is_ascii_punctuation() && !is_plain(before, it, next) => {
                out.push_str(&format!("&#{};", u32::from(it)))
            }
            it => out.push(it),
        }
        if starts_something(before, sign, next) {
            out.push_str(JOINER);
        }
        before = sign;
    }
    without_hashes(&out)
}

/// Whether a sign turns the direction of what follows.
pub fn is_direction(sign: char) -> bool {
    matches!(sign, '\u{202a}'..='\u{202e}' | '\u{2066}'..='\u{2069}')
}

/// Whether a sign means nothing where it stands.
fn is_plain(before: char, sign: char, next: char) -> bool {
    match sign {
        '.' | ',' | ';' | '?' | '%' | '/' | '(' | ')' => true,
        ':' => next == ' ',
        '-' => before.is_alphanumeric() && next.is_alphanumeric(),
        _ => false,
    }
}

/// Whether a mention, the number of an issue or an address goes on behind a sign:
/// `@name`, `#1`, `GH-1`, `https://`, `www.`
fn starts_something(before: char, sign: char, next: char) -> bool {
    match sign {
        '@' => true,
        '#' | '-' => next.is_ascii_digit() && !(sign == '-' && before.is_ascii_digit()),
        ':' => next == '/',
        'w' | 'W' => before.eq_ignore_ascii_case(&'w') && next == '.',
        _ => false,
    }
}

/// Interrupts what looks like the hash of a commit.
fn without_hashes(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    let mut rest = text;
    while let Some(start) = rest.find(|it: char| it.is_ascii_alphanumeric()) {
        let (before, word) = rest.split_at(start);
        let end = word.find(|it: char| !it.is_ascii_alphanumeric()).unwrap_or(word.len());
        let is_hash = (7..=40).contains(&end) && word[..end].bytes().all(|it| it.is_ascii_hexdigit());
        let has_digit = word[..end].bytes().any(|it| it.is_ascii_digit());
        out.push_str(before);
        out.push_str(if is_hash && has_digit { &word[..1] } else { "" });
        out.push_str(if is_hash && has_digit { JOINER } else { "" });
        out.push_str(if is_hash && has_digit { &word[1..end] } else { &word[..end] });
        rest = &word[end..];
    }
    out + rest
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn check(text: &str, expected: &str) {
        assert_eq!(escape(text), expected);
    }

    #[test]
    fn nothing_is_markup() {
        check("<img src=x>", "&#60;img src&#61;x&#62;");
        check("**a** [b](c) `d` |", "&#42;&#42;a&#42;&#42; &#91;b&#93;(c) &#96;d&#96; &#124;");
        check("&lt;", "&#38;lt;");
        check("1. a\n# b", "1&#46; a<br>&#35; b");
    }

    #[test]
    fn nobody_is_mentioned() {
        check("@alle", "&#64;&#8288;alle");
        check("siehe #12 und GH-12", "siehe &#35;&#8288;12 und GH-&#8288;12");
        check("https://a.de www.a.de", "https&#58;&#8288;//a.de www&#8288;.a.de");
        check("0123abcd", "0&#8288;123abcd");
    }

    #[test]
    fn letters_stay_letters() {
        check("Leaver*innen, § 13 – 92.550 €", "Leaver&#42;innen, § 13 – 92.550 €");
    }
}
