//! `traveller units`: every unit and where it stands.

use serde::Serialize;

use super::args::UnitsArgs;
use super::context::Context;
use super::failure::{Failure, Outcome};
use super::output::{JsonList, Table, or_dash};
use crate::domain::id::{OrderId, Revision, RouteId, StationId, StepId, UnitId};
use crate::domain::time::At;
use crate::ledger::place::Place;
use crate::ledger::read::units::{Page, UnitFilter, UnitRow};
use crate::ledger::reader::{PAGE_ROWS_MOST, Reader};

pub(super) fn run(cx: &mut Context<'_>, args: UnitsArgs) -> Result<Outcome, Failure> {
    let reader = cx.reader()?;
    let filter = UnitFilter { state: args.state, route: args.route, station: args.station, ..UnitFilter::default() };
    if cx.json {
        let mut list = JsonList::begin(cx.out, "units")?;
        each_page(&reader, &filter, |rows| {
            for row in rows {
                list.item(&UnitLine::of(row))?;
            }
            Ok(())
        })?;
        list.end()?;
        return Ok(Outcome::Done);
    }
    let mut table = Table::new(&["unit", "state", "route", "rev", "order", "step", "station", "pieces", "changed"]);
    each_page(&reader, &filter, |rows| {
        for row in rows {
            table.row([
                row.unit.to_string(),
                row.state.word().to_owned(),
                or_dash(row.route.as_ref()),
                or_dash(row.revision.as_ref()),
                or_dash(row.order.as_ref()),
                or_dash(row.step.as_ref()),
                or_dash(row.station.as_ref()),
                or_dash(row.pieces),
                or_dash(row.changed),
            ]);
        }
        Ok(table.write(cx.out)?)
    })?;
    table.write(cx.out)?;
    Ok(Outcome::Done)
}

/// Every unit that fits, page by page: a plant has more of them than a terminal has memory.
fn each_page(
    reader: &Reader,
    filter: &UnitFilter,
    mut visit: impl FnMut(&[UnitRow]) -> Result<(), Failure>,
) -> Result<(), Failure> {
    let mut after = Place::START;
    loop {
        let rows = reader.units(filter, Page::After(after), PAGE_ROWS_MOST)?;
        let Some(last) = rows.last() else { return Ok(()) };
        after = last.place;
        visit(&rows)?;
    }
}

/// A unit, as scripts read it.
#[derive(Serialize)]
struct UnitLine<'a> {
    unit: &'a UnitId,
    state: &'static str,
    route: Option<&'a RouteId>,
    revision: Option<&'a Revision>,
    order: Option<&'a OrderId>,
    step: Option<&'a StepId>,
    station: Option<&'a StationId>,
    purpose: &'a str,
    started: Option<At>,
    changed: Option<At>,
    open_station: Option<&'a StationId>,
    events: u32,
    #[serde(skip_serializing_if = "Option::is_none")]
    pieces: Option<u32>,
}

impl<'a> UnitLine<'a> {
    fn of(row: &'a UnitRow) -> Self {
        Self {
            unit: &row.unit,
            state: row.state.word(),
            route: row.route.as_ref(),
            revision: row.revision.as_ref(),
            order: row.order.as_ref(),
            step: row.step.as_ref(),
            station: row.station.as_ref(),
            purpose: &row.purpose,
            started: row.started,
            changed: row.changed,
            open_station: row.open_station.as_ref(),
            events: row.events,
            pieces: row.pieces,
        }
    }
}
