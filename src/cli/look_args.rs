//! Arguments of the commands that only look, as they are typed. Doc comments are what `--help` says.

use clap::Args;

/// `traveller inspect`.
#[derive(Debug, Clone, Default, Args)]
pub struct InspectArgs {
    /// What to search for at first: a part of a number, or state:held, op:OP-2001, code:on-hold, since:7d
    #[arg(value_name = "QUERY")]
    pub query: Vec<String>,
}
