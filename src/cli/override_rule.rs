//! `traveller override UNIT`: a second person lets a rule go for a unit, where the configuration allows it.

use super::answer::give_all;
use super::context::Context;
use super::failure::{Failure, Outcome};
use super::permit_args::OverrideArgs;
use crate::domain::command::Command;
use crate::domain::overriding::Override;
use crate::station::open::Make;

pub(super) fn run(cx: &mut Context<'_>, args: OverrideArgs) -> Result<Outcome, Failure> {
    let mut clerk = cx.clerk(Make::Never)?;
    let with = cx.signed(&args.signed.by)?;
    let (about, reason, by) = (args.unit.to_string(), args.signed.reason, args.signed.by);
    // What is allowed is added where the command is given.
    let over = Override { unit: Some(args.unit), rule: args.rule, reason, by, allowed: None };
    give_all(cx, &mut clerk, &with, [(about, Command::Override(Box::new(over)))])
}
