//! Who works at the stations: which roles and qualifications the routes ask of them, and who is still learning.

use crate::app::port::Fault;
use crate::domain::id::Badge;
use crate::domain::role::Role;
use crate::domain::time::Day;
use crate::domain::what::Qualification;

use super::cast::{Cast, LEAD, Who};
use super::floor::{Bench, Floor};

/// What somebody at a station may do.
#[derive(Debug, Clone)]
pub(super) struct Skills {
    pub(super) roles: Vec<Role>,
    pub(super) qualifications: Vec<Qualification>,
}

impl Floor {
    /// What both shifts of each station may do. In each shift one is still learning what a step asks for: at the first
    /// station of the kind in the late shift, at the second one in the early shift.
    pub(super) fn crews(&self, until: Day) -> Vec<Skills> {
        let mut crews = Vec::new();
        let mut stations = 0;
        for bench in &self.benches {
            let mut shifts = [self.skills(bench, until), self.skills(bench, until)];
            let [early, late] = &mut shifts;
            let learner = match stations {
                0 => Some(late),
                1 => Some(early),
                _ => None,
            };
            stations += usize::from(learner.as_ref().is_some_and(|l| !l.qualifications.is_empty()));
            learner.into_iter().flat_map(|l| &mut l.qualifications).for_each(|q| q.supervised = true);
            crews.extend(shifts);
        }
        crews
    }

    fn skills(&self, bench: &Bench, until: Day) -> Skills {
        let name = &bench.place.class;
        let all = || self.products.iter().flat_map(|p| p.route.steps.iter().map(move |s| (p, s)));
        let here = || all().filter(|(_, s)| s.station == *name).map(|(_, s)| s);
        let mut roles: Vec<Role> = here().map(|s| s.role).collect();
        // Who works here could sign for it elsewhere, were it not that the route wants somebody else.
        let signs = all().filter(|(p, s)| {
            bench.measures && s.not_by.iter().filter_map(|id| p.route.step(id)).any(|built| built.station == *name)
        });
        roles.extend(signs.filter_map(|(_, s)| s.sign_off.as_ref()).map(|s| s.role));
        roles.sort();
        roles.dedup();
        let mut names: Vec<String> = here().filter_map(|s| s.qualification.clone()).collect();
        names.sort();
        names.dedup();
        let held = |name: String| Qualification { name, until, supervised: false };
        Skills { roles, qualifications: names.into_iter().map(held).collect() }
    }

    /// Everything that the routes ask somebody to be qualified for.
    pub(super) fn qualifications(&self, until: Day) -> Vec<Qualification> {
        let steps = self.products.iter().flat_map(|p| &p.route.steps);
        let mut names: Vec<String> = steps.filter_map(|s| s.qualification.clone()).collect();
        names.sort();
        names.dedup();
        names.into_iter().map(|name| Qualification { name, until, supervised: false }).collect()
    }

    /// Who stands by while somebody at a station learns: a colleague of the same shift at another station, or the lead.
    pub(super) fn supervisor(&self, cast: &Cast, learner: Who, name: &str) -> Result<Badge, Fault> {
        let shift = |bench: &&Bench| bench.crew.iter().position(|who| *who == learner);
        let late = self.benches.iter().find_map(|b| shift(&b)).unwrap_or(0);
        let others = self.benches.iter().filter_map(|b| b.crew.get(late).copied()).filter(|who| *who != learner);
        let mut able = others.filter(|who| cast.get(*who).is_ok_and(|m| m.holds(name)));
        cast.badge(able.next().unwrap_or(LEAD))
    }
}
