//! The files for machines: `sitemap.xml`, `feed.xml`, `robots.txt`.

use crate::content::typography::set_line;
use crate::date::Date;
use crate::html::{escape, escape_address_into};
use crate::link::{has_search, register_url};
use crate::site::{Page, Site, Table};

/// How many pages the feed holds.
const FEED_ENTRIES: usize = 50;

/// Writes `sitemap.xml` (sitemaps.org 0.9) for the address of the site.
pub fn sitemap(site: &Site, base_url: &str) -> String {
    let mut out = String::from(
        "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<urlset xmlns=\"http://www.sitemaps.org/schemas/sitemap/0.9\">\n",
    );
    for page in &site.pages {
        push_address(&mut out, &format!("{base_url}{}", page.url), last_change(page));
    }
    let reports = site.data_report.iter().chain(site.glossary.iter().map(|it| &it.report));
    for url in site.tables.iter().flat_map(Table::page_urls).chain(reports.map(String::as_str)) {
        push_address(&mut out, &format!("{base_url}{url}"), None);
    }
    if has_search(&site.config, &site.theme) {
        push_address(&mut out, &format!("{base_url}{}", register_url(&site.theme.words)), None);
    }
    out + "</urlset>\n"
}

fn push_address(out: &mut String, address: &str, date: Option<Date>) {
    out.push_str("<url><loc>");
    escape_address_into(out, address);
    out.push_str("</loc>");
    if let Some(date) = date {
        out.push_str(&format!("<lastmod>{}</lastmod>", date.iso()));
    }
    out.push_str("</url>\n");
}

/// Writes `robots.txt`.
pub fn robots(base_url: &str) -> String {
    format!("User-agent: *\nAllow: /\nSitemap: {base_url}sitemap.xml\n")
}

/// Writes `feed.xml` (Atom, RFC 4287) with the pages that changed last.
///
/// Dates are days; their time is midnight in UTC.
pub fn atom(site: &Site, base_url: &str) -> String {
    let mut pages: Vec<(Date, &Page)> =
        site.pages.iter().filter_map(|it| Some((last_change(it)?, it))).collect();
    pages.sort_by(|a, b| b.0.cmp(&a.0).then_with(|| a.1.url.cmp(&b.1.url)));
    pages.truncate(FEED_ENTRIES);
    let title = escape(&set_line(site.config.lang, &site.config.title));
    let base = escape(base_url);
    let updated = pages.first().map_or_else(|| "1970-01-01".to_owned(), |it| it.0.iso());
    let mut out = format!(
        "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<feed xmlns=\"http://www.w3.org/2005/Atom\">\n<title>{title}</title>\n\
         <id>{base}</id>\n<link href=\"{base}\"/>\n<link rel=\"self\" href=\"{base}feed.xml\"/>\n\
         <updated>{updated}T00:00:00Z</updated>\n<author><name>{title}</name></author>\n"
    );
    for (date, page) in pages {
        out.push_str(&entry(page, date, base_url));
    }
    out + "</feed>\n"
}

fn entry(page: &Page, date: Date, base_url: &str) -> String {
    let address = escape(&format!("{base_url}{}", page.url));
    let summary = match page.description.as_str() {
        "" => String::new(),
        text => format!("<summary>{}</summary>", escape(text)),
    };
    format!(
        "<entry><title>{}</title><id>{address}</id><link href=\"{address}\"/><updated>{}T00:00:00Z</updated>{summary}</entry>\n",
        escape(&page.title),
        date.iso(),
    )
}

fn last_change(page: &Page) -> Option<Date> {
    page.updated.max(page.date)
}
