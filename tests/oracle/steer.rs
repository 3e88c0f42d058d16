//! The sensible thing to do next, so that a unit gets on.

use std::sync::Arc;

use traveller::app::port::Ledger as _;
use traveller::app::submit::desk;
use traveller::capture::label;
use traveller::domain::command::{Command, Decide};
use traveller::domain::id::{Badge, DeviceId, StationId, UnitId};
use traveller::domain::label::Label;
use traveller::domain::load::LoadAct;
use traveller::domain::need::{Need, needs};
use traveller::domain::role::Role;
use traveller::domain::route::{Check, Route, Step};
use traveller::domain::station::{Pending, Station};
use traveller::domain::traveller::{Standing, Traveller};
use traveller::domain::what::{Fate, Removed};

use super::acts::{PEOPLE, UNITS};
use super::floor::{Floor, With, badge, station};
use super::model::Product;
use super::routes::{GTINS, SKILL, STATIONS};
use super::speech::{observe, word_of};
use super::work_on::gauge_of;

/// A command, and where it is given.
pub(super) type Given = (Option<usize>, Command, With);

pub(super) const PLAIN: With = With { pin: None, screen_ms: None, typed: false };
pub(super) const SIGNED: With = With { pin: Some(true), screen_ms: None, typed: false };

pub(super) fn scan(text: &str) -> Command {
    Command::Scan { label: label::read(Label::read(text.as_bytes())), unit: None }
}

/// A unit by one of its labels: the plain one, or a GS1 label that says that it is one, or does not. Now and then by
/// one that counts no more.
/// The board of a panel also by that one's label.
pub(super) fn scan_unit(unit: &UnitId, label: &UnitId, pick: usize) -> Command {
    if let Some((panel, _)) = unit.as_str().split_once('-').filter(|_| pick % 5 < 3) {
        return scan(panel);
    }
    let unit = if pick.is_multiple_of(11) { unit } else { label };
    let gtin = GTINS[usize::from(unit.as_str().as_bytes()[1] - b'0')];
    match pick % 4 {
        0 => scan(&format!("]d201{gtin}21{unit}")),
        1 => scan(&format!("01{gtin}21{unit}")),
        _ => scan(unit.as_str()),
    }
}

pub(super) fn unit(number: usize) -> UnitId {
    UnitId::parse(UNITS[number]).unwrap()
}

