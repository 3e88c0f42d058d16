//! `traveller rework`: what is decided about units that did not just fail, and about components in quarantine.

use super::answer::give_all;
use super::context::Context;
use super::failure::{Failure, Outcome};
use super::rework_args::ReworkCommand;
use crate::domain::command::Command;
use crate::domain::reworking::Reworking;
use crate::station::open::Make;

pub(super) fn run(cx: &mut Context<'_>, command: ReworkCommand) -> Result<Outcome, Failure> {
    let (about, reworking) = match command {
        ReworkCommand::SendBack(args) => {
            let (unit, to, removed) = (Some(args.unit.clone()), args.to, args.removed);
            let (reason, by) = (args.signed.reason, args.signed.by);
            (args.unit.to_string(), Reworking::SendBack { unit, to, removed, reason, by })
        }
        ReworkCommand::ReverseScrap(args) => {
            let (reason, by) = (args.signed.reason, args.signed.by);
            (args.unit.to_string(), Reworking::Reverse { unit: args.unit, reason, by })
        }
        ReworkCommand::Judge(args) => {
            let (reason, by) = (args.signed.reason, args.signed.by);
            let (unit, serial, fate) = (args.unit, args.serial, args.fate);
            (serial.to_string(), Reworking::Judge { unit, serial, fate, reason, by })
        }
    };
    let mut clerk = cx.clerk(Make::Never)?;
    let with = cx.signed(reworking.by())?;
    give_all(cx, &mut clerk, &with, [(about, Command::Rework(Box::new(reworking)))])
}
