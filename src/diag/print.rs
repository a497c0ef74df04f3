//! Findings as people read them in a terminal.

use std::fmt::Write;

use unicode_width::{UnicodeWidthChar, UnicodeWidthStr};

use super::{Diagnostic, Diagnostics, Lang, Severity, Text};
use crate::limits;
use crate::source::{Position, Sources, Span};

/// How findings are printed.
#[derive(Clone, Copy, Debug)]
pub struct Style {
    pub lang: Lang,
    /// Escape sequences for a terminal.
    pub color: bool,
    /// What is printed: this and everything worse.
    pub least: Severity,
}

/// Returns all findings, sorted by file and place; the rest over the limit is counted.
pub fn print(diags: &Diagnostics, sources: &Sources, style: Style) -> String {
    let mut out = String::new();
    let sorted = diags.sorted(|span| &sources.get(span.file).path);
    let shown: Vec<_> = sorted.into_iter().filter(|it| it.severity <= style.least).collect();
    let (notices, others): (Vec<_>, Vec<_>) =
        shown.into_iter().partition(|it| it.severity == Severity::Notice);
    let rest = others.len().saturating_sub(limits::PRINTED_FINDINGS);
    for diagnostic in others.into_iter().take(limits::PRINTED_FINDINGS) {
        print_one(&mut out, diagnostic, sources, style);
        out.push('\n');
    }
    if rest > 0 {
        let line = match style.lang {
            Lang::De => format!("… und {rest} weitere.\n\n"),
            Lang::En => format!("… and {rest} more.\n\n"),
        };
        out.push_str(&line);
    }
    for notice in &notices {
        print_short(&mut out, notice, sources, style);
    }
    if !notices.is_empty() {
        out.push('\n');
    }
    out
}

/// Returns the last line: how many of the printed findings in how many files.
pub fn summary(diags: &Diagnostics, style: Style) -> String {
    let lang = style.lang;
    let printed = || diags.iter().filter(|it| it.severity <= style.least);
    let mut files: Vec<_> = printed().map(|it| it.span.file).collect();
    files.sort_unstable();
    files.dedup();
    let parts: Vec<String> = [Severity::Error, Severity::Warning, Severity::Notice]
        .into_iter()
        .map(|severity| (severity, printed().filter(|it| it.severity == severity).count()))
        .filter(|&(_, count)| count > 0)
        .map(|(severity, count)| counted(severity, count, lang))
        .collect();
    if parts.is_empty() {
        return match lang {
            Lang::De => "Keine Fehler.".to_owned(),
            Lang::En => "No errors.".to_owned(),
        };
    }
    let files = files.len();
    match lang {
        Lang::De => format!(
            "{} in {files} {}.",
            enumerate(&parts, "und"),
            if files == 1 { "Datei" } else { "Dateien" }
        ),
        Lang::En => {
            format!("{} in {files} {}.", enumerate(&parts, "and"), if files == 1 { "file" } else { "files" })
        }
    }
}

/// Returns how many there are, such as `2 Fehler`.
pub fn counted(severity: Severity, count: usize, lang: Lang) -> String {
    let (one, many) = match (severity, lang) {
        (Severity::Error, Lang::De) => ("Fehler", "Fehler"),
        (Severity::Warning, Lang::De) => ("Warnung", "Warnungen"),
        (Severity::Notice, Lang::De) => ("Hinweis", "Hinweise"),
        (Severity::Error, Lang::En) => ("error", "errors"),
        (Severity::Warning, Lang::En) => ("warning", "warnings"),
        (Severity::Notice, Lang::En) => ("notice", "notices"),
    };
    format!("{count} {}", if count == 1 { one } else { many })
}

fn enumerate(parts: &[String], and: &str) -> String {
    match parts {
        [rest @ .., last] if !rest.is_empty() => format!("{} {and} {last}", rest.join(", ")),
        _ => parts.concat(),
    }
}

/// Returns what a severity is called.
pub fn severity_name(severity: Severity, lang: Lang) -> &'static str {
    match (severity, lang) {
        (Severity::Error, Lang::De) => "Fehler",
        (Severity::Warning, Lang::De) => "Warnung",
        (Severity::Notice, Lang::De) => "Hinweis",
        (Severity::Error, Lang::En) => "error",
        (Severity::Warning, Lang::En) => "warning",
        (Severity::Notice, Lang::En) => "notice",
    }
}

fn print_one(out: &mut String, diagnostic: &Diagnostic, sources: &Sources, style: Style) {
    let Position { line, .. } = sources.position(diagnostic.span.file, diagnostic.span.start);
    let number = line.to_string();
    let margin = " ".repeat(number.len());
    print_head(out, diagnostic, sources, style);
    let message = diagnostic.message.in_lang(style.lang);
    let excerpt = Excerpt::of(diagnostic.span, sources);
    if excerpt.line.is_empty() {
        // An empty line, or a finding about a file as a whole, has nothing to underline.
        let _ = writeln!(out, "{margin} │ {message}");
    } else {
        let _ = writeln!(out, "{margin} │");
        let _ = writeln!(out, "{} │ {}", paint(&number, BOLD, style), excerpt.line);
        let marks = format!(
            "{}{}",
            " ".repeat(excerpt.indent),
            paint(&excerpt.marks, color(diagnostic.severity), style)
        );
        let _ = writeln!(out, "{margin} │ {marks} {message}");
    }
    let also = diagnostic.also.as_ref().map(|(span, text)| also(*span, text, sources, "", style.lang));
    let help = diagnostic.help.as_ref().map(|it| it.in_lang(style.lang).to_owned());
    if also.is_some() || help.is_some() {
        let _ = writeln!(out, "{margin} │");
    }
    for line in also.into_iter().chain(help) {
        let _ = writeln!(out, "{margin} = {line}");
    }
}

