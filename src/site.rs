//! The site with everything resolved: after [`crate::link`] an id cannot miss.

use std::collections::BTreeMap;
use std::ops::Deref;
use std::sync::Arc;

use crate::config::Config;
use crate::content::markdown::{ChartKind, Tool};
use crate::data;
use crate::data::checks::Checked;
use crate::data::number::Decimal;
use crate::data::statistics::Statistics;
use crate::date::Date;
use crate::literature::Work;
use crate::literature::format::Label;
use crate::load::AssetFile;
use crate::path::SitePath;
use crate::source::FileId;
use crate::theme::Theme;

/// A page, as an index into [`Site::pages`].
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct PageId(pub usize);

/// A tag or category, as an index into the terms of its taxonomy.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct TermId(pub usize);

/// Everything that is rendered.
#[derive(Debug)]
pub struct Site {
    pub config: Config,
    pub theme: Theme,
    pub pages: Vec<Page>,
    /// The page of `content/_index.md`.
    pub home: PageId,
    pub navigation: Navigation,
    pub tags: Taxonomy,
    pub categories: Taxonomy,
    pub facets: Vec<Facet>,
    pub redirects: Vec<Redirect>,
    pub tables: Vec<Table>,
    /// In the order of a list of sources.
    pub sources: Vec<Source>,
    /// Address of the page that says what was found in the tables; none without a table.
    pub data_report: Option<String>,
    /// Address of the page that says when pages are to be reviewed; none unless it is wanted.
    pub review: Option<String>,
    /// None where no collection is the glossary.
    pub glossary: Option<Glossary>,
    /// None without a table.
    pub data_package: Option<DataPackage>,
    pub assets: Vec<AssetFile>,
    pub relations: Relations,
    /// The day of the build, where it is known.
    pub date: Option<Date>,
}

impl Body {
    /// Counts the figures, tables and charts in the text.
    pub fn figures(&self) -> usize {
        let is_figure = |hole: &&Hole| matches!(hole.fill, Fill::Figure(_) | Fill::Table(_) | Fill::Chart(_));
        self.holes.iter().filter(is_figure).count()
    }
}

impl Linked {
    /// Lists the tables in the text that have tools.
    pub fn tables_with_tools(&self) -> impl Iterator<Item = &Excerpt> {
        self.body.holes.iter().filter_map(|hole| match &hole.fill {
            Fill::Table(excerpt) if !excerpt.tools.is_empty() => Some(excerpt),
            _ => None,
        })
    }
}

impl Site {
    /// Returns a page.
    pub fn page(&self, id: PageId) -> &Page {
        &self.pages[id.0]
    }

    /// Returns the ids of all pages in their order.
    pub fn page_ids(&self) -> impl Iterator<Item = PageId> + use<> {
        (0..self.pages.len()).map(PageId)
    }
}

/// A page, what stands around it and what mentions it.
#[derive(Debug)]
pub struct Page {
    linked: Arc<Linked>,
    /// The pages right below an index page, in their order.
    pub children: Vec<PageId>,
    pub previous: Option<PageId>,
    pub next: Option<PageId>,
    pub backlinks: Vec<Backlinks>,
}

impl Page {
    /// Makes a page of which nothing else is known yet.
    pub fn new(linked: Arc<Linked>) -> Page {
        Page { linked, children: Vec::new(), previous: None, next: None, backlinks: Vec::new() }
    }
}

/// What its own file says of a page is read as if it stood in it.
impl Deref for Page {
    type Target = Linked;

    fn deref(&self) -> &Linked {
        &self.linked
    }
}

/// A page whose links all lead somewhere: what its own file says.
#[derive(Debug)]
pub struct Linked {
    pub id: PageId,
    pub file: FileId,
    /// Path below `content`.
    pub path: SitePath,
    /// Address below the top of the site.
    pub url: String,
    pub title: String,
    pub nav_title: String,
    pub description: String,
    pub date: Option<Date>,
    pub updated: Option<Date>,
    /// Who looks after it.
    pub owner: Option<String>,
    /// The day by which it is to be reviewed.
    pub review_by: Option<Date>,
    /// File name of the template.
    pub template: String,
    pub toc: Option<bool>,
    pub easy_language: bool,
    /// The index page above it; none for the start page.
    pub parent: Option<PageId>,
    /// The collection it is an entry of.
    pub collection: Option<usize>,
    /// The collection it is the index page of.
    pub index_of: Option<usize>,
    pub tags: Vec<TermId>,
    pub categories: Vec<TermId>,
    pub fields: Vec<Field>,
    pub body: Body,
    /// The terms that are linked in its texts, in the order of their numbers.
    pub terms: Vec<PageId>,
    pub table: Option<usize>,
    pub form: Option<usize>,
    /// False where a table or form that it names is missing; that is reported
    /// already, and the page is not rendered.
    pub is_complete: bool,
}

