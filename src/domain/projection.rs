//! What the record says at a glance: the rows that an event adds to the tables that lookups read.
//!
//! Rows follow from events alone, so they can be made anew at any time.

use super::deviations::deviations;
use super::event::{Event, Link};
use super::id::{
    Badge, CartonId, CheckId, DeviceId, LotId, OrderId, PartId, PermitId, Point, RouteId, Serial, ShipmentId,
    StationId, StepId, UnitId,
};
use super::lot::told_of;
use super::packed::packed;
use super::refusal::Code;
use super::time::{At, SECOND};
use super::what::{Piece, Removed, UnitCompleted, UnitDispatched, What};
use super::worked::{disposed, worked};

/// Seconds in a quarter of an hour, the grain of the counts.
pub const QUARTER_SECONDS: i64 = 900;
/// Microseconds of it.
pub const QUARTER: i64 = QUARTER_SECONDS * SECOND;

/// One change of the tables that lookups read.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Change {
    /// The row of a unit follows from its fold.
    Unit(UnitId),
    /// The row of a station follows from its fold.
    Station(StationId),
    /// The row of a person follows from the fold.
    Person(Badge),
    /// The row of a lot follows from its fold.
    Lot(LotId),
    /// An event is about a lot.
    LotTold(LotId),
    /// The row of an order follows from its fold.
    Order(OrderId),
    /// The row of a gauge follows from its fold.
    Gauge(DeviceId),
    /// The row of a carton follows from its fold.
    Carton(CartonId),
    /// The row of a shipment follows from its fold.
    Shipment(ShipmentId),
    /// The row of a sampling follows from its fold.
    Sampling(RouteId, StepId),
    /// The row of a deviation permit follows from its fold.
    Permit(PermitId),
    /// A rule was let go for a unit.
    Waived {
        /// The unit.
        unit: UnitId,
        /// The refusal that there would have been.
        rule: Code,
        /// The permit; none: by an override.
        permit: Option<PermitId>,
        /// At which step.
        step: Option<StepId>,
    },
    /// An override was given.
    Overridden {
        /// For which unit.
        unit: UnitId,
        /// Of which rule.
        rule: Code,
    },
    /// A route revision was released or withdrawn.
    Route,
    /// A step ended.
    StepResult {
        /// The unit.
        unit: UnitId,
        /// The step.
        step: StepId,
        /// The attempt.
        attempt: u32,
        /// Whether it passed.
        passed: bool,
    },
    /// An observation.
    CheckResult {
        /// The unit.
        unit: UnitId,
        /// The step.
        step: StepId,
        /// The attempt.
        attempt: u32,
        /// The check.
        check: CheckId,
        /// Where.
        point: Option<Point>,
        /// The value.
        value: String,
        /// Whether it passed.
        passed: bool,
    },
    /// An observation was taken back.
    CheckVoided(Link),
    /// A piece went in.
    Material {
        /// The unit.
        unit: UnitId,
        /// The step.
        step: StepId,
        /// The part.
        part: PartId,
        /// The piece.
        piece: Piece,
        /// How many.
        quantity: u32,
    },
    /// The record of a piece was taken back.
    MaterialVoided(Link),
    /// A component came out.
    MaterialRemoved {
        /// The unit.
        unit: UnitId,
        /// The component.
        serial: Serial,
        /// What becomes of it: `reuse`, `scrap`, `quarantine`.
        fate: &'static str,
    },
    /// It was decided about a component that came out.
    MaterialJudged {
        /// The unit that it was in.
        unit: UnitId,
        /// The component.
        serial: Serial,
        /// What becomes of it.
        fate: &'static str,
    },
    /// A unit went on hold.
    Hold(UnitId),
    /// A hold of it ended; where none is named, every one that there was.
    HoldEnded {
        /// The unit.
        unit: UnitId,
        /// The hold.
        hold: Option<Link>,
    },
    /// An event tells of a load.
    Load(String),
    /// A number on a label means a unit that has another one.
    Tag {
        /// The number.
        label: UnitId,
        /// The unit.
        unit: UnitId,
    },
    /// Pieces of another batch are in this one, with all that went into them there before.
    Descent {
        /// The batch that has them.
        unit: UnitId,
        /// The batch that they come from.
        of: UnitId,
        /// How many.
        pieces: u32,
    },
    /// The gate said no.
    Refusal {
        /// Why.
        code: Code,
        /// Where.
        station: Option<StationId>,
        /// About which unit.
        unit: Option<UnitId>,
        /// At which step.
        step: Option<StepId>,
        /// Who was told.
        by: Option<Badge>,
    },
    /// Something to count.
    Count {
        /// The quarter of an hour, in quarters since 1970-01-01 UTC.
        quarter: i64,
        /// Where.
        station: StationId,
        /// On which route; none for a refusal about nothing known.
        route: Option<RouteId>,
        /// At which step.
        step: Option<StepId>,
        /// What.
        what: Counted,
        /// How many: of a batch, its pieces.
        n: u32,
    },
}

