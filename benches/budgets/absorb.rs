//! What terminals replicated, into a plant's ledger, against the same rows of all tables inserted bare; and a drill,
//! against the chain alone and the tables made anew.

use std::ffi::OsStr;
use std::path::Path;

use traveller::domain::time::At;
use traveller::ledger::chain::Hash;
use traveller::ledger::place::Place;
use traveller::ledger::{Reader, open_plant, open_reader, rebuild_plant};
use traveller::replicate::address::Address;
use traveller::replicate::dir::Dir;
use traveller::replicate::run::{Errand, Sent, replicate};

use super::support::Outcome;
use super::support::bare::{self, copy_schema, put, row_of};
use super::support::plant::Home;
use super::support::program;
use super::support::sample::timed;
use super::support::table::{Budget, Table};

/// Rows that are inserted bare under one commit.
const ROWS_A_COMMIT: i64 = 100_000;
/// KiB of pages that both sides keep.
const CACHE_KIB: u32 = 16_384;
/// Events that are read at a time.
const PAGE: u32 = 1_000;

/// Measures on the replica of a ledger.
pub(crate) fn measure(table: &mut Table, ledger: &Path, home: &Home) -> Outcome<()> {
    let (nas, kept) = (home.file("nas"), home.file("state"));
    let reader = open_reader(ledger)?;
    let at = At(1_795_700_000_000_000);
    let state = Dir::open_or_make(&kept)?;
    let address = Address::Dir(nas.clone());
    let errand = Errand { address: &address, state: &state, fresh_mark: "0123456789abcdef", now: at };
    let mut sent = Sent::default();
    replicate(&reader, &errand, &mut sent, &mut |_name| ())?;
    let sent = sent.sent;
    let path = home.file("plant.db");
    let [from, into, state] = [&nas, &path, &kept].map(|path| path.as_os_str());
    let words = ["absorb", "drill", "--ledger", "--from", "--state"].map(OsStr::new);
    let [absorb, drill, to_ledger, from_dir, by_state] = words;
    let absorbed_in = program::run(table, [absorb, from, to_ledger, into])?;
    let (rows, bare_in) = bare(&path, &home.file("plant-bare.db"))?;
    let rate = |nanos: u64| rows.saturating_mul(1_000_000_000) / nanos.max(1);
    table.line(&format!("absorb, {sent} events: rows"), (rate(absorbed_in), rate(bare_in)), "/s", Budget::Least(30));
    let ms = |nanos: u64| nanos / 1_000_000;
    let (chain_in, chained) = timed(|| chain(&reader));
    chained?;
    let mut plant = open_plant(&path, false)?;
    let (anew_in, made) = timed(|| rebuild_plant(&mut plant));
    made?;
    drop(plant);
    let drilled_in = program::run(table, [drill, from_dir, from, by_state, state, to_ledger, ledger.as_os_str()])?;
    table.line(&format!("drill, {sent} events"), (ms(drilled_in), ms(chain_in + anew_in)), "ms", Budget::Most(200));
    Ok(())
}

/// The rows of all tables, inserted by nothing but SQLite: how many, and the time.
fn bare(from: &Path, into: &Path) -> Outcome<(u64, u64)> {
    let (reads, bare) = (bare::open(from, CACHE_KIB)?, bare::open(into, CACHE_KIB)?);
    copy_schema(&reads, &bare)?;
    let (mut all, mut nanos) = (0, 0);
    for table in bare::tables(&reads)? {
        let (columns, insert) = (table.columns("t"), table.insert());
        let query = format!("SELECT {columns} FROM {} t LIMIT ?1 OFFSET ?2", table.name);
        let mut offset = 0;
        loop {
            let mut statement = reads.prepare_cached(&query)?;
            let rows = statement.query_map((ROWS_A_COMMIT, offset), |row| row_of(row, table.columns.len()))?;
            let rows: Vec<_> = rows.collect::<Result<_, _>>()?;
            if rows.is_empty() {
                break;
            }
            offset += ROWS_A_COMMIT;
            all += u64::try_from(rows.len())?;
            let (took, written) = timed(|| -> rusqlite::Result<()> {
                bare.execute_batch("BEGIN IMMEDIATE")?;
                let mut statement = bare.prepare_cached(&insert)?;
                for row in &rows {
                    put(&mut statement, row)?;
                }
                bare.execute_batch("COMMIT")
            });
            written?;
            nanos += took;
        }
    }
    Ok((all, nanos))
}

/// The chain of a ledger's first stream, computed anew and nothing else.
fn chain(reader: &Reader) -> Outcome<Hash> {
    let (mut hash, mut after) = (Hash::ZERO, Place::START);
    loop {
        let page = reader.events_after(after, PAGE)?;
        let Some(last) = page.last() else { return Ok(hash) };
        after = last.place;
        for stored in page {
            hash = Hash::after(hash, stored.body.as_bytes());
        }
    }
}
