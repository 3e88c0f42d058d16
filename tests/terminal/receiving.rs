//! Material comes in: by the supplier's label, and what that does not say is asked for.

use traveller::app::model::Band;

use super::lamp::{LABEL, german, plant};
use super::screens::same;

/// A supplier's label by GS1: the glue, with lot and last day, and no quantity.
const GLUE_LABEL: &str = "]d201095210000001311728043010GL-7";

#[test]
fn a_lot_is_received_by_its_label() {
    let mut post = plant().manned("kit");
    post.f(2);
    post.enter("4");
    assert_eq!(post.question(), Some("receive-part"));
    same("receive-part", &post.model);
    german("receive-part-de", &mut post);
    post.scan(LABEL.as_bytes());
    assert_eq!(post.question(), Some("receive-confirm"), "the label says all of it");
    same("receive-confirm", &post.model);
    german("receive-confirm-de", &mut post);
    post.enter("1");
    assert_eq!((post.answer(), post.question()), ("lot-received", Some("receive-part")));
    same("receive-again", &post.model);
    post.scan(LABEL.as_bytes());
    post.enter("1");
    assert_eq!((post.answer(), post.screen()), ("duplicate-serial", "stopped"));
    post.esc();
    assert_eq!(post.question(), Some("receive-part"), "the next lot follows");
    post.esc();
    assert_eq!((post.screen(), post.question()), ("ready", None));
}

#[test]
fn what_a_label_does_not_say_is_asked_for() {
    let mut post = plant().manned("kit");
    post.f(2);
    post.enter("4");
    post.scan(GLUE_LABEL.as_bytes());
    assert_eq!(post.question(), Some("receive-quantity"));
    same("receive-quantity", &post.model);
    for bad in ["0", "-3", "9999999999", "many"] {
        let before = post.settled.len();
        post.enter(bad);
        assert_eq!((post.question(), post.settled.len()), (Some("receive-quantity"), before), "{bad}");
        assert!(matches!(post.model.band, Band::Note(_)), "{bad}");
    }
    same("receive-quantity-bad", &post.model);
    post.enter("250");
    assert_eq!(post.question(), Some("receive-confirm"));
    post.enter("2");
    assert_eq!(post.question(), Some("receive-part"), "begun again");
}

#[test]
fn a_lot_without_a_label_is_typed() {
    let mut post = plant().manned("kit");
    post.f(2);
    post.enter("4");
    let screw = post.model.question().unwrap().choices().iter().position(|c| c.code == "SCREW").unwrap() + 1;
    post.enter(&screw.to_string());
    assert_eq!(post.question(), Some("receive-lot"));
    same("receive-lot", &post.model);
    post.enter("L-77");
    post.enter("500");
    assert_eq!(post.question(), Some("receive-last-day"));
    post.enter("31.03.2027");
    assert!(matches!(post.model.band, Band::Note(_)));
    same("receive-last-day", &post.model);
    post.enter("2026-11-01");
    same("receive-over", &post.model);
    post.esc();
    assert_eq!(post.question(), Some("receive-last-day"), "Esc asks the one before again");
    post.enter("0");
    post.enter("1");
    assert_eq!(post.answer(), "lot-received");
}

#[test]
fn a_label_of_another_part_is_refused_on_record() {
    let mut post = plant().manned("kit");
    post.f(2);
    post.enter("4");
    let wire = post.model.question().unwrap().choices().iter().position(|c| c.code == "WIRE").unwrap() + 1;
    post.enter(&wire.to_string());
    post.scan(LABEL.as_bytes());
    post.enter("1");
    assert_eq!((post.answer(), post.screen()), ("wrong-part", "stopped"));
    same("receive-wrong-part", &post.model);
}

#[test]
fn a_badge_or_a_damaged_label_counts_while_lots_are_received() {
    let mut post = plant().manned("kit");
    post.f(2);
    post.enter("4");
    post.scan(b"]d2010952100000013217");
    assert_eq!((post.answer(), post.question()), ("misread", Some("receive-part")));
    post.scan(b"OP-2");
    assert_eq!((post.answer(), post.question()), ("signed-on", None));
    post.enter("88120");
    assert_eq!(post.question(), None, "receiving ended with the other operator");
}
