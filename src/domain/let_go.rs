//! The rules that were let go for a unit: under which permit or by which override, and what may still be.

use super::ambient::Ambient;
use super::event::{Event, Link};
use super::id::{Badge, PermitId, StepId, UnitId};
use super::refusal::Code;
use super::time::{At, Moment, SECOND};
use super::what::What;

/// The rules that were let go for a unit.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct LetGo {
    /// Each time that one was, the oldest first.
    pub waived: Vec<Waived>,
    /// What a second person lets go, for a while.
    pub overrides: Vec<Overriding>,
}

/// What lets a rule go.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Ground {
    /// A deviation permit.
    Permit(PermitId),
    /// An override: the event of it.
    Override(Link),
}

/// A rule that is let go where it would have refused.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Turned {
    /// The refusal.
    pub rule: Code,
    /// By what.
    pub ground: Ground,
    /// For which unit; none where no unit is there.
    pub unit: Option<UnitId>,
    /// At which step.
    pub step: Option<StepId>,
    /// Whether the unit is not under that permit yet.
    pub first: bool,
}

/// A rule that was let go.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Waived {
    /// The refusal that there would have been.
    pub rule: Code,
    /// By what.
    pub ground: Ground,
    /// At which step.
    pub step: Option<StepId>,
    /// Who worked.
    pub by: Option<Badge>,
    /// When.
    pub at: At,
    /// Which event.
    pub event: Link,
}

/// An override of a rule for the unit at a step.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Overriding {
    /// The refusal that does not count.
    pub rule: Code,
    /// At which step.
    pub step: Option<StepId>,
    /// For how many minutes.
    pub minutes: u32,
    /// Since when.
    pub since: Moment,
    /// Who says so.
    pub by: Option<Badge>,
    /// Why.
    pub reason: Option<String>,
    /// Which event.
    pub event: Link,
}

impl LetGo {
    /// Folds one event of the unit.
    #[expect(clippy::wildcard_enum_match_arm, reason = "a fold reads the kinds that concern it")]
    pub(super) fn apply(&mut self, event: &Event) {
        let (about, link) = (&event.about, event.stamp.link());
        match &event.what {
            What::RuleWaived(e) => {
                let permit = about.permit.clone().map(Ground::Permit);
                let Some(ground) = permit.or_else(|| about.corrects.clone().map(Ground::Override)) else { return };
                let (step, by) = (about.step.clone(), about.by.clone());
                self.waived.push(Waived { rule: e.rule, ground, step, by, at: event.stamp.at, event: link });
            }
            What::RuleOverridden(e) => self.overrides.push(Overriding {
                rule: e.rule,
                step: about.step.clone(),
                minutes: e.minutes,
                since: event.stamp.moment(),
                by: about.by.clone(),
                reason: about.reason.clone(),
                event: link,
            }),
            _ => {}
        }
    }

    /// Whether the unit is made under a permit.
    pub fn is_under(&self, permit: &PermitId) -> bool {
        self.waived.iter().any(|w| matches!(&w.ground, Ground::Permit(of) if of == permit))
    }

    /// The permits that the unit is made under, each once.
    pub fn permits(&self) -> Vec<&PermitId> {
        let mut all: Vec<&PermitId> = Vec::new();
        for waived in &self.waived {
            if let Ground::Permit(permit) = &waived.ground
                && !all.contains(&permit)
            {
                all.push(permit);
            }
        }
        all
    }
}

impl Overriding {
    /// Whether it still counts, for certain. The newest moment of the record need not be asked for: a clock that stands
    /// before it is in doubt ([`Ambient::after`]), and over a restart nothing is certain by a clock in doubt.
    pub fn counts(&self, now: &Ambient) -> bool {
        let passed = self.since.until(&now.moment(), None);
        passed.certain && passed.best <= i64::from(self.minutes) * 60 * SECOND
    }
}
