//! When to look whether somebody committed. The kernel tells that the log was written; what was written counts only
//! once it is on the disk, of which nobody tells. So whoever heard of it looks again, later and later, and then sleeps.

use std::sync::{Condvar, MutexGuard, PoisonError};
use std::time::Duration;

/// Milliseconds from one look to the next, where nothing more is heard.
const AGAIN_MS: [u64; 5] = [10, 50, 250, 1_000, 4_000];

/// What was heard of, and when to look. All times are milliseconds of the boot clock.
#[derive(Debug)]
pub(super) struct Changes {
    heard: bool,
    /// From one showing to the next: a busy line is not shown more often.
    least: u64,
    /// When what others recorded was shown last.
    shown: u64,
    step: usize,
    again: Option<u64>,
}

impl Changes {
    /// Nothing was heard of yet.
    pub(super) fn new(least: u64) -> Self {
        Self { heard: false, least, shown: 0, step: 0, again: None }
    }

    /// Somebody may have recorded something.
    pub(super) fn hear(&mut self) {
        self.heard = true;
    }

    /// From when on it may be shown again.
    pub(super) fn from(&self) -> u64 {
        self.shown.saturating_add(self.least)
    }

    /// All of it is shown now.
    pub(super) fn show(&mut self, now: u64) {
        self.shown = now;
    }

    /// When to look next; none where nothing is to be expected.
    pub(super) fn due(&self) -> Option<u64> {
        let due = if self.heard { Some(self.from()) } else { self.again };
        due.map(|due| due.max(self.from()))
    }

    /// Whether to look now; then it is taken.
    pub(super) fn take(&mut self, now: u64) -> bool {
        let is_due = self.due().is_some_and(|due| now >= due);
        if is_due {
            if self.heard {
                self.step = 0;
            }
            (self.heard, self.again) = (false, None);
        }
        is_due
    }

    /// It was looked, and there was something or not. Where there was, it is shown, and what was written since may not
    /// be in it.
    pub(super) fn looked(&mut self, found: bool, now: u64) {
        if found {
            self.show(now);
            self.step = 0;
        }
        self.again = AGAIN_MS.get(self.step).map(|wait| now.saturating_add(*wait));
        self.step = self.step.saturating_add(1);
    }
}

/// Waits for the bell, until a moment where there is one.
pub(super) fn wait<'m, T>(bell: &Condvar, held: MutexGuard<'m, T>, until: Option<u64>, now: u64) -> MutexGuard<'m, T> {
    match until {
        Some(until) => {
            let wait = Duration::from_millis(until.saturating_sub(now));
            bell.wait_timeout(held, wait).unwrap_or_else(PoisonError::into_inner).0
        }
        None => bell.wait(held).unwrap_or_else(PoisonError::into_inner),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn it_is_looked_later_and_later_and_then_no_more() {
        let mut changes = Changes::new(0);
        assert_eq!(changes.due(), None);
        changes.looked(true, 1_000);
        let mut waits = Vec::new();
        let mut now = 1_000;
        while let Some(due) = changes.due() {
            assert!(!changes.take(due - 1) && changes.take(due));
            waits.push(due - now);
            now = due;
            changes.looked(false, now);
        }
        assert_eq!(waits, AGAIN_MS);
        changes.looked(true, now);
        assert_eq!(changes.due(), Some(now + AGAIN_MS[0]), "what is found begins it anew");
    }

    #[test]
    fn a_busy_line_is_not_shown_more_often() {
        let mut changes = Changes::new(250);
        changes.hear();
        assert!(changes.take(1_000), "the first time at once");
        changes.looked(true, 1_000);
        changes.hear();
        assert!(!changes.take(1_249) && changes.take(1_250));
        changes.looked(false, 1_250);
        assert_eq!(changes.due(), Some(1_260), "nothing was shown");
    }
}
