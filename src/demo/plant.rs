//! The plant while it is played: who gives what to the gate, and what becomes of units by its answers.

use std::collections::VecDeque;

use crate::app::port::{Fault, Ledger, commit};
use crate::app::settlement::Work;
use crate::app::submit::{Enacted, enact};
use crate::domain::ambient::{Ambient, Given};
use crate::domain::command::Command;
use crate::domain::id::{Badge, Boot, LotId, UnitId};
use crate::domain::refusal::Refusal;
use crate::domain::role::PinCheck;
use crate::domain::time::{At, Clock, SECOND};
use crate::domain::what::{PutDown, What};

use super::act::{Act, Foreseen, Proof};
use super::calendar::Week;
use super::cast::{Cast, Pins, QUALITY};
use super::dice::Dice;
use super::fault::defect;
use super::floor::{Floor, Job, Matter, Way};
use super::material::Store;
use super::office::{VERDICTS, Verdict};
use super::story::Story;

/// Actions under one commit.
pub const ACTIONS_PER_COMMIT: u32 = 2_000;
/// Milliseconds that a screen stands at least before the next scan.
const SCREEN_MS: u32 = 600;
/// The device was switched on so long before the week began, in microseconds.
const BOOTED_BEFORE: i64 = 3_600 * SECOND;

/// The plant while it is played.
pub(super) struct Plant<'a, L, P> {
    pub(super) ledger: &'a mut L,
    pub(super) pins: &'a mut P,
    pub(super) week: Week,
    pub(super) boot: Boot,
    pub(super) dice: Dice,
    pub(super) cast: Cast,
    pub(super) store: Store,
    pub(super) floor: Floor,
    pub(super) story: Story,
    /// Lots that quality stopped, each with the working time of that.
    pub(super) stopped: VecDeque<(LotId, i64)>,
    /// What the lead decides next about failed units, where it can be.
    pub(super) verdicts: VecDeque<Verdict>,
    pub(super) actions: u64,
    pub(super) refusals: u64,
    uncommitted: u32,
}

impl<'a, L: Ledger, P: Pins> Plant<'a, L, P> {
    pub(super) fn new(
        ledger: &'a mut L,
        pins: &'a mut P,
        (week, boot): (Week, Boot),
        mut dice: Dice,
        (floor, stock, cast): (Floor, Store, Cast),
    ) -> Self {
        let story = Story::new(&mut dice);
        Self {
            ledger,
            pins,
            week,
            boot,
            dice,
            cast,
            store: stock,
            floor,
            story,
            stopped: VecDeque::new(),
            verdicts: VERDICTS.into(),
            actions: 0,
            refusals: 0,
            uncommitted: 0,
        }
    }

    /// Gives an act to the gate, at a station or from the office.
    pub(super) fn give(&mut self, at: At, bench: Option<usize>, act: &Act) -> Result<Enacted, Fault> {
        self.begin()?;
        let now = self.ambient(at, bench, act)?;
        let enacted = enact(self.ledger, &act.command, &now)?;
        act.hold_against(&enacted.answer)?;
        self.actions += 1;
        self.refusals += u64::from(enacted.answer.is_err());
        self.uncommitted += 1;
        if self.uncommitted > ACTIONS_PER_COMMIT {
            self.commit()?;
        }
        Ok(enacted)
    }

    fn begin(&mut self) -> Result<(), Fault> {
        if self.uncommitted == 0 {
            self.ledger.begin()?;
            self.uncommitted = 1;
        }
        Ok(())
    }

    /// Makes durable what was played so far.
    pub(super) fn commit(&mut self) -> Result<(), Fault> {
        if self.uncommitted > 0 {
            commit(self.ledger)?;
            self.uncommitted = 0;
        }
        Ok(())
    }

    fn ambient(&mut self, at: At, bench: Option<usize>, act: &Act) -> Result<Ambient, Fault> {
        let pin = match &act.proof {
            Proof::None => PinCheck::NotAsked,
            Proof::Pin(badge) => self.cast.give_pin(badge, true, self.pins)?,
            Proof::WrongPin(badge) => self.cast.give_pin(badge, false, self.pins)?,
        };
        let screen_ms = SCREEN_MS + u32::try_from(self.dice.below(9_000)).unwrap_or(0);
        let booted = self.week.begin().plus(-BOOTED_BEFORE);
        let mut now = Ambient {
            at,
            clock: Clock::Synced,
            boot: self.boot.clone(),
            mono: u64::try_from(at.0.saturating_sub(booted.0)).unwrap_or(0),
            station: None,
            given: Given { pin, ..Given::default() },
        };
        if let Some(bench) = bench {
            let bench = self.floor.bench(bench)?;
            let scanned = matches!(act.command, Command::Scan { .. });
            now.station = Some(bench.place.clone());
            now.given = Given {
                session: Some(bench.session.clone()),
                class: Some(bench.place.class.clone()),
                device: scanned.then(|| bench.scanner.clone()),
                screen_ms: Some(screen_ms),
                pin_at_sign_on: true,
                pin,
            };
        }
        Ok(now)
    }

