//! What needs a person now: the most urgent first, and of one sort what has waited longest.

use super::compute::minutes;
use super::seen::Seen;
use super::stations::is_silent;
use crate::app::board::content::{Attention, Hour};
use crate::app::board::proof::{Proof, ProofLine, Proven};
use crate::domain::time::{At, SECOND};

/// Things that need a person and are told at once.
const ATTENTION_MOST: usize = 50;
/// Units below the plan of an hour from which on somebody is asked why.
const SHORT_LEAST: u32 = 1;
/// Microseconds of an hour.
const HOUR: i64 = 3_600 * SECOND;

/// What needs a person now. A person who waits comes first, then a station that stands, then what stops a step, then
/// units, then figures.
pub(super) fn attention(seen: &Seen, hours: &[Hour], proofs: &[ProofLine]) -> Vec<Attention> {
    let since = |then: At| minutes(seen.now, Some(then)).unwrap_or(0);
    let waits = |attention: &Attention| match attention {
        Attention::PinRecovered { .. } => std::cmp::Reverse(i64::MAX),
        Attention::Called { minutes, .. }
        | Attention::Down { minutes, .. }
        | Attention::Silent { minutes, .. }
        | Attention::Nonconforming { minutes, .. }
        | Attention::SampleFailed { minutes, .. }
        | Attention::FirstPiece { minutes, .. }
        | Attention::Held { minutes, .. }
        | Attention::Short { minutes, .. } => std::cmp::Reverse(*minutes),
    };
    let recovered = seen.people.iter().filter(|person| person.recovered.is_some() && !person.revoked);
    let recovered = recovered.map(|person| Attention::PinRecovered { badge: person.badge.clone() });
    let called = seen.left.stations.iter().filter_map(|at| {
        let call = at.watch.call.as_ref()?;
        let minutes = since(call.since.at);
        Some(Attention::Called { station: at.station.clone(), by: call.by.clone(), minutes })
    });
    let down = seen.left.stations.iter().filter_map(|at| {
        let down = at.watch.down.as_ref()?;
        let (reason, minutes) = (down.reason.clone(), since(down.since.at));
        Some(Attention::Down { station: at.station.clone(), reason, minutes })
    });
    let silent = seen.stations.iter().filter_map(|of| {
        let minutes = minutes(seen.now, of.at);
        let station = of.station.station.clone().filter(|_| is_silent(of.station.operator.as_ref(), minutes))?;
        let by = of.station.operator.clone();
        Some(Attention::Silent { station, by, minutes: minutes.unwrap_or(0) })
    });
    let proof = |stands: Proven| {
        let lines = proofs.iter().filter(move |line| line.stands == stands);
        lines.filter_map(|line| proof(line, since(line.at?)))
    };
    let (wanting, first) = (proof(Proven::Failed), proof(Proven::Waits));
    let failed = seen.nonconforming.iter().map(|unit| Attention::Nonconforming {
        unit: unit.unit.clone(),
        step: unit.step.clone(),
        minutes: minutes(seen.now, unit.changed).unwrap_or(0),
    });
    let held = seen.holds.iter().map(|hold| Attention::Held {
        unit: hold.unit.clone(),
        reason: hold.reason.clone(),
        minutes: since(hold.at),
    });
    let short = hours.iter().filter(|hour| is_short(hour)).map(|hour| Attention::Short {
        from: hour.from,
        due: hour.due.unwrap_or(0),
        finished: hour.finished,
        minutes: since(hour.from.plus(HOUR)),
    });
    let sorts: [Vec<Attention>; 9] = [
        recovered.collect(),
        called.collect(),
        down.collect(),
        silent.collect(),
        wanting.collect(),
        first.collect(),
        failed.collect(),
        held.collect(),
        short.collect(),
    ];
    let ordered = sorts.into_iter().flat_map(|mut sort| {
        sort.sort_by_key(waits);
        sort
    });
    ordered.take(ATTENTION_MOST).collect()
}

/// A first piece or a golden sample that needs a person.
fn proof(line: &ProofLine, minutes: i64) -> Option<Attention> {
    let (station, unit) = (line.station.clone(), line.unit.clone()?);
    Some(match line.what {
        Proof::FirstPiece => Attention::FirstPiece { station, unit, minutes },
        Proof::GoodSample | Proof::BadSample => Attention::SampleFailed { station, unit, minutes },
    })
}

/// Whether an hour is over, fell short, and nobody said why.
fn is_short(hour: &Hour) -> bool {
    let missing = hour.due.map_or(0, |due| due.saturating_sub(hour.finished));
    !hour.runs && missing >= SHORT_LEAST && hour.reasons.is_empty()
}
