//! What arrives at the terminal: one inbox, one order.

use super::port::Fault;
use super::seat::Seat;
use super::settlement::{Desk, Settlement};
use super::shelf::{Seen, Stock};
use super::shifts::left::LeftUnit;
use crate::domain::id::{DeviceId, StepId, UnitId};
use crate::domain::label::Label;
use crate::domain::time::{Clock, Moment};

/// Milliseconds of the boot clock, which only runs forward.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Default)]
pub struct Millis(pub u64);

impl Millis {
    /// So many later.
    #[must_use]
    pub fn plus(self, ms: u64) -> Self {
        Self(self.0.saturating_add(ms))
    }

    /// How many have passed since; none where that lies ahead.
    pub fn since(self, earlier: Self) -> u32 {
        u32::try_from(self.0.saturating_sub(earlier.0)).unwrap_or(u32::MAX)
    }
}

/// Something that arrived, and when.
#[derive(Debug)]
pub struct Msg {
    /// When.
    pub at: Millis,
    /// What.
    pub news: News,
}

/// What arrived.
#[derive(Debug, Clone)]
pub enum News {
    /// A key was pressed, or a scanner that types sent a character.
    Key(Key),
    /// A scanner of its own sent a label, or lost one.
    Scan {
        /// What it sent.
        label: Label,
        /// Which scanner.
        device: DeviceId,
        /// When its first character came.
        begun: Millis,
    },
    /// A scanner of the configuration is there, or is not.
    Scanner {
        /// Which scanner.
        name: DeviceId,
        /// What can be done with it.
        state: ScannerState,
    },
    /// An action is settled, or the machine failed at it.
    Settled {
        /// Which one.
        request: Request,
        /// What became of it.
        outcome: Result<Box<Settlement>, Fault>,
    },
    /// What was looked at, or the machine failed at it.
    Seen {
        /// Which look.
        request: Request,
        /// What was seen.
        outcome: Result<Seen, Fault>,
    },
    /// Somebody else wrote to the ledger, and a seat's station stands otherwise than before.
    LedgerChanged(Seat, Box<Desk>),
    /// The units that are due at a seat's station and wait.
    Waiting(Seat, Vec<WaitingUnit>),
    /// What a seat's station works with changed.
    Stock(Seat, Box<Stock>),
    /// The facts of the status line changed.
    Status(Status),
    /// The ledger cannot be worked with, for good: records are missing, or it is not this terminal's.
    Broken(Fault),
    /// The terminal has another size.
    Resized,
    /// A deadline of a seat was reached.
    Due(Seat, Deadline),
    /// The program is to end.
    Quit,
}

/// A key, as the operator knows it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Key {
    /// F1 to F12.
    F(u8),
    /// The end of a scan, or of what was typed.
    Enter,
    /// The same, where a scanner that types sends it; else it moves the keyboard to the other seat.
    Tab,
    /// Back, or clear the field.
    Esc,
    /// One character less.
    Backspace,
    /// One line up.
    Up,
    /// One line down.
    Down,
    /// One page up.
    PageUp,
    /// One page down.
    PageDown,
    /// A character.
    Char(char),
    /// Ctrl-C: leaves the program where that is allowed.
    Interrupt,
}

/// Names one action that was submitted, so that its answer finds it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Default)]
pub struct Request {
    /// Where it was made.
    pub seat: Seat,
    /// Its number there.
    pub number: u64,
}

/// A moment that the model waits for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Deadline {
    /// Nothing happened for too long: the operator is signed off.
    Idle,
    /// The action takes so long that the operator should see it.
    Slow,
}

/// What the status line tells beside what the model knows itself.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Status {
    /// Now, by both clocks; none where nobody tells.
    pub now: Option<Moment>,
    /// The local time, such as `14:07`.
    pub time: String,
    /// Seconds that local time is ahead of UTC.
    pub utc_offset: i32,
    /// How far the clock can be trusted.
    pub clock: Clock,
    /// How the replicas stand; none where none is asked for.
    pub replica: Option<Replica>,
    /// Events that are on this terminal alone.
    pub unsent: u64,
}

/// How the replicas stand: the worst of them.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub struct Replica {
    /// Who is to know.
    pub level: ReplicaLevel,
    /// How old it is.
    pub age: ReplicaAge,
}

/// Who is to know how old a replica is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum ReplicaLevel {
    /// Nobody.
    Fresh,
    /// Whoever looks: it has missed a night.
    Late,
    /// A lead: it has missed two.
    Attention,
}

/// How old a replica is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum ReplicaAge {
    /// Minutes since it last held the whole record.
    Minutes(u32),
    /// By the clock it is of the future, or nobody can tell.
    Unknown,
    /// It never held the whole record.
    Never,
}

/// What can be done with a scanner of the configuration.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum ScannerState {
    /// It is there, and what it scans comes here alone.
    Ready,
    /// It is not there.
    Lost,
    /// It is there, and this program may not read it.
    NotPermitted,
    /// It is there, and another program keeps it for itself.
    Taken {
        /// That program, where it can be found out.
        by: Option<String>,
    },
}

/// A unit that is due here and waits.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct WaitingUnit {
    /// The unit.
    pub unit: UnitId,
    /// The step it waits for.
    pub step: StepId,
    /// What people call that.
    pub title: String,
    /// Where it was put down in the middle of that step, and by whom.
    pub half_done: Option<LeftUnit>,
}
