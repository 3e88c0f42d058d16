//! Arguments of `traveller relabel` and `traveller reprint`, as they are typed. Doc comments are what `--help` says.

use clap::Args;

use super::args::Signed;
use crate::domain::id::{CartonId, Serial, UnitId};

/// `traveller relabel`.
#[derive(Debug, Args)]
pub struct RelabelArgs {
    /// The unit, by its own number or by a label; not needed where a component tells which it is
    #[arg(required_unless_present = "component")]
    pub unit: Option<UnitId>,
    /// The number on the new label, where that is another one
    #[arg(long, value_name = "NUMBER")]
    pub number: Option<UnitId>,
    /// It was found without a label, and this component is in it
    #[arg(long, value_name = "SERIAL", conflicts_with_all = ["carton", "known"])]
    pub component: Option<Serial>,
    /// It was found without a label, in this carton
    #[arg(long, value_name = "CARTON", conflicts_with = "known")]
    pub carton: Option<CartonId>,
    /// It was found without a label, and whoever signs knows that it is this one
    #[arg(long)]
    pub known: bool,
    /// Who does it, and why
    #[command(flatten)]
    pub signed: Signed,
}

/// `traveller reprint`.
#[derive(Debug, Args)]
pub struct ReprintArgs {
    /// The unit, by its own number or by a label
    pub unit: UnitId,
    /// Who does it, and why
    #[command(flatten)]
    pub signed: Signed,
}
