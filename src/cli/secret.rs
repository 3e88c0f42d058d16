//! Where PINs come from: the environment for scripts, a prompt for people. Never an argument: it would show in the
//! list of processes.

use super::failure::Failure;
use super::prompt;
use crate::domain::id::Badge;
use crate::domain::text::display_safe;
use crate::station::config::Environment;
use crate::station::pin::{ChosenPin, Pin};

/// Who commands.
const PIN: &str = "TRAVELLER_PIN";
/// Who witnesses what is done.
const WITNESS_PIN: &str = "TRAVELLER_WITNESS_PIN";
/// Who gets a PIN.
const NEW_PIN: &str = "TRAVELLER_NEW_PIN";

/// The PIN of a person who gives a command.
pub(super) fn pin(environment: &dyn Environment, badge: &Badge) -> Result<Pin, Failure> {
    match from(environment, PIN) {
        Some(pin) => Ok(pin),
        None => prompt::ask(&format!("PIN of {badge}: "), PIN),
    }
}

/// The PIN of a person who witnesses what somebody else does.
pub(super) fn witness_pin(environment: &dyn Environment, badge: &Badge) -> Result<Pin, Failure> {
    match from(environment, WITNESS_PIN) {
        Some(pin) => Ok(pin),
        None => prompt::ask(&format!("PIN of {badge}: "), WITNESS_PIN),
    }
}

/// The PIN that a person is to have.
pub(super) fn new_pin(environment: &dyn Environment, badge: &Badge) -> Result<ChosenPin, Failure> {
    choose(environment, NEW_PIN, badge)
}

/// The PIN of the first person of a ledger, who enrols himself.
pub(super) fn own_new_pin(environment: &dyn Environment, badge: &Badge) -> Result<ChosenPin, Failure> {
    choose(environment, PIN, badge)
}

fn from(environment: &dyn Environment, name: &str) -> Option<Pin> {
    environment.var(name).map(|value| Pin::given(value.to_string_lossy()))
}

fn choose(environment: &dyn Environment, name: &str, badge: &Badge) -> Result<ChosenPin, Failure> {
    let pin = match from(environment, name) {
        Some(pin) => pin,
        None => asked_twice(badge, name)?,
    };
    pin.chosen().map_err(|bad| Failure::wrong_use(bad.to_string(), "choose another PIN; nothing was changed"))
}

fn asked_twice(badge: &Badge, name: &str) -> Result<Pin, Failure> {
    let badge = display_safe(badge.as_str());
    let first = prompt::ask(&format!("New PIN of {badge}: "), name)?;
    let second = prompt::ask("The same again: ", name)?;
    if first.same(&second) {
        Ok(first)
    } else {
        Err(Failure::wrong_use("the two PINs are not the same", "run it again; nothing was changed"))
    }
}
