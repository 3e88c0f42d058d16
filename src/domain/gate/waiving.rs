//! Rules that are let go: by a deviation permit, or by an override. Whatever is, is on record as such.
//!
//! A rule that may be let go says so where it refuses. The command is then decided again with that rule let go, and the
//! events of it name the permit. So a permit is looked for only where something would be refused.

use crate::domain::code::Code;
use crate::domain::event::About;
use crate::domain::facts::{Ask, Facts};
use crate::domain::id::{PermitId, RouteId, StepId, UnitId};
use crate::domain::let_go::{Ground, Overriding, Turned};
use crate::domain::permit::{Asked, Unhelpful, Waives};
use crate::domain::refusal::{Evidence, Refusal};
use crate::domain::route::{Route, Step};
use crate::domain::time::Clock;
use crate::domain::traveller::Traveller;
use crate::domain::what::{RuleWaived, What};

use super::case::{Answer, Bench, Case, further, on_unit};
use super::decision::Decision;
use super::fitness::Job;

/// Rules that are let go in one action. Whoever needs more asks for one permit that says so.
const RULES_AT_ONCE_MOST: usize = 4;
/// Rounds of looking permits up after which it is decided with those that were found.
pub const PERMIT_ROUNDS_MOST: usize = RULES_AT_ONCE_MOST;

/// Where a rule would be broken.
#[derive(Debug, Clone, Copy, Default)]
pub(super) struct Place<'a> {
    /// The unit's record; none where no unit is there.
    traveller: Option<&'a Traveller>,
    unit: Option<&'a UnitId>,
    route: Option<&'a RouteId>,
    step: Option<&'a StepId>,
}

impl<'a> Bench<'a> {
    /// The open unit at its due step.
    pub(super) fn place(&self) -> Place<'a> {
        let (unit, traveller) = (Some(self.unit), Some(self.traveller));
        Place { traveller, unit, route: Some(&self.route.id), step: Some(&self.step.id) }
    }
}

impl<'a> Job<'a> {
    /// A unit at the step that it would be taken up for.
    pub(super) fn place(&self) -> Place<'a> {
        let (unit, traveller) = (Some(self.unit), Some(self.traveller));
        Place { traveller, unit, route: Some(&self.route.id), step: Some(&self.step.id) }
    }
}

impl<'a> Place<'a> {
    /// A unit at a step.
    pub(super) fn at(traveller: &'a Traveller, route: &'a Route, step: &'a Step) -> Self {
        let unit = traveller.unit.as_ref();
        Self { traveller: Some(traveller), unit, route: Some(&route.id), step: Some(&step.id) }
    }

    /// The same step without the unit: something is made ready for it, and what is let go then counts once it passes.
    pub(super) fn made_ready(self) -> Self {
        Self { traveller: None, unit: None, ..self }
    }

    /// No unit: something is made ready at a station.
    pub(super) fn without_unit(route: Option<&'a RouteId>) -> Self {
        Self { route, ..Self::default() }
    }
}

impl Case<'_> {
    /// The same refusal, unless the rule is let go there. One that could be names what lets it go.
    pub(super) fn unless_let_go(&self, place: &Place<'_>, refusal: Refusal) -> Result<(), Refusal> {
        let here = |w: &&Turned| (w.rule, w.unit.as_ref(), w.step.as_ref()) == (refusal.code, place.unit, place.step);
        let helps = |ground: &Ground| match ground {
            Ground::Override(_) => true,
            Ground::Permit(permit) => {
                self.facts.permit(permit).is_some_and(|permit| permit.is_about(&refusal, place.route))
            }
        };
        if self.let_go.iter().filter(here).any(|w| helps(&w.ground)) {
            return Ok(());
        }
        let (ground, unhelpful) = match self.overridden(place, refusal.code) {
            Some(ground) => (Some(ground), None),
            None => self.permitted(place, &refusal),
        };
        let turned_by = ground.map(|ground| {
            let first = matches!(&ground, Ground::Permit(p) if place.traveller.is_none_or(|t| !t.let_go.is_under(p)));
            let (unit, step) = (place.unit.cloned(), place.step.cloned());
            Box::new(Turned { rule: refusal.code, ground, unit, step, first })
        });
        Err(Refusal::new(refusal.code, Evidence { permit: unhelpful, turned_by, ..*refusal.evidence }))
    }

    /// The override of a rule that counts for the unit there, given by somebody else than whoever works.
    fn overridden(&self, place: &Place<'_>, rule: Code) -> Option<Ground> {
        let is_it = |over: &&Overriding| {
            (over.rule, over.step.as_ref()) == (rule, place.step)
                && over.by.as_ref() != self.operator()
                && over.counts(self.now)
        };
        let found = place.traveller?.let_go.overrides.iter().rev().find(is_it)?;
        Some(Ground::Override(found.event.clone()))
    }

    /// The first permit that helps; else the one that comes nearest to it, and why it does not.
    fn permitted(&self, place: &Place<'_>, refusal: &Refusal) -> (Option<Ground>, Option<Unhelpful>) {
        let asked = Asked {
            unit: place.unit,
            traveller: place.traveller,
            step: place.step,
            to_come: self.still_to_come(),
            latest: self.latest(),
            is_certain: self.moment().clock != Clock::Doubt,
        };
        let mut nearest: Option<Unhelpful> = None;
        for permit in self.facts.permits.iter().filter(|p| p.is_about(refusal, place.route)) {
            let Some(because) = permit.hinders(&asked) else {
                return (Some(Ground::Permit(permit.permit.clone())), None);
            };
            if nearest.as_ref().is_none_or(|n| n.because < because) {
                nearest = Some(Unhelpful { permit: permit.permit.clone(), because });
            }
        }
        (None, nearest)
    }
}

