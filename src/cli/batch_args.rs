//! Arguments of `traveller batch`, as they are typed. Doc comments are what `--help` says.

#![expect(clippy::doc_markdown, reason = "help is plain text")]

use clap::{Args, Subcommand};

use crate::domain::id::{Badge, UnitId};

/// `traveller batch`.
#[derive(Debug, Subcommand)]
pub enum BatchCommand {
    /// Pieces of a batch become a batch of their own
    Split(SplitArgs),
    /// All pieces of another batch go into this one
    Merge(MergeArgs),
}

/// `traveller batch split`.
#[derive(Debug, Args)]
pub struct SplitArgs {
    /// The batch
    pub unit: UnitId,
    /// How many pieces leave it
    #[arg(long, value_name = "N")]
    pub quantity: u32,
    /// The number of the new batch
    #[arg(long, value_name = "BATCH")]
    pub into: UnitId,
    /// Who does it; the PIN comes from TRAVELLER_PIN or is asked for
    #[arg(long, value_name = "BADGE")]
    pub by: Badge,
}

/// `traveller batch merge`.
#[derive(Debug, Args)]
pub struct MergeArgs {
    /// The batch whose pieces go
    pub from: UnitId,
    /// The batch that has them then
    #[arg(long, value_name = "BATCH")]
    pub into: UnitId,
    /// Who does it; the PIN comes from TRAVELLER_PIN or is asked for
    #[arg(long, value_name = "BADGE")]
    pub by: Badge,
}
