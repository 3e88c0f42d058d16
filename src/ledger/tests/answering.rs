//! What the gate asks about orders, gauges, material and time.

use super::day::*;
use super::plant::*;
use crate::app::port::Ledger as _;
use crate::domain::event::{Event, Link};
use crate::domain::facts::{Ask, Facts};
use crate::domain::id::{DeviceId, LotId, OrderId, PartId, Revision, RouteId, StationId};
use crate::domain::time::Clock;
use crate::domain::traveller::State;

fn orders(facts: &Facts) -> Vec<&str> {
    facts.orders.iter().map(|o| o.order.as_str()).collect()
}

fn route() -> RouteId {
    RouteId::parse("pc200").unwrap()
}

#[test]
fn an_order_is_found_by_its_number_and_by_those_of_its_units() {
    let plant = Plant::new();
    let mut ledger = plant.writer();
    let many: Vec<Draft> = (0..60)
        .map(|n| order_opened(&format!("WO-{n}"), Some(&format!("A{:04}..A{:04}", n * 10, n * 10 + 9))))
        .collect();
    act(&mut ledger, &many);
    act(&mut ledger, &[order_opened("LONG", Some("A00000..A09999")), order_opened("PLAIN", None)]);
    act(&mut ledger, &[order_closed("WO-7"), order_opened("AGAIN", Some("A0075..A0079"))]);
    let mut of = |name: &str| -> Vec<String> {
        let facts = ask(&mut ledger, &Ask::OrderFor(route(), unit(name)));
        orders(&facts).into_iter().map(str::to_owned).collect()
    };
    assert_eq!(of("A0042"), ["WO-4"]);
    assert_eq!((of("A0599"), of("A0600"), of("B0042")), (vec!["WO-59".to_owned()], vec![], vec![]));
    assert_eq!(of("A00042"), ["LONG"], "a number of another form is another number");
    assert_eq!(of("A0074"), ["WO-7"], "a closed order is told where no other is open");
    assert_eq!(of("A0075"), ["AGAIN", "WO-7"]);
    let other = RouteId::parse("other").unwrap();
    assert!(ask(&mut ledger, &Ask::OrderFor(other, unit("A0042"))).orders.is_empty());
    let overlaps = ask(&mut ledger, &Ask::Overlaps("A0068..A0080".parse().unwrap()));
    assert_eq!(orders(&overlaps), ["WO-6", "AGAIN", "WO-8"]);
    assert!(ask(&mut ledger, &Ask::Overlaps("A0600..A0700".parse().unwrap())).orders.is_empty());
    let plain = ask(&mut ledger, &Ask::Order(OrderId::parse("PLAIN").unwrap()));
    assert_eq!((plain.orders[0].quantity, plain.orders[0].closed), (10, false));
    act(&mut ledger, &[started_under("A0042", "WO-4"), started("A0043")]);
    let counted = ask(&mut ledger, &Ask::Order(OrderId::parse("WO-4").unwrap()));
    assert_eq!(counted.orders[0].started, 1);
}

#[test]
fn what_was_appended_in_the_same_action_is_answered_too() {
    let plant = Plant::new();
    let mut ledger = plant.writer();
    ledger.begin().unwrap();
    append(&mut ledger, &[order_opened("WO-1", Some("U1..U9"))]);
    append(&mut ledger, &[lot_received_until("L-1", 5, "2027-01-31"), lot_received_until("L-2", 5, "2027-03-31")]);
    let mut facts = Facts::default();
    ledger.answer(&Ask::OrderFor(route(), unit("U5")), &mut facts).unwrap();
    let part = PartId::parse("GSK-4410").unwrap();
    let from = "2026-12-01".parse().unwrap();
    ledger.answer(&Ask::Earlier { part, lot: LotId::parse("L-2").unwrap(), from }, &mut facts).unwrap();
    assert_eq!(
        (orders(&facts), facts.earlier.as_ref().map(|l| l.lot.to_string())),
        (vec!["WO-1"], Some("L-1".to_owned()))
    );
    ledger.rollback();
    assert!(ask(&mut ledger, &Ask::OrderFor(route(), unit("U5"))).orders.is_empty());
}

