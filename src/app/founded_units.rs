//! Whether what a decision was told of other units follows from their histories.

use super::port::Fault;
use super::replay::{History, unit_as_of};
use crate::domain::facts::{Inside, Stand};
use crate::domain::id::UnitId;
use crate::domain::traveller::Traveller;

/// Whether a unit stood like that.
pub(super) fn stands(t: &Traveller, stand: &Stand, of: &str) -> bool {
    let pinned = t.route.as_ref().map(|(route, revision)| (route, revision));
    pinned == Some((&stand.route, &stand.revision))
        && t.head.as_ref() == Some(&stand.head)
        && (t.state(), t.is_held(), t.is_held_of(of)) == (stand.state, stand.held, stand.held_of)
        && (&t.order, t.purpose, t.pieces()) == (&stand.order, stand.purpose, stand.pieces)
}

/// The first unit of a path that is not in the one before; or the last one, where it was not held so.
pub(super) fn misplaced<'i>(
    history: &mut impl History,
    inside: &'i Inside,
    act: u64,
) -> Result<Option<&'i UnitId>, Fault> {
    for (outer, inner) in inside.path.iter().zip(inside.path.iter().skip(1)) {
        if unit_as_of(history, outer, act)?.component(inner.as_str()).is_none() {
            return Ok(Some(inner));
        }
    }
    let Some(last) = inside.path.last() else { return Ok(None) };
    let held = unit_as_of(history, last, act)?;
    let same = Inside::at_the_end_of(inside.path.clone(), &held).as_ref() == Some(inside);
    Ok(Some(last).filter(|_| !same))
}
