//! Ending a step: pass, fail, another attempt, taking back, putting down, holding.

use crate::domain::event::About;
use crate::domain::id::DefectId;
use crate::domain::need::Need;
use crate::domain::refusal::{Code, Evidence, Refusal};
use crate::domain::traveller::{Ended, Standing};
use crate::domain::way;
use crate::domain::what::{
    Failure, Nothing, ObservationVoided, PutDown, StepFailed, StepSkipped, UnitClosed, UnitHeld, What,
};

use super::case::{Answer, Bench, Case, done, further, on_unit, seen};
use super::decision::Did;
use super::{disposing, first_piece, golden, loading, loads, opening, packing, passing};

/// Whether one observation or one component fulfils the last need.
pub(super) fn is_last(needs: &[Need<'_>]) -> bool {
    is_last_of(needs, 1)
}

/// Whether so many pieces fulfil the last need. A signature is never fulfilled by something else.
pub(super) fn is_last_of(needs: &[Need<'_>], pieces: u32) -> bool {
    match needs {
        [Need::Check { left, .. } | Need::Material { left, .. }] => *left == pieces,
        _ => false,
    }
}

/// The pass command: everything must be there, and what stops it is named in a fixed order.
pub(super) fn pass(case: &Case<'_>) -> Answer {
    if let Some(answer) = packing::passed(case) {
        return answer;
    }
    let bench = case.work()?;
    complete(bench)?;
    let mut drafts = Vec::new();
    let did = passing::passed(case, bench, &mut drafts, None)?;
    done(did, Some(bench.unit.clone()), drafts)
}

fn complete(bench: Bench<'_>) -> Result<(), Refusal> {
    no_failure(bench)?;
    loads::went_through(bench)?;
    match bench.needs().first() {
        None => Ok(()),
        Some(need) => Err(missing(bench, need)),
    }
}

/// Refuses a step in which something failed.
pub(super) fn no_failure(bench: Bench<'_>) -> Result<(), Refusal> {
    let step = &bench.step.id;
    if let Some(failed) = bench.traveller.current(step).and_then(|a| a.failed()) {
        let evidence = Evidence {
            step: Some(step.clone()),
            check: Some(failed.check.clone()),
            point: failed.point.clone(),
            value: Some(failed.value.clone()),
            by: failed.by.clone(),
            at: Some(failed.at),
            event: Some(failed.event.clone()),
            ..Evidence::default()
        };
        return Err(Refusal::new(Code::CheckFailed, evidence));
    }
    if bench.traveller.standing == Standing::Nonconforming {
        return Err(opening::nonconforming(bench.traveller));
    }
    Ok(())
}

/// The refusal for a need that is open.
pub(super) fn missing(bench: Bench<'_>, need: &Need<'_>) -> Refusal {
    let step = Some(bench.step.id.clone());
    match need {
        Need::Material { part, left, .. } => Refusal::new(
            Code::MaterialMissing,
            Evidence { step, part: Some((*part).clone()), needed: Some(*left), ..Evidence::default() },
        ),
        Need::Gauge(kind) => {
            Refusal::new(Code::GaugeMissing, Evidence { step, kind: Some((*kind).to_owned()), ..Evidence::default() })
        }
        Need::Check { check, point, left } => Refusal::new(
            Code::CheckMissing,
            Evidence {
                step,
                check: Some(check.id.clone()),
                point: point.cloned(),
                needed: Some(*left),
                ..Evidence::default()
            },
        ),
        Need::Signature(sign_off) => {
            Refusal::new(Code::SignatureMissing, Evidence { step, role: Some(sign_off.role), ..Evidence::default() })
        }
        Need::FirstPiece => {
            let (role, first) = (first_piece::APPROVERS.first().copied(), Some(bench.unit.clone()));
            Refusal::new(Code::SignatureMissing, Evidence { step, first, role, ..Evidence::default() })
        }
    }
}

/// The operator fails the step: the unit is nonconforming, and is put down.
pub(super) fn fail(case: &Case<'_>, reason: &str) -> Answer {
    let bench = case.work()?;
    if bench.traveller.standing == Standing::Nonconforming {
        return Err(opening::nonconforming(bench.traveller));
    }
    if bench.traveller.is_sample() {
        let mut drafts = Vec::new();
        let did = golden::over(case, bench, golden::End::Said(reason), &mut drafts)?;
        return done(did, Some(bench.unit.clone()), drafts);
    }
    let defect = DefectId::parse(reason).ok().filter(|d| bench.route.defects.contains_key(d));
    let about = About { reason: Some(reason.to_owned()), ..case.about_step(bench.traveller, &bench.step.id) };
    let failed = What::StepFailed(StepFailed { because: Failure::Operator, defect });
    let closed = What::UnitClosed(UnitClosed { why: PutDown::Done });
    let mut drafts = loading::traces(case, bench);
    drafts.push(on_unit(bench.unit, about, failed));
    drafts.push(seen(Some(bench.traveller), case.about_unit(bench.traveller), closed));
    done(Did::StepFailed, Some(bench.unit.clone()), drafts)
}

/// Whether the operator may begin another attempt after the one that goes on.
pub(super) fn may_retest(bench: Bench<'_>) -> bool {
    let allowed = bench.step.retest.as_ref().map_or(0, |r| r.max);
    let step = &bench.step.id;
    bench.traveller.retests(step) < allowed
        && bench.traveller.failed_attempts(step).saturating_add(1) < bench.step.attempts
}

/// The operator begins another attempt: checks are needed again, material stays.
pub(super) fn retest(case: &Case<'_>, reason: &str) -> Answer {
    let bench = case.work()?;
    let step = &bench.step.id;
    let attempt = bench.traveller.current(step);
    let failed = attempt.filter(|a| a.result.as_ref().is_none_or(|r| r.how != Ended::Failed)).and_then(|a| a.failed());
    if failed.is_none() {
        if bench.traveller.standing == Standing::Nonconforming {
            return Err(opening::nonconforming(bench.traveller));
        }
        return Err(Refusal::new(Code::BadInput, Evidence { step: Some(step.clone()), ..Evidence::default() }));
    }
    let reasons = bench.step.retest.as_ref().map(|r| r.reasons.as_slice()).unwrap_or_default();
    if !reasons.is_empty() && !reasons.iter().any(|r| r == reason) {
        let fits = reasons.to_vec();
        return Err(Refusal::new(Code::BadInput, Evidence { step: Some(step.clone()), fits, ..Evidence::default() }));
    }
    if !may_retest(bench) {
        let allowed = Some(bench.step.attempts);
        return Err(Refusal::new(
            Code::AttemptsUsed,
            Evidence { step: Some(step.clone()), allowed, ..Evidence::default() },
        ));
    }
    let about = About { reason: Some(reason.to_owned()), ..case.about_step(bench.traveller, step) };
    done(Did::RetestBegun, Some(bench.unit.clone()), vec![on_unit(bench.unit, about, What::RetestBegun(Nothing))])
}

/// The operator takes back the last record of his own; a failed one stays.
pub(super) fn void(case: &Case<'_>, reason: &str) -> Answer {
    let bench = case.work()?;
    let step = &bench.step.id;
    if bench.traveller.standing == Standing::Nonconforming {
        return Err(opening::nonconforming(bench.traveller));
    }
    let mine = |by: &Option<crate::domain::id::Badge>| by.as_ref() == case.operator();
    let attempt = bench.traveller.current(step);
    let last = attempt.and_then(|a| a.undo.iter().rev().find(|u| mine(&u.by)));
    let Some(last) = last else {
        return Err(Refusal::new(Code::CheckMissing, Evidence { step: Some(step.clone()), ..Evidence::default() }));
    };
    if last.failed {
        let evidence = Evidence { step: Some(step.clone()), event: Some(last.event.clone()), ..Evidence::default() };
        return Err(Refusal::new(Code::CheckFailed, evidence));
    }
    let about = About {
        reason: Some(reason.to_owned()),
        corrects: Some(last.event.clone()),
        ..case.about_step(bench.traveller, step)
    };
    let what = What::ObservationVoided(ObservationVoided { of: last.of.clone() });
    done(Did::Voided, Some(bench.unit.clone()), vec![on_unit(bench.unit, about, what)])
}

/// The operator leaves out the open step, while it is optional and nothing is recorded in it; or turns to another step
/// of its group first.
pub(super) fn skip(case: &Case<'_>) -> Answer {
    let bench = case.work()?;
    let of = Evidence { step: Some(bench.step.id.clone()), ..Evidence::default() };
    if bench.traveller.standing == Standing::Nonconforming {
        return Err(opening::nonconforming(bench.traveller));
    }
    if bench.traveller.touched() {
        return Err(Refusal::new(Code::AlreadyRecorded, of));
    }
    let class = case.now.station.as_ref().map(|p| &p.class);
    if let Some(other) = way::in_turn(bench.traveller, bench.route, class) {
        return opening::turn_to(case, bench, other);
    }
    let following = way::after(bench.traveller, bench.route, bench.step, &[], class);
    let Some(following) = following.filter(|_| way::may_be_left_out(bench.traveller, bench.step)) else {
        return Err(Refusal::new(Code::BadInput, of));
    };
    let about = case.about_step(bench.traveller, &bench.step.id);
    let skipped = What::StepSkipped(StepSkipped { next: way::next(following) });
    let mut drafts = vec![on_unit(bench.unit, about.clone(), skipped)];
    if !passing::goes_on(case, bench, following) {
        let closed = What::UnitClosed(UnitClosed { why: PutDown::Done });
        drafts.push(seen(Some(bench.traveller), further(about), closed));
    }
    done(Did::StepSkipped, Some(bench.unit.clone()), drafts)
}

/// The operator puts the unit down, its step unfinished or not.
pub(super) fn close(case: &Case<'_>) -> Answer {
    if let Some(answer) = packing::put_aside(case) {
        return answer;
    }
    case.worker()?;
    let Some(unit) = case.open.unit.clone() else { return Err(Refusal::bare(Code::NothingOpen)) };
    let closed = What::UnitClosed(UnitClosed { why: PutDown::Closed });
    let mut drafts = loading::traces_of_open(case, &[]);
    drafts.push(seen(Some(case.open), case.about_unit(case.open), closed));
    done(Did::Closed, Some(unit), drafts)
}

/// The operator stops the open unit.
pub(super) fn hold(case: &Case<'_>, reason: &str) -> Answer {
    case.worker()?;
    let Some(unit) = case.open.unit.clone() else { return Err(Refusal::bare(Code::NothingOpen)) };
    disposing::may_be_held(case, case.open, reason)?;
    let about = About { reason: Some(reason.to_owned()), ..case.about_unit(case.open) };
    let closed = What::UnitClosed(UnitClosed { why: PutDown::Closed });
    let mut drafts = loading::traces_of_open(case, &[]);
    drafts.push(on_unit(&unit, about, What::UnitHeld(UnitHeld::default())));
    drafts.push(seen(Some(case.open), case.about_unit(case.open), closed));
    done(Did::UnitHeld, Some(unit), drafts)
}
