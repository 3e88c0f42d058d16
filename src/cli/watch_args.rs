//! Arguments of `traveller shift`, `downtime`, `call` and `note`, as they are typed. Doc comments are what `--help`
//! says.

use clap::{Args, Subcommand};

use crate::domain::id::{Badge, StationId};
use crate::domain::time::At;

/// `traveller shift`.
#[derive(Debug, Args)]
pub struct ShiftArgs {
    /// Only what is left at this station; units on hold belong to none
    #[arg(long)]
    pub station: Option<StationId>,
}

/// Which station, and who says so.
#[derive(Debug, Args)]
pub struct AtStation {
    /// The station
    #[arg(long)]
    pub station: StationId,
    /// Who; the PIN comes from `TRAVELLER_PIN` or is asked for
    #[arg(long, value_name = "BADGE")]
    pub by: Badge,
}

/// Which of them to list.
#[derive(Debug, Args)]
pub struct SinceArgs {
    /// Only at this station
    #[arg(long)]
    pub station: Option<StationId>,
    /// From when on, such as 2026-11-23T05:00:00Z; else from the beginning of the shift, or a day ago
    #[arg(long, value_name = "TIME")]
    pub since: Option<At>,
}

/// `traveller downtime`.
#[derive(Debug, Subcommand)]
pub enum DowntimeCommand {
    /// A station is down: nothing is worked on there
    Begin {
        /// Where, and who says so
        #[command(flatten)]
        at: AtStation,
        /// Why: a word of the downtime in traveller.toml, or a sentence
        #[arg(long)]
        reason: String,
    },
    /// A station works again
    End(AtStation),
    /// When stations were down, and why
    List(SinceArgs),
}

/// `traveller call`.
#[derive(Debug, Subcommand)]
pub enum CallCommand {
    /// A lead is to come to a station
    Raise(AtStation),
    /// A lead came
    Answer(AtStation),
    /// Nobody need come any more
    Withdraw {
        /// Where, and who says so
        #[command(flatten)]
        at: AtStation,
        /// Why
        #[arg(long)]
        reason: String,
    },
    /// The calls, and the time until somebody came
    List(SinceArgs),
}

/// `traveller hour`.
#[derive(Debug, Subcommand)]
pub enum HourCommand {
    /// A lead says why an hour fell short of its plan
    Explain {
        /// Which station it is about, and who says so
        #[command(flatten)]
        at: AtStation,
        /// The hour that began then: 08:00 by the plant's clock, the last time that it was; or 2026-11-23T07:00:00Z
        #[arg(long, value_name = "TIME")]
        hour: String,
        /// Why: a word of the downtime in traveller.toml, or a sentence
        #[arg(long)]
        reason: String,
    },
    /// The hours of which a lead said why they fell short
    List(SinceArgs),
}

/// `traveller note`.
#[derive(Debug, Subcommand)]
pub enum NoteCommand {
    /// Leave a note at a station for whoever signs on next
    Leave {
        /// Where, and who leaves it
        #[command(flatten)]
        at: AtStation,
        /// What it says, in at most 300 characters
        #[arg(long)]
        text: String,
    },
    /// The notes that others left at a station were read
    Read(AtStation),
    /// The notes, and who read them
    List(SinceArgs),
}