impl Floor {
    /// The sensible thing to do next, so that the unit gets on.
    pub(super) fn next(&mut self, unit: &UnitId, pick: usize) -> Given {
        let traveller = self.ledger.traveller(unit).unwrap();
        let number = usize::from(unit.as_str().as_bytes()[1] - b'0');
        let pinned = |r: &&Arc<Route>| traveller.route == Some((r.id.clone(), r.revision.clone()));
        let names = |r: &&Arc<Route>| !traveller.exists() && r.golden_step(unit.as_str()).is_some();
        let known = self.routes.iter().find(pinned).or_else(|| self.routes.iter().find(names));
        let route = Arc::clone(known.unwrap_or(&self.routes[number]));
        let reason = "because".to_owned();
        if let Some(held) = traveller.holds.first() {
            let hold = Some(held.event.clone());
            return (None, Command::ReleaseHold { unit: unit.clone(), hold, reason, by: badge(0) }, SIGNED);
        }
        if traveller.standing == Standing::Nonconforming {
            return goes_on_anyway(&traveller, &route, pick).unwrap_or((None, self.decide(unit, pick), SIGNED));
        }
        let first = || route.golden_step(unit.as_str()).or_else(|| route.first());
        let due = traveller.due.as_ref().map_or_else(first, |d| route.step(&d.step));
        let Some(step) = due.filter(|_| matches!(traveller.standing, Standing::InProcess | Standing::Unborn)) else {
            return (Some(pick % STATIONS.len()), scan_unit(unit, self.oracle.label_of(unit), pick), PLAIN);
        };
        // Now and then another step that may be taken up.
        let product = self.oracle.units.get(unit).filter(|p| p.open.is_none() && pick.is_multiple_of(4));
        let choices: Vec<_> = product.map(Product::choices).unwrap_or_default();
        let step = choices.get(pick / 4 % choices.len().max(1)).map_or(step, |at| &route.steps[*at]);
        let at = where_to(&traveller, &step.station, pick);
        let desk = desk(&mut self.ledger, Some(&station(at))).unwrap();
        let may = desk.operator.as_ref().is_some_and(|p| p.has(step.role) && !p.revoked);
        if !may
            || desk.station.session.as_ref().map(traveller::domain::id::Session::as_str)
                != Some(self.session(at).as_str())
        {
            let can: Vec<_> = self.who_may(&traveller, step, pick);
            let Some(person) = can.get(pick % can.len().max(1)) else { return (Some(at), word_of(5), PLAIN) };
            return (Some(at), Command::SignOn { badge: badge(*person) }, SIGNED);
        }
        if traveller.wants_load(step) {
            let place = traveller.in_load.as_ref().and_then(|inside| inside.station.clone());
            let at =
                STATIONS.iter().position(|(name, _)| place.as_ref().is_some_and(|p| p.as_str() == *name)).unwrap_or(at);
            return (Some(at), self.in_load(&traveller, step, at, pick), PLAIN);
        }
        if traveller.labels.waits.is_some() && !pick.is_multiple_of(4) {
            return (Some(at), scan(self.oracle.label_of(unit).as_str()), PLAIN);
        }
        match desk.open.as_ref().and_then(|w| w.traveller.unit.as_ref()) {
            // The run of a sample is ended first, mostly.
            Some(open) if open != unit && !traveller.is_sample() && self.is_sample(open) && !pick.is_multiple_of(5) => {
                self.next(&open.clone(), pick)
            }
            Some(_) if desk.all_open().iter().any(|w| w.traveller.unit.as_ref() == Some(unit)) => {
                let (command, with) = self.work(&traveller, &route, step, at, pick);
                // Where several are open it is mostly said which one is meant.
                let names = !desk.beside.is_empty() && !pick.is_multiple_of(5);
                (Some(at), if names { command.of(unit) } else { command }, with)
            }
            _ if is_counted(&desk.station, unit) && !pick.is_multiple_of(5) => {
                let value = (1 + pick % 5).to_string();
                (Some(at), Command::Value { value, check: None, point: None, gauge: None, unit: None }, PLAIN)
            }
            Some(_) if !pick.is_multiple_of(3) => (Some(at), Command::Close, PLAIN),
            _ => (Some(at), scan_unit(unit, self.oracle.label_of(unit), pick), PLAIN),
        }
    }

    /// What a unit that is due for a load waits for: to go in, that the load begins, or that it ends.
    fn in_load(&self, traveller: &Traveller, step: &Step, at: usize, pick: usize) -> Command {
        let unit = traveller.unit.as_ref().unwrap();
        let here = self.ledger.stations().get(&station(at));
        if here.is_some_and(|s| s.open.is_some()) && !pick.is_multiple_of(4) {
            return Command::Close;
        }
        let load = here.and_then(|s| s.load.as_ref());
        let (begun, inside) = (load.is_some_and(|l| l.begun.is_some()), traveller.in_load.is_some());
        let missing = load.zip(step.load.as_ref()).and_then(|(load, rule)| {
            rule.checks.iter().find(|check| load.seen(check).is_none()).and_then(|check| step.check(check))
        });
        match (begun, inside, pick % 8) {
            (_, true, 0) => Command::Load(LoadAct::TakeOut { unit: unit.clone() }),
            (false, true, 1..) => Command::Load(LoadAct::Begin),
            (false, false, _) | (true, false, 0) | (true, true, 1) => {
                scan_unit(unit, self.oracle.label_of(unit), pick / 8)
            }
            (true, _, 1..) => match missing.filter(|_| !pick.is_multiple_of(5)) {
                Some(check) => {
                    let unchosen = |kind: &&String| here.is_some_and(|s| s.gauge(kind).is_none());
                    match step.gauges.iter().find(unchosen).filter(|_| !pick.is_multiple_of(6)) {
                        Some(kind) => scan(gauge_of(kind, pick)),
                        None => observe_load(check, step, pick),
                    }
                }
                None => Command::Load(LoadAct::End),
            },
        }
    }

