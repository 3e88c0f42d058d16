//! Arguments of `traveller operator`, as they are typed. Doc comments are what `--help` says.

#![expect(clippy::doc_markdown, reason = "help is plain text")]

use clap::{ArgGroup, Args, Subcommand};

use super::args::Signed;
use super::meaning::{qualification, role, trainee};
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
    /// Confirm, as a second lead, that a PIN was recovered by the right person
    Confirm(ConfirmArgs),
    /// Say what a person is qualified for from now on
    Qualify(QualifyArgs),
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
    /// One that the person is learning: somebody who holds it stands by; may be given several times
    #[arg(long = "trainee", value_name = "NAME=DATE", value_parser = trainee)]
    pub learning: Vec<Qualification>,
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

/// `traveller operator qualify`. What is not named stays as it is.
#[derive(Debug, Args)]
#[command(group = ArgGroup::new("what").required(true).multiple(true).args(["qualifications", "learning", "dropped"]))]
pub struct QualifyArgs {
    /// Whose
    pub badge: Badge,
    /// A qualification and its last day, such as torque-m4=2030-01-01; may be given several times
    #[arg(long = "qualify", value_name = "NAME=DATE", value_parser = qualification)]
    pub qualifications: Vec<Qualification>,
    /// One that the person is learning: somebody who holds it stands by; may be given several times
    #[arg(long = "trainee", value_name = "NAME=DATE", value_parser = trainee)]
    pub learning: Vec<Qualification>,
    /// One that the person holds no more; may be given several times
    #[arg(long = "drop", value_name = "NAME")]
    pub dropped: Vec<String>,
    /// The lead who says so; the PIN comes from TRAVELLER_PIN or is asked for
    #[arg(long, value_name = "BADGE")]
    pub by: Badge,
}

/// `traveller operator confirm`.
#[derive(Debug, Args)]
pub struct ConfirmArgs {
    /// Whose PIN was recovered
    pub badge: Badge,
    /// The other lead; the PIN comes from TRAVELLER_PIN or is asked for
    #[arg(long, value_name = "BADGE")]
    pub by: Badge,
}

/// `traveller operator pin`.
#[derive(Debug, Args)]
pub struct PinArgs {
    /// Whose
    pub badge: Badge,
    /// Who changes it: the person, or a lead; the person where it is left out
    #[arg(long, value_name = "BADGE")]
    pub by: Option<Badge>,
    /// A lead's first PIN in a restored ledger, without one; for the user who owns the ledger's file
    #[arg(long, conflicts_with = "by")]
    pub recover: bool,
}
