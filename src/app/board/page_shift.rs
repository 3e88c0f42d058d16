//! The tables of the shift: hour by hour against the plan, downtime and notes.

use jiff::tz::TimeZone;

use super::content::{Board, Hour};
use super::table::{Cell, Table, Tone, age, difference, figures, text};
use super::word::Word;
use crate::app::wall::clock;

/// Cells of the bar of an hour.
const BAR: u32 = 20;

/// The shift, hour by hour.
pub(super) fn hours(board: &Board, zone: &TimeZone) -> Table {
    let mut table = Table::new(
        Word::HourByHour,
        vec![
            text(Word::ColHour),
            figures(Word::ColDue),
            figures(Word::ColDone),
            figures(Word::ColDiff),
            figures(Word::ColCum).rank(2),
            text(Word::ColBar).rank(3),
            figures(Word::ColPass).rank(6),
            figures(Word::ColFail).rank(4),
            figures(Word::ColRef).rank(5),
            text(Word::ColReason).rank(1),
        ],
    );
    let most = board.hours.iter().map(|hour| hour.finished.max(hour.due.unwrap_or(0))).max().unwrap_or(0);
    let mut sum: i64 = 0;
    for hour in &board.hours {
        let due = hour.due;
        sum += due.map_or(0, |due| i64::from(hour.finished) - i64::from(due));
        let short = due.is_some_and(|due| hour.finished < due);
        let tone = match (hour.runs, short) {
            (true, _) => Tone::Now,
            (false, true) => Tone::Trouble,
            (false, false) => Tone::Plain,
        };
        table.row(
            tone,
            vec![
                Cell::Text(clock(hour.from, zone)),
                Cell::some(due),
                Cell::of(&hour.finished),
                Cell::some(due.map(|due| difference(hour.finished, due))),
                Cell::some(due.map(|_| format!("{sum:+}"))),
                Cell::Text(bar(hour, most)),
                Cell::of(&hour.passed),
                Cell::of(&hour.failed),
                Cell::of(&hour.refused),
                reason(hour),
            ],
        );
    }
    table
}

/// What was finished, and what is missing to what was due.
fn bar(hour: &Hour, most: u32) -> String {
    let cells = |n: u32| {
        let cells = u64::from(n).saturating_mul(BAR.into()).checked_div(most.into()).unwrap_or(0);
        usize::try_from(cells).unwrap_or(0)
    };
    let (done, due) = (cells(hour.finished), cells(hour.due.unwrap_or(0)));
    format!("{}{}", "█".repeat(done), "░".repeat(due.saturating_sub(done)))
}

fn reason(hour: &Hour) -> Cell {
    let told: Vec<String> = hour.reasons.iter().map(|r| format!("{} {}", r.station, r.reason)).collect();
    if told.is_empty() { Cell::Text(String::new()) } else { Cell::Text(told.join("; ")) }
}

/// What is planned, and what came of it.
pub(super) fn plan(board: &Board) -> Table {
    let columns = vec![
        text(Word::ColRoute),
        text(Word::ColStation),
        figures(Word::ColPlan),
        figures(Word::ColDue),
        figures(Word::ColMade),
        figures(Word::ColDiff),
        figures(Word::ColTakt).rank(1),
    ];
    let mut table = Table::new(Word::Plan, columns);
    for line in &board.plan {
        let tone = if line.made < line.due { Tone::Trouble } else { Tone::Plain };
        table.row(
            tone,
            vec![
                line.route.as_ref().map_or(Cell::Word(Word::AllRoutes), Cell::of),
                line.station.as_ref().map_or(Cell::Word(Word::Plant), Cell::of),
                Cell::of(&line.planned),
                Cell::of(&line.due),
                Cell::of(&line.made),
                Cell::Text(difference(line.made, line.due)),
                Cell::some(line.takt_seconds),
            ],
        );
    }
    table
}

/// When stations were down.
pub(super) fn downtime(board: &Board, zone: &TimeZone) -> Table {
    let columns = vec![
        text(Word::ColStation),
        text(Word::ColFrom),
        text(Word::ColTo),
        figures(Word::ColLasted),
        text(Word::ColBy).rank(1),
        text(Word::ColReason),
    ];
    let mut table = Table::new(Word::Downtime, columns);
    for line in &board.downtime {
        let tone = if line.to.is_none() { Tone::Trouble } else { Tone::Plain };
        table.row(
            tone,
            vec![
                Cell::some(line.station.as_ref()),
                Cell::Text(clock(line.from, zone)),
                line.to.map_or(Cell::Word(Word::GoesOn), |to| Cell::Text(clock(to, zone))),
                Cell::Text(age(line.minutes)),
                Cell::some(line.by.as_ref()),
                Cell::some(line.reason.as_ref()),
            ],
        );
    }
    table
}

/// The notes that people left.
pub(super) fn notes(board: &Board, zone: &TimeZone) -> Table {
    let columns = vec![
        text(Word::ColStation),
        text(Word::ColLeft),
        text(Word::ColBy).rank(1),
        text(Word::ColRead).rank(2),
        text(Word::ColText),
    ];
    let mut table = Table::new(Word::Notes, columns);
    for line in &board.notes {
        let tone = if line.read_by.is_none() { Tone::Now } else { Tone::Plain };
        table.row(
            tone,
            vec![
                Cell::some(line.station.as_ref()),
                Cell::Text(clock(line.left, zone)),
                Cell::some(line.by.as_ref()),
                Cell::some(line.read_by.as_ref()),
                Cell::some(line.text.as_ref()),
            ],
        );
    }
    table
}
