//! `traveller carton`: what units are packed in.

use serde::Serialize;

use super::answer::give_all;
use super::carton_args::{CartonCommand, CloseCartonArgs, OpenCartonArgs, PackArgs, UnpackArgs};
use super::context::Context;
use super::failure::{Failure, Outcome};
use super::output::{JsonList, Table, or_dash};
use crate::capture::label;
use crate::domain::command::Command;
use crate::domain::id::{CartonId, UnitId};
use crate::domain::label::Label;
use crate::domain::packing::command::Number;
use crate::domain::packing::{Carton, Packing, sscc};
use crate::domain::traveller::State;
use crate::ledger::Reader;
use crate::ledger::read::packing::Sent;
use crate::report::label::carton;
use crate::station::open::Make;

pub(super) fn run(cx: &mut Context<'_>, command: CartonCommand) -> Result<Outcome, Failure> {
    match command {
        CartonCommand::Open(args) => open(cx, args),
        CartonCommand::Pack(args) => pack(cx, args),
        CartonCommand::Unpack(args) => unpack(cx, args),
        CartonCommand::Close(args) => close(cx, args),
        CartonCommand::List => list(cx),
        CartonCommand::Show { carton } => show(cx, &carton),
        CartonCommand::Label { cartons } => labels(cx, &cartons),
    }
}

fn open(cx: &mut Context<'_>, args: OpenCartonArgs) -> Result<Outcome, Failure> {
    let OpenCartonArgs { carton, holds, same, by } = args;
    let number = match (carton, cx.settings.cartons.clone()) {
        (Some(carton), _) => Number::Given(carton),
        (None, Some(stem)) => Number::Next(stem),
        (None, None) => {
            return Err(Failure::wrong_use(
                "no company prefix is known, so no number can be made",
                "write company_prefix under [packing] of traveller.toml, or name the carton",
            ));
        }
    };
    let mut clerk = cx.clerk(Make::Never)?;
    let with = cx.signed(&by)?;
    let about = match &number {
        Number::Given(carton) => format!("carton {carton}"),
        Number::Next(_) => {
            // Which number it gets is the gate's to say, so it is told afterwards.
            let begin = Command::Pack(Packing::Begin { number, holds, same, by: Some(by) });
            let settled = clerk.give(&begin, &with)?;
            let made = settled.carton.as_ref().map_or_else(|| "carton".to_owned(), |c| format!("carton {}", c.carton));
            return super::answer::tell(cx, &made, &settled);
        }
    };
    give_all(cx, &mut clerk, &with, [(about, Command::Pack(Packing::Begin { number, holds, same, by: Some(by) }))])
}

fn pack(cx: &mut Context<'_>, args: PackArgs) -> Result<Outcome, Failure> {
    let mut clerk = cx.clerk(Make::Never)?;
    let with = cx.signed(&args.by)?;
    let put = |unit: UnitId| {
        let (about, carton, by) = (unit.to_string(), args.carton.clone(), args.by.clone());
        (about, Command::Pack(Packing::Put { unit, carton, by }))
    };
    give_all(cx, &mut clerk, &with, args.units.into_iter().map(put))
}

fn unpack(cx: &mut Context<'_>, args: UnpackArgs) -> Result<Outcome, Failure> {
    let mut clerk = cx.clerk(Make::Never)?;
    let with = cx.signed(&args.signed.by)?;
    let known = known(clerk.ledger().reader(), &args.carton)?;
    let inside: Vec<UnitId> =
        clerk.ledger().reader().units_in(&known.carton)?.into_iter().map(|(unit, _)| unit).collect();
    let units = if args.units.is_empty() { inside.clone() } else { args.units };
    if let Some(stray) = units.iter().find(|unit| !inside.contains(unit)) {
        let what = format!("unit {stray} is not in carton {}", known.carton);
        return Err(Failure::no(what, "see `traveller carton show`; nothing was done"));
    }
    let out = |unit: UnitId| {
        let (about, reason, by) = (unit.to_string(), args.signed.reason.clone(), Some(args.signed.by.clone()));
        (about, Command::Pack(Packing::TakeOut { unit, reason, by }))
    };
    give_all(cx, &mut clerk, &with, units.into_iter().map(out))
}

fn close(cx: &mut Context<'_>, args: CloseCartonArgs) -> Result<Outcome, Failure> {
    let CloseCartonArgs { carton, scanned, counted, by } = args;
    let label = label::read(Label::read(scanned.as_bytes()));
    let plain = || label.plain().and_then(|text| CartonId::parse(text).ok());
    let scanned = sscc::of_label(&label).or_else(plain).ok_or_else(|| {
        Failure::wrong_use(format!("{scanned} is no label of a carton"), "scan the label on the carton")
    })?;
    let mut clerk = cx.clerk(Make::Never)?;
    let with = cx.signed(&by)?;
    let about = format!("carton {carton}");
    give_all(cx, &mut clerk, &with, [(about, Command::Pack(Packing::Close { carton, scanned, counted, by }))])
}

