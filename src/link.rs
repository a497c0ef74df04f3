//! From names to ids: every link, reference and address of the site is resolved
//! here, or reported.
//!
//! 1. [`addresses`]: where each page goes, and that no two things go to one place;
//! 2. [`targets`]: links and references in texts and fields;
//! 3. [`figures`]: figures, small tables and charts in texts;
//! 4. [`sources`]: what texts cite;
//! 5. [`glossary`]: terms in texts, and [`laws`];
//! 6. [`tree`]: sections, their order and neighbours;
//! 7. [`terms`]: tags, categories and the facets of collections;
//! 8. [`tables`]: the pages and files of tables, and their statistics;
//! 9. [`mentions`]: what mentions what; [`related`]: pages that have something in common.

mod addresses;
mod figures;
mod glossary;
mod laws;
mod mentions;
mod related;
mod sources;
mod tables;
mod targets;
mod terms;
mod tree;

use std::collections::BTreeSet;
use std::sync::Arc;

use rayon::prelude::*;

pub use self::addresses::{excerpt_style_url, has_search, register_url, search_folder, search_url};
use self::glossary::Glossary;
use self::glossary::report::{self, Uses};
use self::mentions::Mentions;
pub use self::related::related_to;
use self::sources::Catalogue;
use self::targets::Targets;
pub use self::targets::full_path;
use self::tree::Folders;
use crate::config::{Config, Sort};
use crate::content::{self, Head};
use crate::data::Tables;
use crate::data::checks::Checked;
use crate::date::Date;
use crate::diag::{Diagnostic, Diagnostics, did_you_mean, text};
use crate::literature::Work;
use crate::load::AssetFile;
use crate::memo::Memo;
use crate::site::{self, DataPackage, Navigation, NavigationLink, PageId, Site};
use crate::source::{FileId, Sources, Span, Spanned};
use crate::theme::Theme;

/// The site as it was written: each file is understood, none knows the others.
#[derive(Debug)]
pub struct Parsed {
    pub config: Config,
    pub config_file: FileId,
    pub theme: Theme,
    /// Sorted by path; without drafts, unless they were asked for.
    pub pages: Vec<Arc<content::Page>>,
    /// The paths of the drafts that are left out.
    pub drafts: Vec<String>,
    /// The paths of the pages that could not be read; that is reported already,
    /// and what leads to them is not reported again.
    pub unreadable: BTreeSet<String>,
    pub tables: Tables,
    /// The sources of the files that hold them.
    pub works: Vec<Work>,
    /// Those files.
    pub literature: Vec<FileId>,
    /// What was found out about each of them.
    pub checked: Vec<Checked>,
    pub assets: Vec<AssetFile>,
    /// The day of the build, where it is known.
    pub date: Option<Date>,
    /// Pages that no text leads to are told.
    pub orphans: bool,
}

/// What became of a page when it was linked, and what was found on the way.
#[derive(Debug)]
pub struct Linking {
    page: Arc<site::Linked>,
    uses: Uses,
    mentions: Mentions,
    found: Diagnostics,
}