    /// A unit's record and its route, as a screen would show them.
    pub(super) fn look(&mut self, unit: &UnitId) -> Result<Work, Fault> {
        self.begin()?;
        let traveller = self.ledger.traveller(unit)?;
        let lost = || defect(format!("unit {unit} of the demonstration has no route"));
        let (route, revision) = traveller.route.as_ref().ok_or_else(lost)?;
        let route = self.ledger.route(route, revision)?.ok_or_else(lost)?;
        Ok(Work { traveller, route })
    }

    /// Somebody acts at a station, and sees what becomes of it.
    pub(super) fn perform(&mut self, bench: usize, work: i64, act: &Act) -> Result<(), Fault> {
        let at = self.week.at(work);
        let enacted = self.give(at, Some(bench), act)?;
        for event in &enacted.events {
            self.learn(bench, work, &event.what)?;
        }
        if let (Foreseen::LotPermitting, Err(refusal)) = (act.foreseen, &enacted.answer) {
            self.put_away(at, refusal)?;
        }
        Ok(())
    }

    /// The lot is not to be used: it is put away, and another one comes in.
    fn put_away(&mut self, at: At, refusal: &Refusal) -> Result<(), Fault> {
        let Some(lot) = &refusal.evidence.lot else { return Ok(()) };
        let quality = self.cast.badge(QUALITY)?;
        if let Some(receipt) = self.store.put_away(lot.as_str(), at, &quality)? {
            self.give(at, None, &receipt)?;
        }
        Ok(())
    }

    /// What an event says about the unit in hand and the person there.
    #[expect(clippy::wildcard_enum_match_arm, reason = "few events move a unit or a person")]
    fn learn(&mut self, bench: usize, work: i64, what: &What) -> Result<(), Fault> {
        let way = match what {
            What::StepPassed(e) => match &e.next {
                Some(next) => Way::Class(self.floor.class_of(&next.station)?),
                None => Way::Out,
            },
            What::UnitStarted(_) => {
                if let Some(job) = &mut self.floor.bench(bench)?.job {
                    job.begun = true;
                }
                return Ok(());
            }
            What::StepFailed(_) => Way::Lead,
            What::UnitHeld(_) => Way::Quality,
            What::UnitClosed(e) => return self.put_down(bench, work, e.why),
            What::SignedOn(e) => {
                let shift = self.week.shift(work);
                let who = self.who(&e.badge);
                let bench = self.floor.bench(bench)?;
                (bench.present, bench.shift) = (who, shift);
                return Ok(());
            }
            What::SignedOff(_) => {
                self.floor.bench(bench)?.present = None;
                return Ok(());
            }
            _ => return Ok(()),
        };
        if let Some(job) = &mut self.floor.bench(bench)?.job {
            job.way = way;
        }
        Ok(())
    }

    fn who(&self, badge: &Badge) -> Option<usize> {
        self.cast.members().iter().position(|m| m.badge == *badge)
    }

    /// The unit in hand goes its way.
    fn put_down(&mut self, bench: usize, work: i64, why: PutDown) -> Result<(), Fault> {
        let at = self.floor.bench(bench)?;
        let Some(job) = at.job.take() else { return Ok(()) };
        match job.way {
            Way::Class(_) if why == PutDown::SignedOff => at.aside.push_back(job),
            Way::Class(_) | Way::Out => self.wait(job)?,
            Way::Lead | Way::Quality => self.floor.matters.push_back(Matter { job, since: work }),
        }
        Ok(())
    }

    /// A unit waits where it is due; one that is done leaves.
    pub(super) fn wait(&mut self, job: Job) -> Result<(), Fault> {
        if let Way::Class(class) = job.way {
            self.floor.class(class)?.waiting.push_back(job);
        }
        Ok(())
    }
}
