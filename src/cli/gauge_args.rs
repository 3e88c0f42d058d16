//! Arguments of `traveller gauge`, as they are typed. Doc comments are what `--help` says.

#![expect(clippy::doc_markdown, reason = "help is plain text")]

use clap::{ArgAction, Args, Subcommand};

use super::args::Signed;
use super::meaning::found_good;
use crate::domain::id::{Badge, DeviceId};
use crate::domain::time::Day;

/// `traveller gauge`.
#[derive(Debug, Subcommand)]
pub enum GaugeCommand {
    /// A gauge may be measured with
    Register(RegisterArgs),
    /// What the calibration of a gauge came to
    Calibrate(CalibrateArgs),
    /// Measure with a gauge no more
    Retire(RetireArgs),
    /// The gauges, and until when they may be measured with
    List,
}

/// `traveller gauge register`.
#[derive(Debug, Args)]
pub struct RegisterArgs {
    /// Its number, as its label reads
    pub gauge: DeviceId,
    /// What it measures, as routes say it, such as torque
    #[arg(long)]
    pub kind: String,
    /// The last day on which its calibration counts, such as 2027-03-31
    #[arg(long, value_name = "DATE")]
    pub due: Day,
    /// Who registers it; the PIN comes from TRAVELLER_PIN or is asked for
    #[arg(long, value_name = "BADGE")]
    pub by: Badge,
}

/// `traveller gauge calibrate`.
#[derive(Debug, Args)]
pub struct CalibrateArgs {
    /// Its number
    pub gauge: DeviceId,
    /// The last day on which the calibration counts, such as 2027-03-31
    #[arg(long, value_name = "DATE")]
    pub due: Day,
    /// As it was found, before anything was set right: good or bad
    #[arg(long, value_name = "good|bad", action = ArgAction::Set, value_parser = found_good)]
    pub found: bool,
    /// Who does it, and why
    #[command(flatten)]
    pub signed: Signed,
}

/// `traveller gauge retire`.
#[derive(Debug, Args)]
pub struct RetireArgs {
    /// Its number
    pub gauge: DeviceId,
    /// Who does it, and why
    #[command(flatten)]
    pub signed: Signed,
}
