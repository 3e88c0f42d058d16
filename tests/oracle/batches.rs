//! What the oracle knows of batches: pieces are counted, and they take along all that was done on them.

use std::collections::BTreeSet;
use std::sync::Arc;

use traveller::domain::command::{Batch, Command};
use traveller::domain::event::How;
use traveller::domain::id::{Badge, PartId, Serial, StepId, UnitId};
use traveller::domain::refusal::Code;
use traveller::domain::role::{Auth, Role};
use traveller::domain::route::{Capture, IdentifierKind, Route};
use traveller::domain::what::{BatchBegun, BatchJoined, BatchMerged, BatchSplit, Piece, Stands, What};

use super::clock::When;
use super::hear::Told;
use super::model::{Heard, Oracle, Product, State, must};

/// Pieces that one batch may have.
const MOST: u32 = 1_000_000;

/// The pieces of a batch.
#[derive(Clone, Debug, Default)]
pub(super) struct Heap {
    /// How many there are.
    pub(super) count: u32,
    /// How many it began with, how many came, and how many went.
    pub(super) began: u32,
    pub(super) came: u32,
    pub(super) went: u32,
}

impl Heap {
    pub(super) fn of(count: u32) -> Self {
        Self { count, began: count, came: 0, went: 0 }
    }
}

/// Pieces that left a batch with the event before, and are to be another one with this event.
#[derive(Clone)]
pub(super) struct Parting {
    from: UnitId,
    into: UnitId,
    /// The new batch, as the one before it was.
    product: Product,
}

impl Product {
    pub(super) fn pieces(&self) -> u32 {
        self.heap.as_ref().map_or(1, |heap| heap.count)
    }

    /// How many of a part a step takes for all pieces.
    pub(super) fn takes(&self, at: usize, part: &PartId) -> u32 {
        self.route.steps[at].uses.get(part).copied().unwrap_or(0) * self.pieces()
    }

    /// How many of a part a step still takes. A batch that passed a step had all of it, however many pieces it has now.
    pub(super) fn missing(&self, at: usize, part: &PartId) -> u32 {
        let work = &self.work[at];
        let is_full = self.heap.is_some() && (work.passed_at.is_some() || work.full.contains(part));
        if is_full { 0 } else { self.takes(at, part).saturating_sub(self.met(at, part)) }
    }

    fn full(&self, at: usize) -> BTreeSet<PartId> {
        self.route.steps[at].uses.keys().filter(|part| self.missing(at, part) == 0).cloned().collect()
    }

    /// The same pieces as another batch: what was done stays done, what goes on in the open step ends for them.
    fn parted(&self, count: u32) -> Self {
        let full: Vec<_> = (0..self.work.len()).map(|at| self.full(at)).collect();
        // Its record begins now: what was done before was done on another batch.
        let new = Self { heap: Some(Heap::of(count)), open: None, firsts: Vec::new(), last: None, ..self.clone() };
        let mut product = new;
        let failed = (self.state == State::Nonconforming).then_some(self.due);
        for (at, (work, full)) in product.work.iter_mut().zip(full).enumerate() {
            work.full = full;
            // What failed has ended, and what goes on never began for these: after a move at other steps too.
            work.attempt -= u32::from(work.goes_on && failed != Some(at));
            (work.goes_on, work.signed, work.approved, work.changed) = (false, None, false, 0);
            work.pieces.clear();
            work.seen.clear();
            work.done.clear();
            work.hands.clear();
        }
        product
    }

    /// Whether anything was ever done at a step.
    fn ever_did(&self, at: usize) -> bool {
        let work = &self.work[at];
        work.attempt > 0 || !work.pieces.is_empty()
    }
}

impl Oracle {
    pub(super) fn batch(&mut self, told: Told<'_>) -> Heard {
        self.moves_pieces(told)?;
        match &told.event.what {
            What::BatchSplit(e) => self.split(told, e),
            What::BatchBegun(e) => self.begun(told, e),
            What::BatchJoined(e) => self.joined(told, e),
            What::BatchMerged(e) => self.merged(told, e),
            _ => Err("is nothing of a batch".to_owned()),
        }
    }

    /// Whoever is signed on moves pieces of what is open there, or whoever it is by badge and PIN.
    fn moves_pieces(&self, told: Told<'_>) -> Heard {
        must(matches!(told.cause.cmd, Command::Batch(_)), "moves pieces, and nobody said so")?;
        if told.event.about.auth == Some(Auth::BadgePin) {
            return self.has_authority(told, &Role::ALL);
        }
        let (badge, _) = self.operator(told)?;
        must(told.event.about.by.as_ref() == Some(badge), "is moved by somebody who is not signed on")
    }

