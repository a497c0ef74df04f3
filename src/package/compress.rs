//! Compressed copies beside the files: `page.html.gz` and `page.html.br`, for servers that
//! send them as they are.
//!
//! Brotli at its best takes 75 times as long as for a page: it is kept for the files of the
//! theme, which are few and sent most.

use std::collections::HashSet;
use std::io::Write;

use flate2::Compression;
use flate2::write::GzEncoder;
use rayon::prelude::*;

use super::output;
use crate::write::Output;

/// Endings of files that get smaller.
const ENDINGS: [&str; 12] =
    ["bib", "css", "csv", "html", "js", "json", "ris", "svg", "txt", "webmanifest", "xml", "wasm"];
/// A smaller file is one packet in any case.
const LEAST_BYTES: usize = 1024;
const GZIP: u32 = 6;
const BROTLI: u32 = 5;
const BROTLI_BEST: u32 = 11;
/// As a power of two, in bytes.
const BROTLI_WINDOW: u32 = 22;

/// Returns the copies of all files that get smaller, in their order.
pub fn copies(outputs: &[Output]) -> Vec<Output> {
    let taken: HashSet<&str> = outputs.iter().map(|it| it.path.as_str()).collect();
    let wanted = outputs.par_iter().filter(|it| is_wanted(it));
    let pairs: Vec<[Option<Output>; 2]> = wanted
        .map(|it| {
            let path = it.path.as_str();
            let copy = |ending: &str, bytes: Vec<u8>| {
                let name = format!("{path}.{ending}");
                let is_free = !taken.contains(name.as_str());
                (is_free && bytes.len() < it.bytes.len()).then(|| output(&name, bytes))
            };
            [copy("gz", gzip(&it.bytes)), copy("br", brotli(&it.bytes, path))]
        })
        .collect();
    pairs.into_iter().flatten().flatten().collect()
}

fn is_wanted(output: &Output) -> bool {
    let ending = output.path.as_str().rsplit_once('.').map_or("", |it| it.1);
    output.bytes.len() >= LEAST_BYTES && ENDINGS.contains(&ending)
}

/// The head holds no name and no time: the same bytes for the same file.
fn gzip(bytes: &[u8]) -> Vec<u8> {
    let mut encoder = GzEncoder::new(Vec::new(), Compression::new(GZIP));
    encoder.write_all(bytes).and_then(|()| encoder.finish()).expect("a vector takes all bytes")
}

fn brotli(bytes: &[u8], path: &str) -> Vec<u8> {
    let quality = if path.starts_with("assets/") { BROTLI_BEST } else { BROTLI };
    let mut out = Vec::new();
    let mut writer = brotli::CompressorWriter::new(&mut out, 1 << 16, quality, BROTLI_WINDOW);
    writer.write_all(bytes).expect("a vector takes all bytes");
    drop(writer);
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn files_that_get_smaller_have_copies() {
        let long = "Brücken in die Eigenständigkeit. ".repeat(100);
        let files = [
            output("a.html", long.as_bytes()),
            output("b.html", &b"short"[..]),
            output("c.png", long.as_bytes()),
            output("d.css", long.as_bytes()),
            output("d.css.gz", &b"by an author"[..]),
        ];
        let copies = copies(&files);
        let names: Vec<&str> = copies.iter().map(|it| it.path.as_str()).collect();
        assert_eq!(names, ["a.html.gz", "a.html.br", "d.css.br"]);
        let mut back = String::new();
        std::io::Read::read_to_string(&mut flate2::read::GzDecoder::new(&*copies[0].bytes), &mut back)
            .expect("what was written can be read");
        assert_eq!(back, long);
        let mut back = Vec::new();
        brotli::BrotliDecompress(&mut &*copies[1].bytes, &mut back).expect("what was written can be read");
        assert_eq!(back, long.as_bytes());
    }
}
