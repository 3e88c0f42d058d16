//! What the answer to an action does to the terminal.

use super::effect::{Bell, Effect};
use super::flight::{Flight, Flying};
use super::handover;
use super::model::{Band, Face, Log, Model, Over, Overlay, Stop, Verdict};
use super::msg::Millis;
use super::port::Fault;
use super::question::{Question, Signer};
use super::settlement::Settlement;
use crate::domain::command::Command;
use crate::domain::gate::decision::Did;
use crate::domain::id::Badge;
use crate::domain::refusal::{Code, Refusal, Severity};
use crate::domain::station::Station;
use crate::domain::traveller::Traveller;

/// Takes the answer to the action in flight.
pub(super) fn settled(
    model: &mut Model,
    at: Millis,
    outcome: Result<Box<Settlement>, Fault>,
    effects: &mut Vec<Effect>,
) {
    let Some(flight) = model.flight.take() else { return };
    let bell = match outcome {
        Err(fault) => Some(failed(model, fault)),
        Ok(settlement) => answered(model, at, &flight, *settlement),
    };
    effects.extend(bell.map(Effect::Bell));
}

/// The machine failed. Nothing of the action is on record, and nothing that waits is tried on top of it.
pub(super) fn failed(model: &mut Model, fault: Fault) -> Bell {
    model.log = Log::Fault;
    model.over = None;
    model.receiving = None;
    model.band = Band::Silent;
    model.waiting.clear();
    if !matches!(model.face, Face::Fault { lasting: true, .. }) {
        model.face = Face::Fault { fault, lasting: false };
    }
    Bell::Stop
}

fn answered(model: &mut Model, at: Millis, flight: &Flight, settlement: Settlement) -> Option<Bell> {
    if matches!(model.face, Face::Fault { lasting: true, .. }) {
        return None;
    }
    model.log = Log::Ok;
    let mut desk = settlement.desk.clone().still_turned(&model.desk);
    if let Some(unit) = &settlement.unit {
        desk.turn_to(unit);
    }
    let before = std::mem::replace(&mut model.desk, desk);
    let answer = settlement.answer.clone();
    match answer {
        Err(refusal) => Some(refused(model, at, refusal, settlement)),
        Ok(did) => {
            let chosen = chosen(did, &flight.what, &before.station, &model.desk.station);
            let bell = done(model, flight, did, settlement.clone());
            if let Some(chosen) = chosen {
                model.band = Band::Chosen(Box::new(settlement), chosen);
            }
            bell
        }
    }
}

/// What was chosen for the station, or received.
fn chosen(did: Did, what: &Flying, before: &Station, after: &Station) -> Option<String> {
    match (did, what) {
        (Did::LotReceived, Flying::Command(Command::ReceiveLot { lot, part, .. })) => Some(format!("{part} {lot}")),
        (Did::LotLoaded, _) => {
            let new = after.loaded.iter().find(|l| !before.loaded.contains(l))?;
            Some(format!("{} {}", new.part, new.lot))
        }
        (Did::OrderSelected, _) => {
            after.orders.iter().find(|o| !before.orders.contains(o)).map(|o| o.order.to_string())
        }
        (Did::GaugeSelected, _) => {
            let new = after.gauges.iter().find(|g| !before.gauges.contains(g))?;
            Some(format!("{} {}", new.kind, new.gauge))
        }
        _ => None,
    }
}

