//! The oracle hears one action after the other and complains about the first event that the rules do not allow.
//!
//! It is written from the words of the contract. It calls neither the gate nor the folds: it would share their errors.

use traveller::domain::event::{Cause, Event, Link};
use traveller::domain::id::{Badge, UnitId};
use traveller::domain::refusal::Code;
use traveller::domain::role::{Auth, PinCheck};
use traveller::domain::route::Advance;
use traveller::domain::time::{Clock, SECOND};
use traveller::domain::what::What;

use super::labels::says_how;
use super::model::{Heard, Oracle, State, must};

/// One event, with what the action that it belongs to was given.
#[derive(Clone, Copy)]
pub(super) struct Told<'a> {
    pub(super) event: &'a Event,
    pub(super) cause: &'a Cause,
}

impl Oracle {
    /// Hears the events of one action.
    pub(crate) fn hear(&mut self, action: &[Event]) -> Heard {
        let first = action.first().ok_or("an action without events")?;
        if matches!(first.what, What::LedgerCreated(_)) {
            // Nobody decides that a ledger begins.
            self.seq += 1;
            return must(action.len() == 1 && first.stamp.seq == 1 && self.seq == 1, "a ledger begins in the middle");
        }
        let cause = first.cause.as_deref().ok_or("the first event of an action keeps no cause")?;
        for event in action {
            let complain = |what: String| format!("event {} {}: {what}", event.stamp.seq, event.what.kind());
            must(event.stamp.act == first.stamp.seq, "belongs to another action").map_err(complain)?;
            must(event.cause.is_none() || event == first, "keeps a cause in the middle").map_err(complain)?;
            self.event(Told { event, cause }).map_err(complain)?;
        }
        self.after(action)?;
        for event in action {
            self.note_last_word(event);
        }
        Ok(())
    }

    fn event(&mut self, told: Told<'_>) -> Heard {
        let event = told.event;
        must(event.stamp.seq == self.seq + 1, "its number leaves a gap")?;
        self.seq = event.stamp.seq;
        // Processes that take turns may differ by a moment.
        let back = self.last_at.is_some_and(|last| event.stamp.at.plus(5 * SECOND) < last);
        must(!back || event.stamp.clock == Clock::Doubt, "the clock went back without a doubt")?;
        self.last_at = Some(event.stamp.at);
        self.is_linked(event)?;
        self.is_proved(told)?;
        says_how(told)?;
        match &event.what {
            What::LedgerCreated(_) => Err("begins a ledger in the middle".to_owned()),
            What::OperatorEnrolled(_)
            | What::OperatorRevoked(_)
            | What::PinChanged(_)
            | What::RouteReleased(_)
            | What::RouteWithdrawn(_)
            | What::LotReceived(_)
            | What::LotHeld(_)
            | What::LotReleased(_)
            | What::LotRejected(_)
            | What::SignedOn(_)
            | What::SignedOff(_) => self.house(told),
            What::GaugeRegistered(_) => Ok(()),
            What::OperatorQualified(_)
            | What::LotInspected(_)
            | What::LotOpened(_)
            | What::LotSealed(_)
            | What::LotLoaded(_)
            | What::OrderOpened(_)
            | What::OrderClosed(_)
            | What::OrderSelected(_)
            | What::GaugeCalibrated(_)
            | What::GaugeRetired(_)
            | What::GaugeSelected(_)
            | What::StepSkipped(_)
            | What::ComponentsRecovered(_) => Err("is nothing that the oracle knows".to_owned()),
            What::UnitStarted(_)
            | What::UnitOpened(_)
            | What::UnitClosed(_)
            | What::UnitHeld(_)
            | What::HoldReleased(_)
            | What::Disposed(_)
            | What::UnitCompleted(_)
            | What::UnitDispatched(_) => self.life(told),
            What::MaterialInstalled(_)
            | What::MaterialVerified(_)
            | What::CheckRecorded(_)
            | What::ObservationVoided(_)
            | What::RetestBegun(_)
            | What::SignatureRecorded(_)
            | What::StepPassed(_)
            | What::StepFailed(_) => self.work(told),
            What::Refused(refused) => {
                if refused.code == Code::WrongPin {
                    self.note_wrong_pin(refused.evidence.badge.as_ref(), event.stamp.mono);
                }
                Ok(())
            }
        }
    }

