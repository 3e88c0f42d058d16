//! First pieces: taken up, approved by a second person, and given up.

use crate::domain::event::{About, How, Purpose};
use crate::domain::facts::{Ask, Facts};
use crate::domain::first_piece::{DropFirstPiece, FirstOf, FirstPiece, FirstPieceRule, FirstStands};
use crate::domain::id::{Badge, LotId, OrderId, PartId};
use crate::domain::refusal::{Code, Evidence, Refusal};
use crate::domain::role::Role;
use crate::domain::traveller::{Standing, State, Traveller};
use crate::domain::what::{FirstPieceApproved, FirstPieceBegun, Nothing, What};

use super::case::{Answer, Bench, Case, done, further, on_unit, seen};
use super::decision::{Did, Draft};
use super::fitness::Job;
use super::passing;
use super::people::{authority, by_hand};

/// Who may approve a first piece.
pub(super) const APPROVERS: [Role; 2] = [Role::Quality, Role::Lead];

/// What a unit that is taken up is made for, and under which order: of a new one its record does not say so yet.
#[derive(Clone, Copy)]
pub(super) struct Made<'a> {
    pub(super) order: Option<&'a OrderId>,
    pub(super) purpose: Purpose,
}

impl<'a> Made<'a> {
    pub(super) fn of(traveller: &'a Traveller) -> Self {
        Self { order: traveller.order.as_ref(), purpose: traveller.purpose }
    }
}

/// What the gate must know of the units that others wait for: one that is decided about elsewhere is waited for no
/// more.
pub(super) fn asks<'a>(open: &'a Traveller, facts: &'a Facts) -> impl Iterator<Item = Ask> + 'a {
    let waiting = facts.station.iter().flat_map(|station| station.first_pieces.all_waiting());
    let others = waiting.filter(|first| open.unit.as_ref() != Some(&first.unit));
    others.map(|first| Ask::Stand { unit: first.unit.clone(), of: String::new() })
}

/// What a unit becomes the first piece of as it is taken up; none where it is one already, or where none is asked for.
/// Refused while another one is not through. `alone` where whatever is open here makes room.
pub(super) fn taken_up(
    case: &Case<'_>,
    job: &Job<'_>,
    made: Made<'_>,
    alone: bool,
) -> Result<Option<FirstOf>, Refusal> {
    let asked = job.step.first_piece.as_ref().filter(|_| made.purpose == Purpose::Production);
    let Some((rule, at)) = asked.zip(case.station()) else { return Ok(None) };
    let Some(of) = rule.of(case.turn(), made.order, at) else { return Ok(None) };
    let Some(first) = at.first_pieces.of(&job.route.id, &job.step.id, &of) else { return Ok(Some(of)) };
    // The boards of a panel are one piece.
    let panel = |unit| job.route.place_on_panel(unit).map(|(panel, _)| panel);
    let together = panel(job.unit).is_some() && panel(job.unit) == panel(&first.unit);
    if first.unit == *job.unit || first.stands == FirstStands::Passed || (together && !is_gone(case, first)) {
        return Ok(None);
    }
    if is_gone(case, first) || (alone && first.stands == FirstStands::Open) {
        return Ok(Some(of));
    }
    Err(waits(first, job.evidence()))
}

/// Whether it was decided about it, or stopped, elsewhere: also while it lies open here.
fn is_gone(case: &Case<'_>, first: &FirstPiece) -> bool {
    let open = case.each_open().into_iter().map(|c| c.open).find(|t| t.unit.as_ref() == Some(&first.unit));
    if let Some(open) = open {
        return open.state() != State::InProcess;
    }
    case.facts.stand(&first.unit).is_some_and(|stand| stand.state != State::InProcess)
}

fn waits(first: &FirstPiece, of: Evidence) -> Refusal {
    let (order, lot) = match &first.of {
        FirstOf::Order(order) => (Some(order.clone()), None),
        FirstOf::Lot(lot) => (None, Some(lot.clone())),
        FirstOf::Shift(_) | FirstOf::Day(_) => (None, None),
    };
    let evidence = Evidence {
        first: Some(first.unit.clone()),
        step: Some(first.step.clone()),
        by: first.by.clone(),
        at: Some(first.at),
        event: Some(first.event.clone()),
        order,
        lot,
        ..of
    };
    Refusal::new(Code::FirstPiece, evidence)
}

