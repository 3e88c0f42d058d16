//! What is said from a shell: by leads, quality and whoever keeps lots and gauges.

use traveller::app::port::Ledger as _;
use traveller::domain::command::{Command, LotMove};
use traveller::domain::id::{Badge, DefectId, DeviceId, LotId, OrderId, Serial, StationId, UnitId};
use traveller::domain::labelling::{Found, Labelling};
use traveller::domain::moving::RouteMove;
use traveller::domain::order::SerialRange;
use traveller::domain::reworking::Reworking;
use traveller::domain::traveller::{Out, Standing};
use traveller::domain::watch::{WatchAct, Watching};
use traveller::domain::what::{Fate, Mapped, Piece, Removed};

use super::acts::{Act, GAUGES, Keeping, LABELS, LOTS, ORDERS, UNITS};
use super::floor::{Floor, badge, skill, station};
use super::revision::NEXT;
use super::routes::{DEFECT, STATIONS, VARIANTS};
use super::steer::{Given, PLAIN, SIGNED, unit};

impl Floor {
    pub(super) fn lead_act(&mut self, act: &Act) -> Given {
        let reason = "because".to_owned();
        match act {
            Act::Dispose { at, unit: number, what, to, removed, person } => {
                let named = number.map(unit);
                let removed = self.pieces(named.as_ref(), removed);
                let command = Command::Dispose {
                    unit: named,
                    decision: *what,
                    to: to.map(|t| traveller::domain::id::StepId::parse(&format!("{}0", t + 1)).unwrap()),
                    removed,
                    defect: (person % 2 == 0).then(|| DefectId::parse(DEFECT).unwrap()),
                    reason,
                    badge: badge(*person),
                };
                (*at, command, SIGNED)
            }
            Act::Hold { at, unit: number, end: false, person } => {
                let reason = format!("because of {person}");
                (*at, Command::HoldUnit { unit: unit(*number), reason, by: badge(*person) }, SIGNED)
            }
            Act::Hold { at, unit: number, end: true, person } => {
                let unit = unit(*number);
                let known = self.ledger.traveller(&unit).unwrap();
                let hold = known.holds.last().filter(|_| *person != 1).map(|held| held.event.clone());
                (*at, Command::ReleaseHold { unit, hold, reason, by: badge(*person) }, SIGNED)
            }
            Act::Lot { lot, to, person } => {
                // What is sealed mostly is open.
                let open = self.ledger.lots().values().find(|l| *to == LotMove::Seal && l.open_since.is_some());
                let lot = open.map_or_else(|| LotId::parse(LOTS[*lot].0).unwrap(), |l| l.lot.clone());
                (None, Command::ChangeLot { lot, to: *to, reason, by: badge(*person) }, SIGNED)
            }
            Act::Revoke { person, by } => {
                (None, Command::Revoke { badge: badge(*person), reason, by: badge(*by) }, SIGNED)
            }
            Act::Route { route, withdraw: true, person } => {
                let (id, revision) = (self.routes[*route].id.clone(), self.routes[*route].revision.clone());
                (None, Command::WithdrawRoute { route: id, revision, reason, by: badge(*person) }, SIGNED)
            }
            Act::Route { route, person, .. } => (None, self.release(*route, *person), SIGNED),
            Act::Watch { at, what, person } => {
                let at = self.where_it_waits(*what).unwrap_or(*at % STATIONS.len());
                // Who answers is a lead, mostly.
                let lead = (*what >= 7).then(|| badge(at % 2)).filter(|_| *person != Some(3));
                let by = lead.or(person.map(badge));
                let named = by.is_some().then(|| station(at));
                (Some(at).filter(|_| by.is_none()), watching(*what, named, by), SIGNED)
            }
            Act::Move { unit: number, back, mapped, person } => {
                (None, self.moving(*number, (*back, *mapped), *person), SIGNED)
            }
            _ => self.house_act(act),
        }
    }

