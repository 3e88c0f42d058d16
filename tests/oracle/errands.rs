//! Errands: what a chain of chances hardly ever comes to is sought out, wherever things stand ready for it. So each run
//! says something about each rule, whatever its numbers begin with.

use std::sync::Arc;

use traveller::domain::command::{Batch, Command, Decide};
use traveller::domain::first_piece::DropFirstPiece;
use traveller::domain::id::{Badge, StationId, StepId, UnitId};
use traveller::domain::labelling::Labelling;
use traveller::domain::load::LoadAct;
use traveller::domain::refusal::Code;
use traveller::domain::reworking::Reworking;
use traveller::domain::route::{IdentifierKind, Route, Step, Typed};
use traveller::domain::station::{Pending, Station};
use traveller::domain::traveller::{Installed, Standing, Traveller};
use traveller::domain::watch::{WatchAct, Watching};
use traveller::domain::way;
use traveller::domain::what::{Fate, Piece, Removed};

use super::acts::PEOPLE;
use super::floor::{Floor, With, badge, station};
use super::model::Heard;
use super::routes::{REASON, SKILL, STATIONS};
use super::steer::{Given, PLAIN, SIGNED, scan, scan_unit, unit as unit_of};

/// How many errands there are. Those that take the longest way are gone on more often.
pub(super) const ERRANDS: usize = 27;

/// Those for which a unit has to walk to a certain step first.
const LONG_WAYS: [usize; 7] = [4, 6, 16, 18, 19, 20, 22];

/// A unit that is on record.
pub(super) type Known = (UnitId, Arc<Traveller>);

impl Floor {
    /// Goes on an errand: so many acts of it, while there is anything to do, and more where the way is long.
    pub(super) fn errand(&mut self, what: usize, pick: usize, times: usize) -> Heard {
        let steps = if LONG_WAYS.contains(&what) { 5 } else { 1 };
        for i in 0..times * steps {
            let Some((at, command, with)) = self.towards(what, pick + i) else { return Ok(()) };
            self.give(at, &command, with)?;
        }
        Ok(())
    }

    fn towards(&mut self, what: usize, pick: usize) -> Option<Given> {
        match what {
            0 | 21 => self.takes_apart(pick),
            1 | 15 => self.minds_a_load(pick),
            2 => self.moves_on(pick),
            3 => self.leaves_word(pick),
            4 | 16 | 19 | 20 => self.takes_what_is_not_done(pick),
            5 => self.joins_what_differs(pick),
            6 | 18 | 22 => self.changes_what_was_signed(pick),
            7 => self.insists(pick),
            8 => self.relabels_it(pick),
            9 => self.meets_it_again(pick),
            10 => self.keeps_lots(pick),
            11 => self.asks_leave(pick),
            12 | 17 | 23 => self.comes_too_late(pick),
            24 | 25 => self.uses_what_is_over(pick),
            13 | 26 => self.has_somebody_stand_by(pick),
            _ => self.gives_up_a_first_piece(pick),
        }
    }

    /// The units that are so, one after the other.
    pub(super) fn some(&self, pick: usize, is_it: impl Fn(&Traveller) -> bool) -> Option<Known> {
        let all: Vec<_> = self.ledger.travellers().iter().filter(|(_, t)| is_it(t)).collect();
        all.get(pick % all.len().max(1)).map(|(unit, t)| ((*unit).clone(), Arc::clone(t)))
    }

    /// The route of a unit, and the step that is due.
    pub(super) fn due_of(&self, traveller: &Traveller) -> Option<(Arc<Route>, Step)> {
        let is_it = |r: &&Arc<Route>| traveller.route == Some((r.id.clone(), r.revision.clone()));
        let route = self.routes.iter().find(is_it)?;
        let step = route.step(&traveller.due.as_ref()?.step)?;
        Some((Arc::clone(route), step.clone()))
    }

