//! Shipments: opened for a customer, loaded with closed cartons and single units, and dispatched as one.

use crate::domain::event::About;
use crate::domain::facts::Other;
use crate::domain::id::{Badge, ShipmentId, UnitId};
use crate::domain::packing::{Aboard, Carton, Packing, SHIPMENT_UNITS_MOST, Shipment};
use crate::domain::refusal::{Code, Evidence, Refusal};
use crate::domain::role::Role;
use crate::domain::text::is_safe;
use crate::domain::traveller::{Standing, Traveller};
use crate::domain::way;
use crate::domain::what::{CartonLoaded, OfShipment, ShipmentDispatched, ShipmentOpened, UnitDispatched, What};

use super::case::{Answer, Case, done, further, on_unit, seen, stands};
use super::decision::{Did, Draft, Subject};
use super::disposing::subject;
use super::leaving::{is_production, is_whole, may_leave_the_line};
use super::opening;
use super::packing::{hand, known, of_carton};
use super::people::authority;

/// Characters that a customer's name may have.
const CUSTOMER_CHARS_MOST: usize = 60;

/// What is done by name, from wherever.
pub(super) fn give(case: &Case<'_>, packing: &Packing) -> Answer {
    if let Some(by) = packing.by() {
        authority(case, by, &Role::ALL)?;
    }
    match packing {
        Packing::OpenShipment { shipment, customer, by } => open(case, shipment, customer, by),
        Packing::LoadCarton { carton, shipment, by } => {
            load_carton(case, known(case, carton)?, to_load(case, shipment)?, Some(by))
        }
        Packing::LoadUnit { unit, shipment, by } => {
            let other = case.facts.other(unit.as_str()).filter(|o| o.traveller.exists());
            let unknown = Evidence { unit: Some(unit.clone()), ..Evidence::default() };
            let other = other.ok_or_else(|| Refusal::new(Code::UnknownUnit, unknown))?;
            load_unit(case, other, to_load(case, shipment)?, Some(by))
        }
        Packing::UnloadCarton { carton, reason, by } => unload_carton(case, known(case, carton)?, reason, by),
        Packing::UnloadUnit { unit, reason, by } => unload_unit(case, unit, reason, by),
        Packing::Dispatch { shipment, by } => dispatch(case, shipment, Some(by)),
        Packing::Begin { .. }
        | Packing::Put { .. }
        | Packing::TakeOut { .. }
        | Packing::Close { .. }
        | Packing::Return { .. }
        | Packing::EndReturn { .. } => Err(Refusal::bare(Code::BadInput)),
    }
}

/// A refusal about a shipment.
fn of_shipment(code: Code, shipment: &ShipmentId, evidence: Evidence) -> Refusal {
    Refusal::new(code, Evidence { shipment: Some(shipment.clone()), ..evidence })
}

/// The shipment of that number.
fn on_record<'a>(case: &Case<'a>, shipment: &ShipmentId) -> Result<&'a Shipment, Refusal> {
    let known = case.facts.packing.shipment(shipment.as_str());
    known.ok_or_else(|| of_shipment(Code::UnknownShipment, shipment, Evidence::default()))
}

/// A shipment that is still here.
fn to_load<'a>(case: &Case<'a>, shipment: &ShipmentId) -> Result<&'a Shipment, Refusal> {
    let known = on_record(case, shipment)?;
    if known.dispatched {
        let evidence = Evidence { event: Some(known.event.clone()), ..Evidence::default() };
        return Err(of_shipment(Code::Dispatched, shipment, evidence));
    }
    Ok(known)
}

fn open(case: &Case<'_>, shipment: &ShipmentId, customer: &str, by: &Badge) -> Answer {
    if let Some(known) = case.facts.packing.shipment(shipment.as_str()) {
        let evidence = Evidence { event: Some(known.event.clone()), ..Evidence::default() };
        return Err(of_shipment(Code::AlreadyRecorded, shipment, evidence));
    }
    if case.names_something(shipment.as_str()) {
        return Err(of_shipment(Code::AmbiguousLabel, shipment, Evidence::default()));
    }
    let named =
        !customer.trim().is_empty() && customer.chars().count() <= CUSTOMER_CHARS_MOST && customer.chars().all(is_safe);
    if !named {
        return Err(of_shipment(Code::BadInput, shipment, Evidence::default()));
    }
    let what = What::ShipmentOpened(ShipmentOpened { shipment: shipment.clone(), customer: customer.to_owned() });
    let about = hand(case.about(), Some(by), None);
    done(Did::ShipmentOpened, None, vec![Draft { subject: Subject::Shipment(shipment.clone()), about, what }])
}

