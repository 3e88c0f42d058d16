//! Random histories: however they are cut into commits, rollbacks, connections and restarts, the tables are those that
//! the events give, and the folds are those of the whole history.

use proptest::prelude::*;
use proptest::sample::select;

use super::day::{loaded, overridden, packed, permitted, waived};
use super::plant::*;
use super::proving::dump;
use crate::app::port::Ledger as _;
use crate::domain::event::Event;
use crate::domain::id::LotId;
use crate::domain::lot::Lot;
use crate::domain::person::Person;
use crate::domain::refusal::Code;
use crate::domain::role::Role;
use crate::domain::station::Station;
use crate::domain::traveller::Traveller;
use crate::domain::what::{Fate, What};
use crate::ledger::{rebuild, verify};

const UNITS: [&str; 3] = ["U1", "U2", "U3"];

/// One event of any kind, sensible or not: what the gate lets through is not the ledger's business.
pub(super) fn draft() -> impl Strategy<Value = Draft> {
    let unit = || select(&UNITS[..]);
    let serial = || select(&["B1", "B2", "U3"][..]);
    let fate = select(&[Fate::Reuse, Fate::Scrap, Fate::Quarantine][..]);
    let code = select(&[Code::WrongPin, Code::ConfirmStart, Code::CheckMissing][..]);
    prop_oneof![
        3 => unit().prop_map(started),
        2 => unit().prop_map(opened),
        3 => (unit(), 1..4_u32).prop_map(|(u, n)| lot_in(u, "L-1", n)),
        2 => (unit(), serial()).prop_map(|(u, s)| serial_in(u, s)),
        3 => (unit(), any::<bool>()).prop_map(|(u, ok)| checked(u, "2.20", ok)),
        1 => (unit(), 1..40_u64).prop_map(|(u, of)| lot_taken_back(u, "L-1", 1, of)),
        1 => (unit(), 1..40_u64).prop_map(|(u, of)| check_taken_back(u, of)),
        2 => unit().prop_map(|u| passed(u, Some("20"))),
        1 => unit().prop_map(|u| passed(u, None)),
        1 => unit().prop_map(failed),
        1 => (unit(), serial(), fate).prop_map(|(u, s, f)| reworked(u, &[(s, f)])),
        1 => unit().prop_map(|u| held(u, "why")),
        1 => unit().prop_map(hold_released),
        1 => unit().prop_map(dispatched),
        2 => (proptest::option::of(unit()), code).prop_map(|(u, c)| refused(u, c)),
        1 => (select(&["OP-1001", "OP-2001"][..]), select(&Role::ALL[..])).prop_map(|(b, r)| enrolled(b, &[r])),
        1 => Just(signed_on("OP-2001")),
        1 => (1..50_u32).prop_map(|n| lot_received("L-1", n)),
        1 => select(&["WO-1", "WO-2"][..]).prop_map(|o| order_opened(o, Some("U1..U2"))),
        1 => select(&["WO-1", "WO-2"][..]).prop_map(order_closed),
        1 => unit().prop_map(|u| started_under(u, "WO-1")),
        1 => (unit(), any::<bool>()).prop_map(|(u, taken)| drawn(u, taken)),
        1 => Just(gauge_registered("TQ-1")),
        1 => any::<bool>().prop_map(|good| gauge_calibrated("TQ-1", good)),
        1 => Just(lot_held("L-1")),
        1 => Just(permitted("DP-1")),
        1 => unit().prop_map(|u| waived(u, "DP-1")),
        1 => unit().prop_map(overridden),
        1 => unit().prop_map(|u| packed(u, "BOX-1")),
        1 => unit().prop_map(|u| loaded(u, "LS-1")),
        1 => select(&["A", "B"][..]).prop_map(|r| route_released("pc200", r, "U.*")),
        1 => select(&["A", "B"][..]).prop_map(|r| route_withdrawn("pc200", r)),
    ]
}

/// What is done with the ledger.
#[derive(Debug, Clone)]
enum Turn {
    /// Actions within one commit, by one of two connections.
    Commit(bool, Vec<Vec<Draft>>),
    /// An action that is forgotten.
    Rollback(bool, Vec<Draft>),
    /// Everything is closed and opened again.
    Restart,
    /// The tables are made anew.
    Rebuild,
}

fn turn() -> impl Strategy<Value = Turn> {
    let action = || proptest::collection::vec(draft(), 1..5);
    prop_oneof![
        8 => (any::<bool>(), proptest::collection::vec(action(), 1..4)).prop_map(|(who, a)| Turn::Commit(who, a)),
        1 => (any::<bool>(), action()).prop_map(|(who, a)| Turn::Rollback(who, a)),
        1 => Just(Turn::Restart),
        1 => Just(Turn::Rebuild),
    ]
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 48, ..ProptestConfig::default() })]

    #[test]
    fn tables_and_folds_follow_from_the_events(turns in proptest::collection::vec(turn(), 1..24)) {
        let plant = Plant::new();
        let mut pair = [plant.writer(), plant.writer()];
        let mut recorded = 1;
        for turn in turns {
            match turn {
                Turn::Commit(who, actions) => {
                    let ledger = &mut pair[usize::from(who)];
                    ledger.begin().unwrap();
                    for action in &actions {
                        append(ledger, action);
                        for name in UNITS {
                            ledger.traveller(&unit(name)).unwrap();
                        }
                    }
                    recorded = ledger.commit().unwrap().seq;
                }
                Turn::Rollback(who, action) => {
                    let ledger = &mut pair[usize::from(who)];
                    ledger.begin().unwrap();
                    append(ledger, &action);
                    ledger.rollback();
                }
                Turn::Restart => {
                    drop(pair);
                    pair = [plant.writer(), plant.writer()];
                }
                Turn::Rebuild => {
                    rebuild(&mut pair[0]).unwrap();
                }
            }
        }
        let [mut one, two] = pair;
        let stored = one.reader().events_before(None, 1_000).unwrap();
        prop_assert_eq!(u64::try_from(stored.len()).unwrap(), recorded);
        let events: Vec<Event> = stored.iter().rev().map(|s| s.event().unwrap()).collect();
        one.begin().unwrap();
        for name in UNITS {
            let whole = Traveller::replay(events.iter().filter(|e| e.about.unit == Some(unit(name))));
            let kept = one.traveller(&unit(name)).unwrap();
            prop_assert_eq!(kept.exists(), whole.exists());
            if whole.exists() {
                prop_assert_eq!(&*kept, &whole);
            }
        }
        let at = station("ASM-1");
        prop_assert_eq!(one.station(&at).unwrap(), Station::replay(at, &events));
        one.rollback();
        let lot = events.iter().fold(None, Lot::apply);
        prop_assert_eq!(one.reader().lot(&LotId::parse("L-1").unwrap()).unwrap(), lot);
        let who = badge("OP-1001");
        let of_others = |e: &Event| matches!(&e.what, What::OperatorEnrolled(o) if o.badge != who);
        let of_lead = |before: Option<Person>, e: &Event| {
            if before.is_none() && of_others(e) { None } else { Person::apply(before, e) }
        };
        let lead = events.iter().fold(None, of_lead);
        prop_assert_eq!(one.reader().person(&who).unwrap(), lead);
        let verified = verify(two.reader(), None).unwrap();
        prop_assert!(verified.is_ok(), "{:?}", verified.findings);
        let kept = dump(&one.reader.conn);
        rebuild(&mut one).unwrap();
        prop_assert_eq!(dump(&one.reader.conn), kept);
    }
}
