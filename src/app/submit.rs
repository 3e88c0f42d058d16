//! Submitting a command: history and facts are read, the gate decides, its events are appended, all inside one write
//! transaction. Nothing is decided on what was read before the write lock.

use std::collections::BTreeMap;
use std::sync::Arc;

use super::full::in_full;
use super::packed;
use super::port::{Fault, Head, Ledger, commit};
use super::settlement::{Desk, EventId, Settlement, Work};
use super::stamp::{Heads, stamp};
use crate::domain::ambient::Ambient;
use crate::domain::command::Command;
use crate::domain::event::{Cause, Event, EventRef, Link};
use crate::domain::facts::{Ask, Facts, Other, Seen};
use crate::domain::gate;
use crate::domain::gate::decision::{Decision, Did};
use crate::domain::id::{Badge, PinId, StationId, UnitId};
use crate::domain::refusal::Refusal;
use crate::domain::route::Route;
use crate::domain::station::Station;
use crate::domain::traveller::Traveller;
use crate::domain::what::Remark;

/// Decides a command and makes the answer durable.
pub fn submit(ledger: &mut impl Ledger, command: &Command, now: &Ambient) -> Result<Settlement, Fault> {
    ledger.begin()?;
    settle(ledger, command, now).inspect_err(|_fault| ledger.rollback())
}

fn settle(ledger: &mut impl Ledger, command: &Command, now: &Ambient) -> Result<Settlement, Fault> {
    let enacted = in_full(ledger, command, now)?;
    let mut desk = desk(ledger, now.station.as_ref().map(|p| &p.station))?;
    let carton = packed::carton(ledger, &enacted.events, desk.carton.as_ref())?;
    if let Some(unit) = &enacted.unit {
        desk.turn_to(unit);
    }
    let work = match &enacted.unit {
        Some(unit) => work(ledger, unit)?,
        None => None,
    };
    let receipt = if enacted.events.is_empty() {
        ledger.rollback();
        None
    } else {
        Some(commit(ledger)?)
    };
    let named = enacted.events.iter().find_map(|e| e.about.step.clone());
    let due = || Some(work.as_ref()?.traveller.due.as_ref()?.step.clone());
    Ok(Settlement {
        step: named.or_else(due),
        answer: enacted.answer,
        receipt,
        event: enacted.event,
        unit: enacted.unit,
        work,
        passed: enacted.passed,
        carton,
        remarks: enacted.remarks,
        desk,
    })
}

/// A command that is decided and appended, and not yet durable.
#[derive(Debug, Clone)]
pub struct Enacted {
    /// What was done, or why not.
    pub answer: Result<Did, Refusal>,
    /// The events that were appended.
    pub events: Vec<Event>,
    /// The event that reports it: the last one appended, or the one that the answer rests on.
    pub event: Option<EventId>,
    /// The unit that the answer is about.
    pub unit: Option<UnitId>,
    /// Whether the observation that was recorded passed; none where none was.
    pub passed: Option<bool>,
    /// What there is to know about the material of it.
    pub remarks: Vec<Remark>,
    /// What belongs to it and is to be given next, under the same commit.
    pub then: Vec<Command>,
}

/// Many commands under one commit: how large ledgers are made. No receipt exists before the commit.
pub fn enact(ledger: &mut impl Ledger, command: &Command, now: &Ambient) -> Result<Enacted, Fault> {
    let head = ledger.head()?;
    // What is decided is what is recorded: whether the clock is behind the record counts for both.
    let now = &now.after(head.at);
    let desk = desk(ledger, now.station.as_ref().map(|p| &p.station))?;
    let (open, route) = match meant(&desk, command) {
        Some(work) => (Arc::clone(&work.traveller), Some(Arc::clone(&work.route))),
        None => (Arc::new(Traveller::default()), None),
    };
    let mut facts = facts(ledger, desk, (&open, route.as_deref()), now, command)?;
    let decision = decide(ledger, (&open, route.as_deref()), now, &mut facts, command)?;
    let remarks = decision.remarks();
    let Decision { answer, drafts, unit, rests_on, passed, then } = decision;
    let heads = heads(&open, &facts);
    // The ledger folds what is appended into these records. Held here any longer, they would be copied first.
    drop(open);
    facts.other = None;
    facts.beside = None;
    facts.nests.clear();
    facts.routes.iter_mut().for_each(|r| r.route = None);
    let cause = Cause { cmd: command.clone(), ambient: now.given.clone(), facts, gate: gate::GATE };
    let events = stamp(&head, now, drafts, heads, cause);
    if !events.is_empty() {
        ledger.append(&events)?;
    }
    let event = events.last().map(|last| Link::Here(last.stamp.seq)).or(rests_on).map(|link| named(link, &head));
    Ok(Enacted { answer, events, event, unit, passed, remarks, then })
}

