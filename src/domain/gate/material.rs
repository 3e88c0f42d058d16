//! Material: every piece by its lot or its own number, of the right part, and nowhere else.

use crate::domain::event::About;
use crate::domain::facts::Component;
use crate::domain::id::{PartId, Serial};
use crate::domain::lot::{Lot, LotStanding};
use crate::domain::need::Need;
use crate::domain::number::Number;
use crate::domain::refusal::{Code, Evidence, Refusal};
use crate::domain::time::Day;
use crate::domain::traveller::Standing;
use crate::domain::what::{Fate, MaterialInstalled, MaterialVerified, Piece, What};

use super::case::{Answer, Bench, Case, done, on_unit};
use super::decision::Did;
use super::said::Said;
use super::{finishing, opening};

/// The open unit, while it takes material.
fn open_for_material<'a>(case: &Case<'a>) -> Result<Bench<'a>, Refusal> {
    let bench = case.work()?;
    if bench.traveller.standing == Standing::Nonconforming {
        return Err(opening::nonconforming(bench.traveller));
    }
    Ok(bench)
}

/// The open unit, while it takes pieces of a part that are named in this way.
fn open_for<'a>(case: &Case<'a>, part: &PartId) -> Result<Bench<'a>, Refusal> {
    let bench = open_for_material(case)?;
    if let Some(about) = bench.route.parts.get(part) {
        let step = Some(bench.step.id.clone());
        case.scanned_where(about.typed, || Evidence { step, part: Some(part.clone()), ..Evidence::default() })?;
    }
    Ok(bench)
}

/// How many of a part the step still needs.
fn needed(bench: Bench<'_>, wanted: &PartId) -> u32 {
    bench
        .needs()
        .iter()
        .find_map(|n| match n {
            Need::Material { part, left, .. } if *part == wanted => Some(*left),
            Need::Material { .. } | Need::Gauge(_) | Need::Check { .. } | Need::Signature(_) => None,
        })
        .unwrap_or(0)
}

/// A component goes in; it may be in no other unit, and whatever its label says of its lot and its last day counts.
pub(super) fn install_component(case: &Case<'_>, part: &PartId, serial: &Serial, said: &Said<'_>) -> Answer {
    let bench = open_for(case, part)?;
    if let Some(component) = case.facts.component(serial.as_str()) {
        let evidence = || Evidence {
            part: Some(part.clone()),
            serial: Some(serial.clone()),
            in_unit: component.in_unit.clone(),
            event: Some(component.event.clone()),
            ..Evidence::default()
        };
        match (&component.in_unit, component.fate) {
            (Some(_), _) => return Err(Refusal::new(Code::AlreadyInstalled, evidence())),
            (None, Some(Fate::Scrap)) => return Err(Refusal::new(Code::Scrapped, evidence())),
            (None, Some(Fate::Quarantine)) => return Err(Refusal::new(Code::OnHold, evidence())),
            (None, Some(Fate::Reuse) | None) => {}
        }
    }
    let of = Evidence { part: Some(part.clone()), serial: Some(serial.clone()), ..Evidence::default() };
    let lot = said.lot_named(case.facts).filter(|lot| lot.part == *part);
    usable(case, lot, on_label(case, bench, part, said), of)?;
    install(case, bench, part, Piece::Serial(serial.clone()), 1)
}

/// Some of a lot goes in: as many as the step needs, or as many as the lot has.
pub(super) fn install_from_lot(case: &Case<'_>, part: &PartId, lot: &Lot, said: &Said<'_>) -> Answer {
    let bench = open_for(case, part)?;
    let needed = needed(bench, part);
    let of = Evidence { part: Some(part.clone()), ..Evidence::default() };
    usable(case, Some(lot), on_label(case, bench, part, said), of.clone())?;
    let quantity = (1..=needed).rev().find(|n| Number::whole(*n) <= lot.left);
    let Some(quantity) = quantity else {
        let (name, event) = (Some(lot.lot.clone()), Some(lot.event.clone()));
        let evidence = Evidence { lot: name, event, left: Some(lot.left), needed: Some(needed), ..of };
        return Err(Refusal::new(Code::LotExhausted, evidence));
    };
    install(case, bench, part, Piece::Lot(lot.lot.clone()), quantity)
}

/// The last day of use that the label of a piece has.
fn on_label(case: &Case<'_>, bench: Bench<'_>, part: &PartId, said: &Said<'_>) -> Option<Day> {
    said.item_of(part, bench.route.parts.get(part)?)?.expires(case.now.at)
}