/// Decides until nothing is in the way that may be let go.
pub(super) fn decided(case: &Case<'_>, answer: impl Fn(&Case<'_>) -> Answer) -> Answer {
    let mut let_go: Vec<Turned> = Vec::new();
    loop {
        match answer(&Case { let_go: &let_go, ..*case }) {
            // A refusal of a scan is made where it was meant for. Nothing was let go for what is not done.
            Ok(refused) if refused.answer.is_err() => return Ok(refused),
            Ok(decision) => return Ok(noted(case, decision, let_go)),
            Err(mut refusal) => match refusal.evidence.turned_by.take() {
                Some(turned) if let_go.len() < RULES_AT_ONCE_MOST => let_go.push(*turned),
                Some(_) | None => return Err(refusal),
            },
        }
    }
}

/// What is recorded names the permit, and the unit's record tells each rule that was let go for it.
fn noted(case: &Case<'_>, mut decision: Decision, let_go: Vec<Turned>) -> Decision {
    let permit = let_go.iter().find_map(|t| if let Ground::Permit(permit) = &t.ground { Some(permit) } else { None });
    if let Some(permit) = permit {
        decision.drafts.iter_mut().for_each(|draft| draft.about.permit = Some(permit.clone()));
    }
    // A unit comes into being first; and what was done comes first, since it keeps how its label came in.
    let begun = decision.drafts.iter().position(|d| matches!(d.what, What::UnitStarted(_)));
    let after = begun.unwrap_or(0) + 1;
    let mut met: Vec<PermitId> = Vec::new();
    let mut waived = Vec::new();
    for turned in let_go {
        let Some(about) = turned.unit.as_ref().and_then(|unit| about(case, unit, &decision)) else { continue };
        let about = About { step: turned.step, ..further(about) };
        let (about, first) = match turned.ground {
            Ground::Override(link) => (About { corrects: Some(link), ..about }, false),
            Ground::Permit(permit) => {
                let first = turned.first && !met.contains(&permit);
                met.push(permit.clone());
                (About { permit: Some(permit), ..about }, first)
            }
        };
        let what = What::RuleWaived(RuleWaived { rule: turned.rule, first });
        waived.extend(about.unit.clone().map(|unit| on_unit(&unit, about, what)));
    }
    let at = after.min(decision.drafts.len());
    decision.drafts.splice(at..at, waived);
    decision
}

/// What an event about a unit says that is open, alone or in a nest, is taken up, or begins.
fn about(case: &Case<'_>, unit: &UnitId, decision: &Decision) -> Option<About> {
    let open = Some(case.open).filter(|t| t.unit.as_ref() == Some(unit));
    let other = || case.facts.other(unit.as_str()).or(case.facts.nest(unit)).map(|o| o.traveller.as_ref());
    let known = open.or_else(other).filter(|t| t.exists()).map(|t| case.about_unit(t));
    let begun = || decision.drafts.iter().find(|d| d.about.unit.as_ref() == Some(unit)).map(|d| d.about.clone());
    known.or_else(begun)
}

/// What must be known besides, where the answer is a no that may be let go, or a value that failed.
pub fn asks_of(decision: &Decision, facts: &Facts) -> Vec<Ask> {
    let rule = match &decision.answer {
        Err(refusal) if refusal.code == Code::ConfirmValue => Some(Code::CheckFailed),
        Err(refusal) => Some(refusal.code).filter(|code| Waives::CODES.contains(code)),
        Ok(_) => decision.passed.filter(|passed| !passed).map(|_failed| Code::CheckFailed),
    };
    let Some(rule) = rule else { return Vec::new() };
    let claimed = || facts.claim.as_ref().map(|claim| claim.route.clone());
    let route = decision.drafts.iter().find_map(|d| d.about.route.clone()).or_else(claimed);
    vec![Ask::Permits(rule, route)]
}
