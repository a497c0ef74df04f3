//! The view of the report on the glossary: what `glossary_report.html` sees
//! (`themes/README.md`). [`crate::link`] has counted everything before.

use tera::Value;

use super::report::count;
use super::value::{list, map, text};
use super::view;
use crate::collate::collation_key;
use crate::site::{Candidate, Glossary, PageId, Site, TermUse};

/// So many pages with a word are named.
const NAMED_PAGES: usize = 5;

/// Makes `report`.
pub fn view(site: &Site, glossary: &Glossary) -> Value {
    let lang = site.config.lang;
    let number = |it: usize| count(it, lang);
    let unused = in_order(site, glossary, |it| it.pages == 0);
    let used = in_order(site, glossary, |it| it.pages > 0);
    map([
        ("count", number(glossary.uses.len())),
        ("unused_count", number(unused.len())),
        ("unused", list(unused.iter().map(|it| link_to(site, it.term)))),
        ("used", list(used.iter().map(|it| term_use(site, it)))),
        ("candidate_count", number(glossary.candidates.len())),
        ("candidates", list(glossary.candidates.iter().map(|it| candidate(site, it)))),
        ("crowded_count", number(glossary.crowded.len())),
        (
            "crowded",
            list(glossary.crowded.iter().map(|it| {
                let page = link_to(site, it.page);
                map([("page", page), ("links", number(it.links)), ("words", number(it.words))])
            })),
        ),
    ])
}

/// Chooses terms and puts them into the order of the dictionary.
fn in_order<'a>(
    site: &Site,
    glossary: &'a Glossary,
    is_wanted: impl Fn(&TermUse) -> bool,
) -> Vec<&'a TermUse> {
    let mut terms: Vec<&TermUse> = glossary.uses.iter().filter(|it| is_wanted(it)).collect();
    terms.sort_by_cached_key(|it| collation_key(&site.page(it.term).title));
    terms
}

fn term_use(site: &Site, it: &TermUse) -> Value {
    let lang = site.config.lang;
    let numbers = [count(it.pages, lang), count(it.mentions, lang)];
    let [pages, mentions] = numbers;
    map([("term", link_to(site, it.term)), ("pages", pages), ("mentions", mentions)])
}

fn candidate(site: &Site, it: &Candidate) -> Value {
    let lang = site.config.lang;
    let others = it.pages.len().saturating_sub(NAMED_PAGES);
    map([
        ("name", text(&it.name)),
        ("count", count(it.pages.len(), lang)),
        ("pages", list(it.pages.iter().take(NAMED_PAGES).map(|it| link_to(site, *it)))),
        ("others", count(others, lang)),
        ("has_others", (others > 0).into()),
    ])
}

fn link_to(site: &Site, id: PageId) -> Value {
    let page = site.page(id);
    view::link(&page.url, &page.title)
}
