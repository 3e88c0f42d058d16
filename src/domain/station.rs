//! A station as it stands: who is there, which unit is open, and what was asked back a moment ago.

use serde::{Deserialize, Serialize};

use super::command::Command;
use super::event::{Event, How, Link};
use super::first_piece::FirstPieces;
use super::golden::SampleRuns;
use super::id::{
    Badge, CartonId, CheckId, DeviceId, LotId, OrderId, PartId, Point, RouteId, Session, StationId, UnitId,
};
use super::label::Label;
use super::load::Load;
use super::nests::Nest;
use super::order::is_none_yet;
use super::packing::AtHand;
use super::paper::OpenPaper;
use super::refusal::{Code, Severity};
use super::time::{At, Day};
use super::watch::{self, Watch};
use super::what::{Refused, What};

/// The field that a refusal names which asks how many pieces a new batch has.
pub const PIECES: &str = "pieces";

/// A station. Folded from the events recorded there.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
#[serde(default)]
pub struct Station {
    /// Its name.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub station: Option<StationId>,
    /// Who is signed on.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub operator: Option<Badge>,
    /// The run of the program in which they signed on.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub session: Option<Session>,
    /// When they did.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub since: Option<At>,
    /// The event of that.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub signed_on: Option<Link>,
    /// The open unit; where several are open, the one that was opened last, or that comes next.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub open: Option<UnitId>,
    /// The event that opened it.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub opened: Option<Link>,
    /// The units that are open in nests, the one above among them.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub nests: Vec<Nest>,
    /// What was asked back by the last answer.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub pending: Option<Pending>,
    /// Whether the number of the unit that was last asked about was typed.
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    pub typed: bool,
    /// The orders that new units start under, one for each route.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub orders: Vec<Chosen>,
    /// The lots that are loaded.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub loaded: Vec<Loaded>,
    /// The gauges that are measured with, one of each kind. They leave with the operator.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub gauges: Vec<Measuring>,
    /// What one shift leaves to the next.
    #[serde(skip_serializing_if = "Watch::is_blank")]
    pub watch: Watch,
    /// The load that is filled or goes on here.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub load: Option<Load>,
    /// How many loads there were here.
    #[serde(skip_serializing_if = "is_none_yet")]
    pub loads: u32,
    /// The carton or the shipment at hand. It is left where it is when the operator leaves.
    #[serde(skip_serializing_if = "AtHand::is_empty")]
    pub packing: AtHand,
    /// The first pieces of shifts, orders and lots.
    #[serde(skip_serializing_if = "FirstPieces::is_empty")]
    pub first_pieces: FirstPieces,
    /// The last run of each golden sample.
    #[serde(skip_serializing_if = "SampleRuns::is_empty")]
    pub samples: SampleRuns,
    /// The paper that is being entered here.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub paper: Option<OpenPaper>,
    /// The last event here.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub event: Option<Link>,
}

/// An order that new units of a route start under.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Chosen {
    /// The route.
    pub route: RouteId,
    /// The order.
    pub order: OrderId,
}

/// A lot that is loaded.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Loaded {
    /// The part that routes use.
    pub part: PartId,
    /// The lot.
    pub lot: LotId,
    /// The last day on the label by which it was loaded.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub expires: Option<Day>,
}

/// A gauge that is measured with.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Measuring {
    /// What it measures.
    pub kind: String,
    /// The gauge.
    pub gauge: DeviceId,
}

/// What was asked back: the same input again confirms it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Pending {
    /// A new unit is to be begun.
    Start(UnitId),
    /// Of a new batch it is to be said how many pieces it has.
    Pieces {
        /// The batch.
        unit: UnitId,
        /// Who stands by at it.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        supervisor: Option<Badge>,
    },
    /// A carton is to be closed with what it has.
    Carton(CartonId),
    /// Somebody who is qualified is to stand by while a unit is worked on.
    Supervise(UnitId),
    /// The same for all boards of a panel.
    SuperviseAll {
        /// The first of them where somebody is needed.
        unit: UnitId,
        /// The label of the panel.
        panel: Label,
    },
    /// A value lies outside its limits.
    Value {
        /// The check.
        check: CheckId,
        /// Where.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        point: Option<Point>,
        /// The value.
        value: String,
        /// The refusal that asked back.
        event: Link,
    },
}

impl Pending {
    /// A call for somebody who stands by at a unit: at all boards of its panel, where that was scanned.
    fn call(unit: UnitId, refused: &Event) -> Self {
        match refused.cause.as_deref().map(|cause| &cause.cmd) {
            Some(Command::Board(board)) => Self::SuperviseAll { unit, panel: board.label.clone() },
            _ => Self::Supervise(unit),
        }
    }

    /// The unit at which somebody is called to stand by.
    pub fn called_for(&self) -> Option<&UnitId> {
        match self {
            Self::Supervise(unit) | Self::SuperviseAll { unit, .. } => Some(unit),
            Self::Start(_) | Self::Pieces { .. } | Self::Carton(_) | Self::Value { .. } => None,
        }
    }
}

impl Station {
    /// A station where nothing was recorded yet.
    pub fn fresh(station: StationId) -> Self {
        Self { station: Some(station), ..Self::default() }
    }

