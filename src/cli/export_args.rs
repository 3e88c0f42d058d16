//! Arguments of `traveller export`, as they are typed. Doc comments are what `--help` says.

use std::path::PathBuf;

use clap::{Args, ValueEnum};

use super::meaning::since;
use crate::domain::id::{LotId, OrderId, RouteId, UnitId};
use crate::domain::time::At;
use crate::report::export::epcis::names::NO_BASE;

/// `traveller export`.
#[derive(Debug, Args)]
pub struct ExportArgs {
    /// In which form
    #[arg(long, value_enum)]
    pub format: Format,
    /// Units
    #[arg(
        value_name = "UNIT",
        required_unless_present_any = ["all", "route", "order", "lot"],
        conflicts_with_all = ["all", "route", "order", "lot", "since"]
    )]
    pub units: Vec<UnitId>,
    /// Every unit
    #[arg(long, conflicts_with_all = ["route", "order", "lot"])]
    pub all: bool,
    /// The units of this route
    #[arg(long)]
    pub route: Option<RouteId>,
    /// The units of this work order
    #[arg(long)]
    pub order: Option<OrderId>,
    /// The units that have this lot in them, at any depth; before them the record of the lot itself, where the form is
    /// json, csv, html or pdf
    #[arg(long, conflicts_with_all = ["route", "order", "since"])]
    pub lot: Option<LotId>,
    /// Of those, only what changed from this time or day on, such as 2026-11-23 or 2026-11-23T14:00:00Z
    #[arg(long, value_name = "TIME", value_parser = since)]
    pub since: Option<At>,
    /// What EPCIS names begin with that no GS1 key gives, such as <https://plant.example/id/>
    #[arg(long, value_name = "URI", default_value = NO_BASE, value_parser = base)]
    pub base: String,
    /// Into this file, which must not be there yet; else to stdout
    #[arg(long, value_name = "FILE")]
    pub to: Option<PathBuf>,
}

/// The forms of an export.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub enum Format {
    /// A unit a line, with all of its record
    Json,
    /// A fact a line, for a spreadsheet
    Csv,
    /// The device history record, as a page for a browser
    Html,
    /// What happened, as EPCIS 2.0 events (JSON-LD)
    Epcis,
    /// What was done, as a log for tools that mine processes (IEEE 1849)
    Xes,
    /// The device history record, to archive (PDF/A-2u); of 500 units at most
    Pdf,
}

/// What URIs begin with: a scheme, and what else is plain.
fn base(text: &str) -> Result<String, String> {
    let is_plain = |c: char| c.is_ascii_alphanumeric() || "-._~:/".contains(c);
    let scheme = text.split_once(':').map(|(scheme, _)| scheme).filter(|scheme| !scheme.is_empty());
    let begins_well = scheme.is_some_and(|s| s.starts_with(|c: char| c.is_ascii_alphabetic()));
    if begins_well && text.chars().all(is_plain) && text.ends_with([':', '/']) {
        Ok(text.to_owned())
    } else {
        Err("a base is like https://plant.example/id/ and ends in / or :".to_owned())
    }
}
