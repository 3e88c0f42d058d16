//! Gauges: registered, calibrated, chosen at a station, and refused when their calibration does not count.

use crate::domain::command::Command;
use crate::domain::event::About;
use crate::domain::gauge::{Gauge, GaugeStanding, KIND_CHARS_MOST};
use crate::domain::id::{Badge, DeviceId};
use crate::domain::need::Need;
use crate::domain::refusal::{Code, Evidence, Refusal};
use crate::domain::role::Role;
use crate::domain::route::{Check, CheckKind, ClockRule, Typed};
use crate::domain::text::is_safe;
use crate::domain::time::Day;
use crate::domain::what::{GaugeCalibrated, GaugeChanged, GaugeRegistered, GaugeSelected, What};

use super::case::{Answer, Bench, Case, done, seen, stands};
use super::decision::{Did, Draft, Subject};
use super::people::{authority, by_hand};
use super::waiving::Place;
use super::{finishing, passing};

/// From this version on a gauge that measures is one that was registered, where the route asks for one.
const GAUGES_ARE_KNOWN: u32 = 3;

fn about_gauge(code: Code, gauge: &DeviceId) -> Refusal {
    Refusal::new(code, Evidence { gauge: Some(gauge.clone()), ..Evidence::default() })
}

fn may_measure(case: &Case<'_>, rule: ClockRule, gauge: &Gauge, place: &Place<'_>) -> Result<(), Refusal> {
    let of = Evidence {
        gauge: Some(gauge.gauge.clone()),
        found_kind: Some(gauge.kind.clone()),
        event: Some(gauge.event.clone()),
        ..Evidence::default()
    };
    match gauge.standing {
        GaugeStanding::Good => {}
        GaugeStanding::OutOfTolerance | GaugeStanding::Retired => {
            let reason = Some(gauge.standing.word().to_owned());
            return Err(Refusal::new(Code::GaugeOverdue, Evidence { reason, ..of }));
        }
    }
    if case.is_over(rule, gauge.due, &of)? {
        let overdue = Refusal::new(Code::GaugeOverdue, Evidence { expired: Some(gauge.due), ..of });
        return case.unless_let_go(place, overdue);
    }
    Ok(())
}

/// The station measures with this gauge, until the operator takes another one of its kind or leaves.
pub(super) fn select(case: &Case<'_>, gauge: &Gauge) -> Answer {
    case.worker()?;
    let bench = case.bench().ok();
    let kinds = bench.map(|b| b.step.gauge_kinds()).unwrap_or_default();
    if !kinds.is_empty() && !kinds.contains(&gauge.kind.as_str()) {
        let evidence = Evidence {
            step: bench.map(|b| b.step.id.clone()),
            gauge: Some(gauge.gauge.clone()),
            kind: kinds.first().map(|k| (*k).to_owned()),
            found_kind: Some(gauge.kind.clone()),
            event: Some(gauge.event.clone()),
            ..Evidence::default()
        };
        return Err(Refusal::new(Code::GaugeMissing, evidence));
    }
    // Without a unit nobody knows the route's rule; where a value is measured it is asked again.
    let place = bench.map_or_else(Place::default, |b| b.place());
    may_measure(case, bench.map_or(ClockRule::Any, |b| b.route.clock), gauge, &place)?;
    let unit = case.open.unit.clone();
    if case.station().and_then(|s| s.gauge(&gauge.kind)) == Some(&gauge.gauge) {
        return stands(Did::GaugeSelected, unit, Some(gauge.event.clone()));
    }
    let what = What::GaugeSelected(GaugeSelected { gauge: gauge.gauge.clone(), kind: gauge.kind.clone() });
    let mut drafts = vec![seen(None, case.about(), what)];
    let mut did = Did::GaugeSelected;
    if let Some(bench) = bench
        && case.work().is_ok()
        && matches!(bench.needs().as_slice(), [Need::Gauge(kind)] if *kind == gauge.kind)
    {
        did = passing::advance(case, bench, &mut drafts, None).unwrap_or(did);
    }
    done(did, unit, drafts)
}

/// The gauge that a value of a check is measured with: the one that sent it, or the one chosen for its kind. Refused
/// where a gauge is asked for and none that counts is there.
pub(super) fn measuring(
    case: &Case<'_>,
    bench: Bench<'_>,
    check: &Check,
    sent_by: Option<&DeviceId>,
) -> Result<Option<DeviceId>, Refusal> {
    if case.gate < GAUGES_ARE_KNOWN {
        return Ok(None);
    }
    if let Some(id) = sent_by {
        // Where the route asks for no gauge, the name of one that nobody registered is on record, and says no more.
        let is_asked = check.typed == Typed::Refuse || !bench.step.gauge_kinds().is_empty();
        if is_asked || case.facts.gauge(id.as_str()).is_some() {
            known(case, bench, &kinds_for(bench, check), id)?;
        }
        return Ok(None);
    }
    let is_number = matches!(check.kind, CheckKind::Number { .. });
    // What is only found good or bad may come before its gauge is chosen; a chosen one has to count all the same.
    let counts = |kind: &&str| is_number || bench.at.gauge(kind).is_some();
    let kinds: Vec<&str> = match check.source_gauge.as_deref() {
        Some(kind) => vec![kind],
        None => bench.step.gauges.iter().map(String::as_str).filter(counts).collect(),
    };
    let mut with = Vec::new();
    for kind in &kinds {
        let id = bench.at.gauge(kind).ok_or_else(|| finishing::missing(bench, &Need::Gauge(kind)))?;
        with.push(known(case, bench, &[kind], id)?);
    }
    // Of several gauges nobody knows which one this value came from, nor what was only looked at.
    let is_measured = is_number || check.source_gauge.is_some();
    Ok(if let ([one], true) = (with.as_slice(), is_measured) { Some(one.gauge.clone()) } else { None })
}

