//! Findings for machines: JSON Lines, and the commands of GitHub Actions.

use std::fmt::Write;

use super::{Diagnostic, Diagnostics, Lang, Severity, print};
use crate::source::{Position, Sources};

/// Returns one JSON object a line, for each finding.
///
/// `{"severity", "code", "file", "line", "column", "end_line", "end_column",
/// "message", "context"?, "help"?, "also"?: {"file", "line", "column", "message"}}`; lines and
/// columns begin at 1, columns count characters, the end is exclusive.
pub fn json(diags: &Diagnostics, sources: &Sources, lang: Lang) -> String {
    let mut out = String::new();
    for it in diags.sorted(|span| &sources.get(span.file).path) {
        let (start, end) = ends(it, sources);
        let _ = write!(
            out,
            "{{\"severity\":{},\"code\":{},\"file\":{},\"line\":{},\"column\":{},\"end_line\":{},\"end_column\":{},\"message\":{}",
            json_string(severity(it.severity)),
            json_string(&it.code),
            json_string(&sources.get(it.span.file).path),
            start.line,
            start.column,
            end.line,
            end.column,
            json_string(it.message.in_lang(lang)),
        );
        for (key, text) in [("context", &it.context), ("help", &it.help)] {
            if let Some(text) = text {
                let _ = write!(out, ",\"{key}\":{}", json_string(text.in_lang(lang)));
            }
        }
        if let Some((span, text)) = &it.also {
            let Position { line, column, .. } = sources.position(span.file, span.start);
            let (file, text) = (json_string(&sources.get(span.file).path), json_string(text.in_lang(lang)));
            let _ = write!(
                out,
                ",\"also\":{{\"file\":{file},\"line\":{line},\"column\":{column},\"message\":{text}}}"
            );
        }
        out.push_str("}\n");
    }
    out
}

/// Returns one workflow command a line, for each finding; they become
/// annotations in a pull request. `folder` leads from the repository to the site.
pub fn github(diags: &Diagnostics, sources: &Sources, folder: &str, lang: Lang) -> String {
    let mut out = String::new();
    for it in diags.sorted(|span| &sources.get(span.file).path) {
        let (start, end) = ends(it, sources);
        let _ = writeln!(
            out,
            "::{} file={},line={},endLine={},col={},endColumn={},title={}::{}",
            severity(it.severity),
            github_property(&format!("{folder}{}", sources.get(it.span.file).path)),
            start.line,
            end.line,
            start.column,
            end.column,
            it.code,
            github_text(&print::in_one_line(it, sources, folder, lang)),
        );
    }
    out
}

fn ends(diagnostic: &Diagnostic, sources: &Sources) -> (Position, Position) {
    let span = diagnostic.span;
    (sources.position(span.file, span.start), sources.position(span.file, span.end))
}

fn severity(severity: Severity) -> &'static str {
    match severity {
        Severity::Error => "error",
        Severity::Warning => "warning",
        Severity::Notice => "notice",
    }
}

fn github_text(text: &str) -> String {
    text.replace('%', "%25").replace('\r', "%0D").replace('\n', "%0A")
}

fn github_property(text: &str) -> String {
    github_text(text).replace(':', "%3A").replace(',', "%2C")
}

fn json_string(text: &str) -> String {
    let mut out = String::from("\"");
    for sign in text.chars() {
        match sign {
            '"' => out.push_str("\\\""),
            '\\' => out.push_str("\\\\"),
            '\n' => out.push_str("\\n"),
            _ if sign.is_control() => {
                let _ = write!(out, "\\u{:04x}", u32::from(sign));
            }
            _ => out.push(sign),
        }
    }
    out + "\""
}
