//! What units are made of, and where things were used.

use std::ops::ControlFlow;

use super::plant::*;
use crate::app::port::Ledger as _;
use crate::domain::event::{About, How};
use crate::domain::facts::{Ask, Facts};
use crate::domain::id::{DeviceId, PartId, UnitId};
use crate::domain::time::{At, SECOND};
use crate::domain::what::{CheckRecorded, Fate, MaterialInstalled, Piece, What};
use crate::ledger::Writer;
use crate::ledger::read::suspects::Suspected;
use crate::ledger::read::where_used::{Sought, UsedIn, WhereUsed};
use crate::ledger::reader::Reader;

/// Two boards of one lot in two pumps, one pump in a rack; and a board on its own.
fn assemblies() -> (Plant, crate::ledger::Writer) {
    let plant = Plant::new();
    let mut ledger = plant.writer();
    act(&mut ledger, &[lot_received("L-1", 100)]);
    for board in ["B1", "B2", "B3"] {
        act(&mut ledger, &[started(board), lot_in(board, "L-1", 2)]);
    }
    act(&mut ledger, &[started("P1"), serial_in("P1", "B1"), serial_in("P1", "FOREIGN")]);
    act(&mut ledger, &[started("P2"), serial_in("P2", "B2"), lot_in("P2", "L-1", 1)]);
    act(&mut ledger, &[started("R1"), serial_in("R1", "P1"), serial_in("R1", "P2")]);
    (plant, ledger)
}

fn told(units: &[UsedIn]) -> Vec<String> {
    let line = |u: &UsedIn| {
        let way: Vec<&str> = std::iter::once(&u.unit).chain(&u.via).map(crate::domain::id::UnitId::as_str).collect();
        format!("{}{}", way.join(" > "), if u.was_in { " was" } else { "" })
    };
    units.iter().map(line).collect()
}

fn used<'a>(reader: &Reader, what: impl Into<Sought<'a>>) -> Vec<String> {
    let WhereUsed { units, total } = reader.where_used(what, None, 100).unwrap();
    assert_eq!(units.len(), total);
    told(&units)
}

#[test]
fn where_a_lot_or_a_component_was_used_at_any_depth() {
    let (_plant, mut ledger) = assemblies();
    assert_eq!(used(ledger.reader(), "L-1"), ["B1", "P1 > B1", "R1 > P1 > B1", "B2", "B3", "P2"]);
    assert_eq!(used(ledger.reader(), "B1"), ["P1", "R1 > P1"]);
    assert_eq!(used(ledger.reader(), "FOREIGN"), ["P1", "R1 > P1"]);
    assert!(used(ledger.reader(), "R1").is_empty());
    assert_eq!(used(ledger.reader(), Sought::Supplier("ACME")), used(ledger.reader(), "L-1"));
    assert!(used(ledger.reader(), Sought::Supplier("OTHER")).is_empty());
    // What was taken out again was in, and so was what it is in.
    act(&mut ledger, &[failed("P1"), reworked("P1", &[("B1", Fate::Scrap)])]);
    assert_eq!(used(ledger.reader(), "B1"), ["P1 was", "R1 > P1 was"]);
    assert_eq!(used(ledger.reader(), "L-1"), ["B1", "P1 > B1 was", "B2", "R1 > P2 > B2", "B3", "P2"]);
    // A record that was taken back never was.
    let head = act(&mut ledger, &[lot_in("P1", "L-1", 1)]);
    act(&mut ledger, &[lot_taken_back("P1", "L-1", 1, head.seq)]);
    assert_eq!(used(ledger.reader(), "L-1"), ["B1", "P1 > B1 was", "B2", "R1 > P2 > B2", "B3", "P2"]);
    // A record that runs in a circle ends all the same.
    act(&mut ledger, &[serial_in("B3", "R1"), serial_in("R1", "B3")]);
    assert!(used(ledger.reader(), "B3").iter().any(|u| u == "R1"));
    assert_eq!(used(ledger.reader(), "L-1").len(), 6);
}

