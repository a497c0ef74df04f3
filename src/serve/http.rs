//! The server: questions from browsers on this machine, and answers from memory.
//!
//! Only what a preview needs, in plain threads of the standard library: GET and HEAD, one
//! answer for each connection, limits on size and time of a question. A library for the web
//! would bring a dozen crates and ways that nobody here walks; the rules below ([`Gate`]) would
//! still be ours. They keep other sites, which the same browser shows, from reading a site that
//! is not published yet.

use std::io::{self, Read, Write};
use std::net::{Shutdown, SocketAddr, TcpListener, TcpStream};
use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::sync::mpsc::{RecvTimeoutError, Sender, channel};
use std::thread;
use std::time::{Duration, Instant};

use super::page::{EVENTS_URL, SCRIPT, SCRIPT_URL, STYLE, STYLE_URL};
use super::{Ask, Message, Viewer};
use crate::diag::{Lang, Text, text};

/// An answer from the thread that builds.
pub enum Answer {
    /// A page, with the script of the preview in it.
    Page {
        status: u16,
        page: Vec<u8>,
    },
    File {
        url: String,
        bytes: Arc<[u8]>,
    },
    /// A folder was asked for without the slash at its end.
    Moved(String),
    Missing,
}

/// Who may ask.
#[derive(Clone, Debug)]
pub struct Gate {
    pub port: u16,
    /// Names beside those of this machine.
    pub names: Vec<String>,
    /// The language of refusals.
    pub lang: Lang,
}

/// Bytes of the head of a question.
const HEAD_BYTES: usize = 16 << 10;
/// How long a question may take.
const HEAD_TIME: Duration = Duration::from_secs(10);
/// Connections at one time; a browser opens six.
const CONNECTIONS: usize = 128;
/// How often a listener that hears nothing is spoken to, so that its end is noticed.
const KEEP_ALIVE: Duration = Duration::from_secs(15);

/// Answers on a socket, in a thread of its own.
pub fn listen(listener: TcpListener, gate: Gate, mailbox: Sender<Message>) {
    let (gate, open) = (Arc::new(gate), Arc::new(AtomicUsize::new(0)));
    thread::spawn(move || {
        for stream in listener.incoming() {
            let Ok(stream) = stream else {
                // Such as too many open files; some are closed soon.
                thread::sleep(Duration::from_millis(50));
                continue;
            };
            if open.fetch_add(1, Ordering::Relaxed) >= CONNECTIONS {
                open.fetch_sub(1, Ordering::Relaxed);
                continue;
            }
            let (gate, open, mailbox) = (Arc::clone(&gate), Arc::clone(&open), mailbox.clone());
            thread::spawn(move || {
                // A browser that goes away has its answer or does not want it.
                let _ = serve(stream, &gate, &mailbox);
                open.fetch_sub(1, Ordering::Relaxed);
            });
        }
    });
}

fn serve(mut stream: TcpStream, gate: &Gate, mailbox: &Sender<Message>) -> io::Result<()> {
    stream.set_write_timeout(Some(HEAD_TIME))?;
    stream.set_nodelay(true)?;
    let question = match read_head(&mut stream)? {
        Some(head) => question(&head, gate),
        None => Err(Refusal::new(431, text("Die Anfrage ist zu lang.", "the request is too long"))),
    };
    match question {
        Ok(Question { url, seen: Some(seen), is_head: false }) if url == EVENTS_URL => {
            tell_changes(stream, seen, mailbox)
        }
        Ok(Question { url, is_head, .. }) => {
            let response = answer(url, mailbox).map_or_else(|| unavailable(gate.lang), response);
            write(&mut stream, &response, is_head)
        }
        Err(refusal) => {
            write(&mut stream, &refusal.response(gate.lang), refusal.is_head)?;
            drain(&mut stream)
        }
    }
}

/// Reads until the empty line. Gives nothing where that does not come in time and size.
fn read_head(stream: &mut TcpStream) -> io::Result<Option<Vec<u8>>> {
    let end = Instant::now() + HEAD_TIME;
    let mut head = Vec::new();
    let mut buffer = [0; 2048];
    loop {
        let left = end.saturating_duration_since(Instant::now());
        stream.set_read_timeout(Some(left.max(Duration::from_millis(1))))?;
        match stream.read(&mut buffer)? {
            0 => return Err(io::ErrorKind::UnexpectedEof.into()),
            count => head.extend_from_slice(&buffer[..count]),
        }
        if let Some(at) = head.windows(4).position(|it| it == b"\r\n\r\n") {
            head.truncate(at);
            return Ok(Some(head));
        }
        if head.len() > HEAD_BYTES {
            return Ok(None);
        }
    }
}

