//! The changes as one page, both states side by side.
//!
//! It stands alone: its style is in it, allowed by its hash in a policy that forbids everything
//! else. The colours and sizes are those of the standard theme.

use base64::Engine;
use base64::engine::general_purpose::STANDARD;
use sha2::{Digest, Sha256};

use super::{
    CellChange, Changes, Fact, FigureChange, LinkChange, Lost, PageChange, PartChange, PictureChange, Piece,
    Status, TableChange, TermChange, labels,
};
use crate::diag::{Lang, text};
use crate::html::escape;

const SKELETON: &str = include_str!("page.html");
const STYLE: &str = include_str!("page.css");
const THEME: &str = include_str!("../../themes/standard/static/style.css");

/// Values of one table that are shown; the rest is counted.
const MOST_CELLS: usize = 2_000;

/// The names of both states.
#[derive(Clone, Copy, Debug)]
pub struct Names<'a> {
    pub old: &'a str,
    pub new: &'a str,
}

/// Prints the changes.
pub fn print(changes: &Changes, names: Names<'_>, lang: Lang) -> String {
    let style = format!("{}\n{STYLE}", tokens());
    let hash = STANDARD.encode(Sha256::digest(&style));
    let policy =
        format!("default-src 'none'; style-src 'sha256-{hash}'; base-uri 'none'; form-action 'none'");
    let title = format!("{} – {}", heading(lang), changes.title);
    let page = Page { lang, site_lang: changes.lang };
    // In the order of the page, so that no text is taken for a name.
    let parts = [
        ("{lang}", code(lang).to_owned()),
        ("{policy}", escape(&policy)),
        ("{title}", escape(&title)),
        ("{style}", style),
        ("{body}", page.body(changes, names)),
    ];
    let (mut out, mut rest) = (String::new(), SKELETON);
    for (name, value) in parts {
        let (before, after) = rest.split_once(name).unwrap_or((rest, ""));
        out.push_str(before);
        out.push_str(&value);
        rest = after;
    }
    out + rest
}

/// Returns the part of the theme's style that holds its colours and sizes.
fn tokens() -> &'static str {
    let end = THEME.find("/* 2 Base */").unwrap_or(0);
    &THEME[..end]
}

fn heading(lang: Lang) -> &'static str {
    labels::say(lang, "Was sich für Leser*innen ändert", "What changes for readers")
}

fn code(lang: Lang) -> &'static str {
    labels::say(lang, "de", "en")
}

/// The languages of the page and of what it shows.
#[derive(Clone, Copy)]
struct Page {
    lang: Lang,
    site_lang: Lang,
}

/// One part of the page: its id, its heading, its HTML, and what the jump list says of it.
struct Part {
    id: &'static str,
    heading: &'static str,
    html: String,
    jumps: Vec<String>,
}

