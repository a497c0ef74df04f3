//! Review: what helps editors and their CI to look at findings and at old pages.
//!
//! [`baseline`] tells new findings from known ones, [`list`] lists pages and where something is
//! used; the day by which a page is to be reviewed is looked at here.

pub mod baseline;
pub mod list;

use crate::diag::{Diagnostic, Diagnostics, Lang, Text, text};
use crate::link::Parsed;
use crate::source::Sources;

/// `overdue-review`: the day by which a page is to be reviewed is not past.
///
/// Where the day of the build is not known nothing is.
pub fn report_overdue(parsed: &Parsed, _: &Sources, diags: &mut Diagnostics) {
    let Some(today) = parsed.date else { return };
    for page in &parsed.pages {
        let Some(review_by) = page.head.review_by.as_ref().filter(|it| it.value < today) else { continue };
        let day = review_by.value;
        let who = owner(page.head.owner.as_deref());
        let message = text(
            format!("Die Seite war bis {} zu prüfen; {}.", day.german(), who.in_lang(Lang::De)),
            format!("the page was to be reviewed by {}; {}", day.english(), who.in_lang(Lang::En)),
        );
        let help = text(
            "Danach updated auf den Tag der Prüfung und review_by auf den nächsten Termin setzen.",
            "then set `updated` to the day of the review and `review_by` to the next one",
        );
        diags.push(Diagnostic::warning("overdue-review", review_by.span, message).help(help));
    }
}

fn owner(owner: Option<&str>) -> Text {
    match owner {
        Some(name) => text(format!("zuständig: {name}"), format!("owner: {name}")),
        None => text("niemand ist zuständig", "it has no owner"),
    }
}
