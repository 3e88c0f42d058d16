//! The tables of quality: what failed and what passed at once, what was refused, how it was recorded, and the values of
//! a trend.

use jiff::tz::TimeZone;

use super::content::Board;
use super::table::{Cell, Table, Tone, figures, percent, text};
use super::trend::Trend;
use super::word::Word;
use crate::app::wall::day_and_clock;

/// Cells of a bar.
const BAR: u32 = 20;
/// Values of a trend that are listed, the newest first.
const VALUES_MOST: usize = 60;

/// What failed, most often first.
pub(super) fn failures(board: &Board) -> Table {
    let columns = vec![
        text(Word::ColWhat),
        text(Word::ColRoute).rank(2),
        text(Word::ColStep),
        figures(Word::ColTimes),
        figures(Word::ColPercent).rank(1),
        figures(Word::ColCumulated),
        text(Word::ColBar).rank(3),
    ];
    let mut table = Table::new(Word::Failures, columns);
    let most = board.failures.iter().map(|line| line.times).max().unwrap_or(0);
    for line in &board.failures {
        let cells = line.times.saturating_mul(BAR).checked_div(most).unwrap_or(0);
        table.row(
            Tone::Plain,
            vec![
                Cell::of(&line.what),
                Cell::some(line.route.as_ref()),
                Cell::of(&line.step),
                Cell::of(&line.times),
                Cell::Text(percent(line.permille)),
                Cell::Text(percent(line.cumulated)),
                Cell::Text("█".repeat(usize::try_from(cells).unwrap_or(0))),
            ],
        );
    }
    table
}

/// How many units passed a step at the first attempt.
pub(super) fn first_pass(board: &Board) -> Table {
    let columns = vec![
        text(Word::ColRoute),
        text(Word::ColStep),
        figures(Word::ColTried),
        figures(Word::ColPassed),
        figures(Word::ColPercent),
    ];
    let mut table = Table::new(Word::FirstPass, columns);
    for line in &board.first_pass {
        let (route, step) = (Cell::some(line.route.as_ref()), Cell::of(&line.step));
        let (tried, passed) = (Cell::of(&line.tried), Cell::of(&line.passed));
        table.row(Tone::Plain, vec![route, step, tried, passed, Cell::Text(percent(line.permille))]);
    }
    table
}

/// What was refused, most often first.
pub(super) fn refusals(board: &Board) -> Table {
    let mut table = Table::new(Word::Refused, vec![text(Word::ColCode), figures(Word::ColTimes)]);
    for line in &board.refusals {
        table.row(Tone::Plain, vec![Cell::of(&line.code), Cell::of(&line.times)]);
    }
    table
}

/// How what is on record came there.
pub(super) fn shares(board: &Board) -> Table {
    let columns =
        vec![text(Word::ColWhat), figures(Word::ColTimes), figures(Word::ColPercent), figures(Word::ColInAll)];
    let mut table = Table::new(Word::Shares, columns);
    let shares = board.shares;
    let rows = [
        (Word::Retests, shares.retests, shares.attempts.saturating_add(shares.retests), Word::OfAttempts),
        (Word::Typed, shares.typed, shares.records, Word::OfRecords),
        (Word::Transcribed, shares.transcribed, shares.records, Word::OfRecords),
        (Word::Corrected, shares.corrected, shares.records, Word::OfRecords),
    ];
    for (word, times, all, of) in rows {
        let permille = times.saturating_mul(1_000).checked_div(all).map(percent);
        let all = Cell::Before(all.to_string(), of);
        table.row(Tone::Plain, vec![Cell::Word(word), Cell::of(&times), Cell::some(permille), all]);
    }
    table
}

/// The values of a trend, the newest first.
pub(super) fn values(trend: &Trend, zone: &TimeZone) -> Table {
    let columns =
        vec![text(Word::ColTime), text(Word::ColUnit), figures(Word::ColValue), text(Word::ColBreaks).rank(1)];
    let mut table = Table::new(Word::Values, columns);
    for point in trend.points.iter().rev() {
        let rules: Vec<String> = point.breaks.iter().map(|rule| rule.number().to_string()).collect();
        let tone = if rules.is_empty() && point.passed { Tone::Plain } else { Tone::Trouble };
        let failed = if point.passed { Cell::Text(rules.join(" ")) } else { Cell::Both(Word::Failed, rules.join(" ")) };
        let time = Cell::Text(day_and_clock(point.at, zone));
        table.row(tone, vec![time, Cell::of(&point.unit), Cell::of(&point.value), failed]);
    }
    table.first(VALUES_MOST)
}
