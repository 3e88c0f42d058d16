//! The inspector, from the first frame to the last.

use std::io::{self, Stdout};
use std::sync::Arc;
use std::sync::mpsc::sync_channel;

use jiff::tz::TimeZone;
use ratatui::layout::Size;

use super::dead_man::DeadMan;
use super::desk::Desk;
use super::front::{Front, Heard, ended, listen, show};
use super::seat::unusable;
use super::worker::Worker;
use super::{export, scanned};
use crate::app::inspect::model::{Effect, Leave, Model};
use crate::app::inspect::update::{Msg, begin, update};
use crate::app::inspect::when::Wall;
use crate::app::port::Fault;
use crate::app::wall::{clock, utc_offset};
use crate::domain::time::At;
use crate::ledger::Reader;
use crate::station::clock::StationClock;
use crate::station::config::Settings;
use crate::station::threads;
use crate::ui::inspect::{extent, rows, view};
use crate::ui::sheet::Sheet;
use crate::ui::theme::Theme;

/// Messages that may wait for the loop.
const INBOX_MOST: usize = 512;

/// How the inspector begins.
pub struct Start {
    /// The ledger, open to read.
    pub reader: Reader,
    /// What is searched for at first.
    pub line: String,
    /// What counts.
    pub settings: Settings,
    /// The colours.
    pub theme: Theme,
    /// What it may do beside looking.
    pub leave: Leave,
    /// The clocks.
    pub clock: StationClock,
}

/// Runs the inspector until it is left.
pub fn run(start: Start) -> Result<(), Fault> {
    let Start { reader, line, settings, theme, leave, clock } = start;
    let (to, arriving) = sync_channel(INBOX_MOST);
    let desk = Arc::new(Desk::new(clock.clone()));
    let hears = desk.clone();
    listen(reader.path(), &to, move || hears.changed())?;
    let guard = DeadMan::new()?;
    let zone = TimeZone::system();
    let (wall, time) = on_the_wall(clock.read().at, &zone);
    let mut model = Model::new(settings.language, leave, wall);
    model.time = time;
    model.reads = scanned::number;
    let first = begin(&mut model, &line);
    let worker = Worker { reader, guard, desk: desk.clone(), to: to.clone(), clock: clock.clone(), settings };
    let mut screen = Screen { model, desk, clock, zone, theme };
    screen.carry_out(first, None)?;
    let reading = threads::spawn("reader", move || worker.work())?;
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

fn on_the_wall(now: At, zone: &TimeZone) -> (Wall, String) {
    (Wall { now, utc_offset: utc_offset(now, zone) }, clock(now, zone))
}

struct Screen {
    model: Model,
    desk: Arc<Desk>,
    clock: StationClock,
    zone: TimeZone,
    theme: Theme,
}

impl Front for Screen {
    type Msg = Msg;
    /// A label that a scanner types is one frame.
    const TAKEN_AT_ONCE: usize = 64;

    fn now(&self) -> At {
        self.clock.read().at
    }

    fn settle(&mut self, size: Size) {
        self.model.settle(rows(size), extent(&self.model, size));
    }

    fn draw(&mut self, sheet: &mut Sheet<Stdout>) -> io::Result<()> {
        sheet.draw(|buffer| view(&self.model, self.theme, buffer))
    }

    fn at(&mut self, now: At) {
        (self.model.wall, self.model.time) = on_the_wall(now, &self.zone);
    }

    fn minute(&mut self) {}

    fn take(&mut self, msg: Msg, sheet: &mut Sheet<Stdout>) -> Result<bool, Fault> {
        let effects = update(&mut self.model, msg);
        self.carry_out(effects, Some(sheet))
    }

    fn is_resized(msg: &Msg) -> bool {
        matches!(msg, Msg::Resized)
    }
}

impl Screen {
    /// Does what should happen; true where the inspector is to end.
    fn carry_out(&mut self, effects: Vec<Effect>, mut sheet: Option<&mut Sheet<Stdout>>) -> Result<bool, Fault> {
        for effect in effects {
            match effect {
                Effect::Search(request, query) => self.desk.search(request, query),
                Effect::Look(request, wanted) => self.desk.look(request, wanted),
                Effect::Copy(text) => {
                    if let Some(sheet) = sheet.as_mut() {
                        sheet.copy(&text).map_err(unusable)?;
                    }
                }
                Effect::Export => {
                    let exported = export::export(&self.model);
                    update(&mut self.model, Msg::Exported(exported));
                }
                Effect::Quit => return Ok(true),
            }
        }
        Ok(false)
    }
}
