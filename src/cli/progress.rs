//! What a person sees of a long build: a bar on a terminal, plain lines in CI; and where the
//! time went, for `--timings`.

use std::collections::BTreeMap;
use std::io::{IsTerminal, Write};
use std::sync::{Mutex, MutexGuard, PoisonError};
use std::time::{Duration, Instant};

use clap::ArgMatches;

use super::is_set;
use crate::diag::{Lang, Text, text};
use crate::progress::{Made, Observer, Step};

/// Before that nobody wonders.
const PATIENCE: Duration = Duration::from_secs(1);
const REDRAW: Duration = Duration::from_millis(100);
const LINE: Duration = Duration::from_secs(5);
/// In signs.
const BAR: usize = 30;
/// So many of the slowest pages and templates are named.
const SLOWEST: usize = 10;

/// Follows a build.
pub struct Progress {
    form: Form,
    /// Whether what took how long is asked for at the end.
    keeps: bool,
    lang: Lang,
    started: Instant,
    state: Mutex<State>,
}

/// How progress is shown.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Form {
    Nothing,
    Bar,
    Lines,
}

#[derive(Default)]
struct State {
    steps: Vec<(Step, Instant)>,
    /// What took how long: the address, and its template.
    made: Vec<(Duration, String, String)>,
    count: usize,
    drawn: Option<Instant>,
}

impl Progress {
    /// Follows a build as its arguments ask for it; shows nothing where nobody looks: in a pipe,
    /// or with `--quiet`.
    pub fn new(matches: &ArgMatches, lang: Lang) -> Progress {
        let is_quiet = matches.get_flag("quiet");
        let in_ci = std::env::var_os("CI").is_some_and(|it| !it.is_empty());
        let form = match (is_quiet, std::io::stderr().is_terminal()) {
            (true, _) => Form::Nothing,
            (false, true) => Form::Bar,
            (false, false) if in_ci => Form::Lines,
            (false, false) => Form::Nothing,
        };
        Progress {
            form,
            keeps: is_set(matches, "timings"),
            lang,
            started: Instant::now(),
            state: Mutex::default(),
        }
    }

    fn state(&self) -> MutexGuard<'_, State> {
        self.state.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// Ends: the bar goes, and the steps are returned with their times.
    pub fn end(&self) -> Vec<(Text, Duration)> {
        let mut state = self.state();
        if state.drawn.take().is_some() && self.form == Form::Bar {
            eprint!("\r\x1b[K");
        }
        let ends = state.steps.iter().skip(1).map(|it| it.1).chain([Instant::now()]);
        state.steps.iter().zip(ends).map(|(&(step, began), end)| (name(step), end - began)).collect()
    }

    /// Names the pages and templates that took longest.
    pub fn slowest(&self, lang: Lang) -> String {
        let mut state = self.state();
        let mut templates: BTreeMap<&str, (Duration, usize)> = BTreeMap::new();
        for (time, _, template) in state.made.iter().filter(|it| !it.2.is_empty()) {
            let sum = templates.entry(template).or_default();
            *sum = (sum.0 + *time, sum.1 + 1);
        }
        let mut templates: Vec<(Duration, String)> = templates
            .into_iter()
            .map(|(name, (time, count))| (time, format!("{name} ({count} ×)")))
            .collect();
        templates.sort_by(|a, b| b.cmp(a));
        state.made.sort_by(|a, b| b.cmp(a));
        let pages = state.made.iter().map(|(time, url, _)| (*time, url.clone()));
        let mut out = String::new();
        let lists = [
            (text("Langsamste Seiten:", "slowest pages:"), pages.take(SLOWEST).collect::<Vec<_>>()),
            (
                text("Vorlagen, zusammen:", "templates, together:"),
                templates.into_iter().take(SLOWEST).collect(),
            ),
        ];
        for (title, list) in lists.into_iter().filter(|it| !it.1.is_empty()) {
            out.push_str(&format!("{}\n", title.in_lang(lang)));
            for (time, name) in list {
                out.push_str(&format!("  {:>6} ms  {name}\n", time.as_millis()));
            }
        }
        out
    }

    fn draw(&self, state: &mut State, now: Instant) {
        let pause = if self.form == Form::Bar { REDRAW } else { LINE };
        let is_due = state.drawn.is_none_or(|it| now - it >= pause);
        let Some(&(Step::Render(all), _)) = state.steps.last() else { return };
        if self.form == Form::Nothing || now - self.started < PATIENCE || !is_due {
            return;
        }
        state.drawn = Some(now);
        let what = name(Step::Render(all));
        let (what, done) = (what.in_lang(self.lang), state.count);
        if self.form == Form::Lines {
            eprintln!("{what}: {done}/{all}");
            return;
        }
        let filled = (done * BAR).checked_div(all).unwrap_or_default();
        let bar = "█".repeat(filled) + &"░".repeat(BAR.saturating_sub(filled));
        eprint!("\r\x1b[K{what} {bar} {done}/{all}");
        let _ = std::io::stderr().flush();
    }
}

impl Observer for Progress {
    fn begins(&self, step: Step) {
        let now = Instant::now();
        self.state().steps.push((step, now));
    }

    fn made(&self, file: Made<'_>) {
        let mut state = self.state();
        state.count += 1;
        if self.keeps {
            let template = file.template.unwrap_or_default();
            state.made.push((file.time, file.url.to_owned(), template.to_owned()));
        }
        self.draw(&mut state, Instant::now());
    }
}

fn name(step: Step) -> Text {
    match step {
        Step::Parse => text("Verstehen", "understanding"),
        Step::Check => text("Prüfen", "checking"),
        Step::Link => text("Verknüpfen", "linking"),
        Step::Index => text("Suchindex", "search index"),
        Step::Render(_) => text("Erzeugen", "rendering"),
        Step::Package => text("Packen", "packing"),
    }
}
