//! Findings as SARIF 2.1.0, the exchange format of tools that check sources.

use std::collections::BTreeMap;

use serde_json::{Value, json};

use super::fingerprint::fingerprints;
use super::{Diagnostic, Diagnostics, Lang, Severity, Text};
use crate::html::encode_component;
use crate::source::{Sources, Span};

/// What there is to know about a code.
pub struct Rule {
    /// What such a finding means, in a sentence.
    pub title: String,
    /// The explanation as plain text.
    pub text: String,
    /// The same as Markdown.
    pub markdown: String,
}

/// What all parts of a log are written with.
#[derive(Clone, Copy)]
struct Scope<'a> {
    sources: &'a Sources,
    folder: &'a str,
    lang: Lang,
}

/// Returns the log of one run. `folder` leads from the repository to the site; `explain` tells
/// what is known about a code.
pub fn sarif(
    diags: &Diagnostics,
    sources: &Sources,
    folder: &str,
    lang: Lang,
    explain: impl Fn(&str) -> Option<Rule>,
) -> String {
    let found = diags.sorted(|span| &sources.get(span.file).path);
    // The index of a rule is its place in the order of the codes.
    let mut codes: BTreeMap<&str, Severity> = BTreeMap::new();
    for it in &found {
        let worst = codes.entry(&it.code).or_insert(it.severity);
        *worst = it.severity.min(*worst);
    }
    let rules: Vec<Value> =
        codes.iter().map(|(code, severity)| rule(code, *severity, explain(code))).collect();
    let indexes: BTreeMap<&str, usize> = codes.keys().enumerate().map(|(at, it)| (*it, at)).collect();
    let names = fingerprints(&found, sources);
    let scope = Scope { sources, folder, lang };
    let results = found.iter().zip(names).map(|(it, name)| result(it, indexes[&*it.code], name, scope));
    let log = json!({
        "$schema": "https://docs.oasis-open.org/sarif/sarif/v2.1.0/errata01/os/schemas/sarif-schema-2.1.0.json",
        "version": "2.1.0",
        "runs": [{
            "tool": {"driver": {
                "name": "kompendium",
                "version": env!("CARGO_PKG_VERSION"),
                "semanticVersion": env!("CARGO_PKG_VERSION"),
                "language": match lang { Lang::De => "de", Lang::En => "en" },
                "rules": rules,
            }},
            "columnKind": "unicodeCodePoints",
            "results": results.collect::<Vec<Value>>(),
        }],
    });
    format!("{log:#}\n")
}

fn rule(code: &str, severity: Severity, known: Option<Rule>) -> Value {
    let level = json!({"level": level(severity)});
    match known {
        Some(Rule { title, text, markdown }) => json!({
            "id": code,
            "shortDescription": {"text": title},
            "help": {"text": text, "markdown": markdown},
            "defaultConfiguration": level,
        }),
        None => json!({"id": code, "defaultConfiguration": level}),
    }
}

fn result(it: &Diagnostic, rule: usize, fingerprint: String, scope: Scope<'_>) -> Value {
    let texts = [Some(&it.message), it.context.as_ref(), it.help.as_ref()];
    let message: Vec<&str> = texts.into_iter().flatten().map(|it| it.in_lang(scope.lang)).collect();
    let mut result = json!({
        "ruleId": it.code,
        "ruleIndex": rule,
        "level": level(it.severity),
        "message": {"text": plain(&message.join(" "))},
        "locations": [{"physicalLocation": place(it.span, scope)}],
        "partialFingerprints": {"kompendium/v1": fingerprint},
    });
    if let Some((span, text)) = &it.also {
        result["relatedLocations"] = json!([also(*span, text, scope)]);
    }
    result
}

fn also(span: Span, text: &Text, scope: Scope<'_>) -> Value {
    json!({
        "id": 0,
        "physicalLocation": place(span, scope),
        "message": {"text": plain(text.in_lang(scope.lang))},
    })
}

/// In a message, square brackets make a link and braces a placeholder.
fn plain(text: &str) -> String {
    let text = text.replace('\\', "\\\\").replace('[', "\\[").replace(']', "\\]");
    text.replace('{', "{{").replace('}', "}}")
}

/// Lines and columns begin at 1, columns count characters, and the end is the place behind.
fn place(span: Span, Scope { sources, folder, .. }: Scope<'_>) -> Value {
    let (start, end) = (sources.position(span.file, span.start), sources.position(span.file, span.end));
    let path = format!("{folder}{}", sources.get(span.file).path);
    let path = path.split('/').map(encode_component).collect::<Vec<_>>().join("/");
    json!({
        "artifactLocation": {"uri": path, "uriBaseId": "%SRCROOT%"},
        "region": {
            "startLine": start.line,
            "startColumn": start.column,
            "endLine": end.line,
            "endColumn": end.column,
        },
    })
}

fn level(severity: Severity) -> &'static str {
    match severity {
        Severity::Error => "error",
        Severity::Warning => "warning",
        Severity::Notice => "note",
    }
}
