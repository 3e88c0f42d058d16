//! Whatever is changed behind the ledger's back is found, and named.

use rusqlite::types::Value;

use super::day::*;
use super::plant::*;
use crate::app::port::Ledger as _;
use crate::ledger::proof::verify::{Finding, Verified};
use crate::ledger::schema::PROJECTIONS;
use crate::ledger::{open_reader, rebuild, verify};

/// Every row of every table that follows from the events.
pub(super) fn dump(conn: &rusqlite::Connection) -> Vec<(String, Vec<Vec<Value>>)> {
    let all = |table: &str, key: &str| {
        let mut statement = conn.prepare(&format!("SELECT * FROM main.{table} ORDER BY {key}")).unwrap();
        let columns = statement.column_count();
        let rows = statement.query_map([], |row| (0..columns).map(|at| row.get(at)).collect()).unwrap();
        rows.collect::<rusqlite::Result<Vec<Vec<Value>>>>().unwrap()
    };
    PROJECTIONS.iter().map(|p| (p.table.to_owned(), all(p.table, &p.key.join(", ")))).collect()
}

fn proven(plant: &Plant) -> Verified {
    verify(&open_reader(&plant.path).unwrap(), None).unwrap()
}

fn findings(plant: &Plant) -> Vec<String> {
    proven(plant).findings.iter().map(Finding::to_string).collect()
}

#[test]
fn a_busy_day_is_in_order_and_every_table_has_rows() {
    let plant = Plant::new();
    let mut ledger = plant.writer();
    busy_day(&mut ledger);
    let head = ledger.reader().head().unwrap().unwrap();
    for (table, rows) in dump(&ledger.reader.conn) {
        // What other ledgers told stands in ledgers of copies.
        assert_eq!(rows.is_empty(), table == "subject_event", "{table}");
    }
    let verified = proven(&plant);
    assert_eq!(verified.findings, []);
    assert_eq!((verified.ledgers.len(), verified.ledgers[0].events), (1, head.seq));
    assert_eq!(verified.ledgers[0].head.hex(), head.hash);
    assert_eq!(verified.witnessed, Some(head.seq));
}

#[test]
fn every_byte_of_every_body_counts() {
    let plant = Plant::new();
    let mut ledger = plant.writer();
    act(&mut ledger, &[started("U1"), opened("U1"), checked("U1", "2.20", true), passed("U1", None)]);
    drop(ledger);
    let stranger = plant.stranger();
    let bodies: Vec<(i64, Vec<u8>)> = stranger
        .prepare("SELECT id, CAST(body AS BLOB) FROM event")
        .unwrap()
        .query_map([], |row| Ok((row.get(0)?, row.get(1)?)))
        .unwrap()
        .collect::<rusqlite::Result<_>>()
        .unwrap();
    let mut flips = 0;
    for (id, body) in bodies {
        for at in 0..body.len() {
            let mut flipped = body.clone();
            flipped[at] ^= 1 << (at % 8);
            stranger.execute("UPDATE event SET body = CAST(?2 AS TEXT) WHERE id = ?1", (id, flipped)).unwrap();
            let found = proven(&plant).findings;
            let seq = u64::try_from(id & ((1 << 40) - 1)).unwrap();
            assert!(found.iter().any(|f| f.seq == Some(seq)), "event {seq}, byte {at}: {found:?}");
            flips += 1;
        }
        stranger.execute("UPDATE event SET body = CAST(?2 AS TEXT) WHERE id = ?1", (id, body)).unwrap();
    }
    assert!(flips > 1_000);
    assert!(proven(&plant).is_ok());
}

