//! What people ask.

use std::ops::ControlFlow;

use super::day::*;
use super::plant::*;
use crate::domain::id::RouteId;
use crate::domain::refusal::Code;
use crate::domain::time::{At, SECOND};
use crate::domain::traveller::State;
use crate::ledger::place::Place;
use crate::ledger::read::events::Which;
use crate::ledger::read::units::{Page, UnitFilter};

fn names(rows: &[crate::ledger::read::units::UnitRow]) -> Vec<&str> {
    rows.iter().map(|row| row.unit.as_str()).collect()
}

#[test]
fn a_unit_at_a_glance() {
    let plant = Plant::new();
    let mut ledger = plant.writer();
    busy_day(&mut ledger);
    let row = ledger.reader().unit(&unit("U1")).unwrap().unwrap();
    assert_eq!((row.state, row.step, row.station), (State::Held, Some(step("10")), Some(station("assembly"))));
    // It was open when it was sent back: since then it lies on no bench.
    assert_eq!((row.open_station, row.open_by), (None, None));
    assert_eq!(u64::from(row.events), u64::try_from(ledger.reader().history(&unit("U1")).unwrap().len()).unwrap());
    let gone = ledger.reader().unit(&unit("U3")).unwrap().unwrap();
    assert_eq!((gone.state, gone.step, gone.station), (State::Dispatched, None, None));
    assert_eq!(ledger.reader().unit(&unit("U9")).unwrap(), None);
    assert_eq!(ledger.reader().traveller(&unit("U9")).unwrap(), None);
    assert_eq!(ledger.reader().traveller(&unit("U1")).unwrap().unwrap().refusals, 1);
}

#[test]
fn units_come_filtered_and_in_pages() {
    let plant = Plant::new();
    let mut ledger = plant.writer();
    for n in 1..=9 {
        let name = format!("U{n}");
        act(&mut ledger, &[started(&name)]);
        if n % 3 == 0 {
            act(&mut ledger, &[passed(&name, Some("20"))]);
        }
    }
    act(&mut ledger, &[held("U4", "x"), passed("U5", None), dispatched("U5")]);
    let reader = ledger.reader();
    let list = |filter: &UnitFilter, page, limit| reader.units(filter, page, limit).unwrap();
    let all = UnitFilter::default();
    let first = list(&all, Page::After(Place::START), 4);
    assert_eq!(names(&first), ["U1", "U2", "U3", "U4"]);
    assert_eq!(names(&list(&all, Page::After(first[3].place), 4)), ["U5", "U6", "U7", "U8"]);
    assert_eq!(names(&list(&all, Page::Before(None), 2)), ["U9", "U8"]);
    assert_eq!(names(&list(&all, Page::Before(Some(first[3].place)), 9)), ["U3", "U2", "U1"]);
    let at_test = UnitFilter { station: Some(station("test")), ..all.clone() };
    assert_eq!(names(&list(&at_test, Page::After(Place::START), 9)), ["U3", "U6", "U9"]);
    let held = UnitFilter { state: Some(State::Held), route: RouteId::parse("pc200").ok(), ..all.clone() };
    assert_eq!(names(&list(&held, Page::After(Place::START), 9)), ["U4"]);
    let other = UnitFilter { route: RouteId::parse("other").ok(), ..all };
    assert!(list(&other, Page::After(Place::START), 9).is_empty());
    let begin = |prefix, limit| -> Vec<String> {
        reader.find_units(prefix, limit).unwrap().iter().map(|found| found.unit.to_string()).collect()
    };
    assert_eq!(begin("U", 2), ["U1", "U2"]);
    assert_eq!(begin("U4", 9), ["U4"]);
    assert!(begin("%", 9).is_empty());
    assert_eq!(reader.unit_counts().unwrap(), [(State::Dispatched, 1), (State::Held, 1), (State::InProcess, 7)]);
    let work = reader.work_in_process().unwrap();
    let told: Vec<_> = work.iter().map(|w| (w.step.as_ref().unwrap().as_str(), w.state, w.n)).collect();
    assert_eq!(told, [("10", State::Held, 1), ("10", State::InProcess, 4), ("20", State::InProcess, 3)]);
}

#[test]
fn events_come_by_page_by_unit_and_from_a_moment_on() {
    let plant = Plant::new();
    let mut ledger = plant.writer();
    for n in 1..=30 {
        act(&mut ledger, &[started(&format!("U{n}")), opened(&format!("U{n}"))]);
    }
    let reader = ledger.reader();
    let of = |which: &Which| {
        let mut seqs = Vec::new();
        reader
            .each_event(which, |stored| {
                seqs.push(stored.place.seq());
                Ok(ControlFlow::Continue(()))
            })
            .unwrap();
        seqs
    };
    assert_eq!(of(&Which::All), (1..=61).collect::<Vec<u64>>());
    assert_eq!(of(&Which::Unit(unit("U2"))), [4, 5]);
    assert_eq!(of(&Which::Since(At(0))).len(), 61);
    assert_eq!(of(&Which::Since(MORNING.plus(60 * 60 * SECOND))), [60, 61]);
    assert_eq!(of(&Which::Since(MORNING.plus(60 * 60 * SECOND + 1))), [61]);
    assert!(of(&Which::Since(MORNING.plus(62 * 60 * SECOND))).is_empty());
    let mut seen = 0;
    reader
        .each_event(&Which::All, |_| {
            seen += 1;
            Ok(ControlFlow::Break(()))
        })
        .unwrap();
    assert_eq!(seen, 1);
    let head = reader.head().unwrap().unwrap();
    let stored = reader.event(&head.terminal, &head.epoch, 5).unwrap().unwrap();
    assert_eq!((stored.place.seq(), stored.event().unwrap().stamp.act), (5, 4));
    assert!(stored.outcome().unwrap().cause.is_none() && reader.event_at(stored.place).unwrap().is_some());
    assert_eq!(reader.event(&head.terminal, &head.epoch, 62).unwrap(), None);
    assert_eq!(reader.events_after(stored.place, 2).unwrap().len(), 2);
}

