//! The preview: what the server answers to whom, and what it makes of changes.

use std::fs;
use std::io::{BufRead, BufReader, Read, Write};
use std::net::{TcpListener, TcpStream};
use std::os::unix::process::ExitStatusExt;
use std::process::{Child, Command, Stdio};
use std::sync::mpsc::{Receiver, channel};
use std::thread::{self, sleep};
use std::time::Duration;

use crate::fixture::{self, Folder};
use crate::rebuild;

/// A running preview, which ends with this.
pub struct Preview {
    folder: Folder,
    program: Child,
    port: u16,
    /// The lines that it prints.
    lines: Receiver<String>,
}

impl Drop for Preview {
    fn drop(&mut self) {
        let _ = self.program.kill();
        let _ = self.program.wait();
    }
}

/// Nothing takes longer, even on a busy machine.
const LONG: Duration = Duration::from_secs(60);
/// So long nothing must happen where nothing has to: longer than the preview waits for the end of a change.
const SHORT: Duration = Duration::from_millis(1500);

impl Preview {
    /// Shows a site with a table, warnings and a notice.
    fn start() -> Preview {
        let folder = Folder::new();
        rebuild::site(&folder);
        Preview::of(folder, &[])
    }

    /// Shows the site in a folder.
    pub fn of(folder: Folder, args: &[&str]) -> Preview {
        let mut program = fixture::program(folder.path())
            .args(["serve", "--port", "0"])
            .args(args)
            .stderr(Stdio::piped())
            .spawn()
            .unwrap();
        let said = BufReader::new(program.stderr.take().unwrap()).lines();
        let (sender, lines) = channel();
        thread::spawn(move || said.map_while(Result::ok).for_each(|it| drop(sender.send(it))));
        let mut preview = Preview { folder, program, port: 0, lines };
        let address = preview.line(|it| it.starts_with("Vorschau: "));
        preview.port = address.split([':', '/']).find_map(|it| it.parse().ok()).unwrap();
        preview
    }

    /// Waits for a line that is printed.
    #[track_caller]
    fn line(&self, is_meant: impl Fn(&str) -> bool) -> String {
        loop {
            let line = self.lines.recv_timeout(LONG).expect("the line is printed");
            if is_meant(&line) {
                return line;
            }
        }
    }

    /// Waits for the line that ends a build.
    #[track_caller]
    fn built(&self) -> String {
        self.line(is_summary)
    }

    /// Checks that one build follows from what was just done, and no second one.
    #[track_caller]
    fn check_one_build(&self, changed: &str) {
        assert_eq!(self.built().split(". ").next(), Some(changed));
        self.check_no_build();
    }

    #[track_caller]
    fn check_no_build(&self) {
        sleep(SHORT);
        let more: Vec<String> = self.lines.try_iter().filter(|it| is_summary(it)).collect();
        assert_eq!(more, [""; 0]);
    }

    /// Sends bytes and returns the whole answer, with `PORT` for the port.
    fn raw(&self, question: &str) -> String {
        let mut stream = TcpStream::connect(("127.0.0.1", self.port)).unwrap();
        stream.set_read_timeout(Some(LONG)).unwrap();
        let _ = stream.write_all(question.replace("PORT", &self.port.to_string()).as_bytes());
        let mut answer = Vec::new();
        stream.read_to_end(&mut answer).unwrap();
        let answer = String::from_utf8_lossy(&answer).into_owned();
        assert!(!answer.to_lowercase().contains("access-control"), "{answer}");
        answer.replace(&self.port.to_string(), "PORT")
    }

    /// Asks with some lines behind the first; `Host` where they do not say it.
    pub fn ask(&self, first: &str, fields: &[&str]) -> String {
        let host =
            if fields.iter().any(|it| it.starts_with("Host:")) { "" } else { "Host: 127.0.0.1:PORT\r\n" };
        let fields: String = fields.iter().map(|it| format!("{it}\r\n")).collect();
        self.raw(&format!("{first} HTTP/1.1\r\n{host}{fields}\r\n"))
    }

