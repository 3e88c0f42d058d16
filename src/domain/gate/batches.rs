//! Batches: pieces that go into a batch of their own, and batches that become one again.
//!
//! A batch is split and merged between two steps: what is recorded in a step is about all of its pieces. Only pieces
//! that fail are put aside within one, and then they are nonconforming.

use crate::domain::batch::{KIN_MOST, PIECES_MOST};
use crate::domain::command::Batch;
use crate::domain::event::About;
use crate::domain::facts::Ask;
use crate::domain::id::{Badge, DefectId, PartId, Serial, StepId, UnitId};
use crate::domain::number::Number;
use crate::domain::refusal::{Code, Evidence, Refusal};
use crate::domain::role::Role;
use crate::domain::route::Route;
use crate::domain::traveller::{Standing, Traveller};
use crate::domain::what::{
    BatchBegun, BatchJoined, BatchMerged, BatchSplit, DoneBefore, Failure, PutDown, Stands, StepFailed, UnitClosed,
    UnitHeld, What,
};

use super::case::{Answer, Case, done, further, not_held, on_unit, seen};
use super::decision::{Did, Draft};
use super::disposing::subject;
use super::leaving::not_packed;
use super::people::{authority, by_hand};
use super::settling::unbroken;
use super::{loading, opening, paper};

/// What must be known before pieces move.
pub(super) fn asks(batch: &Batch, all: &mut Vec<Ask>) {
    match batch {
        Batch::Split { into, .. } | Batch::Reject { into, .. } => of_new_number(into, all),
        Batch::Merge { from, .. } => all.push(Ask::Beside(from.clone())),
    }
}

/// What must be known of a number before it is a unit's or a label's.
pub(super) fn of_new_number(number: &UnitId, all: &mut Vec<Ask>) {
    all.push(Ask::Stand { unit: number.clone(), of: String::new() });
    all.push(Ask::Tag(number.clone()));
    all.extend(Serial::parse(number.as_str()).ok().map(Ask::Component));
}

/// Does what is said about pieces.
pub(super) fn act(case: &Case<'_>, batch: &Batch) -> Answer {
    match batch {
        Batch::Split { unit, pieces, into, by } => split(case, unit.as_ref(), *pieces, into, by.as_ref()),
        Batch::Merge { unit, from, by } => merge(case, unit.as_ref(), from, by.as_ref()),
        Batch::Reject { pieces, into, reason } => reject(case, *pieces, into, reason),
    }
}

/// Whoever is signed on, or proves who it is by badge and PIN.
fn by_whom(case: &Case<'_>, by: Option<&Badge>) -> Result<(), Refusal> {
    match by {
        None => case.worker().map(|_here| ()),
        Some(by) => authority(case, by, &Role::ALL).map(|_known| ()),
    }
}

fn as_whom(about: About, by: Option<&Badge>) -> About {
    match by {
        None => about,
        Some(by) => by_hand(about, by, None),
    }
}

fn evidence(traveller: &Traveller) -> Evidence {
    Evidence { unit: traveller.unit.clone(), event: traveller.head.clone(), ..Evidence::default() }
}

/// Refuses what is no batch, what is none any more, and one in whose step something is recorded.
fn may_move(case: &Case<'_>, traveller: &Traveller) -> Result<Stands, Refusal> {
    let of = || evidence(traveller);
    if traveller.batch.is_none() {
        return Err(Refusal::new(Code::BadInput, of()));
    }
    let stands = match traveller.standing {
        Standing::InProcess => Stands::InProcess,
        Standing::Nonconforming => Stands::Nonconforming,
        Standing::Complete => Stands::Complete,
        Standing::Scrapped => return Err(Refusal::new(Code::Scrapped, of())),
        Standing::Dispatched => return Err(Refusal::new(Code::Dispatched, of())),
        Standing::Merged => return Err(opening::merged(traveller)),
        Standing::Returned => return Err(Refusal::new(Code::Nonconforming, of())),
        Standing::Unborn => return Err(Refusal::new(Code::UnknownUnit, of())),
    };
    not_packed(traveller, of())?;
    unbroken(case, traveller)?;
    paper::in_order(case, traveller)?;
    if traveller.touched() || traveller.in_load.is_some() {
        let step = traveller.due.as_ref().map(|d| d.step.clone());
        return Err(Refusal::new(Code::UnitOpen, Evidence { step, ..of() }));
    }
    Ok(stands)
}

