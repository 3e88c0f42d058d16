//! From acts to commands: what the numbers of an act mean as things stand, and what is the sensible thing to do next.

use std::sync::Arc;

use traveller::app::port::Ledger as _;
use traveller::app::submit::desk;
use traveller::capture::label;
use traveller::domain::command::{Batch, Command, Decide};
use traveller::domain::id::{Badge, CheckId, DeviceId, Point, StationId, UnitId};
use traveller::domain::label::Label;
use traveller::domain::load::LoadAct;
use traveller::domain::lot::{Lot, LotStanding};
use traveller::domain::need::{Need, needs};
use traveller::domain::role::Role;
use traveller::domain::route::{Capture, Route, Step};
use traveller::domain::station::{Pending, Station};
use traveller::domain::traveller::{Standing, Traveller};
use traveller::domain::what::{Fate, Piece, Removed};

use super::acts::{Act, GAUGES, LABELS, LOTS, ORDERS, PEOPLE, UNITS, VALUES};
use super::floor::{Floor, With, badge, station};
use super::golden::seen_in;
use super::model::{Heard, Product};
use super::parts::{BOARD_GTIN, GLUE_GTIN};
use super::routes::{GTINS, REASON, SKILL, STATIONS};
use super::speech::{observe, word_of};

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
fn scan_unit(unit: &UnitId, label: &UnitId, pick: usize) -> Command {
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
                Some(check) => Command::Value {
                    value: ["1.50", "1.50", "pass", "fail", "red", "pass", "2.50"][pick % 7].to_owned(),
                    check: Some(check.id.clone()),
                    point: None,
                    gauge: None,
                    unit: None,
                },
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

    /// Whoever may sign what is needed does so, mostly.
    fn signs(&self, need: Option<&Need<'_>>, pick: usize) -> Option<(Command, With)> {
        let role = match need? {
            Need::Signature(sign_off) => sign_off.role,
            Need::FirstPiece => [Role::Quality, Role::Lead][pick / 7 % 2],
            Need::Material { .. } | Need::Gauge(_) | Need::Check { .. } => return None,
        };
        if pick.is_multiple_of(7) {
            return Some((Command::Pass, PLAIN));
        }
        let can = self.who_can(role);
        let person = can.get(pick % can.len().max(1));
        Some(person.map_or((Command::Close, PLAIN), |who| (Command::Sign { badge: badge(*who) }, SIGNED)))
    }

    /// Another lot is loaded although nothing is missing, now and then.
    fn change_of_lot(&self, step: &Step, route: &Route, bench: &Station, pick: usize) -> Option<(Command, With)> {
        let part = bench.loaded.iter().find(|l| step.uses.contains_key(&l.part)).filter(|_| pick % 4 == 1)?;
        let fits = |l: &&Lot| l.lot != part.lot && l.standing == LotStanding::Free && route.takes(&part.part, &l.part);
        let other = self.ledger.lots().values().find(fits)?;
        Some((scan(other.lot.as_str()), PLAIN))
    }

    /// What the open step asks for next.
    fn work(&self, traveller: &Traveller, route: &Route, step: &Step, at: usize, pick: usize) -> (Command, With) {
        let fresh = Station::default();
        let bench = self.ledger.stations().get(&station(at)).unwrap_or(&fresh);
        if step.optional && pick.is_multiple_of(3) {
            return (Command::Skip, PLAIN);
        }
        let failed = traveller.current(&step.id).is_some_and(|a| a.failed().is_some());
        if failed && !pick.is_multiple_of(3) {
            return (Command::Retest { reason: REASON.to_owned() }, PLAIN);
        }
        let open = needs(traveller, route, step, bench);
        let Some(need) =
            open.get(pick % 3 % open.len().max(1)).filter(|n| !matches!(n, Need::Signature(_) | Need::FirstPiece))
        else {
            return self
                .signs(open.first(), pick)
                .or_else(|| self.change_of_lot(step, route, bench, pick))
                .unwrap_or((Command::Pass, PLAIN));
        };
        match need {
            Need::Material { capture: Capture::Serial, part, .. } => {
                let to_meet = traveller.installed.iter().find(|i| i.to_verify && i.out.is_none() && i.part == **part);
                if let Some(Piece::Serial(serial)) = to_meet.map(|i| &i.piece).filter(|_| !pick.is_multiple_of(5)) {
                    return (scan(serial.as_str()), PLAIN);
                }
                let pattern = route.parts[*part].pattern.as_ref();
                let fits = |l: &String| pattern.is_some_and(|p| p.matches(l));
                let whole_unit = if pick.is_multiple_of(16) { "U1" } else { "S" };
                let made = route.parts[*part].made_by.is_some() && !pick.is_multiple_of(4);
                let letters = if made { ["U1", "U1", "U1"] } else { ["B", "C", whole_unit] };
                let all = (0..100).flat_map(|n| letters.map(|letter| format!("{letter}{n}")));
                let complete = |l: &String| {
                    let known = UnitId::parse(l).ok().and_then(|u| self.ledger.travellers().get(&u));
                    // Now and then one that is not done.
                    !made
                        || pick % 6 == 5
                        || known.is_some_and(|t| matches!(t.standing, Standing::Complete | Standing::Dispatched))
                };
                let other = route.parts[*part].alternates.first().filter(|_| pick.is_multiple_of(3));
                if let Some(number) = other.map(|_| format!("L{}", pick % 50)) {
                    return (scan(&number), PLAIN);
                }
                let all = all.filter(complete);
                let mut free = all.filter(fits).filter(|l| pick.is_multiple_of(7) || !self.oracle.is_installed(l));
                let serial = free.nth(pick % 4).unwrap_or_default();
                let labelled = part.as_str() == "BOARD" && pick.is_multiple_of(2);
                (if labelled { scan(&format!("]C101{BOARD_GTIN}21{serial}")) } else { scan(&serial) }, PLAIN)
            }
            Need::Material { part, .. } => {
                let is_of = |l: &&Lot| route.takes(part, &l.part);
                let lots: Vec<_> = self.ledger.lots().values().filter(is_of).collect();
                let free: Vec<_> = lots.iter().filter(|l| l.standing == LotStanding::Free).copied().collect();
                let lots = if free.is_empty() || pick.is_multiple_of(6) { lots } else { free };
                let Some(lot) = lots.get(pick % lots.len().max(1)).map(|l| &l.lot) else {
                    return (Command::Close, PLAIN);
                };
                // The label says another last day than the record now and then, and none mostly.
                let day = ["17261123", "17301231", "", ""][pick % 4];
                let labelled = part.as_str() == "GLUE" && !pick.is_multiple_of(3);
                let text = if labelled { format!("]C101{GLUE_GTIN}{day}10{lot}") } else { lot.to_string() };
                (scan(&text), PLAIN)
            }
            Need::Check { check, point, .. } => (observe(check, *point, seen_in(traveller, step, pick)), PLAIN),
            Need::Gauge(kind) => {
                let of_kind: Vec<_> = GAUGES.iter().filter(|g| g.1 == *kind || pick.is_multiple_of(9)).collect();
                (scan(of_kind[pick % of_kind.len()].0), PLAIN)
            }
            Need::Signature(_) | Need::FirstPiece => (Command::Pass, PLAIN),
        }
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
