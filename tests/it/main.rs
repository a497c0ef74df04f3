//! All integration tests in one binary. Most are data: see `tests/diagnostics/`
//! and `tests/golden/`.

// A test that cannot go on has failed; there is nothing to recover.
#![allow(clippy::unwrap_used)]

mod btw21;
mod cli;
mod commonmark;
mod csvw_numbers;
mod diagnostics;
mod diff;
mod explain;
mod external;
mod fixture;
mod golden;
mod help;
mod infer;
mod init;
mod kill;
mod list;
mod new;
mod package;
mod rebuild;
mod schema;
mod search;
mod serve;
mod site;
mod story;
mod strict_csv;
mod table;
mod warm;
