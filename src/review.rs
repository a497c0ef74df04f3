//! Review: what helps editors and their CI to look at findings and at old pages.
//!
//! [`baseline`] tells new findings from known ones.

pub mod baseline;
