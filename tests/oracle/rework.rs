//! What the oracle knows of rework beyond the decision about a failed unit: sending back, reversing, judging, and how
//! often a unit goes back at all.

use std::collections::{BTreeMap, BTreeSet};

use traveller::domain::id::{Serial, StepId};
use traveller::domain::role::Role;
use traveller::domain::route::Capture;
use traveller::domain::what::{ComponentJudged, Fate, Mapped, Piece, SentBack, What};

use super::hear::Told;
use super::model::{Heard, Oracle, Product, State, Whereabouts, must};
use super::moved::renamed;
use super::routes::{Choice, RouteSpec};

/// How often a unit went back; of a batch, how often any of its pieces did.
#[derive(Clone, Default)]
pub(super) struct Back {
    all: u32,
    from: BTreeMap<StepId, u32>,
    to: BTreeSet<StepId>,
}

impl Back {
    fn goes(&mut self, from: &StepId, to: &StepId) {
        self.all += 1;
        *self.from.entry(from.clone()).or_default() += 1;
        self.to.insert(to.clone());
    }

    /// Pieces join: whichever went back more often counts, in all and from each step.
    pub(super) fn joined_by(&mut self, other: Self) {
        self.all = self.all.max(other.all);
        for (step, times) in other.from {
            let here = self.from.entry(step).or_default();
            *here = times.max(*here);
        }
        self.to.extend(other.to);
    }

    pub(super) fn renamed(self, mapped: &[Mapped]) -> Self {
        let from = self.from.into_iter().map(|(step, times)| (renamed(&step, mapped), times)).collect();
        Self { all: self.all, from, to: self.to.iter().map(|step| renamed(step, mapped)).collect() }
    }

    pub(super) fn led_to(&self, step: &StepId) -> bool {
        self.to.contains(step)
    }
}

impl Oracle {
    pub(super) fn reworked(&mut self, told: Told<'_>) -> Heard {
        match &told.event.what {
            What::SentBack(e) => self.sent_back(told, e),
            What::ScrapReversed(_) => self.reversed(told),
            What::ComponentJudged(e) => self.judged(told, e),
            _ => self.lapsed(told),
        }
    }

    fn product(&mut self, told: Told<'_>) -> Heard<&mut Product> {
        let unit = told.event.about.unit.as_ref().ok_or("is about no unit")?;
        self.units.get_mut(unit).ok_or_else(|| "is about a unit that never began".to_owned())
    }

    /// A lead sends a unit back that nothing is wrong with: to a step that it passed.
    fn sent_back(&mut self, told: Told<'_>, back: &SentBack) -> Heard {
        self.has_authority(told, &[Role::Lead])?;
        let unit = told.event.about.unit.clone().ok_or("is about no unit")?;
        let own = Serial::parse(unit.as_str()).ok();
        let inside = own.is_some_and(|own| matches!(self.components.get(&own), Some(Whereabouts::In(_))));
        must(!inside, "sends a unit back that is in another one")?;
        let product = self.product(told)?;
        let may = matches!(product.state, State::Working | State::Complete) && !product.is_held();
        must(may, format!("sends a unit back that is {:?}", product.state))?;
        must(product.inside.is_none(), "sends a unit back that is in a load")?;
        let to = product.route.position(&back.to).ok_or("goes back to no step")?;
        must(product.has(to) && product.work[to].passed, "goes back to a step that it did not pass")?;
        let from = if product.due == product.route.steps.len() { to } else { product.due };
        product.may_go_back(from)?;
        self.take_out(&unit, &back.removed)?;
        let product = self.product(told)?;
        product.is_due_again(to, from, &back.due)?;
        must(product.route.steps[to].station == back.station, "goes back to another station")?;
        product.went_back(from, to);
        (product.state, product.due) = (State::Working, to);
        product.breaks_off();
        product.does_again(to, from, false);
        if told.event.about.station != product.open {
            self.put_down(&unit);
        }
        Ok(())
    }

    /// Quality reverses a scrap, while nothing was taken out: the unit is what it was.
    fn reversed(&mut self, told: Told<'_>) -> Heard {
        self.has_authority(told, &[Role::Quality])?;
        let product = self.product(told)?;
        must(product.state == State::Scrapped, format!("reverses the scrap of a unit that is {:?}", product.state))?;
        must(!product.stripped, "brings a unit back that something was taken out of")?;
        product.state = product.was;
        Ok(())
    }

    /// Quality says what becomes of a component in quarantine.
    fn judged(&mut self, told: Told<'_>, judged: &ComponentJudged) -> Heard {
        self.has_authority(told, &[Role::Quality])?;
        let waits = self.components.get(&judged.serial) == Some(&Whereabouts::Out(Some(Fate::Quarantine)));
        must(waits, "judges a component that does not wait for it")?;
        must(judged.fate != Fate::Quarantine, "judges nothing")?;
        self.components.insert(judged.serial.clone(), Whereabouts::Out(Some(judged.fate)));
        Ok(())
    }

