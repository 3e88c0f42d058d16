//! Arguments of the commands that only look, as they are typed. Doc comments are what `--help` says.

use clap::Args;

use super::meaning::since;
use crate::domain::time::At;

/// `traveller inspect`.
#[derive(Debug, Clone, Default, Args)]
pub struct InspectArgs {
    /// What to search for at first: a part of a number, or state:held, op:OP-2001, code:on-hold, since:7d
    #[arg(value_name = "QUERY")]
    pub query: Vec<String>,
}

/// `traveller board`.
#[derive(Debug, Clone, Args)]
pub struct BoardArgs {
    /// Print it, and end
    #[arg(long, required = true)]
    pub once: bool,
    /// As of this time or the beginning of this day in UTC; now where it is left out
    #[arg(long, value_name = "TIME", value_parser = since)]
    pub at: Option<At>,
}
