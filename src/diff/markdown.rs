//! The changes as Markdown, for a comment on a pull request.
//!
//! Nobody's text can write into the comment more than letters: [`escape`] sees to it.

use super::{Changes, Fact, Lost, PageChange, PartChange, Piece, Status, TableChange, TermChange, labels};
use crate::diag::Lang;
use crate::markdown::escape;

/// How long a comment may be, in signs.
const MOST_SIGNS: usize = 65_536;
/// Room for the line that says what is left out.
const REST_SIGNS: usize = 300;
/// How long one part may be, so that one long page does not push out all others.
const PART_SIGNS: usize = 12_000;
/// Values of one table that are printed; the rest is counted.
const MOST_CELLS: usize = 100;

/// A part of the comment that stands or is left out as a whole.
struct Part {
    text: String,
    /// How many changes it tells.
    count: usize,
}

/// Prints the changes.
pub fn print(changes: &Changes, lang: Lang) -> String {
    let mut out = format!("### {}\n\n{}\n", title(lang), labels::summary(changes, lang));
    let mut left = 0;
    let mut length = out.chars().count();
    for part in parts(changes, lang) {
        let signs = part.text.chars().count();
        // What comes later may be short enough; the order stays.
        if length + signs + REST_SIGNS > MOST_SIGNS {
            left += part.count;
            continue;
        }
        length += signs;
        out.push_str(&part.text);
    }
    if left > 0 {
        out.push_str(&format!("\n> {} {}\n", labels::left_out(left, lang), too_long(lang)));
    }
    out
}

fn title(lang: Lang) -> &'static str {
    labels::say(lang, "Was sich für Leser*innen ändert", "What changes for readers").trim()
}

fn too_long(lang: Lang) -> &'static str {
    labels::say(
        lang,
        "passen nicht in diesen Kommentar; alles zeigt `kompendium diff --html DATEI.html`.",
        "do not fit into this comment; `kompendium diff --html FILE.html` shows everything.",
    )
}

fn parts(changes: &Changes, lang: Lang) -> Vec<Part> {
    let mut parts = Vec::new();
    let mut list = |heading: &str, items: Vec<String>| {
        for (at, item) in items.into_iter().enumerate() {
            let heading = if at == 0 { format!("\n#### {heading}\n\n") } else { String::new() };
            parts.push(Part { text: heading + &item, count: 1 });
        }
    };
    list(labels::lost_heading(lang), changes.lost.iter().map(|it| lost(it, lang)).collect());
    list(labels::site_heading(lang), changes.site.iter().map(|it| fact(it, lang)).collect());
    let heading =
        |at: usize, heading: &str| if at == 0 { format!("\n#### {heading}\n") } else { String::new() };
    for (at, page) in changes.pages.iter().enumerate() {
        let text = heading(at, labels::pages_heading(lang)) + &self::page(page, lang);
        parts.push(Part { text, count: page.count() });
    }
    for (at, table) in changes.tables.iter().enumerate() {
        let text = heading(at, labels::tables_heading(lang)) + &self::table(table, lang);
        parts.push(Part { text, count: table.count() });
    }
    let mut list = |heading: &str, items: Vec<String>| {
        for (at, item) in items.into_iter().enumerate() {
            let heading = if at == 0 { format!("\n#### {heading}\n\n") } else { String::new() };
            parts.push(Part { text: heading + &item, count: 1 });
        }
    };
    list(labels::terms_heading(lang), changes.terms.iter().map(|it| term(it, lang)).collect());
    let files = changes.files.iter().map(|it| {
        let from = it.old_path.as_ref().map_or_else(String::new, |from| format!("{} → ", escape(from)));
        let status = labels::status(it.status, lang);
        format!("- {status}: {from}{} ({})\n", escape(&it.path), labels::size(it, lang))
    });
    list(labels::files_heading(lang), files.collect());
    parts
}

/// Puts items into a part that can be opened; what is too much is counted.
fn details(summary: &str, items: Vec<String>, lang: Lang) -> String {
    let mut out = format!("\n<details><summary>{summary}</summary>\n\n");
    let mut left = 0;
    for item in items {
        if out.len() + item.len() > PART_SIGNS {
            left += 1;
        } else {
            out.push_str(&item);
        }
    }
    if left > 0 {
        out.push_str(&format!("- {}\n", labels::left_out(left, lang)));
    }
    out.push_str("\n</details>\n");
    out
}

fn lost(lost: &Lost, lang: Lang) -> String {
    let (message, help) = labels::lost(lost, lang);
    let help = help.map_or_else(String::new, |it| format!("<br>{}", escape(&it)));
    format!("- ⚠️ {}{help}\n", escape(&message))
}

fn fact(fact: &Fact, lang: Lang) -> String {
    let change = match (&fact.old, &fact.new) {
        _ if !fact.pieces.is_empty() => pieces(&fact.pieces, lang),
        (Some(old), Some(new)) => format!("{} → {}", removed(old), added(new)),
        (old, new) => {
            let old = old.as_ref().map(|it| removed(&labels::cut(it, lang)));
            let new = new.as_ref().map(|it| added(&labels::cut(it, lang)));
            old.into_iter().chain(new).collect()
        }
    };
    format!("- **{}:** {change}\n", escape(fact.label.in_lang(lang)))
}

fn removed(text: &str) -> String {
    format!("<del>{}</del>", escape(text.trim()))
}

