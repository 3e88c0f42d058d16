//! Several units open at once: which of them a command is about, and whether another finds its place.

use crate::domain::command::Command;
use crate::domain::facts::Other;
use crate::domain::id::UnitId;
use crate::domain::label::Label;
use crate::domain::need::is_signature_due;
use crate::domain::refusal::{Code, Evidence, Refusal};
use crate::domain::route::{Route, Step};
use crate::domain::traveller::Traveller;

use super::case::Case;
use super::reading::{self, Meaning};
use super::said::Said;

impl<'a> Case<'a> {
    /// The same case, about another unit that is open here.
    pub(super) fn turned(&self, to: &'a Other) -> Self {
        Self { open: to.traveller.as_ref(), route: to.route.as_deref(), ..*self }
    }

    /// The same case, about each unit that is open here in turn.
    pub(super) fn each_open(&self) -> Vec<Self> {
        if !self.facts.nests.is_empty() {
            return self.facts.nests.iter().map(|nest| self.turned(nest)).collect();
        }
        self.open.unit.is_some().then_some(*self).into_iter().collect()
    }

    /// How many boards of the same panel come after this one.
    pub(super) fn still_to_come(&self) -> u32 {
        self.board.map_or(0, |board| board.more)
    }

    /// Whether several units are open and nobody said which one is meant.
    pub(super) fn is_unsaid(&self) -> bool {
        self.open.unit.is_none() && !self.facts.nests.is_empty()
    }

    /// The nest in which a unit is open here.
    pub(super) fn nest_of(&self, traveller: &Traveller) -> Option<u32> {
        let here = self.now.station.as_ref().map(|p| &p.station);
        traveller.open.as_ref().filter(|o| Some(&o.station) == here)?.nest
    }
}

/// A command that names a unit means one that is open here. One that is about the open unit has to name it where
/// several are open; a scan has to where its label does not tell.
pub(super) fn which_unit(case: &Case<'_>, command: &Command) -> Result<(), Refusal> {
    #[expect(clippy::wildcard_enum_match_arm, reason = "few commands are about a unit that is open")]
    let (named, needs_one) = match command {
        Command::Scan { unit, .. } => (unit.as_ref(), false),
        Command::Value { unit, .. } => (unit.as_ref(), true),
        Command::For { unit, command } if command.is_about_the_open_unit() => (Some(unit), true),
        Command::For { .. } => return Err(Refusal::bare(Code::BadInput)),
        Command::Dispose { unit, .. } => (None, unit.is_none()),
        other => (None, other.is_about_the_open_unit()),
    };
    match named {
        Some(unit) if case.open.unit.as_ref() != Some(unit) => {
            Err(Refusal::new(Code::WhichUnit, Evidence { unit: Some(unit.clone()), ..Evidence::default() }))
        }
        None if needs_one && case.is_unsaid() => Err(not_said(&case.each_open(), None)),
        Some(_) | None => Ok(()),
    }
}

/// The refusal of what could be meant for several units.
pub(super) fn not_said(of: &[Case<'_>], label: Option<String>) -> Refusal {
    let fits = of.iter().filter_map(|c| c.open.unit.as_ref()).map(ToString::to_string).collect();
    Refusal::new(Code::WhichUnit, Evidence { label, fits, ..Evidence::default() })
}

/// The open unit that a scan is about, where several are open and it names none: the one whose label it is, or the one
/// that still needs what it says. What is chosen for the station is about none of them.
pub(super) fn meant<'a>(case: &Case<'a>, said: &Said<'a>, label: &Label) -> Result<Case<'a>, Refusal> {
    if !case.is_unsaid() || reading::is_for_nobody(case, said) {
        return Ok(*case);
    }
    let all = case.each_open();
    if let Some(itself) = all.iter().find(|c| reading::is_open_unit(c, said)) {
        return Ok(*itself);
    }
    if label.text().is_some_and(|text| case.facts.person(text).is_some()) {
        return signature_due(case, &all);
    }
    let takes: Vec<&Case<'_>> = all.iter().filter(|c| reading::needs_it(c, said)).collect();
    match takes.as_slice() {
        [] => Ok(*case),
        [one] => Ok(**one),
        [first, ..] if matches!(reading::read(first, said), Meaning::Load { .. } | Meaning::Gauge(_)) => Ok(**first),
        several => Err(not_said(&several.iter().map(|c| **c).collect::<Vec<_>>(), case.label_shown())),
    }
}

/// A badge may be meant for a signature. Where several units wait for one, nobody can say for which.
fn signature_due<'a>(case: &Case<'a>, all: &[Case<'a>]) -> Result<Case<'a>, Refusal> {
    let due = |c: &&Case<'_>| c.work().is_ok_and(|bench| is_signature_due(&bench.needs()));
    let due: Vec<Case<'_>> = all.iter().filter(due).copied().collect();
    match due.as_slice() {
        [] => Ok(*case),
        [one] => Ok(*one),
        _ => Err(not_said(&due, None)),
    }
}

/// Where a unit is to be open.
pub(super) struct Place {
    /// In which nest.
    pub(super) nest: Option<u32>,
    /// Whether what is open makes room for it.
    pub(super) alone: bool,
}

/// Where a unit finds its place beside those that are open: the nest; none where it is to be open alone.
///
/// Each step says how many units may be open at once, and none of those that are open may say fewer. Units that are
/// not in nests, or in whose step nothing is recorded, make room where the step is done one unit at a time.
///
/// A board of a panel has the nest of its position, where that is free; and that alone, where it comes with the others.
pub(super) fn room(case: &Case<'_>, unit: &UnitId, (route, step): (&Route, &Step)) -> Result<Place, Refusal> {
    let all = case.each_open();
    let steps = || all.iter().filter_map(|c| c.bench().ok()).map(|b| b.step.nests);
    let most = steps().chain([step.nests]).min().unwrap_or(1);
    let are_in_nests = all.iter().all(|c| case.nest_of(c.open).is_some());
    if most > 1 && are_in_nests {
        let is_free = |n: &u32| !all.iter().any(|c| case.nest_of(c.open) == Some(*n));
        let position = route.place_on_panel(unit).map(|(_, position)| position).filter(|n| *n <= most);
        let comes_alone = case.board.is_none();
        let room =
            position.into_iter().chain((1..=most).filter(|_| comes_alone)).find(is_free).filter(|_| {
                u32::try_from(all.len()).is_ok_and(|open| open.saturating_add(case.still_to_come()) < most)
            });
        let full = || Evidence { allowed: Some(most), ..Evidence::default() };
        return room.map(|nest| Place { nest: Some(nest), alone: false }).ok_or_else(|| in_the_way(&all, unit, full()));
    }
    if all.iter().any(|c| c.open.touched()) {
        return Err(in_the_way(&all, unit, Evidence::default()));
    }
    let position = route.place_on_panel(unit).map_or(1, |(_, position)| position.min(step.nests));
    Ok(Place { nest: (step.nests > 1).then_some(position), alone: true })
}

/// The refusal of another unit, naming the first of those in whose step something is recorded.
fn in_the_way(all: &[Case<'_>], unit: &UnitId, why: Evidence) -> Refusal {
    let open = all.iter().find(|c| c.open.touched()).or(all.first()).map(|c| c.open);
    let evidence = Evidence {
        unit: open.and_then(|t| t.unit.clone()),
        step: open.and_then(|t| Some(t.due.as_ref()?.step.clone())),
        label: Some(unit.to_string()),
        ..why
    };
    Refusal::new(Code::UnitOpen, evidence)
}
