//! The board, figure by figure.

use std::collections::BTreeMap;

use serde::Serialize;

use super::seen::Seen;
use crate::app::shifts::plan::Plan;
use crate::domain::id::{Badge, OrderId, RouteId, ShiftName, StationId, StepId, UnitId};
use crate::domain::projection::quarter;
use crate::domain::time::{At, SECOND};
use crate::ledger::read::counts::Tally;
use crate::ledger::read::units::WorkCount;

/// Minutes without an event after which a station at which somebody is signed on is silent.
pub const SILENT_MINUTES: i64 = 15;
/// Things that need a person and are told at once.
const ATTENTION_MOST: usize = 50;
/// Codes of refusals that are told.
const REFUSALS_MOST: usize = 10;
/// Quarters of an hour in an hour.
const QUARTERS: i64 = 4;
const MINUTE: i64 = 60 * SECOND;

/// The board.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Board {
    /// As of when.
    pub at: Option<At>,
    /// From when on is counted: the quarter of an hour in which the shift began.
    pub from: Option<At>,
    /// The shift that runs.
    pub shift: Option<ShiftName>,
    /// What needs a person now, the most urgent first.
    pub attention: Vec<Attention>,
    /// The stations.
    pub stations: Vec<StationLine>,
    /// The shift, hour by hour.
    pub hours: Vec<Hour>,
    /// What is planned, and what came of it.
    pub plan: Vec<PlanLine>,
    /// Units on their way.
    pub work: Vec<WorkLine>,
    /// Units that passed a step at the first attempt.
    pub first_pass: Vec<YieldLine>,
    /// The orders that are open.
    pub orders: Vec<OrderLine>,
    /// What was refused, most often first.
    pub refusals: Vec<RefusalLine>,
}

/// Something that needs a person now.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[serde(tag = "what", rename_all = "kebab-case")]
pub enum Attention {
    /// A lead's PIN was given without one, and no second lead has confirmed it.
    PinRecovered {
        /// Whose.
        badge: Badge,
    },
    /// Somebody is signed on, and nothing was recorded for long.
    Silent {
        /// The station.
        station: StationId,
        /// Who is there.
        by: Option<Badge>,
        /// Minutes.
        minutes: i64,
    },
    /// A unit failed and waits for a decision.
    Nonconforming {
        /// The unit.
        unit: UnitId,
        /// At which step.
        step: Option<StepId>,
        /// For how long, in minutes.
        minutes: i64,
    },
    /// A unit is on hold.
    Held {
        /// The unit.
        unit: UnitId,
        /// Why.
        reason: Option<String>,
        /// For how long, in minutes.
        minutes: i64,
    },
}

/// A station.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct StationLine {
    /// Its name.
    pub station: StationId,
    /// `silent`, `working`, `waiting` or `nobody`.
    pub state: &'static str,
    /// Who is there.
    pub operator: Option<Badge>,
    /// The unit that is open.
    pub open: Option<UnitId>,
    /// Minutes since the last event; none where there was none.
    pub seen_minutes: Option<i64>,
    /// Steps that passed.
    pub passed: u32,
    /// Steps that failed.
    pub failed: u32,
    /// Refusals.
    pub refused: u32,
    /// Units that were finished.
    pub finished: u32,
}

/// An hour of the shift.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Hour {
    /// When it begins.
    pub from: At,
    /// Units that were finished.
    pub finished: u32,
    /// Units that were due in it; none where no plan is for the whole plant.
    pub due: Option<u32>,
    /// Steps that passed.
    pub passed: u32,
    /// Steps that failed.
    pub failed: u32,
    /// Refusals.
    pub refused: u32,
}

/// A plan, and what came of it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct PlanLine {
    /// The route; none: every route.
    pub route: Option<RouteId>,
    /// The station; none: the whole plant.
    pub station: Option<StationId>,
    /// For the whole shift.
    pub planned: u32,
    /// Of that, due by now.
    pub due: u32,
    /// What was made.
    pub made: u32,
    /// Seconds from one unit to the next.
    pub takt_seconds: Option<u32>,
}

