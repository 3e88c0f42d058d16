//! Actions as the app makes them: appended, read back, rolled back, from several connections, many at once.

use std::sync::Arc;

use super::plant::*;
use crate::app::port::{self, Ledger as _};
use crate::domain::event::{Event, Link};
use crate::domain::facts::{Ask, Facts};
use crate::domain::gs1::Gtin;
use crate::domain::id::{LotId, Revision, RouteId, Serial};
use crate::domain::refusal::Code;
use crate::domain::role::Role;
use crate::domain::station::Station;
use crate::domain::traveller::{State, Traveller};
use crate::domain::what::{Fate, What};
use crate::ledger::chain::Hash;
use crate::ledger::open::open_reader;
use crate::ledger::writer::Writer;

fn traveller(ledger: &mut Writer, name: &str) -> Arc<Traveller> {
    ledger.begin().unwrap();
    let traveller = ledger.traveller(&unit(name)).unwrap();
    ledger.rollback();
    traveller
}

#[test]
fn what_was_appended_is_there_after_reopening_with_its_chain() {
    let plant = Plant::new();
    let mut ledger = plant.writer();
    let head = act(&mut ledger, &[started("U1"), opened("U1"), checked("U1", "2.20", true)]);
    assert_eq!((head.seq, head.terminal.as_str()), (4, "T1"));
    drop(ledger);
    let mut again = plant.writer();
    assert_eq!(again.reader().head().unwrap().unwrap(), head);
    let mut previous = Hash::ZERO;
    for (stored, seq) in again.reader().events_before(None, 10).unwrap().iter().rev().zip(1..) {
        previous = Hash::after(previous, stored.body.as_bytes());
        assert_eq!((stored.hash, stored.place.seq()), (previous, seq));
        assert_eq!(stored.event().unwrap().body(), stored.body, "read and written again it is the same");
    }
    assert_eq!(previous.hex(), head.hash);
    assert_eq!(traveller(&mut again, "U1").state(), State::InProcess);
    assert_eq!(act(&mut again, &[opened("U1")]).seq, 5);
}

#[test]
fn a_ledger_begins_with_its_creation_and_a_random_epoch() {
    let (one, two) = (Plant::new(), Plant::new());
    let (one, two) = (one.writer(), two.writer());
    let first = &one.reader().events_before(None, 10).unwrap()[0];
    assert!(matches!(first.event().unwrap().what, What::LedgerCreated(c) if !c.demo && c.after.is_none()));
    assert_ne!(one.reader().head().unwrap().unwrap().epoch, two.reader().head().unwrap().unwrap().epoch);
}

#[test]
fn an_action_that_is_not_committed_never_was() {
    let plant = Plant::new();
    let mut ledger = plant.writer();
    act(&mut ledger, &[started("U1")]);
    ledger.begin().unwrap();
    append(&mut ledger, &[checked("U1", "2.20", true), started("U2")]);
    assert!(ledger.traveller(&unit("U2")).unwrap().exists(), "the action sees its own events");
    ledger.rollback();
    assert!(traveller(&mut ledger, "U1").steps.is_empty());
    assert!(!traveller(&mut ledger, "U2").exists());
    ledger.begin().unwrap();
    append(&mut ledger, &[started("U3")]);
    // As at a kill: no commit, no rollback.
    drop(ledger);
    let mut again = plant.writer();
    assert_eq!(again.reader().head().unwrap().unwrap().seq, 2);
    assert!(!traveller(&mut again, "U3").exists());
    assert_eq!(act(&mut again, &[started("U3")]).seq, 3);
}

#[test]
fn many_actions_may_share_a_commit_and_see_each_other() {
    let plant = Plant::new();
    let mut ledger = plant.writer();
    ledger.begin().unwrap();
    append(&mut ledger, &[lot_received("L-1", 5_000), enrolled("OP-1001", &[Role::Lead])]);
    for n in 0..2_000 {
        append(&mut ledger, &[started(&format!("U{n}")), lot_in(&format!("U{n}"), "L-1", 2)]);
    }
    append(&mut ledger, &[serial_in("U7", "B7")]);
    let mut facts = Facts::default();
    for ask in [Ask::Lot(LotId::parse("L-1").unwrap()), Ask::Component(Serial::parse("B7").unwrap()), Ask::Population] {
        ledger.answer(&ask, &mut facts).unwrap();
    }
    assert_eq!(facts.lots[0].left.to_string(), "1000");
    assert_eq!(facts.components[0].in_unit, Some(unit("U7")));
    assert_eq!(facts.population.unwrap().leads, 1);
    assert_eq!(ledger.traveller(&unit("U7")).unwrap().installed.len(), 2);
    assert_eq!(ledger.traveller(&unit("U1999")).unwrap().installed.len(), 1);
    ledger.commit().unwrap();
    assert_eq!(ledger.reader().unit_counts().unwrap(), [(State::InProcess, 2_000)]);
    assert_eq!(ledger.reader().lot(&LotId::parse("L-1").unwrap()).unwrap().unwrap().left.to_string(), "1000");
    assert!(crate::ledger::verify(ledger.reader(), None).unwrap().is_ok());
}

