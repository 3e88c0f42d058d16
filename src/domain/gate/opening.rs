//! Taking a unit up: where it is due, and only if nothing forbids it.

use crate::domain::event::{About, How};
use crate::domain::facts::{Other, Release};
use crate::domain::gs1::AI_SERIAL;
use crate::domain::id::UnitId;
use crate::domain::item::Item;
use crate::domain::person::Person;
use crate::domain::refusal::{Code, Evidence, Refusal};
use crate::domain::route::{Phase, Route, Step};
use crate::domain::traveller::{Standing, Traveller};
use crate::domain::way;
use crate::domain::what::{PutDown, StepSkipped, UnitClosed, UnitOpened, What};

use super::beginning::begin;
use super::case::{Answer, Bench, Case, done, further, not_held, on_unit, seen, stands};
use super::decision::{Did, Draft};
use super::first_piece::{self, Made};
use super::fitness::{Job, right_person, right_place};
use super::golden;
use super::labels;
use super::leaving;
use super::loading;
use super::loads;
use super::nests::{self, Place};
use super::paper;
use super::said::Said;
use super::subunits;
use super::time::in_time;
use super::waiving;
use super::watch;

/// From this version on how a unit was named counts where somebody answers what was asked about it.
const CALLS_TELL_HOW: u32 = 5;

/// The open unit was scanned again: nothing changes.
pub(super) fn again(case: &Case<'_>) -> Answer {
    not_held(case, case.open)?;
    let opened = case.open.open.as_ref().map(|o| o.event.clone());
    stands(Did::UnitOpened, case.open.unit.clone(), opened)
}

/// Another unit was scanned: it is opened at the step it is due for.
pub(super) fn open(case: &Case<'_>, other: &Other) -> Answer {
    if let Some(nest) = other.traveller.unit.as_ref().and_then(|unit| case.facts.nest(unit)) {
        case.worker()?;
        return again(&case.turned(nest));
    }
    let unit = meant(case, other)?;
    take_up(case, &unit, other, None)
}

/// A unit goes on, a new one begins, and so does a golden sample that comes by for the first time.
fn take_up(case: &Case<'_>, unit: &UnitId, other: &Other, supervisor: Option<&Person>) -> Answer {
    if other.traveller.exists() {
        return reopen(case, unit, other, supervisor);
    }
    let sample = other.route.as_deref().and_then(|route| Some((route, route.golden_step(unit.as_str())?)));
    match sample {
        Some(sample) => golden::begin(case, unit, other, sample, supervisor),
        None => begin(case, unit, other, supervisor, None),
    }
}

/// The unit that was scanned, where it may be taken up at all: by its own label, while nothing else is unfinished.
pub(super) fn meant(case: &Case<'_>, other: &Other) -> Result<UnitId, Refusal> {
    case.worker()?;
    let Some(unit) = other.traveller.unit.clone() else { return Err(Refusal::bare(Code::UnknownLabel)) };
    if case.is_another_product(&unit, other.route.as_deref()) {
        let Evidence { event, .. } = evidence(&other.traveller);
        let evidence = Evidence { unit: Some(unit), gtin: case.gtin(), event, ..Evidence::default() };
        return Err(Refusal::new(Code::DuplicateSerial, evidence));
    }
    // The boards of a panel are taken up together. On one whose new label was not scanned back nobody works all the
    // same.
    let panel = |of: &Traveller| Some(other.route.as_deref()?.place_on_panel(of.unit.as_ref()?)?.0.to_owned());
    let comes_along = |c: &Case<'_>| case.board.is_some() && panel(c.open) == panel(&other.traveller);
    let all = case.each_open();
    all.iter().filter(|c| !comes_along(c)).try_for_each(|c| labels::is_verified(case, c.open))?;
    nothing_open(case, &unit)?;
    if let Some(route) = &other.route {
        is_scanned(case, (&unit, &other.traveller), route, false)?;
    }
    Ok(unit)
}

/// Where a scanned unit would be taken up, or begin.
fn taken_up<'a>(traveller: &'a Traveller, route: &'a Route) -> waiving::Place<'a> {
    let due = traveller.due.as_ref().and_then(|due| route.step(&due.step)).or_else(|| route.first());
    due.map_or_else(|| waiving::Place::without_unit(Some(&route.id)), |step| waiving::Place::at(traveller, route, step))
}

/// Somebody stands by: the unit that was scanned before is opened.
pub(super) fn supervised(case: &Case<'_>, other: &Other, supervisor: &Person) -> Answer {
    case.worker()?;
    watch::is_up(case)?;
    let Some(unit) = other.traveller.unit.clone() else { return Err(Refusal::bare(Code::UnknownLabel)) };
    nothing_open(case, &unit)?;
    was_scanned(case, &unit, other)?;
    take_up(case, &unit, other, Some(supervisor))
}

