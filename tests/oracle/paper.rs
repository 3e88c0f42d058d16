//! What the oracle knows of paper: one person enters it and another one witnesses it; it counts for the time that it
//! states, is of nothing but work, and shows for ever as what it is.

use traveller::domain::command::Command;
use traveller::domain::event::{Event, How};
use traveller::domain::id::{Badge, DeviceId, StationId};
use traveller::domain::paper::Paper;
use traveller::domain::role::{Auth, Role};
use traveller::domain::time::{At, SECOND};
use traveller::domain::what::{Leaving, What};

use super::batches::is_a_trace;
use super::clock::MINUTE;
use super::floor::{Floor, badge, station};
use super::hear::Told;
use super::model::{Heard, Oracle, must};
use super::steer::{Given, SIGNED};

/// A paper that is being entered.
#[derive(Clone)]
pub(super) struct Sheet {
    time: At,
    by: Badge,
    witness: Badge,
}

/// How old a paper may be: 31 days.
const OLDEST: i64 = 31 * 24 * 60 * 60 * SECOND;

/// What is no work on units, and is done live.
const LIVE: [&str; 16] = [
    "station-down",
    "station-up",
    "note-left",
    "note-read",
    "lead-called",
    "call-answered",
    "call-withdrawn",
    "hour-explained",
    "move-seen",
    "first-piece-dropped",
    "golden-run",
    "disposed",
    "hold-released",
    "lot-received",
    "label-replaced",
    "rule-overridden",
];

/// What is done to a unit, so that nothing before it can be told any more. A hold and a label are no work on it.
const DONE: [&str; 22] = [
    "unit-started",
    "material-installed",
    "material-verified",
    "check-recorded",
    "observation-voided",
    "retest-begun",
    "signature-recorded",
    "signature-lapsed",
    "first-piece-approved",
    "step-passed",
    "step-failed",
    "step-skipped",
    "golden-run",
    "disposed",
    "sent-back",
    "scrap-reversed",
    "components-recovered",
    "route-moved",
    "batch-split",
    "batch-begun",
    "batch-joined",
    "batch-merged",
];

fn minute(at: At) -> i64 {
    at.0.div_euclid(MINUTE)
}

impl Told<'_> {
    pub(super) fn is_on_paper(self) -> bool {
        self.event.about.happened.is_some()
    }

    /// Whether no device sent it. Nothing on paper was scanned.
    pub(super) fn by_hand(self) -> bool {
        self.cause.ambient.device.is_none() || self.is_on_paper()
    }

    /// Whether a value was typed, not measured.
    pub(super) fn is_typed(self) -> bool {
        let typed = !matches!(self.cause.cmd.inner(), Command::Value { gauge: Some(_), .. });
        self.event.about.how == Some(How::Typed) || self.is_on_paper() && typed
    }

    /// The gauge that gave a value: by itself, or as a paper says.
    pub(super) fn gauge(self) -> Option<DeviceId> {
        match (&self.event.about.how, self.cause.cmd.inner()) {
            (Some(How::Gauge(id)), _) => Some(id.clone()),
            (_, Command::Value { gauge, .. }) if self.is_on_paper() => gauge.clone(),
            _ => None,
        }
    }
}

impl Oracle {
    /// The paper that is entered where an action is done, before it.
    pub(super) fn sheet(&self, action: &[Event]) -> Option<Sheet> {
        let first = action.first()?;
        // A command from a shell is of no paper, whichever station it is about.
        first.cause.as_ref()?.ambient.session.as_ref()?;
        self.stations.get(first.about.station.as_ref()?)?.paper.clone()
    }

