//! A lot: identified material, how much of it is left, and whether it may be used.

use serde::{Deserialize, Serialize};

use super::event::{Event, Link};
use super::id::{LotId, PartId};
use super::number::Number;
use super::time::{At, Day, Elapsed, Moment};
use super::what::{LotChanged, LotInspected, LotLoaded, LotReceived, Piece, Voided, What};

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
    /// Who delivered it.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub supplier: Option<String>,
    /// Whether its inspection passed; none where nobody inspected it.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub inspected: Option<bool>,
    /// Since when it is open; none while it is sealed.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub open_since: Option<Moment>,
    /// Microseconds that it was open before.
    #[serde(default, skip_serializing_if = "is_zero")]
    pub was_open: i64,
    /// The event of its receipt, inspection, opening, hold, release or rejection.
    pub event: Link,
}

#[expect(clippy::trivially_copy_pass_by_ref, reason = "serde passes references")]
fn is_zero(n: &i64) -> bool {
    *n == 0
}

/// Whether a lot may be used.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum LotStanding {
    /// It may.
    Free,
    /// Not until its inspection passed.
    Quarantined,
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
            Self::Quarantined => "quarantined",
            Self::Held => "held",
            Self::Rejected => "rejected",
        }
    }
}

/// The lot that something is about; none of what a unit took from it.
#[expect(clippy::wildcard_enum_match_arm, reason = "few kinds are about a lot")]
pub fn told_of(what: &What) -> Option<&LotId> {
    match what {
        What::LotReceived(LotReceived { lot, .. })
        | What::LotInspected(LotInspected { lot, .. })
        | What::LotLoaded(LotLoaded { lot, .. })
        | What::LotHeld(LotChanged { lot })
        | What::LotReleased(LotChanged { lot })
        | What::LotRejected(LotChanged { lot })
        | What::LotOpened(LotChanged { lot })
        | What::LotSealed(LotChanged { lot }) => Some(lot),
        _ => None,
    }
}

impl Lot {
    /// How long it was open in all until a moment.
    pub fn open_for(&self, now: &Moment, newest: Option<At>) -> Elapsed {
        let now = self.open_since.as_ref().map(|since| since.until(now, newest));
        let now = now.unwrap_or(Elapsed { least: 0, best: 0, certain: true });
        let in_all = |micros: i64| self.was_open.saturating_add(micros);
        Elapsed { least: in_all(now.least), best: in_all(now.best), certain: now.certain }
    }

    /// The lot after an event, or the lot that an event brings.
    #[expect(clippy::wildcard_enum_match_arm, reason = "a fold reads the kinds that concern it")]
    pub fn apply(before: Option<Self>, event: &Event) -> Option<Self> {
        let link = event.stamp.link();
        if let What::LotReceived(r) = &event.what
            && before.as_ref().is_none_or(|l| l.lot == r.lot)
        {
            return Some(Self {
                lot: r.lot.clone(),
                part: r.part.clone(),
                left: r.quantity,
                standing: if r.quarantined { LotStanding::Quarantined } else { LotStanding::Free },
                expires: r.expires,
                supplier: r.supplier.clone(),
                inspected: None,
                open_since: None,
                was_open: 0,
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
            What::LotInspected(e) if e.lot == lot.lot => {
                lot.inspected = Some(e.passed);
                let standing = match (e.passed, lot.standing) {
                    (true, LotStanding::Quarantined) => LotStanding::Free,
                    (false, LotStanding::Quarantined | LotStanding::Free) => LotStanding::Held,
                    (_, standing) => standing,
                };
                stands(&mut lot, standing);
            }
            What::LotOpened(e) if e.lot == lot.lot => {
                // A paper may state that it was used before it was opened, as far as anybody knew.
                let before = lot.open_since.take().filter(|since| since.at <= event.when());
                lot.open_since = before.or_else(|| Some(event.moment()));
                lot.event = link;
            }
            What::LotSealed(e) if e.lot == lot.lot => {
                lot.was_open = lot.open_for(&event.moment(), None).best;
                lot.open_since = None;
                lot.event = link;
            }
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
