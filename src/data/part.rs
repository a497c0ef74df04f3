//! Rows and columns of a table as a table of its own.

use super::{Column, Pages, Row, Table};

impl Table {
    /// Returns some rows and columns as a table: the column that names the row comes first,
    /// the others follow in the wished order.
    ///
    /// What speaks of the whole table stays behind: its note, its pages, views and sets of rows.
    pub fn part(&self, name: String, columns: &[usize], rows: &[usize], summary: &[usize]) -> Table {
        let others = columns.iter().copied().filter(|&it| it != self.row_header);
        let columns: Vec<usize> = std::iter::once(self.row_header).chain(others).collect();
        Table {
            name,
            title: self.title.clone(),
            caption: self.caption.clone(),
            note: None,
            rows_name: self.rows_name.clone(),
            file: self.file,
            bytes: self.bytes.clone(),
            form: self.form,
            region: self.region.and_then(|it| columns.iter().position(|&column| column == it)),
            row_header: 0,
            rows: rows.iter().map(|&at| row_part(&self.rows[at], &columns)).collect(),
            summary: summary.iter().map(|&at| row_part(&self.summary[at], &columns)).collect(),
            columns: columns.into_iter().map(|it| column_part(&self.columns[it])).collect(),
            total: self.total,
            parts: Vec::new(),
            pages: Pages::default(),
            comparisons: Vec::new(),
            similarity: None,
            views: Vec::new(),
            texts: self.texts.clone(),
        }
    }
}

fn row_part(row: &Row, columns: &[usize]) -> Row {
    Row {
        id: row.id.clone(),
        title: row.title.clone(),
        role: row.role,
        line: row.line,
        sheet_row: row.sheet_row,
        start: row.start,
        cells: columns.iter().map(|&it| row.cells[it]).collect(),
    }
}

/// Few columns in the order of their author need no groups.
fn column_part(column: &Column) -> Column {
    Column { group: None, ..column.clone() }
}
