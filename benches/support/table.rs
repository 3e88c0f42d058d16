//! The table of what was measured, and whether each budget is kept.

use std::process::ExitCode;

/// A budget of a ratio, in hundredths.
#[derive(Debug, Clone, Copy)]
pub(crate) enum Budget {
    /// At most so much.
    Most(u64),
    /// At least so much.
    Least(u64),
    /// None; the ratio is printed for comparison.
    None,
}

/// Prints a table line by line.
#[derive(Debug, Default)]
pub(crate) struct Table {
    missed: u32,
}

impl Table {
    /// The head of the table.
    #[expect(clippy::print_stdout, reason = "the table is the answer")]
    pub(crate) fn begin() -> Self {
        println!("{:<46} {:>12} {:>12} {:>7} {:>9}", "what", "measured", "baseline", "ratio", "budget");
        Self::default()
    }

    /// One line: a value, its baseline, and their ratio against a budget.
    #[expect(clippy::print_stdout, reason = "the table is the answer")]
    pub(crate) fn line(&mut self, what: &str, (measured, baseline): (u64, u64), unit: &str, budget: Budget) {
        let ratio = measured.saturating_mul(100) / baseline.max(1);
        let (bound, kept) = match budget {
            Budget::Most(most) => (format!("<= {}", hundredths(most)), ratio <= most),
            Budget::Least(least) => (format!(">= {}", hundredths(least)), ratio >= least),
            Budget::None => (String::new(), true),
        };
        self.missed += u32::from(!kept);
        let (measured, baseline) = (format!("{measured} {unit}"), format!("{baseline} {unit}"));
        let mark = if kept { "" } else { "  MISSED" };
        println!("{what:<46} {measured:>12} {baseline:>12} {:>7} {bound:>9}{mark}", hundredths(ratio));
    }

    /// 0 where every budget is kept.
    pub(crate) fn end(&self) -> ExitCode {
        if self.missed == 0 { ExitCode::SUCCESS } else { ExitCode::FAILURE }
    }
}

fn hundredths(n: u64) -> String {
    format!("{}.{:02}", n / 100, n % 100)
}
