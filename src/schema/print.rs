//! YAML as people write it, from a JSON value.

use serde_json::Value;

/// Prints a map or a list as YAML, in the order of its keys.
pub fn yaml(value: &Value) -> String {
    let mut out = String::new();
    block(value, 0, &mut out);
    out
}

fn block(value: &Value, depth: usize, out: &mut String) {
    match value {
        Value::Object(map) => {
            for (at, (key, value)) in map.iter().enumerate() {
                // The first key stands on the line of the hyphen that its map belongs to.
                if at > 0 || !out.ends_with("- ") {
                    indent(depth, out);
                }
                out.push_str(&scalar(key));
                out.push(':');
                nested(value, depth + 1, out);
            }
        }
        Value::Array(items) => {
            for item in items {
                indent(depth, out);
                out.push_str("- ");
                match item {
                    Value::Object(map) if !map.is_empty() => block(item, depth + 1, out),
                    _ => line(item, out),
                }
            }
        }
        _ => line(value, out),
    }
}

fn nested(value: &Value, depth: usize, out: &mut String) {
    let is_empty = match value {
        Value::Object(map) => map.is_empty(),
        Value::Array(items) => items.is_empty(),
        _ => true,
    };
    if is_empty {
        out.push(' ');
        line(value, out);
    } else {
        out.push('\n');
        block(value, depth, out);
    }
}

fn line(value: &Value, out: &mut String) {
    match value {
        Value::String(text) => out.push_str(&scalar(text)),
        other => out.push_str(&other.to_string()),
    }
    out.push('\n');
}

fn indent(depth: usize, out: &mut String) {
    out.push_str(&"  ".repeat(depth));
}

/// Prints a text: without quotation marks where every reader of YAML sees a text then.
pub fn scalar(text: &str) -> String {
    if is_plain(text) { text.to_owned() } else { quoted(text) }
}

/// Prints a text between quotation marks.
fn quoted(text: &str) -> String {
    // A string of JSON is one of YAML.
    let json = Value::from(text).to_string();
    let mut quoted = String::with_capacity(json.len());
    for sign in json.chars() {
        match sign {
            '\u{7f}'..='\u{9f}' | '\u{2028}' | '\u{2029}' | '\u{feff}' => {
                quoted.push_str(&format!("\\u{:04x}", u32::from(sign)));
            }
            _ => quoted.push(sign),
        }
    }
    quoted
}

/// Words that some reader of YAML takes for something else than a text.
const NO_TEXT: [&str; 9] = ["true", "false", "null", "yes", "no", "on", "off", "y", "n"];

fn is_plain(text: &str) -> bool {
    text.starts_with(char::is_alphabetic)
        && !text.ends_with([' ', ':'])
        && !text.contains(": ")
        && !text.contains(" #")
        && text.chars().all(|it| it.is_alphanumeric() || " -_.,;:/()*„“–…&+§?!'’".contains(it))
        && !NO_TEXT.contains(&text.to_lowercase().as_str())
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::diag::Diagnostics;
    use crate::source::FileId;
    use crate::yaml;

    #[track_caller]
    fn check(text: &str, expected: &str) {
        assert_eq!(scalar(text), expected);
        let mut diags = Diagnostics::default();
        let read = yaml::parse_map(FileId(0), &format!("key: {expected}\n"), 0, &mut diags);
        assert_eq!(read.unwrap()[0].value.as_text(), Some(text), "{:?}", diags.iter().collect::<Vec<_>>());
    }

    #[test]
    fn texts_stay_what_they_are() {
        check("Care Leaver*innen", "Care Leaver*innen");
        check("Förderbereich C: STABIL", "\"Förderbereich C: STABIL\"");
        check("16h", "\"16h\"");
        check("no", "\"no\"");
        check("[A-Z]", "\"[A-Z]\"");
        check("a \"b\" \\ c\td\u{7f}", "\"a \\\"b\\\" \\\\ c\\td\\u007f\"");
        check("", "\"\"");
        check(" a", "\" a\"");
    }

    #[test]
    fn maps_and_lists_are_indented() {
        let value = serde_json::json!({
            "a": {"b": 1, "c": []}, "list": ["x", {"name": "u", "deep": ["z"]}], "no": true, "nothing": null,
        });
        let expected = "\
a:
  b: 1
  c: []
list:
  - x
  - name: u
    deep:
      - z
\"no\": true
nothing: null
";
        assert_eq!(yaml(&value), expected);
    }
}
