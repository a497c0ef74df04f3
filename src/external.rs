//! Links to other sites, looked at only where that is asked for, and never by a build.
//!
//! Few hosts are asked at once, each one request after the other with a pause between them, and
//! only what its `robots.txt` lets programs see. What was good is remembered for a week in a file
//! beside the site ([`memory`]). The requests themselves are made by the `curl` of the machine
//! ([`curl`]): it knows the certificates and proxies that are trusted there, and every link to a
//! safe site needs both.

mod curl;
mod memory;
mod robots;

use std::collections::BTreeMap;
use std::path::Path;
use std::time::Duration;

use rayon::prelude::*;

pub use self::curl::{Answer, Failure, Method, ask, is_there};
use self::robots::Rules;
use crate::content::FieldText;
use crate::date::Date;
use crate::diag::{Diagnostic, Diagnostics, Lang, Text, text};
use crate::fields::{FieldValue, is_web_address};
use crate::link::Parsed;
use crate::source::Spanned;

/// Hosts that are asked at once.
const HOSTS: usize = 4;
/// Between two requests to one host.
const PAUSE: Duration = Duration::from_millis(500);
/// How often an answer is tried for that may come later.
const TRIES: u32 = 3;
/// After so many requests in a row that took too long, a host is not asked again.
const SILENCES: u32 = 2;
const REDIRECTS: usize = 5;

/// What became of an address.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum State {
    Good,
    /// All is there, but for good at another address.
    Moved(String),
    /// Nobody knows its host; without a network that is true of all.
    NoHost,
    /// It is not there; why.
    Broken(Text),
    /// Nobody knows; why.
    Unchecked(Text),
}

/// Returns all links to other sites, with their places.
pub fn links(parsed: &Parsed) -> Vec<Spanned<String>> {
    let mut links = Vec::new();
    for page in &parsed.pages {
        page.fields.iter().for_each(|it| in_field(it, &mut links));
        links.extend(page.body.external.iter().cloned());
    }
    let works = parsed.works.iter().filter(|it| !it.texts.url.is_empty());
    links.extend(works.map(|it| Spanned::new(it.texts.url.clone(), it.key.span)));
    links.retain(|it| is_web_address(&it.value));
    links
}

fn in_field(field: &FieldText, links: &mut Vec<Spanned<String>>) {
    if let Some(body) = &field.body {
        // The text of a field may stand in its file in pieces; the field is place enough.
        let here = body.external.iter().map(|it| Spanned::new(it.value.clone(), field.value.span));
        return links.extend(here);
    }
    in_value(&field.value, links);
}

fn in_value(value: &Spanned<FieldValue>, links: &mut Vec<Spanned<String>>) {
    match &value.value {
        FieldValue::Url(url) => links.push(Spanned::new(url.clone(), value.span)),
        FieldValue::List(items) => items.iter().for_each(|it| in_value(it, links)),
        _ => {}
    }
}

/// Asks for every address once and tells what is wrong at each place where it stands.
///
/// Findings: `external-link-broken`, `external-link-moved`, `external-link-unchecked`.
pub fn check(links: &[Spanned<String>], root: &Path, today: Option<Date>) -> Diagnostics {
    let mut memory = memory::read(root);
    let mut hosts: BTreeMap<&str, Vec<&str>> = BTreeMap::new();
    for link in links {
        let address = without_fragment(&link.value);
        let known = today.and_then(|today| memory.recall(address, today));
        let addresses = hosts.entry(origin(address)).or_default();
        if known.is_none() && !addresses.contains(&address) {
            addresses.push(address);
        }
    }
    for (address, state) in network_or_not(ask_all(hosts.into_iter().collect())) {
        memory.note(address, state, today);
    }
    let mut diags = Diagnostics::default();
    for link in links {
        let state = memory.get(without_fragment(&link.value));
        diags.extend(state.and_then(|it| finding(link, it)));
    }
    memory::write(root, &memory);
    diags
}

fn without_fragment(address: &str) -> &str {
    address.split('#').next().unwrap_or(address)
}

/// Returns the part of an address before its path.
fn origin(address: &str) -> &str {
    let start = address.find("://").map_or(0, |at| at + 3);
    let end = address[start..].find(['/', '?', '#']).map_or(address.len(), |at| start + at);
    &address[..end]
}