    /// What has components in it is scrapped, and they are recovered; or its scrap is reversed. What waits for quality
    /// is judged.
    fn takes_apart(&mut self, pick: usize) -> Option<Given> {
        let (reason, stripped) = ("because".to_owned(), !pick.is_multiple_of(3));
        if let Some(judged) = self.judged(pick / 2 * 8).filter(|_| pick.is_multiple_of(2)) {
            return Some((None, judged, SIGNED));
        }
        let has_parts =
            |t: &Traveller| t.installed.iter().any(|i| i.out.is_none() && matches!(i.piece, Piece::Serial(_)));
        let scrapped = self.some(pick, |t| t.standing == Standing::Scrapped && has_parts(t));
        if let Some((unit, _)) = scrapped {
            let serial = self.installed(Some(&unit)).into_iter().next()?;
            let fate = [Fate::Quarantine, Fate::Quarantine, Fate::Reuse, Fate::Scrap][pick % 4];
            let removed = vec![Removed { serial, fate }];
            let command = if stripped {
                Command::Recover { unit, removed, reason, by: badge(0) }
            } else {
                Command::Rework(Box::new(Reworking::Reverse { unit, reason, by: badge(2) }))
            };
            return Some((None, command, SIGNED));
        }
        if let Some((unit, _)) = self.some(pick, |t| t.standing == Standing::Nonconforming && has_parts(t)) {
            let (decision, badge) = (Decide::Scrap, badge(0));
            let (unit, removed, defect, to) = (Some(unit), Vec::new(), None, None);
            return Some((None, Command::Dispose { unit, decision, to, removed, defect, reason, badge }, SIGNED));
        }
        let (unit, traveller) = self.some(pick, |t| t.standing == Standing::InProcess && has_parts(t))?;
        Some(match place_of(&traveller) {
            Some(at) => (Some(at), Command::Fail { reason: REASON.to_owned() }.of(&unit), PLAIN),
            None => self.next(&unit, pick),
        })
    }

    /// What is observed of a load is observed; or a unit is taken out in time.
    fn minds_a_load(&mut self, pick: usize) -> Option<Given> {
        let load = |s: &Station| s.load.clone().filter(|load| load.over.is_none());
        let here: Vec<_> =
            (0..STATIONS.len()).filter_map(|at| Some((at, load(self.ledger.stations().get(&station(at))?)?))).collect();
        let checked = |t: &Traveller| {
            let due = self.due_of(t);
            due.is_some_and(|(_, step)| step.load.as_ref().is_some_and(|rule| !rule.checks.is_empty()))
        };
        if let Some((at, load)) = here.get(pick % here.len().max(1)) {
            let unit = load.units.first()?.clone();
            if load.begun.is_none() && pick.is_multiple_of(3) {
                return Some((Some(*at), Command::Load(LoadAct::TakeOut { unit }), PLAIN));
            }
            return Some(self.next(&unit, pick));
        }
        let waits = |t: &Traveller| t.standing == Standing::InProcess && checked(t);
        let comes_to_it = |t: &Traveller| {
            let due = self.due_of(t).filter(|_| t.standing == Standing::InProcess);
            due.is_some_and(|(route, _)| way::ahead(t, &route).any(|step| step.load.is_some()))
        };
        let measured = |t: &Traveller| waits(t) && self.due_of(t).is_some_and(|(_, step)| !step.gauges.is_empty());
        let found = self.some(pick, measured).filter(|_| !pick.is_multiple_of(3));
        let found = found.or_else(|| self.some(pick, waits)).or_else(|| self.some(pick, comes_to_it));
        let (unit, _) = found.or_else(|| self.some(pick, |t| t.standing == Standing::InProcess))?;
        Some(self.next(&unit, pick))
    }

