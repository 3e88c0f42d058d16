//! Arguments of `traveller review`, as they are typed. Doc comments are what `--help` says.

use std::path::PathBuf;

use clap::{Args, ValueEnum};

/// `traveller review`.
#[derive(Debug, Args)]
pub struct ReviewArgs {
    /// A log as a CSV file with a line of heads, or - for stdin
    #[arg(long, value_name = "FILE")]
    pub log: PathBuf,
    /// The column that says what was worked on
    #[arg(long, value_name = "COLUMN")]
    pub case: String,
    /// The column that says what was done
    #[arg(long, value_name = "COLUMN")]
    pub activity: String,
    /// The column that says when, or from when
    #[arg(long, value_name = "COLUMN")]
    pub time: String,
    /// The column that says until when
    #[arg(long, value_name = "COLUMN")]
    pub end: Option<String>,
    /// The column that says who or which machine
    #[arg(long, value_name = "COLUMN")]
    pub resource: Option<String>,
    /// Which number is the day in a date such as 05/06/2026
    #[arg(long, value_name = "ORDER")]
    pub slashes: Option<SlashesArg>,
    /// A route file: the cases are held against its order, by the titles or numbers of its steps; else against the
    /// order that most cases follow
    #[arg(long, value_name = "FILE")]
    pub route: Option<PathBuf>,
    /// As a page for a browser, with a map
    #[arg(long, conflicts_with = "json")]
    pub html: bool,
    /// A first route file from the log, of this name, instead of the review
    #[arg(long, value_name = "ROUTE", conflicts_with_all = ["json", "html"])]
    pub propose: Option<crate::domain::id::RouteId>,
}

/// Which number of a date is the day.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub enum SlashesArg {
    /// 23/11/2026.
    DayFirst,
    /// 11/23/2026.
    MonthFirst,
}