/// Refuses to take more than there is: at least one piece stays.
fn leaves_some(traveller: &Traveller, pieces: u32) -> Result<(), Refusal> {
    let there = traveller.pieces().unwrap_or(0);
    if pieces > 0 && pieces < there && traveller.batch.as_ref().is_some_and(|b| b.split.len() < KIN_MOST) {
        return Ok(());
    }
    let left = Some(Number::whole(there.saturating_sub(1)));
    Err(Refusal::new(Code::TooMany, Evidence { pieces: Some(pieces), left, ..evidence(traveller) }))
}

/// Refuses a number that is no new one of the route's batches.
pub(super) fn is_new(case: &Case<'_>, route: &Route, into: &UnitId) -> Result<(), Refusal> {
    let (route_id, revision) = (Some(route.id.clone()), Some(route.revision.clone()));
    let of = Evidence { unit: Some(into.clone()), ..Evidence::default() };
    if !route.identifier.pattern.matches(into.as_str()) {
        let label = Some(into.to_string());
        let evidence = Evidence { label, route: route_id, revision, ..Evidence::default() };
        return Err(Refusal::new(Code::WrongIdentifier, evidence));
    }
    if let Some(stand) = case.facts.stand(into) {
        return Err(Refusal::new(Code::DuplicateSerial, Evidence { event: Some(stand.head.clone()), ..of }));
    }
    if let Some(tag) = case.facts.tags.iter().find(|tag| tag.label == *into) {
        let (in_unit, event) = (Some(tag.unit.clone()), Some(tag.event.clone()));
        return Err(Refusal::new(Code::DuplicateSerial, Evidence { in_unit, event, ..of }));
    }
    if let Some(component) = case.facts.component(into.as_str()) {
        let (in_unit, event) = (component.in_unit.clone(), Some(component.event.clone()));
        return Err(Refusal::new(Code::DuplicateSerial, Evidence { in_unit, event, ..of }));
    }
    Ok(())
}

/// What was done on the pieces so far, as another batch takes it along.
fn done_so_far(traveller: &Traveller, route: &Route) -> Vec<DoneBefore> {
    let uses = |step: &StepId| -> Vec<(&PartId, u32)> {
        route.step(step).map(|s| s.uses.iter().map(|(part, each)| (part, *each)).collect()).unwrap_or_default()
    };
    traveller.done_so_far(uses)
}

/// Pieces go from one batch into a new one.
struct Parting<'a> {
    traveller: &'a Traveller,
    route: &'a Route,
    pieces: u32,
    into: &'a UnitId,
    stands: Stands,
    /// What the events say beside what they are about.
    about: About,
}

impl Parting<'_> {
    /// What events about the new batch say.
    fn about_new(&self) -> About {
        About { unit: Some(self.into.clone()), pieces: Some(self.pieces), ..further(self.about.clone()) }
    }

    fn drafts(&self) -> Option<Vec<Draft>> {
        let Self { traveller, route, pieces, into, .. } = self;
        let unit = traveller.unit.as_ref()?;
        let stays = traveller.pieces()?.saturating_sub(*pieces);
        let split = What::BatchSplit(BatchSplit { into: (*into).clone(), took: *pieces });
        let begun = What::BatchBegun(BatchBegun {
            from: unit.clone(),
            stands: self.stands,
            due: traveller.due.clone(),
            variant: traveller.variant.clone(),
            passed: traveller.passed.clone(),
            drawn: traveller.drawn.clone(),
            skipped: traveller.skipped.clone(),
            excused: traveller.excused.clone(),
            done: done_so_far(traveller, route),
            treated: traveller.treated.clone(),
            loops: traveller.rework.loops.clone(),
            times: traveller.rework.times_told(),
        });
        let mut drafts = vec![
            on_unit(unit, About { pieces: Some(stays), ..self.about.clone() }, split),
            on_unit(into, self.about_new(), begun),
        ];
        // A hold of the pieces stays with the pieces.
        for held in &traveller.holds {
            let about = About { reason: Some(held.reason.clone()), ..self.about_new() };
            drafts.push(on_unit(into, about, What::UnitHeld(UnitHeld { of: held.of.clone() })));
        }
        Some(drafts)
    }
}

