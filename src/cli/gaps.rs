//! `traveller gaps`: whether each record is whole, and who can mend it where it is not.

use super::context::Context;
use super::failure::{Failure, Outcome};
use super::gaps_args::GapsArgs;
use super::output::json_line;
use super::selection::Selection;
use crate::app::port::Fault;
use crate::app::shifts::calendar::Calendar;
use crate::domain::id::{LotId, UnitId};
use crate::domain::time::{At, SECOND};
use crate::ledger::Reader;
use crate::ledger::reader::PAGE_ROWS_MOST;
use crate::report::gaps::content::GapCheck;
use crate::report::gaps::finding::Finding;
use crate::report::gaps::kind::Kind;
use crate::report::gaps::one::Limits;
use crate::report::gaps::{html, text};
use crate::station::clock::StationClock;
use crate::station::look::lacking::{Checked, Lacking};

/// Pairs of numbers that say the same, of which an answer tells.
const TWICE_MOST: u32 = 1_000;
pub(super) fn run(cx: &mut Context<'_>, args: &GapsArgs) -> Result<Outcome, Failure> {
    let reader = cx.reader()?;
    let now = StationClock::of_machine()?.read().at;
    let limits = Limits {
        now,
        waiting: args.waiting * 3_600 * SECOND,
        late: args.late * 60 * SECOND,
        ahead: args.ahead || !args.units.is_empty(),
    };
    let mut lacking = Lacking::new(cx.settings.clone());
    lacking.begin(&reader)?;
    let mut check = GapCheck::default();
    let selection = selection(args, &cx.settings.work.calendar, now)?;
    selection.each(&reader, |unit| {
        match lacking.unit(&reader, unit, &limits)? {
            Some(Checked::Unit(traveller, route, found)) => check.add(&traveller, &route, found),
            Some(Checked::Unborn(finding)) => check.add_of_ledger(finding),
            None => {}
        }
        Ok(())
    })?;
    if let Some(lot) = &args.lot {
        lacking.lot(&reader, lot, |finding| check.add_of_ledger(finding))?;
    }
    if selection.is_of_all() {
        of_lots(&reader, &mut lacking, &mut check)?;
        of_ledger(&reader, lacking.has_replica(), &mut check)?;
    }
    let told = check.told(now);
    if cx.json {
        json_line(cx.out, &told)?;
    } else {
        let page = if args.html { html::page(&told) } else { text::page(&told) };
        cx.out.write_all(page.as_bytes())?;
    }
    Ok(if check.has_gaps() { Outcome::No } else { Outcome::Done })
}

fn selection<'a>(args: &'a GapsArgs, calendar: &Calendar, now: At) -> Result<Selection<'a>, Failure> {
    let zone = calendar.zone();
    let beyond = || Failure::wrong_use("the period lies beyond the calendar", "name another time");
    let from = args.from.map(|from| from.until(now, zone).ok_or_else(beyond)).transpose()?;
    let before = args.to.map(|to| to.after(from.unwrap_or(At(0)), zone).ok_or_else(beyond)).transpose()?;
    let (route, order, lot) = (args.route.as_ref(), args.order.as_ref(), args.lot.as_ref());
    Ok(Selection { units: &args.units, route, order, lot, from, before })
}

/// Every lot that anything tells of.
fn of_lots(reader: &Reader, lacking: &mut Lacking, check: &mut GapCheck) -> Result<(), Fault> {
    let mut after: Option<LotId> = None;
    loop {
        let lots = reader.lots_told(after.as_ref(), PAGE_ROWS_MOST)?;
        for lot in &lots {
            lacking.lot(reader, lot, |finding| check.add_of_ledger(finding))?;
        }
        let Some(last) = lots.into_iter().next_back() else { return Ok(()) };
        after = Some(last);
    }
}

/// What is about the ledger as a whole.
fn of_ledger(reader: &Reader, has_replica: bool, check: &mut GapCheck) -> Result<(), Fault> {
    for twice in reader.numbers_twice(TWICE_MOST)? {
        let (one, other) = (&twice.one, &twice.other);
        let what = format!("{} {one} and {other} say the same", twice.kind);
        let how = format!("hold both until it is known which label is right: traveller hold {one} {other}");
        let finding = Finding::of_ledger(Kind::Identity, what, how);
        check.add_of_ledger(Finding { unit: UnitId::parse(one).ok(), ..finding });
    }
    for person in reader.people()?.into_iter().filter(|person| person.recovered.is_some()) {
        let what = format!("{} works with a PIN that was recovered, and no second lead confirmed it", person.badge);
        let how = format!("traveller operator confirm {} --by LEAD", person.badge);
        let finding = Finding::of_ledger(Kind::Provisional, what, how);
        check.add_of_ledger(Finding { by: Some(person.badge), who: "a second lead".to_owned(), ..finding });
    }
    if !has_replica && reader.head()?.is_some() {
        let what = "no replica is known of this ledger: all of it is on this terminal alone".to_owned();
        let how = "name a target in traveller.toml, then traveller replicate".to_owned();
        check.add_of_ledger(Finding::of_ledger(Kind::Unsent, what, how));
    }
    Ok(())
}
