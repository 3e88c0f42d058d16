//! Whether each signature has all its parts: a person, the printed name, the meaning, and two components to prove it.

use super::finding::Finding;
use super::kind::Kind;
use crate::domain::event::Event;
use crate::domain::id::UnitId;
use crate::domain::role::Auth;
use crate::domain::what::What;

/// The signatures that lack something.
pub fn incomplete(unit: &UnitId, events: &[Event]) -> Vec<Finding> {
    events.iter().filter_map(|event| lacks(unit, event)).collect()
}

fn lacks(unit: &UnitId, event: &Event) -> Option<Finding> {
    let What::SignatureRecorded(signed) = &event.what else { return None };
    let parts = [
        (event.about.by.is_none(), "who signed"),
        (signed.name.trim().is_empty(), "the printed name"),
        (signed.meaning.trim().is_empty(), "what it says"),
        (event.about.auth != Some(Auth::BadgePin), "badge and PIN"),
    ];
    let missing: Vec<_> = parts.iter().filter(|(lacks, _)| *lacks).map(|(_, part)| *part).collect();
    let what = || format!("the signature lacks {}", missing.join(", "));
    (!missing.is_empty()).then(|| Finding::of_unit(unit, Kind::Signing, event.about.step.as_ref(), what()).at(event))
}
