//! Deciding the past again: every recorded decision, from the ledger alone, under the rules in force then.
//!
//! A decision is the same if the gate, given what it was given then, answers with the same events. What it was given
//! is on record; each fact names the event that it rests on, and is held against that event.

use std::collections::BTreeSet;
use std::sync::Arc;

use serde::Serialize;

use super::port::Fault;
use crate::domain::ambient::{Ambient, Place};
use crate::domain::command::Command;
use crate::domain::event::{About, Event, Link};
use crate::domain::facts::{Facts, Other, Seen};
use crate::domain::gate;
use crate::domain::id::{Revision, RouteId, UnitId};
use crate::domain::item::unit_of;
use crate::domain::lot::{Lot, LotStanding};
use crate::domain::person::Person;
use crate::domain::route::Route;
use crate::domain::traveller::Traveller;
use crate::domain::what::{Piece, What};

/// What replay reads of a ledger: one stream, by number.
pub trait History {
    /// Every event about a unit, in order.
    fn of_unit(&mut self, unit: &UnitId) -> Result<Vec<Event>, Fault>;
    /// The events of one action, in order; the first one keeps the cause.
    fn action(&mut self, act: u64) -> Result<Vec<Event>, Fault>;
    /// One event.
    fn event(&mut self, seq: u64) -> Result<Option<Event>, Fault>;
    /// A released route revision.
    fn route(&mut self, route: &RouteId, revision: &Revision) -> Result<Option<Arc<Route>>, Fault>;
}

/// How the decisions of the past compare with the gate's answers now.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize)]
pub struct Replayed {
    /// How many decisions were made again.
    pub decisions: u64,
    /// How many came out the same.
    pub same: u64,
    /// Those that did not.
    pub different: Vec<Different>,
}

/// A decision that does not come out the same.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Different {
    /// The first event of the action.
    pub seq: u64,
    /// What was recorded.
    pub recorded: Vec<&'static str>,
    /// What the gate answers now.
    pub now: Vec<&'static str>,
    /// Which fact does not follow from the event that it names.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub fact: Option<String>,
}

/// Decides everything about a unit again.
pub fn unit(history: &mut impl History, unit: &UnitId) -> Result<Replayed, Fault> {
    let acts: BTreeSet<u64> = history.of_unit(unit)?.iter().map(|e| e.stamp.act).collect();
    actions(history, acts)
}

/// Decides these actions again.
pub fn actions(history: &mut impl History, acts: impl IntoIterator<Item = u64>) -> Result<Replayed, Fault> {
    let mut replayed = Replayed::default();
    for act in acts {
        let events = history.action(act)?;
        let Some(different) = action(history, act, &events)? else { continue };
        replayed.decisions += 1;
        match different {
            None => replayed.same += 1,
            Some(different) => replayed.different.push(different),
        }
    }
    Ok(replayed)
}

/// Decides one action again: `None` where the gate did not decide it (the beginning of a ledger), else what differs.
#[expect(clippy::option_option, reason = "no decision, the same decision, another decision")]
fn action(history: &mut impl History, act: u64, events: &[Event]) -> Result<Option<Option<Different>>, Fault> {
    let Some((first, cause)) = events.first().and_then(|e| Some((e, e.cause.as_ref()?))) else { return Ok(None) };
    let mut facts = cause.facts.clone();
    let open = as_of(history, facts.open.as_ref(), act)?;
    let route = pinned(history, &open)?;
    facts.other = other(history, &facts, &cause.cmd, act)?;
    let command = with_text(&cause.cmd, events);
    let now = ambient(first, cause);
    let decision = gate::decide_under(cause.gate, &open, route.as_deref(), &now, &facts, &command);
    let same = decision.drafts.len() == events.len()
        && decision
            .drafts
            .iter()
            .zip(events)
            .all(|(d, e)| d.what == e.what && unlinked(&d.about) == unlinked(&e.about));
    let fact = unfounded(history, &facts, &open)?;
    if same && fact.is_none() {
        return Ok(Some(None));
    }
    Ok(Some(Some(Different {
        seq: act,
        recorded: events.iter().map(|e| word(&e.what)).collect(),
        now: decision.drafts.iter().map(|d| word(&d.what)).collect(),
        fact,
    })))
}

/// The kind of an event; of a refusal, its code.
fn word(what: &What) -> &'static str {
    if let What::Refused(refused) = what { refused.code.word() } else { what.kind() }
}

/// Links are given by the ledger, not by the gate.
fn unlinked(about: &About) -> About {
    About { builds_on: None, saw: None, ..about.clone() }
}

/// What the outside knew then.
fn ambient(first: &Event, cause: &crate::domain::event::Cause) -> Ambient {
    let place = |station| Place {
        class: cause.ambient.class.clone().unwrap_or_else(|| Clone::clone(station)),
        station: Clone::clone(station),
    };
    let station = cause.facts.station_name().or(first.about.station.as_ref());
    Ambient {
        at: first.stamp.at,
        clock: first.stamp.clock,
        boot: first.stamp.boot.clone(),
        mono: first.stamp.mono,
        station: station.map(place),
        given: cause.ambient.clone(),
    }
}

/// A unit's record as it was before an action.
fn as_of(history: &mut impl History, seen: Option<&Seen>, act: u64) -> Result<Traveller, Fault> {
    let Some(seen) = seen else { return Ok(Traveller::default()) };
    let events = history.of_unit(&seen.unit)?;
    Ok(Traveller::replay(events.iter().filter(|e| e.stamp.seq < act)))
}

