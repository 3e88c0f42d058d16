//! What the oracle knows of a move to another revision: a step counts where the unit passed it and the new revision
//! asks for the same; what is new or changed before the unit's place is due.

use std::collections::BTreeMap;
use std::fmt::Write as _;
use std::sync::Arc;

use traveller::domain::id::StepId;
use traveller::domain::refusal::Code;
use traveller::domain::role::Role;
use traveller::domain::route::{CheckKind, Expect, Route, Step};
use traveller::domain::what::{Because, Mapped, Piece, Refused, RouteMoved};

use super::hear::Told;
use super::model::{Heard, Oracle, Product, State, must};

impl Oracle {
    pub(super) fn moved(&mut self, told: Told<'_>, moved: &RouteMoved) -> Heard {
        self.has_authority(told, &[Role::Lead])?;
        let unit = told.event.about.unit.clone().ok_or("is about no unit")?;
        let product = self.units.get(&unit).ok_or("moves a unit that never began")?;
        must(product.state == State::Working, format!("moves a unit that is {:?}", product.state))?;
        must(product.inside.is_none(), "moves a unit that is in a load")?;
        must(moved.to != product.route.revision, "moves to the revision that it has")?;
        let is_it = |r: &&super::model::Released| r.route.id == product.route.id && r.route.revision == moved.to;
        let release = self.releases.iter().find(is_it).ok_or("moves to a revision that is not released")?;
        must(!release.withdrawn, "moves to a withdrawn revision")?;
        let new = Arc::clone(&release.route);
        must(new.identifier.pattern.matches(unit.as_str()), "moves to where no unit has such a number")?;
        must(product.variant.as_ref().is_none_or(|v| new.variants.contains_key(v)), "moves out of its variant")?;
        product.moves_as_told(&new, moved)?;
        if told.event.about.station != product.open || product.open.is_none() {
            self.put_down(&unit);
        }
        let product = self.units.get_mut(&unit).unwrap();
        product.move_to(new, moved);
        product.moved = Some(told.event.stamp.seq);
        Ok(())
    }

    pub(super) fn move_seen(&mut self, told: Told<'_>) -> Heard {
        let station = self.operator(told)?.1.clone();
        let unit = told.event.about.unit.as_ref().ok_or("is about no unit")?;
        let product = self.units.get_mut(unit).ok_or("is about a unit that never began")?;
        must(product.open == Some(station), "is seen where the unit is not open")?;
        let seen = product.moved.take().ok_or("is seen and nothing was moved")?;
        must(told.event.about.corrects == Some(traveller::domain::event::Link::Here(seen)), "is another move")
    }

    /// Whether the unit passed a step that the revision does not have.
    pub(super) fn lacks_the_step(&self, refused: &Refused) -> bool {
        let evidence = &refused.evidence;
        let Some(product) = evidence.unit.as_ref().and_then(|unit| self.units.get(unit)) else { return false };
        let to = self
            .releases
            .iter()
            .map(|r| &r.route)
            .find(|r| Some(&r.id) == evidence.route.as_ref() && Some(&r.revision) == evidence.revision.as_ref());
        let step = evidence.step.as_ref();
        let passed = step.and_then(|s| product.route.position(s)).is_some_and(|at| product.work[at].passed);
        refused.code == Code::NoSuchStep && passed && to.zip(step).is_some_and(|(to, s)| to.step(s).is_none())
    }
}

impl Product {
    /// The place of a step of the new revision in the old one.
    fn was(&self, step: &StepId, mapped: &[Mapped]) -> Option<usize> {
        self.route.position(name_before(step, mapped))
    }

