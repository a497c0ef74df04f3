//! What readers can take along: the files of tables, and what describes them.
//!
//! 1. [`Downloads::new`] makes the files of whole tables once, because pages tell
//!    their sizes and the package their checksums.
//! 2. [`plan`] lists all files; [`Downloads::bytes`] gives the content of one.
//! 3. [`Downloads::list`] tells a page what it can offer; [`Downloads::json_ld`] tells
//!    it to machines.
//!
//! `wide` writes whole tables, `long` single rows and columns, both through `csv`.
//! `fields` says what columns the files for machines have; `package` and `csvw`
//! describe them.

mod csv;
mod csvw;
mod dataset;
mod fields;

mod long;
mod package;
mod wide;

use std::sync::Arc;

use rayon::prelude::*;
use tera::Value as View;

use self::csv::Form;
pub use self::dataset::Part;
pub use self::wide::heading;
use super::json;
use super::value::{html, list, map, optional, text};
use crate::data::number::Decimal;
use crate::diag::{Diagnostics, Lang};
use crate::site::{FilePair, Site};
use crate::source::Sources;
use crate::yaml::{self, Kind, Node};

/// One file that readers can take along.
#[derive(Clone, Copy, Debug)]
pub enum File {
    /// The description of all files for machines.
    Package,
    /// A file of the table at an index.
    OfTable(usize, TableFile),
    /// The table and the row.
    OfRow(usize, usize, For),
    /// The table and the column.
    OfColumn(usize, usize, For),
}

/// A file that is made of a whole table.
#[derive(Clone, Copy, Debug)]
pub enum TableFile {
    Original,
    Excel,
    Machine,
    Summary,
    Metadata,
}

/// For whom a file is written.
#[derive(Clone, Copy, Debug)]
pub enum For {
    Excel,
    Machine,
}

/// Lists the files of all tables with their addresses.
pub fn plan(site: &Site) -> Vec<(&str, File)> {
    let mut files: Vec<(&str, File)> = Vec::new();
    files.extend(site.data_package.iter().map(|it| (it.url.as_str(), File::Package)));
    for (at, table) in site.tables.iter().enumerate() {
        let names = &table.files;
        let mut add = |url, file| files.push((url, File::OfTable(at, file)));
        add(names.original.as_str(), TableFile::Original);
        add(&names.excel, TableFile::Excel);
        add(&names.machine, TableFile::Machine);
        names.summary.iter().for_each(|url| add(url, TableFile::Summary));
        add(&names.metadata, TableFile::Metadata);
        for (row, pair) in names.rows.iter().enumerate() {
            files.extend(both(pair, |it| File::OfRow(at, row, it)));
        }
        for (column, pair) in names.columns.iter().enumerate() {
            files.extend(pair.iter().flat_map(|pair| both(pair, |it| File::OfColumn(at, column, it))));
        }
    }
    files
}

fn both(pair: &FilePair, file: impl Fn(For) -> File) -> [(&str, File); 2] {
    [(&pair.excel, file(For::Excel)), (&pair.machine, file(For::Machine))]
}

/// The files of whole tables, ready to be written, and what is needed to make the others.
pub struct Downloads<'site> {
    site: &'site Site,
    /// The descriptor of the site.
    described: json::Value,
    tables: Vec<TableFiles>,
    package: Arc<[u8]>,
}

/// The files that are made of one table.
struct TableFiles {
    original: Arc<[u8]>,
    excel: Arc<[u8]>,
    machine: Arc<[u8]>,
    summary: Option<Arc<[u8]>>,
    metadata: Arc<[u8]>,
}