#[test]
fn two_writers_take_turns_and_each_sees_what_the_other_did() {
    let plant = Plant::new();
    let (mut one, mut two) = (plant.writer(), plant.writer());
    act(&mut one, &[started("U1")]);
    for n in 0..20 {
        let (a, b) = if n % 2 == 0 { (&mut one, &mut two) } else { (&mut two, &mut one) };
        let head = act(a, &[checked("U1", &n.to_string(), true)]);
        assert_eq!(traveller(b, "U1").step(&step("10")).unwrap().attempts[0].observations.len(), n + 1);
        assert_eq!(head.seq, 3 + u64::try_from(n).unwrap());
    }
    assert!(crate::ledger::verify(one.reader(), None).unwrap().is_ok());
}

#[test]
fn many_threads_append_without_a_gap() {
    let plant = Plant::new();
    drop(plant.writer());
    std::thread::scope(|scope| {
        for name in ["U1", "U2", "U3"] {
            let path = &plant.path;
            scope.spawn(move || {
                let mut ledger = writer(path);
                act(&mut ledger, &[started(name)]);
                for n in 0..30 {
                    act(&mut ledger, &[checked(name, &n.to_string(), true), opened(name)]);
                }
            });
        }
    });
    let ledger = plant.writer();
    assert_eq!(ledger.reader().head().unwrap().unwrap().seq, 1 + 3 * 61);
    let verified = crate::ledger::verify(ledger.reader(), None).unwrap();
    assert!(verified.is_ok(), "{:?}", verified.findings);
    assert_eq!(verified.witnessed, Some(184));
}

#[test]
fn another_connection_s_commit_is_noticed_and_one_s_own_is_not() {
    let plant = Plant::new();
    let (mut one, mut two) = (plant.writer(), plant.writer());
    let reader = open_reader(&plant.path).unwrap();
    assert!(!one.reader().changed_by_others().unwrap());
    act(&mut one, &[started("U1")]);
    assert!(!one.reader().changed_by_others().unwrap());
    assert!(reader.changed_by_others().unwrap());
    assert!(!reader.changed_by_others().unwrap());
    act(&mut two, &[started("U2")]);
    assert!(one.reader().changed_by_others().unwrap());
}

#[test]
fn a_station_is_what_its_events_say() {
    let plant = Plant::new();
    let mut ledger = plant.writer();
    ledger.begin().unwrap();
    assert_eq!(ledger.station(&station("ASM-1")).unwrap(), Station::fresh(station("ASM-1")));
    ledger.rollback();
    act(&mut ledger, &[signed_on("OP-2001")]);
    act(&mut ledger, &[started("U1"), opened("U1")]);
    drop(ledger);
    let mut ledger = plant.writer();
    ledger.begin().unwrap();
    let now = ledger.station(&station("ASM-1")).unwrap();
    ledger.rollback();
    assert_eq!((now.operator, now.open, now.opened), (Some(badge("OP-2001")), Some(unit("U1")), Some(Link::Here(4))));
    let open = ledger.reader().open_units().unwrap();
    assert_eq!((open.len(), &open[0].open_station), (1, &Some(station("ASM-1"))));
}

#[test]
fn a_refusal_brings_no_unit_into_being_but_belongs_to_one_that_is() {
    let plant = Plant::new();
    let mut ledger = plant.writer();
    act(&mut ledger, &[refused(Some("U1"), Code::WrongStation)]);
    assert_eq!(ledger.reader().unit(&unit("U1")).unwrap(), None);
    act(&mut ledger, &[started("U1")]);
    act(&mut ledger, &[refused(Some("U1"), Code::WrongStation)]);
    let kept = traveller(&mut ledger, "U1");
    assert_eq!(kept.refusals, 1);
    assert_eq!(ledger.reader().history(&unit("U1")).unwrap().len(), 2);
    drop(ledger);
    assert_eq!(*traveller(&mut plant.writer(), "U1"), *kept, "folded anew it is the same");
}

