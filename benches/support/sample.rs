//! Times, in nanoseconds, and what is typical of them.

use std::time::Instant;

/// Many times of one thing.
#[derive(Debug, Default)]
pub(crate) struct Sample {
    nanos: Vec<u64>,
}

impl Sample {
    /// Measures one more, and hands on its answer.
    pub(crate) fn take<T>(&mut self, work: impl FnOnce() -> T) -> T {
        let (nanos, answer) = timed(work);
        self.nanos.push(nanos);
        answer
    }

    /// One more that was measured elsewhere.
    pub(crate) fn add(&mut self, nanos: u64) {
        self.nanos.push(nanos);
    }

    /// So many of a thousand lie at or below this.
    pub(crate) fn permille(&self, of: usize) -> u64 {
        let mut sorted = self.nanos.clone();
        sorted.sort_unstable();
        let at = (sorted.len() * of / 1_000).min(sorted.len().saturating_sub(1));
        sorted.get(at).copied().unwrap_or(0)
    }

    /// Half lie below.
    pub(crate) fn median(&self) -> u64 {
        self.permille(500)
    }

    /// One in a hundred lies above.
    pub(crate) fn p99(&self) -> u64 {
        self.permille(990)
    }
}

/// How long something takes, in nanoseconds.
#[expect(clippy::disallowed_methods, reason = "a stopwatch reads the clock")]
pub(crate) fn timed<T>(work: impl FnOnce() -> T) -> (u64, T) {
    let begun = Instant::now();
    let answer = work();
    (u64::try_from(begun.elapsed().as_nanos()).unwrap_or(u64::MAX), answer)
}