    /// Returns the body of a file.
    fn body(&self, path: &str) -> String {
        let answer = self.ask(&format!("GET {path}"), &[]);
        answer.split_once("\r\n\r\n").unwrap().1.to_owned()
    }

    /// Listens to what is told to a page.
    fn events(&self, path: &str) -> Events {
        let body = self.body(path);
        let seen = body.split_once("data-seen=\"").unwrap().1.split('"').next().unwrap().to_owned();
        let mut stream = TcpStream::connect(("127.0.0.1", self.port)).unwrap();
        let (port, host) = (self.port, "127.0.0.1");
        write!(
            stream,
            "GET /_kompendium/events?page={path}&seen={seen} HTTP/1.1\r\nHost: {host}:{port}\r\n\r\n"
        )
        .unwrap();
        let (sender, told) = channel();
        thread::spawn(move || {
            let mut name = String::new();
            for line in BufReader::new(stream).lines().map_while(Result::ok) {
                if let Some(event) = line.strip_prefix("event: ") {
                    event.clone_into(&mut name);
                } else if let Some(data) = line.strip_prefix("data: ") {
                    let _ = sender.send((std::mem::take(&mut name), data.to_owned()));
                }
            }
        });
        let events = Events(told);
        // The state at the beginning.
        assert_eq!(events.next().0, "findings");
        events
    }

    fn write(&self, path: &str, content: &str) {
        self.folder.write(path, content);
    }

    fn read(&self, path: &str) -> String {
        fs::read_to_string(self.folder.path().join(path)).unwrap()
    }

    fn append(&self, path: &str, more: &str) {
        self.write(path, &(self.read(path) + more));
    }

    fn rename(&self, from: &str, to: &str) {
        let path = |it| self.folder.path().join(it);
        fs::rename(path(from), path(to)).unwrap();
    }
}

fn is_summary(line: &str) -> bool {
    line.ends_with(" ms.") || line.ends_with("Fassung.")
}

/// What a page is told: names and data of events.
struct Events(Receiver<(String, String)>);

impl Events {
    #[track_caller]
    fn next(&self) -> (String, String) {
        self.0.recv_timeout(LONG).expect("an event comes")
    }

    #[track_caller]
    fn check_names(&self, names: &[&str]) {
        let told: Vec<String> = names.iter().map(|_| self.next().0).collect();
        assert_eq!(told, names);
    }
}

/// What every answer has.
const FIELDS: &str = "Cache-Control: no-store\r\nX-Content-Type-Options: nosniff\r\n\
                      Cross-Origin-Resource-Policy: same-origin\r\nConnection: close\r\n\r\n";

fn refusal(status: &str, more: &str, why: &str) -> String {
    let length = why.len() + 1;
    format!(
        "HTTP/1.1 {status}\r\nContent-Type: text/plain; charset=utf-8\r\nContent-Length: {length}\r\n{more}{FIELDS}{why}\n"
    )
}

/// The port in the text has as many digits as `PORT` has letters, or one more.
#[track_caller]
fn check_refused(answer: &str, status: &str, more: &str, why: &str) {
    let without_length = |it: &str| {
        let lines = it.split("\r\n").filter(|it| !it.starts_with("Content-Length"));
        lines.collect::<Vec<_>>().join("\r\n")
    };
    assert_eq!(without_length(answer), without_length(&refusal(status, more, why)));
}

/// Takes out what stands for the content, and what every preview has another of.
fn without_print(text: &str) -> String {
    match text.split_once("data-seen=\"") {
        Some((before, after)) => format!("{before}data-seen=\"{}", &after[after.find('"').unwrap()..]),
        None => text.to_owned(),
    }
}

const SCRIPT: &str = "<script src=\"/_kompendium/preview.js\" data-seen=\"\" defer></script>\n";