    /// What is said about lots, gauges, orders, people and scrapped units.
    fn house_act(&mut self, act: &Act) -> Given {
        let reason = "because".to_owned();
        match act {
            Act::Inspect { lot, passed, person } => {
                let (lot, by) = (LotId::parse(LOTS[*lot].0).unwrap(), badge(*person));
                (None, Command::InspectLot { lot, passed: *passed, reason, by }, SIGNED)
            }
            Act::Gauge { gauge, what, person } => {
                let (gauge, by) = (DeviceId::parse(GAUGES[*gauge].0).unwrap(), badge(person % 4));
                let due = if person % 2 == 0 { "2026-12-31" } else { "2026-11-23" }.parse().unwrap();
                let command = match what {
                    Keeping::Good => Command::CalibrateGauge { gauge, due, good: true, reason, by },
                    Keeping::Bad => Command::CalibrateGauge { gauge, due, good: false, reason, by },
                    Keeping::Retired => Command::RetireGauge { gauge, reason, by },
                };
                (None, command, SIGNED)
            }
            Act::Order { order, close: true, person, .. } => {
                let open: Vec<_> = self.ledger.orders().keys().collect();
                let order = open
                    .get(order % open.len().max(1))
                    .map_or_else(|| ORDERS[*order].parse().unwrap(), |o| (*o).clone());
                let by = badge(person % 3);
                (None, Command::CloseOrder { order, reason, by }, SIGNED)
            }
            Act::Order { order, route, units, from, variant, person, .. } => {
                let name = self.routes[*route].id.to_string();
                let serials = from.map(|n| format!("U{}{n}..U{}{}", &name[1..], &name[1..], n + 1).parse().unwrap());
                let variant = VARIANTS.get(*variant).filter(|_| !self.routes[*route].variants.is_empty());
                (None, self.open_order(ORDERS[*order], *route, *units, serials, variant.map(|v| v.0), *person), SIGNED)
            }
            Act::Qualify { person, level, by } => {
                let command = Command::Qualify { badge: badge(*person), qualifications: skill(*level), by: badge(*by) };
                (None, command, SIGNED)
            }
            Act::Recover { unit: number, removed, person } => {
                let unit = self.scrapped().unwrap_or_else(|| unit(*number));
                let removed = self.pieces(Some(&unit), removed);
                (None, Command::Recover { unit, removed, reason, by: badge(person % 3) }, SIGNED)
            }
            Act::Rework { unit, what, to, removed, person } => {
                (None, self.rework(*unit, *what, *to, removed, *person), SIGNED)
            }
            Act::Label { unit, what, number, person } => {
                (None, self.label(&super::steer::unit(*unit), *what, *number, *person), SIGNED)
            }
            Act::HoldAll { first, person } => {
                let units = UNITS[*first..]
                    .iter()
                    .filter(|u| self.ledger.travellers().contains_key(&UnitId::parse(u).unwrap()));
                let units: Vec<_> = units.map(|u| UnitId::parse(u).unwrap()).take(2).collect();
                (None, Command::HoldUnits { units, of: "lot G-1".to_owned(), reason, by: badge(*person) }, SIGNED)
            }
            _ => (None, Command::Pass, PLAIN),
        }
    }

    /// A station where there is something to read, to answer or to take back.
    fn where_it_waits(&self, what: usize) -> Option<usize> {
        let waits = |at: &usize| {
            let known = self.ledger.stations().get(&station(*at));
            known.is_some_and(|s| match what {
                1 | 2 => s.watch.down.is_some(),
                4 => !s.watch.notes.is_empty(),
                6 | 7 => s.watch.call.is_some(),
                _ => false,
            })
        };
        (0..STATIONS.len()).find(waits)
    }

    /// A unit of the route that has several revisions moves to the one that it does not have, mostly.
    pub(super) fn moving(&self, number: usize, (back, mapped): (bool, bool), person: usize) -> Command {
        let known = self.ledger.travellers().get(&unit(number));
        let has = known.and_then(|t| t.route.as_ref()).is_some_and(|(_, revision)| revision.as_str() == "A");
        // Now and then to the revision that has next to nothing in common with the first one.
        let other = if number == 2 { 2 } else { NEXT };
        let (from, to) = if has == back { (other, 0) } else { (0, other) };
        let (old, new) = (&self.routes[from], &self.routes[to]);
        let gone = old.steps.iter().find(|s| new.step(&s.id).is_none());
        let fresh = new.steps.iter().rfind(|s| old.step(&s.id).is_none());
        let one = gone.zip(fresh).map(|(a, b)| Mapped { from: a.id.clone(), to: b.id.clone() });
        Command::Move(Box::new(RouteMove {
            unit: unit(number),
            route: new.id.clone(),
            to: new.revision.clone(),
            mapped: one.into_iter().filter(|_| mapped).collect(),
            seen: known.and_then(|t| t.head.clone()).filter(|_| person == 1),
            reason: "because".to_owned(),
            by: badge(person),
        }))
    }

    /// The command that opens an order.
    pub(super) fn open_order(
        &self,
        order: &str,
        route: usize,
        quantity: u32,
        serials: Option<SerialRange>,
        variant: Option<&str>,
        person: usize,
    ) -> Command {
        let (id, revision) = (self.routes[route].id.clone(), self.routes[route].revision.clone());
        Command::OpenOrder {
            order: OrderId::parse(order).unwrap(),
            route: id,
            revision,
            variant: variant.map(str::to_owned),
            quantity,
            serials,
            customer: None,
            purpose: None,
            by: badge(person),
        }
    }

    /// What a lead or quality says of a unit's rework; mostly who may.
    fn rework(&self, number: usize, what: usize, to: usize, removed: &[(usize, usize)], person: usize) -> Command {
        let reason = "because".to_owned();
        let known = self.ledger.travellers();
        let by = if person == 6 { badge(3) } else { badge(if what < 2 { 0 } else { 2 }) };
        if what < 2 {
            let unit = unit(number);
            let passed = known.get(&unit).map(|t| t.passed.clone()).unwrap_or_default();
            let to = passed.get(to % passed.len().max(1)).cloned();
            let to = to.unwrap_or_else(|| traveller::domain::id::StepId::parse("10").unwrap());
            let removed = if what == 1 { self.pieces(Some(&unit), removed) } else { Vec::new() };
            return Command::Rework(Box::new(Reworking::SendBack { unit: Some(unit), to, removed, reason, by }));
        }
        if what == 2 {
            let unit = self.scrapped().unwrap_or_else(|| unit(number));
            return Command::Rework(Box::new(Reworking::Reverse { unit, reason, by }));
        }
        let waits = self.in_quarantine();
        let (unit, serial) = waits.unwrap_or_else(|| (unit(number), Serial::parse("B1").unwrap()));
        let fate = [Fate::Reuse, Fate::Scrap, Fate::Quarantine][to % 3];
        Command::Rework(Box::new(Reworking::Judge { unit, serial, fate, reason, by }))
    }

