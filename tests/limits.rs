//! Everything has a limit: at it, a command is accepted; one beyond, or with a character that cannot be shown, it is
//! refused.

use serde_json::{Value, json};
use traveller::domain::command::Command;
use traveller::domain::gate::decision::{Decision, Did};
use traveller::domain::refusal::{Code, Refusal};
use traveller::domain::role::Role;

use crate::support::decided::Decided;
use crate::support::plant::{PIN, Plant, Shell};

/// A shell of a plant with people and a route.
fn shell() -> (Plant, Shell) {
    let plant = Plant::empty();
    let mut shell = plant.shell();
    shell.enrol_everybody();
    shell.release("tests/scenarios/routes/valve.toml");
    (plant, shell)
}

/// The name of a PIN that nobody has.
const PIN_ID: &str = "a2a444c41e115177";
/// A character that changes the direction of what follows.
const UNSAFE: &str = "a\u{202e}";

/// Gives a command by the lead, with a value in the place of one of its fields; whether it was accepted.
fn takes(shell: &mut Shell, word: &str, command: &Value, field: &str, value: Value) -> bool {
    let mut said = command.clone();
    said[field] = value;
    said["by"] = "LEAD".into();
    let command: Command = serde_json::from_value(json!({ word: said })).expect("a command");
    match shell.give(&command).answer {
        Ok(_) => true,
        Err(refusal) => {
            assert_eq!(refusal.code, Code::BadInput, "{word}: {field}");
            false
        }
    }
}

#[test]
fn a_suppliers_name() {
    let (_plant, mut shell) = shell();
    for (n, (supplier, fits)) in
        [("x".repeat(60), true), ("x".repeat(61), false), (UNSAFE.into(), false)].into_iter().enumerate()
    {
        let lot = json!({ "lot": format!("L-{n}"), "part": "SEAL", "quantity": "1" });
        assert_eq!(takes(&mut shell, "receive-lot", &lot, "supplier", supplier.into()), fits, "{n}");
    }
}

#[test]
fn the_quantity_of_a_lot() {
    let (_plant, mut shell) = shell();
    let lot = json!({ "lot": "L-1", "part": "SEAL" });
    for (quantity, fits) in [("0", false), ("1000000001", false), ("1000000000.5", false), ("1000000000", true)] {
        assert_eq!(takes(&mut shell, "receive-lot", &lot, "quantity", quantity.into()), fits, "{quantity}");
    }
}

#[test]
fn a_customers_name() {
    let (_plant, mut shell) = shell();
    for (n, (customer, fits)) in
        [("x".repeat(60), true), ("x".repeat(61), false), (UNSAFE.into(), false)].into_iter().enumerate()
    {
        let order = json!({ "order": format!("8-{n}"), "route": "valve", "revision": "A", "quantity": 1 });
        assert_eq!(takes(&mut shell, "open-order", &order, "customer", customer.into()), fits, "{n}");
    }
}

#[test]
fn what_a_person_is_qualified_for() {
    let (_plant, mut shell) = shell();
    let person = json!({ "badge": "OP-1" });
    let named = |name: String| json!([{ "name": name, "until": "2027-06-30" }]);
    for (name, fits) in [
        ("x".repeat(40), true),
        ("x".repeat(41), false),
        (" ".into(), false),
        (UNSAFE.into(), false),
        (format!("{UNSAFE}{}", "x".repeat(40)), false),
    ] {
        assert_eq!(takes(&mut shell, "qualify", &person, "qualifications", named(name.clone())), fits, "{name}");
    }
    for (many, fits) in [(100, true), (101, false)] {
        let all = (0..many).map(|n| json!({ "name": format!("q-{n}"), "until": "2027-06-30" })).collect();
        assert_eq!(takes(&mut shell, "qualify", &person, "qualifications", Value::Array(all)), fits, "{many}");
    }
    let twice = json!([{ "name": "weld", "until": "2027-06-30" }, { "name": "weld", "until": "2027-06-30" }]);
    assert!(!takes(&mut shell, "qualify", &person, "qualifications", twice));
}

/// Enrols somebody; the refusal, where that is the answer.
fn enrol(shell: &mut Shell, badge: &str, name: &str, roles: &[&str], by: Option<&str>) -> Option<Refusal> {
    let mut said = json!({ "badge": badge, "name": name, "roles": roles, "pin_id": PIN_ID });
    if let Some(by) = by {
        said["by"] = by.into();
    }
    let command: Command = serde_json::from_value(json!({ "enrol": said })).expect("a command");
    shell.give(&command).answer.err()
}

