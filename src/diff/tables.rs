//! What changed in tables: rows, columns, what is said about them, and values.

use std::collections::{BTreeSet, HashMap, HashSet};

use super::{CellChange, Fact, PartChange, Status, TableChange};
use crate::data::{self, Column, Origin};
use crate::diag::{Lang, Text, text};
use crate::render::readers;
use crate::site::{Fill, RowId, Site, Table};

/// Lists the tables that are other than before.
pub fn tables(old: &Site, new: &Site) -> Vec<TableChange> {
    let find = |site: &'_ Site, name: &str| site.tables.iter().position(|it| it.data.name == name);
    let mut changes: Vec<TableChange> = Vec::new();
    for (at, table) in new.tables.iter().enumerate() {
        match find(old, &table.data.name) {
            None => changes.push(alone(new, table, Status::Added)),
            Some(before) => changes.extend(both(old, before, new, at)),
        }
    }
    let gone = old.tables.iter().filter(|it| find(new, &it.data.name).is_none());
    changes.extend(gone.map(|it| alone(old, it, Status::Removed)));
    changes
}

fn empty(site: &Site, table: &Table, status: Status) -> TableChange {
    TableChange {
        status,
        name: table.data.name.clone(),
        title: table.data.title.clone(),
        url: table.page.map(|it| site.page(it).url.clone()),
        rows: Vec::new(),
        columns: Vec::new(),
        facts: Vec::new(),
        cells: Vec::new(),
        shown_on: Vec::new(),
    }
}

/// Tells the size of a table that is in one state only.
fn alone(site: &Site, table: &Table, status: Status) -> TableChange {
    let (rows, columns) = (table.data.rows.len().to_string(), table.data.columns.len().to_string());
    let side = |it: String| if status == Status::Added { (None, Some(it)) } else { (Some(it), None) };
    let (rows, columns) = (side(rows), side(columns));
    let facts = [
        Fact::of("rows", text("Zeilen", "rows"), rows.0, rows.1),
        Fact::of("columns", text("Spalten", "columns"), columns.0, columns.1),
    ];
    TableChange { facts: facts.into_iter().flatten().collect(), ..empty(site, table, status) }
}

/// Rows or columns of two states that are the same.
struct Matched {
    /// For each new one, where it was.
    before: Vec<Option<usize>>,
    /// Those that are gone.
    gone: Vec<usize>,
}

/// Joins what has the same name; each name is looked for once.
fn matched<'a>(old: impl Iterator<Item = &'a str>, new: impl Iterator<Item = &'a str>) -> Matched {
    let mut names: HashMap<&str, usize> = HashMap::new();
    let mut count = 0;
    for (at, name) in old.enumerate() {
        names.insert(name, at);
        count = at + 1;
    }
    let before: Vec<Option<usize>> = new.map(|it| names.remove(it)).collect();
    let taken: BTreeSet<usize> = before.iter().flatten().copied().collect();
    Matched { before, gone: (0..count).filter(|it| !taken.contains(it)).collect() }
}

impl Matched {
    /// Joins what is left by another name.
    fn more(&mut self, old: impl Fn(usize) -> Option<String>, new: impl Fn(usize) -> Option<String>) {
        let mut names: HashMap<String, usize> = HashMap::new();
        for &at in &self.gone {
            names.extend(old(at).map(|it| (it, at)));
        }
        for (at, before) in self.before.iter_mut().enumerate().filter(|it| it.1.is_none()) {
            *before = new(at).and_then(|it| names.remove(&it));
        }
        let taken: BTreeSet<usize> = self.before.iter().flatten().copied().collect();
        self.gone.retain(|it| !taken.contains(it));
    }

    /// The new and the old places of what is in both, in the order of the new ones.
    fn both(&self) -> impl Iterator<Item = (usize, usize)> {
        self.before.iter().enumerate().filter_map(|(at, before)| Some((at, (*before)?)))
    }

    /// Whether what is in both stands in another order.
    fn is_reordered(&self) -> bool {
        !self.both().map(|it| it.1).is_sorted()
    }
}

/// A table before and after.
struct Both<'a> {
    old: &'a Table,
    new: &'a Table,
    old_lang: Lang,
    lang: Lang,
    columns: Matched,
}