impl Page {
    fn say(self, de: &'static str, en: &'static str) -> &'static str {
        labels::say(self.lang, de, en)
    }

    fn body(self, changes: &Changes, names: Names<'_>) -> String {
        let parts: Vec<Part> = self.parts(changes).into_iter().filter(|it| !it.html.is_empty()).collect();
        let mut out = format!(
            "<header><div class=\"wrap\">\n<p class=\"site\">{}</p>\n<h1>{}</h1>\n<p class=\"states\">{}: \
             <code>{}</code> → {}: <code>{}</code></p>\n<p class=\"summary\">{}</p>\n</div></header>\n",
            escape(&changes.title),
            heading(self.lang),
            self.say("vorher", "before"),
            escape(names.old),
            self.say("jetzt", "now"),
            escape(names.new),
            escape(&labels::summary(changes, self.lang)),
        );
        if !parts.is_empty() {
            out.push_str(&self.jump_list(&parts));
        }
        out.push_str("<main class=\"wrap\">\n");
        for part in &parts {
            out.push_str(&format!(
                "<section class=\"part\" aria-labelledby=\"{0}\">\n<h2 id=\"{0}\">{1}</h2>\n{2}</section>\n",
                part.id, part.heading, part.html
            ));
        }
        out + "</main>\n"
    }

    fn jump_list(self, parts: &[Part]) -> String {
        let title = self.say("Was sich geändert hat", "What changed");
        let mut out = format!(
            "<nav class=\"jump\" aria-labelledby=\"sprung\"><div class=\"wrap\">\n<h2 id=\"sprung\">{title}</h2>\n<ul>\n"
        );
        for part in parts {
            out.push_str(&format!("<li><a href=\"#{}\">{}</a>", part.id, part.heading));
            if !part.jumps.is_empty() {
                out.push_str(&format!("\n<ul>\n{}</ul>", part.jumps.concat()));
            }
            out.push_str("</li>\n");
        }
        out + "</ul>\n</div></nav>\n"
    }

    fn parts(self, changes: &Changes) -> Vec<Part> {
        let lang = self.lang;
        let part = |id, heading, html, jumps| Part { id, heading, html, jumps };
        let jump = |kind: &str, at: usize, title: &str, status: Status| {
            let status = labels::status(status, lang);
            format!("<li><a href=\"#{kind}-{}\">{}</a> ({status})</li>\n", at + 1, self.site_text(title))
        };
        let pages = changes.pages.iter().enumerate();
        let tables = changes.tables.iter().enumerate();
        vec![
            part(
                "adressen",
                labels::lost_heading(lang),
                changes.lost.iter().map(|it| self.lost(it)).collect(),
                vec![],
            ),
            part("website", labels::site_heading(lang), self.changed(&changes.site), vec![]),
            part(
                "seiten",
                labels::pages_heading(lang),
                pages.clone().map(|(at, it)| self.page(at, it)).collect(),
                pages.map(|(at, it)| jump("seite", at, &it.title, it.status)).collect(),
            ),
            part(
                "tabellen",
                labels::tables_heading(lang),
                tables.clone().map(|(at, it)| self.table(at, it)).collect(),
                tables.map(|(at, it)| jump("tabelle", at, &it.title, it.status)).collect(),
            ),
            part("begriffe", labels::terms_heading(lang), self.terms(&changes.terms), vec![]),
            part("dateien", labels::files_heading(lang), self.files(changes), vec![]),
        ]
    }

    /// Returns text of the site; where it speaks another language than the page, with its own.
    fn site_text(self, text: &str) -> String {
        if self.lang == self.site_lang {
            return escape(text);
        }
        format!("<span lang=\"{}\">{}</span>", code(self.site_lang), escape(text))
    }

    fn badge(self, status: Status) -> String {
        let class = match status {
            Status::Removed => "badge removed",
            Status::Moved => "badge moved",
            Status::Added | Status::Changed => "badge",
        };
        format!("<span class=\"{class}\">{}</span>", labels::status(status, self.lang))
    }

    fn lost(self, lost: &Lost) -> String {
        let (message, help) = labels::lost(lost, self.lang);
        let help = help.map_or_else(String::new, |it| format!("<p>{}</p>", escape(&it)));
        format!("<div class=\"warning\"><p>{}</p>{help}</div>\n", escape(&message))
    }

    fn changed(self, facts: &[Fact]) -> String {
        if facts.is_empty() {
            return String::new();
        }
        format!(
            "<div class=\"change\">\n{}</div>\n",
            facts.iter().map(|it| self.fact(it)).collect::<String>()
        )
    }

    /// Puts what is above both sides, and the sides.
    fn pair(self, label: &str, old: &str, new: &str) -> String {
        let other = if self.lang == self.site_lang { "" } else { code(self.site_lang) };
        let lang = if other.is_empty() { String::new() } else { format!(" lang=\"{other}\"") };
        let none = format!("<span class=\"none\">{}</span>", labels::none(self.lang));
        let side = |class: &str, name: &str, html: &str| {
            let html = if html.trim().is_empty() { &none } else { html };
            format!(
                "<div class=\"side {class}\"><span class=\"side-name\">{name}</span><span{lang}>{}</span></div>\n",
                html.trim()
            )
        };
        format!(
            "<div class=\"pair\">\n<p class=\"label\">{}</p>\n{}{}</div>\n",
            escape(label),
            side("old", self.say("vorher", "before"), old),
            side("new", self.say("jetzt", "now"), new)
        )
    }

    fn fact(self, fact: &Fact) -> String {
        let label = fact.label.in_lang(self.lang);
        if !fact.pieces.is_empty() {
            return self.pair(label, &self.side(&fact.pieces, true), &self.side(&fact.pieces, false));
        }
        let old = fact.old.as_ref().map_or_else(String::new, |it| self.removed(it));
        let new = fact.new.as_ref().map_or_else(String::new, |it| self.added(it));
        self.pair(label, &old, &new)
    }

    /// Shows what is in one state only; its block says in which.
    fn alone(self, label: &str, text: &str, status: Status) -> String {
        let class = if status == Status::Added { "new" } else { "old" };
        format!(
            "<div class=\"pair alone\">\n<p class=\"label\">{}</p>\n<div class=\"side {class}\">{}</div>\n</div>\n",
            escape(label),
            self.site_text(text.trim())
        )
    }

    fn whole_page(self, page: &PageChange) -> String {
        let facts = page.facts.iter().map(|it| {
            let text = it.new.as_ref().or(it.old.as_ref()).map_or("", String::as_str);
            self.alone(it.label.in_lang(self.lang), text, page.status)
        });
        let passages = page.passages.iter().map(|it| {
            let heading = if it.heading.is_empty() { labels::opening(self.lang) } else { &it.heading };
            let texts = it.pieces.iter().map(|it| match it {
                Piece::Added(text) | Piece::Removed(text) | Piece::Same(text) => text.as_str(),
                Piece::Gap => "",
            });
            self.alone(heading, &texts.collect::<String>(), page.status)
        });
        facts.chain(passages).collect()
    }

    fn removed(self, text: &str) -> String {
        self.marked("del", text, self.say("entfernt:", "removed:"))
    }

    fn added(self, text: &str) -> String {
        self.marked("ins", text, self.say("neu:", "added:"))
    }

    /// Marks a change; who hears the page hears where it begins and ends.
    fn marked(self, tag: &str, text: &str, word: &str) -> String {
        let inner = text.trim_start_matches(' ');
        let blank = &text[..text.len() - inner.len()];
        let own = if self.lang == self.site_lang {
            String::new()
        } else {
            format!(" lang=\"{}\"", code(self.lang))
        };
        let end = self.say("Ende", "end");
        format!(
            "{blank}<{tag}><span class=\"hidden\"{own}>[{word} </span>{}<span class=\"hidden\"{own}> {end}]</span></{tag}>",
            escape(inner)
        )
    }

    /// Returns one side of a text.
    fn side(self, pieces: &[Piece], is_old: bool) -> String {
        let print = |it: &Piece| match it {
            Piece::Same(text) => escape(text),
            Piece::Removed(text) if is_old => self.removed(text),
            Piece::Added(text) if !is_old => self.added(text),
            Piece::Removed(_) | Piece::Added(_) => String::new(),
            Piece::Gap => " <span class=\"gap\">…</span>".to_owned(),
        };
        pieces.iter().map(print).collect()
    }

    /// Opens the block of a page or table.
    fn open(self, kind: &str, at: usize, status: Status, title: &str) -> String {
        let class = match status {
            Status::Removed => "change removed",
            Status::Moved => "change moved",
            Status::Added | Status::Changed => "change",
        };
        format!(
            "<div class=\"{class}\" id=\"{kind}-{}\">\n<h3>{} {}</h3>\n",
            at + 1,
            self.badge(status),
            self.site_text(title)
        )
    }

    fn page(self, at: usize, page: &PageChange) -> String {
        let lang = self.lang;
        let mut out = self.open("seite", at, page.status, &page.title);
        let kind = page.kind.as_ref().map_or_else(String::new, |it| format!("{} · ", self.site_text(it)));
        let moved = labels::moved(page, lang).map_or_else(String::new, |it| format!(" · {}", escape(&it)));
        let words = labels::words(page.words, lang);
        out.push_str(&format!(
            "<p class=\"place\">{kind}<code>{}</code> · {}{moved}</p>\n",
            escape(&page.url),
            escape(&words)
        ));
        if matches!(page.status, Status::Added | Status::Removed) {
            return out + &self.whole_page(page) + "</div>\n";
        }
        page.facts.iter().for_each(|it| out.push_str(&self.fact(it)));
        for passage in &page.passages {
            let heading = if passage.heading.is_empty() { labels::opening(lang) } else { &passage.heading };
            out.push_str(&self.pair(
                heading,
                &self.side(&passage.pieces, true),
                &self.side(&passage.pieces, false),
            ));
        }
        if !page.figures.is_empty() {
            let rows = page.figures.iter().map(|it| self.figure(it)).collect::<String>();
            out.push_str(&self.grid(self.say("Zahlen im Text", "figures in the text"), at, "zahlen", &rows));
        }
        let links = page.links.iter().map(|it| self.link(it));
        let items: String = links.chain(page.pictures.iter().map(|it| self.picture(it))).collect();
        out.push_str(&list(&items));
        if page.is_restyled {
            out.push_str(&format!("<p class=\"note\">{}</p>\n", labels::restyled(lang)));
        }
        out + "</div>\n"
    }

    fn link(self, link: &LinkChange) -> String {
        let old = link.old.iter().map(|it| format!("<code>{}</code>", self.removed(it)));
        let new = link.new.iter().map(|it| format!("<code>{}</code>", self.added(it)));
        let targets: Vec<String> = old.chain(new).collect();
        format!(
            "<li>{}: {} {}</li>\n",
            labels::link(link, self.lang),
            labels::quoted(&self.site_text(&link.text), self.lang),
            targets.join(" → ")
        )
    }

    fn picture(self, picture: &PictureChange) -> String {
        let alt = match (&picture.old_alt, &picture.new_alt) {
            (Some(old), Some(new)) if old == new => self.site_text(old),
            (old, new) => {
                let old = old.iter().map(|it| self.removed(it));
                old.chain(new.iter().map(|it| self.added(it))).collect::<Vec<_>>().join(" → ")
            }
        };
        format!(
            "<li>{}: <code>{}</code> – {alt}</li>\n",
            labels::picture(picture.status, self.lang),
            escape(&picture.path)
        )
    }

    /// Puts figures into a table that can be scrolled.
    fn grid(self, caption: &str, at: usize, kind: &str, rows: &str) -> String {
        let id = format!("{kind}-{}", at + 1);
        let [value, before, now] = match self.lang {
            Lang::De => ["Angabe", "vorher", "jetzt"],
            Lang::En => ["value", "before", "now"],
        };
        format!(
            "<div class=\"scroll\" role=\"region\" tabindex=\"0\" aria-labelledby=\"{id}\"><table>\n<caption \
             id=\"{id}\">{}</caption>\n<thead><tr><th scope=\"col\">{value}</th><th scope=\"col\" \
             class=\"value\">{before}</th><th scope=\"col\" class=\"value\">{now}</th></tr></thead>\n<tbody>\n\
             {rows}</tbody>\n</table></div>\n",
            escape(caption)
        )
    }

    fn row(self, name: &str, [old, new]: [&str; 2], note: &str) -> String {
        let note =
            if note.is_empty() { String::new() } else { format!(" <span class=\"more\">{note}</span>") };
        format!(
            "<tr><th scope=\"row\">{}{note}</th><td class=\"value\">{}</td><td class=\"value\">{}</td></tr>\n",
            self.site_text(name),
            self.removed(old),
            self.added(new)
        )
    }

    fn figure(self, it: &FigureChange) -> String {
        let note = if it.follows { labels::follows(self.lang) } else { "" };
        self.row(&format!("{} · {}", it.row, it.column), [&it.old, &it.new], note)
    }

    fn cell(self, it: &CellChange) -> String {
        let note = if it.is_derived { labels::derived(self.lang) } else { "" };
        let unit = it.unit.as_ref().map_or_else(String::new, |it| format!(" ({it})"));
        self.row(&format!("{} · {}{unit}", it.row, it.column), [&it.old, &it.new], note)
    }

    fn table(self, at: usize, table: &TableChange) -> String {
        let lang = self.lang;
        let mut out = self.open("tabelle", at, table.status, &table.title);
        if let Some(url) = &table.url {
            out.push_str(&format!("<p class=\"place\"><code>{}</code></p>\n", escape(url)));
        }
        table.facts.iter().for_each(|it| out.push_str(&self.fact(it)));
        let (told, plain): (Vec<&PartChange>, Vec<&PartChange>) =
            table.columns.iter().partition(|it| it.status == Status::Changed);
        for column in told {
            for fact in &column.facts {
                let label = format!("{} · {}", column.title, fact.label.in_lang(lang));
                let label = text(label.clone(), label);
                out.push_str(&self.fact(&Fact { label, ..fact.clone() }));
            }
        }
        let columns = plain.into_iter().map(|it| self.part(labels::column(it, lang), it));
        let items: String =
            columns.chain(table.rows.iter().map(|it| self.part(labels::row(it, lang), it))).collect();
        out.push_str(&list(&items));
        if !table.cells.is_empty() {
            let rows: String = table.cells.iter().take(MOST_CELLS).map(|it| self.cell(it)).collect();
            out.push_str(&self.grid(self.say("Werte", "values"), at, "werte", &rows));
        }
        let more = table.cells.len().saturating_sub(MOST_CELLS);
        if more > 0 {
            out.push_str(&format!("<p class=\"note\">{}</p>\n", labels::left_out(more, lang)));
        }
        if !table.shown_on.is_empty() {
            let titles: Vec<String> = table.shown_on.iter().map(|it| self.site_text(&it.0)).collect();
            let label = self.say("Auch zu sehen auf", "also shown on");
            out.push_str(&format!("<p class=\"note\">{label}: {}</p>\n", titles.join(", ")));
        }
        out + "</div>\n"
    }

    fn part(self, name: &str, part: &PartChange) -> String {
        let title = match (part.status, &part.old_title) {
            (_, Some(old)) => format!("{} → {}", self.removed(old), self.added(&part.title)),
            (Status::Removed, None) => self.removed(&part.title),
            _ => self.added(&part.title),
        };
        format!("<li>{name}: {title}</li>\n")
    }

    fn terms(self, terms: &[TermChange]) -> String {
        let items = terms.iter().map(|it| {
            let more =
                labels::term(it, self.lang).map_or_else(String::new, |it| format!(" ({})", escape(&it)));
            format!("<li>{} {}{more}</li>\n", self.badge(it.status), self.site_text(&it.title))
        });
        list(&items.collect::<String>())
    }

    fn files(self, changes: &Changes) -> String {
        let items = changes.files.iter().map(|it| {
            let from = it
                .old_path
                .as_ref()
                .map_or_else(String::new, |from| format!("<code>{}</code> → ", escape(from)));
            let size = escape(&labels::size(it, self.lang));
            format!("<li>{} {from}<code>{}</code> ({size})</li>\n", self.badge(it.status), escape(&it.path))
        });
        list(&items.collect::<String>())
    }
}

fn list(items: &str) -> String {
    if items.is_empty() { String::new() } else { format!("<ul class=\"list\">\n{items}</ul>\n") }
}
