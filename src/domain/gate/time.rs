//! What depends on days and on time between steps. A clock that was set back helps nobody. What cannot be known is
//! refused, as far as the route says so.

use crate::domain::refusal::{Code, Evidence, Refusal};
use crate::domain::route::{ClockRule, MinutesSince, Route, Step};
use crate::domain::time::{At, Clock, Day, Moment, SECOND};
use crate::domain::traveller::Traveller;

use super::case::Case;
use super::waiving::Place;

/// From this version on a day or a time is known for certain, or refused.
pub(super) const TIME_IS_KNOWN: u32 = 3;

impl Case<'_> {
    /// Now, or the newest trusted moment of the record where the clock stands before that; or what a paper states.
    pub(super) fn latest(&self) -> At {
        match self.paper() {
            Some(paper) => paper.time,
            None => self.facts.newest().map_or(self.now.at, |newest| newest.max(self.now.at)),
        }
    }

    /// Whether a last day is over.
    pub(super) fn is_over(&self, rule: ClockRule, day: Day, of: &Evidence) -> Result<bool, Refusal> {
        if day.is_over(self.latest()) {
            return Ok(true);
        }
        let doubted = self.gate >= TIME_IS_KNOWN && rule == ClockRule::Trusted && self.moment().clock == Clock::Doubt;
        if doubted { Err(self.clock_untrusted(of)) } else { Ok(false) }
    }

    /// The refusal of what only a clock that can be trusted could tell.
    pub(super) fn clock_untrusted(&self, of: &Evidence) -> Refusal {
        Refusal::new(Code::ClockUntrusted, Evidence { at: self.facts.newest(), ..of.clone() })
    }
}

/// Refuses a unit that comes too early or too late for a step.
pub(super) fn in_time(case: &Case<'_>, traveller: &Traveller, route: &Route, step: &Step) -> Result<(), Refusal> {
    let window = step.minutes_since.as_ref().filter(|_| !traveller.excused.contains(&step.id));
    let Some(window) = window else { return Ok(()) };
    // A batch that was merged passed that step at several moments: it is in time for all of its pieces.
    let moments = traveller.passed_moments(&window.step);
    moments.into_iter().try_for_each(|from| in_window(case, traveller, (route, step), (window, from)))
}

fn in_window(
    case: &Case<'_>,
    traveller: &Traveller,
    (route, step): (&Route, &Step),
    (window, from): (&MinutesSince, &Moment),
) -> Result<(), Refusal> {
    let elapsed = from.until(&case.moment(), case.newest());
    let micros = |minutes: u32| i64::from(minutes) * 60 * SECOND;
    let evidence = |minutes: Option<u32>| Evidence {
        unit: traveller.unit.clone(),
        step: Some(step.id.clone()),
        since: Some(window.step.clone()),
        allowed: minutes,
        at: Some(from.at),
        until: minutes.map(|m| from.at.plus(micros(m))),
        ..Evidence::default()
    };
    let known = elapsed.certain || route.clock == ClockRule::Any;
    let passed = if known { elapsed.best } else { elapsed.least };
    if window.max.is_some_and(|max| passed > micros(max)) {
        let late = Refusal::new(Code::TooLate, evidence(window.max));
        return case.unless_let_go(&Place::at(traveller, route, step), late);
    }
    // Where there is no greatest time, what has passed for certain may be enough.
    let is_enough = window.max.is_none() && window.min.is_none_or(|min| passed >= micros(min));
    if !known && !is_enough {
        return Err(case.clock_untrusted(&evidence(None)));
    }
    if window.min.is_some_and(|min| passed < micros(min)) {
        return Err(Refusal::new(Code::TooEarly, evidence(window.min)));
    }
    Ok(())
}
