//! What a preview remembers from one build to the next: pure results, each beside all that
//! it was made of. Whatever is not the same is made anew, so that an empty memory changes
//! nothing but time.

use std::collections::BTreeSet;
use std::sync::Arc;

use rayon::prelude::*;

use crate::content::Page;
use crate::diag::Diagnostics;
use crate::load::{Inputs, PageFile, Request};
use crate::theme::{Theme, Words};

/// The results of the last build that are worth keeping.
#[derive(Debug, Default)]
pub struct Memo {
    /// What all pages are read with.
    context: Option<Context>,
    /// In the order of the files.
    pages: Vec<Arc<Remembered>>,
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

    /// Forgets everything. Thousands of pages of small texts: freeing them takes a while, too.
    pub fn forget(self) {
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