    /// Folds a whole history.
    pub fn replay<'a>(station: StationId, events: impl IntoIterator<Item = &'a Event>) -> Self {
        let mut fold = Self::fresh(station);
        for event in events {
            fold.apply(event);
        }
        fold
    }

    /// Folds one event; events of other stations change nothing.
    #[expect(clippy::wildcard_enum_match_arm, reason = "a fold reads the kinds that concern it")]
    pub fn apply(&mut self, event: &Event) {
        if event.about.station.is_none() || event.about.station != self.station {
            return;
        }
        let link = event.stamp.link();
        self.event = Some(link.clone());
        // A slip in passing does not send away whoever was called to stand by.
        let slip = matches!(&event.what, What::Refused(r) if r.code.severity() == Severity::Hint);
        let passes = slip && self.pending.as_ref().and_then(Pending::called_for).is_some();
        if !passes && !watch::is_said(&event.what) {
            self.pending = None;
        }
        self.watch.apply(event);
        self.hear_of_load(event);
        self.packing.apply(event);
        self.paper = OpenPaper::after(self.paper.take(), event);
        self.first_pieces.apply(event);
        self.samples.apply(event);
        match &event.what {
            What::SignedOn(e) => {
                self.operator = Some(e.badge.clone());
                self.session = Some(e.session.clone());
                self.since = Some(event.stamp.at);
                self.signed_on = Some(link);
            }
            What::SignedOff(_) => {
                let (orders, loaded) = (std::mem::take(&mut self.orders), std::mem::take(&mut self.loaded));
                let (load, loads) = (self.load.take(), self.loads);
                let watch = std::mem::take(&mut self.watch);
                let paper = self.paper.take();
                let (first_pieces, samples) =
                    (std::mem::take(&mut self.first_pieces), std::mem::take(&mut self.samples));
                let kept =
                    Self { orders, loaded, watch, load, loads, first_pieces, samples, paper, ..Self::fresh_like(self) };
                *self = Self { event: Some(link), ..kept };
            }
            What::UnitOpened(_) => self.take_up(event),
            What::OrderSelected(e) => {
                if let Some(route) = event.about.route.clone() {
                    self.orders.retain(|c| c.route != route);
                    self.orders.push(Chosen { route, order: e.order.clone() });
                    self.orders.sort_by(|a, b| a.route.cmp(&b.route));
                }
            }
            What::LotLoaded(e) => self.load(&e.part, &e.lot, e.expires),
            What::GaugeSelected(e) => {
                self.gauges.retain(|g| g.kind != e.kind);
                self.gauges.push(Measuring { kind: e.kind.clone(), gauge: e.gauge.clone() });
                self.gauges.sort_by(|a, b| a.kind.cmp(&b.kind));
            }
            What::UnitClosed(_) => self.put_down(event),
            What::Refused(refused) => self.asks_back(refused, event),
            _ => {}
        }
    }

    /// Some refusals ask something, and what comes next may be the answer.
    #[expect(clippy::wildcard_enum_match_arm, reason = "few refusals ask anything")]
    fn asks_back(&mut self, refused: &Refused, event: &Event) {
        let said = &refused.evidence;
        let pending = match refused.code {
            Code::ConfirmStart if said.field.as_deref() == Some(PIECES) => {
                let supervisor = said.badge.clone();
                if supervisor.is_none() {
                    self.note_how(event);
                }
                said.unit.clone().map(|unit| Pending::Pieces { unit, supervisor })
            }
            Code::CartonNotFull => said.carton.clone().map(Pending::Carton),
            Code::ConfirmStart => said.unit.clone().map(Pending::Start),
            Code::SecondPerson if said.qualification.is_some() => {
                self.note_how(event);
                said.unit.clone().map(|unit| Pending::call(unit, event))
            }
            Code::ConfirmValue => said.check.clone().zip(said.value.clone()).map(|(check, value)| {
                let (point, event) = (said.point.clone(), event.stamp.link());
                Pending::Value { check, point, value, event }
            }),
            _ => return,
        };
        self.pending = pending;
    }

    /// Notes how the unit that is asked about was named. Who says how many pieces it has names none.
    fn note_how(&mut self, asks: &Event) {
        if let Some(how) = &asks.about.how {
            self.typed = *how == How::Typed;
        }
    }

    /// A lot is loaded in place of the one before.
    pub(super) fn load(&mut self, part: &PartId, lot: &LotId, expires: Option<Day>) {
        self.loaded.retain(|l| l.part != *part);
        self.loaded.push(Loaded { part: part.clone(), lot: lot.clone(), expires });
        self.loaded.sort_by(|a, b| a.part.cmp(&b.part));
    }

    /// The lot of a part that is loaded.
    pub fn loaded(&self, part: &PartId) -> Option<&LotId> {
        self.loaded.iter().find(|l| l.part == *part).map(|l| &l.lot)
    }

    /// The gauge of a kind that is measured with.
    pub fn gauge(&self, kind: &str) -> Option<&DeviceId> {
        self.gauges.iter().find(|g| g.kind == kind).map(|g| &g.gauge)
    }

    /// The order that new units of a route start under.
    pub fn order(&self, route: &RouteId) -> Option<&OrderId> {
        self.orders.iter().find(|c| c.route == *route).map(|c| &c.order)
    }

    fn fresh_like(other: &Self) -> Self {
        Self { station: other.station.clone(), ..Self::default() }
    }

    /// Who is signed on in this run of the program. What an earlier run left is put down at the start of the next.
    pub fn operator_in(&self, session: Option<&Session>) -> Option<&Badge> {
        self.operator.as_ref().filter(|_| self.session.as_ref() == session)
    }
}
