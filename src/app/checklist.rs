//! The open step as a list to work through: what it asks for, what is there, and what is next.

use crate::domain::id::{Badge, DeviceId, LotId, PartId, Point};
use crate::domain::need::{Need, needs};
use crate::domain::route::{Capture, Check, Route, SignOff, Step};
use crate::domain::station::Station;
use crate::domain::time::{At, Moment, SECOND};
use crate::domain::traveller::{Attempt, Observation, Signature, Standing, Traveller};
use crate::domain::way;
use crate::domain::what::Piece;

/// The open unit at the step that is due.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Bench<'a> {
    /// Its record.
    pub traveller: &'a Traveller,
    /// Its route.
    pub route: &'a Route,
    /// The step.
    pub step: &'a Step,
    /// The station that it is at.
    pub at: &'a Station,
}

/// How far one row of the list is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum State {
    /// It is there.
    Done,
    /// It is there, and failed.
    Failed,
    /// It is what the step asks for now.
    Next,
    /// Its turn comes.
    Open,
}

/// One row of the list.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Row<'a> {
    /// What is asked for.
    pub asks: Asks<'a>,
    /// How far it is.
    pub state: State,
    /// What is there: numbers of pieces, a value, a name.
    pub got: String,
    /// When that came.
    pub at: Option<At>,
    /// Who brought it.
    pub by: Option<&'a Badge>,
}

/// What one row asks for.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Asks<'a> {
    /// Material.
    Part {
        /// The part.
        part: &'a PartId,
        /// What people call it.
        title: &'a str,
        /// How a piece of it is identified.
        capture: Capture,
        /// How many are there.
        have: u32,
        /// How many are wanted.
        wanted: u32,
        /// The lot that is loaded here: it is drawn when the step passes.
        loaded: Option<&'a LotId>,
    },
    /// A gauge of that kind.
    Gauge {
        /// What it measures.
        kind: &'a str,
        /// Which one is chosen.
        gauge: Option<&'a DeviceId>,
    },
    /// An observation.
    Check {
        /// The check.
        check: &'a Check,
        /// Where, for a check with points.
        point: Option<&'a Point>,
    },
    /// A signature.
    Signature(&'a SignOff),
    /// The approval of a first piece.
    FirstPiece,
}

impl<'a> Bench<'a> {
    /// The open unit at the step that is due, where it has one.
    pub fn of(traveller: &'a Traveller, route: &'a Route, at: &'a Station) -> Option<Self> {
        let step = route.step(&traveller.due.as_ref()?.step)?;
        Some(Self { traveller, route, step, at })
    }

