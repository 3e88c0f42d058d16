//! Lots: which events tell of which, and the whole record of one.

use std::collections::BTreeMap;
use std::collections::VecDeque;

use rusqlite::Connection;

use super::named::{Own, each_outcome};
use super::place::Place;
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
    ) SELECT id FROM told ORDER BY id";
/// The next lot by number: each of the three is one step in an index.
const NEXT: &str = "SELECT min(lot) FROM (
        SELECT min(lot) AS lot FROM lot_event WHERE lot > ?1
        UNION ALL SELECT min(lot) FROM material WHERE lot > ?1 AND lot IS NOT NULL AND out IS NULL
        UNION ALL SELECT min(lot) FROM material WHERE lot > ?1 AND lot IS NOT NULL AND out IS NOT NULL)";

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
        let (mut events, mut bodies) = (Vec::new(), Vec::new());
        let most = usize::try_from(EVENTS_MOST).unwrap_or(usize::MAX);
        let ended = self.each_of_lot(lot, |event, body| {
            if events.len() >= most {
                let what = format!("more than {EVENTS_MOST} events tell of lot {lot}");
                return Err(Fault::new(what, "`traveller where-used` lists the units page by page"));
            }
            events.push(event);
            bodies.push(body);
            Ok(())
        });
        ended?;
        Ok((!events.is_empty()).then_some(LotRecord { lot: lot.clone(), stands: self.lot(lot)?, events, bodies }))
    }

    /// Goes through what tells of a lot. The events of several streams come by their times: nobody links what one
    /// terminal draws to what another one does, so that these are all that there is between them.
    pub fn each_of_lot<E: From<Fault>>(
        &self,
        lot: &LotId,
        mut visit: impl FnMut(Event, String) -> Result<(), E>,
    ) -> Result<(), E> {
        let own = Own::load(&self.conn).map_err(Fault::from)?;
        let mut streams: BTreeMap<u32, VecDeque<Place>> = BTreeMap::new();
        for place in self.places_of_lot(lot)? {
            streams.entry(place.stream()).or_default().push_back(place);
        }
        let mut heads = Vec::new();
        for (_, places) in streams {
            heads.extend(self.next_of(places, own.as_ref())?);
        }
        while let Some(at) = (0..heads.len()).min_by_key(|at| heads.get(*at).map(|head: &Head| head.event.stamp.at)) {
            let Head { event, body, rest } = heads.remove(at);
            visit(event, body)?;
            if let Some(next) = self.next_of(rest, own.as_ref())? {
                heads.insert(at, next);
            }
        }
        Ok(())
    }

    /// Whether anything tells of a lot, and be it that somebody used it.
    pub fn knows_lot(&self, lot: &LotId) -> Result<bool, Fault> {
        Ok(!self.places_of_lot(lot)?.is_empty())
    }

    /// Where the events are, in the order of each stream.
    fn places_of_lot(&self, lot: &LotId) -> Result<Vec<Place>, Fault> {
        let mut statement = self.conn.prepare_cached(OF_LOT)?;
        let rows = statement.query_map([lot], |row| row.get(0))?;
        Ok(rows.collect::<rusqlite::Result<_>>()?)
    }

    fn next_of(&self, mut places: VecDeque<Place>, own: Option<&Own>) -> Result<Option<Head>, Fault> {
        while let Some(place) = places.pop_front() {
            if let Some(stored) = self.event_at(place)? {
                let event = stored.named(self, own)?;
                return Ok(Some(Head { event, body: stored.body, rest: places }));
            }
        }
        Ok(None)
    }

    /// The lots that anything tells of, after one, at most so many: also those that nobody received.
    pub fn lots_told(&self, after: Option<&LotId>, limit: u32) -> Result<Vec<LotId>, Fault> {
        let mut statement = self.conn.prepare_cached(NEXT)?;
        let mut found: Vec<LotId> = Vec::new();
        let mut last = after.map_or_else(String::new, ToString::to_string);
        while found.len() < usize::try_from(limit).unwrap_or(usize::MAX) {
            let Some(next) = statement.query_row([&last], |row| row.get::<_, Option<LotId>>(0))? else { break };
            last = next.to_string();
            found.push(next);
        }
        Ok(found)
    }
}

/// The next event of a stream, and where the rest of it is.
struct Head {
    event: Event,
    body: String,
    rest: VecDeque<Place>,
}