#[test]
fn a_component_is_where_it_is_now() {
    let plant = Plant::new();
    let mut ledger = plant.writer();
    let of =
        |ledger: &mut Writer| ask(ledger, &Ask::Component(Serial::parse("B1").unwrap())).components.into_iter().next();
    assert_eq!(of(&mut ledger), None);
    act(&mut ledger, &[started("U1"), serial_in("U1", "B1")]);
    let found = of(&mut ledger).unwrap();
    assert_eq!((found.in_unit, found.step, found.event), (Some(unit("U1")), Some(step("10")), Link::Here(3)));
    act(&mut ledger, &[failed("U1"), reworked("U1", &[("B1", Fate::Quarantine)])]);
    let found = of(&mut ledger).unwrap();
    assert_eq!((found.in_unit, found.fate, found.event), (None, Some(Fate::Quarantine), Link::Here(5)));
    act(&mut ledger, &[started("U2"), serial_in("U2", "B1")]);
    assert_eq!(of(&mut ledger).unwrap().in_unit, Some(unit("U2")));
}

#[test]
fn the_newest_release_that_is_not_withdrawn_claims_a_label() {
    let plant = Plant::new();
    let (mut ledger, mut other) = (plant.writer(), plant.writer());
    let claim = |ledger: &mut Writer, label: &str| {
        let found = ask(ledger, &Ask::Claim(label.to_owned())).claim;
        found.map(|r| (r.revision.to_string(), r.event))
    };
    assert_eq!(claim(&mut ledger, "U1"), None);
    act(&mut ledger, &[route_released("pc200", "B", "U.*")]);
    assert_eq!(claim(&mut ledger, "U1"), Some(("B".to_owned(), Link::Here(2))));
    // Released by another process, and noticed.
    act(&mut other, &[route_released("pc200", "C", "U.*"), route_released("odd", "A", "(")]);
    assert_eq!(claim(&mut ledger, "U1"), Some(("C".to_owned(), Link::Here(3))));
    assert_eq!(claim(&mut ledger, "V1"), None);
    act(&mut other, &[route_withdrawn("pc200", "C")]);
    assert_eq!(claim(&mut ledger, "U1"), Some(("B".to_owned(), Link::Here(2))));
    let (id, c) = (RouteId::parse("pc200").unwrap(), Revision::parse("C").unwrap());
    let releases = ask(&mut ledger, &Ask::Release(id.clone(), Revision::parse("B").unwrap())).releases;
    let told: Vec<_> = releases.iter().map(|r| (r.revision.as_str(), r.withdrawn)).collect();
    assert_eq!(told, [("C", true), ("B", false)], "the newest of the route, and the one named");
    act(&mut other, &[route_withdrawn("pc200", "B")]);
    let last = ask(&mut ledger, &Ask::Claim("U1".to_owned())).claim.unwrap();
    assert_eq!((last.revision.as_str(), last.withdrawn), ("C", true), "where no other claims it");
    ledger.begin().unwrap();
    assert_eq!(ledger.route(&id, &c).unwrap().unwrap().title, "pc200 C U.*", "withdrawn ones are still worked to");
    assert_eq!(ledger.route(&id, &Revision::parse("Z").unwrap()).unwrap(), None);
    let odd = ledger.route(&RouteId::parse("odd").unwrap(), &Revision::parse("A").unwrap()).unwrap_err();
    assert!(odd.to_string().starts_with("the released route odd revision A cannot be read"), "{odd}");
    ledger.rollback();
    assert_eq!(ledger.reader().route_text(&id, &c).unwrap().unwrap(), "pc200 C U.*");
}

#[test]
fn another_unit_comes_with_the_route_it_runs_or_would_begin() {
    let plant = Plant::new();
    let mut ledger = plant.writer();
    act(&mut ledger, &[route_released("pc200", "C", "U.*"), started("U1")]);
    let known = ask(&mut ledger, &Ask::Unit(unit("U1")));
    assert_eq!(known.other_seen.unwrap().head, Some(Link::Here(3)));
    assert_eq!(known.other.unwrap().route.unwrap().revision.as_str(), "C");
    let unborn = ask(&mut ledger, &Ask::Unit(unit("U2")));
    assert_eq!(unborn.other_seen.unwrap().head, None);
    let other = unborn.other.unwrap();
    assert!(!other.traveller.exists() && other.route.is_some());
    assert!(ask(&mut ledger, &Ask::Unit(unit("V2"))).other.unwrap().route.is_none());
}

