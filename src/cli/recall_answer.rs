//! What a recall came to: which units are on hold now, which were before, and which are gone.

use serde::Serialize;

use super::carton::shipment_cell;
use super::context::Context;
use super::failure::{Failure, Outcome};
use super::output::{JsonList, Table, lines};
use super::recall::Recalled;
use crate::domain::id::{LotId, ShipmentId, UnitId};
use crate::domain::traveller::State;
use crate::ledger::Reader;

/// A unit that is concerned.
pub(super) struct Met {
    /// Which.
    pub(super) unit: UnitId,
    /// Its state afterwards.
    pub(super) state: State,
    /// Whether it was held just now.
    pub(super) held: bool,
}

/// Tells it.
pub(super) fn tell(cx: &mut Context<'_>, reader: &Reader, recalled: &Recalled) -> Result<Outcome, Failure> {
    if cx.json {
        let mut list = JsonList::after(cx.out, &Summary::of(recalled), "units")?;
        for met in &recalled.units {
            list.item(&UnitLine::of(met, reader.sent(&met.unit)?.shipment.as_ref()))?;
        }
        list.end_of(recalled.units.len())?;
    } else {
        in_words(cx, reader, recalled)?;
    }
    Ok(Outcome::Done)
}

fn in_words(cx: &mut Context<'_>, reader: &Reader, recalled: &Recalled) -> Result<(), Failure> {
    for (lot, held) in &recalled.lots {
        lines(cx.out, &format!("lot {lot}: {}", if *held { "on hold" } else { "was not to be used before" }))?;
    }
    let mut table = Table::new(&["unit", "state", "shipment", "held"]);
    for page in recalled.units.chunks(ROWS_AT_ONCE) {
        for met in page {
            let held = if met.held { "now" } else { "before" };
            let held = if met.state == State::Scrapped { "-" } else { held };
            table.row([
                met.unit.to_string(),
                met.state.word().to_owned(),
                shipment_cell(&reader.sent(&met.unit)?),
                held.to_owned(),
            ]);
        }
        table.write(cx.out)?;
    }
    let Summary { held, already, scrapped, dispatched, .. } = Summary::of(recalled);
    let all = recalled.units.len();
    writeln!(cx.out, "{all} units: {held} on hold now, {already} on hold for it before, {scrapped} scrapped")?;
    if already > 0 {
        writeln!(cx.out, "the {already} that were on hold before keep the reason that was given then")?;
    }
    if dispatched > 0 {
        writeln!(cx.out, "{dispatched} of them have left: see where they are")?;
    }
    Ok(())
}

/// Rows whose columns are aligned with one another.
const ROWS_AT_ONCE: usize = 1_000;

/// A recall, as scripts read it, before its units.
#[derive(Serialize)]
struct Summary<'a> {
    of: &'a str,
    lot: Option<LotLine<'a>>,
    held: usize,
    already: usize,
    scrapped: usize,
    dispatched: usize,
}

#[derive(Serialize)]
struct LotLine<'a> {
    lot: &'a LotId,
    held: bool,
}

impl<'a> Summary<'a> {
    fn of(recalled: &'a Recalled) -> Self {
        let count = |is_meant: fn(&&Met) -> bool| recalled.units.iter().filter(is_meant).count();
        Self {
            of: &recalled.of,
            lot: recalled.lots.first().map(|(lot, held)| LotLine { lot, held: *held }),
            held: count(|met| met.held),
            already: count(|met| !met.held && met.state != State::Scrapped),
            scrapped: count(|met| met.state == State::Scrapped),
            dispatched: count(|met| met.state == State::Dispatched),
        }
    }
}

/// A unit, as scripts read it.
#[derive(Serialize)]
struct UnitLine<'a> {
    unit: &'a UnitId,
    state: &'static str,
    /// The shipment that it is on, or left with.
    shipment: Option<&'a ShipmentId>,
    held: bool,
}

impl<'a> UnitLine<'a> {
    fn of(met: &'a Met, shipment: Option<&'a ShipmentId>) -> Self {
        Self { unit: &met.unit, state: met.state.word(), shipment, held: met.held }
    }
}