/// Refuses what is held, and what has expired by the record or by its label, whichever day comes first.
fn usable(case: &Case<'_>, lot: Option<&Lot>, on_label: Option<Day>, of: Evidence) -> Result<(), Refusal> {
    let (name, event) = lot.map(|lot| (lot.lot.clone(), lot.event.clone())).unzip();
    let of = Evidence { lot: name, event, ..of };
    match lot.map(|lot| lot.standing) {
        Some(standing @ (LotStanding::Held | LotStanding::Rejected | LotStanding::Quarantined)) => {
            let reason = Some(standing.word().to_owned());
            return Err(Refusal::new(Code::LotOnHold, Evidence { reason, ..of }));
        }
        Some(LotStanding::Free) | None => {}
    }
    let expires = lot.and_then(|lot| lot.expires).into_iter().chain(on_label).min();
    match expires.filter(|day| day.is_over(case.now.at)) {
        Some(day) => Err(Refusal::new(Code::LotExpired, Evidence { expired: Some(day), ..of })),
        None => Ok(()),
    }
}

fn install(case: &Case<'_>, bench: Bench<'_>, part: &PartId, piece: Piece, quantity: u32) -> Answer {
    let needs = bench.needs();
    let about = About { how: Some(case.how()), ..case.about_step(bench.traveller, &bench.step.id) };
    let what = What::MaterialInstalled(MaterialInstalled {
        part: part.clone(),
        piece,
        quantity,
        is: None,
        remarks: Vec::new(),
    });
    let mut drafts = vec![on_unit(bench.unit, about, what)];
    let mut did = Did::MaterialInstalled;
    if quantity == needed(bench, part) && finishing::is_last_of(&needs, quantity) {
        did = finishing::advance(case, bench, &mut drafts).unwrap_or(did);
    }
    done(did, Some(bench.unit.clone()), drafts)
}

/// A component that stayed in the unit is met again after rework.
pub(super) fn verify(case: &Case<'_>, part: &PartId, serial: &Serial) -> Answer {
    let bench = open_for(case, part)?;
    let needs = bench.needs();
    let about = About { how: Some(case.how()), ..case.about_step(bench.traveller, &bench.step.id) };
    let what = What::MaterialVerified(MaterialVerified { part: part.clone(), serial: serial.clone() });
    let mut drafts = vec![on_unit(bench.unit, about, what)];
    let mut did = Did::MaterialVerified;
    if finishing::is_last(&needs) {
        did = finishing::advance(case, bench, &mut drafts).unwrap_or(did);
    }
    done(did, Some(bench.unit.clone()), drafts)
}

/// A known lot that nothing open needs.
pub(super) fn stray_lot(case: &Case<'_>, lot: &Lot) -> Answer {
    another_part(case, Some(&lot.part), Some(lot))
}

/// Material of another part than the open step needs; which one, where that is known.
pub(super) fn another_part(case: &Case<'_>, found: Option<&PartId>, lot: Option<&Lot>) -> Answer {
    let bench = open_for_material(case)?;
    let wanted = bench.needs().iter().find_map(|n| match n {
        Need::Material { part, .. } => Some((*part).clone()),
        Need::Gauge(_) | Need::Check { .. } | Need::Signature(_) => None,
    });
    let evidence = Evidence {
        lot: lot.map(|l| l.lot.clone()),
        found_part: found.cloned(),
        part: wanted,
        step: Some(bench.step.id.clone()),
        event: lot.map(|l| l.event.clone()),
        gtin: case.gtin(),
        ..Evidence::default()
    };
    Err(Refusal::new(Code::WrongPart, evidence))
}

/// A piece of the right part, and a label that does not name it as the route does.
pub(super) fn lacks(case: &Case<'_>, part: &PartId, field: Option<&str>) -> Answer {
    let bench = open_for_material(case)?;
    let refusal = case.about_label(Code::WrongIdentifier);
    let evidence = Evidence {
        step: Some(bench.step.id.clone()),
        part: Some(part.clone()),
        field: field.map(str::to_owned),
        ..*refusal.evidence
    };
    Err(Refusal::new(Code::WrongIdentifier, evidence))
}

/// A component that is in some unit: the answer names the unit, and opens nothing.
pub(super) fn stray_component(case: &Case<'_>, component: &Component) -> Answer {
    case.worker()?;
    let evidence = Evidence {
        serial: Some(component.serial.clone()),
        in_unit: component.in_unit.clone(),
        event: Some(component.event.clone()),
        ..Evidence::default()
    };
    Err(Refusal::new(Code::AlreadyInstalled, evidence))
}
