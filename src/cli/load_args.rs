//! Arguments of `traveller load`, as they are typed. Doc comments are what `--help` says.

use clap::{Args, Subcommand};

use crate::domain::id::StationId;

/// `traveller load`.
#[derive(Debug, Subcommand)]
pub enum LoadCommand {
    /// The loads of ovens, washes and cures, the newest first
    List(ListLoadsArgs),
    /// One load: its units, its minutes, what was observed of it, and who did that
    Show {
        /// Its number, as the screen of its station shows it
        load: String,
    },
}

/// `traveller load list`.
#[derive(Debug, Args)]
pub struct ListLoadsArgs {
    /// Only those that are being filled, or run
    #[arg(long, conflicts_with = "ended")]
    pub open: bool,
    /// Only those that are over
    #[arg(long)]
    pub ended: bool,
    /// Only those of this station
    #[arg(long, value_name = "STATION")]
    pub station: Option<StationId>,
    /// Only those that came before this one
    #[arg(long, value_name = "LOAD")]
    pub before: Option<String>,
    /// At most so many
    #[arg(long, value_name = "N", default_value_t = 100, value_parser = clap::value_parser!(u32).range(1..=1000))]
    pub limit: u32,
}
