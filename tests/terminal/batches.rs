//! Batches at the screen: counted, rejected, split and merged, each with few keys and one scan.

use traveller::app::model::Band;
use traveller::app::offer::{Act, offers};

use super::plant::{Plant, Post};
use super::screens::same;

fn plant() -> Plant {
    let plant = Plant::new();
    plant.release("tests/scenarios/routes/washer.toml");
    for (lot, part) in [("ST-1", "STEEL"), ("GR-1", "GREASE")] {
        plant.receive(lot, part, 1_000, None);
    }
    plant
}

/// Somebody at the press with a new batch of forty.
fn pressing(plant: &Plant) -> Post {
    let mut post = plant.manned("press");
    post.scan(b"BW0001");
    assert_eq!(post.answer(), "confirm-start");
    post.enter("40");
    assert_eq!(post.answer(), "unit-opened");
    post
}

/// What F3 does now.
fn third_key(post: &Post) -> Option<Act> {
    offers(&post.model).into_iter().find(|o| o.key == Some(3)).map(|o| o.act)
}

#[test]
fn a_new_batch_is_counted_with_one_scan_and_one_number() {
    let plant = plant();
    let mut post = plant.manned("press");
    post.scan(b"BW0001");
    same("batch-new", &post.model);
    post.enter("0");
    assert_ne!(post.answer(), "unit-opened", "a batch has pieces");
    post.scan(b"BW0001");
    post.enter("40");
    assert_eq!(post.answer(), "unit-opened");
    same("batch-open", &post.model);
    assert_eq!(third_key(&post), Some(Act::Pieces));
}

#[test]
fn pieces_that_failed_are_put_aside_with_a_key_three_numbers_and_a_scan() {
    let plant = plant();
    let mut post = pressing(&plant);
    post.scan(b"ST-1");
    post.f(3);
    assert_eq!(post.question(), Some("pieces"));
    same("pieces", &post.model);
    post.enter("7");
    assert!(matches!(post.model.band, Band::Note(_)), "there is no seventh");
    post.enter("1");
    assert_eq!(post.question(), Some("pieces-count"));
    post.enter("none");
    assert!(matches!(post.model.band, Band::Note(_)), "it is a number");
    post.enter("4");
    same("pieces-defect", &post.model);
    post.enter("1");
    assert_eq!(post.question(), Some("pieces-label"));
    same("pieces-label", &post.model);
    post.scan(b"BW0002");
    assert_eq!(post.answer(), "pieces-rejected");
    let open = post.model.desk.open.as_ref().and_then(|w| w.traveller.pieces());
    assert_eq!(open, Some(36), "the others stay in hand");
    post.enter("1");
    assert_eq!(post.answer(), "step-passed");
    // Esc leads back, one question at a time.
    post.f(3);
    post.enter("3");
    post.enter("5");
    post.esc();
    assert_eq!(post.question(), Some("pieces-count"));
    post.esc();
    post.esc();
    assert_eq!(post.question(), None);
}

#[test]
fn a_batch_is_split_with_a_key_two_numbers_and_a_scan_and_merged_with_one_number_less() {
    let plant = plant();
    let mut post = pressing(&plant);
    post.f(3);
    post.enter("3");
    post.enter("40");
    post.scan(b"BW0002");
    assert_eq!((post.answer(), post.screen()), ("too-many", "stopped"));
    same("pieces-too-many", &post.model);
    post.esc();
    post.f(3);
    post.enter("3");
    post.enter("15");
    post.scan(b"BW0002");
    assert_eq!(post.answer(), "batch-split");
    post.f(3);
    post.enter("4");
    post.scan(b"BW0002");
    assert_eq!(post.answer(), "batch-merged");
    assert_eq!(post.model.desk.open.as_ref().and_then(|w| w.traveller.pieces()), Some(40));
}

#[test]
fn a_batch_of_which_all_failed_fails_as_one() {
    let plant = plant();
    let mut post = pressing(&plant);
    post.f(3);
    post.enter("2");
    post.enter("1");
    assert_eq!(post.answer(), "step-failed");
}
