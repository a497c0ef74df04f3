//! `kompendium serve`: the preview in a browser. Here its options are understood, a port is
//! found, and what it has to tell is printed.

use std::io;
use std::net::{IpAddr, Ipv4Addr, SocketAddr, TcpListener};
use std::path::PathBuf;

use clap::{Arg, ArgAction, ArgMatches, Command};

use super::{Exit, args, fail, request, usage_error, use_color};
use crate::diag::print::{self, Style};
use crate::diag::{Lang, Severity, Text, text};
use crate::serve::http::{self, Gate};
use crate::serve::{self, Built, Editor, Options};

/// Describes the command.
pub fn command(lang: Lang) -> Command {
    let say = args::say(lang);
    Command::new("serve")
        .about(say(
            "Zeigt die Website im Browser und lädt sie nach jeder Änderung neu",
            "shows the site in a browser and reloads it after each change",
        ))
        .override_usage("kompendium serve [OPTION …]")
        .arg(Arg::new("port").long("port").value_name("N").help(say(
            "Port; sonst 1111 oder der nächste freie (0: irgendeiner)",
            "port; 1111 or the next free one by default (0: any)",
        )))
        .arg(Arg::new("host").long("host").value_name(say("ADRESSE", "ADDRESS")).help(say(
            "IP-Adresse, unter der auch andere Geräte die Vorschau erreichen",
            "IP address at which other devices reach the preview, too",
        )))
        .arg(Arg::new("allow-host").long("allow-host").value_name("NAME").action(ArgAction::Append).help(say(
            "Name, unter dem die Vorschau antwortet, neben localhost",
            "name to which the preview answers, beside localhost",
        )))
        .arg(Arg::new("editor").long("editor").value_name(say("EDITOR", "EDITOR")).help(say(
            "Wohin Meldungen führen: vscode, vscodium, cursor, zed, idea, none oder eine Adresse mit {path}, \
             {line}, {column}; sonst KOMPENDIUM_EDITOR oder vscode",
            "where messages lead: vscode, vscodium, cursor, zed, idea, none or an address with {path}, {line}, \
             {column}; KOMPENDIUM_EDITOR or vscode by default",
        )))
}

/// Where the preview is wished.
struct Wish {
    ip: IpAddr,
    /// None: the usual one, or the next that is free.
    port: Option<u16>,
    names: Vec<String>,
}

impl Wish {
    fn of(matches: &ArgMatches) -> Result<Wish, Text> {
        let ip = matches.get_one::<String>("host").map_or(Ok(Ipv4Addr::LOCALHOST.into()), |it| host(it))?;
        let port = matches.get_one::<String>("port").map(|it| port(it)).transpose()?;
        let names: Vec<String> = matches.get_many("allow-host").unwrap_or_default().cloned().collect();
        if !ip.is_loopback() && names.is_empty() {
            return Err(text(
                "Zu --host gehört --allow-host NAME: der Name oder die Adresse, unter der andere Geräte die \
                 Vorschau aufrufen.",
                "--host needs --allow-host NAME: the name or address by which other devices open the preview",
            ));
        }
        Ok(Wish { ip, port, names })
    }
}

fn port(written: &str) -> Result<u16, Text> {
    let wrong = || {
        text(
            format!("„{written}“ ist kein Port von 0 bis 65535."),
            format!("`{written}` is no port from 0 to 65535"),
        )
    };
    written.parse().map_err(|_| wrong())
}

fn host(written: &str) -> Result<IpAddr, Text> {
    if written == "localhost" {
        return Ok(Ipv4Addr::LOCALHOST.into());
    }
    let wrong = || {
        text(
            format!("„{written}“ ist keine IP-Adresse wie 192.168.1.7 oder 0.0.0.0."),
            format!("`{written}` is no IP address such as 192.168.1.7 or 0.0.0.0"),
        )
    };
    written.trim_matches(['[', ']']).parse().map_err(|_| wrong())
}

/// The usual port.
const PORT: u16 = 1111;
/// So many ports are tried.
const TRIES: u16 = 20;

