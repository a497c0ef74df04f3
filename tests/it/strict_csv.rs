//! The strict CSV reader against Python's `csv` in strict mode, on random texts.
//!
//! Both have to accept and refuse the same files, and find the same cells in the same
//! physical lines. One difference is wanted: a quotation mark inside a plain cell is
//! refused here, while Python takes it as text.

use std::process::Command;

use kompendium::data::csv::{self, Record, Signs, Start};
use kompendium::source::Sources;

/// Prints for each case: the text, then either its records as `line:cell,cell|…` or `error`
/// behind those that were read; texts are in hexadecimal.
const SCRIPT: &str = r#"
import csv, random, re
random.seed(20261125)
pieces = ['a', 'ü', ';', ';', '"', '"', '""', '\n', '\r\n', '\r', ' ', '"a"', '"a;b"', '"a\nb"']
def hexed(text): return text.encode().hex()
for case in range(30000):
    text = ''.join(random.choice(pieces) for _ in range(random.randrange(14)))
    lines = re.findall(r'[^\r\n]*(?:\r\n|\r|\n)|[^\r\n]+$', text)
    reader = csv.reader(lines, delimiter=';', strict=True)
    records, end, start = [], '', 1
    try:
        for cells in reader:
            if any(cell.strip() for cell in cells):
                records.append(f"{start}:{','.join(hexed(cell) for cell in cells)}")
            start = reader.line_num + 1
    except csv.Error:
        records.append('error')
    print(hexed(text), '|'.join(records), sep='\t')
"#;

#[test]
fn agrees_with_python_in_strict_mode() {
    let output = Command::new("python3").args(["-c", SCRIPT]).output().expect("python3 can be started");
    assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
    let mut compared = 0;
    for case in String::from_utf8(output.stdout).expect("hexadecimal is ASCII").lines() {
        let (text, expected) = case.split_once('\t').expect("a text and its records");
        compared += usize::from(check(&unhexed(text), expected));
    }
    assert!(compared > 10_000, "only {compared} cases were compared");
}

/// Compares one text; false where the wanted difference ends the comparison.
fn check(text: &str, expected: &str) -> bool {
    let mut sources = Sources::default();
    let file = sources.add("a.csv", text);
    let signs = Signs { delimiter: b';', quote: b'"', double_quote: true, escape: None };
    let mut found = Vec::new();
    for record in csv::records(file, sources.text(file), Start { byte: 0, line: 1, hidden: 0 }, signs) {
        match record {
            Ok(record) => found.push(print(&record)),
            Err(finding)
                if finding.message.in_lang(kompendium::diag::Lang::En).contains("inside the cell") =>
            {
                return false;
            }
            Err(_) => {
                found.push("error".to_owned());
                break;
            }
        }
    }
    assert_eq!(found.join("|"), expected, "{text:?}");
    true
}

fn print(record: &Record) -> String {
    let cells: Vec<String> = record.cells.iter().map(|cell| hexed(&cell.text)).collect();
    format!("{}:{}", record.line, cells.join(","))
}

fn hexed(text: &str) -> String {
    text.bytes().map(|byte| format!("{byte:02x}")).collect()
}

fn unhexed(hex: &str) -> String {
    let byte = |at: usize| u8::from_str_radix(&hex[at..at + 2], 16).expect("hexadecimal");
    String::from_utf8((0..hex.len()).step_by(2).map(byte).collect()).expect("Python wrote UTF-8")
}