/// A shipment's number was scanned: what follows is loaded on it.
pub(super) fn select(case: &Case<'_>, shipment: &Shipment) -> Answer {
    case.worker()?;
    opening::nothing_touched(case, shipment.shipment.as_str())?;
    to_load(case, &shipment.shipment)?;
    if case.station().and_then(|s| s.packing.shipment.as_ref()) == Some(&shipment.shipment) {
        return stands(Did::ShipmentSelected, None, Some(shipment.event.clone()));
    }
    let mut drafts = opening::put_down(case);
    let what = What::ShipmentSelected(OfShipment { shipment: shipment.shipment.clone() });
    drafts.push(seen(None, case.about(), what));
    done(Did::ShipmentSelected, None, drafts)
}

/// The shipment that the station loads.
fn at_hand<'a>(case: &Case<'a>) -> Result<&'a Shipment, Refusal> {
    let chosen = case.station().and_then(|s| s.packing.shipment.as_ref());
    to_load(case, chosen.ok_or_else(|| Refusal::bare(Code::NothingOpen))?)
}

/// A carton's label was scanned where a shipment is loaded.
pub(super) fn load_scanned(case: &Case<'_>, carton: &Carton) -> Answer {
    load_carton(case, carton, at_hand(case)?, None)
}

/// A unit was scanned where a shipment is loaded; none where a step of it is due here.
pub(super) fn unit(case: &Case<'_>, other: &Other) -> Option<Answer> {
    case.station()?.packing.shipment.as_ref()?;
    let (traveller, class) = (other.traveller.as_ref(), case.now.station.as_ref().map(|p| &p.class));
    let is_due_here = other.route.as_deref().is_some_and(|r| way::open_at(traveller, r, class).is_some());
    let is_work = is_due_here && traveller.standing == Standing::InProcess;
    (!is_work).then(|| {
        opening::meant(case, other)?;
        load_unit(case, other, at_hand(case)?, None)
    })
}

/// Refuses what would make a shipment too large, or what is for another customer.
fn fits(shipment: &Shipment, units: u32, customer: Option<&str>, of: Evidence) -> Result<(), Refusal> {
    if shipment.units.saturating_add(units) > SHIPMENT_UNITS_MOST {
        let evidence = Evidence { allowed: Some(SHIPMENT_UNITS_MOST), ..of };
        return Err(of_shipment(Code::BadInput, &shipment.shipment, evidence));
    }
    match customer.filter(|customer| *customer != shipment.customer) {
        None => Ok(()),
        Some(other) => {
            let (kind, fits) = (Some("customer".to_owned()), vec![shipment.customer.clone()]);
            let evidence = Evidence { kind, fits, value: Some(other.to_owned()), ..of };
            Err(of_shipment(Code::MustNotMix, &shipment.shipment, evidence))
        }
    }
}

fn load_carton(case: &Case<'_>, carton: &Carton, shipment: &Shipment, by: Option<&Badge>) -> Answer {
    if let Some(on) = &carton.shipment {
        let left = case.facts.packing.shipment(on.as_str()).is_some_and(|s| s.dispatched);
        let code = if left { Code::Dispatched } else { Code::AlreadyPacked };
        return Err(of_carton(code, &carton.carton, Evidence { shipment: Some(on.clone()), ..Evidence::default() }));
    }
    if !carton.closed {
        return Err(of_carton(Code::CartonOpen, &carton.carton, Evidence::default()));
    }
    let customer = carton.of.as_ref().and_then(|of| of.customer.as_deref());
    let of = Evidence { carton: Some(carton.carton.clone()), ..Evidence::default() };
    fits(shipment, carton.units, customer, of)?;
    let (carton, shipment) = (carton.clone(), shipment.shipment.clone());
    let what = CartonLoaded { carton: carton.carton.clone(), shipment, units: carton.units };
    let about = hand(case.about(), by, None);
    let draft = Draft { subject: Subject::Carton(carton.carton), about, what: What::CartonLoaded(what) };
    done(Did::CartonLoaded, None, vec![draft])
}

fn load_unit(case: &Case<'_>, other: &Other, shipment: &Shipment, by: Option<&Badge>) -> Answer {
    let traveller = other.traveller.as_ref();
    let unit = traveller.unit.as_ref().ok_or_else(|| Refusal::bare(Code::UnknownUnit))?;
    let of = Evidence { unit: Some(unit.clone()), ..Evidence::default() };
    let route = other.route.as_deref().ok_or_else(|| Refusal::new(Code::RouteNotReleased, of.clone()))?;
    may_leave_the_line(case, traveller, route)?;
    is_complete(traveller)?;
    // A step that packs was passed by packing: whoever took the unit out of its carton has to put it into one again.
    if route.steps.iter().any(|step| step.pack.is_some() && way::has(traveller, step)) {
        return Err(Refusal::new(Code::NotPacked, of));
    }
    let order = traveller.order.as_ref().and_then(|order| case.facts.order(order.as_str()));
    fits(shipment, 1, order.and_then(|o| o.customer.as_deref()), of)?;
    let what = What::UnitLoaded(OfShipment { shipment: shipment.shipment.clone() });
    let draft = on_unit(unit, hand(case.about_unit(traveller), by, None), what);
    done(Did::UnitLoaded, Some(unit.clone()), vec![draft])
}

