//! Where a lot or a component was used: the units that have it, and the units that have those.

use std::collections::BTreeMap;

use crate::app::port::Fault;
use crate::domain::id::UnitId;
use crate::domain::traveller::State;
use crate::ledger::place::Place;
use crate::ledger::read::events::capped;
use crate::ledger::reader::Reader;

/// Each unit once for each unit below it through which it is concerned; none below where it has the thing itself.
const USED: &str = "WITH RECURSIVE used (unit, below) AS (
        SELECT unit, NULL FROM material WHERE lot = ?1 AND out IS NULL
        UNION SELECT unit, NULL FROM material WHERE serial = ?1 AND out IS NULL
        UNION SELECT material.unit, used.unit FROM used
            JOIN unit ON unit.id = used.unit JOIN material ON material.serial = unit.name
            WHERE material.out IS NULL
    ) SELECT unit, below FROM used";

/// A unit that has a lot or a component in it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct UsedIn {
    /// The key to page by.
    pub place: Place,
    /// The unit.
    pub unit: UnitId,
    /// The units in between, from the outside to the inside; none where the unit has it directly.
    pub via: Vec<UnitId>,
    /// The unit's state.
    pub state: State,
}

/// A page of the units that have a lot or a component in them.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct WhereUsed {
    /// The page, in the order in which the units began.
    pub units: Vec<UsedIn>,
    /// How many there are in all.
    pub total: usize,
}

impl Reader {
    /// The units that have a lot or a component in them, at any depth, after the one named, at most so many.
    pub fn where_used(&self, what: &str, after: Option<&UnitId>, limit: u32) -> Result<WhereUsed, Fault> {
        let _moment = self.moment()?;
        let after = match after {
            Some(unit) => self.unit(unit)?.map(|row| row.place),
            None => None,
        };
        let below = self.used(what)?;
        let first = after.map_or(Place::START, |place| Place::of_row(place.row().saturating_add(1)));
        let page = usize::try_from(capped(limit)).unwrap_or(usize::MAX);
        let mut units = Vec::new();
        for place in below.range(first..).map(|(place, _)| *place).take(page) {
            if let Some(row) = self.unit_at(place)? {
                let via = self.via(&below, place)?;
                units.push(UsedIn { place, unit: row.unit, via, state: row.state });
            }
        }
        Ok(WhereUsed { units, total: below.len() })
    }

    /// Every unit concerned, and the unit within it by which it is; the shortest way where there are several.
    fn used(&self, what: &str) -> Result<BTreeMap<Place, Option<Place>>, Fault> {
        let mut statement = self.conn.prepare_cached(USED)?;
        let rows = statement.query_map([what], |row| Ok((row.get(0)?, row.get(1)?)))?;
        let mut below = BTreeMap::new();
        // Rows come level by level, so that the first one of a unit is its shortest way.
        for row in rows {
            let (unit, inner) = row?;
            below.entry(unit).or_insert(inner);
        }
        Ok(below)
    }

    fn via(&self, below: &BTreeMap<Place, Option<Place>>, unit: Place) -> Result<Vec<UnitId>, Fault> {
        let mut via = Vec::new();
        let mut at = unit;
        // A way cannot be longer than there are units, even where the record runs in a circle.
        while let Some(inner) = below.get(&at).copied().flatten()
            && via.len() < below.len()
        {
            via.extend(self.unit_at(inner)?.map(|row| row.unit));
            at = inner;
        }
        Ok(via)
    }
}