/// Takes the rest of what was sent, since closing before that would take back the answer.
fn drain(stream: &mut TcpStream) -> io::Result<()> {
    stream.shutdown(Shutdown::Write)?;
    stream.set_read_timeout(Some(Duration::from_millis(200)))?;
    let mut buffer = [0; 4096];
    for _ in 0..256 {
        if stream.read(&mut buffer)? == 0 {
            break;
        }
    }
    Ok(())
}

/// What is asked for, after all checks.
#[derive(Debug, PartialEq, Eq)]
struct Question {
    /// Below the top of the site.
    url: String,
    /// What a listener for changes sees.
    seen: Option<Seen>,
    is_head: bool,
}

/// A page, and what stands for its content.
#[derive(Debug, PartialEq, Eq)]
struct Seen {
    url: String,
    print: u64,
}

/// Why a question gets no answer.
#[derive(Debug)]
struct Refusal {
    status: u16,
    why: Text,
    is_head: bool,
}

impl Refusal {
    fn new(status: u16, why: Text) -> Refusal {
        Refusal { status, why, is_head: false }
    }

    fn response(&self, lang: Lang) -> Response {
        let more = if self.status == 405 { vec![("Allow", "GET, HEAD".to_owned())] } else { Vec::new() };
        Response { more, ..Response::text(self.status, self.why.in_lang(lang)) }
    }
}

/// The lines of a head behind the first.
struct Fields<'a>(Vec<(&'a str, &'a str)>);

impl<'a> Fields<'a> {
    fn parse(lines: impl Iterator<Item = &'a str>) -> Option<Fields<'a>> {
        let field = |line: &'a str| {
            let (name, value) = line.split_once(':')?;
            let is_token = !name.is_empty() && name.bytes().all(|it| it.is_ascii_graphic());
            is_token.then_some((name, value.trim_matches([' ', '\t'])))
        };
        lines.map(field).collect::<Option<_>>().map(Fields)
    }

    /// Returns the value of a field; two of them are an error.
    fn get(&self, name: &str) -> Result<Option<&'a str>, Refusal> {
        let mut found = self.0.iter().filter(|it| it.0.eq_ignore_ascii_case(name));
        match (found.next(), found.next()) {
            (first, None) => Ok(first.map(|it| it.1)),
            _ => Err(malformed()),
        }
    }
}

fn malformed() -> Refusal {
    Refusal::new(400, text("Die Anfrage ist nicht zu verstehen.", "the request cannot be understood"))
}

/// Reads a head and applies all rules to it.
fn question(head: &[u8], gate: &Gate) -> Result<Question, Refusal> {
    let head = std::str::from_utf8(head).map_err(|_| malformed())?;
    let mut lines = head.split("\r\n");
    let first: Vec<&str> = lines.next().unwrap_or_default().split(' ').collect();
    let [method, target, "HTTP/1.0" | "HTTP/1.1"] = first[..] else { return Err(malformed()) };
    let fields = Fields::parse(lines).ok_or_else(malformed)?;
    let is_head = method == "HEAD";
    let checked = gate.check(method, &fields).and_then(|()| asked(target, is_head));
    checked.map_err(|it| Refusal { is_head, ..it })
}

/// Takes a target apart: a path, and what a listener says.
fn asked(target: &str, is_head: bool) -> Result<Question, Refusal> {
    let (path, query) = target.split_once('?').unwrap_or((target, ""));
    let url = url_of(path).ok_or_else(malformed)?;
    let value = |key: &str| query.split('&').find_map(|it| it.strip_prefix(key)?.strip_prefix('='));
    let seen = value("page").and_then(|page| {
        let print = u64::from_str_radix(value("seen")?, 16).ok()?;
        Some(Seen { url: url_of(&decoded(page)?)?, print })
    });
    Ok(Question { url, seen, is_head })
}

/// Returns the address of a file below the top of the site; `/` at the end means the index of a folder.
fn url_of(path: &str) -> Option<String> {
    let url = decoded(path.strip_prefix('/')?)?;
    Some(if url.is_empty() || url.ends_with('/') { url + "index.html" } else { url })
}

/// Replaces `%20` and the like. What a path leads to is looked up in a list and never on a
/// disk, so that nothing in it can be dangerous.
fn decoded(text: &str) -> Option<String> {
    let mut bytes = Vec::with_capacity(text.len());
    let mut rest = text.bytes();
    while let Some(byte) = rest.next() {
        let digit = |it: Option<u8>| char::from(it?).to_digit(16);
        bytes.push(match byte {
            b'%' => u8::try_from(digit(rest.next())? * 16 + digit(rest.next())?).ok()?,
            _ => byte,
        });
    }
    String::from_utf8(bytes).ok()
}