/// The gauges that are chosen for the kinds that the open step asks for, by this very action too.
pub(super) fn chosen(bench: Bench<'_>, drafts: &[Draft]) -> Vec<DeviceId> {
    let just = |kind: &str| {
        let of_kind = |d: &Draft| {
            if let What::GaugeSelected(e) = &d.what { (e.kind == kind).then(|| e.gauge.clone()) } else { None }
        };
        drafts.iter().find_map(of_kind)
    };
    bench.step.gauge_kinds().into_iter().filter_map(|k| just(k).or_else(|| bench.at.gauge(k).cloned())).collect()
}

/// What the step itself measures with still counts as it passes: it may ask for no value that would have told before.
/// One that was chosen by this very action was looked at already.
pub(super) fn still_count(case: &Case<'_>, bench: Bench<'_>, drafts: &[Draft]) -> Result<(), Refusal> {
    let chosen = |kind: &str| drafts.iter().any(|d| matches!(&d.what, What::GaugeSelected(e) if e.kind == kind));
    for kind in bench.step.gauges.iter().filter(|kind| !chosen(kind)) {
        let id = bench.at.gauge(kind).ok_or_else(|| finishing::missing(bench, &Need::Gauge(kind)))?;
        known(case, bench, &[kind], id)?;
    }
    Ok(())
}

/// The kinds of gauges that a value of a check may be sent by; none: any.
fn kinds_for<'a>(bench: Bench<'a>, check: &'a Check) -> Vec<&'a str> {
    let of_step = || bench.step.gauges.iter().map(String::as_str).collect();
    check.source_gauge.as_deref().map_or_else(of_step, |kind| vec![kind])
}

/// A registered gauge of one of these kinds, whose calibration counts.
fn known<'a>(case: &Case<'a>, bench: Bench<'_>, kinds: &[&str], id: &DeviceId) -> Result<&'a Gauge, Refusal> {
    let missing = |found: Option<&Gauge>| {
        let evidence = Evidence {
            step: Some(bench.step.id.clone()),
            gauge: Some(id.clone()),
            kind: kinds.first().map(|kind| (*kind).to_owned()),
            found_kind: found.map(|g| g.kind.clone()),
            event: found.map(|g| g.event.clone()),
            ..Evidence::default()
        };
        Refusal::new(Code::GaugeMissing, evidence)
    };
    let gauge = case.facts.gauge(id.as_str()).ok_or_else(|| missing(None))?;
    if !kinds.is_empty() && !kinds.contains(&gauge.kind.as_str()) {
        return Err(missing(Some(gauge)));
    }
    may_measure(case, bench.route.clock, gauge, &bench.place())?;
    Ok(gauge)
}

/// A gauge is registered. Its number may be nothing else that a scan could mean.
pub(super) fn register(case: &Case<'_>, command: &Command) -> Answer {
    let Command::RegisterGauge { gauge, kind, due, by } = command else { return Err(Refusal::bare(Code::BadInput)) };
    authority(case, by, &[Role::Lead, Role::Quality])?;
    if case.facts.gauge(gauge.as_str()).is_some() {
        return Err(about_gauge(Code::AlreadyRecorded, gauge));
    }
    if case.names_something(gauge.as_str()) {
        return Err(about_gauge(Code::AmbiguousLabel, gauge));
    }
    let named = !kind.trim().is_empty() && kind.chars().count() <= KIND_CHARS_MOST && kind.chars().all(is_safe);
    if !named {
        return Err(about_gauge(Code::BadInput, gauge));
    }
    let registered = GaugeRegistered { gauge: gauge.clone(), kind: kind.clone(), due: *due };
    let about = by_hand(case.about(), by, None);
    changed(Did::GaugeRegistered, gauge, about, What::GaugeRegistered(registered))
}

/// A calibration is recorded. A retired gauge comes back by it.
pub(super) fn calibrate(
    case: &Case<'_>,
    gauge: &DeviceId,
    due: Day,
    good: bool,
    (reason, by): (&str, &Badge),
) -> Answer {
    authority(case, by, &[Role::Lead, Role::Quality])?;
    case.facts.gauge(gauge.as_str()).ok_or_else(|| about_gauge(Code::GaugeMissing, gauge))?;
    let calibrated = GaugeCalibrated { gauge: gauge.clone(), due, good };
    let about = by_hand(case.about(), by, Some(reason));
    changed(Did::GaugeChanged, gauge, about, What::GaugeCalibrated(calibrated))
}

/// A gauge is taken out of use.
pub(super) fn retire(case: &Case<'_>, gauge: &DeviceId, reason: &str, by: &Badge) -> Answer {
    authority(case, by, &[Role::Lead, Role::Quality])?;
    let before = case.facts.gauge(gauge.as_str()).ok_or_else(|| about_gauge(Code::GaugeMissing, gauge))?;
    if before.standing == GaugeStanding::Retired {
        return Err(about_gauge(Code::AlreadyRecorded, gauge));
    }
    let about = by_hand(case.about(), by, Some(reason));
    changed(Did::GaugeChanged, gauge, about, What::GaugeRetired(GaugeChanged { gauge: gauge.clone() }))
}

fn changed(did: Did, gauge: &DeviceId, about: About, what: What) -> Answer {
    done(did, None, vec![Draft { subject: Subject::Gauge(gauge.clone()), about, what }])
}
