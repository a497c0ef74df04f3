//! The handbook of the editors: every collection and field, as Markdown.

use super::head;
use super::print::scalar;
use super::{Declared, one_line, words};
use crate::config::Collection;
use crate::diag::text;
use crate::fields::{Choice, Field, FieldKind};

/// Returns the whole handbook, with a heading of its own.
pub fn guide(declared: &Declared<'_>) -> String {
    let title = escaped(&declared.config.title);
    let heading = declared.say(&text("Handbuch der Felder", "Handbook of the fields")).to_owned();
    let intro = text(
        "Dieses Handbuch entsteht aus `kompendium.yaml` mit `kompendium schema guide`. Es sagt, was in welches \
         Feld gehört. Wie Texte geschrieben werden, steht im Handbuch für die Redaktion.",
        "This handbook is made of `kompendium.yaml` by `kompendium schema guide`. It says what belongs in which \
         field.",
    );
    format!("# {heading}: {title}\n\n{}\n\n{}", declared.say(&intro), chapters(declared))
}

/// Returns the chapters of the handbook, which begin with headings of the second level.
pub fn chapters(declared: &Declared<'_>) -> String {
    let mut chapters: Vec<String> =
        declared.config.collections.iter().map(|it| collection(it, declared)).collect();
    chapters.push(every_page(declared));
    chapters.join("\n")
}

fn collection(collection: &Collection, declared: &Declared<'_>) -> String {
    let (label, folder) = (escaped(&collection.label), &collection.name.value);
    let singular = escaped(&collection.singular);
    let place = text(
        format!(
            "{singular}: eine Datei in `content/{folder}/`. Neu anlegen: `kompendium new {folder} \"Titel\"`."
        ),
        format!(
            "{singular}: a file in `content/{folder}/`. Make a new one: `kompendium new {folder} \"Title\"`."
        ),
    );
    let mut out = format!("## {label}\n\n{}\n", declared.say(&place));
    for field in &collection.fields {
        out.push('\n');
        push_field(&mut out, field, declared);
    }
    let example = declared.say(&text("Beispiel", "Example")).to_owned();
    out.push_str(&format!(
        "\n### {example}: {singular}\n\n```yaml\n{}```\n",
        front_matter(collection, declared)
    ));
    out
}

fn push_field(out: &mut String, field: &Field, declared: &Declared<'_>) {
    out.push_str(&format!("### {}\n\n", escaped(&field.label)));
    if let Some(help) = &field.help {
        out.push_str(&format!("{}\n\n", escaped(help)));
    }
    let needed = match (field.required, field.default.is_some()) {
        (true, false) => text("Pflichtfeld", "required"),
        _ => text("freiwillig", "optional"),
    };
    let (name, needed) = (declared.say(&text("Feld", "Field")).to_owned(), declared.say(&needed));
    out.push_str(&format!("- {name} `{}`, {needed}\n", field.name.value));
    let kind = escaped(declared.say(&words::kind(&field.kind, declared.config)));
    out.push_str(&format!("- {}: {kind}\n", declared.say(&text("Inhalt", "Content"))));
    for rule in words::rules(field, declared) {
        out.push_str(&format!("- {}\n", escaped(declared.say(&rule))));
    }
    let choices = words::choices(&field.kind);
    if !choices.is_empty() {
        out.push_str(&table_of(choices, declared));
    }
}

fn table_of(choices: &[Choice], declared: &Declared<'_>) -> String {
    let (value, label) = (text("Wert", "Value"), text("Bedeutung", "Meaning"));
    let row = |it: &Choice| format!("| `{}` | {} |\n", it.value.replace('|', "\\|"), escaped(&it.label));
    let rows: String = choices.iter().map(row).collect();
    format!("\n| {} | {} |\n| --- | --- |\n{rows}", declared.say(&value), declared.say(&label))
}

