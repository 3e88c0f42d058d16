//! What a review meeting should ask: each question with what it rests on, the most costly first.

use std::sync::Arc;

use serde::Serialize;

use super::checks::OfRoute;
use super::content::Review;
use super::spans::{Spans, told};

/// Questions of one kind.
pub(super) const OF_A_KIND: usize = 5;
/// Cases in which something is early or lacking, of a thousand, before it is asked about.
const WORTH_PER_MILLE: u64 = 10;

/// A question.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Question {
    /// What it is about: `wait`, `rework`, `early`, `lacking`, `names`, `times`, `one-person`, `rows`; of a ledger also
    /// `refused`, `never-varied`, `never-failed`, `typed`, `fails`, `permit`, `review`.
    pub about: &'static str,
    /// What to ask.
    pub ask: String,
    /// The time that it cost, in microseconds; none where no time is on record for it.
    pub cost: Option<i64>,
    /// How often.
    pub times: u64,
}

/// The questions: first what cost time, by time; then the rest, by how often.
pub(super) fn questions(review: &Review, early: &[(Arc<str>, Arc<str>, u64)]) -> Vec<Question> {
    let kinds: [Vec<Question>; 5] =
        [waits(review), rework(review), too_early(review, early), lacking(review), alone(review)];
    let mut all: Vec<Question> = kinds.into_iter().flat_map(|kind| kind.into_iter().take(OF_A_KIND)).collect();
    all.extend(of_the_log(review));
    all.extend(review.ledger.iter().flat_map(OfRoute::questions));
    all.sort_by_key(|question| std::cmp::Reverse((question.cost, question.times)));
    all
}

/// `once`, `2 times`.
pub(super) fn often(times: u64) -> String {
    if times == 1 { "once".to_owned() } else { format!("{times} times") }
}

/// `one case`, `2 cases`.
fn of_cases(cases: u64) -> String {
    if cases == 1 { "one case".to_owned() } else { format!("{cases} cases") }
}

/// What is typical of several lengths of time.
pub(super) fn typical(spans: &Spans) -> String {
    let median = told(spans.median);
    if spans.many == 1 { median } else { format!("half of them more than {median}") }
}

/// Whether so many are worth a question.
fn worth(times: u64, of: u64) -> bool {
    times > 0 && times * 1_000 >= of * WORTH_PER_MILLE
}

fn waits(review: &Review) -> Vec<Question> {
    let waited = review.handovers.iter().filter(|handover| handover.wait.sum > 0);
    let ask = |h: &super::content::Handover| Question {
        about: "wait",
        ask: format!(
            "What do units wait for between {} and {}? {}, {} in all, {}.",
            h.from,
            h.to,
            often(h.wait.many),
            told(h.wait.sum),
            typical(&h.wait)
        ),
        cost: Some(h.wait.sum),
        times: h.wait.many,
    };
    waited.map(ask).collect()
}

fn rework(review: &Review) -> Vec<Question> {
    let ask = |back: &super::content::Back| Question {
        about: "rework",
        ask: if back.from == back.to {
            format!("Why is {} done again at once? {}, in {}.", back.to, often(back.times), of_cases(back.cases))
        } else {
            let (from, to, often, cases) = (&back.from, &back.to, often(back.times), of_cases(back.cases));
            format!("Why does work go back from {from} to {to}? {often}, in {cases}.")
        },
        cost: Some(back.cost),
        times: back.times,
    };
    review.loops.iter().filter(|back| worth(back.cases, review.cases)).map(ask).collect()
}

fn too_early(review: &Review, early: &[(Arc<str>, Arc<str>, u64)]) -> Vec<Question> {
    let ask = |(done, first, times): &(Arc<str>, Arc<str>, u64)| Question {
        about: "early",
        ask: format!("May {done} be done before {first}? It was, {}.", often(*times)),
        cost: None,
        times: *times,
    };
    early.iter().filter(|(_, _, times)| worth(*times, review.cases)).map(ask).collect()
}

fn lacking(review: &Review) -> Vec<Question> {
    let mut lacking: Vec<_> =
        review.steps.iter().filter(|step| step.required && worth(step.lacking, review.cases)).collect();
    lacking.sort_by_key(|step| std::cmp::Reverse(step.lacking));
    let ask = |step: &super::content::Step| Question {
        about: "lacking",
        ask: format!(
            "{} of {} cases have no {}: was it not done, not written down, or are they not finished?",
            step.lacking, review.cases, step.name
        ),
        cost: None,
        times: step.lacking,
    };
    lacking.into_iter().map(ask).collect()
}

/// Steps that only one person does.
fn alone(review: &Review) -> Vec<Question> {
    let only = review.steps.iter().filter(|step| step.required && step.people == 1 && step.done > 1);
    let ask = |step: &super::content::Step| Question {
        about: "one-person",
        ask: format!("Only one person does {}: who does it when they are away?", step.name),
        cost: None,
        times: step.done,
    };
    only.map(ask).collect()
}

/// What to ask about how the log is kept.
fn of_the_log(review: &Review) -> Vec<Question> {
    let mut asked: Vec<Question> = review
        .alike
        .iter()
        .take(OF_A_KIND)
        .map(|pair| Question {
            about: "names",
            ask: format!(
                "Is \"{}\" the same as \"{}\"? It stands in the log {}.",
                pair.rare,
                pair.meant,
                often(pair.times)
            ),
            cost: None,
            times: pair.times,
        })
        .collect();
    if worth(review.undecided, review.events) {
        asked.push(Question {
            about: "times",
            ask: format!(
                "When is the log written? {} things share the moment of the one before, so which came first is only a \
                 guess.",
                review.undecided
            ),
            cost: None,
            times: review.undecided,
        });
    }
    if review.backwards > 0 {
        let ask = format!("Which clock is right? {} things ended before they began.", review.backwards);
        asked.push(Question { about: "times", ask, cost: None, times: review.backwards });
    }
    if review.unread > 0 {
        let ask =
            format!("Who can mend the log? {} rows could not be read and are not in these figures.", review.unread);
        asked.push(Question { about: "rows", ask, cost: None, times: review.unread });
    }
    asked
}
