//! First pieces and golden samples: what is proved at each station, and what is due.

use super::seen::{GoldenStep, Seen};
use crate::app::board::proof::{Proof, ProofLine, Proven, first_of};
use crate::domain::first_piece::{FirstPiece, FirstStands};
use crate::domain::golden::{Golden, SampleRun};
use crate::domain::id::{StationId, UnitId};
use crate::domain::station::Station;

/// Proofs that are told.
const LINES_MOST: usize = 200;

/// What is proved at each station, by station, route and step. First pieces that passed before what is counted began
/// are told no more.
pub(super) fn proofs(seen: &Seen) -> Vec<ProofLine> {
    let mut all: Vec<ProofLine> = seen.stations.iter().flat_map(|of| at(seen, &of.station)).collect();
    all.sort();
    all.truncate(LINES_MOST);
    all
}

fn at(seen: &Seen, at: &Station) -> Vec<ProofLine> {
    let Some(station) = &at.station else { return Vec::new() };
    let tells = |first: &&FirstPiece| first.stands != FirstStands::Passed || seen.from.is_none_or(|f| first.at >= f);
    let firsts = at.first_pieces.all().filter(tells).map(|first| first_piece(station, first));
    let class = seen.classes.get(station);
    let here = seen.golden.iter().filter(|of| class == Some(&of.class));
    let samples = here.flat_map(|of| of.golden.sorts().map(move |sort| sample(seen, at, (station, of), sort)));
    firsts.chain(samples).collect()
}

fn first_piece(station: &StationId, first: &FirstPiece) -> ProofLine {
    ProofLine {
        station: station.clone(),
        route: first.route.clone(),
        step: first.step.clone(),
        what: Proof::FirstPiece,
        stands: match first.stands {
            FirstStands::Open | FirstStands::Begun => Proven::Waits,
            FirstStands::Approved => Proven::Approved,
            FirstStands::Passed => Proven::Passed,
        },
        unit: Some(first.unit.clone()),
        of: Some(first_of(&first.of)),
        at: Some(first.at),
        until: None,
    }
}

fn sample(
    seen: &Seen,
    at: &Station,
    (station, of): (&StationId, &GoldenStep),
    (bad, samples): (bool, &[UnitId]),
) -> ProofLine {
    let run = at.samples.last(&of.route, &of.step, samples);
    ProofLine {
        station: station.clone(),
        route: of.route.clone(),
        step: of.step.clone(),
        what: if bad { Proof::BadSample } else { Proof::GoodSample },
        stands: stands(seen, &of.golden, run),
        unit: run.map(|run| run.unit.clone()),
        of: None,
        at: run.map(|run| run.moment.at),
        until: run.and_then(|run| of.golden.until(run)),
    }
}

/// By the clock on the wall: the gate is stricter where a clock cannot be trusted.
fn stands(seen: &Seen, golden: &Golden, run: Option<&SampleRun>) -> Proven {
    match run {
        Some(run) if !run.passed => Proven::Failed,
        Some(run) if seen.now.is_some_and(|now| golden.counts(run, seen.in_turn.as_ref(), now)) => Proven::Passed,
        Some(_) | None => Proven::Due,
    }
}
