//! What was found in a plant, put together unit by unit: figures for all, findings up to a limit.

use std::collections::BTreeMap;

use serde::Serialize;

use super::finding::Finding;
use super::kind::Kind;
use super::one::Found;
use super::score::{Sum, Week, Weeks, asked, trend};
use crate::domain::id::RouteId;
use crate::domain::route::Route;
use crate::domain::time::At;
use crate::domain::traveller::Traveller;

/// Gaps that one answer holds, and as many remarks. What is beyond is counted.
pub const FINDINGS_MOST: usize = 10_000;

/// What was found.
#[derive(Debug, Default)]
pub struct GapCheck {
    sum: Sum,
    weeks: Weeks,
    routes: BTreeMap<RouteId, (Sum, Weeks)>,
    ahead: u64,
    kinds: BTreeMap<Kind, u64>,
    gaps: Vec<Finding>,
    remarks: Vec<Finding>,
}

/// The same, as it is told.
#[derive(Debug, Serialize)]
pub struct Told<'a> {
    /// When it was looked.
    pub at: At,
    /// The figures.
    #[serde(flatten)]
    pub score: Scored,
    /// Steps that are still ahead of units, and are no gaps.
    pub ahead: u64,
    /// How often each kind was found.
    pub kinds: BTreeMap<&'static str, u64>,
    /// The routes, each with its figures.
    pub routes: Vec<OfRoute<'a>>,
    /// The gaps.
    pub gaps: &'a [Finding],
    /// The remarks.
    pub remarks: &'a [Finding],
    /// Gaps and remarks for which there was no room.
    pub more: u64,
}

/// Figures with their trend.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Scored {
    /// Units that were looked at.
    pub units: u64,
    /// Units that are done and have no gap.
    pub complete: u64,
    /// Facts that the routes asked for so far.
    pub asked: u64,
    /// Of a thousand of them, how many are on record.
    pub score: Option<u64>,
    /// `better`, `worse` or `same` as the week before.
    pub trend: Option<&'static str>,
    /// The weeks in which records last changed.
    pub weeks: Vec<Week>,
}

/// The figures of a route.
#[derive(Debug, Serialize)]
pub struct OfRoute<'a> {
    /// Which.
    pub route: &'a RouteId,
    /// Its gaps.
    pub gaps: u64,
    /// Its remarks.
    pub remarks: u64,
    /// The rest.
    #[serde(flatten)]
    pub score: Scored,
}

impl Scored {
    fn of(sum: &Sum, weeks: &Weeks) -> Self {
        let weeks = weeks.told();
        let (units, complete, asked) = (sum.units, sum.complete, sum.asked);
        Self { units, complete, asked, score: sum.score(), trend: trend(&weeks), weeks }
    }
}

impl GapCheck {
    /// Takes what was found about a unit.
    pub fn add(&mut self, traveller: &Traveller, route: &Route, found: Found) {
        let gaps = found.findings.iter().filter(|finding| finding.code.is_gap()).map(|_| 1).sum();
        let sum = Sum {
            units: 1,
            complete: u64::from(found.complete),
            asked: asked(traveller, route).saturating_add(unpassed(&found)),
            gaps,
            remarks: found.findings.iter().filter(|finding| !finding.code.is_gap()).map(|_| 1).sum(),
        };
        self.ahead += found.ahead;
        let of_route = self.routes.entry(route.id.clone()).or_default();
        for (total, weeks) in [(&mut self.sum, &mut self.weeks), (&mut of_route.0, &mut of_route.1)] {
            total.add(sum);
            if let Some(changed) = traveller.changed {
                weeks.add(changed, sum);
            }
        }
        for finding in found.findings {
            self.note(finding);
        }
    }

    /// Takes what was found about a lot, or about the ledger as a whole.
    pub fn add_of_ledger(&mut self, finding: Finding) {
        self.sum.add(Sum { gaps: u64::from(finding.code.is_gap()), ..Sum::default() });
        self.note(finding);
    }

    fn note(&mut self, finding: Finding) {
        *self.kinds.entry(finding.code).or_default() += 1;
        let list = if finding.code.is_gap() { &mut self.gaps } else { &mut self.remarks };
        if list.len() < FINDINGS_MOST {
            list.push(finding);
        }
    }

    /// Whether any fact lacks.
    pub fn has_gaps(&self) -> bool {
        self.kinds.keys().any(|kind| kind.is_gap())
    }

    /// What was found, as of a moment.
    pub fn told(&self, at: At) -> Told<'_> {
        let found: u64 = self.kinds.values().sum();
        let listed = u64::try_from(self.gaps.len() + self.remarks.len()).unwrap_or(u64::MAX);
        Told {
            at,
            score: Scored::of(&self.sum, &self.weeks),
            ahead: self.ahead,
            kinds: self.kinds.iter().map(|(kind, n)| (kind.word(), *n)).collect(),
            routes: self
                .routes
                .iter()
                .map(|(route, (sum, weeks))| OfRoute {
                    route,
                    gaps: sum.gaps,
                    remarks: sum.remarks,
                    score: Scored::of(sum, weeks),
                })
                .collect(),
            gaps: &self.gaps,
            remarks: &self.remarks,
            more: found.saturating_sub(listed),
        }
    }
}

/// Steps that did not pass and should have are asked for too.
fn unpassed(found: &Found) -> u64 {
    found.findings.iter().filter(|finding| finding.code == Kind::Step).map(|_| 1).sum()
}
