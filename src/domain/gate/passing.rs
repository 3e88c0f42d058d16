//! A step passes: what is drawn from loaded lots, what follows, and whether the unit stays open here.

use crate::domain::event::About;
use crate::domain::id::{DeviceId, PartId, StepId};
use crate::domain::lot::Lot;
use crate::domain::number::Number;
use crate::domain::refusal::Refusal;
use crate::domain::route::{Advance, Phase, Step};
use crate::domain::sampling::Sampling;
use crate::domain::traveller::Standing;
use crate::domain::way;
use crate::domain::what::{Piece, PutDown, Sampled, StepPassed, UnitClosed, UnitCompleted, UnitDispatched, What};

use super::case::{Bench, Case, further, on_unit, seen};
use super::decision::{Did, Draft};
use super::fitness::Job;
use super::{gauges, golden, leaving, loading, opening, subunits};

/// A lot that is loaded by this very action.
pub(super) type JustLoaded<'a> = Option<(&'a PartId, &'a Lot)>;

/// With its last need a step passes, where the route says so, nothing failed, and what is loaded may be used.
pub(super) fn advance(case: &Case<'_>, bench: Bench<'_>, drafts: &mut Vec<Draft>, just: JustLoaded<'_>) -> Option<Did> {
    let attempt = bench.traveller.current(&bench.step.id);
    let nothing_failed =
        attempt.is_none_or(|a| a.failed().is_none()) && bench.traveller.standing == Standing::InProcess;
    let advances = bench.step.advance == Advance::Auto || bench.traveller.is_sample();
    let may = advances && nothing_failed && !bench.traveller.wants_load(bench.step);
    // Where a loaded lot may not be used any more, the pass command says so.
    if may { passed(case, bench, drafts, just).ok() } else { None }
}

/// The step is done.
pub(super) fn passed(
    case: &Case<'_>,
    bench: Bench<'_>,
    drafts: &mut Vec<Draft>,
    just: JustLoaded<'_>,
) -> Result<Did, Refusal> {
    if bench.traveller.is_sample() {
        return golden::over(case, bench, golden::End::AllPassed, drafts);
    }
    golden::not_found_wanting(bench)?;
    if bench.step.phase == Phase::Dispatch {
        leaving::is_production(bench.traveller)?;
    }
    subunits::sound_inside(case, bench.unit)?;
    gauges::still_count(case, bench, drafts)?;
    let draws = loading::draw(case, bench, just)?;
    let about = case.about_step(bench.traveller, &bench.step.id);
    let about = if drafts.is_empty() && draws.is_empty() { about } else { further(about) };
    drafts.extend(draws);
    let gauges = gauges::chosen(bench, drafts);
    let (did, following) = ends(case, bench, about.clone(), gauges, drafts);
    // A unit that comes out of a load is not open.
    let is_open = bench.traveller.open.is_some();
    if is_open && !following.is_some_and(|step| goes_on_after(case, bench, step, drafts)) {
        drafts.push(seen(Some(bench.traveller), further(about), What::UnitClosed(UnitClosed { why: PutDown::Done })));
    }
    Ok(did)
}

/// The step ends, and the unit with the last one; the step that follows.
pub(super) fn ends<'a>(
    case: &Case<'_>,
    bench: Bench<'a>,
    about: About,
    gauges: Vec<DeviceId>,
    drafts: &mut Vec<Draft>,
) -> (Did, Option<&'a Step>) {
    let samples = draw_samples(case, bench);
    let skips: Vec<StepId> = samples.iter().filter(|s| !s.taken).map(|s| s.step.clone()).collect();
    let class = case.now.station.as_ref().map(|p| &p.class);
    let following = way::after(bench.traveller, bench.route, bench.step, &skips, class);
    let next = following.map(way::next);
    drafts.push(on_unit(bench.unit, about.clone(), What::StepPassed(StepPassed { next, samples, gauges })));
    let about = further(about);
    let again = bench.traveller.packed.finished;
    let did = match following {
        Some(_) => Did::StepPassed,
        None if bench.step.phase == Phase::Dispatch => {
            drafts.push(on_unit(bench.unit, about, What::UnitDispatched(UnitDispatched { shipment: None, again })));
            Did::UnitDispatched
        }
        None => {
            drafts.push(on_unit(bench.unit, about, What::UnitCompleted(UnitCompleted { again })));
            Did::UnitCompleted
        }
    };
    (did, following)
}

/// Whether the unit stays open for a step that follows, once what this action loads and draws is on record.
#[expect(clippy::wildcard_enum_match_arm, reason = "a fold reads the kinds that concern it")]
fn goes_on_after(case: &Case<'_>, bench: Bench<'_>, step: &Step, drafts: &[Draft]) -> bool {
    if !drafts.iter().any(|d| matches!(d.what, What::MaterialInstalled(_) | What::LotLoaded(_))) {
        return goes_on(case, bench, step);
    }
    let mut facts = case.facts.clone();
    for draft in drafts {
        match &draft.what {
            What::MaterialInstalled(m) => {
                let drawn = facts.lots.iter_mut().filter(|lot| m.piece == Piece::Lot(lot.lot.clone()));
                drawn.for_each(|lot| lot.left = lot.left.minus(Number::whole(m.quantity)).unwrap_or(lot.left));
            }
            What::LotLoaded(e) => facts.station.iter_mut().for_each(|station| station.load(&e.part, &e.lot, e.expires)),
            _ => {}
        }
    }
    goes_on(&Case { facts: &facts, ..*case }, bench, step)
}

/// Whether the unit stays open for a step that follows.
pub(super) fn goes_on(case: &Case<'_>, bench: Bench<'_>, step: &Step) -> bool {
    let Bench { unit, traveller, route, step: done, .. } = bench;
    // What this very action does is not on record yet: the step that is done now, and who did it.
    let waits = step.minutes_since.as_ref().is_some_and(|w| w.step == done.id && w.min.is_some());
    let is_for_another = step.not_by.contains(&done.id);
    !waits && !is_for_another && opening::goes_on(case, &Job { unit, traveller, route, step, supervisor: None })
}

/// Whether the unit has the sampled steps that it comes to next: the one that is due, and those that it may take up
/// where an optional one before is left out.
fn draw_samples(case: &Case<'_>, bench: Bench<'_>) -> Vec<Sampled> {
    let mut samples = Vec::new();
    let pieces = bench.traveller.pieces().unwrap_or(1);
    let is_drawn = |step, rule| Sampling::is_drawn(case.facts.sampling(&bench.route.id, step), rule, pieces);
    for step in way::ahead(bench.traveller, bench.route).filter(|s| s.id != bench.step.id) {
        let undrawn = step.sample.filter(|_| !bench.traveller.drawn.contains(&step.id));
        let taken = undrawn.is_none_or(|rule| is_drawn(&step.id, rule));
        if undrawn.is_some() {
            samples.push(Sampled { step: step.id.clone(), taken });
        }
        if taken && !way::may_be_left_out(bench.traveller, step) {
            break;
        }
    }
    samples
}
