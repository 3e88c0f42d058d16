//! Loads: units go in, the load begins, and it ends for all of them after its time. Each unit is then decided by
//! itself: it passes the step, goes on with what is observed of it alone, or fails.

use crate::domain::command::Command;
use crate::domain::event::{About, How};
use crate::domain::id::{CheckId, DeviceId, UnitId};
use crate::domain::load::{InLoad, Load, LoadAct, LoadOver};
use crate::domain::need::Need;
use crate::domain::number::Number;
use crate::domain::refusal::{Code, Evidence, Refusal};
use crate::domain::route::{Advance, Check};
use crate::domain::time::SECOND;
use crate::domain::traveller::{Standing, Traveller};
use crate::domain::what::{
    CheckRecorded, Failure, LoadBegun, LoadChecked, LoadEnded, LoadEntered, Nothing, StepFailed, What,
};

use super::case::{Answer, Bench, Case, done, further, on_unit, seen, stands};
use super::decision::{Decision, Did, Draft};
use super::fitness::Job;
use super::{gauges, observing, paper, passing};

/// From this version on the record of a load says who stood by, and what was measured with.
const LOADS_TELL_ALL: u32 = 5;
/// From this version on a load does not begin on paper before its units went in, and nothing is observed of it then.
const FILLED_FIRST: u32 = 5;

/// What is done with the load of the station.
pub(super) fn act(case: &Case<'_>, act: &LoadAct) -> Answer {
    case.worker()?;
    match act {
        LoadAct::Begin => begin(case),
        LoadAct::End => end(case),
        LoadAct::Unload { unit } => unload(case, unit),
        LoadAct::TakeOut { unit } => take_out(case, unit),
    }
}

fn load<'a>(case: &Case<'a>) -> Result<&'a Load, Refusal> {
    case.station().and_then(|s| s.load.as_ref()).ok_or_else(|| Refusal::bare(Code::NothingOpen))
}

/// The refusal of what the load that is open here does not allow.
fn in_the_way(load: &Load, why: Evidence) -> Refusal {
    let begun = load.begun.as_ref().map(|moment| moment.at);
    let evidence = Evidence { load: Some(load.load.clone()), step: Some(load.step.clone()), at: begun, ..why };
    Refusal::new(Code::LoadOpen, evidence)
}

/// What every event about a load says.
fn about(case: &Case<'_>, load: &Load) -> About {
    About {
        route: Some(load.route.clone()),
        revision: Some(load.revision.clone()),
        step: Some(load.step.clone()),
        load: Some(load.load.clone()),
        ..case.about()
    }
}

/// A unit that is in the load here was scanned again: nothing changes, however late it is by now.
pub(super) fn again(case: &Case<'_>, traveller: &Traveller) -> Option<Answer> {
    let here = case.now.station.as_ref().map(|place| &place.station);
    let inside = traveller.in_load.as_ref().filter(|inside| inside.station.as_ref() == here)?;
    Some(stands(Did::LoadEntered, traveller.unit.clone(), Some(inside.event.clone())))
}

/// A unit that is due for a step in loads goes into the one that is filled here, or begins a new one.
pub(super) fn enter(case: &Case<'_>, job: &Job<'_>, mut drafts: Vec<Draft>) -> Answer {
    let (rule, station) = job.step.load.as_ref().zip(case.station()).ok_or_else(|| Refusal::bare(Code::BadInput))?;
    let next = station.next_load();
    let of_unit = || Evidence { unit: Some(job.unit.clone()), ..Evidence::default() };
    let has_room =
        |units: usize| u32::try_from(units).is_ok_and(|units| units.saturating_add(case.still_to_come()) < rule.units);
    let name = match &station.load {
        None if !has_room(0) => {
            let evidence = Evidence { step: Some(job.step.id.clone()), allowed: Some(rule.units), ..of_unit() };
            return Err(Refusal::new(Code::LoadOpen, evidence));
        }
        None => next.ok_or_else(|| Refusal::bare(Code::BadInput))?,
        Some(load) => {
            let (route, revision) = (&job.route.id, &job.route.revision);
            let is_like = load.step == job.step.id && load.route == *route && load.revision == *revision;
            if load.begun.is_some() || !is_like {
                return Err(in_the_way(load, of_unit()));
            }
            if !has_room(load.units.len()) {
                return Err(in_the_way(load, Evidence { allowed: Some(rule.units), ..of_unit() }));
            }
            load.load.clone()
        }
    };
    let about = About { step: Some(job.step.id.clone()), load: Some(name), ..case.about_unit(job.traveller) };
    let supervisor = job.supervisor.filter(|_| case.gate >= LOADS_TELL_ALL).map(|person| person.badge.clone());
    drafts.push(seen(Some(job.traveller), about, What::LoadEntered(LoadEntered { supervisor })));
    done(Did::LoadEntered, Some(job.unit.clone()), drafts)
}

