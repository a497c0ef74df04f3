//! What all printed forms call things, in German and English.

use super::{Changes, FileChange, LinkChange, Lost, PageChange, PartChange, Piece, Status, TermChange};
use crate::data::number::Decimal;
use crate::diag::{Lang, Text, text};

/// Returns one of two words.
pub fn say<'a>(lang: Lang, de: &'a str, en: &'a str) -> &'a str {
    if lang == Lang::De { de } else { en }
}

/// Returns a text in quotation marks.
pub fn quoted(text: &str, lang: Lang) -> String {
    if lang == Lang::De { format!("„{text}“") } else { format!("“{text}”") }
}

/// Names a state of something, such as „neu“.
pub fn status(status: Status, lang: Lang) -> &'static str {
    match status {
        Status::Added => say(lang, "neu", "new"),
        Status::Removed => say(lang, "entfernt", "removed"),
        Status::Moved => say(lang, "verschoben", "moved"),
        Status::Changed => say(lang, "geändert", "changed"),
    }
}

/// What is said where there is no change.
pub fn nothing(lang: Lang) -> &'static str {
    say(lang, "Für Leser*innen ändert sich nichts.", "Nothing changes for readers.")
}

/// The headings of the parts.
pub fn lost_heading(lang: Lang) -> &'static str {
    say(lang, "Adressen, die ins Leere führen", "Addresses that lead nowhere")
}

/// The heading of what stands on every page.
pub fn site_heading(lang: Lang) -> &'static str {
    say(lang, "Ganze Website", "Whole site")
}

/// The heading of the pages.
pub fn pages_heading(lang: Lang) -> &'static str {
    say(lang, "Seiten", "Pages")
}

/// The heading of the terms.
pub fn terms_heading(lang: Lang) -> &'static str {
    say(lang, "Begriffe", "Terms")
}

/// The heading of the tables.
pub fn tables_heading(lang: Lang) -> &'static str {
    say(lang, "Tabellen", "Tables")
}

/// The heading of the files.
pub fn files_heading(lang: Lang) -> &'static str {
    say(lang, "Dateien", "Files")
}

/// What is said of a value that is computed from others.
pub fn derived(lang: Lang) -> &'static str {
    say(lang, "daraus berechnet", "computed from them")
}

/// What is said of a figure in a text that stands there as the data say.
pub fn follows(lang: Lang) -> &'static str {
    say(lang, "folgt den Daten", "follows the data")
}

/// What is said where only the form of a text is another.
pub fn restyled(lang: Lang) -> &'static str {
    say(
        lang,
        "Nur die Form ist anders, etwa Hervorhebungen, Listen, Überschriften oder die Vorlage.",
        "Only the form differs, such as emphasis, lists, headings or the template.",
    )
}

/// Names the part of a page before its first heading.
pub fn opening(lang: Lang) -> &'static str {
    say(lang, "Anfang der Seite", "beginning of the page")
}

/// Stands for a value that is not there.
pub fn none(lang: Lang) -> &'static str {
    say(lang, "(nichts)", "(nothing)")
}

/// Says how much there is of something.
pub fn count(count: usize, one: Text, many: Text, lang: Lang) -> String {
    let word = if count == 1 { one } else { many };
    format!("{}\u{a0}{}", number(count, lang), word.in_lang(lang))
}

fn number(count: usize, lang: Lang) -> String {
    Decimal::new(i64::try_from(count).unwrap_or(i64::MAX), 0).print(0, lang)
}

/// Says how many words a text has.
pub fn words(many: usize, lang: Lang) -> String {
    count(many, text("Wort", "word"), text("Wörter", "words"), lang)
}

/// Says how much is left out of a list.
pub fn left_out(many: usize, lang: Lang) -> String {
    let more =
        count(many, text("weitere Angabe", "more entry"), text("weitere Angaben", "more entries"), lang);
    format!("… {} {more}", say(lang, "und", "and"))
}

/// Says in one line what changed.
pub fn summary(changes: &Changes, lang: Lang) -> String {
    let pages = |wanted| changes.pages.iter().filter(|it| it.status == wanted).count();
    let states = [Status::Added, Status::Removed, Status::Moved, Status::Changed];
    let cells = changes.tables.iter().map(|it| it.cells.len()).sum();
    let mut parts: Vec<String> = states
        .into_iter()
        .filter(|it| pages(*it) > 0)
        .map(|it| {
            let some = count(pages(it), text("Seite", "page"), text("Seiten", "pages"), lang);
            format!("{some} {}", status(it, lang))
        })
        .collect();
    let others = [
        (changes.terms.len(), text("Begriff", "term"), text("Begriffe", "terms")),
        (changes.tables.len(), text("Tabelle", "table"), text("Tabellen", "tables")),
        (
            cells,
            text("Zahl oder Angabe in Tabellen", "value in tables"),
            text("Zahlen und Angaben in Tabellen", "values in tables"),
        ),
        (changes.files.len(), text("Datei", "file"), text("Dateien", "files")),
        (
            changes.site.len(),
            text("Änderung an der ganzen Website", "change to the whole site"),
            text("Änderungen an der ganzen Website", "changes to the whole site"),
        ),
    ];
    parts.extend(
        others.into_iter().filter(|it| it.0 > 0).map(|(many, one, more)| count(many, one, more, lang)),
    );
    if parts.is_empty() {
        return nothing(lang).to_owned();
    }
    format!("{}.", parts.join(", "))
}

