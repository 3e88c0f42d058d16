//! Deciding the past again: every recorded decision, from the ledger alone, under the rules in force then.
//!
//! A decision is the same if the gate, given what it was given then, answers with the same events. What it was given
//! is on record; each fact names the event that it rests on, and is held against that event.

use std::collections::BTreeSet;
use std::sync::Arc;

use serde::Serialize;

use super::founded::unfounded;
use super::port::Fault;
use crate::domain::ambient::{Ambient, Place};
use crate::domain::causal;
use crate::domain::command::Command;
use crate::domain::event::{About, Event, Link};
use crate::domain::facts::{Facts, Other, Seen};
use crate::domain::gate;
use crate::domain::id::{Revision, RouteId, UnitId};
use crate::domain::item::unit_of;
use crate::domain::label::Label;
use crate::domain::route::Route;
use crate::domain::station::Pending;
use crate::domain::traveller::Traveller;
use crate::domain::what::What;

/// What replay reads of a ledger: one stream, by number.
pub trait History {
    /// Every event about a unit, in order; what other streams told was there before this one began.
    fn of_unit(&mut self, unit: &UnitId) -> Result<Vec<Event>, Fault>;
    /// The events of one action, in order; the first one keeps the cause.
    fn action(&mut self, act: u64) -> Result<Vec<Event>, Fault>;
    /// The event that a link of the stream names.
    fn event(&mut self, link: &Link) -> Result<Option<Event>, Fault>;
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
    let acts: BTreeSet<u64> =
        history.of_unit(unit)?.iter().filter(|e| e.stamp.elsewhere.is_none()).map(|e| e.stamp.act).collect();
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
    for seen in &facts.nests_seen {
        let traveller = unit_as_of(history, &seen.unit, act)?;
        let route = pinned(history, &traveller)?;
        facts.nests.push(Other { traveller: Arc::new(traveller), route });
    }
    facts.other = other(history, &facts, &cause.cmd, act)?;
    if facts.beside_seen.is_some() {
        let traveller = as_of(history, facts.beside_seen.as_ref(), act)?;
        let route = pinned(history, &traveller)?;
        facts.beside = Some(Other { traveller: Arc::new(traveller), route });
    }
    for released in &mut facts.routes {
        released.route = history.route(&released.release.route, &released.release.revision)?;
    }
    let command = with_text(&cause.cmd, events);
    let now = ambient(first, cause);
    let decision = gate::decide_under(cause.gate, &open, route.as_deref(), &now, &facts, &command);
    let same = decision.drafts.len() == events.len()
        && decision
            .drafts
            .iter()
            .zip(events)
            .all(|(d, e)| d.what == e.what && unlinked(&d.about) == unlinked(&e.about));
    let fact = unfounded(history, &facts, &open, &command, act)?;
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

/// The record of a unit that was seen, as it was before an action.
fn as_of(history: &mut impl History, seen: Option<&Seen>, act: u64) -> Result<Traveller, Fault> {
    seen.map_or(Ok(Traveller::default()), |seen| unit_as_of(history, &seen.unit, act))
}

/// A unit's record as it was before an action.
pub(super) fn unit_as_of(history: &mut impl History, unit: &UnitId, act: u64) -> Result<Traveller, Fault> {
    let events = history.of_unit(unit)?;
    let mut fold = causal::History::default();
    events.iter().filter(|e| is_before(e, act)).for_each(|e| fold.apply(e));
    Ok(fold.told())
}

/// Whether an event was there before an action.
pub(super) fn is_before(event: &Event, act: u64) -> bool {
    event.stamp.elsewhere.is_some() || event.stamp.seq < act
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
        (Command::Value { .. }, _) => gate::counting(facts, command).map(|(unit, _)| unit.clone()),
        (Command::Scan { label, .. }, _) if supervised(facts, label).is_some() => supervised(facts, label),
        (Command::Scan { label, .. }, Some(route)) => unit_of(label, route),
        (Command::Scan { label, .. }, None) => label.plain().and_then(|text| UnitId::parse(text).ok()),
        _ => None,
    };
    let named = scanned.or_else(|| command.unit().cloned());
    let Some(unit) = named.filter(|u| facts.open.as_ref().is_none_or(|o| o.unit != *u)) else { return Ok(None) };
    Ok(Some(Other { traveller: Arc::new(Traveller::unborn(unit)), route }))
}

/// The unit that somebody was called to stand by at, where a known badge was scanned.
fn supervised(facts: &Facts, label: &Label) -> Option<UnitId> {
    let unit = facts.station.as_ref()?.pending.as_ref().and_then(Pending::called_for)?;
    label.text().and_then(|text| facts.person(text)).map(|_known| unit.clone())
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
