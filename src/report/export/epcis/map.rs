//! Which events of a unit become which EPCIS events.

use jiff::Timestamp;
use jiff::tz::TimeZone;

use super::event::{Action, EpcisEvent, ErrorDeclaration, Place, Quantity, Sort, Transaction, id, id_of};
use super::making::Making;
use super::names::{Names, is_counted};
use crate::domain::event::{Event, Purpose};
use crate::domain::id::{CartonId, UnitId};
use crate::domain::route::Route;
use crate::domain::time::At;
use crate::domain::traveller::Traveller;
use crate::domain::what::{Disposed, MaterialInstalled, Outcome, Piece, Removed, What};

const MINUTES: i32 = 60;

/// Who tells: the names of things, and the plant's time.
#[derive(Debug)]
pub struct Teller<'a> {
    /// The names of things.
    pub names: &'a Names,
    /// The plant's time.
    pub zone: &'a TimeZone,
    /// The route of the unit.
    pub route: &'a Route,
}

/// What happened to a unit, in order. Units that are not made to be sold are nobody else's business.
pub fn events(teller: &Teller<'_>, traveller: &Traveller, events: &[Event]) -> Vec<EpcisEvent> {
    if traveller.purpose != Purpose::Production {
        return Vec::new();
    }
    let mut told: Vec<(&Event, EpcisEvent)> = Vec::new();
    let (mut carton, mut making) = (None, Making::default());
    for event in events {
        if let What::UnitPacked(packed) = &event.what {
            carton = Some(packed.carton.clone());
        }
        let mut new = teller.told(event, carton.as_ref());
        new.extend(making.ends(teller, event));
        if let Some(taken_back) = taken_back(&told, event) {
            new.push(taken_back);
        }
        if matches!(event.what, What::UnitUnpacked(_)) {
            carton = None;
        }
        told.extend(new.into_iter().map(|new| (event, new)));
    }
    told.into_iter().map(|(_, event)| event).collect()
}

/// What was told before and is not so: the same event once more, with the declaration.
#[expect(clippy::wildcard_enum_match_arm, reason = "two kinds take back what was told")]
fn taken_back(told: &[(&Event, EpcisEvent)], event: &Event) -> Option<EpcisEvent> {
    let is_it = |(before, _): &&(&Event, EpcisEvent)| match &event.what {
        What::ObservationVoided(_) => Some(before.stamp.link()) == event.about.corrects,
        What::ScrapReversed(_) => is_scrap(before),
        _ => false,
    };
    let (_, before) = told.iter().rev().find(is_it)?;
    let declared = ErrorDeclaration { declaration_time: event.stamp.at, reason: "did_not_occur" };
    Some(EpcisEvent { error_declaration: Some(declared), ..before.clone() })
}

fn is_scrap(event: &Event) -> bool {
    matches!(&event.what, What::Disposed(Disposed { outcome: Outcome::Scrap, .. }))
}

