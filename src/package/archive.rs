//! One archive that holds the site: unpacked, it is read without a network.
//!
//! The site lies in a folder, and on top a page opens it: nobody has to look for
//! `index.html` among hundreds of files.

use std::io::{Cursor, Write};

use zip::write::SimpleFileOptions;
use zip::{CompressionMethod, DateTime, ZipWriter};

use crate::content::typography::set_line;
use crate::html::{escape, escape_address_into};
use crate::site::Site;
use crate::slug::slug;
use crate::write::Output;

/// Packs a site; the same files give the same bytes.
pub fn archive(site: &Site, outputs: &[Output]) -> Vec<u8> {
    let words = &site.theme.words;
    let folder = slug(words.get("archive_folder"));
    let mut files: Vec<(String, &[u8])> =
        outputs.iter().map(|it| (format!("{folder}/{}", it.path.as_str()), &*it.bytes)).collect();
    files.sort_unstable();
    let start = start_page(site, &folder);
    let mut all = vec![(format!("{}.html", slug(words.get("archive_start"))), start.as_bytes())];
    all.extend(files);

    let mut zip = ZipWriter::new(Cursor::new(Vec::new()));
    for (name, bytes) in all {
        let written = zip.start_file(name, options(bytes.len())).and_then(|()| Ok(zip.write_all(bytes)?));
        written.expect("memory takes all bytes");
    }
    zip.finish().expect("memory takes all bytes").into_inner()
}

/// No clock: the time is the first that the format knows.
fn options(size: usize) -> SimpleFileOptions {
    SimpleFileOptions::default()
        .compression_method(CompressionMethod::Deflated)
        .last_modified_time(DateTime::default())
        .unix_permissions(0o644)
        .large_file(u32::try_from(size).is_err())
}

fn start_page(site: &Site, folder: &str) -> String {
    let words = &site.theme.words;
    let lang = crate::render::lang_code(site.config.lang);
    let title = escape(&set_line(site.config.lang, &site.config.title));
    let open = escape(words.get("archive_open"));
    let mut home = String::new();
    escape_address_into(&mut home, &format!("{folder}/{}", site.page(site.home).url));
    let style = site.theme.assets.get("style.css");
    let style = style
        .map_or_else(String::new, |it| format!("<link rel=\"stylesheet\" href=\"{folder}/{}\">\n", it.url));
    format!(
        "<!doctype html>\n<html lang=\"{lang}\">\n<head>\n<meta charset=\"utf-8\">\n\
         <meta http-equiv=\"Content-Security-Policy\" content=\"default-src 'none'; style-src 'self'; img-src 'self'; font-src 'self'\">\n\
         <meta name=\"viewport\" content=\"width=device-width, initial-scale=1\">\n<title>{title}</title>\n\
         <meta name=\"color-scheme\" content=\"light dark\">\n<meta http-equiv=\"refresh\" content=\"0; url={home}\">\n{style}</head>\n\
         <body>\n<main class=\"wrap stack\">\n<h1>{title}</h1>\n<p><a class=\"button\" href=\"{home}\">{open}</a></p>\n</main>\n</body>\n</html>\n"
    )
}
