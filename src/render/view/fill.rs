//! The holes of a text: addresses as they are seen from a page, and settings.

use crate::config::{Setting, SettingValue, setting_text};
use crate::html::{escape_address_into, escape_into};
use crate::path::relative;
use crate::site::{Body, Fill, Site};

/// Fills the holes of a text as it is seen from the page at `url`.
pub fn fill(site: &Site, body: &Body, url: &str) -> String {
    let mut out = String::with_capacity(body.html.len() + body.holes.len() * 40);
    let mut written = 0;
    for hole in &body.holes {
        out.push_str(&body.html[written..hole.at]);
        written = hole.at;
        fill_hole(site, &hole.fill, url, &mut out);
    }
    out.push_str(&body.html[written..]);
    out
}

fn fill_hole(site: &Site, fill: &Fill, url: &str, out: &mut String) {
    match fill {
        Fill::Page(id, fragment) => {
            out.push_str(&relative(url, &site.page(*id).url));
            push_fragment(fragment.as_deref().unwrap_or_default(), out);
        }
        Fill::Fragment(fragment) if fragment.is_empty() => out.push('#'),
        Fill::Fragment(fragment) => push_fragment(fragment, out),
        Fill::Asset(at) => escape_address_into(out, &relative(url, site.assets[*at].path.as_str())),
        Fill::Setting(at) => push_setting(site, &site.config.settings[*at], out),
    }
}

fn push_fragment(fragment: &str, out: &mut String) {
    if !fragment.is_empty() {
        out.push('#');
        escape_address_into(out, fragment);
    }
}

/// Writes a fact about the operator; one that is missing is there to be seen.
fn push_setting(site: &Site, setting: &Setting, out: &mut String) {
    match &setting.value {
        None => {
            let todo = site.theme.words.get("todo");
            out.push_str("<span class=\"todo\">");
            escape_into(out, &format!("{todo}: {}", setting.label));
            out.push_str("</span>");
        }
        Some(SettingValue::Url(url)) => push_link(out, url, url, " class=\"external\""),
        Some(SettingValue::Email(address)) => push_link(out, &format!("mailto:{address}"), address, ""),
        Some(value) => escape_into(out, &setting_text(value, site.config.lang)),
    }
}

pub(super) fn push_link(out: &mut String, address: &str, title: &str, attributes: &str) {
    out.push_str("<a href=\"");
    escape_address_into(out, address);
    out.push('"');
    out.push_str(attributes);
    out.push('>');
    escape_into(out, title);
    out.push_str("</a>");
}
