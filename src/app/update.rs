//! The terminal as one function: what arrived changes the model, and the model answers with effects.
//!
//! Inputs that ask for something are taken one at a time, each on the screen that it was made on. While an action is
//! in flight they wait; when the screen is another one by the time it is their turn, they are stale.

use super::effect::{Bell, Effect};
use super::flight::{Input, Waiting};
use super::line::{Ended, Line};
use super::model::{Band, Face, Log, Model, Note, Over, Shown, WAITING_MOST};
use super::msg::{Deadline, Key, Millis, Msg, News};
use super::offer::{Act, function};
use super::settlement::Desk;
use super::{acts, seen, settled, taking};

/// Takes what arrived. The answer is what is to be done; drawing anew is understood.
pub fn update(model: &mut Model, msg: Msg) -> Vec<Effect> {
    let mut effects = Vec::new();
    let before = model.shown();
    hear(model, msg.at, msg.news, &mut effects);
    notice(model, &before, msg.at);
    while model.flight.is_none() {
        let Some(next) = model.waiting.pop_front() else {
            model.lost = 0;
            break;
        };
        let before = model.shown();
        taking::take(model, next, msg.at, &mut effects);
        notice(model, &before, msg.at);
    }
    effects
}

/// Another screen than before: whatever was made on the one before is stale from now on.
fn notice(model: &mut Model, before: &Shown, at: Millis) {
    if model.shown() != *before {
        model.screen += 1;
        model.screen_since = at;
    }
}

fn hear(model: &mut Model, at: Millis, news: News, effects: &mut Vec<Effect>) {
    match news {
        News::Key(key) => press(model, at, key, effects),
        News::Scan { label, device, begun } => {
            model.somebody_came(at);
            // It belongs to the screen that its first character was read on.
            let screen = (begun >= model.screen_since).then_some(model.screen);
            wait(model, Waiting { input: Input::Scan { label, device }, screen, at: begun }, effects);
        }
        News::Scanner { name, state } => {
            let comes = model.is_coming(&name, &state);
            model.scanners.insert(name, state);
            if comes {
                model.scanner_came(at);
            }
        }
        News::Settled { request, outcome } => {
            if model.flight.as_ref().is_some_and(|f| f.request == request) {
                settled::settled(model, at, outcome, effects);
            }
        }
        News::Seen { request, outcome } => {
            if model.flight.as_ref().is_some_and(|f| f.request == request) {
                seen::seen(model, at, outcome, effects);
            }
        }
        News::LedgerChanged(_, desk) => desk_changed(model, *desk),
        News::Waiting(_, units) => model.waiting_units = units,
        News::Stock(_, stock) => model.stock = *stock,
        News::Status(status) => model.status = status,
        News::Broken(fault) => {
            model.face = Face::Fault { fault, lasting: true };
            model.log = Log::Fault;
            model.over = None;
            model.receiving = None;
            model.waiting.clear();
            effects.push(Effect::Bell(Bell::Stop));
        }
        News::Resized => {}
        News::Due(_, deadline) => due(model, at, deadline),
        News::Quit => effects.push(Effect::Quit),
    }
}

impl Model {
    /// Somebody is there, and has seen what was said in passing.
    pub(super) fn somebody_came(&mut self, at: Millis) {
        self.input_at = at;
        if matches!(self.band, Band::Hint(_) | Band::Note(_)) {
            self.band = Band::Silent;
        }
    }
}

