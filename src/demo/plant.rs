//! The plant while it is played: who gives what to the gate, and what becomes of units by its answers.

use std::collections::{BTreeSet, VecDeque};

use crate::app::full::concerned;
use crate::app::port::{Fault, Ledger, commit};
use crate::app::settlement::Work;
use crate::app::submit::{Enacted, enact};
use crate::domain::ambient::{Ambient, Given, Place};
use crate::domain::command::Command;
use crate::domain::id::{Boot, DeviceId, LotId, OrderId, Session, StationId, UnitId};
use crate::domain::role::PinCheck;
use crate::domain::station::Station;
use crate::domain::time::{At, Clock, SECOND};

use super::act::{Act, Foreseen, Proof};
use super::calendar::Week;
use super::cast::{Cast, Pins};
use super::dice::Dice;
use super::fault::defect;
use super::floor::Floor;
use super::handover::Change;
use super::material::Store;
use super::office::{VERDICTS, Verdict};
use super::recall::Recall;
use super::scenes::Stage;
use super::story::Story;

/// Actions under one commit.
pub const ACTIONS_PER_COMMIT: u32 = 2_000;
/// Milliseconds that a screen stands at least before the next scan.
const SCREEN_MS: u32 = 600;
/// The device was switched on so long before the week began, in microseconds.
const BOOTED_BEFORE: i64 = 3_600 * SECOND;

/// Where a command is given.
#[derive(Debug, Clone)]
pub(super) struct Seat {
    pub(super) place: Place,
    pub(super) session: Session,
    /// None where a paper is entered: nothing on it was scanned.
    pub(super) scanner: Option<DeviceId>,
}

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
    pub(super) recall: Recall,
    /// The revision that comes in the middle of the week, until it has.
    pub(super) change: Option<Change>,
    /// What is played beside one unit after another.
    pub(super) stage: Stage,
    /// Orders that the lead closed.
    pub(super) closed: BTreeSet<OrderId>,
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
            recall: Recall::default(),
            change: None,
            stage: Stage::default(),
            closed: BTreeSet::new(),
            actions: 0,
            refusals: 0,
            uncommitted: 0,
        }
    }

    /// Gives an act to the gate, at a station or from the office.
    pub(super) fn give(&mut self, at: At, seat: Option<&Seat>, act: &Act) -> Result<Enacted, Fault> {
        self.begin()?;
        let now = self.ambient(at, seat, act)?;
        let enacted = self.in_full(act, &now)?;
        self.actions += 1;
        self.refusals += u64::from(enacted.answer.is_err());
        self.uncommitted += 1;
        if self.uncommitted > ACTIONS_PER_COMMIT {
            self.commit()?;
        }
        Ok(enacted)
    }

    /// An act, and what belongs to it: the boards of a panel, the units of a load. Where it is refused, the first of
    /// these is, and nothing else is done.
    fn in_full(&mut self, act: &Act, now: &Ambient) -> Result<Enacted, Fault> {
        let whole = enact(self.ledger, &act.command, now)?;
        let parts = concerned(self.ledger, &whole.then, now)?;
        if let (Foreseen::No(_), Some(first)) = (act.foreseen, parts.first()) {
            let refused = enact(self.ledger, first, now)?;
            act.hold_against(&refused.answer)?;
            return Ok(refused);
        }
        act.hold_against(&whole.answer)?;
        for part in parts {
            Act::new(part.clone()).hold_against(&enact(self.ledger, &part, now)?.answer)?;
        }
        Ok(whole)
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

    fn ambient(&mut self, at: At, seat: Option<&Seat>, act: &Act) -> Result<Ambient, Fault> {
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
            given: Given { pin, shift: self.week.in_shift(at), ..Given::default() },
        };
        if let Some(seat) = seat {
            let scanned = matches!(act.command, Command::Scan { .. });
            now.station = Some(seat.place.clone());
            now.given = Given {
                session: Some(seat.session.clone()),
                class: Some(seat.place.class.clone()),
                device: seat.scanner.clone().filter(|_| scanned),
                screen_ms: Some(screen_ms),
                pin_at_sign_on: true,
                pin,
                ..now.given
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

    /// A station, as its screen would show it.
    pub(super) fn station(&mut self, name: &StationId) -> Result<Station, Fault> {
        self.begin()?;
        self.ledger.station(name)
    }
}
