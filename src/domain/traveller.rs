//! The traveller: everything recorded about one unit, folded from its events.
//!
//! The fold knows no route. It keeps what was recorded; what that means against the route is derived elsewhere.

use super::event::{Event, How, Link, Purpose};
use super::id::{Badge, CheckId, OrderId, PartId, Point, Revision, RouteId, Serial, StationId, StepId, UnitId};
use super::refusal::Code;
use super::role::Role;
use super::time::At;
use super::what::{Fate, Next, Outcome, Piece, Voided, What};

/// Everything recorded about one unit.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Traveller {
    /// The unit's number.
    pub unit: Option<UnitId>,
    /// The route and the revision it is pinned to; none before the unit began.
    pub route: Option<(RouteId, Revision)>,
    /// What it is made for.
    pub purpose: Purpose,
    /// Its work order.
    pub order: Option<OrderId>,
    /// The last event that changed the record.
    pub head: Option<Link>,
    /// When the unit began.
    pub started: Option<At>,
    /// When the record last changed.
    pub changed: Option<At>,
    /// The step that is due, and where; none when every step is done.
    pub due: Option<Next>,
    /// Where the unit stands, holds aside.
    pub standing: Standing,
    /// The hold, where there is one.
    pub held: Option<Held>,
    /// Where it is open.
    pub open: Option<Opened>,
    /// The steps that were worked on, in the order they first were.
    pub steps: Vec<StepRecord>,
    /// What went into it, removed pieces included.
    pub installed: Vec<Installed>,
    /// Its refusals: how many.
    pub refusals: u32,
}

/// Where a unit stands, holds aside.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Standing {
    /// It never began.
    #[default]
    Unborn,
    /// It is on its way.
    InProcess,
    /// A step failed and nobody has decided yet.
    Nonconforming,
    /// Every step is done.
    Complete,
    /// It left.
    Dispatched,
    /// It is no product any more.
    Scrapped,
}

/// A unit's state, as scripts and screens say it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum State {
    /// On its way.
    InProcess,
    /// Every step is done.
    Complete,
    /// On hold.
    Held,
    /// Waits for a decision.
    Nonconforming,
    /// No product any more.
    Scrapped,
    /// It left.
    Dispatched,
}

impl State {
    /// All of them.
    pub const ALL: [Self; 6] =
        [Self::InProcess, Self::Complete, Self::Held, Self::Nonconforming, Self::Scrapped, Self::Dispatched];

    /// The word of the contract.
    pub fn word(self) -> &'static str {
        match self {
            Self::InProcess => "in-process",
            Self::Complete => "complete",
            Self::Held => "held",
            Self::Nonconforming => "nonconforming",
            Self::Scrapped => "scrapped",
            Self::Dispatched => "dispatched",
        }
    }
}

/// A hold.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Held {
    /// Why.
    pub reason: String,
    /// Who.
    pub by: Option<Badge>,
    /// When.
    pub at: At,
    /// Which event.
    pub event: Link,
}

/// Where a unit is open.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Opened {
    /// The station.
    pub station: StationId,
    /// Who opened it.
    pub by: Option<Badge>,
    /// When.
    pub at: At,
    /// Which event.
    pub event: Link,
}

/// What was done at one step.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct StepRecord {
    /// The step.
    pub step: StepId,
    /// Every attempt, in order; at least one.
    pub attempts: Vec<Attempt>,
}

/// One attempt at a step.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Attempt {
    /// From 1.
    pub number: u32,
    /// Where.
    pub station: Option<StationId>,
    /// When it began.
    pub began: At,
    /// Observations, voided ones included.
    pub observations: Vec<Observation>,
    /// Components met again after rework.
    pub verified: Vec<Serial>,
    /// The signature.
    pub signature: Option<Signature>,
    /// Who worked on it, each once.
    pub workers: Vec<Badge>,
    /// What can be taken back, last one last.
    pub undo: Vec<Undo>,
    /// How it ended; none while it goes on.
    pub result: Option<Ending>,
}

/// How an attempt ended.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Ending {
    /// Passed, or not.
    pub how: Ended,
    /// Who ended it.
    pub by: Option<Badge>,
    /// When.
    pub at: At,
    /// Which event.
    pub event: Link,
    /// Why, where it failed.
    pub reason: Option<String>,
}