/// It was said how many pieces a new batch has, which was scanned before.
pub(super) fn counted(case: &Case<'_>, other: &Other, supervisor: Option<&Person>, said: &str) -> Answer {
    case.worker()?;
    let Some(unit) = other.traveller.unit.clone() else { return Err(Refusal::bare(Code::UnknownLabel)) };
    nothing_open(case, &unit)?;
    was_scanned(case, &unit, other)?;
    begin(case, &unit, other, supervisor, Some(said))
}

/// A unit whose number was typed is let go where it is taken up, not where somebody was called for it.
fn was_scanned(case: &Case<'_>, unit: &UnitId, other: &Other) -> Result<(), Refusal> {
    let route = other.route.as_deref().filter(|_| case.gate >= CALLS_TELL_HOW);
    route.map_or(Ok(()), |route| is_scanned(case, (unit, &other.traveller), route, true))
}

/// Refuses a unit whose number was typed where only a scan counts: with this command, or `before` it, where this one
/// answers what was asked about the unit.
pub(super) fn is_scanned(
    case: &Case<'_>,
    (unit, traveller): (&UnitId, &Traveller),
    route: &Route,
    before: bool,
) -> Result<(), Refusal> {
    let was_typed = || case.station().is_some_and(|station| station.typed);
    let by_hand = if before { was_typed() } else { case.how() == How::Typed };
    let evidence = || Evidence { unit: Some(unit.clone()), route: Some(route.id.clone()), ..Evidence::default() };
    case.scans_alone(route.identifier.typed, by_hand, &taken_up(traveller, route), evidence)
}

/// Refuses another unit while something is recorded in the unfinished step of the open one. Where units are open in
/// nests, it depends on the step whether another finds its place.
fn nothing_open(case: &Case<'_>, unit: &UnitId) -> Result<(), Refusal> {
    if !case.facts.nests.is_empty() {
        return Ok(());
    }
    nothing_touched(case, unit.as_str())
}

/// Refuses whatever was scanned while something is recorded in the unfinished step of the open unit.
pub(super) fn nothing_touched(case: &Case<'_>, scanned: &str) -> Result<(), Refusal> {
    let all = case.each_open();
    let Some(open) = all.iter().map(|c| c.open).find(|open| open.touched()) else { return Ok(()) };
    let evidence = Evidence {
        unit: open.unit.clone(),
        step: open.due.as_ref().map(|d| d.step.clone()),
        label: Some(scanned.to_owned()),
        ..Evidence::default()
    };
    Err(Refusal::new(Code::UnitOpen, evidence))
}

/// A label of a route's product, without a number that its units have, or without the field for it.
pub(super) fn no_number(case: &Case<'_>, release: &Release, said: &Said<'_>) -> Answer {
    case.worker()?;
    let serial = said.item.as_ref().and_then(Item::serial);
    let refusal = case.about_label(Code::WrongIdentifier);
    let evidence = Evidence {
        route: Some(release.route.clone()),
        revision: Some(release.revision.clone()),
        field: serial.is_none().then(|| AI_SERIAL.to_owned()),
        event: Some(release.event.clone()),
        ..*refusal.evidence
    };
    Err(Refusal::new(Code::WrongIdentifier, evidence))
}

