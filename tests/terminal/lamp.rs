//! A plant that makes lamps by the rules of a route: under an order, with loaded screws, glue that expires, a gauge,
//! and a step that only who is qualified does alone.

use traveller::app::settlement::Settlement;
use traveller::app::shelf::{Look, Seen, Shelf};
use traveller::domain::command::Command;
use traveller::domain::what::Qualification;

use super::plant::{Plant, Post};
use super::screens::same;

/// The lamp that is made.
pub(super) const LAMP: &str = "LM0001";
/// A supplier's label: ISO/IEC 15434 with part, lot, quantity, last day and supplier.
pub(super) const LABEL: &str = "[)>\u{1e}06\u{1d}1PS-4X12\u{1d}1TSC-9\u{1d}Q500\u{1d}14D20280331\u{1d}VACME\u{1e}\u{4}";

/// A plant that makes lamps under an order.
pub(super) fn plant() -> Plant {
    let plant = Plant::new();
    plant.release("tests/terminal/routes/lamp.toml");
    for (lot, part, quantity, expires) in [
        ("SC-1", "SCREW", 6, None),
        ("SC-2", "SCREW", 500, None),
        ("GL-1", "GLUE", 20, Some("2027-01-31")),
        ("GL-2", "GLUE", 20, Some("2027-06-30")),
        ("GL-0", "GLUE", 20, Some("2026-11-22")),
        ("WI-1", "WIRE", 20, None),
    ] {
        plant.receive(lot, part, quantity, expires);
    }
    let lead = || "LEAD".parse().unwrap();
    for (order, quantity, variant) in [("88120", 40, "STD"), ("88121", 2, "EX")] {
        plant.done(&Command::OpenOrder {
            order: order.parse().unwrap(),
            route: "lamp".parse().unwrap(),
            revision: "A".parse().unwrap(),
            variant: Some(variant.to_owned()),
            quantity,
            serials: None,
            customer: None,
            purpose: None,
            by: lead(),
        });
    }
    for (gauge, due) in [("TQ-1", "2027-05-31"), ("TQ-2", "2026-10-31")] {
        let (gauge, kind, due) = (gauge.parse().unwrap(), "torque".to_owned(), due.parse().unwrap());
        plant.done(&Command::RegisterGauge { gauge, kind, due, by: lead() });
    }
    for (badge, supervised) in [("OP-1", false), ("OP-2", true)] {
        let held = Qualification { name: "torque-m4".to_owned(), until: "2028-01-01".parse().unwrap(), supervised };
        plant.done(&Command::Qualify { badge: badge.parse().unwrap(), qualifications: vec![held], by: lead() });
    }
    plant
}

/// A lamp that left the kit.
pub(super) fn kitted(plant: &Plant) -> Post {
    plant.manned("kit").all(&["88120", LAMP, "1"]);
    plant.manned("bench")
}

/// A lamp that was engraved before it is built, which the route leaves open.
pub(super) fn engraved(plant: &Plant) -> Post {
    drop(kitted(plant));
    plant.manned("laser").all(&[LAMP, "1"]);
    plant.manned("bench")
}

/// A lamp that is wired, at the bench with everything that mounting takes.
pub(super) fn wired(plant: &Plant) -> Post {
    let mut post = engraved(plant);
    post.all(&["SC-2", "TQ-1", LAMP, "GL-1", "WI-1", "1"]);
    assert_eq!((post.screen(), post.answer()), ("step", "step-passed"));
    post
}

/// Answers that the gate really gave at these screens.
pub(super) fn answers() -> Vec<Settlement> {
    let plant = plant();
    let mut post = wired(&plant);
    post.all(&["2.20", "2.21"]);
    post.f(2);
    let mut trainee = plant.post("bench", false);
    trainee.all(&["OP-2", "TQ-1"]);
    post.settled.append(&mut trainee.settled);
    post.settled
}

/// What a station of that plant could choose.
pub(super) fn shelf() -> Shelf {
    let mut post = plant().manned("bench");
    let Seen::Shelf(shelf) = post.look(Look::Shelf) else { unreachable!() };
    *shelf
}

/// The same screen in German.
pub(super) fn german(name: &str, post: &mut Post) {
    post.model.lang = post.model.lang.other();
    same(name, &post.model);
    post.model.lang = post.model.lang.other();
}
