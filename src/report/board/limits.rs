//! What ends soon, and what of the exceptions is used.

use super::seen::Seen;
use crate::app::board::lines::{Ends, ExpiryLine, PermitLine};
use crate::app::shifts::calendar::SHIFT;
use crate::domain::gauge::{Gauge, GaugeStanding};
use crate::domain::lot::Lot;
use crate::domain::permit::Permit;
use crate::domain::time::{At, Day, SECOND};

/// Things of one sort that end soon and are told.
const LINES_MOST: usize = 50;
/// Microseconds of a day.
const DAY: i64 = 24 * 3_600 * SECOND;

/// The moment by which something ends within the shift: whatever counts for the last time on the day of its end.
pub fn horizon(seen: &Seen) -> Option<At> {
    let now = seen.now?;
    let end = seen.turn.as_ref().map_or_else(|| now.plus(SHIFT), |turn| turn.end);
    Some(end.plus(DAY))
}

/// The gauges, qualifications, lots and open lots that end by then. What ends last comes first: what ended long ago
/// matters least.
pub(super) fn expiring(seen: &Seen) -> Vec<ExpiryLine> {
    let (Some(now), Some(by)) = (seen.now, horizon(seen)) else { return Vec::new() };
    let line = |what, name: String, of: String, last: Day| {
        last.is_over(by).then(|| ExpiryLine { what, name, of, last, until: None, over: last.is_over(now) })
    };
    let in_use = |gauge: &&Gauge| gauge.standing != GaugeStanding::Retired;
    let gauges = seen.gauges.iter().filter(in_use);
    let gauges = gauges.filter_map(|g| line(Ends::Gauge, g.gauge.to_string(), g.kind.clone(), g.due));
    let people = seen.people.iter().filter(|person| !person.revoked);
    let held = people.flat_map(|person| person.qualifications.iter().map(move |held| (person, held)));
    let held = held.filter_map(|(p, q)| line(Ends::Qualification, p.badge.to_string(), q.name.clone(), q.until));
    let lots = seen.lots.iter();
    let lots = lots.filter_map(|lot| line(Ends::Lot, lot.lot.to_string(), lot.part.to_string(), lot.expires?));
    let open = seen.open_lots.iter().filter_map(|(lot, minutes)| floor(lot, *minutes, now));
    let open = open.filter(|line| line.until <= Some(by.plus(-DAY)));
    let sorts: [Vec<ExpiryLine>; 4] = [gauges.collect(), held.collect(), lots.collect(), open.collect()];
    let ordered = sorts.into_iter().flat_map(|mut sort| {
        sort.sort_by(|a, b| (b.last, b.until, &a.name, &a.of).cmp(&(a.last, a.until, &b.name, &b.of)));
        sort.truncate(LINES_MOST);
        sort
    });
    ordered.collect()
}

/// Until when an open lot may be used, by the clock on the wall.
fn floor(lot: &Lot, minutes: u32, now: At) -> Option<ExpiryLine> {
    let rest = i64::from(minutes).saturating_mul(60 * SECOND).saturating_sub(lot.was_open);
    let until = lot.open_since.as_ref()?.at.plus(rest);
    let (name, of) = (lot.lot.to_string(), lot.part.to_string());
    Some(ExpiryLine { what: Ends::Floor, name, of, last: Day::of(until)?, until: Some(until), over: now > until })
}

/// The permits that are open, and those that ended since what is counted began.
pub(super) fn permits(seen: &Seen) -> Vec<PermitLine> {
    let counts = |permit: &&Permit| !permit.closed && seen.from.is_none_or(|from| permit.terms.until >= from);
    let line = |permit: &Permit| PermitLine {
        permit: permit.permit.clone(),
        rule: permit.terms.waives.code(),
        used: permit.used,
        quantity: permit.terms.quantity,
        until: permit.terms.until,
        over: seen.now.is_some_and(|now| now > permit.terms.until)
            || permit.terms.quantity.is_some_and(|most| permit.used >= most),
    };
    seen.permits.iter().filter(counts).map(line).take(LINES_MOST).collect()
}
