//! The preview: the same build again and again, from memory to a browser.
//!
//! 1. [`watch`] says that something may have changed; what changed is found by reading
//!    the site again ([`load::reload`], which opens only files that changed);
//! 2. [`crate::resolve`] makes a site of it, with what it remembers ([`Memo`]);
//! 3. where nothing is wrong, that site takes the place of the one before
//!    (`session`): first the pages that somebody looks at are made, and these readers
//!    are told, then whatever is asked for, then all others;
//! 4. [`http`] brings questions in and answers out.
//!
//! All of that is one thread with one mailbox ([`Message`]); the threads of connections only
//! write letters to it. So nothing is shared, and nobody sees half a site. A page that is not
//! made yet is made when it is asked for; since each is made on its own, it is the one that a
//! build makes. It differs in two things: it holds one script more ([`page`]), and the index of
//! the search has a fixed name, since else no page could be made before all texts were read.
//!
//! Nothing is written anywhere, and nothing but the site is read.

mod changes;
mod findings;
pub mod http;
mod page;
mod watch;

use std::collections::{BTreeMap, HashMap};
use std::convert::Infallible;
use std::hash::{DefaultHasher, Hash, Hasher};
use std::net::TcpListener;
use std::path::PathBuf;
use std::sync::Arc;
use std::sync::mpsc::{Receiver, Sender, channel};
use std::thread;
use std::time::{Duration, Instant};

use rayon::prelude::*;

use self::changes::Difference;
pub use self::findings::Editor;
use self::http::{Answer, Gate};
use self::watch::Watch;
use crate::diag::{Diagnostics, Lang, Severity};
use crate::load::{self, Files, Inputs, LoadError, Request};
use crate::memo::Memo;
use crate::path::base_path;
use crate::render::{self, Engine, Failed, NOT_FOUND, Renderer};
use crate::site::Site;
use crate::source::Sources;
use crate::write::Output;
use crate::{Resolved, resolve};

/// What a preview is asked for.
pub struct Options {
    /// The folder of the site.
    pub root: PathBuf,
    pub request: Request,
    /// The language of messages; that of the site where none is wished.
    pub lang: Option<Lang>,
    /// Warnings keep a site from being shown, too.
    pub strict: bool,
    /// Where links in messages lead; none for readers on other machines.
    pub editor: Option<Editor>,
}

/// What there is to tell after a build.
pub struct Built<'a> {
    /// The files that were changed, new or removed; empty for the first build.
    pub changed: &'a [String],
    pub diagnostics: &'a Diagnostics,
    pub sources: &'a Sources,
    pub lang: Lang,
    pub pages: usize,
    pub tables: usize,
    /// From the first sign of a change until readers were told.
    pub time: Duration,
    /// False where the pages of the last good build are still shown.
    pub is_shown: bool,
}

/// A letter to the thread that builds.
pub enum Message {
    /// Somebody asks for a file.
    Ask(Ask),
    /// Somebody looks at a page and wants to know when it changes.
    Look(Viewer),
    /// Something in the folder of the site changed.
    Changed,
    /// The folders that are watched may be others now.
    Moved,
    /// The index of the search of a build.
    Index(u64, Vec<Output>),
}

/// A question for a file.
pub struct Ask {
    /// Below the top of the site.
    pub url: String,
    pub reply: Sender<Answer>,
}

/// Somebody who looks at a page.
pub struct Viewer {
    /// What is looked at, below the top of the site.
    pub url: String,
    /// Stands for what is seen ([`Desk::print`]).
    pub seen: u64,
    pub events: Sender<String>,
}

