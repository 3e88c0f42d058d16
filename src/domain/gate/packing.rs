//! Cartons: begun by a label of a roll or with a number of the house, filled unit by unit, and closed when the label
//! was scanned back.

use crate::domain::event::About;
use crate::domain::facts::Other;
use crate::domain::id::{Badge, CartonId};
use crate::domain::packing::command::Number;
use crate::domain::packing::{CARTON_UNITS_MOST, Carton, PackRule, Packing, Same};
use crate::domain::refusal::{Code, Evidence, Refusal};
use crate::domain::role::Role;
use crate::domain::route::{Route, Step};
use crate::domain::station::Pending;
use crate::domain::traveller::{Standing, Traveller};
use crate::domain::what::{CartonBegun, CartonClosed, Nothing, OfCarton, UnitPacked, What};

use super::case::{Answer, Bench, Case, done, further, on_unit, seen};
use super::decision::{Did, Draft, Subject};
use super::fitness::{Job, right_person, right_place};
use super::leaving::may_leave_the_line;
use super::people::{authority, by_hand};
use super::time::in_time;
use super::{opening, passing, returns, shipping, unpacking};

/// What is done by name, from wherever.
pub(super) fn give(case: &Case<'_>, packing: &Packing) -> Answer {
    match packing {
        Packing::Begin { number, holds, same, by } => begin(case, number, *holds, same, by.as_ref()),
        Packing::Put { unit, carton, by } => {
            authority(case, by, &Role::ALL)?;
            let other = case.facts.other(unit.as_str()).filter(|o| o.traveller.exists());
            let unknown = Evidence { unit: Some(unit.clone()), ..Evidence::default() };
            let other = other.ok_or_else(|| Refusal::new(Code::UnknownUnit, unknown))?;
            put(case, other, known(case, carton)?, Some(by))
        }
        Packing::TakeOut { unit, reason, by } => unpacking::take_out(case, unit, reason, by.as_ref()),
        Packing::Close { carton, scanned, counted, by } => {
            authority(case, by, &Role::ALL)?;
            let known = known(case, carton)?;
            if scanned != carton {
                return Err(another(carton, scanned));
            }
            let is_counted = *counted == Some(known.units);
            close(case, known, is_counted, Some(by))
        }
        Packing::OpenShipment { .. }
        | Packing::LoadCarton { .. }
        | Packing::LoadUnit { .. }
        | Packing::UnloadCarton { .. }
        | Packing::UnloadUnit { .. }
        | Packing::Dispatch { .. } => shipping::give(case, packing),
        Packing::Return { unit, reason, by } => returns::take_back(case, unit, reason, by),
        Packing::EndReturn { unit, reason, by } => returns::end(case, unit, reason, by),
    }
}

/// The carton of that number.
pub(super) fn known<'a>(case: &Case<'a>, carton: &CartonId) -> Result<&'a Carton, Refusal> {
    let known = case.facts.packing.carton(carton.as_str());
    known.ok_or_else(|| of_carton(Code::UnknownCarton, carton, Evidence::default()))
}

/// A refusal about a carton.
pub(super) fn of_carton(code: Code, carton: &CartonId, evidence: Evidence) -> Refusal {
    Refusal::new(code, Evidence { carton: Some(carton.clone()), ..evidence })
}

fn another(carton: &CartonId, scanned: &CartonId) -> Refusal {
    of_carton(Code::WrongCarton, carton, Evidence { label: Some(scanned.to_string()), ..Evidence::default() })
}

/// Who an event says that it was: whoever is named with a PIN, else the operator of the station.
pub(super) fn hand(about: About, by: Option<&Badge>, reason: Option<&str>) -> About {
    match by {
        Some(by) => by_hand(about, by, reason),
        None => About { reason: reason.map(str::to_owned), ..about },
    }
}

/// The carton that the station packs into.
fn at_hand<'a>(case: &Case<'a>) -> Option<&'a CartonId> {
    case.station()?.packing.carton.as_ref()
}

