//! The answer to one line: one JSON object, as scripts rely on it.

use serde::Serialize;

use crate::app::lang::Lang;
use crate::app::settlement::{EventId, Settlement, Work};
use crate::domain::id::{Badge, CartonId, OrderId, Revision, RouteId, ShipmentId, StepId, UnitId};
use crate::domain::moving::Moved;
use crate::domain::need::{NeedLine, needs};
use crate::domain::order::Order;
use crate::domain::packing::{Carton, Shipment};
use crate::domain::refusal::{Evidence, Severity};
use crate::domain::station::Station;
use crate::domain::text::json_safe;
use crate::domain::time::At;
use crate::domain::what::{Again, Next, Remark};
use crate::ui::words;

/// One answer. Fields that do not apply are left out.
#[derive(Debug, Serialize)]
#[expect(clippy::struct_field_names, reason = "the word of the contract")]
pub struct Verdict<'a> {
    verdict: &'static str,
    #[serde(skip_serializing_if = "Option::is_none")]
    did: Option<&'static str>,
    #[serde(skip_serializing_if = "Option::is_none")]
    severity: Option<Severity>,
    #[serde(skip_serializing_if = "Option::is_none")]
    code: Option<&'static str>,
    #[serde(skip_serializing_if = "Option::is_none")]
    rule: Option<&'static str>,
    #[serde(skip_serializing_if = "Option::is_none")]
    evidence: Option<&'a Evidence>,
    #[serde(rename = "do", skip_serializing_if = "Option::is_none")]
    instead: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    unit: Option<&'a UnitId>,
    #[serde(skip_serializing_if = "Option::is_none")]
    route: Option<&'a RouteId>,
    #[serde(skip_serializing_if = "Option::is_none")]
    revision: Option<&'a Revision>,
    #[serde(skip_serializing_if = "Option::is_none")]
    step: Option<&'a StepId>,
    #[serde(skip_serializing_if = "Option::is_none")]
    passed: Option<bool>,
    #[serde(skip_serializing_if = "Option::is_none")]
    needs: Option<Vec<NeedLine>>,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    nests: Vec<NestLine<'a>>,
    #[serde(skip_serializing_if = "Option::is_none")]
    next: Option<&'a Next>,
    #[serde(skip_serializing_if = "Option::is_none")]
    order: Option<OrderLine<'a>>,
    #[serde(skip_serializing_if = "Option::is_none")]
    carton: Option<CartonLine<'a>>,
    #[serde(skip_serializing_if = "Option::is_none")]
    shipment: Option<ShipmentLine<'a>>,
    #[serde(skip_serializing_if = "Option::is_none")]
    moved: Option<MovedLine<'a>>,
    #[serde(skip_serializing_if = "<[_]>::is_empty")]
    remarks: &'a [Remark],
    message: String,
    #[serde(skip_serializing_if = "Option::is_none")]
    event: Option<&'a EventId>,
}

/// That the open unit was moved to another revision, until somebody has seen it.
#[derive(Debug, Serialize)]
struct MovedLine<'a> {
    from: &'a Revision,
    to: &'a Revision,
    again: &'a [Again],
    reason: &'a str,
    #[serde(skip_serializing_if = "Option::is_none")]
    by: Option<&'a Badge>,
    at: At,
}

impl<'a> MovedLine<'a> {
    fn of(moved: &'a Moved) -> Self {
        let Moved { from, to, again, reason, by, at, .. } = moved;
        Self { from, to, again, reason, by: by.as_ref(), at: *at }
    }
}

/// The order of the open unit, and how far it is.
#[derive(Debug, Serialize)]
struct OrderLine<'a> {
    order: &'a OrderId,
    quantity: u32,
    started: u32,
    finished: u32,
}

impl<'a> OrderLine<'a> {
    fn of(order: &'a Order) -> Self {
        Self { order: &order.order, quantity: order.quantity, started: order.started, finished: order.finished }
    }
}

/// The carton that the answer is about, or that is at hand.
#[derive(Debug, Serialize)]
struct CartonLine<'a> {
    carton: &'a CartonId,
    units: u32,
    #[serde(skip_serializing_if = "Option::is_none")]
    holds: Option<u32>,
    closed: bool,
}

