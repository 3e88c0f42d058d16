//! A search under way: what begins like the word by the index at once, then a stretch of numbers, units, refusals or
//! events after another, until everything was looked at or enough was found. It can rest between two stretches.

use crate::app::inspect::found::{Found, HITS_MOST, Hit, Reach, RefusalHit, Through};
use crate::app::inspect::query::{Among, Query};
use crate::app::port::Fault;
use crate::domain::id::{LotId, OrderId, UnitId};
use crate::domain::time::At;
use crate::ledger::Reader;
use crate::ledger::place::Place;
use crate::ledger::read::find::{NumbersOf, OtherFound};
use crate::ledger::read::refusals::RefusalRow;
use crate::ledger::read::units::{Page, UnitFilter, UnitRow};
use crate::ledger::reader::{PAGE_ROWS_MOST, Stream};

use super::hits::{component, lot, moment, order, other, unit};
use super::reading;

/// Units that begin like the word and are listed at once.
const UNITS_AT_ONCE: u32 = 50;
/// Other things that do.
const OTHERS_AT_ONCE: u32 = 10;
/// Units that one component is listed in.
const UNITS_OF_ONE: u32 = 20;

/// A search under way.
pub struct Search {
    request: u64,
    query: Query,
    hits: Vec<Hit>,
    stage: Stage,
    looked_at: u64,
}

/// Where it goes on.
enum Stage {
    /// After this number.
    Numbers(NumbersOf, String),
    /// Before this unit.
    Units(Option<Place>),
    /// Before this refusal.
    Refusals(Option<(At, Place)>),
    /// In each stream before this event.
    Events(Vec<Tape>),
    /// Everything was looked at.
    Done,
}

/// A stream that is read backwards.
struct Tape {
    stream: u32,
    /// Before this number.
    before: u64,
    /// Not before this one.
    first: u64,
    /// When the next event of it was recorded, as far as that is known.
    at: Option<At>,
}

impl Search {
    /// Begins with what the indexes give.
    pub fn begin(reader: &Reader, request: u64, query: Query) -> Result<Self, Fault> {
        let mut search = Self { request, query, hits: Vec::new(), stage: Stage::Done, looked_at: 0 };
        match search.query.among() {
            Among::Numbers => {
                search.beginnings(reader)?;
                search.stage = Stage::Numbers(NumbersOf::Units, String::new());
            }
            Among::Units => {
                search.stage = Stage::Units(None);
                search.open_there(reader)?;
                search.step(reader)?;
            }
            Among::Refusals => {
                let until = search.query.until.map(|until| (until.plus(1), Place::START));
                search.stage = Stage::Refusals(until);
                search.step(reader)?;
            }
            Among::Events => {
                let tapes = reader.streams()?.into_iter().map(|stream| search.tape(reader, &stream));
                search.stage = Stage::Events(tapes.collect::<Result<_, _>>()?);
                search.step(reader)?;
            }
        }
        Ok(search)
    }

    /// Whether there is more to look at.
    pub fn is_going(&self) -> bool {
        !self.is_full() && !matches!(self.stage, Stage::Done)
    }

    fn is_full(&self) -> bool {
        self.hits.len() >= HITS_MOST
    }

    /// How many hits there are: whether there is something new to tell.
    pub fn count(&self) -> usize {
        self.hits.len()
    }

    /// Everything found so far.
    pub fn found(&self) -> Found {
        let back_to = || self.hits.last().and_then(moment);
        let through = match (self.query.among(), &self.stage) {
            (Among::Numbers, _) if self.looked_at == 0 => Through::Beginnings,
            (Among::Numbers, _) => Through::Numbers(self.looked_at),
            (Among::Units, _) => Through::Units(self.looked_at),
            (Among::Refusals, Stage::Refusals(at)) => Through::Refusals(self.looked_at, at.map(|(at, _)| at)),
            (Among::Refusals, _) => Through::Refusals(self.looked_at, back_to().filter(|_| self.is_full())),
            (Among::Events, Stage::Events(tapes)) => {
                Through::Events(self.looked_at, tapes.iter().filter_map(|tape| tape.at).max())
            }
            (Among::Events, _) => Through::Events(self.looked_at, back_to().filter(|_| self.is_full())),
        };
        let reach = Reach { through, going: self.is_going(), full: self.is_full() };
        Found { request: self.request, hits: self.hits.clone(), reach }
    }

