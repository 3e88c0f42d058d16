//! Where a lot, a component or what a supplier delivered was used: the units that have it, and the units that have
//! those.
//!
//! The order is that of the units that have the thing itself, each followed by the units around it. So a page needs no
//! other pages: neither the first nor the last of a hundred thousand units costs more than what it shows.

use std::collections::{BTreeMap, HashMap};
use std::ops::ControlFlow;

use rusqlite::Row;

use crate::app::port::Fault;
use crate::domain::id::{LotId, UnitId};
use crate::domain::traveller::State;
use crate::ledger::place::Place;
use crate::ledger::read::events::capped;
use crate::ledger::read::sought::{AROUND, HAVE_BATCH, HAVE_LOT, HAVE_SERIAL};
use crate::ledger::reader::{PAGE_ROWS_MOST, Reader};

pub use crate::ledger::read::sought::Sought;

/// A unit that has the thing in it, or had.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct UsedIn {
    /// The place that numbers the unit.
    pub place: Place,
    /// The unit; also the key to page by.
    pub unit: UnitId,
    /// The units in between, from the outside to the inside; none where the unit has it directly.
    pub via: Vec<UnitId>,
    /// The unit's state.
    pub state: State,
    /// Whether it is there no more: rework took it out, or took out what it is in.
    pub was_in: bool,
}

/// A page of the units that have something in them.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct WhereUsed {
    /// The page.
    pub units: Vec<UsedIn>,
    /// How many there are in all.
    pub total: usize,
}

/// A unit that has the thing itself: whether it is there no more, and the first event by which it came.
#[derive(Debug, Clone, Copy)]
struct Home {
    gone: bool,
    since: Place,
}

impl Home {
    fn add(&mut self, other: Self) {
        self.gone &= other.gone;
        self.since = self.since.min(other.since);
    }
}

/// Where a unit stands in the order: with which unit that has the thing itself.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
struct Standing {
    home: Place,
    live: bool,
}

impl Reader {
    /// A page of the units that have something in them, and how many there are. Counting goes through all of them: for
    /// page after page ask [`Reader::users`].
    pub fn where_used<'a>(
        &self,
        what: impl Into<Sought<'a>>,
        after: Option<&UnitId>,
        limit: u32,
    ) -> Result<WhereUsed, Fault> {
        let _moment = self.moment()?;
        let what = what.into();
        Ok(WhereUsed { units: self.users(what, after, limit)?, total: self.users_total(what)? })
    }

    /// How many units have something in them, at any depth, or had.
    pub fn users_total<'a>(&self, what: impl Into<Sought<'a>>) -> Result<usize, Fault> {
        let what = what.into();
        let mut statement = self.conn.prepare_cached(what.count())?;
        let total: i64 = statement.query_row([what.text()], |row| row.get(0))?;
        Ok(usize::try_from(total).unwrap_or(0))
    }

    /// The units that have something in them, at any depth, or had, after the one named, at most so many.
    pub fn users<'a>(
        &self,
        what: impl Into<Sought<'a>>,
        after: Option<&UnitId>,
        limit: u32,
    ) -> Result<Vec<UsedIn>, Fault> {
        let _moment = self.moment()?;
        let (what, page) = (what.into(), capped(limit));
        let most = usize::try_from(page).unwrap_or(usize::MAX);
        let mut units = Vec::new();
        let mut met = HashMap::new();
        let mut from = Place::START;
        if let Some(after) = after.map(|unit| self.unit(unit)).transpose()?.flatten() {
            let standing = self.standing(what, after.place, &mut met)?;
            from = standing.map_or(after.place, |s| s.home);
            if standing.is_some() {
                // What follows the named unit around the same one.
                let homes = self.homes(what, Place::of_row(from.row() - 1), 1)?;
                let around = self.around(what, &homes, &mut met)?;
                let rest = around.into_iter().skip_while(|used| used.place != after.place);
                units.extend(rest.skip(1));
            }
        }
        while units.len() < most {
            let homes = self.homes(what, from, page)?;
            let Some((last, _)) = homes.last_key_value() else { break };
            from = *last;
            units.extend(self.around(what, &homes, &mut met)?);
        }
        units.truncate(most);
        Ok(units)
    }

    /// Goes through every unit that has something in it, or had, each once.
    pub fn each_user<'a>(
        &self,
        what: impl Into<Sought<'a>>,
        mut visit: impl FnMut(UsedIn) -> Result<ControlFlow<()>, Fault>,
    ) -> Result<(), Fault> {
        let what = what.into();
        let mut after: Option<UnitId> = None;
        loop {
            let page = self.users(what, after.as_ref(), PAGE_ROWS_MOST)?;
            let Some(last) = page.last() else { return Ok(()) };
            after = Some(last.unit.clone());
            for used in page {
                if visit(used)?.is_break() {
                    return Ok(());
                }
            }
        }
    }

    /// The next units that have the thing itself, and of each whether it is there no more.
    fn homes(&self, what: Sought<'_>, after: Place, limit: u32) -> Result<BTreeMap<Place, Home>, Fault> {
        let mut homes = BTreeMap::new();
        let mut add = |sql: &str, name: &str| -> Result<(), Fault> {
            let mut statement = self.conn.prepare_cached(sql)?;
            let rows = statement.query_map((name, after, limit), |row| {
                Ok((row.get(0)?, Home { gone: row.get(1)?, since: row.get(2)? }))
            })?;
            for row in rows {
                let (unit, home): (Place, Home) = row?;
                homes.entry(unit).and_modify(|was: &mut Home| was.add(home)).or_insert(home);
            }
            Ok(())
        };
        match what {
            Sought::Number(number) => {
                add(HAVE_LOT, number)?;
                add(HAVE_SERIAL, number)?;
                add(HAVE_BATCH, number)?;
            }
            Sought::Supplier(supplier) => {
                for lot in self.lots_of(supplier)? {
                    add(HAVE_LOT, lot.as_str())?;
                }
            }
        }
        // Each source gave its first ones: only so many of them together are sure to be the first of all.
        let most = usize::try_from(limit).unwrap_or(usize::MAX);
        Ok(homes.into_iter().take(most).collect())
    }

    fn lots_of(&self, supplier: &str) -> Result<Vec<LotId>, Fault> {
        let mut statement = self.conn.prepare_cached("SELECT name FROM lot WHERE supplier = ?1 ORDER BY name")?;
        let rows = statement.query_map([supplier], |row| row.get(0))?;
        Ok(rows.collect::<rusqlite::Result<_>>()?)
    }

    /// Those units, each followed by the units around it that stand with no other one.
    fn around(
        &self,
        what: Sought<'_>,
        homes: &BTreeMap<Place, Home>,
        met: &mut HashMap<Place, Option<Standing>>,
    ) -> Result<Vec<UsedIn>, Fault> {
        let list: Vec<[i64; 2]> = homes.iter().map(|(at, home)| [at.row(), home.since.row()]).collect();
        let mut statement = self.conn.prepare_cached(AROUND)?;
        let rows = statement.query_map([format!("{list:?}")], Above::of)?;
        let mut rows = rows.collect::<rusqlite::Result<Vec<_>>>()?;
        rows.sort_by_key(|row| row.home);
        let mut all = Vec::with_capacity(homes.len());
        for rows in rows.chunk_by(|one, next| one.home == next.home) {
            let (ways, order) = ways_of(rows);
            for Above { home, unit, .. } in order {
                let live = match homes.get(home) {
                    Some(Home { gone: false, .. }) if unit == home => true,
                    _ => match self.standing(what, *unit, met)? {
                        Some(standing) if standing.home == *home => standing.live,
                        Some(_) | None => continue,
                    },
                };
                all.extend(used(&ways, *unit, live));
            }
        }
        Ok(all)
    }

    /// Where a unit stands: with itself, or with the first unit in it that has the thing; none where it has it not.
    fn standing(
        &self,
        what: Sought<'_>,
        unit: Place,
        met: &mut HashMap<Place, Option<Standing>>,
    ) -> Result<Option<Standing>, Fault> {
        if let Some(known) = met.get(&unit) {
            return Ok(*known);
        }
        let mut statement = self.conn.prepare_cached(what.within())?;
        let mut rows = statement.query((unit, what.text()))?;
        let mut found: Option<Standing> = None;
        let mut has_it_itself = false;
        while let Some(row) = rows.next()? {
            let next = Standing { home: row.get(0)?, live: row.get(1)? };
            has_it_itself |= next.home == unit;
            let is_better = found.is_none_or(|f| (!next.live, next.home) < (!f.live, f.home));
            if is_better {
                found = Some(next);
            }
        }
        if has_it_itself && let Some(found) = &mut found {
            found.home = unit;
        }
        met.insert(unit, found);
        Ok(found)
    }
}

