//! Pages as the preview gives them out.
//!
//! A page is the built one and one script more: `preview.js`, which listens for changes. The
//! policy of pages allows that already, since it is a file of the same server (`script-src`,
//! `style-src` and `connect-src` are `'self'`), and is left as it is.

use super::findings::{Finding, Told, class};
use crate::diag::print::severity_name;
use crate::diag::{Lang, text};
use crate::html::escape;

/// Where the files of the preview itself are.
pub const SCRIPT_URL: &str = "_kompendium/preview.js";
pub const STYLE_URL: &str = "_kompendium/preview.css";
/// Where changes are told.
pub const EVENTS_URL: &str = "_kompendium/events";

pub const SCRIPT: &str = include_str!("client/preview.js");
pub const STYLE: &str = include_str!("client/preview.css");

/// Adds the script to a page; `seen` stands for what is on it.
pub fn with_script(html: &[u8], seen: u64) -> Vec<u8> {
    let tag = format!("<script src=\"/{SCRIPT_URL}\" data-seen=\"{seen:x}\" defer></script>\n");
    let head = b"</head>";
    let at = html.windows(head.len()).position(|it| it == head).unwrap_or(html.len());
    [&html[..at], tag.as_bytes(), &html[at..]].concat()
}

/// Returns the addresses of pictures, scripts and styles that a page names, below the top of the site.
pub fn files_named(html: &[u8], url: &str) -> Vec<String> {
    let html = String::from_utf8_lossy(html);
    let sources = html.split(" src=\"").skip(1);
    let links = html.split("<link").skip(1).filter_map(|it| it.split('>').next()?.split(" href=\"").nth(1));
    let values = sources.chain(links).filter_map(|it| it.split(['"', '#', '?']).next());
    let mut files: Vec<String> = values.filter_map(|it| resolved(url, it)).collect();
    files.sort_unstable();
    files.dedup();
    files
}

/// Follows a relative address; none where it leads to another place or to a page.
fn resolved(url: &str, address: &str) -> Option<String> {
    if address.is_empty() || address.contains(':') || address.starts_with('/') || address.ends_with(".html") {
        return None;
    }
    let mut parts: Vec<&str> = url.split('/').collect();
    parts.pop();
    for part in address.split('/') {
        match part {
            ".." => drop(parts.pop()?),
            "." => {}
            _ => parts.push(part),
        }
    }
    Some(parts.join("/"))
}

/// Makes a page of findings, for when there is no other.
pub fn of_findings(told: &Told, lang: Lang) -> String {
    let say = |de: &'static str, en: &'static str| text(de, en).in_lang(lang).to_owned();
    let title = say("Die Website hat Fehler", "The site has errors");
    let lead = say(
        "Es gibt noch keine fehlerfreie Fassung dieser Seite. Sie erscheint von selbst, sobald die Fehler behoben sind.",
        "There is no version of this page without errors yet. It appears by itself when the errors are mended.",
    );
    let code = if lang == Lang::De { "de" } else { "en" };
    let list: String = told.list.iter().map(|it| finding(it, lang)).collect();
    let summary = escape(&told.summary);
    format!(
        "<!doctype html>\n<html lang=\"{code}\" class=\"kompendium-findings\">\n<head>\n<meta charset=\"utf-8\">\n\
         <meta http-equiv=\"Content-Security-Policy\" content=\"default-src 'none'; script-src 'self'; \
         style-src 'self'; connect-src 'self'; base-uri 'none'; form-action 'none'\">\n\
         <meta name=\"viewport\" content=\"width=device-width, initial-scale=1\">\n\
         <meta name=\"color-scheme\" content=\"light dark\">\n<title>{title}</title>\n\
         <link rel=\"stylesheet\" href=\"/{STYLE_URL}\">\n</head>\n<body>\n<main>\n<h1>{title}</h1>\n\
         <p>{lead}</p>\n<p>{summary}</p>\n<ol class=\"findings\">\n{list}</ol>\n</main>\n</body>\n</html>\n"
    )
}

/// The script makes the same of a finding.
fn finding(it: &Finding, lang: Lang) -> String {
    let (class, name) = (class(it.severity), severity_name(it.severity, lang));
    let place = match &it.href {
        Some(href) => format!("<a href=\"{}\">{}</a>", escape(href), escape(&it.place)),
        None => escape(&it.place),
    };
    let context = it.context.as_ref().map_or_else(String::new, |it| format!(" <span>{}</span>", escape(it)));
    let line = it.line.as_ref().map_or_else(String::new, |it| {
        let (before, marked, after) = (escape(&it.before), escape(&it.marked), escape(&it.after));
        format!(
            "<pre><span class=\"number\">{}</span> {before}<mark>{marked}</mark>{after}</pre>\n",
            it.number
        )
    });
    let notes: String = it.notes.iter().map(|it| format!("<p class=\"note\">{}</p>\n", escape(it))).collect();
    format!(
        "<li class=\"{class}\">\n<p class=\"head\"><strong>{name}</strong> <code>{}</code> {place}{context}</p>\n\
         <p class=\"message\">{}</p>\n{line}{notes}</li>\n",
        escape(&it.code),
        escape(&it.message),
    )
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_script_stands_at_the_end_of_the_head() {
        let page = with_script(b"<html><head></head><p></head>", 255);
        let expected = "<html><head><script src=\"/_kompendium/preview.js\" data-seen=\"ff\" defer></script>\n\
                        </head><p></head>";
        assert_eq!(String::from_utf8_lossy(&page), expected);
    }

    #[test]
    fn a_page_names_what_it_shows() {
        let html = br#"<link rel="icon" href="../assets/a.svg"><link href="b.css"><a href="c.csv"></a>
            <img src="bild.png" alt=""><script src="../x.js?y"></script><img src="data:image/png">
            <img src="https://example.org/a.png"><iframe src="../../oben.png">"#;
        assert_eq!(
            files_named(html, "kommunen/a.html"),
            ["assets/a.svg", "kommunen/b.css", "kommunen/bild.png", "x.js"]
        );
    }
}
