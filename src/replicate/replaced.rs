//! Whether another ledger goes on as this terminal: a target then knows a life of it that began after an event of ours.
//! Whoever brought an old image back would write a history that nobody goes on with.

use super::run::hash_at;
use super::segment::{self, Name};
use super::target::Target;
use crate::app::port::Fault;
use crate::domain::event::{Event, EventRef};
use crate::domain::id::Epoch;
use crate::domain::what::What;
use crate::ledger::Reader;
use crate::ledger::chain::Hash;
use crate::ledger::reader::Stream;

/// A ledger that goes on where this one should.
pub(super) struct Replaced<'s> {
    /// Our own stream.
    pub(super) own: &'s Stream,
    /// The life that goes on.
    pub(super) by: Epoch,
    /// The last event of ours that it knows.
    pub(super) after: u64,
}

/// Looks for one. A segment that is not what its name says tells nothing here.
pub(super) fn replaced<'s>(
    reader: &Reader,
    target: &Target,
    streams: &'s [Stream],
) -> Result<Option<Replaced<'s>>, Fault> {
    let Some(own) = streams.iter().rev().find(|s| s.own) else { return Ok(None) };
    for (terminal, epoch) in target.streams()?.known {
        let is_known = streams.iter().any(|s| (&s.terminal, &s.epoch) == (&terminal, &epoch));
        if is_known || terminal != own.terminal {
            continue;
        }
        let names = target.found(&terminal, &epoch)?.names;
        let Some(first) = names.iter().filter(|name| name.first == 1).min_by_key(|name| name.last) else { continue };
        let Some(EventRef(_, of, after, hash)) = begun_after(target, first)? else { continue };
        if of == own.epoch && hash_at(reader, own, after)?.is_some_and(|ours| ours.hex() == hash) {
            return Ok(Some(Replaced { own, by: epoch, after }));
        }
    }
    Ok(None)
}

/// The event that a stream was begun after, by its first segment.
pub(super) fn begun_after(target: &Target, first: &Name) -> Result<Option<EventRef>, Fault> {
    let file = target.read(first)?;
    let mut begun: Option<String> = None;
    let sound = segment::check(first, Hash::ZERO, &file, |event| {
        begun.get_or_insert(event.body);
    });
    let event = begun.filter(|_| sound.is_ok()).and_then(|body| Event::read_outcome(&body).ok());
    Ok(match event.map(|event| event.what) {
        Some(What::LedgerCreated(created)) => created.after,
        Some(_) | None => None,
    })
}
