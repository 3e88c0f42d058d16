//! Deviation permits (field: concession, waiver): which rule quality lets go for once, for which units, until when.
//!
//! Only the rules of [`Waives`] can be permitted at all. Order, signatures, holds, identity and forks cannot.

use serde::{Deserialize, Serialize};

use super::event::{Event, Link};
use super::id::{Badge, CheckId, DeviceId, LotId, PartId, PermitId, RouteId, StepId, UnitId};
use super::limits::Limits;
use super::number::Number;
use super::order::SerialRange;
use super::refusal::{Code, Refusal};
use super::time::At;
use super::traveller::Traveller;
use super::what::What;

/// Units that one permit may be for.
pub const UNITS_MOST: u32 = 100_000;

/// What is asked of permits: to open one, or to close it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Permitting {
    /// Quality permits something.
    Open {
        /// Its number.
        permit: PermitId,
        /// What it permits.
        terms: Terms,
        /// Why.
        reason: String,
        /// Who.
        by: Badge,
    },
    /// Nothing more is done under a permit.
    Close {
        /// Which.
        permit: PermitId,
        /// Why.
        reason: String,
        /// Who.
        by: Badge,
    },
}

impl Permitting {
    /// Who gives the command.
    pub fn by(&self) -> &Badge {
        match self {
            Self::Open { by, .. } | Self::Close { by, .. } => by,
        }
    }

    /// Why.
    pub fn reason(&self) -> &String {
        match self {
            Self::Open { reason, .. } | Self::Close { reason, .. } => reason,
        }
    }
}

/// A rule that can be permitted to be broken, and in which case.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Waives {
    /// A lot is used after its last day, or after its floor life.
    LotExpired {
        /// Which.
        lot: LotId,
    },
    /// A gauge is used after its calibration was due. One that was found bad is not permitted.
    GaugeOverdue {
        /// Which.
        gauge: DeviceId,
    },
    /// A step is taken up too late.
    TooLate,
    /// What must be scanned is typed.
    TypedEntry,
    /// A person works without the qualification.
    NotQualified {
        /// Who.
        badge: Badge,
    },
    /// A lot of another part is used.
    WrongPart {
        /// The part that the step asks for.
        part: PartId,
        /// What is used in its place.
        instead: PartId,
    },
    /// A value counts as passed within wider limits.
    CheckFailed {
        /// Of which check.
        check: CheckId,
        /// The limits.
        limits: Limits,
    },
}

impl Waives {
    /// The rules that can be permitted, by the refusal of each.
    pub const CODES: [Code; 7] = [
        Code::LotExpired,
        Code::GaugeOverdue,
        Code::TooLate,
        Code::TypedEntry,
        Code::NotQualified,
        Code::WrongPart,
        Code::CheckFailed,
    ];

    /// The refusal that it turns around.
    pub fn code(&self) -> Code {
        match self {
            Self::LotExpired { .. } => Code::LotExpired,
            Self::GaugeOverdue { .. } => Code::GaugeOverdue,
            Self::TooLate => Code::TooLate,
            Self::TypedEntry => Code::TypedEntry,
            Self::NotQualified { .. } => Code::NotQualified,
            Self::WrongPart { .. } => Code::WrongPart,
            Self::CheckFailed { .. } => Code::CheckFailed,
        }
    }
}

/// What a permit permits.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Terms {
    /// The rule.
    pub waives: Waives,
    /// On which route; none: on any.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub route: Option<RouteId>,
    /// At which step; none: at any.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub step: Option<StepId>,
    /// For how many units; none: for all of the range.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub quantity: Option<u32>,
    /// For which units; none: for any.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub serials: Option<SerialRange>,
    /// The last moment at which it counts, by a clock that can be trusted.
    pub until: At,
}

/// A permit. Folded from the events about it and from those of the units made under it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Permit {
    /// Its number.
    pub permit: PermitId,
    /// What it permits.
    pub terms: Terms,
    /// Units that are made under it.
    pub used: u32,
    /// Whether it was closed by hand.
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    pub closed: bool,
    /// The event of its opening or closing.
    pub event: Link,
}

/// Why a permit does not help.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Hinders {
    /// It is for another step.
    OtherStep,
    /// It is for other units.
    OtherUnits,
    /// It was closed.
    Closed,
    /// Its time is over.
    Expired,
    /// Nobody knows whether its time is over.
    ClockUntrusted,
    /// As many units are made under it as it is for.
    Used,
}

