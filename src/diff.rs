//! What changed for readers between two states of a site.
//!
//! 1. `pairs` finds the page that each page was before, also where it moved;
//! 2. `reading` takes apart what readers see of a text: paragraphs, links and pictures;
//! 3. `words` compares texts word by word;
//! 4. `pages`, `tables` and `around` (configuration, navigation, terms, files) compare all of it.
//!
//! Two resolved sites are compared and no files: what is written in another way and read the
//! same is no change. What follows from the rest by itself (lists of pages, what mentions
//! what, medians and ranks) is not told again. [`mod@text`], [`markdown`], [`json`] and [`page`]
//! print the changes.

mod around;
pub mod json;
pub mod labels;
pub mod markdown;
pub mod page;
mod pages;
mod pairs;
mod reading;
mod tables;
pub mod text;
mod words;

pub use self::words::Piece;
use crate::diag::{Lang, Text};
use crate::site::Site;
use crate::source::Sources;

/// What changed for readers, in the order of the site.
#[derive(Debug)]
pub struct Changes {
    /// The language and title of the new state.
    pub lang: Lang,
    pub title: String,
    /// Addresses that lead nowhere any more.
    pub lost: Vec<Lost>,
    /// What stands on every page, and what all pages share.
    pub site: Vec<Fact>,
    pub pages: Vec<PageChange>,
    pub terms: Vec<TermChange>,
    pub tables: Vec<TableChange>,
    pub files: Vec<FileChange>,
}

/// How something stands to its other state.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Status {
    Added,
    Removed,
    Moved,
    Changed,
}

/// An address that readers may have kept and that leads nowhere any more.
#[derive(Debug)]
pub struct Lost {
    pub url: String,
    pub title: String,
    /// Where its page is now; none where it is gone.
    pub moved_to: Option<MovedTo>,
}

/// Where a page is now.
#[derive(Debug)]
pub struct MovedTo {
    pub url: String,
    /// The file that could name the old address.
    pub file: String,
}

/// Something with a name that is other than before. At least one side is there.
#[derive(Clone, Debug)]
pub struct Fact {
    /// Its name for programs.
    pub key: String,
    pub label: Text,
    pub old: Option<String>,
    pub new: Option<String>,
    /// The change by words, where both sides are long.
    pub pieces: Vec<Piece>,
}

/// What changed on a page.
#[derive(Debug)]
pub struct PageChange {
    pub status: Status,
    pub title: String,
    /// Its address; of a removed page the last one.
    pub url: String,
    /// Where it was before it moved.
    pub old_url: Option<String>,
    /// Whether the old address of a moved or removed page leads on.
    pub leads_on: bool,
    /// What kind of entry it is.
    pub kind: Option<String>,
    /// How many words it has.
    pub words: usize,
    pub facts: Vec<Fact>,
    pub passages: Vec<Passage>,
    pub figures: Vec<FigureChange>,
    pub links: Vec<LinkChange>,
    pub pictures: Vec<PictureChange>,
    /// Only the form of the text is another: emphasis, lists, levels of headings.
    pub is_restyled: bool,
}

/// Changes below one heading.
#[derive(Debug)]
pub struct Passage {
    /// Empty before the first heading.
    pub heading: String,
    pub pieces: Vec<Piece>,
}

/// A figure in a text.
#[derive(Debug)]
pub struct FigureChange {
    pub row: String,
    pub column: String,
    pub old: String,
    pub new: String,
    /// It stands in the text as the data say, so it changed with them.
    pub follows: bool,
}

/// A link in a text.
#[derive(Debug)]
pub struct LinkChange {
    pub text: String,
    /// None for a new link.
    pub old: Option<String>,
    /// None for a link that is gone.
    pub new: Option<String>,
}

/// A picture on a page.
#[derive(Debug)]
pub struct PictureChange {
    pub status: Status,
    pub path: String,
    pub old_alt: Option<String>,
    pub new_alt: Option<String>,
}

