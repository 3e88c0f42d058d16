//! The inspector, from the first frame to the last.

use std::io::{self, Stdout};
use std::sync::Arc;
use std::sync::mpsc::{Receiver, RecvTimeoutError, sync_channel};
use std::time::Duration;

use jiff::Timestamp;
use jiff::tz::TimeZone;

use super::dead_man::DeadMan;
use super::desk::Desk;
use super::seat::{Entered, Pressed, keyboard, unusable};
use super::watch::News;
use super::worker::Worker;
use super::{export, scanned, signals, watch};
use crate::app::inspect::model::{Effect, Leave, Model};
use crate::app::inspect::update::{Msg, begin, update};
use crate::app::inspect::when::Wall;
use crate::app::lang::Lang;
use crate::app::port::Fault;
use crate::ledger::Reader;
use crate::station::clock::StationClock;
use crate::station::threads;
use crate::ui::inspect::{extent, rows, view};
use crate::ui::sheet::Sheet;
use crate::ui::terminal;
use crate::ui::theme::Theme;

/// Messages that may wait for the loop.
const INBOX_MOST: usize = 512;
/// Messages that are taken before the screen is drawn again: a label that a scanner types is one frame.
const TAKEN_AT_ONCE: usize = 64;
/// Microseconds in a minute.
const MINUTE: i64 = 60_000_000;

/// How the inspector begins.
pub struct Start {
    /// The ledger, open to read.
    pub reader: Reader,
    /// What is searched for at first.
    pub line: String,
    /// The language.
    pub lang: Lang,
    /// The colours.
    pub theme: Theme,
    /// What it may do beside looking.
    pub leave: Leave,
    /// The clocks.
    pub clock: StationClock,
}

/// Runs the inspector until it is left.
pub fn run(start: Start) -> Result<(), Fault> {
    let Start { reader, line, lang, theme, leave, clock } = start;
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
    let zone = TimeZone::system();
    let (wall, time) = wall(&clock, &zone);
    let mut model = Model::new(lang, leave, wall);
    model.time = time;
    model.reads = scanned::number;
    let first = begin(&mut model, &line);
    let worker = Worker { reader, guard, desk: desk.clone(), to: to.clone(), clock: clock.clone() };
    let mut turn = Loop { model, desk, clock, zone, theme };
    turn.carry_out(first, None)?;
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
    let ended = turn.until_left(&mut sheet, &arriving);
    drop(entered);
    turn.desk.stop();
    drop(arriving);
    match reading.join() {
        Ok(Err(fault)) => Err(fault),
        Ok(Ok(())) | Err(_) => ended,
    }
}

fn wall(clock: &StationClock, zone: &TimeZone) -> (Wall, String) {
    let now = clock.read().at;
    let moment = Timestamp::from_microsecond(now.0).unwrap_or(Timestamp::UNIX_EPOCH);
    let offset = zone.to_offset(moment);
    let local = offset.to_datetime(moment);
    (Wall { now, utc_offset: offset.seconds() }, format!("{:02}:{:02}", local.hour(), local.minute()))
}

struct Loop {
    model: Model,
    desk: Arc<Desk>,
    clock: StationClock,
    zone: TimeZone,
    theme: Theme,
}

impl Loop {
    fn until_left(&mut self, sheet: &mut Sheet<Stdout>, arriving: &Receiver<Msg>) -> Result<(), Fault> {
        let mut size = terminal::size();
        loop {
            (self.model.wall, self.model.time) = wall(&self.clock, &self.zone);
            self.model.settle(rows(size), extent(&self.model, size));
            sheet.draw(|buffer| view(&self.model, self.theme, buffer)).map_err(unusable)?;
            let into = self.clock.read().at.0.rem_euclid(MINUTE);
            let minute = Duration::from_micros(u64::try_from(MINUTE - into).unwrap_or(0) + 1_000);
            let msg = match arriving.recv_timeout(minute) {
                Ok(msg) => msg,
                Err(RecvTimeoutError::Disconnected) => return Ok(()),
                // The minute on the wall changed.
                Err(RecvTimeoutError::Timeout) => continue,
            };
            for msg in std::iter::once(msg).chain(arriving.try_iter().take(TAKEN_AT_ONCE)) {
                if matches!(msg, Msg::Resized) {
                    size = terminal::size();
                    sheet.resize(size).map_err(unusable)?;
                }
                let effects = update(&mut self.model, msg);
                if self.carry_out(effects, Some(sheet))? {
                    return Ok(());
                }
                self.model.settle(rows(size), extent(&self.model, size));
            }
        }
    }

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