    /// One stretch more.
    pub fn step(&mut self, reader: &Reader) -> Result<(), Fault> {
        match std::mem::replace(&mut self.stage, Stage::Done) {
            Stage::Done => {}
            Stage::Numbers(of, after) => {
                // What ends here begins again at the same place.
                self.stage = Stage::Numbers(of, after.clone());
                self.numbers(reader, of, &after)?;
            }
            Stage::Units(before) => {
                self.stage = Stage::Units(before);
                self.units(reader, before)?;
            }
            Stage::Refusals(before) => {
                self.stage = Stage::Refusals(before);
                self.refusals(reader, before)?;
            }
            Stage::Events(mut tapes) => {
                let read = self.events(reader, &mut tapes);
                if !tapes.is_empty() {
                    self.stage = Stage::Events(tapes);
                }
                read?;
            }
        }
        self.hits.truncate(HITS_MOST);
        Ok(())
    }

    fn add(&mut self, hit: Hit) {
        if !self.hits.iter().any(|known| known.is_same(&hit)) {
            self.hits.push(hit);
        }
    }

    /// What begins like the first word, as it is typed and in capitals, by the indexes.
    fn beginnings(&mut self, reader: &Reader) -> Result<(), Fault> {
        let Some(typed) = self.query.parts.first().cloned() else { return Ok(()) };
        let mut forms = vec![typed.to_ascii_uppercase(), typed];
        forms.dedup();
        for form in &forms {
            for row in reader.find_units(form, UNITS_AT_ONCE)? {
                if self.query.has_rest_in(row.unit.as_str()) {
                    self.hits.push(Hit::Unit(row));
                }
            }
            for found in reader.find_others(form, OTHERS_AT_ONCE)? {
                let is_on_label = matches!(found, OtherFound::Labelled(_));
                if let Some(hit) = other(reader, found)?
                    && (is_on_label || self.query.has_rest_in(&hit.number()))
                {
                    self.add(hit);
                }
            }
        }
        Ok(())
    }

    fn numbers(&mut self, reader: &Reader, of: NumbersOf, after: &str) -> Result<(), Fault> {
        let stretch = reader.stretch(of, after, |number| self.query.is_in(number))?;
        for number in &stretch.fits {
            if self.is_full() {
                break;
            }
            self.numbered(reader, of, number)?;
        }
        self.looked_at += u64::from(stretch.looked_at);
        let next = || NumbersOf::ALL.into_iter().skip_while(|other| *other != of).nth(1);
        self.stage = match (stretch.last, next()) {
            (Some(last), _) => Stage::Numbers(of, last),
            (None, Some(next)) => Stage::Numbers(next, String::new()),
            (None, None) => Stage::Done,
        };
        Ok(())
    }

    /// The thing of exactly that number.
    fn numbered(&mut self, reader: &Reader, of: NumbersOf, number: &str) -> Result<(), Fault> {
        match of {
            NumbersOf::Units => {
                let row = UnitId::parse(number).ok().map(|unit| reader.unit(&unit)).transpose()?.flatten();
                if let Some(row) = row {
                    self.add(unit(&row));
                }
            }
            NumbersOf::Lots => {
                let lots = reader.find_lots(number, 1)?;
                for row in lots.into_iter().filter(|row| LotId::parse(number).is_ok_and(|lot| lot == row.lot)) {
                    self.add(lot(row));
                }
            }
            NumbersOf::Orders => {
                let orders = reader.find_orders(number, 1)?;
                for row in orders.into_iter().filter(|row| OrderId::parse(number).is_ok_and(|o| o == row.order)) {
                    self.add(order(row));
                }
            }
            NumbersOf::Components => {
                let all = reader.find_components(number, UNITS_OF_ONE)?;
                for row in all.into_iter().filter(|row| row.serial.as_str() == number) {
                    self.add(component(row));
                }
            }
        }
        Ok(())
    }

    /// The units that are open at the station that is asked for: those that are due elsewhere too.
    fn open_there(&mut self, reader: &Reader) -> Result<(), Fault> {
        if self.query.station.is_none() {
            return Ok(());
        }
        for row in reader.open_units()? {
            if row.open_station == self.query.station && self.fits(&row) {
                self.add(unit(&row));
            }
        }
        Ok(())
    }

    fn fits(&self, row: &UnitRow) -> bool {
        let query = &self.query;
        let same = |asked: bool, is: bool| !asked || is;
        query.is_in(row.unit.as_str())
            && same(query.state.is_some(), query.state == Some(row.state))
            && same(query.route.is_some(), query.route == row.route)
            && same(query.order.is_some(), query.order == row.order)
            && row.changed.map_or(query.since.is_none() && query.until.is_none(), |at| query.is_at(at))
    }