/// A unit around another one.
struct Above {
    home: Place,
    unit: Place,
    below: Option<Place>,
    live: bool,
    name: UnitId,
    state: State,
}

impl Above {
    fn of(row: &Row<'_>) -> rusqlite::Result<Self> {
        Ok(Self {
            home: row.get(0)?,
            unit: row.get(1)?,
            below: row.get(2)?,
            live: row.get(3)?,
            name: row.get(4)?,
            state: row.get(5)?,
        })
    }
}

/// A unit around another one, by the shortest ways inwards.
#[derive(Clone, Copy)]
struct Way<'r> {
    /// What it has or had the thing through.
    any: &'r Above,
    /// What it still has it through.
    live: Option<&'r Above>,
}

/// The shortest ways from one unit outwards, and the units, nearest first. Rows come level by level, so that the first
/// one of a unit is its shortest way.
fn ways_of(rows: &[Above]) -> (BTreeMap<Place, Way<'_>>, Vec<&Above>) {
    let (mut ways, mut order) = (BTreeMap::new(), Vec::with_capacity(rows.len()));
    for row in rows {
        let way = ways.entry(row.unit).or_insert_with(|| {
            order.push(row);
            Way { any: row, live: None }
        });
        way.live = way.live.or(row.live.then_some(row));
    }
    (ways, order)
}

fn used(ways: &BTreeMap<Place, Way<'_>>, place: Place, live: bool) -> Option<UsedIn> {
    let (of, mut via) = (ways.get(&place)?, Vec::new());
    let is_live = live && of.live.is_some();
    let mut at = of;
    // A way cannot be longer than there are units, even where the record runs in a circle.
    while let Some(row) = if is_live { at.live } else { Some(at.any) }
        && let Some(inner) = row.below.and_then(|inner| ways.get(&inner))
        && via.len() < ways.len()
    {
        via.push(inner.any.name.clone());
        at = inner;
    }
    Some(UsedIn { place, unit: of.any.name.clone(), via, state: of.any.state, was_in: !live })
}
