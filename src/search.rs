//! Full-text search: from the documents of a site to an index that a page can ask.
//!
//! [`files`] makes the index: the words of each document ([`analysis`]), compounds in
//! their parts ([`compounds`]), how much each word says about each document ([`index`]),
//! and all of it as classic scripts ([`shards`]), since pages from a stick can load
//! nothing else. `themes/standard/source/search/` asks it.

pub mod analysis;
mod compounds;
mod index;
mod shards;

pub use self::shards::{File, hash};

/// Everything that can be found.
#[derive(Clone, Debug, Default)]
pub struct Corpus {
    /// The types of documents, in the order they are offered in.
    pub kinds: Vec<String>,
    pub documents: Vec<Document>,
    /// Words that compounds may be made of, beside our own and those of the documents.
    pub words: Vec<String>,
}

/// A page that can be found.
#[derive(Clone, Debug)]
pub struct Document {
    pub title: String,
    /// What else it is called: abbreviations, variants.
    pub names: Vec<String>,
    /// Address below the top of the site.
    pub url: String,
    /// An index into [`Corpus::kinds`].
    pub kind: usize,
    /// Where it stands in the site, for readers.
    pub place: String,
    /// How much it counts beside others, in per cent.
    pub rank: u32,
    /// The text before the first heading, then the sections.
    pub sections: Vec<Section>,
}

/// A heading and the text below it.
#[derive(Clone, Debug, Default)]
pub struct Section {
    /// Where it is on the page; empty for the text before the first heading.
    pub id: String,
    pub title: String,
    pub text: String,
}

/// Makes all files of the index. Same corpus, same bytes.
pub fn files(corpus: &Corpus) -> Vec<File> {
    shards::files(corpus, &index::index(corpus))
}
