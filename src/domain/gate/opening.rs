//! Taking a unit up: where it is due, and only if nothing forbids it. A new unit begins here.

use crate::domain::event::About;
use crate::domain::facts::{Other, Release};
use crate::domain::gs1::AI_SERIAL;
use crate::domain::id::UnitId;
use crate::domain::item::Item;
use crate::domain::refusal::{Code, Evidence, Refusal};
use crate::domain::route::{Route, Start, Step};
use crate::domain::station::Pending;
use crate::domain::traveller::{Standing, Traveller};
use crate::domain::what::{Next, PutDown, UnitClosed, UnitOpened, UnitStarted, What};

use super::case::{Answer, Case, done, further, not_held, on_unit, seen, stands};
use super::decision::{Did, Draft};
use super::said::Said;

/// The open unit was scanned again: nothing changes.
pub(super) fn again(case: &Case<'_>) -> Answer {
    not_held(case.open)?;
    let opened = case.open.open.as_ref().map(|o| o.event.clone());
    stands(Did::UnitOpened, case.open.unit.clone(), opened)
}

/// Another unit was scanned: it is opened at the step it is due for.
pub(super) fn open(case: &Case<'_>, other: &Other) -> Answer {
    case.worker()?;
    let Some(unit) = other.traveller.unit.clone() else { return Err(Refusal::bare(Code::UnknownLabel)) };
    if case.is_another_product(&unit, other.route.as_deref()) {
        let Evidence { event, .. } = evidence(&other.traveller);
        let evidence = Evidence { unit: Some(unit), gtin: case.gtin(), event, ..Evidence::default() };
        return Err(Refusal::new(Code::DuplicateSerial, evidence));
    }
    if case.open.touched() {
        let evidence = Evidence {
            unit: case.open.unit.clone(),
            step: case.open.due.as_ref().map(|d| d.step.clone()),
            label: Some(unit.to_string()),
            ..Evidence::default()
        };
        return Err(Refusal::new(Code::UnitOpen, evidence));
    }
    if let Some(route) = &other.route {
        let evidence = || Evidence { unit: Some(unit.clone()), route: Some(route.id.clone()), ..Evidence::default() };
        case.scanned_where(route.identifier.typed, evidence)?;
    }
    if other.traveller.exists() { reopen(case, &unit, other) } else { begin(case, &unit, other) }
}

/// A label of a route's product, without a number that its units have, or without the field for it.
pub(super) fn no_number(case: &Case<'_>, release: &Release, said: &Said<'_>) -> Answer {
    case.worker()?;
    let serial = said.item.as_ref().and_then(Item::serial);
    let refusal = case.about_label(Code::WrongIdentifier);
    let evidence = Evidence {
        route: Some(release.route.clone()),
        revision: Some(release.revision.clone()),
        field: serial.is_none().then(|| AI_SERIAL.to_owned()),
        event: Some(release.event.clone()),
        ..*refusal.evidence
    };
    Err(Refusal::new(Code::WrongIdentifier, evidence))
}

fn reopen(case: &Case<'_>, unit: &UnitId, other: &Other) -> Answer {
    let traveller = other.traveller.as_ref();
    may_be_worked_on(traveller)?;
    let route = other.route.as_deref().ok_or_else(|| about(Code::RouteNotReleased, traveller))?;
    let due = traveller.due.as_ref().ok_or_else(|| about(Code::AlreadyPassed, traveller))?;
    let step = route.step(&due.step).ok_or_else(|| about(Code::RouteChanged, traveller))?;
    right_place(case, unit, step)?;
    right_person(case, unit, step)?;
    if traveller.failed_attempts(&step.id) >= step.attempts {
        let evidence = Evidence { step: Some(step.id.clone()), allowed: Some(step.attempts), ..evidence(traveller) };
        return Err(Refusal::new(Code::AttemptsUsed, evidence));
    }
    not_open_elsewhere(case, traveller)?;
    let mut drafts = put_down(case);
    let last_worker = traveller.current(&step.id).and_then(|a| a.workers.last());
    let takeover_from = last_worker.filter(|w| Some(*w) != case.operator()).cloned();
    let about = About { step: Some(step.id.clone()), ..case.about_unit(traveller) };
    drafts.push(seen(
        Some(traveller),
        about,
        What::UnitOpened(UnitOpened { takeover_from, supervisor: None, due: None }),
    ));
    done(Did::UnitOpened, Some(unit.clone()), drafts)
}

fn begin(case: &Case<'_>, unit: &UnitId, other: &Other) -> Answer {
    let known = || other.route.as_deref().zip(case.facts.claim.as_ref());
    let (route, release) = known().ok_or_else(|| Refusal::bare(Code::UnknownLabel))?;
    if release.withdrawn {
        let evidence = Evidence {
            unit: Some(unit.clone()),
            route: Some(release.route.clone()),
            revision: Some(release.revision.clone()),
            event: Some(release.event.clone()),
            ..Evidence::default()
        };
        return Err(Refusal::new(Code::RouteWithdrawn, evidence));
    }
    let first = route.first().ok_or_else(|| Refusal::bare(Code::RouteChanged))?;
    right_place(case, unit, first)?;
    right_person(case, unit, first)?;
    if let Some(component) = case.facts.component(unit.as_str()).filter(|c| c.in_unit.is_some()) {
        let evidence = Evidence {
            unit: Some(unit.clone()),
            in_unit: component.in_unit.clone(),
            event: Some(component.event.clone()),
            ..Evidence::default()
        };
        return Err(Refusal::new(Code::DuplicateSerial, evidence));
    }
    if route.identifier.start == Start::Twice && !asked_back(case, unit) {
        let evidence = Evidence {
            unit: Some(unit.clone()),
            route: Some(route.id.clone()),
            revision: Some(route.revision.clone()),
            ..Evidence::default()
        };
        return Err(Refusal::new(Code::ConfirmStart, evidence));
    }
    let mut drafts = put_down(case);
    drafts.extend(start(case, unit, route, first));
    done(Did::UnitOpened, Some(unit.clone()), drafts)
}

