//! A conforming unit is sent back, a scrap is reversed, a component in quarantine is judged; and how often a unit may
//! go back at all.

use crate::domain::event::About;
use crate::domain::id::{Badge, Serial, StepId, UnitId};
use crate::domain::refusal::{Code, Evidence, Refusal};
use crate::domain::reworking::Reworking;
use crate::domain::role::Role;
use crate::domain::route::{Route, Step};
use crate::domain::traveller::{Out, Standing, Traveller};
use crate::domain::way;
use crate::domain::what::{
    ComponentJudged, Fate, Nothing, Outcome, Piece, PutDown, Removed, SentBack, UnitClosed, What,
};

use super::case::{Answer, Case, done, not_held, on_unit, seen};
use super::decision::Did;
use super::disposing::{may_be_removed, refused, subject};
use super::leaving::not_packed;
use super::loads::not_inside;
use super::people::{authority, by_hand};
use super::{loading, opening};

/// From this version on the step that a unit goes back from is due again, wherever in its group it stands.
const GROUPS_GO_BACK: u32 = 5;

pub(super) fn decide(case: &Case<'_>, command: &Reworking) -> Answer {
    match command {
        Reworking::SendBack { unit, to, removed, reason, by } => {
            authority(case, by, &[Role::Lead])?;
            send_back(case, unit.as_ref(), (to, removed), reason, by)
        }
        Reworking::Reverse { unit, reason, by } => {
            authority(case, by, &[Role::Quality])?;
            reverse(case, unit, reason, by)
        }
        Reworking::Judge { unit, serial, fate, reason, by } => {
            authority(case, by, &[Role::Quality])?;
            judge(case, unit, (serial, *fate), reason, by)
        }
    }
}

/// A unit that nothing is wrong with goes back to a step that it passed. Whatever was done from there on is done again.
fn send_back(
    case: &Case<'_>,
    unit: Option<&UnitId>,
    (to, removed): (&StepId, &[Removed]),
    reason: &str,
    by: &Badge,
) -> Answer {
    let (traveller, route) = subject(case, unit)?;
    let gone = |code| Err(refused(code, traveller, Evidence::default()));
    match traveller.standing {
        Standing::InProcess | Standing::Complete => not_held(case, traveller)?,
        Standing::Nonconforming => return Err(opening::nonconforming(traveller)),
        Standing::Scrapped => return gone(Code::Scrapped),
        Standing::Dispatched => return gone(Code::Dispatched),
        Standing::Merged => return Err(opening::merged(traveller)),
        Standing::Unborn | Standing::Returned => return gone(Code::OutOfSequence),
    }
    not_inside(traveller)?;
    not_packed(traveller, Evidence { unit: traveller.unit.clone(), ..Evidence::default() })?;
    let (unit, route) = traveller.unit.as_ref().zip(route).ok_or_else(|| Refusal::bare(Code::RouteNotReleased))?;
    if let Some(component) = case.facts.component(unit.as_str()).filter(|c| c.in_unit.is_some()) {
        let (in_unit, event) = (component.in_unit.clone(), Some(component.event.clone()));
        return Err(refused(Code::AlreadyInstalled, traveller, Evidence { in_unit, event, ..Evidence::default() }));
    }
    let Some(target) = way::passed(traveller, route).find(|step| step.id == *to) else {
        let fits = way::passed(traveller, route).map(|step| step.id.to_string()).collect();
        return Err(refused(
            Code::BadInput,
            traveller,
            Evidence { step: Some(to.clone()), fits, ..Evidence::default() },
        ));
    };
    let from = traveller.due.as_ref().and_then(|due| route.step(&due.step)).unwrap_or(target);
    may_go_back(traveller, route, from)?;
    let at = route.position(to).unwrap_or(0);
    let due = due_behind(case, (traveller, route), at, (&target.id, &from.id));
    let outcome = Outcome::Rework { to: to.clone(), station: target.station.clone(), due: due.clone() };
    may_be_removed(traveller, &from.id, &outcome, removed)?;
    let is_open = case.open.unit.as_ref() == Some(unit);
    let mut drafts = if is_open { loading::traces_of_open(case, &[]) } else { Vec::new() };
    let (station, removed) = (target.station.clone(), removed.to_vec());
    let what = What::SentBack(SentBack { to: to.clone(), station, due, removed });
    let about = About { step: Some(from.id.clone()), ..case.about_unit(traveller) };
    drafts.push(on_unit(unit, by_hand(about, by, Some(reason)), what));
    if is_open {
        let about = by_hand(case.about_unit(traveller), by, None);
        drafts.push(seen(Some(traveller), about, What::UnitClosed(UnitClosed { why: PutDown::Done })));
    }
    done(Did::SentBack, Some(unit.clone()), drafts)
}