/// Builds and answers for ever. `tell` gets what is to be said after each build.
///
/// Fails where the site cannot be read at all at the beginning.
pub fn run(
    listeners: Vec<TcpListener>,
    gate: &Gate,
    options: Options,
    tell: &mut dyn FnMut(&Built<'_>),
) -> Result<Infallible, LoadError> {
    let (sender, mailbox) = channel();
    let watch = Watch::start(&options.root, sender.clone());
    let started = Instant::now();
    let mut files = Files::default();
    let (inputs, found) = load::reload(&options.root, options.request.clone(), &mut files)?;
    for listener in listeners {
        http::listen(listener, gate.clone(), sender.clone());
    }
    let mut desk = Desk {
        options,
        watch,
        mailbox,
        own_address: sender,
        files,
        memo: Memo::default(),
        read: Arc::new((inputs, found)),
        is_unreadable: false,
        started,
        build: 0,
        shelf: HashMap::new(),
        viewers: Vec::new(),
        state: State::default(),
    };
    let mut good = desk.build(Vec::new(), tell).map(Arc::new);
    loop {
        let next = desk.session(good.as_ref(), tell);
        let old = good.replace(Arc::new(next));
        // Thousands of pages of small texts: freeing them takes a while.
        thread::spawn(move || drop(old));
    }
}

/// What was read of a site, and what was wrong with single files.
type Read = (Inputs, Diagnostics);

/// A site without errors, with its templates ready.
struct Good {
    read: Arc<Read>,
    site: Site,
    engine: Engine,
    /// What was found before rendering.
    diagnostics: Diagnostics,
    changed: Vec<String>,
    pages: usize,
    tables: usize,
}

/// Everything that lasts longer than one build.
struct Desk {
    options: Options,
    watch: Watch,
    mailbox: Receiver<Message>,
    /// For what is made elsewhere, and for questions that have to wait.
    own_address: Sender<Message>,
    files: Files,
    memo: Memo,
    /// What was read last.
    read: Arc<Read>,
    /// The last attempt to read failed altogether.
    is_unreadable: bool,
    /// When the first sign of a change was seen.
    started: Instant,
    /// The number of the last good build.
    build: u64,
    /// What the good builds have made, by address.
    shelf: HashMap<String, Shelved>,
    viewers: Vec<Viewer>,
    state: State,
}

/// A file that was made.
struct Shelved {
    bytes: Arc<[u8]>,
    /// By which build.
    build: u64,
}

/// What readers are told beside the pages.
#[derive(Default)]
struct State {
    /// The findings, for the script in the pages.
    findings: String,
    /// A page that shows them where there is no other.
    page: Arc<[u8]>,
}

impl State {
    /// Returns what stands for the page.
    fn print(&self) -> u64 {
        let mut hasher = DefaultHasher::new();
        self.page.hash(&mut hasher);
        hasher.finish()
    }
}

/// A good build and how far it is rendered.
struct Stage<'a> {
    good: &'a Arc<Good>,
    renderer: Renderer<'a>,
    /// The number of each file in the plan.
    urls: HashMap<String, usize>,
    /// The files before it were all tried.
    next: usize,
    failures: BTreeMap<usize, Failed>,
    /// How many of them were told.
    told: usize,
    index: Index,
}

/// The index of the search, which is made only when somebody searches.
enum Index {
    Unmade,
    /// These wait for it.
    InTheMaking(Vec<Ask>),
    Made(HashMap<String, Arc<[u8]>>),
}

