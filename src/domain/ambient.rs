//! What only the outside knows when a command is given: the time, the place, the device, the PIN check's outcome.

use serde::{Deserialize, Serialize};

use super::id::{Boot, DeviceId, Session, StationId};
use super::role::PinCheck;
use super::shift::InShift;
use super::time::{At, Clock, Moment, SLACK};

/// Milliseconds after a change of screen in which a scan that did not cause it is refused.
pub const SCREEN_SETTLE_MS: u32 = 400;

/// Everything the outside adds to a command.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Ambient {
    /// Now.
    pub at: At,
    /// How far that can be trusted.
    pub clock: Clock,
    /// Which boot of the machine.
    pub boot: Boot,
    /// Microseconds since that boot, sleep included.
    pub mono: u64,
    /// The station; none for a command from a shell.
    pub station: Option<Place>,
    /// The rest, kept with the record.
    pub given: Given,
}

impl Ambient {
    /// The same, for a record whose latest moment is this: a clock behind the record is a clock in doubt, whatever it
    /// says of itself. It may be behind by a trifle, where processes take turns.
    #[must_use]
    pub fn after(&self, last: Option<At>) -> Self {
        let behind = last.is_some_and(|last| self.at.plus(SLACK) < last);
        Self { clock: if behind { Clock::Doubt } else { self.clock }, ..self.clone() }
    }

    /// Now, by both clocks.
    pub fn moment(&self) -> Moment {
        Moment { at: self.at, clock: self.clock, boot: self.boot.clone(), mono: self.mono }
    }
}

/// A station and the class it belongs to.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Place {
    /// The station, such as `TEST-1`.
    pub station: StationId,
    /// Its class, such as `test`, which routes name.
    pub class: StationId,
}

/// What is kept of the outside beside the time and the place, so that a decision can be made again.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
#[serde(default)]
pub struct Given {
    /// The run of the program.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub session: Option<Session>,
    /// The class of the station.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub class: Option<StationId>,
    /// The scanner, gauge or machine.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub device: Option<DeviceId>,
    /// Milliseconds since the screen changed; none where there is no screen.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub screen_ms: Option<u32>,
    /// Whether a badge alone signs nobody on here.
    #[serde(skip_serializing_if = "std::ops::Not::not")]
    pub pin_at_sign_on: bool,
    /// What became of the PIN check.
    #[serde(skip_serializing_if = "is_not_asked")]
    pub pin: PinCheck,
    /// The shift; none where the plant has none, and in older records.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub shift: Option<InShift>,
    /// The shift of the time that the command states, where it is of a paper and the plant has shifts.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub stated: Option<InShift>,
}

#[expect(clippy::trivially_copy_pass_by_ref, reason = "serde passes references")]
fn is_not_asked(pin: &PinCheck) -> bool {
    *pin == PinCheck::NotAsked
}