#[test]
fn pages_are_those_of_a_build_with_one_script_more() {
    let preview = Preview::start();
    preview.append("content/a.md", "\nEin Satz mehr.\n");
    preview.built();
    preview.write("content/neu.md", "---\ntitle: Neu\n---\n");
    preview.built();
    let out = Folder::new();
    let built =
        fixture::run(preview.folder.path(), &["build", "-o", &out.path().join("site").to_string_lossy()]);
    assert_eq!(built.code, 0, "{}", built.stderr);
    for (path, bytes) in fixture::files(&out.path().join("site")) {
        if path == ".kompendium-output" {
            continue;
        }
        let expected = String::from_utf8_lossy(&bytes).into_owned();
        let expected =
            if path.ends_with(".html") && path != "404.html" { expected + SCRIPT } else { expected };
        let served = without_print(&preview.body(&format!("/{path}")));
        let served = if path == "404.html" { served.replace(SCRIPT, "") } else { served };
        assert!(served == expected, "{path}\n{served}\n{expected}");
    }
    // It has not written anything itself.
    let names = fixture::files(preview.folder.path()).into_keys();
    let top: Vec<String> = names.filter(|it| it.starts_with("public") || it.starts_with('.')).collect();
    assert!(top.is_empty(), "{top:?}");
}

#[test]
fn only_this_machine_gets_an_answer() {
    let preview = Preview::start();
    let page = preview.ask("GET /", &[]);
    assert!(
        page.starts_with("HTTP/1.1 200 OK\r\nContent-Type: text/html; charset=utf-8\r\nContent-Length: ")
    );
    assert!(page.contains(FIELDS) && page.contains("<h1>"), "{page}");
    let wrong_host = "Unter diesem Namen antwortet die Vorschau nicht. Sie ist zu erreichen unter \
                      http://127.0.0.1:PORT/; andere Namen erlaubt --allow-host NAME.";
    for host in ["localhost:PORT", "127.0.0.1:PORT", "[::1]:PORT", "LocalHost:PORT"] {
        assert_eq!(preview.ask("GET /", &[&format!("Host: {host}")]), page, "{host}");
    }
    for host in
        ["evil.example:PORT", "127.0.0.1", "localhost:1", "127.0.0.1:PORT.evil.example", "0.0.0.0:PORT", ""]
    {
        let answer = preview.ask("GET /", &[&format!("Host: {host}")]);
        check_refused(&answer, "403 Forbidden", "", wrong_host);
    }
    check_refused(&preview.raw("GET / HTTP/1.1\r\n\r\n"), "403 Forbidden", "", wrong_host);
}

#[test]
fn other_sites_get_no_answer() {
    let preview = Preview::start();
    let page = preview.ask("GET /", &[]);
    let why = "Eine andere Website hat das angefragt. Die Vorschau antwortet nur ihren eigenen Seiten.";
    let (navigate, document) = ("Sec-Fetch-Mode: navigate", "Sec-Fetch-Dest: document");
    for fields in [
        &["Origin: http://127.0.0.1:PORT"][..],
        &["Origin: http://localhost:PORT"],
        &["Sec-Fetch-Site: none"],
        &["Sec-Fetch-Site: same-origin"],
        &["Sec-Fetch-Site: cross-site", navigate, document],
        &["Sec-Fetch-Site: same-site", navigate, document],
    ] {
        assert_eq!(preview.ask("GET /", fields), page, "{fields:?}");
    }
    for fields in [
        &["Origin: http://evil.example"][..],
        &["Origin: http://127.0.0.1:1"],
        &["Origin: null"],
        &["Origin: "],
        &["Sec-Fetch-Site: cross-site"],
        &["Sec-Fetch-Site: same-site"],
        &["Sec-Fetch-Site: cross-site", navigate, "Sec-Fetch-Dest: iframe"],
        &["Sec-Fetch-Site: cross-site", "Sec-Fetch-Mode: no-cors", document],
    ] {
        for path in ["/", "/orte.html", "/_kompendium/preview.js", "/_kompendium/events?page=/&seen=0"] {
            check_refused(&preview.ask(&format!("GET {path}"), fields), "403 Forbidden", "", why);
        }
    }
}

