//! Arguments of the commands about replicas, as they are typed. Doc comments are what `--help` says.

#![expect(clippy::doc_markdown, reason = "help is plain text")]

use std::path::PathBuf;

use clap::Args;

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
    #[arg(value_name = "FILE")]
    pub file: PathBuf,
}
