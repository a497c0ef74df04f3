//! The view of the data report: what `data_report.html` sees (`themes/README.md`,
//! section `report`).
//!
//! Nothing is judged here: [`crate::data::checks`] found everything before.

use tera::Value as View;

use super::value::{list, map, optional, text};
use crate::data::checks::{Check, Compared, Peculiarity, Reply, RowAt, share};
use crate::data::decode::Encoding;
use crate::data::number::Decimal;
use crate::data::place::cell_name;
use crate::diag::{Lang, Severity, Text};
use crate::site::{Site, Table};
use crate::slug::{UniqueIds, slug};
use crate::source::Sources;

/// So many findings of a table are listed; the rest is counted.
const LISTED: usize = 200;
/// So many rows of one finding are named.
const NAMED_ROWS: usize = 8;

/// Makes `report`. `legends` are those of the tables, in their order.
pub fn view(site: &Site, sources: &Sources, legends: impl Iterator<Item = View>) -> View {
    let lang = site.config.lang;
    let all = || site.tables.iter().flat_map(listed);
    let count = |standing: Standing| View::from(all().filter(|it| standing_of(it) == standing).count());
    let tables = site.tables.iter().zip(anchors(site)).zip(legends);
    map([
        ("unchecked", count(Standing::Unchecked)),
        ("open", count(Standing::Open)),
        ("noted", count(Standing::Noted)),
        ("checked", count(Standing::Checked)),
        (
            "tables",
            list(
                tables
                    .map(|((table, anchor), legend)| table_view(table, &anchor, legend, site, sources, lang)),
            ),
        ),
    ])
}

/// Returns the address of the part of the report that is about a table.
pub fn address(site: &Site, table: usize) -> Option<String> {
    let url = site.data_report.as_ref()?;
    Some(format!("{url}#{}", anchors(site).get(table)?))
}

fn anchors(site: &Site) -> Vec<String> {
    let mut ids = UniqueIds::default();
    site.tables.iter().map(|it| ids.claim(&slug(&format!("tabelle {}", it.data.name)))).collect()
}

/// How far somebody has got with a peculiarity.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Standing {
    /// Nobody has looked.
    Unchecked,
    /// Somebody has, and could not settle it.
    Open,
    /// It is only to be known.
    Noted,
    /// Somebody has, and all is well.
    Checked,
}

impl Standing {
    fn name(self) -> &'static str {
        match self {
            Standing::Unchecked => "unchecked",
            Standing::Open => "open",
            Standing::Noted => "noted",
            Standing::Checked => "checked",
        }
    }
}

fn standing_of(peculiarity: &Peculiarity) -> Standing {
    match (&peculiarity.reply, peculiarity.severity) {
        (Reply::Open(_), _) => Standing::Open,
        (Reply::None, Severity::Notice) => Standing::Noted,
        (Reply::None, _) => Standing::Unchecked,
        _ => Standing::Checked,
    }
}

/// The peculiarities that are listed one by one. Statistics of a file that does not hold
/// all rows differ as a rule; the table of statistics shows them.
fn listed(table: &Table) -> impl Iterator<Item = &Peculiarity> {
    let is_partial = table.data.is_partial();
    let is_listed = move |it: &&Peculiarity| {
        !(is_partial && it.check == Check::StatisticDiffers && standing_of(it) == Standing::Noted)
    };
    table.checked.peculiarities.iter().filter(is_listed)
}