/// A unit is taken out before the load begins.
fn take_out(case: &Case<'_>, unit: &UnitId) -> Answer {
    let load = load(case)?;
    if load.begun.is_some() {
        return Err(in_the_way(load, Evidence { unit: Some(unit.clone()), ..Evidence::default() }));
    }
    let inside = case.facts.other(unit.as_str()).filter(|_| load.units.contains(unit));
    let unknown = || Refusal::new(Code::UnknownUnit, Evidence { unit: Some(unit.clone()), ..Evidence::default() });
    let traveller = &inside.ok_or_else(unknown)?.traveller;
    let (step, number) = (Some(load.step.clone()), Some(load.load.clone()));
    let about = About { step, load: number, ..case.about_unit(traveller) };
    done(Did::LoadLeft, Some(unit.clone()), vec![seen(Some(traveller), about, What::LoadLeft(Nothing))])
}

/// Refuses what is on a paper of a time at which the units were not in yet.
fn filled_before(case: &Case<'_>, load: &Load) -> Result<(), Refusal> {
    let filled = load.filled.filter(|_| case.gate >= FILLED_FIRST);
    filled.map_or(Ok(()), |filled| paper::not_before_last(case, load.units.last(), filled))
}

fn begin(case: &Case<'_>) -> Answer {
    let load = load(case)?;
    if load.begun.is_some() {
        return Err(in_the_way(load, Evidence::default()));
    }
    filled_before(case, load)?;
    let what = What::LoadBegun(LoadBegun { units: load.units.clone() });
    done(Did::LoadBegun, None, vec![seen(None, about(case, load), what)])
}

/// The load ends for all of its units: not before its time, and not without what is observed of it.
fn end(case: &Case<'_>) -> Answer {
    let load = load(case)?;
    let begun = load.begun.as_ref().ok_or_else(|| in_the_way(load, Evidence::default()))?;
    let bench = bench(case, load)?;
    let rule = bench.step.load.as_ref().ok_or_else(|| Refusal::bare(Code::RouteChanged))?;
    paper::not_before(case, begun.at, &in_the_way(load, Evidence::default()).evidence)?;
    let elapsed = begun.until(&case.moment(), case.newest());
    let micros = |minutes: u32| i64::from(minutes) * 60 * SECOND;
    let of = Evidence {
        step: Some(load.step.clone()),
        load: Some(load.load.clone()),
        at: Some(begun.at),
        ..Evidence::default()
    };
    let known = elapsed.certain || bench.route.clock == crate::domain::route::ClockRule::Any;
    let passed = if known { elapsed.best } else { elapsed.least };
    let is_late = rule.max.is_some_and(|max| passed > micros(max));
    let is_enough = rule.min.is_none_or(|min| passed >= micros(min));
    if !known && !is_late && (rule.max.is_some() || !is_enough) {
        return Err(case.clock_untrusted(&of));
    }
    if let Some(min) = rule.min.filter(|_| !is_enough) {
        let left = micros(min).saturating_sub(passed).saturating_add(60 * SECOND - 1) / (60 * SECOND);
        let left = u32::try_from(left).ok().map(Number::whole);
        let until = Some(begun.at.plus(micros(min)));
        return Err(Refusal::new(Code::TooEarly, Evidence { allowed: Some(min), left, until, ..of }));
    }
    if let Some(check) = rule.checks.iter().find(|check| load.seen(check).is_none()) {
        return Err(Refusal::new(Code::CheckMissing, Evidence { check: Some(check.clone()), needed: Some(1), ..of }));
    }
    let over = if is_late { LoadOver::TooLate } else { LoadOver::InTime };
    let draft = seen(None, about(case, load), What::LoadEnded(LoadEnded { over }));
    let then = load.units.iter().cloned().map(|unit| Command::Load(LoadAct::Unload { unit })).collect();
    Ok(Decision {
        answer: Ok(Did::LoadEnded),
        drafts: vec![draft],
        unit: None,
        rests_on: None,
        passed: Some(!is_late && load.seen.iter().all(|seen| seen.passed)),
        then,
    })
}

/// The first unit of the load at its step: what is observed of the load is what the step asks of each.
fn bench<'a>(case: &Case<'a>, load: &Load) -> Result<Bench<'a>, Refusal> {
    let first = load.units.first().and_then(|unit| case.facts.other(unit.as_str()));
    let first = first.ok_or_else(|| Refusal::bare(Code::NothingOpen))?;
    case.turned(first).bench()
}

/// The refusal of what is not done to a unit while it is in a load.
pub(super) fn inside(traveller: &Traveller, load: &InLoad) -> Refusal {
    let (unit, station, event) = (traveller.unit.clone(), load.station.clone(), Some(load.event.clone()));
    let load = Some(load.load.clone());
    Refusal::new(Code::UnitOpen, Evidence { unit, station, load, event, ..Evidence::default() })
}

/// Refuses a unit that is in a load: it is decided about when that is over.
pub(super) fn not_inside(traveller: &Traveller) -> Result<(), Refusal> {
    traveller.in_load.as_ref().map_or(Ok(()), |load| Err(inside(traveller, load)))
}

