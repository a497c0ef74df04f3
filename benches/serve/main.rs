//! How long after a change of a page readers see it.
//!
//! `cargo bench --bench serve` starts the preview of a site of 500 and of 10,000 pages,
//! changes one page again and again, and takes the time from before the file is written until
//! the new page has come whole, as a browser gets it: by the event that says so and a new
//! question. Arguments after `--`:
//!
//! * `--sizes 500,10000`: pages of the sites (this by default);
//! * `--rounds 50`: changes;
//! * `--folder FOLDER`: where the sites lie (`target` by default).
//!
//! docs/benchmark.md holds the last figures.

#[allow(dead_code)]
#[path = "../build/corpus.rs"]
mod corpus;

use std::fs;
use std::io::{BufRead, BufReader, Read, Write};
use std::net::TcpStream;
use std::path::{Path, PathBuf};
use std::process::{Child, Command, Stdio};
use std::thread::sleep;
use std::time::{Duration, Instant};

fn main() {
    let wish = Wish::new();
    println!("| pages | change | p50 | p95 | worst |\n|--:|---|--:|--:|--:|");
    for &pages in &wish.sizes {
        let root = wish.folder.join(pages.to_string());
        let _ = fs::remove_dir_all(&root);
        corpus::write(&root, pages).expect("the corpus can be written");
        let preview = Preview::start(&root);
        for (name, pause) in CASES {
            let times = (0..wish.rounds).map(|round| preview.change(&root, pages, round, *pause));
            print(pages, name, times.collect());
        }
        drop(preview);
        fs::remove_dir_all(&root).expect("our own folder can be removed");
    }
}

/// What is measured: changes with a pause between them, in which the preview does its rest, and
/// changes one right after the other.
const CASES: &[(&str, Duration)] =
    &[("after a pause of 3 s", Duration::from_secs(3)), ("at once", Duration::from_millis(30))];

struct Wish {
    sizes: Vec<usize>,
    rounds: usize,
    folder: PathBuf,
}

impl Wish {
    /// Without `--bench` (`cargo test --benches`) only that everything still runs.
    fn new() -> Wish {
        let folder = PathBuf::from(env!("CARGO_TARGET_TMPDIR")).join("bench-serve");
        let mut wish = Wish { sizes: vec![20], rounds: 1, folder };
        let mut args = std::env::args().skip(1);
        while let Some(arg) = args.next() {
            let mut value = || args.next().unwrap_or_else(|| panic!("{arg} needs a value"));
            let number = |it: &str| it.parse().unwrap_or_else(|_| panic!("{it} is no number"));
            match arg.as_str() {
                "--bench" => (wish.sizes, wish.rounds) = (vec![500, 10_000], 20),
                "--sizes" => wish.sizes = value().split(',').map(number).collect(),
                "--rounds" => wish.rounds = number(&value()),
                "--folder" => wish.folder = PathBuf::from(value()).join("kompendium-bench-serve"),
                _ => panic!("there is no argument {arg}"),
            }
        }
        wish
    }
}

fn print(pages: usize, name: &str, mut times: Vec<Duration>) {
    times.sort_unstable();
    let at = |part: usize| times[(times.len() - 1) * part / 100].as_secs_f64() * 1e3;
    println!("| {pages} | {name} | {:.0} ms | {:.0} ms | {:.0} ms |", at(50), at(95), at(100));
}

/// A running preview, which ends with this.
struct Preview {
    program: Child,
    port: u16,
}

impl Drop for Preview {
    fn drop(&mut self) {
        let _ = self.program.kill();
        let _ = self.program.wait();
    }
}

impl Preview {
    fn start(root: &Path) -> Preview {
        let mut program = Command::new(env!("CARGO_BIN_EXE_kompendium"))
            .args(["serve", "--port", "0", "--root"])
            .arg(root)
            .stderr(Stdio::piped())
            .spawn()
            .expect("the program starts");
        let mut lines =
            BufReader::new(program.stderr.take().expect("it is a pipe")).lines().map_while(Result::ok);
        let line = lines.find(|it| it.starts_with("Vorschau: ")).expect("the preview says where it is");
        std::thread::spawn(move || lines.for_each(drop));
        let port = line.split([':', '/']).find_map(|it| it.parse().ok()).expect("the address has a port");
        Preview { program, port }
    }

    fn ask(&self, path: &str) -> BufReader<TcpStream> {
        let mut stream = TcpStream::connect(("127.0.0.1", self.port)).expect("the preview listens");
        let port = self.port;
        write!(stream, "GET {path} HTTP/1.1\r\nHost: 127.0.0.1:{port}\r\n\r\n").expect("it reads");
        BufReader::new(stream)
    }

    fn page(&self, path: &str) -> String {
        let mut answer = String::new();
        self.ask(path).read_to_string(&mut answer).expect("it answers");
        answer
    }

    /// Changes a page, and returns how long it took until the new one was there.
    fn change(&self, root: &Path, pages: usize, round: usize, pause: Duration) -> Duration {
        let file = corpus::changed_page(pages);
        let path = format!("/{}.html", file.trim_end_matches(".md"));
        let before = self.page(&path);
        let (_, seen) = before.split_once("data-seen=\"").expect("the script is there");
        let seen = &seen[..seen.find('"').expect("it ends")];
        let mut events = self.ask(&format!("/_kompendium/events?page={path}&seen={seen}")).lines();
        let told = events.find(|it| it.as_ref().is_ok_and(|it| it == "event: findings"));
        assert!(told.is_some(), "the preview tells what was found");
        sleep(pause);

        let full = root.join("content").join(&file);
        let text = fs::read_to_string(&full).expect("the corpus can be read");
        let sentence = format!("Änderung{round}nach{}", pause.as_millis());
        let started = Instant::now();
        fs::write(&full, format!("{text}\n{sentence}\n")).expect("the corpus can be written");
        let told = events.find(|it| it.as_ref().is_ok_and(|it| it == "event: reload"));
        assert!(told.is_some(), "the preview tells of the change");
        let after = self.page(&path);
        let time = started.elapsed();
        assert!(after.contains(&sentence), "the change is on the page");
        time
    }
}