impl Gate {
    fn check(&self, method: &str, fields: &Fields<'_>) -> Result<(), Refusal> {
        if !["GET", "HEAD"].contains(&method) {
            let why =
                text("Die Vorschau beantwortet nur GET und HEAD.", "the preview answers GET and HEAD only");
            return Err(Refusal::new(405, why));
        }
        if !fields.get("Host")?.is_some_and(|it| self.is_allowed(it)) {
            return Err(self.wrong_host());
        }
        if !fields.get("Origin")?.is_none_or(|it| self.is_own_origin(it)) {
            return Err(wrong_origin());
        }
        // A link from elsewhere may lead here, but nothing from here may stand elsewhere.
        let (site, mode) = (fields.get("Sec-Fetch-Site")?, fields.get("Sec-Fetch-Mode")?);
        let is_followed_link = mode == Some("navigate") && fields.get("Sec-Fetch-Dest")? == Some("document");
        if matches!(site, Some("cross-site" | "same-site")) && !is_followed_link {
            return Err(wrong_origin());
        }
        Ok(())
    }

    /// Whether a name with its port is one of this machine, or was allowed.
    fn is_allowed(&self, host: &str) -> bool {
        let port = format!(":{}", self.port);
        let own = ["localhost", "127.0.0.1", "[::1]"];
        let is_name = |name: &str, wished: &str| name.eq_ignore_ascii_case(wished);
        match host.strip_suffix(&port) {
            Some(name) => {
                own.iter().any(|it| is_name(name, it)) || self.names.iter().any(|it| is_name(name, it))
            }
            // Browsers leave the port 80 out, and so does a server in front of this one.
            None => {
                self.port == 80 && own.iter().any(|it| is_name(host, it))
                    || self.names.iter().any(|it| is_name(host, it))
            }
        }
    }

    fn is_own_origin(&self, origin: &str) -> bool {
        let host = origin.strip_prefix("http://").or_else(|| origin.strip_prefix("https://"));
        host.is_some_and(|it| self.is_allowed(it))
    }

    fn wrong_host(&self) -> Refusal {
        let port = self.port;
        let why = text(
            format!(
                "Unter diesem Namen antwortet die Vorschau nicht. Sie ist zu erreichen unter \
                 http://127.0.0.1:{port}/; andere Namen erlaubt --allow-host NAME."
            ),
            format!(
                "the preview does not answer to this name; it is at http://127.0.0.1:{port}/, and \
                 --allow-host NAME allows other names"
            ),
        );
        Refusal::new(403, why)
    }
}

fn wrong_origin() -> Refusal {
    let why = text(
        "Eine andere Website hat das angefragt. Die Vorschau antwortet nur ihren eigenen Seiten.",
        "another site has asked for this; the preview answers its own pages only",
    );
    Refusal::new(403, why)
}

/// Looks for a file: those of the preview itself are here, all others with the thread that builds.
fn answer(url: String, mailbox: &Sender<Message>) -> Option<Answer> {
    match url.as_str() {
        SCRIPT_URL => return Some(Answer::File { url, bytes: SCRIPT.as_bytes().into() }),
        STYLE_URL => return Some(Answer::File { url, bytes: STYLE.as_bytes().into() }),
        _ => {}
    }
    let (reply, answer) = channel();
    mailbox.send(Message::Ask(Ask { url, reply })).ok()?;
    answer.recv().ok()
}

fn unavailable(lang: Lang) -> Response {
    let why = text("Das lässt sich gerade nicht erzeugen.", "this cannot be made just now");
    Response::text(503, why.in_lang(lang))
}

/// An answer as it is sent.
struct Response {
    status: u16,
    kind: &'static str,
    more: Vec<(&'static str, String)>,
    body: Body,
}

enum Body {
    Own(Vec<u8>),
    Shared(Arc<[u8]>),
}

impl Body {
    fn bytes(&self) -> &[u8] {
        match self {
            Body::Own(bytes) => bytes,
            Body::Shared(bytes) => bytes,
        }
    }
}

impl Response {
    fn new(status: u16, kind: &'static str, body: Body) -> Response {
        Response { status, kind, more: Vec::new(), body }
    }

