//! The office: gives commands to the gate, from whichever post of the program they come.
//!
//! A PIN is hashed before the write transaction, never inside it, so that nobody waits for it at another terminal.

use std::borrow::Cow;

use super::clerk::With;
use super::clock::StationClock;
use super::override_file::OverrideRule;
use super::pins::PinFile;
use super::shelf;
use crate::app::port::{Fault, Ledger};
use crate::app::settlement::{Desk, Settlement};
use crate::app::shelf::{Look, Seen, Stock};
use crate::app::submit::{Vouch, desk, look, submit, vouch};
use crate::app::together::{Ended, Stopped, Together, submit_together};
use crate::app::transcribing::{Line, Sheet, transcribe};
use crate::capture::label;
use crate::domain::ambient::{Ambient, Given, Place};
use crate::domain::command::Command;
use crate::domain::id::{Badge, OrderId, Session};
use crate::domain::overriding::Override;
use crate::domain::paper::Paper;
use crate::domain::role::PinCheck;
use crate::domain::time::{At, Moment};
use crate::domain::what::Leaving;
use crate::ledger::Writer;

/// Gives commands to the gate. One process has one, since it alone writes there.
pub struct Office<L> {
    ledger: L,
    pins: PinFile,
    clock: StationClock,
    overrides: Option<OverrideRule>,
}

/// A line of a paper: its number, what it says, and what came with it.
pub struct Said {
    /// Its number, from 1.
    pub number: u32,
    /// What it says.
    pub command: Command,
    /// What came with it.
    pub with: With,
}

/// A station that the program serves.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Post {
    /// Where that is.
    pub place: Place,
    /// The run of the program there.
    pub session: Session,
    /// Whether signing on takes a PIN there.
    pub pin_at_sign_on: bool,
}

impl<L: Ledger> Office<L> {
    /// An office on a ledger.
    pub fn new(ledger: L, pins: PinFile, clock: StationClock) -> Self {
        Self { ledger, pins, clock, overrides: None }
    }

    /// The same, where the configuration allows overrides.
    #[must_use]
    pub fn allowing(self, overrides: Option<OverrideRule>) -> Self {
        Self { overrides, ..self }
    }

    /// Begins to serve a post. What an earlier run of the program left open there is put down first.
    pub fn open(&mut self, post: &Post) -> Result<(), Fault> {
        if self.desk(Some(post))?.station.operator.is_some() {
            self.leave(Some(post), Leaving::Restart)?;
        }
        Ok(())
    }

    /// Gives a command to the gate, and returns when the answer is durable. Without a post it comes from a shell.
    ///
    /// Here alone a label gets its meaning, which is then on record with the command: nobody who decides it again has
    /// to read the label again.
    pub fn give(&mut self, post: Option<&Post>, command: &Command, with: &With) -> Result<Settlement, Fault> {
        let mut now = self.vouched(post, command.signer(), with)?;
        if let Command::Paper(Paper::Begin { time, .. }) = command {
            now.given.stated = self.clock.shift_at(*time);
        }
        let mut command = as_read(command);
        if let (Command::Override(over), Some(rule)) = (command.as_ref(), &self.overrides) {
            // What the configuration says goes on record with what it allows.
            let allowed = Some(rule.allowed(now.at, now.given.shift.as_ref()));
            command = Cow::Owned(Command::Override(Box::new(Override { allowed, ..over.as_ref().clone() })));
        }
        submit(&mut self.ledger, &command, &now)
    }

