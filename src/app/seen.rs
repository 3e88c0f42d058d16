//! What a look between two actions does to the terminal.

use super::choosing::{Menu, Pick};
use super::effect::{Bell, Effect};
use super::flight::{Flying, Wanted};
use super::lead::Lead;
use super::model::{Face, Log, Model, Note, Over, Overlay};
use super::moving::Moving;
use super::msg::Millis;
use super::port::Fault;
use super::question::Question;
use super::settled::failed;
use super::shelf::{Seen, Shelf};
use super::taking::{ANOTHER_SCREEN, Making};
use crate::domain::ambient::SCREEN_SETTLE_MS;
use crate::domain::command::Command;
use crate::domain::label::Label;
use crate::domain::need::Need;

/// Takes the answer to the look in flight.
pub(super) fn seen(model: &mut Model, at: Millis, outcome: Result<Seen, Fault>, effects: &mut Vec<Effect>) {
    let Some(flight) = model.flight.take() else { return };
    if matches!(model.face, Face::Fault { lasting: true, .. }) {
        return;
    }
    let seen = match outcome {
        Ok(seen) => seen,
        Err(fault) => {
            let bell = failed(model, fault);
            return effects.push(Effect::Bell(bell));
        }
    };
    if model.log == Log::Saving {
        model.log = Log::Ok;
    }
    match (flight.what, seen) {
        (Flying::Shelf(wanted), Seen::Shelf(shelf)) => offer(model, wanted, *shelf, effects),
        (Flying::Label { device }, Seen::Label(label)) => {
            Making { model, effects, now: at, device, screen_ms: SCREEN_SETTLE_MS }.labelled(label);
        }
        (Flying::Badge { label, device, screen_ms }, Seen::Badge(is_badge)) => {
            let screen_ms = if is_badge { screen_ms } else { ANOTHER_SCREEN };
            model.pin_may_follow = is_badge;
            Making { model, effects, now: at, device, screen_ms }.submit(Command::Scan { label, unit: None }, None);
        }
        (Flying::Secret { asked, label, device, screen_ms }, Seen::Badge(is_badge)) => {
            let mut making = Making { model, effects, now: at, device, screen_ms };
            if is_badge {
                making.submit(Command::Scan { label, unit: None }, None);
            } else {
                making.put_back(Some(*asked));
                making.note(Note::PinScanned);
            }
        }
        (
            Flying::Shelf(_) | Flying::Label { .. } | Flying::Badge { .. } | Flying::Secret { .. } | Flying::Command(_),
            _,
        ) => {}
    }
}

/// Shows what there is to choose from.
fn offer(model: &mut Model, wanted: Wanted, shelf: Shelf, effects: &mut Vec<Effect>) {
    let question = match wanted {
        Wanted::Station => Some(Question::Menu(Menu::over(shelf))),
        Wanted::Next => next(model, &shelf).map(Question::Pick),
        Wanted::Move => {
            let open = model.desk.open.clone();
            let moving = open.and_then(|work| Moving::about(work, &shelf.routes));
            // Where there is no revision to move to, a lead may still send the unit back.
            let lead = || model.subject().cloned().and_then(|work| Lead::about(work, false, None));
            let moving = moving.map(|moving| Question::Move(Box::new(moving)));
            moving.or_else(|| lead().map(|lead| Question::Lead(Box::new(lead))))
        }
    };
    if question.is_none() {
        effects.push(Effect::Bell(Bell::Hint));
    }
    model.over = question.map(|q| Over { what: Overlay::Ask(Box::new(q)), top: 0 });
}

/// What fits the next need of the open step.
fn next(model: &Model, shelf: &Shelf) -> Option<Pick> {
    match model.bench()?.next()? {
        Need::Material { part, .. } => Some(Pick::lot(shelf, |lot| lot.part == *part)),
        Need::Gauge(kind) => Some(Pick::gauge(shelf, kind)),
        Need::Check { .. } | Need::Signature(_) | Need::FirstPiece => None,
    }
}

impl Making<'_> {
    /// Takes a label that was read while a lot is received, or for a unit that gets another label.
    fn labelled(&mut self, label: Label) {
        match self.take_question() {
            Some(Question::Receive(lot)) => {
                let answer = lot.clone().labelled(&label);
                // A label that counts by itself leaves what is received as it is.
                self.put_back(Some(Question::Receive(lot)));
                self.answered(answer, Some(label));
            }
            Some(Question::Label(of)) => {
                let answer = of.labelled(&label);
                self.answered(answer, Some(label));
            }
            question => self.put_back(question),
        }
    }
}
