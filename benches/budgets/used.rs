//! The first page of where a lot was used, against the bare query for the same units and what is around them, in turn.

use std::path::Path;

use rusqlite::Connection;
use traveller::ledger::{self, open};

use super::support::sample::{Sample, timed};
use super::support::table::{Budget, Table};
use super::support::{Outcome, bare, mass};

/// Pages that are read.
const ROUNDS: u64 = 2_000;
/// Units on a page.
const PAGE: u32 = 50;
/// The first units that have the lot, and each unit around them.
const FIRST: &str = "WITH RECURSIVE first (unit) AS (
        SELECT DISTINCT unit FROM material WHERE lot = ?1 AND out IS NULL ORDER BY unit LIMIT ?2
    ), up (unit, below) AS (
        SELECT unit, NULL FROM first
        UNION SELECT m.unit, up.unit FROM up JOIN unit ON unit.id = up.unit
            JOIN material AS m ON m.serial = unit.name WHERE m.out IS NULL
    ) SELECT up.unit, up.below, unit.name, unit.state FROM up JOIN unit ON unit.id = up.unit";
/// The units themselves, and nothing around them.
const DIRECT: &str = "SELECT DISTINCT m.unit, NULL, unit.name, unit.state FROM material m JOIN unit ON unit.id = m.unit
    WHERE m.lot = ?1 AND m.out IS NULL ORDER BY m.unit LIMIT ?2";

/// Measures on a ledger.
pub(crate) fn measure(table: &mut Table, path: &Path) -> Outcome<()> {
    let (reader, bare) = (ledger::open_reader(path)?, bare::open(path, open::PAGE_CACHE_KIB)?);
    let (mut ours, mut theirs, mut direct) = (Sample::default(), Sample::default(), Sample::default());
    for n in 0..ROUNDS {
        let (rows, page) = if n % 2 == 0 {
            let rows = theirs.take(|| query(&bare, FIRST))?;
            (rows, ours.take(|| reader.users(mass::LOT, None, PAGE))?)
        } else {
            let page = ours.take(|| reader.users(mass::LOT, None, PAGE))?;
            (theirs.take(|| query(&bare, FIRST))?, page)
        };
        if rows != page.len() {
            return Err(format!("the page has {} units, the rows are {rows}", page.len()).into());
        }
        direct.take(|| query(&bare, DIRECT))?;
    }
    let (nanos, total) = timed(|| reader.users_total(mass::LOT));
    let total = total?;
    let us = |nanos: u64| nanos / 1_000;
    let what = format!("where-used, first page of {total}, median");
    table.line(&what, (us(ours.median()), us(theirs.median())), "us", Budget::Most(200));
    table.line("  to the units themselves alone", (us(ours.median()), us(direct.median())), "us", Budget::None);
    table.line("  counting all of them, once", (us(nanos), us(theirs.median())), "us", Budget::None);
    Ok(())
}

fn query(bare: &Connection, sql: &str) -> Outcome<usize> {
    let mut statement = bare.prepare_cached(sql)?;
    let columns = statement.column_count();
    let mut rows = statement.query((mass::LOT, PAGE))?;
    let mut all = Vec::new();
    while let Some(row) = rows.next()? {
        all.push(bare::row_of(row, columns)?);
    }
    Ok(all.len())
}
