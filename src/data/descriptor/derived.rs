//! Derived columns as the descriptor declares them, in `derived` of our own object.

use std::ops::Range;

use super::column::{self, DIRECTIONS, PARTS, SCALES};
use super::{STATISTICS, check_keys, choice, choices, each_once, required, required_string, string, value};
use crate::data::formula::{self, Formula, Named, Slip};
use crate::data::number::NumberFormat;
use crate::data::{Column, Constraints, Content, Origin, Part, Scale, Source};
use crate::diag::{Diagnostic, Diagnostics, did_you_mean, text};
use crate::source::{Span, Spanned};
use crate::yaml::{Kind, Node, typed};

/// A column that is computed from others once the table is read.
#[derive(Debug)]
pub struct Derived {
    pub column: Column,
    pub formula: Formula,
    /// How many decimals the results are rounded to.
    pub decimals: u8,
    /// The id of the column it stands behind; without one, behind the last of those it
    /// is computed from.
    pub after: Option<String>,
}

/// Reads the derived columns of a table. Each can use the columns of the file and the
/// derived ones before it.
pub fn columns(list: &Node, delivered: &[Column], diags: &mut Diagnostics) -> Vec<Derived> {
    let nodes = typed::list(list, diags);
    let later: Vec<Option<&str>> = nodes.iter().map(|it| it.get("id").and_then(Node::as_text)).collect();
    let mut found: Vec<Derived> = Vec::new();
    for (at, node) in nodes.iter().enumerate() {
        let before: Vec<&Column> = delivered.iter().chain(found.iter().map(|it| &it.column)).collect();
        let broken = later[..at].iter().flatten().copied().collect();
        let later = later[at..].iter().flatten().copied().collect();
        found.extend(derived(node, &Known { before, broken, later }, diags));
    }
    let names = delivered.iter().chain(found.iter().map(|it| &it.column)).map(|it| &it.name);
    each_once(names, "duplicate-column", diags);
    let id = |node: &Node| Some(Spanned::new(node.get("id")?.as_text()?.to_owned(), node.get("id")?.span));
    let ids = delivered.iter().map(|it| Spanned::new(it.id.clone(), it.name.span));
    let ids: Vec<_> = ids.chain(nodes.iter().filter_map(id)).collect();
    each_once(ids.iter(), "duplicate-id", diags);
    found
}

/// What a formula can name, and what it cannot.
struct Known<'a> {
    before: Vec<&'a Column>,
    /// The ids of derived columns above; those that are not in `before` are reported already.
    broken: Vec<&'a str>,
    /// The ids of this derived column and those below.
    later: Vec<&'a str>,
}

const KEYS: [&str; 18] = [
    "id",
    "label",
    "short",
    "unit",
    "group",
    "after",
    "decimals",
    "formula",
    "direction",
    "scale",
    "definition",
    "date",
    "source",
    "note",
    "inferred",
    "statistics",
    "comparable",
    "checked",
];

/// Decimals of a result where none are said.
const DECIMALS: u8 = 1;

fn derived(node: &Node, known: &Known<'_>, diags: &mut Diagnostics) -> Option<Derived> {
    check_keys(node, &KEYS, diags);
    let id = required_string(node, "id", diags);
    let label = required_string(node, "label", diags);
    let decimals = column::decimals(node, diags).unwrap_or(DECIMALS).min(18);
    let formula = required(node, "formula", diags).and_then(|it| formula(it, known, diags));
    let (id, label, formula) = (id?, label?, formula?);
    let operands: Vec<&Column> = formula.columns.iter().filter_map(|it| known.column(&it.id)).collect();
    if operands.len() < formula.columns.len() {
        return None;
    }
    let labels: Vec<&str> = operands.iter().map(|it| it.label.as_str()).collect();
    let (date, source) = (value(node, "date", diags), column::source(node, diags));
    let mut inferred = inferred(&operands, date.is_none(), source.is_none());
    inferred.extend(choices(node, "inferred", &PARTS, diags));
    let after = string(node, "after", diags).filter(|it| known.after(it, diags));
    let column = Column {
        position: None,
        origin: Origin::Derived { formula: formula.print(&labels) },
        id: id.value,
        short: value(node, "short", diags).unwrap_or_else(|| label.value.clone()),
        label: label.value.clone(),
        definition: value(node, "definition", diags),
        group: value(node, "group", diags),
        unit: value(node, "unit", diags),
        decimals: Some(decimals),
        direction: choice(node, "direction", &DIRECTIONS, diags).unwrap_or_default(),
        scale: choice(node, "scale", &SCALES, diags).unwrap_or(Scale::Rate),
        date: date.or_else(|| dates(&operands)),
        source: source.or_else(|| sources(&operands)),
        note: value(node, "note", diags),
        inferred,
        statistics: choices(node, "statistics", &STATISTICS, diags),
        comparable: column::comparable(node, diags),
        answers: node.get("checked").map_or_else(Vec::new, |it| column::answers(it, diags)),
        content: Content::Number(NumberFormat::german()),
        missing: Vec::new(),
        zero: Vec::new(),
        constraints: Constraints::default(),
        name: label,
    };
    Some(Derived { column, formula, decimals, after: after.map(|it| it.value) })
}

/// Reads a formula and checks its columns.
///
/// `formula-syntax`: a formula has numbers, columns, `+ - * /` and brackets.
fn formula(node: &Node, known: &Known<'_>, diags: &mut Diagnostics) -> Option<Formula> {
    let Some(written) = node.as_text() else {
        typed::string(node, diags);
        return None;
    };
    match formula::parse(written) {
        Ok(formula) => {
            for named in &formula.columns {
                known.check(named, place(node, written, &named.range), diags);
            }
            Some(formula)
        }
        Err(Slip { range, message, help }) => {
            let span = place(node, written, &range);
            diags.push(Diagnostic::error("formula-syntax", span, message).maybe_help(help));
            None
        }
    }
}

