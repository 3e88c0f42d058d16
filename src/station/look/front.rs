//! What the inspector and the board have alike: who tells them what, and the loop that draws. What each makes of it is
//! its own.

use std::io::{self, Stdout};
use std::path::Path;
use std::sync::mpsc::{Receiver, RecvTimeoutError, SyncSender};
use std::thread::JoinHandle;
use std::time::Duration;

use ratatui::layout::Size;

use super::seat::{Entered, Pressed, keyboard, unusable};
use super::watch::News;
use super::{signals, watch};
use crate::app::msg::Key;
use crate::app::port::Fault;
use crate::app::wall::until_next_minute;
use crate::domain::time::At;
use crate::ui::sheet::Sheet;
use crate::ui::terminal;

/// What each of them is told.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Heard {
    /// A key, or a character of a scanner that types.
    Key(Key),
    /// The terminal has another size.
    Resized,
    /// Another file lies where the ledger lay.
    Replaced,
    /// The program is to end.
    Quit,
}

/// What looks and never writes.
pub(super) trait Front {
    /// What it is told.
    type Msg: From<Heard> + Send + 'static;
    /// Messages that are taken before the screen is drawn again.
    const TAKEN_AT_ONCE: usize;

    /// The moment on the wall.
    fn now(&self) -> At;
    /// What shows is of that moment.
    fn at(&mut self, now: At);
    /// Fits what shows into the terminal.
    fn settle(&mut self, size: Size);
    /// Draws what shows.
    fn draw(&mut self, sheet: &mut Sheet<Stdout>) -> io::Result<()>;
    /// The minute on the wall changed, and every age with it.
    fn minute(&mut self);
    /// Takes a message; true where that ends it.
    fn take(&mut self, msg: Self::Msg, sheet: &mut Sheet<Stdout>) -> Result<bool, Fault>;
    /// Whether a message says that the terminal has another size.
    fn is_resized(msg: &Self::Msg) -> bool;
}

/// Tells of signals, and of changes of the ledger.
pub(super) fn listen<M: From<Heard> + Send + 'static>(
    ledger: &Path,
    to: &SyncSender<M>,
    changed: impl Fn() + Send + 'static,
) -> Result<(), Fault> {
    let quit = to.clone();
    // A full inbox is no reason to stay.
    signals::watch(move || drop(quit.try_send(Heard::Quit.into())))?;
    let replaced = to.clone();
    watch::watch(ledger, move |news| match news {
        News::Changed => {
            changed();
            true
        }
        News::Replaced => replaced.send(Heard::Replaced.into()).is_ok(),
    })
}

/// Takes the terminal and shows it until it is left, or until nobody is there any more.
pub(super) fn show<F: Front>(front: &mut F, to: SyncSender<F::Msg>, arriving: &Receiver<F::Msg>) -> Result<(), Fault> {
    let entered = Entered::enter()?;
    let mut sheet = Sheet::new(io::stdout(), terminal::size());
    keyboard(move |pressed| {
        let heard = match pressed {
            Pressed::Key(key) => Heard::Key(key),
            Pressed::Resized => Heard::Resized,
            Pressed::Gone => Heard::Quit,
        };
        to.send(heard.into()).is_ok()
    })?;
    let ended = until_left(front, &mut sheet, arriving);
    drop(entered);
    ended
}

fn until_left<F: Front>(front: &mut F, sheet: &mut Sheet<Stdout>, arriving: &Receiver<F::Msg>) -> Result<(), Fault> {
    let mut size = terminal::size();
    loop {
        let now = front.now();
        front.at(now);
        front.settle(size);
        front.draw(sheet).map_err(unusable)?;
        let msg = match arriving.recv_timeout(Duration::from_millis(until_next_minute(now))) {
            Ok(msg) => msg,
            Err(RecvTimeoutError::Disconnected) => return Ok(()),
            Err(RecvTimeoutError::Timeout) => {
                front.minute();
                continue;
            }
        };
        for msg in std::iter::once(msg).chain(arriving.try_iter().take(F::TAKEN_AT_ONCE)) {
            if F::is_resized(&msg) {
                size = terminal::size();
                sheet.resize(size).map_err(unusable)?;
            }
            if front.take(msg, sheet)? {
                return Ok(());
            }
            front.settle(size);
        }
    }
}

/// How it ended: where the reader failed, that says more.
pub(super) fn ended(reading: JoinHandle<Result<(), Fault>>, shown: Result<(), Fault>) -> Result<(), Fault> {
    match reading.join() {
        Ok(Err(fault)) => Err(fault),
        Ok(Ok(())) | Err(_) => shown,
    }
}
