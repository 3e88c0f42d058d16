//! What the reader of the ledger is asked for. Only the newest search and the newest look count; whoever reads finds
//! out at once that something newer is wanted.

use std::sync::atomic::{AtomicU64, Ordering};
use std::sync::{Condvar, Mutex, MutexGuard, PoisonError};

use super::changes::{Changes, wait};
use crate::app::inspect::query::Query;
use crate::app::inspect::record::Wanted;
use crate::station::clock::StationClock;

/// Milliseconds after which a query is given up, and that is said.
pub(super) const QUERY_MS_MOST: u64 = 2_000;
/// Milliseconds from one look at what others recorded to the next: a busy line is not drawn more often.
const CHANGES_MS_LEAST: u64 = 250;

/// What is wanted.
#[derive(Debug)]
struct Wants {
    search: Option<(u64, Query)>,
    look: Option<(u64, Wanted)>,
    changes: Changes,
    stop: bool,
}

/// What to do next.
#[derive(Debug, PartialEq)]
pub(super) enum Task {
    Search(u64, Query),
    Look(u64, Wanted),
    /// Somebody may have recorded something.
    Changed,
    /// Nothing new: what was begun goes on.
    GoOn,
    Stop,
}

/// Where wants are left and taken.
pub(super) struct Desk {
    wants: Mutex<Wants>,
    bell: Condvar,
    clock: StationClock,
    /// Counts what is asked; what is asked later counts more.
    asked: AtomicU64,
    /// Up to where that was when the task under way was taken.
    taken: AtomicU64,
    /// When the query under way began, in milliseconds of the boot clock.
    began: AtomicU64,
}

impl Desk {
    pub(super) fn new(clock: StationClock) -> Self {
        let changes = Changes::new(CHANGES_MS_LEAST);
        Self {
            wants: Mutex::new(Wants { search: None, look: None, changes, stop: false }),
            bell: Condvar::new(),
            clock,
            asked: AtomicU64::new(0),
            taken: AtomicU64::new(0),
            began: AtomicU64::new(0),
        }
    }

    fn wants(&self) -> MutexGuard<'_, Wants> {
        self.wants.lock().unwrap_or_else(PoisonError::into_inner)
    }

    fn now(&self) -> u64 {
        self.clock.mono() / 1_000
    }

    fn ask(&self, newer: bool, ask: impl FnOnce(&mut Wants)) {
        let mut wants = self.wants();
        ask(&mut wants);
        if newer {
            self.asked.fetch_add(1, Ordering::AcqRel);
        }
        drop(wants);
        self.bell.notify_one();
    }

    pub(super) fn search(&self, request: u64, query: Query) {
        self.ask(true, |wants| wants.search = Some((request, query)));
    }

    pub(super) fn look(&self, request: u64, wanted: Wanted) {
        self.ask(true, |wants| wants.look = Some((request, wanted)));
    }

    /// Somebody may have recorded something. It ends no query: what that finds is not wrong, only older.
    pub(super) fn changed(&self) {
        self.ask(false, |wants| wants.changes.hear());
    }

    /// It was looked whether somebody committed; whether anybody had.
    pub(super) fn looked(&self, found: bool) {
        let now = self.now();
        self.wants().changes.looked(found, now);
    }

    pub(super) fn stop(&self) {
        self.ask(true, |wants| wants.stop = true);
    }

    /// What to do next; waits for it where nothing was begun that could go on.
    pub(super) fn next(&self, begun: bool) -> Task {
        let mut wants = self.wants();
        loop {
            self.taken.store(self.asked.load(Ordering::Acquire), Ordering::Release);
            self.began.store(self.now(), Ordering::Release);
            if wants.stop {
                return Task::Stop;
            }
            if let Some((request, wanted)) = wants.look.take() {
                return Task::Look(request, wanted);
            }
            if let Some((request, query)) = wants.search.take() {
                return Task::Search(request, query);
            }
            let now = self.now();
            if wants.changes.take(now) {
                return Task::Changed;
            }
            if begun {
                return Task::GoOn;
            }
            let due = wants.changes.due();
            wants = wait(&self.bell, wants, due, now);
        }
    }

    /// Whether something newer is wanted than what is being done.
    pub(super) fn is_superseded(&self) -> bool {
        self.asked.load(Ordering::Acquire) != self.taken.load(Ordering::Acquire)
    }

    /// Whether the query under way should end: something newer is wanted, or it takes too long.
    pub(super) fn should_end(&self) -> bool {
        self.is_superseded() || self.now().saturating_sub(self.began.load(Ordering::Acquire)) > QUERY_MS_MOST
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_newest_counts_and_ends_what_is_under_way() {
        let desk = Desk::new(StationClock::of_machine().unwrap());
        desk.search(1, Query::default());
        desk.search(2, Query::default());
        assert_eq!(desk.next(false), Task::Search(2, Query::default()));
        assert!(!desk.should_end());
        desk.look(3, Wanted::Ledger);
        assert!(desk.should_end(), "somebody waits for something else");
        assert_eq!(desk.next(true), Task::Look(3, Wanted::Ledger));
        assert!(!desk.should_end());
        assert_eq!(desk.next(true), Task::GoOn);
        desk.changed();
        assert!(!desk.should_end(), "what was recorded meanwhile can wait");
        assert_eq!(desk.next(false), Task::Changed);
        desk.looked(false);
        assert_eq!(desk.next(false), Task::Changed, "what was heard of is committed a little later");
        desk.looked(true);
        desk.changed();
        assert_eq!(desk.next(true), Task::GoOn, "not so often");
        desk.stop();
        assert_eq!(desk.next(true), Task::Stop);
    }
}
