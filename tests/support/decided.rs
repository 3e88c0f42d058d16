//! The last command of a floor and all that it was decided on, to be decided again with one thing changed.

use std::sync::Arc;

use traveller::app::replay::History as _;
use traveller::domain::ambient::{Ambient, Place};
use traveller::domain::command::Command;
use traveller::domain::event::{Event, Stamp};
use traveller::domain::facts::{Facts, Other, Seen};
use traveller::domain::gate;
use traveller::domain::gate::decision::Decision;
use traveller::domain::refusal::Refusal;
use traveller::domain::route::Route;
use traveller::domain::time::At;
use traveller::domain::traveller::Traveller;
use traveller::ledger::read::past::Past;

use super::floor::acts_of;
use super::plant::Plant;

/// A command, and what it was decided on.
#[derive(Clone)]
pub(crate) struct Decided {
    pub(crate) open: Traveller,
    pub(crate) route: Option<Arc<Route>>,
    pub(crate) now: Ambient,
    pub(crate) facts: Facts,
    pub(crate) command: Command,
}

impl Decided {
    /// The last one on record.
    pub(crate) fn last(plant: &Plant) -> Self {
        Self::last_where(plant, |_| true)
    }

    /// The last one on record that came to an event of this kind.
    pub(crate) fn last_of(plant: &Plant, kind: &str) -> Self {
        Self::last_where(plant, |event| event.what.kind() == kind)
    }

    fn last_where(plant: &Plant, is_it: impl Fn(&Event) -> bool) -> Self {
        let reader = traveller::ledger::open_reader(&plant.ledger()).unwrap();
        let mut past = reader.past(traveller::route_file::released).unwrap().unwrap();
        let acts = acts_of(&mut past).into_iter().rev();
        let mut found = acts.map(|act| (act, past.action(act).unwrap().remove(0)));
        let (act, event) = found.find(|(_, event)| is_it(event)).expect("such an action");
        let cause = event.cause.expect("its cause");
        let Stamp { at, clock, boot, mono, .. } = event.stamp;
        let class = cause.ambient.class.clone();
        let class = |station| class.unwrap_or_else(|| Clone::clone(station));
        let place = |station| Place { class: class(station), station: Clone::clone(station) };
        let station = event.about.station.as_ref().map(place);
        let now = Ambient { at, clock, boot, mono, station, given: cause.ambient };
        let mut facts = cause.facts;
        let of = |past: &mut Past<'_>, seen: Option<&Seen>| {
            let traveller = seen.map(|seen| {
                let events = past.of_unit(&seen.unit).unwrap();
                Traveller::replay(events.iter().filter(|e| e.stamp.seq < act))
            });
            let traveller = traveller.unwrap_or_default();
            let route = traveller.route.as_ref().and_then(|(route, revision)| past.route(route, revision).unwrap());
            (traveller, route)
        };
        let (open, route) = of(&mut past, facts.open.as_ref());
        if facts.other_seen.is_some() {
            let (traveller, route) = of(&mut past, facts.other_seen.as_ref());
            facts.other = Some(Other { traveller: Arc::new(traveller), route });
        } else if let Some(unit) = cause.cmd.label().and_then(|label| label.plain()?.parse().ok()) {
            let claim = facts.claim.as_ref();
            let route = claim.and_then(|claim| past.route(&claim.route, &claim.revision).unwrap());
            facts.other = Some(Other { traveller: Arc::new(Traveller::unborn(unit)), route });
        }
        for released in &mut facts.routes {
            released.route = past.route(&released.release.route, &released.release.revision).unwrap();
        }
        Self { open, route, now, facts, command: cause.cmd }
    }

    /// The decision, as things are now.
    pub(crate) fn again(&self) -> Decision {
        gate::decide(&self.open, self.route.as_deref(), &self.now, &self.facts, &self.command)
    }

    /// Why not.
    #[track_caller]
    pub(crate) fn no(&self) -> Refusal {
        self.again().answer.expect_err("a refusal")
    }

    /// The same at another moment of the same boot.
    pub(crate) fn at(&self, at: At) -> Self {
        let mut moved = self.clone();
        moved.now.mono = moved.now.mono.checked_add_signed(at.0 - moved.now.at.0).expect("a moment since the boot");
        moved.now.at = at;
        moved
    }

    /// The same where the record of the other unit is another one.
    pub(crate) fn other(&self, change: impl FnOnce(&mut Traveller)) -> Self {
        let mut changed = self.clone();
        change(Arc::make_mut(&mut changed.facts.other.as_mut().expect("another unit").traveller));
        changed
    }
}
