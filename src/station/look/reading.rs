//! Looks into the ledger: a unit with everything around it, a lot, a load, where something was used, an event, the
//! streams.

use std::sync::Arc;

use super::lacking::{Checked, Lacking};
use super::things;
use crate::app::inspect::record::{
    EVENTS_MOST, Lack, Logged, Looked, Node, Record, RouteLine, RouteText, Sign, StreamRow, Tree, USED_MOST, Used,
    UsedIn, Wanted,
};
use crate::app::port::Fault;
use crate::app::settlement::EventId;
use crate::domain::id::{Revision, RouteId, UnitId};
use crate::domain::time::At;
use crate::domain::traveller::Traveller;
use crate::ledger::Reader;
use crate::ledger::place::Place;
use crate::ledger::read::proven::Proven;
use crate::ledger::read::trace::Made;
use crate::ledger::reader::Stream;
use crate::report::difference::{Side, merged};
use crate::report::gaps::finding::Finding;
use crate::report::gaps::one::Limits;
use crate::route_file::released;

/// Lines of a route that are shown.
const LINES_MOST: usize = 5_000;

/// Looks for something, as of now.
pub fn look(reader: &Reader, wanted: &Wanted, lacking: &mut Lacking, now: At) -> Result<Looked, Fault> {
    Ok(match wanted {
        Wanted::Unit(unit) => match record(reader, unit, lacking, now)? {
            Some(record) => Looked::Unit(Box::new(record)),
            None => Looked::Nothing,
        },
        Wanted::Lot(lot) => things::lot(reader, lot, lacking)?,
        Wanted::Load(load) => things::load(reader, load)?,
        Wanted::Used(number) => Looked::Used(used(reader, number)?),
        Wanted::Event(id) => event(reader, id)?,
        Wanted::Numbered(seq) => {
            let streams = reader.streams()?;
            let only = streams.iter().find(|s| s.own).or_else(|| streams.first().filter(|_| streams.len() == 1));
            match only {
                None => Looked::Nothing,
                Some(s) => event(reader, &EventId { terminal: s.terminal.clone(), epoch: s.epoch.clone(), seq: *seq })?,
            }
        }
        Wanted::Ledger | Wanted::Verify => Looked::Ledger(streams(reader)?),
    })
}

fn record(reader: &Reader, unit: &UnitId, lacking: &mut Lacking, now: At) -> Result<Option<Record>, Fault> {
    let Some(traveller) = reader.traveller(unit)? else { return Ok(None) };
    let streams = reader.streams()?;
    let (events, earlier) = reader.history_end(unit, EVENTS_MOST)?;
    let events = events.into_iter().filter_map(|proven| logged(&streams, proven).transpose());
    let text = traveller.route.as_ref().map(|(route, revision)| reader.route_text(route, revision)).transpose()?;
    let text = text.flatten();
    let route = text.as_deref().and_then(released);
    let lacks = if route.is_some() { lacks(reader, unit, lacking, now)? } else { Vec::new() };
    Ok(Some(Record {
        unit: unit.clone(),
        events: events.collect::<Result<_, _>>()?,
        earlier,
        tree: tree(reader, unit)?,
        used: used(reader, unit.as_str())?,
        text: route_text(reader, &traveller, text.as_deref())?,
        lacks,
        route: route.map(Arc::new),
        traveller,
    }))
}

fn lacks(reader: &Reader, unit: &UnitId, lacking: &mut Lacking, now: At) -> Result<Vec<Lack>, Fault> {
    lacking.begin(reader)?;
    let found = match lacking.unit(reader, unit, &Limits::of_one(now))? {
        Some(Checked::Unit(_, _, found)) => found.findings,
        Some(Checked::Unborn(finding)) => vec![finding],
        None => Vec::new(),
    };
    Ok(found.into_iter().map(lack).collect())
}

/// A finding, as it shows.
pub(super) fn lack(f: Finding) -> Lack {
    Lack { code: f.code.word(), is_gap: f.code.is_gap(), step: f.step, what: f.what, who: f.who, how: f.how }
}

fn tree(reader: &Reader, unit: &UnitId) -> Result<Tree, Fault> {
    let mut tree = Tree::default();
    match reader.trace(unit) {
        Ok(made_of) => flatten(&made_of.unwrap_or_default(), 1, &mut tree.pieces),
        // A tree that is too large for one look is told as that.
        Err(fault) => {
            let pieces = reader.pieces(unit, None, USED_MOST)?.unwrap_or_default();
            flatten(&pieces, 1, &mut tree.pieces);
            tree.cut = Some(fault.what);
        }
    }
    Ok(tree)
}

