//! Rules on the site as it was written, before anything is resolved.

use std::collections::{BTreeMap, HashMap};

use rayon::prelude::*;

use crate::config;
use crate::content::markdown::{Hole, HoleKind};
use crate::content::{FieldText, Page};
use crate::data::checks;
use crate::diag::{Diagnostic, Diagnostics, Severity, text};
use crate::fields::FieldValue;
use crate::link::Parsed;
use crate::review;
use crate::source::{Sources, Span};

/// Says where a site breaks a rule.
type Rule = fn(&Parsed, &Sources, &mut Diagnostics);

const RULES: [Rule; 9] = [
    reference_targets_exist,
    field_names_are_free,
    collections_have_an_index,
    unique_fields_are_unique,
    titles_differ,
    settings_are_filled_in,
    dates_are_past,
    review::report_overdue,
    the_cms_has_its_script,
];

/// Checks everything that needs more than one file but no resolved link.
pub fn check(parsed: &Parsed, sources: &Sources, diags: &mut Diagnostics) {
    let check = |rule: &Rule| {
        let mut found = Diagnostics::default();
        rule(parsed, sources, &mut found);
        found
    };
    let found: Vec<Diagnostics> = RULES.par_iter().map(check).collect();
    found.into_iter().for_each(|it| diags.append(it));
    data_are_plausible(parsed, sources, diags);
}

fn reference_targets_exist(parsed: &Parsed, _: &Sources, diags: &mut Diagnostics) {
    let tables: Vec<&str> = parsed.tables.read.iter().map(|it| it.name.as_str()).collect();
    config::check_reference_targets(&parsed.config, &tables, diags);
}

/// `reserved-name`: no field is called like a key that every page has.
fn field_names_are_free(parsed: &Parsed, _: &Sources, diags: &mut Diagnostics) {
    for field in parsed.config.collections.iter().flat_map(|it| &it.fields) {
        let name = &field.name;
        if crate::content::HEAD_KEYS.contains(&name.value.as_str()) {
            let message = text(
                format!("„{}“ ist der Name einer Angabe, die jede Seite hat.", name.value),
                format!("`{}` is the name of a key that every page has", name.value),
            );
            diags.push(Diagnostic::error("reserved-name", name.span, message));
        }
    }
}

/// `missing-index`: a collection has a page that describes it.
fn collections_have_an_index(parsed: &Parsed, _: &Sources, diags: &mut Diagnostics) {
    for collection in &parsed.config.collections {
        let name = &collection.name;
        let path = format!("{}/_index.md", name.value);
        let is_there = parsed.pages.iter().any(|it| it.path.as_str() == path);
        if !is_there && !parsed.unreadable.contains(&path) {
            let message = text(
                format!("Der Sammlung „{}“ fehlt ihre Seite.", collection.label),
                format!("the collection `{}` has no page", collection.label),
            );
            let help = text(format!("Legen Sie content/{path} an."), format!("create content/{path}"));
            diags.push(Diagnostic::error("missing-index", name.span, message).help(help));
        }
    }
}

/// `duplicate-value`: the value of a unique field stands in one entry only.
fn unique_fields_are_unique(parsed: &Parsed, _: &Sources, diags: &mut Diagnostics) {
    for (at, collection) in parsed.config.collections.iter().enumerate() {
        for (field_at, field) in collection.fields.iter().enumerate().filter(|(_, it)| it.unique) {
            let mut first: HashMap<String, Span> = HashMap::new();
            for written in values_of(parsed, at, field_at) {
                let Some(&earlier) = first.get(&key(&written.value.value)) else {
                    first.insert(key(&written.value.value), written.value.span);
                    continue;
                };
                let message = text(
                    format!("„{}“ hat hier denselben Wert wie ein anderer Eintrag.", field.label),
                    format!("`{}` has the same value as another entry", field.label),
                );
                let also = text("zuerst hier", "first here");
                diags.push(
                    Diagnostic::error("duplicate-value", written.value.span, message).also(earlier, also),
                );
            }
        }
    }
}

fn values_of(parsed: &Parsed, collection: usize, field: usize) -> impl Iterator<Item = &FieldText> {
    let pages = parsed.pages.iter().filter(move |it| it.collection == Some(collection));
    pages.flat_map(move |page| page.fields.iter().filter(move |it| it.field == field))
}

fn key(value: &FieldValue) -> String {
    format!("{value:?}")
}