fn pinned(history: &mut impl History, traveller: &Traveller) -> Result<Option<Arc<Route>>, Fault> {
    traveller.route.as_ref().map_or(Ok(None), |(route, revision)| history.route(route, revision))
}

/// The other unit that the decision was about: on record by then, or about to begin.
fn other(history: &mut impl History, facts: &Facts, command: &Command, act: u64) -> Result<Option<Other>, Fault> {
    if facts.other_seen.is_some() {
        let traveller = as_of(history, facts.other_seen.as_ref(), act)?;
        let route = pinned(history, &traveller)?;
        return Ok(Some(Other { traveller: Arc::new(traveller), route }));
    }
    let route = match &facts.claim {
        Some(claim) => history.route(&claim.route, &claim.revision)?,
        None => None,
    };
    let scanned = match (command, &route) {
        (Command::Scan { label, .. }, Some(route)) => unit_of(label, &route.identifier),
        (Command::Scan { label, .. }, None) => label.plain().and_then(|text| UnitId::parse(text).ok()),
        _ => None,
    };
    let named = scanned.or_else(|| command.unit().cloned());
    let Some(unit) = named.filter(|u| facts.open.as_ref().is_none_or(|o| o.unit != *u)) else { return Ok(None) };
    Ok(Some(Other { traveller: Arc::new(Traveller::unborn(unit)), route }))
}

/// The text of a released route is on record in its event.
fn with_text(command: &Command, events: &[Event]) -> Command {
    let mut command = command.clone();
    if let Command::ReleaseRoute { text, .. } = &mut command
        && let Some(What::RouteReleased(released)) = events.first().map(|e| &e.what)
    {
        *text = Arc::from(released.text.as_str());
    }
    command
}

/// The first fact that does not follow from the event that it names.
fn unfounded(history: &mut impl History, facts: &Facts, open: &Traveller) -> Result<Option<String>, Fault> {
    if facts.open.as_ref().is_some_and(|seen| seen.head != open.head) {
        return Ok(Some("the open unit".to_owned()));
    }
    let seen_there = |other: &Other| facts.other_seen.as_ref().is_some_and(|s| s.head != other.traveller.head);
    if facts.other.as_ref().is_some_and(seen_there) {
        return Ok(Some("the other unit".to_owned()));
    }
    let people = facts.people.iter().map(|p| (format!("person {}", p.badge), &p.event, Claimed::Person(p)));
    let lots = facts.lots.iter().map(|l| (format!("lot {}", l.lot), &l.event, Claimed::Lot(l)));
    let components =
        facts.components.iter().map(|c| (format!("component {}", c.serial), &c.event, Claimed::Component(c)));
    let releases = facts.releases.iter().chain(&facts.claim);
    let releases = releases.map(|r| (format!("route {} {}", r.route, r.revision), &r.event, Claimed::Release(r)));
    for (name, link, claimed) in people.chain(lots).chain(components).chain(releases) {
        let named = if let Link::Here(seq) = link { history.event(*seq)? } else { None };
        if !named.is_some_and(|event| claimed.follows_from(&event)) {
            return Ok(Some(name));
        }
    }
    Ok(None)
}

/// A fact to be held against the event that it names.
enum Claimed<'a> {
    Person(&'a Person),
    Lot(&'a Lot),
    Component(&'a crate::domain::facts::Component),
    Release(&'a crate::domain::facts::Release),
}

impl Claimed<'_> {
    fn follows_from(&self, event: &Event) -> bool {
        match (self, &event.what) {
            (Self::Person(p), What::OperatorEnrolled(e)) => {
                e.badge == p.badge && e.name == p.name && e.roles == p.roles && e.pin_id == p.pin_id && !p.revoked
            }
            (Self::Person(p), What::OperatorRevoked(e)) => e.badge == p.badge && p.revoked,
            (Self::Person(p), What::PinChanged(e)) => e.badge == p.badge && e.pin_id == p.pin_id,
            (Self::Lot(l), What::LotReceived(e)) => {
                e.lot == l.lot
                    && e.part == l.part
                    && e.expires == l.expires
                    && l.left <= e.quantity
                    && l.standing == LotStanding::Free
            }
            (Self::Lot(l), What::LotHeld(e)) => e.lot == l.lot && l.standing == LotStanding::Held,
            (Self::Lot(l), What::LotReleased(e)) => e.lot == l.lot && l.standing == LotStanding::Free,
            (Self::Lot(l), What::LotRejected(e)) => e.lot == l.lot && l.standing == LotStanding::Rejected,
            (Self::Component(c), What::MaterialInstalled(e)) => {
                e.piece == Piece::Serial(c.serial.clone()) && c.in_unit == event.about.unit
            }
            (Self::Component(c), What::Disposed(e)) => {
                c.in_unit.is_none() && e.removed.iter().any(|r| r.serial == c.serial && Some(r.fate) == c.fate)
            }
            (Self::Component(c), What::ObservationVoided(_)) => c.in_unit.is_none(),
            (Self::Release(r), What::RouteReleased(e)) => e.sha256 == r.sha256 && !r.withdrawn && is_of(r, event),
            (Self::Release(r), What::RouteWithdrawn(_)) => r.withdrawn && is_of(r, event),
            (Self::Person(_) | Self::Lot(_) | Self::Component(_) | Self::Release(_), _) => false,
        }
    }
}

fn is_of(release: &crate::domain::facts::Release, event: &Event) -> bool {
    event.about.route.as_ref() == Some(&release.route) && event.about.revision.as_ref() == Some(&release.revision)
}
