//! Whose record an event changes: what is made anew together where several streams tell of it.

use crate::domain::event::Event;
use crate::domain::id::{
    Badge, CartonId, DeviceId, LotId, OrderId, PermitId, Revision, RouteId, ShipmentId, StationId, StepId, UnitId,
};
use crate::domain::projection::{Change, changes};

/// Somebody or something that has a record.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub(super) enum Subject {
    Unit(UnitId),
    Station(StationId),
    Person(Badge),
    Lot(LotId),
    Order(OrderId),
    Gauge(DeviceId),
    Carton(CartonId),
    Shipment(ShipmentId),
    Sampling(RouteId, StepId),
    Route(RouteId, Revision),
    Permit(PermitId),
}

impl Subject {
    /// The sort, as it is stored.
    pub(super) fn kind(&self) -> &'static str {
        match self {
            Self::Unit(_) => "unit",
            Self::Station(_) => "station",
            Self::Person(_) => "person",
            Self::Lot(_) => "lot",
            Self::Order(_) => "order",
            Self::Gauge(_) => "gauge",
            Self::Carton(_) => "carton",
            Self::Shipment(_) => "shipment",
            Self::Sampling(..) => "sampling",
            Self::Route(..) => "route",
            Self::Permit(_) => "permit",
        }
    }

    /// The name, as it is stored; of two names both, apart for certain.
    pub(super) fn name(&self) -> String {
        let both = |a: &str, b: &str| serde_json::Value::from(vec![a, b]).to_string();
        match self {
            Self::Unit(name) => name.to_string(),
            Self::Station(name) => name.to_string(),
            Self::Person(name) => name.to_string(),
            Self::Lot(name) => name.to_string(),
            Self::Order(name) => name.to_string(),
            Self::Gauge(name) => name.to_string(),
            Self::Permit(name) => name.to_string(),
            Self::Carton(name) => name.to_string(),
            Self::Shipment(name) => name.to_string(),
            Self::Sampling(route, step) => both(route.as_str(), step.as_str()),
            Self::Route(route, revision) => both(route.as_str(), revision.as_str()),
        }
    }
}

/// Everything whose record an event changes, each once. A refusal belongs to its unit too.
pub(super) fn subjects(event: &Event) -> Vec<Subject> {
    let mut all: Vec<Subject> = event.about.unit.clone().map(Subject::Unit).into_iter().collect();
    for change in changes(event) {
        let subject = match change {
            Change::Station(name) => Subject::Station(name),
            Change::Person(badge) => Subject::Person(badge),
            Change::Lot(name) => Subject::Lot(name),
            Change::Order(name) => Subject::Order(name),
            Change::Gauge(name) => Subject::Gauge(name),
            Change::Permit(name) => Subject::Permit(name),
            Change::Carton(name) => Subject::Carton(name),
            Change::Shipment(name) => Subject::Shipment(name),
            Change::Sampling(route, step) => Subject::Sampling(route, step),
            Change::Route => match (&event.about.route, &event.about.revision) {
                (Some(route), Some(revision)) => Subject::Route(route.clone(), revision.clone()),
                _ => continue,
            },
            // These go with their unit, or with the event alone.
            Change::Unit(_)
            | Change::StepResult { .. }
            | Change::CheckResult { .. }
            | Change::CheckVoided(_)
            | Change::Material { .. }
            | Change::MaterialVoided(_)
            | Change::MaterialRemoved { .. }
            | Change::Descent { .. }
            | Change::Tag { .. }
            | Change::Load(_)
            | Change::LotTold(_)
            | Change::MaterialJudged { .. }
            | Change::Hold(_)
            | Change::HoldEnded { .. }
            | Change::Waived { .. }
            | Change::Overridden { .. }
            | Change::Refusal { .. }
            | Change::Count { .. } => continue,
        };
        if !all.contains(&subject) {
            all.push(subject);
        }
    }
    all
}

/// Whose records are to change.
#[derive(Debug, Clone, Copy)]
pub(super) enum Only<'s> {
    /// All.
    Everybody,
    /// All but these, which are made anew later.
    But(&'s std::collections::BTreeSet<Subject>),
    /// This one alone, which is being made anew; what an event adds by itself is there.
    Just(&'s Subject),
}

impl Only<'_> {
    /// Whether a record is to change.
    pub(super) fn takes(self, subject: impl FnOnce() -> Subject) -> bool {
        match self {
            Self::Everybody => true,
            Self::But(others) => others.is_empty() || !others.contains(&subject()),
            Self::Just(one) => *one == subject(),
        }
    }

    /// Whether what an event adds by itself is to be added.
    pub(super) fn takes_events(self) -> bool {
        !matches!(self, Self::Just(_))
    }
}
