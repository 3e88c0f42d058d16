//! Folding events into one attempt at a step.

use super::event::{Event, How};
use super::first_piece::MEANING;
use super::id::Badge;
use super::paper::Transcribed;
use super::traveller::{Attempt, Ended, Ending, Observation, Signature, Undo};
use super::what::{FirstPieceApproved, Voided, What};

impl Attempt {
    pub(super) fn begun(number: u32, event: &Event) -> Self {
        Self {
            number,
            station: event.about.station.clone(),
            began: event.when(),
            observations: Vec::new(),
            verified: Vec::new(),
            signature: None,
            approval: None,
            workers: Vec::new(),
            supervisors: Vec::new(),
            undo: Vec::new(),
            result: None,
            transcribed: None,
        }
    }

    #[expect(clippy::wildcard_enum_match_arm, reason = "a fold reads the kinds that concern it")]
    pub(super) fn note(&mut self, event: &Event) {
        let link = event.stamp.link();
        let (by, at) = (event.about.by.clone(), event.when());
        if let Some(transcribed) = Transcribed::of(event) {
            self.transcribed = Some(transcribed);
        }
        let ending = |how| Ending::of(how, event);
        match &event.what {
            What::MaterialInstalled(m) => {
                let of = Voided::Material { part: m.part.clone(), piece: m.piece.clone(), quantity: m.quantity };
                if event.about.how == Some(How::Loaded) {
                    // What was drawn from a loaded lot is nobody's own entry.
                    return self.had_hands(by.as_ref());
                }
                self.worked(Undo { event: link, by, of, failed: false });
            }
            What::MaterialVerified(m) => {
                self.verified.push(m.serial.clone());
                let of = Voided::Verified { serial: m.serial.clone() };
                self.worked(Undo { event: link, by, of, failed: false });
            }
            What::CheckRecorded(c) => {
                self.observations.push(Observation {
                    check: c.check.clone(),
                    point: c.point.clone(),
                    value: c.value.clone(),
                    passed: c.passed,
                    gauge: c.gauge.clone(),
                    how: event.about.how.clone(),
                    by: by.clone(),
                    at,
                    event: link.clone(),
                    voided: false,
                    conceded: false,
                });
                let of = Voided::Check { check: c.check.clone(), point: c.point.clone() };
                self.worked(Undo { event: link, by, of, failed: !c.passed });
            }
            What::ObservationVoided(_) => {
                self.unsign();
                self.undo.retain(|u| Some(&u.event) != event.about.corrects.as_ref());
                for seen in &mut self.observations {
                    seen.voided = seen.voided || Some(&seen.event) == event.about.corrects.as_ref();
                }
            }
            What::SignatureRecorded(s) => {
                self.signature = Some(Signature {
                    by,
                    name: s.name.clone(),
                    meaning: s.meaning.clone(),
                    role: s.role,
                    at,
                    event: link,
                });
            }
            What::FirstPieceApproved(e) => self.approve(event, e),
            What::GoldenRun(run) => self.result = Some(ending(if run.passed { Ended::Passed } else { Ended::Failed })),
            What::SignatureLapsed(_) => self.unsign(),
            What::RetestBegun(_) => self.result = Some(ending(Ended::Retested)),
            What::StepPassed(_) => self.result = Some(ending(Ended::Passed)),
            What::StepFailed(_) => self.result = Some(ending(Ended::Failed)),
            _ => {}
        }
    }

    /// Whoever signed before did not sign this.
    pub(super) fn unsign(&mut self) {
        (self.signature, self.approval) = (None, None);
    }

    fn approve(&mut self, event: &Event, e: &FirstPieceApproved) {
        self.approval = Some(Signature {
            by: event.about.by.clone(),
            name: e.name.clone(),
            meaning: MEANING.to_owned(),
            role: e.role,
            at: event.when(),
            event: event.stamp.link(),
        });
    }

    fn worked(&mut self, undo: Undo) {
        self.had_hands(undo.by.as_ref());
        self.undo.push(undo);
    }

    fn had_hands(&mut self, by: Option<&Badge>) {
        if let Some(by) = by.filter(|by| !self.workers.contains(by)) {
            self.workers.push(by.clone());
        }
    }
}