fn reopen(case: &Case<'_>, unit: &UnitId, other: &Other, supervisor: Option<&Person>) -> Answer {
    let traveller = other.traveller.as_ref();
    may_be_worked_on(case, traveller)?;
    paper::in_order(case, traveller)?;
    if let Some(stands) = loads::again(case, traveller) {
        return stands;
    }
    let route = other.route.as_deref().ok_or_else(|| about(Code::RouteNotReleased, traveller))?;
    let due = traveller.due.as_ref().ok_or_else(|| about(Code::AlreadyPassed, traveller))?;
    let due = route.step(&due.step).ok_or_else(|| about(Code::RouteChanged, traveller))?;
    let class = case.now.station.as_ref().map(|p| &p.class);
    let step = way::open_at(traveller, route, class).unwrap_or(due);
    let job = Job { unit, traveller, route, step, supervisor };
    if traveller.is_sample() {
        golden::is_live(case, unit)?;
    }
    right_place(case, unit, step)?;
    right_person(case, &job)?;
    if step.phase == Phase::Dispatch {
        leaving::is_production(traveller)?;
    }
    if step.pack.is_some() {
        let evidence = Evidence { unit: Some(unit.clone()), step: Some(step.id.clone()), ..Evidence::default() };
        return Err(Refusal::new(Code::CartonMissing, evidence));
    }
    may_be_tried(traveller, step)?;
    if !traveller.touched() {
        // The limits are for taking the step up: what was begun in time may be finished.
        in_time(case, traveller, route, step)?;
    }
    subunits::sound_inside(case, unit)?;
    loading::ready(case, &job)?;
    golden::proved(case, &job)?;
    not_open_elsewhere(case, traveller)?;
    if traveller.wants_load(step) {
        let drafts = if step.id == due.id { Vec::new() } else { pass_over(case, traveller, route, step) };
        return loads::enter(case, &job, drafts);
    }
    let Place { nest, alone } = nests::room(case, unit, (route, step))?;
    let first = first_piece::taken_up(case, &job, Made::of(traveller), alone)?;
    let mut drafts = if alone { put_down(case) } else { Vec::new() };
    if step.id != due.id {
        drafts.extend(pass_over(case, traveller, route, step));
    }
    let last_worker = traveller.current(&step.id).and_then(|a| a.workers.last());
    let opened = UnitOpened {
        takeover_from: last_worker.filter(|w| Some(*w) != case.operator()).cloned(),
        supervisor: supervisor.map(|p| p.badge.clone()),
        due: (step.id != due.id).then(|| way::next(step)),
    };
    let about = About { step: Some(step.id.clone()), nest, ..case.about_unit(traveller) };
    drafts.push(seen(Some(traveller), about.clone(), What::UnitOpened(opened)));
    drafts.extend(first.map(|of| first_piece::begun(Some(traveller), about, of)));
    done(Did::UnitOpened, Some(unit.clone()), drafts)
}

/// The operator turns to another step of the same group, under the same conditions as if the unit were scanned for it.
pub(super) fn turn_to(case: &Case<'_>, bench: Bench<'_>, step: &Step) -> Answer {
    let Bench { unit, traveller, route, .. } = bench;
    let job = Job { unit, traveller, route, step, supervisor: None };
    // Nobody is called to stand by: the unit is scanned for that.
    right_person(case, &job).map_err(|r| Refusal::new(r.code, Evidence { unit: None, ..*r.evidence }))?;
    may_be_tried(traveller, step)?;
    in_time(case, traveller, route, step)?;
    loading::ready(case, &job)?;
    golden::proved(case, &job)?;
    let first = first_piece::taken_up(case, &job, Made::of(traveller), false)?;
    let about = About { step: Some(step.id.clone()), ..case.about_unit(traveller) };
    let opened = UnitOpened { takeover_from: None, supervisor: None, due: Some(way::next(step)) };
    let mut drafts = vec![seen(Some(traveller), about.clone(), What::UnitOpened(opened))];
    drafts.extend(first.map(|of| first_piece::begun(Some(traveller), about, of)));
    done(Did::UnitOpened, Some(unit.clone()), drafts)
}

/// The optional steps before a step are left out.
fn pass_over(case: &Case<'_>, traveller: &Traveller, route: &Route, step: &Step) -> Vec<Draft> {
    let skipped = |left_out: &Step| {
        let about = further(case.about_step(traveller, &left_out.id));
        let unit = traveller.unit.as_ref()?;
        Some(on_unit(unit, about, What::StepSkipped(StepSkipped { next: way::next(step) })))
    };
    way::passed_over(traveller, route, step).into_iter().filter_map(skipped).collect()
}

/// What is open makes room. Nothing is recorded in its step.
pub(super) fn put_down(case: &Case<'_>) -> Vec<Draft> {
    let closed = |c: &Case<'_>| {
        let closed = What::UnitClosed(UnitClosed { why: PutDown::Switched });
        seen(Some(c.open), further(c.about_unit(c.open)), closed)
    };
    case.each_open().iter().map(closed).collect()
}

fn evidence(traveller: &Traveller) -> Evidence {
    let (route, revision) = traveller.route.clone().unzip();
    Evidence { unit: traveller.unit.clone(), route, revision, event: traveller.head.clone(), ..Evidence::default() }
}

fn about(code: Code, traveller: &Traveller) -> Refusal {
    Refusal::new(code, evidence(traveller))
}

/// Refuses units that nobody may work on.
fn may_be_worked_on(case: &Case<'_>, traveller: &Traveller) -> Result<(), Refusal> {
    not_gone(case, traveller)?;
    if traveller.standing == Standing::Complete { Err(about(Code::AlreadyPassed, traveller)) } else { Ok(()) }
}