impl<'site> Downloads<'site> {
    /// Makes the files of whole tables, side by side.
    pub fn new(site: &'site Site, sources: &Sources) -> Downloads<'site> {
        let described = described(site, sources);
        let lang = site.config.lang;
        let files = site.tables.par_iter().map(|table| TableFiles {
            original: table.data.bytes.clone(),
            excel: wide::excel(table, lang).into(),
            machine: wide::machine(table).into(),
            summary: table.files.summary.as_ref().map(|_| wide::summary(table).into()),
            metadata: json::file(&csvw::metadata(&described, site, table)).into_bytes().into(),
        });
        let tables: Vec<TableFiles> = files.collect();
        let package = json::file(&package::package(&described, site, &tables)).into_bytes().into();
        Downloads { site, described, tables, package }
    }

    /// Returns the content of a file.
    pub fn bytes(&self, file: File) -> Arc<[u8]> {
        match file {
            File::Package => self.package.clone(),
            File::OfTable(table, file) => self.tables[table].bytes(file),
            File::OfRow(table, row, reader) => {
                long::row(&self.site.tables[table], row, self.form(reader)).into()
            }
            File::OfColumn(table, column, reader) => {
                long::column(&self.site.tables[table], column, self.form(reader)).into()
            }
        }
    }

    fn form(&self, reader: For) -> Form {
        match reader {
            For::Excel => Form::Excel(self.site.config.lang),
            For::Machine => Form::Machine,
        }
    }

    /// Lists what is offered for a whole table.
    pub fn of_table(&self, table: usize) -> Vec<Download<'site>> {
        let (names, files) = (&self.site.tables[table].files, &self.tables[table]);
        let offer = |kind, url, bytes: &Arc<[u8]>| Download { kind, url, bytes: bytes.len() };
        let mut offers = vec![
            offer(Offer::Excel, names.excel.as_str(), &files.excel),
            offer(Offer::Original, &names.original, &files.original),
            offer(Offer::Machine, &names.machine, &files.machine),
        ];
        let summary = names.summary.iter().zip(&files.summary);
        offers.extend(summary.map(|(url, bytes)| offer(Offer::Summary, url, bytes)));
        offers.push(offer(Offer::Metadata, &names.metadata, &files.metadata));
        let package = self.site.data_package.iter();
        offers.extend(package.map(|it| offer(Offer::Package, &it.url, &self.package)));
        offers
    }

    /// Lists what is offered for a row; nothing where rows have no pages.
    // For the pages of rows, as soon as they are made.
    pub fn of_row(&self, table: usize, row: usize) -> Vec<Download<'site>> {
        let pair = self.site.tables[table].files.rows.get(row);
        self.of_pair(pair, |reader| File::OfRow(table, row, reader))
    }

    /// Lists what is offered for a column; nothing where it has no page.
    pub fn of_column(&self, table: usize, column: usize) -> Vec<Download<'site>> {
        let pair = self.site.tables[table].files.columns[column].as_ref();
        self.of_pair(pair, |reader| File::OfColumn(table, column, reader))
    }

    fn of_pair(&self, pair: Option<&'site FilePair>, file: impl Fn(For) -> File) -> Vec<Download<'site>> {
        let offer = |kind, url, reader| Download { kind, url, bytes: self.bytes(file(reader)).len() };
        let offers = pair.map(|pair| {
            [
                offer(Offer::Excel, pair.excel.as_str(), For::Excel),
                offer(Offer::Machine, &pair.machine, For::Machine),
            ]
        });
        offers.into_iter().flatten().collect()
    }

    /// Makes `downloads` of a page.
    pub fn list(&self, offers: &[Download<'_>]) -> View {
        let words = &self.site.theme.words;
        list(offers.iter().map(|it| {
            map([
                ("kind", text(it.kind.name())),
                ("title", text(words.get(it.kind.word()))),
                ("about", text(words.get(it.kind.about()))),
                ("format", text(it.kind.format())),
                ("url", text(it.url)),
                ("size", text(&size(it.bytes, self.site.config.lang))),
            ])
        }))
    }

    /// Makes `rights` of a page: the licences of a table, and what has to be said about them.
    pub fn rights(&self, table: usize) -> View {
        let resource = package::resource_of(&self.described, &self.site.tables[table]);
        let licences = csvw::licences(&self.described, resource).iter().filter_map(|it| {
            let title = it["title"].as_str().or(it["name"].as_str())?;
            let url =
                it["path"].as_str().filter(|it| it.starts_with("https://") || it.starts_with("http://"));
            Some(map([("title", text(title)), ("url", optional(url))]))
        });
        map([
            ("licenses", list(licences)),
            ("note", optional(self.described["kompendium"]["licenseNote"].as_str())),
        ])
    }

    /// Makes `json_ld` of a page at `url`: HTML for an element `script` of the type `application/ld+json`.
    pub fn json_ld(&self, table: usize, part: Part, url: &str) -> View {
        html(&json::script(&dataset::dataset(self, table, part, url)))
    }
}

impl TableFiles {
    fn bytes(&self, file: TableFile) -> Arc<[u8]> {
        let bytes = match file {
            TableFile::Original => &self.original,
            TableFile::Excel => &self.excel,
            TableFile::Machine => &self.machine,
            TableFile::Summary => self.summary.as_ref().expect("plan() lists it where it is"),
            TableFile::Metadata => &self.metadata,
        };
        bytes.clone()
    }
}

/// Reads the descriptor again, now with all that is only passed on.
fn described(site: &Site, sources: &Sources) -> json::Value {
    let Some(package) = &site.data_package else { return json::Value::Null };
    let text = sources.text(package.descriptor);
    // What is wrong with it was reported when the tables were read.
    let entries = yaml::parse_map(package.descriptor, text, 0, &mut Diagnostics::default());
    let span = crate::source::Span::start_of(package.descriptor);
    json::of_node(&Node { span, kind: Kind::Map(entries.unwrap_or_default()) })
}

/// A file that a page offers.
#[derive(Clone, Copy, Debug)]
pub struct Download<'site> {
    kind: Offer,
    /// Below the top of the site.
    url: &'site str,
    bytes: usize,
}

