//! What must be so when an action is over, and which units have a step that only some have.

use std::collections::BTreeSet;
use std::sync::Arc;

use traveller::domain::event::{Cause, Event, How};
use traveller::domain::id::{LotId, UnitId};
use traveller::domain::route::{Advance, Capture, Route};
use traveller::domain::what::{Piece, Sampled, What};

use super::batches::is_a_trace;
use super::clock::When;
use super::hear::Told;
use super::model::{Heard, Oracle, State, must};

impl Oracle {
    /// What must be so when an action is over.
    pub(super) fn after(&mut self, action: &[Event], cause: &Cause) -> Heard {
        for event in action {
            let told = Told { event, cause, action };
            let complain = |what: String| format!("after event {} {}: {what}", event.stamp.seq, event.what.kind());
            self.is_settled(told).map_err(complain)?;
            let Some(unit) = event.about.unit.as_ref().filter(|u| self.units.contains_key(*u)) else { continue };
            self.has_moved_on(told, unit)?;
        }
        self.counts_pieces()?;
        self.came_out(action)?;
        for (station, bench) in &self.stations {
            let Some(open) = &bench.open else { continue };
            let in_nests: BTreeSet<_> = bench.nests.values().chain([open]).cloned().collect();
            must(self.all_at(station) == in_nests, format!("two units are open at {station}"))?;
        }
        self.stations.values_mut().for_each(|bench| bench.replaced.clear());
        Ok(())
    }

    /// What one event brings with it, in the same action.
    fn is_settled(&self, told: Told<'_>) -> Heard {
        let later = |kinds: &[&str]| {
            let unit = &told.event.about.unit;
            let mut rest = told.action.iter().skip_while(|e| e.stamp.seq <= told.event.stamp.seq);
            rest.any(|e| kinds.contains(&e.what.kind()) && e.about.unit == *unit)
        };
        match &told.event.what {
            What::UnitStarted(_) => must(later(&["unit-opened"]), "begins and is not taken up"),
            What::StepPassed(_) | What::StepSkipped(_) if !later(&["unit-closed", "unit-opened"]) => {
                self.stays_open(told)
            }
            What::StepPassed(e) if e.next.is_none() => {
                must(later(&["unit-completed", "unit-dispatched"]), "passes its last step and is not done")
            }
            What::MaterialInstalled(m) => {
                let drawn = told.event.about.how == Some(How::Loaded) && m.quantity > 0;
                let is_batch = told.event.about.pieces.is_some();
                let passes = later(&["step-passed"]) || is_batch;
                must(!drawn || passes, "draws from what is loaded, and nothing passes")?;
                let Piece::Lot(lot) = &m.piece else { return Ok(()) };
                must(
                    is_a_trace(told) || self.runs(told, &self.route_of(told), lot),
                    "uses a lot whose floor life does not run",
                )
            }
            What::LotLoaded(e) => {
                let station = told.event.about.station.as_ref().ok_or("happens at no station")?;
                // Loaded for a unit, it is used as that one's route says.
                let used = told.action.iter().find(|a| {
                    let of_it = Piece::Lot(e.lot.clone());
                    matches!(&a.what, What::MaterialInstalled(m) if m.piece == of_it && m.quantity > 0)
                });
                let of_unit = used.and_then(|a| a.about.unit.as_ref()).and_then(|unit| self.units.get(unit));
                let mut routes = self.drawing(station, &e.part);
                routes.extend(of_unit.map(|product| Arc::clone(&product.route)));
                if routes.is_empty() {
                    routes = self.judges(station, e);
                }
                let runs = routes.iter().all(|route| self.runs(told, route, &e.lot));
                must(runs, "loads a lot whose floor life does not run")?;
                self.is_traced(told, &e.part)
            }
            _ => Ok(()),
        }
    }

    /// The route of the unit that an event is about, or of the newest one.
    fn route_of(&self, told: Told<'_>) -> Arc<Route> {
        let unit = told.event.about.unit.as_ref().and_then(|unit| self.units.get(unit));
        unit.map_or_else(|| Arc::clone(&self.releases.last().unwrap().route), |p| Arc::clone(&p.route))
    }

    /// Where a part has a floor life, a lot of it that is used is open.
    fn runs(&self, told: Told<'_>, route: &Route, lot: &LotId) -> bool {
        let batch = &self.lots[lot];
        let about = route.parts.get(&batch.part);
        let is_open = |since: &When| told.event.about.happened.is_none_or(|at| since.at() <= at);
        about.is_none_or(|part| part.floor_minutes.is_none()) || batch.open.as_ref().is_some_and(is_open)
    }

