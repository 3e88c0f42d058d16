//! What somebody at a station does next: signs on, takes up the next unit, and gives it what its step needs.
//!
//! They see what a screen shows, the unit's record and the needs of its step, and know nothing else of the route.

use crate::app::port::{Fault, Ledger};
use crate::app::settlement::Work;
use crate::domain::command::Command;
use crate::domain::command_code::CommandCode;
use crate::domain::id::{Badge, StepId};
use crate::domain::need::{Need, needs};
use crate::domain::refusal::Code;
use crate::domain::route::{SignOff, Step};
use crate::domain::traveller::Standing;
use crate::domain::way;

use super::act::Act;
use super::cast::{Pins, Who};
use super::fault::defect;
use super::job::{Job, Luck};
use super::plant::Plant;
use super::story::Mishap;

/// The unit in hand at its due step, with what that still needs.
pub(super) struct Task<'a> {
    pub(super) work: &'a Work,
    pub(super) step: &'a Step,
    pub(super) needs: Vec<Need<'a>>,
}

impl Task<'_> {
    /// How many things are still needed.
    pub(super) fn left(&self) -> u32 {
        let left = |need: &Need<'_>| match need {
            Need::Material { left, .. } | Need::Check { left, .. } => *left,
            Need::Gauge(_) | Need::Signature(_) | Need::FirstPiece => 1,
        };
        self.needs.iter().map(left).sum()
    }
}

