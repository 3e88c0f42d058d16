//! A unit moves to another revision of its route: which steps count, and what becomes due.
//!
//! A step counts where the new revision asks for the same. Words (title, document, instructions), and what concerns a
//! failure only, may differ.

use serde::{Deserialize, Serialize};

use super::event::{Event, Link};
use super::id::{Badge, PartId, Revision, RouteId, StepId, UnitId};
use super::route::{Check, CheckKind, Expect, Route, Step};
use super::time::At;
use super::traveller::Traveller;
use super::way;
use super::what::{Again, Because, Mapped, MovePlan, Piece, RouteMoved};

/// Steps that one command may map.
pub const MAPPED_MOST: usize = 100;

/// A lead moves a unit.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct RouteMove {
    /// Which unit.
    pub unit: UnitId,
    /// The route that it is on.
    pub route: RouteId,
    /// The revision that it is to have.
    pub to: Revision,
    /// Steps that go by another name there.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub mapped: Vec<Mapped>,
    /// The unit's last event when the plan was shown; none: nobody looked at it.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub seen: Option<Link>,
    /// Why.
    pub reason: String,
    /// Who.
    pub by: Badge,
}

/// A move as the record keeps it, until somebody who works on the unit has seen it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Moved {
    /// The revision before.
    pub from: Revision,
    /// The revision since.
    pub to: Revision,
    /// What became due.
    pub again: Vec<Again>,
    /// Why.
    pub reason: String,
    /// Who.
    pub by: Option<Badge>,
    /// When.
    pub at: At,
    /// Which event.
    pub event: Link,
    /// Who acknowledged it at a bench; none yet.
    pub seen_by: Option<Badge>,
}

/// Why a unit cannot move.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Immovable {
    /// The unit passed a step that the new revision does not have.
    NoSuchStep(StepId),
    /// A step is mapped that the unit's revision does not have, or to one that the new revision does not have; or
    /// twice, or to one that the unit has a record of.
    BadMap(Mapped),
    /// The new revision has no units of that number.
    Number,
    /// The new revision does not have the unit's variant.
    Variant,
    /// Something is recorded in the open step, and the new revision asks for something else there.
    HalfDone(StepId),
    /// Nothing would be due.
    NothingDue,
}

/// What becomes of a unit's steps in another revision.
pub fn plan(unit: &Traveller, old: &Route, new: &Route, mapped: &[Mapped]) -> Result<MovePlan, Immovable> {
    planned(unit, (old, new), mapped, true)
}

/// The same. In older records the step that was due is due also where the unit is spared it now.
pub(super) fn planned(
    unit: &Traveller,
    (old, new): (&Route, &Route),
    mapped: &[Mapped],
    spares_due: bool,
) -> Result<MovePlan, Immovable> {
    sound(unit, old, new, mapped)?;
    if let (true, Some(number)) = (unit.is_sample(), &unit.unit) {
        let due = new.golden_step(number.as_str()).map(way::next).ok_or(Immovable::Number)?;
        return Ok(MovePlan { due, counts: Vec::new(), again: Vec::new(), left_out: Vec::new() });
    }
    let number = unit.unit.as_ref().is_some_and(|number| new.identifier.pattern.matches(number.as_str()));
    if !number {
        return Err(Immovable::Number);
    }
    let variant = unit.variant.as_deref();
    if variant.is_some_and(|variant| !new.variants.contains_key(variant)) {
        return Err(Immovable::Variant);
    }
    let named = |step: &StepId| renamed(step, mapped).clone();
    if let Some(gone) = unit.passed.iter().find(|step| new.step(&named(step)).is_none()) {
        return Err(Immovable::NoSuchStep(gone.clone()));
    }
    let due = unit.due.as_ref().map(|due| &due.step);
    let moving = Moving { unit, old, new, mapped, spares_due };
    // What went through a load is half done.
    if let Some(half) = due.filter(|due| unit.touched() || unit.treated(due).is_some())
        && new.step(&named(half)).is_none_or(|step| moving.difference(step).is_some())
    {
        return Err(Immovable::HalfDone(half.clone()));
    }
    moving.plan(due.map(named).as_ref())
}

/// A unit between two revisions.
#[derive(Clone, Copy)]
struct Moving<'a> {
    unit: &'a Traveller,
    old: &'a Route,
    new: &'a Route,
    mapped: &'a [Mapped],
    spares_due: bool,
}

