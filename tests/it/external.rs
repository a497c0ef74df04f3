//! Links to other sites: a small server that listens on this machine only, and `check --external`.

use std::io::{BufRead, BufReader, Write};
use std::net::{TcpListener, TcpStream};
use std::sync::{Arc, Mutex};

use crate::fixture::{self, Folder};

/// A server that answers some paths and notes what it was asked for. Its thread ends with the test.
struct Server {
    address: String,
    asked: Arc<Mutex<Vec<String>>>,
}

impl Server {
    fn start() -> Server {
        let listener = TcpListener::bind("127.0.0.1:0").unwrap();
        let address = format!("http://{}", listener.local_addr().unwrap());
        let asked = Arc::new(Mutex::new(Vec::new()));
        let (notes, own) = (Arc::clone(&asked), address.clone());
        std::thread::spawn(move || {
            listener.incoming().flatten().for_each(|stream| answer(stream, &own, &notes));
        });
        Server { address, asked }
    }

    /// Returns what it was asked for since the last time.
    fn take_asked(&self) -> Vec<String> {
        std::mem::take(&mut *self.asked.lock().unwrap())
    }
}

fn answer(mut stream: TcpStream, own: &str, asked: &Mutex<Vec<String>>) {
    let mut lines = BufReader::new(stream.try_clone().unwrap()).lines().map_while(Result::ok);
    let Some(first) = lines.next() else { return };
    let _head: Vec<String> = lines.take_while(|it| !it.is_empty()).collect();
    let request = first.trim_end_matches(" HTTP/1.1").to_owned();
    let path = request.split(' ').nth(1).unwrap_or_default().to_owned();
    let is_head = request.starts_with("HEAD");
    asked.lock().unwrap().push(request);
    let (status, more, body) = match path.as_str() {
        "/robots.txt" => ("200 OK", String::new(), "User-agent: *\nDisallow: /geheim\n"),
        "/gut" | "/neu" => ("200 OK", String::new(), "gut"),
        "/nur-get" if is_head => ("405 Method Not Allowed", String::new(), ""),
        "/nur-get" => ("200 OK", String::new(), "gut"),
        "/alt" => ("301 Moved Permanently", format!("Location: {own}/neu\r\n"), ""),
        _ => ("404 Not Found", String::new(), ""),
    };
    let body = if is_head { "" } else { body };
    let length = body.len();
    let _ = write!(
        stream,
        "HTTP/1.1 {status}\r\n{more}Content-Length: {length}\r\nConnection: close\r\n\r\n{body}"
    );
}

fn site(address: &str) -> Folder {
    let folder = Folder::new();
    fixture::copy(&fixture::repository().join("tests/explain/site"), folder.path());
    folder.write(
        "content/seite.md",
        format!(
            "---\ntitle: Seite\n---\n[Gut]({address}/gut#a) und [noch einmal]({address}/gut).\n\
             [Ohne Kopf]({address}/nur-get), [umgezogen]({address}/alt),\n\
             [weg]({address}/weg) und [verboten]({address}/geheim/x).\n"
        ),
    );
    folder
}

#[test]
fn links_to_other_sites_are_checked_where_that_is_asked_for() {
    let server = Server::start();
    let folder = site(&server.address);
    let escaped = kompendium::markdown::escape(&server.address);
    let told = |text: String| text.replace(&server.address, "SERVER").replace(&escaped, "SERVER");

    let ran = fixture::run(folder.path(), &["check"]);
    assert_eq!((ran.code, ran.stderr.as_str()), (0, "Keine Fehler.\n"));
    let ran = fixture::run(folder.path(), &["build"]);
    assert_eq!(ran.code, 0, "{}", ran.stderr);
    assert_eq!(server.take_asked(), Vec::<String>::new(), "neither check nor build asks other sites");

    let args = ["check", "--external", "--date", "2026-01-01", "--format", "markdown"];
    let expected = "\
### 1 Warnung und 2 Hinweise in 1 Datei

`content/seite.md` (1)

- **Warnung**, Zeile 6: Dieser Link führt ins Leere (SERVER/weg): der Server antwortet mit 404&#46; (`external-link-broken`)

<details>
<summary>2 Hinweise</summary>

`content/seite.md` (2)

- **Hinweis**, Zeile 5: Diese Seite ist dauerhaft nach SERVER/neu umgezogen (SERVER/alt). (`external-link-moved`)
- **Hinweis**, Zeile 6: Dieser Link ließ sich nicht prüfen (SERVER/geheim/x): robots.txt verbietet es Programmen. (`external-link-unchecked`)

</details>
";
    let ran = fixture::run(folder.path(), &args);
    assert_eq!(told(ran.stdout), expected);
    assert_eq!((ran.code, ran.stderr.as_str()), (0, "1 Warnung und 2 Hinweise in 1 Datei.\n"));
    let first = [
        "GET /robots.txt",
        "HEAD /gut",
        "HEAD /nur-get",
        "GET /nur-get",
        "HEAD /alt",
        "HEAD /neu",
        "HEAD /weg",
        "GET /weg",
    ];
    assert_eq!(server.take_asked(), first, "every address is asked for once, and none that is forbidden");

    let memory = std::fs::read_to_string(folder.path().join(".public.links.json")).unwrap();
    let day = memory.split('"').find(|it| it.starts_with("20")).unwrap().to_owned();
    let remembered = "\
{
  \"SERVER/alt\": {
    \"day\": \"DAY\",
    \"moved\": \"SERVER/neu\"
  },
  \"SERVER/gut\": {
    \"day\": \"DAY\"
  },
  \"SERVER/nur-get\": {
    \"day\": \"DAY\"
  }
}
";
    assert_eq!(told(memory.clone()).replace(&day, "DAY"), remembered);

    let ran = fixture::run(folder.path(), &args);
    assert_eq!(told(ran.stdout), expected);
    let second = ["GET /robots.txt", "HEAD /weg", "GET /weg"];
    assert_eq!(server.take_asked(), second, "what was good is remembered");

    folder.write(".public.links.json", memory.replace(&day, "2020-01-01"));
    fixture::run(folder.path(), &args);
    assert_eq!(server.take_asked(), first, "what is old is asked for again");
}