/// Refuses a step that is done in loads where the unit went through none.
pub(super) fn went_through(bench: Bench<'_>) -> Result<(), Refusal> {
    let step = Some(bench.step.id.clone());
    let wants = bench.traveller.wants_load(bench.step);
    if wants { Err(Refusal::new(Code::LoadOpen, Evidence { step, ..Evidence::default() })) } else { Ok(()) }
}

/// Whether a value is of the load: there is one, and no unit is open.
pub(super) fn is_meant(case: &Case<'_>, gauge: Option<&DeviceId>) -> bool {
    let may_be_measured = gauge.is_none() || case.gate >= LOADS_TELL_ALL;
    may_be_measured
        && case.open.unit.is_none()
        && case.facts.nests.is_empty()
        && case.station().is_some_and(|s| s.load.is_some())
}

/// A value of the load, typed or measured: for the named check, or the next one that is open.
pub(super) fn value(case: &Case<'_>, value: &str, named: Option<&CheckId>, sent_by: Option<&DeviceId>) -> Answer {
    case.worker()?;
    let load = load(case)?;
    filled_before(case, load)?;
    let bench = bench(case, load)?;
    let check = which(load, bench, named)?;
    let of_load = |no: Refusal| Refusal::new(no.code, Evidence { load: Some(load.load.clone()), ..*no.evidence });
    let gauge = match sent_by {
        None if case.gate < LOADS_TELL_ALL => None,
        _ => gauges::measuring(case, bench, check, sent_by).map_err(of_load)?,
    };
    let passed = observing::judge_of_load(case, bench, check, value, sent_by).map_err(of_load)?;
    let (check, value, gauge) = (check.id.clone(), value.to_owned(), sent_by.cloned().or(gauge));
    let about = About { how: sent_by.cloned().map(How::Gauge), ..about(case, load) };
    let draft = seen(None, about, What::LoadChecked(LoadChecked { check, value, passed, gauge }));
    Ok(Decision { passed: Some(passed), ..done(Did::CheckRecorded, None, vec![draft])? })
}

fn which<'a>(load: &Load, bench: Bench<'a>, named: Option<&CheckId>) -> Result<&'a Check, Refusal> {
    let rule = bench.step.load.as_ref().ok_or_else(|| Refusal::bare(Code::RouteChanged))?;
    let of = |check: Option<&CheckId>| Evidence {
        load: Some(load.load.clone()),
        step: Some(load.step.clone()),
        check: check.cloned(),
        ..Evidence::default()
    };
    let id = match named {
        Some(named) => rule.checks.iter().find(|check| *check == named),
        None => rule.checks.iter().find(|check| load.seen(check).is_none()),
    };
    if let Some(seen) = id.and_then(|id| load.seen(id)) {
        let (value, event) = (Some(seen.value.clone()), Some(seen.event.clone()));
        return Err(Refusal::new(Code::AlreadyRecorded, Evidence { value, event, ..of(id) }));
    }
    let code = if named.is_some() { Code::CheckMalformed } else { Code::AlreadyRecorded };
    id.and_then(|id| bench.step.check(id)).ok_or_else(|| Refusal::new(code, of(named)))
}

/// One unit is through with the load. What was observed of the load stands in its record; with its last need it passes.
fn unload(case: &Case<'_>, unit: &UnitId) -> Answer {
    let load = load(case)?;
    let inside = case.facts.other(unit.as_str()).filter(|_| load.units.contains(unit));
    let (over, inside) = load.over.zip(inside).ok_or_else(|| in_the_way(load, Evidence::default()))?;
    let case = case.turned(inside);
    let bench = case.bench()?;
    let about = || About { load: Some(load.load.clone()), ..further(case.about_step(bench.traveller, &bench.step.id)) };
    let mut drafts = vec![on_unit(unit, about(), What::UnitTreated(LoadEnded { over }))];
    for seen in &load.seen {
        let (check, value, passed) = (seen.check.clone(), seen.value.clone(), seen.passed);
        let recorded = CheckRecorded { check, point: None, value, passed, gauge: seen.gauge.clone() };
        drafts.push(on_unit(unit, about(), What::CheckRecorded(recorded)));
    }
    let did = Did::LoadEnded;
    if bench.traveller.standing != Standing::InProcess {
        return done(did, Some(unit.clone()), drafts);
    }
    let failed = load.seen.iter().find(|seen| !seen.passed).map(|seen| Failure::Check(seen.check.clone()));
    if let Some(because) = failed.or((over == LoadOver::TooLate).then_some(Failure::Late)) {
        drafts.push(on_unit(unit, about(), What::StepFailed(StepFailed { because, defect: None })));
        return done(did, Some(unit.clone()), drafts);
    }
    let is_over = |need: &Need<'_>| matches!(need, Need::Check { check, .. } if load.seen(&check.id).is_some());
    let goes_on = bench.step.advance == Advance::Auto && !bench.traveller.is_held();
    let passes = goes_on && bench.needs().iter().all(is_over);
    if passes {
        // Where what it rests on does not allow that, whoever opens it is told why.
        let before = drafts.len();
        if passing::passed(&case, bench, &mut drafts, None).is_err() {
            drafts.truncate(before);
        }
    }
    done(did, Some(unit.clone()), drafts)
}
