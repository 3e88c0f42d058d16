//! Why something is done, asked before it is: one of a list, or words of one's own. And whose PIN is asked for.

use super::handover::watch;
use super::packing::take_out;
use super::question::{Answer, Choice, Picked, Question, Unfit, pick, words};
use crate::domain::command::Command;
use crate::domain::id::{Badge, UnitId};
use crate::domain::route::Route;
use crate::domain::watch::WatchAct;

/// Whose PIN is asked for, and what for.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Signer {
    /// To sign on.
    SignOn(Badge),
    /// To sign the open step.
    Sign(Badge),
}

/// Asks why something is done: a numbered list, or words of one's own.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Reason {
    /// What is done.
    pub of: Doing,
    /// The reasons to choose from.
    pub options: Vec<Choice>,
    /// Whether one may be written. Where the route lists all that count, only those count.
    pub other: bool,
    /// Whether one is being written.
    pub writing: bool,
}

/// What a reason is given for.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Doing {
    /// The step fails.
    Fail,
    /// The unit is held.
    Hold,
    /// The last record is taken back.
    Void,
    /// Another attempt begins.
    Retest,
    /// This unit comes out of the carton at hand.
    TakeOut(UnitId),
    /// The station is down.
    Down,
    /// A note is left.
    Note,
    /// The call for a lead is taken back.
    Withdraw,
}

impl Signer {
    pub(super) fn command(self) -> Command {
        match self {
            Self::SignOn(badge) => Command::SignOn { badge },
            Self::Sign(badge) => Command::Sign { badge },
        }
    }
}

impl Reason {
    pub(super) fn answer(mut self, text: &str, scanned: bool, route: Option<&Route>) -> Answer {
        if self.writing {
            return match words(text, scanned, route) {
                Some(reason) => Answer::Submit(self.of.command(reason), None),
                None => Answer::Stray,
            };
        }
        match pick(text, scanned, &self.options) {
            Picked::One(choice) => Answer::Submit(self.of.command(choice.code), None),
            Picked::Zero if self.other => {
                self.writing = true;
                Answer::Ask(Question::Reason(self))
            }
            Picked::Zero | Picked::Beyond => Answer::Unfit(Question::Reason(self), Unfit::NotListed),
            Picked::NoNumber => Answer::Stray,
        }
    }
}

impl Doing {
    fn command(self, reason: String) -> Command {
        match self {
            Self::Fail => Command::Fail { reason },
            Self::Hold => Command::Hold { reason },
            Self::Void => Command::Void { reason },
            Self::Retest => Command::Retest { reason },
            Self::TakeOut(unit) => take_out(unit, reason),
            Self::Down => watch(WatchAct::Down { reason }),
            Self::Note => watch(WatchAct::Note { text: reason }),
            Self::Withdraw => watch(WatchAct::Withdraw { reason }),
        }
    }
}
