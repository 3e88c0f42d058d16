//! Arguments, as they are typed. Doc comments are what `--help` says.

#![expect(clippy::doc_markdown, reason = "help is plain text")]

use std::path::PathBuf;

use clap::{Args, Parser, Subcommand};

use super::batch_args::BatchCommand;
use super::carton_args::{CartonCommand, ReturnArgs, ShipmentCommand};
use super::doctor_args::DoctorArgs;
use super::export_args::ExportArgs;
use super::gaps_args::GapsArgs;
use super::gauge_args::GaugeCommand;
use super::load_args::LoadCommand;
use super::look_args::{BoardArgs, InspectArgs};
use super::lot_args::LotCommand;
use super::meaning::{head, lang, since, state, symbology};
use super::move_args::MoveArgs;
use super::operator_args::OperatorCommand;
use super::order_args::OrderCommand;
use super::permit_args::{OverrideArgs, PermitCommand};
use super::recall_args::RecallArgs;
use super::relabel_args::{RelabelArgs, ReprintArgs};
use super::replicate_args::{AbsorbArgs, BackupArgs, DrillArgs, ReceiveArgs, ReplicateArgs, RestoreArgs};
use super::report_args::ReportCommand;
use super::review_args::ReviewArgs;
use super::rework_args::ReworkCommand;
use super::transcribe_args::TranscribeArgs;
use super::unit_args::{HoldArgs, RecoverArgs, SettleArgs, SuspectsArgs, UnitArg, WhereUsedArgs};
use super::watch_args::{CallCommand, DowntimeCommand, HourCommand, NoteCommand, ShiftArgs};
use crate::app::lang::Lang;
use crate::domain::id::{Badge, Revision, RouteId, StationId, TerminalId, UnitId};
use crate::domain::time::At;
use crate::domain::traveller::State;
use crate::ledger::head_file::Witnessed;
use crate::report::sheet::symbol::Symbology;

/// Walks every product through its route on the shop floor.
#[derive(Debug, Parser)]
#[command(name = "traveller", version)]
pub struct Cli {
    /// What every command takes.
    #[command(flatten)]
    pub global: Global,
    /// Which command; the operator's terminal where none is named.
    #[command(subcommand)]
    pub command: Option<Command>,
}

/// Options of every command.
#[derive(Debug, Clone, Args)]
pub struct Global {
    /// The ledger [env: TRAVELLER_LEDGER]
    #[arg(long, global = true, value_name = "PATH")]
    pub ledger: Option<PathBuf>,
    /// The directory of route files [env: TRAVELLER_ROUTES]
    #[arg(long, global = true, value_name = "DIR")]
    pub routes: Option<PathBuf>,
    /// The terminal that the ledger must be of; a new ledger is of T1 [env: TRAVELLER_TERMINAL]
    #[arg(long, global = true, value_name = "ID")]
    pub terminal: Option<TerminalId>,
    /// The configuration file [env: TRAVELLER_CONFIG]
    #[arg(long, global = true, value_name = "FILE")]
    pub config: Option<PathBuf>,
    /// Answer in JSON
    #[arg(long, global = true)]
    pub json: bool,
}

