//! What the terminal asks before it can submit: a PIN, the reason of an act, one of a list, what a lot is.

pub use super::known::Known;
pub use super::reason::{Doing, Reason, Signer};

use super::choosing::{Errand, Menu, Pick};
use super::confirm::Confirm;
use super::explaining::Explaining;
use super::from_paper::FromPaper;
use super::giving_up::GivingUp;
use super::handover::{ShiftMenu, Told};
use super::lead::Lead;
use super::line::Said;
use super::moving::Moving;
use super::pieces::{Handling, Pieces};
use super::receiving::Receiving;
use super::relabelling::{Chosen, Relabelling};
use super::secret::Secret;
use super::shelf::{ShelfGauge, ShelfLot, ShelfPart};
use super::signing::Signing;
use crate::domain::command::{Command, REASON_CHARS_MOST};
use crate::domain::command_code::CommandCode;
use crate::domain::id::{Badge, Revision};
use crate::domain::order::Order;
use crate::domain::route::Route;
use crate::domain::text::is_safe;
use crate::domain::time::At;
use crate::domain::what::{Fate, MovePlan};

/// Digits that the number of an option may have.
const OPTION_DIGITS_MOST: usize = 2;

/// A question that lies over the screen until it is answered or left.
#[derive(Debug)]
pub enum Question {
    /// The PIN that goes with a badge.
    Pin(Signer),
    /// Why something is done.
    Reason(Reason),
    /// What a lead decides about a unit.
    Lead(Box<Lead>),
    /// Who confirms a recovered PIN.
    Confirm(Confirm),
    /// What is to be done at the station.
    Menu(Menu),
    /// Which order, lot or gauge.
    Pick(Pick),
    /// What a lot is that comes in.
    Receive(Box<Receiving>),
    /// What is done with pieces of a batch.
    Pieces(Box<Pieces>),
    /// What is to be said about the station.
    Shift(ShiftMenu),
    /// Which revision the unit is to have.
    Move(Box<Moving>),
    /// Why a first piece is given up.
    GivingUp(Box<GivingUp>),
    /// Why an hour fell short.
    Hour(Box<Explaining>),
    /// What is done with the label of a unit.
    Label(Box<Relabelling>),
    /// What a paper states, and who witnesses it.
    Paper(Box<FromPaper>),
}

/// One option of a list.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Choice {
    /// What is recorded; the same in every language.
    pub code: String,
    /// What is shown.
    pub title: Title,
}

/// What an option is called.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Title {
    /// As the route calls it.
    Plain(String),
    /// A reason that every plant has.
    Known(Known),
    /// What a lead can decide.
    Decision(super::lead::Decision),
    /// The unit goes on where it is.
    WhereItIs,
    /// A component of the unit, and what becomes of it; none: it stays.
    Component {
        /// Its number.
        serial: String,
        /// Its part.
        part: String,
        /// What becomes of it.
        fate: Option<Fate>,
    },
    /// What can be done at a station.
    Errand(Errand),
    /// A work order.
    Order(Box<Order>),
    /// A lot.
    Lot(Box<ShelfLot>),
    /// A gauge.
    Gauge(Box<ShelfGauge>),
    /// A part.
    Part(Box<ShelfPart>),
    /// Whether a lot is received as it is.
    Receive(bool),
    /// What can be done with pieces.
    Handling(Handling),
    /// What can be said about the station.
    Told(Told),
    /// What can be said of a label.
    Label(Chosen),
    /// An hour of a shift, by when it began.
    Hour(At),
    /// A revision, and what becomes of the unit's steps there; none where it cannot move.
    Revision(Revision, Option<Box<MovePlan>>),
}

/// What an answer to a question leads to.
#[derive(Debug)]
pub(super) enum Answer {
    /// The next question.
    Ask(Question),
    /// The command is complete.
    Submit(Command, Option<Secret>),
    /// It is no answer; the question stays.
    Unfit(Question, Unfit),
    /// It reads like a label: meant for another screen.
    Stray,
    /// It is a label that counts here as it does without the question.
    Label,
    /// It is to be read by the standard that it follows; the question stays until then.
    Read(Question),
}