/// What is counted.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Counted {
    /// A step passed.
    Passed,
    /// A step failed.
    Failed,
    /// The gate said no.
    Refused,
    /// A unit was completed or dispatched.
    Finished,
    /// Of the steps that passed, one that was entered from paper.
    Transcribed,
}

impl Counted {
    /// The word for it in the table.
    pub fn word(self) -> &'static str {
        match self {
            Self::Passed => "passed",
            Self::Failed => "failed",
            Self::Refused => "refused",
            Self::Finished => "finished",
            Self::Transcribed => "transcribed",
        }
    }
}

/// The quarter of an hour that a moment lies in, counted in UTC.
pub fn quarter(at: At) -> i64 {
    at.0.div_euclid(QUARTER)
}

/// What an event changes in the tables that lookups read.
pub fn changes(event: &Event) -> Vec<Change> {
    let about = &event.about;
    let mut all = Vec::with_capacity(4);
    if let Some(unit) = &about.unit
        && !matches!(event.what, What::Refused(_))
    {
        all.push(Change::Unit(unit.clone()));
    }
    if let Some(station) = &about.station {
        all.push(Change::Station(station.clone()));
    }
    rows(event, &mut all);
    all.extend(told_of(&event.what).cloned().map(Change::LotTold));
    let counted = counted(&event.what);
    let on_paper = counted.filter(|what| *what == Counted::Passed && about.happened.is_some());
    let counts = counted.into_iter().chain(on_paper.map(|_| Counted::Transcribed));
    for (station, what) in about.station.iter().flat_map(|station| counts.clone().map(move |what| (station, what))) {
        all.push(Change::Count {
            quarter: quarter(event.when()),
            station: station.clone(),
            route: about.route.clone(),
            step: about.step.clone(),
            what,
            n: if what == Counted::Refused { 1 } else { about.pieces.unwrap_or(1) },
        });
    }
    all
}

#[expect(clippy::wildcard_enum_match_arm, reason = "few kinds are counted")]
fn counted(what: &What) -> Option<Counted> {
    match what {
        What::StepPassed(_) => Some(Counted::Passed),
        What::StepFailed(_) => Some(Counted::Failed),
        What::Refused(_) => Some(Counted::Refused),
        What::UnitCompleted(UnitCompleted { again: false })
        | What::UnitDispatched(UnitDispatched { shipment: None, again: false }) => Some(Counted::Finished),
        _ => None,
    }
}

