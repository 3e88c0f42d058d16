//! The chain of each stream, computed anew from its first event to its last.
//!
//! It is computed on a thread of its own, which reads the bodies too, while the one that asked goes on with the rows.

use std::panic::resume_unwind;
use std::sync::mpsc::{Receiver, SyncSender, sync_channel};
use std::thread;

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
        let walk = Walk { stream, seq: 0, previous: Hash::ZERO, at: None, trusted: None, verified: &mut *verified };
        let (events, head) = along(reader, walk, visit)?;
        let (terminal, epoch) = (stream.terminal.clone(), stream.epoch.clone());
        verified.ledgers.push(Proven { terminal, epoch, events, head });
    }
    stray(reader, streams, verified)
}

/// Who is shown the events on the way.
pub(in crate::ledger) type Visit<'v> = dyn FnMut(Place, Option<Event>, Hash) + 'v;

/// Events that are handed over at once.
const EVENTS_A_BATCH: usize = 64;
/// Batches that are on their way, or wait to be shown.
const BATCHES_MOST: usize = 8;

/// A row of the log as it is stored; no hash where the column holds none.
struct Row {
    place: Place,
    body: Vec<u8>,
    hash: Option<Hash>,
}

/// What is shown of a row.
type Shown = (Place, Option<Event>, Hash);

/// Goes along one stream: how many events there are, and the head.
fn along(reader: &Reader, mut walk: Walk<'_>, visit: &mut Visit<'_>) -> Result<(u64, Hash), Fault> {
    let stream = walk.stream;
    let (to, rows) = sync_channel::<Vec<Row>>(BATCHES_MOST);
    let (back, proven) = sync_channel::<Vec<Shown>>(BATCHES_MOST);
    thread::scope(|scope| {
        let walking = scope.spawn(move || {
            for batch in rows {
                if back.send(batch.iter().map(|row| walk.row(row)).collect()).is_err() {
                    break;
                }
            }
            walk.end()
        });
        let read = hand_over(reader, stream, to, &proven, visit);
        let walked = walking.join().unwrap_or_else(|panic| resume_unwind(panic));
        read.map(|()| walked)
    })
}

/// Gives every row of a stream to the other thread, and shows what comes back, in the same order.
fn hand_over(
    reader: &Reader,
    stream: &Stream,
    to: SyncSender<Vec<Row>>,
    proven: &Receiver<Vec<Shown>>,
    visit: &mut Visit<'_>,
) -> Result<(), Fault> {
    let mut statement =
        reader.conn.prepare("SELECT id, body, hash FROM event WHERE id >= ?1 AND id <= ?2 ORDER BY id")?;
    let mut rows = statement.query((Place::new(stream.id, 0), Place::new(stream.id, SEQ_MOST)))?;
    let mut show = |batch: Vec<Shown>| batch.into_iter().for_each(|(place, event, hash)| visit(place, event, hash));
    let mut on_their_way = 0;
    let mut is_more = true;
    while is_more {
        let mut batch = Vec::with_capacity(EVENTS_A_BATCH);
        while is_more && batch.len() < EVENTS_A_BATCH {
            match rows.next()? {
                Some(row) => batch.push(Row {
                    place: row.get(0)?,
                    body: row.get_ref(1)?.as_bytes().unwrap_or_default().to_vec(),
                    hash: row.get_ref(2)?.as_bytes().ok().and_then(Hash::from_bytes),
                }),
                None => is_more = false,
            }
        }
        if on_their_way == BATCHES_MOST {
            on_their_way -= 1;
            proven.recv().map(&mut show).unwrap_or_default();
        }
        // Only a thread that panicked takes no more: whoever joins it goes on with that.
        if to.send(batch).is_err() {
            break;
        }
        on_their_way += 1;
    }
    drop(to);
    proven.iter().for_each(show);
    Ok(())
}

struct Walk<'a> {
    stream: &'a Stream,
    seq: u64,
    previous: Hash,
    at: Option<crate::domain::time::At>,
    trusted: Trusted,
    verified: &'a mut Verified,
}

impl Walk<'_> {
    fn row(&mut self, row: &Row) -> Shown {
        let event = self.event(row.place, &row.body, row.hash);
        (row.place, event, self.previous)
    }

    /// Holds what was met against the stream's row: how many events there are, and the head.
    fn end(mut self) -> (u64, Hash) {
        let stored = (self.stream.seq, self.stream.hash, self.stream.at, self.stream.trusted);
        if stored != (self.seq, self.previous, self.at, self.trusted) {
            let what = format!("the stream's row says {}, the last event is {}", self.stream.seq, self.seq);
            self.note(self.stream.seq, what);
        }
        (self.seq, self.previous)
    }

    fn event(&mut self, place: Place, bytes: &[u8], stored: Option<Hash>) -> Option<Event> {
        let seq = place.seq();
        if seq != self.seq + 1 {
            self.note(self.seq + 1, format!("events {} to {} are missing", self.seq + 1, seq.saturating_sub(1)));
        }
        self.seq = seq;
        let computed = Hash::after(self.previous, bytes);
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
