//! A batch: one unit of several pieces. How many it has, where they came from and where they went.
//!
//! Nothing is lost: what it began with and what joined it is what it has and what was split off. A batch keeps what was
//! done on its pieces while they were another batch as a summary, which the event brings that made it: so its own
//! events tell all that counts for it.

use super::event::{Event, Link};
use super::id::{Badge, PartId, StepId, UnitId};
use super::time::Moment;
use super::traveller::{Ended, Standing, StepRecord, Traveller};
use super::what::{BatchBegun, DoneBefore, Stands, What};

/// Pieces that one batch may have.
pub const PIECES_MOST: u32 = 1_000_000;
/// Batches that may be split off one, or merged into it.
pub const KIN_MOST: usize = 256;

/// What a batch is beyond a unit.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Batch {
    /// Pieces that it began with.
    pub began: u32,
    /// Pieces that it has.
    pub pieces: u32,
    /// The batch that it was split off.
    pub from: Option<Kin>,
    /// The batches that were split off it.
    pub split: Vec<Kin>,
    /// The batches that were merged into it.
    pub joined: Vec<Kin>,
    /// The batch that it was merged into.
    pub into: Option<UnitId>,
    /// What was done on its pieces before they were this batch.
    pub done: Vec<DoneBefore>,
}

/// Another batch that has pieces of this one, or had them.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Kin {
    /// The batch.
    pub unit: UnitId,
    /// How many pieces.
    pub pieces: u32,
    /// The event.
    pub event: Link,
}

impl Batch {
    fn of(pieces: u32) -> Self {
        Self { began: pieces, pieces, ..Self::default() }
    }

    /// What was done at a step before.
    pub fn before(&self, step: &StepId) -> Option<&DoneBefore> {
        self.done.iter().find(|done| done.step == *step)
    }
}

fn union<T: PartialEq + Clone>(to: &mut Vec<T>, from: &[T]) {
    for one in from {
        if !to.contains(one) {
            to.push(one.clone());
        }
    }
}

impl Traveller {
    /// How many pieces it has, where it is a batch.
    pub fn pieces(&self) -> Option<u32> {
        self.batch.as_ref().map(|batch| batch.pieces)
    }

    /// The batch that has its pieces now, where it was merged into one.
    pub fn merged_into(&self) -> Option<&UnitId> {
        self.batch.as_ref()?.into.as_ref()
    }

    /// What was done at a step while the pieces were another batch.
    pub fn done_before(&self, step: &StepId) -> Option<&DoneBefore> {
        self.batch.as_ref()?.before(step)
    }

    /// How many of a part a step asks for, of which so many go into each piece.
    pub fn asks_for(&self, each: u32) -> u32 {
        each.saturating_mul(self.pieces().unwrap_or(1))
    }

    /// How many of a part are missing at a step, of which so many go into each piece. A step of a batch that passed has
    /// all it asks for: pieces that leave it or come to it change nothing of that. Nothing goes into a golden sample.
    pub fn lacks(&self, step: &StepId, part: &PartId, each: u32) -> u32 {
        let met = self.done_before(step).is_some_and(|done| done.met.contains(part));
        let passed = self.batch.is_some() && self.step(step).is_some_and(has_passed);
        if met || passed || self.is_sample() { 0 } else { self.asks_for(each).saturating_sub(self.counted(step, part)) }
    }

    /// Whether anything ever came of a step.
    pub fn has_ended(&self, step: &StepId) -> bool {
        let own = self.step(step).is_some_and(|s| s.attempts.iter().any(|a| a.result.is_some()));
        own || self.done_before(step).is_some_and(|done| done.attempts > 0)
    }

    /// Whether a person worked at a step, or ended it.
    pub fn had_hands(&self, step: &StepId, badge: &Badge) -> bool {
        let own = self.step(step).is_some_and(|s| hands(s).any(|who| who == badge));
        own || self.done_before(step).is_some_and(|done| done.hands.contains(badge))
    }

    /// The moments at which a step passed that is not due again: of a batch, also those of the batches that it is made
    /// of.
    pub fn passed_moments(&self, step: &StepId) -> Vec<&Moment> {
        if !self.passed.contains(step) {
            return Vec::new();
        }
        let before = self.done_before(step).into_iter().flat_map(|done| &done.passed);
        self.step(step).and_then(last_pass).into_iter().chain(before).collect()
    }

