//! Plays the scenes, a line at a time, while the others work.

use std::collections::{BTreeSet, VecDeque};

use crate::app::port::{Fault, Ledger};
use crate::domain::ambient::Place;
use crate::domain::gate::decision::Did;
use crate::domain::id::{DeviceId, Session, StationId};
use crate::domain::time::SECOND;

use super::super::cast::Pins;
use super::super::fault::defect;
use super::super::plant::{Plant, Seat};
use super::line::{Line, lines, read, waits};
use super::programme::SCENES;

const MINUTE: i64 = 60 * SECOND;
/// Of so many parts of the week the first passes before the scenes begin, and they are over before the last.
const PARTS: i64 = 10;

/// Where the scenes stand.
#[derive(Debug, Default)]
pub(in crate::demo) struct Stage {
    left: VecDeque<&'static str>,
    /// The stations that were used.
    seats: Vec<Seat>,
    /// Those at which a paper is entered.
    papers: BTreeSet<StationId>,
}

impl Stage {
    /// The scenes, from their beginning.
    pub(in crate::demo) fn new() -> Self {
        Self { left: SCENES.iter().flat_map(|scene| lines(scene)).collect(), ..Self::default() }
    }

    /// When the first line is played, in working time.
    pub(in crate::demo) fn begins(total: i64) -> i64 {
        total / PARTS
    }

    /// The working time from one line to the next: a minute, or less so that all are played in the week.
    fn step(&self, left: i64) -> i64 {
        let waits: i64 = self.left.iter().filter_map(|line| waits(line)).sum::<i64>() * MINUTE;
        let lines = i64::try_from(self.left.len()).unwrap_or(i64::MAX).max(1);
        left.saturating_sub(waits) / lines
    }

    /// A station; its class is its name without the number. While a paper is entered there, nothing is scanned.
    fn seat(&mut self, name: &StationId) -> Result<Seat, Fault> {
        if let Some(known) = self.seats.iter().find(|seat| seat.place.station == *name) {
            let scanner = known.scanner.clone().filter(|_| !self.papers.contains(name));
            return Ok(Seat { scanner, ..known.clone() });
        }
        let wrong = |e: String| defect(e);
        let class = name.as_str().rsplit_once('-').map_or(name.as_str(), |(class, _)| class).to_ascii_lowercase();
        let seat = Seat {
            place: Place { station: name.clone(), class: StationId::parse(&class).map_err(|e| wrong(e.to_string()))? },
            session: Session::parse(&format!("de300001{:08x}", self.seats.len())).map_err(|e| wrong(e.to_string()))?,
            scanner: Some(DeviceId::parse(&format!("SCAN-{name}")).map_err(|e| wrong(e.to_string()))?),
        };
        self.seats.push(seat.clone());
        Ok(seat)
    }
}

impl<L: Ledger, P: Pins> Plant<'_, L, P> {
    /// One line; the working time of the next. None where nothing is left.
    pub(in crate::demo) fn perform_scene(&mut self, work: i64) -> Result<Option<i64>, Fault> {
        let total = self.week.total();
        let step = self.stage.step(total - total / PARTS - work).clamp(1, MINUTE);
        let Some(line) = self.stage.left.pop_front() else { return Ok(None) };
        let at = self.week.at(work);
        match read(line, at)? {
            Line::Wait(minutes) => Ok(Some(work + minutes * MINUTE)),
            Line::Do(place, act) => {
                let seat = place.as_ref().map(|name| self.stage.seat(name)).transpose()?;
                // A scene takes no chance from the others: whatever is played in it, their week stays the same.
                let dice = self.dice.clone();
                let done = self.give(at, seat.as_ref(), &act)?;
                self.dice = dice;
                self.stage.papers.extend(place.clone().filter(|_| done.answer == Ok(Did::PaperBegun)));
                self.stage.papers.retain(|name| done.answer != Ok(Did::PaperEnded) || Some(name) != place.as_ref());
                Ok(Some(work + step))
            }
        }
    }
}
