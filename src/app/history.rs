//! A unit's record as a list to read, in the order in which it came to be.

use super::checklist::number;
use super::settlement::Work;
use crate::domain::event::How;
use crate::domain::id::{Badge, DeviceId, PartId, Point, Revision, StepId};
use crate::domain::route::Check;
use crate::domain::time::At;
use crate::domain::traveller::{Ended, Out};

/// One line of a unit's record.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Entry<'a> {
    /// When.
    pub at: At,
    /// At which step.
    pub step: Option<&'a StepId>,
    /// What.
    pub fact: Fact<'a>,
    /// Who.
    pub by: Option<&'a Badge>,
}

/// What a line of a unit's record says.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Fact<'a> {
    /// The unit began.
    Began,
    /// A piece went in; how it came out again, where it did.
    Piece {
        /// The part.
        part: &'a str,
        /// The number of the piece.
        number: &'a str,
        /// What it is, where that is an approved alternate.
        is: Option<&'a str>,
        /// Whether it is of a lot that is loaded.
        loaded: bool,
        /// How many of a lot; none of a loaded lot that was replaced within the unit.
        quantity: u32,
        /// How it came out.
        out: Option<Out>,
    },
    /// An observation.
    Observed {
        /// The check; none where the route has it no more.
        check: Option<&'a Check>,
        /// Where, for a check with points.
        point: Option<&'a Point>,
        /// The value.
        value: &'a str,
        /// What it was measured with.
        gauge: Option<&'a DeviceId>,
        /// Whether it passed.
        passed: bool,
        /// Whether it was taken back.
        voided: bool,
    },
    /// A signature.
    Signed {
        /// The name.
        name: &'a str,
        /// What it says.
        meaning: &'a str,
    },
    /// An attempt ended.
    Ended {
        /// How.
        how: Ended,
        /// Why, where it failed.
        reason: Option<&'a str>,
    },
    /// The unit does not have a step: it was not drawn for it, or it was left out.
    LeftOut,
    /// Somebody stood by.
    StoodBy,
    /// The unit was moved to another revision.
    Moved {
        /// Which.
        to: &'a Revision,
        /// Why.
        reason: &'a str,
    },
    /// Another label of it counts, or the label was printed once more.
    Labelled {
        /// The number on it.
        number: &'a str,
        /// Whether it took the place of another.
        replaced: bool,
        /// Why.
        reason: &'a str,
    },
    /// The unit is on hold.
    Held {
        /// Why.
        reason: &'a str,
    },
}

/// Everything that the fold of a unit keeps, oldest first.
pub fn of(work: &Work) -> Vec<Entry<'_>> {
    let traveller = work.traveller.as_ref();
    let began = traveller.started.map(|at| Entry { at, step: None, fact: Fact::Began, by: None });
    let pieces = traveller.installed.iter().map(|i| Entry {
        at: i.at,
        step: Some(&i.step),
        fact: Fact::Piece {
            part: i.part.as_str(),
            number: number(&i.piece),
            is: i.is.as_ref().map(PartId::as_str),
            loaded: i.how == Some(How::Loaded),
            quantity: i.quantity,
            out: i.out,
        },
        by: i.by.as_ref(),
    });
    let held = traveller.holds.iter().map(|h| Entry {
        at: h.at,
        step: None,
        fact: Fact::Held { reason: &h.reason },
        by: h.by.as_ref(),
    });
    let moved = traveller.moves.iter().map(|m| Entry {
        at: m.at,
        step: None,
        fact: Fact::Moved { to: &m.to, reason: &m.reason },
        by: m.by.as_ref(),
    });
    let labelled = traveller.labels.changes.iter().map(|c| Entry {
        at: c.at,
        step: None,
        fact: Fact::Labelled { number: c.label.as_str(), replaced: c.was.is_some(), reason: &c.reason },
        by: c.by.as_ref(),
    });
    let all = began.into_iter().chain(pieces).chain(worked(work)).chain(left_out(work));
    let mut all: Vec<Entry<'_>> = all.chain(moved).chain(labelled).chain(held).collect();
    // A stable sort: what one moment brought stays in the order above.
    all.sort_by_key(|e| e.at);
    all
}

fn worked(work: &Work) -> impl Iterator<Item = Entry<'_>> {
    let attempts = work.traveller.steps.iter().flat_map(|s| s.attempts.iter().map(move |a| (&s.step, a)));
    attempts.flat_map(move |(step, attempt)| {
        let seen = attempt.observations.iter().map(move |o| Entry {
            at: o.at,
            step: Some(step),
            fact: Fact::Observed {
                check: work.route.step(step).and_then(|s| s.check(&o.check)),
                point: o.point.as_ref(),
                value: &o.value,
                gauge: o.gauge.as_ref(),
                passed: o.passed,
                voided: o.voided,
            },
            by: o.by.as_ref(),
        });
        let signed = attempt.signature.as_ref().map(|s| Entry {
            at: s.at,
            step: Some(step),
            fact: Fact::Signed { name: &s.name, meaning: &s.meaning },
            by: s.by.as_ref(),
        });
        let approved = attempt.approval.as_ref().map(|s| Entry {
            at: s.at,
            step: Some(step),
            fact: Fact::Signed { name: &s.name, meaning: &s.meaning },
            by: s.by.as_ref(),
        });
        let ended = attempt.result.as_ref().map(|r| Entry {
            at: r.at,
            step: Some(step),
            fact: Fact::Ended { how: r.how, reason: r.reason.as_deref() },
            by: r.by.as_ref(),
        });
        let stood_by = attempt.supervisors.iter().map(move |badge| Entry {
            at: attempt.began,
            step: Some(step),
            fact: Fact::StoodBy,
            by: Some(badge),
        });
        stood_by.chain(seen).chain(signed).chain(approved).chain(ended)
    })
}

/// The steps that the unit does not have. The record says so with the step before, or with what followed.
fn left_out(work: &Work) -> impl Iterator<Item = Entry<'_>> {
    let traveller = work.traveller.as_ref();
    let ended = |step: &StepId| traveller.step(step)?.attempts.last()?.result.as_ref().map(|r| r.at);
    traveller.skipped.iter().filter_map(move |step| {
        let before = work.route.steps.iter().take_while(|s| s.id != *step);
        let at = before.filter_map(|s| ended(&s.id)).max().or(traveller.started)?;
        Some(Entry { at, step: Some(step), fact: Fact::LeftOut, by: None })
    })
}