fn table_view(table: &Table, anchor: &str, legend: View, site: &Site, sources: &Sources, lang: Lang) -> View {
    let data = &table.data;
    let path = &*sources.get(data.file).path;
    let page = table.page.map(|it| site.page(it).url.as_str());
    let open: Vec<&Peculiarity> = listed(table).filter(|it| standing_of(it) != Standing::Checked).collect();
    let checked: Vec<&Peculiarity> =
        listed(table).filter(|it| standing_of(it) == Standing::Checked).collect();
    let summary = data.summary.iter().map(|row| text(&row.title));
    map([
        ("anchor", text(anchor)),
        ("title", text(&data.title)),
        ("url", optional(page)),
        ("note", optional(data.note.as_deref())),
        ("file", text(path.rsplit('/').next().unwrap_or(path))),
        ("encoding", text(encoding(data.form.encoding))),
        ("delimiter", text(delimiter(data.form.delimiter).in_lang(lang))),
        ("rows", count(data.rows.len(), lang)),
        ("columns", count(data.columns.iter().filter(|it| it.position.is_some()).count(), lang)),
        ("summary", list(summary)),
        ("total", data.total.map_or_else(View::none, |it| count(it, lang))),
        ("partial", data.is_partial().into()),
        ("left_out", open.len().max(checked.len()).saturating_sub(LISTED).into()),
        ("open", groups(&open, table, lang)),
        ("checked", groups(&checked, table, lang)),
        ("missing", missing(table, lang)),
        ("complete", count(complete(table), lang)),
        ("statistics", statistics(table, lang)),
        ("legend", legend),
    ])
}

fn encoding(encoding: Encoding) -> &'static str {
    match encoding {
        Encoding::Utf8 => "UTF-8",
        Encoding::Utf16 => "UTF-16",
        Encoding::Windows1252 => "Windows-1252",
    }
}

fn delimiter(delimiter: u8) -> Text {
    use crate::diag::text;
    match delimiter {
        b';' => text("Semikolon", "semicolon"),
        b',' => text("Komma", "comma"),
        b'\t' => text("Tabulator", "tab"),
        other => text(char::from(other), char::from(other)),
    }
}

/// Makes a whole number as it is read.
pub fn count(number: usize, lang: Lang) -> View {
    let number = i64::try_from(number).unwrap_or(i64::MAX);
    View::from(Decimal::new(number, 0).print(0, lang))
}

/// Puts the findings of one check under its title.
fn groups(findings: &[&Peculiarity], table: &Table, lang: Lang) -> View {
    let shown = &findings[..findings.len().min(LISTED)];
    let of_check = |check: Check| shown.iter().filter(move |it| it.check == check);
    let used = Check::ALL.into_iter().filter(|&check| of_check(check).next().is_some());
    list(used.map(|check| {
        map([
            ("code", text(check.code())),
            ("title", text(check.title().in_lang(lang))),
            ("rule", text(check.rule().in_lang(lang))),
            ("findings", list(of_check(check).map(|it| finding(it, table, lang)))),
        ])
    }))
}

fn finding(it: &Peculiarity, table: &Table, lang: Lang) -> View {
    let (first, more) = it.rows.split_first().map_or((None, &[][..]), |(first, more)| (Some(*first), more));
    let named = more.iter().take(NAMED_ROWS).map(|&row| row_link(row, table));
    map([
        ("standing", text(standing_of(it).name())),
        ("column", column_link(it.column, table)),
        ("row", first.map_or_else(View::none, |row| row_link(row, table))),
        ("cell", first.and_then(|row| cell(row, it.column, table)).into()),
        ("more", list(named)),
        ("others", count(more.len().saturating_sub(NAMED_ROWS), lang)),
        ("has_others", (more.len() > NAMED_ROWS).into()),
        ("written", text(&it.written)),
        ("message", View::from(sentence(it.message.in_lang(lang)))),
        ("answer", answer(&it.reply)),
    ])
}

fn answer(reply: &Reply) -> View {
    let (kind, words) = match reply {
        Reply::None => return View::none(),
        Reply::Checked(because) => ("checked", because.as_str()),
        Reply::NotComparable(reason) => ("not_comparable", reason.as_deref().unwrap_or_default()),
        Reply::Missing(reason) => ("missing", reason.as_str()),
        Reply::Open(why) => ("open", why.as_str()),
    };
    map([("kind", text(kind)), ("text", text(words))])
}

/// Messages to editors are no sentences in English; on a page they are.
fn sentence(message: &str) -> String {
    let mut letters = message.chars();
    let first = letters.next().map(|it| it.to_uppercase().to_string()).unwrap_or_default();
    let stop = if message.ends_with('.') { "" } else { "." };
    format!("{first}{}{stop}", letters.as_str())
}

