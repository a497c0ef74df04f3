//! Directives: fenced blocks such as ```` ```{table} kommunen ````, with YAML inside.

use std::ops::Range;

use super::{HoleKind, Writer};
use crate::content::typography::{set_line, show_stars};
use crate::diag::{Diagnostic, Diagnostics, did_you_mean, text};
use crate::source::{FileId, Span, Spanned};
use crate::yaml::{self, Entry, Kind, Node, typed, unknown_key};

/// A small table in the text.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct TableDirective {
    /// The how many-th table of the text it is.
    pub number: usize,
    pub selection: Selection,
    pub columns: Vec<Spanned<String>>,
    /// Rows that sum up, below the others.
    pub summary: Vec<Spanned<String>>,
    pub limit: Option<usize>,
    /// What readers can do with it; nothing where it is empty.
    pub tools: Vec<Tool>,
}

/// What readers can do with a table, besides searching and sorting it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Tool {
    Filter,
    Columns,
    Look,
    Compare,
    Take,
}

impl Tool {
    pub const ALL: [Tool; 5] = [Tool::Filter, Tool::Columns, Tool::Look, Tool::Compare, Tool::Take];

    /// Returns its name in directives and templates.
    pub fn name(self) -> &'static str {
        match self {
            Tool::Filter => "filter",
            Tool::Columns => "columns",
            Tool::Look => "look",
            Tool::Compare => "compare",
            Tool::Take => "take",
        }
    }
}

/// A chart in the text.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ChartDirective {
    /// The how many-th table of the text it is.
    pub number: usize,
    pub selection: Selection,
    /// One to three.
    pub columns: Vec<Spanned<String>>,
    pub kind: Spanned<ChartKind>,
    /// Rows that stand out.
    pub marks: Vec<Spanned<String>>,
}

/// How a chart shows its values.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum ChartKind {
    /// A bar for each row, or for each class.
    Bar,
    /// All rows on one line.
    Strip,
}

/// What both directives say about the rows they show.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Selection {
    pub table: Spanned<String>,
    pub caption: Option<String>,
    /// In this order; all where none is named.
    pub rows: Vec<Spanned<String>>,
    pub filters: Vec<Filter>,
    pub sort: Option<Sort>,
}

/// A column and the values that it may have.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Filter {
    pub column: Spanned<String>,
    pub values: Vec<Spanned<String>>,
}

/// The column that rows are sorted by.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Sort {
    pub column: Spanned<String>,
    pub descending: bool,
}

impl TableDirective {
    /// Gives all its names one place, where their own cannot be told.
    pub(super) fn move_to(&mut self, span: Span) {
        self.selection.move_to(span);
        self.columns.iter_mut().chain(&mut self.summary).for_each(|it| it.span = span);
    }
}

impl ChartDirective {
    /// Gives all its names one place, where their own cannot be told.
    pub(super) fn move_to(&mut self, span: Span) {
        self.selection.move_to(span);
        self.kind.span = span;
        self.columns.iter_mut().chain(&mut self.marks).for_each(|it| it.span = span);
    }
}

impl Selection {
    fn move_to(&mut self, span: Span) {
        self.table.span = span;
        self.rows.iter_mut().for_each(|it| it.span = span);
        for filter in &mut self.filters {
            filter.column.span = span;
            filter.values.iter_mut().for_each(|it| it.span = span);
        }
        self.sort.iter_mut().for_each(|it| it.column.span = span);
    }
}

/// A directive that is being read: its lines stand apart where the block is indented.
#[derive(Debug)]
pub struct OpenDirective {
    name: Spanned<String>,
    argument: Option<Spanned<String>>,
    range: Range<usize>,
    body: Pieces,
}

const DIRECTIVES: [&str; 2] = ["table", "chart"];
const TABLE_KEYS: [&str; 8] = ["columns", "rows", "where", "sort", "caption", "limit", "summary", "tools"];
const CHART_KEYS: [&str; 8] = ["column", "columns", "kind", "rows", "where", "sort", "caption", "mark"];
/// More than these would be three charts and not one.
const CHART_COLUMNS: usize = 3;

