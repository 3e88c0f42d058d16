//! Lengths of time, told by what divides them.

use serde::Serialize;

/// Lengths of time, in microseconds.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize)]
pub struct Spans {
    /// How many.
    pub many: u64,
    /// All together.
    pub sum: i64,
    /// Half of them are not longer.
    pub median: i64,
    /// Nine of ten are not longer.
    pub ninth: i64,
    /// The longest.
    pub most: i64,
}

impl Spans {
    /// Of so many lengths, in any order.
    pub fn of(mut lengths: Vec<i64>) -> Self {
        lengths.sort_unstable();
        let last = lengths.len().saturating_sub(1);
        let at = |tenths: usize| lengths.get(last * tenths / 10).copied().unwrap_or_default();
        Self {
            many: lengths.iter().map(|_| 1).sum(),
            sum: lengths.iter().fold(0, |sum: i64, length| sum.saturating_add(*length)),
            median: at(5),
            ninth: at(9),
            most: at(10),
        }
    }
}

/// A length of time in the largest unit that tells it: `45 s`, `12 min`, `3 h 20 min`, `5 d 4 h`.
pub(super) fn told(micros: i64) -> String {
    let seconds = micros / 1_000_000;
    let (minutes, hours, days) = (seconds / 60, seconds / 3_600, seconds / 86_400);
    let with = |large: i64, unit: &str, small: i64, rest: &str| match small {
        0 => format!("{large} {unit}"),
        _ => format!("{large} {unit} {small} {rest}"),
    };
    match seconds {
        ..120 => format!("{seconds} s"),
        120..7_200 => format!("{minutes} min"),
        7_200..172_800 => with(hours, "h", minutes % 60, "min"),
        _ => with(days, "d", hours % 24, "h"),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn spans_are_divided_where_they_are_sorted() {
        let spans = Spans::of(vec![9, 1, 2, 3, 4, 5, 6, 7, 8, 100, 0]);
        assert_eq!((spans.many, spans.sum, spans.median, spans.ninth, spans.most), (11, 145, 5, 9, 100));
        assert_eq!(Spans::of(Vec::new()), Spans::default());
        assert_eq!(Spans::of(vec![7]).ninth, 7);
    }

    #[test]
    fn a_time_is_told_in_its_largest_unit() {
        let told = |seconds: i64| told(seconds * 1_000_000);
        assert_eq!([told(0), told(119), told(120), told(7_199)], ["0 s", "119 s", "2 min", "119 min"]);
        assert_eq!([told(7_200), told(12_000), told(172_800), told(187_200)], ["2 h", "3 h 20 min", "2 d", "2 d 4 h"]);
    }
}