/// The commands.
#[derive(Debug, Subcommand)]
pub enum Command {
    /// The operator's terminal; also what `traveller` alone does
    Run(RunArgs),
    /// The gate without a screen: a scan a line on stdin, a JSON verdict a line on stdout
    Pipe(PipeArgs),
    /// A plant and its last week, played through the gate, then the terminal with a card of codes
    Demo(DemoArgs),
    /// People: give a badge, take it back, change a PIN, say what somebody is qualified for
    #[command(subcommand)]
    Operator(OperatorCommand),
    /// Routes: check, release, list, show, print, withdraw
    #[command(subcommand)]
    Route(RouteCommand),
    /// Lots: receive, inspect, open, seal, hold, release, reject, list
    #[command(subcommand)]
    Lot(LotCommand),
    /// Work orders: open, close, list
    #[command(subcommand)]
    Order(OrderCommand),
    /// Batches: split one, or merge two
    #[command(subcommand)]
    Batch(BatchCommand),
    /// Gauges: register, calibrate, retire, list
    #[command(subcommand)]
    Gauge(GaugeCommand),
    /// Deviation permits: open, close, list, show
    #[command(subcommand)]
    Permit(PermitCommand),
    /// Let a rule go for a unit, as a second person, where the configuration allows it
    Override(OverrideArgs),
    /// Loads of ovens, washes and cures: list, show
    #[command(subcommand)]
    Load(LoadCommand),
    /// Cartons: open, pack, unpack, close, list, show, label
    #[command(subcommand)]
    Carton(CartonCommand),
    /// Shipments: open, load, unload, close, list, show
    #[command(subcommand)]
    Shipment(ShipmentCommand),
    /// Take back units that left, or say that they stay outside
    Return(ReturnArgs),
    /// Hold units, a lot, or all that a lot, a gauge, a person or a station concerns; or release units or a lot again
    Hold(HoldArgs),
    /// End a fork or a hole in the history of a unit: a lead names the events, and where it goes on
    Settle(SettleArgs),
    /// From a supplier's letter to every unit held and every customer who has one; or the drill of it
    Recall(RecallArgs),
    /// The units that a gauge, a person or a station may have spoilt
    Suspects(SuspectsArgs),
    /// Send a unit back, reverse a scrap, decide about a component in quarantine
    #[command(subcommand)]
    Rework(ReworkCommand),
    /// Another label of a unit counts: the old one is worn, wrong or lost; the new one is to be scanned back
    Relabel(RelabelArgs),
    /// Print the label of a unit once more
    Reprint(ReprintArgs),
    /// Enter what was written on paper while a terminal was dead: one enters it, another one witnesses it
    Transcribe(TranscribeArgs),
    /// Take components out of a scrapped unit
    Recover(RecoverArgs),
    /// Look at everything on record, on a screen that changes nothing
    Inspect(InspectArgs),
    /// The board of the shift: who is where, what needs a person now, and whether the shift is on plan
    Board(BoardArgs),
    /// The forced command of a technician's ssh key: does what was asked where that only reads
    Look,
    /// The sheet of command barcodes, to print
    Sheet(SheetArgs),
    /// Everything on record about one unit
    Show(UnitArg),
    /// The units and where they stand
    Units(UnitsArgs),
    /// What the gate refused
    Refusals(RefusalsArgs),
    /// The events of the ledger, as they are stored
    Events(EventsArgs),
    /// Prove the ledger: its chain, its tables, its head file
    Verify(VerifyArgs),
    /// Send to each target what it lacks of the ledger, and prove that it arrived
    Replicate(ReplicateArgs),
    /// The far end of `replicate --to ssh://...`, for a forced command of ssh: it talks on stdin and stdout
    Receive(ReceiveArgs),
    /// Make a full copy of the ledger, whoever works with it meanwhile, and prove it
    Backup(BackupArgs),
    /// The shift that runs, and what is left for the next one: open, half done, held, loads, down, calls, notes
    Shift(ShiftArgs),
    /// When stations are down, and why: begin, end, list
    #[command(subcommand)]
    Downtime(DowntimeCommand),
    /// Why an hour fell short of its plan: explain, list
    #[command(subcommand)]
    Hour(HourCommand),
    /// Calls for a lead: raise, answer, withdraw, list
    #[command(subcommand)]
    Call(CallCommand),
    /// Notes that one shift leaves to the next: leave, read, list
    #[command(subcommand)]
    Note(NoteCommand),
    /// Sheets of what was recorded, to print
    #[command(subcommand)]
    Report(ReportCommand),
    /// Whether each record is whole: what lacks, came late or waits, who can mend it, and how
    Gaps(GapsArgs),
    /// The record for others: as JSON, CSV, a page, EPCIS, XES or PDF
    Export(ExportArgs),
    /// How work really ran: a log of it, reviewed
    Review(ReviewArgs),
    /// Take what terminals replicated into the ledger of a plant
    Absorb(AbsorbArgs),
    /// Make a new terminal from a replica, where the old one died: --terminal and --ledger name it
    Restore(RestoreArgs),
    /// Try out whether a replica would become a terminal again
    Drill(DrillArgs),
    /// Make the tables that lookups read anew from the events
    Rebuild,
    /// Make past decisions again, under the rules in force then
    Replay(ReplayArgs),
    /// What is wrong with this machine, and what to do
    Doctor(DoctorArgs),
    /// What a unit is made of
    Trace(UnitArg),
    /// The units that a lot, a component, a unit or a supplier's lots went into
    WhereUsed(WhereUsedArgs),
    /// What labels say: a label a line on stdin, as scanned, a JSON object a line on stdout
    Label(LabelArgs),
}

/// `traveller run`.
#[derive(Debug, Default, Args)]
pub struct RunArgs {
    /// The station, or twice for two that share the terminal; may be left out where the configuration tells
    #[arg(long)]
    pub station: Vec<StationId>,
}

/// `traveller demo`.
#[derive(Debug, Args)]
pub struct DemoArgs {
    /// How many units the week begins
    #[arg(long, default_value_t = 60, value_parser = clap::value_parser!(u64).range(1..=crate::cli::demo::UNITS_MOST))]
    pub units: u64,
    /// Only fill the ledger; open no terminal
    #[arg(long)]
    pub no_terminal: bool,
    /// The same seed gives the same week
    #[arg(long, default_value_t = 1)]
    pub seed: u64,
}

/// `traveller pipe`.
#[derive(Debug, Args)]
pub struct PipeArgs {
    /// The station
    #[arg(long)]
    pub station: StationId,
    /// End with exit code 1 at the first refusal
    #[arg(long)]
    pub exit_on_refusal: bool,
}

