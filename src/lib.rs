//! Kompendium: Markdown and CSV become a knowledge base that is proven at build time.
//!
//! A build is one pass through plain functions, each of which takes what the one
//! before it returned: [`load::load`] reads, [`build()`] turns what was read into
//! files in memory, [`write::publish`] puts them in place whole. Between them,
//! [`cache`] remembers the last good build, so that one with nothing changed ends
//! early. [`cli`] calls them and prints.

pub mod cache;
pub mod check;
pub mod cli;
pub mod collate;
pub mod config;
pub mod content;
pub mod data;
pub mod date;
pub mod diag;
pub mod diff;
pub mod explain;
pub mod external;
pub mod fields;
pub mod hash;
pub mod html;
pub mod init;
pub mod limits;
pub mod link;
pub mod literature;
pub mod load;
pub mod markdown;
pub mod memo;
pub mod package;
pub mod path;
pub mod pattern;
pub mod progress;
pub mod render;
pub mod review;
pub mod roman;
pub mod schema;
pub mod search;
pub mod serve;
pub mod site;
pub mod slug;
pub mod source;
pub mod theme;
pub mod write;
pub mod yaml;

use std::collections::BTreeSet;
use std::sync::Arc;

use rayon::prelude::*;

use crate::config::Config;
use crate::data::Tables;
use crate::diag::{Diagnostics, Lang};
use crate::link::Parsed;
use crate::literature::Work;
use crate::load::{AssetFile, Inputs};
use crate::memo::{Memo, Remembered};
use crate::package::Package;
use crate::progress::{Observer, Step};
use crate::site::Site;
use crate::source::Sources;
use crate::write::Output;

/// What a build makes of its inputs.
#[derive(Debug)]
pub struct Outcome {
    /// Empty when a finding is an error: a broken site is never half-written.
    pub outputs: Vec<Output>,
    /// The same as one ZIP archive, where it was asked for.
    pub archive: Option<Vec<u8>>,
    pub diagnostics: Diagnostics,
    /// The texts that the findings point into.
    pub sources: Sources,
    /// The language of the site.
    pub lang: Lang,
    /// How many pages authors wrote.
    pub pages: usize,
    pub tables: usize,
    /// How many figures, tables and charts stand in texts; 0 where nothing was rendered.
    pub figures: usize,
}

/// A site whose links all lead somewhere, before it is rendered.
#[derive(Debug)]
pub struct Resolved {
    /// None where it cannot be rendered; the findings say why.
    pub site: Option<Site>,
    pub diagnostics: Diagnostics,
    pub lang: Lang,
    pub pages: usize,
    pub tables: usize,
}

/// Builds the whole site in memory. `found` is what was wrong with single files
/// when they were read; `observer` is told what happens.
pub fn build(inputs: Inputs, found: Diagnostics, observer: &dyn Observer) -> Outcome {
    let mut memo = Memo::default();
    let Resolved { site, diagnostics: mut diags, lang, pages, tables } =
        resolve(&inputs, found, &mut memo, observer);
    memo.forget();
    let (mut package, mut figures) = (Package::default(), 0);
    if let Some(site) = site {
        figures = site.pages.iter().map(|it| it.body.figures()).sum();
        let outputs = render::render(&site, &inputs.sources, &mut diags, observer);
        if !diags.has_errors() {
            observer.begins(Step::Package);
            package = package::package(&site, outputs, &inputs.request);
        }
        site.pages.into_par_iter().for_each(drop);
    }
    let Package { outputs, archive } = package;
    Outcome { outputs, archive, diagnostics: diags, sources: inputs.sources, lang, pages, tables, figures }
}