/// The gate's decision. Where it is a no that may be let go, the permits for it are looked up, and it is made again.
fn decide(
    ledger: &mut impl Ledger,
    (open, route): (&Traveller, Option<&Route>),
    now: &Ambient,
    facts: &mut Facts,
    command: &Command,
) -> Result<Decision, Fault> {
    let mut decision = gate::decide(open, route, now, facts, command);
    let mut asked: Vec<Ask> = Vec::new();
    for _ in 0..gate::PERMIT_ROUNDS_MOST {
        let mut asks = gate::asks_of(&decision, facts);
        asks.retain(|ask| !asked.contains(ask));
        if asks.is_empty() {
            break;
        }
        for ask in &asks {
            ledger.answer(ask, facts)?;
        }
        asked.append(&mut asks);
        if facts.permits.is_empty() {
            break;
        }
        // How long they last is known by the newest moment of the record.
        ledger.answer(&Ask::Newest, facts)?;
        decision = gate::decide(open, route, now, facts, command);
    }
    Ok(decision)
}

/// Looks at the ledger between two actions.
pub fn look<L: Ledger, T>(ledger: &mut L, at: impl FnOnce(&mut L) -> Result<T, Fault>) -> Result<T, Fault> {
    ledger.begin()?;
    let seen = at(ledger);
    ledger.rollback();
    seen
}

/// The station as it stands, within an action.
pub fn desk(ledger: &mut impl Ledger, place: Option<&StationId>) -> Result<Desk, Fault> {
    let Some(place) = place else { return Ok(Desk::default()) };
    let station: Station = ledger.station(place)?;
    let mut people = Facts::default();
    if let Some(badge) = &station.operator {
        ledger.answer(&Ask::Person(badge.clone()), &mut people)?;
    }
    let mut beside = Vec::new();
    for unit in station.nests.iter().map(|n| &n.unit).filter(|u| Some(*u) != station.open.as_ref()) {
        beside.extend(open_here(ledger, unit, place)?);
    }
    let mut open = match &station.open {
        Some(unit) => open_here(ledger, unit, place)?,
        None => None,
    };
    if open.is_none() && !beside.is_empty() {
        open = Some(beside.remove(0));
    }
    let order = match open.as_ref().and_then(|work| work.traveller.order.clone()) {
        Some(order) => {
            ledger.answer(&Ask::Order(order), &mut people)?;
            people.orders.pop()
        }
        None => None,
    };
    let load = match station.load.as_ref().and_then(|load| load.units.first()) {
        Some(unit) => work(ledger, unit)?,
        None => None,
    };
    let (carton, shipment) = packed::at_hand(ledger, &station.packing)?;
    let recovered = ledger.unconfirmed()?;
    Ok(Desk { operator: people.people.pop(), station, open, carton, shipment, beside, load, order, recovered })
}

/// A unit that is open at a station. One that was opened at another since is no longer open here.
fn open_here(ledger: &mut impl Ledger, unit: &UnitId, place: &StationId) -> Result<Option<Work>, Fault> {
    Ok(work(ledger, unit)?.filter(|w| w.traveller.open.as_ref().is_some_and(|o| o.station == *place)))
}

/// The open unit that a command is about: the one that it names, or the only one.
fn meant<'a>(desk: &'a Desk, command: &Command) -> Option<&'a Work> {
    if desk.beside.is_empty() {
        return desk.open.as_ref();
    }
    let is_it = |w: &&Work| command.unit().is_some() && w.traveller.unit.as_ref() == command.unit();
    desk.open.iter().chain(&desk.beside).find(is_it)
}

fn work(ledger: &mut impl Ledger, unit: &UnitId) -> Result<Option<Work>, Fault> {
    let traveller = ledger.traveller(unit)?;
    let Some((route, revision)) = &traveller.route else { return Ok(None) };
    let route = ledger.route(route, revision)?;
    Ok(route.map(|route| Work { traveller, route }))
}

