//! Which units a command goes through: those that are named, or those that options leave, page by page.

use super::failure::Failure;
use super::lot_show;
use super::show::unknown;
use crate::domain::id::{LotId, OrderId, RouteId, UnitId};
use crate::domain::time::At;
use crate::ledger::Reader;
use crate::ledger::place::Place;
use crate::ledger::read::units::{Page, UnitFilter};
use crate::ledger::reader::PAGE_ROWS_MOST;

/// Which units; what is absent leaves out nothing.
#[derive(Debug, Clone, Default)]
pub(super) struct Selection<'a> {
    /// These and no others.
    pub(super) units: &'a [UnitId],
    /// Of this route.
    pub(super) route: Option<&'a RouteId>,
    /// Of this work order.
    pub(super) order: Option<&'a OrderId>,
    /// With this lot in them, at any depth.
    pub(super) lot: Option<&'a LotId>,
    /// Whose record changed from then on.
    pub(super) from: Option<At>,
    /// That began before then.
    pub(super) before: Option<At>,
}

impl Selection<'_> {
    /// Whether it leaves every unit.
    pub(super) fn is_of_all(&self) -> bool {
        self.units.is_empty()
            && self.route.is_none()
            && self.order.is_none()
            && self.lot.is_none()
            && self.from.is_none()
            && self.before.is_none()
    }

    /// Goes through the units, each once.
    pub(super) fn each(
        &self,
        reader: &Reader,
        mut visit: impl FnMut(&UnitId) -> Result<(), Failure>,
    ) -> Result<(), Failure> {
        if !self.units.is_empty() {
            for unit in self.units {
                reader.unit(unit)?.ok_or_else(|| unknown(unit))?;
                visit(unit)?;
            }
            return Ok(());
        }
        if let Some(lot) = self.lot {
            return with_lot(reader, lot, visit);
        }
        let filter = UnitFilter {
            route: self.route.cloned(),
            order: self.order.cloned(),
            changed_from: self.from,
            begun_before: self.before,
            ..UnitFilter::default()
        };
        let mut after = Place::START;
        loop {
            let rows = reader.units(&filter, Page::After(after), PAGE_ROWS_MOST)?;
            let Some(last) = rows.last() else { return Ok(()) };
            after = last.place;
            for row in rows {
                visit(&row.unit)?;
            }
        }
    }
}

fn with_lot(
    reader: &Reader,
    lot: &LotId,
    mut visit: impl FnMut(&UnitId) -> Result<(), Failure>,
) -> Result<(), Failure> {
    let mut after: Option<UnitId> = None;
    loop {
        let page = reader.users(lot.as_str(), after.as_ref(), PAGE_ROWS_MOST)?;
        let Some(last) = page.last() else {
            // One that was received and never used has no units; one that nobody knows is no answer.
            let is_known = after.is_some() || reader.knows_lot(lot)?;
            return if is_known { Ok(()) } else { Err(lot_show::unknown(lot)) };
        };
        after = Some(last.unit.clone());
        for used in page.iter().filter(|used| !used.was_in) {
            visit(&used.unit)?;
        }
    }
}
