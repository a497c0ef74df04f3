//! What changed around the pages: the configuration, navigation, terms, sources and files.

use std::collections::{BTreeMap, BTreeSet};

use super::pairs::{Pair, Pairs};
use super::{Fact, FileChange, State, Status, TermChange};
use crate::config::{Config, Display, Form};
use crate::diag::{Lang, Text, text};
use crate::fields::{Field, FieldKind};
use crate::render::readers;
use crate::site::{NavigationLink, PageId, Site};

/// Compares what stands on every page, and what all pages share.
pub fn facts(before: State<'_>, after: State<'_>, pairs: &Pairs) -> Vec<Fact> {
    let (old, new) = (before.site, after.site);
    let mut facts = configuration(&old.config, &new.config);
    facts.extend(navigation(old, new, pairs));
    facts.extend(orders(old, new, pairs));
    facts.extend(collections(&old.config, &new.config));
    facts.extend(forms(&old.config, &new.config));
    facts.extend(sources(old, new));
    facts.extend(look(before, after));
    facts
}

fn configuration(old: &Config, new: &Config) -> Vec<Fact> {
    type Say = fn(&Config) -> Option<String>;
    let parts: [(&str, Text, Say); 9] = [
        ("title", text("Titel der Website", "title of the site"), |it| Some(it.title.clone())),
        ("short_title", text("Kurzer Titel", "short title"), |it| {
            Some(&it.short_title).filter(|short| **short != it.title).cloned()
        }),
        ("description", text("Beschreibung der Website", "description of the site"), |it| {
            Some(it.description.clone())
        }),
        ("language", text("Sprache", "language"), |it| {
            Some(if it.lang == Lang::De { "de" } else { "en" }.into())
        }),
        ("base_url", text("Adresse der Website", "address of the site"), |it| it.base_url.clone()),
        ("banner", text("Hinweis über jeder Seite", "line above every page"), |it| it.banner.clone()),
        ("footer", text("Zeile am Ende jeder Seite", "line at the end of every page"), |it| {
            it.footer.clone()
        }),
        ("search", text("Suche", "search"), |it| {
            let (yes, no) = if it.lang == Lang::De { ("an", "aus") } else { ("on", "off") };
            Some(if it.search.is_on { yes } else { no }.to_owned())
        }),
        ("laws", text("Verlinkte Gesetze", "linked laws"), |it| {
            let laws = it.laws.iter().map(|it| format!("{} ({})", it.name, it.address));
            Some(laws.collect::<Vec<_>>().join(", "))
        }),
    ];
    parts.into_iter().filter_map(|(key, label, say)| Fact::of(key, label, say(old), say(new))).collect()
}

fn navigation(old: &Site, new: &Site, pairs: &Pairs) -> Vec<Fact> {
    let (before, after) = (&old.navigation, &new.navigation);
    let lists = [
        ("navigation.main", text("Hauptnavigation", "main navigation"), &before.main, &after.main),
        (
            "navigation.service",
            text("Servicenavigation", "service navigation"),
            &before.service,
            &after.service,
        ),
        ("navigation.footer", text("Navigation am Ende", "footer navigation"), &before.footer, &after.footer),
    ];
    let facts = lists.into_iter().filter_map(|(key, label, old_links, new_links)| {
        let before = told(old_links, |id| pairs.now(&old.page(id).url));
        let after = told(new_links, |id| new.page(id).url.clone());
        let labels = |all: &[(String, String)]| all.iter().map(|it| it.0.clone()).collect::<Vec<_>>();
        let has_labels = labels(&before) != labels(&after);
        let print = |all: &[(String, String)]| {
            let print = |it: &(String, String)| {
                if has_labels { it.0.clone() } else { format!("{} ({})", it.0, it.1) }
            };
            Some(all.iter().map(print).collect::<Vec<_>>().join(" · "))
        };
        (before != after).then(|| Fact::of(key, label, print(&before), print(&after))).flatten()
    });
    facts.collect()
}

/// Labels and addresses of links.
fn told(links: &[NavigationLink], url: impl Fn(PageId) -> String) -> Vec<(String, String)> {
    links.iter().map(|it| (it.label.clone(), url(it.page))).collect()
}