    /// A unit is moved, and whoever works on it sees that.
    fn moves_on(&mut self, pick: usize) -> Option<Given> {
        let moved = |t: &Traveller| t.unseen_move().is_some() && t.standing == Standing::InProcess;
        if let Some((unit, traveller)) = self.some(pick, moved) {
            return Some(match place_of(&traveller) {
                Some(at) => (Some(at), Command::SeenMove.of(&unit), PLAIN),
                None => self.next(&unit, pick),
            });
        }
        let first = self.routes[0].id.clone();
        let may_move = |t: &Traveller| {
            t.standing == Standing::InProcess && !t.touched() && t.route.as_ref().is_some_and(|(r, _)| *r == first)
        };
        let (unit, _) = self.some(pick, may_move)?;
        let number = (0..3).find(|n| super::steer::unit(*n) == unit).unwrap_or(pick % 3);
        Some((None, self.moving(number, (false, pick.is_multiple_of(3)), 0), SIGNED))
    }

    /// A note is left, and read by somebody else; a lead is called, and comes, or need not come any more.
    fn leaves_word(&mut self, pick: usize) -> Option<Given> {
        let at = station(pick % STATIONS.len());
        let watch = self.ledger.stations().get(&at).map(|s| s.watch.clone()).unwrap_or_default();
        let other = |than: Option<&Badge>, all: &[usize]| all.iter().map(|p| badge(*p)).find(|b| Some(b) != than);
        let word = |act, by: Badge| {
            let watching = Watching { at: Some(at.clone()), act, by: Some(by) };
            Some((None, Command::Watch(Box::new(watching)), SIGNED))
        };
        let reason = "because".to_owned();
        if pick.is_multiple_of(2) {
            return match watch.notes.first() {
                Some(note) => word(WatchAct::Read, other(note.by.as_ref(), &[0, 2, 3])?),
                None => word(WatchAct::Note { text: reason }, badge(pick % 4)),
            };
        }
        match &watch.call {
            Some(call) if pick % 4 == 1 => word(WatchAct::Answer, other(call.by.as_ref(), &[0, 1])?),
            Some(_) => word(WatchAct::Withdraw { reason }, badge(3)),
            None => word(WatchAct::Call, badge(pick / 2 % 4)),
        }
    }

    /// A component that is a unit itself is taken before it is done.
    fn takes_what_is_not_done(&mut self, pick: usize) -> Option<Given> {
        // Neither a batch nor a board of a panel is a component.
        let by_itself = &self.routes[1].identifier;
        if by_itself.kind == IdentifierKind::Batch || by_itself.panel.is_some() {
            return None;
        }
        let has_units = |route: &Route, step: &Step| step.uses.keys().any(|part| route.parts[part].made_by.is_some());
        let due = |t: &Traveller| self.due_of(t).filter(|_| t.standing == Standing::InProcess);
        let takes = |t: &Traveller| due(t).is_some_and(|(route, step)| has_units(&route, &step));
        let Some((unit, traveller)) = self.some(pick, takes) else { return self.comes_to(has_units, pick) };
        let Some(at) = place_of(&traveller) else { return Some(self.next(&unit, pick)) };
        let made = self.routes[1].id.clone();
        let is_piece = |t: &Traveller| {
            let is_of = t.route.as_ref().is_some_and(|(route, _)| *route == made);
            is_of && t.standing == Standing::InProcess && t.unit.as_ref() != Some(&unit)
        };
        // Where none is on its way, one begins.
        let Some((piece, _)) = self.some(pick, is_piece) else { return Some(self.next(&unit_of(3 + pick % 3), pick)) };
        let label = self.oracle.label_of(&piece).to_string();
        Some((Some(at), scan(&label).of(&unit), PLAIN))
    }