/// A carton's label was scanned: it is begun, taken up, closed, or loaded.
pub(super) fn scanned(case: &Case<'_>, carton: &CartonId) -> Answer {
    case.worker()?;
    opening::nothing_touched(case, carton.as_str())?;
    match (at_hand(case), case.facts.packing.carton(carton.as_str())) {
        (Some(here), Some(known)) if here == carton => close(case, known, asked_back(case, carton), None),
        (Some(here), _) => Err(another(here, carton)),
        (None, Some(known)) if case.station().is_some_and(|s| s.packing.shipment.is_some()) => {
            shipping::load_scanned(case, known)
        }
        (None, Some(known)) => take_up(case, known),
        (None, None) if case.facts.packing.packs.is_some() => begun(case, carton, (false, None, &[]), None),
        (None, None) => Err(of_carton(Code::UnknownCarton, carton, Evidence::default())),
    }
}

/// Whether the last answer asked for this very label again.
fn asked_back(case: &Case<'_>, carton: &CartonId) -> bool {
    let pending = case.station().and_then(|s| s.pending.as_ref());
    matches!(pending, Some(Pending::Carton(asked)) if asked == carton)
}

fn begin(case: &Case<'_>, number: &Number, holds: Option<u32>, same: &[Same], by: Option<&Badge>) -> Answer {
    match by {
        Some(by) => authority(case, by, &Role::ALL)?,
        None => case.worker()?,
    };
    if holds.is_some_and(|holds| !(1..=CARTON_UNITS_MOST).contains(&holds)) {
        return Err(Refusal::new(Code::BadInput, Evidence { allowed: Some(CARTON_UNITS_MOST), ..Evidence::default() }));
    }
    match number {
        Number::Given(carton) => begun(case, carton, (false, holds, same), by),
        Number::Next(stem) => {
            let last = case.facts.packing.last.as_ref().map(|last| &last.carton);
            let used_up = || Refusal::new(Code::BadInput, Evidence { carton: last.cloned(), ..Evidence::default() });
            begun(case, &stem.after(last).ok_or_else(used_up)?, (true, holds, same), by)
        }
    }
}

/// A carton begins. Its number may be nothing else that a scan could mean.
fn begun(
    case: &Case<'_>,
    carton: &CartonId,
    (made, holds, same): (bool, Option<u32>, &[Same]),
    by: Option<&Badge>,
) -> Answer {
    if let Some(known) = case.facts.packing.carton(carton.as_str()) {
        let evidence = Evidence { event: Some(known.event.clone()), ..Evidence::default() };
        return Err(of_carton(Code::AlreadyRecorded, carton, evidence));
    }
    if case.names_something(carton.as_str()) {
        return Err(of_carton(Code::AmbiguousLabel, carton, Evidence::default()));
    }
    let what = CartonBegun { carton: carton.clone(), holds, same: same.to_vec(), made };
    let mut drafts = if by.is_none() { opening::put_down(case) } else { Vec::new() };
    let about = hand(case.about(), by, None);
    drafts.push(Draft { subject: Subject::Carton(carton.clone()), about, what: What::CartonBegun(what) });
    done(Did::CartonBegun, None, drafts)
}

/// A carton that was begun is packed on.
fn take_up(case: &Case<'_>, carton: &Carton) -> Answer {
    if let Some(shipment) = &carton.shipment {
        let evidence = Evidence { shipment: Some(shipment.clone()), ..Evidence::default() };
        return Err(of_carton(Code::AlreadyPacked, &carton.carton, evidence));
    }
    if carton.closed {
        return Err(of_carton(Code::CartonClosed, &carton.carton, Evidence::default()));
    }
    let mut drafts = opening::put_down(case);
    drafts.push(seen(None, case.about(), What::CartonOpened(OfCarton { carton: carton.carton.clone() })));
    done(Did::CartonOpened, None, drafts)
}

