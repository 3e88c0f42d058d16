//! The terminal's model: everything that its screen is drawn from.

use std::collections::{BTreeMap, VecDeque};

use super::checklist::Bench;
use super::doubt::{Came, Doubt};
use super::flight::{Asked, Flight, Waiting};
use super::handover::Handover;
use super::lang::Lang;
use super::line::{Begun, Line};
use super::msg::{Deadline, Millis, ScannerState, Status, WaitingUnit};
use super::port::{Fault, Receipt};
use super::question::{Question, Unfit};
use super::receiving::Receiving;
pub use super::screen::Screen;
use super::seat::Seat;
use super::settlement::{Desk, Settlement, Work};
use super::shelf::Stock;
use super::shifts::calendar::Calendar;
use crate::domain::ambient::Place;
use crate::domain::gate::decision::Did;
use crate::domain::id::{Badge, DeviceId, Point, StepId, UnitId};
use crate::domain::need::Need;
use crate::domain::packing::sscc::Stem;
use crate::domain::refusal::{Code, Refusal};
use crate::domain::station::Pending;
use crate::domain::what::Remark;

/// Inputs that may wait while an action is in flight.
pub const WAITING_MOST: usize = 8;
/// Milliseconds after which an action in flight is shown as being saved.
pub const SLOW_MS: u64 = 300;

/// What does not change while the program runs.
#[derive(Debug, Clone)]
pub struct Settings {
    /// The station that the terminal serves.
    pub place: Place,
    /// Milliseconds without input after which the operator is signed off; none: never.
    pub idle_ms: Option<u64>,
    /// Whether the program may be left from the keyboard. A terminal on the line is never left.
    pub may_quit: bool,
    /// Refusals that a second person may let go.
    pub overrides: Vec<Code>,
    /// What the numbers of cartons begin with that are made here; none: their labels come from a roll.
    pub cartons: Option<Stem>,
    /// Codes to show to a person who tries the program out.
    pub card: Vec<CardLine>,
    /// Why a station may be down: what is recorded, and what people read.
    pub downtime: Vec<(String, String)>,
    /// When people work.
    pub calendar: Calendar,
}

/// A code to type or scan, and what it is.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct CardLine {
    /// The code.
    pub code: String,
    /// What it is.
    pub what: String,
}

/// Everything that the screen is drawn from.
#[derive(Debug)]
pub struct Model {
    /// What does not change.
    pub settings: Settings,
    /// The language of the screen.
    pub lang: Lang,
    /// The facts of the status line.
    pub status: Status,
    /// The scanners of the configuration that feed this seat, as they were told of last.
    pub scanners: BTreeMap<DeviceId, ScannerState>,
    /// Whether the last action was recorded.
    pub log: Log,
    /// The station as it stands.
    pub desk: Desk,
    /// The units that wait here.
    pub waiting_units: Vec<WaitingUnit>,
    /// What the station works with.
    pub stock: Stock,
    /// What lies over the work.
    pub face: Face,
    /// What lies over that.
    pub over: Option<Over>,
    /// The field.
    pub line: Line,
    /// What the last input came to.
    pub band: Band,
    /// The last answer, to be shown again.
    pub last: Option<Box<Settlement>>,
    /// How lots are received here, while they are: the next one follows.
    pub(super) receiving: Option<Receiving>,
    /// Whether a badge came just now that needs no PIN: whoever is used to it may type one all the same.
    pub(super) pin_may_follow: bool,
    pub(super) asked: Option<Asked>,
    pub(super) flight: Option<Flight>,
    pub(super) waiting: VecDeque<Waiting>,
    pub(super) lost: u32,
    pub(super) requests: u64,
    pub(super) hints: u64,
    pub(super) screen: u64,
    pub(super) screen_since: Millis,
    pub(super) input_at: Millis,
    pub(super) seat: Seat,
    pub(super) came: Came,
}

