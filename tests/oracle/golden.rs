//! What the oracle knows of golden samples: a tester takes up nothing before one of the good ones was found good there
//! and one of the bad ones bad, in each shift or after so many minutes; and passes nothing while it was found wanting.

use traveller::domain::command::Command;
use traveller::domain::event::Purpose;
use traveller::domain::golden::{Every, Golden};
use traveller::domain::id::{StationId, StepId, UnitId};
use traveller::domain::refusal::Code;
use traveller::domain::route::{Route, Step};
use traveller::domain::shift::Turn;
use traveller::domain::time::Day;
use traveller::domain::traveller::Traveller;
use traveller::domain::what::{GoldenRun, Refused, UnitStarted, What};

use super::clock::{MINUTE, When};
use super::floor::Floor;
use super::hear::Told;
use super::model::{Heard, Oracle, Product, must};
use super::routes::RouteSpec;

/// A run of a sample at a tester.
#[derive(Clone)]
pub(super) struct Run {
    station: StationId,
    route: traveller::domain::id::RouteId,
    step: StepId,
    unit: UnitId,
    passed: bool,
    when: When,
}

/// What is done to no sample: it has one step for ever, and only what is observed of it counts.
const NEVER: [&str; 16] = [
    "material-installed",
    "material-verified",
    "signature-recorded",
    "first-piece-begun",
    "retest-begun",
    "step-passed",
    "step-failed",
    "step-skipped",
    "disposed",
    "sent-back",
    "unit-completed",
    "unit-dispatched",
    "batch-split",
    "batch-joined",
    "batch-merged",
    "unit-packed",
];

/// The step that something is a sample of, and whether it is one to be found bad.
fn sample_of(route: &Route, unit: &UnitId) -> Option<(usize, bool)> {
    route.steps.iter().enumerate().find_map(|(at, step)| {
        let golden = step.golden.as_ref()?;
        let bad = golden.bad.contains(unit);
        (bad || golden.good.contains(unit)).then_some((at, bad))
    })
}

impl RouteSpec {
    /// The samples that prove the tester of a step.
    pub(super) fn golden(&self, at: usize, number: usize) -> Option<Golden> {
        let spec = &self.steps[at];
        let asks = spec.class == 2 && spec.attempts == 1 && !spec.checks.is_empty();
        let named = |letter: &str| vec![UnitId::parse(&format!("{letter}{}{at}", number % 2)).unwrap()];
        let [good, bad] = if number == 2 { ["K", "J"] } else { ["G", "H"] };
        asks.then(|| Golden {
            good: named(good),
            bad: if spec.back == 0 { Vec::new() } else { named(bad) },
            every: if spec.auto { Every::Shift } else { Every::Minutes(90) },
        })
    }
}

impl Floor {
    pub(super) fn is_sample(&self, unit: &UnitId) -> bool {
        self.ledger.travellers().get(unit).is_some_and(|t| t.is_sample())
    }
}

/// What is seen in a thing: a bad sample fails, mostly.
pub(super) fn seen_in(traveller: &Traveller, step: &Step, pick: usize) -> usize {
    let bad = step.golden.iter().flat_map(|g| &g.bad).any(|unit| traveller.unit.as_ref() == Some(unit));
    if bad && !pick.is_multiple_of(6) { 7 * pick } else { pick }
}

impl Oracle {
    /// The route that an unborn thing is a sample of.
    fn names(&self, unit: &UnitId) -> Option<&std::sync::Arc<Route>> {
        self.releases.iter().rev().filter(|r| !r.withdrawn).map(|r| &r.route).find(|r| sample_of(r, unit).is_some())
    }

    /// A sample begins, at its step and under no order; none where it is no sample.
    pub(super) fn sample_started(&self, told: Told<'_>, started: &UnitStarted) -> Heard<Option<(Product, UnitId)>> {
        let about = &told.event.about;
        let unit = about.unit.clone().ok_or("is about no unit")?;
        let Some(route) = self.names(&unit) else {
            must(about.purpose.is_none(), "is made for something else than to be sold, and nobody said so")?;
            return Ok(None);
        };
        let (at, bad) = sample_of(route, &unit).unwrap();
        must(!self.units.contains_key(&unit), "begins a second time")?;
        must(about.purpose == Some(Purpose::Golden), "is a golden sample, and hides it")?;
        must(about.order.is_none() && started.variant.is_none(), "is a golden sample, and ordered")?;
        let pinned = about.route.as_ref() == Some(&route.id) && about.revision.as_ref() == Some(&route.revision);
        must(pinned, "is a sample of another route")?;
        let step = &route.steps[at];
        must(started.first.step == step.id, "is a sample of another step")?;
        self.is_right_place(told, step)?;
        Ok(Some((Product::of_sample(route, at, bad, told.event.stamp.seq), unit)))
    }