fn added(text: &str) -> String {
    format!("<ins>{}</ins>", escape(text.trim()))
}

fn pieces(pieces: &[Piece], lang: Lang) -> String {
    let blank = |text: &str| if text.starts_with(' ') { " " } else { "" }.to_owned();
    let print = |it: &Piece| match it {
        Piece::Same(text) => escape(text),
        Piece::Removed(text) => blank(text) + &removed(text),
        Piece::Added(text) => blank(text) + &added(text),
        Piece::Gap => " …".to_owned(),
    };
    labels::cut_pieces(pieces, lang).iter().map(print).collect::<String>().trim().to_owned()
}

fn page(page: &PageChange, lang: Lang) -> String {
    let kind = page.kind.as_ref().map_or_else(String::new, |it| format!(" · {}", escape(it)));
    let summary = format!(
        "{}: <strong>{}</strong>{kind} · {}",
        labels::status(page.status, lang),
        escape(&page.title),
        escape(&page.url)
    );
    let is_whole = matches!(page.status, Status::Added | Status::Removed);
    let mut items = Vec::new();
    items.extend(labels::moved(page, lang).map(|it| format!("- {}\n", escape(&it))));
    items.extend((is_whole && page.words > 0).then(|| format!("- {}\n", labels::words(page.words, lang))));
    items.extend(page.facts.iter().map(|it| fact(it, lang)));
    for passage in page.passages.iter().filter(|_| !is_whole) {
        let heading = if passage.heading.is_empty() { labels::opening(lang) } else { &passage.heading };
        items.push(format!("- **{}:** {}\n", escape(heading), pieces(&passage.pieces, lang)));
    }
    if !page.figures.is_empty() {
        let rows = page.figures.iter().map(|it| {
            let note = if it.follows { labels::follows(lang) } else { "" };
            row([&it.row, &it.column, &it.old, &it.new], note)
        });
        items.push(grid(labels::say(lang, "Zahl im Text", "figure in the text"), rows, lang));
    }
    items.extend(page.links.iter().map(|it| {
        let targets: Vec<String> = it.old.iter().chain(&it.new).map(|it| escape(it)).collect();
        let text = labels::quoted(&escape(&it.text), lang);
        format!("- {}: {text} ({})\n", labels::link(it, lang), targets.join(" → "))
    }));
    items.extend(page.pictures.iter().map(|it| {
        let alts = it.old_alt.iter().chain(&it.new_alt);
        let mut alts: Vec<String> = alts.map(|it| labels::quoted(&escape(it), lang)).collect();
        alts.dedup();
        format!("- {}: {} ({})\n", labels::picture(it.status, lang), escape(&it.path), alts.join(" → "))
    }));
    items.extend(page.is_restyled.then(|| format!("- {}\n", labels::restyled(lang))));
    details(&summary, items, lang)
}

/// Makes a table of figures, each with its row and column.
fn grid(note: &str, rows: impl Iterator<Item = String>, lang: Lang) -> String {
    let [row, column, old, new] = match lang {
        Lang::De => ["Zeile", "Spalte", "vorher", "jetzt"],
        Lang::En => ["row", "column", "before", "now"],
    };
    let head =
        format!("\n| {row} | {column} | {old} | {new} | {note} |\n| --- | --- | ---: | ---: | --- |\n");
    head + &rows.collect::<String>() + "\n"
}

fn row(cells: [&String; 4], note: &str) -> String {
    format!("| {} | {note} |\n", cells.map(|it| escape(it)).join(" | "))
}

fn table(table: &TableChange, lang: Lang) -> String {
    let summary =
        format!("{}: <strong>{}</strong>", labels::status(table.status, lang), escape(&table.title));
    let mut items: Vec<String> = table.facts.iter().map(|it| fact(it, lang)).collect();
    for column in &table.columns {
        items.push(part(labels::column(column, lang), column));
        items.extend(column.facts.iter().map(|it| format!("  {}", fact(it, lang))));
    }
    items.extend(table.rows.iter().map(|it| part(labels::row(it, lang), it)));
    if !table.cells.is_empty() {
        let rows = table.cells.iter().take(MOST_CELLS).map(|it| {
            let note = if it.is_derived { labels::derived(lang) } else { "" };
            row([&it.row, &it.column, &it.old, &it.new], note)
        });
        items.push(grid("", rows, lang));
    }
    let more = table.cells.len().saturating_sub(MOST_CELLS);
    items.extend((more > 0).then(|| format!("- {}\n", labels::left_out(more, lang))));
    if !table.shown_on.is_empty() {
        let titles: Vec<String> = table.shown_on.iter().map(|it| escape(&it.0)).collect();
        let label = labels::say(lang, "Auch zu sehen auf", "also shown on");
        items.push(format!("- {label}: {}\n", titles.join(", ")));
    }
    details(&summary, items, lang)
}

fn part(name: &str, part: &PartChange) -> String {
    let from = part.old_title.as_ref().map_or_else(String::new, |it| format!("{} → ", escape(it)));
    format!("- {name}: {from}{}\n", escape(&part.title))
}

fn term(term: &TermChange, lang: Lang) -> String {
    let more = labels::term(term, lang).map_or_else(String::new, |it| format!(" ({it})"));
    format!("- {}: **{}**{more}\n", labels::status(term.status, lang), escape(&term.title))
}
