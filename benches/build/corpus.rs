//! A site of any size that is the same on every machine: German text of about
//! 600 words a page, with everything that real pages have.

use std::fmt::Write as _;
use std::fs;
use std::io;
use std::path::Path;

use rayon::prelude::*;

/// Pages of one section.
pub const SECTION_PAGES: usize = 100;

/// Every so many sections one is a collection, whose pages have fields.
const COLLECTION_EVERY: usize = 5;

/// Links of the navigation: main, service, footer.
pub const NAVIGATION: [(&str, usize); 3] = [("main", 7), ("service", 5), ("footer", 8)];

/// Words that a page has about.
const PAGE_WORDS: usize = 600;

pub const BASE_URL: &str = "https://example.org/";
pub const TITLE: &str = "Wissensbasis zum Messen";

/// Writes the site with so many pages (and its index pages) into an empty folder.
pub fn write(root: &Path, pages: usize) -> io::Result<()> {
    let content = root.join("content");
    fs::create_dir_all(content.join("seiten"))?;
    fs::write(root.join("kompendium.yaml"), configuration(pages))?;
    fs::write(content.join("_index.md"), index_page("Startseite"))?;
    fs::write(content.join("seiten/_index.md"), index_page("Seiten"))?;
    for (at, path) in navigation_pages().enumerate() {
        let text = paragraph(&mut Dice::new(at as u64 + 1_000_000_007), 60);
        let page = format!(
            "---\ntitle: Angebot {}\ndescription: Eine Seite der Navigation.\n---\n\n{text}\n",
            at + 1
        );
        fs::write(content.join(path), page)?;
    }
    for section in 0..sections(pages) {
        let folder = content.join(section_name(section));
        fs::create_dir(&folder)?;
        fs::write(folder.join("_index.md"), index_page(&format!("Bereich {}", section + 1)))?;
    }
    (0..pages).into_par_iter().try_for_each(|at| fs::write(content.join(page_path(at)), page(at, pages)))
}

/// Terms of the glossary that [`add_glossary`] writes.
pub const TERMS: usize = 1_000;

/// What the configuration says where terms and laws are linked.
pub const GLOSSARY: &str =
    "glossary: glossar\nlaws:\n  SGB VIII: https://example.org/sgb_8/__{paragraph}.html\n";

/// Adds a glossary to a site: every tenth noun of its texts, two groups of persons, and
/// compounds that no text mentions. A page then mentions about six terms, most more than once.
pub fn add_glossary(root: &Path, pages: usize) -> io::Result<()> {
    let folder = root.join("content/glossar");
    fs::create_dir(&folder)?;
    fs::write(folder.join("_index.md"), index_page("Glossar"))?;
    let collection = "  glossar:\n    label: Glossar\n    singular: Begriff\n    sort: title\n    fields:\n      \
                      definition: { label: Kurz, type: markdown }\n      \
                      variants: { label: Auch, type: list, items: { type: text } }\n";
    fs::write(root.join("kompendium.yaml"), configuration(pages) + collection)?;
    for (at, title) in term_titles().enumerate() {
        let text = sentence(&mut Dice::new(at as u64 + 2_000_000_011)).replace('"', "");
        let entry =
            format!("---\ntitle: {title}\ndefinition: >-\n  {text}\nvariants: [Sache {at}]\n---\n\n{text}\n");
        fs::write(folder.join(format!("begriff-{at:04}.md")), entry)?;
    }
    Ok(())
}

fn term_titles() -> impl Iterator<Item = String> {
    let used = NOUNS.iter().step_by(10).chain(&PERSONS[..2]).map(|it| (*it).to_owned());
    let compounds = NOUNS.iter().flat_map(|first| NOUNS.iter().map(move |second| (first, second)));
    used.chain(compounds.map(|(first, second)| format!("{first}{}", second.to_lowercase()))).take(TERMS)
}

/// Returns a page that is changed to measure a build after one change, below `content`.
pub fn changed_page(pages: usize) -> String {
    page_path(pages / 2)
}