fn press(model: &mut Model, at: Millis, key: Key, effects: &mut Vec<Effect>) {
    model.somebody_came(at);
    let doubt = model.doubt(at);
    match (key, doubt) {
        (Key::Char(c), doubt) => {
            let begun = model.begun(at);
            model.line.push(c, begun);
            model.line.doubt(doubt);
        }
        (Key::Backspace, _) => model.line.pop(),
        (Key::Enter | Key::Tab, doubt) => {
            model.line.doubt(doubt);
            if let Some(ended) = model.line.take() {
                end_line(model, ended, effects);
            }
        }
        (Key::Interrupt, _) if model.settings.may_quit => effects.push(Effect::Quit),
        (Key::Interrupt, _) => {}
        (Key::Esc | Key::Up | Key::Down | Key::PageUp | Key::PageDown | Key::F(_), Some(doubt)) => {
            model.not_taken(doubt, effects);
        }
        (Key::Esc, None) => acts::back(model),
        (Key::Up, None) => up_or_down(model, at, false),
        (Key::Down, None) => up_or_down(model, at, true),
        (Key::PageUp, None) => scroll(model, -8),
        (Key::PageDown, None) => scroll(model, 8),
        (Key::F(number), None) => match function(model, number).map(|o| o.act) {
            // What changes nothing on record need not wait for its turn.
            Some(act @ (Act::Help | Act::Last | Act::History | Act::Language | Act::Back | Act::Quit)) => {
                acts::act(model, act, at, effects);
            }
            Some(_) => {
                let screen = Some(model.screen);
                wait(model, Waiting { input: Input::Function(number), screen, at }, effects);
            }
            None => {}
        },
    }
}

/// A line is complete. Where its origin is in doubt, nothing of it is taken.
fn end_line(model: &mut Model, ended: Ended, effects: &mut Vec<Effect>) {
    if let Some(doubt) = ended.doubt {
        return model.not_taken(doubt, effects);
    }
    let (screen, at) = (Some(ended.begun.screen), ended.begun.at);
    wait(model, Waiting { input: Input::Line(ended), screen, at }, effects);
}

/// Scrolls what lies over the work; beneath it, turns to another of the units that are open.
fn up_or_down(model: &mut Model, at: Millis, down: bool) {
    if model.over.is_some() || model.desk.beside.is_empty() {
        return scroll(model, if down { 1 } else { -1 });
    }
    if model.flight.is_none() && model.line.is_empty() && matches!(model.face, Face::Work | Face::Passed(_)) {
        let before = model.shown();
        model.face = Face::Work;
        model.band = Band::Silent;
        model.turn_nest(down);
        notice(model, &before, at);
    }
}

fn scroll(model: &mut Model, by: isize) {
    if let Some(Over { top, .. }) = &mut model.over {
        *top = top.saturating_add_signed(by).min(super::model::SCROLL_MOST);
    }
}

/// An input waits for its turn; more than may wait are not taken, and that is said.
fn wait(model: &mut Model, waiting: Waiting, effects: &mut Vec<Effect>) {
    if model.waiting.len() < WAITING_MOST {
        return model.waiting.push_back(waiting);
    }
    model.lost = model.lost.saturating_add(1);
    model.band = Band::Note(Note::TooFast(model.lost));
    effects.push(Effect::Bell(Bell::Hint));
}

/// Somebody else wrote. A question about a unit or a person that is gone is not asked on, and what was said of it last
/// is said no more.
fn desk_changed(model: &mut Model, desk: Desk) {
    let about = |d: &Desk| {
        let unit = d.open.as_ref().and_then(|w| w.traveller.unit.clone());
        (d.operator.as_ref().map(|p| p.badge.clone()), unit)
    };
    let desk = desk.still_turned(&model.desk);
    let another = about(&model.desk) != about(&desk);
    model.desk = desk;
    if another {
        model.band = Band::Silent;
        if model.question().is_some() {
            model.over = None;
            model.receiving = None;
        }
    }
}

fn due(model: &mut Model, at: Millis, deadline: Deadline) {
    // The moment may have moved on while the message was under way.
    if !model.deadline().is_some_and(|(what, when)| what == deadline && at >= when) {
        return;
    }
    match deadline {
        Deadline::Slow => model.log = Log::Saving,
        Deadline::Idle => {
            model.over = None;
            model.receiving = None;
            model.line = Line::default();
            let screen = Some(model.screen);
            model.waiting.push_back(Waiting { input: Input::Idle, screen, at });
        }
    }
}
