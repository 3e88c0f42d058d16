//! What can befall the files and the disk, and that it is noticed or said.

use std::path::Path;
use std::process::Command;

use super::plant::*;
use crate::app::port::Ledger as _;
use crate::ledger::head_file::HeadTrouble;
use crate::ledger::open::open_writer;
use crate::ledger::open_error::OpenError;
use crate::ledger::verify;

/// Copies a ledger's files as they lie there, by another process: here it would drop SQLite's locks.
fn copy(plant: &Plant, to: &Path) {
    std::fs::create_dir_all(to).unwrap();
    for end in ["", "-wal", "-shm", ".head"] {
        let name = format!("plant.db{end}");
        let done = Command::new("cp").arg(plant.dir.path().join(&name)).arg(to.join(&name)).status().unwrap();
        assert!(done.success());
    }
}

fn trouble(path: &Path) -> HeadTrouble {
    let error = open_writer(path, &making()).unwrap_err();
    let OpenError::Head { trouble, .. } = error else { panic!("{error:?}") };
    trouble
}

#[test]
fn a_cut_or_lost_wal_is_noticed_by_the_head_file() {
    let plant = Plant::new();
    let mut ledger = plant.writer();
    for n in 0..18 {
        act(&mut ledger, &[started(&format!("U{n}"))]);
    }
    let image = plant.dir.path().join("image");
    copy(&plant, &image);
    let (path, wal) = (image.join("plant.db"), image.join("plant.db-wal"));
    let whole = std::fs::read(&wal).unwrap();
    std::fs::remove_file(image.join("plant.db-shm")).unwrap();
    std::fs::write(&wal, &whole[..whole.len() - 9_000]).unwrap();
    let HeadTrouble::Missing { from, to: 19 } = trouble(&path) else { panic!() };
    assert!((2..=19).contains(&from), "{from}");
    let reader = crate::ledger::open_reader(&path).unwrap();
    let found = verify(&reader, None).unwrap().findings;
    assert_eq!(found[0].what, format!("records missing: {from} to 19"));
    drop(reader);
    // Without any WAL only what was checkpointed is left: here not even the schema.
    copy(&plant, &image);
    std::fs::remove_file(&wal).unwrap();
    std::fs::remove_file(image.join("plant.db-shm")).unwrap();
    assert!(matches!(trouble(&path), HeadTrouble::Missing { to: 19, .. }));
    copy(&plant, &image);
    assert!(open_writer(&path, &making()).is_ok(), "the whole image is sound");
}

#[test]
fn an_old_image_put_back_is_noticed_and_so_is_what_was_done_on_it() {
    let plant = Plant::new();
    let mut ledger = plant.writer();
    act(&mut ledger, &[started("U1")]);
    drop(ledger);
    let image = plant.dir.path().join("image");
    copy(&plant, &image);
    let mut ledger = plant.writer();
    act(&mut ledger, &[opened("U1"), checked("U1", "2.20", true)]);
    drop(ledger);
    let put_back = |end: &str| {
        std::fs::copy(image.join(format!("plant.db{end}")), plant.dir.path().join(format!("plant.db{end}"))).unwrap();
    };
    for end in ["", "-wal", "-shm"] {
        put_back(end);
    }
    assert_eq!(trouble(&plant.path), HeadTrouble::Missing { from: 3, to: 4 });
    // Somebody worked on with a head file of its own, then put the first one back.
    let first = std::fs::read(plant.head_path()).unwrap();
    put_back(".head");
    let mut ledger = plant.writer();
    for _ in 0..4 {
        act(&mut ledger, &[opened("U1")]);
    }
    drop(ledger);
    std::fs::write(plant.head_path(), first).unwrap();
    assert_eq!(trouble(&plant.path), HeadTrouble::Forked { seq: 4 });
}

#[test]
fn the_ledger_of_another_life_is_noticed() {
    let (one, two) = (Plant::new(), Plant::new());
    drop((one.writer(), two.writer()));
    std::fs::copy(two.head_path(), one.head_path()).unwrap();
    assert!(matches!(trouble(&one.path), HeadTrouble::Foreign { .. }));
}

#[test]
fn a_head_row_that_does_not_fit_the_log_is_noticed_at_the_start() {
    for harm in ["UPDATE stream SET seq = 2", "DELETE FROM event WHERE id = (SELECT max(id) FROM event)"] {
        let plant = Plant::new();
        let mut ledger = plant.writer();
        act(&mut ledger, &[started("U1"), opened("U1")]);
        drop(ledger);
        plant.stranger().execute_batch(harm).unwrap();
        let error = open_writer(&plant.path, &making()).unwrap_err();
        assert!(error.to_string().contains("does not fit its last event"), "{error}");
    }
}

