//! BibTeX and BibLaTeX: entries with fields, strict, with exact places.
//!
//! [`raw`] reads the notation; here its entries become works. What is wrong is a finding, and
//! the reading goes on with the next field or entry.

mod raw;

use std::collections::HashMap;
use std::ops::Range;

use self::raw::{Entry, Field, Piece};
use super::latex;
use super::names::{Names, of_bibtex, split_bibtex};
use super::{Kind, Texts, Work, check_key, missing_title, set_text};
use crate::date::Date;
use crate::diag::{Diagnostic, Diagnostics, did_you_mean, nearest, text};
use crate::source::{FileId, Span, Spanned};

/// Reads all works of a file.
///
/// Findings: `bib-syntax`, `bib-crossref`, `bib-string`, `bib-type`, `bib-field`, `bib-command`, `duplicate-key`,
/// `missing-field`, `source-key`, `wrong-type`.
pub fn parse(file: FileId, written: &str, diags: &mut Diagnostics) -> Vec<Work> {
    let file_read = raw::read(file, written, diags);
    let reader = Reader { file, strings: &file_read.strings, entries: &file_read.entries };
    file_read.entries.iter().filter_map(|it| reader.work(it, diags)).collect()
}

/// The types of BibTeX and BibLaTeX with what they are here; `misc` has the kind of a report,
/// or that of a website where it has an address.
const TYPES: [(&str, Kind); 32] = [
    ("article", Kind::Article),
    ("suppperiodical", Kind::Article),
    ("book", Kind::Book),
    ("mvbook", Kind::Book),
    ("collection", Kind::Book),
    ("proceedings", Kind::Book),
    ("mvcollection", Kind::Book),
    ("mvproceedings", Kind::Book),
    ("reference", Kind::Book),
    ("periodical", Kind::Book),
    ("inbook", Kind::Chapter),
    ("bookinbook", Kind::Chapter),
    ("suppbook", Kind::Chapter),
    ("incollection", Kind::Chapter),
    ("inproceedings", Kind::Chapter),
    ("conference", Kind::Chapter),
    ("inreference", Kind::Chapter),
    ("report", Kind::Report),
    ("techreport", Kind::Report),
    ("manual", Kind::Report),
    ("booklet", Kind::Report),
    ("unpublished", Kind::Report),
    ("misc", Kind::Report),
    ("dataset", Kind::Report),
    ("online", Kind::Website),
    ("electronic", Kind::Website),
    ("www", Kind::Website),
    ("legislation", Kind::Law),
    ("legal", Kind::Law),
    ("thesis", Kind::Thesis),
    ("phdthesis", Kind::Thesis),
    ("mastersthesis", Kind::Thesis),
];

/// The fields that are read, with our keys for them.
const FIELDS: [(&str, &str); 29] = [
    ("title", "title"),
    ("year", "year"),
    ("date", "year"),
    ("shorthand", "short"),
    ("shortauthor", "short"),
    ("label", "short"),
    ("journal", "in"),
    ("journaltitle", "in"),
    ("booktitle", "in"),
    ("maintitle", "in"),
    ("series", "series"),
    ("edition", "edition"),
    ("volume", "volume"),
    ("number", "number"),
    ("issue", "number"),
    ("pages", "pages"),
    ("publisher", "publisher"),
    ("institution", "publisher"),
    ("school", "publisher"),
    ("organization", "publisher"),
    ("address", "place"),
    ("location", "place"),
    ("type", "type"),
    ("url", "url"),
    ("doi", "doi"),
    ("isbn", "isbn"),
    ("issn", "isbn"),
    ("howpublished", "note"),
    ("note", "note"),
];

/// Fields that are read in another way, and those that programs write and nobody needs here.
const OTHER_FIELDS: [&str; 30] = [
    "author",
    "editor",
    "subtitle",
    "urldate",
    "month",
    "abstract",
    "keywords",
    "file",
    "language",
    "langid",
    "annotation",
    "annote",
    "crossref",
    "key",
    "eprint",
    "eprinttype",
    "eprintclass",
    "chapter",
    "translator",
    "day",
    "urlyear",
    "timestamp",
    "owner",
    "shortjournal",
    "shorttitle",
    "titleaddon",
    "options",
    "pagetotal",
    "version",
    "booksubtitle",
];

