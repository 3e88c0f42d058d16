//! What is on its way: inputs that wait for their turn, and the one thing that is in flight.

use super::line::Ended;
use super::msg::{Millis, Request};
use super::question::Question;
use crate::domain::command::Command;
use crate::domain::id::{CheckId, DeviceId, Point};
use crate::domain::label::Label;

/// An answer that fails a check, to be given twice.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Asked {
    pub(super) check: CheckId,
    pub(super) point: Option<Point>,
    pub(super) value: String,
}

/// What is in flight: an action, or a look. Until its answer comes, every other input waits.
#[derive(Debug)]
pub(super) struct Flight {
    pub(super) request: Request,
    pub(super) what: Flying,
    pub(super) slow_at: Millis,
}

/// What is under way.
#[derive(Debug)]
pub(super) enum Flying {
    /// A command to the gate.
    Command(Command),
    /// A look at what could be chosen.
    Shelf(Wanted),
    /// The reading of a supplier's label.
    Label { device: Option<DeviceId> },
    /// A look at whether a scan is a badge: if so it goes to the gate as it came.
    Badge { label: Label, device: Option<DeviceId>, screen_ms: u32 },
    /// A look at whether what was scanned as the answer to a PIN is another badge. If not, it may be the PIN.
    Secret { asked: Box<Question>, label: Label, device: Option<DeviceId>, screen_ms: u32 },
}

/// What is to be chosen.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Wanted {
    /// What the station works with.
    Station,
    /// What the open step needs next.
    Next,
    /// Another revision for the open unit.
    Move,
}

/// An input that waits for its turn.
#[derive(Debug)]
pub(super) struct Waiting {
    pub(super) input: Input,
    /// The screen that it was made on; none: one before that which showed when it came.
    pub(super) screen: Option<u64>,
    /// When it was begun.
    pub(super) at: Millis,
}

/// An input that asks for something.
#[derive(Debug)]
pub(super) enum Input {
    Line(Ended),
    Scan { label: Label, device: DeviceId },
    Function(u8),
    Idle,
}