#[test]
fn only_questions_get_an_answer() {
    let preview = Preview::start();
    let why = "Die Vorschau beantwortet nur GET und HEAD.";
    for method in ["POST", "PUT", "DELETE", "OPTIONS", "PATCH", "TRACE", "CONNECT", "get"] {
        let answer = preview.ask(&format!("{method} /"), &["Content-Length: 0"]);
        check_refused(&answer, "405 Method Not Allowed", "Allow: GET, HEAD\r\n", why);
    }
    let (get, head) = (preview.ask("GET /", &[]), preview.ask("HEAD /", &[]));
    assert_eq!(head, get[..get.find("\r\n\r\n").unwrap() + 4]);
    let why = "Die Anfrage ist nicht zu verstehen.";
    for question in [
        "GET / HTTP/2.0\r\nHost: 127.0.0.1:PORT\r\n\r\n",
        "GET /\r\nHost: 127.0.0.1:PORT\r\n\r\n",
        "GET http://127.0.0.1:PORT/ HTTP/1.1\r\nHost: 127.0.0.1:PORT\r\n\r\n",
        "GET /%zz HTTP/1.1\r\nHost: 127.0.0.1:PORT\r\n\r\n",
        "GET /%FF HTTP/1.1\r\nHost: 127.0.0.1:PORT\r\n\r\n",
        "GET / HTTP/1.1\r\nHost: 127.0.0.1:PORT\r\nHost: 127.0.0.1:PORT\r\n\r\n",
        "GET / HTTP/1.1\r\nHost: 127.0.0.1:PORT\r\n folded: 1\r\n\r\n",
        "GET / HTTP/1.1\r\nHost: 127.0.0.1:PORT\r\nnonsense\r\n\r\n",
        "\r\n\r\n",
    ] {
        check_refused(&preview.raw(question), "400 Bad Request", "", why);
    }
    let long = format!("X: {}", "x".repeat(20_000));
    let why = "Die Anfrage ist zu lang.";
    check_refused(&preview.ask("GET /", &[&long]), "431 Request Header Fields Too Large", "", why);
}

#[test]
fn the_page_for_missing_addresses_finds_its_files() {
    let folder = Folder::new();
    folder.write("kompendium.yaml", "title: T\nbase_url: https://example.org/wissen/\n");
    folder.write("content/_index.md", "---\ntitle: T\n---\nText\n");
    let preview = Preview::of(folder, &[]);
    let missing = preview.ask("GET /tief/unten/gibt-es-nicht.html", &[]);
    let named: Vec<&str> =
        missing.split(['"', ' ']).filter(|it| it.starts_with("/wissen/") && it.contains('.')).collect();
    assert!(named.iter().any(|it| it.ends_with(".css")), "{missing}");
    for address in named {
        let answer = preview.ask(&format!("GET {address}"), &[]);
        assert!(answer.starts_with("HTTP/1.1 200 OK\r\n"), "{address}");
    }
    // Who looks at a page by that path is not told to load it again and again.
    preview.events("/wissen/");
}

