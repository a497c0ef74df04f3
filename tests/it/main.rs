//! All integration tests in one binary. Most are data: see `tests/diagnostics/`
//! and `tests/golden/`.

// A test that cannot go on has failed; there is nothing to recover.
#![allow(clippy::unwrap_used)]

mod btw21;
mod cli;
mod commonmark;
mod csvw_numbers;
mod diagnostics;
mod explain;
mod external;
mod fixture;
mod golden;
mod infer;
mod kill;
mod list;
mod rebuild;
mod search;
mod site;
mod strict_csv;
mod table;
