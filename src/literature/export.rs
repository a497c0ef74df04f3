//! Works for other programs: BibTeX (as BibLaTeX reads it) and RIS.

use super::citation::with_dashes;
use super::names::{Name, Names};
use super::{Kind, Work};

/// Returns a work as an entry of a BibTeX file.
pub fn bibtex(work: &Work) -> String {
    let texts = &work.texts;
    let container = if work.kind == Kind::Article { "journaltitle" } else { "booktitle" };
    let publisher = match work.kind {
        Kind::Report | Kind::Thesis => "institution",
        Kind::Website => "organization",
        _ => "publisher",
    };
    let accessed = work.accessed.map(|it| it.iso()).unwrap_or_default();
    let pages = with_dashes(&texts.pages).replace('–', "--");
    let fields = [
        ("author", names(&work.authors)),
        ("editor", names(&work.editors)),
        ("title", escaped(&texts.title)),
        ("year", escaped(&texts.year)),
        (if work.authors.list.is_empty() { "shorthand" } else { "shortauthor" }, escaped(&texts.short)),
        (container, escaped(&texts.container)),
        ("series", escaped(&texts.series)),
        ("edition", escaped(&texts.edition)),
        ("volume", escaped(&texts.volume)),
        ("number", escaped(&texts.number)),
        ("pages", escaped(&pages)),
        ("type", escaped(&texts.genre)),
        ("location", escaped(&texts.place)),
        (publisher, escaped(&texts.publisher)),
        ("isbn", escaped(&texts.isbn)),
        ("doi", escaped(&texts.doi)),
        ("url", texts.url.replace(['{', '}', '\\'], "")),
        ("urldate", accessed),
        ("note", escaped(&texts.note)),
    ];
    let mut out = format!("@{}{{{}", entry_type(work.kind), work.key.value);
    for (name, value) in fields.iter().filter(|it| !it.1.is_empty()) {
        out.push_str(&format!(",\n  {name} = {{{value}}}"));
    }
    out + "\n}\n"
}

fn entry_type(kind: Kind) -> &'static str {
    match kind {
        Kind::Book => "book",
        Kind::Article => "article",
        Kind::Chapter => "incollection",
        Kind::Report => "report",
        Kind::Website => "online",
        Kind::Law => "legislation",
        Kind::Thesis => "thesis",
    }
}

fn names(names: &Names) -> String {
    let mut all: Vec<String> = names
        .list
        .iter()
        .map(|it| match it {
            Name::Person { .. } => escaped(&it.inverted()),
            Name::Institution(name) => format!("{{{}}}", escaped(name)),
        })
        .collect();
    if names.and_others {
        all.push("others".to_owned());
    }
    all.join(" and ")
}

/// Letters stay what they are; signs that mean something in LaTeX do not.
fn escaped(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    for sign in text.chars() {
        match sign {
            '&' | '%' | '#' | '_' | '$' => out.extend(['\\', sign]),
            '{' | '}' | '\\' | '\n' | '\r' => out.push(' '),
            '~' => out.push_str("\\textasciitilde{}"),
            '\u{a0}' => out.push('~'),
            _ => out.push(sign),
        }
    }
    out
}

/// Returns a work as an entry of an RIS file; its lines end as the format says.
pub fn ris(work: &Work) -> String {
    let texts = &work.texts;
    let pages = with_dashes(&texts.pages);
    let (first, last) = pages.split_once('–').unwrap_or((&pages, ""));
    let year: String = texts.year.chars().take_while(char::is_ascii_digit).collect();
    let spoken = |names: &Names| names.list.iter().map(Name::inverted).collect::<Vec<_>>();
    let (authors, editors) = (spoken(&work.authors), spoken(&work.editors));
    let mut lines = vec![("TY", ris_type(work.kind).to_owned()), ("ID", work.key.value.clone())];
    lines.extend(authors.into_iter().map(|it| ("AU", it)));
    let editor_tag = if work.authors.list.is_empty() { "AU" } else { "A2" };
    lines.extend(editors.into_iter().map(|it| (editor_tag, it)));
    let accessed = work.accessed.map(|it| it.iso().replace('-', "/")).unwrap_or_default();
    lines.extend([
        ("TI", texts.title.clone()),
        ("PY", year),
        ("T2", texts.container.clone()),
        ("T3", texts.series.clone()),
        ("ET", texts.edition.clone()),
        ("VL", texts.volume.clone()),
        ("IS", texts.number.clone()),
        ("SP", first.to_owned()),
        ("EP", last.to_owned()),
        ("M3", texts.genre.clone()),
        ("CY", texts.place.clone()),
        ("PB", texts.publisher.clone()),
        ("SN", texts.isbn.clone()),
        ("DO", texts.doi.clone()),
        ("UR", texts.url.clone()),
        ("Y2", accessed),
        ("N1", texts.note.clone()),
    ]);
    let mut out = String::new();
    for (tag, value) in lines.iter().filter(|it| !it.1.is_empty()) {
        let value = value.split_whitespace().collect::<Vec<_>>().join(" ");
        out.push_str(&format!("{tag}  - {value}\r\n"));
    }
    out + "ER  - \r\n"
}

fn ris_type(kind: Kind) -> &'static str {
    match kind {
        Kind::Book => "BOOK",
        Kind::Article => "JOUR",
        Kind::Chapter => "CHAP",
        Kind::Report => "RPRT",
        Kind::Website => "ELEC",
        Kind::Law => "STAT",
        Kind::Thesis => "THES",
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::diag::Diagnostics;
    use crate::literature::bibtex as reader;
    use crate::source::Sources;

    fn read(written: &str) -> Work {
        let file = Sources::default().add("a.bib", written);
        let mut diags = Diagnostics::default();
        let work = reader::parse(file, written, &mut diags).pop().unwrap();
        assert_eq!(diags, Diagnostics::default());
        work
    }

    const ENTRY: &str = "@incollection{weiß:2020, author={Müller, Jörg and {A and B} and others}, editor={Meier, Anna}, \
         title={Recht \\& 5\\,\\% \\#1}, booktitle={Das Buch}, year=2020, pages={12--14}, doi={10.1/a_b}, \
         url={https://a.de/b_c%20d}, urldate={2025-05-03}, publisher={V}}";

    #[test]
    fn what_is_written_is_read_again() {
        let mut work = read(ENTRY);
        let mut again = read(&bibtex(&work));
        again.key.span = work.key.span;
        work.texts.title = work.texts.title.clone();
        assert_eq!(again, work);
    }

    #[test]
    fn ris_has_one_line_for_each_thing() {
        let expected = "TY  - CHAP|ID  - weiß:2020|AU  - Müller, Jörg|AU  - {A and B}|A2  - Meier, Anna|\
             TI  - Recht & 5 % #1|PY  - 2020|T2  - Das Buch|SP  - 12|EP  - 14|PB  - V|DO  - 10.1/a_b|\
             UR  - https://a.de/b_c%20d|Y2  - 2025/05/03|ER  - |";
        assert_eq!(ris(&read(ENTRY)).replace("\r\n", "|"), expected.replace("{A and B}", "A and B"));
    }
}