#[test]
fn pages_together_are_the_whole_whatever_their_size() {
    let plant = Plant::new();
    let mut ledger = plant.writer();
    act(&mut ledger, &[lot_received("L-1", 100), lot_received("L-2", 100)]);
    for n in 0..12 {
        let board = format!("B{n:02}");
        act(&mut ledger, &[started(&board), lot_in(&board, if n % 3 == 0 { "L-2" } else { "L-1" }, 1)]);
    }
    for (rack, boards) in [("R1", [9, 2, 4]), ("R2", [0, 1, 10]), ("R3", [11, 5, 6])] {
        let parts: Vec<Draft> = boards.iter().map(|n| serial_in(rack, &format!("B{n:02}"))).collect();
        act(&mut ledger, &[started(rack)]);
        act(&mut ledger, &parts);
    }
    act(&mut ledger, &[started("T"), serial_in("T", "R1"), serial_in("T", "R3"), lot_in("R3", "L-1", 1)]);
    act(&mut ledger, &[failed("R2"), reworked("R2", &[("B01", Fate::Reuse)]), serial_in("R1", "B01")]);
    let reader = ledger.reader();
    for what in [Sought::Number("L-1"), Sought::Number("L-2"), Sought::Number("B01"), Sought::Supplier("ACME")] {
        let whole = reader.where_used(what, None, 100).unwrap();
        assert_eq!(whole.units.len(), whole.total, "{what:?}: {:?}", told(&whole.units));
        let mut names: Vec<&str> = whole.units.iter().map(|u| u.unit.as_str()).collect();
        names.sort_unstable();
        names.dedup();
        assert_eq!(names.len(), whole.total, "{what:?}: each unit once");
        for size in 1..=5 {
            let (mut pages, mut after) = (Vec::new(), None);
            loop {
                let page = reader.users(what, after.as_ref(), size).unwrap();
                assert!(page.len() <= usize::try_from(size).unwrap());
                let Some(last) = page.last() else { break };
                after = Some(last.unit.clone());
                pages.extend(page);
            }
            assert_eq!(told(&pages), told(&whole.units), "{what:?} in pages of {size}");
        }
        let mut visited = Vec::new();
        reader
            .each_user(what, |used| {
                visited.push(used);
                Ok(ControlFlow::Continue(()))
            })
            .unwrap();
        assert_eq!(visited, whole.units);
    }
    assert!(used(reader, "B01").contains(&"R2 was".to_owned()), "{:?}", used(reader, "B01"));
}

#[test]
fn what_a_unit_is_made_of() {
    let (_plant, mut ledger) = assemblies();
    let made = ledger.reader().trace(&unit("R1")).unwrap().unwrap();
    assert_eq!(made.len(), 2);
    assert!(matches!(&made[0].piece, Piece::Serial(s) if s.as_str() == "P1"));
    assert_eq!((made[0].made_of.len(), made[0].made_of[0].made_of.len()), (2, 1));
    let lot = &made[0].made_of[0].made_of[0];
    assert!(matches!(&lot.piece, Piece::Lot(l) if l.as_str() == "L-1"));
    assert_eq!(
        (lot.quantity, lot.by.as_ref(), lot.how.as_ref().unwrap().word()),
        (2, Some(&badge("OP-2001")), "scanned")
    );
    assert_eq!(ledger.reader().trace(&unit("NONE")).unwrap(), None);
    assert_eq!((lot.at, lot.is_unit, made[0].is_unit), (MORNING.plus(4 * 60 * SECOND), false, true));
    assert!(made[0].made_of[1].made_of.is_empty() && !made[0].made_of[1].is_unit, "a foreign part is no unit");
    act(&mut ledger, &[serial_in("B1", "R1")]);
    let fault = ledger.reader().trace(&unit("R1")).unwrap_err();
    assert!(fault.what.contains("levels"), "a circle is an error: {fault}");
}