fn facts(
    ledger: &mut impl Ledger,
    desk: Desk,
    (open, route): (&Traveller, Option<&Route>),
    now: &Ambient,
    command: &Command,
) -> Result<Facts, Fault> {
    let in_nests = desk.all_open().into_iter().filter(|work| work.nest().is_some());
    let nests: Vec<Other> =
        in_nests.map(|w| Other { traveller: Arc::clone(&w.traveller), route: Some(Arc::clone(&w.route)) }).collect();
    let mut facts = Facts {
        station: desk.station.station.is_some().then_some(desk.station),
        open: seen(open),
        nests_seen: nests.iter().filter_map(|nest| seen(&nest.traveller)).collect(),
        nests,
        people: desk.operator.into_iter().collect(),
        ..Facts::default()
    };
    let mut asked: Vec<Ask> = facts.people.iter().map(|p| Ask::Person(p.badge.clone())).collect();
    for _ in 0..gate::ROUNDS_MOST {
        let mut asks = gate::asks(open, route, now, &facts, command);
        asks.retain(|ask| !asked.contains(ask));
        if asks.is_empty() {
            break;
        }
        asks.sort();
        asks.dedup();
        for ask in &asks {
            ledger.answer(ask, &mut facts)?;
        }
        asked.append(&mut asks);
    }
    if facts.other.as_ref().is_some_and(|o| o.traveller.exists()) {
        // The unit runs the route that it is pinned to, whichever claims its number now.
        facts.claim = None;
    }
    facts.beside_seen = facts.beside.as_ref().and_then(|o| seen(&o.traveller)).filter(|s| s.head.is_some());
    facts.other_seen = facts.other.as_ref().and_then(|o| seen(&o.traveller)).filter(|s| s.head.is_some());
    Ok(facts)
}

fn seen(traveller: &Traveller) -> Option<Seen> {
    traveller.unit.clone().map(|unit| Seen { unit, head: traveller.head.clone() })
}

/// The whole name of an event that is linked from the stream with this head.
fn named(link: Link, head: &Head) -> EventId {
    match link {
        Link::Here(seq) => EventId { terminal: head.terminal.clone(), epoch: head.epoch.clone(), seq },
        Link::There(EventRef(terminal, epoch, seq, _hash)) => EventId { terminal, epoch, seq },
    }
}

fn heads(open: &Traveller, facts: &Facts) -> Heads {
    let other = facts.other.as_ref().map(|o| o.traveller.as_ref());
    let beside = facts.beside.as_ref().map(|o| o.traveller.as_ref());
    let nests = facts.nests.iter().map(|n| n.traveller.as_ref());
    let units = [Some(open), other, beside].into_iter().flatten().chain(nests);
    let stands = facts.stands.iter().map(|s| (s.unit.clone(), s.head.clone()));
    let cargo = facts.packing.cargo.iter().map(|a| (a.unit.clone(), a.head.clone()));
    Heads {
        units: units.filter_map(|t| t.unit.clone().zip(t.head.clone())).chain(stands).chain(cargo).collect(),
        lots: facts.lots.iter().map(|l| (l.lot.clone(), l.event.clone())).collect(),
        people: facts.people.iter().map(|p| (p.badge.clone(), p.event.clone())).collect(),
        orders: facts.orders.iter().map(|o| (o.order.clone(), o.event.clone())).collect(),
        cartons: facts.packing.cartons.iter().map(|c| (c.carton.clone(), c.event.clone())).collect(),
        shipments: facts.packing.shipments.iter().map(|s| (s.shipment.clone(), s.event.clone())).collect(),
        gauges: facts.gauges.iter().map(|g| (g.gauge.clone(), g.event.clone())).collect(),
        permits: facts.permits.iter().map(|p| (p.permit.clone(), p.event.clone())).collect(),
        routes: facts.releases.iter().map(|r| (r.route.clone(), r.event.clone())).collect::<BTreeMap<_, _>>(),
    }
}

/// Whether the PIN of a badge may be looked at, and which one it is.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Vouch {
    /// The badge was never enrolled, or counts no more.
    Unknown,
    /// Too many wrong PINs: it is not looked at.
    Locked,
    /// This entry of the PIN file is to be checked.
    Check(PinId),
}

/// Asks whether a PIN may be looked at. The gate asks again inside the write transaction.
pub fn vouch(ledger: &mut impl Ledger, badge: &Badge, now: &Ambient) -> Result<Vouch, Fault> {
    let facts = look(ledger, |ledger| {
        let mut facts = Facts::default();
        ledger.answer(&Ask::Person(badge.clone()), &mut facts)?;
        ledger.answer(&Ask::Population, &mut facts)?;
        Ok(facts)
    })?;
    Ok(match facts.person(badge.as_str()).filter(|p| !p.revoked) {
        None => Vouch::Unknown,
        Some(person) if person.locked(now, facts.population).is_some() => Vouch::Locked,
        Some(person) => Vouch::Check(person.pin_id.clone()),
    })
}
