//! Arguments of the commands about units, as they are typed. Doc comments are what `--help` says.

use clap::{ArgGroup, Args};

use super::args::Signed;
use super::meaning::{removed, since, suspected, until};
use crate::domain::id::{LotId, StepId, UnitId};
use crate::domain::time::At;
use crate::domain::what::Removed;
use crate::ledger::read::suspects::Suspected;

/// `traveller hold`.
#[derive(Debug, Args)]
#[command(group = ArgGroup::new("which").required(true).args(["units", "lot", "where_used", "suspect"]))]
pub struct HoldArgs {
    /// The units
    #[arg(value_name = "UNIT")]
    pub units: Vec<UnitId>,
    /// The lot: nothing more of it is used
    #[arg(long)]
    pub lot: Option<LotId>,
    /// A recall, all or nothing: the lot, and every unit that it, a component or a unit went into, at any depth
    #[arg(long, value_name = "LOT|SERIAL|UNIT", conflicts_with = "release")]
    pub where_used: Option<String>,
    /// All or nothing: every unit that a gauge, a person or a station may have spoilt, such as gauge:G-7,
    /// operator:OP-2001 or station:TEST-1
    #[arg(long, value_name = "WHAT", value_parser = suspected, conflicts_with = "release")]
    pub suspect: Option<Suspected>,
    /// The time in which it is suspect
    #[command(flatten)]
    pub span: Span,
    /// End the hold
    #[arg(long)]
    pub release: bool,
    /// Which hold ends, where the unit has several: `traveller show` names them
    #[arg(long, value_name = "NUMBER", requires = "release", conflicts_with = "lot")]
    pub hold: Option<u64>,
    /// Who does it, and why
    #[command(flatten)]
    pub signed: Signed,
}

/// From when until when something is suspect.
#[derive(Debug, Clone, Copy, Args)]
pub struct Span {
    /// From this time or day on; where it is left out: of a gauge from its last good calibration, of a tester from the
    /// last good run of its golden sample
    #[arg(long, value_name = "TIME", value_parser = since)]
    pub since: Option<At>,
    /// Until this time, or the end of this day; until now where it is left out
    #[arg(long, value_name = "TIME", value_parser = until)]
    pub until: Option<At>,
}

/// `traveller suspects`.
#[derive(Debug, Args)]
pub struct SuspectsArgs {
    /// gauge:G-7, operator:OP-2001, station:TEST-1, or tester:TEST-1 where its golden sample failed
    #[arg(value_name = "WHAT", value_parser = suspected)]
    pub what: Suspected,
    /// The time in which it is suspect
    #[command(flatten)]
    pub span: Span,
}

/// `traveller recover`.
#[derive(Debug, Args)]
pub struct RecoverArgs {
    /// The scrapped unit
    pub unit: UnitId,
    /// A component, and what becomes of it: reuse, scrap or quarantine; may be given several times
    #[arg(long = "serial", value_name = "SERIAL=FATE", required = true, value_parser = removed)]
    pub removed: Vec<Removed>,
    /// Who does it, and why
    #[command(flatten)]
    pub signed: Signed,
}

/// `traveller settle`.
#[derive(Debug, Args)]
pub struct SettleArgs {
    /// The unit
    pub unit: UnitId,
    /// An event that `traveller gaps` names; all of them are given, each with its own --event
    #[arg(long = "event", value_name = "EVENT")]
    pub events: Vec<String>,
    /// The step from which the unit is done again; where it is left out, it goes on where it is
    #[arg(long, value_name = "STEP")]
    pub to: Option<StepId>,
    /// Who does it, and why
    #[command(flatten)]
    pub signed: Signed,
}

/// One unit.
#[derive(Debug, Args)]
pub struct UnitArg {
    /// The unit
    pub unit: UnitId,
}

/// `traveller where-used`.
#[derive(Debug, Args)]
pub struct WhereUsedArgs {
    /// The lot, the component or the unit
    #[arg(value_name = "LOT|SERIAL|UNIT", required_unless_present = "supplier")]
    pub what: Option<String>,
    /// All lots of this supplier
    #[arg(long, conflicts_with = "what")]
    pub supplier: Option<String>,
    /// Only units after this one
    #[arg(long, value_name = "UNIT")]
    pub after: Option<UnitId>,
    /// At most so many
    #[arg(long, value_name = "N", default_value_t = 1_000, value_parser = clap::value_parser!(u32).range(1..=1_000))]
    pub limit: u32,
}