    /// What the step asks for now. A nonconforming unit takes no more material, only observations.
    pub fn next(&self) -> Option<Need<'a>> {
        let nonconforming = self.traveller.standing == Standing::Nonconforming;
        needs(self.traveller, self.route, self.step, self.at)
            .into_iter()
            .find(|n| !nonconforming || matches!(n, Need::Check { .. }))
    }

    /// Whether nothing is asked for any more.
    pub fn is_complete(&self) -> bool {
        self.failed().is_none() && needs(self.traveller, self.route, self.step, self.at).is_empty()
    }

    /// The attempt that goes on.
    pub fn attempt(&self) -> Option<&'a Attempt> {
        self.traveller.current(&self.step.id)
    }

    /// The observation that failed.
    pub fn failed(&self) -> Option<&'a Observation> {
        self.attempt()?.failed()
    }

    /// The place of the step among those that the unit may have, from 1, and how many there are.
    pub fn place(&self) -> (usize, usize) {
        let mine = || self.route.steps.iter().filter(|s| s.is_of(self.traveller.variant.as_deref()));
        (mine().position(|s| s.id == self.step.id).map_or(0, |i| i + 1), mine().count())
    }

    /// Whether the step may be left out: it is optional, and nothing is recorded in it.
    pub fn may_be_skipped(&self) -> bool {
        let in_process = self.traveller.standing == Standing::InProcess && !self.traveller.touched();
        in_process && way::may_be_left_out(self.traveller, self.step)
    }

    /// Whether another step of the group may be done first, at the same station.
    pub fn has_another_here(&self) -> bool {
        way::in_turn(self.traveller, self.route, Some(&self.step.station)).is_some()
    }

    /// The steps that may be taken up instead of this one, at other stations.
    pub fn elsewhere(&self) -> Vec<&'a Step> {
        way::open(self.traveller, self.route).into_iter().filter(|s| s.station != self.step.station).collect()
    }

    /// By when the step has to begin, where the route limits the time since another one. Within one boot the boot clock
    /// says how much of it is left, whatever the wall clock was set to.
    pub fn begins_by(&self, now: Option<&Moment>) -> Option<At> {
        let window = self.step.minutes_since.as_ref().filter(|_| !self.traveller.excused.contains(&self.step.id))?;
        let most = i64::from(window.max?).saturating_mul(60 * SECOND);
        self.traveller.passed_moments(&window.step).into_iter().map(|from| ends(from, most, now)).min()
    }

    /// Every row, in the order in which the step asks: material, gauges, observations, signature.
    pub fn rows(&self) -> Vec<Row<'a>> {
        let is_sample = self.traveller.is_sample();
        let mut rows: Vec<Row<'a>> = self.part_rows().filter(|_| !is_sample).collect();
        rows.extend(self.step.gauge_kinds().into_iter().map(|kind| self.gauge_row(kind)));
        for check in &self.step.checks {
            if check.points.is_empty() {
                rows.push(self.check_row(check, None));
            } else {
                rows.extend(check.points.iter().map(|point| self.check_row(check, Some(point))));
            }
        }
        rows.extend(self.step.sign_off.as_ref().filter(|_| !is_sample).map(|s| self.signature_row(s)));
        rows.extend(self.first_piece_row());
        if let Some(next) = rows.iter_mut().find(|r| r.state == State::Open) {
            next.state = State::Next;
        }
        rows
    }

    fn part_rows(&self) -> impl Iterator<Item = Row<'a>> {
        let bench = *self;
        bench.step.uses.iter().filter_map(move |(part, each)| {
            let about = bench.route.parts.get(part)?;
            let counts = |i: &&'a crate::domain::traveller::Installed| {
                i.step == bench.step.id && i.part == *part && i.out.is_none() && !i.to_verify
            };
            let pieces: Vec<_> = bench.traveller.installed.iter().filter(counts).collect();
            let wanted = bench.traveller.asks_for(*each);
            let in_it: u32 = pieces.iter().map(|i| i.quantity).sum();
            // A batch has some of it from when its pieces were another one.
            let before = wanted.saturating_sub(bench.traveller.lacks(&bench.step.id, part, *each));
            let have = if bench.traveller.batch.is_some() { before } else { in_it };
            let loaded = bench.at.loaded(part).filter(|_| about.capture == Capture::Loaded && have < wanted);
            let mut names: Vec<&str> = Vec::new();
            for name in pieces.iter().map(|i| number(&i.piece)).chain(loaded.map(LotId::as_str)) {
                // A lot that is loaded again is named once.
                if !names.contains(&name) {
                    names.push(name);
                }
            }
            Some(Row {
                asks: Asks::Part { part, title: &about.title, capture: about.capture, have, wanted, loaded },
                state: if have >= wanted || loaded.is_some() { State::Done } else { State::Open },
                got: names.join(" "),
                at: pieces.last().map(|i| i.at),
                by: pieces.last().and_then(|i| i.by.as_ref()),
            })
        })
    }

    fn gauge_row(&self, kind: &'a str) -> Row<'a> {
        let gauge = self.at.gauge(kind);
        Row {
            asks: Asks::Gauge { kind, gauge },
            state: if gauge.is_some() { State::Done } else { State::Open },
            got: gauge.map(ToString::to_string).unwrap_or_default(),
            at: None,
            by: None,
        }
    }

    fn check_row(&self, check: &'a Check, point: Option<&'a Point>) -> Row<'a> {
        let seen = self.attempt().and_then(|a| a.observation(&check.id, point));
        Row {
            asks: Asks::Check { check, point },
            state: match seen {
                None => State::Open,
                Some(o) if o.passed || o.conceded => State::Done,
                Some(_) => State::Failed,
            },
            got: seen.map(|o| o.value.clone()).unwrap_or_default(),
            at: seen.map(|o| o.at),
            by: seen.and_then(|o| o.by.as_ref()),
        }
    }

    /// The approval, where the unit is a first piece here.
    fn first_piece_row(&self) -> Option<Row<'a>> {
        self.at.first_pieces.waiting(self.traveller.unit.as_ref()?, &self.step.id)?;
        let approved = self.attempt().and_then(|a| a.approval.as_ref());
        Some(Self::signed_row(Asks::FirstPiece, approved))
    }

    fn signature_row(&self, sign_off: &'a SignOff) -> Row<'a> {
        let signed = self.attempt().and_then(|a| a.signature.as_ref());
        Self::signed_row(Asks::Signature(sign_off), signed)
    }

    fn signed_row(asks: Asks<'a>, signed: Option<&'a Signature>) -> Row<'a> {
        Row {
            asks,
            state: if signed.is_some() { State::Done } else { State::Open },
            got: signed.map(|s| s.name.clone()).unwrap_or_default(),
            at: signed.map(|s| s.at),
            by: signed.and_then(|s| s.by.as_ref()),
        }
    }
}

/// The number of a piece: its own, or its lot's.
pub fn number(piece: &Piece) -> &str {
    match piece {
        Piece::Lot(lot) => lot.as_str(),
        Piece::Serial(serial) => serial.as_str(),
    }
}

/// So many microseconds after a moment: by the boot clock where that still runs.
fn ends(from: &Moment, most: i64, now: Option<&Moment>) -> At {
    match now.filter(|now| now.boot == from.boot) {
        Some(now) => {
            let passed = i64::try_from(now.mono.saturating_sub(from.mono)).unwrap_or(i64::MAX);
            now.at.plus(most.saturating_sub(passed))
        }
        None => from.at.plus(most),
    }
}
