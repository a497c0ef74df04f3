//! What every page can say in its front matter, for those who write it.

use super::words::Holds;
use crate::diag::{Text, text};

/// A key that every page knows.
pub struct HeadKey {
    pub name: &'static str,
    pub label: Text,
    pub help: Text,
    pub holds: Holds,
}

fn key(name: &'static str, holds: Holds, label: (&str, &str), help: (&str, &str)) -> HeadKey {
    HeadKey { name, holds, label: text(label.0, label.1), help: text(help.0, help.1) }
}

/// Lists what [`crate::content::HEAD_KEYS`] names, in the same order.
pub fn keys() -> Vec<HeadKey> {
    vec![
        key(
            "title",
            Holds::Text,
            ("Titel", "Title"),
            ("Die Überschrift der Seite.", "The heading of the page."),
        ),
        key(
            "nav_title",
            Holds::Text,
            ("Kurzer Titel", "Short title"),
            ("Für Navigation und Pfad.", "For the navigation and the path."),
        ),
        key(
            "description",
            Holds::Text,
            ("Beschreibung", "Description"),
            ("Ein Satz für Suchmaschinen und Listen.", "One sentence for search engines and lists."),
        ),
        key(
            "slug",
            Holds::Text,
            ("Adresse", "Address"),
            (
                "Der letzte Teil der Adresse, wenn er vom Dateinamen abweichen soll.",
                "The last part of the address, if it is to differ from the file name.",
            ),
        ),
        key(
            "aliases",
            Holds::Texts,
            ("Alte Adressen", "Old addresses"),
            ("Adressen, die auf diese Seite führen sollen.", "Addresses that are to lead to this page."),
        ),
        key(
            "draft",
            Holds::Boolean,
            ("Entwurf", "Draft"),
            (
                "Ein Entwurf erscheint nicht auf der Website; seine Pflichtfelder dürfen noch leer sein.",
                "A draft is not shown on the site; its required fields may still be empty.",
            ),
        ),
        key(
            "order",
            Holds::Integer,
            ("Reihenfolge", "Order"),
            ("Eine Zahl für die Reihenfolge im Ordner.", "A number for the order in the folder."),
        ),
        key("tags", Holds::Texts, ("Schlagwörter", "Tags"), ("Worum es geht.", "What it is about.")),
        key(
            "categories",
            Holds::Texts,
            ("Kategorien", "Categories"),
            ("Wozu die Seite gehört.", "What the page belongs to."),
        ),
        key(
            "date",
            Holds::Date,
            ("Datum", "Date"),
            ("Nur, wenn es wirklich bekannt ist.", "Only if it is really known."),
        ),
        key(
            "updated",
            Holds::Date,
            ("Zuletzt geändert", "Last changed"),
            ("Der Tag der letzten Änderung des Inhalts.", "The day on which the content last changed."),
        ),
        key(
            "owner",
            Holds::Text,
            ("Zuständig", "Owner"),
            ("Wer sich um die Seite kümmert.", "Who looks after the page."),
        ),
        key(
            "review_by",
            Holds::Date,
            ("Prüfen bis", "Review by"),
            (
                "Der Tag, bis zu dem jemand die Seite wieder durchsehen soll.",
                "The day by which somebody is to look at the page again.",
            ),
        ),
        key(
            "template",
            Holds::Text,
            ("Vorlage", "Template"),
            (
                "Eine besondere Darstellung, etwa home, table, form oder sitemap.",
                "A look of its own, such as home, table, form or sitemap.",
            ),
        ),
        key(
            "toc",
            Holds::Boolean,
            ("Inhaltsverzeichnis", "Table of contents"),
            (
                "An oder aus; ohne Angabe erscheint es auf langen Seiten.",
                "On or off; without it, long pages have one.",
            ),
        ),
        key(
            "table",
            Holds::Text,
            ("Tabelle", "Table"),
            ("Der Name der Tabelle, die auf der Seite steht.", "The name of the table that the page shows."),
        ),
        key(
            "form",
            Holds::Text,
            ("Formular", "Form"),
            ("Der Name des Formulars, das auf der Seite steht.", "The name of the form that the page shows."),
        ),
        key(
            "easy_language",
            Holds::Boolean,
            ("Leichte Sprache", "Easy language"),
            ("Ob die Seite in Leichter Sprache steht.", "Whether the page is in easy language."),
        ),
        key(
            "no_glossary",
            Holds::BooleanOrTexts,
            ("Begriffe nicht verlinken", "Terms without links"),
            (
                "true für alle Begriffe oder eine Liste der Begriffe, die hier nicht verlinkt werden.",
                "true for all terms, or a list of those that are not linked here.",
            ),
        ),
    ]
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::content::HEAD_KEYS;

    #[test]
    fn every_key_that_pages_know_is_described() {
        assert_eq!(keys().iter().map(|it| it.name).collect::<Vec<_>>(), HEAD_KEYS);
    }
}
