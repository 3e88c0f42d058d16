//! The inbox: everything that happens comes through it, in one order, with the moment at which it happened.

use std::sync::mpsc::{Receiver, SendError, SyncSender, TrySendError, sync_channel};

use crate::app::msg::{Millis, Msg, News};
use crate::station::clock::StationClock;

/// Messages that may wait for the main loop. A burst of scans is about twenty keys a scan.
const INBOX_MOST: usize = 512;

/// Where the threads send to. The moment is taken here, so that what waits does not look fresh when its turn comes.
#[derive(Clone)]
pub(super) struct Inbox {
    to: SyncSender<Msg>,
    clock: StationClock,
}

/// An inbox, and where it is emptied.
pub(super) fn inbox(clock: StationClock) -> (Inbox, Receiver<Msg>) {
    let (to, arriving) = sync_channel(INBOX_MOST);
    (Inbox { to, clock }, arriving)
}

impl Inbox {
    /// Sends news, and waits for room.
    pub(super) fn send(&self, news: News) -> Result<(), SendError<Msg>> {
        self.to.send(self.now(news))
    }

    /// Sends news where there is room.
    pub(super) fn try_send(&self, news: News) -> Result<(), TrySendError<Msg>> {
        self.to.try_send(self.now(news))
    }

    /// News of this moment.
    pub(super) fn now(&self, news: News) -> Msg {
        Msg { at: self.moment(), news }
    }

    /// This moment.
    pub(super) fn moment(&self) -> Millis {
        millis(&self.clock)
    }
}

/// The moment, by the boot clock.
pub(super) fn millis(clock: &StationClock) -> Millis {
    Millis(clock.mono() / 1_000)
}
