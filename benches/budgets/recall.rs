//! All units of a lot held in one transaction, through the gate, against the same rows by bare SQL in one transaction
//! of a copy of the same ledger.

use std::ops::ControlFlow;
use std::path::Path;

use rusqlite::Connection;
use rusqlite::types::Value;
use traveller::app::port::Ledger;
use traveller::app::{enact, port};
use traveller::domain::command::{Command, UNITS_AT_ONCE_MOST};
use traveller::domain::id::{Badge, UnitId};
use traveller::ledger::Writer;

use super::support::hands::Hands;
use super::support::plant::{Home, PAGE_CACHE_KIB};
use super::support::sample::timed;
use super::support::table::{Budget, Table};
use super::support::{Outcome, bare, mass};

/// Measures on a ledger, which is changed by it.
pub(crate) fn measure(table: &mut Table, path: &Path, home: &Home) -> Outcome<()> {
    let copy = home.file("recall-bare.db");
    bare::open(path, PAGE_CACHE_KIB)?.query_row("PRAGMA wal_checkpoint(TRUNCATE)", [], |_row| Ok(()))?;
    std::fs::copy(path, &copy)?;
    let mut writer = mass::open(path, PAGE_CACHE_KIB)?;
    let before = writer.reader().head()?.map_or(0, |head| head.seq);
    let at = writer.reader().head()?.and_then(|head| head.at).ok_or("the ledger has no head")?;
    let mut hands = Hands::at("BENCH-3", "bench", at)?;
    let (ours, held) = timed(|| hold(&mut writer, &mut hands));
    let held = held?;
    drop(writer);
    let rows = Rows::after(path, before)?;
    if rows.events.len() != held {
        return Err(format!("{held} units are held, {} events say so", rows.events.len()).into());
    }
    let to = bare::open(&copy, PAGE_CACHE_KIB)?;
    let (theirs, done) = timed(|| rows.put(&to));
    done?;
    let ms = |nanos: u64| nanos / 1_000_000;
    table.line(&format!("hold of {held} units at once"), (ms(ours), ms(theirs)), "ms", Budget::Most(200));
    Ok(())
}

/// Lists the units under the write lock and holds all of them.
fn hold(writer: &mut Writer, hands: &mut Hands) -> Outcome<usize> {
    writer.begin()?;
    let mut units: Vec<UnitId> = Vec::new();
    writer.within()?.each_user(mass::LOT, |used| {
        units.push(used.unit);
        Ok(ControlFlow::Continue(()))
    })?;
    let mut held = 0;
    for some in units.chunks(UNITS_AT_ONCE_MOST) {
        let command = Command::HoldUnits {
            units: some.to_vec(),
            of: mass::LOT.to_owned(),
            reason: "recall".to_owned(),
            by: Badge::parse(mass::LEAD)?,
        };
        let enacted = enact(writer, &command, &hands.now())?;
        if let Err(refusal) = &enacted.answer {
            return Err(format!("the hold was refused: {}", refusal.code.word()).into());
        }
        held += enacted.events.len();
    }
    port::commit(writer)?;
    Ok(held)
}

/// What the recall wrote.
struct Rows {
    events: Vec<Vec<Value>>,
    links: Vec<Vec<Value>>,
    holds: Vec<Vec<Value>>,
    units: Vec<Vec<Value>>,
}

impl Rows {
    fn after(path: &Path, seq: u64) -> Outcome<Self> {
        let conn = bare::open(path, PAGE_CACHE_KIB)?;
        let last = (1_i64 << 40) | i64::try_from(seq)?;
        let read = |sql: &str| -> Outcome<Vec<Vec<Value>>> {
            let mut statement = conn.prepare(sql)?;
            let columns = statement.column_count();
            let rows = statement.query_map([last], |row| bare::row_of(row, columns))?;
            Ok(rows.collect::<Result<_, _>>()?)
        };
        Ok(Self {
            events: read("SELECT id, body, hash FROM event WHERE id > ?1 ORDER BY id")?,
            links: read("SELECT unit, event FROM hold WHERE event > ?1 ORDER BY event")?,
            holds: read("SELECT unit, event FROM hold WHERE event > ?1 ORDER BY event")?,
            units: read("SELECT state, held, changed, head, events, id FROM unit WHERE head > ?1 ORDER BY head")?,
        })
    }

    fn put(&self, to: &Connection) -> Outcome<()> {
        to.execute_batch("BEGIN IMMEDIATE")?;
        let each = |sql: &str, rows: &[Vec<Value>]| -> Outcome<()> {
            let mut statement = to.prepare_cached(sql)?;
            for row in rows {
                bare::put(&mut statement, row)?;
            }
            Ok(())
        };
        each("INSERT INTO event (id, body, hash) VALUES (?1, ?2, ?3)", &self.events)?;
        each("INSERT INTO unit_event (unit, event) VALUES (?1, ?2)", &self.links)?;
        each("INSERT INTO hold (unit, event) VALUES (?1, ?2)", &self.holds)?;
        each("UPDATE unit SET state = ?1, held = ?2, changed = ?3, head = ?4, events = ?5 WHERE id = ?6", &self.units)?;
        to.execute_batch("COMMIT")?;
        Ok(())
    }
}
