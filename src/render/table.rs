//! The view of a table: what `table.html` sees (`themes/README.md`, section `table`).
//!
//! Nothing is computed here: numbers keep the decimals of the file, and what is
//! missing says why.

mod layout;
mod live;
mod packed;

use std::collections::BTreeMap;

use tera::Value as View;

pub use self::layout::widths;
use self::live::Place;
pub use self::live::script_words;
use super::json;
use super::shown::{inferred, legend, remark, shown};
use super::value::html;
use super::view::root;
use crate::content::markdown::Tool;
use crate::data::{Column, Comparison, Origin, Row, Table, Value};
use crate::diag::Lang;
use crate::link::excerpt_style_url;
use crate::site::{self, Excerpt, Site};
use crate::slug::{UniqueIds, slug};
use crate::theme::Words;

/// Returns the view of a whole table.
///
/// The first column names the row; the columns of a group stand together. The
/// cells of a row begin with the second column.
pub fn view(table: &site::Table, widths: &[usize], words: &Words, lang: Lang) -> View {
    let pages = Pages {
        profiles: &table.profiles,
        indicators: &table.indicators,
        index: table.indicator_index.as_deref(),
        comparisons: &table.comparisons,
        style: &table.style,
        script: table.script.as_deref(),
        place: if table.script.is_some() { Place::Packed } else { Place::Page },
        tools: &Tool::ALL,
        whole: None,
    };
    view_with(&table.data, &pages, widths, words, lang)
}

/// Returns the view of a table with tools in the text of the page at `url`.
pub fn excerpt_view(site: &Site, excerpt: &Excerpt, url: &str) -> View {
    let (table, lang) = (&site.tables[excerpt.table], site.config.lang);
    let part = part(site, excerpt);
    let column = |column: &Column| table.data.columns.iter().position(|it| it.id == column.id);
    let indicator = |it: &Column| column(it).and_then(|at| table.indicators[at].clone());
    let indicators: Vec<Option<String>> = part.columns.iter().map(indicator).collect();
    let profiles: Vec<String> =
        excerpt.rows.iter().filter_map(|&at| table.profiles.get(at).cloned()).collect();
    let style = excerpt_style_url(url, excerpt.number, &site.theme.words);
    let pages = Pages {
        profiles: &profiles,
        indicators: &indicators,
        index: None,
        comparisons: &[],
        style: &style,
        script: None,
        place: Place::Text,
        tools: &excerpt.tools,
        whole: table.page.map(|it| site.page(it)).filter(|it| it.url != url),
    };
    view_with(&part, &pages, &widths(&part, lang), &site.theme.words, lang)
}

/// Returns the style sheet of a table in a text.
pub fn excerpt_style(site: &Site, excerpt: &Excerpt) -> String {
    let (part, lang) = (part(site, excerpt), site.config.lang);
    layout::style(&part, &id(&part), &live::first_columns(&part), &widths(&part, lang), lang)
}

fn part(site: &Site, excerpt: &Excerpt) -> Table {
    let table = &site.tables[excerpt.table].data;
    let name = format!("{}-{}", table.name, excerpt.number);
    let part = table.part(name, &excerpt.columns, &excerpt.rows, &excerpt.summary);
    match &excerpt.caption {
        Some(caption) => Table { caption: caption.clone(), ..part },
        None => part,
    }
}

/// Returns the style sheet of a table.
pub fn style(table: &site::Table, widths: &[usize], lang: Lang) -> String {
    layout::style(&table.data, &id(&table.data), &live::first_columns(&table.data), widths, lang)
}

/// Returns the script with the rows of a table that is too large for its page, which is at `url`.
pub fn columns_script(site: &Site, table: &site::Table, url: &str) -> String {
    let root = root(site, url);
    let urls: Vec<String> = table.profiles.iter().map(|it| format!("{root}{it}")).collect();
    packed::columns_script(&table.data, &urls, site.config.lang)
}

