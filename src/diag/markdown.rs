//! Findings as a comment of a merge request: by file, in Markdown.

use std::fmt::Write;

use super::print::{self, Style, severity_name};
use super::{Diagnostic, Diagnostics, Lang, Severity};
use crate::limits;
use crate::markdown::escape;
use crate::source::Sources;

/// Returns a heading with the counts, then a list for each file. Notices stand folded at the
/// end; what is more than a comment takes is counted.
pub fn markdown(diags: &Diagnostics, sources: &Sources, style: Style) -> String {
    let found = diags.sorted(|span| &sources.get(span.file).path);
    let shown = found.into_iter().filter(|it| it.severity <= style.least);
    let (notices, others): (Vec<_>, Vec<_>) = shown.partition(|it| it.severity == Severity::Notice);
    let mut out = format!("### {}\n", print::summary(diags, style).trim_end_matches('.'));
    push_files(&others, sources, style.lang, &mut out);
    if !notices.is_empty() {
        let count = print::counted(Severity::Notice, notices.len(), style.lang);
        let _ = write!(out, "\n<details>\n<summary>{count}</summary>\n");
        push_files(&notices, sources, style.lang, &mut out);
        out.push_str("\n</details>\n");
    }
    out
}

fn push_files(found: &[&Diagnostic], sources: &Sources, lang: Lang, out: &mut String) {
    let rest = found.len().saturating_sub(limits::PRINTED_FINDINGS);
    let taken = &found[..found.len() - rest];
    for group in taken.chunk_by(|a, b| a.span.file == b.span.file) {
        let path = &sources.get(group[0].span.file).path;
        let _ = write!(out, "\n{} ({})\n\n", code(path), group.len());
        group.iter().for_each(|it| push_item(it, sources, lang, out));
    }
    if rest > 0 {
        let _ = match lang {
            Lang::De => write!(out, "\n… und {rest} weitere.\n"),
            Lang::En => write!(out, "\n… and {rest} more.\n"),
        };
    }
}

fn push_item(it: &Diagnostic, sources: &Sources, lang: Lang, out: &mut String) {
    let place = sources.position(it.span.file, it.span.start);
    let line = if lang == Lang::De { "Zeile" } else { "line" };
    let name = severity_name(it.severity, lang);
    let message = escape(it.message.in_lang(lang));
    let _ = writeln!(out, "- **{name}**, {line} {}: {message} ({})", place.line, code(&it.code));
    let also = it.also.as_ref().map(|(span, text)| {
        format!("{}: {}", escape(text.in_lang(lang)), code(&print::place(*span, sources)))
    });
    let texts = [&it.context, &it.help].into_iter().flatten().map(|it| escape(it.in_lang(lang)));
    for text in also.into_iter().chain(texts) {
        let _ = writeln!(out, "  - {text}");
    }
}

/// Returns text as code, between more backticks than it holds.
fn code(text: &str) -> String {
    let longest = text.split(|it| it != '`').map(str::len).max().unwrap_or(0);
    let fence = "`".repeat(longest + 1);
    let space = if text.starts_with('`') || text.ends_with('`') { " " } else { "" };
    let text: String = text.chars().map(|it| if it.is_control() { ' ' } else { it }).collect();
    format!("{fence}{space}{text}{space}{fence}")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn code_may_hold_backticks() {
        assert_eq!(code("a.md"), "`a.md`");
        assert_eq!(code("a``"), "``` a`` ```");
    }
}
