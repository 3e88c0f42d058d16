//! Everything found about one unit, from its record and what is known around it.

use std::collections::BTreeSet;

use super::finding::Finding;
use super::kind::Kind;
use super::record::{broken as breaks_told, lacks};
use super::{links, papers, parts, signing, times};
use crate::app::shifts::calendar::Calendar;
use crate::domain::event::Event;
use crate::domain::id::{Epoch, LotId, StepId, TerminalId, UnitId};
use crate::domain::route::Route;
use crate::domain::time::{At, SECOND};
use crate::domain::traveller::{Installed, Out, Standing, Traveller};

/// Hours that a unit may stand between two steps, where nobody says otherwise.
pub const WAITING_HOURS: i64 = 24;
/// Minutes after which what happened counts as recorded late, where nobody says otherwise.
pub const LATE_MINUTES: i64 = 60;

/// What counts as too long, at which moment.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Limits {
    /// Now.
    pub now: At,
    /// Microseconds that a unit may stand between two steps.
    pub waiting: i64,
    /// Microseconds after which what happened counts as recorded late.
    pub late: i64,
    /// Whether steps that are still ahead of a unit count as lacking.
    pub ahead: bool,
}

impl Limits {
    /// For somebody who asks about one unit now: what is still ahead of it counts as lacking too.
    pub fn of_one(now: At) -> Self {
        Self { now, waiting: WAITING_HOURS * 3_600 * SECOND, late: LATE_MINUTES * 60 * SECOND, ahead: true }
    }

    /// Whether what lasts since then lasts too long.
    pub fn is_too_long(&self, since: At) -> bool {
        self.now.0.saturating_sub(since.0) > self.waiting
    }
}

/// What is known around a record.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Known {
    /// The lots among those asked for of which a receipt is on record.
    pub received: BTreeSet<LotId>,
    /// The units among those asked for that are on record.
    pub units: BTreeSet<UnitId>,
    /// Whether a product has the unit in it; none where it is no component.
    pub has_parent: Option<bool>,
    /// Up to which event replicas hold each stream that this ledger appends to; nothing where there are no replicas.
    pub held: Vec<(TerminalId, Epoch, u64)>,
}

/// What was found about a unit, and what there was to find.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Found {
    /// Gaps and remarks, in the order of their kinds.
    pub findings: Vec<Finding>,
    /// Steps that are still ahead of it, and count as no gap.
    pub ahead: u64,
    /// Whether it is done and lacks nothing.
    pub complete: bool,
}

/// Looks at one unit.
pub fn look(
    (traveller, events): (&Traveller, &[Event]),
    route: &Route,
    known: &Known,
    (calendar, limits): (&Calendar, &Limits),
) -> Found {
    let Some(unit) = &traveller.unit else { return Found::default() };
    let mut found = Found::default();
    for gap in lacks(traveller, route) {
        if gap.kind == Kind::Step && !limits.ahead && is_ahead(traveller) {
            found.ahead += 1;
            continue;
        }
        if gap.kind == Kind::Material && was_recovered(traveller, &gap.step) {
            continue;
        }
        let finding = Finding::of_unit(unit, gap.kind, Some(&gap.step), gap.what);
        let does = route.step(&gap.step).filter(|_| gap.kind == Kind::Step);
        found.findings.push(match does {
            Some(step) => finding.for_step(step),
            None => finding.whose(traveller.step(&gap.step).and_then(|record| record.attempts.last())),
        });
    }
    let of_unit = |gap: super::record::Lacks| Finding::of_unit(unit, gap.kind, Some(&gap.step), gap.what);
    found.findings.extend(breaks_told(traveller, route).into_iter().map(of_unit));
    found.findings.extend(links::broken(unit, traveller, events));
    found.findings.extend(parts::unknown(unit, traveller, route, known));
    found.findings.extend(signing::incomplete(unit, events));
    found.complete =
        found.findings.is_empty() && matches!(traveller.standing, Standing::Complete | Standing::Dispatched);
    found.findings.extend(times::late(unit, events, calendar, limits));
    found.findings.extend(papers::told(unit, events));
    found.findings.extend(times::backwards(unit, events));
    found.findings.extend(times::waiting(unit, traveller, events, limits));
    found.findings.extend(parts::loose(unit, traveller, known, limits));
    found.findings.extend(unseen_move(unit, traveller));
    found.findings.extend(unsent(unit, events, &known.held));
    found.findings = found.findings.into_iter().map(|finding| finding.placed(route)).collect();
    found.findings.sort_by_key(|finding| finding.code);
    found
}

/// Whether the steps that a unit did not pass may still come, or need not come any more.
fn is_ahead(traveller: &Traveller) -> bool {
    !matches!(traveller.standing, Standing::Complete | Standing::Dispatched)
}

/// Whether components of a step were taken out of a scrapped unit: they are on record, and need not be in it.
fn was_recovered(traveller: &Traveller, step: &StepId) -> bool {
    let is_out = |piece: &Installed| piece.step == *step && matches!(piece.out, Some(Out::Removed(_)));
    traveller.standing == Standing::Scrapped && traveller.installed.iter().any(is_out)
}

/// A move to another revision that nobody at a bench has seen yet.
fn unseen_move(unit: &UnitId, traveller: &Traveller) -> Option<Finding> {
    let is_there = !matches!(traveller.standing, Standing::Scrapped | Standing::Dispatched);
    let moved = traveller.moves.last().filter(|moved| moved.seen_by.is_none() && is_there)?;
    let what = format!("moved from revision {} to {} by {}, and nobody has seen it", moved.from, moved.to, by(moved));
    let step = traveller.due.as_ref().map(|due| &due.step);
    let how = format!("scan {unit} at the bench, and the notice once more");
    let finding = Finding::of_unit(unit, Kind::Provisional, step, what);
    Some(Finding { at: Some(moved.at), by: moved.by.clone(), who: "whoever opens it next".to_owned(), how, ..finding })
}

fn by(moved: &crate::domain::moving::Moved) -> String {
    moved.by.as_ref().map_or_else(|| "somebody".to_owned(), ToString::to_string)
}

/// The events of a unit that no replica holds.
fn unsent(unit: &UnitId, events: &[Event], held: &[(TerminalId, Epoch, u64)]) -> Option<Finding> {
    let is_alone = |event: &&Event| {
        let stamp = &event.stamp;
        held.iter()
            .any(|(terminal, epoch, seq)| *terminal == stamp.terminal && *epoch == stamp.epoch && stamp.seq > *seq)
    };
    let alone = events.iter().filter(is_alone).count();
    let first = events.iter().find(is_alone)?;
    let what = format!("{alone} events are on this terminal alone, since {}", first.stamp.at);
    Some(Finding { at: Some(first.stamp.at), ..Finding::of_unit(unit, Kind::Unsent, None, what) })
}
