//! The tables of the line: its stations, and what needs a person now.

use jiff::tz::TimeZone;

use super::content::{Attention, Board, StationLine};
use super::table::{Cell, Table, Tone, age, figures, percent, text};
use super::word::Word;
use crate::app::wall::clock;

/// The stations, in one table: a screen leaves out what it has no room for.
pub(super) fn stations(board: &Board) -> Table {
    let columns = vec![
        text(Word::ColStation),
        text(Word::ColState),
        text(Word::ColWho).rank(3),
        figures(Word::ColWip),
        figures(Word::ColOldest).rank(4),
        figures(Word::ColHeld).rank(6),
        figures(Word::ColPass),
        figures(Word::ColFail).rank(2),
        figures(Word::ColFpy).rank(5),
        figures(Word::ColRef).rank(7),
        figures(Word::ColCycle).rank(8),
        figures(Word::ColSeen),
        text(Word::ColOpen).rank(9),
    ];
    let mut table = Table::new(Word::Stations, columns);
    for line in &board.stations {
        let (tone, state) = state(line);
        let [who, wip, oldest, held, seen, open] = now(line);
        let [pass, fail, fpy, refused, cycle] = made(line);
        let station = Cell::of(&line.station);
        table.row(tone, vec![station, state, who, wip, oldest, held, pass, fail, fpy, refused, cycle, seen, open]);
    }
    table
}

/// The stations as they stand, and what came of them: two tables, for paper that is narrow and leaves nothing out.
pub(super) fn stations_apart(board: &Board) -> [Table; 2] {
    let columns = vec![
        text(Word::ColStation),
        text(Word::ColState),
        text(Word::ColWho),
        figures(Word::ColWip),
        figures(Word::ColOldest),
        figures(Word::ColHeld),
        figures(Word::ColSeen),
        text(Word::ColOpen),
    ];
    let mut stand = Table::new(Word::Stations, columns);
    let columns = vec![
        text(Word::ColStation),
        figures(Word::ColPass),
        figures(Word::ColFail),
        figures(Word::ColFpy),
        figures(Word::ColRef),
        figures(Word::ColCycle),
    ];
    let mut came = Table::new(Word::StationsMade, columns);
    for line in &board.stations {
        let (tone, state) = state(line);
        let station = || Cell::of(&line.station);
        stand.row(tone, [vec![station(), state], now(line).into()].concat());
        came.row(Tone::Plain, [vec![station()], made(line).into()].concat());
    }
    [stand, came]
}

/// Who is there, and what waits.
fn now(line: &StationLine) -> [Cell; 6] {
    [
        Cell::some(line.operator.as_ref()),
        Cell::of(&line.in_process),
        Cell::some(line.oldest_minutes.map(age)),
        Cell::of(&line.held),
        Cell::some(line.seen_minutes.map(age)),
        Cell::some(line.open.as_ref()),
    ]
}

/// What came of it, and how quickly.
fn made(line: &StationLine) -> [Cell; 5] {
    let side = |seconds: Option<u32>| seconds.map_or_else(|| "-".to_owned(), |s| s.to_string());
    let cycle = match (line.cycle_seconds, line.takt_seconds) {
        (None, None) => Cell::None,
        (cycle, takt) => Cell::Text(format!("{}/{}", side(cycle), side(takt))),
    };
    [
        Cell::of(&line.passed),
        Cell::of(&line.failed),
        Cell::some(line.first_pass.map(percent)),
        Cell::of(&line.refused),
        cycle,
    ]
}

fn state(line: &StationLine) -> (Tone, Cell) {
    let (tone, word) = match line.state {
        "down" => (Tone::Trouble, Word::Down),
        "silent" => (Tone::Silent, Word::Silent),
        "working" => (Tone::Plain, Word::Working),
        "waiting" => (Tone::Plain, Word::Waiting),
        _ => (Tone::Plain, Word::Nobody),
    };
    if line.calls { (Tone::Trouble, Cell::Word(Word::Called)) } else { (tone, Cell::Word(word)) }
}

/// What needs a person now.
pub(super) fn attention(board: &Board, zone: &TimeZone) -> Table {
    let columns = vec![text(Word::ColWhat), text(Word::ColOf), figures(Word::ColFor), text(Word::ColWhy)];
    let mut table = Table::new(Word::NeedsAPerson, columns);
    for line in &board.attention {
        let (tone, what, of, minutes, why) = told(line, zone);
        table.row(
            tone,
            vec![Cell::Word(what), Cell::Text(of), Cell::Text(minutes.map_or_else(|| "-".to_owned(), age)), why],
        );
    }
    table
}

fn told(line: &Attention, zone: &TimeZone) -> (Tone, Word, String, Option<i64>, Cell) {
    let dash = |text: Option<String>| text.unwrap_or_else(|| "-".to_owned());
    match line {
        Attention::PinRecovered { badge } => {
            (Tone::Trouble, Word::Pin, badge.to_string(), None, Cell::Word(Word::Recovered))
        }
        Attention::Called { station, by, minutes } => {
            let by = dash(by.as_ref().map(ToString::to_string));
            (Tone::Trouble, Word::Called, station.to_string(), Some(*minutes), Cell::Both(Word::CalledBy, by))
        }
        Attention::Down { station, reason, minutes } => {
            (Tone::Trouble, Word::Down, station.to_string(), Some(*minutes), Cell::Text(reason.clone()))
        }
        Attention::Silent { station, by, minutes } => {
            let by = dash(by.as_ref().map(ToString::to_string));
            (Tone::Silent, Word::Silent, station.to_string(), Some(*minutes), Cell::Both(Word::SignedOn, by))
        }
        Attention::Nonconforming { unit, step, minutes } => {
            let step = dash(step.as_ref().map(ToString::to_string));
            (Tone::Trouble, Word::Failed, unit.to_string(), Some(*minutes), Cell::Both(Word::AtStep, step))
        }
        Attention::SampleFailed { station, unit, minutes } => {
            let why = Cell::Both(Word::Sample, unit.to_string());
            (Tone::Trouble, Word::Failed, station.to_string(), Some(*minutes), why)
        }
        Attention::FirstPiece { station, unit, minutes } => {
            (Tone::Trouble, Word::FirstPiece, station.to_string(), Some(*minutes), Cell::Text(unit.to_string()))
        }
        Attention::Held { unit, reason, minutes } => {
            (Tone::Trouble, Word::Held, unit.to_string(), Some(*minutes), Cell::some(reason.as_ref()))
        }
        Attention::Short { from, due, finished, minutes } => {
            let why = Cell::Before(format!("{finished}/{due}"), Word::SayWhy);
            (Tone::Trouble, Word::Short, clock(*from, zone), Some(*minutes), why)
        }
    }
}
