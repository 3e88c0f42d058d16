//! Observations: numbers within limits, yes or no, texts, choices, and labels that must read right.

use crate::domain::command_code::CommandCode;
use crate::domain::event::{About, How, Link};
use crate::domain::id::{CheckId, DeviceId, Point};
use crate::domain::need::{Need, check_need};
use crate::domain::number::Number;
use crate::domain::refusal::{Code, Evidence, Refusal};
use crate::domain::route::{Check, CheckKind, Typed};
use crate::domain::station::Pending;
use crate::domain::structured::without_symbology;
use crate::domain::text::is_safe;
use crate::domain::traveller::Standing;
use crate::domain::what::{CheckRecorded, Failure, StepFailed, What};

use super::case::{Answer, Bench, Case, further, on_unit};
use super::decision::{Decision, Did};
use super::reading::expected;
use super::{finishing, gauges, golden, loading, passing};

/// Characters that a text observation may have.
pub(super) const TEXT_CHARS_MOST: usize = 120;

/// From this version on a command code is no answer to a text check, as no badge and no unit is.
const TEXTS_ARE_NO_CODES: u32 = 2;

/// A scan that a scanned check expects.
pub(super) fn scanned(case: &Case<'_>, check: &Check, point: Option<&Point>, text: &str) -> Answer {
    let bench = case.work()?;
    case.scanned_where(check.typed, &bench.place(), || *refusal(Code::TypedEntry, bench, check, point, text).evidence)?;
    record(case, bench, &Seen { check, point, value: text, passed: true, how: case.how(), gauge: None, corrects: None })
}

/// A value that was typed or measured, for the named check or the next open one.
pub(super) fn value(
    case: &Case<'_>,
    value: &str,
    named: Option<&CheckId>,
    point: Option<&Point>,
    gauge: Option<&DeviceId>,
) -> Answer {
    let bench = case.work()?;
    let (check, point) = which(bench, named, point)?;
    if check.typed == Typed::Refuse && (gauge.is_none() || case.paper().is_some()) {
        case.unless_let_go(&bench.place(), refusal(Code::TypedEntry, bench, check, point, value))?;
    }
    let measured_with = gauges::measuring(case, bench, check, gauge)?;
    let passed = judge(case, bench, check, point, value, gauge.is_some())?;
    let how = gauge.map_or(How::Typed, |g| How::Gauge(g.clone()));
    let pending = pending(case, check, point);
    let asked_twice = matches!(check.kind, CheckKind::Number { .. } | CheckKind::Scan { .. });
    if !passed && gauge.is_none() && asked_twice && pending.is_none_or(|(said, _)| said != value) {
        let asked_back = refusal(Code::ConfirmValue, bench, check, point, value);
        let permit = widened(case, bench, check, value).err().and_then(|no| no.evidence.permit);
        return Err(Refusal::new(Code::ConfirmValue, Evidence { permit, ..*asked_back.evidence }));
    }
    let corrects = pending.filter(|(said, _)| *said != value).map(|(_, event)| event.clone());
    record(case, bench, &Seen { check, point, value, passed, how, gauge: measured_with, corrects })
}

/// Whether a value of a load passes. A typed one outside its limits is typed twice.
pub(super) fn judge_of_load(
    case: &Case<'_>,
    bench: Bench<'_>,
    check: &Check,
    value: &str,
    gauge: Option<&DeviceId>,
) -> Result<bool, Refusal> {
    if check.typed == Typed::Refuse && (gauge.is_none() || case.paper().is_some()) {
        return Err(refusal(Code::TypedEntry, bench, check, None, value));
    }
    let passed = judge(case, bench, check, None, value, gauge.is_some())?;
    let asked_twice = matches!(check.kind, CheckKind::Number { .. } | CheckKind::Scan { .. });
    if !passed && gauge.is_none() && asked_twice && pending(case, check, None).is_none_or(|(said, _)| said != value) {
        return Err(refusal(Code::ConfirmValue, bench, check, None, value));
    }
    Ok(passed)
}