/// Why a line is no answer.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Unfit {
    /// The list has no such number.
    NotListed,
    /// A PIN has digits only.
    NotDigits,
    /// It is no badge.
    NoBadge,
    /// The part of a label is none of the list.
    UnknownPart,
    /// It is no lot number.
    NoLot,
    /// It is no quantity.
    NoQuantity,
    /// It is no day.
    NoDay,
    /// No number can be read from the label.
    NoNumber,
    /// It is no time that a paper can state.
    NoTime,
}

impl Question {
    /// The options to choose from; none where words, a badge or a PIN are asked for.
    pub fn choices(&self) -> Vec<Choice> {
        match self {
            Self::Pin(_) | Self::Confirm(_) | Self::GivingUp(_) | Self::Paper(_) => Vec::new(),
            Self::Reason(reason) if reason.writing => Vec::new(),
            Self::Reason(reason) => reason.options.clone(),
            Self::Lead(lead) => lead.choices(),
            Self::Menu(_) => Menu::choices(),
            Self::Pick(pick) => pick.choices(),
            Self::Receive(lot) => lot.choices(),
            Self::Pieces(pieces) => pieces.choices(),
            Self::Shift(menu) => menu.choices(),
            Self::Move(moving) => moving.choices(),
            Self::Hour(explaining) => explaining.choices(),
            Self::Label(label) => label.choices(),
        }
    }

    /// Its name, in the code and in tests.
    pub fn name(&self) -> &'static str {
        match self {
            Self::Pin(_) => "pin",
            Self::Reason(Reason { writing: false, .. }) => "reason",
            Self::Reason(Reason { writing: true, .. }) => "reason-words",
            Self::Lead(lead) => lead.stage().name(),
            Self::Confirm(_) => "confirm-pin",
            Self::Menu(_) => "station",
            Self::Pick(Pick { of: Errand::Order, .. }) => "orders",
            Self::Pick(Pick { of: Errand::Gauge, .. }) => "gauges",
            Self::Pick(Pick { of: Errand::Lot | Errand::Receive, .. }) => "lots",
            Self::Receive(lot) => lot.name(),
            Self::Pieces(pieces) => pieces.name(),
            Self::Shift(_) => "shift",
            Self::Move(_) => "move",
            Self::GivingUp(giving_up) => giving_up.name(),
            Self::Hour(explaining) => explaining.stage().name(),
            Self::Label(label) => label.name(),
            Self::Paper(paper) => paper.name(),
        }
    }

    /// What is asked for of a signature; none where the question is about something else yet, or ends without one.
    fn signing(&self) -> Option<Signing> {
        match self {
            Self::Lead(lead) => lead.signing(),
            Self::Move(moving) => moving.signing(),
            Self::Hour(explaining) => explaining.signing(),
            Self::Label(label) => label.signing(),
            Self::Paper(paper) => paper.signing(),
            Self::GivingUp(giving_up) => Some(giving_up.signing()),
            Self::Confirm(confirm) => Some(if confirm.asks_pin() { Signing::Pin } else { Signing::Badge }),
            Self::Pin(_) => Some(Signing::Pin),
            Self::Reason(_) | Self::Menu(_) | Self::Pick(_) | Self::Receive(_) | Self::Pieces(_) | Self::Shift(_) => {
                None
            }
        }
    }

    /// Whether a PIN is asked for.
    pub fn is_secret(&self) -> bool {
        self.signing() == Some(Signing::Pin)
    }

    /// Whether a badge is asked for.
    pub fn asks_badge(&self) -> bool {
        self.signing() == Some(Signing::Badge)
    }

    /// Whether words, a number or a label are written into the field, with no list to choose from.
    pub fn is_written(&self) -> bool {
        !self.is_secret() && !self.asks_badge() && self.choices().is_empty()
    }

    /// Takes a line. `scanned` tells that it came from a scanner for certain; words and numbers are never scanned. `by`
    /// is who is signed on.
    pub(super) fn answer(self, said: Said, scanned: bool, route: Option<&Route>, by: Option<&Badge>) -> Answer {
        match (self, said) {
            (Self::Pin(signer), Said::Secret(pin)) => match digits(pin) {
                Some(pin) => Answer::Submit(signer.command(), Some(pin)),
                None => Answer::Unfit(Self::Pin(signer), Unfit::NotDigits),
            },
            (Self::Pin(_), Said::Text(_)) => Answer::Stray,
            (Self::Reason(reason), Said::Text(text)) => reason.answer(&text, scanned, route),
            (Self::Lead(lead), said) => lead.answer(said, scanned, route),
            (Self::Confirm(confirm), said) => confirm.answer(said),
            (Self::GivingUp(giving_up), said) => giving_up.answer(said, scanned, route),
            (Self::Move(moving), said) => moving.answer(said, scanned, route),
            (Self::Hour(explaining), said) => explaining.answer(said, scanned, route),
            (Self::Label(label), said) => label.answer(said, scanned, route),
            (Self::Paper(paper), said) => paper.answer(said, scanned, route),
            (Self::Shift(menu), Said::Text(text)) => menu.answer(&text, scanned),
            (Self::Menu(menu), Said::Text(text)) => menu.answer(&text, scanned),
            (Self::Pick(pick), Said::Text(text)) => pick.answer(&text, scanned),
            (Self::Receive(lot), Said::Text(text)) => lot.answer(&text, scanned, by),
            (Self::Pieces(pieces), Said::Text(text)) => pieces.answer(&text, scanned, route),
            (other, Said::Secret(_)) => Answer::Unfit(other, Unfit::NotListed),
        }
    }

    /// The question before this one; none: back to the screen.
    pub(super) fn back(self) -> Option<Self> {
        match self {
            Self::Reason(reason) if reason.writing && !reason.options.is_empty() => {
                Some(Self::Reason(Reason { writing: false, ..reason }))
            }
            Self::Pin(_) | Self::Reason(_) | Self::Menu(_) | Self::Shift(_) => None,
            Self::Confirm(confirm) => confirm.back().map(Self::Confirm),
            Self::GivingUp(giving_up) => giving_up.back().map(Self::GivingUp),
            Self::Move(moving) => moving.back().map(|m| Self::Move(Box::new(m))),
            Self::Hour(explaining) => explaining.back().map(|e| Self::Hour(Box::new(e))),
            Self::Label(label) => label.back().map(|l| Self::Label(Box::new(l))),
            Self::Paper(paper) => paper.back().map(Self::Paper),
            Self::Lead(lead) => lead.back().map(|l| Self::Lead(Box::new(l))),
            Self::Pick(pick) => pick.back(),
            Self::Receive(lot) => lot.back().map(|l| Self::Receive(Box::new(l))),
            Self::Pieces(pieces) => pieces.back().map(|p| Self::Pieces(Box::new(p))),
        }
    }
}