/// Whether the last action was recorded.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Log {
    /// It was.
    Ok,
    /// It is not yet, and it takes long.
    Saving,
    /// It was not.
    Fault,
}

/// What lies over the work.
#[derive(Debug)]
pub enum Face {
    /// Nothing: the work itself shows.
    Work,
    /// A step passed, and nothing is open here.
    Passed(Box<Verdict>),
    /// A step failed, and the unit was put down.
    Failed(Box<Work>),
    /// The gate stopped the work.
    Stopped(Box<Stop>),
    /// The machine failed.
    Fault {
        /// What failed, and what to do.
        fault: Fault,
        /// Whether it stays until the program ends.
        lasting: bool,
    },
}

/// A step passed. There is none without a receipt.
#[derive(Debug, Clone)]
pub struct Verdict {
    /// Proof that it is durable.
    pub receipt: Receipt,
    /// What was done.
    pub did: Did,
    /// The unit, and its record afterwards.
    pub work: Work,
    /// The step that passed.
    pub step: Option<StepId>,
    /// What there is to know about the material that was drawn.
    pub remarks: Vec<Remark>,
}

/// The gate stopped the work.
#[derive(Debug)]
pub struct Stop {
    /// Why.
    pub refusal: Refusal,
    /// The whole answer.
    pub settlement: Box<Settlement>,
    /// Scans that were refused because this showed.
    pub more: u32,
}

/// What lies over everything, and how far it is scrolled.
#[derive(Debug)]
pub struct Over {
    /// What it is.
    pub what: Overlay,
    /// The first line that shows.
    pub top: usize,
}

/// What lies over everything.
#[derive(Debug)]
pub enum Overlay {
    /// What can be done here.
    Help,
    /// The last answer.
    Last,
    /// The record of a unit.
    History(Box<Work>),
    /// What is shown until somebody has seen it.
    Handover(Handover),
    /// A question.
    Ask(Box<Question>),
}

/// What the last input came to.
#[derive(Debug)]
pub enum Band {
    /// Nothing to say.
    Silent,
    /// It was done.
    Did(Box<Settlement>),
    /// Something was chosen for the station, or came in: this.
    Chosen(Box<Settlement>, String),
    /// A step passed, and the unit goes on here.
    Passed(Box<Verdict>),
    /// A word of the gate in passing.
    Hint(Refusal),
    /// A word of the terminal itself.
    Note(Note),
}

/// What the terminal itself has to say. Nothing of it is on record.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Note {
    /// The line is no answer to the question.
    Unfit(Unfit),
    /// The screen changed before the key was its turn.
    ScreenChanged,
    /// So many inputs were not taken: more than may wait.
    TooFast(u32),
    /// The answer fails the check: it is to be given again.
    FailAgain {
        /// The check.
        title: String,
        /// The point.
        point: Option<Point>,
    },
    /// What was typed reads like a PIN that nobody asked for. It is not on record.
    PinUnasked,
    /// What was scanned may be the PIN that is asked for, and is not on record.
    PinScanned,
    /// A fault shows, and nothing is taken.
    NotTaken,
    /// What was typed may not have been meant for here: nothing of it is taken.
    Doubtful(Doubt),
}

impl Model {
    /// The terminal as it begins.
    pub fn new(settings: Settings, desk: Desk, status: Status, now: Millis) -> Self {
        Self {
            settings,
            lang: Lang::default(),
            status,
            scanners: BTreeMap::new(),
            log: Log::Ok,
            desk,
            waiting_units: Vec::new(),
            stock: Stock::default(),
            face: Face::Work,
            over: None,
            line: Line::default(),
            band: Band::Silent,
            last: None,
            receiving: None,
            pin_may_follow: false,
            asked: None,
            flight: None,
            waiting: VecDeque::new(),
            lost: 0,
            requests: 0,
            hints: 0,
            screen: 0,
            screen_since: now,
            input_at: now,
            seat: Seat::default(),
            came: Came::default(),
        }
    }