/// Says what became of an address, and what to do about it.
pub fn lost(lost: &Lost, lang: Lang) -> (String, Option<String>) {
    let (url, title) = (&lost.url, &lost.title);
    match &lost.moved_to {
        Some(now) => {
            let message = text(
                format!("„{title}“ steht jetzt unter {}; die alte Adresse {url} führt ins Leere.", now.url),
                format!("“{title}” is now at {}; the old address {url} leads nowhere", now.url),
            );
            let help = text(
                format!("Ergänzen Sie in {}: aliases: [{url}]", now.file),
                format!("add to {}: aliases: [{url}]", now.file),
            );
            (message.in_lang(lang).to_owned(), Some(help.in_lang(lang).to_owned()))
        }
        None => {
            let message = text(
                format!("„{title}“ gibt es nicht mehr; die Adresse {url} führt ins Leere."),
                format!("“{title}” is gone; the address {url} leads nowhere"),
            );
            (message.in_lang(lang).to_owned(), None)
        }
    }
}

/// Says where a moved page was, and whether its old address leads on.
pub fn moved(page: &PageChange, lang: Lang) -> Option<String> {
    let from = page.old_url.as_ref()?;
    let leads = match page.leads_on {
        true => say(lang, "die alte Adresse leitet weiter", "the old address leads on"),
        false => say(lang, "die alte Adresse führt ins Leere", "the old address leads nowhere"),
    };
    Some(format!("{} {from}; {leads}", say(lang, "vorher", "before:")))
}

/// Says what became of a link.
pub fn link(link: &LinkChange, lang: Lang) -> &'static str {
    match (&link.old, &link.new) {
        (None, _) => say(lang, "neuer Link", "new link"),
        (_, None) => say(lang, "Link entfernt", "link removed"),
        _ => say(lang, "Link mit neuem Ziel", "link with a new target"),
    }
}

/// Says what became of a picture.
pub fn picture(status: Status, lang: Lang) -> &'static str {
    match status {
        Status::Added => say(lang, "neues Bild", "new picture"),
        Status::Removed => say(lang, "Bild entfernt", "picture removed"),
        _ => say(lang, "Bild geändert", "picture changed"),
    }
}

/// Says what became of a row.
pub fn row(part: &PartChange, lang: Lang) -> &'static str {
    match part.status {
        Status::Added => say(lang, "neue Zeile", "new row"),
        Status::Removed => say(lang, "Zeile entfernt", "row removed"),
        _ => say(lang, "Zeile umbenannt", "row renamed"),
    }
}

/// Says what became of a column.
pub fn column(part: &PartChange, lang: Lang) -> &'static str {
    match part.status {
        Status::Added => say(lang, "neue Spalte", "new column"),
        Status::Removed => say(lang, "Spalte entfernt", "column removed"),
        _ => say(lang, "Spalte", "column"),
    }
}

/// Says what is to be known of a term beside its name; the definition itself is told with its page.
pub fn term(term: &TermChange, lang: Lang) -> Option<String> {
    let is_defined_anew = term.status == Status::Changed && term.definition.is_some();
    let definition = is_defined_anew.then(|| say(lang, "andere Definition", "another definition").to_owned());
    let parts: Vec<String> = definition.into_iter().chain(uses(term, lang)).collect();
    (!parts.is_empty()).then(|| parts.join(", "))
}

/// Says on how many pages a term stands.
fn uses(term: &TermChange, lang: Lang) -> Option<String> {
    let pages = |many| count(many, text("Seite", "page"), text("Seiten", "pages"), lang);
    let on = say(lang, "steht auf", "stands on");
    match (term.status, term.old_pages, term.new_pages) {
        (Status::Removed, ..) => None,
        (Status::Added, _, now) => Some(format!("{on} {}", pages(now))),
        (_, was, now) if was == now => None,
        (_, was, now) => {
            let before = say(lang, "vorher", "before:");
            Some(format!("{on} {}, {before} {}", pages(now), number(was, lang)))
        }
    }
}

/// Says how large a file is.
pub fn size(file: &FileChange, lang: Lang) -> String {
    let bytes = |it: usize| match it {
        0..1_000 => format!("{it}\u{a0}Bytes"),
        1_000..1_000_000 => format!("{}\u{a0}kB", number(it.div_ceil(1_000), lang)),
        _ => format!("{}\u{a0}MB", number(it.div_ceil(1_000_000), lang)),
    };
    match (file.old_bytes, file.new_bytes) {
        (Some(old), Some(new)) if bytes(old) != bytes(new) => format!("{} → {}", bytes(old), bytes(new)),
        (_, Some(new)) => bytes(new),
        (old, None) => bytes(old.unwrap_or_default()),
    }
}

/// More words in a row than this are cut in short forms.
const SHORT: usize = 60;

/// Returns a text that is short enough for a line, and how many words of it are left out.
pub fn cut(text: &str, lang: Lang) -> String {
    let all: Vec<&str> = text.split(' ').collect();
    if all.len() <= SHORT + SHORT / 2 {
        return text.to_owned();
    }
    let rest = all.len() - SHORT;
    format!("{} [… {} {}]", all[..SHORT].join(" "), say(lang, "noch", "another"), words(rest, lang))
}

/// Returns pieces whose texts are short enough for a line.
pub fn cut_pieces(pieces: &[Piece], lang: Lang) -> Vec<Piece> {
    let short = |it: &Piece| match it {
        Piece::Same(text) => Piece::Same(cut(text, lang)),
        Piece::Removed(text) => Piece::Removed(cut(text, lang)),
        Piece::Added(text) => Piece::Added(cut(text, lang)),
        Piece::Gap => Piece::Gap,
    };
    pieces.iter().map(short).collect()
}
