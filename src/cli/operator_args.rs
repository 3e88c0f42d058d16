//! Arguments of `traveller operator`, as they are typed. Doc comments are what `--help` says.

use clap::{Args, Subcommand};

use super::args::Signed;
use super::meaning::{qualification, role};
use crate::domain::id::Badge;
use crate::domain::role::Role;
use crate::domain::what::Qualification;

/// `traveller operator`.
#[derive(Debug, Subcommand)]
pub enum OperatorCommand {
    /// Give a person a badge; the first one must be a lead and needs no --by
    Enrol(EnrolArgs),
    /// Take a badge out of use for ever
    Revoke(RevokeArgs),
    /// Give a person another PIN
    Pin(PinArgs),
    /// Everybody ever enrolled
    List,
}

/// `traveller operator enrol`.
#[derive(Debug, Args)]
pub struct EnrolArgs {
    /// What the badge reads as
    #[arg(long)]
    pub badge: Badge,
    /// The person's name, as printed with a signature
    #[arg(long)]
    pub name: String,
    /// operator, inspector, quality or lead; may be given several times
    #[arg(long = "role", value_name = "ROLE", required = true, value_delimiter = ',', value_parser = role)]
    pub roles: Vec<Role>,
    /// A qualification and its last day, such as torque-m4=2030-01-01; may be given several times
    #[arg(long = "qualify", value_name = "NAME=DATE", value_parser = qualification)]
    pub qualifications: Vec<Qualification>,
    /// The lead who enrols
    #[arg(long, value_name = "BADGE")]
    pub by: Option<Badge>,
}

/// `traveller operator revoke`.
#[derive(Debug, Args)]
pub struct RevokeArgs {
    /// Whose
    pub badge: Badge,
    /// Who does it, and why
    #[command(flatten)]
    pub signed: Signed,
}

/// `traveller operator pin`.
#[derive(Debug, Args)]
pub struct PinArgs {
    /// Whose
    pub badge: Badge,
    /// Who changes it: the person, or a lead; the person where it is left out
    #[arg(long, value_name = "BADGE")]
    pub by: Option<Badge>,
}