/// That a unit is the first piece, as an event beside the one that opens it.
pub(super) fn begun(traveller: Option<&Traveller>, about: About, of: FirstOf) -> Draft {
    seen(traveller, further(about), What::FirstPieceBegun(FirstPieceBegun { of }))
}

/// A lot is loaded while a unit is open whose step asks for the first piece of each lot: that unit is the first piece
/// of this one.
pub(super) fn of_lot(case: &Case<'_>, bench: Bench<'_>, part: &PartId, lot: &LotId) -> Result<Option<Draft>, Refusal> {
    let is_asked = matches!(&bench.step.first_piece, Some(FirstPieceRule::Lot(of)) if of == part);
    let may_go_on = bench.traveller.standing == Standing::InProcess && !bench.traveller.is_held();
    if !is_asked || !may_go_on || bench.traveller.purpose != Purpose::Production {
        return Ok(None);
    }
    let of = FirstOf::Lot(lot.clone());
    match bench.at.first_pieces.of(&bench.route.id, &bench.step.id, &of) {
        Some(first) if first.unit == *bench.unit || first.stands == FirstStands::Passed => Ok(None),
        Some(first) if !is_gone(case, first) => Err(waits(first, Evidence::default())),
        Some(_) | None => {
            let about = case.about_step(bench.traveller, &bench.step.id);
            Ok(Some(begun(Some(bench.traveller), about, of)))
        }
    }
}

/// A second person approves the first piece: nothing else is missing.
pub(super) fn approve(case: &Case<'_>, bench: Bench<'_>, badge: &Badge) -> Answer {
    let step = &bench.step.id;
    let of = || Evidence { step: Some(step.clone()), ..Evidence::default() };
    let first = bench.at.first_pieces.waiting(bench.unit, step);
    let first = first.ok_or_else(|| Refusal::new(Code::AlreadyRecorded, of()))?;
    let person = authority(case, badge, &APPROVERS)?;
    let worked = bench.traveller.step(step).is_some_and(|s| s.attempts.iter().any(|a| a.workers.contains(badge)));
    if worked || case.operator() == Some(badge) {
        return Err(Refusal::new(Code::SecondPerson, Evidence { badge: Some(badge.clone()), ..of() }));
    }
    let role = APPROVERS.into_iter().find(|role| person.has(*role)).unwrap_or(Role::Quality);
    let what = FirstPieceApproved { name: person.name.clone(), role, of: first.of.clone() };
    let about = by_hand(case.about_step(bench.traveller, step), badge, None);
    let about = About { how: Some(How::Typed), ..about };
    let mut drafts = vec![on_unit(bench.unit, about, What::FirstPieceApproved(what))];
    let did = passing::advance(case, bench, &mut drafts, None).unwrap_or(Did::FirstPieceApproved);
    done(did, Some(bench.unit.clone()), drafts)
}

/// A first piece is none any more: it is gone for longer than the station can wait.
pub(super) fn drop(case: &Case<'_>, wanted: &DropFirstPiece) -> Answer {
    authority(case, &wanted.by, &APPROVERS)?;
    let station = case.station().ok_or_else(|| Refusal::bare(Code::BadInput))?;
    let first = station.first_pieces.all_waiting().find(|first| first.unit == wanted.unit);
    let Some(first) = first else {
        let (unit, station) = (Some(wanted.unit.clone()), station.station.clone());
        return Err(Refusal::new(Code::NothingOpen, Evidence { unit, station, ..Evidence::default() }));
    };
    let open = Some(case.open).filter(|t| t.unit.as_ref() == Some(&wanted.unit));
    let traveller = open.or_else(|| case.facts.other(wanted.unit.as_str()).map(|o| o.traveller.as_ref()));
    let about = traveller.map_or_else(|| case.about(), |t| case.about_unit(t));
    let about = About {
        step: Some(first.step.clone()),
        corrects: Some(first.event.clone()),
        ..by_hand(about, &wanted.by, Some(&wanted.reason))
    };
    let what = What::FirstPieceDropped(Nothing);
    done(Did::FirstPieceDropped, Some(wanted.unit.clone()), vec![seen(traveller, about, what)])
}