/// How an attempt ended, in a word.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Ended {
    /// It passed.
    Passed,
    /// It failed.
    Failed,
    /// It failed, and the operator began another.
    Retested,
}

/// One observation.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Observation {
    /// The check.
    pub check: CheckId,
    /// Where, for a check with points.
    pub point: Option<Point>,
    /// The value, with the digits entered.
    pub value: String,
    /// Whether it passed.
    pub passed: bool,
    /// How it came in.
    pub how: Option<How>,
    /// Who.
    pub by: Option<Badge>,
    /// When.
    pub at: At,
    /// Which event.
    pub event: Link,
    /// Whether it was taken back.
    pub voided: bool,
    /// Whether quality accepted it although it failed.
    pub conceded: bool,
}

/// A signature: who, when, and what it says (21 CFR 11.50).
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Signature {
    /// Who.
    pub by: Option<Badge>,
    /// The printed name.
    pub name: String,
    /// What it says.
    pub meaning: String,
    /// In which role.
    pub role: Role,
    /// When.
    pub at: At,
    /// Which event.
    pub event: Link,
}

/// Something that its maker can take back.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Undo {
    /// Which event.
    pub event: Link,
    /// Who made it.
    pub by: Option<Badge>,
    /// What it was.
    pub of: Voided,
    /// Whether it was a failing observation, which is never taken back.
    pub failed: bool,
}

/// A piece of material in a unit.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Installed {
    /// The part.
    pub part: PartId,
    /// The piece.
    pub piece: Piece,
    /// How many of it.
    pub quantity: u32,
    /// The step that installed it.
    pub step: StepId,
    /// In which attempt.
    pub attempt: u32,
    /// How it came in.
    pub how: Option<How>,
    /// Who.
    pub by: Option<Badge>,
    /// When.
    pub at: At,
    /// Which event.
    pub event: Link,
    /// Whether rework asks to meet it again.
    pub to_verify: bool,
    /// Whether and how it came out again.
    pub out: Option<Out>,
}

/// How a piece came out of a unit again.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Out {
    /// Its record was taken back.
    Voided,
    /// Rework removed it.
    Removed(Fate),
}

impl Traveller {
    /// A unit that is not on record.
    pub fn unborn(unit: UnitId) -> Self {
        Self { unit: Some(unit), ..Self::default() }
    }