impl Writer<'_> {
    /// Begins a directive where the fence of a code block names one: `{table} kommunen`.
    pub(super) fn start_directive(&mut self, range: Range<usize>) -> bool {
        let line = self.text[range.clone()].lines().next().unwrap_or_default();
        let info = line.trim_start_matches(['`', '~', ' ', '\t']);
        let start = range.start + line.len() - info.len();
        let Some((name, rest)) = info.strip_prefix('{').and_then(|it| it.split_once('}')) else {
            return false;
        };
        let name_range = start + 1..start + 1 + name.len();
        let argument_start = range.start + line.len() - rest.trim_start().len();
        let argument = rest.trim();
        let argument_range = argument_start..argument_start + argument.len();
        self.directive = Some(OpenDirective {
            name: Spanned::new(name.trim().to_owned(), self.span(name_range)),
            argument: (!argument.is_empty())
                .then(|| Spanned::new(argument.to_owned(), self.span(argument_range))),
            range: range.start..range.start + line.len(),
            body: Pieces::default(),
        });
        true
    }

    /// Takes a piece of the open directive; false where none is open.
    pub(super) fn directive_text(&mut self, value: &str, range: &Range<usize>) -> bool {
        let Some(directive) = &mut self.directive else { return false };
        directive.body.push(&show_stars(value), range.start + self.offset);
        true
    }

    /// `unknown-directive`: a directive such as `{table}` is one that exists.
    pub(super) fn end_directive(&mut self) -> bool {
        let Some(directive) = self.directive.take() else { return false };
        let span = self.span(directive.range.clone());
        self.table.count += 1;
        let kind = match directive.name.value.as_str() {
            "table" => self.table_directive(&directive, span).map(|it| HoleKind::Table(Box::new(it))),
            "chart" => self.chart_directive(&directive, span).map(|it| HoleKind::Chart(Box::new(it))),
            _ => {
                self.diags.push(unknown_directive(&directive.name));
                None
            }
        };
        if let Some(kind) = kind {
            self.start_line();
            self.hole(kind, span);
            self.push("\n");
        }
        true
    }

    fn table_directive(&mut self, directive: &OpenDirective, span: Span) -> Option<TableDirective> {
        let entries = directive.body.entries(self.file, self.diags)?;
        check_keys(&entries, &TABLE_KEYS, self.diags);
        let selection = self.selection(directive, &entries, span);
        let columns = strings(&entries, "columns", self.diags);
        if columns.is_empty() && !entries.iter().any(|it| it.key.value == "columns") {
            self.diags.push(missing_columns("columns", "columns: [einwohner, jugendquotient]", span));
        }
        let summary = strings(&entries, "summary", self.diags);
        let limit = value(&entries, "limit").and_then(|node| limit(node, self.diags));
        let tools = value(&entries, "tools").map_or_else(Vec::new, |node| tools(node, self.diags));
        if !tools.is_empty() && !self.begins_line(directive) {
            self.diags.push(indented_tools(span));
        }
        let selection = selection?;
        (!columns.is_empty()).then_some(TableDirective {
            number: self.table.count,
            selection,
            columns,
            summary,
            limit,
            tools,
        })
    }

    /// Whether a directive stands by itself and not in a list or quotation.
    fn begins_line(&self, directive: &OpenDirective) -> bool {
        self.text[..directive.range.start].chars().next_back().is_none_or(|it| it == '\n')
    }

    fn chart_directive(&mut self, directive: &OpenDirective, span: Span) -> Option<ChartDirective> {
        let entries = directive.body.entries(self.file, self.diags)?;
        check_keys(&entries, &CHART_KEYS, self.diags);
        let selection = self.selection(directive, &entries, span);
        let mut columns = strings(&entries, "column", self.diags);
        columns.extend(strings(&entries, "columns", self.diags));
        if columns.is_empty() && !entries.iter().any(|it| it.key.value.starts_with("column")) {
            self.diags.push(missing_columns("column", "column: einwohner", span));
        }
        if let Some(surplus) = columns.get(CHART_COLUMNS) {
            self.diags.push(too_many_columns(surplus.span));
        }
        let kind = match value(&entries, "kind") {
            Some(node) => chart_kind(node, self.diags)?,
            None => Spanned::new(ChartKind::Bar, span),
        };
        let marks = strings(&entries, "mark", self.diags);
        let selection = selection?;
        (1..=CHART_COLUMNS).contains(&columns.len()).then_some(ChartDirective {
            number: self.table.count,
            selection,
            columns,
            kind,
            marks,
        })
    }

    /// `directive-syntax`: a directive names its table.
    fn selection(&mut self, directive: &OpenDirective, entries: &[Entry], span: Span) -> Option<Selection> {
        let name = &directive.name.value;
        if directive.argument.is_none() {
            let message = text(
                format!("Hinter {{{name}}} fehlt der Name der Tabelle."),
                format!("the name of the table is missing behind {{{name}}}"),
            );
            let help = text(
                format!("Zum Beispiel: ```{{{name}}} kommunen"),
                format!("for example: ```{{{name}}} kommunen"),
            );
            self.diags.push(Diagnostic::error("directive-syntax", span, message).help(help));
        }
        let lang = self.context.lang;
        let caption = value(entries, "caption").and_then(|node| typed::string(node, self.diags));
        let rows = strings(entries, "rows", self.diags);
        let filters = value(entries, "where").map_or_else(Vec::new, |node| filters(node, self.diags));
        let sort = value(entries, "sort").and_then(|node| typed::string(node, self.diags)).map(sort);
        Some(Selection {
            table: directive.argument.clone()?,
            caption: caption.map(|it| set_line(lang, &it.value)),
            rows,
            filters,
            sort,
        })
    }
}

