//! Works in one German style, author and year:
//! „Müller, Jörg/Weiß, Änne (2020): Titel. 3. Aufl. Berlin: Springer.“

use std::collections::BTreeMap;

use super::citation::with_dashes;
use super::names::{Name, Names};
use super::{Kind, Work};
use crate::collate::collation_key;
use crate::content::typography::set_line;
use crate::diag::Lang;

/// What a text calls a work.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Label {
    pub names: String,
    /// `2020a`, or „o. J.“; empty where the year says nothing, as for laws.
    pub year: String,
}

impl Label {
    /// Returns „Münder 2020“.
    pub fn text(&self) -> String {
        if self.year.is_empty() { self.names.clone() } else { format!("{} {}", self.names, self.year) }
    }
}

/// A piece of an entry in a list of sources.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Piece {
    Text(String),
    /// What can be looked for in a catalogue: the title of a book, the name of a journal.
    Title(String),
    /// An address on the web.
    Address(String),
}

/// The words of the style.
struct Style {
    lang: Lang,
    editors: &'static str,
    no_year: &'static str,
    others: &'static str,
    within: &'static str,
    edition: &'static str,
    volume: &'static str,
    number: &'static str,
    pages: &'static str,
    accessed: &'static str,
    thesis: &'static str,
}

fn style(lang: Lang) -> Style {
    match lang {
        Lang::De => Style {
            lang,
            editors: "Hrsg.",
            no_year: "o.\u{a0}J.",
            others: "u.\u{a0}a.",
            within: "In:",
            edition: "Aufl.",
            volume: "Jg.",
            number: "Nr.",
            pages: "S.",
            accessed: "abgerufen am",
            thesis: "Hochschulschrift",
        },
        Lang::En => Style {
            lang,
            editors: "ed.",
            no_year: "n.\u{a0}d.",
            others: "et\u{a0}al.",
            within: "In:",
            edition: "ed.",
            volume: "vol.",
            number: "no.",
            pages: "pp.",
            accessed: "accessed",
            thesis: "Thesis",
        },
    }
}

/// More people than this are „u. a.“ in a text.
const MOST_NAMES: usize = 3;

/// Returns what texts call each work. Two that would be called the same get a letter behind
/// the year, in the order of their titles.
pub fn labels(works: &[&Work], lang: Lang) -> Vec<Label> {
    let mut labels: Vec<Label> = works.iter().map(|it| label(it, lang)).collect();
    let mut same: BTreeMap<(String, String), Vec<usize>> = BTreeMap::new();
    for (at, label) in labels.iter().enumerate().filter(|(_, it)| !it.year.is_empty()) {
        same.entry((label.names.clone(), label.year.clone())).or_default().push(at);
    }
    for mut group in same.into_values().filter(|it| it.len() > 1) {
        group.sort_by_cached_key(|&at| (collation_key(&works[at].texts.title), works[at].key.value.clone()));
        for (number, at) in group.into_iter().enumerate() {
            let year = &mut labels[at].year;
            let blank = if year.ends_with('.') { "\u{a0}" } else { "" };
            *year = format!("{year}{blank}{}", letters(number));
        }
    }
    labels
}

/// Returns `a` to `z`, then `aa` and so on.
fn letters(number: usize) -> String {
    let last = char::from(b'a' + u8::try_from(number % 26).unwrap_or_default());
    if number < 26 { last.to_string() } else { format!("{}{last}", letters(number / 26 - 1)) }
}

/// Returns what a text calls a work that it has no other beside.
pub fn label(work: &Work, lang: Lang) -> Label {
    let style = style(lang);
    let people = if work.authors.list.is_empty() { &work.editors } else { &work.authors };
    let names = match &work.texts.short {
        short if !short.is_empty() => set_line(lang, short),
        _ if people.list.is_empty() => short_title(work, lang),
        _ => families(people, &style),
    };
    Label { names, year: if work.kind == Kind::Law { String::new() } else { year(work, &style) } }
}

fn year(work: &Work, style: &Style) -> String {
    match work.texts.year.as_str() {
        "" => style.no_year.to_owned(),
        year => with_dashes(year),
    }
}

fn families(people: &Names, style: &Style) -> String {
    let others = people.and_others || people.list.len() > MOST_NAMES;
    let shown = if others { 1 } else { people.list.len() };
    let names: Vec<String> =
        people.list[..shown].iter().map(|it| set_line(style.lang, it.family())).collect();
    let more = if others { format!(" {}", style.others) } else { String::new() };
    format!("{}{more}", names.join("/"))
}

