//! Requests, made by the `curl` of the machine.
//!
//! An address is passed as the value of an option, so that none can be taken for an option; only
//! `http` and `https` are spoken, and the configuration of the user is not read.

use std::process::{Command, Stdio};

/// What is asked for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Method {
    Head,
    /// The page, of which the beginning is enough.
    Get,
    /// A small file with all that is in it.
    Body,
}

/// What a server says.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Answer {
    pub status: u16,
    /// Where it sends us, as a whole address.
    pub location: Option<String>,
    /// Empty unless it was asked for.
    pub body: String,
}

/// Why there is no answer.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Failure {
    NoHost,
    /// It took too long.
    Silent,
    Certificate,
    Unreachable,
}

const AGENT: &str = concat!("kompendium/", env!("CARGO_PKG_VERSION"), " (link check)");
const SECONDS_TO_CONNECT: &str = "10";
const SECONDS: &str = "20";
const LARGEST_BODY: &str = "524288";

/// Whether the machine has it.
pub fn is_there() -> bool {
    let tried = Command::new("curl").arg("--version").stdout(Stdio::null()).stderr(Stdio::null()).status();
    tried.is_ok_and(|it| it.success())
}

/// Asks a server once, without following where it sends us.
pub fn ask(method: Method, address: &str) -> Result<Answer, Failure> {
    let mut curl = Command::new("curl");
    // The first argument: no file of the user changes what we ask for.
    curl.args(["--disable", "--silent", "--globoff", "--proto", "=http,https", "--user-agent", AGENT]);
    curl.args(["--connect-timeout", SECONDS_TO_CONNECT, "--max-time", SECONDS]);
    curl.args(["--write-out", "%{stderr}%{http_code} %{redirect_url}", "--url", address]);
    match method {
        Method::Head => curl.arg("--head"),
        Method::Get => curl.args(["--range", "0-1023", "--max-filesize", LARGEST_BODY]),
        Method::Body => curl.args(["--location", "--max-redirs", "3", "--max-filesize", LARGEST_BODY]),
    };
    curl.stdin(Stdio::null()).stderr(Stdio::piped());
    curl.stdout(if method == Method::Body { Stdio::piped() } else { Stdio::null() });
    let output = curl.output().map_err(|_| Failure::Unreachable)?;
    let told = String::from_utf8_lossy(&output.stderr);
    let (status, location) = told.trim().split_once(' ').unwrap_or((told.trim(), ""));
    match (output.status.code(), status.parse().unwrap_or(0)) {
        // A page that is too large has answered.
        (Some(0 | 63), status) if status > 0 => Ok(Answer {
            status,
            location: (!location.is_empty()).then(|| location.to_owned()),
            body: String::from_utf8_lossy(&output.stdout).into_owned(),
        }),
        (Some(6), _) => Err(Failure::NoHost),
        (Some(28), _) => Err(Failure::Silent),
        (Some(35 | 51 | 53 | 54 | 58 | 59 | 60 | 66 | 77 | 80 | 82 | 83 | 91), _) => {
            Err(Failure::Certificate)
        }
        _ => Err(Failure::Unreachable),
    }
}