#[test]
fn who_a_person_may_be() {
    let (_plant, mut shell) = shell();
    for (badge, name, roles, fits) in [
        ("P-1", "x".repeat(40), &["operator"][..], true),
        ("P-2", "x".repeat(41), &["operator"], false),
        ("P-2", " ".into(), &["operator"], false),
        ("P-2", UNSAFE.into(), &["operator"], false),
        ("P-2", format!("{UNSAFE}{}", "x".repeat(40)), &["operator"], false),
        ("P-2", "Pia".into(), &[], false),
        ("LGCPASS", "Pia".into(), &["operator"], false),
        ("P-2", "Pia".into(), &["operator"], true),
    ] {
        let refusal = enrol(&mut shell, badge, &name, roles, Some("LEAD"));
        assert_eq!(refusal.map(|r| r.code), (!fits).then_some(Code::BadInput), "{badge}: {name}: {roles:?}");
    }
}

#[test]
fn the_first_person_is_a_lead_and_every_other_is_enrolled_by_one() {
    let plant = Plant::empty();
    let mut shell = plant.shell();
    let needs_a_lead = |refusal: Option<Refusal>| {
        let refusal = refusal.expect("a refusal");
        assert_eq!((refusal.code, refusal.evidence.role), (Code::Role, Some(Role::Lead)));
    };
    needs_a_lead(enrol(&mut shell, "OP-1", "Otto", &["operator"], None));
    assert_eq!(enrol(&mut shell, "LEAD", "Lena", &["lead"], None), None);
    needs_a_lead(enrol(&mut shell, "LEAD-2", "Lars", &["lead"], None));
}

#[test]
fn a_pin_is_changed_by_its_person_or_with_a_lead() {
    let (_plant, mut shell) = shell();
    let mut change = |badge: &str, by: &str, pin: &str| {
        let said = json!({ "badge": badge, "pin_id": PIN_ID, "by": by });
        let command: Command = serde_json::from_value(json!({ "change-pin": said })).expect("a command");
        shell.give_with(&command, pin).answer.map_err(|refusal| refusal.code)
    };
    assert_eq!(change("OP-1", "OP-2", PIN), Err(Code::Role));
    assert_eq!(change("OP-1", "OP-1", "000111"), Err(Code::WrongPin));
    assert_eq!(change("OP-9", "LEAD", PIN), Err(Code::UnknownBadge));
    assert_eq!(change("OP-1", "LEAD", PIN), Ok(Did::PinChanged));
    assert_eq!(change("OP-2", "OP-2", PIN), Ok(Did::PinChanged));
}

/// Decides again, with a PIN that is recovered by a user of the system, what was decided of a badge before; whoever
/// restored the ledger finds it so, as long as no lead has a PIN in it.
fn recovers(badge: &str, user: &str, recoverable: bool) -> Decision {
    let (plant, mut shell) = shell();
    let command = |said: Value| serde_json::from_value::<Command>(json!({ "change-pin": said })).expect("a command");
    shell.give(&command(json!({ "badge": badge, "pin_id": PIN_ID, "by": badge }))).answer.unwrap();
    let mut last = Decided::last(&plant);
    last.facts.population.as_mut().expect("how many there are").recoverable = recoverable;
    last.command = command(json!({ "badge": badge, "pin_id": PIN_ID, "by": badge, "recover": user }));
    last.again()
}

#[test]
fn a_lead_recovers_a_pin_in_a_restored_ledger() {
    let recovered = recovers("LEAD", "root", true);
    assert_eq!(recovered.answer, Ok(Did::PinChanged));
    let about = &recovered.drafts[0].about;
    assert_eq!((about.by.as_ref(), about.reason.as_deref()), ("LEAD".parse().ok().as_ref(), Some("recovered by root")));
    for (badge, recoverable) in [("LEAD", false), ("OP-1", true), ("OP-1", false)] {
        let refusal = recovers(badge, "root", recoverable).answer.unwrap_err();
        let of = (refusal.evidence.badge.clone(), refusal.evidence.role);
        assert_eq!((refusal.code, of), (Code::Role, (badge.parse().ok(), Some(Role::Lead))), "{badge}: {recoverable}");
    }
    for (user, fits) in [
        ("x".repeat(80), true),
        ("x".repeat(81), false),
        (" ".into(), false),
        (UNSAFE.into(), false),
        (format!("{UNSAFE}{}", "x".repeat(80)), false),
    ] {
        let code = recovers("LEAD", &user, true).answer.err().map(|refusal| refusal.code);
        assert_eq!(code, (!fits).then_some(Code::BadInput), "{user}");
    }
}
