//! A new entry of a collection: all its fields, those that have to be filled first.

use super::print::scalar;
use super::{Declared, one_line, words};
use crate::config::Collection;
use crate::diag::{Lang, Text, text};
use crate::fields::{Field, FieldKind};
use crate::path::SitePath;
use crate::slug::slug;

/// Returns the place of an entry by its title, below the site.
///
/// Refuses a title without letters and digits, and one that makes no file name.
pub fn path(collection: &Collection, title: &str) -> Result<SitePath, Text> {
    let name = slug(title);
    if name.is_empty() {
        return Err(text(
            format!("Aus dem Titel „{title}“ entsteht kein Dateiname. Er braucht Buchstaben oder Ziffern."),
            format!("the title `{title}` makes no file name; it needs letters or digits"),
        ));
    }
    if name == "index" {
        return Err(text(
            "Eine Datei index.md hätte die Adresse der Sammlung selbst. Der Titel muss anders heißen.",
            "a file index.md would have the address of the collection itself; take another title",
        ));
    }
    SitePath::new(&format!("content/{}/{name}.md", collection.name.value))
}

/// Returns the text of a new entry.
///
/// It is a draft, so that the site can be built while required fields are empty.
pub fn text_of(collection: &Collection, title: &str, declared: &Declared<'_>) -> String {
    let (required, others): (Vec<&Field>, Vec<&Field>) = collection.fields.iter().partition(|it| is_open(it));
    let mut out = format!("---\ntitle: {}\n", scalar(&one_line(title)));
    comment(&mut out, declared.say(&draft_comment(!required.is_empty())));
    out.push_str("draft: true\n");
    part(&mut out, &text("Pflichtfelder", "Required fields"), &required, declared);
    part(&mut out, &text("Weitere Felder", "Other fields"), &others, declared);
    out.push('\n');
    comment(
        &mut out,
        declared.say(&text(
            "Ein Satz für Suchmaschinen und Listen.",
            "One sentence for search engines and lists.",
        )),
    );
    out.push_str("description:\n---\n\n");
    out
}

/// Whether somebody has to fill a field before the entry can be shown.
pub fn is_open(field: &Field) -> bool {
    field.required && field.default.is_none()
}

fn draft_comment(has_required: bool) -> Text {
    match has_required {
        true => text(
            "Ein Entwurf erscheint nicht auf der Website, und seine Pflichtfelder dürfen leer sein. \
             Ist alles ausgefüllt: diese Zeile und die nächste löschen.",
            "A draft is not shown on the site, and its required fields may be empty. \
             When all is filled in, delete this line and the next.",
        ),
        false => text(
            "Ein Entwurf erscheint nicht auf der Website. Ist er fertig: diese Zeile und die nächste löschen.",
            "A draft is not shown on the site. When it is ready, delete this line and the next.",
        ),
    }
}

fn part(out: &mut String, heading: &Text, fields: &[&Field], declared: &Declared<'_>) {
    if fields.is_empty() {
        return;
    }
    out.push_str(&format!("\n# {}\n", declared.say(heading)));
    for field in fields {
        out.push('\n');
        push_field(out, field, declared);
    }
}

fn push_field(out: &mut String, field: &Field, declared: &Declared<'_>) {
    comment(out, &with_help(field));
    let mut rules = vec![words::capital(declared.say(&words::kind(&field.kind, declared.config)))];
    rules.extend(words::rules(field, declared).iter().map(|it| declared.say(it).to_owned()));
    comment(out, &format!("{}.", rules.join("; ")));
    for choice in words::choices(&field.kind) {
        let (value, label) = (scalar(&choice.value), one_line(&choice.label));
        out.push_str(&match value == label {
            true => format!("#   {value}\n"),
            false => format!("#   {value}: {label}\n"),
        });
    }
    if let FieldKind::Markdown = field.kind {
        comment(out, declared.say(&text(
            "Längerer Text: >- hinter den Doppelpunkt, der Text darunter, um zwei Leerzeichen eingerückt.",
            "Longer text: >- behind the colon, the text below it, indented by two spaces.",
        )));
    }
    let name = scalar(&field.name.value);
    out.push_str(&match declared.default(field) {
        Some(default) => format!("{name}: {default}\n"),
        None => format!("{name}:\n"),
    });
}

fn with_help(field: &Field) -> String {
    let label = one_line(&field.label);
    match &field.help {
        Some(help) => format!("{label} – {}", one_line(help)),
        None => label,
    }
}

/// How long a line of a comment may be.
const WIDTH: usize = 90;

/// Adds a comment, wrapped between words.
fn comment(out: &mut String, text: &str) {
    let mut line = String::new();
    for word in text.split_whitespace() {
        if !line.is_empty() && line.chars().count() + word.chars().count() >= WIDTH {
            out.push_str(&format!("#{line}\n"));
            line.clear();
        }
        line.push(' ');
        line.push_str(word);
    }
    if !line.is_empty() {
        out.push_str(&format!("#{line}\n"));
    }
}

/// Says which fields still have to be filled; nothing where there are none.
pub fn open_fields(collection: &Collection, lang: Lang) -> Option<String> {
    let open: Vec<&str> =
        collection.fields.iter().filter(|it| is_open(it)).map(|it| it.name.value.as_str()).collect();
    let list = open.join(", ");
    let message = text(
        format!("Noch auszufüllen: {list}. Danach die Zeile „draft: true“ löschen."),
        format!("still to be filled in: {list}; then delete the line `draft: true`"),
    );
    (!open.is_empty()).then(|| message.in_lang(lang).to_owned())
}
