//! The budgets of the ledger, the gate, bulk work and labels: ratios against baselines of the same run, on the same
//! disk.
//!
//! `cargo bench --bench budgets` measures all; `-- action`, `-- decide`, `-- label`, `-- history`, `-- bulk`,
//! `-- trace`, `-- used`, `-- find`, `-- look`, `-- flat`, `-- replicate`, `-- beside`, `-- export`, `-- packing`,
//! `-- recall`, `-- absorb` and `-- review` one each; `-- look` measures `find` too.
//! `TRAVELLER_BENCH_UNITS` is how many units `bulk` plays, 100,000 by default; `history` is measured on that ledger,
//! or on the one that `TRAVELLER_BENCH_LEDGER` names.
//! `trace`, `used`, `find`, `look`, `flat`, `replicate`, `export`, `packing` and `recall` are measured on a ledger of
//! `TRAVELLER_BENCH_MASS` units of twenty events each, 20,000 by default; where that is set, `absorb`, which measures
//! the drill too, is measured on it as well, and else on the ledger that was played. With 1000000 that is twenty
//! million events, and some 25 GB beside `target`; the first line says how long the ledger took. A budget that is
//! missed is exit 1. Run nothing else beside it.

mod absorb;
mod action;
mod beside;
mod bulk;
mod decide;
mod export;
mod find;
mod flat;
mod history;
mod label;
mod line;
mod look;
mod packing;
mod production;
mod recall;
mod replicate;
mod review;
#[path = "../support/mod.rs"]
mod support;
mod trace;
mod used;

use std::path::PathBuf;
use std::process::ExitCode;

use support::Outcome;
use support::mass;
use support::plant::{self, Home};
use support::sample::timed;
use support::table::{Budget, Table};

/// Units that are played, where nothing else is asked for.
const UNITS: u64 = 100_000;
/// Units of the ledger that is made without playing, where nothing else is asked for.
const MASS: u64 = 20_000;
/// Units of the small ledger that it is held against.
const FEW: u64 = 1_000;

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
    if is_asked("review") {
        review::measure(&mut table, &home)?;
    }
    if is_asked("bulk") {
        let played = bulk::measure(&mut table, units, &home)?;
        ledger.get_or_insert(played);
    }
    let massive = std::env::var_os("TRAVELLER_BENCH_MASS").is_some();
    if is_asked("history") || (is_asked("absorb") && !massive) {
        let ledger = ledger.map_or_else(|| play(&home, units), Ok)?;
        if is_asked("history") {
            history::measure(&mut table, &ledger)?;
        }
        if is_asked("absorb") && !massive {
            absorb::measure(&mut table, &ledger, &home)?;
        }
    }
    if is_asked("beside") {
        beside::measure(&mut table, &home)?;
    }
    let of_mass =
        ["trace", "used", "find", "look", "flat", "replicate", "export", "packing", "recall"].into_iter().any(is_asked);
    if of_mass || (is_asked("absorb") && massive) {
        on_a_mass(&mut table, &home, is_asked)?;
    }
    Ok(table.end())
}

/// What is measured on a ledger of very many units. The recall comes last, since it changes the ledger.
fn on_a_mass(table: &mut Table, home: &Home, is_asked: impl Fn(&str) -> bool) -> Outcome<()> {
    let units = std::env::var("TRAVELLER_BENCH_MASS").ok().and_then(|n| n.parse().ok()).unwrap_or(MASS);
    let (nanos, path) = timed(|| mass::make(home, "mass.db", units));
    let path = path?;
    let (few_nanos, few) = timed(|| mass::make(home, "few.db", FEW));
    let few = few?;
    let ms = |nanos: u64| nanos / 1_000_000;
    table.line(&format!("a ledger of {units} units made"), (ms(nanos), ms(few_nanos)), "ms", Budget::None);
    if is_asked("trace") {
        trace::measure(table, &path)?;
    }
    if is_asked("used") {
        used::measure(table, &path)?;
    }
    // Whoever looks searches too: `look` is all that is asked of looking.
    if is_asked("find") || is_asked("look") {
        find::measure(table, (&path, units))?;
    }
    if is_asked("look") {
        look::measure(table, (&path, units))?;
    }
    if is_asked("flat") {
        flat::measure(table, (&few, FEW), (&path, units))?;
    }
    if is_asked("replicate") {
        replicate::measure(table, (&path, units), home)?;
    }
    if is_asked("absorb") && std::env::var_os("TRAVELLER_BENCH_MASS").is_some() {
        absorb::measure(table, &path, home)?;
    }
    if is_asked("export") {
        export::measure(table, (&path, units), home)?;
    }
    if is_asked("packing") {
        packing::measure(table, &path, home)?;
    }
    if is_asked("recall") {
        recall::measure(table, &path, home)?;
    }
    Ok(())
}

fn play(home: &Home, units: u64) -> Outcome<PathBuf> {
    let (path, options) = (home.file("history.db"), plant::options(units)?);
    let mut writer = plant::begin(&path, &options, plant::PAGE_CACHE_KIB)?;
    plant::play(&mut writer, &path, &options)?;
    Ok(path)
}