/// Makes the front matter of an entry with all fields, the required ones first.
fn front_matter(collection: &Collection, declared: &Declared<'_>) -> String {
    let (required, others): (Vec<&Field>, Vec<&Field>) =
        collection.fields.iter().partition(|it| super::entry::is_open(it));
    let title = scalar(&format!("{} …", one_line(&collection.singular)));
    let mut out = format!("---\ntitle: {title}\n");
    for field in required.into_iter().chain(others) {
        let value = declared.default(field).unwrap_or_else(|| example_of(field, declared));
        out.push_str(&format!("{}: {value}\n", scalar(&field.name.value)));
    }
    out.push_str("---\n");
    out
}

/// Values of which one has the form that most patterns ask for.
const PATTERNED: [&str; 12] =
    ["A", "AB", "ABC", "a", "ab", "abc", "1", "12", "123", "1234", "12345", "123456"];

/// Returns a value of a field as it is written; says the form that no value is known for.
fn example_of(field: &Field, declared: &Declared<'_>) -> String {
    let Some(pattern) = &field.pattern else { return example(&field.kind, declared) };
    match PATTERNED.into_iter().find(|it| pattern.matches(it)) {
        Some(value) => scalar(value),
        None => format!("# {}", pattern.written),
    }
}

/// Returns a value of a kind as it is written.
fn example(kind: &FieldKind, declared: &Declared<'_>) -> String {
    let some = text("Text", "Text");
    match kind {
        FieldKind::Text | FieldKind::Phone | FieldKind::Time => declared.say(&some).to_owned(),
        FieldKind::Markdown => {
            let long = text("Text mit **Hervorhebung**", "Text with **emphasis**");
            format!(">-\n  {}", declared.say(&long))
        }
        FieldKind::Integer => "3".to_owned(),
        FieldKind::Number => "12.5".to_owned(),
        FieldKind::Boolean => "true".to_owned(),
        FieldKind::Date => "2026-12-31".to_owned(),
        FieldKind::Year => "2026".to_owned(),
        FieldKind::Url => "https://www.example.org/".to_owned(),
        FieldKind::Email => "name@example.org".to_owned(),
        FieldKind::Choice(choices) => choices.first().map_or_else(String::new, |it| scalar(&it.value)),
        FieldKind::Reference(_) => declared.say(&text("kuerzel", "short-name")).to_owned(),
        FieldKind::Citation => declared.say(&text("muender-2020, S. 12", "muender-2020, p. 12")).to_owned(),
        FieldKind::List(items) => format!("[{}]", example(items, declared)),
        FieldKind::Image => declared.say(&text("bild.jpg", "image.jpg")).to_owned(),
        FieldKind::File => declared.say(&text("bericht.pdf", "report.pdf")).to_owned(),
    }
}

fn every_page(declared: &Declared<'_>) -> String {
    let heading = declared.say(&text("Auf jeder Seite", "On every page")).to_owned();
    let (key, meaning) = (text("Angabe", "Key"), text("Bedeutung", "Meaning"));
    let content = text("Inhalt", "Content");
    let mut out = format!(
        "## {heading}\n\n| {} | {} | {} |\n| --- | --- | --- |\n",
        declared.say(&key),
        declared.say(&meaning),
        declared.say(&content)
    );
    for key in head::keys() {
        let (help, holds) = (key.help, key.holds.words());
        out.push_str(&format!("| `{}` | {} | {} |\n", key.name, declared.say(&help), declared.say(&holds)));
    }
    out
}

/// Returns a text on one line in which Markdown sees text only. Stars in words are text anyway.
fn escaped(text: &str) -> String {
    let line = one_line(text);
    let mut out = String::with_capacity(line.len());
    let mut before = ' ';
    let mut signs = line.chars().peekable();
    while let Some(sign) = signs.next() {
        let in_word = before.is_alphanumeric() && signs.peek().is_some_and(|it| it.is_alphanumeric());
        if "\\`_[]<>|#{}$~&".contains(sign) || sign == '*' && !in_word {
            out.push('\\');
        }
        out.push(sign);
        before = sign;
    }
    out
}
