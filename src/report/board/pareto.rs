//! What failed, most often first, and how much of all failures that is together (Pareto; Juran).

use std::collections::BTreeMap;

use super::fold::Cause;
use crate::app::board::lines::FailureLine;

/// Causes that are told.
const TOLD_MOST: usize = 20;

/// The causes by how often they were; of equal ones the first by name.
pub(super) fn failures(counted: &BTreeMap<Cause, u32>) -> Vec<FailureLine> {
    let all: u64 = counted.values().copied().map(u64::from).sum();
    let share = |part: u64| u32::try_from(part.saturating_mul(1_000) / all.max(1)).unwrap_or(u32::MAX);
    let mut ordered: Vec<(&Cause, u32)> = counted.iter().map(|(cause, times)| (cause, *times)).collect();
    ordered.sort_by_key(|(cause, times)| (std::cmp::Reverse(*times), *cause));
    let mut sum = 0;
    let line = |((route, step, what), times): (&Cause, u32)| {
        sum += u64::from(times);
        FailureLine {
            route: route.clone(),
            step: step.clone(),
            what: what.clone(),
            times,
            permille: share(times.into()),
            cumulated: share(sum),
        }
    };
    ordered.into_iter().take(TOLD_MOST).map(line).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Defects of Montgomery's tank example, reckoned by hand: 34, 29, 15, 12 and 10 of 100.
    #[test]
    fn the_most_frequent_comes_first_and_the_shares_add_up() {
        let counts = [("parts", 12), ("machining", 29), ("chipped", 34), ("masking", 15), ("misaligned", 10)];
        let cause = |what: &str| (None, "10".parse().unwrap(), what.to_owned());
        let counted: BTreeMap<Cause, u32> = counts.iter().map(|(what, n)| (cause(what), *n)).collect();
        let told: Vec<_> = failures(&counted).into_iter().map(|l| (l.what, l.permille, l.cumulated)).collect();
        let wanted = [
            ("chipped", 340, 340),
            ("machining", 290, 630),
            ("masking", 150, 780),
            ("parts", 120, 900),
            ("misaligned", 100, 1_000),
        ];
        assert_eq!(told, wanted.map(|(what, share, sum)| (what.to_owned(), share, sum)));
        assert_eq!(failures(&BTreeMap::new()), []);
        let many: BTreeMap<Cause, u32> = (0..30).map(|n| (cause(&format!("c{n:02}")), 1)).collect();
        assert_eq!(failures(&many).len(), TOLD_MOST);
        assert_eq!(failures(&many)[0].what, "c00", "of equal ones the first by name");
    }
}
