//! What people get wrong at a station, what checks find, and how they go on.

use crate::app::port::{Fault, Ledger};
use crate::domain::command::{Command, LotMove};
use crate::domain::command_code::CommandCode;
use crate::domain::id::{DeviceId, LotId, PartId};
use crate::domain::need::Need;
use crate::domain::refusal::Code;
use crate::domain::route::Route;
use crate::domain::route::{Check, CheckKind, Expect, Step, Typed};

use super::act::Act;
use super::cast::Pins;
use super::job::{Job, Luck, Way};
use super::operator::Task;
use super::plant::Plant;
use super::readings::{bad, good, slipped};
use super::story::Mishap;

/// What the packaging of a part says.
const PACKAGING: &str = "4006381333931";
/// Why units are stopped.
const HOLDS: [&str; 4] = ["housing has a dent", "label is smeared", "part looks like an old revision", "was dropped"];
/// What quality says of a lot.
const STOPPED: &str = "supplier reports a defect";

impl<L: Ledger, P: Pins> Plant<'_, L, P> {
    /// Something that is scanned while no unit is open.
    pub(super) fn mishap_between_units(&mut self, bench: usize, work: i64) -> Result<Option<Act>, Fault> {
        let class = self.floor.bench(bench)?.class;
        if let Some(mishap) = self.too_early(bench, work)?.or(self.old_order(bench)?) {
            return Ok(Some(mishap));
        }
        if self.story.strikes(Mishap::UnknownLabel, &mut self.dice) {
            return Ok(Some(Act::scan(PACKAGING).refused(Code::UnknownLabel)));
        }
        let elsewhere = self.floor.classes.iter().enumerate().filter(|(at, _)| *at != class);
        let mut elsewhere = elsewhere.filter_map(|(_, c)| c.waiting.back());
        let elsewhere = elsewhere.find(|job| self.is_only_there(job)).map(|job| job.unit.clone());
        if let Some(unit) = elsewhere
            && self.story.strikes(Mishap::WrongStation, &mut self.dice)
        {
            return Ok(Some(Act::scan(unit).refused(Code::WrongStation)));
        }
        let failed = (Way::Lead, Mishap::FailedUnit, Code::Nonconforming);
        for (way, mishap, code) in [failed, (Way::Quality, Mishap::HeldUnit, Code::OnHold)] {
            let blocked = self.floor.matters.iter().find(|m| m.job.way == way && !m.late).map(|m| m.job.unit.clone());
            if let Some(unit) = blocked
                && self.story.strikes(mishap, &mut self.dice)
            {
                let code = if self.recall.holds(&unit) { Code::OnHold } else { code };
                return Ok(Some(Act::scan(unit).refused(code)));
            }
        }
        Ok(None)
    }

    /// Whether a unit can be taken up at one class of stations only.
    pub(super) fn is_only_there(&self, job: &Job) -> bool {
        let step =
            |route: &Route| job.step.as_ref().and_then(|id| route.step(id)).map(|s| (s.group.is_some(), s.optional));
        self.floor.product(job.product).is_ok_and(|p| step(&p.route) == Some((false, false)))
    }

    /// A unit is scanned whose time has not come.
    fn too_early(&mut self, bench: usize, work: i64) -> Result<Option<Act>, Fault> {
        let (class, now) = (self.floor.bench(bench)?.class, self.week.at(work));
        let Some((_, job)) = self.floor.class(class)?.curing.back().filter(|(ready, _)| *ready > now).cloned() else {
            return Ok(None);
        };
        let route = self.floor.route(&job)?;
        let Some(step) = job.step.as_ref().and_then(|id| route.step(id)) else { return Ok(None) };
        let strikes = self.stands_by(bench, step)?.is_none() && self.story.strikes(Mishap::TooEarly, &mut self.dice);
        Ok(strikes.then(|| Act::scan(&job.unit).refused(Code::TooEarly)))
    }

    /// The label of an order is scanned that as many units began under as it asks for.
    fn old_order(&mut self, bench: usize) -> Result<Option<Act>, Fault> {
        let class = self.floor.bench(bench)?.class;
        let full = self.floor.products.iter().filter(|p| p.class == class).find_map(|p| p.full_order().cloned());
        let Some(order) = full else { return Ok(None) };
        let code = if self.closed.contains(&order) { Code::OrderClosed } else { Code::OrderFull };
        Ok(self.story.strikes(Mishap::OldOrder, &mut self.dice).then(|| Act::scan(&order).refused(code)))
    }

    /// Something that goes wrong in the middle of a step, whatever it needs.
    pub(super) fn mishap_at_work(
        &mut self,
        bench: usize,
        job: &Job,
        task: &Task<'_>,
    ) -> Result<Option<Vec<Act>>, Fault> {
        let Some(first) = task.needs.first() else { return Ok(None) };
        if self.story.strikes(Mishap::EarlyPass, &mut self.dice) {
            let code = match first {
                Need::Material { .. } => Code::MaterialMissing,
                Need::Gauge(_) => Code::GaugeMissing,
                Need::Check { .. } => Code::CheckMissing,
                Need::Signature(_) | Need::FirstPiece => Code::SignatureMissing,
            };
            return Ok(Some(vec![Act::scan(CommandCode::Pass.text()).refused(code)]));
        }
        let class = self.floor.bench(bench)?.class;
        let neighbour = self.floor.class(class)?.waiting.front().map(|job| job.unit.clone());
        if let Some(neighbour) = neighbour.filter(|_| task.work.traveller.touched())
            && self.story.strikes(Mishap::Neighbour, &mut self.dice)
        {
            return Ok(Some(vec![Act::scan(neighbour).refused(Code::UnitOpen)]));
        }
        if job.luck != Luck::Open {
            return Ok(None);
        }
        let missing = |way| self.is_tail() && !self.floor.matters.iter().any(|m| m.job.way == way && !m.late);
        let (no_failure, no_hold) = (missing(Way::Lead), missing(Way::Quality));
        let defects: Vec<_> = task.work.route.defects.keys().cloned().collect();
        if let Some(defect) = self.dice.pick(&defects).cloned()
            && (no_failure || self.story.strikes(Mishap::Defect, &mut self.dice))
        {
            return Ok(Some(vec![Act::new(Command::Fail { reason: defect.to_string() })]));
        }
        if no_hold || self.story.strikes(Mishap::Hold, &mut self.dice) {
            let reason = self.dice.pick(&HOLDS).map(ToString::to_string).unwrap_or_default();
            return Ok(Some(vec![Act::new(Command::Hold { reason })]));
        }
        Ok(None)
    }

    /// Quality stops the lot that is in use.
    pub(super) fn stop_lot(&mut self, part: &PartId, work: i64) -> Result<(), Fault> {
        let lot = self.store.lot(part)?.clone();
        // The lot that expires is left to do so, and the one that is called back too.
        let is_told_of = self.store.expired.as_ref() == Some(&lot) || self.recall.lot.as_ref() == Some(&lot);
        if is_told_of || self.is_stopped(&lot) {
            return Ok(());
        }
        self.change_lot(work, &lot, LotMove::Hold, STOPPED)?;
        self.stopped.push_back((lot, work));
        Ok(())
    }

    /// Whether quality has yet to decide about a lot.
    pub(super) fn is_stopped(&self, lot: &LotId) -> bool {
        self.stopped.iter().any(|(stopped, _)| stopped == lot)
    }

    /// A check is answered, now and then with something else first.
    pub(super) fn read(&mut self, bench: usize, check: &Check, task: &Task<'_>) -> Result<Vec<Act>, Fault> {
        let at = self.floor.bench(bench)?;
        let measured = at.measures || check.typed == Typed::Refuse;
        let gauge = at.gauge_for(task.step, check).filter(|_| measured).cloned();
        if let Some(failing) = self.fail(bench, task.step, check, gauge.as_ref())? {
            return Ok(failing);
        }
        match &check.kind {
            CheckKind::Number { limits, plausible } => {
                let value = good(limits, *plausible, &mut self.dice);
                let read = Act::value(value.as_str(), gauge.clone());
                if check.typed == Typed::Refuse && self.story.strikes(Mishap::TypedEntry, &mut self.dice) {
                    return Ok(vec![Act::value(value, None).refused(Code::TypedEntry), read]);
                }
                if gauge.is_some() {
                    return Ok(vec![read]);
                }
                let wrong = bad(limits, *plausible, &mut self.dice);
                let slip = slipped(&value, *plausible);
                Ok(self.type_a_number(&value, wrong, slip, task))
            }
            CheckKind::Confirm => Ok(vec![Act::value("pass", None)]),
            CheckKind::Choice { pass, .. } => {
                let answer = self.dice.pick(pass).cloned().unwrap_or_default();
                Ok(vec![Act::value(answer, None)])
            }
            CheckKind::Text { pattern: None } => Ok(vec![Act::value("none", None)]),
            CheckKind::Text { pattern: Some(pattern) } => Ok(vec![Act::value(self.store.text(pattern)?, None)]),
            CheckKind::Scan { expect } => {
                let text = match expect {
                    Expect::Equals(text) => {
                        let variant = task.work.traveller.variant.as_deref();
                        task.work.route.text_for(text, variant).into_owned()
                    }
                    Expect::Pattern(pattern) => self.store.text(pattern)?,
                };
                if check.typed == Typed::Refuse && self.story.strikes(Mishap::TypedEntry, &mut self.dice) {
                    return Ok(vec![Act::value(&*text, None).refused(Code::TypedEntry), Act::scan(text)]);
                }
                Ok(vec![Act::scan(text)])
            }
        }
    }

    /// A good value is typed; before that perhaps a wrong one, one that slipped, or one with a comma.
    fn type_a_number(&mut self, value: &str, wrong: Option<String>, slip: Option<String>, task: &Task<'_>) -> Vec<Act> {
        let right = Act::value(value, None);
        if let Some(wrong) = wrong
            && self.story.strikes(Mishap::Mistyped, &mut self.dice)
        {
            return vec![Act::value(wrong, None).refused(Code::ConfirmValue), right];
        }
        if let Some(slip) = slip
            && self.story.strikes(Mishap::Implausible, &mut self.dice)
        {
            return vec![Act::value(slip, None).refused(Code::Implausible), right];
        }
        if value.contains('.') && self.story.strikes(Mishap::Comma, &mut self.dice) {
            return vec![Act::value(value.replace('.', ","), None).refused(Code::CheckMalformed), right];
        }
        if task.left() > 1 && self.story.strikes(Mishap::Voided, &mut self.dice) {
            let void = Command::Void { reason: "read at the wrong place".to_owned() };
            return vec![right.clone(), Act::new(void), right];
        }
        vec![right]
    }

    /// A check fails, where the unit has no luck.
    fn fail(
        &mut self,
        bench: usize,
        step: &Step,
        check: &Check,
        gauge: Option<&DeviceId>,
    ) -> Result<Option<Vec<Act>>, Fault> {
        let luck = self.floor.bench(bench)?.job.as_ref().map_or(Luck::Spared, |job| job.luck);
        let value = match &check.kind {
            CheckKind::Number { limits, plausible } => bad(limits, *plausible, &mut self.dice),
            CheckKind::Confirm => Some("fail".to_owned()),
            CheckKind::Choice { fail, .. } => self.dice.pick(fail).cloned(),
            CheckKind::Text { .. } | CheckKind::Scan { .. } => None,
        };
        let Some(value) = value else { return Ok(None) };
        let mishap = if step.retest.is_some() { Mishap::FailsAtFirst } else { Mishap::Fails };
        let fails = luck == Luck::Bad || (luck == Luck::Open && self.story.strikes(mishap, &mut self.dice));
        if !fails {
            return Ok(None);
        }
        if let Some(job) = &mut self.floor.bench(bench)?.job {
            job.luck = Luck::Spared;
        }
        let is_number = matches!(check.kind, CheckKind::Number { .. });
        let read = Act::value(value, gauge.filter(|_| is_number).cloned());
        // A typed number outside its limits is asked for twice.
        let asked_back = is_number && gauge.is_none();
        Ok(Some(if asked_back { vec![read.clone().refused(Code::ConfirmValue), read] } else { vec![read] }))
    }
}