    /// What somebody says who decides about a nonconforming unit.
    fn decide(&mut self, unit: &UnitId, pick: usize) -> Command {
        let mut removed = self.installed(Some(unit));
        // What has components in it is scrapped more often: they are to be recovered.
        let scrap_below = if removed.is_empty() { 1 } else { 2 };
        let (decision, person) = match pick % 8 {
            n if n < scrap_below => (Decide::Scrap, 0),
            1..4 => (Decide::UseAsIs, 2),
            _ => (Decide::Rework, 0),
        };
        removed.truncate(usize::from(pick % 5 < 3));
        let fate = if pick.is_multiple_of(2) { Fate::Quarantine } else { Fate::Reuse };
        Command::Dispose {
            unit: Some(unit.clone()),
            decision,
            to: None,
            removed: removed.into_iter().map(|serial| Removed { serial, fate }).collect(),
            defect: None,
            reason: "because".to_owned(),
            badge: badge(person),
        }
    }

    /// Who may do a step; mostly those only who need nobody beside them and did not do what it is kept apart from.
    fn who_may(&self, traveller: &Traveller, step: &Step, pick: usize) -> Vec<usize> {
        let all = self.who_can(step.role);
        let worked = |badge: &Badge| {
            let of = |id| traveller.step(id).into_iter().flat_map(|s| &s.attempts).any(|a| a.workers.contains(badge));
            step.not_by.iter().any(of)
        };
        let fits = |i: &usize| {
            let held = self.ledger.people()[&badge(*i)].qualification(SKILL).is_some_and(|q| !q.supervised);
            (held || step.qualification.is_none()) && !worked(&badge(*i))
        };
        let fitting: Vec<_> = all.iter().copied().filter(fits).collect();
        if pick.is_multiple_of(4) || fitting.is_empty() { all } else { fitting }
    }

    pub(super) fn who_can(&self, role: Role) -> Vec<usize> {
        let can = |i: &usize| self.ledger.people().get(&badge(*i)).is_some_and(|p| p.has(role) && !p.revoked);
        (0..PEOPLE.len()).filter(can).collect()
    }
}

/// A value of a load: typed, or sent by a gauge now and then.
fn observe_load(check: &Check, step: &Step, pick: usize) -> Command {
    let sends = step.gauges.first().filter(|_| pick % 4 == 1);
    Command::Value {
        value: ["1.50", "1.50", "pass", "fail", "red", "pass", "2.50"][pick % 7].to_owned(),
        check: Some(check.id.clone()),
        point: None,
        gauge: sends.and_then(|kind| DeviceId::parse(gauge_of(kind, pick)).ok()),
        unit: None,
    }
}

/// Other checks of a failed step may still be recorded, and sometimes are.
fn goes_on_anyway(traveller: &Traveller, route: &Route, pick: usize) -> Option<Given> {
    let opened = traveller.open.as_ref().filter(|_| !pick.is_multiple_of(3))?;
    let at = STATIONS.iter().position(|(name, _)| *name == opened.station.as_str())?;
    let step = route.step(&traveller.due.as_ref()?.step)?;
    let open = needs(traveller, route, step, &Station::default());
    let check =
        open.iter().find_map(|n| if let Need::Check { check, point, .. } = n { Some((check, point)) } else { None });
    check.map(|(check, point)| (Some(at), observe(check, *point, pick), PLAIN))
}

/// The station of a class where the unit is open, else any of the class.
fn where_to(traveller: &Traveller, class: &StationId, pick: usize) -> usize {
    let opened = traveller.open.as_ref().map(|o| o.station.as_str());
    let fits = |at: &usize| STATIONS[*at].1 == class.as_str();
    let of_class: Vec<usize> = (0..STATIONS.len()).filter(fits).collect();
    let there = of_class.iter().find(|at| Some(STATIONS[**at].0) == opened);
    *there.unwrap_or(&of_class[pick / 16 % of_class.len()])
}

/// Whether it is to be said how many pieces a new batch has.
fn is_counted(station: &Station, unit: &UnitId) -> bool {
    matches!(&station.pending, Some(Pending::Pieces { unit: asked, .. }) if asked == unit)
}
