//! The address of a page, which its own file says.

use crate::content::Head;
use crate::diag::Text;
use crate::path::SitePath;
use crate::slug::part;

/// Where a page goes.
#[derive(Clone, Debug)]
pub struct Address {
    /// Below the top of the site.
    pub url: String,
    /// The key under which any system would store it, or why it is no path.
    pub key: Result<String, Text>,
}

impl Address {
    /// Makes the address of a page: the path of its file in `a`–`z`, `0`–`9` and hyphens.
    pub fn new(path: &SitePath, head: &Head) -> Address {
        let url = url(path.as_str(), head);
        Address { key: key(&url), url }
    }
}

fn url(path: &str, head: &Head) -> String {
    let stem = path.strip_suffix(".md").unwrap_or(path);
    let (folder, name) = stem.rsplit_once('/').unwrap_or(("", stem));
    let mut url: String = folder.split('/').filter(|it| !it.is_empty()).map(|it| part(it) + "/").collect();
    match &head.slug {
        _ if name == "_index" => url.push_str("index"),
        Some(wish) => url.push_str(&part(&wish.value)),
        None => url.push_str(&part(name)),
    }
    url + ".html"
}

/// Returns the key under which any system would store an address, or why it is no path.
pub fn key(url: &str) -> Result<String, Text> {
    SitePath::new(url).map(|it| it.collision_key())
}