fn refused(model: &mut Model, at: Millis, refusal: Refusal, settlement: Settlement) -> Bell {
    if refusal.code.severity() == Severity::Hint {
        model.hints += 1;
        if matches!(refusal.code, Code::ConfirmStart | Code::ConfirmValue | Code::CartonNotFull) {
            // A question back: only what is answered to it counts, not what was under way before it showed.
            model.screen += 1;
            model.screen_since = at;
        }
        model.face = Face::Work;
        // A question that is still open had no part in it, as where a scan was lost while it showed.
        if model.question().is_none() {
            model.over = None;
        }
        model.band = Band::Hint(refusal);
        model.last = Some(Box::new(settlement));
        return Bell::Hint;
    }
    model.over = None;
    model.band = Band::Silent;
    if let (Face::Stopped(stop), Code::StaleScan) = (&mut model.face, refusal.code) {
        // What stopped the work first stays to be read; the scans on top of it are counted.
        stop.more = stop.more.saturating_add(1);
    } else {
        model.screen += 1;
        model.last = Some(Box::new(settlement.clone()));
        model.face = Face::Stopped(Box::new(Stop { refusal, settlement: Box::new(settlement), more: 0 }));
    }
    Bell::Stop
}

/// Whether a badge just let somebody work who is learning the step: at the bench, or at a load.
fn has_somebody_beside(did: Did, traveller: &Traveller) -> bool {
    let at_bench = did == Did::UnitOpened && traveller.open.as_ref().is_some_and(|open| open.supervisor.is_some());
    let at_load = did == Did::LoadEntered && traveller.in_load.as_ref().is_some_and(|load| load.supervisor.is_some());
    at_bench || at_load
}

fn done(model: &mut Model, flight: &Flight, did: Did, settlement: Settlement) -> Option<Bell> {
    model.over = follows(model, did, &flight.what).or_else(|| handover::waits(model, did));
    model.face = Face::Work;
    model.pin_may_follow = settlement.work.as_ref().is_some_and(|work| has_somebody_beside(did, &work.traveller));
    model.last = Some(Box::new(settlement.clone()));
    match (did, &settlement.receipt, &settlement.work) {
        (Did::BadgeRead | Did::SignatureOpened, _, _) => {
            model.band = Band::Silent;
            None
        }
        (Did::StepPassed | Did::UnitCompleted | Did::UnitDispatched, Some(receipt), Some(work)) => {
            let (receipt, work, step) = (receipt.clone(), work.clone(), settlement.step.clone());
            let remarks = settlement.remarks.clone();
            let verdict = Box::new(Verdict { receipt, did, work, step, remarks });
            passed(model, verdict);
            Some(Bell::Pass)
        }
        (Did::StepFailed | Did::GoldenFailed, _, Some(work)) => {
            model.band = Band::Silent;
            if work.traveller.open.is_none() {
                model.face = Face::Failed(Box::new(work.clone()));
            }
            Some(Bell::Fail)
        }
        (Did::GoldenPassed, _, _) => {
            model.band = Band::Did(Box::new(settlement));
            Some(Bell::Pass)
        }
        _ => {
            let bell = (settlement.passed == Some(false)).then_some(Bell::Fail);
            model.band = Band::Did(Box::new(settlement));
            bell
        }
    }
}

/// Where the unit goes on here, or others are open beside it, what is next shows at once, and the verdict takes the
/// band.
fn passed(model: &mut Model, verdict: Box<Verdict>) {
    if model.desk.open.is_some() {
        model.band = Band::Passed(verdict);
    } else {
        model.band = Band::Silent;
        model.face = Face::Passed(verdict);
    }
}

/// What is asked next: the PIN of a badge that was read, or the next lot after one that was received.
fn follows(model: &mut Model, did: Did, what: &Flying) -> Option<Over> {
    let ask = |question| Over { what: Overlay::Ask(Box::new(question)), top: 0 };
    let receiving = model.receiving.take();
    if let (Did::LotReceived, Some(lot)) = (did, receiving) {
        model.receiving = Some(lot.next());
        return Some(ask(Question::Receive(Box::new(lot.next()))));
    }
    let Flying::Command(Command::Scan { label, .. }) = what else { return None };
    let badge = Badge::parse(label.text()?).ok()?;
    let signer = if did == Did::SignatureOpened { Signer::Sign(badge) } else { Signer::SignOn(badge) };
    matches!(did, Did::BadgeRead | Did::SignatureOpened).then(|| ask(Question::Pin(signer)))
}