    fn split(&mut self, told: Told<'_>, e: &BatchSplit) -> Heard {
        let unit = told.event.about.unit.clone().ok_or("is about no unit")?;
        let product = self.units.get(&unit).ok_or("splits what never began")?;
        let heap = product.heap.as_ref().ok_or("splits what is no batch")?;
        must(e.took > 0 && e.took < heap.count, format!("takes {} of {}", e.took, heap.count))?;
        must(told.event.about.pieces == Some(heap.count - e.took), "says another number than is left")?;
        if matches!(told.cause.cmd, Command::Batch(Batch::Reject { .. })) {
            must(product.state == State::Working && !product.is_held(), "rejects pieces of what may not go on")?;
            let (_, station) = self.operator(told)?;
            must(product.open.as_ref() == Some(station), "rejects pieces of what is not open here")?;
        } else {
            let may = matches!(product.state, State::Working | State::Nonconforming | State::Complete);
            must(product.inside.is_none(), "splits what is in a load")?;
            must(may && !product.is_touched(), format!("splits what is {:?}, or in work", product.state))?;
        }
        let parting = Parting { from: unit.clone(), into: e.into.clone(), product: product.parted(e.took) };
        self.parting = Some(parting);
        let heap = self.units.get_mut(&unit).and_then(|p| p.heap.as_mut()).unwrap();
        (heap.count, heap.went) = (heap.count - e.took, heap.went + e.took);
        Ok(())
    }

    fn begun(&mut self, told: Told<'_>, e: &BatchBegun) -> Heard {
        let about = &told.event.about;
        let unit = about.unit.clone().ok_or("is about no unit")?;
        let Parting { from, into, mut product } = self.parting.take().ok_or("begins with pieces that left nowhere")?;
        must(into == unit && e.from == from, "begins with the pieces of another batch")?;
        must(!self.units.contains_key(&unit), "begins a second time")?;
        must(product.route.identifier.pattern.matches(unit.as_str()), "has a number of another form")?;
        must(!self.is_installed(unit.as_str()), "has the number of an installed component")?;
        must(!self.is_on_a_label(&unit), "has a number that is on a label")?;
        let of_route = about.route.as_ref() == Some(&product.route.id);
        must(of_route && about.revision.as_ref() == Some(&product.route.revision), "is of another route")?;
        must(about.order == product.order && e.variant == product.variant, "is of another order or variant")?;
        must(about.pieces == Some(product.pieces()), "has another number of pieces than left")?;
        takes_all_along(&product, e)?;
        product.head = told.event.stamp.seq;
        let owed = std::mem::take(&mut product.holds);
        self.units.insert(unit, product);
        self.holds_owed = owed.into_iter().map(|held| (held.reason, held.of)).collect();
        Ok(())
    }

    fn joined(&mut self, told: Told<'_>, e: &BatchJoined) -> Heard {
        let unit = told.event.about.unit.clone().ok_or("is about no unit")?;
        must(unit != e.from, "joins itself")?;
        let one = self.units.get(&unit).ok_or("joins what never began")?;
        let other = self.units.get(&e.from).ok_or("is joined by what never began")?;
        for product in [one, other] {
            let may = matches!(product.state, State::Working | State::Complete) && product.inside.is_none();
            must(may && !product.is_held() && !product.is_touched(), "merges what may not go on, or is in work")?;
        }
        let same_make = Arc::ptr_eq(&one.route, &other.route) || one.route == other.route;
        must(same_make && one.variant == other.variant && one.order == other.order, "merges two makes")?;
        must(one.state == other.state && one.due == other.due, "merges at two places of the route")?;
        for at in 0..one.work.len() {
            let (a, b) = (&one.work[at], &other.work[at]);
            let same = (a.passed, a.left_out, a.drawn, a.excused) == (b.passed, b.left_out, b.drawn, b.excused);
            must(a.treated == b.treated, "merges what went through a load with what did not")?;
            must(same, "merges what was not done alike")?;
            let ahead = !a.passed && (one.ever_did(at) || other.ever_did(at));
            must(!ahead, "merges what was begun already")?;
        }
        let brought = other.pieces();
        must(e.brought == brought && brought + one.pieces() <= MOST, "brings another number of pieces")?;
        must(told.event.about.pieces == Some(one.pieces() + brought), "says another number than is there")?;
        let (theirs, back) = (other.work.clone(), other.back.clone());
        let product = self.units.get_mut(&unit).unwrap();
        product.back.joined_by(back);
        let heap = product.heap.as_mut().ok_or("joins what is no batch")?;
        (heap.count, heap.came) = (heap.count + brought, heap.came + brought);
        for (work, other) in product.work.iter_mut().zip(theirs) {
            work.attempt = work.attempt.max(other.attempt);
            work.failed = work.failed.max(other.failed);
            work.workers.extend(other.workers);
            work.enders.extend(other.enders);
            work.passed_beside.extend(other.passed_at);
            work.passed_beside.extend(other.passed_beside);
        }
        Ok(())
    }