#[test]
fn the_lot_that_expires_first_among_those_that_may_be_used() {
    let plant = Plant::new();
    let mut ledger = plant.writer();
    act(&mut ledger, &[lot_received("NONE", 5), lot_received_until("MAY", 5, "2027-05-31")]);
    act(&mut ledger, &[lot_received_until("GONE", 5, "2026-12-31"), lot_received_until("USED", 5, "2027-01-31")]);
    act(&mut ledger, &[lot_received_until("HELD", 5, "2027-02-28"), lot_received_until("APRIL", 5, "2027-04-30")]);
    act(&mut ledger, &[lot_held("HELD"), started("U1"), lot_in("U1", "USED", 5)]);
    let part = PartId::parse("GSK-4410").unwrap();
    let mut before = |lot: &str, from: &str| {
        let ask_it = Ask::Earlier { part: part.clone(), lot: LotId::parse(lot).unwrap(), from: from.parse().unwrap() };
        ask(&mut ledger, &ask_it).earlier.map(|l| l.lot.to_string())
    };
    assert_eq!(before("MAY", "2027-01-01"), Some("APRIL".to_owned()));
    assert_eq!(before("NONE", "2027-05-01"), Some("MAY".to_owned()), "what never expires comes last");
    assert_eq!(before("MAY", "2026-12-31"), Some("GONE".to_owned()), "the last day counts");
    assert_eq!((before("APRIL", "2027-01-01"), before("UNKNOWN", "2027-01-01")), (None, None));
}

#[test]
fn gauges_samplings_and_routes() {
    let plant = Plant::new();
    let mut ledger = plant.writer();
    busy_day(&mut ledger);
    let gauge = ask(&mut ledger, &Ask::Gauge(DeviceId::parse("TQ-2").unwrap())).gauges;
    assert_eq!((gauge[0].kind.as_str(), gauge[0].standing.word()), ("torque", "out-of-tolerance"));
    assert!(ask(&mut ledger, &Ask::Gauge(DeviceId::parse("TQ-3").unwrap())).gauges.is_empty());
    act(&mut ledger, &[started("U5"), drawn("U5", false)]);
    let sampling = ask(&mut ledger, &Ask::Sampling(route(), step("20"))).samplings;
    assert_eq!((sampling.len(), sampling[0].since), (1, 1));
    assert!(ask(&mut ledger, &Ask::Sampling(route(), step("30"))).samplings.is_empty());
    let withdrawn = ask(&mut ledger, &Ask::Route(route(), Revision::parse("B").unwrap())).routes;
    assert!(withdrawn[0].release.withdrawn && withdrawn[0].route.is_some());
    assert!(ask(&mut ledger, &Ask::Route(route(), Revision::parse("Z").unwrap())).routes.is_empty());
}

#[test]
fn the_route_that_uses_a_part_and_the_one_that_loads_it() {
    let plant = Plant::new();
    let mut ledger = plant.writer();
    let of = |facts: Facts| -> Vec<String> { facts.routes.iter().map(|r| r.release.revision.to_string()).collect() };
    let gtin = "09506000134352";
    act(
        &mut ledger,
        &[route_released("pc200", "A", "U.*"), route_released("pc200", "B", &format!("V.* {gtin} SCR ALT"))],
    );
    act(&mut ledger, &[route_released("pc200", "C", &format!("W.* {gtin} SCR ALT"))]);
    let part = |name: &str| PartId::parse(name).unwrap();
    let class = |name: &str| StationId::parse(name).unwrap();
    assert_eq!(of(ask(&mut ledger, &Ask::Uses(part("SCR")))), ["C"]);
    assert!(of(ask(&mut ledger, &Ask::Uses(part("OTHER")))).is_empty());
    assert_eq!(of(ask(&mut ledger, &Ask::Loads(class("assembly"), part("SCR")))), ["C"]);
    assert_eq!(of(ask(&mut ledger, &Ask::Loads(class("assembly"), part("ALT")))), ["C"], "an alternate is taken");
    assert!(of(ask(&mut ledger, &Ask::Loads(class("test"), part("SCR")))).is_empty(), "not at that station");
    act(&mut ledger, &[route_withdrawn("pc200", "C")]);
    assert_eq!(of(ask(&mut ledger, &Ask::Uses(part("SCR")))), ["B"]);
    act(&mut ledger, &[route_withdrawn("pc200", "B")]);
    assert!(of(ask(&mut ledger, &Ask::Uses(part("SCR")))).is_empty(), "a withdrawn route begins nothing");
}

