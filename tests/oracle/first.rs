//! What the oracle knows of first pieces: after each change of shift, order or lot the first unit at a station is
//! approved by a second person, and no other one is taken up there before it passed.

use traveller::domain::event::Event;
use traveller::domain::first_piece::{FirstOf, FirstPieceRule};
use traveller::domain::id::{LotId, PartId, StationId, StepId, UnitId};
use traveller::domain::role::{Auth, Role};
use traveller::domain::time::Day;
use traveller::domain::what::{FirstPieceApproved, FirstPieceBegun, Refused, What};

use super::hear::Told;
use super::model::{Heard, Oracle, Product, State, must};
use super::parts::part_id;
use super::routes::RouteSpec;

/// That a unit is a first piece somewhere.
#[derive(Clone, Debug)]
pub(super) struct First {
    pub(super) station: StationId,
    pub(super) step: StepId,
    pub(super) of: FirstOf,
    /// Whether anything was recorded of it since.
    pub(super) worked: bool,
    pub(super) approved: bool,
    pub(super) passed: bool,
}

impl Product {
    /// Whether it waits for its approval at the step, where it is open.
    pub(super) fn awaits_approval(&self, at: usize) -> bool {
        let step = &self.route.steps[at].id;
        let here = |f: &&First| Some(&f.station) == self.open.as_ref() && f.step == *step;
        self.firsts.iter().filter(here).any(|f| !f.approved && !f.passed)
    }

    /// What it would be the first piece of; none where the step asks for none, or that is not known yet.
    fn would_be(&self, at: usize, told: Told<'_>, loaded: impl Fn(&PartId) -> Option<FirstOf>) -> Option<FirstOf> {
        match self.route.steps[at].first_piece.as_ref()? {
            // No plant here has shifts: a day counts.
            FirstPieceRule::Shift => Day::of(told.when().at()).map(FirstOf::Day),
            FirstPieceRule::Order => self.order.clone().map(FirstOf::Order),
            FirstPieceRule::Lot(part) => loaded(part),
        }
    }
}

impl RouteSpec {
    /// After what the first piece of a step is approved.
    pub(super) fn first_piece(&self, at: usize) -> Option<FirstPieceRule> {
        let spec = &self.steps[at];
        let loads = spec.uses.contains_key(&5);
        match (spec.class, spec.back) {
            (1, 1) if spec.attempts < 3 => Some(FirstPieceRule::Shift),
            (_, 2) if self.begin.order == 1 && spec.attempts < 3 => Some(FirstPieceRule::Order),
            (0, 1) if loads => Some(FirstPieceRule::Lot(part_id(5))),
            _ => None,
        }
    }
}

impl Oracle {
    fn first_of(&self, told: Told<'_>, product: &Product, at: usize) -> Option<FirstOf> {
        let bench = told.event.about.station.as_ref().and_then(|station| self.stations.get(station));
        product.would_be(at, told, |part| bench?.loaded.get(part).cloned().map(FirstOf::Lot))
    }

    /// The unit that others wait for at a station, and whether it is another one than this.
    fn in_the_way(&self, station: &StationId, of: &FirstOf, (product, at): (&Product, usize), unit: &UnitId) -> Heard {
        let step = &product.route.steps[at].id;
        for (other, known) in self.units.iter().filter(|(other, _)| *other != unit) {
            let may_go_on = known.state == State::Working && !known.is_held();
            let is_it = |f: &First| f.station == *station && f.step == *step && f.of == *of && !f.passed;
            let waits = known.route.id == product.route.id && known.firsts.iter().any(is_it);
            must(!(waits && may_go_on), format!("is taken up before {other}, the first piece of {of:?}, has passed"))?;
        }
        Ok(())
    }

    /// What is loaded may be drawn from: its first piece, where one is asked for, is not another unit that waits.
    pub(super) fn may_follow(&self, told: Told<'_>, unit: &UnitId, part: &PartId, lot: &LotId) -> Heard {
        let station = told.event.about.station.as_ref().ok_or("happens at no station")?;
        let product = &self.units[unit];
        let rule = product.step().and_then(|step| step.first_piece.as_ref());
        if !matches!(rule, Some(FirstPieceRule::Lot(of)) if of == part) {
            return Ok(());
        }
        self.in_the_way(station, &FirstOf::Lot(lot.clone()), (product, product.due), unit)
    }

