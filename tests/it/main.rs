//! All integration tests in one binary. Most are data: see `tests/diagnostics/`
//! and `tests/golden/`.

mod cli;
mod commonmark;
mod diagnostics;
mod fixture;
mod golden;
mod kill;
mod site;