impl Moving<'_> {
    /// What becomes of its steps. Whatever need not be done by every unit is not asked for afterwards.
    fn plan(&self, was_due: Option<&StepId>) -> Result<MovePlan, Immovable> {
        let (mut counts, mut again, mut left_out, mut ahead) = (Vec::new(), Vec::new(), Vec::new(), None);
        let place = self.place();
        for (at, step) in self.new.steps.iter().enumerate() {
            if self.is_spared(step) {
                left_out.push(step.id.clone());
                continue;
            }
            if !self.has(step) {
                continue;
            }
            let passed = self.unit.passed.contains(self.before(step));
            let because = if passed { self.difference(step) } else { Some(Because::New) };
            match because {
                None => counts.push(step.id.clone()),
                Some(Because::New) if at < place && (step.optional || step.sample.is_some()) => {
                    left_out.push(step.id.clone());
                }
                Some(because) if passed || at < place => again.push(Again { step: step.id.clone(), because }),
                Some(_) => ahead = ahead.or(Some(step)),
            }
        }
        let first = again.first().and_then(|again: &Again| self.new.step(&again.step));
        let is_left_out = |step: &Step| self.spares_due && left_out.contains(&step.id);
        let was_due = was_due.and_then(|due| self.new.step(due)).filter(|step| self.has(step) && !is_left_out(step));
        let due = way::next(first.or(was_due).or(ahead).ok_or(Immovable::NothingDue)?);
        Ok(MovePlan { due, counts, again, left_out })
    }

    /// The name that a step had before.
    fn before<'s>(&'s self, step: &'s Step) -> &'s StepId {
        self.mapped.iter().find(|m| m.to == step.id).map_or(&step.id, |m| &m.from)
    }

    /// Whether the unit was spared a step, and still is: not every unit has it in the new revision either.
    fn is_spared(&self, step: &Step) -> bool {
        self.unit.skipped.contains(self.before(step)) && (step.optional || step.sample.is_some())
    }

    /// Whether the unit has a step in the new revision. What only rework leads to it has where that did.
    fn has(&self, step: &Step) -> bool {
        let is_there = !step.rework || self.unit.rework.led_to(self.before(step));
        step.is_of(self.unit.variant.as_deref()) && is_there && !self.is_spared(step)
    }

    /// How far the unit came, in the new revision: the step that was due, or what follows the last one that it passed.
    fn place(&self) -> usize {
        let at = |step: &StepId| self.new.position(renamed(step, self.mapped));
        let due = self.unit.due.as_ref().and_then(|due| at(&due.step));
        let last = self.unit.passed.iter().filter_map(at).map(|at| at + 1).max();
        let in_group = |at: usize| self.new.steps.get(at).is_some_and(|s| s.group.is_some());
        match (due, last) {
            (Some(due), Some(last)) if !in_group(due) => due.max(last),
            (Some(due), _) => due,
            (None, last) => last.unwrap_or(0),
        }
    }

    /// What the new revision asks for otherwise at a step; none where it asks for the same.
    fn difference(&self, after: &Step) -> Option<Because> {
        let Self { unit, old, new, mapped, .. } = self;
        let variant = unit.variant.as_deref();
        let Some(before) = old.step(self.before(after)) else { return Some(Because::New) };
        let parts = before.uses == after.uses && before.uses.keys().all(|part| same_part(old, new, part));
        let checks = before.checks.len() == after.checks.len()
            && before.checks.iter().zip(&after.checks).all(|(a, b)| same_check((old, a), (new, b), variant));
        let place = before.station == after.station
            && before.role == after.role
            && before.qualification == after.qualification
            && before.not_by.iter().map(|s| renamed(s, mapped)).eq(&after.not_by);
        let time = match (&before.minutes_since, &after.minutes_since) {
            (None, None) => true,
            (Some(a), Some(b)) => *renamed(&a.step, mapped) == b.step && a.min == b.min && a.max == b.max,
            (Some(_), None) | (None, Some(_)) => false,
        };
        let asked = [
            (parts, Because::Material),
            (checks, Because::Checks),
            (before.gauges == after.gauges, Because::Gauge),
            (place, Because::Place),
            (before.sign_off == after.sign_off, Because::Signature),
            (time && before.load == after.load, Because::Time),
        ];
        asked.into_iter().find_map(|(same, because)| (!same).then_some(because))
    }
}

/// The name of a step in the new revision.
fn renamed<'a>(step: &'a StepId, mapped: &'a [Mapped]) -> &'a StepId {
    mapped.iter().find(|m| m.from == *step).map_or(step, |m| &m.to)
}