/// Runs the preview until somebody ends it.
pub fn run(matches: &ArgMatches, lang: Option<Lang>) -> Exit {
    let message_lang = lang.unwrap_or_default();
    let checked = Wish::of(matches).and_then(|wish| Ok((wish, options(matches, lang)?)));
    let (wish, mut options) = match checked {
        Ok(checked) => checked,
        Err(message) => return usage_error(&message, message_lang),
    };
    let (listeners, port) = match listen(&wish, message_lang) {
        Ok(listening) => listening,
        Err(message) => {
            fail(&message, message_lang);
            return Exit::System;
        }
    };
    if !wish.ip.is_loopback() {
        warn(&wish, message_lang);
        // Their readers sit before other machines, which have none of these files.
        options.editor = None;
    }
    let address = address(&wish, port);
    let gate = Gate { port, names: wish.names, lang: message_lang };
    let mut terminal = Terminal {
        address,
        is_first: true,
        printed: String::new(),
        color: use_color(matches),
        quiet: matches.get_flag("quiet"),
        strict: options.strict,
    };
    let Err(err) = serve::run(listeners, &gate, options, &mut |built| terminal.tell(built));
    fail(&err.message, message_lang);
    Exit::from(&err)
}

fn options(matches: &ArgMatches, lang: Option<Lang>) -> Result<Options, Text> {
    let wished = matches.get_one::<String>("editor").cloned();
    let editor = wished.or_else(|| std::env::var("KOMPENDIUM_EDITOR").ok().filter(|it| !it.is_empty()));
    Ok(Options {
        root: PathBuf::from(matches.get_one::<String>("root").expect("it has a default")),
        request: request(matches)?,
        lang,
        strict: matches.get_flag("strict"),
        editor: Editor::named(editor.as_deref().unwrap_or("vscode"))?,
    })
}

/// Opens the wished port, or the first that is free from the usual one on.
fn listen(wish: &Wish, lang: Lang) -> Result<(Vec<TcpListener>, u16), Text> {
    let bind = |port: u16| http::bind(SocketAddr::new(wish.ip, port));
    if let Some(port) = wish.port {
        return match bind(port) {
            Ok(listeners) => with_port(listeners),
            Err(err) => Err(refused(wish.ip, port, &err)),
        };
    }
    for port in PORT..PORT + TRIES {
        match bind(port) {
            Ok(listeners) => {
                if port != PORT {
                    let message = text(
                        format!(
                            "Port {PORT} ist belegt, die Vorschau nimmt {port}. Einen anderen wählt --port N."
                        ),
                        format!("port {PORT} is taken, the preview takes {port}; --port N chooses another"),
                    );
                    eprintln!("{}", message.in_lang(lang));
                }
                return with_port(listeners);
            }
            Err(err) if err.kind() == io::ErrorKind::AddrInUse => {}
            Err(err) => return Err(refused(wish.ip, port, &err)),
        }
    }
    let last = PORT + TRIES - 1;
    Err(text(
        format!("Die Ports {PORT} bis {last} sind belegt. Einen anderen wählt --port N."),
        format!("the ports {PORT} to {last} are taken; --port N chooses another"),
    ))
}

fn with_port(listeners: Vec<TcpListener>) -> Result<(Vec<TcpListener>, u16), Text> {
    let address = listeners.first().and_then(|it| it.local_addr().ok());
    Ok((listeners, address.map_or(PORT, |it| it.port())))
}

