//! What one shift leaves to the next at a station: downtime, notes, and the call for a lead.

use crate::domain::command::Command;
use crate::domain::event::About;
use crate::domain::id::StationId;
use crate::domain::load::LoadAct;
use crate::domain::packing::Packing;
use crate::domain::person::Person;
use crate::domain::refusal::{Code, Evidence, Refusal};
use crate::domain::role::{Auth, Role};
use crate::domain::time::{At, Moment, SECOND};
use crate::domain::watch::{Call, Down, EXPLAINED_WITHIN, NOTES_MOST, Watch, WatchAct, Watching, is_note};
use crate::domain::what::{HourExplained, Lasted, NoteLeft, NoteRead, Nothing, What};

use super::case::{Answer, Case, done, reason_fits, seen};
use super::decision::{Did, Draft};
use super::people::{authority, by_hand};
use super::reading::Meaning;

/// Does something about a station.
pub(super) fn act(case: &Case<'_>, watching: &Watching) -> Answer {
    let Watching { at, act, by } = watching;
    let for_a_lead = matches!(act, WatchAct::Answer | WatchAct::Explain { .. });
    let roles = if for_a_lead { &[Role::Lead][..] } else { &Role::ALL };
    let place = case.now.station.as_ref().map(|place| &place.station);
    let at = at.as_ref().or(place).ok_or_else(|| Refusal::bare(Code::BadInput))?;
    let here = place == Some(at);
    let about = match by {
        Some(badge) => {
            authority(case, badge, roles)?;
            by_hand(case.about(), badge, None)
        }
        None if here && !for_a_lead => {
            case.worker()?;
            case.about()
        }
        None => return Err(Refusal::bare(Code::BadInput)),
    };
    let about = About { station: Some(at.clone()), ..about };
    let nothing = Watch::default();
    let watch = case.watch(at).unwrap_or(&nothing);
    match act {
        WatchAct::Down { reason } => down(watch, at, about, reason),
        WatchAct::Up => up(case, watch, at, about),
        WatchAct::Note { text } => note(watch, about, text),
        WatchAct::Read => read(watch, at, &about),
        WatchAct::Call => call(watch, at, about),
        WatchAct::Withdraw { reason } => withdraw(case, watch, at, about, reason),
        WatchAct::Answer => {
            let call = watch.call.as_ref().ok_or_else(|| as_it_is(at))?;
            if call.by == about.by {
                return Err(Refusal::new(Code::SecondPerson, called(at, call)));
            }
            answered(case, call, about)
        }
        WatchAct::Explain { hour, reason } => explain(case, watch, at, about, (*hour, reason)),
    }
}

/// The station is as the command would have it already.
fn as_it_is(at: &StationId) -> Refusal {
    Refusal::new(Code::AlreadyRecorded, Evidence { station: Some(at.clone()), ..Evidence::default() })
}

fn is_down(at: &StationId, down: &Down) -> Evidence {
    Evidence {
        station: Some(at.clone()),
        reason: Some(down.reason.clone()),
        by: down.by.clone(),
        at: Some(down.since.at),
        event: Some(down.event.clone()),
        ..Evidence::default()
    }
}

fn called(at: &StationId, call: &Call) -> Evidence {
    Evidence {
        station: Some(at.clone()),
        by: call.by.clone(),
        at: Some(call.since.at),
        event: Some(call.event.clone()),
        ..Evidence::default()
    }
}

fn one(did: Did, about: About, what: What) -> Answer {
    done(did, None, vec![seen(None, about, what)])
}

fn down(watch: &Watch, at: &StationId, about: About, reason: &str) -> Answer {
    reason_fits(reason)?;
    if let Some(down) = &watch.down {
        return Err(Refusal::new(Code::AlreadyRecorded, is_down(at, down)));
    }
    let about = About { reason: Some(reason.to_owned()), ..about };
    one(Did::StationDown, about, What::StationDown(Nothing))
}

fn up(case: &Case<'_>, watch: &Watch, at: &StationId, about: About) -> Answer {
    let down = watch.down.as_ref().ok_or_else(|| as_it_is(at))?;
    let lasted = lasted(case, &down.since);
    let lasted = Lasted { why: Some(down.reason.clone()), from: down.by.clone(), ..lasted };
    let about = About { corrects: Some(down.event.clone()), ..about };
    one(Did::StationUp, about, What::StationUp(lasted))
}

fn note(watch: &Watch, about: About, text: &str) -> Answer {
    if !is_note(text) {
        return Err(Refusal::bare(Code::BadInput));
    }
    if watch.notes.len() >= NOTES_MOST {
        let allowed = u32::try_from(NOTES_MOST).ok();
        let evidence = Evidence { station: about.station.clone(), allowed, ..Evidence::default() };
        return Err(Refusal::new(Code::BadInput, evidence));
    }
    one(Did::NoteLeft, about, What::NoteLeft(NoteLeft { text: text.to_owned() }))
}

/// Whoever reads has read all that others left.
fn read(watch: &Watch, at: &StationId, about: &About) -> Answer {
    let reader = about.by.as_ref();
    let drafts: Vec<Draft> = reader
        .into_iter()
        .flat_map(|reader| watch.notes_for(reader))
        .map(|note| {
            let about = About { corrects: Some(note.event.clone()), ..about.clone() };
            seen(None, about, What::NoteRead(NoteRead { left: note.at, from: note.by.clone() }))
        })
        .collect();
    if drafts.is_empty() { Err(as_it_is(at)) } else { done(Did::NoteRead, None, drafts) }
}