fn split(case: &Case<'_>, unit: Option<&UnitId>, pieces: u32, into: &UnitId, by: Option<&Badge>) -> Answer {
    by_whom(case, by)?;
    let (traveller, route) = subject(case, unit)?;
    let stands = may_move(case, traveller)?;
    let route = route.ok_or_else(|| Refusal::bare(Code::RouteNotReleased))?;
    leaves_some(traveller, pieces)?;
    is_new(case, route, into)?;
    let about = as_whom(case.about_unit(traveller), by);
    let drafts = Parting { traveller, route, pieces, into, stands, about }.drafts();
    done(Did::BatchSplit, traveller.unit.clone(), drafts.unwrap_or_default())
}

/// Pieces of the open batch fail its step. What is loaded for it may be in them; how many of it, nobody knows.
fn reject(case: &Case<'_>, pieces: u32, into: &UnitId, reason: &str) -> Answer {
    let bench = case.work()?;
    let (traveller, route, step) = (bench.traveller, bench.route, &bench.step.id);
    match traveller.standing {
        Standing::InProcess if traveller.batch.is_some() => {}
        Standing::Nonconforming => return Err(opening::nonconforming(traveller)),
        Standing::InProcess
        | Standing::Complete
        | Standing::Scrapped
        | Standing::Dispatched
        | Standing::Returned
        | Standing::Merged
        | Standing::Unborn => return Err(Refusal::new(Code::BadInput, evidence(traveller))),
    }
    leaves_some(traveller, pieces)?;
    is_new(case, route, into)?;
    let defect = DefectId::parse(reason).ok().filter(|d| route.defects.contains_key(d));
    let about = case.about_step(traveller, step);
    let parting = Parting { traveller, route, pieces, into, stands: Stands::InProcess, about };
    let mut drafts = parting.drafts().unwrap_or_default();
    let traces = loading::perhaps_in(case, bench).into_iter();
    drafts.extend(traces.map(|d| on_unit(into, About { how: d.about.how, ..parting.about_new() }, d.what)));
    let about = About { reason: Some(reason.to_owned()), ..parting.about_new() };
    drafts.push(on_unit(into, about, What::StepFailed(StepFailed { because: Failure::Operator, defect })));
    done(Did::PiecesRejected, Some(bench.unit.clone()), drafts)
}

