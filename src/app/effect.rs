//! What the model wants done. It does nothing itself.

use super::msg::Request;
use super::secret::Secret;
use super::shelf::Look;
use crate::domain::command::Command;
use crate::domain::id::DeviceId;

/// Something to be done.
#[derive(Debug, PartialEq, Eq)]
pub enum Effect {
    /// Decide and record a command; the answer comes back as settled.
    Submit(Box<Submission>),
    /// Look at something; the answer comes back as seen. Nothing is recorded.
    Look(Request, Box<Look>),
    /// Make a sound.
    Bell(Bell),
    /// End the program.
    Quit,
}

/// A command on its way to the gate.
#[derive(Debug, PartialEq, Eq)]
pub struct Submission {
    /// Names it.
    pub request: Request,
    /// What is wanted.
    pub command: Command,
    /// The PIN that was given with it. It is checked beside the command and kept nowhere.
    pub pin: Option<Secret>,
    /// The scanner; none where it was typed, or came from a scanner that types.
    pub device: Option<DeviceId>,
    /// Milliseconds since the screen changed; 0 where it was meant for another screen.
    pub screen_ms: u32,
}

/// A sound. It never says anything that the screen does not say too.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Bell {
    /// A step passed.
    Pass,
    /// Something failed.
    Fail,
    /// Work stops.
    Stop,
    /// A word in passing.
    Hint,
}