/// Compares the order of the pages below each index page, of those that are in both states.
fn orders(old: &Site, new: &Site, pairs: &Pairs) -> Vec<Fact> {
    let before: BTreeMap<PageId, PageId> = pairs
        .list
        .iter()
        .filter_map(|it| match it {
            Pair::Both(from, to) => Some((*to, *from)),
            _ => None,
        })
        .collect();
    let mut facts = Vec::new();
    for (&to, &from) in &before {
        let was: Vec<PageId> = old.page(from).children.clone();
        let now: Vec<(PageId, PageId)> = new
            .page(to)
            .children
            .iter()
            .filter_map(|it| Some((*it, *before.get(it).filter(|it| was.contains(it))?)))
            .collect();
        let kept: Vec<PageId> = was.into_iter().filter(|it| now.iter().any(|now| now.1 == *it)).collect();
        // Another title may have moved a page in its list; that is told with the title.
        let is_by_title = now.iter().any(|it| new.page(it.0).nav_title != old.page(it.1).nav_title);
        if now.iter().map(|it| it.1).eq(kept.iter().copied()) || is_by_title {
            continue;
        }
        let title = &new.page(to).nav_title;
        let label = text(format!("Reihenfolge in „{title}“"), format!("order in “{title}”"));
        let print = |titles: Vec<&str>| Some(titles.join(" · "));
        let was = kept.iter().map(|it| old.page(*it).nav_title.as_str()).collect();
        let now = now.iter().map(|it| new.page(it.0).nav_title.as_str()).collect();
        facts.extend(Fact::of(format!("order:{}", new.page(to).url), label, print(was), print(now)));
    }
    facts
}

/// Compares what collections and their fields are called.
fn collections(old: &Config, new: &Config) -> Vec<Fact> {
    let mut facts = Vec::new();
    for now in &new.collections {
        let Some(was) = old.collections.iter().find(|it| it.name.value == now.name.value) else { continue };
        let (name, label) = (&now.name.value, &now.label);
        let of = |de: &str, en: &str| text(format!("{label}: {de}"), format!("{label}: {en}"));
        let key = |part: &str| format!("collection:{name}.{part}");
        let some = |it: &str| Some(it.to_owned());
        facts.extend(Fact::of(
            key("label"),
            of("Name der Sammlung", "name of the collection"),
            some(&was.label),
            some(label),
        ));
        let singular = of("Name eines Eintrags", "name of an entry");
        facts.extend(Fact::of(key("singular"), singular, some(&was.singular), some(&now.singular)));
        let display = of("Darstellung der Liste", "look of the list");
        let (was_shown, is_shown) = (look_of(was.display, new.lang), look_of(now.display, new.lang));
        facts.extend(Fact::of(key("display"), display, some(was_shown), some(is_shown)));
        for field in &now.fields {
            let Some(before) = was.fields.iter().find(|it| it.name.value == field.name.value) else {
                continue;
            };
            let told = of("Bezeichnung eines Feldes", "label of a field");
            let key = key(&format!("field.{}", field.name.value));
            facts.extend(Fact::of(key, told, some(&before.label), some(&field.label)));
        }
    }
    facts
}

fn look_of(display: Display, lang: Lang) -> &'static str {
    let (de, en) = match display {
        Display::List => ("Liste", "list"),
        Display::Cards => ("Karten", "cards"),
        Display::Letters => ("nach Buchstaben", "by letters"),
    };
    if lang == Lang::De { de } else { en }
}

fn forms(old: &Config, new: &Config) -> Vec<Fact> {
    let names: BTreeSet<&str> = old.forms.iter().chain(&new.forms).map(|it| it.name.value.as_str()).collect();
    let facts = names.into_iter().filter_map(|name| {
        let told = |config: &Config| config.forms.iter().find(|it| it.name.value == name).map(form);
        let label = text(format!("Formular „{name}“"), format!("form “{name}”"));
        Fact::of(format!("form:{name}"), label, told(old), told(new))
    });
    facts.collect()
}

fn form(form: &Form) -> String {
    let fields = form.fields.iter().map(form_field);
    let more = [Some(form.subject.clone()), form.submit.clone(), form.action.clone()];
    fields.chain(more.into_iter().flatten()).collect::<Vec<_>>().join("; ")
}

fn form_field(field: &Field) -> String {
    let star = if field.required { " *" } else { "" };
    let help = field.help.as_ref().map_or_else(String::new, |it| format!(" – {it}"));
    match &field.kind {
        FieldKind::Choice(choices) => {
            let labels: Vec<&str> = choices.iter().map(|it| it.label.as_str()).collect();
            format!("{}{star} ({}){help}", field.label, labels.join(", "))
        }
        _ => format!("{}{star}{help}", field.label),
    }
}

/// Compares the sources that texts cite, by the names that texts give them.
fn sources(old: &Site, new: &Site) -> Vec<Fact> {
    let told = |site: &Site| -> BTreeMap<String, String> {
        site.sources.iter().map(|it| (it.work.key.value.clone(), readers::source(site, it))).collect()
    };
    let (before, after) = (told(old), told(new));
    let keys: BTreeSet<&String> = before.keys().chain(after.keys()).collect();
    let facts = keys.into_iter().filter_map(|key| {
        let label = text(format!("Quelle „{key}“"), format!("source “{key}”"));
        Fact::of(format!("source:{key}"), label, before.get(key).cloned(), after.get(key).cloned())
    });
    facts.collect()
}

