//! What happens beside the units: a station is down for a while, a lead is called and comes, one shift leaves the next
//! a note. And once in the week the lead moves a unit to another revision of its route.

use std::sync::Arc;

use crate::app::port::{Fault, Ledger};
use crate::domain::command::Command;
use crate::domain::moving::{RouteMove, plan};
use crate::domain::route::Route;
use crate::domain::time::{At, SECOND};
use crate::domain::traveller::Standing;
use crate::domain::watch::{WatchAct, Watching};
use crate::route_file;

use super::act::Act;
use super::cast::{LEAD, Pins};
use super::plant::Plant;
use super::routes::Text;
use super::story::Mishap;

/// Why a station is down.
const DOWN: [&str; 3] = ["MACHINE", "MATERIAL", "no compressed air"];
/// Microseconds of an hour.
const HOUR: i64 = 3_600 * SECOND;
/// What one shift tells the next.
const NOTES: [&str; 3] = [
    "the feeder jams when it is cold",
    "two good boards lie in the drawer",
    "quality wants to see the next one that fails",
];
/// What the other revision asks for besides, at its last step.
const ADDED: &str = "\n[[step.check]]\nid = \"change-42\"\ntitle = \"Change 42 looked at\"\nkind = \"confirm\"\n";
const LETTER: &str = "change 42";

/// Another revision of a route, which comes in the middle of the week.
#[derive(Debug, Clone)]
pub(super) struct Change {
    text: String,
    route: Arc<Route>,
}

impl Change {
    /// The first of these routes of which there can be one.
    pub(super) fn of(routes: &[(Text, Arc<Route>)]) -> Option<Self> {
        routes.iter().find_map(|(text, route)| {
            let named = |revision: &str| format!("\nrevision = \"{revision}\"");
            let next = format!("{}-1", route.revision);
            let text = text.text.replacen(&named(route.revision.as_str()), &named(&next), 1) + ADDED;
            let read = route_file::read("the next revision", &text).ok()?.route;
            (read.revision.as_str() == next).then(|| Self { text, route: Arc::new(read) })
        })
    }
}

fn watch(act: WatchAct) -> Act {
    Act::new(Command::Watch(Box::new(Watching { at: None, act, by: None })))
}

impl<L: Ledger, P: Pins> Plant<'_, L, P> {
    /// What somebody says of the station while no unit is in hand; nothing mostly.
    pub(super) fn beside_the_units(&mut self, bench: usize) -> Result<Option<Vec<Act>>, Fault> {
        let name = self.floor.bench(bench)?.place.station.clone();
        let station = self.station(&name)?;
        if let Some(me) = &station.operator
            && station.watch.notes_for(me).next().is_some()
        {
            return Ok(Some(vec![watch(WatchAct::Read)]));
        }
        if self.story.strikes(Mishap::Down, &mut self.dice) {
            let reason = self.dice.pick(&DOWN).copied().unwrap_or_default().to_owned();
            return Ok(Some(vec![watch(WatchAct::Down { reason }), watch(WatchAct::Up)]));
        }
        if self.story.strikes(Mishap::Called, &mut self.dice) {
            let lead = Act::scan(self.cast.badge(LEAD)?.as_str());
            return Ok(Some(vec![watch(WatchAct::Call), lead]));
        }
        if self.story.strikes(Mishap::CalledForNothing, &mut self.dice) {
            let reason = "by-mistake".to_owned();
            return Ok(Some(vec![watch(WatchAct::Call), watch(WatchAct::Withdraw { reason })]));
        }
        Ok(None)
    }

    /// What one shift leaves to the next at a station; nothing mostly.
    pub(super) fn note_for_the_next(&mut self) -> Option<Act> {
        let strikes = self.story.strikes(Mishap::Noted, &mut self.dice);
        let text = self.dice.pick(&NOTES).filter(|_| strikes)?;
        Some(watch(WatchAct::Note { text: (*text).to_owned() }))
    }

    /// Whether the office is busy with the engineering change: a revision is released, a unit that waits is moved to
    /// it, and the revision is withdrawn again, since new units are to wait for it.
    pub(super) fn change_engineering(&mut self, work: i64) -> Result<bool, Fault> {
        if work * 2 < self.week.total() {
            return Ok(false);
        }
        let Some(change) = self.change.clone() else { return Ok(false) };
        let Some(unit) = self.movable(&change.route)? else { return Ok(false) };
        self.change = None;
        let by = self.cast.badge(LEAD)?;
        let (route, revision) = (change.route.id.clone(), change.route.revision.clone());
        let release = Command::ReleaseRoute {
            route: route.clone(),
            revision: revision.clone(),
            sha256: route_file::sha256(&change.text),
            text: Arc::from(change.text.as_str()),
            by: by.clone(),
        };
        let moved = RouteMove {
            unit,
            route: route.clone(),
            to: revision.clone(),
            mapped: Vec::new(),
            seen: None,
            reason: LETTER.to_owned(),
            by: by.clone(),
        };
        let withdraw = Command::WithdrawRoute { route, revision, reason: LETTER.to_owned(), by: by.clone() };
        for command in [release, Command::Move(Box::new(moved)), withdraw] {
            self.give(self.week.at(work), None, &Act::by_hand(command, by.clone()))?;
        }
        Ok(true)
    }

    /// Whether the office is busy with an hour that fell short: now and then the lead says why.
    pub(super) fn explain_an_hour(&mut self, work: i64) -> Result<bool, Fault> {
        if !self.story.strikes(Mishap::Short, &mut self.dice) {
            return Ok(false);
        }
        let at = self.week.at(work);
        let hour = At(at.0.div_euclid(HOUR) * HOUR).plus(-HOUR);
        let bench = self.dice.below(u64::try_from(self.floor.benches.len()).unwrap_or(1));
        let station = self.floor.bench(usize::try_from(bench).unwrap_or(0))?.place.station.clone();
        let reason = self.dice.pick(&DOWN).copied().unwrap_or_default().to_owned();
        let known = self.station(&station)?.watch;
        if known.explained.iter().any(|of| of.hour == hour && of.reason == reason) {
            return Ok(false);
        }
        let by = self.cast.badge(LEAD)?;
        let act = WatchAct::Explain { hour, reason };
        let explain = Command::Watch(Box::new(Watching { at: Some(station), act, by: Some(by.clone()) }));
        self.give(at, None, &Act::by_hand(explain, by)).map(|_done| true)
    }

    /// A unit of a route that waits at a station, and that can move.
    fn movable(&mut self, to: &Route) -> Result<Option<crate::domain::id::UnitId>, Fault> {
        let waiting = self.floor.classes.iter().flat_map(|class| &class.waiting);
        let begun: Vec<_> = waiting.filter(|job| job.begun).map(|job| job.unit.clone()).collect();
        for unit in begun {
            let seen = self.look(&unit)?;
            let traveller = &seen.traveller;
            let may = traveller.standing == Standing::InProcess && !traveller.is_held() && !traveller.passed.is_empty();
            if may && seen.route.id == to.id && plan(traveller, &seen.route, to, &[]).is_ok() {
                return Ok(Some(unit));
            }
        }
        Ok(None)
    }
}
