//! The budgets of the ledger, the gate, bulk work and labels: ratios against baselines of the same run, on the same
//! disk.
//!
//! `cargo bench --bench budgets` measures all; `-- action`, `-- decide`, `-- label`, `-- history` and `-- bulk` one
//! each.
//! `TRAVELLER_BENCH_UNITS` is how many units `bulk` plays, 100,000 by default; `history` is measured on that ledger,
//! or on the one that `TRAVELLER_BENCH_LEDGER` names. A budget that is missed is exit 1. Run nothing else beside it.

mod action;
mod bulk;
mod decide;
mod history;
mod label;
#[path = "../support/mod.rs"]
mod support;

use std::path::PathBuf;
use std::process::ExitCode;

use support::Outcome;
use support::plant::{self, Home};
use support::table::Table;

/// Units that are played, where nothing else is asked for.
const UNITS: u64 = 100_000;

fn main() -> Outcome<ExitCode> {
    let asked: Vec<String> = std::env::args().skip(1).filter(|a| !a.starts_with('-')).collect();
    let units = std::env::var("TRAVELLER_BENCH_UNITS").ok().and_then(|n| n.parse().ok()).unwrap_or(UNITS);
    let is_asked = |name: &str| asked.is_empty() || asked.iter().any(|a| a == name);
    let home = Home::new("plant")?;
    let mut ledger = std::env::var_os("TRAVELLER_BENCH_LEDGER").map(PathBuf::from);
    let mut table = Table::begin();
    if is_asked("action") {
        action::measure(&mut table)?;
    }
    if is_asked("decide") {
        decide::measure(&mut table)?;
    }
    if is_asked("label") {
        label::measure(&mut table)?;
    }
    if is_asked("bulk") {
        let played = bulk::measure(&mut table, units, &home)?;
        ledger.get_or_insert(played);
    }
    if is_asked("history") {
        let ledger = ledger.map_or_else(|| play(&home, units), Ok)?;
        history::measure(&mut table, &ledger)?;
    }
    Ok(table.end())
}

fn play(home: &Home, units: u64) -> Outcome<PathBuf> {
    let (path, options) = (home.file("history.db"), plant::options(units)?);
    let mut writer = plant::begin(&path, &options, plant::PAGE_CACHE_KIB)?;
    plant::play(&mut writer, &path, &options)?;
    Ok(path)
}
