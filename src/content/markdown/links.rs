//! Links and pictures: other sites are judged by their address here, places of
//! this site become holes.

use std::ops::Range;

use super::{HoleKind, Writer};
use crate::content::typography::show_stars;
use crate::diag::{Diagnostic, text};
use crate::html::{AddressKind, address_kind, escape_address_into, escape_into};
use crate::source::Spanned;

/// A picture whose text is not complete yet.
pub struct Picture {
    pub alt: String,
    address: String,
    title: String,
    range: Range<usize>,
    /// Pictures inside the text of this one.
    nested: usize,
}

/// Link texts that say nothing where a screen reader lists the links of a page.
const WEAK_TEXTS: [&str; 10] = [
    "hier",
    "mehr",
    "link",
    "weiter",
    "weiterlesen",
    "klicken sie hier",
    "here",
    "more",
    "read more",
    "click here",
];

impl Writer<'_> {
    pub(super) fn start_link(&mut self, address: &str, title: &str, range: Range<usize>) {
        let address = show_stars(address);
        let span = self.span(range.clone());
        self.push("<a href=\"");
        let class = match address_kind(&address) {
            AddressKind::Web => {
                self.push_address(&address);
                if self.picture.is_none() {
                    let place = self.span(place_of(self.text, range, &address));
                    self.external.push(Spanned::new(address.to_string(), place));
                }
                " class=\"external\""
            }
            AddressKind::Contact => {
                self.push_address(&address);
                ""
            }
            AddressKind::Internal => {
                let place = self.span(place_of(self.text, range, &address));
                if self.picture.is_none() {
                    self.hole(HoleKind::Link(address.into_owned()), place);
                }
                ""
            }
            AddressKind::Refused => {
                self.refuse(&address, range);
                ""
            }
        };
        self.push("\"");
        self.push_title(title);
        self.push(class);
        self.push(">");
        self.link = Some((self.out.html.len(), span));
    }

    fn push_address(&mut self, address: &str) {
        if self.picture.is_none() {
            escape_address_into(&mut self.out.html, address);
        }
    }

    fn push_title(&mut self, title: &str) {
        if !title.is_empty() && self.picture.is_none() {
            self.out.html.push_str(" title=\"");
            escape_into(&mut self.out.html, &show_stars(title));
            self.out.html.push('"');
        }
    }

    /// `link-scheme`: an address begins with https, http, mailto or tel, or is one of this site.
    fn refuse(&mut self, address: &str, range: Range<usize>) {
        let span = self.span(place_of(self.text, range, address));
        let message =
            text("Eine Adresse dieser Art ist nicht erlaubt.", "an address of this kind is not allowed");
        let help = text(
            "Erlaubt: https:, http:, mailto:, tel: und Pfade dieser Website",
            "allowed: https:, http:, mailto:, tel: and paths of this site",
        );
        self.diags.push(Diagnostic::error("link-scheme", span, message).help(help));
    }

    /// `weak-link-text`: the text of a link makes sense alone.
    pub(super) fn end_link(&mut self) {
        self.push("</a>");
        self.is_literal = false;
        self.typesetter.pass('x');
        let Some((start, span)) = self.link.take() else { return };
        let Some(written) = self.out.html.get(start..self.out.html.len().saturating_sub("</a>".len())) else {
            return;
        };
        if WEAK_TEXTS.contains(&written.trim().to_lowercase().as_str()) {
            let message = text(
                format!("Der Linktext „{written}“ sagt allein nicht, wohin er führt."),
                format!("the link text `{written}` does not say where it leads"),
            );
            let help = text(
                "Nennen Sie das Ziel, etwa den Titel der Seite.",
                "name the target, such as the title of the page",
            );
            self.diags.push(Diagnostic::warning("weak-link-text", span, message).help(help));
        }
    }

    pub(super) fn start_picture(&mut self, address: &str, title: &str, range: Range<usize>) {
        if let Some(picture) = &mut self.picture {
            picture.nested += 1;
            return;
        }
        self.picture = Some(Picture {
            alt: String::new(),
            address: show_stars(address).into_owned(),
            title: title.to_owned(),
            range,
            nested: 0,
        });
    }

    /// `missing-alt`: a picture has a text for those who do not see it.
    pub(super) fn end_picture(&mut self) {
        let Some(picture) = self.picture.as_mut() else { return };
        if picture.nested > 0 {
            picture.nested -= 1;
            return;
        }
        let picture = self.picture.take().expect("checked above");
        if picture.alt.trim().is_empty() {
            let message = text(
                "Dem Bild fehlt ein Text für alle, die es nicht sehen.",
                "the picture has no text for those who do not see it",
            );
            let help = text(
                "Beschreiben Sie zwischen den eckigen Klammern, was das Bild zeigt: ![…](…)",
                "say between the square brackets what the picture shows: ![…](…)",
            );
            let span = self.span(picture.range.clone());
            self.diags.push(Diagnostic::error("missing-alt", span, message).help(help));
        }
        self.push("<img src=\"");
        match address_kind(&picture.address) {
            AddressKind::Internal => {
                let place = self.span(place_of(self.text, picture.range, &picture.address));
                self.hole(HoleKind::Image(picture.address), place);
            }
            _ => self.refuse_picture(&picture.address, picture.range),
        }
        self.push("\" alt=\"");
        escape_into(&mut self.out.html, picture.alt.trim());
        self.push("\" loading=\"lazy\"");
        self.push_title(&picture.title);
        self.push(">");
        self.typesetter.pass('x');
    }

    /// `foreign-picture`: nothing is loaded from another place.
    fn refuse_picture(&mut self, address: &str, range: Range<usize>) {
        let span = self.span(place_of(self.text, range, address));
        let message = text(
            "Bilder liegen in dieser Website; von anderen wird nichts geladen.",
            "pictures are part of this site; nothing is loaded from others",
        );
        let help = text(
            "Legen Sie die Datei neben die Seite und nennen Sie ihren Namen.",
            "put the file beside the page and give its name",
        );
        self.diags.push(Diagnostic::error("foreign-picture", span, message).help(help));
    }
}

/// Returns where the address stands in the source of a link; the whole link
/// where it is written in another form (escaped, or defined elsewhere).
fn place_of(text: &str, range: Range<usize>, address: &str) -> Range<usize> {
    let written = &text[range.clone()];
    match written.rfind(address).filter(|_| !address.is_empty()) {
        Some(at) => range.start + at..range.start + at + address.len(),
        None => range,
    }
}
