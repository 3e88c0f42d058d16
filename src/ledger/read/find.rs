//! Finding by a part of a number: what begins like it by the index, and what has it anywhere by going through the index
//! a stretch at a time. Between two stretches nothing is locked and anything may come first.

use rusqlite::Row;

use crate::app::inspect::found::UnitHit;
use crate::app::port::Fault;
use crate::domain::id::{Badge, DeviceId, LotId, OrderId, PartId, RouteId, Serial, UnitId};
use crate::domain::time::At;
use crate::ledger::place::Place;
use crate::ledger::read::events::{Stored, capped};
use crate::ledger::read::refusals::{RefusalRow, refusal};
use crate::ledger::reader::{Reader, Stream};

/// Numbers that one stretch goes through: a few milliseconds.
pub const STRETCH_MOST: u32 = 20_000;

/// A lot, by its row.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct LotRow {
    /// Its number.
    pub lot: LotId,
    /// What it is of.
    pub part: PartId,
    /// How it stands.
    pub standing: String,
}

/// A component in a unit, or one that was.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ComponentRow {
    /// Its number.
    pub serial: Serial,
    /// What it is.
    pub part: PartId,
    /// The unit.
    pub unit: UnitId,
    /// Whether it is still there.
    pub is_in: bool,
}

/// A work order, by its row.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct OrderRow {
    /// Its number.
    pub order: OrderId,
    /// What it makes.
    pub route: RouteId,
    /// Whether it may be worked on.
    pub open: bool,
}

/// Something that is no unit, found by the beginning of its number.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum OtherFound {
    /// The unit that has just that number on a label, which is not its own.
    Labelled(UnitId),
    /// A lot.
    Lot(LotRow),
    /// A work order.
    Order(OrderRow),
    /// A component.
    Component(ComponentRow),
    /// A load.
    Load(String),
    /// A gauge.
    Gauge {
        /// Its number.
        gauge: DeviceId,
        /// What it measures.
        kind: String,
    },
    /// A person.
    Person {
        /// The badge.
        badge: Badge,
        /// The printed name.
        name: String,
    },
}

/// Everything but units that begins like a word, sort by sort, after the units that have just that on a label.
const OTHERS: &str = "
    SELECT * FROM (SELECT 5, unit.name, NULL, NULL, NULL FROM tag JOIN unit ON unit.id = tag.unit
        WHERE tag.label = ?1 ORDER BY tag.unit LIMIT ?3)
    UNION ALL
    SELECT * FROM (SELECT 0, name, part, standing, NULL FROM lot WHERE name >= ?1 AND name < ?2 ORDER BY name LIMIT ?3)
    UNION ALL
    SELECT * FROM (SELECT 1, name, route, open, NULL FROM work_order WHERE name >= ?1 AND name < ?2
        ORDER BY name LIMIT ?3)
    UNION ALL
    SELECT * FROM (SELECT 2, m.serial, m.part, unit.name, m.out IS NULL FROM material AS m
        JOIN unit ON unit.id = m.unit WHERE m.serial >= ?1 AND m.serial < ?2 AND m.out IS NOT 'voided'
        ORDER BY m.serial, m.event LIMIT ?3)
    UNION ALL
    SELECT * FROM (SELECT 3, name, kind, NULL, NULL FROM gauge WHERE name >= ?1 AND name < ?2 ORDER BY name LIMIT ?3)
    UNION ALL
    SELECT * FROM (SELECT 4, badge, fold ->> 'name', NULL, NULL FROM person WHERE badge >= ?1 AND badge < ?2
        ORDER BY badge LIMIT ?3)
    UNION ALL
    SELECT * FROM (SELECT DISTINCT 6, load, NULL, NULL, NULL FROM load_event WHERE load >= ?1 AND load < ?2
        ORDER BY load LIMIT ?3)";

/// Whose numbers a stretch goes through.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum NumbersOf {
    /// Units.
    Units,
    /// Lots.
    Lots,
    /// Components.
    Components,
    /// Work orders.
    Orders,
}

