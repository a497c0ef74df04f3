//! How fast a large table is read, checked and counted, against the least it could cost.
//!
//! `cargo bench --bench table` measures; docs/benchmark.md holds the last figures. The
//! table has the 41 columns of this repository's own descriptor and rows like those of
//! its own file. The floor reads the file and lets the package `csv` split it.
//!
//! Arguments after `--`: `--rows 100000`, `--rounds 5`.

#[path = "../build/measure.rs"]
mod measure;

use std::fmt::Write;
use std::fs;
use std::path::{Path, PathBuf};

use kompendium::data::{self, Delivered, checks, decode};
use kompendium::diag::{Diagnostics, Lang};
use kompendium::source::Sources;
use measure::Sample;

/// The argument that makes this program read a table as the program does.
const READ: &str = "--read";
/// The argument that makes it do the least.
const FLOOR: &str = "--floor";

const DESCRIPTOR: &str = include_str!("../../data/datapackage.json");
const SEED: &str = include_str!("../../data/kommunen.csv");

fn main() {
    let args: Vec<String> = std::env::args().skip(1).collect();
    let args: Vec<&str> = args.iter().map(String::as_str).collect();
    match args[..] {
        [measure::WRAP, program, ref args @ ..] => measure::wrap(program, args),
        [READ, file] => read(Path::new(file)),
        [FLOOR, file] => floor(Path::new(file)),
        _ => bench(&args),
    }
}

fn bench(args: &[&str]) {
    let number = |name: &str, default: usize| {
        let at = args.iter().position(|it| *it == name);
        at.and_then(|at| args.get(at + 1)).map_or(default, |it| it.parse().expect("a number"))
    };
    // Without `--bench` (`cargo test --benches`) only that everything still runs.
    let is_bench = args.contains(&"--bench");
    let rows = number("--rows", if is_bench { 100_000 } else { 100 });
    let rounds = number("--rounds", if is_bench { 5 } else { 1 });
    let file = PathBuf::from(env!("CARGO_TARGET_TMPDIR")).join(format!("table-{rows}.csv"));
    fs::write(&file, table(rows)).expect("the target folder can be written");
    let bytes = fs::metadata(&file).expect("it was just written").len() as f64;
    let own = std::env::current_exe().expect("the system knows this program");
    let path = file.to_str().expect("the target folder has a plain name");
    let (mut floors, mut reads) = (Vec::new(), Vec::new());
    for _ in 0..rounds {
        floors.push(measure::run(&own, &[FLOOR, path]));
        reads.push(measure::run(&own, &[READ, path]));
    }
    println!("{rows} rows × 41 columns, {:.1} MB, medians of {rounds}\n", bytes / 1e6);
    println!("| what | wall | CPU | peak memory | × file |");
    println!("|---|--:|--:|--:|--:|");
    for (name, samples) in [("floor: read and split", floors), ("read, checked and counted", reads)] {
        let Sample { wall, cpu, memory } = measure::median(&samples);
        println!("| {name} | {wall:.2} s | {cpu:.2} s | {:.0} MB | {:.1} |", memory / 1e6, memory / bytes);
    }
    fs::remove_file(&file).expect("it is ours");
}

/// Makes a file with the header, the summary rows and copies of the rows of the seed,
/// each with another name, number and population.
fn table(rows: usize) -> String {
    let lines: Vec<&str> = SEED.lines().collect();
    let mut csv = lines[..6].join("\n");
    for row in 0..rows {
        let cells: Vec<&str> = lines[6 + row % 5].split(';').collect();
        let (thousands, rest) = (row % 900 + 50, row % 1_000);
        let _ = write!(csv, "\n{};Kreis {row};{};{thousands}.{rest:03}", row + 6, cells[2]);
        for cell in &cells[4..] {
            let _ = write!(csv, ";{cell}");
        }
    }
    csv + "\n"
}

fn read(path: &Path) {
    let bytes = fs::read(path).expect("bench() wrote it");
    let mut sources = Sources::default();
    let descriptor = sources.add("data/datapackage.json", without_comparisons());
    let decode::Decoded { text, encoding, proof } = decode::decode(&bytes);
    let text: std::sync::Arc<str> = text.into();
    let file = sources.add("data/kommunen.csv", text.clone());
    drop(bytes);
    let delivered = Delivered { file, path: "kommunen.csv".into(), bytes: text.into(), encoding, proof };
    let mut diags = Diagnostics::default();
    let tables = data::parse(descriptor, &[delivered], &sources, Lang::De, &mut diags);
    assert!(!diags.has_errors(), "{:?}", diags.iter().next());
    let table = &tables.read[0];
    let checked = checks::check(table, sources.text(table.file));
    assert!(checked.statistics.iter().flatten().any(|it| it.count == table.rows.len()));
}

/// The comparisons of the seed name rows that the large table does not have.
fn without_comparisons() -> String {
    let start = DESCRIPTOR.find("\"comparisons\": [").expect("the seed has comparisons");
    let end = start + DESCRIPTOR[start..].find("\n        ]").expect("a list ends") + "\n        ]".len();
    format!("{}\"comparisons\": []{}", &DESCRIPTOR[..start], &DESCRIPTOR[end..])
}

fn floor(path: &Path) {
    let bytes = fs::read(path).expect("bench() wrote it");
    let mut reader = csv::ReaderBuilder::new().delimiter(b';').from_reader(bytes.as_slice());
    let mut record = csv::ByteRecord::new();
    let mut cells = 0;
    while reader.read_byte_record(&mut record).expect("the file is well formed") {
        cells += record.len();
    }
    assert!(cells > 0);
}
