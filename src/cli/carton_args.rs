//! Arguments of `traveller carton`, `shipment` and `return`, as they are typed. Doc comments are what `--help` says.

#![expect(clippy::doc_markdown, reason = "help is plain text")]

use clap::{ArgGroup, Args, Subcommand};

use super::args::Signed;
use crate::domain::id::{Badge, CartonId, ShipmentId, UnitId};
use crate::domain::packing::Same;

/// `traveller carton`.
#[derive(Debug, Subcommand)]
pub enum CartonCommand {
    /// Begin a carton: with a number that it has, or with the next one of the house
    Open(OpenCartonArgs),
    /// Put units whose steps are done into a carton
    Pack(PackArgs),
    /// Take units out of their carton; all of them where none is named
    Unpack(UnpackArgs),
    /// Close a carton: its label was scanned back
    Close(CloseCartonArgs),
    /// The cartons, and where they stand
    List,
    /// A carton, and the units in it
    Show {
        /// The carton
        carton: CartonId,
    },
    /// Labels of cartons, as a page for a browser to print: each as GS1-128 and GS1 Data Matrix
    Label {
        /// The cartons
        #[arg(required = true)]
        cartons: Vec<CartonId>,
    },
}

/// `traveller carton open`.
#[derive(Debug, Args)]
pub struct OpenCartonArgs {
    /// Its number; the next one by `[packing]` of the configuration where it is left out
    pub carton: Option<CartonId>,
    /// Units that it holds, where no route says it
    #[arg(long, value_name = "N")]
    pub holds: Option<u32>,
    /// What its units must have in common: revision, order or customer; may be given several times
    #[arg(long, value_name = "WHAT")]
    pub same: Vec<Same>,
    /// Who does it; the PIN comes from TRAVELLER_PIN or is asked for
    #[arg(long, value_name = "BADGE")]
    pub by: Badge,
}

/// `traveller carton pack`.
#[derive(Debug, Args)]
pub struct PackArgs {
    /// The carton
    pub carton: CartonId,
    /// The units
    #[arg(required = true)]
    pub units: Vec<UnitId>,
    /// Who does it; the PIN comes from TRAVELLER_PIN or is asked for
    #[arg(long, value_name = "BADGE")]
    pub by: Badge,
}

/// `traveller carton unpack`.
#[derive(Debug, Args)]
pub struct UnpackArgs {
    /// The carton
    pub carton: CartonId,
    /// The units; all that are in it where none is named
    pub units: Vec<UnitId>,
    /// Who does it, and why
    #[command(flatten)]
    pub signed: Signed,
}

/// `traveller carton close`.
#[derive(Debug, Args)]
pub struct CloseCartonArgs {
    /// The carton
    pub carton: CartonId,
    /// What its label reads, scanned back
    #[arg(long, value_name = "LABEL")]
    pub scanned: String,
    /// How many units were counted, where it is not full
    #[arg(long, value_name = "N")]
    pub counted: Option<u32>,
    /// Who does it; the PIN comes from TRAVELLER_PIN or is asked for
    #[arg(long, value_name = "BADGE")]
    pub by: Badge,
}

/// `traveller shipment`.
#[derive(Debug, Subcommand)]
pub enum ShipmentCommand {
    /// Open a shipment for a customer
    Open {
        /// Its number, as on the delivery note
        shipment: ShipmentId,
        /// For whom
        #[arg(long)]
        customer: String,
        /// Who does it; the PIN comes from TRAVELLER_PIN or is asked for
        #[arg(long, value_name = "BADGE")]
        by: Badge,
    },
    /// Load closed cartons, and units that are in none
    Load(LoadArgs),
    /// Take cartons or units off their shipment
    Unload(UnloadArgs),
    /// Close a shipment: all that is loaded leaves, or nothing does
    Close {
        /// The shipment
        shipment: ShipmentId,
        /// Who does it; the PIN comes from TRAVELLER_PIN or is asked for
        #[arg(long, value_name = "BADGE")]
        by: Badge,
    },
    /// The shipments, and whether they left
    List,
    /// A shipment, its cartons and its units
    Show {
        /// The shipment
        shipment: ShipmentId,
    },
}

/// `traveller shipment load`.
#[derive(Debug, Args)]
#[command(group = ArgGroup::new("what").required(true).multiple(true).args(["carton", "unit"]))]
pub struct LoadArgs {
    /// The shipment
    pub shipment: ShipmentId,
    /// A carton; may be given several times
    #[arg(long, value_name = "CARTON")]
    pub carton: Vec<CartonId>,
    /// A unit; may be given several times
    #[arg(long, value_name = "UNIT")]
    pub unit: Vec<UnitId>,
    /// Who does it; the PIN comes from TRAVELLER_PIN or is asked for
    #[arg(long, value_name = "BADGE")]
    pub by: Badge,
}

/// `traveller shipment unload`.
#[derive(Debug, Args)]
#[command(group = ArgGroup::new("what").required(true).multiple(true).args(["carton", "unit"]))]
pub struct UnloadArgs {
    /// A carton; may be given several times
    #[arg(long, value_name = "CARTON")]
    pub carton: Vec<CartonId>,
    /// A unit; may be given several times
    #[arg(long, value_name = "UNIT")]
    pub unit: Vec<UnitId>,
    /// Who does it, and why
    #[command(flatten)]
    pub signed: Signed,
}

/// `traveller return`.
#[derive(Debug, Args)]
pub struct ReturnArgs {
    /// The units
    #[arg(required = true)]
    pub units: Vec<UnitId>,
    /// They stay outside: repaired in the field, or never came
    #[arg(long)]
    pub stays_outside: bool,
    /// Who does it, and why
    #[command(flatten)]
    pub signed: Signed,
}
