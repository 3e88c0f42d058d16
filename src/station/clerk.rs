//! The clerk: gives commands to the gate for one place, be it a station or a shell.

use super::clock::StationClock;
use super::office::{Office, Post, Said};
use super::override_file::OverrideRule;
use super::pin::Pin;
use super::pins::PinFile;
use crate::app::port::{Fault, Ledger};
use crate::app::settlement::{Desk, Settlement};
use crate::app::shelf::{Look, Seen, Stock};
use crate::app::together::{Ended, Stopped, Together};
use crate::domain::ambient::Place;
use crate::domain::command::Command;
use crate::domain::id::{Badge, DeviceId, OrderId, Session};
use crate::domain::time::At;
use crate::domain::what::Leaving;
use crate::ledger::Writer;

/// Gives commands to the gate for one place.
pub struct Clerk<L> {
    office: Office<L>,
    post: Option<Post>,
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
        Self { office: Office::new(ledger, pins, clock), post: None }
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
        let mut office = Office::new(ledger, pins, clock);
        let post = Post { place, session, pin_at_sign_on };
        office.open(&post)?;
        Ok(Self { office, post: Some(post) })
    }

    /// The same, where the configuration allows overrides.
    #[must_use]
    pub fn allowing(self, overrides: Option<OverrideRule>) -> Self {
        Self { office: self.office.allowing(overrides), ..self }
    }

    /// Gives a command to the gate, and returns when the answer is durable.
    pub fn give(&mut self, command: &Command, with: &With) -> Result<Settlement, Fault> {
        self.office.give(self.post.as_ref(), command, with)
    }

    /// Gives many commands of one person to the gate under one commit: all of them, or none.
    pub fn give_together<T>(
        &mut self,
        by: &Badge,
        with: &With,
        work: impl FnOnce(&mut Together<'_, L>) -> Result<T, Stopped>,
    ) -> Result<Ended<T>, Fault> {
        self.office.give_together(by, with, work)
    }

    /// Enters a paper at the station: all of it, or none.
    pub fn transcribe(
        &mut self,
        time: At,
        by: (&Badge, &With),
        witness: (&Badge, &With),
        said: Vec<Said>,
    ) -> Result<Ended<usize>, Fault> {
        let nowhere = || Fault::new("a paper is of a station, and none is served here", "name the station");
        let post = self.post.as_ref().ok_or_else(nowhere)?;
        self.office.transcribe(post, time, by, witness, said)
    }

    /// The operator leaves without a word: nothing happened for too long, or the program ends.
    pub fn leave(&mut self, why: Leaving) -> Result<Settlement, Fault> {
        self.office.leave(self.post.as_ref(), why)
    }

    /// The station as it stands, other processes' work included.
    pub fn desk(&mut self) -> Result<Desk, Fault> {
        self.office.desk(self.post.as_ref())
    }

    /// The ledger.
    pub fn ledger(&mut self) -> &mut L {
        self.office.ledger()
    }
}

impl Clerk<Writer> {
    /// Looks at something between two actions; none at a shell, where nothing is chosen.
    pub fn look(&mut self, at: Look) -> Result<Option<Seen>, Fault> {
        self.post.as_ref().map(|post| self.office.look(post, at)).transpose()
    }

    /// What the station works with; nothing at a shell.
    pub fn stock(&mut self, last: Option<&OrderId>) -> Result<Stock, Fault> {
        self.post.as_ref().map(|post| self.office.stock(post, last)).transpose().map(Option::unwrap_or_default)
    }
}