/// Words of a title that stands for its author.
const TITLE_WORDS: usize = 5;

fn short_title(work: &Work, lang: Lang) -> String {
    let title = set_line(lang, &work.texts.title);
    let words: Vec<&str> = title.split(' ').collect();
    let cut =
        if words.len() > TITLE_WORDS { format!("{} …", words[..TITLE_WORDS].join(" ")) } else { title };
    match (work.kind, lang) {
        (Kind::Law, _) => cut,
        (_, Lang::De) => format!("„{}“", cut.replace('„', "‚").replace('“', "‘")),
        (_, Lang::En) => format!("“{}”", cut.replace('“', "‘").replace('”', "’")),
    }
}

/// Returns how a text names a place in a work: „Münder 2020, S. 12“; for a law „§ 41 SGB VIII“.
pub fn in_text(work: &Work, label: &Label, prefix: &str, locator: &str, lang: Lang) -> String {
    let is_section = work.kind == Kind::Law && ['§', 'A'].iter().any(|&it| locator.starts_with(it));
    let named = match locator {
        "" => label.text(),
        // „§ 41 SGB VIII“, „Art. 6 GG“, „Anlage 1 SGB XI“ read as they are spoken.
        _ if is_section => format!("{locator} {}", label.text()),
        _ => format!("{}, {locator}", label.text()),
    };
    let whole = if prefix.is_empty() { named } else { format!("{prefix} {named}") };
    // „S. 12 f.“ does not break.
    set_line(lang, &whole).replace(" f.", "\u{a0}f.").replace(" ff.", "\u{a0}ff.").replace("S. ", "S.\u{a0}")
}

/// Returns the text by which a list of sources is ordered.
pub fn sort_key(work: &Work, label: &Label, lang: Lang) -> String {
    let mut writer = Writer { style: style(lang), pieces: Vec::new() };
    writer.head(work, label);
    format!("{}{}", collation_key(&plain(&writer.pieces)), collation_key(&work.texts.title))
}

/// Returns an entry of a list of sources.
pub fn reference(work: &Work, label: &Label, lang: Lang) -> Vec<Piece> {
    let mut writer = Writer { style: style(lang), pieces: Vec::new() };
    writer.head(work, label);
    match work.kind {
        Kind::Article | Kind::Chapter => writer.part(work),
        Kind::Law => writer.law(work),
        Kind::Book | Kind::Report | Kind::Website | Kind::Thesis => writer.whole(work),
    }
    writer.end(work);
    writer.pieces
}

/// Returns pieces as plain text.
pub fn plain(pieces: &[Piece]) -> String {
    pieces
        .iter()
        .map(|it| match it {
            Piece::Text(text) | Piece::Title(text) | Piece::Address(text) => text.as_str(),
        })
        .collect()
}

struct Writer {
    style: Style,
    pieces: Vec<Piece>,
}

impl Writer {
    fn set(&self, text: &str) -> String {
        set_line(self.style.lang, text)
    }

    fn text(&mut self, text: &str) {
        match self.pieces.last_mut() {
            Some(Piece::Text(last)) => last.push_str(text),
            _ => self.pieces.push(Piece::Text(text.to_owned())),
        }
    }

    fn title(&mut self, title: &str) {
        let title = self.set(title);
        self.pieces.push(Piece::Title(title));
    }

    /// Ends a sentence, unless it has ended.
    fn stop(&mut self) {
        let last = self.pieces.last().and_then(|it| match it {
            Piece::Text(text) | Piece::Title(text) | Piece::Address(text) => text.chars().next_back(),
        });
        self.text(if last.is_some_and(|it| ".?!…".contains(it)) { " " } else { ". " });
    }

    /// Writes a sentence, where there is one.
    fn sentence(&mut self, text: &str) {
        if !text.is_empty() {
            let text = self.set(text);
            self.text(&text);
            self.stop();
        }
    }