    /// Whether the event tells what the rules say.
    fn moves_as_told(&self, new: &Route, moved: &RouteMoved) -> Heard {
        let (plan, mapped) = (&moved.plan, &moved.mapped);
        let name = |at: usize| renamed(&self.route.steps[at].id, mapped);
        for (at, _) in self.work.iter().enumerate().filter(|(_, work)| work.passed) {
            must(new.position(&name(at)).is_some(), "loses a step that the unit passed")?;
        }
        let due = name(self.due);
        if self.is_touched() || self.work.get(self.due).is_some_and(|work| work.treated) {
            let same = new.step(&due).is_some_and(|s| self.asks_for_the_same(new, s, mapped));
            must(same, "changes a step that is half done")?;
        }
        let last = self.work.iter().enumerate().filter(|(_, work)| work.passed);
        let behind = last.filter_map(|(at, _)| new.position(&name(at))).max().map_or(0, |at| at + 1);
        let place = match new.position(&due) {
            Some(at) if new.steps[at].group.is_some() => at,
            Some(at) => at.max(behind),
            None => behind,
        };
        let (mut counts, mut again, mut spared, mut ahead) = (Vec::new(), Vec::new(), Vec::new(), Vec::new());
        for (at, step) in new.steps.iter().enumerate() {
            let old = self.was(&step.id, mapped).map(|at| &self.work[at]);
            let not_for_all = step.optional || step.sample.is_some();
            if not_for_all && old.is_some_and(|work| work.left_out) {
                spared.push(step.id.clone());
            } else if step.when.as_ref().is_some_and(|when| self.variant.as_ref() != Some(when)) {
                // Units of another variant have it.
            } else if step.rework && !self.back.led_to(name_before(&step.id, mapped)) {
                // Units have it that went back to it.
            } else if old.is_some_and(|work| work.passed) {
                let told = if self.asks_for_the_same(new, step, mapped) { &mut counts } else { &mut again };
                told.push(step.id.clone());
            } else if at >= place {
                ahead.push(step.id.clone());
            } else if not_for_all {
                spared.push(step.id.clone());
            } else {
                again.push(step.id.clone());
            }
        }
        must(plan.counts == counts, format!("counts {:?}, and it is {counts:?}", plan.counts))?;
        let told: Vec<_> = plan.again.iter().map(|a| a.step.clone()).collect();
        must(told == again, format!("makes {told:?} due, and it is {again:?}"))?;
        must(plan.left_out == spared, format!("spares {:?}, and it is {spared:?}", plan.left_out))?;
        for told in &plan.again {
            let passed = self.was(&told.step, mapped).is_some_and(|at| self.work[at].passed);
            must((told.because == Because::New) != passed, "calls a step new that is not, or the other way round")?;
        }
        let has_due = new.step(&due).filter(|s| {
            let for_it = s.when.as_ref().is_none_or(|when| self.variant.as_ref() == Some(when));
            let led = !s.rework || self.back.led_to(name_before(&s.id, mapped));
            for_it && led && !spared.contains(&s.id)
        });
        let next = again.first().or(has_due.map(|s| &s.id)).or(ahead.first()).ok_or("moves and nothing is due")?;
        must(plan.due.step == *next, format!("is due at {}, and it is {next}", plan.due.step))?;
        must(new.step(next).is_some_and(|s| s.station == plan.due.station), "is due at another station")
    }

    /// Whether two revisions require the same at a step, word for word.
    fn asks_for_the_same(&self, new: &Route, step: &Step, mapped: &[Mapped]) -> bool {
        let Some(old) = self.was(&step.id, mapped).map(|at| &self.route.steps[at]) else { return false };
        let variant = self.variant.as_deref();
        required(&self.route, old, variant, |s| renamed(s, mapped)) == required(new, step, variant, StepId::clone)
    }

    /// What was done goes by the names of the new revision.
    fn move_to(&mut self, new: Arc<Route>, moved: &RouteMoved) {
        let mut done: BTreeMap<StepId, super::model::Work> = std::mem::take(&mut self.elsewhere);
        for (step, work) in self.route.steps.iter().zip(std::mem::take(&mut self.work)) {
            done.insert(renamed(&step.id, &moved.mapped), work);
        }
        for step in &new.steps {
            let mut work = done.remove(&step.id).unwrap_or_default();
            work.left_out = moved.plan.left_out.contains(&step.id);
            work.passed &= moved.plan.counts.contains(&step.id);
            if moved.plan.again.iter().any(|a| a.step == step.id) {
                (work.excused, work.treated) = (false, false);
                work.pieces.iter_mut().filter(|p| matches!(p.piece, Piece::Serial(_))).for_each(|p| p.met = false);
            }
            self.work.push(work);
        }
        self.back = std::mem::take(&mut self.back).renamed(&moved.mapped);
        self.elsewhere = done;
        self.elsewhere.values_mut().for_each(|work| (work.passed, work.left_out) = (false, false));
        self.due = new.position(&moved.plan.due.step).unwrap();
        self.route = new;
    }
}

/// The name of a step in the old revision.
fn name_before<'a>(step: &'a StepId, mapped: &'a [Mapped]) -> &'a StepId {
    mapped.iter().find(|m| m.to == *step).map_or(step, |m| &m.from)
}

pub(super) fn renamed(step: &StepId, mapped: &[Mapped]) -> StepId {
    mapped.iter().find(|m| m.from == *step).map_or(step, |m| &m.to).clone()
}

/// All that a step requires, as one text.
fn required(route: &Route, step: &Step, variant: Option<&str>, name: impl Fn(&StepId) -> StepId) -> String {
    let mut text = format!("{} {:?} {:?} {:?}", step.station, step.role, step.qualification, step.sign_off);
    for (part, n) in &step.uses {
        let about = &route.parts[part];
        let alternates = (&about.alternates, &about.made_by, &about.gtin, about.inspect);
        let pattern = about.pattern.as_ref().map(|p| format!("{p:?}"));
        write!(text, " {part} {n} {:?} {pattern:?} {alternates:?}", about.capture).unwrap();
    }
    for check in &step.checks {
        let kind = match &check.kind {
            CheckKind::Scan { expect: Expect::Equals(text) } => {
                let values = variant.and_then(|v| route.variants.get(v)).into_iter().flatten();
                values.fold(text.clone(), |text, (key, value)| text.replace(&format!("{{{key}}}"), value))
            }
            other => format!("{other:?}"),
        };
        write!(text, " {} {kind} {:?} {:?} {:?}", check.id, check.points, check.typed, check.source_gauge).unwrap();
    }
    let window = step.minutes_since.as_ref().map(|w| (name(&w.step), w.min, w.max));
    let apart: Vec<_> = step.not_by.iter().map(&name).collect();
    write!(text, " {:?} {apart:?} {window:?} {:?}", step.gauges, step.load).unwrap();
    text
}
