//! Arguments of `traveller rework`, as they are typed. Doc comments are what `--help` says.

use clap::{Args, Subcommand};

use super::args::Signed;
use super::meaning::{fate, removed};
use crate::domain::id::{Serial, StepId, UnitId};
use crate::domain::what::{Fate, Removed};

/// `traveller rework`.
#[derive(Debug, Subcommand)]
pub enum ReworkCommand {
    /// Send a unit that nothing is wrong with back to a step that it passed, as a lead
    SendBack(SendBackArgs),
    /// Let a scrapped unit wait for a decision again, as quality, while nothing was taken out of it
    ReverseScrap(ReverseScrapArgs),
    /// Decide what becomes of a component in quarantine, as quality
    Judge(JudgeArgs),
}

/// `traveller rework send-back`.
#[derive(Debug, Args)]
pub struct SendBackArgs {
    /// The unit
    pub unit: UnitId,
    /// The step that it goes back to; whatever was done from there on is done again
    #[arg(long, value_name = "STEP")]
    pub to: StepId,
    /// A component that is taken out, and what becomes of it: reuse, scrap or quarantine; may be given several times
    #[arg(long = "serial", value_name = "SERIAL=FATE", value_parser = removed)]
    pub removed: Vec<Removed>,
    /// Who does it, and why
    #[command(flatten)]
    pub signed: Signed,
}

/// `traveller rework reverse-scrap`.
#[derive(Debug, Args)]
pub struct ReverseScrapArgs {
    /// The scrapped unit
    pub unit: UnitId,
    /// Who does it, and why
    #[command(flatten)]
    pub signed: Signed,
}

/// `traveller rework judge`.
#[derive(Debug, Args)]
pub struct JudgeArgs {
    /// The unit that it was taken out of
    pub unit: UnitId,
    /// The component
    pub serial: Serial,
    /// What becomes of it: reuse or scrap
    #[arg(long, value_parser = fate)]
    pub fate: Fate,
    /// Who decides, and why
    #[command(flatten)]
    pub signed: Signed,
}
