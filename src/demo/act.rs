//! One thing that somebody does, and the answer that is foreseen.

use crate::app::port::Fault;
use crate::domain::command::Command;
use crate::domain::gate::decision::Did;
use crate::domain::id::{Badge, DeviceId};
use crate::domain::label::Label;
use crate::domain::refusal::{Code, Refusal};

use super::fault::defect;

/// What an act is given with beside the command.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum Proof {
    /// Nothing.
    None,
    /// The right PIN of a badge.
    Pin(Badge),
    /// A wrong one.
    WrongPin(Badge),
}

/// Which answer is foreseen.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Foreseen {
    /// A yes.
    Yes,
    /// A no.
    No(Code),
}

/// One thing that somebody does.
#[derive(Debug, Clone)]
pub(super) struct Act {
    pub(super) command: Command,
    pub(super) proof: Proof,
    pub(super) foreseen: Foreseen,
    /// Whether it may also be refused since a lot or a gauge is not to be used: nobody on the floor keeps their books.
    pub(super) permitting: bool,
}

impl Act {
    /// A command that is answered with yes.
    pub(super) fn new(command: Command) -> Self {
        Self { command, proof: Proof::None, foreseen: Foreseen::Yes, permitting: false }
    }

    /// A label is scanned.
    pub(super) fn scan(text: impl AsRef<str>) -> Self {
        Self::read(Label::read(text.as_ref().as_bytes()))
    }

    /// A label is scanned that is read already.
    pub(super) fn read(label: Label) -> Self {
        Self::new(Command::Scan { label, unit: None })
    }

    /// A value is typed, or measured with a gauge.
    pub(super) fn value(value: impl Into<String>, gauge: Option<DeviceId>) -> Self {
        Self::new(Command::Value { value: value.into(), check: None, point: None, gauge, unit: None })
    }

    /// Somebody gives a command by name, with their PIN.
    pub(super) fn by_hand(command: Command, badge: Badge) -> Self {
        Self { proof: Proof::Pin(badge), ..Self::new(command) }
    }

    /// The same, and it is refused.
    pub(super) fn refused(self, code: Code) -> Self {
        Self { foreseen: Foreseen::No(code), ..self }
    }

    /// The same, where lots and gauges permit it.
    pub(super) fn permitting(self) -> Self {
        Self { permitting: true, ..self }
    }

    /// Whether a refusal means that a lot or a gauge is not to be used, where that was to be reckoned with.
    pub(super) fn is_not_permitted(&self, code: Code) -> bool {
        self.permitting && self.foreseen != Foreseen::No(code) && is_about_means(code)
    }

    /// The same with a wrong PIN.
    pub(super) fn with_wrong_pin(self, badge: Badge) -> Self {
        Self { proof: Proof::WrongPin(badge), ..self.refused(Code::WrongPin) }
    }

    /// Holds the gate's answer against what was foreseen.
    pub(super) fn hold_against(&self, answer: &Result<Did, Refusal>) -> Result<(), Fault> {
        let answer = answer.as_ref().map_err(|refusal| refusal.code);
        let as_foreseen = match (self.foreseen, answer) {
            (Foreseen::Yes, Ok(_)) => true,
            (Foreseen::No(code), Err(found)) => found == code || self.is_not_permitted(found),
            (Foreseen::Yes, Err(found)) => self.is_not_permitted(found),
            (Foreseen::No(_), Ok(_)) => false,
        };
        if as_foreseen {
            return Ok(());
        }
        let answer = answer.map_or_else(Code::word, |did| did.word());
        let what = format!(
            "the demonstration met the answer {answer:?} to {:?}, and foresaw {:?}",
            self.command, self.foreseen
        );
        Err(defect(what))
    }
}

/// Whether a refusal says that a lot or a gauge is not to be used.
fn is_about_means(code: Code) -> bool {
    matches!(code, Code::LotExhausted | Code::LotExpired | Code::LotOnHold | Code::GaugeOverdue)
}
