//! Arguments of `traveller recall`, as they are typed. Doc comments are what `--help` says.

#![expect(clippy::doc_markdown, reason = "help is plain text")]

use clap::{ArgGroup, Args, ValueEnum};

use super::meaning::suspected;
use super::unit_args::Span;
use crate::domain::id::Badge;
use crate::domain::order::SerialRange;
use crate::ledger::read::suspects::Suspected;

/// `traveller recall`.
#[derive(Debug, Args)]
#[command(group = ArgGroup::new("which").required(true).args(["what", "supplier", "serials", "suspect", "drills"]))]
pub struct RecallArgs {
    /// The lot, the component or the unit of the letter
    #[arg(value_name = "LOT|SERIAL|UNIT")]
    pub what: Option<String>,
    /// All lots of this supplier
    #[arg(long)]
    pub supplier: Option<String>,
    /// Units from one number to another, and what they went into
    #[arg(long, value_name = "FIRST..LAST")]
    pub serials: Option<SerialRange>,
    /// What a gauge, a person or a station may have spoilt: gauge:G-7, operator:OP-2001, station:TEST-1, or
    /// tester:TEST-1 where its golden sample failed
    #[arg(long, value_name = "WHAT", value_parser = suspected)]
    pub suspect: Option<Suspected>,
    /// The time in which it is suspect
    #[command(flatten)]
    pub span: Span,
    /// Try it out: the same answer, and nothing is held
    #[arg(long, conflicts_with_all = ["reason", "by"])]
    pub drill: bool,
    /// The drills so far, and how long each took
    #[arg(long)]
    pub drills: bool,
    /// text, csv for a spreadsheet, or html to print: a page for each customer
    #[arg(long, default_value = "text")]
    pub format: RecallFormat,
    /// Why
    #[arg(long, required_unless_present_any = ["drill", "drills"])]
    pub reason: Option<String>,
    /// Who; the PIN comes from TRAVELLER_PIN or is asked for
    #[arg(long, value_name = "BADGE", required_unless_present_any = ["drill", "drills"])]
    pub by: Option<Badge>,
}

/// How the answer is written.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub enum RecallFormat {
    /// For people.
    Text,
    /// For a spreadsheet.
    Csv,
    /// For a printer.
    Html,
}
