//! A recovered PIN is confirmed by a second lead.

use crate::domain::confirming::ConfirmPin;
use crate::domain::event::About;
use crate::domain::refusal::{Code, Evidence, Refusal};
use crate::domain::role::Role;
use crate::domain::what::{PersonChanged, What};

use super::case::{Answer, Case, done};
use super::decision::{Did, Draft, Subject};
use super::people::{authority, by_hand};

/// A lead confirms the PIN of another one, whom somebody gave it without a PIN.
pub(super) fn confirm(case: &Case<'_>, command: &ConfirmPin) -> Answer {
    let ConfirmPin { badge, by } = command;
    authority(case, by, &[Role::Lead])?;
    let of = |code| Refusal::new(code, Evidence { badge: Some(badge.clone()), ..Evidence::default() });
    let person = case.facts.person(badge.as_str()).filter(|p| !p.revoked).ok_or_else(|| of(Code::UnknownBadge))?;
    let Some(recovered) = &person.recovered else { return Err(of(Code::AlreadyRecorded)) };
    if by == badge {
        return Err(of(Code::SecondPerson));
    }
    let about = About { corrects: Some(recovered.clone()), ..by_hand(case.about(), by, None) };
    let what = What::PinConfirmed(PersonChanged { badge: badge.clone() });
    done(Did::PinConfirmed, None, vec![Draft { subject: Subject::Person(badge.clone()), about, what }])
}
