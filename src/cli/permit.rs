//! `traveller permit`: what quality lets go, for which units, until when; and what was made under it.

use serde::Serialize;

use super::answer::give_all;
use super::context::Context;
use super::failure::{Failure, Outcome};
use super::output::{JsonList, Table, json_line, lines, or_dash};
use super::permit_args::{ClosePermitArgs, OpenPermitArgs, PermitCommand, PermitListArgs, ShowPermitArgs};
use crate::domain::command::Command;
use crate::domain::id::{PermitId, StepId, UnitId};
use crate::domain::permit::{Permit, Permitting, Terms, Waives};
use crate::domain::refusal::Code;
use crate::domain::time::At;
use crate::ledger::permits::Under;
use crate::station::clock::StationClock;
use crate::station::open::Make;

pub(super) fn run(cx: &mut Context<'_>, command: PermitCommand) -> Result<Outcome, Failure> {
    match command {
        PermitCommand::Open(args) => open(cx, *args),
        PermitCommand::Close(args) => close(cx, args),
        PermitCommand::List(args) => list(cx, &args),
        PermitCommand::Show(args) => show(cx, &args),
    }
}

fn open(cx: &mut Context<'_>, args: OpenPermitArgs) -> Result<Outcome, Failure> {
    let serials = args.range().map_err(|what| Failure::wrong_use(what, "write FIRST..LAST, or one number"))?;
    let waives = waives(&args)?;
    let terms = Terms { waives, route: args.route, step: args.step, quantity: args.units, serials, until: args.until };
    let (permit, reason, by) = (args.permit, args.signed.reason, args.signed.by);
    let mut clerk = cx.clerk(Make::Never)?;
    let with = cx.signed(&by)?;
    let about = format!("permit {permit}");
    give_all(
        cx,
        &mut clerk,
        &with,
        [(about, Command::Permit(Box::new(Permitting::Open { permit, terms, reason, by })))],
    )
}

/// The rule with what it needs: nothing that it does not.
fn waives(args: &OpenPermitArgs) -> Result<Waives, Failure> {
    let OpenPermitArgs { rule, lot, gauge, badge, part, instead, check, limits, .. } = args;
    let given = [
        ("--lot", lot.is_some(), Code::LotExpired),
        ("--gauge", gauge.is_some(), Code::GaugeOverdue),
        ("--badge", badge.is_some(), Code::NotQualified),
        ("--part", part.is_some(), Code::WrongPart),
        ("--instead", instead.is_some(), Code::WrongPart),
        ("--check", check.is_some(), Code::CheckFailed),
        ("--limits", limits.is_some(), Code::CheckFailed),
    ];
    for (option, is_given, of) in given {
        if is_given != (of == *rule) {
            let what =
                format!("a permit for {} and {option} go {}together", rule.word(), if is_given { "not " } else { "" });
            let instead = if is_given { format!("leave {option} out") } else { format!("give {option} too") };
            return Err(Failure::wrong_use(what, instead));
        }
    }
    let bare = [(Code::TooLate, Waives::TooLate), (Code::TypedEntry, Waives::TypedEntry)];
    let waives = bare.into_iter().find(|(code, _)| code == rule).map(|(_, waives)| waives);
    let waives = waives.or_else(|| lot.clone().map(|lot| Waives::LotExpired { lot }));
    let waives = waives.or_else(|| gauge.clone().map(|gauge| Waives::GaugeOverdue { gauge }));
    let waives = waives.or_else(|| badge.clone().map(|badge| Waives::NotQualified { badge }));
    let waives =
        waives.or_else(|| part.clone().zip(instead.clone()).map(|(part, instead)| Waives::WrongPart { part, instead }));
    let waives = waives
        .or_else(|| check.clone().zip(limits.clone()).map(|(check, limits)| Waives::CheckFailed { check, limits }));
    waives.ok_or_else(|| Failure::wrong_use("this rule cannot be permitted", "see traveller permit open --help"))
}

fn close(cx: &mut Context<'_>, args: ClosePermitArgs) -> Result<Outcome, Failure> {
    let (permit, reason, by) = (args.permit, args.signed.reason, args.signed.by);
    let mut clerk = cx.clerk(Make::Never)?;
    let with = cx.signed(&by)?;
    let about = format!("permit {permit}");
    give_all(cx, &mut clerk, &with, [(about, Command::Permit(Box::new(Permitting::Close { permit, reason, by })))])
}