    /// Folds a whole history.
    pub fn replay<'a>(events: impl IntoIterator<Item = &'a Event>) -> Self {
        let mut fold = Self::default();
        for event in events {
            fold.apply(event);
        }
        fold
    }

    /// Whether the unit ever began.
    pub fn exists(&self) -> bool {
        self.standing != Standing::Unborn
    }

    /// The unit's state; a hold covers whatever lies beneath.
    pub fn state(&self) -> State {
        match self.standing {
            Standing::Scrapped => State::Scrapped,
            Standing::Dispatched => State::Dispatched,
            _ if self.held.is_some() => State::Held,
            Standing::Nonconforming => State::Nonconforming,
            Standing::Complete => State::Complete,
            Standing::InProcess | Standing::Unborn => State::InProcess,
        }
    }

    /// What was done at a step.
    pub fn step(&self, step: &StepId) -> Option<&StepRecord> {
        self.steps.iter().find(|s| s.step == *step)
    }

    /// The attempt that goes on at a step, or that failed and still takes observations.
    pub fn current(&self, step: &StepId) -> Option<&Attempt> {
        let last = self.step(step)?.attempts.last()?;
        let goes_on = match last.result.as_ref().map(|r| r.how) {
            None => true,
            Some(Ended::Failed) => self.standing == Standing::Nonconforming,
            Some(Ended::Passed | Ended::Retested) => false,
        };
        goes_on.then_some(last)
    }

    /// The number of the attempt that the next record at a step belongs to.
    pub fn attempt_number(&self, step: &StepId) -> u32 {
        let before = || self.step(step).and_then(|s| s.attempts.last()).map_or(0, |a| a.number);
        self.current(step).map_or_else(|| before() + 1, |a| a.number)
    }

    /// How many attempts at a step failed.
    pub fn failed_attempts(&self, step: &StepId) -> u32 {
        let failed = |a: &&Attempt| {
            a.result.as_ref().is_some_and(|r| matches!(r.how, Ended::Failed | Ended::Retested))
        };
        let count = self.step(step).map_or(0, |s| s.attempts.iter().filter(failed).count());
        u32::try_from(count).unwrap_or(u32::MAX)
    }

    /// How many of those the operator followed with another attempt since the unit last came back from rework.
    pub fn retests(&self, step: &StepId) -> u32 {
        let Some(record) = self.step(step) else { return 0 };
        let retested = record
            .attempts
            .iter()
            .rev()
            .skip_while(|a| a.result.is_none())
            .take_while(|a| a.result.as_ref().is_some_and(|r| r.how == Ended::Retested))
            .count();
        u32::try_from(retested).unwrap_or(u32::MAX)
    }

    /// Whether anything is recorded in the unfinished step that is due.
    pub fn touched(&self) -> bool {
        let Some(due) = &self.due else { return false };
        self.current(&due.step).is_some_and(|a| !a.is_empty())
            || self.installed.iter().any(|i| i.step == due.step && i.out.is_none() && !i.to_verify && self.is_unfinished(i))
    }

    fn is_unfinished(&self, piece: &Installed) -> bool {
        let record = self.step(&piece.step);
        record.and_then(|s| s.attempts.last()).is_some_and(|a| a.result.is_none() && a.number >= piece.attempt)
    }

    /// Pieces of a part that count for a step: in the unit, and met again where rework asks for that.
    pub fn counted(&self, step: &StepId, part: &PartId) -> u32 {
        self.installed
            .iter()
            .filter(|i| i.step == *step && i.part == *part && i.out.is_none() && !i.to_verify)
            .map(|i| i.quantity)
            .sum()
    }

    /// The component of that number, where it is in the unit.
    pub fn component(&self, serial: &str) -> Option<&Installed> {
        self.installed
            .iter()
            .find(|i| i.out.is_none() && matches!(&i.piece, Piece::Serial(s) if s.as_str() == serial))
    }

    /// Folds one event; events of other units change nothing.
    pub fn apply(&mut self, event: &Event) {
        if event.about.unit.is_none() || (self.unit.is_some() && self.unit != event.about.unit) {
            return;
        }
        if let What::Refused(r) = &event.what {
            // A refusal brings no unit into being; what was refused before is no part of its history.
            if self.exists() {
                self.note_refusal(r.code);
            }
            return;
        }
        if self.unit.is_none() {
            self.unit.clone_from(&event.about.unit);
        }
        if event.about.saw.is_none() && event.what.changes_a_unit() {
            self.head = Some(Link::Here(event.stamp.seq));
            self.changed = Some(event.stamp.at);
        }
        self.apply_life(event);
        self.apply_work(event);
    }

    fn note_refusal(&mut self, code: Code) {
        // A question asked back is no fault of the unit's.
        if !matches!(code, Code::ConfirmStart | Code::ConfirmValue) {
            self.refusals = self.refusals.saturating_add(1);
        }
    }

    /// Beginning, opening, closing, holding, deciding, ending.
    #[expect(clippy::wildcard_enum_match_arm, reason = "a fold reads the kinds that concern it")]
    fn apply_life(&mut self, event: &Event) {
        let link = Link::Here(event.stamp.seq);
        match &event.what {
            What::UnitStarted(e) => {
                self.route = event.about.route.clone().zip(event.about.revision.clone());
                self.purpose = event.about.purpose.unwrap_or_default();
                self.order.clone_from(&event.about.order);
                self.started = Some(event.stamp.at);
                self.due = Some(e.first.clone());
                self.standing = Standing::InProcess;
            }
            What::UnitOpened(_) => {
                self.open = event.about.station.clone().map(|station| Opened {
                    station,
                    by: event.about.by.clone(),
                    at: event.stamp.at,
                    event: link,
                });
            }
            What::UnitClosed(_) => self.open = None,
            What::UnitHeld(_) => {
                self.held = Some(Held {
                    reason: event.about.reason.clone().unwrap_or_default(),
                    by: event.about.by.clone(),
                    at: event.stamp.at,
                    event: link,
                });
            }
            What::HoldReleased(_) => self.held = None,
            What::StepPassed(e) => self.due.clone_from(&e.next),
            What::StepFailed(_) => self.standing = Standing::Nonconforming,
            What::Disposed(e) => self.dispose(&e.outcome, &e.removed),
            What::UnitCompleted(_) => self.standing = Standing::Complete,
            What::UnitDispatched(_) => self.standing = Standing::Dispatched,
            _ => {}
        }
    }

    fn dispose(&mut self, outcome: &Outcome, removed: &[super::what::Removed]) {
        for gone in removed {
            let is_it = |i: &&mut Installed| i.out.is_none() && i.piece == Piece::Serial(gone.serial.clone());
            if let Some(piece) = self.installed.iter_mut().find(is_it) {
                piece.out = Some(Out::Removed(gone.fate));
            }
        }
        match outcome {
            Outcome::Scrap => self.standing = Standing::Scrapped,
            Outcome::Rework { to, station, due } => {
                self.standing = Standing::InProcess;
                self.due = Some(Next { step: to.clone(), station: station.clone() });
                for piece in &mut self.installed {
                    if due.contains(&piece.step) && matches!(piece.piece, Piece::Serial(_)) {
                        piece.to_verify = true;
                    }
                }
            }
            Outcome::UseAsIs => {
                self.standing = Standing::InProcess;
                let due = self.due.clone();
                if let Some(attempt) = due.and_then(|d| self.last_attempt_mut(&d.step)) {
                    attempt.result = None;
                    for seen in &mut attempt.observations {
                        seen.conceded = seen.conceded || !seen.passed;
                    }
                }
            }
        }
    }

    fn last_attempt_mut(&mut self, step: &StepId) -> Option<&mut Attempt> {
        self.steps.iter_mut().find(|s| s.step == *step)?.attempts.last_mut()
    }

    /// What is recorded within a step.
    #[expect(clippy::wildcard_enum_match_arm, reason = "a fold reads the kinds that concern it")]
    fn apply_work(&mut self, event: &Event) {
        let Some(step) = event.about.step.clone() else { return };
        match &event.what {
            What::MaterialInstalled(_)
            | What::MaterialVerified(_)
            | What::CheckRecorded(_)
            | What::ObservationVoided(_)
            | What::RetestBegun(_)
            | What::SignatureRecorded(_)
            | What::StepPassed(_)
            | What::StepFailed(_) => {}
            _ => return,
        }
        if let What::MaterialInstalled(m) = &event.what {
            self.installed.push(Installed {
                part: m.part.clone(),
                piece: m.piece.clone(),
                quantity: m.quantity,
                step: step.clone(),
                attempt: event.about.attempt.unwrap_or(1),
                how: event.about.how.clone(),
                by: event.about.by.clone(),
                at: event.stamp.at,
                event: Link::Here(event.stamp.seq),
                to_verify: false,
                out: None,
            });
        }
        if let What::MaterialVerified(m) = &event.what {
            self.set_to_verify(&m.serial, false);
        }
        if let What::ObservationVoided(v) = &event.what {
            self.take_back(&v.of, event.about.corrects.as_ref());
        }
        let attempt = self.attempt_mut(step, event);
        attempt.note(event);
    }

    fn set_to_verify(&mut self, serial: &Serial, to_verify: bool) {
        let is_it = |i: &&mut Installed| i.out.is_none() && i.piece == Piece::Serial(serial.clone());
        if let Some(piece) = self.installed.iter_mut().find(is_it) {
            piece.to_verify = to_verify;
        }
    }

    fn take_back(&mut self, of: &Voided, corrects: Option<&Link>) {
        match of {
            Voided::Material { .. } => {
                if let Some(piece) = self.installed.iter_mut().find(|i| Some(&i.event) == corrects) {
                    piece.out = Some(Out::Voided);
                }
            }
            Voided::Verified { serial } => self.set_to_verify(serial, true),
            Voided::Check { .. } => {}
        }
    }

    /// The attempt that an event belongs to, begun where it is the first of it.
    fn attempt_mut(&mut self, step: StepId, event: &Event) -> &mut Attempt {
        let number = event.about.attempt.unwrap_or(1);
        let at = self.steps.iter().position(|s| s.step == step).unwrap_or_else(|| {
            self.steps.push(StepRecord { step, attempts: Vec::new() });
            self.steps.len() - 1
        });
        #[expect(clippy::indexing_slicing, reason = "the position was found or made just above")]
        let attempts = &mut self.steps[at].attempts;
        let begins = attempts.last().is_none_or(|a| a.number < number);
        if begins {
            attempts.push(Attempt::begun(number, event));
        }
        let last = attempts.len() - 1;
        #[expect(clippy::indexing_slicing, reason = "one was there or was pushed just above")]
        &mut attempts[last]
    }
}

