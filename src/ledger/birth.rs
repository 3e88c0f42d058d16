//! How a stream begins: a random epoch, and the event that says so.

use rusqlite::Connection;

use super::chain::Hash;
use super::place::Place;
use super::tip::trusted_after;
use crate::app::port::Fault;
use crate::domain::event::{About, Event, EventRef, Stamp};
use crate::domain::id::{Boot, Epoch, TerminalId};
use crate::domain::label::hex;
use crate::domain::time::{At, Clock};
use crate::domain::what::{LedgerCreated, What};

/// The device of a new ledger, where none is named.
pub const TERMINAL: &str = "T1";

/// The moment at which a ledger is made; only the outside knows it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Birth {
    /// Now.
    pub at: At,
    /// How far that can be trusted.
    pub clock: Clock,
    /// Which boot of the machine.
    pub boot: Boot,
    /// Microseconds since that boot.
    pub mono: u64,
    /// Whether this is a demonstration.
    pub demo: bool,
    /// The last event before a restore.
    pub after: Option<EventRef>,
}

impl Birth {
    /// The birth of a demonstration, whose boot is none of this machine.
    pub fn of_demo(at: At, clock: Clock, boot: Boot) -> Self {
        Self { at, clock, boot, mono: 0, demo: true, after: None }
    }
}

/// What else is to be told of a ledger that goes on where another one ended.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Restored {
    /// Why, and by whom.
    pub why: String,
    /// The last events of other lives of the terminal, from which nobody goes on.
    pub ended: Vec<EventRef>,
}

/// Begins a stream of this ledger's own under a new epoch. The caller holds the write transaction.
pub(super) fn begin_stream(
    conn: &Connection,
    terminal: Option<&TerminalId>,
    birth: &Birth,
    restored: Option<&Restored>,
) -> Result<(), Fault> {
    let terminal = match terminal {
        Some(named) => named.clone(),
        None => TerminalId::parse(TERMINAL).map_err(|bad| Fault::new(bad.to_string(), "name a terminal"))?,
    };
    let event = Event {
        stamp: Stamp {
            terminal,
            epoch: random_epoch()?,
            seq: 1,
            act: 1,
            at: birth.at,
            clock: birth.clock,
            boot: birth.boot.clone(),
            mono: birth.mono,
            elsewhere: None,
        },
        about: About { reason: restored.map(|restored| restored.why.clone()), ..About::default() },
        what: What::LedgerCreated(LedgerCreated {
            after: birth.after.clone(),
            demo: birth.demo,
            ended: restored.map(|restored| restored.ended.clone()).unwrap_or_default(),
        }),
        cause: None,
    };
    let body = event.body();
    let hash = Hash::after(Hash::ZERO, body.as_bytes());
    let stream: u32 = conn.query_row("SELECT coalesce(max(id), 0) + 1 FROM stream", [], |row| row.get(0))?;
    let place =
        Place::new(stream, 1).ok_or_else(|| Fault::new("the ledger holds too many streams", "begin another ledger"))?;
    let s = &event.stamp;
    let trusted = trusted_after(None, s, place);
    conn.execute("UPDATE stream SET own = 0", [])?;
    conn.execute(
        "INSERT INTO stream (id, terminal, epoch, own, seq, hash, at, trusted_at, trusted)
        VALUES (?1, ?2, ?3, 1, 1, ?4, ?5, ?6, ?7)",
        (stream, &s.terminal, &s.epoch, hash, s.at, trusted.map(|(at, _)| at), trusted.map(|(_, place)| place)),
    )?;
    conn.execute("INSERT INTO event (id, body, hash) VALUES (?1, ?2, ?3)", (place, &body, hash))?;
    Ok(())
}

fn random_epoch() -> Result<Epoch, Fault> {
    let instead = "check the machine's random numbers (/dev/urandom)";
    let mut bytes = [0; 8];
    getrandom::fill(&mut bytes).map_err(|e| Fault::new(format!("no random number ({e})"), instead))?;
    Epoch::parse(&hex(&bytes)).map_err(|bad| Fault::new(bad.to_string(), instead))
}