#[test]
fn what_rework_removed_is_shown_as_removed() {
    let (_plant, mut ledger) = assemblies();
    let alternate = MaterialInstalled {
        part: PartId::parse("GSK-4410").unwrap(),
        piece: Piece::Lot("L-1".parse().unwrap()),
        quantity: 0,
        is: PartId::parse("GSK-4411").ok(),
        remarks: Vec::new(),
    };
    let replaced = About { how: Some(How::Loaded), ..about("P1") };
    let head = act(&mut ledger, &[failed("P1"), reworked("P1", &[("B1", Fate::Quarantine)])]);
    act(&mut ledger, &[serial_in("P1", "B3"), (replaced, What::MaterialInstalled(alternate))]);
    let voided = act(&mut ledger, &[lot_in("P1", "L-1", 4)]);
    act(&mut ledger, &[lot_taken_back("P1", "L-1", 4, voided.seq)]);
    let made = ledger.reader().trace(&unit("P1")).unwrap().unwrap();
    assert_eq!(made.len(), 4, "{made:#?}");
    let gone = made[0].gone.unwrap();
    assert_eq!((gone.fate, gone.event.seq()), (Fate::Quarantine, head.seq));
    assert_eq!(gone.at, MORNING.plus(i64::try_from(head.seq).unwrap() * 60 * SECOND));
    assert!(made[0].is_unit && made[0].made_of.is_empty(), "its parts are where it is now");
    assert_eq!((made[2].gone, made[2].made_of.len()), (None, 1));
    let loaded = &made[3];
    assert_eq!((loaded.quantity, loaded.alternate.as_ref().map(PartId::as_str)), (0, Some("GSK-4411")));
    assert_eq!(loaded.how, Some(How::Loaded));
    let first = ledger.reader().pieces(&unit("P1"), None, 3).unwrap().unwrap();
    let rest = ledger.reader().pieces(&unit("P1"), Some(first[2].event), 3).unwrap().unwrap();
    assert_eq!((first.len(), rest.len(), &rest[0]), (3, 1, loaded));
    assert_eq!(ledger.reader().pieces(&unit("NONE"), None, 3).unwrap(), None);
}

fn suspects(ledger: &Writer, what: &Suspected, from: At, until: At) -> Vec<String> {
    let mut all = Vec::new();
    ledger
        .reader()
        .suspects(what, from, until, |row| {
            all.push(row.unit.to_string());
            Ok(ControlFlow::Continue(()))
        })
        .unwrap();
    all
}

#[test]
fn the_units_that_a_gauge_a_person_or_a_station_touched() {
    let plant = Plant::new();
    let mut ledger = plant.writer();
    let gauge = DeviceId::parse("TQ-1").unwrap();
    let measured = |name: &str, chosen: bool| {
        let data = CheckRecorded {
            check: "torque".parse().unwrap(),
            point: None,
            value: "2.20".to_owned(),
            passed: true,
            gauge: chosen.then(|| gauge.clone()),
        };
        let how = if chosen { How::Typed } else { How::Gauge(gauge.clone()) };
        (About { how: Some(how), ..about(name) }, What::CheckRecorded(data))
    };
    let mut at = Vec::new();
    for (n, name) in ["U1", "U2", "U3", "U4"].into_iter().enumerate() {
        act(&mut ledger, &[started(name)]);
        at.push(act(&mut ledger, &[measured(name, n % 2 == 0), measured("U1", true)]).at.unwrap());
    }
    act(&mut ledger, &[started("TQ-1"), checked("TQ-1", "2.20", true)]);
    act(&mut ledger, &[(About { station: None, by: None, ..about("U4") }, checked("U4", "2.20", true).1)]);
    let (start, end) = (At(0), At(i64::MAX));
    let by = Suspected::Gauge(gauge.clone());
    assert_eq!(suspects(&ledger, &by, start, end), ["U1", "U2", "U3", "U4"]);
    assert_eq!(suspects(&ledger, &by, at[1].plus(1), at[2]), ["U3", "U1"]);
    assert_eq!(suspects(&ledger, &by, at[1].plus(1), at[2].plus(-120 * SECOND)), Vec::<String>::new());
    let person = Suspected::Operator(badge("OP-2001"));
    assert_eq!(suspects(&ledger, &person, at[3].plus(1), end), ["TQ-1"]);
    assert_eq!(suspects(&ledger, &Suspected::Station(station("ASM-1")), start, at[0]), ["U1"]);
    assert!(suspects(&ledger, &Suspected::Station(station("ASM")), start, end).is_empty());
}

#[test]
fn what_was_copied_from_paper_is_suspect_at_the_time_that_the_paper_states() {
    let plant = Plant::new();
    let mut ledger = plant.writer();
    for name in ["U1", "U2", "U3"] {
        act(&mut ledger, &[(About { station: None, by: None, ..started(name).0 }, started(name).1)]);
    }
    let live = |name: &str| checked(name, "2.20", true);
    let on_paper = |name: &str, at: At| (About { happened: Some(at), ..about(name) }, live(name).1);
    let first = act(&mut ledger, &[live("U1")]).at.unwrap();
    let stated = first.plus(-600 * SECOND);
    let entered = act(&mut ledger, &[on_paper("U2", stated)]).at.unwrap();
    act(&mut ledger, &[live("U3")]);
    let person = Suspected::Operator(badge("OP-2001"));
    let of = |from: At, until: At| suspects(&ledger, &person, from, until);
    assert_eq!(of(At(0), At(i64::MAX)), ["U1", "U2", "U3"]);
    assert_eq!(of(stated, stated), ["U2"], "recorded after that");
    assert_eq!(of(stated.plus(60 * SECOND - 1), first), ["U1", "U2"], "a paper states the minute");
    assert_eq!(of(stated.plus(60 * SECOND), first), ["U1"]);
    assert_eq!(of(At(0), stated.plus(-1)), Vec::<String>::new());
    assert_eq!(of(entered, At(i64::MAX)), ["U3"], "it was only entered then");
}