impl Hinders {
    /// The word for it in records.
    pub fn word(self) -> &'static str {
        match self {
            Self::OtherStep => "other-step",
            Self::OtherUnits => "other-units",
            Self::Closed => "closed",
            Self::Expired => "expired",
            Self::ClockUntrusted => "clock-untrusted",
            Self::Used => "used",
        }
    }
}

/// A permit that does not help, and why.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Unhelpful {
    /// Which.
    pub permit: PermitId,
    /// Why.
    pub because: Hinders,
}

/// Where somebody would break a rule.
#[derive(Debug, Clone, Copy)]
pub struct Asked<'a> {
    /// The unit; none where nothing is open.
    pub unit: Option<&'a UnitId>,
    /// Its record.
    pub traveller: Option<&'a Traveller>,
    /// The step.
    pub step: Option<&'a StepId>,
    /// Boards of the same panel that are taken up after it: all of them, or none.
    pub to_come: u32,
    /// The latest moment that is known.
    pub latest: At,
    /// Whether that can be trusted.
    pub is_certain: bool,
}

impl Permit {
    /// The permit after an event, or the permit that an event brings.
    #[expect(clippy::wildcard_enum_match_arm, reason = "a fold reads the kinds that concern it")]
    pub fn apply(before: Option<Self>, event: &Event) -> Option<Self> {
        let link = event.stamp.link();
        if let What::PermitOpened(e) = &event.what
            && before.as_ref().is_none_or(|p| p.permit == e.permit)
        {
            let (permit, terms) = (e.permit.clone(), e.terms.clone());
            return Some(Self { permit, terms, used: 0, closed: false, event: link });
        }
        let mut permit = before?;
        match &event.what {
            What::PermitClosed(e) if e.permit == permit.permit => {
                permit.closed = true;
                permit.event = link;
            }
            What::RuleWaived(e) if e.first && event.about.permit.as_ref() == Some(&permit.permit) => {
                permit.used = permit.used.saturating_add(1);
            }
            _ => {}
        }
        Some(permit)
    }

    /// Whether an event says of it what it says of itself.
    #[expect(clippy::wildcard_enum_match_arm, reason = "two kinds are about permits")]
    pub fn follows_from(&self, event: &Event) -> bool {
        match &event.what {
            What::PermitOpened(e) => (&e.permit, &e.terms, self.closed) == (&self.permit, &self.terms, false),
            What::PermitClosed(e) => e.permit == self.permit && self.closed,
            _ => false,
        }
    }

    /// Whether it is about what was refused: the rule, on that route, and the very lot, gauge, person, part or check.
    pub fn is_about(&self, refusal: &Refusal, route: Option<&RouteId>) -> bool {
        let said = &refusal.evidence;
        let is_it = refusal.code == self.terms.waives.code()
            && match &self.terms.waives {
                Waives::LotExpired { lot } => said.lot.as_ref() == Some(lot),
                Waives::GaugeOverdue { gauge } => said.gauge.as_ref() == Some(gauge),
                Waives::TooLate | Waives::TypedEntry => true,
                Waives::NotQualified { badge } => said.badge.as_ref() == Some(badge),
                Waives::WrongPart { part, instead } => {
                    (said.part.as_ref(), said.found_part.as_ref()) == (Some(part), Some(instead))
                }
                Waives::CheckFailed { check, limits } => {
                    let value = said.value.as_ref().and_then(|value| value.parse::<Number>().ok());
                    said.check.as_ref() == Some(check) && value.is_some_and(|value| limits.contain(value))
                }
            };
        is_it && (self.terms.route.is_none() || self.terms.route.as_ref() == route)
    }

    /// Why it does not help there; none: it does.
    pub fn hinders(&self, asked: &Asked<'_>) -> Option<Hinders> {
        let Terms { step, quantity, serials, until, .. } = &self.terms;
        if step.is_some() && step.as_ref() != asked.step {
            return Some(Hinders::OtherStep);
        }
        // Without a unit nothing is made under it yet: whichever comes will be asked.
        let is_of = |unit: &UnitId| serials.as_ref().is_none_or(|range| range.contains(unit.as_str()));
        if !asked.unit.is_none_or(is_of) {
            return Some(Hinders::OtherUnits);
        }
        if self.closed {
            return Some(Hinders::Closed);
        }
        if asked.latest > *until {
            return Some(Hinders::Expired);
        }
        if !asked.is_certain {
            return Some(Hinders::ClockUntrusted);
        }
        let counts_already = asked.traveller.is_some_and(|t| t.let_go.is_under(&self.permit));
        let has_room = counts_already || quantity.is_none_or(|most| self.used.saturating_add(asked.to_come) < most);
        (!has_room).then_some(Hinders::Used)
    }
}
