//! What the review found, put together: names instead of numbers, ready to be drawn or given to a script.

use std::sync::Arc;

use serde::Serialize;

use super::alike::alike;
use super::checks::OfRoute;
use super::conformance::Conformance;
use super::flow::Flow;
use super::log::{LeftOut, Log};
use super::order::Order;
use super::question::{Question, questions};
use super::spans::Spans;
use super::variants::variants;
use crate::domain::time::At;

/// Handovers and ways back that are told.
pub const PAIRS_MOST: usize = 40;

/// What the review found. Times are microseconds, shares thousandths.
#[derive(Debug, Serialize)]
pub struct Review {
    /// Cases.
    pub cases: u64,
    /// Things that were done.
    pub events: u64,
    /// The first beginning.
    pub from: At,
    /// The last end.
    pub to: At,
    /// Whether the ends of activities are on record; else nobody knows how long work took.
    pub has_ends: bool,
    /// Whether the order is that of a route; else it was found from the cases.
    pub of_route: bool,
    /// How long cases took.
    pub took: Spans,
    /// How the cases fit the order.
    pub conformance: Fit,
    /// The steps, in order; then what the order does not know.
    pub steps: Vec<Step>,
    /// Steps of the route that nothing in the log is called like.
    pub unseen: Vec<String>,
    /// How many different ways cases went.
    pub ways: usize,
    /// Those that most cases went.
    pub variants: Vec<Way>,
    /// Where cases waited, the longest in all first.
    pub handovers: Vec<Handover>,
    /// What was gone back to, the most costly first.
    pub loops: Vec<Back>,
    /// How often another person went on.
    pub handed: u64,
    /// How often an activity began before the one before it ended.
    pub overlaps: u64,
    /// Names that may mean the same.
    pub alike: Vec<Pair>,
    /// Things whose order is only that of the file, since they began in one moment.
    pub undecided: u64,
    /// Things that ended before they began.
    pub backwards: u64,
    /// Rows that could not be read.
    pub unread: u64,
    /// The first of them.
    pub left_out: Vec<LeftOut>,
    /// What only a ledger knows.
    #[serde(flatten)]
    pub ledger: Option<OfRoute>,
    /// What to ask.
    pub questions: Vec<Question>,
}

/// How the cases fit the order.
#[derive(Debug, Serialize)]
pub struct Fit {
    /// Cases in which everything was right and nothing lacking.
    pub conform: u64,
    /// Of a thousand cases.
    pub per_mille: u64,
    /// Done in its turn.
    pub right: u64,
    /// Done before something that comes first.
    pub early: u64,
    /// Done again.
    pub again: u64,
    /// Not in the order.
    pub other: u64,
}

/// An activity.
#[derive(Debug, Serialize)]
pub struct Step {
    /// What it is called.
    pub name: Arc<str>,
    /// Its group in the order, from 1; none where the order does not know it.
    pub group: Option<usize>,
    /// Whether a case without it lacks something.
    pub required: bool,
    /// How often it was done.
    pub done: u64,
    /// In its turn.
    pub right: u64,
    /// Too early.
    pub early: u64,
    /// Again.
    pub again: u64,
    /// Cases without it.
    pub lacking: u64,
    /// How long it took.
    pub work: Spans,
    /// How many people did it.
    pub people: u64,
}

/// A way that cases went.
#[derive(Debug, Serialize)]
pub struct Way {
    /// The activities.
    pub way: Vec<Arc<str>>,
    /// How many cases.
    pub cases: u64,
    /// One of them.
    pub example: Arc<str>,
}

/// From one activity to the next.
#[derive(Debug, Serialize)]
pub struct Handover {
    /// From.
    pub from: Arc<str>,
    /// To.
    pub to: Arc<str>,
    /// The wait.
    pub wait: Spans,
}

/// A way back.
#[derive(Debug, Serialize)]
pub struct Back {
    /// From.
    pub from: Arc<str>,
    /// To what was done before.
    pub to: Arc<str>,
    /// How often.
    pub times: u64,
    /// In how many cases.
    pub cases: u64,
    /// The wait for it and the time it took.
    pub cost: i64,
}

/// Two names that may be one.
#[derive(Debug, Serialize)]
pub struct Pair {
    /// The rare one.
    pub rare: Arc<str>,
    /// How often it is used.
    pub times: u64,
    /// The one that may be meant.
    pub meant: Arc<str>,
}