/// Does all of a build that comes before rendering. What `memo` knows from the build before
/// is not made again.
pub fn resolve(inputs: &Inputs, found: Diagnostics, memo: &mut Memo, observer: &dyn Observer) -> Resolved {
    let mut diags = found;
    let (mut site, mut lang, mut pages, mut tables) = (None, Lang::De, 0, 0);
    observer.begins(Step::Parse);
    if let Some(parsed) = parse(inputs, memo, &mut diags) {
        (lang, pages, tables) = (parsed.config.lang, parsed.pages.len(), parsed.tables.read.len());
        observer.begins(Step::Check);
        check::check(&parsed, &inputs.sources, &mut diags);
        observer.begins(Step::Link);
        site = link::link(parsed, &inputs.sources, memo, &mut diags);
    }
    Resolved { site, diagnostics: diags, lang, pages, tables }
}

/// Understands each file on its own. Gives nothing without a readable configuration.
pub fn parse(inputs: &Inputs, memo: &mut Memo, diags: &mut Diagnostics) -> Option<Parsed> {
    let mut config = config::parse(inputs.config, inputs.sources.text(inputs.config), diags)?;
    if let Some(base_url) = &inputs.request.base_url {
        config.base_url = Some(base_url.clone());
    }
    let theme = theme::resolve(&config.theme, config.lang, &inputs.themes, &inputs.sources, diags);
    let known = memo.pages(inputs, &theme);
    let read: Vec<Arc<Remembered>> = inputs
        .pages
        .par_iter()
        .enumerate()
        .map(|(at, file)| match memo::find(&known, at, file, inputs) {
            Some(known) => Arc::clone(known),
            None => {
                let mut diags = Diagnostics::default();
                let page = content::parse(file, &inputs.sources, &config, &theme, &mut diags);
                Arc::new(Remembered::new(file, inputs, page, diags))
            }
        })
        .collect();
    let mut all = Vec::with_capacity(read.len());
    let mut unreadable = BTreeSet::new();
    for (it, file) in read.iter().zip(&inputs.pages) {
        match &it.page {
            Some(page) => all.push(Arc::clone(page)),
            None => drop(unreadable.insert(file.path.as_str().to_owned())),
        }
        diags.extend(it.found.iter().cloned());
    }
    memo.keep_pages(read);
    let tables = tables(inputs, config.lang, diags);
    let works = works(inputs, diags);
    let checked =
        tables.read.iter().map(|it| data::checks::check(it, inputs.sources.text(it.file))).collect();
    let (drafts, pages): (Vec<_>, Vec<_>) =
        all.into_iter().partition(|it| it.head.draft && !inputs.request.drafts);
    Some(Parsed {
        config_file: inputs.config,
        tables,
        works,
        literature: inputs.literature.clone(),
        checked,
        theme,
        pages,
        unreadable,
        drafts: drafts.into_iter().map(|it| it.path.as_str().to_owned()).collect(),
        assets: assets(inputs, &config),
        date: inputs.request.date,
        orphans: inputs.request.orphans,
        config,
    })
}

/// Returns what is copied. The script of the CMS is part of it where the CMS is switched on.
fn assets(inputs: &Inputs, config: &Config) -> Vec<AssetFile> {
    let is_wanted = |it: &&AssetFile| config.cms.is_some() || it.path.as_str() != schema::cms::SCRIPT;
    inputs.assets.iter().filter(is_wanted).cloned().collect()
}

fn tables(inputs: &Inputs, lang: Lang, diags: &mut Diagnostics) -> Tables {
    let Some(descriptor) = inputs.descriptor else { return Tables::default() };
    data::parse(descriptor, &inputs.tables, &inputs.sources, lang, diags)
}

/// Reads the files that hold sources.
fn works(inputs: &Inputs, diags: &mut Diagnostics) -> Vec<Work> {
    let mut works = Vec::new();
    for &file in &inputs.literature {
        let source = inputs.sources.get(file);
        works.extend(match source.path.ends_with(".bib") {
            true => literature::bibtex::parse(file, &source.text, diags),
            false => literature::yaml::parse(file, &source.text, diags),
        });
    }
    works
}
