//! Searching as it is typed, key by key, against the bare indexed query for the units that begin like it, in turn; and
//! going through every number for those that have the part anywhere.

use std::path::Path;

use rusqlite::Connection;
use traveller::app::inspect::query::Query;
use traveller::app::inspect::when::Wall;
use traveller::domain::time::At;
use traveller::ledger::{self, open};
use traveller::station::look::search::Search;

use super::support::sample::{Sample, timed};
use super::support::table::{Budget, Table};
use super::support::{Outcome, bare, mass};

/// Units whose numbers are typed.
const ROUNDS: u64 = 200;
/// The units that begin like it, as a list shows them.
const BARE: &str = "SELECT id, name, route, revision, state, step, station, changed FROM unit
    WHERE name >= ?1 AND name < ?2 ORDER BY name LIMIT 50";
const BARE_SCAN: &str = "SELECT count(*) FROM unit WHERE instr(name, ?1)";

/// Measures on a ledger of so many units.
pub(crate) fn measure(table: &mut Table, (path, units): (&Path, u64)) -> Outcome<()> {
    let (reader, bare) = (ledger::open_reader(path)?, bare::open(path, open::PAGE_CACHE_KIB)?);
    let whole = mass::unit(0).len();
    let wall = Wall { now: At(0), utc_offset: 0 };
    for length in 1..=whole {
        let (mut ours, mut theirs) = (Sample::default(), Sample::default());
        for n in 0..ROUNDS {
            let number = mass::unit(n * 7_919 % units);
            let typed = number.get(..length).unwrap_or_default();
            let ask = || Query::read(typed, wall).map_err(|bad| format!("{bad:?}"));
            if n % 2 == 0 {
                ours.take(|| Search::begin(&reader, n, ask()?).map_err(|f| f.to_string()))?;
                theirs.take(|| query(&bare, typed))?;
            } else {
                theirs.take(|| query(&bare, typed))?;
                ours.take(|| Search::begin(&reader, n, ask()?).map_err(|f| f.to_string()))?;
            }
        }
        let what = format!("a search of {units} serials, key {length} of {whole}");
        table.line(&what, (ours.median(), theirs.median().max(1)), "ns", Budget::Most(300));
    }
    anywhere(table, &reader, &bare, units)
}

/// A part that no number has: every number is gone through.
fn anywhere(table: &mut Table, reader: &ledger::Reader, bare: &Connection, units: u64) -> Outcome<()> {
    let (wall, part) = (Wall { now: At(0), utc_offset: 0 }, "77X77");
    let query = Query::read(part, wall).map_err(|bad| format!("{bad:?}"))?;
    let (mut longest, mut sum) = (0, 0);
    let mut search = Search::begin(reader, 1, query)?;
    while search.is_going() {
        let (nanos, stepped) = timed(|| search.step(reader));
        stepped?;
        (longest, sum) = (longest.max(nanos), sum + nanos);
    }
    let (bare, counted) = timed(|| bare.query_row(BARE_SCAN, [part], |row| row.get::<_, i64>(0)));
    counted?;
    let ms = |nanos: u64| nanos / 1_000_000;
    let what = format!("a part anywhere in {units} serials and all else");
    table.line(&what, (ms(sum), ms(bare).max(1)), "ms", Budget::None);
    table.line("  the longest stretch of it, of 100 ms", (ms(longest), 100), "ms", Budget::Most(100));
    Ok(())
}

fn query(bare: &Connection, typed: &str) -> Outcome<usize> {
    let mut statement = bare.prepare_cached(BARE)?;
    let mut rows = statement.query((typed, format!("{typed}\u{7f}")))?;
    let mut count = 0;
    while let Some(row) = rows.next()? {
        for column in 1..7 {
            let _text: Option<String> = row.get(column)?;
        }
        count += 1;
    }
    Ok(count)
}
