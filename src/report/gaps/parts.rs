//! What went into a unit, and what it went into: lots that were received, components that have a record, a product that
//! has the component.

use std::collections::BTreeSet;

use super::finding::Finding;
use super::kind::Kind;
use super::one::{Known, Limits};
use super::times::hours;
use crate::domain::id::{LotId, UnitId};
use crate::domain::route::Route;
use crate::domain::traveller::{Installed, Out, Standing, Traveller};
use crate::domain::what::{Fate, Piece};

/// What must be known of other records.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Asked {
    /// Lots that are in the unit.
    pub lots: BTreeSet<LotId>,
    /// Components that are units themselves.
    pub units: BTreeSet<UnitId>,
}

/// What must be known of other records before a unit can be judged.
pub fn asked(traveller: &Traveller, route: &Route) -> Asked {
    let lots = there(traveller).filter_map(|piece| match &piece.piece {
        Piece::Lot(lot) => Some(lot.clone()),
        Piece::Serial(_) => None,
    });
    Asked { lots: lots.collect(), units: traveller.sub_assemblies(route).collect() }
}

/// Lots without receipt, and components without a record.
pub fn unknown(unit: &UnitId, traveller: &Traveller, route: &Route, known: &Known) -> Vec<Finding> {
    let made: BTreeSet<UnitId> = traveller.sub_assemblies(route).collect();
    let mut lots = BTreeSet::new();
    let mut found = Vec::new();
    for piece in there(traveller) {
        let (kind, what) = match &piece.piece {
            Piece::Lot(lot) if !known.received.contains(lot) && lots.insert(lot.clone()) => {
                (Kind::Receipt, format!("lot {lot} of {}: no receipt on record", piece.part))
            }
            Piece::Serial(serial) if made.iter().any(|m| m.as_str() == serial.as_str() && !known.units.contains(m)) => {
                (Kind::Component, format!("{} {serial}: its own record is not here", piece.part))
            }
            Piece::Lot(_) | Piece::Serial(_) => continue,
        };
        let finding = Finding::of_unit(unit, kind, Some(&piece.step), what);
        found.push(Finding { by: piece.by.clone(), at: Some(piece.at), ..finding });
    }
    found
}

/// A component that is done and that no product has, and what waits for a decision in quarantine.
pub fn loose(unit: &UnitId, traveller: &Traveller, known: &Known, limits: &Limits) -> Vec<Finding> {
    let mut found = Vec::new();
    let since = traveller.changed.filter(|_| traveller.standing == Standing::Complete && !traveller.is_held());
    if let Some(since) = since.filter(|since| known.has_parent == Some(false) && limits.is_too_long(*since)) {
        let what = format!("done for {}, and in no product", hours(since, limits.now));
        found.push(Finding { at: Some(since), ..Finding::of_unit(unit, Kind::Parent, None, what) });
    }
    let waits = traveller.installed.iter().filter(|piece| piece.out == Some(Out::Removed(Fate::Quarantine)));
    for piece in waits {
        let Piece::Serial(serial) = &piece.piece else { continue };
        let what = format!("{} {serial} was taken out and waits in quarantine", piece.part);
        let finding = Finding::of_unit(unit, Kind::Provisional, Some(&piece.step), what);
        let how = format!("traveller rework judge {unit} {serial}");
        found.push(Finding { who: "quality".to_owned(), how, ..finding });
    }
    found
}

/// What is in the unit.
fn there(traveller: &Traveller) -> impl Iterator<Item = &Installed> {
    traveller.installed.iter().filter(|piece| piece.out.is_none())
}
