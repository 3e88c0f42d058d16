//! The thread that reads the ledger for the board. It alone has the connection.

use std::sync::Arc;
use std::sync::mpsc::SyncSender;

use super::desk::{Desk, QUERY_MS_MOST, Task};
use super::gather::{Asks, Gather};
use crate::app::board::update::Msg;
use crate::app::port::Fault;
use crate::ledger::Reader;
use crate::report::board::compute::board;
use crate::station::clock::StationClock;
use crate::station::look::dead_man::DeadMan;

/// The reader of the ledger.
pub(super) struct Worker {
    pub(super) reader: Reader,
    pub(super) guard: DeadMan,
    pub(super) gather: Gather,
    pub(super) desk: Arc<Desk>,
    pub(super) to: SyncSender<Msg>,
    pub(super) clock: StationClock,
}

/// Each question by itself is over in time, or it ends.
struct Timed<'w>(&'w DeadMan, &'w Desk);

impl Asks for Timed<'_> {
    fn ask<T>(&self, question: impl FnOnce() -> Result<T, Fault>) -> Result<T, Fault> {
        self.1.begins();
        self.0.within(question)
    }
}

impl Worker {
    /// Looks whenever there is something to see, until nobody looks any more.
    pub(super) fn work(mut self) -> Result<(), Fault> {
        let desk = self.desk.clone();
        self.reader.end_when(move || desk.should_end())?;
        loop {
            let looked = match self.desk.next() {
                Task::Stop => return Ok(()),
                Task::Trend(check) => {
                    self.gather.trend = Some(check);
                    self.look()
                }
                Task::Look => self.look(),
                Task::Changed => {
                    let changed = Timed(&self.guard, &self.desk).ask(|| self.reader.changed_by_others());
                    self.desk.looked(*changed.as_ref().unwrap_or(&false));
                    match changed {
                        Ok(false) => continue,
                        Ok(true) => self.look(),
                        Err(fault) => Msg::Failed(fault),
                    }
                }
            };
            if self.to.send(looked).is_err() {
                // The screen is gone.
                return Ok(());
            }
        }
    }

    fn look(&mut self) -> Msg {
        let now = self.clock.read().at;
        let seen = self.gather.seen(&self.reader, now, &Timed(&self.guard, &self.desk));
        match seen {
            Ok(seen) => Msg::Board(Box::new(board(&seen))),
            Err(_) if self.desk.should_end() => Msg::Failed(Fault::new(
                format!("the ledger did not answer within {} s", QUERY_MS_MOST / 1_000),
                "the figures are those of the time above; look again when the device is less busy",
            )),
            Err(fault) => Msg::Failed(fault),
        }
    }
}