/// Resolves the whole site. What `memo` knows from the build before is not made again. Gives
/// nothing where the site has no start page.
pub fn link(parsed: Parsed, sources: &Sources, memo: &mut Memo, diags: &mut Diagnostics) -> Option<Site> {
    let terms = terms::collect(&parsed);
    let (addresses, order) =
        rayon::join(|| addresses::assign(&parsed, &terms, diags), || tree::order(&parsed));
    let home = home(&parsed, diags)?;
    let folders = Folders::new(&parsed, home);
    let catalogue = Catalogue::new(&parsed, sources, diags);
    let glossary = Glossary::new(&parsed, diags);
    let targets = Targets::new(&parsed, sources, &catalogue, &glossary);
    let resolve = |(at, written): (usize, &Arc<content::Page>)| {
        let mut found = Diagnostics::default();
        let mut page = resolve(PageId(at), written, &parsed, &targets, &mut found);
        page.parent = folders.parent(page.id, &page.path);
        [page.tags, page.categories] =
            [(&terms[0], &written.head.tags), (&terms[1], &written.head.categories)]
                .map(|(terms, written)| terms.of_page(written));
        let uses = glossary.link(page.id, written, &mut page, &mut found);
        let mentions = mentions::of_page(&page, &catalogue.sources, &uses.linked);
        Arc::new(Linking { page: Arc::new(page), uses, mentions, found })
    };
    let known = memo.linked(&parsed, sources);
    let pages = parsed.pages.par_iter().enumerate().zip(known);
    let linked: Vec<Arc<Linking>> =
        pages.map(|(page, known)| known.unwrap_or_else(|| resolve(page))).collect();
    let mut pages = Vec::with_capacity(linked.len());
    let mut mentions = Mentions::default();
    for it in &linked {
        pages.push(site::Page::new(Arc::clone(&it.page)));
        mentions.extend(&it.mentions);
        diags.extend(it.found.iter().cloned());
    }
    let glossary = report::collect(&glossary, &pages, linked.iter().map(|it| &it.uses));
    memo.keep_linked(linked);
    let navigation = navigation(&parsed, &targets, &pages, diags);
    if let Some(guide) = &parsed.config.guide {
        // Only a page that is there can have it.
        targets.page_at(guide, diags);
    }
    sources::report_unused(&catalogue, &pages, diags);
    tree::connect(&mut pages, &order, home);
    let taxonomies = terms::taxonomies(&parsed, &terms, &order, &pages);
    let facets = terms::facets(&pages, &parsed.config, &order);
    let redirects = addresses.redirects;
    let Parsed {
        config, theme, tables: Tables { read, descriptor, .. }, checked, assets, date, orphans, ..
    } = parsed;
    let data_report = (!read.is_empty()).then(|| tables::report_url(&theme.words));
    let data_package = descriptor
        .filter(|_| !read.is_empty())
        .map(|it| DataPackage { url: tables::package_url(&theme.words), descriptor: it });
    let review = config.review.map(|_| addresses::review_url(&theme.words));
    let mut tables = tables::resolve(read, checked, addresses.tables, &pages);
    let (backlinks, relations) = rayon::join(
        || mentions::backlinks(&pages, &tables, &order, &mentions),
        || related::relations(&pages, &catalogue.sources, &taxonomies, &mentions.by_hand, &order),
    );
    let [tags, categories] = taxonomies;
    if orphans {
        mentions::report_orphans(&pages, &navigation, &mentions, diags);
    }
    mentions::connect(&mut pages, &mut tables, backlinks);
    Some(Site {
        config,
        theme,
        pages,
        home,
        navigation,
        tags,
        categories,
        facets,
        redirects,
        tables,
        sources: catalogue.sources,
        data_report,
        review,
        glossary,
        data_package,
        assets,
        relations,
        date,
    })
}

/// `missing-home`: a site has a start page.
fn home(parsed: &Parsed, diags: &mut Diagnostics) -> Option<PageId> {
    let found = parsed.pages.iter().position(|it| it.path.as_str() == "_index.md");
    if found.is_none() && !parsed.unreadable.contains("_index.md") {
        let message = text("Der Website fehlt ihre Startseite.", "the site has no start page");
        let help = text("Legen Sie content/_index.md an.", "create content/_index.md");
        diags.push(Diagnostic::error("missing-home", Span::start_of(parsed.config_file), message).help(help));
    }
    found.map(PageId)
}

/// Resolves what one page says about others; its place in the tree comes later.
fn resolve(
    id: PageId,
    page: &content::Page,
    parsed: &Parsed,
    targets: &Targets<'_>,
    diags: &mut Diagnostics,
) -> site::Linked {
    let head = &page.head;
    let index_of = index_of(page, &parsed.config);
    let wished_table = head.table.as_ref();
    let table_name = wished_table.filter(|it| !parsed.tables.may_be_unreadable(&it.value));
    let table =
        named(table_name, parsed.tables.read.iter().map(|it| it.name.as_str()), &UNKNOWN_TABLE, diags);
    let form = named(
        head.form.as_ref(),
        parsed.config.forms.iter().map(|it| it.name.value.as_str()),
        &UNKNOWN_FORM,
        diags,
    );
    site::Linked {
        id,
        file: page.file,
        path: page.path.clone(),
        url: page.address.url.clone(),
        title: head.title.value.clone(),
        nav_title: head.nav_title.clone().unwrap_or_else(|| head.title.value.clone()),
        description: head.description.clone(),
        date: head.date,
        updated: head.updated,
        owner: head.owner.clone(),
        review_by: head.review_by.as_ref().map(|it| it.value),
        template: template(page, index_of, parsed, diags),
        toc: head.toc,
        easy_language: head.easy_language,
        parent: None,
        collection: page.collection,
        index_of,
        tags: Vec::new(),
        categories: Vec::new(),
        fields: page.fields.iter().map(|field| targets.field(page, field, diags)).collect(),
        body: targets.body(page, &page.body, diags),
        terms: Vec::new(),
        is_complete: table.is_some() == wished_table.is_some() && form.is_some() == head.form.is_some(),
        table,
        form,
    }
}