/// What a page offers.
#[derive(Clone, Copy, Debug)]
enum Offer {
    Excel,
    Original,
    Machine,
    Summary,
    Metadata,
    Package,
}

impl Offer {
    fn name(self) -> &'static str {
        self.word().trim_start_matches("download_")
    }

    /// The word of the theme that names it.
    fn word(self) -> &'static str {
        match self {
            Offer::Excel => "download_excel",
            Offer::Original => "download_original",
            Offer::Machine => "download_machine",
            Offer::Summary => "download_summary",
            Offer::Metadata => "download_metadata",
            Offer::Package => "download_package",
        }
    }

    /// The word of the theme that says what it is good for.
    fn about(self) -> &'static str {
        match self {
            Offer::Excel => "download_excel_about",
            Offer::Original => "download_original_about",
            Offer::Machine => "download_machine_about",
            Offer::Summary => "download_summary_about",
            Offer::Metadata => "download_metadata_about",
            Offer::Package => "download_package_about",
        }
    }

    fn format(self) -> &'static str {
        match self {
            Offer::Metadata | Offer::Package => "JSON",
            _ => "CSV",
        }
    }

    fn media_type(self) -> &'static str {
        match self {
            Offer::Metadata => "application/csvm+json",
            Offer::Package => "application/json",
            _ => "text/csv",
        }
    }
}

/// Returns a size in words: `812 Byte`, `4 KB`, `1,2 MB`.
pub fn size(bytes: usize, lang: Lang) -> String {
    let in_units = |unit: i128, decimals| {
        let size = Decimal::from_ratio(bytes as i128, unit, decimals);
        size.map_or_else(String::new, |it| it.print(decimals, lang))
    };
    match (bytes, lang) {
        (0..1000, Lang::De) => format!("{bytes}\u{a0}Byte"),
        (0..1000, Lang::En) => format!("{bytes}\u{a0}bytes"),
        (1000..1_000_000, _) => format!("{}\u{a0}KB", in_units(1000, 0)),
        _ => format!("{}\u{a0}MB", in_units(1_000_000, 1)),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn check(bytes: usize, german: &str, english: &str) {
        assert_eq!([size(bytes, Lang::De), size(bytes, Lang::En)], [german, english]);
    }

    #[test]
    fn sizes_are_in_words() {
        check(0, "0\u{a0}Byte", "0\u{a0}bytes");
        check(999, "999\u{a0}Byte", "999\u{a0}bytes");
        check(4499, "4\u{a0}KB", "4\u{a0}KB");
        check(1_250_000, "1,3\u{a0}MB", "1.3\u{a0}MB");
    }
}
