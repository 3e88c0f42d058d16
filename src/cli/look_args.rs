//! Arguments of the commands that only look, as they are typed. Doc comments are what `--help` says.

use std::path::PathBuf;

use clap::Args;

use super::meaning::since;
use crate::app::board::trend::CheckName;
use crate::domain::time::At;

/// `traveller inspect`.
#[derive(Debug, Clone, Default, Args)]
pub struct InspectArgs {
    /// What to search for at first: a part of a number, or state:held, op:OP-2001, code:on-hold, since:7d
    #[arg(value_name = "QUERY")]
    pub query: Vec<String>,
}

/// `traveller board`.
#[derive(Debug, Clone, Default, Args)]
pub struct BoardArgs {
    /// Print it, and end; so does --json
    #[arg(long)]
    pub once: bool,
    /// Write it as one page for the screen on the wall, and end
    #[arg(long, value_name = "FILE", conflicts_with = "once")]
    pub html: Option<PathBuf>,
    /// Show the trend of a check too, such as pc200:30:torque
    #[arg(long, value_name = "ROUTE:STEP:CHECK")]
    pub trend: Option<CheckName>,
    /// Count from this time or the beginning of this day in UTC; else from the beginning of the shift
    #[arg(long, value_name = "TIME", value_parser = since)]
    pub since: Option<At>,
    /// As of this time or the beginning of this day in UTC; now where it is left out
    #[arg(long, value_name = "TIME", value_parser = since)]
    pub at: Option<At>,
}