/// Returns the name of a table as an id of HTML.
fn id(table: &Table) -> String {
    slug(&table.name)
}

/// The addresses of the pages that are made of a table.
#[derive(Default)]
struct Pages<'a> {
    profiles: &'a [String],
    indicators: &'a [Option<String>],
    index: Option<&'a str>,
    comparisons: &'a [String],
    style: &'a str,
    /// The script with its rows, where it is too large for its page.
    script: Option<&'a str>,
    place: Place,
    tools: &'a [Tool],
    /// The page of the whole table, seen from a part of it.
    whole: Option<&'a site::Page>,
}

fn view_with(table: &Table, pages: &Pages<'_>, widths: &[usize], words: &Words, lang: Lang) -> View {
    let order = order(table);
    let decimals = (0..table.columns.len()).map(|at| live::decimals(table, at)).collect();
    let cells = Cells { table, columns: &order[1..], decimals, lang };
    let row = |row, url: Option<&String>| row_view(row, url, &cells);
    let count = if pages.place == Place::Packed { packed::FIRST_ROWS } else { table.rows.len() };
    let rows = table.rows.iter().enumerate().take(count).map(|(at, it)| row(it, pages.profiles.get(at)));
    let live = live::is_live(table)
        .then(|| html(&json::script(&live::block(table, &id(table), pages.place, widths, words, lang))));
    map([
        ("id", id(table).into()),
        ("has_views", live::has_views(table).into()),
        ("in_text", (pages.place == Place::Text).into()),
        ("tools", pages.tools.iter().map(|it| View::from(it.name())).collect::<Vec<_>>().into()),
        (
            "whole",
            pages
                .whole
                .map(|it| map([("url", it.url.as_str().into()), ("title", table.title.as_str().into())]))
                .into(),
        ),
        ("live", live.into()),
        ("script", pages.script.into()),
        ("style", pages.style.into()),
        ("title", table.title.as_str().into()),
        ("caption", table.caption.as_str().into()),
        ("note", table.note.clone().into()),
        ("groups", groups(table, &order)),
        ("columns", order.iter().map(|&at| column_view(&table.columns[at])).collect::<Vec<_>>().into()),
        ("rows", rows.collect::<Vec<_>>().into()),
        ("summary", table.summary.iter().map(|it| row(it, None)).collect::<Vec<_>>().into()),
        ("legend", legend_view(table, &order, lang)),
        (
            "explanations",
            order.iter().map(|&at| explanation(table, at, pages, lang)).collect::<Vec<_>>().into(),
        ),
        ("indicators", pages.index.map(str::to_owned).into()),
        ("comparisons", comparisons(table, pages)),
        ("count", table.rows.len().into()),
    ])
}

