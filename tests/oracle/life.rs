//! What the oracle knows of a unit's life: beginning, opening, closing, holding, deciding, ending.

use std::sync::Arc;

use traveller::domain::command::Command;
use traveller::domain::event::{Event, Link};
use traveller::domain::id::{StationId, StepId, UnitId};
use traveller::domain::refusal::Code;
use traveller::domain::role::{Auth, Role};
use traveller::domain::route::{Phase, Start};
use traveller::domain::what::{Disposed, Fate, Next, Outcome, Piece, PutDown, Removed, UnitOpened, UnitStarted, What};

use super::hear::Told;
use super::labels::{names_the_unit, was_scanned};
use super::model::{Heard, HeldFor, Oracle, Product, State, Whereabouts, must};

impl Oracle {
    fn unit(&mut self, event: &Event) -> Heard<&mut Product> {
        let unit = event.about.unit.as_ref().ok_or("is about no unit")?;
        self.units.get_mut(unit).ok_or_else(|| "is about a unit that never began".to_owned())
    }

    /// A unit's life.
    pub(super) fn life(&mut self, told: Told<'_>) -> Heard {
        match &told.event.what {
            What::UnitStarted(e) => self.started(told, e),
            What::UnitOpened(e) => self.opened(told, e),
            What::StepSkipped(e) => self.skipped(told, &e.next),
            What::UnitClosed(e) => self.closed(told, e.why),
            What::UnitHeld(e) => {
                let along = self.takes_hold_along(told);
                if along {
                    // It is that of the pieces, whoever moved them.
                } else if told.event.about.auth == Some(Auth::BadgePin) {
                    self.has_authority(told, &Role::ALL)?;
                } else {
                    let station = self.operator(told)?.1.clone();
                    let at = self.unit(told.event)?.open.clone();
                    must(at == Some(station), "is held by hand and is not open here")?;
                }
                let (seq, reason, of) = (told.event.stamp.seq, told.event.about.reason.clone(), e.of.clone());
                let product = self.unit(told.event)?;
                let says_nothing_new = |held: &HeldFor| match &of {
                    Some(of) => held.of.as_ref() == Some(of),
                    None => held.reason == reason,
                };
                must(!product.holds.iter().any(says_nothing_new), "is held for that already")?;
                must(product.holds.len() < 32, "has as many holds as it may have")?;
                product.holds.push(HeldFor { seq, reason, of });
                Ok(())
            }
            What::HoldReleased(_) => {
                self.has_authority(told, &[Role::Lead, Role::Quality])?;
                let corrects = told.event.about.corrects.clone();
                let product = self.unit(told.event)?;
                let named = product.holds.iter().position(|held| corrects == Some(Link::Here(held.seq)));
                product.holds.remove(named.ok_or("ends no hold that the unit has")?);
                Ok(())
            }
            What::Disposed(e) => self.disposed(told, e),
            What::ComponentsRecovered(e) => self.recovered(told, &e.removed),
            _ => self.ended(told),
        }
    }

    fn started(&mut self, told: Told<'_>, started: &UnitStarted) -> Heard {
        let about = &told.event.about;
        let unit = about.unit.as_ref().ok_or("is about no unit")?;
        must(!self.units.contains_key(unit), "begins a second time")?;
        if let Some((sample, unit)) = self.sample_started(told, started)? {
            self.units.insert(unit, sample);
            return Ok(());
        }
        let station = self.operator(told)?.1.clone();
        let claimed = self.claims(unit.as_str()).ok_or("begins and no route claims its number")?;
        let order = self.order_of(unit, claimed, &station)?;
        must(about.order.as_ref() == order, format!("begins under {:?}, and belongs to {order:?}", about.order))?;
        let ordered = order.map(|id| &self.orders[id]);
        let revision = ordered.map_or(&claimed.revision, |o| &o.revision);
        let is_it = |r: &&super::model::Released| r.route.id == claimed.id && r.route.revision == *revision;
        let release = self.releases.iter().find(is_it).ok_or("begins under a route that is not released")?;
        must(!release.withdrawn, "begins under a withdrawn route")?;
        let route = Arc::clone(&release.route);
        let pinned = about.route.as_ref() == Some(&route.id) && about.revision.as_ref() == Some(&route.revision);
        must(pinned, "begins under another revision than its order says, or than the one that is released")?;
        let variant = ordered.and_then(|o| o.variant.clone());
        must(started.variant == variant, format!("is {:?}, and ordered as {variant:?}", started.variant))?;
        must(route.variants.is_empty() == variant.is_none(), "is of a variant, and nobody said of which")?;
        must(route.identifier.pattern.matches(unit.as_str()), "has a number of another form")?;
        let mut product = Product::fresh(&route, told.event.stamp.seq);
        (product.order, product.variant) = (order.cloned(), variant);
        product.heap = self.counted(told, &route)?;
        product.due = *product.ahead().first().ok_or("its route has no step")?;
        let step = &product.route.steps[product.due];
        let first = &started.first;
        must(first.step == step.id && first.station == step.station, "begins at another step than the first")?;
        self.is_right_place(told, step)?;
        must(!self.is_installed(unit.as_str()), "has the number of an installed component")?;
        // Whoever says how many pieces it has answers what was asked back.
        let counted = matches!(told.cause.cmd, Command::Value { .. }) && product.heap.is_some();
        if product.route.identifier.start == Start::Twice || counted {
            let bench = self.stations.get(&station);
            let confirmed = bench
                .and_then(|b| b.last_no.as_ref())
                .is_some_and(|(code, e)| *code == Code::ConfirmStart && e.unit.as_ref() == Some(unit));
            let asked = confirmed || bench.is_some_and(|b| b.called.as_ref().is_some_and(|(at, _)| at == unit));
            must(asked, "begins with one scan where it takes two")?;
        }
        self.units.insert(unit.clone(), product);
        Ok(())
    }

