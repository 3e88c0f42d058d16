//! What the terminal costs: bytes for a scan and its answer, for a change of screen, and for nothing.

use std::cell::RefCell;
use std::io::{self, Write};
use std::rc::Rc;

use ratatui::layout::Size;
use traveller::app::model::Model;
use traveller::app::msg::Key;
use traveller::app::seats::Seats;
use traveller::ui::terminal::{Screen, Sound};
use traveller::ui::theme::Theme;
use traveller::ui::view::view;

use super::pair::Pair;
use super::picture::{cells, rows};
use super::plant::{Plant, Post};

const PUMP: &str = "PC226-000417";

/// One scan and its answer on the same screen.
const SCAN_MOST: usize = 1_000;
/// A change of screen.
const CHANGE_MOST: usize = 3_200;

/// Counts bytes and writes, and keeps them.
#[derive(Clone, Default)]
struct Wire {
    bytes: Rc<RefCell<Vec<u8>>>,
    writes: Rc<RefCell<usize>>,
}

impl Write for Wire {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        *self.writes.borrow_mut() += 1;
        self.bytes.borrow_mut().extend_from_slice(bytes);
        Ok(bytes.len())
    }

    fn flush(&mut self) -> io::Result<()> {
        Ok(())
    }
}

struct Watched {
    wire: Wire,
    screen: Screen<Wire>,
}

impl Watched {
    fn new() -> Self {
        let wire = Wire::default();
        let screen = Screen::new(wire.clone(), Size { width: 80, height: 24 }, Sound::Ring).unwrap();
        Self { wire, screen }
    }

    /// Bytes of the next frame.
    fn frame(&mut self, model: &Model) -> usize {
        self.wire.bytes.borrow_mut().clear();
        self.screen.draw(|frame| view(model, &Theme::colour16(), frame)).unwrap();
        self.wire.bytes.borrow().len()
    }

    /// Bytes of the next frame of a terminal with its seats.
    fn seats(&mut self, seats: &Seats) -> usize {
        self.wire.bytes.borrow_mut().clear();
        self.screen.draw(|frame| traveller::ui::seats::view(seats, &Theme::colour16(), frame)).unwrap();
        self.wire.bytes.borrow().len()
    }

    /// Bytes of a line and its answer, drawn after each character as a slow scanner sends them.
    fn line(&mut self, post: &mut Post, text: &str) -> usize {
        let mut sum = 0;
        post.now += 1_000;
        for c in text.chars() {
            post.key(Key::Char(c));
            sum += self.frame(&post.model);
        }
        post.key(Key::Enter);
        sum += self.frame(&post.model);
        post.settle();
        sum + self.frame(&post.model)
    }
}

#[test]
fn nothing_costs_nothing() {
    let post = Plant::new().working("receiving", PUMP);
    let mut watched = Watched::new();
    assert!(watched.frame(&post.model) > 0);
    *watched.wire.writes.borrow_mut() = 0;
    for _ in 0..3 {
        assert_eq!(watched.frame(&post.model), 0);
    }
    assert_eq!(*watched.wire.writes.borrow(), 0, "not even a write");
}

#[test]
fn a_scan_and_its_answer_stay_within_a_thousand_bytes() {
    let plant = Plant::new();
    plant.working("receiving", PUMP).all(&["1", "1"]);
    let mut post = plant.working("assembly", PUMP);
    let mut watched = Watched::new();
    watched.frame(&post.model);
    for line in ["NOT-KNOWN", "LGCPSSX", "B0004170", "SCR-1", "SCR-1"] {
        let bytes = watched.line(&mut post, line);
        assert_eq!(post.screen(), "step", "{line}");
        assert!(bytes <= SCAN_MOST, "{line}: {bytes} bytes");
    }
    post.all(&["1", "GSK-1", "SCR-1"]);
    watched.frame(&post.model);
    for line in ["2.21", "2.90", "2.20", "2,2", "123"] {
        let bytes = watched.line(&mut post, line);
        assert!(bytes <= SCAN_MOST, "{line}: {bytes} bytes");
    }
    let mut post = plant.pump_at_test("PC226-000418");
    watched.frame(&post.model);
    for line in ["PC200-2.4.1", "300", "300"] {
        let bytes = watched.line(&mut post, line);
        assert_eq!(post.screen(), "step", "{line}");
        assert!(bytes <= SCAN_MOST, "{line}: {bytes} bytes");
    }
}