fn start(case: &Case<'_>, unit: &UnitId, route: &Route, first: &Step) -> [Draft; 2] {
    let about = About {
        unit: Some(unit.clone()),
        route: Some(route.id.clone()),
        revision: Some(route.revision.clone()),
        ..case.about()
    };
    let next = Next { step: first.id.clone(), station: first.station.clone() };
    let started = on_unit(unit, about.clone(), What::UnitStarted(UnitStarted { first: next, variant: None }));
    let about = further(About { step: Some(first.id.clone()), ..about });
    [started, seen(None, about, What::UnitOpened(UnitOpened { takeover_from: None, supervisor: None, due: None }))]
}

/// Whether the last answer asked for this very label again.
fn asked_back(case: &Case<'_>, unit: &UnitId) -> bool {
    let pending = case.station().and_then(|s| s.pending.as_ref());
    matches!(pending, Some(Pending::Start(asked)) if asked == unit)
}

/// The open unit, in whose step nothing is recorded, makes room.
fn put_down(case: &Case<'_>) -> Vec<Draft> {
    if case.open.unit.is_none() {
        return Vec::new();
    }
    let closed = What::UnitClosed(UnitClosed { why: PutDown::Switched });
    let about = further(case.about_unit(case.open));
    vec![seen(Some(case.open), about, closed)]
}

fn evidence(traveller: &Traveller) -> Evidence {
    let (route, revision) = traveller.route.clone().unzip();
    Evidence { unit: traveller.unit.clone(), route, revision, event: traveller.head.clone(), ..Evidence::default() }
}

fn about(code: Code, traveller: &Traveller) -> Refusal {
    Refusal::new(code, evidence(traveller))
}

/// Refuses units that nobody may work on.
fn may_be_worked_on(traveller: &Traveller) -> Result<(), Refusal> {
    match traveller.standing {
        Standing::Scrapped => return Err(about(Code::Scrapped, traveller)),
        Standing::Dispatched => return Err(about(Code::Dispatched, traveller)),
        Standing::Complete => {
            not_held(traveller)?;
            return Err(about(Code::AlreadyPassed, traveller));
        }
        Standing::Nonconforming | Standing::InProcess | Standing::Unborn => {}
    }
    not_held(traveller)?;
    if traveller.standing == Standing::Nonconforming {
        return Err(nonconforming(traveller));
    }
    Ok(())
}

/// The refusal of a nonconforming unit, with what failed.
pub(super) fn nonconforming(traveller: &Traveller) -> Refusal {
    let step = traveller.due.as_ref().map(|d| d.step.clone());
    let attempt = step.as_ref().and_then(|s| traveller.current(s));
    let failed = attempt.and_then(|a| a.failed());
    let ending = attempt.and_then(|a| a.result.as_ref());
    Refusal::new(
        Code::Nonconforming,
        Evidence {
            step,
            check: failed.map(|o| o.check.clone()),
            point: failed.and_then(|o| o.point.clone()),
            value: failed.map(|o| o.value.clone()),
            reason: ending.and_then(|e| e.reason.clone()),
            at: ending.map(|e| e.at),
            by: ending.and_then(|e| e.by.clone()),
            ..evidence(traveller)
        },
    )
}

fn right_place(case: &Case<'_>, unit: &UnitId, step: &Step) -> Result<(), Refusal> {
    let place = case.now.station.as_ref();
    if place.is_some_and(|p| p.class == step.station) {
        return Ok(());
    }
    Err(Refusal::new(
        Code::WrongStation,
        Evidence {
            unit: Some(unit.clone()),
            due_step: Some(step.id.clone()),
            due_station: Some(step.station.clone()),
            station: place.map(|p| p.station.clone()),
            ..Evidence::default()
        },
    ))
}

/// Refuses a person who lacks the role that the step asks for.
pub(super) fn right_person(case: &Case<'_>, unit: &UnitId, step: &Step) -> Result<(), Refusal> {
    let worker = case.worker()?;
    if worker.has(step.role) {
        return Ok(());
    }
    Err(Refusal::new(
        Code::Role,
        Evidence {
            unit: Some(unit.clone()),
            step: Some(step.id.clone()),
            role: Some(step.role),
            badge: Some(worker.badge.clone()),
            ..Evidence::default()
        },
    ))
}

/// A unit with unfinished work on another bench is not pulled from under somebody's hands.
fn not_open_elsewhere(case: &Case<'_>, traveller: &Traveller) -> Result<(), Refusal> {
    let here = case.now.station.as_ref().map(|p| &p.station);
    let Some(opened) = traveller.open.as_ref().filter(|o| Some(&o.station) != here && traveller.touched()) else {
        return Ok(());
    };
    Err(Refusal::new(
        Code::UnitOpen,
        Evidence {
            station: Some(opened.station.clone()),
            by: opened.by.clone(),
            at: Some(opened.at),
            event: Some(opened.event.clone()),
            unit: traveller.unit.clone(),
            ..Evidence::default()
        },
    ))
}