fn sound(unit: &Traveller, old: &Route, new: &Route, mapped: &[Mapped]) -> Result<(), Immovable> {
    if mapped.is_empty() {
        return Ok(());
    }
    let mut record = unit.clone();
    let known: Vec<&StepId> = record.names_of_steps().map(|step| &*step).collect();
    for (i, one) in mapped.iter().enumerate() {
        let twice = mapped.iter().take(i).any(|m| m.from == one.from || m.to == one.to);
        // A name that both revisions have is of one step.
        let taken = known.contains(&&one.to) || old.step(&one.to).is_some() || new.step(&one.from).is_some();
        if twice || taken || old.step(&one.from).is_none() || new.step(&one.to).is_none() {
            return Err(Immovable::BadMap(one.clone()));
        }
    }
    Ok(())
}

/// Whether a part is identified the same way, and the same pieces fit.
fn same_part(old: &Route, new: &Route, part: &PartId) -> bool {
    let (Some(a), Some(b)) = (old.parts.get(part), new.parts.get(part)) else { return false };
    a.capture == b.capture
        && a.pattern == b.pattern
        && a.gtin == b.gtin
        && a.made_by == b.made_by
        && a.alternates == b.alternates
        && a.inspect == b.inspect
}

/// Whether a check asks for the same, with what the unit's variant fills in.
fn same_check((old, a): (&Route, &Check), (new, b): (&Route, &Check), variant: Option<&str>) -> bool {
    let same_kind = match (&a.kind, &b.kind) {
        (CheckKind::Scan { expect: Expect::Equals(a) }, CheckKind::Scan { expect: Expect::Equals(b) }) => {
            old.text_for(a, variant) == new.text_for(b, variant)
        }
        (a, b) => a == b,
    };
    same_kind && a.id == b.id && a.points == b.points && a.typed == b.typed && a.source_gauge == b.source_gauge
}

impl Traveller {
    /// The move that nobody at a bench has acknowledged.
    pub fn unseen_move(&self) -> Option<&Moved> {
        self.moves.last().filter(|moved| moved.seen_by.is_none())
    }

    /// The name of a step, wherever the record tells of one.
    fn names_of_steps(&mut self) -> impl Iterator<Item = &mut StepId> {
        let Self { steps, installed, passed, drawn, skipped, excused, treated, rework, let_go, batch, .. } = self;
        let work = steps.iter_mut().map(|record| &mut record.step);
        let work = work.chain(installed.iter_mut().map(|piece| &mut piece.step));
        let work = work.chain(treated.iter_mut().map(|treated| &mut treated.step));
        let before = batch.iter_mut().flat_map(|batch| &mut batch.done).map(|done| &mut done.step);
        let lists = [passed, drawn, skipped, excused].into_iter().flatten();
        let back = rework.loops.iter_mut().flat_map(|l| l.from.iter_mut().chain([&mut l.to]).chain(&mut l.due));
        let waived = let_go.waived.iter_mut().filter_map(|waived| waived.step.as_mut());
        let overrides = let_go.overrides.iter_mut().filter_map(|over| over.step.as_mut());
        work.chain(before).chain(lists).chain(back).chain(waived).chain(overrides)
    }

    /// Folds a move: what was done goes by the names of the new revision.
    pub(super) fn move_to(&mut self, told: &RouteMoved, event: &Event) {
        let RouteMoved { to, plan, mapped } = told;
        if let Some((_, revision)) = &mut self.route {
            let from = std::mem::replace(revision, to.clone());
            self.moves.push(Moved {
                from,
                to: to.clone(),
                again: plan.again.clone(),
                reason: event.about.reason.clone().unwrap_or_default(),
                by: event.about.by.clone(),
                at: event.stamp.at,
                event: event.stamp.link(),
                seen_by: None,
            });
        }
        for step in self.names_of_steps() {
            *step = renamed(step, mapped).clone();
        }
        self.passed.retain(|step| plan.counts.contains(step));
        let is_again = |step: &StepId| plan.again.iter().any(|again| again.step == *step);
        self.excused.retain(|step| !is_again(step));
        self.treated.retain(|treated| !is_again(&treated.step));
        self.skipped.clone_from(&plan.left_out);
        for piece in &mut self.installed {
            if is_again(&piece.step) && matches!(piece.piece, Piece::Serial(_)) {
                piece.to_verify = true;
            }
        }
        self.due = Some(plan.due.clone());
        // Moved from anywhere: the bench that still has it open may not be where it is due now.
        self.open = None;
    }
}