#[test]
fn changes_of_the_log_are_named_by_their_event() {
    let event = |seq: i64| (1_i64 << 40) | seq;
    let last = "UPDATE stream SET seq = seq - 1, hash = (SELECT hash FROM event ORDER BY id DESC LIMIT 1)";
    let cases = [
        (format!("DELETE FROM event WHERE id = {}", event(5)), "event 5: events 5 to 5 are missing"),
        (
            format!("UPDATE event SET hash = zeroblob(32) WHERE id = {}", event(5)),
            "event 5: the body, or the one before it",
        ),
        (
            format!("UPDATE event SET hash = zeroblob(7) WHERE id = {}", event(5)),
            "event 5: the body, or the one before it",
        ),
        (
            format!(
                "CREATE TEMP TABLE t AS SELECT * FROM event WHERE id IN ({a}, {b});
                UPDATE event SET (body, hash) = (SELECT body, hash FROM t WHERE t.id = {a} + {b} - event.id)
                WHERE id IN ({a}, {b})",
                a = event(5),
                b = event(6)
            ),
            "event 5: the body is of event 6",
        ),
        (format!("DELETE FROM event WHERE id = (SELECT max(id) FROM event); {last}"), "records missing"),
        ("UPDATE stream SET seq = seq + 1".to_owned(), "the stream's row says"),
        ("UPDATE stream SET at = 0".to_owned(), "the stream's row says"),
        ("UPDATE stream SET epoch = 'ffffffffffffffff'".to_owned(), "the body is of event 1 of T1"),
        (
            "INSERT INTO event SELECT id + (7 << 40), body, hash FROM event WHERE id = (1 << 40) + 3".to_owned(),
            "belongs to no stream",
        ),
        (
            "INSERT INTO event SELECT -1, body, hash FROM event WHERE id = (1 << 40) + 3".to_owned(),
            "belongs to no stream",
        ),
    ];
    for (harm, named) in cases {
        let plant = Plant::new();
        let mut ledger = plant.writer();
        busy_day(&mut ledger);
        drop(ledger);
        plant.stranger().pragma_update(None, "foreign_keys", false).unwrap();
        let stranger = plant.stranger();
        stranger.pragma_update(None, "foreign_keys", false).unwrap();
        stranger.execute_batch(&harm).unwrap();
        let found = findings(&plant);
        assert!(found.iter().any(|f| f.contains(named)), "{harm}: {found:?}");
    }
}

#[test]
fn every_column_of_every_row_of_every_table_counts() {
    let plant = Plant::new();
    let mut ledger = plant.writer();
    busy_day(&mut ledger);
    drop(ledger);
    let stranger = plant.stranger();
    // What other ledgers told has no rows in the ledger of a terminal.
    for projection in PROJECTIONS.iter().filter(|p| p.table != "subject_event") {
        let (table, key) = (projection.table, projection.key.join(", "));
        let columns: Vec<(String, String)> = stranger
            .prepare("SELECT name, type FROM pragma_table_info(?1)")
            .unwrap()
            .query_map([table], |row| Ok((row.get(0)?, row.get(1)?)))
            .unwrap()
            .collect::<rusqlite::Result<_>>()
            .unwrap();
        for (column, kind) in columns {
            let other = if kind == "TEXT" {
                format!("coalesce({column}, '') || 'x'")
            } else {
                format!("coalesce({column}, 0) + 1000")
            };
            let one = format!("({key}) = (SELECT {key} FROM {table} ORDER BY {key} DESC LIMIT 1)");
            stranger.execute_batch("SAVEPOINT harm; PRAGMA defer_foreign_keys = 1").unwrap();
            let harm = stranger.execute(&format!("UPDATE {table} SET {column} = {other} WHERE {one}"), []).unwrap();
            assert_eq!(harm, 1, "{table}.{column}");
            stranger.pragma_update(None, "foreign_keys", false).unwrap();
            // The last release's number is another event's by then: no key is broken that the table has.
            if stranger.execute_batch("RELEASE harm").is_err() {
                stranger.execute_batch("ROLLBACK").unwrap();
                continue;
            }
            let found = findings(&plant);
            assert!(found.iter().any(|f| f.contains(&format!("table {table}, row "))), "{table}.{column}: {found:?}");
            rebuild(&mut plant.writer()).unwrap();
            assert_eq!(findings(&plant), Vec::<String>::new(), "{table}.{column}: made anew it is in order");
        }
    }
}

#[test]
fn a_difference_is_named_as_people_would() {
    let plant = Plant::new();
    let mut ledger = plant.writer();
    busy_day(&mut ledger);
    drop(ledger);
    let stranger = plant.stranger();
    stranger.execute_batch("UPDATE unit SET state = 'complete' WHERE name = 'U1'; DELETE FROM lot").unwrap();
    stranger.execute_batch("INSERT INTO station VALUES ('ASM-9', '{}')").unwrap();
    let verified = proven(&plant);
    let said: Vec<&str> = verified.findings.iter().map(|f| f.what.as_str()).collect();
    assert_eq!(
        said,
        [
            r#"table unit, row U1: state is "complete", the events say "held""#,
            "table station, row ASM-9: no event says so",
            "table lot, row L-1: it is missing",
        ]
    );
    assert!(verified.findings[0].seq.is_some() && verified.findings[2].seq.is_none());
}

