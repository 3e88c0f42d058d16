//! Arguments of `traveller route move`, as they are typed. Doc comments are what `--help` says.

use clap::Args;

use crate::domain::id::{BadId, Badge, Revision, RouteId, UnitId};
use crate::domain::what::Mapped;

/// `traveller route move`.
#[derive(Debug, Args)]
pub struct MoveArgs {
    /// The units; none: every running one of --route and --from
    #[arg(value_name = "UNIT")]
    pub units: Vec<UnitId>,
    /// The route whose running units are to move
    #[arg(long, requires = "from")]
    pub route: Option<RouteId>,
    /// The revision that they have
    #[arg(long, requires = "route")]
    pub from: Option<Revision>,
    /// The revision that they are to have
    #[arg(long)]
    pub to: Revision,
    /// A step that goes by another name there, such as 20=25; may be given several times
    #[arg(long, value_name = "OLD=NEW", value_parser = mapped)]
    pub map: Vec<Mapped>,
    /// Only show what would become due; nothing is recorded
    #[arg(long)]
    pub plan: bool,
    /// Why
    #[arg(long)]
    pub reason: Option<String>,
    /// The lead who moves them; the PIN comes from `TRAVELLER_PIN` or is asked for
    #[arg(long, value_name = "BADGE")]
    pub by: Option<Badge>,
}

fn mapped(text: &str) -> Result<Mapped, String> {
    let (from, to) = text.split_once('=').ok_or("write OLD=NEW, such as 20=25")?;
    let step = |text: &str| text.parse().map_err(|bad: BadId| bad.to_string());
    Ok(Mapped { from: step(from)?, to: step(to)? })
}