fn list(cx: &mut Context<'_>, args: &PermitListArgs) -> Result<Outcome, Failure> {
    let permits = cx.reader()?.permits()?;
    let now = StationClock::of_machine()?.read().at;
    let listed = permits.iter().filter(|p| !(args.open && p.closed)).map(|p| PermitLine::of(p, now));
    if cx.json {
        let mut list = JsonList::begin(cx.out, "permits")?;
        for permit in listed {
            list.item(&permit)?;
        }
        list.end()?;
        return Ok(Outcome::Done);
    }
    let mut table = Table::new(&["permit", "rule", "of", "route", "step", "units", "used", "until", "standing"]);
    for p in listed {
        table.row([
            p.permit.to_string(),
            p.rule.to_owned(),
            of_what(&p.terms.waives),
            or_dash(p.terms.route.as_ref()),
            or_dash(p.terms.step.as_ref()),
            units(p.terms),
            p.used.to_string(),
            p.terms.until.to_string(),
            p.standing.to_owned(),
        ]);
    }
    table.write(cx.out)?;
    Ok(Outcome::Done)
}

/// What a permit is about, in a word or two.
fn of_what(waives: &Waives) -> String {
    match waives {
        Waives::LotExpired { lot } => lot.to_string(),
        Waives::GaugeOverdue { gauge } => gauge.to_string(),
        Waives::TooLate | Waives::TypedEntry => "-".to_owned(),
        Waives::NotQualified { badge } => badge.to_string(),
        Waives::WrongPart { part, instead } => format!("{instead} for {part}"),
        Waives::CheckFailed { check, limits } => format!("{check} {limits}"),
    }
}

fn units(terms: &Terms) -> String {
    match (terms.quantity, &terms.serials) {
        (Some(n), Some(range)) => format!("{n} of {range}"),
        (Some(n), None) => n.to_string(),
        (None, range) => or_dash(range.as_ref()),
    }
}

fn show(cx: &mut Context<'_>, args: &ShowPermitArgs) -> Result<Outcome, Failure> {
    let reader = cx.reader()?;
    let Some(permit) = reader.permit(&args.permit)? else {
        return Err(Failure::wrong_use(format!("no permit {} is on record", args.permit), "see traveller permit list"));
    };
    let under = reader.under(&args.permit, args.after.as_ref().map_or("", UnitId::as_str), args.limit)?;
    let now = StationClock::of_machine()?.read().at;
    let line = PermitLine::of(&permit, now);
    if cx.json {
        let units = under.iter().map(UnderLine::of).collect();
        json_line(cx.out, &PermitAnswer { permit: line, units })?;
        return Ok(Outcome::Done);
    }
    let of = format!("{} {}, units {}", line.rule, of_what(&permit.terms.waives), units(&permit.terms));
    let head =
        format!("permit {}: {of}, {} used, until {}, {}", line.permit, line.used, permit.terms.until, line.standing);
    lines(cx.out, &head)?;
    let mut table = Table::new(&["unit", "first at step"]);
    for unit in &under {
        table.row([unit.unit.to_string(), or_dash(unit.step.as_ref())]);
    }
    table.write(cx.out)?;
    Ok(Outcome::Done)
}

/// A permit, as scripts read it.
#[derive(Serialize)]
struct PermitLine<'a> {
    permit: &'a PermitId,
    rule: &'static str,
    #[serde(flatten)]
    terms: &'a Terms,
    used: u32,
    /// `open`, `used`, `expired` or `closed`.
    standing: &'static str,
}

impl<'a> PermitLine<'a> {
    fn of(permit: &'a Permit, now: At) -> Self {
        let Permit { permit: number, terms, used, closed, .. } = permit;
        let is_used = terms.quantity.is_some_and(|most| *used >= most);
        let standing = match (closed, now > terms.until, is_used) {
            (true, _, _) => "closed",
            (false, true, _) => "expired",
            (false, false, true) => "used",
            (false, false, false) => "open",
        };
        Self { permit: number, rule: terms.waives.code().word(), terms, used: *used, standing }
    }
}

/// A permit and the units made under it, as scripts read it.
#[derive(Serialize)]
struct PermitAnswer<'a> {
    #[serde(flatten)]
    permit: PermitLine<'a>,
    units: Vec<UnderLine<'a>>,
}

#[derive(Serialize)]
struct UnderLine<'a> {
    unit: &'a UnitId,
    #[serde(skip_serializing_if = "Option::is_none")]
    step: Option<&'a StepId>,
}

impl<'a> UnderLine<'a> {
    fn of(under: &'a Under) -> Self {
        Self { unit: &under.unit, step: under.step.as_ref() }
    }
}
