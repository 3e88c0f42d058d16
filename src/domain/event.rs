//! One recorded fact, as it is stored: immutable, compact JSON, keys in the order of the type, no floats.
//!
//! The bytes themselves are made and read in `wire`.

use std::fmt;

use super::ambient::Given;
use super::command::Command;
use super::facts::Facts;
use super::id::{
    Badge, Boot, DeviceId, Epoch, OrderId, PermitId, Revision, RouteId, StationId, StepId, TerminalId, UnitId,
};
use super::label::Raw;
use super::role::Auth;
use super::time::{At, Clock, Moment};
use super::what::What;
use serde::{Deserialize, Serialize};

/// Identifies an event anywhere, and its bytes.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub struct EventRef(pub TerminalId, pub Epoch, pub u64, pub String);

/// The event that another one builds on: its `seq` where it is in the same stream, else its full reference.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(untagged)]
pub enum Link {
    /// In the same stream.
    Here(u64),
    /// In another stream.
    There(EventRef),
}

impl Link {
    /// Its number in its stream.
    pub fn seq(&self) -> u64 {
        match self {
            Self::Here(seq) | Self::There(EventRef(_, _, seq, _)) => *seq,
        }
    }
}

impl Link {
    /// Its terminal, where that is another one's, and its number: enough for people to know which is meant.
    pub fn short(&self) -> String {
        match self {
            Self::Here(seq) => seq.to_string(),
            Self::There(EventRef(terminal, _epoch, seq, _hash)) => format!("{terminal} {seq}"),
        }
    }
}

/// The number alone in the same stream, else terminal, epoch and number.
impl fmt::Display for Link {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Here(seq) => write!(f, "{seq}"),
            Self::There(EventRef(terminal, epoch, seq, _hash)) => write!(f, "{terminal}/{epoch}/{seq}"),
        }
    }
}

/// How a datum came in.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum How {
    /// By a scanner, and which.
    Scanned(DeviceId),
    /// By a keyboard.
    Typed,
    /// By a gauge, and which.
    Gauge(DeviceId),
    /// By a machine, and which.
    Machine(DeviceId),
    /// From the lot loaded at the station.
    Loaded,
    /// From paper, afterwards.
    Transcribed {
        /// Who entered it.
        by: Badge,
        /// Who witnessed it.
        witness: Badge,
    },
}

impl How {
    /// The word for it in listings.
    pub fn word(&self) -> &'static str {
        match self {
            Self::Scanned(_) => "scanned",
            Self::Typed => "typed",
            Self::Gauge(_) => "gauge",
            Self::Machine(_) => "machine",
            Self::Loaded => "loaded",
            Self::Transcribed { .. } => "transcribed",
        }
    }
}

/// What a unit is made for. Only production is counted or dispatched.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Purpose {
    /// To be sold.
    #[default]
    Production,
    /// To prove the first piece.
    FirstArticle,
    /// To try something.
    Trial,
    /// To prove a tester.
    Golden,
    /// To train a person.
    Training,
}

impl Purpose {
    /// All of them.
    pub const ALL: [Self; 5] = [Self::Production, Self::FirstArticle, Self::Trial, Self::Golden, Self::Training];

    /// The word for it in records.
    pub fn word(self) -> &'static str {
        match self {
            Self::Production => "production",
            Self::FirstArticle => "first-article",
            Self::Trial => "trial",
            Self::Golden => "golden",
            Self::Training => "training",
        }
    }
}

/// Where and when an event was recorded: what every event has.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Stamp {
    /// The ledger's device.
    pub terminal: TerminalId,
    /// The ledger's life.
    pub epoch: Epoch,
    /// Dense from 1 within the epoch.
    pub seq: u64,
    /// The `seq` of the first event of the same action.
    pub act: u64,
    /// When.
    pub at: At,
    /// How far that can be trusted.
    pub clock: Clock,
    /// Which boot of the machine.
    pub boot: Boot,
    /// Microseconds since that boot, sleep included.
    pub mono: u64,
    /// The event's hash, where whoever reads it keeps another stream than the event's, or none. It is no part of what
    /// is recorded: the event's name depends on who says it.
    pub elsewhere: Option<String>,
}

impl Stamp {
    /// What the event is called by whoever reads it.
    pub fn link(&self) -> Link {
        match &self.elsewhere {
            None => Link::Here(self.seq),
            Some(hash) => Link::There(EventRef(self.terminal.clone(), self.epoch.clone(), self.seq, hash.clone())),
        }
    }

    /// When, by both clocks.
    pub fn moment(&self) -> Moment {
        Moment { at: self.at, clock: self.clock, boot: self.boot.clone(), mono: self.mono }
    }
}

/// What an event is about: the fields that apply.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct About {
    /// The unit.
    pub unit: Option<UnitId>,
    /// The subject's previous event that changed its record.
    pub builds_on: Option<Link>,
    /// The subject's last event that was seen, by one that changes nothing.
    pub saw: Option<Link>,
    /// The route.
    pub route: Option<RouteId>,
    /// Its revision.
    pub revision: Option<Revision>,
    /// The step.
    pub step: Option<StepId>,
    /// Which attempt at the step, from 1.
    pub attempt: Option<u32>,
    /// The station.
    pub station: Option<StationId>,
    /// The nest of the station.
    pub nest: Option<u32>,
    /// How many pieces the unit has, where it is a batch: with what the event says.
    pub pieces: Option<u32>,
    /// The work order.
    pub order: Option<OrderId>,
    /// The load of units handled together.
    pub load: Option<String>,
    /// Who.
    pub by: Option<Badge>,
    /// How they proved it.
    pub auth: Option<Auth>,
    /// How the datum came in.
    pub how: Option<How>,
    /// What the unit is made for, where it is not production.
    pub purpose: Option<Purpose>,
    /// The deviation permit.
    pub permit: Option<PermitId>,
    /// When it happened, where a paper record says so.
    pub happened: Option<At>,
    /// The event that this one corrects.
    pub corrects: Option<Link>,
    /// Why.
    pub reason: Option<String>,
    /// The label as read.
    pub raw: Option<Raw>,
}

/// What the first event of an action keeps, so that the decision can be made again.
#[derive(Debug, Clone, PartialEq)]
pub struct Cause {
    /// The command as given, without secrets.
    pub cmd: Command,
    /// What only the outside knew.
    pub ambient: Given,
    /// What the ledger answered, each with the event it rests on.
    pub facts: Facts,
    /// The version of the gate that decided.
    pub gate: u32,
}

/// One recorded fact.
#[derive(Debug, Clone, PartialEq)]
pub struct Event {
    /// Where and when.
    pub stamp: Stamp,
    /// About what.
    pub about: About,
    /// What.
    pub what: What,
    /// Why it was decided so; on the first event of an action.
    pub cause: Option<Box<Cause>>,
}

/// A body that is no event.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("no readable event: {0}")]
pub struct Unreadable(pub String);
