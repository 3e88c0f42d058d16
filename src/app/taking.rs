//! An input's turn: it is answered on the spot, or becomes a command.

use super::effect::{Effect, Submission};
use super::entry::{self, Entry};
use super::flight::{Asked, Flight, Flying, Input, Waiting, Wanted};
use super::line::{Ended, Said};
use super::model::{Band, Face, Model, Note, Over, Overlay, SLOW_MS};
use super::msg::{Millis, Request};
use super::pieces::counted;
use super::question::{Answer, Question};
use super::secret::{Secret, reads_like_a_pin};
use super::shelf::Look;
use super::{acts, offer};
use crate::domain::ambient::SCREEN_SETTLE_MS;
use crate::domain::command::Command;
use crate::domain::command_code::CommandCode;
use crate::domain::id::DeviceId;
use crate::domain::label::Label;
use crate::domain::need::Need;
use crate::domain::paper::Paper;
use crate::domain::station::Pending;
use crate::domain::structured::without_symbology;
use crate::domain::what::Leaving;

/// Milliseconds that are told of an input which was meant for another screen.
pub(super) const ANOTHER_SCREEN: u32 = 0;

/// A command in the making, and where its input came from.
pub(super) struct Making<'a> {
    pub(super) model: &'a mut Model,
    pub(super) effects: &'a mut Vec<Effect>,
    pub(super) now: Millis,
    pub(super) device: Option<DeviceId>,
    pub(super) screen_ms: u32,
}

/// Takes one input.
pub(super) fn take(model: &mut Model, next: Waiting, now: Millis, effects: &mut Vec<Effect>) {
    let here = next.screen == Some(model.screen);
    let screen_ms = if here { next.at.since(model.screen_since) } else { ANOTHER_SCREEN };
    let hints = model.hints;
    let mut making = Making { model, effects, now, device: None, screen_ms };
    match next.input {
        Input::Idle => {
            let nobody = making.model.desk.operator.is_none();
            let left = making.model.paper().filter(|_| nobody).map(|_| Command::Paper(Paper::End));
            making.submit(left.unwrap_or(Command::SignOff { why: Leaving::Idle }), None);
        }
        Input::Function(_) if !here => making.note(Note::ScreenChanged),
        Input::Function(number) => {
            if let Some(offer) = offer::function(making.model, number) {
                acts::act(making.model, offer.act, now, making.effects);
            }
        }
        _ if matches!(making.model.face, Face::Fault { .. }) => making.note(Note::NotTaken),
        Input::Line(ended) => {
            let before_a_hint = ended.begun.hints != hints;
            making.line(ended, here, before_a_hint);
        }
        Input::Scan { label, device } => {
            making.device = Some(device);
            making.scan(label, here);
        }
    }
}

