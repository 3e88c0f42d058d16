//! What work within a step changes: material, results, and what the rules count of them.

use super::event::Event;
use super::projection::{Change, removed};
use super::what::{Disposed, Outcome, Piece, Voided, What};

/// What an event of the work within a step changes.
#[expect(clippy::wildcard_enum_match_arm, reason = "only work within a step comes here")]
pub(super) fn worked(event: &Event, all: &mut Vec<Change>) {
    let (Some(unit), Some(step)) = (event.about.unit.clone(), event.about.step.clone()) else { return };
    let attempt = event.about.attempt.unwrap_or(1);
    match &event.what {
        What::MaterialInstalled(m) => {
            if let Piece::Lot(lot) = &m.piece {
                all.push(Change::Lot(lot.clone()));
            }
            let (part, piece) = (m.part.clone(), m.piece.clone());
            all.push(Change::Material { unit, step, part, piece, quantity: m.quantity });
        }
        What::CheckRecorded(c) => all.push(Change::CheckResult {
            unit,
            step,
            attempt,
            check: c.check.clone(),
            point: c.point.clone(),
            value: c.value.clone(),
            passed: c.passed,
        }),
        What::ObservationVoided(v) => match (&v.of, &event.about.corrects) {
            (Voided::Check { .. }, Some(of)) => all.push(Change::CheckVoided(of.clone())),
            (Voided::Material { piece, .. }, Some(of)) => {
                if let Piece::Lot(lot) = piece {
                    all.push(Change::Lot(lot.clone()));
                }
                all.push(Change::MaterialVoided(of.clone()));
            }
            _ => {}
        },
        What::StepPassed(e) => {
            let drawn = e.samples.iter().map(|s| &s.step);
            let route = event.about.route.as_ref();
            all.extend(
                drawn
                    .chain([&step])
                    .zip(route.into_iter().cycle())
                    .map(|(s, r)| Change::Sampling(r.clone(), s.clone())),
            );
            all.push(Change::StepResult { unit, step, attempt, passed: true });
        }
        What::StepFailed(_) => {
            all.extend(event.about.route.clone().map(|route| Change::Sampling(route, step.clone())));
            all.push(Change::StepResult { unit, step, attempt, passed: false });
        }
        _ => {}
    }
}

/// What a disposition changes: at a step that failed, or of a unit that came back and is at none.
pub(super) fn disposed(event: &Event, disposed: &Disposed, all: &mut Vec<Change>) {
    let unit = event.about.unit.iter();
    all.extend(unit.flat_map(|unit| disposed.removed.iter().map(|gone| removed(unit, gone))));
    if disposed.outcome == Outcome::Scrap {
        all.extend(event.about.order.clone().map(Change::Order));
    }
}
