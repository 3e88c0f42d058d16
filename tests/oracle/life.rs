//! What the oracle knows of a unit's life: beginning, opening, closing, holding, deciding, ending.

use std::sync::Arc;

use traveller::domain::event::Event;
use traveller::domain::id::{Badge, StationId, UnitId};
use traveller::domain::refusal::Code;
use traveller::domain::role::{Auth, Role};
use traveller::domain::route::{Phase, Start, Step};
use traveller::domain::what::{Disposed, Fate, Next, Outcome, Piece, PutDown, What};

use super::hear::Told;
use super::labels::names_the_unit;
use super::model::{Heard, Oracle, Product, State, Whereabouts, Work, must};

impl Oracle {
    /// The operator who is signed on where an event happened, in the same run of the program.
    pub(super) fn operator(&self, told: Told<'_>) -> Heard<(&Badge, &StationId)> {
        let station = told.event.about.station.as_ref().ok_or("happens at no station")?;
        let (station, bench) = self.stations.get_key_value(station).ok_or("nobody was ever here")?;
        let (badge, session) = bench.operator.as_ref().ok_or("nobody is signed on")?;
        must(Some(session) == told.cause.ambient.session.as_ref(), "nobody is signed on in this run")?;
        must(!self.people[badge].revoked, "the operator's badge counts no more")?;
        Ok((badge, station))
    }

    /// Somebody with the right role does this at a station of the right class.
    pub(super) fn is_right_place(&self, told: Told<'_>, step: &Step) -> Heard<(&Badge, &StationId)> {
        let (badge, station) = self.operator(told)?;
        let class = &self.classes[station];
        must(*class == step.station, format!("step {} is done at {}, not at {class}", step.id, step.station))?;
        let can = self.people[badge].roles.contains(&step.role);
        must(can, format!("step {} takes the role {:?}, which {badge} lacks", step.id, step.role))?;
        Ok((badge, station))
    }

    fn unit(&mut self, event: &Event) -> Heard<&mut Product> {
        let unit = event.about.unit.as_ref().ok_or("is about no unit")?;
        self.units.get_mut(unit).ok_or_else(|| "is about a unit that never began".to_owned())
    }

    /// A unit's life.
    pub(super) fn life(&mut self, told: Told<'_>) -> Heard {
        match &told.event.what {
            What::UnitStarted(e) => self.started(told, &e.first),
            What::UnitOpened(e) => self.opened(told, e.takeover_from.as_ref()),
            What::UnitClosed(e) => self.closed(told, e.why),
            What::UnitHeld(_) => {
                if told.event.about.auth == Some(Auth::BadgePin) {
                    self.has_authority(told, &Role::ALL)?;
                } else {
                    let station = self.operator(told)?.1.clone();
                    let at = self.unit(told.event)?.open.clone();
                    must(at == Some(station), "is held by hand and is not open here")?;
                }
                let product = self.unit(told.event)?;
                must(!product.held, "is held already")?;
                product.held = true;
                Ok(())
            }
            What::HoldReleased(_) => {
                self.has_authority(told, &[Role::Lead, Role::Quality])?;
                let product = self.unit(told.event)?;
                must(product.held, "is not held")?;
                product.held = false;
                Ok(())
            }
            What::Disposed(e) => self.disposed(told, e),
            _ => self.ended(told),
        }
    }

