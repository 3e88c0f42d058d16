//! What somebody at a station does next: signs on, takes up the next unit, and gives it what its step needs.
//!
//! They see what a screen shows, the unit's record and the needs of its step, and know nothing else of the route.

use crate::app::port::{Fault, Ledger};
use crate::app::settlement::Work;
use crate::domain::command::Command;
use crate::domain::command_code::CommandCode;
use crate::domain::id::PartId;
use crate::domain::need::{Need, needs};
use crate::domain::refusal::Code;
use crate::domain::route::{Capture, SignOff, Start, Step};
use crate::domain::station::Station;
use crate::domain::traveller::Standing;
use crate::domain::what::Piece;

use super::act::{Act, Foreseen};
use super::cast::{Pins, Who};
use super::fault::defect;
use super::floor::{Job, Luck};
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
            Need::Gauge(_) | Need::Signature(_) => 1,
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
            None => self.take_up(bench, work),
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

    fn take_up(&mut self, bench: usize, work: i64) -> Result<Vec<Act>, Fault> {
        let Some(job) = self.next_job(bench, work)? else { return Ok(Vec::new()) };
        let mishap = self.mishap_between_units(bench)?;
        let keep = self.kept_waiting(work);
        let at = self.floor.bench(bench)?;
        if let Some(mishap) = mishap {
            at.aside.push_front(job);
            return Ok(vec![mishap]);
        }
        at.job = Some(job.clone());
        let class = at.class;
        let scan = Act::scan(&job.unit);
        if job.begun {
            return Ok(vec![scan]);
        }
        let mut acts = vec![scan.clone()];
        if self.floor.product(job.product)?.route.identifier.start == Start::Twice {
            acts.insert(0, scan.refused(Code::ConfirmStart));
        }
        if self.floor.class(class)?.waiting.len() < keep {
            // It is only labelled now, and put down for later.
            acts.push(Act::new(Command::Close));
        }
        Ok(acts)
    }

    /// The next unit for a station: one put aside, one that waits, or a new one.
    fn next_job(&mut self, bench: usize, work: i64) -> Result<Option<Job>, Fault> {
        let keep = self.kept_waiting(work);
        let at = self.floor.bench(bench)?;
        if let Some(job) = at.aside.pop_front() {
            return Ok(Some(job));
        }
        let class = at.class;
        let waiting = &mut self.floor.class(class)?.waiting;
        if waiting.len() > keep
            && let Some(job) = waiting.pop_front()
        {
            return Ok(Some(job));
        }
        let due = self.due_product(class, work).filter(|_| !self.floor.is_full());
        due.map(|product| self.floor.begin(product)).transpose()
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
        if traveller.current(&step.id).is_some_and(|a| a.failed().is_some()) {
            return self.try_again(bench, step);
        }
        let task = Task { work: &seen, step, needs: needs(traveller, &seen.route, step, &Station::default()) };
        if self.is_curtain(work) && traveller.touched() && task.left() > 0 {
            return Ok(Vec::new());
        }
        if let Some(mishap) = self.mishap_at_work(bench, job, &task)? {
            return Ok(mishap);
        }
        match task.needs.first() {
            None => Ok(self.pass()),
            Some(Need::Material { part, capture, .. }) => self.bring(part, *capture, work, &task),
            Some(Need::Gauge(kind)) => Err(defect(format!("nobody here brings a gauge of kind {kind}"))),
            Some(Need::Check { check, .. }) => self.read(bench, check, &task),
            Some(Need::Signature(sign_off)) => self.sign(bench, sign_off, &task),
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
        vec![if self.dice.once_in(2) { Act::scan(CommandCode::Pass.text()) } else { Act::new(Command::Pass) }]
    }

    /// Material: a component that is met again, a new one, or some of a lot.
    fn bring(&mut self, part: &PartId, capture: Capture, work: i64, task: &Task<'_>) -> Result<Vec<Act>, Fault> {
        if capture != Capture::Serial {
            if self.story.strikes(Mishap::LotHeld, &mut self.dice) {
                self.stop_lot(part, work)?;
            } else if let Some(other) = self.store.foreign(task.step).cloned()
                && self.story.strikes(Mishap::WrongPart, &mut self.dice)
            {
                return Ok(vec![Act::scan(other).refused(Code::WrongPart)]);
            }
            let gtin = task.work.route.parts.get(part).and_then(|about| about.gtin.as_ref());
            let scan = Act::read(self.store.label(part, gtin)?);
            return Ok(vec![Act { foreseen: Foreseen::LotPermitting, ..scan }]);
        }
        let traveller = &task.work.traveller;
        let known = traveller
            .installed
            .iter()
            .find(|i| i.to_verify && i.out.is_none() && i.step == task.step.id && i.part == *part);
        if let Some(Piece::Serial(serial)) = known.map(|i| &i.piece) {
            return Ok(vec![Act::scan(serial)]);
        }
        let pattern = task.work.route.parts.get(part).and_then(|p| p.pattern.as_ref());
        let formless = || defect(format!("part {part} has no pattern"));
        let scan = Act::scan(self.store.text(pattern.ok_or_else(formless)?)?);
        if task.left() > 1 && self.story.strikes(Mishap::Twice, &mut self.dice) {
            return Ok(vec![scan.clone(), scan.refused(Code::AlreadyRecorded)]);
        }
        Ok(vec![scan])
    }

    fn sign(&mut self, bench: usize, sign_off: &SignOff, task: &Task<'_>) -> Result<Vec<Act>, Fault> {
        let at = self.floor.bench(bench)?;
        let (present, turn) = (at.present, at.shift);
        let worked = task.work.traveller.step(&task.step.id).map(|s| s.attempts.iter().flat_map(|a| a.workers.clone()));
        let not: Vec<_> = worked.into_iter().flatten().filter(|_| sign_off.second).collect();
        let nobody =
            || Fault::new(format!("nobody of the plant may sign step {}", task.step.id), "enrol somebody who may");
        let may = |who: &Who| {
            self.cast.members().get(*who).is_some_and(|m| m.roles.contains(&sign_off.role) && !not.contains(&m.badge))
        };
        let signer = present.filter(may).or_else(|| self.cast.holder(sign_off.role, &not, turn));
        let badge = self.cast.badge(signer.ok_or_else(nobody)?)?;
        let signs =
            |badge: &crate::domain::id::Badge| Act::by_hand(Command::Sign { badge: badge.clone() }, badge.clone());
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
