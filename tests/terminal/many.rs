//! Many at once at the screen: several units open in nests, and a load that begins and ends for all of its units.

use traveller::app::msg::Key;

use super::plant::{Plant, Post};
use super::screens::same;

/// A plant that makes coils in a fixture with nests, and cures beads in loads.
fn plant() -> Plant {
    let plant = Plant::new();
    plant.release("tests/scenarios/routes/coil.toml");
    plant.release("tests/scenarios/routes/bead.toml");
    plant
}

/// Scans and keys that a flow took: what is typed counts by its Enter.
fn entries(post: &mut Post, lines: &[&str]) -> usize {
    post.all(lines);
    lines.len()
}

#[test]
fn three_coils_are_wound_side_by_side_each_named_by_the_screen() {
    let mut post = plant().manned("bench");
    let mut taken = entries(&mut post, &["C800001", "C800002", "C800003"]);
    assert_eq!(post.model.desk.all_open().len(), 3);
    same("nests", &post.model);
    // What is scanned or typed is said of the coil that shows: the one that was scanned last.
    taken += entries(&mut post, &["CO0003", "50"]);
    assert_eq!((post.answer(), post.last().unit.as_ref().unwrap().as_str()), ("step-passed", "C800003"));
    same("nests-passed", &post.model);
    assert_eq!(post.screen(), "step", "the next coil shows at once");
    // Its label turns to another coil, and so do the arrows; nothing of that is on record.
    taken += entries(&mut post, &["C800002", "CO0002"]);
    post.now += 1_000;
    let before = post.settled.len();
    post.key(Key::Down);
    assert_eq!((post.settled.len(), post.screen()), (before, "step"));
    post.now += 1_000;
    taken += 1 + entries(&mut post, &["CO0001", "51"]);
    assert_eq!(post.last().unit.as_ref().unwrap().as_str(), "C800001");
    taken += entries(&mut post, &["52"]);
    assert_eq!((post.answer(), post.last().unit.as_ref().unwrap().as_str()), ("step-passed", "C800002"));
    assert_eq!(post.screen(), "passed", "the last one is done");
    assert_eq!(taken, 11, "three coils: three labels, three cores, three values, and two turns");
}

#[test]
fn a_key_is_said_of_the_coil_that_shows() {
    let mut post = plant().manned("bench");
    post.all(&["C800001", "C800002"]);
    post.f(3);
    post.enter("crushed");
    assert_eq!((post.answer(), post.screen()), ("step-failed", "failed"));
    assert_eq!(post.last().unit.as_ref().unwrap().as_str(), "C800002");
    post.esc();
    assert_eq!(post.screen(), "step", "the other one goes on");
}

#[test]
fn a_load_is_filled_begun_and_ended_with_two_keys() {
    let plant = plant();
    let mut bench = plant.manned("bench");
    bench.all(&["BD0001", "1", "BD0002", "1"]);
    let mut post = plant.manned("oven");
    post.all(&["BD0001", "BD0002"]);
    assert_eq!((post.answer(), post.screen()), ("load-entered", "ready"));
    same("load", &post.model);
    post.f(2);
    assert_eq!(post.answer(), "load-begun");
    same("load-begun", &post.model);
    post.f(2);
    assert_eq!((post.answer(), post.screen()), ("too-early", "stopped"));
    same("stopped-load-too-early", &post.model);
    post.esc();
    plant.later(31);
    post.f(2);
    assert_eq!((post.answer(), post.screen()), ("check-missing", "stopped"));
    post.esc();
    post.enter("120");
    assert_eq!(post.answer(), "check-recorded");
    post.f(2);
    assert_eq!((post.answer(), post.screen()), ("load-ended", "ready"));
    same("load-ended", &post.model);
}
