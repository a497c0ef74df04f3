//! `_headers`: what a host that reads this file (Netlify, Cloudflare Pages) sends along.

use super::output;
use crate::link::search_folder;
use crate::path::base_path;
use crate::site::Site;
use crate::write::Output;

/// Names never come back with other bytes: their names hold a hash.
const FOR_EVER: &str = "public, max-age=31536000, immutable";

/// Writes `_headers`. The policy of the pages stands in them; what a page cannot say about
/// itself, such as who may frame it, is said here.
pub fn headers(site: &Site, base_url: &str) -> Output {
    let base = base_path(base_url).unwrap_or("/");
    let mut out = format!(
        "{base}*\n  X-Content-Type-Options: nosniff\n  Referrer-Policy: strict-origin-when-cross-origin\n  \
         Content-Security-Policy: frame-ancestors 'none'\n  Permissions-Policy: camera=(), geolocation=(), microphone=()\n"
    );
    out.push_str(&format!("{base}assets/*\n  Cache-Control: {FOR_EVER}\n"));
    if site.config.search.is_on {
        let folder = search_folder(&site.theme.words);
        out.push_str(&format!("{base}{folder}*\n  Cache-Control: {FOR_EVER}\n"));
    }
    output("_headers", out.into_bytes())
}
