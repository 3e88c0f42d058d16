//! What is entered from paper afterwards: by the same rules as live work, for the time that the paper states, and never
//! for one that cannot be.

use crate::domain::command::Command;
use crate::domain::event::About;
use crate::domain::id::UnitId;
use crate::domain::paper::{OpenPaper, PAPER_DAYS_MOST, Paper, PaperRefused, minute};
use crate::domain::refusal::{Code, Evidence, Refusal};
use crate::domain::role::{Auth, Role};
use crate::domain::shift::Turn;
use crate::domain::time::{At, Day, Moment, SECOND};
use crate::domain::traveller::Traveller;
use crate::domain::what::{Leaving, Nothing, PaperBegun, What};

use super::case::{Answer, Case, done, seen};
use super::decision::{Decision, Did};
use super::opening::nothing_touched;
use super::people::{authority, by_hand, leave};
use crate::domain::event::How;

impl<'a> Case<'a> {
    /// The paper that is being entered at the station.
    pub(super) fn paper(&self) -> Option<&'a OpenPaper> {
        self.station()?.paper.as_ref()
    }

    /// Now, by both clocks; or what the paper states.
    pub(super) fn moment(&self) -> Moment {
        self.paper().and_then(|paper| Moment::of_paper(paper.time)).unwrap_or_else(|| self.now.moment())
    }

    /// The shift that runs, or the day; or the one of what a paper states, as far as that is known.
    pub(super) fn turn(&self) -> Option<Turn> {
        self.paper().map_or_else(|| self.now.turn(), |paper| paper.turn.clone())
    }

    /// The newest moment of the record that can be trusted, where it counts for what is decided.
    pub(super) fn newest(&self) -> Option<At> {
        self.facts.newest().filter(|_| self.paper().is_none())
    }
}

/// Does what is said of a paper.
pub(super) fn act(case: &Case<'_>, paper: &Paper) -> Answer {
    match paper {
        Paper::Begin { time, .. } => begin(case, paper, *time),
        Paper::End => end(case),
        Paper::Refused(refused) => Ok(as_a_whole(case, refused)),
    }
}

/// Whoever is signed on enters it, and somebody else witnesses it. What is open is put down, and whoever is here
/// leaves: the first thing on a paper is whose work it is.
fn begin(case: &Case<'_>, paper: &Paper, time: At) -> Answer {
    let by = case.worker()?.badge.clone();
    let witness = paper.signer().ok_or_else(|| Refusal::bare(Code::BadInput))?;
    authority(case, witness, &Role::ALL)?;
    if *witness == by {
        return Err(Refusal::new(Code::SecondPerson, Evidence { badge: Some(by), ..Evidence::default() }));
    }
    nothing_touched(case, "paper")?;
    can_have_been(case, time)?;
    let mut drafts = Vec::new();
    leave(case, Leaving::Relieved, &mut drafts);
    let about = About { happened: Some(time), ..by_hand(case.about(), witness, None) };
    drafts.push(seen(None, about, What::PaperBegun(PaperBegun { by, turn: turn_of(case, time) })));
    done(Did::PaperBegun, None, drafts)
}

/// The shift or the day that a time lies in. Where the plant has shifts, the outside says which one.
fn turn_of(case: &Case<'_>, time: At) -> Option<Turn> {
    let given = &case.now.given;
    let day = || Day::of(time).filter(|_| given.shift.is_none()).map(Turn::Day);
    given.stated.clone().map(Turn::Shift).or_else(day)
}

fn wrong_time(field: &str, time: At, evidence: Evidence) -> Refusal {
    Refusal::new(Code::WrongTime, Evidence { at: Some(time), field: Some(field.to_owned()), ..evidence })
}

/// Refuses a time that is still to come, or that lies so far back that nobody can be sure.
fn can_have_been(case: &Case<'_>, time: At) -> Result<(), Refusal> {
    let now = case.now.at;
    if time > now {
        return Err(wrong_time("future", time, Evidence { until: Some(now), ..Evidence::default() }));
    }
    let oldest = now.plus(-PAPER_DAYS_MOST * 24 * 60 * 60 * SECOND);
    if time < oldest {
        return Err(wrong_time("old", time, Evidence { until: Some(oldest), ..Evidence::default() }));
    }
    Ok(())
}

