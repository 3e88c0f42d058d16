//! Where the pieces of a batch come from: the batches that they were before, with all that went into those until then.

use std::collections::HashSet;

use crate::app::port::Fault;
use crate::domain::id::UnitId;
use crate::ledger::place::Place;
use crate::ledger::read::trace::{Made, PIECES_MOST};
use crate::ledger::reader::Reader;

/// Batches that one descent may name.
const BATCHES_MOST: usize = 4_096;

const OF: &str = "SELECT of, pieces, event FROM descent WHERE unit = ?1 ORDER BY event";

/// A batch that pieces of another one were before.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Descended {
    /// The batch.
    pub unit: UnitId,
    /// How many pieces came from it.
    pub pieces: u32,
    /// By which event.
    pub event: Place,
    /// What went into it before: into all pieces that it had then.
    pub made_of: Vec<Made>,
    /// Where its own pieces come from.
    pub from: Vec<Self>,
}

impl Reader {
    /// The batches that pieces of a unit come from, each with those that its own come from.
    pub fn descent(&self, unit: &UnitId) -> Result<Vec<Descended>, Fault> {
        let _moment = self.moment()?;
        let Some(row) = self.unit(unit)? else { return Ok(Vec::new()) };
        let mut met = HashSet::new();
        self.descended(row.place, None, &mut met)
    }

    fn descended(
        &self,
        unit: Place,
        until: Option<Place>,
        met: &mut HashSet<(Place, Place)>,
    ) -> Result<Vec<Descended>, Fault> {
        let mut statement = self.conn.prepare_cached(OF)?;
        let rows = statement.query_map([unit], |row| Ok((row.get(0)?, row.get(1)?, row.get(2)?)))?;
        let rows: Vec<(UnitId, u32, Place)> = rows.collect::<rusqlite::Result<_>>()?;
        drop(statement);
        let mut all = Vec::new();
        for (of, pieces, event) in rows.into_iter().filter(|(_, _, event)| is_before(*event, until)) {
            let Some(before) = self.unit(&of)?.map(|row| row.place) else { continue };
            // A batch that was split and merged again is told in full once.
            if !met.insert((before, event)) {
                continue;
            }
            if met.len() > BATCHES_MOST {
                return Err(Fault::new(
                    format!("the pieces come from more than {BATCHES_MOST} batches"),
                    "trace the batches one by one",
                ));
            }
            let mut made_of = self.pieces(&of, None, PIECES_MOST)?.unwrap_or_default();
            made_of.retain(|made| is_before(made.event, Some(event)));
            let from = self.descended(before, Some(event), met)?;
            all.push(Descended { unit: of, pieces, event, made_of, from });
        }
        Ok(all)
    }
}

/// Whether an event came before another. Of two streams nobody can tell: then it may have.
fn is_before(one: Place, other: Option<Place>) -> bool {
    other.is_none_or(|other| one < other || one.stream() != other.stream())
}