    /// The open unit at its due step.
    pub fn bench(&self) -> Option<Bench<'_>> {
        let open = self.desk.open.as_ref()?;
        Bench::of(&open.traveller, &open.route, &self.desk.station)
    }

    /// The question that shows.
    pub fn question(&self) -> Option<&Question> {
        match &self.over.as_ref()?.what {
            Overlay::Ask(question) => Some(question),
            Overlay::Help | Overlay::Last | Overlay::History(_) | Overlay::Handover(_) => None,
        }
    }

    /// Whether what is typed is hidden: a PIN, and a badge, which is half of a signature.
    pub fn is_masked(&self) -> bool {
        let badge_due = || matches!(self.bench().and_then(|b| b.next()), Some(Need::Signature(_) | Need::FirstPiece));
        match self.question() {
            Some(question) => question.is_secret() || question.asks_badge(),
            None => matches!(self.screen(), Screen::SignOn) || badge_due() || self.awaits_supervisor(),
        }
    }

    /// Whether the stop that shows is about a unit that came too late: a lead decides about it.
    pub fn is_too_late(&self) -> bool {
        matches!(&self.face, Face::Stopped(s) if s.refusal.code == Code::TooLate && s.settlement.work.is_some())
    }

    /// Whether the stop that shows waits for the badge of somebody who stands by. That badge is the one scan that
    /// counts while a stop shows.
    pub fn awaits_supervisor(&self) -> bool {
        let asked = self.desk.station.pending.as_ref().and_then(Pending::called_for).is_some();
        asked && matches!(self.face, Face::Stopped(_)) && self.over.is_none()
    }

    /// The record that the screen is about.
    pub fn subject(&self) -> Option<&Work> {
        match &self.face {
            Face::Fault { .. } => None,
            Face::Stopped(stop) => stop.settlement.work.as_ref().or(self.desk.open.as_ref()),
            Face::Passed(verdict) => Some(&verdict.work),
            Face::Failed(work) => Some(work),
            Face::Work => self.desk.open.as_ref(),
        }
    }

    /// The earliest moment that the model waits for. Without one there is nothing to wake up for.
    pub fn deadline(&self) -> Option<(Deadline, Millis)> {
        if let Some(flight) = &self.flight {
            return (self.log != Log::Saving).then_some((Deadline::Slow, flight.slow_at));
        }
        let somebody_is_here = self.desk.operator.is_some() || self.paper().is_some();
        let idle_ms = self.settings.idle_ms.filter(|_| somebody_is_here)?;
        Some((Deadline::Idle, self.input_at.plus(idle_ms)))
    }

    /// Who and what the screen is about. When it changes, what was meant for the screen before is stale.
    pub(super) fn shown(&self) -> Shown {
        let bench = self.bench();
        Shown {
            operator: self.desk.operator.as_ref().map(|p| p.badge.clone()),
            unit: self.desk.open.as_ref().and_then(|w| w.traveller.unit.clone()),
            step: bench.map(|b| b.step.id.clone()),
            attempt: bench.map_or(0, |b| b.traveller.attempt_number(&b.step.id)),
            screen: self.screen().name(),
            question: self.question().map(Question::name),
        }
    }

    /// A line that begins now belongs here.
    pub(super) fn begun(&self, at: Millis) -> Begun {
        let secret = self.question().is_some_and(Question::is_secret);
        Begun { screen: self.screen, hints: self.hints, at, secret }
    }
}

/// Identifies a screen.
#[derive(Debug, PartialEq, Eq)]
pub(super) struct Shown {
    operator: Option<Badge>,
    unit: Option<UnitId>,
    step: Option<StepId>,
    attempt: u32,
    screen: &'static str,
    question: Option<&'static str>,
}

/// Lines that a list can be scrolled down.
pub(super) const SCROLL_MOST: usize = 9_999;
