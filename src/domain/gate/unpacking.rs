//! Taking a unit out of its carton: with a reason, and never behind the back of a closed label.

use crate::domain::id::{Badge, UnitId};
use crate::domain::refusal::{Code, Evidence, Refusal};
use crate::domain::role::Role;
use crate::domain::traveller::Standing;
use crate::domain::what::{OfCarton, What};

use super::case::{Answer, Case, done, further, on_unit};
use super::decision::{Did, Draft, Subject};
use super::disposing::subject;
use super::packing::{hand, known, of_carton};
use super::people::authority;

/// Anybody takes a unit out of an open carton. A closed one is opened again by a lead or by quality, and its label is
/// scanned back once more.
pub(super) fn take_out(case: &Case<'_>, unit: &UnitId, reason: &str, by: Option<&Badge>) -> Answer {
    match by {
        Some(by) => authority(case, by, &Role::ALL)?,
        None => case.worker()?,
    };
    let (traveller, _) = subject(case, Some(unit))?;
    let of = |code| Refusal::new(code, Evidence { unit: Some(unit.clone()), ..Evidence::default() });
    if traveller.standing == Standing::Dispatched {
        return Err(of(Code::Dispatched));
    }
    let carton = known(case, traveller.packed.carton.as_ref().ok_or_else(|| of(Code::NotPacked))?)?;
    if let Some(shipment) = &carton.shipment {
        let evidence = Evidence { shipment: Some(shipment.clone()), ..Evidence::default() };
        return Err(of_carton(Code::AlreadyPacked, &carton.carton, evidence));
    }
    let mut drafts = Vec::new();
    let what = OfCarton { carton: carton.carton.clone() };
    if carton.closed {
        match by {
            Some(by) => authority(case, by, &[Role::Lead, Role::Quality])?,
            None => return Err(of_carton(Code::CartonClosed, &carton.carton, Evidence::default())),
        };
        let subject = Subject::Carton(carton.carton.clone());
        let about = hand(case.about(), by, Some(reason));
        drafts.push(Draft { subject, about, what: What::CartonReopened(what.clone()) });
    }
    let about = hand(case.about_unit(traveller), by, Some(reason));
    let about = if drafts.is_empty() { about } else { further(about) };
    drafts.push(on_unit(unit, about, What::UnitUnpacked(what)));
    done(Did::UnitUnpacked, Some(unit.clone()), drafts)
}