fn both(old_site: &Site, before: usize, new_site: &Site, at: usize) -> Option<TableChange> {
    let (old, new) = (&old_site.tables[before], &new_site.tables[at]);
    let mut columns = matched(
        old.data.columns.iter().map(|it| it.id.as_str()),
        new.data.columns.iter().map(|it| it.id.as_str()),
    );
    let label = |table: &Table, at: usize| Some(table.data.columns[at].label.clone());
    columns.more(|it| label(old, it), |it| label(new, it));
    let (old_lang, lang) = (old_site.config.lang, new_site.config.lang);
    let tables = Both { old, new, old_lang, lang, columns };
    let mut rows =
        matched(old.data.rows.iter().map(|it| it.id.as_str()), new.data.rows.iter().map(|it| it.id.as_str()));
    rows.more(|it| tables.values(old, it, true), |it| tables.values(new, it, false));
    let summary = matched(
        old.data.summary.iter().map(|it| it.id.as_str()),
        new.data.summary.iter().map(|it| it.id.as_str()),
    );
    let mut change = empty(new_site, new, Status::Changed);
    change.facts = tables.facts(&rows);
    change.columns = tables.column_changes();
    change.rows = row_changes(&old.data.rows, &new.data.rows, &rows);
    change.rows.extend(row_changes(&old.data.summary, &new.data.summary, &summary));
    let mut changed = HashSet::new();
    tables.push_cells(&rows, RowId::Item, &mut change.cells, &mut changed);
    tables.push_cells(&summary, RowId::Summary, &mut change.cells, &mut changed);
    change.shown_on = shown_on(new_site, at, &changed);
    (change.count() > 0).then_some(change)
}

fn row_changes(old: &[data::Row], new: &[data::Row], rows: &Matched) -> Vec<PartChange> {
    let part = |status, title: &str, old_title: Option<&str>| PartChange {
        status,
        title: title.to_owned(),
        old_title: old_title.map(str::to_owned),
        facts: Vec::new(),
    };
    let now = new.iter().zip(&rows.before).filter_map(|(row, before)| match before {
        None => Some(part(Status::Added, &row.title, None)),
        Some(at) if old[*at].title != row.title => {
            Some(part(Status::Moved, &row.title, Some(&old[*at].title)))
        }
        Some(_) => None,
    });
    now.chain(rows.gone.iter().map(|&at| part(Status::Removed, &old[at].title, None))).collect()
}

/// A part of what readers are told about a column.
type Say = fn(&Column, Lang) -> Option<String>;

