//! `traveller where-used X`: the units that a lot, a component or a unit went into, directly or within another unit; or
//! all lots of a supplier.

use serde::Serialize;

use super::carton::shipment_cell;
use super::concern::Concern;
use super::context::Context;
use super::failure::{Failure, Outcome};
use super::output::{Table, json_line};
use super::unit_args::WhereUsedArgs;
use crate::app::port::Fault;
use crate::domain::id::{ShipmentId, UnitId};
use crate::ledger::Reader;
use crate::ledger::read::where_used::{Sought, UsedIn};

pub(super) fn run(cx: &mut Context<'_>, args: &WhereUsedArgs) -> Result<Outcome, Failure> {
    let of = args.what.as_deref().or(args.supplier.as_deref()).unwrap_or_default();
    let sought = if args.supplier.is_some() { Sought::Supplier(of) } else { Sought::Number(of) };
    let reader = cx.reader()?;
    let found = reader.where_used(sought, args.after.as_ref(), args.limit)?;
    if found.total == 0 && args.supplier.is_none() {
        // Nowhere is an answer about what is known, and a mistyped number is none.
        Concern::used(&reader, of.to_owned())?;
    }
    if cx.json {
        let units = found.units.iter().map(|used| UserLine::of(&reader, used)).collect::<Result<_, _>>()?;
        json_line(cx.out, &WhereUsedAnswer { of, units, total: found.total })?;
        return Ok(Outcome::Done);
    }
    let mut table = Table::new(&["unit", "state", "within", "still in", "shipment"]);
    for used in &found.units {
        let via: Vec<_> = used.via.iter().map(UnitId::as_str).collect();
        let within = if via.is_empty() { "-".to_owned() } else { via.join(" > ") };
        let still = if used.was_in { "removed" } else { "yes" };
        table.row([
            used.unit.to_string(),
            used.state.word().to_owned(),
            within,
            still.to_owned(),
            shipment_cell(&reader.sent(&used.unit)?),
        ]);
    }
    table.write(cx.out)?;
    writeln!(cx.out, "{} of {} units", found.units.len(), found.total)?;
    Ok(Outcome::Done)
}

/// The answer, as scripts read it.
#[derive(Serialize)]
struct WhereUsedAnswer<'a> {
    of: &'a str,
    units: Vec<UserLine<'a>>,
    total: usize,
}

/// A unit that has it, or had.
#[derive(Serialize)]
struct UserLine<'a> {
    unit: &'a UnitId,
    via: &'a [UnitId],
    state: &'static str,
    /// The shipment that it is on, or left with.
    shipment: Option<ShipmentId>,
    /// Whether rework took it out, or took out what it is in.
    #[serde(skip_serializing_if = "std::ops::Not::not")]
    removed: bool,
}

impl<'a> UserLine<'a> {
    fn of(reader: &Reader, used: &'a UsedIn) -> Result<Self, Fault> {
        let shipment = reader.sent(&used.unit)?.shipment;
        Ok(Self { unit: &used.unit, via: &used.via, state: used.state.word(), shipment, removed: used.was_in })
    }
}