#[test]
fn every_change_of_screen_stays_within_its_bytes() {
    let plant = Plant::new();
    let mut watched = Watched::new();
    let mut most = 0;
    let mut go = |post: &Post, what: &str| {
        let bytes = watched.frame(&post.model);
        most = most.max(bytes);
        assert!(bytes <= CHANGE_MOST, "{what}: {bytes} bytes");
    };
    let mut post = plant.post("receiving", true);
    go(&post, "sign-on");
    for line in ["OP-1", super::plant::PIN, PUMP, PUMP, "1"] {
        post.enter(line);
        go(&post, line);
    }
    for key in [1, 6, 5, 5, 10, 3] {
        post.f(key);
        go(&post, &format!("F{key}"));
    }
    post.esc();
    post.enter("1");
    go(&post, "passed");
    let mut post = plant.manned("test");
    go(&post, "ready");
    post.enter(PUMP);
    go(&post, "stopped");
    let mut post = plant.pump_at_test("PC226-000418");
    go(&post, "step");
    post.f(3);
    post.enter("1");
    go(&post, "failed");
    post.f(9);
    go(&post, "lead");
    assert!(most > 500, "something was drawn");
}

#[test]
fn the_stations_lists_and_receiving_stay_within_their_bytes() {
    let plant = super::lamp::plant();
    let mut watched = Watched::new();
    let mut post = plant.manned("kit");
    watched.frame(&post.model);
    for line in ["1", "1", "4", super::lamp::LABEL, "1"] {
        if post.question().is_none() {
            post.f(2);
            watched.frame(&post.model);
        }
        let bytes = watched.line(&mut post, line);
        assert!(bytes <= CHANGE_MOST, "{line}: {bytes} bytes");
    }
    let mut post = super::lamp::wired(&plant);
    watched.frame(&post.model);
    for line in ["TQ-1", "SC-1", "SC-2", "2.20"] {
        let bytes = watched.line(&mut post, line);
        assert!(bytes <= SCAN_MOST, "{line}: {bytes} bytes");
    }
}

#[test]
fn what_is_sent_is_what_is_drawn() {
    let plant = Plant::new();
    plant.working("receiving", PUMP).all(&["1", "1"]);
    let mut post = plant.manned("assembly");
    let mut watched = Watched::new();
    let mut seen = vt100::Parser::new(24.try_into().unwrap(), 80.try_into().unwrap(), 0);
    for line in [PUMP, "B0004170", "PC226-000499", "", "NOT-KNOWN", "SCR-1", "1", "GSK-1"] {
        post.enter(line);
        if line.is_empty() {
            post.esc();
        }
        watched.frame(&post.model);
        seen.process(&watched.wire.bytes.borrow());
        let drawn = cells(&post.model, Theme::colour16(), (80, 24));
        for (y, row) in seen.screen().rows(0, 80).enumerate() {
            let wanted: String =
                drawn.content.chunks(80).nth(y).unwrap().iter().map(ratatui::buffer::Cell::symbol).collect();
            assert_eq!(row.trim_end(), wanted.trim_end(), "{line}, row {y}");
        }
        assert_eq!(rows(&drawn).len(), 24);
    }
}

#[test]
fn another_size_is_drawn_whole() {
    let post = Plant::new().working("receiving", PUMP);
    let mut watched = Watched::new();
    watched.frame(&post.model);
    for (width, height) in [(132, 43), (40, 12), (80, 24)] {
        watched.screen.resize(Size { width, height });
        watched.frame(&post.model);
        let mut seen = vt100::Parser::new(height.try_into().unwrap(), width.try_into().unwrap(), 0);
        seen.process(&watched.wire.bytes.borrow());
        let drawn = cells(&post.model, Theme::colour16(), (width, height));
        for (row, wanted) in seen.screen().rows(0, width).zip(rows(&drawn)) {
            assert_eq!(row.trim_end(), wanted.trim_end(), "{width}x{height}");
        }
    }
}

#[test]
fn a_frame_is_one_write() {
    let post = Plant::new().working("receiving", PUMP);
    let mut watched = Watched::new();
    *watched.wire.writes.borrow_mut() = 0;
    let bytes = watched.frame(&post.model);
    assert!(bytes > 500, "{bytes} bytes");
    assert_eq!(*watched.wire.writes.borrow(), 1);
}

#[test]
fn two_seats_cost_what_changes_at_one() {
    let plant = Plant::new();
    plant.working("receiving", PUMP).all(&["1", "1"]);
    let mut pair = Pair::new(&plant, ["receiving", "assembly"], false);
    let mut watched = Watched::new();
    let mut most = 0;
    for (scanner, label) in [
        ("left", "OP-1"),
        ("right", "OP-2"),
        ("right", PUMP),
        ("left", PUMP),
        ("right", "B0004170"),
        ("right", "SCR-1"),
    ] {
        pair.scan(scanner, label);
        let bytes = watched.seats(&pair.seats);
        most = most.max(bytes);
        assert!(bytes <= CHANGE_MOST, "{label} at {scanner}: {bytes} bytes");
    }
    assert!(most > 500, "something was drawn");
    pair.press(Key::Tab);
    let bytes = watched.seats(&pair.seats);
    assert!((1..=SCAN_MOST).contains(&bytes), "the keyboard moves for {bytes} bytes");
    assert_eq!(watched.seats(&pair.seats), 0, "nothing costs nothing");
}
