//! What happened in a shift beside the work itself: downtime, calls for a lead, notes, work that was taken over, units
//! that were moved to another revision.
//!
//! Whatever lasted is one row, made where it began or, where that was before the shift, where it ended.

use serde::Serialize;

use super::rows::Rows;
use super::tally::Where;
use crate::domain::event::Event;
use crate::domain::id::{Badge, Revision, RouteId, StepId, UnitId};
use crate::domain::time::At;
use crate::domain::watch::Watched;
use crate::domain::what::{Lasted, What};

/// Downtime, calls, notes, work taken over, and units that were moved.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize)]
pub struct WatchTally {
    /// When stations were down.
    pub downtime: Rows<(Where, At), Span>,
    /// When a lead was called.
    pub calls: Rows<(Where, At), Span>,
    /// Notes.
    pub notes: Rows<(Where, At), NoteLine>,
    /// Hours that fell short, and why.
    pub explained: Rows<(At, Where), HourLine>,
    /// Half-done work that somebody else went on with.
    pub taken_over: Rows<u64, Takeover>,
    /// Units that were moved to another revision.
    pub moved: Rows<u64, MoveLine>,
}

/// Something that lasted.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Span {
    /// The station.
    pub station: Where,
    /// When it began.
    pub from: At,
    /// Who said so.
    pub by: Option<Badge>,
    /// Why.
    pub reason: Option<String>,
    /// When it ended; none: it goes on.
    pub to: Option<At>,
    /// Who ended it.
    pub ended_by: Option<Badge>,
    /// How: `works`, `answered`, `withdrawn`.
    pub ended: Option<&'static str>,
    /// How many seconds it lasted.
    pub seconds: Option<u64>,
}

/// A note.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct NoteLine {
    /// The station.
    pub station: Where,
    /// When it was left.
    pub left: At,
    /// Who left it.
    pub by: Option<Badge>,
    /// What it says; none where it was left before the shift.
    pub text: Option<String>,
    /// When it was read.
    pub read: Option<At>,
    /// Who read it.
    pub read_by: Option<Badge>,
}

/// Why an hour fell short.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct HourLine {
    /// When the hour began.
    pub hour: At,
    /// The station that it is about.
    pub station: Where,
    /// Why: what was said last.
    pub reason: Option<String>,
    /// Who said so.
    pub by: Option<Badge>,
    /// When that was said.
    pub at: At,
}

/// Work that was taken over.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Takeover {
    /// When.
    pub at: At,
    /// The unit.
    pub unit: Option<UnitId>,
    /// The step.
    pub step: Option<StepId>,
    /// Where.
    pub station: Where,
    /// Who goes on.
    pub by: Option<Badge>,
    /// Whose work it was.
    pub from: Badge,
}

/// A unit that was moved.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct MoveLine {
    /// When.
    pub at: At,
    /// The unit.
    pub unit: Option<UnitId>,
    /// Its route.
    pub route: Option<RouteId>,
    /// The revision that it had.
    pub from: Option<Revision>,
    /// The revision that it has since.
    pub to: Revision,
    /// Steps that became due.
    pub due: Vec<StepId>,
    /// Who.
    pub by: Option<Badge>,
    /// Why.
    pub reason: Option<String>,
}

impl WatchTally {
    /// What goes on at a station, however long ago it began.
    pub fn goes_on(&mut self, at: &Watched) {
        let Watched { station, watch } = at;
        let begun = |from, by: &Option<Badge>, reason| Span {
            station: Some(station.clone()),
            from,
            by: by.clone(),
            reason,
            to: None,
            ended_by: None,
            ended: None,
            seconds: None,
        };
        if let Some(down) = &watch.down {
            let key = (Some(station.clone()), down.since.at);
            let _row = self.downtime.row(key, || begun(down.since.at, &down.by, Some(down.reason.clone())));
        }
        if let Some(call) = &watch.call {
            let key = (Some(station.clone()), call.since.at);
            let _row = self.calls.row(key, || begun(call.since.at, &call.by, None));
        }
        for note in &watch.notes {
            let (left, by, text) = (note.at, note.by.clone(), Some(note.text.clone()));
            let station = Some(station.clone());
            let key = (station.clone(), left);
            let _row = self.notes.row(key, || NoteLine { station, left, by, text, read: None, read_by: None });
        }
    }

