//! Lots: which events tell of which, and the whole record of one.

use std::collections::BTreeMap;
use std::collections::VecDeque;

use rusqlite::Connection;

use super::named::{Own, each_outcome};
use super::place::Place;
use super::read::events::Stored;
use super::reader::Reader;
use crate::app::port::Fault;
use crate::domain::event::Event;
use crate::domain::id::LotId;
use crate::domain::lot::{Lot, told_of};

/// Events that the record of one lot may have.
pub const EVENTS_MOST: u32 = 100_000;

/// The events about each lot. What was drawn from it stands with the material of units; of that the pieces which came
/// out again are found by an index of their own, since few do.
pub(super) const TABLES: &str = "
CREATE TABLE lot_event (
    lot TEXT NOT NULL,
    event INTEGER NOT NULL,
    PRIMARY KEY (lot, event)
) STRICT, WITHOUT ROWID;
CREATE INDEX material_lot_out ON material (lot) WHERE lot IS NOT NULL AND out IS NOT NULL;
";

const OLDER: &str = "SELECT id, body FROM event WHERE instr(body, '\"kind\":\"lot-') ORDER BY id";
/// What is about the lot, what was drawn from it, and what of that was taken back.
const OF_LOT: &str = "WITH told (id) AS (
        SELECT event FROM lot_event WHERE lot = ?1
        UNION SELECT event FROM material WHERE lot = ?1 AND out IS NULL
        UNION SELECT event FROM material WHERE lot = ?1 AND out IS NOT NULL
        UNION SELECT out_event FROM material WHERE lot = ?1 AND out IS NOT NULL AND out_event IS NOT NULL
    ) SELECT event.id, event.body, event.hash FROM told JOIN event ON event.id = told.id ORDER BY event.id LIMIT ?2";

/// Everything on record about a lot.
#[derive(Debug, Clone, PartialEq)]
pub struct LotRecord {
    /// Which.
    pub lot: LotId,
    /// How it stands; none of one that was never received.
    pub stands: Option<Lot>,
    /// Event by event, without what each was decided on. Each terminal's own are in its order; between terminals the
    /// times decide.
    pub events: Vec<Event>,
    /// The same events as they are stored.
    pub bodies: Vec<String>,
}

/// An event is about a lot.
pub(super) fn told(conn: &Connection, at: Place, lot: &LotId) -> rusqlite::Result<usize> {
    conn.prepare_cached("INSERT INTO lot_event (lot, event) VALUES (?1, ?2)")?.execute((lot, at))
}

/// Fills in what an older program did not keep.
pub(super) fn fill(conn: &Connection) -> Result<(), Fault> {
    each_outcome(conn, OLDER, |place, event| {
        if let Some(lot) = told_of(&event.what) {
            told(conn, place, lot)?;
        }
        Ok(())
    })
}

impl Reader {
    /// The record of a lot; none where nothing tells of it.
    pub fn lot_record(&self, lot: &LotId) -> Result<Option<LotRecord>, Fault> {
        let _moment = self.moment()?;
        let own = Own::load(&self.conn)?;
        let mut statement = self.conn.prepare_cached(OF_LOT)?;
        let rows = statement.query_map((lot, EVENTS_MOST.saturating_add(1)), Stored::of)?;
        let stored: Vec<Stored> = rows.collect::<rusqlite::Result<_>>()?;
        if stored.len() > usize::try_from(EVENTS_MOST).unwrap_or(usize::MAX) {
            let what = format!("more than {EVENTS_MOST} events tell of lot {lot}");
            return Err(Fault::new(what, "`traveller where-used` lists the units page by page"));
        }
        let told = stored.into_iter().map(|stored| {
            let event = stored.named(self, own.as_ref())?;
            Ok((stored.place, (event, stored.body)))
        });
        let (events, bodies): (Vec<_>, Vec<_>) = in_order(told.collect::<Result<_, Fault>>()?).into_iter().unzip();
        Ok((!events.is_empty()).then_some(LotRecord { lot: lot.clone(), stands: self.lot(lot)?, events, bodies }))
    }
}

/// The events of several streams, given by their places. Nobody links what one terminal draws to what another one does,
/// so that times are all that there is between them.
fn in_order(told: Vec<(Place, (Event, String))>) -> Vec<(Event, String)> {
    let mut streams: BTreeMap<u32, VecDeque<(Event, String)>> = BTreeMap::new();
    for (place, event) in told {
        streams.entry(place.stream()).or_default().push_back(event);
    }
    let mut ordered = Vec::new();
    let first = |streams: &BTreeMap<u32, VecDeque<(Event, String)>>| {
        let heads = streams.iter().filter_map(|(stream, queue)| Some((queue.front()?.0.stamp.at, *stream)));
        heads.min().map(|(_, stream)| stream)
    };
    while let Some(next) = first(&streams).and_then(|stream| streams.get_mut(&stream)?.pop_front()) {
        ordered.push(next);
    }
    ordered
}
