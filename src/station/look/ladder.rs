//! When to look whether somebody committed. The kernel tells that the log was written; what was written counts only
//! once it is on the disk, of which nobody tells. So whoever heard of it looks again, later and later, and then sleeps.

/// Milliseconds from one look to the next, where nothing more is heard.
const AGAIN_MS: [u64; 5] = [10, 50, 250, 1_000, 4_000];

/// Looks that are still to come.
#[derive(Debug, Default)]
pub(super) struct Ladder {
    step: usize,
    due: Option<u64>,
}

impl Ladder {
    /// Something was found: what was written since may not be all that was.
    pub(super) fn begin(&mut self, now: u64) {
        self.step = 0;
        self.climb(now);
    }

    /// Nothing was found yet.
    pub(super) fn climb(&mut self, now: u64) {
        self.due = AGAIN_MS.get(self.step).map(|wait| now.saturating_add(*wait));
        self.step = self.step.saturating_add(1);
    }

    /// When the next look is due; none where nothing is to be expected any more.
    pub(super) fn due(&self) -> Option<u64> {
        self.due
    }

    /// The look that was due is taken.
    pub(super) fn take(&mut self) {
        self.due = None;
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn it_is_looked_later_and_later_and_then_no_more() {
        let mut ladder = Ladder::default();
        assert_eq!(ladder.due(), None);
        ladder.begin(1_000);
        let mut waits = Vec::new();
        let mut now = 1_000;
        while let Some(due) = ladder.due() {
            ladder.take();
            waits.push(due - now);
            now = due;
            ladder.climb(now);
        }
        assert_eq!(waits, AGAIN_MS);
        ladder.begin(now);
        assert_eq!(ladder.due(), Some(now + AGAIN_MS[0]), "what is found begins it anew");
    }
}