    /// Whether somebody at a station was the first piece of it, through or not.
    fn has_one(&self, station: &StationId, of: &FirstOf, (product, at): (&Product, usize), unit: &UnitId) -> bool {
        let step = &product.route.steps[at].id;
        let is_it = |f: &First| f.station == *station && f.step == *step && f.of == *of;
        let own = self.units.get(unit).is_some_and(|p| p.firsts.iter().any(is_it));
        let through = |p: &Product| p.route.id == product.route.id && p.firsts.iter().any(|f| is_it(f) && f.passed);
        own || self.units.values().any(through)
    }

    /// A unit that is taken up waits for the first piece, or is the first piece itself and says so.
    pub(super) fn minds_first_pieces(&self, told: Told<'_>, unit: &UnitId, at: usize) -> Heard {
        let product = &self.units[unit];
        let station = told.event.about.station.as_ref().ok_or("happens at no station")?;
        let Some(of) = self.first_of(told, product, at) else { return Ok(()) };
        self.in_the_way(station, &of, (product, at), unit)?;
        let begins = told
            .action
            .iter()
            .any(|e| matches!(&e.what, What::FirstPieceBegun(b) if b.of == of) && e.about.unit.as_ref() == Some(unit));
        let is_new = !self.has_one(station, &of, (product, at), unit);
        must(begins == is_new, "is the first piece and does not say so, or says so and is none")
    }

    /// Where a unit stays open for the next step, it is no first piece of anything: such a one is scanned.
    pub(super) fn is_no_new_first_piece(&self, told: Told<'_>, unit: &UnitId) -> Heard {
        let product = &self.units[unit];
        let station = told.event.about.station.as_ref().ok_or("happens at no station")?;
        let Some(of) = self.first_of(told, product, product.due) else { return Ok(()) };
        self.in_the_way(station, &of, (product, product.due), unit)?;
        must(self.has_one(station, &of, (product, product.due), unit), "stays open, and is a first piece")
    }

    pub(super) fn first_pieces(&mut self, told: Told<'_>) -> Heard {
        match &told.event.what {
            What::FirstPieceBegun(e) => self.first_begun(told, e),
            What::FirstPieceApproved(e) => self.first_approved(told, e),
            _ => self.first_dropped(told),
        }
    }

    fn first_begun(&mut self, told: Told<'_>, begun: &FirstPieceBegun) -> Heard {
        let station = self.operator(told)?.1.clone();
        let unit = told.event.about.unit.clone().ok_or("is about no unit")?;
        let product = self.units.get(&unit).ok_or("is about a unit that never began")?;
        must(product.open.as_ref() == Some(&station), "is a first piece where it is not open")?;
        let at = product.due;
        must(told.event.about.step.as_ref() == product.step().map(|s| &s.id), "is a first piece of another step")?;
        let of = self.first_of(told, product, at).ok_or("is a first piece where none is asked for")?;
        must(of == begun.of, format!("is the first piece of {:?}, not of {of:?}", begun.of))?;
        self.in_the_way(&station, &of, (product, at), &unit)?;
        must(!self.has_one(&station, &of, (product, at), &unit), "is a first piece a second time")?;
        let (route, step) = (product.route.id.clone(), product.route.steps[at].id.clone());
        // A day that a paper tells of is over already, and ends none after it.
        let ends = |known: &FirstOf| matches!((known, &of), (FirstOf::Day(one), FirstOf::Day(other)) if one <= other);
        for (other, known) in self.units.iter_mut().filter(|(_, p)| p.route.id == route) {
            known.firsts.retain(|f| {
                let is_over = ends(&f.of) || f.of == of || *other == unit && !f.passed;
                !(f.station == station && f.step == step && is_over)
            });
        }
        let first = First { station, step, of, worked: false, approved: false, passed: false };
        self.units.get_mut(&unit).unwrap().firsts.push(first);
        Ok(())
    }