/// What a line picks from a list.
pub(super) enum Picked {
    /// One of it.
    One(Choice),
    /// 0: something else, or on.
    Zero,
    /// A number that the list does not have.
    Beyond,
    /// No number at all.
    NoNumber,
}

/// Picks from a list by number, or by the very code. A number is typed: a label that is one was meant for something
/// else.
pub(super) fn pick(text: &str, scanned: bool, from: &[Choice]) -> Picked {
    if let Some(choice) = from.iter().find(|c| c.code == text && !text.is_empty()) {
        return Picked::One(choice.clone());
    }
    let short = !scanned && text.len() <= OPTION_DIGITS_MOST && text.bytes().all(|b| b.is_ascii_digit());
    match text.parse::<usize>() {
        Ok(0) if short => Picked::Zero,
        Ok(n) if short => from.get(n - 1).cloned().map_or(Picked::Beyond, Picked::One),
        _ => Picked::NoNumber,
    }
}

/// The line as words of one's own. What reads like a label is none: it was scanned, and meant for another screen.
pub(super) fn words(text: &str, scanned: bool, route: Option<&Route>) -> Option<String> {
    let plain = text.chars().all(is_safe) && text.chars().count() <= REASON_CHARS_MOST;
    let label = CommandCode::read(text).is_some() || route.is_some_and(|r| r.identifier.pattern.matches(text));
    (plain && !label && !scanned && !text.trim().is_empty()).then(|| text.trim().to_owned())
}

/// The PIN, where it is digits alone. Anything else is not even tried.
pub(super) fn digits(pin: Secret) -> Option<Secret> {
    let text = pin.reveal();
    let sound = text.bytes().all(|b| b.is_ascii_digit());
    let pin = Secret::new(text);
    sound.then_some(pin)
}
