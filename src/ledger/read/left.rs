//! What a shift leaves: read from the rows of units and stations, and from the histories of those few that are named.

use crate::app::port::Fault;
use crate::app::shifts::left::{Left, LeftLoad, LeftUnit};
use crate::domain::id::{StationId, UnitId};
use crate::domain::traveller::Traveller;
use crate::domain::watch::Watched;
use crate::ledger::reader::Reader;

/// Units that one list names.
pub const LEFT_MOST: usize = 200;

const OPEN: &str = "SELECT name FROM unit WHERE open_station IS NOT NULL ORDER BY open_at, name LIMIT ?1";
const HELD: &str = "SELECT name FROM unit WHERE state = 'held' ORDER BY changed, name LIMIT ?1";
/// What the last change of a record was tells whether a unit can be half done: none is whose last step just ended.
const MAYBE_HALF_DONE: &str = "SELECT unit.name FROM unit JOIN event ON event.id = unit.head
    WHERE unit.state IN ('in-process', 'held') AND unit.step IS NOT NULL AND unit.open_station IS NULL
    AND NOT EXISTS (SELECT 1 FROM step_result WHERE step_result.event = unit.head AND step_result.passed = 1)
    AND NOT (instr(event.body, '\"kind\":\"unit-started\"') OR instr(event.body, '\"kind\":\"step-skipped\"'))
    ORDER BY unit.changed, unit.name LIMIT ?1";
/// Rows that are looked at for one list.
const LOOKED_AT_MOST: u32 = 5_000;

/// How a unit is told of in a list; none where it does not belong there.
type Told = fn(&Traveller) -> Option<LeftUnit>;

impl Reader {
    /// What is left at a station, or in the whole plant.
    pub fn left(&self, station: Option<&StationId>) -> Result<Left, Fault> {
        let _moment = self.moment()?;
        let mut left = Left::default();
        let here = |unit: &LeftUnit| station.is_none_or(|only| unit.station.as_ref() == Some(only));
        let open: Told = LeftUnit::open;
        for (sql, list, told) in [
            (OPEN, &mut left.open, open),
            (MAYBE_HALF_DONE, &mut left.half_done, LeftUnit::half_done),
            (HELD, &mut left.held, LeftUnit::held),
        ] {
            for name in self.names(sql)? {
                let Some(unit) = self.traveller(&name)?.as_ref().and_then(told) else { continue };
                // A unit on hold lies in the rack, and belongs to no station.
                if !here(&unit) && unit.reason.is_none() {
                    continue;
                }
                if list.len() >= LEFT_MOST {
                    left.more = true;
                    break;
                }
                list.push(unit);
            }
        }
        left.loads = self.stations()?.iter().filter_map(LeftLoad::of).collect();
        left.loads.retain(|load| station.is_none_or(|only| load.station == *only));
        left.stations = self.watched()?;
        left.stations.retain(|watched| station.is_none_or(|only| watched.station == *only));
        Ok(left)
    }

    /// Units that were put down in the middle of a step, those that lie there longest first, at most so many.
    pub fn half_done(&self, most: usize) -> Result<Vec<LeftUnit>, Fault> {
        let _moment = self.moment()?;
        let mut all = Vec::new();
        for name in self.names(MAYBE_HALF_DONE)? {
            if all.len() >= most {
                break;
            }
            all.extend(self.traveller(&name)?.as_ref().and_then(LeftUnit::half_done));
        }
        Ok(all)
    }

    /// The stations where something waits, by name.
    pub fn watched(&self) -> Result<Vec<Watched>, Fault> {
        Ok(self.stations()?.iter().filter_map(Watched::of).collect())
    }

    fn names(&self, sql: &str) -> Result<Vec<UnitId>, Fault> {
        let mut statement = self.conn.prepare_cached(sql)?;
        let names = statement.query_map([LOOKED_AT_MOST], |row| row.get(0))?;
        Ok(names.collect::<rusqlite::Result<_>>()?)
    }
}
