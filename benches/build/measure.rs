//! Runs a program and says what it took.
//!
//! The system tells the peak memory of all children that ended, so each program
//! runs below a process of its own: this program again, with [`WRAP`].

use std::path::Path;
use std::process::{Command, Stdio};
use std::time::{Duration, Instant};

use nix::sys::resource::{UsageWho, getrusage};

/// The argument that makes this program run another one and print what it took.
pub const WRAP: &str = "--measure";

/// What a run took.
#[derive(Clone, Copy, Debug)]
pub struct Sample {
    pub wall: f64,
    /// User and system, all threads.
    pub cpu: f64,
    /// Peak memory in bytes.
    pub memory: f64,
}

/// Runs a program to its end. Refuses one that fails.
pub fn run(program: &Path, args: &[&str]) -> Sample {
    // What was written before is not to be waited for in here.
    rustix::fs::sync();
    let own = std::env::current_exe().expect("the system knows this program");
    let output = Command::new(own).arg(WRAP).arg(program).args(args).stderr(Stdio::inherit()).output();
    let output = output.expect("this program can be started");
    assert!(output.status.success(), "failed: {} {args:?}", program.display());
    let numbers: Vec<f64> =
        String::from_utf8_lossy(&output.stdout).split_whitespace().filter_map(|it| it.parse().ok()).collect();
    match numbers[..] {
        [wall, cpu, memory] => Sample { wall, cpu, memory },
        _ => panic!("the measuring process printed {numbers:?}"),
    }
}

/// The other side of [`run`].
pub fn wrap(program: &str, args: &[&str]) {
    let started = Instant::now();
    let status = Command::new(program).args(args).stdout(Stdio::null()).status();
    let wall = started.elapsed().as_secs_f64();
    if !status.is_ok_and(|it| it.success()) {
        std::process::exit(1);
    }
    let usage = getrusage(UsageWho::RUSAGE_CHILDREN).expect("the system counts");
    let seconds = |it: nix::sys::time::TimeVal| {
        Duration::new(it.tv_sec() as u64, it.tv_usec() as u32 * 1000).as_secs_f64()
    };
    let cpu = seconds(usage.user_time()) + seconds(usage.system_time());
    println!("{wall} {cpu} {}", usage.max_rss() * 1024);
}

/// The middle one of each number; of an even count the upper one.
pub fn median(samples: &[Sample]) -> Sample {
    let middle = |number: fn(&Sample) -> f64| {
        let mut numbers: Vec<f64> = samples.iter().map(number).collect();
        numbers.sort_by(f64::total_cmp);
        numbers[numbers.len() / 2]
    };
    Sample { wall: middle(|it| it.wall), cpu: middle(|it| it.cpu), memory: middle(|it| it.memory) }
}