impl<'a> Stage<'a> {
    fn new(good: &'a Arc<Good>) -> Stage<'a> {
        let renderer = Renderer::new(&good.site, &good.read.0.sources, &good.engine);
        let urls = (0..renderer.count()).map(|at| (renderer.url(at).into_owned(), at)).collect();
        let (failures, index) = (BTreeMap::new(), Index::Unmade);
        Stage { good, renderer, urls, next: 0, failures, told: 0, index }
    }

    /// Returns an address below the top of the site. The page for missing addresses stands at any
    /// depth, so it names files by the path that the site has on its server.
    fn below_top(&self, url: String) -> String {
        if self.urls.contains_key(&url) {
            return url;
        }
        let base = self.good.site.config.base_url.as_deref().and_then(base_path).unwrap_or_default();
        let below = url.strip_prefix(base.trim_start_matches('/')).map(str::to_owned);
        below.unwrap_or(url)
    }

    fn has_work(&self) -> bool {
        self.next < self.renderer.count()
    }
}

/// What is written at once is told within this time.
const GLANCE: Duration = Duration::from_millis(2);
/// A change is over when nothing happened for so long: editors write in several steps.
const QUIET: Duration = Duration::from_millis(10);
/// The same where more than one file changed, or one is gone, new or empty.
const LONG_QUIET: Duration = Duration::from_millis(120);
/// A change that never ends is looked at after this time.
const PATIENCE: Duration = Duration::from_secs(2);
/// Some disks tell nothing: they are looked at this often.
const LOOK_ANYWAY: Duration = Duration::from_secs(2);
/// So many files are made between two looks into the mailbox.
const PORTION: usize = 32;

impl Desk {
    /// Shows a good build, and answers until there is the next one.
    fn session(&mut self, good: Option<&Arc<Good>>, tell: &mut dyn FnMut(&Built<'_>)) -> Good {
        let mut stage = good.map(Stage::new);
        if let Some(stage) = &mut stage {
            self.show(stage, tell);
        }
        let next = loop {
            let letter = self.letter(stage.as_mut(), tell);
            if let Some(good) = self.handle(letter, stage.as_mut(), tell) {
                break good;
            }
        };
        if let Some(Stage { index: Index::InTheMaking(waiting), .. }) = stage {
            waiting.into_iter().for_each(|it| self.send_again(it));
        }
        next
    }

    /// Returns the next letter; until it comes, all that is left to do is done. A silence is
    /// a change that nobody told.
    fn letter(&mut self, stage: Option<&mut Stage<'_>>, tell: &mut dyn FnMut(&Built<'_>)) -> Message {
        if let Some(stage) = stage {
            while stage.has_work() {
                match self.mailbox.try_recv() {
                    Ok(letter) => return letter,
                    Err(_) => self.work(stage),
                }
            }
            self.tell_failures(stage, tell);
        }
        self.mailbox.recv_timeout(LOOK_ANYWAY).unwrap_or(Message::Changed)
    }

