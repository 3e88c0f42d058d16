//! Arguments of `traveller doctor`, as they are typed. Doc comments are what `--help` says.

use clap::{Args, Subcommand};

use crate::domain::id::{DeviceId, StationId};

/// `traveller doctor`.
#[derive(Debug, Args)]
pub struct DoctorArgs {
    /// What to look at; everything, in short, where it is left out
    #[command(subcommand)]
    pub what: Option<DoctorCommand>,
}

/// What `traveller doctor` looks at more closely.
#[derive(Debug, Subcommand)]
pub enum DoctorCommand {
    /// Devices that could be scanners: which are, and whether they can be read
    Scanners(DoctorScannersArgs),
}

/// `traveller doctor scanners`.
#[derive(Debug, Args)]
pub struct DoctorScannersArgs {
    /// Find the scanner that you hold, and write it into the configuration under this name
    #[arg(long, value_name = "NAME")]
    pub enrol: Option<DeviceId>,
    /// The station that it scans for; whichever a program serves where it is left out
    #[arg(long, requires = "enrol")]
    pub station: Option<StationId>,
    /// Find out which keyboard the scanner that you hold types like
    #[arg(long, conflicts_with_all = ["enrol", "udev"])]
    pub layout_test: bool,
    /// Print the rules for udev that let this program read the scanners of the configuration
    #[arg(long, conflicts_with = "enrol")]
    pub udev: bool,
}
