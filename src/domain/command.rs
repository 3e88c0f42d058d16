//! What somebody wants done. Every change of the ledger begins as one of these.

use std::sync::Arc;

use serde::{Deserialize, Serialize};

pub use super::pieces::Batch;

use super::event::{Link, Purpose};
use super::first_piece::DropFirstPiece;
use super::id::{
    Badge, CheckId, DefectId, DeviceId, LotId, OrderId, PartId, PinId, Point, Revision, RouteId, StepId, UnitId,
};
use super::label::Label;
use super::labelling::Labelling;
use super::load::LoadAct;
use super::moving::RouteMove;
use super::number::Number;
use super::order::SerialRange;
use super::packing::Packing;
use super::panel::Board;
use super::paper::Paper;
use super::role::Role;
use super::settling::Settle;
use super::time::Day;
use super::watch::Watching;
use super::what::{Leaving, Qualification, Removed};
use super::{overriding::Override, permit::Permitting, reworking::Reworking};

pub use super::command_words::{Decide, LotMove, REASON_CHARS_MOST, UNITS_AT_ONCE_MOST, is_reason};

/// What somebody wants done, as given. No PIN is ever part of it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Command {
    /// A label was scanned, or typed as one.
    Scan {
        /// What it said.
        label: Label,
        /// For which unit, where it was said.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        unit: Option<UnitId>,
    },
    /// A board of a panel whose label was scanned: all of them are taken up at once.
    Board(Board),
    /// A value was typed or measured.
    Value {
        /// The value.
        value: String,
        /// For which check; none: the next open one.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        check: Option<CheckId>,
        /// At which point; none: the next open one.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        point: Option<Point>,
        /// By which gauge; none: typed.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        gauge: Option<DeviceId>,
        /// For which unit, where it was said.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        unit: Option<UnitId>,
    },
    /// The step is done.
    Pass,
    /// The step failed.
    Fail {
        /// Why: a defect of the route, or a sentence.
        reason: String,
    },
    /// The unit may not go on.
    Hold {
        /// Why.
        reason: String,
    },
    /// Take back one's own last record in the open step.
    Void {
        /// Why.
        reason: String,
    },
    /// Begin another attempt.
    Retest {
        /// Why.
        reason: String,
    },
    /// Leave out the open step, which is optional.
    Skip,
    /// Put the unit down.
    Close,
    /// The load of the station.
    Load(LoadAct),
    /// What concerns the open unit, said of which, where several are open.
    For {
        /// Which.
        unit: UnitId,
        /// What.
        command: Box<Self>,
    },
    /// A person is here.
    SignOn {
        /// Who.
        badge: Badge,
    },
    /// The operator leaves.
    SignOff {
        /// Why.
        why: Leaving,
    },
    /// Sign the open step.
    Sign {
        /// Who signs.
        badge: Badge,
    },
    /// Decide about a nonconforming unit.
    Dispose {
        /// Which unit; none: the open one.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        unit: Option<UnitId>,
        /// What becomes of it.
        decision: Decide,
        /// Where rework goes back to; none: where the route says.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        to: Option<StepId>,
        /// What was taken out.
        #[serde(default, skip_serializing_if = "Vec::is_empty")]
        removed: Vec<Removed>,
        /// The defect.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        defect: Option<DefectId>,
        /// Why.
        reason: String,
        /// Who decides.
        badge: Badge,
    },
    /// Hold a unit, from anywhere.
    HoldUnit {
        /// Which.
        unit: UnitId,
        /// Why.
        reason: String,
        /// Who.
        by: Badge,
    },
    /// End a hold of a unit.
    ReleaseHold {
        /// Which unit.
        unit: UnitId,
        /// Which hold; none where the unit has one only.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        hold: Option<Link>,
        /// Why.
        reason: String,
        /// Who.
        by: Badge,
    },
    /// End what is broken in the history of a unit.
    Settle(Settle),
    /// Give a person a badge.
    Enrol {
        /// The badge.
        badge: Badge,
        /// The person's name.
        name: String,
        /// What the person may do.
        roles: Vec<Role>,
        /// What the person is qualified for.
        #[serde(default, skip_serializing_if = "Vec::is_empty")]
        qualifications: Vec<Qualification>,
        /// The entry of the PIN file, written before.
        pin_id: PinId,
        /// Who enrols; none: the first person of a ledger.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        by: Option<Badge>,
    },
    /// Take a badge out of use.
    Revoke {
        /// Whose.
        badge: Badge,
        /// Why.
        reason: String,
        /// Who.
        by: Badge,
    },
    /// Give a person another PIN.
    ChangePin {
        /// Whose.
        badge: Badge,
        /// The entry of the PIN file, written before.
        pin_id: PinId,
        /// Who.
        by: Badge,
        /// The user of the system who gives it, in a restored ledger in which no lead has one.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        recover: Option<String>,
    },
    /// Confirm a PIN that somebody was given without one.
    ConfirmPin(super::confirming::ConfirmPin),
    /// Release a route revision. The text itself is handed over beside the command.
    ReleaseRoute {
        /// Its name.
        route: RouteId,
        /// Its revision.
        revision: Revision,
        /// SHA-256 of the text, in lowercase hex.
        sha256: String,
        /// The text itself; on record in the event, so not kept again with the command.
        #[serde(skip)]
        text: Arc<str>,
        /// Who.
        by: Badge,
    },
    /// Start no new unit under a route revision.
    WithdrawRoute {
        /// Its name.
        route: RouteId,
        /// Its revision.
        revision: Revision,
        /// Why.
        reason: String,
        /// Who.
        by: Badge,
    },
    /// Receive a lot.
    ReceiveLot {
        /// Its number.
        lot: LotId,
        /// What it is of.
        part: PartId,
        /// How many.
        quantity: Number,
        /// Who delivered it.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        supplier: Option<String>,
        /// The last day on which it may be used.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        expires: Option<Day>,
        /// Whether it waits for its inspection.
        #[serde(default, skip_serializing_if = "std::ops::Not::not")]
        quarantine: bool,
        /// The supplier's label, which has to agree.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        label: Option<Label>,
        /// Who.
        by: Badge,
    },
    /// Say what the inspection of a lot came to.
    InspectLot {
        /// Which.
        lot: LotId,
        /// Whether it may be used.
        passed: bool,
        /// What was found.
        reason: String,
        /// Who.
        by: Badge,
    },
    /// Hold, release, reject, open or seal a lot.
    ChangeLot {
        /// Which.
        lot: LotId,
        /// What to do with it.
        to: LotMove,
        /// Why.
        reason: String,
        /// Who.
        by: Badge,
    },
    /// Hold many units at once: those that a recall or a suspicion concerns.
    HoldUnits {
        /// Which; at most [`UNITS_AT_ONCE_MOST`].
        units: Vec<UnitId>,
        /// What they have in common, such as a lot.
        of: String,
        /// Why.
        reason: String,
        /// Who.
        by: Badge,
    },
    /// Take components out of a scrapped unit.
    Recover {
        /// Which unit.
        unit: UnitId,
        /// What was taken out.
        removed: Vec<Removed>,
        /// Why.
        reason: String,
        /// Who.
        by: Badge,
    },
    /// Begin a work order.
    OpenOrder {
        /// Its number.
        order: OrderId,
        /// The route that makes it.
        route: RouteId,
        /// In which revision.
        revision: Revision,
        /// Which variant.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        variant: Option<String>,
        /// How many.
        quantity: u32,
        /// The numbers that its units have.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        serials: Option<SerialRange>,
        /// For whom.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        customer: Option<String>,
        /// What its units are made for, where that is not production.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        purpose: Option<Purpose>,
        /// Who.
        by: Badge,
    },
    /// Start no more units under an order.
    CloseOrder {
        /// Which.
        order: OrderId,
        /// Why.
        reason: String,
        /// Who.
        by: Badge,
    },
    /// Register a gauge.
    RegisterGauge {
        /// Its number, as its label reads.
        gauge: DeviceId,
        /// What it measures, as routes say it.
        kind: String,
        /// The last day on which its calibration counts.
        due: Day,
        /// Who.
        by: Badge,
    },
    /// Say what the calibration of a gauge came to.
    CalibrateGauge {
        /// Which.
        gauge: DeviceId,
        /// The last day on which it counts.
        due: Day,
        /// Whether it was found within its tolerance.
        good: bool,
        /// What was found.
        reason: String,
        /// Who.
        by: Badge,
    },
    /// Take a gauge out of use.
    RetireGauge {
        /// Which.
        gauge: DeviceId,
        /// Why.
        reason: String,
        /// Who.
        by: Badge,
    },
    /// Say what a person is qualified for from now on.
    Qualify {
        /// Whose badge.
        badge: Badge,
        /// All of it.
        qualifications: Vec<Qualification>,
        /// Who says so.
        by: Badge,
    },
    /// Split a batch, merge two, or put pieces of one aside.
    Batch(Batch),
    /// Replace the label of a unit, or print it once more.
    Label(Box<Labelling>),
    /// What was written on paper while a terminal was dead is entered.
    Paper(Paper),
    /// Send a conforming unit back, reverse a scrap, judge a component in quarantine.
    Rework(Box<Reworking>),
    /// Open or close a deviation permit.
    Permit(Box<Permitting>),
    /// Let a rule go for a unit, as a second person.
    Override(Box<Override>),
    /// Say that a station is down or works again, call a lead, leave or read a note.
    Watch(Box<Watching>),
    /// Move a unit to another revision of its route.
    Move(Box<RouteMove>),
    /// A first piece is none any more: the next unit is.
    DropFirstPiece(Box<DropFirstPiece>),
    /// It was seen that the open unit was moved.
    SeenMove,
    /// Pack, load, dispatch, or take back.
    Pack(Packing),
    /// The input was no command at all.
    Malformed {
        /// What it was, shortened.
        input: String,
    },
}