impl Linked {
    /// Returns the Markdown of the page: that of its fields, then its text.
    pub fn bodies(&self) -> impl Iterator<Item = &Body> {
        self.fields.iter().filter_map(|it| it.value.body()).chain([&self.body])
    }

    /// Returns what the page cites, in its fields and in its texts.
    pub fn cited(&self) -> impl Iterator<Item = &Cited> {
        let in_fields = self.fields.iter().flat_map(|it| it.value.cited());
        let holes = self.bodies().flat_map(|it| &it.holes);
        in_fields.chain(holes.flat_map(|it| match &it.fill {
            Fill::Citation(cited) => cited.as_slice(),
            _ => &[],
        }))
    }
}

/// A table, what can be said of it as a whole, and where everything goes that is made of it.
#[derive(Debug)]
pub struct Table {
    pub data: data::Table,
    /// One for each column; none where nothing can be computed.
    pub statistics: Vec<Option<Statistics>>,
    /// What is peculiar in it, and what was answered to it.
    pub checked: Checked,
    /// The first page that shows it.
    pub page: Option<PageId>,
    /// One address for each row; empty where rows have no pages.
    pub profiles: Vec<String>,
    /// One address for each column, where it has a page.
    pub indicators: Vec<Option<String>>,
    /// Address of the list of those pages.
    pub indicator_index: Option<String>,
    /// One address for each set of rows that is laid side by side.
    pub comparisons: Vec<String>,
    /// Address of the style sheet of its columns.
    pub style: String,
    /// Address of the script with its rows, where they are too many for a page.
    pub script: Option<String>,
    pub files: Files,
    /// By the index of a row, where it is mentioned.
    pub row_backlinks: BTreeMap<usize, Vec<Backlinks>>,
    /// By the index of a column, where it is mentioned.
    pub column_backlinks: BTreeMap<usize, Vec<Backlinks>>,
}

/// Addresses of the files that are made of a table, for readers to take along.
#[derive(Debug)]
pub struct Files {
    /// As it was delivered.
    pub original: String,
    pub excel: String,
    pub machine: String,
    /// The rows that sum up, for machines; none where there are none.
    pub summary: Option<String>,
    /// What CSVW says about the file for machines.
    pub metadata: String,
    /// One pair for each row; empty where rows have no pages.
    pub rows: Vec<FilePair>,
    /// One pair for each column that has a page.
    pub columns: Vec<Option<FilePair>>,
}

/// Addresses of two files with the same values, one for people and one for programs.
#[derive(Debug)]
pub struct FilePair {
    pub excel: String,
    pub machine: String,
}

/// The description of all files for machines.
#[derive(Debug)]
pub struct DataPackage {
    pub url: String,
    /// What it is made of.
    pub descriptor: FileId,
}

impl Table {
    /// Returns the addresses of all pages that are made of the table.
    pub fn page_urls(&self) -> impl Iterator<Item = &str> {
        let columns = self.indicator_index.iter().chain(self.indicators.iter().flatten());
        self.profiles.iter().chain(columns).chain(&self.comparisons).map(String::as_str)
    }
}

/// A filled field.
#[derive(Debug)]
pub struct Field {
    /// The index of the field in the collection.
    pub field: usize,
    pub value: Value,
}

/// The value of a field.
#[derive(Debug)]
pub enum Value {
    Text(String),
    Markdown(Body),
    Integer(i64),
    Number(Decimal),
    Boolean(bool),
    Date(Date),
    Year(u16),
    Url(String),
    Email(String),
    /// The index of the choice.
    Choice(usize),
    Page(PageId),
    Row(usize, usize),
    Citation(Vec<Cited>),
    Asset(usize),
    List(Vec<Value>),
}

impl Value {
    /// Returns the Markdown that it is.
    fn body(&self) -> Option<&Body> {
        match self {
            Value::Markdown(body) => Some(body),
            _ => None,
        }
    }

    /// Returns the sources that it names.
    fn cited(&self) -> Vec<&Cited> {
        match self {
            Value::Citation(cited) => cited.iter().collect(),
            Value::List(items) => items.iter().flat_map(Value::cited).collect(),
            _ => Vec::new(),
        }
    }
}

