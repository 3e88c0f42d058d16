//! Where a unit goes on whose history is settled: where it is, or from a step on once more.

use super::question::{Choice, Title};
use super::settlement::Work;
use crate::domain::id::{Badge, StepId};
use crate::domain::settling::Settle;
use crate::domain::traveller::Standing;
use crate::domain::way;

/// The code of going on where it is.
const WHERE_IT_IS: &str = "where-it-is";

/// The options: where it is, first; then its steps up to the one that is due. A unit that is gone goes nowhere.
pub(super) fn targets(work: &Work) -> Vec<Choice> {
    let stays = Choice { code: WHERE_IT_IS.to_owned(), title: Title::WhereItIs };
    let is_here = matches!(work.traveller.standing, Standing::InProcess | Standing::Nonconforming | Standing::Complete);
    let due = work.traveller.due.as_ref().and_then(|due| work.route.position(&due.step));
    let until = due.map_or(work.route.steps.len(), |at| at + 1);
    let steps = work.route.steps.iter().take(until).filter(|step| is_here && way::has(&work.traveller, step));
    let steps = steps.map(|s| Choice { code: s.id.to_string(), title: Title::Plain(format!("{}  {}", s.id, s.title)) });
    std::iter::once(stays).chain(steps).collect()
}

/// The step that an option stands for; none: where it is.
pub(super) fn target(choice: &Choice) -> Option<StepId> {
    if choice.title == Title::WhereItIs { None } else { StepId::parse(&choice.code).ok() }
}

/// The command, with every event that was in sight.
pub(super) fn settle(work: &Work, to: Option<StepId>, reason: String, by: Badge) -> Option<Settle> {
    let events = work.traveller.broken().into_iter().map(ToString::to_string).collect();
    Some(Settle { unit: work.traveller.unit.clone()?, events, to, reason, by })
}
