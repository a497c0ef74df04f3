//! The view of the page that says when pages are to be reviewed: what `review.html` sees
//! (`themes/README.md`).

use tera::Value;

use super::report::count;
use super::value::{list, map, optional, text};
use super::view;
use crate::collate::collation_key;
use crate::site::{Page, Site};

/// Makes `review`. Where the day of the build is not known nothing is overdue.
pub fn view(site: &Site) -> Value {
    let lang = site.config.lang;
    let mut dated: Vec<&Page> = site.pages.iter().filter(|it| it.review_by.is_some()).collect();
    dated.sort_by_cached_key(|it| (it.review_by, collation_key(&it.title)));
    let is_overdue = |page: &&Page| page.review_by.zip(site.date).is_some_and(|(day, today)| day < today);
    let (overdue, planned): (Vec<&Page>, Vec<&Page>) = dated.into_iter().partition(is_overdue);
    let without = site.pages.len() - overdue.len() - planned.len();
    map([
        ("day", site.date.map_or_else(Value::none, |it| view::date(site, it))),
        ("overdue_count", count(overdue.len(), lang)),
        ("overdue", list(overdue.iter().map(|it| entry(site, it)))),
        ("planned_count", count(planned.len(), lang)),
        ("planned", list(planned.iter().map(|it| entry(site, it)))),
        ("without_count", count(without, lang)),
    ])
}

fn entry(site: &Site, page: &Page) -> Value {
    let day = |it: Option<crate::date::Date>| it.map_or_else(Value::none, |it| view::date(site, it));
    map([
        ("url", text(&page.url)),
        ("title", text(&page.title)),
        ("owner", optional(page.owner.as_deref())),
        ("review_by", day(page.review_by)),
        ("updated", day(page.updated.max(page.date))),
    ])
}