impl Teller<'_> {
    #[expect(clippy::wildcard_enum_match_arm, reason = "few kinds concern whoever trades with the plant")]
    fn told(&self, event: &Event, carton: Option<&CartonId>) -> Vec<EpcisEvent> {
        let object = |action, step, disposition| {
            let (epc_list, quantity_list) = self.things(event);
            let plain = self.event(Sort::ObjectEvent, event, action, step);
            vec![EpcisEvent { epc_list, quantity_list, disposition, ..plain }]
        };
        match &event.what {
            What::BatchBegun(begun) => vec![self.moved(event, &begun.from, event.about.pieces)],
            What::BatchJoined(joined) => vec![self.moved(event, &joined.from, Some(joined.brought))],
            What::UnitStarted(_) => object(Action::Add, "commissioning", Some("active")),
            What::StepPassed(_) => object(Action::Observe, "inspecting", Some("conformant")),
            What::StepFailed(_) => object(Action::Observe, "inspecting", Some("non_conformant")),
            What::UnitReturned(_) => object(Action::Observe, "receiving", Some("returned")),
            What::MaterialInstalled(piece) => vec![self.installed(event, piece)],
            What::Disposed(disposed) => {
                let mut all = self.removed(event, &disposed.removed);
                if disposed.outcome == Outcome::Scrap {
                    all.extend(object(Action::Delete, "destroying", Some("destroyed")));
                }
                all
            }
            What::SentBack(back) => self.removed(event, &back.removed),
            What::ComponentsRecovered(recovered) => self.removed(event, &recovered.removed),
            What::UnitPacked(packed) => vec![self.packed(event, &packed.carton, Action::Add, "packing")],
            What::UnitUnpacked(unpacked) => vec![self.packed(event, &unpacked.carton, Action::Delete, "unpacking")],
            What::UnitDispatched(_) => vec![self.dispatched(event, carton)],
            _ => Vec::new(),
        }
    }

    fn installed(&self, event: &Event, piece: &MaterialInstalled) -> EpcisEvent {
        let part = piece.is.as_ref().unwrap_or(&piece.part);
        let parent = Some(self.unit(event));
        match &piece.piece {
            Piece::Serial(serial) => EpcisEvent {
                parent,
                children: vec![self.names.component(self.route, part, serial.as_str())],
                ..self.event(Sort::AssociationEvent, event, Action::Add, "installing")
            },
            Piece::Lot(lot) => {
                let quantity = (piece.quantity > 0).then_some(piece.quantity);
                let taken = vec![Quantity { epc_class: self.names.lot(self.route, part, lot), quantity }];
                if is_counted(self.route) {
                    return EpcisEvent { input_quantity_list: taken, ..self.making(event) };
                }
                let plain = self.event(Sort::AggregationEvent, event, Action::Add, "assembling");
                EpcisEvent { parent, child_quantity_list: taken, ..plain }
            }
        }
    }

    /// A part of the making of a batch. What goes into pieces that have no numbers is to be found in none of them.
    pub(super) fn making(&self, event: &Event) -> EpcisEvent {
        let batch = event.about.unit.as_ref().map(|batch| self.names.own("making", &[batch.as_str()]));
        EpcisEvent { transformation: batch, ..self.transformation(event) }
    }

    /// Pieces of one batch become pieces of another.
    fn moved(&self, event: &Event, from: &UnitId, quantity: Option<u32>) -> EpcisEvent {
        let of = |batch: &UnitId| Quantity { epc_class: self.names.batch(self.route, batch), quantity };
        EpcisEvent {
            input_quantity_list: vec![of(from)],
            output_quantity_list: event.about.unit.iter().map(of).collect(),
            ..self.transformation(event)
        }
    }

    fn transformation(&self, event: &Event) -> EpcisEvent {
        let plain = self.event(Sort::TransformationEvent, event, Action::Add, "commissioning");
        EpcisEvent { action: None, ..plain }
    }

    /// What came out of the unit.
    fn removed(&self, event: &Event, removed: &[Removed]) -> Vec<EpcisEvent> {
        let part_of = |serial: &str| {
            // The part is not said again where a piece comes out; each serial number names one of them.
            let takes = |about: &crate::domain::route::Part| about.pattern.as_ref().is_some_and(|p| p.matches(serial));
            self.route.parts.iter().find(|(_, about)| takes(about)).map(|(part, _)| part)
        };
        let out = |(n, gone): (usize, &Removed)| {
            let serial = gone.serial.as_str();
            let name = part_of(serial).map_or_else(
                || self.names.own("component", &[serial]),
                |part| self.names.component(self.route, part, serial),
            );
            EpcisEvent {
                id: id(event, n + 1),
                parent: Some(self.unit(event)),
                children: vec![name],
                ..self.event(Sort::AssociationEvent, event, Action::Delete, "removing")
            }
        };
        removed.iter().enumerate().map(out).collect()
    }

    fn packed(&self, event: &Event, carton: &CartonId, action: Action, step: &'static str) -> EpcisEvent {
        let (children, child_quantity_list) = self.things(event);
        EpcisEvent {
            parent: Some(self.names.carton(carton)),
            children,
            child_quantity_list,
            ..self.event(Sort::AggregationEvent, event, action, step)
        }
    }

    /// What leaves is the carton, where it is in one: all units of a carton tell of the same event.
    fn dispatched(&self, event: &Event, carton: Option<&CartonId>) -> EpcisEvent {
        let plain = self.event(Sort::ObjectEvent, event, Action::Observe, "shipping");
        let disposition = Some("in_transit");
        if let Some(carton) = carton {
            let name = self.names.carton(carton);
            let id = id_of(&[&name, &event.stamp.at.to_string()]);
            return EpcisEvent { id, epc_list: vec![name], disposition, ..plain };
        }
        let (epc_list, quantity_list) = self.things(event);
        EpcisEvent { epc_list, quantity_list, disposition, ..plain }
    }

    /// The unit; of a batch its pieces, which have no numbers.
    pub(super) fn things(&self, event: &Event) -> (Vec<String>, Vec<Quantity>) {
        let about = &event.about;
        let pieces = |batch| Quantity { epc_class: self.names.batch(self.route, batch), quantity: about.pieces };
        if is_counted(self.route) {
            return (Vec::new(), about.unit.iter().map(pieces).collect());
        }
        (vec![self.unit(event)], Vec::new())
    }

    fn unit(&self, event: &Event) -> String {
        event.about.unit.as_ref().map(|unit| self.names.unit(&self.route.id, unit)).unwrap_or_default()
    }

    /// An event about the unit.
    fn event(&self, sort: Sort, event: &Event, action: Action, biz_step: &'static str) -> EpcisEvent {
        common((self.names, self.zone), sort, event, (Some(action), Some(biz_step)))
    }
}

/// An event with what all have in common.
pub(super) fn common(
    (names, zone): (&Names, &TimeZone),
    sort: Sort,
    event: &Event,
    (action, biz_step): (Option<Action>, Option<&'static str>),
) -> EpcisEvent {
    let order = event
        .about
        .order
        .as_ref()
        .map(|order| Transaction { sort: "prodorder", biz_transaction: names.own("order", &[order.as_str()]) });
    let station = event.about.station.as_ref();
    let at = event.when();
    EpcisEvent {
        sort,
        id: id(event, 0),
        event_time: at,
        record_time: event.about.happened.map(|_| event.stamp.at),
        event_time_zone_offset: offset(zone, at),
        error_declaration: None,
        epc_list: Vec::new(),
        parent: None,
        children: Vec::new(),
        child_quantity_list: Vec::new(),
        quantity_list: Vec::new(),
        input_quantity_list: Vec::new(),
        output_quantity_list: Vec::new(),
        transformation: None,
        action,
        biz_step,
        disposition: None,
        read_point: station.map(|station| Place { id: names.own("station", &[station.as_str()]) }),
        biz_transaction_list: order.into_iter().collect(),
    }
}

/// How far the plant's time is from UTC at a moment.
fn offset(zone: &TimeZone, at: At) -> String {
    let moment = Timestamp::from_microsecond(at.0).unwrap_or(Timestamp::UNIX_EPOCH);
    let minutes = zone.to_offset(moment).seconds() / MINUTES;
    let sign = if minutes < 0 { '-' } else { '+' };
    format!("{sign}{:02}:{:02}", minutes.abs() / MINUTES, minutes.abs() % MINUTES)
}
