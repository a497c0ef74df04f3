//! Signs that stand in cells instead of values.

/// What the signs of official statistics mean, in German and English; Regionalatlas
/// writes the same as numbers.
pub const OFFICIAL_SIGNS: [(&str, &str, &str); 17] = [
    ("–", "nichts vorhanden, genau null", "nothing there, exactly zero"),
    ("-", "nichts vorhanden, genau null", "nothing there, exactly zero"),
    ("—", "nichts vorhanden, genau null", "nothing there, exactly zero"),
    ("\u{2212}", "nichts vorhanden, genau null", "nothing there, exactly zero"),
    (".", "unbekannt oder geheim zu halten", "unknown or to be kept secret"),
    ("·", "unbekannt oder geheim zu halten", "unknown or to be kept secret"),
    ("...", "fällt später an", "comes later"),
    ("…", "fällt später an", "comes later"),
    ("/", "nicht sicher genug", "not reliable enough"),
    ("x", "Aussage nicht sinnvoll", "makes no sense here"),
    ("X", "Aussage nicht sinnvoll", "makes no sense here"),
    ("*", "anonymisiert, weniger als 10", "made anonymous, fewer than 10"),
    (":", "keine Angabe", "not stated"),
    ("NA", "keine Angabe", "not stated"),
    ("n/a", "keine Angabe", "not stated"),
    ("k. A.", "keine Angabe", "not stated"),
    ("k.A.", "keine Angabe", "not stated"),
];

/// The errors that spreadsheets write into cells, in German and English.
const SPREADSHEET_ERRORS: [&str; 14] = [
    "#NV",
    "#N/A",
    "#N/V",
    "#DIV/0!",
    "#WERT!",
    "#VALUE!",
    "#BEZUG!",
    "#REF!",
    "#NAME?",
    "#ZAHL!",
    "#NUM!",
    "#NULL!",
    "#ÜBERLAUF!",
    "#SPILL!",
];

/// Whether a cell holds an error of a spreadsheet.
pub fn is_spreadsheet_error(written: &str) -> bool {
    written.starts_with('#') && SPREADSHEET_ERRORS.contains(&written)
}