#[test]
fn a_gs1_label_names_a_unit_by_the_number_that_it_began_with() {
    let plant = Plant::new();
    let mut ledger = plant.writer();
    let gtin: Gtin = "09506000134352".parse().unwrap();
    let whole = r"\(01\)09506000134352\(21\).* 09506000134352";
    act(&mut ledger, &[route_released("pc200", "C", "U[0-9] 09506000134352"), started("U1")]);
    let named = |ledger: &mut Writer, gtin: &Gtin, serial: &str| {
        let facts = ask(ledger, &Ask::Labelled { gtin: gtin.clone(), serial: Serial::parse(serial).ok(), lot: None });
        let revision = facts.claim.map(|claim| claim.revision.to_string());
        let unit = facts.other.map(|o| (o.traveller.unit.clone().unwrap().to_string(), o.traveller.exists()));
        (revision.unwrap_or_default(), unit)
    };
    let is = |revision: &str, unit: &str, exists: bool| (revision.to_owned(), Some((unit.to_owned(), exists)));
    assert_eq!(named(&mut ledger, &gtin, "U1"), is("C", "U1", true));
    assert_eq!(named(&mut ledger, &gtin, "U2"), is("C", "U2", false));
    assert_eq!(named(&mut ledger, &gtin, "V2"), ("C".to_owned(), None), "of no form that the route knows");
    assert_eq!(named(&mut ledger, &gtin, ""), ("C".to_owned(), None), "without a serial");
    let other = "09506000134369".parse().unwrap();
    assert_eq!(named(&mut ledger, &other, "U1"), (String::new(), None), "another product");
    // The next revision numbers its units in another way; those on record keep their numbers.
    act(&mut ledger, &[route_released("pc200", "D", whole)]);
    assert_eq!(named(&mut ledger, &gtin, "U1"), is("D", "U1", true));
    assert_eq!(named(&mut ledger, &gtin, "U2"), is("D", "(01)09506000134352(21)U2", false));
    act(&mut ledger, &[started("(01)09506000134352(21)U2"), route_withdrawn("pc200", "D")]);
    assert_eq!(named(&mut ledger, &gtin, "U2"), is("C", "(01)09506000134352(21)U2", true));
    assert_eq!(named(&mut ledger, &gtin, "U3"), is("C", "U3", false));
}

#[test]
fn wrong_pins_are_counted_until_the_right_one() {
    let plant = Plant::new();
    let mut ledger = plant.writer();
    act(&mut ledger, &[enrolled("OP-1001", &[Role::Lead])]);
    for n in 1..=3 {
        act(&mut ledger, &[refused(None, Code::WrongPin)]);
        let people = ask(&mut ledger, &Ask::Person(badge("OP-1001"))).people;
        assert_eq!(people[0].wrong.as_ref().map(|w| w.count), Some(n));
    }
    act(&mut ledger, &[lot_received("L-1", 1)]);
    assert_eq!(ledger.reader().person(&badge("OP-1001")).unwrap().unwrap().wrong, None);
    let facts = ask(&mut ledger, &Ask::Population);
    assert_eq!((facts.population.unwrap().enrolled, facts.population.unwrap().leads), (1, 1));
}

#[test]
fn events_out_of_turn_are_refused_and_change_nothing() {
    let plant = Plant::new();
    let mut ledger = plant.writer();
    assert!(ledger.head().is_err() && ledger.commit().is_err(), "no action has begun");
    ledger.begin().unwrap();
    assert!(ledger.begin().is_err());
    let mut wrong: Vec<Event> = events(&ledger.head().unwrap(), &[started("U1")]);
    wrong[0].stamp.seq += 1;
    assert!(ledger.append(&wrong).is_err());
    ledger.rollback();
    assert_eq!(act(&mut ledger, &[started("U1")]).seq, 2);
}

#[test]
fn a_receipt_is_made_of_a_commit() {
    let plant = Plant::new();
    let mut ledger = plant.writer();
    ledger.begin().unwrap();
    append(&mut ledger, &[started("U1")]);
    let receipt = port::commit(&mut ledger).unwrap();
    assert_eq!(*receipt.head(), ledger.reader().head().unwrap().unwrap());
}
