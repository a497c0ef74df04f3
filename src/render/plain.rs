//! The text of HTML that we wrote ourselves, for lists and for the search.

/// Elements inside of a line; what begins or ends any other one separates words.
const INLINE: [&str; 20] = [
    "a", "abbr", "b", "bdi", "button", "cite", "code", "del", "dfn", "em", "i", "ins", "kbd", "mark", "q",
    "s", "small", "span", "strong", "u",
];

/// Elements whose content is no running text.
const SILENT: [&str; 3] = ["sup", "svg", "script"];

/// Returns the text of HTML; notes in `sup` are left out.
pub fn plain_text(html: &str) -> String {
    text_of(html, |text| text.push(' '))
}

/// Returns the text of HTML as [`plain_text`], to be read in one line: with a dot between a
/// heading, an item or a cell that ends with no sign of its own and what follows.
pub fn one_line(html: &str) -> String {
    let mut text = text_of(html, |text| {
        let is_open = text.trim_end().ends_with(|it: char| it.is_alphanumeric() || ")“%".contains(it));
        text.push_str(if is_open { " · " } else { " " });
    });
    text.truncate(text.trim_end_matches(|it: char| it == '·' || it.is_whitespace()).len());
    text
}

/// Collects the text; `part` is told where words are separated.
fn text_of(html: &str, part: impl Fn(&mut String)) -> String {
    let mut text = String::with_capacity(html.len());
    let mut rest = html;
    let mut silent: Option<&str> = None;
    while let Some(start) = rest.find('<') {
        if silent.is_none() {
            text.push_str(&rest[..start]);
        }
        let tag = &rest[start + 1..start + tag_length(&rest[start..])];
        rest = &rest[start + tag_length(&rest[start..])..];
        let is_end = tag.starts_with('/');
        let name = tag
            .trim_start_matches('/')
            .split(|it: char| !it.is_ascii_alphanumeric())
            .next()
            .unwrap_or_default();
        match silent {
            Some(open) if is_end && name == open => silent = None,
            Some(_) => {}
            None if !is_end && SILENT.contains(&name) => silent = SILENT.into_iter().find(|it| *it == name),
            None if INLINE.contains(&name) => {}
            None => part(&mut text),
        }
    }
    if silent.is_none() {
        text.push_str(rest);
    }
    unescape(text)
}

/// Returns the length of the tag that a text begins with; quoted values may hold a `>`.
fn tag_length(tag: &str) -> usize {
    let mut quote = None;
    for (at, byte) in tag.bytes().enumerate() {
        match (byte, quote) {
            (b'"' | b'\'', None) => quote = Some(byte),
            (_, Some(open)) if byte == open => quote = None,
            (b'>', None) => return at + 1,
            _ => {}
        }
    }
    tag.len()
}

fn unescape(text: String) -> String {
    if !text.contains('&') {
        return text;
    }
    let entities = [
        ("&lt;", "<"),
        ("&gt;", ">"),
        ("&quot;", "\""),
        ("&#x27;", "'"),
        ("&nbsp;", "\u{a0}"),
        ("&amp;", "&"),
    ];
    entities.iter().fold(text, |text, (entity, sign)| text.replace(entity, sign))
}

#[cfg(test)]
mod tests {
    use super::{one_line, plain_text};

    #[track_caller]
    fn check(html: &str, expected: &str) {
        assert_eq!(plain_text(html).split_whitespace().collect::<Vec<_>>().join(" "), expected);
    }

    #[test]
    fn blocks_separate_words_and_links_do_not() {
        check("<td>A</td><td>B</td>", "A B");
        check("<p>Care <a href=\"x\">Leaver</a>*innen</p>", "Care Leaver*innen");
    }

    #[test]
    fn notes_and_drawings_are_no_text() {
        check("drei<sup id=\"f\"><a href=\"#n\">1</a></sup> Orte <svg><text>4</text></svg>", "drei Orte");
    }

    #[test]
    fn in_one_line_items_are_told_apart() {
        let html = "<h2>Wer</h2>\n<p>Alle:</p><ul><li>eins</li><li>zwei (2)</li></ul><p>Und so weiter.</p><p>Ende</p>";
        let text = one_line(html).split_whitespace().collect::<Vec<_>>().join(" ");
        assert_eq!(text, "Wer · Alle: eins · zwei (2) · Und so weiter. Ende");
    }

    #[test]
    fn signs_are_signs_again() {
        check("a &lt;b&gt; &amp;lt; <i title=\"1 > 2\">c</i>", "a <b> &lt; c");
    }
}
