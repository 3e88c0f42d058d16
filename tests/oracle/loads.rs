//! What the oracle knows of loads: units go in by their labels until the load begins, stay for their time, and come out
//! together; what is observed of the load stands in the record of each.

use std::sync::Arc;

use traveller::domain::command::Command;
use traveller::domain::event::Event;
use traveller::domain::id::{CheckId, DeviceId, StationId, UnitId};
use traveller::domain::load::{LoadAct, LoadOver, LoadRule};
use traveller::domain::refusal::Code;
use traveller::domain::route::{Check, Route, Typed};
use traveller::domain::what::{CheckRecorded, Failure, LoadChecked, LoadEnded, LoadEntered, Refused, StepFailed, What};

use super::clock::{MINUTE, When};
use super::hear::Told;
use super::judge::judge;
use super::labels::{names_the_unit, was_scanned};
use super::model::{Heard, Oracle, Seen, State, must};
use super::work::is_asked_twice;

/// What was observed of a load: the value, whether it is good, and what it was measured with.
type SeenOnce = (CheckId, String, bool, Option<DeviceId>);

/// A load at a station.
#[derive(Clone)]
pub(super) struct Oven {
    name: String,
    route: Arc<Route>,
    at: usize,
    inside: Vec<UnitId>,
    begun: Option<When>,
    seen: Vec<SeenOnce>,
    over: Option<LoadOver>,
}

impl Oven {
    fn rule(&self) -> &LoadRule {
        self.route.steps[self.at].load.as_ref().unwrap()
    }

    fn check(&self, id: &CheckId) -> Option<&Check> {
        let of_load = self.rule().checks.contains(id);
        self.route.steps[self.at].checks.iter().find(|check| of_load && check.id == *id)
    }

    fn first_failed(&self) -> Option<&CheckId> {
        self.seen.iter().find(|(_, _, passed, _)| !passed).map(|(check, ..)| check)
    }
}

/// A unit that just came out of a load, and the load.
#[derive(Clone)]
pub(super) struct Through {
    unit: UnitId,
    oven: Oven,
    /// Whether it could go on before.
    was: State,
}

impl Oracle {
    pub(super) fn load(&mut self, told: Told<'_>) -> Heard {
        let station = self.operator(told)?.1.clone();
        match &told.event.what {
            What::LoadEntered(e) => self.goes_in(told, &station, e),
            What::LoadLeft(_) => self.goes_out(told, &station),
            What::LoadBegun(e) => {
                let oven = self.oven(told, &station)?;
                must(matches!(told.cause.cmd, Command::Load(LoadAct::Begin)), "begins, and nobody said so")?;
                must(oven.inside == e.units, "begins with other units than are in it")?;
                must(oven.begun.replace(told.when()).is_none(), "begins a second time")
            }
            What::LoadChecked(e) => self.seen_of_load(told, &station, e),
            What::LoadEnded(e) => self.ends(told, &station, e),
            _ => self.comes_out(told, &station),
        }
    }

    /// The load that an event is about.
    fn oven(&mut self, told: Told<'_>, station: &StationId) -> Heard<&mut Oven> {
        let oven = self.stations.get_mut(station).and_then(|bench| bench.oven.as_mut());
        let oven = oven.ok_or("is of a load, and none is here")?;
        let step = Some(&oven.route.steps[oven.at].id);
        let is_it = told.event.about.load.as_ref() == Some(&oven.name) && told.event.about.step.as_ref() == step;
        must(is_it, "is of another load")?;
        Ok(oven)
    }