fn flatten(made_of: &[Made], level: usize, into: &mut Vec<Node>) {
    for made in made_of {
        into.push(Node {
            level,
            part: made.alternate.clone().unwrap_or_else(|| made.part.clone()),
            piece: made.piece.clone(),
            quantity: made.quantity,
            step: made.step.clone(),
            at: made.at,
            by: made.by.clone(),
            gone: made.gone.map(|gone| gone.fate),
            is_unit: made.is_unit,
        });
        flatten(&made.made_of, level + 1, into);
    }
}

/// Where something was used: the first units, and how many there are.
pub(super) fn used(reader: &Reader, number: &str) -> Result<UsedIn, Fault> {
    let units = reader.users(number, None, USED_MOST)?;
    let listed = u32::try_from(units.len()).unwrap_or(u32::MAX);
    // Counting a hundred thousand takes longer than listing the first; where it takes too long, that is said.
    let total = if listed < USED_MOST { Some(listed) } else { count(reader, number) };
    let units = units.into_iter();
    let of = |u: crate::ledger::read::where_used::UsedIn| Used {
        unit: u.unit,
        via: u.via,
        state: u.state,
        was_in: u.was_in,
    };
    Ok(UsedIn { of: number.to_owned(), units: units.map(of).collect(), total })
}

fn count(reader: &Reader, number: &str) -> Option<u32> {
    reader.users_total(number).ok().and_then(|total| u32::try_from(total).ok())
}

/// The text that the unit follows, with what the newest revision that is not withdrawn says otherwise.
fn route_text(reader: &Reader, traveller: &Traveller, text: Option<&str>) -> Result<RouteText, Fault> {
    let (Some((route, revision)), Some(text)) = (&traveller.route, text) else { return Ok(RouteText::default()) };
    let current = current(reader, route)?.filter(|current| current != revision);
    let newer = current.as_ref().map(|current| reader.route_text(route, current)).transpose()?.flatten();
    let lines = merged(text, newer.as_deref().unwrap_or(text)).into_iter().take(LINES_MOST).map(|(side, text)| {
        let sign = match side {
            Side::Both => Sign::Both,
            Side::Old => Sign::Old,
            Side::New => Sign::New,
        };
        RouteLine { sign, text }
    });
    Ok(RouteText { lines: lines.collect(), current: newer.and(current) })
}

fn current(reader: &Reader, route: &RouteId) -> Result<Option<Revision>, Fault> {
    let routes = reader.routes()?;
    let newest = routes.into_iter().find(|row| row.release.route == *route && row.withdrawn.is_none());
    Ok(newest.map(|row| row.release.revision))
}

fn event(reader: &Reader, id: &EventId) -> Result<Looked, Fault> {
    let Some(stored) = reader.event(&id.terminal, &id.epoch, id.seq)? else { return Ok(Looked::Nothing) };
    let logged = logged(&reader.streams()?, reader.proven(stored)?)?;
    Ok(logged.map_or(Looked::Nothing, |logged| Looked::Event(Box::new(logged))))
}

/// An event with its names and its proof.
pub(super) fn logged(streams: &[Stream], proven: Proven) -> Result<Option<Logged>, Fault> {
    let Some(id) = named(streams, proven.stored.place) else { return Ok(None) };
    let event = proven.stored.event()?;
    Ok(Some(Logged {
        id,
        event,
        hash: proven.stored.hash.hex(),
        previous: proven.previous.map(crate::ledger::chain::Hash::hex),
        holds: proven.holds(),
        body: proven.stored.body,
    }))
}

/// What the event at a place is called.
pub(super) fn named(streams: &[Stream], place: Place) -> Option<EventId> {
    let stream = streams.iter().find(|s| s.id == place.stream())?;
    Some(EventId { terminal: stream.terminal.clone(), epoch: stream.epoch.clone(), seq: place.seq() })
}

/// The streams, and whether their ends hold.
pub(super) fn streams(reader: &Reader) -> Result<Vec<StreamRow>, Fault> {
    let row = |stream: Stream| {
        Ok(StreamRow {
            end_holds: reader.end_holds(&stream)?,
            hash: stream.hash.hex(),
            terminal: stream.terminal,
            epoch: stream.epoch,
            own: stream.own,
            seq: stream.seq,
            at: stream.at,
            computed: None,
        })
    };
    reader.streams()?.into_iter().map(row).collect()
}