/// All pieces of another batch go into this one: of the same make, and at the same place of the route.
fn merge(case: &Case<'_>, unit: Option<&UnitId>, from: &UnitId, by: Option<&Badge>) -> Answer {
    by_whom(case, by)?;
    let (into, route) = subject(case, unit)?;
    let of_other = Evidence { unit: Some(from.clone()), ..Evidence::default() };
    if into.unit.as_ref() == Some(from) {
        return Err(Refusal::new(Code::BadInput, of_other));
    }
    let other = case.facts.beside.as_ref().map(|o| o.traveller.as_ref()).filter(|t| t.exists());
    let other = other.ok_or_else(|| Refusal::new(Code::UnknownUnit, of_other))?;
    let (unit, route) = into.unit.as_ref().zip(route).ok_or_else(|| Refusal::bare(Code::RouteNotReleased))?;
    for one in [into, other] {
        if may_move(case, one)? == Stands::Nonconforming {
            return Err(Refusal::new(Code::Nonconforming, evidence(one)));
        }
        not_held(case, one)?;
    }
    alike(into, other)?;
    let (here, brought) = (into.pieces().unwrap_or(0), other.pieces().unwrap_or(0));
    let total = here.saturating_add(brought);
    if total > PIECES_MOST || into.batch.as_ref().is_some_and(|b| b.joined.len() >= KIN_MOST) {
        let left = Some(Number::whole(PIECES_MOST.saturating_sub(here)));
        return Err(Refusal::new(Code::TooMany, Evidence { pieces: Some(brought), left, ..evidence(into) }));
    }
    let (loops, times) = (other.rework.loops.clone(), other.rework.times_told());
    let joined = BatchJoined { from: from.clone(), brought, done: done_so_far(other, route), loops, times };
    let about = as_whom(case.about_unit(into), by);
    let mut drafts = vec![on_unit(unit, About { pieces: Some(total), ..about }, What::BatchJoined(joined))];
    let about = further(as_whom(case.about_unit(other), by));
    let merged = What::BatchMerged(BatchMerged { into: unit.clone() });
    drafts.push(on_unit(from, About { pieces: Some(0), ..about.clone() }, merged));
    if case.open.unit.as_ref() == Some(from) {
        drafts.push(seen(Some(other), about, What::UnitClosed(UnitClosed { why: PutDown::Done })));
    }
    done(Did::BatchMerged, Some(unit.clone()), drafts)
}

/// Refuses two batches that differ in anything that counts for what is still to be done on them.
fn alike(one: &Traveller, other: &Traveller) -> Result<(), Refusal> {
    let text = |part: Option<&str>| part.unwrap_or("-").to_owned();
    let differs = |field: &str, a: String, b: String| {
        let (in_unit, field, fits) = (one.unit.clone(), Some(field.to_owned()), vec![a, b]);
        Err(Refusal::new(Code::NotAlike, Evidence { in_unit, field, fits, ..evidence(other) }))
    };
    let (a, b) = (one.route.as_ref(), other.route.as_ref());
    if a.map(|r| &r.0) != b.map(|r| &r.0) {
        return differs("route", text(a.map(|r| r.0.as_str())), text(b.map(|r| r.0.as_str())));
    }
    if a != b {
        return differs("revision", text(a.map(|r| r.1.as_str())), text(b.map(|r| r.1.as_str())));
    }
    if one.variant != other.variant {
        return differs("variant", text(one.variant.as_deref()), text(other.variant.as_deref()));
    }
    let order = |t: &Traveller| text(t.order.as_ref().map(AsRef::as_ref));
    if one.order != other.order {
        return differs("order", order(one), order(other));
    }
    if one.purpose != other.purpose {
        return differs("purpose", String::new(), String::new());
    }
    let due = |t: &Traveller| text(t.due.as_ref().map(|d| d.step.as_str()));
    let same = |a: &[StepId], b: &[StepId]| a.iter().all(|s| b.contains(s)) && b.iter().all(|s| a.contains(s));
    let at_one_place = one.due == other.due
        && same(&one.passed, &other.passed)
        && same(&one.skipped, &other.skipped)
        && same(&one.drawn, &other.drawn)
        && same(&one.excused, &other.excused);
    if !at_one_place || began_ahead(one) || began_ahead(other) {
        return differs("step", due(one), due(other));
    }
    let mut through = one.treated.iter().chain(&other.treated).map(|treated| &treated.step);
    if let Some(step) = through.find(|step| one.treated(step).is_some() != other.treated(step).is_some()) {
        let load = |t: &Traveller| text(t.treated(step).map(|treated| treated.load.as_str()));
        return differs("load", load(one), load(other));
    }
    Ok(())
}

/// Whether anything was ever done at a step that is still to be passed.
fn began_ahead(traveller: &Traveller) -> bool {
    let own = traveller.steps.iter().map(|s| &s.step);
    let before = traveller.batch.iter().flat_map(|b| &b.done).map(|d| &d.step);
    own.chain(before).any(|step| !traveller.passed.contains(step))
}
