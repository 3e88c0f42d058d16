//! The budgets of the ledger, the gate and bulk work: ratios against baselines of the same run, on the same disk.
//!
//! `cargo bench --bench budgets` measures all; `-- action`, `-- decide`, `-- history` and `-- bulk` one each.
//! `TRAVELLER_BENCH_UNITS` sets the size of the ledgers that `history` and `bulk` are measured on. A budget that is
//! missed is exit 1. Instruments make a machine of two cores noisy: run nothing else beside it.

mod action;
mod bulk;
mod reading;
#[path = "../support/mod.rs"]
mod support;

use std::process::ExitCode;

use support::Outcome;
use support::table::Table;

/// Units of the ledgers that are measured on, where nothing else is asked for.
const UNITS: u64 = 100_000;

fn main() -> Outcome<ExitCode> {
    let asked: Vec<String> = std::env::args().skip(1).filter(|a| !a.starts_with('-')).collect();
    let units = std::env::var("TRAVELLER_BENCH_UNITS").ok().and_then(|n| n.parse().ok()).unwrap_or(UNITS);
    let is_asked = |name: &str| asked.is_empty() || asked.iter().any(|a| a == name);
    let mut table = Table::begin();
    if is_asked("action") {
        action::measure(&mut table)?;
    }
    if is_asked("decide") {
        reading::decide(&mut table)?;
    }
    if is_asked("history") {
        reading::history(&mut table, units)?;
    }
    if is_asked("bulk") {
        bulk::measure(&mut table, units)?;
    }
    Ok(table.end())
}