fn map<const N: usize>(entries: [(&'static str, View); N]) -> View {
    BTreeMap::from(entries).into()
}

/// Orders the columns by group; the row's name comes first, and its group with it.
pub fn order(table: &Table) -> Vec<usize> {
    let mut groups = vec![group(&table.columns[table.row_header])];
    for column in &table.columns {
        if !groups.contains(&group(column)) {
            groups.push(group(column));
        }
    }
    let mut order: Vec<usize> = (0..table.columns.len()).collect();
    order.sort_by_key(|&at| {
        let group = groups.iter().position(|it| *it == group(&table.columns[at]));
        (group, at != table.row_header, at)
    });
    order
}

fn group(column: &Column) -> &str {
    column.group.as_deref().unwrap_or_default()
}

fn groups(table: &Table, order: &[usize]) -> View {
    let mut ids = UniqueIds::default();
    let runs = order.chunk_by(|&a, &b| group(&table.columns[a]) == group(&table.columns[b]));
    let view = |run: &[usize]| {
        let title = group(&table.columns[run[0]]);
        map([("title", title.into()), ("id", ids.claim(&slug(title)).into()), ("span", run.len().into())])
    };
    runs.map(view).collect::<Vec<_>>().into()
}

fn column_view(column: &Column) -> View {
    map([
        ("id", column.id.as_str().into()),
        ("label", column.label.as_str().into()),
        ("short", column.short.as_str().into()),
        ("unit", column.unit.clone().into()),
        ("group", group(column).into()),
        ("numeric", column.is_numeric().into()),
        ("derived", column.is_derived().into()),
    ])
}

/// What the cells of a table have in common.
struct Cells<'a> {
    table: &'a Table,
    /// The columns behind the name of the row.
    columns: &'a [usize],
    /// How many decimals the numbers of each column have at most.
    decimals: Vec<Option<u8>>,
    lang: Lang,
}

fn row_view(row: &Row, url: Option<&String>, cells: &Cells<'_>) -> View {
    map([
        ("id", row.id.as_str().into()),
        ("title", row.title.as_str().into()),
        ("url", url.cloned().into()),
        ("cells", cells.columns.iter().map(|&at| cell_view(row, at, cells)).collect::<Vec<_>>().into()),
    ])
}

fn cell_view(row: &Row, at: usize, cells: &Cells<'_>) -> View {
    let (value, column) = (&row.cells[at].value, &cells.table.columns[at]);
    let shown = shown(value, column, &cells.table.texts, row.role, cells.lang);
    let exact = exact(value, cells.decimals[at], shown.meaning.is_some());
    map([
        ("text", shown.text.into()),
        ("kind", shown.kind.into()),
        ("note", shown.meaning.into()),
        ("remark", remark(value, column, row.role, cells.lang).into()),
        ("exact", exact.into()),
    ])
}

/// Returns the value of a number in units of the last decimal of its column, where the
/// digits of the cell are something else.
fn exact(value: &Value, decimals: Option<u8>, has_note: bool) -> Option<String> {
    let (Value::Number(number, _), Some(decimals)) = (value, decimals) else { return None };
    (has_note || number.scale() != decimals).then(|| number.units_at(decimals).to_string())
}

fn legend_view(table: &Table, order: &[usize], lang: Lang) -> View {
    let rows: Vec<&Row> = table.rows.iter().chain(&table.summary).collect();
    let sign = |(sign, meaning): (String, String)| map([("sign", sign.into()), ("meaning", meaning.into())]);
    legend(table, &rows, order, lang).into_iter().map(sign).collect::<Vec<_>>().into()
}

fn comparisons(table: &Table, pages: &Pages<'_>) -> View {
    let sets = table.comparisons.iter().zip(pages.comparisons);
    let link = |(set, url): (&Comparison, &String)| {
        map([("title", set.title.as_str().into()), ("url", url.as_str().into())])
    };
    sets.map(link).collect::<Vec<_>>().into()
}

fn explanation(table: &Table, at: usize, pages: &Pages<'_>, lang: Lang) -> View {
    let column = &table.columns[at];
    let parts: Vec<View> = inferred(column, lang).into_iter().map(View::from).collect();
    map([
        ("id", column.id.as_str().into()),
        ("label", column.label.as_str().into()),
        ("url", pages.indicators.get(at).cloned().flatten().into()),
        ("group", group(column).into()),
        ("unit", column.unit.clone().into()),
        ("date", column.date.clone().into()),
        ("definition", column.definition.clone().into()),
        ("formula", formula(column, lang).into()),
        ("source", column.source.as_ref().map(|it| it.title.clone()).into()),
        ("source_url", column.source.as_ref().and_then(|it| it.path.clone()).into()),
        ("note", column.note.clone().into()),
        ("inferred", (!parts.is_empty()).into()),
        ("parts", parts.into()),
    ])
}

/// Says how a derived column is computed.
pub fn formula(column: &Column, lang: Lang) -> Option<String> {
    match &column.origin {
        Origin::Derived { formula } => Some(formula.in_lang(lang).to_owned()),
        Origin::Delivered => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::diag::Diagnostics;
    use crate::source::Sources;

    const DESCRIPTOR: &str = r#"
resources:
- name: orte
  path: orte.csv
  schema:
    missingValues: [{value: "", label: keine Angabe}, {value: "?", label: offen, kompendium: {kind: unclear}}]
    fields:
    - {name: Nr, type: integer, kompendium: {scale: key, group: Ort}}
    - {name: Fläche, type: number, decimalChar: ",", groupChar: ".", kompendium: {group: Raum}}
    - {name: Ort, kompendium: {group: Ort}}
    - {name: Träger, kompendium: {group: Soziales}, categories: [{value: gE, label: gemeinsame Einrichtung}]}
    - name: Typ
      type: integer
      categories: [{value: 1, label: Stadt}]
      kompendium: {group: Raum, comparable: kein Code}
  kompendium: {rowHeader: Ort, summaryRows: {field: Ort, values: [Land]}}
"#;

    fn view_of(csv: &str) -> View {
        let mut sources = Sources::default();
        let descriptor = sources.add("data/datapackage.json", DESCRIPTOR);
        let file = crate::data::delivered(&mut sources, "orte.csv", csv.as_bytes());
        let mut diags = Diagnostics::default();
        let tables = crate::data::parse(descriptor, &[file], &sources, Lang::De, &mut diags);
        assert_eq!(diags.iter().collect::<Vec<_>>(), Vec::<&crate::diag::Diagnostic>::new());
        view_with(&tables.read[0], &Pages::default(), &[], &Words::default(), Lang::De)
    }

    const CSV: &str = "Nr,Fläche,Ort,Träger,Typ\n1,\"1.234,50\",Aßlar,gE,1\n2,?,Bonn,,1\n3,,Land,,7\n";

    /// Prints a list of maps, a line each.
    fn print(list: &View, keys: &[&str]) -> Vec<String> {
        let line = |entry: &View| {
            let values = keys.iter().map(|key| entry.get_from_path(key).map_or("-".into(), View::to_string));
            values.collect::<Vec<_>>().join("|")
        };
        list.as_array().expect("a list").iter().map(line).collect()
    }

    fn cells(view: &View, list: &str, row: usize) -> Vec<String> {
        let rows = view.get_from_path(list).and_then(View::as_array).expect("rows");
        print(rows[row].get_from_path("cells").expect("cells"), &["text", "kind", "note", "remark"])
    }

    #[test]
    fn groups_are_runs_and_the_name_comes_first() {
        let view = view_of(CSV);
        let groups = view.get_from_path("groups").expect("groups");
        assert_eq!(
            print(groups, &["title", "id", "span"]),
            ["Ort|ort|2", "Raum|raum|2", "Soziales|soziales|1"]
        );
        let columns = view.get_from_path("columns").expect("columns");
        assert_eq!(
            print(columns, &["id", "numeric"]),
            ["ort|false", "nr|false", "flaeche|true", "typ|false", "traeger|false"]
        );
    }

    #[test]
    fn values_are_shown_and_signs_explained() {
        let view = view_of(CSV);
        assert_eq!(
            cells(&view, "rows", 0),
            ["1|text||", "1.234,50|number||", "1 – Stadt|text||", "gE|text|gemeinsame Einrichtung|",]
        );
        assert_eq!(cells(&view, "rows", 1)[1], "?|unclear|offen|");
        assert_eq!(cells(&view, "rows", 1)[3], "k. A.|missing|keine Angabe|");
        assert_eq!(
            cells(&view, "summary", 0),
            ["3|text||", "k. A.|missing|keine Angabe|", "7|text||kein Code", "|text||"]
        );
    }

    #[test]
    fn the_legend_lists_signs_that_occur() {
        let view = view_of(CSV);
        let legend = view.get_from_path("legend").expect("legend");
        assert_eq!(
            print(legend, &["sign", "meaning"]),
            [
                "gE|gemeinsame Einrichtung",
                "?|offen",
                "k. A.|keine Angabe",
                "†|mit Vorbehalt; der Grund steht in der Erläuterung der Spalte",
            ]
        );
    }
}
