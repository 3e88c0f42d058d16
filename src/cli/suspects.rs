//! `traveller suspects WHAT`: the units that a gauge, a person or a station may have spoilt.

use serde::Serialize;

use super::carton::shipment_cell;
use super::concern::{Concern, Concerned};
use super::context::Context;
use super::failure::{Failure, Outcome};
use super::output::{JsonList, Table};
use super::unit_args::SuspectsArgs;
use crate::domain::id::{ShipmentId, UnitId};
use crate::domain::time::At;
use crate::ledger::reader::PAGE_ROWS_MOST;

pub(super) fn run(cx: &mut Context<'_>, args: &SuspectsArgs) -> Result<Outcome, Failure> {
    let reader = cx.reader()?;
    let concern = Concern::suspect(&reader, args.what.clone(), args.span)?;
    if cx.json {
        let head = Head { of: concern.name(), since: concern.since(), until: args.span.until };
        let mut list = JsonList::after(cx.out, &head, "units")?;
        let total = concern.each(&reader, |concerned| {
            let shipment = reader.sent(&concerned.unit)?.shipment;
            Ok::<_, Failure>(list.item(&UnitLine::of(&concerned, shipment.as_ref()))?)
        })?;
        list.end_of(total)?;
        return Ok(Outcome::Done);
    }
    let mut table = Table::new(&["unit", "state", "shipment"]);
    let mut rows = 0;
    let total = concern.each(&reader, |Concerned { unit, state }| {
        let shipment = shipment_cell(&reader.sent(&unit)?);
        table.row([unit.to_string(), state.word().to_owned(), shipment]);
        rows = (rows + 1) % PAGE_ROWS_MOST;
        if rows == 0 { Ok(table.write(cx.out)?) } else { Ok::<_, Failure>(()) }
    })?;
    table.write(cx.out)?;
    writeln!(cx.out, "{total} units")?;
    Ok(Outcome::Done)
}

/// The answer, as scripts read it, before its units.
#[derive(Serialize)]
struct Head {
    of: String,
    since: Option<At>,
    until: Option<At>,
}

/// A unit, as scripts read it.
#[derive(Serialize)]
struct UnitLine<'a> {
    unit: &'a UnitId,
    state: &'static str,
    /// The shipment that it is on, or left with.
    shipment: Option<&'a ShipmentId>,
}

impl<'a> UnitLine<'a> {
    fn of(concerned: &'a Concerned, shipment: Option<&'a ShipmentId>) -> Self {
        Self { unit: &concerned.unit, state: concerned.state.word(), shipment }
    }
}
