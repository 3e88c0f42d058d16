//! The oracle hears one action after the other and complains about the first event that the rules do not allow.
//!
//! It is written from the words of the contract. It calls neither the gate nor the folds: it would share their errors.

use traveller::domain::command::Command;
use traveller::domain::event::{Cause, Event, Link};
use traveller::domain::id::{Badge, LotId};
use traveller::domain::refusal::Code;
use traveller::domain::role::{Auth, PinCheck};
use traveller::domain::time::{Clock, SECOND};
use traveller::domain::what::{Piece, Refused, What};

use super::labels::says_how;
use super::model::{Heard, Oracle, must};

/// One event, with what the action that it belongs to was given.
#[derive(Clone, Copy)]
pub(super) struct Told<'a> {
    pub(super) event: &'a Event,
    pub(super) cause: &'a Cause,
    /// The whole action.
    pub(super) action: &'a [Event],
}

impl Told<'_> {
    /// Whether something of a lot is used in the same action, or it is loaded.
    pub(super) fn uses_lot(self, lot: &LotId) -> bool {
        self.action.iter().any(|e| match &e.what {
            What::MaterialInstalled(m) => m.quantity > 0 && m.piece == Piece::Lot(lot.clone()),
            What::LotLoaded(loaded) => loaded.lot == *lot,
            _ => false,
        })
    }
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
        self.goes_on_with_the_panel(cause, action)?;
        let sheet = self.sheet(action);
        for event in action {
            let complain = |what: String| format!("event {} {}: {what}", event.stamp.seq, event.what.kind());
            must(event.stamp.act == first.stamp.seq, "belongs to another action").map_err(complain)?;
            must(event.cause.is_none() || event == first, "keeps a cause in the middle").map_err(complain)?;
            let told = Told { event, cause, action };
            self.tells_of_paper(told, sheet.as_ref()).map_err(complain)?;
            self.event(told).map_err(complain)?;
            self.note_work(event);
            self.heed_first_pieces(event);
        }
        self.after(action, cause)?;
        for event in action {
            self.note_last_word(cause, event);
        }
        Ok(())
    }

    #[expect(clippy::too_many_lines, reason = "a line for each kind, and no kind is forgotten")]
    fn event(&mut self, told: Told<'_>) -> Heard {
        let event = told.event;
        must(event.stamp.seq == self.seq + 1, "its number leaves a gap")?;
        self.seq = event.stamp.seq;
        // Processes that take turns may differ by a moment.
        let back = self.last_at.is_some_and(|last| event.stamp.at.plus(5 * SECOND) < last);
        must(!back || event.stamp.clock == Clock::Doubt, "the clock went back without a doubt")?;
        self.last_at = Some(event.stamp.at);
        if event.stamp.clock != Clock::Doubt {
            self.newest = self.newest.max(Some(event.stamp.at));
        }
        self.is_linked(event)?;
        self.is_proved(told)?;
        says_how(told)?;
        self.is_up(told)?;
        self.counts_by_its_label(told)?;
        self.stays_a_sample(told)?;
        match &event.what {
            // One ledger alone begins once, does not fork, and has its PINs where it was not restored.
            What::LedgerCreated(_) | What::HistorySettled(_) | What::PinConfirmed(_) => {
                Err("makes no sense".to_owned())
            }
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
            | What::SignedOff(_)
            | What::OperatorQualified(_)
            | What::LotInspected(_)
            | What::LotOpened(_)
            | What::LotSealed(_)
            | What::LotLoaded(_)
            | What::OrderOpened(_)
            | What::OrderClosed(_)
            | What::OrderSelected(_)
            | What::GaugeRegistered(_)
            | What::GaugeCalibrated(_)
            | What::GaugeRetired(_)
            | What::GaugeSelected(_) => self.house(told),
            What::BatchSplit(_) | What::BatchBegun(_) | What::BatchJoined(_) | What::BatchMerged(_) => self.batch(told),
            What::UnitDispatched(e) if e.shipment.is_some() => self.packs(told),
            What::UnitStarted(_)
            | What::UnitOpened(_)
            | What::UnitClosed(_)
            | What::UnitHeld(_)
            | What::HoldReleased(_)
            | What::Disposed(_)
            | What::StepSkipped(_)
            | What::ComponentsRecovered(_)
            | What::UnitCompleted(_)
            | What::UnitDispatched(_) => self.life(told),
            What::LabelReplaced(_) | What::LabelReprinted(_) | What::LabelVerified(_) => self.relabels(told),
            What::RouteMoved(e) => self.moved(told, e),
            What::MoveSeen(_) => self.move_seen(told),
            What::StationDown(_)
            | What::StationUp(_)
            | What::NoteLeft(_)
            | What::NoteRead(_)
            | What::LeadCalled(_)
            | What::CallWithdrawn(_)
            | What::CallAnswered(_)
            | What::HourExplained(_) => self.watch(told),
            What::MaterialInstalled(_)
            | What::MaterialVerified(_)
            | What::CheckRecorded(_)
            | What::ObservationVoided(_)
            | What::RetestBegun(_)
            | What::SignatureRecorded(_)
            | What::StepPassed(_)
            | What::StepFailed(_) => self.work(told),
            What::SentBack(_) | What::ScrapReversed(_) | What::ComponentJudged(_) | What::SignatureLapsed(_) => {
                self.reworked(told)
            }
            What::GoldenRun(e) => self.golden_run(told, e),
            What::PaperBegun(_) | What::PaperEnded(_) => self.papers(told),
            What::FirstPieceBegun(_) | What::FirstPieceApproved(_) | What::FirstPieceDropped(_) => {
                self.first_pieces(told)
            }
            What::PermitOpened(_) | What::PermitClosed(_) | What::RuleWaived(_) | What::RuleOverridden(_) => {
                self.deviates(told)
            }
            What::LoadEntered(_)
            | What::LoadLeft(_)
            | What::LoadBegun(_)
            | What::LoadChecked(_)
            | What::LoadEnded(_)
            | What::UnitTreated(_) => self.load(told),
            What::Refused(refused) => {
                if refused.code == Code::WrongPin {
                    self.note_wrong_pin(refused.evidence.badge.as_ref(), event);
                }
                self.is_right(told, refused)
            }
            _ => self.packs(told),
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
            must(product.order == about.order, "is of another order")?;
            let moves = event.what.kind().starts_with("batch-");
            let count = product.heap.as_ref().map(|heap| heap.count);
            must(moves || about.pieces == count, format!("says {:?} pieces, and has {count:?}", about.pieces))?;
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
        if let Some((tries @ 5.., boot, last)) = &person.wrong
            && !is_last_lead
        {
            let stamp = &told.event.stamp;
            let waited = if *boot == stamp.boot { stamp.mono - last } else { stamp.mono };
            let wait = 30_000_000_u64 << (tries - 5).min(7);
            must(waited >= wait.min(3_600_000_000), "is signed during a lockout")?;
        }
        person.wrong = None;
        Ok(())
    }

    fn note_wrong_pin(&mut self, badge: Option<&Badge>, event: &Event) {
        if let Some(person) = badge.and_then(|b| self.people.get_mut(b)) {
            let tries = person.wrong.as_ref().map_or(0, |(tries, ..)| *tries);
            person.wrong = Some((tries + 1, event.stamp.boot.clone(), event.stamp.mono));
        }
    }

    fn note_last_word(&mut self, cause: &Cause, event: &Event) {
        let Some(station) = event.about.station.clone() else { return };
        if SAID.contains(&event.what.kind()) {
            return;
        }
        let called = self.called_after(&station, cause, event);
        let bench = self.stations.entry(station).or_default();
        bench.called = called;
        if let What::Refused(r) = &event.what
            && names_a_unit(cause, r)
        {
            bench.by_hand = cause.ambient.device.is_none();
        }
        bench.last_no = match &event.what {
            What::Refused(r) => Some((r.code, (*r.evidence).clone())),
            _ => None,
        };
    }
}

