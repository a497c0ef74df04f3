//! JSON, and the only place that knows the crate for it: the descriptor as a tree, trees as text.

use serde_json::Number;
pub use serde_json::{Map, Value, json};

use crate::yaml::{Kind, Node};

/// Turns what was read from a JSON file into a tree; numbers stay as they were written.
pub fn of_node(node: &Node) -> Value {
    match &node.kind {
        Kind::Quoted(text) => Value::from(text.as_str()),
        Kind::Plain(_) if node.is_empty() => Value::Null,
        Kind::Plain(text) => plain(text),
        Kind::List(items) => items.iter().map(of_node).collect(),
        Kind::Map(entries) => {
            let entries = entries.iter().map(|it| (it.key.value.clone(), of_node(&it.value)));
            Value::Object(entries.collect())
        }
    }
}

fn plain(text: &str) -> Value {
    match text {
        "true" => Value::from(true),
        "false" => Value::from(false),
        _ => serde_json::from_str::<Number>(text).map_or_else(|_| Value::from(text), Value::Number),
    }
}

/// Returns the text of a file.
pub fn file(value: &Value) -> String {
    serde_json::to_string_pretty(value).expect("a tree is JSON") + "\n"
}

/// Returns the text of a `script` element: nothing in it can end the element.
///
/// R6 of the security rules. The signs stand only inside of texts, where an escape means the same.
pub fn script(value: &Value) -> String {
    let json = value.to_string();
    let mut out = String::with_capacity(json.len());
    for sign in json.chars() {
        match sign {
            '<' | '>' | '&' | '\u{2028}' | '\u{2029}' => {
                out.push_str(&format!("\\u{:04x}", u32::from(sign)));
            }
            _ => out.push(sign),
        }
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn nothing_ends_the_script() {
        let hostile = json!({"a</script><!--": "</ScRiPt>&amp;\u{2028}\u{2029}\"\\"});
        let text = script(&hostile);
        assert_eq!(
            text,
            r#"{"a\u003c/script\u003e\u003c!--":"\u003c/ScRiPt\u003e\u0026amp;\u2028\u2029\"\\"}"#
        );
        assert_eq!(serde_json::from_str::<Value>(&text).unwrap(), hostile);
    }

    #[test]
    fn numbers_stay_as_written() {
        assert_eq!(plain("1.10").to_string(), "1.10");
        assert_eq!(plain("0.1000000000000000055").to_string(), "0.1000000000000000055");
        assert_eq!(plain("01").to_string(), "\"01\"");
    }
}
