//! What the oracle knows of rules that are let go: by a permit that counts, or by a second person.

use std::collections::BTreeSet;

use traveller::domain::code::Code;
use traveller::domain::command::Command;
use traveller::domain::event::{Event, How, Link, Stamp};
use traveller::domain::id::{Badge, LotId, PermitId, StepId, UnitId};
use traveller::domain::number::Number;
use traveller::domain::permit::{Terms, Waives};
use traveller::domain::refusal::Evidence;
use traveller::domain::role::Role;
use traveller::domain::time::Clock;
use traveller::domain::what::{Piece, Refused, RuleWaived, What};

use super::clock::{MINUTE, When};
use super::hear::Told;
use super::model::{Heard, Oracle, State, must};

/// A deviation permit.
#[derive(Clone)]
pub(super) struct Deviation {
    terms: Terms,
    under: BTreeSet<UnitId>,
    closed: bool,
    head: u64,
}

/// An override.
#[derive(Clone)]
pub(super) struct Overridden {
    unit: UnitId,
    step: Option<StepId>,
    rule: Code,
    by: Option<Badge>,
    since: Stamp,
    minutes: u32,
}

impl Told<'_> {
    /// Whether a rule is let go in this action: at a step where one is named.
    pub(super) fn lets_go(self, rule: Code, step: Option<&StepId>) -> bool {
        let waives = |e: &Event| {
            let here = step.is_none() || e.about.step.as_ref() == step;
            here && matches!(&e.what, What::RuleWaived(w) if w.rule == rule)
        };
        self.action.iter().any(waives)
    }
}

impl Oracle {
    /// Whether it is let go in this action that a lot is too old: by a permit for that lot, or by a second person.
    pub(super) fn lets_an_old_lot_go(&self, told: Told<'_>, lot: &LotId, step: Option<&StepId>) -> bool {
        told.action.iter().any(|e| (step.is_none() || e.about.step.as_ref() == step) && self.is_old_lot_let_go(e, lot))
    }

    /// Whether an event says that this lot may be too old: a permit names the lot, an override nothing.
    fn is_old_lot_let_go(&self, event: &Event, lot: &LotId) -> bool {
        let permit = event.about.permit.as_ref().and_then(|permit| self.permits.get(permit));
        let is_waived = matches!(&event.what, What::RuleWaived(w) if w.rule == Code::LotExpired);
        is_waived && permit.is_none_or(|p| matches!(&p.terms.waives, Waives::LotExpired { lot: of } if of == lot))
    }

    /// Permits are opened and closed by quality; what is let go rests on one, or on an override.
    pub(super) fn deviates(&mut self, told: Told<'_>) -> Heard {
        let event = told.event;
        match &event.what {
            What::PermitOpened(e) => {
                self.has_authority(told, &[Role::Quality])?;
                must(!self.permits.contains_key(&e.permit), "is permitted a second time")?;
                must(e.terms.quantity.is_some() || e.terms.serials.is_some(), "is for any number of units")?;
                let (terms, head) = (e.terms.clone(), event.stamp.seq);
                self.permits.insert(e.permit.clone(), Deviation { terms, under: BTreeSet::new(), closed: false, head });
                Ok(())
            }
            What::PermitClosed(e) => {
                self.has_authority(told, &[Role::Quality])?;
                let permit = self.permits.get_mut(&e.permit).ok_or("closes a permit that nobody opened")?;
                must(event.about.builds_on == Some(Link::Here(permit.head)), "does not build on the permit")?;
                must(!permit.closed, "closes a permit that is closed")?;
                (permit.closed, permit.head) = (true, event.stamp.seq);
                Ok(())
            }
            What::RuleWaived(e) => self.waived(told, e),
            What::RuleOverridden(e) => {
                let unit = event.about.unit.clone().ok_or("is about no unit")?;
                let product = self.units.get(&unit).ok_or("is about a unit that never began")?;
                let works = product.state == State::Working && !product.is_held();
                must(works, "overrides a rule for a unit that may not go on")?;
                let operator = told.event.about.station.as_ref().and_then(|at| self.stations.get(at));
                let operator = operator.and_then(|bench| bench.operator.as_ref()).map(|(badge, _)| badge);
                must(operator != event.about.by.as_ref(), "overrides a rule for his own work")?;
                must(event.stamp.clock != Clock::Doubt, "overrides a rule while nobody knows the time")?;
                let (step, by) = (event.about.step.clone(), event.about.by.clone());
                let (since, minutes) = (event.stamp.clone(), e.minutes);
                let over = Overridden { unit, step, rule: e.rule, by, since, minutes };
                self.overrides.insert(event.stamp.seq, over);
                Ok(())
            }
            _ => Err("is nothing that the oracle knows".to_owned()),
        }
    }

    /// A rule is let go for a unit at its step: under a permit that counts, or while an override lasts.
    fn waived(&mut self, told: Told<'_>, waived: &RuleWaived) -> Heard {
        let about = &told.event.about;
        let unit = about.unit.clone().ok_or("is let go for no unit")?;
        let Some(permit) = &about.permit else { return self.is_overridden(told, &unit, waived.rule) };
        self.counts_there(told, permit, &unit)?;
        let known = self.permits.get(permit).unwrap();
        must(known.terms.waives.code() == waived.rule, "is let go by a permit for another rule")?;
        must(self.is_about(told, &known.terms.waives), "is let go by a permit for something else")?;
        let known = self.permits.get_mut(permit).unwrap();
        must(waived.first != known.under.contains(&unit), "counts a unit twice, or not at all")?;
        known.under.insert(unit);
        let most = known.terms.quantity.map_or(usize::MAX, |n| usize::try_from(n).unwrap());
        must(known.under.len() <= most, "is for more units than it says")
    }