    fn merged(&mut self, told: Told<'_>, e: &BatchMerged) -> Heard {
        let unit = told.event.about.unit.clone().ok_or("is about no unit")?;
        let joined = |event: &traveller::domain::event::Event| match &event.what {
            What::BatchJoined(j) => j.from == unit && event.about.unit.as_ref() == Some(&e.into),
            _ => false,
        };
        must(told.action.iter().any(joined), "ends in a batch that has no more pieces than before")?;
        must(told.event.about.pieces == Some(0), "ends, and has pieces")?;
        let product = self.units.get_mut(&unit).ok_or("ends what never began")?;
        product.state = State::Merged;
        let heap = product.heap.as_mut().ok_or("ends what is no batch")?;
        (heap.count, heap.went) = (0, heap.went + heap.count);
        let away = product.open != told.event.about.station;
        if away {
            self.put_down(&unit);
        }
        Ok(())
    }

    /// Pieces that were put aside: what is loaded may be in them, and the step failed for them.
    pub(super) fn is_put_aside(&mut self, told: Told<'_>) -> Option<Heard> {
        let Command::Batch(Batch::Reject { into, .. }) = &told.cause.cmd else { return None };
        let unit = told.event.about.unit.clone().filter(|unit| unit == into)?;
        Some(self.put_aside(told, &unit))
    }

    fn put_aside(&mut self, told: Told<'_>, unit: &UnitId) -> Heard {
        self.moves_pieces(told)?;
        match &told.event.what {
            What::MaterialInstalled(_) | What::StepFailed(_) => {}
            _ => return Err("does work on what is put aside".to_owned()),
        }
        self.begin_attempt(unit, told.event)?;
        if let What::MaterialInstalled(m) = &told.event.what {
            must(m.quantity == 0, "counts what nobody knows")?;
            return self.installed(told, unit, m);
        }
        self.step_failed(told, unit)
    }

    /// Whether a hold is one of those that the pieces were under before they were this batch.
    pub(super) fn takes_hold_along(&mut self, told: Told<'_>) -> bool {
        let What::UnitHeld(held) = &told.event.what else { return false };
        let is_it =
            |owed: &(Option<String>, Option<String>)| *owed == (told.event.about.reason.clone(), held.of.clone());
        let at = self.holds_owed.iter().position(is_it).filter(|_| matches!(told.cause.cmd, Command::Batch(_)));
        at.map(|at| self.holds_owed.remove(at)).is_some()
    }

    /// What must be so of pieces when an action is over: none is lost, and none is in two batches.
    pub(super) fn counts_pieces(&mut self) -> Heard {
        must(self.parting.is_none(), "pieces left, and are nowhere")?;
        must(std::mem::take(&mut self.holds_owed).is_empty(), "pieces lost a hold on their way")?;
        for (unit, product) in &self.units {
            let Some(Heap { count, began, came, went }) = product.heap else { continue };
            must(
                began + came == count + went,
                format!("{unit} began with {began}, {came} came, {went} went: {count}"),
            )?;
        }
        let of = |sum: fn(&Heap) -> u32| self.units.values().filter_map(|p| p.heap.as_ref()).map(sum).sum::<u32>();
        let (here, started) = (of(|heap| heap.count), self.pieces_started);
        must(here == started, format!("{started} pieces began, and {here} are there"))
    }

    /// A new batch was asked about with the last word at the station, and whoever stands by was known then.
    pub(super) fn was_counted(&self, told: Told<'_>, unit: &UnitId, supervisor: Option<&Badge>) -> Heard {
        let station = told.event.about.station.as_ref().ok_or("happens at no station")?;
        let last = self.stations[station].last_no.as_ref().filter(|(code, _)| *code == Code::ConfirmStart);
        let (_, asked) = last.ok_or("counts the pieces of what nobody asked about")?;
        let is_it = asked.unit.as_ref() == Some(unit) && asked.badge.as_ref() == supervisor;
        must(is_it && asked.field.as_deref() == Some("pieces"), "counts the pieces of another batch")
    }