impl Making<'_> {
    fn line(&mut self, ended: Ended, here: bool, before_a_hint: bool) {
        match ended.said {
            // Begun as a PIN, it is a PIN for this question or nothing. It never becomes part of a record. Nobody types
            // that soon: it is the badge of digits, read once more.
            Said::Secret(pin) => match self.take_question() {
                Some(question) if here && self.screen_ms >= SCREEN_SETTLE_MS => {
                    self.answer(question, Said::Secret(pin), None);
                }
                question => {
                    self.put_back(question);
                    self.note(Note::ScreenChanged);
                }
            },
            Said::Text(text) => self.text(&text, Label::read(text.as_bytes()), here, before_a_hint),
        }
    }

    /// A label of a scanner. One that was begun before the screen was there to be seen answers no question.
    fn scan(&mut self, label: Label, here: bool) {
        let seen = here && self.screen_ms >= SCREEN_SETTLE_MS;
        match label.text().map(str::to_owned) {
            Some(text) => self.text(&text, label, seen, false),
            None if matches!(self.model.face, Face::Stopped(_)) => self.stale(label),
            // A damaged one is the gate's to refuse, and leaves a question as it is.
            None => self.label(label),
        }
    }

    fn text(&mut self, text: &str, label: Label, here: bool, before_a_hint: bool) {
        let stopped = matches!(self.model.face, Face::Stopped(_));
        let is_secret = reads_like_a_pin(text);
        if std::mem::take(&mut self.model.pin_may_follow) && is_secret && self.device.is_none() {
            // The same line again is meant: by then nobody takes it for a PIN.
            return self.note(Note::PinUnasked);
        }
        match self.take_question() {
            Some(question) if here && is_secret && question.is_secret() => return self.look_at_secret(question, label),
            // Another badge instead of a PIN: whoever it is begins anew.
            Some(Question::Pin(_)) if here => {}
            Some(question) if here => return self.answer(question, Said::Text(text.to_owned()), Some(label)),
            Some(question) => {
                self.put_back(Some(question));
                return self.stale(label);
            }
            None if stopped && here && self.model.awaits_supervisor() => return self.look_for_badge(label),
            None if stopped => return self.stale(label),
            // What is only to be read makes room.
            None => self.model.over = None,
        }
        if self.screen_ms < SCREEN_SETTLE_MS {
            return self.label(label);
        }
        // Behind the mark of its symbology a command code is one all the same.
        if let Some(Ok(code)) = CommandCode::read(without_symbology(text))
            && let Some(act) = acts::of_code(self.model, code)
        {
            return acts::act(self.model, act, self.now, self.effects);
        }
        match self.value(text) {
            Some(_) if before_a_hint => self.stale(label),
            Some(command) => self.submit_value(command),
            None => self.label(label),
        }
    }

    /// The line as the answer to what the step asks next. It names the check, so that it is taken for no other.
    fn value(&self, text: &str) -> Option<Command> {
        if let Some(Pending::Pieces { .. }) = &self.model.desk.station.pending
            && counted(text, self.device.is_some()).is_some()
        {
            // A new batch was asked about: this is how many pieces it has.
            return Some(Command::Value { value: text.to_owned(), check: None, point: None, gauge: None, unit: None });
        }
        let Some(bench) = self.model.bench() else {
            return self.model.value_of_load(text).filter(|_| self.device.is_none());
        };
        let next = bench.next();
        let Entry::Value(value) = entry::read(text, next.as_ref(), bench.route) else { return None };
        let Some(Need::Check { check, point, .. }) = next else { return None };
        let (check, point) = (Some(check.id.clone()), point.cloned());
        // A scanner of its own reads labels; a value is typed.
        self.device.is_none().then_some(Command::Value { value, check, point, gauge: None, unit: None })
    }

    /// An answer that fails the check takes a second act.
    fn submit_value(&mut self, command: Command) {
        if let Some((asked, title)) = self.fails(&command)
            && self.model.asked.as_ref() != Some(&asked)
        {
            let point = asked.point.clone();
            self.model.asked = Some(asked);
            return self.note(Note::FailAgain { title, point });
        }
        self.submit(command, None);
    }

    fn fails(&self, command: &Command) -> Option<(Asked, String)> {
        let Command::Value { value, check: Some(id), point, .. } = command else { return None };
        let check = self.model.bench()?.step.check(id)?;
        let asked = Asked { check: id.clone(), point: point.clone(), value: value.clone() };
        entry::fails(check, value).then(|| (asked, check.title.clone()))
    }

    /// Answers a question. What is no answer and reads like a label was one, meant for another screen.
    fn answer(&mut self, question: Question, said: Said, label: Option<Label>) {
        let route = self.model.subject().map(|w| w.route.clone());
        let by = self.model.desk.operator.as_ref().map(|p| p.badge.clone());
        let answer = question.answer(said, self.device.is_some(), route.as_deref(), by.as_ref());
        self.answered(answer, label);
    }

    /// Does what an answer leads to.
    pub(super) fn answered(&mut self, answer: Answer, label: Option<Label>) {
        match answer {
            Answer::Ask(next) => {
                // Lots are received one after the other, until that is left.
                if let Question::Receive(lot) = &next {
                    self.model.receiving = Some(lot.next());
                }
                self.put_back(Some(next));
            }
            Answer::Label => {
                if let Some(label) = label {
                    self.label(label);
                }
            }
            Answer::Read(question) => {
                self.put_back(Some(question));
                if let Some(label) = label {
                    let device = self.device.take();
                    self.look(Look::Label(label), Flying::Label { device });
                }
            }
            Answer::Submit(command, pin) => self.submit(command, pin),
            Answer::Unfit(question, unfit) => {
                self.put_back(Some(question));
                self.note(Note::Unfit(unfit));
            }
            Answer::Stray => {
                if let Some(label) = label {
                    self.stale(label);
                }
            }
        }
    }

    pub(super) fn take_question(&mut self) -> Option<Question> {
        match self.model.over.take() {
            Some(Over { what: Overlay::Ask(question), .. }) => Some(*question),
            over => {
                self.model.over = over;
                None
            }
        }
    }

    pub(super) fn put_back(&mut self, question: Option<Question>) {
        if let Some(question) = question {
            self.model.over = Some(Over { what: Overlay::Ask(Box::new(question)), top: 0 });
        }
    }

    pub(super) fn note(&mut self, note: Note) {
        self.model.band = Band::Note(note);
        self.effects.push(Effect::Bell(super::effect::Bell::Hint));
    }

    /// A label goes to the gate, which reads it.
    fn label(&mut self, label: Label) {
        self.submit(Command::Scan { label, unit: None }, None);
    }

    /// A label that was meant for another screen goes to the gate too: its refusal is a record.
    fn stale(&mut self, label: Label) {
        self.screen_ms = ANOTHER_SCREEN;
        self.label(label);
    }

    /// The one scan that counts while a stop shows: the badge of who stands by. Whatever else it is, it is stale.
    fn look_for_badge(&mut self, label: Label) {
        let (device, screen_ms) = (self.device.take(), self.screen_ms);
        self.look(Look::Badge(label.clone()), Flying::Badge { label, device, screen_ms });
    }

    /// A PIN is typed and never scanned: a code of it would be on somebody's badge. A badge may have digits alone, so
    /// that is looked at first.
    fn look_at_secret(&mut self, question: Question, label: Label) {
        let (device, screen_ms) = (self.device.take(), self.screen_ms);
        let asked = Box::new(question);
        self.look(Look::Badge(label.clone()), Flying::Secret { asked, label, device, screen_ms });
    }

    /// Looks at what could be chosen.
    pub(super) fn look_at_shelf(&mut self, wanted: Wanted) {
        self.look(Look::Shelf, Flying::Shelf(wanted));
    }

    fn look(&mut self, look: Look, what: Flying) {
        let request = self.take_off(what);
        self.effects.push(Effect::Look(request, Box::new(look)));
    }

    /// Hands a command over. Until its answer comes, everything else waits.
    pub(super) fn submit(&mut self, command: Command, pin: Option<Secret>) {
        let command = self.model.said_of(command);
        let request = self.take_off(Flying::Command(command.clone()));
        // Nothing on a paper was scanned, whatever is scanned now.
        let device = self.device.take().filter(|_| self.model.paper().is_none());
        let screen_ms = self.screen_ms;
        self.effects.push(Effect::Submit(Box::new(Submission { request, command, pin, device, screen_ms })));
    }

    fn take_off(&mut self, what: Flying) -> Request {
        self.model.asked = None;
        self.model.requests += 1;
        let request = Request { seat: self.model.seat, number: self.model.requests };
        let slow_at = self.now.plus(SLOW_MS);
        self.model.flight = Some(Flight { request, what, slow_at });
        request
    }
}