fn unknown_directive(name: &Spanned<String>) -> Diagnostic {
    let written = &name.value;
    let message = text(
        format!("Eine Anweisung {{{written}}} gibt es nicht."),
        format!("there is no directive `{{{written}}}`"),
    );
    let help = did_you_mean(written, DIRECTIVES).unwrap_or_else(|| {
        text(
            "Erlaubt: table, chart. Für Code ohne geschweifte Klammern schreiben.",
            "allowed: table, chart; for code write no braces",
        )
    });
    Diagnostic::error("unknown-directive", name.span, message).help(help)
}

fn check_keys(entries: &[Entry], known: &[&str], diags: &mut Diagnostics) {
    for entry in entries.iter().filter(|it| !known.contains(&it.key.value.as_str())) {
        diags.push(unknown_key(entry, known));
    }
}

/// Returns the value of a key; an empty one counts as not written.
fn value<'a>(entries: &'a [Entry], key: &str) -> Option<&'a Node> {
    entries.iter().find(|it| it.key.value == key).map(|it| &it.value).filter(|it| !it.is_empty())
}

fn strings(entries: &[Entry], key: &str, diags: &mut Diagnostics) -> Vec<Spanned<String>> {
    value(entries, key).map_or_else(Vec::new, |node| typed::strings(node, diags))
}

/// `directive-syntax`: a directive says which columns it shows.
fn missing_columns(key: &str, sample: &str, span: Span) -> Diagnostic {
    let message = text(format!("Hier fehlt die Angabe „{key}“."), format!("the key `{key}` is missing here"));
    let help = text(format!("Zum Beispiel: {sample}"), format!("for example: {sample}"));
    Diagnostic::error("directive-syntax", span, message).help(help)
}

/// `limit`: a chart shows few columns.
fn too_many_columns(span: Span) -> Diagnostic {
    let message = text(
        format!("Ein Diagramm zeigt höchstens {CHART_COLUMNS} Spalten."),
        format!("a chart shows at most {CHART_COLUMNS} columns"),
    );
    Diagnostic::error("limit", span, message)
}

fn limit(node: &Node, diags: &mut Diagnostics) -> Option<usize> {
    let wished = typed::integer(node, diags)?;
    let limit = usize::try_from(wished).ok().filter(|&it| it > 0);
    if limit.is_none() {
        diags.push(typed::wrong_type(node, text("eine Zahl ab 1", "a number from 1")));
    }
    limit
}

/// `directive-syntax`: a table with tools stands by itself.
fn indented_tools(span: Span) -> Diagnostic {
    let message = text(
        "In einer Liste oder einem Zitat kann eine Tabelle keine Werkzeuge haben.",
        "a table in a list or quotation can have no tools",
    );
    let help = text("Rücken Sie die Tabelle nicht ein.", "do not indent the table");
    Diagnostic::error("directive-syntax", span, message).help(help)
}

/// `unknown-choice`: readers get tools that there are.
fn tools(node: &Node, diags: &mut Diagnostics) -> Vec<Tool> {
    match &node.kind {
        Kind::Plain(it) if it == "true" => Tool::ALL.to_vec(),
        Kind::Plain(it) if it == "false" => Vec::new(),
        _ => typed::strings(node, diags).iter().filter_map(|name| tool(name, diags)).collect(),
    }
}