    /// A new unit of a route of batches has as many pieces as it says; any other says none.
    pub(super) fn counted(&mut self, told: Told<'_>, route: &Route) -> Heard<Option<Heap>> {
        let said = told.event.about.pieces;
        if route.identifier.kind == IdentifierKind::Serial {
            must(said.is_none(), "counts the pieces of one")?;
            return Ok(None);
        }
        let count = said.filter(|n| (1..=MOST).contains(n)).ok_or("is a batch of nobody knows how many")?;
        if let Some(order) = told.event.about.order.as_ref() {
            let there = self.filled(order) + usize::try_from(count).unwrap();
            must(there <= self.orders[order].quantity, "has more pieces than the order asks for")?;
        } else {
            let typed = matches!(&told.cause.cmd, Command::Value { value, .. } if value.parse() == Ok(count));
            let said = matches!(&told.cause.cmd, Command::Scan { label, .. } if label.text().is_some());
            must(typed || said, "has pieces that nobody counted")?;
        }
        self.pieces_started += count;
        Ok(Some(Heap::of(count)))
    }
}

/// What a new batch says was done on its pieces is what was done on them.
fn takes_all_along(product: &Product, e: &BatchBegun) -> Heard {
    let stands = match product.state {
        State::Working => Stands::InProcess,
        State::Nonconforming => Stands::Nonconforming,
        State::Complete => Stands::Complete,
        state => return Err(format!("begins with pieces that are {state:?}")),
    };
    must(e.stands == stands, format!("says that the pieces are {:?}", e.stands))?;
    let due = product.step().map(|s| &s.id);
    must(e.due.as_ref().map(|d| &d.step) == due, "is due at another step")?;
    let ids = |is: fn(&super::model::Work) -> bool| -> BTreeSet<StepId> {
        let here = product.route.steps.iter().map(|step| &step.id).zip(&product.work);
        // What is known of a step that the revision does not have counts again where the pieces move back.
        let all = here.chain(&product.elsewhere);
        all.filter(|(_, work)| is(work)).map(|(step, _)| step.clone()).collect()
    };
    let said = |steps: &[StepId]| steps.iter().cloned().collect::<BTreeSet<_>>();
    must(said(&e.passed) == ids(|w| w.passed), "passed other steps than it says")?;
    must(said(&e.skipped) == ids(|w| w.left_out), "left out other steps than it says")?;
    must(said(&e.drawn) == ids(|w| w.drawn), "was drawn for other steps than it says")?;
    must(said(&e.excused) == ids(|w| w.excused), "is excused for other steps than it says")?;
    let treated: Vec<_> = e.treated.iter().map(|t| t.step.clone()).collect();
    must(said(&treated) == ids(|w| w.treated), "went through other loads than it says")?;
    for (at, step) in product.route.steps.iter().enumerate() {
        let work = &product.work[at];
        let Some(done) = e.done.iter().find(|d| d.step == step.id) else {
            must(work.attempt == 0 && work.failed == 0 && work.workers.is_empty(), "forgets what was done")?;
            continue;
        };
        must(done.failed == work.failed && done.attempts == work.attempt, format!("forgets attempts at {}", step.id))?;
        let hands: BTreeSet<Badge> = work.workers.iter().chain(&work.enders).cloned().collect();
        must(hands.iter().all(|who| done.hands.contains(who)), format!("forgets who did {}", step.id))?;
        must(done.met.iter().cloned().collect::<BTreeSet<_>>() == work.full, format!("forgets parts of {}", step.id))?;
        let moments: BTreeSet<_> = work.passed_at.iter().chain(&work.passed_beside).map(When::by_both).collect();
        let said: BTreeSet<_> = done.passed.iter().map(|m| (m.at, m.mono)).collect();
        must(!work.passed || said == moments, format!("forgets when {} passed", step.id))?;
    }
    Ok(())
}

/// Whether what is drawn is only noted as being there, since the step does not pass with it.
pub(super) fn is_a_trace(told: Told<'_>) -> bool {
    let What::MaterialInstalled(m) = &told.event.what else { return false };
    let unit = &told.event.about.unit;
    let passes = told.action.iter().any(|e| e.what.kind() == "step-passed" && e.about.unit == *unit);
    m.quantity == 0 || told.event.about.how == Some(How::Loaded) && !passes
}

impl Oracle {
    /// Of a lot that does not reach for a batch nothing is left.
    pub(super) fn uses_up(&mut self, told: Told<'_>, unit: &UnitId, part: &PartId, piece: &Piece, n: u32) -> Heard {
        let Piece::Lot(lot) = piece else { return Err("uses up a component".to_owned()) };
        let product = &self.units[unit];
        let is_loaded = product.route.parts[part].capture == Capture::Loaded;
        must(product.heap.is_some() && is_loaded && is_a_trace(told), "counts what nobody knows")?;
        let lot = self.lots.get_mut(lot).ok_or("uses up a lot that nobody received")?;
        must(lot.left == i64::from(n), "uses up a lot of which something is left")?;
        lot.left = 0;
        Ok(())
    }
}

/// The component of that number cannot be a batch.
pub(super) fn is_one(product: &Product, serial: &Serial) -> Heard {
    must(product.heap.is_none(), format!("takes the batch {serial} for a component"))
}