/// Where a part of a text stands in the file; the whole text where that cannot be told
/// because it is written with escapes.
fn place(node: &Node, written: &str, part: &Range<usize>) -> Span {
    let quotes = match node.kind {
        Kind::Quoted(_) => 1,
        _ => 0,
    };
    if node.span.range().len() != written.len() + 2 * quotes {
        return node.span;
    }
    let start = node.span.start as usize + quotes;
    Span::new(node.span.file, start + part.start..start + part.end)
}

impl Known<'_> {
    /// Returns a column that a formula can compute with.
    fn column(&self, id: &str) -> Option<&Column> {
        self.before.iter().copied().find(|it| it.id == id).filter(|it| it.is_numeric())
    }

    /// Whether a column is there to stand behind.
    fn after(&self, id: &Spanned<String>, diags: &mut Diagnostics) -> bool {
        let is_known = |it: &&Column| it.id == id.value;
        self.before.iter().copied().any(|it| is_known(&it)) || {
            diags.push(self.unknown(&id.value, id.span));
            false
        }
    }

    /// `unknown-column`, `formula-column`: a formula names columns of numbers that are there before it.
    fn check(&self, named: &Named, span: Span, diags: &mut Diagnostics) {
        let id = named.id.as_str();
        match self.before.iter().find(|it| it.id == id) {
            Some(column) if column.is_numeric() => {}
            Some(column) => diags.push(no_number(column, span)),
            None if self.broken.contains(&id) => {}
            None if self.later.contains(&id) => diags.push(later(id, span)),
            None => diags.push(self.unknown(id, span)),
        }
    }

    fn unknown(&self, id: &str, span: Span) -> Diagnostic {
        let message = text(
            format!("Eine Spalte mit der id „{id}“ ist hier nicht beschrieben."),
            format!("no column with the id `{id}` is described here"),
        );
        let is_known = |id: &str| self.before.iter().any(|it| it.id == id);
        let help = match id.split_once('-') {
            Some((a, b)) if is_known(a) && (is_known(b) || b.bytes().all(|it| it.is_ascii_digit())) => {
                Some(text(
                    format!("Ein Minus hat Leerzeichen auf beiden Seiten: {a} - {b}"),
                    format!("a minus has spaces on both sides: {a} - {b}"),
                ))
            }
            _ => did_you_mean(id, self.before.iter().map(|it| it.id.as_str())),
        };
        Diagnostic::error("unknown-column", span, message).maybe_help(help)
    }
}

fn no_number(column: &Column, span: Span) -> Diagnostic {
    let label = &column.label;
    let (de, en) = match (&column.content, column.scale) {
        (Content::Categories { .. }, Scale::Class) => ("Klassen", "classes"),
        (Content::Categories { .. }, Scale::Code) | (_, Scale::Code) => ("Codes", "codes"),
        (Content::Categories { .. }, _) => ("Kategorien", "categories"),
        (_, Scale::Key) => ("Namen oder Nummern von Zeilen", "names or numbers of rows"),
        _ => ("Texte", "texts"),
    };
    let message = text(
        format!("Mit der Spalte „{label}“ lässt sich nicht rechnen; in ihr stehen {de}."),
        format!("the column `{label}` cannot be computed with; it holds {en}"),
    );
    Diagnostic::error("formula-column", span, message)
}

/// `formula-order`: a formula uses derived columns above it only.
fn later(id: &str, span: Span) -> Diagnostic {
    let message = text(
        format!("„{id}“ wird an dieser Stelle noch nicht berechnet."),
        format!("`{id}` is not computed yet at this place"),
    );
    let help = text(
        "Eine Formel kann berechnete Spalten nutzen, die vor ihr stehen, und nicht sich selbst.",
        "a formula can use derived columns that stand before it, and not itself",
    );
    Diagnostic::error("formula-order", span, message).help(help)
}

/// Says of which days the values are that are computed with.
fn dates(operands: &[&Column]) -> Option<String> {
    let mut dates: Vec<&str> = operands.iter().filter_map(|it| it.date.as_deref()).collect();
    dates.dedup();
    match dates.as_slice() {
        [] => None,
        [date] => Some((*date).to_owned()),
        _ => {
            let dated =
                operands.iter().filter_map(|it| Some(format!("{} ({})", it.date.as_ref()?, it.short)));
            Some(dated.collect::<Vec<_>>().join("; "))
        }
    }
}

fn sources(operands: &[&Column]) -> Option<Source> {
    let mut sources: Vec<&Source> = Vec::new();
    for source in operands.iter().filter_map(|it| it.source.as_ref()) {
        if !sources.iter().any(|it| it.title == source.title) {
            sources.push(source);
        }
    }
    let titles: Vec<&str> = sources.iter().map(|it| it.title.as_str()).collect();
    let path = match sources.as_slice() {
        [source] => source.path.clone(),
        _ => None,
    };
    (!titles.is_empty()).then(|| Source { title: titles.join("; "), path })
}

/// What was concluded of a column stays concluded in what is computed from it.
fn inferred(operands: &[&Column], takes_date: bool, takes_source: bool) -> Vec<Part> {
    let taken = [(Part::Date, takes_date), (Part::Source, takes_source)];
    let is_inferred = |part| operands.iter().any(|it| it.inferred.contains(&part));
    taken.into_iter().filter(|&(part, takes)| takes && is_inferred(part)).map(|(part, _)| part).collect()
}