    /// Every event that changes a unit's record builds on the one before; every other one says what it saw.
    fn is_linked(&mut self, event: &Event) -> Heard {
        let here = |seq: u64| (seq > 0).then_some(Link::Here(seq));
        let about = &event.about;
        let Some(unit) = &about.unit else { return Ok(()) };
        let known = self.units.get(unit);
        let head = known.and_then(|p| here(p.head));
        if is_record(&event.what) {
            must(about.builds_on == head, format!("builds on {:?}, not on {head:?}", about.builds_on))?;
            must(about.saw.is_none(), "changes the record and says that it only saw it")?;
        } else {
            must(known.is_some(), "is about a unit that never began")?;
            must(about.saw == head, format!("saw {:?}, not {head:?}", about.saw))?;
            must(about.builds_on.is_none(), "changes nothing and builds on something")?;
        }
        if let Some(product) = self.units.get_mut(unit) {
            let pinned = Some(&product.route.id) == about.route.as_ref();
            must(pinned && Some(&product.route.revision) == about.revision.as_ref(), "is of another route")?;
            if is_record(&event.what) {
                product.head = event.stamp.seq;
            }
        }
        Ok(())
    }

    /// Whoever signs with badge and PIN gave both, is known, and does not wait for a lockout to end.
    fn is_proved(&mut self, told: Told<'_>) -> Heard {
        let about = &told.event.about;
        if about.auth != Some(Auth::BadgePin) {
            return Ok(());
        }
        must(told.cause.ambient.pin == PinCheck::Right, "says that a PIN was right, and it was not")?;
        must(told.cause.cmd.signer() == about.by.as_ref(), "is signed by somebody else than who gave the PIN")?;
        let by = about.by.clone().ok_or("is signed by nobody")?;
        let leads = self.leads();
        let person = self.people.get_mut(&by).ok_or("is signed by a stranger")?;
        must(!person.revoked, "is signed with a badge that counts no more")?;
        let is_last_lead = leads <= 1 && person.roles.contains(&traveller::domain::role::Role::Lead);
        if let (tries @ 5.., last) = person.wrong
            && !is_last_lead
        {
            let wait = 30_000_000_u64 << (tries - 5).min(7);
            must(told.event.stamp.mono - last >= wait.min(3_600_000_000), "is signed during a lockout")?;
        }
        person.wrong = (0, 0);
        Ok(())
    }

    fn note_wrong_pin(&mut self, badge: Option<&Badge>, mono: u64) {
        if let Some(person) = badge.and_then(|b| self.people.get_mut(b)) {
            person.wrong = (person.wrong.0 + 1, mono);
        }
    }

    /// What must be so when an action is over.
    fn after(&mut self, action: &[Event]) -> Heard {
        for event in action {
            let Some(unit) = event.about.unit.as_ref().filter(|u| self.units.contains_key(*u)) else { continue };
            self.has_moved_on(unit, event)?;
        }
        for (station, bench) in &self.stations {
            let Some(open) = &bench.open else { continue };
            let elsewhere = self.units.iter().filter(|(u, p)| p.open.as_ref() == Some(station) && *u != open);
            must(elsewhere.count() == 0, format!("two units are open at {station}"))?;
        }
        Ok(())
    }

    /// A failure without another try stops the unit; with its last need a step passes where the route says so.
    fn has_moved_on(&self, unit: &UnitId, event: &Event) -> Heard {
        let product = &self.units[unit];
        let Some(step) = product.step().filter(|s| Some(&s.id) == event.about.step.as_ref()) else { return Ok(()) };
        let (did_fail, did_work) = match &event.what {
            What::CheckRecorded(c) => (!c.passed, true),
            What::MaterialInstalled(_) | What::MaterialVerified(_) | What::SignatureRecorded(_) => (false, true),
            _ => (false, false),
        };
        if did_fail && product.state == State::Working && !product.may_retest() {
            return Err(format!("{unit} failed for good at step {} and may go on", step.id));
        }
        let is_done = product.state == State::Working && !product.has_failed() && product.lacks(product.due).is_empty();
        if did_work && is_done && step.advance == Advance::Auto {
            return Err(format!("{unit} has all that step {} asks for and did not pass", step.id));
        }
        Ok(())
    }

    fn note_last_word(&mut self, event: &Event) {
        let Some(station) = event.about.station.clone() else { return };
        let bench = self.stations.entry(station).or_default();
        bench.last_no = match &event.what {
            What::Refused(r) => Some((r.code, (*r.evidence).clone())),
            _ => None,
        };
    }
}

/// Whether an event changes a unit's record.
fn is_record(what: &What) -> bool {
    !matches!(what.kind(), "unit-opened" | "unit-closed" | "refused" | "signed-on" | "signed-off" | "ledger-created")
}
