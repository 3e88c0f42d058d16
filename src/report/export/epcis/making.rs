//! The making of a batch, which takes its time: what goes into it ceases to be, piece by piece, and the batch is what
//! comes of it once it is done.

use super::event::EpcisEvent;
use super::map::Teller;
use super::names::is_counted;
use crate::domain::event::Event;
use crate::domain::what::{Piece, Voided, What};

/// What went into a batch so far.
#[derive(Debug, Default)]
pub(super) struct Making {
    /// How often something did that was not taken back.
    times: u32,
}

impl Making {
    /// Takes the next event of a unit; where the batch is done, or its pieces go into another, what came of the making.
    #[expect(clippy::wildcard_enum_match_arm, reason = "few kinds begin and end a making")]
    pub(super) fn ends(&mut self, teller: &Teller<'_>, event: &Event) -> Option<EpcisEvent> {
        if !is_counted(teller.route) {
            return None;
        }
        match &event.what {
            What::MaterialInstalled(material) if matches!(material.piece, Piece::Lot(_)) => self.times += 1,
            What::ObservationVoided(back) if matches!(back.of, Voided::Material { piece: Piece::Lot(_), .. }) => {
                self.times = self.times.saturating_sub(1);
            }
            What::UnitCompleted(_) | What::UnitDispatched(_) if self.times > 0 => {
                self.times = 0;
                let (_, output_quantity_list) = teller.things(event);
                let made = teller.making(event);
                return Some(EpcisEvent { id: super::event::id(event, 1), output_quantity_list, ..made });
            }
            _ => {}
        }
        None
    }
}
