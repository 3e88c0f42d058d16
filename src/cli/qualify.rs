//! `traveller operator qualify`: what a person is qualified for from now on. What is not named stays as it is.

use std::collections::BTreeSet;

use super::answer::tell;
use super::context::{Context, note};
use super::failure::{Failure, Outcome};
use super::operator_args::QualifyArgs;
use crate::app::port::Ledger as _;
use crate::app::together::Ended;
use crate::domain::command::Command;
use crate::domain::facts::{Ask, Facts};
use crate::domain::what::Qualification;
use crate::station::clock::StationClock;
use crate::station::open::Make;

pub(super) fn run(cx: &mut Context<'_>, args: QualifyArgs) -> Result<Outcome, Failure> {
    let QualifyArgs { badge, qualifications, learning, dropped, by } = args;
    let given = named_once(qualifications, learning, &dropped)?;
    warn_of_past(&given)?;
    let mut clerk = cx.clerk(Make::Never)?;
    if let Some(person) = clerk.ledger().reader().person(&badge)?
        && let Some(name) = dropped.iter().find(|name| person.qualification(name).is_none())
    {
        let what = format!("{badge} holds no qualification {name}");
        return Err(Failure::no(what, "see `traveller operator list`; nothing was changed"));
    }
    let with = cx.signed(&by)?;
    // The present list is read in the transaction that writes the new one: two leads undo nothing of each other.
    let ended = clerk.give_together(&by, &with, |together| {
        let mut facts = Facts::default();
        together.ledger().answer(&Ask::Person(badge.clone()), &mut facts)?;
        let present = facts.people.pop().map(|person| person.qualifications).unwrap_or_default();
        let qualifications = changed(present, &given, &dropped);
        together.give(&Command::Qualify { badge: badge.clone(), qualifications, by: by.clone() })
    })?;
    let settled = match ended {
        Ended::Done(enacted, receipt) => enacted.settled(Some(receipt)),
        Ended::Refused(settled) => *settled,
    };
    tell(cx, badge.as_str(), &settled)
}

/// What is given and what is learnt, as one list; each name once.
pub(super) fn named_once(
    mut given: Vec<Qualification>,
    learning: Vec<Qualification>,
    dropped: &[String],
) -> Result<Vec<Qualification>, Failure> {
    given.extend(learning);
    let mut names = BTreeSet::new();
    let twice = given.iter().map(|q| &q.name).chain(dropped).find(|name| !names.insert(*name));
    match twice {
        Some(name) => Err(Failure::wrong_use(format!("the qualification {name} is named twice"), "name it once")),
        None => Ok(given),
    }
}

/// Says which of them are over already: they are taken, and count for nothing.
pub(super) fn warn_of_past(given: &[Qualification]) -> Result<(), Failure> {
    let now = StationClock::of_machine()?.read().at;
    for over in given.iter().filter(|q| q.until.is_over(now)) {
        note(&format!("the qualification {} ended on {}", over.name, over.until));
    }
    Ok(())
}

/// The present list with what is given in the place of what has its name, and without what is dropped.
fn changed(present: Vec<Qualification>, given: &[Qualification], dropped: &[String]) -> Vec<Qualification> {
    let stays = |q: &Qualification| !dropped.contains(&q.name) && given.iter().all(|g| g.name != q.name);
    let mut all: Vec<_> = present.into_iter().filter(stays).chain(given.iter().cloned()).collect();
    all.sort_by(|a, b| a.name.cmp(&b.name));
    all
}

#[cfg(test)]
mod tests {
    use super::super::meaning::{qualification, trainee};
    use super::*;

    #[test]
    fn what_is_not_named_stays() {
        let present = vec![qualification("esd=2030-01-01").unwrap(), trainee("torque=2027-01-01").unwrap()];
        let given = vec![qualification("torque=2031-01-01").unwrap(), trainee("glue=2027-01-01").unwrap()];
        let all = changed(present.clone(), &given, &[]);
        let told: Vec<_> = all.iter().map(|q| format!("{} {} {}", q.name, q.until, q.supervised)).collect();
        assert_eq!(told, ["esd 2030-01-01 false", "glue 2027-01-01 true", "torque 2031-01-01 false"]);
        let left = changed(present, &[], &["esd".to_owned()]);
        assert_eq!(left.iter().map(|q| q.name.as_str()).collect::<Vec<_>>(), ["torque"]);
    }

    #[test]
    fn nothing_is_named_twice() {
        let one = || vec![qualification("esd=2030-01-01").unwrap()];
        named_once(one(), Vec::new(), &[]).unwrap();
        named_once(one(), vec![trainee("esd=2030-01-01").unwrap()], &[]).unwrap_err();
        named_once(one(), Vec::new(), &["esd".to_owned()]).unwrap_err();
    }
}