    fn text(status: u16, text: &str) -> Response {
        Response::new(status, content_type("txt"), Body::Own(format!("{text}\n").into_bytes()))
    }
}

fn response(answer: Answer) -> Response {
    match answer {
        Answer::Page { status, page } => Response::new(status, content_type("html"), Body::Own(page)),
        Answer::File { url, bytes } => {
            let ending = url.rsplit('.').next().unwrap_or_default();
            Response::new(200, content_type(ending), Body::Shared(bytes))
        }
        Answer::Moved(to) => {
            let to = to.split('/').map(crate::html::encode_component).collect::<Vec<_>>().join("/");
            Response { more: vec![("Location", to)], ..Response::text(302, "") }
        }
        Answer::Missing => Response::text(404, "404"),
    }
}

/// Returns the type of a file by its ending.
fn content_type(ending: &str) -> &'static str {
    match ending {
        "html" => "text/html; charset=utf-8",
        "css" => "text/css; charset=utf-8",
        "js" => "text/javascript; charset=utf-8",
        "json" => "application/json",
        "xml" => "application/xml",
        "csv" => "text/csv; charset=utf-8",
        "txt" => "text/plain; charset=utf-8",
        "vtt" => "text/vtt; charset=utf-8",
        "ics" => "text/calendar; charset=utf-8",
        "svg" => "image/svg+xml",
        "png" => "image/png",
        "jpg" | "jpeg" => "image/jpeg",
        "gif" => "image/gif",
        "webp" => "image/webp",
        "avif" => "image/avif",
        "woff2" => "font/woff2",
        "pdf" => "application/pdf",
        "mp3" => "audio/mpeg",
        "mp4" => "video/mp4",
        "webm" => "video/webm",
        _ => "application/octet-stream",
    }
}

/// What every answer says: keep nothing, guess no type, and give nothing to other sites.
const FIELDS: &str = "Cache-Control: no-store\r\nX-Content-Type-Options: nosniff\r\n\
                      Cross-Origin-Resource-Policy: same-origin\r\nConnection: close\r\n";

fn write(stream: &mut TcpStream, response: &Response, is_head: bool) -> io::Result<()> {
    let Response { status, kind, more, body } = response;
    let body = body.bytes();
    let more: String = more.iter().map(|(name, value)| format!("{name}: {value}\r\n")).collect();
    let head = format!(
        "HTTP/1.1 {status} {}\r\nContent-Type: {kind}\r\nContent-Length: {}\r\n{more}{FIELDS}\r\n",
        reason(*status),
        body.len()
    );
    let mut bytes = head.into_bytes();
    if !is_head {
        bytes.extend_from_slice(body);
    }
    stream.write_all(&bytes)
}

fn reason(status: u16) -> &'static str {
    match status {
        200 => "OK",
        302 => "Found",
        400 => "Bad Request",
        403 => "Forbidden",
        404 => "Not Found",
        405 => "Method Not Allowed",
        431 => "Request Header Fields Too Large",
        500 => "Internal Server Error",
        _ => "Service Unavailable",
    }
}

/// Writes an event for the script in the pages; its data is one line.
pub fn event(name: &str, data: &str) -> String {
    format!("event: {name}\ndata: {data}\n\n")
}

/// Sends events until the other side goes away.
fn tell_changes(mut stream: TcpStream, seen: Seen, mailbox: &Sender<Message>) -> io::Result<()> {
    let head = format!("HTTP/1.1 200 OK\r\nContent-Type: text/event-stream\r\n{FIELDS}\r\n");
    stream.write_all(head.as_bytes())?;
    // Where the server is started anew, pages find it soon.
    stream.write_all(b"retry: 500\n\n")?;
    let (events, told) = channel();
    let viewer = Viewer { url: seen.url, seen: seen.print, events };
    mailbox.send(Message::Look(viewer)).map_err(|_| io::ErrorKind::BrokenPipe)?;
    loop {
        match told.recv_timeout(KEEP_ALIVE) {
            Ok(event) => stream.write_all(event.as_bytes())?,
            Err(RecvTimeoutError::Timeout) => stream.write_all(b":\n\n")?,
            Err(RecvTimeoutError::Disconnected) => return Ok(()),
        }
    }
}

/// Opens sockets for an address of this machine, or for another that was asked for.
///
/// For the loopback both forms of the address are taken, as far as the machine has them, since
/// `localhost` may mean either.
pub fn bind(address: SocketAddr) -> io::Result<Vec<TcpListener>> {
    let first = TcpListener::bind(address)?;
    let port = first.local_addr()?.port();
    let mut listeners = vec![first];
    if address.ip() == std::net::Ipv4Addr::LOCALHOST {
        match TcpListener::bind((std::net::Ipv6Addr::LOCALHOST, port)) {
            Ok(other) => listeners.push(other),
            Err(err) if err.kind() == io::ErrorKind::AddrInUse => return Err(err),
            Err(_) => {}
        }
    }
    Ok(listeners)
}
