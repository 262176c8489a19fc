//! The decision matrix.

use berth_model::explain;
use berth_model::explain::document::{Block, Cell, Column, Document, Row, Table};
use berth_model::matrix::{self, COLUMNS};
use berth_model::prices::PriceBook;

use crate::asked::Subject;

/// Criteria against classes of options; cells that follow the inputs are marked.
pub(super) fn document(subject: &Subject, book: &PriceBook) -> Document {
    let rows = matrix::matrix(&subject.scenario, subject.service(), &subject.answer, book);
    let mut columns = vec![Column::words("Criterion")];
    columns.extend(COLUMNS.map(|class| Column::words(explain::class(class)).of(class)));
    columns.push(Column::sources("Source"));
    let row = |row: matrix::Row| {
        let mut cells = vec![Cell::plain(row.criterion.to_owned())];
        cells.extend(row.cells.map(|cell| {
            if cell.live {
                Cell::live(cell.text)
            } else {
                Cell::plain(cell.text)
            }
        }));
        cells.push(Cell::plain(row.source.to_owned()));
        Row::of(cells)
    };
    Document::new(vec![
        Block::Note(explain::Sentence::plainly(
            "Cells with a bar at their side follow the inputs; the rest holds for every workload.",
        )),
        Block::Table(Table {
            name: "Criteria by class of options".to_owned(),
            columns,
            rows: rows.into_iter().map(row).collect(),
            sum: Vec::new(),
        }),
    ])
}
