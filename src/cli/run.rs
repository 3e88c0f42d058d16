//! From arguments to an exit code: the one place where a failure is told.

use std::ffi::OsString;
use std::io::{self, BufWriter, Write};
use std::process::ExitCode;

use clap::Parser;

use super::args::{Cli, Command, RunArgs};
use super::context::Context;
use super::failure::{Failure, Outcome, exit_code};
use super::{
    absorb, backup, batch, board, carton, demo, doctor, drill, events, export, gaps, gauge, hold, hour, inspect, label,
    load, look, lot, operator, order, override_rule, permit, pipe, rebuild, recall_letter, receive, recover, refusals,
    relabel, replay, replicate, report, restore, review, rework, route, settle, sheet, shift, shipment, show, suspects,
    terminal, trace, transcribe, units, verify, watch, where_used,
};
use crate::station::config::{Environment, ProcessEnvironment};

/// Runs a command line, the program's name first, and answers with its exit code.
pub fn run(args: impl IntoIterator<Item = OsString>) -> ExitCode {
    let mut out = BufWriter::new(io::stdout().lock());
    let ended = start(args, &mut out).and_then(|outcome| Ok(out.flush().map(|()| outcome)?));
    if let Err(failure) = &ended {
        // Where even this cannot be written, the exit code still tells.
        let _unwritten = out.flush().and_then(|()| failure.report(&mut io::stderr().lock()));
    }
    exit_code(&ended)
}

fn start(args: impl IntoIterator<Item = OsString>, out: &mut impl Write) -> Result<Outcome, Failure> {
    let cli = match Cli::try_parse_from(args) {
        Ok(cli) => cli,
        Err(asked) if !asked.use_stderr() => {
            write!(out, "{asked}")?;
            return Ok(Outcome::Done);
        }
        Err(wrong) => return Err(wrong_use(&wrong.to_string())),
    };
    let narrow = look::Narrow(&ProcessEnvironment);
    let environment: &dyn Environment =
        if matches!(cli.command, Some(Command::Look)) { &narrow } else { &ProcessEnvironment };
    let mut context = Context::new(&cli.global, environment, out)?;
    command(&mut context, cli.command.unwrap_or_else(|| Command::Run(RunArgs::default())))
}

fn command(cx: &mut Context<'_>, command: Command) -> Result<Outcome, Failure> {
    match command {
        Command::Run(args) => terminal::run(cx, &args),
        Command::Pipe(args) => pipe::run(cx, &args),
        Command::Demo(args) => demo::run(cx, &args),
        Command::Operator(args) => operator::run(cx, args),
        Command::Route(args) => route::run(cx, args),
        Command::Lot(args) => lot::run(cx, args),
        Command::Order(args) => order::run(cx, args),
        Command::Batch(args) => batch::run(cx, args),
        Command::Rework(args) => rework::run(cx, args),
        Command::Permit(args) => permit::run(cx, args),
        Command::Override(args) => override_rule::run(cx, args),
        Command::Shift(args) => shift::run(cx, &args),
        Command::Downtime(args) => watch::downtime(cx, args),
        Command::Hour(args) => hour::run(cx, args),
        Command::Call(args) => watch::call(cx, args),
        Command::Note(args) => watch::note(cx, args),
        Command::Gauge(args) => gauge::run(cx, args),
        Command::Suspects(args) => suspects::run(cx, &args),
        Command::Relabel(args) => relabel::run(cx, args),
        Command::Reprint(args) => relabel::reprint(cx, args),
        Command::Transcribe(args) => transcribe::run(cx, &args),
        Command::Recover(args) => recover::run(cx, args),
        Command::Hold(args) => hold::run(cx, args),
        Command::Settle(args) => settle::run(cx, args),
        Command::Inspect(args) => inspect::run(cx, &args, inspect::From::Shell),
        Command::Board(args) => board::run(cx, &args),
        Command::Look => look::run(cx),
        Command::Sheet(args) => sheet::run(cx, &args),
        Command::Show(args) => show::run(cx, &args),
        Command::Units(args) => units::run(cx, args),
        Command::Refusals(args) => refusals::run(cx, &args),
        Command::Events(args) => events::run(cx, &args),
        Command::Verify(args) => verify::run(cx, &args),
        Command::Replicate(args) => replicate::run(cx, &args),
        Command::Receive(args) => receive::run(cx, &args),
        Command::Backup(args) => backup::run(cx, &args),
        Command::Report(args) => report::run(cx, &args),
        Command::Gaps(args) => gaps::run(cx, &args),
        Command::Export(args) => export::run(cx, &args),
        Command::Review(args) => review::run(cx, &args),
        Command::Absorb(args) => absorb::run(cx, &args),
        Command::Drill(args) => drill::run(cx, &args),
        Command::Restore(args) => restore::run(cx, &args),
        Command::Rebuild => rebuild::run(cx),
        Command::Recall(args) => recall_letter::run(cx, args),
        Command::Carton(command) => carton::run(cx, command),
        Command::Load(command) => load::run(cx, command),
        Command::Shipment(command) => shipment::run(cx, command),
        Command::Return(args) => shipment::take_back(cx, args),
        Command::Replay(args) => replay::run(cx, &args),
        Command::Doctor(args) => doctor::run(cx, args),
        Command::Trace(args) => trace::run(cx, &args),
        Command::WhereUsed(args) => where_used::run(cx, &args),
        Command::Label(args) => label::run(cx, &args),
    }
}

