//! The tables of what ends this shift, and of the exceptions that are used.

use jiff::tz::TimeZone;

use super::content::Board;
use super::lines::Ends;
use super::proof::{Proof, Proven};
use super::table::{Cell, Table, Tone, figures, text};
use super::word::Word;
use crate::app::wall::{clock, day_and_clock};
use crate::domain::time::At;

/// Gauges, qualifications and lots that end.
pub(super) fn expiring(board: &Board, zone: &TimeZone) -> Table {
    let columns = vec![
        text(Word::ColWhat),
        text(Word::ColName),
        text(Word::ColOf).rank(1),
        text(Word::ColLast),
        text(Word::ColState),
    ];
    let mut table = Table::new(Word::Expiring, columns);
    for line in &board.expiring {
        let (tone, state) =
            if line.over { (Tone::Trouble, Cell::Word(Word::Over)) } else { (Tone::Plain, Cell::Text(String::new())) };
        let what = match line.what {
            Ends::Gauge => Word::Gauge,
            Ends::Qualification => Word::Qualification,
            Ends::Lot => Word::Lot,
            Ends::Floor => Word::OpenLot,
        };
        let last = line.until.map_or_else(|| Cell::of(&line.last), |until| Cell::Text(day_and_clock(until, zone)));
        table.row(tone, vec![Cell::Word(what), Cell::of(&line.name), Cell::of(&line.of), last, state]);
    }
    table
}

/// First pieces and golden samples.
pub(super) fn proofs(board: &Board, zone: &TimeZone) -> Table {
    let columns = vec![
        text(Word::ColStation),
        text(Word::ColRoute).rank(2),
        text(Word::ColStep),
        text(Word::ColWhat),
        text(Word::ColState),
        text(Word::ColUnit),
        text(Word::ColOf).rank(1),
        text(Word::ColFrom).rank(3),
        text(Word::ColTo).rank(4),
    ];
    let mut table = Table::new(Word::Proofs, columns);
    for line in &board.proofs {
        let what = match line.what {
            Proof::FirstPiece => Word::FirstPiece,
            Proof::GoodSample => Word::GoodSample,
            Proof::BadSample => Word::BadSample,
        };
        let (tone, state) = match line.stands {
            Proven::Failed => (Tone::Trouble, Word::Failed),
            Proven::Due => (Tone::Trouble, Word::SampleDue),
            Proven::Waits => (Tone::Silent, Word::Waiting),
            Proven::Approved => (Tone::Plain, Word::Approved),
            Proven::Passed => (Tone::Plain, Word::Proved),
        };
        let time = |at: Option<At>| Cell::some(at.map(|at| day_and_clock(at, zone)));
        table.row(
            tone,
            vec![
                Cell::of(&line.station),
                Cell::of(&line.route),
                Cell::of(&line.step),
                Cell::Word(what),
                Cell::Word(state),
                Cell::some(line.unit.as_ref()),
                Cell::some(line.of.as_ref()),
                time(line.at),
                time(line.until),
            ],
        );
    }
    table
}

/// The deviation permits that are open.
pub(super) fn permits(board: &Board, zone: &TimeZone) -> Table {
    let columns = vec![
        text(Word::ColPermit),
        text(Word::ColRule),
        figures(Word::ColUsed),
        figures(Word::ColAllowed),
        text(Word::ColTo),
        text(Word::ColState).rank(1),
    ];
    let mut table = Table::new(Word::Permits, columns);
    for line in &board.permits {
        let (tone, state) =
            if line.over { (Tone::Trouble, Cell::Word(Word::Over)) } else { (Tone::Plain, Cell::Text(String::new())) };
        table.row(
            tone,
            vec![
                Cell::of(&line.permit),
                Cell::of(&line.rule.word()),
                Cell::of(&line.used),
                Cell::some(line.quantity),
                Cell::Text(day_and_clock(line.until, zone)),
                state,
            ],
        );
    }
    table
}

/// The overrides of the shift.
pub(super) fn overrides(board: &Board, zone: &TimeZone) -> Table {
    let columns = vec![text(Word::ColFrom), figures(Word::ColUsed), figures(Word::ColAllowed)];
    let mut table = Table::new(Word::Overrides, columns);
    if let Some(line) = &board.overrides {
        let tone = if line.used >= line.budget { Tone::Trouble } else { Tone::Plain };
        table.row(tone, vec![Cell::Text(clock(line.since, zone)), Cell::of(&line.used), Cell::of(&line.budget)]);
    }
    table
}