    /// A component that came out of a unit and waits for what becomes of it.
    fn in_quarantine(&self) -> Option<(UnitId, Serial)> {
        self.ledger.travellers().iter().find_map(|(unit, t)| {
            let piece = t.installed.iter().find(|i| i.out == Some(Out::Removed(Fate::Quarantine)))?;
            if let Piece::Serial(serial) = &piece.piece { Some((unit.clone(), serial.clone())) } else { None }
        })
    }

    /// What waits for it is judged by quality, now and then.
    pub(super) fn judged(&self, pick: usize) -> Option<Command> {
        let (unit, serial) = self.in_quarantine().filter(|_| pick.is_multiple_of(8))?;
        let fate = [Fate::Reuse, Fate::Scrap, Fate::Quarantine][pick / 8 % 3];
        Some(Command::Rework(Box::new(Reworking::Judge {
            unit,
            serial,
            fate,
            reason: "because".to_owned(),
            by: badge(2),
        })))
    }

    /// What somebody does with a label: prints it once more, or says that another one counts, for a unit that was found
    /// without one too. Now and then the new one has another number.
    fn label(&self, unit: &UnitId, what: usize, number: Option<usize>, person: usize) -> Command {
        let (reason, by) = ("because".to_owned(), badge(person));
        let named = Some(unit.clone());
        if what > 4 {
            return Command::Label(Box::new(Labelling::Reprint { unit: named, reason, by }));
        }
        let by = if person == 6 { by } else { badge(if what.is_multiple_of(2) { 0 } else { 2 }) };
        let number = number.map(|n| UnitId::parse(&format!("{}{n}", &unit.as_str()[..2])).unwrap());
        let inside = self.installed(Some(unit)).into_iter().next();
        let (unit, found) = match (what, inside) {
            (1, Some(serial)) => (named.filter(|_| person == 1), Some(Found::Component(serial))),
            (1, None) => (None, Serial::parse("B99").ok().map(Found::Component)),
            (2, _) => (named, Some(Found::Open)),
            (3, _) => (named, Some(Found::Choice)),
            _ => (named, None),
        };
        Command::Label(Box::new(Labelling::Replace { unit, found, number, reason, by }))
    }

    /// A scrapped unit that still has components.
    fn scrapped(&self) -> Option<UnitId> {
        let is_it = |u: &&UnitId| self.ledger.travellers()[*u].standing == Standing::Scrapped;
        let units = self.ledger.travellers().keys().filter(is_it);
        units.clone().find(|u| !self.installed(Some(u)).is_empty()).or_else(|| units.clone().next()).cloned()
    }

    /// Components that mostly are in the unit, and what becomes of them.
    fn pieces(&self, unit: Option<&UnitId>, removed: &[(usize, usize)]) -> Vec<Removed> {
        let installed = self.installed(unit);
        let fates = [Fate::Reuse, Fate::Scrap, Fate::Quarantine];
        let piece = |label: usize| match installed.len() {
            0 => Serial::parse(LABELS[label]).unwrap_or_else(|_| Serial::parse("B1").unwrap()),
            n => installed[label % n].clone(),
        };
        removed.iter().map(|(l, f)| Removed { serial: piece(*l), fate: fates[*f] }).collect()
    }

    /// The components of a unit.
    pub(super) fn installed(&self, unit: Option<&UnitId>) -> Vec<Serial> {
        let Some(traveller) = unit.and_then(|u| self.ledger.travellers().get(u)) else { return Vec::new() };
        let is_in = traveller.installed.iter().filter(|i| i.out.is_none());
        is_in.filter_map(|i| if let Piece::Serial(s) = &i.piece { Some(s.clone()) } else { None }).collect()
    }
}

/// Something about a station.
fn watching(what: usize, at: Option<StationId>, by: Option<Badge>) -> Command {
    let reason = "because".to_owned();
    // The hour before the first of all.
    let hour = "2026-11-23T05:00:00Z".parse().unwrap();
    let act = match what {
        0 => WatchAct::Down { reason },
        1 | 2 => WatchAct::Up,
        3 => WatchAct::Note { text: reason },
        4 => WatchAct::Read,
        5 => WatchAct::Call,
        6 => WatchAct::Withdraw { reason },
        7 => WatchAct::Answer,
        8 => WatchAct::Explain { hour, reason },
        _ => WatchAct::Explain { hour, reason: "another".to_owned() },
    };
    Command::Watch(Box::new(Watching { at, act, by }))
}