/// What readers are told about a column.
fn told() -> [(&'static str, Text, Say); 11] {
    [
        ("label", text("Bezeichnung", "label"), |it, _| Some(it.label.clone())),
        ("short", text("Kurze Bezeichnung", "short label"), |it, _| {
            Some(&it.short).filter(|short| **short != it.label).cloned()
        }),
        ("unit", text("Einheit", "unit"), |it, _| it.unit.clone()),
        ("definition", text("Definition", "definition"), |it, _| it.definition.clone()),
        ("group", text("Gruppe", "group"), |it, _| it.group.clone()),
        ("date", text("Datenstand", "date of the data"), |it, _| it.date.clone()),
        ("source", text("Quelle", "source"), |it, _| it.source.as_ref().map(|it| it.title.clone())),
        ("source_path", text("Adresse der Quelle", "address of the source"), |it, _| {
            it.source.as_ref().and_then(|it| it.path.clone())
        }),
        ("note", text("Hinweis", "note"), |it, _| it.note.clone()),
        ("formula", text("Berechnung", "formula"), |it, lang| match &it.origin {
            Origin::Derived { formula } => Some(formula.in_lang(lang).to_owned()),
            Origin::Delivered => None,
        }),
        ("inferred", text("Erschlossen", "concluded"), |it, lang| {
            Some(readers::concluded(it, lang).join(", "))
        }),
    ]
}

impl Both<'_> {
    /// Names a row by all its values but its name, to find one that was renamed.
    fn values(&self, table: &Table, row: usize, is_old: bool) -> Option<String> {
        let lang = if is_old { self.old_lang } else { self.lang };
        let shared = self.columns.both().map(|(new, old)| if is_old { old } else { new });
        let values: Vec<String> = shared
            .filter(|&it| it != table.data.row_header && !table.data.columns[it].is_derived())
            .map(|it| readers::cell(table, RowId::Item(row), it, lang))
            .collect();
        (values.len() > 1).then(|| values.join("\u{1f}"))
    }

    /// Compares what is said about the table as a whole.
    fn facts(&self, rows: &Matched) -> Vec<Fact> {
        let (old, new) = (&self.old.data, &self.new.data);
        let fact = |key: &str, label, say: fn(&data::Table) -> Option<String>| {
            Fact::of(key, label, say(old), say(new))
        };
        let mut facts = vec![
            fact("title", text("Titel", "title"), |it| Some(it.title.clone())),
            fact("caption", text("Beschriftung", "caption"), |it| Some(it.caption.clone())),
            fact("note", text("Hinweis", "note"), |it| it.note.clone()),
            fact("total", text("Zeilen im Ganzen", "rows in all"), |it| it.total.map(|it| it.to_string())),
            fact("views", text("Ansichten", "views"), |it| {
                Some(it.views.iter().map(|it| it.title.as_str()).collect::<Vec<_>>().join(", "))
            }),
            fact("comparisons", text("Vergleiche", "comparisons"), |it| Some(comparisons(it))),
        ];
        let order = |is_other: bool, key: &str, label| {
            let changed = text("geändert", "changed").in_lang(self.lang).to_owned();
            is_other.then(|| Fact::of(key, label, None, Some(changed))).flatten()
        };
        facts.push(order(
            rows.is_reordered(),
            "row_order",
            text("Reihenfolge der Zeilen", "order of the rows"),
        ));
        let columns = self.columns.is_reordered();
        facts.push(order(columns, "column_order", text("Reihenfolge der Spalten", "order of the columns")));
        facts.into_iter().flatten().collect()
    }

    fn column_changes(&self) -> Vec<PartChange> {
        let (old, new) = (&self.old.data.columns, &self.new.data.columns);
        let alone = |status, column: &Column| PartChange {
            status,
            title: column.label.clone(),
            old_title: None,
            facts: Vec::new(),
        };
        let now = new.iter().zip(&self.columns.before).filter_map(|(column, before)| match before {
            None => Some(alone(Status::Added, column)),
            Some(at) => {
                let facts = self.column_facts(&old[*at], column);
                (!facts.is_empty()).then(|| PartChange { facts, ..alone(Status::Changed, column) })
            }
        });
        now.chain(self.columns.gone.iter().map(|&at| alone(Status::Removed, &old[at]))).collect()
    }

    fn column_facts(&self, old: &Column, new: &Column) -> Vec<Fact> {
        let facts = told();
        let facts = facts.into_iter().filter_map(|(key, label, say)| {
            Fact::of(key, label, say(old, self.old_lang), say(new, self.lang))
        });
        facts.collect()
    }

    /// Compares the values of rows that are in both states.
    fn push_cells(
        &self,
        rows: &Matched,
        id: fn(usize) -> RowId,
        cells: &mut Vec<CellChange>,
        changed: &mut HashSet<CellKey>,
    ) {
        for (row, row_before) in rows.both() {
            for (at, before) in self.columns.both() {
                let column = &self.new.data.columns[at];
                // A row with another name is told as such.
                if at == self.new.data.row_header {
                    continue;
                }
                let old = readers::cell(self.old, id(row_before), before, self.old_lang);
                let new = readers::cell(self.new, id(row), at, self.lang);
                if old == new {
                    continue;
                }
                changed.insert(cell_key(id(row), at));
                cells.push(CellChange {
                    row: self.new.row(id(row)).title.clone(),
                    column: column.label.clone(),
                    unit: column.unit.clone(),
                    old,
                    new,
                    is_derived: column.is_derived(),
                });
            }
        }
    }
}

fn comparisons(table: &data::Table) -> String {
    let told = table.comparisons.iter().map(|it| {
        let rows: Vec<&str> = it.rows.iter().map(|&at| table.rows[at].title.as_str()).collect();
        format!("{} ({})", it.title, rows.join(", "))
    });
    told.collect::<Vec<_>>().join("; ")
}

/// A cell: whether its row sums up, the row and the column.
type CellKey = (bool, usize, usize);

fn cell_key(row: RowId, column: usize) -> CellKey {
    match row {
        RowId::Item(at) => (false, at, column),
        RowId::Summary(at) => (true, at, column),
    }
}

/// Lists the pages whose small tables, charts and figures show one of the cells.
fn shown_on(site: &Site, table: usize, changed: &HashSet<CellKey>) -> Vec<(String, String)> {
    if changed.is_empty() {
        return Vec::new();
    }
    let is_changed = |row: RowId, column: usize| changed.contains(&cell_key(row, column));
    let holds = |rows: &[usize], columns: &[usize], id: fn(usize) -> RowId| {
        rows.iter().any(|&row| columns.iter().any(|&column| is_changed(id(row), column)))
    };
    let shows = |fill: &Fill| match fill {
        Fill::Table(it) if it.table == table => {
            holds(&it.rows, &it.columns, RowId::Item) || holds(&it.summary, &it.columns, RowId::Summary)
        }
        Fill::Chart(it) if it.table == table => holds(&it.rows, &it.columns, RowId::Item),
        Fill::Figure(it) if it.table == table => is_changed(it.row, it.column),
        _ => false,
    };
    let pages =
        site.pages.iter().filter(|page| page.bodies().flat_map(|it| &it.holes).any(|it| shows(&it.fill)));
    pages.map(|it| (it.title.clone(), it.url.clone())).collect()
}
