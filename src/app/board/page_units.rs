//! The tables of units: orders with what remains, the queues before the steps, and what lies half done.

use super::content::Board;
use super::table::{Cell, Table, Tone, age, figures, text};
use super::word::Word;

/// The orders that are open.
pub(super) fn orders(board: &Board) -> Table {
    let columns = vec![
        text(Word::ColOrder),
        text(Word::ColRoute),
        figures(Word::ColQuantity),
        figures(Word::ColBegun).rank(2),
        figures(Word::ColDone),
        figures(Word::ColScrap).rank(1),
        figures(Word::ColRemains),
    ];
    let mut table = Table::new(Word::Orders, columns);
    for line in &board.orders {
        let counts = [line.quantity, line.started, line.finished, line.scrapped, line.left].map(|n| Cell::of(&n));
        table.row(Tone::Plain, [vec![Cell::of(&line.order), Cell::of(&line.route)], counts.into()].concat());
    }
    table
}

/// The queue before each step, and how long the first of it waits.
pub(super) fn work(board: &Board) -> Table {
    let columns = vec![
        text(Word::ColRoute),
        text(Word::ColStep),
        text(Word::ColStation),
        text(Word::ColState).rank(2),
        figures(Word::ColUnits),
        figures(Word::ColOldest),
        text(Word::ColUnit).rank(1),
    ];
    let mut table = Table::new(Word::OnTheirWay, columns);
    for line in &board.work {
        let tone = if line.state == "in-process" { Tone::Plain } else { Tone::Trouble };
        table.row(
            tone,
            vec![
                Cell::some(line.route.as_ref()),
                Cell::some(line.step.as_ref()),
                Cell::of(&line.station),
                Cell::of(&line.state),
                Cell::of(&line.units),
                Cell::some(line.oldest_minutes.map(age)),
                Cell::some(line.oldest.as_ref()),
            ],
        );
    }
    table
}

/// Units that were put down in the middle of a step.
pub(super) fn half_done(board: &Board) -> Table {
    let columns = vec![
        text(Word::ColUnit),
        text(Word::ColStep),
        text(Word::ColStation).rank(1),
        text(Word::ColBy),
        figures(Word::ColFor),
    ];
    let mut table = Table::new(Word::HalfDone, columns);
    for line in &board.half_done {
        table.row(
            Tone::Plain,
            vec![
                Cell::of(&line.unit),
                Cell::some(line.step.as_ref()),
                Cell::some(line.station.as_ref()),
                Cell::some(line.by.as_ref()),
                Cell::Text(age(line.minutes)),
            ],
        );
    }
    table
}
