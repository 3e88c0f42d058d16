//! Lots: received once, and held, released or rejected with a reason.

use crate::domain::command::{Command, LotMove};
use crate::domain::event::About;
use crate::domain::id::{Badge, LotId, PartId};
use crate::domain::item::Item;
use crate::domain::label::Label;
use crate::domain::lot::LotStanding;
use crate::domain::number::Number;
use crate::domain::refusal::{Code, Evidence, Refusal};
use crate::domain::role::Role;
use crate::domain::what::{LotChanged, LotInspected, LotReceived, What};

use super::case::{Answer, Case, done};
use super::decision::{Did, Draft, Subject};
use super::people::{authority, by_hand};

/// Characters that a supplier's name may have.
const SUPPLIER_CHARS_MOST: usize = 60;
/// Pieces that one lot may have. Whoever means more means something else.
const QUANTITY_MOST: u32 = 1_000_000_000;
/// From this version on a lot has at most so many pieces.
const QUANTITIES_END: u32 = 3;
/// From this version on whoever is signed on at a station may receive there.
const RECEIVED_AT_A_STATION: u32 = 3;

fn about_lot(code: Code, lot: &LotId) -> Refusal {
    Refusal::new(code, Evidence { lot: Some(lot.clone()), ..Evidence::default() })
}

/// A lot comes in. Its number may be nothing else that a scan could mean.
pub(super) fn receive(case: &Case<'_>, command: &Command) -> Answer {
    let Command::ReceiveLot { lot, part, quantity, supplier, expires, quarantine, label, by } = command else {
        return Err(Refusal::bare(Code::BadInput));
    };
    let about = received_by(case, by)?;
    if let Some(before) = case.facts.lot(lot.as_str()) {
        let evidence = Evidence {
            lot: Some(lot.clone()),
            found_part: Some(before.part.clone()),
            event: Some(before.event.clone()),
            ..Evidence::default()
        };
        return Err(Refusal::new(Code::DuplicateSerial, evidence));
    }
    if case.names_something(lot.as_str()) {
        return Err(about_lot(Code::AmbiguousLabel, lot));
    }
    let supplier_fits = supplier
        .as_ref()
        .is_none_or(|s| s.chars().count() <= SUPPLIER_CHARS_MOST && s.chars().all(crate::domain::text::is_safe));
    let absurd = case.gate >= QUANTITIES_END && *quantity > Number::whole(QUANTITY_MOST);
    let some = *quantity > Number::whole(0) && !absurd;
    if !some || !supplier_fits {
        return Err(about_lot(Code::BadInput, lot));
    }
    if let Some(label) = label {
        is_as_labelled(case, label, part, lot)?;
    }
    let what = What::LotReceived(LotReceived {
        lot: lot.clone(),
        part: part.clone(),
        quantity: *quantity,
        supplier: supplier.clone(),
        expires: *expires,
        quarantined: *quarantine,
    });
    done(Did::LotReceived, None, vec![Draft { subject: Subject::Lot(lot.clone()), about, what }])
}

/// Whoever is signed on at a station receives by that; anybody else by badge and PIN.
fn received_by(case: &Case<'_>, by: &Badge) -> Result<About, Refusal> {
    if case.gate >= RECEIVED_AT_A_STATION && case.operator() == Some(by) {
        case.worker()?;
        return Ok(case.about());
    }
    authority(case, by, &Role::ALL)?;
    Ok(by_hand(case.about(), by, None))
}

/// The supplier's label says of itself what it is on: it has to name the part, by our number, the supplier's or its
/// GTIN; and where it names a lot, that lot.
fn is_as_labelled(case: &Case<'_>, label: &Label, part: &PartId, lot: &LotId) -> Result<(), Refusal> {
    let of = || Evidence { lot: Some(lot.clone()), part: Some(part.clone()), ..Evidence::default() };
    let Some(item) = Item::of(label) else { return Err(Refusal::new(Code::Misread, of())) };
    let known = case.facts.routes.iter().find_map(|r| r.route.as_deref()?.parts.get(part));
    let is_it = known.map_or_else(|| item.names(part), |about| item.is_of(part, about));
    // Where no route says which labels the part has, nobody can say that this is another.
    let unsaid = item.gtin().is_some() && known.is_none_or(|about| about.gtin.is_none());
    if !is_it && !unsaid {
        let gtin = item.gtin().cloned();
        let label = item.part_number().map(str::to_owned);
        return Err(Refusal::new(Code::WrongPart, Evidence { label, gtin, ..of() }));
    }
    if item.lot().is_some_and(|said| said != lot.as_str()) {
        let label = item.lot().map(str::to_owned);
        return Err(Refusal::new(Code::UnknownLot, Evidence { label, ..of() }));
    }
    Ok(())
}

/// What the inspection of a lot came to. An inspector or quality says so; it may be inspected again.
pub(super) fn inspect(case: &Case<'_>, lot: &LotId, passed: bool, reason: &str, by: &Badge) -> Answer {
    authority(case, by, &[Role::Inspector, Role::Quality])?;
    let before = case.facts.lot(lot.as_str()).ok_or_else(|| about_lot(Code::UnknownLot, lot))?;
    if before.standing == LotStanding::Rejected {
        return Err(about_lot(Code::LotOnHold, lot));
    }
    let about = by_hand(case.about(), by, Some(reason));
    let what = What::LotInspected(LotInspected { lot: lot.clone(), passed });
    done(Did::LotChanged, None, vec![Draft { subject: Subject::Lot(lot.clone()), about, what }])
}

/// Anybody may hold, open or seal a lot; quality or a lead releases or rejects it; a rejected one stays so.
pub(super) fn change(case: &Case<'_>, lot: &LotId, to: LotMove, reason: &str, by: &Badge) -> Answer {
    let roles: &[Role] = match to {
        LotMove::Hold | LotMove::Open | LotMove::Seal => &Role::ALL,
        LotMove::Release | LotMove::Reject => &[Role::Quality, Role::Lead],
    };
    authority(case, by, roles)?;
    let before = case.facts.lot(lot.as_str()).ok_or_else(|| about_lot(Code::UnknownLot, lot))?;
    let changed = LotChanged { lot: lot.clone() };
    let what = match (before.standing, to) {
        (LotStanding::Rejected, _) => return Err(about_lot(Code::LotOnHold, lot)),
        (_, LotMove::Open) if before.open_since.is_none() => What::LotOpened(changed),
        (_, LotMove::Seal) if before.open_since.is_some() => {
            // What was open for a time that nobody knows would else begin anew as fresh.
            if !before.open_for(&case.now.moment(), None).certain {
                return Err(case.clock_untrusted(&about_lot(Code::ClockUntrusted, lot).evidence));
            }
            What::LotSealed(changed)
        }
        (_, LotMove::Open | LotMove::Seal) => return Err(about_lot(Code::AlreadyRecorded, lot)),
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