    /// A unit goes in for the step that is due, as it would be taken up for it, beside others of the same step. Whoever
    /// stands by was called for.
    fn goes_in(&mut self, told: Told<'_>, station: &StationId, e: &LoadEntered) -> Heard {
        let about = &told.event.about;
        let unit = about.unit.clone().ok_or("is about no unit")?;
        let product = self.units.get(&unit).ok_or("puts in a unit that never began")?;
        let (at, route) = (product.due, Arc::clone(&product.route));
        let step = product.step().filter(|s| about.step.as_ref() == Some(&s.id)).ok_or("goes in for another step")?;
        let rule = step.load.as_ref().ok_or("goes into a load for a step that has none")?;
        must(!product.work[at].treated, "goes in although it went through")?;
        must(product.inside.is_none() && product.open.is_none(), "goes in, and is somewhere else")?;
        match &e.supervisor {
            None => names_the_unit(told, &unit, self.label_of(&unit), &route.identifier)?,
            Some(badge) => {
                self.was_called_for(told, &unit, badge)?;
                was_scanned(told, self.named_by_hand(told), route.identifier.typed)?;
            }
        }
        self.may_take_up(told, product, at, e.supervisor.as_ref())?;
        self.is_sound_inside(&unit)?;
        self.lies_on_its_panel(told, &unit, None)?;
        let most = usize::try_from(rule.units).unwrap();
        let bench = self.stations.entry(station.clone()).or_default();
        let name = about.load.clone().ok_or("goes into no load")?;
        let oven = match &mut bench.oven {
            Some(oven) => oven,
            none => {
                bench.ovens += 1;
                must(name == format!("{station}-{}", bench.ovens), "gives a load another number than the next")?;
                let (route, inside, seen) = (Arc::clone(&route), Vec::new(), Vec::new());
                none.insert(Oven { name: name.clone(), route, at, inside, begun: None, seen, over: None })
            }
        };
        must(oven.name == name && oven.at == at && oven.route == route, "goes in with units of another step")?;
        must(oven.begun.is_none(), "goes into a load that has begun")?;
        must(oven.inside.len() < most, "goes into a load that is full")?;
        oven.inside.push(unit.clone());
        self.units.get_mut(&unit).unwrap().inside = Some(station.clone());
        Ok(())
    }

    /// A unit is taken out, while the load has not begun.
    fn goes_out(&mut self, told: Told<'_>, station: &StationId) -> Heard {
        let unit = told.event.about.unit.clone().ok_or("is about no unit")?;
        let oven = self.oven(told, station)?;
        must(oven.begun.is_none(), "is taken out of a load that has begun")?;
        self.leaves(station, &unit)
    }

    fn leaves(&mut self, station: &StationId, unit: &UnitId) -> Heard {
        let bench = self.stations.get_mut(station).unwrap();
        let oven = bench.oven.as_mut().ok_or("leaves no load")?;
        let at = oven.inside.iter().position(|u| u == unit).ok_or("leaves a load that it is not in")?;
        oven.inside.remove(at);
        if oven.inside.is_empty() {
            bench.oven = None;
        }
        self.units.get_mut(unit).unwrap().inside = None;
        Ok(())
    }

    /// What is observed once, of the load.
    fn seen_of_load(&mut self, told: Told<'_>, station: &StationId, e: &LoadChecked) -> Heard {
        must(self.all_at(station).is_empty(), "is said of the load while a unit is open")?;
        let last_no = self.stations[station].last_no.clone();
        let variant = self.oven(told, station)?.inside.first().cloned();
        let variant = variant.and_then(|unit| self.units[&unit].variant.clone());
        let of_load = self.oven(told, station)?.clone();
        let check = of_load.check(&e.check).ok_or("is no check of the load")?;
        let chosen = self.measures(told, (&of_load.route, of_load.at), check)?;
        let with = told.gauge().or(chosen);
        must(e.gauge == with, format!("says {:?}, and was measured with {with:?}", e.gauge))?;
        let oven = self.oven(told, station)?;
        must(oven.seen.iter().all(|(id, ..)| *id != e.check), "is observed already")?;
        let by_hand = !matches!(told.cause.cmd, Command::Value { gauge: Some(_), .. });
        let is_read_off = by_hand || told.is_on_paper();
        must(!is_read_off || check.typed != Typed::Refuse, "is typed where only a scan or a gauge counts")?;
        let good =
            judge(&oven.route, variant.as_deref(), check, &e.value, by_hand).ok_or("is a value that is no answer")?;
        must(good == e.passed, format!("says {} of {:?}", e.passed, e.value))?;
        if by_hand && !good && is_asked_twice(check) {
            let asked = last_no.filter(|(code, no)| *code == Code::ConfirmValue && no.check.as_ref() == Some(&e.check));
            let said = asked.and_then(|(_, no)| no.value);
            must(said.as_ref() == Some(&e.value), "records a failing value without asking again")?;
        }
        oven.seen.push((e.check.clone(), e.value.clone(), e.passed, e.gauge.clone()));
        Ok(())
    }

