//! The changes as text for a terminal.

use super::{
    CellChange, Changes, Fact, FigureChange, LinkChange, PageChange, PartChange, PictureChange, Piece,
    Status, TableChange, TermChange, labels,
};
use crate::diag::Lang;
use crate::markdown::is_direction;

/// Values of one table that are printed; the rest is counted.
const MOST_CELLS: usize = 200;

/// How it is printed.
#[derive(Clone, Copy, Debug)]
pub struct Style {
    pub lang: Lang,
    pub color: bool,
}

/// Prints the changes. What is gone stands in `[-…-]`, what is new in `{+…+}`, also with colour.
pub fn print(changes: &Changes, style: Style) -> String {
    let lang = style.lang;
    let mut out = format!("{}\n", labels::summary(changes, lang));
    let mut part = |heading: &str, lines: Vec<String>| {
        if !lines.is_empty() {
            out.push_str(&format!("\n{}\n{}", style.bold(heading), lines.concat()));
        }
    };
    part(labels::lost_heading(lang), changes.lost.iter().map(|it| lost(it, style)).collect());
    part(labels::site_heading(lang), changes.site.iter().map(|it| fact(it, 1, style)).collect());
    part(labels::pages_heading(lang), changes.pages.iter().map(|it| page(it, style)).collect());
    part(labels::tables_heading(lang), changes.tables.iter().map(|it| table(it, style)).collect());
    part(labels::terms_heading(lang), changes.terms.iter().map(|it| term(it, lang)).collect());
    let files = changes.files.iter().map(|it| {
        let from = it.old_path.as_ref().map_or_else(String::new, |from| format!("{from} → "));
        line(
            1,
            &format!("{}: {from}{} ({})", labels::status(it.status, lang), it.path, labels::size(it, lang)),
        )
    });
    part(labels::files_heading(lang), files.collect());
    out
}

impl Style {
    fn bold(self, text: &str) -> String {
        if self.color { format!("\u{1b}[1m{text}\u{1b}[0m") } else { text.to_owned() }
    }

    fn removed(self, text: &str) -> String {
        let marked = format!("[-{text}-]");
        if self.color { format!("\u{1b}[31m{marked}\u{1b}[0m") } else { marked }
    }

    fn added(self, text: &str) -> String {
        let marked = format!("{{+{text}+}}");
        if self.color { format!("\u{1b}[32m{marked}\u{1b}[0m") } else { marked }
    }
}

/// Puts text on a line; what a terminal would take for a command is left out.
fn line(level: usize, text: &str) -> String {
    format!("{}{text}\n", "  ".repeat(level))
}

/// Returns text without signs that move the cursor or hide what follows.
fn clean(text: &str) -> String {
    let clean = |sign: char| match sign {
        '\n' => '¶',
        it if it.is_control() || is_direction(it) => '\u{fffd}',
        it => it,
    };
    text.replace('\n', " \n ").chars().map(clean).collect()
}

fn lost(lost: &super::Lost, style: Style) -> String {
    let (message, help) = labels::lost(lost, style.lang);
    let help = help.map_or_else(String::new, |it| line(2, &format!("= {}", clean(&it))));
    line(1, &clean(&message)) + &help
}

/// Prints a fact; a long one by its words.
fn fact(fact: &Fact, level: usize, style: Style) -> String {
    let label = clean(fact.label.in_lang(style.lang));
    let change = match (&fact.old, &fact.new) {
        _ if !fact.pieces.is_empty() => pieces(&fact.pieces, style),
        (Some(old), Some(new)) => format!("{} → {}", clean(old), clean(new)),
        (old, new) => {
            let removed = old.as_ref().map(|it| style.removed(&clean(&labels::cut(it, style.lang))));
            let added = new.as_ref().map(|it| style.added(&clean(&labels::cut(it, style.lang))));
            removed.into_iter().chain(added).collect()
        }
    };
    line(level, &format!("{label}: {change}"))
}

fn pieces(pieces: &[Piece], style: Style) -> String {
    let print = |it: &Piece| {
        let outside = |text: &str, mark: &dyn Fn(&str) -> String| {
            let inner = text.trim_start_matches(' ');
            format!("{}{}", &text[..text.len() - inner.len()], mark(&clean(inner)))
        };
        match it {
            Piece::Same(text) => clean(text),
            Piece::Removed(text) => outside(text, &|it| style.removed(it)),
            Piece::Added(text) => outside(text, &|it| style.added(it)),
            Piece::Gap => " …".to_owned(),
        }
    };
    let all: String = labels::cut_pieces(pieces, style.lang).iter().map(print).collect();
    all.trim().to_owned()
}

