//! The as-built tree: what went into a unit, and into the units that went into it. What rework took out again is shown
//! as that, beside what is in.

use std::collections::HashMap;

use rusqlite::Row;

use crate::app::port::Fault;
use crate::domain::event::How;
use crate::domain::id::{Badge, PartId, StepId, UnitId};
use crate::domain::time::At;
use crate::domain::what::{Fate, Piece};
use crate::ledger::place::Place;
use crate::ledger::read::events::capped;
use crate::ledger::reader::Reader;
use crate::ledger::sql;

/// Levels of sub-assemblies that a trace goes down.
pub const LEVELS_MOST: u32 = 16;
/// Pieces that one trace may name.
pub const PIECES_MOST: u32 = 20_000;

/// When it happened by a paper stands in the event alone. Only what may be from paper is looked up there.
macro_rules! columns {
    () => {
        "m.unit, m.event, m.part, m.lot, m.serial, m.quantity, m.step, m.alternate, m.at, m.badge, m.how, m.out,
        m.out_event, m.out_at, below.id, CASE WHEN m.how = '\"loaded\"' OR m.how LIKE '{\"transcribed%'
            THEN (SELECT json_extract(e.body, '$.happened') FROM event AS e WHERE e.id = m.event) END"
    };
}

/// Every piece at any depth, level by level, with the unit that it is itself. What was taken out is not gone into: its
/// own parts are where it is now.
const TREE: &str = concat!(
    "WITH RECURSIVE tree (unit, event, part, lot, serial, quantity, step, alternate, at, badge, how, out, out_event,
        out_at, below, happened, level) AS (
        SELECT ",
    columns!(),
    ", 1 FROM material AS m LEFT JOIN unit AS below ON below.name = m.serial
            WHERE m.unit = ?1 AND m.out IS NOT 'voided'
        UNION ALL SELECT ",
    columns!(),
    ", tree.level + 1 FROM tree JOIN material AS m ON m.unit = tree.below
            LEFT JOIN unit AS below ON below.name = m.serial
            WHERE tree.out IS NULL AND m.out IS NOT 'voided' AND tree.level <= ?2
        LIMIT ?3
    ) SELECT * FROM tree"
);
const PIECES: &str = concat!(
    "SELECT ",
    columns!(),
    ", 1 FROM material AS m LEFT JOIN unit AS below ON below.name = m.serial
    WHERE m.unit = ?1 AND m.event > ?2 AND m.out IS NOT 'voided' ORDER BY m.event LIMIT ?3"
);

/// A piece in a unit, and what that piece is made of.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Made {
    /// The part.
    pub part: PartId,
    /// What it is, where that is an approved alternate of the part.
    pub alternate: Option<PartId>,
    /// The lot or the component.
    pub piece: Piece,
    /// How many; none of a loaded lot that was replaced in the middle of the unit, where nobody knows how many.
    pub quantity: u32,
    /// The step that installed it.
    pub step: StepId,
    /// When it was recorded.
    pub at: At,
    /// When it happened, as a paper states that was entered afterwards.
    pub happened: Option<At>,
    /// Who.
    pub by: Option<Badge>,
    /// How it was captured.
    pub how: Option<How>,
    /// The event; also the key to page by.
    pub event: Place,
    /// How it came out again; none while it is in.
    pub gone: Option<Gone>,
    /// Whether it is a unit on record itself.
    pub is_unit: bool,
    /// What it is made of itself, where it is a unit on record and is in.
    pub made_of: Vec<Made>,
}

/// How a piece came out of a unit again.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Gone {
    /// What became of it.
    pub fate: Fate,
    /// When.
    pub at: At,
    /// By which event.
    pub event: Place,
}

/// A piece as its row says, and where it belongs in the tree.
struct Found {
    holder: Place,
    below: Option<Place>,
    level: u32,
    made: Made,
}

impl Reader {
    /// What a unit is made of, all the way down; none where it is not on record.
    pub fn trace(&self, unit: &UnitId) -> Result<Option<Vec<Made>>, Fault> {
        let _moment = self.moment()?;
        let Some(root) = self.unit(unit)?.map(|row| row.place) else { return Ok(None) };
        let mut statement = self.conn.prepare_cached(TREE)?;
        let rows = statement.query_map((root, LEVELS_MOST, PIECES_MOST.saturating_add(1)), Found::of)?;
        let mut found: Vec<Found> = rows.collect::<rusqlite::Result<_>>()?;
        let is_deep = found.iter().any(|f| f.level > LEVELS_MOST);
        if is_deep || found.len() > usize::try_from(PIECES_MOST).unwrap_or(usize::MAX) {
            return Err(too_large());
        }
        // From the innermost outwards: what a piece is made of is complete before the piece goes into its holder.
        found.sort_by_key(|f| std::cmp::Reverse((f.level, f.made.event)));
        // A component that two ledgers installed at once is told in full once.
        found.dedup_by_key(|f| (f.holder, f.made.event, f.level));
        let mut made_of: HashMap<(Place, u32), Vec<Made>> = HashMap::new();
        for Found { holder, below, level, mut made } in found {
            if let Some(below) = below.filter(|_| made.gone.is_none()) {
                made.made_of = made_of.remove(&(below, level + 1)).unwrap_or_default();
                made.made_of.reverse();
            }
            made_of.entry((holder, level)).or_default().push(made);
        }
        let mut whole = made_of.remove(&(root, 1)).unwrap_or_default();
        whole.reverse();
        Ok(Some(whole))
    }

    /// The pieces that went into a unit itself, after the one named, at most so many: for units with more pieces than
    /// one trace may name.
    pub fn pieces(&self, unit: &UnitId, after: Option<Place>, limit: u32) -> Result<Option<Vec<Made>>, Fault> {
        let _moment = self.moment()?;
        let Some(root) = self.unit(unit)?.map(|row| row.place) else { return Ok(None) };
        let mut statement = self.conn.prepare_cached(PIECES)?;
        let rows = statement.query_map((root, after.unwrap_or(Place::START), capped(limit)), Found::of)?;
        let pieces: Vec<Found> = rows.collect::<rusqlite::Result<_>>()?;
        Ok(Some(pieces.into_iter().map(|f| f.made).collect()))
    }
}

impl Found {
    fn of(row: &Row<'_>) -> rusqlite::Result<Self> {
        let piece = match row.get(3)? {
            Some(lot) => Piece::Lot(lot),
            None => Piece::Serial(row.get(4)?),
        };
        let below: Option<Place> = row.get(14)?;
        let made = Made {
            part: row.get(2)?,
            alternate: row.get(7)?,
            piece,
            quantity: row.get(5)?,
            step: row.get(6)?,
            at: row.get(8)?,
            happened: row.get_ref(15)?.as_str_or_null()?.and_then(|text| text.parse().ok()),
            by: row.get(9)?,
            how: sql::read_how(row.get_ref(10)?.as_str_or_null()?),
            event: row.get(1)?,
            gone: gone(row)?,
            is_unit: below.is_some(),
            made_of: Vec::new(),
        };
        Ok(Self { holder: row.get(0)?, below, level: row.get(16)?, made })
    }
}

fn gone(row: &Row<'_>) -> rusqlite::Result<Option<Gone>> {
    let Some(fate) = row.get_ref(11)?.as_str_or_null()?.and_then(sql::fate) else { return Ok(None) };
    Ok(Some(Gone { fate, at: row.get(13)?, event: row.get(12)? }))
}

fn too_large() -> Fault {
    Fault::new(
        format!("the unit has more than {LEVELS_MOST} levels or {PIECES_MOST} pieces"),
        "trace its sub-assemblies one by one",
    )
}