    fn is_overridden(&self, told: Told<'_>, unit: &UnitId, rule: Code) -> Heard {
        let about = &told.event.about;
        let Some(Link::Here(seq)) = about.corrects else { return Err("is let go by nobody".to_owned()) };
        let over = self.overrides.get(&seq).ok_or("is let go by what is no override")?;
        let is_it = (&over.unit, &over.step, over.rule) == (unit, &about.step, rule);
        must(is_it, "is let go by an override of something else")?;
        must(over.by != about.by, "is let go by whoever works")?;
        let passed = self.between(&When::Live(over.since.clone()), &When::Live(told.event.stamp.clone()));
        must(passed.certain && passed.best <= i64::from(over.minutes) * MINUTE, "is let go after the override ended")
    }

    /// A permit counts for a unit now: it is open, its time is not over, and it is for that unit, route and step.
    fn counts_there(&self, told: Told<'_>, permit: &PermitId, unit: &UnitId) -> Heard {
        let known = self.permits.get(permit).ok_or("is under a permit that nobody opened")?;
        let product = self.units.get(unit).ok_or("is about a unit that never began")?;
        let (terms, now) = (&known.terms, &told.when());
        must(!known.closed, "is under a permit that is closed")?;
        must(self.latest(now) <= terms.until && !now.is_doubted(), "is under a permit whose time is over")?;
        must(terms.route.as_ref().is_none_or(|r| *r == product.route.id), "is under a permit for another route")?;
        must(terms.step.is_none() || terms.step == told.event.about.step, "is under a permit for another step")?;
        let is_of = terms.serials.as_ref().is_none_or(|range| range.contains(unit.as_str()));
        must(is_of, "is under a permit for other units")
    }

    /// Whether the action does the very thing that is permitted.
    fn is_about(&self, told: Told<'_>, waives: &Waives) -> bool {
        let station = told.event.about.station.as_ref().and_then(|at| self.stations.get(at));
        let any = |is_it: &dyn Fn(&Event) -> bool| told.action.iter().any(is_it);
        match waives {
            Waives::LotExpired { lot } => {
                told.uses_lot(lot)
                    || station.is_some_and(|bench| bench.loaded.values().any(|l| l == lot))
                    || any(&|e| matches!(&e.what, What::MaterialInstalled(m) if matches!(m.piece, Piece::Serial(_))))
            }
            Waives::GaugeOverdue { gauge } => {
                let measures = |e: &Event| matches!(&e.about.how, Some(How::Gauge(by)) if by == gauge);
                let chosen = |e: &Event| matches!(&e.what, What::GaugeSelected(s) if s.gauge == *gauge);
                any(&|e| measures(e) || chosen(e)) || station.is_some_and(|b| b.gauges.values().any(|g| g == gauge))
            }
            Waives::TooLate => any(&|e| matches!(e.what, What::UnitOpened(_) | What::LoadEntered(_))),
            Waives::TypedEntry => true,
            Waives::NotQualified { badge } => told.event.about.by.as_ref() == Some(badge),
            Waives::WrongPart { part, instead } => {
                let of =
                    |m: &traveller::domain::what::MaterialInstalled| m.part == *part && m.is.as_ref() == Some(instead);
                any(&|e| matches!(&e.what, What::MaterialInstalled(m) if of(m)))
                    || station.is_some_and(|b| b.loaded.contains_key(part))
            }
            Waives::CheckFailed { check, limits } => {
                let within = |value: &str| value.parse::<Number>().is_ok_and(|n| limits.contain(n));
                any(&|e| matches!(&e.what, What::CheckRecorded(c) if c.check == *check && within(&c.value)))
            }
        }
    }

    /// What a permit that counts permits is not refused.
    pub(super) fn is_not_permitted(&self, told: Told<'_>, refused: &Refused) -> Heard {
        let Evidence { unit, step, lot, gauge, badge, .. } = refused.evidence.as_ref();
        let (Some(unit), Some(_)) = (unit, step) else { return Ok(()) };
        let is_it = |waives: &Waives| match waives {
            Waives::LotExpired { lot: l } => lot.as_ref() == Some(l),
            Waives::GaugeOverdue { gauge: g } => gauge.as_ref() == Some(g),
            // It lets somebody work, and makes nobody fit to stand by.
            Waives::NotQualified { badge: b } => badge.as_ref() == Some(b) && told.event.about.by.as_ref() == Some(b),
            Waives::TooLate => true,
            Waives::TypedEntry | Waives::WrongPart { .. } | Waives::CheckFailed { .. } => false,
        };
        let has_room = |d: &Deviation| {
            // Of a panel all boards come under it, or none.
            let more = if let Command::Board(board) = &told.cause.cmd { board.more } else { 0 };
            let most = |n: u32| usize::try_from(n.saturating_sub(more)).unwrap();
            let room = d.terms.quantity.is_none_or(|n| d.under.len() < most(n));
            room || d.under.contains(unit)
        };
        let helps = self.permits.iter().find(|(permit, d)| {
            let waives = &d.terms.waives;
            waives.code() == refused.code
                && is_it(waives)
                && has_room(d)
                && self.counts_there(told, permit, unit).is_ok()
        });
        helps.map_or(Ok(()), |(permit, _)| Err(format!("refuses what {permit} permits")))
    }
}
