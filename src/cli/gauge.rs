//! `traveller gauge`: what measures, until when its calibration counts, and what is suspect where it was found bad.

use serde::Serialize;

use super::answer::{give_all, tell};
use super::concern::Concern;
use super::context::{Context, note};
use super::failure::{Failure, Outcome};
use super::gauge_args::{CalibrateArgs, GaugeCommand, RegisterArgs, RetireArgs};
use super::output::{JsonList, Table, json_line, or_dash};
use super::unit_args::Span;
use crate::domain::command::Command;
use crate::domain::gauge::Gauge;
use crate::domain::id::DeviceId;
use crate::domain::time::{At, Day};
use crate::ledger::read::suspects::Suspected;
use crate::station::clock::StationClock;
use crate::station::open::Make;
use crate::station::pipe::verdict::Verdict;

pub(super) fn run(cx: &mut Context<'_>, command: GaugeCommand) -> Result<Outcome, Failure> {
    match command {
        GaugeCommand::Register(args) => register(cx, args),
        GaugeCommand::Calibrate(args) => calibrate(cx, args),
        GaugeCommand::Retire(args) => retire(cx, args),
        GaugeCommand::List => list(cx),
    }
}

fn register(cx: &mut Context<'_>, args: RegisterArgs) -> Result<Outcome, Failure> {
    warn_of_past(&args.gauge, args.due)?;
    let mut clerk = cx.clerk(Make::Never)?;
    let with = cx.signed(&args.by)?;
    let about = format!("gauge {}", args.gauge);
    let RegisterArgs { gauge, kind, due, by } = args;
    give_all(cx, &mut clerk, &with, [(about, Command::RegisterGauge { gauge, kind, due, by })])
}

fn warn_of_past(gauge: &DeviceId, due: Day) -> Result<(), Failure> {
    if due.is_over(StationClock::of_machine()?.read().at) {
        note(&format!("gauge {gauge} was due on {due}: it is recorded, and cannot be measured with"));
    }
    Ok(())
}

fn calibrate(cx: &mut Context<'_>, args: CalibrateArgs) -> Result<Outcome, Failure> {
    warn_of_past(&args.gauge, args.due)?;
    let mut clerk = cx.clerk(Make::Never)?;
    let with = cx.signed(&args.signed.by)?;
    let CalibrateArgs { gauge, due, found: good, signed } = args;
    let command = Command::CalibrateGauge { gauge: gauge.clone(), due, good, reason: signed.reason, by: signed.by };
    let settled = clerk.give(&command, &with)?;
    let about = format!("gauge {gauge}");
    if good || settled.answer.is_err() {
        return tell(cx, &about, &settled);
    }
    let reader = clerk.ledger().reader();
    let span = Span { since: reader.gauge(&gauge)?.map(|g| g.good_at), until: None };
    let concern = Concern::suspect(reader, Suspected::Gauge(gauge.clone()), span)?;
    let since = or_dash(span.since);
    let units = concern.each(reader, |_concerned| Ok::<_, Failure>(()))?;
    let list = format!("traveller suspects gauge:{gauge} --since {since}");
    let hold = format!("traveller hold --suspect gauge:{gauge} --since {since} --reason REASON --by BADGE");
    if cx.json {
        let suspect = Suspect { since, units, list, hold };
        json_line(cx.out, &Found { verdict: Verdict::of(&settled), suspect })?;
        return Ok(Outcome::Done);
    }
    tell(cx, &about, &settled)?;
    writeln!(cx.out, "{units} units were measured with it since it was last known to be good ({since})")?;
    if units > 0 {
        writeln!(cx.out, "to list them: {list}\nto hold them: {hold}")?;
    }
    Ok(Outcome::Done)
}

/// A calibration that found a gauge bad, as scripts read it.
#[derive(Serialize)]
struct Found<'a> {
    #[serde(flatten)]
    verdict: Verdict<'a>,
    suspect: Suspect,
}

#[derive(Serialize)]
struct Suspect {
    since: String,
    units: usize,
    list: String,
    hold: String,
}

fn retire(cx: &mut Context<'_>, args: RetireArgs) -> Result<Outcome, Failure> {
    let mut clerk = cx.clerk(Make::Never)?;
    let with = cx.signed(&args.signed.by)?;
    let about = format!("gauge {}", args.gauge);
    let command = Command::RetireGauge { gauge: args.gauge, reason: args.signed.reason, by: args.signed.by };
    give_all(cx, &mut clerk, &with, [(about, command)])
}

fn list(cx: &mut Context<'_>) -> Result<Outcome, Failure> {
    let gauges = cx.reader()?.gauges()?;
    let now = StationClock::of_machine()?.read().at;
    let listed = gauges.iter().map(|gauge| GaugeLine::of(gauge, now));
    if cx.json {
        let mut list = JsonList::begin(cx.out, "gauges")?;
        for gauge in listed {
            list.item(&gauge)?;
        }
        list.end()?;
        return Ok(Outcome::Done);
    }
    let mut table = Table::new(&["gauge", "kind", "due", "overdue", "standing", "last known to be good"]);
    for g in listed {
        let overdue = if g.overdue { "yes" } else { "no" };
        table.row([
            g.gauge.to_string(),
            g.kind.to_owned(),
            g.due.to_string(),
            overdue.to_owned(),
            g.standing.to_owned(),
            g.good_at.to_string(),
        ]);
    }
    table.write(cx.out)?;
    Ok(Outcome::Done)
}

/// A gauge, as scripts read it.
#[derive(Serialize)]
struct GaugeLine<'a> {
    gauge: &'a DeviceId,
    kind: &'a str,
    due: Day,
    overdue: bool,
    standing: &'static str,
    good_at: At,
}

impl<'a> GaugeLine<'a> {
    fn of(gauge: &'a Gauge, now: At) -> Self {
        Self {
            gauge: &gauge.gauge,
            kind: &gauge.kind,
            due: gauge.due,
            overdue: gauge.due.is_over(now),
            standing: gauge.standing.word(),
            good_at: gauge.good_at,
        }
    }
}
