//! Whether the record of a lot is whole: received, inspected where a route asks for that, and used while it might be
//! and only as long as there was some.
//!
//! Each terminal keeps its own book of a lot, so that what a unit took is judged by the book of the terminal where it
//! took it. Only that another terminal holds the lot is told wherever it is used.

use std::collections::BTreeMap;

use super::finding::Finding;
use super::kind::Kind;
use crate::domain::code::Code;
use crate::domain::event::{Event, How};
use crate::domain::id::{Epoch, LotId, PartId, StationId, TerminalId};
use crate::domain::lot::{Lot, LotStanding, told_of};
use crate::domain::number::Number;
use crate::domain::route::{Part, Route};
use crate::domain::time::{Day, SECOND};
use crate::domain::what::{MaterialInstalled, Piece, Remark, What};

/// A lot that is looked at, event by event, in their order.
pub struct LotCheck<'a> {
    lot: &'a LotId,
    held: &'a [(TerminalId, Epoch, u64)],
    books: BTreeMap<TerminalId, Lot>,
    /// The last day on the label by which it was loaded there.
    labels: BTreeMap<(StationId, PartId), Day>,
    first_use: Option<Finding>,
    typed: (u64, Option<Finding>),
    scanned: bool,
    alone: (u64, Option<Event>),
}

/// Something that stands in the record, and whether there may be a reason for it in the same action.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Suspect {
    /// What it looks like.
    pub finding: Finding,
    /// The rule that a permit or an override may have let go.
    pub rule: Option<Code>,
}

/// Whether the action tells why that is as it should be: the rule was let go; or nothing was used then, since what was
/// replaced at a station is noted as what the unit took before, whenever that was.
pub fn is_told(suspect: &Suspect, drawn: &Event, action: &[Event]) -> bool {
    let lets_go = |rule: Code| {
        action.iter().any(|event| {
            matches!(&event.what, What::RuleWaived(waived) if waived.rule == rule)
                && event.about.unit == drawn.about.unit
        })
    };
    let is_note = || {
        drawn.about.how == Some(How::Loaded)
            && !action
                .iter()
                .any(|event| matches!(event.what, What::StepPassed(_)) && event.about.unit == drawn.about.unit)
    };
    suspect.rule.is_some_and(lets_go) || (suspect.finding.code != Kind::Overdrawn && is_note())
}

/// What an event took from a lot, where anybody knows how many.
pub fn drawn<'e>(event: &'e Event, lot: &LotId) -> Option<&'e MaterialInstalled> {
    let What::MaterialInstalled(taken) = &event.what else { return None };
    (taken.quantity > 0 && matches!(&taken.piece, Piece::Lot(of) if of == lot)).then_some(taken)
}

impl<'a> LotCheck<'a> {
    /// Nothing of it was read yet. Replicas hold each stream up to an event.
    pub fn new(lot: &'a LotId, held: &'a [(TerminalId, Epoch, u64)]) -> Self {
        Self {
            lot,
            held,
            books: BTreeMap::new(),
            labels: BTreeMap::new(),
            first_use: None,
            typed: (0, None),
            scanned: false,
            alone: (0, None),
        }
    }

    /// Takes the next event about it, and the route by which it was used: what looks wrong about that.
    pub fn take(&mut self, event: &Event, route: Option<&Route>) -> Vec<Suspect> {
        let taken = drawn(event, self.lot);
        let suspects = taken.map(|taken| self.judged(event, taken, route)).unwrap_or_default();
        self.note_label(event);
        self.note_reading(event, taken.is_some());
        self.note_replica(event);
        let book = self.books.remove(&event.stamp.terminal);
        // A second receipt at the same terminal is none: the gate takes one.
        let after = Lot::apply(book, event).map(|after| (event.stamp.terminal.clone(), after));
        self.books.extend(after);
        suspects
    }

    /// What was found about the lot as a whole.
    pub fn ended(self) -> Vec<Finding> {
        let (lot, typed, alone) = (self.lot, self.typed, self.alone);
        let unreceived = self.first_use.filter(|_| self.books.is_empty());
        let unread = typed.1.filter(|_| !self.scanned).map(|first| {
            let what = format!("lot {lot}: typed {} times, and its label was never scanned", typed.0);
            Finding { what, ..first }
        });
        let unsent = alone.1.map(|first| {
            let what = format!("lot {lot}: {} events are on this terminal alone, since {}", alone.0, first.stamp.at);
            Finding::of_lot(lot, Kind::Unsent, what).at(&first)
        });
        unreceived.into_iter().chain(unread).chain(unsent).collect()
    }