/// A carton that is on record.
fn known(reader: &Reader, carton: &CartonId) -> Result<Carton, Failure> {
    let unknown = || Failure::no(format!("carton {carton} is not on record"), "see `traveller carton list`");
    reader.carton(carton)?.ok_or_else(unknown)
}

fn list(cx: &mut Context<'_>) -> Result<Outcome, Failure> {
    let reader = cx.reader()?;
    let cartons = reader.cartons()?;
    if cx.json {
        let mut list = JsonList::begin(cx.out, "cartons")?;
        cartons.iter().try_for_each(|carton| list.item(&CartonLine::of(carton)))?;
        list.end()?;
        return Ok(Outcome::Done);
    }
    let mut table = Table::new(&["carton", "state", "units", "holds", "route", "rev", "order", "customer", "shipment"]);
    for carton in &cartons {
        let line = CartonLine::of(carton);
        let of = carton.of.as_ref();
        table.row([
            carton.carton.to_string(),
            line.state.to_owned(),
            carton.units.to_string(),
            or_dash(carton.holds),
            or_dash(of.map(|of| &of.route)),
            or_dash(of.map(|of| &of.revision)),
            or_dash(of.and_then(|of| of.order.as_ref())),
            or_dash(of.and_then(|of| of.customer.as_ref())),
            or_dash(carton.shipment.as_ref()),
        ]);
    }
    table.write(cx.out)?;
    Ok(Outcome::Done)
}

fn show(cx: &mut Context<'_>, carton: &CartonId) -> Result<Outcome, Failure> {
    let reader = cx.reader()?;
    let carton = known(&reader, carton)?;
    let units = reader.units_in(&carton.carton)?;
    if cx.json {
        let mut list = JsonList::after(cx.out, &CartonLine::of(&carton), "contents")?;
        units.iter().try_for_each(|(unit, state)| list.item(&InCarton { unit, state: state.word() }))?;
        list.end_of(units.len())?;
        return Ok(Outcome::Done);
    }
    let line = CartonLine::of(&carton);
    let shipment = carton.shipment.as_ref().map(|s| format!(", on shipment {s}")).unwrap_or_default();
    writeln!(cx.out, "carton {}: {}, {} units{shipment}", carton.carton, line.state, carton.units)?;
    let mut table = Table::new(&["unit", "state"]);
    for (unit, state) in &units {
        table.row([unit.to_string(), state.word().to_owned()]);
    }
    table.write(cx.out)?;
    Ok(Outcome::Done)
}

fn labels(cx: &mut Context<'_>, cartons: &[CartonId]) -> Result<Outcome, Failure> {
    let reader = cx.reader()?;
    let cartons = cartons.iter().map(|carton| known(&reader, carton)).collect::<Result<Vec<_>, _>>()?;
    cx.out.write_all(carton::page(&cartons)?.as_bytes())?;
    Ok(Outcome::Done)
}

/// A carton, as scripts read it.
#[derive(Serialize)]
pub(super) struct CartonLine<'a> {
    carton: &'a CartonId,
    state: &'static str,
    units: u32,
    holds: Option<u32>,
    route: Option<&'a str>,
    revision: Option<&'a str>,
    order: Option<&'a str>,
    customer: Option<&'a str>,
    shipment: Option<&'a str>,
}

impl<'a> CartonLine<'a> {
    pub(super) fn of(carton: &'a Carton) -> Self {
        let of = carton.of.as_ref();
        let state = match (&carton.shipment, carton.closed) {
            (Some(_), _) => "loaded",
            (None, true) => "closed",
            (None, false) => "open",
        };
        Self {
            carton: &carton.carton,
            state,
            units: carton.units,
            holds: carton.holds,
            route: of.map(|of| of.route.as_str()),
            revision: of.map(|of| of.revision.as_str()),
            order: of.and_then(|of| of.order.as_ref()).map(AsRef::as_ref),
            customer: of.and_then(|of| of.customer.as_deref()),
            shipment: carton.shipment.as_ref().map(AsRef::as_ref),
        }
    }
}

/// A unit in a carton, as scripts read it.
#[derive(Serialize)]
pub(super) struct InCarton<'a> {
    pub(super) unit: &'a UnitId,
    pub(super) state: &'static str,
}

/// The states of units that a list shows.
pub(super) fn rows(units: &[(UnitId, State)]) -> impl Iterator<Item = InCarton<'_>> {
    units.iter().map(|(unit, state)| InCarton { unit, state: state.word() })
}

/// A shipment as a cell of a table: its number, while it is still here in brackets.
pub(super) fn shipment_cell(sent: &Sent) -> String {
    match (&sent.shipment, sent.dispatched) {
        (None, _) => "-".to_owned(),
        (Some(shipment), true) => shipment.to_string(),
        (Some(shipment), false) => format!("({shipment})"),
    }
}
