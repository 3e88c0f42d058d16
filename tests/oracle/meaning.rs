//! From acts to commands: what the numbers of an act mean as things stand.

use std::sync::Arc;

use traveller::domain::command::{Batch, Command};
use traveller::domain::id::{CheckId, DeviceId, Point, UnitId};
use traveller::domain::load::LoadAct;
use traveller::domain::traveller::{Standing, Traveller};

use super::acts::{Act, GAUGES, LABELS, LOTS, ORDERS, PEOPLE, UNITS, VALUES};
use super::floor::{Floor, With, badge, station};
use super::model::Heard;
use super::routes::{REASON, STATIONS};
use super::speech::word_of;
use super::steer::{Given, PLAIN, SIGNED, scan, unit};

impl Floor {
    /// Does what an act says.
    pub(crate) fn act(&mut self, act: &Act) -> Heard {
        match act {
            Act::Walk { unit: number, pick, times } => {
                if let Some(judged) = self.judged(*pick) {
                    return self.give(None, &judged, SIGNED);
                }
                for i in 0..*times {
                    let unit = self.unfinished(&self.board(&unit(*number), *pick));
                    let remedy = self.remedy(&unit, pick + i);
                    let (at, command, with) = remedy.unwrap_or_else(|| self.next(&unit, pick + i));
                    self.give(at, &command, With { typed: (pick + i).is_multiple_of(9), ..with })?;
                }
                Ok(())
            }
            Act::Guess { person, times } => {
                let hold = Command::HoldUnit { unit: unit(0), reason: "because".to_owned(), by: badge(*person) };
                for _ in 0..*times {
                    self.give(None, &hold, With { pin: Some(false), ..PLAIN })?;
                }
                self.give(None, &hold, SIGNED)
            }
            Act::Errand { what, pick, times } => self.errand(*what, *pick, *times),
            Act::Restart { at } => self.restart(self.place(*at)),
            Act::Wait { minutes, set } => {
                self.wait(*minutes, *set);
                Ok(())
            }
            Act::Boot { minutes, doubt } => {
                self.boot(*minutes, *doubt);
                Ok(())
            }
            _ => {
                let (at, command, with) = self.meaning(act);
                self.give(at.map(|at| self.place(at)), &command, with)
            }
        }
    }

    /// The station of that number; beyond those, one where a unit is open.
    fn place(&self, number: usize) -> usize {
        let busy: Vec<_> = (0..STATIONS.len()).filter(|at| self.oracle.open_at(&station(*at)).is_some()).collect();
        match number.checked_sub(STATIONS.len()) {
            Some(beyond) if !busy.is_empty() => busy[beyond % busy.len()],
            _ => number % STATIONS.len(),
        }
    }

    /// The unit, or where it is finished, the next one of the same route.
    fn unfinished(&self, unit: &UnitId) -> UnitId {
        let gone = |u: &UnitId| {
            let known = self.ledger.travellers().get(u);
            known.is_some_and(|t| matches!(t.standing, Standing::Complete | Standing::Dispatched | Standing::Scrapped))
        };
        let (route, rest) = unit.as_str().split_at(2);
        let (first, board) = rest.split_at(1);
        let first: usize = first.parse().unwrap();
        let of_route = (first..10).map(|n| UnitId::parse(&format!("{route}{n}{board}")).unwrap());
        of_route.into_iter().find(|u| !gone(u)).unwrap_or_else(|| unit.clone())
    }

    /// One of the boards, where that number is one of a panel.
    fn board(&self, number: &UnitId, pick: usize) -> UnitId {
        let route = usize::from(number.as_str().as_bytes()[1] - b'0');
        let panel = self.routes[route].identifier.panel.as_ref();
        panel.map_or(number.clone(), |_| UnitId::parse(&format!("{number}-{}", 1 + pick % 2)).unwrap())
    }

