//! Many units at once: everything that a recall or a suspicion concerns is held together.

use crate::domain::command::UNITS_AT_ONCE_MOST;
use crate::domain::event::{About, Purpose};
use crate::domain::facts::Stand;
use crate::domain::id::{Badge, UnitId};
use crate::domain::refusal::{Code, Evidence, Refusal};
use crate::domain::role::Role;
use crate::domain::text::is_safe;
use crate::domain::traveller::State;
use crate::domain::what::{UnitHeld, What};

use super::case::{Answer, Case, HOLDS_ADD_UP, done, on_unit, stands};
use super::decision::Did;
use super::people::{authority, by_hand};

/// Characters of what the units have in common.
const OF_CHARS_MOST: usize = 64;

/// Anybody who is known may stop units. One that is on hold for something else is held for this too, and a scrapped one
/// is no product any more; one that has left is held where it comes back.
pub(super) fn hold(case: &Case<'_>, units: &[UnitId], of: &str, reason: &str, by: &Badge) -> Answer {
    authority(case, by, &Role::ALL)?;
    let said = !of.is_empty() && of.chars().count() <= OF_CHARS_MOST && of.chars().all(is_safe);
    if !said || units.is_empty() || units.len() > UNITS_AT_ONCE_MOST {
        return Err(Refusal::bare(Code::BadInput));
    }
    let mut drafts = Vec::with_capacity(units.len());
    let said_of = Some(of.to_owned()).filter(|_| case.gate >= HOLDS_ADD_UP);
    let about = by_hand(case.about(), by, Some(reason));
    for (at, unit) in units.iter().enumerate() {
        let unknown = |code| Refusal::new(code, Evidence { unit: Some(unit.clone()), ..Evidence::default() });
        if units.iter().take(at).any(|before| before == unit) {
            return Err(unknown(Code::BadInput));
        }
        let stand = case.facts.stand(unit).ok_or_else(|| unknown(Code::UnknownUnit))?;
        let is_held = if case.gate < HOLDS_ADD_UP { stand.held } else { stand.held_of };
        let is_gone = matches!(stand.state, State::Scrapped | State::Merged);
        if !is_held && !is_gone {
            drafts.push(on_unit(unit, about_stand(&about, stand), What::UnitHeld(UnitHeld { of: said_of.clone() })));
        }
    }
    if drafts.is_empty() {
        return stands(Did::UnitsHeld, None, None);
    }
    done(Did::UnitsHeld, None, drafts)
}

fn about_stand(about: &About, stand: &Stand) -> About {
    About {
        unit: Some(stand.unit.clone()),
        route: Some(stand.route.clone()),
        revision: Some(stand.revision.clone()),
        pieces: stand.pieces,
        order: stand.order.clone(),
        purpose: Some(stand.purpose).filter(|p| *p != Purpose::Production),
        ..about.clone()
    }
}