/// Who does it, and why.
#[derive(Debug, Args)]
pub struct Signed {
    /// Why
    #[arg(long)]
    pub reason: String,
    /// Who; the PIN comes from TRAVELLER_PIN or is asked for
    #[arg(long, value_name = "BADGE")]
    pub by: Badge,
}

/// `traveller route`.
#[derive(Debug, Subcommand)]
pub enum RouteCommand {
    /// Prove route files sound, or say what to write instead
    Check {
        /// Route files; none: every .toml file in the directory of routes
        #[arg(value_name = "FILE")]
        files: Vec<PathBuf>,
    },
    /// Release route files: units may begin under them
    Release {
        /// Route files; none: every .toml file in the directory of routes
        #[arg(value_name = "FILE")]
        files: Vec<PathBuf>,
        /// The lead who releases; the PIN comes from TRAVELLER_PIN or is asked for
        #[arg(long, value_name = "BADGE")]
        by: Badge,
    },
    /// The released routes
    List,
    /// The exact text of a released route
    Show {
        /// The route
        route: RouteId,
        /// Its revision; the newest that is not withdrawn where it is left out
        #[arg(long)]
        revision: Option<Revision>,
    },
    /// The manufacturing traveller: a route as a sheet, to print
    Print {
        /// A route file, or a released route
        #[arg(value_name = "FILE|ROUTE")]
        what: PathBuf,
        /// Its revision; of a released route the newest that is not withdrawn where it is left out
        #[arg(long)]
        revision: Option<Revision>,
        /// As a page for a browser to print on A4; else as text of 80 columns
        #[arg(long)]
        html: bool,
    },
    /// Move units to another revision of their route, all at once
    Move(MoveArgs),
    /// Begin no new unit under a route revision
    Withdraw {
        /// The route
        route: RouteId,
        /// Its revision
        #[arg(long)]
        revision: Revision,
        /// Who does it, and why
        #[command(flatten)]
        signed: Signed,
    },
}

/// `traveller sheet`.
#[derive(Debug, Args)]
pub struct SheetArgs {
    /// As an SVG page of A4
    #[arg(long, conflicts_with = "text")]
    pub svg: bool,
    /// As plain text; also where neither is said
    #[arg(long)]
    pub text: bool,
    /// code128 for any scanner, datamatrix for those that take pictures
    #[arg(long, default_value = "code128", value_parser = symbology)]
    pub symbology: Symbology,
    /// en or de; both where it is left out
    #[arg(long, value_parser = lang)]
    pub lang: Option<Lang>,
}

/// `traveller label`.
#[derive(Debug, Args)]
pub struct LabelArgs {
    /// Labels end in NUL, not in a line feed
    #[arg(long)]
    pub null: bool,
}

/// `traveller units`.
#[derive(Debug, Args)]
pub struct UnitsArgs {
    /// Only in this state: in-process, complete, held, nonconforming, scrapped or dispatched
    #[arg(long, value_parser = state)]
    pub state: Option<State>,
    /// Only on this route
    #[arg(long)]
    pub route: Option<RouteId>,
    /// Only due at this class of stations
    #[arg(long)]
    pub station: Option<StationId>,
}

/// `traveller refusals`.
#[derive(Debug, Args)]
pub struct RefusalsArgs {
    /// Only from this time or day on, such as 2026-11-23 or 2026-11-23T14:00:00Z
    #[arg(long, value_name = "TIME", value_parser = since)]
    pub since: Option<At>,
}

/// `traveller events`.
#[derive(Debug, Args)]
pub struct EventsArgs {
    /// Only about this unit
    #[arg(long)]
    pub unit: Option<UnitId>,
    /// Only from this time or day on, such as 2026-11-23 or 2026-11-23T14:00:00Z
    #[arg(long, value_name = "TIME", value_parser = since)]
    pub since: Option<At>,
}

/// `traveller verify`.
#[derive(Debug, Args)]
pub struct VerifyArgs {
    /// Also whether this head is of this ledger: a line of a head file, as it was kept on paper or elsewhere
    #[arg(long, value_name = "TEXT", value_parser = head)]
    pub head: Option<Witnessed>,
    /// Also whether a replica holds the same: a directory that `traveller replicate` sends to
    #[arg(long, value_name = "DIR")]
    pub against: Option<PathBuf>,
}

/// `traveller replay`.
#[derive(Debug, Args)]
pub struct ReplayArgs {
    /// Only what was decided about this unit
    #[arg(required_unless_present = "all")]
    pub unit: Option<UnitId>,
    /// Everything
    #[arg(long, conflicts_with = "unit")]
    pub all: bool,
}

#[cfg(test)]
mod tests {
    use clap::CommandFactory;

    use super::*;

    #[test]
    fn the_definition_is_sound() {
        Cli::command().debug_assert();
    }
}