/// Returns all that is said of a finding: the place in words, what is wrong, what helps, and the
/// second place; `folder` leads to the site.
pub fn in_one_line(it: &Diagnostic, sources: &Sources, folder: &str, lang: Lang) -> String {
    let context = it.context.as_ref().map(|it| format!("{}:", it.in_lang(lang)));
    let also = it.also.as_ref().map(|(span, text)| format!("({})", also(*span, text, sources, folder, lang)));
    let help = it.help.as_ref().map(|it| it.in_lang(lang).to_owned());
    let parts = [context, Some(it.message.in_lang(lang).to_owned()), help, also];
    parts.into_iter().flatten().collect::<Vec<_>>().join(" ")
}

fn also(span: Span, text: &Text, sources: &Sources, folder: &str, lang: Lang) -> String {
    format!("{}: {folder}{}", text.in_lang(lang), place(span, sources))
}

fn print_head(out: &mut String, diagnostic: &Diagnostic, sources: &Sources, style: Style) {
    let name = format!("{}[{}]", severity_name(diagnostic.severity, style.lang), diagnostic.code);
    let _ = write!(
        out,
        "{}  {}",
        paint(&name, color(diagnostic.severity), style),
        place(diagnostic.span, sources)
    );
    if let Some(context) = &diagnostic.context {
        let _ = write!(out, "   {}", context.in_lang(style.lang));
    }
    out.push('\n');
}

/// A notice takes one line.
fn print_short(out: &mut String, diagnostic: &Diagnostic, sources: &Sources, style: Style) {
    let name = format!("{}[{}]", severity_name(diagnostic.severity, style.lang), diagnostic.code);
    let name = paint(&name, color(diagnostic.severity), style);
    let message = diagnostic.message.in_lang(style.lang);
    let _ = writeln!(out, "{name}  {}  {message}", place(diagnostic.span, sources));
}

/// Returns `file:line:column`.
pub fn place(span: Span, sources: &Sources) -> String {
    let Position { line, column } = sources.position(span.file, span.start);
    format!("{}:{line}:{column}", sources.get(span.file).path)
}

/// Columns of a line that are shown; a longer one is cut around the mark.
const SHOWN_COLUMNS: usize = 100;

/// A line of the source with marks under its wrong part.
struct Excerpt {
    line: String,
    /// Columns before the marks.
    indent: usize,
    marks: String,
}

impl Excerpt {
    fn of(span: Span, sources: &Sources) -> Excerpt {
        let (start, line) = sources.line_at(span.file, span.start);
        let from = (span.start as usize).saturating_sub(start).min(line.len());
        let to = (span.end as usize).saturating_sub(start).clamp(from, line.len());
        let (before, marked, after) = (&line[..from], &line[from..to], &line[to..]);
        let marked = keep_start(&shown(marked), SHOWN_COLUMNS);
        let room = SHOWN_COLUMNS.saturating_sub(marked.width());
        let (before, after) = (shown(before), shown(after));
        let before = keep_end(&before, room.saturating_sub(after.width().min(room / 2)));
        let after = keep_start(&after, room.saturating_sub(before.width()));
        Excerpt {
            indent: before.width(),
            marks: "^".repeat(marked.width().max(1)),
            line: format!("{before}{marked}{after}").trim_end().to_owned(),
        }
    }
}

/// Tabs and invisible signs take one column, so that the marks stand right.
fn shown(text: &str) -> String {
    text.chars()
        .map(|it| {
            if it == '\t' {
                ' '
            } else if it.is_control() {
                '\u{fffd}'
            } else {
                it
            }
        })
        .collect()
}

fn take_columns(text: &str, columns: usize) -> &str {
    let mut width = 0;
    for (at, sign) in text.char_indices() {
        width += sign.width().unwrap_or(1);
        if width > columns {
            return &text[..at];
        }
    }
    text
}

fn keep_start(text: &str, columns: usize) -> String {
    if text.width() <= columns {
        return text.to_owned();
    }
    format!("{}…", take_columns(text, columns.saturating_sub(1)))
}

fn keep_end(text: &str, columns: usize) -> String {
    let mut width = text.width();
    if width <= columns {
        return text.to_owned();
    }
    let cut = text.char_indices().find(|(_, sign)| {
        width -= sign.width().unwrap_or(0);
        width < columns
    });
    let start = cut.map_or(text.len(), |(at, sign)| at + sign.len_utf8());
    format!("…{}", &text[start..])
}

const BOLD: &str = "1";

fn color(severity: Severity) -> &'static str {
    match severity {
        Severity::Error => "1;31",
        Severity::Warning => "1;33",
        Severity::Notice => "1;34",
    }
}

fn paint(text: &str, code: &str, style: Style) -> String {
    if style.color { format!("\u{1b}[{code}m{text}\u{1b}[0m") } else { text.to_owned() }
}