    /// A lot that is replaced in the middle of a unit is in that unit, too.
    fn is_traced(&self, told: Told<'_>, part: &traveller::domain::id::PartId) -> Heard {
        let bench = &self.stations[told.event.about.station.as_ref().ok_or("happens at no station")?];
        let Some(before) = bench.replaced.get(part) else { return Ok(()) };
        let traced = told.action.iter().any(|e| match &e.what {
            What::MaterialInstalled(m) => {
                is_a_trace(Told { event: e, ..told }) && m.part == *part && m.piece == Piece::Lot(before.clone())
            }
            _ => false,
        });
        let has_passed = told.action.iter().any(|e| e.what.kind() == "step-passed");
        let open = bench.open.as_ref().map(|unit| &self.units[unit]).filter(|_| !has_passed);
        let was_drawn_into = open.is_some_and(|p| {
            let is_loaded = p.route.parts.get(part).is_some_and(|about| about.capture == Capture::Loaded);
            let is_noted =
                p.work[p.due].pieces.iter().any(|i| i.part == *part && i.piece == Piece::Lot(before.clone()));
            p.is_touched() && is_loaded && p.missing(p.due, part) > 0 && !is_noted
        });
        must(
            traced || !was_drawn_into,
            format!("replaces {before} in the middle of a unit, and the unit does not say so"),
        )
    }

    /// Where a unit stays open for the step that follows, it could be taken up for it.
    pub(super) fn stays_open(&self, told: Told<'_>) -> Heard {
        let unit = told.event.about.unit.as_ref().ok_or("is about no unit")?;
        let product = &self.units[unit];
        if product.open != told.event.about.station || product.state != State::Working {
            return Ok(());
        }
        let loaded = product.step().is_none_or(|s| s.load.is_none()) || product.work[product.due].treated;
        must(loaded, "stays open for a step that is done in a load")?;
        self.may_take_up(told, product, product.due, None).map_err(|why| format!("stays open, and {why}"))?;
        self.is_no_new_first_piece(told, unit)
    }

    /// A failure without another try stops the unit; with its last need a step passes where the route says so.
    fn has_moved_on(&self, told: Told<'_>, unit: &UnitId) -> Heard {
        let product = &self.units[unit];
        if product.sample.is_some() {
            return Ok(());
        }
        let event = told.event;
        let Some(step) = product.step().filter(|s| Some(&s.id) == event.about.step.as_ref()) else { return Ok(()) };
        let (did_fail, did_work) = match &event.what {
            What::CheckRecorded(c) => (!c.passed, true),
            What::MaterialInstalled(_) => (false, !is_a_trace(told)),
            What::MaterialVerified(_)
            | What::SignatureRecorded(_)
            | What::FirstPieceApproved(_)
            | What::UnitTreated(_) => (false, true),
            _ => (false, false),
        };
        if did_fail && product.state == State::Working && !product.may_retest() {
            return Err(format!("{unit} failed for good at step {} and may go on", step.id));
        }
        let waits = did_work && product.state == State::Working && !product.is_held() && step.advance == Advance::Auto;
        if waits && self.may_pass(told, product).is_ok() && self.is_sound_inside(unit).is_ok() {
            return Err(format!("{unit} has all that step {} asks for and did not pass", step.id));
        }
        Ok(())
    }

    /// A unit passed or failed at a step: where only some units have it, that counts.
    pub(super) fn counts(&mut self, unit: &UnitId, at: usize, passed: bool) {
        let pieces = self.units[unit].pieces();
        let route = &self.units[unit].route;
        let name = (route.id.clone(), route.steps[at].id.clone());
        if let Some(counter) = self.counters.get_mut(&name) {
            counter.since_failure = if passed { counter.since_failure.map(|n| n + pieces) } else { Some(0) };
        }
    }

    /// Draws a unit for the sampled steps that it comes to next: the first of all has the step, then every n-th; and
    /// after a failure there each one, until so many have passed in a row.
    pub(super) fn draws(&mut self, unit: &UnitId) -> Vec<Sampled> {
        let product = self.units.get_mut(unit).unwrap();
        let mut drawn = Vec::new();
        for at in product.ahead() {
            let step = &product.route.steps[at];
            let mut taken = true;
            if let Some(rule) = step.sample.filter(|_| !product.work[at].drawn) {
                let counter = self.counters.entry((product.route.id.clone(), step.id.clone())).or_default();
                // A batch counts by its pieces.
                let pieces = product.pieces();
                let since: u32 = counter.had_it.iter().rev().take_while(|(had, _)| !had).map(|(_, n)| n).sum();
                let is_strict = counter.since_failure.is_some_and(|passed| passed < rule.tightened);
                taken = counter.had_it.is_empty() || is_strict || since + pieces >= rule.one_in;
                counter.had_it.push((taken, pieces));
                drawn.push(Sampled { step: step.id.clone(), taken });
                (product.work[at].drawn, product.work[at].left_out) = (taken, !taken);
            }
            if taken && !product.may_leave_out(at) {
                break;
            }
        }
        drawn
    }
}