    /// Does what a letter asks for; a change may lead to the next good build.
    fn handle(
        &mut self,
        letter: Message,
        stage: Option<&mut Stage<'_>>,
        tell: &mut dyn FnMut(&Built<'_>),
    ) -> Option<Good> {
        match letter {
            Message::Changed | Message::Moved => {
                self.started = Instant::now();
                if matches!(letter, Message::Moved) {
                    self.watch.renew(&self.options.root);
                }
                return self.rebuild(stage, tell);
            }
            Message::Ask(ask) => self.answer(ask, stage),
            Message::Look(viewer) => self.look(viewer, stage),
            Message::Index(build, files) => self.take_index(build, files, stage),
        }
        None
    }

    /// Waits until nothing happens any more, and returns whether something did; questions are
    /// answered meanwhile.
    fn settle(&mut self, quiet: Duration, mut stage: Option<&mut Stage<'_>>) -> bool {
        let mut is_another = false;
        let end = Instant::now() + PATIENCE;
        let mut until = Instant::now() + quiet;
        while let Ok(letter) =
            self.mailbox.recv_timeout(until.min(end).saturating_duration_since(Instant::now()))
        {
            match letter {
                Message::Changed | Message::Moved => {
                    if matches!(letter, Message::Moved) {
                        self.watch.renew(&self.options.root);
                    }
                    is_another = true;
                    until = Instant::now() + quiet;
                }
                Message::Ask(ask) => self.answer(ask, stage.as_deref_mut()),
                Message::Look(viewer) => self.look(viewer, stage.as_deref_mut()),
                Message::Index(build, files) => self.take_index(build, files, stage.as_deref_mut()),
            }
        }
        is_another
    }

    /// Reads the site again and builds it where it is another.
    fn rebuild(
        &mut self,
        mut stage: Option<&mut Stage<'_>>,
        tell: &mut dyn FnMut(&Built<'_>),
    ) -> Option<Good> {
        let end = Instant::now() + PATIENCE;
        self.settle(GLANCE, stage.as_deref_mut());
        let mut began = Instant::now();
        let mut read = self.reload();
        // Reading takes a while, too.
        while self.settle(QUIET.saturating_sub(began.elapsed()), stage.as_deref_mut()) && began < end {
            began = Instant::now();
            read = self.reload();
        }
        while Instant::now() < end && !read.as_ref().is_ok_and(|it| it.1.is_small) {
            self.settle(LONG_QUIET, stage.as_deref_mut());
            let again = self.reload();
            let is_over = matches!((&read, &again), (Ok(one), Ok(other)) if one.0 == other.0);
            read = again;
            if is_over {
                break;
            }
        }
        match read {
            Ok((read, Difference { files: changed, .. })) => {
                if changed.is_empty() && read == *self.read && !self.is_unreadable {
                    return None;
                }
                self.read = Arc::new(read);
                self.is_unreadable = false;
                self.build(changed, tell)
            }
            Err(err) => {
                self.report_unreadable(&err);
                None
            }
        }
    }

    fn reload(&mut self) -> Result<(Read, Difference), LoadError> {
        let read = load::reload(&self.options.root, self.options.request.clone(), &mut self.files)?;
        let difference = changes::difference(&self.read.0, &read.0);
        Ok((read, difference))
    }

    /// The configuration is gone, or the disk fails: there is no place to tell, but readers are told.
    fn report_unreadable(&mut self, err: &LoadError) {
        if !self.is_unreadable {
            self.is_unreadable = true;
            let lang = self.options.lang.unwrap_or_default();
            self.set_state(findings::of_text(err.message.in_lang(lang)), lang);
        }
    }

    /// Builds what was read. Gives nothing where it has errors; they are told.
    fn build(&mut self, changed: Vec<String>, tell: &mut dyn FnMut(&Built<'_>)) -> Option<Good> {
        let read = Arc::clone(&self.read);
        let (inputs, found) = &*read;
        let Resolved { site, mut diagnostics, lang, pages, tables } =
            resolve(inputs, found.clone(), &mut self.memo, &());
        let ready = site.and_then(|site| {
            let templates = &mut self.memo.templates;
            let engine = render::preview_engine(&site, &inputs.sources, templates, &mut diagnostics)?;
            Some((site, engine))
        });
        match ready.filter(|_| !self.forbids(&diagnostics)) {
            Some((site, engine)) => Some(Good { read, site, engine, diagnostics, changed, pages, tables }),
            None => {
                let lang = self.options.lang.unwrap_or(lang);
                self.set_findings(&diagnostics, &inputs.sources, lang);
                let (sources, time) = (&inputs.sources, self.started.elapsed());
                let (changed, diagnostics) = (&changed, &diagnostics);
                tell(&Built { changed, diagnostics, sources, lang, pages, tables, time, is_shown: false });
                None
            }
        }
    }

    /// Whether findings keep a site from being shown.
    fn forbids(&self, diagnostics: &Diagnostics) -> bool {
        diagnostics.has_errors() || self.options.strict && diagnostics.count(Severity::Warning) > 0
    }

    /// Puts a good build in the place of the one before: first the pages that somebody looks at.
    fn show(&mut self, stage: &mut Stage<'_>, tell: &mut dyn FnMut(&Built<'_>)) {
        self.build += 1;
        let mut viewers = std::mem::take(&mut self.viewers);
        viewers.retain_mut(|it| self.inform(it, Some(stage)));
        self.viewers = viewers;
        self.update_state(stage);
        self.tell(stage, tell);
        self.shelf.retain(|url, _| stage.urls.contains_key(url));
    }

    fn tell(&mut self, stage: &mut Stage<'_>, tell: &mut dyn FnMut(&Built<'_>)) {
        stage.told = stage.failures.len();
        let (good, diagnostics) = (stage.good, findings_of(stage));
        tell(&Built {
            changed: &good.changed,
            diagnostics: &diagnostics,
            sources: &good.read.0.sources,
            lang: self.lang(good),
            pages: good.pages,
            tables: good.tables,
            time: self.started.elapsed(),
            is_shown: true,
        });
    }

    /// Tells readers and the terminal of pages that could not be rendered since they were told last.
    fn tell_failures(&mut self, stage: &mut Stage<'_>, tell: &mut dyn FnMut(&Built<'_>)) {
        if stage.failures.len() > stage.told {
            self.update_state(stage);
            self.tell(stage, tell);
        }
    }