/// What was typed a moment ago for the same check, and asked back.
fn pending<'a>(case: &Case<'a>, check: &Check, at: Option<&Point>) -> Option<(&'a str, &'a Link)> {
    match case.station()?.pending.as_ref()? {
        Pending::Value { check: asked, point, value, event } if *asked == check.id && point.as_ref() == at => {
            Some((value, event))
        }
        Pending::Value { .. }
        | Pending::Start(_)
        | Pending::Pieces { .. }
        | Pending::Carton(_)
        | Pending::Supervise(_)
        | Pending::SuperviseAll { .. } => None,
    }
}

/// The check and the point that a value is for.
fn which<'a>(
    bench: Bench<'a>,
    named: Option<&CheckId>,
    at: Option<&Point>,
) -> Result<(&'a Check, Option<&'a Point>), Refusal> {
    let needs = bench.needs();
    let Some(id) = named else {
        let next = needs
            .iter()
            .find_map(|n| if let Need::Check { check, point, .. } = n { Some((*check, *point)) } else { None });
        return next.ok_or_else(|| nothing_to_observe(bench));
    };
    let check = bench.step.check(id).ok_or_else(|| elsewhere(bench, id))?;
    let next = check_need(&needs, id).and_then(|n| if let Need::Check { point, .. } = n { *point } else { None });
    let point = match at {
        Some(at) => {
            let known = check.points.iter().find(|p| *p == at);
            Some(known.ok_or_else(|| refusal(Code::CheckMalformed, bench, check, Some(at), at.as_str()))?)
        }
        None => next.or_else(|| check.points.last()),
    };
    let attempt = bench.traveller.current(&bench.step.id);
    if let Some(before) = attempt.and_then(|a| a.observation(id, point)) {
        let evidence = Evidence {
            step: Some(bench.step.id.clone()),
            check: Some(id.clone()),
            point: point.cloned(),
            value: Some(before.value.clone()),
            at: Some(before.at),
            by: before.by.clone(),
            event: Some(before.event.clone()),
            ..Evidence::default()
        };
        return Err(Refusal::new(Code::AlreadyRecorded, evidence));
    }
    Ok((check, point))
}

/// No observation is open: the step has none, or has them all.
fn nothing_to_observe(bench: Bench<'_>) -> Refusal {
    let code = if bench.step.checks.is_empty() { Code::CheckMalformed } else { Code::AlreadyRecorded };
    Refusal::new(code, Evidence { step: Some(bench.step.id.clone()), ..Evidence::default() })
}

/// The check is of another step, or of none.
fn elsewhere(bench: Bench<'_>, id: &CheckId) -> Refusal {
    let here = bench.route.position(&bench.step.id);
    let of = bench.route.steps.iter().position(|s| s.check(id).is_some());
    let code = match (of, here) {
        (Some(of), Some(here)) if of < here => Code::AlreadyPassed,
        (Some(_), _) => Code::OutOfSequence,
        (None, _) => Code::CheckMalformed,
    };
    let evidence = Evidence {
        check: Some(id.clone()),
        step: of.and_then(|i| bench.route.steps.get(i)).map(|s| s.id.clone()),
        due_step: Some(bench.step.id.clone()),
        ..Evidence::default()
    };
    Refusal::new(code, evidence)
}

fn refusal(code: Code, bench: Bench<'_>, check: &Check, point: Option<&Point>, value: &str) -> Refusal {
    let limits = match &check.kind {
        CheckKind::Number { limits, plausible } => match (code, plausible) {
            (Code::Implausible, Some((low, high))) => Some(format!("{low} .. {high} {}", limits.unit)),
            _ => Some(limits.to_string()),
        },
        CheckKind::Choice { pass, fail } => Some(pass.iter().chain(fail).cloned().collect::<Vec<_>>().join(", ")),
        CheckKind::Confirm => Some("pass, fail".to_owned()),
        CheckKind::Text { .. } | CheckKind::Scan { .. } => None,
    };
    let shown = crate::domain::text::display_safe(value);
    Refusal::new(
        code,
        Evidence {
            step: Some(bench.step.id.clone()),
            check: Some(check.id.clone()),
            point: point.cloned(),
            value: Some(crate::domain::text::clipped(&shown, TEXT_CHARS_MOST).into_owned()),
            limits,
            ..Evidence::default()
        },
    )
}