/// Asks some hosts side by side, and each for its addresses one after the other.
fn ask_all(hosts: Vec<(&str, Vec<&str>)>) -> Vec<(String, State)> {
    let ask = || hosts.par_iter().flat_map_iter(|(_, addresses)| ask_host(addresses)).collect();
    match rayon::ThreadPoolBuilder::new().num_threads(HOSTS).build() {
        Ok(pool) => pool.install(ask),
        Err(_) => hosts.iter().flat_map(|(_, addresses)| ask_host(addresses)).collect(),
    }
}

/// Where no host at all was found, it may be the network that is missing, and nothing was checked.
fn network_or_not(mut states: Vec<(String, State)>) -> Vec<(String, State)> {
    if states.iter().all(|(_, it)| *it == State::NoHost) {
        let why = text(
            "kein einziger Server war zu finden, vielleicht fehlt das Netz",
            "not a single host was found, perhaps there is no network",
        );
        states.iter_mut().for_each(|(_, it)| *it = State::Unchecked(why.clone()));
    }
    states
}

fn ask_host(addresses: &[&str]) -> Vec<(String, State)> {
    let mut visit = Visit::new(&ask, PAUSE);
    addresses.iter().map(|it| ((*it).to_owned(), visit.state(it))).collect()
}

/// Some requests, one after the other.
struct Visit<'a> {
    ask: &'a dyn Fn(Method, &str) -> Result<Answer, Failure>,
    pause: Duration,
    /// What the hosts let programs see.
    rules: BTreeMap<String, Rules>,
    /// How many requests in a row took each host too long.
    silences: BTreeMap<String, u32>,
}