fn sections(pages: usize) -> usize {
    pages.div_ceil(SECTION_PAGES)
}

fn is_collection(section: usize) -> bool {
    section.is_multiple_of(COLLECTION_EVERY)
}

fn section_name(section: usize) -> String {
    format!("bereich-{:04}", section + 1)
}

fn page_path(at: usize) -> String {
    format!("{}/seite-{:06}.md", section_name(at / SECTION_PAGES), at + 1)
}

/// Returns the pages that the navigation leads to, below `content`.
pub fn navigation_pages() -> impl Iterator<Item = String> {
    let count = NAVIGATION.iter().map(|it| it.1).sum::<usize>();
    (1..=count).map(|at| format!("seiten/angebot-{at:02}.md"))
}

fn configuration(pages: usize) -> String {
    let mut out = format!(
        "title: {TITLE}\nshort_title: Wissensbasis\ndescription: Eine Website, an der gemessen wird.\n\
         language: de\ntheme: standard\nbase_url: {BASE_URL}\nbanner: Website im Aufbau.\n\
         footer: Gefördert aus Mitteln, die es nicht gibt.\nnavigation:\n"
    );
    let mut paths = navigation_pages();
    for (name, count) in NAVIGATION {
        let _ = writeln!(out, "  {name}:");
        paths.by_ref().take(count).for_each(|path| {
            let _ = writeln!(out, "    - page: {path}");
        });
    }
    out.push_str("collections:\n");
    for section in (0..sections(pages)).filter(|it| is_collection(*it)) {
        let _ = write!(
            out,
            "  {}:\n    label: Bereich {}\n    singular: Eintrag\n    sort: title\n    display: list\n    fields:\n\
             \x20     place: {{ label: Ort, type: text, required: true }}\n\
             \x20     offer: {{ label: Angebot, type: choice, choices: {{ beratung: Beratung, kurs: Kurs, wohnen: Wohnen }} }}\n",
            section_name(section),
            section + 1
        );
    }
    out
}

fn index_page(title: &str) -> String {
    let text = paragraph(&mut Dice::new(title.len() as u64), 40);
    format!("---\ntitle: {title}\ndescription: Was hier zu finden ist.\n---\n\n{text}\n")
}

/// Writes a page. What stands in it depends on its number and the size of the site only.
fn page(at: usize, pages: usize) -> String {
    let mut dice = Dice::new(at as u64);
    let mut out = front_matter(at, &mut dice);
    out.push_str(&paragraph(&mut dice, 45));
    out.push_str("\n\n## Überblick {#ueberblick}\n\n");
    let _ = write!(out, "{} {}\n\n", paragraph(&mut dice, 50), link(at, pages, &mut dice));
    out.push_str(&paragraph(&mut dice, 60));
    out.push_str("\n\n## Worum es geht\n\n");
    for _ in 0..5 {
        let _ = writeln!(out, "- {}", sentence(&mut dice));
    }
    let _ =
        write!(out, "\n### Einzelheiten\n\n{} {}\n\n", paragraph(&mut dice, 50), link(at, pages, &mut dice));
    out.push_str("## Zahlen im Vergleich\n\n| Kommune | Anteil | Bemerkung |\n|---|--:|---|\n");
    for _ in 0..6 {
        let (share, rest) = (dice.below(100), dice.below(10));
        let _ = writeln!(
            out,
            "| {} | {share},{rest} % | {} {} |",
            dice.pick(&PLACES),
            word(&mut dice),
            word(&mut dice)
        );
    }
    out.push_str("\n## Was zu tun ist\n\n");
    for number in 1..=4 {
        let _ = writeln!(out, "{number}. **{}:** {}", dice.pick(&NOUNS), sentence(&mut dice));
    }
    let _ = write!(out, "\n> {}\n\n{} ", sentence(&mut dice), link(at, pages, &mut dice));
    let missing = PAGE_WORDS.saturating_sub(out.split_whitespace().count() + 25);
    out.push_str(&paragraph(&mut dice, missing));
    out.push_str("\n\n### Weiter lesen\n\n");
    let _ = writeln!(
        out,
        "{} Mehr bei [den Fachstellen](https://example.org/{}).",
        link(at, pages, &mut dice),
        at + 1
    );
    out
}