impl<L: Ledger, P: Pins> Plant<'_, L, P> {
    /// What is done next at a station; nothing where there is nothing to do.
    pub(super) fn decide(&mut self, bench: usize, work: i64) -> Result<Vec<Act>, Fault> {
        let shift = self.week.shift(work);
        let at = self.floor.bench(bench)?;
        if at.present.is_none() || at.shift != shift {
            return self.sign_on(bench, shift);
        }
        match at.job.clone() {
            None => match self.beside_the_units(bench)? {
                Some(acts) => Ok(acts),
                None => self.take_up(bench, work),
            },
            Some(job) => self.go_on(bench, work, &job),
        }
    }

    fn sign_on(&mut self, bench: usize, shift: u32) -> Result<Vec<Act>, Fault> {
        let at = self.floor.bench(bench)?;
        let [early, late] = at.crew;
        let (crew, nobody, class) =
            (if shift.is_multiple_of(2) { early } else { late }, at.present.is_none(), at.class);
        let left = at.aside.front().map(|job| job.unit.clone());
        let badge = self.cast.badge(crew)?;
        let waits = self.floor.class(class)?.waiting.front().map(|job| job.unit.clone());
        if let Some(unit) = left.or(waits).filter(|_| nobody)
            && self.story.strikes(Mishap::NotSignedOn, &mut self.dice)
        {
            return Ok(vec![Act::scan(unit).refused(Code::NotSignedOn)]);
        }
        Ok(vec![Act::by_hand(Command::SignOn { badge: badge.clone() }, badge)])
    }

    fn go_on(&mut self, bench: usize, work: i64, job: &Job) -> Result<Vec<Act>, Fault> {
        let seen = self.look(&job.unit)?;
        let traveller = &seen.traveller;
        let due = traveller.due.as_ref().and_then(|d| seen.route.step(&d.step));
        let lost = || defect(format!("unit {} is open with no step due", job.unit));
        let step = due.ok_or_else(lost)?;
        if traveller.standing == Standing::Nonconforming {
            return Ok(vec![Act::new(Command::Close)]);
        }
        if traveller.unseen_move().is_some() {
            return Ok(vec![Act::new(Command::SeenMove)]);
        }
        if traveller.current(&step.id).is_some_and(|a| a.failed().is_some()) {
            return self.try_again(bench, step);
        }
        let name = self.floor.bench(bench)?.place.station.clone();
        let station = self.station(&name)?;
        let task = Task { work: &seen, step, needs: needs(traveller, &seen.route, step, &station) };
        if way::may_be_left_out(traveller, step) && !traveller.touched() && self.dice.once_in(2) {
            return Ok(vec![Act::new(Command::Skip)]);
        }
        if let Some(load) = self.load_anew(&station, Some(step))? {
            return Ok(vec![load]);
        }
        if self.is_curtain(work) && traveller.touched() && task.left() > 0 {
            return Ok(Vec::new());
        }
        if let Some(mishap) = self.mishap_at_work(bench, job, &task)? {
            return Ok(mishap);
        }
        if let Some(load) = self.empty_box(&station, work, &task)? {
            return Ok(vec![load]);
        }
        match task.needs.first() {
            None => Ok(self.pass()),
            Some(Need::Material { part, .. }) => self.bring(bench, part, work, &task),
            Some(Need::Gauge(kind)) => self.choose_gauge(bench, kind),
            Some(Need::Check { check, .. }) => {
                let read = self.read(bench, check, &task)?;
                Ok(read.into_iter().map(Act::permitting).collect())
            }
            Some(Need::Signature(sign_off)) => self.sign(bench, sign_off, &task),
            Some(Need::FirstPiece) => self.approve(bench, &task),
        }
    }

    fn try_again(&mut self, bench: usize, step: &Step) -> Result<Vec<Act>, Fault> {
        let reasons = step.retest.as_ref().map(|r| r.reasons.as_slice()).unwrap_or_default();
        let reason = self.dice.pick(reasons).cloned().unwrap_or_else(|| "read again".to_owned());
        let luck = if self.story.strikes(Mishap::FailsAgain, &mut self.dice) { Luck::Bad } else { Luck::Spared };
        if let Some(job) = &mut self.floor.bench(bench)?.job {
            job.luck = luck;
        }
        Ok(vec![Act::new(Command::Retest { reason })])
    }

    /// By the barcode or by the key.
    fn pass(&mut self) -> Vec<Act> {
        if self.story.strikes(Mishap::Misread, &mut self.dice) {
            let damaged = CommandCode::Pass.text().replace("PSS", "PSX");
            return vec![Act::scan(damaged).refused(Code::Misread)];
        }
        let pass = if self.dice.once_in(2) { Act::scan(CommandCode::Pass.text()) } else { Act::new(Command::Pass) };
        vec![pass.permitting()]
    }

    fn sign(&mut self, bench: usize, sign_off: &SignOff, task: &Task<'_>) -> Result<Vec<Act>, Fault> {
        let at = self.floor.bench(bench)?;
        let (present, turn) = (at.present, at.shift);
        let attempts = |step: &StepId| task.work.traveller.step(step).map(|s| s.attempts.clone()).unwrap_or_default();
        let mut not: Vec<Badge> = attempts(&task.step.id).into_iter().flat_map(|a| a.workers).collect();
        not.retain(|_| sign_off.second);
        for built in task.step.not_by.iter().flat_map(attempts) {
            not.extend(built.workers.into_iter().chain(built.result.and_then(|r| r.by)));
        }
        let nobody =
            || Fault::new(format!("nobody of the plant may sign step {}", task.step.id), "enrol somebody who may");
        let may = |who: &Who| {
            self.cast.members().get(*who).is_some_and(|m| m.roles.contains(&sign_off.role) && !not.contains(&m.badge))
        };
        let signer = present.filter(may).or_else(|| self.cast.holder(sign_off.role, &not, turn));
        let badge = self.cast.badge(signer.ok_or_else(nobody)?)?;
        let signs = |badge: &Badge| Act::by_hand(Command::Sign { badge: badge.clone() }, badge.clone());
        let builder = self.cast.members().iter().find(|m| m.roles.contains(&sign_off.role) && not.contains(&m.badge));
        if let Some(builder) = builder.map(|m| m.badge.clone())
            && self.story.strikes(Mishap::OwnWork, &mut self.dice)
        {
            return Ok(vec![signs(&builder).refused(Code::SecondPerson)]);
        }
        if let Some(present) = present.and_then(|who| self.cast.members().get(who))
            && !present.roles.contains(&sign_off.role)
            && self.story.strikes(Mishap::WrongSigner, &mut self.dice)
        {
            return Ok(vec![signs(&present.badge).refused(Code::Role)]);
        }
        if self.story.strikes(Mishap::WrongPin, &mut self.dice) {
            return Ok(vec![signs(&badge).with_wrong_pin(badge)]);
        }
        Ok(vec![signs(&badge)])
    }
}