    /// Gives many commands of one person to the gate under one commit: all of them, or none. The PIN is looked at
    /// once, before.
    pub fn give_together<T>(
        &mut self,
        by: &Badge,
        with: &With,
        work: impl FnOnce(&mut Together<'_, L>) -> Result<T, Stopped>,
    ) -> Result<Ended<T>, Fault> {
        let now = self.vouched(None, Some(by), with)?;
        submit_together(&mut self.ledger, &now, work)
    }

    /// Enters a paper at a post: all of it, or none. Every PIN is looked at before.
    pub fn transcribe(
        &mut self,
        post: &Post,
        time: At,
        (by, by_with): (&Badge, &With),
        (witness, witness_with): (&Badge, &With),
        said: Vec<Said>,
    ) -> Result<Ended<usize>, Fault> {
        let by = (by.clone(), self.vouched(Some(post), Some(by), by_with)?);
        let mut now = self.vouched(Some(post), Some(witness), witness_with)?;
        now.given.stated = self.clock.shift_at(time);
        let witness = (witness.clone(), now);
        let mut lines = Vec::with_capacity(said.len());
        for Said { number, command, with } in said {
            let now = self.vouched(Some(post), command.signer(), &with)?;
            lines.push(Line { number, command: as_read(&command).into_owned(), now });
        }
        transcribe(&mut self.ledger, &Sheet { time, by, witness, lines })
    }

    /// The operator leaves without a word: nothing happened for too long, or the program ends.
    pub fn leave(&mut self, post: Option<&Post>, why: Leaving) -> Result<Settlement, Fault> {
        self.give(post, &Command::SignOff { why }, &With::default())
    }

    /// The post's station as it stands, other processes' work included.
    pub fn desk(&mut self, post: Option<&Post>) -> Result<Desk, Fault> {
        look(&mut self.ledger, |ledger| desk(ledger, post.map(|p| &p.place.station)))
    }

    /// The ledger.
    pub fn ledger(&mut self) -> &mut L {
        &mut self.ledger
    }

    /// What the outside knows now, and whether the PIN of whoever signs the command is right.
    fn vouched(&mut self, post: Option<&Post>, signer: Option<&Badge>, with: &With) -> Result<Ambient, Fault> {
        let mut now = self.ambient(post, with);
        let (Some(badge), Some(pin)) = (signer, &with.pin) else { return Ok(now) };
        now.given.pin = match vouch(&mut self.ledger, badge, &now)? {
            Vouch::Unknown => PinCheck::NotAsked,
            Vouch::Locked => PinCheck::Locked,
            Vouch::Check(id) => self.pins.check(&id, pin)?,
        };
        // Hashing took its time: the action happens now.
        Ok(Ambient { given: now.given, ..self.ambient(post, with) })
    }

    /// Now, by both clocks, as far as the outside knows it.
    pub(super) fn moment(&self) -> Moment {
        self.ambient(None, &With::default()).moment()
    }

    /// What the outside knows now. Whether the clock is behind the ledger shows within the action.
    fn ambient(&self, post: Option<&Post>, with: &With) -> Ambient {
        let given = Given {
            session: post.map(|p| p.session.clone()),
            class: None,
            device: with.device.clone(),
            screen_ms: with.screen_ms,
            pin_at_sign_on: post.is_some_and(|p| p.pin_at_sign_on),
            pin: PinCheck::NotAsked,
            shift: None,
            stated: None,
        };
        self.clock.ambient(post.map(|p| p.place.clone()), given, None)
    }
}

impl Office<Writer> {
    /// Looks at something between two actions. Nothing of it is recorded.
    pub fn look(&mut self, post: &Post, at: Look) -> Result<Seen, Fault> {
        let now = self.moment();
        shelf::look(&mut self.ledger, &post.place, &now, at)
    }

    /// What the post's station works with; and the order of the unit that was worked on last.
    pub fn stock(&mut self, post: &Post, last: Option<&OrderId>) -> Result<Stock, Fault> {
        let reader = self.ledger.reader();
        reader.stock(&reader.station(&post.place.station)?, last)
    }
}

/// The command with its label read by the standard that it follows.
fn as_read(command: &Command) -> Cow<'_, Command> {
    let mut command = Cow::Borrowed(command);
    if matches!(*command, Command::Scan { .. } | Command::ReceiveLot { label: Some(_), .. })
        && let Command::Scan { label, .. } | Command::ReceiveLot { label: Some(label), .. } = command.to_mut()
    {
        *label = label::read(label.clone());
    }
    command
}