/// A term of the glossary.
#[derive(Debug)]
pub struct TermChange {
    pub status: Status,
    pub title: String,
    pub url: String,
    pub definition: Option<Fact>,
    /// On how many other pages it stands.
    pub old_pages: usize,
    pub new_pages: usize,
}

/// What changed in a table.
#[derive(Debug)]
pub struct TableChange {
    pub status: Status,
    pub name: String,
    pub title: String,
    /// The page that shows it.
    pub url: Option<String>,
    pub rows: Vec<PartChange>,
    pub columns: Vec<PartChange>,
    pub facts: Vec<Fact>,
    pub cells: Vec<CellChange>,
    /// The titles and addresses of pages whose small tables and charts show one of the cells.
    pub shown_on: Vec<(String, String)>,
}

/// A row or column.
#[derive(Debug)]
pub struct PartChange {
    /// A moved one has another name.
    pub status: Status,
    pub title: String,
    pub old_title: Option<String>,
    /// What readers are told about a column.
    pub facts: Vec<Fact>,
}

/// A value of a table.
#[derive(Debug)]
pub struct CellChange {
    pub row: String,
    pub column: String,
    pub unit: Option<String>,
    pub old: String,
    pub new: String,
    /// It is computed here from others.
    pub is_derived: bool,
}

/// A file beside the pages.
#[derive(Debug)]
pub struct FileChange {
    pub status: Status,
    pub path: String,
    pub old_path: Option<String>,
    pub old_bytes: Option<usize>,
    pub new_bytes: Option<usize>,
}

impl Changes {
    /// Whether readers see the same as before.
    pub fn is_empty(&self) -> bool {
        self.count() == 0
    }

    /// Counts what is told.
    pub fn count(&self) -> usize {
        let pages: usize = self.pages.iter().map(PageChange::count).sum();
        let tables: usize = self.tables.iter().map(TableChange::count).sum();
        self.lost.len() + self.site.len() + pages + self.terms.len() + tables + self.files.len()
    }
}

impl PageChange {
    /// Counts what is told of the page.
    pub fn count(&self) -> usize {
        let parts = self.facts.len() + self.passages.len() + self.figures.len() + self.links.len();
        let parts = parts + self.pictures.len() + usize::from(self.is_restyled);
        usize::from(self.status != Status::Changed) + parts
    }
}

impl TableChange {
    /// Counts what is told of the table.
    pub fn count(&self) -> usize {
        let columns: usize =
            self.columns.iter().map(|it| usize::from(it.status != Status::Changed) + it.facts.len()).sum();
        let parts = self.rows.len() + columns + self.facts.len() + self.cells.len();
        usize::from(self.status != Status::Changed) + parts
    }
}

/// A state of a site.
#[derive(Clone, Copy, Debug)]
pub struct State<'a> {
    pub site: &'a Site,
    /// Hold its templates.
    pub sources: &'a Sources,
}

/// Compares two states of a site as their readers see them.
pub fn diff(before: State<'_>, after: State<'_>) -> Changes {
    let (old, new) = (before.site, after.site);
    let pairs = pairs::pairs(old, new);
    let tables = tables::tables(old, new);
    Changes {
        lang: new.config.lang,
        title: new.config.title.clone(),
        lost: pages::lost(old, new, &pairs),
        site: around::facts(before, after, &pairs),
        pages: pages::pages(old, new, &pairs),
        terms: around::terms(old, new, &pairs),
        tables,
        files: around::files(old, new),
    }
}

impl Fact {
    /// Compares two states of something; none where they are the same or both empty.
    fn of(key: impl Into<String>, label: Text, old: Option<String>, new: Option<String>) -> Option<Fact> {
        let told = |it: Option<String>| it.filter(|it| !it.is_empty());
        let (old, new) = (told(old), told(new));
        if old == new {
            return None;
        }
        let pieces = match (&old, &new) {
            (Some(old), Some(new)) if old.chars().count().max(new.chars().count()) > LONG => {
                words::compare(old, new)
            }
            _ => Vec::new(),
        };
        Some(Fact { key: key.into(), label, old, new, pieces })
    }
}

/// Signs from which on a value is compared by words.
const LONG: usize = 60;