/// `duplicate-title`: two pages of one folder can be told apart by their titles. Of terms,
/// `duplicate-term` says more.
fn titles_differ(parsed: &Parsed, _: &Sources, diags: &mut Diagnostics) {
    let mut first: HashMap<(&str, &str), Span> = HashMap::new();
    let glossary = parsed.config.glossary.as_ref().map(|it| it.collection);
    let is_term = |page: &Page| page.collection.is_some() && page.collection == glossary;
    let titled = parsed.pages.iter().filter(|it| !it.head.title.value.is_empty());
    for page in titled.filter(|it| !is_term(it)) {
        let title = &page.head.title;
        let Some(&earlier) = first.get(&(page.path.folder(), title.value.as_str())) else {
            first.insert((page.path.folder(), &title.value), title.span);
            continue;
        };
        let message = text(
            "Eine andere Seite dieses Ordners hat denselben Titel.",
            "another page of this folder has the same title",
        );
        let also = text("zuerst hier", "first here");
        diags.push(Diagnostic::warning("duplicate-title", title.span, message).also(earlier, also));
    }
}

/// `missing-cms-script`: where the forms of a CMS are switched on, its script is there.
fn the_cms_has_its_script(parsed: &Parsed, _: &Sources, diags: &mut Diagnostics) {
    let script = crate::schema::cms::SCRIPT;
    let Some(cms) = &parsed.config.cms else { return };
    if parsed.assets.iter().any(|it| it.path.as_str() == script) {
        return;
    }
    let message = text(
        format!("Die Redaktion unter „admin“ ist eingeschaltet, aber {script} fehlt."),
        format!("the forms below `admin` are switched on, but {script} is missing"),
    );
    let help = text(
        format!(
            "npm install @sveltia/cms, dann node_modules/@sveltia/cms/dist/sveltia-cms.js nach {script} kopieren"
        ),
        format!(
            "npm install @sveltia/cms, then copy node_modules/@sveltia/cms/dist/sveltia-cms.js to {script}"
        ),
    );
    diags.push(Diagnostic::warning("missing-cms-script", cms.span, message).help(help));
}

/// `missing-setting`: what pages say about the operator is filled in.
fn settings_are_filled_in(parsed: &Parsed, sources: &Sources, diags: &mut Diagnostics) {
    let used = used_settings(parsed, sources);
    for (at, setting) in parsed.config.settings.iter().enumerate().filter(|(_, it)| it.value.is_none()) {
        let Some(pages) = used.get(&at) else { continue };
        let (label, pages) = (&setting.label, pages.join(", "));
        let message = text(
            format!("noch auszufüllen: {label} (gezeigt auf {pages})"),
            format!("still to be filled in: {label} (shown on {pages})"),
        );
        diags.push(Diagnostic::notice("missing-setting", setting.key.span, message));
    }
}

/// Returns the pages that show each setting, by its index.
fn used_settings<'a>(parsed: &Parsed, sources: &'a Sources) -> BTreeMap<usize, Vec<&'a str>> {
    let mut used: BTreeMap<usize, Vec<&str>> = BTreeMap::new();
    let settings = &parsed.config.settings;
    for page in &parsed.pages {
        let path = &*sources.get(page.file).path;
        let named = holes(page).filter_map(|it| match &it.kind {
            HoleKind::Setting(key) => settings.iter().position(|setting| setting.key.value == *key),
            _ => None,
        });
        let form = page
            .head
            .form
            .as_ref()
            .and_then(|it| parsed.config.forms.iter().find(|form| form.name.value == it.value));
        let recipient = form.filter(|it| it.action.is_none()).and_then(|it| it.email);
        for at in named.chain(recipient) {
            let pages = used.entry(at).or_default();
            if pages.last() != Some(&path) {
                pages.push(path);
            }
        }
    }
    used
}

fn holes(page: &Page) -> impl Iterator<Item = &Hole> {
    let fields = page.fields.iter().filter_map(|it| it.body.as_ref()).flat_map(|it| &it.holes);
    page.body.holes.iter().chain(fields)
}

/// `future-date`: nothing was written after the day of the build.
fn dates_are_past(parsed: &Parsed, _: &Sources, diags: &mut Diagnostics) {
    let Some(today) = parsed.date else { return };
    for page in &parsed.pages {
        let head = &page.head;
        if head.date.max(head.updated).is_some_and(|it| it > today) {
            let message = text(
                format!("Das Datum dieser Seite liegt nach dem Tag des Bauens ({}).", today.german()),
                format!("the date of this page is after the day of the build ({})", today.english()),
            );
            diags.push(Diagnostic::warning("future-date", head.title.span, message));
        }
    }
}

/// Reports what is peculiar in the data of each table (`checks::Check` lists the codes).
fn data_are_plausible(parsed: &Parsed, sources: &Sources, diags: &mut Diagnostics) {
    for (table, checked) in parsed.tables.read.iter().zip(&parsed.checked) {
        let files = [table.file, table.columns[table.row_header].name.span.file];
        let is_wrong = diags.iter().any(|it| it.severity == Severity::Error && files.contains(&it.span.file));
        checks::report(table, checked, sources.text(table.file), is_wrong, diags);
    }
}