    fn meaning(&mut self, act: &Act) -> Given {
        match act {
            Act::Load { at, what, unit: number } => {
                let there = self.ledger.stations().get(&station(*at % STATIONS.len())).and_then(|s| s.load.as_ref());
                let inside = there.and_then(|load| load.units.first()).filter(|_| number % 3 > 0);
                let act = match what {
                    0 => LoadAct::Begin,
                    1 => LoadAct::End,
                    _ => LoadAct::TakeOut { unit: inside.cloned().unwrap_or_else(|| unit(*number)) },
                };
                (Some(*at), Command::Load(act), PLAIN)
            }
            Act::Scan { at, label, typed } => {
                let units = UNITS.iter().chain(&LABELS).copied();
                let all: Vec<_> =
                    units.chain(PEOPLE.iter().map(|p| p.0)).chain(LOTS.iter().map(|l| l.0)).chain(ORDERS).collect();
                let screen_ms = if label % 7 == 0 { Some(100) } else { None };
                (Some(*at), scan(all[*label]), With { screen_ms, typed: *typed, ..PLAIN })
            }
            Act::Value { at, check, point, value, gauge } => {
                let command = Command::Value {
                    value: VALUES[*value].to_owned(),
                    check: check.map(|c| CheckId::parse(&format!("c{c}")).unwrap()),
                    point: point.map(|p| Point::parse(["A", "B", "C"][p]).unwrap()),
                    gauge: gauge.then(|| DeviceId::parse(GAUGES[value % 4].0).unwrap()),
                    unit: None,
                };
                (Some(*at), command, PLAIN)
            }
            Act::Say { at, word } => (Some(*at), word_of(*word), PLAIN),
            Act::SignOn { at, person, pin } => {
                (Some(*at), Command::SignOn { badge: badge(*person) }, With { pin: *pin, ..PLAIN })
            }
            Act::Sign { at, person, pin } => {
                (Some(*at), Command::Sign { badge: badge(*person) }, With { pin: *pin, ..PLAIN })
            }
            Act::Pieces { at, unit: number, what, pieces, other, person } => {
                let number_of_other = *other;
                let other = UnitId::parse(&format!("{}{other}", &UNITS[*number][..2])).unwrap();
                // At a station it is the open batch, and whoever is signed on.
                let (unit, by) = (at.is_none().then(|| unit(*number)), at.is_none().then(|| badge(*person)));
                let kin = self.kin(usize::try_from(*pieces).unwrap()).filter(|_| matches!(what, 2 | 3));
                if let Some((unit, from)) = kin {
                    let by = Some(badge(*person));
                    return (None, Command::Batch(Batch::Merge { unit: Some(unit), from, by }), SIGNED);
                }
                let heap = self.heap(usize::try_from(*pieces).unwrap()).filter(|_| at.is_none() && *what < 2);
                if let Some((unit, most)) = heap {
                    let (into, pieces) =
                        (UnitId::parse(&format!("{}{number_of_other}", &unit.as_str()[..2])), 1 + pieces % most);
                    let (into, unit, by) = (into.unwrap(), Some(unit), Some(badge(*person)));
                    return (None, Command::Batch(Batch::Split { unit, pieces, into, by }), SIGNED);
                }
                let command = Command::Batch(match what {
                    0 | 1 => Batch::Split { unit, pieces: *pieces, into: other, by },
                    2 | 3 => Batch::Merge { unit, from: other, by },
                    _ => Batch::Reject { pieces: *pieces, into: other, reason: REASON.to_owned() },
                });
                (*at, command, if at.is_none() { SIGNED } else { PLAIN })
            }
            Act::SeenMove { at } => {
                let unseen = |at: &usize| {
                    let open = self.oracle.open_at(&station(*at)).and_then(|unit| self.ledger.travellers().get(unit));
                    open.is_some_and(|unit| unit.unseen_move().is_some())
                };
                let at = (0..STATIONS.len()).find(unseen).unwrap_or(*at);
                (Some(at), Command::SeenMove, PLAIN)
            }
            Act::Paper { at, back, person } => self.paper(self.place(*at), *back, *person),
            Act::Garbage { at } => (Some(*at), Command::Malformed { input: "{".to_owned() }, PLAIN),
            _ => self.lead_act(act),
        }
    }

    /// A batch that can be split, and how many pieces it may lose.
    fn heap(&self, pick: usize) -> Option<(UnitId, u32)> {
        let may_be_split = |t: &Traveller| !t.touched() && t.in_load.is_none() && t.standing != Standing::Merged;
        let all = self.ledger.travellers().iter().filter(|(_, t)| may_be_split(t));
        let all: Vec<_> = all.filter_map(|(unit, t)| Some((unit.clone(), t.pieces()?.checked_sub(1)?))).collect();
        let heaps: Vec<_> = all.into_iter().filter(|(_, most)| *most > 0).collect();
        heaps.get(pick % heaps.len().max(1)).cloned()
    }

    /// Two batches of which one was split off the other, and both are there.
    fn kin(&self, pick: usize) -> Option<(UnitId, UnitId)> {
        let is_there = |unit: &UnitId| {
            let known = self.ledger.travellers().get(unit);
            known.is_some_and(|t| matches!(t.standing, Standing::InProcess | Standing::Complete))
        };
        let all = self.ledger.travellers().iter().filter(|(unit, _)| is_there(unit));
        let split = |(unit, t): (&UnitId, &Arc<Traveller>)| {
            let kin = t.batch.iter().flat_map(|b| &b.split).map(|kin| kin.unit.clone()).filter(is_there);
            kin.map(|kin| (unit.clone(), kin)).collect::<Vec<_>>()
        };
        let pairs: Vec<_> = all.flat_map(split).collect();
        pairs.get(pick % pairs.len().max(1)).cloned()
    }
}