    fn units(&mut self, reader: &Reader, before: Option<Place>) -> Result<(), Fault> {
        // Only what has an index; the rest is looked at here, a stretch at a time.
        let station = self.query.station.clone();
        let filter = UnitFilter { state: self.query.state, station, ..UnitFilter::default() };
        let rows = reader.units(&filter, Page::Before(before), PAGE_ROWS_MOST)?;
        self.looked_at += u64::try_from(rows.len()).unwrap_or(0);
        for row in &rows {
            if self.is_full() {
                break;
            }
            if self.fits(row) {
                self.add(unit(row));
            }
        }
        let is_last = rows.len() < usize::try_from(PAGE_ROWS_MOST).unwrap_or(usize::MAX);
        self.stage = match rows.last() {
            Some(last) if !is_last => Stage::Units(Some(last.place)),
            Some(_) | None => Stage::Done,
        };
        Ok(())
    }

    fn refusals(&mut self, reader: &Reader, before: Option<(At, Place)>) -> Result<(), Fault> {
        let rows = reader.refusals_before(before, PAGE_ROWS_MOST)?;
        let streams = reader.streams()?;
        self.looked_at += u64::try_from(rows.len()).unwrap_or(0);
        let since = self.query.since.unwrap_or(At(i64::MIN));
        let ended = rows.last().is_none_or(|last| last.at < since)
            || rows.len() < usize::try_from(PAGE_ROWS_MOST).unwrap_or(usize::MAX);
        self.stage = match rows.last() {
            Some(last) if !ended => Stage::Refusals(Some((last.at, last.place))),
            Some(_) | None => Stage::Done,
        };
        for row in rows {
            if self.is_full() {
                break;
            }
            if self.is_refused(&row)
                && let Some(id) = reading::named(&streams, row.place)
            {
                let RefusalRow { at, code, station, unit, step, by, .. } = row;
                self.hits.push(Hit::Refusal(RefusalHit { id, at, code, station, unit, step, by }));
            }
        }
        Ok(())
    }

    fn is_refused(&self, row: &RefusalRow) -> bool {
        let query = &self.query;
        query.code.is_none_or(|code| code.word() == row.code)
            && (query.operator.is_none() || query.operator == row.by)
            && (query.station.is_none() || query.station == row.station)
            && (query.parts.is_empty() || row.unit.as_ref().is_some_and(|unit| query.is_in(unit.as_str())))
            && query.is_at(row.at)
    }

    fn tape(&self, reader: &Reader, stream: &Stream) -> Result<Tape, Fault> {
        let before = match self.query.until {
            Some(until) => reader.seq_after(stream, until)?,
            None => stream.seq + 1,
        };
        let first = self.query.since.map_or(Ok(1), |since| reader.seq_after(stream, since.plus(-1)))?;
        Ok(Tape { stream: stream.id, before, first, at: stream.at })
    }

    /// A page of the stream whose next event is the newest.
    fn events(&mut self, reader: &Reader, tapes: &mut Vec<Tape>) -> Result<(), Fault> {
        tapes.retain(|tape| tape.before > tape.first);
        let Some(tape) = tapes.iter_mut().max_by_key(|tape| tape.at) else { return Ok(()) };
        let events = reader.events_of(tape.stream, tape.before, PAGE_ROWS_MOST)?;
        let streams = reader.streams()?;
        // As the text of an event has it, with its quotes: what does not even seem to say it is not read.
        let quoted = self.query.operator.as_ref().map(|badge| serde_json::Value::from(badge.as_str()).to_string());
        let of_kind = self.query.kind.map(|kind| format!("\"kind\":\"{kind}\""));
        tape.before = events.last().map_or(tape.first, |last| last.place.seq());
        for stored in events {
            if stored.place.seq() < tape.first {
                tape.before = tape.first;
                break;
            }
            if self.is_full() {
                break;
            }
            self.looked_at += 1;
            if ![&quoted, &of_kind].into_iter().flatten().all(|text| stored.body.contains(text.as_str())) {
                continue;
            }
            let event = stored.outcome()?;
            tape.at = Some(event.stamp.at);
            let about = &event.about;
            let fits = (self.query.operator.is_none() || self.query.operator == about.by)
                && (self.query.station.is_none() || self.query.station == about.station)
                && self.query.kind.is_none_or(|kind| kind == event.what.kind())
                && self.query.is_in(&stored.body);
            if fits && let Some(logged) = reading::logged(&streams, reader.proven(stored)?)? {
                self.hits.push(Hit::Event(Box::new(logged)));
            }
        }
        self.hits.sort_by_key(|hit| std::cmp::Reverse(moment(hit)));
        tapes.retain(|tape| tape.before > tape.first);
        Ok(())
    }
}