    /// Writes „Müller, Jörg (2020): “; the title stands first where nobody is named.
    fn head(&mut self, work: &Work, label: &Label) {
        let people = if work.authors.list.is_empty() { &work.editors } else { &work.authors };
        if work.kind == Kind::Law {
            let short = self.set(&work.texts.short);
            if !short.is_empty() && short != self.set(&work.texts.title) {
                self.text(&format!("{short}: "));
            }
            return;
        }
        if people.list.is_empty() {
            self.title(&work.texts.title);
            return self.text(&format!(" ({}). ", label.year));
        }
        let names = self.people(people, Name::inverted);
        // What texts call it has to be found here.
        let short = self.set(&work.texts.short);
        if !short.is_empty() && !names.contains(&short) {
            self.text(&format!("{short}\u{a0}– "));
        }
        self.text(&names);
        if work.authors.list.is_empty() {
            self.text(&format!(" ({})", self.style.editors));
        }
        self.text(&format!(" ({}): ", label.year));
    }

    fn people(&self, people: &Names, name: impl Fn(&Name) -> String) -> String {
        let names: Vec<String> = people.list.iter().map(|it| self.set(&name(it))).collect();
        let more = if people.and_others { format!(" {}", self.style.others) } else { String::new() };
        format!("{}{more}", names.join("/"))
    }

    fn has_head(work: &Work) -> bool {
        !work.authors.list.is_empty() || !work.editors.list.is_empty()
    }

    /// Writes a part of a book or a journal.
    fn part(&mut self, work: &Work) {
        let texts = &work.texts;
        if Writer::has_head(work) {
            self.sentence(&texts.title);
        }
        if !texts.container.is_empty() {
            self.text(&format!("{} ", self.style.within));
            if !work.editors.list.is_empty() && !work.authors.list.is_empty() {
                let editors = self.people(&work.editors, Name::inverted);
                self.text(&format!("{editors} ({}): ", self.style.editors));
            }
            self.title(&texts.container);
        }
        let (volume, number) = (self.volume(&texts.volume), self.number(&texts.number));
        if work.kind == Kind::Article {
            self.listed([volume, number, self.pages(&texts.pages)]);
            return;
        }
        self.listed([volume, number, self.series(work), String::new()]);
        let publisher = [self.publisher(work), self.pages(&texts.pages)];
        let publisher: Vec<String> = publisher.into_iter().filter(|it| !it.is_empty()).collect();
        let edition = self.edition(&texts.edition);
        self.sentence(&edition);
        self.sentence(&publisher.join(", "));
    }

    /// Writes what follows the name of a journal or a book, and ends the sentence.
    fn listed<const N: usize>(&mut self, parts: [String; N]) {
        let begins =
            self.pieces.last().is_none_or(|it| matches!(it, Piece::Text(text) if text.ends_with(' ')));
        let parts: Vec<String> = parts.into_iter().filter(|it| !it.is_empty()).collect();
        if parts.is_empty() && begins {
            return;
        }
        if !parts.is_empty() {
            let comma = if begins { "" } else { ", " };
            self.text(&format!("{comma}{}", parts.join(", ")));
        }
        self.stop();
    }

    /// Writes a work that stands for itself.
    fn whole(&mut self, work: &Work) {
        let texts = &work.texts;
        if Writer::has_head(work) {
            self.title(&texts.title);
            self.stop();
        }
        if !work.authors.list.is_empty() && !work.editors.list.is_empty() {
            let editors = self.people(&work.editors, Name::spoken);
            self.text(&format!(
                "{} {editors}. ",
                if self.style.lang == Lang::De { "Hrsg. von" } else { "Ed. by" }
            ));
        }
        if !texts.container.is_empty() {
            self.sentence(&texts.container);
        }
        if !texts.volume.is_empty() {
            let volume = match self.style.lang {
                Lang::De => format!("Bd.\u{a0}{}", texts.volume),
                Lang::En => format!("Vol.\u{a0}{}", texts.volume),
            };
            self.sentence(&volume);
        }
        let series = self.series(work);
        self.sentence(&series);
        let edition = self.edition(&texts.edition);
        self.sentence(&edition);
        match work.kind {
            Kind::Thesis => {
                let genre = if texts.genre.is_empty() { self.style.thesis } else { &texts.genre };
                let parts = [genre, &texts.publisher, &texts.place];
                let parts: Vec<&str> = parts.into_iter().filter(|it| !it.is_empty()).collect();
                let sentence = parts.join(", ");
                self.sentence(&sentence);
            }
            _ => {
                self.sentence(&texts.genre);
                let publisher = self.publisher(work);
                self.sentence(&publisher);
            }
        }
        if !texts.pages.is_empty() {
            let pages = self.pages(&texts.pages);
            self.sentence(&pages);
        }
    }