/// Refuses what follows a moment that is later than the paper states.
fn follows(case: &Case<'_>, (field, at): (&str, At), of: impl FnOnce() -> Evidence) -> Result<(), Refusal> {
    match case.paper().filter(|paper| minute(paper.time) < minute(at)) {
        Some(paper) => Err(wrong_time(field, paper.time, Evidence { until: Some(at), ..of() })),
        None => Ok(()),
    }
}

/// Refuses to end on paper what began later than the paper states.
pub(super) fn not_before(case: &Case<'_>, began: At, of: &Evidence) -> Result<(), Refusal> {
    follows(case, ("began", began), || of.clone())
}

/// Refuses on paper what follows what was done with a unit later than the paper states.
pub(super) fn not_before_last(case: &Case<'_>, unit: Option<&UnitId>, last: At) -> Result<(), Refusal> {
    follows(case, ("last", last), || Evidence { unit: unit.cloned(), ..Evidence::default() })
}

/// Refuses work on a unit before it began, or before what was done on it last.
pub(super) fn in_order(case: &Case<'_>, traveller: &Traveller) -> Result<(), Refusal> {
    let of = || Evidence { unit: traveller.unit.clone(), event: traveller.head.clone(), ..Evidence::default() };
    let moments = [("began", traveller.started), ("last", traveller.worked)];
    let mut known = moments.into_iter().filter_map(|(field, at)| Some((field, at?)));
    known.try_for_each(|moment| follows(case, moment, of))
}

/// All of it is entered: whoever it named leaves, and what is open is put down.
fn end(case: &Case<'_>) -> Answer {
    let paper = case.paper().ok_or_else(|| Refusal::bare(Code::NothingOpen))?;
    let mut drafts = Vec::new();
    leave(case, Leaving::Relieved, &mut drafts);
    let about = About { by: Some(paper.by.clone()), ..case.about() };
    drafts.push(seen(None, about, What::PaperEnded(Nothing)));
    done(Did::PaperEnded, None, drafts)
}

/// Refuses what is not on a paper while one is entered.
pub(super) fn allows(case: &Case<'_>, command: &Command) -> Result<(), Refusal> {
    let is_on_paper = matches!(
        command.inner(),
        Command::Scan { .. }
            | Command::Board(_)
            | Command::Value { .. }
            | Command::Load(_)
            | Command::Pass
            | Command::Fail { .. }
            | Command::Hold { .. }
            | Command::Void { .. }
            | Command::Retest { .. }
            | Command::Skip
            | Command::Close
            | Command::Sign { .. }
            | Command::SignOn { .. }
            | Command::SignOff { .. }
            | Command::Batch(_)
            | Command::Malformed { .. }
            | Command::Paper(Paper::End)
    );
    stands_open(case).filter(|_| !is_on_paper).map_or(Ok(()), Err)
}

/// The refusal of what no paper says, while one is entered.
pub(super) fn stands_open(case: &Case<'_>) -> Option<Refusal> {
    let paper = case.paper()?;
    let (at, by, event) = (Some(paper.time), Some(paper.by.clone()), Some(paper.event.clone()));
    Some(Refusal::new(Code::PaperOpen, Evidence { at, by, event, ..Evidence::default() }))
}

/// What is decided while a paper is entered says so, event by event: when it happened, who entered it and who
/// witnessed it. Nobody whom the paper names proved to be there. What is drawn from a loaded lot is nobody's entry.
pub(super) fn marked(case: &Case<'_>, mut decision: Decision) -> Decision {
    let Some(paper) = case.paper() else { return decision };
    for about in decision.drafts.iter_mut().map(|draft| &mut draft.about) {
        about.happened = Some(paper.time);
        if about.how != Some(How::Loaded) {
            about.how = Some(paper.how());
        }
        about.auth = about.auth.filter(|auth| *auth != Auth::Badge);
    }
    decision
}

/// A paper that was entered as a whole and refused leaves this one trace.
fn as_a_whole(case: &Case<'_>, refused: &PaperRefused) -> Decision {
    let PaperRefused { time, by, witness, line, code, evidence } = refused;
    let evidence = Evidence { line: Some(*line), ..evidence.clone() };
    let mut decision = case.refused(Refusal::new(*code, evidence));
    for about in decision.drafts.iter_mut().map(|draft| &mut draft.about) {
        about.happened = Some(*time);
        about.how = Some(How::Transcribed { by: by.clone(), witness: witness.clone() });
        about.by = Some(by.clone());
        about.auth = None;
    }
    decision
}