/// Refuses units that left, are no product any more, are on hold, or wait for a decision.
pub(super) fn not_gone(case: &Case<'_>, traveller: &Traveller) -> Result<(), Refusal> {
    match traveller.standing {
        Standing::Scrapped => return Err(about(Code::Scrapped, traveller)),
        Standing::Merged => return Err(merged(traveller)),
        Standing::Dispatched => {
            let evidence = Evidence { shipment: traveller.packed.shipment.clone(), ..evidence(traveller) };
            return Err(Refusal::new(Code::Dispatched, evidence));
        }
        Standing::Nonconforming | Standing::Returned | Standing::InProcess | Standing::Complete | Standing::Unborn => {}
    }
    not_held(case, traveller)?;
    match (traveller.standing, &traveller.packed.returned) {
        (Standing::Nonconforming, _) => Err(nonconforming(traveller)),
        (Standing::Returned, Some(back)) => Err(Refusal::new(
            Code::Nonconforming,
            Evidence {
                reason: Some(back.reason.clone()),
                at: Some(back.at),
                by: back.by.clone(),
                shipment: back.shipment.clone(),
                ..evidence(traveller)
            },
        )),
        _ => Ok(()),
    }
}

/// The refusal of a batch whose pieces are all in another one.
pub(super) fn merged(traveller: &Traveller) -> Refusal {
    let in_unit = traveller.merged_into().cloned();
    Refusal::new(Code::AlreadyInstalled, Evidence { in_unit, ..evidence(traveller) })
}

/// Refuses a step that failed as often as it may.
fn may_be_tried(traveller: &Traveller, step: &Step) -> Result<(), Refusal> {
    if traveller.is_sample() || traveller.failed_attempts(&step.id) < step.attempts {
        return Ok(());
    }
    let evidence = Evidence { step: Some(step.id.clone()), allowed: Some(step.attempts), ..evidence(traveller) };
    Err(Refusal::new(Code::AttemptsUsed, evidence))
}

/// The refusal of a nonconforming unit, with what failed.
pub(super) fn nonconforming(traveller: &Traveller) -> Refusal {
    let step = traveller.due.as_ref().map(|d| d.step.clone());
    let attempt = step.as_ref().and_then(|s| traveller.current(s));
    let failed = attempt.and_then(|a| a.failed());
    let ending = attempt.and_then(|a| a.result.as_ref());
    Refusal::new(
        Code::Nonconforming,
        Evidence {
            step,
            check: failed.map(|o| o.check.clone()),
            point: failed.and_then(|o| o.point.clone()),
            value: failed.map(|o| o.value.clone()),
            reason: ending.and_then(|e| e.reason.clone()),
            at: ending.map(|e| e.at),
            by: ending.and_then(|e| e.by.clone()),
            ..evidence(traveller)
        },
    )
}

/// A unit with unfinished work on another bench is not pulled from under somebody's hands.
fn not_open_elsewhere(case: &Case<'_>, traveller: &Traveller) -> Result<(), Refusal> {
    let here = case.now.station.as_ref().map(|p| &p.station);
    if let Some(inside) = traveller.in_load.as_ref().filter(|i| i.station.as_ref() != here) {
        return Err(loads::inside(traveller, inside));
    }
    let Some(opened) = traveller.open.as_ref().filter(|o| Some(&o.station) != here && traveller.touched()) else {
        return Ok(());
    };
    Err(Refusal::new(
        Code::UnitOpen,
        Evidence {
            station: Some(opened.station.clone()),
            by: opened.by.clone(),
            at: Some(opened.at),
            event: Some(opened.event.clone()),
            unit: traveller.unit.clone(),
            ..Evidence::default()
        },
    ))
}

/// Whether the worker goes on with a step that follows at the same bench.
pub(super) fn goes_on(case: &Case<'_>, job: &Job<'_>) -> bool {
    let here = case.now.station.as_ref().map(|p| &p.class);
    let open = u32::try_from(case.each_open().len()).unwrap_or(u32::MAX);
    // A step that is done in nests is taken up in one of them.
    let has_place = job.step.nests >= open && (job.step.nests == 1 || case.nest_of(job.traveller).is_some());
    Some(&job.step.station) == here
        && has_place
        && !job.traveller.wants_load(job.step)
        && (job.step.phase != Phase::Dispatch || leaving::is_production(job.traveller).is_ok())
        && job.step.pack.is_none()
        && right_person(case, job).is_ok()
        && in_time(case, job.traveller, job.route, job.step).is_ok()
        && loading::ready(case, job).is_ok()
        && golden::proved(case, job).is_ok()
        // What becomes a first piece is scanned for it.
        && first_piece::taken_up(case, job, Made::of(job.traveller), false).is_ok_and(|first| first.is_none())
}
