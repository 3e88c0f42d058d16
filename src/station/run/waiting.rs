//! The units that are due at this station and wait, oldest first.

use crate::app::msg::WaitingUnit;
use crate::app::port::{Fault, Ledger as _};
use crate::app::shifts::left::LeftUnit;
use crate::app::submit::look;
use crate::domain::ambient::Place;
use crate::domain::event::Purpose;
use crate::domain::traveller::State;
use crate::ledger::Writer;
use crate::ledger::place::Place as Row;
use crate::ledger::read::units::{Page, UnitFilter, UnitRow};

/// Units that the screen lists.
const SHOWN_MOST: u32 = 12;

/// What was told last, so that it is told again only when it changed.
#[derive(Default)]
pub(super) struct Waiting {
    told: Vec<UnitRow>,
}

impl Waiting {
    /// The units that wait now; none where that is what was told last.
    pub(super) fn changed(&mut self, ledger: &mut Writer, place: &Place) -> Result<Option<Vec<WaitingUnit>>, Fault> {
        let station = Some(place.class.clone());
        let due_here = UnitFilter { state: Some(State::InProcess), station, ..UnitFilter::default() };
        let mut rows = ledger.reader().units(&due_here, Page::After(Row::START), SHOWN_MOST)?;
        rows.retain(|row| row.open_station.is_none() && !is_sample(row));
        if rows == self.told {
            return Ok(None);
        }
        self.told = rows;
        let told = &self.told;
        look(ledger, |ledger| told.iter().filter_map(|row| waiting(ledger, row).transpose()).collect()).map(Some)
    }
}

/// A golden sample is run when that is due. It does not wait like a unit that goes on.
fn is_sample(row: &UnitRow) -> bool {
    row.purpose == Purpose::Golden.word() && row.order.is_none()
}

fn waiting(ledger: &mut Writer, row: &UnitRow) -> Result<Option<WaitingUnit>, Fault> {
    let (Some(route), Some(revision), Some(step)) = (&row.route, &row.revision, &row.step) else { return Ok(None) };
    let route = ledger.route(route, revision)?;
    let half_done = LeftUnit::half_done(&*ledger.traveller(&row.unit)?);
    let title = route.as_deref().and_then(|r| r.step(step)).map(|s| s.title.clone());
    Ok(title.map(|title| WaitingUnit { unit: row.unit.clone(), step: step.clone(), title, half_done }))
}
