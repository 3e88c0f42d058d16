//! The tree of a unit of a thousand parts, against the bare recursive query for its rows, in turn.

use std::path::Path;

use rusqlite::Connection;
use traveller::domain::id::UnitId;
use traveller::ledger::read::trace::Made;
use traveller::ledger::{self, open};

use super::support::sample::Sample;
use super::support::table::{Budget, Table};
use super::support::{Outcome, bare, mass};

/// Trees that are read.
const ROUNDS: u64 = 400;
/// Every piece at any depth, with what is shown of it: rows, not a tree.
const TREE: &str = "WITH RECURSIVE tree (unit, event, part, lot, serial, quantity, step, at, badge, how, below) AS (
        SELECT m.unit, m.event, m.part, m.lot, m.serial, m.quantity, m.step, m.at, m.badge, m.how, u.id
            FROM material m LEFT JOIN unit u ON u.name = m.serial
            WHERE m.unit = (SELECT id FROM unit WHERE name = ?1) AND m.out IS NULL
        UNION ALL SELECT m.unit, m.event, m.part, m.lot, m.serial, m.quantity, m.step, m.at, m.badge, m.how, u.id
            FROM tree JOIN material m ON m.unit = tree.below LEFT JOIN unit u ON u.name = m.serial
            WHERE m.out IS NULL
    ) SELECT * FROM tree";

/// Measures on a ledger.
pub(crate) fn measure(table: &mut Table, path: &Path) -> Outcome<()> {
    let (reader, bare) = (ledger::open_reader(path)?, bare::open(path, open::PAGE_CACHE_KIB)?);
    let unit = UnitId::parse(mass::TREE)?;
    let (mut ours, mut theirs) = (Sample::default(), Sample::default());
    let mut pieces = 0;
    for n in 0..ROUNDS {
        let (rows, made) = if n % 2 == 0 {
            let rows = theirs.take(|| query(&bare))?;
            (rows, ours.take(|| reader.trace(&unit))?)
        } else {
            let made = ours.take(|| reader.trace(&unit))?;
            (theirs.take(|| query(&bare))?, made)
        };
        pieces = count(&made.unwrap_or_default());
        if rows != pieces {
            return Err(format!("the tree has {pieces} pieces, the rows are {rows}").into());
        }
    }
    let us = |sample: &Sample| sample.median() / 1_000;
    let what = format!("trace of {pieces} parts, median");
    table.line(&what, (us(&ours), us(&theirs)), "us", Budget::Most(200));
    Ok(())
}

fn count(made: &[Made]) -> usize {
    made.iter().map(|m| 1 + count(&m.made_of)).sum()
}

/// Everything is read, as whoever shows it would.
fn query(bare: &Connection) -> Outcome<usize> {
    let mut statement = bare.prepare_cached(TREE)?;
    let columns = statement.column_count();
    let mut rows = statement.query([mass::TREE])?;
    let mut all = Vec::new();
    while let Some(row) = rows.next()? {
        all.push(bare::row_of(row, columns)?);
    }
    Ok(all.len())
}