    fn law(&mut self, work: &Work) {
        self.title(&work.texts.title);
        self.stop();
        self.sentence(&work.texts.container);
        let publisher = self.publisher(work);
        self.sentence(&publisher);
        self.sentence(&work.texts.year);
    }

    fn series(&self, work: &Work) -> String {
        let Some(series) = Some(&work.texts.series).filter(|it| !it.is_empty()) else { return String::new() };
        match (work.kind, work.texts.number.as_str()) {
            (Kind::Chapter, _) | (_, "") => series.clone(),
            (_, number) => format!("{series} {number}"),
        }
    }

    /// Returns „3. Aufl.“ for a number, the text for everything else.
    fn edition(&self, edition: &str) -> String {
        let number = edition.trim_end_matches('.');
        let is_number = !number.is_empty() && number.bytes().all(|it| it.is_ascii_digit());
        match self.style.lang {
            _ if !is_number => edition.to_owned(),
            Lang::De => format!("{number}.\u{a0}{}", self.style.edition),
            Lang::En => format!("{number}\u{a0}{}", self.style.edition),
        }
    }

    /// Returns „Berlin: Springer“; an author who publishes is not named twice.
    fn publisher(&self, work: &Work) -> String {
        let (place, publisher) = (&work.texts.place, &work.texts.publisher);
        let is_author = work.authors.list.iter().any(|it| it.family() == publisher);
        let publisher = if is_author { "" } else { publisher };
        let parts: Vec<&str> = [place.as_str(), publisher].into_iter().filter(|it| !it.is_empty()).collect();
        parts.join(": ")
    }

    fn volume(&self, volume: &str) -> String {
        let is_number = !volume.is_empty() && volume.bytes().all(|it| it.is_ascii_digit());
        match self.style.lang {
            _ if !is_number => volume.to_owned(),
            Lang::De => format!("{volume}.\u{a0}{}", self.style.volume),
            Lang::En => format!("{}\u{a0}{volume}", self.style.volume),
        }
    }

    fn number(&self, number: &str) -> String {
        if number.is_empty() { String::new() } else { format!("{}\u{a0}{number}", self.style.number) }
    }

    fn pages(&self, pages: &str) -> String {
        if pages.is_empty() {
            String::new()
        } else {
            format!("{}\u{a0}{}", self.style.pages, with_dashes(pages))
        }
    }

