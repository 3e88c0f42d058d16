//! Submitting a command: history and facts are read, the gate decides, its events are appended, all inside one write
//! transaction. Nothing is decided on what was read before the write lock.

use std::collections::BTreeMap;
use std::sync::Arc;

use super::port::{Fault, Ledger, Receipt, commit};
use super::settlement::{Desk, EventId, Settlement, Work};
use super::stamp::{Heads, stamp};
use crate::domain::ambient::Ambient;
use crate::domain::command::Command;
use crate::domain::event::{Cause, Link};
use crate::domain::facts::{Ask, Facts, Seen};
use crate::domain::gate;
use crate::domain::gate::decision::Decision;
use crate::domain::id::{Badge, PinId, StationId, UnitId};
use crate::domain::station::Station;
use crate::domain::traveller::Traveller;

/// Decides a command and makes the answer durable.
pub fn submit(ledger: &mut impl Ledger, command: &Command, now: &Ambient) -> Result<Settlement, Fault> {
    ledger.begin()?;
    let settled = enact(ledger, command, now).and_then(|mut settlement| {
        if settlement.recorded {
            settlement.receipt = Some(commit(ledger)?);
        } else {
            ledger.rollback();
        }
        Ok(settlement)
    });
    match settled {
        Ok(enacted) => Ok(enacted.settlement()),
        Err(fault) => {
            ledger.rollback();
            Err(fault)
        }
    }
}

/// A command that is decided and appended, and not yet durable.
#[derive(Debug)]
pub struct Enacted {
    /// Whether anything was appended.
    pub recorded: bool,
    receipt: Option<Receipt>,
    event: Option<EventId>,
    decision: Decision,
    work: Option<Work>,
    desk: Desk,
}

impl Enacted {
    fn settlement(self) -> Settlement {
        let named = self.decision.drafts.iter().find_map(|d| d.about.step.clone());
        let due = || Some(self.work.as_ref()?.traveller.due.as_ref()?.step.clone());
        let step = named.or_else(due);
        Settlement {
            step,
            answer: self.decision.answer,
            receipt: self.receipt,
            event: self.event,
            unit: self.decision.unit,
            work: self.work,
            passed: self.decision.passed,
            desk: self.desk,
        }
    }

    /// What the gate answered.
    pub fn decision(&self) -> &Decision {
        &self.decision
    }

    /// The station afterwards.
    pub fn desk(&self) -> &Desk {
        &self.desk
    }
}

/// Many commands under one commit: how large ledgers are made. No receipt exists before the commit.
pub fn enact(ledger: &mut impl Ledger, command: &Command, now: &Ambient) -> Result<Enacted, Fault> {
    let place = now.station.as_ref().map(|p| &p.station);
    let desk = desk(ledger, place)?;
    let nobody = Arc::new(Traveller::default());
    let (open, route) = desk.open.as_ref().map_or((nobody, None), |w| (w.traveller.clone(), Some(w.route.clone())));
    let facts = facts(ledger, &desk, &open, command)?;
    let decision = gate::decide(&open, route.as_deref(), now, &facts, command);
    let event = append(ledger, command, now, &open, facts, &decision)?;
    let recorded = !decision.drafts.is_empty();
    let desk = if recorded { self::desk(ledger, place)? } else { desk };
    let work = match &decision.unit {
        Some(unit) => work(ledger, unit)?,
        None => None,
    };
    Ok(Enacted { recorded, receipt: None, event, decision, work, desk })
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
    let open = match &station.open {
        // A unit that was opened at another station since is no longer open here.
        Some(unit) => work(ledger, unit)?.filter(|w| w.traveller.open.as_ref().is_some_and(|o| o.station == *place)),
        None => None,
    };
    Ok(Desk { operator: people.people.pop(), station, open })
}

fn work(ledger: &mut impl Ledger, unit: &UnitId) -> Result<Option<Work>, Fault> {
    let traveller = ledger.traveller(unit)?;
    let Some((route, revision)) = &traveller.route else { return Ok(None) };
    let route = ledger.route(route, revision)?;
    Ok(route.map(|route| Work { traveller, route }))
}

fn facts(ledger: &mut impl Ledger, desk: &Desk, open: &Traveller, command: &Command) -> Result<Facts, Fault> {
    let mut facts = Facts {
        station: desk.station.station.is_some().then(|| desk.station.clone()),
        open: seen(open),
        people: desk.operator.iter().cloned().collect(),
        ..Facts::default()
    };
    let mut asks = gate::asks(&desk.station, open, command);
    asks.sort();
    asks.dedup();
    for ask in &asks {
        let known = matches!(ask, Ask::Person(badge) if facts.person(badge.as_str()).is_some());
        if !known {
            ledger.answer(ask, &mut facts)?;
        }
    }
    if facts.other.as_ref().is_some_and(|o| o.traveller.exists()) {
        // The unit runs the route that it is pinned to, whichever claims its number now.
        facts.claim = None;
    }
    facts.other_seen = facts.other.as_ref().and_then(|o| seen(&o.traveller)).filter(|s| s.head.is_some());
    Ok(facts)
}

fn seen(traveller: &Traveller) -> Option<Seen> {
    traveller.unit.clone().map(|unit| Seen { unit, head: traveller.head.clone() })
}

fn append(
    ledger: &mut impl Ledger,
    command: &Command,
    now: &Ambient,
    open: &Traveller,
    facts: Facts,
    decision: &Decision,
) -> Result<Option<EventId>, Fault> {
    let head = ledger.head()?;
    let id = |seq| EventId { terminal: head.terminal.clone(), epoch: head.epoch.clone(), seq };
    if decision.drafts.is_empty() {
        return Ok(decision.rests_on.as_ref().map(|link| match link {
            Link::Here(seq) => id(*seq),
            Link::There(there) => EventId { terminal: there.0.clone(), epoch: there.1.clone(), seq: there.2 },
        }));
    }
    let heads = heads(open, &facts);
    let cause = Cause { cmd: command.clone(), ambient: now.given.clone(), facts, gate: gate::GATE };
    let events = stamp(&head, now, &decision.drafts, heads, cause);
    ledger.append(&events)?;
    Ok(events.last().map(|last| id(last.stamp.seq)))
}

fn heads(open: &Traveller, facts: &Facts) -> Heads {
    let other = facts.other.as_ref().map(|o| o.traveller.as_ref());
    let units = [Some(open), other].into_iter().flatten();
    Heads {
        units: units.filter_map(|t| t.unit.clone().zip(t.head.clone())).collect(),
        lots: facts.lots.iter().map(|l| (l.lot.clone(), l.event.clone())).collect(),
        people: facts.people.iter().map(|p| (p.badge.clone(), p.event.clone())).collect(),
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
