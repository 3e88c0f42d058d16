//! What the reader of the board is asked for: to look again, because something was recorded or a minute passed; another
//! trend; to stop.

use std::sync::atomic::{AtomicBool, AtomicU64, Ordering};
use std::sync::{Condvar, Mutex, MutexGuard, PoisonError};

use crate::app::board::trend::CheckName;
use crate::station::clock::StationClock;
use crate::station::look::changes::{Changes, wait};

/// Milliseconds after which a question is given up, and that is said.
pub(super) const QUERY_MS_MOST: u64 = 5_000;
/// Milliseconds from one look to the next: a busy line is not counted more often.
const LOOKS_MS_LEAST: u64 = 500;

#[derive(Debug)]
struct Wants {
    changes: Changes,
    /// A minute passed, and every age with it.
    minute: bool,
    trend: Option<CheckName>,
    stop: bool,
}

/// What to do next.
#[derive(Debug, PartialEq, Eq)]
pub(super) enum Task {
    /// Look, where somebody recorded something.
    Changed,
    /// Look in any case.
    Look,
    /// Look at this trend.
    Trend(CheckName),
    Stop,
}

/// Where wants are left and taken.
pub(super) struct Desk {
    wants: Mutex<Wants>,
    bell: Condvar,
    clock: StationClock,
    /// When the question under way began, in milliseconds of the boot clock.
    began: AtomicU64,
    stops: AtomicBool,
}

impl Desk {
    pub(super) fn new(clock: StationClock) -> Self {
        let changes = Changes::new(LOOKS_MS_LEAST);
        Self {
            wants: Mutex::new(Wants { changes, minute: true, trend: None, stop: false }),
            bell: Condvar::new(),
            clock,
            began: AtomicU64::new(0),
            stops: AtomicBool::new(false),
        }
    }

    fn wants(&self) -> MutexGuard<'_, Wants> {
        self.wants.lock().unwrap_or_else(PoisonError::into_inner)
    }

    fn now(&self) -> u64 {
        self.clock.mono() / 1_000
    }

    fn ask(&self, ask: impl FnOnce(&mut Wants)) {
        ask(&mut self.wants());
        self.bell.notify_one();
    }

    pub(super) fn changed(&self) {
        self.ask(|wants| wants.changes.hear());
    }

    /// It was looked whether somebody committed; whether anybody had.
    pub(super) fn looked(&self, found: bool) {
        let now = self.now();
        self.wants().changes.looked(found, now);
    }

    pub(super) fn minute(&self) {
        self.ask(|wants| wants.minute = true);
    }

    pub(super) fn trend(&self, check: CheckName) {
        self.ask(|wants| wants.trend = Some(check));
    }

    pub(super) fn stop(&self) {
        self.stops.store(true, Ordering::Release);
        self.ask(|wants| wants.stop = true);
    }

    /// A question begins now.
    pub(super) fn begins(&self) {
        self.began.store(self.now(), Ordering::Release);
    }

    /// Whether the question under way should end: nobody looks any more, or it takes too long.
    pub(super) fn should_end(&self) -> bool {
        let took = self.now().saturating_sub(self.began.load(Ordering::Acquire));
        self.stops.load(Ordering::Acquire) || took > QUERY_MS_MOST
    }

    /// What to do next; waits for it.
    pub(super) fn next(&self) -> Task {
        let mut wants = self.wants();
        loop {
            if wants.stop {
                return Task::Stop;
            }
            // Whoever pressed a key waits for nothing.
            if let Some(check) = wants.trend.take() {
                return Task::Trend(check);
            }
            let now = self.now();
            if wants.minute && now >= wants.changes.from() {
                wants.changes.show(now);
                wants.minute = false;
                return Task::Look;
            }
            if wants.changes.take(now) {
                return Task::Changed;
            }
            let due = if wants.minute { Some(wants.changes.from()) } else { wants.changes.due() };
            wants = wait(&self.bell, wants, due, now);
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_first_look_is_at_once_and_a_key_comes_before_what_was_recorded() {
        let desk = Desk::new(StationClock::of_machine().unwrap());
        assert_eq!(desk.next(), Task::Look);
        desk.changed();
        desk.trend("pc200:40:leak".parse().unwrap());
        assert_eq!(desk.next(), Task::Trend("pc200:40:leak".parse().unwrap()));
        desk.begins();
        assert!(!desk.should_end());
        desk.changed();
        assert_eq!(desk.next(), Task::Changed);
        desk.looked(false);
        assert_eq!(desk.next(), Task::Changed, "what was heard of is committed a little later");
        desk.stop();
        assert!(desk.should_end(), "nobody looks any more");
        assert_eq!(desk.next(), Task::Stop);
    }
}