#[expect(clippy::too_many_lines, reason = "one line for each kind")]
fn rows(event: &Event, all: &mut Vec<Change>) {
    let about = &event.about;
    match &event.what {
        What::OperatorEnrolled(e) => all.push(Change::Person(e.badge.clone())),
        What::OperatorRevoked(e) | What::PinConfirmed(e) => all.push(Change::Person(e.badge.clone())),
        What::PinChanged(e) => all.push(Change::Person(e.badge.clone())),
        What::RouteReleased(_) | What::RouteWithdrawn(_) => all.push(Change::Route),
        What::LotReceived(e) => all.push(Change::Lot(e.lot.clone())),
        What::LotHeld(e) | What::LotReleased(e) | What::LotRejected(e) | What::LotOpened(e) | What::LotSealed(e) => {
            all.push(Change::Lot(e.lot.clone()));
        }
        What::LotInspected(e) => all.push(Change::Lot(e.lot.clone())),
        What::OrderOpened(e) => all.push(Change::Order(e.order.clone())),
        What::OrderClosed(e) => all.push(Change::Order(e.order.clone())),
        What::GaugeRegistered(e) => all.push(Change::Gauge(e.gauge.clone())),
        What::GaugeCalibrated(e) => all.push(Change::Gauge(e.gauge.clone())),
        What::GaugeRetired(e) => all.push(Change::Gauge(e.gauge.clone())),
        What::OperatorQualified(e) => all.push(Change::Person(e.badge.clone())),
        // A unit that leaves with a shipment was complete before: its order knows it already.
        What::UnitStarted(_) | What::UnitCompleted(_) | What::UnitDispatched(UnitDispatched { shipment: None, .. }) => {
            all.extend(about.order.clone().map(Change::Order));
        }
        What::UnitHeld(_) => all.extend(about.unit.clone().map(Change::Hold)),
        What::HoldReleased(_) => {
            let hold = about.corrects.clone();
            all.extend(about.unit.clone().map(|unit| Change::HoldEnded { unit, hold }));
        }
        What::ComponentsRecovered(_)
        | What::SentBack(_)
        | What::ScrapReversed(_)
        | What::ComponentJudged(_)
        | What::PermitOpened(_)
        | What::PermitClosed(_)
        | What::RuleWaived(_)
        | What::RuleOverridden(_) => deviations(event, all),
        What::Refused(r) => {
            if r.code == Code::WrongPin {
                all.extend(r.evidence.badge.clone().map(Change::Person));
            }
            all.push(Change::Refusal {
                code: r.code,
                station: about.station.clone(),
                unit: about.unit.clone().or_else(|| r.evidence.unit.clone()),
                step: about.step.clone(),
                by: about.by.clone(),
            });
        }
        What::LabelReplaced(e) if about.unit.as_ref() != Some(&e.label) => {
            all.extend(about.unit.clone().map(|unit| Change::Tag { label: e.label.clone(), unit }));
        }
        What::LoadEntered(_)
        | What::LoadLeft(_)
        | What::LoadBegun(_)
        | What::LoadChecked(_)
        | What::LoadEnded(_)
        | What::UnitTreated(_) => all.extend(about.load.clone().map(Change::Load)),
        What::BatchBegun(e) => all.extend(descent(about.unit.as_ref(), &e.from, about.pieces.unwrap_or(0))),
        What::BatchJoined(e) => all.extend(descent(about.unit.as_ref(), &e.from, e.brought)),
        What::CartonBegun(_)
        | What::UnitPacked(_)
        | What::UnitUnpacked(_)
        | What::CartonClosed(_)
        | What::CartonReopened(_)
        | What::ShipmentOpened(_)
        | What::CartonLoaded(_)
        | What::CartonUnloaded(_)
        | What::UnitLoaded(_)
        | What::UnitUnloaded(_)
        | What::ShipmentDispatched(_) => packed(&event.what, all),
        What::LedgerCreated(_)
        | What::BatchSplit(_)
        | What::BatchMerged(_)
        | What::PaperBegun(_)
        | What::PaperEnded(_)
        | What::LabelReplaced(_)
        | What::LabelReprinted(_)
        | What::LabelVerified(_)
        | What::UnitDispatched(_)
        | What::CartonOpened(_)
        | What::ShipmentSelected(_)
        | What::PutAside(_)
        | What::UnitReturned(_)
        | What::ReturnEnded(_)
        | What::SignedOn(_)
        | What::SignedOff(_)
        | What::LotLoaded(_)
        | What::OrderSelected(_)
        | What::GaugeSelected(_)
        | What::StepSkipped(_)
        | What::HistorySettled(_)
        | What::UnitOpened(_)
        | What::UnitClosed(_)
        | What::RouteMoved(_)
        | What::MoveSeen(_)
        | What::StationDown(_)
        | What::StationUp(_)
        | What::NoteLeft(_)
        | What::NoteRead(_)
        | What::LeadCalled(_)
        | What::CallWithdrawn(_)
        | What::CallAnswered(_)
        | What::HourExplained(_)
        | What::MaterialVerified(_)
        | What::RetestBegun(_)
        | What::SignatureRecorded(_)
        | What::SignatureLapsed(_)
        | What::FirstPieceBegun(_)
        | What::FirstPieceApproved(_)
        | What::FirstPieceDropped(_)
        | What::GoldenRun(_) => {}
        What::MaterialInstalled(_)
        | What::CheckRecorded(_)
        | What::ObservationVoided(_)
        | What::StepPassed(_)
        | What::StepFailed(_) => worked(event, all),
        What::Disposed(e) => disposed(event, e, all),
    }
    if about.auth == Some(super::role::Auth::BadgePin) {
        all.extend(about.by.clone().map(Change::Person));
    }
}

fn descent(unit: Option<&UnitId>, of: &UnitId, pieces: u32) -> Option<Change> {
    Some(Change::Descent { unit: unit?.clone(), of: of.clone(), pieces })
}

pub(super) fn removed(unit: &UnitId, gone: &Removed) -> Change {
    Change::MaterialRemoved { unit: unit.clone(), serial: gone.serial.clone(), fate: gone.fate.word() }
}
