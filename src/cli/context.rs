//! What a command has at hand: its settings, its output, the clock, and the ledger opened as it needs.

use std::io::Write;

use super::args::Global;
use super::failure::Failure;
use super::secret;
use crate::domain::id::{Badge, TerminalId};
use crate::domain::text::display_safe;
use crate::ledger::{OpenError, Reader, Writer, open_reader};
use crate::station::clerk::{Clerk, With};
use crate::station::clock::StationClock;
use crate::station::config::{Asked, Environment, Settings};
use crate::station::open::{self, Make};
use crate::station::pins::PinFile;

/// What a command has at hand.
pub(super) struct Context<'a> {
    /// What counts.
    pub(super) settings: Settings,
    /// Whether to answer in JSON.
    pub(super) json: bool,
    /// Where the answer goes.
    pub(super) out: &'a mut dyn Write,
    /// The environment.
    pub(super) environment: &'a dyn Environment,
}

impl<'a> Context<'a> {
    pub(super) fn new(
        global: &Global,
        environment: &'a dyn Environment,
        out: &'a mut dyn Write,
    ) -> Result<Self, Failure> {
        let asked = Asked {
            ledger: global.ledger.clone(),
            routes: global.routes.clone(),
            terminal: global.terminal.clone(),
            config: global.config.clone(),
        };
        let settings = Settings::load(asked, environment)?;
        Ok(Self { settings, json: global.json, out, environment })
    }

    /// The ledger, to read. It is never made.
    pub(super) fn reader(&self) -> Result<Reader, Failure> {
        let reader = open_reader(&self.settings.ledger)?;
        let own: Option<TerminalId> = reader.head()?.map(|head| head.terminal);
        if let (Some(ledger), Some(asked)) = (own, self.settings.terminal.clone())
            && ledger != asked
        {
            return Err(OpenError::OtherTerminal { ledger, asked }.into());
        }
        Ok(reader)
    }

    /// A clerk who gives commands to the gate, from a shell.
    pub(super) fn clerk(&self, make: Make) -> Result<Clerk<Writer>, Failure> {
        let clock = StationClock::of_machine()?.in_shifts(&self.settings.work.calendar);
        let writer = open::writer(&self.settings, &clock, make)?;
        warn(&writer);
        let pins = pins(&writer);
        Ok(Clerk::of_shell(writer, pins, clock).allowing(self.settings.overrides.clone()))
    }

    /// The PIN of a person who gives a command, as it goes with the command.
    pub(super) fn signed(&self, by: &Badge) -> Result<With, Failure> {
        Ok(With { pin: Some(secret::pin(self.environment, by)?), ..With::default() })
    }
}

/// The PIN file of a ledger: beside the file itself, by whatever link it was named.
pub(super) fn pins(ledger: &Writer) -> PinFile {
    PinFile::at(ledger.reader().path())
}

/// Says what people should know about the ledger.
pub(super) fn warn(writer: &Writer) {
    if let Some(warning) = writer.warning() {
        note(&warning.to_string());
    }
}

/// Something that people should know, beside the answer.
pub(super) fn note(text: &str) {
    // Where it cannot be written there is nobody to read it.
    let _unread = writeln!(std::io::stderr().lock(), "note: {}", display_safe(text));
}
