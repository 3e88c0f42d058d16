//! A person with a badge: what they may do, and how often their PIN was wrong.

use serde::{Deserialize, Serialize};

use super::ambient::Ambient;
use super::event::{Event, Link};
use super::facts::Population;
use super::id::{Badge, Boot, PinId};
use super::refusal::Code;
use super::role::{Auth, Role};
use super::time::{At, SECOND};
use super::what::{Qualification, What};

/// Wrong PINs in a row that have no consequence yet.
pub const TRIES_FREE: u32 = 5;
/// The first wait after that, in microseconds; each further wrong PIN doubles it.
pub const FIRST_WAIT: i64 = 30 * SECOND;
/// The longest wait, in microseconds.
pub const LONGEST_WAIT: i64 = 3_600 * SECOND;

/// A person with a badge. Folded from the events about the badge.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Person {
    /// The badge.
    pub badge: Badge,
    /// The printed name.
    pub name: String,
    /// What the person may do.
    pub roles: Vec<Role>,
    /// What the person is qualified for.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub qualifications: Vec<Qualification>,
    /// The entry of the PIN file.
    pub pin_id: PinId,
    /// Whether the badge counts no more.
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    pub revoked: bool,
    /// Wrong PINs since the last right one.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub wrong: Option<WrongPins>,
    /// The event by which the PIN was given without one, until a second lead confirms it.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub recovered: Option<Link>,
    /// The event of enrolment, revocation or PIN change.
    pub event: Link,
}

/// Wrong PINs in a row, and when the last was.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct WrongPins {
    /// How many.
    pub count: u32,
    /// When the last was, by the wall clock.
    pub at: At,
    /// In which boot.
    pub boot: Boot,
    /// Microseconds since that boot.
    pub mono: u64,
}

impl Person {
    /// The person after an event, or the person that an event brings.
    #[expect(clippy::wildcard_enum_match_arm, reason = "a fold reads the kinds that concern it")]
    pub fn apply(before: Option<Self>, event: &Event) -> Option<Self> {
        let link = event.stamp.link();
        if let What::OperatorEnrolled(e) = &event.what
            && before.as_ref().is_none_or(|p| p.badge == e.badge)
        {
            return Some(Self {
                badge: e.badge.clone(),
                name: e.name.clone(),
                roles: e.roles.clone(),
                qualifications: e.qualifications.clone(),
                pin_id: e.pin_id.clone(),
                revoked: false,
                wrong: None,
                recovered: None,
                event: link,
            });
        }
        let mut person = before?;
        match &event.what {
            What::OperatorRevoked(e) if e.badge == person.badge => {
                person.revoked = true;
                person.event = link;
            }
            What::OperatorQualified(e) if e.badge == person.badge => {
                person.qualifications.clone_from(&e.qualifications);
                person.event = link;
            }
            What::PinChanged(e) if e.badge == person.badge => {
                person.pin_id = e.pin_id.clone();
                person.wrong = None;
                if event.about.auth.is_none() {
                    person.recovered = Some(link.clone());
                }
                person.event = link;
            }
            What::PinConfirmed(e) if e.badge == person.badge => {
                person.recovered = None;
                person.event = link;
            }
            What::Refused(r) if r.code == Code::WrongPin && r.evidence.badge.as_ref() == Some(&person.badge) => {
                person.wrong = Some(WrongPins {
                    count: person.wrong.map_or(0, |w| w.count).saturating_add(1),
                    at: event.stamp.at,
                    boot: event.stamp.boot.clone(),
                    mono: event.stamp.mono,
                });
            }
            _ if event.about.by.as_ref() == Some(&person.badge) && event.about.auth == Some(Auth::BadgePin) => {
                person.wrong = None;
            }
            _ => {}
        }
        Some(person)
    }

    /// A qualification of that name, expired or not.
    pub fn qualification(&self, name: &str) -> Option<&Qualification> {
        self.qualifications.iter().find(|q| q.name == name)
    }

    /// Whether the person holds a role.
    pub fn has(&self, role: Role) -> bool {
        self.roles.contains(&role)
    }

    /// Whether nobody else could let a lead back in.
    pub fn is_last_lead(&self, population: Option<Population>) -> bool {
        !self.revoked && self.has(Role::Lead) && population.is_some_and(|p| p.leads <= 1)
    }

    /// Microseconds for which the badge is locked; none where a PIN may be tried. The last lead is never locked out.
    pub fn locked(&self, now: &Ambient, population: Option<Population>) -> Option<i64> {
        if self.is_last_lead(population) { None } else { self.wait(now) }
    }

    /// Microseconds to wait before the next PIN is looked at; none where it may be tried now.
    ///
    /// The wait is measured by the boot clock: after a restart it counts from the restart, so that neither a
    /// changed wall clock nor a reboot shortens it.
    fn wait(&self, now: &Ambient) -> Option<i64> {
        let wrong = self.wrong.as_ref().filter(|w| w.count >= TRIES_FREE)?;
        let doublings = (wrong.count - TRIES_FREE).min(16);
        let wait = (FIRST_WAIT << doublings).min(LONGEST_WAIT);
        let since = if wrong.boot == now.boot { now.mono.saturating_sub(wrong.mono) } else { now.mono };
        let left = wait.saturating_sub(i64::try_from(since).unwrap_or(i64::MAX));
        (left > 0).then_some(left)
    }
}