#[test]
fn answers_come_from_the_site_and_not_from_the_disk() {
    let preview = Preview::start();
    let missing = preview.ask("GET /gibt-es-nicht.html", &[]);
    assert!(missing.starts_with("HTTP/1.1 404 Not Found\r\n"), "{missing}");
    for path in [
        "/kompendium.yaml",
        "/content/a.md",
        "/../kompendium.yaml",
        "/%2e%2e/kompendium.yaml",
        "/..%2fkompendium.yaml",
        "//etc/passwd",
        "/a.html/",
        "/entwurf.html",
        "/_kompendium/../kompendium.yaml",
    ] {
        assert_eq!(preview.ask(&format!("GET {path}"), &[]), missing, "{path}");
    }
    let picture =
        format!("HTTP/1.1 200 OK\r\nContent-Type: image/png\r\nContent-Length: 9\r\n{FIELDS}kein Bild");
    assert_eq!(preview.ask("GET /bild.png?1", &[]), picture);
    let style = format!(
        "HTTP/1.1 200 OK\r\nContent-Type: text/css; charset=utf-8\r\nContent-Length: 17\r\n{FIELDS}a {{ color: red }}\n"
    );
    assert_eq!(preview.ask("GET /assets/a.e9af44705e.css", &[]), style);
    let moved = preview.ask("GET /orte", &[]);
    assert!(
        moved.starts_with("HTTP/1.1 302 Found\r\n") && moved.contains("\r\nLocation: /orte/\r\n"),
        "{moved}"
    );
}

#[test]
fn what_editors_do_is_one_build() {
    let preview = Preview::start();
    // Temporary files alone are nothing.
    for name in ["a.md~", ".a.md.swp", ".#a.md", "#a.md#", "4913", "~$orte.xlsx", "a.tmp", "a.md___jb_tmp___"]
    {
        preview.write(&format!("content/{name}"), "halb");
    }
    preview.write("public/index.html", "<h1>Fremd</h1>");
    preview.check_no_build();
    // Vim and many others write beside, then rename.
    preview.write("content/.a.md.neu", &(preview.read("content/a.md") + "\nEin Satz.\n"));
    preview.rename("content/.a.md.neu", "content/a.md");
    preview.check_one_build("content/a.md geändert");
    // Others move the old file away first.
    let before = preview.read("content/a.md");
    preview.rename("content/a.md", "content/a.md~");
    sleep(Duration::from_millis(60));
    preview.write("content/a.md", &(before.clone() + "\nNoch ein Satz.\n"));
    preview.check_one_build("content/a.md geändert");
    // Or empty it, and write it later.
    preview.write("content/a.md", "");
    sleep(Duration::from_millis(60));
    preview.write("content/a.md", &before);
    preview.check_one_build("content/a.md geändert");
    // Many files at once, as a change of branch does.
    for number in 10..60 {
        preview
            .write(&format!("content/neu/seite-{number}.md"), &format!("---\ntitle: Seite {number}\n---\n"));
    }
    preview.check_one_build("content/neu/seite-10.md und 49 weitere geändert");
    // A page with another name, and a folder.
    preview.rename("content/neu/seite-10.md", "content/neu/andere.md");
    preview.check_one_build("content/neu/andere.md und 1 weitere geändert");
    preview.rename("content/neu", "content/alt");
    preview.check_one_build("content/alt/andere.md und 99 weitere geändert");
    // The same bytes are no change.
    preview.write("content/a.md", &before);
    preview.check_no_build();
    assert!(preview.body("/alt/andere.html").contains("Seite 10"));
}

#[test]
fn everything_that_a_site_is_made_of_is_watched() {
    let preview = Preview::start();
    let replace = |path: &str, old: &str, new: &str| {
        let before = preview.read(path);
        assert!(before.contains(old), "{before}");
        preview.write(path, &before.replace(old, new));
        assert_eq!(preview.built().split(". ").next(), Some(&*format!("{path} geändert")));
    };
    replace("kompendium.yaml", "title: T", "title: Titel");
    replace("data/orte.csv", "9.700", "9.800");
    replace("data/datapackage.json", "gerundet", "geschätzt");
    replace("themes/standard/templates/base.html", "<h1>", "<h1 class=\"neu\">");
    replace("themes/standard/static/a.css", "red", "blue");
    let words = preview.read("themes/standard/i18n/de.yaml");
    preview.write("themes/standard/i18n/de.yaml", &words.replacen("search: ", "search: Neu ", 1));
    preview.built();
    preview.write("literatur.yaml", "");
    assert_eq!(preview.built().split(". ").next(), Some("literatur.yaml geändert"));
    // A folder that is there again is watched again.
    preview.rename("content", "weg");
    preview.built();
    preview.rename("weg", "content");
    preview.built();
    preview.append("content/a.md", "\nZum Schluss.\n");
    preview.check_one_build("content/a.md geändert");
    assert!(preview.body("/a.html").contains("Zum Schluss."));
}

