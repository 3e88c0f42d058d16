//! Arguments of the commands about replicas, as they are typed. Doc comments are what `--help` says.

#![expect(clippy::doc_markdown, reason = "help is plain text")]

use std::num::NonZeroU32;
use std::path::PathBuf;

use clap::Args;

use crate::domain::id::Epoch;

/// `traveller absorb`.
#[derive(Debug, Args)]
pub struct AbsorbArgs {
    /// Directories that terminals replicate to
    #[arg(value_name = "DIR", required = true)]
    pub from: Vec<PathBuf>,
}

/// `traveller drill`.
#[derive(Debug, Args)]
pub struct DrillArgs {
    /// The directory that terminals replicate to
    #[arg(long, value_name = "DIR")]
    pub from: PathBuf,
    /// The directory of receipts, where the result is kept too; beside the ledger where it is left out
    /// [env: TRAVELLER_STATE]
    #[arg(long, value_name = "DIR")]
    pub state: Option<PathBuf>,
}

/// `traveller restore`.
#[derive(Debug, Args)]
pub struct RestoreArgs {
    /// The directory that the terminal replicated to
    #[arg(long, value_name = "DIR")]
    pub from: PathBuf,
    /// The life that it goes on after, where the replica holds several of this terminal that go on; what the others
    /// recorded is kept too, and units of which both tell wait for `traveller settle`
    #[arg(long, value_name = "EPOCH")]
    pub life: Option<Epoch>,
    /// The directory of receipts of the old terminal, where it is left: it tells how far the record should reach
    #[arg(long, value_name = "DIR")]
    pub state: Option<PathBuf>,
}

/// `traveller replicate`.
#[derive(Debug, Args)]
pub struct ReplicateArgs {
    /// Directories, such as /mnt/nas/traveller, or ssh://user@host/srv/replica; none: those of the configuration
    #[arg(long, value_name = "TARGET", num_args = 1..)]
    pub to: Vec<String>,
    /// The directory of receipts; beside the ledger where it is left out [env: TRAVELLER_STATE]
    #[arg(long, value_name = "DIR")]
    pub state: Option<PathBuf>,
}

/// `traveller receive`.
#[derive(Debug, Args)]
pub struct ReceiveArgs {
    /// The directory that holds the replica here
    #[arg(long, value_name = "DIR")]
    pub into: PathBuf,
}

/// `traveller backup`.
#[derive(Debug, Args)]
pub struct BackupArgs {
    /// Where to; nothing may have that name yet
    #[arg(value_name = "FILE", required_unless_present = "into", conflicts_with = "into")]
    pub file: Option<PathBuf>,
    /// A directory that is there; the copy gets a name by what it holds
    #[arg(long, value_name = "DIR", requires = "keep")]
    pub into: Option<PathBuf>,
    /// How many copies of this ledger stay in that directory; older ones go once a newer one is proven to hold all that
    /// they do
    #[arg(long, value_name = "N", requires = "into")]
    pub keep: Option<NonZeroU32>,
}
