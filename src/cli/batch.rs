//! `traveller batch`: pieces of a batch that become a batch of their own, and batches that become one.

use super::answer::give_all;
use super::batch_args::{BatchCommand, MergeArgs, SplitArgs};
use super::context::Context;
use super::failure::{Failure, Outcome};
use crate::domain::command::{Batch, Command};
use crate::station::open::Make;

pub(super) fn run(cx: &mut Context<'_>, command: BatchCommand) -> Result<Outcome, Failure> {
    let (about, by, batch) = match command {
        BatchCommand::Split(SplitArgs { unit, quantity, into, by }) => {
            let about = format!("{quantity} pieces of {unit} into {into}");
            let batch = Batch::Split { unit: Some(unit), pieces: quantity, into, by: Some(by.clone()) };
            (about, by, batch)
        }
        BatchCommand::Merge(MergeArgs { from, into, by }) => {
            let about = format!("{from} into {into}");
            (about, by.clone(), Batch::Merge { unit: Some(into), from, by: Some(by) })
        }
    };
    let mut clerk = cx.clerk(Make::Never)?;
    let with = cx.signed(&by)?;
    give_all(cx, &mut clerk, &with, [(about, Command::Batch(batch))])
}