/// The label was scanned back: the carton is closed. One that is not full is closed when that was counted.
fn close(case: &Case<'_>, carton: &Carton, is_counted: bool, by: Option<&Badge>) -> Answer {
    let of = |code, evidence| of_carton(code, &carton.carton, evidence);
    if carton.closed {
        return Err(of(Code::CartonClosed, Evidence::default()));
    }
    if carton.units == 0 {
        return Err(of(Code::NotPacked, Evidence::default()));
    }
    if !carton.is_full() && !is_counted {
        let evidence = Evidence { tries: Some(carton.units), allowed: carton.holds, ..Evidence::default() };
        return Err(of(Code::CartonNotFull, evidence));
    }
    let what = What::CartonClosed(CartonClosed { carton: carton.carton.clone(), units: carton.units });
    let about = hand(case.about(), by, None);
    done(Did::CartonClosed, None, vec![Draft { subject: Subject::Carton(carton.carton.clone()), about, what }])
}

/// A unit was scanned where something is packed or loaded; none where it is to be opened like any other.
pub(super) fn unit(case: &Case<'_>, other: &Other) -> Option<Answer> {
    let hand = &case.station()?.packing;
    let traveller = other.traveller.as_ref();
    if !traveller.exists() || hand.is_empty() {
        return None;
    }
    if let Some(carton) = &hand.carton {
        let packs = other.route.as_deref().is_some_and(|route| due_packing(traveller, route).is_some());
        let on_its_way = traveller.standing == Standing::InProcess && traveller.packed.carton.is_none();
        let repacks = other.route.as_deref().is_some_and(|route| was_packed(traveller, route));
        return (packs || repacks || !on_its_way).then(|| {
            opening::meant(case, other)?;
            put(case, other, known(case, carton)?, None)
        });
    }
    shipping::unit(case, other)
}

/// The step that is due, where it is done by packing.
fn due_packing<'r>(traveller: &Traveller, route: &'r Route) -> Option<&'r Step> {
    let due = traveller.due.as_ref().filter(|_| traveller.standing == Standing::InProcess)?;
    route.step(&due.step).filter(|step| step.pack.is_some())
}

/// Whether a step that packs has passed.
fn was_packed(traveller: &Traveller, route: &Route) -> bool {
    route.steps.iter().any(|step| step.pack.is_some() && traveller.passed.contains(&step.id))
}

/// A unit goes into a carton; where its step is done by that, the step passes.
fn put(case: &Case<'_>, other: &Other, carton: &Carton, by: Option<&Badge>) -> Answer {
    let traveller = other.traveller.as_ref();
    let unit = traveller.unit.as_ref().ok_or_else(|| Refusal::bare(Code::UnknownUnit))?;
    let route = other.route.as_deref().ok_or_else(|| Refusal::bare(Code::RouteNotReleased))?;
    may_leave_the_line(case, traveller, route)?;
    let step = due_packing(traveller, route);
    if let Some(step) = step {
        right_place(case, unit, step)?;
        right_person(case, &Job { unit, traveller, route, step, supervisor: None })?;
        in_time(case, traveller, route, step)?;
    } else if traveller.standing != Standing::Complete && !was_packed(traveller, route) {
        let due = traveller.due.clone();
        let (due_step, due_station) = due.map(|d| (d.step, d.station)).unzip();
        let evidence = Evidence { unit: Some(unit.clone()), due_step, due_station, ..Evidence::default() };
        return Err(Refusal::new(Code::OutOfSequence, evidence));
    }
    if carton.closed {
        return Err(of_carton(Code::CartonClosed, &carton.carton, Evidence::default()));
    }
    let customer = traveller.order.as_ref().and_then(|order| case.facts.order(order.as_str()));
    let customer = customer.and_then(|order| order.customer.clone());
    let rule = rule(route, step, carton);
    if carton.units >= rule.units {
        let evidence = Evidence { unit: Some(unit.clone()), allowed: Some(rule.units), ..Evidence::default() };
        return Err(of_carton(Code::CartonFull, &carton.carton, evidence));
    }
    alike(carton, &rule, traveller, customer.as_deref())?;
    let mut drafts = if by.is_none() { opening::put_down(case) } else { Vec::new() };
    let about = About { step: step.map(|s| s.id.clone()), ..hand(case.about_unit(traveller), by, None) };
    let packed = UnitPacked { carton: carton.carton.clone(), holds: rule.units, customer };
    drafts.push(on_unit(unit, about, What::UnitPacked(packed)));
    if let (Some(step), Some(at)) = (step, case.station()) {
        let bench = Bench { unit, traveller, route, step, at };
        let about = further(case.about_step(traveller, &step.id));
        passing::ends(case, bench, about, Vec::new(), &mut drafts);
    }
    done(Did::UnitPacked, Some(unit.clone()), drafts)
}