    /// Nothing is done to a sample but what is observed of it, and that ends its run.
    pub(super) fn stays_a_sample(&self, told: Told<'_>) -> Heard {
        let known = told.event.about.unit.as_ref().and_then(|unit| self.units.get(unit));
        let Some(product) = known.filter(|p| p.sample.is_some()) else { return Ok(()) };
        must(!NEVER.contains(&told.event.what.kind()), "is done to a golden sample")?;
        must(told.event.about.purpose == Some(Purpose::Golden), "is of a golden sample, and hides it")?;
        let What::CheckRecorded(c) = &told.event.what else { return Ok(()) };
        let others = product.lacks(product.due, self.stations.get(told.event.about.station.as_ref().unwrap()));
        let is_last = others.iter().map(|(_, _, left)| left).sum::<u32>() <= 1;
        let ends = told.action.iter().any(|e| matches!(e.what, What::GoldenRun(_)));
        must(ends == (is_last || !c.passed), "ends a run too early or not at all")
    }

    /// A run is over: the tester found what it should where a bad one failed, or a good one did not.
    pub(super) fn golden_run(&mut self, told: Told<'_>, run: &GoldenRun) -> Heard {
        let unit = self.is_on_the_bench(told)?;
        self.begin_attempt(&unit, told.event)?;
        let product = &self.units[&unit];
        let bad = product.sample.ok_or("is a run of no sample")?;
        let bench = told.event.about.station.as_ref().and_then(|at| self.stations.get(at));
        must(run.bad == bad, "takes a good one for a bad one, or the other way round")?;
        let work = &product.work[product.due];
        let failed = work.seen.iter().find(|seen| !seen.good);
        let right = match (&told.cause.cmd.inner(), failed) {
            (Command::Fail { .. }, _) => !run.passed,
            (_, Some(seen)) => run.passed == bad && run.check.as_ref() == Some(&seen.check),
            (_, None) => product.lacks(product.due, bench).is_empty() && run.passed != bad && run.check.is_none(),
        };
        must(right, "says of the tester what the sample does not say")?;
        let day = Day::of(told.event.stamp.at).map(Turn::Day);
        must(Some(&run.turn) == day.as_ref(), "is of another day")?;
        let (route, step) = (product.route.id.clone(), product.route.steps[product.due].id.clone());
        let station = told.event.about.station.clone().ok_or("happens at no station")?;
        self.runs.push(Run { station, route, step, unit: unit.clone(), passed: run.passed, when: told.when() });
        self.now(&unit).2.goes_on = false;
        Ok(())
    }

    /// The last runs that count for a step at a station: one of the good samples, and one of the bad ones, if any.
    fn last_runs(&self, station: &StationId, route: &Route, at: usize) -> Vec<Option<&Run>> {
        let step = &route.steps[at];
        let Some(golden) = &step.golden else { return Vec::new() };
        let sorts = [&golden.good, &golden.bad].into_iter().filter(|sort| !sort.is_empty());
        let last = |sort: &Vec<UnitId>| {
            let is_it = |r: &&Run| r.station == *station && r.route == route.id && r.step == step.id;
            self.runs.iter().rev().filter(is_it).find(|r| sort.contains(&r.unit))
        };
        sorts.map(last).collect()
    }

    /// The tester is proved when a unit is taken up.
    pub(super) fn is_proved_here(&self, told: Told<'_>, product: &Product, at: usize) -> Heard {
        let station = told.event.about.station.as_ref().ok_or("happens at no station")?;
        let Some(golden) = &product.route.steps[at].golden else { return Ok(()) };
        let now = told.when();
        for run in self.last_runs(station, &product.route, at) {
            let run = run.ok_or("is taken up before a sample was run")?;
            must(run.passed, "is taken up where the tester was found wanting")?;
            let before = told
                .event
                .about
                .happened
                .is_none_or(|at| run.when.at().0.div_euclid(MINUTE) <= at.0.div_euclid(MINUTE));
            must(before, "is of a time before the sample was run")?;
            match golden.every {
                Every::Shift => must(Day::of(run.when.at()) == Day::of(now.at()), "was proved on another day")?,
                Every::Minutes(most) => {
                    let (passed, known) = self.between(&run.when, &now).under(product.route.clock);
                    must(known && passed <= i64::from(most) * MINUTE, "was proved too long ago, or nobody knows")?;
                }
            }
        }
        Ok(())
    }

    /// Nothing passes at a tester that was found wanting.
    pub(super) fn was_found_wanting(&self, told: Told<'_>, product: &Product) -> Heard {
        let station = told.event.about.station.as_ref().ok_or("happens at no station")?;
        let runs = self.last_runs(station, &product.route, product.due);
        must(runs.iter().flatten().all(|run| run.passed), "passes where the tester was found wanting")
    }

    /// Whether a refusal for a sample's sake is right.
    pub(super) fn asks_for_a_sample(&self, told: Told<'_>, refused: &Refused) -> bool {
        let evidence = &refused.evidence;
        let Some(product) = evidence.unit.as_ref().and_then(|unit| self.units.get(unit)) else { return true };
        let at = evidence.step.as_ref().and_then(|id| product.route.position(id)).unwrap_or(product.due);
        let wanting = self.is_proved_here(told, product, at).is_err();
        wanting || refused.code == Code::GoldenFailed && self.was_found_wanting(told, product).is_err()
    }
}
