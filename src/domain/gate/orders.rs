//! Work orders: begun and closed by a lead, chosen at a station or by a unit's number, and never overfilled.

use crate::domain::command::Command;
use crate::domain::event::{About, Purpose};
use crate::domain::id::{Badge, OrderId, UnitId};
use crate::domain::order::{Order, QUANTITY_MOST};
use crate::domain::refusal::{Code, Evidence, Refusal};
use crate::domain::role::Role;
use crate::domain::route::{IdentifierKind, Route, Start};
use crate::domain::text::is_safe;
use crate::domain::what::{OrderChanged, OrderOpened, What};

use super::case::{Answer, Case, done, seen, stands};
use super::decision::{Did, Draft, Subject};
use super::people::{authority, by_hand};

/// Characters that a customer's name may have.
const CUSTOMER_CHARS_MOST: usize = 60;

fn about_order(code: Code, order: &OrderId) -> Refusal {
    Refusal::new(code, Evidence { order: Some(order.clone()), ..Evidence::default() })
}

/// The order that a new unit begins under: the one whose range has its number, else the one chosen at the station.
pub(super) fn of_new_unit<'a>(case: &Case<'a>, unit: &UnitId, route: &Route) -> Result<Option<&'a Order>, Refusal> {
    let refused = |code, order: Option<&Order>| {
        let evidence = Evidence {
            unit: Some(unit.clone()),
            route: Some(route.id.clone()),
            order: order.map(|o| o.order.clone()),
            allowed: order.map(|o| o.quantity),
            event: order.map(|o| o.event.clone()),
            ..Evidence::default()
        };
        Err(Refusal::new(code, evidence))
    };
    let by_number = route.identifier.start == Start::Order;
    let is_required = route.order_required || by_number;
    let has_it = |o: &&Order| o.route == route.id && o.serials.as_ref().is_some_and(|s| s.contains(unit.as_str()));
    let mut in_range = case.facts.orders.iter().filter(has_it);
    let of_number = in_range.clone().find(|o| !o.closed).or_else(|| in_range.next());
    let chosen = case.station().and_then(|s| s.order(&route.id)).and_then(|id| case.facts.order(id.as_str()));
    match (of_number, chosen) {
        (Some(order), _) if order.closed => refused(Code::OrderClosed, Some(order)),
        (None, chosen) if by_number => refused(Code::NotInOrder, chosen),
        (None, Some(order)) if order.closed || order.serials.is_some() => {
            let code = if order.closed { Code::OrderClosed } else { Code::NotInOrder };
            // A station that was told of an order is not told otherwise by silence.
            if is_required || order.closed { refused(code, Some(order)) } else { Ok(None) }
        }
        (Some(order), _) | (None, Some(order)) if order.is_full() => refused(Code::OrderFull, Some(order)),
        (Some(order), _) | (None, Some(order)) => Ok(Some(order)),
        (None, None) if is_required => refused(Code::OrderMissing, None),
        (None, None) => Ok(None),
    }
}

/// New units at the station begin under this order.
pub(super) fn select(case: &Case<'_>, order: &Order) -> Answer {
    case.worker()?;
    let unit = case.open.unit.clone();
    let because = |code| {
        let (order, event) = (Some(order.order.clone()), Some(order.event.clone()));
        Err(Refusal::new(code, Evidence { order, event, ..Evidence::default() }))
    };
    if order.closed {
        return because(Code::OrderClosed);
    }
    if order.is_full() {
        return because(Code::OrderFull);
    }
    if case.station().and_then(|s| s.order(&order.route)) == Some(&order.order) {
        return stands(Did::OrderSelected, unit, Some(order.event.clone()));
    }
    let (route, revision) = (Some(order.route.clone()), Some(order.revision.clone()));
    let about = About { route, revision, order: Some(order.order.clone()), ..case.about() };
    let what = What::OrderSelected(OrderChanged { order: order.order.clone() });
    done(Did::OrderSelected, unit, vec![seen(None, about, what)])
}

