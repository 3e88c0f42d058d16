//! Whether another ledger goes on as this terminal: a target then knows a life of it that began after an event of ours.
//! Whoever brought an old image back would write a history that nobody goes on with.

use super::replica::{Life, Replica};
use super::run::hash_at;
use super::segment::{self, Name};
use super::target::Target;
use crate::app::port::Fault;
use crate::domain::event::{Event, EventRef};
use crate::domain::id::{Epoch, TerminalId};
use crate::ledger::Reader;
use crate::ledger::chain::Hash;
use crate::ledger::reader::Stream;

/// Lives of one terminal that a target may hold and this ledger not.
const LIVES_MOST: usize = 1_000;

/// A ledger that goes on where this one should.
pub(super) struct Replaced<'s> {
    /// Our own stream.
    pub(super) own: &'s Stream,
    /// The life that goes on.
    pub(super) by: Epoch,
    /// The last event of ours that it knows.
    pub(super) after: u64,
}

/// Looks for one.
pub(super) fn replaced<'s>(
    reader: &Reader,
    target: &mut dyn Replica,
    streams: &'s [Stream],
) -> Result<Option<Replaced<'s>>, Fault> {
    let Some(own) = streams.iter().rev().find(|s| s.own) else { return Ok(None) };
    let known: Vec<Epoch> = streams.iter().filter(|s| s.terminal == own.terminal).map(|s| s.epoch.clone()).collect();
    for Life { epoch, after } in target.other_lives(&own.terminal, &known)? {
        let EventRef(_, of, after, hash) = after;
        if of == own.epoch && hash_at(reader, own, after)?.is_some_and(|ours| ours.hex() == hash) {
            return Ok(Some(Replaced { own, by: epoch, after }));
        }
    }
    Ok(None)
}

/// The lives of a terminal in a directory that go on from another one, but those that are known. A segment that is not
/// what its name says tells nothing here.
pub(super) fn other_lives(target: &Target, terminal: &TerminalId, known: &[Epoch]) -> Result<Vec<Life>, Fault> {
    let mut lives = Vec::new();
    for (of, epoch) in target.streams()?.known {
        if of != *terminal || known.contains(&epoch) {
            continue;
        }
        let names = target.found(&of, &epoch)?.names;
        let Some(first) = names.iter().filter(|name| name.first == 1).min_by_key(|name| name.last) else { continue };
        if let Some(after) = begun_after(target, first)? {
            lives.push(Life { epoch, after });
        }
        if lives.len() > LIVES_MOST {
            let what = format!("more than {LIVES_MOST} lives of {terminal} are at the target");
            return Err(Fault::new(what, "call whoever keeps the replicas"));
        }
    }
    Ok(lives)
}

/// The event that a stream was begun after, by its first segment.
pub(super) fn begun_after(target: &Target, first: &Name) -> Result<Option<EventRef>, Fault> {
    let file = target.read(first)?;
    let mut begun: Option<String> = None;
    let sound = segment::check(first, Hash::ZERO, &file, |event| {
        begun.get_or_insert_with(|| event.body.to_owned());
    });
    let event = begun.filter(|_| sound.is_ok()).and_then(|body| Event::read_outcome(&body).ok());
    Ok(event.and_then(|event| event.what.begun_after()))
}
