//! `traveller shipment` and `traveller return`: what leaves together, and what comes back.

use serde::Serialize;

use super::answer::{About, give_all};
use super::carton::{CartonLine, rows};
use super::carton_args::{LoadArgs, ReturnArgs, ShipmentCommand, UnloadArgs};
use super::context::Context;
use super::failure::{Failure, Outcome};
use super::output::{JsonList, Table, json_line};
use crate::domain::command::Command;
use crate::domain::id::{Badge, ShipmentId};
use crate::domain::packing::{Packing, Shipment};
use crate::station::open::Make;

pub(super) fn run(cx: &mut Context<'_>, command: ShipmentCommand) -> Result<Outcome, Failure> {
    match command {
        ShipmentCommand::Open { shipment, customer, by } => {
            let about = format!("shipment {shipment}");
            give(cx, &by.clone(), vec![(about, Command::Pack(Packing::OpenShipment { shipment, customer, by }))])
        }
        ShipmentCommand::Load(args) => load(cx, args),
        ShipmentCommand::Unload(args) => unload(cx, args),
        ShipmentCommand::Close { shipment, by } => {
            let about = format!("shipment {shipment}");
            give(cx, &by.clone(), vec![(about, Command::Pack(Packing::Dispatch { shipment, by }))])
        }
        ShipmentCommand::List => list(cx),
        ShipmentCommand::Show { shipment } => show(cx, &shipment),
    }
}

/// `traveller return`.
pub(super) fn take_back(cx: &mut Context<'_>, args: ReturnArgs) -> Result<Outcome, Failure> {
    let (reason, by) = (args.signed.reason, args.signed.by);
    let command = |unit| {
        let (reason, by) = (reason.clone(), by.clone());
        let stays = args.stays_outside;
        let packing =
            if stays { Packing::EndReturn { unit, reason, by } } else { Packing::Return { unit, reason, by } };
        Command::Pack(packing)
    };
    let all = args.units.into_iter().map(|unit| (unit.to_string(), command(unit))).collect();
    give(cx, &by, all)
}

fn give(cx: &mut Context<'_>, by: &Badge, commands: Vec<About>) -> Result<Outcome, Failure> {
    let mut clerk = cx.clerk(Make::Never)?;
    let with = cx.signed(by)?;
    give_all(cx, &mut clerk, &with, commands)
}

fn load(cx: &mut Context<'_>, args: LoadArgs) -> Result<Outcome, Failure> {
    let (shipment, by) = (&args.shipment, &args.by);
    let cartons = args.carton.into_iter().map(|carton| {
        let about = format!("carton {carton}");
        (about, Command::Pack(Packing::LoadCarton { carton, shipment: shipment.clone(), by: by.clone() }))
    });
    let units = args.unit.into_iter().map(|unit| {
        let about = unit.to_string();
        (about, Command::Pack(Packing::LoadUnit { unit, shipment: shipment.clone(), by: by.clone() }))
    });
    give(cx, by, cartons.chain(units).collect())
}

fn unload(cx: &mut Context<'_>, args: UnloadArgs) -> Result<Outcome, Failure> {
    let (reason, by) = (&args.signed.reason, &args.signed.by);
    let cartons = args.carton.into_iter().map(|carton| {
        let about = format!("carton {carton}");
        (about, Command::Pack(Packing::UnloadCarton { carton, reason: reason.clone(), by: by.clone() }))
    });
    let units = args.unit.into_iter().map(|unit| {
        let about = unit.to_string();
        (about, Command::Pack(Packing::UnloadUnit { unit, reason: reason.clone(), by: by.clone() }))
    });
    give(cx, by, cartons.chain(units).collect())
}

fn list(cx: &mut Context<'_>) -> Result<Outcome, Failure> {
    let shipments = cx.reader()?.shipments()?;
    if cx.json {
        let mut list = JsonList::begin(cx.out, "shipments")?;
        shipments.iter().try_for_each(|shipment| list.item(&ShipmentLine::of(shipment)))?;
        list.end()?;
        return Ok(Outcome::Done);
    }
    let mut table = Table::new(&["shipment", "customer", "cartons", "units", "state"]);
    for shipment in &shipments {
        table.row([
            shipment.shipment.to_string(),
            shipment.customer.clone(),
            shipment.cartons.to_string(),
            shipment.units.to_string(),
            ShipmentLine::of(shipment).state.to_owned(),
        ]);
    }
    table.write(cx.out)?;
    Ok(Outcome::Done)
}

fn show(cx: &mut Context<'_>, shipment: &ShipmentId) -> Result<Outcome, Failure> {
    let reader = cx.reader()?;
    let unknown = || Failure::no(format!("shipment {shipment} is not on record"), "see `traveller shipment list`");
    let known = reader.shipment(shipment)?.ok_or_else(unknown)?;
    let cartons = reader.cartons_on(shipment)?;
    let loose = reader.units_on(shipment)?;
    if cx.json {
        let cartons = cartons.iter().map(CartonLine::of).collect();
        let loose = rows(&loose).collect();
        json_line(cx.out, &ShipmentAnswer { shipment: ShipmentLine::of(&known), on_it: cartons, loose })?;
        return Ok(Outcome::Done);
    }
    let line = ShipmentLine::of(&known);
    writeln!(cx.out, "shipment {shipment} for {}: {}, {} units", line.customer, line.state, known.units)?;
    let mut table = Table::new(&["carton", "units"]);
    for carton in &cartons {
        table.row([carton.carton.to_string(), carton.units.to_string()]);
    }
    for (unit, _) in &loose {
        table.row([format!("unit {unit}"), "1".to_owned()]);
    }
    table.write(cx.out)?;
    Ok(Outcome::Done)
}

/// A shipment, as scripts read it.
#[derive(Serialize)]
struct ShipmentLine<'a> {
    shipment: &'a ShipmentId,
    customer: &'a str,
    cartons: u32,
    units: u32,
    state: &'static str,
}

impl<'a> ShipmentLine<'a> {
    fn of(shipment: &'a Shipment) -> Self {
        Self {
            shipment: &shipment.shipment,
            customer: &shipment.customer,
            cartons: shipment.cartons,
            units: shipment.units,
            state: if shipment.dispatched { "dispatched" } else { "open" },
        }
    }
}

/// A shipment with what is on it.
#[derive(Serialize)]
struct ShipmentAnswer<'a> {
    #[serde(flatten)]
    shipment: ShipmentLine<'a>,
    on_it: Vec<CartonLine<'a>>,
    loose: Vec<super::carton::InCarton<'a>>,
}