fn tool(name: &Spanned<String>, diags: &mut Diagnostics) -> Option<Tool> {
    let found = Tool::ALL.into_iter().find(|it| it.name() == name.value);
    if found.is_none() {
        let written = &name.value;
        let message =
            text(format!("Ein Werkzeug „{written}“ gibt es nicht."), format!("there is no tool `{written}`"));
        let names = Tool::ALL.map(Tool::name);
        let help = did_you_mean(written, names).unwrap_or_else(|| crate::fields::allowed(&names.join(", ")));
        diags.push(Diagnostic::error("unknown-choice", name.span, message).help(help));
    }
    found
}

/// `unknown-choice`: a chart is of a kind that there is.
fn chart_kind(node: &Node, diags: &mut Diagnostics) -> Option<Spanned<ChartKind>> {
    let written = typed::string(node, diags)?;
    let kind = match written.value.as_str() {
        "bar" => ChartKind::Bar,
        "strip" => ChartKind::Strip,
        other => {
            let message = text(
                format!("Eine Art von Diagramm „{other}“ gibt es nicht."),
                format!("there is no kind of chart `{other}`"),
            );
            let help = did_you_mean(other, ["bar", "strip"])
                .unwrap_or_else(|| text("Erlaubt: bar (Balken), strip (Streifen)", "allowed: bar, strip"));
            diags.push(Diagnostic::error("unknown-choice", written.span, message).help(help));
            return None;
        }
    };
    Some(Spanned::new(kind, written.span))
}

fn filters(node: &Node, diags: &mut Diagnostics) -> Vec<Filter> {
    let entries = typed::map(node, diags);
    entries
        .iter()
        .map(|it| Filter { column: it.key.clone(), values: typed::strings(&it.value, diags) })
        .collect()
}

/// Reads a column; a minus before it turns the order around.
fn sort(written: Spanned<String>) -> Sort {
    let Spanned { value, mut span } = written;
    match value.strip_prefix('-') {
        None => Sort { column: Spanned::new(value, span), descending: false },
        Some(name) => {
            span.start += 1;
            Sort { column: Spanned::new(name.trim_start().to_owned(), span), descending: true }
        }
    }
}

/// Text that stands in a file in several pieces: each line of an indented block is one.
#[derive(Debug, Default)]
struct Pieces {
    text: String,
    /// Where each piece begins: in the text, and in the file.
    starts: Vec<(usize, usize)>,
}

impl Pieces {
    fn push(&mut self, piece: &str, at: usize) {
        self.starts.push((self.text.len(), at));
        self.text.push_str(piece);
    }

    /// Reads the YAML; what it finds has its place in the file.
    fn entries(&self, file: FileId, diags: &mut Diagnostics) -> Option<Vec<Entry>> {
        let mut found = Diagnostics::default();
        let entries = yaml::parse_map(file, &self.text, 0, &mut found);
        found.move_each(|span| self.place(span));
        diags.append(found);
        entries.map(|it| it.into_iter().map(|entry| self.moved_entry(entry)).collect())
    }

    fn moved_entry(&self, entry: Entry) -> Entry {
        let key = Spanned::new(entry.key.value, self.place(entry.key.span));
        Entry { key, value: self.moved(entry.value) }
    }

    fn moved(&self, node: Node) -> Node {
        let kind = match node.kind {
            Kind::List(items) => Kind::List(items.into_iter().map(|it| self.moved(it)).collect()),
            Kind::Map(entries) => Kind::Map(entries.into_iter().map(|it| self.moved_entry(it)).collect()),
            scalar => scalar,
        };
        Node { span: self.place(node.span), kind }
    }

    fn place(&self, span: Span) -> Span {
        let start = self.byte(span.start as usize);
        // The end of a piece is no part of the next one.
        let end = if span.end > span.start { self.byte(span.end as usize - 1) + 1 } else { start };
        Span::new(span.file, start..end)
    }

    /// Returns the byte of the file for one of the text.
    fn byte(&self, at: usize) -> usize {
        let piece = self.starts.partition_point(|&(start, _)| start <= at).checked_sub(1);
        piece.map_or(0, |it| self.starts[it].1 + at - self.starts[it].0)
    }
}
