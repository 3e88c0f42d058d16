//! A unit's history out of a large ledger, against the bare query for the same rows, in turn.

use std::path::Path;

use rusqlite::Connection;
use traveller::domain::id::UnitId;
use traveller::ledger;

use super::support::Outcome;
use super::support::bare;
use super::support::sample::Sample;
use super::support::table::{Budget, Table};

/// Units that are looked up.
const ROUNDS: u64 = 4_000;
/// The bare query.
const HISTORY: &str = "SELECT event.id, event.body, event.hash FROM unit JOIN unit_event ON unit_event.unit = unit.id
    JOIN event ON event.id = unit_event.event WHERE unit.name = ?1 ORDER BY unit_event.event";

/// Measures on a ledger.
pub(crate) fn measure(table: &mut Table, path: &Path) -> Outcome<()> {
    let (reader, bare) = (ledger::open_reader(path)?, bare::open(path, ledger::open::PAGE_CACHE_KIB)?);
    let names = names(&bare)?;
    let (mut ours, mut theirs, mut folded) = (Sample::default(), Sample::default(), Sample::default());
    for (n, name) in names.iter().enumerate() {
        let unit = UnitId::parse(name)?;
        // Whoever comes second finds the pages in the system's memory: they take turns at it.
        let (rows, events) = if n % 2 == 0 {
            let rows = theirs.take(|| query(&bare, name))?;
            (rows, ours.take(|| reader.history(&unit))?)
        } else {
            let events = ours.take(|| reader.history(&unit))?;
            (theirs.take(|| query(&bare, name))?, events)
        };
        if rows.len() != events.len() || rows.is_empty() {
            return Err(format!("unit {name} has two histories").into());
        }
        folded.take(|| reader.traveller(&unit))?;
    }
    let units: u32 = bare.query_row("SELECT count(*) FROM unit", [], |row| row.get(0))?;
    let line = |table: &mut Table, what: &str, ours: &Sample, budget| {
        table.line(what, (ours.median() / 1_000, theirs.median() / 1_000), "us", budget);
    };
    line(table, &format!("history of a unit of {units}, median"), &ours, Budget::Most(200));
    line(table, "  read and folded into a traveller", &folded, Budget::None);
    Ok(())
}

/// Units from all over the ledger, in no order.
fn names(conn: &Connection) -> Outcome<Vec<String>> {
    let (least, most): (i64, i64) =
        conn.query_row("SELECT min(id), max(id) FROM unit", [], |row| Ok((row.get(0)?, row.get(1)?)))?;
    let span = u64::try_from(most - least)?;
    let mut statement = conn.prepare("SELECT name FROM unit WHERE id >= ?1 ORDER BY id LIMIT 1")?;
    let at =
        |n: u64| -> Outcome<i64> { Ok(least + i64::try_from(n.wrapping_mul(0x9e37_79b9_7f4a_7c15) % span.max(1))?) };
    (0..ROUNDS).map(|n| Ok(statement.query_row([at(n)?], |row| row.get(0))?)).collect::<Outcome<_>>()
}

fn query(conn: &Connection, name: &str) -> Outcome<Vec<(i64, String, Vec<u8>)>> {
    let mut statement = conn.prepare_cached(HISTORY)?;
    let rows = statement.query_map([name], |row| Ok((row.get(0)?, row.get(1)?, row.get(2)?)))?;
    Ok(rows.collect::<Result<_, _>>()?)
}