    /// What was signed has changed: another lot is loaded for it.
    fn lapsed(&mut self, told: Told<'_>) -> Heard {
        let loads = told.action.iter().any(|e| matches!(e.what, What::LotLoaded(_)));
        must(loads, "takes a signature back for nothing")?;
        let product = self.product(told)?;
        let due = product.due;
        let work = &mut product.work[due];
        let approved = std::mem::take(&mut work.approved);
        must(work.signed.take().is_some() || approved, "takes back a signature that is not there")
    }

    /// A lot that is loaded for the open unit takes the signature along, where the unit still draws from it.
    pub(super) fn takes_the_signature(&self, told: Told<'_>, part: &traveller::domain::id::PartId) -> Heard {
        let station = told.event.about.station.as_ref().ok_or("happens at no station")?;
        let Some(product) = self.open_at(station).map(|unit| &self.units[unit]) else { return Ok(()) };
        let Some(step) = product.step().filter(|_| product.state == State::Working) else { return Ok(()) };
        let work = &product.work[product.due];
        let is_used = step.uses.contains_key(part) && product.route.parts[part].capture == Capture::Loaded;
        let draws = is_used && product.missing(product.due, part) > 0;
        let signed = work.goes_on && (work.signed.is_some() || work.approved);
        let lapses = told.action.iter().any(|e| matches!(e.what, What::SignatureLapsed(_)));
        must(lapses == (draws && signed), "a signature outlives a lot that is loaded after it, or not, for no reason")
    }
}

impl RouteSpec {
    /// Only rework of the step behind leads to it.
    pub(super) fn is_rework(&self, at: usize) -> bool {
        let spec = &self.steps[at];
        let is_plain = matches!(spec.choice, Choice::All) && spec.attempts == 3 && spec.when.is_none();
        is_plain && at > 0 && at + 1 < self.steps.len() && self.group(at).is_none() && (0..at).any(|b| self.is_sure(b))
    }

    /// Where else rework of a step leads; a step behind instructions of rework has these too.
    pub(super) fn rework_to(&self, at: usize) -> impl Iterator<Item = usize> {
        let named = self.steps[at].rework_to.iter().map(move |to| (*to).min(at));
        let instructions = at.checked_sub(1).filter(|before| self.is_rework(*before));
        named.chain(instructions)
    }
}

impl Product {
    /// A unit goes back as often as its route says, in all and from that step.
    pub(super) fn may_go_back(&self, from: usize) -> Heard {
        let step = &self.route.steps[from];
        let here = self.back.from.get(&step.id).copied().unwrap_or(0);
        let within = |most: Option<u32>, count: u32| most.is_none_or(|most| count < most);
        must(within(self.route.rework_max, self.back.all), "goes back more often than its route allows")?;
        must(within(step.rework_max, here), "goes back more often than the step allows")
    }

    pub(super) fn went_back(&mut self, from: usize, to: usize) {
        let Self { route, back, .. } = self;
        back.goes(&route.steps[from].id, &route.steps[to].id);
    }

    /// The record names all that is due again: what was passed from there on, without old instructions of rework, and
    /// the step that it comes from. That one may stand before it in a group.
    pub(super) fn is_due_again(&self, to: usize, from: usize, due: &[StepId]) -> Heard {
        let is_after = |at: usize| at > to && self.work[at].passed && !self.route.steps[at].rework;
        let is_again = |at: &usize| *at == to || *at == from || is_after(*at);
        let ids: Vec<_> = (0..self.work.len()).filter(is_again).map(|at| self.route.steps[at].id.clone()).collect();
        must(*due == ids, format!("does not do again all that follows: {due:?} of {ids:?}"))
    }

    /// What was begun anywhere and is not over is done again: after a move, that may be a step behind the due one.
    fn breaks_off(&mut self) {
        for work in self.work.iter_mut().chain(self.elsewhere.values_mut()).filter(|work| work.goes_on) {
            (work.goes_on, work.retests, work.signed) = (false, 0, None);
        }
    }

    /// Whatever was done from there on is done again. What goes on at the step that it comes from is over, unless
    /// nothing was begun there.
    pub(super) fn does_again(&mut self, to: usize, from: usize, goes_on: bool) {
        for at in 0..self.work.len() {
            let work = &mut self.work[at];
            // Of a group it may have been at an earlier one.
            let is_after = at > to && work.passed && !self.route.steps[at].rework;
            let is_again = at == to || at == from || is_after;
            if !is_again {
                continue;
            }
            work.retests = 0;
            work.goes_on &= at != from || goes_on;
            (work.passed, work.signed, work.excused, work.treated) = (false, None, false, false);
            work.pieces.iter_mut().filter(|p| matches!(p.piece, Piece::Serial(_))).for_each(|p| p.met = false);
        }
    }
}
