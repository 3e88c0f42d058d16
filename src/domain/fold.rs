//! Folding events into a traveller, one at a time.

use super::event::{Event, Link};
use super::id::{Serial, StationId, StepId};
use super::paper::is_work;
use super::refusal::Code;
use super::traveller::{Attempt, Held, Installed, Opened, Out, Standing, StepRecord, Traveller};
use super::what::{Next, Outcome, Piece, Removed, Voided, What};

impl Traveller {
    /// Folds a whole history.
    pub fn replay<'a>(events: impl IntoIterator<Item = &'a Event>) -> Self {
        let mut fold = Self::default();
        for event in events {
            fold.apply(event);
        }
        fold
    }

    /// Folds one event; events of other units change nothing.
    pub fn apply(&mut self, event: &Event) {
        if event.about.unit.is_none() || (self.unit.is_some() && self.unit != event.about.unit) {
            return;
        }
        if let What::Refused(r) = &event.what {
            // A refusal brings no unit into being; what was refused before is no part of its history.
            if self.exists() {
                self.note_refusal(r.code);
            }
            return;
        }
        if self.unit.is_none() {
            self.unit.clone_from(&event.about.unit);
        }
        if event.about.saw.is_none() && event.what.changes_a_unit() {
            self.head = Some(event.stamp.link());
            self.changed = Some(event.stamp.at);
            self.move_ends(event);
        }
        if is_work(&event.what) {
            self.worked = self.worked.max(Some(event.when()));
        }
        self.hear_of_load(event);
        self.packed.apply(event);
        self.labels.apply(event);
        self.apply_life(event);
        self.apply_batch(event);
        self.apply_work(event);
        self.let_go.apply(event);
        self.rework.apply(event);
    }

    fn note_refusal(&mut self, code: Code) {
        // A question asked back is no fault of the unit's.
        if !matches!(code, Code::ConfirmStart | Code::ConfirmValue) {
            self.refusals = self.refusals.saturating_add(1);
        }
    }

    /// Beginning, opening, closing, holding, deciding, ending.
    #[expect(clippy::wildcard_enum_match_arm, reason = "a fold reads the kinds that concern it")]
    #[expect(clippy::too_many_lines, reason = "a line for each kind, and no kind is forgotten")]
    fn apply_life(&mut self, event: &Event) {
        let link = event.stamp.link();
        match &event.what {
            What::UnitStarted(e) => {
                self.route = event.about.route.clone().zip(event.about.revision.clone());
                self.purpose = event.about.purpose.unwrap_or_default();
                self.order.clone_from(&event.about.order);
                self.variant.clone_from(&e.variant);
                self.started = Some(event.when());
                self.due = Some(e.first.clone());
                self.standing = Standing::InProcess;
            }
            What::UnitOpened(e) => {
                if e.due.is_some() {
                    self.due.clone_from(&e.due);
                }
                self.open = event.about.station.clone().map(|station| Opened {
                    station,
                    nest: event.about.nest,
                    by: event.about.by.clone(),
                    supervisor: e.supervisor.clone(),
                    at: event.stamp.at,
                    event: link,
                });
            }
            What::UnitClosed(_) | What::UnitPacked(_) => self.open = None,
            What::UnitHeld(e) => {
                self.holds.push(Held {
                    of: e.of.clone(),
                    reason: event.about.reason.clone().unwrap_or_default(),
                    by: event.about.by.clone(),
                    at: event.stamp.at,
                    event: link,
                });
            }
            What::HoldReleased(_) => match &event.about.corrects {
                Some(ended) => self.holds.retain(|hold| hold.event != *ended),
                // Older records name none: every hold ended at once.
                None => self.holds.clear(),
            },
            What::StepPassed(e) => {
                if let Some(step) = &event.about.step {
                    note_once(&mut self.passed, step);
                }
                for sampled in &e.samples {
                    let steps = if sampled.taken { &mut self.drawn } else { &mut self.skipped };
                    note_once(steps, &sampled.step);
                }
                self.due.clone_from(&e.next);
            }
            What::StepSkipped(e) => {
                if let Some(step) = &event.about.step {
                    note_once(&mut self.skipped, step);
                }
                self.due = Some(e.next.clone());
            }
            What::ComponentsRecovered(e) => self.take_out(&e.removed),
            What::StepFailed(_) => self.standing = Standing::Nonconforming,
            What::Disposed(e) => self.dispose(&e.outcome, &e.removed),
            What::SentBack(e) => {
                self.break_off(event);
                let (to, station, due) = (e.to.clone(), e.station.clone(), e.due.clone());
                self.dispose(&Outcome::Rework { to, station, due }, &e.removed);
            }
            What::ScrapReversed(_) => self.standing = self.rework.was,
            What::ComponentJudged(e) => self.judge(&e.serial, e.fate),
            What::HistorySettled(e) => self.settle(e),
            What::RouteMoved(e) => self.move_to(e, event),
            What::MoveSeen(_) => {
                if let Some(moved) = self.moves.last_mut() {
                    moved.seen_by.clone_from(&event.about.by);
                }
            }
            What::UnitCompleted(_) => self.standing = Standing::Complete,
            What::UnitDispatched(_) | What::ReturnEnded(_) => self.standing = Standing::Dispatched,
            What::UnitReturned(_) => self.standing = Standing::Returned,
            _ => {}
        }
    }

    fn dispose(&mut self, outcome: &Outcome, removed: &[Removed]) {
        self.take_out(removed);
        if *outcome != Outcome::UseAsIs {
            // Decided from anywhere: the bench that still has it open may not be where it is due now.
            self.open = None;
        }
        match outcome {
            Outcome::Scrap => self.rework.was = std::mem::replace(&mut self.standing, Standing::Scrapped),
            Outcome::Rework { to, station, due } => self.send_back(to, station, due),
            Outcome::UseAsIs => self.accept(),
        }
    }

    pub(super) fn send_back(&mut self, to: &StepId, station: &StationId, due: &[StepId]) {
        self.standing = Standing::InProcess;
        self.due = Some(Next { step: to.clone(), station: station.clone() });
        self.passed.retain(|step| !due.contains(step));
        self.excused.retain(|step| !due.contains(step));
        self.treated.retain(|treated| !due.contains(&treated.step));
        for piece in &mut self.installed {
            if due.contains(&piece.step) && matches!(piece.piece, Piece::Serial(_)) {
                piece.to_verify = true;
            }
        }
    }

    /// What failed is accepted as it is; or, where nothing failed, the time limit that was missed.
    fn accept(&mut self) {
        if self.standing == Standing::Returned {
            self.standing = Standing::Complete;
        }
        let Some(due) = self.due.clone() else { return };
        if self.standing == Standing::InProcess {
            return note_once(&mut self.excused, &due.step);
        }
        self.standing = Standing::InProcess;
        if let Some(attempt) = self.last_attempt_mut(&due.step) {
            attempt.result = None;
            // Whoever signed before it failed did not sign this.
            attempt.unsign();
            for seen in &mut attempt.observations {
                seen.conceded = seen.conceded || !seen.passed;
            }
        } else {
            self.concede_before(&due.step);
        }
    }

    /// Components are no longer in the unit.
    fn take_out(&mut self, removed: &[Removed]) {
        for gone in removed {
            let is_it = |i: &&mut Installed| i.out.is_none() && i.piece == Piece::Serial(gone.serial.clone());
            if let Some(piece) = self.installed.iter_mut().find(is_it) {
                piece.out = Some(Out::Removed(gone.fate));
            }
            // What is out is not taken back as well: that would forget what became of it.
            for attempt in self.steps.iter_mut().flat_map(|s| &mut s.attempts) {
                attempt.undo.retain(|u| u.of.component() != Some(&gone.serial));
            }
        }
    }

    fn last_attempt_mut(&mut self, step: &StepId) -> Option<&mut Attempt> {
        self.steps.iter_mut().find(|s| s.step == *step)?.attempts.last_mut()
    }

    /// What is recorded within a step.
    #[expect(clippy::wildcard_enum_match_arm, reason = "a fold reads the kinds that concern it")]
    fn apply_work(&mut self, event: &Event) {
        let Some(step) = event.about.step.clone() else { return };
        match &event.what {
            What::MaterialInstalled(_)
            | What::MaterialVerified(_)
            | What::CheckRecorded(_)
            | What::ObservationVoided(_)
            | What::RetestBegun(_)
            | What::SignatureRecorded(_)
            | What::SignatureLapsed(_)
            | What::FirstPieceApproved(_)
            | What::GoldenRun(_)
            | What::StepPassed(_)
            | What::StepFailed(_) => {}
            _ => return,
        }
        if let What::MaterialInstalled(m) = &event.what {
            self.installed.push(Installed {
                part: m.part.clone(),
                piece: m.piece.clone(),
                quantity: m.quantity,
                is: m.is.clone(),
                step: step.clone(),
                attempt: event.about.attempt.unwrap_or(1),
                how: event.about.how.clone(),
                by: event.about.by.clone(),
                at: event.when(),
                event: event.stamp.link(),
                to_verify: false,
                out: None,
            });
        }
        if let What::MaterialVerified(m) = &event.what {
            self.set_to_verify(&m.serial, false);
        }
        if let What::ObservationVoided(v) = &event.what {
            self.take_back(&v.of, event.about.corrects.as_ref());
        }
        let beside = self.open.as_ref().and_then(|o| o.supervisor.clone());
        let supervisors = self.stood_by_load(&step).into_iter().chain(beside);
        let attempt = self.attempt_mut(step, event);
        attempt.note(event);
        for supervisor in supervisors {
            if !attempt.supervisors.contains(&supervisor) {
                attempt.supervisors.push(supervisor);
            }
        }
        if let (What::StepPassed(_), Some(open)) = (&event.what, &mut self.open) {
            // Whoever stood by did so for this step.
            open.supervisor = None;
        }
    }

    fn set_to_verify(&mut self, serial: &Serial, to_verify: bool) {
        let is_it = |i: &&mut Installed| i.out.is_none() && i.piece == Piece::Serial(serial.clone());
        if let Some(piece) = self.installed.iter_mut().find(is_it) {
            piece.to_verify = to_verify;
        }
    }

    fn take_back(&mut self, of: &Voided, corrects: Option<&Link>) {
        match of {
            Voided::Material { .. } => {
                if let Some(piece) = self.installed.iter_mut().find(|i| Some(&i.event) == corrects) {
                    piece.out = Some(Out::Voided);
                }
            }
            Voided::Verified { serial } => self.set_to_verify(serial, true),
            Voided::Check { .. } => {}
        }
    }

    /// The attempt that an event belongs to, begun where it is the first of it.
    fn attempt_mut(&mut self, step: StepId, event: &Event) -> &mut Attempt {
        let number = event.about.attempt.unwrap_or(1);
        let at = self.steps.iter().position(|s| s.step == step).unwrap_or_else(|| {
            self.steps.push(StepRecord { step, attempts: Vec::new() });
            self.steps.len() - 1
        });
        #[expect(clippy::indexing_slicing, reason = "the position was found or made just above")]
        let attempts = &mut self.steps[at].attempts;
        let begins = attempts.last().is_none_or(|a| a.number < number);
        if begins {
            attempts.push(Attempt::begun(number, event));
        }
        let last = attempts.len() - 1;
        #[expect(clippy::indexing_slicing, reason = "one was there or was pushed just above")]
        &mut attempts[last]
    }
}

/// Notes a step down that is not noted yet.
fn note_once(steps: &mut Vec<StepId>, step: &StepId) {
    if !steps.contains(step) {
        steps.push(step.clone());
    }
}
