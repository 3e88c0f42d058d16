//! What the oracle knows of a station between two shifts: downtime, the call for a lead, notes.

use traveller::domain::command::Command;
use traveller::domain::event::Link;
use traveller::domain::role::{Auth, Role};
use traveller::domain::what::{Lasted, What};

use super::batches::is_a_trace;
use super::hear::Told;
use super::model::{Heard, Oracle, must};

/// Work on units: what is not done where a station is down.
const WORK: [&str; 8] = [
    "unit-started",
    "unit-opened",
    "material-verified",
    "check-recorded",
    "retest-begun",
    "signature-recorded",
    "step-passed",
    "step-skipped",
];

/// Microseconds of a week.
const WEEK: i64 = 7 * 24 * 3_600 * 1_000_000;

impl Oracle {
    /// At a station that is down nothing is worked on.
    pub(super) fn is_up(&self, told: Told<'_>) -> Heard {
        let kind = told.event.what.kind();
        // What was drawn from a loaded lot is noted when the unit is put down or fails, which a station that is down
        // does not hinder.
        let installs = matches!(&told.event.what, What::MaterialInstalled(_)) && !is_a_trace(told);
        let works = WORK.contains(&kind) || installs;
        // What comes out of a load is no work that anybody does there.
        let comes_out = matches!(told.cause.cmd, Command::Load(_));
        must(!(works && !comes_out && self.is_down(told)), "is work at a station that is down")
    }

    /// Whether the station of an event is down.
    pub(super) fn is_down(&self, told: Told<'_>) -> bool {
        let station = told.event.about.station.as_ref();
        station.and_then(|at| self.stations.get(at)).is_some_and(|bench| bench.down.is_some())
    }

    /// Something is said about a station, by whoever is signed on there, or by badge and PIN.
    pub(super) fn watch(&mut self, told: Told<'_>) -> Heard {
        let (about, at) = (&told.event.about, told.event.stamp.at);
        let station = about.station.clone().ok_or("is about no station")?;
        let answers = matches!(told.event.what, What::CallAnswered(_));
        let explains = matches!(told.event.what, What::HourExplained(_));
        match about.auth {
            Some(Auth::BadgePin) => {
                self.has_authority(told, if answers || explains { &[Role::Lead] } else { &Role::ALL })?;
            }
            _ if explains => return Err("explains an hour and is signed by nobody".to_owned()),
            _ if answers => self.a_lead_came(told)?,
            _ => {
                let operator = self.operator(told)?.0;
                must(about.by.as_ref() == Some(operator), "is said by somebody who is not here")?;
            }
        }
        let bench = self.stations.entry(station).or_default();
        let is_since = |lasted: &Lasted, since| {
            must(lasted.since == since, "lasted since another moment than it began")?;
            let seconds = (at.0 - since.0) / 1_000_000;
            let told = i64::try_from(lasted.seconds).unwrap();
            // The wall clock may have been set meanwhile; the boot clock tells then.
            must(told >= 0 && (lasted.uncertain || told <= seconds.max(told)), "lasted another time")
        };
        match &told.event.what {
            What::StationDown(_) => {
                must(about.reason.as_ref().is_some_and(|r| !r.trim().is_empty()), "is down for no reason")?;
                must(bench.down.replace(at).is_none(), "is down already")
            }
            What::StationUp(e) => is_since(e, bench.down.take().ok_or("works again and was not down")?),
            What::LeadCalled(_) => must(bench.call.replace((at, about.by.clone())).is_none(), "calls a second time"),
            What::CallWithdrawn(e) => is_since(e, bench.call.take().ok_or("withdraws no call")?.0),
            What::CallAnswered(e) => {
                let (since, caller) = bench.call.take().ok_or("answers no call")?;
                must(caller != about.by, "answers its own call")?;
                is_since(e, since)
            }
            What::NoteLeft(e) => {
                let chars = e.text.chars().count();
                must(chars <= 300 && !e.text.trim().is_empty(), "is no note that anybody reads")?;
                bench.notes.push((told.event.stamp.seq, about.by.clone()));
                must(bench.notes.len() <= 8, "is one note too many")
            }
            What::HourExplained(e) => {
                let why = about.reason.clone().filter(|r| !r.trim().is_empty()).ok_or("explains an hour by nothing")?;
                let ago = at.0 - e.hour.0;
                must((0..=WEEK).contains(&ago), "explains an hour that is to come, or long gone")?;
                // What was said of the hour before is corrected, never said again. The last hours are known.
                let before = bench.hours.remove(&e.hour);
                must(before.as_ref().is_none_or(|(_, said)| *said != why), "says of an hour what was said before")?;
                must(about.corrects == before.map(|(seq, _)| Link::Here(seq)), "corrects another reason")?;
                bench.hours.insert(e.hour, (told.event.stamp.seq, why));
                Ok(())
            }
            _ => {
                let is_it = |note: &(u64, _)| about.corrects == Some(Link::Here(note.0));
                let note = bench.notes.iter().position(is_it).ok_or("reads no note")?;
                must(bench.notes.remove(note).1 != about.by, "reads its own note")
            }
        }
    }

    /// The badge of a lead who is not the one at work there was scanned.
    fn a_lead_came(&self, told: Told<'_>) -> Heard {
        let about = &told.event.about;
        let by = about.by.as_ref().ok_or("is answered by nobody")?;
        let person = self.people.get(by).filter(|p| !p.revoked).ok_or("is answered by a stranger")?;
        must(person.roles.contains(&Role::Lead), "is answered by somebody who is no lead")?;
        let Command::Scan { label, .. } = &told.cause.cmd else { return Err("is answered by no badge".to_owned()) };
        must(label.text() == Some(by.as_str()), "is answered by another badge")?;
        let here = self.operator(told).is_ok_and(|(operator, _)| operator == by);
        must(!here, "is answered by whoever works there")
    }
}