#[test]
fn many_differences_are_counted_not_listed() {
    let plant = Plant::new();
    let mut ledger = plant.writer();
    for n in 0..20 {
        act(&mut ledger, &[started(&format!("U{n}"))]);
    }
    drop(ledger);
    plant.stranger().execute_batch("UPDATE unit SET purpose = 'trial'").unwrap();
    let found = findings(&plant);
    assert_eq!((found.len(), found[3].as_str()), (4, "table unit: 17 more rows differ"));
}

#[test]
fn tables_triggers_and_indexes_that_were_not_made_here_are_found_and_go() {
    let harms = [
        ("CREATE TRIGGER quiet AFTER INSERT ON refusal BEGIN DELETE FROM refusal; END", "the trigger quiet is not one"),
        ("CREATE VIEW mine AS SELECT * FROM event", "the view mine is not one"),
        ("CREATE INDEX mine ON event (hash)", "the index mine is not one"),
        ("CREATE VIEW \"a \"\" b\" AS SELECT 1", "is not one that was made here"),
        ("DROP INDEX material_lot", "the index material_lot is missing"),
        ("DROP TABLE refusal", "the table refusal is missing"),
        ("ALTER TABLE lot ADD COLUMN price TEXT", "the table lot is not one"),
    ];
    for (harm, named) in harms {
        let plant = Plant::new();
        let mut ledger = plant.writer();
        busy_day(&mut ledger);
        drop(ledger);
        plant.stranger().execute_batch(harm).unwrap();
        let found = findings(&plant);
        assert!(found.iter().any(|f| f.contains(named)), "{harm}: {found:?}");
        rebuild(&mut plant.writer()).unwrap();
        assert_eq!(findings(&plant), Vec::<String>::new(), "{harm}");
    }
}

#[test]
fn a_table_of_a_stranger_is_found_and_never_dropped() {
    let plant = Plant::new();
    let mut ledger = plant.writer();
    plant.stranger().execute_batch("CREATE TABLE notes (x); INSERT INTO notes VALUES (1)").unwrap();
    rebuild(&mut ledger).unwrap();
    assert_eq!(findings(&plant), ["the table notes is not one that was made here"]);
    let kept: i64 = plant.stranger().query_row("SELECT x FROM notes", [], |row| row.get(0)).unwrap();
    assert_eq!(kept, 1);
}

#[test]
fn a_trigger_of_a_stranger_does_nothing() {
    let plant = Plant::new();
    drop(plant.writer());
    let trigger = "CREATE TRIGGER quiet AFTER INSERT ON event BEGIN UPDATE event SET body = ''; END";
    plant.stranger().execute_batch(trigger).unwrap();
    let mut ledger = plant.writer();
    act(&mut ledger, &[started("U1")]);
    assert_eq!(ledger.reader().history(&unit("U1")).unwrap().len(), 1);
}

#[test]
fn made_anew_the_tables_are_the_same_and_the_ledger_goes_on() {
    let plant = Plant::new();
    let mut ledger = plant.writer();
    busy_day(&mut ledger);
    let kept = dump(&ledger.reader.conn);
    let head = ledger.reader().head().unwrap();
    assert_eq!(Some(rebuild(&mut ledger).unwrap()), head.as_ref().map(|h| h.seq));
    assert_eq!(dump(&ledger.reader.conn), kept);
    assert_eq!(ledger.reader().head().unwrap(), head);
    act(&mut ledger, &[opened("U1")]);
    assert!(proven(&plant).is_ok());
}

#[test]
fn where_an_event_cannot_be_read_nothing_is_made_anew() {
    let plant = Plant::new();
    let mut ledger = plant.writer();
    busy_day(&mut ledger);
    let kept = dump(&ledger.reader.conn);
    plant.stranger().execute("UPDATE event SET body = '{' WHERE id = (1 << 40) + 9", []).unwrap();
    let fault = rebuild(&mut ledger).unwrap_err();
    assert!(fault.what.starts_with("event 9 cannot be read"), "{fault}");
    assert_eq!(dump(&ledger.reader.conn), kept);
    assert!(ledger.begin().is_ok());
}

#[test]
fn a_verification_sees_one_moment_while_others_write() {
    let plant = Plant::new();
    let mut ledger = plant.writer();
    busy_day(&mut ledger);
    std::thread::scope(|scope| {
        let path = &plant.path;
        scope.spawn(move || {
            let mut other = writer(path);
            for n in 0..60 {
                act(&mut other, &[started(&format!("V{n}"))]);
            }
        });
        for _ in 0..5 {
            assert_eq!(findings(&plant), Vec::<String>::new());
        }
    });
}
