//! A log from the events of a ledger: the steps of one route, from the taking up of a unit to its passing or failing.
//! What was copied from paper was done when the paper states it.

use std::collections::HashMap;

use super::floor::Floor;
use super::log::{ACTIVITIES_MOST, Done, Log, PEOPLE_MOST, ROWS_MOST};
use super::order::{Listed, Order};
use crate::domain::event::Event;
use crate::domain::id::{StepId, UnitId};
use crate::domain::route::Route;
use crate::domain::what::What;

/// What the events of a route say.
#[derive(Debug)]
pub struct Gathered<'r> {
    route: &'r Route,
    /// The steps that were done.
    pub log: Log,
    /// The rest.
    pub floor: Floor,
    /// Since when a unit is open, and at which step.
    open: HashMap<UnitId, (StepId, i64)>,
    /// Whether the log had no room for something.
    pub is_full: bool,
}

impl<'r> Gathered<'r> {
    /// Nothing yet, of a route.
    pub fn of(route: &'r Route) -> Self {
        Self { route, log: Log::new(true), floor: Floor::default(), open: HashMap::new(), is_full: false }
    }

    /// Takes the next event. Only a few begin and end the work of a step. Those of other routes, and of none,
    /// are passed over.
    #[expect(clippy::wildcard_enum_match_arm, reason = "only these begin and end the work of a step")]
    pub fn see(&mut self, event: &Event) {
        if event.about.route.as_ref() != Some(&self.route.id) {
            return;
        }
        self.floor.see(event);
        let (Some(unit), Some(step)) = (&event.about.unit, &event.about.step) else { return };
        match &event.what {
            What::UnitOpened(_) => {
                let at = event.when().0;
                let open = self.open.entry(unit.clone()).or_insert_with(|| (step.clone(), at));
                // Whoever takes up what was put down half done goes on with it.
                if open.0 != *step {
                    *open = (step.clone(), at);
                }
            }
            What::StepPassed(_) | What::StepFailed(_) | What::StepSkipped(_) => self.done(event, unit, step),
            _ => {}
        }
    }

    /// The log in its order, the order of the route, and the rest.
    pub fn finish(self) -> (Log, Order, Floor) {
        let log = self.log.sorted();
        let order = Order::of_route(&log, &listed(self.route));
        (log, order, self.floor)
    }

    fn done(&mut self, event: &Event, unit: &UnitId, step: &StepId) {
        let to = event.when().0;
        let from = self.open.remove(unit).filter(|(open, _)| open == step).map_or(to, |(_, from)| from);
        // A paper states the minute: what was taken up within it did not end before.
        let from = if event.about.happened.is_some() { from.min(to) } else { from };
        let title = self.route.steps.iter().find(|known| known.id == *step).map_or(step.as_str(), |known| &known.title);
        let names = &mut self.log;
        let who = event.about.by.as_ref().and_then(|by| names.people.number(by.as_str(), PEOPLE_MOST));
        let case = names.cases.number(unit.as_str(), ROWS_MOST);
        let activity = names.activities.number(title, ACTIVITIES_MOST);
        match (case, activity) {
            (Some(case), Some(activity)) if self.log.done().len() < ROWS_MOST => {
                self.log.add(Done { case, activity, who: who.map_or(0, |who| who + 1), from, to });
            }
            _ => self.is_full = true,
        }
    }
}

/// The steps of a route, as the order needs them.
pub fn listed(route: &Route) -> Vec<Listed> {
    let step = |step: &crate::domain::route::Step| Listed {
        names: vec![step.title.clone(), step.id.to_string()],
        group: step.group.clone(),
        required: !step.optional && step.sample.is_none() && step.when.is_none(),
    };
    route.steps.iter().map(step).collect()
}