impl<'a> CartonLine<'a> {
    fn of(carton: &'a Carton) -> Self {
        Self { carton: &carton.carton, units: carton.units, holds: carton.holds, closed: carton.closed }
    }
}

/// The shipment at hand.
#[derive(Debug, Serialize)]
struct ShipmentLine<'a> {
    shipment: &'a ShipmentId,
    customer: &'a str,
    cartons: u32,
    units: u32,
}

impl<'a> ShipmentLine<'a> {
    fn of(shipment: &'a Shipment) -> Self {
        let Shipment { shipment, customer, cartons, units, .. } = shipment;
        Self { shipment, customer, cartons: *cartons, units: *units }
    }
}

/// One of several units that are open, and what it needs.
#[derive(Debug, Serialize)]
struct NestLine<'a> {
    nest: u32,
    unit: &'a UnitId,
    #[serde(skip_serializing_if = "Option::is_none")]
    step: Option<&'a StepId>,
    needs: Vec<NeedLine>,
}

impl<'a> NestLine<'a> {
    /// All of them, where there are several.
    fn all(settled: &'a Settlement) -> Vec<Self> {
        let line = |work: &'a Work| {
            let (nest, unit) = (work.nest()?, work.traveller.unit.as_ref()?);
            let step = work.traveller.due.as_ref().map(|d| &d.step);
            Some(Self { nest, unit, step, needs: open_needs(work, &settled.desk.station) })
        };
        let several = Some(settled.desk.all_open()).filter(|all| all.len() > 1);
        several.into_iter().flatten().filter_map(line).collect()
    }
}

/// The open unit that an answer is about: the only one, or the one that it names.
fn shown(settled: &Settlement) -> Option<&Work> {
    let open = settled.desk.open.as_ref()?;
    let is_it = settled.desk.beside.is_empty() || settled.unit == open.traveller.unit;
    is_it.then_some(open)
}

impl<'a> Verdict<'a> {
    /// What a settlement says to a script.
    pub fn of(settled: &'a Settlement) -> Self {
        let work = settled.work.as_ref();
        let pinned = work.and_then(|w| w.traveller.route.as_ref());
        let base = Self {
            verdict: "accepted",
            did: None,
            severity: None,
            code: None,
            rule: None,
            evidence: None,
            instead: None,
            unit: settled.unit.as_ref(),
            route: pinned.map(|(route, _)| route),
            revision: pinned.map(|(_, revision)| revision),
            step: settled.step.as_ref(),
            passed: settled.passed,
            needs: shown(settled).map(|work| open_needs(work, &settled.desk.station)),
            nests: NestLine::all(settled),
            next: work.and_then(|w| w.traveller.due.as_ref()),
            order: settled.desk.order.as_ref().map(OrderLine::of),
            carton: settled.carton.as_ref().or(settled.desk.carton.as_ref()).map(CartonLine::of),
            shipment: settled.desk.shipment.as_ref().map(ShipmentLine::of),
            moved: settled.desk.open.as_ref().and_then(|w| w.traveller.unseen_move()).map(MovedLine::of),
            remarks: &settled.remarks,
            message: String::new(),
            event: settled.event.as_ref(),
        };
        match &settled.answer {
            Ok(did) => Self { did: Some(did.word()), message: words::did(Lang::English, *did).to_owned(), ..base },
            Err(refusal) => Self {
                verdict: "refused",
                severity: Some(refusal.code.severity()),
                code: Some(refusal.code.word()),
                rule: Some(refusal.code.rule()),
                evidence: Some(&refusal.evidence),
                instead: Some(words::what_to_do(Lang::English, refusal.code, &refusal.evidence)),
                message: words::message(Lang::English, refusal.code, &refusal.evidence),
                ..base
            },
        }
    }

    /// One line of JSON.
    pub fn line(&self) -> String {
        // Text keys, texts, numbers and lists: writing them to memory has no way to fail.
        json_safe(&serde_json::to_string(self).unwrap_or_default()).into_owned()
    }
}

/// What the open unit still needs.
pub fn open_needs(work: &Work, at: &Station) -> Vec<NeedLine> {
    let due = work.traveller.due.as_ref().and_then(|d| work.route.step(&d.step));
    let open = due.map(|step| needs(&work.traveller, &work.route, step, at)).unwrap_or_default();
    open.iter().map(crate::domain::need::Need::line).collect()
}