/// A lead begins an order. Its number and its range may be nothing else that a scan could mean.
pub(super) fn open(case: &Case<'_>, command: &Command) -> Answer {
    let Command::OpenOrder { order, route, revision, variant, quantity, serials, customer, purpose, by } = command
    else {
        return Err(Refusal::bare(Code::BadInput));
    };
    authority(case, by, &[Role::Lead])?;
    if case.facts.order(order.as_str()).is_some() {
        return Err(about_order(Code::AlreadyRecorded, order));
    }
    if case.names_something(order.as_str()) {
        return Err(about_order(Code::AmbiguousLabel, order));
    }
    let of = Evidence {
        order: Some(order.clone()),
        route: Some(route.clone()),
        revision: Some(revision.clone()),
        ..Evidence::default()
    };
    let released = case.facts.route(route, revision).and_then(|r| Some((&r.release, r.route.as_deref()?)));
    let (release, ordered) = released.ok_or_else(|| Refusal::new(Code::RouteNotReleased, of.clone()))?;
    if release.withdrawn {
        return Err(Refusal::new(Code::RouteWithdrawn, of));
    }
    let named = customer.as_ref().is_none_or(|c| c.chars().count() <= CUSTOMER_CHARS_MOST && c.chars().all(is_safe));
    if !(1..=QUANTITY_MOST).contains(quantity) || !named {
        return Err(Refusal::new(Code::BadInput, of));
    }
    right_variant(ordered, variant.as_deref(), &of)?;
    right_range(case, command, ordered, &of)?;
    let what = What::OrderOpened(OrderOpened {
        order: order.clone(),
        variant: variant.clone(),
        quantity: *quantity,
        serials: serials.clone(),
        customer: customer.clone(),
        purpose: purpose.filter(|purpose| *purpose != Purpose::Production),
    });
    let about = About { route: Some(route.clone()), revision: Some(revision.clone()), ..case.about() };
    let about = by_hand(about, by, None);
    done(Did::OrderOpened, None, vec![Draft { subject: Subject::Order(order.clone()), about, what }])
}

/// A route with variants is ordered in one of them, any other in none.
fn right_variant(route: &Route, variant: Option<&str>, of: &Evidence) -> Result<(), Refusal> {
    let fits = match variant {
        Some(name) => route.variants.contains_key(name),
        None => route.variants.is_empty(),
    };
    let names = route.variants.keys().cloned().collect();
    if fits { Ok(()) } else { Err(Refusal::new(Code::BadInput, Evidence { fits: names, ..of.clone() })) }
}

/// A range has as many numbers as the order has units, all of the route's form, and none of another order.
fn right_range(case: &Case<'_>, command: &Command, route: &Route, of: &Evidence) -> Result<(), Refusal> {
    let Command::OpenOrder { quantity, serials, .. } = command else { return Ok(()) };
    let Some(range) = serials else {
        let needed = route.identifier.start == Start::Order;
        return if needed { Err(Refusal::new(Code::BadInput, of.clone())) } else { Ok(()) };
    };
    // A batch is many pieces, and has one number.
    let one_each = route.identifier.kind == IdentifierKind::Serial;
    if one_each && range.size() < u64::from(*quantity) {
        return Err(Refusal::new(Code::BadInput, Evidence { needed: Some(*quantity), ..of.clone() }));
    }
    for end in [range.first(), range.last()] {
        if !route.identifier.pattern.matches(end.as_str()) {
            return Err(Refusal::new(Code::WrongIdentifier, Evidence { label: Some(end.to_string()), ..of.clone() }));
        }
    }
    let claims = |o: &&Order| !o.closed && o.serials.as_ref().is_some_and(|s| s.overlaps(range));
    match case.facts.orders.iter().find(claims) {
        None => Ok(()),
        Some(other) => {
            let (order, event) = (Some(other.order.clone()), Some(other.event.clone()));
            Err(Refusal::new(Code::DuplicateSerial, Evidence { order, event, ..of.clone() }))
        }
    }
}

/// A lead closes an order: no new unit begins under it.
pub(super) fn close(case: &Case<'_>, order: &OrderId, reason: &str, by: &Badge) -> Answer {
    authority(case, by, &[Role::Lead])?;
    let before = case.facts.order(order.as_str()).ok_or_else(|| about_order(Code::OrderMissing, order))?;
    if before.closed {
        return Err(about_order(Code::OrderClosed, order));
    }
    let (route, revision) = (Some(before.route.clone()), Some(before.revision.clone()));
    let about = by_hand(About { route, revision, ..case.about() }, by, Some(reason));
    let what = What::OrderClosed(OrderChanged { order: order.clone() });
    done(Did::OrderClosed, None, vec![Draft { subject: Subject::Order(order.clone()), about, what }])
}
