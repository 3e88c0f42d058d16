//! Arguments of `traveller transcribe`, as they are typed. Doc comments are what `--help` says.

#![expect(clippy::doc_markdown, reason = "help is plain text")]

use std::path::PathBuf;

use clap::Args;

use crate::domain::id::{Badge, StationId};

/// `traveller transcribe`.
#[derive(Debug, Args)]
pub struct TranscribeArgs {
    /// The station where the work was done
    #[arg(long, value_name = "STATION")]
    pub at: StationId,
    /// When, as the paper states: 2026-11-23 10:40 by the clock of the plant
    #[arg(long, value_name = "TIME")]
    pub time: String,
    /// Who enters it; the PIN comes from TRAVELLER_PIN or is asked for
    #[arg(long, value_name = "BADGE")]
    pub by: Badge,
    /// Who witnesses it; the PIN comes from TRAVELLER_WITNESS_PIN or is asked for
    #[arg(long, value_name = "BADGE")]
    pub witness: Badge,
    /// What the paper says, line by line as on the pipe, a badge first; - reads it from standard input
    pub file: PathBuf,
}
