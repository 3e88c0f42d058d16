//! Arguments of `traveller order`, as they are typed. Doc comments are what `--help` says.

#![expect(clippy::doc_markdown, reason = "help is plain text")]

use clap::{Args, Subcommand};

use super::args::Signed;
use crate::domain::event::Purpose;
use crate::domain::id::{Badge, OrderId, Revision, RouteId};
use crate::domain::order::SerialRange;

/// `traveller order`.
#[derive(Debug, Subcommand)]
pub enum OrderCommand {
    /// Units may be made under an order
    Open(OpenOrderArgs),
    /// Begin no new unit under an order
    Close(CloseOrderArgs),
    /// The orders, and how far they are
    List(OrderListArgs),
}

/// `traveller order open`.
#[derive(Debug, Args)]
pub struct OpenOrderArgs {
    /// Its number
    pub order: OrderId,
    /// The route that makes it
    #[arg(long)]
    pub route: RouteId,
    /// In which revision
    #[arg(long)]
    pub revision: Revision,
    /// Which variant, where the route has variants
    #[arg(long)]
    pub variant: Option<String>,
    /// How many units
    #[arg(long, value_name = "N", allow_negative_numbers = true)]
    pub quantity: u32,
    /// The numbers that its units have, such as PC226-000401..PC226-000440
    #[arg(long, value_name = "FIRST..LAST")]
    pub serials: Option<SerialRange>,
    /// For whom
    #[arg(long)]
    pub customer: Option<String>,
    /// What its units are made for: only production is counted or dispatched
    #[arg(long, value_name = "PURPOSE", value_parser = purpose)]
    pub purpose: Option<Purpose>,
    /// Who opens it; the PIN comes from TRAVELLER_PIN or is asked for
    #[arg(long, value_name = "BADGE")]
    pub by: Badge,
}

/// A purpose by its word.
fn purpose(word: &str) -> Result<Purpose, String> {
    let known = Purpose::ALL.into_iter().find(|purpose| purpose.word() == word);
    known.ok_or_else(|| format!("write one of {}", Purpose::ALL.map(Purpose::word).join(", ")))
}

/// `traveller order close`.
#[derive(Debug, Args)]
pub struct CloseOrderArgs {
    /// Its number
    pub order: OrderId,
    /// Who does it, and why
    #[command(flatten)]
    pub signed: Signed,
}

/// `traveller order list`.
#[derive(Debug, Args)]
pub struct OrderListArgs {
    /// Only those under which units may still begin
    #[arg(long)]
    pub open: bool,
}
