//! `traveller operator`: people, their badges and their PINs.

use serde::Serialize;

use super::answer::{give_all, tell};
use super::context::{Context, pins};
use super::failure::{Failure, Outcome};
use super::operator_args::{ConfirmArgs, EnrolArgs, OperatorCommand, PinArgs, RevokeArgs};
use super::output::{JsonList, Table, or_dash};
use super::{qualify, secret};
use crate::domain::command::Command;
use crate::domain::confirming::ConfirmPin;
use crate::domain::id::{Badge, PinId};
use crate::domain::payload::Qualification;
use crate::domain::person::Person;
use crate::domain::role::Role;
use crate::ledger::writer::Writer;
use crate::station::clerk::{Clerk, With};
use crate::station::open::Make;
use crate::station::pin::ChosenPin;
use crate::station::user;

pub(super) fn run(cx: &mut Context<'_>, command: OperatorCommand) -> Result<Outcome, Failure> {
    match command {
        OperatorCommand::Enrol(args) => enrol(cx, args),
        OperatorCommand::Revoke(args) => revoke(cx, args),
        OperatorCommand::Pin(args) => change_pin(cx, args),
        OperatorCommand::Confirm(args) => confirm(cx, args),
        OperatorCommand::Qualify(args) => qualify::run(cx, args),
        OperatorCommand::List => list(cx),
    }
}

fn enrol(cx: &mut Context<'_>, args: EnrolArgs) -> Result<Outcome, Failure> {
    let qualifications = qualify::named_once(args.qualifications, args.learning, &[])?;
    qualify::warn_of_past(&qualifications)?;
    let (mut clerk, with, pin) = if let Some(by) = &args.by {
        let clerk = cx.clerk(Make::Never)?;
        let with = cx.signed(by)?;
        (clerk, with, secret::new_pin(cx.environment, &args.badge)?)
    } else {
        // The first person of a ledger enrols himself; the ledger begins with that.
        let pin = secret::own_new_pin(cx.environment, &args.badge)?;
        (cx.clerk(Make::ForWork)?, With::default(), pin)
    };
    let EnrolArgs { badge, name, roles, by, .. } = args;
    let about = badge.clone();
    give_with_pin(cx, &mut clerk, &with, &pin, &about, |pin_id| Command::Enrol {
        badge,
        name,
        roles,
        qualifications,
        pin_id,
        by,
    })
}

fn change_pin(cx: &mut Context<'_>, args: PinArgs) -> Result<Outcome, Failure> {
    let by = args.by.unwrap_or_else(|| args.badge.clone());
    let mut clerk = cx.clerk(Make::Never)?;
    let recover = if args.recover { Some(recovering(clerk.ledger())?) } else { None };
    let with = if recover.is_some() { With::default() } else { cx.signed(&by)? };
    let pin = secret::new_pin(cx.environment, &args.badge)?;
    give_with_pin(cx, &mut clerk, &with, &pin, &args.badge, |pin_id| Command::ChangePin {
        badge: args.badge.clone(),
        pin_id,
        by,
        recover,
    })
}

/// Who may give a lead a PIN without one: whoever owns the ledger's file, while no lead has one.
fn recovering(ledger: &Writer) -> Result<String, Failure> {
    let reader = ledger.reader();
    if !user::owns(reader.path())? {
        return Err(Failure::wrong_use(
            format!("the ledger {} is another user's", reader.path().display()),
            "run it as the user that owns the ledger",
        ));
    }
    let pins = pins(ledger);
    for person in reader.people()?.iter().filter(|p| p.has(Role::Lead) && !p.revoked) {
        if pins.has(&person.pin_id)? {
            return Err(Failure::no(
                format!("{} has a PIN, and is a lead", person.badge),
                "let that lead give the PIN: traveller operator pin BADGE --by LEAD",
            ));
        }
    }
    Ok(user::owner()?)
}

/// The PIN is durable before the event that names it; an entry that no event names is taken back.
fn give_with_pin(
    cx: &mut Context<'_>,
    clerk: &mut Clerk<Writer>,
    with: &With,
    pin: &ChosenPin,
    about: &Badge,
    command: impl FnOnce(PinId) -> Command,
) -> Result<Outcome, Failure> {
    let pins = pins(clerk.ledger());
    let pin_id = pins.add(pin)?;
    let settled = clerk.give(&command(pin_id.clone()), with)?;
    if settled.answer.is_err() {
        pins.forget(&pin_id)?;
    }
    tell(cx, about.as_str(), &settled)
}

fn revoke(cx: &mut Context<'_>, args: RevokeArgs) -> Result<Outcome, Failure> {
    let mut clerk = cx.clerk(Make::Never)?;
    let with = cx.signed(&args.signed.by)?;
    let about = args.badge.to_string();
    let command = Command::Revoke { badge: args.badge, reason: args.signed.reason, by: args.signed.by };
    give_all(cx, &mut clerk, &with, [(about, command)])
}

/// A second lead vouches for a PIN that nobody's PIN gave.
fn confirm(cx: &mut Context<'_>, args: ConfirmArgs) -> Result<Outcome, Failure> {
    let mut clerk = cx.clerk(Make::Never)?;
    let with = cx.signed(&args.by)?;
    let about = args.badge.to_string();
    give_all(cx, &mut clerk, &with, [(about, Command::ConfirmPin(ConfirmPin { badge: args.badge, by: args.by }))])
}

fn list(cx: &mut Context<'_>) -> Result<Outcome, Failure> {
    let people = cx.reader()?.people()?;
    if cx.json {
        let mut list = JsonList::begin(cx.out, "operators")?;
        for person in &people {
            list.item(&OperatorLine::of(person))?;
        }
        list.end()?;
        return Ok(Outcome::Done);
    }
    let mut table = Table::new(&["badge", "name", "roles", "badge counts", "qualified for"]);
    for Person { badge, name, roles, qualifications, revoked, .. } in &people {
        let roles: Vec<_> = roles.iter().map(|r| Role::word(*r)).collect();
        let counts = if *revoked { "no" } else { "yes" };
        let held: Vec<_> = qualifications.iter().map(in_words).collect();
        let held = or_dash(Some(held.join(", ")).filter(|text| !text.is_empty()));
        table.row([Badge::to_string(badge), name.clone(), roles.join(", "), counts.to_owned(), held]);
    }
    table.write(cx.out)?;
    Ok(Outcome::Done)
}

fn in_words(q: &Qualification) -> String {
    format!("{}{} to {}", if q.supervised { "learns " } else { "" }, q.name, q.until)
}

/// A person, as scripts read it.
#[derive(Serialize)]
struct OperatorLine<'a> {
    badge: &'a Badge,
    name: &'a str,
    roles: &'a [Role],
    qualifications: &'a [Qualification],
    revoked: bool,
}

impl<'a> OperatorLine<'a> {
    fn of(person: &'a Person) -> Self {
        Self {
            badge: &person.badge,
            name: &person.name,
            roles: &person.roles,
            qualifications: &person.qualifications,
            revoked: person.revoked,
        }
    }
}
