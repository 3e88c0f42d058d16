//! A ledger of an older version is brought up to date with everything in it.

use rusqlite::Connection;

use super::day::*;
use super::plant::*;
use super::proving::dump;
use super::several::{Told, content, copies, take};
use crate::app::port::Ledger as _;
use crate::domain::facts::{Ask, Facts};
use crate::domain::id::LotId;
use crate::domain::load_record::LoadState;
use crate::domain::role::Role;
use crate::domain::time::SECOND;
use crate::ledger::proof::verify::Finding;
use crate::ledger::schema::{self, PROJECTIONS};
use crate::ledger::{open_reader, rebuild, verify};

/// Makes the file one of the first version, with the log and the rows that the first program would have left in it.
fn as_of_the_first_version(conn: &Connection) {
    let columns = |conn: &Connection, table: &str| -> Vec<String> {
        let mut statement = conn.prepare("SELECT name FROM pragma_table_info(?1) ORDER BY cid").unwrap();
        statement.query_map([table], |row| row.get(0)).unwrap().collect::<rusqlite::Result<_>>().unwrap()
    };
    let tables: Vec<&str> = ["stream", "event"].into_iter().chain(PROJECTIONS.iter().map(|p| p.table)).collect();
    conn.execute_batch("PRAGMA foreign_keys = OFF; CREATE TEMP TABLE old_names (name TEXT)").unwrap();
    for table in &tables {
        conn.execute_batch(&format!(
            "CREATE TEMP TABLE old_{table} AS SELECT * FROM main.{table}; DROP TABLE main.{table}"
        ))
        .unwrap();
    }
    conn.execute_batch(schema::FIRST).unwrap();
    for table in &tables {
        let names = columns(conn, table).join(", ");
        if !names.is_empty() {
            conn.execute_batch(&format!("INSERT INTO main.{table} ({names}) SELECT {names} FROM temp.old_{table}"))
                .unwrap();
        }
    }
    // The first program did not keep who delivered a lot.
    conn.execute_batch("UPDATE lot SET fold = json_remove(fold, '$.supplier'); PRAGMA user_version = 1").unwrap();
    forget_recovered(conn);
}

/// Nor did it keep whose PIN was given without one.
fn forget_recovered(conn: &Connection) {
    conn.execute_batch("UPDATE person SET fold = json_remove(fold, '$.recovered')").unwrap();
}

#[test]
fn a_ledger_of_the_first_version_is_brought_up_to_date_with_everything_in_it() {
    let plant = Plant::new();
    let mut ledger = plant.writer();
    first_day(&mut ledger);
    let (head, rows) = (ledger.reader().head().unwrap(), dump(&ledger.reader.conn));
    drop(ledger);
    as_of_the_first_version(&plant.stranger());
    let old = plant.stranger();
    assert!(old.prepare("SELECT held FROM unit").is_err(), "it is of the first version");
    drop(old);
    assert!(open_reader(&plant.path).is_err(), "whoever only reads does not change it");

    let mut ledger = plant.writer();
    assert_eq!(ledger.reader().head().unwrap(), head);
    assert_eq!(dump(&ledger.reader.conn), rows);
    let lot = ledger.reader().lot(&LotId::parse("L-1").unwrap()).unwrap().unwrap();
    assert_eq!(lot.supplier.as_deref(), Some("ACME"));
    let verified = verify(&open_reader(&plant.path).unwrap(), None).unwrap();
    assert_eq!(verified.findings.iter().map(Finding::to_string).collect::<Vec<_>>(), Vec::<String>::new());
    let mut facts = Facts::default();
    ledger.begin().unwrap();
    ledger.answer(&Ask::Newest, &mut facts).unwrap();
    ledger.rollback();
    let seq = head.unwrap().seq;
    assert_eq!(facts.newest(), Some(MORNING.plus(i64::try_from(seq).unwrap() * 60 * SECOND)));
    rebuild(&mut ledger).unwrap();
    assert_eq!(dump(&ledger.reader.conn), rows);
    busy_day(&mut ledger);
    assert!(verify(&open_reader(&plant.path).unwrap(), None).unwrap().is_ok());
}

#[test]
fn whose_pin_was_recovered_in_the_time_of_an_older_program_is_told() {
    let plant = Plant::new();
    let mut ledger = plant.writer();
    act(&mut ledger, &[enrolled("OP-1001", &[Role::Lead]), enrolled("OP-1002", &[Role::Lead])]);
    act(&mut ledger, &[recovered("OP-1001"), recovered("OP-1002"), recovered("OP-9009")]);
    act(&mut ledger, &[enrolled("OP-1002", &[Role::Lead])]);
    let rows = dump(&ledger.reader.conn);
    drop(ledger);
    let old = plant.stranger();
    forget_recovered(&old);
    assert_ne!(dump(&old), rows);
    super::super::recovered::fill(&old).unwrap();
    assert_eq!(dump(&old), rows, "one was recovered, one enrolled anew, and one never enrolled at all");
    drop(old);
    let mut ledger = plant.writer();
    ledger.begin().unwrap();
    assert_eq!(ledger.unconfirmed().unwrap(), Some(badge("OP-1001")));
}

/// A busy day of which an older program did not keep a table, and that a newer one filled in.
fn filled(table: &str, fill: impl Fn(&rusqlite::Connection) -> Result<(), crate::app::port::Fault>) -> Plant {
    let plant = Plant::new();
    let mut ledger = plant.writer();
    busy_day(&mut ledger);
    let rows = dump(&ledger.reader.conn);
    drop(ledger);
    let old = plant.stranger();
    old.execute_batch(&format!("DELETE FROM {table}")).unwrap();
    assert_ne!(dump(&old), rows);
    fill(&old).unwrap();
    assert_eq!(dump(&old), rows);
    drop(old);
    plant
}

#[test]
fn lots_and_loads_of_the_time_of_an_older_program_are_told() {
    filled("lot_event", super::super::lots::fill);
    let plant = filled("load_event", super::super::loads::fill);
    let reader = open_reader(&plant.path).unwrap();
    let load = reader.load("OVEN-1-1").unwrap().unwrap();
    let inside: Vec<&str> = load.inside().map(|inside| inside.unit.as_str()).collect();
    assert_eq!((inside, load.units.len(), load.state()), (vec!["U4"], 2, LoadState::Filling));
    assert_eq!(reader.loads(None, 9).unwrap(), [load]);
    assert_eq!(reader.load("OVEN-1-2").unwrap(), None);
}

#[test]
fn in_a_ledger_of_copies_too_however_the_streams_arrived() {
    let mut before = Told::begun("T1", 9, None);
    before.say(&[enrolled("OP-1001", &[Role::Lead])]);
    let mut after = Told::begun("T1", 1, Some(before.last()));
    after.say(&[recovered("OP-1001")]);
    let mut last = Told::begun("T1", 5, Some(after.last()));
    last.say(&[recovered("OP-1001")]);
    for streams in [[&before, &after, &last], [&last, &after, &before], [&last, &before, &after]] {
        let plant = Plant::new();
        let mut all = copies(&plant);
        for told in streams {
            take(&mut all, told, 9);
            let (conn, rows) = (&all.reader.conn, content(&all));
            forget_recovered(conn);
            super::super::recovered::fill(conn).unwrap();
            assert_eq!(content(&all), rows);
        }
    }
}
