//! Arguments of `traveller gaps`, as they are typed. Doc comments are what `--help` says.

use clap::{Args, value_parser};

use super::report_args::When;
use crate::domain::id::{LotId, OrderId, RouteId, UnitId};
use crate::report::gaps::one::{LATE_MINUTES, WAITING_HOURS};

/// `traveller gaps`.
#[derive(Debug, Args)]
pub struct GapsArgs {
    /// Units; of these, steps that are still ahead count as lacking too. None: every unit that the options leave
    #[arg(value_name = "UNIT", conflicts_with_all = ["route", "order", "lot", "from", "to"])]
    pub units: Vec<UnitId>,
    /// Only units of this route
    #[arg(long)]
    pub route: Option<RouteId>,
    /// Only units of this work order
    #[arg(long)]
    pub order: Option<OrderId>,
    /// This lot, and only units that have it in them, at any depth
    #[arg(long, conflicts_with_all = ["route", "order", "from", "to"])]
    pub lot: Option<LotId>,
    /// Only units whose record changed from then on, such as 06:00, 2026-11-23T06:00 or 2026-11-23T05:00:00Z
    #[arg(long, value_name = "TIME")]
    pub from: Option<When>,
    /// Only units that began before then, written likewise
    #[arg(long, value_name = "TIME", requires = "from")]
    pub to: Option<When>,
    /// Steps that are still ahead of a unit count as lacking
    #[arg(long)]
    pub ahead: bool,
    /// Hours that a unit may stand between two steps
    #[arg(long, value_name = "HOURS", default_value_t = WAITING_HOURS)]
    #[arg(value_parser = value_parser!(i64).range(1..=8_760))]
    pub waiting: i64,
    /// Minutes after which what happened counts as recorded late
    #[arg(long, value_name = "MINUTES", default_value_t = LATE_MINUTES)]
    #[arg(value_parser = value_parser!(i64).range(1..=525_600))]
    pub late: i64,
    /// As a page for a browser
    #[arg(long, conflicts_with = "json")]
    pub html: bool,
}
