//! `traveller recover UNIT`: components of a scrapped unit, and what becomes of them.

use super::answer::give_all;
use super::context::Context;
use super::failure::{Failure, Outcome};
use super::unit_args::RecoverArgs;
use crate::domain::command::Command;
use crate::station::open::Make;

pub(super) fn run(cx: &mut Context<'_>, args: RecoverArgs) -> Result<Outcome, Failure> {
    let mut clerk = cx.clerk(Make::Never)?;
    let with = cx.signed(&args.signed.by)?;
    let about = args.unit.to_string();
    let (reason, by) = (args.signed.reason, args.signed.by);
    let command = Command::Recover { unit: args.unit, removed: args.removed, reason, by };
    give_all(cx, &mut clerk, &with, [(about, command)])
}
