//! What somebody does about a refusal, so that the unit gets on: waits, calls for somebody, fetches what is missing.

use traveller::domain::command::{Command, Decide, LotMove};
use traveller::domain::first_piece::DropFirstPiece;
use traveller::domain::id::{DeviceId, LotId, OrderId, PartId, StepId, UnitId};
use traveller::domain::lot::LotStanding;
use traveller::domain::number::Number;
use traveller::domain::paper::Paper;
use traveller::domain::permit::{Permitting, Terms, Waives};
use traveller::domain::refusal::{Code, Evidence, Refusal};
use traveller::domain::role::Role;
use traveller::domain::time::SECOND;
use traveller::domain::watch::{WatchAct, Watching};

use super::acts::PEOPLE;
use super::floor::{Floor, badge, skill, station};
use super::routes::{SKILL, VARIANTS};
use super::steer::{Given, PLAIN, SIGNED, scan};

/// Orders, lots that somebody fetches have numbers from here on.
const FETCHED: usize = 100;

impl Floor {
    /// Quality permits what was refused: for one unit or two, for an hour. Sometimes the last permit is closed instead.
    pub(super) fn permit(&self, unit: &UnitId, no: &Refusal) -> Option<Given> {
        let evidence = no.evidence.as_ref();
        let by = badge(2);
        let last = self.ledger.permits().values().rfind(|p| !p.closed);
        if let Some(last) = last.filter(|_| self.ledger.events.len().is_multiple_of(4)) {
            let (permit, reason) = (last.permit.clone(), "because".to_owned());
            return Some((None, Command::Permit(Box::new(Permitting::Close { permit, reason, by })), SIGNED));
        }
        let waives = match no.code {
            Code::TooLate => Waives::TooLate,
            Code::NotQualified => Waives::NotQualified { badge: evidence.badge.clone()? },
            Code::LotExpired => Waives::LotExpired { lot: evidence.lot.clone()? },
            Code::GaugeOverdue => Waives::GaugeOverdue { gauge: evidence.gauge.clone()? },
            Code::TypedEntry => Waives::TypedEntry,
            _ => return None,
        };
        let known = self.ledger.travellers().get(unit)?;
        let (route, step) = (known.route.as_ref()?.0.clone(), known.due.as_ref()?.step.clone());
        let now = self.ledger.events.iter().map(|e| e.stamp.at).max()?;
        let quantity = Some(1 + u32::try_from(self.ledger.events.len() % 2).unwrap());
        let until = now.plus(3_600 * SECOND);
        let terms = Terms { waives, route: Some(route), step: Some(step), quantity, serials: None, until };
        let permit = format!("DP-{}", self.ledger.events.len()).parse().unwrap();
        Some((
            None,
            Command::Permit(Box::new(Permitting::Open { permit, terms, reason: "because".to_owned(), by })),
            SIGNED,
        ))
    }

    /// What is done about the last refusal, mostly.
    pub(super) fn remedy(&mut self, unit: &UnitId, pick: usize) -> Option<Given> {
        let (at, no) = self.last_no.take()?;
        if pick.is_multiple_of(5) {
            return None;
        }
        let evidence = no.evidence.as_ref();
        if pick % 3 == 1
            && let Some(permitted) = self.permit(unit, &no)
        {
            return Some(permitted);
        }
        match no.code {
            Code::TooEarly => {
                self.wait(20, false);
                None
            }
            Code::ClockUntrusted => {
                self.set_right();
                None
            }
            Code::TooLate => Some((None, too_late(unit, evidence, pick), SIGNED)),
            Code::NotQualified => {
                let (badge, by) = (evidence.badge.clone()?, badge(0));
                Some((None, Command::Qualify { badge, qualifications: skill(pick % 2), by }, SIGNED))
            }
            Code::SecondPerson if evidence.qualification.is_some() => {
                let can = |i: &usize| {
                    let held = self.ledger.people()[&badge(*i)].qualification(SKILL);
                    held.is_some_and(|q| !q.supervised || pick.is_multiple_of(7))
                };
                let all: Vec<_> = (0..PEOPLE.len()).filter(can).collect();
                Some((at, scan(PEOPLE[*all.get(pick % all.len().max(1))?].0), PLAIN))
            }
            Code::SecondPerson => {
                let can = self.who_can(Role::Operator);
                Some((at, Command::SignOn { badge: badge(*can.get(pick % can.len().max(1))?) }, SIGNED))
            }
            Code::OrderMissing | Code::OrderFull | Code::OrderClosed | Code::NotInOrder => {
                self.fetch_order(at, unit, pick)
            }
            Code::FirstPiece => Some(self.first_piece_first(at, evidence.first.as_ref()?, pick)),
            Code::PaperOpen | Code::WrongTime => Some((at, Command::Paper(Paper::End), PLAIN)),
            Code::GoldenDue | Code::GoldenFailed => {
                let sample = evidence.fits.get(pick % evidence.fits.len().max(1))?;
                Some(self.next(&UnitId::parse(sample).ok()?, pick))
            }
            Code::StationDown => {
                let up = Watching { at: None, act: WatchAct::Up, by: None };
                Some((at, Command::Watch(Box::new(up)), PLAIN))
            }
            Code::LotOnHold => self.free_lot(evidence.lot.as_ref()?, pick),
            Code::LotExhausted | Code::LotExpired => self.fetch_lot(evidence.part.as_ref()?),
            Code::GaugeOverdue | Code::GaugeMissing => {
                let gauge: DeviceId = evidence.gauge.clone()?;
                let (due, reason) = ("2026-12-31".parse().unwrap(), "because".to_owned());
                Some((None, Command::CalibrateGauge { gauge, due, good: true, reason, by: badge(0) }, SIGNED))
            }
            Code::MaterialMissing if pick.is_multiple_of(2) => self.fetch_lot(evidence.part.as_ref()?),
            _ => None,
        }
    }