    /// Quality or a lead approves it, who did none of the work, when nothing else is missing.
    fn first_approved(&mut self, told: Told<'_>, approved: &FirstPieceApproved) -> Heard {
        let event = told.event;
        must(event.about.auth == Some(Auth::BadgePin), "is approved without badge and PIN")?;
        self.has_authority(told, &[Role::Quality, Role::Lead])?;
        let unit = self.is_on_the_bench(told)?;
        self.begin_attempt(&unit, event)?;
        let product = &self.units[&unit];
        must(!product.has_failed(), "approves what failed")?;
        let (operator, station) = self.operator(told)?;
        let lacks = product.lacks(product.due, self.stations.get(station));
        must(lacks == [("signature", "first-piece".to_owned(), 1)], format!("is approved before {lacks:?}"))?;
        let by = event.about.by.as_ref().ok_or("is approved by nobody")?;
        let worked = product.work[product.due].workers.contains(by) || operator == by;
        must(!worked, "is approved by whoever did the work")?;
        must(self.people[by].name == approved.name, "says another name")?;
        must(self.people[by].roles.contains(&approved.role), "says a role that the person lacks")?;
        self.now(&unit).2.approved = true;
        Ok(())
    }

    fn first_dropped(&mut self, told: Told<'_>) -> Heard {
        self.has_authority(told, &[Role::Quality, Role::Lead])?;
        let station = told.event.about.station.as_ref().ok_or("happens at no station")?;
        let unit = told.event.about.unit.as_ref().ok_or("is about no unit")?;
        let product = self.units.get(unit).ok_or("is about a unit that never began")?;
        let waits = product.firsts.iter().any(|f| f.station == *station && !f.passed);
        must(waits, "gives up a first piece that waits nowhere")
    }

    /// What an event means for the first piece that its unit is.
    pub(super) fn heed_first_pieces(&mut self, event: &Event) {
        let about = &event.about;
        let (Some(station), Some(unit)) = (&about.station, &about.unit) else { return };
        let Some(product) = self.units.get_mut(unit) else { return };
        let here = |f: &First| f.station == *station;
        let of_step = |f: &&mut First| f.station == *station && about.step.as_ref() == Some(&f.step);
        match &event.what {
            What::UnitClosed(_) => product.firsts.retain(|f| !here(f) || f.worked || f.approved || f.passed),
            What::MaterialInstalled(_) | What::MaterialVerified(_) | What::CheckRecorded(_) => {
                product.firsts.iter_mut().filter(of_step).for_each(|f| f.worked = true);
            }
            What::FirstPieceApproved(_) => product.firsts.iter_mut().filter(of_step).for_each(|f| f.approved = true),
            What::ObservationVoided(_) | What::SignatureLapsed(_) | What::RetestBegun(_) => {
                let again = product.firsts.iter_mut().filter(of_step).filter(|f| f.approved && !f.passed);
                again.for_each(|f| (f.approved, f.worked) = (false, true));
            }
            What::StepPassed(_) => {
                product.firsts.iter_mut().filter(of_step).filter(|f| f.approved).for_each(|f| f.passed = true);
            }
            What::FirstPieceDropped(_)
            | What::StepFailed(_)
            | What::UnitHeld(_)
            | What::Disposed(_)
            | What::SentBack(_)
            | What::RouteMoved(_) => product.firsts.retain(|f| !here(f) || f.passed),
            _ => {}
        }
    }

    /// Whether somebody waits for a first piece as a refusal says.
    pub(super) fn waits_for_first_piece(&self, told: Told<'_>, refused: &Refused) -> bool {
        let (station, evidence) = (told.event.about.station.as_ref(), &refused.evidence);
        let first = evidence.first.as_ref().and_then(|unit| self.units.get(unit));
        first.is_some_and(|p| {
            let waits = |f: &First| Some(&f.station) == station && evidence.step.as_ref() == Some(&f.step) && !f.passed;
            p.state == State::Working && !p.is_held() && p.firsts.iter().any(waits)
        })
    }
}