/// HTML whose holes have their targets.
#[derive(Debug, Default)]
pub struct Body {
    pub html: Arc<String>,
    pub holes: Vec<Hole>,
    pub headings: Vec<Heading>,
}

/// A heading with its address.
#[derive(Debug)]
pub struct Heading {
    pub id: String,
    /// Plain text.
    pub title: String,
    /// Settings and figures in the title; their places are bytes of it.
    pub holes: Vec<Hole>,
    /// 2 to 6.
    pub level: u8,
}

/// A place in the HTML and what fills it.
#[derive(Debug)]
pub struct Hole {
    pub at: usize,
    pub fill: Fill,
}

/// What fills a hole.
#[derive(Debug)]
pub enum Fill {
    /// The address of a page, with a fragment.
    Page(PageId, Option<String>),
    /// A fragment of the same page.
    Fragment(String),
    /// The address of a file beside the pages.
    Asset(usize),
    /// The value of a setting, or that it is missing.
    Setting(usize),
    Figure(Figure),
    Table(Excerpt),
    Chart(Chart),
    Citation(Vec<Cited>),
    /// The start of a link to a term of the glossary; terms are numbered from 1 on each page.
    Term {
        page: PageId,
        number: usize,
    },
    TermEnd,
    /// The start of a link to a law elsewhere, with its address.
    Law(String),
    LawEnd,
}

/// A source that texts can cite, as an index into [`Site::sources`].
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct SourceId(pub usize);

/// A source that texts can cite.
#[derive(Debug)]
pub struct Source {
    pub work: Work,
    /// What texts call it.
    pub label: Label,
    /// Its id in the lists of sources.
    pub anchor: String,
    /// The page that is about it.
    pub page: Option<PageId>,
    /// For the readers of that page.
    pub files: Option<SourceFiles>,
}

/// Addresses of the files with which other programs take a source over.
#[derive(Debug)]
pub struct SourceFiles {
    pub bibtex: String,
    pub ris: String,
}

/// A source as a text cites it.
#[derive(Debug)]
pub struct Cited {
    pub source: SourceId,
    /// Such as „vgl.“; may be empty.
    pub prefix: String,
    /// The place in it, such as „S. 12“; may be empty.
    pub locator: String,
    /// Where a list of sources leads back to; none where only text may stand.
    pub id: Option<String>,
}

/// A figure of a table in running text.
#[derive(Debug)]
pub struct Figure {
    pub table: usize,
    pub row: RowId,
    pub column: usize,
    /// As its author wrote it, where it was compared with the data.
    pub written: Option<Written>,
    /// The id of its note; none where only text may stand.
    pub id: Option<String>,
}

/// A row of a table: an index into its rows, or into those that sum up.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum RowId {
    Item(usize),
    Summary(usize),
}

impl Table {
    /// Returns a row.
    pub fn row(&self, id: RowId) -> &data::Row {
        match id {
            RowId::Item(at) => &self.data.rows[at],
            RowId::Summary(at) => &self.data.summary[at],
        }
    }
}

/// A figure as an author wrote it.
#[derive(Debug, PartialEq, Eq)]
pub enum Written {
    /// With the unit behind it, where one was written.
    Number(Decimal, Option<String>),
    Text(String),
}

/// A small table: some rows and columns of a large one.
#[derive(Debug)]
pub struct Excerpt {
    pub table: usize,
    /// The how many-th table of its text it is.
    pub number: usize,
    pub caption: Option<String>,
    pub columns: Vec<usize>,
    /// In the order they are shown in.
    pub rows: Vec<usize>,
    pub summary: Vec<usize>,
    /// What readers can do with it; nothing where it is empty.
    pub tools: Vec<Tool>,
}

/// Whether a table is large enough to have tools: a smaller one is read at a glance.
pub fn has_tools(rows: usize, columns: usize) -> bool {
    rows * columns >= FEW_CELLS
}

const FEW_CELLS: usize = 100;

/// A chart of one to three columns.
#[derive(Debug)]
pub struct Chart {
    pub table: usize,
    /// The how many-th table of its text it is.
    pub number: usize,
    pub caption: Option<String>,
    pub kind: ChartKind,
    pub columns: Vec<usize>,
    /// In the order they are shown in.
    pub rows: Vec<usize>,
    /// Those of the rows that stand out.
    pub marks: Vec<usize>,
}