fn call(watch: &Watch, at: &StationId, about: About) -> Answer {
    match &watch.call {
        Some(call) => Err(Refusal::new(Code::AlreadyRecorded, called(at, call))),
        None => one(Did::LeadCalled, about, What::LeadCalled(Nothing)),
    }
}

fn withdraw(case: &Case<'_>, watch: &Watch, at: &StationId, about: About, reason: &str) -> Answer {
    reason_fits(reason)?;
    let call = watch.call.as_ref().ok_or_else(|| as_it_is(at))?;
    let lasted = Lasted { from: call.by.clone(), ..lasted(case, &call.since) };
    let about = About { corrects: Some(call.event.clone()), reason: Some(reason.to_owned()), ..about };
    one(Did::CallWithdrawn, about, What::CallWithdrawn(lasted))
}

fn answered(case: &Case<'_>, call: &Call, about: About) -> Answer {
    let lasted = Lasted { from: call.by.clone(), ..lasted(case, &call.since) };
    let about = About { corrects: Some(call.event.clone()), ..about };
    one(Did::CallAnswered, about, What::CallAnswered(lasted))
}

/// A lead says why an hour fell short. It has begun, and is not long gone; what was said of it before is corrected.
fn explain(case: &Case<'_>, watch: &Watch, at: &StationId, about: About, (hour, reason): (At, &str)) -> Answer {
    reason_fits(reason)?;
    let now = case.now.at;
    if hour > now || hour.plus(EXPLAINED_WITHIN) < now {
        let evidence = Evidence { station: Some(at.clone()), at: Some(hour), ..Evidence::default() };
        return Err(Refusal::new(Code::BadInput, evidence));
    }
    let before = watch.explained.iter().find(|of| of.hour == hour);
    if let Some(same) = before.filter(|of| of.reason == reason) {
        let evidence = Evidence {
            station: Some(at.clone()),
            reason: Some(same.reason.clone()),
            by: same.by.clone(),
            at: Some(same.at),
            event: Some(same.event.clone()),
            ..Evidence::default()
        };
        return Err(Refusal::new(Code::AlreadyRecorded, evidence));
    }
    let corrects = before.map(|of| of.event.clone());
    let about = About { corrects, reason: Some(reason.to_owned()), ..about };
    one(Did::HourExplained, about, What::HourExplained(HourExplained { hour }))
}

/// The badge of a lead at a station that called for one: the call is answered. Whoever called is no answer.
pub(super) fn answered_by(case: &Case<'_>, person: &Person) -> Option<Answer> {
    // Whom a paper names was here then, and answers nothing now.
    let call = case.station().filter(|s| s.paper.is_none())?.watch.call.as_ref()?;
    let badge = Some(&person.badge);
    let comes = person.has(Role::Lead) && case.operator() != badge && call.by.as_ref() != badge;
    let about = About { by: badge.cloned(), auth: Some(Auth::Badge), ..case.about() };
    comes.then(|| answered(case, call, about))
}

fn lasted(case: &Case<'_>, since: &Moment) -> Lasted {
    let passed = since.until(&case.now.moment(), None);
    let seconds = u64::try_from(passed.best / SECOND).unwrap_or(0);
    Lasted { since: since.at, seconds, uncertain: !passed.certain, why: None, from: None }
}

/// Refuses work on units while the station is down. What stops a unit, or puts it down, is no work.
pub(super) fn is_up(case: &Case<'_>) -> Result<(), Refusal> {
    let station = case.station().filter(|_| case.operator().is_some());
    let down = station.and_then(|s| s.station.as_ref().zip(s.watch.down.as_ref()));
    down.map_or(Ok(()), |(at, down)| Err(Refusal::new(Code::StationDown, is_down(at, down))))
}

/// The same, of a command that is no scan.
pub(super) fn works(case: &Case<'_>, command: &Command) -> Result<(), Refusal> {
    if let Command::For { command, .. } = command {
        return works(case, command);
    }
    let is_work = matches!(
        command,
        Command::Value { .. }
            | Command::Pass
            | Command::Retest { .. }
            | Command::Skip
            | Command::Sign { .. }
            | Command::Board(_)
            | Command::Load(LoadAct::Begin)
            | Command::Pack(Packing::Begin { by: None, .. })
    );
    if is_work { is_up(case) } else { Ok(()) }
}

/// The same, of a scan. What is loaded or chosen while a unit is open is work on it: it may be the last that it lacks.
pub(super) fn scans(case: &Case<'_>, meaning: &Meaning<'_>) -> Result<(), Refusal> {
    use crate::domain::command_code::CommandCode;
    let is_work = matches!(
        meaning,
        Meaning::Code(CommandCode::Pass)
            | Meaning::Component { .. }
            | Meaning::Verify { .. }
            | Meaning::Lot { .. }
            | Meaning::Check { .. }
            | Meaning::Unit(_)
            | Meaning::NoUnit(_)
            | Meaning::Carton(_)
    );
    let is_chosen = matches!(meaning, Meaning::Load { .. } | Meaning::Gauge(_));
    if is_work || is_chosen && case.open.unit.is_some() { is_up(case) } else { Ok(()) }
}
