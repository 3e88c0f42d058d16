//! Arguments of `traveller permit` and `traveller override`, as they are typed. Doc comments are what `--help` says.

use clap::{Args, Subcommand};

use super::args::Signed;
use super::meaning::{overridable, permitted, until};
use crate::domain::code::Code;
use crate::domain::id::{Badge, CheckId, DeviceId, LotId, PartId, PermitId, RouteId, StepId, UnitId};
use crate::domain::limits::Limits;
use crate::domain::order::SerialRange;
use crate::domain::time::At;

/// `traveller permit`.
#[derive(Debug, Subcommand)]
pub enum PermitCommand {
    /// Let a rule go for some units, for a time, as quality
    Open(Box<OpenPermitArgs>),
    /// Let no more units be made under a permit
    Close(ClosePermitArgs),
    /// The permits, and how far they are used up
    List(PermitListArgs),
    /// A permit, and every unit made under it
    Show(ShowPermitArgs),
}

/// `traveller permit open`.
#[derive(Debug, Args)]
pub struct OpenPermitArgs {
    /// Its number
    pub permit: PermitId,
    /// The refusal that it turns around: lot-expired, gauge-overdue, too-late, typed-entry, not-qualified, wrong-part
    /// or check-failed
    #[arg(long, value_parser = permitted)]
    pub rule: Code,
    /// The route; a lot or a gauge may be permitted on any
    #[arg(long)]
    pub route: Option<RouteId>,
    /// The step; any where it is left out
    #[arg(long)]
    pub step: Option<StepId>,
    /// Of lot-expired: the lot
    #[arg(long)]
    pub lot: Option<LotId>,
    /// Of gauge-overdue: the gauge
    #[arg(long)]
    pub gauge: Option<DeviceId>,
    /// Of not-qualified: whose badge
    #[arg(long)]
    pub badge: Option<Badge>,
    /// Of wrong-part: the part that the step asks for
    #[arg(long)]
    pub part: Option<PartId>,
    /// Of wrong-part: the part that is used in its place
    #[arg(long, value_name = "PART")]
    pub instead: Option<PartId>,
    /// Of check-failed: the check
    #[arg(long)]
    pub check: Option<CheckId>,
    /// Of check-failed: the limits that count, such as "1.90 .. 2.50 N.m"
    #[arg(long)]
    pub limits: Option<Limits>,
    /// For how many units
    #[arg(long, value_name = "N")]
    pub units: Option<u32>,
    /// For which units, such as PC226-000401..PC226-000440, or one number
    #[arg(long, value_name = "FIRST..LAST")]
    pub serials: Option<String>,
    /// Until when it counts: a time, or the end of a day
    #[arg(long, value_name = "TIME", value_parser = until)]
    pub until: At,
    /// Who permits it, and why
    #[command(flatten)]
    pub signed: Signed,
}

impl OpenPermitArgs {
    /// The range of units; one number is a range of one.
    pub(super) fn range(&self) -> Result<Option<SerialRange>, String> {
        let one_or_two = |text: &String| if text.contains("..") { text.clone() } else { format!("{text}..{text}") };
        let range = self.serials.as_ref().map(|text| one_or_two(text).parse::<SerialRange>());
        range.transpose().map_err(|e| e.to_string())
    }
}

/// `traveller permit close`.
#[derive(Debug, Args)]
pub struct ClosePermitArgs {
    /// Its number
    pub permit: PermitId,
    /// Who closes it, and why
    #[command(flatten)]
    pub signed: Signed,
}

/// `traveller permit list`.
#[derive(Debug, Args)]
pub struct PermitListArgs {
    /// Only those that were not closed
    #[arg(long)]
    pub open: bool,
}

/// `traveller permit show`.
#[derive(Debug, Args)]
pub struct ShowPermitArgs {
    /// Its number
    pub permit: PermitId,
    /// Only units after this one
    #[arg(long, value_name = "UNIT")]
    pub after: Option<UnitId>,
    /// At most so many
    #[arg(long, value_name = "N", default_value_t = 1_000, value_parser = clap::value_parser!(u32).range(1..=1_000))]
    pub limit: u32,
}

/// `traveller override`.
#[derive(Debug, Args)]
pub struct OverrideArgs {
    /// The unit
    pub unit: UnitId,
    /// The refusal that is not to count: lot-expired, gauge-overdue, too-late, typed-entry or not-qualified
    #[arg(long, value_parser = overridable)]
    pub rule: Code,
    /// The second person, and why
    #[command(flatten)]
    pub signed: Signed,
}
