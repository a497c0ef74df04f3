//! The files that a theme brings along, under addresses that change with their bytes, so
//! that browsers may keep them for ever.

use std::collections::BTreeMap;
use std::sync::Arc;

use crate::hash::sha256;

/// So many of the first bytes of a hash stand in an address.
const HASH_BYTES: usize = 5;

/// A file that a theme brings along.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Asset {
    /// Below the top of the site: `assets/style.0123456789.css`.
    pub url: String,
    pub bytes: Arc<[u8]>,
}

/// Gives files their addresses, by their paths below `static/`.
///
/// A style sheet names pictures and fonts beside it as they lie in the theme; the names of
/// its copy are those of the site. Style sheets that import each other are not followed.
pub fn with_addresses(files: BTreeMap<String, Arc<[u8]>>) -> BTreeMap<String, Asset> {
    let (sheets, others): (BTreeMap<_, _>, BTreeMap<_, _>) =
        files.into_iter().partition(|(path, _)| path.ends_with(".css"));
    let mut assets: BTreeMap<String, Asset> = BTreeMap::new();
    assets.extend(others.into_iter().map(|(path, bytes)| (path.clone(), asset(&path, bytes))));
    let sheets: Vec<_> = sheets
        .into_iter()
        .map(|(path, bytes)| {
            let bytes = match std::str::from_utf8(&bytes) {
                Ok(css) => renamed(css, &path, &assets).into_bytes().into(),
                Err(_) => bytes,
            };
            (path.clone(), asset(&path, bytes))
        })
        .collect();
    assets.extend(sheets);
    assets
}

fn asset(path: &str, bytes: Arc<[u8]>) -> Asset {
    let hash = sha256(&bytes, HASH_BYTES);
    let url = match path.rsplit_once('.') {
        Some((stem, ending)) if !stem.is_empty() && !ending.contains('/') => {
            format!("assets/{stem}.{hash}.{ending}")
        }
        _ => format!("assets/{path}.{hash}"),
    };
    Asset { url, bytes }
}

/// Writes the addresses of the site for the names in `url(…)`.
fn renamed(css: &str, path: &str, assets: &BTreeMap<String, Asset>) -> String {
    let mut out = String::with_capacity(css.len());
    let mut rest = css;
    while let Some(at) = rest.find("url(") {
        let (before, behind) = rest.split_at(at + "url(".len());
        out.push_str(before);
        let end = behind.find(')').unwrap_or(behind.len());
        let written = behind[..end].trim().trim_matches(['"', '\'']);
        let (name, fragment) = written.split_at(written.find(['#', '?']).unwrap_or(written.len()));
        match beside(path, name).and_then(|it| assets.get(&it)) {
            Some(asset) => {
                let up = "../".repeat(path.matches('/').count());
                let address = asset.url.trim_start_matches("assets/");
                out.push_str(&format!("\"{up}{address}{fragment}\""));
            }
            None => out.push_str(&behind[..end]),
        }
        rest = &behind[end..];
    }
    out + rest
}

/// Returns the path of a file as it is named from another; none where it is elsewhere.
fn beside(path: &str, name: &str) -> Option<String> {
    let mut parts: Vec<&str> = path.split('/').collect();
    parts.pop();
    for part in name.split('/') {
        match part {
            "." => {}
            ".." => drop(parts.pop()?),
            part => parts.push(part),
        }
    }
    Some(parts.join("/"))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn files(list: &[(&str, &str)]) -> BTreeMap<String, Arc<[u8]>> {
        list.iter().map(|(path, text)| ((*path).to_owned(), text.as_bytes().into())).collect()
    }

    #[track_caller]
    fn check(css: &str, expected: &str) {
        let all =
            files(&[("a/b/style.css", css), ("a/font.woff2", "f"), ("icon.svg", "i"), ("LICENSE", "l")]);
        let assets = with_addresses(all);
        assert_eq!(String::from_utf8_lossy(&assets["a/b/style.css"].bytes), expected);
    }

    #[test]
    fn addresses_change_with_the_bytes() {
        let assets = with_addresses(files(&[("a/x.min.js", "1"), ("LICENSE", "1"), (".x", "1")]));
        let urls: Vec<&str> = assets.values().map(|it| it.url.as_str()).collect();
        assert_eq!(
            urls,
            ["assets/.x.6b86b273ff", "assets/LICENSE.6b86b273ff", "assets/a/x.min.6b86b273ff.js"]
        );
    }

    #[test]
    fn style_sheets_name_files_as_the_site_does() {
        check("url(../font.woff2)", "url(\"../../a/font.252f10c836.woff2\")");
        check("url( '../../icon.svg#x' ) b", "url(\"../../icon.de7d1b721a.svg#x\") b");
        check("url(data:image/png;base64,x)", "url(data:image/png;base64,x)");
        check("url(../../../icon.svg) url(", "url(../../../icon.svg) url(");
        check("url(missing.png)", "url(missing.png)");
    }
}
