//! The board, computed from what was seen.

use super::seen::Seen;
use super::{attention, hours, limits, pareto, proofs, stations, trend};
use crate::app::board::content::{Board, PlanLine, RefusalLine, WorkLine, YieldLine};
use crate::app::board::lines::{DownLine, HalfDoneLine, NoteLine, OrderLine};
use crate::app::shifts::left::LeftUnit;
use crate::app::shifts::plan::Plan;
use crate::domain::time::{At, SECOND};
use crate::ledger::read::counts::Tally;
use crate::ledger::read::units::WorkCount;
use crate::report::shift::watched::{self as shift, Span, WatchTally};

/// Codes of refusals that are told.
const REFUSALS_MOST: usize = 10;
/// Units put down half done that are told.
const HALF_DONE_MOST: usize = 50;
/// Orders that are told.
const ORDERS_MOST: usize = 200;
const MINUTE: i64 = 60 * SECOND;

/// The board of what was seen.
pub fn board(seen: &Seen) -> Board {
    let watch = watched(seen);
    let hours = hours::hours(seen);
    let proofs = proofs::proofs(seen);
    Board {
        at: seen.now,
        from: seen.from,
        shift: seen.turn.as_ref().map(|turn| turn.name.clone()),
        until: seen.turn.as_ref().map(|turn| turn.end),
        attention: attention::attention(seen, &hours, &proofs),
        stations: stations::stations(seen),
        hours,
        plan: plans(seen),
        work: seen.work.iter().map(|count| work(seen, count)).collect(),
        half_done: half_done(seen),
        first_pass: yields(seen),
        shares: seen.fold.shares,
        failures: pareto::failures(&seen.fold.failures),
        orders: orders(seen),
        refusals: seen
            .refusals
            .iter()
            .take(REFUSALS_MOST)
            .map(|(code, times)| RefusalLine { code: code.clone(), times: *times })
            .collect(),
        downtime: watch.downtime.all().map(|span| down(seen, span)).collect(),
        notes: watch.notes.all().map(note).collect(),
        expiring: limits::expiring(seen),
        proofs,
        permits: limits::permits(seen),
        overrides: seen.overrides,
        checks: seen.checks.clone(),
        trend: seen.series.as_ref().map(trend::trend),
    }
}

/// What happened at the stations, and what goes on there since before.
fn watched(seen: &Seen) -> WatchTally {
    let mut watch = seen.fold.watch.clone();
    seen.left.stations.iter().for_each(|station| watch.goes_on(station));
    watch
}

fn down(seen: &Seen, span: &Span) -> DownLine {
    DownLine {
        station: span.station.clone(),
        from: span.from,
        to: span.to,
        minutes: minutes(span.to.or(seen.now), Some(span.from)).unwrap_or(0),
        reason: span.reason.clone(),
        by: span.by.clone(),
    }
}

fn note(row: &shift::NoteLine) -> NoteLine {
    NoteLine {
        station: row.station.clone(),
        left: row.left,
        by: row.by.clone(),
        text: row.text.clone(),
        read_by: row.read_by.clone(),
    }
}

fn half_done(seen: &Seen) -> Vec<HalfDoneLine> {
    let line = |unit: &LeftUnit| HalfDoneLine {
        unit: unit.unit.clone(),
        step: unit.step.clone(),
        station: unit.station.clone(),
        by: unit.by.clone(),
        minutes: minutes(seen.now, Some(unit.at)).unwrap_or(0),
    };
    seen.left.half_done.iter().take(HALF_DONE_MOST).map(line).collect()
}

/// Minutes from one moment to a later one.
pub(super) fn minutes(now: Option<At>, then: Option<At>) -> Option<i64> {
    now.zip(then).map(|(now, then)| now.0.saturating_sub(then.0).max(0) / MINUTE)
}

/// How many of one sort were counted.
pub(super) fn sum<'t>(counts: impl Iterator<Item = &'t Tally>, what: &str) -> u32 {
    counts.filter(|count| count.what == what).map(|count| count.n).fold(0, u32::saturating_add)
}

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

fn work(seen: &Seen, count: &WorkCount) -> WorkLine {
    WorkLine {
        route: count.route.clone(),
        step: count.step.clone(),
        station: count.station.clone(),
        state: count.state.word(),
        units: count.n,
        oldest: count.oldest.clone(),
        oldest_minutes: minutes(seen.now, count.since),
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
    open.take(ORDERS_MOST)
        .map(|order| OrderLine {
            order: order.order.clone(),
            route: order.route.clone(),
            quantity: order.quantity,
            started: order.started,
            finished: order.finished,
            scrapped: order.scrapped,
            left: order.quantity.saturating_sub(order.finished),
        })
        .collect()
}
