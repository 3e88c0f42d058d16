//! Somebody at a station, who gives commands one after the other.

use traveller::app::settlement::Settlement;
use traveller::app::submit;
use traveller::domain::ambient::{Ambient, Given, Place};
use traveller::domain::command::Command;
use traveller::domain::id::{Badge, Boot, Session, StationId};
use traveller::domain::label::Label;
use traveller::domain::role::PinCheck;
use traveller::domain::time::{At, Clock, SECOND};
use traveller::ledger::Writer;

use super::Outcome;

/// Somebody at a station.
pub(crate) struct Hands {
    place: Place,
    session: Session,
    boot: Boot,
    at: At,
}

impl Hands {
    /// At a station, from a moment on.
    pub(crate) fn at(station: &str, class: &str, from: At) -> Outcome<Self> {
        let place = Place { station: StationId::parse(station)?, class: StationId::parse(class)? };
        Ok(Self { place, session: Session::parse("be00000000000001")?, boot: Boot::parse("be000000")?, at: from })
    }

    /// A second later, with the PIN of whoever signs.
    pub(crate) fn now(&mut self) -> Ambient {
        self.at = self.at.plus(SECOND);
        Ambient {
            at: self.at,
            clock: Clock::Synced,
            boot: self.boot.clone(),
            mono: u64::try_from(self.at.0).unwrap_or(0),
            station: Some(self.place.clone()),
            given: Given {
                session: Some(self.session.clone()),
                class: Some(self.place.class.clone()),
                screen_ms: Some(900),
                pin_at_sign_on: true,
                pin: PinCheck::Right,
                ..Given::default()
            },
        }
    }

    /// Gives a command that must be accepted.
    pub(crate) fn give(&mut self, writer: &mut Writer, command: &Command) -> Outcome<Settlement> {
        let settled = submit(writer, command, &self.now())?;
        match &settled.answer {
            Ok(_) => Ok(settled),
            Err(refusal) => Err(format!("{command:?} was refused: {}", refusal.code.word()).into()),
        }
    }

    /// Signs on.
    pub(crate) fn sign_on(&mut self, writer: &mut Writer, badge: &str) -> Outcome<()> {
        self.give(writer, &Command::SignOn { badge: Badge::parse(badge)? })?;
        Ok(())
    }
}

/// A label is scanned.
pub(crate) fn scan(text: &str) -> Command {
    Command::Scan { label: Label::read(text.as_bytes()), unit: None }
}

/// A value is typed.
pub(crate) fn value(text: &str) -> Command {
    Command::Value { value: text.to_owned(), check: None, point: None, gauge: None, unit: None }
}
