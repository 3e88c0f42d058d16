//! Whether a unit may leave the line: into a carton, onto a shipment, out of the house.

use crate::domain::event::Purpose;
use crate::domain::lacking::{Lack, lacking};
use crate::domain::refusal::{Code, Evidence, Refusal};
use crate::domain::route::Route;
use crate::domain::traveller::{Standing, Traveller};

use super::case::Case;
use super::{opening, subunits};

/// Refuses what may neither be packed nor loaded: what nobody may work on, what is made for something else than to be
/// sold, what is packed or loaded already, and what lacks a fact.
pub(super) fn may_leave_the_line(case: &Case<'_>, traveller: &Traveller, route: &Route) -> Result<(), Refusal> {
    opening::not_gone(case, traveller)?;
    if let Some(unit) = &traveller.unit {
        subunits::sound_inside(case, unit)?;
    }
    is_production(traveller)?;
    let (unit, event) = (traveller.unit.clone(), traveller.head.clone());
    not_packed(traveller, Evidence { unit, event, ..Evidence::default() })?;
    is_whole(traveller, route)
}

/// Refuses what is in a carton or on a shipment.
pub(super) fn not_packed(traveller: &Traveller, of: Evidence) -> Result<(), Refusal> {
    let (in_carton, shipment) = (traveller.packed.carton.clone(), traveller.packed.shipment.clone());
    if in_carton.is_none() && shipment.is_none() {
        return Ok(());
    }
    Err(Refusal::new(Code::AlreadyPacked, Evidence { in_carton, shipment, ..of }))
}

/// Refuses a unit that was made for something else than to be sold.
pub(super) fn is_production(traveller: &Traveller) -> Result<(), Refusal> {
    if traveller.purpose == Purpose::Production {
        return Ok(());
    }
    let kind = Some(traveller.purpose.word().to_owned());
    Err(Refusal::new(Code::NotProduction, Evidence { unit: traveller.unit.clone(), kind, ..Evidence::default() }))
}

/// Refuses a record that lacks a fact. A step that is still to come is none of its facts.
pub(super) fn is_whole(traveller: &Traveller, route: &Route) -> Result<(), Refusal> {
    let on_its_way = traveller.standing == Standing::InProcess;
    let missing = lacking(traveller, route).into_iter().find(|l| !(on_its_way && l.what == Lack::Step));
    let Some(missing) = missing else { return Ok(()) };
    let base = Evidence { unit: traveller.unit.clone(), step: Some(missing.step.id.clone()), ..Evidence::default() };
    let evidence = match missing.what {
        Lack::Order => Evidence { kind: Some("order".to_owned()), ..base },
        Lack::Variant => Evidence { kind: Some("variant".to_owned()), ..base },
        Lack::Load => Evidence { kind: Some("load".to_owned()), ..base },
        Lack::Step => base,
        Lack::Material { part, found, wanted } => {
            Evidence { part: Some(part.clone()), needed: Some(wanted.saturating_sub(found)), ..base }
        }
        Lack::Check { check, point } => Evidence { check: Some(check.id.clone()), point: point.cloned(), ..base },
        Lack::Passing { check, point, value } => {
            Evidence { check: Some(check.id.clone()), point: point.cloned(), value: Some(value), ..base }
        }
        Lack::Gauge { check, point, kind } => {
            Evidence { check: Some(check.id.clone()), point: point.cloned(), kind: Some(kind.to_owned()), ..base }
        }
        Lack::Signature(sign_off) => Evidence { role: Some(sign_off.role), ..base },
    };
    Err(Refusal::new(Code::IncompleteRecord, evidence))
}