/// What is due again from a place on: what was done, the step itself, and the one that it goes back from. Instructions
/// of an earlier rework are not asked for again.
pub(super) fn due_again(
    traveller: &Traveller,
    route: &Route,
    at: usize,
    (to, from): (&StepId, &StepId),
) -> Vec<StepId> {
    let is_due = |s: &&Step| s.id == *to || s.id == *from || (!s.rework && traveller.passed.contains(&s.id));
    route.steps.iter().skip(at).filter(is_due).map(|s| s.id.clone()).collect()
}

/// The same for a unit in the middle of its route: in a group, the step that it goes back from may stand before that
/// place.
pub(super) fn due_behind(
    case: &Case<'_>,
    (traveller, route): (&Traveller, &Route),
    at: usize,
    (to, from): (&StepId, &StepId),
) -> Vec<StepId> {
    let before = route.steps.iter().take(at).filter(|s| s.id == *from && case.gate >= GROUPS_GO_BACK);
    before.map(|s| s.id.clone()).chain(due_again(traveller, route, at, (to, from))).collect()
}

/// Refuses a unit that went back as often as its route allows, in all or from that step.
pub(super) fn may_go_back(traveller: &Traveller, route: &Route, from: &Step) -> Result<(), Refusal> {
    let Some((count, most)) = traveller.rework.is_used_up(route, from) else { return Ok(()) };
    let evidence = Evidence {
        step: Some(from.id.clone()),
        tries: Some(count),
        allowed: Some(most),
        fits: ["scrap", "use-as-is"].map(str::to_owned).to_vec(),
        ..Evidence::default()
    };
    Err(refused(Code::AttemptsUsed, traveller, evidence))
}

/// A scrapped unit waits for a decision again, while nothing was taken out of it.
fn reverse(case: &Case<'_>, unit: &UnitId, reason: &str, by: &Badge) -> Answer {
    let (traveller, _) = subject(case, Some(unit))?;
    if traveller.standing != Standing::Scrapped {
        return Err(refused(Code::OutOfSequence, traveller, Evidence::default()));
    }
    if let Some(gone) = traveller.rework.stripped.first() {
        let is_it = |i: &&crate::domain::traveller::Installed| i.piece == Piece::Serial(gone.clone());
        let piece = traveller.installed.iter().rev().find(is_it);
        let (part, step) = piece.map(|i| (i.part.clone(), i.step.clone())).unzip();
        let evidence = Evidence { serial: Some(gone.clone()), part, step, ..Evidence::default() };
        return Err(refused(Code::MaterialMissing, traveller, evidence));
    }
    let about = by_hand(case.about_unit(traveller), by, Some(reason));
    done(Did::ScrapReversed, Some(unit.clone()), vec![on_unit(unit, about, What::ScrapReversed(Nothing))])
}

/// Quality decides about a component that waits for it: it may be used again, or it is scrap.
fn judge(case: &Case<'_>, unit: &UnitId, (serial, fate): (&Serial, Fate), reason: &str, by: &Badge) -> Answer {
    let (traveller, _) = subject(case, Some(unit))?;
    let of = Evidence { serial: Some(serial.clone()), ..Evidence::default() };
    let was_in = traveller.installed.iter().any(|i| i.piece == Piece::Serial(serial.clone()));
    if !was_in || fate == Fate::Quarantine {
        return Err(refused(Code::BadInput, traveller, of));
    }
    let waits = |i: &crate::domain::traveller::Installed| {
        i.piece == Piece::Serial(serial.clone()) && i.out == Some(Out::Removed(Fate::Quarantine))
    };
    let component = case.facts.component(serial.as_str());
    let is_here = component.is_some_and(|c| c.in_unit.is_none() && c.fate == Some(Fate::Quarantine));
    if !is_here || !traveller.installed.iter().any(waits) {
        let in_unit = component.and_then(|c| c.in_unit.clone());
        let code = if in_unit.is_some() { Code::AlreadyInstalled } else { Code::AlreadyRecorded };
        let event = component.map(|c| c.event.clone());
        return Err(refused(code, traveller, Evidence { in_unit, event, ..of }));
    }
    let about = by_hand(case.about_unit(traveller), by, Some(reason));
    let what = What::ComponentJudged(ComponentJudged { serial: serial.clone(), fate });
    done(Did::ComponentJudged, Some(unit.clone()), vec![on_unit(unit, about, what)])
}