    /// Whatever is on paper says so, and nothing else does; and a paper is of work alone.
    pub(super) fn tells_of_paper(&self, told: Told<'_>, sheet: Option<&Sheet>) -> Heard {
        let about = &told.event.about;
        let Some(sheet) = sheet else {
            let begins = matches!(told.event.what, What::PaperBegun(_));
            must(about.happened.is_none() || begins, "happened at another time, and there is no paper")?;
            return must(!matches!(about.how, Some(How::Transcribed { .. })), "is from paper, and there is none");
        };
        must(about.happened == Some(sheet.time), "is on paper, and not of its time")?;
        let how = How::Transcribed { by: sheet.by.clone(), witness: sheet.witness.clone() };
        must(about.how == Some(how) || about.how == Some(How::Loaded), "is on paper, and hides it")?;
        must(about.auth != Some(Auth::Badge), "says that somebody was there whom the paper names")?;
        must(!LIVE.contains(&told.event.what.kind()), "is done while a paper is entered, and is not on it")?;
        let known = about.unit.as_ref().and_then(|unit| self.units.get(unit));
        let is_work = DONE.contains(&told.event.what.kind()) || matches!(told.event.what, What::UnitOpened(_));
        // What may be in a unit that is put down is noted when that is done.
        let is_work = is_work && !is_a_trace(told);
        let late = known.filter(|_| is_work).and_then(|p| p.last).is_some_and(|last| minute(sheet.time) < minute(last));
        must(!late, "is of a time before what was done last")
    }

    /// What was done on a unit last, and when.
    pub(super) fn note_work(&mut self, event: &Event) {
        let is_work = DONE.contains(&event.what.kind());
        let known = event.about.unit.as_ref().and_then(|unit| self.units.get_mut(unit)).filter(|_| is_work);
        if let Some(product) = known {
            product.last = product.last.max(Some(event.about.happened.unwrap_or(event.stamp.at)));
        }
    }

    pub(super) fn papers(&mut self, told: Told<'_>) -> Heard {
        let (about, now) = (&told.event.about, told.event.stamp.at);
        let station = about.station.clone().ok_or("happens at no station")?;
        let idle = self.all_at(&station).is_empty() && self.stations[&station].operator.is_none();
        must(idle, "somebody is at work where a paper begins or ends")?;
        let What::PaperBegun(begun) = &told.event.what else {
            let sheet = self.stations.get_mut(&station).and_then(|bench| bench.paper.take());
            return must(about.by == sheet.map(|s| s.by), "ends a paper of somebody else, or none");
        };
        self.has_authority(told, &Role::ALL)?;
        let left = told.action.iter().any(|e| matches!(&e.what, What::SignedOff(off) if off.badge == begun.by));
        must(left, "is entered by somebody who is not here")?;
        let (time, witness) = (about.happened.ok_or("states no time")?, about.by.clone().ok_or("has no witness")?);
        must(witness != begun.by, "is witnessed by whoever enters it")?;
        must(time <= now, "is of a time that is still to come")?;
        must(time.0 >= now.0 - OLDEST, "is of a time that is long gone")?;
        let bench = self.stations.get_mut(&station).unwrap();
        let before = bench.paper.replace(Sheet { time, by: begun.by.clone(), witness });
        must(before.is_none(), "begins a paper while one is open")
    }

    /// The paper goes with whoever leaves the station, other than for the next one whom it names.
    pub(super) fn leaves_with_paper(&mut self, station: &StationId, why: Leaving) {
        let bench = self.stations.get_mut(station).filter(|_| why != Leaving::Relieved);
        if let Some(bench) = bench {
            bench.paper = None;
        }
    }
}

impl Floor {
    /// A paper begins at a station, of so many minutes ago; or the one there ends.
    pub(super) fn paper(&self, at: usize, back: i64, person: usize) -> Given {
        let open = self.ledger.stations().get(&station(at)).is_some_and(|s| s.paper.is_some());
        let minutes = self.now().0.div_euclid(MINUTE) - back;
        let begin = Paper::Begin { time: At(minutes * MINUTE), witness: badge(person) };
        (Some(at), Command::Paper(if open { Paper::End } else { begin }), SIGNED)
    }
}
