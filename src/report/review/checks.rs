//! What the review says of a route beyond its flow: checks, refusals, permits, and whether its review is due.

use serde::Serialize;

use super::floor::{CheckTally, Floor, Share};
use super::question::{OF_A_KIND, Question, often, typical};
use super::spans::{Spans, told};
use crate::domain::check::{Check, Why};
use crate::domain::route::Route;
use crate::domain::time::{At, SECOND};

/// Observations before a check that never varied, or is mostly typed, is asked about.
const VARIED_LEAST: u64 = 30;
/// Observations before a check that never failed is asked about.
const FAILED_LEAST: u64 = 100;
/// A check fails often where it does in so many of a thousand.
const OFTEN_PER_MILLE: u64 = 50;
/// Failures at one station or of one lot before it is named.
const FAILURES_LEAST: u64 = 3;
/// Microseconds of a month, as the review counts them.
const MONTH: i64 = 30 * 86_400 * SECOND;

/// What the ledger knows of a route.
#[derive(Debug, Default, Serialize)]
pub struct OfRoute {
    /// The checks, in the order of the route.
    pub checks: Vec<CheckLine>,
    /// What was refused, the most often first.
    pub refusals: Vec<RefusalLine>,
    /// What was allowed by permits and overrides.
    pub permits: Vec<PermitLine>,
    /// Whether the route says that it should have been reviewed by now.
    pub due: bool,
}

/// A check.
#[derive(Debug, Serialize)]
pub struct CheckLine {
    /// The step.
    pub step: String,
    /// The check.
    pub check: String,
    /// What people call it.
    pub title: String,
    /// What the route says it is kept for.
    pub why: Option<&'static str>,
    /// Observations.
    pub seen: u64,
    /// Of these, failed.
    pub failed: u64,
    /// Of these, typed by hand.
    pub typed: u64,
    /// The only value that it ever had.
    pub only: Option<String>,
    /// Where it fails twice as often as elsewhere: stations, and lots in the unit.
    pub worse: Vec<Worse>,
}

/// Where a check fails more often than elsewhere.
#[derive(Debug, Serialize)]
pub struct Worse {
    /// The station or the lot.
    pub of: String,
    /// Observations there.
    pub seen: u64,
    /// Of these, failed.
    pub failed: u64,
}

/// A code of refusal.
#[derive(Debug, Serialize)]
pub struct RefusalLine {
    /// The code.
    pub code: &'static str,
    /// How often.
    pub times: u64,
    /// How long until work went on.
    pub cleared: Spans,
}

/// A permit or an override.
#[derive(Debug, Serialize)]
pub struct PermitLine {
    /// Its number.
    pub permit: String,
    /// Things that it allowed.
    pub times: u64,
}

impl OfRoute {
    /// What the ledger knows of a route that was released at some moment.
    pub fn new(route: &Route, floor: &Floor, released: Option<At>, now: At) -> Self {
        let mut refusals: Vec<_> = floor
            .times_to_clear()
            .into_iter()
            .map(|(code, cleared)| RefusalLine {
                code: code.word(),
                times: floor.refusals.get(&code).map_or(0, |refused| refused.times),
                cleared,
            })
            .collect();
        refusals.sort_by_key(|line| std::cmp::Reverse(line.times));
        let months = route.review_months.map(|months| i64::from(months) * MONTH);
        Self {
            checks: lines(route, floor),
            refusals,
            permits: floor
                .permits
                .iter()
                .map(|(permit, times)| PermitLine { permit: permit.clone(), times: *times })
                .collect(),
            due: months.zip(released).is_some_and(|(months, released)| released.plus(months) < now),
        }
    }