    /// What was done at each step, as a batch takes it along that is made of its pieces. `uses` tells of each step the
    /// parts that go into a piece, and how many.
    pub fn done_so_far<'a>(&self, uses: impl Fn(&StepId) -> Vec<(&'a PartId, u32)>) -> Vec<DoneBefore> {
        let own = self.steps.iter().map(|s| &s.step);
        let before = self.batch.iter().flat_map(|b| &b.done).map(|d| &d.step);
        let mut steps: Vec<&StepId> = own.collect();
        steps.extend(before.filter(|step| self.step(step).is_none()));
        let done = |step: &StepId| {
            let record = self.step(step);
            let before = self.done_before(step);
            let ended = record
                .map_or(0, |s| s.attempts.iter().filter(|a| a.result.is_some()).map(|a| a.number).fold(0, u32::max));
            let mut all: Vec<Badge> = before.map(|d| d.hands.clone()).unwrap_or_default();
            union(&mut all, &record.into_iter().flat_map(hands).cloned().collect::<Vec<_>>());
            let met = uses(step).into_iter().filter(|(part, each)| self.lacks(step, part, *each) == 0);
            DoneBefore {
                step: step.clone(),
                attempts: ended.max(before.map_or(0, |d| d.attempts)),
                failed: self.failed_attempts(step),
                passed: self.passed_moments(step).into_iter().cloned().collect(),
                hands: all,
                met: met.map(|(part, _)| part.clone()).collect(),
            }
        };
        steps.into_iter().map(done).collect()
    }

    /// Pieces come and go.
    #[expect(clippy::wildcard_enum_match_arm, reason = "a fold reads the kinds that concern it")]
    pub(super) fn apply_batch(&mut self, event: &Event) {
        let link = event.stamp.link();
        let kin = |unit: &UnitId, pieces: u32| Kin { unit: unit.clone(), pieces, event: link.clone() };
        match &event.what {
            What::UnitStarted(_) => self.batch = event.about.pieces.map(|n| Box::new(Batch::of(n))),
            What::BatchBegun(e) => self.begin_batch(event, e),
            What::BatchSplit(e) => {
                if let Some(batch) = &mut self.batch {
                    batch.pieces = batch.pieces.saturating_sub(e.took);
                    batch.split.push(kin(&e.into, e.took));
                }
            }
            What::BatchJoined(e) => {
                for other in &e.done {
                    self.bring(other);
                }
                self.rework.join(&e.loops, e.times);
                if let Some(batch) = &mut self.batch {
                    batch.pieces = batch.pieces.saturating_add(e.brought);
                    batch.joined.push(kin(&e.from, e.brought));
                }
            }
            What::StepPassed(_) => {
                // It passed again after rework: what was before counts no more.
                let is_it = |done: &&mut DoneBefore| Some(&done.step) == event.about.step.as_ref();
                let done = self.batch.iter_mut().flat_map(|b| &mut b.done).find(is_it);
                if let Some(done) = done {
                    done.passed.clear();
                }
            }
            What::BatchMerged(e) => {
                if let Some(batch) = &mut self.batch {
                    batch.pieces = 0;
                    batch.into = Some(e.into.clone());
                }
                self.open = None;
                self.standing = Standing::Merged;
            }
            _ => {}
        }
    }

    /// Takes in what was done at a step on pieces that join. Both passed the same steps, so nothing is missing of what
    /// these ask for; who failed more often failed as often.
    fn bring(&mut self, other: &DoneBefore) {
        let here = self.failed_here(&other.step);
        let Some(batch) = &mut self.batch else { return };
        match batch.done.iter_mut().find(|done| done.step == other.step) {
            Some(done) => {
                done.attempts = done.attempts.max(other.attempts);
                done.failed = done.failed.max(other.failed.saturating_sub(here));
                union(&mut done.passed, &other.passed);
                union(&mut done.hands, &other.hands);
            }
            None => batch.done.push(DoneBefore {
                failed: other.failed.saturating_sub(here),
                met: Vec::new(),
                ..other.clone()
            }),
        }
    }

    /// What failed while the pieces were another batch is accepted as it is.
    pub(super) fn concede_before(&mut self, step: &StepId) {
        let done = self.batch.iter_mut().flat_map(|b| &mut b.done).find(|done| done.step == *step);
        if let Some(done) = done {
            done.failed = done.failed.saturating_sub(1);
        }
    }

    fn begin_batch(&mut self, event: &Event, e: &BatchBegun) {
        self.route = event.about.route.clone().zip(event.about.revision.clone());
        self.purpose = event.about.purpose.unwrap_or_default();
        self.order.clone_from(&event.about.order);
        self.variant.clone_from(&e.variant);
        self.started = Some(event.when());
        self.due.clone_from(&e.due);
        self.passed.clone_from(&e.passed);
        self.drawn.clone_from(&e.drawn);
        self.skipped.clone_from(&e.skipped);
        self.excused.clone_from(&e.excused);
        self.treated.clone_from(&e.treated);
        self.rework.join(&e.loops, e.times);
        self.standing = match e.stands {
            Stands::InProcess => Standing::InProcess,
            Stands::Nonconforming => Standing::Nonconforming,
            Stands::Complete => Standing::Complete,
        };
        let pieces = event.about.pieces.unwrap_or_default();
        let from = Kin { unit: e.from.clone(), pieces, event: event.stamp.link() };
        self.batch = Some(Box::new(Batch { from: Some(from), done: e.done.clone(), ..Batch::of(pieces) }));
    }
}

/// Whether a step ever passed.
fn has_passed(step: &StepRecord) -> bool {
    last_pass(step).is_some()
}

/// When a step passed last.
fn last_pass(step: &StepRecord) -> Option<&Moment> {
    let ends = step.attempts.iter().rev().filter_map(|a| a.result.as_ref());
    ends.filter(|r| r.how == Ended::Passed).map(|r| &r.moment).next()
}

/// Whoever worked at a step, or ended it. One that asks for nothing has no other trace.
fn hands(step: &StepRecord) -> impl Iterator<Item = &Badge> {
    step.attempts.iter().flat_map(|a| a.workers.iter().chain(a.result.iter().filter_map(|r| r.by.as_ref())))
}
