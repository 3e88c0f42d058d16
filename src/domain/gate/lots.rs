//! Lots: received once, and held, released or rejected with a reason.

use crate::domain::command::{Command, LotMove};
use crate::domain::event::About;
use crate::domain::id::{Badge, LotId};
use crate::domain::lot::LotStanding;
use crate::domain::number::Number;
use crate::domain::refusal::{Code, Evidence, Refusal};
use crate::domain::role::Role;
use crate::domain::what::{LotChanged, LotReceived, What};

use super::case::{Answer, Case, done};
use super::decision::{Did, Draft, Subject};
use super::people::{authority, by_hand};

/// Characters that a supplier's name may have.
const SUPPLIER_CHARS_MOST: usize = 60;

fn about_lot(code: Code, lot: &LotId) -> Refusal {
    Refusal::new(code, Evidence { lot: Some(lot.clone()), ..Evidence::default() })
}

/// A lot comes in. Its number may be nothing else that a scan could mean.
pub(super) fn receive(case: &Case<'_>, command: &Command) -> Answer {
    let Command::ReceiveLot { lot, part, quantity, supplier, expires, quarantine, label: _, by } = command else {
        return Err(Refusal::bare(Code::BadInput));
    };
    authority(case, by, &Role::ALL)?;
    if let Some(before) = case.facts.lot(lot.as_str()) {
        let evidence = Evidence {
            lot: Some(lot.clone()),
            found_part: Some(before.part.clone()),
            event: Some(before.event.clone()),
            ..Evidence::default()
        };
        return Err(Refusal::new(Code::DuplicateSerial, evidence));
    }
    let reads_as_code = lot.as_str().starts_with(crate::domain::command_code::PREFIX);
    if reads_as_code || case.facts.claim.is_some() || case.facts.person(lot.as_str()).is_some() {
        return Err(about_lot(Code::AmbiguousLabel, lot));
    }
    let supplier_fits = supplier
        .as_ref()
        .is_none_or(|s| s.chars().count() <= SUPPLIER_CHARS_MOST && s.chars().all(crate::domain::text::is_safe));
    if *quantity <= Number::whole(0) || !supplier_fits {
        return Err(about_lot(Code::BadInput, lot));
    }
    let what = What::LotReceived(LotReceived {
        lot: lot.clone(),
        part: part.clone(),
        quantity: *quantity,
        supplier: supplier.clone(),
        expires: *expires,
        quarantined: *quarantine,
    });
    let about = by_hand(case.about(), by, None);
    done(Did::LotReceived, None, vec![Draft { subject: Subject::Lot(lot.clone()), about, what }])
}

/// Anybody may hold a lot; quality or a lead releases or rejects it; a rejected one stays so.
pub(super) fn change(case: &Case<'_>, lot: &LotId, to: LotMove, reason: &str, by: &Badge) -> Answer {
    let roles: &[Role] = match to {
        LotMove::Hold | LotMove::Open | LotMove::Seal => &Role::ALL,
        LotMove::Release | LotMove::Reject => &[Role::Quality, Role::Lead],
    };
    authority(case, by, roles)?;
    let before = case.facts.lot(lot.as_str()).ok_or_else(|| about_lot(Code::UnknownLot, lot))?;
    let changed = LotChanged { lot: lot.clone() };
    let what = match (before.standing, to) {
        (_, LotMove::Open) => What::LotOpened(changed),
        (_, LotMove::Seal) => What::LotSealed(changed),
        (LotStanding::Rejected, _) => return Err(about_lot(Code::LotOnHold, lot)),
        (LotStanding::Held, LotMove::Hold) | (LotStanding::Free, LotMove::Release) => {
            return Err(about_lot(Code::AlreadyRecorded, lot));
        }
        (LotStanding::Free | LotStanding::Quarantined, LotMove::Hold) => What::LotHeld(changed),
        (LotStanding::Held | LotStanding::Quarantined, LotMove::Release) => What::LotReleased(changed),
        (LotStanding::Free | LotStanding::Held | LotStanding::Quarantined, LotMove::Reject) => {
            What::LotRejected(changed)
        }
    };
    let about = About { ..by_hand(case.about(), by, Some(reason)) };
    done(Did::LotChanged, None, vec![Draft { subject: Subject::Lot(lot.clone()), about, what }])
}