    fn opened(&mut self, told: Told<'_>, opened: &UnitOpened) -> Heard {
        let unit = told.event.about.unit.clone().ok_or("is about no unit")?;
        let product = self.units.get(&unit).ok_or("opens a unit that never began")?;
        must(product.state == State::Working, format!("opens a unit that is {:?}", product.state))?;
        let at = told.event.about.step.as_ref().and_then(|id| product.route.position(id)).ok_or("opens no step")?;
        must(product.choices().contains(&at), "opens another step than the one that is due")?;
        let step = &product.route.steps[at];
        let says = opened.due.as_ref().is_none_or(|n| n.step == step.id && n.station == step.station);
        must(says, "opens another step than it says")?;
        let supervisor = opened.supervisor.as_ref();
        match supervisor {
            None if matches!(told.cause.cmd, Command::Skip) => {
                let turns = self.turns(told, &unit, product, at);
                must(turns, "turns to another step than one of the group of the open unit")?;
            }
            _ if matches!(told.cause.cmd, Command::Value { .. }) => self.was_counted(told, &unit, supervisor)?,
            None => names_the_unit(told, &unit, self.label_of(&unit), &product.route.identifier)?,
            Some(badge) => self.was_called_for(told, &unit, badge)?,
        }
        if supervisor.is_some() || matches!(told.cause.cmd, Command::Value { .. }) {
            was_scanned(told, self.named_by_hand(told), product.route.identifier.typed)?;
        }
        must(product.inside.is_none(), "opens what is in a load")?;
        must(step.load.is_none() || product.work[at].treated, "is opened at a step that is done in a load")?;
        self.lies_on_its_panel(told, &unit, told.event.about.nest)?;
        self.may_take_up(told, product, at, supervisor)?;
        let turns = self.turns(told, &unit, product, at);
        if !turns {
            self.is_sound_inside(&unit)?;
        }
        let (badge, station) = self.operator(told)?;
        let elsewhere = product.open.as_ref().is_some_and(|at| at != station);
        must(!(elsewhere && product.is_touched()), "pulls a unit from under somebody's hands")?;
        let hands = Some(&product.work[at]).filter(|w| w.goes_on).map(|w| &w.hands);
        let others = hands.is_some_and(|h| !h.is_empty() && !h.contains(badge));
        let from = opened.takeover_from.as_ref();
        must(!others || from.is_some(), "hides a takeover")?;
        must(from.is_none_or(|f| f != badge && hands.is_some_and(|h| h.contains(f))), "takes over from nobody")?;
        let (station, was) = (station.clone(), product.open.clone());
        let nest = told.event.about.nest;
        let beside = self.finds_its_nest(&station, &unit, nest, step.nests);
        let bench = self.stations.entry(station.clone()).or_default();
        must(bench.open.is_none() || turns || beside.is_ok(), beside.err().unwrap_or_default())?;
        bench.open = Some(unit.clone());
        if let Some(nest) = nest {
            bench.nests.insert(nest, unit.clone());
        }
        if let Some(other) = was.filter(|at| *at != station).and_then(|at| self.stations.get_mut(&at)) {
            other.nests.retain(|_, u| *u != unit);
            other.open = other.nests.values().next().cloned();
        }
        let product = self.units.get_mut(&unit).unwrap();
        (product.open, product.due) = (Some(station), at);
        if product.sample.is_some() { Ok(()) } else { self.minds_first_pieces(told, &unit, at) }
    }

