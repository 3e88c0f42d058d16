//! What an operator does every day, counted for the card.

use super::card::on_card;
use super::hands::{Hands, cost, hands};
use super::lamp;
use super::plant::{PIN, Plant};

const PUMP: &str = "PC226-000417";

/// Counts one flow: what is done, and the answer that ends it.
fn flow(at: &mut Hands<'_>, name: &str, typed: &[&str], answer: &str, does: impl FnOnce(&mut Hands<'_>)) {
    at.cost = cost(0, 0);
    does(at);
    assert_eq!(at.post.answer(), answer, "{name}");
    on_card(name, &at.cost, typed);
}

#[test]
fn a_day_at_a_station_costs_what_the_card_says() {
    let plant = Plant::new();
    plant.working("receiving", PUMP).all(&["1", "1"]);
    let mut post = plant.post("assembly", true);
    let mut at = hands(&mut post);
    flow(&mut at, "begin work", &[PIN], "signed-on", |at| {
        at.scan("OP-1");
        at.line(PIN);
    });
    flow(&mut at, "take up a unit", &[], "unit-opened", |at| at.scan(PUMP));
    flow(&mut at, "bring a part, a lot, a gauge", &[], "material-installed", |at| at.scan("B0004170"));
    flow(&mut at, "take back your own last entry", &[], "voided", |at| {
        at.f(7);
        at.line("2");
    });
    at.post.all(&["B0004171", "SCR-1"]);
    flow(&mut at, "answer a check that is confirmed", &[], "step-passed", |at| at.line("1"));
    at.post.all(&["GSK-1", "SCR-1"]);
    flow(&mut at, "answer a check with a number", &["2.20"], "check-recorded", |at| at.line("2.20"));
    flow(&mut at, "put it on hold", &[], "unit-held", |at| {
        at.f(4);
        at.line("1");
    });
    at.cost = cost(0, 0);
    at.f(5);
    on_card("see the last answer again, or the record", &at.cost, &[]);
    at.post.f(5);
    at.cost = cost(0, 0);
    at.f(10);
    on_card("change the language", &at.cost, &[]);
    at.f(10);
    flow(&mut at, "put the unit down, or leave", &[], "signed-off", |at| at.f(12));
}

#[test]
fn a_step_that_waits_is_passed_or_failed_with_few_keys() {
    let plant = Plant::new();
    plant.release("tests/scenarios/routes/seal.toml");
    plant.receive("WX-1", "WAX", 100, None);
    plant.manned("kit").all(&["SC0001", "RG001"]);
    plant.manned("test").all(&["SC0001", "1"]);
    let mut post = plant.manned("oven");
    post.all(&["WX-1", "SC0001", "IN-1", PIN]);
    let mut at = hands(&mut post);
    flow(&mut at, "pass a step that waits", &[], "unit-completed", |at| at.f(2));
    let plant = Plant::new();
    let mut post = plant.working("receiving", PUMP);
    let mut at = hands(&mut post);
    flow(&mut at, "say that it failed", &[], "step-failed", |at| {
        at.f(3);
        at.line("1");
    });
}

#[test]
fn pieces_of_a_batch_are_moved_with_few_keys() {
    let plant = Plant::new();
    plant.release("tests/scenarios/routes/washer.toml");
    plant.receive("ST-1", "STEEL", 1_000, None);
    let mut post = plant.manned("press");
    let mut at = hands(&mut post);
    flow(&mut at, "begin a batch", &["40"], "unit-opened", |at| {
        at.scan("BW0001");
        at.line("40");
    });
    flow(&mut at, "split a batch", &["15"], "batch-split", |at| {
        at.f(3);
        at.line("3");
        at.line("15");
        at.scan("BW0003");
    });
    flow(&mut at, "merge a batch into the one in hand", &[], "batch-merged", |at| {
        at.f(3);
        at.line("4");
        at.scan("BW0003");
    });
    at.post.scan(b"ST-1");
    flow(&mut at, "put aside pieces that failed", &["4"], "pieces-rejected", |at| {
        at.f(3);
        at.line("1");
        at.line("4");
        at.line("1");
        at.scan("BW0002");
    });
}

#[test]
fn a_load_is_begun_and_ended_with_a_key_each() {
    let plant = Plant::new();
    plant.release("tests/scenarios/routes/bead.toml");
    plant.manned("bench").all(&["BD0001", "1", "BD0002", "1"]);
    let mut post = plant.manned("oven");
    let mut at = hands(&mut post);
    flow(&mut at, "put a unit into the load", &[], "load-entered", |at| at.scan("BD0001"));
    flow(&mut at, "begin the load, or end it", &[], "load-begun", |at| at.f(2));
    plant.later(31);
    at.post.enter("120");
    flow(&mut at, "begin the load, or end it", &[], "load-ended", |at| at.f(2));
}

#[test]
fn a_carton_and_a_shipment_are_scanned_and_nothing_else() {
    let plant = Plant::new();
    plant.release("tests/scenarios/routes/soap.toml");
    let mut test = plant.manned("test");
    for unit in ["SO000001", "SO000002", "SO000003"] {
        test.scan(unit.as_bytes());
        test.enter("1");
        test.esc();
    }
    let carton = "]C100306141410000001003";
    let mut post = plant.manned("packing");
    let mut at = hands(&mut post);
    flow(&mut at, "pack a carton of three", &[], "carton-closed", |at| {
        for label in [carton, "SO000001", "SO000002", "SO000003", carton] {
            at.scan(label);
        }
    });
    super::packing::opened(&plant);
    let mut post = plant.manned("gate");
    let mut at = hands(&mut post);
    flow(&mut at, "load a carton, and dispatch", &[], "shipment-dispatched", |at| {
        at.scan("LS-1");
        at.scan(carton);
        at.f(2);
    });
}

#[test]
fn a_lot_comes_in_by_its_label() {
    let mut post = lamp::plant().manned("kit");
    let mut at = hands(&mut post);
    flow(&mut at, "receive a lot", &[], "lot-received", |at| {
        at.f(2);
        at.line("4");
        at.scan(lamp::LABEL);
        at.line("1");
    });
}