    /// The first piece is worked on; or it is given up.
    fn first_piece_first(&mut self, at: Option<usize>, first: &UnitId, pick: usize) -> Given {
        if pick % 4 == 2 {
            let (unit, reason, by) = (first.clone(), "because".to_owned(), badge(pick / 4 % 2 * 2));
            return (at, Command::DropFirstPiece(Box::new(DropFirstPiece { unit, reason, by })), SIGNED);
        }
        self.next(first, pick)
    }

    /// The order that is there, chosen at the station; or a new one.
    fn fetch_order(&mut self, at: Option<usize>, unit: &UnitId, pick: usize) -> Option<Given> {
        let route = usize::from(unit.as_str().as_bytes()[1] - b'0');
        let id = &self.routes[route].id;
        let open =
            self.ledger.orders().values().find(|o| o.route == *id && !o.closed && o.serials.is_none() && !o.is_full());
        let by_number = self.routes[route].identifier.start == traveller::domain::route::Start::Order;
        if let Some(order) = open.filter(|_| !by_number && at.is_some() && !pick.is_multiple_of(4)) {
            let chosen = self.ledger.stations().get(&station(at?)).and_then(|s| s.order(id));
            if chosen != Some(&order.order) {
                return Some((at, scan(order.order.as_str()), PLAIN));
            }
        }
        let order = (FETCHED..FETCHED + 10_000)
            .map(|n| format!("W-{n}"))
            .find(|n| !self.ledger.orders().contains_key(&OrderId::parse(n).unwrap()))?;
        let digit = pick % 8;
        let serials = format!("U{route}{digit}..U{route}{}", digit + 1).parse().unwrap();
        let variant = VARIANTS.get(pick % VARIANTS.len()).filter(|_| !self.routes[route].variants.is_empty());
        let serials = (by_number || pick.is_multiple_of(4)).then_some(serials);
        let quantity = u32::try_from(1 + pick % 2).unwrap();
        Some((None, self.open_order(&order, route, quantity, serials, variant.map(|v| v.0), 0), SIGNED))
    }

    fn free_lot(&self, lot: &LotId, pick: usize) -> Option<Given> {
        let known = self.ledger.lots().get(lot)?;
        let reason = "because".to_owned();
        let command = match known.standing {
            LotStanding::Rejected => return self.fetch_lot(&known.part),
            LotStanding::Held if pick.is_multiple_of(2) => {
                Command::ChangeLot { lot: lot.clone(), to: LotMove::Release, reason, by: badge(0) }
            }
            LotStanding::Held | LotStanding::Quarantined | LotStanding::Free => {
                Command::InspectLot { lot: lot.clone(), passed: true, reason, by: badge(2) }
            }
        };
        Some((None, command, SIGNED))
    }

    /// Another lot of a part comes in.
    fn fetch_lot(&self, part: &PartId) -> Option<Given> {
        let number = |n: usize| LotId::parse(&format!("{part}-{n}")).unwrap();
        let lot = (FETCHED..FETCHED + 10_000).map(number).find(|lot| !self.ledger.lots().contains_key(lot))?;
        let command = Command::ReceiveLot {
            lot,
            part: part.clone(),
            quantity: Number::whole(6),
            supplier: None,
            expires: None,
            quarantine: false,
            label: None,
            by: badge(1),
        };
        Some((None, command, SIGNED))
    }
}

/// What is decided about a unit that is too late.
fn too_late(unit: &UnitId, evidence: &Evidence, pick: usize) -> Command {
    let (decision, person) = if pick.is_multiple_of(3) { (Decide::UseAsIs, 2) } else { (Decide::Rework, 0) };
    let to: Option<StepId> = evidence.since.clone().filter(|_| decision == Decide::Rework);
    Command::Dispose {
        unit: Some(unit.clone()),
        decision,
        to,
        removed: Vec::new(),
        defect: None,
        reason: "because".to_owned(),
        badge: badge(person),
    }
}