    /// A second unit is opened in a nest that is free, while every other one is in a nest too, and none of their steps
    /// says that fewer may be open at once.
    fn finds_its_nest(&self, station: &StationId, unit: &UnitId, nest: Option<u32>, nests: u32) -> Heard {
        let Some(bench) = self.stations.get(station) else { return Ok(()) };
        let nest = nest.ok_or("opens a second unit, and in no nest")?;
        let others: Vec<_> = bench.nests.iter().filter(|(_, u)| *u != unit).collect();
        must(
            others.len() == self.all_at(station).iter().filter(|u| *u != unit).count(),
            "is not alone, outside nests",
        )?;
        must(others.iter().all(|(n, _)| **n != nest), "opens a second unit in one nest")?;
        let of_others = others.iter().filter_map(|(_, u)| self.units[*u].step().map(|s| s.nests));
        let most = of_others.chain([nests]).min().unwrap_or(1);
        must(nest >= 1 && nest <= most, "opens a unit in a nest that is not there")?;
        must(u32::try_from(others.len()).unwrap() < most, "opens more units than there are nests")
    }

    /// Whether the operator turns to another step of the group of the open unit.
    fn turns(&self, told: Told<'_>, unit: &UnitId, product: &Product, at: usize) -> bool {
        let group = |at: usize| product.route.steps[at].group.as_ref();
        let is_open = told.event.about.station.as_ref().and_then(|at| self.open_at(at)) == Some(unit);
        is_open && matches!(told.cause.cmd, Command::Skip) && group(at).is_some() && group(at) == group(product.due)
    }

