//! `traveller board --once`: where every unit is, what needs a person now, and whether the shift is on plan.

use super::context::Context;
use super::failure::{Failure, Outcome};
use super::look_args::BoardArgs;
use super::output::json_line;
use crate::app::port::Fault;
use crate::domain::projection::quarter;
use crate::domain::time::{At, SECOND};
use crate::domain::traveller::State;
use crate::ledger::Reader;
use crate::ledger::place::Place;
use crate::ledger::read::units::{Page, UnitFilter};
use crate::report::board::content::Board;
use crate::report::board::seen::Seen;
use crate::report::board::text;
use crate::station::clock::StationClock;

/// How far back is counted where no shift runs.
const SHIFT: i64 = 8 * 3_600 * SECOND;
/// Microseconds of a quarter of an hour.
const QUARTER: i64 = 900 * SECOND;
/// Nonconforming units that are looked at.
const UNITS_MOST: u32 = 200;

pub(super) fn run(cx: &mut Context<'_>, args: &BoardArgs) -> Result<Outcome, Failure> {
    let reader = cx.reader()?;
    let now = match args.at {
        Some(at) => at,
        None => StationClock::of_machine()?.read().at,
    };
    let board = Board::of(&seen(cx, &reader, now)?);
    if cx.json {
        json_line(cx.out, &board)?;
    } else {
        cx.out.write_all(text::page(&board, cx.settings.work.calendar.zone()).as_bytes())?;
    }
    Ok(Outcome::Done)
}

/// What the ledger has to say to the board. Each question is a short read of its own.
fn seen(cx: &Context<'_>, reader: &Reader, now: At) -> Result<Seen, Fault> {
    let turn = cx.settings.work.calendar.at(now);
    let begin = turn.as_ref().map_or_else(|| now.plus(-SHIFT), |turn| turn.begin);
    let (first, last) = (quarter(begin), quarter(now) + 1);
    let from = At(first.saturating_mul(QUARTER));
    let failed = UnitFilter { state: Some(State::Nonconforming), ..UnitFilter::default() };
    Ok(Seen {
        from: Some(from),
        now: Some(now),
        turn,
        plans: cx.settings.work.plans.clone(),
        stations: reader.stations_seen()?,
        counts: reader.counts(first, last)?,
        first_passes: reader.first_passes(from)?,
        work: reader.work_in_process()?,
        nonconforming: reader.units(&failed, Page::After(Place::START), UNITS_MOST)?,
        holds: reader.holds()?,
        refusals: reader.refused_most(from)?,
        recovered: reader.pins_recovered()?,
        orders: reader.orders()?,
    })
}
