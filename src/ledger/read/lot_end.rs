//! The end of a lot's record: what tells of it last, with its proof, as much as a screen shows.

use crate::app::port::Fault;
use crate::domain::id::LotId;
use crate::ledger::Reader;
use crate::ledger::read::events::Stored;
use crate::ledger::read::proven::Proven;

/// The last of each sort, and of all these the last ones: nothing is read that does not show.
const END: &str = "WITH told (id) AS (
        SELECT * FROM (SELECT event FROM lot_event WHERE lot = ?1 ORDER BY event DESC LIMIT ?2)
        UNION SELECT * FROM (SELECT event FROM material WHERE lot = ?1 AND out IS NULL ORDER BY event DESC LIMIT ?2)
        UNION SELECT * FROM (SELECT event FROM material WHERE lot = ?1 AND out IS NOT NULL
            ORDER BY event DESC LIMIT ?2)
        UNION SELECT * FROM (SELECT out_event FROM material WHERE lot = ?1 AND out IS NOT NULL
            AND out_event IS NOT NULL ORDER BY out_event DESC LIMIT ?2)
    ) SELECT event.id, event.body, event.hash FROM told JOIN event ON event.id = told.id
    ORDER BY event.id DESC LIMIT ?2";
const ALL: &str = "SELECT (SELECT count(*) FROM lot_event WHERE lot = ?1)
    + (SELECT count(*) FROM material WHERE lot = ?1 AND out IS NULL)
    + (SELECT count(*) + count(DISTINCT out_event) FROM material WHERE lot = ?1 AND out IS NOT NULL)";

impl Reader {
    /// The last events that tell of a lot, by their times, at most so many; and how many more there are.
    pub fn lot_end(&self, lot: &LotId, limit: u32) -> Result<(Vec<Proven>, u32), Fault> {
        let _moment = self.moment()?;
        let mut statement = self.conn.prepare_cached(END)?;
        let stored: Vec<Stored> = statement.query_map((lot, limit), Stored::of)?.collect::<rusqlite::Result<_>>()?;
        let all: u32 = self.conn.prepare_cached(ALL)?.query_row([lot], |row| row.get(0))?;
        let unlisted = all.saturating_sub(u32::try_from(stored.len()).unwrap_or(u32::MAX));
        let timed = stored.into_iter().rev().map(|stored| Ok((stored.outcome()?.stamp.at, stored)));
        let mut timed: Vec<_> = timed.collect::<Result<_, Fault>>()?;
        // Each stream is in its own order already, unless its clock was set back.
        timed.sort_by_key(|(at, _)| *at);
        let proven = timed.into_iter().map(|(_, stored)| self.proven(stored)).collect::<Result<_, _>>()?;
        Ok((proven, unlisted))
    }
}
