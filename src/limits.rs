//! How much of everything a build takes, so that a broken or hostile file ends
//! in a message and not in a full memory.

/// Bytes of one text file (Markdown, YAML, templates).
pub const TEXT_BYTES: u64 = 10 << 20;
/// Bytes of one CSV file.
pub const CSV_BYTES: u64 = 200 << 20;
/// Bytes of one file that is only copied (pictures, documents).
pub const ASSET_BYTES: u64 = 200 << 20;
/// Bytes of the front matter of one page.
pub const FRONT_MATTER_BYTES: usize = 256 << 10;
/// Values in one YAML document.
pub const YAML_NODES: usize = 10_000;
/// Values inside values in one YAML document.
pub const YAML_DEPTH: usize = 64;
/// Nested blocks and spans in one Markdown file.
pub const MARKDOWN_DEPTH: usize = 100;
/// Columns of one table.
pub const CSV_COLUMNS: usize = 1_000;
/// Bytes of one cell.
pub const CSV_CELL_BYTES: usize = 1 << 20;
/// Rows of one table.
pub const CSV_ROWS: usize = 2_000_000;
/// Pages of a site.
pub const PAGES: usize = 200_000;
/// Bytes of one file of the output.
pub const PAGE_BYTES: usize = 20 << 20;
/// Findings that are printed; the rest is counted.
pub const PRINTED_FINDINGS: usize = 100;
/// Bytes of the memory of a build; one that would be longer is not kept.
pub const MEMORY_BYTES: u64 = 64 << 20;
/// Bytes of a compiled regular expression.
pub const REGEX_BYTES: usize = 1 << 20;
