//! What somebody brings to a step: lots, boxes that are loaded, components, sub-assemblies, gauges.

use crate::app::port::{Fault, Ledger};
use crate::domain::command::{Command, LotMove};
use crate::domain::id::{PartId, RouteId};
use crate::domain::refusal::Code;
use crate::domain::route::{Capture, Part};
use crate::domain::station::Station;
use crate::domain::what::Piece;

use super::act::Act;
use super::cast::Pins;
use super::fault::defect;
use super::job::{Job, Way};
use super::material::ALTERNATE;
use super::operator::Task;
use super::plant::Plant;
use super::story::Mishap;

/// What quality says of a box that is empty before its time.
const EMPTY: &str = "the box is empty, the book was wrong";

impl<L: Ledger, P: Pins> Plant<'_, L, P> {
    /// Material: a component that is met again, a new one, or some of a lot.
    pub(super) fn bring(&mut self, bench: usize, part: &PartId, work: i64, task: &Task<'_>) -> Result<Vec<Act>, Fault> {
        let unknown = || defect(format!("the route knows no part {part}"));
        let about = task.work.route.parts.get(part).ok_or_else(unknown)?;
        if about.capture != Capture::Serial {
            return self.bring_lot(part, about, work, task);
        }
        let installed = &task.work.traveller.installed;
        let met =
            installed.iter().find(|i| i.to_verify && i.out.is_none() && i.step == task.step.id && i.part == *part);
        if let Some(Piece::Serial(serial)) = met.map(|i| &i.piece) {
            return Ok(vec![Act::scan(serial)]);
        }
        if let Some(made_by) = &about.made_by {
            return self.bring_made(bench, made_by);
        }
        let formless = || defect(format!("part {part} has no pattern"));
        let scan = Act::scan(self.store.text(about.pattern.as_ref().ok_or_else(formless)?)?);
        if task.left() > 1 && self.story.strikes(Mishap::Twice, &mut self.dice) {
            return Ok(vec![scan.clone(), scan.refused(Code::AlreadyRecorded)]);
        }
        Ok(vec![scan])
    }

    fn bring_lot(&mut self, part: &PartId, about: &Part, work: i64, task: &Task<'_>) -> Result<Vec<Act>, Fault> {
        if self.story.strikes(Mishap::LotHeld, &mut self.dice) {
            self.stop_lot(part, work)?;
        } else if let Some(other) = self.store.foreign(task.step).cloned()
            && self.story.strikes(Mishap::WrongPart, &mut self.dice)
        {
            return Ok(vec![Act::scan(other).refused(Code::WrongPart)]);
        }
        // The first piece is of the alternate, so that even a small plant sees it.
        let chance = self.dice.once_in(ALTERNATE);
        let other = about.alternates.first().filter(|other| self.store.opens(other) || chance);
        Ok(vec![Act::read(self.store.label(other.unwrap_or(part))?).permitting()])
    }

    /// A unit that goes into another; the unit in hand is put down where none is done.
    fn bring_made(&mut self, bench: usize, made_by: &RouteId) -> Result<Vec<Act>, Fault> {
        let is_it = |job: &&Job| {
            job.begun
                && matches!(job.way, Way::Class(_))
                && self.floor.product(job.product).is_ok_and(|p| p.route.id == *made_by)
        };
        let undone = self.floor.classes.iter().flat_map(|c| &c.waiting).find(is_it).map(|job| job.unit.clone());
        if let Some(undone) = undone
            && self.story.strikes(Mishap::Incomplete, &mut self.dice)
        {
            return Ok(vec![Act::scan(undone).refused(Code::IncompleteRecord)]);
        }
        if let Some(unit) = self.store.take(made_by) {
            return Ok(vec![Act::scan(unit)]);
        }
        if let Some(job) = &mut self.floor.bench(bench)?.job {
            job.lacks = Some(made_by.clone());
        }
        Ok(vec![Act::new(Command::Close)])
    }

    /// A gauge of the station, chosen by a scan of its label.
    pub(super) fn choose_gauge(&mut self, bench: usize, kind: &str) -> Result<Vec<Act>, Fault> {
        let none = || defect(format!("no station here has a gauge of kind {kind}"));
        let gauge = self.floor.bench(bench)?.gauge(kind).cloned().ok_or_else(none)?;
        Ok(vec![Act::scan(gauge).permitting()])
    }

    /// A loaded box is empty in the middle of a unit, before the book says so: another one is loaded.
    pub(super) fn empty_box(&mut self, at: &Station, work: i64, task: &Task<'_>) -> Result<Option<Act>, Fault> {
        if !task.work.traveller.touched() {
            return Ok(None);
        }
        let drawn = at.loaded.iter().find(|l| task.step.uses.contains_key(&l.part) && !self.store.is_gone(&l.lot));
        let Some(drawn) = drawn.filter(|l| !self.is_stopped(&l.lot)) else { return Ok(None) };
        if !self.story.strikes(Mishap::EmptyBox, &mut self.dice) {
            return Ok(None);
        }
        self.change_lot(work, &drawn.lot, LotMove::Reject, EMPTY)?;
        self.replace(&drawn.lot, self.week.at(work))?;
        Ok(Some(Act::read(self.store.label(&drawn.part)?).permitting()))
    }
}