#[test]
fn a_page_is_loaded_again_only_when_it_is_another() {
    let preview = Preview::start();
    let (a, b) = (preview.events("/a.html"), preview.events("/b.html"));
    preview.append("content/a.md", "\nEin Satz mehr.\n");
    a.check_names(&["reload", "findings"]);
    b.check_names(&["findings"]);
    // A picture is part of the page that shows it, a style of all.
    preview.write("content/bild.png", "auch kein Bild");
    a.check_names(&["findings"]);
    b.check_names(&["reload", "findings"]);
    preview.write("themes/standard/static/a.css", "a { color: green }\n");
    a.check_names(&["reload", "findings"]);
    b.check_names(&["reload", "findings"]);
    // Who has an old page is told at once.
    let (body, old) = (preview.body("/a.html"), preview.body("/b.html"));
    assert_ne!(body, old);
    let late = preview.raw_event("/a.html", "0");
    assert_eq!(late, "reload");
}

impl Preview {
    /// Returns the first event for a page with this print.
    fn raw_event(&self, path: &str, seen: &str) -> String {
        let mut stream = TcpStream::connect(("127.0.0.1", self.port)).unwrap();
        let port = self.port;
        write!(
            stream,
            "GET /_kompendium/events?page={path}&seen={seen} HTTP/1.1\r\nHost: localhost:{port}\r\n\r\n"
        )
        .unwrap();
        let mut lines = BufReader::new(stream).lines().map_while(Result::ok);
        lines.find_map(|it| it.strip_prefix("event: ").map(str::to_owned)).unwrap()
    }
}

#[test]
fn errors_are_told_over_the_last_good_page() {
    let preview = Preview::start();
    let good = preview.body("/a.html");
    let events = preview.events("/a.html");
    preview.append("content/a.md", "\nSiehe [<Weg>](weg.md).\n");
    let (name, told) = events.next();
    let told: serde_json::Value = serde_json::from_str(&told).unwrap();
    let root = fs::canonicalize(preview.folder.path()).unwrap();
    let expected = serde_json::json!({
        "severity": "error",
        "name": "Fehler",
        "code": "broken-link",
        "place": "content/a.md:8:15",
        "href": format!("vscode://file{}/content/a.md:8:15", root.display()),
        "message": "Eine Datei content/weg.md gibt es nicht.",
        "context": null,
        "line": [8, "Siehe [<Weg>](", "weg.md", ")."],
        "notes": [],
    });
    assert_eq!((name.as_str(), &told["findings"][0]), ("findings", &expected));
    assert_eq!((&told["errors"], &told["lang"]), (&1.into(), &"de".into()));
    assert_eq!(preview.body("/a.html"), good);
    assert!(preview.built().ends_with("Gezeigt wird die letzte fehlerfreie Fassung."));
    // A template that fails on some pages leaves these as they were.
    preview.write("content/a.md", "---\ntitle: Neu\n---\n");
    events.check_names(&["reload", "findings"]);
    let good = preview.body("/a.html");
    let template = preview.read("themes/standard/templates/page.html");
    preview.write(
        "themes/standard/templates/page.html",
        &(template.clone() + "{% if page.url == \"a.html\" %}"),
    );
    events.check_names(&["findings"]);
    assert_eq!(preview.body("/a.html"), good);
    preview.write("themes/standard/templates/page.html", &template);
    events.check_names(&["findings"]);
    // Without a configuration there is no site, but still the last one.
    preview.rename("kompendium.yaml", "weg.yaml");
    let (_, told) = events.next();
    assert!(told.contains("liegt keine kompendium.yaml"), "{told}");
    assert_eq!(preview.body("/a.html"), good);
    preview.rename("weg.yaml", "kompendium.yaml");
    events.check_names(&["findings"]);
}