/// Says why a port cannot be had; where it is taken, which is the next that is free.
fn refused(ip: IpAddr, port: u16, err: &io::Error) -> Text {
    match err.kind() {
        io::ErrorKind::AddrInUse => {
            let is_free = |it: &u16| http::bind(SocketAddr::new(ip, *it)).is_ok();
            let next = (port.saturating_add(1)..=port.saturating_add(TRIES)).find(is_free);
            let (de, en) = next.map_or_else(Default::default, |it| {
                (format!(" Frei ist {it}: --port {it}"), format!("; free is {it}: --port {it}"))
            });
            text(format!("Port {port} ist belegt.{de}"), format!("port {port} is taken{en}"))
        }
        io::ErrorKind::PermissionDenied => text(
            format!("Das Recht, Port {port} zu öffnen, fehlt."),
            format!("permission to open port {port} is missing"),
        ),
        io::ErrorKind::AddrNotAvailable => text(
            format!("Die Adresse {ip} gehört nicht zu diesem Gerät."),
            format!("the address {ip} does not belong to this machine"),
        ),
        _ => text(
            format!("Das System konnte Port {port} nicht öffnen."),
            format!("the system could not open port {port}"),
        ),
    }
}

fn warn(wish: &Wish, lang: Lang) {
    let names = wish.names.join(", ");
    let message = text(
        format!(
            "{}: Wer dieses Gerät im Netz erreicht, kann die Vorschau unter {names} lesen, auch Unveröffentlichtes.",
            print::severity_name(Severity::Warning, Lang::De)
        ),
        format!(
            "{}: whoever reaches this machine in the network can read the preview at {names}, unpublished pages too",
            print::severity_name(Severity::Warning, Lang::En)
        ),
    );
    eprintln!("{}", message.in_lang(lang));
}

/// Returns an address that is answered: that of all networks is no name of this machine.
fn address(wish: &Wish, port: u16) -> String {
    match wish.names.first().filter(|_| wish.ip.is_unspecified()) {
        Some(name) => format!("http://{name}:{port}/"),
        None => format!("http://{}/", SocketAddr::new(wish.ip, port)),
    }
}

/// What is printed.
struct Terminal {
    address: String,
    is_first: bool,
    /// The same findings are not printed again.
    printed: String,
    color: bool,
    quiet: bool,
    strict: bool,
}

impl Terminal {
    /// Prints the findings as a build does, and one line that sums up.
    fn tell(&mut self, built: &Built<'_>) {
        let least = match (self.quiet, self.strict) {
            (false, _) => Severity::Notice,
            (true, true) => Severity::Warning,
            (true, false) => Severity::Error,
        };
        let style = Style { lang: built.lang, color: self.color, least };
        let printed = print::print(built.diagnostics, built.sources, style);
        if printed != self.printed {
            eprint!("{printed}");
            self.printed = printed;
        }
        if !self.quiet || !built.is_shown {
            let (changed, summary) = (changed(built.changed), print::summary(built.diagnostics, style));
            eprintln!("{}{summary} {}", changed.in_lang(built.lang), result(built).in_lang(built.lang));
        }
        if std::mem::take(&mut self.is_first) {
            let line = text(
                format!("Vorschau: {} (beenden mit Strg+C)", self.address),
                format!("preview: {} (end it with Ctrl+C)", self.address),
            );
            eprintln!("{}", line.in_lang(built.lang));
        }
    }
}

/// Names what was changed.
fn changed(files: &[String]) -> Text {
    match files {
        [] => Text::default(),
        [one] => text(format!("{one} geändert. "), format!("{one} changed. ")),
        [one, others @ ..] => {
            let others = others.len();
            text(
                format!("{one} und {others} weitere geändert. "),
                format!("{one} and {others} more changed. "),
            )
        }
    }
}

fn result(built: &Built<'_>) -> Text {
    let Built { pages, tables, .. } = built;
    let time = built.time.as_millis();
    if !built.is_shown {
        return text(
            "Gezeigt wird die letzte fehlerfreie Fassung.",
            "What is shown is the last version without errors.",
        );
    }
    let some =
        |count: usize, one: &str, many: &str| format!("{count} {}", if count == 1 { one } else { many });
    text(
        format!(
            "{}, {} in {time} ms.",
            some(*pages, "Seite", "Seiten"),
            some(*tables, "Tabelle", "Tabellen")
        ),
        format!("{}, {} in {time} ms.", some(*pages, "page", "pages"), some(*tables, "table", "tables")),
    )
}