    /// Counts an event.
    #[expect(clippy::wildcard_enum_match_arm, reason = "few kinds are about a station or a move")]
    pub fn count(&mut self, event: &Event) {
        let (at, about) = (event.stamp.at, &event.about);
        match &event.what {
            What::StationDown(_) => begin(&mut self.downtime, event),
            What::StationUp(lasted) => end(&mut self.downtime, event, lasted, "works"),
            What::LeadCalled(_) => begin(&mut self.calls, event),
            What::CallAnswered(lasted) => end(&mut self.calls, event, lasted, "answered"),
            What::CallWithdrawn(lasted) => end(&mut self.calls, event, lasted, "withdrawn"),
            What::NoteLeft(e) => {
                if let Some(row) = note(&mut self.notes, event, at) {
                    row.by.clone_from(&about.by);
                    row.text = Some(e.text.clone());
                }
            }
            What::NoteRead(e) => {
                if let Some(row) = note(&mut self.notes, event, e.left) {
                    row.by.clone_from(&e.from);
                    (row.read, row.read_by) = (Some(at), about.by.clone());
                }
            }
            What::HourExplained(e) => {
                let line = || HourLine {
                    hour: e.hour,
                    station: about.station.clone(),
                    reason: about.reason.clone(),
                    by: about.by.clone(),
                    at,
                };
                if let Some(row) = self.explained.row((e.hour, about.station.clone()), line) {
                    *row = line();
                }
            }
            What::UnitOpened(opened) => {
                let Some(from) = &opened.takeover_from else { return };
                let row = || Takeover {
                    at,
                    unit: about.unit.clone(),
                    step: about.step.clone(),
                    station: about.station.clone(),
                    by: about.by.clone(),
                    from: from.clone(),
                };
                let _row = self.taken_over.row(number(self.taken_over.all().count()), row);
            }
            What::RouteMoved(moved) => {
                let row = || MoveLine {
                    at,
                    unit: about.unit.clone(),
                    route: about.route.clone(),
                    from: about.revision.clone(),
                    to: moved.to.clone(),
                    due: moved.plan.again.iter().map(|again| again.step.clone()).collect(),
                    by: about.by.clone(),
                    reason: about.reason.clone(),
                };
                let _row = self.moved.row(number(self.moved.all().count()), row);
            }
            _ => {}
        }
    }
}

fn number(rows: usize) -> u64 {
    u64::try_from(rows).unwrap_or(u64::MAX)
}

fn begin(rows: &mut Rows<(Where, At), Span>, event: &Event) {
    let about = &event.about;
    let from = event.stamp.at;
    let _row = rows.row((about.station.clone(), from), || Span {
        station: about.station.clone(),
        from,
        by: about.by.clone(),
        reason: about.reason.clone(),
        to: None,
        ended_by: None,
        ended: None,
        seconds: None,
    });
}

fn end(rows: &mut Rows<(Where, At), Span>, event: &Event, lasted: &Lasted, how: &'static str) {
    let about = &event.about;
    let fresh = || Span {
        station: about.station.clone(),
        from: lasted.since,
        by: lasted.from.clone(),
        reason: lasted.why.clone(),
        to: None,
        ended_by: None,
        ended: None,
        seconds: None,
    };
    if let Some(row) = rows.row((about.station.clone(), lasted.since), fresh) {
        row.to = Some(event.stamp.at);
        row.ended_by.clone_from(&about.by);
        row.ended = Some(how);
        row.seconds = Some(lasted.seconds);
        row.reason = row.reason.take().or_else(|| about.reason.clone());
    }
}

fn note<'r>(rows: &'r mut Rows<(Where, At), NoteLine>, event: &Event, left: At) -> Option<&'r mut NoteLine> {
    let station = event.about.station.clone();
    let key = (station.clone(), left);
    rows.row(key, || NoteLine { station, left, by: None, text: None, read: None, read_by: None })
}
