//! `traveller lot list`: the lots; of one part, in the order in which they are to be used.

use serde::Serialize;

use super::context::Context;
use super::failure::{Failure, Outcome};
use super::lot_args::LotListArgs;
use super::output::{JsonList, Table, or_dash};
use crate::domain::event::Link;
use crate::domain::id::{LotId, PartId};
use crate::domain::lot::{Lot, LotStanding};
use crate::domain::number::Number;
use crate::domain::time::{At, Day};
use crate::report::lot_document::verdict;
use crate::station::clock::StationClock;

pub(super) fn run(cx: &mut Context<'_>, args: &LotListArgs) -> Result<Outcome, Failure> {
    let mut lots = cx.reader()?.lots()?;
    let now = StationClock::of_machine()?.read().at;
    if let Some(part) = &args.part {
        lots.retain(|lot| lot.part == *part);
        first_expired_first(&mut lots, now);
    }
    let listed = lots.iter().map(|lot| LotLine::of(lot, now));
    if cx.json {
        let mut list = JsonList::begin(cx.out, "lots")?;
        for lot in listed {
            list.item(&lot)?;
        }
        list.end()?;
        return Ok(Outcome::Done);
    }
    let mut table =
        Table::new(&["lot", "part", "left", "standing", "inspected", "expires", "open since", "supplier", "use it"]);
    for l in listed {
        table.row([
            l.lot.to_string(),
            l.part.to_string(),
            l.left.to_string(),
            l.standing.to_owned(),
            or_dash(l.inspected.map(verdict)),
            or_dash(l.expires),
            or_dash(l.open_since),
            or_dash(l.supplier),
            (if l.usable { "yes" } else { "no" }).to_owned(),
        ]);
    }
    table.write(cx.out)?;
    Ok(Outcome::Done)
}

/// Whether a lot may be used today, as far as its own record says.
fn is_usable(lot: &Lot, now: At) -> bool {
    lot.standing == LotStanding::Free && !is_expired(lot, now) && lot.left > Number::whole(0)
}

fn is_expired(lot: &Lot, now: At) -> bool {
    lot.expires.is_some_and(|day| day.is_over(now))
}

/// First what may be used, by its last day; what has none comes after what has one.
fn first_expired_first(lots: &mut [Lot], now: At) {
    lots.sort_by_cached_key(|lot| (!is_usable(lot, now), lot.expires.is_none(), lot.expires, lot.lot.clone()));
}

/// A lot, as scripts read it.
#[derive(Serialize)]
struct LotLine<'a> {
    lot: &'a LotId,
    part: &'a PartId,
    left: Number,
    standing: &'static str,
    inspected: Option<bool>,
    expires: Option<Day>,
    expired: bool,
    open_since: Option<At>,
    supplier: Option<&'a str>,
    usable: bool,
    event: &'a Link,
}

impl<'a> LotLine<'a> {
    fn of(lot: &'a Lot, now: At) -> Self {
        Self {
            lot: &lot.lot,
            part: &lot.part,
            left: lot.left,
            standing: lot.standing.word(),
            inspected: lot.inspected,
            expires: lot.expires,
            expired: is_expired(lot, now),
            open_since: lot.open_since.as_ref().map(|since| since.at),
            supplier: lot.supplier.as_deref(),
            usable: is_usable(lot, now),
            event: &lot.event,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn lot(name: &str, expires: Option<&str>, standing: LotStanding, left: u32) -> Lot {
        Lot {
            lot: name.parse().unwrap(),
            part: "SEAL".parse().unwrap(),
            left: Number::whole(left),
            standing,
            expires: expires.map(|day| day.parse().unwrap()),
            supplier: None,
            inspected: None,
            open_since: None,
            was_open: 0,
            event: Link::Here(1),
        }
    }

    #[test]
    fn what_expires_first_is_first_and_what_expired_never_is() {
        let now = "2026-11-29T12:00:00Z".parse().unwrap();
        let mut lots = [
            lot("EXPIRED", Some("2026-11-28"), LotStanding::Free, 1),
            lot("LASTING", None, LotStanding::Free, 1),
            lot("LATER", Some("2027-02-01"), LotStanding::Free, 1),
            lot("HELD", Some("2026-12-01"), LotStanding::Held, 1),
            lot("EMPTY", Some("2026-12-02"), LotStanding::Free, 0),
            lot("WAITING", Some("2026-12-03"), LotStanding::Quarantined, 1),
            lot("TODAY", Some("2026-11-29"), LotStanding::Free, 1),
        ];
        first_expired_first(&mut lots, now);
        let order: Vec<_> = lots.iter().map(|l| (l.lot.as_str(), is_usable(l, now))).collect();
        let expected = [
            ("TODAY", true),
            ("LATER", true),
            ("LASTING", true),
            ("EXPIRED", false),
            ("HELD", false),
            ("EMPTY", false),
            ("WAITING", false),
        ];
        assert_eq!(order, expected);
    }
}
