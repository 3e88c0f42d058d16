//! What is said from a shell: by leads, quality and whoever keeps lots and gauges.

use traveller::app::port::Ledger as _;
use traveller::domain::command::{Command, LotMove};
use traveller::domain::id::{DefectId, DeviceId, LotId, OrderId, Serial, UnitId};
use traveller::domain::order::SerialRange;
use traveller::domain::traveller::Standing;
use traveller::domain::what::{Fate, Piece, Removed};

use super::acts::{Act, GAUGES, Keeping, LABELS, LOTS, ORDERS, UNITS};
use super::floor::{Floor, badge, skill};
use super::routes::{DEFECT, VARIANTS};
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
