//! Many commands under one commit: all of them, or none.

use traveller::app::replay;
use traveller::app::together::{Ended, Stopped, Together};
use traveller::domain::command::{Command, UNITS_AT_ONCE_MOST};
use traveller::domain::id::UnitId;
use traveller::domain::refusal::Code;
use traveller::domain::traveller::State;
use traveller::domain::what::What;
use traveller::ledger::Writer;
use traveller::station::clerk::With;
use traveller::station::pin::Pin;
use traveller::station::pipe::input;

use crate::support::plant::{PIN, Plant, Shell};

const CORE: &str = "tests/command_line/routes/core.toml";

fn unit(n: usize) -> UnitId {
    format!("C{n:04}").parse().unwrap()
}

fn hold(unit: UnitId) -> Command {
    Command::HoldUnit { unit, reason: "stop".to_owned(), by: "LEAD".parse().unwrap() }
}

fn hold_all(units: Vec<UnitId>) -> Command {
    Command::HoldUnits { units, of: "L-1".to_owned(), reason: "stop".to_owned(), by: "LEAD".parse().unwrap() }
}

/// A plant that has begun so many units.
fn plant(units: usize) -> (Plant, Shell) {
    let plant = Plant::empty();
    let mut shell = plant.shell();
    shell.enrol_everybody();
    shell.release(CORE);
    let at = "core".parse().unwrap();
    let mut clerk = plant.clerk(&at, &at, false);
    let mut say = |line: &str| clerk.give(&input::read(line.as_bytes()).command, &With::default()).unwrap();
    say("OP-1").answer.unwrap();
    for n in 1..=units {
        say(unit(n).as_str()).answer.unwrap();
    }
    drop(clerk);
    (plant, shell)
}

fn give<T>(
    shell: &mut Shell,
    work: impl FnOnce(&mut Together<'_, Writer>) -> Result<T, Stopped>,
) -> (Ended<T>, Vec<&'static str>) {
    let seq = |shell: &mut Shell| shell.clerk.ledger().reader().head().unwrap().unwrap().seq;
    let before = seq(shell);
    let with = With { pin: Some(Pin::given(PIN)), ..With::default() };
    let ended = shell.clerk.give_together(&"LEAD".parse().unwrap(), &with, work).unwrap();
    let after = seq(shell);
    let reader = shell.clerk.ledger().reader();
    let mut place = reader.unit(&unit(1)).unwrap().unwrap().place;
    let mut kinds = Vec::new();
    for seq in before + 1..=after {
        place = traveller::ledger::place::Place::new(place.stream(), seq).unwrap();
        kinds.push(reader.event_at(place).unwrap().unwrap().outcome().unwrap().what.kind());
    }
    (ended, kinds)
}

fn state(shell: &mut Shell, n: usize) -> State {
    shell.clerk.ledger().reader().unit(&unit(n)).unwrap().unwrap().state
}

#[test]
fn a_later_refusal_takes_back_what_was_done_before_and_is_all_that_is_on_record() {
    let (_plant, mut shell) = plant(2);
    let (ended, kinds) = give(&mut shell, |together| {
        together.give(&hold(unit(1)))?;
        together.give(&hold_all(vec![unit(2), unit(3)]))
    });
    let Ended::Refused(refused) = ended else { panic!("{ended:?}") };
    assert_eq!((refused.answer.unwrap_err().code, kinds.as_slice()), (Code::UnknownUnit, ["refused"].as_slice()));
    assert!(refused.receipt.is_some());
    assert_eq!((state(&mut shell, 1), state(&mut shell, 2)), (State::InProcess, State::InProcess));
    assert_eq!(shell.give(&hold(unit(1))).answer.unwrap().word(), "unit-held");
}

#[test]
fn what_was_refused_only_for_what_was_taken_back_leaves_nothing() {
    let (_plant, mut shell) = plant(1);
    let (ended, kinds) = give(&mut shell, |together| {
        together.give(&hold(unit(1)))?;
        together.give(&hold(unit(1)))
    });
    let Ended::Refused(refused) = ended else { panic!("{ended:?}") };
    assert_eq!(refused.answer.unwrap_err().code, Code::OnHold);
    assert_eq!((refused.receipt, refused.event, kinds.len()), (None, None, 0));
    assert_eq!(state(&mut shell, 1), State::InProcess);
}

#[test]
fn a_fault_in_the_middle_takes_everything_back() {
    let (_plant, mut shell) = plant(1);
    let with = With { pin: Some(Pin::given(PIN)), ..With::default() };
    let failed = shell.clerk.give_together(&"LEAD".parse().unwrap(), &with, |together| {
        together.give(&hold(unit(1)))?;
        Err::<(), _>(Stopped::Fault(traveller::app::port::Fault::new("the disk is gone", "look at it")))
    });
    assert_eq!(failed.unwrap_err().what, "the disk is gone");
    assert_eq!(state(&mut shell, 1), State::InProcess);
}

#[test]
fn more_units_than_one_command_holds_are_held_in_one_commit() {
    let many = UNITS_AT_ONCE_MOST + 3;
    let (plant, mut shell) = plant(many);
    let all: Vec<_> = (1..=many).map(unit).collect();
    let (ended, kinds) = give(&mut shell, |together| {
        let mut held = 0;
        for some in all.chunks(UNITS_AT_ONCE_MOST) {
            let enacted = together.give(&hold_all(some.to_vec()))?;
            held += enacted.events.iter().filter(|e| matches!(e.what, What::UnitHeld(_))).count();
        }
        Ok(held)
    });
    let Ended::Done(held, receipt) = ended else { panic!("{ended:?}") };
    assert_eq!((held, kinds.len()), (many, many));
    assert_eq!(receipt.head(), &shell.clerk.ledger().reader().head().unwrap().unwrap());
    assert_eq!((state(&mut shell, 1), state(&mut shell, many)), (State::Held, State::Held));
    let proof = traveller::ledger::open_reader(&plant.ledger()).unwrap();
    let past = proof.past(traveller::route_file::released).unwrap().unwrap();
    let mut acts = Vec::new();
    past.each_action(|act| {
        acts.push(act);
        Ok(())
    })
    .unwrap();
    let mut past = proof.past(traveller::route_file::released).unwrap().unwrap();
    let again = replay::actions(&mut past, acts).unwrap();
    assert_eq!((again.different, again.decisions > u64::try_from(many).unwrap()), (Vec::new(), true));
}
