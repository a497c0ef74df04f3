//! From the site to its files: [`plan`] lists what will be written, [`run`] makes
//! one of them. All jobs run side by side.

mod comparison;
mod download;
mod feed;
mod figure;
mod form;
mod glossary_report;
mod indicator;
mod json;
mod plain;
mod profile;
pub mod readers;
mod register;
mod report;
mod review;
mod search_index;
mod shown;
mod table;
mod template;
mod value;
mod view;

use std::borrow::Cow;
use std::collections::BTreeMap;
use std::sync::Arc;
use std::time::Instant;

use rayon::prelude::*;
use tera::{Context, Map, Value};

pub use self::download::size as file_size;
use self::download::{Downloads, File, Part};
use self::search_index::SearchIndex;
use self::template::Failure;
pub use self::template::{Engine, Templates};
use self::view::{EntryFields, Place};
pub use self::view::{NOT_FOUND, lang_code};
use crate::config::{Cms, Display};
use crate::content::typography::set_line;
use crate::diag::{Diagnostic, Diagnostics, Text, text};
use crate::link::{excerpt_style_url, has_search, register_url, search_folder, search_url};
use crate::literature::export;
use crate::path::SitePath;
use crate::progress::{Made, Observer, Step};
use crate::schema::{self, Declared};
use crate::site::{Excerpt, Glossary, Page, PageId, Site, Table, Taxonomy};
use crate::source::{Sources, Span};
use crate::write::Output;

