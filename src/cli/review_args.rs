//! Arguments of `traveller review`, as they are typed. Doc comments are what `--help` says.

use std::path::PathBuf;

use clap::{Args, ValueEnum};

use super::report_args::When;
use crate::domain::id::{Revision, RouteId};

/// `traveller review`.
#[derive(Debug, Args)]
pub struct ReviewArgs {
    /// The route whose work is reviewed, from the ledger; every route where none is named
    #[arg(conflicts_with = "log")]
    pub of: Option<RouteId>,
    /// Against the order of this revision; the newest that is not withdrawn where it is left out
    #[arg(long, requires = "of")]
    pub revision: Option<Revision>,
    /// From when, such as 06:00, 2026-11-23T06:00 or 2026-11-23T05:00:00Z; from the beginning where it is left out
    #[arg(long, value_name = "TIME", conflicts_with = "log")]
    pub from: Option<When>,
    /// To when, written likewise
    #[arg(long, value_name = "TIME", conflicts_with = "log", requires = "from")]
    pub to: Option<When>,
    /// Instead of the ledger, a log as a CSV file with a line of heads, or - for stdin
    #[arg(long, value_name = "FILE", requires_all = ["case", "activity", "time"])]
    pub log: Option<PathBuf>,
    /// What each column of that file is
    #[command(flatten)]
    pub columns: ColumnArgs,
    /// A route file: the cases of the log are held against its order, by the titles or numbers of its steps; else
    /// against the order that most cases follow
    #[arg(long, value_name = "FILE", requires = "log")]
    pub route: Option<PathBuf>,
    /// As a page for a browser, with a map
    #[arg(long, conflicts_with = "json")]
    pub html: bool,
    /// A first route file from the log, of this name, instead of the review
    #[arg(long, value_name = "ROUTE", requires = "log", conflicts_with_all = ["json", "html"])]
    pub propose: Option<RouteId>,
}

/// What each column of a log is.
#[derive(Debug, Args)]
pub struct ColumnArgs {
    /// The column that says what was worked on
    #[arg(long, value_name = "COLUMN", requires = "log")]
    pub case: Option<String>,
    /// The column that says what was done
    #[arg(long, value_name = "COLUMN", requires = "log")]
    pub activity: Option<String>,
    /// The column that says when, or from when
    #[arg(long, value_name = "COLUMN", requires = "log")]
    pub time: Option<String>,
    /// The column that says until when
    #[arg(long, value_name = "COLUMN", requires = "log")]
    pub end: Option<String>,
    /// The column that says who or which machine
    #[arg(long, value_name = "COLUMN", requires = "log")]
    pub resource: Option<String>,
    /// Which number is the day in a date such as 05/06/2026
    #[arg(long, value_name = "ORDER", requires = "log")]
    pub slashes: Option<SlashesArg>,
}

/// Which number of a date is the day.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub enum SlashesArg {
    /// 23/11/2026.
    DayFirst,
    /// 11/23/2026.
    MonthFirst,
}
