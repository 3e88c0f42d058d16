//! First pieces: after each change of shift, order or lot the first unit at a station is approved by a second person
//! before another one is taken up there for the same step.
//!
//! A unit is the first piece from when it is taken up. It gives the place back where nothing was recorded, and where it
//! fails, goes on hold or goes back: then the next one is.

use serde::{Deserialize, Serialize};

use super::event::{Event, Link};
use super::id::{Badge, LotId, OrderId, PartId, RouteId, StepId, UnitId};
use super::shift::{InShift, Turn};
use super::station::Station;
use super::time::{At, Day};
use super::what::What;

/// First pieces that a station remembers. Of one that is forgotten another is asked for.
pub const KEPT_MOST: usize = 64;

/// What the approval of a first piece says.
pub const MEANING: &str = "first piece approved";

/// After what a step asks for a first piece.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum FirstPieceRule {
    /// Each shift.
    Shift,
    /// Each work order.
    Order,
    /// Each lot of a part that is loaded at the station.
    Lot(PartId),
}

impl FirstPieceRule {
    /// The word for it in routes.
    pub fn word(&self) -> String {
        match self {
            Self::Shift => "shift".to_owned(),
            Self::Order => "order".to_owned(),
            Self::Lot(part) => format!("lot:{part}"),
        }
    }

    /// What a unit would be the first piece of, in this shift and at this station; none where that is not known yet.
    pub fn of(&self, turn: Option<Turn>, order: Option<&OrderId>, at: &Station) -> Option<FirstOf> {
        match self {
            Self::Shift => turn.map(FirstOf::from),
            Self::Order => order.cloned().map(FirstOf::Order),
            Self::Lot(part) => at.loaded(part).cloned().map(FirstOf::Lot),
        }
    }
}

/// What a unit is the first piece of.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum FirstOf {
    /// A shift.
    Shift(InShift),
    /// A day, where the plant has no shifts.
    Day(Day),
    /// A work order.
    Order(OrderId),
    /// A lot.
    Lot(LotId),
}

impl From<Turn> for FirstOf {
    fn from(turn: Turn) -> Self {
        match turn {
            Turn::Shift(shift) => Self::Shift(shift),
            Turn::Day(day) => Self::Day(day),
        }
    }
}

impl FirstOf {
    /// Whether it is over when another one begins: a shift that is over does not come back. One that a paper states is
    /// over already, and ends none after it.
    fn is_ended_by(&self, other: &Self) -> bool {
        match (self, other) {
            (Self::Shift(one), Self::Shift(other)) => one.begin <= other.begin,
            (Self::Day(one), Self::Day(other)) => one <= other,
            (Self::Shift(_), Self::Day(_)) | (Self::Day(_), Self::Shift(_)) => true,
            (Self::Order(_) | Self::Lot(_), _) | (_, Self::Order(_) | Self::Lot(_)) => false,
        }
    }
}

/// How far a first piece is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum FirstStands {
    /// It was taken up, and nothing is recorded yet.
    Open,
    /// It is worked on, or waits for its approval.
    Begun,
    /// It is approved.
    Approved,
    /// It passed the step: others may follow.
    Passed,
}

/// A first piece at a station.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct FirstPiece {
    /// On which route.
    pub route: RouteId,
    /// At which step.
    pub step: StepId,
    /// Of what.
    pub of: FirstOf,
    /// Which unit.
    pub unit: UnitId,
    /// How far it is.
    pub stands: FirstStands,
    /// Who took it up.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub by: Option<Badge>,
    /// When.
    pub at: At,
    /// The event that says so.
    pub event: Link,
}

/// The first pieces of a station, the newest last.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
#[serde(transparent)]
pub struct FirstPieces(Vec<FirstPiece>);

impl FirstPieces {
    /// Whether there was none yet.
    pub fn is_empty(&self) -> bool {
        self.0.is_empty()
    }

    /// The first piece of something at a step.
    pub fn of(&self, route: &RouteId, step: &StepId, of: &FirstOf) -> Option<&FirstPiece> {
        self.0.iter().rev().find(|f| f.route == *route && f.step == *step && f.of == *of)
    }

    /// The first piece that a unit is at a step, until it passes there.
    pub fn waiting(&self, unit: &UnitId, step: &StepId) -> Option<&FirstPiece> {
        self.all_waiting().find(|f| f.unit == *unit && f.step == *step)
    }

    /// Every one that is remembered.
    pub fn all(&self) -> impl Iterator<Item = &FirstPiece> {
        self.0.iter()
    }

    /// Every first piece that did not pass yet.
    pub fn all_waiting(&self) -> impl Iterator<Item = &FirstPiece> {
        self.0.iter().filter(|f| f.stands != FirstStands::Passed)
    }

    /// Folds an event of the station.
    #[expect(clippy::wildcard_enum_match_arm, reason = "a fold reads the kinds that concern it")]
    pub(super) fn apply(&mut self, event: &Event) {
        let about = &event.about;
        let Some(unit) = &about.unit else { return };
        match &event.what {
            What::FirstPieceBegun(e) => self.begin(event, &e.of),
            What::UnitClosed(_) => self.0.retain(|f| f.unit != *unit || f.stands != FirstStands::Open),
            What::MaterialInstalled(_) | What::MaterialVerified(_) | What::CheckRecorded(_) => {
                self.moved(event, &[FirstStands::Open], FirstStands::Begun);
            }
            What::FirstPieceApproved(_) => {
                self.moved(event, &[FirstStands::Open, FirstStands::Begun], FirstStands::Approved);
            }
            What::ObservationVoided(_) | What::SignatureLapsed(_) | What::RetestBegun(_) => {
                self.moved(event, &[FirstStands::Approved], FirstStands::Begun);
            }
            What::StepPassed(_) => self.moved(event, &[FirstStands::Approved], FirstStands::Passed),
            What::FirstPieceDropped(_)
            | What::StepFailed(_)
            | What::UnitHeld(_)
            | What::Disposed(_)
            | What::SentBack(_)
            | What::RouteMoved(_) => self.0.retain(|f| f.unit != *unit || f.stands == FirstStands::Passed),
            _ => {}
        }
    }

    fn begin(&mut self, event: &Event, of: &FirstOf) {
        let about = &event.about;
        let (Some(unit), Some(route), Some(step)) = (&about.unit, &about.route, &about.step) else { return };
        self.0.retain(|f| {
            let same_step = f.route == *route && f.step == *step;
            let is_over = f.of.is_ended_by(of);
            let is_it = f.unit == *unit && f.stands != FirstStands::Passed;
            !(same_step && (is_over || is_it || f.of == *of))
        });
        while self.0.len() >= KEPT_MOST {
            self.0.remove(0);
        }
        self.0.push(FirstPiece {
            route: route.clone(),
            step: step.clone(),
            of: of.clone(),
            unit: unit.clone(),
            stands: FirstStands::Open,
            by: about.by.clone(),
            at: event.when(),
            event: event.stamp.link(),
        });
    }

    fn moved(&mut self, event: &Event, from: &[FirstStands], to: FirstStands) {
        let of = |f: &&mut FirstPiece| {
            Some(&f.unit) == event.about.unit.as_ref() && Some(&f.step) == event.about.step.as_ref()
        };
        self.0.iter_mut().filter(of).filter(|f| from.contains(&f.stands)).for_each(|f| f.stands = to);
    }
}

/// Somebody says that a first piece is none any more: the next unit is.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct DropFirstPiece {
    /// Which.
    pub unit: UnitId,
    /// Why.
    pub reason: String,
    /// Who.
    pub by: Badge,
}