    /// It ends after its time, as far as anybody knows, and with all that is observed of it.
    fn ends(&mut self, told: Told<'_>, station: &StationId, e: &LoadEnded) -> Heard {
        let oven = self.oven(told, station)?.clone();
        let rule = oven.rule();
        let begun = oven.begun.as_ref().ok_or("ends and never began")?;
        let (passed, known) = self.between(begun, &told.when()).under(oven.route.clock);
        let late = rule.max.is_some_and(|max| passed > i64::from(max) * MINUTE);
        let least = rule.min.map_or(0, i64::from) * MINUTE;
        must(late || known || rule.max.is_none() && passed >= least, "ends, and nobody knows how long it took")?;
        must(late || passed >= least, format!("ends too early: {passed} of {least}"))?;
        let missing = rule.checks.iter().find(|check| oven.seen.iter().all(|(id, ..)| id != *check));
        must(missing.is_none(), format!("ends without {missing:?}"))?;
        let ended = if late { LoadOver::TooLate } else { LoadOver::InTime };
        must(e.over == ended, format!("says that it is {:?}", e.over))?;
        must(self.oven(told, station)?.over.replace(ended).is_none(), "ends a second time")
    }

    /// A unit is through with a load that is over.
    fn comes_out(&mut self, told: Told<'_>, station: &StationId) -> Heard {
        let What::UnitTreated(e) = &told.event.what else { return Err("is nothing of a load".to_owned()) };
        let unit = told.event.about.unit.clone().ok_or("is about no unit")?;
        let oven = self.oven(told, station)?.clone();
        must(oven.over == Some(e.over), "comes out of a load that is not over, or ended otherwise")?;
        self.leaves(station, &unit)?;
        let product = self.units.get_mut(&unit).unwrap();
        must(product.due == oven.at, "comes out at another step than it went in for")?;
        product.work[oven.at].treated = true;
        let was = product.state;
        self.through = Some(Through { unit, oven, was });
        Ok(())
    }

    /// What the load says of a unit that came out of it.
    pub(super) fn is_told_by_the_load(&mut self, told: Told<'_>) -> Option<Heard> {
        let through = self.through.clone().filter(|t| told.event.about.unit.as_ref() == Some(&t.unit))?;
        match &told.event.what {
            What::CheckRecorded(c) => Some(self.observed_in_load(told, &through, c)),
            What::StepFailed(e) => Some(self.failed_in_load(told, &through, e)),
            What::StepPassed(e) => Some(self.passed(told, &through.unit, e)),
            What::MaterialInstalled(m) => Some(
                self.begin_attempt(&through.unit, told.event).and_then(|()| self.installed(told, &through.unit, m)),
            ),
            _ => None,
        }
    }

    fn observed_in_load(&mut self, told: Told<'_>, through: &Through, c: &CheckRecorded) -> Heard {
        let seen = (c.check.clone(), c.value.clone(), c.passed, c.gauge.clone());
        must(through.oven.seen.contains(&seen), "says of the unit what was not observed of the load")?;
        self.begin_attempt(&through.unit, told.event)?;
        let (_, _, work) = self.now(&through.unit);
        must(work.seen.iter().all(|s| s.check != c.check), "is recorded already in this attempt")?;
        let (event, check, good) = (told.event.stamp.seq, c.check.clone(), c.passed);
        work.seen.push(Seen { event, check, point: None, good, accepted: false });
        Self::did(work, told.event);
        Ok(())
    }