impl<'a> Visit<'a> {
    fn new(ask: &'a dyn Fn(Method, &str) -> Result<Answer, Failure>, pause: Duration) -> Visit<'a> {
        Visit { ask, pause, rules: BTreeMap::new(), silences: BTreeMap::new() }
    }

    /// Finds out what became of an address, following where it is sent.
    fn state(&mut self, address: &str) -> State {
        let mut here = address.to_owned();
        let mut moved = true;
        for hop in 0..=REDIRECTS {
            if !self.is_allowed(&here) {
                return State::Unchecked(text(
                    "robots.txt verbietet es Programmen",
                    "robots.txt forbids it to programs",
                ));
            }
            let answer = match self.answer(&here) {
                Ok(answer) => answer,
                // A host that sent us there was found.
                Err(Failure::NoHost) if hop == 0 => return State::NoHost,
                Err(failure) => return failed(failure),
            };
            let Some(next) = answer.location.filter(|_| (300..400).contains(&answer.status)) else {
                return judged(answer.status, (hop > 0 && moved).then_some(here));
            };
            moved &= matches!(answer.status, 301 | 308);
            here = next;
        }
        State::Broken(text("die Seite schickt im Kreis", "the page redirects in a circle"))
    }

    /// Asks for the head and, where a server does not like that, for the beginning.
    fn answer(&mut self, address: &str) -> Result<Answer, Failure> {
        let head = self.patient(Method::Head, address);
        match head {
            Ok(answer) if answer.status < 400 || answer.status == 429 => Ok(answer),
            Err(Failure::NoHost | Failure::Silent) => head,
            _ => self.patient(Method::Get, address),
        }
    }

    /// Tries again what may be better soon, after a pause that doubles.
    fn patient(&mut self, method: Method, address: &str) -> Result<Answer, Failure> {
        let mut answer = self.one(method, address);
        for tried in 1..TRIES {
            let is_passing = match &answer {
                Ok(answer) => answer.status == 429 || answer.status >= 500 && answer.status != 501,
                Err(failure) => matches!(failure, Failure::Silent | Failure::Unreachable),
            };
            if !is_passing || self.is_silent(address) {
                break;
            }
            std::thread::sleep(self.pause * 2_u32.pow(tried));
            answer = self.one(method, address);
        }
        answer
    }

    /// Asks once, unless the host had its chances to answer in time.
    fn one(&mut self, method: Method, address: &str) -> Result<Answer, Failure> {
        if self.is_silent(address) {
            return Err(Failure::Silent);
        }
        std::thread::sleep(self.pause);
        let answer = (self.ask)(method, address);
        let silences = self.silences.entry(origin(address).to_owned()).or_default();
        *silences = if matches!(answer, Err(Failure::Silent)) { *silences + 1 } else { 0 };
        answer
    }

    fn is_silent(&self, address: &str) -> bool {
        self.silences.get(origin(address)).is_some_and(|it| *it >= SILENCES)
    }

    fn is_allowed(&mut self, address: &str) -> bool {
        let origin = origin(address).to_owned();
        if !self.rules.contains_key(&origin) {
            let answer = self.one(Method::Body, &format!("{origin}/robots.txt"));
            let rules = match answer {
                Ok(answer) if answer.status < 300 => robots::parse(&answer.body),
                // No file, or none that can be had: nothing is forbidden.
                _ => Rules::default(),
            };
            self.rules.insert(origin.clone(), rules);
        }
        let path = &address[origin.len()..];
        self.rules.get(&origin).is_none_or(|it| it.allow(if path.is_empty() { "/" } else { path }))
    }
}

fn judged(status: u16, moved: Option<String>) -> State {
    let says = || text(format!("der Server antwortet mit {status}"), format!("the server answers {status}"));
    match (status, moved) {
        (200..300 | 416, Some(address)) => State::Moved(address),
        (200..400 | 416, _) => State::Good,
        (404 | 410, _) => State::Broken(says()),
        _ => State::Unchecked(says()),
    }
}

fn failed(failure: Failure) -> State {
    match failure {
        Failure::NoHost => State::Broken(text("diesen Server gibt es nicht", "there is no such host")),
        Failure::Silent => State::Unchecked(text("der Server antwortet nicht", "the server does not answer")),
        Failure::Certificate => State::Unchecked(text(
            "das Zertifikat des Servers stimmt nicht",
            "the certificate of the server is wrong",
        )),
        Failure::Unreachable => {
            State::Unchecked(text("der Server ist nicht zu erreichen", "the server cannot be reached"))
        }
    }
}

fn finding(link: &Spanned<String>, state: &State) -> Option<Diagnostic> {
    let address = &link.value;
    let say = |de: &str, en: &str, why: &Text| {
        text(
            format!("{de} ({address}): {}.", why.in_lang(Lang::De)),
            format!("{en} ({address}): {}", why.in_lang(Lang::En)),
        )
    };
    match state {
        State::Good => None,
        State::Moved(to) => {
            let message = text(
                format!("Diese Seite ist dauerhaft nach {to} umgezogen ({address})."),
                format!("this page has moved for good to {to} ({address})"),
            );
            Some(Diagnostic::notice("external-link-moved", link.span, message))
        }
        State::NoHost => finding(link, &failed(Failure::NoHost)),
        State::Broken(why) => {
            let message = say("Dieser Link führt ins Leere", "this link leads nowhere", why);
            Some(Diagnostic::warning("external-link-broken", link.span, message))
        }
        State::Unchecked(why) => {
            let message = say("Dieser Link ließ sich nicht prüfen", "this link could not be checked", why);
            Some(Diagnostic::notice("external-link-unchecked", link.span, message))
        }
    }
}

#[cfg(test)]
mod tests {
    use std::cell::RefCell;

    use super::*;

    /// Asks a host that answers as `METHOD ADDRESS` is listed, and returns the state and the requests.
    fn visit(address: &str, answers: &[(&str, u16, &str)]) -> (State, Vec<String>) {
        let asked = RefCell::new(Vec::new());
        let ask = |method: Method, address: &str| {
            let request = format!("{method:?} {address}");
            asked.borrow_mut().push(request.clone());
            let found = answers.iter().find(|it| it.0 == request);
            let (_, status, more) = found.ok_or(Failure::Unreachable)?;
            let location = (!more.is_empty()).then(|| (*more).to_owned());
            Ok(Answer { status: *status, location, body: (*more).to_owned() })
        };
        let state = Visit::new(&ask, Duration::ZERO).state(address);
        (state, asked.into_inner())
    }

    const ROBOTS: (&str, u16, &str) = ("Body http://a/robots.txt", 404, "");

    #[test]
    fn a_page_that_is_there_is_good() {
        let (state, asked) = visit("http://a/x", &[ROBOTS, ("Head http://a/x", 200, "")]);
        assert_eq!(state, State::Good);
        assert_eq!(asked, ["Body http://a/robots.txt", "Head http://a/x"]);
    }

