//! Short ways to build the values that templates see.

use tera::{Map, Value};

/// Makes a map from names and values.
pub fn map<const N: usize>(entries: [(&'static str, Value); N]) -> Value {
    Value::from(entries.into_iter().map(|(key, value)| (key.into(), value)).collect::<Map>())
}

/// Makes a text that is escaped where it is shown.
pub fn text(value: &str) -> Value {
    Value::from(value)
}

/// Makes a text, or none.
pub fn optional(value: Option<&str>) -> Value {
    value.map_or_else(Value::none, Value::from)
}

/// Makes HTML that is shown as it is.
pub fn html(value: &str) -> Value {
    Value::safe_string(value)
}

/// Makes a list.
pub fn list(values: impl IntoIterator<Item = Value>) -> Value {
    Value::from(values.into_iter().collect::<Vec<_>>())
}
