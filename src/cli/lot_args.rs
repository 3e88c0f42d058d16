//! Arguments of `traveller lot`, as they are typed. Doc comments are what `--help` says.

#![expect(clippy::doc_markdown, reason = "help is plain text")]

use clap::{Args, Subcommand};

use super::args::Signed;
use crate::domain::id::{Badge, LotId, PartId};
use crate::domain::number::Number;
use crate::domain::time::Day;

/// `traveller lot`.
#[derive(Debug, Subcommand)]
pub enum LotCommand {
    /// A lot came in
    Receive(ReceiveArgs),
    /// What the inspection of a lot came to
    Inspect(InspectArgs),
    /// A lot is opened: its floor life runs
    Open(LotChangeArgs),
    /// A lot is sealed again: its floor life rests
    Seal(LotChangeArgs),
    /// Use nothing more of a lot until it is released
    Hold(LotChangeArgs),
    /// A lot may be used again
    Release(LotChangeArgs),
    /// Never use a lot again
    Reject(LotChangeArgs),
    /// The lots; of one part, the one to use first comes first
    List(LotListArgs),
    /// Everything on record about a lot: its receipt, what was decided about it, and which unit took how much
    Show {
        /// Its number
        lot: LotId,
    },
}

/// `traveller lot receive`.
#[derive(Debug, Args)]
pub struct ReceiveArgs {
    /// Its number, or its scanned label: of a GS1 label, 10 is the number and 17 the last day of use
    #[arg(value_name = "LOT|LABEL")]
    pub lot: String,
    /// What it is of
    #[arg(long)]
    pub part: PartId,
    /// How many
    #[arg(long, value_name = "N", allow_negative_numbers = true)]
    pub quantity: Number,
    /// Who delivered it
    #[arg(long)]
    pub supplier: Option<String>,
    /// The last day on which it may be used, such as 2027-03-31
    #[arg(long, value_name = "DATE")]
    pub expires: Option<Day>,
    /// It waits for its inspection
    #[arg(long)]
    pub quarantine: bool,
    /// The scanned label of the supplier, which has to agree; left out where it is given in place of the number
    #[arg(long)]
    pub label: Option<String>,
    /// Who receives it; the PIN comes from TRAVELLER_PIN or is asked for
    #[arg(long, value_name = "BADGE")]
    pub by: Badge,
}

/// `traveller lot hold`, `release`, `reject`, `open` and `seal`.
#[derive(Debug, Args)]
pub struct LotChangeArgs {
    /// Its number
    pub lot: LotId,
    /// Who does it, and why
    #[command(flatten)]
    pub signed: Signed,
}

/// `traveller lot inspect`.
#[derive(Debug, Args)]
pub struct InspectArgs {
    /// Its number
    pub lot: LotId,
    /// It may be used
    #[arg(long, required_unless_present = "failed")]
    pub passed: bool,
    /// It may not be used
    #[arg(long, conflicts_with = "passed")]
    pub failed: bool,
    /// Who does it, and why
    #[command(flatten)]
    pub signed: Signed,
}

/// `traveller lot list`.
#[derive(Debug, Args)]
pub struct LotListArgs {
    /// Only of this part: first the lots that may be used, by their last day
    #[arg(long)]
    pub part: Option<PartId>,
}