#[test]
fn what_is_listed_within_an_action_has_what_the_action_did() {
    let (_plant, mut ledger) = assemblies();
    assert!(ledger.within().is_err(), "only within an action");
    ledger.begin().unwrap();
    append(&mut ledger, &[held("P1", "recall"), started("P3"), lot_in("P3", "L-1", 1)]);
    let reader = ledger.within().unwrap();
    let listed = reader.users("L-1", None, 100).unwrap();
    assert!(listed.iter().any(|u| u.unit.as_str() == "P3"));
    let states: Vec<&str> = listed.iter().filter(|u| u.unit.as_str() == "P1").map(|u| u.state.word()).collect();
    assert_eq!(states, ["held"]);
    ledger.rollback();
}

/// The units from the outer one to the one on hold, as the ledger answers.
fn held_inside(ledger: &mut Writer, outer: &str) -> Option<String> {
    path_in(&ask(ledger, &Ask::Inside(unit(outer))))
}

/// The same, where the route says that it makes the boards itself.
fn sub_assemblies() -> (Plant, Writer) {
    let (plant, mut ledger) = assemblies();
    act(&mut ledger, &[route_released("pc200", "C", r"[A-Z]\d+ - made=PCB-0417")]);
    (plant, ledger)
}

fn path_in(facts: &Facts) -> Option<String> {
    let path = &facts.inside.first()?.path;
    Some(path.iter().map(UnitId::as_str).collect::<Vec<_>>().join(" > "))
}

#[test]
fn what_is_on_hold_in_a_unit_is_found_at_any_depth_and_the_nearest_first() {
    let (plant, mut ledger) = sub_assemblies();
    assert_eq!(held_inside(&mut ledger, "R1"), None);
    act(&mut ledger, &[held("B2", "solder")]);
    assert_eq!(held_inside(&mut ledger, "R1").as_deref(), Some("R1 > P2 > B2"));
    assert_eq!(held_inside(&mut ledger, "P1"), None);
    // The unit itself is not inside itself.
    act(&mut ledger, &[held("P2", "scratch")]);
    assert_eq!(held_inside(&mut ledger, "P2").as_deref(), Some("P2 > B2"));
    assert_eq!(held_inside(&mut ledger, "R1").as_deref(), Some("R1 > P2"));
    // Nor is what was taken out, and nothing once it is released.
    act(&mut ledger, &[hold_released("P2"), failed("P2"), reworked("P2", &[("B2", Fate::Scrap)])]);
    assert_eq!(held_inside(&mut ledger, "R1"), None);
    act(&mut ledger, &[held("B1", "solder")]);
    drop(ledger);
    assert_eq!(held_inside(&mut plant.writer(), "R1").as_deref(), Some("R1 > P1 > B1"), "from the rows alone");
}

#[test]
fn a_number_that_happens_to_be_a_units_is_none_of_it_where_no_route_makes_the_part() {
    let (_plant, mut ledger) = assemblies();
    act(&mut ledger, &[route_released("pc200", "C", r"[A-Z]\d+"), held("B2", "solder")]);
    assert_eq!(held_inside(&mut ledger, "P2"), None);
}

#[test]
fn a_hold_inside_that_was_not_yet_written_as_a_row_counts() {
    let (_plant, mut ledger) = sub_assemblies();
    ledger.begin().unwrap();
    append(&mut ledger, &[held("B2", "solder")]);
    let mut facts = Facts::default();
    ledger.answer(&Ask::Inside(unit("R1")), &mut facts).unwrap();
    assert_eq!(path_in(&facts).as_deref(), Some("R1 > P2 > B2"));
    ledger.rollback();
    assert_eq!(held_inside(&mut ledger, "R1"), None);
}