/// What is said about a station, and answers nothing that was asked there.
const SAID: [&str; 6] = ["lead-called", "call-withdrawn", "call-answered", "note-left", "note-read", "hour-explained"];

/// Refusals that stop nobody, by the design.
pub(super) const HINTS: [Code; 7] = [
    Code::UnknownLabel,
    Code::Misread,
    Code::AlreadyRecorded,
    Code::CheckMalformed,
    Code::ConfirmValue,
    Code::ConfirmStart,
    Code::ScannerTest,
];

/// Whether an event changes a unit's record.
fn is_record(what: &What) -> bool {
    let saw = ["unit-opened", "unit-closed", "move-seen", "refused", "signed-on", "signed-off", "ledger-created"];
    let more = ["first-piece-begun", "first-piece-dropped", "load-entered", "load-left"];
    !saw.contains(&what.kind()) && !more.contains(&what.kind())
}

/// Whether something is asked about the unit that a label names. A badge or a count of pieces answers what was asked.
fn names_a_unit(cause: &Cause, refused: &Refused) -> bool {
    let asks = match refused.code {
        Code::SecondPerson => refused.evidence.qualification.is_some(),
        Code::ConfirmStart => refused.evidence.badge.is_none(),
        _ => false,
    };
    asks && matches!(cause.cmd, Command::Scan { .. } | Command::Board(_))
}
