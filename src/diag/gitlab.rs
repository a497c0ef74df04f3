//! Findings as a Code Quality report of GitLab.

use serde_json::{Value, json};

use super::fingerprint::fingerprints;
use super::{Diagnostic, Diagnostics, Lang, Severity, print};
use crate::source::Sources;

/// Returns the report: a list with one object for each finding. `folder` leads from the
/// repository to the site.
pub fn gitlab(diags: &Diagnostics, sources: &Sources, folder: &str, lang: Lang) -> String {
    let found = diags.sorted(|span| &sources.get(span.file).path);
    let names = fingerprints(&found, sources);
    let issues = found.iter().zip(names).map(|(it, name)| issue(it, name, sources, folder, lang));
    format!("{:#}\n", Value::Array(issues.collect()))
}

fn issue(it: &Diagnostic, fingerprint: String, sources: &Sources, folder: &str, lang: Lang) -> Value {
    let line = |byte| sources.position(it.span.file, byte).line;
    json!({
        "description": print::in_one_line(it, sources, folder, lang),
        "check_name": it.code,
        "fingerprint": fingerprint,
        "severity": severity(it.severity),
        "location": {
            "path": format!("{folder}{}", sources.get(it.span.file).path),
            "lines": {"begin": line(it.span.start), "end": line(it.span.end)},
        },
    })
}

fn severity(severity: Severity) -> &'static str {
    match severity {
        Severity::Error => "critical",
        Severity::Warning => "minor",
        Severity::Notice => "info",
    }
}