#[test]
fn a_site_that_was_never_good_says_why() {
    let folder = Folder::new();
    rebuild::site(&folder);
    folder.write("content/a.md", "---\ntitle: A\n---\nSiehe [\\<Weg>](weg.md).\n");
    let preview = Preview::of(folder, &["--editor", "none"]);
    let answer = preview.ask("GET /irgendwo.html", &[]);
    let (head, body) = answer.split_once("\r\n\r\n").unwrap();
    assert!(head.starts_with("HTTP/1.1 500 Internal Server Error\r\nContent-Type: text/html"), "{head}");
    let expected = format!(
        "<!doctype html>
<html lang=\"de\" class=\"kompendium-findings\">
<head>
<meta charset=\"utf-8\">
<meta http-equiv=\"Content-Security-Policy\" content=\"default-src 'none'; script-src 'self'; style-src 'self'; connect-src 'self'; base-uri 'none'; form-action 'none'\">
<meta name=\"viewport\" content=\"width=device-width, initial-scale=1\">
<meta name=\"color-scheme\" content=\"light dark\">
<title>Die Website hat Fehler</title>
<link rel=\"stylesheet\" href=\"/_kompendium/preview.css\">
{SCRIPT}</head>
<body>
<main>
<h1>Die Website hat Fehler</h1>
<p>Es gibt noch keine fehlerfreie Fassung dieser Seite. Sie erscheint von selbst, sobald die Fehler behoben sind.</p>
<p>1 Fehler in 1 Datei.</p>
<ol class=\"findings\">
<li class=\"error\">
<p class=\"head\"><strong>Fehler</strong> <code>broken-link</code> content/a.md:4:16</p>
<p class=\"message\">Eine Datei content/weg.md gibt es nicht.</p>
<pre><span class=\"number\">4</span> Siehe [\\&lt;Weg&gt;](<mark>weg.md</mark>).</pre>
</li>
</ol>
</main>
</body>
</html>
"
    );
    assert_eq!(without_print(body), expected);
    let events = preview.events("/a.html");
    preview.write("content/a.md", "---\ntitle: A\n---\nSiehe [<Weg>](b.md) und [x](weg.md).\n");
    events.check_names(&["reload"]);
    preview.write("content/a.md", "---\ntitle: A\n---\nSiehe [<Weg>](b.md).\n");
    events.check_names(&["reload"]);
    assert!(preview.body("/a.html").contains("<h1>A</h1>"));
}

#[test]
fn a_file_that_was_too_large_is_there_once_it_is_not() {
    let folder = Folder::new();
    rebuild::site(&folder);
    let picture = fs::File::create(folder.path().join("content/bild.png")).unwrap();
    // Without a byte on the disk.
    picture.set_len(kompendium::limits::ASSET_BYTES + 1).unwrap();
    let preview = Preview::of(folder, &[]);
    let events = preview.events("/b.html");
    preview.write("content/bild.png", "ein Bild");
    events.check_names(&["reload"]);
    assert!(preview.body("/b.html").contains("src=\"bild.png\""));
}

