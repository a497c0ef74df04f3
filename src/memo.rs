//! What a preview remembers from one build to the next: pure results, each beside all that
//! it was made of. Whatever is not the same is made anew, so that an empty memory changes
//! nothing but time.

use std::collections::BTreeSet;
use std::sync::Arc;

use rayon::prelude::*;

use crate::content::Page;
use crate::diag::Diagnostics;
use crate::link::{Linking, Parsed};
use crate::load::{Inputs, PageFile, Request};
use crate::path::SitePath;
use crate::render::Templates;
use crate::source::{Source, Sources};
use crate::theme::{Theme, Words};

/// The results of the last build that are worth keeping.
#[derive(Debug, Default)]
pub struct Memo {
    /// What all pages are read with.
    context: Option<Context>,
    /// In the order of the files.
    pages: Vec<Arc<Remembered>>,
    /// What pages are linked with.
    surroundings: Option<Surroundings>,
    /// In the order of the pages.
    linked: Vec<Arc<Linking>>,
    /// Of the theme.
    pub templates: Option<Templates>,
}

/// Everything beside its own file that a page as written depends on.
#[derive(Debug, PartialEq)]
struct Context {
    /// The text of the configuration, and what was asked for.
    config: Arc<str>,
    request: Request,
    words: Words,
    ids: Arc<BTreeSet<String>>,
}

/// Everything beside itself that a page as linked depends on.
#[derive(Debug)]
struct Surroundings {
    /// The files that are no pages of the site.
    files: Vec<Source>,
    /// Those of them that can be linked: what is too large is none.
    assets: Vec<SitePath>,
    pages: Vec<Arc<Page>>,
    unreadable: BTreeSet<String>,
    drafts: Vec<String>,
}

impl Surroundings {
    fn of(parsed: &Parsed, sources: &Sources) -> Surroundings {
        let mut is_other = vec![true; sources.iter().count()];
        parsed.pages.iter().for_each(|it| is_other[it.file.0 as usize] = false);
        let others = sources.iter().zip(is_other).filter(|it| it.1);
        Surroundings {
            files: others.map(|it| it.0.clone()).collect(),
            assets: parsed.assets.iter().map(|it| it.path.clone()).collect(),
            pages: parsed.pages.clone(),
            unreadable: parsed.unreadable.clone(),
            drafts: parsed.drafts.clone(),
        }
    }

    /// Whether no page sees a difference in another.
    fn look_like(&self, other: &Surroundings) -> bool {
        let is_same =
            |(one, other): (&Arc<Page>, &Arc<Page>)| Arc::ptr_eq(one, other) || one.looks_like(other);
        (&self.files, &self.assets) == (&other.files, &other.assets)
            && (&self.unreadable, &self.drafts) == (&other.unreadable, &other.drafts)
            && self.pages.len() == other.pages.len()
            && self.pages.iter().zip(&other.pages).all(is_same)
    }
}

/// A page as it was read.
#[derive(Debug)]
pub struct Remembered {
    file: PageFile,
    text: Arc<str>,
    /// None where its front matter cannot be read.
    pub page: Option<Arc<Page>>,
    pub found: Diagnostics,
}

impl Remembered {
    /// Notes what was made of a file.
    pub fn new(file: &PageFile, inputs: &Inputs, page: Option<Page>, found: Diagnostics) -> Remembered {
        let text = Arc::clone(&inputs.sources.get(file.file).text);
        Remembered { file: file.clone(), text, page: page.map(Arc::new), found }
    }
}

impl Memo {
    /// Takes all pages out that were read in the same circumstances.
    pub fn pages(&mut self, inputs: &Inputs, theme: &Theme) -> Vec<Arc<Remembered>> {
        let context = Some(Context {
            config: Arc::clone(&inputs.sources.get(inputs.config).text),
            request: inputs.request.clone(),
            words: theme.words.clone(),
            ids: Arc::clone(&theme.ids),
        });
        let pages = std::mem::take(&mut self.pages);
        let is_same = self.context == context;
        self.context = context;
        if is_same { pages } else { Vec::new() }
    }

    /// Returns what became of the pages that are the same, where everything around them is: one
    /// for each page.
    pub fn linked(&mut self, parsed: &Parsed, sources: &Sources) -> Vec<Option<Arc<Linking>>> {
        let now = Surroundings::of(parsed, sources);
        let linked = std::mem::take(&mut self.linked);
        let before = self.surroundings.as_ref().filter(|it| it.look_like(&now));
        let is_same = |at: usize| before.is_some_and(|it| Arc::ptr_eq(&it.pages[at], &now.pages[at]));
        let known = |at: usize| linked.get(at).filter(|_| is_same(at)).cloned();
        let same = (0..now.pages.len()).map(known).collect();
        self.surroundings = Some(now);
        same
    }

    /// Keeps what became of the pages of this build.
    pub fn keep_linked(&mut self, linked: Vec<Arc<Linking>>) {
        self.linked = linked;
    }

    /// Forgets everything. Thousands of pages of small texts: freeing them takes a while, too.
    pub fn forget(self) {
        self.linked.into_par_iter().for_each(drop);
        self.pages.into_par_iter().for_each(drop);
    }

    /// Keeps the pages of this build.
    pub fn keep_pages(&mut self, pages: Vec<Arc<Remembered>>) {
        self.pages = pages;
    }
}

/// Finds a page among those of the last build, where file, place and text are the same.
pub fn find<'a>(
    pages: &'a [Arc<Remembered>],
    at: usize,
    file: &PageFile,
    inputs: &Inputs,
) -> Option<&'a Arc<Remembered>> {
    let text = &inputs.sources.get(file.file).text;
    pages.get(at).filter(|it| it.file == *file && it.text == *text)
}
