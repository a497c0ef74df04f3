//! Text into HTML: the only functions that write it.

/// Appends text for element content or a quoted attribute.
pub fn escape_into(out: &mut String, text: &str) {
    let mut written = 0;
    for (at, byte) in text.bytes().enumerate() {
        if let Some(entity) = entity(byte) {
            out.push_str(&text[written..at]);
            out.push_str(entity);
            written = at + 1;
        }
    }
    out.push_str(&text[written..]);
}

/// Returns text for element content or a quoted attribute.
pub fn escape(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    escape_into(&mut out, text);
    out
}

fn entity(byte: u8) -> Option<&'static str> {
    match byte {
        b'&' => Some("&amp;"),
        b'<' => Some("&lt;"),
        b'>' => Some("&gt;"),
        b'"' => Some("&quot;"),
        _ => None,
    }
}

/// Appends an address for a quoted attribute; what no address may hold is
/// percent-encoded, what is encoded already stays.
pub fn escape_address_into(out: &mut String, address: &str) {
    for byte in address.bytes() {
        match byte {
            b'&' => out.push_str("&amp;"),
            b'\'' => out.push_str("&#x27;"),
            b'A'..=b'Z' | b'a'..=b'z' | b'0'..=b'9' => out.push(char::from(byte)),
            b'-' | b'_' | b'.' | b'!' | b'~' | b'*' | b'(' | b')' | b';' | b'/' | b'?' | b':' | b'@'
            | b'=' | b'+' | b'$' | b',' | b'%' | b'#' => out.push(char::from(byte)),
            _ => push_percent_encoded(out, byte),
        }
    }
}

/// Returns one part of an address (a query value) with everything but letters,
/// digits and `-._~` encoded.
pub fn encode_component(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    for byte in text.bytes() {
        match byte {
            b'A'..=b'Z' | b'a'..=b'z' | b'0'..=b'9' | b'-' | b'.' | b'_' | b'~' => out.push(char::from(byte)),
            _ => push_percent_encoded(&mut out, byte),
        }
    }
    out
}

fn push_percent_encoded(out: &mut String, byte: u8) {
    const DIGITS: &[u8; 16] = b"0123456789ABCDEF";
    out.push('%');
    out.push(char::from(DIGITS[usize::from(byte >> 4)]));
    out.push(char::from(DIGITS[usize::from(byte & 15)]));
}

/// What an address leads to, judged by its beginning.
#[derive(Debug, PartialEq, Eq)]
pub enum AddressKind {
    /// `https:`, `http:`
    Web,
    /// `mailto:`, `tel:`
    Contact,
    /// A path or a fragment of this site.
    Internal,
    /// Any other scheme, or `//host`.
    Refused,
}

/// Judges an address after removing what browsers ignore (control characters, blanks around it).
pub fn address_kind(address: &str) -> AddressKind {
    let clean: String = address.chars().filter(|it| !it.is_control()).collect();
    let clean = clean.trim();
    if clean.starts_with("//") || clean.starts_with("\\\\") || clean.starts_with("/\\") {
        return AddressKind::Refused;
    }
    let Some(end) = clean.find([':', '/', '?', '#']).filter(|&at| clean.as_bytes()[at] == b':') else {
        return AddressKind::Internal;
    };
    let is_scheme = |it: &str| it.bytes().all(|byte| byte.is_ascii_alphanumeric() || b"+.-".contains(&byte));
    match clean[..end].to_ascii_lowercase().as_str() {
        other if !is_scheme(other) => AddressKind::Internal,
        "https" | "http" => AddressKind::Web,
        "mailto" | "tel" => AddressKind::Contact,
        _ => AddressKind::Refused,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_four_schemes_leave_the_site() {
        let check = |address: &str, expected| assert_eq!(address_kind(address), expected, "{address:?}");
        check("https://a.de", AddressKind::Web);
        check("MAILTO:a@b.de", AddressKind::Contact);
        check("a/b.md#x:y", AddressKind::Internal);
        check("#a:b", AddressKind::Internal);
        check("java\tscript:alert(1)", AddressKind::Refused);
        check(" javascript:alert(1)", AddressKind::Refused);
        check("data:text/html,x", AddressKind::Refused);
        check("//host/x", AddressKind::Refused);
        check("foo):", AddressKind::Internal);
    }

    #[test]
    fn attributes_cannot_be_left() {
        assert_eq!(escape("\"><script>&"), "&quot;&gt;&lt;script&gt;&amp;");
        let mut out = String::new();
        escape_address_into(&mut out, "ä \"b\"&c'%20");
        assert_eq!(out, "%C3%A4%20%22b%22&amp;c&#x27;%20");
    }
}
