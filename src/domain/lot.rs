//! A lot: identified material, how much of it is left, and whether it may be used.

use serde::{Deserialize, Serialize};

use super::event::{Event, Link};
use super::id::{LotId, PartId};
use super::number::Number;
use super::time::Day;
use super::what::{Piece, Voided, What};

/// A lot. Folded from the events about it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Lot {
    /// Its number.
    pub lot: LotId,
    /// What it is of.
    pub part: PartId,
    /// How many are left.
    pub left: Number,
    /// Whether it may be used.
    pub standing: LotStanding,
    /// The last day on which it may be used.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub expires: Option<Day>,
    /// The event of its receipt, hold, release or rejection.
    pub event: Link,
}

/// Whether a lot may be used.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum LotStanding {
    /// It may.
    Free,
    /// Not until it is released.
    Held,
    /// Never.
    Rejected,
}

impl LotStanding {
    /// The word for it in listings.
    pub fn word(self) -> &'static str {
        match self {
            Self::Free => "free",
            Self::Held => "held",
            Self::Rejected => "rejected",
        }
    }
}

impl Lot {
    /// The lot after an event, or the lot that an event brings.
    #[expect(clippy::wildcard_enum_match_arm, reason = "a fold reads the kinds that concern it")]
    pub fn apply(before: Option<Self>, event: &Event) -> Option<Self> {
        let link = Link::Here(event.stamp.seq);
        if let What::LotReceived(r) = &event.what
            && before.as_ref().is_none_or(|l| l.lot == r.lot)
        {
            return Some(Self {
                lot: r.lot.clone(),
                part: r.part.clone(),
                left: r.quantity,
                standing: LotStanding::Free,
                expires: r.expires,
                event: link,
            });
        }
        let mut lot = before?;
        let stands = |lot: &mut Self, standing| {
            lot.standing = standing;
            lot.event = link.clone();
        };
        match &event.what {
            What::LotHeld(e) if e.lot == lot.lot => stands(&mut lot, LotStanding::Held),
            What::LotReleased(e) if e.lot == lot.lot => stands(&mut lot, LotStanding::Free),
            What::LotRejected(e) if e.lot == lot.lot => stands(&mut lot, LotStanding::Rejected),
            What::MaterialInstalled(m) if m.piece == Piece::Lot(lot.lot.clone()) => {
                lot.left = lot.left.minus(Number::whole(m.quantity)).unwrap_or(lot.left);
            }
            What::ObservationVoided(v) => {
                if let Voided::Material { piece, quantity, .. } = &v.of
                    && *piece == Piece::Lot(lot.lot.clone())
                {
                    lot.left = lot.left.plus(Number::whole(*quantity)).unwrap_or(lot.left);
                }
            }
            _ => {}
        }
        Some(lot)
    }
}
