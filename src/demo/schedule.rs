//! How fast the plant works, and when which unit begins, so that everything asked for is made by the end of the week.
//!
//! Near the end the stations leave a few units waiting at each class, and then each stops in the middle of a step, so
//! that whoever opens the terminal finds a line at work.

use crate::app::port::Ledger;

use super::calendar::MINUTE;
use super::cast::Pins;
use super::plant::Plant;

/// Units that each class keeps waiting near the end.
const KEPT: usize = 2;
/// Acts before the end from which on a station stops in the middle of a step.
const CURTAIN: i64 = 10;
/// The longest that an act takes.
const SLOWEST: i64 = 5 * MINUTE;

impl<L: Ledger, P: Pins> Plant<'_, L, P> {
    /// The working time that an act takes on average, where everything goes evenly.
    fn even_pace(&self) -> i64 {
        self.floor.pace(self.week.total(), self.floor.quota()).clamp(1, SLOWEST)
    }

    /// The working time by which the last unit is begun.
    fn last_begins(&self) -> i64 {
        let total = self.week.total();
        total.saturating_sub(self.even_pace() * CURTAIN * 2).max(total / 2)
    }

    /// The working time that the next act takes: faster where the plant is behind.
    pub(super) fn pace(&mut self, work: i64) -> i64 {
        let even = self.even_pace();
        let left = self.last_begins().saturating_sub(work).max(0);
        let to_begin = self.floor.to_begin();
        let pace = if to_begin == 0 { even } else { self.floor.pace(left, to_begin) };
        let pace = pace.clamp(even / 4, even * 2);
        (pace * self.dice.between(50_000, 150_000) / 100_000).max(1)
    }

    /// The product of which a class should begin a unit by now.
    pub(super) fn due_product(&self, class: usize, work: i64) -> Option<usize> {
        let (work, by) = (u64::try_from(work).unwrap_or(0), u64::try_from(self.last_begins()).unwrap_or(1).max(1));
        let due = |quota: u64| (quota.saturating_mul(work) / by).saturating_add(1).min(quota);
        // Sub-assemblies are begun ahead of what they go into.
        let due = |quota: u64, is_part: bool| if is_part { due(quota + quota / 4 + 2).min(quota) } else { due(quota) };
        let products = self.floor.products.iter().enumerate();
        let mut behind = products.filter(|(_, p)| p.class == class && p.begun < due(p.quota, p.is_part));
        behind.next().map(|(at, _)| at)
    }

    /// Whether so few units are to be begun that they are to stay on the floor.
    pub(super) fn is_tail(&self) -> bool {
        let stay = KEPT * self.floor.classes.len() + 2 * self.floor.benches.len();
        self.floor.to_begin() <= u64::try_from(stay).unwrap_or(0)
    }

    /// How many units a class leaves waiting.
    pub(super) fn kept_waiting(&self, work: i64) -> usize {
        match (self.is_tail(), self.is_curtain(work)) {
            (false, _) => 0,
            (true, false) => KEPT,
            // One is left where each station has one in hand.
            (true, true) => 1,
        }
    }

    /// Whether the week is about to end.
    pub(super) fn is_curtain(&self, work: i64) -> bool {
        self.floor.to_begin() == 0 && work > self.week.total().saturating_sub(self.even_pace() * CURTAIN)
    }
}