impl NumbersOf {
    /// In the order in which they are gone through.
    pub const ALL: [Self; 4] = [Self::Units, Self::Lots, Self::Orders, Self::Components];

    fn sql(self) -> &'static str {
        match self {
            Self::Units => "SELECT name FROM unit WHERE name > ?1 ORDER BY name LIMIT ?2",
            Self::Lots => "SELECT name FROM lot WHERE name > ?1 ORDER BY name LIMIT ?2",
            Self::Orders => "SELECT name FROM work_order WHERE name > ?1 ORDER BY name LIMIT ?2",
            Self::Components => {
                "SELECT serial FROM material WHERE serial IS NOT NULL AND serial > ?1 ORDER BY serial LIMIT ?2"
            }
        }
    }
}

/// The numbers of a stretch that fit, and where it ended.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Stretch {
    /// What fits.
    pub fits: Vec<String>,
    /// The last number that was looked at; none where there was none.
    pub last: Option<String>,
    /// How many were looked at.
    pub looked_at: u32,
}

/// What no printable number that begins with the prefix comes after.
fn end_of(prefix: &str) -> String {
    format!("{prefix}\u{7f}")
}

impl Reader {
    /// The units whose numbers begin like this, by number.
    pub fn find_units(&self, prefix: &str, limit: u32) -> Result<Vec<UnitHit>, Fault> {
        self.beginning(
            "SELECT name, state, route, revision, step, coalesce(open_station, station), changed FROM unit
            WHERE name >= ?1 AND name < ?2 ORDER BY name LIMIT ?3",
            (prefix, limit),
            |row| {
                Ok(UnitHit {
                    unit: row.get(0)?,
                    state: row.get(1)?,
                    route: row.get(2)?,
                    revision: row.get(3)?,
                    step: row.get(4)?,
                    station: row.get(5)?,
                    changed: row.get(6)?,
                })
            },
        )
    }

    /// The lots whose numbers begin like this.
    pub fn find_lots(&self, prefix: &str, limit: u32) -> Result<Vec<LotRow>, Fault> {
        self.beginning(
            "SELECT name, part, standing FROM lot WHERE name >= ?1 AND name < ?2 ORDER BY name LIMIT ?3",
            (prefix, limit),
            |row| Ok(LotRow { lot: row.get(0)?, part: row.get(1)?, standing: row.get(2)? }),
        )
    }

    /// The components whose numbers begin like this, and the units that have or had them.
    pub fn find_components(&self, prefix: &str, limit: u32) -> Result<Vec<ComponentRow>, Fault> {
        self.beginning(
            "SELECT m.serial, m.part, unit.name, m.out IS NULL FROM material AS m JOIN unit ON unit.id = m.unit
            WHERE m.serial >= ?1 AND m.serial < ?2 AND m.out IS NOT 'voided' ORDER BY m.serial, m.event LIMIT ?3",
            (prefix, limit),
            |row| Ok(ComponentRow { serial: row.get(0)?, part: row.get(1)?, unit: row.get(2)?, is_in: row.get(3)? }),
        )
    }

    /// The work orders whose numbers begin like this.
    pub fn find_orders(&self, prefix: &str, limit: u32) -> Result<Vec<OrderRow>, Fault> {
        self.beginning(
            "SELECT name, route, open FROM work_order WHERE name >= ?1 AND name < ?2 ORDER BY name LIMIT ?3",
            (prefix, limit),
            |row| Ok(OrderRow { order: row.get(0)?, route: row.get(1)?, open: row.get(2)? }),
        )
    }

    /// The badges that begin like this.
    pub fn find_badges(&self, prefix: &str, limit: u32) -> Result<Vec<Badge>, Fault> {
        self.beginning(
            "SELECT badge FROM person WHERE badge >= ?1 AND badge < ?2 ORDER BY badge LIMIT ?3",
            (prefix, limit),
            |row| row.get(0),
        )
    }

