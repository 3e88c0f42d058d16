//! The chain of each stream, computed anew from its first event to its last.

use rusqlite::types::ValueRef;

use super::verify::{Finding, Proven, Verified};
use crate::app::port::Fault;
use crate::domain::event::Event;
use crate::domain::what::What;
use crate::ledger::chain::Hash;
use crate::ledger::place::{Place, SEQ_MOST};
use crate::ledger::reader::{Reader, Stream};
use crate::ledger::tip::{Trusted, trusted_after};

/// Checks every stream. `visit` is given each event that could be read, and the hash that is stored with it; none for
/// one that could not.
pub(in crate::ledger) fn verify(
    reader: &Reader,
    streams: &[Stream],
    verified: &mut Verified,
    visit: &mut Visit<'_>,
) -> Result<(), Fault> {
    for stream in streams {
        let mut walk = Walk { stream, seq: 0, previous: Hash::ZERO, at: None, trusted: None, verified: &mut *verified };
        walk.run(reader, visit)?;
        let (seq, previous) = (walk.seq, walk.previous);
        let (terminal, epoch) = (stream.terminal.clone(), stream.epoch.clone());
        verified.ledgers.push(Proven { terminal, epoch, events: seq, head: previous });
    }
    stray(reader, streams, verified)
}

/// Who is shown the events on the way.
pub(in crate::ledger) type Visit<'v> = dyn FnMut(Place, Option<Event>, Hash) + 'v;

struct Walk<'a> {
    stream: &'a Stream,
    seq: u64,
    previous: Hash,
    at: Option<crate::domain::time::At>,
    trusted: Trusted,
    verified: &'a mut Verified,
}

impl Walk<'_> {
    fn run(&mut self, reader: &Reader, visit: &mut Visit<'_>) -> Result<(), Fault> {
        let mut statement =
            reader.conn.prepare("SELECT id, body, hash FROM event WHERE id >= ?1 AND id <= ?2 ORDER BY id")?;
        let span = (Place::new(self.stream.id, 0), Place::new(self.stream.id, SEQ_MOST));
        let mut rows = statement.query(span)?;
        while let Some(row) = rows.next()? {
            let place = row.get(0)?;
            let event = self.event(place, row.get_ref(1)?, row.get_ref(2)?);
            visit(place, event, self.previous);
        }
        let stored = (self.stream.seq, self.stream.hash, self.stream.at, self.stream.trusted);
        if stored != (self.seq, self.previous, self.at, self.trusted) {
            let what = format!("the stream's row says {}, the last event is {}", self.stream.seq, self.seq);
            self.note(self.stream.seq, what);
        }
        Ok(())
    }

    fn event(&mut self, place: Place, body: ValueRef<'_>, hash: ValueRef<'_>) -> Option<Event> {
        let seq = place.seq();
        if seq != self.seq + 1 {
            self.note(self.seq + 1, format!("events {} to {} are missing", self.seq + 1, seq.saturating_sub(1)));
        }
        self.seq = seq;
        let bytes = body.as_bytes().unwrap_or_default();
        let computed = Hash::after(self.previous, bytes);
        let stored = hash.as_bytes().ok().and_then(Hash::from_bytes);
        if stored != Some(computed) {
            self.note(seq, "the body, or the one before it, does not fit its hash".to_owned());
        }
        // With the stored hash the next event is judged by itself.
        self.previous = stored.unwrap_or(computed);
        match std::str::from_utf8(bytes).map_err(|e| e.to_string()).and_then(|b| Event::read(b).map_err(|e| e.0)) {
            Ok(event) => {
                self.content(&event);
                Some(event)
            }
            Err(why) => {
                self.note(seq, format!("the body cannot be read: {why}"));
                None
            }
        }
    }

    fn content(&mut self, event: &Event) {
        let s = &event.stamp;
        if s.seq != self.seq || s.terminal != self.stream.terminal || s.epoch != self.stream.epoch {
            let what = format!("the body is of event {} of {} {}", s.seq, s.terminal, s.epoch);
            self.note(self.seq, what);
        }
        if s.act > s.seq || s.act == 0 {
            self.note(self.seq, format!("the body belongs to action {}", s.act));
        }
        if (self.seq == 1) != matches!(event.what, What::LedgerCreated(_)) {
            self.note(self.seq, "a ledger begins once, with its first event".to_owned());
        }
        self.at = Some(s.at);
        if let Some(place) = Place::new(self.stream.id, self.seq) {
            self.trusted = trusted_after(self.trusted, s, place);
        }
    }

    fn note(&mut self, seq: u64, what: String) {
        self.verified.note(Finding::of_event(self.stream, seq, what));
    }
}

/// Events that belong to no stream.
fn stray(reader: &Reader, streams: &[Stream], verified: &mut Verified) -> Result<(), Fault> {
    let mut statement = reader.conn.prepare("SELECT min(id) FROM event WHERE id > ?1")?;
    let mut after = i64::MIN;
    loop {
        let next: Option<Place> = statement.query_row([after], |row| row.get(0))?;
        let Some(place) = next else { return Ok(()) };
        // What lies within a known stream was checked with it.
        match streams.iter().find(|s| s.id == place.stream()).and_then(|s| Place::new(s.id, SEQ_MOST)) {
            Some(end) if place.row() > 0 && place <= end => after = end.row(),
            _ => {
                verified.note(Finding::of_file(format!("the event at {} belongs to no stream", place.row())));
                after = place.row();
            }
        }
    }
}