    fn judged(&self, event: &Event, taken: &MaterialInstalled, route: Option<&Route>) -> Vec<Suspect> {
        let lot = self.lot;
        let suspect = |code, rule, what: String| {
            let what = format!("{} of lot {lot} went in {what}", taken.quantity);
            Suspect { finding: Finding::of_draw(lot, code, event, what), rule }
        };
        let Some(book) = self.books.get(&event.stamp.terminal) else { return Vec::new() };
        let part = route.and_then(|r| r.parts.get(&book.part).or_else(|| r.parts.get(&taken.part)));
        let mut found = Vec::new();
        if let Some((code, what)) = self.barred(event, book, part) {
            found.push(suspect(code, None, what));
        }
        if let Some(what) = self.stale(event, taken, book, part) {
            found.push(suspect(Kind::Expired, Some(Code::LotExpired), what));
        }
        let after = book.left.minus(Number::whole(taken.quantity));
        let is_told = taken.remarks.iter().any(|remark| matches!(remark, Remark::BookShort { .. }));
        if after.is_some_and(|after| after < Number::whole(0)) && !is_told {
            found.push(suspect(Kind::Overdrawn, None, format!("when by the book {} were left", book.left)));
        }
        found
    }

    fn barred(&self, event: &Event, book: &Lot, part: Option<&Part>) -> Option<(Kind, String)> {
        match book.standing {
            LotStanding::Held | LotStanding::Rejected | LotStanding::Quarantined => {
                Some((Kind::Barred, format!("while it was {}", book.standing.word())))
            }
            LotStanding::Free if part.is_some_and(|part| part.inspect) && book.inspected != Some(true) => {
                Some((Kind::Inspection, "before its inspection had passed".to_owned()))
            }
            LotStanding::Free => {
                let bars = |lot: &Lot| matches!(lot.standing, LotStanding::Held | LotStanding::Rejected);
                let mut others = self.books.iter().filter(|(at, _)| **at != event.stamp.terminal);
                let (at, lot) = others.find(|(_, lot)| bars(lot))?;
                Some((Kind::Barred, format!("while it was {} on terminal {at}", lot.standing.word())))
            }
        }
    }

    /// Past its last day, by the record or by the label by which it was loaded; or open for too long.
    fn stale(&self, event: &Event, taken: &MaterialInstalled, book: &Lot, part: Option<&Part>) -> Option<String> {
        let loaded = event.about.station.clone().filter(|_| event.about.how == Some(How::Loaded));
        let label = loaded.and_then(|at| self.labels.get(&(at, taken.part.clone())).copied());
        let last = book.expires.into_iter().chain(label).min();
        if let Some(day) = last.filter(|day| day.is_over(event.when())) {
            return Some(format!("after its last day {day}"));
        }
        let minutes = part?.floor_minutes?;
        let open = book.open_for(&event.moment(), None).best / (60 * SECOND);
        (open > i64::from(minutes)).then(|| format!("after {open} min open, of {minutes} allowed"))
    }

    fn note_label(&mut self, event: &Event) {
        let (What::LotLoaded(loaded), Some(station)) = (&event.what, &event.about.station) else { return };
        let place = (station.clone(), loaded.part.clone());
        match loaded.expires {
            Some(day) => {
                self.labels.insert(place, day);
            }
            None => {
                self.labels.remove(&place);
            }
        }
    }

    fn note_reading(&mut self, event: &Event, is_draw: bool) {
        let is_use = is_draw || matches!(event.what, What::LotLoaded(_));
        if !is_use {
            return;
        }
        if self.first_use.is_none() {
            let what = format!("lot {}: used, and no receipt on record", self.lot);
            self.first_use = Some(Finding::of_lot(self.lot, Kind::Receipt, what).at(event));
        }
        match &event.about.how {
            Some(How::Typed) => {
                self.typed.0 += 1;
                let first = || Finding::of_lot(self.lot, Kind::Typed, String::new()).at(event);
                self.typed.1.get_or_insert_with(first);
            }
            Some(How::Scanned(_) | How::Machine(_) | How::Gauge(_)) => self.scanned = true,
            Some(How::Loaded | How::Transcribed { .. }) | None => {}
        }
    }

    fn note_replica(&mut self, event: &Event) {
        let stamp = &event.stamp;
        let is_alone =
            self.held.iter().any(|(at, epoch, seq)| (at, epoch) == (&stamp.terminal, &stamp.epoch) && stamp.seq > *seq);
        if told_of(&event.what).is_some() && is_alone {
            self.alone.0 += 1;
            self.alone.1.get_or_insert_with(|| event.clone());
        }
    }
}