    /// Two batches that are not alike are to become one.
    fn joins_what_differs(&mut self, pick: usize) -> Option<Given> {
        let may = |t: &Traveller| {
            let goes_on = t.standing == Standing::InProcess && t.in_load.is_none() && !t.is_held();
            t.batch.is_some() && goes_on && !t.touched()
        };
        let (unit, one) = self.some(pick, may)?;
        let differs = |t: &Traveller| may(t) && (t.due != one.due || t.variant != one.variant || t.order != one.order);
        let Some((from, _)) = self.some(pick / 2, differs) else { return Some(self.next(&unit, pick)) };
        Some((None, Command::Batch(Batch::Merge { unit: Some(unit), from, by: Some(badge(pick % 4)) }), SIGNED))
    }

    /// A unit goes on that has such a step before it.
    pub(super) fn comes_to(&mut self, is_it: impl Fn(&Route, &Step) -> bool, pick: usize) -> Option<Given> {
        let comes = |t: &Traveller| {
            let due = self.due_of(t).filter(|_| t.standing == Standing::InProcess);
            due.is_some_and(|(route, _)| way::ahead(t, &route).any(|step| is_it(&route, step)))
        };
        let (unit, _) = self.some(pick, comes)?;
        Some(self.next(&unit, pick))
    }

    /// What failed is to pass all the same; what is scrap is to be worked on.
    fn insists(&mut self, pick: usize) -> Option<Given> {
        let failed = |t: &Traveller| {
            let attempt = t.due.as_ref().and_then(|due| t.current(&due.step));
            t.open.is_some() && attempt.is_some_and(|a| a.failed().is_some())
        };
        if let Some((unit, traveller)) = self.some(pick, failed) {
            return Some((Some(place_of(&traveller)?), Command::Pass.of(&unit), PLAIN));
        }
        let (unit, _) = self.some(pick, |t| t.standing == Standing::Scrapped)?;
        Some((Some(pick % STATIONS.len()), scan_unit(&unit, self.oracle.label_of(&unit), pick), PLAIN))
    }

    /// A label is replaced, and the unit is worked on before the new one was scanned back.
    fn relabels_it(&mut self, pick: usize) -> Option<Given> {
        let waits = |t: &Traveller| t.labels.waits.is_some() && t.open.is_some();
        if let Some((unit, traveller)) = self.some(pick, waits) {
            let at = Some(place_of(&traveller)?);
            let back = scan(self.oracle.label_of(&unit).as_str());
            return Some((at, if pick.is_multiple_of(2) { back } else { Command::Pass.of(&unit) }, PLAIN));
        }
        let (unit, _) = self.some(pick, |t| t.open.is_some() && t.standing == Standing::InProcess)?;
        let (reason, by) = ("because".to_owned(), badge(0));
        let replace = Labelling::Replace { unit: Some(unit), found: None, number: None, reason, by };
        Some((None, Command::Label(Box::new(replace)), SIGNED))
    }

    /// A unit goes back behind a step where a component went in, and the component is met again.
    fn meets_it_again(&mut self, pick: usize) -> Option<Given> {
        let waits = |t: &Traveller| {
            t.standing == Standing::InProcess && t.installed.iter().any(|i| i.out.is_none() && i.to_verify)
        };
        if let Some((unit, _)) = self.some(pick, waits) {
            return Some(self.next(&unit, pick));
        }
        let went_in = |t: &Traveller| {
            let is_in = |step: &StepId| {
                let here = |i: &Installed| i.step == *step && i.out.is_none() && matches!(i.piece, Piece::Serial(_));
                t.installed.iter().any(here)
            };
            t.passed.iter().find(|step| is_in(step)).cloned()
        };
        let goes_on = |t: &Traveller| matches!(t.standing, Standing::InProcess | Standing::Complete);
        let may = |t: &Traveller| goes_on(t) && t.in_load.is_none() && !t.is_held() && went_in(t).is_some();
        let (unit, traveller) = self.some(pick, may)?;
        let (to, reason, by) = (went_in(&traveller)?, "because".to_owned(), badge(0));
        let back = Reworking::SendBack { unit: Some(unit), to, removed: Vec::new(), reason, by };
        Some((None, Command::Rework(Box::new(back)), SIGNED))
    }

