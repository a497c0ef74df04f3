//! The examples of the CommonMark specification, with the rule for stars on.
//!
//! They come from the npm package `commonmark-spec`, which `scripts/setup`
//! installs. Examples that a `*` between two letters changes are listed in
//! `tests/commonmark-changes.txt` with the reason.

use std::collections::BTreeMap;
use std::fs;

use kompendium::config::RawHtml;
use kompendium::content::markdown::{self, Body, Context, HoleKind};
use kompendium::content::typography::{hide_stars, show_stars};
use kompendium::diag::{Diagnostics, Lang};
use kompendium::html::{AddressKind, address_kind, escape_address_into};
use kompendium::slug::UniqueIds;
use kompendium::source::FileId;
use kompendium::theme::Words;
use pulldown_cmark::{Event, Options, Parser, Tag, html};

use crate::fixture;

struct Example {
    number: usize,
    markdown: String,
    html: String,
}

fn examples() -> Vec<Example> {
    let path = fixture::repository().join("tests/node_modules/commonmark-spec/spec.txt");
    let spec = fs::read_to_string(&path).expect("run scripts/setup: it installs the specification");
    let fence = "`".repeat(32);
    let start = format!("{fence} example\n");
    let mut examples = Vec::new();
    for part in spec.split(&start).skip(1) {
        let body = part.split(&format!("\n{fence}")).next().unwrap();
        let (markdown, html) =
            body.split_once("\n.\n").or_else(|| Some((body.strip_suffix("\n.")?, ""))).unwrap();
        examples.push(Example {
            number: examples.len() + 1,
            markdown: format!("{}\n", markdown.replace('→', "\t")),
            html: if html.is_empty() { String::new() } else { format!("{}\n", html.replace('→', "\t")) },
        });
    }
    examples
}

/// The examples that the rule for stars changes, with their new output.
fn changes() -> BTreeMap<usize, String> {
    let path = fixture::repository().join("tests/commonmark-changes.txt");
    let mut changes = BTreeMap::new();
    for block in fs::read_to_string(path).unwrap().split("\n-- ").skip(1) {
        let (head, html) = block.split_once('\n').unwrap();
        let number = head.split(' ').nth(1).and_then(|it| it.trim_end_matches(':').parse().ok()).unwrap();
        changes.insert(number, html.trim_end().to_owned() + "\n");
    }
    changes
}

#[test]
fn every_example_holds_with_the_rule_for_stars() {
    let changes = changes();
    let examples = examples();
    assert!(examples.len() >= 652, "only {} examples", examples.len());
    let mut failed = Vec::new();
    for example in &examples {
        let hidden = hide_stars(&example.markdown);
        let mut out = String::new();
        html::push_html(&mut out, Parser::new_ext(&hidden, Options::empty()));
        let actual = show_stars(&out).into_owned();
        let expected = changes.get(&example.number).unwrap_or(&example.html);
        let is_listed_for_nothing = changes.get(&example.number) == Some(&example.html);
        if normal(&actual) != normal(expected) || is_listed_for_nothing {
            failed.push(format!("-- example {}: {:?}\n{actual}", example.number, example.markdown));
        }
    }
    assert!(failed.is_empty(), "{} examples:\n\n{}", failed.len(), failed.join("\n"));
}

/// Our own renderer on all examples that have no HTML of their own, none of the
/// extensions and nothing that our rules refuse.
#[test]
fn our_renderer_agrees_with_the_specification() {
    let changes = changes();
    let mut compared = 0;
    let mut failed = Vec::new();
    for example in examples() {
        let expected = changes.get(&example.number).unwrap_or(&example.html);
        if !is_comparable(&example.markdown) {
            continue;
        }
        compared += 1;
        let actual = own(&example.markdown);
        if normal(&without_additions(&actual)) != normal(expected) {
            failed.push(format!(
                "example {}: {:?}\n{actual}\nexpected\n{expected}",
                example.number, example.markdown
            ));
        }
    }
    assert!(failed.is_empty(), "{} of {compared} examples:\n\n{}", failed.len(), failed.join("\n"));
    assert!(compared > 400, "only {compared} examples were compared");
}

/// Whether an example has nothing that we show differently on purpose: HTML,
/// pictures, addresses that are refused; and none of our extensions.
fn is_comparable(markdown: &str) -> bool {
    let shown_differently = |event: Event<'_>| match event {
        Event::Html(_) | Event::InlineHtml(_) | Event::Start(Tag::Image { .. }) => true,
        Event::Start(Tag::Link { dest_url, .. }) => address_kind(&dest_url) == AddressKind::Refused,
        _ => false,
    };
    let plain = Parser::new_ext(markdown, Options::empty()).any(shown_differently);
    !plain && !markdown.contains("~~") && !markdown.contains("| ")
}

fn own(text: &str) -> String {
    let words = Words::from([]);
    let context = Context { lang: Lang::En, raw_html: RawHtml::Text, words: &words };
    let mut diags = Diagnostics::default();
    let body = markdown::render(FileId(0), text, 0, context, &mut UniqueIds::default(), &mut diags);
    fill(&body)
}

/// Fills the holes with the addresses as they were written.
fn fill(body: &Body) -> String {
    let mut out = String::new();
    let mut written = 0;
    for hole in &body.holes {
        out.push_str(&body.html[written..hole.at]);
        written = hole.at;
        match &hole.kind {
            HoleKind::Link(address) | HoleKind::Image(address) => escape_address_into(&mut out, address),
            HoleKind::Setting(_)
            | HoleKind::Value(_)
            | HoleKind::Cite(_)
            | HoleKind::Table(_)
            | HoleKind::Chart(_)
            | HoleKind::Term(_)
            | HoleKind::TermEnd => {}
        }
    }
    out + &body.html[written..]
}

/// Removes what we add to the HTML of the specification.
fn without_additions(html: &str) -> String {
    let mut out = String::new();
    for (at, part) in html.split(" id=\"").enumerate() {
        out.push_str(if at == 0 { part } else { part.split_once('"').unwrap().1 });
    }
    out.replace(" class=\"external\"", "").replace("<pre tabindex=\"0\">", "<pre>")
}

/// The same HTML in one notation; typography is turned back.
fn normal(html: &str) -> String {
    let signs = [
        (" />", ">"),
        ("&quot;", "\""),
        ("&#x27;", "'"),
        ("“", "\""),
        ("”", "\""),
        ("‘", "'"),
        ("’", "'"),
        ("–", "--"),
        ("—", "---"),
        ("…", "..."),
    ];
    let html = signs.iter().fold(html.to_owned(), |html, (from, to)| html.replace(from, to));
    html.split_whitespace().collect::<Vec<_>>().join(" ").replace("> <", "><")
}