/// Refuses a unit that is not finished.
fn is_complete(traveller: &Traveller) -> Result<(), Refusal> {
    if traveller.standing == Standing::Complete {
        return Ok(());
    }
    let (due_step, due_station) = traveller.due.clone().map(|d| (d.step, d.station)).unzip();
    let evidence = Evidence { unit: traveller.unit.clone(), due_step, due_station, ..Evidence::default() };
    Err(Refusal::new(Code::IncompleteRecord, evidence))
}

fn unload_carton(case: &Case<'_>, carton: &Carton, reason: &str, by: &Badge) -> Answer {
    let of = |code| of_carton(code, &carton.carton, Evidence::default());
    let shipment = to_load(case, carton.shipment.as_ref().ok_or_else(|| of(Code::NotPacked))?)?;
    let (number, shipment) = (carton.carton.clone(), shipment.shipment.clone());
    let what = CartonLoaded { carton: number.clone(), shipment, units: carton.units };
    let about = hand(case.about(), Some(by), Some(reason));
    let draft = Draft { subject: Subject::Carton(number), about, what: What::CartonUnloaded(what) };
    done(Did::Unloaded, None, vec![draft])
}

fn unload_unit(case: &Case<'_>, unit: &UnitId, reason: &str, by: &Badge) -> Answer {
    let (traveller, _) = subject(case, Some(unit))?;
    let of = |code| Refusal::new(code, Evidence { unit: Some(unit.clone()), ..Evidence::default() });
    if traveller.standing == Standing::Dispatched {
        return Err(of(Code::Dispatched));
    }
    let shipment = traveller.packed.shipment.clone().ok_or_else(|| of(Code::NotPacked))?;
    let about = hand(case.about_unit(traveller), Some(by), Some(reason));
    let what = What::UnitUnloaded(OfShipment { shipment });
    done(Did::Unloaded, Some(unit.clone()), vec![on_unit(unit, about, what)])
}

/// All that is loaded leaves together; one unit that may not leave keeps all of it here.
pub(super) fn dispatch(case: &Case<'_>, shipment: &ShipmentId, by: Option<&Badge>) -> Answer {
    let shipment = to_load(case, shipment)?;
    let cargo = &case.facts.packing.cargo;
    let of = |code, evidence| of_shipment(code, &shipment.shipment, evidence);
    if cargo.is_empty() {
        return Err(of(Code::NotPacked, Evidence::default()));
    }
    if let Some(aboard) = case.facts.packing.stays() {
        let refusal = stays(case, aboard);
        let (in_carton, shipment) = (aboard.carton.clone(), Some(shipment.shipment.clone()));
        return Err(Refusal::new(refusal.code, Evidence { in_carton, shipment, ..*refusal.evidence }));
    }
    let units = u32::try_from(cargo.len()).unwrap_or(u32::MAX);
    if units != shipment.units {
        // What is counted and what is listed are two ways to the same units.
        return Err(of(Code::IncompleteRecord, Evidence { needed: Some(shipment.units), ..Evidence::default() }));
    }
    let about = hand(case.about(), by, None);
    let what = UnitDispatched { shipment: Some(shipment.shipment.clone()), again: false };
    let leaves = |about: &About, aboard: &Aboard| {
        let about = About {
            unit: Some(aboard.unit.clone()),
            route: Some(aboard.route.clone()),
            revision: Some(aboard.revision.clone()),
            order: aboard.order.clone(),
            ..about.clone()
        };
        on_unit(&aboard.unit, about, What::UnitDispatched(what.clone()))
    };
    let rest = further(about.clone());
    let left = ShipmentDispatched { shipment: shipment.shipment.clone(), units, cartons: shipment.cartons };
    let subject = Subject::Shipment(shipment.shipment.clone());
    let mut drafts = Vec::with_capacity(cargo.len() + 1);
    drafts.push(Draft { subject, about, what: What::ShipmentDispatched(left) });
    drafts.extend(cargo.iter().map(|aboard| leaves(&rest, aboard)));
    done(Did::ShipmentDispatched, None, drafts)
}

/// Why a unit that is loaded may not leave: the same that would keep it from being loaded now.
fn stays(case: &Case<'_>, aboard: &Aboard) -> Refusal {
    let other = case.facts.other(aboard.unit.as_str());
    let because = other.and_then(|other| {
        let traveller = other.traveller.as_ref();
        let whole = other.route.as_deref().map_or(Ok(()), |route| is_whole(traveller, route));
        let checks = [opening::not_gone(case, traveller), is_production(traveller), whole, is_complete(traveller)];
        checks.into_iter().find_map(Result::err)
    });
    let unknown = || Evidence { unit: Some(aboard.unit.clone()), ..Evidence::default() };
    because.unwrap_or_else(|| Refusal::new(Code::IncompleteRecord, unknown()))
}