/// Names the templates, files and words of the theme that are other than before.
fn look(old: State<'_>, new: State<'_>) -> Option<Fact> {
    let (before, after) = (&old.site.theme, &new.site.theme);
    let template = |state: State<'_>, name: &String| {
        state.site.theme.templates.get(name).map(|&it| state.sources.text(it).to_owned())
    };
    let names = |one: &BTreeMap<String, _>, other: &BTreeMap<String, _>| -> BTreeSet<String> {
        one.keys().chain(other.keys()).cloned().collect()
    };
    let templates = names(&before.templates, &after.templates)
        .into_iter()
        .filter(|it| template(old, it) != template(new, it))
        .map(|it| format!("templates/{it}"));
    let assets: BTreeSet<&String> = before.assets.keys().chain(after.assets.keys()).collect();
    let assets = assets
        .into_iter()
        .filter(|it| before.assets.get(*it) != after.assets.get(*it))
        .map(|it| format!("assets/{it}"));
    let has_other_words = !before.words.iter().eq(after.words.iter());
    let is_same_language = old.site.config.lang == new.site.config.lang;
    let words = (has_other_words && is_same_language).then(|| "i18n".to_owned());
    let changed: Vec<String> = templates.chain(assets).chain(words).collect();
    let list = (!changed.is_empty()).then(|| changed.join(", "));
    Fact::of("theme", text("Aussehen: Dateien des Themes", "look: files of the theme"), None, list)
}

/// Compares the terms of the glossary.
pub fn terms(old: &Site, new: &Site, pairs: &Pairs) -> Vec<TermChange> {
    let (before, after) = (uses(old), uses(new));
    let mut changes = Vec::new();
    for pair in &pairs.list {
        let (from, to) = match pair {
            Pair::Added(to) => (None, Some(*to)),
            Pair::Removed(from) => (Some(*from), None),
            Pair::Both(from, to) => (Some(*from), Some(*to)),
        };
        let was = from.and_then(|it| before.get(&it).map(|count| (it, *count)));
        let now = to.and_then(|it| after.get(&it).map(|count| (it, *count)));
        let definition = Fact::of(
            "definition",
            text("Definition", "definition"),
            was.and_then(|it| definition(old, it.0)),
            now.and_then(|it| definition(new, it.0)),
        );
        let (status, page) = match (was, now) {
            (None, None) => continue,
            (None, Some(now)) => (Status::Added, new.page(now.0)),
            (Some(was), None) => (Status::Removed, old.page(was.0)),
            (Some(was), Some(now)) if definition.is_none() && was.1 == now.1 => continue,
            (Some(_), Some(now)) => (Status::Changed, new.page(now.0)),
        };
        changes.push(TermChange {
            status,
            title: page.title.clone(),
            url: page.url.clone(),
            definition,
            old_pages: was.map_or(0, |it| it.1),
            new_pages: now.map_or(0, |it| it.1),
        });
    }
    changes
}

/// Returns on how many pages each term stands.
fn uses(site: &Site) -> BTreeMap<PageId, usize> {
    let uses = site.glossary.iter().flat_map(|it| &it.uses);
    uses.map(|it| (it.term, it.pages)).collect()
}

fn definition(site: &Site, id: PageId) -> Option<String> {
    let page = site.page(id);
    let field = site.glossary.as_ref().and_then(|it| it.definition);
    let written = field.and_then(|at| page.fields.iter().find(|it| it.field == at));
    written.and_then(|it| readers::field(site, page, it)).or_else(|| Some(page.description.clone()))
}

/// Compares the files beside the pages by what is in them.
pub fn files(old: &Site, new: &Site) -> Vec<FileChange> {
    let list = |site: &'_ Site| -> BTreeMap<String, std::sync::Arc<[u8]>> {
        site.assets.iter().map(|it| (it.path.as_str().to_owned(), it.bytes.clone())).collect()
    };
    let (before, after) = (list(old), list(new));
    let mut gone: Vec<_> = before.iter().filter(|it| !after.contains_key(it.0)).collect();
    let mut changes = Vec::new();
    for (path, bytes) in &after {
        let was = before.get(path);
        let from = match was {
            Some(was) if was == bytes => continue,
            Some(_) => None,
            None => gone.iter().position(|it| it.1 == bytes).map(|at| gone.remove(at).0.clone()),
        };
        let status = match (was, &from) {
            (Some(_), _) => Status::Changed,
            (None, Some(_)) => Status::Moved,
            (None, None) => Status::Added,
        };
        let old_bytes = was.or(from.as_ref().and_then(|it| before.get(it))).map(|it| it.len());
        changes.push(FileChange {
            status,
            path: path.clone(),
            old_path: from,
            old_bytes,
            new_bytes: Some(bytes.len()),
        });
    }
    changes.extend(gone.into_iter().map(|(path, bytes)| FileChange {
        status: Status::Removed,
        path: path.clone(),
        old_path: None,
        old_bytes: Some(bytes.len()),
        new_bytes: None,
    }));
    changes
}