impl Attempt {
    fn begun(number: u32, event: &Event) -> Self {
        Self {
            number,
            station: event.about.station.clone(),
            began: event.stamp.at,
            observations: Vec::new(),
            verified: Vec::new(),
            signature: None,
            workers: Vec::new(),
            undo: Vec::new(),
            result: None,
        }
    }

    /// Whether nothing is recorded in it.
    pub fn is_empty(&self) -> bool {
        self.undo.is_empty() && self.signature.is_none() && self.result.is_none() && self.standing().next().is_none()
    }

    /// Observations that were not taken back.
    pub fn standing(&self) -> impl Iterator<Item = &Observation> {
        self.observations.iter().filter(|o| !o.voided)
    }

    /// The observation of a check, at a point where it has points.
    pub fn observation(&self, check: &CheckId, point: Option<&Point>) -> Option<&Observation> {
        self.standing().find(|o| o.check == *check && o.point.as_ref() == point)
    }

    /// The first observation that failed and was not accepted as it is.
    pub fn failed(&self) -> Option<&Observation> {
        self.standing().find(|o| !o.passed && !o.conceded)
    }

    #[expect(clippy::wildcard_enum_match_arm, reason = "a fold reads the kinds that concern it")]
    fn note(&mut self, event: &Event) {
        let link = Link::Here(event.stamp.seq);
        let (by, at) = (event.about.by.clone(), event.stamp.at);
        let ending = |how| Ending { how, by: by.clone(), at, event: link.clone(), reason: event.about.reason.clone() };
        match &event.what {
            What::MaterialInstalled(m) => {
                let of = Voided::Material { part: m.part.clone(), piece: m.piece.clone(), quantity: m.quantity };
                self.worked(Undo { event: link, by, of, failed: false });
            }
            What::MaterialVerified(m) => {
                self.verified.push(m.serial.clone());
                let of = Voided::Verified { serial: m.serial.clone() };
                self.worked(Undo { event: link, by, of, failed: false });
            }
            What::CheckRecorded(c) => {
                self.observations.push(Observation {
                    check: c.check.clone(),
                    point: c.point.clone(),
                    value: c.value.clone(),
                    passed: c.passed,
                    how: event.about.how.clone(),
                    by: by.clone(),
                    at,
                    event: link.clone(),
                    voided: false,
                    conceded: false,
                });
                let of = Voided::Check { check: c.check.clone(), point: c.point.clone() };
                self.worked(Undo { event: link, by, of, failed: !c.passed });
            }
            What::ObservationVoided(_) => {
                self.signature = None;
                self.undo.retain(|u| Some(&u.event) != event.about.corrects.as_ref());
                for seen in &mut self.observations {
                    seen.voided = seen.voided || Some(&seen.event) == event.about.corrects.as_ref();
                }
            }
            What::SignatureRecorded(s) => {
                self.signature = Some(Signature {
                    by,
                    name: s.name.clone(),
                    meaning: s.meaning.clone(),
                    role: s.role,
                    at,
                    event: link,
                });
            }
            What::RetestBegun(_) => self.result = Some(ending(Ended::Retested)),
            What::StepPassed(_) => self.result = Some(ending(Ended::Passed)),
            What::StepFailed(_) => self.result = Some(ending(Ended::Failed)),
            _ => {}
        }
    }

    fn worked(&mut self, undo: Undo) {
        if let Some(by) = &undo.by
            && !self.workers.contains(by)
        {
            self.workers.push(by.clone());
        }
        self.undo.push(undo);
    }
}
