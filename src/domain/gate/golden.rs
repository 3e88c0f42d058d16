//! Golden samples: a tester passes nothing before it found in them what it should.

use crate::domain::event::{About, Purpose};
use crate::domain::facts::Other;
use crate::domain::golden::{Every, Golden, SampleRun};
use crate::domain::id::{CheckId, UnitId};
use crate::domain::paper::minute;
use crate::domain::person::Person;
use crate::domain::refusal::{Code, Evidence, Refusal};
use crate::domain::route::{ClockRule, Route, Step};
use crate::domain::time::SECOND;
use crate::domain::way;
use crate::domain::what::{GoldenRun, PutDown, UnitClosed, UnitOpened, UnitStarted, What};

use super::case::{Answer, Bench, Case, done, further, on_unit, seen};
use super::decision::{Did, Draft};
use super::fitness::{Job, right_person, right_place};
use super::nests::{self, Place};
use super::settling::unbroken;
use super::{opening, paper};

/// Refuses to take a unit up where the tester is not proved, or was found wanting.
pub(super) fn proved(case: &Case<'_>, job: &Job<'_>) -> Result<(), Refusal> {
    let Some((golden, at)) = job.step.golden.as_ref().zip(case.station()) else { return Ok(()) };
    if job.traveller.is_sample() {
        return Ok(());
    }
    for (bad, samples) in golden.sorts() {
        let last = at.samples.last(&job.route.id, &job.step.id, samples);
        let of = Evidence { fits: samples.iter().map(ToString::to_string).collect(), ..job.evidence() };
        let of = Evidence { reason: Some(if bad { "bad" } else { "good" }.to_owned()), ..of };
        match last {
            None => return Err(Refusal::new(Code::GoldenDue, of)),
            Some(run) if !run.passed => return Err(failed(run, of)),
            Some(run) if !counts(case, job.route.clock, golden, run) => {
                let (at, event) = (Some(run.moment.at), Some(run.event.clone()));
                return Err(Refusal::new(Code::GoldenDue, Evidence { at, event, until: golden.until(run), ..of }));
            }
            Some(_) => {}
        }
    }
    Ok(())
}

/// Refuses to pass a unit that was taken up before the tester was found wanting.
pub(super) fn not_found_wanting(bench: Bench<'_>) -> Result<(), Refusal> {
    let Some(golden) = &bench.step.golden else { return Ok(()) };
    for (_, samples) in golden.sorts() {
        let last = bench.at.samples.last(&bench.route.id, &bench.step.id, samples);
        if let Some(run) = last.filter(|run| !run.passed) {
            let fits = samples.iter().map(ToString::to_string).collect();
            return Err(failed(run, Evidence { fits, step: Some(bench.step.id.clone()), ..Evidence::default() }));
        }
    }
    Ok(())
}

fn failed(run: &SampleRun, of: Evidence) -> Refusal {
    let (at, event) = (Some(run.moment.at), Some(run.event.clone()));
    let evidence = Evidence { first: Some(run.unit.clone()), check: run.check.clone(), at, event, ..of };
    Refusal::new(Code::GoldenFailed, evidence)
}

/// Whether a run still counts. Where nobody can say how long ago it was, it does not: to run it again helps.
fn counts(case: &Case<'_>, rule: ClockRule, golden: &Golden, run: &SampleRun) -> bool {
    if case.paper().is_some_and(|paper| minute(paper.time) < minute(run.moment.at)) {
        // It says nothing of the tester before it.
        return false;
    }
    match golden.every {
        Every::Shift => case.turn().as_ref() == Some(&run.turn),
        Every::Minutes(most) => {
            let elapsed = run.moment.until(&case.moment(), case.newest());
            (elapsed.certain || rule == ClockRule::Any) && elapsed.best <= i64::from(most) * 60 * SECOND
        }
    }
}

/// Refuses to run a sample on paper. It proves the tester from the moment of its run on, and nobody can try that again.
pub(super) fn is_live(case: &Case<'_>, unit: &UnitId) -> Result<(), Refusal> {
    let Some(refusal) = paper::stands_open(case) else { return Ok(()) };
    Err(Refusal::new(refusal.code, Evidence { unit: Some(unit.clone()), ..*refusal.evidence }))
}

/// A golden sample comes by for the first time: its record begins at the step that it is the sample of.
pub(super) fn begin(
    case: &Case<'_>,
    unit: &UnitId,
    other: &Other,
    (route, step): (&Route, &Step),
    supervisor: Option<&Person>,
) -> Answer {
    unbroken(case, &other.traveller)?;
    if let Some(claim) = case.facts.claim.as_ref().filter(|claim| claim.withdrawn) {
        let (id, revision) = (Some(claim.route.clone()), Some(claim.revision.clone()));
        let (unit, event) = (Some(unit.clone()), Some(claim.event.clone()));
        let evidence = Evidence { unit, route: id, revision, event, ..Evidence::default() };
        return Err(Refusal::new(Code::RouteWithdrawn, evidence));
    }
    let job = Job { unit, traveller: &other.traveller, route, step, supervisor };
    is_live(case, unit)?;
    right_place(case, unit, step)?;
    right_person(case, &job)?;
    let Place { nest, alone } = nests::room(case, unit, (route, step))?;
    let mut drafts = if alone { opening::put_down(case) } else { Vec::new() };
    let about = About {
        unit: Some(unit.clone()),
        route: Some(route.id.clone()),
        revision: Some(route.revision.clone()),
        purpose: Some(Purpose::Golden),
        ..case.about()
    };
    let started = UnitStarted { first: way::next(step), variant: None };
    drafts.push(on_unit(unit, about.clone(), What::UnitStarted(started)));
    let about = further(About { step: Some(step.id.clone()), nest, ..about });
    let supervisor = supervisor.map(|p| p.badge.clone());
    let opened = UnitOpened { takeover_from: None, supervisor, due: None };
    drafts.push(seen(None, about, What::UnitOpened(opened)));
    done(Did::UnitOpened, Some(unit.clone()), drafts)
}

/// The run of a sample ends: with its last need, with the first observation that failed, or because the operator says
/// that it failed. The sample stays where it is.
pub(super) fn over(case: &Case<'_>, bench: Bench<'_>, end: End<'_>, drafts: &mut Vec<Draft>) -> Result<Did, Refusal> {
    let turn = case.now.turn().ok_or_else(|| case.clock_untrusted(&Evidence::default()))?;
    let bad = bench.step.golden.as_ref().is_some_and(|golden| golden.bad.contains(bench.unit));
    let (passed, check, reason) = match end {
        End::AllPassed => (!bad, None, None),
        End::Failed(check) => (bad, Some(check.clone()), None),
        End::Said(reason) => (false, None, Some(reason.to_owned())),
    };
    let about = case.about_step(bench.traveller, &bench.step.id);
    let about = if drafts.is_empty() { about } else { further(about) };
    let about = About { reason, ..about };
    drafts.push(on_unit(bench.unit, about.clone(), What::GoldenRun(GoldenRun { bad, passed, check, turn })));
    let closed = What::UnitClosed(UnitClosed { why: PutDown::Done });
    drafts.push(seen(Some(bench.traveller), further(About { reason: None, ..about }), closed));
    Ok(if passed { Did::GoldenPassed } else { Did::GoldenFailed })
}

/// How a run ends.
#[derive(Clone, Copy)]
pub(super) enum End<'a> {
    /// Every observation passed.
    AllPassed,
    /// One failed.
    Failed(&'a CheckId),
    /// The operator says that it failed.
    Said(&'a str),
}