impl Review {
    /// Reviews a log against an order, with what else is known where it is that of a ledger.
    pub fn of(log: &Log, order: &Order, of_route: bool, ledger: Option<OfRoute>) -> Self {
        let (fit, flow) = (Conformance::of(log, order), Flow::of(log));
        let name = |activity: u32| log.activities.name(activity);
        let (ways, told) = variants(log);
        let [right, early, again] = fit.in_all();
        let mut review = Self {
            cases: fit.cases,
            events: log.done().iter().map(|_| 1).sum(),
            from: At(log.done().iter().map(|d| d.from).min().unwrap_or_default()),
            to: At(log.done().iter().map(|d| d.to).max().unwrap_or_default()),
            has_ends: log.has_ends,
            of_route,
            took: flow.cases,
            conformance: Fit {
                conform: fit.conform,
                per_mille: (fit.conform * 1_000).checked_div(fit.cases).unwrap_or_default(),
                right,
                early,
                again,
                other: fit.other,
            },
            steps: steps(log, order, &fit, &flow),
            unseen: order.unseen.clone(),
            ways,
            variants: told
                .into_iter()
                .map(|v| Way {
                    way: v.way.into_iter().map(name).collect(),
                    cases: v.cases,
                    example: log.cases.name(v.example),
                })
                .collect(),
            handovers: handovers(log, &flow),
            loops: loops(log, &flow),
            handed: flow.handed,
            overlaps: flow.overlaps,
            alike: alike(log)
                .into_iter()
                .map(|a| Pair { rare: name(a.rare), times: a.times, meant: name(a.meant) })
                .collect(),
            undecided: log.undecided(),
            backwards: log.backwards,
            unread: log.unread,
            left_out: log.left_out.clone(),
            ledger,
            questions: Vec::new(),
        };
        review.questions = questions(&review, &early_pairs(log, order, &fit));
        review
    }
}

/// What was done before what, and how often, the most often first.
fn early_pairs(log: &Log, order: &Order, fit: &Conformance) -> Vec<(Arc<str>, Arc<str>, u64)> {
    let name = |at: usize| order.places.get(at).map(|place| log.activities.name(place.activity));
    let pairs = fit.early.iter().filter_map(|((early, first), n)| Some((name(*early)?, name(*first)?, *n)));
    let mut pairs: Vec<_> = pairs.collect();
    pairs.sort_by_key(|(_, _, n)| std::cmp::Reverse(*n));
    pairs.truncate(PAIRS_MOST);
    pairs
}

fn steps(log: &Log, order: &Order, fit: &Conformance, flow: &Flow) -> Vec<Step> {
    let work = |activity: u32| flow.work.get(&activity).copied().unwrap_or_default();
    let people = |activity: u32| flow.people.get(&activity).copied().unwrap_or_default();
    let step = |activity: u32| Step {
        name: log.activities.name(activity),
        group: None,
        required: false,
        done: work(activity).many,
        right: 0,
        early: 0,
        again: 0,
        lacking: 0,
        work: if log.has_ends { work(activity) } else { Spans::default() },
        people: people(activity),
    };
    let known = order.places.iter().zip(&fit.places).map(|(place, tally)| Step {
        group: Some(place.group + 1),
        required: place.required,
        right: tally.right,
        early: tally.early,
        again: tally.again,
        lacking: tally.lacking,
        ..step(place.activity)
    });
    let mut other: Vec<Step> =
        flow.work.keys().filter(|activity| order.place(**activity).is_none()).map(|activity| step(*activity)).collect();
    other.sort_by_key(|step| std::cmp::Reverse(step.done));
    known.chain(other).collect()
}

fn handovers(log: &Log, flow: &Flow) -> Vec<Handover> {
    let name = |activity: u32| log.activities.name(activity);
    let mut all: Vec<_> = flow
        .waits
        .iter()
        .map(|((from, to), wait)| Handover { from: name(*from), to: name(*to), wait: *wait })
        .collect();
    all.sort_by_key(|handover| std::cmp::Reverse((handover.wait.sum, handover.wait.many)));
    all.truncate(PAIRS_MOST);
    all
}

fn loops(log: &Log, flow: &Flow) -> Vec<Back> {
    let name = |activity: u32| log.activities.name(activity);
    let back = |((from, to), found): (&(u32, u32), &super::flow::Loop)| Back {
        from: name(*from),
        to: name(*to),
        times: found.times,
        cases: found.cases,
        cost: found.cost,
    };
    let mut all: Vec<_> = flow.loops.iter().map(back).collect();
    all.sort_by_key(|back| std::cmp::Reverse((back.cost, back.times)));
    all.truncate(PAIRS_MOST);
    all
}
