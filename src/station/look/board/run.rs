//! The board, from the first frame to the last.

use std::io::{self, Stdout};
use std::sync::Arc;
use std::sync::mpsc::sync_channel;

use ratatui::layout::Size;

use super::desk::Desk;
use super::gather::Gather;
use super::worker::Worker;
use crate::app::board::model::{Effect, Model};
use crate::app::board::trend::CheckName;
use crate::app::board::update::{Msg, update};
use crate::app::port::Fault;
use crate::app::wall::clock;
use crate::domain::time::At;
use crate::ledger::Reader;
use crate::station::clock::StationClock;
use crate::station::config::Settings;
use crate::station::look::dead_man::DeadMan;
use crate::station::look::front::{Front, Heard, ended, listen, show};
use crate::station::threads;
use crate::ui::board::{extent, rows, view};
use crate::ui::sheet::Sheet;
use crate::ui::theme::Theme;

/// Messages that may wait for the loop.
const INBOX_MOST: usize = 64;

/// How the board begins.
pub struct Start {
    /// The ledger, open to read.
    pub reader: Reader,
    /// What counts.
    pub settings: Settings,
    /// From when on is counted; none: from the beginning of the shift.
    pub since: Option<At>,
    /// The check whose trend shows at first.
    pub trend: Option<CheckName>,
    /// The colours.
    pub theme: Theme,
    /// The clocks.
    pub clock: StationClock,
}

/// Runs the board until it is left.
pub fn run(start: Start) -> Result<(), Fault> {
    let Start { reader, settings, since, trend, theme, clock } = start;
    let (to, arriving) = sync_channel(INBOX_MOST);
    let desk = Arc::new(Desk::new(clock.clone()));
    let hears = desk.clone();
    listen(reader.path(), &to, move || hears.changed())?;
    let guard = DeadMan::new()?;
    let zone = settings.work.calendar.zone().clone();
    let model = Model::new(settings.language, zone, trend.clone());
    let gather = Gather::new(settings, since, trend);
    let worker = Worker { reader, guard, gather, desk: desk.clone(), to: to.clone(), clock: clock.clone() };
    let reading = threads::spawn("reader", move || worker.work())?;
    let mut screen = Screen { model, desk, clock, theme };
    let shown = show(&mut screen, to, &arriving);
    screen.desk.stop();
    drop(arriving);
    ended(reading, shown)
}

impl From<Heard> for Msg {
    fn from(heard: Heard) -> Self {
        match heard {
            Heard::Key(key) => Self::Key(key),
            Heard::Resized => Self::Resized,
            Heard::Replaced => Self::Replaced,
            Heard::Quit => Self::Quit,
        }
    }
}

struct Screen {
    model: Model,
    desk: Arc<Desk>,
    clock: StationClock,
    theme: Theme,
}

impl Front for Screen {
    type Msg = Msg;
    const TAKEN_AT_ONCE: usize = 16;

    fn now(&self) -> At {
        self.clock.read().at
    }

    fn at(&mut self, now: At) {
        self.model.time = clock(now, &self.model.zone);
    }

    fn settle(&mut self, size: Size) {
        self.model.settle(rows(size), extent(&self.model, size));
    }

    fn draw(&mut self, sheet: &mut Sheet<Stdout>) -> io::Result<()> {
        sheet.draw(|buffer| view(&self.model, self.theme, buffer))
    }

    fn minute(&mut self) {
        self.desk.minute();
    }

    fn take(&mut self, msg: Msg, _sheet: &mut Sheet<Stdout>) -> Result<bool, Fault> {
        match update(&mut self.model, msg) {
            Some(Effect::Quit) => return Ok(true),
            Some(Effect::Trend(check)) => self.desk.trend(check),
            None => {}
        }
        Ok(false)
    }

    fn is_resized(msg: &Msg) -> bool {
        matches!(msg, Msg::Resized)
    }
}