/// One thing to write.
enum Job<'site> {
    Page(&'site Page),
    /// The list of one choice: the indexes of the facet and of its value.
    Facet(usize, usize),
    /// The page of a row: the indexes of the table and of the row.
    Profile(usize, usize),
    Taxonomy(&'site Taxonomy),
    /// The index of a term.
    Term(&'site Taxonomy, usize),
    Redirect(usize),
    /// What was found in the tables, with the address of the page.
    DataReport(&'site str),
    /// What texts make of the glossary.
    GlossaryReport(&'site Glossary),
    /// When pages are to be reviewed, with the address of the page.
    Review(&'site str),
    NotFound,
    Sitemap(&'site str),
    /// The page of the search.
    SearchPage,
    /// The list of everything from A to Z.
    Register,
    Robots(&'site str),
    Feed(&'site str),
    Copy(&'site str, &'site Arc<[u8]>),
    /// A column of a table.
    Indicator(usize, usize),
    /// The list of the columns of a table.
    Indicators(usize),
    /// Rows of a table side by side.
    Comparison(usize, usize),
    /// A file of a table.
    Data(&'site str, File),
    /// A source for other programs.
    Source(&'site str, String),
    /// How wide the columns of a table are.
    TableStyle(usize),
    /// The same of a table with tools in the text of a page.
    ExcerptStyle(&'site Page, &'site Excerpt),
    /// The rows of a table that is too large for its page, with their address.
    TableRows(&'site Table, &'site str),
    /// The page with the forms of a CMS.
    Admin(&'site Cms),
    /// What the CMS knows of the fields.
    AdminConfig(&'site Cms),
}

/// Renders the whole site in memory, in the order of the plan.
///
/// Findings: `template-syntax`, `template-name`, `template-value`.
pub fn render(
    site: &Site,
    sources: &Sources,
    diags: &mut Diagnostics,
    observer: &dyn Observer,
) -> Vec<Output> {
    let Some(mut engine) = template::engine(site, sources, &mut None, diags) else { return Vec::new() };
    if has_search(&site.config, &site.theme) {
        observer.begins(Step::Index);
    }
    let search = search_index::index(site);
    set_globals(&mut engine, site, search.as_ref().map(|it| it.folder.as_str()));
    let renderer = Renderer::new(site, sources, &engine);
    observer.begins(Step::Render(renderer.count()));
    let results: Vec<Rendered> =
        (0..renderer.count()).into_par_iter().map(|at| renderer.run_observed(at, observer)).collect();
    let mut outputs = Vec::with_capacity(results.len());
    let mut failures = Vec::new();
    for (at, result) in results.into_iter().enumerate() {
        match result {
            Ok(bytes) => outputs.extend(output(&renderer.url(at), bytes)),
            Err(failed) => failures.push(failed),
        }
    }
    renderer.report(failures, diags);
    outputs.extend(search.iter().flat_map(index_files));
    outputs
}

fn set_globals(engine: &mut Engine, site: &Site, search: Option<&str>) {
    for (name, value) in view::globals(site, search) {
        engine.set_global(name, value);
    }
}

/// Makes a file; link() has reported an address that is no path, and nothing will be written.
fn output(url: &str, bytes: Arc<[u8]>) -> Option<Output> {
    SitePath::new(url).ok().map(|path| Output { path, bytes })
}

fn index_files(index: &SearchIndex) -> impl Iterator<Item = Output> {
    index.files.iter().filter_map(|it| output(&format!("{}{}", index.folder, it.name), Arc::clone(&it.bytes)))
}

/// A site of which each file can be made on its own.
pub struct Renderer<'a> {
    shared: Shared<'a>,
    jobs: Vec<Job<'a>>,
}

impl<'a> Renderer<'a> {
    /// Plans all files but those of the index of the search.
    pub fn new(site: &'a Site, sources: &'a Sources, engine: &'a Engine) -> Renderer<'a> {
        Renderer { jobs: plan(site), shared: Shared::new(site, engine, sources) }
    }

    /// Returns how many files there are.
    pub fn count(&self) -> usize {
        self.jobs.len()
    }

    /// Returns the address of a file below the top of the site.
    pub fn url(&self, at: usize) -> Cow<'_, str> {
        url(&self.jobs[at], self.shared.site)
    }

    /// Makes a file and tells how long it took.
    fn run_observed(&self, at: usize, observer: &dyn Observer) -> Rendered {
        let began = Instant::now();
        let made = self.run(at);
        let template = template(&self.jobs[at]);
        observer.made(Made { url: &self.url(at), template, time: began.elapsed() });
        made
    }

    /// Makes a file.
    pub fn run(&self, at: usize) -> Rendered {
        run(&self.jobs[at], &self.shared)
    }

    /// `template-value`, `limit`: what a template shows exists, and no page is too large. One
    /// slip that hits many pages is said once.
    pub fn report(&self, failures: Vec<Failed>, diags: &mut Diagnostics) {
        report(failures, self.shared.site, self.shared.sources, diags);
    }
}

/// Makes the templates of a preview ready. Pages are those of [`render`], except that the index
/// of the search has a fixed name: so they can be made before it is ([`preview_index`]).
/// `known` are the templates of the build before, and then those of this one.
///
/// Findings: `template-syntax`, `template-name`.
pub fn preview_engine(
    site: &Site,
    sources: &Sources,
    known: &mut Option<Templates>,
    diags: &mut Diagnostics,
) -> Option<Engine> {
    let mut engine = template::engine(site, sources, known, diags)?;
    set_globals(&mut engine, site, preview_folder(site).as_deref());
    Some(engine)
}

/// Returns the folder of the index of the search in a preview.
fn preview_folder(site: &Site) -> Option<String> {
    let words = &site.theme.words;
    has_search(&site.config, &site.theme).then(|| format!("{}preview/", search_folder(words)))
}

/// Returns whether a file of a preview belongs to the index of the search.
pub fn is_of_preview_index(site: &Site, url: &str) -> bool {
    preview_folder(site).is_some_and(|it| url.starts_with(&it))
}

/// Makes the index of the search for a preview; none where there is no search.
pub fn preview_index(site: &Site) -> Vec<Output> {
    let (Some(mut index), Some(folder)) = (search_index::index(site), preview_folder(site)) else {
        return Vec::new();
    };
    index.folder = folder;
    index_files(&index).collect()
}

/// What all jobs share.
struct Shared<'a> {
    site: &'a Site,
    engine: &'a Engine,
    sources: &'a Sources,
    /// Made once, where a page shows it.
    sitemap: Option<Value>,
    tables: Vec<Value>,
    /// Of the columns of each table.
    widths: Vec<Vec<usize>>,
    downloads: Downloads<'a>,
    profiles: Vec<Option<profile::Background>>,
}

impl<'a> Shared<'a> {
    fn new(site: &'a Site, engine: &'a Engine, sources: &'a Sources) -> Shared<'a> {
        let shows_sitemap = site.pages.iter().any(|it| it.template == "sitemap.html");
        let lang = site.config.lang;
        let widths: Vec<Vec<usize>> = site.tables.iter().map(|it| table::widths(&it.data, lang)).collect();
        let with_widths = site.tables.iter().zip(&widths);
        let tables = with_widths.map(|(it, widths)| table::view(it, widths, &site.theme.words, lang));
        let tables = tables.collect();
        let profiles = site.tables.par_iter().map(profile::Background::new).collect();
        let sitemap = shows_sitemap.then(|| view::sitemap(site));
        let downloads = Downloads::new(site, sources);
        Shared { site, engine, sources, sitemap, tables, widths, downloads, profiles }
    }
}

fn plan<'site>(site: &'site Site) -> Vec<Job<'site>> {
    let mut jobs: Vec<Job<'_>> = site.pages.iter().filter(|it| it.is_complete).map(Job::Page).collect();
    let with_tools = |page: &'site Page| page.tables_with_tools().map(move |it| Job::ExcerptStyle(page, it));
    jobs.extend(site.pages.iter().flat_map(with_tools));
    for (at, facet) in site.facets.iter().enumerate() {
        let shown = (0..facet.values.len()).filter(|&it| !facet.values[it].pages.is_empty());
        jobs.extend(shown.map(|value| Job::Facet(at, value)));
    }
    for (at, table) in site.tables.iter().enumerate() {
        jobs.extend((0..table.profiles.len()).map(|row| Job::Profile(at, row)));
        let columns = (0..table.indicators.len()).filter(|&column| table.indicators[column].is_some());
        jobs.extend(columns.map(|column| Job::Indicator(at, column)));
        jobs.extend(table.indicator_index.iter().map(|_| Job::Indicators(at)));
        jobs.extend((0..table.comparisons.len()).map(|set| Job::Comparison(at, set)));
        jobs.extend(table.page.map(|_| Job::TableStyle(at)));
        let script = table.page.and(table.script.as_deref());
        jobs.extend(script.map(|url| Job::TableRows(table, url)));
    }
    for taxonomy in [&site.tags, &site.categories].into_iter().filter(|it| !it.terms.is_empty()) {
        jobs.push(Job::Taxonomy(taxonomy));
        jobs.extend((0..taxonomy.terms.len()).map(|term| Job::Term(taxonomy, term)));
    }
    jobs.extend((0..site.redirects.len()).map(Job::Redirect));
    jobs.extend(site.data_report.as_deref().map(Job::DataReport));
    jobs.extend(site.glossary.as_ref().map(Job::GlossaryReport));
    jobs.extend(site.review.as_deref().map(Job::Review));
    jobs.push(Job::NotFound);
    if let Some(base_url) = &site.config.base_url {
        jobs.extend([Job::Sitemap(base_url), Job::Robots(base_url), Job::Feed(base_url)]);
    }
    jobs.extend(site.theme.assets.values().map(|it| Job::Copy(&it.url, &it.bytes)));
    jobs.extend(site.assets.iter().map(|it| Job::Copy(it.path.as_str(), &it.bytes)));
    jobs.extend(source_files(site));
    jobs.extend(download::plan(site).into_iter().map(|(url, file)| Job::Data(url, file)));
    jobs.extend(site.config.cms.iter().flat_map(|it| [Job::Admin(it), Job::AdminConfig(it)]));
    if has_search(&site.config, &site.theme) {
        jobs.extend([Job::SearchPage, Job::Register]);
    }
    jobs
}

/// Lists the files with which other programs take publications over.
fn source_files(site: &Site) -> impl Iterator<Item = Job<'_>> {
    let with_files = site.sources.iter().filter_map(|it| Some((&it.work, it.files.as_ref()?)));
    with_files.flat_map(|(work, files)| {
        [Job::Source(&files.bibtex, export::bibtex(work)), Job::Source(&files.ris, export::ris(work))]
    })
}

/// A page that could not be rendered: why, and where it is written.
#[derive(Clone)]
pub struct Failed {
    failure: Failure,
    page: Option<Span>,
}

/// The bytes of one file.
pub type Rendered = Result<Arc<[u8]>, Failed>;

/// Returns where a file goes.
fn url<'a>(job: &'a Job<'_>, site: &'a Site) -> Cow<'a, str> {
    let url = match *job {
        Job::Page(page) => &page.url,
        Job::Facet(facet, value) => &site.facets[facet].values[value].url,
        Job::Indicator(table, column) => site.tables[table].indicators[column].as_deref().unwrap_or_default(),
        Job::Indicators(table) => site.tables[table].indicator_index.as_deref().unwrap_or_default(),
        Job::Comparison(table, set) => &site.tables[table].comparisons[set],
        Job::Profile(table, row) => &site.tables[table].profiles[row],
        Job::Taxonomy(taxonomy) => &taxonomy.url,
        Job::Term(taxonomy, term) => &taxonomy.terms[term].url,
        Job::Redirect(at) => &site.redirects[at].url,
        Job::DataReport(url)
        | Job::Review(url)
        | Job::Copy(url, _)
        | Job::Data(url, _)
        | Job::Source(url, _)
        | Job::TableRows(_, url) => url,
        Job::GlossaryReport(glossary) => &glossary.report,
        Job::NotFound => NOT_FOUND,
        Job::Sitemap(_) => "sitemap.xml",
        Job::Admin(_) => schema::cms::PAGE,
        Job::AdminConfig(_) => schema::cms::CONFIG,
        Job::Robots(_) => "robots.txt",
        Job::Feed(_) => "feed.xml",
        Job::TableStyle(at) => &site.tables[at].style,
        Job::SearchPage => return search_url(&site.theme.words).into(),
        Job::Register => return register_url(&site.theme.words).into(),
        Job::ExcerptStyle(page, excerpt) => {
            return excerpt_style_url(&page.url, excerpt.number, &site.theme.words).into();
        }
    };
    url.into()
}

/// Returns the template that writes a file, where one does.
fn template<'a>(job: &'a Job<'_>) -> Option<&'a str> {
    match job {
        Job::Page(page) => Some(&page.template),
        Job::Facet(..) => Some("collection.html"),
        Job::Profile(..) => Some("profile.html"),
        Job::Indicator(..) => Some("indicator.html"),
        Job::Indicators(_) => Some("indicators.html"),
        Job::Comparison(..) => Some("comparison.html"),
        Job::Taxonomy(_) => Some("taxonomy.html"),
        Job::Term(..) => Some("term.html"),
        Job::Redirect(_) => Some("redirect.html"),
        Job::DataReport(_) => Some("data_report.html"),
        Job::GlossaryReport(_) => Some("glossary_report.html"),
        Job::Review(_) => Some("review.html"),
        Job::SearchPage => Some("search.html"),
        Job::Register => Some("register.html"),
        Job::NotFound => Some(NOT_FOUND),
        _ => None,
    }
}

fn run(job: &Job<'_>, shared: &Shared<'_>) -> Rendered {
    let site = shared.site;
    match *job {
        Job::Page(page) => written_page(page, shared),
        Job::Facet(facet, value) => facet_page(facet, value, shared),
        Job::Indicator(table, column) => indicator_page(table, column, shared),
        Job::Indicators(table) => indicators_page(table, shared),
        Job::Comparison(table, set) => comparison_page(table, set, shared),
        Job::Profile(table, row) => profile_page(table, row, shared),
        Job::Taxonomy(taxonomy) => taxonomy_page(taxonomy, shared),
        Job::Term(taxonomy, term) => term_page(taxonomy, term, shared),
        Job::Redirect(at) => redirect_page(at, shared),
        Job::DataReport(url) => data_report_page(url, shared),
        Job::GlossaryReport(glossary) => glossary_report_page(glossary, shared),
        Job::Review(url) => review_page(url, shared),
        Job::NotFound => not_found_page(shared),
        Job::SearchPage => search_page(shared),
        Job::Register => register_page(shared),
        Job::Sitemap(base_url) => Ok(feed::sitemap(site, base_url).into_bytes().into()),
        Job::Robots(base_url) => Ok(feed::robots(base_url).into_bytes().into()),
        Job::Feed(base_url) => Ok(feed::atom(site, base_url).into_bytes().into()),
        Job::Admin(cms) => Ok(schema::cms::page(&declared(cms, shared), cms).into_bytes().into()),
        Job::AdminConfig(cms) => Ok(schema::cms::yaml(&declared(cms, shared)).into_bytes().into()),
        Job::Copy(_, bytes) => Ok(Arc::clone(bytes)),
        Job::Data(_, file) => Ok(shared.downloads.bytes(file)),
        Job::Source(_, ref content) => Ok(content.as_bytes().into()),
        Job::TableRows(table, _) => Ok(table_rows(site, table).into_bytes().into()),
        Job::ExcerptStyle(_, excerpt) => Ok(table::excerpt_style(site, excerpt).into_bytes().into()),
        Job::TableStyle(at) => {
            Ok(table::style(&site.tables[at], &shared.widths[at], site.config.lang).into_bytes().into())
        }
    }
}

/// Returns the declarations of the site; the CMS is declared in the same file.
fn declared<'a>(cms: &Cms, shared: &Shared<'a>) -> Declared<'a> {
    let config = &shared.site.config;
    Declared { config, written: shared.sources.text(cms.span.file), lang: config.lang }
}

/// Makes the script with the rows of a table; their addresses are those its page needs.
fn table_rows(site: &Site, table: &Table) -> String {
    table::columns_script(site, table, table.page.map_or("", |it| &site.page(it).url))
}

/// A page of the output before it is rendered.
struct Draft<'a> {
    url: &'a str,
    template: &'a str,
    page: Map,
    /// What only some pages have: `list`, `table`, ….
    more: Vec<(&'static str, Value)>,
    /// Where it is written.
    span: Option<Span>,
}

fn finish(draft: Draft<'_>, shared: &Shared<'_>) -> Rendered {
    let mut context = Context::new();
    context.insert_value("root", Value::from(view::root(shared.site, draft.url)));
    context.insert_value("page", Value::from(draft.page));
    for (name, value) in draft.more {
        context.insert_value(name, value);
    }
    let made = shared.engine.render(draft.template, &context, shared.sources);
    made.map_err(|failure| Failed { failure, page: draft.span })
}

fn written_page(page: &Page, shared: &Shared<'_>) -> Rendered {
    let site = shared.site;
    let mut more = Vec::new();
    if page.url == site.page(site.home).url {
        more.extend(view::news(site).map(|it| ("list", it)));
    } else if let Some(list) = children(site, page) {
        more.push(("list", list));
    }
    if let Some(table) = page.table {
        let downloads = &shared.downloads;
        more.push(("table", shared.tables[table].clone()));
        more.push(("downloads", downloads.list(&downloads.of_table(table))));
        more.push(("rights", downloads.rights(table)));
        more.push(("json_ld", downloads.json_ld(table, Part::Whole, &page.url)));
        let report = report::address(site, table);
        more.extend(report.map(|it| ("data_report", Value::from(it))));
    }
    let glossary = site.glossary.as_ref().filter(|it| page.index_of == Some(it.collection));
    more.extend(glossary.map(|it| ("glossary_report", value::text(&it.report))));
    if let Some(form) = page.form {
        more.push(("form", form::view(site, &site.config.forms[form])));
    }
    if page.template == "sitemap.html" {
        more.extend(shared.sitemap.clone().map(|it| ("sitemap", it)));
    }
    let draft = Draft {
        url: &page.url,
        template: &page.template,
        page: view::page(site, page),
        more,
        span: Some(Span::start_of(page.file)),
    };
    finish(draft, shared)
}

/// Makes `list` of an index page.
fn children(site: &Site, page: &Page) -> Option<Value> {
    if let Some(collection) = page.index_of {
        let display = site.config.collections[collection].display;
        let entries = entries_of(site, page, collection);
        let list = view::listing(site, &entries, display, EntryFields::All, &page.url);
        let list = view::with_tools(site, list, collection, &entries);
        return Some(view::with_facets(site, list, collection, page, None));
    }
    let is_index = page.path.name() == "_index.md";
    is_index.then(|| view::listing(site, &page.children, Display::List, EntryFields::None, &page.url))
}

fn entries_of(site: &Site, index: &Page, collection: usize) -> Vec<PageId> {
    index.children.iter().copied().filter(|it| site.page(*it).collection == Some(collection)).collect()
}

fn facet_page(at: usize, value_at: usize, shared: &Shared<'_>) -> Rendered {
    let site = shared.site;
    let facet = &site.facets[at];
    let value = &facet.values[value_at];
    let collection = &site.config.collections[facet.collection];
    let index = site.page_ids().find(|it| site.page(*it).index_of == Some(facet.collection));
    let index = index.unwrap_or(site.home);
    let place = Place {
        title: set_line(site.config.lang, &format!("{}: {}", collection.label, value.label)).into(),
        nav_title: set_line(site.config.lang, &value.label).into(),
        description: "",
        url: &value.url,
        template: "collection.html",
        parent: Some(index),
    };
    let list = view::listing(site, &value.pages, collection.display, EntryFields::All, &value.url);
    let list = view::with_facets(site, list, facet.collection, site.page(index), Some((at, value_at)));
    finish(generated(site, &place, vec![("list", list)]), shared)
}

fn generated<'a>(site: &Site, place: &Place<'a>, more: Vec<(&'static str, Value)>) -> Draft<'a> {
    Draft { url: place.url, template: place.template, page: view::generated(site, place), more, span: None }
}

fn profile_page(at: usize, row: usize, shared: &Shared<'_>) -> Rendered {
    let site = shared.site;
    let table = &site.tables[at];
    // Where rows have pages there is something to compare them with.
    let Some(background) = &shared.profiles[at] else { return Ok(Arc::default()) };
    let title = table.data.rows[row].title.as_str();
    let place = Place {
        title: title.into(),
        nav_title: title.into(),
        description: "",
        url: &table.profiles[row],
        template: "profile.html",
        parent: Some(table.page.unwrap_or(site.home)),
    };
    let (profile, toc) = profile::view(site, table, background, row);
    let downloads = shared.downloads.list(&shared.downloads.of_row(at, row));
    let mut draft = generated(site, &place, vec![("profile", profile), ("downloads", downloads)]);
    let (previous, next) = background.neighbours(row);
    let link = |row: usize| view::link(&table.profiles[row], &table.data.rows[row].title);
    draft.page.insert("toc".into(), toc);
    let backlinks = table.row_backlinks.get(&row).map_or(&[][..], Vec::as_slice);
    draft.page.insert("backlinks".into(), view::backlinks(site, backlinks));
    draft.page.insert("previous".into(), previous.map_or_else(Value::none, link));
    draft.page.insert("next".into(), next.map_or_else(Value::none, link));
    finish(draft, shared)
}

/// Returns the place of a page that is made of a table: it lies below the table's own page.
fn place_below<'a>(
    site: &'a Site,
    table: &Table,
    title: &'a str,
    url: &'a str,
    template: &'a str,
) -> Place<'a> {
    let parent = Some(table.page.unwrap_or(site.home));
    Place { title: title.into(), nav_title: title.into(), description: "", url, template, parent }
}

fn indicator_page(at: usize, column: usize, shared: &Shared<'_>) -> Rendered {
    let table = &shared.site.tables[at];
    let url = table.indicators[column].as_deref().unwrap_or_default();
    let described = &table.data.columns[column];
    let mut place = place_below(shared.site, table, &described.label, url, "indicator.html");
    place.description = described.definition.as_deref().unwrap_or_default();
    let downloads = &shared.downloads;
    let more = vec![
        ("indicator", indicator::view(shared.site, table, column)),
        ("downloads", downloads.list(&downloads.of_column(at, column))),
        ("rights", downloads.rights(at)),
        ("json_ld", downloads.json_ld(at, Part::Column(column), url)),
    ];
    let mut draft = generated(shared.site, &place, more);
    if let Some(index) = &table.indicator_index {
        add_breadcrumb(&mut draft.page, index, shared.site.theme.words.get("indicators"));
    }
    let backlinks = table.column_backlinks.get(&column).map_or(&[][..], Vec::as_slice);
    draft.page.insert("backlinks".into(), view::backlinks(shared.site, backlinks));
    let (previous, next) = indicator::neighbours(table, column);
    draft.page.insert("previous".into(), previous);
    draft.page.insert("next".into(), next);
    finish(draft, shared)
}

fn indicators_page(at: usize, shared: &Shared<'_>) -> Rendered {
    let table = &shared.site.tables[at];
    let url = table.indicator_index.as_deref().unwrap_or_default();
    let title = shared.site.theme.words.get("indicators");
    let place = place_below(shared.site, table, title, url, "indicators.html");
    let more = vec![("indicators", indicator::index(shared.site, table))];
    finish(generated(shared.site, &place, more), shared)
}

fn comparison_page(at: usize, set: usize, shared: &Shared<'_>) -> Rendered {
    let table = &shared.site.tables[at];
    let (url, comparison) = (&table.comparisons[set], &table.data.comparisons[set]);
    let place = place_below(shared.site, table, &comparison.title, url, "comparison.html");
    let more = vec![("comparison", comparison::view(shared.site, table, comparison))];
    finish(generated(shared.site, &place, more), shared)
}

fn taxonomy_page(taxonomy: &Taxonomy, shared: &Shared<'_>) -> Rendered {
    let site = shared.site;
    let title = view::taxonomy_title(site, taxonomy.kind, None);
    let place = Place {
        title: title.as_str().into(),
        nav_title: title.as_str().into(),
        description: "",
        url: &taxonomy.url,
        template: "taxonomy.html",
        parent: Some(site.home),
    };
    finish(generated(site, &place, vec![("terms", view::terms(taxonomy))]), shared)
}

fn term_page(taxonomy: &Taxonomy, at: usize, shared: &Shared<'_>) -> Rendered {
    let site = shared.site;
    let term = &taxonomy.terms[at];
    let place = Place {
        title: view::taxonomy_title(site, taxonomy.kind, Some(&term.title)).into(),
        nav_title: term.title.as_str().into(),
        description: "",
        url: &term.url,
        template: "term.html",
        parent: Some(site.home),
    };
    let list = view::listing(site, &term.pages, Display::List, EntryFields::None, &term.url);
    let mut draft = generated(site, &place, vec![("list", list)]);
    add_breadcrumb(&mut draft.page, &taxonomy.url, &view::taxonomy_title(site, taxonomy.kind, None));
    finish(draft, shared)
}

/// The list of all tags has no page that an author wrote, so it is not among the pages above.
fn add_breadcrumb(page: &mut Map, url: &str, title: &str) {
    let link = value::map([("title", value::text(title)), ("url", value::text(url))]);
    let above =
        page.get(&tera::value::Key::from("breadcrumbs")).and_then(Value::as_array).unwrap_or_default();
    let links = value::list(above.iter().cloned().chain([link]));
    page.insert("breadcrumbs".into(), links);
}

fn redirect_page(at: usize, shared: &Shared<'_>) -> Rendered {
    let site = shared.site;
    let redirect = &site.redirects[at];
    let title = site.theme.words.get("moved_title");
    let place = Place {
        title: title.into(),
        nav_title: title.into(),
        description: "",
        url: &redirect.url,
        template: "redirect.html",
        parent: Some(site.home),
    };
    let mut draft = generated(site, &place, Vec::new());
    let target = site.page(redirect.target);
    draft.page.insert("target".into(), value::text(&target.url));
    draft.page.insert("canonical".into(), view::canonical(site, &target.url));
    finish(draft, shared)
}

/// The report stands below the first page that shows a table.
fn data_report_page(url: &str, shared: &Shared<'_>) -> Rendered {
    let site = shared.site;
    let words = &site.theme.words;
    let place = Place {
        title: words.get("data_report_title").into(),
        nav_title: words.get("data_report").into(),
        description: words.get("data_report_lead"),
        url,
        template: "data_report.html",
        parent: site.tables.iter().find_map(|it| it.page).or(Some(site.home)),
    };
    let legends =
        shared.tables.iter().map(|it| it.get_from_path("legend").cloned().unwrap_or_else(Value::none));
    let report = report::view(site, shared.sources, legends);
    finish(generated(site, &place, vec![("report", report)]), shared)
}

/// The report stands below the page of the glossary, and only there a link leads to it.
fn glossary_report_page(glossary: &Glossary, shared: &Shared<'_>) -> Rendered {
    let site = shared.site;
    let words = &site.theme.words;
    let index = site.page_ids().find(|it| site.page(*it).index_of == Some(glossary.collection));
    let place = Place {
        title: words.get("glossary_report_title").into(),
        nav_title: words.get("glossary_report").into(),
        description: words.get("glossary_report_lead"),
        url: &glossary.report,
        template: "glossary_report.html",
        parent: index.or(Some(site.home)),
    };
    finish(generated(site, &place, vec![("report", glossary_report::view(site, glossary))]), shared)
}

fn review_page(url: &str, shared: &Shared<'_>) -> Rendered {
    let site = shared.site;
    let words = &site.theme.words;
    let place = Place {
        title: words.get("review_title").into(),
        nav_title: words.get("review").into(),
        description: words.get("review_lead"),
        url,
        template: "review.html",
        parent: Some(site.home),
    };
    finish(generated(site, &place, vec![("review", review::view(site))]), shared)
}

fn not_found_page(shared: &Shared<'_>) -> Rendered {
    let site = shared.site;
    let title = site.theme.words.get("not_found_title");
    let place = Place {
        title: title.into(),
        nav_title: title.into(),
        description: "",
        url: NOT_FOUND,
        template: NOT_FOUND,
        parent: Some(site.home),
    };
    finish(generated(site, &place, Vec::new()), shared)
}

fn search_page(shared: &Shared<'_>) -> Rendered {
    let site = shared.site;
    let (url, title) = (search_url(&site.theme.words), site.theme.words.get("search"));
    let place = place_at_top(site, title, &url, "search.html");
    finish(generated(site, &place, vec![("collections", register::collections(site))]), shared)
}

fn register_page(shared: &Shared<'_>) -> Rendered {
    let site = shared.site;
    let (url, title) = (register_url(&site.theme.words), site.theme.words.get("register_title"));
    let place = place_at_top(site, title, &url, "register.html");
    finish(generated(site, &place, vec![("register", register::view(site))]), shared)
}

fn place_at_top<'a>(site: &Site, title: &'a str, url: &'a str, template: &'a str) -> Place<'a> {
    let parent = Some(site.home);
    Place { title: title.into(), nav_title: title.into(), description: "", url, template, parent }
}

/// The suggestion for a slip, and the pages that it hits.
type Failing = (Option<Box<Text>>, Vec<Option<Span>>);

/// `template-value`, `limit`: what a template shows exists, and no page is too large. One slip that hits many pages is said once.
fn report(failures: Vec<Failed>, site: &Site, sources: &Sources, diags: &mut Diagnostics) {
    let mut groups: BTreeMap<Failure, Failing> = BTreeMap::new();
    for mut failed in failures {
        // Pages see different names; the first one makes the suggestion.
        let help = failed.failure.help.take();
        groups.entry(failed.failure).or_insert((help, Vec::new())).1.push(failed.page);
    }
    for (failure, (help, pages)) in groups {
        let span = failure.place.or(pages[0]).unwrap_or(Span::start_of(site.page(site.home).file));
        let mut diagnostic =
            Diagnostic::error(failure.code, span, failure.message).maybe_help(help.map(|it| *it));
        if let Some(page) = pages.iter().flatten().next() {
            let path = &sources.get(page.file).path;
            diagnostic = diagnostic.context(while_rendering(path, pages.len() - 1));
        }
        diags.push(diagnostic);
    }
}

/// Says which page was being rendered, and how many others fail at the same place.
fn while_rendering(path: &str, others: usize) -> Text {
    let (de, en) = match others {
        0 => (String::new(), String::new()),
        1 => (" und 1 weiteren Seite".to_owned(), " and 1 more page".to_owned()),
        _ => (format!(" und {others} weiteren Seiten"), format!(" and {others} more pages")),
    };
    text(format!("beim Erzeugen von {path}{de}"), format!("while rendering {path}{en}"))
}