    /// A number that must be scanned is typed, and quality permits that.
    fn asks_leave(&mut self, pick: usize) -> Option<Given> {
        let scanned_only = |t: &Traveller| {
            let due = self.due_of(t).filter(|_| t.standing == Standing::InProcess && t.open.is_none());
            due.is_some_and(|(route, step)| route.identifier.typed == Typed::Refuse && step.load.is_none())
        };
        let (unit, _) = self.some(pick, scanned_only)?;
        let refused = self.last_no.take().filter(|(_, no)| no.code == Code::TypedEntry);
        if let Some(permitted) = refused.and_then(|(_, no)| self.permit(&unit, &no)) {
            return Some(permitted);
        }
        let (at, command, with) = self.next(&unit, pick);
        Some((at, command, With { typed: true, ..with }))
    }

    /// Whoever is learning a step is stopped at it, at a bench or at a load, until somebody who can stands by.
    fn has_somebody_stand_by(&mut self, pick: usize) -> Option<Given> {
        let can = |person: usize, learns: bool| {
            let known = self.ledger.people().get(&badge(person)).filter(|p| !p.revoked);
            known.and_then(|p| p.qualification(SKILL)).is_some_and(|held| held.supervised == learns)
        };
        let people = |learn: bool| (0..PEOPLE.len()).filter(|p| can(*p, learn)).collect::<Vec<_>>();
        let bench = |at: usize| self.ledger.stations().get(&station(at)).cloned().unwrap_or_default();
        let is_called = |at: &usize| bench(*at).pending.as_ref().and_then(Pending::called_for).is_some();
        if let Some(at) = (0..STATIONS.len()).find(is_called) {
            let able = people(pick.is_multiple_of(9));
            return Some((Some(at), scan(PEOPLE[*able.get(pick % able.len().max(1))?].0), PLAIN));
        }
        let asks = |t: &Traveller, load: bool| {
            let due = self.due_of(t).filter(|_| t.standing == Standing::InProcess && t.in_load.is_none());
            due.is_some_and(|(_, step)| step.qualification.is_some() && (!load || t.wants_load(&step)))
        };
        let (unit, traveller) = self.some(pick, |t| asks(t, true)).or_else(|| self.some(pick, |t| asks(t, false)))?;
        let (_, step) = self.due_of(&traveller)?;
        let at = STATIONS.iter().position(|(_, class)| *class == step.station.as_str())?;
        let learner = people(true).into_iter().find(|p| self.who_can(step.role).contains(p))?;
        let is_there = bench(at).operator == Some(badge(learner)) && bench(at).session == Some(self.session(at));
        if !is_there {
            return Some((Some(at), Command::SignOn { badge: badge(learner) }, SIGNED));
        }
        Some((Some(at), scan_unit(&unit, self.oracle.label_of(&unit), pick), PLAIN))
    }

    /// The first piece of something is given up.
    fn gives_up_a_first_piece(&mut self, pick: usize) -> Option<Given> {
        let waits = |at: &usize| {
            let known = self.ledger.stations().get(&station(*at))?;
            Some((*at, known.first_pieces.all_waiting().next()?.unit.clone()))
        };
        let (at, unit) = (0..STATIONS.len()).find_map(|at| waits(&at))?;
        if pick.is_multiple_of(3) {
            return Some(self.next(&unit, pick));
        }
        let (reason, by) = ("because".to_owned(), badge(pick % 2 * 2));
        Some((Some(at), Command::DropFirstPiece(Box::new(DropFirstPiece { unit, reason, by })), SIGNED))
    }
}

/// The station where a unit is open.
pub(super) fn place_of(traveller: &Traveller) -> Option<usize> {
    let open: &StationId = &traveller.open.as_ref()?.station;
    STATIONS.iter().position(|(name, _)| *name == open.as_str())
}