/// Units on their way that are alike.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct WorkLine {
    /// Their route.
    pub route: Option<RouteId>,
    /// The step that is due.
    pub step: Option<StepId>,
    /// The class of stations where that is done.
    pub station: StationId,
    /// Their state.
    pub state: &'static str,
    /// How many.
    pub units: u32,
}

/// How many units passed a step at the first attempt.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct YieldLine {
    /// The route.
    pub route: Option<RouteId>,
    /// The step.
    pub step: StepId,
    /// First attempts that ended.
    pub tried: u32,
    /// Of these, how many passed.
    pub passed: u32,
    /// The same in tenths of a percent.
    pub permille: u32,
}

/// An order.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct OrderLine {
    /// Its number.
    pub order: OrderId,
    /// What it makes.
    pub route: RouteId,
    /// How many.
    pub quantity: u32,
    /// How many began.
    pub started: u32,
    /// How many are finished.
    pub finished: u32,
    /// How many remain.
    pub left: u32,
}

/// What was refused with one code.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct RefusalLine {
    /// The code.
    pub code: String,
    /// How often.
    pub times: u32,
}

impl Board {
    /// The board of what was seen.
    pub fn of(seen: &Seen) -> Self {
        Self {
            at: seen.now,
            from: seen.from,
            shift: seen.turn.as_ref().map(|turn| turn.name.clone()),
            attention: attention(seen),
            stations: stations(seen),
            hours: hours(seen),
            plan: plans(seen),
            work: seen.work.iter().map(work).collect(),
            first_pass: yields(seen),
            orders: orders(seen),
            refusals: seen
                .refusals
                .iter()
                .take(REFUSALS_MOST)
                .map(|(code, times)| RefusalLine { code: code.clone(), times: *times })
                .collect(),
        }
    }
}

fn minutes(now: Option<At>, then: Option<At>) -> Option<i64> {
    now.zip(then).map(|(now, then)| now.0.saturating_sub(then.0).max(0) / MINUTE)
}

/// Whether somebody is signed on where nothing was recorded for long: silence is a state.
fn is_silent(operator: Option<&Badge>, seen: Option<i64>) -> bool {
    operator.is_some() && seen.is_none_or(|minutes| minutes >= SILENT_MINUTES)
}

fn attention(seen: &Seen) -> Vec<Attention> {
    let silent = seen.stations.iter().filter_map(|of| {
        let since = minutes(seen.now, of.at);
        let station = of.station.station.clone().filter(|_| is_silent(of.station.operator.as_ref(), since))?;
        let by = of.station.operator.clone();
        Some(Attention::Silent { station, by, minutes: since.unwrap_or(0) })
    });
    let failed = seen.nonconforming.iter().map(|unit| Attention::Nonconforming {
        unit: unit.unit.clone(),
        step: unit.step.clone(),
        minutes: minutes(seen.now, unit.changed).unwrap_or(0),
    });
    let held = seen.holds.iter().map(|hold| Attention::Held {
        unit: hold.unit.clone(),
        reason: hold.reason.clone(),
        minutes: minutes(seen.now, Some(hold.at)).unwrap_or(0),
    });
    let recovered = seen.recovered.iter().map(|badge| Attention::PinRecovered { badge: badge.clone() });
    recovered.chain(silent).chain(failed).chain(held).take(ATTENTION_MOST).collect()
}

fn sum<'t>(counts: impl Iterator<Item = &'t Tally>, what: &str) -> u32 {
    counts.filter(|count| count.what == what).map(|count| count.n).fold(0, u32::saturating_add)
}