    #[test]
    fn a_server_that_wants_no_heads_is_asked_for_the_page() {
        let answers = [ROBOTS, ("Head http://a/x", 405, ""), ("Get http://a/x", 200, "")];
        assert_eq!(visit("http://a/x", &answers).0, State::Good);
    }

    #[test]
    fn only_a_permanent_way_is_a_new_address() {
        let end = ("Head http://a/z", 200, "");
        let for_good = [ROBOTS, ("Head http://a/x", 301, "http://a/z"), end];
        assert_eq!(visit("http://a/x", &for_good).0, State::Moved("http://a/z".to_owned()));
        let for_now = [ROBOTS, ("Head http://a/x", 302, "http://a/z"), end];
        assert_eq!(visit("http://a/x", &for_now).0, State::Good);
    }

    #[test]
    fn a_circle_ends() {
        let answers = [ROBOTS, ("Head http://a/x", 301, "http://a/x")];
        assert!(matches!(visit("http://a/x", &answers).0, State::Broken(_)));
    }

    #[test]
    fn what_may_pass_is_tried_again() {
        let answers = [ROBOTS, ("Head http://a/x", 503, ""), ("Get http://a/x", 503, "")];
        let (state, asked) = visit("http://a/x", &answers);
        assert!(matches!(state, State::Unchecked(_)));
        assert_eq!(asked.iter().filter(|it| it.starts_with("Get")).count(), 3);
    }

    /// Visits some addresses one after the other and returns the requests for them.
    fn requests(addresses: &[&str], answer: impl Fn(Method, &str) -> Result<Answer, Failure>) -> Vec<String> {
        let asked = RefCell::new(Vec::new());
        let ask = |method: Method, address: &str| {
            asked.borrow_mut().push(format!("{method:?} {address}"));
            answer(method, address)
        };
        let mut visit = Visit::new(&ask, Duration::ZERO);
        for address in addresses {
            assert!(matches!(visit.state(address), State::Unchecked(_)), "{address}");
        }
        asked.into_inner()
    }

    #[test]
    fn who_never_answers_is_asked_twice_for_all_its_pages() {
        let asked = requests(&["http://a/x", "http://a/y"], |_, _| Err(Failure::Silent));
        assert_eq!(asked, ["Body http://a/robots.txt", "Head http://a/x"]);
    }

    #[test]
    fn who_falls_silent_is_asked_twice_more() {
        let answer = |method, _: &str| match method {
            Method::Body => Ok(Answer { status: 404, location: None, body: String::new() }),
            _ => Err(Failure::Silent),
        };
        let asked = requests(&["http://a/x", "http://a/y"], answer);
        assert_eq!(asked, ["Body http://a/robots.txt", "Head http://a/x", "Head http://a/x"]);
    }

    #[test]
    fn without_any_host_it_may_be_the_network() {
        let unknown = || ("http://a/x".to_owned(), State::NoHost);
        let states = network_or_not(vec![unknown(), unknown()]);
        assert!(states.iter().all(|(_, it)| matches!(it, State::Unchecked(_))));
        let one_is_there = vec![unknown(), ("http://b/x".to_owned(), State::Good)];
        assert_eq!(network_or_not(one_is_there.clone()), one_is_there);
    }

    #[test]
    fn a_page_that_sends_us_to_nobody_is_broken() {
        let robots = ("Body http://b/robots.txt", 404, "");
        let there = [ROBOTS, robots, ("Head http://a/x", 301, "http://b/x")];
        let ask = |method: Method, address: &str| {
            let request = format!("{method:?} {address}");
            let (_, status, to) = there.iter().find(|it| it.0 == request).ok_or(Failure::NoHost)?;
            Ok(Answer { status: *status, location: Some((*to).to_owned()), body: String::new() })
        };
        let mut visit = Visit::new(&ask, Duration::ZERO);
        assert!(matches!(visit.state("http://a/x"), State::Broken(_)));
        assert_eq!(visit.state("http://c/x"), State::NoHost);
    }

    #[test]
    fn robots_may_forbid_a_page() {
        let robots = ("Body http://a/robots.txt", 200, "User-agent: *\nDisallow: /x");
        let (state, asked) = visit("http://a/x", &[robots]);
        assert!(matches!(state, State::Unchecked(_)));
        assert_eq!(asked, ["Body http://a/robots.txt"]);
    }
}