    fn failed_in_load(&mut self, told: Told<'_>, through: &Through, e: &StepFailed) -> Heard {
        let because = through.oven.first_failed().map(|check| Failure::Check(check.clone()));
        let late = (through.oven.over == Some(LoadOver::TooLate)).then_some(Failure::Late);
        must(Some(&e.because) == because.or(late).as_ref(), "fails for something else than the load")?;
        self.begin_attempt(&through.unit, told.event)?;
        let product = self.units.get_mut(&through.unit).unwrap();
        let due = product.due;
        product.work[due].failed += 1;
        product.state = State::Nonconforming;
        self.counts(&through.unit, due, false);
        Ok(())
    }

    /// When a unit is out: all that was observed of the load is in its record, and where that failed, so did the unit.
    pub(super) fn came_out(&mut self, action: &[Event]) -> Heard {
        for bench in self.stations.values() {
            let waits = bench.oven.as_ref().filter(|oven| oven.over.is_some());
            let goes_on = |e: &Event| {
                let ends = matches!(e.what, What::LoadEnded(_));
                ends || e.cause.as_ref().is_some_and(|c| matches!(c.cmd, Command::Load(LoadAct::Unload { .. })))
            };
            must(waits.is_none() || action.first().is_some_and(goes_on), "a load is over, and units are in it")?;
        }
        let Some(Through { unit, oven, was }) = self.through.take() else { return Ok(()) };
        let product = &self.units[&unit];
        for (check, ..) in &oven.seen {
            let told = product.work[oven.at].seen.iter().any(|s| s.check == *check);
            must(told, format!("{unit} does not say {check} of its load"))?;
        }
        let failed = oven.first_failed().is_some() || oven.over == Some(LoadOver::TooLate);
        let stopped = product.state == State::Nonconforming || was != State::Working;
        must(!failed || stopped, format!("{unit} goes on after a load that failed"))
    }

    /// Whether a load stands in the way as a refusal says.
    pub(super) fn is_stopped_by_a_load(&self, told: Told<'_>, refused: &Refused) -> bool {
        let evidence = &refused.evidence;
        let oven = told.event.about.station.as_ref().and_then(|at| self.stations.get(at)).and_then(|b| b.oven.as_ref());
        let unit = evidence.unit.as_ref().and_then(|unit| self.units.get(unit));
        match &told.cause.cmd {
            Command::Load(LoadAct::Begin | LoadAct::TakeOut { .. }) => oven.is_some_and(|o| o.begun.is_some()),
            Command::Load(LoadAct::End) => oven.is_some_and(|o| o.begun.is_none()),
            Command::Scan { .. } | Command::Board(_) if unit.is_some() => {
                let more = if let Command::Board(board) = &told.cause.cmd { board.more } else { 0 };
                let due = unit.and_then(|p| Some((p.route.clone(), p.due, p.step()?.load.clone()?)));
                due.is_none_or(|(route, at, rule)| {
                    let inside = oven.map_or(0, |o| o.inside.len()) + usize::try_from(more).unwrap();
                    let other = oven.is_some_and(|o| o.begun.is_some() || o.at != at || o.route != route);
                    other || inside >= usize::try_from(rule.units).unwrap()
                })
            }
            _ => true,
        }
    }

    /// Whether the load has still to stay where it is.
    pub(super) fn stays_in(&self, told: Told<'_>) -> bool {
        let oven = told.event.about.station.as_ref().and_then(|at| self.stations.get(at)).and_then(|b| b.oven.as_ref());
        let Some((oven, begun)) = oven.and_then(|oven| Some((oven, oven.begun.as_ref()?))) else { return false };
        let (passed, _) = self.between(begun, &told.when()).under(oven.route.clock);
        oven.rule().min.is_some_and(|min| passed < i64::from(min) * MINUTE)
    }
}
