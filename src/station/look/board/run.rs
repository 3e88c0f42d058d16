//! The board, from the first frame to the last.

use std::io::{self, Stdout};
use std::sync::Arc;
use std::sync::mpsc::{Receiver, RecvTimeoutError, sync_channel};
use std::time::Duration;

use super::desk::Desk;
use super::gather::Gather;
use super::worker::Worker;
use crate::app::board::model::{Effect, Model};
use crate::app::board::pages::clock as wall;
use crate::app::board::trend::CheckName;
use crate::app::board::update::{Msg, update};
use crate::app::port::Fault;
use crate::domain::time::At;
use crate::ledger::Reader;
use crate::station::clock::StationClock;
use crate::station::config::Settings;
use crate::station::look::dead_man::DeadMan;
use crate::station::look::seat::{Entered, Pressed, keyboard, unusable};
use crate::station::look::watch::News;
use crate::station::look::{signals, watch};
use crate::station::threads;
use crate::ui::board::{extent, rows, view};
use crate::ui::sheet::Sheet;
use crate::ui::terminal;
use crate::ui::theme::Theme;

/// Messages that may wait for the loop.
const INBOX_MOST: usize = 64;
/// Messages that are taken before the screen is drawn again.
const TAKEN_AT_ONCE: usize = 16;
/// Microseconds in a minute.
const MINUTE: i64 = 60_000_000;

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
    let quit = to.clone();
    // A full inbox is no reason to stay.
    signals::watch(move || drop(quit.try_send(Msg::Quit)))?;
    let (hears, replaced) = (desk.clone(), to.clone());
    watch::watch(reader.path(), move |news| match news {
        News::Changed => {
            hears.changed();
            true
        }
        News::Replaced => replaced.send(Msg::Replaced).is_ok(),
    })?;
    let guard = DeadMan::new()?;
    let zone = settings.work.calendar.zone().clone();
    let model = Model::new(settings.language, zone, trend.clone());
    let gather = Gather::new(settings, since, trend);
    let worker = Worker { reader, guard, gather, desk: desk.clone(), to: to.clone(), clock: clock.clone() };
    let reading = threads::spawn("reader", move || worker.work())?;
    let entered = Entered::enter()?;
    let mut sheet = Sheet::new(io::stdout(), terminal::size());
    keyboard(move |pressed| {
        let msg = match pressed {
            Pressed::Key(key) => Msg::Key(key),
            Pressed::Resized => Msg::Resized,
            Pressed::Gone => Msg::Quit,
        };
        to.send(msg).is_ok()
    })?;
    let mut turn = Loop { model, desk, clock, theme };
    let ended = turn.until_left(&mut sheet, &arriving);
    drop(entered);
    turn.desk.stop();
    drop(arriving);
    match reading.join() {
        Ok(Err(fault)) => Err(fault),
        Ok(Ok(())) | Err(_) => ended,
    }
}

struct Loop {
    model: Model,
    desk: Arc<Desk>,
    clock: StationClock,
    theme: Theme,
}

impl Loop {
    fn until_left(&mut self, sheet: &mut Sheet<Stdout>, arriving: &Receiver<Msg>) -> Result<(), Fault> {
        let mut size = terminal::size();
        loop {
            let now = self.clock.read().at;
            self.model.time = wall(now, &self.model.zone);
            self.model.settle(rows(size), extent(&self.model, size));
            sheet.draw(|buffer| view(&self.model, self.theme, buffer)).map_err(unusable)?;
            let minute = Duration::from_micros(u64::try_from(MINUTE - now.0.rem_euclid(MINUTE)).unwrap_or(0) + 1_000);
            let msg = match arriving.recv_timeout(minute) {
                Ok(msg) => msg,
                Err(RecvTimeoutError::Disconnected) => return Ok(()),
                Err(RecvTimeoutError::Timeout) => {
                    // The minute on the wall changed, and every age with it.
                    self.desk.minute();
                    continue;
                }
            };
            for msg in std::iter::once(msg).chain(arriving.try_iter().take(TAKEN_AT_ONCE)) {
                if matches!(msg, Msg::Resized) {
                    size = terminal::size();
                    sheet.resize(size).map_err(unusable)?;
                }
                match update(&mut self.model, msg) {
                    Some(Effect::Quit) => return Ok(()),
                    Some(Effect::Trend(check)) => self.desk.trend(check),
                    None => {}
                }
                self.model.settle(rows(size), extent(&self.model, size));
            }
        }
    }
}