fn index_of(page: &content::Page, config: &Config) -> Option<usize> {
    let folder = page.path.as_str().strip_suffix("/_index.md")?;
    config.collections.iter().position(|it| it.name.value == folder)
}

/// What is said when a name is not known.
struct Unknown {
    code: &'static str,
    de: &'static str,
    en: &'static str,
}

const UNKNOWN_TABLE: Unknown = Unknown { code: "unknown-table", de: "Eine Tabelle", en: "table" };
const UNKNOWN_FORM: Unknown = Unknown { code: "unknown-form", de: "Ein Formular", en: "form" };
const UNKNOWN_TEMPLATE: Unknown = Unknown { code: "unknown-template", de: "Eine Vorlage", en: "template" };

/// `unknown-table`, `unknown-form`, `unknown-template`: what is named exists.
fn named<'a>(
    written: Option<&Spanned<String>>,
    names: impl Iterator<Item = &'a str> + Clone,
    unknown: &Unknown,
    diags: &mut Diagnostics,
) -> Option<usize> {
    let written = written?;
    let found = names.clone().position(|it| it == written.value);
    if found.is_none() {
        let name = &written.value;
        let message = text(
            format!("{} „{name}“ gibt es nicht.", unknown.de),
            format!("there is no {} `{name}`", unknown.en),
        );
        let list: Vec<&str> = names.clone().collect();
        let help = did_you_mean(name, names)
            .or_else(|| (!list.is_empty()).then(|| crate::fields::allowed(&list.join(", "))));
        diags.push(Diagnostic::error(unknown.code, written.span, message).maybe_help(help));
    }
    found
}

/// Returns the file name of the template that renders a page.
fn template(
    page: &content::Page,
    index_of: Option<usize>,
    parsed: &Parsed,
    diags: &mut Diagnostics,
) -> String {
    let Head { template, table, form, .. } = &page.head;
    let collection = page.collection.map(|it| &parsed.config.collections[it]);
    let wished = template.as_ref().or_else(|| collection.and_then(|it| it.template.as_ref()));
    if let Some(wished) = wished.filter(|_| parsed.theme.is_whole) {
        let name = Spanned::new(format!("{}.html", wished.value.trim_end_matches(".html")), wished.span);
        let names = parsed.theme.templates.keys().map(String::as_str);
        if named(Some(&name), names, &UNKNOWN_TEMPLATE, diags).is_some() {
            return name.value;
        }
    }
    let name = match page.path.as_str() {
        _ if table.is_some() => "table.html",
        _ if form.is_some() => "form.html",
        _ if collection.is_some() => "entry.html",
        "_index.md" => "home.html",
        _ if index_of.is_some() => "collection.html",
        path if path.ends_with("/_index.md") => "section.html",
        _ => "page.html",
    };
    name.to_owned()
}

fn navigation(
    parsed: &Parsed,
    targets: &Targets<'_>,
    pages: &[site::Page],
    diags: &mut Diagnostics,
) -> Navigation {
    let mut links = |written: &[crate::config::NavigationLink]| {
        let resolved = written.iter().filter_map(|link| {
            let page = targets.page_at(&link.page, diags)?;
            let label = link.label.clone().unwrap_or_else(|| pages[page.0].nav_title.clone());
            Some(NavigationLink { page, label })
        });
        resolved.collect()
    };
    let written = &parsed.config.navigation;
    Navigation {
        main: links(&written.main),
        service: links(&written.service),
        footer: links(&written.footer),
    }
}

/// The order of the pages of a folder that is no collection.
const SECTION_SORT: Sort = Sort { by: crate::config::SortBy::Order, descending: false };
