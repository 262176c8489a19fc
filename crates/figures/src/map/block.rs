//! Neighbouring cells of one ink as few rectangles: thousands of cells paint fast.

use crate::scene::Ink;

/// A box of cells of one ink.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(super) struct Block {
    pub(super) ink: Ink,
    /// Column and row of its top left cell.
    pub(super) from: (usize, usize),
    /// How many cells wide and high.
    pub(super) size: (usize, usize),
}

/// The cells of a grid, given row by row, as boxes: the runs of each row, joined with those above
/// that begin and end alike.
pub(super) fn blocks(inks: &[Ink], columns: usize) -> Vec<Block> {
    let mut blocks: Vec<Block> = Vec::new();
    // Which blocks end in the row above.
    let mut above: Vec<usize> = Vec::new();
    for (row, inks) in inks.chunks(columns.max(1)).enumerate() {
        let mut here = Vec::new();
        let mut column = 0;
        for run in inks.chunk_by(|a, b| a == b) {
            let (from, wide) = (column, run.len());
            column += wide;
            let Some(&ink) = run.first() else { continue };
            let goes_on = |&index: &usize| {
                blocks.get(index).is_some_and(|block| {
                    block.ink == ink && block.from.0 == from && block.size.0 == wide
                })
            };
            if let Some(index) = above.iter().copied().find(goes_on) {
                if let Some(block) = blocks.get_mut(index) {
                    block.size.1 += 1;
                }
                here.push(index);
            } else {
                here.push(blocks.len());
                blocks.push(Block {
                    ink,
                    from: (from, row),
                    size: (wide, 1),
                });
            }
        }
        above = here;
    }
    blocks
}

#[cfg(test)]
mod tests {
    use proptest::{collection::vec, prelude::*};

    use super::*;

    const INKS: [Ink; 3] = [Ink::Text, Ink::Grid, Ink::Band];

    #[test]
    fn a_field_of_one_ink_is_one_block() {
        let found = blocks(&[Ink::Text; 64 * 64], 64);
        assert_eq!(found.len(), 1);
        assert_eq!(found[0].size, (64, 64));
    }

    #[test]
    fn runs_that_begin_and_end_alike_are_joined() {
        let (a, b) = (Ink::Text, Ink::Grid);
        let found = blocks(&[a, a, b, a, a, b, a, b, b], 3);
        let sizes: Vec<_> = found.iter().map(|block| block.size).collect();
        assert_eq!(sizes, [(2, 2), (1, 2), (1, 1), (2, 1)]);
    }

    proptest! {
        #[test]
        fn every_cell_is_in_one_block_of_its_ink(
            columns in 1..9_usize,
            cells in vec(0..3_usize, 0..80),
        ) {
            let rows = cells.len() / columns;
            let inks: Vec<Ink> = cells.iter().take(rows * columns).map(|&ink| INKS[ink]).collect();
            let mut painted: Vec<Vec<Ink>> = vec![Vec::new(); inks.len()];
            for block in blocks(&inks, columns) {
                for row in block.from.1..block.from.1 + block.size.1 {
                    for column in block.from.0..block.from.0 + block.size.0 {
                        painted[row * columns + column].push(block.ink);
                    }
                }
            }
            for (painted, ink) in painted.iter().zip(&inks) {
                prop_assert_eq!(painted, &[*ink]);
            }
        }
    }
}
