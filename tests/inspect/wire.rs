//! What looking costs on a slow line: the first screen, a key, a page, an idle minute.

use ratatui::layout::Size;
use traveller::app::msg::Key;
use traveller::ui::inspect::view;
use traveller::ui::sheet::Sheet;
use traveller::ui::theme::Theme;

use super::looker::Looker;
use super::screen::demo;
use crate::support::session::Session;

/// The first frame.
const FIRST_MOST: usize = 4_000;
/// A row or half a page more.
const SCROLL_MOST: usize = 1_000;
/// An idle minute: the clock.
const MINUTE_MOST: usize = 200;

/// A terminal's end of the wire that only counts.
struct Wire {
    sheet: Sheet<Vec<u8>>,
    sent: usize,
}

impl Wire {
    fn new() -> Self {
        Self { sheet: Sheet::new(Vec::new(), Size { width: 80, height: 24 }), sent: 0 }
    }

    /// Bytes of the next frame.
    fn frame(&mut self, looker: &Looker) -> usize {
        self.sheet.draw(|buffer| view(&looker.model, Theme::colour16(), buffer)).unwrap();
        let all = self.sheet.sent().len();
        all - std::mem::replace(&mut self.sent, all)
    }
}

#[test]
fn each_frame_stays_within_its_bytes() {
    let dir = tempfile::tempdir().unwrap();
    let ledger = demo(dir.path());
    for line in ["", "PC226-000001", "op:OP-2001 ", "since:30d ", "code:on-hold ", "L2611-00005", "OVEN-1-1"] {
        let mut looker = Looker::at(&ledger, line);
        let mut wire = Wire::new();
        let first = wire.frame(&looker);
        assert!((500..=FIRST_MOST).contains(&first), "{line}: the first frame has {first} bytes");
        assert_eq!(wire.frame(&looker), 0, "nothing costs nothing");
        looker.key(Key::Down);
        for (key, times) in [(Key::Down, 30), (Key::Up, 30), (Key::PageDown, 6), (Key::PageUp, 6)] {
            for n in 0..times {
                looker.key(key);
                let bytes = wire.frame(&looker);
                assert!(bytes <= SCROLL_MOST, "{line}: {key:?} {n}: {bytes} bytes");
            }
        }
        looker.model.time = "22:01".to_owned();
        let minute = wire.frame(&looker);
        assert!((1..=MINUTE_MOST).contains(&minute), "{line}: a minute has {minute} bytes");
    }
}

#[test]
fn a_typed_character_costs_little() {
    let dir = tempfile::tempdir().unwrap();
    let mut looker = Looker::at(&demo(dir.path()), "");
    let mut wire = Wire::new();
    wire.frame(&looker);
    for c in "PC226-000001".chars() {
        looker.key(Key::Char(c));
        let bytes = wire.frame(&looker);
        assert!(bytes <= 1_800, "{c}: {bytes} bytes");
    }
}

#[test]
fn the_program_itself_sends_no_more() {
    let dir = tempfile::tempdir().unwrap();
    let mut session = Session::traveller(&demo(dir.path()), &["inspect", "op:OP-2001"]);
    session.wait_for("events searched");
    let first = session.at_rest();
    assert!(first <= FIRST_MOST, "{first} bytes until the first screen is whole");
    session.keys("\x1b[B\x1b[B");
    session.at_rest();
    let mut before = session.at_rest();
    for key in ["\x1b[B", "\x1b[6~", "\x1b[6~", "\x1b[5~", "j", "k"] {
        session.keys(key);
        let after = session.at_rest();
        assert!(after - before <= SCROLL_MOST, "{key:?}: {} bytes", after - before);
        before = after;
    }
}
