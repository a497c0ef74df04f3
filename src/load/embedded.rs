//! `themes/standard` inside the program.

/// Embeds files by their paths below `themes/standard`.
macro_rules! embed {
    ($($path:literal),* $(,)?) => {
        &[$(($path, include_bytes!(concat!("../../themes/standard/", $path)).as_slice())),*]
    };
}

/// Every file of the theme with its path.
pub const FILES: &[(&str, &[u8])] = embed![
    "i18n/de.yaml",
    "i18n/en.yaml",
    "static/cite.js",
    "static/favicon.svg",
    "static/form.js",
    "static/list.js",
    "static/logo.svg",
    "static/offline.js",
    "static/print.css",
    "static/search.js",
    "static/strip.js",
    "static/style.css",
    "static/table-large.js",
    "static/table.css",
    "static/table.js",
    "static/term.js",
    "templates/404.html",
    "templates/after.html",
    "templates/base.html",
    "templates/body.html",
    "templates/citing.html",
    "templates/collection.html",
    "templates/comparison.html",
    "templates/components.html",
    "templates/data_report.html",
    "templates/entry.html",
    "templates/form.html",
    "templates/glossary_report.html",
    "templates/home.html",
    "templates/indicator.html",
    "templates/indicators.html",
    "templates/list.html",
    "templates/list_tools.html",
    "templates/page.html",
    "templates/profile.html",
    "templates/redirect.html",
    "templates/register.html",
    "templates/review.html",
    "templates/review_list.html",
    "templates/search.html",
    "templates/section.html",
    "templates/sitemap.html",
    "templates/sources.html",
    "templates/table.html",
    "templates/table_section.html",
    "templates/table_tools.html",
    "templates/taxonomy.html",
    "templates/term.html",
    "templates/term_notes.html",
    "templates/toc.html",
    "theme.yaml",
];

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_file_of_the_theme_is_embedded() {
        let root = std::path::Path::new(env!("CARGO_MANIFEST_DIR")).join("themes/standard");
        let mut on_disk: Vec<String> = walkdir::WalkDir::new(&root)
            .into_iter()
            .filter_map(Result::ok)
            .filter(|it| it.file_type().is_file())
            .map(|it| it.path().strip_prefix(&root).unwrap().to_string_lossy().into_owned())
            // What small files in `static` are made of.
            .filter(|it| !it.starts_with("source"))
            .collect();
        on_disk.sort();
        let embedded: Vec<&str> = FILES.iter().map(|(path, _)| *path).collect();
        assert_eq!(embedded, on_disk);
    }
}