fn column_link(column: usize, table: &Table) -> View {
    let described = &table.data.columns[column];
    let url = table.indicators.get(column).and_then(Option::as_deref);
    map([
        ("title", text(&described.label)),
        ("short", text(&described.short)),
        ("unit", optional(described.unit.as_deref())),
        ("url", optional(url)),
    ])
}

fn row_link(at: RowAt, table: &Table) -> View {
    let url = match at {
        RowAt::Item(at) => table.profiles.get(at).map(String::as_str),
        RowAt::Summary(_) => None,
    };
    map([("title", text(&table.data.row_at(at).title)), ("url", optional(url))])
}

fn cell(at: RowAt, column: usize, table: &Table) -> Option<String> {
    let position = table.data.columns[column].position?;
    Some(cell_name(table.data.row_at(at).sheet_row as usize, position))
}

/// Lists the columns in which values are missing, those with the most first.
fn missing(table: &Table, lang: Lang) -> View {
    let data = &table.data;
    let all = data.rows.len();
    let total = |signs: &[(u16, usize)]| signs.iter().map(|it| it.1).sum::<usize>();
    let mut columns: Vec<(usize, &[(u16, usize)])> =
        table.checked.missing.iter().enumerate().map(|(at, signs)| (at, signs.as_slice())).collect();
    columns.retain(|(at, signs)| !signs.is_empty() && data.columns[*at].position.is_some());
    columns.sort_by_key(|(_, signs)| std::cmp::Reverse(total(signs)));
    let is_many = |at: usize| {
        table.checked.peculiarities.iter().any(|it| it.check == Check::ManyMissing && it.column == at)
    };
    list(columns.into_iter().map(|(at, signs)| {
        let reason = |&(sign, rows): &(u16, usize)| {
            let sign = &data.columns[at].missing[usize::from(sign)];
            map([("sign", text(&sign.value)), ("reason", text(&sign.reason)), ("count", count(rows, lang))])
        };
        map([
            ("column", column_link(at, table)),
            ("count", count(total(signs), lang)),
            ("share", View::from(share(total(signs), all, lang))),
            ("many", is_many(at).into()),
            ("reasons", list(signs.iter().map(reason))),
        ])
    }))
}

fn complete(table: &Table) -> usize {
    let columns = table.data.columns.iter().zip(&table.checked.missing);
    columns.filter(|(column, signs)| column.position.is_some() && signs.is_empty()).count()
}

/// Makes the table of delivered and computed statistics; none without delivered ones.
fn statistics(table: &Table, lang: Lang) -> View {
    let compared = &table.checked.compared;
    if compared.is_empty() {
        return View::none();
    }
    let is_compared = |row: usize| compared.iter().any(|it| it.row == row);
    let rows: Vec<usize> = (0..table.data.summary.len()).filter(|&row| is_compared(row)).collect();
    let columns = compared.chunk_by(|a, b| a.column == b.column);
    let differing = compared.iter().filter(|it| it.differs).count();
    map([
        ("labels", list(rows.iter().map(|&row| text(&table.data.summary[row].title)))),
        ("columns", list(columns.map(|of_column| statistics_of(of_column, &rows, table, lang)))),
        ("compared", count(compared.len(), lang)),
        ("differing", count(differing, lang)),
        ("differ", (differing > 0).into()),
    ])
}

fn statistics_of(of_column: &[Compared], rows: &[usize], table: &Table, lang: Lang) -> View {
    let column = of_column[0].column;
    let values = table.checked.statistics[column].map_or(0, |it| it.count);
    let value = |&row: &usize| {
        of_column.iter().find(|it| it.row == row).map_or_else(View::none, |it| {
            map([
                ("delivered", View::from(it.delivered.print(it.delivered.scale(), lang))),
                ("computed", View::from(it.computed.print(it.decimals(), lang))),
                ("differs", it.differs.into()),
            ])
        })
    };
    map([
        ("column", column_link(column, table)),
        ("count", count(values, lang)),
        ("values", list(rows.iter().map(value))),
    ])
}