    fn lang(&self, good: &Good) -> Lang {
        self.options.lang.unwrap_or(good.site.config.lang)
    }

    fn update_state(&mut self, stage: &Stage<'_>) {
        let lang = self.lang(stage.good);
        self.set_findings(&findings_of(stage), &stage.good.read.0.sources, lang);
    }

    fn set_findings(&mut self, diagnostics: &Diagnostics, sources: &Sources, lang: Lang) {
        let found = findings::Findings { diagnostics, sources, lang, editor: self.options.editor.as_ref() };
        self.set_state(found.told(&self.options.root), lang);
    }

    /// Tells all readers what was found.
    fn set_state(&mut self, told: findings::Told, lang: Lang) {
        let findings = told.json(lang);
        let before = self.state.print();
        self.state = State { findings, page: page::of_findings(&told, lang).into_bytes().into() };
        let (now, event) = (self.state.print(), self.state_event());
        self.viewers.retain_mut(|it| {
            // Who looks at the page of the findings needs it anew.
            let event = if it.seen == before && now != before {
                it.seen = now;
                http::event("reload", "")
            } else {
                event.clone()
            };
            it.events.send(event).is_ok()
        });
    }

    /// Makes the next portion of files that nobody has asked for.
    fn work(&mut self, stage: &mut Stage<'_>) {
        let end = stage.renderer.count().min(stage.next + PORTION);
        let is_open = |at: &usize| !self.is_made(stage, *at) && !stage.failures.contains_key(at);
        let open: Vec<usize> = (stage.next..end).filter(is_open).collect();
        let made: Vec<_> = open.into_par_iter().map(|at| (at, stage.renderer.run(at))).collect();
        made.into_iter().for_each(|(at, result)| self.put(stage, at, result));
        stage.next = end;
    }

    fn is_made(&self, stage: &Stage<'_>, at: usize) -> bool {
        self.shelf.get(&*stage.renderer.url(at)).is_some_and(|it| it.build == self.build)
    }

    /// Puts a file on the shelf; one that failed leaves there what was good last.
    fn put(&mut self, stage: &mut Stage<'_>, at: usize, result: render::Rendered) {
        match result {
            Ok(bytes) => {
                let shelved = Shelved { bytes, build: self.build };
                self.shelf.insert(stage.renderer.url(at).into_owned(), shelved);
            }
            Err(failed) => {
                stage.failures.insert(at, failed);
            }
        }
    }

    /// Returns a file of the site, made now if need be.
    fn file(&mut self, url: &str, stage: &mut Stage<'_>) -> Option<Arc<[u8]>> {
        let at = *stage.urls.get(url)?;
        if !self.is_made(stage, at) && !stage.failures.contains_key(&at) {
            let result = stage.renderer.run(at);
            self.put(stage, at, result);
        }
        self.shelf.get(url).map(|it| Arc::clone(&it.bytes))
    }

    fn answer(&mut self, mut ask: Ask, stage: Option<&mut Stage<'_>>) {
        let Some(stage) = stage else {
            let _ = ask.reply.send(self.broken());
            return;
        };
        ask.url = stage.below_top(ask.url);
        if render::is_of_preview_index(&stage.good.site, &ask.url) {
            return self.answer_from_index(ask, stage);
        }
        let is_known = stage.urls.contains_key(&ask.url);
        let answer = match self.file(&ask.url, stage) {
            Some(bytes) if ask.url.ends_with(".html") => self.page(&ask.url, 200, bytes, stage),
            Some(bytes) => Answer::File { url: ask.url, bytes },
            None if is_known => self.broken(),
            None if stage.urls.contains_key(&format!("{}/index.html", ask.url)) => {
                Answer::Moved(format!("/{}/", ask.url))
            }
            None => match self.file(NOT_FOUND, stage) {
                Some(bytes) => self.page(&ask.url, 404, bytes, stage),
                None => self.broken(),
            },
        };
        let _ = ask.reply.send(answer);
    }