#[test]
fn a_ledger_that_went_back_under_a_writer_takes_nothing_more() {
    let plant = Plant::new();
    let mut ledger = plant.writer();
    act(&mut ledger, &[started("U1"), opened("U1")]);
    plant.stranger().execute_batch("UPDATE stream SET seq = 2").unwrap();
    let fault = ledger.begin().unwrap_err();
    assert_eq!(fault.what, "records missing: 3 to 3");
}

#[test]
fn a_full_database_records_nothing_of_the_action_and_goes_on_when_there_is_room() {
    let plant = Plant::new();
    let mut ledger = plant.writer();
    act(&mut ledger, &[started("U1")]);
    let pages: i64 = ledger.reader.conn.query_row("PRAGMA page_count", [], |row| row.get(0)).unwrap();
    ledger.reader.conn.pragma_update(None, "max_page_count", pages + 2).unwrap();
    let mut recorded = 2;
    let fault = loop {
        ledger.begin().unwrap();
        let drafts = events(&ledger.head().unwrap(), &[checked("U1", &"9".repeat(500), true), opened("U1")]);
        match ledger.append(&drafts).and_then(|()| ledger.commit()) {
            Ok(head) => recorded = head.seq,
            Err(fault) => break fault,
        }
    };
    assert!(fault.to_string().starts_with("the disk is full ("), "{fault}");
    ledger.rollback();
    assert_eq!(ledger.reader().head().unwrap().unwrap().seq, recorded);
    ledger.reader.conn.pragma_update(None, "max_page_count", 1_000_000).unwrap();
    assert_eq!(act(&mut ledger, &[opened("U1")]).seq, recorded + 1);
    assert!(verify(ledger.reader(), None).unwrap().is_ok());
}

#[test]
fn a_file_that_may_not_grow_is_said_and_what_was_acknowledged_is_there() {
    let plant = Plant::new();
    drop(plant.writer());
    // The limit counts blocks of 512 or 1,024 bytes, as the shell has it: either is reached soon.
    let script = "trap '' XFSZ; ulimit -f 300; exec \"$0\" \"$@\"";
    let report = plant.dir.path().join("report");
    let out = Command::new("sh")
        .args(["-c", script])
        .arg(std::env::current_exe().unwrap())
        .args(["--exact", "--ignored", "ledger::tests::damage::fills_a_disk_that_is_small"])
        .env("LEDGER_TO_FILL", &plant.path)
        .env("LEDGER_REPORT", &report)
        .output()
        .unwrap();
    let said = std::fs::read_to_string(report).unwrap_or_else(|e| panic!("{e}: {out:?}"));
    let last = said.lines().find_map(|line| line.strip_prefix("acknowledged ")).unwrap();
    assert!(said.contains("fault: the disk failed ("), "{said}");
    assert!(said.contains("afterwards: Err(Fault { what: \"the disk failed ("), "in doubt nothing goes on: {said}");
    let ledger = plant.writer();
    let seq = ledger.reader().head().unwrap().unwrap().seq;
    assert!(seq >= last.parse().unwrap(), "{seq} {said}");
    assert!(verify(ledger.reader(), None).unwrap().is_ok());
}

#[test]
#[ignore = "is run by another test, with a limit on the size of files"]
fn fills_a_disk_that_is_small() {
    let path = std::env::var_os("LEDGER_TO_FILL").unwrap();
    let mut ledger = writer(path.as_ref());
    let mut last = 0;
    for n in 0..10_000 {
        let fault = match ledger.begin() {
            Ok(()) => {
                let drafts = [started(&format!("U{n}")), checked(&format!("U{n}"), &"9".repeat(900), true)];
                let events = events(&ledger.head().unwrap(), &drafts);
                ledger.append(&events).and_then(|()| ledger.commit().map(|head| last = head.seq)).err()
            }
            Err(fault) => Some(fault),
        };
        if let Some(fault) = fault {
            ledger.rollback();
            let said = format!("acknowledged {last}\nfault: {fault}\nafterwards: {:?}", ledger.begin());
            std::fs::write(std::env::var_os("LEDGER_REPORT").unwrap(), said).unwrap();
            return;
        }
    }
}

#[test]
fn a_ledger_that_is_read_only_is_said() {
    let plant = Plant::new();
    drop(plant.writer());
    let mut ledger = plant.writer();
    ledger.reader.conn.pragma_update(None, "query_only", true).unwrap();
    let fault = ledger.begin().unwrap_err();
    assert!(fault.to_string().starts_with("the ledger may not be written ("), "{fault}");
    assert_eq!(ledger.reader().head().unwrap().unwrap().seq, 1);
}

#[test]
fn a_ledger_that_another_process_keeps_locked_is_said() {
    let plant = Plant::new();
    let (mut one, mut two) = (plant.writer(), plant.writer());
    two.reader.conn.busy_timeout(std::time::Duration::from_millis(50)).unwrap();
    one.begin().unwrap();
    let fault = two.begin().unwrap_err();
    assert!(fault.to_string().starts_with("another process keeps the ledger locked ("), "{fault}");
    one.rollback();
    two.begin().unwrap();
}
