//! Packing and dispatch at the terminal: a scan for each thing, and hardly a key.

use traveller::domain::command::Command;
use traveller::domain::packing::Packing;

use super::plant::{Plant, Post};
use super::screens::same;

const CARTON: &str = "]C100306141410000001003";
const ANOTHER: &str = "]C100306141410000001010";

/// A plant with so many soaps that are tested, and a brush.
fn plant(soaps: usize) -> Plant {
    let plant = Plant::new();
    for route in ["soap", "brush"] {
        plant.release(&format!("tests/scenarios/routes/{route}.toml"));
    }
    let mut test = plant.manned("test");
    for unit in (1..=soaps).map(|n| format!("SO00000{n}")).chain(["BR000001".to_owned()]) {
        test.scan(unit.as_bytes());
        test.enter("1");
        test.esc();
    }
    plant
}

pub(super) fn opened(plant: &Plant) {
    let (shipment, customer) = ("LS-1".parse().unwrap(), "Drogerie".to_owned());
    plant.done(&Command::Pack(Packing::OpenShipment { shipment, customer, by: "LEAD".parse().unwrap() }));
}

fn scans(post: &mut Post, labels: &[&str]) -> usize {
    for label in labels {
        post.scan(label.as_bytes());
    }
    labels.len()
}

#[test]
fn a_carton_of_three_takes_five_scans_and_no_key() {
    let plant = plant(4);
    let mut post = plant.manned("packing");
    let count = scans(&mut post, &[CARTON, "SO000001", "SO000002"]);
    assert_eq!((post.answer(), post.screen()), ("unit-packed", "carton"));
    same("carton", &post.model);
    let count = count + scans(&mut post, &["SO000003"]);
    same("carton-full", &post.model);
    let count = count + scans(&mut post, &[CARTON]);
    assert_eq!((post.answer(), post.screen(), count), ("carton-closed", "ready", 5));
}

#[test]
fn the_wrong_label_stops_and_the_last_unit_comes_out_again() {
    let plant = plant(2);
    let mut post = plant.manned("packing");
    post.scan(b"SO000001");
    assert_eq!((post.answer(), post.screen()), ("carton-missing", "stopped"));
    post.esc();
    scans(&mut post, &[CARTON, "SO000001"]);
    post.scan(ANOTHER.as_bytes());
    assert_eq!((post.answer(), post.screen()), ("wrong-carton", "stopped"));
    same("carton-wrong", &post.model);
    post.esc();
    post.scan(b"SO000002");
    post.f(7);
    assert_eq!(post.question(), Some("reason"));
    post.enter("1");
    assert_eq!((post.answer(), post.screen()), ("unit-unpacked", "carton"));
    post.f(7);
    assert_eq!(post.question(), None, "only what was packed last, and only once");
    post.scan(CARTON.as_bytes());
    assert_eq!((post.answer(), post.screen()), ("carton-not-full", "carton"), "count them first");
    same("carton-not-full", &post.model);
    post.scan(CARTON.as_bytes());
    assert_eq!((post.answer(), post.screen()), ("carton-closed", "ready"));
}

#[test]
fn a_number_of_the_house_is_one_key_and_put_aside_is_one() {
    let plant = plant(1);
    let mut post = plant.manned("packing");
    post.f(3);
    assert_eq!(post.screen(), "ready", "no company prefix is known");
    post.model.settings.cartons = "30614141".parse().ok();
    post.f(3);
    assert_eq!((post.answer(), post.screen()), ("carton-begun", "carton"));
    post.f(2);
    assert_eq!((post.answer(), post.screen()), ("put-aside", "ready"));
}

#[test]
fn a_shipment_takes_a_scan_for_each_thing_and_one_key() {
    let plant = plant(3);
    opened(&plant);
    scans(&mut plant.manned("packing"), &[CARTON, "SO000001", "SO000002", "SO000003", CARTON]);
    let mut post = plant.manned("gate");
    let count = scans(&mut post, &["LS-1", CARTON, "BR000001"]);
    assert_eq!((post.answer(), post.screen(), count), ("unit-loaded", "shipment", 3));
    same("shipment", &post.model);
    plant.hold("SO000002", "supplier letter");
    post.f(2);
    assert_eq!((post.answer(), post.screen()), ("on-hold", "stopped"));
    same("shipment-held", &post.model);
    post.esc();
    let mut again = plant.manned("gate");
    assert_eq!(again.screen(), "ready", "whoever comes next scans the shipment anew");
    again.scan(b"LS-1");
    again.f(3);
    assert_eq!((again.answer(), again.screen()), ("put-aside", "ready"));
}