    /// What to ask about it.
    pub(super) fn questions(&self) -> Vec<Question> {
        let mut all: Vec<Question> = self.checks.iter().flat_map(of_check).collect();
        let mut refusals: Vec<_> = self.refusals.iter().filter(|line| line.cleared.sum > 0).collect();
        refusals.sort_by_key(|line| std::cmp::Reverse(line.cleared.sum));
        all.extend(refusals.into_iter().take(OF_A_KIND).map(|line| Question {
            about: "refused",
            ask: format!(
                "What leads to {}? Work was refused with it {}, and went on after {} in all, {}.",
                line.code,
                often(line.times),
                told(line.cleared.sum),
                typical(&line.cleared)
            ),
            cost: Some(line.cleared.sum),
            times: line.times,
        }));
        all.extend(self.permits.iter().map(|line| Question {
            about: "permit",
            ask: format!("Should the route allow what {} allowed {}?", line.permit, often(line.times)),
            cost: None,
            times: line.times,
        }));
        if self.due {
            let ask = "The route says that its review is due: does it still say what it should?".to_owned();
            all.push(Question { about: "review", ask, cost: None, times: 1 });
        }
        all
    }
}

fn lines(route: &Route, floor: &Floor) -> Vec<CheckLine> {
    let mut lines = Vec::new();
    for step in &route.steps {
        for check in &step.checks {
            let Some(tally) = floor.checks.get(&(step.id.clone(), check.id.clone())) else { continue };
            lines.push(line(step.id.to_string(), check, tally));
        }
    }
    lines
}

fn line(step: String, check: &Check, tally: &CheckTally) -> CheckLine {
    let stations = tally.stations.iter().map(|(station, share)| (station.to_string(), *share));
    let lots = tally.lots.iter().map(|(lot, share)| (format!("lot {lot}"), *share));
    let worse = stations.chain(lots).filter(|(_, share)| is_worse(*share, tally.all));
    CheckLine {
        step,
        check: check.id.to_string(),
        title: check.title.clone(),
        why: check.why.map(word),
        seen: tally.all.seen,
        failed: tally.all.failed,
        typed: tally.typed,
        only: if tally.values.len() == 1 { tally.values.first().cloned() } else { None },
        worse: worse.map(|(of, share)| Worse { of, seen: share.seen, failed: share.failed }).collect(),
    }
}

/// Whether it fails at least twice as often here as elsewhere.
fn is_worse(here: Share, all: Share) -> bool {
    let elsewhere = Share { seen: all.seen - here.seen, failed: all.failed - here.failed };
    here.failed >= FAILURES_LEAST
        && elsewhere.seen > 0
        && here.failed.saturating_mul(elsewhere.seen) >= 2 * elsewhere.failed.saturating_mul(here.seen)
}

fn of_check(line: &CheckLine) -> Vec<Question> {
    let kept = line.why.map_or_else(
        || "The route does not say what it is kept for.".to_owned(),
        |why| format!("The route keeps it for: {why}."),
    );
    let CheckLine { title, step, seen, failed, typed, .. } = line;
    let ask = |about, ask: String, times: u64| Question { about, ask, cost: None, times };
    let mut all = Vec::new();
    if let Some(only) = line.only.as_ref().filter(|_| *seen >= VARIED_LEAST) {
        let said = format!("{title} at step {step} said {only} {seen} times and nothing else: is it needed? {kept}");
        all.push(ask("never-varied", said, *seen));
    } else if *failed == 0 && *seen >= FAILED_LEAST {
        let said = format!("{title} at step {step} never failed in {seen}: is it needed, or too wide? {kept}");
        all.push(ask("never-failed", said, *seen));
    }
    if *seen >= VARIED_LEAST && typed * 2 >= *seen {
        let said =
            format!("{title} at step {step} was typed {typed} of {seen} times: could it be scanned or measured?");
        all.push(ask("typed", said, *typed));
    }
    if *failed >= FAILURES_LEAST && failed * 1_000 >= seen * OFTEN_PER_MILLE {
        let worse: Vec<_> = line.worse.iter().map(|w| format!("{}: {} of {}", w.of, w.failed, w.seen)).collect();
        let where_ =
            if worse.is_empty() { String::new() } else { format!(" More than elsewhere: {}.", worse.join(", ")) };
        all.push(ask(
            "fails",
            format!("Why does {title} at step {step} fail {failed} of {seen} times?{where_}"),
            *failed,
        ));
    }
    all
}

fn word(why: Why) -> &'static str {
    match why {
        Why::Customer => "customer",
        Why::Audit => "audit",
        Why::Trace => "trace",
        Why::Process => "process",
    }
}