/// What the reader of arguments says, as what failed and what to do: its first paragraph, and its advice or the usage.
fn wrong_use(said: &str) -> Failure {
    let mut paragraphs = said.split("\n\n").map(|p| p.split_whitespace().collect::<Vec<_>>().join(" "));
    let first = paragraphs.next().unwrap_or_default();
    let rest: Vec<_> = paragraphs.collect();
    let beginning_with = |word: &str| rest.iter().find(|p| p.starts_with(word)).cloned();
    let instead = beginning_with("tip: ").or_else(|| beginning_with("Usage: "));
    Failure::wrong_use(
        first.trim_start_matches("error: "),
        instead.map_or_else(|| "see traveller --help".to_owned(), |i| i.trim_start_matches("tip: ").to_owned()),
    )
}

#[cfg(test)]
mod tests {
    use super::*;

    fn told(args: &[&str]) -> Result<Outcome, (String, String)> {
        let args = std::iter::once("traveller").chain(args.iter().copied()).map(OsString::from);
        start(args, &mut Vec::new()).map_err(|failure| {
            let Failure::WrongUse(fault) = failure else { panic!("{failure:?}") };
            (fault.what, fault.instead)
        })
    }

    #[test]
    fn wrong_use_says_in_two_lines_what_and_what_instead() {
        let (what, instead) = told(&["verfy"]).unwrap_err();
        assert_eq!(what, "unrecognized subcommand 'verfy'");
        assert_eq!(instead, "a similar subcommand exists: 'verify'");
        let (what, instead) = told(&["lot", "receive", "L-1", "--part", "P-1"]).unwrap_err();
        assert_eq!(what, "the following required arguments were not provided: --quantity <N> --by <BADGE>");
        assert!(instead.starts_with("Usage: traveller lot receive"), "{instead}");
        let (what, _) = told(&["show", "A\u{1b}B"]).unwrap_err();
        assert!(what.contains("a unit's number is 1 to 64 printable ASCII characters"), "{what}");
        let (what, _) = told(&["units", "--state", "lost"]).unwrap_err();
        assert!(what.contains("a state is in-process"), "{what}");
    }

    #[test]
    fn help_and_version_are_answers() {
        assert_eq!(told(&["--help"]), Ok(Outcome::Done));
        assert_eq!(told(&["lot", "receive", "--help"]), Ok(Outcome::Done));
        assert_eq!(told(&["--version"]), Ok(Outcome::Done));
    }
}