fn page(page: &PageChange, style: Style) -> String {
    let lang = style.lang;
    let kind = page.kind.as_ref().map_or_else(String::new, |it| format!("{it}, "));
    let status = labels::status(page.status, lang);
    let mut out = line(1, &style.bold(&clean(&format!("{status}: {} ({kind}{})", page.title, page.url))));
    if let Some(moved) = labels::moved(page, lang) {
        out.push_str(&line(2, &clean(&moved)));
    }
    let is_whole = matches!(page.status, Status::Added | Status::Removed);
    if is_whole && page.words > 0 {
        out.push_str(&line(2, &labels::words(page.words, lang)));
    }
    page.facts.iter().for_each(|it| out.push_str(&fact(it, 2, style)));
    for passage in page.passages.iter().filter(|_| !is_whole) {
        let heading = if passage.heading.is_empty() { labels::opening(lang) } else { &passage.heading };
        out.push_str(&line(
            2,
            &format!("{}: {}", labels::quoted(&clean(heading), lang), pieces(&passage.pieces, style)),
        ));
    }
    page.figures.iter().for_each(|it| out.push_str(&figure(it, lang)));
    page.links.iter().for_each(|it| out.push_str(&link(it, lang)));
    page.pictures.iter().for_each(|it| out.push_str(&picture(it, lang)));
    if page.is_restyled {
        out.push_str(&line(2, labels::restyled(lang)));
    }
    out
}

fn figure(figure: &FigureChange, lang: Lang) -> String {
    let FigureChange { row, column, old, new, .. } = figure;
    let follows = if figure.follows { format!(" ({})", labels::follows(lang)) } else { String::new() };
    line(2, &format!("{}{follows}", clean(&format!("{row} · {column}: {old} → {new}"))))
}

fn link(link: &LinkChange, lang: Lang) -> String {
    let targets: Vec<&str> = link.old.iter().chain(&link.new).map(String::as_str).collect();
    line(
        2,
        &clean(&format!(
            "{}: {} ({})",
            labels::link(link, lang),
            labels::quoted(&link.text, lang),
            targets.join(" → ")
        )),
    )
}

fn picture(picture: &PictureChange, lang: Lang) -> String {
    let alts = picture.old_alt.iter().chain(&picture.new_alt);
    let mut alts: Vec<String> = alts.map(|it| labels::quoted(it, lang)).collect();
    alts.dedup();
    line(
        2,
        &clean(&format!(
            "{}: {} ({})",
            labels::picture(picture.status, lang),
            picture.path,
            alts.join(" → ")
        )),
    )
}

fn term(term: &TermChange, lang: Lang) -> String {
    let more = labels::term(term, lang).map_or_else(String::new, |it| format!(" ({it})"));
    line(1, &clean(&format!("{}: {}{more}", labels::status(term.status, lang), term.title)))
}

fn table(table: &TableChange, style: Style) -> String {
    let lang = style.lang;
    let status = labels::status(table.status, lang);
    let mut out = line(1, &style.bold(&clean(&format!("{status}: {}", table.title))));
    table.facts.iter().for_each(|it| out.push_str(&fact(it, 2, style)));
    for it in &table.columns {
        out.push_str(&part(labels::column(it, lang), it));
        it.facts.iter().for_each(|it| out.push_str(&fact(it, 3, style)));
    }
    table.rows.iter().for_each(|it| out.push_str(&part(labels::row(it, lang), it)));
    table.cells.iter().take(MOST_CELLS).for_each(|it| out.push_str(&cell(it, lang)));
    if table.cells.len() > MOST_CELLS {
        out.push_str(&line(2, &labels::left_out(table.cells.len() - MOST_CELLS, lang)));
    }
    if !table.shown_on.is_empty() {
        let titles: Vec<&str> = table.shown_on.iter().map(|it| it.0.as_str()).collect();
        let label = labels::say(lang, "Auch zu sehen auf", "also shown on");
        out.push_str(&line(2, &clean(&format!("{label}: {}", titles.join(", ")))));
    }
    out
}

fn part(name: &str, part: &PartChange) -> String {
    let from = part.old_title.as_ref().map_or_else(String::new, |it| format!("{it} → "));
    line(2, &clean(&format!("{name}: {from}{}", part.title)))
}

fn cell(cell: &CellChange, lang: Lang) -> String {
    let CellChange { row, column, old, new, .. } = cell;
    let derived = if cell.is_derived { format!(" ({})", labels::derived(lang)) } else { String::new() };
    line(2, &format!("{}{derived}", clean(&format!("{row} · {column}: {old} → {new}"))))
}