/// How a carton is filled with units of a route: as the route says, and as it was begun.
fn rule(route: &Route, step: Option<&Step>, carton: &Carton) -> PackRule {
    let all = || route.steps.iter().rev().find_map(|step| step.pack.as_ref());
    let of_route = step.and_then(|step| step.pack.as_ref()).or_else(all);
    let units = of_route.map_or(CARTON_UNITS_MOST, |rule| rule.units).min(carton.holds.unwrap_or(CARTON_UNITS_MOST));
    let mut same = of_route.map(|rule| rule.same.clone()).unwrap_or_default();
    same.extend(carton.same.iter().filter(|s| !of_route.is_some_and(|rule| rule.same.contains(s))).copied());
    PackRule { units, same }
}

/// Refuses a unit that has not in common with those in the carton what it must have.
fn alike(carton: &Carton, rule: &PackRule, unit: &Traveller, customer: Option<&str>) -> Result<(), Refusal> {
    let (Some(inside), Some((route, revision))) = (&carton.of, &unit.route) else { return Ok(()) };
    let differs = |kind: &str, there: &str, here: &str| {
        let (kind, fits) = (Some(kind.to_owned()), vec![there.to_owned()]);
        let evidence =
            Evidence { unit: unit.unit.clone(), kind, fits, value: Some(here.to_owned()), ..Evidence::default() };
        Err(of_carton(Code::MustNotMix, &carton.carton, evidence))
    };
    if inside.route != *route {
        return differs("route", inside.route.as_str(), route.as_str());
    }
    for same in &rule.same {
        let (there, here) = match same {
            Same::Revision => (Some(inside.revision.as_str()), Some(revision.as_str())),
            Same::Order => (inside.order.as_ref().map(AsRef::as_ref), unit.order.as_ref().map(AsRef::as_ref)),
            Same::Customer => (inside.customer.as_deref(), customer),
        };
        if there != here {
            return differs(same.word(), there.unwrap_or("-"), here.unwrap_or("-"));
        }
    }
    Ok(())
}

/// The pass command where no unit is open: a shipment leaves; a carton is closed by its label alone.
pub(super) fn passed(case: &Case<'_>) -> Option<Answer> {
    let hand = &case.station()?.packing;
    if case.open.unit.is_some() {
        return None;
    }
    if let Some(shipment) = &hand.shipment {
        return Some(case.worker().and_then(|_| shipping::dispatch(case, shipment, None)));
    }
    let carton = hand.carton.as_ref()?;
    Some(Err(of_carton(Code::CartonOpen, carton, Evidence::default())))
}

/// The carton or the shipment at hand is put aside, as it is.
pub(super) fn put_aside(case: &Case<'_>) -> Option<Answer> {
    let is_idle = case.open.unit.is_none() && case.station().is_some_and(|s| !s.packing.is_empty());
    is_idle.then(|| {
        case.worker()?;
        done(Did::PutAside, None, vec![seen(None, case.about(), What::PutAside(Nothing))])
    })
}