    /// Writes the note, the address and the day it was looked at.
    fn end(&mut self, work: &Work) {
        let texts = &work.texts;
        self.sentence(&texts.note);
        if !texts.doi.is_empty() {
            self.pieces.push(Piece::Address(format!("https://doi.org/{}", texts.doi)));
        } else if !texts.url.is_empty() {
            self.pieces.push(Piece::Address(texts.url.clone()));
        }
        if matches!(self.pieces.last(), Some(Piece::Address(_))) {
            if let Some(day) = work.accessed {
                let day = if self.style.lang == Lang::De { day.german() } else { day.english() };
                let day = self.set(&day);
                self.text(&format!(" ({}\u{a0}{day}).", self.style.accessed));
            }
        } else if let Some(Piece::Text(last)) = self.pieces.last_mut() {
            last.truncate(last.trim_end().len());
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::diag::Diagnostics;
    use crate::literature::bibtex;
    use crate::source::Sources;

    fn works(written: &str) -> Vec<Work> {
        let file = Sources::default().add("a.bib", written);
        let mut diags = Diagnostics::default();
        let works = bibtex::parse(file, written, &mut diags);
        assert_eq!(diags, Diagnostics::default());
        works
    }

    #[track_caller]
    fn check(written: &str, expected: &str) {
        let works = works(written);
        let labels = labels(&works.iter().collect::<Vec<_>>(), Lang::De);
        let all: Vec<String> =
            works.iter().zip(&labels).map(|(it, label)| plain(&reference(it, label, Lang::De))).collect();
        assert_eq!(all.join("\n").replace('\u{a0}', " "), expected);
    }

    #[track_caller]
    fn check_labels(written: &str, expected: &[&str]) {
        let works = works(written);
        let labels = labels(&works.iter().collect::<Vec<_>>(), Lang::De);
        let all: Vec<String> = labels.iter().map(|it| it.text().replace('\u{a0}', " ")).collect();
        assert_eq!(all, expected);
    }

    #[test]
    fn each_kind() {
        check(
            "@book{a, author={Müller, Jörg and Weiß, Änne}, title={Titel}, year=2020, edition=3, address={Berlin}, publisher={Springer}}",
            "Müller, Jörg/Weiß, Änne (2020): Titel. 3. Aufl. Berlin: Springer.",
        );
        check(
            "@article{a, author={Rosner, A. and Görtler, B.}, title={Was nun?}, journal={unsere jugend}, volume=72, number=2, pages={50--60}, year=2020, doi={10.1/x}}",
            "Rosner, A./Görtler, B. (2020): Was nun? In: unsere jugend, 72. Jg., Nr. 2, S. 50–60. https://doi.org/10.1/x",
        );
        check(
            "@incollection{a, author={Anders, Ada}, title={Teil}, editor={Meier, Anna and others}, booktitle={Buch}, edition={2., überarb. Aufl.}, publisher={Verlag}, location={Köln}, pages={1-9}, year=2019}",
            "Anders, Ada (2019): Teil. In: Meier, Anna u. a. (Hrsg.): Buch. 2., überarb. Aufl. Köln: Verlag, S. 1–9.",
        );
        check(
            "@techreport{a, author={{Bund}}, title={Bericht}, institution={Bund}, type={Arbeitspapier}, series={Reihe}, number=5}",
            "Bund (o. J.): Bericht. Reihe 5. Arbeitspapier.",
        );
        check(
            "@online{a, author={{Landesportal Sachsen-Anhalt}}, title={Über}, year=2025, url={https://a.de/b}, urldate={2025-05-03}}",
            "Landesportal Sachsen-Anhalt (2025): Über. https://a.de/b (abgerufen am 3. Mai 2025).",
        );
        check(
            "@legislation{a, title={Kinder- und Jugendhilfe}, shorthand={SGB VIII}, note={Stand März 2022}}",
            "SGB VIII: Kinder- und Jugendhilfe. Stand März 2022.",
        );
        check(
            "@phdthesis{a, author={Blau, Bea}, title={Arbeit}, school={Universität Halle}, type={Dissertation}, year=2001}",
            "Blau, Bea (2001): Arbeit. Dissertation, Universität Halle.",
        );
        check(
            "@book{a, author={{Bundesinstitut für Berufsbildung}}, shortauthor={BIBB}, title={Bericht}, year=2018}",
            "BIBB – Bundesinstitut für Berufsbildung (2018): Bericht.",
        );
        check(
            "@collection{a, editor={Meier, Anna}, title={Sammlung}, year=2001, publisher={V}}\n@misc{b, title={Ohne alles}}",
            "Meier, Anna (Hrsg.) (2001): Sammlung. V.\nOhne alles (o. J.).",
        );
    }

    #[test]
    fn names_in_texts() {
        check_labels(
            "@book{a, author={A, A and B, B}, title={z}, year=2020}\n@book{b, author={A, A and B, B}, title={b}, year=2020}\n\
             @book{c, author={A, A and B, B and C, C and D, D}, title={x}}\n@book{d, author={A, A and B, B and C, C and D, D}, title={y}}\n\
             @misc{e, title={Ein Titel aus mehr als fünf Wörtern}, year=1999}\n@legal{f, title={Grundgesetz}, year=1949}",
            &[
                "A/B 2020b",
                "A/B 2020a",
                "A u. a. o. J. a",
                "A u. a. o. J. b",
                "„Ein Titel aus mehr als …“ 1999",
                "Grundgesetz",
            ],
        );
    }

    #[test]
    fn letters_go_on_behind_z() {
        assert_eq!([0, 25, 26, 27].map(letters), ["a", "z", "aa", "ab"]);
    }

    #[test]
    fn places_in_works() {
        let works = works(
            "@legal{a, title={Achtes Buch}, shorthand={SGB VIII}}\n@book{b, author={M, J}, title={x}, year=2020}",
        );
        let labels = labels(&works.iter().collect::<Vec<_>>(), Lang::De);
        let say = |at: usize, prefix, locator| {
            in_text(&works[at], &labels[at], prefix, locator, Lang::De).replace('\u{a0}', "~")
        };
        assert_eq!(say(0, "", "§ 41"), "§~41 SGB~VIII");
        assert_eq!(say(1, "vgl.", "S. 12 f."), "vgl. M 2020, S.~12~f.");
        assert_eq!(say(1, "", ""), "M 2020");
    }
}