#[test]
fn other_devices_need_a_name() {
    let folder = Folder::new();
    rebuild::site(&folder);
    let refused = fixture::run(folder.path(), &["serve", "--host", "0.0.0.0"]);
    let message = "Fehler: Zu --host gehört --allow-host NAME: der Name oder die Adresse, unter der andere Geräte \
                   die Vorschau aufrufen.\nHilfe: kompendium --help\n";
    assert_eq!((refused.code, refused.stderr.as_str()), (2, message));
    folder.write("content/a.md", "---\ntitle: A\n---\n[x](weg.md)\n");
    let preview = Preview::of(folder, &["--host", "0.0.0.0", "--allow-host", "kiste.example"]);
    let answer = preview.ask("GET /", &["Host: kiste.example"]);
    assert!(answer.starts_with("HTTP/1.1 500") && !answer.contains("vscode:"), "{answer}");
    assert!(preview.ask("GET /", &["Host: kiste.example:PORT"]).starts_with("HTTP/1.1 500"));
    assert!(preview.ask("GET /", &["Host: andere.example:PORT"]).starts_with("HTTP/1.1 403"));
}

#[test]
fn wrong_wishes_are_refused() {
    let folder = Folder::new();
    let check = |args: &[&str], message: &str| {
        let ran = fixture::run(folder.path(), &[&["serve"], args].concat());
        assert_eq!((ran.code, ran.stderr), (2, format!("Fehler: {message}\nHilfe: kompendium --help\n")));
    };
    check(&["--port", "70000"], "„70000“ ist kein Port von 0 bis 65535.");
    check(&["--host", "kiste"], "„kiste“ ist keine IP-Adresse wie 192.168.1.7 oder 0.0.0.0.");
    check(
        &["--editor", "javascript:{path}"],
        "Einen Editor „javascript:{path}“ kennt die Vorschau nicht. Erlaubt: vscode, vscodium, cursor, zed, idea, \
         none oder eine Adresse wie meineditor://{path}:{line}",
    );
    let ran = fixture::run(folder.path(), &["serve", "--port", "0"]);
    let message =
        "Fehler: Im Ordner „.“ liegt keine kompendium.yaml. Mit -r nennen Sie den Ordner der Website.\n";
    assert_eq!((ran.code, ran.stderr.as_str()), (2, message));
}

#[test]
fn a_taken_port_is_told_with_the_next() {
    let folder = Folder::new();
    rebuild::site(&folder);
    let taken = TcpListener::bind("127.0.0.1:0").unwrap();
    let port = taken.local_addr().unwrap().port().to_string();
    let ran = fixture::run(folder.path(), &["serve", "--port", &port]);
    let message = ran.stderr.replace(&port, "PORT");
    assert_eq!(ran.code, 3);
    assert!(
        message.starts_with("Fehler: Port PORT ist belegt. Frei ist ") && message.contains(": --port "),
        "{message}"
    );

    // Somebody else may have the usual port; it is taken in any case.
    let _usual = TcpListener::bind("127.0.0.1:1111");
    let mut program = fixture::program(folder.path()).args(["serve"]).stderr(Stdio::piped()).spawn().unwrap();
    let lines: Vec<String> = BufReader::new(program.stderr.take().unwrap())
        .lines()
        .map_while(Result::ok)
        .filter(|it| it.starts_with("Port") || it.starts_with("Vorschau"))
        .take(2)
        .collect();
    program.kill().unwrap();
    program.wait().unwrap();
    let next = lines[0].strip_prefix("Port 1111 ist belegt, die Vorschau nimmt ").unwrap();
    let next = next.strip_suffix(". Einen anderen wählt --port N.").unwrap();
    assert_eq!(lines[1], format!("Vorschau: http://127.0.0.1:{next}/ (beenden mit Strg+C)"));
}

#[test]
fn an_interrupt_ends_it_and_leaves_nothing() {
    let mut preview = Preview::start();
    let before = fixture::files(preview.folder.path());
    let _open = preview.events("/a.html");
    Command::new("kill").args(["-INT", &preview.program.id().to_string()]).status().unwrap();
    assert_eq!(preview.program.wait().unwrap().signal(), Some(2));
    assert_eq!(fixture::files(preview.folder.path()), before);
    TcpListener::bind(("127.0.0.1", preview.port)).unwrap();
}