fn stations(seen: &Seen) -> Vec<StationLine> {
    let line = |of: &crate::ledger::read::board::StationSeen| {
        let station = of.station.station.clone()?;
        let counted = |what: &str| sum(seen.counts.iter().filter(|count| count.station == station), what);
        let (operator, open) = (of.station.operator.clone(), of.station.open.clone());
        let seen_minutes = minutes(seen.now, of.at);
        let state = match (&operator, &open) {
            _ if is_silent(operator.as_ref(), seen_minutes) => "silent",
            (None, _) => "nobody",
            (Some(_), Some(_)) => "working",
            (Some(_), None) => "waiting",
        };
        let (passed, failed) = (counted("passed"), counted("failed"));
        let (refused, finished) = (counted("refused"), counted("finished"));
        Some(StationLine { station, state, operator, open, seen_minutes, passed, failed, refused, finished })
    };
    seen.stations.iter().filter_map(line).collect()
}

/// The plan that counts what the whole plant finishes.
fn plant_plan(seen: &Seen) -> Option<&Plan> {
    seen.plans.iter().find(|plan| plan.route.is_none() && plan.station.is_none())
}

fn hours(seen: &Seen) -> Vec<Hour> {
    let (Some(from), Some(now)) = (seen.from, seen.now) else { return Vec::new() };
    let (first, last) = (quarter(from), quarter(now));
    let mut by_hour: BTreeMap<i64, Vec<&Tally>> = BTreeMap::new();
    for hour in 0..=(last - first).div_euclid(QUARTERS) {
        by_hour.insert(hour, Vec::new());
    }
    for count in seen.counts.iter().filter(|count| (first..=last).contains(&count.quarter)) {
        by_hour.entry((count.quarter - first).div_euclid(QUARTERS)).or_default().push(count);
    }
    let begin = |hour: i64| At((first + hour * QUARTERS) * QUARTER);
    by_hour
        .into_iter()
        .map(|(hour, counts)| {
            let counted = |what: &str| sum(counts.iter().copied(), what);
            let due = seen.turn.as_ref().zip(plant_plan(seen)).map(|(turn, plan)| {
                let until = begin(hour + 1).min(now);
                plan.due(turn, until).saturating_sub(plan.due(turn, begin(hour)))
            });
            Hour {
                from: begin(hour),
                finished: counted("finished"),
                due,
                passed: counted("passed"),
                failed: counted("failed"),
                refused: counted("refused"),
            }
        })
        .collect()
}

const QUARTER: i64 = 900 * SECOND;

fn plans(seen: &Seen) -> Vec<PlanLine> {
    let (Some(turn), Some(now)) = (&seen.turn, seen.now) else { return Vec::new() };
    let line = |plan: &Plan| {
        let of_route = seen.counts.iter().filter(|count| plan.route.is_none() || count.route == plan.route);
        let made = match &plan.station {
            Some(station) => sum(of_route.filter(|count| count.station == *station), "passed"),
            None => sum(of_route, "finished"),
        };
        PlanLine {
            route: plan.route.clone(),
            station: plan.station.clone(),
            planned: plan.in_all(turn),
            due: plan.due(turn, now),
            made,
            takt_seconds: plan.takt(turn),
        }
    };
    seen.plans.iter().map(line).collect()
}

fn work(count: &WorkCount) -> WorkLine {
    WorkLine {
        route: count.route.clone(),
        step: count.step.clone(),
        station: count.station.clone(),
        state: count.state.word(),
        units: count.n,
    }
}

fn yields(seen: &Seen) -> Vec<YieldLine> {
    let all = seen.first_passes.iter().filter(|of| of.tried > 0);
    all.map(|of| YieldLine {
        route: of.route.clone(),
        step: of.step.clone(),
        tried: of.tried,
        passed: of.passed,
        permille: of.passed.saturating_mul(1_000) / of.tried.max(1),
    })
    .collect()
}

fn orders(seen: &Seen) -> Vec<OrderLine> {
    let open = seen.orders.iter().filter(|order| !order.closed && order.finished < order.quantity);
    open.map(|order| OrderLine {
        order: order.order.clone(),
        route: order.route.clone(),
        quantity: order.quantity,
        started: order.started,
        finished: order.finished,
        left: order.quantity.saturating_sub(order.finished),
    })
    .collect()
}