    fn page(&mut self, url: &str, status: u16, bytes: Arc<[u8]>, stage: &mut Stage<'_>) -> Answer {
        let seen = self.print(url, Some(stage));
        Answer::Page { status, page: page::with_script(&bytes, seen) }
    }

    /// Says what is wrong, where there is no good page.
    fn broken(&self) -> Answer {
        Answer::Page { status: 500, page: page::with_script(&self.state.page, self.state.print()) }
    }

    /// Returns what stands for a page and for everything that it shows: its own bytes, those of
    /// the theme, and those of the files that it names.
    fn print(&mut self, url: &str, stage: Option<&mut Stage<'_>>) -> u64 {
        let Some(stage) = stage else { return self.state.print() };
        let shown = if stage.urls.contains_key(url) { url } else { NOT_FOUND };
        let Some(bytes) = self.file(shown, stage) else { return self.state.print() };
        let mut hasher = DefaultHasher::new();
        (&bytes, shown).hash(&mut hasher);
        // Their addresses change with their bytes.
        stage.good.site.theme.assets.values().for_each(|it| it.url.hash(&mut hasher));
        for named in page::files_named(&bytes, shown) {
            if let Some(bytes) = self.file(&named, stage) {
                bytes.hash(&mut hasher);
            }
        }
        hasher.finish()
    }

    /// Notes somebody who looks at a page.
    fn look(&mut self, mut viewer: Viewer, stage: Option<&mut Stage<'_>>) {
        if let Some(stage) = &stage {
            viewer.url = stage.below_top(viewer.url);
        }
        if self.inform(&mut viewer, stage) && viewer.events.send(self.state_event()).is_ok() {
            self.viewers.push(viewer);
        }
    }

    fn state_event(&self) -> String {
        http::event("findings", &self.state.findings)
    }

    /// Tells somebody that the page is another now; false where nobody listens any more.
    fn inform(&mut self, viewer: &mut Viewer, stage: Option<&mut Stage<'_>>) -> bool {
        let now = self.print(&viewer.url, stage);
        if std::mem::replace(&mut viewer.seen, now) == now {
            return true;
        }
        viewer.events.send(http::event("reload", "")).is_ok()
    }

    // The index of the search

    fn answer_from_index(&mut self, ask: Ask, stage: &mut Stage<'_>) {
        match &mut stage.index {
            Index::Made(files) => {
                let found = files.get(&ask.url).map(Arc::clone);
                let answer = found.map_or(Answer::Missing, |bytes| Answer::File { url: ask.url, bytes });
                let _ = ask.reply.send(answer);
            }
            Index::InTheMaking(waiting) => waiting.push(ask),
            Index::Unmade => {
                stage.index = Index::InTheMaking(vec![ask]);
                let (good, build, address) = (Arc::clone(stage.good), self.build, self.own_address.clone());
                thread::spawn(move || address.send(Message::Index(build, render::preview_index(&good.site))));
            }
        }
    }

    fn take_index(&mut self, build: u64, files: Vec<Output>, stage: Option<&mut Stage<'_>>) {
        let Some(stage) = stage.filter(|_| build == self.build) else { return };
        let files = files.into_iter().map(|it| (it.path.as_str().to_owned(), it.bytes)).collect();
        if let Index::InTheMaking(waiting) = std::mem::replace(&mut stage.index, Index::Made(files)) {
            waiting.into_iter().for_each(|it| self.send_again(it));
        }
    }

    fn send_again(&self, ask: Ask) {
        let _ = self.own_address.send(Message::Ask(ask));
    }
}

/// Returns all that was found so far.
fn findings_of(stage: &Stage<'_>) -> Diagnostics {
    let mut diagnostics = stage.good.diagnostics.clone();
    stage.renderer.report(stage.failures.values().cloned().collect(), &mut diagnostics);
    diagnostics
}