fn front_matter(at: usize, dice: &mut Dice) -> String {
    let (first, second) = (dice.pick(&NOUNS), dice.pick(&NOUNS));
    let start = dice.below(TAGS.len());
    let tags =
        [start, start + 1 + dice.below(16), start + 17 + dice.below(16)].map(|it| TAGS[it % TAGS.len()]);
    let (year, month, day) = (2015 + dice.below(10), 1 + dice.below(12), 1 + dice.below(28));
    let mut out = format!(
        "---\ntitle: \"{first} und {second} {}\"\ndescription: \"{}\"\ndate: {year}-{month:02}-{day:02}\ntags: [{}]\n",
        at + 1,
        sentence(dice).replace('"', "'"),
        tags.join(", ")
    );
    if is_collection(at / SECTION_PAGES) {
        let _ = writeln!(
            out,
            "place: {}\noffer: {}",
            dice.pick(&PLACES),
            dice.pick(&["beratung", "kurs", "wohnen"])
        );
    }
    out.push_str("---\n\n");
    out
}

/// Writes a sentence with a link to any other page; every second one to a heading in it.
fn link(from: usize, pages: usize, dice: &mut Dice) -> String {
    let target = page_path(dice.below(pages));
    let target = match target.strip_prefix(&format!("{}/", section_name(from / SECTION_PAGES))) {
        Some(same_section) => same_section.to_owned(),
        None => format!("../{target}"),
    };
    let fragment = if dice.below(2) == 0 { "#ueberblick" } else { "" };
    format!("Siehe dazu [{} und {}]({target}{fragment}).", dice.pick(&NOUNS), dice.pick(&NOUNS))
}

fn paragraph(dice: &mut Dice, words: usize) -> String {
    let mut out = String::new();
    while out.split_whitespace().count() < words {
        if !out.is_empty() {
            out.push(' ');
        }
        out.push_str(&sentence(dice));
    }
    out
}

/// Writes a sentence of 8 to 16 words, now and then with what typography and stars have to get right.
fn sentence(dice: &mut Dice) -> String {
    let count = 8 + dice.below(9);
    let mut out = String::new();
    for at in 0..count {
        let word = match dice.below(40) {
            0 => "\"Brücken bauen\"",
            1 => "z. B.",
            2 => "§ 13 Abs. 4 SGB VIII",
            3 => "**wichtig**",
            4 => "*gemeinsam*",
            5 => "-- so heißt es --",
            _ => word(dice),
        };
        if at == 0 {
            let mut signs = word.chars();
            out.extend(signs.next().into_iter().flat_map(char::to_uppercase));
            out.push_str(signs.as_str());
        } else {
            out.push_str(if at == count / 2 && dice.below(2) == 0 { ", " } else { " " });
            out.push_str(word);
        }
    }
    out + "."
}

fn word(dice: &mut Dice) -> &'static str {
    match dice.below(10) {
        0..3 => dice.pick(&NOUNS),
        3 if dice.below(3) == 0 => dice.pick(&PERSONS),
        _ => dice.pick(&WORDS),
    }
}

/// A small generator of numbers (SplitMix64): the same seed gives the same row.
struct Dice(u64);

impl Dice {
    fn new(seed: u64) -> Dice {
        Dice(seed.wrapping_mul(0xD134_2543_DE82_EF95).wrapping_add(1))
    }

    fn below(&mut self, limit: usize) -> usize {
        self.0 = self.0.wrapping_add(0x9E37_79B9_7F4A_7C15);
        let mixed = (self.0 ^ (self.0 >> 30)).wrapping_mul(0xBF58_476D_1CE4_E5B9);
        let mixed = (mixed ^ (mixed >> 27)).wrapping_mul(0x94D0_49BB_1331_11EB);
        ((mixed ^ (mixed >> 31)) % limit as u64) as usize
    }