    /// Whatever but a unit's number begins like this, at most so many of each sort. One query for all of them: most
    /// have nothing to say, and somebody is typing.
    pub fn find_others(&self, prefix: &str, limit: u32) -> Result<Vec<OtherFound>, Fault> {
        self.beginning(OTHERS, (prefix, limit), |row| {
            Ok(match row.get_ref(0)?.as_i64()? {
                0 => OtherFound::Lot(LotRow { lot: row.get(1)?, part: row.get(2)?, standing: row.get(3)? }),
                1 => OtherFound::Order(OrderRow { order: row.get(1)?, route: row.get(2)?, open: row.get(3)? }),
                2 => OtherFound::Component(ComponentRow {
                    serial: row.get(1)?,
                    part: row.get(2)?,
                    unit: row.get(3)?,
                    is_in: row.get(4)?,
                }),
                6 => OtherFound::Load(row.get(1)?),
                3 => OtherFound::Gauge { gauge: row.get(1)?, kind: row.get(2)? },
                4 => OtherFound::Person { badge: row.get(1)?, name: row.get(2)? },
                _ => OtherFound::Labelled(row.get(1)?),
            })
        })
    }

    fn beginning<T>(
        &self,
        sql: &str,
        (prefix, limit): (&str, u32),
        read: impl Fn(&Row<'_>) -> rusqlite::Result<T>,
    ) -> Result<Vec<T>, Fault> {
        let mut statement = self.conn.prepare_cached(sql)?;
        let rows = statement.query_map((prefix, end_of(prefix), capped(limit)), |row| read(row))?;
        Ok(rows.collect::<rusqlite::Result<_>>()?)
    }

    /// Goes through the numbers after one, by the index, at most so many, and keeps those that fit.
    pub fn stretch(&self, of: NumbersOf, after: &str, fits: impl Fn(&str) -> bool) -> Result<Stretch, Fault> {
        let mut statement = self.conn.prepare_cached(of.sql())?;
        let mut rows = statement.query((after, STRETCH_MOST))?;
        let mut stretch = Stretch::default();
        let mut last = String::new();
        while let Some(row) = rows.next()? {
            let number = row.get_ref(0)?.as_str().map_err(rusqlite::Error::from)?;
            stretch.looked_at += 1;
            if number != last {
                if fits(number) {
                    stretch.fits.push(number.to_owned());
                }
                number.clone_into(&mut last);
            }
        }
        stretch.last = (stretch.looked_at > 0).then_some(last);
        Ok(stretch)
    }

    /// The refusals before one, latest first, at most so many.
    pub fn refusals_before(&self, before: Option<(At, Place)>, limit: u32) -> Result<Vec<RefusalRow>, Fault> {
        let (at, place) = before.unwrap_or((At(i64::MAX), Place::of_row(i64::MAX)));
        let mut statement = self.conn.prepare_cached(
            "SELECT event, at, code, station, unit, step, badge FROM refusal
            WHERE (at, event) < (?1, ?2) ORDER BY at DESC, event DESC LIMIT ?3",
        )?;
        let rows = statement.query_map((at, place, capped(limit)), refusal)?;
        Ok(rows.collect::<rusqlite::Result<_>>()?)
    }

    /// The events of one stream before a number, latest first, at most so many.
    pub fn events_of(&self, stream: u32, before: u64, limit: u32) -> Result<Vec<Stored>, Fault> {
        let (Some(first), Some(end)) = (Place::new(stream, 0), Place::new(stream, before)) else {
            return Ok(Vec::new());
        };
        let mut statement = self
            .conn
            .prepare_cached("SELECT id, body, hash FROM event WHERE id > ?1 AND id < ?2 ORDER BY id DESC LIMIT ?3")?;
        let rows = statement.query_map((first, end, capped(limit)), Stored::of)?;
        Ok(rows.collect::<rusqlite::Result<_>>()?)
    }

    /// The number of the first event of a stream that is later than a moment.
    pub fn seq_after(&self, stream: &Stream, moment: At) -> Result<u64, Fault> {
        Ok(self.before(stream, moment.plus(1))?.map_or(0, Place::seq).saturating_add(1))
    }
}
