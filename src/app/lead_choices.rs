//! What a lead can choose from: what becomes of a unit, where it goes back to, what comes out of it.

use super::lead::{Decision, Lead};
use super::question::{Choice, Title};
use super::settlement::Work;
use crate::domain::id::{DefectId, StepId};
use crate::domain::route::{Route, Step};
use crate::domain::traveller::{Held, Standing};
use crate::domain::way;
use crate::domain::what::Piece;

impl Lead {
    /// What there is to decide about the unit. A step without an attempt left is not reworked, nor is a unit that went
    /// back as often as it may.
    pub(super) fn decisions(&self) -> Vec<Decision> {
        let (traveller, route) = (self.work.traveller.as_ref(), self.work.route.as_ref());
        let mut all = Vec::new();
        all.extend(self.over.map(|_rule| Decision::Override));
        all.extend(traveller.holds.first().map(|_| Decision::Release));
        all.extend(traveller.breaks.first().map(|_| Decision::Settle));
        let has_inside = || traveller.installed.iter().any(|i| i.out.is_none() && matches!(i.piece, Piece::Serial(_)));
        match traveller.standing {
            Standing::Scrapped => {
                all.extend(has_inside().then_some(Decision::Recover));
                all.extend(traveller.rework.stripped.is_empty().then_some(Decision::Reverse));
            }
            Standing::Nonconforming => all.extend(self.of_a_failure()),
            Standing::InProcess if self.too_late => all.extend(self.of_a_failure()),
            Standing::InProcess | Standing::Complete => {
                let goes_back = !traveller.is_held() && way::passed(traveller, route).next().is_some();
                all.extend(goes_back.then_some(Decision::SendBack));
            }
            Standing::Unborn | Standing::Dispatched | Standing::Returned | Standing::Merged => {}
        }
        all
    }

    fn of_a_failure(&self) -> Vec<Decision> {
        let (traveller, route) = (self.work.traveller.as_ref(), self.work.route.as_ref());
        let may_go_back = |step: &&Step| {
            traveller.failed_attempts(&step.id) < step.attempts && traveller.rework.is_used_up(route, step).is_none()
        };
        let rework = failed_step(&self.work).filter(may_go_back).map(|_| Decision::Rework);
        rework.into_iter().chain([Decision::Scrap, Decision::UseAsIs]).collect()
    }

    /// The holds that there are, each with its reason.
    pub(super) fn holds(&self) -> Vec<Choice> {
        let title = |held: &Held| match &held.of {
            Some(of) => format!("{of}: {}", held.reason),
            None => held.reason.clone(),
        };
        let choice = |held: &Held| Choice { code: held.event.seq().to_string(), title: Title::Plain(title(held)) };
        self.work.traveller.holds.iter().map(choice).collect()
    }

    /// The steps that it may go back to: where nothing failed, those that it passed; else the route's own choice first;
    /// where the unit came too late, the step that its time is measured from too.
    pub(super) fn targets(&self) -> Vec<Choice> {
        let choice =
            |s: &Step| Choice { code: s.id.to_string(), title: Title::Plain(format!("{}  {}", s.id, s.title)) };
        if self.decision == Some(Decision::SendBack) {
            // Nearest first.
            let mut all: Vec<Choice> = way::passed(&self.work.traveller, &self.work.route).map(choice).collect();
            all.reverse();
            return all;
        }
        let Some(failed) = failed_step(&self.work) else { return Vec::new() };
        let since = failed.minutes_since.iter().filter(|_| self.too_late).map(|window| &window.step);
        let mut ids: Vec<&StepId> = Vec::new();
        for id in std::iter::once(&failed.on_fail).chain(&failed.rework_to).chain(since) {
            if !ids.contains(&id) {
                ids.push(id);
            }
        }
        let steps = ids.into_iter().filter_map(|id| self.work.route.step(id));
        steps.filter(|s| way::may_lead_to(&self.work.traveller, s)).map(choice).collect()
    }

    /// The components that may be taken out, each with what becomes of it: of what is scrapped all of them, of what
    /// goes back those of the steps that are done again.
    pub(super) fn components(&self) -> Vec<Choice> {
        let (traveller, route) = (self.work.traveller.as_ref(), self.work.route.as_ref());
        let failed = failed_step(&self.work);
        let from = self.to.as_ref().or(failed.map(|s| &s.on_fail)).and_then(|s| route.position(s));
        let until = failed.and_then(|s| route.position(&s.id)).or(route.steps.len().checked_sub(1));
        let again = |step: &StepId| {
            matches!(self.decision, Some(Decision::Scrap | Decision::Recover)) || {
                let at = route.position(step);
                from <= at && at <= until
            }
        };
        let inside = traveller.installed.iter().filter(|i| i.out.is_none() && again(&i.step));
        inside
            .filter_map(|i| {
                let Piece::Serial(serial) = &i.piece else { return None };
                let fate = self.removed.iter().find(|r| r.serial == *serial).map(|r| r.fate);
                let title = Title::Component { serial: serial.to_string(), part: i.part.to_string(), fate };
                Some(Choice { code: serial.to_string(), title })
            })
            .collect()
    }
}

/// The step at which a unit failed.
fn failed_step(work: &Work) -> Option<&Step> {
    work.route.step(&work.traveller.due.as_ref()?.step)
}

pub(super) fn decision_choice(decision: Decision) -> Choice {
    let code = match decision {
        Decision::Release => "release",
        Decision::Settle => "settle",
        Decision::Rework => "rework",
        Decision::Scrap => "scrap",
        Decision::UseAsIs => "use-as-is",
        Decision::SendBack => "send-back",
        Decision::Recover => "recover",
        Decision::Reverse => "reverse-scrap",
        Decision::Override => "override",
    };
    Choice { code: code.to_owned(), title: Title::Decision(decision) }
}

/// The route's list of defects.
pub(super) fn defects(route: &Route) -> Vec<Choice> {
    let choice =
        |(id, title): (&DefectId, &String)| Choice { code: id.to_string(), title: Title::Plain(title.clone()) };
    route.defects.iter().map(choice).collect()
}