    fn started(&mut self, told: Told<'_>, first: &Next) -> Heard {
        let about = &told.event.about;
        let unit = about.unit.as_ref().ok_or("is about no unit")?;
        must(!self.units.contains_key(unit), "begins a second time")?;
        let of = |r: &&super::model::Released| Some(&r.route.id) == about.route.as_ref();
        let release = self.releases.iter().rev().find(of).ok_or("begins under a route that is not released")?;
        must(!release.withdrawn, "begins under a withdrawn route")?;
        let route = Arc::clone(&release.route);
        must(route.identifier.pattern.matches(unit.as_str()), "has a number of another form")?;
        let step = route.steps.first().ok_or("its route has no step")?;
        must(first.step == step.id && first.station == step.station, "begins at another step than the first")?;
        let station = self.is_right_place(told, step)?.1;
        let is_component = self
            .components
            .iter()
            .any(|(serial, place)| serial.as_str() == unit.as_str() && matches!(place, Whereabouts::In(_)));
        must(!is_component, "has the number of an installed component")?;
        if route.identifier.start == Start::Twice {
            let last = self.stations.get(station).and_then(|b| b.last_no.as_ref());
            let asked = last.is_some_and(|(code, e)| *code == Code::ConfirmStart && e.unit.as_ref() == Some(unit));
            must(asked, "begins with one scan where it takes two")?;
        }
        let work = vec![Work::default(); route.steps.len()];
        let head = told.event.stamp.seq;
        let product = Product { route, head, state: State::Working, held: false, due: 0, open: None, work };
        self.units.insert(unit.clone(), product);
        Ok(())
    }

    fn opened(&mut self, told: Told<'_>, from: Option<&Badge>) -> Heard {
        let unit = told.event.about.unit.clone().ok_or("is about no unit")?;
        let product = self.units.get(&unit).ok_or("opens a unit that never began")?;
        must(!product.held, "opens a held unit")?;
        must(product.state == State::Working, format!("opens a unit that is {:?}", product.state))?;
        let step = product.step().ok_or("opens a unit that is done")?;
        must(told.event.about.step.as_ref() == Some(&step.id), "opens another step than the one that is due")?;
        names_the_unit(told, &unit, &product.route.identifier)?;
        let (badge, station) = self.is_right_place(told, step)?;
        let elsewhere = product.open.as_ref().is_some_and(|at| at != station);
        must(!(elsewhere && product.is_touched()), "pulls a unit from under somebody's hands")?;
        let hands = Some(&product.work[product.due]).filter(|w| w.goes_on).map(|w| &w.hands);
        let others = hands.is_some_and(|h| !h.is_empty() && !h.contains(badge));
        must(!others || from.is_some(), "hides a takeover")?;
        must(from.is_none_or(|f| f != badge && hands.is_some_and(|h| h.contains(f))), "takes over from nobody")?;
        let (station, was) = (station.clone(), product.open.clone());
        let bench = self.stations.entry(station.clone()).or_default();
        must(bench.open.is_none(), "opens a second unit")?;
        bench.open = Some(unit.clone());
        if let Some(other) = was.filter(|at| *at != station).and_then(|at| self.stations.get_mut(&at)) {
            other.open = None;
        }
        self.units.get_mut(&unit).unwrap().open = Some(station);
        Ok(())
    }

    fn closed(&mut self, told: Told<'_>, why: PutDown) -> Heard {
        let station = told.event.about.station.clone();
        let unit = told.event.about.unit.clone().ok_or("is about no unit")?;
        let touched = self.unit(told.event)?.is_touched();
        must(!(why == PutDown::Switched && touched), "makes room although its step is unfinished")?;
        let at = self.unit(told.event)?.open.take();
        must(at.is_some() && (at == station || station.is_none()), "closes what is not open here")?;
        self.put_down(&unit);
        Ok(())
    }

    /// The unit lies on no bench any more.
    pub(super) fn put_down(&mut self, unit: &UnitId) {
        if let Some(product) = self.units.get_mut(unit) {
            product.open = None;
        }
        for bench in self.stations.values_mut() {
            if bench.open.as_ref() == Some(unit) {
                bench.open = None;
            }
        }
    }