/// Pages of one collection that mention a page, a row or a column.
/// The collection whose entries explain terms, and what texts make of it.
#[derive(Debug)]
pub struct Glossary {
    pub collection: usize,
    /// The field with the short definition.
    pub definition: Option<usize>,
    /// Whether a printed page ends with a list of its terms.
    pub print: bool,
    /// Address of the report for editors.
    pub report: String,
    /// One for each entry, in the order of their paths.
    pub uses: Vec<TermUse>,
    /// Words that look like terms and have no entry, the most frequent first.
    pub candidates: Vec<Candidate>,
    /// Pages with too many terms for their length.
    pub crowded: Vec<Crowded>,
}

/// How much a term is used.
#[derive(Debug)]
pub struct TermUse {
    pub term: PageId,
    /// How many other pages mention it or link to it.
    pub pages: usize,
    /// How often it stands in their texts.
    pub mentions: usize,
}

/// A word that looks like a term.
#[derive(Debug)]
pub struct Candidate {
    pub name: String,
    pub pages: Vec<PageId>,
}

/// A page with many terms that were linked by themselves.
#[derive(Debug)]
pub struct Crowded {
    pub page: PageId,
    pub links: usize,
    pub words: usize,
}

/// Entries of one collection that name this page.
#[derive(Debug)]
pub struct Backlinks {
    /// None: pages outside of collections.
    pub collection: Option<usize>,
    /// Those whose authors mention it.
    pub pages: Vec<PageId>,
    /// Those in which the program found it, such as a word of the glossary.
    pub found: Vec<PageId>,
}

/// What pages have in common, so that related ones can be found ([`crate::link::related_to`]).
#[derive(Debug)]
pub struct Relations {
    pub having: Vec<Having>,
    /// For each page the indexes of what it has.
    pub of_pages: Vec<Vec<usize>>,
    /// For each page those that it mentions, and those that mention it.
    pub linked: Vec<Vec<PageId>>,
    /// The rank of each page among those of its folder.
    pub ranks: Vec<usize>,
}

/// Something with the pages that have it, each once.
#[derive(Debug)]
pub struct Having {
    pub shared: Shared,
    pub pages: Vec<PageId>,
    /// How much it says that two pages share it.
    pub points: usize,
}

/// What pages can share.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Shared {
    Source(SourceId),
    Page(PageId),
    Row(usize, usize),
    Tag(usize),
    Category(usize),
}

/// A page that has something in common with another.
#[derive(Debug)]
pub struct Related {
    pub page: PageId,
    /// What they share, the rarest first.
    pub shared: Vec<String>,
}

/// The links that stand on every page.
#[derive(Debug, Default)]
pub struct Navigation {
    pub main: Vec<NavigationLink>,
    pub service: Vec<NavigationLink>,
    pub footer: Vec<NavigationLink>,
}

/// A link of the navigation.
#[derive(Debug)]
pub struct NavigationLink {
    pub page: PageId,
    pub label: String,
}

/// All tags, or all categories.
#[derive(Debug)]
pub struct Taxonomy {
    pub kind: TaxonomyKind,
    /// Address of the page that lists the terms.
    pub url: String,
    /// In the order of the dictionary.
    pub terms: Vec<Term>,
}

/// Which list of the front matter a taxonomy is made of.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum TaxonomyKind {
    Tags,
    Categories,
}

impl TaxonomyKind {
    /// Returns the word of the theme for all of them.
    pub fn word(self) -> &'static str {
        match self {
            TaxonomyKind::Tags => "tags",
            TaxonomyKind::Categories => "categories",
        }
    }

    /// Returns the word of the theme for one of them.
    pub fn singular_word(self) -> &'static str {
        match self {
            TaxonomyKind::Tags => "tag",
            TaxonomyKind::Categories => "category",
        }
    }
}

/// A tag or category with its pages.
#[derive(Debug)]
pub struct Term {
    pub title: String,
    pub url: String,
    pub pages: Vec<PageId>,
}

/// A field of choices by which the list of a collection can be narrowed down.
#[derive(Debug)]
pub struct Facet {
    pub collection: usize,
    pub field: usize,
    /// One for each choice, in the order of the declaration.
    pub values: Vec<FacetValue>,
}

/// A choice of a facet with the entries that have it.
#[derive(Debug)]
pub struct FacetValue {
    pub label: String,
    pub url: String,
    pub pages: Vec<PageId>,
}

/// An old address and the page that is there no more.
#[derive(Debug)]
pub struct Redirect {
    pub url: String,
    pub target: PageId,
}
