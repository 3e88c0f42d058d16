//! Overrides: a second person lets a rule go for one unit at one step, where the plant's configuration allows that.

use crate::domain::event::About;
use crate::domain::overriding::{BUDGET_MOST, CODES, MINUTES_MOST, Override};
use crate::domain::refusal::{Code, Evidence, Refusal};
use crate::domain::time::Clock;
use crate::domain::traveller::Standing;
use crate::domain::way;
use crate::domain::what::{RuleOverridden, What};

use super::case::{Answer, Case, done, not_held, on_unit};
use super::decision::Did;
use super::disposing::subject;
use super::people::{authority, by_hand};

pub(super) fn decide(case: &Case<'_>, over: &Override) -> Answer {
    let none = |why: &str, evidence: Evidence| {
        let kind = Some(over.rule.word().to_owned());
        Err(Refusal::new(Code::NoOverride, Evidence { kind, field: Some(why.to_owned()), ..evidence }))
    };
    let Some(allowed) = &over.allowed else { return none("not-configured", Evidence::default()) };
    if !CODES.contains(&over.rule) || !allowed.rules.contains(&over.rule) {
        let fits = allowed.rules.iter().filter(|c| CODES.contains(c)).map(|c| c.word().to_owned()).collect();
        return none("rule", Evidence { fits, ..Evidence::default() });
    }
    authority(case, &over.by, &allowed.roles)?;
    let (traveller, route) = subject(case, over.unit.as_ref())?;
    let of = Evidence { unit: traveller.unit.clone(), ..Evidence::default() };
    if case.operator() == Some(&over.by) {
        return Err(Refusal::new(Code::SecondPerson, Evidence { badge: Some(over.by.clone()), ..of }));
    }
    not_held(case, traveller)?;
    let class = case.now.station.as_ref().map(|p| &p.class);
    let due = || traveller.due.as_ref().and_then(|due| route?.step(&due.step));
    let step = route.and_then(|route| way::open_at(traveller, route, class)).or_else(due);
    let in_work = traveller.standing == Standing::InProcess;
    let Some((unit, step)) = traveller.unit.as_ref().zip(step).filter(|_| in_work) else {
        return Err(Refusal::new(Code::OutOfSequence, of));
    };
    if case.now.clock == Clock::Doubt {
        return Err(case.clock_untrusted(&of));
    }
    let mut given = traveller.let_go.overrides.iter();
    if let Some(same) = given.find(|o| {
        (o.rule, o.step.as_ref(), o.by.as_ref()) == (over.rule, Some(&step.id), Some(&over.by)) && o.counts(case.now)
    }) {
        let evidence = Evidence { step: Some(step.id.clone()), event: Some(same.event.clone()), ..of };
        return Err(Refusal::new(Code::AlreadyRecorded, evidence));
    }
    let (budget, minutes) = (allowed.budget.min(BUDGET_MOST), allowed.minutes.min(MINUTES_MOST));
    let counted = case.facts.overrides.as_ref().filter(|counted| counted.since == allowed.since);
    let (count, last) = counted.map_or((0, None), |counted| (counted.count, counted.last.clone()));
    if count >= budget {
        let (tries, allowed, at) = (Some(count), Some(budget), Some(allowed.since));
        return none("budget", Evidence { tries, allowed, at, event: last, ..of });
    }
    let about = About { step: Some(step.id.clone()), ..case.about_unit(traveller) };
    let what = What::RuleOverridden(RuleOverridden { rule: over.rule, minutes });
    let drafts = vec![on_unit(unit, by_hand(about, &over.by, Some(&over.reason)), what)];
    done(Did::Overridden, Some(unit.clone()), drafts)
}
