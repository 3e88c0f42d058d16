//! The as-built tree: what went into a unit, and into the units that went into it.

use crate::app::port::Fault;
use crate::domain::event::How;
use crate::domain::id::{Badge, PartId, StepId, UnitId};
use crate::domain::time::At;
use crate::domain::what::Piece;
use crate::ledger::fault::unreadable_event;
use crate::ledger::place::Place;
use crate::ledger::reader::Reader;

/// Levels of sub-assemblies that a trace goes down.
pub const LEVELS_MOST: u32 = 16;
/// Pieces that one trace may name.
pub const PIECES_MOST: u32 = 20_000;

/// A piece in a unit, and what that piece is made of.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Made {
    /// The part.
    pub part: PartId,
    /// The lot or the component.
    pub piece: Piece,
    /// How many.
    pub quantity: u32,
    /// The step that installed it.
    pub step: StepId,
    /// When.
    pub at: At,
    /// Who.
    pub by: Option<Badge>,
    /// How it was captured.
    pub how: Option<How>,
    /// The event.
    pub event: Place,
    /// What it is made of itself, where it is a unit on record.
    pub made_of: Vec<Made>,
}

impl Reader {
    /// What a unit is made of; none where it is not on record.
    pub fn trace(&self, unit: &UnitId) -> Result<Option<Vec<Made>>, Fault> {
        let _moment = self.moment()?;
        let mut left = PIECES_MOST;
        match self.unit(unit)? {
            Some(row) => self.made_of(row.place, LEVELS_MOST, &mut left).map(Some),
            None => Ok(None),
        }
    }

    fn made_of(&self, unit: Place, levels: u32, left: &mut u32) -> Result<Vec<Made>, Fault> {
        let mut pieces = self.pieces(unit)?;
        for made in &mut pieces {
            *left = left.checked_sub(1).ok_or_else(too_large)?;
            let installed = self.event_at(made.event)?;
            let gone = || unreadable_event(made.event.seq(), &"it is not in the log");
            let event = installed.ok_or_else(gone)?.outcome()?;
            (made.at, made.by, made.how) = (event.stamp.at, event.about.by, event.about.how);
            let below = match &made.piece {
                Piece::Serial(serial) => UnitId::parse(serial.as_str()).ok(),
                Piece::Lot(_) => None,
            };
            if let Some(row) = below.map(|unit| self.unit(&unit)).transpose()?.flatten() {
                let levels = levels.checked_sub(1).ok_or_else(too_large)?;
                made.made_of = self.made_of(row.place, levels, left)?;
            }
        }
        Ok(pieces)
    }

    /// The pieces that are in a unit, in the order in which they went in; when and by whom is in their events.
    fn pieces(&self, unit: Place) -> Result<Vec<Made>, Fault> {
        let mut statement = self.conn.prepare_cached(
            "SELECT event, part, lot, serial, quantity, step FROM material
            WHERE unit = ?1 AND out IS NULL ORDER BY event",
        )?;
        let rows = statement.query_map([unit], |row| {
            let piece = match row.get(2)? {
                Some(lot) => Piece::Lot(lot),
                None => Piece::Serial(row.get(3)?),
            };
            Ok(Made {
                part: row.get(1)?,
                piece,
                quantity: row.get(4)?,
                step: row.get(5)?,
                at: At(0),
                by: None,
                how: None,
                event: row.get(0)?,
                made_of: Vec::new(),
            })
        })?;
        Ok(rows.collect::<rusqlite::Result<_>>()?)
    }
}

fn too_large() -> Fault {
    Fault::new(
        format!("the unit has more than {LEVELS_MOST} levels or {PIECES_MOST} pieces"),
        "trace its sub-assemblies one by one",
    )
}
