//! `traveller settle UNIT`: the end of a fork or a hole in the history of a unit, by a lead who names the events.

use super::answer::give_all;
use super::context::Context;
use super::failure::{Failure, Outcome};
use super::show::unknown;
use super::unit_args::SettleArgs;
use crate::domain::command::Command;
use crate::domain::settling::Settle;
use crate::station::open::Make;

pub(super) fn run(cx: &mut Context<'_>, args: SettleArgs) -> Result<Outcome, Failure> {
    let SettleArgs { unit, events, to, signed } = args;
    let mut clerk = cx.clerk(Make::Never)?;
    if events.is_empty() {
        let traveller = clerk.ledger().reader().traveller(&unit)?.ok_or_else(|| unknown(&unit))?;
        let named: Vec<String> = traveller.broken().iter().map(|event| format!("--event {event}")).collect();
        return Err(if named.is_empty() {
            Failure::no(format!("nothing is broken in the history of {unit}"), "there is nothing to settle")
        } else {
            let what = format!("the history of {unit} is broken, and nobody named where");
            let instead = "look at them with `traveller events --unit`, then name them all:";
            Failure::wrong_use(what, format!("{instead} {}", named.join(" ")))
        });
    }
    let with = cx.signed(&signed.by)?;
    let about = unit.to_string();
    let command = Command::Settle(Settle { unit, events, to, reason: signed.reason, by: signed.by });
    give_all(cx, &mut clerk, &with, [(about, command)])
}
