//! The load of a station, as its screen shows it.

use super::entry::{self, Entry};
use super::model::Model;
use crate::domain::command::Command;
use crate::domain::load::{Load, LoadRule};
use crate::domain::need::Need;
use crate::domain::route::{Check, Route};

/// The load that is filled or goes on here.
#[derive(Debug, Clone, Copy)]
pub struct AtHand<'a> {
    /// The load.
    pub load: &'a Load,
    /// What the route says of it.
    pub rule: &'a LoadRule,
    /// The route.
    pub route: &'a Route,
    /// What is still to be observed of it.
    pub next: Option<&'a Check>,
    /// The kind of gauge that is to be chosen for that.
    pub gauge: Option<&'a str>,
}

impl Model {
    /// The load of the station, where no unit is open.
    pub fn load(&self) -> Option<AtHand<'_>> {
        let load = self.desk.station.load.as_ref().filter(|_| self.desk.open.is_none())?;
        let route = self.desk.load.as_ref()?.route.as_ref();
        let step = route.step(&load.step)?;
        let rule = step.load.as_ref()?;
        let next = rule.checks.iter().find(|check| load.seen(check).is_none()).and_then(|check| step.check(check));
        let kinds = step.gauge_kinds().into_iter().filter(|_| next.is_some());
        let gauge = kinds.into_iter().find(|kind| self.desk.station.gauge(kind).is_none());
        Some(AtHand { load, rule, route, next, gauge })
    }

    /// A line as the answer to what is to be observed of the load.
    pub(super) fn value_of_load(&self, text: &str) -> Option<Command> {
        let AtHand { route, next, .. } = self.load()?;
        let check = next?;
        let need = Need::Check { check, point: None, left: 1 };
        let Entry::Value(value) = entry::read(text, Some(&need), route) else { return None };
        Some(Command::Value { value, check: Some(check.id.clone()), point: None, gauge: None, unit: None })
    }
}