#[test]
fn refusals_holds_and_counts() {
    let plant = Plant::new();
    let mut ledger = plant.writer();
    busy_day(&mut ledger);
    let reader = ledger.reader();
    let all = reader.refusals(At(0), None, 10).unwrap();
    let codes: Vec<&str> = all.iter().map(|r| r.code.as_str()).collect();
    assert_eq!(codes, ["wrong-pin", "wrong-station", "check-missing"]);
    assert_eq!(reader.refusals(all[2].at, None, 10).unwrap(), all[2..]);
    assert_eq!(reader.refusals(At(0), Some((all[0].at, all[0].place)), 1).unwrap(), all[1..2]);
    assert_eq!(reader.latest_refusals(1).unwrap(), all[2..]);
    assert_eq!((all[1].unit.as_ref(), all[1].by.as_ref()), (Some(&unit("U1")), Some(&badge("OP-2001"))));
    let holds = reader.holds().unwrap();
    assert_eq!((holds.len(), holds[0].unit.as_str(), holds[0].reason.as_deref()), (1, "U1", Some("smoke")));
    let counts = reader.counts(0, i64::MAX).unwrap();
    let sum = |what: &str| counts.iter().filter(|c| c.what == what).map(|c| c.n).sum::<u32>();
    assert_eq!((sum("passed"), sum("failed"), sum("refused"), sum("finished")), (3, 1, 3, 1));
    let (first, last) = (counts[0].quarter, counts[counts.len() - 1].quarter);
    assert!(last > first && reader.counts(first, last).unwrap().len() < counts.len());
}

#[test]
fn master_data() {
    let plant = Plant::new();
    let mut ledger = plant.writer();
    busy_day(&mut ledger);
    let reader = ledger.reader();
    let people: Vec<String> = reader.people().unwrap().iter().map(|p| p.badge.to_string()).collect();
    assert_eq!(people, ["OP-1001", "OP-2001"]);
    let lots = reader.lots().unwrap();
    assert_eq!((lots[0].left.to_string(), lots[0].standing.word()), ("98".to_owned(), "held"));
    let routes = reader.routes().unwrap();
    let told: Vec<_> = routes.iter().map(|r| (r.release.revision.as_str(), r.withdrawn.is_some())).collect();
    assert_eq!(told, [("C", false), ("B", true)]);
    assert_eq!(reader.stations().unwrap(), [reader.station(&station("ASM-1")).unwrap()]);
}

#[test]
fn lookups_use_their_indexes() {
    let plant = Plant::new();
    let mut ledger = plant.writer();
    busy_day(&mut ledger);
    let plan = |sql: &str| {
        let conn = &ledger.reader().conn;
        let mut statement = conn.prepare(&format!("EXPLAIN QUERY PLAN {sql}")).unwrap();
        let rows = statement.query_map([], |row| row.get::<_, String>(3)).unwrap();
        rows.collect::<rusqlite::Result<Vec<_>>>().unwrap().join("; ")
    };
    for (sql, index) in [
        ("SELECT unit FROM material WHERE lot = 'x' AND out IS NULL", "material_lot"),
        ("SELECT unit FROM material WHERE serial = 'x' AND out IS NULL", "material_serial"),
        (
            "SELECT unit FROM material WHERE lot = 'x' AND out IS NULL AND unit > 5 GROUP BY unit LIMIT 9",
            "material_lot",
        ),
        (
            "SELECT name FROM lot WHERE part = 'x' AND standing = 'free' AND has_more = 1 AND expires >= 'x'
                ORDER BY expires, name LIMIT 1",
            "lot_part",
        ),
        ("SELECT name FROM lot WHERE supplier = 'x' ORDER BY name", "lot_supplier"),
        (
            "SELECT name FROM work_order WHERE form = 'x' AND open = 1 AND first <= 'x' AND last >= 'x' AND route = 'x'
                ORDER BY first DESC, last DESC LIMIT 1",
            "COVERING INDEX work_order_range",
        ),
        ("SELECT * FROM unit WHERE id > 5 AND state = 'held' ORDER BY id LIMIT 9", "unit_state"),
        ("SELECT * FROM unit WHERE id > 5 AND station = 'test' ORDER BY id LIMIT 9", "unit_station"),
        ("SELECT state, count(*) FROM unit GROUP BY state", "COVERING INDEX unit_state"),
        ("SELECT * FROM refusal WHERE at >= 5 AND (at, event) > (1, 2) ORDER BY at, event LIMIT 9", "refusal_at"),
    ] {
        let plan = plan(sql);
        assert!(plan.contains(index) && !plan.contains("B-TREE"), "{sql}: {plan}");
    }
    let _ = Code::ALL;
}
