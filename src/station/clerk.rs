//! The clerk: gives commands to the gate for one place, with the time, the session and the outcome of the PIN check.
//!
//! A PIN is hashed before the write transaction, never inside it, so that nobody waits for it at another station.

use std::borrow::Cow;

use crate::app::port::{Fault, Ledger};
use crate::app::settlement::{Desk, Settlement};
use crate::app::submit::{Vouch, desk, look, submit, vouch};
use crate::capture::label;
use crate::domain::ambient::{Ambient, Given, Place};
use crate::domain::command::Command;
use crate::domain::id::{DeviceId, Session};
use crate::domain::role::PinCheck;
use crate::domain::what::Leaving;

use super::clock::StationClock;
use super::pin::Pin;
use super::pins::PinFile;

/// Gives commands to the gate for one place.
pub struct Clerk<L> {
    ledger: L,
    pins: PinFile,
    clock: StationClock,
    place: Option<Place>,
    session: Option<Session>,
    pin_at_sign_on: bool,
}

/// What came with one command beside the command itself.
#[derive(Default)]
pub struct With {
    /// The PIN; never kept.
    pub pin: Option<Pin>,
    /// The scanner, gauge or machine.
    pub device: Option<DeviceId>,
    /// Milliseconds since the screen changed; none where there is no screen.
    pub screen_ms: Option<u32>,
}

impl<L: Ledger> Clerk<L> {
    /// A clerk for commands from a shell: no station, and every command signed.
    pub fn of_shell(ledger: L, pins: PinFile, clock: StationClock) -> Self {
        Self { ledger, pins, clock, place: None, session: None, pin_at_sign_on: false }
    }

    /// A clerk at a station. What an earlier run of the program left open there is put down first.
    pub fn at_station(
        ledger: L,
        pins: PinFile,
        clock: StationClock,
        place: Place,
        session: Session,
        pin_at_sign_on: bool,
    ) -> Result<Self, Fault> {
        let mut clerk = Self { ledger, pins, clock, place: Some(place), session: Some(session), pin_at_sign_on };
        if clerk.desk()?.station.operator.is_some() {
            clerk.leave(Leaving::Restart)?;
        }
        Ok(clerk)
    }

    /// Gives a command to the gate, and returns when the answer is durable. Here alone a label gets its meaning, which
    /// is then on record with the command: nobody who decides it again has to read the label again.
    pub fn give(&mut self, command: &Command, with: &With) -> Result<Settlement, Fault> {
        let mut now = self.ambient(with);
        if let (Some(badge), Some(pin)) = (command.signer(), &with.pin) {
            now.given.pin = match vouch(&mut self.ledger, badge, &now)? {
                Vouch::Unknown => PinCheck::NotAsked,
                Vouch::Locked => PinCheck::Locked,
                Vouch::Check(id) => self.pins.check(&id, pin)?,
            };
            // Hashing took its time: the action happens now.
            now = Ambient { given: now.given, ..self.ambient(with) };
        }
        submit(&mut self.ledger, &as_read(command), &now)
    }

    /// The operator leaves without a word: nothing happened for too long, or the program ends.
    pub fn leave(&mut self, why: Leaving) -> Result<Settlement, Fault> {
        self.give(&Command::SignOff { why }, &With::default())
    }

    /// The station as it stands, other processes' work included.
    pub fn desk(&mut self) -> Result<Desk, Fault> {
        let place = self.place.as_ref().map(|p| &p.station);
        look(&mut self.ledger, |ledger| desk(ledger, place))
    }

    /// The ledger.
    pub fn ledger(&mut self) -> &mut L {
        &mut self.ledger
    }

    /// What the outside knows now. Whether the clock is behind the ledger shows within the action.
    fn ambient(&self, with: &With) -> Ambient {
        let given = Given {
            session: self.session.clone(),
            class: None,
            device: with.device.clone(),
            screen_ms: with.screen_ms,
            pin_at_sign_on: self.pin_at_sign_on,
            pin: PinCheck::NotAsked,
        };
        self.clock.ambient(self.place.clone(), given, None)
    }
}

/// The command with its label read by the standard that it follows.
fn as_read(command: &Command) -> Cow<'_, Command> {
    let Command::Scan { label, unit } = command else { return Cow::Borrowed(command) };
    Cow::Owned(Command::Scan { label: label::read(label.clone()), unit: unit.clone() })
}