    fn disposed(&mut self, told: Told<'_>, disposed: &Disposed) -> Heard {
        let needs = if disposed.outcome == Outcome::UseAsIs { Role::Quality } else { Role::Lead };
        self.has_authority(told, &[needs])?;
        let unit = told.event.about.unit.clone().ok_or("is about no unit")?;
        let product = self.units.get_mut(&unit).ok_or("is about a unit that never began")?;
        must(product.state == State::Nonconforming, format!("decides about a unit that is {:?}", product.state))?;
        for gone in &disposed.removed {
            let is_it = |p: &super::model::PieceIn| p.piece == Piece::Serial(gone.serial.clone());
            let there =
                product.work.iter_mut().find(|w| w.pieces.iter().any(is_it)).ok_or("removes what is not there")?;
            there.pieces.retain(|p| !is_it(p));
            must(self.components.get(&gone.serial) == Some(&Whereabouts::In(unit.clone())), "was not there")?;
            self.components.insert(gone.serial.clone(), Whereabouts::Out(Some(gone.fate)));
            product.work.iter_mut().for_each(|w| w.done.retain(|d| d.serial.as_ref() != Some(&gone.serial)));
        }
        match &disposed.outcome {
            Outcome::Scrap => product.state = State::Scrapped,
            Outcome::UseAsIs => {
                product.state = State::Working;
                let work = &mut product.work[product.due];
                work.failed -= 1;
                work.signed = None;
                for seen in &mut work.seen {
                    seen.accepted |= !seen.good;
                }
            }
            Outcome::Rework { to, station, due } => {
                let until = product.due;
                let failed = &product.route.steps[until];
                must(*to == failed.on_fail || failed.rework_to.contains(to), "goes back where the route does not")?;
                must(product.work[until].failed < failed.attempts, "goes back although no attempt is left")?;
                let from = product.route.position(to).filter(|from| *from <= until).ok_or("goes back forwards")?;
                let again: Vec<_> = product.route.steps[from..=until].iter().map(|s| s.id.clone()).collect();
                must(*due == again, "does not do again all that follows")?;
                must(*station == product.route.steps[from].station, "goes back to another station")?;
                (product.state, product.due) = (State::Working, from);
                for work in &mut product.work[from..=until] {
                    (work.goes_on, work.passed, work.retests, work.signed) = (false, false, 0, None);
                    work.pieces.iter_mut().filter(|p| matches!(p.piece, Piece::Serial(_))).for_each(|p| p.met = false);
                }
            }
        }
        if disposed.outcome != Outcome::UseAsIs && told.event.about.station != self.units[&unit].open {
            self.put_down(&unit);
        }
        Ok(())
    }

    /// A unit is done only when every step of its route is, with all that it asks for.
    fn ended(&mut self, told: Told<'_>) -> Heard {
        let product = self.unit(told.event)?;
        must(product.state == State::Working && !product.held, "ends a unit that may not go on")?;
        must(product.due == product.route.steps.len(), "ends before the last step")?;
        for (at, step) in product.route.steps.iter().enumerate() {
            let work = &product.work[at];
            must(work.passed, format!("ends without step {}", step.id))?;
            for (part, wanted) in &step.uses {
                let of_part = work.pieces.iter().filter(|p| p.part == *part);
                let there: u32 = of_part.clone().filter(|p| p.met).map(|p| p.quantity).sum();
                must(there == *wanted, format!("ends with {there} of {wanted} {part} for step {}", step.id))?;
            }
        }
        let leaves = product.route.steps.last().is_some_and(|s| s.phase == Phase::Dispatch);
        let says = matches!(told.event.what, What::UnitDispatched(_));
        must(leaves == says, "is dispatched only by a last step of dispatch")?;
        product.state = if leaves { State::Dispatched } else { State::Complete };
        Ok(())
    }
}

/// Whether a component that came out may go in again.
pub(super) fn may_go_in(place: Option<&Whereabouts>) -> Heard {
    match place {
        Some(Whereabouts::In(unit)) => Err(format!("is in {unit}")),
        Some(Whereabouts::Out(Some(fate @ (Fate::Scrap | Fate::Quarantine)))) => Err(format!("was put to {fate:?}")),
        Some(Whereabouts::Out(Some(Fate::Reuse) | None)) | None => Ok(()),
    }
}
