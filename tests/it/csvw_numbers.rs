//! The number formats of the W3C's tests for CSV on the Web, as cases of our own.
//!
//! Numbers in brackets are those of the W3C's cases (155 to 168 and 282 to 304: *Model for
//! Tabular Data*, section 6.4.2). CSVW describes a format by a pattern such as `#,#00`; a
//! Table Schema says the same with `groupChar`, `decimalChar` and a regular expression, and
//! those are what is tested here. A percent sign stays the unit: `12%` is 12 with the unit
//! %, not 0.12.

use kompendium::data::{self, Delivered, Value, decode};
use kompendium::diag::{Diagnostics, Lang};
use kompendium::source::Sources;

/// A column of numbers that are grouped by commas.
const GROUPED: &str = r#""type": "number", "groupChar": ",""#;
/// A column of numbers without groups.
const PLAIN: &str = r#""type": "number""#;

/// Reads one cell of a column; gives the number, or the code of what is wrong with it.
fn read(field: &str, written: &str) -> String {
    let descriptor = format!(
        r#"{{"resources": [{{"name": "a", "path": "a.csv", "dialect": {{"delimiter": ";"}},
            "schema": {{"fields": [{{"name": "id"}}, {{"name": "value", {field}}}]}}}}]}}"#
    );
    let mut sources = Sources::default();
    let descriptor = sources.add("data/datapackage.json", descriptor);
    let csv = format!("id;value\na;{written}\n");
    let file = sources.add("data/a.csv", csv.as_str());
    let delivered = Delivered {
        file,
        path: "a.csv".into(),
        bytes: csv.into_bytes().into(),
        encoding: decode::Encoding::Utf8,
        proof: None,
    };
    let mut diags = Diagnostics::default();
    let tables = data::parse(descriptor, &[delivered], &sources, Lang::De, &mut diags);
    if let Some(finding) = diags.iter().next() {
        return finding.code.to_string();
    }
    match tables.read[0].rows[0].cells[1].value {
        Value::Number(number, _) => number.to_string(),
        other => format!("{other:?}"),
    }
}

#[track_caller]
fn check(field: &str, cases: &[(&str, &str)]) {
    for (written, expected) in cases {
        assert_eq!(read(field, written), *expected, "{written} as {field}");
    }
}

/// The format `pattern` of a column that is grouped or not.
fn with_pattern(field: &str, pattern: &str) -> String {
    format!(r#"{field}, "constraints": {{"pattern": "{}"}}"#, pattern.replace('\\', "\\\\"))
}

#[test]
fn plain_and_grouped_numbers_are_read() {
    // (155, 158, 282, 283)
    check(PLAIN, &[("1", "1"), ("12.5", "12.5"), ("+1", "1"), ("-1.50", "-1.50"), ("0", "0")]);
    check(
        GROUPED,
        &[("1,234", "1234"), ("1,234,567.89", "1234567.89"), ("123", "123"), ("-12,345", "-12345")],
    );
    let other = r#""type": "number", "decimalChar": ",", "groupChar": ".""#;
    check(other, &[("1.234,5", "1234.5"), ("0,25", "0.25")]);
}

#[test]
fn a_format_that_cannot_be_is_refused() {
    // (156, 159)
    check(r#""type": "number", "decimalChar": ",,""#, &[("1", "wrong-type")]);
    check(&with_pattern(PLAIN, "["), &[("1", "wrong-type")]);
}

#[test]
fn other_texts_are_refused() {
    // (157, 160, 161)
    check(PLAIN, &[("foo", "number-format"), ("1,234", "number-format"), ("1.2.3", "number-format")]);
    check(&with_pattern(PLAIN, r"\d{3}"), &[("123", "123"), ("12", "pattern")]);
}

#[test]
fn groups_do_not_touch() {
    // (162)
    check(GROUPED, &[("12,,345", "number-format"), (",123", "number-format"), ("1,234,", "number-format")]);
}

#[test]
fn whole_numbers_have_no_decimals() {
    // (163)
    check(r#""type": "integer""#, &[("12.5", "number-format"), ("12.0", "number-format"), ("12", "12")]);
}

#[test]
fn decimals_have_no_exponent_and_are_finite() {
    // (164 to 167)
    for written in ["1.5E5", "1e3", "NaN", "INF", "-INF"] {
        check(PLAIN, &[(written, "number-format")]);
    }
}

#[test]
fn a_percent_sign_is_the_unit() {
    // (168, 283)
    check(r#""type": "number", "kompendium": {"unit": "%"}"#, &[("12%", "12"), ("12.5 %", "12.5")]);
    check(PLAIN, &[("12%", "number-format")]);
    check(r#""type": "number", "bareNumber": false"#, &[("12%", "12"), ("-12.5‰", "-12.5")]);
}

#[test]
fn patterns_without_groups_refuse_groups_and_decimals() {
    // ##0 (286, 287)
    let field = with_pattern(PLAIN, r"\d+");
    check(&field, &[("123", "123"), ("1,234", "number-format"), ("123.4", "pattern")]);
}

#[test]
fn groups_have_three_digits() {
    // (284) and #,#00 (288 to 291)
    let field = with_pattern(GROUPED, r"\d{2,3}|\d{1,3}(,\d{3})+");
    check(
        &field,
        &[
            ("12", "12"),
            ("1,234", "1234"),
            ("1", "pattern"),
            ("1234", "pattern"),
            ("12,34", "number-format"),
            ("12,34,567", "number-format"),
        ],
    );
}

#[test]
fn groups_of_other_sizes_are_never_guessed() {
    // #,##,#00 (292 to 295): groups of two are no format of a Table Schema.
    let field = with_pattern(GROUPED, r"\d{2,3}|\d{1,2}(,\d{2})*,\d{3}");
    check(
        &field,
        &[
            ("1", "pattern"),
            ("1234", "pattern"),
            ("12,34", "number-format"),
            ("12,34,567", "number-format"),
            ("123,456,789", "pattern"),
        ],
    );
}

#[test]
fn the_number_of_decimals_can_be_asked_for() {
    // #0.# (296, 297), #0.0 (298, 299), #0.0# (300, 301)
    check(
        &with_pattern(PLAIN, r"\d+(\.\d)?"),
        &[("12", "12"), ("12.3", "12.3"), ("12.34", "pattern"), ("1,234.5", "number-format")],
    );
    check(&with_pattern(PLAIN, r"\d+\.\d"), &[("1.0", "1.0"), ("1", "pattern"), ("12.34", "pattern")]);
    check(
        &with_pattern(PLAIN, r"\d+\.\d{1,2}"),
        &[("1.25", "1.25"), ("1", "pattern"), ("12.345", "pattern")],
    );
}

#[test]
fn decimals_are_not_grouped() {
    // (285) and #0.0#,# (302 to 304): groups behind the point are no format of a Table Schema.
    check(
        GROUPED,
        &[("12.34,5", "number-format"), ("12.34,567", "number-format"), ("1.2,3", "number-format")],
    );
    check(&with_pattern(GROUPED, r"\d+\.\d{1,2}"), &[("1", "pattern"), ("12.345", "pattern")]);
}