/// Whether a value passes; refuses one that is no answer to the check at all.
fn judge(
    case: &Case<'_>,
    bench: Bench<'_>,
    check: &Check,
    point: Option<&Point>,
    value: &str,
    measured: bool,
) -> Result<bool, Refusal> {
    let malformed = || refusal(Code::CheckMalformed, bench, check, point, value);
    match &check.kind {
        CheckKind::Number { limits, plausible } => {
            let number: Number = value.parse().map_err(|_bad| malformed())?;
            if !measured && number.scale() < limits.digits() {
                return Err(malformed());
            }
            if plausible.is_some_and(|(low, high)| number < low || high < number) {
                return Err(refusal(Code::Implausible, bench, check, point, value));
            }
            if limits.contain(number) {
                return Ok(true);
            }
            match widened(case, bench, check, value) {
                Err(no) if no.evidence.turned_by.is_some() => Err(no),
                within => Ok(within.is_ok()),
            }
        }
        CheckKind::Confirm => match value {
            "pass" => Ok(true),
            "fail" => Ok(false),
            _ => Err(malformed()),
        },
        CheckKind::Choice { pass, fail } => {
            let is = |options: &[String]| options.iter().any(|o| o == value);
            if is(pass) {
                Ok(true)
            } else if is(fail) {
                Ok(false)
            } else {
                Err(malformed())
            }
        }
        CheckKind::Text { pattern } => {
            let plain = !value.trim().is_empty()
                && value.chars().count() <= TEXT_CHARS_MOST
                && value.chars().all(is_safe)
                && pattern.as_ref().is_none_or(|p| p.matches(value));
            let body = if case.gate >= TEXTS_ARE_NO_CODES { without_symbology(value) } else { value };
            let is_code = case.gate >= TEXTS_ARE_NO_CODES && CommandCode::read(body).is_some();
            let names_another = is_code
                || case.facts.person(body).is_some()
                || case.facts.claim.is_some()
                || bench.unit.as_str() == body;
            if plain && !names_another { Ok(true) } else { Err(malformed()) }
        }
        CheckKind::Scan { .. } => {
            let plain = value.chars().all(is_safe) && value.chars().count() <= TEXT_CHARS_MOST;
            if plain { Ok(expected(bench, check, value)) } else { Err(malformed()) }
        }
    }
}

/// Whether a permit has wider limits for a value that lies outside those of the route.
fn widened(case: &Case<'_>, bench: Bench<'_>, check: &Check, value: &str) -> Result<(), Refusal> {
    case.unless_let_go(&bench.place(), refusal(Code::CheckFailed, bench, check, None, value))
}

/// One observation to record.
struct Seen<'a> {
    check: &'a Check,
    point: Option<&'a Point>,
    value: &'a str,
    passed: bool,
    how: How,
    gauge: Option<DeviceId>,
    corrects: Option<Link>,
}

fn record(case: &Case<'_>, bench: Bench<'_>, seen: &Seen<'_>) -> Answer {
    let needs = bench.needs();
    let about = About {
        how: Some(seen.how.clone()),
        corrects: seen.corrects.clone(),
        ..case.about_step(bench.traveller, &bench.step.id)
    };
    let what = What::CheckRecorded(CheckRecorded {
        check: seen.check.id.clone(),
        point: seen.point.cloned(),
        value: seen.value.to_owned(),
        passed: seen.passed,
        gauge: seen.gauge.clone(),
    });
    let mut drafts = vec![on_unit(bench.unit, about, what)];
    let mut did = Did::CheckRecorded;
    if !seen.passed && bench.traveller.is_sample() {
        did = golden::over(case, bench, golden::End::Failed(&seen.check.id), &mut drafts)?;
    } else if !seen.passed && bench.traveller.standing == Standing::InProcess && !finishing::may_retest(bench) {
        let about = further(case.about_step(bench.traveller, &bench.step.id));
        drafts.extend(loading::traces(case, bench));
        let because = Failure::Check(seen.check.id.clone());
        drafts.push(on_unit(bench.unit, about, What::StepFailed(StepFailed { because, defect: None })));
    }
    if seen.passed && finishing::is_last(&needs) {
        did = passing::advance(case, bench, &mut drafts, None).unwrap_or(did);
    }
    let unit = Some(bench.unit.clone());
    Ok(Decision { answer: Ok(did), drafts, unit, rests_on: None, passed: Some(seen.passed), then: Vec::new() })
}