    /// An optional step in which nothing is recorded is left out: the one that the unit would do next.
    fn skipped(&mut self, told: Told<'_>, next: &Next) -> Heard {
        self.operator(told)?;
        let product = self.unit(told.event)?;
        must(!product.is_held() && product.state == State::Working, "leaves out a step of a unit that may not go on")?;
        let ahead = product.ahead();
        let at = *ahead.first().ok_or("leaves out a step of a unit that is done")?;
        let step = &product.route.steps[at];
        must(told.event.about.step.as_ref() == Some(&step.id), "leaves out another step than the next one")?;
        must(step.optional, "leaves out a step that is not optional")?;
        must(product.may_leave_out(at), "leaves out a step that failed, or passed and is due again")?;
        must(!product.is_touched(), "leaves out a step in which something is recorded")?;
        let to = product.route.position(&next.step).filter(|to| ahead[1..].contains(to)).ok_or("leads nowhere")?;
        // Of a group any step may be next.
        let steps = &product.route.steps;
        let beside = |at: usize| steps[at].group.is_some() && steps[at].group == steps[to].group;
        let between = ahead.iter().take_while(|at| **at < to).all(|at| product.may_leave_out(*at) || beside(*at));
        must(between && product.route.steps[to].station == next.station, "leads past a step that is not optional")?;
        product.work[at].left_out = true;
        product.due = to;
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
            bench.nests.retain(|_, u| u != unit);
            if bench.open.as_ref() == Some(unit) {
                bench.open = bench.nests.values().next().cloned();
            }
        }
    }

    fn disposed(&mut self, told: Told<'_>, disposed: &Disposed) -> Heard {
        let needs = if disposed.outcome == Outcome::UseAsIs { Role::Quality } else { Role::Lead };
        self.has_authority(told, &[needs])?;
        let unit = told.event.about.unit.clone().ok_or("is about no unit")?;
        let product = self.units.get(&unit).ok_or("is about a unit that never began")?;
        let late = product.state == State::Working
            && !product.is_touched()
            && self.is_too_late(&told.when(), product, product.due);
        if product.state == State::Returned {
            return self.decided_on_return(told, &unit, disposed);
        }
        must(product.inside.is_none(), "decides about what is in a load")?;
        let may = product.state == State::Nonconforming || late;
        must(may, format!("decides about a unit that is {:?}", product.state))?;
        self.take_out(&unit, &disposed.removed)?;
        let product = self.units.get_mut(&unit).unwrap();
        match &disposed.outcome {
            Outcome::Scrap => {
                (product.was, product.state) = (product.state, State::Scrapped);
                product.stripped = !disposed.removed.is_empty();
            }
            Outcome::UseAsIs if late => product.work[product.due].excused = true,
            Outcome::UseAsIs => {
                product.state = State::Working;
                let work = &mut product.work[product.due];
                work.failed -= 1;
                (work.signed, work.approved) = (None, false);
                for seen in &mut work.seen {
                    seen.accepted |= !seen.good;
                }
            }
            Outcome::Rework { to, station, due } => product.goes_back(to, station, due, late)?,
        }
        if disposed.outcome != Outcome::UseAsIs && told.event.about.station != self.units[&unit].open {
            self.put_down(&unit);
        }
        Ok(())
    }

    /// Components that are in the unit come out of it.
    pub(super) fn take_out(&mut self, unit: &UnitId, removed: &[Removed]) -> Heard {
        let product = self.units.get_mut(unit).unwrap();
        for gone in removed {
            let is_it = |p: &super::model::PieceIn| p.piece == Piece::Serial(gone.serial.clone());
            let there = product
                .work
                .iter_mut()
                .chain(product.elsewhere.values_mut())
                .find(|w| w.pieces.iter().any(is_it))
                .ok_or("removes what is not there")?;
            there.pieces.retain(|p| !is_it(p));
            must(self.components.get(&gone.serial) == Some(&Whereabouts::In(unit.clone())), "was not there")?;
            self.components.insert(gone.serial.clone(), Whereabouts::Out(Some(gone.fate)));
            product.work.iter_mut().for_each(|w| w.done.retain(|d| d.serial.as_ref() != Some(&gone.serial)));
        }
        Ok(())
    }

    /// Components of a scrapped unit are taken out by a lead.
    fn recovered(&mut self, told: Told<'_>, removed: &[Removed]) -> Heard {
        self.has_authority(told, &[Role::Lead])?;
        let state = self.unit(told.event)?.state;
        must(state == State::Scrapped, format!("takes components out of a unit that is {state:?}"))?;
        must(!removed.is_empty(), "takes nothing out")?;
        let unit = told.event.about.unit.clone().unwrap();
        self.unit(told.event)?.stripped = true;
        self.take_out(&unit, removed)
    }

    /// A unit is done only when every step of its route is, with all that it asks for.
    fn ended(&mut self, told: Told<'_>) -> Heard {
        let product = self.unit(told.event)?;
        must(product.state == State::Working && !product.is_held(), "ends a unit that may not go on")?;
        must(product.due == product.route.steps.len(), "ends before the last step")?;
        let mut last = None;
        for (at, step) in product.route.steps.iter().enumerate() {
            let work = &product.work[at];
            if !product.has(at) {
                let of_another = step.when.is_some() && step.when != product.variant;
                let may = of_another || step.rework || work.left_out && (step.optional || step.sample.is_some());
                must(may, format!("ends without step {}, which every unit has", step.id))?;
                continue;
            }
            must(work.passed, format!("ends without step {}", step.id))?;
            must(step.load.is_none() || work.treated, format!("ends without the load of step {}", step.id))?;
            last = last.max(work.passed_at.as_ref().map(|_| (work.passed_by, step.phase)));
            for (part, wanted) in &step.uses {
                let there = product.met(at, part);
                let has_all = if product.heap.is_some() { product.missing(at, part) == 0 } else { there == *wanted };
                must(has_all, format!("ends with {there} of {wanted} {part} for step {}", step.id))?;
            }
        }
        let leaves = last.is_some_and(|(_, phase)| phase == Phase::Dispatch);
        let says = matches!(told.event.what, What::UnitDispatched(_));
        must(leaves == says, "is dispatched only by a last step of dispatch")?;
        product.state = if leaves { State::Dispatched } else { State::Complete };
        Ok(())
    }
}

impl Product {
    /// Back to a step that the route allows, while the step that failed has attempts left: whatever was done from there
    /// on is done again, and what was begun there is over.
    fn goes_back(&mut self, to: &StepId, station: &StationId, due: &[StepId], late: bool) -> Heard {
        let until = self.due;
        let failed = &self.route.steps[until];
        let since = failed.minutes_since.as_ref().filter(|_| late).map(|w| &w.step);
        let named = *to == failed.on_fail || failed.rework_to.contains(to) || since == Some(to);
        must(named, "goes back where the route does not")?;
        must(self.work[until].failed < failed.attempts, "goes back although no attempt is left")?;
        self.may_go_back(until)?;
        let from = self.route.position(to).filter(|from| *from <= until || failed.group.is_some());
        let leads = |from: &usize| self.has(*from) || self.route.steps[*from].rework;
        let from = from.filter(leads).ok_or("goes back to a step that it has not")?;
        self.is_due_again(from, until, due)?;
        must(*station == self.route.steps[from].station, "goes back to another station")?;
        self.went_back(until, from);
        (self.state, self.due) = (State::Working, from);
        // Where nothing is recorded in it, nothing has ended.
        self.does_again(from, until, late);
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