    fn pick(&mut self, words: &[&'static str]) -> &'static str {
        words[self.below(words.len())]
    }
}

const TAGS: [&str; 50] = [
    "Ausbildung",
    "Beratung",
    "Betreuung",
    "Beteiligung",
    "Bildung",
    "Clearing",
    "Datenschutz",
    "Ehrenamt",
    "Eingliederung",
    "Eltern",
    "Europa",
    "Fallarbeit",
    "Familie",
    "Finanzierung",
    "Forschung",
    "Freizeit",
    "Gesundheit",
    "Grundsicherung",
    "Hilfeplanung",
    "Inklusion",
    "Integration",
    "Jobcenter",
    "Jugendamt",
    "Jugendhilfe",
    "Kommune",
    "Kooperation",
    "Krisen",
    "Landkreis",
    "Leichte Sprache",
    "Medien",
    "Migration",
    "Netzwerk",
    "Pflege",
    "Planung",
    "Praxis",
    "Qualifizierung",
    "Recht",
    "Schule",
    "Schulden",
    "Sozialraum",
    "Sport",
    "Sprache",
    "Statistik",
    "Sucht",
    "Teilhabe",
    "Umzug",
    "Verwaltung",
    "Wohnen",
    "Zukunft",
    "Zuständigkeit",
];

const PLACES: [&str; 8] =
    ["Aschersleben", "Bernburg", "Dessau-Roßlau", "Halle (Saale)", "Köthen", "Magdeburg", "Stendal", "Zeitz"];

const PERSONS: [&str; 6] = [
    "Care Leaver*innen",
    "Sozialarbeiter*innen",
    "Schüler*innen",
    "Ansprechpartner*innen",
    "Lehrer*innen",
    "Mitarbeiter*innen",
];

const NOUNS: [&str; 40] = [
    "Eigenständigkeit",
    "Zusammenarbeit",
    "Jugendsozialarbeit",
    "Fachkraft",
    "Anlaufstelle",
    "Unterstützung",
    "Berufsagentur",
    "Übergang",
    "Vereinbarung",
    "Steuerung",
    "Rechtskreis",
    "Wohnung",
    "Förderung",
    "Angebot",
    "Bedarf",
    "Stelle",
    "Maßnahme",
    "Antrag",
    "Frist",
    "Bescheid",
    "Gespräch",
    "Ziel",
    "Ergebnis",
    "Erfahrung",
    "Gruppe",
    "Träger",
    "Landkreis",
    "Kommune",
    "Schulabschluss",
    "Perspektive",
    "Begleitung",
    "Vertrauen",
    "Unterlagen",
    "Leistung",
    "Haushalt",
    "Sprechstunde",
    "Arbeitskreis",
    "Koordination",
    "Öffentlichkeit",
    "Woche",
];

const WORDS: [&str; 60] = [
    "und",
    "die",
    "der",
    "den",
    "mit",
    "für",
    "von",
    "auf",
    "eine",
    "einen",
    "nicht",
    "auch",
    "wird",
    "werden",
    "haben",
    "kann",
    "können",
    "sollen",
    "junge",
    "Menschen",
    "bei",
    "nach",
    "zwischen",
    "gemeinsam",
    "frühzeitig",
    "regelmäßig",
    "verbindlich",
    "örtliche",
    "öffentliche",
    "eigene",
    "neue",
    "mehrere",
    "viele",
    "zuständig",
    "beteiligt",
    "vereinbart",
    "begleitet",
    "unterstützt",
    "klärt",
    "prüft",
    "beantragt",
    "erreicht",
    "gefördert",
    "schriftlich",
    "persönlich",
    "dauerhaft",
    "niedrigschwellig",
    "aufsuchend",
    "verlässlich",
    "rechtzeitig",
    "dabei",
    "außerdem",
    "damit",
    "deshalb",
    "während",
    "sowie",
    "oder",
    "wenn",
    "weil",
    "über",
];