/// What a part has from the work that its `crossref` names; the title of that is where it appeared.
const INHERITED: [&str; 8] = ["year", "series", "edition", "volume", "number", "publisher", "place", "isbn"];

struct Reader<'a> {
    file: FileId,
    /// The abbreviations of the file, and the months.
    strings: &'a HashMap<String, Vec<Piece<'a>>>,
    entries: &'a [Entry<'a>],
}

/// The value of a field: LaTeX in one piece, and its place.
struct Joined {
    text: String,
    span: Span,
    /// Where its only piece begins; none where it was put together.
    start: Option<usize>,
}

impl Reader<'_> {
    fn work(&self, entry: &Entry<'_>, diags: &mut Diagnostics) -> Option<Work> {
        let key = Spanned::new(entry.key.value.to_owned(), entry.key.span);
        if let Err(found) = check_key(&key) {
            diags.push(*found);
            return None;
        }
        let fields: Vec<(&Field<'_>, Joined)> =
            entry.fields.iter().filter_map(|it| Some((it, self.joined(it, diags)?))).collect();
        let find = |name: &str| fields.iter().find(|(it, _)| it.name.value == name).map(|(_, value)| value);
        let mut texts = self.texts(&fields, diags);
        if texts.title.is_empty() {
            // A title that could not be read is reported already.
            if !entry.fields.iter().any(|it| it.name.value == "title") {
                diags.push(missing_title(&key));
            }
            return None;
        }
        let mut names = |name| find(name).map_or_else(Names::default, |it| self.names(it, diags));
        let (authors, mut editors) = (names("author"), names("editor"));
        if let Some(whole) = find("crossref").and_then(|it| self.whole(it, &key, diags)) {
            self.inherit(whole, &mut texts, &mut editors);
        }
        let accessed = find("urldate").and_then(|it| self.accessed(it, diags));
        Some(Work { kind: kind(entry, &texts, diags), key, authors, editors, accessed, texts })
    }

    /// `bib-crossref`: the work that a part belongs to is another entry of the file.
    fn whole(&self, written: &Joined, part: &Spanned<String>, diags: &mut Diagnostics) -> Option<&Entry<'_>> {
        let key = written.text.trim();
        let others = || self.entries.iter().filter(|it| it.key.value != part.value);
        let found = others().find(|it| it.key.value == key);
        if found.is_none() {
            let message = text(
                format!("Einen anderen Eintrag „{key}“ gibt es in dieser Datei nicht."),
                format!("there is no other entry `{key}` in this file"),
            );
            let help = did_you_mean(key, others().map(|it| it.key.value));
            diags.push(Diagnostic::error("bib-crossref", written.span, message).maybe_help(help));
        }
        found
    }

    /// Takes over what a part has from the whole. What is wrong there is reported there.
    fn inherit(&self, whole: &Entry<'_>, texts: &mut Texts, editors: &mut Names) {
        let mut reported = Diagnostics::default();
        let fields: Vec<(&Field<'_>, Joined)> =
            whole.fields.iter().filter_map(|it| Some((it, self.joined(it, &mut reported)?))).collect();
        let mut given = self.texts(&fields, &mut reported);
        let mut all = vec![("in", std::mem::take(&mut given.title))];
        all.extend(INHERITED.map(|it| (it, given.named(it).map(std::mem::take).unwrap_or_default())));
        for (key, value) in all.into_iter().filter(|it| !it.1.is_empty()) {
            if texts.named(key).is_some_and(|it| it.is_empty()) {
                // A year that is none is reported where it stands.
                let _ = set_text(texts, key, &value, whole.key.span);
            }
        }
        let named = fields.iter().find(|(it, _)| it.name.value == "editor");
        if let Some((_, value)) = named.filter(|_| editors.list.is_empty()) {
            *editors = self.names(value, &mut reported);
        }
    }

    /// Puts the pieces of a value together.
    ///
    /// `bib-string`: an abbreviation is explained by `@string`.
    fn joined(&self, field: &Field<'_>, diags: &mut Diagnostics) -> Option<Joined> {
        let mut text_of_all = String::new();
        for piece in &field.value {
            match piece {
                Piece::Text { text, .. } => text_of_all.push_str(text),
                Piece::Name(name) => {
                    let Some(value) = self.strings.get(&name.value.to_ascii_lowercase()) else {
                        diags.push(self.unknown_string(name));
                        return None;
                    };
                    text_of_all.extend(value.iter().filter_map(Piece::text));
                }
            }
        }
        let start = match field.value[..] {
            [Piece::Text { start, .. }] => Some(start),
            _ => None,
        };
        Some(Joined { text: text_of_all, span: field.span, start })
    }

    fn unknown_string(&self, name: &Spanned<&str>) -> Diagnostic {
        let message = text(
            format!("Eine Abkürzung „{}“ gibt es in dieser Datei nicht.", name.value),
            format!("there is no abbreviation `{}` in this file", name.value),
        );
        let mut names: Vec<&str> = self.strings.keys().map(String::as_str).collect();
        names.sort_unstable();
        let help = did_you_mean(name.value, names).unwrap_or_else(|| {
            text(
                format!("Text steht in Klammern: {{{}}}", name.value),
                format!("text stands in braces: {{{}}}", name.value),
            )
        });
        Diagnostic::error("bib-string", name.span, message).help(help)
    }

    fn texts(&self, fields: &[(&Field<'_>, Joined)], diags: &mut Diagnostics) -> Texts {
        let mut texts = Texts::default();
        let mut subtitle = String::new();
        for (field, value) in fields {
            let name = field.name.value.as_str();
            if name == "subtitle" {
                subtitle = self.plain(value, diags);
            }
            let Some(key) = our_key(name) else {
                check_name(&field.name, diags);
                continue;
            };
            let is_taken = texts.named(key).is_some_and(|it| !it.is_empty());
            if is_taken {
                continue;
            }
            let plain = if key == "url" { value.text.trim().to_owned() } else { self.plain(value, diags) };
            let plain = if name == "date" { year_of(&plain).to_owned() } else { plain };
            if let Err(found) = set_text(&mut texts, key, &plain, value.span) {
                diags.push(*found);
            }
        }
        if !subtitle.is_empty() {
            let stop = if texts.title.ends_with(['?', '!', '.', ':']) { " " } else { ". " };
            texts.title.push_str(stop);
            texts.title.push_str(&subtitle);
        }
        texts
    }

    /// `bib-command`: LaTeX in a value can be shown as text.
    fn plain(&self, value: &Joined, diags: &mut Diagnostics) -> String {
        let plain = latex::plain(&value.text);
        for range in plain.unknown {
            let command = value.text[range.clone()].to_owned();
            let message = text(
                format!("Der LaTeX-Befehl „{command}“ ist nicht bekannt; gezeigt wird, was er enthält."),
                format!("the LaTeX command `{command}` is not known; what it holds is shown"),
            );
            diags.push(Diagnostic::warning("bib-command", self.place(value, range), message));
        }
        plain.text
    }

    fn place(&self, value: &Joined, range: Range<usize>) -> Span {
        match value.start {
            Some(start) => Span::new(self.file, start + range.start..start + range.end),
            None => value.span,
        }
    }

    fn names(&self, value: &Joined, diags: &mut Diagnostics) -> Names {
        let mut names = Names::default();
        for written in split_bibtex(&value.text) {
            let piece = Joined { text: written.text.to_owned(), span: value.span, start: None };
            let plain = self.plain(&piece, diags);
            if plain == "others" {
                names.and_others = true;
            } else if !plain.is_empty() {
                names.list.push(of_bibtex(&plain, written.is_whole));
            }
        }
        names
    }

    /// `wrong-type`: the day a page was looked at is a date.
    fn accessed(&self, value: &Joined, diags: &mut Diagnostics) -> Option<Date> {
        let written = value.text.trim();
        let date = Date::parse(written);
        if date.is_none() {
            let message =
                text("Das ist kein Datum der Form JJJJ-MM-TT.", "this is not a date of the form YYYY-MM-DD");
            let help = Date::parse_german(written)
                .map(|it| text(format!("Meinten Sie: {}", it.iso()), format!("did you mean: {}", it.iso())));
            diags.push(Diagnostic::error("wrong-type", value.span, message).maybe_help(help));
        }
        date
    }
}

/// `bib-type`: the type of an entry is one that is known; others are read as reports.
fn kind(entry: &Entry<'_>, texts: &Texts, diags: &mut Diagnostics) -> Kind {
    let name = entry.name.value.to_ascii_lowercase();
    let known = TYPES.iter().find(|it| it.0 == name).map(|it| it.1);
    if known.is_none() {
        let message = text(
            format!("Die Art „@{}“ ist nicht bekannt.", entry.name.value),
            format!("the type `@{}` is not known", entry.name.value),
        );
        let help = did_you_mean(&name, TYPES.iter().map(|it| it.0));
        diags.push(Diagnostic::warning("bib-type", entry.name.span, message).maybe_help(help));
    }
    match known {
        Some(_) if name == "misc" && !texts.url.is_empty() => Kind::Website,
        _ => known.unwrap_or(Kind::Report),
    }
}

fn our_key(field: &str) -> Option<&'static str> {
    FIELDS.iter().find(|it| it.0 == field).map(|it| it.1)
}

/// `bib-field`: a field that is nearly one that is read is that field.
fn check_name(name: &Spanned<String>, diags: &mut Diagnostics) {
    let read = FIELDS.iter().map(|it| it.0).chain(["author", "editor", "subtitle", "urldate"]);
    if OTHER_FIELDS.contains(&name.value.as_str()) || name.value.len() < 4 {
        return;
    }
    if let Some(meant) = nearest(&name.value, read) {
        let message = text(
            format!("Ein Feld „{}“ gibt es in BibTeX nicht; es wird nicht gelesen.", name.value),
            format!("there is no field `{}` in BibTeX; it is not read", name.value),
        );
        let help = text(format!("Meinten Sie: {meant}"), format!("did you mean: {meant}"));
        diags.push(Diagnostic::warning("bib-field", name.span, message).help(help));
    }
}

/// Returns the year of `2020-05-01` or `2020/2021`.
fn year_of(date: &str) -> &str {
    date.split('-').next().unwrap_or(date)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::literature::names::Name;
    use crate::source::Sources;

    fn read(written: &str) -> (Vec<Work>, Vec<String>) {
        let mut sources = Sources::default();
        let file = sources.add("literatur.bib", written);
        let mut diags = Diagnostics::default();
        let works = parse(file, written, &mut diags);
        let found = diags.iter().map(|it| {
            let position = sources.position(file, it.span.start);
            format!("{} {}:{}", it.code, position.line, position.column)
        });
        (works, found.collect())
    }

    #[track_caller]
    fn check_findings(written: &str, expected: &[&str]) {
        assert_eq!(read(written).1, expected);
    }

    #[test]
    fn an_entry_with_everything() {
        let (works, found) = read(
            "Kommentar\n@string{suhr = {Suhr\" # \"kamp}}\n@comment{ja {nein}}\n@preamble{\"x\"}\n\
             @Book(weiss-2020,\n  author = {M{\\\"u}ller, J\\\"org and {Bund} and others},\n  \
             title = \"Ein {\\\"U}bergang\", subtitle = {Und mehr},\n  year = 2020, month = mar # { 3},\n  \
             publisher = {Ver} # {lag}, pages = {12--14},\n)\n",
        );
        assert_eq!(found, Vec::<String>::new());
        let work = &works[0];
        assert_eq!(work.key.value, "weiss-2020");
        assert_eq!(work.texts.title, "Ein Übergang. Und mehr");
        assert_eq!((work.texts.year.as_str(), work.texts.pages.as_str()), ("2020", "12–14"));
        assert_eq!(work.texts.publisher, "Verlag");
        assert_eq!(work.authors.list[0].inverted(), "Müller, Jörg");
        assert_eq!(work.authors.list[1], Name::Institution("Bund".into()));
        assert!(work.authors.and_others);
    }

    #[test]
    fn a_part_has_from_the_whole_what_it_lacks() {
        let (works, found) = read(
            "@incollection{a, title = {Teil}, pages = {1--2}, crossref = {b}}\n\
             @collection{b, title = {Ganzes}, subtitle = {Mehr}, editor = {Suhr, Eva}, year = 2020,\n\
             publisher = {Verlag}, pages = {9}, note = {schön}}\n",
        );
        assert_eq!(found, Vec::<String>::new());
        let (part, texts) = (&works[0], &works[0].texts);
        assert_eq!((texts.title.as_str(), texts.container.as_str()), ("Teil", "Ganzes. Mehr"));
        assert_eq!((texts.year.as_str(), texts.publisher.as_str()), ("2020", "Verlag"));
        assert_eq!((texts.pages.as_str(), texts.note.as_str()), ("1–2", ""));
        assert_eq!(part.editors.list[0].inverted(), "Suhr, Eva");
    }

    #[test]
    fn each_fault_has_its_place() {
        check_findings("@inbook{a, title = {x}, crossref = {b}}", &["bib-crossref 1:36"]);
        check_findings("@inbook{a, title = {x}, crossref = {a}}", &["bib-crossref 1:36"]);
        check_findings(
            "@inbook{a, title = {x}, crossref = {b}}@book{b, title = {y}, year = {neu}}",
            &["wrong-type 1:69"],
        );
        check_findings("@book{a, title = {x}", &["bib-syntax 1:6"]);
        check_findings("@book{ö, titel = {x}}", &["bib-field 1:10", "missing-field 1:7"]);
        check_findings("@book{a, title = {x}, publisher = suhr}", &["bib-string 1:35"]);
        check_findings("@bok{a, title = {x}}", &["bib-type 1:2"]);
        check_findings("@book{a, title {x}}", &["bib-syntax 1:16"]);
        check_findings("@book{a, title = }", &["bib-syntax 1:18"]);
        check_findings("@book{a, title = {x} year = 2020}", &["bib-syntax 1:22"]);
        check_findings("@book{a b, title = {x}}", &["bib-syntax 1:9"]);
        check_findings("@book{, title = {x}}", &["bib-syntax 1:7"]);
        check_findings("@book a, title = {x}}", &["bib-syntax 1:7"]);
        check_findings("@book{a, title = {x}, year = {neu}}", &["wrong-type 1:30"]);
        check_findings("@book{a, title = {x}, title = {y}}", &["duplicate-key 1:23"]);
        check_findings("@book{a, title = {a \\foo{b}}}", &["bib-command 1:21"]);
        check_findings(
            "@online{a, title = {x}, url = {foo}, urldate = {3.5.2020}}",
            &["wrong-type 1:31", "wrong-type 1:48"],
        );
        check_findings("@string{a}", &["bib-syntax 1:10"]);
    }

    #[test]
    fn a_fault_costs_one_entry() {
        let (works, _) = read("@book{a, title = {x},\n@book{b, title = {y}}");
        assert_eq!(works.iter().map(|it| it.key.value.as_str()).collect::<Vec<_>>(), ["b"]);
        let (works, found) =
            read("@book{a, title = {x\n@book{b, title = {y}}\n@book{c title}\n@book{d, title={z}}");
        let keys: Vec<_> = works.iter().map(|it| it.key.value.as_str()).collect();
        assert_eq!(
            (keys, found),
            (vec!["b", "d"], vec!["bib-syntax 1:18".to_owned(), "bib-syntax 3:9".to_owned()])
        );
    }

    #[test]
    fn nothing_breaks_it() {
        let whole = "@string{s = \"x\"}\r\n@book{ä, author = {M{\\\"u}ller and {A}}, title = \"a {b}\" # s, year = 2020}";
        for end in (0..=whole.len()).filter(|&it| whole.is_char_boundary(it)) {
            read(&whole[..end]);
            read(&whole[end..]);
        }
        for written in [
            "@",
            "@{",
            "@@@",
            "@book{{{{",
            "}}}}",
            "@book{a,,,}",
            "@book{a, =}",
            "@comment",
            "@string{",
            "@book(a, b = (c)",
        ] {
            read(written);
        }
    }
}