#[test]
fn who_has_a_unit_and_who_has_that_one() {
    let plant = Plant::new();
    let mut ledger = plant.writer();
    act(&mut ledger, &[started("B1"), started("P1"), started("R1"), serial_in("P1", "B1"), serial_in("R1", "P1")]);
    let told = |facts: &Facts| -> Vec<String> {
        let name = |c: &crate::domain::facts::Component| {
            format!("{} in {}", c.serial, c.in_unit.as_ref().map_or("none", |u| u.as_str()))
        };
        facts.components.iter().map(name).collect()
    };
    assert_eq!(told(&ask(&mut ledger, &Ask::Holders(unit("B1")))), ["B1 in P1", "P1 in R1"]);
    assert!(ask(&mut ledger, &Ask::Holders(unit("R1"))).components.is_empty());
    act(&mut ledger, &[serial_in("B1", "R1")]);
    assert_eq!(told(&ask(&mut ledger, &Ask::Holders(unit("B1")))), ["B1 in P1", "P1 in R1", "R1 in B1"]);
}

#[test]
fn the_newest_moment_that_can_be_trusted() {
    let plant = Plant::new();
    let mut ledger = plant.writer();
    assert_eq!(ask(&mut ledger, &Ask::Newest).newest.unwrap().event, Link::Here(1));
    act(&mut ledger, &[started("U1")]);
    ledger.begin().unwrap();
    let mut doubtful: Vec<Event> = events(&ledger.head().unwrap(), &[opened("U1"), checked("U1", "2.20", true)]);
    for event in &mut doubtful {
        event.stamp.clock = Clock::Doubt;
    }
    ledger.append(&doubtful).unwrap();
    ledger.commit().unwrap();
    let newest = ask(&mut ledger, &Ask::Newest).newest.unwrap();
    assert_eq!((newest.event, newest.at), (Link::Here(2), doubtful[0].stamp.at.plus(-60_000_000)));
    drop(ledger);
    let mut ledger = plant.writer();
    assert_eq!(ask(&mut ledger, &Ask::Newest).newest.unwrap().event, Link::Here(2));
    act(&mut ledger, &[opened("U1")]);
    assert_eq!(ask(&mut ledger, &Ask::Newest).newest.unwrap().event, Link::Here(5));
    ledger.begin().unwrap();
    append(&mut ledger, &[opened("U1")]);
    ledger.rollback();
    assert_eq!(ask(&mut ledger, &Ask::Newest).newest.unwrap().event, Link::Here(5));
}

#[test]
fn a_standing_is_read_without_the_history_and_is_the_same() {
    let plant = Plant::new();
    let mut ledger = plant.writer();
    busy_day(&mut ledger);
    let stand = |name| Ask::Stand { unit: unit(name), of: "L-7".to_owned() };
    for name in ["U1", "U2", "U3", "U4"] {
        let remembered = ask(&mut ledger, &stand(name)).stands;
        let read = ask(&mut plant.writer(), &stand(name)).stands;
        assert_eq!((remembered.len(), &remembered), (1, &read), "{name}");
    }
    let first = &ask(&mut ledger, &stand("U1")).stands[0];
    assert_eq!((first.state, first.held, first.held_of), (State::Held, true, false));
    assert_eq!(ask(&mut ledger, &stand("U4")).stands[0].order, OrderId::parse("WO-1").ok());
    assert!(ask(&mut ledger, &stand("NONE")).stands.is_empty());
    // What the same action did counts, before any row of it is written.
    ledger.begin().unwrap();
    append(&mut ledger, &[held("U3", "leak")]);
    let mut facts = Facts::default();
    ledger.answer(&stand("U3"), &mut facts).unwrap();
    assert_eq!((facts.stands[0].state, facts.stands[0].held), (State::Dispatched, true));
    ledger.rollback();
}
